"""Voices: what one source says of a fact at every instant, given imprecise dates.

All orders of its words that its dates allow are followed; what is not sure of one word says
nothing of another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import datetime
from enum import Enum, auto
from functools import reduce
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ceasefire_model.evidence import Source
from ceasefire_model.facts import Truth, Value
from ceasefire_model.moments import BEGINNING, NEVER, TICK, day_of, end_of, midnight_of
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.reports import Report, is_above, is_more, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

Said: TypeAlias = tuple[tuple[Value, Report | None], ...]
"""What a source says at one instant: usually one thing, several where it says them of one time;
nothing where it is silent. What is supposed has no report."""


@frozen
class Word:
    """What a source says at an instant."""

    __repr__ = spelled

    possible: tuple[Said, ...]
    """For each order of the dates; one where nothing is in doubt."""

    taken: tuple[Said, ...]
    """The same where both words are heard of which it is not known which came later."""


def word_of(said: Said) -> Word:
    """Return a word that is not in doubt."""
    orders = (said,)
    return Word(orders, orders)


SILENCE = word_of(())


@frozen
class Voice:
    """What one source says of a fact at every instant."""

    __repr__ = spelled

    source: Source
    starts: tuple[datetime, ...]
    words: tuple[Word, ...]

    def at(self, instant: datetime) -> Word:
        """Return what it says at an instant."""
        stretch = bisect_right(self.starts, instant) - 1
        return self.words[stretch] if stretch >= 0 else SILENCE


def voice_of(reports: Sequence[Report], zone: ZoneInfo) -> Voice:
    """Follow what one source says of a fact through time.

    Args:
        reports: All that it reports on the fact and has not corrected.
        zone: Where days are counted.
    """
    source = reports[0].source
    if all(map(_is_plain, reports)) and len({report.is_of_days for report in reports}) == 1:
        starts, words = zip(*_last_words(reports), strict=True)
        return Voice(source, starts, words)
    sweep = _Sweep(reports, zone)
    changes = sorted(sweep.changes())
    begun: list[datetime] = [BEGINNING] if sweep.is_lasting else []
    said: list[Word] = [sweep.word(BEGINNING)] if sweep.is_lasting else []
    for position, (at, number, phase) in enumerate(changes):
        sweep.turn(number, phase)
        if position + 1 == len(changes) or changes[position + 1][0] != at:
            begun.append(at)
            said.append(sweep.word(at))
    return Voice(source, tuple(begun), tuple(said))


def _is_plain(report: Report) -> bool:
    """Whether a report speaks from one instant on, and of no other time."""
    return (
        report.is_exact
        and report.ends is None
        and report.loss is None
        and report.forgotten is None
        and report.before is None
        and report.after is None
    )


def _last_words(reports: Iterable[Report]) -> Iterator[tuple[datetime, Word]]:
    """Yield what plain reports come to, each time that one begins: the last counts, or the last."""
    for at, begun in groupby(sorted(reports, key=_place), key=_first):
        *_, last = ([*told] for _, told in groupby(begun, key=_place))
        yield at, word_of(tuple((report.value, report) for report in last))


_ENTERS, _STAYS, _LEAVES = range(3)
"""What a report does at an instant at which the word may change."""


class _Sweep:
    """The reports of one source that count at an instant, while time passes."""

    def __init__(self, reports: Sequence[Report], zone: ZoneInfo) -> None:
        self.order = _Order(zone, is_mixed=len({report.is_of_days for report in reports}) > 1)
        self.is_exact = not self.order.is_mixed and all(
            report.starts[0] == report.starts[1] for report in reports
        )
        self.reports = sorted(reports, key=self.order.last_rank)
        self.is_lasting = any(report.before or report.after for report in reports)
        self.counting: list[int] = []
        in_doubt = self.is_lasting and not self.is_exact
        self.further = _Further(reports, _corrections(reports) if in_doubt else None)

    def changes(self) -> Iterator[tuple[datetime, int, int]]:
        """Yield when the word may change: the instant, the report, and what it does."""
        for number, report in enumerate(self.reports):
            yield report.starts[0], number, _ENTERS
            for at in self._turns(report):
                yield at, number, _STAYS
            surely = NEVER if report.loss is None else report.loss.surely
            gone = min(surely, report.forgotten or NEVER)
            if gone < NEVER:
                yield max(gone, report.starts[0]), number, _LEAVES

    def _turns(self, report: Report) -> Iterator[datetime]:
        """Yield when the standing of a report that counts may change."""
        if not self.is_exact:
            first, last = report.starts
            yield from (last, first + TICK, self.order.following(first))
        yield from report.ends or ()
        if report.forgotten is not None:
            yield report.forgotten
        if report.loss is not None and report.loss.maybe < report.loss.surely:
            yield from (at for at in (report.loss.maybe, report.loss.taken) if at < NEVER)

    def turn(self, number: int, phase: int) -> None:
        """Let a report begin or cease to count."""
        if phase == _ENTERS:
            insort(self.counting, number)
        elif phase == _LEAVES:
            self.counting.pop(bisect_left(self.counting, number))

    def word(self, at: datetime) -> Word:
        """Return what the source says at an instant."""
        if not self.counting and not self.is_lasting:
            return SILENCE
        last = self._certain()
        if last is not None and not last.may_be_lost(at):
            return word_of(((last.value, last),))
        free = _Scene(self.order, self.further, at, [*self._contenders(at)])
        possible = tuple(free.said())
        if not any(report.may_be_lost(at) for report in free.contenders):
            return Word(possible, possible)
        left = [*self._contenders(at, is_taken=True)]
        kept = _Scene(self.order, self.further, at, left, is_taken=True)
        return Word(possible, tuple(kept.said()))

    def _certain(self) -> Report | None:
        """Return the report that surely is the last word and has no end, if there is one."""
        if not (self.is_exact and self.counting):
            return None
        last, before = self.reports[self.counting[-1]], self.counting[-2:-1]
        is_alone = not before or self.order.last_rank(self.reports[before[0]]) < (
            self.order.last_rank(last)
        )
        return last if is_alone and last.ends is None else None

    def _contenders(self, at: datetime, *, is_taken: bool = False) -> Iterator[Report]:
        """Yield the reports that may be the last word, the latest first."""
        floor = None
        for number in reversed(self.counting):
            report = self.reports[number]
            if is_taken and report.is_taken(at):
                continue
            if floor is not None and self.order.last_rank(report) < floor:
                return
            yield report
            if report.is_begun(at) and (is_taken or not report.may_be_lost(at)):
                rank = (report.starts[0], report.reported)
                floor = rank if floor is None else max(floor, rank)


@frozen
class _Order:
    """The order of the words of one source."""

    __repr__ = spelled

    zone: ZoneInfo
    is_mixed: bool
    """Whether some begin with a day and others at an instant."""

    def last_rank(self, report: Report) -> tuple[datetime, datetime]:
        """Return the latest place that a report may have: by start, then by report.

        A word of a bare day may come after one of an hour of it.
        """
        last = report.starts[1]
        is_bare = self.is_mixed and report.is_of_days
        return self.following(last) - TICK if is_bare else last, report.reported

    def following(self, at: datetime) -> datetime:
        """Return the local midnight after an instant."""
        return end_of(day_of(at, self.zone), self.zone)

    def last_start(self, report: Report, at: datetime) -> datetime:
        """Return the latest that a report may have begun by an instant."""
        if report.is_begun(at):
            return report.starts[1]
        return midnight_of(at, self.zone) if report.is_of_days else at


@frozen
class _Scene:
    """The reports of one source that may be its last word at an instant."""

    __repr__ = spelled

    order: _Order
    further: _Further
    at: datetime
    contenders: list[Report]
    is_taken: bool = False
    """Whether it is settled which of them are overtaken."""

    def said(self) -> Iterator[Said]:
        """Yield what the source may be saying, for each order of the dates."""
        for report in self.contenders:
            group = self._beside(report)
            for said in self._words_of(group) if group is not None else ():
                yield from (said,) if said else self._after_the_end_of(report)
        if not any(map(self._is_sure, self.contenders)):
            yield from self.further.said(self.at, ())

    def _is_sure(self, report: Report) -> bool:
        """Whether a report surely counts."""
        return report.is_begun(self.at) and (self.is_taken or not report.may_be_lost(self.at))

    def _after_the_end_of(self, report: Report) -> Iterator[Said]:
        """Yield what is said where the last word has run out."""
        last = self.order.last_start(report, self.at)
        begun = [each for each in self.contenders if each.starts[0] <= last]
        yield from self.further.said(self.at, [report])
        if len(begun) > 1:
            yield from self.further.said(self.at, begun)

    def _words_of(self, group: Sequence[Report]) -> list[Said]:
        """Return what reports say together that are the last word; one may have run out."""
        found: list[Said] = [()]
        for report in group:
            values: list[Said] = []
            if report.ends is None or report.ends[1] > self.at:
                values.append(((report.value, report),))
            if report.ends is not None and report.ends[0] <= self.at:
                values.append(())
            found = [(*said, *value) for said in found for value in values]
        return found

    def _beside(self, report: Report) -> list[Report] | None:
        """Return a report with those that must tie with it; none if it cannot be the last word."""
        last = self.order.last_start(report, self.at)
        if self.further.is_corrected(report, last, self.at):
            return None
        group = [report]
        for rival in self.contenders:
            if rival is not report:
                relation = self._relation(rival, report, last)
                if relation is _Relation.AFTER:
                    return None
                if relation is _Relation.TIES:
                    group.append(rival)
        return group

    def _relation(self, rival: Report, report: Report, last: datetime) -> _Relation:
        """Say whether a rival may leave a report the last word that begins at an instant."""
        if not self._is_sure(rival) or self.further.may_correct(report, rival):
            return _Relation.BEFORE
        is_bare = report.is_of_days and not rival.is_of_days
        order = (self.order.following(last) - TICK if is_bare else last, report.reported)
        first = (rival.starts[0], rival.reported)
        if first == order:
            return _Relation.TIES
        return _Relation.BEFORE if first < order else _Relation.AFTER


class _Relation(Enum):
    """How a word comes beside another that is to be the last."""

    BEFORE = auto()
    """It may come before it, or not count at all."""

    TIES = auto()
    AFTER = auto()


class _Correction(Enum):
    """When a later report of a source contradicts an earlier one."""

    IF_LATER = auto()
    """If it begins no earlier."""

    IF_EARLIER = auto()
    """If it begins no later."""


_Corrections: TypeAlias = "dict[int, list[tuple[Report, _Correction]]]"
"""The reports that may correct one, by its identity."""


def _corrections(reports: Sequence[Report]) -> _Corrections:
    """Return which reports of a source may correct which, depending on imprecise dates."""
    found: _Corrections = {}
    for report in reports:
        for later in reports:
            is_exact = all(start == end for start, end in (report.starts, later.starts))
            if not is_exact and (correction := _corrects(later, report)) is not None:
                found.setdefault(id(report), []).append((later, correction))
    return found


def _corrects(later: Report, report: Report) -> _Correction | None:
    """Say when a later report corrects an earlier one, of a fact that undoes nothing."""
    if later.reported <= report.reported:
        return None
    if isinstance(later.value, Truth):
        is_undone = later.value.value and report.value == Truth(value=False)
        return _Correction.IF_EARLIER if is_undone else None
    if is_more(report, later):
        return _Correction.IF_LATER if report.starts[0] <= later.starts[1] else None
    is_risen = is_more(later, report) and later.starts[0] <= report.starts[1]
    return _Correction.IF_EARLIER if is_risen else None


class _Further:
    """What follows from reports on a fact that undoes nothing, for earlier and later instants."""

    def __init__(self, reports: Sequence[Report], corrections: _Corrections | None) -> None:
        self.reports = reports
        self.ages = any(report.forgotten is not None for report in reports)
        self.corrections = corrections
        self.before, self.after = _Before(reports), _After(reports)

    def said(self, at: datetime, begun: Sequence[Report]) -> Iterator[Said]:
        """Yield what is said of an instant where no word is.

        Args:
            at: The instant.
            begun: What is taken to have begun, of what may have.
        """
        if self.corrections is None and not self.ages:
            yield (*self.before.at(at), *self.after.at(at))
            return
        heard = [report for report in self.reports if not report.is_forgotten(at)]
        yield _tightest(heard, at, begun)
        if self.corrections:
            sure = {id(report) for report in begun}
            kept = [
                each
                for each in heard
                if not self._may_be_corrected(each, is_begun=each.is_begun(at) or id(each) in sure)
            ]
            yield _tightest(kept, at, begun)

    def _may_be_corrected(self, report: Report, *, is_begun: bool) -> bool:
        """Whether a report may not stand; what began before it and is more says as much."""
        return any(
            correction is _Correction.IF_LATER or not is_begun
            for _, correction in (self.corrections or {}).get(id(report), ())
        )

    def is_corrected(self, report: Report, last: datetime, at: datetime) -> bool:
        """Whether a report that begins at an instant is surely corrected, seen from another."""
        return any(
            later.starts[0] >= last if correction is _Correction.IF_LATER else later.is_begun(at)
            for later, correction in (self.corrections or {}).get(id(report), ())
        )

    def may_correct(self, report: Report, rival: Report) -> bool:
        """Whether two reports cannot both stand, however they are dated."""
        corrections = self.corrections or {}
        pairs = ((report, rival), (rival, report))
        return any(
            each is one for one, other in pairs for each, _ in corrections.get(id(other), ())
        )


def _tightest(reports: Iterable[Report], at: datetime, begun: Sequence[Report]) -> Said:
    """Return what reports say of an instant, taking some of those that may have begun as such."""
    sure = {id(report) for report in begun}
    have = [each for each in reports if each.is_begun(at) or id(each) in sure]
    seen = {id(report) for report in have}
    after = [each for each in have if each.after is not None]
    before = [each for each in reports if id(each) not in seen and each.before is not None]
    said: list[tuple[Value, Report | None]] = []
    if before:
        lowest = reduce(_lower, before)
        said += [(lowest.before, lowest)] if lowest.before is not None else []
    if after:
        highest = reduce(_higher, after)
        said += [(highest.after, highest)] if highest.after is not None else []
    return tuple(said)


class _Before:
    """What reports say of every instant before they start: the tightest of those to come."""

    def __init__(self, reports: Iterable[Report]) -> None:
        ordered = sorted(
            (report for report in reports if report.before is not None),
            key=_first,
        )
        self.starts = [report.starts[0] for report in ordered]
        self.tightest = [*accumulate(reversed(ordered), _lower)][::-1]

    def at(self, at: datetime) -> Said:
        """Return what is said of an instant."""
        position = bisect_right(self.starts, at)
        report = self.tightest[position] if position < len(self.tightest) else None
        return () if report is None or report.before is None else ((report.before, report),)


class _After:
    """What reports say of every instant after they start: the tightest of those begun."""

    def __init__(self, reports: Iterable[Report]) -> None:
        ordered = sorted(
            (report for report in reports if report.after is not None),
            key=_first,
        )
        self.starts = [report.starts[0] for report in ordered]
        self.tightest = [*accumulate(ordered, _higher)]

    def at(self, at: datetime) -> Said:
        """Return what is said of an instant."""
        position = bisect_right(self.starts, at) - 1
        report = self.tightest[position] if position >= 0 else None
        return () if report is None or report.after is None else ((report.after, report),)


def _first(report: Report) -> datetime:
    return report.starts[0]


def _place(report: Report) -> tuple[datetime, datetime]:
    return report.starts[0], report.reported


def _lower(one: Report, other: Report) -> Report:
    """Return the report of the lower number, or else the other."""
    high, most = (limits(report.value)[1] for report in (one, other))
    return one if is_above(most, high) else other


def _higher(one: Report, other: Report) -> Report:
    """Return the report of the higher number, or else the other."""
    low, least = (limits(report.value)[0] for report in (one, other))
    return one if is_above(low, least) else other
