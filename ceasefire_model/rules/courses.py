"""The course of a duty through the term that binds it, and of a text into force: pure sweeps.

Nothing here knows of evidence: what is required, and when it binds, comes in as tracks.
Deontic logic tells *achieving* (a step, to be done once by a date) from *maintaining* (to be kept
so at every instant).
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from attrs import define, frozen

from ceasefire_model.moments import BEGINNING
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.tracks import DOUBTS, Track, instants_of, track_of
from ceasefire_model.verdicts import Verdict, disjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Course(Enum):
    """How a duty stands at an instant of its term, before or after it."""

    BEFORE = "before"
    """The term has not begun."""

    MET = "met"
    """What is required is so, or was so when the term ended."""

    UNDONE = "undone"
    """It was so in the term, and no longer is."""

    OPEN = "open"
    """It is in doubt whether it is so, or still to come."""

    LAPSED = "lapsed"
    """The term ended before it fell due, or with no date set."""

    AWAITED = "awaited"
    """It is not so, and the date has not come."""

    MISSED = "missed"
    """Its date passed, with a word that it was not so."""

    UNHEARD = "unheard"
    """Its date passed, and nobody has said since that it was not so."""

    OWED = "owed"
    """It is not so, and no date is set."""

    UNKEPT = "unkept"
    """What must always be so is not, or was not when the term ended."""

    KEPT = "kept"
    """What must always be so is so, or was so when the term ended."""


Stage = tuple[datetime, Course, Verdict]
"""From when on a duty stands how, and the verdict that this comes to."""


@define
class _Term:
    """The term of a duty while time passes."""

    has_begun: bool = False
    is_in: bool = False
    ended: datetime = BEGINNING
    """When it was last over, if it is over."""

    now: tuple[Verdict, ...] = ()
    """What is required now, or was so at the last instant of the term."""

    was_met: bool = False
    """Whether it was met in the term."""

    def move(self, at: datetime, *, is_in: bool, found: tuple[Verdict, ...]) -> None:
        """Come to an instant at which something changes."""
        if self.is_in and not is_in:
            self.ended = at
        self.is_in = is_in
        self.has_begun = self.has_begun or is_in
        if is_in or not self.has_begun:
            self.now = found
        self.was_met = self.was_met or (is_in and found[0] is Verdict.MET)

    @property
    def is_over(self) -> bool:
        """Whether it was and is not now."""
        return self.has_begun and not self.is_in


def standing(requires: Track, term: Track) -> Iterator[Stage]:
    """Follow what must be so at every instant of a term.

    Args:
        requires: Whether it is so.
        term: ``MET`` in the term; anything else lies outside it.
    """
    state = _Term()
    for at in instants_of(requires, term):
        state.move(at, is_in=term.at(at) is Verdict.MET, found=(requires.at(at),))
        found = state.now[0]
        if not state.has_begun:
            yield at, Course.BEFORE, Verdict.PENDING
        elif found.is_open:
            yield at, Course.OPEN, found
        else:
            yield at, Course.KEPT if found is Verdict.MET else Course.UNKEPT, found


@frozen
class Deadline:
    """A deadline of a step, at one of the instants that it may have."""

    __repr__ = spelled

    over: datetime | None
    """When it is over; none while it is not yet fixed."""

    word: datetime | None
    """From when on there is a word that it was missed, if there is."""


def step(requires: Track, quiet: Track, term: Track, deadline: Deadline | None) -> Iterator[Stage]:
    """Follow what must be done once in a term.

    Args:
        requires: Whether it is done.
        quiet: The same, where what nobody reports leaves no doubt.
        term: ``MET`` in the term; anything else lies outside it.
        deadline: Until when; none where no date is set.
    """
    dates = () if deadline is None else (deadline.over, deadline.word)
    state = _Term()
    for at in sorted({*instants_of(requires, quiet, term), *(d for d in dates if d is not None)}):
        is_in = term.at(at) is Verdict.MET
        state.move(at, is_in=is_in, found=(requires.at(at), quiet.at(at)))
        is_done = requires.at(at) is Verdict.MET or state.now[0] is Verdict.MET
        course = Course.MET if is_done else _course(state, deadline, at)
        yield at, course, _OF_COURSE.get(course, state.now[0])


def _course(state: _Term, deadline: Deadline | None, at: datetime) -> Course:
    """Say how a step stands that is not done; the first that fits counts."""
    found, quiet = state.now
    is_to_come = deadline is not None and (deadline.over is None or at < deadline.over)
    if state.was_met and found is Verdict.UNMET:
        return Course.UNDONE
    if not state.has_begun:
        return Course.BEFORE
    if found.is_open:
        is_unreported = quiet is Verdict.PENDING and found is Verdict.UNKNOWN
        return Course.AWAITED if is_to_come and is_unreported else Course.OPEN
    if state.is_over and _falls_due_after(deadline, state.ended):
        return Course.LAPSED
    if is_to_come:
        return Course.AWAITED
    if deadline is None:
        return Course.OWED
    is_heard = deadline.word is not None and deadline.word <= at
    return Course.MISSED if is_heard else Course.UNHEARD


def _falls_due_after(deadline: Deadline | None, ended: datetime) -> bool:
    """Whether a term ended before the last instant of a deadline, or none is set."""
    return deadline is None or deadline.over is None or ended < deadline.over


_OF_COURSE = {
    Course.BEFORE: Verdict.PENDING,
    Course.MET: Verdict.MET,
    Course.UNDONE: Verdict.UNMET,
    Course.LAPSED: Verdict.UNMET,
    Course.AWAITED: Verdict.PENDING,
    Course.MISSED: Verdict.UNMET,
    Course.UNHEARD: Verdict.UNKNOWN,
    Course.OWED: Verdict.UNMET,
}
"""What a step comes to; where it is in doubt, the doubt."""


def verdicts_of(stages: Iterable[Stage]) -> Track:
    """Return the verdicts alone."""
    return track_of((at, verdict) for at, _, verdict in stages)


def stage_at(stages: Iterable[Stage], at: datetime) -> tuple[Course, Verdict]:
    """Return how a duty stands at an instant."""
    course, verdict = Course.BEFORE, Verdict.PENDING
    for start, now, found in stages:
        if start > at:
            break
        course, verdict = now, found
    return course, verdict


def entered(ready: Track, revoked: Track) -> Track:
    """Follow whether a text has entered into force and not been taken back.

    Args:
        ready: ``MET`` where all have plainly accepted and it has started; doubts count as such.
        revoked: ``MET`` where one takes it back; ``UNMET`` where nobody does.
    """

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        found = Verdict.UNMET
        for at in instants_of(ready, revoked):
            taken, enters = revoked.at(at), ready.at(at)
            if taken is Verdict.MET:
                found = Verdict.UNMET
            elif enters is Verdict.MET and taken is Verdict.UNMET:
                found = Verdict.MET
            elif enters in DOUBTS:
                found = disjunction([found, enters])
            if taken in DOUBTS and found is Verdict.MET:
                found = taken
            yield at, found

    return track_of(changes())
