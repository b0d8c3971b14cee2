"""A scenario with the records of tables, or what is wrong with them by row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from ceasefire_model.documents.misfits import steps
from ceasefire_model.errors import DocumentError, ModelError, Problem, ScenarioError
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.parties import Party
from ceasefire_model.scenarios import Scenario, refuse_no_scenario
from ceasefire_model.statements import Statement
from ceasefire_model.tables.columns import Tabular
from ceasefire_model.tables.records import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire_model.documents.misfits import Step

AnyTable: TypeAlias = Table[Party] | Table[Source] | Table[Statement] | Table[Observation]
"""What was read of a table of any kind."""

_ORDER: dict[type[Tabular], Callable[[Scenario, Iterable[Any]], Scenario]] = {
    Party: Scenario.with_parties,
    Source: Scenario.with_sources,
    Statement: Scenario.with_statements,
    Observation: Scenario.with_observations,
}
"""How each kind is added, those first that others refer to."""


@frozen
class Addition:
    """A scenario with the records of tables."""

    kept: Scenario = field(repr=False)
    """The scenario with every record that fits; what was skipped is in ``problems``."""

    added: int
    """How many records were added to it."""

    problems: tuple[Problem, ...]
    """What was skipped and why, each as ``row, column: what; what would be right``."""

    source: str
    """Where the tables come from."""

    @property
    def scenario(self) -> Scenario:
        """The scenario with every record.

        Raises:
            DocumentError: If any row could not be read or does not fit; it lists every problem.
        """
        if self.problems:
            raise DocumentError(self.source, self.problems)
        return self.kept


def add(scenario: Scenario, *tables: AnyTable) -> Addition:
    """Add what was read of tables to a scenario.

    Args:
        scenario: What they are added to.
        tables: From ``parties_from``, ``sources_from``, ``statements_from``, ``observations_from``,
            in any order.

    Raises:
        ModelError: If it is no scenario, or something is no such table.
    """
    refuse_no_scenario(scenario)
    for table in tables:
        _refuse_no_table(table)
    kept, added = scenario, 0
    problems: list[Problem] = []
    for table in sorted(tables, key=lambda one: list(_ORDER).index(one.kind)):
        kept, more, found = _added(kept, table)
        added += more
        prefix = f"{table.source}, " if len(tables) > 1 else ""
        problems += [Problem(f"{prefix}{one.path}", one.what) for one in found]
    sources = dict.fromkeys(table.source for table in tables)
    return Addition(kept, added, tuple(problems), ", ".join(sources))


def _refuse_no_table(table: object) -> None:
    if not isinstance(table, Table):
        what = f"add takes tables that were read, got {type(table).__name__}"
        raise ModelError(f"{what}; read it first, such as with observations_from")


def _added(scenario: Scenario, table: AnyTable) -> tuple[Scenario, int, list[Problem]]:
    """Add the rows of one table that fit, and say what is wrong with the others."""
    waiting: list[tuple[int, Tabular]] = list(table.read)
    problems = list(table.problems)
    while True:
        try:
            kept = _ORDER[table.kind](scenario, [record for _, record in waiting])
        except ScenarioError as error:
            found = _by_row(scenario, waiting, error.problems)
            refused = {row for row, _ in found}
            waiting = [one for one in waiting if one[0] not in refused]
            problems += [problem for _, problem in found]
        else:
            return kept, len(waiting), problems


def _by_row(
    scenario: Scenario, waiting: list[tuple[int, Tabular]], problems: Iterable[Problem]
) -> list[tuple[int, Problem]]:
    """Return problems of a scenario as those of rows."""
    first = len(scenario.observations)
    rows: dict[Step, int] = {
        first + position if isinstance(record, Observation) else str(record.id): row
        for position, (row, record) in enumerate(waiting)
    }
    found: list[tuple[int, Problem]] = []
    for problem in problems:
        _, step, *below = steps(problem.path)
        column = ".".join(name for name in below if isinstance(name, str))
        place = f"row {rows[step]}, {column}" if column else f"row {rows[step]}"
        found.append((rows[step], Problem(place, problem.what)))
    return found
