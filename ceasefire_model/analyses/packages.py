"""Packages: the smallest sets of changes that would make a target met, the cheapest first."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ceasefire_model.analyses.deadlocks import refuse_no_limit
from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.openings import evaluation_of
from ceasefire_model.analyses.program import Program
from ceasefire_model.analyses.shifts import (
    Changeable,
    Obstacle,
    Shift,
    Terms,
    by_key,
    called,
    demands_in,
    key_of,
)
from ceasefire_model.analyses.solver import Atom, cheapest
from ceasefire_model.asking import Askable, asked
from ceasefire_model.conditions import Condition, Vague
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import number
from ceasefire_model.ids import PartyId
from ceasefire_model.moments import Moment, moment
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.views import View
from ceasefire_model.scenarios import Scenario
from ceasefire_model.suppositions import Supposition
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ceasefire_model.evidence import Trust
    from ceasefire_model.rows import Row


@frozen
class Package:
    """A smallest set of changes that makes a target met, and that some order can carry out."""

    shifts: tuple[Shift, ...]
    """The changes; none where the target is met already."""

    wait_until: datetime | None
    """The instant, in UTC, that must also come, if one must."""

    view: View = field(eq=False, repr=False)
    """What it starts from."""

    @property
    def cost(self) -> Decimal:
        """What all its changes cost together."""
        return sum((shift.cost for shift in self.shifts), Decimal(0))

    @property
    def who(self) -> tuple[PartyId, ...]:
        """The parties that must move."""
        return tuple(dict.fromkeys(party for shift in self.shifts for party in shift.who))

    def suppose(self, scenario: Scenario, *, since: str | date | datetime | Moment) -> Scenario:
        """Return the scenario in which the changes are made."""
        made = Supposition(since=moment(since)).and_then(shift.supposed for shift in self.shifts)
        return scenario.with_suppositions([made])

    def __str__(self) -> str:
        """Write the changes, each with who must move."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


@frozen
class Packages(Listing[Package]):
    """The packages that were found."""

    target: Condition
    """What they make met."""

    found: tuple[Package, ...] = field(repr=counted)
    """The cheapest first."""

    is_complete: bool
    """Whether these are all; if not, the limit or the time was reached."""

    obstacles: tuple[Obstacle, ...] = field(repr=counted)
    """Where nothing can make it met: a smallest set of what stands in the way; of conditions that
    nothing ever meets, nothing can be named."""

    unnamed: tuple[Vague, ...] = field(repr=all_named)
    """The demands that it rests on of which nobody has named a meaning: no package meets them."""

    view: View = field(eq=False, repr=False)
    """What they start from."""

    def __str__(self) -> str:
        """Write each package, or what stands in the way of all."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_rows(self) -> list[Row]:
        """Return one row per change of each package, for a data frame."""
        from ceasefire_model.display.rows import packages_rows

        return packages_rows(self)


def packages(
    scenario: Scenario,
    target: Askable,
    *,
    as_of: str | date | datetime | Moment,
    fixed: Iterable[Changeable] = (),
    costs: Mapping[Changeable, Decimal | float] | None = None,
    limit: int = 10,
    seconds: float | None = None,
    trust: Trust | None = None,
) -> Packages:
    """Find the cheapest packages.

    Args:
        scenario: The situation.
        target: What should be met.
        as_of: The day or instant judged; a day stands for its last instant.
        fixed: What stays as it is.
        costs: What changes cost; by default 1 each.
        limit: How many to find at most; there can be very many.
        seconds: How long to look at most.
        trust: Whom to hear; by default everybody.

    Returns:
        The packages; where there is none, what stands in the way.

    Raises:
        ModelError: If the target cannot be asked, the limit is less than 1, the time or a cost is 0
            or less, or the time judged is none or imprecise.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If there is no such fact, demand, text or party.
        MissingExtraError: If clingo is not installed.
    """
    refuse_no_limit(limit)
    goal = asked(scenario, target)
    evaluation, terms = _asked(scenario, goal, as_of, fixed, costs, trust)
    if seconds is not None and not seconds > 0:
        raise ModelError(f"seconds must be more than 0, got {seconds}")
    program = Program.of(evaluation, goal, terms, explains=False)
    patience = None if seconds == inf else seconds
    found = list(islice(_packages(program, goal, patience), limit + 1))
    in_time = None not in found
    made = [package for package in found[:limit] if package is not None]
    return Packages(
        goal,
        tuple(made),
        in_time and len(found) <= limit,
        () if made or not in_time else _obstacles(evaluation, goal, terms),
        tuple(program.wishes.unnamed()),
        evaluation.view,
    )


def iter_packages(
    scenario: Scenario,
    target: Askable,
    *,
    as_of: str | date | datetime | Moment,
    fixed: Iterable[Changeable] = (),
    costs: Mapping[Changeable, Decimal | float] | None = None,
    trust: Trust | None = None,
) -> Iterator[Package]:
    """Return an iterator over all packages, the cheapest first; it looks no further than asked.

    Its arguments and errors are those of :func:`packages`.
    """
    goal = asked(scenario, target)
    evaluation, terms = _asked(scenario, goal, as_of, fixed, costs, trust)
    program = Program.of(evaluation, goal, terms, explains=False)
    found = _packages(program, goal, None)
    return (package for package in found if package is not None)


def _asked(
    scenario: Scenario,
    target: Condition,
    as_of: str | date | datetime | Moment,
    fixed: Iterable[Changeable],
    costs: Mapping[Changeable, Decimal | float] | None,
    trust: Trust | None,
) -> tuple[Evaluation, Terms]:
    """Check what is asked."""
    evaluation = evaluation_of(scenario, as_of, None, trust)
    demands = demands_in(scenario, target)
    given = by_key(scenario, costs or {}, demands)
    priced = {key: number(cost) for key, cost in given.items()}
    for key, cost in priced.items():
        if cost <= 0:
            raise ModelError(f"a cost must be more than 0, got {cost} for {called(key)!r}")
    return evaluation, Terms(frozenset(key_of(scenario, each, demands) for each in fixed), priced)


def _packages(
    program: Program, target: Condition, seconds: float | None
) -> Iterator[Package | None]:
    """Yield the packages, the cheapest first; ``None`` when the time is over."""
    for answer in cheapest("packages", program.translation.facts, ("becomes_to",), seconds):
        package = None if answer is None else _package(program, answer)
        if package is None or not program.is_timed or _is_sure(package, target):
            yield package


def _package(program: Program, answer: frozenset[Atom]) -> Package:
    choices = program.choices
    return Package(choices.shifts_in(answer), choices.until(answer), program.view)


def _is_sure(package: Package, target: Condition) -> bool:
    """Whether a package does it also by what the history of the target says, once one waited."""
    view = package.view
    made = package.suppose(view.scenario, since=moment(view.at))
    then = evolve(view, scenario=made, at=max(view.at, package.wait_until or view.at))
    return verdict(Evaluation(then), target) is Verdict.MET


def _obstacles(evaluation: Evaluation, target: Condition, terms: Terms) -> tuple[Obstacle, ...]:
    """Return a smallest set of what would have to be otherwise for there to be a package."""
    program = Program.of(evaluation, target, terms, explains=True)
    answer = next(cheapest("packages", program.translation.facts, ("becomes_to",)), None)
    return () if answer is None else program.choices.obstacles(answer)
