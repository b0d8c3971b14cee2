"""What the strategies promise to those who build upon them."""

import builtins
import sys

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from ceasefire_model import strategies
from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
    children,
    walk,
)
from ceasefire_model.consistency import value_problem
from ceasefire_model.errors import MissingExtraError
from ceasefire_model.evidence import Trust
from ceasefire_model.facts import Act, CannotSay, Control, Quantity, Question, Range, State, Times
from ceasefire_model.grounds import derived_in, derived_references
from ceasefire_model.moments import Moment, instant
from ceasefire_model.proposals import Basis, Timing
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import Stance
from ceasefire_model.strategies import DEMANDS, DERIVED, FACTS

RICH = settings(max_examples=5_000, phases=[Phase.generate], deadline=None, database=None)


def find_one(strategy, condition):
    """Return what a strategy yields of a kind, or fail."""
    try:
        return find(strategy, condition, settings=RICH)
    except NoSuchExample:
        pytest.fail("it never comes up")


def circles(scenario):
    """Return the groups of derived leaves that rest on each other."""
    return [
        group
        for group in components(DERIVED, lambda leaf: derived_references(scenario.index, leaf))
        if len(group) > 1
    ]


def leaves_of(condition):
    return [
        part for part in walk(condition) if not isinstance(part, (AllOf, AnyOf, AtLeastOf, Not))
    ]


@given(
    st.sampled_from(FACTS).flatmap(lambda fact: st.tuples(st.just(fact), strategies.values(fact)))
)
def test_values_fit_their_fact(drawn):
    fact, value = drawn
    assert value_problem(fact, value) is None


@given(strategies.scenarios(), strategies.instants())
@settings(deadline=None)
def test_one_can_judge_as_of_every_instant(scenario, at):
    assert instant(at, scenario.zone).tzinfo is not None


@given(strategies.conditions(derived=()))
def test_conditions_without_derived_leaves_are_on_facts_alone(condition):
    assert list(derived_in(condition)) == []


@given(strategies.conditions(facts=FACTS[:1], derived=(), demands=()))
def test_conditions_mention_only_the_facts_that_they_may(condition):
    assert {part.state for part in walk(condition) if isinstance(part, Holds)} <= {"truce"}
    assert not any(isinstance(part, (Done, AtLeast, AtMost, Answered)) for part in walk(condition))


@given(strategies.conditions(negated=[InForce("old")]))
def test_conditions_negate_only_what_they_may(condition):
    negated = {leaf for leaf, under_not in derived_in(condition) if under_not}
    in_demands = {leaf for demand in DEMANDS for leaf, _ in derived_in(demand)}
    assert negated <= {InForce("old")}
    assert not negated & in_demands


@given(st.integers(1, 8).flatmap(lambda most: st.tuples(st.just(most), conditions_of(most))))
def test_conditions_have_no_more_leaves_than_they_may(drawn):
    most, condition = drawn
    assert len(leaves_of(condition)) <= most


def conditions_of(most):
    return strategies.conditions(demands=(), max_leaves=most)


@given(strategies.scenarios())
@settings(deadline=None)
def test_every_scenario_has_the_same_facts_parties_and_texts(scenario):
    assert tuple(party.id for party in scenario.parties) == strategies.PARTIES
    assert tuple(place.id for place in scenario.territories) == strategies.TERRITORIES
    assert tuple(source.id for source in scenario.sources) == strategies.SOURCES
    assert [(fact.id, type(fact)) for fact in scenario.facts] == [
        (fact.id, type(fact)) for fact in FACTS
    ]
    assert tuple(scenario.index.proposals) == strategies.PROPOSALS
    assert tuple(scenario.index.provisions) == strategies.PROVISIONS
    assert set(strategies.STATEMENTS) <= set(scenario.index.statements)


@given(strategies.trusts())
def test_trust_hears_no_source_that_a_scenario_does_not_have(trust):
    assert trust.without <= set(strategies.SOURCES)
    assert trust.only is None or trust.only <= set(strategies.SOURCES)


