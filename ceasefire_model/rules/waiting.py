"""Who waits for whom: drawn once for a scenario, so that what is in no circle costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from attrs import frozen

from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    Condition,
    Derived,
    DerivedLeaf,
    Fulfilled,
    History,
    InForce,
    Temporal,
    children,
)
from ceasefire_model.grounds import (
    Entry,
    Node,
    Role,
    derived_in,
    derived_references,
    grounds,
    takers,
)
from ceasefire_model.reprs import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, MutableMapping

    from ceasefire_model.index import Index

_N = TypeVar("_N", bound="Hashable")

_AT_ONCE = frozenset(
    {Role.ADDRESSEE, Role.PROPOSER, Role.MEMBER, Role.CLAUSE, Role.PRECONDITION, Role.TEXT}
    | {Role.PROLONGATION}
)
"""The grounds that count as they are at the instant judged; a date counts by its history."""


@frozen(eq=False)
class Waiting:
    """What stands in circles."""

    __repr__ = spelled

    clauses: frozenset[str]
    """The clauses in one circle with a text that waits for them, or each with itself: judged
    without the term."""

    leaves: frozenset[DerivedLeaf]
    """The leaves that rest on each other at one instant."""

    def is_read_as_it_stands(self, provision: str) -> bool:
        """Whether a clause is judged by what it requires now, without its term.

        So "we accept once your prisoners are free" is no circle, though the clause stands in the
        text itself; and it is a property of the scenario, never of the question.
        """
        return provision in self.clauses

    def is_circular(self, leaf: DerivedLeaf) -> bool:
        """Whether a leaf rests on itself."""
        return leaf in self.leaves


_KNOWN: MutableMapping[Index, Waiting] = WeakKeyDictionary()
"""What was drawn already; nothing but the index bears on it."""


def waiting_in(index: Index) -> Waiting:
    """Draw who waits for whom in a scenario, if that was not done yet."""
    if index not in _KNOWN:
        _KNOWN[index] = _drawn(index)
    return _KNOWN[index]


def carry(before: Index, after: Index) -> None:
    """Take over what was drawn into an index that has more reports, which bear on no circle."""
    _KNOWN[after] = waiting_in(before)


def _drawn(index: Index) -> Waiting:
    roots = [*_roots(index)]
    still = frozenset(_without_term(index, roots))
    at_once = _circles(roots, lambda leaf: _rests_on(index, still, leaf))
    return Waiting(still, frozenset(leaf for group in at_once for leaf in group))


def _without_term(index: Index, roots: list[DerivedLeaf]) -> Iterator[str]:
    """Yield the clauses that a text waits for which they wait for, and those that owe themselves.

    That one obligor owes what another does in the same clause is no circle.
    """
    nodes: list[Node] = [*roots]
    for group in _circles(nodes, lambda node: _waits_for(index, node)):
        if not all(isinstance(leaf, Fulfilled) for leaf in group):
            yield from (leaf.provision for leaf in group if isinstance(leaf, Fulfilled))
    for group in _circles(roots, lambda leaf: _owes(index, leaf)):
        yield from (leaf.provision for leaf in group if isinstance(leaf, Fulfilled))


def _roots(index: Index) -> Iterator[DerivedLeaf]:
    yield from (leaf for of in index.gates for leaf, _ in derived_in(of))
    yield from (InForce(name) for name in index.proposals)
    for provision in index.provisions.values():
        if provision.duties:
            yield Fulfilled(provision.id)
            for party in {party for duty in provision.duties for party in duty.by}:
                yield Fulfilled(provision.id, party)


def _circles(roots: Iterable[_N], following: Callable[[_N], list[_N]]) -> Iterator[tuple[_N, ...]]:
    known: dict[_N, list[_N]] = {}

    def look(leaf: _N) -> list[_N]:
        if leaf not in known:
            known[leaf] = following(leaf)
        return known[leaf]

    for group in components(roots, look):
        first = group[0]
        if len(group) > 1 or first in look(first):
            yield group


def _owes(index: Index, leaf: DerivedLeaf) -> list[DerivedLeaf]:
    """Return the clauses that the duties of a clause name, each as they name it."""
    if not isinstance(leaf, Fulfilled):
        return []
    named = (other for ground in grounds(index, leaf) for other, _ in derived_in(ground.asked))
    return [other for other in named if isinstance(other, Fulfilled)]


def _waits_for(index: Index, node: Node) -> list[Node]:
    """Return what a text or a clause waits for; whoever owes it, a clause is one.

    What takes the place of one does so by its entry, which waits for no precondition.
    """
    if isinstance(node, Fulfilled) and node.by is not None:
        return [Fulfilled(node.provision)]
    found = [
        Fulfilled(each.provision) if isinstance(each, Fulfilled) else each
        for each in derived_references(index, node)
    ]
    if isinstance(node, Fulfilled):
        found += [InForce(index.proposal_of[node.provision].id)]
        found += [Entry(text.id) for text in takers(index, node)]
    return found


def beside(index: Index, leaf: DerivedLeaf) -> list[DerivedLeaf]:
    """Return the texts that bear on a leaf by their term or by taking another's place."""
    if isinstance(leaf, Accepts):
        return []
    newer = [InForce(text.id) for text in takers(index, leaf)]
    if isinstance(leaf, Fulfilled):
        return [InForce(index.proposal_of[leaf.provision].id), *newer]
    return [*newer]


def _rests_on(index: Index, still: frozenset[str], leaf: DerivedLeaf) -> list[DerivedLeaf]:
    """Return what a leaf rests on as it is at the same instant; a term is read off its history."""
    counts = _AT_ONCE
    if isinstance(leaf, Fulfilled) and leaf.provision in still:
        counts = counts | {Role.DUTY}
    return [
        node
        for ground in grounds(index, leaf)
        if ground.role in counts
        for node in nodes_in(ground.condition)
        if isinstance(node, Derived)
    ]


def nodes_in(condition: Condition) -> Iterator[DerivedLeaf | History]:
    """Yield the nearest derived leaves and temporal conditions in a condition."""
    if isinstance(condition, Derived | Temporal):
        yield condition
    else:
        for child in children(condition):
            yield from nodes_in(child)
