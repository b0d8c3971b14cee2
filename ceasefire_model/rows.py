"""Rows of plain values, as any data-frame library takes them."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | datetime | None
"""A plain value; an instant is in UTC, and what does not apply is ``None``."""

Row: TypeAlias = dict[str, Cell]
"""One row: its cells by the names of the columns."""
