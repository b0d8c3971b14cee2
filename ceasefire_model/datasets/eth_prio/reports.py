"""What each row says of whether its ceasefire was in force, as reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.datasets.coded import first_day, last_day
from ceasefire_model.datasets.eth_prio.coding import (
    NEVER,
    Dates,
    Ending,
    Group,
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
    """Yield what each reading of the rows says of whether a ceasefire was in force.

    Formally a text enters and ends by itself, and a report that was made before such a turn does
    not outlive it. So what a row goes on saying is told anew on the days of these turns and at the
    end of the coding; but that its end is unknown is not said against the term of its text.
    """
    first = min(first_day(span.declared) for span in group.dates)
    for span in group.distinct:
        is_alone = len(group.distinct) == 1 and span.declared.is_exact
        before = [] if is_alone else _before(span, first)
        for value, since, until, reported in (*before, *_spoken(group, span, last)):
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


def _before(span: Dates, first: date) -> list[_Word]:
    """Return that a ceasefire was not in force yet, though other rows may say that it was."""
    start = start_of(span)
    if first_day(start) <= first:
        return []
    since, until = Moment(str(first)), Moment(str(first_day(start) - _DAY))
    return list(_told(Truth(value=False), since, until, since, until))


def _spoken(group: Group, span: Dates, last: Moment) -> Iterator[_Word]:
    """Yield what a row says of whether its ceasefire was in force."""
    over, since = Truth(value=False), _over_from(span)
    if span.effect == NEVER or (span.ending is Ending.NEVER_HELD and span.end == NEVER):
        yield from _told(over, span.declared, None, span.declared, start_of(span), last)
        return
    if isinstance(span.effect, Moment):
        yield from _holding(span, span.effect, last, group.term)
    else:
        yield from _told(CannotSay(), span.declared, None, span.declared, last)
    if since is not None:
        yield from _told(over, since, None, since, last)


def _holding(span: Dates, start: Moment, last: Moment, term: int | None) -> Iterator[_Word]:
    """Yield that a ceasefire was in force: to its end, to that of the coding, or at its start.

    Where it may have ended in the month, or on the day, in which it took effect, on none of these
    days is it known to have been in force.
    """
    holds, over = Truth(value=True), _over_from(span)
    final = (last,) if term is None else ()
    if over is not None and isinstance(span.end, Moment) and last_day(start) < first_day(over):
        yield holds, start, None, start
        yield holds, start, span.end, max(start, span.end, key=last_day)
    elif _lasts(span):
        yield from _told(holds, start, None, start, last)
    elif start.is_exact and over is None:
        after = Moment(str(last_day(start) + _DAY))
        yield holds, start, start, start
        if term != 1:  # of one day, it is over
            yield from _told(CannotSay(), after, None, after, *final)
    else:
        since, begun = Moment(str(first_day(start))), Moment(str(last_day(start)))
        yield from _told(CannotSay(), since, None, since, begun, *final)


def _told(value: Value, since: Moment, until: Moment | None, *reported: Moment) -> Iterator[_Word]:
    """Yield one word as often as it is told, each time later than before."""
    told = since
    for place, moment in enumerate(reported):
        if place == 0 or last_day(moment) > last_day(told):
            told = moment
            yield value, since, until, moment


def _lasts(span: Dates) -> bool:
    """Whether it had not ended by the end of the coding."""
    return span.ending is Ending.NOT_ENDED and span.end == NEVER


def _over_from(span: Dates) -> Moment | None:
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
