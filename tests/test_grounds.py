"""What each kind of derived leaf rests on."""

import pytest

from ceasefire_model.conditions import (
    Accepts,
    After,
    Done,
    Ever,
    Fulfilled,
    Holds,
    InForce,
    Not,
)
from ceasefire_model.facts import Act, State
from ceasefire_model.grounds import (
    Role,
    conditions_under,
    derived_in,
    derived_references,
    grounds,
    negated_references,
)
from ceasefire_model.moments import days
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision, Timing
from ceasefire_model.scenarios import Scenario


def index(*needs, **text):
    """Return the index of a plan of two parties of a league, with one clause."""
    duties = [
        Duty(by=["arvenia"], requires=Done("vote")),
        Duty(by=["belmora"], requires=~InForce("old")),
    ]
    clause = Provision(id="duty", text="x", duties=duties, due=After(Done("vote"), days(1)))
    return Scenario(
        title="x",
        parties=[
            Party(id="arvenia", name="A"),
            Party(id="belmora", name="B"),
            Party(id="league", name="L", members=["arvenia", "belmora"]),
        ],
        facts=[State(id="truce", text="t"), Act(id="vote", text="v")],
        proposals=[
            Proposal(id="old", title="O"),
            Proposal(id="plan", title="P", provisions=[clause], **text),
        ],
        preconditions=needs,
    ).index


def need(name, of, needs, held_by="arvenia", **more):
    return Precondition(id=name, of=of, needs=needs, held_by=held_by, text=name, **more)


def told(index, leaf):
    return [(each.role, each.condition, each.place) for each in grounds(index, leaf)]


def test_an_acceptance_rests_on_what_its_party_needs_of_it_and_of_the_whole_and_on_its_members():
    gate = need("g", Accepts("league", "duty"), Done("vote"), "league")
    another = need("h", Accepts("league", "duty"), Holds("truce"), "arvenia")
    whole = need("w", Accepts("league", "plan"), Holds("truce"), "league")
    assert told(index(gate, another, whole), Accepts("league", "duty")) == [
        (Role.PRECONDITION, Done("vote"), "$.preconditions.g.needs"),
        (Role.PRECONDITION, Holds("truce"), "$.preconditions.w.needs"),
        (Role.MEMBER, Accepts("arvenia", "duty"), "$.parties.league.members"),
        (Role.MEMBER, Accepts("belmora", "duty"), "$.parties.league.members"),
    ]


def test_a_text_rests_on_its_addressees_its_state_and_the_events_of_its_dates():
    plan = index(
        to=["arvenia"],
        starts=After(Done("vote"), days(1)),
        ends=After(~Holds("truce"), days(30)),
        in_force="truce",
    )
    found = told(plan, InForce("plan"))
    assert (Role.START, Done("vote"), "$.proposals.plan.starts.after") in found
    assert (Role.END, Not(Holds("truce")), "$.proposals.plan.ends.after") in found
    assert (Role.ADDRESSEE, Accepts("arvenia", "plan"), "$.proposals.plan.to") in found
    assert (Role.STATE, Holds("truce"), "$.proposals.plan.in_force") in found


def test_an_end_that_counts_from_the_text_itself_is_no_ground_of_it():
    plan = index(ends=After(InForce("plan"), days(30)))
    assert not told(plan, InForce("plan"))


def test_a_clause_rests_on_its_duties_and_on_the_event_of_its_deadline():
    found = told(index(), Fulfilled("duty"))
    assert (Role.DUTY, Done("vote"), "$.proposals.plan.provisions.duty.duties[0].requires") in found
    assert (Role.DUE, Done("vote"), "$.proposals.plan.provisions.duty.due.after") in found


def test_one_obligor_rests_on_its_own_duties_alone():
    asked = conditions_under(index(), Fulfilled("duty", "belmora"))
    assert Not(InForce("old")) in asked
    assert Done("vote") not in asked


@pytest.mark.parametrize("timing", Timing)
def test_a_precondition_keeps_its_timing(timing):
    gate = need("g", Accepts("arvenia", "plan"), Done("vote"), timing=timing)
    (ground,) = grounds(index(gate), Accepts("arvenia", "plan"))
    assert (ground.timing, ground.precondition) == (timing, gate)


def test_an_event_comes_before_what_it_starts_and_is_asked_for_as_a_history():
    plan = index(starts=After(Done("vote"), days(1)), ends=After(Holds("truce"), days(1)))
    found = {each.role: each for each in grounds(plan, InForce("plan"))}
    start, end = found[Role.START], found[Role.END]
    assert (start.timing, end.timing) == (Timing.BEFORE, Timing.TOGETHER)
    assert (start.asked, end.asked) == (Ever(Done("vote")), Ever(Holds("truce")))


def test_references_are_told_and_those_through_a_negation_apart():
    plan = index(starts=After(InForce("old"), days(1)), to=["arvenia"])
    leaf = InForce("plan")
    assert set(derived_references(plan, leaf)) >= {InForce("old"), Accepts("arvenia", "plan")}
    assert ("$.proposals.plan.starts.after", InForce("old")) in negated_references(plan, leaf)
    assert Accepts("arvenia", "plan") not in [leaf for _, leaf in negated_references(plan, leaf)]


def test_what_stands_in_a_negation_or_a_history_is_told_apart():
    inside = Accepts("arvenia", "plan") & ~InForce("plan") & Ever(Fulfilled("duty"))
    assert list(derived_in(inside)) == [
        (Accepts("arvenia", "plan"), False),
        (InForce("plan"), True),
        (Fulfilled("duty"), True),
    ]
