"""The naive judge, held against examples that were worked out by hand from the design.

The comment in each test says which words of the design give the verdict. Places and parties are
invented: Norland and Sudmark quarrel about the Vale; Eastmoor and Westmoor form the Moor League.
"""

import ast
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

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
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Throughout,
    Times,
    Vague,
    When,
)
from ceasefire_model.evidence import Credibility, Observation, Reliability, Source, Trust
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Number,
    Quantity,
    Question,
    Range,
    State,
)
from ceasefire_model.moments import Moment, days, hours, months
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Basis, Duty, Precondition, Proposal, Provision, Timing
from ceasefire_model.scenarios import Scenario, suppose
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.territories import Territory
from ceasefire_model.verdicts import Verdict
from tests.naive import verdict

MET, UNMET = Verdict.MET, Verdict.UNMET
PENDING, DISPUTED = Verdict.PENDING, Verdict.DISPUTED
UNKNOWN, UNCLEAR = Verdict.UNKNOWN, Verdict.UNCLEAR

PARTIES = (
    Party(id="norland", name="Norland"),
    Party(id="sudmark", name="Sudmark"),
    Party(id="league", name="Moor League", members=("eastmoor", "westmoor")),
    Party(id="eastmoor", name="Eastmoor"),
    Party(id="westmoor", name="Westmoor"),
)
FACTS = (
    State(id="curfew", text="the curfew in the Vale is in force"),
    State(id="truce", text="the truce is in force"),
    Act(id="vote", text="the vote in the Vale is held"),
    Quantity(id="freed", text="prisoners freed", unit="people"),
    Quantity(id="hostages", text="hostages released", unit="people"),
    Control(id="share", text="Norland's share of the Vale", party="norland", territory="vale"),
    Question(id="who", text="who patrols?", asked_by="norland", asked=Moment("2031-03-05")),
    Question(id="when", text="when?", asked_by="norland", asked=Moment("2031-03-05/2031-03-20")),
)
SOURCES = (
    Source(id="herald", name="Herald", reliability=Reliability.B),
    Source(id="gazette", name="Gazette", reliability=Reliability.C),
    Source(id="rumour", name="Rumour"),
    Source(id="palace", name="Palace of Norland", party="norland", reliability=Reliability.E),
)
WATER = Provision(
    id="water",
    text="Norland opens the sluices and Sudmark lifts the curfew",
    duties=(
        Duty(by=("norland",), requires=Done("vote")),
        Duty(by=("sudmark",), requires=Not(Holds("curfew"))),
    ),
    due=Moment("2031-03-10"),
)
PLAN = Proposal(id="plan", title="The plan", to=("norland", "sudmark"), provisions=(WATER,))
MARCH_12 = "2031-03-12"


def situation(*records, proposal=PLAN, timezone="UTC"):
    """Build a scenario from observations, statements and preconditions in any order."""
    return Scenario(
        title="Invented",
        timezone=timezone,
        parties=PARTIES,
        territories=(Territory(id="vale", name="the Vale"),),
        facts=FACTS,
        sources=SOURCES,
        proposals=(proposal,),
        observations=[one for one in records if isinstance(one, Observation)],
        statements=[one for one in records if isinstance(one, Statement)],
        preconditions=[one for one in records if isinstance(one, Precondition)],
    )


def seen(source, fact, value, since, *, until=None, reported=None, **more):
    return Observation(
        source=source,
        fact=fact,
        value=value,
        since=Moment(since),
        until=until and Moment(until),
        reported=Moment(reported or since),
        **more,
    )


NUMBERS = count()


def says(party, stance, date, *, on="plan", source="herald", reported=None, name=None):
    about = About(proposal="plan") if on == "plan" else About(provision=on)
    return Statement(
        id=name or f"statement-{next(NUMBERS)}",
        speaker="a spokesman",
        party=party,
        date=Moment(date),
        reported=Moment(reported or date),
        about=about,
        text="as reported",
        source=source,
        stance=stance,
    )


def demands(party, needs, *, name=None, on="plan", timing=Timing.BEFORE, **more):
    return Precondition(
        id=name or f"precondition-{next(NUMBERS)}",
        held_by=party,
        of=Accepts(party, on),
        needs=needs,
        timing=timing,
        text="as demanded",
        **more,
    )


CURFEW = Holds("curfew")
NORLAND, SUDMARK = Accepts("norland", "plan"), Accepts("sudmark", "plan")
ACCEPTS, CONDITIONS = Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS
ROOTS = Vague(id="roots", text="the root causes are removed")


def test_the_naive_judge_knows_nothing_but_the_records():
    tree = ast.parse((Path(__file__).parent / "naive.py").read_text(encoding="utf-8"))
    names = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not [name for name in names if "rules" in name]
    assert [name for name in names if "verdicts" in name] == ["ceasefire_model.verdicts.Verdict"]


# Verdicts and connectives (section 2)

ONE_OF_EACH = situation(
    seen("herald", "curfew", value=True, since="2031-03-01"),
    seen("herald", "truce", value=True, since="2031-03-01"),
    seen("gazette", "truce", value=False, since="2031-03-01"),
    says("norland", Stance.UNDECIDED, "2031-03-01"),
)
LEAVES: dict[Verdict, Condition] = {
    MET: CURFEW,
    UNMET: Not(CURFEW),
    PENDING: NORLAND,
    DISPUTED: Holds("truce"),
    UNKNOWN: Done("vote"),
    UNCLEAR: ROOTS,
}


@pytest.mark.parametrize("expected", list(Verdict))
def test_one_leaf_of_each_verdict(expected):
    # said and denied; undecided; two sources at odds; not reported; no meaning that is complete
    assert verdict(ONE_OF_EACH, LEAVES[expected], as_of=MARCH_12) is expected


@pytest.mark.parametrize("first", list(Verdict))
@pytest.mark.parametrize("second", list(Verdict))
def test_all_of_and_any_of_two_take_the_first_in_their_order(first, second):
    # the two orders, as section 2 writes them
    conjunction = [UNMET, UNCLEAR, UNKNOWN, DISPUTED, PENDING, MET]
    disjunction = [MET, UNCLEAR, UNKNOWN, DISPUTED, PENDING, UNMET]
    parts = (LEAVES[first], LEAVES[second])
    both = min(first, second, key=conjunction.index)
    either = min(first, second, key=disjunction.index)
    assert verdict(ONE_OF_EACH, AllOf(parts), as_of=MARCH_12) is both
    assert verdict(ONE_OF_EACH, AnyOf(parts), as_of=MARCH_12) is either


def test_all_of_nothing_is_met_and_any_of_nothing_is_unmet():
    # "of no parts, MET"; "of no parts, UNMET"
    assert verdict(ONE_OF_EACH, AllOf(()), as_of=MARCH_12) is MET
    assert verdict(ONE_OF_EACH, AnyOf(()), as_of=MARCH_12) is UNMET


@pytest.mark.parametrize(
    ("needed", "parts", "expected"),
    [
        (2, (MET, MET, UNCLEAR), MET),  # two are MET
        (2, (MET, UNMET, UNMET), UNMET),  # one is MET or open, two are needed
        (2, (MET, PENDING, DISPUTED), DISPUTED),  # the first open one in the order
        (2, (MET, UNMET, PENDING), PENDING),
        (3, (PENDING, UNKNOWN, UNCLEAR), UNCLEAR),
    ],
)
def test_at_least_two_or_three_of_three(needed, parts, expected):
    condition = AtLeastOf(needed, tuple(LEAVES[part] for part in parts))
    assert verdict(ONE_OF_EACH, condition, as_of=MARCH_12) is expected


@pytest.mark.parametrize("part", [PENDING, DISPUTED, UNKNOWN, UNCLEAR])
def test_not_leaves_what_is_open(part):
    assert verdict(ONE_OF_EACH, Not(LEAVES[part]), as_of=MARCH_12) is part


# Words and readings (section 4)


def test_a_word_holds_until_a_later_one():
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("herald", "curfew", value=False, since="2031-03-10"),
    )
    assert verdict(scenario, CURFEW, as_of="2031-02-28") is UNKNOWN  # nothing covers it
    assert verdict(scenario, CURFEW, as_of="2031-03-09") is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-10") is UNMET


def test_a_bare_until_stands_for_the_whole_day():
    # "as until ... it stands for every instant before the next local midnight"
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", until="2031-03-10")
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-10") is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-11T00:00Z", known_by=MARCH_12) is UNKNOWN


def test_the_latest_since_counts_before_the_last_report():
    # "the latest since, then the last reported": old news that comes late is still old
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-05"),
        seen("herald", "curfew", value=False, since="2031-03-01", reported="2031-03-08"),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is MET


