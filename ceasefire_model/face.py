"""What is said of a name or an argument that the package, or one of its verbs, does not have."""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ceasefire_model.errors import likely

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

_P = ParamSpec("_P")
_R = TypeVar("_R")

_PACKAGE = "ceasefire_model"
_WINGS = ("analyses", "drafting", "rules")

_MEANT = {"what_if": "suppose", "read": "load", "save": "dump"}
"""What other libraries call what has another name here."""

_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"as_of", "dates", "date", "when", "at", "day", "on", "time", "today"}),
    frozenset({"start", "since", "begin", "beginning", "from_"}),
    frozenset({"end", "until", "till", "to"}),
    frozenset({"since", "as_of", "date", "when"}),
    frozenset({"known_by", "known", "reported_by", "heard_by"}),
    frozenset({"trust", "source", "sources", "party", "eyes", "only"}),
    frozenset({"without", "drop", "dropped", "exclude"}),
)
"""Words for the same argument, of which each verb has at most one; the first that fits counts."""


_NEAR = 0.7
"""How alike a name of the package must be; by fewer letters *kept* would be *report*."""


# Names


def no_such(name: str, public: Iterable[str]) -> str:
    """Say that the package has no such name, and what is probably meant by it."""
    here = f"module {_PACKAGE!r} has no attribute {name!r}"
    if name.startswith("_"):
        return here
    meant = _MEANT.get(name) or next(_elsewhere(name), None) or likely(name, public, _NEAR)
    if meant is None:
        return here
    return f"{here}; {meant if ' ' in meant else f'did you mean {meant!r}?'}"


def _elsewhere(name: str) -> Iterator[str]:
    """Yield where a class of results is, or which of them has an attribute."""
    for wing in _WINGS:
        exporter = import_module(f"{_PACKAGE}.{wing}")
        if name in exporter.__all__:
            yield f"from {exporter.__name__} import {name}"
    exporter = import_module(f"{_PACKAGE}.rules")
    for each in exporter.__all__:
        if hasattr(getattr(exporter, each), name):
            yield f"an answer has it, see {exporter.__name__}.{each}.{name}"


# Arguments


def told(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a verb that says which argument is probably meant by one that it does not take."""

    @wraps(function)
    def verb(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except TypeError:
            wrong = _misused(function, args, kwargs)
            if wrong is None:
                raise
            raise TypeError(wrong) from None

    verb.__module__ = _PACKAGE  # where it can be found again, by pickle and the like
    return verb


def _misused(
    function: Callable[_P, _R], args: Collection[object], kwargs: Collection[str]
) -> str | None:
    """Say what is wrong with how a verb is called, if it is a name or a place."""
    taken = signature(function).parameters.values()
    places = [each.name for each in taken if each.kind is Parameter.POSITIONAL_OR_KEYWORD]
    named = [each.name for each in taken if each.kind is Parameter.KEYWORD_ONLY]
    free = [name for name in (*places[len(args) :], *named) if name not in kwargs]
    for name in kwargs:
        if name not in {*places, *named}:
            meant = _alike(name, free) or likely(name, free, _NEAR)
            way = f"did you mean {meant!r}?" if meant else f"it takes {_by(places, named)}"
            return f"{function.__name__} takes no {name!r}; {way}"
    if len(args) > len(places):
        return f"{function.__name__} takes {_by(places, named)}, got {len(args)} in their places"
    return None


def _alike(name: str, free: Collection[str]) -> str | None:
    """Return the argument for which a word stands elsewhere."""
    words = (word for group in _ALIKE if name in group for word in sorted(group))
    return next((word for word in words if word in free), None)


def _by(places: list[str], named: list[str]) -> str:
    """Say which arguments are given in their places, and which by name."""
    ways = f"{', '.join(places)} in their places"
    return f"{ways} and {', '.join(named)} by name" if named else ways
