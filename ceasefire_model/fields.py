"""What fields share: checks, and what is written short in a script, read as what is stored.

A converter reads what it can and leaves all else as it is.
The validator beside it refuses that, and names the field: a converter does not know of which it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import isnan
from types import UnionType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from attrs import NOTHING, frozen

from ceasefire_model.errors import ModelError, likely, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

_T = TypeVar("_T")
_Given = TypeVar("_Given")
_Enum = TypeVar("_Enum", bound=Enum)
_Key_co = TypeVar("_Key_co", covariant=True)
_Value_co = TypeVar("_Value_co", covariant=True)


class Pairs(Protocol[_Key_co, _Value_co]):
    """A mapping whose keys may be of several kinds.

    To a type checker a ``Mapping`` from records or ids is none from records alone.
    """

    def items(self) -> Iterable[tuple[_Key_co, _Value_co]]:
        """Give its keys, each with its value."""
        ...


_EMPTY = frozenset({"NaTType", "NAType"})
"""The classes of what stands in a data frame where nothing was filled in."""


def misfit(instance: object, attribute: Attribute[_T], what: str) -> ModelError:
    """Return the error that says what is wrong with a field."""
    return ModelError(what, attribute.name, type(instance).__name__)


# Converters


@frozen
class Unread:
    """What a converter could not read; a validator refuses it."""

    why: str
    is_empty: bool = False
    """Whether it stands for nothing filled in; what to do about it depends on the field."""


def read_or_not(read: Callable[[_Given], _T], value: _Given) -> _T:
    """Return what a value is read as, or why it cannot be read, for the validator to say."""
    try:
        return read(value)
    except ModelError as error:
        return cast("_T", Unread(str(error), _is_empty(value)))


def plain(value: _T) -> _T:
    """Return a single value of numpy as Python's own; anything else as it is."""
    if type(value).__module__ != "numpy" or getattr(value, "ndim", None) != 0:
        return value
    return cast("_T", cast("Callable[[], object]", value.item)())  # type: ignore[attr-defined]


def word(kind: type[_Enum], value: _Enum | str | int) -> _Enum:
    """Return the member of an enumeration that a word stands for."""
    try:
        return kind(plain(value))
    except (ValueError, ArithmeticError):  # a signalling NaN is not even compared
        return cast("_Enum", value)


def as_many(items: _T | Iterable[_T]) -> tuple[_T, ...]:
    """Return several as they are, and one alone as the only one."""
    if isinstance(items, Iterable) and not isinstance(items, str):
        return tuple(cast("Iterable[_T]", items))
    alone: Any = items
    return (alone,)


def texts(items: str | Iterable[str]) -> tuple[str, ...]:
    """Return texts in their order."""
    return as_many(items)


# Validators


def is_read(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what could not be read."""
    if isinstance(value, Unread):
        more = f"; {_without(attribute)}" if value.is_empty else ""
        raise misfit(instance, attribute, f"cannot be read: {value.why}{more}")


def _without(attribute: Attribute[_T]) -> str:
    """Say what to do where nothing is filled in for a field."""
    ways = ["leave it out"] if attribute.default is not NOTHING else []
    ways += ["write None"] if "None" in str(attribute.type) else []
    return " or ".join(ways) or "a value is needed"


def not_blank(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse a text that is empty or white space alone."""
    if not isinstance(value, str) or not value.strip():
        raise misfit(
            instance, attribute, f"must be a text, got {shortened(value)}{_as_text(value)}"
        )


def _as_text(value: object) -> str:
    """Say how what is no text is written as one: a number in quotes, a record by its name."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"; write it in quotes: '{shortened(value)}'"
    name: object = getattr(value, "name", None)
    is_record = isinstance(name, str) and hasattr(value, "id")
    return f"; write its name: {shortened(name)}" if is_record else ""


def whole(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what is no whole number; a truth value is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise misfit(instance, attribute, f"must be a whole number, got {shortened(value)}")


def is_a(kind: type | UnionType) -> Callable[[object, Attribute[_T], _T], None]:
    """Return a validator that refuses what is not of a kind."""
    kinds: tuple[type, ...] = (kind,) if isinstance(kind, type) else kind.__args__

    def validate(instance: object, attribute: Attribute[_T], value: _T) -> None:
        if not isinstance(value, kinds):
            raise misfit(instance, attribute, _wrong(kinds, value))

    return validate


def _wrong(kinds: tuple[type[Any], ...], value: object) -> str:
    """Say what is needed, what was given, and what would be right."""
    if issubclass(kinds[0], Enum):
        return _no_word(kinds[0], value)
    names = " or ".join(each.__name__ for each in kinds)
    return f"takes {names}, got {shortened(value)}{hint(kinds[0], value)}"


def _no_word(kind: type[Enum], value: object) -> str:
    """Say which words there are, and which is probably meant."""
    words = [each.value for each in kind]
    meant = likely(value, map(str, words)) if isinstance(value, str) else None
    advice = f"; did you mean {meant!r}?" if meant else ""
    return f"is one of {', '.join(map(repr, words))}, got {shortened(value)}{advice}"


def hint(kind: type, value: object) -> str:
    """Say what would be right, where the kind can be made of what was given."""
    if kind is bool or not isinstance(value, str | int):
        return ""
    try:
        kind(value)
    except (TypeError, ValueError):
        return ""
    return f"; write {kind.__name__}({value!r})"


def refuse_empty(value: object) -> None:
    """Refuse by name what stands in a data frame where nothing was filled in."""
    if _is_empty(value):
        raise ModelError(f"{value!s} stands for nothing filled in")


def _is_empty(value: object) -> bool:
    """Whether it is what stands in a data frame where nothing was filled in."""
    if type(value).__name__ in _EMPTY:
        return True
    is_numpy = type(value).__name__ == "datetime64" and str(value) == "NaT"
    return is_numpy or (isinstance(value, float) and isnan(value))
