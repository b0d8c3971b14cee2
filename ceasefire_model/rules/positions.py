"""What a party's words on a text come to: its stance, its conditions, and its words on clauses."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from attrs import frozen

from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import spelled
from ceasefire_model.statements import Stance, Statement


@frozen
class Word:
    """One word of a party on a text, in one order of the dates."""

    __repr__ = spelled

    stance: Stance
    day: date
    clock: datetime | None
    """The instant, where it is known."""

    statement: Statement | None = None
    """None where the word is supposed."""


@frozen
class Position:
    """What a party's words on a text come to, in one order of the dates."""

    __repr__ = spelled

    stance: Stance | None
    """None where it accepted and rejected on one day, and no clock says which came last."""

    words: tuple[Word, ...]
    """Its latest words; none where its members speak for it, and it has spoken of clauses alone."""

    conditions: tuple[Precondition, ...] = ()
    """The preconditions that it holds and that stand."""

    is_void: bool = False
    """Whether it accepts with conditions of which none is recorded, or none had stood by then."""

    clauses: tuple[str, ...] = ()
    """The clauses on which it has spoken on that day or later."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that its latest words are."""
        return tuple(each.statement for each in self.words if each.statement is not None)


Positions: TypeAlias = "tuple[Position | None, ...] | None"
"""Each position that some order of the dates gives, none for *nothing said*; none where there are
too many orders."""
