"""Acceptances that wait for each other: what is carried, and that no order of reading decides."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    AnyOf,
    Done,
    Duty,
    Fulfilled,
    InForce,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Scenario,
    Source,
    Stance,
    Statement,
    Timing,
    Verdict,
    assess,
    evaluate,
)
from tests.examples import at_most

DAY = Moment("2025-03-01")
FACTS = {
    "done": Verdict.MET,
    "not-done": Verdict.UNMET,
    "unreported": Verdict.UNKNOWN,
    "contested": Verdict.DISPUTED,
}


def reports() -> list[Observation]:
    said = {"done": (True,), "not-done": (False,), "contested": (True, False)}
    return [
        Observation(fact=fact, value=value, source=f"s{position}", since=DAY)
        for fact, values in said.items()
        for position, value in enumerate(values)
    ]


def waiting(needs, *, stance=Stance.ACCEPTS_WITH_CONDITIONS, provisions=()) -> Scenario:
    """A scenario in which each party accepts, each with its preconditions (needs, timing)."""
    parties = list(needs)
    return Scenario(
        title="a circle",
        parties=[Party(id=party, name=party) for party in parties],
        facts=[Act(id=fact, text=fact) for fact in FACTS],
        sources=[Source(id="s0", name="Daily"), Source(id="s1", name="Radio")],
        observations=reports(),
        statements=[
            Statement(
                id=f"word-{party}",
                speaker=party,
                party=party,
                date=DAY,
                about=About(proposal="plan"),
                text="yes, but",
                source="s0",
                stance=stance,
            )
            for party in parties
        ],
        proposals=[Proposal(id="plan", title="the plan", to=parties, provisions=provisions)],
        preconditions=[
            Precondition(
                id=f"{party}-{number}",
                held_by=party,
                of=Accepts(party, "plan"),
                needs=condition,
                timing=timing,
                text="but",
                statement=f"word-{party}",
            )
            for party, held in needs.items()
            for number, (condition, timing) in enumerate(held)
        ],
    )


def verdicts(scenario: Scenario) -> dict[str, Verdict]:
    return {
        party.id: evaluate(scenario, Accepts(party.id, "plan"), as_of=DAY).verdict
        for party in scenario.parties
    }


def ring(size: int, timings) -> dict:
    return {
        f"p{n}": [(Accepts(f"p{(n + 1) % size}", "plan"), timing)]
        for n, timing in zip(range(size), timings, strict=True)
    }


@pytest.mark.parametrize("timing", [Timing.TOGETHER, Timing.WHILE])
@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_circle_without_before_is_carried(size, timing):
    # one party that waits for itself is refused as a precondition; so size 1 is the plain circle
    needs = ring(size, [timing] * size) if size > 1 else {"p0": [(InForce("plan"), timing)]}
    assert set(verdicts(waiting(needs)).values()) == {Verdict.MET}


@given(st.integers(2, 6), st.data())
def test_one_before_in_a_circle_leaves_all_of_it_unmet(size, data):
    first = data.draw(st.integers(0, size - 1))
    timings = [Timing.BEFORE if n == first else Timing.TOGETHER for n in range(size)]
    assert set(verdicts(waiting(ring(size, timings))).values()) == {Verdict.UNMET}


def test_a_circle_carried_in_principle_is_pending():
    needs = ring(3, [Timing.TOGETHER] * 3)
    scenario = waiting(needs, stance=Stance.ACCEPTS_IN_PRINCIPLE)
    assert set(verdicts(scenario).values()) == {Verdict.PENDING}


def test_an_open_fact_in_a_carried_circle_gives_all_of_it_its_kind_and_no_worse():
    needs = ring(3, [Timing.TOGETHER] * 3)
    needs["p1"].append((Done("contested"), Timing.BEFORE))
    assert set(verdicts(waiting(needs)).values()) == {Verdict.DISPUTED}


def test_an_alternative_outside_the_circle_lets_it_be_entered():
    needs = ring(2, [Timing.BEFORE] * 2)
    needs["p0"] = [(AnyOf([Accepts("p1", "plan"), Done("done")]), Timing.BEFORE)]
    assert set(verdicts(waiting(needs)).values()) == {Verdict.MET}


def test_a_circle_through_fulfilment_and_force_is_carried_together_and_not_before():
    duty = Provision(id="step", text="a step", duties=[Duty(by=["p0"], requires=InForce("plan"))])
    for timing, expected in ((Timing.TOGETHER, Verdict.MET), (Timing.BEFORE, Verdict.UNMET)):
        scenario = waiting({"p0": [(Fulfilled("step"), timing)]}, provisions=[duty])
        assert evaluate(scenario, InForce("plan"), as_of=DAY).verdict is expected


@st.composite
def systems(draw):
    """Some parties, each with preconditions over the others' acceptances and over facts."""
    parties = [f"p{n}" for n in range(draw(st.integers(2, 5)))]
    atoms = st.sampled_from(
        [Accepts(p, "plan") for p in parties] + [Done(f) for f in FACTS] + [InForce("plan")]
    )
    terms = st.recursive(
        atoms,
        lambda inner: st.builds(
            lambda kind, parts: kind(parts),
            st.sampled_from([AllOf, AnyOf]),
            st.lists(inner, min_size=1, max_size=2),
        ),
        max_leaves=3,
    )
    held = st.lists(st.tuples(terms, st.sampled_from(Timing)), max_size=2)
    needs = {party: draw(held) for party in parties}
    return {
        party: [
            (condition, timing)
            for condition, timing in held
            if Accepts(party, "plan") not in leaves_of(condition)
        ]
        for party, held in needs.items()
    }


