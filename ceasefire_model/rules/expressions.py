"""Expressions over uncertain things, and their exact probability.

An expression is expanded over the outcomes of one variable after the other, what has no variable in
common is multiplied, and nothing is computed twice (C. Shannon, "A symbolic analysis of relay and
switching circuits", 1938; R. Bryant, "Graph-based algorithms for Boolean function manipulation",
IEEE Transactions on Computers C-35, 1986).
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, assert_never

from attrs import field, frozen

from ceasefire_model.errors import ModelError
from ceasefire_model.rules.beliefs import Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Kind(Enum):
    """What an expression says."""

    IS = "is"
    """A variable has one of some outcomes."""

    ALL = "all"
    ANY = "any"
    LEAST = "least"
    """At least so many parts are so."""

    SETTLED = "settled"
    """It is so, or not, whatever the variables are."""


@frozen(eq=False)
class Node:
    """An expression over variables; equal ones are the same object."""

    kind: Kind
    parts: tuple[Node, ...] = ()
    count: int = 0
    """How many parts, for ``LEAST``; the variable, for ``IS``; 1 or 0, for ``SETTLED``."""

    among: frozenset[int] = frozenset()
    """The outcomes of the variable, for ``IS``."""

    support: frozenset[int] = frozenset()
    """The variables in it."""


TRUE = Node(Kind.SETTLED, count=1)
FALSE = Node(Kind.SETTLED, count=0)


@frozen(eq=False)
class Expressions:
    """The expressions of one computation, each made once; no more than a number of them."""

    budget: int
    variables: list[Variable]
    made: dict[object, Node] = field(init=False, factory=dict[object, Node])
    limited: dict[tuple[Node, int, int], Node] = field(
        init=False, factory=dict[tuple[Node, int, int], Node]
    )
    known: dict[Node, Fraction] = field(init=False, factory=dict[Node, Fraction])

    def _make(
        self,
        kind: Kind,
        parts: tuple[Node, ...] = (),
        count: int = 0,
        among: frozenset[int] = frozenset(),
    ) -> Node:
        key = (kind, parts, count, among)
        if key not in self.made:
            if len(self.made) >= self.budget:
                raise ModelError(
                    f"the exact likelihood takes more than {self.budget} nodes; "
                    "raise nodes, or leave fewer facts uncertain"
                )
            support = {count} if kind is Kind.IS else {v for part in parts for v in part.support}
            self.made[key] = Node(kind, parts, count, among, frozenset(support))
        return self.made[key]

    def one_of(self, variable: int, among: Iterable[int]) -> Node:
        """Say that a variable has one of some outcomes."""
        chosen = frozenset(among)
        if not chosen:
            return FALSE
        if len(chosen) == len(self.variables[variable].outcomes):
            return TRUE
        return self._make(Kind.IS, count=variable, among=chosen)

    def all_of(self, parts: Iterable[Node]) -> Node:
        """Say that all parts are so."""
        return self._joined(Kind.ALL, parts, TRUE, FALSE)

    def any_of(self, parts: Iterable[Node]) -> Node:
        """Say that one part is so."""
        return self._joined(Kind.ANY, parts, FALSE, TRUE)

    def _joined(self, kind: Kind, parts: Iterable[Node], neutral: Node, decisive: Node) -> Node:
        """Combine parts; nested ones flat, and what is said of one variable as one part."""
        said: dict[int, frozenset[int]] = {}
        others: dict[Node, None] = {}
        for part in parts:
            for each in part.parts if part.kind is kind else (part,):
                if each.kind is Kind.IS:
                    before = said.get(each.count, each.among)
                    both = before & each.among if kind is Kind.ALL else before | each.among
                    said[each.count] = both
                elif each is not neutral:
                    others[each] = None
        found = {self.one_of(variable, among): None for variable, among in said.items()} | others
        kept = tuple(each for each in found if each is not neutral)
        if decisive in kept:
            return decisive
        if len(kept) == 1:
            return kept[0]
        return self._make(kind, kept) if kept else neutral

    def at_least(self, count: int, parts: Sequence[Node]) -> Node:
        """Say that so many parts are so."""
        needed = count - sum(part is TRUE for part in parts)
        rest = tuple(part for part in parts if part.kind is not Kind.SETTLED)
        if needed <= 0:
            return TRUE
        if needed > len(rest):
            return FALSE
        if needed == len(rest):
            return self.all_of(rest)
        return self.any_of(rest) if needed == 1 else self._make(Kind.LEAST, rest, needed)

    def given(self, node: Node, variable: int, outcome: int) -> Node:
        """Return what an expression comes to if a variable has an outcome."""
        if variable not in node.support:
            return node
        key = (node, variable, outcome)
        if key not in self.limited:
            self.limited[key] = self._given(node, variable, outcome)
        return self.limited[key]

    def _given(self, node: Node, variable: int, outcome: int) -> Node:
        parts = [self.given(part, variable, outcome) for part in node.parts]
        match node.kind:
            case Kind.ALL:
                return self.all_of(parts)
            case Kind.ANY:
                return self.any_of(parts)
            case Kind.LEAST:
                return self.at_least(node.count, parts)
            case Kind.IS | Kind.SETTLED:
                return TRUE if outcome in node.among else FALSE
            case _:
                assert_never(node.kind)

    def chance(self, node: Node) -> Fraction:
        """Return the probability of an expression."""
        if node not in self.known:
            self.known[node] = self._chance(node)
        return self.known[node]

    def _chance(self, node: Node) -> Fraction:
        match node.kind:
            case Kind.SETTLED:
                return Fraction(node.count)
            case Kind.IS:
                chances = self.variables[node.count].chances
                return sum((chances[each] for each in node.among), Fraction(0))
            case Kind.ALL:
                return prod(self._apart(node, self.all_of), start=Fraction(1))
            case Kind.ANY:
                return 1 - prod(
                    (1 - each for each in self._apart(node, self.any_of)), start=Fraction(1)
                )
            case Kind.LEAST:
                return self._counted(node)
            case _:
                assert_never(node.kind)

    def _apart(self, node: Node, join: Callable[[Iterable[Node]], Node]) -> Iterator[Fraction]:
        """Yield the probability of each group of parts that have no variable in common."""
        for group in _groups(node.parts):
            if len(group) == 1:
                yield self.chance(group[0])
            else:
                together = join(group)
                yield self._expanded(together) if together is node else self.chance(together)

    def _counted(self, node: Node) -> Fraction:
        """Count how many parts are so, one after the other, where they have nothing in common."""
        if any(len(group) > 1 for group in _groups(node.parts)):
            return self._expanded(node)
        so_far = [Fraction(1)]
        for part in node.parts:
            chance = self.chance(part)
            so_far = [
                (so_far[n] * (1 - chance) if n < len(so_far) else _NONE)
                + (so_far[n - 1] * chance if n else _NONE)
                for n in range(len(so_far) + 1)
            ]
        return sum(so_far[node.count :], Fraction(0))

    def _expanded(self, node: Node) -> Fraction:
        """Take one outcome after the other of the variable that most parts share."""
        counts = Counter(variable for part in node.parts for variable in part.support)
        variable = max(sorted(counts), key=lambda each: counts[each])
        return sum(
            (
                chance * self.chance(self.given(node, variable, outcome))
                for outcome, chance in enumerate(self.variables[variable].chances)
                if chance
            ),
            Fraction(0),
        )


_NONE = Fraction(0)


def _groups(parts: Iterable[Node]) -> list[list[Node]]:
    """Return parts in groups that have no variable in common."""
    groups: list[tuple[frozenset[int], list[Node]]] = []
    for part in parts:
        touched = [group for group in groups if group[0] & part.support]
        support = part.support.union(*(group[0] for group in touched))
        joined = [*(each for group in touched for each in group[1]), part]
        groups = [*(group for group in groups if group not in touched), (support, joined)]
    return [group for _, group in groups]
