"""What the sources' words say of a leaf: support, denial, or neither; agreement and dispute."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import frozen

from ceasefire_model.conditions import Answered, AtLeast, AtMost, Done, Holds, ObservedLeaf
from ceasefire_model.evidence import Observation, Reliability
from ceasefire_model.facts import CannotSay, Number, Question, Range, Times, Truth, Value
from ceasefire_model.ids import FactId, SourceId
from ceasefire_model.reprs import dotted
from ceasefire_model.rules.views import Choice, View
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

_RELIABILITY = tuple(Reliability)


class Says(Enum):
    """What one word does to a condition."""

    SUPPORTS = "supports"
    DENIES = "denies"
    NEITHER = "neither"
    """A range across the threshold, a source that cannot say, or a date not yet certain."""

    NO_LONGER = "no longer"
    """The last word before; it does not cover the instant."""

    __repr__ = dotted


@frozen
class Reading:
    """What one source's word says of a condition."""

    source: SourceId | None
    """Who speaks; none where something is supposed, or where a question is not answered."""

    observation: Observation | None
    """The report; none where something is supposed, or where a question is not answered."""

    says: Says
    """What it does to the condition."""

    age: timedelta | None
    """How long before the instant judged it was reported."""


_Bounds: TypeAlias = "tuple[Decimal | Fraction | None, Decimal | Fraction | None]"
_Comparison: TypeAlias = "Callable[[_Bounds, _Bounds], Says]"
_Words: TypeAlias = "dict[SourceId | None, tuple[Choice, ...]]"
"""By source, a choice for each of its reports that tie for the last place."""

_SILENCE: tuple[Choice, ...] = (((None, None),),)


_Said: TypeAlias = "tuple[SourceId | None, Choice, Says]"
"""What one source's word does to a condition."""


def weigh(view: View, leaf: ObservedLeaf) -> Verdict | None:
    """Return the verdict on a leaf about a fact; none where no word bears on it."""
    said = {says for _, _, says in _said(view, leaf)}
    if Says.SUPPORTS in said:
        return Verdict.DISPUTED if Says.DENIES in said else Verdict.MET
    if Says.DENIES in said:
        return Verdict.UNMET
    return Verdict.UNKNOWN if said else None


def read(view: View, leaf: ObservedLeaf) -> tuple[Reading, ...]:
    """Return the words that bear on a leaf, and of sources that are silent now, the last before."""
    readings = [_reading(view, *each) for each in _said(view, leaf)]
    return (*readings, *_last_words(view, facts_of(leaf)[0]))


def is_reported(view: View, fact: str) -> bool:
    """Whether any word on a fact, heard or supposed, bears on the instant judged."""
    return bool(_words(view, fact))


def agreed_number(view: View, fact: str) -> Number | Range | None:
    """Return the number or range that all words on a fact give; none where they differ."""
    values = {
        value
        for choices in _words(view, fact).values()
        for choice in choices
        for value, _ in choice
    }
    value = values.pop() if len(values) == 1 else None
    return value if isinstance(value, Number | Range) else None


def facts_of(leaf: ObservedLeaf) -> tuple[FactId, ...]:
    """Return the facts that a leaf asks about."""
    match leaf:
        case Holds(state=name) | Done(act=name) | Answered(question=name):
            return (name,)
        case AtLeast(fact=name, value=value) | AtMost(fact=name, value=value):
            return (name, value.fact) if isinstance(value, Times) else (name,)
        case _:
            assert_never(leaf)


def instants_of(view: View, leaf: ObservedLeaf) -> Iterator[datetime]:
    """Yield the instants at which the words on a leaf may change, suppositions apart."""
    for name in facts_of(leaf):
        for voice in view.voices(name):
            yield from voice.starts
        fact = view.scenario.index.facts[name]
        if isinstance(fact, Question):
            yield from fact.asked.as_start(view.zone)


def first_words(view: View, leaf: ObservedLeaf) -> Iterator[datetime]:
    """Yield when the words on a leaf begin, suppositions included."""
    yield from instants_of(view, leaf)
    names = facts_of(leaf)
    for supposed in view.scenario.suppositions:
        if any(item.fact in names for item in supposed.facts):
            yield supposed.since.as_start(view.zone)[0]


def _said(view: View, leaf: ObservedLeaf) -> Iterator[_Said]:
    match leaf:
        case Holds(state=name) | Done(act=name):
            yield from _of_fact(view, name, _truth)
        case Answered(question=name):
            yield from _of_fact(view, name, _truth)
            yield from _unanswered(view, name)
        case AtLeast(fact=name, value=value):
            yield from _of_comparison(view, name, value, _at_least)
        case AtMost(fact=name, value=value):
            yield from _of_comparison(view, name, value, _at_most)
        case _:
            assert_never(leaf)


