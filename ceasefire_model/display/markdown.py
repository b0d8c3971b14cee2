"""Writes a page as Markdown, as CommonMark and GitHub read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.display.blocks import (
    Block,
    Cell,
    Heading,
    Items,
    Line,
    Page,
    Paragraph,
    Part,
    Picture,
    Table,
    Tree,
    is_content,
    is_filled,
)
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile(r"[\\`*_\[\]{}<>&|$~^#@]|://|(?<=www)\.")
"""What Markdown, its tables, maths, mentions and links without brackets begin with."""

_FIRST = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))")
"""What begins a list, a heading or a table at the start of a line."""


def markdown_of(page: Page) -> str:
    """Write a page."""
    return "\n".join(_blocks(page.blocks, 1)).strip() + "\n"


def escaped(written: str) -> str:
    """Write a text so that it is shown as it is, on one line: no sign of it does anything."""
    signs = _SPECIAL.sub(
        lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), shown(written)
    )
    return _FIRST.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), signs)


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in filter(is_filled, blocks):
        yield from _block(block, level)
        yield ""


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Heading(text=text, aside=aside):
            yield f"{'#' * level} {escaped(text)}"
            yield from ("", f"*{escaped(aside)}*") if aside else ()
        case Paragraph(lines=lines):
            yield "  \n".join(escaped(line) for line in lines if line)
        case Items(lines=lines, is_ordered=is_ordered):
            yield from _lines(lines, is_ordered=is_ordered)
        case Tree(root=root):
            yield from _lines([root])
        case Table():
            yield from _table(block)
        case Part(title=title, blocks=blocks):
            below = min(level + 1, 6)
            yield from (f"{'#' * below} {escaped(title)}", "")
            yield from _blocks(blocks, below)
        case Picture(words=words):
            yield f"*{escaped(words)}*"
        case _:
            assert_never(block)


def _lines(lines: Sequence[Line], *, is_ordered: bool = False) -> Iterator[str]:
    """Yield lines as a list, by iteration, since chains may be of any length."""
    waiting = [(line, 0, number) for number, line in enumerate(lines, start=1)]
    waiting.reverse()
    while waiting:
        line, depth, number = waiting.pop()
        bullet = f"{number}." if is_ordered and not depth else "-"
        margin = " " * 4 * depth
        yield f"{margin}{bullet} {_marked(line)}"
        yield from (f"{margin}    - {escaped(note)}" for note in line.notes)
        waiting.extend((below, depth + 1, 0) for below in reversed(line.below))


def _marked(line: Line) -> str:
    return (
        f"**{escaped(str(line.mark))}** {escaped(line.text)}" if line.mark else escaped(line.text)
    )


def _table(table: Table) -> Iterator[str]:
    used = [n for n in range(len(table.heads)) if any(is_content(row[n]) for row in table.rows)]
    if table.caption:
        yield from (escaped(table.caption), "")
    yield _row(escaped(table.heads[n]) for n in used)
    yield _row("---" for _ in used)
    yield from (_row(_cell(row[n]) for n in used) for row in table.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Line):
        return "<br>".join([_marked(cell), *map(escaped, cell.notes)])
    return escaped(str(cell))
