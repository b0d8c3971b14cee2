"""The theorems about the four connectives: laws of `judge`, which knows no evidence."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import AllOf, AnyOf, AtLeastOf, Condition, Holds, Not, Verdict, judge

LADDER = (Verdict.PENDING, Verdict.DISPUTED, Verdict.UNKNOWN, Verdict.UNCLEAR)
SETTLED = (Verdict.MET, Verdict.UNMET)


def leaves(count: int) -> list[Holds]:
    return [Holds(f"p{number}") for number in range(count)]


@st.composite
def expressions(draw, over=None, depth=3):
    """Conditions over a list of leaves, which may occur more than once."""
    pool = over or leaves(5)
    kind = draw(st.sampled_from(("leaf", "leaf", "all", "any", "most", "not"))) if depth else "leaf"
    if kind == "leaf":
        return draw(st.sampled_from(pool))
    if kind == "not":
        return Not(draw(expressions(pool, depth - 1)))
    parts = draw(st.lists(expressions(pool, depth - 1), min_size=kind == "most", max_size=3))
    if kind == "most":
        return AtLeastOf(draw(st.integers(1, len(parts))), parts)
    return AllOf(parts) if kind == "all" else AnyOf(parts)


@st.composite
def read_once_expressions(draw, over=None, depth=3):
    """Conditions in which no leaf occurs twice."""
    pool = over or leaves(6)
    kind = draw(st.sampled_from(("all", "any", "most", "not"))) if depth else "leaf"
    if kind == "leaf" or len(pool) == 1:
        return pool[0]
    if kind == "not":
        return Not(draw(read_once_expressions(pool, depth - 1)))
    cut = draw(st.integers(1, len(pool) - 1))
    parts = [draw(read_once_expressions(half, depth - 1)) for half in (pool[:cut], pool[cut:])]
    if kind == "most":
        return AtLeastOf(draw(st.integers(1, 2)), parts)
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def worlds():
    """A verdict for each of the leaves."""
    return st.fixed_dictionaries({leaf: st.sampled_from(Verdict) for leaf in leaves(6)})


def settlements(world, rungs):
    """Every way to settle the leaves that stand on these rungs of the ladder."""
    chosen = [leaf for leaf, verdict in world.items() if verdict in rungs]
    for outcome in product(SETTLED, repeat=len(chosen)):
        yield world | dict(zip(chosen, outcome, strict=True))


def judged(condition: Condition, world) -> Verdict:
    return judge(condition, world.__getitem__)


@given(expressions(), worlds())
def test_settling_open_leaves_never_overturns_a_settled_verdict(condition, world):
    verdict = judged(condition, world)
    if verdict.is_settled:
        assert {judged(condition, after) for after in settlements(world, LADDER)} == {verdict}


@given(expressions(), worlds())
def test_settling_the_rungs_up_to_a_verdict_settles_it(condition, world):
    verdict = judged(condition, world)
    if verdict in LADDER[:3]:
        rungs = LADDER[: LADDER.index(verdict) + 1]
        assert all(judged(condition, after).is_settled for after in settlements(world, rungs))


@given(read_once_expressions(), worlds())
def test_without_repetition_an_open_verdict_can_still_go_either_way(condition, world):
    if judged(condition, world).is_open:
        found = {judged(condition, after) for after in settlements(world, LADDER)}
        assert found == set(SETTLED)


@given(read_once_expressions(), worlds())
def test_without_repetition_no_lower_rung_would_settle_it(condition, world):
    verdict = judged(condition, world)
    if verdict.is_open:
        lower = LADDER[: LADDER.index(verdict)]
        assert any(judged(condition, after).is_open for after in settlements(world, lower))


@given(expressions(), expressions(), worlds())
def test_de_morgan(one, other, world):
    assert judged(~(one & other), world) is judged(~one | ~other, world)
    assert judged(~(one | other), world) is judged(~one & ~other, world)


@given(expressions(), worlds())
def test_double_negation_idempotence_and_the_empty_parts(condition, world):
    verdict = judged(condition, world)
    assert judged(~~condition, world) is verdict
    assert judged(AllOf([condition, condition]), world) is verdict
    assert judged(AnyOf([condition, condition]), world) is verdict
    assert judged(AllOf([condition, AllOf([])]), world) is verdict
    assert judged(AnyOf([condition, AnyOf([])]), world) is verdict


@given(expressions(), expressions(), expressions(), worlds())
def test_order_and_grouping_do_not_matter(one, two, three, world):
    for kind in (AllOf, AnyOf):
        flat = judged(kind([one, two, three]), world)
        assert judged(kind([three, one, two]), world) is flat
        assert judged(kind([one, kind([two, three])]), world) is flat


def collapsed(verdict: Verdict) -> Verdict:
    return verdict if verdict.is_settled else Verdict.UNKNOWN


@given(expressions(), expressions(), expressions(), worlds())
def test_distributivity_and_absorption_hold_after_the_collapse(one, two, three, world):
    left, right = one & (two | three), AnyOf([AllOf([one, two]), AllOf([one, three])])
    assert collapsed(judged(left, world)) is collapsed(judged(right, world))
    assert collapsed(judged(AllOf([one, AnyOf([one, two])]), world)) is collapsed(
        judged(one, world)
    )


@given(st.lists(st.sampled_from(Verdict), min_size=1, max_size=6))
def test_at_least_one_is_or_and_at_least_all_is_and(verdicts):
    parts = leaves(len(verdicts))
    world = dict(zip(parts, verdicts, strict=True))
    assert judged(AtLeastOf(1, parts), world) is judged(AnyOf(parts), world)
    assert judged(AtLeastOf(len(parts), parts), world) is judged(AllOf(parts), world)


def test_a_repeated_fact_is_sound_and_not_complete():
    fact = Holds("p")
    assert judge(fact | ~fact, lambda _: Verdict.UNKNOWN) is Verdict.UNKNOWN


@pytest.mark.parametrize("verdict", Verdict)
def test_nobody_can_write_if_verdict(verdict):
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(verdict)
