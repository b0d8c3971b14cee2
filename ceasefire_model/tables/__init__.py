"""Tables: reports, statements, sources and parties from spreadsheets and data frames, and back."""

from ceasefire_model.tables.adding import Addition, add
from ceasefire_model.tables.columns import Tabular, column_names
from ceasefire_model.tables.frames import AnyFrame, frame, read_csv, write_csv
from ceasefire_model.tables.records import (
    Table,
    observations_from,
    parties_from,
    rows_of,
    sources_from,
    statements_from,
)

__all__ = [
    "Addition",
    "AnyFrame",
    "Table",
    "Tabular",
    "add",
    "column_names",
    "frame",
    "observations_from",
    "parties_from",
    "read_csv",
    "rows_of",
    "sources_from",
    "statements_from",
    "write_csv",
]
