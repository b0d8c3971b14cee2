"""Histories: the verdict on a condition at every instant, as far as it is known.

What judges at one instant is given; see :mod:`ceasefire_model.rules.evaluation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from ceasefire_model.circles import components
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
    Derived,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Temporal,
    Throughout,
    When,
    children,
)
from ceasefire_model.grounds import conditions_under
from ceasefire_model.moments import BEGINNING, NEVER, Moment, end_of, start_of
from ceasefire_model.rules.acceptance import Option, first_spoken, word_instants
from ceasefire_model.rules.bounds import Bounds, after, of_moment, over
from ceasefire_model.rules.readings import first_words, instants_of, weigh
from ceasefire_model.rules.tracks import (
    DOUBTS,
    Track,
    by,
    combined,
    constant,
    ever,
    held_for,
    throughout,
    track_of,
    until,
)
from ceasefire_model.verdicts import Verdict, conjunction, disjunction, negation, threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from ceasefire_model.index import Index
    from ceasefire_model.proposals import Proposal
    from ceasefire_model.rules.views import View


Key: TypeAlias = tuple[Condition, Verdict, frozenset[str]]
"""What a history is known by: the condition, the silence, and the proposals without end."""


class Judge(Protocol):
    """What judges conditions at one instant, and remembers histories."""

    @property
    def view(self) -> View:
        """The scenario as of, as known by, and as heard."""
        ...

    @property
    def silence(self) -> Verdict:
        """The verdict on what nobody reports."""
        ...

    @property
    def endless(self) -> frozenset[str]:
        """The proposals that are read without their end."""
        ...

    @property
    def tracks(self) -> dict[Key, Track]:
        """The histories known so far."""
        ...

    @property
    def begins(self) -> dict[Condition, datetime]:
        """When the words on conditions begin."""
        ...

    def moved(self, at: datetime) -> Judge:
        """Return the same at another instant."""
        ...

    def silenced(self) -> Judge:
        """Return the same, in which what nobody reports is no doubt."""
        ...

    def without_end(self, proposal: str) -> Judge:
        """Return the same, in which a proposal is read without its end."""
        ...

    def verdict_on(self, condition: Condition) -> Verdict:
        """Return the verdict on a condition."""
        ...


def known_history(judge: Judge, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, whatever the length of its chains."""
    if (condition, judge.silence, judge.endless) not in judge.tracks:
        _prepare(judge, condition)
    return history(judge, condition)


def due_of(judge: Judge, bound: Bound | None) -> datetime | None:
    """Return when a deadline is over; none where there is none, or none is certain."""
    return None if bound is None else _certain(judge, bounds(judge, bound, is_end=True))


def _certain(judge: Judge, possible: Bounds) -> datetime | None:
    """Return the one instant that a bound may have, seen from the instant judged."""
    at = judge.view.at
    found = {chance.bound for chance in possible.chances if chance.is_open_at(at)}
    return found.pop() if len(found) == 1 else None


