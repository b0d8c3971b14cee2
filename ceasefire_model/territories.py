"""Territories: the places that facts and statements are about.

Who claims a place is a statement and who controls it is a fact; neither is a property of the place.
"""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.fields import is_a, not_blank, word
from ceasefire_model.ids import TerritoryId, identifier, territory_id
from ceasefire_model.parties import Code, codes_of, codes_once
from ceasefire_model.reprs import dotted, spelled


class TerritoryKind(Enum):
    """What sort of place a territory is."""

    COUNTRY = "country"
    REGION = "region"
    AREA = "area"
    SETTLEMENT = "settlement"
    LINE = "line"
    ZONE = "zone"
    CORRIDOR = "corridor"
    FACILITY = "facility"
    OTHER = "other"

    __repr__ = dotted


def territory_kind(value: TerritoryKind | str) -> TerritoryKind:
    """Read a kind of territory, as the converter of a field."""
    return word(TerritoryKind, value)


@frozen(kw_only=True)
class Territory:
    """A place, by name; the library ships no borders.

    Attributes:
        id: Short name, unique within a scenario.
        name: Name in common use.
        kind: What sort of place it is.
        within: The territory it lies in, for orientation; asserts nothing about sovereignty.
        codes: Names in the field's lists.
    """

    __repr__ = spelled

    id: TerritoryId = field(converter=TerritoryId, validator=identifier)
    name: str = field(validator=not_blank)
    kind: TerritoryKind = field(
        default=TerritoryKind.OTHER, converter=territory_kind, validator=is_a(TerritoryKind)
    )
    within: TerritoryId | None = field(
        default=None, converter=maybe(territory_id), validator=optional(identifier)
    )
    codes: tuple[Code, ...] = field(default=(), converter=codes_of, validator=codes_once)
