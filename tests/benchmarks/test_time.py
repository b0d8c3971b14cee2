"""Timelines of many observations, beside interval sets for the same Boolean question.

To measure: ``python -m pytest tests/benchmarks --benchmark-enable --benchmark-only``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, reduce
from random import Random

import pytest

from ceasefire_model import (
    After,
    AllOf,
    AnyOf,
    AtLeastOf,
    By,
    Ever,
    HeldFor,
    Holds,
    Moment,
    Observation,
    Scenario,
    Source,
    State,
    Throughout,
    When,
    days,
    timeline,
)

FACTS, SOURCES, FIRST = 200, 5, date(2000, 1, 1)
LEAVES = [Holds(f"f{number}") for number in range(50)]
TEMPORAL = AllOf(
    [
        AnyOf(LEAVES[:10]),
        Ever(AllOf(LEAVES[10:13])),
        By(AnyOf(LEAVES[13:16]), After(LEAVES[16], days(30))),
        HeldFor(AnyOf(LEAVES[17:22]), days(30)),
        Throughout(AnyOf(LEAVES[22:30]), Moment("2005-01-01")),
        AtLeastOf(3, LEAVES[30:38]),
        When(AllOf(LEAVES[38:41]), AnyOf(LEAVES[41:])),
    ]
)
BOOLEAN = AllOf(AnyOf(LEAVES[first : first + 5]) for first in range(0, 50, 5))


@cache
def reports(count: int, sources: int = SOURCES) -> Scenario:
    """So many reports, on random days of 25 years, that states hold or do not."""
    random = Random(1)  # noqa: S311 - no secret
    return Scenario(
        title="many reports",
        facts=[State(id=f"f{number}", text="a state") for number in range(FACTS)],
        sources=[Source(id=f"s{number}", name="a source") for number in range(sources)],
        observations=[
            Observation(
                fact=f"f{random.randrange(FACTS)}",
                value=random.random() < 0.5,
                source=f"s{random.randrange(sources)}",
                since=Moment((FIRST + timedelta(days=random.randrange(9000))).isoformat()),
            )
            for _ in range(count)
        ],
    )


def follow(scenario: Scenario, condition):
    return timeline(scenario, condition, start="2000-01-01", end="2025-12-31")


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_a_timeline_with_temporal_conditions(benchmark, count):
    scenario = reports(count)
    benchmark.pedantic(follow, (scenario, TEMPORAL), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_a_boolean_timeline(benchmark, count):
    scenario = reports(count, sources=1)
    benchmark.pedantic(follow, (scenario, BOOLEAN), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_the_same_boolean_question_put_to_interval_sets(benchmark, count):
    portion = pytest.importorskip("portion")
    scenario = reports(count, sources=1)
    benchmark.pedantic(by_intervals, (portion, scenario), rounds=3, warmup_rounds=1)


def by_intervals(portion, scenario: Scenario):
    """Answer where the condition is met; of two words of one day the later counts."""
    said: dict[str, dict[date, bool]] = {}
    for report in scenario.observations:
        said.setdefault(report.fact, {})[date.fromisoformat(report.since.text)] = report.value.value
    end = date(2026, 1, 1)
    held = {}
    for fact, words in said.items():
        ordered = sorted(words.items())
        ends = [day for day, _ in ordered[1:]] + [end]
        held[fact] = portion.Interval(
            *(
                portion.closedopen(day, until)
                for (day, value), until in zip(ordered, ends, strict=True)
                if value
            )
        )
    groups = (
        reduce(lambda one, other: one | other, [held[f"f{n}"] for n in range(first, first + 5)])
        for first in range(0, 50, 5)
    )
    return reduce(lambda one, other: one & other, groups)
