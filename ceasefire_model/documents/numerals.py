"""Numbers as documents write them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

OUT_OF_RANGE = "a number has at most 15 digits and lies within 1e±15"
"""What is said of a number that no fact can have."""

_LONGEST = 40
_FARTHEST = 40


def decimal(text: str) -> Decimal | None:
    """Return the number that a text writes; none if it is far out of range.

    Far out of range is where reading, or even printing, would take time and space.
    """
    if len(text) > _LONGEST:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if abs(number.adjusted()) <= _FARTHEST else None


def whole(text: str, base: int = 10) -> int | None:
    """Return the whole number that a text writes; none if it is far out of range."""
    return int(text, base) if len(text) <= _LONGEST else None


def plain(number: Decimal) -> str:
    """Write a number in the one way that documents have for it: without exponent or idle zeros.

    >>> plain(Decimal("8E+4")), plain(Decimal("0.20"))
    ('80000', '0.2')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
