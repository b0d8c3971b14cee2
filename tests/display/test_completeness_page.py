"""The page on what a text settles: everything on it once, and nothing beyond what is known."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    CeasefireClass,
    Duty,
    Holds,
    Moment,
    Party,
    Proposal,
    Provision,
    Scenario,
    State,
    completeness,
)
from ceasefire_model.display.text import WIDTH
from ceasefire_model.drafting import Presence, Severity
from ceasefire_model.strategies import PROPOSALS, scenarios
from tests.examples import at_most


def page(**fields) -> list[str]:
    """Return the lines of the page of a proposal with these fields."""
    scenario = Scenario(
        title="A truce",
        parties=[Party(id="arvenia", name="Arvenia")],
        facts=[State(id="shooting", text="shots are fired")],
        proposals=[Proposal(id="plan", title="The plan", **fields)],
    )
    return str(completeness(scenario)).splitlines()


def section(lines: list[str], title: str) -> list[str]:
    """Return the lines of one section."""
    start = next(n for n, line in enumerate(lines) if line.partition(" (")[0] == title) + 1
    return lines[start : [*lines, ""].index("", start)]


@settings(deadline=None, max_examples=at_most(30))
@given(scenarios(), st.sampled_from(PROPOSALS))
def test_every_item_that_is_asked_is_named_once(scenario, name):
    found = completeness(scenario, name)
    text = " ".join(str(evolve(found, remarks=())).split())
    for each in found:
        is_named = each.severity is not Severity.NOT_ASKED or each.presence is Presence.PRESENT
        assert text.count(f"{each.item.name} ({each.item.id})") == is_named


@settings(deadline=None, max_examples=at_most(30))
@given(scenarios(), st.sampled_from(PROPOSALS))
def test_no_line_is_too_long(scenario, name):
    lines = str(completeness(scenario, name)).splitlines()
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "of no class that is known; its text is not given as public, so what is not recorded"),
        (
            {"claims": CeasefireClass.PRELIMINARY},
            "taken to be a preliminary ceasefire; its text is not given as public, so what is not",
        ),
        (
            {"claims": CeasefireClass.PRELIMINARY, "is_public": True},
            "calls itself a preliminary ceasefire; its text is public, so what is not recorded is",
        ),
    ],
)
def test_the_head_says_what_is_known_of_the_text(fields, line):
    first, second, *_ = page(**fields)
    assert first == "The plan: what the text says, and what it leaves open"
    assert second.startswith(line)


def test_the_table_counts_by_severity_and_presence():
    rows = [line.split() for line in page(is_public=True)[4:9]]
    assert rows == [
        ["present", "absent", "unknown"],
        ["required", "0", "6", "2"],
        ["recommended", "1", "16", "1"],
        ["optional", "0", "21", "1"],
        ["not", "asked", "0", "15", "0"],
    ]


def test_a_severity_without_items_has_no_row():
    lines = page(claims=CeasefireClass.DEFINITIVE)
    assert not any(line.startswith("not asked") for line in lines)


def test_what_is_settled_says_by_what():
    clause = Provision(id="one", text="no shots are fired", topics=["OBL-01"], reference="art. 1")
    more = [Provision(id=f"p{number}", text="x", due=Moment("2031-05")) for number in range(5)]
    said = section(page(provisions=[clause, *more]), "What the text is reported to say")
    assert said == [
        "  ✓ present   Order of steps and deadlines (TIM-05)",
        "              $.proposals.plan.provisions.p0.due, $.proposals.plan.provisions.p1.due,",
        "              $.proposals.plan.provisions.p2.due and 2 more",
        "  ✓ present   What is forbidden (OBL-01)",
        "              no shots are fired (art. 1)",
    ]


def test_three_places_are_all_named():
    dated = [Provision(id=f"p{number}", text="x", due=Moment("2031-05")) for number in range(3)]
    (_, *places) = section(page(provisions=dated, is_public=True), "What the text says")[:3]
    assert "more" not in " ".join(places)


def test_what_is_said_about_the_text_stands_apart():
    assert section(page(tabled=Moment("2031-05")), "What is said about it") == [
        "  ✓ present   When it was made (TIM-01)",
        "              $.proposals.plan.tabled",
    ]


def test_what_is_open_is_asked_with_how_often_others_say_it():
    asked = section(page(claims=CeasefireClass.PRELIMINARY, is_public=True), "Open, and required")
    place = asked.index("  ✗ absent    Who monitors (COM-01)")
    question, rate, _ = asked[place + 1 : place + 4]
    assert question == "              Who watches over it, with which members and which mandate?"
    assert rate.startswith(
        "              22 % of 2,203 ceasefires in civil conflicts, 1989 to 2020 (ETH/PRIO)"
    )
    assert "  ○ unknown   When it was made (TIM-01)" in asked


def test_what_is_optional_is_named_alone():
    first, second, *_ = section(page(), "Open, and optional")
    assert first == "  ○ unknown   Link to a political process (ID-05)"
    assert second == "  ○ unknown   Who is not bound (PAR-02)"


def test_where_nothing_optional_is_open_there_is_no_section():
    claims = CeasefireClass.DEFINITIVE
    topics = [
        each.item.id
        for each in completeness(
            Scenario(title="x", proposals=[Proposal(id="x", title="x", claims=claims)])
        )
        if each.severity is Severity.OPTIONAL
    ]
    every = Provision(id="all", text="all", topics=topics)
    assert not any("optional (" in line for line in page(claims=claims, provisions=[every]))


def test_remarks_come_by_rule_with_what_would_settle_them():
    quiet = Duty(by=["arvenia"], requires=~Holds("shooting"))
    clauses = [Provision(id=name, text=name, duties=[quiet]) for name in ("one", "two")]
    topical = Provision(id="three", text="three", topics=["monitoring"])
    found = page(provisions=[*clauses, topical])
    assert found[found.index("Remarks") + 1 :] == [
        "  no verifier (2), settled by: who verifies it, or who monitors the whole",
        "    - as far as is known, nobody is named to verify this: one",
        "    - as far as is known, nobody is named to verify this: two",
        "",
        "  unknown topic (1), settled by: did you mean COM-01 (Who monitors)?",
        "    - no item 'monitoring' in the checklist",
    ]


def test_where_nothing_is_found_there_are_no_remarks():
    assert "Remarks" not in page()
