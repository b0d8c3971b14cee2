"""Nothing that was said, tabled or agreed after what is known shows anywhere, in no form of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    Fulfilled,
    InForce,
    Moment,
    Proposal,
    Provision,
    Stance,
    Statement,
    assess,
    completeness,
    contradictions,
    deadlocks,
    evaluate,
    load_case,
    news,
    report,
    table,
    timeline,
)
from ceasefire_model.display.answers import as_document, as_html, as_json, as_markdown, as_text
from ceasefire_model.moments import day_of
from ceasefire_model.strategies import instants, scenarios
from tests.examples import at_most
from tests.rules.test_performance import QUIET, said, situation

AFTER = "2030-01-01"


def clauses(scenario, text):
    return [each.id for each in scenario.proposal(text).provisions if each.duties]


def findings(scenario, text, at, known):
    asked = [InForce(text), *(Accepts(party.id, text) for party in scenario.parties)]
    asked += map(Fulfilled, clauses(scenario, text))
    return [evaluate(scenario, each, as_of=at, known_by=known) for each in asked]


def timelines(scenario, text, at, known):
    start = at - timedelta(days=200)
    asked = [InForce(text), *map(Fulfilled, clauses(scenario, text))]
    return [timeline(scenario, each, start=start, end=at, known_by=known) for each in asked]


ANSWERS = {
    "assessment": lambda *given: [assess(given[0], given[1], as_of=given[2], known_by=given[3])],
    "findings": findings,
    "timelines": timelines,
    "table": lambda scenario, text, at, known: [
        table(scenario, clauses(scenario, text), dates=[at], known_by=known)
    ],
    "news": lambda scenario, text, at, known: [
        news(scenario, text, start=at - timedelta(days=200), end=at, known_by=known)
    ],
    "deadlocks": lambda scenario, text, at, known: [
        deadlocks(scenario, InForce(text), as_of=at, known_by=known)
    ],
    "contradictions": lambda scenario, _, at, known: [
        contradictions(scenario, as_of=at, known_by=known)
    ],
}
"""Each answer about a text, at one instant and as known by another."""


def forms(answer):
    """Write an answer in every form that it has."""
    written = [write(answer) for write in (as_text, as_html, as_document, as_markdown, as_json)]
    if hasattr(answer, "to_mermaid"):
        written.append(answer.to_mermaid())
    if hasattr(answer, "to_rows"):
        written.append(repr(answer.to_rows()))
    return [str(answer), repr(answer), *written]


def told_later(scenario, after=AFTER):
    """Add what nobody knew: reports, corrections, words, withdrawals, and texts tabled later."""
    reports = [
        evolve(each, id=None, corrects=corrected, reported=Moment(after))
        for each in scenario.observations
        for corrected in ([None] if each.id is None else [None, each.id])
    ]
    midnight = Moment(after).as_start(scenario.zone)[0]
    words = [
        evolve(
            each,
            id=f"later-{each.id}",
            date=each.date if each.date.bounds(scenario.zone)[1] < midnight else Moment(after),
            reported=Moment(after),
        )
        for each in scenario.statements
    ]
    texts = [
        text
        for each in scenario.proposals
        for text in (
            Proposal(
                id=f"newer-{each.id}", title="a newer text", to=each.to, tabled=after,
                previous=each.id,
                provisions=[
                    Provision(id=f"newer-{clause.id}", text="newer", replaces=[clause.id])
                    for clause in each.provisions
                ],
            ),
            Proposal(
                id=f"longer-{each.id}", title="a longer text", to=each.to, tabled=after,
                prolongs=each.id,
            ),
        )
    ]  # fmt: skip
    stances = [(text.id, Stance.ACCEPTS) for text in texts]
    stances += [(text.id, Stance.WITHDREW) for text in scenario.proposals]
    spoken = [
        Statement(
            id=f"{stance.name}-{party.id}-{text}", speaker="x", party=party.id, date=after,
            about=About(proposal=text), text="later", source=scenario.sources[0].id, stance=stance,
        )
        for party in scenario.parties
        for text, stance in stances
    ]  # fmt: skip
    more = scenario.with_proposals(texts).with_observations(reports)
    return more.with_statements([*words, *spoken])


@settings(
    derandomize=True,
    deadline=None,
    max_examples=at_most(40),
    suppress_health_check=list(HealthCheck),
)
@given(
    scenarios(),
    instants(),
    instants(),
    st.booleans(),
    st.sampled_from(sorted(ANSWERS)),
    st.data(),
)
def test_nothing_said_or_tabled_later_changes_any_answer_in_any_form(
    scenario, one, other, is_next_day, name, data
):
    at, known = sorted(each.bounds(scenario.zone)[1] for each in (one, other))
    next_day = day_of(known, scenario.zone) + timedelta(days=1)
    later = told_later(scenario, next_day.isoformat() if is_next_day else AFTER)
    text = data.draw(st.sampled_from([each.id for each in scenario.proposals]))
    ask = ANSWERS[name]
    before = ask(scenario, text, at, known)
    after = ask(later, text, at, known)
    assert [*map(forms, before)] == [*map(forms, after)]


def test_what_was_said_of_a_text_later_is_no_matter_of_what_it_settles_by_then():
    scenario = load_case("us-30-day-2025")
    (text,) = scenario.proposals
    first = completeness(scenario, known_by="2025-03-11")
    assert as_text(first) == as_text(
        completeness(told_later(scenario), text, known_by="2025-03-11")
    )
    assert first["CON-05"].presence is not completeness(scenario)["CON-05"].presence


@pytest.mark.parametrize("known_by", ["2031-03-10", "2031-03-20"])
def test_a_report_has_no_text_that_is_tabled_later(known_by):
    scenario = situation(said("fire", False, "2031-03-01"), provisions=[QUIET])
    when = {"as_of": "2031-03-10", "known_by": known_by}
    later = told_later(scenario, "2031-03-21")
    assert forms(report(scenario, **when)) == forms(report(later, **when))
    assert len(report(later, as_of="2031-03-21").texts) == 3
