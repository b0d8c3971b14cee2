"""What the arguments of calls share: checks that name the argument that does not fit.

The field of a record has its validator, which names the field; the argument of a call has these.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from operator import index
from typing import TYPE_CHECKING, TypeVar, cast

from ceasefire_model.errors import ModelError, shortened

if TYPE_CHECKING:
    from collections.abc import Generator
    from enum import Enum
    from typing import SupportsIndex

    from ceasefire_model.fields import Pairs

_T = TypeVar("_T")
_Key = TypeVar("_Key")


@contextmanager
def naming(argument: str) -> Generator[None, None, None]:
    """Name the argument in an error about what was given for it.

    Raises:
        ModelError: If what was given cannot be read.
    """
    try:
        yield
    except ModelError as error:
        if error.field == argument:
            raise
        raise ModelError(f"cannot be read: {error}", argument) from None


def whole_number(given: object, argument: str, *, least: int = 1, most: int = 10**12) -> None:
    """Refuse what is no whole number, or lies below the least or above the most there can be.

    Raises:
        ModelError: If it is none, or does.
    """
    if not isinstance(given, int) or isinstance(given, bool):
        raise ModelError(f"must be a whole number, got {shortened(given)}", argument)
    if given < least:
        raise ModelError(f"must be {least} or more, got {shortened(given)}", argument)
    if given > most:
        raise ModelError(f"must be {most:,} or less, got {shortened(given)}", argument)


def place_among(given: object, argument: str, count: int) -> int:
    """Return the place of one of so many, counted from 0, whatever integer says it.

    Raises:
        ModelError: If it is none.
    """
    try:
        place = index(cast("SupportsIndex", given))
    except TypeError:
        place = -1
    if isinstance(given, bool) or not 0 <= place < count:
        raise ModelError(f"must be 0 to {count - 1}, got {shortened(given)}", argument)
    return place


def member(given: object, argument: str, kind: type[Enum]) -> None:
    """Refuse what is no member of an enumeration: compared with one it would be just another.

    Raises:
        ModelError: If it is none.
    """
    if not isinstance(given, kind):
        first = repr(next(iter(kind)))
        raise ModelError(
            f"takes a {kind.__name__}, got {shortened(given)}; write {first}", argument
        )


def yes_or_no(given: object, argument: str) -> None:
    """Refuse what is no truth value.

    Raises:
        ModelError: If it is none.
    """
    if not isinstance(given, bool):
        raise ModelError(f"is True or False, got {shortened(given)}", argument)


def mapping(given: Pairs[_Key, _T], argument: str, example: str) -> Mapping[_Key, _T]:
    """Return a mapping, and refuse what is none.

    Raises:
        ModelError: If it is none.
    """
    if isinstance(given, Mapping):
        return given
    raise ModelError(f"takes a mapping, got {shortened(given)}; write {example}", argument)


def several(given: Iterable[_T], argument: str, example: str) -> Iterable[_T]:
    """Return several, and refuse one alone: a text would fall apart into its letters.

    Raises:
        ModelError: If it is one alone.
    """
    if isinstance(cast("object", given), Iterable) and not isinstance(given, str | bytes):
        return given
    raise ModelError(f"takes several, got {shortened(given)}; write {example}", argument)


def file_name(given: object, example: str) -> str:
    """Return the name of a file, and refuse what is none.

    Raises:
        ModelError: If it is none, or no file can have it.
    """
    is_path = isinstance(given, os.PathLike)
    name: object = os.fspath(cast("os.PathLike[str]", given)) if is_path else given
    if not isinstance(name, str):
        raise ModelError(
            f"takes the name of a file, got {shortened(name)}; write {example}", "path"
        )
    try:
        can_be = "\0" not in name and os.fsencode(name) != b""
    except UnicodeEncodeError:
        can_be = False
    if not can_be:
        raise ModelError(f"is no name that a file can have, got {shortened(name)}", "path")
    return name


def told(given: object, argument: str = "progress") -> None:
    """Refuse what is neither none nor a function that can be told something.

    Raises:
        ModelError: If it is neither.
    """
    if given is not None and not callable(given):
        raise ModelError(f"takes a function, got {shortened(given)}", argument)
