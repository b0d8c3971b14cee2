"""Rows of a data set: codes, texts and days as they were coded, and what could not be read."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from ceasefire_model.errors import ModelError, Problem, nearest
from ceasefire_model.moments import Moment
from ceasefire_model.tables.columns import header_of, is_blank
from ceasefire_model.tables.frames import AnyFrame, rows_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_T = TypeVar("_T")

FIRST = 2
"""The number of the first row of data, as a spreadsheet shows it."""

_NO_ID = re.compile(r"[^\w]+")
_WHOLE = re.compile(r"-?\d+(?:\.0+)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]|\Z)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: |\Z)")
_LONGEST_ID = 80


class UnreadError(Exception):
    """What keeps one row from being read; never leaves this package."""

    def __init__(self, column: str, what: str) -> None:
        """Keep the column and the matter."""
        super().__init__(what)
        self.column = column
        self.what = what


@frozen
class Line:
    """One row of a data set."""

    number: int
    """Its number, as a spreadsheet shows it."""

    cells: Mapping[str, object]
    """Its cells by the names of the columns."""

    def text(self, column: str) -> str:
        """Return a cell as text without white space around it; empty where it holds nothing."""
        cell = self.cells.get(column)
        if is_blank(cell):
            return ""
        text = str(cell).strip()
        return text.partition(".")[0] if isinstance(cell, float) and cell.is_integer() else text

    def number_in(self, column: str) -> int | None:
        """Return a whole number, or nothing where the cell holds none at all.

        Raises:
            UnreadError: If it holds something else.
        """
        text = self.text(column)
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise UnreadError(column, f"a whole number is needed, got {text!r}; mend the cell")
        return int(text.partition(".")[0])

    def code(self, column: str, codes: Iterable[int]) -> int:
        """Return one of the codes of the codebook.

        Raises:
            UnreadError: If it is none of them.
        """
        found = self.number_in(column)
        if found is None or found not in codes:
            known = ", ".join(map(str, codes))
            raise UnreadError(column, f"no code {self.text(column)!r}; the codebook has {known}")
        return found

    def problem(self, column: str, what: str) -> Problem:
        """Return what is wrong in this row."""
        return Problem(f"row {self.number}, {column}", what)

    def unread(self, error: UnreadError) -> Problem:
        """Return why this row was not read."""
        return self.problem(error.column, error.what)


def lines_of(table: AnyFrame, needed: Iterable[str], *, fold: bool = False) -> list[Line]:
    """Return the rows of a frame; the names of columns are read without white space around them.

    Args:
        table: The frame, or rows.
        needed: The columns without which nothing can be read.
        fold: Whether capitals in the names of columns make no difference.

    Raises:
        ModelError: If it lacks a column.
    """
    rows = rows_in(table)
    header = {name.strip(): name for name in header_of(rows) if name}
    if fold:
        header = {name.lower(): original for name, original in header.items()}
    if rows and (missing := [name for name in needed if name not in header]):
        raise ModelError(
            f"no column {missing[0]!r} ({len(missing)} missing); {nearest(missing[0], header)}"
        )
    return [
        Line(number, {name: row.get(original) for name, original in header.items()})
        for number, row in enumerate(rows, FIRST)
    ]


def coded_day(year: int, month: int, day: int) -> Moment:
    """Return a day, a month or a year, as far as it was coded (what is not positive was not).

    Raises:
        ModelError: If there is no such day.

    >>> print(coded_day(1995, 1, -1), coded_day(1995, -1, -1))
    1995-01 1995-01/1995-12
    """
    if month <= 0:
        return Moment(f"{year:04}-01/{year:04}-12")
    if day <= 0:
        return Moment(f"{year:04}-{month:02}")
    return Moment(f"{year:04}-{month:02}-{day:02}")


def first_day(moment: Moment) -> date:
    """Return the first day that a moment of days may be."""
    choice = moment.choices()[0]
    return date(choice.year, choice.month, choice.day)


def last_day(moment: Moment) -> date:
    """Return the last day that a moment of days may be."""
    choice = moment.choices()[-1]
    return date(choice.year, choice.month, choice.day)


def day_in(line: Line, column: str, *, is_day_first: bool = False) -> date:
    """Return the day in a cell: ISO, or with slashes.

    Args:
        line: The row.
        column: The name of the column.
        is_day_first: Whether 4/5/2031 is the fourth of May, and not the fifth of April.

    Raises:
        UnreadError: If it holds none.
    """
    text = line.text(column)
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _SLASHED.match(text):
        month, day, year = map(int, found.groups())
        month, day = (day, month) if is_day_first else (month, day)
    else:
        raise UnreadError(column, f"no day: {text!r}; write it as 2031-05-04")
    try:
        return date(year, month, day)
    except ValueError:
        first = "day" if is_day_first else "month"
        what = f"no such day: {text!r}; with slashes the {first} comes first"
        raise UnreadError(column, what) from None


def parted(text: str, separator: str = ";") -> list[str]:
    """Return the parts of a cell that lists several.

    >>> parted("729, 726", ",")
    ['729', '726']
    """
    return [part.strip() for part in text.split(separator) if part.strip()]


def slug(name: str) -> str:
    """Return a name as an id.

    >>> slug("M-19 (Colombia)")
    'm_19_colombia'
    """
    return _NO_ID.sub("_", name.casefold()).strip("_")[:_LONGEST_ID] or "unnamed"


def each_read(
    lines: Iterable[Line], read: Callable[[Line], _T]
) -> tuple[tuple[_T, ...], tuple[Problem, ...]]:
    """Read each row by itself, and list what keeps one from being read."""
    found: list[_T] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            found.append(read(line))
        except UnreadError as error:
            problems.append(line.unread(error))
    return tuple(found), tuple(problems)
