import pickle
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import and_, or_

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from ceasefire_model.conditions import (
    MAX_DEPTH,
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Derived,
    DerivedLeaf,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    Holds,
    InForce,
    Leaf,
    Meaning,
    Not,
    Observed,
    ObservedLeaf,
    Temporal,
    Throughout,
    Vague,
    When,
    children,
    events_of,
    walk,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Act, Question, State, Times
from ceasefire_model.moments import Moment, days
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Proposal, Provision
from ceasefire_model.strategies import (
    bounds,
    conditions,
    demands,
    histories,
    leaves,
    meanings,
    numbers,
)

DAY = Moment("2025-03-13")
A, B, C = Holds("a"), Done("b"), Answered("c")
FAR = {  # each way to write one condition inside another
    "Not": Not,
    "AllOf": lambda part: AllOf([A, part]),
    "AnyOf": lambda part: AnyOf([part, A]),
    "AtLeastOf": lambda part: AtLeastOf(1, [part]),
    "Vague": lambda part: Vague(
        id="v", text="v", meanings=[Meaning(id="m", text="m", condition=part)]
    ),
    "Ever": Ever,
    "By": lambda part: By(part, DAY),
    "HeldFor": lambda part: HeldFor(part, days(1)),
    "Throughout": lambda part: Throughout(part, DAY),
    "When": lambda part: When(part, A),
    "then": lambda part: When(A, part),
    "due": lambda part: By(A, After(part, days(1))),
    "start": lambda part: Throughout(A, After(part, days(1))),
}


def nested(inside, depth):
    """Return a condition of this depth."""
    return reduce(lambda part, _: inside(part), range(depth - 1), A)


@given(conditions() | histories())
def test_a_condition_is_a_value(condition):
    copy = pickle.loads(pickle.dumps(condition))  # noqa: S301 - written here
    assert copy == evolve(condition) == condition
    assert len({copy, evolve(condition), condition}) == 1


@given(meanings(), demands())
def test_a_demand_and_its_meanings_are_values(meaning, demand):
    for value in (meaning, demand):
        assert pickle.loads(pickle.dumps(value)) == evolve(value) == value  # noqa: S301 - written here
        assert hash(evolve(value)) == hash(value)


@given(st.lists(conditions(), min_size=2, max_size=4))
def test_and_is_one_flat_conjunction(several):
    flat = [
        part
        for condition in several
        for part in (condition.parts if isinstance(condition, AllOf) else (condition,))
    ]
    assert reduce(and_, several) == AllOf(flat)


@given(st.lists(conditions(), min_size=2, max_size=4))
def test_or_is_one_flat_disjunction(several):
    flat = [
        part
        for condition in several
        for part in (condition.parts if isinstance(condition, AnyOf) else (condition,))
    ]
    assert reduce(or_, several) == AnyOf(flat)


@given(conditions(), conditions(), conditions())
def test_how_one_brackets_does_not_matter(one, two, three):
    assert (one & two) & three == one & (two & three)
    assert (one | two) | three == one | (two | three)


@given(conditions() | histories())
def test_no_condition_is_true_or_false(condition):
    for wrong in (lambda: condition and A, lambda: condition or A, lambda: not condition):
        with pytest.raises(TypeError, match=r"combine conditions with &, \| and ~"):
            wrong()


@given(conditions() | histories())
def test_each_condition_that_holds_no_other_is_of_one_named_kind(condition):
    for part in walk(condition):
        assert isinstance(part, Observed | Derived) is isinstance(part, Leaf)
        assert isinstance(part, Observed) is isinstance(part, ObservedLeaf)
        assert isinstance(part, Derived) is isinstance(part, DerivedLeaf)
        assert isinstance(part, Temporal) is isinstance(part, History)


@given(conditions())
def test_a_tilde_negates(condition):
    assert ~condition == Not(condition)


@given(conditions() | histories())
def test_walking_meets_the_condition_first_and_then_every_part_of_it(condition):
    met = list(walk(condition))
    assert met[0] == condition
    assert met[1:] == [part for child in children(condition) for part in walk(child)]


@given(bounds())
def test_a_bound_is_a_value(bound):
    assert pickle.loads(pickle.dumps(bound)) == evolve(bound) == bound  # noqa: S301 - written here
    assert hash(evolve(bound)) == hash(bound)


@given(leaves())
def test_a_leaf_has_nothing_inside(leaf):
    assert children(leaf) == ()
    assert list(walk(leaf)) == [leaf]


def test_a_condition_is_found_again_by_a_process_that_hashes_otherwise():
    condition = (A & ~AtLeast("q", Times(2, "p"))) | Accepts("p", "plan")
    hash(condition)
    program = (
        "import pickle, sys; condition = pickle.loads(sys.stdin.buffer.read());"
        "again = eval(sys.argv[1], vars(__import__('ceasefire_model.conditions').conditions)"
        " | {'Decimal': __import__('decimal').Decimal});"
        "sys.exit(condition not in {again})"
    )
    command = [sys.executable, "-c", program, repr(condition)]
    data = pickle.dumps(condition)
    environment = {"PYTHONHASHSEED": "1", "PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run(command, input=data, env=environment, check=False).returncode == 0


class TestLeaves:
    def test_records_stand_for_their_ids(self):
        truce, arvenia = State(id="truce", text="x"), Party(id="arvenia", name="x")
        plan, clause = Proposal(id="plan", title="x"), Provision(id="plan-1", text="x")
        assert Holds(truce) == Holds("truce")
        assert Accepts(arvenia, plan) == Accepts("arvenia", "plan")
        assert Accepts(arvenia, clause) == Accepts("arvenia", "plan-1")
        assert InForce(plan) == InForce("plan")
        assert Fulfilled(clause, arvenia) == Fulfilled("plan-1", by="arvenia")

    def test_two_kinds_on_one_fact_differ(self):
        assert len({Holds("x"), Done("x"), Answered("x"), InForce("x"), Fulfilled("x")}) == 5
        assert AtLeast("x", 1) != AtMost("x", 1)

    def test_an_id_is_needed(self):
        with pytest.raises(ModelError, match=r"Holds\.state must be a short name .* got ''"):
            Holds("")
        with pytest.raises(ModelError, match=r"Fulfilled\.by must be a short name"):
            Fulfilled("plan-1", "")


class TestThresholds:
    def test_a_number_is_kept_exactly(self):
        assert AtMost("x", 0.7).value == Decimal("0.7")

    def test_equal_numbers_make_equal_conditions(self):
        assert len({AtMost("x", 2), AtMost("x", 2.0), AtMost("x", Decimal("2.00"))}) == 1

    def test_a_share_may_be_written_in_per_cent(self):
        assert AtLeast("x", "70 %") == AtLeast("x", 0.7)

    @pytest.mark.parametrize("value", [True, "2", None])
    def test_anything_else_is_refused(self, value):
        with pytest.raises(ModelError, match=r"AtLeast\.value cannot be read: a number is needed"):
            AtLeast("x", value)
        with pytest.raises(ModelError, match="nan stands for nothing filled in"):
            AtLeast("x", float("nan"))


class TestTimes:
    def test_thirty_for_each(self):
        assert AtLeast("prisoners", Times(30, "hostages")).value == Times(30, "hostages")

    @pytest.mark.parametrize("factor", [0, -1, -0.5])
    def test_no_times_or_less_is_refused(self, factor):
        with pytest.raises(ModelError, match=r"Times\.factor must be greater than 0, got"):
            Times(factor, "hostages")

    def test_the_smallest_factor(self):
        assert Times(1e-15, "hostages").factor == Decimal("1E-15")

    @given(numbers(), numbers())
    def test_it_multiplies_exactly(self, value, factor):
        assume(factor > 0)
        assert Times(factor, "q").of(value) == Fraction(value) * Fraction(factor)
        assert Times("1/3", "q").of(value) == Fraction(value) / 3


class TestComposites:
    def test_of_no_parts(self):
        assert AllOf([]).parts == AnyOf([]).parts == ()

    def test_all_and_any_of_the_same_differ(self):
        assert AllOf([A]) != AnyOf([A])

    def test_parts_may_come_from_anything_that_yields_them(self):
        assert AllOf(iter([A, B])).parts == (A, B)

    @pytest.mark.parametrize("composite", [AllOf, AnyOf, lambda parts: AtLeastOf(1, parts)])
    def test_one_condition_alone_needs_no_list(self, composite):
        assert composite(A) == composite([A])

    @pytest.mark.parametrize("part", ["a", None, 1, [1]])
    def test_a_part_that_is_no_condition_is_refused(self, part):
        for make in (lambda: AllOf([A, part]), lambda: AnyOf([part]), lambda: AtLeastOf(1, [part])):
            with pytest.raises(ModelError, match=r"\.parts takes conditions, got "):
                make()
        with pytest.raises(ModelError, match=r"(Not\.part|AllOf\.parts) takes conditions, got "):
            Not(part)
        with pytest.raises(ModelError, match=r"AllOf\.parts takes conditions, got "):
            A & part


class TestAtLeastOf:
    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_one_to_all(self, count):
        assert AtLeastOf(count, [A, B, C]).count == count

    @pytest.mark.parametrize(("count", "parts"), [(0, [A]), (2, [A]), (-1, [A]), (1, []), (0, [])])
    def test_none_or_more_than_there_are_is_refused(self, count, parts):
        with pytest.raises(ModelError) as error:
            AtLeastOf(count, parts)
        assert str(error.value) == (
            f"AtLeastOf.count must lie between 1 and the {len(parts)} parts, got {count}"
        )

    @pytest.mark.parametrize("count", [True, 1.0, "1"])
    def test_a_count_is_a_whole_number(self, count):
        with pytest.raises(ModelError):
            AtLeastOf(count, [A])


class TestDepth:
    @pytest.mark.parametrize("inside", FAR.values(), ids=FAR)
    def test_sixty_four_deep_is_deep_enough(self, inside):
        assert len(list(walk(nested(inside, MAX_DEPTH)))) >= MAX_DEPTH

    @pytest.mark.parametrize("inside", FAR.values(), ids=FAR)
    def test_sixty_five_is_refused(self, inside):
        with pytest.raises(ModelError, match="nests at most 64 deep; refer to a provision by its"):
            nested(inside, MAX_DEPTH + 1)

    def test_a_long_chain_of_and_is_flat(self):
        assert len(reduce(and_, [A] * 1000).parts) == 1000


class TestVague:
    def test_without_a_meaning(self):
        assert Vague(id="v", text="security").meanings == ()

    def test_several_meanings_may_be_all_there_can_be(self):
        demand = Vague(id="v", text="v", meanings=[reading("m", A), reading("n", B)], complete=True)
        assert children(demand) == (A, B)

    @pytest.mark.parametrize("count", [0, 1])
    def test_fewer_than_two_cannot_be_complete(self, count):
        with pytest.raises(ModelError, match="'v' cannot be complete with fewer than two"):
            Vague(id="v", text="v", meanings=[reading("m", A)][:count], complete=True)

    def test_two_meanings_with_one_id_are_refused(self):
        with pytest.raises(ModelError, match=r"'v' must have ids of their own, got \['m', 'm'\]"):
            Vague(id="v", text="v", meanings=[reading("m", A), reading("m", B)])

    def test_a_meaning_is_a_meaning(self):
        with pytest.raises(ModelError, match=r"Vague\.meanings takes Meaning, got Holds"):
            Vague(id="v", text="v", meanings=[A])

    def test_a_meaning_comes_to_a_condition(self):
        with pytest.raises(ModelError, match=r"Meaning\.condition takes conditions, got 'a'"):
            reading("m", "a")


def reading(name, condition):
    return Meaning(id=name, text=name, condition=condition)


class TestTemporal:
    def test_what_is_inside_counts_the_events_of_its_bounds(self):
        after = After(C, days(1))
        assert children(Ever(A)) == children(HeldFor(A, days(1))) == (A,)
        assert children(By(A, DAY)) == children(Throughout(A, DAY)) == (A,)
        assert children(By(A, after)) == children(Throughout(A, after)) == (A, C)
        assert children(Throughout(A, DAY, after)) == (A, C)
        assert children(Throughout(A, After(B, days(1)), after)) == (A, B, C)
        assert children(When(A, B)) == (A, B)

    def test_events_are_those_of_the_bounds_that_follow_one(self):
        assert events_of(None, DAY, After(A, days(1)), After(B, days(2))) == (A, B)

    def test_they_combine_like_the_others(self):
        assert Ever(A) & By(B, DAY) == AllOf([Ever(A), By(B, DAY)])
        assert ~When(A, B) == Not(When(A, B))

    def test_to_hold_for_no_time_is_refused(self):
        assert HeldFor(A, days(1)).duration == days(1)
        with pytest.raises(ModelError, match=r"HeldFor\.duration must be more than 0"):
            HeldFor(A, days(0))

    def test_a_bound_may_be_written_as_a_text(self):
        assert By(A, "2025-03-13") == By(A, Moment("2025-03-13"))
        assert Throughout(A, DAY, "2025-03-14").end == Moment("2025-03-14")

    @pytest.mark.parametrize("bound", ["soon", None, A])
    def test_a_bound_is_a_time_or_follows_an_event(self, bound):
        with pytest.raises(ModelError, match=r"By\.due cannot be read: no time"):
            By(A, bound)
        with pytest.raises(ModelError, match=r"Throughout\.start cannot be read: no time"):
            Throughout(A, bound)
        if bound is not None:
            with pytest.raises(ModelError, match=r"Throughout\.end cannot be read: no time"):
                Throughout(A, DAY, bound)

    @pytest.mark.parametrize("length", [days(1), "30 days", timedelta(days=30)])
    def test_a_length_of_time_is_no_bound_without_its_event(self, length):
        way = r"so long after an event is After\(InForce\('plan'\), '30 days'\)"
        with pytest.raises(ModelError, match=rf"By\.due .*: a time is needed, got .*; {way}"):
            By(A, length)

    @pytest.mark.parametrize("part", ["a", None, DAY])
    def test_a_history_is_of_a_condition(self, part):
        for make in (
            lambda: Ever(part),
            lambda: By(part, DAY),
            lambda: HeldFor(part, days(1)),
            lambda: Throughout(part, DAY),
            lambda: When(part, A),
            lambda: When(A, part),
            lambda: After(part, days(1)),
        ):
            with pytest.raises(ModelError, match="takes conditions, got"):
                make()

    def test_a_delay_may_be_written_as_a_text_and_is_no_number(self):
        assert After(A, "14 days") == After(A, days(14))
        assert HeldFor(A, "14 days").duration == days(14)
        for make, field in ((After, r"After\.delay"), (HeldFor, r"HeldFor\.duration")):
            with pytest.raises(ModelError, match=f"{field} cannot be read: a length of time is"):
                make(A, 14)

    @pytest.mark.parametrize(
        ("fact", "advice"),
        [
            (State(id="calm", text="calm"), r"write Holds\('calm'\)"),
            (Act(id="vote", text="a vote"), r"write Done\('vote'\)"),
            (Question(id="who", text="who?", asked_by="a", asked=DAY), r"write Answered\('who'\)"),
        ],
    )
    def test_a_fact_is_no_condition_but_there_is_one_for_it(self, fact, advice):
        with pytest.raises(ModelError, match=advice):
            Not(fact)


class TestThroughoutWithAnEnd:
    FIXED = Throughout(A, DAY, Moment("2025-03-14"))

    def test_it_may_stand_beside_and_under_what_is_not_temporal(self):
        assert list(walk(~(self.FIXED & B)))[2] == self.FIXED

    @pytest.mark.parametrize("wrapped", [FIXED, ~FIXED, FIXED | B])
    def test_it_cannot_stand_inside_another_or_in_a_bound(self, wrapped):
        for make in (
            lambda: Ever(wrapped),
            lambda: By(wrapped, DAY),
            lambda: HeldFor(wrapped, days(1)),
            lambda: Throughout(wrapped, DAY),
            lambda: When(wrapped, A),
            lambda: When(A, wrapped),
            lambda: After(wrapped, days(1)),
        ):
            with pytest.raises(ModelError, match=r"with an end cannot stand inside .* use HeldFor"):
                make()

    def test_without_an_end_it_can(self):
        assert Ever(Throughout(A, DAY)).condition == Throughout(A, DAY)
