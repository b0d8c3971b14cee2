"""Verdicts over time, and how the verdict on one day changed as reports came in."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.calls import member
from ceasefire_model.conditions import Condition
from ceasefire_model.errors import ModelError
from ceasefire_model.moments import TICK, end_of, exact_moment, instant, start_of
from ceasefire_model.reprs import counted, spelled
from ceasefire_model.rows import InRows
from ceasefire_model.rules.evaluation import Evaluation, known_history, verdict
from ceasefire_model.rules.views import view
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Span:
    """A stretch of time with one verdict; half-open.

    Attributes:
        start: When it begins, in UTC.
        end: When it is over, in UTC.
        verdict: What holds all along.
    """

    __repr__ = spelled

    start: datetime
    end: datetime
    verdict: Verdict


@frozen
class Timeline(InRows):
    """A verdict as a function of time, constant from change to change.

    Attributes:
        condition: What was judged.
        spans: Without gaps, from the start to the end; neighbours differ.
        zone: In which bare days are read.
        known_by: What counts had been reported by then, in UTC; none in hindsight, where the time
            is itself what had been reported.
    """

    __repr__ = spelled

    condition: Condition
    spans: tuple[Span, ...] = field(repr=counted)
    zone: ZoneInfo = field(eq=False, repr=False)
    known_by: datetime | None = field(default=None, eq=False, repr=False)

    @property
    def start(self) -> datetime:
        """When it begins, in UTC."""
        return self.spans[0].start

    @property
    def end(self) -> datetime:
        """When it is over, in UTC."""
        return self.spans[-1].end

    def at(self, when: str | date | datetime | Moment) -> Verdict:
        """Return the verdict at an instant; a day stands for its last one.

        Raises:
            ModelError: If it lies outside the timeline, or is no day and no instant.
        """
        at = instant(when, self.zone, "when")
        if not self.start <= at < self.end:
            what = f"lies outside this timeline, which runs from {self.start} to {self.end}"
            raise ModelError(f"{what}, got {when}", "when")
        return self.spans[bisect_right(self.spans, at, key=_start) - 1].verdict

    def changes(self) -> tuple[tuple[datetime, Verdict, Verdict], ...]:
        """Return each instant of change with the verdict before and after."""
        return tuple(
            (after.start, before.verdict, after.verdict) for before, after in pairwise(self.spans)
        )

    @property
    def first_met(self) -> datetime | None:
        """When it was first ``MET``, if ever."""
        return next((span.start for span in self.spans if span.verdict is Verdict.MET), None)

    @property
    def last_met(self) -> datetime | None:
        """The last instant at which it was ``MET``, if ever."""
        met = [span.end - TICK for span in self.spans if span.verdict is Verdict.MET]
        return met[-1] if met else None

    def share(self, verdict: Verdict) -> float:
        """Return the share of the time under a verdict, from 0 to 1.

        Raises:
            ModelError: If it is no verdict.
        """
        member(verdict, "verdict", Verdict)
        total = (self.end - self.start).total_seconds()
        under = sum(
            (span.end - span.start).total_seconds()
            for span in self.spans
            if span.verdict is verdict
        )
        return under / total

    def __str__(self) -> str:
        """Write one stretch a line."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def __iter__(self) -> Iterator[Span]:
        """Yield the stretches."""
        return iter(self.spans)

    def _rows(self) -> list[Row]:
        """Return one row per stretch."""
        from ceasefire_model.display.rows import timeline_rows

        return timeline_rows(self)


