"""Next moves: what would settle what is open or unmet, and who could do it."""

from __future__ import annotations

from collections import (
    deque,
)
from enum import (
    Enum,
)
from typing import (
    TYPE_CHECKING,
    assert_never,
)

from attrs import (
    field,
    frozen,
)

from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Derived,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.ids import (
    PartyId,
)
from ceasefire_model.reprs import (
    counted,
    dotted,
)
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.rules.findings import Finding
from ceasefire_model.verdicts import (
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class MoveKind(Enum):
    """What would settle an open or unmet leaf."""

    CHANGE = "change"
    """It does not hold; somebody must act."""

    ASK = "ask"
    """Its meaning is not agreed; ask who demands it what is meant."""

    VERIFY = "verify"
    """Sources contradict each other."""

    FIND_OUT = "find out"
    """It is not reported."""

    WAIT = "wait"
    """A date or a decision is still to come."""

    __repr__ = dotted


_MOVES = {
    Verdict.UNMET: MoveKind.CHANGE,
    Verdict.MET: MoveKind.CHANGE,
    Verdict.UNCLEAR: MoveKind.ASK,
    Verdict.DISPUTED: MoveKind.VERIFY,
    Verdict.UNKNOWN: MoveKind.FIND_OUT,
    Verdict.PENDING: MoveKind.WAIT,
}


@frozen
class Move:
    """What somebody could do next about some findings."""

    kind: MoveKind
    """What to do."""

    who: tuple[PartyId, ...]
    """In whose power it lies; nobody named where the scenario names nobody."""

    findings: tuple[Finding, ...] = field(repr=counted)
    """The leaves that it would settle."""


def next_moves(findings: Iterable[Finding]) -> tuple[Move, ...]:
    """Group the leaves that stand between findings and ``MET``."""
    groups: dict[tuple[MoveKind, tuple[PartyId, ...]], dict[Condition, Finding]] = {}
    for leaf, holder in _obstacles(findings):
        kind = _MOVES[leaf.verdict if leaf.own is None else leaf.own]
        group = groups.setdefault((kind, _movers(leaf, kind, holder)), {})
        group.setdefault(leaf.condition, leaf)
    kinds = tuple(MoveKind)
    order = sorted(groups, key=lambda group: (kinds.index(group[0]), group[1]))
    return tuple(Move(kind, who, tuple(groups[kind, who].values())) for kind, who in order)


def _obstacles(roots: Iterable[Finding]) -> Iterator[tuple[Finding, PartyId | None]]:
    """Yield the leaves that keep findings from ``MET``, each with who demands it.

    What is satisfied already is left out, with all that is beside it in an alternative.
    """
    waiting: deque[tuple[Finding, Verdict, PartyId | None]] = deque(
        (root, Verdict.MET, None) for root in roots
    )
    opened: set[tuple[Condition, Verdict]] = set()
    while waiting:
        finding, wanted, above = waiting.popleft()
        condition = finding.condition
        if finding.verdict is wanted or (condition, wanted) in opened:
            continue
        opened.add((condition, wanted))
        holder = finding.precondition.held_by if finding.precondition else above
        if isinstance(condition, Not):
            waiting.append((finding.parts[0], _CONTRARY[wanted], holder))
            continue
        if _is_obstacle(finding, wanted):
            yield finding, holder
        waiting.extend((part, wanted, holder) for part in _levers(finding, wanted))


_CONTRARY = {Verdict.MET: Verdict.UNMET, Verdict.UNMET: Verdict.MET}


def _is_obstacle(finding: Finding, wanted: Verdict) -> bool:
    """Whether a finding stands in the way itself, and not only through its parts."""
    match finding.condition:
        case AllOf() | AnyOf() | AtLeastOf() | Not() | Ever() | When():
            return False
        case Done():
            return wanted is Verdict.MET or finding.verdict is not Verdict.MET  # nobody undoes it
        case By() | Throughout():
            return wanted is Verdict.UNMET or finding.verdict is not Verdict.UNMET  # for good
        case HeldFor():
            return True
        case Vague():
            return finding.verdict is Verdict.UNCLEAR
        case InForce() if wanted is Verdict.MET and finding.own is Verdict.UNMET:
            return False  # it has run out, and nobody can mend that
        case Accepts() | InForce() | Fulfilled():
            return wanted is Verdict.UNMET or finding.own is not Verdict.MET
        case Holds() | AtLeast() | AtMost() | Answered():
            return True
        case _:
            assert_never(finding.condition)


def _levers(finding: Finding, wanted: Verdict) -> tuple[Finding, ...]:
    """Return the parts through which a finding could become what is wanted."""
    condition = finding.condition
    if isinstance(condition, Derived) and wanted is Verdict.UNMET:
        return ()
    is_over = isinstance(condition, InForce) and finding.own is Verdict.UNMET
    if is_over or (isinstance(condition, By | Throughout) and finding.verdict is Verdict.UNMET):
        return ()
    if isinstance(condition, Vague):
        agreed = agreed_meaning(finding.view, condition)
        if agreed is not None:
            return tuple(part for part in finding.parts if part.meaning == agreed)
        return () if finding.verdict is Verdict.UNCLEAR else finding.parts
    return finding.parts


def _movers(finding: Finding, kind: MoveKind, holder: PartyId | None) -> tuple[PartyId, ...]:
    """Return in whose power a leaf lies."""
    scenario = finding.view.scenario
    match finding.condition:
        case Accepts(party=party):
            return (party,)
        case Fulfilled(provision=name):
            duties = scenario.provision(name).duties
            return tuple(dict.fromkeys(party for duty in duties for party in duty.by))
        case Holds(state=name) | Done(act=name) | AtLeast(fact=name) | AtMost(fact=name):
            return scenario.fact(name).by if kind is MoveKind.CHANGE else ()
        case Answered(question=name):
            return scenario.fact(name).by
        case InForce() | AllOf() | AnyOf() | AtLeastOf() | Not():
            return ()
        case Ever() | By() | HeldFor() | Throughout() | When():
            return ()
        case Vague():
            return () if holder is None else (holder,)
        case _:
            assert_never(finding.condition)
