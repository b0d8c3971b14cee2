"""Answers as rows of plain values, as any data-frame library takes them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

Cell: TypeAlias = str | int | float | bool | datetime | None
"""A plain value; an instant is in UTC, and what does not apply is ``None``."""

Row: TypeAlias = dict[str, Cell]
"""One row: its cells by the names of the columns."""

Library: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""A library that a data frame can be made with."""


class InRows:
    """Gives answers rows, for a table or a data frame."""

    __slots__ = ()

    if TYPE_CHECKING:

        def _rows(self) -> list[Row]: ...

    def to_rows(self, *, plain: bool = False) -> list[Row]:
        """Return one row per thing that it holds; the reference has the columns.

        Args:
            plain: Whether to write instants as texts, so that the rows are JSON.
        """
        rows = self._rows()
        return [_plain(row) for row in rows] if plain else rows

    def to_frame(self, library: Library | None = None) -> Any:  # noqa: ANN401 - of any library
        """Return the rows as a data frame; it needs the extra ``bulk``.

        Args:
            library: The library that the frame is of; by default the first that is installed of
                polars, pandas and pyarrow.
        """
        from ceasefire_model.tables.frames import frame

        return frame(self.to_rows(), library, columns=self._columns())

    def _columns(self) -> tuple[str, ...]:
        """Return the columns, where there may be no rows to have them."""
        from ceasefire_model.display.columns import columns_of

        return columns_of(self)


def _plain(row: Row) -> Row:
    """Write a row as JSON has it."""
    return {
        name: cell.isoformat() if isinstance(cell, datetime) else cell for name, cell in row.items()
    }
