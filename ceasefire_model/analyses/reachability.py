"""What can be brought about, given goodwill, in view of what waits for what.

A thing can be brought about unless it is gated or made of others; a gated one when the needs of all
its preconditions are: ``BEFORE`` in an earlier step, ``TOGETHER`` and ``WHILE`` in an earlier or
the same. What holds already is reached. A need that contradicts itself never is.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ceasefire_model.analyses.openings import (
    NOTHING,
    Requirement,
    follows,
    gated_by_subject,
    gates_on,
    is_reached,
    opened,
    things_in,
)
from ceasefire_model.analyses.possibility import is_possible
from ceasefire_model.conditions import AllOf, AnyOf, AtLeastOf, Condition, Not
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ceasefire_model.proposals import Precondition


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

    firsts: dict[Condition, Condition] = field(init=False, factory=dict[Condition, Condition])
    """The event that must have come before each of those that follow one."""

    used_by: dict[Condition, list[Condition]] = field(
        init=False, repr=False, factory=dict[Condition, list[Condition]]
    )
    """For each thing those that wait for it or come to it, once that was asked."""

    possible: dict[Precondition, bool] = field(
        init=False, repr=False, factory=dict["Precondition", bool]
    )
    """Whether what a precondition needs does not contradict itself, once that was asked."""

    @staticmethod
    def of(evaluation: Evaluation, roots: Iterable[Condition]) -> Web:
        """Follow what conditions wait for."""
        web = Web(evaluation)
        table = gated_by_subject(evaluation)
        waiting = deque(thing for root in roots for thing in web._lacking(root))
        while waiting:
            thing = waiting.popleft()
            if thing in web.gates:
                continue
            web.gates[thing] = tuple(
                web._sound(gate)
                for gate in gates_on(evaluation, thing, table)
                if not web.holds(gate.precondition.of)
            )
            web.openings[thing] = opened(evaluation, thing)
            first = follows(evaluation, thing)
            if first is not NOTHING and not web.holds(first):
                web.firsts[thing] = first
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

    def _sound(self, gate: Requirement) -> Requirement:
        """Return a requirement, marked where what it needs contradicts itself."""
        if gate.precondition not in self.possible:
            self.possible[gate.precondition] = is_possible(self.evaluation, gate.needs)
        return evolve(gate, is_possible=self.possible[gate.precondition])

    def needs_of(self, thing: Condition) -> list[Condition]:
        """Return the conditions that a thing waits for or comes to."""
        gates = [gate.needs for gate in self.gates[thing]]
        return [*gates, self.openings[thing], *self._first_of(thing)]

    def _first_of(self, thing: Condition) -> list[Condition]:
        return [self.firsts[thing]] if thing in self.firsts else []

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
            web.firsts.update((thing, first) for first in self._first_of(thing))
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
        web.firsts.update(self.firsts)
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
        needs = [each.needs for each in self.gates[thing] if each.before]
        return all(is_reached(each, has) for each in (*needs, *self._first_of(thing)))

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
        web = self.turned(every)
        for thing, first in self.firsts.items():
            web.openings[thing] = AllOf([self.openings[thing], first])
        web.firsts.clear()
        return web.stuck()
