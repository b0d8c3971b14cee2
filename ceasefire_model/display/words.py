"""Plain words for conditions, values, verdicts, dates and sources."""

from __future__ import annotations

import re
from datetime import time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Bound,
    By,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.facts import Number, Quantity, Range, Times, Truth, Value
from ceasefire_model.moments import TICK
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from ceasefire_model.facts import Fact
    from ceasefire_model.moments import Moment
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario

WIDTH = 100
"""Columns of a text."""

SYMBOLS = {
    Verdict.MET: "✓",
    Verdict.UNMET: "✗",
    Verdict.PENDING: "…",
    Verdict.DISPUTED: "≠",
    Verdict.UNKNOWN: "○",
    Verdict.UNCLEAR: "?",
}
"""One sign per verdict, told apart by shape."""

MARRED = "!"
"""The sign of what is met and was not always."""

WORDS = {
    Verdict.MET: "met",
    Verdict.UNMET: "not met",
    Verdict.PENDING: "pending",
    Verdict.DISPUTED: "disputed",
    Verdict.UNKNOWN: "unknown",
    Verdict.UNCLEAR: "unclear",
}
"""One word per verdict."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?(?:T(.*))?)?")


def statement_of(condition: Condition, scenario: Scenario) -> str:
    """Write a condition as a statement, naming texts and parties rather than ids."""
    match condition:
        case Holds(state=name) | Done(act=name):
            return scenario.fact(name).text
        case AtLeast(fact=name, value=value):
            return f"{scenario.fact(name).text}: at least {_amount(value, name, scenario)}"
        case AtMost(fact=name, value=value):
            return f"{scenario.fact(name).text}: at most {_amount(value, name, scenario)}"
        case Answered(question=name):
            return f"answered: {scenario.fact(name).text}"
        case Accepts(party=party, of=text):
            return f"{scenario.party(party).name} accepts {title_of(text, scenario)}"
        case InForce(of=name):
            return f"in force: {title_of(name, scenario)}"
        case Fulfilled(provision=name, by=by):
            owed = f" (as owed by {scenario.party(by).name})" if by else ""
            return f"fulfilled: {scenario.provision(name).text}{owed}"
        case Vague(text=text):
            return text
        case AllOf(parts=(part,)) | AnyOf(parts=(part,)):
            return statement_of(part, scenario)
        case AllOf(parts=parts):
            return f"all {len(parts)} of these"
        case AnyOf(parts=parts):
            return f"one of these {len(parts)}"
        case AtLeastOf(count=count, parts=parts):
            return f"at least {count} of these {len(parts)}"
        case Not(part=part):
            return f"not so: {statement_of(part, scenario)}"
        case Ever(condition=inner):
            return f"at some time so far: {statement_of(inner, scenario)}"
        case By(condition=inner, due=due):
            return f"{statement_of(inner, scenario)}, by {bound_of(due, scenario)}"
        case HeldFor(condition=inner, duration=duration):
            return f"for the last {duration} without a break: {statement_of(inner, scenario)}"
        case Throughout(condition=inner, start=start, end=end):
            last = "" if end is None else f" until {bound_of(end, scenario)}"
            return f"always from {bound_of(start, scenario)}{last}: {statement_of(inner, scenario)}"
        case When(trigger=trigger, then=then):
            return f"once “{statement_of(trigger, scenario)}”: {statement_of(then, scenario)}"
        case _:
            assert_never(condition)


def spelled_out(condition: Condition, scenario: Scenario) -> str:
    """Write a condition as a statement, with what a composite one is made of."""
    match condition:
        case AllOf(parts=(part,)) | AnyOf(parts=(part,)):
            return spelled_out(part, scenario)
        case AllOf(parts=()):
            return "nothing"
        case AnyOf(parts=()):
            return "what nothing can meet"
        case AllOf(parts=parts):
            return "; and ".join(_enclosed(part, scenario) for part in parts)
        case AnyOf(parts=parts):
            return "; or ".join(_enclosed(part, scenario) for part in parts)
        case AtLeastOf(count=count, parts=parts):
            return f"{count} of: {'; '.join(_enclosed(part, scenario) for part in parts)}"
        case Not(part=part):
            return f"not so: {_enclosed(part, scenario)}"
        case _:
            return statement_of(condition, scenario)


def _enclosed(part: Condition, scenario: Scenario) -> str:
    is_leaf = not isinstance(part, AllOf | AnyOf | AtLeastOf)
    return spelled_out(part, scenario) if is_leaf else f"({spelled_out(part, scenario)})"


def bound_of(bound: Bound, scenario: Scenario) -> str:
    """Write a bound: a date, or so long after an event."""
    if isinstance(bound, After):
        when = f"{bound.delay} after" if bound.delay.amount else "once"
        return f"{when} “{spelled_out(bound.condition, scenario)}”"
    return day(bound)


def title_of(text: str, scenario: Scenario) -> str:
    """Write the title of a proposal, or the text of a provision."""
    proposal = scenario.index.proposals.get(text)
    return proposal.title if proposal else scenario.provision(text).text


def _amount(value: Decimal | Times, name: str, scenario: Scenario) -> str:
    if isinstance(value, Times):
        return f"{plain(value.factor)} times {scenario.fact(value.fact).text}"
    return number_of(value, scenario.fact(name))


def number_of(value: Decimal, fact: Fact) -> str:
    """Write a number in the unit of its fact; shares in per cent."""
    if isinstance(fact, Quantity):
        return f"{plain(value)} {fact.unit}{f' a {fact.per}' if fact.per else ''}"
    return f"{plain(value * 100)} %"


def plain(value: Decimal | Fraction) -> str:
    """Write a number without exponent, in groups of three digits; a fraction as it is."""
    return str(value) if isinstance(value, Fraction) else f"{value.normalize():,f}"


def value_of(value: Value, fact: Fact) -> str:
    """Write what a source says of a fact."""
    match value:
        case Truth(value=True):
            return "yes"
        case Truth(value=False):
            return "no"
        case Number(value=exact):
            return number_of(exact, fact)
        case Range(low=None, high=high) if high is not None:
            return f"at most {number_of(high, fact)}"
        case Range(low=low, high=None) if low is not None:
            return f"at least {number_of(low, fact)}"
        case Range(low=low, high=high) if low is not None and high is not None:
            return f"{number_of(low, fact)} to {number_of(high, fact)}"
        case _:
            return "cannot say"


def day(moment: Moment) -> str:
    """Write a moment in words: 13 March 2025, February 2022, 2022, up to December 1999."""
    first, slash, last = moment.text.partition("/")
    if first == "..":
        return f"up to {_day(last)}"
    return _joined(_day(first), _day(last)) if slash else _day(first)


def _joined(first: str, last: str) -> str:
    """Write a range, and what both ends share once: 17 to 22 October 2020."""
    one, other = first.split(" "), last.split(" ")
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return f"{' '.join(one) or first} to {last}"


def _day(text: str) -> str:
    found = _DATE.fullmatch(text)
    if found is None:  # pragma: no cover - a moment is always one of these
        return text
    year, month, number, clock = found.groups()
    written = f"{_MONTHS[int(month) - 1]} {year}" if month else year
    written = f"{int(number)} {written}" if number else written
    return f"{written}, {clock}" if clock else written


def instant(at: datetime, scenario: Scenario) -> str:
    """Write an instant: as its day where it is the first or last of it, else with the time."""
    return local_time(at, scenario.zone)


def as_of(view: View) -> str:
    """Write as of when something was judged."""
    return f"as of {instant(view.at, view.scenario)}"


def local_time(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant in a time zone: as its day where it is the first or last of it."""
    local = at.astimezone(zone)
    written = f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    is_edge = local.time() in (time.min, time.max)
    return written if is_edge else f"{written}, {local:%H:%M}"


