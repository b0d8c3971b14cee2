"""The theorems of DESIGN section 2, on verdicts alone and exhaustively.

A *connective* here takes a tuple of verdicts, the leaves. Those of one level are AND, OR and every
AT LEAST; those of two levels put one of them, or its negation, inside another.
"""

import copy
import pickle
from itertools import permutations, product

import pytest

from ceasefire_model.verdicts import (
    CONJUNCTION,
    DISJUNCTION,
    OPEN,
    Verdict,
    conjunction,
    disjunction,
    negation,
    threshold,
)

MET, UNMET = Verdict.MET, Verdict.UNMET
PENDING, DISPUTED = Verdict.PENDING, Verdict.DISPUTED
UNKNOWN, UNCLEAR = Verdict.UNKNOWN, Verdict.UNCLEAR
LADDER = (PENDING, DISPUTED, UNKNOWN, UNCLEAR)


def tuples(*sizes):
    return [leaves for size in sizes for leaves in product(Verdict, repeat=size)]


def at_least(count):
    return lambda verdicts: threshold(count, verdicts)


def one_level(size):
    return [conjunction, disjunction, *(at_least(count) for count in range(1, size + 1))]


def nested(outer, inner):
    """Put the first two leaves into the inner connective and the rest beside it."""
    return lambda leaves: outer((inner(leaves[:2]), *leaves[2:]))


def negated(connective):
    return lambda leaves: negation(connective(leaves))


def connectives(size):
    """Return connectives of so many leaves, of one level and of two."""
    within = [*one_level(2), *map(negated, one_level(2))]
    two = [nested(outer, inner) for outer in one_level(size - 1) for inner in within]
    return [*one_level(size), *(two if size > 2 else [])]


CASES = [
    (connective, leaves)
    for size in (1, 2, 3)
    for connective in connectives(size)
    for leaves in tuples(size)
] + [(connective, leaves) for connective in one_level(4) for leaves in tuples(4)]


def settled(leaves, rungs):
    """Yield every way to settle the leaves whose verdict is on one of these rungs."""
    return product(*((MET, UNMET) if leaf in rungs else (leaf,) for leaf in leaves))


def collapsed(verdict):
    return None if verdict.is_open else verdict


def test_a_settled_verdict_stays_however_the_open_leaves_turn_out():
    for connective, leaves in CASES:
        verdict = connective(leaves)
        if verdict.is_settled:
            assert {connective(world) for world in settled(leaves, LADDER)} == {verdict}, leaves


def test_settling_the_leaves_up_to_its_rung_settles_an_open_verdict():
    for connective, leaves in CASES:
        verdict = connective(leaves)
        if verdict.is_open:
            rungs = LADDER[: LADDER.index(verdict) + 1]
            assert all(connective(world).is_settled for world in settled(leaves, rungs)), leaves


def test_an_open_verdict_can_still_turn_either_way():
    for connective, leaves in CASES:
        if connective(leaves).is_open:
            assert {connective(world) for world in settled(leaves, LADDER)} == {MET, UNMET}, leaves


def test_no_lower_rung_would_settle_an_open_verdict():
    for connective, leaves in CASES:
        verdict = connective(leaves)
        if verdict.is_open:
            lower = LADDER[: LADDER.index(verdict)]
            assert any(connective(world).is_open for world in settled(leaves, lower)), leaves


def test_negation_undoes_itself_and_leaves_the_open_ones():
    for verdict in Verdict:
        assert negation(negation(verdict)) is verdict
        assert (negation(verdict) is verdict) is verdict.is_open


def test_de_morgan():
    for leaves in tuples(0, 1, 2, 3, 4):
        contrary = tuple(map(negation, leaves))
        assert negation(conjunction(leaves)) is disjunction(contrary)
        assert negation(disjunction(leaves)) is conjunction(contrary)


def test_not_at_least_so_many_is_at_least_the_rest_of_the_contraries():
    for leaves in tuples(1, 2, 3, 4):
        contrary = tuple(map(negation, leaves))
        for count in range(1, len(leaves) + 1):
            rest = len(leaves) - count + 1
            assert negation(threshold(count, leaves)) is threshold(rest, contrary)


def test_at_least_all_is_and_and_at_least_one_is_or():
    for leaves in tuples(1, 2, 3, 4):
        assert threshold(len(leaves), leaves) is conjunction(leaves)
        assert threshold(1, leaves) is disjunction(leaves)


def test_the_order_of_the_parts_does_not_matter():
    for leaves in tuples(2, 3):
        for connective in one_level(len(leaves)):
            assert len({connective(order) for order in permutations(leaves)}) == 1


def test_how_the_parts_are_grouped_does_not_matter():
    for leaves in tuples(3, 4):
        for connective in (conjunction, disjunction):
            for cut in range(len(leaves) + 1):
                grouped = (connective(leaves[:cut]), connective(leaves[cut:]))
                assert connective(grouped) is connective(leaves)


def test_repeating_a_part_does_not_matter():
    for verdict in Verdict:
        for times in (1, 2, 3):
            assert conjunction([verdict] * times) is verdict
            assert disjunction([verdict] * times) is verdict


def test_distributing_and_absorbing_change_at_most_how_open_a_verdict_is():
    for one, two, three in tuples(3):
        for inner, outer in ((conjunction, disjunction), (disjunction, conjunction)):
            together = inner((one, outer((two, three))))
            apart = outer((inner((one, two)), inner((one, three))))
            assert collapsed(together) is collapsed(apart)
            assert collapsed(inner((one, outer((one, two))))) is collapsed(one)


def test_a_verdict_is_settled_or_open_and_never_true_or_false():
    for verdict in Verdict:
        assert verdict.is_settled is not verdict.is_open
        with pytest.raises(TypeError, match=f"Verdict.{verdict.name} is neither true nor false"):
            bool(verdict)


def test_a_verdict_is_one_object_and_is_written_as_one_types_it():
    for verdict in Verdict:
        assert pickle.loads(pickle.dumps(verdict)) is copy.deepcopy(verdict) is verdict  # noqa: S301 - written here
        assert eval(repr(verdict)) is verdict  # noqa: S307 - written here
        assert Verdict(verdict.value) is verdict
        assert hash(verdict) == hash(Verdict[verdict.name])


class TestOrders:
    def test_each_holds_every_verdict_once(self):
        assert sorted(map(repr, CONJUNCTION)) == sorted(map(repr, Verdict))
        assert sorted(map(repr, DISJUNCTION)) == sorted(map(repr, Verdict))

    def test_the_open_ones_run_from_the_most_severe_down(self):
        assert tuple(reversed(LADDER)) == OPEN

    def test_and_takes_what_most_forbids_and_or_what_most_allows(self):
        assert (UNMET, *OPEN, MET) == CONJUNCTION
        assert (MET, *OPEN, UNMET) == DISJUNCTION


class TestOfNoParts:
    def test_all_of_nothing_is_met_and_any_of_nothing_unmet(self):
        assert conjunction(()) is MET
        assert disjunction(()) is UNMET


class TestThreshold:
    def test_exactly_enough_are_met(self):
        assert threshold(2, (MET, UNCLEAR, MET)) is MET

    def test_one_too_few_can_still_be_met(self):
        assert threshold(2, (MET, UNMET, UNMET)) is UNMET

    def test_just_enough_are_met_or_open(self):
        assert threshold(2, (MET, UNMET, PENDING)) is PENDING

    def test_of_several_open_ones_the_most_severe_counts(self):
        assert threshold(2, (DISPUTED, UNKNOWN, PENDING)) is UNKNOWN
