"""Verdicts over time: piecewise constant functions and how they combine.

Nothing here knows of evidence. A track holds from the beginning of time on; spans are half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.moments import BEGINNING, TICK, Delay
from ceasefire_model.reprs import spelled
from ceasefire_model.verdicts import CONJUNCTION, Verdict, conjunction, disjunction

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

DOUBTS = (Verdict.UNCLEAR, Verdict.UNKNOWN, Verdict.DISPUTED)
"""The verdicts under which something may have happened; ``PENDING`` leaves nothing in doubt."""


Stretch = tuple[datetime, "datetime | None", Verdict]
"""From when to when what verdict; no end where it goes on."""


@frozen(cache_hash=True)
class Track:
    """A verdict for every instant."""

    __repr__ = spelled

    starts: tuple[datetime, ...]
    """When each stretch begins; the first at ``BEGINNING``."""

    verdicts: tuple[Verdict, ...]
    """The verdict of each stretch; neighbours differ."""

    def at(self, instant: datetime) -> Verdict:
        """Return the verdict at an instant."""
        return self.verdicts[bisect_right(self.starts, instant) - 1]

    def since(self, instant: datetime) -> datetime:
        """Return since when the verdict at an instant has been so."""
        return self.starts[bisect_right(self.starts, instant) - 1]

    def spans(self) -> Iterator[tuple[datetime, datetime | None, Verdict]]:
        """Yield start, end and verdict of each stretch; the last has no end."""
        yield from zip(self.starts, (*self.starts[1:], None), self.verdicts, strict=True)

    def first(self, verdict: Verdict) -> datetime | None:
        """Return the first instant at which this is the verdict, if there is one."""
        return self.starts[self.verdicts.index(verdict)] if verdict in self.verdicts else None


def constant(verdict: Verdict) -> Track:
    """Return the track of what never changes."""
    return Track((BEGINNING,), (verdict,))


def track_of(changes: Iterable[tuple[datetime, Verdict]]) -> Track:
    """Return the track of verdicts given in order of time, the first at ``BEGINNING``.

    Of several at one instant the last counts; stretches that are alike are joined.
    """
    starts: list[datetime] = []
    verdicts: list[Verdict] = []
    for at, verdict in changes:
        if starts and starts[-1] == at:
            starts.pop()
            verdicts.pop()
        if not verdicts or verdicts[-1] is not verdict:
            starts.append(at)
            verdicts.append(verdict)
    return Track(tuple(starts), tuple(verdicts))


def combined(tracks: Sequence[Track], combine: Callable[[list[Verdict]], Verdict]) -> Track:
    """Combine tracks instant by instant."""
    events = sorted(
        (at, number, verdict)
        for number, track in enumerate(tracks)
        for at, verdict in zip(track.starts, _ranks(track.verdicts), strict=True)
    )
    current = [Verdict.UNKNOWN] * len(tracks)

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        for position, (at, number, rank) in enumerate(events):
            current[number] = CONJUNCTION[rank]
            if position + 1 == len(events) or events[position + 1][0] != at:
                yield at, combine(current)

    return track_of(changes()) if events else constant(combine([]))


def _ranks(verdicts: Iterable[Verdict]) -> Iterator[int]:
    return map(CONJUNCTION.index, verdicts)


def ever(track: Track, begin: datetime) -> Track:
    """Return OR over all instants so far, from the first word on; before it, ``UNMET``.

    What is met before the first word, as by a date alone, was met nevertheless.
    """

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        found = Verdict.UNMET
        yield BEGINNING, found
        for start, end, verdict in track.spans():
            if verdict is Verdict.MET:
                found = verdict
                yield start, found
            elif end is None or end > begin:
                found = disjunction([found, verdict])
                yield max(start, begin), found

    return track_of(changes())


def by(
    run: Track, quiet: Track, due: datetime | None, word: Callable[[datetime], datetime | None]
) -> Track:
    """Return what was reached before a deadline, and ``PENDING`` beside it until then.

    Args:
        run: OR over all instants so far.
        quiet: The same, where what nobody reports leaves no doubt.
        due: When the deadline is over; none while it is not yet fixed.
        word: Gives for a deadline from when on there is a word that it was missed, if there is.
    """
    changes = [
        (start, disjunction([verdict, Verdict.PENDING]))
        for start, verdict in zip(quiet.starts, quiet.verdicts, strict=True)
        if due is None or start < due
    ]
    if due is not None:
        reached = run.at(max(due - TICK, BEGINNING))
        changes.append((due, reached))
        if reached is Verdict.UNMET:
            changes += missed(due, word(due))
    return track_of(changes)


def missed(due: datetime, word: datetime | None) -> list[tuple[datetime, Verdict]]:
    """Return what comes of a deadline that passed: a miss needs a word, and silence is none."""
    known = [] if word is None else [(max(due, word), Verdict.UNMET)]
    return [(due, Verdict.UNKNOWN), *known]


def throughout(track: Track, start: datetime | None) -> Track:
    """Return AND over all instants since a start; before the start, ``PENDING``.

    Args:
        track: What must be so.
        start: None while it is not yet fixed.
    """
    if start is None:
        return constant(Verdict.PENDING)
    return track_of([(BEGINNING, Verdict.PENDING), *_all(cut(track, start, None), Verdict.MET)])


def fixed(
    begun: Track,
    start: datetime,
    end: datetime,
    last: Track | None = None,
    since: datetime | None = None,
) -> Track:
    """Return AND over all instants since a start, fixed at an end.

    Args:
        begun: AND over all instants since the start.
        start: The start.
        end: The end.
        last: What must be so from ``since`` on, where that is told otherwise.
        since: An instant from the start on, before the end.
    """
    if end <= start:
        return track_of([(BEGINNING, Verdict.PENDING), (start, Verdict.MET)])
    if last is None or since is None:
        return begun if begun.starts[-1] < end else track_of(cut(begun, BEGINNING, end))
    found = begun.at(since - TICK) if start < since else Verdict.MET
    if found is Verdict.UNMET:
        return begun
    return track_of([*cut(begun, BEGINNING, since), *_all(cut(last, since, end), found)])


def _all(
    changes: Iterable[tuple[datetime, Verdict]], found: Verdict
) -> Iterator[tuple[datetime, Verdict]]:
    """Yield AND over what came so far."""
    for at, verdict in changes:
        found = conjunction([found, verdict])
        yield at, found


def severest(track: Track, before: datetime | None) -> Track:
    """Return the severest doubt so far, up to an instant; ``MET`` where there was none."""

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        found = Verdict.MET
        for start, _, verdict in track.spans():
            if verdict in DOUBTS and (before is None or start < before):
                found = conjunction([found, verdict])
            yield start, found

    return track_of(changes())


def until(end: datetime | None) -> Track:
    """Return ``MET`` until an end and ``UNMET`` after; none while it is not yet fixed."""
    changes = [(BEGINNING, Verdict.MET)]
    return track_of(changes if end is None else [*changes, (end, Verdict.UNMET)])


def held_for(track: Track, duration: Delay, zone: ZoneInfo) -> Track:
    """Return AND over the span of a duration that ends at each instant.

    Where it is so now and surely not yet long enough, it is ``PENDING``; so that where it is in
    doubt whether it is so now, this is in doubt, too.
    """
    entering = [(start, 1, verdict) for start, _, verdict in track.spans()]
    leaving = [
        (_left_behind(end, duration, zone), -1, verdict)
        for _, end, verdict in track.spans()
        if end is not None
    ]
    counts: Counter[Verdict] = Counter()

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        now = Verdict.UNKNOWN
        for at, sign, verdict in sorted([*entering, *leaving], key=_by_time):
            counts[verdict] += sign
            now = verdict if sign > 0 else now
            found = next(each for each in CONJUNCTION if counts[each])
            if found is Verdict.UNMET and now is not Verdict.UNMET:
                found = Verdict.PENDING if now is Verdict.MET else now
            yield at, found

    return track_of(changes())


def _by_time(event: tuple[datetime, int, Verdict]) -> tuple[datetime, int]:
    """Order by time; what enters comes before what leaves."""
    return event[0], -event[1]


def _left_behind(end: datetime, duration: Delay, zone: ZoneInfo) -> datetime:
    """Return the first instant whose span of a duration begins at or after another."""

    def is_left(at: datetime) -> bool:
        return duration.shifted(at + TICK, zone, -1) >= end

    guess = duration.shifted(end, zone, 1) - TICK
    if is_left(guess) and not is_left(guess - TICK):
        return guess
    # the clocks change, or a month is shorter: the right one lies within days
    low, high = guess - _MARGIN, guess + _MARGIN
    while high - low > TICK:
        middle = low + (high - low) // 2
        low, high = (low, middle) if is_left(middle) else (middle, high)
    return high


_MARGIN = timedelta(days=5)


def instants_of(*tracks: Track) -> list[datetime]:
    """Return every instant at which one of several tracks changes, in order of time."""
    return sorted({at for track in tracks for at in track.starts})


def spliced(track: Track, other: Track, spans: Iterable[tuple[datetime, datetime]]) -> Track:
    """Return a track that in some spans, given in order of time, is another."""

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        at = BEGINNING
        for start, end in spans:
            yield from cut(track, at, max(start, at))
            yield from cut(other, max(start, at), end)
            at = end
        yield from cut(track, at, None)

    return track_of(changes())


def merged(track: Track, other: Track, doubt: Track) -> Track:
    """Return what two tracks agree on; where they differ, the doubt."""

    def changes() -> Iterator[tuple[datetime, Verdict]]:
        for at in instants_of(track, other, doubt):
            one, two = track.at(at), other.at(at)
            yield at, one if one is two else conjunction([doubt.at(at)])

    return track_of(changes())


def common(tracks: Sequence[Track]) -> Track:
    """Return what several tracks agree on; where they differ, nobody knows."""
    if len(tracks) == 1:
        return tracks[0]
    return combined(tracks, lambda found: found[0] if len({*found}) == 1 else Verdict.UNKNOWN)


def cut(track: Track, start: datetime, end: datetime | None) -> Iterator[tuple[datetime, Verdict]]:
    """Yield the changes of a track inside a stretch, the first at its start."""
    yield start, track.at(start)
    first = bisect_right(track.starts, start)
    for at, verdict in zip(track.starts[first:], track.verdicts[first:], strict=True):
        if end is not None and at >= end:
            return
        yield at, verdict


def inside(requires: Track, term: Track, wanted: Container[Verdict]) -> Iterator[Stretch]:
    """Yield the stretches of a term in which a verdict is among those wanted.

    Neighbours of other verdicts are stretches of their own.
    """
    begun: datetime | None = None
    last: Verdict | None = None
    for at in instants_of(requires, term):
        found = requires.at(at) if term.at(at) is Verdict.MET else None
        found = found if found is not None and found in wanted else None
        if begun is not None and last is not None and found is not last:
            yield begun, at, last
            begun = None
        if found is not None and begun is None:
            begun = at
        last = found
    if begun is not None and last is not None:
        yield begun, None, last
