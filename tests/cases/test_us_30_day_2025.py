"""The situation of 13 March 2025: verdicts worked out by hand from the design, then asserted."""

from __future__ import annotations

import pytest

from ceasefire_model import (
    Accepts,
    Answered,
    AtLeast,
    CeasefireClass,
    Done,
    Holds,
    InForce,
    Stance,
    Trust,
    Verdict,
    assess,
    compare,
    completeness,
    dumps,
    evaluate,
    load_case,
    loads,
    suppose,
)
from ceasefire_model.drafting import Presence, RemarkRule, Severity

DAY = "2025-03-13"
SCENARIO = load_case("us-30-day-2025")
TODAY = assess(SCENARIO, as_of=DAY)

# Eight things have been denied or are unanswered, five demands have no agreed meaning, and of the
# talks that Moscow wants nothing is reported.
NEEDS = {
    "ru-crucial-conditions": Verdict.UNCLEAR,
    "ru-root-causes": Verdict.UNCLEAR,
    "ru-long-term-peace": Verdict.UNCLEAR,
    "ru-no-regrouping": Verdict.UNCLEAR,
    "ru-army-limit": Verdict.UNCLEAR,
    "ru-guarantee": Verdict.UNMET,
    "ru-control": Verdict.UNMET,
    "ru-kursk": Verdict.UNMET,
    "ru-kursk-forces": Verdict.UNMET,
    "ru-nato": Verdict.UNMET,
    "ru-four-regions": Verdict.UNMET,
    "ru-sanctions": Verdict.UNMET,
    "ru-election": Verdict.UNMET,
    "ru-talks": Verdict.UNKNOWN,
}


def test_the_proposal_is_not_in_force_since_moscow_accepts_in_principle_only():
    assert TODAY.verdict is Verdict.UNMET
    assert TODAY["UA"].verdict is Verdict.MET
    assert TODAY["UA"].stance is Stance.ACCEPTS
    assert TODAY["RU"].verdict is Verdict.UNMET
    assert TODAY["RU"].stance is Stance.ACCEPTS_IN_PRINCIPLE


def test_each_of_moscows_conditions_stands_where_the_article_leaves_it():
    found = {need.precondition.id: need.verdict for need in TODAY["RU"].preconditions}
    assert found == NEEDS


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (Holds("martial-law"), Verdict.MET),
        (Done("election"), Verdict.UNMET),
        (Holds("martial-law") & ~Done("election"), Verdict.MET),
        (Holds("sanctions-eased"), Verdict.UNMET),
        (Holds("ru-risks-accident"), Verdict.DISPUTED),  # each accusation meets a denial
        (Holds("ua-risks-accident"), Verdict.DISPUTED),
        (Answered("control-organised"), Verdict.UNMET),
        (Done("witkoff-talks"), Verdict.MET),
        (Done("phone-call"), Verdict.UNKNOWN),
        (AtLeast("ru-share-ukraine", 0.17), Verdict.MET),  # "nearly a fifth"
        (AtLeast("ru-share-ukraine", 0.2), Verdict.UNKNOWN),  # may or may not be a fifth
        (AtLeast("ru-share-ukraine", 0.21), Verdict.UNMET),
        (AtLeast("casualties", 200_000), Verdict.MET),  # "hundreds of thousands"
        (AtLeast("casualties", 300_000), Verdict.UNKNOWN),
    ],
)
def test_single_conditions(condition, verdict):
    assert evaluate(SCENARIO, condition, as_of=DAY).verdict is verdict


@pytest.mark.parametrize("leaf", [Accepts("RU", "us-30-day"), Accepts("UA", "us-30-day")])
def test_three_days_before_nobody_is_known_to_have_answered(leaf):
    assert evaluate(SCENARIO, leaf, as_of="2025-03-10").verdict is Verdict.UNKNOWN
    later = evaluate(SCENARIO, leaf, as_of="2025-03-10", known_by=DAY)
    assert later.verdict is Verdict.UNKNOWN


