"""How an obligation was performed: was it kept, since when not, how late, and how far.

Reported beside the verdict; lateness never blocks what follows. *Breached* and *overdue* are
accusations: they rest on a word, and on nothing outside the term.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from ceasefire_model.conditions import (
    AllOf,
    AtLeast,
    AtMost,
    By,
    Ever,
    Fulfilled,
    HeldFor,
    Throughout,
    When,
)
from ceasefire_model.moments import BEGINNING, TICK, is_hour
from ceasefire_model.reprs import counted, dotted, spelled
from ceasefire_model.rules.chances import Edge, lateness
from ceasefire_model.rules.courses import Course, stage_at, standing, step
from ceasefire_model.rules.evaluation import (
    Evaluation,
    bounds,
    deadline,
    due_of,
    duty_track,
    is_replaced,
    known_history,
    ordered,
    punctual,
    readings_of_term,
    told_late,
)
from ceasefire_model.rules.findings import Progress, as_it_stands, find
from ceasefire_model.rules.obligations import (
    Obligation,
    Stretch,
    broken_since,
    in_order,
    reports_on,
)
from ceasefire_model.rules.tracks import DOUBTS, inside
from ceasefire_model.verdicts import Verdict, conjunction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from ceasefire_model.ids import PartyId
    from ceasefire_model.proposals import Duty, Provision
    from ceasefire_model.rules.findings import Finding


class PerformanceKind(Enum):
    """What became of an obligation by an instant, the worst first."""

    BREACHED = "breached"
    """A step was undone in the term, or what must always be so is not, or was not at its end."""

    OVERDUE = "overdue"
    """Its date passed within the term, with a word that it was not done; it stays so after."""

    LAPSED = "lapsed"
    """The term ended before it fell due, or with no date set."""

    OPEN = "open"
    """In doubt now, or at the end of the term; the verdict says how."""

    VIOLATED = "violated"
    """What must always be so is so, or was at the end, and was not always."""

    OWED = "owed"
    """Not done, and no date is set."""

    NOT_DUE = "not due"
    """Not done, and the date has not come, or what it follows has not happened."""

    SUPERSEDED = "superseded"
    """Replaced; ``was`` says what it was by then."""

    NOT_OWED = "not owed"
    """The term has not begun, or the text was never in force."""

    MET_LATE = "met late"
    MET = "met"
    """Done; ``punctual`` says whether in time, if a date was set."""

    KEPT = "kept"
    """So at every instant of the term so far, as far as is reported; ``doubts`` has the rest."""

    __repr__ = dotted


_WORST = tuple(PerformanceKind)


@frozen
class Performance:
    """How what is owed was performed by an instant.

    Attributes:
        kind: What became of it, as a word.
        verdict: Whether it is fulfilled: the verdict of ``Fulfilled``.
        since: When a step was first met; since when it is breached, kept in the term, or, of what
            is violated, kept again; in UTC.
        due: When its deadline is over, in UTC; none where there is none, or none is certain.
        punctual: Whether it was met by its deadline; none where there is none.
        late_by: How long after the deadline it was first met, at least and at most: in local days
            after the day that was due; of a deadline that is an instant, the time.
        met: How many of the duties are met.
        of: How many duties there are.
        progress: How far the one number that is demanded has come.
        violations: When what must always be so in the term was not: from start to end, or, where
            the verdict is open, at some time from the first to the last day that the report may
            mean.
        doubts: When it was in doubt whether it was.
        last_word: When anything was last reported of what is required, in UTC.
        was: Of what is superseded, what it was by then.
        duties: The same for each duty, where there are several.
        zone: In which its days are read.
    """

    __repr__ = spelled

    kind: PerformanceKind
    verdict: Verdict
    since: datetime | None = None
    due: datetime | None = None
    punctual: Verdict | None = None
    late_by: tuple[timedelta, timedelta] | None = None
    met: int = 0
    of: int = 0
    progress: Progress | None = None
    violations: tuple[Stretch, ...] = field(default=(), repr=counted)
    doubts: tuple[Stretch, ...] = field(default=(), repr=counted)
    last_word: datetime | None = None
    was: PerformanceKind | None = None
    duties: tuple[Performance, ...] = field(default=(), repr=counted)
    zone: ZoneInfo = field(factory=partial(ZoneInfo, "UTC"), eq=False, repr=False)

    def __str__(self) -> str:
        """Write it in words."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    @property
    def is_punctuality_open(self) -> bool:
        """Whether it is in doubt if it was, or can still be, met in time."""
        return self.punctual in DOUBTS


def performance(
    evaluation: Evaluation, provision: Provision, by: PartyId | None = None
) -> Performance:
    """Say how the duties of a provision were performed; of several, the worst.

    Args:
        evaluation: What to judge in.
        provision: The provision; it has duties.
        by: Only the duties that this party owes.
    """
    owed = provision.duties_of(by)
    return worst_of([_of_duty(evaluation, provision, each) for each in owed])


