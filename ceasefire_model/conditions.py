"""Conditions: what is demanded, as statements about facts, acceptances and texts.

Every condition is a frozen, hashable value; ``&``, ``|`` and ``~`` combine them:

>>> Holds("martial-law") & ~Done("election")
AllOf(parts=(Holds(state='martial-law'), Not(part=Done(act='election'))))
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar, assert_never, cast, final

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import deep_iterable, optional

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.facts import Act, Control, Quantity, Question, State, Times, number_of
from ceasefire_model.fields import Unread, as_many, is_a, is_read, misfit, not_blank, whole
from ceasefire_model.ids import (
    FactId,
    MeaningId,
    PartyId,
    ProposalId,
    ProvisionId,
    VagueId,
    fact_id,
    id_of,
    identifier,
    identifiers,
    party_id,
    party_ids,
    provision_id,
)
from ceasefire_model.moments import Delay, Moment, Time, delay_of, time_of
from ceasefire_model.reprs import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from attrs import Attribute

    from ceasefire_model.ids import Name

_T = TypeVar("_T")

MAX_DEPTH = 64
"""How deep conditions may nest; chains through ids may be of any length."""


class _Combinable:
    """Gives conditions ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        """Refuse to be true or false: ``and``, ``or`` and ``not`` would silently lose a part."""
        raise TypeError(
            "a condition is neither true nor false; combine conditions with &, | and ~ "
            "instead of 'and', 'or' and 'not', and judge one with evaluate"
        )

    def __and__(self, other: Condition) -> AllOf:
        """Require both, as one flat conjunction."""
        return AllOf((*_parts(cast("Condition", self), AllOf), *_parts(other, AllOf)))

    def __or__(self, other: Condition) -> AnyOf:
        """Require one of both, as one flat disjunction."""
        return AnyOf((*_parts(cast("Condition", self), AnyOf), *_parts(other, AnyOf)))

    def __invert__(self) -> Not:
        """Require the contrary."""
        return Not(cast("Condition", self))

    def to_mermaid(self) -> str:
        """Draw it as a tree, as Mermaid source; a notebook draws it."""
        from ceasefire_model.display.mermaid import condition_mermaid

        return condition_mermaid(cast("Condition", self))

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.pages.records import condition_html

        return condition_html(cast("Condition", self))


class Observed(_Combinable):
    """A leaf that asks what is reported about a fact."""

    __slots__ = ()


class Derived(_Combinable):
    """A leaf that follows from words, texts and other conditions."""

    __slots__ = ()


class Temporal(_Combinable):
    """A condition about the history so far."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Refuse to nest too deep, and what is fixed by an end."""
        for part in children(cast("Condition", self)):
            _refuse_ended(part)
        _refuse_too_deep(cast("Condition", self))


class _Composite(_Combinable):
    """A condition that is a connective."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Refuse to nest too deep."""
        _refuse_too_deep(cast("Condition", self))


def _amount(value: Decimal | float | str | Times) -> Decimal | Times:
    """Read a threshold as an exact number, or as the multiple that it is."""
    return value if isinstance(value, Times) else number_of(value)


@final
@frozen(cache_hash=True)
class Holds(Observed):
    """A state holds.

    Attributes:
        state: The state.
    """

    __repr__ = spelled

    state: FactId = field(converter=fact_id, validator=identifier)


@final
@frozen(cache_hash=True)
class Done(Observed):
    """An act is done.

    Attributes:
        act: The act.
    """

    __repr__ = spelled

    act: FactId = field(converter=fact_id, validator=identifier)


@final
@frozen(cache_hash=True)
class AtLeast(Observed):
    """A quantity, or a share of a territory, is no less than a number.

    Attributes:
        fact: The quantity, or the share of a territory.
        value: The floor, in the unit of the fact; a share from 0 to 1; or a multiple of another
            fact.
    """

    __repr__ = spelled

    fact: FactId = field(converter=fact_id, validator=identifier)
    value: Decimal | Times = field(converter=_amount, validator=is_read)


