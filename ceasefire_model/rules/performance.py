"""How an obligation was performed: met, late, partly, overdue, breached, lapsed.

Reported beside the verdict; lateness never blocks what follows.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import (
    AllOf,
    AtLeast,
    By,
    Condition,
    Ever,
    Fulfilled,
    HeldFor,
    InForce,
    Throughout,
    When,
)
from ceasefire_model.moments import TICK
from ceasefire_model.reprs import dotted
from ceasefire_model.rules.chances import lateness, over
from ceasefire_model.rules.evaluation import (
    Evaluation,
    bounds,
    due_of,
    end_of_proposal,
    grace,
    known_history,
)
from ceasefire_model.rules.findings import Progress, find
from ceasefire_model.rules.tracks import DOUBTS, constant
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from ceasefire_model.conditions import Bound
    from ceasefire_model.ids import PartyId
    from ceasefire_model.proposals import Provision
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.tracks import Track


class PerformanceKind(Enum):
    """What became of an obligation by an instant."""

    MET = "met"
    MET_LATE = "met late"
    PARTLY = "partly"
    """Some of it, and no breach."""

    NOT_DUE = "not due"
    """Not met, and no deadline has passed; or what it depends on has not happened."""

    OVERDUE = "overdue"
    BREACHED = "breached"
    """It was met while the text was in force, and no longer is."""

    LAPSED = "lapsed"
    """Not met, and the text has ended, or is no longer in force."""

    OPEN = "open"
    """In doubt; the verdict says how, or, where it is not met, whether it was punctual."""

    __repr__ = dotted


@frozen
class Performance:
    """How what an obligor owes was performed by an instant."""

    kind: PerformanceKind
    verdict: Verdict
    """Whether what is required is so now, deadlines apart."""

    since: datetime | None = None
    """When it was first met, or, where it is breached, since when it was surely so no longer; in
    UTC."""

    due: datetime | None = None
    """When its deadline is over, in UTC; none where there is none, or none is certain."""

    punctual: Verdict | None = None
    """Whether it was met by its deadline; none where there is none."""

    late_by: timedelta | None = None
    """How long after the deadline it was first met: in local days after the day that was due; of a
    deadline that is an instant, the time."""

    met: int = 0
    """How many of the duties are met."""

    of: int = 0
    """How many duties there are."""

    progress: Progress | None = None
    """How far the one number that is demanded has come."""

    @property
    def is_punctuality_open(self) -> bool:
        """Whether it is in doubt if it was, or can still be, met in time."""
        return self.punctual in DOUBTS


def performance(
    evaluation: Evaluation,
    provision: Provision,
    by: PartyId | None = None,
    *,
    due: Bound | None = None,
) -> Performance:
    """Say how the duties of a provision were performed.

    Args:
        evaluation: What to judge in.
        provision: The provision; it has duties.
        by: Only the duties that this party owes.
        due: The deadline to judge against; by default the provision's own.
    """
    required = AllOf([each.requires for each in provision.duties if by is None or by in each.by])
    finding = find(evaluation, required, address=f"performance({provision.id})")
    track = known_history(evaluation, required)
    bound = provision.due if due is None else due
    deadline = due_of(evaluation, bound)
    first = _first_met(track, evaluation.view.at)
    punctual = _punctual(evaluation, required, bound, first)
    broke = _broke(evaluation, provision, track) if finding.verdict is Verdict.UNMET else None
    kind = _kind(evaluation, provision, finding, bound, punctual, broke)
    is_late = kind is PerformanceKind.MET_LATE and first is not None and deadline is not None
    return Performance(
        kind,
        finding.verdict,
        broke if kind is PerformanceKind.BREACHED else first,
        deadline,
        punctual,
        lateness(first, deadline, evaluation.view.zone)
        if is_late and first is not None and deadline is not None
        else None,
        sum(part.verdict is Verdict.MET for part in finding.parts),
        len(finding.parts),
        _progress(finding),
    )


def _kind(
    evaluation: Evaluation,
    provision: Provision,
    finding: Finding,
    bound: Bound | None,
    punctual: Verdict | None,
    broke: datetime | None,
) -> PerformanceKind:
    """Decide what became of an obligation."""
    if finding.verdict is Verdict.MET:
        return PerformanceKind.MET_LATE if punctual is Verdict.UNMET else PerformanceKind.MET
    if finding.verdict.is_open and finding.verdict is not Verdict.PENDING:
        return PerformanceKind.OPEN
    if broke is not None:
        return PerformanceKind.BREACHED
    if _has_ended(evaluation, provision):
        return PerformanceKind.LAPSED
    if _is_partly(finding):
        return PerformanceKind.PARTLY
    if finding.verdict is Verdict.PENDING:
        return PerformanceKind.NOT_DUE
    is_missed = any(isinstance(each.condition, By) for each in _lacking(finding))
    if is_missed or (bound is not None and grace(evaluation, bound) is Verdict.UNMET):
        return PerformanceKind.OVERDUE
    return PerformanceKind.OPEN if punctual in DOUBTS else PerformanceKind.NOT_DUE


def _lacking(finding: Finding) -> Iterator[Finding]:
    """Yield what is demanded and is not so, one demand after the other."""
    if isinstance(finding.condition, AllOf):
        for part in finding.parts:
            yield from _lacking(part)
    elif finding.verdict is Verdict.UNMET:
        yield finding


def _punctual(
    evaluation: Evaluation, required: Condition, bound: Bound | None, first: datetime | None
) -> Verdict | None:
    """Say whether what is required was met by its deadline.

    Besides a deadline that is not certain, doubt comes only from what had been reported for its
    last instant: a date that may lie on either side, or a dispute. What nobody had reported by then
    had not happened, as far as is known.
    """
    if bound is None:
        return None
    at = evaluation.view.at
    track = known_history(evaluation.in_mode(silence=Verdict.UNMET), required)

    def by_then(deadline: datetime | None) -> Verdict:
        if first is not None and (deadline is None or first < deadline):
            return Verdict.MET
        if deadline is None or at < deadline:
            return Verdict.PENDING
        before = track.at(deadline - TICK)
        return before if before in DOUBTS else Verdict.UNMET

    marks = sorted({at, *track.starts} if first is None else {at, first, *track.starts})
    possible = bounds(evaluation, bound, is_end=True, marks=marks)
    return over(possible, lambda deadline: constant(by_then(deadline))).at(at)


def _is_partly(finding: Finding) -> bool:
    """Whether some duty is met, or a number that is demanded has left zero."""
    numbers = (number.progress for number in _numbers(finding))
    return any(part.verdict is Verdict.MET for part in finding.parts) or any(
        done is not None and done.reached > 0 for done in numbers
    )


def _progress(finding: Finding) -> Progress | None:
    """Return how far the number has come, where one is demanded; none if it is all but enough."""
    numbers = list(_numbers(finding))
    is_lacking = any(number.verdict is not Verdict.MET for number in numbers)
    if len(numbers) == 1 and (is_lacking or finding.verdict is Verdict.MET):
        return numbers[0].progress
    return None


def _numbers(finding: Finding) -> Iterator[Finding]:
    """Yield the numbers that are demanded at least; what only triggers a demand is none."""
    match finding.condition:
        case AtLeast():
            yield finding
        case AllOf():
            for part in finding.parts:
                yield from _numbers(part)
        case By() | Ever() | HeldFor() | Throughout() | When():
            yield from _numbers(finding.parts[-1])
        case _:
            return


def _first_met(track: Track, at: datetime) -> datetime | None:
    """Return when something was first met by an instant."""
    first = track.first(Verdict.MET)
    return first if first is not None and first <= at else None


def _force(evaluation: Evaluation, provision: Provision) -> Condition:
    """Return the condition that the text of a provision is in force."""
    return InForce(evaluation.view.scenario.index.proposal_of[provision.id].id)


def _broke(evaluation: Evaluation, provision: Provision, track: Track) -> datetime | None:
    """Return since when what had been met while the text was in force surely was so no longer.

    Of several such instants the last; a dispute about it comes before.
    """
    at = evaluation.view.at
    force = known_history(evaluation, _force(evaluation, provision))
    in_force = [(start, end) for start, end, found in force.spans() if found is Verdict.MET]
    was_kept, broke = False, None
    for start, end, found in track.spans():
        if start > at:
            break
        if found is Verdict.MET:
            was_kept = was_kept or any(_meet(*span, start, end) for span in in_force)
        elif found is Verdict.UNMET and was_kept:
            was_kept, broke = False, start
    return broke


def _meet(
    start: datetime, end: datetime | None, other: datetime, other_end: datetime | None
) -> bool:
    """Whether two stretches have an instant in common."""
    return (other_end is None or start < other_end) and (end is None or other < end)


def _has_ended(evaluation: Evaluation, provision: Provision) -> bool:
    """Whether the text of a provision has run out, or was in force and surely is no longer."""
    view = evaluation.view
    force = known_history(evaluation, _force(evaluation, provision))
    first = force.first(Verdict.MET)
    if force.at(view.at) is not Verdict.UNMET:
        return False
    ends = end_of_proposal(evaluation, view.scenario.index.proposal_of[provision.id])
    has_run_out = ends is not None and view.at > ends - TICK
    return has_run_out or (first is not None and first <= view.at)


def fulfilled_by(provision: Provision) -> tuple[tuple[PartyId, Fulfilled], ...]:
    """Return each obligor of a provision with the condition that it has done its part."""
    obligors = dict.fromkeys(party for duty in provision.duties for party in duty.by)
    return tuple((party, Fulfilled(provision.id, party)) for party in obligors)
