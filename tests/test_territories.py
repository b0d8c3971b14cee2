import pickle

import pytest
from attrs import evolve
from hypothesis import given

from ceasefire_model.errors import ModelError
from ceasefire_model.parties import Code
from ceasefire_model.strategies import TERRITORIES, territories
from ceasefire_model.territories import Territory, TerritoryKind


@given(territories(within=TERRITORIES))
def test_a_territory_is_a_value(territory):
    assert pickle.loads(pickle.dumps(territory)) == territory  # noqa: S301 - written here
    assert hash(evolve(territory)) == hash(territory)


class TestTerritory:
    def test_an_id_and_a_name_are_enough(self):
        place = Territory(id="valley", name="The Valley")
        assert (place.kind, place.within, place.codes) == (TerritoryKind.OTHER, None, ())

    def test_where_it_lies_is_given_as_a_territory_or_an_id(self):
        coast = Territory(id="coast", name="The Coast", kind=TerritoryKind.REGION)
        assert Territory(id="valley", name="The Valley", within=coast).within == "coast"
        assert Territory(id="valley", name="The Valley", within="coast").within == "coast"

    def test_one_code_per_scheme(self):
        with pytest.raises(ModelError, match="codes hold one code per scheme"):
            Territory(id="v", name="V", codes=[Code("wikidata", "Q1"), Code("wikidata", "Q2")])

    def test_no_id_of_a_place(self):
        with pytest.raises(ModelError, match=r"Territory\.within must be a short name"):
            Territory(id="valley", name="The Valley", within="")
