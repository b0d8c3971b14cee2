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
from ceasefire_model.analyses.openings import (
    contrary,
    evaluation_of,
    gated_by_subject,
    gates_on,
    things_in,
)
from ceasefire_model.analyses.possibility import Question
from ceasefire_model.analyses.progress import Patience, Progress
from ceasefire_model.analyses.solver import Atom, minimal_sets
from ceasefire_model.analyses.theory import Clash, Theory
from ceasefire_model.conditions import (
    Accepts,
    AtLeast,
    AtMost,
    Condition,
    Derived,
    Meaning,
    Not,
    Vague,
    walk,
)
from ceasefire_model.ids import PartyId
from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rows import InRows
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Contradiction:
    """A smallest set of preconditions that no world satisfies at one instant.

    Attributes:
        preconditions: The preconditions, in the order of the scenario.
        meanings: The meanings of vague demands under which they contradict each other; others may
            not.
        clashes: What clashes.
        view: What it was judged in.
    """

    preconditions: tuple[Precondition, ...] = field(repr=all_named)
    meanings: tuple[tuple[Vague, Meaning], ...] = field(repr=counted)
    clashes: tuple[Clash, ...]
    view: View = field(eq=False, repr=False)

    @property
    def holders(self) -> tuple[PartyId, ...]:
        """The parties that hold the preconditions."""
        held = (each.held_by for each in self.preconditions)
        return tuple(dict.fromkeys(party for party in held if party is not None))

    def __str__(self) -> str:
        """Write who holds what, and why it cannot be."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


@frozen
class Contradictions(Listing[Contradiction], InRows):
    """The contradictions that were found.

    Attributes:
        found: The smallest first.
        is_complete: Whether these are all; if not, the limit was reached.
        view: What they were judged in.
    """

    found: tuple[Contradiction, ...] = field(repr=counted)
    is_complete: bool
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write each of them."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per precondition of each."""
        from ceasefire_model.display.rows import contradictions_rows

        return contradictions_rows(self)


def contradictions(
    scenario: Scenario,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    limit: int = 100,
    progress: Progress | None = None,
) -> Contradictions:
    """Find the smallest sets of preconditions that no world satisfies at one instant.

    Preconditions of one thing are compared, and those of all acceptances of one proposal.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> len(contradictions(case, as_of="2025-03-13"))
    0

    Args:
        scenario: The situation.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        limit: How many to find at most; there can be very many.
        progress: Is told how many were found so far.

    Raises:
        ModelError: If the limit is less than 1, a time is none or imprecise, or ``as_of`` lies
            after ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
        MissingExtraError: If clingo is not installed.
    """
    refuse_no_limit(limit)
    patience = Patience.of(None, progress)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    found: dict[Contradiction, None] = {}
    for group in _groups(evaluation):
        for each in _contradictions(evaluation, group):
            found[each] = None
            patience.tell(len(found))
            if len(found) > limit:
                break
    ordered = sorted(islice(found, limit), key=lambda each: len(each.preconditions))
    return Contradictions(tuple(ordered), len(found) <= limit, evaluation.view)


def _groups(evaluation: Evaluation) -> list[tuple[Precondition, ...]]:
    """Return the sets of preconditions that must be met for one end; none within another."""
    table = gated_by_subject(evaluation)
    scenario = evaluation.view.scenario
    index = scenario.index
    order = {each.id: place for place, each in enumerate(scenario.preconditions)}
    ends = [[thing] for thing in index.gates]
    ends += [[Accepts(party, text) for party in index.parties] for text in index.proposals]
    sets = {
        frozenset(gate.precondition for thing in end for gate in gates_on(evaluation, thing, table))
        for end in ends
    }
    largest = [one for one in sets if one and not any(one < other for other in sets)]
    groups = [tuple(sorted(one, key=lambda each: order[each.id])) for one in largest]
    return sorted(groups, key=lambda group: [order[each.id] for each in group])


def _contradictions(
    evaluation: Evaluation, group: tuple[Precondition, ...]
) -> Iterator[Contradiction]:
    """Yield the contradictions within one set of preconditions."""
    question = Question.of(evaluation, [each.needs for each in group])
    items: list[Precondition | tuple[Vague, Meaning]] = [*group, *question.meanings]
    atoms: list[Atom] = [("kept", (place,)) for place in range(len(group))]
    atoms += question.meanings.values()
    rivals = [
        (one, other)
        for one, other in combinations(range(len(group), len(items)), 2)
        if atoms[one][1][0] == atoms[other][1][0]
    ]

    def clash(chosen: frozenset[int]) -> bool:
        return not question.is_possible(atoms[each] for each in chosen)

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
    needs = [each.needs for each in kept]
    conditions = [*needs, *(meaning.condition for _, meaning in meanings)]
    if any(_may_be_of_numbers(part) for each in conditions for part in walk(each)):
        question = Question.of(evaluation, needs)
        atoms: list[Atom] = [("kept", (place,)) for place in range(len(kept))]
        question.is_possible([*atoms, *(question.meanings[each] for each in meanings)])
        if question.clashes:
            return tuple(question.clashes)
    wanted = dict.fromkeys(thing for each in conditions for thing in things_in(each))
    both = [thing for thing in wanted if not isinstance(thing, Not) and contrary(thing) in wanted]
    return tuple(Clash((thing, contrary(thing)), Theory.BOTH_WAYS) for thing in both)


def _may_be_of_numbers(part: Condition) -> bool:
    """Whether a part is about a number, or opens to others that may be."""
    return isinstance(part, AtLeast | AtMost | Derived)
