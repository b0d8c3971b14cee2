"""Likelihood: equal to the sum over all worlds; importance: equal to what one fact changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    Act,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Control,
    Delay,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    ModelError,
    Moment,
    Not,
    Observation,
    Party,
    Proposal,
    Provision,
    ProvisionKind,
    Quantity,
    Range,
    Scenario,
    ScenarioError,
    Source,
    Stance,
    State,
    Territory,
    Times,
    Timing,
    Unit,
    UnknownIdError,
    Vague,
    Verdict,
    When,
    evaluate,
    load_case,
    suppose,
)
from ceasefire_model.analyses.likelihood import importance, likelihood
from ceasefire_model.rules.tracks import DOUBTS
from tests.analyses.test_packages import HABITS, habits, timed
from tests.analyses.test_reachability import (
    CALM,
    DAY,
    FREE,
    OPEN,
    PARTIES,
    PLAN,
    START,
    but,
    needs,
    signed,
    situation,
    word,
)
from tests.examples import at_most

BELIEFS = {
    "vote": 0.25,
    "done": 0.5,
    "curfew": Fraction(1, 3),
    "calm": Decimal("0.9"),
    "troops": {10: 0.125, 30: 0.25, 50: 0.375, 70: 0.25},
    "who": 0.75,
}
AFTER = "2025-03-02"
"""A day after all that is reported, so that what is supposed does not come on the same day."""
WORDS = {Accepts("A", PLAN): 0.5, Accepts("B", PLAN): 0.25}
SENSES = {"calm-enough": {"no-curfew": 0.5, "calm": 0.5}}
POOL = [thing for thing in FREE if thing not in (OPEN, Not(OPEN))]


@st.composite
def questions(draw):
    """A small scenario, a target in it, and beliefs about all that may be open."""
    few = draw(st.lists(st.sampled_from(POOL), min_size=2, max_size=4, unique=True))
    gates = [but("spare", Answered("who"), CALM)]
    for number in range(draw(st.integers(0, 4))):
        party = draw(st.sampled_from(PARTIES))
        condition, timing = draw(needs(few)), draw(st.sampled_from(Timing))
        if Accepts(party, PLAN) not in signed(condition):
            gates.append(but(f"c{number}", Accepts(party, PLAN), condition, timing, party))
    said = [
        word(party, stance)
        for party in PARTIES
        if (
            stance := draw(
                st.sampled_from(
                    [None, Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS, Stance.REJECTS]
                )
            )
        )
    ]
    scenario, target = situation(gates, said), draw(needs(few))
    used = BELIEFS | SENSES
    for leaf, chance in WORDS.items():
        conditional = any(s.party == leaf.party and s.stance is not Stance.REJECTS for s in said)
        silent = all(s.party != leaf.party for s in said)
        if silent or (conditional and not any(g.of == leaf for g in gates)):
            used[leaf] = chance
    return scenario, target, used


def outcomes(scenario, key, belief):
    if isinstance(belief, dict):
        return list(belief.items())
    yes, no = (True, False) if isinstance(key, str) else (Stance.ACCEPTS, Stance.REJECTS)
    return [(yes, Fraction(str(belief))), (no, 1 - Fraction(str(belief)))]


def by_enumeration(scenario, target, beliefs) -> Fraction:
    """Sum the probabilities of the worlds in which a target is met."""
    keys = list(beliefs)
    total = Fraction(0)
    for row in product(*(outcomes(scenario, key, beliefs[key]) for key in keys)):
        values = {key: value for key, (value, _) in zip(keys, row, strict=True)}
        world = suppose(
            scenario,
            {key: value for key, value in values.items() if key in BELIEFS},
            since=AFTER,
            words={key: value for key, value in values.items() if isinstance(key, Accepts)},
            meanings={key: value for key, value in values.items() if key in SENSES},
        )
        if evaluate(world, target, as_of=AFTER).verdict is Verdict.MET:
            total += prod(Fraction(str(chance)) for _, chance in row)
    return total


def relevant(scenario, target, beliefs) -> dict:
    """Only what can matter, so that there are not too many worlds."""
    found = likelihood(scenario, target, beliefs, as_of=AFTER).beliefs
    names = {each if isinstance(each, Accepts) else each.id for each in found}
    return {key: belief for key, belief in beliefs.items() if key in names}


@settings(max_examples=at_most(50), deadline=None)
@given(questions())
def test_the_likelihood_is_the_sum_over_all_worlds(question):
    scenario, target, beliefs = question
    found = likelihood(scenario, target, beliefs, as_of=AFTER)
    assert 0 <= found.exact <= 1
    few = relevant(scenario, target, beliefs)
    if prod(len(list(outcomes(scenario, *each))) for each in few.items()) <= 100:
        rest = {key: belief for key, belief in beliefs.items() if key not in few}
        assert found.exact == by_enumeration(settled(scenario, rest), target, few)


def settled(scenario, beliefs):
    """Settle what does not matter, whichever way."""
    return suppose(
        scenario,
        {key: 10 if key == "troops" else True for key in beliefs if key in BELIEFS},
        since=AFTER,
        words={key: Stance.REJECTS for key in beliefs if isinstance(key, Accepts)},
        meanings={key: "calm" for key in beliefs if key in SENSES},
    )


@settings(max_examples=at_most(25), deadline=None)
@given(questions())
def test_importance_is_the_difference_that_settling_a_fact_makes(question):
    scenario, target, beliefs = question
    for each in importance(scenario, target, beliefs, as_of=AFTER):
        key = each.of if isinstance(each.of, Accepts) else each.of.id
        if not isinstance(beliefs[key], dict):
            sure, never = (
                likelihood(scenario, target, beliefs | {key: chance}, as_of=AFTER).exact
                for chance in (1, 0)
            )
            assert each.exact == sure - never
        assert -1 <= each.difference <= 1


@settings(max_examples=at_most(60), deadline=None)
@given(needs([Done("vote"), Done("done"), Holds("calm"), AtLeast("troops", 50), ~Holds("calm")]))
def test_a_condition_and_its_negation_are_together_certain(condition):
    chances = [
        likelihood(situation(), each, BELIEFS, as_of=DAY).exact for each in (condition, ~condition)
    ]
    assert sum(chances) == 1


def test_the_importance_of_a_number_is_what_the_best_of_it_does_over_the_worst():
    target = AtLeast("troops", 50) & Holds("calm")
    beliefs = {"troops": {30: 0.5, 60: 0.25, 70: 0.25}, "calm": 0.5}
    troops, calm = importance(situation(), target, beliefs, as_of=DAY)
    assert (troops.of.id, troops.exact) == ("troops", Fraction(1, 2))
    assert (calm.of.id, calm.exact) == ("calm", Fraction(1, 2))


def test_importances_are_written_with_the_largest_difference_first():
    target, beliefs = Done("vote") | Holds("calm"), {"vote": 0.25, "calm": 0.5}
    # 1 - 3/4 × 1/2; the vote makes 1 of 1/2, calm makes 1 of 1/4
    assert str(importance(situation(), target, beliefs, as_of=DAY)).splitlines() == [
        "a vote is held; or it is calm: probability 0.625, as of 1 March 2025",
        "",
        "What makes the difference",
        "difference  what",
        "0.75        it is calm",
        "0.5         a vote is held",
    ]


class TestLikelihood:
    def test_a_fact_that_occurs_twice_is_one_fact(self):
        twice = Done("vote") & AnyOf([Done("vote"), Holds("calm")])
        found = likelihood(situation(), twice, {"vote": 0.25, "calm": 0.5}, as_of=DAY)
        assert found.exact == Fraction(1, 4)
        assert found.probability == 0.25

    def test_so_many_of_parts_of_which_some_have_a_fact_in_common_are_no_coins(self):
        two = AtLeastOf(2, [Done("vote"), Done("vote") | Holds("calm"), Holds("curfew")])
        beliefs = {"vote": 0.25, "calm": 0.5, "curfew": 0.25}
        # with the vote the first two, without it calm and the curfew: 1/4 + 3/4 × 1/2 × 1/4
        found = likelihood(situation(), two, beliefs, as_of=DAY)
        assert found.exact == Fraction(11, 32)

    def test_a_number_between_two_thresholds_is_no_product_of_two_coins(self):
        between = AtLeast("troops", 600) & AtMost("troops", 800)
        belief = {"troops": {500: 0.3, 700: 0.4, 900: 0.3}}
        assert likelihood(situation(), between, belief, as_of=DAY).exact == Fraction(2, 5)

    def test_ranges_lie_on_their_own_side_of_the_thresholds_at_their_ends(self):
        belief = {"troops": {Range(None, 600): 0.3, Range(600, 800): 0.4, Range(800, None): 0.3}}
        for target, expected in (
            (AtLeast("troops", 600), Fraction(7, 10)),
            (AtMost("troops", 600), Fraction(3, 10)),
            (AtLeast("troops", 800) | AtMost("troops", 600), Fraction(3, 5)),
        ):
            assert likelihood(situation(), target, belief, as_of=DAY).exact == expected

    def test_a_range_across_a_threshold_must_be_cut(self):
        with pytest.raises(ModelError, match="cut it there"):
            likelihood(
                situation(), AtLeast("troops", 600), {"troops": {Range(500, 700): 1}}, as_of=DAY
            )

    def test_a_multiple_of_another_number_takes_both(self):
        target = AtLeast("troops", Times(2, "trucks"))
        beliefs = {"troops": {10: 0.5, 20: 0.5}, "trucks": {5: 0.5, 10: 0.5}}
        assert likelihood(situation(), target, beliefs, as_of=DAY).exact == Fraction(3, 4)
        with pytest.raises(ModelError, match="beliefs are missing for: trucks"):
            likelihood(situation(), target, {"troops": {10: 1}}, as_of=DAY)
        # what is believed of one counts for every source that speaks on the other
        known = situation(reported={"trucks": 10})
        found = likelihood(known, target, {"troops": {10: 0.25, 20: 0.75}}, as_of=DAY)
        assert found.exact == Fraction(3, 4)
        apart = {"troops": {Range(5, 15): 1}, "trucks": {5: 1}}
        with pytest.raises(ModelError, match="cut it there"):
            likelihood(situation(), target, apart, as_of=DAY)

    def test_what_is_reported_counts_where_nothing_is_believed(self):
        assert likelihood(situation(), Done("done"), {}, as_of=DAY).exact == 1
        assert likelihood(situation(), Done("vote"), {}, as_of=DAY).exact == 0

    def test_what_cannot_matter_needs_no_belief(self):
        assert likelihood(situation(), Done("done") | Holds("calm"), {}, as_of=DAY).exact == 1

    def test_nor_does_what_other_parts_make_up_for(self):
        calm, vote = Holds("calm"), Done("vote")
        for target in ((vote | calm) & vote, (vote & calm) | vote, (vote & calm) | (vote & ~calm)):
            found = importance(situation(), target, {"vote": 0.25}, as_of=DAY)
            assert found.likelihood.exact == Fraction(1, 4)
            assert found.likelihood.beliefs == (situation().fact("vote"),)
            assert [each.exact for each in found] == [1]

    def test_nor_does_what_matters_only_if_the_impossible_happens(self):
        target = Done("vote") & Holds("calm")
        assert likelihood(situation(), target, {"vote": 0}, as_of=DAY).exact == 0
        with pytest.raises(ModelError, match="beliefs are missing for: calm"):
            importance(situation(), target, {"vote": 0}, as_of=DAY)

    def test_beliefs_that_are_missing_are_listed_at_once(self):
        target = AllOf(
            [
                Holds("calm"),
                Holds("calm") | Done("done"),
                AtLeast("trucks", 2),
                InForce(PLAN),
                CALM,
                HeldFor(Holds("calm"), Delay(1, Unit.DAYS)),
            ]
        )
        with pytest.raises(ModelError) as caught:
            likelihood(situation(), target, {}, as_of=DAY)
        names = "A on plan, B on plan, calm, calm-enough, the history of HeldFor, trucks"
        assert str(caught.value) == f"beliefs are missing for: {names}"
        with pytest.raises(ModelError) as caught:
            importance(situation(), target, {"vote": 0.5}, as_of=DAY)
        assert str(caught.value) == f"beliefs are missing for: {names}"

    def test_a_party_in_principle_needs_a_belief_about_its_final_word(self):
        gates = [but("c", Accepts("A", PLAN), Done("done"))]
        scenario = situation(gates, [word("A", Stance.ACCEPTS_IN_PRINCIPLE)])
        with pytest.raises(ModelError, match="beliefs are missing for: A on plan"):
            likelihood(scenario, Accepts("A", PLAN), {}, as_of=DAY)
        found = likelihood(scenario, Accepts("A", PLAN), {Accepts("A", PLAN): 0.5}, as_of=DAY)
        assert found.exact == Fraction(1, 2)

    def test_a_word_on_the_whole_counts_for_a_provision(self):
        beliefs = {Accepts("A", PLAN): 0.5}
        found = likelihood(situation(), Accepts("A", "promise"), beliefs, as_of=DAY)
        assert found.exact == Fraction(1, 2)
        own = situation(statements=[word("A", Stance.REJECTS, "promise")])
        assert likelihood(own, Accepts("A", "promise"), beliefs, as_of=DAY).exact == 0

    def test_a_belief_about_the_state_of_a_text_decides_whether_it_is_in_force(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], in_force="calm")
        scenario = situation(proposals=[plan])
        assert likelihood(scenario, InForce(PLAN), {"calm": 0.5}, as_of=DAY).exact == Fraction(1, 2)

    def test_a_text_that_starts_later_is_not_yet_in_force(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"))
        beliefs = {Accepts("A", PLAN): 0.5}
        assert likelihood(situation(proposals=[plan]), InForce(PLAN), beliefs, as_of=DAY).exact == 0

    def test_a_clause_for_which_its_own_text_waits_is_judged_without_its_term(self):
        beliefs = {"vote": 0.25, "curfew": Fraction(1, 3), Accepts("A", PLAN): 0.5}
        beliefs[Accepts("B", PLAN)] = 0.25
        missed = ~Fulfilled("promise")
        # a vote and no curfew: 1/4 of 2/3; in force: 1/2 of 1/4
        gated = situation([but("c", Accepts("A", PLAN), missed)])
        assert likelihood(gated, missed, beliefs, as_of=DAY).exact == Fraction(5, 6)
        assert likelihood(situation(), missed, beliefs, as_of=DAY).exact == Fraction(5, 48)

    def test_a_deadline_to_come_leaves_what_is_not_done_pending(self):
        promise = Provision(
            id="promise",
            text="a vote",
            duties=[Duty(by=["A"], requires=Done("vote"))],
            due=Moment("2025-04-01"),
        )
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[promise])
        scenario = situation(proposals=[plan])
        beliefs = {"vote": 0.25}
        assert likelihood(scenario, Fulfilled("promise"), beliefs, as_of=DAY).exact == Fraction(
            1, 4
        )
        assert likelihood(scenario, ~Fulfilled("promise"), beliefs, as_of=DAY).exact == 0

    def test_meanings_are_weighed_and_a_demand_may_be_one_number(self):
        beliefs = {"calm-enough": {"no-curfew": 0.25, "calm": 0.75}, "calm": 0.5, "curfew": 0.5}
        scenario = situation([but("c", Done("vote"), CALM), but("d", Done("vote"), OPEN)])
        found = importance(scenario, CALM & OPEN, beliefs | {"dignity": 0.5}, as_of=DAY)
        assert found.likelihood.exact == Fraction(1, 4)
        assert {each.of.id for each in found} == {"calm-enough", "calm", "curfew", "dignity"}
        assert len(found) == 4
        assert found[0].of.id == "dignity"
        assert found[0].exact == Fraction(1, 2)

    def test_a_demand_with_all_its_meanings_is_met_if_met_under_each(self):
        both = Vague(
            id="both",
            text="both",
            meanings=[
                Meaning(id="vote", text="a vote", condition=Done("vote")),
                Meaning(id="calm", text="calm", condition=Holds("calm"), held_by=["A"]),
            ],
            complete=True,
        )
        beliefs = {"vote": 0.5, "calm": 0.5}
        assert likelihood(situation(), both, beliefs, as_of=DAY).exact == Fraction(1, 4)
        scenario = situation([but("c", Done("done"), both)])
        agreed = suppose(scenario, since=DAY, meanings={"both": "calm"})
        assert likelihood(agreed, both, {"calm": 0.5}, as_of=DAY).exact == Fraction(1, 2)

    def test_a_history_is_taken_as_it_is_where_nothing_in_it_is_believed(self):
        past = Ever(Done("done")) & ~By(Done("vote"), Moment("2025-02-01"))
        assert likelihood(situation(), past, {}, as_of=DAY).exact == 1
        beliefs = {"vote": 0.5}
        assert likelihood(situation(), past, beliefs, as_of=DAY).exact == 1  # the day has passed

    def test_what_is_owed_once_something_happened_is_as_likely_as_what_is_owed(self):
        owed = When(Done("done"), Done("vote"))
        assert likelihood(situation(), owed, {"vote": 0.3}, as_of=DAY).exact == Fraction(3, 10)
        assert likelihood(situation(), ~owed, {"vote": 0.3}, as_of=DAY).exact == Fraction(7, 10)

    def test_a_text_in_force_is_ended_by_a_word_and_stays_as_it_was_kept(self):
        """Only a rejection still matters, and what was kept by then stays kept."""
        yes = [word(party, Stance.ACCEPTS) for party in PARTIES]
        scenario = situation(statements=yes)
        words = {Accepts("A", PLAN): 0.75, Accepts("B", PLAN): 0.5}
        found = likelihood(scenario, InForce(PLAN), words, as_of=AFTER)
        assert found.exact == Fraction(3, 8)
        calm = Provision(
            id="calm-kept",
            text="no curfew",
            kind=ProvisionKind.STANDING_DUTY,
            duties=[Duty(by=["B"], requires=~Holds("curfew"))],
        )
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[calm])
        for curfew, chance in ((False, Fraction(5, 8)), (True, Fraction(3, 8))):
            reported = {"vote": False, "curfew": curfew}
            scenario = situation(statements=yes[:1], reported=reported, proposals=[plan])
            beliefs = {"curfew": 0.5, Accepts("A", PLAN): 0.75}
            found = likelihood(scenario, Fulfilled("calm-kept"), beliefs, as_of=AFTER)
            assert found.exact == chance  # 3/4 · 1/2, and the 1/4 in which it ends as it stood

    def test_a_history_of_acceptances_meanings_and_numbers(self):
        ever = Ever(Accepts("A", PLAN) & AtLeast("troops", 50))
        beliefs = {
            Accepts("A", PLAN): 0.5,
            "troops": {Range(0, 50): 0.75, Range(50, None): 0.25},
        }
        refused = situation(statements=[word("A", Stance.REJECTS)])
        assert likelihood(refused, ever, beliefs, as_of=DAY).exact == Fraction(1, 8)
        # whatever A said before, there had been too few troops
        assert likelihood(situation(), ever, beliefs, as_of=DAY).exact == Fraction(1, 8)
        scenario = situation([but("c", Done("vote"), CALM)])
        meant = When(Done("done"), CALM)
        meanings = {each.id: 0.5 for each in CALM.meanings[:2]}
        facts = {"calm": 0.5, "troops": {10: 1}}
        found = likelihood(scenario, meant, {"calm-enough": meanings, **facts}, as_of=DAY)
        assert found.exact == Fraction(1, 4)  # there is a curfew, so calm must be meant, and be so
        with pytest.raises(ModelError, match="the history of Ever"):  # it had been unclear before
            likelihood(scenario, Ever(CALM), {"calm-enough": meanings, **facts}, as_of=DAY)

    @pytest.mark.parametrize(
        ("target", "beliefs", "message"),
        [
            (
                Ever(AtLeast("troops", 50)),
                {"troops": {Range(0, 100): 1}},
                "on which side of each threshold",
            ),
            (
                Ever(AtLeast("troops", 50)),
                {"troops": {Range(None, 100): 1}},
                "on which side of each threshold",
            ),
            (
                Ever(AtMost("troops", 50)),
                {"troops": {Range(0, None): 1}},
                "on which side of each threshold",
            ),
            (
                Ever(AtLeast("troops", Times(2, "trucks"))),
                {"troops": {Range(0, 50): 0.5, 60: 0.5}},
                "on which side of each threshold",
            ),
            (Ever(CALM), {"calm-enough": 0.5}, "missing for: the meanings of calm-enough"),
            (Ever(OPEN), {OPEN: 0.5}, "missing for: the meanings of dignity"),
            (Ever(Holds("calm") & AtLeast("trucks", 3)), {"calm": 0.5}, "the history of Ever"),
        ],
    )
    def test_a_belief_that_settles_no_history_gets_one_clear_error(self, target, beliefs, message):
        scenario = situation([but("c", Done("vote"), CALM)], reported={})
        with pytest.raises(ModelError, match=message):
            likelihood(scenario, target, beliefs, as_of=DAY)

    def test_what_is_believed_counts_in_a_history_from_now_on(self):
        beliefs = {"troops": {30: 0.25, 70: 0.75}, "calm": 0.5}
        later = "2025-03-05"
        many = Ever(AtLeast("troops", 60))
        assert likelihood(situation(), many, beliefs, as_of=later).exact == Fraction(3, 4)
        few = HeldFor(AtMost("troops", 50), Delay(2, Unit.DAYS))
        assert likelihood(situation(), few, beliefs, as_of=later).exact == Fraction(1, 4)
        both = likelihood(situation(), many & few, beliefs, as_of=later)
        assert both.exact == 0
        past = Ever(AtMost("troops", 40))
        assert likelihood(situation(), past, beliefs, as_of=later).exact == 1
        either = Ever(AtLeast("troops", 60) & Holds("calm")) | many
        assert likelihood(situation(), either, beliefs, as_of=later).exact == Fraction(3, 4)

    def test_so_does_what_is_believed_of_words(self):
        words = {Accepts("A", PLAN): 0.5, Accepts("B", PLAN): 0.5}
        assert likelihood(situation(), Ever(InForce(PLAN)), words, as_of=DAY).exact == Fraction(
            1, 4
        )

    def test_a_belief_is_given_once(self):
        scenario = situation()
        twice = {"calm": 0.25, scenario.fact("calm"): 0.75}
        with pytest.raises(ModelError, match="'calm' is named twice"):
            likelihood(scenario, Holds("calm"), twice, as_of=DAY)

    def test_a_history_of_too_much_is_refused(self):
        names = [f"s{n}" for n in range(12)]
        scenario = Scenario(title="many", facts=[State(id=name, text=name) for name in names])
        many = Ever(AllOf(map(Holds, names)))
        with pytest.raises(ModelError, match="takes more than 1000 nodes"):
            likelihood(scenario, many, dict.fromkeys(names, 0.5), as_of=DAY, nodes=1000)

    def test_so_many_of_parts_that_share_a_fact(self):
        parts = [Done("vote"), Done("vote") | Holds("calm"), Done("done")]
        beliefs = {"vote": 0.5, "calm": 0.5, "done": 0.5}
        found = likelihood(situation(), AtLeastOf(2, parts), beliefs, as_of=DAY)
        assert found.exact == by_enumeration(situation(), AtLeastOf(2, parts), beliefs)

    def test_what_is_certain_counts_for_every_time_it_occurs(self):
        either = (Done("vote") & Holds("calm")) | (~Done("vote") & Answered("who"))
        beliefs = {"vote": 1, "calm": 0.25, "who": 0.5}
        assert likelihood(situation(), either, beliefs, as_of=DAY).exact == Fraction(1, 4)

    def test_so_many_of_parts_that_share_none(self):
        parts = [Done("vote"), Done("done"), Holds("calm")]
        beliefs = {"vote": 0.5, "calm": 0.5, "done": 0.5}
        found = likelihood(situation(), AtLeastOf(2, parts), beliefs, as_of=DAY)
        assert found.exact == Fraction(1, 2)

    def test_past_the_budget_it_refuses(self):
        facts = [Quantity(id=f"q{n}", text="q", unit="x") for n in range(12)]
        pairs = [AtLeast(f"q{n}", 1) & AtLeast(f"q{(n * 5 + 1) % 12}", 2) for n in range(12)]
        beliefs = {f"q{n}": {0: 0.25, 1: 0.25, 2: 0.5} for n in range(12)}
        scenario = situation(facts=facts, reported={}, proposals=[])
        whole = likelihood(scenario, AnyOf(pairs), beliefs, as_of=DAY)
        assert 0 < whole.exact < 1
        with pytest.raises(ModelError, match="takes more than 30 nodes"):
            likelihood(scenario, AnyOf(pairs), beliefs, as_of=DAY, nodes=30)

    def test_a_circle_of_acceptances_is_carried_by_what_is_believed(self):
        gates = [
            but("a", Accepts("A", PLAN), Accepts("B", PLAN), Timing.TOGETHER, "A"),
            but("b", Accepts("B", PLAN), Accepts("A", PLAN) & Holds("calm"), Timing.TOGETHER, "B"),
        ]
        said = [word(party, Stance.ACCEPTS_WITH_CONDITIONS) for party in PARTIES]
        scenario = situation(gates, said)
        found = likelihood(scenario, InForce(PLAN), {"calm": 0.25}, as_of=DAY)
        assert found.exact == Fraction(1, 4)
        assert likelihood(scenario, ~InForce(PLAN), {"calm": 0.25}, as_of=DAY).exact == Fraction(
            3, 4
        )

    @pytest.mark.parametrize(
        ("beliefs", "message"),
        [
            ({"vote": 1.5}, "lies between 0 and 1, got 1.5 for 'vote'"),
            ({"vote": -0.1}, "lies between 0 and 1"),
            ({"vote": float("nan")}, "lies between 0 and 1"),
            ({"vote": "0.5"}, "a belief is a probability, got '0.5'"),
            ({"vote": True}, "a belief is a probability, got True"),
            ({"vote": {True: 1}}, "is one probability"),
            ({"troops": 0.5}, "a probability for each value or range"),
            ({"troops": {10: 0.5}}, "must sum to 1, got 0.5"),
            ({"troops": {True: 1}}, "its value is a number"),
            ({Accepts("A", PLAN): {"yes": 1}}, "a belief about 'A on plan' is one probability"),
        ],
    )
    def test_a_belief_that_is_none_gets_one_clear_error(self, beliefs, message):
        with pytest.raises(ModelError, match=message):
            likelihood(situation(), Done("vote"), beliefs, as_of=DAY)

    def test_so_do_unknown_ids(self):
        with pytest.raises(UnknownIdError, match="did you mean 'vote'"):
            likelihood(situation(), Done("vote"), {"vots": 0.5}, as_of=DAY)
        scenario = situation([but("c", Done("vote"), CALM)])
        with pytest.raises(UnknownIdError, match="no meaning 'quiet'"):
            likelihood(scenario, Done("vote"), {"calm-enough": {"quiet": 1}}, as_of=DAY)
        with pytest.raises(ScenarioError, match="did you mean 'plan'"):
            likelihood(situation(), Accepts("A", "plam"), {}, as_of=DAY)
        with pytest.raises(ModelError, match="has a number for its value"):
            likelihood(situation(), Done("vote"), {"troops": {cannot_say(): 1}}, as_of=DAY)

    def test_the_case_of_13_march_2025(self):
        scenario, target = load_case("us-30-day-2025"), InForce("us-30-day")
        assert likelihood(scenario, target, {}, as_of="2025-03-13").exact == 0
        word_of = {Accepts("RU", "us-30-day"): 0.25}
        assert likelihood(scenario, target, word_of, as_of="2025-03-13").exact == Fraction(1, 4)


def cannot_say():
    from ceasefire_model import CannotSay

    return CannotSay()


def test_a_coalition_without_a_word_is_as_likely_as_all_its_members():
    parties = [*(Party(id=name, name=name) for name in PARTIES)]
    league = Party(id="L", name="the League", members=PARTIES)
    plan = Proposal(id=PLAN, title="the plan", to=["L"])
    scenario = situation(parties=[*parties, league], proposals=[plan])
    assert likelihood(scenario, InForce(PLAN), WORDS, as_of=DAY).exact == Fraction(1, 8)
    assert Moment(DAY) == START


@pytest.mark.parametrize("accepted", [0, 0.5, 1])
def test_what_always_has_to_be_so_is_kept_only_while_its_text_is_in_force(accepted):
    """Before that it is neither kept nor broken, however likely it is to be calm."""
    quiet = Provision(
        id="quiet",
        text="it is calm",
        kind=ProvisionKind.STANDING_DUTY,
        duties=[Duty(by=["B"], requires=Holds("calm"))],
    )
    plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[quiet])
    over = evolve(plan, starts=Moment("2025-02-01"), ends=Moment("2025-02-20"))
    was_calm = situation(
        statements=[evolve(word("A", Stance.ACCEPTS), date=Moment("2025-02-01"))],
        proposals=[over],
        observations=[
            Observation(fact="calm", value=True, source="wire", since=Moment("2025-02-01"))
        ],
    )
    assert likelihood(was_calm, Fulfilled("quiet"), {"calm": 0.25}, as_of=DAY).exact == 1
    beliefs = {"calm": 0.25, Accepts("A", PLAN): accepted}
    for target, chance in ((Fulfilled("quiet"), 0.25), (~Fulfilled("quiet"), 0.75)):
        found = likelihood(situation(proposals=[plan]), target, beliefs, as_of=DAY)
        assert found.exact == Fraction(accepted) * Fraction(chance)


def test_a_chain_through_ids_may_be_hundreds_long():
    # odd ones need their act or the next, even ones both; each act is a coin. What the last gives
    # is halved on the way up by "both", and half of the rest added by "or".
    size = 600
    names = [f"a{n}" for n in range(size)]
    wants = [
        (AnyOf if n % 2 else AllOf)([Done(name), Fulfilled(f"p{n + 1}")])
        for n, name in enumerate(names[:-1])
    ]
    wants.append(Done(names[-1]))
    plan = Proposal(
        id="plan",
        title="plan",
        provisions=[
            Provision(id=f"p{n}", text="step", duties=[Duty(by=["A"], requires=want)])
            for n, want in enumerate(wants)
        ],
    )
    facts = [Act(id=name, text=name) for name in names]
    scenario = Scenario(
        title="chain", parties=[Party(id="A", name="A")], facts=facts, proposals=[plan]
    )
    found = likelihood(scenario, Fulfilled("p0"), dict.fromkeys(names, 0.5), as_of=DAY)
    expected = Fraction(1, 2)
    for n in range(size - 2, -1, -1):
        expected = (1 + expected) / 2 if n % 2 else expected / 2
    assert found.exact == expected


SHARES = Scenario(
    title="shares",
    parties=[Party(id=name, name=name) for name in "ABC"],
    territories=[Territory(id="valley", name="the valley")],
    facts=[
        Control(id=f"share-{name}", text=f"share of {name}", party=name, territory="valley")
        for name in "ABC"
    ],
    sources=[Source(id="wire", name="The wire")],
    observations=[
        Observation(fact="share-C", value=0.2, source="wire", since=Moment("2025-03-01"))
    ],
)


@settings(max_examples=at_most(60), deadline=None)
@given(
    st.lists(st.sampled_from([0, 0.3, 0.4, 0.6, 0.8]), min_size=2, max_size=3, unique=True),
    st.lists(st.sampled_from([0, 0.3, 0.4, 0.6, 0.8]), min_size=2, max_size=3, unique=True),
    st.sampled_from([0.3, 0.5, 0.7]),
)
def test_shares_are_likely_as_far_as_there_is_room_for_them(first, second, mark):
    beliefs = {}
    for name, values in (("share-A", first), ("share-B", second)):
        part = Fraction(1, len(values))
        beliefs[name] = dict.fromkeys(values, part)
    target = AtLeast("share-A", mark) | AtLeast("share-B", mark)
    rows = [(a, b) for a in first for b in second if Fraction(str(a)) + Fraction(str(b)) <= 0.8]
    met = [row for row in rows if max(row) >= mark]
    if not rows:
        with pytest.raises(ModelError, match="room for each other"):
            likelihood(SHARES, target, beliefs, as_of=DAY)
        return
    assert likelihood(SHARES, target, beliefs, as_of=DAY).exact == Fraction(len(met), len(rows))
    found = {each.of.id: each.exact for each in importance(SHARES, target, beliefs, as_of=DAY)}
    given_a = [[max(row) >= mark for row in rows if row[0] == a] for a in first]
    chances = [Fraction(sum(each), len(each)) for each in given_a if each]
    assert found["share-A"] == max(chances) - min(chances)


def test_the_computation_tells_how_large_it_is():
    sizes = []
    likelihood(
        SHARES,
        AtLeast("share-A", 0.5),
        {"share-A": {0.4: 0.5, 0.6: 0.5}},
        as_of=DAY,
        progress=sizes.append,
    )
    assert sizes == sorted(sizes)
    assert sizes


def by_worlds(scenario, target, beliefs) -> Fraction:
    """Sum the probabilities of the worlds in which a target is met, facts and meanings alone."""
    return sum((chance for found, chance in worlds(scenario, target, beliefs) if found is MET), 0)


def worlds(scenario, target, beliefs):
    """Yield the verdict in each world, with its probability."""
    keys = list(beliefs)
    chances = [
        list(each.items()) if isinstance(each, dict) else [(True, each), (False, 1 - each)]
        for each in beliefs.values()
    ]
    for row in product(*chances):
        values = {key: value for key, (value, _) in zip(keys, row, strict=True)}
        demands = scenario.index.vague
        world = suppose(
            scenario,
            {key: value for key, value in values.items() if key not in demands},
            since=DAY,
            meanings={key: value for key, value in values.items() if key in demands},
        )
        chance = prod(Fraction(str(chance)) for _, chance in row)
        yield evaluate(world, target, as_of=DAY).verdict, chance


MET = Verdict.MET


@settings(max_examples=at_most(100), deadline=None)
@given(st.tuples(*[st.sampled_from([True, False, None])] * 4), timed)
def test_the_likelihood_of_a_history_is_the_sum_over_all_worlds(values, target):
    scenario = habits(values)
    beliefs = dict.fromkeys(HABITS, 0.25)
    try:
        found = likelihood(scenario, target, beliefs, as_of=DAY)
    except ModelError:  # what was so before nobody reported
        assert any(verdict in DOUBTS for verdict, _ in worlds(scenario, target, beliefs))
    else:
        assert found.exact == by_worlds(scenario, target, beliefs)