def test_of_two_reports_since_the_same_day_the_last_reported_counts():
    scenario = situation(
        seen("herald", "curfew", value=False, since="2031-03-01", reported="2031-03-08"),
        seen("herald", "curfew", value=True, since="2031-03-01", reported="2031-03-02"),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is UNMET


def test_a_source_that_contradicts_itself_on_one_day_is_a_dispute():
    # "a remaining tie of different values is a dispute"
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is DISPUTED


def test_different_numbers_that_both_reach_the_threshold_are_no_dispute():
    # each word supports; "support only: MET"
    scenario = situation(
        seen("herald", "freed", Number(30), "2031-03-01"),
        seen("gazette", "freed", Number(35), "2031-03-01"),
    )
    assert verdict(scenario, AtLeast("freed", 30), as_of=MARCH_12) is MET
    assert verdict(scenario, AtMost("freed", 29), as_of=MARCH_12) is UNMET
    assert verdict(scenario, AtLeast("freed", 33), as_of=MARCH_12) is DISPUTED


def test_a_range_across_the_threshold_says_neither():
    scenario = situation(seen("herald", "share", Range(0.17, 0.20), "2031-03-01"))
    assert verdict(scenario, AtLeast("share", 0.17), as_of=MARCH_12) is MET
    assert verdict(scenario, AtLeast("share", 0.18), as_of=MARCH_12) is UNKNOWN
    assert verdict(scenario, AtLeast("share", 0.20), as_of=MARCH_12) is UNKNOWN  # it may be 0.20
    assert verdict(scenario, AtMost("share", 0.20), as_of=MARCH_12) is MET
    assert verdict(scenario, AtMost("share", 0.17), as_of=MARCH_12) is UNKNOWN
    assert verdict(scenario, AtMost("share", 0.16), as_of=MARCH_12) is UNMET


def test_a_range_without_an_end_settles_only_its_own_half():
    scenario = situation(seen("herald", "freed", Range(100, None), "2031-03-01"))
    assert verdict(scenario, AtLeast("freed", 100), as_of=MARCH_12) is MET
    assert verdict(scenario, AtMost("freed", 99), as_of=MARCH_12) is UNMET
    assert verdict(scenario, AtLeast("freed", 101), as_of=MARCH_12) is UNKNOWN


def test_a_source_that_cannot_say_leaves_the_word_to_others():
    silent = seen("herald", "curfew", CannotSay(), "2031-03-01")
    told = seen("gazette", "curfew", value=False, since="2031-03-01")
    assert verdict(situation(silent), CURFEW, as_of=MARCH_12) is UNKNOWN
    assert verdict(situation(silent, told), CURFEW, as_of=MARCH_12) is UNMET


def test_an_act_reported_done_says_not_done_for_every_instant_before():
    # known by 12 March, about any instant before 10 March
    scenario = situation(seen("herald", "vote", value=True, since="2031-03-10"))
    assert verdict(scenario, Done("vote"), as_of="2031-03-09", known_by=MARCH_12) is UNMET
    assert verdict(scenario, Done("vote"), as_of="1950-01-01", known_by=MARCH_12) is UNMET
    assert verdict(scenario, Done("vote"), as_of="2031-03-09") is UNKNOWN  # not yet reported
    assert verdict(scenario, Done("vote"), as_of="2031-03-10") is MET


def test_a_state_reported_to_hold_says_nothing_of_before():
    scenario = situation(seen("herald", "curfew", value=True, since="2031-03-10"))
    assert verdict(scenario, CURFEW, as_of="2031-03-09", known_by=MARCH_12) is UNKNOWN


def test_an_imprecise_since_is_neither_until_it_is_certain():
    # "an imprecise date not yet certain" is neither; certain from the last day's midnight on
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-05/2031-03-10", reported="2031-03-06")
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-04", known_by=MARCH_12) is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-09") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-10") is MET


def test_an_imprecise_since_does_not_unsettle_what_the_source_said_before():
    # whether the new word has begun or not, the source says the same; a different one unsettles
    before = seen("herald", "freed", Number(10), "2031-03-01")
    after = seen("herald", "freed", Number(20), "2031-03-05/2031-03-10", reported="2031-03-06")
    scenario = situation(before, after)
    assert verdict(scenario, AtLeast("freed", 10), as_of="2031-03-08") is MET
    assert verdict(scenario, AtLeast("freed", 15), as_of="2031-03-08") is UNKNOWN
    assert verdict(scenario, AtLeast("freed", 21), as_of="2031-03-08") is UNMET


def test_imprecise_words_are_ranked_by_when_they_have_begun_at_the_latest():
    # both have begun by the 12th; the one that may have begun first has begun by the 10th
    scenario = situation(
        seen("herald", "freed", Number(20), "2031-03-01/2031-03-10", reported="2031-03-02"),
        seen("herald", "freed", Number(10), "2031-03-05", reported="2031-03-05"),
    )
    assert verdict(scenario, AtLeast("freed", 20), as_of=MARCH_12) is MET


def test_of_two_words_of_one_rank_one_that_may_have_ended_leaves_doubt():
    # while both hold they are a dispute, afterwards there is one; in between nobody can tell
    imprecise = {"until": "2031-03-05/2031-03-10", "reported": "2031-03-01"}
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", **imprecise),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-05") is DISPUTED
    assert verdict(scenario, CURFEW, as_of="2031-03-08") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-11") is UNMET


def test_an_imprecise_until_is_certain_only_before_its_first_day_ends():
    scenario = situation(
        seen(
            "herald",
            "curfew",
            value=True,
            since="2031-03-01",
            until="2031-03-05/2031-03-10",
            reported="2031-03-01",
        )
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-05") is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-06") is UNKNOWN


def test_spans_are_half_open():
    # at its first instant a word holds, at its end no longer; midnight is the first instant
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-05", until="2031-03-06T10:00Z")
    )
    for as_of, expected in [
        ("2031-03-04T23:59:59.999999Z", UNKNOWN),
        ("2031-03-05T00:00Z", MET),
        ("2031-03-06T09:59:59.999999Z", MET),
        ("2031-03-06T10:00Z", UNKNOWN),
    ]:
        assert verdict(scenario, CURFEW, as_of=as_of, known_by=MARCH_12) is expected


def test_spans_of_imprecise_dates_are_half_open_at_each_of_their_ends():
    # a word that may begin and may end says something only from its last start to its first end
    scenario = situation(
        seen(
            "herald",
            "freed",
            Number(20),
            since="2031-03-05/2031-03-06",
            until="2031-03-08/2031-03-09",
            reported="2031-03-10",
        ),
        seen("herald", "freed", Number(10), since="2031-03-01"),
    )
    for as_of, expected in [
        ("2031-03-04T23:59Z", UNMET),
        ("2031-03-05T00:00Z", UNKNOWN),
        ("2031-03-06T00:00Z", MET),
        ("2031-03-08T23:59Z", MET),
        ("2031-03-09T00:00Z", UNKNOWN),
        ("2031-03-09T23:59Z", UNKNOWN),
        ("2031-03-10T00:00Z", UNMET),
    ]:
        many = AtLeast("freed", 15)
        assert verdict(scenario, many, as_of=as_of, known_by=MARCH_12) is expected


def test_what_was_reported_some_day_of_a_span_is_known_when_the_span_is_over():
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", reported="2031-03-05/2031-03-09"),
        seen("herald", "curfew", value=False, since="2031-03-01", reported="2031-03-07"),
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-08") is UNMET
    assert verdict(scenario, CURFEW, as_of="2031-03-09") is MET  # the last reported


def test_what_was_reported_later_could_not_have_been_known():
    # as of 10 March, known by 10, 12 and 13 March; reported on the 13th means by its end
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-10", reported="2031-03-13")
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-10") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-10", known_by="2031-03-12") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-10", known_by="2031-03-13T12:00Z") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-10", known_by="2031-03-13") is MET


def test_judging_an_instant_after_what_is_known_is_refused():
    # "an as_of after known_by is refused"
    with pytest.raises(ValueError, match="after known_by"):
        verdict(situation(), CURFEW, as_of="2031-03-13", known_by="2031-03-12")


def test_a_corrected_report_is_gone_once_the_correction_is_known():
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", id="first"),
        seen(
            "herald", "curfew", CannotSay(), "2031-03-01", reported="2031-03-08", corrects="first"
        ),
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-07") is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-08") is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-07", known_by="2031-03-08") is UNKNOWN


# Trust (section 4)


def test_a_correction_counts_even_where_it_is_not_credible_enough_to_be_heard():
    # who is heard narrows what is left; what was taken back does not come back
    first = {"id": "first", "credibility": Credibility(1)}
    second = {"corrects": "first", "credibility": Credibility(5), "reported": "2031-03-08"}
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", **first),
        seen("herald", "curfew", value=False, since="2031-03-01", **second),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is UNMET
    strict = Trust(credibility=Credibility(2))
    assert verdict(scenario, CURFEW, as_of="2031-03-07", trust=strict) is MET
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=strict) is UNKNOWN


def test_only_these_not_those_and_only_of_a_party():
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("palace", "curfew", value=False, since="2031-03-01"),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is DISPUTED
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust(only=["herald"])) is MET
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust(without=["herald"])) is UNMET
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust.of_party("norland")) is UNMET
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust.of_party("sudmark")) is UNKNOWN


