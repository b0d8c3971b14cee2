"""From a condition to a plan: what rests on no varied fact is judged once, the rest is compiled.

A leaf that follows from words and texts is compiled from what it comes to. A history, and a clause
or a text whose dates or reports are varied, is tabulated. A circle is iterated like
:mod:`ceasefire_model.rules.evaluation` does it, on all worlds at once.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import define, field, frozen

from ceasefire_model.bulk.givens import Given, at_least, at_most, compared, limits, truth
from ceasefire_model.bulk.plans import (
    ALWAYS,
    NEVER,
    Digit,
    Plan,
    Relation,
    Signal,
    Tabulation,
    collapsed,
    negated,
)
from ceasefire_model.bulk.tabulations import Cut, digit, looked_up, pair, written_out
from ceasefire_model.bulk.varied import Varied
from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Derived,
    DerivedLeaf,
    Done,
    Ever,
    HeldFor,
    Holds,
    Not,
    ObservedLeaf,
    Temporal,
    Throughout,
    Vague,
    When,
    children,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Times
from ceasefire_model.rules.acceptance import Option
from ceasefire_model.rules.evaluation import (
    Evaluation,
    agreed_meaning,
    own_verdict,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ceasefire_model.facts import Value
    from ceasefire_model.ids import FactId
    from ceasefire_model.rules.acceptance import Part
    from ceasefire_model.verdicts import Verdict

MOST_ATOMS = 16
"""How many varied conditions may stand under one history."""

_MOST_CASES = 2**26
"""How many cases of a tabulation are looked up; 16 conditions with gaps have fewer."""

_Assumed: TypeAlias = dict[DerivedLeaf, Signal]


@frozen(eq=False)
class _Circle:
    """What is assumed of the leaves of a circle."""

    before: _Assumed
    """What a reference that must come first is taken to be."""

    others: _Assumed
    """What every other reference is taken to be."""


_NONE = _Circle({}, {})


@define(eq=False)
class Compiler:
    """Compiles conditions into one plan."""

    evaluation: Evaluation
    """Judges what rests on no varied fact."""

    givens: Mapping[FactId, Given]
    """What is given of the varied facts."""

    judged: Callable[[Condition, Mapping[FactId, Value]], Verdict]
    """Judges a condition in one world."""

    most_cases: int
    """How many cases of a tabulation are written out; more are looked up."""

    looks_up: bool
    """Whether the engine can look up verdicts world by world."""

    plan: Plan = field(init=False, factory=Plan)
    signals: dict[Condition, Signal] = field(init=False, factory=dict[Condition, Signal])
    varied: Varied = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find what is varied."""
        self.varied = Varied(self.evaluation.view.scenario.index, frozenset(self.givens))

    def compile(self, target: Condition) -> Signal:
        """Return the signal of a condition."""
        for group in components(_derived_in(target), self._references):
            self._settle(group)
        return self._signal(target, {})

    @property
    def _atoms(self) -> Callable[[Condition], frozenset[ObservedLeaf]]:
        return self.varied.under

    def _is_tabulated(self, leaf: DerivedLeaf) -> bool:
        """Whether what is varied decides by when or by which report a leaf is so."""
        rewriting = self.evaluation.rewriting(leaf)
        return (
            rewriting.found is not None
            or rewriting.beside is not None
            or self.varied.decides_by_date(leaf)
        )

    # Derived leaves

    def _references(self, leaf: DerivedLeaf) -> list[DerivedLeaf]:
        """Return the varied leaves from whose signals one is compiled."""
        if leaf in self.signals or not self._atoms(leaf) or self._is_tabulated(leaf):
            return []
        parts = self.evaluation.rewriting(leaf).parts
        found = (each for part in parts for each in _derived_in(part.condition))
        return [each for each in found if self._atoms(each)]

    def _settle(self, group: tuple[DerivedLeaf, ...]) -> None:
        """Compile leaves that refer to each other; those to which they refer are known."""
        first = group[0]
        if len(group) > 1 or first in self._references(first):
            self.signals.update(self._carried(group).items())
        elif not self._atoms(first):
            self.signals[first] = self._constant(first)
        elif self._is_tabulated(first):
            self.signals[first] = self._tabulated(first)
        else:
            self.signals[first] = self._combined(first, _NONE)

    def _combined(self, leaf: DerivedLeaf, circle: _Circle) -> Signal:
        """Return the signal of a leaf from what it comes to."""
        rewriting = self.evaluation.rewriting(leaf)
        options = [self._option(option, circle) for option in rewriting.options]
        return self.plan.certain(options, rewriting.doubt)

    def _option(self, option: Option, circle: _Circle) -> Signal:
        own = self.plan.constant(own_verdict(self.evaluation, option))
        return self.plan.conjunction([own, *(self._part(part, circle) for part in option.parts)])

    def _part(self, part: Part, circle: _Circle) -> Signal:
        return self._signal(part.condition, circle.before if part.before else circle.others)

    def _carried(self, group: tuple[DerivedLeaf, ...]) -> _Assumed:
        """Compile a circle: the least fixpoint of the greatest, then the least severe kinds.

        So many rounds are enough: each round raises a leaf of the circle in all worlds, or none.
        """
        reached = dict.fromkeys(group, Signal(NEVER, ALWAYS))
        for _ in group:
            values = dict.fromkeys(group, Signal(ALWAYS, NEVER))
            values = self._iterated(values, reached, _collapse)
            if values == reached:
                break
            reached = values
        return self._iterated(reached, None, _graded)

    def _iterated(
        self,
        values: _Assumed,
        before: _Assumed | None,
        update: Callable[[Signal, Signal], Signal],
    ) -> _Assumed:
        """Compile the leaves of a circle from each other's values until these cannot change.

        Args:
            values: What they are at first.
            before: What a reference that must come first is taken to be; by default the same.
            update: What a leaf becomes, from what it was and what was found.
        """
        for _ in values:
            circle = _Circle(values if before is None else before, values)
            found = {
                leaf: update(old, self._combined(leaf, circle)) for leaf, old in values.items()
            }
            if found == values:
                break
            values = found
        return values

    # Conditions

    def _constant(self, condition: Condition) -> Signal:
        return self.plan.constant(verdict(self.evaluation, condition))

    def _signal(self, condition: Condition, assumed: _Assumed) -> Signal:
        """Return the signal of a condition whose derived leaves are known or assumed."""
        plan, again = self.plan, partial(self._signal, assumed=assumed)
        if isinstance(condition, Derived):
            return assumed.get(condition) or self._known(condition)
        if not self._atoms(condition):
            return self._constant(condition)
        match condition:
            case AllOf(parts=parts):
                return plan.conjunction([again(part) for part in parts])
            case AnyOf(parts=parts):
                return plan.disjunction([again(part) for part in parts])
            case AtLeastOf(count=count, parts=parts):
                return plan.threshold(count, [again(part) for part in parts])
            case Not(part=part):
                return negated(again(part))
            case Vague(meanings=meanings, complete=complete):
                agreed = agreed_meaning(self.evaluation.view, condition)
                if agreed is not None:
                    return again(agreed.condition)
                if not complete:
                    return self._constant(condition)
                return plan.agreed([again(meaning.condition) for meaning in meanings])
            case Ever() | By() | HeldFor() | Throughout() | When():
                return self._known(condition)
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                return self._known(condition)
            case _:
                assert_never(condition)

    def _known(self, condition: Condition) -> Signal:
        """Return the signal of a leaf, and remember it."""
        if condition not in self.signals:
            is_varied = bool(self._atoms(condition))
            self.signals[condition] = (self._leaf if is_varied else self._constant)(condition)
        return self.signals[condition]

    def _leaf(self, leaf: Condition) -> Signal:
        plan, givens = self.plan, self.givens
        match leaf:
            case Holds(state=fact) | Done(act=fact) | Answered(question=fact):
                return truth(plan, fact, givens[fact])
            case AtLeast(fact=fact, value=Decimal() as number):
                return at_least(plan, fact, givens[fact], Fraction(number))
            case AtMost(fact=fact, value=Decimal() as number):
                return at_most(plan, fact, givens[fact], Fraction(number))
            case AtLeast(value=Times() as times) | AtMost(value=Times() as times):
                is_pair = leaf.fact in givens and times.fact in givens
                return self._pair(leaf, times) if is_pair else self._tabulated(leaf)
            case _:
                return self._tabulated(leaf)

    def _pair(self, leaf: AtLeast | AtMost, times: Times) -> Signal:
        relation = Relation.AT_LEAST if isinstance(leaf, AtLeast) else Relation.AT_MOST
        return compared(self.plan, leaf.fact, relation, Fraction(times.factor), times.fact)

    # Tabulations

    def _tabulated(self, condition: Condition) -> Signal:
        """Judge a condition case by case."""
        atoms = self._atoms(condition)
        if len(atoms) > MOST_ATOMS:
            raise ModelError(
                f"{len(atoms)} varied conditions stand under one history, and at most {MOST_ATOMS} "
                f"may: {condition!r}; vary fewer facts"
            )
        table = Tabulation(tuple(self._digits(atoms)), partial(self.judged, condition))
        if table.size > _MOST_CASES:
            raise ModelError(
                f"the varied facts stand in {table.size:,} ways to what {condition!r} asks, and at "
                f"most {_MOST_CASES:,} are looked up; vary fewer facts"
            )
        if table.has_pairs or table.size > self.most_cases:
            if not self.looks_up:
                raise ModelError(
                    f"a history with {table.size:,} cases is judged of a lazy frame, and at most "
                    f"{self.most_cases:,} may be, none of them of two numbers of which one is a "
                    f"multiple of the other: {condition!r}; collect it first"
                )
            return looked_up(self.plan, table)
        return written_out(self.plan, table)

    def _digits(self, atoms: Iterable[ObservedLeaf]) -> Iterator[Digit]:
        """Yield the ways in which the varied facts under some conditions may stand."""
        cuts: dict[FactId, list[Cut]] = {}
        for atom in sorted(atoms, key=repr):
            match atom:
                case Holds(state=fact) | Done(act=fact) | Answered(question=fact):
                    cuts.setdefault(fact, [])
                case AtLeast(fact=fact, value=value) | AtMost(fact=fact, value=value):
                    if not isinstance(value, Times):
                        beyond = isinstance(atom, AtMost)
                        cuts.setdefault(fact, []).append(Cut(Fraction(value), beyond))
                    elif fact in self.givens and value.fact in self.givens:
                        yield pair(self._pair(atom, value), fact, value.fact)
                    elif fact in self.givens:
                        cuts.setdefault(fact, []).extend(
                            self._marks(value.fact, Fraction(value.factor))
                        )
                    else:
                        cuts.setdefault(value.fact, []).extend(
                            self._marks(fact, 1 / Fraction(value.factor))
                        )
                case _:
                    assert_never(atom)
        facts = self.evaluation.view.scenario.index.facts
        for fact, marks in cuts.items():
            yield digit(self.plan, facts[fact], self.givens[fact], marks)

    def _marks(self, fact: FactId, factor: Fraction) -> Iterator[Cut]:
        """Yield the multiples of every number that is reported or supposed of a fact."""
        scenario = self.evaluation.view.scenario
        reported = (each.value for each in scenario.index.reports.get(fact, ()))
        supposed = (
            item.value for each in scenario.suppositions for item in each.facts if item.fact == fact
        )
        for value in (*reported, *supposed):
            for limit in limits(value):
                if limit is not None:
                    yield Cut(limit * factor, beyond=False)
                    yield Cut(limit * factor, beyond=True)


def _collapse(_old: Signal, found: Signal) -> Signal:
    return collapsed(found)


def _graded(old: Signal, found: Signal) -> Signal:
    """Keep what is settled, and take over how severe it is where it is open."""
    return Signal(old.met, old.unmet, *found.grades)


def _derived_in(condition: Condition) -> Iterator[DerivedLeaf]:
    """Yield the derived leaves in a condition, outside its histories."""
    if isinstance(condition, Derived):
        yield condition
    elif not isinstance(condition, Temporal):
        for child in children(condition):
            yield from _derived_in(child)
