"""Stances: what a party's words on a text come to, in one order of imprecise dates.

Its latest words count, whoever speaks for it; what it said of a part of the text on that day or
later stands beside them; a later plain word ends the conditions that it had stated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import Accepts
from ceasefire_model.moments import TICK, day_of, start_of
from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.orders import Dates, orders
from ceasefire_model.rules.positions import Position, Positions, Word
from ceasefire_model.rules.views import FINAL, View
from ceasefire_model.statements import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ceasefire_model.rules.views import Dated

_ACCEPTING = frozenset({Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS})
_REJECTING = frozenset({Stance.REJECTS, Stance.WITHDREW})
_RESERVE = tuple(Stance)
"""From the least to the most reserved."""


def positions(view: View, leaf: Accepts) -> Positions:
    """Return what a party's words on a text come to, for each order of the dates.

    Args:
        view: When, and whom one hears.
        leaf: The party and the text.
    """
    known, key = view.memory.positions, (leaf, view.at)
    if key not in known:
        known[key] = _positions(view, leaf)
    return known[key]


def _positions(view: View, leaf: Accepts) -> Positions:
    found = orders(_dated(view, leaf), view.at, view.zone)
    if found is None:
        return None
    return tuple(dict.fromkeys(_Told(view, dates).position(leaf) for dates in found))


def turning_points(view: View, leaf: Accepts) -> tuple[datetime, ...]:
    """Return the instants at which what a party's words on a text come to may change."""
    turns = view.memory.turns
    if leaf not in turns:
        turns[leaf] = tuple(dict.fromkeys(_turning_points(view, leaf)))
    return turns[leaf]


def _turning_points(view: View, leaf: Accepts) -> Iterator[datetime]:
    dated = _dated(view, leaf)
    days = 1 + sum(not moment.is_exact for moment, _ in dated.values())
    for moment, reported in dated.values():
        first, last = (
            moment.as_start(view.zone) if reported is None else (moment.begins(reported, view.zone))
        )
        yield from (first, last)
        if days > 1:
            yield from (first + TICK, last + TICK)
            near = (day_of(first, view.zone) + timedelta(days=step) for step in range(1, days + 1))
            yield from (start_of(day, view.zone) for day in near)


def _related(view: View, leaf: Accepts) -> tuple[Accepts, ...]:
    """Return a leaf with that on the whole of its text, or those on its parts, if spoken of."""
    related = view.memory.related
    if leaf not in related:
        related[leaf] = (leaf, *_spoken_of(view, leaf))
    return related[leaf]


def _spoken_of(view: View, leaf: Accepts) -> Iterator[Accepts]:
    index = view.scenario.index
    whole = index.proposal_of.get(leaf.of)
    texts = index.proposals[leaf.of].provisions if whole is None else (whole,)
    for text in texts:
        other = Accepts(leaf.party, text.id)
        if other in index.words or other in index.gates:
            yield other


def _dated(view: View, leaf: Accepts) -> Mapping[str, Dated]:
    """Return all dates on which a party's position on a text depends, by name."""
    known = view.memory.dated
    if leaf not in known:
        known[leaf] = dict(_dates(view, leaf))
    return known[leaf]


def _dates(view: View, leaf: Accepts) -> Iterator[tuple[str, Dated]]:
    index = view.scenario.index
    for related in _related(view, leaf):
        for word in index.words.get(related, ()):
            yield word.id, (word.date, word.reported)
        for each in _own_gates(view, related):
            if each.statement is not None:
                said = index.statements[each.statement]
                yield said.id, (said.date, said.reported)
            if each.withdrawn is not None:
                yield _withdrawal(each), (each.withdrawn, None)


def _own_gates(view: View, leaf: Accepts) -> Iterator[Precondition]:
    """Yield the preconditions of a party's acceptance that it holds itself."""
    gates = view.scenario.index.gates.get(leaf, ())
    return (each for each in gates if each.held_by == leaf.party)


def _withdrawal(precondition: Precondition) -> str:
    """Name a withdrawal as no statement can be named."""
    return f"withdrawn {precondition.id}"


