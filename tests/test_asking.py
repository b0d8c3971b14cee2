"""Asking by name: a record or its id stands for one condition, and every verb takes it."""

import pytest
from hypothesis import given, settings

import ceasefire_model as cm
from ceasefire_model import (
    Accepts,
    Act,
    Answered,
    Done,
    Duty,
    Fulfilled,
    Holds,
    InForce,
    ModelError,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Scenario,
    State,
    UnknownIdError,
    Vague,
    asked,
)
from ceasefire_model.facts import Control
from ceasefire_model.strategies import scenarios
from tests.examples import at_most

DAY = "2031-05-02"
CURFEW = State(id="curfew", text="a curfew is in force")
VOTE = Act(id="vote", text="a vote is held", by=["A"])
TROOPS = Quantity(id="troops", text="troops in the valley", unit="soldiers")
WHO = Question(id="who", text="who counts?", asked_by="A", asked=cm.Moment(DAY))
OPEN = Provision(
    id="open", text="the road is opened", duties=[Duty(by=["A"], requires=Done("vote"))]
)
RIGHT = Provision(id="trade", text="all may trade", kind=cm.ProvisionKind.RIGHT)
PLAN = Proposal(id="plan", title="the plan", to=["A", "B"], provisions=[OPEN, RIGHT])
SAFE = Vague(id="safe", text="all are safe")
FIRST = Precondition(
    id="first", of=Accepts("A", "plan"), needs=~Holds("curfew") & SAFE, held_by="A", text="first"
)
SCENARIO = Scenario(
    title="the valley",
    parties=[Party(id="A", name="A"), Party(id="B", name="B")],
    facts=[CURFEW, VOTE, TROOPS, WHO],
    proposals=[PLAN],
    preconditions=[FIRST],
)

MEANT = [
    (PLAN, InForce("plan")),
    (OPEN, Fulfilled("open")),
    (RIGHT, InForce("trade")),
    (FIRST, FIRST.needs),
    (CURFEW, Holds("curfew")),
    (VOTE, Done("vote")),
    (WHO, Answered("who")),
    (SAFE, SAFE),
]


@pytest.mark.parametrize(("record", "condition"), MEANT, ids=lambda each: getattr(each, "id", ""))
def test_a_record_stands_for_one_condition_and_its_id_for_the_same(record, condition):
    assert asked(SCENARIO, record) == asked(SCENARIO, record.id) == condition


def test_where_there_is_one_text_nothing_need_be_named():
    assert asked(SCENARIO) == InForce("plan")
    for verb in ("evaluate", "timeline", "packages", "iter_packages", "sequence", "hindsight"):
        assert repr(VERBS[verb](None)) == repr(VERBS[verb](PLAN))


def test_where_there_are_two_texts_one_must_be_named():
    two = SCENARIO.with_proposals(Proposal(id="other", title="the other", to=["A"]))
    with pytest.raises(ModelError, match="has 2 proposals; name one of 'plan', 'other'"):
        asked(two)
    with pytest.raises(ModelError, match="has 0 proposals; there is none"):
        asked(Scenario(title="nothing"))


def test_a_condition_stands_for_itself():
    assert asked(SCENARIO, ~Done("vote")) == ~Done("vote")


def test_a_party_and_a_text_stand_for_acceptance():
    assert asked(SCENARIO, "A:plan") == Accepts("A", "plan")
    assert asked(SCENARIO, "B:open") == Accepts("B", "open")


def test_a_number_is_asked_about_with_its_threshold():
    share = Control(id="share", text="A's share", party="A", territory="T")
    for number in (TROOPS, "troops", share):
        with pytest.raises(ModelError, match=r"is a number, .* AtLeast\('(troops|share)', …\)"):
            asked(SCENARIO, number)


