"""The solver: what its own functions promise, apart from any analysis."""

from __future__ import annotations

import sys
from itertools import combinations
from time import monotonic

import clingo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import AtLeast, Done, InForce, MissingExtraError
from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.packages import packages
from ceasefire_model.analyses.solver import Translation, _answers, minimal_sets
from tests.analyses.test_deadlocks import ring, smallest
from tests.analyses.test_reachability import DAY, PLAN, Timing, but, needs, powerset, situation
from tests.examples import at_most


@settings(max_examples=at_most(40), deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 5), max_size=4), max_size=5))
def test_minimal_sets_are_all_the_smallest_that_are_enough(enough):
    def is_enough(items):
        return any(one <= items for one in enough)

    assert set(minimal_sets(6, is_enough)) == smallest(enough)


@settings(max_examples=at_most(40), deadline=None)
@given(
    st.lists(st.frozensets(st.integers(0, 4), max_size=3), max_size=4),
    st.sets(st.sampled_from(list(combinations(range(5), 2))), max_size=3),
)
def test_rivals_are_never_taken_together(enough, rivals):
    def is_enough(items):
        return any(one <= items for one in enough)

    allowed = [
        frozenset(items)
        for items in powerset(range(5))
        if is_enough(frozenset(items)) and not any({*pair} <= {*items} for pair in rivals)
    ]
    assert set(minimal_sets(5, is_enough, rivals)) == smallest(allowed)


@given(needs())
def test_a_condition_is_written_once(condition):
    translation = Translation()
    assert translation.node(condition) == translation.node(condition)
    assert len(translation.facts) == len(set(translation.facts))


def test_a_precondition_that_locks_alone_writes_nothing_aside(capfd):
    more = AtLeast("troops", 60)
    found = deadlocks(situation([but("c", AtLeast("troops", 50), more)]), as_of=DAY, target=more)
    assert len(found) == 1
    assert capfd.readouterr() == ("", "")


def test_a_search_ends_when_its_time_is_over_though_nothing_is_found():
    """Ten pigeons in nine holes take seconds to refute."""
    control = clingo.Control()
    control.add("1 { in(P, 1..9) } 1 :- P = 1..10. :- in(P, H), in(Q, H), P < Q.")
    control.ground()
    with pytest.raises(TimeoutError):
        next(_answers(control, monotonic() + 0.05))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: deadlocks(ring(Timing.BEFORE, Timing.BEFORE), as_of=DAY),
        lambda: contradictions(situation([but("c", Done("vote"), Done("done"))]), as_of=DAY),
        lambda: packages(situation(), InForce(PLAN), as_of=DAY),
    ],
)
def test_without_clingo_an_analysis_says_what_to_install(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "clingo", None)
    with pytest.raises(MissingExtraError, match=r"'\.\[analysis\]'"):
        ask()