def performances(evaluation: Evaluation, provision: Provision) -> tuple[Performance, ...]:
    """Say how each of the duties of a provision was performed, in their order."""
    return tuple(_of_duty(evaluation, provision, each) for each in provision.duties)


def worst_of(found: Sequence[Performance]) -> Performance:
    """Return the worst of one or several performances, with what is found in any of them."""
    if len(found) == 1:
        return found[0]
    worst = min(found, key=lambda each: (_WORST.index(each.kind), each.since or BEGINNING))
    words = [each.last_word for each in found if each.last_word is not None]
    numbers = [each.progress for each in found if each.progress is not None]
    return evolve(
        worst,
        verdict=conjunction([each.verdict for each in found]),
        met=sum(each.met for each in found),
        of=len(found),
        progress=numbers[0] if len(numbers) == 1 else None,
        violations=in_order(each for one in found for each in one.violations),
        doubts=in_order(each for one in found for each in one.doubts),
        last_word=max(words, default=None),
        duties=tuple(found),
    )


def kind_of(
    evaluation: Evaluation, provision: Provision, by: PartyId | None = None
) -> PerformanceKind:
    """Return the kind of a performance alone, for many instants.

    Args:
        evaluation: What to judge in.
        provision: The provision; it has duties.
        by: Only the duties that this party owes.
    """
    owed = provision.duties_of(by)
    kinds = [
        PerformanceKind.SUPERSEDED if _replaced_since(case) is not None else case.kind
        for case in (_Case(evaluation, provision, duty) for duty in owed)
    ]
    return min(kinds, key=_WORST.index)


def _of_duty(evaluation: Evaluation, provision: Provision, duty: Duty) -> Performance:
    """Say how one duty was performed, and of one that is replaced, how by then."""
    case = _Case(evaluation, provision, duty)
    since = _replaced_since(case)
    found = _by_now(case)
    if since is None:
        return found
    if since == BEGINNING:  # it never stood without what replaces it
        return evolve(found, kind=PerformanceKind.SUPERSEDED, was=PerformanceKind.NOT_OWED)
    was = _Case(evaluation.moved(since - TICK), provision, duty).kind
    return evolve(found, kind=PerformanceKind.SUPERSEDED, was=was)


def _replaced_since(case: _Case) -> datetime | None:
    """Return since when a clause is replaced, if it is."""
    known_history(case.evaluation, Fulfilled(case.provision.id))  # however long its chains
    replaced = is_replaced(case.evaluation, case.provision)
    if replaced.at(case.at) is not Verdict.MET:
        return None
    return replaced.starts[replaced.verdicts.index(Verdict.MET)]


@frozen(eq=False)
class _Case(Obligation):
    """A duty whose performance is asked for; it is worked out only as far as it is asked for."""

    __repr__ = spelled

    @cached_property
    def course(self) -> tuple[Course, Verdict]:
        """How it stands, and what that comes to."""
        return _course(self)

    @property
    def verdict(self) -> Verdict:
        """Whether it is fulfilled."""
        return self.course[1]

    @cached_property
    def timely(self) -> Verdict | None:
        """Whether it was met by its deadline; none where there is none."""
        if self.due is None:
            return None
        return punctual(self.evaluation, self.duty.requires, self.due).at(self.at)

    @property
    def kind(self) -> PerformanceKind:
        """What became of it."""
        course, verdict = self.course
        if course is Course.MET and self.timely is Verdict.UNMET:
            return PerformanceKind.MET_LATE
        if course is Course.KEPT and (broken_since(self) is not None or self.broken_by):
            return PerformanceKind.VIOLATED
        if course is Course.OPEN and verdict is Verdict.PENDING:
            return PerformanceKind.OVERDUE if _has_passed(self) else PerformanceKind.NOT_DUE
        return _KINDS[course]


def _by_now(case: _Case) -> Performance:
    evaluation, verdict, kind = case.evaluation, case.verdict, case.kind
    finding = find(evaluation, case.duty.requires)
    violations, doubts = case.stretches
    return Performance(
        kind,
        verdict,
        _since(case),
        due_of(evaluation, case.due),
        case.timely,
        _late_by(case) if kind is PerformanceKind.MET_LATE else None,
        int(verdict is Verdict.MET),
        1,
        _progress(finding),
        violations,
        doubts,
        _last_word(case),
        zone=evaluation.view.zone,
    )


_KINDS = {
    Course.BEFORE: PerformanceKind.NOT_OWED,
    Course.MET: PerformanceKind.MET,
    Course.UNDONE: PerformanceKind.BREACHED,
    Course.OPEN: PerformanceKind.OPEN,
    Course.LAPSED: PerformanceKind.LAPSED,
    Course.AWAITED: PerformanceKind.NOT_DUE,
    Course.MISSED: PerformanceKind.OVERDUE,
    Course.UNHEARD: PerformanceKind.OPEN,
    Course.OWED: PerformanceKind.OWED,
    Course.UNKEPT: PerformanceKind.BREACHED,
    Course.KEPT: PerformanceKind.KEPT,
}


