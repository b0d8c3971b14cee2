"""Orders: in which order changes can be made, so that each precondition is heeded on the way.

Each change is made once. Where a need that holds now is undone by another change, that one has to
come later; where one thing would have to be undone and done again, there is no order.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from ceasefire_model.analyses.openings import implies, is_reached, opened, resting_on
from ceasefire_model.analyses.shifts import Shift, ShiftKind
from ceasefire_model.analyses.wishes import Wishes
from ceasefire_model.conditions import Accepts, Condition, Not
from ceasefire_model.moments import moment
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.suppositions import SupposedFact, Supposition
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ceasefire_model.proposals import Precondition

_Made: TypeAlias = frozenset[Shift]
"""The changes made so far."""

Layers: TypeAlias = tuple[tuple[Shift, ...], ...]


def in_order(
    wishes: Wishes, shifts: Iterable[Shift], until: datetime | None = None
) -> Layers | None:
    """Return changes in layers, each as early as it can be; none if no order heeds what it must.

    What must be heeded is what bears on what one asks for; what comes about besides, nobody asked.

    Args:
        wishes: What is asked for.
        shifts: The changes.
        until: Until when one can wait for what is needed.
    """
    made = tuple(shifts)
    gates = (each for each in (*wishes.gates, *wishes.lines) if not _is_dropped(made, *each))
    return _Orders(wishes.evaluation, until, made, tuple(gates)).found()


def _is_dropped(shifts: tuple[Shift, ...], gate: Precondition, thing: Condition) -> bool:
    """Whether a precondition bears on no order.

    One on the acceptance of the party that holds it does not: what the party says on conditions
    comes to acceptance as they are met, and its plain word drops them. Nor does one on a thing that
    is only found out to be so already.
    """
    if isinstance(gate.of, Accepts) and gate.of.party == gate.held_by:
        return True
    return any(shift.kind is ShiftKind.VERIFY and _is_about(shift, thing) for shift in shifts)


@frozen(eq=False)
class _Orders:
    """The orders of some changes."""

    evaluation: Evaluation
    until: datetime | None
    shifts: tuple[Shift, ...]
    gates: tuple[tuple[Precondition, Condition], ...]
    """The preconditions to be heeded, each with the thing it is of."""

    states: dict[_Made, Evaluation] = field(init=False, factory=dict[_Made, Evaluation])
    """What would be so, by the changes made."""

    def found(self) -> Layers | None:
        """Look for an order, the fewest layers first."""
        layers: dict[_Made, Layers] = {frozenset(): ()}
        every = frozenset(self.shifts)
        while layers and every not in layers:
            longer: dict[_Made, Layers] = {}
            for made, before in layers.items():
                for step in self._steps(made):
                    longer.setdefault(made | set(step), (*before, step))
            layers = longer
        found = layers.get(every)
        return found if found is None or self._lets_wait(found) else None

    def _lets_wait(self, layers: Layers) -> bool:
        """Whether what only time brings in the end has, or had before, what it needs."""
        made = [frozenset(chain(*layers[:number])) for number in range(len(layers) + 1)]
        last = made[-1:]
        return all(
            any(self._is_given(each.needs, then) for then in (made if is_before else last))
            for each, thing in self.gates
            if not self._holds(thing, made[-1]) and self._is_given(thing, made[-1])
            for is_before in [self.evaluation.view.timing(each) is Timing.BEFORE]
        )

    def _steps(self, made: _Made) -> Iterator[tuple[Shift, ...]]:
        """Yield what can be done next, as much as can be first.

        With many changes left only all of them, and each alone, are tried: there are too many sets.
        """
        left = [shift for shift in self.shifts if shift not in made]
        sizes = range(len(left), 0, -1) if len(left) <= _FEW else sorted({1, len(left)})[::-1]
        for size in sizes:
            for step in combinations(left, size):
                if self._is_heeded(made, made | set(step)):
                    yield step

    def _is_heeded(self, made: _Made, then: _Made) -> bool:
        """Whether a step heeds the preconditions of all that becomes so, and the red lines."""
        return all(self._heeds(each, thing, made, then) for each, thing in self.gates)

    def _heeds(
        self, precondition: Precondition, thing: Condition, made: _Made, then: _Made
    ) -> bool:
        if not self._holds(thing, then):
            return True
        is_new = not self._holds(thing, made)
        match self.evaluation.view.timing(precondition):
            case Timing.BEFORE:
                return not is_new or self._is_given_first(precondition.needs, thing, made, then)
            case Timing.TOGETHER:
                return not is_new or self._is_given(precondition.needs, then)
            case Timing.WHILE:
                was_kept = is_new or self._is_given(precondition.needs, made)
                return not was_kept or self._is_given(precondition.needs, then)

    def _is_given_first(self, needs: Condition, thing: Condition, made: _Made, then: _Made) -> bool:
        """Whether what is needed first is met; of what a thing is made of, as soon as the thing.

        That a clause follows the arms which it counts itself is heeded by whoever counts them, and
        a number passes the lower threshold on its way to the higher.
        """
        if self._is_given(needs, made):
            return True
        view = self.evaluation.view
        own = resting_on(self.evaluation, opened(self.evaluation, thing))

        def is_given(part: Condition) -> bool:
            is_own = part in own or implies(view, thing, part)
            return self._is_given(part, then if is_own else made)

        return is_reached(needs, is_given)

    def _is_given(self, condition: Condition, made: _Made) -> bool:
        """Whether what is needed is met, or will be once one waited."""
        if self._holds(condition, made) or self.until is None:
            return self._holds(condition, made)
        return verdict(self.states[made].moved(self.until), condition) is Verdict.MET

    def _holds(self, condition: Condition, made: _Made) -> bool:
        if made not in self.states:
            view = self.evaluation.view
            supposed = Supposition(since=moment(view.at))
            supposed = supposed.and_then(shift.supposed for shift in self.shifts if shift in made)
            after = view.scenario.with_suppositions([supposed])
            self.states[made] = Evaluation(view.imagining(after))
        if isinstance(condition, Not):
            return negation(verdict(self.states[made], condition.part)) is Verdict.MET
        return verdict(self.states[made], condition) is Verdict.MET


_FEW = 6
"""Of so many changes every set is tried."""


def _is_about(shift: Shift, thing: Condition) -> bool:
    """Whether a change makes a state or an act what a thing says."""
    leaf = thing.part if isinstance(thing, Not) else thing
    names = (getattr(leaf, name, None) for name in ("state", "act", "question"))
    return isinstance(shift.supposed, SupposedFact) and shift.supposed.fact in names
