"""Parties: who can accept, act, and speak."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from ceasefire_model.errors import ModelError
from ceasefire_model.ids import PartyId, identifier, identifiers, is_a, not_blank, party_ids
from ceasefire_model.reprs import dotted

if TYPE_CHECKING:
    from attrs import Attribute

_T = TypeVar("_T")


@frozen
class Code:
    """A name in somebody else's list, so that records can be joined."""

    scheme: str = field(validator=not_blank)
    """The list: ``iso3166``, ``ucdp``, ``gleditsch-ward``, ``wikidata``."""

    code: str = field(validator=not_blank)
    """The entry, as that list writes it."""


def codes_once(_instance: object, attribute: Attribute[_T], value: tuple[Code, ...]) -> None:
    """Refuse two codes of one scheme."""
    schemes = [code.scheme for code in value]
    if len(set(schemes)) < len(schemes):
        raise ModelError(f"{attribute.name} hold one code per scheme, got {schemes}")


class PartyKind(Enum):
    """What sort of actor a party is."""

    STATE = "state"
    ARMED_GROUP = "armed group"
    COALITION = "coalition"
    ORGANISATION = "organisation"
    POLITICAL_BODY = "political body"
    OTHER = "other"

    __repr__ = dotted


@frozen(kw_only=True)
class Party:
    """Someone who can accept a proposal, act on it, or speak about it."""

    id: PartyId = field(converter=PartyId, validator=identifier)
    """Short name, unique within a scenario."""

    name: str = field(validator=not_blank)
    """Full name, as the party itself writes it."""

    kind: PartyKind = field(default=PartyKind.OTHER, validator=is_a(PartyKind))
    """What sort of actor it is."""

    members: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """The members of a coalition, which speaks for itself where it has a word of its own."""

    codes: tuple[Code, ...] = field(default=(), converter=tuple[Code, ...], validator=codes_once)
    """Names in the field's lists: ISO 3166, UCDP, Gleditsch-Ward, Wikidata."""
