"""Sequences: steps in layers, each of which respects every precondition."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import AnyOf, AtLeastOf, Done, Holds, Not, Timing
from ceasefire_model.analyses.sequences import sequence
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import (
    DAY,
    SIGNED,
    but,
    met_by,
    rounds,
    situation,
    small_scenarios,
)
from tests.examples import at_most


class TestSequence:
    def test_the_steps_stand_in_layers_each_with_what_it_waited_for(self):
        gates = [
            but("first", Done("vote"), ~Holds("curfew")),
            but("too", Done("vote"), Done("done")),
            but("then", Holds("calm"), Done("vote"), Timing.BEFORE, None),
        ]
        found = sequence(situation(gates), Holds("calm"), as_of=DAY)
        assert [[step.thing for step in layer] for layer in found.layers] == [
            [Not(Holds("curfew"))],
            [Done("vote")],
            [Holds("calm")],
        ]
        assert [step.waited_for for (step,) in found.layers] == [
            (),
            (Not(Holds("curfew")),),
            (Done("vote"),),
        ]
        assert [len(step.preconditions) for (step,) in found.layers] == [0, 2, 1]
        assert found.deadlocks is None

    def test_of_alternatives_the_first_reached_is_taken(self):
        gates = [but("g", Done("vote"), ~Holds("curfew"))]
        target = AnyOf([Done("vote"), Holds("calm")]) & ~AnyOf([Holds("curfew"), AnyOf([])])
        found = sequence(situation(gates), target, as_of=DAY)
        assert [{step.thing for step in layer} for layer in found.layers] == [
            {Holds("calm"), Not(Holds("curfew"))}
        ]

    def test_of_several_so_many_are_taken_as_are_needed(self):
        parts = [Done("vote"), Holds("calm"), Done("done")]
        found = sequence(situation(), AtLeastOf(2, parts), as_of=DAY)
        assert [len(layer) for layer in found.layers] == [1]

    def test_what_is_met_already_takes_no_step(self):
        assert sequence(situation(), Done("done"), as_of=DAY).layers == ()

    def test_a_deadlock_forbids_it_and_is_named(self):
        found = sequence(ring(Timing.BEFORE, Timing.BEFORE), Done("a0"), as_of=DAY)
        assert found.layers == ()
        assert len(found.deadlocks) == 1

    def test_too_few_of_several_are_none(self):
        scenario = ring(Timing.BEFORE, Timing.BEFORE)
        target = AtLeastOf(1, [Done("a0"), Done("a1")])
        assert sequence(scenario, target, as_of=DAY).deadlocks is not None

    def test_steps_that_need_each_other_at_once_stand_in_one_layer(self):
        found = sequence(ring(Timing.TOGETHER, Timing.WHILE), Done("a0"), as_of=DAY)
        assert [{step.thing for step in layer} for layer in found.layers] == [
            {Done("a0"), Done("a1")}
        ]


@settings(max_examples=at_most(40), deadline=None)
@given(small_scenarios(), st.sampled_from(SIGNED))
def test_a_sequence_can_be_carried_out_as_it_stands(scenario, target):
    found = sequence(scenario, target, as_of=DAY)
    if found.deadlocks is not None:
        return
    layers = rounds(scenario)
    reached = set(layers[0])
    for layer in found.layers:
        after = reached | {step.thing for step in layer}
        for step in layer:
            for each in step.preconditions:
                before = each.timing is Timing.BEFORE
                assert met_by(each.needs, reached if before else after)
        reached = after
    assert target in reached
