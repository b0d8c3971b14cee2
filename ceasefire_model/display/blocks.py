"""What a page is made of; writers write these, and know nothing of the answers behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field, frozen

from ceasefire_model.display.words import MARRED, SYMBOLS, WORDS
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire_model.verdicts import Verdict


@frozen
class Mark:
    """What stands before a line: a word, with the sign of a verdict where it says one."""

    word: str = field(converter=shown)
    verdict: Verdict | None = None
    is_marred: bool = False
    """Whether it is met and was not always, so that it has a sign and a colour of its own."""

    @classmethod
    def of(cls, verdict: Verdict) -> Mark:
        """Return the mark of a verdict."""
        return cls(WORDS[verdict], verdict)

    def __str__(self) -> str:
        """Write it as sign and word."""
        return f"{self.sign} {self.word}" if self.sign else self.word

    @property
    def sign(self) -> str:
        """The sign before the word; of a word that says no verdict, none."""
        if self.is_marred:
            return MARRED
        return "" if self.verdict is None else SYMBOLS[self.verdict]


@define(eq=False)
class Line:
    """A line with a mark, what stands under it, and the lines below.

    It can be added to, since a tree of any depth is made from the top down.
    """

    text: str
    mark: Mark | None = None
    notes: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    """Lines of their own under the text."""

    below: list[Line] = field(factory=list["Line"])


Cell: TypeAlias = str | Mark | Line
"""What a table holds: a text, a mark, or a line with what stands under it."""


def _cells(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


@frozen
class Heading:
    """What a page, or a part of it, is about."""

    text: str
    aside: str = ""
    """As of when."""


@frozen
class Paragraph:
    """Some lines of running text."""

    lines: tuple[str, ...] = field(converter=tuple[str, ...])
    is_small: bool = False


@frozen
class Items:
    """Lines of equal rank."""

    lines: tuple[Line, ...] = field(converter=tuple[Line, ...])
    is_ordered: bool = False


@frozen
class Tree:
    """A line and all that it rests on."""

    root: Line


@frozen
class Table:
    """Rows of cells under heads; a column without content is left out."""

    caption: str
    heads: tuple[str, ...] = field(converter=tuple[str, ...])
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_cells)


@frozen
class Part:
    """Blocks under a title, which may be folded."""

    title: str
    blocks: tuple[Block, ...] = field(converter=tuple["Block", ...])
    is_open: bool = True


@frozen
class Picture:
    """A picture, and what it says in words."""

    words: str
    draw: Callable[[], str]
    """Draws it as SVG; only who shows it asks for that."""


Block: TypeAlias = Heading | Paragraph | Items | Tree | Table | Part | Picture


def is_filled(block: Block) -> bool:
    """Whether a block says anything."""
    match block:
        case Paragraph(lines=lines):
            return any(lines)
        case Items(lines=held):
            return bool(held)
        case Table(rows=rows):
            return any(any(map(is_content, row)) for row in rows)
        case Part(blocks=blocks):
            return any(map(is_filled, blocks))
        case _:
            return True


def is_content(cell: Cell) -> bool:
    """Whether a cell says anything."""
    return bool(cell.text or cell.mark or cell.notes) if isinstance(cell, Line) else bool(cell)


def _filled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(filter(is_filled, blocks))


@frozen
class Page:
    """An answer, block by block; what is empty is left out."""

    blocks: tuple[Block, ...] = field(converter=_filled)
