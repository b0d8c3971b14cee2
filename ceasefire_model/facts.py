"""Facts: what can be observed, and the values that an observation can give.

A scenario registers facts, and conditions refer to them by id.
What is *reported* about a fact is in :mod:`ceasefire_model.evidence`.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from attrs import field, frozen
from attrs.converters import optional as maybe
from attrs.validators import optional

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.fields import (
    is_a,
    is_read,
    misfit,
    not_blank,
    plain,
    read_or_not,
    refuse_empty,
)
from ceasefire_model.ids import (
    FactId,
    PartyId,
    TerritoryId,
    fact_id,
    identifier,
    identifiers,
    party_id,
    party_ids,
    territory_id,
)
from ceasefire_model.moments import Moment, time_of
from ceasefire_model.reprs import spelled

if TYPE_CHECKING:
    from attrs import Attribute

_T = TypeVar("_T")

_DIGITS = 15
"""Significant digits that any JSON reader keeps (RFC 8259, section 6: IEEE 754 doubles)."""
_CONTEXT = Context(prec=1_000_000)
"""Of its own, so that nothing depends on the decimal context of the thread."""
_EXACT = Context(prec=_DIGITS, traps=[Inexact])
"""Divides, and refuses what has more digits than a number."""

_PRODUCT = Context(prec=40)
"""Multiplies two numbers of 15 digits exactly."""


_PERCENT = re.compile(r"([-+]?\d{1,20}(?:\.\d{1,20})?)[ \u00a0\u202f]%", re.ASCII)


def percentage(text: str) -> Decimal | None:
    """Return the number that a percentage stands for; none if it is no percentage.

    >>> percentage("70 %")
    Decimal('0.70')
    """
    found = _PERCENT.fullmatch(text)
    return Decimal(found[1]).scaleb(-2) if found else None


def number(value: Decimal | float | str) -> Decimal:
    """Return a number as an exact decimal; a float counts as it is written.

    Raises:
        ModelError: If it is no number, not finite, or needs more than 15 digits.

    >>> number(0.7), number("70 %")
    (Decimal('0.7'), Decimal('0.70'))
    """
    refuse_empty(value)
    value = plain(value)
    if isinstance(value, str):
        value = _of_text(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ModelError(f"a number is needed, got {shortened(value)}")
    exact = Decimal(float.__repr__(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ModelError(f"a number must be finite, got {shortened(value)}")
    if exact.is_zero():
        return Decimal(0)
    if len(exact.as_tuple().digits) > _DIGITS or abs(exact.adjusted()) > _DIGITS:
        exact = exact.normalize(_CONTEXT)
    if len(exact.as_tuple().digits) > _DIGITS or abs(exact.adjusted()) > _DIGITS:
        what = f"a number has at most {_DIGITS} digits and lies within 1e±{_DIGITS}"
        raise ModelError(f"{what}, got {shortened(value)}")
    return exact


def _of_text(text: str) -> Decimal:
    """Return the number that a percentage stands for, the only one that is written as a text."""
    exact = percentage(text)
    if exact is None:
        raise ModelError(f"a number is needed, got {shortened(text)}; {_advice(text)}")
    return exact


_SPAN = re.compile(r"(\d[\d.]*) ?[-–] ?(\d[\d.]*)", re.ASCII)
_BEYOND = re.compile(r"([<>]=?|at least|at most|over|under) ?(\d[\d.]*)", re.ASCII)


def _advice(text: str) -> str:
    """Say how one writes what was probably meant."""
    if ends := meant_range(text.strip().casefold()):
        return f"write ({ends[0]}, {ends[1]})"
    return "write 12000, 0.7 or '70 %'"


def meant_range(text: str) -> tuple[str | None, str | None] | None:
    """Return the ends of the range that a text such as ``18-20`` or ``>38`` probably means."""
    if span := _SPAN.fullmatch(text):
        return span[1], span[2]
    if beyond := _BEYOND.fullmatch(text):
        is_least = beyond[1][0] in ">o" or beyond[1] == "at least"
        return (beyond[2], None) if is_least else (None, beyond[2])
    return None


def number_of(value: Decimal | float | str) -> Decimal:
    """Read a number, as the converter of a field."""
    return read_or_not(number, value)


_FRACTION = re.compile(r"\d{1,15}/\d{1,15}", re.ASCII)


def ratio(value: Decimal | Fraction | float | str) -> Decimal | Fraction:
    """Return a factor exactly: as a decimal where it is one, else as the fraction that it is.

    Raises:
        ModelError: If it is neither a number nor a fraction of whole numbers, or is out of range.

    >>> ratio("1/3"), ratio("3/4")
    (Fraction(1, 3), Decimal('0.75'))
    """
    if not isinstance(value, str | Fraction) or (
        isinstance(value, str) and percentage(value) is not None
    ):
        return number(value)
    if isinstance(value, str) and (not _FRACTION.fullmatch(value) or not int(value.split("/")[1])):
        raise ModelError(
            f"a factor is a number or a fraction such as '1/3', got {shortened(value)}"
        )
    exact = Fraction(value)
    if max(len(str(abs(exact.numerator))), len(str(exact.denominator))) > _DIGITS:
        raise ModelError(
            f"a fraction has at most {_DIGITS} digits on either side, got {shortened(value)}"
        )
    decimal = _as_decimal(exact)
    return exact if decimal is None else decimal


def _as_decimal(exact: Fraction) -> Decimal | None:
    """Return a fraction as a decimal, if it is one that a number can be."""
    try:
        return number(_EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)))
    except (Inexact, ModelError):
        return None


def _positive(instance: object, attribute: Attribute[_T], value: _T) -> None:
    """Refuse what is no factor, or one of zero or less."""
    is_read(instance, attribute, value)
    if isinstance(value, Decimal | Fraction) and value <= 0:
        raise misfit(instance, attribute, f"must be greater than 0, got {value}")


def _factor(value: Decimal | Fraction | float | str) -> Decimal | Fraction:
    """Read a factor exactly."""
    return read_or_not(ratio, value)


@frozen(cache_hash=True)
class Times:
    """A multiple of another fact: 30 prisoners per hostage, 60 % of the registered arms, parity.

    Attributes:
        factor: How many times, exactly; greater than 0. ``"1/3"`` stays a third.
        fact: The quantity or share it is a multiple of, read source by source.
    """

    __repr__ = spelled

    factor: Decimal | Fraction = field(converter=_factor, validator=_positive)
    fact: FactId = field(converter=fact_id, validator=identifier)

    def of(self, value: Decimal) -> Decimal | Fraction:
        """Multiply a value of the fact, exactly."""
        if isinstance(self.factor, Fraction):
            return Fraction(value) * self.factor
        return _PRODUCT.multiply(value, self.factor)


@frozen
class Truth:
    """A value that holds or does not, is done or not, is answered or not.

    Attributes:
        value: The value.
    """

    __repr__ = spelled

    value: bool = field(validator=is_a(bool))


@frozen
class Number:
    """An exact number, in the unit of its fact.

    Attributes:
        value: The value.
    """

    __repr__ = spelled

    value: Decimal = field(converter=number_of, validator=is_read)


@frozen
class Range:
    """A number that lies somewhere between two bounds, both included.

    "Nearly a fifth" is ``Range(0.17, 0.20)``; "at least two million" is ``Range(2000000, None)``.

    Attributes:
        low: The least it can be; none where nothing is said.
        high: The most it can be; none where nothing is said.
    """

    __repr__ = spelled

    low: Decimal | None = field(converter=maybe(number_of), validator=is_read)
    high: Decimal | None = field(converter=maybe(number_of), validator=is_read)

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

    __repr__ = spelled


Value: TypeAlias = Truth | Number | Range | CannotSay
"""What an observation can give."""


Given: TypeAlias = (
    Value
    | bool
    | Decimal
    | float
    | str
    | tuple[Decimal | float | str | None, Decimal | float | str | None]
)
"""A value as one writes it in a script: ``True``, ``3``, ``(18, 20)``, ``"70 %"``."""

CANNOT_SAY = "cannot say"
"""How one writes that a source cannot tell."""


_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
"""What is written for a truth value in a text, which is none."""


def _refuse_no_value(value: object) -> None:
    """Refuse what is probably meant for a value, and say how one writes it."""
    if value is None:
        ways = f"True, 12000, '70 %', (18, 20) or {CANNOT_SAY!r}"
        raise ModelError(f"a value is needed, got None; write {ways}")
    is_true = _TRUTHS.get(value.strip().casefold()) if isinstance(value, str) else None
    if is_true is not None:
        raise ModelError(f"a value is needed, got {value!r}; write {is_true}")


def value_of(value: Given) -> Value:
    """Return a plain Python value as the library's own.

    Raises:
        ModelError: If it is none.

    >>> value_of(True), value_of((18, 20)), value_of("70 %")
    (Truth(value=True), Range(low=Decimal('18'), high=Decimal('20')), Number(value=Decimal('0.70')))
    """
    refuse_empty(value)
    _refuse_no_value(value)
    match plain(value):
        case (Truth() | Number() | Range() | CannotSay()) as own:
            return own
        case bool() as truth:
            return Truth(truth)
        case str() as text if text == CANNOT_SAY:
            return CannotSay()
        case [low, high]:
            return Range(low, high)
        case other:
            return Number(number(other))


def as_value(value: Given) -> Value:
    """Read a value, as the converter of a field."""
    return read_or_not(value_of, value)


@frozen(kw_only=True)
class State:
    """Something that holds or does not, and may change back: martial law is in force.

    Attributes:
        id: Short name, unique among facts.
        text: The neutral statement that it holds.
        by: The parties in whose power it lies.
    """

    __repr__ = spelled

    id: FactId = field(converter=FactId, validator=identifier)
    text: str = field(validator=not_blank)
    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)


@frozen(kw_only=True)
class Act:
    """Something done or not; once done it stays done: an election is held.

    Attributes:
        id: Short name, unique among facts.
        text: The neutral statement that it is done.
        by: The parties in whose power it lies.
    """

    __repr__ = spelled

    id: FactId = field(converter=FactId, validator=identifier)
    text: str = field(validator=not_blank)
    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)


@frozen(kw_only=True)
class Quantity:
    """A number of something: soldiers, aid trucks a day, hostages released so far.

    Attributes:
        id: Short name, unique among facts.
        text: What is counted or measured.
        unit: The unit: ``soldiers``, ``km``.
        per: The span of a rate: ``day``.
        cumulative: Whether it counts from the start, and so never falls: hostages released so far.
        by: The parties in whose power it lies.
    """

    __repr__ = spelled

    id: FactId = field(converter=FactId, validator=identifier)
    text: str = field(validator=not_blank)
    unit: str = field(validator=not_blank)
    per: str | None = field(default=None, validator=optional(not_blank))
    cumulative: bool = field(default=False, validator=is_a(bool))
    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)


@frozen(kw_only=True)
class Control:
    """The share of a territory that a party holds, from 0 to 1.

    Attributes:
        id: Short name, unique among facts.
        text: The neutral name of the share.
        party: Who holds it.
        territory: Of what.
        by: The parties in whose power it lies.
    """

    __repr__ = spelled

    id: FactId = field(converter=FactId, validator=identifier)
    text: str = field(validator=not_blank)
    party: PartyId = field(converter=party_id, validator=identifier)
    territory: TerritoryId = field(converter=territory_id, validator=identifier)
    by: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)


@frozen(kw_only=True)
class Question:
    """A question that is answered or not; unanswered from when it is asked.

    Attributes:
        id: Short name, unique among facts.
        text: What is asked.
        asked_by: Who asks.
        asked: When it was first asked.
        asked_of: Who could answer.
    """

    __repr__ = spelled

    id: FactId = field(converter=FactId, validator=identifier)
    text: str = field(validator=not_blank)
    asked_by: PartyId = field(converter=party_id, validator=identifier)
    asked: Moment = field(converter=time_of, validator=is_read)
    asked_of: tuple[PartyId, ...] = field(default=(), converter=party_ids, validator=identifiers)

    @property
    def by(self) -> tuple[PartyId, ...]:
        """The parties in whose power it lies: those who were asked."""
        return self.asked_of


Fact: TypeAlias = State | Act | Quantity | Control | Question
"""What can be observed."""
