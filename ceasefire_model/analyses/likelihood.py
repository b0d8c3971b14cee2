"""Likelihood: how probable a target is, given how probable each fact is; and which fact matters.

Exact for facts that are independent but for the theory of the facts, repeated ones included: what
is asked is how likely the target is, given that shares of one territory sum to at most 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.beliefs import Belief
from ceasefire_model.analyses.expressions import Node
from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.openings import evaluation_of
from ceasefire_model.analyses.progress import Progress
from ceasefire_model.analyses.shifts import Changeable
from ceasefire_model.analyses.uncertainty import Uncertainty
from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.calls import told, whole_number
from ceasefire_model.conditions import (
    Accepts,
    Condition,
    Vague,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Fact
from ceasefire_model.reprs import counted, rounded
from ceasefire_model.rows import InRows
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.fields import Pairs
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Likelihood:
    """How probable it is that a target is met.

    Attributes:
        target: What is asked.
        exact: The probability, from 0 to 1.
        beliefs: What it depends on.
        view: What it was judged in.
    """

    target: Condition
    exact: Fraction = field(repr=rounded)
    beliefs: tuple[Fact | Vague | Accepts, ...] = field(repr=counted)
    view: View = field(eq=False, repr=False)

    @property
    def probability(self) -> float:
        """The probability as a float."""
        return float(self.exact)

    def __str__(self) -> str:
        """Write it as a sentence."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


@frozen
class Importance:
    """The difference that one fact makes (Z. Birnbaum, 1969).

    Attributes:
        of: The fact, the demand, or the acceptance.
        exact: How much more probable the target is if it is so than if not; of a number or a
            meaning, than in the worst case if it is what is best.
    """

    of: Fact | Vague | Accepts
    exact: Fraction = field(repr=rounded)

    @property
    def difference(self) -> float:
        """The difference as a float, from -1 to 1."""
        return float(self.exact)


@frozen
class Importances(Listing[Importance], InRows):
    """The difference that each fact makes to a target.

    Attributes:
        likelihood: How probable the target is.
        found: The largest difference first.
    """

    likelihood: Likelihood
    found: tuple[Importance, ...] = field(repr=counted)

    def __str__(self) -> str:
        """Write one fact a line."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per fact."""
        from ceasefire_model.display.rows import importances_rows

        return importances_rows(self)


def likelihood(
    scenario: Scenario,
    target: Askable,
    beliefs: Pairs[Changeable, Belief],
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    nodes: int = 200_000,
    progress: Progress | None = None,
) -> Likelihood:
    """Return how probable it is that a target is met.

    What there is a belief about is uncertain, whatever is reported; all else is as it is reported.
    A party of whose acceptance something is believed says yes for good, or no. All of this is so
    from the instant judged on: what is reported of a day stays so for a history though one believes
    otherwise of its end, while :func:`~ceasefire_model.sweep` supposes from its midnight on.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> float(likelihood(case, "election", {"election": 0.4}, as_of="2025-03-13").probability)
    0.4

    Args:
        scenario: The situation.
        target: What is asked.
        beliefs: By fact, vague demand or acceptance, how likely it is. A range of a number may end
            at a threshold, and then counts as on its own side of it.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        nodes: How large the computation may become.
        progress: Is told how large it is by now.

    Raises:
        ModelError: If a belief is none, one that is needed is missing, the computation would become
            larger than ``nodes``, the target cannot be asked, a time is none or imprecise, or
            ``as_of`` lies after ``known_by``.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If there is no such fact, demand, text, source or party.
    """
    goal = condition_asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    return _Question.of(evaluation, goal, beliefs, nodes, progress).likelihood()


def importance(
    scenario: Scenario,
    target: Askable,
    beliefs: Pairs[Changeable, Belief],
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    nodes: int = 200_000,
    progress: Progress | None = None,
) -> Importances:
    """Return the difference that each fact makes to how probable a target is.

    Its arguments and errors are those of :func:`likelihood`.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> found = importance(case, "election", {"election": 0.4}, as_of="2025-03-13")
    >>> [float(each.exact) for each in found]
    [1.0]
    """
    goal = condition_asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    question = _Question.of(evaluation, goal, beliefs, nodes, progress)
    found = sorted(question.importances(), key=lambda each: -abs(each.exact))
    return Importances(question.likelihood(), tuple(found))


@frozen(eq=False)
class _Question:
    """How likely a target is, among what is uncertain."""

    uncertainty: Uncertainty
    target: Condition
    met: Node
    """That it is met, and what can be is so."""

    can_be: Node
    """That what is believed of shares can be so at once."""

    @staticmethod
    def of(
        evaluation: Evaluation,
        target: Condition,
        beliefs: Pairs[Changeable, Belief],
        nodes: int,
        progress: Progress | None,
    ) -> _Question:
        """Write that a target is met."""
        whole_number(nodes, "nodes")
        told(progress)
        uncertainty = Uncertainty.of(evaluation, target, beliefs, nodes, progress)
        met, can_be = uncertainty.met(target), uncertainty.can_be()
        both = uncertainty.expressions.all_of([met, can_be])
        if not uncertainty.expressions.chance(can_be):
            raise ModelError("beliefs about shares of one territory must leave room for each other")
        return _Question(uncertainty, target, both, can_be)

    def likelihood(self) -> Likelihood:
        """Return the probability of the target."""
        self.uncertainty.refuse_missing([self.met])
        support = self.met.support
        keys = (key for key, place in self.uncertainty.places.items() if place in support)
        make = self.uncertainty.expressions
        exact = make.chance(self.met) / make.chance(self.can_be)
        return Likelihood(self.target, exact, tuple(keys), self.uncertainty.view)

    def importances(self) -> Iterator[Importance]:
        """Yield the difference that each fact makes."""
        make, places = self.uncertainty.expressions, self.uncertainty.places
        variables = [make.variables[place] for place in places.values()]
        given = [
            list(self._given(place, len(each.outcomes)))
            for place, each in zip(places.values(), variables, strict=True)
        ]
        self.uncertainty.refuse_missing([met for pairs in given for met, _ in pairs])
        for each, pairs in zip(variables, given, strict=True):
            chances = [make.chance(met) / make.chance(can_be) for met, can_be in pairs]
            spread = max(chances) - min(chances)
            yield Importance(each.key, chances[0] - chances[1] if each.is_binary else spread)

    def _given(self, place: int, outcomes: int) -> Iterator[tuple[Node, Node]]:
        """Yield the question for each outcome of a variable that can be at all."""
        make = self.uncertainty.expressions
        for outcome in range(outcomes):
            can_be = make.given(self.can_be, place, outcome)
            if make.chance(can_be):
                yield make.given(self.met, place, outcome), can_be