def test_what_others_believe_changes_nothing_of_moscows_stance():
    others = assess(SCENARIO, as_of=DAY, trust=Trust(without=["zelenskiy", "trump"]))
    assert others["RU"].stance is TODAY["RU"].stance
    assert {need.precondition.id: need.verdict for need in others["RU"].preconditions} == NEEDS


def test_through_kyivs_eyes_moscow_has_not_spoken():
    kyiv = assess(SCENARIO, as_of=DAY, trust=Trust.of_party("UA"))
    assert kyiv["UA"].verdict is Verdict.MET
    assert kyiv["RU"].verdict is Verdict.UNKNOWN
    accused = evaluate(SCENARIO, Holds("ru-risks-accident"), as_of=DAY, trust=Trust.of_party("UA"))
    assert accused.verdict is Verdict.MET


def test_an_election_and_eased_sanctions_meet_two_conditions_and_not_the_rest():
    supposed = suppose(SCENARIO, {"election": True, "sanctions-eased": True}, since=DAY)
    after = assess(supposed, as_of=DAY)
    assert after.verdict is Verdict.UNMET
    changed = {
        change.after.precondition.id
        for change in compare(TODAY, after).changes
        if change.after and change.after.precondition
    }
    assert changed == {"ru-election", "ru-sanctions"}


def test_the_election_waits_for_martial_law_and_that_is_inferred_to_wait_for_the_ceasefire():
    first = TODAY.waits_for(Done("election"))
    assert [(gate.precondition.id, gate.finding.verdict) for gate in first] == [
        ("ua-martial-law", Verdict.UNMET)
    ]
    second = TODAY.waits_for(~Holds("martial-law"))
    assert [gate.finding.condition for gate in second] == [InForce("us-30-day")]
    assert second[0].precondition.held_by is None


def test_only_moscows_final_word_beside_its_conditions_keeps_it_from_accepting():
    accepted = suppose(SCENARIO, since=DAY, words={Accepts("RU", "us-30-day"): Stance.ACCEPTS})
    assert assess(accepted, as_of=DAY).verdict is Verdict.MET


def test_the_report_tells_seven_things_of_the_text_and_nothing_of_it_is_known_to_be_missing():
    found = completeness(SCENARIO)
    assert found.proposal.claims is CeasefireClass.CESSATION_OF_HOSTILITIES
    assert [each.item.id for each in found.only(Presence.PRESENT)] == [
        *("ID-02", "PAR-01", "TIM-03", "OBL-01"),  # its class, its parties, 30 days, hostilities
        *("CON-04", "CON-05", "CON-06"),  # what is asked, demanded and answered
    ]
    assert found.only(Presence.ABSENT) == ()
    open_items = found.only(Presence.UNKNOWN, Severity.REQUIRED)
    assert [each.item.id for each in open_items] == [
        *("ID-01", "PAR-04", "TIM-01", "TIM-02", "GEO-01", "OBL-10")
    ]


def test_nobody_is_named_who_would_say_whether_the_ceasefire_or_moscows_demands_are_met():
    found = completeness(SCENARIO).remarks
    assert {each.rule for each in found} == {RemarkRule.NO_VERIFIER}
    demands = {name for name in NEEDS if name not in ("ru-guarantee", "ru-control")}
    asked = {"ru-kursk", "ru-kursk-forces"}  # who asks knows whether the answer will do
    unsure, certain = found
    assert (unsure.is_certain, certain.is_certain) == (False, True)
    assert [each.path for each in unsure.places] == ["$.proposals.us-30-day.provisions.cessation"]
    assert {each.path for each in certain.places} == {
        f"$.preconditions.{name}" for name in demands - asked
    }


def test_the_bundled_document_survives_a_round_trip():
    assert loads(dumps(SCENARIO)) == SCENARIO
    assert loads(dumps(SCENARIO, syntax="json")) == SCENARIO


def test_every_observation_and_statement_says_where_it_can_be_read():
    assert all(record.reference for record in (*SCENARIO.observations, *SCENARIO.statements))
