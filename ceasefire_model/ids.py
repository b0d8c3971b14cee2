"""Short names of records, one type per kind, and the checks that fields share."""

from __future__ import annotations

import re
from types import UnionType
from typing import TYPE_CHECKING, NewType, Protocol, TypeVar, cast

from ceasefire_model.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
_T = TypeVar("_T")


class Identified(Protocol):
    """Anything that has an id."""

    @property
    def id(self) -> object:
        """Its short name."""
        ...


def identifier(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse an id that is not letters, digits, ``_`` and ``-`` (1 to 100 of them)."""
    _refuse_no_id(instance, attribute, value)


def _refuse_no_id(instance: object, attribute: Attribute[_T], value: object) -> None:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise misfit(
            instance,
            attribute,
            "must be a short name of letters, digits, '_' and '-', "
            f"the first no '-', got {value!r}",
        )


def identifiers(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse a tuple that holds anything but ids, or one of them twice."""
    ids = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
    for item in ids:
        _refuse_no_id(instance, attribute, item)
    if len(set(ids)) < len(ids):
        raise misfit(instance, attribute, f"must name each id once, got {value!r}")


def not_blank(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse a text that is empty or white space alone."""
    if not isinstance(value, str) or not value.strip():
        raise misfit(instance, attribute, f"must be a text, got {value!r}")


def misfit(instance: object, attribute: Attribute[_T], what: str) -> ModelError:
    """Return the error that says what is wrong with a field."""
    return ModelError(what, attribute.name, type(instance).__name__)


def several(items: Iterable[_T]) -> Iterable[_T]:
    """Return several items as they are.

    Raises:
        ModelError: If a lone text is given, which would fall apart into letters.
    """
    if isinstance(items, str):
        raise ModelError(f"several are given as a list, not as the one text {items!r}")
    return items


def id_of(record: str | Identified) -> str:
    """Return the id of a record, or the id itself where one was given."""
    return record if isinstance(record, str) else str(record.id)


def party_id(party: str | Identified) -> PartyId:
    """Return the id of a party."""
    return PartyId(id_of(party))


def party_ids(parties: Iterable[str | Identified]) -> tuple[PartyId, ...]:
    """Return the ids of parties in their order."""
    return tuple(map(party_id, several(parties)))


def territory_id(territory: str | Identified) -> TerritoryId:
    """Return the id of a territory."""
    return TerritoryId(id_of(territory))


def fact_id(fact: str | Identified) -> FactId:
    """Return the id of a fact."""
    return FactId(id_of(fact))


def source_id(source: str | Identified) -> SourceId:
    """Return the id of a source."""
    return SourceId(id_of(source))


def statement_id(statement: str | Identified) -> StatementId:
    """Return the id of a statement."""
    return StatementId(id_of(statement))


def proposal_id(proposal: str | Identified) -> ProposalId:
    """Return the id of a proposal."""
    return ProposalId(id_of(proposal))


def provision_id(provision: str | Identified) -> ProvisionId:
    """Return the id of a provision."""
    return ProvisionId(id_of(provision))


def precondition_id(precondition: str | Identified) -> PreconditionId:
    """Return the id of a precondition."""
    return PreconditionId(id_of(precondition))


def precondition_ids(preconditions: Iterable[str | Identified]) -> tuple[PreconditionId, ...]:
    """Return the ids of preconditions in their order."""
    return tuple(map(precondition_id, several(preconditions)))


def texts(items: Iterable[str]) -> tuple[str, ...]:
    """Return texts in their order."""
    return tuple(several(items))


def is_a(kind: type | UnionType) -> Callable[[object, Attribute[_T], _T], None]:
    """Return a validator that refuses what is not of a kind."""
    kinds: tuple[type, ...] = (kind,) if isinstance(kind, type) else kind.__args__
    names = " or ".join(each.__name__ for each in kinds)

    def validate(instance: object, attribute: Attribute[_T], value: _T) -> None:
        if not isinstance(value, kinds):
            hint = _hint(kinds[0], value)
            raise misfit(instance, attribute, f"takes {names}, got {value!r}{hint}")

    return validate


def _hint(kind: type, value: object) -> str:
    """Say what would be right, where the kind can be made of what was given."""
    if kind is bool or not isinstance(value, str | int):
        return ""
    try:
        kind(value)
    except (TypeError, ValueError):
        return ""
    return f"; write {kind.__name__}({value!r})"


def whole(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what is no whole number; a truth value is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise misfit(instance, attribute, f"must be a whole number, got {value!r}")
