"""Statements: who said what, about what, and as reported by whom."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import Factory, field, fields, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.fields import is_a, is_read, misfit, not_blank, word
from ceasefire_model.ids import (
    FactId,
    PartyId,
    PreconditionId,
    ProposalId,
    ProvisionId,
    SourceId,
    StatementId,
    TerritoryId,
    fact_id,
    identifier,
    party_id,
    precondition_id,
    proposal_id,
    provision_id,
    source_id,
    statement_id,
    territory_id,
)
from ceasefire_model.moments import Moment, time_of
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from attrs import Attribute

    from ceasefire_model.ids import Identified, Name

_T = TypeVar("_T")


class Stance(Enum):
    """Where a party says it stands on a text, from the least to the most reserved."""

    ACCEPTS = "accepts"
    ACCEPTS_WITH_CONDITIONS = "accepts with conditions"
    ACCEPTS_IN_PRINCIPLE = "accepts in principle"
    """Agreement with the idea; never acceptance."""

    ASKS_FOR_CLARIFICATION = "asks for clarification"
    UNDECIDED = "undecided"
    REJECTS = "rejects"
    WITHDREW = "withdrew"
    """Took back an earlier acceptance."""

    __repr__ = dotted


class StatementKind(Enum):
    """What a statement is, where it takes no stance on a text."""

    DEMAND = "demand"
    """Asks that something be so."""

    CLAIM = "claim"
    """Says that something is so."""

    FORECAST = "forecast"
    """Says what will or might happen."""

    WARNING = "warning"
    """Says what the speaker would do, should something be or not be so."""

    BELIEF = "belief"
    """Says what another thinks, wants or will do; never counts as that other's stance."""

    OFFER = "offer"
    """Says what the speaker would do."""

    __repr__ = dotted


@frozen(kw_only=True)
class About:
    """What a statement is about; each kind of record at most once, and at least one.

    Attributes:
        proposal: A proposal.
        provision: A provision.
        party: A party.
        territory: A territory.
        fact: The fact.
        statement: A statement.
        precondition: A precondition.
    """

    __repr__ = spelled

    proposal: ProposalId | None = field(
        default=None, converter=maybe(proposal_id), validator=optional(identifier)
    )
    provision: ProvisionId | None = field(
        default=None, converter=maybe(provision_id), validator=optional(identifier)
    )
    party: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    territory: TerritoryId | None = field(
        default=None, converter=maybe(territory_id), validator=optional(identifier)
    )
    fact: FactId | None = field(
        default=None, converter=maybe(fact_id), validator=optional(identifier)
    )
    statement: StatementId | None = field(
        default=None, converter=maybe(statement_id), validator=optional(identifier)
    )
    precondition: PreconditionId | None = field(
        default=None, converter=maybe(precondition_id), validator=optional(identifier)
    )

    @property
    def text(self) -> ProposalId | ProvisionId | None:
        """The proposal or provision, whichever is named."""
        return self.proposal or self.provision

    def __attrs_post_init__(self) -> None:
        """Refuse a statement about nothing, or about two texts at once."""
        if self.proposal and self.provision:
            raise ModelError("a statement is about a proposal or about a provision, not about both")
        records = (self.text, self.party, self.territory, self.fact, self.statement)
        if not any((*records, self.precondition)):
            raise ModelError("a statement is about something: a proposal, a party, a fact, …")


_SLOTS = {
    "Proposal": "proposal",
    "Provision": "provision",
    "Party": "party",
    "Territory": "territory",
    "Statement": "statement",
    "Precondition": "precondition",
    **dict.fromkeys(("State", "Act", "Quantity", "Control", "Question"), "fact"),
}
"""Under which key a statement is about a record, by the name of its class."""


def about_of(value: About | Mapping[str, Name] | Identified) -> About:
    """Read what a statement is about, as the converter of a field.

    Args:
        value: It, a mapping such as ``{"proposal": "plan"}``, or the record itself.
    """
    if isinstance(value, Mapping) and value.keys() <= {each.name for each in fields(About)}:
        return About(**value)
    slot = _SLOTS.get(type(value).__name__)
    return cast("About", value) if slot is None else About(**{slot: cast("Identified", value)})


def _is_about(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what does not say of which kind it is."""
    if not isinstance(value, About):
        name = shortened(value if isinstance(value, str) else "plan")
        what = f"takes About, got {shortened(value)}; write {{'proposal': {name}}}, or the record"
        raise misfit(instance, attribute, what)


def stance_of(value: Stance | str) -> Stance:
    """Read a stance, as the converter of a field."""
    return word(Stance, value)


def statement_kind(value: StatementKind | str) -> StatementKind:
    """Read a kind of statement, as the converter of a field."""
    return word(StatementKind, value)


@frozen(kw_only=True)
class Statement:
    """Something said, in our own words, with who reports it.

    Attributes:
        id: Short name, unique within a scenario.
        speaker: Who spoke, by name or office.
        party: The party spoken for; none where the speaker speaks for no party.
        date: When it was said.
        reported: When it became known; by default ``date``.
        about: What it is about.
        text: A paraphrase.
        source: Who reports it.
        reference: Where it can be read.
        stance: The stance it takes on the proposal or provision it is about.
        kind: What it is, where it takes no stance.
    """

    __repr__ = spelled

    id: StatementId = field(converter=StatementId, validator=identifier)
    speaker: str = field(validator=not_blank)
    party: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    date: Moment = field(converter=time_of, validator=is_read)
    reported: Moment = field(
        default=Factory(lambda self: self.date, takes_self=True),
        converter=time_of,
        validator=is_read,
    )
    about: About = field(converter=about_of, validator=_is_about)
    text: str = field(validator=not_blank)
    source: SourceId = field(converter=source_id, validator=identifier)
    reference: str | None = field(default=None, validator=optional(not_blank))
    stance: Stance | None = field(
        default=None, converter=maybe(stance_of), validator=optional(is_a(Stance))
    )
    kind: StatementKind | None = field(
        default=None, converter=maybe(statement_kind), validator=optional(is_a(StatementKind))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a statement that is no one thing, and a stance of nobody or on nothing."""
        if (self.stance is None) is (self.kind is None):
            raise ModelError(f"statement {self.id!r} has either a stance or a kind")
        if self.stance is not None and (self.party is None or self.about.text is None):
            raise ModelError(
                f"statement {self.id!r} takes a stance, so it needs the party spoken for "
                "and the proposal or provision it is about"
            )
