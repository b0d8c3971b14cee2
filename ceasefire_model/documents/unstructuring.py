"""From what the model holds to data: the canonical form, in which defaults are left out."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

from attrs import fields, has, resolve_types
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from ceasefire_model.conditions import Accepts
from ceasefire_model.documents.forms import (
    BODIES,
    CANNOT_SAY,
    CONDITIONS,
    FORMAT,
    KEYED,
    PAIRS,
    key_of,
)
from ceasefire_model.documents.versions import line
from ceasefire_model.facts import CannotSay, Fact, Number, Truth
from ceasefire_model.moments import Delay, Moment
from ceasefire_model.scenarios import Scenario
from ceasefire_model.suppositions import SupposedWord

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire_model.documents.misfits import Data

    Write = Callable[[Any], Any]


def data_of(scenario: Scenario) -> dict[str, Data]:
    """Return the data of a document that stands for a scenario."""
    written: dict[str, Data] = _converter().unstructure(scenario)
    return {FORMAT: line(), **written}


def data_of_record(record: object) -> dict[str, Data]:
    """Return the data that stand for one record, its id among them."""
    written: dict[str, Data] = _converter().unstructure(record)
    return written


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    # of these two, cattrs asks the one that was registered last first
    converter.register_unstructure_hook_factory(has, partial(_record, converter))
    converter.register_unstructure_hook_factory(_is_many, partial(_many, converter))
    converter.register_unstructure_hook(Enum, _choice)
    converter.register_unstructure_hook(Moment, str)
    converter.register_unstructure_hook(Delay, str)
    converter.register_unstructure_hook(Fraction, str)
    converter.register_unstructure_hook(Truth, _value)
    converter.register_unstructure_hook(Number, _value)
    converter.register_unstructure_hook(CannotSay, lambda _: CANNOT_SAY)
    _register_conditions(converter)
    return converter


def _register_conditions(converter: Converter) -> None:
    """Write each condition as a mapping with one key."""
    for key, kind in CONDITIONS.items():
        write = _record(converter, kind) if key in BODIES else _only_field(converter, kind)
        converter.register_unstructure_hook(kind, _under(key, write))


def _under(key: str, write: Write) -> Write:
    """Return what writes a mapping with one key."""
    return lambda condition: {key: write(condition)}


def _only_field(converter: Converter, kind: type) -> Write:
    """Return what writes a condition as its one field: an id, a part, or a list of parts."""
    resolve_types(kind)
    [one] = fields(kind)
    write = converter.get_unstructure_hook(one.type)
    return lambda condition: write(getattr(condition, one.name))


def _choice(member: Enum) -> Data:
    return cast("Data", member.value)


def _value(value: Truth | Number) -> Data:
    return value.value


def _record(converter: Converter, kind: type) -> Write:
    """Return what writes a record as a mapping, in the order of its class."""
    resolve_types(kind)
    names = [attribute.name for attribute in fields(kind) if attribute.init]
    overrides = {name: override(rename=key_of(kind, name)) for name in names}
    if kind is SupposedWord:  # the key says already that it is an acceptance
        overrides["of"] = override(rename="accepts", unstruct_hook=_record(converter, Accepts))
    make: Callable[..., Write] = make_dict_unstructure_fn
    generated = make(kind, converter, _cattrs_omit_if_default=True, **overrides)
    keys = [key_of(kind, name) for name in names]

    def write(record: object) -> dict[str, Data]:
        data = generated(record)
        return {key: data[key] for key in keys if data.get(key) is not None}

    return write


def _is_many(kind: object) -> bool:
    return get_origin(kind) is tuple


def _many(converter: Converter, kind: object) -> Write:
    """Return what writes several of a type: keyed by id, as pairs, or as a list."""
    one = get_args(kind)[0]
    if one in KEYED or one == Fact:
        return lambda records: dict(_popped(converter.unstructure(record)) for record in records)
    if one in PAIRS:
        first, second = (attribute.name for attribute in fields(one))
        return lambda records: {
            getattr(record, first): converter.unstructure(getattr(record, second))
            for record in records
        }
    return lambda records: list(map(converter.unstructure, records))


def _popped(data: dict[str, Data]) -> tuple[Data, Data]:
    """Return the id of a record and the rest of it."""
    return data.pop("id"), data
