"""Proposals, what they oblige whom to do, and what parties say must come first."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import deep_iterable, optional

from ceasefire_model.conditions import (
    Bound,
    Condition,
    Leaf,
    Not,
    acceptance,
    bound_of,
    demand,
    is_condition,
)
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.fields import as_many, is_a, is_read, not_blank, texts, word
from ceasefire_model.ids import (
    FactId,
    PartyId,
    PreconditionId,
    ProposalId,
    ProvisionId,
    StatementId,
    fact_id,
    identifier,
    identifiers,
    ids_of,
    party_id,
    party_ids,
    proposal_id,
    statement_id,
)
from ceasefire_model.moments import Moment, time_of
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire_model.ids import Identified


class ProvisionKind(Enum):
    """What a provision does."""

    DUTY = "duty"
    """A step, to be taken once."""

    STANDING_DUTY = "standing duty"
    """To be kept so at every instant of the term."""

    PROHIBITION = "prohibition"
    """Not to be done at any instant of the term."""

    RIGHT = "right"
    """What somebody may do; nobody owes it."""

    DECLARATION = "declaration"
    """What is said to be so; nobody owes it."""

    @property
    def is_standing(self) -> bool:
        """Whether it binds at every instant of the term, so that no date is set for it."""
        return self in {ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION}

    @property
    def is_owed(self) -> bool:
        """Whether somebody owes it, so that it can be fulfilled."""
        return self.is_standing or self is ProvisionKind.DUTY

    __repr__ = dotted


@frozen(kw_only=True)
class Duty:
    """What one obligor owes, or several owe jointly.

    Attributes:
        by: The obligors; several owe it jointly.
        requires: What must be so.
        due: Until when, where that differs from the provision.
    """

    __repr__ = spelled

    by: tuple[PartyId, ...] = field(converter=party_ids, validator=identifiers)
    requires: Condition = field(converter=demand, validator=is_condition)
    due: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)

    def __attrs_post_init__(self) -> None:
        """Refuse a duty of nobody."""
        if not self.by:
            raise ModelError("a duty is owed by somebody; Duty.by must name a party")


def _provision_ids(
    provisions: str | Provision | Iterable[str | Identified],
) -> tuple[ProvisionId, ...]:
    """Return the ids of provisions in their order; one may be given alone."""
    return tuple(map(ProvisionId, ids_of(provisions)))


def provision_kind(value: ProvisionKind | str) -> ProvisionKind:
    """Read what a provision does, as the converter of a field."""
    return word(ProvisionKind, value)


def _duties(value: Duty | Iterable[Duty]) -> tuple[Duty, ...]:
    """Read duties; one alone needs no list."""
    return as_many(value)


@frozen(kw_only=True)
class Provision:
    """One clause of a text.

    Attributes:
        id: Short name, unique among proposals and provisions.
        text: A paraphrase.
        kind: What it does.
        duties: One per obligor that owes it separately; none for a right or a declaration.
        due: Until when a step is to be taken.
        starts: From when on it binds, where that differs from the text.
        ends: When it ceases to bind, where that differs from the text.
        survives: Whether it outlives the text, and ends only by its own ``ends`` or where it is
            replaced.
        verified_by: Who verifies it.
        verified_how: By what means.
        topics: The items of the completeness checklist that it settles.
        replaces: The provisions whose place it takes.
        reference: Where it can be read.
    """

    __repr__ = spelled

    id: ProvisionId = field(converter=ProvisionId, validator=identifier)
    text: str = field(validator=not_blank)
    kind: ProvisionKind = field(
        default=ProvisionKind.DUTY, converter=provision_kind, validator=is_a(ProvisionKind)
    )
    duties: tuple[Duty, ...] = field(
        default=(),
        converter=_duties,
        validator=deep_iterable(is_a(Duty)),
    )
    due: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)
    starts: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)
    ends: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)
    survives: bool = field(default=False, validator=is_a(bool))
    verified_by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    verified_how: str | None = field(default=None, validator=optional(not_blank))
    topics: tuple[str, ...] = field(default=(), converter=texts, validator=deep_iterable(not_blank))
    replaces: tuple[ProvisionId, ...] = field(
        default=(), converter=_provision_ids, validator=identifiers
    )
    reference: str | None = field(default=None, validator=optional(not_blank))

    def duties_of(self, by: str | None) -> tuple[Duty, ...]:
        """Return its duties, or those that one party owes, alone or with others."""
        return tuple(each for each in self.duties if by is None or by in each.by)

    def __attrs_post_init__(self) -> None:
        """Refuse a date of what binds all the time."""
        if self.kind.is_standing and any(
            due is not None for due in (self.due, *(duty.due for duty in self.duties))
        ):
            raise ModelError(
                f"provision {self.id!r} is a {self.kind.value}, which binds at every instant of "
                "its term, so it has no due; write from when on it binds as starts, "
                "or make it a duty if it is a step to be taken once"
            )


class CeasefireClass(Enum):
    """What sort of ceasefire a text says that it is."""

    HUMANITARIAN_PAUSE = "humanitarian pause"
    """The fire ceases for relief, for a while, in one place."""

    CESSATION_OF_HOSTILITIES = "cessation of hostilities"
    """The fire ceases, and little more is arranged."""

    PRELIMINARY = "preliminary ceasefire"
    """The parties arrange besides how it is kept: monitoring, separation of forces."""

    DEFINITIVE = "definitive ceasefire"
    """The parties arrange besides how the forces end: demobilisation, a settlement."""

    __repr__ = dotted


def ceasefire_class(value: CeasefireClass | str) -> CeasefireClass:
    """Read a class of ceasefire, as the converter of a field."""
    return word(CeasefireClass, value)


def _provisions(value: Provision | Iterable[Provision]) -> tuple[Provision, ...]:
    """Read provisions; one alone needs no list."""
    return as_many(value)


@frozen(kw_only=True)
class Proposal:
    """A text that parties can accept: a proposal, or the agreement it became.

    Attributes:
        id: Short name, unique among proposals and provisions.
        title: What it is called.
        by: Who made it.
        to: The addressees, whose acceptance it needs.
        guaranteed_by: Who it names as guarantors; what they owe stands in its provisions.
        text: What it is, in a sentence.
        claims: What sort of ceasefire it says that it is; none where it does not say, or it is no
            such.
        tabled: When it was made; before that the text is not there.
        starts: When it takes effect; none for at once, when all have accepted.
        ends: When it runs out; none for never.
        provisions: Its clauses.
        previous: The version that it takes the place of, once it is in force.
        prolongs: The text whose end it moves: while this one is in force, that one is.
        in_force: The state whose reports decide whether it is in force.
        is_public: Whether all of its text is public and recorded here, so that what is not in it is
            known.
        reference: Where it can be read.
    """

    __repr__ = spelled

    id: ProposalId = field(converter=ProposalId, validator=identifier)
    title: str = field(validator=not_blank)
    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    to: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    guaranteed_by: tuple[PartyId, ...] = field(
        default=(), converter=party_ids, validator=identifiers
    )
    text: str | None = field(default=None, validator=optional(not_blank))
    claims: CeasefireClass | None = field(
        default=None, converter=maybe(ceasefire_class), validator=optional(is_a(CeasefireClass))
    )
    tabled: Moment | None = field(default=None, converter=maybe(time_of), validator=is_read)
    starts: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)
    ends: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)
    provisions: tuple[Provision, ...] = field(
        default=(),
        converter=_provisions,
        validator=deep_iterable(is_a(Provision)),
    )
    previous: ProposalId | None = field(
        default=None, converter=maybe(proposal_id), validator=optional(identifier)
    )
    prolongs: ProposalId | None = field(
        default=None, converter=maybe(proposal_id), validator=optional(identifier)
    )
    in_force: FactId | None = field(
        default=None, converter=maybe(fact_id), validator=optional(identifier)
    )
    is_public: bool = field(default=False, validator=is_a(bool))
    reference: str | None = field(default=None, validator=optional(not_blank))

    def __str__(self) -> str:
        """Write it in plain text."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