def test_a_report_is_too_old_only_after_so_many_whole_days():
    # t minus reported is exactly ten days at the end of 11 March, and eleven a day later
    scenario = situation(seen("herald", "curfew", value=True, since="2031-03-01"))
    trust = Trust(within_days=10)
    assert verdict(scenario, CURFEW, as_of="2031-03-11", trust=trust) is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-12", trust=trust) is UNKNOWN


def test_an_act_reported_done_does_not_age_but_one_reported_not_done_does():
    done = situation(seen("herald", "vote", value=True, since="2030-01-01"))
    undone = situation(seen("herald", "vote", value=False, since="2030-01-01"))
    trust = Trust(within_days=10)
    assert verdict(done, Done("vote"), as_of=MARCH_12, trust=trust) is MET
    assert verdict(undone, Done("vote"), as_of=MARCH_12, trust=trust) is UNKNOWN


def test_when_the_new_word_is_not_heard_the_older_one_is():
    # trust narrows the observations, and the word is chosen among what is left
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", credibility=Credibility(2)),
        seen("herald", "curfew", value=False, since="2031-03-05", credibility=Credibility(4)),
        seen("gazette", "curfew", value=False, since="2031-03-05"),  # no credibility given
    )
    for least in (2, 3):
        trust = Trust(credibility=Credibility(least))
        assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=trust) is MET
    assert (
        verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust(credibility=Credibility(1)))
        is UNKNOWN
    )


def test_only_the_most_reliable_that_speak_are_heard():
    rumour = seen("rumour", "curfew", value=True, since="2031-03-01")
    gazette = seen("gazette", "curfew", value=False, since="2031-03-01")
    herald = seen("herald", "curfew", CannotSay(), "2031-03-10")
    scenario, trust = situation(rumour, gazette, herald), Trust(most_reliable=True)
    # B speaks from the 10th on, and says that it cannot tell; before, C alone; F if nobody else
    assert verdict(scenario, CURFEW, as_of="2031-03-09", trust=trust) is UNMET
    assert verdict(scenario, CURFEW, as_of="2031-03-10", trust=trust) is UNKNOWN
    assert verdict(situation(rumour), CURFEW, as_of=MARCH_12, trust=trust) is MET


def test_a_source_of_unknown_reliability_is_not_heard_beside_an_unreliable_one():
    # "A to E; F only if nobody else": E speaks, so F does not count
    scenario = situation(
        seen("palace", "curfew", value=False, since="2031-03-01"),
        seen("rumour", "curfew", value=True, since="2031-03-01"),
    )
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=Trust(most_reliable=True)) is UNMET


# Multiples and questions (sections 4 and 5)

THIRTY_EACH = AtLeast("freed", Times(30, "hostages"))


def test_a_multiple_is_read_source_by_source():
    # the Herald has 60 for 2; the Gazette 60 for 3, which takes 90; each is held to its own number
    scenario = situation(
        seen("herald", "freed", Number(60), "2031-03-01"),
        seen("herald", "hostages", Number(2), "2031-03-01"),
        seen("gazette", "freed", Number(60), "2031-03-01"),
        seen("gazette", "hostages", Number(3), "2031-03-01"),
    )
    assert verdict(scenario, THIRTY_EACH, as_of=MARCH_12) is DISPUTED
    assert verdict(scenario, THIRTY_EACH, as_of=MARCH_12, trust=Trust(only=["herald"])) is MET


def test_two_sources_that_know_one_half_each_say_nothing_of_a_multiple():
    scenario = situation(
        seen("herald", "freed", Number(60), "2031-03-01"),
        seen("gazette", "hostages", Number(2), "2031-03-01"),
    )
    assert verdict(scenario, THIRTY_EACH, as_of=MARCH_12) is UNKNOWN


def test_a_multiple_of_a_range_must_hold_for_every_pair():
    # 30 times 1 to 2 is 30 to 60
    def with_freed(number):
        return situation(
            seen("herald", "freed", Number(number), "2031-03-01"),
            seen("herald", "hostages", Range(1, 2), "2031-03-01"),
        )

    assert verdict(with_freed(60), THIRTY_EACH, as_of=MARCH_12) is MET
    assert verdict(with_freed(59), THIRTY_EACH, as_of=MARCH_12) is UNKNOWN
    assert verdict(with_freed(29), THIRTY_EACH, as_of=MARCH_12) is UNMET


def test_a_multiple_of_exact_decimals_is_exact():
    # 0.1 three times is 0.3; and (1 + e)(1 + e) is more than 1 + 2e, however small e is
    tenths = situation(
        seen("herald", "share", Number(0.3), "2031-03-01"),
        seen("herald", "freed", Number(3), "2031-03-01"),
    )
    assert verdict(tenths, AtLeast("share", Times(0.1, "freed")), as_of=MARCH_12) is MET
    assert verdict(tenths, AtMost("share", Times(0.1, "freed")), as_of=MARCH_12) is MET
    tiny = situation(
        seen("herald", "freed", Number(Decimal("1.00000000000002")), "2031-03-01"),
        seen("herald", "hostages", Number(Decimal("1.00000000000001")), "2031-03-01"),
    )
    times = Times(Decimal("1.00000000000001"), "hostages")
    assert verdict(tiny, AtLeast("freed", times), as_of=MARCH_12) is UNMET


def test_a_supposed_number_is_compared_with_what_each_source_says_of_the_other():
    # "a supposition overrides every source": two hostages, whoever speaks
    scenario = situation(
        seen("herald", "freed", Number(60), "2031-03-01"),
        seen("gazette", "freed", Number(70), "2031-03-01"),
    )
    two = suppose(scenario, {"hostages": 2}, since="2031-03-01")
    assert verdict(two, THIRTY_EACH, as_of=MARCH_12) is MET
    both = suppose(two, {"freed": 59}, since="2031-03-01")
    assert verdict(both, THIRTY_EACH, as_of=MARCH_12) is UNMET
    many = suppose(scenario, {"freed": 99}, since="2031-03-01")
    assert verdict(many, THIRTY_EACH, as_of=MARCH_12) is UNKNOWN  # nobody counts the hostages


def test_a_multiple_of_what_a_source_cannot_say_is_unknown():
    scenario = situation(
        seen("herald", "freed", Number(60), "2031-03-01"),
        seen("herald", "hostages", CannotSay(), "2031-03-01"),
    )
    assert verdict(scenario, THIRTY_EACH, as_of=MARCH_12) is UNKNOWN


def test_a_question_is_unanswered_from_when_it_is_asked():
    scenario = situation()
    assert verdict(scenario, Answered("who"), as_of="2031-03-04") is UNKNOWN
    assert verdict(scenario, Answered("who"), as_of="2031-03-05") is UNMET
    # asked some day from the 5th to the 20th: certain from the 20th on
    assert verdict(scenario, Answered("when"), as_of="2031-03-19") is UNKNOWN
    assert verdict(scenario, Answered("when"), as_of="2031-03-20") is UNMET


def test_a_question_is_unanswered_until_an_observation_says_otherwise():
    cannot = seen("gazette", "who", CannotSay(), "2031-03-06")
    answered = seen("herald", "who", value=True, since="2031-03-08")
    denied = seen("gazette", "who", value=False, since="2031-03-08")
    assert verdict(situation(cannot), Answered("who"), as_of=MARCH_12) is UNMET
    assert verdict(situation(cannot, answered), Answered("who"), as_of=MARCH_12) is MET
    assert verdict(situation(denied, answered), Answered("who"), as_of=MARCH_12) is DISPUTED


def test_a_question_that_may_have_been_answered_is_unknown():
    # an imprecise date not yet certain is neither, and no longer a clear "unanswered"
    scenario = situation(
        seen("herald", "who", value=True, since="2031-03-08/2031-03-20", reported="2031-03-09")
    )
    assert verdict(scenario, Answered("who"), as_of="2031-03-07", known_by=MARCH_12) is UNMET
    assert verdict(scenario, Answered("who"), as_of=MARCH_12) is UNKNOWN


# Suppositions and time zones (section 4)


def test_a_supposition_overrides_every_source_from_its_day_on_and_nothing_before():
    scenario = suppose(
        situation(
            seen("herald", "curfew", value=True, since="2031-03-01"),
            seen("herald", "curfew", value=True, since="2031-03-11"),  # later, and still overridden
        ),
        {"curfew": False},
        since="2031-03-10",
    )
    trust = Trust(only=["gazette"])
    assert verdict(scenario, CURFEW, as_of="2031-03-09") is MET
    assert verdict(scenario, CURFEW, as_of="2031-03-10") is UNMET
    assert verdict(scenario, CURFEW, as_of=MARCH_12) is UNMET
    assert verdict(scenario, CURFEW, as_of=MARCH_12, trust=trust) is UNMET


