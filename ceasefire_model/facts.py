"""Facts: what can be observed, and the values that an observation can give.

A scenario registers facts, and conditions refer to them by id.
What is *reported* about a fact is in :mod:`ceasefire_model.evidence`.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.errors import ModelError
from ceasefire_model.ids import (
    FactId,
    PartyId,
    TerritoryId,
    identifier,
    identifiers,
    is_a,
    not_blank,
    party_id,
    party_ids,
    territory_id,
)
from ceasefire_model.moments import Moment

_DIGITS = 15
"""Significant digits that any JSON reader keeps (RFC 8259, section 6: IEEE 754 doubles)."""
_CONTEXT = Context(prec=1_000_000)
"""Of its own, so that nothing depends on the decimal context of the thread."""
_EXACT = Context(prec=_DIGITS, traps=[Inexact])
"""Divides, and refuses what has more digits than a number."""


def number(value: Decimal | float) -> Decimal:
    """Return a number as an exact decimal; a float counts as it is written.

    Raises:
        ModelError: If it is no number, not finite, or needs more than 15 digits.

    >>> number(0.7)
    Decimal('0.7')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ModelError(f"a number is needed, got {value!r}")
    exact = Decimal(float.__repr__(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ModelError(f"a number must be finite, got {value!r}")
    if exact.is_zero():
        return Decimal(0)
    if len(exact.as_tuple().digits) > _DIGITS or abs(exact.adjusted()) > _DIGITS:
        exact = exact.normalize(_CONTEXT)
    if len(exact.as_tuple().digits) > _DIGITS or abs(exact.adjusted()) > _DIGITS:
        raise ModelError(
            f"a number has at most {_DIGITS} digits and lies within 1e±{_DIGITS}, got {value!r}"
        )
    return exact


_FRACTION = re.compile(r"\d{1,15}/\d{1,15}", re.ASCII)


def ratio(value: Decimal | Fraction | float | str) -> Decimal | Fraction:
    """Return a factor exactly: as a decimal where it is one, else as the fraction that it is.

    Raises:
        ModelError: If it is neither a number nor a fraction of whole numbers, or is out of range.

    >>> ratio("1/3"), ratio("3/4")
    (Fraction(1, 3), Decimal('0.75'))
    """
    if not isinstance(value, str | Fraction):
        return number(value)
    if isinstance(value, str) and (not _FRACTION.fullmatch(value) or not int(value.split("/")[1])):
        raise ModelError(f"a factor is a number or a fraction such as '1/3', got {value!r}")
    exact = Fraction(value)
    if max(len(str(abs(exact.numerator))), len(str(exact.denominator))) > _DIGITS:
        raise ModelError(f"a fraction has at most {_DIGITS} digits on either side, got {value!r}")
    decimal = _as_decimal(exact)
    return exact if decimal is None else decimal


def _as_decimal(exact: Fraction) -> Decimal | None:
    """Return a fraction as a decimal, if it is one that a number can be."""
    try:
        return number(_EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)))
    except (Inexact, ModelError):
        return None


@frozen
class Truth:
    """A value that holds or does not, is done or not, is answered or not."""

    value: bool = field(validator=is_a(bool))


@frozen
class Number:
    """An exact number, in the unit of its fact."""

    value: Decimal = field(converter=number)


@frozen
class Range:
    """A number that lies somewhere between two bounds, both included.

    "Nearly a fifth" is ``Range(0.17, 0.20)``; "at least two million" is ``Range(2000000, None)``.
    """

    low: Decimal | None = field(converter=maybe(number))
    """The least it can be; none where nothing is said."""

    high: Decimal | None = field(converter=maybe(number))
    """The most it can be; none where nothing is said."""

    def __attrs_post_init__(self) -> None:
        """Refuse a range without any bound, or that ends before it starts."""
        if self.low is None and self.high is None:
            raise ModelError("a range needs a low or a high bound; or is it CannotSay()?")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ModelError(
                f"a range runs from low to high, got {self.low} to {self.high}; "
                "one number alone is no range"
            )


@frozen
class CannotSay:
    """The word of a source that speaks on a fact and says that it cannot tell."""


Value: TypeAlias = Truth | Number | Range | CannotSay
"""What an observation can give."""


def value_of(value: Value | bool | Decimal | float) -> Value:  # noqa: FBT001 - no flag
    """Return a plain Python value as the library's own: ``True`` as a truth, ``3`` as a number."""
    match value:
        case Truth() | Number() | Range() | CannotSay():
            return value
        case bool():
            return Truth(value)
        case _:
            return Number(value)


@frozen(kw_only=True)
class State:
    """Something that holds or does not, and may change back: martial law is in force."""

    id: FactId = field(converter=FactId, validator=identifier)
    """Short name, unique among facts."""

    text: str = field(validator=not_blank)
    """The neutral statement that it holds."""

    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """The parties in whose power it lies."""


@frozen(kw_only=True)
class Act:
    """Something done or not; once done it stays done: an election is held."""

    id: FactId = field(converter=FactId, validator=identifier)
    """Short name, unique among facts."""

    text: str = field(validator=not_blank)
    """The neutral statement that it is done."""

    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """The parties in whose power it lies."""


@frozen(kw_only=True)
class Quantity:
    """A number of something: soldiers, aid trucks a day, hostages released so far."""

    id: FactId = field(converter=FactId, validator=identifier)
    """Short name, unique among facts."""

    text: str = field(validator=not_blank)
    """What is counted or measured."""

    unit: str = field(validator=not_blank)
    """The unit: ``soldiers``, ``km``."""

    per: str | None = field(default=None, validator=optional(not_blank))
    """The span of a rate: ``day``."""

    cumulative: bool = field(default=False, validator=is_a(bool))
    """Whether it counts from the start, and so never falls: hostages released so far."""

    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """The parties in whose power it lies."""


@frozen(kw_only=True)
class Control:
    """The share of a territory that a party holds, from 0 to 1."""

    id: FactId = field(converter=FactId, validator=identifier)
    """Short name, unique among facts."""

    text: str = field(validator=not_blank)
    """The neutral name of the share."""

    party: PartyId = field(converter=party_id, validator=identifier)
    """Who holds it."""

    territory: TerritoryId = field(converter=territory_id, validator=identifier)
    """Of what."""

    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """The parties in whose power it lies."""


@frozen(kw_only=True)
class Question:
    """A question that is answered or not; unanswered from when it is asked."""

    id: FactId = field(converter=FactId, validator=identifier)
    """Short name, unique among facts."""

    text: str = field(validator=not_blank)
    """What is asked."""

    asked_by: PartyId = field(converter=party_id, validator=identifier)
    """Who asks."""

    asked: Moment = field(validator=is_a(Moment))
    """When it was first asked."""

    asked_of: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)
    """Who could answer."""

    @property
    def by(self) -> tuple[PartyId, ...]:
        """The parties in whose power it lies: those who were asked."""
        return self.asked_of


Fact: TypeAlias = State | Act | Quantity | Control | Question
"""What can be observed."""
