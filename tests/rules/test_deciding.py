"""A finding on a history shows the words that decided it, at the instant at which they did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from ceasefire_model import (
    Act,
    By,
    Done,
    Duty,
    Ever,
    HeldFor,
    Holds,
    Observation,
    Party,
    Proposal,
    Provision,
    Scenario,
    ScenarioError,
    Source,
    SourceKind,
    State,
    Throughout,
    Verdict,
    When,
    assess,
    days,
    evaluate,
)
from ceasefire_model.rules.evaluation import verdict
from ceasefire_model.strategies import histories, instants, scenarios

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
FIRE, QUIET, GONE = Holds("fire"), ~Holds("fire"), Done("gone")


def said(fact, value, since, source="mission", **fields):
    return Observation(fact=fact, value=value, source=source, since=since, **fields)


SCENARIO = Scenario(
    title="x",
    parties=[Party(id="a", name="A")],
    facts=[State(id="fire", text="there is fire"), Act(id="gone", text="the post is gone")],
    sources=[Source(id="mission", name="Mission", kind=SourceKind.MONITOR)],
    observations=[
        said("fire", value=False, since="2031-03-01"),
        said("fire", value=True, since="2031-03-10"),
        said("fire", value=False, since="2031-03-12", until="2031-03-14"),
        said("fire", value=False, since="2031-03-17"),
        said("gone", value=False, since="2031-03-01"),
        said("gone", value=True, since="2031-03-08"),
    ],
)


def on(day, hour=0):
    return datetime(2031, 3, day, hour, tzinfo=UTC)


LAST = datetime(2031, 3, 20, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("condition", "found", "part", "at"),
    [
        (Throughout(QUIET, "2031-03-02"), UNMET, UNMET, on(10)),
        (Throughout(QUIET, "2031-03-11"), UNMET, UNMET, on(11)),  # from the start of the span on
        (Throughout(QUIET, "2031-03-12"), UNKNOWN, UNKNOWN, None),  # of the 15th and the 16th
        (Throughout(QUIET, "2031-03-02", "2031-03-05"), MET, MET, None),
        (Throughout(QUIET, "2031-03-17"), MET, MET, LAST),
        (Ever(FIRE), MET, MET, on(10)),
        (Ever(QUIET & FIRE), UNKNOWN, UNKNOWN, None),  # of the 15th and the 16th
        (By(GONE, "2031-03-15"), MET, MET, on(8)),
        (By(GONE, "2031-03-05"), UNMET, UNMET, None),
        (HeldFor(QUIET, days(3)), MET, MET, LAST),
        (HeldFor(QUIET, days(5)), UNKNOWN, UNKNOWN, None),
    ],
)
def test_the_words_are_those_of_the_instant_that_decided(condition, found, part, at):
    finding = evaluate(SCENARIO, condition, as_of="2031-03-20")
    (shown,) = finding.parts
    assert (finding.verdict, shown.verdict) == (found, part)
    assert shown.address.endswith("/now" if shown.view.at == LAST else "/decided")
    if at is not None:
        assert shown.view.at == at


def test_the_last_instant_of_a_span_or_of_a_doubt_is_shown():
    """A span that ended is fixed at its last instant; of a doubt the last instant is shown."""

    def shown(condition):
        return evaluate(SCENARIO, condition, as_of="2031-03-20").parts[0].view.at

    def last_of(day):
        return datetime(2031, 3, day, 23, 59, 59, 999999, tzinfo=UTC)

    assert shown(Throughout(QUIET, "2031-03-02", "2031-03-05")) == last_of(5)
    assert shown(Throughout(QUIET, "2031-03-12")) == last_of(16)
    assert shown(HeldFor(QUIET, days(5))) == last_of(16)
    assert shown(By(GONE, "2031-03-05")) == last_of(5)  # the word that it was missed


def test_a_trigger_is_shown_when_it_was_pulled():
    finding = evaluate(SCENARIO, When(FIRE, GONE), as_of="2031-03-20")
    trigger, then = finding.parts
    assert (trigger.verdict, trigger.view.at) == (MET, on(10))
    assert (then.verdict, then.view.at) == (MET, LAST)


def test_moves_and_progress_are_of_today():
    """Nobody can move in the past: what is in doubt of it asks for what is so now."""
    clause = Provision(id="p", text="p", duties=[Duty(by=["a"], requires=HeldFor(QUIET, days(5)))])
    scenario = SCENARIO.with_proposals([Proposal(id="t", title="t", provisions=[clause])])
    moves = assess(scenario, "t", as_of="2031-03-20").next_moves
    assert moves
    assert all(one.view.at == LAST for each in moves for one in each.findings)


@given(scenarios(), histories(), instants())
def test_what_is_shown_of_an_instant_was_so_at_it(scenario, condition, at):
    try:
        finding = evaluate(scenario, condition, as_of=at)
    except (ScenarioError, ValueError):
        return  # it mentions what the scenario does not have
    for part in finding.parts:
        assert part.view.at <= finding.view.at
        assert verdict(finding.evaluation.moved(part.view.at), part.condition) is part.verdict
    is_decided = finding.verdict is MET and isinstance(condition, Ever | By)
    if is_decided or (finding.verdict is UNMET and isinstance(condition, HeldFor)):
        assert finding.parts[0].verdict is finding.verdict
