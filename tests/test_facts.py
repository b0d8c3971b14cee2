import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model.errors import ModelError
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Number,
    Quantity,
    Question,
    Range,
    State,
    Times,
    Truth,
    number,
    ratio,
    value_of,
)
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
from ceasefire_model.strategies import FACTS, facts, numbers, values
from ceasefire_model.territories import Territory

ANY_VALUE = st.one_of(*map(values, FACTS))


@given(facts())
def test_a_fact_is_a_value(fact):
    assert pickle.loads(pickle.dumps(fact)) == fact  # noqa: S301 - written here
    assert hash(evolve(fact)) == hash(fact)


@given(ANY_VALUE)
def test_what_a_fact_is_can_be_kept_and_found_again(value):
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - written here
    assert value_of(value) is value
    assert {value: 1}[evolve(value)] == 1


@given(ANY_VALUE, ANY_VALUE)
def test_values_of_two_classes_are_never_equal(one, other):
    assert (one == other) <= (type(one) is type(other))


@given(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)))
def test_a_float_counts_as_it_is_written(value):
    assert number(value) == Decimal(repr(value))
    assert float(number(value)) == value


@given(numbers() | st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_exact_number_stays_what_it_is(value):
    assert number(value) == value
    assert number(number(value)) == number(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.integers(1, 20))
def test_the_precision_that_the_caller_has_set_does_not_matter(value, precision):
    def outcome():
        try:
            return number(value)
        except ModelError as error:
            return str(error)

    usual = outcome()
    with localcontext(prec=precision):
        assert outcome() == usual


@given(st.integers(1, 10**15 - 1), st.integers(1, 10**15 - 1))
def test_a_factor_is_exactly_what_is_written(above, below):
    factor = ratio(f"{above}/{below}")
    assert factor == ratio(Fraction(above, below)) == Fraction(above, below)


@given(numbers().filter(bool))
def test_a_factor_that_a_number_can_be_is_a_number(value):
    assert ratio(value) == value
    assert isinstance(ratio(value), Decimal)


@given(st.integers(0, 10**6), st.sampled_from([1, 2, 4, 5, 1000]))
def test_a_fraction_that_a_number_can_be_is_a_number(above, below):
    assert ratio(f"{above}/{below}") == Decimal(above) / below
    assert isinstance(ratio(f"{above}/{below}"), Decimal)


@pytest.mark.parametrize(
    "value", ["1/0", "1", "-1/3", "1/3/4", "0.5/2", "a/b", "1/1000000000000000"]
)
def test_a_factor_that_is_no_fraction_of_whole_numbers_is_refused(value):
    with pytest.raises(ModelError, match="'1/3'"):
        ratio(value)


class TestNumber:
    def test_seven_tenths(self):
        assert number(0.7) == Decimal("0.7")

    @pytest.mark.parametrize("zero", [0, 0.0, -0.0, Decimal("-0"), Decimal("0E+99")])
    def test_there_is_one_zero(self, zero):
        assert str(number(zero)) == "0"

    @pytest.mark.parametrize(
        "value",
        [999999999999999, Decimal("0.999999999999999"), 10**15, 1e15, 1e-15, Decimal("1E-15")],
    )
    def test_fifteen_digits_and_fifteen_places(self, value):
        assert number(value) == Decimal(repr(value) if isinstance(value, float) else value)

    def test_zeros_at_the_end_are_no_digits(self):
        assert number(Decimal("1.50000000000000000000")) == Decimal("1.5")

    @pytest.mark.parametrize(
        "value",
        [
            1000000000000001,
            0.1234567890123456,
            Decimal("1.000000000000001"),
            10**16,
            1e16,
            1e-16,
            5e-324,
        ],
    )
    def test_the_sixteenth_is_refused(self, value):
        with pytest.raises(ModelError) as error:
            number(value)
        assert str(error.value) == (
            f"a number has at most 15 digits and lies within 1e±15, got {value!r}"
        )

    @pytest.mark.parametrize("value", [Decimal("nan"), float("inf"), Decimal("-Infinity")])
    def test_what_is_not_finite_is_refused(self, value):
        with pytest.raises(ModelError, match="a number must be finite, got"):
            number(value)

    def test_a_signalling_nan_is_refused_without_its_signal(self):
        with pytest.raises(ModelError, match="a number must be finite, got"):
            number(Decimal("sNaN"))

    @pytest.mark.parametrize("value", [True, False, "7", None, 1j, [7]])
    def test_what_is_no_number_is_refused(self, value):
        with pytest.raises(ModelError) as error:
            number(value)
        assert str(error.value).startswith(f"a number is needed, got {value!r}")

    def test_a_percentage_is_one(self):
        assert number("70 %") == number("70.0 %") == Decimal("0.7")
        with pytest.raises(ModelError, match=r"a number is needed, got '70%'; write 12000, 0.7 or"):
            number("70%")

    def test_numbers_of_numpy_are_read_as_they_are_written(self):
        numpy = pytest.importorskip("numpy")
        assert number(numpy.int64(7)) == 7
        assert number(numpy.float64(0.7)) == number(numpy.float64("0.7")) == Decimal("0.7")

    def test_a_kind_of_float_that_is_written_otherwise(self):
        class Scalar(float):
            def __repr__(self):
                return f"Scalar({float(self)})"

        assert number(Scalar(0.7)) == Decimal("0.7")


class TestValueOf:
    def test_one_and_true_differ(self):
        assert (value_of(1), value_of(True)) == (Number(1), Truth(True))
        assert value_of(1) != value_of(True)
        assert len({value_of(0), value_of(False), value_of(0.0)}) == 2

    @pytest.mark.parametrize(("text", "meant"), [("yes", True), (" No ", False), ("TRUE", True)])
    def test_a_truth_value_is_no_text(self, text, meant):
        with pytest.raises(ModelError, match=f"^a value is needed, got '{text}'; write {meant}$"):
            value_of(text)

    def test_any_other_text_is_a_number_or_no_value(self):
        with pytest.raises(ModelError, match=r"^a number is needed, got 'many'"):
            value_of("many")


class TestTruth:
    @pytest.mark.parametrize("value", [1, "true", None])
    def test_it_is_true_or_false(self, value):
        with pytest.raises(ModelError, match=rf"Truth\.value takes bool, got {value!r}$"):
            Truth(value)


class TestRange:
    def test_nearly_a_fifth(self):
        share = Range(0.17, 0.20)
        assert (share.low, share.high) == (Decimal("0.17"), Decimal("0.2"))

    def test_one_bound_is_enough(self):
        assert Range(2000000, None).high is None
        assert Range(None, 0).low is None

    def test_without_a_bound_it_says_nothing(self):
        with pytest.raises(ModelError, match=r"needs a low or a high bound; or is it CannotSay\("):
            Range(None, None)

    @pytest.mark.parametrize(("low", "high"), [(2, 1), (0.2, 0.2), (0, 0)])
    def test_it_runs_from_low_to_high(self, low, high):
        with pytest.raises(ModelError) as error:
            Range(low, high)
        assert str(error.value).startswith(f"a range runs from low to high, got {low} to {high}")

    def test_its_bounds_are_numbers(self):
        with pytest.raises(ModelError, match="a number is needed, got True"):
            Range(True, 2)


class TestCannotSay:
    def test_all_of_them_are_the_same(self):
        assert len({CannotSay(), CannotSay()}) == 1


class TestInWhosePowerItLies:
    def test_by_takes_parties_and_ids(self):
        arvenia = Party(id="arvenia", name="Arvenia")
        for fact in (
            State(id="x", text="x", by=[arvenia, "belmora"]),
            Act(id="x", text="x", by=[arvenia, "belmora"]),
            Quantity(id="x", text="x", unit="u", by=[arvenia, "belmora"]),
            Control(id="x", text="x", party="a", territory="t", by=[arvenia, "belmora"]),
        ):
            assert fact.by == ("arvenia", "belmora")

    def test_a_question_lies_in_the_power_of_those_who_were_asked(self):
        asked = Moment("2025-03-01")
        question = Question(id="x", text="who?", asked_by="a", asked=asked, asked_of=["b", "c"])
        assert question.by == ("b", "c")


class TestFacts:
    def test_a_quantity_has_a_unit_and_may_be_a_rate(self):
        assert Quantity(id="x", text="x", unit="trucks", per="day").per == "day"
        with pytest.raises(ModelError, match=r"Quantity\.unit must be a text, got ''"):
            Quantity(id="x", text="x", unit="")
        with pytest.raises(ModelError, match=r"Quantity\.per must be a text, got ' '"):
            Quantity(id="x", text="x", unit="trucks", per=" ")

    def test_a_quantity_may_count_from_the_start(self):
        assert Quantity(id="freed", text="freed", unit="persons", cumulative=True).cumulative
        with pytest.raises(ModelError, match="cumulative takes bool"):
            Quantity(id="freed", text="freed", unit="persons", cumulative=1)

    def test_a_share_is_of_a_territory(self):
        valley = Territory(id="valley", name="The Valley")
        assert Control(id="x", text="x", party="a", territory=valley).territory == "valley"

    def test_a_question_is_asked_at_a_time(self):
        asked = Question(id="x", text="x", asked_by="a", asked="2025-03-01").asked
        assert asked == Moment("2025-03-01")
        with pytest.raises(ModelError, match=r"Question\.asked cannot be read: no time"):
            Question(id="x", text="x", asked_by="a", asked="soon")

    def test_two_kinds_with_the_same_words_differ(self):
        assert State(id="x", text="x") != Act(id="x", text="x")


def test_a_fraction_has_so_many_digits_and_no_more():
    with pytest.raises(ModelError, match="digits on either side"):
        Times(Fraction(10**60 + 1, 3), "n")
