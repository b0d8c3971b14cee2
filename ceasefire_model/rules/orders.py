"""Orders of imprecise dates: every way to complete them that may make a difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.moments import TICK, day_of, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from ceasefire_model.moments import Moment

Day: TypeAlias = date | datetime
"""A bare day, or an instant."""

Dates: TypeAlias = Mapping[str, Day]
"""When each thing was, by its name."""

MOST = 2048
"""How many orders are followed; past it nothing is settled."""

_DAY = timedelta(days=1)


def orders(
    moments: Mapping[str, tuple[Moment, Moment | None]], at: datetime, zone: ZoneInfo
) -> Sequence[Dates] | None:
    """Return every order of dates that may make a difference; none where they are too many.

    Args:
        moments: By name, when something was, and when it was reported, if it was.
        at: The instant judged.
        zone: Where days are counted.
    """
    spans = {name: span_of(*each, zone) for name, each in moments.items()}
    vague = sum(first != last for first, last in spans.values())
    marks = {at, *(each for span in spans.values() for each in span)} if vague else set[Day]()
    choices = [_choices(first, last, marks, vague, zone) for first, last in spans.values()]
    if prod(map(len, choices)) > MOST:
        return None
    return [dict(zip(spans, found, strict=True)) for found in product(*choices)]


def span_of(moment: Moment, reported: Moment | None, zone: ZoneInfo) -> tuple[Day, Day]:
    """Return the first and the last day or instant that something may be of, by its report."""
    first, last = moment.span
    if first == last or reported is None:
        return first, last
    latest = reported.bounds(zone)[1]
    if isinstance(last, datetime):
        return first, max(first, min(last, latest))
    return first, max(first, min(last, day_of(latest, zone)))


def _choices(
    first: Day, last: Day, marks: Iterable[Day], vague: int, zone: ZoneInfo
) -> Sequence[Day]:
    """Return the days of a span that lie about others, as many in a row as there are to order."""
    if first == last:
        return (first,)
    steps = range(-vague, vague + 1)
    near: set[Day] = set()
    for mark in marks:
        if isinstance(first, datetime):
            near |= {start_of(mark, zone) + step * TICK for step in steps}
        else:
            day = day_of(mark, zone) if isinstance(mark, datetime) else mark
            if (first - day).days <= vague and (day - last).days <= vague:  # else it is far off
                near |= {day + step * _DAY for step in steps}
    return sorted(each for each in {first, last, *near} if first <= each <= last)
