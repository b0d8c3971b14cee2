"""Laws of evidence: who is heard, when, and what a later word may change."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Act,
    Done,
    Holds,
    Moment,
    Observation,
    Scenario,
    Source,
    State,
    Trust,
    Verdict,
    assess,
    evaluate,
    suppose,
)
from ceasefire_model.strategies import conditions, instants, scenarios, trusts

relaxed = settings(deadline=None)


AFTER = Moment("2030-01-01")


@relaxed
@given(conditions(), scenarios(), instants(), st.data())
def test_a_source_that_repeats_what_another_says_never_changes_a_settled_verdict(
    condition, scenario, at, data
):
    source = data.draw(st.sampled_from(scenario.sources))
    repeated = [
        evolve(
            said,
            source="echo",
            id=said.id and f"echo-{said.id}",
            corrects=said.corrects and f"echo-{said.corrects}",
        )
        for said in scenario.observations
        if said.source == source.id
    ]
    echoed = scenario.with_sources([evolve(source, id="echo")]).with_observations(repeated)
    before = evaluate(scenario, condition, as_of=at).verdict
    if before.is_settled:
        assert evaluate(echoed, condition, as_of=at).verdict is before


@relaxed
@given(conditions(), scenarios(), instants(), instants(), st.data())
def test_what_is_reported_after_k_never_changes_an_answer_known_by_k(
    condition, scenario, one, other, data
):
    at, known = sorted((one, other), key=lambda moment: moment.bounds(scenario.zone)[1])
    sources = st.sampled_from([source.id for source in scenario.sources])
    later = [
        evolve(said, source=data.draw(sources), reported=AFTER, id=None, corrects=None)
        for said in scenario.observations
    ]
    told = scenario.with_observations(later)
    assert (
        evaluate(told, condition, as_of=at, known_by=known).verdict
        is evaluate(scenario, condition, as_of=at, known_by=known).verdict
    )


@relaxed
@given(conditions(), scenarios(), st.dates(date(2025, 2, 20), date(2025, 4, 10)))
def test_a_supposition_changes_nothing_before_it_starts(condition, scenario, day):
    values = {fact.id: True for fact in scenario.facts if isinstance(fact, State | Act)}
    supposed = suppose(scenario, values, since=day + timedelta(days=1))
    assert (
        evaluate(supposed, condition, as_of=day).verdict
        is evaluate(scenario, condition, as_of=day).verdict
    )


@relaxed
@given(scenarios(), instants(), trusts())
def test_a_supposition_overrides_every_source_whatever_the_trust(scenario, at, trust):
    for fact in scenario.facts:
        if isinstance(fact, State | Act):
            leaf = Holds(fact.id) if isinstance(fact, State) else Done(fact.id)
            for value, verdict in ((True, Verdict.MET), (False, Verdict.UNMET)):
                supposed = suppose(scenario, {fact.id: value}, since="2000-01-01")
                assert evaluate(supposed, leaf, as_of=at, trust=trust).verdict is verdict


@relaxed
@given(conditions(), scenarios(), instants(), trusts())
def test_findings_can_be_walked_printed_hashed_and_pickled(condition, scenario, at, trust):
    finding = evaluate(scenario, condition, as_of=at, trust=trust)
    for node in finding.walk():
        assert node.why.endswith(".")
        hash(node)
    assert str(finding)
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - our own bytes


@relaxed
@given(scenarios(), instants(), trusts())
def test_every_assessment_prints_and_can_be_hashed_and_pickled(scenario, at, trust):
    for proposal in scenario.proposals:
        assessment = assess(scenario, proposal.id, as_of=at, trust=trust)
        shown = [word for word in proposal.title.split() if word.isprintable()]
        assert all(word in str(assessment) for word in shown)
        assert pickle.loads(pickle.dumps(assessment)) == assessment  # noqa: S301 - our own bytes
        hash(assessment)


@relaxed
@given(conditions(), scenarios(), instants())
def test_evaluating_twice_gives_the_same(condition, scenario, at):
    first = evaluate(scenario, condition, as_of=at)
    assert [*first.walk()] == [*evaluate(scenario, condition, as_of=at).walk()]


def test_an_observation_is_not_a_truth():
    source = Source(id="wire", name="The Wire")
    scenario = Scenario(
        title="one report",
        facts=[State(id="truce", text="a truce holds")],
        sources=[source],
        observations=[
            Observation(fact="truce", value=True, source=source, since=Moment("2025-03-01"))
        ],
    )
    assert evaluate(scenario, Holds("truce"), as_of="2025-03-01").verdict is Verdict.MET
    nobody = Trust(without=[source])
    finding = evaluate(scenario, Holds("truce"), as_of="2025-03-01", trust=nobody)
    assert finding.verdict is Verdict.UNKNOWN
