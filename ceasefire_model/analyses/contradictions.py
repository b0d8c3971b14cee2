"""Contradictions: demands that no world satisfies at one instant.

What makes things impossible together is the theory of the facts
(:mod:`ceasefire_model.analyses.theory`).
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.deadlocks import refuse_no_limit
from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.reachability import (
    contrary,
    evaluation_of,
    gates_on,
    opened,
    standing_by_subject,
    things_in,
)
from ceasefire_model.analyses.solver import Atom, Translation, Worlds, minimal_sets
from ceasefire_model.analyses.theory import Clash, Theory, compared, misfit
from ceasefire_model.conditions import (
    Accepts,
    AtLeast,
    AtMost,
    Condition,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Vague,
)
from ceasefire_model.ids import PartyId
from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rules.evaluation import Evaluation, agreed_meaning
from ceasefire_model.rules.readings import is_reported
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Contradiction:
    """A smallest set of preconditions that no world satisfies at one instant."""

    preconditions: tuple[Precondition, ...] = field(repr=all_named)
    """The preconditions, in the order of the scenario."""

    meanings: tuple[tuple[Vague, Meaning], ...] = field(repr=counted)
    """The meanings of vague demands under which they contradict each other; others may not."""

    clashes: tuple[Clash, ...]
    """What clashes."""

    view: View = field(eq=False, repr=False)
    """What it was judged in."""

    @property
    def holders(self) -> tuple[PartyId, ...]:
        """The parties that hold the preconditions."""
        held = (each.held_by for each in self.preconditions)
        return tuple(dict.fromkeys(party for party in held if party is not None))

    def __str__(self) -> str:
        """Write who holds what, and why it cannot be."""
        from ceasefire_model.display.analyses import contradiction_text

        return contradiction_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.analyses_html import contradiction_html

        return contradiction_html(self)


@frozen
class Contradictions(Listing[Contradiction]):
    """The contradictions that were found."""

    found: tuple[Contradiction, ...] = field(repr=counted)
    """The smallest first."""

    is_complete: bool
    """Whether these are all; if not, the limit was reached."""

    view: View = field(eq=False, repr=False)
    """What they were judged in."""

    def __str__(self) -> str:
        """Write each of them."""
        from ceasefire_model.display.analyses import contradictions_text

        return contradictions_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.analyses_html import contradictions_html

        return contradictions_html(self)

    def to_rows(self) -> list[Row]:
        """Return one row per precondition of each, for a data frame."""
        from ceasefire_model.display.tables import contradictions_rows

        return contradictions_rows(self)


def contradictions(
    scenario: Scenario,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    limit: int = 100,
) -> Contradictions:
    """Find the smallest sets of preconditions that no world satisfies at one instant.

    Preconditions of one thing are compared, and those of all acceptances of one proposal.

    Args:
        scenario: The situation.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        limit: How many to find at most; there can be very many.

    Raises:
        ModelError: If the limit is less than 1, a time is none or imprecise, or ``as_of`` lies
            after ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
        MissingExtraError: If clingo is not installed.
    """
    refuse_no_limit(limit)
    evaluation = evaluation_of(scenario, None, as_of, known_by, trust)
    found: dict[Contradiction, None] = {}
    for group in _groups(evaluation.view):
        for each in _contradictions(evaluation, group):
            found[each] = None
            if len(found) > limit:
                break
    ordered = sorted(islice(found, limit), key=lambda each: len(each.preconditions))
    return Contradictions(tuple(ordered), len(found) <= limit, evaluation.view)


def _groups(view: View) -> list[tuple[Precondition, ...]]:
    """Return the sets of preconditions that must be met for one end; none within another."""
    table = standing_by_subject(view)
    index = view.scenario.index
    order = {each.id: place for place, each in enumerate(view.scenario.preconditions)}
    ends = [[thing] for thing in index.gates]
    ends += [[Accepts(party, text) for party in index.parties] for text in index.proposals]
    sets = {
        frozenset(gate.precondition for thing in end for gate in gates_on(view, thing, table))
        for end in ends
    }
    largest = [one for one in sets if one and not any(one < other for other in sets)]
    groups = [tuple(sorted(one, key=lambda each: order[each.id])) for one in largest]
    return sorted(groups, key=lambda group: [order[each.id] for each in group])


def _contradictions(
    evaluation: Evaluation, group: tuple[Precondition, ...]
) -> Iterator[Contradiction]:
    """Yield the contradictions within one set of preconditions."""
    question = _Question.of(evaluation, group)
    items: list[Precondition | tuple[Vague, Meaning]] = [*group, *question.meanings]
    atoms: list[Atom] = [("kept", (place,)) for place in range(len(group))]
    atoms += question.meanings.values()
    rivals = [
        (one, other)
        for one, other in combinations(range(len(group), len(items)), 2)
        if atoms[one][1][0] == atoms[other][1][0]
    ]

    def clash(chosen: frozenset[int]) -> bool:
        return not question.worlds.one((atoms[each] for each in chosen), question.misfits)

    for chosen in minimal_sets(len(items), clash, rivals):
        kept = tuple(group[each] for each in sorted(chosen) if each < len(group))
        meanings = tuple(
            question.meaning(atoms[each]) for each in sorted(chosen) if each >= len(group)
        )
        yield Contradiction(kept, meanings, _clashes(evaluation, kept, meanings), evaluation.view)


def _clashes(
    evaluation: Evaluation,
    kept: tuple[Precondition, ...],
    meanings: tuple[tuple[Vague, Meaning], ...],
) -> tuple[Clash, ...]:
    """Say what clashes: numbers where they do, else what is wanted both ways."""
    question = _Question.of(evaluation, kept)
    atoms: list[Atom] = [("kept", (place,)) for place in range(len(kept))]
    question.worlds.one([*atoms, *(question.meanings[each] for each in meanings)], question.misfits)
    if question.clashes:
        return tuple(question.clashes)
    wanted = dict.fromkeys(
        thing
        for condition in (*(each.needs for each in kept), *(m.condition for _, m in meanings))
        for thing in things_in(condition)
    )
    both = [thing for thing in wanted if not isinstance(thing, Not) and contrary(thing) in wanted]
    return tuple(Clash((thing, contrary(thing)), Theory.BOTH_WAYS) for thing in both)


@frozen(eq=False)
class _Question:
    """The worlds in which some preconditions may be met."""

    evaluation: Evaluation
    worlds: Worlds
    meanings: Mapping[tuple[Vague, Meaning], Atom]
    """The atom that says that a demand has a meaning, where none is agreed."""

    numbers: Mapping[int, AtLeast | AtMost]
    """The leaves about numbers."""

    clashes: dict[Clash, None] = field(factory=dict[Clash, None])
    """The numbers found so far that do not fit together."""

    @staticmethod
    def of(evaluation: Evaluation, group: Iterable[Precondition]) -> _Question:
        """Describe the worlds."""
        translation = Translation()
        for place, each in enumerate(group):
            translation.say("need", place, translation.node(each.needs))
        meanings: dict[tuple[Vague, Meaning], Atom] = {}
        written = 0
        while written < len(translation.leaves):
            leaf = translation.leaves[written]
            written += 1
            if isinstance(leaf, Vague):
                meanings |= _write_demand(translation, evaluation.view, leaf)
            else:
                _write_leaf(translation, evaluation, leaf)
        numbers = {
            translation.node(leaf): leaf
            for leaf in translation.leaves
            if isinstance(leaf, AtLeast | AtMost)
        }
        worlds = Worlds.of("contradictions", translation.facts)
        return _Question(evaluation, worlds, meanings, numbers)

    def meaning(self, atom: Atom) -> tuple[Vague, Meaning]:
        """Return the demand and the meaning that an atom is about."""
        return next(each for each, other in self.meanings.items() if other == atom)

    def misfits(self, world: set[Atom]) -> Iterator[Sequence[tuple[Atom, bool]]]:
        """Yield a smallest set of numbers that do not fit together, if there is one."""
        if not self.numbers:
            return
        things = [
            leaf if ("true", (number,)) in world else Not(leaf)
            for number, leaf in self.numbers.items()
        ]
        found = misfit(self.evaluation.view.scenario, things)
        if found is not None:
            self.clashes[found] = None
            numbers = {leaf: number for number, leaf in self.numbers.items()}
            yield [
                (("true", (numbers[compared(thing)],)), not isinstance(thing, Not))
                for thing in found.things
            ]


def _write_demand(
    translation: Translation, view: View, demand: Vague
) -> dict[tuple[Vague, Meaning], Atom]:
    """Write what a demand may mean; return the atoms of the meanings that are not agreed."""
    number = translation.node(demand)
    translation.say("vague", number)
    agreed = agreed_meaning(view, demand)
    for place, meaning in enumerate(demand.meanings, start=1):
        if agreed in (None, meaning):
            translation.say("meaning", number, place, translation.node(meaning.condition))
    if agreed is not None:
        return {}
    if not demand.complete:
        translation.say("other", number)
    return {
        (demand, meaning): ("means", (number, place))
        for place, meaning in enumerate(demand.meanings, start=1)
    }


def _write_leaf(translation: Translation, evaluation: Evaluation, leaf: Condition) -> None:
    """Write a leaf, and what must be so at the same instant if it is."""
    number = translation.node(leaf)
    translation.say("free", number)
    implied = _implied(evaluation, leaf)
    if implied is not None:
        translation.say("implies", number, translation.node(implied))


def _implied(evaluation: Evaluation, leaf: Condition) -> Condition | None:
    match leaf:
        case InForce(proposal=name):
            state = evaluation.view.scenario.proposal(name).in_force
            if state is not None and is_reported(evaluation.view, state):
                return Holds(state)
            return opened(evaluation, leaf)
        case Fulfilled():
            return opened(evaluation, leaf)
        case HeldFor(condition=inner):
            return inner
        case _:
            return None
