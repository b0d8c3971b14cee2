"""A scenario as it was before something came in, and with what came in: all was checked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire_model.evidence import Observation
from ceasefire_model.moments import Moment
from ceasefire_model.scenarios import replaced
from ceasefire_model.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.suppositions import Supposition

_PUT_OFF = Moment("9000")
"""When nothing is judged any more."""


def unheard(scenario: Scenario, records: Iterable[Observation | Statement]) -> Scenario:
    """Return a scenario as if some of its own reports and words had never come in.

    Words on which a precondition may rest stay where they are, and are put off to the end of time.
    """
    gone = [*records]
    observations = [each for each in gone if isinstance(each, Observation)]
    later = [evolve(each, reported=_PUT_OFF) for each in gone if isinstance(each, Statement)]
    lost = {id(each) for each in observations}
    kept = tuple(each for each in scenario.observations if id(each) not in lost)
    changes = {"observations": kept, "index": scenario.index.without(observations)}
    return retold(replaced(scenario, changes), later)


def retold(scenario: Scenario, statements: Iterable[Statement]) -> Scenario:
    """Return a scenario with these in place of the statements of the same ids, unchecked.

    They differ from those in nothing but when they were reported.
    """
    told = {each.id: each for each in statements}
    all_of_them = tuple(told.get(each.id, each) for each in scenario.statements)
    index = scenario.index.retold(told.values())
    return replaced(scenario, {"statements": all_of_them, "index": index})


def taken_in(scenario: Scenario, observations: Iterable[Observation]) -> Scenario:
    """Return a scenario with more reports, which were checked already."""
    added = tuple(observations)
    index, _ = scenario.index.extended(
        (f"$.observations[{n}]", each) for n, each in enumerate(added)
    )
    return replaced(scenario, {"observations": scenario.observations + added, "index": index})


def supposing(scenario: Scenario, suppositions: Iterable[Supposition]) -> Scenario:
    """Return a scenario in which only these of its own suppositions are made."""
    return replaced(scenario, {"suppositions": tuple(suppositions)})
