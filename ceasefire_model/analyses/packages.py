"""Packages: the smallest sets of changes that would make a target met, the cheapest first."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ceasefire_model.analyses.deadlocks import refuse_no_limit
from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.openings import evaluation_of
from ceasefire_model.analyses.orders import in_order
from ceasefire_model.analyses.program import Program
from ceasefire_model.analyses.progress import Patience, Progress
from ceasefire_model.analyses.shifts import (
    Changeable,
    Key,
    Obstacle,
    Reason,
    Shift,
    Terms,
    by_key,
    called,
    demands_in,
    key_of,
)
from ceasefire_model.analyses.solver import Atom, cheapest
from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.calls import naming
from ceasefire_model.conditions import Condition, Vague
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, number
from ceasefire_model.fields import Pairs, as_many
from ceasefire_model.ids import PartyId
from ceasefire_model.moments import TICK, Moment, moment
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rows import InRows
from ceasefire_model.rules.evaluation import Evaluation, known_history, verdict
from ceasefire_model.rules.views import View
from ceasefire_model.scenarios import Scenario
from ceasefire_model.suppositions import Supposition
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ceasefire_model.evidence import Trust
    from ceasefire_model.rows import Row


@frozen
class Await:
    """Something that only time can bring, once all else is done.

    Attributes:
        thing: What begins, lasts or runs out.
        until: When, in UTC.
    """

    thing: Condition
    until: datetime


@frozen
class Package:
    """A smallest set of changes that makes a target met, and that some order can carry out.

    Attributes:
        shifts: The changes; none where the target is met already.
        waits: What only time can bring: a text that starts later, a span under way, a date to pass.
        wait_until: The instant, in UTC, at which the target is met then, if not at once.
        view: What it starts from.
    """

    shifts: tuple[Shift, ...]
    waits: tuple[Await, ...]
    wait_until: datetime | None
    view: View = field(eq=False, repr=False)

    @property
    def cost(self) -> Decimal:
        """What all its changes cost together."""
        return sum((shift.cost for shift in self.shifts), Decimal(0))

    @property
    def who(self) -> tuple[PartyId, ...]:
        """The parties that must move."""
        return tuple(dict.fromkeys(party for shift in self.shifts for party in shift.who))

    def suppose(self, scenario: Scenario, *, since: str | date | datetime | Moment) -> Scenario:
        """Return the scenario in which the changes are made.

        They were found for the instant judged: of a day, for its end. From its midnight on they
        override what is reported of that day itself.
        """
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
class Packages(Listing[Package], InRows):
    """The packages that were found.

    Attributes:
        target: What they make met.
        found: The cheapest first.
        is_complete: Whether these are all; if not, the limit or the time was reached.
        obstacles: Where nothing can make it met: a smallest set of what stands in the way; of
            conditions that nothing ever meets, nothing can be named.
        unnamed: The demands that it rests on of which nobody has named a meaning: no package meets
            them.
        view: What they start from.
    """

    target: Condition
    found: tuple[Package, ...] = field(repr=counted)
    is_complete: bool
    obstacles: tuple[Obstacle, ...] = field(repr=counted)
    unnamed: tuple[Vague, ...] = field(repr=all_named)
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write each package, or what stands in the way of all."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per change of each package."""
        from ceasefire_model.display.rows import packages_rows

        return packages_rows(self)