@pytest.mark.parametrize(
    "kind",
    [
        Holds,
        Done,
        AtLeast,
        AtMost,
        Answered,
        Accepts,
        InForce,
        Fulfilled,
        Vague,
        AllOf,
        AnyOf,
        AtLeastOf,
        Not,
    ],
)
def test_every_class_of_condition_comes_up(kind):
    find_one(strategies.conditions(), lambda condition: isinstance(condition, kind))


@pytest.mark.parametrize("kind", [Ever, By, HeldFor, Throughout, When])
def test_every_temporal_condition_comes_up_within_another(kind):
    def holds(condition):
        return any(
            isinstance(inner, kind)
            for outer in walk(condition)
            if isinstance(outer, (Ever, By, HeldFor, Throughout, When))
            for child in children(outer)
            for inner in walk(child)
        )

    find_one(strategies.histories(), holds)


@pytest.mark.parametrize("kind", [Moment, After])
def test_every_kind_of_bound_comes_up(kind):
    find_one(strategies.bounds(), lambda bound: isinstance(bound, kind))


def test_what_must_last_has_an_end_now_and_then():
    find_one(
        strategies.histories(),
        lambda it: any(isinstance(part, Throughout) and part.end for part in walk(it)),
    )


@given(strategies.histories(of=strategies.conditions(derived=(), demands=(), max_leaves=1)))
def test_histories_are_of_what_they_may_be(condition):
    assert list(derived_in(condition)) == []
    assert not any(isinstance(part, Vague) for part in walk(condition))


@given(st.integers(0, 3).flatmap(lambda least: st.tuples(st.just(least), delays_of(least))))
def test_delays_are_no_shorter_than_they_may(drawn):
    least, delay = drawn
    assert least <= delay.amount <= 3


def delays_of(least):
    return strategies.delays(at_least=least)


@pytest.mark.parametrize("kind", [State, Act, Quantity, Control, Question])
def test_every_kind_of_fact_comes_up(kind):
    assert isinstance(find_one(strategies.facts(), lambda fact: isinstance(fact, kind)), kind)


def binds(gate):
    """Whether a precondition of an acceptance is the accepting party's own."""
    return isinstance(gate.of, Accepts) and gate.held_by == gate.of.party


def said_on_one_day(scenario):
    words = [
        (word.party, word.about.text, word.date.text, word.stance) for word in scenario.statements
    ]
    return any(
        one[:3] == other[:3] and {one[3], other[3]} >= {Stance.ACCEPTS, Stance.REJECTS}
        for one in words
        for other in words
        if one[1] is not None
    )


def contradicts_itself(scenario):
    return any(
        (one.fact, one.source, one.since) == (other.fact, other.source, other.since)
        and one.value != other.value
        for one in scenario.observations
        for other in scenario.observations
    )


def disputed(scenario):
    return any(
        one.fact == other.fact and one.source != other.source and one.value != other.value
        for one in scenario.observations
        for other in scenario.observations
    )


