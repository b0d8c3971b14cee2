"""The six verdicts and how they combine.

Collapsing the four open verdicts into one gives Kleene's strong three-valued logic (S. C. Kleene,
*Introduction to Metamathematics*, 1952, §64), so that a settled verdict never depends on how a
condition is written.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Verdict(Enum):
    """What can be said of a condition, given what has been reported.

    It equals no text: compare it with a verdict, or its ``value`` with the word of one.
    """

    MET = "met"
    """Holds, whatever the open facts turn out to be."""

    UNMET = "unmet"
    """Does not hold, whatever the open facts turn out to be."""

    PENDING = "pending"
    """Nothing in doubt; a date or a decision is still to come."""

    DISPUTED = "disputed"
    """Sources contradict each other; settle that and the verdict follows."""

    UNKNOWN = "unknown"
    """A fact is not reported; learn it and the verdict follows."""

    UNCLEAR = "unclear"
    """A demand has no agreed meaning; no evidence can settle it yet."""

    @property
    def is_settled(self) -> bool:
        """Whether no open fact can change it."""
        return self is Verdict.MET or self is Verdict.UNMET

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided, verified, found out or asked."""
        return not self.is_settled

    def __bool__(self) -> bool:
        """Refuse: four of six verdicts are neither true nor false."""
        raise TypeError(
            f"{self} is neither true nor false; compare it: verdict is Verdict.MET, "
            "verdict.is_settled, verdict.is_open"
        )

    def __repr__(self) -> str:
        """Write it the way one types it."""
        return f"Verdict.{self.name}"


CONJUNCTION = (
    Verdict.UNMET,
    Verdict.UNCLEAR,
    Verdict.UNKNOWN,
    Verdict.DISPUTED,
    Verdict.PENDING,
    Verdict.MET,
)
"""The order in which AND takes the first verdict that occurs."""

DISJUNCTION = (
    Verdict.MET,
    Verdict.UNCLEAR,
    Verdict.UNKNOWN,
    Verdict.DISPUTED,
    Verdict.PENDING,
    Verdict.UNMET,
)
"""The order in which OR takes the first verdict that occurs."""

OPEN = CONJUNCTION[1:5]
"""The open verdicts, the most severe first."""


_MET, _UNMET = Verdict.MET, Verdict.UNMET
"""Looked up once: an attribute of an enumeration takes longer than the judging below."""


def conjunction(verdicts: Sequence[Verdict]) -> Verdict:
    """Combine the verdicts of parts that must all be met; of no parts, ``MET``."""
    return _first(CONJUNCTION, verdicts)


def disjunction(verdicts: Sequence[Verdict]) -> Verdict:
    """Combine the verdicts of parts of which one must be met; of no parts, ``UNMET``."""
    return _first(DISJUNCTION, verdicts)


def threshold(count: int, verdicts: Sequence[Verdict]) -> Verdict:
    """Combine the verdicts of parts of which at least ``count`` must be met."""
    met = verdicts.count(_MET)
    if met >= count:
        return _MET
    if len(verdicts) - verdicts.count(_UNMET) < count:
        return _UNMET
    return _first(OPEN, verdicts)


def negation(verdict: Verdict) -> Verdict:
    """Swap ``MET`` and ``UNMET`` and leave the open ones."""
    if verdict is _MET:
        return _UNMET
    if verdict is _UNMET:
        return _MET
    return verdict


def _first(order: Sequence[Verdict], verdicts: Sequence[Verdict]) -> Verdict:
    """Return the first of an order that occurs; its last where there are none."""
    for verdict in order:
        if verdict in verdicts:
            return verdict
    return order[-1]
