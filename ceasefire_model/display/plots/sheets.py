"""Axes of the right size, measured in ems, and texts that fit.

An em is the size of the letters. Whatever is laid out in ems fits at every size of the axes, since
the letters grow and shrink with them.
"""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING

import matplotlib as mpl
from attrs import frozen
from matplotlib import pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle
from matplotlib.textpath import text_to_path

from ceasefire_model.display.colours import EDGES, FILLS, HATCHES, INKS, label
from ceasefire_model.display.words import SYMBOLS
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

LINE = 1.4
"""From one line of a text to the next, in ems."""

BOLD = 1.3
"""How much wider a line of a title is than one of a text."""

SIGNS = ["DejaVu Sans"]
"""The font of the signs of the verdicts; it comes with matplotlib and has them all."""

_POINTS = 72
"""In an inch."""

WHOLE = 99
"""How many lines a text has at most in a figure of its own, which has room for all of them."""

_SLACK = 1.07
"""How much wider letters may come out on a screen than as outlines."""


def to_svg(picture: Axes | Figure) -> str:
    """Write a picture as SVG, the same every time.

    Texts stay texts, so that they can be searched, and read out. Each part that stands for a part
    of a result has an ``id`` that says what it is, such as ``demand:ru-election:unmet``.

    Args:
        picture: The axes that were drawn on, or their figure.
    """
    figure: Figure = picture.figure.figure  # of axes, of a figure, and of one within another
    titles = (axes.get_title(loc="left") for axes in figure.axes)
    title = "; ".join(" ".join(each.split()) for each in titles if each)
    named = {"Title": title} if title else {}
    written = StringIO()
    with mpl.rc_context({"svg.hashsalt": "ceasefire_model", "svg.fonttype": "none"}):
        figure.savefig(written, format="svg", metadata={"Date": None, **named})
    return written.getvalue()


def letters() -> float:
    """Return the size of the letters, in points, where there is room."""
    size: float = mpl.rcParams["font.size"]
    return 0.9 * size


# Texts


def clean(text: str) -> str:
    """Write a text on one line; what would not show, or turn what follows around, is marked."""
    return "".join(map(_drawn, shown(text)))


def _drawn(sign: str) -> str:
    is_empty = unicodedata.category(sign) in {"Cn", "Co"}
    return "\N{REPLACEMENT CHARACTER}" if is_empty else sign


@lru_cache(maxsize=10_000)
def _measured(text: str, family: tuple[str, ...]) -> float:
    """Return how wide a text is in a font, in ems."""
    font = FontProperties(family=list(family), size=10)
    width: float = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return width / 10


def width_of(text: str) -> float:
    """Return how wide one line of text may come out, in ems."""
    return _SLACK * _measured(text, tuple(mpl.rcParams["font.family"]))


_LETTERS = 4
"""How many letters an em holds at most: none is narrower than a quarter of one, on average."""


def fitted(text: str, width: float, most: int = 2) -> str:
    """Break a text into lines.

    Args:
        text: The text; it is cleaned.
        width: Of a line, in ems.
        most: How many lines; a text that needs more ends in ``…``.
    """
    room = int(_LETTERS * width * most)
    words = clean(text[: 2 * room]).split(" ")
    lines = [""]
    for word in chain.from_iterable(_pieces(each, width) for each in words):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most or len(text) > 2 * room:
        last = lines[most - 1 : most] or lines[-1:]
        lines = [*lines[: most - 1], _shortened(last[0], width)]
    return "\n".join(lines)


def _pieces(word: str, width: float) -> Iterable[str]:
    """Cut a word that is wider than a line."""
    longest = max(1, int(_LETTERS * width))
    while len(word) > longest or width_of(word) > width:
        count = max(1, _fitting(word[:longest], width))
        yield word[:count]
        word = word[count:]
    yield word


def _fitting(word: str, width: float) -> int:
    """Return how many letters of a word fit into a line."""
    return bisect_right(range(1, len(word) + 1), width, key=lambda n: width_of(word[:n]))


