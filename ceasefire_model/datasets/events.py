"""Events of conflict data sets, and what they say of facts that the user names.

What an event data set is silent on did not happen as far as it knows, but only inside what it
covers: so the days and places that are covered are the user's to say.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ceasefire_model.datasets.coded import first_day, last_day
from ceasefire_model.errors import ModelError, Problem
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import CannotSay, Number, Range, Truth, Value
from ceasefire_model.ids import fact_id, source_id
from ceasefire_model.moments import Moment, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.ids import Identified

_DAY = timedelta(days=1)

Names: TypeAlias = "str | Iterable[str] | None"
"""One name, several of which one is enough, or none for all."""

Day: TypeAlias = str | date | Moment
"""A day."""


@frozen(kw_only=True)
class Event:
    """One event: where, when as precisely as it was coded, between whom, with how many dead."""

    id: str
    when: Moment
    """A day, or the days of which it was one: an event coded by its month is a month."""

    kind: str
    """The type of event, as the data set writes it."""

    dyads: tuple[str, ...]
    """The ids of its dyads; none where the data set has no such ids."""

    actors: tuple[str, ...]
    """Who took part: names, and ids where the data set has some."""

    places: tuple[str, ...]
    """Where: the country, its units, the place."""

    low: int
    """The least number of dead."""

    best: int
    high: int
    """The greatest number of dead."""

    reference: str
    """Where it can be read."""

    @property
    def first(self) -> date:
        """The first day on which it may have been."""
        return first_day(self.when)

    @property
    def last(self) -> date:
        """The last day on which it may have been."""
        return last_day(self.when)


@frozen
class Events:
    """The events of a frame, and what could not be read."""

    read: tuple[Event, ...]
    problems: tuple[Problem, ...]
    """Why rows were not read."""

    def where(
        self,
        *,
        dyad: Names = None,
        actor: Names = None,
        place: Names = None,
        kind: Names = None,
    ) -> Events:
        """Return those of a dyad, of an actor, in a place, of a kind, as the data set writes them.

        Args:
            dyad: The ids of dyads.
            actor: Names or ids; one that took part is enough.
            place: Countries, units or places.
            kind: Types of event.
        """
        asked = [_names(one) for one in (dyad, actor, place, kind)]
        kept = [
            event
            for event in self.read
            if all(
                names is None or names.intersection(of)
                for names, of in zip(asked, _asked_of(event), strict=True)
            )
        ]
        return Events(tuple(kept), self.problems)


def _asked_of(event: Event) -> tuple[tuple[str, ...], ...]:
    """Return what an event is chosen by."""
    return event.dyads, event.actors, event.places, (event.kind,)


def _names(given: Names) -> frozenset[str] | None:
    if given is None:
        return None
    return frozenset([given] if isinstance(given, str) else given)


def fighting(
    events: Events,
    *,
    fact: str | Identified,
    source: str | Identified,
    start: Day,
    end: Day,
) -> tuple[Observation, ...]:
    """Return, for a state such as *fighting between A and B*, what events say of each day.

    It holds on days with an event and does not on quiet days. On a day on which an event may have
    been that is known by its week or month, the data set cannot say. Nothing is said outside the
    days that are covered.

    Args:
        events: The events that would be such fighting, all of them: choose them by ``where``.
        fact: The state.
        source: The data set.
        start: The first day that the data set covers.
        end: The last day that it covers.
    """
    first, last = _covered(start, end)
    sure = {event.first for event in events.read if event.when.is_exact}
    maybe = {
        day
        for event in events.read
        if not event.when.is_exact
        for day in _days_of(event, first, last)
    }
    values = [_said(day, sure, maybe) for day in _each_day(first, last)]
    return tuple(
        Observation(
            fact=fact_id(fact),
            value=value,
            source=source_id(source),
            since=Moment(str(begins)),
            until=until,
            reported=reported,
        )
        for value, begins, ends in _runs(first, values)
        for until, reported in _told(begins, ends, last)
    )


def _said(day: date, sure: set[date], maybe: set[date]) -> Value:
    if day in sure:
        return Truth(value=True)
    return CannotSay() if day in maybe else Truth(value=False)


def _told(begins: date, ends: date, last: date) -> Iterator[tuple[Moment | None, Moment]]:
    """Yield until when a run of days is told, and when: on its first day, and whole on its last.

    What is told on its first day holds until the next run; after the last one nothing does.
    """
    whole = Moment(str(ends))
    if begins < ends:
        yield whole if ends == last else None, Moment(str(begins))
    yield whole, whole


def _runs(first: date, values: list[Value]) -> Iterator[tuple[Value, date, date]]:
    """Yield each value with the first and the last day of a run of days that have it."""
    begins = 0
    for place, value in enumerate(values):
        if place + 1 == len(values) or values[place + 1] != value:
            yield value, first + begins * _DAY, first + place * _DAY
            begins = place + 1


def deaths(
    events: Events,
    *,
    fact: str | Identified,
    source: str | Identified,
    start: Day,
    end: Day,
) -> tuple[Observation, ...]:
    """Return, for a cumulative number such as *killed so far*, what events say as it grows.

    On each day on which it may have grown: at least the low estimates of all events that were over
    by then, and at most the high ones of all that may have begun. The sum of the best estimates of
    those that were over stands in the note.

    Args:
        events: The events whose dead are counted: choose them by ``where``.
        fact: The number, which counts from ``start``.
        source: The data set.
        start: The first day that is counted, and that the data set covers.
        end: The last day that it covers.
    """
    first, last = _covered(start, end)
    low, best, high = Counter[date](), Counter[date](), Counter[date]()
    for event in events.read:
        if first <= event.last and event.first <= last:
            high[max(event.first, first)] += event.high
            if first <= event.first and event.last <= last:
                low[event.last] += event.low
                best[event.last] += event.best
    days = sorted({first, *(low + best + high), last})
    grown = ([one[day] for day in days] for one in (low, best, high))
    sums = zip(*map(accumulate, grown), strict=True)
    return tuple(
        Observation(
            fact=fact_id(fact),
            value=Range(at_least, at_most) if at_least < at_most else Number(at_least),
            source=source_id(source),
            since=Moment(str(day)),
            note=f"best estimate: {likely}",
        )
        for day, (at_least, likely, at_most) in zip(days, sums, strict=True)
    )


def _covered(start: Day, end: Day) -> tuple[date, date]:
    """Return the first and the last day that are covered.

    Raises:
        ModelError: If they are in the wrong order.
    """
    first, last = first_day(moment(start)), last_day(moment(end))
    if last < first:
        raise ModelError(f"what is covered ends ({last}) before it starts ({first})")
    return first, last


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))


def _days_of(event: Event, first: date, last: date) -> Iterator[date]:
    """Yield the days on which an event may have been, of those that are covered."""
    return _each_day(max(event.first, first), min(event.last, last))


def days_between(first: date, last: date) -> Moment:
    """Return some day between two, both included: a day, a month, or a range.

    >>> print(days_between(date(2031, 5, 1), date(2031, 5, 31)))
    2031-05
    """
    if first == last:
        return Moment(str(first))
    if first.day == 1 and last == last_of_month(first):
        return Moment(f"{first:%Y-%m}")
    return Moment(f"{first}/{last}")


def last_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return (day.replace(day=1) + 31 * _DAY).replace(day=1) - _DAY
