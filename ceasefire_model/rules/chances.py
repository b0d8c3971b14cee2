"""The instants that a bound may have, and judging at each of them.

Pure functions over tracks: what is known of the event comes in as one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ceasefire_model.moments import BEGINNING, TICK, day_of, start_of
from ceasefire_model.rules.tracks import DOUBTS, Track, severest, track_of
from ceasefire_model.verdicts import Verdict, conjunction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from ceasefire_model.moments import Delay, Moment

Place: TypeAlias = "Callable[[date | datetime, ZoneInfo], datetime]"
"""Which instant a day stands for: its start, or its end."""


def lateness(at: datetime, due: datetime, zone: ZoneInfo) -> timedelta:
    """Say how long after a deadline something happened.

    Args:
        at: When it happened.
        due: When the deadline was over; at a local midnight, the day before was due.
        zone: Where days are counted.

    Returns:
        Whole local days after the day that was due; of a deadline that is an instant, the time.
    """
    if due != start_of(day_of(due, zone), zone):
        return at - due
    return day_of(at, zone) - day_of(due - TICK, zone)


@frozen
class Chance:
    """One instant that a bound may have, and when it may have it."""

    bound: datetime | None
    """The instant; none for *not yet*."""

    since: datetime
    """From when on it may be this one."""

    until: datetime | None
    """Until when; none for on."""

    def is_open_at(self, at: datetime) -> bool:
        """Whether it may be this one, seen from an instant."""
        return self.since <= at and (self.until is None or at < self.until)


@frozen
class Chances:
    """All that a bound may be, and why it is in doubt."""

    chances: tuple[Chance, ...]
    doubt: Track | None
    """The severest open verdict that its event has had; none for a date that is not precise."""


def fixed(instants: Iterable[datetime]) -> Chances:
    """Return the bounds of a date that may be one of several instants."""
    return Chances(tuple(Chance(each, BEGINNING, None) for each in instants), None)


def over(bounds: Chances, step: Callable[[datetime | None], Track]) -> Track:
    """Judge at every instant that a bound may have.

    If all agree, that; else the first in AND order of the doubt and the open ones among them.
    """
    judged = [(chance, step(chance.bound)) for chance in bounds.chances]
    instants = {at for _, track in judged for at in track.starts}
    instants |= {chance.since for chance, _ in judged}
    instants |= {chance.until for chance, _ in judged if chance.until is not None}
    instants |= set(bounds.doubt.starts if bounds.doubt else ())

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        for at in sorted(instants):
            found = {track.at(at) for chance, track in judged if chance.is_open_at(at)}
            yield at, found.pop() if len(found) == 1 else _undecided(found, bounds.doubt, at)

    return track_of(changes())


def _undecided(found: set[Verdict], doubt: Track | None, at: datetime) -> Verdict:
    """Name what several verdicts that differ come to."""
    opened = [verdict for verdict in found if verdict.is_open]
    if doubt is not None:
        opened.append(doubt.at(at))
    return conjunction(opened or [Verdict.UNKNOWN])


def thinned(instants: Sequence[datetime], marks: Sequence[datetime]) -> list[datetime]:
    """Keep of the instants that a bound may have those between which something changes.

    Args:
        instants: In order of time.
        marks: When what is judged changes, in order of time.
    """
    return [
        at
        for number, at in enumerate(instants)
        if number in (0, len(instants) - 1)
        or bisect_left(marks, instants[number - 1]) != bisect_right(marks, at)
        or bisect_left(marks, at) != bisect_right(marks, instants[number + 1])
    ]


def of_moment(
    moment: Moment, place: Place, zone: ZoneInfo, marks: Sequence[datetime] = ()
) -> Chances:
    """Return every instant that a date may be.

    Args:
        moment: The date as it was written.
        place: Which instant a day stands for.
        zone: Where days are counted.
        marks: When what is judged against it changes, in order of time.
    """
    instants = [place(choice, zone) for choice in moment.choices()]
    if not (moment.is_exact or moment.is_of_days):
        instants = _between(instants[0], instants[-1], marks)
    return fixed(thinned(instants, marks))


def _between(low: datetime, high: datetime, marks: Sequence[datetime]) -> list[datetime]:
    """Return the two ends of a range of instants, and around whatever changes between them."""
    inside = {at for mark in marks for at in (mark, mark + TICK) if low < at < high}
    return sorted({low, high, *inside})


def after(
    event: Track,
    delay: Delay,
    place: Place,
    zone: ZoneInfo,
    known_by: datetime,
    marks: Sequence[datetime] = (),
) -> Chances:
    """Return every instant that may lie so long after the first at which an event was met."""
    first = event.first(Verdict.MET)
    chances = [Chance(None, BEGINNING, first)]
    for start, end, found in event.spans():
        if first is not None and start >= first:
            break
        if found in DOUBTS and start <= known_by:
            last = min(known_by, known_by if end is None else end - TICK)
            chances += _maybe_after(start, last, delay, place, zone, marks)
    if first is not None:
        chances.append(Chance(place(delay.after(first, zone), zone), first, None))
    return Chances(tuple(chances), severest(event, first))


def _maybe_after(
    start: datetime,
    last: datetime,
    delay: Delay,
    place: Place,
    zone: ZoneInfo,
    marks: Sequence[datetime],
) -> list[Chance]:
    """Return the chances of an event that may have happened at any instant of a stretch."""
    if delay.is_elapsed:
        low, high = delay.shifted(start, zone, 1), delay.shifted(last, zone, 1)
        return [
            Chance(bound, delay.shifted(bound, zone, -1), None)
            for bound in _between(low, high, marks)
        ]
    first = max(start, _horizon(last, delay, zone, marks))
    number = (day_of(last, zone) - day_of(first, zone)).days + 1
    days = [day_of(first, zone) + timedelta(days=each) for each in range(number)]
    if first > start:
        days.insert(0, day_of(start, zone))
    since: dict[datetime, datetime] = {}
    for day in days:
        begins = max(start, start_of(day, zone))
        since.setdefault(place(delay.after(begins, zone), zone), begins)
    return [Chance(bound, since[bound], None) for bound in thinned(sorted(since), marks)]


def _horizon(last: datetime, delay: Delay, zone: ZoneInfo, marks: Sequence[datetime]) -> datetime:
    """Return before when an event may lie as well at any other time: nothing had changed yet."""
    earliest = min((mark for mark in marks if mark > BEGINNING), default=last)
    return delay.shifted(min(earliest, last), zone, -1) - timedelta(days=_LEEWAY)


_LEEWAY = 5
"""Days by which a shift of months and clocks may miss."""
