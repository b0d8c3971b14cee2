"""What each row says of whether its ceasefire was in force, as reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.datasets.coded import first_day, last_day
from ceasefire_model.datasets.eth_prio.coding import (
    NEVER,
    Ending,
    Group,
    Span,
    source_id,
    start_of,
    state_id,
)
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import CannotSay, Truth, Value
from ceasefire_model.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)


def reports(group: Group, last: Moment) -> Iterator[Observation]:
    """Yield what each reading of the rows says of whether a ceasefire was in force."""
    first = min(first_day(span.declared) for span in group.spans)
    for span in group.distinct:
        before = [] if len(group.distinct) == 1 else _before(span, first)
        for value, since, until, reported in (*before, *_spoken(span, last)):
            yield Observation(
                fact=state_id(group),
                value=value,
                source=source_id(group, span),
                since=since,
                until=until,
                reported=reported,
            )


_Word: TypeAlias = tuple[Value, Moment, Moment | None, Moment]
"""A value, from when and until when it is true, and when that is said."""


def _before(span: Span, first: date) -> list[_Word]:
    """Return that a ceasefire was not in force yet, though other rows may say that it was."""
    start = start_of(span)
    if first_day(start) <= first:
        return []
    since = Moment(str(first))
    return [(Truth(value=False), since, Moment(str(first_day(start) - _DAY)), since)]


def _spoken(span: Span, last: Moment) -> Iterator[_Word]:
    """Yield what a row says of whether its ceasefire was in force."""
    over = Truth(value=False)
    if span.effect == NEVER or (span.ending is Ending.NEVER_HELD and span.end == NEVER):
        yield over, span.declared, None, span.declared
        return
    if isinstance(span.effect, Moment):
        yield from _holding(span, span.effect, last)
    else:
        yield CannotSay(), span.declared, None, span.declared
    if (since := _over_from(span)) is not None:
        yield over, since, None, since


def _holding(span: Span, start: Moment, last: Moment) -> Iterator[_Word]:
    """Yield that a ceasefire was in force: to its end, to that of the coding, or at its start.

    Where it may have ended in the month, or on the day, in which it took effect, on none of these
    days is it known to have been in force.
    """
    holds, first, over = Truth(value=True), Moment(str(first_day(start))), _over_from(span)
    if over is not None and isinstance(span.end, Moment) and last_day(start) < first_day(over):
        yield holds, start, None, start
        yield holds, start, span.end, _later(start, span.end)
    elif _lasts(span):
        yield holds, start, None, _later(start, last)
    elif start.is_exact and over is None:
        after = Moment(str(last_day(start) + _DAY))
        yield holds, start, start, start
        yield CannotSay(), after, None, after
    else:
        yield CannotSay(), first, None, first


def _lasts(span: Span) -> bool:
    """Whether it had not ended by the end of the coding."""
    return span.ending is Ending.NOT_ENDED and span.end == NEVER


def _over_from(span: Span) -> Moment | None:
    """Return from when on a ceasefire is over, not before it started; none if that is not known.

    A term runs to the end of its last day.
    """
    end = span.end
    if not isinstance(end, Moment):
        return None
    if span.ending is Ending.EXPIRED and end.is_exact:
        return Moment(str(last_day(end) + _DAY))
    first, last = max(first_day(end), first_day(start_of(span))), last_day(end)
    return (
        end if first == first_day(end) else Moment(f"{first}/{last}" if first < last else str(last))
    )


def _later(one: Moment, other: Moment) -> Moment:
    """Return that of two moments which ends later."""
    return max(one, other, key=last_day)
