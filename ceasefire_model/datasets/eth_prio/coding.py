"""What the rows of one ceasefire say of its time, as it was coded."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.datasets.coded import Line, UnreadError, coded_day, first_day, last_day
from ceasefire_model.errors import ModelError
from ceasefire_model.ids import FactId, SourceId
from ceasefire_model.moments import Moment

if TYPE_CHECKING:
    from ceasefire_model.errors import Problem

NEVER = 0
UNKNOWN = -1


class Side(Enum):
    """How many sides bind themselves (``side``)."""

    UNILATERAL = 1
    BILATERAL = 2
    MULTILATERAL = 3


class Ending(Enum):
    """How a ceasefire ended (``ended``)."""

    UNCLEAR = -1
    NOT_ENDED = 0
    """Not by the end of the coding."""

    EXPIRED = 1
    """Its term ran out."""

    BROKE_DOWN = 2
    """It broke down, or was called off."""

    NEVER_HELD = 3
    REPLACED = 4
    """Another ceasefire took its place."""


class Link(Enum):
    """How a ceasefire is linked to an earlier one."""

    EXTENDS = "extends"
    """It moves the end of the earlier one: ``Proposal.prolongs``."""

    SUPERSEDES = "supersedes"
    """It takes the place of the earlier one: ``Proposal.previous``."""


LINKS: dict[int, Link] = {1: Link.EXTENDS, 2: Link.SUPERSEDES}
"""What the codes of ``link`` are read as."""


_PARTS = ("yr", "month", "day")
_DATES = ("cf_dec", "cf_effect", "end")
NEEDED = (
    *("uniq_id", "cc", "location", "ucdp_actor_id", "actor_name", "side", "ceasefire_class"),
    *(f"{name}_{part}" for name in _DATES for part in _PARTS),
    *("fixed", "fixed_time", "ended", "link", "link_id1"),
)


@frozen
class Dates:
    """From when to when a row says that a ceasefire was in force."""

    declared: Moment
    effect: Moment | int
    """When it took effect, or 0 for never and -1 for unknown."""

    ending: Ending
    end: Moment | int
    """When it ended, or 0 for never and -1 for unknown."""


@frozen
class Group:
    """The rows of one ceasefire."""

    id: str
    lines: tuple[Line, ...]
    dates: tuple[Dates, ...]
    """Of each row."""

    @property
    def first(self) -> Line:
        """The first of them, which speaks for what they agree on."""
        return self.lines[0]

    @property
    def distinct(self) -> tuple[Dates, ...]:
        """What they say of its time, each once."""
        return tuple(dict.fromkeys(self.dates))

    @property
    def term(self) -> int | None:
        """After how many days its text ends; none where it does not, or says so in words."""
        length = self.first.text("fixed_time")
        is_fixed = self.first.number_in("fixed") == 1 and length.isdecimal()
        return int(length) or None if is_fixed else None


def text_id(uniq_id: str) -> str:
    """Return the id of the text of a ceasefire."""
    return f"cf-{uniq_id}"


def state_id(group: Group) -> FactId:
    """Return the id of the state whose reports say whether a ceasefire was in force."""
    return FactId(f"{text_id(group.id)}-in-force")


def source_id(group: Group, span: Dates) -> SourceId:
    """Return the id of the rows that say the same of a ceasefire."""
    place = group.distinct.index(span)
    return SourceId(
        "eth-prio" if len(group.distinct) == 1 else f"{text_id(group.id)}-reading-{place + 1}"
    )


def groups_of(lines: list[Line], problems: list[Problem]) -> dict[str, Group]:
    """Return the rows of each ceasefire whose dates can all be read."""
    by_id: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_id[line.text("uniq_id")].append(line)
    groups: dict[str, Group] = {}
    for name, members in by_id.items():
        dates: dict[int, Dates] = {}
        for line in members:
            try:
                dates[line.number] = _dates(line)
            except UnreadError as error:
                problems.append(line.unread(error))
        if len(dates) == len(members):
            groups[name] = Group(name, tuple(members), tuple(dates.values()))
        else:
            what = "not read, because another row of the same ceasefire was not"
            problems += [one.problem("uniq_id", what) for one in members if one.number in dates]
    return groups


def _dates(line: Line) -> Dates:
    """Return what one row says of the time of its ceasefire."""
    declared = _date(line, "cf_dec")
    if isinstance(declared, int):
        raise UnreadError("cf_dec_yr", "a ceasefire without a year; write the year declared")
    effect, end = _date(line, "cf_effect"), _date(line, "end")
    ending = Ending(line.code("ended", [one.value for one in Ending]))
    span = Dates(declared, effect, ending, end)
    start = start_of(span)
    if isinstance(end, Moment) and last_day(end) < first_day(start):
        raise UnreadError("end_yr", f"it ends ({end}) before it starts ({start}); mend one of them")
    return span


def _date(line: Line, name: str) -> Moment | int:
    """Return a day as precisely as it was coded; 0 for never and -1 for unknown."""
    year, month, day = (line.number_in(f"{name}_{part}") for part in _PARTS)
    if year is None:
        raise UnreadError(
            f"{name}_yr", "nothing is coded; write the year, 0 (never) or -1 (unknown)"
        )
    month, day = month or UNKNOWN, day or UNKNOWN
    if year > 0:
        try:
            return coded_day(year, month, day)
        except ModelError:
            what = (
                f"no such day: {year}-{month:02}-{day:02}; mend it, or write -1 for an unknown day"
            )
            raise UnreadError(f"{name}_day", what) from None
    if max(month, day) > 0:
        raise UnreadError(f"{name}_yr", "a month or day without a year; write the year, or -1")
    return NEVER if year == 0 else UNKNOWN


def start_of(span: Dates) -> Moment:
    """Return when a ceasefire took effect, or was declared where that is all that is known."""
    return span.effect if isinstance(span.effect, Moment) else span.declared
