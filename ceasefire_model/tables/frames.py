"""Rows from any data frame and from CSV, and back.

Only here is narwhals known, which reads pandas, polars and pyarrow alike; plain rows and CSV need
nothing beside the standard library.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ceasefire_model.documents.replacing import replace
from ceasefire_model.errors import DocumentError, MissingExtraError, ModelError, Problem, shortened
from ceasefire_model.tables.columns import header_of
from ceasefire_model.visible import cell_of, text_of_cell

if TYPE_CHECKING:
    from ceasefire_model.rows import Cell, Library

AnyFrame: TypeAlias = Any
"""A data frame of pandas, polars, pyarrow or another library that narwhals reads, a lazy one too;
or rows: a list of mappings from column names to cells."""

_LIBRARIES: tuple[Library, ...] = ("polars", "pandas", "pyarrow")
"""Those that a frame can be made with, the one that is looked for first before the others."""

_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000


def rows_in(table: AnyFrame) -> list[dict[str, object]]:
    """Return the rows of a data frame, or of a list of mappings.

    Raises:
        MissingExtraError: If it is a data frame, and narwhals is not installed.
        ModelError: If it is neither.
    """
    if isinstance(table, list | tuple):
        return [dict(row) for row in cast("Iterable[Mapping[str, object]]", table)]
    nw = _narwhals()
    try:
        native = nw.from_native(table)
    except TypeError as error:
        raise ModelError(f"no table: {type(table).__name__}; give a data frame or rows") from error
    collected = native.collect() if isinstance(native, nw.LazyFrame) else native
    return cast("list[dict[str, object]]", collected.rows(named=True))


def frame(
    rows: Iterable[Mapping[str, Cell]],
    library: Library | None = None,
    *,
    columns: Iterable[str] = (),
) -> AnyFrame:
    """Return rows as a data frame.

    Args:
        rows: Rows of records (``rows_of``), or of any result (``to_rows()``).
        library: The one that the frame is of; by default the first that is installed of polars,
            pandas and pyarrow.
        columns: The names of the columns where there are no rows to have them.

    Raises:
        MissingExtraError: If narwhals is not installed.
        ModelError: If the library is none of these, or is not installed.
    """
    nw = _narwhals()
    library = _installed(library)
    given = list(rows)
    names = header_of(given) or tuple(columns)
    cells = {name: [row.get(name) for row in given] for name in names}
    return nw.from_dict(cells, backend=library).to_native()


def _installed(library: Library | None) -> Library:
    """Return the library to use, and refuse one that is not there."""
    wanted: tuple[Library, ...] = _LIBRARIES if library is None else (library,)
    found: list[Library] = [
        name
        for name in wanted
        if isinstance(cast("object", name), str) and name in _LIBRARIES and find_spec(name)
    ]
    if not found:
        names = ", ".join(_LIBRARIES)
        what = "no library is installed" if library is None else f"there is no {shortened(library)}"
        raise ModelError(f"{what}; a frame can be made with one of {names}")
    return found[0]


def _narwhals() -> Any:  # noqa: ANN401 - a module
    try:
        import narwhals.stable.v2 as nw
    except ImportError as error:
        raise MissingExtraError("bulk") from error
    return nw


def read_csv(
    path: str | os.PathLike[str], *, encoding: str = "utf-8-sig"
) -> list[dict[str, object]]:
    """Return the rows of a CSV file, every cell as text and an empty one as nothing.

    Columns may be parted by commas, semicolons or tabs, as spreadsheets write them.

    Args:
        path: The file; its first row names the columns.
        encoding: How its text is written; ``cp1252`` is what older spreadsheets save.

    Raises:
        DocumentError: If it is not so written, names a column twice, or has a row that is too long.
        OSError: If it cannot be opened.
    """
    source = os.fspath(path)
    try:
        text = Path(source).read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        what = f"the byte 0x{error.object[error.start]:02x} is not {error.encoding}"
        raise _unreadable(source, "$", f"{what}; save the file as UTF-8") from error
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(source, "$", f"no CSV: {error}; close every quote") from error
    finally:
        csv.field_size_limit(before)
    return _rows(source, lines) if lines else []


def _rows(source: str, lines: list[list[str]]) -> list[dict[str, object]]:
    """Return lines as rows; the first one has the names."""
    names, *records = lines
    if twice := {name for name in names if name and names.count(name) > 1}:
        what = f"the column {min(twice)!r} is there twice; leave one out"
        raise _unreadable(source, "row 1", what)
    for number, cells in enumerate(records, 2):
        if any(cells[len(names) :]):
            what = f"{len(cells)} cells for {len(names)} columns"
            advice = "put a text that has a comma in quotes"
            raise _unreadable(source, f"row {number}", f"{what}; {advice}")
    width = len(names)
    return [
        {
            name: text_of_cell(cell) or None
            for name, cell in zip(names, [*cells, *[""] * width], strict=False)
        }
        for cells in records
    ]


def _unreadable(source: str, path: str, what: str) -> DocumentError:
    return DocumentError(source, (Problem(path, what),))


def _inert(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: cell_of(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def write_csv(rows: Iterable[Mapping[str, Cell]], path: str | os.PathLike[str]) -> None:
    """Write rows to a CSV file, whole or not at all.

    A text that a spreadsheet would take for a formula has an apostrophe before it, which
    ``read_csv`` takes away again.

    Args:
        rows: Rows of records (``rows_of``), or of any result (``to_rows()``).
        path: The file.

    Raises:
        ModelError: If a text cannot be written in UTF-8.
        OSError: If it cannot be written; what was there before is still there.
    """
    given = list(rows)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header_of(given))
    writer.writeheader()
    writer.writerows(map(_inert, given))
    try:
        replace(Path(path), file.getvalue().encode())
    except UnicodeEncodeError as error:
        what = "a text holds half of a character (a lone surrogate); write the whole one"
        raise ModelError(what) from error