def last_day(over: datetime, zone: ZoneInfo) -> str:
    """Write when something is over: as the last day that counts, or as an instant.

    What is over with the last instant of a day, as what is known before the reports of that day,
    counts for the days before.
    """
    local = over.astimezone(zone)
    if local.time() == time.max:
        return local_time(over - timedelta(days=1), zone)
    return local_time(over - TICK if local.time() == time.min else over, zone)


def between(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Return how long it is by the clocks of a zone: from midnight to midnight is a whole day."""
    return end.astimezone(zone).replace(tzinfo=None) - start.astimezone(zone).replace(tzinfo=None)


def span_of(length: timedelta) -> str:
    """Write a length of time in whole days, or in hours."""
    if length.days:
        return f"{length.days:,} day{'s' if length.days != 1 else ''}"
    return f"{length.total_seconds() / 3600:.1f} hours"


def names(parties: Iterable[str], scenario: Scenario) -> str:
    """Write parties by name: A, B and C."""
    return listed([scenario.party(party).name for party in parties])


def listed(items: list[str]) -> str:
    """Write items as a list in a sentence."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def cited(text: str, reference: str | None) -> str:
    """Write a text with where it can be read behind it in brackets."""
    return f"{text} ({bare(reference)})" if reference else text


def bare(reference: str) -> str:
    """Return a reference without brackets around all of it."""
    inner = reference.strip()[1:-1]
    is_enclosed = reference.strip() == f"({inner})" and not {"(", ")"} & set(inner)
    return inner if is_enclosed else reference
