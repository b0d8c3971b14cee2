"""Evidence: who reports what about a fact, and whom one chooses to hear."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import Factory, field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.facts import Value, as_value
from ceasefire_model.fields import is_a, is_read, misfit, not_blank, whole, word
from ceasefire_model.ids import (
    FactId,
    ObservationId,
    PartyId,
    SourceId,
    fact_id,
    identifier,
    ids_of,
    party_id,
    source_id,
)
from ceasefire_model.moments import Moment, time_of
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from attrs import Attribute

    from ceasefire_model.ids import Name


_T = TypeVar("_T")


class Reliability(Enum):
    """How far a source has proved reliable, by the Admiralty code (NATO STANAG 2511)."""

    A = "A"
    """Completely reliable."""

    B = "B"
    """Usually reliable."""

    C = "C"
    """Fairly reliable."""

    D = "D"
    """Not usually reliable."""

    E = "E"
    """Unreliable."""

    F = "F"
    """Cannot be judged, which is not the worst."""

    __repr__ = dotted


class Credibility(IntEnum):
    """How far a single report is confirmed, by the Admiralty code (NATO STANAG 2511)."""

    CONFIRMED = 1
    PROBABLY_TRUE = 2
    POSSIBLY_TRUE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    CANNOT_BE_JUDGED = 6

    __repr__ = dotted


class SourceKind(Enum):
    """What sort of source speaks."""

    NEWS = "news"
    OFFICIAL = "official"
    MONITOR = "monitor"
    ORGANISATION = "organisation"
    RESEARCH = "research"
    DOCUMENT = "document"
    OTHER = "other"

    __repr__ = dotted


def source_kind(value: SourceKind | str) -> SourceKind:
    """Read a kind of source, as the converter of a field."""
    return word(SourceKind, value)


def reliability_of(value: Reliability | str) -> Reliability:
    """Read a reliability, as the converter of a field."""
    return word(Reliability, value)


def credibility_of(value: Credibility | int) -> Credibility:
    """Read a credibility, as the converter of a field."""
    return word(Credibility, value)


@frozen(kw_only=True)
class Source:
    """Someone whose reports the scenario holds.

    Attributes:
        id: Short name, unique within a scenario.
        name: Who it is, as one would cite it.
        kind: What sort of source it is.
        party: The party it speaks for, if any.
        reliability: How far it has proved reliable.
    """

    __repr__ = spelled

    id: SourceId = field(converter=SourceId, validator=identifier)
    name: str = field(validator=not_blank)
    kind: SourceKind = field(
        default=SourceKind.OTHER, converter=source_kind, validator=is_a(SourceKind)
    )
    party: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    reliability: Reliability = field(
        default=Reliability.F, converter=reliability_of, validator=is_a(Reliability)
    )

    @property
    def is_observer(self) -> bool:
        """Whether it speaks for no party; so does a monitor, for whomever it works."""
        return self.party is None or self.kind is SourceKind.MONITOR


@frozen(kw_only=True)
class Observation:
    """What one source reports about one fact.

    Attributes:
        fact: The fact it is about.
        value: What the source says of it.
        source: Who says so.
        since: From when on it is said to be true.
        until: When it ended, and only where the source says that it ended.
        reported: When it was said; by default ``since``.
        credibility: How far this report is confirmed.
        note: What a reader should know about it: an inference, a rounding.
        reference: Where it can be read: a page, a paragraph, a link.
        id: Short name, needed only where another observation corrects it.
        corrects: The earlier observation of the same source on the same fact that this one takes
            back.
    """

    __repr__ = spelled

    fact: FactId = field(converter=fact_id, validator=identifier)
    value: Value = field(converter=as_value, validator=is_read)
    source: SourceId = field(converter=source_id, validator=identifier)
    since: Moment = field(converter=time_of, validator=is_read)
    until: Moment | None = field(default=None, converter=maybe(time_of), validator=is_read)
    reported: Moment = field(
        default=Factory(lambda self: self.since, takes_self=True),
        converter=time_of,
        validator=is_read,
    )
    credibility: Credibility | None = field(
        default=None, converter=maybe(credibility_of), validator=optional(is_a(Credibility))
    )
    note: str | None = field(default=None, validator=optional(not_blank))
    reference: str | None = field(default=None, validator=optional(not_blank))
    id: ObservationId | None = field(default=None, validator=optional(identifier))
    corrects: ObservationId | None = field(default=None, validator=optional(identifier))


def _names(sources: Name | Iterable[Name]) -> frozenset[SourceId]:
    """Return the ids of sources as a set, or as they are where one is none."""
    names = ids_of(sources)
    are_names = all(isinstance(name, str) for name in names)
    return frozenset(map(SourceId, names)) if are_names else cast("frozenset[SourceId]", names)


def _are_names(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse sources of which one is neither a record nor a text."""
    if not isinstance(value, frozenset):
        raise misfit(instance, attribute, f"takes ids of sources, got {shortened(value)}")


_OLDEST = 36_525
"""How many days old a report may be: a hundred years, as long as any delay."""


@frozen(kw_only=True)
class Trust:
    """Whom one chooses to hear; by default every source.

    Attributes:
        only: Hear only these sources.
        without: Do not hear these sources.
        party: Hear only sources that speak for this party, and documents, which are common ground;
            read vague demands as it does.
        within_days: Hear nothing reported longer ago than this, 0 to 36,525; an act reported done
            does not age.
        credibility: Hear nothing less credible than this, nor what has no credibility given.
        most_reliable: Per fact and instant, hear only the most reliable of the words that are not
            overtaken, spoken or carried (F if nobody else).
    """

    __repr__ = spelled

    only: frozenset[SourceId] | None = field(
        default=None, converter=maybe(_names), validator=optional(_are_names)
    )
    without: frozenset[SourceId] = field(
        default=frozenset[SourceId](), converter=_names, validator=_are_names
    )
    party: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )
    within_days: int | None = field(default=None, validator=optional(whole))
    credibility: Credibility | None = field(
        default=None, converter=maybe(credibility_of), validator=optional(is_a(Credibility))
    )
    most_reliable: bool = field(default=False, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        """Refuse a negative span of days, and one of more than a hundred years."""
        if self.within_days is not None and not 0 <= self.within_days <= _OLDEST:
            raise ModelError(
                f"must be 0 to {_OLDEST} days, got {shortened(self.within_days)}; "
                "leave it out to hear reports of any age",
                "within_days",
                "Trust",
            )

    @staticmethod
    def of_party(party: Name) -> Trust:
        """Show the case through one party's eyes: the sources that speak for it, and documents."""
        return Trust(party=party)

    def hears(self, source: Source) -> bool:
        """Whether this source is heard at all."""
        return (
            (self.only is None or source.id in self.only)
            and source.id not in self.without
            and (
                self.party is None
                or source.party == self.party
                or source.kind is SourceKind.DOCUMENT
            )
        )
