"""From data to what the model holds: strict, and with every misfit at its place.

cattrs finds by type what reads it. The functions here read what a document writes in a way of its
own: facts, conditions, records keyed by id, lone ids where there may be several.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, cast, get_args, get_origin

from attrs import fields, frozen, has, resolve_types
from cattrs import Converter

from ceasefire_model.conditions import After, AllOf, Bound, Condition, Leaf, Not
from ceasefire_model.documents import scalars
from ceasefire_model.documents.forms import (
    BODIES,
    CONDITIONS,
    FACTS,
    KEYED,
    LEAVES,
    LISTS,
    NAMED,
    PAIRS,
    SINGLES,
)
from ceasefire_model.documents.misfits import (
    ENOUGH,
    Data,
    Misfit,
    MisfitsError,
    Step,
    misfit,
    shown,
)
from ceasefire_model.documents.records import Read, hook, record_reader
from ceasefire_model.errors import ModelError, likely, nearest
from ceasefire_model.evidence import Credibility
from ceasefire_model.facts import Fact, Range, Times, Value
from ceasefire_model.moments import Delay, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def reader(kind: object) -> Read:
    """Return the function that reads data as a type of the model."""
    read = _converter().get_structure_hook(kind)
    return lambda data: read(data, kind)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    # of these, cattrs asks the one that was registered last first
    factories: dict[Callable[[Any], bool], Callable[[Any], Read]] = {
        has: partial(record_reader, converter=converter),
        _is_union: _union,
        _is_many: _many,
    }
    for is_meant, factory in factories.items():
        converter.register_structure_hook_factory(is_meant, _hooked(factory))
    converter.register_structure_hook_func(_is_choice, scalars.choice)
    plain: dict[type, Read] = {
        str: scalars.text,
        bool: scalars.truth,
        int: scalars.whole,
        Decimal: scalars.amount,
        Moment: scalars.moment,
        Delay: scalars.delay,
        Credibility: scalars.credibility,
    }
    for kind, read in plain.items():
        converter.register_structure_hook(kind, hook(read))
    return converter


def _hooked(factory: Callable[[Any], Read]) -> Callable[[Any], Callable[[Any, object], Any]]:
    """Return a factory in the shape that cattrs calls."""

    def make(kind: Any) -> Callable[[Any, object], Any]:  # noqa: ANN401 - of any type
        return hook(factory(kind))

    return make


def _is_choice(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_union(kind: object) -> bool:
    return get_origin(kind) in {Union, UnionType}


def _is_many(kind: object) -> bool:
    return get_origin(kind) is tuple


def _union(kind: object) -> Read:
    """Return what reads one of several types, or an optional one."""
    kinds: frozenset[object] = frozenset(get_args(kind)) - {NoneType}
    if kinds == frozenset(get_args(Condition)):
        return _demand
    if kinds <= frozenset(get_args(Condition)):
        return _leaf_or_not
    if kinds == frozenset(get_args(Bound)):
        return _mapping_or(reader(After), scalars.moment)
    if kinds == frozenset(get_args(Value)):
        return _mapping_or(_range, scalars.value)
    if kinds == frozenset[object]({Decimal, Fraction}):
        return scalars.factor
    if kinds == frozenset[object]({Decimal, Times}):
        return _mapping_or(reader(Times), scalars.amount)
    # what is left is an optional type, or several kinds of id
    return reader(next(iter(kinds)))


def _mapping_or(read: Read, otherwise: Read) -> Read:
    """Return what reads a mapping in one way and anything else in another."""
    return lambda data: read(data) if isinstance(data, dict) else otherwise(data)


@frozen(kw_only=True)
class Bounds:
    """A number that lies somewhere between two bounds, both included; either may be left out."""

    low: Decimal | None = None
    """The least it can be."""

    high: Decimal | None = None
    """The most it can be."""


def _range(data: Data) -> Range:
    """Read a range."""
    bounds: Bounds = reader(Bounds)(data)
    try:
        return Range(bounds.low, bounds.high)
    except ModelError as error:
        raise misfit(error.what) from None


def _many(kind: object) -> Read:
    """Return what reads several of a type."""
    one = get_args(kind)[0]
    if one == Fact:
        return _keyed("fact", _fact)
    if one in KEYED:
        return _keyed(KEYED[one], reader(one), is_named=one in NAMED)
    if one in PAIRS:
        return _pairs(one)
    if getattr(one, "__supertype__", one) is str:
        return _texts
    read = _condition if one == Condition else reader(one)
    return lambda data: _list(data, read)


def _list(data: Data, read: Read) -> tuple[Any, ...]:
    """Read a list item by item."""
    if not isinstance(data, list):
        raise misfit(f"a list is needed, got {shown(data)}; begin each item with '- '")
    return _each(enumerate(data), lambda _, item: read(item))


def _texts(data: Data) -> tuple[str, ...]:
    """Read a list of ids or texts, or a lone one."""
    is_one = isinstance(data, str | int | Decimal) and not isinstance(data, bool)
    return (scalars.text(data),) if is_one else _list(data, scalars.text)


def _items(data: Data, needed: str) -> Iterable[tuple[str, Data]]:
    """Return the keys and values of a mapping."""
    if not isinstance(data, dict):
        raise misfit(f"a mapping is needed, got {shown(data)}; write {needed}")
    return data.items()


def _each(items: Iterable[tuple[Any, Data]], read: Callable[[Any, Data], Any]) -> tuple[Any, ...]:
    """Read every item, and only then say what is wrong with some of them."""
    kept: list[tuple[Step, Any]] = []
    found: list[Misfit] = []
    for step, data in items:
        try:
            kept.append((step, read(step, data)))
        except MisfitsError as error:
            found += error.under(step)
            if len(found) > ENOUGH:
                break
    if found:
        raise MisfitsError(found, kept)
    return tuple(record for _, record in kept)


def _keyed(noun: str, read: Read, *, is_named: bool = False) -> Read:
    """Return what reads records that are keyed by their id.

    Args:
        noun: What one of them is called.
        read: Reads one of them, with its id among its fields.
        is_named: Whether one of them may be written as its name alone.
    """

    def read_one(name: str, data: Data) -> Any:  # noqa: ANN401 - a record
        if is_named and isinstance(data, str):
            data = {"name": data}
        given = dict(_items(data, f"the fields of the {noun}"))
        if "id" in given:
            raise misfit("the id is the key above this one; leave 'id' out", "id", on_key=True)
        try:
            return read({"id": name, **given})
        except MisfitsError as error:
            raise MisfitsError(map(_on_id, error.found)) from None

    needed = f"the id of each {noun}, and below it its fields"
    return lambda data: _each(_items(data, needed), read_one)


def _on_id(found: Misfit) -> Misfit:
    """Move what is wrong with an id to the key that it is."""
    return Misfit((), found.what, on_key=True) if found.path == ("id",) else found


def _pairs(kind: type) -> Read:
    """Return what reads records that are written as a key and a value."""
    resolve_types(kind)
    read = reader(fields(kind)[1].type)

    def read_one(key: str, data: Data) -> Any:  # noqa: ANN401 - a record of that class
        second = read(data)
        try:
            return kind(key, second)
        except ModelError as error:
            raise misfit(error.what) from None

    return lambda data: _each(_items(data, "a key, ':' and a value"), read_one)


def _fact(data: Data) -> Fact:
    """Read a fact, whose kind is the key that holds its text."""
    given = dict(_items(data, "the fields of the fact"))
    kinds = [key for key in FACTS if key in given]
    if len(kinds) > 1:
        raise misfit(f"both {kinds[0]!r} and {kinds[1]!r}; a fact is of one kind, leave one out")
    if not kinds:
        raise _no_kind(given)
    return cast("Fact", reader(FACTS[kinds[0]])(given))


def _no_kind(given: dict[str, Data]) -> MisfitsError:
    """Say which key a fact lacks, or which one is likely to be it, misspelt."""
    for key in list(given)[:ENOUGH]:
        if likely(key, FACTS) is not None:
            return misfit(f"no key {shown(key)} here; {nearest(key, FACTS)}", key, on_key=True)
    return misfit(f"a fact of no kind; write its text under one of {', '.join(FACTS)}")


def _condition(data: Data) -> Condition:
    """Read a condition, which is a mapping with one key."""
    if not isinstance(data, dict):
        advice = "join several with" if isinstance(data, list) else "write 'holds: …' or"
        raise misfit(f"a condition is needed, got {shown(data)}; {advice} 'all_of: …'")
    if len(data) != 1:
        raise misfit(f"a condition has one key, got {len(data)}; join several with 'all_of'")
    [(key, body)] = data.items()
    if key not in CONDITIONS:
        what = f"no condition {shown(key)}; {nearest(key, CONDITIONS)}"
        raise misfit(what, key, on_key=True)
    try:
        return _of_kind(key, body)
    except MisfitsError as error:
        raise MisfitsError(error.under(key)) from None
    except ModelError as error:
        raise misfit(error.what, key) from None


def _leaf_or_not(data: Data) -> Condition:
    """Read what can wait for something else: a leaf or its negation."""
    condition = _condition(data)
    inner = condition.part if isinstance(condition, Not) else condition
    if not isinstance(inner, Leaf):
        names = ", ".join(key for key, kind in CONDITIONS.items() if kind in get_args(Leaf))
        raise misfit(f"what waits is a single condition or its 'not'; write one of {names}")
    return condition


def _of_kind(key: str, body: Data) -> Condition:
    """Read what stands under the key of a condition."""
    if key in LEAVES:
        return LEAVES[key](scalars.text(body))
    if key in BODIES:
        return cast("Condition", reader(BODIES[key])(body))
    if key in LISTS:
        return LISTS[key](_list(body, _condition))
    return SINGLES[key](_condition(body))


def _demand(data: Data) -> Condition:
    """Read a condition, or a list of conditions that are all demanded."""
    return AllOf(_list(data, _condition)) if isinstance(data, list) else _condition(data)
