import pytest
from hypothesis import given

from ceasefire_model import ids
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.parties import Party
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
    @pytest.mark.parametrize("name", ["a", "1", "A-b_2", "no", "Ä", "зона", "शांति-1", "x" * 100])
    def test_letters_digits_underscores_and_hyphens(self, name):
        assert Party(id=name, name="x").id == name

    @pytest.mark.parametrize(
        "name",
        [
            "",
            " ",
            "-a",
            "a b",
            "a.b",
            "a/b",
            "a\n",
            "a ",
            "$",
            "x" * 101,
            "\u093eा",
            "शांति ",
            "शा" * 51,
            "’",
            None,
            5,
            ("a",),
        ],
    )
    def test_anything_else_is_refused(self, name):
        with pytest.raises(ModelError) as error:
            Party(id=name, name="x")
        assert str(error.value).startswith("Party.id must be a short name of letters, digits")
        assert f"got {shortened(name)}" in str(error.value)


class TestIdentifiers:
    def test_none_is_enough(self):
        assert Party(id="a", name="x", members=[]).members == ()

    def test_twice_the_same_is_refused(self):
        with pytest.raises(ModelError, match=r"Party.members must name each id once, got \('b',"):
            Party(id="a", name="x", members=["b", "b"])

    def test_one_that_is_no_name_is_refused(self):
        with pytest.raises(ModelError, match=r"Party\.members must be a short name .* got 'b c'"):
            Party(id="a", name="x", members=["b", "b c"])

    def test_one_alone_needs_no_list(self):
        assert Party(id="a", name="x", members="bc").members == ("bc",)
        assert Party(id="a", name="x", members=Party(id="b", name="y")).members == ("b",)

    @pytest.mark.parametrize(
        ("given", "advice"),
        [("b, c", "several are given as a list"), (7, "write it in quotes: '7'")],
    )
    def test_what_is_neither_an_id_nor_several_is_refused_with_advice(self, given, advice):
        with pytest.raises(ModelError, match=advice):
            Party(id="a", name="x", members=given)

    @pytest.mark.parametrize("given", [True, None, 1.5])
    def test_what_is_nothing_like_an_id_is_refused_as_it_is(self, given):
        with pytest.raises(ModelError, match=f"got {given}$"):
            Party(id="a", name="x", members=given)