def _course(case: _Case) -> tuple[Course, Verdict]:
    """Say how a duty stands: as every reading of its term and its deadline has it.

    Where they differ, what they come to is in doubt, or still to come; of several that come to the
    same, the mildest, since two of them would be accusations.
    """
    courses = {course for course, _ in _courses(case)}
    verdict = duty_track(case.evaluation, case.provision, case.duty).at(case.at)
    if len(courses) == 1:
        return courses.pop(), verdict
    if verdict in DOUBTS:
        return Course.OPEN, verdict
    if verdict is Verdict.PENDING:
        return Course.AWAITED, verdict
    return max(courses, key=lambda course: _WORST.index(_KINDS[course])), verdict


def _courses(case: _Case) -> Iterator[tuple[Course, Verdict]]:
    """Yield how a duty stands, for each reading of its term and each chance of its deadline."""
    evaluation, provision, duty = case.evaluation, case.provision, case.duty
    for each in readings_of_term(case.term):
        told = ordered(evaluation, duty.requires, each)
        silent = ordered(evaluation.silenced(), duty.requires, each)
        for requires, quiet in zip(told, silent, strict=True):
            if provision.kind.is_standing:
                yield stage_at(standing(requires, each), case.at)
            elif case.due is None:
                yield stage_at(step(requires, quiet, each, None), case.at)
            else:
                marks = sorted({*requires.starts, *quiet.starts, *each.starts, case.at})
                for chance in bounds(evaluation, case.due, Edge.END, marks=marks).chances:
                    if chance.is_open_at(case.at):
                        due = deadline(evaluation, provision, duty, chance.bounds[0])
                        yield stage_at(step(requires, quiet, each, due), case.at)


def _has_passed(case: _Case) -> bool:
    """Whether the deadline of a duty surely passed within its term."""
    due = due_of(case.evaluation, case.due)
    return due is not None and due <= case.at and case.term.at(due - TICK) is Verdict.MET


def _since(case: _Case) -> datetime | None:
    """Return since when it is as it is: what must always be so is kept in the term alone."""
    if case.kind is PerformanceKind.BREACHED:
        return broken_since(case)
    if not case.provision.kind.is_standing:
        first = case.requires.first(Verdict.MET)
        return first if first is not None and first <= case.at else None
    kept = [start for start, _, _ in inside(case.surely, case.term, {Verdict.MET})]
    begun = [start for start in kept if start <= case.at]
    if case.kind is PerformanceKind.KEPT:
        return min(begun, default=None)
    return max(begun, default=None) if case.kind is PerformanceKind.VIOLATED else None


def _late_by(case: _Case) -> tuple[timedelta, timedelta] | None:
    """Return how late it was at least and at most: it is no more precise than the report."""
    due, first = due_of(case.evaluation, case.due), case.requires.first(Verdict.MET)
    if due is None or first is None:
        return None
    earliest = first
    for start, end, found in reversed([*case.quiet.spans()]):
        if end == earliest and found in DOUBTS:
            earliest = start
    zone = case.evaluation.view.zone
    return lateness(max(earliest, due), due, zone), lateness(_latest(case, first, due), due, zone)


def _latest(case: _Case, first: datetime, due: datetime) -> datetime:
    """Return when it was met at the latest: what is told of a bare day is told of no hour of it."""
    requires = case.duty.requires
    if is_hour(due, case.evaluation.view.zone):
        last = told_late(case.evaluation, requires).first(Verdict.MET) or first
        return last if last == first else last + TICK
    return first


def _last_word(case: _Case) -> datetime | None:
    """Return when anything that bears on the time up to now was last reported."""
    heard = (each.reported for each in reports_on(case) if each.starts[0] <= case.at)
    return max(heard, default=None)


def _progress(finding: Finding) -> Progress | None:
    """Return how far the number has come, where one is demanded; none if it is all but enough."""
    numbers = list(_numbers(finding))
    is_lacking = any(number.verdict is not Verdict.MET for number in numbers)
    if len(numbers) == 1 and (is_lacking or finding.verdict is Verdict.MET):
        return numbers[0].progress
    return None


def _numbers(finding: Finding) -> Iterator[Finding]:
    """Yield the numbers that are demanded; what only triggers a demand is none."""
    match finding.condition:
        case AtLeast() | AtMost():
            yield finding
        case AllOf():
            for part in finding.parts:
                yield from _numbers(part)
        case (By() | Ever() | HeldFor() | Throughout()) as past:
            yield from _numbers(as_it_stands(finding, past))
        case When():
            yield from _numbers(finding.parts[-1])
        case _:
            return


def fulfilled_by(provision: Provision) -> tuple[tuple[PartyId, Fulfilled], ...]:
    """Return each obligor of a provision with the condition that it has done its part."""
    obligors = dict.fromkeys(party for duty in provision.duties for party in duty.by)
    return tuple((party, Fulfilled(provision.id, party)) for party in obligors)