def test_the_last_supposition_that_has_begun_decides():
    # "later suppositions override earlier ones", in the order in which they were made
    first = suppose(situation(), {"curfew": True}, since="2031-03-05")
    both = suppose(first, {"curfew": False}, since="2031-03-10")
    again = suppose(both, {"curfew": True}, since="2031-03-01")
    assert verdict(both, CURFEW, as_of="2031-03-09") is MET
    assert verdict(both, CURFEW, as_of="2031-03-10") is UNMET
    assert verdict(again, CURFEW, as_of="2031-03-10") is MET


def test_a_supposed_answer_is_the_only_word_on_a_question():
    answered = suppose(situation(), {"who": True}, since="2031-03-06")
    unsaid = suppose(situation(), {"who": CannotSay()}, since="2031-03-06")
    assert verdict(answered, Answered("who"), as_of="2031-03-05") is UNMET
    assert verdict(answered, Answered("who"), as_of=MARCH_12) is MET
    assert verdict(unsaid, Answered("who"), as_of=MARCH_12) is UNKNOWN


def test_a_bare_day_is_a_day_in_the_zone_of_the_scenario():
    # 10 March in Tokyo begins at 15:00 UTC on 9 March
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-10", reported="2031-03-01"),
        timezone="Asia/Tokyo",
    )
    assert verdict(scenario, CURFEW, as_of="2031-03-09T14:59Z", known_by=MARCH_12) is UNKNOWN
    assert verdict(scenario, CURFEW, as_of="2031-03-09T15:00Z", known_by=MARCH_12) is MET


# Acceptance (section 6)


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        (None, UNKNOWN),  # nothing said
        (Stance.ACCEPTS, MET),
        (Stance.ACCEPTS_WITH_CONDITIONS, UNKNOWN),  # none recorded
        (Stance.ACCEPTS_IN_PRINCIPLE, UNKNOWN),  # the same AND PENDING
        (Stance.ASKS_FOR_CLARIFICATION, PENDING),
        (Stance.UNDECIDED, PENDING),
        (Stance.REJECTS, UNMET),
        (Stance.WITHDREW, UNMET),
    ],
)
def test_each_stance_gives_its_verdict(stance, expected):
    scenario = situation(*([says("norland", stance, "2031-03-01")] if stance else []))
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is expected


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([Stance.ACCEPTS, Stance.REJECTS], DISPUTED),  # accepting and rejecting
        ([Stance.ACCEPTS_WITH_CONDITIONS, Stance.WITHDREW], DISPUTED),
        ([Stance.ACCEPTS_IN_PRINCIPLE, Stance.REJECTS], UNMET),  # in principle accepts nothing
        ([Stance.ACCEPTS, Stance.UNDECIDED], PENDING),  # the most reserved
        ([Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS], UNKNOWN),
    ],
)
def test_words_on_one_day_are_weighed_together(stances, expected):
    words = [says("norland", stance, "2031-03-01") for stance in stances]
    assert verdict(situation(*words), NORLAND, as_of=MARCH_12) is expected


def test_a_later_local_day_silences_an_earlier_one():
    # in Tokyo the second word is spoken on the next day, in UTC on the same
    words = [
        says("norland", Stance.REJECTS, "2031-03-09T14:00Z"),
        says("norland", Stance.ACCEPTS, "2031-03-09T16:00Z"),
    ]
    tokyo = situation(*words, timezone="Asia/Tokyo")
    assert verdict(tokyo, NORLAND, as_of=MARCH_12) is MET
    assert verdict(situation(*words), NORLAND, as_of=MARCH_12) is DISPUTED


def test_a_belief_about_a_party_is_not_its_stance():
    belief = Statement(
        id="belief",
        speaker="an analyst",
        party="sudmark",
        date=Moment("2031-03-05"),
        about=About(proposal="plan", party="norland"),
        text="Norland is preparing to reject it",
        source="herald",
        kind=StatementKind.BELIEF,
    )
    scenario = situation(says("norland", ACCEPTS, "2031-03-01"), belief)
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is MET
    assert verdict(scenario, SUDMARK, as_of=MARCH_12) is UNKNOWN


def test_a_statement_is_heard_by_its_source_and_by_when_it_was_reported():
    scenario = situation(
        says("norland", Stance.ACCEPTS, "2031-03-01", source="herald"),
        says("norland", Stance.REJECTS, "2031-03-05", source="palace", reported="2031-03-10"),
    )
    assert verdict(scenario, NORLAND, as_of="2031-03-09") is MET
    assert verdict(scenario, NORLAND, as_of="2031-03-09", known_by="2031-03-10") is UNMET
    assert verdict(scenario, NORLAND, as_of=MARCH_12, trust=Trust(without=["palace"])) is MET
    # age, credibility and reliability are of observations
    strict = Trust(within_days=0, credibility=Credibility(1), most_reliable=True)
    assert verdict(scenario, NORLAND, as_of=MARCH_12, trust=strict) is UNMET


def test_a_statement_of_an_imprecise_date_unsettles_only_what_it_may_change():
    first = says("norland", Stance.REJECTS, "2031-03-01")
    same = says("norland", Stance.WITHDREW, "2031-03-05/2031-03-20", reported="2031-03-06")
    other = says("norland", Stance.ACCEPTS, "2031-03-05/2031-03-20", reported="2031-03-06")
    assert verdict(situation(first, same), NORLAND, as_of=MARCH_12) is UNMET
    assert verdict(situation(first, other), NORLAND, as_of=MARCH_12) is UNKNOWN
    assert verdict(situation(first, other), NORLAND, as_of="2031-03-20") is MET


def test_a_statement_counts_from_the_midnight_of_its_last_possible_day():
    # by then surely spoken, and on the 10th: after the refusal of the 8th
    scenario = situation(
        says("norland", Stance.REJECTS, "2031-03-08"),
        says("norland", Stance.ACCEPTS, "2031-03-05/2031-03-10", reported="2031-03-08"),
    )
    known = "2031-03-11"
    assert verdict(scenario, NORLAND, as_of="2031-03-09T23:59Z", known_by=known) is UNKNOWN
    assert verdict(scenario, NORLAND, as_of="2031-03-10T00:00Z", known_by=known) is MET


def test_acceptance_with_conditions_is_the_and_of_the_partys_own_preconditions():
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-01"),
        demands("norland", CURFEW),
        demands("norland", Done("vote")),
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("herald", "vote", value=True, since="2031-03-10"),
        # somebody else's, and one that a reporter infers, do not count
        Precondition(
            id="theirs", held_by="sudmark", of=NORLAND, needs=Not(CURFEW), text="as demanded"
        ),
        Precondition(
            id="inferred", of=NORLAND, needs=Not(CURFEW), text="as inferred", basis=Basis.INFERRED
        ),
    )
    assert verdict(scenario, NORLAND, as_of="2031-03-09") is UNKNOWN
    assert verdict(scenario, NORLAND, as_of="2031-03-09", known_by=MARCH_12) is UNMET
    assert verdict(scenario, NORLAND, as_of="2031-03-10") is MET


def test_acceptance_in_principle_is_never_acceptance():
    # the same AND PENDING
    scenario = situation(
        says("norland", Stance.ACCEPTS_IN_PRINCIPLE, "2031-03-01"),
        demands("norland", CURFEW),
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("herald", "curfew", value=False, since="2031-03-10"),
    )
    assert verdict(scenario, NORLAND, as_of="2031-03-09") is PENDING
    assert verdict(scenario, NORLAND, as_of="2031-03-10") is UNMET


def test_a_precondition_counts_from_its_statement_until_it_is_withdrawn():
    # before: conditions of which none is recorded; after: nothing is left to wait for
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-01"),
        says("norland", CONDITIONS, "2031-03-05", name="said"),
        demands("norland", Not(CURFEW), statement="said", withdrawn=Moment("2031-03-10")),
        seen("herald", "curfew", value=True, since="2031-03-01"),
    )
    assert verdict(scenario, NORLAND, as_of="2031-03-04") is UNKNOWN
    assert verdict(scenario, NORLAND, as_of="2031-03-05") is UNMET
    assert verdict(scenario, NORLAND, as_of="2031-03-09") is UNMET
    assert verdict(scenario, NORLAND, as_of="2031-03-10") is MET


def test_a_later_plain_acceptance_drops_earlier_preconditions_for_good():
    # conditions on the 1st, plain on the 5th, conditions again on the 8th: which, nobody knows
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-01", name="said"),
        demands("norland", CURFEW, statement="said"),
        says("norland", ACCEPTS, "2031-03-05"),
        says("norland", CONDITIONS, "2031-03-08"),
        seen("herald", "curfew", value=True, since="2031-03-01"),
    )
    assert verdict(scenario, NORLAND, as_of="2031-03-04") is MET
    assert verdict(scenario, NORLAND, as_of="2031-03-08") is UNKNOWN


def test_a_plain_acceptance_on_the_same_day_drops_nothing():
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-05T08:00Z", name="said"),
        demands("norland", CURFEW, statement="said"),
        says("norland", ACCEPTS, "2031-03-05T10:00Z"),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is UNMET