@frozen
class _Told:
    """A view in one order of the dates."""

    __repr__ = spelled

    view: View
    dates: Dates

    def position(self, leaf: Accepts) -> Position | None:
        """Return what a party's words on a text, or else on the whole of it, come to."""
        own = self._latest(leaf)
        whole = self.view.scenario.index.proposal_of.get(leaf.of)
        if whole is None:
            clauses = self._beside(leaf, own)
            return self._of(leaf, own, clauses) if own else self._through_members(leaf, clauses)
        on_whole = Accepts(leaf.party, whole.id)
        above = self._latest(on_whole)
        if own and not self._is_replaced(leaf, own, on_whole, above):
            return self._of(leaf, own)
        return self._of(on_whole, above) if above else None

    def _through_members(self, leaf: Accepts, clauses: tuple[str, ...]) -> Position | None:
        """Return what a coalition said of clauses, where its members speak on the whole for it.

        Of a party that has no members the whole is not known, whatever it said of a part.
        """
        members = self.view.scenario.party(leaf.party).members
        return Position(None, (), clauses=clauses) if members and clauses else None

    def _latest(self, leaf: Accepts) -> tuple[Word, ...]:
        """Return the words of the last day on which a party spoke, or the last by the clock."""
        supposed = self.view.supposed_speech(leaf)
        if supposed is not None:
            return (self._word(supposed[0], supposed[1].span[0]),)
        return _last_of(self._words(leaf))

    def _words(self, leaf: Accepts) -> list[Word]:
        """Return all words of a party on a text by now."""
        said = self.view.scenario.index.words.get(leaf, ())
        return [
            self._word(each.stance, self.dates[each.id], each)
            for each in said
            if each.stance is not None and self._is_said(each)
        ]

    def _word(self, stance: Stance, at: date | datetime, said: Statement | None = None) -> Word:
        if isinstance(at, datetime):
            return Word(stance, day_of(at, self.view.zone), at, said)
        return Word(stance, at, None, said)

    def _is_said(self, statement: Statement) -> bool:
        begins = start_of(self.dates[statement.id], self.view.zone)
        return begins <= self.view.at and self.view.hears(statement)

    def _beside(self, leaf: Accepts, latest: Sequence[Word]) -> tuple[str, ...]:
        """Return the clauses on which a party spoke when it did on the whole, or later."""
        return tuple(
            each.of
            for each in _related(self.view, leaf)[1:]
            if (own := self._latest(each)) and not self._is_replaced(each, own, leaf, latest)
        )

    def _is_replaced(
        self, clause: Accepts, own: Sequence[Word], whole: Accepts, above: Sequence[Word]
    ) -> bool:
        """Whether a word on the whole takes the place of one on a clause: a later one does.

        What is imagined of one of the two overrides what sources say of the other.
        """
        is_imagined, is_above = (
            self.view.supposed_word(each) is not None for each in (clause, whole)
        )
        if is_imagined != is_above:
            return is_above
        return bool(above) and _precede(own, above)

    def _of(
        self, leaf: Accepts, latest: tuple[Word, ...], clauses: tuple[str, ...] = ()
    ) -> Position:
        """Weigh the latest words on a text: of several the most reserved counts."""
        stances = {word.stance for word in latest}
        if stances & _ACCEPTING and stances & _REJECTING:
            return Position(None, latest, clauses=clauses)
        stance = max(stances, key=_RESERVE.index)
        if stance not in CONDITIONAL:
            return Position(stance, latest, clauses=clauses)
        recorded = [each for each in _own_gates(self.view, leaf) if self._is_stated(each, leaf)]
        conditions = tuple(each for each in recorded if self._is_upheld(each))
        is_void = all(self._had_been_withdrawn(each, latest) for each in recorded)
        return Position(stance, latest, conditions, is_void, clauses)

    def _is_stated(self, precondition: Precondition, leaf: Accepts) -> bool:
        """Whether a precondition was stated by now, and no later plain word ended it."""
        if precondition.statement is None:
            return True
        said = self.view.scenario.index.statements[precondition.statement]
        if not self._is_said(said):
            return False
        stated = (self._word(Stance.ACCEPTS_WITH_CONDITIONS, self.dates[said.id], said),)
        words = (word for each in _up_to_the_whole(self.view, leaf) for word in self._words(each))
        return not any(word.stance in FINAL and _precede(stated, (word,)) for word in words)

    def _is_upheld(self, precondition: Precondition) -> bool:
        if self.view.is_dropped(precondition):
            return False
        if precondition.withdrawn is None:
            return True
        return self.view.at < start_of(self.dates[_withdrawal(precondition)], self.view.zone)

    def _had_been_withdrawn(self, precondition: Precondition, latest: Sequence[Word]) -> bool:
        if precondition.withdrawn is None:
            return False
        withdrawn = self._word(Stance.WITHDREW, self.dates[_withdrawal(precondition)])
        return _precede((withdrawn,), latest)


CONDITIONAL = frozenset({Stance.ACCEPTS_WITH_CONDITIONS, Stance.ACCEPTS_IN_PRINCIPLE})
"""The stances that rest on conditions."""


def _up_to_the_whole(view: View, leaf: Accepts) -> Iterator[Accepts]:
    """Yield a leaf, and that on the whole of its text."""
    yield leaf
    whole = view.scenario.index.proposal_of.get(leaf.of)
    if whole is not None:
        yield Accepts(leaf.party, whole.id)


def _last_of(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words of the last day; the last of them, where all of them have a clock."""
    spoken = [*words]
    if not spoken:
        return ()
    day = max(word.day for word in spoken)
    latest = [word for word in spoken if word.day == day]
    clocks = [word.clock for word in latest if word.clock is not None]
    if len(clocks) < len(latest):
        return tuple(latest)
    return tuple(word for word in latest if word.clock == max(clocks))


def _precede(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether words of one party surely came before others of it: by day, or by the clock."""
    day, other_day = words[0].day, others[0].day
    if day != other_day:
        return day < other_day
    clocks = [word.clock for word in words if word.clock is not None]
    later = [word.clock for word in others if word.clock is not None]
    are_clocked = len(clocks) == len(words) and len(later) == len(others)
    return are_clocked and max(clocks) < min(later)