def timeline(
    scenario: Scenario,
    condition: Askable | None = None,
    *,
    start: str | date | datetime | Moment,
    end: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> Timeline:
    """Judge one condition over a span of time.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> timeline(case, "UA:us-30-day", start="2025-03-10", end="2025-03-13").spans[-1].verdict
    Verdict.MET

    Args:
        scenario: The situation.
        condition: What is asked: a condition, or a record or its id for what it stands for; none
            where the scenario has one text: that it is in force.
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        known_by: Only what had been reported by then counts; by default the end.
        trust: Whom to hear; by default everybody.

    Raises:
        ScenarioError: If the condition mentions what the scenario does not have.
        ModelError: If a time is none or imprecise, the end is not after the start, or it lies after
            ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    demand = condition_asked(scenario, condition, "condition")
    begins, ends = limits(start, end, scenario.zone)
    seen = view(scenario, as_of=ends - TICK, known_by=known_by, trust=trust)
    return course(Evaluation(seen), demand, begins, ends)


def limits(
    start: str | date | datetime | Moment, end: str | date | datetime | Moment, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """Return from when on a span lasts, and before when, in UTC.

    Args:
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        zone: In which bare days are read.

    Raises:
        ModelError: If a time is none or imprecise, or the end is not after the start.
    """
    begins = start_of(_exact(start, "start"), zone)
    ends = end_of(_exact(end, "end"), zone)
    if ends <= begins:
        raise ModelError(f"a timeline ends after its start, got {start} to {end}")
    return begins, ends


def course(
    evaluation: Evaluation, condition: Condition, begins: datetime, ends: datetime
) -> Timeline:
    """Judge one condition between two instants, in what was judged in already."""
    track = known_history(evaluation, condition)
    stretches = ((at, over or ends, found) for at, over, found in track.spans())
    view = evaluation.view
    return Timeline(condition, _clipped(stretches, begins, ends), view.zone, view.known_by)


def hindsight(
    scenario: Scenario,
    condition: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    until: str | date | datetime | Moment,
    trust: Trust | None = None,
) -> Timeline:
    """Show how the verdict on one day changed as reports came in.

    The time of the result is the other clock: what had been reported by then.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> hindsight(case, "election", as_of="2025-03-13", until="2025-03-20").spans[-1].verdict
    Verdict.UNMET

    Args:
        scenario: The situation.
        condition: What is asked: a condition, or a record or its id for what it stands for; none
            where the scenario has one text: that it is in force.
        as_of: The day or instant judged; the result begins with it.
        until: The last day, or the instant before which, reports are taken in.
        trust: Whom to hear; by default everybody.

    Raises:
        ScenarioError: If the condition mentions what the scenario does not have.
        ModelError: If a time is none or imprecise, or ``until`` does not lie after ``as_of``.
    """
    demand = condition_asked(scenario, condition, "condition")
    zone = scenario.zone
    at, ends = (
        instant(as_of, zone, "as_of"),
        end_of(_exact(until, "until"), zone),
    )
    if ends <= at:
        raise ModelError(f"must lie after as_of {as_of}, got {until}", "until")
    reported = {record.bounds(zone)[1] for record in _reported(scenario)}
    marks = [at, *sorted(each for each in reported if at < each < ends), ends]
    stretches = [
        (known, following, _known(scenario, demand, at, known, trust))
        for known, following in pairwise(marks)
    ]
    return Timeline(demand, _clipped(stretches, at, ends), zone)


def _known(
    scenario: Scenario, condition: Condition, at: datetime, known: datetime, trust: Trust | None
) -> Verdict:
    return verdict(Evaluation(view(scenario, as_of=at, known_by=known, trust=trust)), condition)


def _reported(scenario: Scenario) -> Iterator[Moment]:
    yield from (observation.reported for observation in scenario.observations)
    yield from (statement.reported for statement in scenario.statements)


def _exact(given: str | date | datetime | Moment, argument: str) -> date | datetime:
    """Return the day or instant that was given."""
    return exact_moment(given, argument).choices()[0]


def _clipped(
    stretches: Iterable[tuple[datetime, datetime, Verdict]], begins: datetime, ends: datetime
) -> tuple[Span, ...]:
    """Return what lies between two instants, joining neighbours that are alike."""
    spans: list[Span] = []
    for start, end, found in stretches:
        if end <= begins or start >= ends:
            continue
        if spans and spans[-1].verdict is found:
            spans[-1] = Span(spans[-1].start, min(end, ends), found)
        else:
            spans.append(Span(max(start, begins), min(end, ends), found))
    return tuple(spans)


def _start(span: Span) -> datetime:
    return span.start