def test_conditions_that_are_repeated_drop_nothing():
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-01", name="said"),
        demands("norland", CURFEW, statement="said"),
        says("norland", CONDITIONS, "2031-03-05"),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is UNMET


def test_a_precondition_that_is_supposed_dropped_is_not_waited_for():
    scenario = situation(
        says("norland", CONDITIONS, "2031-03-01"),
        demands("norland", CURFEW, name="curfew-first"),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    dropped = suppose(scenario, since="2031-03-10", without=["curfew-first"])
    assert verdict(dropped, NORLAND, as_of="2031-03-09") is UNMET
    assert verdict(dropped, NORLAND, as_of="2031-03-10") is MET


def test_a_supposed_word_takes_the_place_of_every_word_on_that_text():
    scenario = situation(
        says("norland", Stance.REJECTS, "2031-03-01"),
        says("norland", Stance.REJECTS, "2031-03-11"),
        demands("norland", CURFEW),
        seen("herald", "curfew", value=False, since="2031-03-01"),
    )
    accepting = suppose(scenario, since="2031-03-10", words={NORLAND: ACCEPTS})
    conditional = suppose(accepting, since="2031-03-12", words={NORLAND: CONDITIONS})
    assert verdict(accepting, NORLAND, as_of="2031-03-09") is UNMET
    assert verdict(accepting, NORLAND, as_of="2031-03-11") is MET
    assert verdict(conditional, NORLAND, as_of="2031-03-11") is MET
    assert verdict(conditional, NORLAND, as_of="2031-03-12") is UNMET


def test_a_provision_without_a_word_of_its_own_goes_with_its_proposal():
    water = Accepts("norland", "water")
    scenario = situation(
        says("norland", Stance.ACCEPTS, "2031-03-01"),
        says("norland", Stance.REJECTS, "2031-03-10", on="water"),
    )
    assert verdict(scenario, water, as_of="2031-03-09") is MET
    assert verdict(scenario, water, as_of="2031-03-10") is UNMET
    assert verdict(scenario, NORLAND, as_of="2031-03-10") is MET


def test_a_coalition_without_a_word_of_its_own_is_the_and_of_its_members():
    league = Accepts("league", "plan")
    scenario = situation(
        says("eastmoor", Stance.ACCEPTS, "2031-03-01"),
        says("westmoor", Stance.ACCEPTS, "2031-03-05"),
        says("league", Stance.REJECTS, "2031-03-10"),
    )
    assert verdict(scenario, league, as_of="2031-03-04") is UNKNOWN
    assert verdict(scenario, league, as_of="2031-03-09") is MET
    assert verdict(scenario, league, as_of="2031-03-10") is UNMET


def test_a_coalitions_word_on_the_proposal_comes_before_its_members_on_a_provision():
    water = Accepts("league", "water")
    members = [
        says("eastmoor", Stance.ACCEPTS, "2031-03-01", on="water"),
        says("westmoor", Stance.ACCEPTS, "2031-03-01", on="plan"),  # hence on water too
    ]
    word = says("league", Stance.UNDECIDED, "2031-03-02")
    assert verdict(situation(*members), water, as_of=MARCH_12) is MET
    assert verdict(situation(*members, word), water, as_of=MARCH_12) is PENDING


def test_a_coalition_that_may_have_spoken_is_judged_with_its_word_and_without():
    # without: its members, of whom one refuses the provision; with: its own word on the proposal
    water = Accepts("league", "water")
    refusal = says("eastmoor", Stance.REJECTS, "2031-03-01", on="water")
    for stance, expected in [(Stance.REJECTS, UNMET), (Stance.ACCEPTS, UNKNOWN)]:
        word = says("league", stance, "2031-03-05/2031-03-20", reported="2031-03-06")
        assert verdict(situation(refusal, word), water, as_of=MARCH_12) is expected


# In force and fulfilled (section 6)

AGREED = (says("norland", ACCEPTS, "2031-03-01"), says("sudmark", ACCEPTS, "2031-03-02"))


def test_a_proposal_is_in_force_when_all_addressees_accept():
    scenario = situation(*AGREED)
    assert verdict(scenario, InForce("plan"), as_of="2031-03-01") is UNKNOWN
    assert verdict(scenario, InForce("plan"), as_of="2031-03-02") is MET


def test_a_proposal_is_pending_before_it_starts_and_unmet_after_it_ends():
    proposal = Proposal(
        id="plan",
        title="The plan",
        to=("norland", "sudmark"),
        starts=Moment("2031-03-05/2031-03-06"),
        ends=Moment("2031-03-10/2031-03-12"),
        provisions=(WATER,),
    )
    scenario = situation(*AGREED, proposal=proposal)
    for as_of, expected in [
        ("2031-03-05", PENDING),  # may have started, is not sure to
        ("2031-03-06", MET),
        ("2031-03-10", MET),  # its first possible end is the end of that day
        ("2031-03-11T00:00Z", UNKNOWN),
        ("2031-03-12T23:59Z", UNKNOWN),
        ("2031-03-13T00:00Z", UNMET),
    ]:
        assert verdict(scenario, InForce("plan"), as_of=as_of, known_by="2031-03-20") is expected
    refused = situation(says("norland", Stance.REJECTS, "2031-03-01"), proposal=proposal)
    assert verdict(refused, InForce("plan"), as_of="2031-03-05") is UNMET  # UNMET before PENDING


def test_reports_on_its_state_decide_whether_a_proposal_is_in_force():
    # "the reports on its in_force State where there are any; else ..."
    proposal = Proposal(
        id="plan",
        title="The plan",
        to=("norland", "sudmark"),
        starts=Moment("2032-01-01"),
        provisions=(WATER,),
        in_force="truce",
    )
    scenario = situation(
        *AGREED,
        seen("herald", "truce", value=True, since="2031-03-05", until="2031-03-08"),
        seen("herald", "truce", CannotSay(), "2031-03-10"),
        proposal=proposal,
    )
    assert verdict(scenario, InForce("plan"), as_of="2031-03-04", known_by="2031-03-20") is PENDING
    assert verdict(scenario, InForce("plan"), as_of="2031-03-08", known_by="2031-03-20") is MET
    assert verdict(scenario, InForce("plan"), as_of="2031-03-09", known_by="2031-03-20") is PENDING
    assert verdict(scenario, InForce("plan"), as_of="2031-03-10", known_by="2031-03-20") is UNKNOWN
    supposed = suppose(scenario, {"truce": False}, since="2031-03-01")
    assert verdict(supposed, InForce("plan"), as_of="2031-03-08", known_by="2031-03-20") is UNMET


def test_what_is_due_is_pending_until_its_day_is_over_and_counts_when_late():
    # water is due on 10 March; lifted early, held late
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01"),
        seen("herald", "curfew", value=False, since="2031-03-08"),
        seen("herald", "vote", value=False, since="2031-03-01"),
        seen("herald", "vote", value=True, since="2031-03-15"),
    )
    water = Fulfilled("water")
    assert verdict(scenario, Fulfilled("water", "sudmark"), as_of="2031-03-07") is PENDING
    assert verdict(scenario, Fulfilled("water", "sudmark"), as_of="2031-03-08") is MET
    assert verdict(scenario, water, as_of="2031-03-10") is PENDING
    assert verdict(scenario, water, as_of="2031-03-11T00:00Z", known_by=MARCH_12) is UNMET
    assert verdict(scenario, water, as_of="2031-03-15") is MET


def test_an_imprecise_due_date_is_over_with_its_last_day():
    ration = Provision(
        id="ration",
        text="Sudmark lifts the curfew in March",
        duties=(Duty(by=("sudmark",), requires=Not(CURFEW)),),
        due=Moment("2031-03"),
    )
    proposal = Proposal(id="plan", title="The plan", to=("norland",), provisions=(WATER, ration))
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01"),
        says("norland", ACCEPTS, "2031-03-01"),
        proposal=proposal,
    )
    assert verdict(scenario, Fulfilled("ration"), as_of="2031-03-31") is PENDING
    assert verdict(scenario, Fulfilled("ration"), as_of="2031-04-01") is UNMET
    assert verdict(scenario, Accepts("norland", "ration"), as_of=MARCH_12) is MET


def test_what_nobody_reports_is_unknown_before_it_is_due_as_well():
    # UNKNOWN OR PENDING
    assert verdict(situation(), Fulfilled("water"), as_of="2031-03-07") is UNKNOWN


# Vague demands (section 5)


def demand(*, complete):
    return Vague(
        id="roots",
        text="the root causes are removed",
        meanings=(
            Meaning(id="lift", text="curfew", condition=Not(CURFEW), held_by=("norland",)),
            Meaning(
                id="hold", text="vote", condition=Done("vote"), held_by=("sudmark", "eastmoor")
            ),
        ),
        complete=complete,
    )


def with_demand(vague, *records):
    return situation(says("norland", CONDITIONS, "2031-03-01"), demands("norland", vague), *records)


