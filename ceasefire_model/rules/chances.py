"""The instants that the bounds of a condition or a text may have, and judging at each of them.

Pure functions over tracks: what is known of the event comes in as one. A date that is not precise,
or an event that is in doubt, gives several chances; what all of them agree on is certain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import datetime, timedelta
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.moments import BEGINNING, TICK, day_of, end_of, is_hour, start_of
from ceasefire_model.reprs import dotted, spelled
from ceasefire_model.rules.tracks import DOUBTS, Track, cut, severest, track_of
from ceasefire_model.verdicts import Verdict, conjunction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from ceasefire_model.moments import Delay, Moment


class Edge(Enum):
    """Which instant a day stands for, and how days after an event are counted."""

    START = "start"
    """The midnight that begins it; not before the event that it follows."""

    END = "end"
    """The midnight after it; the day of the event does not count (BGB §§ 187 I, 188)."""

    ENTRY = "entry"
    """An end that counts from the entry of the same text, whose first day counts (§ 187 II)."""

    __repr__ = dotted

    def of(self, day: date | datetime, zone: ZoneInfo) -> datetime:
        """Return the instant that a day, or an instant, stands for."""
        return start_of(day, zone) if self is Edge.START else end_of(day, zone)

    def after(self, event: datetime, delay: Delay, zone: ZoneInfo) -> datetime:
        """Return the instant so long after an event."""
        if self is Edge.ENTRY:
            return delay.shifted(event, zone, 1)
        found = self.of(delay.after(event, zone), zone)
        return max(found, event) if self is Edge.START else found


def lateness(at: datetime, due: datetime, zone: ZoneInfo) -> timedelta:
    """Say how long after a deadline something happened.

    Args:
        at: When it happened.
        due: When the deadline was over; at a local midnight, the day before was due.
        zone: Where days are counted.

    Returns:
        Whole local days after the day that was due; of a deadline that is an instant, the time.
    """
    if is_hour(due, zone):
        return at - due
    return day_of(at, zone) - day_of(due - TICK, zone)


@frozen
class Chance:
    """Instants that bounds may have together, and when they may have them."""

    __repr__ = spelled

    bounds: tuple[datetime | None, ...]
    """An instant for each bound; none for *not yet*."""

    since: datetime
    """From when on they may be these."""

    until: datetime | None
    """Until when; none for on."""

    def is_open_at(self, at: datetime) -> bool:
        """Whether they may be these, seen from an instant."""
        return self.since <= at and (self.until is None or at < self.until)


@frozen
class Chances:
    """All that bounds may be together, and why they are in doubt."""

    __repr__ = spelled

    chances: tuple[Chance, ...]
    doubt: Track | None
    """The severest open verdict that their event has had; none for a date that is not precise."""

    def instants(self) -> Iterator[datetime]:
        """Yield the instants that they may be, and those at which they become known."""
        for chance in self.chances:
            dates = (*chance.bounds, chance.since, chance.until)
            yield from (at for at in dates if at is not None)
        if self.doubt is not None:
            yield from self.doubt.starts


def over(chances: Chances, step: Callable[[datetime | None], Track]) -> Track:
    """Judge at every instant that a bound may have.

    If all agree, that; else the first in AND order of the doubt and the open ones among them.
    """
    return _over(chances, lambda chance: step(chance.bounds[0]))


def over_both(chances: Chances, step: Callable[[datetime | None, datetime | None], Track]) -> Track:
    """Judge at every pair of instants that two bounds may have together, likewise."""
    return _over(chances, lambda chance: step(chance.bounds[0], chance.bounds[1]))


def _over(chances: Chances, step: Callable[[Chance], Track]) -> Track:
    judged: dict[tuple[Track, datetime | None], datetime] = {}
    for chance in chances.chances:  # of those that come to the same, the first stands for all
        key = (step(chance), chance.until)
        judged[key] = min(judged.get(key, chance.since), chance.since)
    if len(judged) == 1 and chances.doubt is None:
        return next(track for track, _ in judged)
    doubts = chances.doubt.starts if chances.doubt else ()
    events: list[tuple[datetime, int, Verdict | None]] = [(at, -1, None) for at in doubts]
    for number, ((track, until), since) in enumerate(judged.items()):
        events += ((at, number, verdict) for at, verdict in cut(track, since, until))
        events += [] if until is None else [(until, number, None)]
    return track_of(_swept(sorted(events, key=lambda event: event[0]), chances.doubt))


def _swept(
    events: Sequence[tuple[datetime, int, Verdict | None]], doubt: Track | None
) -> Iterator[tuple[datetime, Verdict]]:
    """Yield what several verdicts come to from each instant on at which one of them changes.

    Args:
        events: When a verdict, by its number, comes to be another, or to count no longer.
        doubt: What to name where they differ.
    """
    now: dict[int, Verdict] = {}
    count = Counter[Verdict]()
    for at, several in groupby(events, key=lambda event: event[0]):
        for _, number, verdict in several:
            if number in now:
                count[now.pop(number)] -= 1
            if verdict is not None:
                now[number] = verdict
                count[verdict] += 1
        found = {each for each, times in count.items() if times}
        yield at, found.pop() if len(found) == 1 else _undecided(found, doubt, at)


def _undecided(found: set[Verdict], doubt: Track | None, at: datetime) -> Verdict:
    """Name what several verdicts that differ come to."""
    opened = [verdict for verdict in found if verdict.is_open]
    if doubt is not None:
        opened.append(doubt.at(at))
    return conjunction(opened or [Verdict.UNKNOWN])


def of_moment(
    moment: Moment, edge: Edge, zone: ZoneInfo, marks: Sequence[datetime] = ()
) -> Chances:
    """Return every instant that a date may be.

    Args:
        moment: The date as it was written.
        edge: Which instant a day stands for.
        zone: Where days are counted.
        marks: When what is judged against it changes, in order of time.
    """
    instants = [edge.of(choice, zone) for choice in moment.choices()]
    if not (moment.is_exact or moment.is_of_days):
        instants = _between(instants[0], instants[-1], marks)
    kept = _thinned(instants, marks)
    return Chances(tuple(Chance((each,), BEGINNING, None) for each in kept), None)


def _thinned(instants: Sequence[datetime], marks: Sequence[datetime]) -> list[datetime]:
    """Keep of the instants that a bound may have those between which something changes."""
    return [
        at
        for number, at in enumerate(instants)
        if number in (0, len(instants) - 1)
        or bisect_left(marks, instants[number - 1]) != bisect_right(marks, at)
        or bisect_left(marks, at) != bisect_right(marks, instants[number + 1])
    ]


def _between(low: datetime, high: datetime, marks: Iterable[datetime]) -> list[datetime]:
    """Return the two ends of a range of instants, and around whatever changes between them."""
    inside = {at for mark in marks for at in (mark, mark + TICK) if low < at < high}
    return sorted({low, high, *inside})


@frozen
class Following:
    """Bounds that follow one event, each after a delay of its own."""

    __repr__ = spelled

    delays: tuple[tuple[Delay, Edge], ...]
    zone: ZoneInfo
    marks: Sequence[datetime]
    """When what is judged against them changes, in order of time."""

    def at(self, event: datetime) -> tuple[datetime, ...]:
        """Return the bounds that an event leads to."""
        return tuple(edge.after(event, delay, self.zone) for delay, edge in self.delays)

    def chances(self, event: Track, known_by: datetime) -> Chances:
        """Return all that the bounds may be, after the first instant at which an event was met.

        They follow the same event, so that they are judged together: of two bounds that each may
        lie on a hundred days there are a hundred pairs, and not ten thousand.
        """
        first = event.first(Verdict.MET)
        found = [Chance((None,) * len(self.delays), BEGINNING, first)]
        for start, end, verdict in event.spans():
            if first is not None and start >= first:
                break
            if verdict in DOUBTS and start <= known_by:
                last = min(known_by, known_by if end is None else end - TICK)
                found += self._maybe(start, last)
        if first is not None:
            found.append(Chance(self.at(first), first, None))
        return Chances(tuple(found), severest(event, first))

    def _maybe(self, start: datetime, last: datetime) -> list[Chance]:
        """Return the chances of an event that may have happened at any instant of a stretch."""
        since: dict[tuple[datetime, ...], datetime] = {}
        for event in self._events(start, last):
            since.setdefault(self.at(event), event)
        kept: set[tuple[datetime, ...]] = set()
        for number in range(len(self.delays)):
            places = {bounds[number]: bounds for bounds in since}
            kept |= {places[at] for at in _thinned(sorted(places), self.marks)}
        return [Chance(bounds, at, None) for bounds, at in since.items() if bounds in kept]

    def _events(self, start: datetime, last: datetime) -> list[datetime]:
        """Return the instants of a stretch at which an event matters.

        Of hours, those that put a bound where something changes; of days, one in each.
        """
        found = {start}
        for delay, _ in self.delays:
            if delay.is_elapsed:
                back = (self._before(mark, delay) for mark in self.marks)
                found |= set(_between(start, last, back))
            else:
                first = max(start, self._horizon(last, delay))
                days = self._days(day_of(first, self.zone), day_of(last, self.zone), delay)
                found |= {max(start, start_of(day, self.zone)) for day in days}
        return sorted(found)

    def _days(self, first: date, last: date, delay: Delay) -> Iterator[date]:
        """Yield the days of an event, or of many those that put a bound near a mark.

        What lies between two marks is judged alike, so that no other day is kept anyway.
        """
        count = (last - first).days
        if count <= len(self.marks) * (2 * _LEEWAY + 1):
            yield from (first + timedelta(days=each) for each in range(count + 1))
            return
        yield first
        for mark in self.marks:
            near = (day_of(self._before(mark, delay), self.zone) - first).days
            for each in range(max(near - _LEEWAY, 0), min(near + _LEEWAY, count) + 1):
                yield first + timedelta(days=each)
        yield last

    def _horizon(self, last: datetime, delay: Delay) -> datetime:
        """Return before when an event may lie as well at any other time: nothing had changed."""
        earliest = min((mark for mark in self.marks if mark > BEGINNING), default=last)
        before = self._before(min(earliest, last), delay)
        return max(before, BEGINNING + timedelta(days=_LEEWAY)) - timedelta(days=_LEEWAY)

    def _before(self, at: datetime, delay: Delay) -> datetime:
        """Return the instant so long before another, or the first that there is."""
        try:
            return max(delay.shifted(at, self.zone, -1), BEGINNING)
        except (OverflowError, ValueError):  # the calendar begins with the year 1
            return BEGINNING


_LEEWAY = 5
"""Days by which a shift of months and clocks may miss."""
