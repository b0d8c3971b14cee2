"""A duty in its term: whether what it requires is so, when it was broken, and when in doubt."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from ceasefire_model.moments import Moment, day_of, end_of, start_of
from ceasefire_model.reprs import counted, spelled
from ceasefire_model.rules.beginnings import asked_facts
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import Evaluation, known_history, ordered, term
from ceasefire_model.rules.readings import facts_of, read
from ceasefire_model.rules.tracks import DOUBTS, Track, combined, common, inside
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from ceasefire_model.conditions import Bound
    from ceasefire_model.evidence import Observation
    from ceasefire_model.proposals import Duty, Provision
    from ceasefire_model.rules.reports import Report


@frozen
class Stretch:
    """A stretch of the term in which something was not so, or was in doubt; half-open.

    Attributes:
        start: When it begins, in UTC.
        end: When it is over, in UTC; none where it goes on.
        verdict: ``UNMET``, or the doubt; of a violation whose report names no day, that of its
            days.
        begun_by: The reports that begin it.
        ended_by: The reports that end it.
        zone: In which its days are read.
    """

    __repr__ = spelled

    start: datetime
    end: datetime | None
    verdict: Verdict
    begun_by: tuple[Observation, ...] = field(default=(), repr=counted)
    ended_by: tuple[Observation, ...] = field(default=(), repr=counted)
    zone: ZoneInfo = field(factory=partial(ZoneInfo, "UTC"), eq=False, repr=False)

    def __str__(self) -> str:
        """Write it in words."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)


@frozen(eq=False)
class Obligation:
    """A duty, in the evaluation that judges it."""

    __repr__ = spelled

    evaluation: Evaluation
    provision: Provision
    duty: Duty

    @property
    def at(self) -> datetime:
        """The instant judged."""
        return self.evaluation.view.at

    @property
    def due(self) -> Bound | None:
        """Its deadline."""
        return self.duty.due or self.provision.due

    @cached_property
    def requires(self) -> Track:
        """Whether what it requires is so, over time."""
        return known_history(self.evaluation, self.duty.requires)

    @cached_property
    def surely(self) -> Track:
        """The same; in doubt where it is told of a bare day in which the term ends at an hour."""
        return common(ordered(self.evaluation, self.duty.requires, self.term))

    @cached_property
    def quiet(self) -> Track:
        """The same, where what nobody reports leaves no doubt."""
        return known_history(self.evaluation.silenced(), self.duty.requires)

    @cached_property
    def term(self) -> Track:
        """The term that binds it."""
        return term(self.evaluation, self.provision)

    @cached_property
    def stretches(self) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        """When what must always be so was not, and when that was in doubt."""
        return _stretches(self)

    @cached_property
    def broken_by(self) -> tuple[Report, ...]:
        """The reports by which it was broken in the term, whichever of their days they mean."""
        return tuple(_broken_by(self)) if self.provision.kind.is_standing else ()


