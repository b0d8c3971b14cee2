"""Short names of records, one type per kind, and the checks that they are names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NewType, Protocol, TypeAlias, TypeVar, cast

from ceasefire_model.errors import UnknownIdError, shortened
from ceasefire_model.fields import misfit
from ceasefire_model.visible import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attrs import Attribute

PartyId = NewType("PartyId", str)
TerritoryId = NewType("TerritoryId", str)
FactId = NewType("FactId", str)
SourceId = NewType("SourceId", str)
ObservationId = NewType("ObservationId", str)
StatementId = NewType("StatementId", str)
ProposalId = NewType("ProposalId", str)
ProvisionId = NewType("ProvisionId", str)
PreconditionId = NewType("PreconditionId", str)
VagueId = NewType("VagueId", str)
MeaningId = NewType("MeaningId", str)

_ID = re.compile(r"\w[\w-]{0,99}")
_LONGEST = 100
_T = TypeVar("_T")


class Identified(Protocol):
    """A record that has an id, such as a party or a fact, and may be given in place of it."""

    @property
    def id(self) -> object:
        """Its short name."""
        ...


Name: TypeAlias = str | Identified
"""An id, or the record that has it."""


def identifier(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse an id that is not letters, digits, ``_`` and ``-`` (1 to 100 of them)."""
    _refuse_no_id(instance, attribute, value)


def _refuse_no_id(instance: object, attribute: Attribute[_T], value: object) -> None:
    if not isinstance(value, str) or not (_ID.fullmatch(value) or _has_marks(value)):
        raise misfit(
            instance,
            attribute,
            "must be a short name of letters, digits, '_' and '-', "
            f"the first no '-', got {shortened(value)}{_advice(attribute.name, value)}",
        )


def _has_marks(name: str) -> bool:
    """Whether it is a short name in letters to which marks are set, as in Devanagari or Thai."""
    from unicodedata import category  # takes time, and few names need it

    bare = "".join(letter for letter in name if not category(letter).startswith("M"))
    return name[:1] == bare[:1] and len(name) <= _LONGEST and _ID.fullmatch(bare) is not None


def _is_of_names(sign: str) -> bool:
    return _ID.fullmatch(f"a{sign}") is not None or _has_marks(f"a{sign}")


def _advice(field: str, value: object) -> str:
    """Say what was probably meant by what is no id."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"; write it in quotes: '{shortened(value)}'"
    if not isinstance(value, str):
        return ""
    if "," in value:
        return "; several are given as a list"
    refused = next((sign for sign in value if not _is_of_names(sign)), None)
    return f"; {name_of(refused)} is none of them{_instead(field, value)}" if refused else ""


def _instead(field: str, name: str) -> str:
    """Say what may stand where something has a name that is no short one."""
    short = re.sub(r"[^\w-]+", "-", name).strip("-")
    if not _ID.fullmatch(short):
        return ""
    return f"; write {short!r}" if field == "id" else "; give an id, not a name"


def identifiers(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse a tuple that holds anything but ids, or one of them twice."""
    ids = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
    for item in ids:
        _refuse_no_id(instance, attribute, item)
    if len(set(ids)) < len(ids):
        raise misfit(instance, attribute, f"must name each id once, got {shortened(ids)}")


def id_of(record: Name) -> str:
    """Return the id of a record, or the id itself where one was given."""
    if isinstance(record, str):
        return str(record)
    return cast("str", getattr(record, "id", record))


def ids_of(records: Name | Iterable[Name]) -> tuple[str, ...]:
    """Return the ids of records in their order; one alone needs no list."""
    if isinstance(records, str) or not isinstance(records, Iterable):
        return (id_of(records),)
    return tuple(map(id_of, records))


def looked_up(kind: str, record: Name, table: Mapping[str, _T], among: str = "this scenario") -> _T:
    """Return what a table has under an id, or under that of a record.

    Raises:
        UnknownIdError: If it has nothing under it.
    """
    name: object = id_of(record)
    if isinstance(name, str) and name in table:
        return table[name]
    asked = name if isinstance(name, str) else shortened(name)
    raise UnknownIdError(kind, asked, tuple(table), among)


def party_id(party: Name) -> PartyId:
    """Return the id of a party."""
    return PartyId(id_of(party))


def party_ids(parties: Name | Iterable[Name]) -> tuple[PartyId, ...]:
    """Return the ids of parties in their order."""
    return tuple(map(PartyId, ids_of(parties)))


def territory_id(territory: Name) -> TerritoryId:
    """Return the id of a territory."""
    return TerritoryId(id_of(territory))


def fact_id(fact: Name) -> FactId:
    """Return the id of a fact."""
    return FactId(id_of(fact))


def source_id(source: Name) -> SourceId:
    """Return the id of a source."""
    return SourceId(id_of(source))


def statement_id(statement: Name) -> StatementId:
    """Return the id of a statement."""
    return StatementId(id_of(statement))


def proposal_id(proposal: Name) -> ProposalId:
    """Return the id of a proposal."""
    return ProposalId(id_of(proposal))


def provision_id(provision: Name) -> ProvisionId:
    """Return the id of a provision."""
    return ProvisionId(id_of(provision))


def precondition_id(precondition: Name) -> PreconditionId:
    """Return the id of a precondition."""
    return PreconditionId(id_of(precondition))


def vague_id(vague: Name) -> VagueId:
    """Return the id of a vague demand."""
    return VagueId(id_of(vague))


def meaning_id(meaning: Name) -> MeaningId:
    """Return the id of a meaning."""
    return MeaningId(id_of(meaning))


def precondition_ids(preconditions: Name | Iterable[Name]) -> tuple[PreconditionId, ...]:
    """Return the ids of preconditions in their order."""
    return tuple(map(PreconditionId, ids_of(preconditions)))
