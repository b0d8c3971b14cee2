"""Safe pieces of HTML: texts, lists and tables, which fold where they are long.

What comes from a document becomes text and nothing else, and a type checker sees where it does not:
a piece is `Markup`, a text is `str`, and only `text` makes the one from the other.

Any theme fits: what is drawn is drawn in ``currentColor``, but for a bar beside each verdict in its
colour, which only repeats what its sign and its word say. The one stylesheet prints what is folded.
A notebook that is not trusted loses styles, and what is left reads well alone: lists, tables, and
``<details>``.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NewType

from ceasefire_model.display.colours import BARS, MARRED
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire_model.display.blocks import Mark

Markup = NewType("Markup", str)
"""HTML in which every text is escaped."""

MANY = 25
"""How many items of a list or rows of a table are shown before the rest is folded."""

_ROOT = "color:inherit;font:inherit;line-height:1.6;overflow-wrap:break-word;text-align:start"
_BADGE = "border:1px {};border-left:.4em solid {};border-radius:.3em;padding:0 .35em;{}"
_PRINTED = "@media print{.cfm details::details-content{content-visibility:visible;block-size:auto}}"
"""What is folded is printed."""

_FILLED = "background:color-mix(in srgb,currentColor 15%,transparent)"
_FAINT = "1px solid color-mix(in srgb,currentColor 30%,transparent)"
_LIST = "list-style:none;margin:0 0 0 .3em;padding:0 0 0 1em"
BRANCHES = f"{_LIST};border-left:{_FAINT}"
"""How the parts of what stands above them look."""

_CELL = "text-align:start;vertical-align:top;padding:.2em .6em"
_ROW = f"border-bottom:{_FAINT}"
_TABLE = "border-collapse:collapse;width:auto;margin:.3em 0"

_BACKWARD = r"\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
"""Letters and marks that run from right to left, and the marks of direction."""

_TURNS = re.compile(rf"^[\W\d_]*[{_BACKWARD}].*|[{_BACKWARD}](?:.*[{_BACKWARD}])?", re.DOTALL)
"""What runs from right to left: a text that begins so, or in another all from the first to the
last of its letters, so that a date that we add behind it stays where it belongs."""

_LONG = re.compile(r"\S{30}(?=\S)")
_TAGS = {
    "\\": "<span>\\</span>",
    "$": "<span>$</span>",
    "\0": "<wbr>",
    "\1": "<bdi>",
    "\2": "</bdi>",
}
"""What signs become once all else is escaped; no visible text holds the last three."""


def text(written: str) -> Markup:
    """Escape a text: no tag, no maths, and no effect on the direction of what is beside it.

    A notebook looks for maths within one run of text; between tags, a sign that could begin some is
    a run of its own. A very long word may be broken anywhere, with or without styles.
    """
    turned = _TURNS.sub("\1\\g<0>\2", visible(written), count=1)
    escaped = html.escape(_LONG.sub("\\g<0>\0", turned))
    for sign, tag in _TAGS.items():
        escaped = escaped.replace(sign, tag)
    return Markup(escaped)


def joined(pieces: Iterable[Markup], between: str = "") -> Markup:
    """Put pieces one after the other, with a plain text between."""
    return Markup(text(between).join(pieces))


def strong(piece: Markup) -> Markup:
    """Stress a piece."""
    return Markup(f"<strong>{piece}</strong>")


def small(piece: Markup) -> Markup:
    """Set a piece smaller."""
    return Markup(f"<small>{piece}</small>")


def paragraph(*pieces: Markup) -> Markup:
    """Write pieces as a paragraph, one a line; without any, nothing."""
    written = [piece for piece in pieces if piece]
    return Markup(f'<p style="margin:.3em 0">{"<br>".join(written)}</p>' if written else "")


def page(*pieces: Markup) -> Markup:
    """Put pieces together as what a notebook shows."""
    style = f"<style>{_PRINTED}</style>"
    return Markup(f'<div class="cfm" style="{_ROOT}">{style}{joined(pieces)}</div>')


def badge(mark: Mark) -> Markup:
    """Write a mark as sign and word: framed; dashed while it is open, filled if it is met."""
    if mark.verdict is None:
        return strong(text(mark.word))
    line = "dashed" if mark.verdict.is_open else "solid"
    filled = _FILLED if mark.verdict is Verdict.MET and not mark.is_marred else ""
    colour = MARRED if mark.is_marred else BARS[mark.verdict]
    style = _BADGE.format(line, colour, f"white-space:nowrap;{filled}")
    sign = f'<span aria-hidden="true">{mark.sign}</span>'
    return Markup(f'<strong style="{style}">{sign} {text(mark.word)}</strong>')


def details(summary: Markup, *pieces: Markup, is_open: bool = False) -> Markup:
    """Fold pieces under a summary."""
    opened = " open" if is_open else ""
    head = f'<summary style="cursor:pointer">{summary}</summary>'
    return Markup(f"<details{opened}>{head}{joined(pieces)}</details>")


def listing(items: Sequence[Markup], *, is_ordered: bool = False, is_bare: bool = False) -> Markup:
    """Write items as a list, and fold those beyond the first; of none, nothing.

    Args:
        items: What stands in it.
        is_ordered: Whether they are numbered.
        is_bare: Whether they have no bullets.
    """
    if not items:
        return Markup("")
    tag = "ol" if is_ordered else "ul"
    shown = joined(Markup(f"<li>{item}</li>") for item in items[:MANY])
    folded = joined(Markup(f"<li>{item}</li>") for item in items[MANY:])
    start = f' start="{MANY + 1}"' if is_ordered else ""
    style = "list-style:none;padding-left:1em" if is_bare else "padding-left:2em"
    rest = Markup(f'<{tag}{start} style="margin:.2em 0;{style}">{folded}</{tag}>')
    hidden = details(more(len(items)), rest) if folded else ""
    return Markup(f'<{tag} style="margin:.2em 0;{style}">{shown}</{tag}>{hidden}')


def more(count: int) -> Markup:
    """Say how many are folded."""
    return text(f"and {count - MANY:,} more, {count:,} in all")


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Markup]]) -> Markup:
    """Write rows as a table, and fold those beyond the first; columns without content are left out.

    Args:
        caption: What it holds; nothing where a title says so.
        heads: The head of each column.
        rows: The cells of each row, one per column.
    """
    used = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    if not used:
        return Markup("")
    kept = [heads[place] for place in used]
    cells = [[row[place] for place in used] for row in rows]
    shown = _table(caption, kept, cells[:MANY])
    if len(rows) <= MANY:
        return shown
    rest = _table("", kept, cells[MANY:])
    return joined([shown, details(more(len(rows)), rest)])


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Markup]]) -> Markup:
    head = "".join(f'<th scope="col" style="{_CELL}">{text(each)}</th>' for each in heads)
    lines = ["".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) for row in rows]
    body = "".join(f'<tr style="{_ROW}">{line}</tr>' for line in lines)
    said = f'<caption style="text-align:start;caption-side:top">{text(caption)}</caption>'
    title = said if caption else ""
    parts = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return Markup(f'<table style="{_TABLE}">{title}{parts}</table>')


def bare(items: Iterable[Markup], style: str) -> Markup:
    """Write items as a list without bullets."""
    return Markup(f'<ul style="{style}">{"".join(f"<li>{item}</li>" for item in items)}</ul>')


def picture(words: str, svg: str) -> Markup:
    """Show a picture of ours, as wide as there is room; where it is wider, it can be scrolled.

    Args:
        words: What it shows, for those who do not see it.
        svg: Its drawing; it is ours, and all texts in it are escaped.
    """
    label = html.escape(visible(words))
    # to be scrolled by keyboard it has to take the focus
    place = 'style="overflow-x:auto" tabindex="0" role="group"'
    return Markup(f'<div {place} aria-label="{label}">{svg}</div>')
