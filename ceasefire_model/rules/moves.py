"""Next moves: what would settle what is open or unmet, and who could do it."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, assert_never, cast

from attrs import evolve, field, frozen

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
from ceasefire_model.ids import PartyId, PreconditionId, ProvisionId
from ceasefire_model.reprs import counted, dotted, spelled
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.rules.findings import Finding, as_it_stands
from ceasefire_model.rules.tracks import DOUBTS
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


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

    DECIDE = "decide"
    """A party's word is still to come, or would have to be another."""

    WAIT = "wait"
    """A date is still to come."""

    __repr__ = dotted


_MOVES = {
    Verdict.UNMET: MoveKind.CHANGE,
    Verdict.MET: MoveKind.CHANGE,
    Verdict.UNCLEAR: MoveKind.ASK,
    Verdict.DISPUTED: MoveKind.VERIFY,
    Verdict.UNKNOWN: MoveKind.FIND_OUT,
    Verdict.PENDING: MoveKind.WAIT,
}

_DECIDED = {
    Verdict.DISPUTED: MoveKind.VERIFY,
    Verdict.UNCLEAR: MoveKind.ASK,
}
"""What settles an acceptance; whatever else is open about one, its party decides."""


@frozen
class Move:
    """What somebody could do next about one demand or clause.

    Attributes:
        kind: What to do.
        who: In whose power it lies; nobody named where the scenario names nobody.
        findings: The leaves that it would settle.
        provision: The clause that asks for it, if one does.
        precondition: The precondition that asks for it, if one does.
        due: When it falls due, in UTC, if that is certain.
    """

    __repr__ = spelled

    kind: MoveKind
    who: tuple[PartyId, ...]
    findings: tuple[Finding, ...] = field(repr=counted)
    provision: ProvisionId | None = None
    precondition: PreconditionId | None = None
    due: datetime | None = None

    def __str__(self) -> str:
        """Write it in words."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)


@frozen
class Root:
    """Something demanded or owed, from which one looks for what stands in its way."""

    __repr__ = spelled

    finding: Finding
    owed_by: tuple[PartyId, ...] = ()
    """Who owes it, if it is a duty."""

    provision: ProvisionId | None = None
    due: datetime | None = None
    is_standing: bool = False
    """Whether it must always be so, so that one can stop breaking it though it is broken."""

    is_event: bool = False
    """Whether it is an event that a date follows: one asks whether it has happened, no more."""


@frozen
class _Obstacle:
    finding: Finding
    wanted: Verdict
    holder: PartyId | None
    precondition: PreconditionId | None
    root: Root


def next_moves(roots: Iterable[Root]) -> tuple[Move, ...]:
    """Say what stands between what is demanded or owed and ``MET``, and who could do what."""
    found: dict[tuple[object, ...], list[_Obstacle]] = {}
    seen: set[tuple[Condition, MoveKind]] = set()
    for each in _obstacles(roots):
        kind = _kind_of(each.finding)
        if kind is None or (each.finding.condition, kind) in seen:
            continue
        seen.add((each.finding.condition, kind))
        key = (kind, _movers(each, kind), each.root.provision, each.precondition, each.root.due)
        found.setdefault(key, []).append(each)
    moves = [_move(key, group) for key, group in found.items()]
    return tuple(sorted(moves, key=lambda move: (_KINDS.index(move.kind), move.who)))


_KINDS = tuple(MoveKind)


def _move(key: tuple[object, ...], group: Sequence[_Obstacle]) -> Move:
    kind, who, provision, precondition, due = key
    findings = tuple(_highest(each.finding for each in group))
    return Move(
        cast("MoveKind", kind),
        cast("tuple[PartyId, ...]", who),
        findings,
        cast("ProvisionId | None", provision),
        cast("PreconditionId | None", precondition),
        cast("datetime | None", due),
    )


def _highest(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out every threshold of a number that a higher one includes."""
    found = list(findings)
    for finding in found:
        asked = finding.condition
        if not (
            isinstance(asked, AtLeast)
            and any(
                isinstance(other.condition, AtLeast)
                and other.condition.fact == asked.fact
                and isinstance(asked.value, Decimal)
                and isinstance(other.condition.value, Decimal)
                and other.condition.value > asked.value
                for other in found
            )
        ):
            yield finding


