"""From the rows of a table to records, with everything that is wrong at its row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import field, frozen

from ceasefire_model.documents.misfits import Data, Misfit, MisfitsError
from ceasefire_model.documents.structuring import reader
from ceasefire_model.documents.unstructuring import data_of_record
from ceasefire_model.errors import DocumentError, Problem, nearest
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.parties import Party
from ceasefire_model.statements import Statement
from ceasefire_model.tables.columns import (
    Form,
    Tabular,
    cells_of,
    column_names,
    data_in,
    form_of,
    header_of,
    is_blank,
    nested,
    required,
)
from ceasefire_model.tables.frames import AnyFrame, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire_model.rows import Row

_T = TypeVar("_T", bound=Tabular)

FIRST = 2
"""The number of the first row of data: as in a spreadsheet, row 1 has the names of the columns."""


@frozen
class Table(Generic[_T]):
    """What was read of a table, and what could not be.

    Rows are numbered as a spreadsheet shows them: row 1 has the names of the columns, and the first
    row of a data frame is row 2.
    """

    kind: type[_T]
    """What its rows are."""

    source: str
    """Where it comes from, for the problems."""

    read: tuple[tuple[int, _T], ...] = field(repr=False)
    """The records that could be read, each with the number of its row."""

    problems: tuple[Problem, ...]
    """What is wrong, each as ``row, column: what; what would be right``."""

    @property
    def records(self) -> tuple[_T, ...]:
        """All of its records.

        Raises:
            DocumentError: If any row could not be read; it lists every problem.
        """
        if self.problems:
            raise DocumentError(self.source, self.problems)
        return self.readable

    @property
    def readable(self) -> tuple[_T, ...]:
        """The records of the rows that could be read; what was skipped is in ``problems``."""
        return tuple(record for _, record in self.read)


@frozen
class _Sheet:
    """The rows of a table, and which of its columns stands for what."""

    kind: type
    names: dict[str, str]
    """What the user calls the columns, by what the records call them."""

    def problem(self, row: int, name: str, what: str) -> Problem:
        """Return what is wrong in one cell, or with a row as a whole where no column is named."""
        column = self.names.get(name, name)
        return Problem(f"row {row}, {column}" if column else f"row {row}", what)

    def misfit(self, row: int, one: Misfit) -> Problem:
        return self.problem(row, self._column(one), one.what)

    def _column(self, one: Misfit) -> str:
        """Return the column that a path in the data of a row lies in."""
        path = ".".join(step for step in one.path if isinstance(step, str))
        return path if path in self.names else path.partition(".")[0]


def observations_from(
    table: AnyFrame, *, columns: Mapping[str, str | None] | None = None, source: str = "<table>"
) -> Table[Observation]:
    """Read reports from a data frame, or from rows.

    Args:
        table: A frame of pandas, polars or pyarrow, or a list of mappings.
        columns: What columns that are called otherwise stand for, by their names in the table;
            none for a column that is left out.
        source: Where it comes from, for the problems.

    >>> rows = [{"fact": "calm", "value": "true", "source": "monitors", "day": "2031-05-04"}]
    >>> [one.fact for one in observations_from(rows, columns={"day": "since"}).records]
    ['calm']
    """
    return _table(Observation, table, columns, source)


def statements_from(
    table: AnyFrame, *, columns: Mapping[str, str | None] | None = None, source: str = "<table>"
) -> Table[Statement]:
    """Read statements from a data frame, or from rows; arguments as in ``observations_from``."""
    return _table(Statement, table, columns, source)


def sources_from(
    table: AnyFrame, *, columns: Mapping[str, str | None] | None = None, source: str = "<table>"
) -> Table[Source]:
    """Read sources from a data frame, or from rows; arguments as in ``observations_from``."""
    return _table(Source, table, columns, source)


def parties_from(
    table: AnyFrame, *, columns: Mapping[str, str | None] | None = None, source: str = "<table>"
) -> Table[Party]:
    """Read parties from a data frame, or from rows; arguments as in ``observations_from``."""
    return _table(Party, table, columns, source)


def rows_of(records: Iterable[Tabular]) -> list[Row]:
    """Return records of one kind as rows of plain values, which ``…_from`` reads back.

    >>> rows_of([Party(id="north", name="Northland")])[0]["name"]
    'Northland'
    """
    rows = [cells_of(type(record), data_of_record(record)) for record in records]
    names = header_of(rows)
    return [{name: row.get(name) for name in names} for row in rows]


def _table(
    kind: type[_T], table: AnyFrame, columns: Mapping[str, str | None] | None, source: str
) -> Table[_T]:
    """Read a table of records of one kind."""
    rows = rows_in(table)
    meant = {name: (columns or {}).get(name, name) for name in header_of(rows) if name}
    names = {target: name for name, target in meant.items() if target is not None}
    problems = list(_header_problems(kind, meant)) if rows else []
    read: list[tuple[int, _T]] = []
    if not problems:
        sheet = _Sheet(kind, names)
        for number, row in enumerate(rows, FIRST):
            cells = {one: row[name] for one, name in names.items() if not is_blank(row.get(name))}
            if cells:
                _read_row(sheet, number, cells, read, problems)
    return Table(kind, source, tuple(read), tuple(problems))


def _header_problems(kind: type, meant: Mapping[str, str | None]) -> Iterator[Problem]:
    """Yield what is wrong with the names of the columns."""
    targets = [target for target in meant.values() if target is not None]
    for name, target in meant.items():
        if target is None:
            continue
        if form_of(kind, target) is None:
            advice = f"{nearest(target, column_names(kind))} or leave it out: {{{name!r}: None}}"
            yield Problem(f"row 1, {name}", f"no column {target!r} of {_noun(kind)}; {advice}")
        elif targets.count(target) > 1:
            yield Problem(f"row 1, {name}", f"more than one column is {target!r}; leave one out")
    for key, fillers in required(kind).items():
        if not any(one.startswith(key) for one in targets):
            yield Problem("row 1", f"no column for {key!r}; add {' or '.join(map(repr, fillers))}")


def _noun(kind: type) -> str:
    """Return what one record is called, with its article."""
    name = kind.__name__.lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _read_row(
    sheet: _Sheet,
    number: int,
    cells: Mapping[str, object],
    read: list[tuple[int, _T]],
    problems: list[Problem],
) -> None:
    """Read one row, and keep either the record or what is wrong with it."""
    found: list[Misfit] = []
    data: dict[str, Data] = {}
    for name, cell in cells.items():
        try:
            data[name] = data_in(cell, cast("Form", form_of(sheet.kind, name)))
        except MisfitsError as error:
            found += error.under(name)
    found += _missing(sheet.kind, cells)
    under_keys, misplaced = nested(data)
    found += misplaced
    kept, more = _record(sheet.kind, under_keys)
    found += [one for one in more if one.path or not found]
    if found:
        problems += [sheet.misfit(number, one) for one in found]
    else:
        read += [(number, record) for record in kept]


def _record(kind: type, data: Data) -> tuple[list[Any], tuple[Misfit, ...]]:
    """Return the record that data stand for, or none and what is wrong with them."""
    try:
        return [reader(kind)(data)], ()
    except MisfitsError as error:
        return [], error.found


def _missing(kind: type, cells: Mapping[str, object]) -> Iterator[Misfit]:
    """Yield the fields that a row must fill and does not."""
    for key, fillers in required(kind).items():
        if not any(one in cells for one in fillers):
            advice = "fill this cell" if fillers == (key,) else f"fill {' or '.join(fillers)}"
            yield Misfit((key,), f"nothing is here; {advice}")
