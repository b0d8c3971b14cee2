import pickle

import pytest
from attrs import evolve
from hypothesis import given

from ceasefire_model.errors import ModelError
from ceasefire_model.parties import Code, Party, PartyKind
from ceasefire_model.strategies import PARTIES, codes, parties, texts


@given(parties(members=PARTIES), texts())
def test_a_party_is_a_value(party, name):
    assert pickle.loads(pickle.dumps(party)) == party  # noqa: S301 - written here
    assert hash(evolve(party)) == hash(party)
    assert evolve(party, name=name).name == name


@given(codes())
def test_a_code_is_a_value(code):
    assert pickle.loads(pickle.dumps(code)) == code  # noqa: S301 - written here
    assert hash(evolve(code)) == hash(code)


class TestParty:
    def test_an_id_and_a_name_are_enough(self):
        party = Party(id="arvenia", name="Arvenia")
        assert (party.kind, party.members, party.codes) == (PartyKind.OTHER, (), ())

    def test_members_are_given_as_parties_or_ids_and_kept_as_ids(self):
        arvenia = Party(id="arvenia", name="Arvenia")
        league = Party(id="league", name="The League", members=iter([arvenia, "belmora"]))
        assert league.members == ("arvenia", "belmora")

    def test_it_cannot_be_changed(self):
        with pytest.raises(AttributeError):
            Party(id="arvenia", name="Arvenia").name = "Belmora"

    def test_a_kind_may_be_a_word(self):
        assert Party(id="arvenia", name="Arvenia", kind="state").kind is PartyKind.STATE
        with pytest.raises(ModelError, match=r"Party\.kind is one of .* did you mean 'state'\?"):
            Party(id="arvenia", name="Arvenia", kind="stat")

    def test_codes_may_be_given_by_their_schemes(self):
        codes = (Code("ucdp", "61"), Code("iso3166", "AV"))
        for each in (codes, {"ucdp": "61", "iso3166": "AV"}, [("ucdp", "61"), codes[1]]):
            assert Party(id="arvenia", name="Arvenia", codes=each).codes == codes
        assert Party(id="arvenia", name="Arvenia", codes=codes[0]).codes == codes[:1]

    @pytest.mark.parametrize(
        ("codes", "what"),
        [
            (
                {"ucdp": 61},
                r"Party\.codes .*Code\.code must be a text, got 61; .* in quotes: '61'",
            ),
            (61, r"Party\.codes cannot be read: .* got 61; write \{'ucdp': '61'\}"),
            ([("ucdp",)], r"Party\.codes cannot be read: codes are given by their schemes"),
        ],
    )
    def test_other_codes_are_refused(self, codes, what):
        with pytest.raises(ModelError, match=what):
            Party(id="arvenia", name="Arvenia", codes=codes)


class TestCode:
    @pytest.mark.parametrize(("scheme", "code"), [("", "AV"), ("iso3166", " "), ("iso3166", 365)])
    def test_both_parts_are_texts(self, scheme, code):
        with pytest.raises(ModelError, match=r"Code\.(scheme|code) must be a text, got"):
            Code(scheme, code)

    def test_several_schemes_each_once(self):
        codes = [Code("ucdp", "365"), Code("wikidata", "365")]
        assert Party(id="arvenia", name="Arvenia", codes=codes).codes == tuple(codes)

    def test_one_scheme_twice_is_refused(self):
        codes = [Code("ucdp", "365"), Code("ucdp", "369")]
        with pytest.raises(ModelError, match=r"codes hold one code per scheme, got \['ucdp', 'u"):
            Party(id="arvenia", name="Arvenia", codes=codes)