def _stretches(obligation: Obligation) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Return when what must always be so in the term was not, and when that was in doubt."""
    if not obligation.provision.kind.is_standing:
        return (), ()
    whole, requires = obligation.term, obligation.surely
    maybe = combined([whole], lambda found: Verdict.MET if found[0] in DOUBTS else Verdict.UNMET)
    unkept = [*_by_then(obligation, inside(requires, whole, {Verdict.UNMET}))]
    doubtful = [
        *_by_then(obligation, inside(requires, whole, DOUBTS)),
        *_by_then(obligation, inside(requires, maybe, {Verdict.UNMET, *DOUBTS})),
    ]
    vague = [
        Stretch(
            each.starts[0],
            _over(obligation, each),
            Verdict.UNKNOWN,
            (each.observation,),
            zone=obligation.evaluation.view.zone,
        )
        for each in obligation.broken_by
    ]
    return in_order([*unkept, *vague]), in_order(doubtful)


def _over(obligation: Obligation, report: Report) -> datetime:
    """Return when the last day is over that a report may mean."""
    zone = obligation.evaluation.view.zone
    return end_of(day_of(report.starts[1], zone), zone)


def _by_then(
    obligation: Obligation, spans: Iterable[tuple[datetime, datetime | None, Verdict]]
) -> Iterator[Stretch]:
    """Yield stretches as far as they have begun, with the reports that begin and end them.

    What was so when the term began was begun by the reports of before. What ends with the term is
    ended by no report: what is told of the time after it has nothing to do with it.
    """
    reports, term = [*reports_on(obligation)], obligation.term
    for start, end, verdict in spans:
        if start <= obligation.at:
            over = end if end is not None and end <= obligation.at else None
            first = obligation.surely.since(start)
            begun = [each.observation for each in reports if _begins(each, start, first)]
            if not begun and verdict is Verdict.UNMET:
                begun = [*_standing_at(obligation, start)]
            is_cut = over is not None and term.since(over) == over
            ended = () if is_cut else (each.observation for each in reports if _turns(each, over))
            yield Stretch(
                start, over, verdict, tuple(begun), tuple(ended), obligation.evaluation.view.zone
            )


def _standing_at(obligation: Obligation, at: datetime) -> Iterator[Observation]:
    """Yield the reports that count at an instant, where what contradicted them has run out."""
    moved = obligation.evaluation.view.moved(at)
    for leaf in asked_facts(moved, obligation.duty.requires):
        for each in read(moved, leaf):
            if each.observation is not None and each.says in {Says.SUPPORTS, Says.DENIES}:
                yield each.observation


def _begins(report: Report, start: datetime, first: datetime) -> bool:
    """Whether a report begins at an instant, by then at the latest, or before and is not over."""
    is_over = report.ends is not None and report.ends[1] <= start
    return start in report.starts or (first in report.starts and not is_over)


def _turns(report: Report, at: datetime | None) -> bool:
    """Whether a report begins or ends at an instant."""
    ends = () if report.ends is None else report.ends
    return at is not None and at in (*report.starts, *ends)


def reports_on(obligation: Obligation) -> Iterator[Report]:
    """Yield the reports on all that a duty requires."""
    for leaf in asked_facts(obligation.evaluation.view, obligation.duty.requires):
        for fact in facts_of(leaf):
            for reports in obligation.evaluation.view.reports(fact):
                yield from reports


def broken_since(obligation: Obligation) -> datetime | None:
    """Return when it last began not to be so in the term, for sure, if it ever did."""
    unmet = [start for start, _, _ in inside(obligation.surely, obligation.term, {Verdict.UNMET})]
    return max((start for start in unmet if start <= obligation.at), default=None)


def _broken_by(obligation: Obligation) -> Iterator[Report]:
    """Yield the reports that name no day, and by each day of which it was broken in the term."""
    doubtful = [*inside(obligation.surely, obligation.term, DOUBTS)]
    for report in reports_on(obligation) if doubtful else ():
        if report.is_exact or not report.is_of_days or report.starts[0] > obligation.at:
            continue
        first, over = report.starts[0], _over(obligation, report)
        if all(start >= over or (end or over) <= first for start, end, _ in doubtful):
            continue  # where nothing is in doubt, that is no news
        days = report.observation.since.choices()
        if len(days) <= _MOST_DAYS and all(_is_broken(obligation, report, day) for day in days):
            yield report


_MOST_DAYS = 62
"""Of how many days each is tried: those of two months."""


def _is_broken(obligation: Obligation, report: Report, day: date) -> bool:
    """Whether it was broken on this day, in the term, if a report means this day."""
    told = report.observation
    zone = obligation.evaluation.view.zone
    first, over = start_of(day, zone), end_of(day, zone)
    if first > report.starts[1]:  # it is no later than its report
        return True
    until = told.until
    if until is not None and until.is_of_days:
        until = Moment(max(day, until.choices()[0]).isoformat())
    view = obligation.evaluation.view.reading(
        told, evolve(told, since=Moment(day.isoformat()), until=until)
    )
    evaluation = Evaluation(view, obligation.evaluation.mode)
    requires = common(ordered(evaluation, obligation.duty.requires, obligation.term))
    # what lies in the term for sure does so whatever the report means
    unmet = inside(requires, obligation.term, {Verdict.UNMET})
    return first <= obligation.at and any(
        start < over and (end is None or end > first) for start, end, _ in unmet
    )


def in_order(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches in order of time."""
    return tuple(sorted(stretches, key=lambda each: each.start))
