"""The columns of a table of records, and what a cell in them stands for.

A column is named like the key of a document; where a key holds a mapping, the names of both are
joined by a dot: ``about.proposal``, ``value.low``, ``codes.iso3166``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never, cast, get_args

from attrs import NOTHING, has

from ceasefire_model.documents.misfits import Data, Misfit, misfit, shown
from ceasefire_model.documents.numerals import decimal, plain
from ceasefire_model.documents.records import attributes_of
from ceasefire_model.errors import ModelError
from ceasefire_model.evidence import Credibility, Observation, Source
from ceasefire_model.facts import Value
from ceasefire_model.ids import id_of
from ceasefire_model.moments import Moment, moment
from ceasefire_model.parties import Code, Party
from ceasefire_model.scenarios import Named
from ceasefire_model.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire_model.ids import Name
    from ceasefire_model.rows import Cell

Tabular: TypeAlias = Observation | Statement | Source | Party
"""The records that a table can hold."""

_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SEPARATOR = ";"
_ANY = "*"


class Form(Enum):
    """How the cells of a column are read."""

    TEXT = "text"
    """As a text, also where it looks like a number."""

    SCALAR = "scalar"
    """As a truth, a number or a word, by the rules of documents."""

    MANY = "many"
    """As several ids, with semicolons between them."""


@cache
def forms(kind: type) -> dict[str, Form]:
    """Return the columns of a table of such records, in their order, and how each is read.

    A name that ends in ``.*`` stands for any number of columns: one for each scheme of codes.
    """
    return {
        name: form
        for key, one in attributes_of(kind).items()
        for name, form in _forms_of(key, one.type).items()
    }


def _forms_of(key: str, kind: object) -> dict[str, Form]:
    """Return the columns of one field."""
    inner = _inner(kind)
    if inner == Value:
        return dict.fromkeys((key, f"{key}.low", f"{key}.high"), Form.SCALAR)
    if inner == tuple[Code, ...]:
        return {f"{key}.{_ANY}": Form.TEXT}
    if getattr(inner, "__origin__", None) is tuple:
        return {key: Form.MANY}
    if inner is Credibility:
        return {key: Form.SCALAR}
    if inner is not Moment and has(cast("type", inner)):
        return {f"{key}.{name}": Form.TEXT for name in attributes_of(cast("type", inner))}
    return {key: Form.TEXT}


def _inner(kind: object) -> object:
    """Return the type of which a field may hold a value, beside nothing."""
    kinds = get_args(kind)
    return next(one for one in kinds if one is not type(None)) if type(None) in kinds else kind


def column_names(kind: type) -> tuple[str, ...]:
    """Return the names of the columns of a table of such records, in their order.

    >>> column_names(Source)
    ('id', 'name', 'kind', 'party', 'reliability')
    """
    return tuple(forms(kind))


@cache
def required(kind: type) -> dict[str, tuple[str, ...]]:
    """Return the fields that every record needs, each with the columns of which one fills it."""
    return {
        key: tuple(_forms_of(key, one.type))
        for key, one in attributes_of(kind).items()
        if one.default is NOTHING
    }


def form_of(kind: type, name: str) -> Form | None:
    """Return how a column is read; none if there is no such column."""
    known = forms(kind)
    key, dot, rest = name.partition(".")
    return known.get(name) or (known.get(f"{key}.{_ANY}") if dot and rest else None)


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing: what is empty in a spreadsheet or missing in a data frame."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    return not isinstance(cell, Iterable) and _is_missing(cell)


def _is_missing(cell: object) -> bool:
    """Whether a cell is NaN, NaT or pandas' NA, which alone are not equal to themselves."""
    try:
        return bool(cell != cell)  # noqa: PLR0124 - that is the test
    except TypeError:  # NA is neither equal nor unequal to anything
        return True


def data_in(cell: object, form: Form) -> Data:
    """Return what a cell that is not blank stands for, as the data of a document.

    Raises:
        MisfitsError: If the column takes no such cell.
    """
    match form:
        case Form.TEXT:
            found = _plain(cell)
            if isinstance(found, str):
                return found
            raise misfit(f"a text is needed, got {shown(found)}; store the column as text")
        case Form.SCALAR:
            found = _plain(cell)
            return _scalar(found) if isinstance(found, str) else found
        case Form.MANY:
            parts = list(cast("Iterable[object]", cell)) if isinstance(cell, Iterable) else [cell]
            names = map(id_of, cast("Iterable[Name]", parts))
            texts = cell.split(_SEPARATOR) if isinstance(cell, str) else map(str, names)
            return [text.strip() for text in texts if text.strip()]
        case _:
            assert_never(form)


def _plain(cell: object) -> str | int | Decimal:
    """Return a cell of any library as a text, a truth, a whole number or an exact one."""
    if isinstance(cell, Named):
        return cell.id
    if isinstance(cell, date):
        return _written(cell)
    if isinstance(cell, str | bool | int | Decimal):
        return cell
    scalar: object = cast("Any", cell).item() if hasattr(cell, "item") else cell
    if isinstance(scalar, float):
        return Decimal(repr(scalar))
    if isinstance(scalar, str | int | date) and scalar is not cell:
        return _plain(scalar)
    raise misfit(f"a text, a number or a time is needed, got {cell!r}; write one of these")


def _written(cell: date) -> str:
    """Write a day or an instant; a naive midnight is how some libraries keep a day."""
    if isinstance(cell, datetime) and cell.tzinfo is None and cell.time() == time():
        return cell.date().isoformat()
    try:
        return str(moment(cell))
    except ModelError as error:
        raise misfit(error.what) from None


def _scalar(text: str) -> str | int | Decimal:
    """Return what a bare text stands for in YAML 1.2, but that none of it is nothing."""
    if text in _TRUTHS:
        return _TRUTHS[text]
    number = decimal(text) if _NUMBER.fullmatch(text) else None
    return text if number is None else number


def nested(cells: Mapping[str, Data]) -> tuple[dict[str, Data], list[Misfit]]:
    """Return the data of a row under the keys of a document, and the cells that have no place."""
    data: dict[str, Data] = {}
    found: list[Misfit] = []
    for name, value in cells.items():
        key, dot, below = name.partition(".")
        held = data.setdefault(key, {}) if dot else value
        if not dot:
            data[key] = value
        elif isinstance(held, dict):
            held[below] = value
        else:
            what = f"a value in {key!r} and another here; leave one of them empty"
            found.append(Misfit((key, below), what))
    return data, found


def cells_of(kind: type, data: Mapping[str, Data]) -> dict[str, Cell]:
    """Return the data of one record as the cells of a row, by the names of the columns."""
    row: dict[str, Cell] = {name: None for name in forms(kind) if not name.endswith(_ANY)}
    for key, value in data.items():
        if isinstance(value, dict):
            row |= {f"{key}.{name}": _cell(inner) for name, inner in value.items()}
        else:
            row[key] = _cell(value)
    return row


def _cell(value: Data) -> Cell:
    """Write the data under one key."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case list():
            return f"{_SEPARATOR} ".join(map(str, value))
        case dict() | int() | str() | None:
            return cast("Cell", value)
        case _:
            assert_never(value)


def header_of(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the names of all columns, in the order in which they first occur."""
    return tuple(dict.fromkeys(name for row in rows for name in row))
