"""Every error the library raises on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, frozen

from ceasefire_model.lookalikes import difference, twin
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class Problem:
    """One thing that is wrong in a scenario or a document.

    Attributes:
        path: Where, in the shape of the document: ``$.observations[3].fact``.
        what: What is wrong, and after a semicolon what would be right.
        line: The line in the text of a document, from 1.
        column: The character in that line, from 1.
    """

    path: str
    what: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Write the place and the matter on one line."""
        return shown(f"{self.path}: {self.what}")


@define(slots=False)
class CeasefireError(Exception):
    """The root of all errors that this library raises on purpose.

    What they hold is in their ``__dict__``: libraries that send errors from one machine to another
    carry over that, and no slots.
    """


@define(slots=False)
class ModelError(CeasefireError, ValueError):
    """A single value that no record or call of the library can hold."""

    what: str
    """What is wrong, and what would be right."""

    field: str | None = None
    """The field of a record, or the argument of a call, that does not fit, if it is one."""

    record: str | None = None
    """The class that has this field."""

    def __str__(self) -> str:
        """Write what is wrong, after the field if it is one: ``Party.name must be a text, …``."""
        place = ".".join(name for name in (self.record, self.field) if name)
        return shown(f"{place} {self.what}")


@define(slots=False)
class UnknownIdError(CeasefireError, LookupError):
    """An id that the scenario does not have."""

    kind: str
    """What was looked for, as a singular noun: ``party``."""

    name: str
    """The id that was asked for."""

    known: tuple[str, ...] = ()
    """The ids that there are."""

    among: str = "this scenario"
    """Where it was looked for."""

    def __str__(self) -> str:
        """Name the missing id and the nearest known one."""
        return unknown(self.kind, self.name, self.known, self.among)


@define(slots=False)
class ScenarioError(CeasefireError, ValueError):
    """Records that do not fit together; lists every problem at once."""

    problems: tuple[Problem, ...]
    """In the order of the records."""

    def __str__(self) -> str:
        """Write one problem a line."""
        return listing("scenario", self.problems)


@define(slots=False)
class DocumentError(CeasefireError, ValueError):
    """A document that cannot be read as a scenario; lists every problem at once."""

    source: str
    """Where the text came from: a path, or ``<text>``."""

    problems: tuple[Problem, ...]
    """In the order of the document."""

    def __str__(self) -> str:
        """Write one problem a line, each with its place in the text."""
        return listing(self.source, self.problems, self.source)


@define(slots=False)
class MissingExtraError(CeasefireError, ImportError):
    """A part of the library whose optional dependency is not installed."""

    extra: str
    """The extra to install."""

    def __str__(self) -> str:
        """Say what to install."""
        command = f"python -m pip install '.[{self.extra}]'"
        return f"this needs the extra {self.extra!r}; in a copy of the repository: {command}"


_SHOWN = 80


def shortened(value: object) -> str:
    """Write what somebody gave in a message: whole where it is short, and never on two lines."""
    try:
        whole = shown(repr(value))
    except ValueError:  # Python writes no number of thousands of digits
        return f"{type(value).__name__} of too many digits to write"
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"


def listing(heading: str, problems: tuple[Problem, ...], source: str | None = None) -> str:
    """Write a heading and one problem a line.

    Args:
        heading: What the problems are in.
        problems: The problems.
        source: The text in which they have their lines and columns, if any.
    """
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    heads = shown(f"{count} in {heading}")
    return "\n".join([heads, *(f"  {located(source, each)}" for each in problems)])


def located(source: str | None, problem: Problem) -> str:
    """Write a problem in the form from which editors jump: ``file:line:column at $.path: what``."""
    is_placed = source is not None and problem.line is not None
    place = f"{source}:{problem.line}:{problem.column} at " if is_placed else ""
    return shown(f"{place}{problem}")


def unknown(kind: str, name: str, known: Iterable[str], among: str = "this scenario") -> str:
    """Say that there is no such id, and which known one is nearest.

    Args:
        kind: What was looked for, as a singular noun.
        name: The id that was asked for.
        known: The ids that there are.
        among: Where it was looked for.
    """
    return shown(f"no {kind} {shortened(name)} in {among}; {nearest(name, known)}")


_COMPARED = 500
"""With how many known names one is compared; a comparison takes microseconds."""

_LISTED = 8
"""How many known names are listed where none is near."""


def _likeness(name: str, other: str) -> tuple[float, int]:
    """Say how alike two names are; of those as alike, the one that begins alike is nearer."""
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, name, other).ratio()
    return ratio, sum(one == two for one, two in zip(name, other, strict=False))


def _as_text(name: object) -> str:
    """Return a name, or what was given for one, written as in a message."""
    return name if isinstance(name, str) else shortened(name)


def likely(name: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """Return the known name that is probably meant by one that is not known, if one is near.

    Args:
        name: The name that is not known.
        known: The names that there are.
        cutoff: How alike the two must be, from 0 to 1.
    """
    from difflib import get_close_matches  # takes time, and only an error needs it

    names, asked = sorted(known), _as_text(name)
    alike = names if len(names) <= _COMPARED else [one for one in names if one[:1] == asked[:1]]
    folded = {other.casefold(): other for other in alike[:_COMPARED]}
    close = get_close_matches(asked.casefold(), folded, n=3, cutoff=cutoff)
    if not close:
        return None
    return folded[max(close, key=lambda other: _likeness(asked.casefold(), other))]


def nearest(name: str, known: Iterable[str]) -> str:
    """Suggest the known name nearest to one that is not known, or list some."""
    names = sorted(known)
    if (alike := twin(_as_text(name), names)) is not None:
        return f"did you mean {alike!r}? this has {difference(_as_text(name), alike)}"
    if (meant := likely(name, names)) is not None:
        return f"did you mean {meant!r}?"
    return listed_names(names)


def listed_names(known: Iterable[str]) -> str:
    """List some of the known names."""
    names = sorted(known)
    if not names:
        return "there is none"
    shown = ", ".join(repr(other) for other in names[:_LISTED])
    return f"known: {shown}{', …' if len(names) > _LISTED else ''}"
