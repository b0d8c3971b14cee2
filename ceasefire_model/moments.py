"""Times as they were written, and the instants they stand for in a time zone.

A bare day is a day in the scenario's zone.
As the start of something it is its local midnight; as the end of something, or as the day on which
one judges or reports, it stands for every instant before the next local midnight.
The finest step of time is a microsecond, so that *every instant before* another ends one
microsecond before it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.fields import is_a, read_or_not, refuse_empty, whole, word
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

TICK = timedelta(microseconds=1)
"""The finest step of time."""

BEGINNING = datetime(1, 1, 3, tzinfo=UTC)
"""Before every time that a moment can name."""

NEVER = datetime(9990, 1, 1, tzinfo=UTC)
"""After every time that a moment can name."""

_LEAST_MONTH = BEGINNING.year * 12 + 1
"""February of the first year: its January is not whole."""

_DAY = timedelta(days=1)
_WIDEST = 36_525
"""The days of a range at the most: a hundred years."""

_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_RIGHT = (
    "write a day (2025-03-13), a month (2022-02), a year (2022), a range (2024-06/2024-08, "
    "../1999-12) or an instant with its offset (2025-01-19T11:15+02:00), in the years 1000 to 9000"
)
_OPEN = ".."
_FIRST = date(1000, 1, 1)
"""The first day that a moment can name; where an open range begins."""


def _valid(_instance: object, _attribute: object, value: str) -> None:
    """Refuse a text that is no time."""
    _parsed(value)


def _text_of(value: str | date | datetime) -> str:
    """Write a day or an instant, as the converter of a field."""
    return value if type(value) is str else _written(value)


@frozen
class Moment:
    """A time as it was written: a day, a month, a year, a range of these, or an instant.

    >>> Moment("2025-03-13")
    Moment(text='2025-03-13')

    Attributes:
        text: As written, in ISO 8601: ``2025-03-13``, ``2022-02``, ``2022``, ``2024-06/2024-08``,
            ``2025-01-19T11:15+02:00``; ``../1999-12`` is at any time up to then.
    """

    __repr__ = spelled

    text: str = field(converter=_text_of, validator=_valid)

    @property
    def is_exact(self) -> bool:
        """Whether it is a single day or a single instant."""
        first, last = _parsed(self.text)
        return first == last

    @property
    def span(self) -> tuple[date | datetime, date | datetime]:
        """The first and the last day of it; of instants, the first and the last, in UTC."""
        return _parsed(self.text)

    @property
    def is_of_days(self) -> bool:
        """Whether it is a day, a month, a year or a range of these, and no instant."""
        return not isinstance(_parsed(self.text)[0], datetime)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the earliest and the latest instant of it, in UTC, both included."""
        return _bounds(self.text, zone)

    def as_start(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the earliest and the latest instant at which what starts then may start."""
        return _starts(self.text, zone)

    def as_end(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the earliest and the latest instant at which what ends then is over."""
        first, last = _parsed(self.text)
        return _day_over(first, zone), _day_over(last, zone)

    def begins(self, reported: Moment, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the earliest and the latest instant at which what was reported then may start.

        Nothing has happened later than the end of its report; what was announced beforehand starts
        when it was said to.
        """
        starts = self.as_start(zone)
        if reported.text == self.text:
            return starts
        earliest, latest = starts
        last = reported.bounds(zone)[1]
        if latest <= last or last < earliest:
            return starts
        return earliest, midnight_of(last, zone) if self.is_of_days else last

    def choices(self) -> tuple[date | datetime, ...]:
        """Return the days that it may be; of instants, the first and the last.

        Of an open range the first of all days stands for those before the last hundred years.
        """
        first, last = _parsed(self.text)
        if isinstance(last, datetime) or first == last:
            return (first,) if first == last else (first, last)
        count = (last - first).days
        days = (last - number * _DAY for number in range(min(count, _WIDEST), -1, -1))
        return tuple(days) if count <= _WIDEST else (first, *days)

    def __str__(self) -> str:
        """Return it as written."""
        return self.text


class Unit(Enum):
    """What a delay is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    __repr__ = dotted


def unit_of(value: Unit | str) -> Unit:
    """Read a unit, as the converter of a field."""
    return word(Unit, value)


_ELAPSED = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_CALENDAR = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}
_LONGEST = {
    Unit.MINUTES: 52_596_000,
    Unit.HOURS: 876_600,
    Unit.DAYS: 36_525,
    Unit.WEEKS: 5_217,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
}
"""The largest amount of a delay: a hundred years."""


@frozen
class Delay:
    """A length of time: days, weeks, months and years of the calendar, or hours and minutes.

    Days and more are counted as local dates, so that a change of clocks does not matter, and give a
    whole day; hours and minutes are elapsed time, and give an instant.

    Attributes:
        amount: How many, from 0 up to a hundred years.
        unit: Of what.
    """

    __repr__ = spelled

    amount: int = field(validator=whole)
    unit: Unit = field(converter=unit_of, validator=is_a(Unit))

    def __attrs_post_init__(self) -> None:
        """Refuse an amount below 0 or above a hundred years."""
        most = _LONGEST[self.unit]
        if not 0 <= self.amount <= most:
            raise ModelError(
                f"a delay is of 0 to {most} {self.unit.value}, got {shortened(self.amount)}"
            )

    @property
    def is_elapsed(self) -> bool:
        """Whether it is elapsed time, and not of the calendar."""
        return self.unit in _ELAPSED

    def after(self, at: datetime, zone: ZoneInfo) -> datetime | date:
        """Return the instant that lies so long after another, or the local day."""
        if self.is_elapsed:
            return self._elapsed(at, 1)
        return self._moved(day_of(at, zone), 1)

    def shifted(self, at: datetime, zone: ZoneInfo, sign: int) -> datetime:
        """Return the instant so long after (1) or before (-1), at the same time of the clock."""
        if self.is_elapsed:
            return self._elapsed(at, sign)
        local = at.astimezone(zone)
        day = self._moved(local.date(), sign)
        return datetime.combine(day, local.time(), zone).astimezone(UTC)

    def _elapsed(self, at: datetime, sign: int) -> datetime:
        """Move an instant by so much, no further than to the end or the beginning of all times."""
        there = self.amount * _ELAPSED[self.unit]
        room = NEVER - at if sign > 0 else at - BEGINNING
        return at.astimezone(UTC) + sign * min(there, room)

    def _moved(self, day: date, sign: int) -> date:
        """Move a day by so much; the 31st of a shorter month is its last day.

        Lengths of a hundred years within each other would lead beyond the times that there are, so
        it goes no further than to the end or the beginning of these.
        """
        if self.unit in _CALENDAR:
            moved = day.toordinal() + sign * self.amount * _CALENDAR[self.unit]
            return date.fromordinal(min(max(moved, BEGINNING.toordinal()), NEVER.toordinal()))
        month = day.year * 12 + day.month - 1 + sign * self.amount * _MONTHS[self.unit]
        month = min(max(month, _LEAST_MONTH), NEVER.year * 12)
        first = date(month // 12, month % 12 + 1, 1)
        last = (first + 31 * _DAY).replace(day=1) - _DAY
        return first.replace(day=min(day.day, last.day))

    def __str__(self) -> str:
        """Write it as one says it: 14 days, 1 month."""
        return f"{self.amount} {self.unit.value if self.amount != 1 else self.unit.value[:-1]}"


def minutes(amount: int) -> Delay:
    """Return so many minutes of elapsed time."""
    return Delay(amount, Unit.MINUTES)


def hours(amount: int) -> Delay:
    """Return so many hours of elapsed time."""
    return Delay(amount, Unit.HOURS)


def days(amount: int) -> Delay:
    """Return so many days of the calendar."""
    return Delay(amount, Unit.DAYS)


def weeks(amount: int) -> Delay:
    """Return so many weeks of the calendar."""
    return Delay(amount, Unit.WEEKS)


def months(amount: int) -> Delay:
    """Return so many months of the calendar."""
    return Delay(amount, Unit.MONTHS)


def years(amount: int) -> Delay:
    """Return so many years of the calendar."""
    return Delay(amount, Unit.YEARS)


def start_of(day: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which what starts on a day, or at an instant, starts."""
    return _midnight(day, zone)


def end_of(day: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which what ends on a day, or at an instant, is over."""
    return _day_over(day, zone)


Time: TypeAlias = str | date | datetime | Moment
"""A time as one writes it in a script: a text, a day, an aware instant, or a moment."""


def moment(value: Time) -> Moment:
    """Return what was given as a moment.

    Args:
        value: A moment, its text, a day, or an aware datetime; of pandas and numpy also a midnight
            without an offset, as they have no days.

    Raises:
        ModelError: If it is no time, or a datetime without an offset.

    >>> from datetime import date
    >>> moment(date(2025, 3, 13))
    Moment(text='2025-03-13')
    """
    return value if isinstance(value, Moment) else Moment(value)


def _written(value: object) -> str:
    """Write what was given for a time in the one way in which moments are written."""
    refuse_empty(value)
    match value:
        case str():
            return str(value)
        case datetime():
            return _of_datetime(value)
        case date():
            return value.isoformat()
        case _ if type(value).__name__ == "datetime64":
            return _of_numpy(str(value))
        case _:
            raise ModelError(f"no time: {shortened(value)}; {_RIGHT}")


def _of_datetime(value: datetime) -> str:
    """Write an instant; a midnight without an offset is a day where there are no days."""
    if value.utcoffset() is not None:
        return _aware_text(value)
    if type(value).__module__.startswith("pandas") and value.time() == time():
        return value.date().isoformat()
    raise ModelError(f"an instant needs its offset from UTC, got {shortened(value)}; set tzinfo")


def _of_numpy(text: str) -> str:
    """Return the day that numpy writes as its midnight; it knows no offsets."""
    day, _, clock = text.partition("T")
    if clock.strip("0:."):
        raise ModelError(f"an instant needs its offset from UTC, got {text!r}; write it as a text")
    return day


def time_of(value: Time) -> Moment:
    """Read a time, as the converter of a field."""
    return read_or_not(moment, value)


_DELAY = re.compile(
    rf"(\d{{1,9}}) ({'|'.join(unit.value.removesuffix('s') for unit in Unit)})s?", re.ASCII
)


def delay(value: str | Delay) -> Delay:
    """Return what was given as a length of time.

    Raises:
        ModelError: If it is none.

    >>> delay("30 days") == days(30)
    True
    """
    if isinstance(value, Delay):
        return value
    given: object = value
    found = _DELAY.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        what = f"a length of time is needed, got {shortened(given)}"
        raise ModelError(f"{what}; write it as '30 days'")
    return Delay(int(found[1]), Unit(f"{found[2]}s"))


def delay_of(value: str | Delay) -> Delay:
    """Read a length of time, as the converter of a field."""
    return read_or_not(delay, value)


def instant(value: Time, zone: ZoneInfo, argument: str = "it") -> datetime:
    """Return the instant that a day or an instant stands for where one judges or reports.

    A day stands for every instant before the next local midnight: its last microsecond.

    Args:
        value: The time.
        zone: The zone in which a day is one.
        argument: What it was given for, to be named in an error.

    Raises:
        ModelError: If it is neither a day nor an instant.
    """
    return exact_moment(value, argument).bounds(zone)[1]


def exact_moment(value: Time, argument: str) -> Moment:
    """Return a day or an instant.

    Args:
        value: The time.
        argument: What it was given for, to be named in an error.

    Raises:
        ModelError: If it is neither.
    """
    try:
        when = moment(value)
    except ModelError as error:
        raise ModelError(f"cannot be read: {error.what}", argument) from None
    if not when.is_exact:
        raise ModelError(f"is a day or an instant, got {when.text!r}", argument)
    return when


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the local day of an instant."""
    return at.astimezone(zone).date()


def midnight_of(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the local midnight that begins the day of an instant."""
    return start_of(day_of(at, zone), zone)


def is_hour(at: datetime, zone: ZoneInfo) -> bool:
    """Whether an instant lies inside a local day: it is not ordered with what is told of that."""
    return at != midnight_of(at, zone)


def _aware_text(value: datetime) -> str:
    """Write an aware datetime so that it can be read back; offsets with seconds become UTC."""
    offset = value.utcoffset() or timedelta()
    whole = offset % timedelta(minutes=1) == timedelta()
    try:
        return (value if whole else value.astimezone(UTC)).isoformat()
    except OverflowError as error:
        raise ModelError(f"no time: {shortened(value)}; {_RIGHT}") from error


_DAYS = 65_536
"""How many days are remembered: those of 180 years, some ten megabytes for each question."""


@lru_cache(maxsize=_DAYS)
def _parsed(text: str) -> tuple[date | datetime, date | datetime]:
    """Return the first and the last day of a text, or its first and last instant (in UTC)."""
    first, slash, last = text.partition("/")
    end = _single(last if slash else first, text)
    is_open = first == _OPEN and not isinstance(end[1], datetime)
    start = (_FIRST, _FIRST) if is_open else _single(first, text)
    if isinstance(start[0], datetime) is not isinstance(end[1], datetime):
        raise ModelError(f"a range is of days or of instants, not of both, got {shortened(text)}")
    if slash and start[0] >= end[1]:
        raise ModelError(f"a range must end after its start, got {shortened(text)}")
    if not is_open and end[1].toordinal() - start[0].toordinal() > _WIDEST:
        raise ModelError(f"a range spans at most a hundred years, got {shortened(text)}")
    return start[0], end[1]


def _single(part: str, text: str) -> tuple[date | datetime, date | datetime]:
    """Return the first and the last day (or the instant, twice) of one end of a text."""
    try:
        found = _read(part)
    except (ValueError, OverflowError) as error:
        raise ModelError(f"no such day or hour in {shortened(text)}: {error}; {_RIGHT}") from error
    if found is None and (advice := _almost(part)):
        raise ModelError(f"no time: {shortened(text)}; {advice}")
    if found is None or not 1000 <= found[0].year <= 9000:  # noqa: PLR2004 - no overflow inside
        raise ModelError(f"no time: {shortened(text)}; {_RIGHT}")
    return found


_NAIVE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]24:00.*", re.ASCII)


def _almost(part: str) -> str:
    """Say what is amiss with what is almost an instant."""
    if _MIDNIGHT.fullmatch(part):
        return "a day ends at 00:00 of the next; write that, with its offset"
    if _NAIVE.fullmatch(part):
        return f"an instant needs its offset from UTC: {part.replace(' ', 'T')}+02:00"
    return ""


def _read(part: str) -> tuple[date | datetime, date | datetime] | None:
    """Read a year, a month, a day or an instant, whichever it looks like."""
    if _YEAR.fullmatch(part):
        return date(int(part), 1, 1), date(int(part), 12, 31)
    if match := _MONTH.fullmatch(part):
        year, month = int(match[1]), int(match[2])
        first = date(year, month, 1)
        return first, (first + 31 * _DAY).replace(day=1) - _DAY
    if _DATE.fullmatch(part):
        day = date.fromisoformat(part)
        return day, day
    if _INSTANT.fullmatch(part):
        at = datetime.fromisoformat(part).astimezone(UTC)
        return at, at
    return None


@lru_cache(maxsize=_DAYS)
def _midnight(day: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the start of a local day in UTC, or an instant as it is."""
    if isinstance(day, datetime):
        return day
    return datetime.combine(day, time(), zone).astimezone(UTC)


@lru_cache(maxsize=_DAYS)
def _bounds(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a text, which every report is asked for."""
    first, last = _parsed(text)
    over = _day_over(last, zone)
    return _midnight(first, zone), over if isinstance(last, datetime) else over - TICK


@lru_cache(maxsize=_DAYS)
def _starts(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first and the last instant at which what starts then may start."""
    first, last = _parsed(text)
    return _midnight(first, zone), _midnight(last, zone)


def _day_over(day: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the next local midnight in UTC, or an instant as it is."""
    return day if isinstance(day, datetime) else _midnight(day + _DAY, zone)
