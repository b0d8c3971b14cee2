"""Numbers: to which values a number may go, so that each brings about what no nearer one does.

A number has infinitely many values, and only finitely many differ in what they bring about: one on
each threshold, between two, and beyond the last. Of those that bring about the same, one is kept.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.analyses.openings import bare
from ceasefire_model.analyses.shares import ends_of, is_writable
from ceasefire_model.analyses.wishes import Wishes
from ceasefire_model.conditions import AtLeast, AtMost, Condition, Not
from ceasefire_model.facts import Control, Number, Quantity, Times
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def values_of(wishes: Wishes, fact: Quantity | Control, asked: Sequence[Condition]) -> list[Number]:
    """Return the values of a number that bring something about, each as near as can be."""
    return _Places(wishes, fact, asked).values()


@frozen(eq=False)
class _Places:
    """Where one number may go."""

    wishes: Wishes
    fact: Quantity | Control
    asked: Sequence[Condition]
    """What is asked of it."""

    def values(self) -> list[Number]:
        """Return the values, one for all that bring the same about.

        Of the values that bring the same about, and the same of what is gated, the one that takes
        least with it; of these the lowest, where it has to rise, and else the highest. Where the
        number is compared with another one, all of them, those nearest to what is said first: what
        they bring about then rests on the other.
        """
        gated = [thing for _, thing in self.wishes.gates if self.fact in self.wishes.keys_of(thing)]
        marks = self._thresholds([*self.asked, *gated])
        cells = list(_cells(self.fact, marks, is_whole=self._counts()))
        if any(_is_paired(thing) for thing in (*self.asked, *gated)):
            said = self._said(self.fact.id) or {Decimal(0)}
            return sorted(cells, key=lambda cell: min(abs(cell.value - each) for each in said))
        alike: dict[object, list[Number]] = {}
        for value in cells:
            wins = frozenset(each for each in self.asked if self._wins(each, value))
            through = frozenset(each for each in gated if self._wins(each, value))
            if wins:
                alike.setdefault((wins, through), []).append(value)
        return [min(values, key=self._rank) for values in alike.values()]

    def _counts(self) -> bool:
        """Whether the number counts things, so that there is no half of one.

        The unit does not say so, but whoever counts says whole numbers, and asks for such.
        """
        said = self._said(self.fact.id)
        return isinstance(self.fact, Quantity) and all(each == int(each) for each in said)

    def _becomes(self, thing: Condition, value: Number) -> Verdict:
        return self.wishes.judged(thing, {self.fact.id: value})

    def _wins(self, thing: Condition, value: Number) -> bool:
        return not self.wishes.holds(thing) and self._becomes(thing, value) is Verdict.MET

    def _rank(self, value: Number) -> tuple[int, Decimal]:
        lost = sum(
            self.wishes.holds(thing) and self._becomes(thing, value) is not Verdict.MET
            for thing in self.asked
        )
        rises = any(_is_floor(thing) and self._wins(thing, value) for thing in self.asked)
        return lost, value.value if rises else -value.value

    def _thresholds(self, things: Sequence[Condition]) -> set[Decimal]:
        """Return the numbers at which something changes."""
        found: set[Decimal] = set()
        for leaf in map(bare, things):
            if not isinstance(leaf, AtLeast | AtMost):
                continue
            value = leaf.value
            if not isinstance(value, Times):
                found.add(value)
            elif leaf.fact == self.fact.id:
                found |= {_scaled(each, value.factor) for each in self._said(value.fact)}
            else:
                inverse = 1 / Fraction(value.factor)
                found |= {_scaled(each, inverse) for each in self._said(leaf.fact)}
        return found

    def _said(self, fact: str) -> set[Decimal]:
        """Return the numbers that are said of a fact, or asked of it by themselves."""
        view = self.wishes.view
        values = [report.value for reports in view.reports(fact) for report in reports]
        supposed = view.supposed_value(fact)
        found = {bound for each in (*values, supposed) for bound in ends_of(each)}
        for leaf in map(bare, self.wishes.things):
            if isinstance(leaf, AtLeast | AtMost) and leaf.fact == fact:
                found |= {leaf.value} if isinstance(leaf.value, Decimal) else set()
        return found


def _is_floor(thing: Condition) -> bool:
    """Whether a number must be high for it."""
    return isinstance(thing, AtLeast) or (isinstance(thing, Not) and isinstance(thing.part, AtMost))


def _is_paired(thing: Condition) -> bool:
    """Whether a number is compared with another one."""
    leaf = bare(thing)
    return isinstance(leaf, AtLeast | AtMost) and isinstance(leaf.value, Times)


def _scaled(value: Decimal, factor: Decimal | Fraction) -> Decimal:
    """Multiply, and round to as many digits as a number may have."""
    exact = Fraction(value) * Fraction(factor)
    return _DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator))


_DIGITS = Context(prec=15)
_HALF = Decimal("0.5")


def _cells(
    fact: Quantity | Control, thresholds: Iterable[Decimal], *, is_whole: bool
) -> Iterator[Number]:
    """Yield a number at each threshold, between any two, and beyond the last of either end.

    Args:
        fact: What the number is of.
        thresholds: Where something changes.
        is_whole: Whether there are only whole ones: of soldiers, not of kilometres.
    """
    marks = sorted(thresholds)
    low, high = (Decimal(0), Decimal(1)) if isinstance(fact, Control) else (None, None)
    found = set(marks) | {_scaled(one + other, _HALF) for one, other in pairwise(marks)}
    for mark in marks:
        # The unit in which the threshold is written: 600 soldiers and one less, 0.7 and a tenth.
        unit = Decimal(1).scaleb(min(0, int(mark.as_tuple().exponent)))
        found |= {mark - unit, mark + unit}
    if low is not None and high is not None and marks:
        found |= {_scaled(low + marks[0], _HALF), _scaled(high + marks[-1], _HALF)}
    if is_whole:
        found = {
            each.to_integral_value(way) for each in found for way in (ROUND_FLOOR, ROUND_CEILING)
        }
    for each in sorted(found):
        if (low is None or low <= each) and (high is None or each <= high) and is_writable(each):
            yield Number(each)
