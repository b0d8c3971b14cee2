"""The commands ``add`` and ``template`` of the command line."""

from __future__ import annotations

import csv
import io
import sys
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ceasefire_model.documents import dump, load
from ceasefire_model.documents.replacing import replace
from ceasefire_model.errors import ModelError
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.parties import Party
from ceasefire_model.statements import Statement
from ceasefire_model.tables.adding import add
from ceasefire_model.tables.columns import column_names, required
from ceasefire_model.tables.frames import read_csv
from ceasefire_model.tables.records import (
    observations_from,
    parties_from,
    sources_from,
    statements_from,
)
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from ceasefire_model.tables.adding import AnyTable

_READERS: dict[str, Callable[..., AnyTable]] = {
    "parties": parties_from,
    "sources": sources_from,
    "statements": statements_from,
    "observations": observations_from,
}
_KINDS: dict[str, type] = {
    "observations": Observation,
    "statements": Statement,
    "sources": Source,
    "parties": Party,
}


class Commands(Protocol):
    """What ``ArgumentParser.add_subparsers`` returns, as far as it is needed here."""

    def add_parser(self, name: str, *, help: str) -> ArgumentParser:  # noqa: A002 - argparse's name
        """Return the parser of one command."""
        ...


def add_commands(commands: Commands) -> None:
    """Add both commands to the command line."""
    adding = commands.add_parser("add", help="add the rows of spreadsheets to a document")
    adding.add_argument("scenario", metavar="FILE", help="a document")
    for kind in _READERS:
        adding.add_argument(f"--{kind}", metavar="CSV", help=f"a table of {kind}")
    adding.add_argument("-o", "--output", required=True, metavar="FILE", help="where to write it")
    adding.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME=MEANING",
        help="what a column that is called otherwise stands for; of a column to leave out: NAME=",
    )
    adding.add_argument("--encoding", default="utf-8-sig", help="of the tables; default: UTF-8")
    adding.add_argument("--skip", action="store_true", help="leave out, and list, rows with errors")
    adding.set_defaults(run=_add)
    starting = commands.add_parser("template", help="write a table to fill in")
    starting.add_argument("table", metavar="CSV", help="where to write it")
    starting.add_argument("--kind", choices=list(_KINDS), default="observations")
    starting.set_defaults(run=_template)


def _add(given: Namespace) -> int:
    """Write a document with the rows of tables; nothing is written unless all of them are right."""
    columns = dict(map(_alias, given.column))
    tables = [
        _table(read, path, columns, given.encoding)
        for kind, read in _READERS.items()
        if (path := getattr(given, kind)) is not None
    ]
    if not tables:
        raise ModelError(f"nothing to add; give --{', --'.join(_READERS)}")
    found = add(load(given.scenario), *tables)
    dump(found.kept if given.skip else found.scenario, given.output)
    for problem in found.problems:
        print(f"skipped: {problem}", file=sys.stderr)
    print(shown(f"{given.output}: {found.added} records added, {len(found.problems)} problems"))
    return 0


def _table(
    read: Callable[..., AnyTable], path: str, columns: dict[str, str | None], encoding: str
) -> AnyTable:
    return read(read_csv(path, encoding=encoding), columns=columns, source=path)


def _alias(text: str) -> tuple[str, str | None]:
    """Return what ``NAME=MEANING`` says of a column."""
    name, equals, meaning = text.rpartition("=")
    if not equals:
        raise ModelError(f"--column takes NAME=MEANING, got {text!r}; write --column 'Date=since'")
    return name, meaning or None


def _template(given: Namespace) -> int:
    """Write the names of the columns of a table, and say which of them must be filled."""
    kind: Any = _KINDS[given.kind]
    names = [name.replace(".*", ".iso3166") for name in column_names(kind)]
    if lexists(given.table):
        raise ModelError(f"{given.table!r} is there already; choose another name")
    header = io.StringIO(newline="")
    csv.writer(header).writerow(names)
    replace(Path(given.table), header.getvalue().encode())
    needed = ", ".join(" or ".join(fillers) for fillers in required(kind).values())
    print(shown(f"{given.table}: each row needs {needed}"))
    return 0
