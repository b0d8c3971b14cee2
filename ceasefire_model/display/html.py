"""Writes a page as HTML: as a piece for a notebook, or as a whole page of its own.

Parts, long lists and trees fold, and nothing is left out: what is folded is printed, and without
styles all of it reads in order.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from ceasefire_model.display.blocks import (
    Block,
    Cell,
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Picture,
    Table,
    Tree,
    is_filled,
)
from ceasefire_model.display.markup import (
    BRANCHES,
    MANY,
    Markup,
    badge,
    bare,
    details,
    joined,
    listing,
    more,
    page,
    paragraph,
    picture,
    small,
    strong,
    table,
    text,
)
from ceasefire_model.display.words import WORDS
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEVELS = 2
"""How many levels of a tree are open; what is deeper is folded."""

DEEPEST = 20
"""How many levels of a tree are nested; what is deeper continues below it."""


def html_of(answer: Page) -> str:
    """Write a page as a piece that a notebook shows, in any theme."""
    return page(*_Writer(0).blocks(answer.blocks))


def document_of(answer: Page, title: str) -> str:
    """Write a page as a document of its own: it asks for nothing from elsewhere.

    Args:
        answer: What to write.
        title: What a browser calls it.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{joined(_Writer(1).blocks(answer.blocks))}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (files("ceasefire_model.display") / "document.css").read_text(encoding="utf-8")


@frozen
class _Writer:
    """Writes blocks under headings of a level; of level 0 there are none, as in a notebook."""

    level: int

    def blocks(self, blocks: Iterable[Block]) -> list[Markup]:
        return [self.block(block) for block in blocks if is_filled(block)]

    def block(self, block: Block) -> Markup:
        match block:
            case Heading(text=title, aside=aside):
                return self.heading(title, aside)
            case Paragraph(lines=lines, is_small=is_small):
                written = [text(line) for line in lines]
                return paragraph(*(map(small, filter(None, written)) if is_small else written))
            case Items(lines=lines, is_ordered=is_ordered):
                return items(lines, is_ordered=is_ordered)
            case Tree(root=root):
                return tree(root)
            case Table(caption=caption, heads=heads, rows=rows):
                return table(caption, heads, [[_cell(cell) for cell in row] for row in rows])
            case Part():
                return self.part(block)
            case Picture(words=words, draw=draw):
                return picture(words, draw())
            case _:
                assert_never(block)

    def heading(self, title: str, aside: str) -> Markup:
        if not self.level:
            return paragraph(strong(text(title)), small(text(aside)))
        head = Markup(f"<h{self.level}>{text(title)}</h{self.level}>")
        return joined([head, paragraph(small(text(aside)))])

    def part(self, part: Part) -> Markup:
        if not self.level:
            return details(
                strong(text(part.title)), *self.blocks(part.blocks), is_open=part.is_open
            )
        below = _Writer(min(self.level + 1, 6))
        head = Markup(f"<h{below.level}>{text(part.title)}</h{below.level}>")
        body = below.blocks(part.blocks)
        if part.is_open:
            return Markup(f"<section>{head}{joined(body)}</section>")
        return details(head, *body)


def _cell(cell: Cell) -> Markup:
    if isinstance(cell, Line):
        return _label(cell, *(small(text(note)) for note in cell.notes))
    return badge(cell) if isinstance(cell, Mark) else text(cell)


def _label(line: Line, *under: Markup) -> Markup:
    """Write a line behind its mark, and what stands under it."""
    head = text(line.text)
    if line.mark is not None:
        head = joined([badge(line.mark), head], " ")
    return Markup("<br>".join([head, *under]))


def items(lines: Sequence[Line], *, is_ordered: bool) -> Markup:
    """Write lines of equal rank; those with a mark have no bullet beside it."""
    is_marked = any(line.mark is not None for line in lines)
    return listing([_item(line) for line in lines], is_ordered=is_ordered, is_bare=is_marked)


def _item(line: Line) -> Markup:
    label = _label(line, *(small(text(note)) for note in line.notes))
    if line.below and not any(below.below for below in line.below):
        return joined([label, items(line.below, is_ordered=False)])
    return joined([label, *map(tree, line.below)])


# Trees


def tree(root: Line) -> Markup:
    """Write a tree: the first levels open, the rest folded, and nothing left out.

    What lies deeper than a browser can nest continues in trees of its own.
    """
    waiting = [root]
    written: list[Markup] = []
    for number, top in enumerate(waiting):
        head = f"({number}) " if number else ""
        node = Line(head + top.text, top.mark, top.notes, top.below)
        written.append(_list([node], 0, 0 if number else LEVELS, waiting))
    return joined(written)


def _list(nodes: Sequence[Line], depth: int, levels: int, waiting: list[Line]) -> Markup:
    """Write nodes as a list; `waiting` takes those that continue below the tree."""
    found = [_node(node, depth, levels, waiting) for node in nodes[:MANY]]
    rest = nodes[MANY:]
    if rest:
        counts = tally(node.mark for node in rest)
        summary = joined(filter(None, [more(len(nodes)), text(counts)]), ": ")
        folded = [_node(node, depth, 0, waiting) for node in rest]
        found.append(details(summary, bare(folded, BRANCHES)))
    return bare(found, BRANCHES if depth else "list-style:none;margin:.3em 0;padding:0")


def _node(node: Line, depth: int, levels: int, waiting: list[Line]) -> Markup:
    notes = [small(text(note)) for note in node.notes]
    if not node.below:
        return Markup(f'<div style="padding-left:1em">{_label(node, *notes)}</div>')
    if depth == DEEPEST:
        waiting.append(node)
        onward = small(text(f"continued below ({len(waiting) - 1})"))
        return Markup(f'<div style="padding-left:1em">{_label(node, *notes, onward)}</div>')
    under = "".join(f'<div style="padding-left:1em">{note}</div>' for note in notes)
    below = _list(node.below, depth + 1, levels, waiting)
    return details(_label(node), Markup(under), below, is_open=depth < levels)


def tally(marks: Iterable[Mark | None]) -> str:
    """Count verdicts: 2 met, 3 unclear."""
    found = Counter(mark.verdict for mark in marks if mark is not None)
    return ", ".join(f"{found[each]:,} {WORDS[each]}" for each in Verdict if found[each])