def leaves_of(condition):
    parts = getattr(condition, "parts", None)
    return {condition} if parts is None else {leaf for part in parts for leaf in leaves_of(part)}


def by_definition(needs) -> dict[str, Verdict]:
    """The circles of DESIGN section 6 by brute force, over all acceptances at once."""
    severity = [Verdict.PENDING, Verdict.DISPUTED, Verdict.UNKNOWN]

    def value(condition, accepted, force):
        match condition:
            case Accepts(party=party):
                return accepted[party]
            case Done(act=fact):
                return FACTS[fact]
            case InForce():
                return force
        return combine(condition, [value(part, accepted, force) for part in condition.parts])

    def combine(condition, values):
        decisive, neutral = (
            (Verdict.UNMET, Verdict.MET)
            if isinstance(condition, AllOf)
            else (Verdict.MET, Verdict.UNMET)
        )
        if decisive in values:
            return decisive
        opened = [v for v in values if v is not neutral]
        return max(opened, key=severity.index) if opened else neutral

    def step(party, before, others):
        held = needs[party]
        if not held:
            return Verdict.UNKNOWN
        return combine(
            AllOf([]),
            [
                value(condition, *(before if timing is Timing.BEFORE else others))
                for condition, timing in held
            ],
        )

    def flat(verdict):
        return verdict if verdict.is_settled else Verdict.PENDING

    def force(accepted):
        return combine(AllOf([]), list(accepted.values()))

    low = (dict.fromkeys(needs, Verdict.UNMET), Verdict.UNMET)
    while True:
        high = (dict.fromkeys(needs, Verdict.MET), Verdict.MET)
        while True:
            lower = {party: flat(step(party, low, high)) for party in needs}
            # in force follows from the acceptances, at once and not before
            following = (lower, flat(force(high[0])))
            if following == high:
                break
            high = following
        if high == low:
            break
        low = high
    while True:
        kinds = {p: v if v.is_settled else step(p, low, low) for p, v in low[0].items()}
        following = (kinds, low[1] if low[1].is_settled else force(low[0]))
        if following == low:
            return kinds
        low = following


@settings(max_examples=at_most(400), deadline=None)
@given(systems(), st.randoms(use_true_random=False))
def test_circles_are_judged_as_the_design_defines_them_in_whatever_order(needs, random: Random):
    parties = random.sample([*needs], len(needs))
    shuffled = {party: random.sample(needs[party], len(needs[party])) for party in parties}
    assert verdicts(waiting(shuffled)) == by_definition(needs)


@settings(deadline=None)
@given(systems())
def test_an_assessment_tells_of_each_party_what_is_evaluated(needs):
    scenario = waiting(needs)
    assessed = assess(scenario, as_of=DAY)
    assert {each.party.id: each.verdict for each in assessed.parties} == verdicts(scenario)


LONG = 2_000
"""Longer than any stack."""


def test_chains_through_ids_may_be_of_any_length():
    size = LONG
    provisions = [
        Provision(
            id=f"step{n}",
            text="a step",
            duties=[
                Duty(
                    by=["p0"],
                    requires=Fulfilled(f"step{n + 1}") if n + 1 < size else Done("done"),
                )
            ],
        )
        for n in range(size)
    ]
    scenario = waiting({"p0": [(Fulfilled("step0"), Timing.BEFORE)]}, provisions=provisions)
    finding = evaluate(scenario, InForce("plan"), as_of=DAY)
    assert finding.verdict is Verdict.MET
    assert sum(1 for _ in finding.walk()) == size + 3
    assert len(str(finding).splitlines()) > size
    hash(finding)


@pytest.mark.parametrize(
    ("timing", "expected"), [(Timing.TOGETHER, Verdict.MET), (Timing.BEFORE, Verdict.UNMET)]
)
def test_circles_may_be_of_any_length(timing, expected):
    needs = ring(LONG, [timing] * LONG)
    scenario = waiting(needs)
    assert evaluate(scenario, Accepts("p0", "plan"), as_of=DAY).verdict is expected
