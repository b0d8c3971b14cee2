"""When that begins which a condition asks about: what nobody had reported until then was not so.

A history begins with the first word on any fact of it, or, where it asks about none, with a date.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    Bound,
    By,
    Condition,
    Derived,
    Fulfilled,
    InForce,
    Observed,
    ObservedLeaf,
    Throughout,
    children,
)
from ceasefire_model.grounds import conditions_under
from ceasefire_model.moments import Moment
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.acceptance import duty_parts, first_spoken
from ceasefire_model.rules.modes import Mode
from ceasefire_model.rules.readings import first_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire_model.index import Index
    from ceasefire_model.rules.views import View


@frozen
class Beginning:
    """When that begins which a condition asks about."""

    __repr__ = spelled

    word: datetime | None
    """The first word on its facts."""

    date: datetime | None
    """The first date in it."""

    asks_of_facts: bool


Beginnings: TypeAlias = dict[tuple[Condition, Mode], Beginning]
"""What is known of the beginnings of conditions, under each mode."""


def first_word(view: View, mode: Mode, condition: Condition, begins: Beginnings) -> datetime | None:
    """Return when the words on the facts of a condition begin; none if there is no word.

    Of what asks about no fact, the first date in it.

    Args:
        view: Whom one hears.
        mode: How one judges.
        condition: What is asked.
        begins: What is known, to which this is added.
    """
    key = (condition, mode)
    if key not in begins:
        begins[key] = _beginning(view, mode, condition, begins)
    found = begins[key]
    return found.date if found.word is None and not found.asks_of_facts else found.word


def _beginning(view: View, mode: Mode, condition: Condition, begins: Beginnings) -> Beginning:
    """Return when that begins which a condition asks about, with what is known of its parts."""
    nodes: list[Condition] = []
    found: list[Beginning] = []
    for node in _asked(view, condition, lambda node: (node, mode) in begins):
        known = begins.get((node, mode))
        if known is None:
            nodes.append(node)
        else:
            found.append(known)
    words = [each.word for each in found if each.word is not None]
    dates = [each.date for each in found if each.date is not None]
    return Beginning(
        min((*words, *_first_words(view, nodes)), default=None),
        min((*dates, *_first_dates(view, nodes)), default=None),
        any(each.asks_of_facts for each in found)
        or any(isinstance(node, Observed) for node in nodes),
    )


def _asked(
    view: View, condition: Condition, is_known: Callable[[Condition], bool]
) -> Iterator[Condition]:
    """Yield a condition and all that it asks about, each once; of a clause, its duties.

    What lies under a node that is known is left out.
    """
    index = view.scenario.index
    seen: set[Condition] = set()
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        if is_known(node):
            continue
        if isinstance(node, Fulfilled):
            waiting.extend(part.condition for part in duty_parts(view, node))
        elif isinstance(node, Derived):
            waiting.extend(conditions_under(index, node))
        else:
            waiting.extend(children(node))


def asked_facts(view: View, condition: Condition) -> Iterator[ObservedLeaf]:
    """Yield the leaves about facts on which a condition rests, each once."""
    for node in _asked(view, condition, lambda _node: False):
        if isinstance(node, Observed):
            yield node


def _first_words(view: View, nodes: Iterable[Condition]) -> Iterator[datetime]:
    for node in nodes:
        if isinstance(node, Accepts):
            yield from first_spoken(view, node)
        elif isinstance(node, Observed):
            yield from first_words(view, node)


def _first_dates(view: View, nodes: Iterable[Condition]) -> Iterator[datetime]:
    for node in nodes:
        for bound in _dates_in(view.scenario.index, node):
            if isinstance(bound, Moment):
                yield bound.as_start(view.zone)[0]


def _dates_in(index: Index, node: Condition) -> tuple[Bound | None, ...]:
    """Return the dates of a condition, or of the text or the clause that it names."""
    match node:
        case By(due=due):
            return (due,)
        case Throughout(start=start, end=end):
            return (start, end)
        case InForce(of=name) if name in index.proposals:
            text = index.proposals[name]
            return (text.tabled, text.starts, text.ends)
        case InForce(of=name) | Fulfilled(provision=name):
            clause = index.provisions[name]
            return (clause.starts, clause.due, clause.ends)
        case _:
            return ()
