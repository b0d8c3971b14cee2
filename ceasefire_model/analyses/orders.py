"""Orders: in which order changes can be made, so that each precondition is heeded on the way.

Each change is made once. Where a need that holds now is undone by another change, that one has to
come later; where one thing would have to be undone and done again, there is no order.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from ceasefire_model.analyses.openings import Gated, gated_by_subject, standing_on
from ceasefire_model.analyses.shifts import Shift, ShiftKind
from ceasefire_model.conditions import Accepts, Condition, Not
from ceasefire_model.moments import moment
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedWord, Supposition
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.proposals import Precondition

_Made: TypeAlias = frozenset[Shift]
"""The changes made so far."""

Layers: TypeAlias = tuple[tuple[Shift, ...], ...]


def in_order(evaluation: Evaluation, shifts: Iterable[Shift]) -> Layers | None:
    """Return changes in layers, each as early as it can be; none if no order heeds what it must."""
    return _Orders(evaluation, tuple(shifts)).found()


@frozen(eq=False)
class _Orders:
    """The orders of some changes."""

    evaluation: Evaluation
    shifts: tuple[Shift, ...]
    gates: tuple[tuple[Precondition, Condition], ...] = field(init=False)
    states: dict[_Made, Evaluation] = field(init=False, factory=dict[_Made, Evaluation])
    """What would be so, by the changes made."""

    @gates.default
    def _gates(self) -> tuple[tuple[Precondition, Condition], ...]:
        table = gated_by_subject(self.evaluation)
        return tuple(
            (each, gated.by)
            for about in table.values()
            for gated in about
            if gated.is_gate
            for each in standing_on(self.evaluation, gated)
            if not self._is_dropped(each, gated)
        )

    def _is_dropped(self, precondition: Precondition, gated: Gated) -> bool:
        """Whether its holder accepts plainly, or the thing is only found out to be so already."""
        plain = _plain_word(precondition)
        return any(
            shift.supposed == plain
            or (shift.kind is ShiftKind.VERIFY and _is_about(shift, gated.by))
            for shift in self.shifts
        )

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
        return layers.get(every)

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
                return not is_new or self._holds(precondition.needs, made)
            case Timing.TOGETHER:
                return not is_new or self._holds(precondition.needs, then)
            case Timing.WHILE:
                was_kept = is_new or self._holds(precondition.needs, made)
                return not was_kept or self._holds(precondition.needs, then)

    def _holds(self, condition: Condition, made: _Made) -> bool:
        if made not in self.states:
            view = self.evaluation.view
            supposed = Supposition(since=moment(view.at))
            supposed = supposed.and_then(shift.supposed for shift in self.shifts if shift in made)
            after = view.scenario.with_suppositions([supposed])
            self.states[made] = Evaluation(evolve(view, scenario=after))
        if isinstance(condition, Not):
            return negation(verdict(self.states[made], condition.part)) is Verdict.MET
        return verdict(self.states[made], condition) is Verdict.MET


_FEW = 6
"""Of so many changes every set is tried."""


def _plain_word(precondition: Precondition) -> SupposedWord | None:
    """Return the word by which who holds a precondition of its own acceptance drops it."""
    of = precondition.of
    is_own = isinstance(of, Accepts) and of.party == precondition.held_by
    return SupposedWord(of, Stance.ACCEPTS) if isinstance(of, Accepts) and is_own else None


def _is_about(shift: Shift, thing: Condition) -> bool:
    """Whether a change makes a state or an act what a thing says."""
    leaf = thing.part if isinstance(thing, Not) else thing
    names = (getattr(leaf, name, None) for name in ("state", "act", "question"))
    return isinstance(shift.supposed, SupposedFact) and shift.supposed.fact in names
