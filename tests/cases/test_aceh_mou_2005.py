"""The Helsinki memorandum on Aceh: what became of its clauses, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ceasefire_model import (
    Accepts,
    AtLeast,
    AtMost,
    Done,
    Fulfilled,
    Holds,
    Timing,
    Trust,
    Verdict,
    assess,
    dumps,
    evaluate,
    load_case,
    loads,
    suppose,
)
from ceasefire_model.rules import PerformanceKind, Says

DAYS = ("2005-09-01", "2005-10-01", "2006-01-05", "2006-12-31")
SCENARIO = load_case("aceh-mou-2005")
(MEMORANDUM,) = SCENARIO.proposals
ASSESSED = {day: assess(SCENARIO, as_of=day) for day in DAYS}

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
UNKNOWN, DISPUTED, UNCLEAR = Verdict.UNKNOWN, Verdict.DISPUTED, Verdict.UNCLEAR

EXPECTED = {
    # in October nobody has said anew that it ended since the breach that the mission found
    "violence-ends": (MET, UNKNOWN, MET, MET),
    "amnesty": (MET, MET, MET, MET),
    # due on 30 August; the last denial known in September and October is of the third
    "prisoners": (UNKNOWN, UNKNOWN, DISPUTED, DISPUTED),
    "disputed-cases": (UNKNOWN, UNMET, UNMET, MET),
    "demobilisation": (UNMET, UNMET, MET, MET),
    "arms": (PENDING, PENDING, MET, MET),
    "handover-starts": (PENDING, MET, MET, MET),
    "handover": (PENDING, PENDING, MET, MET),
    "relocation-starts": (PENDING, MET, MET, MET),
    "relocation": (PENDING, PENDING, MET, MET),
    "remaining-forces": (PENDING, PENDING, MET, MET),
    "other-arms": (DISPUTED, DISPUTED, DISPUTED, DISPUTED),
    "law-on-time": (PENDING, PENDING, PENDING, MET),
    "law-principles": (UNMET, UNMET, UNMET, DISPUTED),
    "local-parties": (PENDING, PENDING, PENDING, MET),
    "elections": (PENDING, PENDING, PENDING, MET),
    "revenue": (UNKNOWN, UNKNOWN, UNKNOWN, MET),
    "reintegration": (UNCLEAR, UNCLEAR, UNCLEAR, UNMET),
    "court-and-commission": (UNMET, UNMET, UNMET, UNMET),
    "monitoring": (UNKNOWN, MET, MET, MET),
    "disputes": (UNKNOWN, UNKNOWN, MET, MET),
}


def of(provision, day):
    """Return the assessment of one provision."""
    return next(each for each in ASSESSED[day].provisions if each.provision.id == provision)


PAST = (Says.NO_LONGER, Says.OVERTAKEN)


def words(condition, day, **given):
    """Return what each source's word does to a condition, the latest words only."""
    finding = evaluate(SCENARIO, condition, as_of=day, **given)
    return {each.source: each.says for each in finding.readings if each.says not in PAST}


@pytest.mark.parametrize("day", DAYS)
def test_both_parties_have_signed_and_the_memorandum_is_in_force(day):
    assert ASSESSED[day].verdict is MET
    assert ASSESSED[day]["GOI"].verdict is MET
    assert ASSESSED[day]["GAM"].verdict is MET
    before = evaluate(SCENARIO, Accepts("GAM", MEMORANDUM.id), as_of="2005-08-14")
    assert before.verdict is UNKNOWN


@pytest.mark.parametrize("provision", EXPECTED)
def test_clauses_stand_where_the_reports_leave_them(provision):
    assert tuple(of(provision, day).finding.verdict for day in DAYS) == EXPECTED[provision]


@pytest.mark.parametrize(
    ("provision", "days"),
    [
        ("relocation", 5),  # due 31 December, gone on 5 January
        ("law-on-time", 123),  # due 31 March, in force on 1 August: 30 + 31 + 30 + 31 + 1
        ("elections", 225),  # due 30 April, held on 11 December: 214 days of seven months, and 11
    ],
)
def test_three_duties_were_met_late(provision, days):
    performance = of(provision, "2006-12-31").performance
    assert performance.kind is PerformanceKind.MET_LATE
    assert performance.late_by == (timedelta(days), timedelta(days))


def test_the_amnesty_came_on_the_last_day_and_the_police_left_a_day_early():
    amnesty = of("amnesty", "2005-09-01").performance
    assert amnesty.kind is PerformanceKind.MET
    assert (amnesty.due - amnesty.since).days == 1  # the day itself, to its end
    start = of("relocation-starts", "2005-10-01").performance
    assert (start.due - start.since).days == 2


def test_arms_are_counted_as_the_mission_accepts_them():
    after_one_stage = of("arms", "2005-10-01").performance
    assert after_one_stage.kind is PerformanceKind.NOT_DUE
    assert (after_one_stage.progress.reached, after_one_stage.progress.needed) == (243, 840)
    in_the_end = of("arms", "2006-01-05").performance.progress
    assert in_the_end.reached == in_the_end.needed == 840
    assert evaluate(SCENARIO, AtLeast("arms-offered", 1018), as_of="2005-12-19").verdict is MET


def test_the_government_and_the_mission_differ_on_71_of_the_arms():
    criteria = AtLeast("arms-meeting-criteria", 840)
    assert evaluate(SCENARIO, criteria, as_of="2006-01-05").verdict is DISPUTED
    assert words(criteria, "2006-01-05") == {"amm": Says.SUPPORTS, "goi": Says.DENIES}
    common = AtLeast("arms-meeting-criteria", 840 - 71)
    assert evaluate(SCENARIO, common, as_of="2006-01-05").verdict is MET
    assert of("arms", "2006-01-05").finding.verdict is MET  # the mission decides


