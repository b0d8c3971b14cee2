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
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import field, frozen

from ceasefire_model.analyses.beliefs import Variable
from ceasefire_model.analyses.progress import Progress
from ceasefire_model.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence


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


_Steps: TypeAlias = "Generator[Node, Fraction, Fraction]"
"""Asks for the probability of one expression after the other, and returns one."""


@frozen(eq=False)
class Expressions:
    """The expressions of one computation, each made once; no more than a number of them."""

    budget: int
    variables: list[Variable]
    progress: Progress | None = None
    """Is told how many were made."""

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
            self.allow(len(self.made) + 1)
            support = {count} if kind is Kind.IS else {v for part in parts for v in part.support}
            self.made[key] = Node(kind, parts, count, among, frozenset(support))
        return self.made[key]

    def allow(self, nodes: int) -> None:
        """Refuse to become larger than is allowed.

        Raises:
            ModelError: If so many nodes are more.
        """
        if self.progress is not None:
            self.progress(nodes)
        if nodes > self.budget:
            raise ModelError(
                f"the exact likelihood takes more than {self.budget} nodes; "
                "raise nodes, or leave fewer facts uncertain"
            )

    def one_of(self, variable: int, among: Iterable[int]) -> Node:
        """Say that a variable has one of some outcomes."""
        chosen = frozenset(among)
        if not chosen:
            return FALSE
        if len(chosen) == len(self.variables[variable].outcomes):
            return TRUE
        return self._make(Kind.IS, count=variable, among=chosen)

    def none_of(self, said: Node) -> Node:
        """Say that a variable has none of some outcomes, of which one said that it has one."""
        others = range(len(self.variables[said.count].outcomes))
        return self.one_of(said.count, (each for each in others if each not in said.among))

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
        """Return what an expression comes to if a variable has an outcome.

        By iteration, since chains through ids may be of any length.
        """
        waiting = [node]
        while waiting:
            each = waiting[-1]
            unknown = [
                part
                for part in each.parts
                if variable in part.support and (part, variable, outcome) not in self.limited
            ]
            if unknown and variable in each.support:
                waiting.extend(unknown)
            else:
                waiting.pop()
                self.limited[each, variable, outcome] = self._given(each, variable, outcome)
        return self.limited[node, variable, outcome]

    def _given(self, node: Node, variable: int, outcome: int) -> Node:
        if variable not in node.support:
            return node
        parts = [self.limited.get((part, variable, outcome), part) for part in node.parts]
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
        """Return the probability of an expression.

        By iteration, since chains through ids may be of any length.
        """
        waiting = [(node, self._chance(node))]
        answer: Fraction | None = None
        while waiting:
            each, steps = waiting[-1]
            try:
                needed = next(steps) if answer is None else steps.send(answer)
            except StopIteration as done:
                answer = self.known[each] = done.value
                waiting.pop()
            else:
                answer = self.known.get(needed)
                if answer is None:
                    waiting.append((needed, self._chance(needed)))
        return self.known[node]

    def _chance(self, node: Node) -> _Steps:
        match node.kind:
            case Kind.SETTLED:
                return Fraction(node.count)
            case Kind.IS:
                chances = self.variables[node.count].chances
                return sum((chances[each] for each in node.among), Fraction(0))
            case Kind.ALL:
                found = yield from self._apart(node, self.all_of)
                return prod(found, start=Fraction(1))
            case Kind.ANY:
                found = yield from self._apart(node, self.any_of)
                return 1 - prod((1 - each for each in found), start=Fraction(1))
            case Kind.LEAST:
                return (yield from self._counted(node))
            case _:
                assert_never(node.kind)

    def _apart(
        self, node: Node, join: Callable[[Iterable[Node]], Node]
    ) -> Generator[Node, Fraction, list[Fraction]]:
        """Return the probability of each group of parts that have no variable in common."""
        found: list[Fraction] = []
        for group in _groups(node.parts):
            together = group[0] if len(group) == 1 else join(group)
            if together is node:
                found.append((yield from self._expanded(node)))
            else:
                found.append((yield together))
        return found

    def _counted(self, node: Node) -> _Steps:
        """Count how many parts are so, one after the other, where they have nothing in common."""
        if any(len(group) > 1 for group in _groups(node.parts)):
            return (yield from self._expanded(node))
        so_far = [Fraction(1)]
        for part in node.parts:
            chance = yield part
            so_far = [
                (so_far[n] * (1 - chance) if n < len(so_far) else _NONE)
                + (so_far[n - 1] * chance if n else _NONE)
                for n in range(len(so_far) + 1)
            ]
        return sum(so_far[node.count :], Fraction(0))

    def _expanded(self, node: Node) -> _Steps:
        """Take one outcome after the other of the variable that most parts share."""
        counts = Counter(variable for part in node.parts for variable in part.support)
        variable = max(sorted(counts), key=lambda each: counts[each])
        total = Fraction(0)
        for outcome, chance in enumerate(self.variables[variable].chances):
            if chance:
                total += chance * (yield self.given(node, variable, outcome))
        return total


_NONE = Fraction(0)


def _groups(parts: Iterable[Node]) -> list[list[Node]]:
    """Return parts in groups that have no variable in common."""
    groups: dict[int, list[Node]] = {}
    home: dict[int, int] = {}
    for number, part in enumerate(parts):
        touched = dict.fromkeys(home[variable] for variable in part.support if variable in home)
        joined = [*(each for group in touched for each in groups.pop(group)), part]
        groups[number] = joined
        home.update((variable, number) for each in joined for variable in each.support)
    return list(groups.values())
