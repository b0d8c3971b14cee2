"""How an obligation was performed: met, late, partly, overdue, breached, lapsed.

Reported beside the verdict; lateness never blocks what follows.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import AllOf, Condition, Fulfilled, InForce
from ceasefire_model.moments import TICK
from ceasefire_model.rules.evaluation import Evaluation, Progress, find
from ceasefire_model.rules.histories import due_of, end_of_proposal, known_history
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from ceasefire_model.conditions import Bound
    from ceasefire_model.ids import PartyId
    from ceasefire_model.proposals import Provision
    from ceasefire_model.rules.evaluation import Finding
    from ceasefire_model.rules.tracks import Track


class PerformanceKind(Enum):
    """What became of an obligation by an instant."""

    MET = "met"
    MET_LATE = "met late"
    PARTLY = "partly"
    """Some of it, and no breach."""

    NOT_DUE = "not due"
    """Not met, and no deadline has passed."""

    OVERDUE = "overdue"
    BREACHED = "breached"
    """It was met while the text was in force, and no longer is."""

    LAPSED = "lapsed"
    """Not met, and the text has ended."""

    OPEN = "open"
    """In doubt; the verdict says how."""


@frozen
class Performance:
    """How what an obligor owes was performed by an instant."""

    kind: PerformanceKind
    verdict: Verdict
    """Whether what is required is so now, deadlines apart."""

    since: datetime | None = None
    """When it was first met, or, where it is breached, when it broke; in UTC."""

    due: datetime | None = None
    """When its deadline is over, in UTC; none where there is none, or none is certain."""

    late_by: timedelta | None = None
    """How long after the deadline it was first met."""

    met: int = 0
    """How many of the duties are met."""

    of: int = 0
    """How many duties there are."""

    progress: Progress | None = None
    """How far the one number that is demanded has come."""


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
    duties = [each.requires for each in provision.duties if by is None or by in each.by]
    finding = find(evaluation, AllOf(duties), address=f"performance({provision.id})")
    track = known_history(evaluation, AllOf(duties))
    deadline = due_of(evaluation, provision.due if due is None else due)
    first = _first_met(track, evaluation.view.at)
    broke = _broke(evaluation, provision, track) if finding.verdict is Verdict.UNMET else None
    kind = _kind(evaluation, provision, finding, first, deadline, broke)
    late = kind is PerformanceKind.MET_LATE and first is not None and deadline is not None
    return Performance(
        kind,
        finding.verdict,
        broke if kind is PerformanceKind.BREACHED else first,
        deadline,
        first - deadline if late and first is not None and deadline is not None else None,
        sum(part.verdict is Verdict.MET for part in finding.parts),
        len(finding.parts),
        _progress(finding),
    )


def _kind(
    evaluation: Evaluation,
    provision: Provision,
    finding: Finding,
    first: datetime | None,
    deadline: datetime | None,
    broke: datetime | None,
) -> PerformanceKind:
    """Decide what became of an obligation."""
    at = evaluation.view.at
    if finding.verdict is Verdict.MET:
        is_late = first is not None and deadline is not None and first >= deadline
        return PerformanceKind.MET_LATE if is_late else PerformanceKind.MET
    if finding.verdict.is_open:
        return PerformanceKind.OPEN
    if broke is not None:
        return PerformanceKind.BREACHED
    if _has_ended(evaluation, provision):
        return PerformanceKind.LAPSED
    if _is_partly(finding):
        return PerformanceKind.PARTLY
    is_over = deadline is not None and at >= deadline
    return PerformanceKind.OVERDUE if is_over else PerformanceKind.NOT_DUE


def _is_partly(finding: Finding) -> bool:
    """Whether some duty is met, or a number that is demanded has left zero."""
    done = _progress(finding)
    return any(part.verdict is Verdict.MET for part in finding.parts) or (
        done is not None and done.reached > 0
    )


def _progress(finding: Finding) -> Progress | None:
    """Return how far the number has come, where one number is all that is demanded."""
    found = [node.progress for node in finding.walk() if node.progress is not None]
    return found[0] if len(found) == 1 else None


def _first_met(track: Track, at: datetime) -> datetime | None:
    """Return when something was first met by an instant."""
    first = track.first(Verdict.MET)
    return first if first is not None and first <= at else None


def _force(evaluation: Evaluation, provision: Provision) -> Condition:
    """Return the condition that the text of a provision is in force."""
    return InForce(evaluation.view.scenario.index.proposal_of[provision.id].id)


def _broke(evaluation: Evaluation, provision: Provision, track: Track) -> datetime | None:
    """Return when what had been met while the text was in force broke for the last time."""
    at = evaluation.view.at
    kept = [
        (start, end)
        for start, end, found in track.spans()
        if found is Verdict.MET and end is not None and end <= at
    ]
    if not kept:
        return None
    force = known_history(evaluation, _force(evaluation, provision))
    in_force = [(start, end) for start, end, found in force.spans() if found is Verdict.MET]
    broken = [end for start, end in kept if any(_meet(*span, start, end) for span in in_force)]
    return broken[-1] if broken else None


def _meet(start: datetime, end: datetime | None, other: datetime, other_end: datetime) -> bool:
    """Whether two stretches have an instant in common."""
    return start < other_end and (end is None or other < end)


def _has_ended(evaluation: Evaluation, provision: Provision) -> bool:
    """Whether the text of a provision has run out."""
    view = evaluation.view
    proposal = view.scenario.index.proposal_of[provision.id]
    ends = end_of_proposal(evaluation, proposal)
    return ends is not None and view.at > ends - TICK


def fulfilled_by(provision: Provision) -> tuple[tuple[PartyId, Fulfilled], ...]:
    """Return each obligor of a provision with the condition that it has done its part."""
    obligors = dict.fromkeys(party for duty in provision.duties for party in duty.by)
    return tuple((party, Fulfilled(provision.id, party)) for party in obligors)
