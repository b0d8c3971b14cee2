"""Events of the Armed Conflict Location & Event Data project (ACLED).

What is read, by the names of the codebook, in the exports of any year (their names are read without
regard to case):

* ``event_id_cnty`` (in old exports also ``data_id``): the id;
* ``event_date`` (``2022-03-27``, in old exports ``27 March 2022``) and ``time_precision``: 1 is the
  day; 2 a week, so any day up to six before or after; 3 the month of that day;
* ``event_type``: the kind;
* ``actor1``, ``actor2``, ``assoc_actor_1``, ``assoc_actor_2`` (several in a cell are parted by
  semicolons): who took part;
* ``country``, ``admin1``, ``admin2``, ``admin3``, ``location``: where;
* ``fatalities``: one estimate, read as exact, though 0 may mean that nobody knows.

What is not carried over: ``sub_event_type``, notes, sources and their scale, coordinates,
``interaction`` and the kinds of actors (``inter1``), which changed from numbers to words.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ceasefire_model.datasets.coded import Line, UnreadError, day_in, each_read, lines_of, parted
from ceasefire_model.datasets.events import Event, Events, days_between, last_of_month

if TYPE_CHECKING:
    from ceasefire_model.moments import Moment
    from ceasefire_model.tables.frames import AnyFrame

_NEEDED = ("event_date", "time_precision", "event_type", "actor1", "country", "fatalities")
_IDS = ("event_id_cnty", "data_id")
_ACTORS = ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")
_PLACES = ("country", "admin1", "admin2", "admin3", "location")
_WEEK = timedelta(days=6)
_PRECISIONS = (1, 2, 3)


def events(table: AnyFrame) -> Events:
    """Return the events of an export.

    Args:
        table: A frame of any library, or rows (``tables.read_csv``).

    Raises:
        ModelError: If a column is missing.
    """
    return Events(*each_read(lines_of(table, _NEEDED, fold=True), _event))


def _event(line: Line) -> Event:
    fatalities = line.number_in("fatalities")
    if fatalities is None or fatalities < 0:
        raise UnreadError("fatalities", "no number of dead; write 0 where there were none")
    name = next((text for column in _IDS if (text := line.text(column))), "")
    if not name:
        raise UnreadError(_IDS[0], "an event without an id; write it")
    return Event(
        id=name,
        when=_when(line),
        kind=line.text("event_type"),
        dyads=(),
        actors=tuple(dict.fromkeys(one for column in _ACTORS for one in parted(line.text(column)))),
        places=tuple(dict.fromkeys(text for column in _PLACES if (text := line.text(column)))),
        low=fatalities,
        best=fatalities,
        high=fatalities,
        reference=f"ACLED {name}",
    )


def _when(line: Line) -> Moment:
    """Return the day of an event, or the days of which it was one."""
    day = _day(line)
    match line.code("time_precision", _PRECISIONS):
        case 1:
            return days_between(day, day)
        case 2:
            return days_between(day - _WEEK, day + _WEEK)
        case _:
            return days_between(day.replace(day=1), last_of_month(day))


def _day(line: Line) -> date:
    text = line.text("event_date")
    try:
        return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return day_in(line, "event_date")
