"""What a script may write, and what a field then holds: the type checkers read this file, too."""

from datetime import date
from typing import assert_type

import ceasefire_model as cm
from ceasefire_model.conditions import Condition, Leaf
from ceasefire_model.facts import Value
from ceasefire_model.ids import PartyId

DAY = "2031-03-10"


def test_a_field_takes_what_one_writes_and_holds_its_own_type() -> None:
    party = cm.Party(id="a", name="A", kind="state", codes={"ucdp": "61"}, members="b")
    assert assert_type(party.kind, cm.PartyKind) is cm.PartyKind.STATE
    assert assert_type(party.members, tuple[PartyId, ...]) == ("b",)
    assert assert_type(party.codes, tuple[cm.Code, ...]) == (cm.Code("ucdp", "61"),)


def test_a_report_takes_a_day_two_numbers_and_a_grade() -> None:
    said = cm.Observation(
        fact="x", value=(18, 20), source="w", since=date(2031, 3, 10), credibility=2
    )
    assert assert_type(said.value, Value) == cm.Range(18, 20)
    assert assert_type(said.since, cm.Moment) == cm.Moment(DAY)
    assert assert_type(said.credibility, cm.Credibility | None) is cm.Credibility.PROBABLY_TRUE


def test_a_duty_takes_a_list_of_what_is_required() -> None:
    duty = cm.Duty(by="a", requires=[cm.Done("x"), cm.Holds("y")], due=DAY)
    assert assert_type(duty.requires, Condition) == cm.Done("x") & cm.Holds("y")
    assert assert_type(duty.due, cm.Bound | None) == cm.Moment(DAY)


def test_a_precondition_takes_an_acceptance_in_short() -> None:
    gate = cm.Precondition(id="p", of="a:plan", needs=cm.Done("x"), held_by="a", text="x first")
    assert assert_type(gate.of, Leaf | cm.Not) == cm.Accepts("a", "plan")


def test_a_supposition_takes_mappings() -> None:
    scenario = cm.Scenario(title="x", parties=cm.Party(id="a", name="A"))
    assert assert_type(scenario.parties, tuple[cm.Party, ...])[0].id == "a"
    assert assert_type(cm.suppose(scenario, {}, since=DAY), cm.Scenario).parties


GUNS = cm.State(id="guns", text="guns are in the valley", by="a")
VOTE = cm.Act(id="vote", text="a vote is held", by="a")
FREED = cm.Quantity(id="freed", text="prisoners freed", unit="prisoners", by="a")
SAFE = cm.Vague(
    id="safe",
    text="all are safe",
    meanings=cm.Meaning(id="quiet", text="no guns", condition=~cm.Holds(GUNS)),
)
PLAN = cm.Proposal(
    id="plan",
    title="the plan",
    to="a",
    provisions=cm.Provision(id="free", text="a vote", duties=cm.Duty(by="a", requires=SAFE)),
)
FIRST = cm.Precondition(id="first", of="a:plan", needs=cm.Done(VOTE), held_by="a", text="first")
SCENARIO = cm.Scenario(
    title="the valley",
    parties=cm.Party(id="a", name="A"),
    facts=[GUNS, VOTE, FREED],
    proposals=PLAN,
    preconditions=FIRST,
)


def test_a_supposition_takes_records_of_any_kind_and_ids_as_keys() -> None:
    by_id: dict[str, bool] = {"guns": False}
    by_record = {GUNS: False}
    for facts in (by_id, by_record):
        assert cm.suppose(SCENARIO, facts, since=DAY).suppositions
    several = cm.suppose(
        SCENARIO,
        {GUNS: False, VOTE: True, FREED: 40},
        since=DAY,
        words={cm.Accepts("a", PLAN): "accepts"},
        meanings={SAFE: SAFE.meanings[0]},
        without=FIRST,
    )
    named = cm.suppose(
        SCENARIO,
        {GUNS: False, VOTE: True, "freed": 40},
        since=DAY,
        words={"a:plan": cm.Stance.ACCEPTS},
        meanings={"safe": "quiet"},
        without="first",
    )
    assert several == named
    alone = cm.suppose(SCENARIO, {GUNS: False}, since=DAY)
    assert alone == cm.suppose(SCENARIO, {"guns": False}, since=DAY)
    made = cm.Supposition(
        since=DAY, facts={"guns": False, "vote": True}, meanings={"safe": "quiet"}
    )
    assert len(made.facts) == len(made.meanings) + 1


def test_beliefs_and_costs_take_records_and_ids_as_keys() -> None:
    by_id: dict[str, float] = {"guns": 0.5}
    found = cm.likelihood(SCENARIO, GUNS, by_id, as_of=DAY)
    assert found.probability == cm.likelihood(SCENARIO, GUNS, {GUNS: 0.5}, as_of=DAY).probability
    meanings = {SAFE.meanings[0]: 1.0}
    sure = cm.likelihood(SCENARIO, SAFE, {GUNS: 0.5, "safe": meanings}, as_of=DAY)
    named = cm.likelihood(SCENARIO, SAFE, {"guns": 0.5, "safe": {"quiet": 1}}, as_of=DAY)
    assert sure.probability == named.probability
    assert cm.packages(SCENARIO, VOTE, as_of=DAY, costs={VOTE: 2})[0].cost == 2
    assert cm.packages(SCENARIO, VOTE, as_of=DAY, costs={"vote": 3, GUNS: 1})[0].cost == 3


def test_what_is_asked_about_may_be_a_record_an_id_or_a_condition() -> None:
    now = cm.assess(SCENARIO, PLAN, as_of=DAY)
    assert [need.precondition.id for need in now["a"].preconditions] == ["first"]
    assert now[SCENARIO.parties[0]] is now["a"]
    assert now.provision(PLAN.provisions[0]) is now.provision("free")
    assert now.waits_for("vote") == now.waits_for(FIRST) == now.waits_for(cm.Done(VOTE)) == ()
    assert len(cm.table(SCENARIO, [GUNS, FREED, FIRST, "a:plan"], dates=DAY).rows) == 4
    assert len(cm.table(SCENARIO, {"G": GUNS, "P": "plan"}, dates=[date(2031, 3, 10)]).rows) == 2
    assert cm.report(SCENARIO, PLAN, as_of=DAY).texts[0].assessment.proposal is PLAN


def test_worlds_take_records_and_ids_as_keys() -> None:
    assert len(cm.grid({GUNS: [True, False], "vote": [True]})) == 2
    by_id: dict[str, list[bool]] = {"guns": [True, False]}
    assert cm.grid(by_id).axes == cm.grid({GUNS: [True, False]}).axes
    assert cm.sample({GUNS: 0.5, FREED: {1: 0.5, 2: 0.5}}, n=3, seed=1).size == 3