def test_whether_prisoners_are_left_turns_on_ordinary_convictions():
    nobody = AtMost("prisoners-held", 0)
    assert words(nobody, "2005-09-01") == {"pbhi": Says.DENIES, "goi": Says.NEITHER}
    assert words(nobody, "2006-01-05") == {
        "pbhi": Says.DENIES,
        "goi": Says.SUPPORTS,
        "gam": Says.DENIES,
    }
    assert words(nobody, "2006-12-31")["gam"] is Says.SUPPORTS  # closed in August 2006


def test_consent_and_consultation_is_disputed_between_the_parties():
    consent = Holds("law-consent")
    assert words(consent, "2006-12-31") == {
        "law": Says.NEITHER,
        "goi": Says.SUPPORTS,
        "gam": Says.DENIES,
        "amm": Says.DENIES,
    }
    for party, verdict in (("GOI", MET), ("GAM", UNMET)):
        seen = evaluate(SCENARIO, consent, as_of="2006-12-31", trust=Trust.of_party(party))
        assert seen.verdict is verdict


def test_clauses_are_judged_obligor_by_obligor():
    def kinds(provision, day):
        return {each.party: each.performance.kind for each in of(provision, day).obligors}

    met, kept, unsettled = PerformanceKind.MET, PerformanceKind.KEPT, PerformanceKind.OPEN
    assert kinds("monitoring", "2005-10-01") == {"AMM": kept, "GOI": kept, "GAM": kept}
    assert kinds("disputes", "2005-10-01") == {"AMM": met, "CMI": unsettled}


def test_a_breach_of_a_known_day_and_one_of_some_day_of_a_month_are_on_record_alike():
    government, movement = of("violence-ends", "2006-12-31").obligors
    assert government.performance.kind is PerformanceKind.VIOLATED
    (october,) = government.performance.violations
    assert october.start == datetime(2005, 10, 13, 17, tzinfo=UTC)  # midnight in Jakarta
    assert movement.performance.kind is PerformanceKind.VIOLATED
    (september,) = movement.performance.violations
    assert september.verdict is UNKNOWN  # of which day of the month it was
    assert (september.start, september.end) == (
        datetime(2005, 8, 31, 17, tzinfo=UTC),
        datetime(2005, 9, 30, 17, tzinfo=UTC),
    )
    assert movement.performance.doubts


def test_the_mission_found_one_breach_of_each_party():
    for fact in ("goi-breaches", "gam-breaches"):
        assert evaluate(SCENARIO, AtLeast(fact, 1), as_of="2005-12-31").verdict is MET
        assert evaluate(SCENARIO, AtLeast(fact, 2), as_of="2005-12-31").verdict is UNMET
    that_day = evaluate(SCENARIO, Holds("goi-violence"), as_of="2005-10-14", known_by="2005-11-01")
    # the commander's word of August is overtaken by what the mission found in October
    assert that_day.verdict is MET


def test_funds_without_land_are_part_of_reintegration():
    performance = of("reintegration", "2006-12-31").performance
    assert performance.kind is PerformanceKind.OPEN  # what is adequate is not agreed
    assert (performance.met, performance.of) == (1, 3)


def test_stages_lock_into_each_other_and_lead_back_to_the_first_handover():
    needs = {each.of: each for each in SCENARIO.preconditions}
    chain = [Done("relocation-4")]
    holders = []
    while chain[-1] in needs:
        lock = needs[chain[-1]]
        assert lock.timing is Timing.BEFORE
        holders.append(lock.held_by)
        chain.append(lock.needs)
    assert chain == [
        Done(f"{what}-{n}") for n in (4, 3, 2, 1) for what in ("relocation", "handover")
    ]
    assert holders == ["GOI", "GAM", "GOI", "GAM", "GOI", "GAM", "GOI"]


def test_stages_followed_each_other_as_the_locks_have_it():
    steps = [Done(f"{what}-{n}") for n in (1, 2, 3, 4) for what in ("handover", "relocation")]
    days = [evaluate(SCENARIO, step, as_of="2006-12-31").met_at for step in steps]
    assert days == sorted(set(days))


def test_one_arm_less_would_have_left_the_handover_incomplete():
    short = suppose(SCENARIO, {"arms-accepted": 839}, since="2005-12-19")
    assert evaluate(short, Fulfilled("arms"), as_of="2005-12-31").verdict is PENDING
    assert evaluate(short, Fulfilled("arms"), as_of="2006-01-05").verdict is UNMET


def test_every_clause_can_be_judged():
    assert all(provision.duties for provision in MEMORANDUM.provisions)
    settled = [each.finding.verdict for each in ASSESSED["2006-12-31"].provisions]
    assert set(settled) == {MET, UNMET, DISPUTED}


def test_the_document_survives_a_round_trip():
    assert loads(dumps(SCENARIO)) == SCENARIO


@pytest.mark.parametrize("day", DAYS)
def test_every_assessment_prints(day):
    text = str(ASSESSED[day])
    assert text.startswith("Memorandum of Understanding (Helsinki MoU)")
    assert "840 arms" in text


def test_every_observation_statement_and_clause_says_where_it_can_be_read():
    records = (*SCENARIO.observations, *SCENARIO.statements, *SCENARIO.preconditions)
    assert all(record.reference for record in (*records, *MEMORANDUM.provisions))
