"""Statements: who said what, about what, and as reported by whom."""

from __future__ import annotations

from enum import Enum

from attrs import Factory, field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.errors import ModelError
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
    is_a,
    not_blank,
    party_id,
    precondition_id,
    proposal_id,
    provision_id,
    source_id,
    statement_id,
    territory_id,
)
from ceasefire_model.moments import Moment
from ceasefire_model.reprs import dotted


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
    """What a statement is about; each kind of record at most once, and at least one."""

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


@frozen(kw_only=True)
class Statement:
    """Something said, in our own words, with who reports it."""

    id: StatementId = field(converter=StatementId, validator=identifier)
    """Short name, unique within a scenario."""

    speaker: str = field(validator=not_blank)
    """Who spoke, by name or office."""

    party: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    """The party spoken for; none where the speaker speaks for no party."""

    date: Moment = field(validator=is_a(Moment))
    """When it was said."""

    reported: Moment = field(
        default=Factory(lambda self: self.date, takes_self=True),
        validator=is_a(Moment),
    )
    """When it became known; by default ``date``."""

    about: About = field(validator=is_a(About))
    """What it is about."""

    text: str = field(validator=not_blank)
    """A paraphrase."""

    source: SourceId = field(converter=source_id, validator=identifier)
    """Who reports it."""

    reference: str | None = field(default=None, validator=optional(not_blank))
    """Where it can be read."""

    stance: Stance | None = field(default=None, validator=optional(is_a(Stance)))
    """The stance it takes on the proposal or provision it is about."""

    kind: StatementKind | None = field(default=None, validator=optional(is_a(StatementKind)))
    """What it is, where it takes no stance."""

    def __attrs_post_init__(self) -> None:
        """Refuse a statement that is no one thing, and a stance of nobody or on nothing."""
        if (self.stance is None) is (self.kind is None):
            raise ModelError(f"statement {self.id!r} has either a stance or a kind")
        if self.stance is not None and (self.party is None or self.about.text is None):
            raise ModelError(
                f"statement {self.id!r} takes a stance, so it needs the party spoken for "
                "and the proposal or provision it is about"
            )
