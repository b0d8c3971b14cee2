"""Episodes of the UCDP Conflict Termination Dataset, by dyad."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire_model.datasets.coded import (
    Line,
    UnreadError,
    coded_day,
    first_day,
    last_day,
    lines_of,
)
from ceasefire_model.errors import Problem
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import Truth
from ceasefire_model.ids import fact_id, source_id
from ceasefire_model.moments import Moment, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.ids import Identified
    from ceasefire_model.tables.frames import AnyFrame

_DAY = timedelta(days=1)
_DAY_KNOWN = 1
_NOTHING = ("", ".")
"""Nothing is coded; a full stop is how Stata writes it."""

_CENTURY = 100
_SHORT = 3
_NEEDED = (
    *("dyad_id", "year", "side_a", "side_b", "start_date2", "start_prec2"),
    *("ependdate", "ependprec", "outcome"),
)


class Outcome(Enum):
    """How an episode ended (``outcome``)."""

    PEACE_AGREEMENT = 1
    CEASEFIRE = 2
    VICTORY_OF_GOVERNMENT = 3
    """Victory of side A."""

    VICTORY_OF_REBELS = 4
    """Victory of side B."""

    LOW_ACTIVITY = 5
    """Fewer than 25 dead in a year."""

    ACTOR_CEASES_TO_EXIST = 6


@frozen(kw_only=True)
class Episode:
    """One episode of a dyad: years in a row with 25 dead or more."""

    id: str
    """Its ``dyad_id`` and, after a hyphen, the place of the episode among those of its dyad.

    ``dyadep_id`` is not read: in copies that went through a spreadsheet many are ``1.2e+06``.
    """

    dyad: str
    sides: tuple[str, str]
    start: Moment
    """Its first dead: a day, or the year of which it was one."""

    end: Moment | None
    """Its last; none where the data set ends before it."""

    outcome: Outcome | None
    """How it ended; none where it did not, or it is not coded."""


@frozen
class Episodes:
    """The episodes of a frame, and what could not be read."""

    read: tuple[Episode, ...]
    problems: tuple[Problem, ...]
    """Why rows were not read; no row of such an episode was."""


def terminations(table: AnyFrame) -> Episodes:
    """Return the episodes of the dyads of a frame, each from all of its years.

    Args:
        table: A frame of any library, or rows (``tables.read_csv``).

    Raises:
        ModelError: If a column is missing.
    """
    rows: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines_of(table, _NEEDED):
        rows[line.text("dyad_id"), line.text("start_date2")].append(line)
    read: list[Episode] = []
    problems: list[Problem] = []
    for lines in rows.values():
        try:
            read.append(_episode(lines))
        except UnreadError as error:
            problems += [line.unread(error) for line in lines]
    return Episodes(tuple(_numbered(read)), tuple(problems))


def _numbered(episodes: list[Episode]) -> Iterator[Episode]:
    """Yield episodes in the order of their dyads and starts, each with its number."""
    counted = Counter[str]()
    for episode in sorted(episodes, key=lambda one: (one.dyad, first_day(one.start))):
        counted[episode.dyad] += 1
        yield evolve(episode, id=f"{episode.dyad}-{counted[episode.dyad]}")


def _episode(lines: list[Line]) -> Episode:
    last = max(lines, key=_year)
    ends = [line for line in lines if line.text("ependdate") not in _NOTHING]
    if len(ends) > 1:
        years = " and ".join(line.text("year") for line in ends)
        raise UnreadError("ependdate", f"one start, and an end in {years}; leave one of them out")
    start = _when(last, "start_date2", "start_prec2")
    end = _when(ends[0], "ependdate", "ependprec") if ends else None
    if end is not None and last_day(end) < first_day(start):
        raise UnreadError(
            "ependdate", f"it ends ({end}) before it starts ({start}); mend one of them"
        )
    return Episode(
        id="",
        dyad=last.text("dyad_id"),
        sides=(last.text("side_a"), last.text("side_b")),
        start=start,
        end=end,
        outcome=_outcome(ends[0]) if ends else None,
    )


def _outcome(line: Line) -> Outcome | None:
    if line.text("outcome") in _NOTHING:
        return None
    return Outcome(line.code("outcome", [one.value for one in Outcome]))


def _year(line: Line) -> int:
    year = line.number_in("year")
    if year is None:
        raise UnreadError("year", "a row without a year; write it")
    return year


def _when(line: Line, column: str, precision: str) -> Moment:
    """Return a day, or its year where the day is not coded as precise."""
    day = _day(line, column)
    if line.number_in(precision) == _DAY_KNOWN:
        return Moment(str(day))
    return coded_day(day.year, 0, 0)


def _day(line: Line, column: str) -> date:
    """Return a day as the file has it: month, day, and the last two digits of the year.

    The century is the last in which it does not lie after the year of the row.
    """
    text = line.text(column)
    parts = text.split("/")
    if len(parts) != _SHORT or not all(part.isdecimal() for part in parts):
        raise UnreadError(column, f"no day: {text!r}; write it as 7/21/46, month first")
    month, day, year = map(int, parts)
    if year < _CENTURY:
        year = _year(line) - (_year(line) - year) % _CENTURY
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadError(column, f"no such day: {text!r}; the month comes first") from None


def activity(
    episodes: Iterable[Episode],
    *,
    fact: str | Identified,
    source: str | Identified,
    covered_until: str | date | Moment,
) -> tuple[Observation, ...]:
    """Return, for a state such as *the conflict of A and B is active*, what episodes say of it.

    Args:
        episodes: Those of one dyad.
        fact: The state.
        source: The data set.
        covered_until: Its last day, until which what has no end was active.
    """
    last = moment(covered_until)
    return tuple(
        Observation(
            fact=fact_id(fact),
            value=Truth(value=value),
            source=source_id(source),
            since=since,
            reported=reported,
        )
        for episode in episodes
        for value, since, reported in _told(episode, last)
    )


def _told(episode: Episode, last: Moment) -> list[tuple[bool, Moment, Moment]]:
    """Return what an episode says, from when, and until when that is told."""
    if episode.end is None:
        return [(True, episode.start, last)]
    over = episode.end
    if over.is_exact:
        over = Moment(str(last_day(over) + _DAY))
    return [(True, episode.start, episode.start), (False, over, over)]