def _kind_of(finding: Finding) -> MoveKind | None:
    verdict = finding.verdict if finding.own is None else finding.own
    if isinstance(finding.condition, Accepts):
        return _DECIDED.get(verdict, MoveKind.DECIDE)
    return _MOVES[verdict]


def _obstacles(roots: Iterable[Root]) -> Iterator[_Obstacle]:
    """Yield the leaves that keep roots from ``MET``, each with who demands it.

    What is satisfied already is left out, with all that is beside it in an alternative.
    """
    waiting = deque(_Obstacle(root.finding, Verdict.MET, None, None, root) for root in roots)
    opened: set[tuple[Condition, Verdict]] = set()
    while waiting:
        each = waiting.popleft()
        finding, condition = each.finding, each.finding.condition
        if finding.verdict is each.wanted or (condition, each.wanted) in opened:
            continue
        opened.add((condition, each.wanted))
        if finding.precondition is not None:
            gate = finding.precondition
            each = evolve(each, holder=gate.held_by, precondition=gate.id)
        if isinstance(condition, Not):
            (part,) = finding.parts
            waiting.append(evolve(each, finding=part, wanted=_CONTRARY[each.wanted]))
            continue
        if _is_obstacle(each):
            yield each
        for part in _levers(each):
            root = evolve(each.root, is_event=True) if _is_event(finding, part) else each.root
            waiting.append(evolve(each, finding=part, root=root))


_CONTRARY = {Verdict.MET: Verdict.UNMET, Verdict.UNMET: Verdict.MET}


def _is_event(finding: Finding, part: Finding) -> bool:
    """Whether a part is the event that the start of a text or a clause follows."""
    return isinstance(finding.condition, InForce) and part.address.endswith("/starts")


def _is_obstacle(each: _Obstacle) -> bool:
    """Whether a finding stands in the way itself, and not only through its parts."""
    finding, wanted = each.finding, each.wanted
    if each.root.is_event and finding.verdict not in DOUBTS:
        return False
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
        case Accepts() | InForce():
            return wanted is Verdict.UNMET or finding.own is not Verdict.MET
        case Fulfilled():
            return wanted is Verdict.UNMET or not finding.parts
        case Holds() | AtLeast() | AtMost() | Answered():
            return True
        case _:
            assert_never(finding.condition)


def _levers(each: _Obstacle) -> tuple[Finding, ...]:
    """Return the parts through which a finding could become what is wanted."""
    finding = each.finding
    condition = finding.condition
    if isinstance(condition, Derived) and each.wanted is Verdict.UNMET:
        return ()
    match condition:
        case InForce() if finding.own is Verdict.UNMET:
            return ()
        case InForce():
            return tuple(part for part in finding.parts if not part.address.endswith("/ends"))
        case When():
            # who would pull the trigger? nobody is asked to open fire
            trigger, then = finding.parts
            return (then,) if trigger.has_been_met else ()
        case By() if finding.verdict is Verdict.UNMET:
            return ()
        case Throughout() if finding.verdict is Verdict.UNMET and not each.root.is_standing:
            return ()
        case Ever() | By() | HeldFor() | Throughout():
            return (as_it_stands(finding, condition),)  # nobody can move in the past
        case Vague():
            agreed = agreed_meaning(finding.view, condition)
            if agreed is not None:
                return tuple(part for part in finding.parts if part.meaning == agreed)
            return () if finding.verdict is Verdict.UNCLEAR else finding.parts
        case _:
            return finding.parts


def _movers(each: _Obstacle, kind: MoveKind) -> tuple[PartyId, ...]:
    """Return in whose power a leaf lies: as the fact has it, or else with those who owe it."""
    scenario = each.finding.view.scenario
    match each.finding.condition:
        case Accepts(party=party):
            return (party,)
        case Fulfilled(provision=name):
            duties = scenario.provision(name).duties
            return tuple(dict.fromkeys(party for duty in duties for party in duty.by))
        case Holds(state=name) | Done(act=name) | AtLeast(fact=name) | AtMost(fact=name):
            able = scenario.fact(name).by or each.root.owed_by
            return able if kind is MoveKind.CHANGE else ()
        case Answered(question=name):
            return scenario.fact(name).by
        case InForce() | AllOf() | AnyOf() | AtLeastOf() | Not():
            return ()
        case Ever() | By() | HeldFor() | Throughout() | When():
            return ()
        case Vague():
            return () if each.holder is None else (each.holder,)
        case _:
            assert_never(each.finding.condition)
