"""Timelines of many observations, beside interval sets for the same Boolean question.

To measure: ``python -m pytest tests/benchmarks --benchmark-enable --benchmark-only``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, reduce
from random import Random

import pytest

from ceasefire_model import (
    Act,
    After,
    AllOf,
    AnyOf,
    AtLeastOf,
    By,
    Condition,
    Done,
    Duty,
    Ever,
    HeldFor,
    Holds,
    InForce,
    Moment,
    Observation,
    Party,
    Proposal,
    Provision,
    ProvisionKind,
    Scenario,
    Source,
    State,
    Throughout,
    Verdict,
    When,
    assess,
    days,
    evaluate,
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


def test_a_throughout_between_two_bounds_that_follow_one_doubtful_event(benchmark):
    scenario = doubtful(350)
    event = Done("e")
    span = Throughout(Holds("s"), After(event, days(2)), After(event, days(40)))
    benchmark.pedantic(judge_last, (scenario, span), rounds=3, warmup_rounds=1)


def test_a_throughout_between_bounds_that_follow_two_doubtful_events(benchmark):
    scenario = doubtful(350)
    span = Throughout(Holds("s"), After(Done("e"), days(2)), After(Done("e2"), days(40)))
    benchmark.pedantic(judge_last, (scenario, span), rounds=3, warmup_rounds=1)


def test_three_hundred_texts_that_start_one_after_the_other(benchmark):
    first = Proposal(id="t0", title="0", starts=After(Done("e"), days(1)))
    chain = [
        Proposal(id=f"t{n}", title="n", starts=After(InForce(f"t{n - 1}"), days(1)))
        for n in range(1, 300)
    ]
    scenario = doubtful(1).with_proposals([first, *chain])
    benchmark.pedantic(judge_last, (scenario, InForce("t299")), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_what_became_of_ten_duties(benchmark, count):
    duties = [
        Duty(by=["a"], requires=AnyOf(LEAVES[first : first + 5])) for first in range(0, 50, 5)
    ]
    clause = Provision(id="p", text="p", kind=ProvisionKind.STANDING_DUTY, duties=duties)
    text = Proposal(id="t", title="t", starts="2001-01-01", provisions=[clause])
    scenario = reports(count).with_parties([Party(id="a", name="a")]).with_proposals([text])
    benchmark.pedantic(assess_last, (scenario,), rounds=2, warmup_rounds=1)


def doubtful(count: int) -> Scenario:
    """Return so many reports on a state, and two each that contradict each other on two acts."""
    told = [
        Observation(fact="s", value=bool(n % 2), source="w", since=FIRST + timedelta(days=n))
        for n in range(count)
    ]
    acts = [
        Observation(fact=act, value=value, source=source, since=FIRST + timedelta(days=day))
        for act in ("e", "e2")
        for value, source, day in ((True, "w", 30), (False, "v", 340))
    ]
    return Scenario(
        title="an event in doubt",
        facts=[State(id="s", text="a state"), *(Act(id=act, text="an act") for act in ("e", "e2"))],
        sources=[Source(id="w", name="W"), Source(id="v", name="V")],
        observations=[*told, *acts],
    )


def judge_last(scenario: Scenario, condition: Condition) -> Verdict:
    return evaluate(scenario, condition, as_of="2002-01-01").verdict


def assess_last(scenario: Scenario) -> Verdict:
    return assess(scenario, as_of="2024-12-31").provision("p").performance.verdict


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
