"""Events of the UCDP Georeferenced Event Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.datasets.coded import Line, UnreadError, day_in, each_read, lines_of
from ceasefire_model.datasets.events import Event, Events, days_between

if TYPE_CHECKING:
    from ceasefire_model.moments import Moment
    from ceasefire_model.tables.frames import AnyFrame

_KINDS = {1: "state-based", 2: "non-state", 3: "one-sided"}
_ACTORS = ("side_a", "side_b", "side_a_new_id", "side_b_new_id")
_PLACES = ("country", "adm_1", "adm_2", "where_coordinates")
_ESTIMATES = ("low", "best", "high")
_DAY_KNOWN = 1
_PRECISIONS = (1, 2, 3, 4, 5)
_NEEDED = (
    *("id", "relid", "year", "type_of_violence", "dyad_new_id", "date_prec"),
    *("date_start", "date_end", *_ACTORS, *_ESTIMATES, "country"),
)


def events(table: AnyFrame) -> Events:
    """Return the events of the GED.

    Args:
        table: A frame of any library, or rows (``tables.read_csv``).

    Raises:
        ModelError: If a column is missing.
    """
    return Events(*each_read(lines_of(table, _NEEDED), _event))


def _event(line: Line) -> Event:
    estimates = [_estimate(line, column) for column in _ESTIMATES]
    return Event(
        id=line.text("id"),
        when=_when(line),
        kind=_KINDS[line.code("type_of_violence", _KINDS)],
        dyads=(line.text("dyad_new_id"),),
        actors=tuple(text for column in _ACTORS if (text := line.text(column))),
        places=tuple(text for column in _PLACES if (text := line.text(column))),
        low=min(estimates),
        best=estimates[1],
        high=max(estimates),
        reference=f"UCDP GED {line.text('relid')}",
    )


def _estimate(line: Line, column: str) -> int:
    found = line.number_in(column)
    if found is None or found < 0:
        raise UnreadError(column, "no number of dead; write 0 where there were none")
    return found


def _when(line: Line) -> Moment:
    """Return the day of an event, or the days of which it was one."""
    first, last = day_in(line, "date_start"), day_in(line, "date_end")
    year = line.number_in("year")
    if year is not None and year not in {first.year, last.year}:
        raise UnreadError("date_start", f"{first} is not in the year {year}; mend one of them")
    if last < first:
        raise UnreadError("date_end", f"it ends ({last}) before it starts ({first}); mend it")
    if line.code("date_prec", _PRECISIONS) == _DAY_KNOWN and first != last:
        raise UnreadError("date_prec", f"1 is a known day, but {first} to {last} are several")
    return days_between(first, last)
