"""Safe pieces of HTML, and trees, lists and tables that fold where they are long.

What comes from a document becomes text and nothing else, and a type checker sees where it does not:
a piece is `Markup`, a text is `str`, and only `text` makes the one from the other.

There is no stylesheet and no colour, so that any theme fits: what is drawn is drawn in
``currentColor``. A notebook that is not trusted loses styles, and what is left reads well alone:
lists, tables, and ``<details>``.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, NewType

from attrs import field, frozen

from ceasefire_model.display.words import SYMBOLS, WORDS
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Markup = NewType("Markup", str)
"""HTML in which every text is escaped."""

MANY = 25
"""How many items of a list or rows of a table are shown before the rest is folded."""

VISIBLE = 40
"""How many nodes of a tree are shown before deeper levels are folded."""

DEEPEST = 20
"""How many levels of a tree are nested; what is deeper continues below it."""

_ROOT = "color:inherit;font:inherit;line-height:1.6;overflow-wrap:break-word;text-align:start"
_BADGE = "border:1px {};border-radius:.3em;padding:0 .35em;white-space:nowrap;{}"
_FILLED = "background:color-mix(in srgb,currentColor 15%,transparent)"
_FAINT = "1px solid color-mix(in srgb,currentColor 30%,transparent)"
_LIST = "list-style:none;margin:0 0 0 .3em;padding:0 0 0 1em"
_BRANCHES = f"{_LIST};border-left:{_FAINT}"
_CELL = "text-align:start;vertical-align:top;padding:.2em .6em"
_ROW = f"border-bottom:{_FAINT}"
_TABLE = "border-collapse:collapse;width:auto;margin:.3em 0"

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that show nothing and may do something: controls, overrides of direction, halves."""

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


def visible(written: str) -> str:
    """Name the characters of a text that would be acted on rather than shown."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", written)


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


def lines_of(written: Iterable[str]) -> Markup:
    """Put texts one under the other."""
    return Markup("<br>".join(map(text, written)))


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
    return Markup(f'<div style="{_ROOT}">{joined(pieces)}</div>')


def badge(verdict: Verdict) -> Markup:
    """Write a verdict as sign and word: framed; dashed while it is open, filled if it is met."""
    line = "dashed" if verdict.is_open else "solid"
    style = _BADGE.format(line, _FILLED if verdict is Verdict.MET else "")
    sign = f'<span aria-hidden="true">{SYMBOLS[verdict]}</span>'
    return Markup(f'<strong style="{style}">{sign} {WORDS[verdict]}</strong>')


def details(summary: Markup, *pieces: Markup, is_open: bool = False) -> Markup:
    """Fold pieces under a summary."""
    opened = " open" if is_open else ""
    head = f'<summary style="cursor:pointer">{summary}</summary>'
    return Markup(f"<details{opened}>{head}{joined(pieces)}</details>")


def listing(items: Sequence[Markup], *, ordered: bool = False) -> Markup:
    """Write items as a list, and fold those beyond the first; of none, nothing."""
    if not items:
        return Markup("")
    tag = "ol" if ordered else "ul"
    shown = joined(Markup(f"<li>{item}</li>") for item in items[:MANY])
    more = joined(Markup(f"<li>{item}</li>") for item in items[MANY:])
    start = f' start="{MANY + 1}"' if ordered else ""
    rest = Markup(f"<{tag}{start}>{more}</{tag}>")
    folded = details(_more(len(items)), rest) if more else ""
    return Markup(f'<{tag} style="margin:.2em 0;padding-left:2em">{shown}</{tag}>{folded}')


def _more(count: int) -> Markup:
    return text(f"and {count - MANY:,} more, {count:,} in all")


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Markup]]) -> Markup:
    """Write rows as a table, and fold those beyond the first; columns without content are left out.

    Args:
        caption: What it holds, for those who do not see it.
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
    rest = _table(f"{caption}, the rest", kept, cells[MANY:])
    return joined([shown, details(_more(len(rows)), rest)])


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Markup]]) -> Markup:
    head = "".join(f'<th scope="col" style="{_CELL}">{text(each)}</th>' for each in heads)
    lines = ["".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) for row in rows]
    body = "".join(f'<tr style="{_ROW}">{line}</tr>' for line in lines)
    title = f'<caption style="text-align:start;caption-side:top">{text(caption)}</caption>'
    parts = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return Markup(f'<table style="{_TABLE}">{title}{parts}</table>')


# Trees


@frozen(eq=False)
class Branch:
    """A node of a tree that is written: a line, what stands under it, and the nodes below."""

    label: Markup
    notes: tuple[Markup, ...] = ()
    """Lines of their own under the label."""

    verdict: Verdict | None = None
    """What the label says, if it says a verdict; counted where it is folded."""

    below: list[Branch] = field(factory=list["Branch"])


def tree(root: Branch) -> Markup:
    """Write a tree: as many levels open as fit, the rest folded, and nothing left out.

    What lies deeper than a browser can nest continues in trees of its own.
    """
    waiting = [root]
    written: list[Markup] = []
    for number, top in enumerate(waiting):
        head = text(f"({number}) ") if number else Markup("")
        levels = _levels(top) if number == 0 else 0
        node = Branch(joined([head, top.label]), top.notes, top.verdict, top.below)
        written.append(_list([node], 0, levels, waiting))
    return joined(written)


def _levels(root: Branch) -> int:
    """Return how many levels are open: as many as fit, and the first in any case."""
    level, seen, depth = [root], 1, 0
    while level:
        level = [each for node in level for each in node.below[:MANY]]
        seen += len(level)
        if seen > VISIBLE and depth:
            break
        depth += 1
    return depth


def _list(nodes: Sequence[Branch], depth: int, levels: int, waiting: list[Branch]) -> Markup:
    """Write nodes as a list; `waiting` takes those that continue below the tree."""
    items = [_node(node, depth, levels, waiting) for node in nodes[:MANY]]
    rest = nodes[MANY:]
    if rest:
        counts = tally(node.verdict for node in rest)
        summary = joined(filter(None, [_more(len(nodes)), text(counts)]), ": ")
        folded = [_node(node, depth, 0, waiting) for node in rest]
        items.append(details(summary, _bare(folded, _BRANCHES)))
    return _bare(items, _BRANCHES if depth else "list-style:none;margin:.3em 0;padding:0")


def _bare(items: Iterable[Markup], style: str) -> Markup:
    return Markup(f'<ul style="{style}">{"".join(f"<li>{item}</li>" for item in items)}</ul>')


def _node(node: Branch, depth: int, levels: int, waiting: list[Branch]) -> Markup:
    lines = [node.label, *map(small, node.notes)]
    if not node.below:
        return Markup(f'<div style="padding-left:1em">{"<br>".join(lines)}</div>')
    if depth == DEEPEST:
        waiting.append(node)
        onward = small(text(f"continued below ({len(waiting) - 1})"))
        return Markup(f'<div style="padding-left:1em">{"<br>".join([*lines, onward])}</div>')
    notes = "".join(f'<div style="padding-left:1em">{line}</div>' for line in lines[1:])
    below = _list(node.below, depth + 1, levels, waiting)
    return details(lines[0], Markup(notes), below, is_open=depth < levels)


def tally(verdicts: Iterable[Verdict | None]) -> str:
    """Count verdicts: 2 met, 3 unclear."""
    found = Counter(verdicts)
    return ", ".join(f"{found[each]:,} {WORDS[each]}" for each in Verdict if found[each])