class Timing(Enum):
    """How what is needed stands in time to what needs it."""

    BEFORE = "before"
    """First the one, then the other."""

    TOGETHER = "together"
    """Both at once."""

    WHILE = "while"
    """The one must stay true as long as the other is."""

    __repr__ = dotted


class Basis(Enum):
    """Where a precondition comes from."""

    STATED = "stated"
    """Its holder says so."""

    LEGAL = "legal"
    """A law, or the text of an agreement, says so."""

    INFERRED = "inferred"
    """A reporter or an analyst concludes it."""

    __repr__ = dotted


def timing_of(value: Timing | str) -> Timing:
    """Read a timing, as the converter of a field."""
    return word(Timing, value)


def basis_of(value: Basis | str) -> Basis:
    """Read a basis, as the converter of a field."""
    return word(Basis, value)


def _subject(value: Leaf | Not | str) -> Leaf | Not:
    """Read what waits, an acceptance also as ``"party:text"``."""
    return acceptance(value) if isinstance(value, str) else value


@frozen(kw_only=True)
class Precondition:
    """A party holds that one thing needs another: "P holds that X needs Y".

    Attributes:
        id: Short name, unique within a scenario.
        of: X, what waits: a leaf or its negation.
        needs: Y, what it waits for.
        held_by: P, who holds it; none where a reporter infers it.
        timing: How Y stands in time to X.
        basis: Where it comes from.
        text: A paraphrase.
        verified_by: Who is named to say whether what is needed is so.
        statement: Where it was said; it counts from then on.
        withdrawn: When it was taken back.
        reference: Where it can be read.
    """

    __repr__ = spelled

    id: PreconditionId = field(converter=PreconditionId, validator=identifier)
    of: Leaf | Not = field(converter=_subject)
    needs: Condition = field(converter=demand, validator=is_condition)
    held_by: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    timing: Timing = field(default=Timing.BEFORE, converter=timing_of, validator=is_a(Timing))
    basis: Basis = field(default=Basis.STATED, converter=basis_of, validator=is_a(Basis))
    text: str = field(validator=not_blank)
    verified_by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    statement: StatementId | None = field(
        default=None, converter=maybe(statement_id), validator=optional(identifier)
    )
    withdrawn: Moment | None = field(default=None, converter=maybe(time_of), validator=is_read)
    reference: str | None = field(default=None, validator=optional(not_blank))

    def __attrs_post_init__(self) -> None:
        """Refuse a precondition of anything but a leaf, and a stated one that nobody holds."""
        leaf = self.of.part if isinstance(self.of, Not) else self.of
        if not isinstance(leaf, Leaf):
            what = f"{self.id!r} is of a leaf or its negation, got {shortened(self.of)}"
            raise ModelError(f"precondition {what}; write 'A:plan', or InForce('plan')")
        if self.basis is Basis.STATED and self.held_by is None:
            raise ModelError(
                f"precondition {self.id!r} is stated, so somebody holds it: name held_by, "
                "or make its basis legal or inferred"
            )
