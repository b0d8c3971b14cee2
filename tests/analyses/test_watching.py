"""Following as reports come in: what is refused, late, far ahead, corrected or several at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ceasefire_model import (
    Accepts,
    By,
    Holds,
    MissingExtraError,
    ModelError,
    Precondition,
    Scenario,
    ScenarioError,
    Source,
    Statement,
    Supposition,
    Trust,
    UnknownIdError,
    Verdict,
    assess,
    load_case,
    news,
    watch,
)
from ceasefire_model.analyses import PassingKind, Topic, subjects
from ceasefire_model.analyses.causes import deciding
from tests.display.test_news import PACT, A, says, told

CASE = load_case("us-30-day-2025")
DAY = "2031-05-15"


def changed(found):
    return [(each.topic, each.address) for each in found if each.topic is not Topic.MOVE]


# What is refused


@pytest.mark.parametrize("ends", ["2031-04-30", "2031-05-01T00:00Z"])
def test_news_end_after_their_start(ends):
    with pytest.raises(ModelError, match="news end after their start"):
        news(PACT, start="2031-05-01", end=ends)


def test_news_cannot_end_after_what_is_known():
    with pytest.raises(ModelError, match="lies after known_by"):
        news(PACT, start="2031-05-01", end="2031-05-09", known_by="2031-05-08")


def test_who_is_heard_has_to_be_there():
    with pytest.raises(UnknownIdError, match="no source 'nobody'"):
        watch(PACT, start=DAY, trust=Trust(only="nobody"))


def test_other_records_are_refused_with_advice():
    watched = watch(PACT, start=DAY)
    with pytest.raises(ModelError, match="add other records to the scenario and watch that"):
        watched.add(Source(id="new", name="New"))


@pytest.mark.parametrize(
    "wrong",
    [
        told("nothing", True, DAY),
        told("arms", True, DAY),
        told("road", True, DAY, source="nobody"),
        told("road", True, DAY, corrects="nothing"),
        says("yes-a", A, DAY, "accepts"),
    ],
)
def test_of_a_batch_that_does_not_fit_nothing_is_taken_in(wrong):
    watched = watch(PACT, start=DAY)
    with pytest.raises(ScenarioError):
        watched.add([told("road", True, DAY), wrong])
    assert watched.scenario.observations == PACT.observations[:5]
    assert not watched.add([])


def test_one_cannot_go_back():
    watched = watch(PACT, start=DAY)
    watched.advance("2031-05-20")
    with pytest.raises(ModelError, match="it was followed beyond 2031-05-19 already"):
        watched.advance("2031-05-19")


# Time


def test_what_the_scenario_holds_for_later_comes_in_at_its_time():
    watched = watch(PACT, start=DAY)
    assert (Topic.QUESTION, "answered(who)") in changed(watched.advance("2031-05-20"))
    assert len(watched.scenario.observations) == len(PACT.observations)


def test_what_is_told_late_counts_from_when_it_is_told():
    watched = watch(PACT, start=DAY)
    watched.advance("2031-06-10")
    late = watched.add(told("arms", 100, "2031-05-30"))
    (change,) = [each for each in late if each.topic is Topic.CLAUSE]
    assert change.at == datetime(2031, 6, 10, 23, 59, 59, 999999, tzinfo=UTC)
    assert change.cause.reports == (told("arms", 100, "2031-05-30"),)


def test_one_may_follow_for_years():
    watched = watch(PACT, start="2025-01-01")
    found = watched.advance("2033-01-01")
    whole = news(PACT, start="2025-01-01", end="2033-01-01")
    assert [each.address for each in found] == [each.address for each in whole]
    assert watched.add(told("arms", 100, "2033-01-02")).came_in == 1


def test_a_report_that_begins_later_changes_something_when_it_begins():
    found = news(
        PACT.with_observations(told("arms", 100, "2031-06-05", reported="2031-06-01")),
        start="2031-06-01",
        end="2031-06-06",
    )
    (change,) = [each for each in found if each.topic is Topic.CLAUSE]
    assert change.at == datetime(2031, 6, 5, tzinfo=UTC)
    assert [each.value.value for each in change.cause.reports] == [100]


def test_a_supposition_counts_from_its_day_in_the_order_that_was_given():
    over = [
        Supposition(since="2031-06-04", facts={"a-fires": True}),
        Supposition(since="2031-06-02", facts={"a-fires": False}),
    ]
    scenario = PACT.with_suppositions(over)
    found = news(scenario, start="2031-06-01", end="2031-06-05")
    assert not [each for each in found if each.topic is Topic.CLAUSE]  # the later one stands
    (passed,) = {
        each.kind
        for one in news(PACT.with_suppositions(over[:1]), start="2031-06-01", end="2031-06-05")
        for each in one.cause.dates
    }
    assert passed is PassingKind.SUPPOSED


# Causes


def test_two_reports_that_only_together_made_the_difference_are_both_named():
    twice = [told("vote", True, "2031-06-01"), told("vote", True, "2031-06-01", source="wire")]
    found = news(PACT.with_observations(twice), start="2031-06-01", end="2031-06-01")
    (change,) = [each for each in found if each.topic is Topic.CLAUSE]
    assert {each.source for each in change.cause.reports} == {"monitors", "wire"}


def test_a_report_without_which_it_would_have_come_about_all_the_same_is_not_named():
    together = [told("arms", 100, "2031-06-01"), told("road", True, "2031-06-01")]
    found = news(
        PACT.with_observations(together), start="2031-06-01", end="2031-06-01", unchanged=True
    )
    (change,) = [each for each in found if each.topic is Topic.CLAUSE]
    assert [each.fact for each in change.cause.reports] == ["arms"]
    assert [each.fact for each in found.unchanged] == ["road"]
    assert found.came_in == 2


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "ab"),  # each alone makes the difference
        (["ab", "cd"], "cd"),  # only together; any smallest set will do
        (["a", "b", "!ab"], "a"),  # each alone, and not both
    ],
)
def test_the_fewest_that_make_the_difference_are_found(sets, expected):
    def differs_without(some):
        left_out = set(some)
        if any(each[0] == "!" and left_out == set(each[1:]) for each in sets):
            return False
        return any(set(each) <= left_out for each in sets if each[0] != "!")

    assert "".join(deciding([*"abcd"], differs_without)) == expected


def test_what_was_found_is_as_known_at_its_instant_and_can_be_asked_further():
    found = news(CASE, start="2025-03-12", end="2025-03-14")
    for each in found:
        for status in (each.before, each.after):
            if status is not None and status.finding is not None:
                assert status.finding.view.known_by == status.finding.view.at
    (text,) = [each for each in found if each.topic is Topic.TEXT]
    assert str(text.after.finding) == str(assess(CASE, as_of="2025-03-13").finding)
    assert found.view.known_by == found.view.at


# Streams


def test_a_number_told_twice_in_the_same_words_is_one_number():
    once = told("arms", 40, "2031-05-06")
    twice = Scenario(
        title="t",
        facts=PACT.facts,
        sources=PACT.sources,
        parties=PACT.parties,
        proposals=PACT.proposals,
        statements=PACT.statements,
        observations=[once, once],
    )
    found = assess(twice, as_of="2031-05-07").provision("arms").performance
    assert (found.progress.reached, found.progress.needed) == (40, 100)


def test_a_confirmation_is_taken_in_though_nothing_is_judged_anew():
    watched = watch(PACT, start="2031-05-20")
    watched.advance("2031-05-20")
    echo = told("b-fires", False, "2031-05-22")
    assert not watched.add(echo)
    found = watched.add(told("b-fires", True, "2031-05-23", source="wire"))
    (change,) = [each for each in found if each.address == "fulfilled(hush, B)"]
    assert change.after.finding.verdict is Verdict.DISPUTED or change.after.performance
    assert echo in watched.scenario.observations


def test_a_word_that_a_deadline_needs_is_no_mere_confirmation():
    needs = Precondition(
        id="by", held_by=A, of=Accepts(A, "pact"), needs=By(Holds("road"), "2031-05-20"), text="t"
    )
    scenario = PACT.with_preconditions(needs)
    watched = watch(scenario.with_observations(told("road", False, "2031-05-18")), start=DAY)
    watched.advance("2031-05-21")
    found = watched.add(told("road", False, "2031-05-22"))
    (change,) = [each for each in found if each.topic is Topic.PRECONDITION]
    assert change.after.finding.verdict is Verdict.UNMET


def test_of_sources_that_are_not_heard_nothing_is_news():
    watched = watch(PACT, start=DAY, trust=Trust(without="wire"))
    assert not changed(watched.add(told("arms", 100, "2031-05-16", source="wire")))
    assert changed(watched.add(told("arms", 100, "2031-05-16")))


def test_a_correction_makes_news():
    watched = watch(PACT, start=DAY)
    watched.add(told("arms", 100, "2031-05-16", id="first"))
    found = watched.add(told("arms", 60, "2031-05-16", reported="2031-05-18", corrects="first"))
    (change,) = [each for each in found if each.topic is Topic.CLAUSE]
    assert change.after.performance.progress.reached == 60


def test_words_and_demands_that_are_new_are_followed():
    watched = watch(PACT, start=DAY)
    reserved = Statement(
        id="but",
        speaker="Belmora",
        party="B",
        date="2031-05-16",
        about={"provision": "arms"},
        text="not that",
        source="wire",
        stance="rejects",
    )
    assert (Topic.ACCEPTANCE, "accepts(B, arms)") in changed(watched.add(reserved))
    belief = Statement(
        id="belief",
        speaker="Arvenia",
        date="2031-05-17",
        about={"party": "B"},
        text="it will not",
        source="wire",
        kind="belief",
    )
    found = watched.add(belief)
    assert (len(found), found.came_in, found.unchanged) == (0, 1, (belief,))


def test_without_the_solver_all_else_is_followed(monkeypatch):
    def missing(*_):
        raise MissingExtraError("analysis")

    monkeypatch.setattr(subjects, "deadlocks_in", missing)
    found = news(CASE, start="2025-03-13", end="2025-03-13")
    assert Topic.DEADLOCK not in {each.topic for each in found}
    assert "deadlocks: " in found.not_followed[0]
    assert "deadlocks: " in str(found)
    assert (Topic.TEXT, "in_force(us-30-day)") in changed(found)
