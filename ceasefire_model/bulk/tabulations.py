"""Tabulations: what only `suppose` and `evaluate` can judge, case by case of the varied facts.

The history of a fact is what it was until the local midnight of the day judged, and from then on
what the world supposes. Two worlds whose facts stand alike to every threshold are one case.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from ceasefire_model.bulk.givens import Amounts, Flags, Given, Listed, gap, passes
from ceasefire_model.bulk.plans import (
    GRADES,
    NEVER,
    Case,
    Digit,
    IsTrue,
    LooksUp,
    Reaches,
    Signal,
    contrary,
)
from ceasefire_model.consistency import value_problem
from ceasefire_model.facts import CannotSay, Number, Range, Truth, Value
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire_model.bulk.plans import Literal, Plan, Tabulation
    from ceasefire_model.facts import Fact
    from ceasefire_model.ids import FactId


@frozen
class Cut:
    """Where something changes as a number grows: at a number, or just beyond it."""

    at: Fraction
    beyond: bool


def looked_up(plan: Plan, table: Tabulation) -> Signal:
    """Return the signal of a tabulation, looked up world by world."""

    def has(*kinds: Verdict) -> Literal:
        return plan.add(LooksUp(table, frozenset(kinds)))

    met, unmet = has(Verdict.MET), has(Verdict.UNMET)
    return Signal(met, unmet, *(has(*kinds) for kinds in GRADES))


def written_out(plan: Plan, table: Tabulation) -> Signal:
    """Return the signal of a tabulation as a choice between all its cases; not of pairs."""
    return _chosen(plan, table, {})


def _chosen(plan: Plan, table: Tabulation, values: Mapping[FactId, Value]) -> Signal:
    """Choose by the next digit, and under each of its cases by the others."""
    if len(values) == len(table.digits):
        return plan.constant(table.judged(values))
    digit = table.digits[len(values)]
    under = [
        _chosen(plan, table, {**values, digit.facts[0]: case.value})
        for case in digit.cases
        if case.value is not None
    ]
    if all(each == under[0] for each in under):
        return under[0]
    guards = [case.guard for case in digit.cases]
    return Signal(*(plan.choice(guards, each) for each in zip(*map(_literals, under), strict=True)))


def _literals(signal: Signal) -> tuple[Literal, ...]:
    return signal.met, signal.unmet, *signal.grades


def digit(
    plan: Plan,
    fact: Fact,
    given: Given,
    cuts: Iterable[Cut],
) -> Digit:
    """Return the ways in which a fact may stand to some cuts.

    Args:
        plan: Where to ask how it stands.
        fact: The fact.
        given: What is given of it.
        cuts: Where something changes; none for what is true or false.
    """
    ordered = sorted(set(cuts), key=lambda cut: (cut.at, cut.beyond))
    missing = gap(plan, fact.id, given)
    match given:
        case Listed(values=values):
            return Digit((fact.id,), tuple(_listed(plan, fact.id, values, ordered)))
        case Flags():
            so = plan.add(IsTrue(fact.id))
            not_so = plan.every([contrary(so), contrary(missing)])
            found = [Case(not_so, Truth(value=False)), Case(so, Truth(value=True))]
        case Amounts():
            found = list(_between(plan, fact, missing, ordered))
        case _:
            assert_never(given)
    return Digit(
        (fact.id,), tuple(found if missing == NEVER else [*found, Case(missing, CannotSay())])
    )


def pair(signal: Signal, *facts: FactId) -> Digit:
    """Return the ways in which one number may stand to a multiple of another."""
    guards = signal.met, signal.unmet, signal.unknown
    return Digit(facts, tuple(Case(guard) for guard in guards if guard != NEVER))


def _listed(
    plan: Plan, fact: FactId, values: tuple[Value, ...], cuts: Sequence[Cut]
) -> Iterator[Case]:
    """Yield a case for all listed values that stand alike to the cuts."""
    alike: dict[object, list[Value]] = {}
    for value in values:
        stands = tuple(passes(value, cut.at, beyond=cut.beyond) for cut in cuts)
        alike.setdefault(stands if isinstance(value, Number | Range) else value, []).append(value)
    for group in alike.values():
        yield Case(plan.one_of(fact, [value in group for value in values]), group[0])


def _between(
    plan: Plan,
    fact: Fact,
    missing: Literal,
    cuts: Sequence[Cut],
) -> Iterator[Case]:
    """Yield a case for the numbers between each two cuts, where there are any."""
    numbers = [_below(cuts[0]) if cuts else Decimal(0), *map(_above, cuts)]
    passed = [contrary(missing), *(plan.add(Reaches(fact.id, cut.at, cut.beyond)) for cut in cuts)]
    for position, number in enumerate(numbers):
        value = Number(number)
        is_over = position < len(cuts) and passes(
            value, cuts[position].at, beyond=cuts[position].beyond
        )
        if value_problem(fact, value) is None and not is_over:
            following = passed[position + 1] if position < len(cuts) else NEVER
            between = [passed[position], contrary(following), contrary(missing)]
            yield Case(plan.every(between), value)


def _above(cut: Cut) -> Decimal:
    """Return the least number of so many digits that passes a cut."""
    size = abs(cut.at)
    if size < _LEAST:
        return Decimal(0) if cut.at < 0 or (cut.at == 0 and not cut.beyond) else _SMALL
    exponent = _magnitude(size) - _PLACES + 1
    steps = cut.at / Fraction(10) ** exponent
    return Decimal(floor(steps) + 1 if cut.beyond else ceil(steps)).scaleb(exponent)


def _below(cut: Cut) -> Decimal:
    """Return the greatest number of so many digits that does not pass a cut."""
    return -_above(Cut(-cut.at, beyond=not cut.beyond))


def _magnitude(size: Fraction) -> int:
    """Return the place of the first digit of a number: 0 for 1 to 9."""
    whole = floor(size * 10**_PLACES)
    return len(str(whole)) - 1 - _PLACES


_PLACES = 15
"""Significant digits of a number, and how far it may be from 1, in powers of ten."""

_SMALL = Decimal(1).scaleb(-_PLACES)
_LEAST = Fraction(_SMALL)