def _shortened(line: str, width: float) -> str:
    while line and width_of(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def height_of(text: str) -> float:
    """Return how high a text is, in ems."""
    return LINE * (text.count("\n") + 1)


def plain(text: Text) -> Text:
    """Keep a text from being read as mathematics or as TeX."""
    text.set_parse_math(False)
    text.set_usetex(False)
    return text


def gid(*parts: object) -> str:
    """Write what a part of a picture stands for, as its ``id``."""
    return ":".join("".join(str(part).split()) for part in parts)


# Axes


@frozen(eq=False)
class Sheet:
    """Axes on which everything is placed in ems, from the upper left corner."""

    ax: Axes
    em: float
    """The size of the letters, in points."""

    def write(self, x: float, y: float, text: str, *, size: float = 1, **style: Any) -> Text:  # noqa: ANN401 - what matplotlib takes
        """Write a text; by default it begins at ``x``, and ``y`` is its middle."""
        style = {"va": "center", "ha": "left", **style}
        return plain(self.ax.text(x, y, text, fontsize=size * self.em, **style))

    def rule(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:  # noqa: ANN401 - what matplotlib takes
        """Draw a thin line in the colour of the texts."""
        color = mpl.rcParams["text.color"]
        style = {"color": color, "linewidth": 0.08 * self.em, "zorder": 1, **style}
        self.ax.plot(xs, ys, scalex=False, scaley=False, **style)

    def chip(self, x: float, y: float, width: float, verdict: Verdict, name: str) -> None:
        """Show a verdict in a small box, as sign and, where it is wide enough, as word."""
        box = Rectangle((x, y - 0.75), width, 1.5, linewidth=0.1 * self.em, zorder=3)
        box.set(gid=name, facecolor=FILLS[verdict], edgecolor=EDGES[verdict])
        self.ax.add_patch(box)
        has_room = width_of(label(verdict)) < width
        said, size = (label(verdict), 0.9) if has_room else (SYMBOLS[verdict], 1.2)
        text = self.write(x + width / 2, y, said, ha="center", size=size, zorder=4)
        text.set(color=INKS[verdict], fontfamily=SIGNS)


def box_style(verdict: Verdict) -> dict[str, str]:
    """Return the colours and the hatch of a verdict."""
    fill, edge, hatch = FILLS[verdict], EDGES[verdict], HATCHES[verdict]
    return {"facecolor": fill, "edgecolor": edge, "hatch": hatch}


def on_box(text: Text, verdict: Verdict) -> None:
    """Make a text readable on the colours and the hatch of a verdict."""
    text.set(color=INKS[verdict], fontfamily=SIGNS)
    text.set_bbox({"facecolor": FILLS[verdict], "edgecolor": "none", "boxstyle": "square,pad=0.2"})


def sheet(ax: Axes | None, width: float, height: float, title: str) -> Sheet:
    """Prepare axes for what takes so many ems; without axes, make a figure of that size."""
    said = fitted(title, width / BOLD, most=3)
    if ax is None:
        top = 1.15 * height_of(said) + 1
        ax = figure(width, height, left=1, right=1, top=top, bottom=1)
    wide, high = size_of(ax)
    em = min(wide / width, high / height)
    ax.set_axis_off()
    ax.set(xticks=(), yticks=())
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", anchor="NW")
    entitle(ax, said, em)
    return Sheet(ax, em)


def figure(
    width: float, height: float, *, left: float, right: float, top: float, bottom: float
) -> Axes:
    """Make a figure with axes of so many ems, and margins of so many."""
    across, down = left + width + right, top + height + bottom
    em = letters() / _POINTS
    made = plt.figure(figsize=(across * em, down * em))
    return made.add_axes((left / across, bottom / down, width / across, height / down))


def size_of(ax: Axes) -> tuple[float, float]:
    """Return the width and the height of axes in points."""
    box, dpi = ax.get_window_extent(), ax.figure.dpi
    return box.width / dpi * _POINTS, box.height / dpi * _POINTS


def entitle(ax: Axes, title: str, em: float, pad: float = 0.6) -> Text:
    """Write the title of axes, from the left."""
    return plain(
        ax.set_title(title, loc="left", fontsize=1.1 * em, fontweight="bold", pad=pad * em)
    )


# Keys


def key_of(verdicts: Iterable[Verdict], *, hatched: bool = False) -> list[Artist]:
    """Return an entry of a key for each verdict that occurs."""
    occurring = set(verdicts)
    return [
        Patch(
            facecolor=FILLS[each],
            edgecolor=EDGES[each],
            hatch=HATCHES[each] if hatched else None,
            label=label(each),
        )
        for each in Verdict
        if each in occurring
    ]


_HANDLE, _GAP = 2.2, 1.6
"""How wide the picture in an entry of a key is, and what is around the entry, in ems."""


def rows_of(entries: Sequence[Artist], width: float) -> tuple[int, int]:
    """Return how many columns and rows a key has that is so many ems wide."""
    widths = [width_of(str(entry.get_label())) + _HANDLE + _GAP for entry in entries]
    for columns in range(len(entries), 1, -1):
        rows = -(-len(entries) // columns)
        parts = [widths[at : at + rows] for at in range(0, len(entries), rows)]
        if sum(map(max, parts)) <= width:
            return len(parts), rows
    return 1, len(entries)


def explain(ax: Axes, entries: Sequence[Artist], em: float, columns: int, **place: Any) -> None:  # noqa: ANN401 - what matplotlib takes
    """Draw a key."""
    legend = ax.legend(
        handles=list(entries),
        ncols=columns,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=_HANDLE - 0.6,
        handleheight=1.1,
        handletextpad=0.6,
        columnspacing=_GAP - 0.2,
        labelspacing=0.5,
        prop=FontProperties(family=[*SIGNS], size=em),
        **place,
    )
    for text in legend.get_texts():
        plain(text)
    for line in legend.get_lines():
        line.set_markersize(0.8 * em)
