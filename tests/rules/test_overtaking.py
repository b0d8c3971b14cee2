"""Words contradict each other only about the same time: which carried words are overtaken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import (
    Act,
    AtLeast,
    AtMost,
    CannotSay,
    Done,
    Holds,
    Observation,
    Party,
    Quantity,
    Range,
    Scenario,
    Source,
    SourceKind,
    State,
    Trust,
    Verdict,
    evaluate,
)
from ceasefire_model.rules.effects import Says

SOURCES = (
    Source(id="wire", name="Wire", kind=SourceKind.NEWS, reliability="A"),
    Source(id="press", name="Press", kind=SourceKind.NEWS, reliability="C"),
    Source(id="mission", name="Mission", kind=SourceKind.MONITOR, party="a", reliability="B"),
    Source(id="a-says", name="A", kind=SourceKind.OFFICIAL, party="a"),
    Source(id="a-too", name="A, too", kind=SourceKind.OFFICIAL, party="a"),
    Source(id="b-says", name="B", kind=SourceKind.OFFICIAL, party="b"),
)
OPEN, RELEASED, ENOUGH = Holds("open"), Done("released"), AtLeast("count", 25)


def scenario(*observations):
    return Scenario(
        title="x",
        parties=[Party(id="a", name="A"), Party(id="b", name="B")],
        facts=[
            State(id="open", text="the road is open"),
            Act(id="released", text="they are released"),
            Quantity(id="count", text="released so far", unit="people", cumulative=True),
            Quantity(id="trucks", text="trucks", unit="trucks"),
        ],
        sources=SOURCES,
        observations=observations,
    )


def said(source, fact, value, since, **fields):
    return Observation(fact=fact, value=value, source=source, since=since, **fields)


def found(observations, leaf, as_of, **told):
    return evaluate(scenario(*observations), leaf, as_of=as_of, **told)


def readings(finding):
    """Give who is overtaken by whose word."""
    return {
        each.source: each.by.source
        for each in finding.readings
        if each.says is Says.OVERTAKEN and each.by is not None
    }


def test_a_not_yet_of_january_does_not_dispute_what_was_done_in_february():
    told = [
        said("mission", "released", value=False, since="2031-01-11"),
        said("wire", "released", value=True, since="2031-02-18"),
    ]
    assert found(told, RELEASED, "2031-02-17").verdict is Verdict.UNMET
    after = found(told, RELEASED, "2031-02-18")
    assert after.verdict is Verdict.MET
    assert readings(after) == {"mission": "wire"}


def test_a_road_reported_open_and_years_later_closed_is_closed():
    told = [
        said("wire", "open", value=True, since="2002-05-01"),
        said("press", "open", value=False, since="2006-05-01"),
    ]
    assert found(told, OPEN, "2006-04-30").verdict is Verdict.MET
    after = found(told, OPEN, "2006-05-01")
    assert after.verdict is Verdict.UNMET
    assert readings(after) == {"wire": "press"}


def test_twelve_by_the_eleventh_and_thirty_by_the_first_are_both_true():
    told = [
        said("press", "count", 12, "2031-01-11"),
        said("wire", "count", 30, "2031-02-01"),
    ]
    assert found(told, ENOUGH, "2031-01-31").verdict is Verdict.UNMET
    after = found(told, ENOUGH, "2031-02-01")
    assert after.verdict is Verdict.MET
    # what is overtaken loses only what was carried: twelve becomes at least twelve
    assert found(told, AtLeast("count", 12), "2031-02-01").verdict is Verdict.MET


def test_what_one_source_counted_goes_on_as_its_most_so_far_and_its_least_to_come():
    told = [
        said("press", "count", count, day, until=day)
        for count, day in ((12, "2031-01-11"), (30, "2031-02-01"), (40, "2031-03-01"))
    ]
    later = {"known_by": "2031-04-01"}
    # on 10 February there were thirty already, and on 10 January no more than twelve
    for leaf, day, verdict in (
        (AtLeast("count", 30), "2031-02-10", Verdict.MET),
        (AtLeast("count", 41), "2031-02-10", Verdict.UNMET),
        (AtMost("count", 40), "2031-02-10", Verdict.MET),
        (AtMost("count", 12), "2031-01-10", Verdict.MET),
        (AtLeast("count", 13), "2031-01-10", Verdict.UNMET),
        (AtLeast("count", 40), "2031-03-10", Verdict.MET),
    ):
        assert found(told, leaf, day, **later).verdict is verdict


def test_a_word_of_some_day_of_a_month_overtakes_for_sure_once_the_month_is_over():
    told = [
        said("press", "open", value=True, since="2031-01-05"),
        said("wire", "open", value=False, since="2031-03", reported="2031-04-01"),
    ]
    days = ("2031-02-28", "2031-03-15", "2031-03-31")
    verdicts = [found(told, OPEN, day, known_by="2031-04-02").verdict for day in days]
    assert verdicts == [Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET]


def test_fewer_told_later_corrects_more_only_where_the_more_surely_came_first():
    def told(since):
        return [
            said("press", "count", 30, since, reported="2031-04-01"),
            said("press", "count", 12, "2031-03-10", reported="2031-04-05"),
        ]

    # thirty on the 5th cannot have become twelve; twelve on the 10th may be thirty by the 20th
    for since, verdict in (
        ("2031-03-05", Verdict.UNMET),
        ("2031-03-20", Verdict.MET),
        ("2031-03", Verdict.UNKNOWN),
    ):
        assert found(told(since), ENOUGH, "2031-04-10").verdict is verdict


@pytest.mark.parametrize("fewer", [12, Range(10, 12), Range(None, 12)])
def test_a_number_that_fell_by_anothers_count_stays_disputed(fewer):
    told = [
        said("press", "count", 30, "2031-01-11"),
        said("wire", "count", fewer, "2031-02-01"),
    ]
    after = found(told, ENOUGH, "2031-02-02")
    assert after.verdict is Verdict.DISPUTED
    assert readings(after) == {}


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("wire", "press", Verdict.UNMET),
        ("wire", "mission", Verdict.UNMET),  # a monitor observes, for whomever it works
        ("a-says", "wire", Verdict.UNMET),  # claims that observers have contradicted since
        ("a-says", "a-too", Verdict.UNMET),  # the same party has spoken anew
        ("wire", "a-says", Verdict.DISPUTED),  # a denial does not end what was observed
        ("mission", "a-says", Verdict.DISPUTED),
        ("b-says", "a-says", Verdict.DISPUTED),
    ],
)
def test_whose_later_word_overtakes_an_earlier_one(first, second, verdict):
    told = [
        said(first, "open", value=True, since="2031-01-01"),
        said(second, "open", value=False, since="2031-03-01"),
    ]
    assert found(told, OPEN, "2031-03-05").verdict is verdict


def test_claim_and_denial_stay_disputed_until_one_of_them_speaks_anew_or_an_observer_does():
    told = [
        said("a-says", "open", value=True, since="2031-01-01"),
        said("b-says", "open", value=False, since="2031-02-01"),
    ]
    assert found(told, OPEN, "2031-03-05").verdict is Verdict.DISPUTED
    anew = said("a-says", "open", value=False, since="2031-03-01")
    assert found([*told, anew], OPEN, "2031-03-05").verdict is Verdict.UNMET
    seen = said("wire", "open", value=True, since="2031-03-01")
    assert found([*told, seen], OPEN, "2031-03-05").verdict is Verdict.MET


def test_a_word_that_was_spoken_of_the_same_time_is_not_overtaken():
    told = [
        said("wire", "open", value=True, since="2031-01-01", reported="2031-03-10"),
        said("press", "open", value=False, since="2031-03-01"),
    ]
    assert found(told, OPEN, "2031-03-05", known_by="2031-03-10").verdict is Verdict.DISPUTED


def test_who_cannot_say_and_a_range_around_the_number_contradict_nobody():
    told = [said("wire", "trucks", 20, "2031-01-01")]
    few = AtMost("trucks", 25)
    for value in (CannotSay(), Range(15, 40)):
        after = found([*told, said("press", "trucks", value, "2031-02-01")], few, "2031-02-02")
        assert readings(after) == {}
        assert after.verdict is Verdict.MET
    more = found([*told, said("press", "trucks", Range(30, 40), "2031-02-01")], few, "2031-02-02")
    assert more.verdict is Verdict.UNMET


def test_of_one_bare_day_not_done_and_done_are_disputed_on_it_and_done_after_it():
    told = [
        said("press", "released", value=False, since="2031-01-11"),
        said("wire", "released", value=True, since="2031-01-11"),
    ]
    assert found(told, RELEASED, "2031-01-11").verdict is Verdict.DISPUTED
    assert found(told, RELEASED, "2031-01-12").verdict is Verdict.MET
    claimed = [told[0], said("a-says", "released", value=True, since="2031-01-11")]
    assert found(claimed, RELEASED, "2031-01-12").verdict is Verdict.DISPUTED


def test_what_is_overtaken_stays_so_though_the_overtaker_ends():
    told = [
        said("wire", "open", value=True, since="2031-01-01"),
        said("press", "open", value=False, since="2031-02-01", until="2031-02-10"),
    ]
    assert found(told, OPEN, "2031-02-05").verdict is Verdict.UNMET
    assert found(told, OPEN, "2031-02-11").verdict is Verdict.UNKNOWN


def test_only_a_heard_word_overtakes():
    told = [
        said("wire", "open", value=True, since="2031-01-01"),
        said("press", "open", value=False, since="2031-02-01", reported="2031-02-20"),
    ]
    assert found(told, OPEN, "2031-02-05").verdict is Verdict.MET
    assert found(told, OPEN, "2031-02-05", known_by="2031-02-20").verdict is Verdict.UNMET
    deaf = Trust(without=["press"])
    heard = found(told, OPEN, "2031-02-05", known_by="2031-02-20", trust=deaf)
    assert heard.verdict is Verdict.MET


def test_the_most_reliable_are_those_that_are_still_heard():
    """The wire's word is overtaken by the press's, so that the press is the most reliable left."""
    told = [
        said("wire", "open", value=True, since="2031-01-01"),
        said("press", "open", value=False, since="2031-02-01"),
    ]
    best = Trust(most_reliable=True)
    assert found(told, OPEN, "2031-02-05", trust=best).verdict is Verdict.UNMET


def test_where_it_is_in_doubt_which_word_came_later_nothing_is_overtaken():
    told = [
        said("wire", "open", value=True, since="2031-02", reported="2031-02-28"),
        said("press", "open", value=False, since="2031-02", reported="2031-02-28"),
    ]
    assert found(told, OPEN, "2031-03-05").verdict is Verdict.DISPUTED


# Laws

FIRST = date(2031, 1, 1)
FACTS = {
    "open": (OPEN, [True, False, CannotSay()]),
    "released": (RELEASED, [True, False, CannotSay()]),
    "count": (ENOUGH, [12, 25, 30, Range(10, 26), Range(25, 40)]),
    "trucks": (AtLeast("trucks", 25), [12, 25, 30, Range(10, 26), Range(25, 40)]),
}
INSTANTS = range(2, 14)


def day(number):
    return FIRST + timedelta(days=number)


@st.composite
def told(draw, least=1):
    """Draw a fact and what is reported of it on the days from the third to the tenth."""
    fact = draw(st.sampled_from(sorted(FACTS)))
    one = st.tuples(
        st.sampled_from([each.id for each in SOURCES]),
        st.sampled_from(FACTS[fact][1]),
        st.integers(3, 8),
        st.integers(0, 2),
    )
    drawn = draw(st.lists(one, min_size=least, max_size=5))
    return fact, [
        said(source, fact, value, day(since), reported=day(since + later))
        for source, value, since, later in drawn
    ]


def number(moment):
    return (date.fromisoformat(moment.text) - FIRST).days


@given(told(least=2))
def test_who_repeats_himself_changes_nothing_while_nobody_else_has_spoken_since(drawn):
    fact, reports = drawn
    last = said(SOURCES[0].id, fact, reports[0].value, day(11))
    again = evolve(last, reported=day(12))
    if fact != "released":  # of an act, another day would be another report
        again = evolve(again, since=day(12))
    for at in range(2, 15):
        before, after = (
            found(each, FACTS[fact][0], day(at), known_by=day(15)).verdict
            for each in ([*reports, last], [*reports, last, again])
        )
        assert after is before, at


@given(told())
def test_a_word_about_an_earlier_time_than_all_others_never_overtakes(drawn):
    fact, reports = drawn
    early = said("wire", fact, FACTS[fact][1][0], day(1))
    for at in INSTANTS:
        finding = found([early, *reports], FACTS[fact][0], day(at), known_by=day(15))
        assert all(each.by != early for each in finding.readings), at


@given(told(least=2))
def test_without_an_overtaken_word_no_verdict_is_another_while_it_is_overtaken(drawn):
    fact, reports = drawn
    for at in INSTANTS:
        finding = found(reports, FACTS[fact][0], day(at), known_by=day(15))
        for each in finding.readings:
            if each.says is Says.OVERTAKEN:
                left = [report for report in reports if report != each.observation]
                less = found(left, FACTS[fact][0], day(at), known_by=day(15))
                assert less.verdict is finding.verdict, (at, each)
