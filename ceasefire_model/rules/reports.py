"""Reports: what one observation says of its fact, when it speaks, and what corrects it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import define, evolve, field, frozen

from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Act, CannotSay, Fact, Number, Quantity, Range, Truth, Value
from ceasefire_model.moments import NEVER, TICK, day_of, end_of, is_hour
from ceasefire_model.reprs import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

Limits: TypeAlias = "tuple[Decimal | None, Decimal | None]"
"""The least and the most that a number may be; none where nothing is said."""


@frozen
class Loss:
    """From when on what a report carries is no longer heard, overtaken by another's word."""

    __repr__ = spelled

    maybe: datetime
    """From when on it may be overtaken, for some order of the dates."""

    taken: datetime
    """From when on it is taken to be; until then, where in doubt, both words are heard."""

    surely: datetime
    """From when on it is for every order of the dates; never, where there is none."""

    by: Observation
    """The report that overtakes it."""


@frozen
class Report:
    """What one observation says of its fact."""

    __repr__ = spelled

    observation: Observation
    source: Source
    value: Value
    starts: tuple[datetime, datetime]
    """The earliest and the latest start."""

    ends: tuple[datetime, datetime] | None
    """The earliest and the latest end; none for *until a later word*."""

    reported: datetime
    forgotten: datetime | None = None
    """From when on it is too old for the trust; none for never."""

    before: Value | None = None
    """What it says of every earlier instant than its start, if anything."""

    after: Value | None = None
    """What it goes on saying of every later instant, though its word be overtaken or end."""

    loss: Loss | None = None
    """From when on its word is overtaken, if it is."""

    @property
    def is_of_days(self) -> bool:
        """Whether it starts with a day, and not at an instant."""
        return self.observation.since.is_of_days

    @property
    def is_exact(self) -> bool:
        """Whether it is known when it starts."""
        return self.starts[0] == self.starts[1]

    @property
    def last_spoken(self) -> datetime:
        """The last instant for which it speaks itself; without an end, its word is then carried."""
        if self.ends is not None:
            return self.ends[1] - TICK
        return max(self.reported, self.starts[1])

    def surely_speaks(self, since: datetime, zone: ZoneInfo) -> bool:
        """Whether it speaks itself for an instant or a later one.

        A clock time inside a bare day is not ordered with a report that was made on that day.
        """
        is_bare = self.ends is None and self.observation.reported.is_of_days
        if is_bare and is_hour(since + TICK, zone):
            return self.last_spoken >= end_of(day_of(since, zone), zone)
        return self.last_spoken >= since

    def begun_late(self, zone: ZoneInfo) -> Report:
        """Return the same, of which what begins on a bare day does so as late as it can."""
        if not self.is_of_days:
            return self
        limits = [self.reported, *(end - TICK for end in (self.ends or ())[:1])]

        def late(start: datetime) -> datetime:
            over = end_of(day_of(start, zone), zone) - TICK
            return min([over, *(limit for limit in limits if limit >= start)])

        return evolve(self, starts=(late(self.starts[0]), late(self.starts[1])))

    def is_begun(self, at: datetime) -> bool:
        """Whether it surely counts from before an instant on."""
        return self.starts[1] <= at

    def is_taken(self, at: datetime) -> bool:
        """Whether it is taken to be overtaken at an instant."""
        return self.loss is not None and self.loss.taken <= at

    def may_be_lost(self, at: datetime) -> bool:
        """Whether it may be overtaken at an instant, for some order of the dates."""
        return self.loss is not None and self.loss.maybe <= at

    def is_forgotten(self, at: datetime) -> bool:
        """Whether it is too old at an instant for the trust."""
        return self.forgotten is not None and self.forgotten <= at


def report_of(
    observation: Observation, fact: Fact, source: Source, zone: ZoneInfo, within_days: int | None
) -> Report:
    """Return what an observation says.

    Args:
        observation: The observation.
        fact: What it is about.
        source: Who speaks.
        zone: Where days are counted.
        within_days: How old it may be; none for any age.
    """
    value = observation.value
    reported = observation.reported.bounds(zone)[1]
    ages = within_days is not None and not (isinstance(fact, Act) and value == Truth(value=True))
    return Report(
        observation,
        source,
        value,
        observation.since.begins(observation.reported, zone),
        None if observation.until is None else observation.until.as_end(zone),
        reported,
        reported + timedelta(days=within_days or 0) + TICK if ages else None,
        _before(fact, value),
        _after(fact, value),
    )


def is_lasting(fact: Fact) -> bool:
    """Whether a fact cannot undo what it has come to: an act, or a cumulative number."""
    return isinstance(fact, Act) or (isinstance(fact, Quantity) and fact.cumulative)


