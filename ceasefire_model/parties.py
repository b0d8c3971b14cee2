"""Parties: who can accept, act, and speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import field, frozen

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.fields import is_a, is_read, misfit, not_blank, read_or_not, word
from ceasefire_model.ids import PartyId, identifier, identifiers, party_ids
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from attrs import Attribute


@frozen
class Code:
    """A name in somebody else's list, so that records can be joined.

    Attributes:
        scheme: The list: ``iso3166``, ``ucdp``, ``gleditsch-ward``, ``wikidata``.
        code: The entry, as that list writes it.
    """

    __repr__ = spelled

    scheme: str = field(validator=not_blank)
    code: str = field(validator=not_blank)


Codes: TypeAlias = Code | Mapping[str, str] | Iterable[Code | tuple[str, str]]
"""Codes as one writes them in a script: ``{"ucdp": "61"}``."""


def codes_of(codes: Codes) -> tuple[Code, ...]:
    """Read codes by their schemes, as the converter of a field."""
    return read_or_not(_codes, codes)


def _codes(codes: Codes) -> tuple[Code, ...]:
    if isinstance(codes, Code):
        return (codes,)
    items: Iterable[Code | tuple[str, str]] = (
        cast("Mapping[str, str]", codes).items() if isinstance(codes, Mapping) else codes
    )
    try:
        return tuple(item if isinstance(item, Code) else Code(*item) for item in items)
    except TypeError:
        what = f"codes are given by their schemes, got {shortened(cast('object', codes))}"
        raise ModelError(f"{what}; write {{'ucdp': '61'}}") from None


def codes_once(
    instance: object, attribute: Attribute[tuple[Code, ...]], value: tuple[Code, ...]
) -> None:
    """Refuse what could not be read, and two codes of one scheme."""
    is_read(instance, attribute, value)
    schemes = [code.scheme for code in value]
    if len(set(schemes)) < len(schemes):
        raise misfit(instance, attribute, f"hold one code per scheme, got {schemes}")


class PartyKind(Enum):
    """What sort of actor a party is."""

    STATE = "state"
    ARMED_GROUP = "armed group"
    COALITION = "coalition"
    ORGANISATION = "organisation"
    POLITICAL_BODY = "political body"
    OTHER = "other"

    __repr__ = dotted


def party_kind(value: PartyKind | str) -> PartyKind:
    """Read a kind of party, as the converter of a field."""
    return word(PartyKind, value)


@frozen(kw_only=True)
class Party:
    """Someone who can accept a proposal, act on it, or speak about it.

    Attributes:
        id: Short name, unique within a scenario.
        name: Full name, as the party itself writes it.
        kind: What sort of actor it is.
        members: The members of a coalition, which speaks for itself where it has a word of its own.
        codes: Names in the field's lists: ISO 3166, UCDP, Gleditsch-Ward, Wikidata.
    """

    __repr__ = spelled

    id: PartyId = field(converter=PartyId, validator=identifier)
    name: str = field(validator=not_blank)
    kind: PartyKind = field(
        default=PartyKind.OTHER, converter=party_kind, validator=is_a(PartyKind)
    )
    members: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    codes: tuple[Code, ...] = field(default=(), converter=codes_of, validator=codes_once)
