"""Targets: what is asked of a scenario in many worlds, and its plan once these are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.asking import condition_asked
from ceasefire_model.bulk.compiling import Compiler
from ceasefire_model.moments import day_of
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.findings import evaluate
from ceasefire_model.rules.views import view
from ceasefire_model.scenarios import suppose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from ceasefire_model.asking import Askable
    from ceasefire_model.bulk.givens import Given
    from ceasefire_model.bulk.plans import Plan, Signal
    from ceasefire_model.conditions import Condition
    from ceasefire_model.evidence import Trust
    from ceasefire_model.facts import Value
    from ceasefire_model.ids import FactId
    from ceasefire_model.moments import Moment
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.verdicts import Verdict


@frozen(eq=False)
class Target:
    """One condition, asked of a scenario as of a day in many worlds."""

    scenario: Scenario
    what: Askable
    as_of: str | date | datetime | Moment
    known_by: str | date | datetime | Moment | None
    trust: Trust | None
    condition: Condition = field(init=False)
    view: View = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what the scenario does not have, and times that are none."""
        object.__setattr__(self, "condition", condition_asked(self.scenario, self.what))
        seen = view(self.scenario, as_of=self.as_of, known_by=self.known_by, trust=self.trust)
        object.__setattr__(self, "view", seen)

    def compiled(
        self, givens: Mapping[FactId, Given], most_cases: int, *, looks_up: bool = True
    ) -> tuple[Plan, Signal]:
        """Return the steps for worlds of which this is given, and what they come to.

        Args:
            givens: What is given of the varied facts.
            most_cases: How many cases of a history are written out as steps.
            looks_up: Whether of more cases the verdicts can be looked up world by world.
        """
        compiler = Compiler(Evaluation(self.view), givens, self._judged, most_cases, looks_up)
        signal = compiler.compile(self.condition)
        return compiler.plan, signal

    def _judged(self, condition: Condition, values: Mapping[FactId, Value]) -> Verdict:
        """Judge a condition in one world."""
        since = day_of(self.view.at, self.view.zone)
        facts = {str(name): value for name, value in values.items()}
        world = suppose(self.scenario, facts, since=since)
        return evaluate(
            world, condition, as_of=self.as_of, known_by=self.known_by, trust=self.trust
        ).verdict