AWKWARD = {
    "a coalition": lambda it: any(party.members for party in it.parties),
    "two sources that differ": disputed,
    "a source that contradicts itself": contradicts_itself,
    "a correction": lambda it: any(report.corrects for report in it.observations),
    "an imprecise date": lambda it: any(not r.since.is_exact for r in it.observations),
    "a report that ended": lambda it: any(report.until for report in it.observations),
    "a late report": lambda it: any(r.reported != r.since for r in it.observations),
    "a range": lambda it: any(isinstance(r.value, Range) for r in it.observations),
    "a source that cannot say": lambda it: any(r.value == CannotSay() for r in it.observations),
    "accepted and rejected on one day": said_on_one_day,
    "a word on a provision": lambda it: any(w.stance and w.about.provision for w in it.statements),
    "a withdrawn precondition": lambda it: any(gate.withdrawn for gate in it.preconditions),
    "an inferred precondition": lambda it: any(
        gate.basis is Basis.INFERRED and gate.held_by is None for gate in it.preconditions
    ),
    "a precondition of a negation": lambda it: any(
        isinstance(gate.of, Not) for gate in it.preconditions
    ),
    "a precondition of a fact": lambda it: any(
        isinstance(gate.of, Holds) for gate in it.preconditions
    ),
    "a multiple": lambda it: any(
        isinstance(getattr(part, "value", None), Times)
        for gate in it.preconditions
        for part in walk(gate.needs)
    ),
    "a demand of its own": lambda it: "dignity" in it.index.vague,
    "a proposal that starts and ends": lambda it: any(t.starts and t.ends for t in it.proposals),
    "a state that decides": lambda it: any(text.in_force for text in it.proposals),
    "a joint duty": lambda it: any(
        len(duty.by) > 1 for each in it.index.provisions.values() for duty in each.duties
    ),
    "a due provision": lambda it: any(each.due for each in it.index.provisions.values()),
    "two suppositions": lambda it: len(it.suppositions) > 1,
    "a supposed word": lambda it: any(each.words for each in it.suppositions),
    "a supposed meaning": lambda it: any(each.meanings for each in it.suppositions),
    "a dropped precondition": lambda it: any(each.without for each in it.suppositions),
    "a precondition turned together": lambda it: any(each.together for each in it.suppositions),
    "a circle of acceptances": lambda it: any(
        all(isinstance(leaf, Accepts) for leaf in circle) for circle in circles(it)
    ),
    "a circle through all three": lambda it: any(
        {Accepts, InForce, Fulfilled} == set(map(type, circle)) for circle in circles(it)
    ),
    **{
        f"a circle with {timing.value}": lambda it, timing=timing: any(
            gate.timing is timing and binds(gate) and gate.of in circle
            for circle in circles(it)
            for gate in it.preconditions
        )
        for timing in Timing
    },
    "a negation of a derived leaf": lambda it: any(
        negated for gate in it.preconditions for _, negated in derived_in(gate.needs)
    ),
}


@pytest.fixture(scope="module")
def drawn():
    """Return a hundred scenarios, the same each time."""
    met = []

    @given(strategies.scenarios())
    @settings(RICH, max_examples=100, derandomize=True)
    def draw(scenario):
        met.append(scenario)

    draw()
    return met


@pytest.mark.parametrize("awkward", AWKWARD.values(), ids=AWKWARD)
def test_scenarios_are_rich_in_the_awkward(awkward, drawn):
    # what is drawn depends on the modules loaded; what is rare is looked for a while longer
    longer = settings(RICH, max_examples=5000, derandomize=True, phases=[Phase.generate])
    assert any(map(awkward, drawn)) or find(strategies.scenarios(), awkward, settings=longer)


def test_the_simplest_scenario_is_almost_empty():
    simple = find(strategies.scenarios(), lambda _: True, settings=RICH)
    assert (simple.observations, simple.preconditions, simple.suppositions) == ((), (), ())
    assert [word.id for word in simple.statements] == ["yes-but", "plea"]
    assert simple.facts == FACTS
    assert simple.timezone == "UTC"


class TestPools:
    def test_ids_may_be_given(self):
        party = find(strategies.parties(ids=["x"], members=["y"]), lambda it: bool(it.members))
        assert (party.id, party.members) == ("x", ("y",))

    def test_a_pool_may_be_a_list_or_a_tuple(self):
        assert strategies.parties(ids=["x"]) is strategies.parties(ids=("x",))

    def test_strategies_are_built_once(self):
        assert strategies.scenarios() is strategies.scenarios()

    def test_trust_may_be_by_default(self):
        assert find(strategies.trusts(), lambda _: True) == Trust()

    def test_small_conditions_are_leaves(self):
        assert find(strategies.conditions(), lambda _: True) == Holds("truce")


class TestMissingExtra:
    def test_without_hypothesis_it_says_what_to_install(self, monkeypatch):
        real = builtins.__import__

        def without_hypothesis(name, *args, **kwargs):
            if name.partition(".")[0] == "hypothesis":
                raise ImportError(name)
            return real(name, *args, **kwargs)

        monkeypatch.delitem(sys.modules, "ceasefire_model.strategies")
        monkeypatch.setattr(builtins, "__import__", without_hypothesis)
        with pytest.raises(MissingExtraError, match="needs the extra 'test'") as error:
            __import__("ceasefire_model.strategies")
        assert isinstance(error.value.__cause__, ImportError)
        assert Scenario.__module__ == "ceasefire_model.scenarios"
