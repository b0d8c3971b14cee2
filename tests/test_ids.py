import pytest
from attrs import fields
from hypothesis import given

from ceasefire_model import ids
from ceasefire_model.errors import ModelError
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party, PartyKind
from ceasefire_model.strategies import ids as names

ONE_OF_EACH = (
    ids.party_id,
    ids.territory_id,
    ids.fact_id,
    ids.source_id,
    ids.statement_id,
    ids.proposal_id,
    ids.provision_id,
    ids.precondition_id,
)


@given(names())
def test_a_record_and_its_id_stand_for_the_same(name):
    party = Party(id=name, name="Arvenia")
    assert ids.id_of(party) == ids.id_of(name) == name
    assert ids.party_ids([party, name]) == (name, name)


@given(names())
def test_every_converter_returns_a_name_as_it_is(name):
    party = Party(id=name, name="Arvenia")
    assert all(convert(name) == convert(party) == name for convert in ONE_OF_EACH)


class TestIdentifier:
    @pytest.mark.parametrize("name", ["a", "1", "A-b_2", "no", "Ä", "зона", "x" * 100])
    def test_letters_digits_underscores_and_hyphens(self, name):
        assert Party(id=name, name="x").id == name

    @pytest.mark.parametrize(
        "name",
        ["", " ", "-a", "a b", "a.b", "a/b", "a\n", "a ", "$", "x" * 101, "’", None, 5, ("a",)],
    )
    def test_anything_else_is_refused(self, name):
        with pytest.raises(ModelError) as error:
            Party(id=name, name="x")
        assert str(error.value).startswith("Party.id must be a short name of letters, digits")
        assert str(error.value).endswith(f"got {name!r}")


class TestIdentifiers:
    def test_none_is_enough(self):
        assert Party(id="a", name="x", members=[]).members == ()

    def test_twice_the_same_is_refused(self):
        with pytest.raises(ModelError, match=r"Party.members must name each id once, got \('b',"):
            Party(id="a", name="x", members=["b", "b"])

    def test_one_that_is_no_name_is_refused(self):
        with pytest.raises(ModelError, match=r"Party\.members must be a short name .* got 'b c'"):
            Party(id="a", name="x", members=["b", "b c"])

    def test_a_lone_text_is_refused_as_it_would_fall_apart(self):
        with pytest.raises(ModelError, match="as a list, not as the one text 'bc'"):
            Party(id="a", name="x", members="bc")


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
            (
                PartyKind,
                "state",
                "Party.name takes PartyKind, got 'state'; write PartyKind('state')",
            ),
            (PartyKind, "stat", "Party.name takes PartyKind, got 'stat'"),
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
            ids.is_a(kind)(Party(id="a", name="x"), fields(Party).name, value)
        assert str(error.value).startswith(message)
        assert ("write" in str(error.value)) is ("write" in message)

    def test_what_is_of_the_kind_passes(self):
        ids.is_a(Moment | str)(Party(id="a", name="x"), fields(Party).name, "x")


class TestNotBlank:
    @pytest.mark.parametrize("text", ["", " ", "\t\n", "\u2003", None, 3])
    def test_what_says_nothing_is_refused(self, text):
        with pytest.raises(ModelError) as error:
            Party(id="a", name=text)
        assert str(error.value) == f"Party.name must be a text, got {text!r}"

    def test_white_space_around_a_text_is_kept(self):
        assert Party(id="a", name=" x ").name == " x "