def test_an_id_that_nothing_has_is_answered_with_the_nearest():
    with pytest.raises(UnknownIdError, match=r"no text, clause, .* 'vot' .*; did you mean 'vote'"):
        asked(SCENARIO, "vot")
    with pytest.raises(UnknownIdError, match="no party 'C'"):
        asked(SCENARIO, "C:plan")
    with pytest.raises(UnknownIdError, match=r"no proposal or provision 'plam' .*mean 'plan'"):
        asked(SCENARIO, "A:plam")


def test_an_id_of_two_kinds_is_answered_with_both():
    twice = SCENARIO.with_facts([Act(id="plan", text="the plan is printed")])
    message = r"'plan' is the id of a text, InForce\(.*'plan'\), and a fact, Done\(act='plan'\), so"
    with pytest.raises(ModelError, match=message):
        asked(twice, "plan")
    assert asked(twice, PLAN) == InForce("plan")
    number = SCENARIO.with_facts(Quantity(id="plan", text="plans", unit="plans"))
    with pytest.raises(ModelError, match=r"and a fact, AtLeast\('plan', …\), so"):
        asked(number, "plan")


@pytest.mark.parametrize("party", ["A", Party(id="A", name="A")], ids=["id", "record"])
def test_a_party_is_asked_about_with_a_text(party):
    with pytest.raises(ModelError, match=r"'A' is a party; .* Accepts\('A', 'plan'\), or 'A:plan'"):
        asked(SCENARIO, party)


@pytest.mark.parametrize("what", [7, ["vote"], SCENARIO])
def test_what_is_no_condition_is_refused(what):
    with pytest.raises(ModelError, match="a condition is asked about, or a record or its id, got"):
        asked(SCENARIO, what)


@given(scenarios())
@settings(deadline=None, max_examples=at_most(25))
def test_whatever_is_named_in_a_scenario_and_can_be_asked_is_within_it(scenario):
    texts = [
        *scenario.proposals,
        *(each for text in scenario.proposals for each in text.provisions),
    ]
    for record in (*texts, *scenario.preconditions):
        scenario.check(asked(scenario, record))


VERBS = {
    "evaluate": lambda what: cm.evaluate(SCENARIO, what, as_of=DAY),
    "timeline": lambda what: cm.timeline(SCENARIO, what, start=DAY, end=DAY),
    "hindsight": lambda what: cm.hindsight(SCENARIO, what, as_of=DAY, until="2031-05-03"),
    "likelihood": lambda what: cm.likelihood(SCENARIO, what, {"vote": 0.5}, as_of=DAY),
    "importance": lambda what: cm.importance(SCENARIO, what, {"vote": 0.5}, as_of=DAY),
    "packages": lambda what: cm.packages(SCENARIO, what, as_of=DAY),
    "sequence": lambda what: cm.sequence(SCENARIO, what, as_of=DAY),
    "deadlocks": lambda what: cm.deadlocks(SCENARIO, target=what, as_of=DAY),
    "iter_packages": lambda what: [*cm.iter_packages(SCENARIO, what, as_of=DAY)],
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_a_record_and_an_id_as_it_does_the_condition(verb):
    answer = repr(VERBS[verb](Done("vote")))
    assert repr(VERBS[verb](VOTE)) == repr(VERBS[verb]("vote")) == answer


def test_the_whole_proposal_is_assessed_by_record_or_by_id():
    assert cm.assess(SCENARIO, PLAN, as_of=DAY) == cm.assess(SCENARIO, "plan", as_of=DAY)


@pytest.mark.parametrize(
    ("given", "way"),
    [
        ("case.yaml", "read a document with load, a case with load_case"),
        (3, "make one with Scenario"),
        (
            cm.assess(cm.load_case("us-30-day-2025"), as_of="2025-03-13"),
            "the one that an answer is about is its view.scenario",
        ),
    ],
)
def test_what_is_no_scenario_is_refused_with_the_way_to_one(given, way):
    with pytest.raises(ModelError, match=way):
        cm.assess(given, as_of=DAY)
