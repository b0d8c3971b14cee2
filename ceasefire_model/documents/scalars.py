"""Reading texts, numbers and times out of data, without coercing anything."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from ceasefire_model.documents.forms import CANNOT_SAY
from ceasefire_model.documents.misfits import Data, misfit, shown
from ceasefire_model.documents.numerals import OUT_OF_RANGE
from ceasefire_model.errors import ModelError, likely
from ceasefire_model.evidence import Credibility
from ceasefire_model.facts import (
    CannotSay,
    Number,
    Truth,
    Value,
    meant_range,
    number,
    percentage,
    ratio,
)
from ceasefire_model.moments import Delay, Moment
from ceasefire_model.moments import delay as delay_of_text

if TYPE_CHECKING:
    from fractions import Fraction

_PERCENT = re.compile(r"[-+]?\d+(\.\d+)?%")
_DIGITS = re.compile(r"[-+]?\d[\d,._' \u202f\xa0]*")
_NOTHING = "; write it, or leave the key out"


def text(data: Data) -> str:
    """Return a text."""
    if isinstance(data, str):
        return data
    raise misfit(f"a text is needed, got {shown(data)}{_advice(data)}")


def _advice(data: Data) -> str:
    """Say how to make a text of what is none."""
    match data:
        case None:
            return _NOTHING
        case dict() | list():
            return ""
        case _:
            return f"; write '{shown(data)}' in quotes"


def truth(data: Data) -> bool:
    """Return true or false."""
    if isinstance(data, bool):
        return data
    raise misfit(f"true or false is needed, got {shown(data)}; write it without quotes")


def whole(data: Data) -> int:
    """Return a whole number; 2.0 is one, as everywhere in JSON."""
    if isinstance(data, int | Decimal) and not isinstance(data, bool) and data == int(data):
        return int(data)
    raise misfit(f"a whole number is needed, got {shown(data)}; write digits alone")


def amount(data: Data) -> Decimal:
    """Return a number that a fact can have, also where it is written as a percentage."""
    exact = percentage(data) if isinstance(data, str) else data
    if isinstance(exact, bool) or not isinstance(exact, int | Decimal):
        raise misfit(f"a number is needed, got {shown(data)}; {_advice_on_value(data)}")
    try:
        return number(exact)
    except (ModelError, ArithmeticError):
        raise misfit(f"{OUT_OF_RANGE}, got {shown(data)}; round it") from None


def factor(data: Data) -> Decimal | Fraction:
    """Return how many times, which may be written as a fraction: ``1/3``."""
    if not isinstance(data, str) or "/" not in data:
        return amount(data)
    try:
        return ratio(data)
    except ModelError as error:
        raise misfit(error.what) from None


def _advice_on_value(data: Data) -> str:
    """Say how to write a number, or a truth, that was written in another way."""
    word = data.casefold() if isinstance(data, str) else ""
    if word in {"true", "false"}:
        return "leave the quotes out"
    if word in {"yes", "no", "on", "off"}:
        return "write true or false"
    if _PERCENT.fullmatch(word):
        return "put a space before the '%'"
    if ends := meant_range(word):
        keys = (f"{key}: {end}" for key, end in zip(("low", "high"), ends, strict=True) if end)
        return f"write {{{', '.join(keys)}}}"
    if _DIGITS.fullmatch(word):
        return "write digits alone, without quotes: 12000 or 0.7"
    return "write 12000, 0.7 or 70 %"


def moment(data: Data) -> Moment:
    """Return a time as it is written."""
    if not isinstance(data, str | int | Decimal) or isinstance(data, bool):
        raise misfit(f"a time is needed, got {shown(data)}; write it as 2025-03-13 or 2022-02")
    try:
        return Moment(data if isinstance(data, str) else str(data))
    except ModelError as error:
        raise misfit(error.what) from None


def delay(data: Data) -> Delay:
    """Return a length of time."""
    if not isinstance(data, str):
        advice = "write it as '30 days'"
        raise misfit(f"a length of time is needed, got {shown(data)}; {advice}")
    try:
        return delay_of_text(data)
    except ModelError as error:
        raise misfit(error.what) from None


def credibility(data: Data) -> Credibility:
    """Return the credibility of a report."""
    try:
        return Credibility(whole(data))
    except ValueError:
        what = f"credibility runs from 1 (confirmed) to 6 (cannot be judged), got {shown(data)}"
        raise misfit(f"{what}; write one of these numbers") from None


def choice(data: Data, kind: type[Enum]) -> Enum:
    """Return the member of an enumeration that is meant."""
    names = [str(member.value) for member in kind]
    if isinstance(data, str) and data in names:
        return kind(data)
    meant = likely(data, names) if isinstance(data, str) else None
    advice = "write one of these" if meant is None else f"did you mean {meant!r}?"
    raise misfit(f"{shown(data)} is none of {', '.join(map(repr, names))}; {advice}")


def value(data: Data) -> Value:
    """Return what an observation gives, except for a range, which is a record."""
    match data:
        case bool():
            return Truth(data)
        case int() | Decimal():
            return Number(amount(data))
        case str() if data == CANNOT_SAY:
            return CannotSay()
        case str() if percentage(data) is not None:
            return Number(amount(data))
        case _:
            advice = _advice_on_value(data)
            needed = f"true, false, a number, a range or {CANNOT_SAY!r} is needed"
            raise misfit(f"{needed}, got {shown(data)}; {advice}")
