"""What is varied under a condition, and whether it decides by when or by which report it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    Derived,
    DerivedLeaf,
    Fulfilled,
    InForce,
    Observed,
    ObservedLeaf,
    walk,
)
from ceasefire_model.grounds import Role, grounds
from ceasefire_model.rules.readings import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.conditions import Condition
    from ceasefire_model.ids import FactId
    from ceasefire_model.index import Index
    from ceasefire_model.proposals import Proposal

_DATED = frozenset({Role.START, Role.END, Role.DUE, Role.SUCCESSOR})


@define(eq=False)
class Varied:
    """Finds the varied conditions on which others rest."""

    index: Index
    facts: frozenset[FactId]
    """The varied facts."""

    known: dict[DerivedLeaf, frozenset[ObservedLeaf]] = field(
        init=False, factory=dict[DerivedLeaf, frozenset[ObservedLeaf]]
    )

    def under(self, condition: Condition) -> frozenset[ObservedLeaf]:
        """Return the varied conditions on which one may rest, whatever the length of its chains."""
        leaves = [part for part in walk(condition) if isinstance(part, Derived)]
        if any(leaf not in self.known for leaf in leaves):
            for group in components(leaves, lambda leaf: _derived(self._all_under(leaf))):
                below = [part for leaf in group for part in self._all_under(leaf)]
                found = frozenset(atom for part in below for atom in self._atoms(part))
                self.known.update(dict.fromkeys(group, found))
        return frozenset(self._atoms(condition))

    def decides_by_date(self, leaf: DerivedLeaf) -> bool:
        """Whether the dates of a leaf, or the reports on it, rest on what is varied."""
        return any(self.under(part) for part in self._dates_under(leaf))

    def _atoms(self, condition: Condition) -> Iterator[ObservedLeaf]:
        for part in walk(condition):
            if isinstance(part, Derived):
                yield from self.known.get(part, ())
            elif isinstance(part, Observed) and not self.facts.isdisjoint(facts_of(part)):
                yield part

    def _all_under(self, leaf: DerivedLeaf) -> list[Condition]:
        now = [ground.condition for ground in grounds(self.index, leaf)]
        return [*now, *self._dates_under(leaf)]

    def _dates_under(self, leaf: DerivedLeaf) -> Iterator[Condition]:
        """Yield the events that the dates of a leaf follow, and what turns on the reports on it.

        A clause has the dates of its text, and a text those of the texts that take its place. Where
        reports say whether a text is in force, all counts on which that rests: when it turns, the
        reports before are outlived.
        """
        if isinstance(leaf, Accepts):
            return
        yield from (each.condition for each in grounds(self.index, leaf) if each.role in _DATED)
        name = leaf.provision if isinstance(leaf, Fulfilled) else leaf.of
        for text in self._texts(name):
            itself = InForce(text.id)
            if itself != leaf:
                yield from (
                    each.condition for each in grounds(self.index, itself) if each.role in _DATED
                )
            if text.in_force is not None:
                yield from (each.condition for each in grounds(self.index, itself))

    def _texts(self, name: str) -> list[Proposal]:
        """Return the text of a name, and all that take its place or prolong it."""
        index = self.index
        found: dict[str, Proposal] = {}
        waiting = [index.text_of(name)]
        waiting += [index.proposal_of[each.id] for each in index.replacements.get(name, ())]
        while waiting:
            text = waiting.pop()
            if text.id not in found:
                found[text.id] = text
                waiting += index.successors.get(text.id, ())
                waiting += index.prolongations.get(text.id, ())
        return list(found.values())


def _derived(conditions: Iterable[Condition]) -> list[DerivedLeaf]:
    return [part for each in conditions for part in walk(each) if isinstance(part, Derived)]
