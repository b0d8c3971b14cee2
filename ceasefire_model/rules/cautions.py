"""Cautions: what stands in a scenario and is probably not meant."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ceasefire_model.conditions import AtLeast, AtMost, Observed, ObservedLeaf, walk
from ceasefire_model.errors import Problem
from ceasefire_model.facts import Quantity, Question
from ceasefire_model.index import conditions_of
from ceasefire_model.lookalikes import difference, skeleton
from ceasefire_model.moments import Moment
from ceasefire_model.proposals import Basis
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.rules.reports import is_above, limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ceasefire_model.conditions import Condition
    from ceasefire_model.evidence import Observation
    from ceasefire_model.proposals import Precondition, Proposal, Provision
    from ceasefire_model.scenarios import Scenario

_PERCENT = frozenset({"%", "percent", "per cent"})


def cautions(scenario: Scenario) -> tuple[Problem, ...]:
    """Return what is probably not meant in a scenario that is sound, each with its place."""
    return (
        *_stale_verdicts(scenario),
        *_shares(scenario),
        *_preconditions(scenario),
        *_idle_facts(scenario),
        *_contradictions(scenario),
        *_twins(scenario),
    )


def _asked(scenario: Scenario) -> Iterator[ObservedLeaf]:
    """Yield every demand on a fact in a scenario."""
    records: tuple[Proposal | Precondition, ...] = (*scenario.proposals, *scenario.preconditions)
    for record in records:
        for _, condition in conditions_of(record, "$"):
            yield from _leaves(condition)


def _leaves(condition: Condition) -> Iterator[ObservedLeaf]:
    return (part for part in walk(condition) if isinstance(part, Observed))


def _stale_verdicts(scenario: Scenario) -> Iterator[Problem]:
    """Yield clauses whose date has passed since anybody reported on what they require."""
    told = [each.reported.bounds(scenario.zone)[1] for each in scenario.observations]
    for provision in scenario.index.provisions.values():
        for due in (provision.due, *(duty.due for duty in provision.duties)):
            if isinstance(due, Moment):
                over = due.as_end(scenario.zone)[1]
                last = max(_reports_on(scenario, provision), default=None)
                if last is not None and last < over <= max(told):
                    yield Problem(
                        scenario.index.place_of(provision.id),
                        f"nothing is reported on what it requires since {due}, when it fell due; "
                        "a missed deadline needs a word from then or later",
                    )


def _reports_on(scenario: Scenario, provision: Provision) -> Iterator[datetime]:
    """Yield when reports on what the duties of a clause require were made."""
    for duty in provision.duties:
        for leaf in _leaves(duty.requires):
            for fact in facts_of(leaf):
                for report in scenario.index.reports.get(fact, ()):
                    yield report.reported.bounds(scenario.zone)[1]


def _shares(scenario: Scenario) -> Iterator[Problem]:
    """Yield numbers in per cent that are compared to shares of one, or are above the whole."""
    asked = [leaf for leaf in _asked(scenario) if isinstance(leaf, AtLeast | AtMost)]
    for fact in scenario.facts:
        if isinstance(fact, Quantity) and fact.unit.casefold() in _PERCENT:
            demanded = [leaf.value for leaf in asked if leaf.fact == fact.id]
            is_share = any(isinstance(each, Decimal) and 0 < each < 1 for each in demanded)
            for place, report in _reports_of(scenario, fact.id):
                if is_above(limits(report.value)[0], Decimal(1 if is_share else 100)):
                    yield Problem(
                        f"{place}.value",
                        "above what is demanded as a share of one; write both in per cent"
                        if is_share
                        else f"above 100 {fact.unit}; is the unit meant?",
                    )


def _reports_of(scenario: Scenario, fact: str) -> Iterator[tuple[str, Observation]]:
    for position, report in enumerate(scenario.observations):
        if report.fact == fact:
            yield f"$.observations[{position}]", report


def _preconditions(scenario: Scenario) -> Iterator[Problem]:
    """Yield preconditions that nobody is shown to have stated, and such as never count."""
    for each in scenario.preconditions:
        place = f"$.preconditions.{each.id}"
        if each.basis is Basis.STATED and each.statement is None:
            yield Problem(
                f"{place}.basis", "stated, and no statement says so; name it in statement"
            )
        if each.statement is not None and each.withdrawn is not None:
            said = scenario.index.statements[each.statement].date
            if said == each.withdrawn and said.is_of_days and said.is_exact:
                yield Problem(
                    f"{place}.withdrawn",
                    f"stated and withdrawn on {said}, so it never counts; give the times of day",
                )


def _idle_facts(scenario: Scenario) -> Iterator[Problem]:
    """Yield facts that nothing asks about and nobody reports on."""
    used = {fact for leaf in _asked(scenario) for fact in facts_of(leaf)}
    used |= {text.in_force for text in scenario.proposals if text.in_force is not None}
    used |= {word.about.fact for word in scenario.statements if word.about.fact is not None}
    for fact in scenario.facts:
        is_idle = fact.id not in used and fact.id not in scenario.index.reports
        if is_idle and not isinstance(fact, Question):
            yield Problem(f"$.facts.{fact.id}", "nothing asks about it and nobody reports on it")


def _contradictions(scenario: Scenario) -> Iterator[Problem]:
    """Yield counts that fall, and sources that dispute themselves."""
    told: dict[tuple[str, str], list[tuple[str, Observation]]] = {}
    for position, report in enumerate(scenario.observations):
        place = f"$.observations[{position}]"
        told.setdefault((report.source, report.fact), []).append((place, report))
    for (_, fact), reports in told.items():
        about = scenario.index.facts[fact]
        falls = isinstance(about, Quantity) and about.cumulative
        ordered = sorted(reports, key=lambda each: each[1].since.bounds(scenario.zone))
        for (_, one), (place, other) in pairwise(ordered):
            if (one.since, one.reported) == (other.since, other.reported):
                if one.value != other.value:
                    yield Problem(place, "its source says otherwise of the same time on that day")
            elif falls and is_above(limits(one.value)[0], limits(other.value)[1]):
                yield Problem(
                    f"{place}.value", "a number that never falls is lower than it was before"
                )


def _twins(scenario: Scenario) -> Iterator[Problem]:
    """Yield ids that look like another of their kind."""
    for places in _ids(scenario):
        first: dict[str, str] = {}
        for name, place in places.items():
            other = first.setdefault(skeleton(name), name)
            if other != name:
                what = f"looks like {other!r}, with {difference(name, other)}"
                yield Problem(place, f"{what}; if one is meant, write it one way")


def _ids(scenario: Scenario) -> Iterator[dict[str, str]]:
    """Yield the ids of each kind with their places; texts and their clauses are of one kind."""
    index = scenario.index
    kinds = {
        "parties": index.parties,
        "territories": index.territories,
        "facts": index.facts,
        "sources": index.sources,
        "statements": index.statements,
        "preconditions": index.preconditions,
    }
    for kind, records in kinds.items():
        yield {name: f"$.{kind}.{name}" for name in records}
    reports = enumerate(scenario.observations)
    yield {each.id: f"$.observations[{n}].id" for n, each in reports if each.id is not None}
    texts = {name: f"$.proposals.{name}" for name in index.proposals}
    yield texts | {name: index.place_of(name) for name in index.provisions}
    yield dict.fromkeys(index.vague, "$")
