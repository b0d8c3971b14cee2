"""Writes a page as plain text, for a terminal, an e-mail or a file."""

from __future__ import annotations

from textwrap import wrap
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
    is_content,
    is_filled,
)
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH = 100
"""Columns of a text."""

_MARK = 11
"""Columns of a mark, at least; lines of equal rank have equal room for theirs."""

_GAP = "  "
"""What stands between two columns of a table."""

_NARROWEST = 12
"""Columns of a cell, at least; a table that has fewer is written row by row."""

_COLOURS = {
    Verdict.MET: "34",
    Verdict.UNMET: "31",
    Verdict.PENDING: "36",
    Verdict.DISPUTED: "35",
    Verdict.UNKNOWN: "2",
    Verdict.UNCLEAR: "33",
}
"""The colour of the mark of each verdict, one of the eight that the reader's own terminal sets."""

_MARRED = "33"
"""The colour of what is met and was not always."""


def text_of(page: Page, *, width: int = WIDTH, has_colour: bool = False) -> str:
    """Write a page.

    Args:
        page: What to write.
        width: Columns of a line, at most; 20 or more.
        has_colour: Whether marks are coloured, by the codes that terminals know.
    """
    writer = _Writer(max(width, 20), has_colour)
    return "\n".join(writer.blocks(page.blocks, 0))


