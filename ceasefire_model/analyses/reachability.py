"""What can be brought about, given goodwill, in view of what waits for what.

A *thing* is a leaf or the negation of one. It can be brought about unless it is gated; a gated one
when the needs of all its preconditions are: ``BEFORE`` in an earlier step, ``TOGETHER`` and
``WHILE`` in an earlier or the same. What holds already is reached.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import TYPE_CHECKING, assert_never

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
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Temporal,
    Throughout,
    Times,
    Vague,
    When,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.acceptance import Option, has_word
from ceasefire_model.rules.evaluation import (
    Evaluation,
    agreed_meaning,
    dated,
    grace,
    verdict,
)
from ceasefire_model.rules.readings import is_reported
from ceasefire_model.rules.views import View, view
from ceasefire_model.verdicts import Verdict, conjunction, negation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date, datetime
    from decimal import Decimal

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.scenarios import Scenario

NOTHING = AllOf(())
"""What is met at once."""

NEVER = AnyOf(())
"""What nothing can meet."""


def contrary(thing: Condition) -> Condition:
    """Return the negation of a leaf, or the leaf that is negated."""
    return thing.part if isinstance(thing, Not) else Not(thing)


def things_in(condition: Condition, *, negated: bool = False) -> Iterator[Condition]:
    """Yield the things that a condition is made of; a vague demand is one of them."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            for part in parts:
                yield from things_in(part, negated=negated)
        case Not(part=part):
            yield from things_in(part, negated=not negated)
        case _:
            yield Not(condition) if negated else condition


