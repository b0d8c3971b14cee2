"""From mappings to records of one class, and what is wrong with those that make none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from attrs import fields, resolve_types
from cattrs.errors import AttributeValidationNote, ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from ceasefire_model.documents.forms import key_of
from ceasefire_model.documents.misfits import ENOUGH, Data, Misfit, MisfitsError, misfit, shown
from ceasefire_model.errors import ModelError, likely, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from attrs import Attribute
    from cattrs import Converter

Read: TypeAlias = Callable[["Data"], Any]
"""A function that returns what data stand for, or raises ``MisfitsError``."""


def hook(read: Read) -> Callable[[Any, object], Any]:
    """Return a function in the shape that cattrs calls."""
    return lambda data, _: read(data)


def attributes_of(kind: type) -> dict[str, Attribute[Any]]:
    """Return the fields of a class that a document has, by their keys, with resolved types."""
    resolve_types(kind)
    return {key_of(kind, one.name): one for one in fields(kind) if one.init}


def record_reader(kind: type, converter: Converter) -> Read:
    """Return what reads a mapping as a record of a class.

    Args:
        kind: The class.
        converter: Has the functions that read its fields.
    """
    attributes = attributes_of(kind)
    make = cast("Callable[..., Read]", make_dict_structure_fn)
    generated = make(
        kind,
        converter,
        **{one.name: override(rename=key) for key, one in attributes.items()},
    )

    def read(data: Data) -> Any:  # noqa: ANN401 - a record of that class
        if not isinstance(data, dict):
            needed = ", ".join(map(repr, attributes))
            raise misfit(f"a mapping is needed, got {shown(data)}; its keys are {needed}")
        try:
            return generated(data)
        except ClassValidationError as error:
            found = list(_misfits(error, attributes, data))
        raise MisfitsError(found or _faults(kind, read_again(data)))

    def read_again(data: dict[str, Data]) -> dict[str, Any]:
        """Read the fields on their own; all of them can be read."""
        return {
            one.name: converter.structure(data[key], cast("type[Any]", one.type))
            for key, one in attributes.items()
            if key in data
        }

    return read


def _misfits(
    error: ClassValidationError, attributes: Mapping[str, Attribute[Any]], data: dict[str, Data]
) -> Iterator[Misfit]:
    """Yield what is wrong with keys and values; nothing if it is wrong with the whole record."""
    keys = {one.name: key for key, one in attributes.items()}
    unknown = list(unknown_keys(data, attributes))
    yield from unknown
    for one in error.exceptions:
        match one:
            case MisfitsError():
                yield from one.under(keys[_name_in(one)])
            case KeyError():
                yield from missing_key(keys[_name_in(one)], unknown)
            case ForbiddenExtraKeysError() | ModelError():
                pass  # the one is yielded above, the other concerns the record
            case _:
                raise one


def _name_in(error: Exception) -> str:
    """Return the name of the field at which reading failed."""
    return next(one.name for one in error.__notes__ if isinstance(one, AttributeValidationNote))


_QUOTE = "is it part of a text? put a text that has a comma in quotes"


def unknown_keys(data: dict[str, Data], known: Mapping[str, object]) -> Iterator[Misfit]:
    """Yield every key that does not belong in a mapping, with the nearest that does."""
    free = [key for key in known if key not in data]
    for key in [key for key in data if key not in known][:ENOUGH]:
        is_torn = data[key] is None and " " in key
        advice = _QUOTE if is_torn else nearest(key, free or known)
        what = f"no key {shown(key)} here; {advice}"
        yield Misfit((key,), what, on_key=True, meant=likely(key, free or known))


def missing_key(key: str, unknown: list[Misfit]) -> Iterator[Misfit]:
    """Yield that a key is missing, unless an unknown one is likely to be that key, misspelt."""
    if all(one.meant != key for one in unknown):
        yield Misfit((), f"the key {key!r} is missing; add it")


def _faults(kind: type, values: Mapping[str, Any]) -> Iterator[Misfit]:
    """Yield what is wrong with values of the right types that make no record."""
    found = list(field_faults(kind, values))
    yield from (Misfit((key_of(kind, name),), what) for name, what in found)
    if not found:
        try:
            kind(**values)
        except ModelError as error:
            yield Misfit((key_of(kind, error.field),) if error.field else (), error.what)


def field_faults(kind: type, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every field whose value its class refuses, and why.

    The class stops at the first such field; a document is told of all.
    """
    record = cast("object", object.__new__(kind))
    for one in fields(kind):
        if one.name in values:
            try:
                convert = cast("Callable[[Any], Any] | None", one.converter)
                value = values[one.name] if convert is None else convert(values[one.name])
                object.__setattr__(record, one.name, value)
                if one.validator is not None:
                    one.validator(record, one, value)
            except ModelError as error:
                yield one.name, error.what
