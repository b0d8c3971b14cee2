"""Plans: a condition as a short list of steps that every engine carries out world by world.

A step is a question about the values of one world, or an AND of earlier steps; a literal names a
step or its contrary. So OR is an AND of contraries, and what is asked twice is one step. Of the
verdicts of a condition a plan keeps five literals, its :class:`Signal`.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import define, field, frozen

from ceasefire_model.ids import FactId
from ceasefire_model.verdicts import OPEN, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ceasefire_model.facts import Value

Literal: TypeAlias = int
"""Twice the number of a step; one more for its contrary."""

NEVER: Literal = 0
ALWAYS: Literal = 1


@frozen
class Nothing:
    """The step that no world passes."""


@frozen
class IsTrue:
    """The value of a fact is true."""

    fact: FactId


@frozen
class IsGap:
    """The fact has no value in this world: nobody can say."""

    fact: FactId


@frozen
class Reaches:
    """The number of a fact is at least a cut, or beyond it; where there is a gap, anything."""

    fact: FactId
    cut: Fraction
    beyond: bool


@frozen
class IsOneOf:
    """The value of a fact is one of some among its listed values."""

    fact: FactId
    members: tuple[bool, ...]
    """For each listed value whether it counts."""


class Relation(Enum):
    """How one number stands to another."""

    AT_LEAST = ">="
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="


@frozen
class Compares:
    """The number of one fact surely stands so to a multiple of another's."""

    fact: FactId
    relation: Relation
    factor: Fraction
    other: FactId


@frozen(eq=False)
class Case:
    """One way in which a varied fact, or a pair of them, may stand."""

    guard: Literal
    """Whether it stands so; in each world just one case of a digit does."""

    value: Value | None = None
    """A value at which it does; none of a pair."""


@frozen(eq=False)
class Digit:
    """The ways in which a varied fact, or a pair of them, may stand."""

    facts: tuple[FactId, ...]
    cases: tuple[Case, ...]