@final
@frozen(cache_hash=True)
class AtMost(Observed):
    """A quantity, or a share of a territory, is no more than a number.

    Attributes:
        fact: The quantity, or the share of a territory.
        value: The ceiling, in the unit of the fact; a share from 0 to 1; or a multiple of another
            fact.
    """

    __repr__ = spelled

    fact: FactId = field(converter=fact_id, validator=identifier)
    value: Decimal | Times = field(converter=_amount, validator=is_read)


@final
@frozen(cache_hash=True)
class Answered(Observed):
    """A question is answered.

    Attributes:
        question: The question.
    """

    __repr__ = spelled

    question: FactId = field(converter=fact_id, validator=identifier)


def _text_id(text: Name) -> ProposalId | ProvisionId:
    """Return the id of a proposal or provision, which share one name space."""
    return ProposalId(id_of(text))


@final
@frozen(cache_hash=True)
class Accepts(Derived):
    """A party's latest word on a proposal, or on one provision of it, is acceptance.

    Attributes:
        party: The party whose word is read.
        of: The proposal or provision.
    """

    __repr__ = spelled

    party: PartyId = field(converter=party_id, validator=identifier)
    of: ProposalId | ProvisionId = field(converter=_text_id, validator=identifier)


@final
@frozen(cache_hash=True)
class InForce(Derived):
    """A proposal, or one provision of it, is in force.

    Attributes:
        of: The proposal or provision.
    """

    __repr__ = spelled

    of: ProposalId | ProvisionId = field(converter=_text_id, validator=identifier)


@final
@frozen(cache_hash=True)
class Fulfilled(Derived):
    """What the duties of a provision require is so, for all its obligors or for one of them.

    Attributes:
        provision: The provision.
        by: Only the duties that this party owes, alone or jointly.
    """

    __repr__ = spelled

    provision: ProvisionId = field(converter=provision_id, validator=identifier)
    by: PartyId | None = field(
        default=None, converter=maybe(party_id), validator=optional(identifier)
    )


def acceptance(value: Accepts | str) -> Accepts:
    """Read an acceptance, which may be written ``"party:text"``, as the converter of a field."""
    party, colon, text = value.partition(":") if isinstance(value, str) else ("", "", "")
    return Accepts(party, text) if colon else cast("Accepts", value)


