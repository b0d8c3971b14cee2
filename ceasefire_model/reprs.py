"""How objects write themselves for a programmer: short, and what is a value, ready to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized
    from enum import Enum
    from fractions import Fraction

    from attrs import AttrsInstance

    from ceasefire_model.ids import Identified

_DIGITS = 40


def dotted(self: Enum) -> str:
    """Write a member of an enumeration the way one types it: ``Unit.DAYS``."""
    return f"{type(self).__name__}.{self.name}"


def spelled(self: AttrsInstance) -> str:
    """Write a record the way one types it: ``Holds(state='truce')``.

    One for all, since to generate one for each of sixty classes takes a sixth of the import.
    """
    ways = ((each.name, repr if each.repr is True else each.repr) for each in fields(type(self)))
    shown = (f"{name}={way(getattr(self, name))}" for name, way in ways if callable(way))
    return f"{type(self).__name__}({', '.join(shown)})"


def named(record: Identified) -> str:
    """Write a record as its id."""
    return repr(record.id)


def maybe_named(record: Identified | None) -> str:
    """Write a record as its id, if there is one."""
    return repr(None if record is None else record.id)


def all_named(records: Iterable[Identified]) -> str:
    """Write records as their ids."""
    return repr(tuple(record.id for record in records))


def counted(items: Sized) -> str:
    """Write how many there are instead of each."""
    return f"<{len(items)}>"


def rounded(number: Fraction) -> str:
    """Write a fraction as it is, or if it is long as about how much it is."""
    exact = repr(number)
    return exact if len(exact) <= _DIGITS else f"<about {float(number):.6g}>"
