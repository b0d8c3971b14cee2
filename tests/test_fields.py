"""What fields share: a converter reads what it can, and a validator refuses the rest by name."""

import math
from decimal import Decimal

import pytest
from attrs import fields

from ceasefire_model.errors import ModelError
from ceasefire_model.fields import as_many, is_a, plain, refuse_empty, word
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party, PartyKind


def test_a_word_is_read_as_the_member_that_it_stands_for():
    assert word(PartyKind, "state") is word(PartyKind, PartyKind.STATE) is PartyKind.STATE


@pytest.mark.parametrize("given", ["stat", "STATE", None, 3])
def test_what_is_no_word_is_left_for_the_validator(given):
    assert word(PartyKind, given) is given


def test_one_alone_is_the_only_one():
    assert as_many("ab") == ("ab",)
    assert as_many(Decimal(1)) == (Decimal(1),)
    assert as_many(["ab", "c"]) == ("ab", "c")
    assert as_many(each for each in "ab") == ("a", "b")


def test_values_of_numpy_are_read_by_value():
    numpy = pytest.importorskip("numpy")
    for given, value in ((numpy.int64(3), 3), (numpy.bool_(1), True), (numpy.str_("a"), "a")):
        assert plain(given) == value
        assert type(plain(given)) is type(value)
    assert plain(numpy.array(2.5)) == 2.5


def test_all_else_is_left_as_it_is():
    for given in (3, "a", None, Decimal("0.1"), [1]):
        assert plain(given) is given
    numpy = pytest.importorskip("numpy")
    assert isinstance(plain(numpy.array([1, 2])), numpy.ndarray)


def test_what_stands_for_nothing_filled_in_is_refused_by_name():
    pandas = pytest.importorskip("pandas")
    for given, name in ((math.nan, "nan"), (pandas.NaT, "NaT"), (pandas.NA, "<NA>")):
        with pytest.raises(ModelError, match=f"^{name} stands for nothing filled in"):
            refuse_empty(given)
    for given in (None, 0.5, "nan"):
        refuse_empty(given)


class TestIsA:
    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            (
                Moment,
                "2025-03-13",
                "Party.name takes Moment, got '2025-03-13'; write Moment('2025-",
            ),
            (Moment, "soon", "Party.name takes Moment, got 'soon'"),
            (PartyKind, "stat", "Party.name is one of 'state', 'armed group', 'coalition', "),
            (bool, "false", "Party.name takes bool, got 'false'"),
            (bool, 1, "Party.name takes bool, got 1"),
            (Party, "a", "Party.name takes Party, got 'a'"),
            (Moment, None, "Party.name takes Moment, got None"),
            (
                Moment | Party,
                "2025-03",
                "Party.name takes Moment or Party, got '2025-03'; write Mo",
            ),
        ],
    )
    def test_what_is_of_another_kind_is_refused_with_what_would_be_right(
        self, kind, value, message
    ):
        with pytest.raises(ModelError) as error:
            is_a(kind)(Party(id="a", name="x"), fields(Party).name, value)
        assert str(error.value).startswith(message)
        assert ("write" in str(error.value)) is ("write" in message)

    def test_what_is_of_the_kind_passes(self):
        is_a(Moment | str)(Party(id="a", name="x"), fields(Party).name, "x")


class TestNotBlank:
    @pytest.mark.parametrize("text", ["", " ", "\t\n", "\u2003", None, 3])
    def test_what_says_nothing_is_refused(self, text):
        with pytest.raises(ModelError) as error:
            Party(id="a", name=text)
        assert str(error.value).startswith(f"Party.name must be a text, got {text!r}")

    def test_white_space_around_a_text_is_kept(self):
        assert Party(id="a", name=" x ").name == " x "