@frozen(eq=False)
class Tabulation:
    """A verdict for every case of some varied facts, to be judged when it is asked for."""

    digits: tuple[Digit, ...]
    """How the facts may stand; the last varies fastest."""

    judged: Callable[[Mapping[FactId, Value]], Verdict]
    """Judges one world."""

    @property
    def size(self) -> int:
        """How many cases there are."""
        return prod(len(digit.cases) for digit in self.digits)

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts on which it depends."""
        return tuple(dict.fromkeys(fact for digit in self.digits for fact in digit.facts))

    @property
    def has_pairs(self) -> bool:
        """Whether it depends on how two numbers stand to each other: no such case is made up."""
        return any(len(digit.facts) > 1 for digit in self.digits)


@frozen
class LooksUp:
    """A verdict that is looked up in a table has one of some kinds."""

    table: Tabulation
    kinds: frozenset[Verdict]


@frozen
class Every:
    """All of these literals."""

    parts: tuple[Literal, ...]


Step: TypeAlias = Nothing | IsTrue | IsGap | Reaches | IsOneOf | Compares | LooksUp | Every
"""What a plan does to one world."""


@frozen
class Signal:
    """A verdict on each world, as five literals."""

    met: Literal
    unmet: Literal
    disputed: Literal = NEVER
    """Open, and disputed or worse."""

    unknown: Literal = NEVER
    """Open, and unknown or worse."""

    unclear: Literal = NEVER

    @property
    def grades(self) -> tuple[Literal, Literal, Literal]:
        """How severe it is where it is open; pending where none of these."""
        return self.disputed, self.unknown, self.unclear


def contrary(literal: Literal) -> Literal:
    """Return the contrary of a literal."""
    return literal ^ 1


@define(eq=False)
class Plan:
    """Steps, each after those it rests on, and each there once."""

    steps: list[Step] = field(factory=lambda: list[Step]([Nothing()]))
    _known: dict[Step, int] = field(factory=dict[Step, int])

    def add(self, step: Step) -> Literal:
        """Return the literal of a step, which is added if it is new."""
        if step not in self._known:
            self._known[step] = len(self.steps)
            self.steps.append(step)
        return 2 * self._known[step]

    def every(self, parts: Iterable[Literal]) -> Literal:
        """Return AND; of no parts, always."""
        some = {part for part in parts if part != ALWAYS}
        if NEVER in some or any(contrary(part) in some for part in some):
            return NEVER
        if len(some) < 2:  # noqa: PLR2004 - one part, or none
            return some.pop() if some else ALWAYS
        return self.add(Every(tuple(sorted(some))))

    def any(self, parts: Iterable[Literal]) -> Literal:
        """Return OR; of no parts, never."""
        return contrary(self.every(contrary(part) for part in parts))

    def at_least(self, count: int, parts: Sequence[Literal]) -> Literal:
        """Return whether so many of some literals are so."""
        reached = [ALWAYS, *[NEVER] * count]
        for part in parts:
            for number in range(count, 0, -1):
                more = self.every([reached[number - 1], part])
                reached[number] = self.any([reached[number], more])
        return reached[count]

    def one_of(self, fact: FactId, members: Sequence[bool]) -> Literal:
        """Return whether a fact has one of some among its listed values."""
        first = members[0]
        if all(member is first for member in members):
            return ALWAYS if first else NEVER
        literal = self.add(IsOneOf(fact, tuple(member is not first for member in members)))
        return contrary(literal) if first else literal

    def choice(self, guards: Sequence[Literal], literals: Sequence[Literal]) -> Literal:
        """Return the literal whose guard is so; just one of them is."""
        if all(literal == literals[0] for literal in literals):
            return literals[0]
        return self.any(self.every(each) for each in zip(guards, literals, strict=True))

    # Verdicts

    def constant(self, verdict: Verdict) -> Signal:
        """Return the signal of what is the same in every world."""
        grades = (ALWAYS if severe else NEVER for severe in _grades(verdict))
        return Signal(
            ALWAYS if verdict is Verdict.MET else NEVER,
            ALWAYS if verdict is Verdict.UNMET else NEVER,
            *grades,
        )

    def observed(self, met: Literal, gap: Literal) -> Signal:
        """Return the signal of a leaf that is unknown where there is a gap, and else settled."""
        return Signal(met, self.every([contrary(met), contrary(gap)]), gap, gap)

    def settled(self, met: Literal, unmet: Literal) -> Signal:
        """Return the signal of a leaf that is unknown where it is neither met nor unmet."""
        gap = self._open(met, unmet)
        return Signal(met, unmet, gap, gap)

    def conjunction(self, parts: Sequence[Signal]) -> Signal:
        """Combine what must all be met."""
        met = self.every(part.met for part in parts)
        unmet = self.any(part.unmet for part in parts)
        return Signal(met, unmet, *self._graded(parts, contrary(unmet)))

    def disjunction(self, parts: Sequence[Signal]) -> Signal:
        """Combine that of which one must be met."""
        return negated(self.conjunction([negated(part) for part in parts]))

    def threshold(self, count: int, parts: Sequence[Signal]) -> Signal:
        """Combine that of which at least so many must be met."""
        met = self.at_least(count, [part.met for part in parts])
        possible = self.at_least(count, [contrary(part.unmet) for part in parts])
        return Signal(
            met, contrary(possible), *self._graded(parts, self._open(met, contrary(possible)))
        )

    def agreed(self, meanings: Sequence[Signal]) -> Signal:
        """Combine meanings that are all there can be: unclear unless all say the same."""
        met, unmet = self._same(meanings)
        gap = self._open(met, unmet)
        return Signal(met, unmet, gap, gap, gap)

    def certain(self, options: Sequence[Signal], doubt: Verdict) -> Signal:
        """Combine readings of dates that are not certain.

        What all say stands; else it is the severest of what is open, and of a doubt.

        Args:
            options: What each reading gives.
            doubt: What it is in doubt of, where they differ.
        """
        if len(options) == 1:
            return options[0]
        met, unmet = self._same(options)
        columns = [*zip(*(each.grades for each in options), strict=True)]
        are_open = [self._open(each.met, each.unmet) for each in options]
        alike = self.every(self._alike(each) for each in (are_open, *columns))
        grades = (
            self.any([*each, self.every([contrary(alike), ALWAYS if severe else NEVER])])
            for each, severe in zip(columns, _grades(doubt), strict=True)
        )
        is_open = self._open(met, unmet)
        return Signal(met, unmet, *(self.every([is_open, grade]) for grade in grades))

    def _alike(self, literals: Sequence[Literal]) -> Literal:
        """Return whether all are so, or none."""
        return self.any([self.every(literals), self.every(map(contrary, literals))])

    def _same(self, parts: Sequence[Signal]) -> tuple[Literal, Literal]:
        return self.every(part.met for part in parts), self.every(part.unmet for part in parts)

    def _open(self, met: Literal, unmet: Literal) -> Literal:
        return self.every([contrary(met), contrary(unmet)])

    def _graded(self, parts: Sequence[Signal], where: Literal) -> Iterable[Literal]:
        """Return how severe the severest open part is."""
        for grades in zip(*(part.grades for part in parts), strict=True) if parts else [()] * 3:
            yield self.every([where, self.any(grades)])


def under(step: Step) -> tuple[Literal, ...]:
    """Return the literals on which a step rests."""
    match step:
        case Every(parts=parts):
            return parts
        case LooksUp(table=table):
            return tuple(case.guard for digit in table.digits for case in digit.cases)
        case Nothing() | IsTrue() | IsGap() | Reaches() | IsOneOf() | Compares():
            return ()
        case _:
            assert_never(step)


def last_uses(plan: Plan, literals: Sequence[Literal]) -> dict[int, int]:
    """Return the steps that are needed, in order, each with the last step that uses it."""
    end = len(plan.steps)
    uses = {literal >> 1: end for literal in literals}
    for number in range(end - 1, -1, -1):
        if number in uses:
            for part in under(plan.steps[number]):
                uses.setdefault(part >> 1, number)
    return dict(sorted(uses.items()))


def negated(signal: Signal) -> Signal:
    """Swap met and unmet."""
    return Signal(signal.unmet, signal.met, *signal.grades)


def collapsed(signal: Signal) -> Signal:
    """Return the signal with one open verdict instead of four."""
    return Signal(signal.met, signal.unmet)


def _grades(verdict: Verdict) -> tuple[bool, bool, bool]:
    """Return whether a verdict is open and disputed or worse, unknown or worse, unclear."""
    severity = OPEN[::-1].index(verdict) if verdict in OPEN else 0
    return severity >= 1, severity >= 2, severity >= 3  # noqa: PLR2004 - the order of severity


GRADES: tuple[frozenset[Verdict], ...] = tuple(
    frozenset(verdict for verdict in OPEN if _grades(verdict)[grade]) for grade in range(3)
)
"""The verdicts that each grade of severity stands for."""
