"""Why: each sentence is true, since what it claims is what the finding holds."""

from __future__ import annotations

import re

import pytest
from attrs import evolve
from hypothesis import given, settings

from ceasefire_model import (
    AllOf,
    AnyOf,
    By,
    Done,
    Duty,
    Ever,
    HeldFor,
    Holds,
    Moment,
    Not,
    Provision,
    Throughout,
    Verdict,
    When,
    days,
    evaluate,
)
from ceasefire_model.display.findings import sources, stated
from ceasefire_model.display.words import WORDS
from ceasefire_model.strategies import conditions, histories, instants, scenarios
from ceasefire_model.visible import shown
from tests.display.test_by_whom import GONE, QUIET
from tests.display.test_by_whom import scene as ulm
from tests.display.test_red_lines import scene as lume
from tests.examples import at_most
from tests.rules.test_assessment import DAY, SCENARIO

COUNTS = re.compile(r"(\d+) of (\d+) parts are met\.$")
ALL = re.compile(r"because (?:both|all (\d+)) parts are met\.$")


def claims_hold(finding) -> None:
    """Compute anew what a sentence claims."""
    why, verdicts = finding.why, [part.verdict for part in finding.parts]
    said = shown(f"{stated(finding)}: {WORDS[finding.verdict]}, because") + " "
    assert why.startswith(said)
    assert why.endswith(".")
    if isinstance(finding.condition, Not):  # the rest is the sentence of what it negates
        return
    counted = COUNTS.search(why)
    if counted is not None:
        met, total = map(int, counted.groups())
        assert (met, total) == (verdicts.count(Verdict.MET), len(verdicts))
        deciding = [part for part in finding.parts if part.verdict is finding.verdict]
        named = [part for part in deciding if shown(f"“{stated(part)}”") in why]
        assert len(named) >= min(len(deciding), 3)
    whole = ALL.search(why)
    if whole is not None:
        assert set(verdicts) == {Verdict.MET}
        assert len(verdicts) == int(whole[1] or 2)
    for word in re.findall(r"“[^”]*” is (not met|[a-z]+)", why.removeprefix(said)):
        assert word in {WORDS[each] for each in Verdict} | {"agreed"}


@settings(deadline=None, max_examples=at_most(40))
@given(scenarios(), conditions() | histories(), instants())
def test_what_a_sentence_claims_is_what_its_finding_holds(scenario, condition, at):
    try:
        finding = evaluate(scenario, condition, as_of=at)
    except ValueError:
        return  # it mentions what the scenario does not have
    for each in finding.walk():
        claims_hold(each)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            Not(Done("vote") & Holds("curfew")),
            "“all 2 of these” is not met, because “a vote is held”",
        ),
        (AllOf([Holds("curfew")] * 2), "because both parts are met."),
        (AllOf([Holds("curfew")] * 3), "because all 3 parts are met."),
        (AnyOf([Holds("curfew"), Done("vote")]), "“a curfew is in force” is met; 1 of 2 parts"),
        (AnyOf([Done("vote")]), "because “a vote is held” is not met."),
        (Ever(Holds("curfew")), "because “a curfew is in force” was met on 1 March 2025."),
        (By(Done("vote"), Moment("2025-04-01")), "is not met, it was due by 1 April 2025."),
        (HeldFor(Holds("curfew"), days(3)), "“a curfew is in force” was unknown on 28 February"),
        (Throughout(Holds("curfew"), Moment("2025-03-01")), "now “a curfew is in force” is met"),
        (
            When(Holds("curfew"), Done("vote")),
            "was met on 1 March 2025, now “a vote is held” is not met",
        ),
    ],
)
def test_a_sentence_names_what_decides(condition, expected):
    assert expected in evaluate(SCENARIO, condition, as_of=DAY).why


def test_a_sentence_about_a_leaf_names_each_source():
    finding = evaluate(SCENARIO, Holds("patrols"), as_of=DAY)
    assert all(line in finding.why for line in sources(finding))


LEAVES = Provision(
    id="leave",
    text="Belmora leaves Lume.",
    due="2031-06-10",
    duties=Duty(by="belmora", requires=~Holds("town")),
)
"""A step of a truce of 1 June 2031; that day the wire reports Belmora's fighters there."""


@pytest.mark.parametrize(
    ("day", "verdict", "because"),
    [
        ("2031-05-30", Verdict.PENDING, "its time has not begun"),
        ("2031-06-10", Verdict.PENDING, "it is due by 10 June 2031, last report 1 June 2031"),
        (  # nobody has said since that they are still there
            "2031-06-12",
            Verdict.UNKNOWN,
            "it was due by 10 June 2031, whether in time is unknown, last report 1 June 2031",
        ),
    ],
)
def test_a_sentence_about_a_clause_that_stands_otherwise_than_its_duty_has_its_dates(
    day, verdict, because
):
    base = lume()
    (truce,) = base.proposals
    found = evaluate(evolve(base, proposals=evolve(truce, provisions=LEAVES)), "leave", as_of=day)
    assert found.verdict is verdict
    assert found.why == f"fulfilled: Belmora leaves Lume.: {WORDS[verdict]}, because {because}."


def test_a_text_whose_conditions_are_met_is_in_force_since_all_have_accepted():
    """Arvenia accepted plainly, Belmora on a condition that is met: the truce has not entered."""
    asked = ulm(QUIET, stance="accepts with conditions", guns=False, preconditions=[GONE])
    found = evaluate(asked, "truce", as_of="2031-06-20")
    assert found.verdict is Verdict.MET
    assert found.why.endswith("met, because all whose acceptance it needs have accepted.")
