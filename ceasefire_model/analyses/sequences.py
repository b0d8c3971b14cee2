"""Sequences: in which order a target could be brought about, given goodwill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.deadlocks import Deadlocks, deadlocks_in
from ceasefire_model.analyses.openings import evaluation_of
from ceasefire_model.analyses.reachability import Web
from ceasefire_model.asking import Askable, asked
from ceasefire_model.conditions import AllOf, AnyOf, AtLeastOf, Condition, Not
from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Step:
    """One thing to bring about."""

    thing: Condition
    """A leaf or the negation of one."""

    waited_for: tuple[Condition, ...]
    """The things that its preconditions need and that did not hold already."""

    preconditions: tuple[Precondition, ...] = field(repr=all_named)
    """Its preconditions."""


@frozen
class Steps:
    """The order in which a target could be brought about, or the deadlock that forbids it."""

    target: Condition
    """What is to be met."""

    layers: tuple[tuple[Step, ...], ...] = field(repr=counted)
    """The steps that can be taken in parallel, one layer after the other; none where the target is
    met already."""

    deadlocks: Deadlocks | None
    """What forbids it, where nothing can be taken first."""

    view: View = field(eq=False, repr=False)
    """What it was judged in."""

    def __str__(self) -> str:
        """Write the steps, or the deadlock."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_rows(self) -> list[Row]:
        """Return one row per step, for a data frame; none where a deadlock forbids it."""
        from ceasefire_model.display.rows import steps_rows

        return steps_rows(self)


def sequence(
    scenario: Scenario,
    target: Askable,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    limit: int = 10,
) -> Steps:
    """Say in which order a target could be brought about, each thing as early as can be.

    Of alternatives, those that are reached first are taken.

    Args:
        scenario: The situation.
        target: What is to be met.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        limit: How many deadlocks to name at most, where they forbid it.

    Raises:
        ModelError: If the target cannot be asked, a time is none or imprecise, or ``as_of`` lies
            after ``known_by``.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
        MissingExtraError: If clingo is not installed, and it takes it to name a deadlock.
    """
    goal = asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    web = Web.of(evaluation, [goal])
    reached = {
        thing: number for number, layer in enumerate(web.layers(), start=1) for thing in layer
    }
    chosen = _support(web, goal, reached)
    if chosen is None:
        return Steps(goal, (), deadlocks_in(web, limit), evaluation.view)
    needed: dict[Condition, None] = {}
    waiting = list(chosen)
    while waiting:
        thing = waiting.pop()
        if thing not in needed:
            needed[thing] = None
            for condition in web.needs_of(thing):
                waiting.extend(_support(web, condition, reached) or ())
    count = max((reached[thing] for thing in needed), default=0)
    layers = tuple(
        tuple(
            _step(web, thing, reached)
            for thing in reached
            if thing in needed and reached[thing] == n
        )
        for n in range(1, count + 1)
    )
    return Steps(goal, tuple(filter(None, layers)), None, evaluation.view)


def _step(web: Web, thing: Condition, reached: dict[Condition, int]) -> Step:
    gates = web.gates[thing]
    waited = [each for gate in gates for each in _support(web, gate.needs, reached) or ()]
    return Step(thing, tuple(dict.fromkeys(waited)), tuple(gate.precondition for gate in gates))


def _support(
    web: Web, condition: Condition, reached: dict[Condition, int], *, negated: bool = False
) -> list[Condition] | None:
    """Return the things by which a condition is reached the earliest; none if it is not reached."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            found = [_support(web, part, reached, negated=negated) for part in parts]
            ways = sorted(
                (way for way in found if way is not None), key=lambda way: _cost(way, reached)
            )
            needed = _needed(condition, negated=negated)
            if len(ways) < needed:
                return None
            return [thing for way in ways[:needed] for thing in way]
        case Not(part=part):
            return _support(web, part, reached, negated=not negated)
        case _:
            thing = Not(condition) if negated else condition
            if thing not in web.gates:
                return []
            return [thing] if thing in reached else None


def _needed(condition: AllOf | AnyOf | AtLeastOf, *, negated: bool) -> int:
    """Return how many parts must be so; of a negated one, how many must not."""
    size = len(condition.parts)
    least = size if isinstance(condition, AllOf) else 1
    if isinstance(condition, AtLeastOf):
        least = condition.count
    return size - least + 1 if negated else least


def _cost(way: list[Condition], reached: dict[Condition, int]) -> tuple[int, int]:
    """Return how late a way is, and how much it takes."""
    return max((reached[thing] for thing in way), default=0), len(way)