def is_reached(
    condition: Condition, has: Callable[[Condition], bool], *, negated: bool = False
) -> bool:
    """Whether a condition is made true by the things that one has."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            each = (is_reached(part, has, negated=negated) for part in parts)
            return all(each) if isinstance(condition, AllOf) is not negated else any(each)
        case AtLeastOf(count=least, parts=parts):
            needed = len(parts) - least + 1 if negated else least
            return sum(is_reached(part, has, negated=negated) for part in parts) >= needed
        case Not(part=part):
            return is_reached(part, has, negated=not negated)
        case _:
            return has(Not(condition) if negated else condition)


def opened(evaluation: Evaluation, thing: Condition) -> Condition:
    """Return what a thing comes to: ``NOTHING`` if to no other, ``NEVER`` if it is out of reach."""
    leaf = thing.part if isinstance(thing, Not) else thing
    negated = leaf is not thing
    match leaf:
        case Done():
            done = negated and verdict(evaluation, leaf) is Verdict.MET
            return NEVER if done else NOTHING
        case Holds() | AtLeast() | AtMost() | Answered():
            return NOTHING
        case Vague():
            return _opened_demand(evaluation, leaf, negated=negated)
        case Accepts() | InForce() | Fulfilled():
            inner = _opened_text(evaluation, leaf)
            return Not(inner) if negated and inner is not NOTHING else inner
        case Ever() | By() | HeldFor() | Throughout() | When():
            return Not(inner_of(leaf)) if negated else inner_of(leaf)
        case AllOf() | AnyOf() | AtLeastOf() | Not():
            return thing
        case _:
            assert_never(leaf)


def inner_of(condition: Temporal) -> Condition:
    """Return what a condition about the history is about."""
    match condition:
        case Ever(condition=inner) | By(condition=inner) | HeldFor(condition=inner):
            return inner
        case Throughout(condition=inner):
            return inner
        case When(then=then):
            return then
        case _:
            assert_never(condition)


def _opened_demand(evaluation: Evaluation, demand: Vague, *, negated: bool) -> Condition:
    """Return the meaning agreed, or one of all; whatever is meant, if none has been named."""
    agreed = agreed_meaning(evaluation.view, demand)
    meanings = demand.meanings if agreed is None else (agreed,)
    found = [Not(each.condition) if negated else each.condition for each in meanings]
    return AnyOf(found) if found else NOTHING


def _opened_text(evaluation: Evaluation, leaf: Accepts | InForce | Fulfilled) -> Condition:
    scenario = evaluation.view.scenario
    match leaf:
        case Accepts(party=party, of=text):
            members = scenario.party(party).members
            if not members or has_word(evaluation.view, leaf):
                return NOTHING
            return AllOf([Accepts(member, text) for member in members])
        case InForce(proposal=name):
            proposal = scenario.proposal(name)
            needs: list[Condition] = [Accepts(party, name) for party in proposal.to]
            if proposal.in_force is not None and is_reported(evaluation.view, proposal.in_force):
                needs.append(Holds(proposal.in_force))
            elif as_dated(evaluation, evaluation.rewriting(leaf).options[0]).own is Verdict.UNMET:
                return NEVER
            return AllOf(needs)
        case Fulfilled(provision=name, by=by):
            duties = scenario.provision(name).duties
            return AllOf([each.requires for each in duties if by is None or by in each.by])
        case _:
            assert_never(leaf)


def as_dated(evaluation: Evaluation, option: Option) -> Option:
    """Return an option with what its dates give now, and a deadline only where it is to come."""
    due = option.due if grace(evaluation, option.due).is_open else None
    own = conjunction([option.own, dated(evaluation, option)])
    return evolve(option, own=own, starts=None, ends=None, due=due)


class _Side(Enum):
    """On which side of a threshold a number lies."""

    ABOVE = 1
    BELOW = -1


@frozen
class _HalfLine:
    """The numbers on one side of a threshold, with it or without."""

    side: _Side
    threshold: Decimal | Times
    closed: bool

    def is_within(self, other: _HalfLine) -> bool:
        """Whether every number in it is in another."""
        if self.side is not other.side:
            return False
        here, there = self.threshold, other.threshold
        if here == there:
            return other.closed or not self.closed
        if isinstance(here, Times) or isinstance(there, Times):
            return False
        return here > there if self.side is _Side.ABOVE else here < there


def _half_line(thing: Condition) -> _HalfLine | None:
    match thing:
        case AtLeast(value=value):
            return _HalfLine(_Side.ABOVE, value, closed=True)
        case AtMost(value=value):
            return _HalfLine(_Side.BELOW, value, closed=True)
        case Not(part=AtLeast(value=value)):
            return _HalfLine(_Side.BELOW, value, closed=False)
        case Not(part=AtMost(value=value)):
            return _HalfLine(_Side.ABOVE, value, closed=False)
        case _:
            return None


def implies(view: View, thing: Condition, other: Condition) -> bool:
    """Whether one thing brings another about: ten do five, the whole text its provisions."""
    if thing == other:
        return True
    match thing, other:
        case Accepts(), Accepts():
            whole = view.scenario.index.proposal_of.get(other.of)
            same = whole is not None and (thing.party, thing.of) == (other.party, whole.id)
            return same and not has_word(view, other)
        case Fulfilled(by=None), Fulfilled():
            return thing.provision == other.provision
        case Not(part=(Accepts() | Fulfilled()) as one), Not(part=(Accepts() | Fulfilled()) as two):
            return implies(view, two, one)
        case _:
            here, there = _half_line(thing), _half_line(other)
            return here is not None and there is not None and here.is_within(there)


def subject(thing: Condition) -> object:
    """Return what a thing is about: only things about the same bring each other about."""
    leaf = thing.part if isinstance(thing, Not) else thing
    match leaf:
        case AtLeast(fact=name) | AtMost(fact=name):
            return name
        case Accepts(party=party):
            return Accepts, party
        case Fulfilled(provision=name):
            return Fulfilled, name
        case _:
            return leaf


@frozen
class Requirement:
    """One precondition of a thing, as it stands now."""

    precondition: Precondition
    before: bool
    """Whether what it needs must come in an earlier step."""

    @property
    def needs(self) -> Condition:
        """What it needs."""
        return self.precondition.needs


@frozen(eq=False)
class Web:
    """Things not yet so, with what each waits for."""

    evaluation: Evaluation
    gates: dict[Condition, tuple[Requirement, ...]] = field(
        init=False, factory=dict[Condition, tuple[Requirement, ...]]
    )
    """The preconditions of each thing that does not hold already."""

    openings: dict[Condition, Condition] = field(init=False, factory=dict[Condition, Condition])
    """What each of these things comes to."""

    used_by: dict[Condition, list[Condition]] = field(
        init=False, repr=False, factory=dict[Condition, list[Condition]]
    )
    """For each thing those that wait for it or come to it, once that was asked."""

    @staticmethod
    def of(evaluation: Evaluation, roots: Iterable[Condition]) -> Web:
        """Follow what conditions wait for."""
        web = Web(evaluation)
        table = standing_by_subject(evaluation.view)
        waiting = deque(thing for root in roots for thing in web._lacking(root))
        while waiting:
            thing = waiting.popleft()
            if thing in web.gates:
                continue
            web.gates[thing] = tuple(
                gate
                for gate in gates_on(evaluation.view, thing, table)
                if not web.holds(gate.precondition.of)
            )
            web.openings[thing] = opened(evaluation, thing)
            for needed in web.needs_of(thing):
                waiting.extend(web._lacking(needed))
        return web

    def _lacking(self, condition: Condition, *, negated: bool = False) -> Iterator[Condition]:
        """Yield the things in a condition that it may still need: none of a part that is met."""
        if self.holds(Not(condition) if negated else condition):
            return
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
                for part in parts:
                    yield from self._lacking(part, negated=negated)
            case Not(part=part):
                yield from self._lacking(part, negated=not negated)
            case _:
                yield Not(condition) if negated else condition

    def holds(self, thing: Condition) -> bool:
        """Whether a thing holds already."""
        if isinstance(thing, Not):
            return negation(verdict(self.evaluation, thing.part)) is Verdict.MET
        return verdict(self.evaluation, thing) is Verdict.MET

    def needs_of(self, thing: Condition) -> list[Condition]:
        """Return the conditions that a thing waits for or comes to."""
        return [*(gate.needs for gate in self.gates[thing]), self.openings[thing]]

    def within(
        self,
        roots: Iterable[Condition],
        kept: Iterable[Precondition] | None = None,
    ) -> Web:
        """Return what some things rest on, where only some preconditions stand.

        Args:
            roots: The things; those that are not in the web are left out.
            kept: The preconditions that stand; by default all.
        """
        web = Web(self.evaluation)
        names = None if kept is None else {each.id for each in kept}
        waiting = [thing for thing in roots if thing in self.gates]
        while waiting:
            thing = waiting.pop()
            if thing in web.gates:
                continue
            web.openings[thing] = self.openings[thing]
            web.gates[thing] = tuple(
                gate for gate in self.gates[thing] if names is None or gate.precondition.id in names
            )
            for needed in web.needs_of(thing):
                waiting.extend(other for other in things_in(needed) if other in self.gates)
        return web

    def turned(self, together: Iterable[Precondition]) -> Web:
        """Return the same things, where some preconditions are turned ``TOGETHER``."""
        names = {each.id for each in together}
        web = Web(self.evaluation)
        web.openings.update(self.openings)
        web.used_by.update(self.users())
        for thing, gates in self.gates.items():
            web.gates[thing] = tuple(
                evolve(gate, before=False) if gate.precondition.id in names else gate
                for gate in gates
            )
        return web

    def users(self) -> dict[Condition, list[Condition]]:
        """Return for each thing those that wait for it or come to it."""
        if not self.used_by:
            self.used_by.update((thing, []) for thing in self.gates)
            for thing in self.gates:
                for needed in self.needs_of(thing):
                    for other in things_in(needed):
                        if other in self.used_by:
                            self.used_by[other].append(thing)
        return self.used_by

    def layers(self) -> list[list[Condition]]:
        """Return what can be reached, step by step, each step in the order of the web.

        The least fixpoint for what must come first, of the greatest for what may come along.
        """
        users, reached = self.users(), set[Condition]()
        ready: dict[Condition, None] = {}
        fresh: Iterable[Condition] = self.gates
        found: list[list[Condition]] = []
        while True:
            ready |= dict.fromkeys(each for each in fresh if self._may_start(each, reached))
            step = self._together(ready, reached, users)
            if not step:
                return found
            found.append(step)
            reached.update(step)
            for thing in step:
                del ready[thing]
            used = (user for thing in step for user in users[thing])
            fresh = [user for user in dict.fromkeys(used) if user not in reached]

    def _may_start(self, thing: Condition, reached: set[Condition]) -> bool:
        """Whether all that must come before a thing has been reached."""
        has = self._has(reached)
        return all(is_reached(each.needs, has) for each in self.gates[thing] if each.before)

    def _has(self, reached: Collection[Condition]) -> Callable[[Condition], bool]:
        return lambda thing: thing in reached or thing not in self.gates

    def _together(
        self,
        ready: dict[Condition, None],
        reached: set[Condition],
        users: dict[Condition, list[Condition]],
    ) -> list[Condition]:
        """Return those that can be brought about in one step, together with each other."""
        present = reached | ready.keys()
        has = self._has(present)
        waiting = list(ready)
        while waiting:
            thing = waiting.pop()
            if thing in present and thing in ready and not self._is_carried(thing, has):
                present.remove(thing)
                waiting.extend(users[thing])
        return [thing for thing in ready if thing in present]

    def _is_carried(self, thing: Condition, has: Callable[[Condition], bool]) -> bool:
        at_once = [gate.needs for gate in self.gates[thing] if not gate.before]
        return all(is_reached(needed, has) for needed in (*at_once, self.openings[thing]))

    def stuck(self) -> dict[Condition, None]:
        """Return what no order of steps reaches."""
        reached = {thing for step in self.layers() for thing in step}
        return dict.fromkeys(thing for thing in self.gates if thing not in reached)

    def blocked(self) -> dict[Condition, None]:
        """Return what is not even reached if all moved at once."""
        every = (gate.precondition for gates in self.gates.values() for gate in gates)
        return self.turned(every).stuck()


def standing_by_subject(view: View) -> dict[object, list[Condition]]:
    """Return the things that have preconditions, by what they are about."""
    table: dict[object, list[Condition]] = {}
    for gated in view.scenario.index.gates:
        table.setdefault(subject(gated), []).append(gated)
    return table


def gates_on(
    view: View, thing: Condition, table: dict[object, list[Condition]]
) -> Iterator[Requirement]:
    """Yield the preconditions of a thing, and of what it brings about."""
    for gated in table.get(subject(thing), ()):
        if implies(view, thing, gated):
            for each in view.standing(gated):
                yield Requirement(each, view.timing(each) is Timing.BEFORE)


def evaluation_of(
    scenario: Scenario,
    target: Condition | None,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None,
    trust: Trust | None,
) -> Evaluation:
    """Check a target, and take the view in which an analysis judges.

    Raises:
        ModelError: If the target is no condition, a time is none or imprecise, or ``as_of`` lies
            after ``known_by``.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    if target is not None:
        if not isinstance(target, Condition):
            raise ModelError(f"a target is a condition, such as InForce('plan'), got {target!r}")
        scenario.check(target)
    return Evaluation(view(scenario, as_of=as_of, known_by=known_by, trust=trust))
