"""What is wrong in a document, and the path of the value at which it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self, TypeAlias

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Data: TypeAlias = "str | int | Decimal | list[Data] | dict[str, Data] | None"
"""What a document is made of once its text is read; true and false are among the ``int``."""


class Padded(int):
    """A whole number that was written with zeros before it, as codes and ids are."""

    written: str

    def __new__(cls, written: str) -> Self:
        """Read it, and keep how it was written."""
        number = super().__new__(cls, written)
        number.written = written
        return number


Step: TypeAlias = str | int
"""A key of a mapping, or a position in a list."""

Path: TypeAlias = tuple[Step, ...]
"""The way from the root of a document to a value."""

Position: TypeAlias = tuple[int, int]
"""Line and column, both from 1; a column is a character."""

ENOUGH = 1_000
"""How many problems are looked for in one place, so that no document drowns its reader."""

_PLAIN = re.compile(r"[\w-]+")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_SHOWN = 60


@frozen
class Misfit:
    """Something wrong at a place of a document."""

    path: Path
    what: str
    on_key: bool = False
    """Whether it is wrong with the key that the path ends in, not with the value there."""

    meant: str | None = None
    """Of a key that does not belong there: the one that is probably meant."""

    position: Position = (1, 1)
    """Where in the text, once that is known."""


class MisfitsError(Exception):
    """Data that do not have the shape they should have; documents and tables alone see it."""

    def __init__(self, found: Iterable[Misfit], kept: Iterable[tuple[Step, object]] = ()) -> None:
        """Keep what was found, and what could be read beside it, each with its last step."""
        super().__init__()
        self.found: tuple[Misfit, ...] = tuple(found)
        self.kept: tuple[tuple[Step, object], ...] = tuple(kept)

    def under(self, step: Step) -> list[Misfit]:
        """Return the misfits as seen from one step further up."""
        return [evolve(one, path=(step, *one.path)) for one in self.found]


def misfit(what: str, *path: Step, on_key: bool = False) -> MisfitsError:
    """Return the error that says one thing."""
    return MisfitsError([Misfit(path, what, on_key)])


def written(path: Path) -> str:
    """Write a path the way problems show it.

    >>> written(("observations", 3, "value"))
    '$.observations[3].value'
    """
    return "$" + "".join(map(_step, path))


def _step(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN.fullmatch(step) else f"[{shown(step)}]"


def steps(text: str) -> Path:
    """Return the path that a text such as ``$.observations[3].value`` stands for."""
    return tuple(key or int(position) for key, position in _STEP.findall(text))


def existing(data: Data, path: Path) -> Path:
    """Return the path as far as the document has it.

    Short forms leave steps of the canonical form out, and a key that is missing has no place; such
    steps are left out.
    """
    found: list[Step] = []
    for step in path:
        match data, step:
            case dict(), str() if step in data:
                data = data[step]
            case list(), int() if step < len(data):
                data = data[step]
            case _:
                continue
        found.append(step)
    return tuple(found)


def shown(value: Data) -> str:
    """Show a value in a message, shortened.

    >>> shown(True), shown("no"), shown({})
    ('true', "'no'", 'a mapping')
    """
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case str():
            return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
        case Padded():
            return value.written
        case _:
            return str(value)
