"""What a word does to a condition: support, denial, or neither; and what words come to together."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.facts import Truth, Value
from ceasefire_model.reprs import dotted
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal
    from fractions import Fraction

    from ceasefire_model.rules.voices import Said


class Says(Enum):
    """What one word does to a condition."""

    SUPPORTS = "supports"
    DENIES = "denies"
    NEITHER = "neither"
    """A range across the threshold, a source that cannot say, or a date not yet certain."""

    NO_LONGER = "no longer"
    """The last word before; it does not cover the instant."""

    OVERTAKEN = "overtaken"
    """It was carried until another's later word showed that things did not stay so."""

    __repr__ = dotted


Test: TypeAlias = "Callable[[Value], Says]"
Bounds: TypeAlias = "tuple[Decimal | Fraction | None, Decimal | Fraction | None]"
Comparison: TypeAlias = "Callable[[Bounds, Bounds], Says]"
Masks: TypeAlias = Sequence[int]
"""What a word does to a condition for each order of the dates, in bits."""

BITS = {Says.SUPPORTS: 1, Says.DENIES: 2, Says.NEITHER: 4}
SUPPORT, DENIAL, NEITHER = 1, 2, 4
_OF_BITS = (
    None,
    Verdict.MET,
    Verdict.UNMET,
    Verdict.DISPUTED,
    Verdict.UNKNOWN,
    Verdict.MET,
    Verdict.UNMET,
    Verdict.DISPUTED,
)
"""The verdict by what all words together do; none where nobody speaks."""

SAYS_OF_BITS = {bit: says for says, bit in BITS.items()}


def truth(value: Value) -> Says:
    """Say whether a value is true."""
    match value:
        case Truth(value=True):
            return Says.SUPPORTS
        case Truth(value=False):
            return Says.DENIES
        case _:
            return Says.NEITHER


def at_least(value: Bounds, threshold: Bounds) -> Says:
    """Compare two numbers or ranges: certain only if so for all that both may be."""
    (low, high), (least, most) = value, threshold
    if low is not None and most is not None and low >= most:
        return Says.SUPPORTS
    if high is not None and least is not None and high < least:
        return Says.DENIES
    return Says.NEITHER


def at_most(value: Bounds, threshold: Bounds) -> Says:
    """Compare two numbers or ranges the other way round."""
    return at_least(threshold, value)


def mask_of(said: Said, test: Test) -> int:
    """Return what is said at once, in bits."""
    mask = 0
    for value, _ in said:
        mask |= BITS[test(value)]
    return mask


def verdict_of(mask: int, silence: Verdict) -> Verdict:
    """Return the verdict by what all words together do, in bits."""
    found = _OF_BITS[mask]
    return silence if found is None else found


def come_to(words: Iterable[Masks], silence: Verdict) -> set[Verdict]:
    """Return all that words come to that are heard together, for each order of the dates."""
    return {verdict_of(mask, silence) for mask in reduce(joined, words, {0})}


def joined(together: set[int], masks: Masks) -> set[int]:
    """Let one more word be heard, in each order of its dates."""
    return {one | other for one in together for other in masks}


def agreed(found: set[Verdict], taken: Callable[[], set[Verdict]]) -> Verdict:
    """Return what all orders of the words come to; else that it is not known.

    Args:
        found: What can come out, for any order.
        taken: The same where both words are heard of which it is not known which came later.
    """
    if len(found) == 1:
        return next(iter(found))
    both = taken()
    if len(both) == 1 and (same := both.pop()).is_open:
        return same
    # before a word that may have begun there was denial or silence: neither leaves a doubt
    is_undoubted = found == {Verdict.UNMET, Verdict.PENDING}
    return Verdict.PENDING if is_undoubted else Verdict.UNKNOWN