def history(judge: Judge, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, as known and heard in an judge."""
    key = (condition, judge.silence, judge.endless)
    if key not in judge.tracks:
        judge.tracks[key] = _history(judge, condition)
    return judge.tracks[key]


def _history(judge: Judge, condition: Condition) -> Track:
    match condition:
        case AllOf(parts=parts):
            return combined([history(judge, part) for part in parts], conjunction)
        case AnyOf(parts=parts):
            return combined([history(judge, part) for part in parts], disjunction)
        case AtLeastOf(count=count, parts=parts):
            tracks = [history(judge, part) for part in parts]
            return combined(tracks, lambda verdicts: threshold(count, verdicts))
        case Not(part=part):
            return combined([history(judge, part)], lambda verdicts: negation(verdicts[0]))
        case Ever(condition=inner):
            return _so_far(judge, inner)
        case By(condition=inner, due=due):
            return _deadline(judge, due, _so_far(judge, inner))
        case HeldFor(condition=inner, duration=duration):
            return held_for(history(judge, inner), duration, judge.view.zone)
        case Throughout(condition=inner, start=start, end=end):
            return _throughout(judge, history(judge, inner), start, end)
        case When(trigger=trigger, then=then):
            ever_met = _so_far(judge, trigger)
            return combined([ever_met, history(judge, then)], _once)
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            instants = sorted({BEGINNING, *_instants(judge, condition)})
            found = ((at, weigh(judge.view.moved(at), condition)) for at in instants)
            return track_of((at, judge.silence if each is None else each) for at, each in found)
        case _:
            instants = sorted({BEGINNING, *_instants(judge, condition)})
            return track_of((at, judge.moved(at).verdict_on(condition)) for at in instants)


def _once(verdicts: list[Verdict]) -> Verdict:
    """Combine whether a trigger was ever met with what must then be so."""
    triggered, then = verdicts
    if triggered is Verdict.MET:
        return then
    if triggered not in DOUBTS:
        return Verdict.PENDING
    return conjunction([triggered, Verdict.PENDING, *([then] if then.is_open else [])])


def _so_far(judge: Judge, condition: Condition) -> Track:
    """Return OR over all instants since the first word on the facts of a condition."""
    return ever(history(judge, condition), _first_word(judge, condition))


def _deadline(judge: Judge, due: Bound, run: Track) -> Track:
    """Judge what was reached so far against every instant that a deadline may have."""
    possible = bounds(judge, due, is_end=True, marks=run.starts)
    return over(possible, lambda instant: by(run, instant))


def _throughout(judge: Judge, track: Track, start: Bound, end: Bound | None) -> Track:
    """Judge what must always be so against every start and end that it may have."""
    starts = bounds(judge, start, is_end=False, marks=track.starts)
    if end is None:
        return over(starts, lambda begins: throughout(track, begins, None))
    ends = bounds(judge, end, is_end=True, marks=track.starts)
    return over(
        starts, lambda begins: over(ends, lambda over_at: throughout(track, begins, over_at))
    )


def bounds(judge: Judge, bound: Bound, *, is_end: bool, marks: Sequence[datetime] = ()) -> Bounds:
    """Return every instant that a bound may have.

    Args:
        judge: What judges at one instant.
        bound: The bound.
        is_end: Whether a day counts to its end, or from its start.
        marks: When what is judged against it changes.
    """
    view = judge.view
    place = end_of if is_end else start_of
    if isinstance(bound, Moment):
        return of_moment(bound, place, view.zone, marks)
    event = history(judge.silenced(), bound.condition)
    return after(event, bound.delay, place, view.zone, view.known_by, marks)


def _prepare(judge: Judge, condition: Condition) -> None:
    """Learn the histories that one rests on, the deepest first, so that chains may be long."""
    index = judge.view.scenario.index

    def under(node: _Node) -> list[_Node]:
        return (
            []
            if (node, judge.silence, judge.endless) in judge.tracks
            else _nodes_under(index, node)
        )

    nodes = [node for group in components(nodes_in(condition), under) for node in group]
    for node in nodes:
        history(judge, node)
        if isinstance(node, Temporal) and len(nodes) > 1:
            history(judge.silenced(), node)


_Node: TypeAlias = Derived | Temporal


def nodes_in(condition: Condition) -> Iterator[_Node]:
    """Yield the nearest derived leaves and temporal conditions in a condition."""
    if isinstance(condition, Derived | Temporal):
        yield condition
    else:
        for child in children(condition):
            yield from nodes_in(child)


def _nodes_under(index: Index, node: _Node) -> list[_Node]:
    """Return the derived leaves and temporal conditions that one may rest on."""
    below = children(node) if isinstance(node, Temporal) else conditions_under(index, node)
    return [other for condition in below for other in nodes_in(condition)]


def _instants(judge: Judge, condition: Condition) -> Iterator[datetime]:
    """Yield every instant at which the verdict on a condition may change."""
    view = judge.view
    for supposed in view.scenario.suppositions:
        yield supposed.since.as_start(view.zone)[0]

    def known(node: Condition) -> Track | None:
        return judge.tracks.get((node, judge.silence, judge.endless))

    for node in _closure(judge, condition, known):
        track = known(node)
        match node:
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                yield from instants_of(view, node)
            case Ever() | By() | HeldFor() | Throughout() | When():
                yield from history(judge, node).starts
            case Accepts() | InForce() | Fulfilled() if track is not None:
                yield from track.starts
            case Accepts() | InForce() | Fulfilled():
                yield from word_instants(view, node)
                for possible in _dates_of(judge, node):
                    yield from _dates_in(possible)
            case _:
                pass


def _dates_of(judge: Judge, leaf: Derived) -> Iterator[Bounds]:
    """Yield the dates on which a derived leaf depends."""
    scenario = judge.view.scenario
    if isinstance(leaf, InForce):
        proposal = scenario.proposal(leaf.proposal)
        if proposal.starts is not None:
            yield bounds(judge, proposal.starts, is_end=False)
        if proposal.ends is not None and proposal.id not in judge.endless:
            yield _end_of(judge, proposal.ends, proposal.id)
    elif isinstance(leaf, Fulfilled):
        due = scenario.provision(leaf.provision).due
        if due is not None:
            yield bounds(judge, due, is_end=True)


def _dates_in(possible: Bounds) -> Iterator[datetime]:
    """Yield the instants that a bound may have, and those at which it becomes known."""
    for chance in possible.chances:
        yield from (at for at in (chance.bound, chance.since, chance.until) if at is not None)
    if possible.doubt is not None:
        yield from possible.doubt.starts


def _closure(
    judge: Judge, condition: Condition, known: Callable[[Condition], Track | None] | None = None
) -> Iterator[Condition]:
    """Yield a condition and all that it may rest on, each once; histories are not opened.

    Args:
        judge: What judges at one instant.
        condition: Where to begin.
        known: Gives the histories of derived leaves that need not be opened either.
    """
    index = judge.view.scenario.index
    seen: set[Condition] = set()
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        if isinstance(node, Derived):
            if known is None or known(node) is None:
                waiting.extend(conditions_under(index, node))
        elif not isinstance(node, Temporal):
            waiting.extend(children(node))


def _first_word(judge: Judge, condition: Condition) -> datetime:
    """Return when the words on the facts of a condition begin; if there is none, never."""
    if condition not in judge.begins:
        judge.begins[condition] = min(_first_words(judge, condition), default=NEVER)
    return judge.begins[condition]


def _first_words(judge: Judge, condition: Condition) -> Iterator[datetime]:
    view = judge.view
    for node in _closure(judge, condition):
        if isinstance(node, Temporal):
            yield from (_first_word(judge, child) for child in children(node))
        elif isinstance(node, Derived):
            yield from first_spoken(view, node)
        elif isinstance(node, Holds | Done | AtLeast | AtMost | Answered):
            yield from first_words(view, node)


def dated(judge: Judge, option: Option) -> Verdict:
    """Return ``PENDING`` before a text starts, ``UNMET`` after it ends, and ``MET`` between."""
    at = judge.view.at
    found = [Verdict.MET]
    if option.starts is not None:
        found.append(over(bounds(judge, option.starts, is_end=False), _begun).at(at))
    if option.ends is not None and option.proposal not in judge.endless:
        found.append(over(_end_of(judge, option.ends, option.proposal), until).at(at))
    return conjunction(found)


def _end_of(judge: Judge, ends: Bound, proposal: str | None) -> Bounds:
    """Return when a text may end; an end that counts from its own start is no circle."""
    own = proposal is not None and isinstance(ends, After) and ends.condition == InForce(proposal)
    return bounds(judge.without_end(proposal) if own and proposal else judge, ends, is_end=True)


def end_of_proposal(judge: Judge, proposal: Proposal) -> datetime | None:
    """Return when a text ends; none where it does not, or that is not certain."""
    if proposal.ends is None:
        return None
    return _certain(judge, _end_of(judge, proposal.ends, proposal.id))


def _begun(start: datetime | None) -> Track:
    return throughout(constant(Verdict.MET), start, None)


def grace(judge: Judge, due: Bound | None) -> Verdict:
    """Return ``PENDING`` while a deadline is still to come, and ``UNMET`` after."""
    if due is None:
        return Verdict.UNMET
    return _deadline(judge, due, constant(Verdict.UNMET)).at(judge.view.at)
