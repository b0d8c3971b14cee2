"""Two judges, one written from the design alone, agree on every node of every finding."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from ceasefire_model import AllOf, Trust, evaluate
from ceasefire_model.strategies import conditions, instants, scenarios, trusts
from tests.naive import verdict as naive_verdict


def agree(scenario, condition, as_of, known_by, trust):
    finding = evaluate(scenario, condition, as_of=as_of, known_by=known_by, trust=trust)
    for node in finding.walk():
        expected = naive_verdict(
            scenario,
            node.condition,
            as_of=str(as_of),
            known_by=None if known_by is None else str(known_by),
            trust=trust,
        )
        assert node.verdict is expected, (node.address, node.condition)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(), scenarios(), instants())
def test_the_two_judges_agree_node_by_node(condition, scenario, as_of):
    agree(scenario, condition, as_of, None, Trust())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios(), instants(), instants(), trusts())
def test_they_agree_on_whole_scenarios_as_known_later_and_under_any_trust(
    scenario, one, other, trust
):
    first, second = sorted((one, other), key=lambda moment: moment.bounds(scenario.zone)[1])
    everything = AllOf(
        [*(p.of for p in scenario.preconditions), *(p.needs for p in scenario.preconditions)]
    )
    agree(scenario, everything, first, second, trust)
