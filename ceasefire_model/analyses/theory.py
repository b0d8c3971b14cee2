"""The theory of the facts: what cannot be so at one instant, whatever is reported.

A number lies in one place; shares of one territory sum to at most 1, over parties of which none is
a member of another and no two have a member in common; a state holds or does not.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ceasefire_model.conditions import AtLeast, AtMost, Condition, Not
from ceasefire_model.facts import Control, Times
from ceasefire_model.ids import PartyId
from ceasefire_model.reprs import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire_model.scenarios import Scenario


class Theory(Enum):
    """What makes things impossible together."""

    BOTH_WAYS = "it holds or does not"
    ONE_PLACE = "a number lies in one place"
    WHOLE = "shares of one territory sum to at most 1"

    __repr__ = dotted


@frozen
class Clash:
    """Some things that cannot be so at one instant.

    Attributes:
        things: Leaves and negations of leaves.
        theory: Why not.
    """

    things: tuple[Condition, ...]
    theory: Theory


def compared(thing: Condition) -> AtLeast | AtMost:
    """Return the comparison that a thing is, or is the negation of."""
    leaf = thing.part if isinstance(thing, Not) else thing
    if not isinstance(leaf, AtLeast | AtMost):  # pragma: no cover - the caller gives no other
        raise TypeError(leaf)
    return leaf


_Line: TypeAlias = tuple[tuple[tuple[str, Fraction], ...], Fraction, bool]
"""Factors of facts and a constant, whose sum is at most 0, or below 0 where the last says so."""


def misfit(scenario: Scenario, things: Sequence[Condition]) -> Clash | None:
    """Return a smallest set of things about numbers that do not fit together, if there is one."""
    if _fits(scenario, things):
        return None
    kept = list(things)
    for thing in things:
        rest = [other for other in kept if other != thing]
        if not _fits(scenario, rest):
            kept = rest
    facts = {leaf.fact for leaf in map(compared, kept)}
    shares = sum(isinstance(scenario.fact(name), Control) for name in facts)
    return Clash(tuple(kept), Theory.WHOLE if shares > 1 else Theory.ONE_PLACE)


def _fits(scenario: Scenario, things: Iterable[Condition]) -> bool:
    """Whether there are numbers for which these things are so.

    One fact after the other is eliminated (J. Fourier 1826, T. Motzkin 1936).
    """
    lines = {_line(thing) for thing in things}
    facts = {name for factors, _, _ in lines for name, _ in factors}
    lines |= set(_limits(scenario, facts))
    for name in sorted(facts):
        above = [line for line in lines if _factor(line, name) < 0]
        below = [line for line in lines if _factor(line, name) > 0]
        lines = {line for line in lines if _factor(line, name) == 0}
        lines |= {_combined(one, other, name) for one, other in product(above, below)}
    return all(constant < 0 or (constant == 0 and not strict) for _, constant, strict in lines)


def _line(thing: Condition) -> _Line:
    """Write a thing about a number as a line."""
    leaf = compared(thing)
    sign = Fraction(-1 if isinstance(leaf, AtLeast) else 1)
    strict = isinstance(thing, Not)
    sign = -sign if strict else sign
    if isinstance(leaf.value, Times):
        factors: dict[str, Fraction] = {leaf.fact: sign}
        factors[leaf.value.fact] = factors.get(leaf.value.fact, Fraction(0)) - sign * Fraction(
            leaf.value.factor
        )
        return _tidy(factors, Fraction(0), strict=strict)
    return _tidy({leaf.fact: sign}, -sign * Fraction(leaf.value), strict=strict)


def _tidy(factors: Mapping[str, Fraction], constant: Fraction, *, strict: bool) -> _Line:
    """Write a line in one way, so that equal ones are the same."""
    kept = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
    scale = abs(kept[0][1]) if kept else Fraction(1)
    return tuple((name, factor / scale) for name, factor in kept), constant / scale, strict


def _factor(line: _Line, name: str) -> Fraction:
    return dict(line[0]).get(name, Fraction(0))


def _combined(above: _Line, below: _Line, name: str) -> _Line:
    """Add two lines so that a fact falls out."""
    one, other = _factor(below, name), -_factor(above, name)
    factors: dict[str, Fraction] = {}
    for line, times in ((above, one), (below, other)):
        for each, factor in line[0]:
            factors[each] = factors.get(each, Fraction(0)) + times * factor
    constant = one * above[1] + other * below[1]
    return _tidy(factors, constant, strict=above[2] or below[2])


def _limits(scenario: Scenario, names: Iterable[str]) -> Iterator[_Line]:
    """Yield that shares are no less than 0, and that those of one territory sum to at most 1."""
    shares = [fact for name in sorted(names) if isinstance(fact := scenario.fact(name), Control)]
    for share in shares:
        yield _tidy({share.id: Fraction(-1)}, Fraction(0), strict=False)
    for together in apart(scenario, shares):
        factors: dict[str, Fraction] = {share.id: Fraction(1) for share in together}
        yield _tidy(factors, Fraction(-1), strict=False)


def apart(scenario: Scenario, shares: list[Control]) -> Iterator[tuple[Control, ...]]:
    """Yield the largest sets of shares of one territory whose holders have nobody in common."""
    own = {share.id: _with_members(scenario, share.party) for share in shares}
    for territory in dict.fromkeys(share.territory for share in shares):
        here = [share for share in shares if share.territory == territory]
        sets: list[tuple[Control, ...]] = [()]
        for share in here:
            sets += [
                (*one, share)
                for one in sets
                if all(own[share.id].isdisjoint(own[o.id]) for o in one)
            ]
        yield from (one for one in sets if one and not any(set(one) < set(other) for other in sets))


def _with_members(scenario: Scenario, party: PartyId) -> set[PartyId]:
    """Return a party with its members, and theirs."""
    found: set[PartyId] = set()
    waiting = [party]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(scenario.party(each).members)
    return found