def packages(  # noqa: PLR0913 - what is asked, of what, on which terms
    scenario: Scenario,
    target: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    fixed: Changeable | Iterable[Changeable] = (),
    costs: Pairs[Changeable, Decimal | float] | None = None,
    limit: int = 10,
    seconds: float | None = None,
    trust: Trust | None = None,
    progress: Progress | None = None,
) -> Packages:
    """Find the cheapest packages.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> found = packages(case, "election", as_of="2025-03-13")
    >>> found[0].who
    ('UA', 'RU')

    Args:
        scenario: The situation.
        target: What should be met; none where the scenario has one text: that it is in force.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        fixed: What stays as it is.
        costs: What changes cost; by default 1 each.
        limit: How many to find at most; there can be very many.
        seconds: How long to look at most, preparation included.
        trust: Whom to hear; by default everybody.
        progress: Is told how many were found so far.

    Returns:
        The packages; where there is none, what stands in the way.

    Raises:
        ModelError: If the target cannot be asked, the limit is less than 1, the time or a cost is 0
            or less, a time is none or imprecise, or ``as_of`` lies after ``known_by``; or if so
            much waits for each other in circles that it would take more than some 300 megabytes:
            seven hundred preconditions in one ring, or ninety parties.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If there is no such fact, demand, text or party.
        MissingExtraError: If clingo is not installed.
    """
    refuse_no_limit(limit)
    patience = Patience.of(seconds, progress)
    goal = condition_asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    terms = _terms(scenario, goal, fixed, costs)
    found: list[Package] = []
    unnamed: tuple[Vague, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    try:
        program = Program.of(evaluation, goal, terms, patience)
        unnamed = tuple(program.wishes.unnamed())
        for package in islice(_packages(program, goal, patience), limit + 1):
            found.append(package)
            patience.tell(len(found))
        if not found:
            obstacles = _obstacles(evaluation, goal, terms, patience)
            if not obstacles and program.is_out_of_order:
                obstacles = (Obstacle(Reason.ORDER, None),)
        is_complete = len(found) <= limit
    except TimeoutError:
        is_complete = False
    return Packages(goal, tuple(found[:limit]), is_complete, obstacles, unnamed, evaluation.view)


def iter_packages(
    scenario: Scenario,
    target: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    fixed: Changeable | Iterable[Changeable] = (),
    costs: Pairs[Changeable, Decimal | float] | None = None,
    trust: Trust | None = None,
) -> Iterator[Package]:
    """Return an iterator over all packages, the cheapest first; it looks no further than asked.

    Its arguments and errors are those of :func:`packages`. It ends early where more than some
    hundreds of sets of changes would do but for the history of the target.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> float(next(iter_packages(case, "election", as_of="2025-03-13")).cost)
    3.0
    """
    goal = condition_asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    terms = _terms(scenario, goal, fixed, costs)
    patience = Patience()
    program = Program.of(evaluation, goal, terms, patience)

    def each() -> Iterator[Package]:
        with suppress(TimeoutError):
            yield from _packages(program, goal, patience)

    return each()


def packages_in(evaluation: Evaluation, target: Condition) -> Iterator[Package]:
    """Yield the packages in an evaluation, nothing held fixed, the cheapest first."""
    patience = Patience()
    program = Program.of(evaluation, target, Terms(frozenset(), {}), patience)
    with suppress(TimeoutError):
        yield from _packages(program, target, patience)


def _terms(
    scenario: Scenario,
    target: Condition,
    fixed: Changeable | Iterable[Changeable],
    costs: Pairs[Changeable, Decimal | float] | None,
) -> Terms:
    """Check what is held fixed, and what changes cost."""
    demands = demands_in(scenario, target)
    priced: dict[Key, Decimal] = {}
    if costs is not None:
        with naming("costs"):
            named = by_key(scenario, costs, demands)
            priced = {key: _cost(key, cost) for key, cost in named.items()}
    with naming("fixed"):
        kept: tuple[Changeable, ...] = as_many(fixed)
        return Terms(frozenset(key_of(scenario, each, demands) for each in kept), priced)


def _cost(key: Key, given: Decimal | float) -> Decimal:
    """Return what a change costs."""
    cost = number(given)
    if cost <= 0:
        raise ModelError(f"a cost must be more than 0, got {cost} for {called(key)!r}")
    return cost


def _packages(program: Program, target: Condition, patience: Patience) -> Iterator[Package]:
    """Yield the packages, the cheapest first.

    The program takes histories and dates as they stand; whether a package does it, and when, is
    then asked of evaluation.
    """
    made: dict[frozenset[Atom], Package] = {}

    def is_right(answer: frozenset[Atom]) -> bool:
        package = _awaited(program, answer, target) if program.is_timed else None
        package = package if program.is_timed else _package(program, answer)
        if package is None:
            return False
        if not _has_an_order(program, package):
            program.is_out_of_order = True
            return False
        made[answer] = package
        return True

    for answer in cheapest(program.parts, program.translation.facts, _FREE, patience, is_right):
        yield made.pop(answer)


_FREE = ("becomes_to",)


def _has_an_order(program: Program, package: Package) -> bool:
    """Whether the changes have an order; asked only where one may undo what another needs first.

    For all else the program has seen to it. A share passes whatever lies between on its way, and
    others shrink by it.
    """
    changed = {program.key_of(shift.supposed) for shift in package.shifts}
    moves_shares = program.has_order and any(isinstance(key, Control) for key in changed)
    undoes = not changed.isdisjoint(program.needed_as_it_is) or program.needs_a_default
    if not (moves_shares or undoes):
        return True
    return in_order(program.wishes, package.shifts, package.wait_until) is not None


def _package(program: Program, answer: frozenset[Atom]) -> Package:
    return Package(program.choices.shifts_in(answer), (), None, program.view)


def _awaited(program: Program, answer: frozenset[Atom], target: Condition) -> Package | None:
    """Return a package with the instants that must still come; none if the target is never met."""
    package, view = _package(program, answer), program.view
    made = package.suppose(view.scenario, since=moment(view.at))
    after = Evaluation(view.imagining(made))
    waits = {leaf: first_met(after, leaf, view.at) for leaf in program.choices.waits_in(answer)}
    found = [at for at in waits.values() if at is not None]
    if len(found) < len(waits):
        return None
    until = first_met(after, target, max(found, default=view.at))
    if until is None or until <= view.at:
        return None if until is None else package
    awaited = (Await(leaf, at) for leaf, at in waits.items() if at is not None and at > view.at)
    return evolve(package, waits=tuple(awaited), wait_until=until)


def first_met(evaluation: Evaluation, condition: Condition, since: datetime) -> datetime | None:
    """Return the first instant from one on at which a condition is met."""
    if verdict(evaluation.moved(since), condition) is Verdict.MET:
        return since
    track = known_history(evaluation, condition)
    starts = (at for at, _, found in track.spans() if found is Verdict.MET and at > since)
    first = next(starts, None)
    if first is None or track.at(first + TICK) is not Verdict.MET:
        return first
    # What lasts so many days from the last instant of a day on has lasted them one tick before the
    # last instant of another: that instant is meant.
    zone = evaluation.view.zone
    days = [at.astimezone(zone).date() for at in (first + TICK, first + 2 * TICK)]
    return first + TICK if days[0] < days[1] else first


def _obstacles(
    evaluation: Evaluation, target: Condition, terms: Terms, patience: Patience
) -> tuple[Obstacle, ...]:
    """Return a smallest set of what would have to be otherwise for there to be a package."""
    program = Program.of(evaluation, target, terms, patience, explains=True)
    facts = program.translation.facts
    answer = next(cheapest(program.parts, facts, _FREE, patience), None)
    return () if answer is None else program.choices.obstacles(answer)
