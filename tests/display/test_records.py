"""Proposals and scenarios in plain text: what is given, by its ids."""

from __future__ import annotations

import pytest

from ceasefire_model import Scenario
from tests.display.test_html import CASE, LATER
from tests.rules.test_assessment import SCENARIO


def test_a_proposal_says_who_owes_what_under_which_provision():
    assert str(SCENARIO.proposals[0]).splitlines() == [
        "The plan (plan)",
        "by M; to A, L",
        "A truce.",
        "1. a curfew ends",
        "   duty; hush; due 1 April 2025",
        "   A, B: not so: curfew holds",
        "   B: vote is done",
        "2. quiet",
        "   duty; quiet-now",
        "   A, B: all 0 of these",
        "3. they hope",
        "   declaration; hope",
    ]
    assert str(SCENARIO.proposals[1]) == "An earlier truce (past)"


def test_a_scenario_says_how_much_it_holds_and_who_demands_what():
    text = str(SCENARIO)
    assert "5 parties, 2 proposals, " in text
    assert "  - no curfew first (law; stated; held by B)" in text
    assert "    what waits: a vote is held" in text
    assert "    for what, before: not so: curfew holds" in text
    assert "(inferred" not in text
    assert "; inferred; held by no party)" in text
    assert "1 supposition" in " ".join(str(LATER).split())


def test_an_empty_scenario_says_so():
    empty = "Nothing\ndays are read in UTC\nnothing is recorded"
    assert str(Scenario(title="Nothing")) == empty


@pytest.mark.parametrize("scenario", [SCENARIO, LATER, CASE])
def test_no_line_is_too_long(scenario):
    assert max(map(len, str(scenario).splitlines())) <= 100
