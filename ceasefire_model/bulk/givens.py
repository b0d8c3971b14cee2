"""What is given of a fact in every world, and what a leaf about it asks of the value."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import frozen

from ceasefire_model.bulk.plans import (
    NEVER,
    Compares,
    IsGap,
    IsTrue,
    Reaches,
    Relation,
    Signal,
    contrary,
)
from ceasefire_model.facts import CannotSay, Number, Range, Truth, Value

if TYPE_CHECKING:
    from ceasefire_model.bulk.plans import Literal, Plan
    from ceasefire_model.ids import FactId


@frozen
class Flags:
    """True or false in every world."""

    has_gaps: bool
    """Whether there are worlds without a value."""


@frozen
class Amounts:
    """A number in every world."""

    has_gaps: bool
    """Whether there are worlds without a value."""


@frozen
class Listed:
    """In every world one of these values."""

    values: tuple[Value, ...]


Given: TypeAlias = Flags | Amounts | Listed
"""What is given of a fact."""


def truth(plan: Plan, fact: FactId, given: Given) -> Signal:
    """Return whether something is so, from what is given of it."""
    match given:
        case Listed(values=values):
            met = plan.one_of(fact, [value == Truth(value=True) for value in values])
            unmet = plan.one_of(fact, [value == Truth(value=False) for value in values])
            return plan.settled(met, unmet)
        case Flags() | Amounts():
            return plan.observed(plan.add(IsTrue(fact)), gap(plan, fact, given))
        case _:
            assert_never(given)


def at_least(plan: Plan, fact: FactId, given: Given, cut: Fraction) -> Signal:
    """Return whether a number is no less than a cut."""
    match given:
        case Listed(values=values):
            met = plan.one_of(fact, [passes(value, cut, beyond=False) is True for value in values])
            unmet = plan.one_of(
                fact, [passes(value, cut, beyond=False) is False for value in values]
            )
            return plan.settled(met, unmet)
        case Flags() | Amounts():
            missing = gap(plan, fact, given)
            met = plan.every([plan.add(Reaches(fact, cut, beyond=False)), contrary(missing)])
            return plan.observed(met, missing)
        case _:
            assert_never(given)


def at_most(plan: Plan, fact: FactId, given: Given, cut: Fraction) -> Signal:
    """Return whether a number is no more than a cut."""
    match given:
        case Listed(values=values):
            met = plan.one_of(fact, [passes(value, cut, beyond=True) is False for value in values])
            unmet = plan.one_of(fact, [passes(value, cut, beyond=True) is True for value in values])
            return plan.settled(met, unmet)
        case Flags() | Amounts():
            beyond, missing = plan.add(Reaches(fact, cut, beyond=True)), gap(plan, fact, given)
            met = plan.every([contrary(beyond), contrary(missing)])
            unmet = plan.every([beyond, contrary(missing)])
            return Signal(met, unmet, missing, missing)
        case _:
            assert_never(given)


def compared(
    plan: Plan, fact: FactId, relation: Relation, factor: Fraction, other: FactId
) -> Signal:
    """Return how a number stands to a multiple of another, where both are varied."""
    met = plan.add(Compares(fact, relation, factor, other))
    unmet = plan.add(Compares(fact, _CONTRARY[relation], factor, other))
    return plan.settled(met, unmet)


_CONTRARY = {Relation.AT_LEAST: Relation.LESS, Relation.AT_MOST: Relation.MORE}


def gap(plan: Plan, fact: FactId, given: Given) -> Literal:
    """Return whether a fact has no value."""
    match given:
        case Listed(values=values):
            return plan.one_of(fact, [value == CannotSay() for value in values])
        case Flags(has_gaps=has_gaps) | Amounts(has_gaps=has_gaps):
            return plan.add(IsGap(fact)) if has_gaps else NEVER
        case _:
            assert_never(given)


def passes(value: Value, cut: Fraction, *, beyond: bool) -> bool | None:
    """Say whether a value is at least a cut, or beyond it; none where it may or may not be."""
    low, high = limits(value)
    if low is not None and (low > cut if beyond else low >= cut):
        return True
    if high is not None and (high <= cut if beyond else high < cut):
        return False
    return None


def limits(value: Value) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most that a value may be; none where nothing is said."""
    match value:
        case Number(value=exact):
            return Fraction(exact), Fraction(exact)
        case Range(low=low, high=high):
            return None if low is None else Fraction(low), None if high is None else Fraction(high)
        case Truth() | CannotSay():
            return None, None
        case _:
            assert_never(value)