@frozen
class _Writer:
    width: int
    has_colour: bool

    def blocks(self, blocks: Iterable[Block], indent: int) -> Iterator[str]:
        """Yield the lines of some blocks; sections and trees are set apart by an empty line."""
        last: Block | None = None
        for block in filter(is_filled, blocks):
            if last is not None and _is_apart(last, block):
                yield ""
            yield from self.block(block, indent)
            last = block

    def block(self, block: Block, indent: int) -> Iterator[str]:
        """Yield the lines of a block."""
        match block:
            case Heading(text=text, aside=aside):
                yield from self.heading(shown(text), shown(aside))
            case Paragraph(lines=lines):
                for line in filter(None, lines):
                    yield from self.wrapped("", line, indent)
            case Items(lines=lines, is_ordered=is_ordered):
                yield from self.items(lines, indent, is_ordered=is_ordered)
            case Tree(root=root):
                yield from self.tree([root], indent)
            case Table():
                yield from self.table(block, indent)
            case Part(title=title, blocks=blocks):
                yield from self.wrapped("", title, indent)
                yield from self.blocks(blocks, indent + 2)
            case Picture(words=words):
                yield from self.wrapped("", words, indent)
            case _:
                assert_never(block)

    def heading(self, text: str, aside: str) -> Iterator[str]:
        """Yield a heading, with what stands aside at the right where there is room."""
        room = self.width - len(text) - 1
        if not aside:
            yield from self.wrapped("", text, 0)
        elif len(aside) <= room:
            yield f"{text} {aside:>{room}}"
        else:
            yield from self.wrapped("", text, 0)
            yield from self.wrapped("", aside, 0)

    # Lines

    def items(self, lines: Sequence[Line], indent: int, *, is_ordered: bool) -> Iterator[str]:
        if any(line.mark is not None for line in lines):
            yield from self.tree(lines, indent)
            return
        for number, line in enumerate(lines, start=1):
            head = f"{number}. " if is_ordered else "- "
            yield from self.wrapped(head, line.text, indent)
            margin = indent + len(head)
            for note in line.notes:
                yield from self.wrapped("", note, margin)
            yield from self.tree(line.below, margin)

    def tree(self, lines: Sequence[Line], indent: int) -> Iterator[str]:
        """Yield lines and what is below them, by iteration, since chains may be of any length."""
        waiting = [(line, indent, _room(lines)) for line in reversed(lines)]
        while waiting:
            line, margin, room = waiting.pop()
            yield from self.line(line, margin, room)
            below = _room(line.below)
            waiting.extend((each, margin + 2, below) for each in reversed(line.below))

    def line(self, line: Line, indent: int, room: int) -> Iterator[str]:
        head = "" if line.mark is None else f"{line.mark!s:<{room}} "
        lines = list(self.wrapped(head, line.text, indent))
        if line.mark is not None:
            lines[0] = lines[0].replace(str(line.mark), self.painted(line.mark), 1)
        yield from lines
        under = indent + (len(head) if head else 2)
        for note in line.notes:
            yield from self.wrapped("", note, under)

    def wrapped(self, head: str, text: str, indent: int) -> Iterator[str]:
        """Yield a text behind its head, continued under itself."""
        indent = min(indent, self.width // 2)
        is_long = len(head) > self.width // 3
        under = indent + (2 if is_long or not head else len(head))
        if not head:
            under = indent
        yield from wrap(
            shown(head + text if is_long else text),
            self.width,
            initial_indent=" " * indent + ("" if is_long else head),
            subsequent_indent=" " * min(under, self.width * 2 // 3),
            break_on_hyphens=False,
        ) or [" " * indent + head.rstrip()]

    def painted(self, mark: Mark) -> str:
        if not self.has_colour or mark.verdict is None:
            return str(mark)
        colour = _MARRED if mark.is_marred else _COLOURS[mark.verdict]
        return f"\x1b[{colour}m{mark}\x1b[0m"

    # Tables

    def table(self, table: Table, indent: int) -> Iterator[str]:
        """Yield a table in columns, or row by row where these would be too narrow."""
        used = [
            place
            for place in range(len(table.heads))
            if any(is_content(row[place]) for row in table.rows)
        ]
        heads = [shown(table.heads[place]) for place in used]
        rows = [[_written(row[place]) for place in used] for row in table.rows]
        if table.caption:
            yield from self.wrapped("", table.caption, indent)
        margin = " " * indent
        widths = _widths([[head] for head in heads], rows, self.width - indent)
        if widths is None:
            yield from self.stacked(heads, rows, indent)
            return
        if any(heads):
            for line in _columns([[head] for head in heads], widths):
                yield margin + line
        for row, cells in zip(rows, table.rows, strict=True):
            marks = [cell for cell in cells if isinstance(cell, Mark)]
            for line in _columns(row, widths):
                yield margin + self._coloured(line, marks)

    def _coloured(self, line: str, marks: Iterable[Mark]) -> str:
        if self.has_colour:
            for mark in dict.fromkeys(marks):
                line = line.replace(str(mark), self.painted(mark))
        return line

    def stacked(
        self, heads: Sequence[str], rows: Sequence[Sequence[list[str]]], indent: int
    ) -> Iterator[str]:
        """Yield each row as lines, each cell behind the head of its column."""
        for row in rows:
            bullet = "- "
            for head, cell in zip(heads, row, strict=True):
                for line in filter(None, cell):
                    yield from self.wrapped(f"{bullet}{head}: " if head else bullet, line, indent)
                    bullet = "  "


def _room(lines: Iterable[Line]) -> int:
    """Return how many columns the marks of some lines of equal rank need."""
    return max([_MARK, *(len(str(line.mark)) for line in lines if line.mark is not None)])


def _is_apart(before: Block, after: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    apart = Part | Tree | Table | Heading
    return isinstance(after, apart) or (
        isinstance(before, apart) and not isinstance(before, Heading)
    )


def _written(cell: Cell) -> list[str]:
    """Write a cell, line by line."""
    if isinstance(cell, Line):
        mark = f"{cell.mark} " if cell.mark else ""
        return [shown(each) for each in (f"{mark}{cell.text}", *cell.notes)]
    return [shown(str(cell))]


def _widths(
    heads: Sequence[list[str]], rows: Sequence[Sequence[list[str]]], room: int
) -> list[int] | None:
    """Share the room between the columns: what needs little gets it, the rest share alike."""
    needed = [
        max(len(line) for cell in column for line in cell)
        for column in zip(heads, *rows, strict=True)
    ]
    room -= len(_GAP) * (len(needed) - 1)
    widths = [0] * len(needed)
    for left, place in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        share = (room - sum(widths)) // (len(needed) - left)
        widths[place] = min(needed[place], share)
        if widths[place] < min(needed[place], _NARROWEST):
            return None
    return widths


def _columns(cells: Sequence[list[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row."""
    columns = [
        [part for line in cell for part in wrap(line, width, break_on_hyphens=False) or [""]]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        parts = [
            f"{column[number] if number < len(column) else '':<{width}}"
            for column, width in zip(columns, widths, strict=True)
        ]
        yield _GAP.join(parts).rstrip()
