"""Bounds that follow an event: all that they may be, and no more is asked than matters."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.moments import BEGINNING, days, hours, months, weeks
from ceasefire_model.rules import chances
from ceasefire_model.rules.chances import Edge, Following
from ceasefire_model.rules.tracks import constant, track_of
from ceasefire_model.verdicts import Verdict
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
    whole = following.chances(doubt, start + timedelta(days=2_100))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chances, "_MANY", 0)
        assert following.chances(doubt, start + timedelta(days=2_100)) == whole


def test_an_event_of_two_thousand_years_takes_no_time():
    marks = [BEGINNING + timedelta(days=7), BEGINNING + timedelta(days=400_000)]
    last = BEGINNING + timedelta(days=700_000)
    found = Following(((weeks(1), Edge.END),), UTC, marks).chances(constant(Verdict.UNKNOWN), last)
    assert 5 < len(found.chances) < 50