LIFTED = seen("herald", "curfew", value=False, since="2031-03-01")
IMPOSED = seen("herald", "curfew", value=True, since="2031-03-01")
HELD = seen("herald", "vote", value=True, since="2031-03-10")


def test_a_vague_demand_is_unclear_unless_all_its_meanings_agree():
    vague, whole = demand(complete=False), demand(complete=True)
    scenario = situation(LIFTED, HELD)
    # other meanings may exist; these two are all: both met; one met and one not
    assert verdict(scenario, vague, as_of="2031-03-10") is UNCLEAR
    assert verdict(scenario, whole, as_of="2031-03-10") is MET
    assert verdict(scenario, whole, as_of="2031-03-09", known_by="2031-03-10") is UNCLEAR
    unmet = situation(IMPOSED, HELD)
    assert verdict(unmet, whole, as_of="2031-03-09", known_by="2031-03-10") is UNMET
    # agreeing on an open verdict is no agreement
    assert verdict(situation(), whole, as_of="2031-03-10") is UNCLEAR


def test_a_meaning_that_is_supposed_agreed_decides():
    vague = demand(complete=False)
    agreed = suppose(
        with_demand(vague, IMPOSED, HELD), since="2031-03-11", meanings={"roots": "hold"}
    )
    assert verdict(agreed, vague, as_of="2031-03-10") is UNCLEAR
    assert verdict(agreed, vague, as_of="2031-03-11") is MET
    assert verdict(agreed, NORLAND, as_of="2031-03-11") is MET
    trust = Trust.of_party("norland")  # holds the other meaning; the supposition goes first
    assert verdict(agreed, vague, as_of="2031-03-11", trust=trust) is UNKNOWN  # nobody heard


def test_through_the_eyes_of_a_party_its_own_meaning_decides():
    vague = demand(complete=True)
    scenario = situation(seen("palace", "curfew", value=False, since="2031-03-01"))
    assert verdict(scenario, vague, as_of=MARCH_12, trust=Trust.of_party("norland")) is MET
    assert verdict(scenario, vague, as_of=MARCH_12, trust=Trust.of_party("sudmark")) is UNKNOWN
    assert verdict(scenario, vague, as_of=MARCH_12, trust=Trust.of_party("westmoor")) is UNCLEAR


# Circles (section 6)


NOTHING = AllOf(())


def mutual(first, second, *records, needs=None, more=NOTHING):
    """Norland waits for Sudmark (and for more, or for what it needs); Sudmark for Norland."""
    return situation(
        says("norland", CONDITIONS, "2031-03-01"),
        says("sudmark", CONDITIONS, "2031-03-01"),
        demands("norland", needs or AllOf((SUDMARK, more)), name="after-you", timing=first),
        demands("sudmark", NORLAND, name="no-after-you", timing=second),
        *records,
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Timing.BEFORE, Timing.BEFORE, UNMET),
        (Timing.BEFORE, Timing.TOGETHER, UNMET),  # one BEFORE is enough
        (Timing.WHILE, Timing.BEFORE, UNMET),
        (Timing.TOGETHER, Timing.TOGETHER, MET),
        (Timing.WHILE, Timing.TOGETHER, MET),
    ],
)
def test_a_circle_is_carried_only_if_no_reference_in_it_is_before(first, second, expected):
    scenario = mutual(first, second)
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is expected
    assert verdict(scenario, InForce("plan"), as_of=MARCH_12) is expected


def test_a_circle_is_broken_by_a_supposed_word_or_timing_or_a_dropped_precondition():
    locked = mutual(Timing.BEFORE, Timing.TOGETHER)
    for way_out in [
        suppose(locked, since="2031-03-10", words={SUDMARK: ACCEPTS}),
        suppose(locked, since="2031-03-10", together=["after-you"]),
        suppose(locked, since="2031-03-10", without=["no-after-you"]),
    ]:
        assert verdict(way_out, InForce("plan"), as_of="2031-03-09") is UNMET
        assert verdict(way_out, InForce("plan"), as_of="2031-03-10") is MET


def test_a_carried_circle_still_needs_what_lies_outside_of_it():
    # all met at once but for the curfew, on which nobody, one or two report
    together = Timing.TOGETHER
    dispute = seen("gazette", "curfew", value=False, since="2031-03-01")
    for records, expected in [
        ((), UNKNOWN),
        ((IMPOSED,), MET),
        ((dispute,), UNMET),
        ((IMPOSED, dispute), DISPUTED),  # the least severe kind: not UNKNOWN
    ]:
        scenario = mutual(together, together, *records, more=CURFEW)
        assert verdict(scenario, NORLAND, as_of=MARCH_12) is expected
        assert verdict(scenario, SUDMARK, as_of=MARCH_12) is expected


def test_a_locked_circle_that_an_open_fact_could_open_is_open():
    # Norland needs Sudmark first, or the curfew: from unmet, the curfew alone decides
    either = AnyOf((SUDMARK, CURFEW))
    for records, expected in [((), UNKNOWN), ((IMPOSED,), MET), ((LIFTED,), UNMET)]:
        scenario = mutual(Timing.BEFORE, Timing.BEFORE, *records, needs=either)
        assert verdict(scenario, NORLAND, as_of=MARCH_12) is expected
        assert verdict(scenario, SUDMARK, as_of=MARCH_12) is expected


def test_in_a_circle_of_acceptances_in_principle_all_is_pending():
    # over unmet < open < met it is open; nothing is in doubt, so the least severe kind stays
    scenario = situation(
        says("norland", Stance.ACCEPTS_IN_PRINCIPLE, "2031-03-01"),
        says("sudmark", CONDITIONS, "2031-03-01"),
        demands("norland", SUDMARK, timing=Timing.TOGETHER),
        demands("sudmark", NORLAND, timing=Timing.WHILE),
    )
    assert verdict(scenario, NORLAND, as_of=MARCH_12) is PENDING
    assert verdict(scenario, SUDMARK, as_of=MARCH_12) is PENDING


def test_a_circle_may_run_through_provisions_and_proposals():
    # Norland accepts only after Sudmark did its part, which it owes once the plan is in force
    provision = Provision(
        id="water", text="water", duties=(Duty(by=("sudmark",), requires=InForce("plan")),)
    )
    proposal = Proposal(id="plan", title="Plan", to=("norland", "sudmark"), provisions=(provision,))

    def waiting(timing):
        return situation(
            says("norland", CONDITIONS, "2031-03-01"),
            says("sudmark", ACCEPTS, "2031-03-01"),
            demands("norland", Fulfilled("water"), timing=timing),
            proposal=proposal,
        )

    assert verdict(waiting(Timing.BEFORE), InForce("plan"), as_of=MARCH_12) is UNMET
    assert verdict(waiting(Timing.TOGETHER), InForce("plan"), as_of=MARCH_12) is MET


def test_only_preconditions_are_before():
    # Norland waits for the League; its member Eastmoor for Norland's word on the water, which goes
    # with the plan: members and the proposal around are no step before, so the circle is carried
    def waiting(timing):
        return situation(
            says("norland", CONDITIONS, "2031-03-01"),
            says("eastmoor", CONDITIONS, "2031-03-01"),
            says("westmoor", ACCEPTS, "2031-03-01"),
            demands("norland", Accepts("league", "plan"), timing=Timing.WHILE),
            demands("eastmoor", Accepts("norland", "water"), timing=timing),
        )

    assert verdict(waiting(Timing.TOGETHER), NORLAND, as_of=MARCH_12) is MET
    assert verdict(waiting(Timing.BEFORE), NORLAND, as_of=MARCH_12) is UNMET


def test_a_negation_outside_of_a_circle_is_settled_before_the_circle():
    # Norland and Sudmark carry each other as long as the League, which is in no circle, refuses
    together, refusal = Timing.TOGETHER, Not(Accepts("league", "plan"))
    for stance, expected in [(Stance.REJECTS, MET), (ACCEPTS, UNMET), (Stance.UNDECIDED, PENDING)]:
        word = says("league", stance, "2031-03-01")
        scenario = mutual(together, together, word, more=refusal)
        assert verdict(scenario, NORLAND, as_of=MARCH_12) is expected
        assert verdict(scenario, SUDMARK, as_of=MARCH_12) is expected


def test_a_before_chain_that_is_no_circle_holds_step_by_step():
    # Sudmark accepts plainly; Norland after Sudmark; Eastmoor after Norland
    scenario = situation(
        says("sudmark", ACCEPTS, "2031-03-01"),
        says("norland", CONDITIONS, "2031-03-01"),
        says("eastmoor", CONDITIONS, "2031-03-01"),
        demands("norland", SUDMARK),
        demands("eastmoor", NORLAND),
    )
    assert verdict(scenario, Accepts("eastmoor", "plan"), as_of=MARCH_12) is MET


# History (section 5)

VOTE, TRUCE = Done("vote"), Holds("truce")
LIFTED_LATER = (IMPOSED, seen("herald", "curfew", value=False, since="2031-03-08"))


def held(since, *, source="herald", value=True):
    return seen(source, "vote", value=value, since=since)