def _before(fact: Fact, value: Value) -> Value | None:
    """Return what follows for every earlier instant, of a fact that undoes nothing."""
    if isinstance(fact, Act):
        return Truth(value=False) if isinstance(value, Truth) else None
    most = limits(value)[1] if is_lasting(fact) else None
    return None if most is None else Range(None, most)


def _after(fact: Fact, value: Value) -> Value | None:
    """Return what follows for every later instant, of a number that never falls."""
    least = limits(value)[0] if is_lasting(fact) else None
    return None if least is None else Range(least, None)


def limits(value: Value) -> Limits:
    """Return the least and the most that a value may be; of no number, nothing."""
    match value:
        case Number(value=exact):
            return exact, exact
        case Range(low=low, high=high):
            return low, high
        case Truth() | CannotSay():
            return None, None
        case _:
            assert_never(value)


def is_above(low: Decimal | None, high: Decimal | None) -> bool:
    """Whether the least that a number is lies above the most that another is."""
    return low is not None and high is not None and low > high


def are_of_one_day(last: Report, rival: Report, zone: ZoneInfo) -> bool:
    """Whether a word may have ended on the bare day with which another begins.

    Of two words of one bare day nobody knows which came first, so both can be true.
    """
    is_bare = last.observation.reported.is_of_days or rival.is_of_days
    return is_bare and day_of(last.last_spoken, zone) == day_of(rival.starts[1], zone)


def uncorrected(reports: Iterable[Report], fact: Fact, zone: ZoneInfo) -> list[Report]:
    """Leave out what its source has corrected itself, whatever the order of imprecise dates.

    Of a fact that undoes nothing, a later report that contradicts an earlier one corrects it.

    Args:
        reports: What one source reports on the fact.
        fact: The fact.
        zone: Where days are counted.
    """
    if not is_lasting(fact):
        return [*reports]
    later: _Acts | _Counts = _Acts(zone) if isinstance(fact, Act) else _Counts()
    kept: list[Report] = []
    for _, told in groupby(sorted(reports, key=_reported, reverse=True), key=_reported):
        standing = [report for report in told if not later.correct(report)]
        later.add(standing)
        kept += standing
    return kept


def _reported(report: Report) -> datetime:
    return report.reported


def is_denied(undone: Report, done: Report, zone: ZoneInfo) -> bool:
    """Whether an act was surely done before one last spoke who said that it was not."""
    last = undone.last_spoken if undone.ends is None else undone.ends[0] - TICK
    return done.starts[1] <= last and not are_of_one_day(undone, done, zone)


@define
class _Acts:
    """The later reports of one source that an act is done, or not."""

    zone: ZoneInfo
    done: list[Report] = field(factory=list[Report])
    undone: list[Report] = field(factory=list[Report])
    """Only the one that speaks longest."""

    def add(self, reports: Iterable[Report]) -> None:
        """Take in what was reported before all that is known."""
        for report in reports:
            match report.value:
                case Truth(value=True):
                    self.done.append(report)
                case Truth(value=False):
                    self.undone = [max([*self.undone, report], key=_last_denied)]
                case _:
                    pass

    def correct(self, report: Report) -> bool:
        """Whether a later report says otherwise; one that says the same again stands for both."""
        match report.value:
            case Truth(value=True):
                return bool(self.done) or any(
                    is_denied(each, report, self.zone) for each in self.undone
                )
            case Truth(value=False):
                return any(is_denied(report, each, self.zone) for each in self.done)
            case _:
                return False


def _last_denied(undone: Report) -> datetime:
    return undone.last_spoken if undone.ends is None else undone.ends[0]


@define
class _Counts:
    """The later reports of one source on a number that never falls."""

    counts: list[Report] = field(factory=list[Report])
    first: datetime = NEVER
    least: Decimal = Decimal("Infinity")
    most: Decimal = Decimal("-Infinity")

    def add(self, reports: Iterable[Report]) -> None:
        """Take in what was reported before all that is known."""
        for report in reports:
            low, high = limits(report.value)
            self.counts.append(report)
            self.first = min(self.first, report.starts[1])
            self.least = self.least if high is None else min(self.least, high)
            self.most = self.most if low is None else max(self.most, low)

    def correct(self, report: Report) -> bool:
        """Whether a later report gives less of a later time, or more of an earlier one."""
        low, high = limits(report.value)
        may_fall = is_above(low, self.least)
        may_rise = is_above(self.most, high) and self.first <= report.starts[0]
        return (may_fall or may_rise) and any(_is_fallen(report, each) for each in self.counts)


def _is_fallen(one: Report, other: Report) -> bool:
    """Whether a number that never falls surely would have, by two reports."""
    return (is_more(one, other) and other.starts[0] >= one.starts[1]) or (
        is_more(other, one) and other.starts[1] <= one.starts[0]
    )


def is_more(one: Report, other: Report) -> bool:
    """Whether one report gives a higher number than another, whatever both may be."""
    return is_above(limits(one.value)[0], limits(other.value)[1])
