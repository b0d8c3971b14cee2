"""Shares: who loses a part of a territory where another gains one, and how much."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from ceasefire_model.analyses.theory import apart
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, Number, Range, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire_model.facts import Value
    from ceasefire_model.rules.views import View

Shares = tuple[Control, ...]
"""Shares of one territory whose holders have nobody in common."""


def shared_with(view: View, gaining: Iterable[Control]) -> list[Shares]:
    """Return the largest sets of shares that cannot sum to more than the whole."""
    territories = {fact.territory for fact in gaining}
    if not territories:
        return []
    facts = view.scenario.facts
    shares = [fact for fact in facts if isinstance(fact, Control) and fact.territory in territories]
    return list(apart(view.scenario, shares))


def least(view: View, share: Control) -> Decimal:
    """Return the least that a share can be by what is reported; 0 where nothing is."""
    supposed = view.supposed_value(share.id)
    if supposed is not None:
        return min(ends_of(supposed), default=_NONE)
    values = [report.value for reports in view.reports(share.id) for report in reports[:1]]
    known = [value for value in values if isinstance(value, Number | Range)]
    return min((_low(value) for value in known), default=_NONE)


def _low(value: Number | Range) -> Decimal:
    return value.value if isinstance(value, Number) else value.low or _NONE


_NONE, _WHOLE = Decimal(0), Decimal(1)


def left_over(
    view: View, together: Shares, loser: Control, offered: Mapping[Control, Sequence[Number]]
) -> Iterator[Number]:
    """Yield what can be left of a share, the most first, once others have what they may get.

    The others get what is offered to them, keep what they have, or lose it all, too. What is asked
    of the share itself may be to change, and yet to leave room.
    """
    most = _WHOLE if loser in offered else least(view, loser)
    rows = product(
        *(
            {_NONE, least(view, other), *(each.value for each in offered.get(other, ()))}
            for other in together
            if other != loser
        )
    )
    rests = {_NONE, *(_WHOLE - sum(row, _NONE) for row in rows)}
    for rest in sorted(rests, reverse=True):
        if _NONE <= rest < most and is_writable(rest):
            yield Number(rest)


def ends_of(value: Value | None) -> list[Decimal]:
    """Return the numbers that a value names."""
    match value:
        case Number(value=exact):
            return [exact]
        case Range(low=low, high=high):
            return [bound for bound in (low, high) if bound is not None]
        case _:
            return []


def is_writable(value: Decimal) -> bool:
    """Whether a number can be written down; those halfway may need too many digits."""
    try:
        number(value)
    except ModelError:
        return False
    return True
