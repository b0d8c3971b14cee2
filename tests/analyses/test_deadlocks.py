"""Deadlocks: the smallest circles, who holds them, and the ways out.

The circles of the report of 13 March 2025, worked out on paper before any code:

- Moscow's acceptance waits for fourteen things. Of thirteen nobody says that they wait for anything
  (answers to four questions, talks, sanctions, …), so no circle goes through them.
- The fourteenth is the election (¶8; that it is a condition on this proposal is an inference). The
  election, says Kyiv, waits for the end of martial law (¶8). That, by an inference that nobody
  holds, waits for the ceasefire to be in force. The ceasefire is in force once Moscow and Kyiv have
  accepted; Kyiv has. So it waits for Moscow's acceptance, where the circle began.
- One circle, then, of three preconditions and one step that is the proposal itself. Moscow holds
  one, Kyiv one, nobody one: no party locks it alone. It opens if any one of the three is dropped,
  or if all three are done at once; turning fewer into TOGETHER leaves something to come first.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    Act,
    After,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Basis,
    Done,
    Duty,
    Ever,
    Fulfilled,
    Holds,
    InForce,
    ModelError,
    Moment,
    Not,
    Party,
    Precondition,
    Proposal,
    Provision,
    Scenario,
    ScenarioError,
    Stance,
    Timing,
    Trust,
    UnknownIdError,
    days,
    load_case,
    suppose,
)
from ceasefire_model.analyses.deadlocks import Deadlock, deadlocks
from ceasefire_model.analyses.sequences import sequence
from tests.analyses.test_reachability import (
    DAY,
    PARTIES,
    PLAN,
    PROMISE,
    SIGNED,
    blocked,
    but,
    is_gated,
    powerset,
    rounds,
    situation,
    small_scenarios,
    stuck,
    word,
)
from tests.examples import at_most

SIXTY = AtLeast("troops", 60)


def ids(records) -> frozenset:
    return frozenset(each.id for each in records)


def circles(scenario: Scenario, **options) -> set:
    return {ids(each.preconditions) for each in deadlocks(scenario, as_of=DAY, **options)}


def smallest(sets) -> set:
    found = set(map(frozenset, sets))
    return {one for one in found if not any(other < one for other in found)}


# Laws


@settings(max_examples=at_most(30), deadline=None)
@given(small_scenarios(most=4))
def test_the_circles_are_all_smallest_sets_that_lock(scenario):
    lost = blocked(scenario)
    locking = [kept for kept in powerset(scenario.preconditions) if stuck(scenario, kept) - lost]
    assert circles(scenario) == smallest(map(ids, locking))


def blocked_by(scenario, kept) -> set:
    return set(SIGNED) - rounds(scenario, kept, kept)[-1]


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios(most=5))
def test_a_way_out_removes_its_deadlock_and_no_part_of_it_does(scenario):
    for each in deadlocks(scenario, as_of=DAY):
        for way in each.ways_out:
            changed = ids(each.preconditions)
            assert changed not in circles(without(scenario, way.drop, way.together))
            for part in (*way.drop, *way.together):
                drop = [one for one in way.drop if one != part]
                together = [one for one in way.together if one != part]
                assert changed in circles(without(scenario, drop, together))


def without(scenario, drop, together):
    return suppose(scenario, since=DAY, without=ids(drop), together=ids(together))


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios(most=5))
def test_the_ways_to_synchronise_a_circle_are_all_that_there_are(scenario):
    for each in deadlocks(scenario, as_of=DAY):
        kept = each.preconditions
        first = [one for one in kept if one.timing is Timing.BEFORE]
        lost = blocked_by(scenario, kept)
        opening = [
            turned
            for turned in powerset(first)
            if set(SIGNED) - rounds(scenario, kept, turned)[-1] == lost
        ]
        found = {ids(way.together) for way in each.ways_out if way.together}
        assert found == smallest(map(ids, opening))
        assert {ids(way.drop) for way in each.ways_out if way.drop} == {
            frozenset({one.id}) for one in kept
        }


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios())
def test_turning_everything_together_removes_every_deadlock(scenario):
    every = ids(scenario.preconditions)
    assert not circles(suppose(scenario, since=DAY, together=every))


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios(), st.sampled_from(SIGNED))
def test_a_target_is_deadlocked_or_blocked_or_has_a_sequence(scenario, target):
    found = sequence(scenario, target, as_of=DAY)
    lost = target in stuck(scenario)
    assert (found.deadlocks is not None) is lost
    if target in stuck(scenario) - blocked(scenario):
        assert circles(scenario, target=target)
    assert circles(scenario, target=target) <= circles(scenario)


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios())
def test_each_wait_of_a_circle_leads_to_another(scenario):
    for each in deadlocks(scenario, as_of=DAY):
        things, held = {wait.thing for wait in each.waits}, rounds(scenario)[0]
        for wait in each.waits:
            assert wait.precondition is None or is_gated(wait.thing, wait.precondition, held)
        assert each.waits[0].thing in things
        assert len(each.waits) >= len(things)


# Examples


def ring(*timings: Timing, by="AB") -> Scenario:
    """Acts that wait on each other in a circle."""
    facts = [Act(id=f"a{n}", text=f"act {n}") for n, _ in enumerate(timings)]
    gates = [
        but(f"g{n}", Done(f"a{n}"), Done(f"a{(n + 1) % len(timings)}"), timing, by[n % len(by)])
        for n, timing in enumerate(timings)
    ]
    return situation(gates, facts=facts, reported={}, proposals=[])


class TestDeadlock:
    def test_two_that_wait_for_each_other(self):
        (found,) = deadlocks(ring(Timing.BEFORE, Timing.BEFORE), as_of=DAY)
        assert [(wait.thing, wait.needs) for wait in found.waits] == [
            (Done("a0"), Done("a1")),
            (Done("a1"), Done("a0")),
        ]
        assert found.holders == ("A", "B")
        assert found.alone is None

    def test_a_circle_of_one_party_is_locked_by_it_alone(self):
        (found,) = deadlocks(ring(Timing.BEFORE, Timing.BEFORE, by="B"), as_of=DAY)
        assert found.alone == "B"

    def test_a_circle_with_an_inference_is_locked_by_nobody_alone(self):
        gates = [
            but("g0", Done("vote"), Holds("calm"), by="A"),
            but("g1", Holds("calm"), Done("vote"), by=None),
        ]
        (found,) = deadlocks(situation(gates), as_of=DAY)
        assert found.alone is None
        assert found.holders == ("A",)
        assert [way.who for way in found.ways_out] == [("A",), (), ("A",)]

    @pytest.mark.parametrize("timing", [Timing.TOGETHER, Timing.WHILE])
    def test_what_may_be_done_at_once_does_not_lock(self, timing):
        assert not len(deadlocks(ring(timing, timing), as_of=DAY))
        assert len(deadlocks(ring(timing, Timing.BEFORE), as_of=DAY)) == 1

    def test_what_may_be_done_at_once_is_no_circle_of_its_own_beside_one(self):
        # "vote" waits for "calm" and "calm" for "vote"; besides, "vote" and the answer go together
        gates = [
            but("g0", Done("vote"), Holds("calm")),
            but("g1", Holds("calm"), Done("vote")),
            but("g2", Done("vote"), Answered("who"), Timing.TOGETHER),
            but("g3", Answered("who"), Done("vote"), Timing.TOGETHER),
        ]
        assert circles(situation(gates)) == {frozenset({"g0", "g1"})}

    def test_what_holds_already_breaks_a_circle(self):
        gates = [but("g0", Done("vote"), Done("done")), but("g1", Done("done"), Done("vote"))]
        assert not len(deadlocks(situation(gates), as_of=DAY))

    def test_an_alternative_outside_it_breaks_a_circle(self):
        gates = [
            but("g0", Done("vote"), AnyOf([Holds("calm"), ~Holds("curfew")])),
            but("g1", Holds("calm"), Done("vote")),
        ]
        assert not len(deadlocks(situation(gates), as_of=DAY))

    def test_what_is_met_already_waits_for_nothing_whatever_its_alternatives_wait_for(self):
        scenario = ring(Timing.BEFORE, Timing.BEFORE)
        met = ~Done("a2")
        more = situation(
            scenario.preconditions,
            facts=[*scenario.facts, Act(id="a2", text="act 2")],
            reported={"a2": False},
            proposals=[],
        )
        assert len(deadlocks(more, as_of=DAY, target=Done("a0"))) == 1
        assert not len(deadlocks(more, as_of=DAY, target=met | Done("a0")))
        assert len(deadlocks(more, as_of=DAY, target=Done("a1") & (met | Done("a0")))) == 1

    def test_nor_is_what_it_does_not_need_blocked(self):
        gates = [but("g", Holds("calm"), Done("done") | Not(Done("done")))]
        assert deadlocks(situation(gates), as_of=DAY).blocked == ()

    def test_a_gate_on_a_clause_gates_what_its_duty_requires(self):
        gates = [
            but("g", Fulfilled("promise", "A"), Holds("calm")),
            but("k", Holds("calm"), Done("vote"), by="B"),
        ]
        (found,) = deadlocks(situation(gates), as_of=DAY)
        assert ids(found.preconditions) == {"g", "k"}

    def test_but_not_what_it_requires_among_other_things(self):
        gates = [
            but("g", Fulfilled("promise"), Holds("calm")),
            but("k", Holds("calm"), Done("vote"), by="B"),
        ]
        assert not len(deadlocks(situation(gates), as_of=DAY))
        lifted = situation(gates, reported={"vote": False, "curfew": False})
        assert len(deadlocks(lifted, as_of=DAY)) == 1

    def test_nor_what_the_gate_itself_rests_on(self):
        gates = [but("g", Fulfilled("promise", "A"), Done("vote") & Holds("calm"))]
        assert not len(deadlocks(situation(gates), as_of=DAY))

    def test_a_phase_waits_for_what_its_start_follows(self):
        starts = After(Fulfilled("promise"), days(1))
        phases = [
            Proposal(id=PLAN, title="the plan", to=PARTIES, provisions=[PROMISE]),
            Proposal(id="phase", title="the second phase", starts=starts),
        ]
        gates = [but("g", Done("vote"), InForce("phase"))]
        found = deadlocks(situation(gates, proposals=phases), as_of=DAY, target=InForce("phase"))
        (deadlock,) = found
        assert deadlock.waits[0].precondition.id == "g"
        assert (InForce("phase"), Ever(Fulfilled("promise"))) in [
            (wait.thing, wait.needs) for wait in deadlock.waits
        ]
        assert [way.drop for way in deadlock.ways_out] == [(gates[0],)]

    def test_the_acceptance_of_a_coalition_has_its_gates_at_its_members(self):
        league = Party(id="L", name="the League", members=["A", "B"])
        parties = [*(Party(id=name, name=name) for name in PARTIES), league]
        gates = [
            but("g", Accepts("L", PLAN), Done("vote"), by="L"),
            but("k", Done("vote"), Accepts("A", PLAN), by="B"),
        ]
        plan = Proposal(id=PLAN, title="the plan", to=["L"], provisions=[PROMISE])
        silent = situation(gates, parties=parties, proposals=[plan])
        assert len(deadlocks(silent, as_of=DAY)) == 1
        said = [word("L", Stance.ACCEPTS_WITH_CONDITIONS)]
        spoken = situation(gates, said, parties=parties, proposals=[plan])
        assert not len(deadlocks(spoken, as_of=DAY))

    @pytest.mark.parametrize(
        "needs",
        [
            Holds("calm") & ~Holds("calm"),
            AtLeast("troops", 50) & AtMost("troops", 30),
            Ever(Done("vote")) & ~Done("vote"),
            Holds("calm") & ~Ever(Holds("calm")),
        ],
    )
    def test_a_need_that_contradicts_itself_is_never_met(self, needs):
        scenario = situation([but("g", Answered("who"), needs)])
        assert deadlocks(scenario, as_of=DAY).blocked == (Answered("who"),)

    def test_a_circle_shows_no_wait_for_what_has_an_alternative(self):
        promise = Provision(
            id="promise",
            text="calm, or a vote, and sixty soldiers",
            duties=[Duty(by=["A"], requires=(Holds("calm") | Done("vote")) & SIXTY)],
        )
        plan = Proposal(id=PLAN, title="the plan", to=PARTIES, provisions=[promise])
        gates = [
            but("g0", Fulfilled("promise"), Holds("calm"), Timing.WHILE),
            but("g1", Holds("calm"), Fulfilled("promise")),
        ]
        (found,) = deadlocks(situation(gates, proposals=[plan]), as_of=DAY)
        assert [(wait.thing, wait.needs) for wait in found.waits] == [
            (Fulfilled("promise"), Holds("calm")),
            (Holds("calm"), Fulfilled("promise")),
        ]

    def test_what_nothing_can_meet_is_blocked_and_no_deadlock(self):
        found = deadlocks(situation([but("g", Done("vote"), AnyOf([]))]), as_of=DAY)
        assert not len(found)
        assert found.blocked == (Done("vote"),)
        assert found.is_complete

    def test_what_is_blocked_may_be_a_part_of_a_circle(self):
        gates = [
            but("g0", Done("vote"), AnyOf([Holds("calm"), Answered("who"), ~Done("done")])),
            but("g1", Holds("calm"), AnyOf([])),
            but("g2", Answered("who"), Done("vote")),
        ]
        (found,) = deadlocks(situation(gates), as_of=DAY)
        assert ids(found.preconditions) == {"g0", "g1", "g2"}
        assert found.waits[0].thing == Done("vote")

    def test_a_precondition_counts_while_it_stands(self):
        scenario = ring(Timing.BEFORE, Timing.BEFORE)
        assert not len(deadlocks(suppose(scenario, since=DAY, without=["g0"]), as_of=DAY))
        withdrawn = [
            Precondition(
                id="g0",
                of=Done("vote"),
                needs=Holds("calm"),
                held_by="A",
                text="first calm",
                withdrawn=Moment("2025-02-01"),
            ),
            but("g1", Holds("calm"), Done("vote")),
        ]
        assert not len(deadlocks(situation(withdrawn), as_of=DAY))
        assert len(deadlocks(situation(withdrawn), as_of="2025-01-31")) == 1

    def test_a_threshold_that_is_gated_gates_a_higher_one(self):
        gates = [
            but("g0", AtLeast("troops", 50), Done("vote")),
            but("g1", Done("vote"), AtLeast("troops", 60)),
        ]
        assert circles(situation(gates)) == {frozenset({"g0", "g1"})}

    def test_the_limit_is_explicit(self):
        gates = [
            but(f"{a}{b}", Done(a), Holds(b) if b == "calm" else Done(b))
            for a, b in [("vote", "calm")]
        ]
        gates += [
            but("back", Holds("calm"), Done("vote")),
            but("more", Holds("calm"), Done("vote")),
        ]
        cut = deadlocks(situation(gates), as_of=DAY, limit=1)
        assert (len(cut), cut.is_complete) == (1, False)
        whole = deadlocks(situation(gates), as_of=DAY, limit=2)
        assert (len(whole), whole.is_complete) == (2, True)
        assert isinstance(whole[1], Deadlock)

    def test_bad_input_gets_one_clear_error(self):
        with pytest.raises(ModelError, match="limit must be 1 or more, got 0"):
            deadlocks(situation(), as_of=DAY, limit=0)
        with pytest.raises(ScenarioError, match="no proposal or provision 'plam'"):
            deadlocks(situation(), as_of=DAY, target=InForce("plam"))
        with pytest.raises(UnknownIdError, match="no party 'C'"):
            deadlocks(situation(), as_of=DAY, trust=Trust.of_party("C"))
        with pytest.raises(ModelError, match="lies after known_by"):
            deadlocks(situation(), as_of=DAY, known_by="2025-01-01")


# Real cases


class TestTheProposalOf13March2025:
    SCENARIO = load_case("us-30-day-2025")
    (FOUND,) = deadlocks(SCENARIO, as_of="2025-03-13", target=InForce("us-30-day"))

    def test_the_circle_is_the_one_worked_out_on_paper(self):
        steps = [
            (wait.thing, wait.precondition and wait.precondition.id) for wait in self.FOUND.waits
        ]
        assert steps == [
            (Accepts("RU", "us-30-day"), "ru-election"),
            (Done("election"), "ua-martial-law"),
            (Not(Holds("martial-law")), "martial-law-while-fighting"),
            (InForce("us-30-day"), None),
        ]
        bases = [each.basis for each in self.FOUND.preconditions]
        assert bases == [Basis.INFERRED, Basis.STATED, Basis.INFERRED]

    def test_no_party_locks_it_alone(self):
        assert self.FOUND.holders == ("RU", "UA")
        assert self.FOUND.alone is None

    def test_any_of_the_three_opens_it_and_so_do_all_at_once(self):
        names = ["ru-election", "ua-martial-law", "martial-law-while-fighting"]
        ways = [(ids(way.drop), ids(way.together)) for way in self.FOUND.ways_out]
        assert ways == [
            *((frozenset({name}), frozenset()) for name in names),
            (frozenset(), frozenset(names)),
        ]

    def test_it_is_the_only_one_and_was_not_there_before_it_was_said(self):
        whole = deadlocks(self.SCENARIO, as_of="2025-03-13")
        assert [ids(each.preconditions) for each in whole] == [ids(self.FOUND.preconditions)]
        assert not len(deadlocks(self.SCENARIO, as_of="2025-03-12"))

    def test_with_the_election_out_of_the_way_there_is_an_order(self):
        free = suppose(self.SCENARIO, since="2025-03-13", without=["ru-election"])
        found = sequence(free, Done("election"), as_of="2025-03-13")
        last = [[step.thing for step in layer] for layer in found.layers[-2:]]
        assert last == [[Not(Holds("martial-law"))], [Done("election")]]


# The circles that a breakdown made apart finds in four agreements, and no others.


STATUS = frozenset({"vote-needs-status", "status-needs-vote"})
BORDER = frozenset({"vote-needs-border", "border-needs-vote"})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2015-03-19", {STATUS}),  # who holds what of the border had not been said yet
        ("2016-02-12", {STATUS, BORDER}),
        ("2022-02-21", {STATUS, BORDER}),
    ],
)
def test_minsk_two_has_two_circles(day, expected):
    # Border control before the vote, said Kyiv; the vote before the border, says the text, said
    # Moscow. The law on status before the vote, said Moscow; Kyiv made it start after the vote.
    found = deadlocks(load_case("minsk-ii-2015"), as_of=day)
    assert {ids(each.preconditions) for each in found} == expected
    assert all(set(each.holders) == {"UA", "RU"} and each.alone is None for each in found)


def test_nagorno_karabakh_has_a_corridor_for_a_corridor_once_both_had_said_so():
    scenario = load_case("nagorno-karabakh-2020")
    for day in ("2023-09-19", "2024-06-30"):
        (found,) = deadlocks(scenario, as_of=day)
        assert set(found.holders) == {"AZ", "AM"}
        assert len(found.ways_out) == 3  # either drops its demand, or both move at once
    assert not len(deadlocks(scenario, as_of="2022-06-30"))


def test_colombia_has_none():
    scenario = load_case("colombia-farc-2016")
    for day in ("2016-12-01", "2017-01-31", "2017-05-31", "2017-08-16"):
        assert not len(deadlocks(scenario, as_of=day))


class TestAceh:
    SCENARIO = load_case("aceh-mou-2005")
    SIGNED = "2005-08-15"

    def test_a_staged_exchange_is_no_deadlock(self):
        for day in (self.SIGNED, "2005-09-01", "2005-10-01", "2006-12-31"):
            assert not len(deadlocks(self.SCENARIO, as_of=day))

    def test_its_stages_are_taken_one_after_the_other(self):
        order = sequence(self.SCENARIO, Done("relocation-4"), as_of=self.SIGNED)
        steps = [step.thing.act for layer in order.layers for step in layer]
        assert steps == [f"{what}-{n}" for n in "1234" for what in ("handover", "relocation")]
        assert len(order.layers) == 8

    def test_collapsing_the_stages_makes_a_false_deadlock(self):
        def whole(leaf):
            return Done(leaf.act.partition("-")[0])

        views = {
            gate.held_by: but(
                f"{gate.held_by}-first",
                whole(gate.of),
                whole(gate.needs),
                gate.timing,
                gate.held_by,
            )
            for gate in self.SCENARIO.preconditions
        }
        flat = Scenario(
            title="collapsed",
            parties=self.SCENARIO.parties,
            facts=[Act(id=name, text=name) for name in ("handover", "relocation")],
            preconditions=views.values(),
        )
        (found,) = deadlocks(flat, as_of=self.SIGNED)
        assert set(found.holders) == {"GOI", "GAM"}
        assert found.alone is None


def test_a_circle_through_an_acceptance_in_principle_is_one_too():
    gates = [
        but("g0", Accepts("A", PLAN), Done("vote")),
        but("g1", Done("vote"), InForce(PLAN), by="B"),
    ]
    said = [word(party, Stance.ACCEPTS_IN_PRINCIPLE) for party in PARTIES]
    assert circles(situation(gates, said)) == {frozenset({"g0", "g1"})}


def test_a_circle_may_be_hundreds_long_and_opens_at_each_link_or_all_at_once():
    (found,) = deadlocks(ring(*[Timing.BEFORE] * 200), as_of=DAY)
    assert len(found.waits) == 200
    *drops, together = found.ways_out
    assert {way.drop for way in drops} == {(each,) for each in found.preconditions}
    assert set(together.together) == set(found.preconditions)


def test_what_waits_for_a_clause_to_be_in_force_waits_for_its_text():
    scenario = situation([but("clause", Accepts("A", PLAN), InForce(PROMISE.id))])
    (found,) = deadlocks(scenario, as_of=DAY)
    assert [each.id for each in found.preconditions] == ["clause"]
    assert found.alone == "A"
