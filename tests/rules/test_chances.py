"""Bounds that follow an event: all that they may be, and no more is asked than matters."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.moments import BEGINNING, days, hours, months, weeks
from ceasefire_model.rules.chances import Chance, Chances, Edge, Following, over
from ceasefire_model.rules.tracks import constant, fixed, throughout, track_of
from ceasefire_model.verdicts import Verdict, conjunction
from tests.examples import at_most

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize("delay", [weeks(1), months(2), hours(200)])
def test_a_deadline_may_count_from_the_beginning_of_the_calendar(delay):
    following = Following(((delay, Edge.END),), UTC, [BEGINNING + timedelta(days=2)])
    found = following.chances(constant(Verdict.UNKNOWN), BEGINNING + timedelta(days=3))
    assert found.chances[0].bounds == (None,)
    assert all(at >= BEGINNING for each in found.chances for at in each.bounds if at is not None)


@settings(max_examples=at_most(50), deadline=None)
@given(
    st.lists(st.integers(1, 2_000 * 24), max_size=4),
    st.sampled_from([days(1), weeks(3), months(1), months(14), hours(30)]),
    st.sampled_from(list(Edge)),
)
def test_days_on_which_nothing_depends_may_be_left_out(marks, delay, edge):
    start = datetime(2020, 1, 1, tzinfo=UTC)
    zone = ZoneInfo("Europe/Kyiv")
    instants = sorted(start + timedelta(hours=each) for each in marks)
    doubt = track_of([(BEGINNING, Verdict.UNMET), (start, Verdict.UNKNOWN)])
    following = Following(((delay, edge),), zone, instants)
    found = following.chances(doubt, start + timedelta(days=2_100))

    def every_day(_following, first, last, _delay):
        return (first + timedelta(days=each) for each in range((last - first).days + 1))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Following, "_days", every_day)
        assert following.chances(doubt, start + timedelta(days=2_100)) == found


def test_an_event_of_two_thousand_years_takes_no_time():
    marks = [BEGINNING + timedelta(days=7), BEGINNING + timedelta(days=400_000)]
    last = BEGINNING + timedelta(days=700_000)
    found = Following(((weeks(1), Edge.END),), UTC, marks).chances(constant(Verdict.UNKNOWN), last)
    assert 5 < len(found.chances) < 50


NUMBERS = st.integers(0, 12)
PLACES = st.one_of(st.none(), NUMBERS)


def at(number):
    return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=number)


@st.composite
def tracks(draw):
    changes = draw(st.dictionaries(NUMBERS, st.sampled_from(list(Verdict)), max_size=4))
    first = draw(st.sampled_from(list(Verdict)))
    return track_of([(BEGINNING, first), *((at(n), found) for n, found in sorted(changes.items()))])


@settings(max_examples=at_most(100), deadline=None)
@given(
    st.lists(st.tuples(tracks(), NUMBERS, PLACES), min_size=1, max_size=5),
    st.one_of(st.none(), tracks()),
)
def test_what_bounds_come_to_is_what_all_that_they_may_be_agree_on(given_chances, doubt):
    judged = {at(n): track for n, (track, _, _) in enumerate(given_chances)}
    chances = tuple(
        Chance(
            (at(n),),
            BEGINNING if n == 0 else at(since),
            None if n == 0 or not until else at(since + until),
        )
        for n, (_, since, until) in enumerate(given_chances)
    )
    found = over(Chances(chances, doubt), judged.__getitem__)
    for number in range(-1, 26):
        open_ones = [
            judged[each.bounds[0]].at(at(number)) for each in chances if each.is_open_at(at(number))
        ]
        doubts = [Verdict.UNKNOWN] if doubt is None else [doubt.at(at(number))]
        undecided = [each for each in {*open_ones} if each.is_open]
        undecided = undecided + doubts if doubt is not None else undecided or doubts
        expected = open_ones[0] if len({*open_ones}) == 1 else conjunction(undecided)
        assert found.at(at(number)) is expected


@settings(max_examples=at_most(100), deadline=None)
@given(tracks(), tracks(), NUMBERS, NUMBERS, NUMBERS)
def test_a_span_that_is_fixed_is_an_and_over_its_instants(track, other, start, end, since):
    """Nothing changes between two hours, so that each stands for the instants up to the next."""
    last = max(start, min(since, end - 1))
    begun = throughout(track, at(start))
    plain, spliced = (
        fixed(begun, at(start), at(end)),
        fixed(begun, at(start), at(end), other, at(last)),
    )
    for number in range(-1, 14):
        hours = range(start, min(number + 1, end))
        expected = conjunction([track.at(at(each)) for each in hours])
        assert plain.at(at(number)) is (expected if number >= start else Verdict.PENDING)
        read = [(other if each >= last else track).at(at(each)) for each in hours]
        assert spliced.at(at(number)) is (conjunction(read) if number >= start else Verdict.PENDING)
