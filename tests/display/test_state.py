"""What if: choices are a supposition, a supposition is code, and the code gives the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ceasefire_model as cm
from ceasefire_model import (
    Accepts,
    Control,
    InForce,
    ModelError,
    Moment,
    Proposal,
    Range,
    ScenarioError,
    Stance,
    SupposedFact,
    Supposition,
    Territory,
    Trust,
    UnknownIdError,
    Verdict,
    assess,
    suppose,
)
from ceasefire_model.display.explorer.settings import groups
from ceasefire_model.display.explorer.state import Choices, WhatIf, what_if
from tests.rules.test_assessment import DAY, SCENARIO

VALLEY = Control(id="share", text="A's share of the valley", party="A", territory="valley")
WIDE = SCENARIO.with_territories([Territory(id="valley", name="the valley")]).with_facts([VALLEY])
CASE = cm.load_case("us-30-day-2025")

PLAN = what_if(WIDE, "plan", as_of="2025-03-02")
REPORTED = what_if(CASE, as_of="2025-03-13")
ASKED = {"plan": PLAN, "case": REPORTED}
"""By names, since to write one out where a test fails takes longer than the test."""

EVERYTHING = {
    "fact vote": "yes",
    "fact curfew": "no",
    "fact trucks": "12.5",
    "fact share": "33.3",
    "word A plan": "accepts with conditions",
    "word B hush": "rejects",
    "meaning security": "patrols",
    "drop quiet": "yes",
}


def rebuilt(code: str, scenario):
    """Run the code of a what-if as a reader of it would."""
    return eval(code, {"cm": cm, "scenario": scenario})  # noqa: S307 - to run it is the test


def numbers() -> st.SearchStrategy[str]:
    """Draw numbers as they are typed."""
    return st.decimals(0, 100, places=3, allow_nan=False, allow_infinity=False).map(str)


@st.composite
def choices(draw, asked: WhatIf) -> Choices:
    """Draw choices among all that can be chosen, most of them left as reported."""
    made = {}
    for group in groups(asked):
        for choice in (each for section in group.sections for each in section.choices):
            if draw(st.integers(0, 3)) == 0:
                answers = [option.value for option in choice.options if option.value]
                made[choice.key] = {
                    "few": lambda answers=answers: draw(st.sampled_from(answers)),
                    "many": lambda answers=answers: draw(st.sampled_from(answers)),
                    "number": lambda: draw(numbers()),
                    "drop": lambda: "yes",
                    "together": lambda: "yes",
                }[choice.kind]()
    return made


@settings(deadline=None)  # each draws from and judges a whole scenario
@given(st.data(), st.sampled_from([*ASKED]))
def test_the_code_of_any_choices_gives_the_same_scenario(data, name):
    asked = ASKED[name]
    chosen = asked.choose(data.draw(choices(asked)))
    assert rebuilt(chosen.code, asked.scenario) == chosen.imagined.view.scenario


@settings(deadline=None)  # each draws from and judges a whole scenario
@given(st.data(), st.sampled_from([*ASKED]))
def test_any_choices_are_read_back_as_they_were_made(data, name):
    asked = ASKED[name]
    made = data.draw(choices(asked))
    chosen = asked.choose(made)
    assert chosen.choices.keys() == made.keys()
    assert chosen.choose(chosen.choices) == chosen


@settings(deadline=None)  # each draws from and judges a whole scenario
@given(st.data(), st.sampled_from([*ASKED]))
def test_only_the_last_choices_count_and_none_is_what_is_reported(data, name):
    asked = ASKED[name]
    before = asked.choose(data.draw(choices(asked)))
    after = data.draw(choices(asked))
    assert before.choose(after) == asked.choose(after)
    assert before.choose({}) == asked
    assert before.choose({}).imagined.view.scenario is asked.scenario


def test_what_is_turned_together_by_whoever_supposes_it_is_read_back_and_written():
    chosen = PLAN.suppose(Supposition(since=PLAN.supposed.since, together=["quiet"]))
    assert dict(chosen.choices) == {"together quiet": "yes"}
    assert chosen.choose(chosen.choices) == chosen
    assert rebuilt(chosen.code, WIDE) == chosen.imagined.view.scenario


@given(st.decimals(0, 1, allow_nan=False, allow_infinity=False, places=12))
def test_a_share_is_chosen_in_per_cent_and_loses_no_digit(share):
    supposed = evolve(PLAN.supposed, facts=(SupposedFact("share", share),))
    (written,) = PLAN.suppose(supposed).choices.values()
    assert PLAN.choose({"fact share": written}).supposed == supposed
    assert Decimal(written) == share * 100


@given(
    st.one_of(
        st.integers(-(10**15), 10**15).map(Decimal),
        st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**8),
    )
)
def test_a_number_in_code_is_exactly_the_one_chosen(number):
    chosen = PLAN.choose({"fact trucks": f"{number:f}"})
    assert rebuilt(chosen.code, WIDE) == suppose(WIDE, {"trucks": number}, since="2025-03-02")


def test_what_follows_is_what_supposing_the_same_gives():
    chosen = PLAN.choose(EVERYTHING)
    by_hand = suppose(
        WIDE,
        {"vote": True, "curfew": False, "trucks": 12.5, "share": 0.333},
        since="2025-03-02",
        words={
            Accepts("A", "plan"): Stance.ACCEPTS_WITH_CONDITIONS,
            Accepts("B", "hush"): Stance.REJECTS,
        },
        meanings={"security": "patrols"},
        without=["quiet"],
    )
    assert chosen.imagined == assess(by_hand, "plan", as_of="2025-03-02")
    assert chosen.comparison.before == assess(WIDE, "plan", as_of="2025-03-02")
    assert chosen.comparison.after == chosen.imagined


def test_code_is_short_where_it_can_be_and_one_thing_a_line_where_not():
    assert PLAN.code == "scenario"
    assert PLAN.choose({"fact vote": "yes"}).code == (
        'cm.suppose(scenario, {"vote": True}, since="2025-03-02")'
    )
    assert PLAN.choose(EVERYTHING).code == (
        """cm.suppose(
    scenario,
    {"vote": True, "curfew": False, "trucks": 12.5, "share": 0.333},
    since="2025-03-02",
    words={
        cm.Accepts("A", "plan"): cm.Stance.ACCEPTS_WITH_CONDITIONS,
        cm.Accepts("B", "hush"): cm.Stance.REJECTS,
    },
    meanings={"security": "patrols"},
    without=["quiet"],
)"""
    )


@pytest.mark.parametrize(
    ("made", "what"),
    [
        ({"fact vote": "maybe"}, "“a vote is held” is yes or no, got 'maybe'"),
        ({"fact trucks": "many"}, "“aid” is a number, got 'many'"),
        ({"fact trucks": "NaN"}, "“aid” is a number, got 'NaN'"),
        ({"fact trucks": "1,5"}, "“aid” is a number, got '1,5'"),
        ({"fact trucks": None}, "“aid” is a number, got None"),
        ({"fact share": "101"}, "“A's share of the valley” lies between 0 and 100 %, got 101"),
        ({"fact share": "-1"}, "lies between 0 and 100 %, got -1"),
        ({"word A plan": "yes"}, "no stance 'yes'; known: accepts, accepts with conditions"),
        ({"drop quiet": "no"}, "no choice 'drop quiet' of 'no'"),
        ({"fact": "yes"}, "no choice 'fact' of 'yes'"),
        ({"": "yes"}, "no choice '' of 'yes'"),
        ({"fact vote twice": "yes"}, "no choice 'fact vote twice' of 'yes'"),
        ({"word <b> plan": "accepts"}, "must be a short name"),
    ],
)
def test_what_is_no_choice_is_refused_in_words(made, what):
    with pytest.raises(ModelError) as caught:
        PLAN.choose(made)
    assert what in str(caught.value)


def test_what_the_scenario_does_not_have_cannot_be_chosen():
    with pytest.raises(UnknownIdError, match="no fact 'votes' in this scenario; did you mean"):
        PLAN.choose({"fact votes": "yes"})
    for made in ({"meaning security": "walls"}, {"drop quit": "yes"}, {"word A plans": "accepts"}):
        with pytest.raises(ScenarioError):
            PLAN.choose(made)


def test_a_range_is_no_choice():
    chosen = PLAN.suppose(Supposition(since=DAY, facts=[SupposedFact("trucks", Range(1, 2))]))
    for ask in (lambda: chosen.choices, lambda: chosen.code):
        with pytest.raises(ModelError, match="yes, no or an exact number, got Range"):
            ask()


class TestTime:
    def test_what_is_supposed_holds_from_the_day_judged_on(self):
        assert PLAN.supposed.since == Moment("2025-03-02")

    def test_or_from_an_earlier_day(self):
        earlier = what_if(SCENARIO, "plan", as_of="2025-03-02", since="2025-01-01")
        chosen = earlier.choose({"fact vote": "yes"})
        assert chosen.code == 'cm.suppose(scenario, {"vote": True}, since="2025-01-01")'

    def test_from_the_instant_judged_but_not_from_a_later_one(self):
        noon = "2025-03-02T12:00+00:00"
        assert what_if(SCENARIO, "plan", as_of=noon, since=noon).supposed.since == Moment(noon)
        with pytest.raises(ModelError, match=r"since 2025-03-03 lies after as_of 2025-03-02T12:00"):
            what_if(SCENARIO, "plan", as_of=noon, since="2025-03-03")

    def test_what_was_known_and_who_is_heard_stay_the_same(self):
        trust = Trust.of_party("B")
        asked = what_if(
            SCENARIO, "plan", as_of="2025-03-02", known_by="2025-03-05", trust=trust
        ).choose({"fact vote": "yes"})
        assert asked.imagined.view.trust == trust
        assert asked.imagined.view.known_by == asked.reported.view.known_by


class TestPackages:
    def test_applying_one_makes_the_proposal_met_and_keeps_what_was_chosen(self):
        chosen = REPORTED.choose(
            {
                "word RU us-30-day": "accepts with conditions",
                "drop ru-army-limit": "yes",
                "drop ru-long-term-peace": "yes",
                "fact election": "yes",
            }
        )
        found = chosen.packages()
        assert len(found) > 1
        for package in found:
            applied = chosen.apply(package)
            assert applied.imagined.verdict is Verdict.MET
            assert chosen.choices.items() <= applied.choices.items()
            assert rebuilt(applied.code, CASE) == applied.imagined.view.scenario

    def test_what_is_chosen_stays_as_it_is(self):
        assert len(REPORTED.packages()) > 0
        refused = REPORTED.choose({"word RU us-30-day": "rejects"})
        assert [obstacle.about for obstacle in refused.packages().obstacles] == [
            Accepts("RU", "us-30-day")
        ]

    def test_facts_and_meanings_that_are_chosen_stay_too(self):
        chosen = PLAN.choose(EVERYTHING)
        assert {getattr(each, "id", each) for each in chosen.chosen} == {
            *("vote", "curfew", "trucks", "share", "security"),
            Accepts("A", "plan"),
            Accepts("B", "hush"),
        }

    def test_what_became_known_later_has_no_packages(self):
        later = what_if(SCENARIO, "plan", as_of="2025-03-02", known_by="2025-03-05")
        with pytest.raises(ModelError, match="known at the time judged; here later reports count"):
            later.packages()

    def test_they_are_those_of_the_proposal(self):
        assert REPORTED.packages().target == InForce("us-30-day")


def test_a_proposal_must_be_named_where_there_are_several():
    with pytest.raises(ModelError, match="has 2 proposals; name one of 'plan', 'past'"):
        what_if(SCENARIO, as_of=DAY)
    assert what_if(SCENARIO.with_proposals([Proposal(id="x", title="X")]), "x", as_of=DAY)
