"""A stream of reports taken in one at a time, beside one load and one timeline of the same.

To measure: ``python -m pytest tests/benchmarks --benchmark-enable --benchmark-only``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from ceasefire_model import (
    AllOf,
    Duty,
    Fulfilled,
    Holds,
    Limits,
    Observation,
    Party,
    Proposal,
    Provision,
    Scenario,
    Source,
    State,
    Statement,
    dumps,
    load_case,
    loads,
    news,
    timeline,
    watch,
)

FACTS, SOURCES, CLAUSES, FIRST = 200, 5, 10, date(2000, 1, 1)
LEAVES = [Holds(f"f{number}") for number in range(5 * CLAUSES)]
BASE = Scenario(
    title="a stream of reports",
    parties=[Party(id="a", name="A")],
    facts=[State(id=f"f{number}", text="a state") for number in range(FACTS)],
    sources=[Source(id=f"s{number}", name="a source") for number in range(SOURCES)],
    proposals=[
        Proposal(
            id="t",
            title="t",
            to=["a"],
            starts="2000-01-01",
            provisions=[
                Provision(
                    id=f"p{number}",
                    text="a standing duty",
                    kind="standing duty",
                    duties=[
                        Duty(by=["a"], requires=AllOf(LEAVES[5 * number : 5 * number + 5])),
                    ],
                )
                for number in range(CLAUSES)
            ],
        )
    ],
    statements=[
        Statement(
            id="yes",
            speaker="A",
            party="a",
            date="1999-12-01",
            about={"proposal": "t"},
            text="yes",
            source="s0",
            stance="accepts",
        )
    ],
)


@cache
def stream(count: int, turning: float) -> tuple[Observation, ...]:
    """Return so many reports of 25 years, in order, of which few say that something has changed.

    Args:
        count: How many.
        turning: How likely it is that a report is of a state that is no longer what it was.
    """
    random = Random(1)  # noqa: S311 - no secret
    so = [True] * FACTS
    found = []
    for number in range(count):
        fact = random.randrange(FACTS)
        so[fact] ^= random.random() < turning
        found.append(
            Observation(
                fact=f"f{fact}",
                value=so[fact],
                source=f"s{random.randrange(SOURCES)}",
                since=FIRST + timedelta(days=number * 9000 // count),
            )
        )
    return tuple(found)


def take_in(reports: tuple[Observation, ...]) -> int:
    watched = watch(BASE, start=FIRST)
    return sum(len(watched.add(each)) for each in reports)


@pytest.mark.parametrize(("count", "turning"), [(10_000, 0.001), (100_000, 0.001), (10_000, 0.01)])
def test_reports_one_at_a_time(benchmark, count, turning):
    if benchmark.disabled:
        count = 1_000  # only whether it runs
    reports = stream(count, turning)
    assert benchmark.pedantic(take_in, (reports,), rounds=1) > 0


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_one_load_of_the_same(benchmark, count):
    text = dumps(BASE.with_observations(stream(count, 0.001)), syntax="json")
    benchmark.pedantic(read, (text,), rounds=2)


def read(text: str) -> Scenario:
    return loads(text, limits=Limits(size=10**9, nodes=10**9))


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_one_timeline_of_the_same(benchmark, count):
    scenario = BASE.with_observations(stream(count, 0.001))
    benchmark.pedantic(follow, (scenario,), rounds=2)


def follow(scenario: Scenario):
    clauses = AllOf(Fulfilled(f"p{number}") for number in range(CLAUSES))
    return timeline(scenario, clauses, start="2000-01-01", end="2025-12-31")


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("us-30-day-2025", "2025-03-10", "2025-03-17"),
        ("aceh-mou-2005", "2005-08-15", "2006-12-31"),
    ],
)
def test_the_news_of_a_case(benchmark, name, start, end):
    scenario = load_case(name)
    benchmark.pedantic(lambda: news(scenario, start=start, end=end), rounds=2, warmup_rounds=1)