def history(scenario, condition, **expected):
    """Hold a condition against what it should be as of some days of March 2031, known later."""
    for day, one in expected.items():
        as_of = f"2031-03-{day[1:]}"
        found = verdict(scenario, condition, as_of=as_of, known_by="2031-04-30")
        assert found is one, (day, found)


def test_ever_stays_met_and_is_unmet_before_the_first_word():
    # "what nobody had reported until then had not happened, as far as is known"
    scenario = situation(*LIFTED_LATER)
    assert verdict(scenario, Ever(CURFEW), as_of="2031-02-28", known_by=MARCH_12) is UNMET
    history(scenario, Ever(CURFEW), d01=MET, d07=MET, d08=MET)
    history(scenario, Ever(Not(CURFEW)), d01=UNMET, d07=UNMET, d08=MET)
    assert verdict(situation(), Ever(CURFEW), as_of=MARCH_12) is UNMET  # OR over nothing
    assert verdict(situation(), CURFEW, as_of=MARCH_12) is UNKNOWN


def test_ever_is_unknown_after_a_word_that_ended():
    # UNMET on the first three days; then nobody speaks: UNMET OR UNKNOWN
    ended = seen("herald", "curfew", value=False, since="2031-03-01", until="2031-03-03")
    history(situation(ended), Ever(CURFEW), d03=UNMET, d04=UNKNOWN)


def test_history_is_read_with_the_outer_knowledge():
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-01", id="first"),
        seen(
            "herald",
            "curfew",
            value=False,
            since="2031-03-01",
            reported="2031-03-08",
            corrects="first",
        ),
    )
    assert verdict(scenario, Ever(CURFEW), as_of="2031-03-07") is MET
    assert verdict(scenario, Ever(CURFEW), as_of="2031-03-07", known_by="2031-03-08") is UNMET


def test_ever_of_an_acceptance_outlives_a_refusal():
    scenario = situation(
        says("norland", ACCEPTS, "2031-03-01"), says("norland", Stance.REJECTS, "2031-03-05")
    )
    history(scenario, Ever(NORLAND), d01=MET, d05=MET)
    # nobody has said anything of Sudmark's: UNMET, not UNKNOWN
    history(scenario, Ever(SUDMARK), d05=UNMET)
    # the first word on what the plan rests on is Norland's; Sudmark's is UNKNOWN from then on
    history(scenario, Ever(InForce("plan")), d01=UNKNOWN, d05=UNKNOWN)


def test_a_supposition_begins_a_history_and_changes_nothing_before():
    scenario = suppose(situation(), {"truce": True}, since="2031-03-05")
    history(scenario, Ever(TRUCE), d04=UNMET, d05=MET)
    history(scenario, HeldFor(TRUCE, days(1)), d04=UNKNOWN, d05=MET)


def test_by_a_day_means_by_its_end():
    due = Moment("2031-03-10")
    in_time, late = situation(held("2031-03-10T18:00Z")), situation(held("2031-03-11"))
    history(in_time, By(VOTE, due), d09=PENDING, d10=MET, d20=MET)
    history(late, By(VOTE, due), d10=PENDING, d11=UNMET, d20=UNMET)
    history(late, VOTE, d20=MET)  # lateness matters to the one, not to the other


def test_by_an_instant_means_before_it():
    due = Moment("2031-03-10T12:00Z")
    history(situation(held("2031-03-10T11:59:59.999999Z")), By(VOTE, due), d10=MET)
    history(situation(held("2031-03-10T12:00Z")), By(VOTE, due), d09=PENDING, d10=UNMET)


def test_by_counts_what_nobody_reported_as_not_done_in_time():
    # before the deadline a word may come; after it, the first word is too late
    late = situation(seen("herald", "curfew", value=True, since="2031-03-12"))
    demanded = By(CURFEW, Moment("2031-03-10"))
    history(late, demanded, d09=PENDING, d11=UNMET, d12=UNMET)
    history(situation(), demanded, d09=PENDING, d11=UNMET)
    silent = situation(seen("herald", "curfew", CannotSay(), "2031-03-01"))
    history(silent, demanded, d09=UNKNOWN, d11=UNKNOWN)


def test_by_a_deadline_on_one_of_several_days_is_judged_at_each():
    # due on the 10th, 11th or 12th
    demanded = By(VOTE, Moment("2031-03-10/2031-03-12"))
    history(situation(held("2031-03-10")), demanded, d09=PENDING, d10=MET, d20=MET)
    # UNMET, MET, MET: they differ and none is open
    history(situation(held("2031-03-11")), demanded, d10=PENDING, d11=UNKNOWN, d20=UNKNOWN)
    # on the 11th and 12th UNMET and PENDING
    history(situation(held("2031-03-13")), demanded, d11=PENDING, d12=PENDING, d13=UNMET)


def test_held_for_days_are_whole_days_up_to_now():
    # imposed on the 1st; broken for an hour on the 5th
    hour = seen(
        "herald", "curfew", value=False, since="2031-03-05T10:00Z", until="2031-03-05T11:00Z"
    )
    scenario = situation(IMPOSED, hour)
    demanded = HeldFor(CURFEW, days(3))
    history(scenario, demanded, d02=UNKNOWN, d03=MET, d04=MET, d05=UNMET, d07=UNMET, d08=MET)
    at_noon = verdict(scenario, demanded, as_of="2031-03-04T12:00Z", known_by=MARCH_12)
    assert at_noon is MET  # since noon of the 1st


def test_a_day_is_a_day_of_the_calendar_and_24_hours_are_elapsed():
    # the clocks of Kyiv lose an hour on 30 March: the day has 23
    scenario = situation(
        seen("herald", "curfew", value=True, since="2031-03-30"), timezone="Europe/Kyiv"
    )
    history(scenario, HeldFor(CURFEW, days(1)), d30=MET)
    history(scenario, HeldFor(CURFEW, hours(24)), d30=UNKNOWN, d31=MET)


def test_held_for_a_month_reaches_back_to_the_same_day_of_the_month_before():
    # until the end of the 31st: since 1 March; until the end of the 30th: since the 31st, no, 28th
    history(situation(IMPOSED), HeldFor(CURFEW, months(1)), d30=UNKNOWN, d31=MET)


def test_throughout_is_pending_then_met_so_far_then_unmet_for_good():
    demanded = Throughout(CURFEW, Moment("2031-03-05"), Moment("2031-03-10"))
    kept = (IMPOSED, seen("herald", "curfew", value=False, since="2031-03-11"))
    history(situation(*kept), demanded, d04=PENDING, d05=MET, d10=MET, d11=MET, d20=MET)
    again = seen("herald", "curfew", value=True, since="2031-03-09")
    history(situation(*LIFTED_LATER, again), demanded, d07=MET, d08=UNMET, d09=UNMET, d20=UNMET)
    on_and_on = Throughout(CURFEW, Moment("2031-03-05"))
    history(situation(*kept), on_and_on, d10=MET, d11=UNMET, d20=UNMET)


def test_throughout_a_stretch_that_nobody_reported_is_unknown():
    # "In an AND over time an unreported stretch counts as UNKNOWN, the first one too."
    demanded = Throughout(CURFEW, Moment("2031-03-05"))
    history(situation(), demanded, d04=PENDING, d05=UNKNOWN)
    late = seen("herald", "curfew", value=True, since="2031-03-06")
    history(situation(late), demanded, d05=UNKNOWN, d07=UNKNOWN)
    broken = seen("herald", "curfew", value=False, since="2031-03-08")
    history(situation(late, broken), demanded, d07=UNKNOWN, d08=UNMET)


def test_throughout_from_one_of_several_days_is_judged_from_each():
    # lifted on the 5th, imposed on the 6th; from the 5th or the 6th: UNMET and MET, none is open
    scenario = situation(
        seen("herald", "curfew", value=False, since="2031-03-05"),
        seen("herald", "curfew", value=True, since="2031-03-06"),
    )
    demanded = Throughout(CURFEW, Moment("2031-03-05/2031-03-06"))
    history(scenario, demanded, d04=PENDING, d05=PENDING, d06=UNKNOWN)


def test_throughout_a_span_that_ends_before_it_starts_is_met_by_nothing():
    demanded = Throughout(CURFEW, Moment("2031-03-10"), After(VOTE, days(1)))
    history(situation(held("2031-03-05")), demanded, d09=PENDING, d10=MET)


def test_when_binds_once_the_trigger_was_met():
    # a truce from the 5th to the 7th; the curfew lifted on the 8th
    scenario = situation(
        *LIFTED_LATER,
        seen("herald", "truce", value=False, since="2031-03-01"),
        seen("herald", "truce", value=True, since="2031-03-05"),
        seen("herald", "truce", value=False, since="2031-03-08"),
    )
    history(scenario, When(TRUCE, CURFEW), d04=PENDING, d05=MET, d07=MET, d08=UNMET)
    history(situation(IMPOSED), When(TRUCE, CURFEW), d04=PENDING)  # nobody has reported a truce


