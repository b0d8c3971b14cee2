"""Conditions and bounds in words where no scenario is at hand: they name ids."""

from __future__ import annotations

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
    children,
)
from ceasefire_model.display.blocks import Line
from ceasefire_model.display.words import day, plain
from ceasefire_model.facts import Times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


def label_of(condition: Condition) -> str:
    """Write a condition in a line, without what is inside it."""
    match condition:
        case Holds(state=name):
            return f"{name} holds"
        case Done(act=name):
            return f"{name} is done"
        case AtLeast(fact=name, value=value):
            return f"{name}: at least {_amount(value)}"
        case AtMost(fact=name, value=value):
            return f"{name}: at most {_amount(value)}"
        case Answered(question=name):
            return f"{name} is answered"
        case Accepts(party=party, of=name):
            return f"{party} accepts {name}"
        case InForce(of=name):
            return f"{name} is in force"
        case Fulfilled(provision=name, by=by):
            return f"{name} is fulfilled{f', as owed by {by}' if by else ''}"
        case Vague(id=name, text=text):
            return f"{name}: “{text}”"
        case AllOf(parts=parts):
            return f"all {len(parts)} of these"
        case AnyOf(parts=parts):
            return f"one of these {len(parts)}"
        case AtLeastOf(count=count, parts=parts):
            return f"at least {count} of these {len(parts)}"
        case Not(part=part):
            return f"not so: {label_of(part)}"
        case Ever():
            return "at some time so far"
        case By(due=due):
            return f"by {limit_of(due)}"
        case HeldFor(duration=duration):
            return f"for the last {duration} without a break"
        case Throughout(start=start, end=end):
            last = "" if end is None else f" until {limit_of(end)}"
            return f"always from {limit_of(start)}{last}"
        case When():
            return "once one thing is so, the other"
        case _:
            assert_never(condition)


def inside(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """Yield what is written inside a condition, each with its part in it where it has one.

    A negation is written in one line with what it negates.
    """
    match condition:
        case Vague(meanings=meanings):
            for meaning in meanings:
                held = f", as {', '.join(meaning.held_by)} read it" if meaning.held_by else ""
                yield f"if it means “{meaning.text}”{held}", meaning.condition
        case When(trigger=trigger, then=then):
            yield "once", trigger
            yield "then", then
        case Not(part=part):
            yield from inside(part)
        case By() | Throughout():
            yield "", condition.condition
            yield from (("the event", each) for each in children(condition)[1:])
        case _:
            yield from (("", each) for each in children(condition))


def outline(condition: Condition, role: str = "") -> Line:
    """Return a condition with all that is inside it, each behind its part in what it is inside of.

    Conditions nest at most 64 deep.
    """
    text = f"{role}: {label_of(condition)}" if role else label_of(condition)
    return Line(text, below=[outline(part, each) for each, part in inside(condition)])


def limit_of(bound: Bound) -> str:
    """Write a bound: a date, or so long after an event."""
    if isinstance(bound, After):
        when = f"{bound.delay} after" if bound.delay.amount else "with"
        return f"{when} the event “{label_of(bound.condition)}”"
    return day(bound)


def _amount(value: Decimal | Times) -> str:
    if isinstance(value, Times):
        return f"{plain(value.factor)} times {value.fact}"
    return plain(value)
