"""The law of sweeps: in every world the verdict of `suppose` and `evaluate`."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    AllOf,
    AnyOf,
    Fulfilled,
    Holds,
    InForce,
    Moment,
    Party,
    Precondition,
    Proposal,
    Range,
    Scenario,
    ScenarioError,
    Source,
    SourceKind,
    Stance,
    State,
    Statement,
    Timing,
    Verdict,
    evaluate,
    suppose,
)
from ceasefire_model.bulk.sweeps import sweep
from ceasefire_model.bulk.worlds import grid
from ceasefire_model.conditions import Observed, walk
from ceasefire_model.facts import CannotSay, Control, Number, Quantity, Truth
from ceasefire_model.moments import day_of, instant
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.strategies import conditions, histories, instants, scenarios, trusts, values

VERDICTS = tuple(Verdict)
relaxed = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def mentioned(scenario, target):
    """Return the facts of a target and of all that anybody needs, those of the target first."""
    needed = [each.needs for each in scenario.preconditions]
    owed = [
        duty.requires
        for text in scenario.proposals
        for clause in text.provisions
        for duty in clause.duties
    ]
    return [
        scenario.fact(name)
        for condition in (target, target, target, *needed, *owed)
        for part in walk(condition)
        if isinstance(part, Observed)
        for name in facts_of(part)
    ]


@st.composite
def axes(draw, scenario, target, *, ranges=True, most=4):
    """Few values of few facts of a scenario, rather of those that matter."""
    several = st.sampled_from(mentioned(scenario, target) or scenario.facts)
    facts = draw(st.lists(several, min_size=1, max_size=most, unique=True))
    found = {}
    for fact in facts:
        possible = (
            values(fact) if ranges else values(fact).filter(lambda v: not isinstance(v, Range))
        )
        found[fact.id] = draw(st.lists(possible, min_size=1, max_size=3, unique=True))
    return found


PARTIES = [Accepts("arvenia", "plan"), Accepts("belmora", "plan"), Accepts("belmora", "counter")]
TEXTS = [InForce("plan"), InForce("counter"), Fulfilled("plan-1"), Fulfilled("counter-1")]


def targets():
    """What texts come to, conditions, histories, and all of these together."""
    one = st.sampled_from([*TEXTS, *PARTIES])
    several = conditions(max_leaves=6)
    return one | several | st.builds(AllOf, st.tuples(one, several)) | histories(of=several)


@st.composite
def questions(draw, **choice):
    """A scenario in which conditions of acceptance rather matter, a target, axes, and times."""
    scenario = draw(scenarios())
    words = dict.fromkeys(draw(st.sets(st.sampled_from(PARTIES))), Stance.ACCEPTS_WITH_CONDITIONS)
    scenario = suppose(scenario, since="2025-01-01", words=words)
    target = draw(targets())
    late = st.just(Moment("2025-04-20"))
    at, known = sorted(
        draw(st.tuples(late | instants(), instants())),
        key=lambda moment: moment.bounds(scenario.zone)[1],
    )
    try:
        scenario.check(target)
    except ScenarioError:
        assume(False)
    when = {"as_of": at, "known_by": known, "trust": draw(trusts())}
    return scenario, target, draw(axes(scenario, target, **choice)), when


def one_by_one(scenario, target, found, **when):
    """Judge each world of a sweep by itself."""
    since = day_of(instant(when["as_of"], scenario.zone), scenario.zone)
    for number in range(len(found)):
        world = suppose(scenario, found.world(number), since=since)
        yield evaluate(world, target, **when).verdict


@relaxed
@given(questions())
def test_a_sweep_over_a_grid_judges_each_world_as_supposing_and_evaluating_do(question):
    scenario, target, choice, when = question
    found = sweep(scenario, target, grid(choice), **when)
    expected = [*one_by_one(scenario, target, found, **when)]
    assert [VERDICTS[code] for code in found.verdicts] == expected
    assert found.counts() == {verdict: expected.count(verdict) for verdict in Verdict}


def array(fact, column):
    """Write values as numpy has them."""
    if isinstance(fact, Quantity | Control):
        return np.array([float(v.value) if isinstance(v, Number) else np.nan for v in column])
    mask = [v == CannotSay() for v in column]
    flags = np.array([v == Truth(True) for v in column], bool)
    return np.ma.masked_array(flags, mask) if any(mask) else flags


@relaxed
@given(questions(ranges=False), st.integers(0, 2**32))
def test_a_sweep_over_arrays_judges_each_world_as_supposing_and_evaluating_do(question, seed):
    scenario, target, choice, when = question
    random = np.random.default_rng(seed)
    arrays = {
        name: array(scenario.fact(name), random.choice(column, 12))
        for name, column in choice.items()
    }
    found = sweep(scenario, target, arrays, **when)
    expected = [*one_by_one(scenario, target, found, **when)]
    assert [VERDICTS[code] for code in found.verdicts] == expected


FACTS = [State(id=name, text=name) for name in "pqr"]
MEMBERS = ("a", "b", "c", "d")


def needs(parties, party):
    """What a party may need: facts, the others' acceptance, and that the text is in force."""
    others = [Accepts(other, "t") for other in parties if other != party]
    atoms = st.sampled_from([*others, *map(Holds, "pqr"), ~Holds("p"), InForce("t")])
    several = st.lists(atoms, min_size=1, max_size=3)
    return atoms | st.builds(AllOf, several) | st.builds(AnyOf, several)


@st.composite
def rings(draw):
    """Parties that accept a text on conditions about facts and about each other."""
    parties = MEMBERS[: draw(st.integers(2, 4))]
    gates = [
        Precondition(
            id=f"{party}{number}",
            held_by=party,
            of=Accepts(party, "t"),
            needs=draw(needs(parties, party)),
            timing=draw(st.sampled_from(Timing)),
            text="a need",
        )
        for party in parties
        for number in range(draw(st.integers(1, 2)))
    ]
    words = [
        Statement(
            id=party,
            speaker=party,
            party=party,
            date=Moment("2031-01-01"),
            about=About(proposal="t"),
            stance=draw(
                st.sampled_from(
                    [Stance.ACCEPTS_WITH_CONDITIONS] * 3 + [Stance.ACCEPTS_IN_PRINCIPLE]
                )
            ),
            text="yes, but",
            source="wire",
        )
        for party in parties
    ]
    return Scenario(
        title="a ring",
        parties=[Party(id=party, name=party) for party in parties],
        facts=FACTS,
        sources=[Source(id="wire", name="Wire", kind=SourceKind.NEWS)],
        statements=words,
        preconditions=gates,
        proposals=[Proposal(id="t", title="T", to=parties)],
    )


@relaxed
@given(rings())
def test_a_circle_of_acceptances_is_carried_in_each_world_as_in_that_world_alone(scenario):
    choice = {"p": [True, False, None], "q": [True, False], "r": [False, None]}
    for target in (InForce("t"), Accepts("a", "t")):
        found = sweep(scenario, target, grid(choice), as_of="2031-02-01")
        expected = [*one_by_one(scenario, target, found, as_of="2031-02-01")]
        assert [VERDICTS[code] for code in found.verdicts] == expected