def _of_comparison(
    view: View, fact: str, value: Decimal | Times, test: _Comparison
) -> Iterator[_Said]:
    """Read a fact against a number, or against a multiple of another fact."""
    if isinstance(value, Times):
        return _of_pair(view, fact, value, test)
    return _of_fact(view, fact, lambda said: test(_bounds(said), (value, value)))


def _of_fact(view: View, fact: str, test: Callable[[Value], Says]) -> Iterator[_Said]:
    """Read a test of one fact, source by source."""
    for source, choices in _words(view, fact).items():
        for choice in choices:
            said = {Says.NEITHER if value is None else test(value) for value, _ in choice}
            yield source, choice, _certain(said)


def _of_pair(view: View, fact: str, times: Times, test: _Comparison) -> Iterator[_Said]:
    """Compare two facts, source by source; what is supposed counts for every source."""
    words, others = _words(view, fact), _words(view, times.fact)
    for source in dict.fromkeys((*words, *others)):
        if source is None and len(words.keys() | others.keys()) > 1:
            continue
        for choice in words.get(source) or words.get(None, _SILENCE):
            for other in others.get(source) or others.get(None, _SILENCE):
                said = {_compared(v, w, times, test) for v, _ in choice for w, _ in other}
                yield source, (*choice, *other), _certain(said)


def _certain(said: set[Says]) -> Says:
    """Combine what a word may say: it says something only if that is certain."""
    return next(iter(said)) if len(said) == 1 else Says.NEITHER


def _compared(value: Value | None, other: Value | None, times: Times, test: _Comparison) -> Says:
    if value is None or other is None:
        return Says.NEITHER
    low, high = (
        None if bound is None else Fraction(bound) * Fraction(times.factor)
        for bound in _bounds(other)
    )
    return test(_bounds(value), (low, high))


def _reading(view: View, source: SourceId | None, choice: Choice, says: Says) -> Reading:
    """Show what a word does, with the report that gives it."""
    report = next((report for _, report in choice if report is not None), None)
    if report is None:
        return Reading(source, None, says, None)
    return Reading(source, report.observation, says, view.age(report.reported))


def _words(view: View, fact: str) -> _Words:
    """Return the words that bear on the instant, of those whom the trust lets speak."""
    supposed = view.supposed_value(fact)
    if supposed is not None:
        return {None: (((supposed, None),),)}
    words: _Words = {
        voice.source.id: choices for voice in view.voices(fact) if (choices := voice.at(view.at))
    }
    if not view.trust.most_reliable or not words:
        return words
    sources = view.scenario.index.sources
    rank = {name: _RELIABILITY.index(sources[name or ""].reliability) for name in words}
    best = min(rank.values())
    return {name: choices for name, choices in words.items() if rank[name] == best}


def _last_words(view: View, fact: str) -> Iterator[Reading]:
    """Yield the last word before of each source whose words no longer cover the instant."""
    for reports, voice in zip(view.reports(fact), view.voices(fact), strict=True):
        before = (r for r in reports if r.starts is not None and r.starts[0] <= view.at)
        last = None if voice.at(view.at) else next(before, None)
        if last is not None:
            age = view.age(last.reported)
            yield Reading(voice.source.id, last.observation, Says.NO_LONGER, age)


def _unanswered(view: View, question: str) -> Iterator[_Said]:
    """Yield the denial that comes from nobody: asked, and no word says that it was answered."""
    fact = view.scenario.index.facts[question]
    words = _words(view, question)
    if not isinstance(fact, Question) or None in words or _may_be_answered(words):
        return
    earliest, latest = fact.asked.as_start(view.zone)
    if view.at >= earliest:
        yield None, (), Says.DENIES if view.at >= latest else Says.NEITHER


def _may_be_answered(words: _Words) -> bool:
    return any(
        value is not None and _truth(value) is Says.SUPPORTS
        for choices in words.values()
        for choice in choices
        for value, _ in choice
    )


def _truth(value: Value) -> Says:
    match value:
        case Truth(value=True):
            return Says.SUPPORTS
        case Truth(value=False):
            return Says.DENIES
        case _:
            return Says.NEITHER


def _at_least(value: _Bounds, threshold: _Bounds) -> Says:
    """Compare two numbers or ranges: certain only if so for all that both may be."""
    (low, high), (least, most) = value, threshold
    if low is not None and most is not None and low >= most:
        return Says.SUPPORTS
    if high is not None and least is not None and high < least:
        return Says.DENIES
    return Says.NEITHER


def _at_most(value: _Bounds, threshold: _Bounds) -> Says:
    return _at_least(threshold, value)


def _bounds(value: Value) -> _Bounds:
    """Return the least and the most that a value may be; none where nothing is said."""
    match value:
        case Number(value=exact):
            return exact, exact
        case Range(low=low, high=high):
            return low, high
        case Truth() | CannotSay():
            return None, None
        case _:
            assert_never(value)
