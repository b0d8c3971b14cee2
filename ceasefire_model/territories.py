"""Territories: the places that facts and statements are about.

Who claims a place is a statement and who controls it is a fact; neither is a property of the place.
"""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.ids import TerritoryId, identifier, is_a, not_blank, territory_id
from ceasefire_model.parties import Code, codes_once
from ceasefire_model.reprs import dotted


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


@frozen(kw_only=True)
class Territory:
    """A place, by name; the library ships no borders."""

    id: TerritoryId = field(converter=TerritoryId, validator=identifier)
    """Short name, unique within a scenario."""

    name: str = field(validator=not_blank)
    """Name in common use."""

    kind: TerritoryKind = field(default=TerritoryKind.OTHER, validator=is_a(TerritoryKind))
    """What sort of place it is."""

    within: TerritoryId | None = field(
        default=None, converter=maybe(territory_id), validator=optional(identifier)
    )
    """The territory it lies in, for orientation; asserts nothing about sovereignty."""

    codes: tuple[Code, ...] = field(default=(), converter=tuple[Code, ...], validator=codes_once)
    """Names in the field's lists."""