def is_condition(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what is no condition."""
    if not isinstance(value, _Combinable):
        what = f"takes conditions, got {shortened(value)}{_meant(value)}"
        raise misfit(instance, attribute, what)


def _meant(value: object) -> str:
    """Say which condition a fact is probably given for."""
    match value:
        case State(id=name):
            return f"; write Holds({name!r})"
        case Act(id=name):
            return f"; write Done({name!r})"
        case Question(id=name):
            return f"; write Answered({name!r})"
        case Quantity(id=name) | Control(id=name):
            return f"; write AtLeast({name!r}, …) or AtMost({name!r}, …)"
        case str() if ":" in value:
            party, _, text = value.partition(":")
            return f"; write Accepts({party!r}, {text!r})"
        case str():
            return f"; of a state write Holds({value!r}), of an act Done({value!r})"
        case _:
            return ""


def _conditions(parts: Condition | Iterable[Condition]) -> tuple[Condition, ...]:
    """Read parts; one alone needs no list."""
    return as_many(parts)


def demand(value: Condition | Iterable[Condition]) -> Condition:
    """Read a condition, as the converter of a field; of several, all are meant."""
    return AllOf(tuple(value)) if isinstance(value, list | tuple) else cast("Condition", value)


def _meanings(value: Meaning | Iterable[Meaning]) -> tuple[Meaning, ...]:
    """Read meanings; one alone needs no list."""
    return as_many(value)


@frozen(kw_only=True, cache_hash=True)
class Meaning:
    """One reading of a demand whose words allow several.

    Attributes:
        id: Short name, unique within its demand.
        text: What the demand would come to.
        condition: The same as a condition.
        held_by: The parties that read it so.
    """

    __repr__ = spelled

    id: MeaningId = field(converter=MeaningId, validator=identifier)
    text: str = field(validator=not_blank)
    condition: Condition = field(converter=demand, validator=is_condition)
    held_by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)


@frozen(kw_only=True, cache_hash=True)
class Vague(_Combinable):
    """A demand whose words allow several meanings: "the root causes are removed".

    Attributes:
        id: Short name, unique within a scenario.
        text: The demand as a neutral statement.
        meanings: The meanings that somebody has given it.
        complete: Whether these are all the meanings that there can be (then two or more).
    """

    __repr__ = spelled

    id: VagueId = field(converter=VagueId, validator=identifier)
    text: str = field(validator=not_blank)
    meanings: tuple[Meaning, ...] = field(
        default=(),
        converter=_meanings,
        validator=deep_iterable(is_a(Meaning)),
    )
    complete: bool = field(default=False, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        """Refuse meanings with one id, and a complete list of fewer than two."""
        _refuse_too_deep(self)
        ids = [meaning.id for meaning in self.meanings]
        if len(set(ids)) < len(ids):
            raise ModelError(f"meanings of {self.id!r} must have ids of their own, got {ids}")
        if self.complete and len(ids) < 2:  # noqa: PLR2004 - DESIGN: two or more
            raise ModelError(f"the meanings of {self.id!r} cannot be complete with fewer than two")


@frozen(cache_hash=True)
class AllOf(_Composite):
    """Every part is met.

    Attributes:
        parts: The conditions; of none, it is met.
    """

    __repr__ = spelled

    parts: tuple[Condition, ...] = field(
        converter=_conditions, validator=deep_iterable(is_condition)
    )


@frozen(cache_hash=True)
class AnyOf(_Composite):
    """At least one part is met.

    Attributes:
        parts: The conditions; of none, it is unmet.
    """

    __repr__ = spelled

    parts: tuple[Condition, ...] = field(
        converter=_conditions, validator=deep_iterable(is_condition)
    )


@frozen(cache_hash=True)
class AtLeastOf(_Composite):
    """At least so many parts are met.

    Attributes:
        count: How many; 1 to the number of parts.
        parts: The conditions.
    """

    __repr__ = spelled

    count: int = field(validator=whole)
    parts: tuple[Condition, ...] = field(
        converter=_conditions, validator=deep_iterable(is_condition)
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a count that is out of reach or asks for nothing."""
        super().__attrs_post_init__()
        if not 1 <= self.count <= len(self.parts):
            raise ModelError(
                f"must lie between 1 and the {len(self.parts)} parts, got {shortened(self.count)}",
                "count",
                "AtLeastOf",
            )


@frozen(cache_hash=True)
class Not(_Composite):
    """The part is not met.

    Attributes:
        part: What is denied.
    """

    __repr__ = spelled

    part: Condition = field(converter=demand, validator=is_condition)


@frozen(cache_hash=True)
class After:
    """A bound: so long after the first instant at which a condition was met.

    Attributes:
        condition: The event.
        delay: How long after it; days give the whole local day, hours an instant.
    """

    __repr__ = spelled

    condition: Condition = field(converter=demand, validator=is_condition)
    delay: Delay = field(converter=delay_of, validator=is_read)

    def __attrs_post_init__(self) -> None:
        """Refuse an event that is itself fixed by an end."""
        _refuse_ended(self.condition)


Bound: TypeAlias = Moment | After
"""A time that is given, or that follows an event."""


def bound_of(value: Time | After) -> Bound:
    """Read a bound, as the converter of a field."""
    if isinstance(value, After):
        return value
    read: object = time_of(value)
    if isinstance(read, Unread) and _is_length(value):
        after = "so long after an event is After(InForce('plan'), '30 days')"
        return cast("Bound", Unread(f"a time is needed, got {shortened(value)}; {after}"))
    return cast("Bound", read)


def _is_length(value: object) -> bool:
    """Whether it is a length of time, which is no time."""
    return isinstance(value, timedelta) or isinstance(delay_of(cast("str", value)), Delay)


@final
@frozen(cache_hash=True)
class Ever(Temporal):
    """The condition was met at some instant so far.

    Attributes:
        condition: What was so.
    """

    __repr__ = spelled

    condition: Condition = field(converter=demand, validator=is_condition)


@final
@frozen(cache_hash=True)
class By(Temporal):
    """The condition was met at some instant up to a deadline; for what must be punctual.

    Attributes:
        condition: What must have been so in time.
        due: The deadline; a day counts to its end.
    """

    __repr__ = spelled

    condition: Condition = field(converter=demand, validator=is_condition)
    due: Bound = field(converter=bound_of, validator=is_read)


@final
@frozen(cache_hash=True)
class HeldFor(Temporal):
    """The condition was met without a break for so long, up to now.

    Attributes:
        condition: What must have been so all the time.
        duration: How long; more than 0.
    """

    __repr__ = spelled

    condition: Condition = field(converter=demand, validator=is_condition)
    duration: Delay = field(converter=delay_of, validator=is_read)

    def __attrs_post_init__(self) -> None:
        """Refuse to nest too deep, and a duration of nothing."""
        if self.duration.amount == 0:
            raise ModelError("must be more than 0", "duration", "HeldFor")
        super().__attrs_post_init__()


@final
@frozen(cache_hash=True)
class Throughout(Temporal):
    """The condition is met at every instant from a start to an end, or on.

    Attributes:
        condition: What must be so all the time.
        start: From when on; a day counts from its local midnight.
        end: Until when; a day counts to its end; none for ever.
    """

    __repr__ = spelled

    condition: Condition = field(converter=demand, validator=is_condition)
    start: Bound = field(converter=bound_of, validator=is_read)
    end: Bound | None = field(default=None, converter=maybe(bound_of), validator=is_read)


@final
@frozen(cache_hash=True)
class When(Temporal):
    """Once a trigger was met, something must be so.

    Attributes:
        trigger: What sets it off; it need not last.
        then: What must be so from then on.
    """

    __repr__ = spelled

    trigger: Condition = field(converter=demand, validator=is_condition)
    then: Condition = field(converter=demand, validator=is_condition)


History: TypeAlias = Ever | By | HeldFor | Throughout | When
"""Every ``Temporal``."""

ObservedLeaf: TypeAlias = Holds | Done | AtLeast | AtMost | Answered
"""Every ``Observed``."""

DerivedLeaf: TypeAlias = Accepts | InForce | Fulfilled
"""Every ``Derived``."""

Leaf: TypeAlias = ObservedLeaf | DerivedLeaf
"""The conditions that refer to a record."""

Condition: TypeAlias = Leaf | Vague | AllOf | AnyOf | AtLeastOf | Not | History
"""What is demanded."""


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions written directly inside a condition."""
    match condition:
        case Observed() | Derived():
            return ()
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Vague(meanings=meanings):
            return tuple(meaning.condition for meaning in meanings)
        case Ever(condition=inner) | HeldFor(condition=inner):
            return (inner,)
        case By(condition=inner, due=due):
            return (inner, *events_of(due))
        case Throughout(condition=inner, start=start, end=end):
            return (inner, *events_of(start, end))
        case When(trigger=trigger, then=then):
            return (trigger, then)
        case _:
            assert_never(condition)


def events_of(*bounds: Bound | None) -> tuple[Condition, ...]:
    """Return the events that bounds follow."""
    return tuple(bound.condition for bound in bounds if isinstance(bound, After))


def _depth(condition: Condition) -> int:
    return 1 + max(map(_depth, children(condition)), default=0)


def _refuse_too_deep(condition: Condition) -> None:
    """Refuse a condition that nests deeper than ``MAX_DEPTH``; its parts do not."""
    if _depth(condition) > MAX_DEPTH:
        raise ModelError(
            f"a condition nests at most {MAX_DEPTH} deep; refer to a provision by its id instead"
        )


def _refuse_ended(condition: Condition) -> None:
    """Refuse a ``Throughout`` with an end, which is fixed after it, inside a history."""
    for part in walk(condition):
        if isinstance(part, Throughout) and part.end is not None:
            raise ModelError(
                "a Throughout with an end cannot stand inside a temporal condition or a bound; "
                "use HeldFor"
            )


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all that is written inside it, each before what is inside it."""
    yield condition
    for child in children(condition):
        yield from walk(child)


def _parts(condition: Condition, kind: type[AllOf | AnyOf]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, kind) else (condition,)