def test_when_the_trigger_is_in_doubt_the_first_of_it_pending_and_what_is_open():
    disputed = (
        seen("herald", "truce", value=True, since="2031-03-05"),
        seen("gazette", "truce", value=False, since="2031-03-05"),
    )
    history(situation(IMPOSED, *disputed), When(TRUCE, CURFEW), d04=PENDING, d05=DISPUTED)
    history(situation(LIFTED, *disputed), When(TRUCE, CURFEW), d05=DISPUTED)
    history(situation(*disputed), When(TRUCE, CURFEW), d05=UNKNOWN)
    history(situation(*disputed), When(TRUCE, ROOTS), d05=UNCLEAR)


def test_a_delay_in_days_after_an_event_gives_a_whole_day():
    # voted on the 5th, hence due by the end of the 8th
    demanded = By(Not(CURFEW), After(VOTE, days(3)))
    vote = held("2031-03-05T10:00Z")
    history(situation(vote, *LIFTED_LATER), demanded, d04=PENDING, d07=PENDING, d08=MET, d20=MET)
    late = seen("herald", "curfew", value=False, since="2031-03-09")
    history(situation(vote, IMPOSED, late), demanded, d08=PENDING, d09=UNMET, d20=UNMET)


def test_a_delay_in_hours_after_an_event_gives_an_instant():
    # due before 10 o'clock on the 6th; as a start, from 10 o'clock on
    vote = held("2031-03-05T10:00Z")
    for since, expected in [("2031-03-06T09:59Z", MET), ("2031-03-06T10:00Z", UNMET)]:
        lifted = seen("herald", "curfew", value=False, since=since)
        scenario = situation(vote, IMPOSED, lifted)
        history(scenario, By(Not(CURFEW), After(VOTE, hours(24))), d06=expected)
        demanded = Throughout(Not(CURFEW), After(VOTE, hours(24)))
        history(scenario, demanded, d05=PENDING, d06=MET)
        history(scenario, Throughout(Not(CURFEW), After(VOTE, days(1))), d05=PENDING, d06=UNMET)


def test_what_is_done_before_the_event_is_early_and_met():
    # the event has surely not been met: "By is MET if c already is (early) and else PENDING"
    demanded = By(CURFEW, After(VOTE, days(3)))
    history(situation(IMPOSED), demanded, d05=MET)  # nobody reports a vote
    history(situation(IMPOSED, held("2031-03-10")), demanded, d05=MET, d20=MET)
    history(situation(), demanded, d05=PENDING)
    history(situation(), Throughout(CURFEW, After(VOTE, days(3))), d20=PENDING)


def test_silence_about_an_event_means_not_yet_but_a_source_that_cannot_say_leaves_doubt():
    # also where the last word has ended
    demanded = By(VOTE, After(TRUCE, days(1)))
    not_voted = held("2031-03-01", value=False)
    ended = seen("herald", "truce", value=False, since="2031-03-01", until="2031-03-03")
    history(situation(not_voted, ended), demanded, d03=PENDING, d20=PENDING)
    # in doubt from the 4th on: from the 6th on it may be overdue, UNMET, or not, PENDING
    cannot = seen("herald", "truce", CannotSay(), "2031-03-04")
    history(situation(not_voted, cannot), demanded, d04=PENDING, d05=PENDING, d06=UNKNOWN)


def test_an_event_in_doubt_is_judged_at_every_instant_at_which_it_may_have_happened():
    # two sources at odds from the 5th on: by the 6th, 7th, …, or not due yet
    demanded = By(Not(CURFEW), After(VOTE, days(1)))
    disputed = held("2031-03-05"), held("2031-03-05", source="gazette", value=False)
    history(situation(IMPOSED, *disputed), demanded, d05=PENDING, d06=PENDING, d07=DISPUTED)
    history(situation(LIFTED, *disputed), demanded, d05=MET, d07=MET)  # all agree
    # lifted on the 8th: too late for the 6th and 7th, in time for the others
    history(situation(*LIFTED_LATER, *disputed), demanded, d07=DISPUTED, d08=DISPUTED)
    # nobody reports a curfew: due or not, what is not reported did not happen; open till it is due
    history(situation(*disputed), demanded, d05=PENDING, d07=DISPUTED)


def test_doubt_before_an_event_unsettles_its_bound_and_silence_before_it_does_not():
    # a truce from the 5th on, due two days later; lifted on the 6th: in time only if the truce
    # did not hold before the 4th
    scenario = situation(
        IMPOSED,
        seen("herald", "curfew", value=False, since="2031-03-06"),
        seen("herald", "truce", value=True, since="2031-03-05"),
    )
    demanded = By(Not(CURFEW), After(TRUCE, days(2)))
    history(scenario, demanded, d05=PENDING, d06=MET, d20=MET)
    doubt = seen("gazette", "truce", CannotSay(), "2031-03-01", until="2031-03-04")
    unsettled = scenario.with_observations([doubt])
    history(unsettled, demanded, d02=PENDING, d05=UNKNOWN, d06=UNKNOWN, d20=UNKNOWN)


def test_an_acceptance_as_an_event_has_not_happened_while_nobody_speaks():
    demanded = By(CURFEW, After(NORLAND, days(0)))
    not_imposed = seen("herald", "curfew", value=False, since="2031-03-01")
    for stance, expected in [
        (None, PENDING),
        (Stance.UNDECIDED, PENDING),
        (Stance.REJECTS, PENDING),
        (ACCEPTS, UNMET),  # due on the 5th
        (CONDITIONS, UNKNOWN),  # none recorded, so it may have happened
    ]:
        said = [says("norland", stance, "2031-03-05")] if stance else []
        history(situation(not_imposed, *said), demanded, d05=PENDING if stance else expected)
        history(situation(not_imposed, *said), demanded, d06=expected)


def test_of_a_doubtful_start_and_end_the_end_is_settled_first():
    # from the day after the vote to the day after the truce. The vote was held on the 3rd or, if
    # not, not yet (the Gazette denies it on the 3rd, the Herald says so on the 3rd, neither later);
    # the truce is reported for the 6th. The curfew was lifted on the 8th.
    disputed = (
        seen("herald", "vote", value=True, since="2031-03-03"),
        seen("gazette", "vote", value=False, since="2031-03-03", until="2031-03-03"),
    )
    truce = seen("herald", "truce", value=True, since="2031-03-06")
    demanded = Throughout(CURFEW, After(VOTE, days(1)), After(TRUCE, days(1)))
    scenario = situation(*LIFTED_LATER, *disputed, truce)
    # doubtful on the 3rd, met from the 4th on: from the 4th or from the 5th, to the 7th
    history(scenario, demanded, d03=PENDING, d04=DISPUTED, d05=MET, d07=MET, d08=MET)


# Chances of texts (sections 5 and 6)


def test_a_proposal_may_start_after_an_event():
    proposal = Proposal(
        id="plan", title="Plan", to=("norland", "sudmark"), starts=After(VOTE, days(2))
    )
    scenario = situation(*AGREED, held("2031-03-05T10:00Z"), proposal=proposal)
    history(scenario, InForce("plan"), d04=PENDING, d06=PENDING, d07=MET)
    history(situation(*AGREED, proposal=proposal), InForce("plan"), d20=PENDING)


def test_a_proposal_may_end_so_long_after_it_came_into_force():
    # agreed on the 2nd, which is no circle: it counts from the start; no second run
    proposal = Proposal(
        id="plan",
        title="Plan",
        to=("norland", "sudmark"),
        ends=After(InForce("plan"), days(5)),
    )
    withdrawn = says("norland", Stance.WITHDREW, "2031-03-04")
    again = says("norland", ACCEPTS, "2031-03-06")
    scenario = situation(*AGREED, proposal=proposal)
    history(scenario, InForce("plan"), d01=UNKNOWN, d02=MET, d07=MET, d08=UNMET, d20=UNMET)
    renewed = situation(*AGREED, withdrawn, again, proposal=proposal)
    history(renewed, InForce("plan"), d03=MET, d04=UNMET, d06=MET, d07=MET, d08=UNMET)


def test_what_is_due_after_an_event_is_pending_until_then_and_unmet_after():
    # in force on the 2nd, due by the end of the 4th; lifted on the 8th, late and yet fulfilled
    lift = Provision(
        id="lift",
        text="Sudmark lifts the curfew",
        duties=(Duty(by=("sudmark",), requires=Not(CURFEW)),),
        due=After(InForce("plan"), days(2)),
    )
    proposal = Proposal(id="plan", title="Plan", to=("norland", "sudmark"), provisions=(lift,))
    scenario = situation(*AGREED, *LIFTED_LATER, proposal=proposal)
    history(scenario, Fulfilled("lift"), d01=PENDING, d04=PENDING, d05=UNMET, d08=MET)
    unsigned = situation(*LIFTED_LATER, proposal=proposal)
    history(unsigned, Fulfilled("lift"), d05=PENDING, d08=MET)
