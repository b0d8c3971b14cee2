"""Judging: the verdict on a condition, at one instant and over time."""

from __future__ import annotations

from collections import (
    deque,
)
from datetime import (
    datetime,
)
from typing import (
    TYPE_CHECKING,
    TypeAlias,
    assert_never,
)

from attrs import (
    evolve,
    field,
    frozen,
)

from ceasefire_model.circles import (
    components,
)
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
    DerivedLeaf,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    Holds,
    InForce,
    Meaning,
    Not,
    Temporal,
    Throughout,
    Vague,
    When,
    children,
)
from ceasefire_model.grounds import (
    conditions_under,
)
from ceasefire_model.moments import (
    BEGINNING,
    NEVER,
    Moment,
    end_of,
    start_of,
)
from ceasefire_model.rules.acceptance import (
    Option,
    Part,
    Rewriting,
    first_spoken,
    rewritten,
    word_instants,
)
from ceasefire_model.rules.chances import (
    Chances,
    after,
    of_moment,
    over,
)
from ceasefire_model.rules.readings import (
    Reading,
    first_words,
    instants_of,
    weigh,
)
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
from ceasefire_model.rules.views import (
    View,
)
from ceasefire_model.verdicts import (
    Verdict,
    conjunction,
    disjunction,
    negation,
    threshold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ceasefire_model.index import Index
    from ceasefire_model.proposals import Proposal
    from ceasefire_model.rules.views import View


def judge(condition: Condition, leaf: Callable[[Condition], Verdict]) -> Verdict:
    """Judge a condition without evidence, from the verdicts of its leaves.

    Args:
        condition: ``AllOf``, ``AnyOf``, ``AtLeastOf`` and ``Not`` are judged here.
        leaf: Gives the verdict of every other kind of condition.
    """
    match condition:
        case AllOf(parts=parts):
            return conjunction([judge(part, leaf) for part in parts])
        case AnyOf(parts=parts):
            return disjunction([judge(part, leaf) for part in parts])
        case Not(part=part):
            return negation(judge(part, leaf))
        case AtLeastOf(count=count, parts=parts):
            return threshold(count, [judge(part, leaf) for part in parts])
        case _:
            return leaf(condition)


@frozen(cache_hash=True)
class Mode:
    """How one judges: what is remembered under one mode says nothing under another."""

    silence: Verdict = Verdict.UNKNOWN
    """The verdict on what nobody reports; for the event of a bound it unsettles nothing."""

    endless: frozenset[str] = frozenset()
    """The proposals that are read without their end, which counts from their own start."""


@frozen(eq=False)
class Evaluation:
    """Judges conditions in one view, and remembers the leaves that it has judged."""

    view: View
    mode: Mode = Mode()
    """How one judges."""

    tracks: dict[Key, Track] = field(repr=False, factory=dict["Key", Track])
    """The histories known so far; shared by all instants of the view."""

    begins: dict[Condition, datetime] = field(repr=False, factory=dict[Condition, datetime])
    """When the words on conditions begin; shared likewise."""

    instants: dict[_Moved, Evaluation] = field(repr=False, factory=dict["_Moved", "Evaluation"])
    """The same at other instants, as far as they were judged lately; shared likewise."""

    verdicts: dict[Condition, Verdict] = field(
        init=False, repr=False, factory=dict[Condition, Verdict]
    )
    readings: dict[Condition, tuple[Reading, ...]] = field(
        init=False, repr=False, factory=dict[Condition, tuple[Reading, ...]]
    )
    rewritings: dict[DerivedLeaf, Rewriting] = field(
        init=False, repr=False, factory=dict[DerivedLeaf, Rewriting]
    )

    def rewriting(self, leaf: DerivedLeaf) -> Rewriting:
        """Return what a derived leaf comes to."""
        if leaf not in self.rewritings:
            self.rewritings[leaf] = rewritten(self.view, leaf)
        return self.rewritings[leaf]

    def moved(self, at: datetime) -> Evaluation:
        """Return the same evaluation at another instant."""
        key = (at, self.mode)
        if key not in self.instants:
            if len(self.instants) >= _KEPT:
                self.instants.clear()
            self.instants[key] = self._copied(self.view.moved(at), self.mode)
        return self.instants[key]

    def verdict_on(self, condition: Condition) -> Verdict:
        """Return the verdict on a condition."""
        return verdict(self, condition)

    def without_end(self, proposal: str) -> Evaluation:
        """Return the same evaluation, in which a proposal is read without its end."""
        return self.in_mode(endless=self.mode.endless | {proposal})

    def silenced(self) -> Evaluation:
        """Return the same evaluation, in which what nobody reports is no doubt."""
        return self.in_mode(silence=Verdict.PENDING)

    def in_mode(
        self, *, silence: Verdict | None = None, endless: frozenset[str] | None = None
    ) -> Evaluation:
        """Return the same evaluation in another mode."""
        mode = self.mode
        mode = mode if silence is None else evolve(mode, silence=silence)
        mode = mode if endless is None else evolve(mode, endless=endless)
        return self._copied(self.view, mode)

    def _copied(self, view: View, mode: Mode) -> Evaluation:
        return Evaluation(view, mode, self.tracks, self.begins, self.instants)


Key: TypeAlias = "tuple[Condition, Mode]"
"""What a history is known by."""

_Moved: TypeAlias = "tuple[datetime, Mode]"
"""What an evaluation at another instant is known by."""


_KEPT = 32
"""How many instants are remembered at once; histories are long, and most are asked for once."""


def verdict(evaluation: Evaluation, condition: Condition) -> Verdict:
    """Return the verdict on a condition."""
    verdicts = evaluation.verdicts

    def leaf(part: Condition) -> Verdict:
        known = verdicts.get(part)
        return _leaf(evaluation, part) if known is None else known

    return judge(condition, leaf)


def _leaf(evaluation: Evaluation, leaf: Condition) -> Verdict:
    """Judge a leaf, and remember it."""
    match leaf:
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            evaluation.verdicts[leaf] = weigh(evaluation.view, leaf, evaluation.mode.silence)
        case Ever() | By() | HeldFor() | Throughout() | When():
            evaluation.verdicts[leaf] = known_history(evaluation, leaf).at(evaluation.view.at)
        case Vague():
            evaluation.verdicts[leaf] = _vague(
                evaluation, leaf, lambda part: verdict(evaluation, part)
            )
        case Accepts() | InForce() | Fulfilled():
            _settle(evaluation, leaf)
        case AllOf() | AnyOf() | AtLeastOf() | Not():  # pragma: no cover - `judge` opens these
            return verdict(evaluation, leaf)
        case _:
            assert_never(leaf)
    return evaluation.verdicts[leaf]


def _vague(evaluation: Evaluation, vague: Vague, judged: Callable[[Condition], Verdict]) -> Verdict:
    """Judge a vague demand by the meaning agreed, or by all where there can be no other."""
    agreed = agreed_meaning(evaluation.view, vague)
    if agreed is not None:
        return judged(agreed.condition)
    if not vague.complete:
        return Verdict.UNCLEAR
    found = {judged(meaning.condition) for meaning in vague.meanings}
    same = found in ({Verdict.MET}, {Verdict.UNMET})
    return found.pop() if same else Verdict.UNCLEAR


def agreed_meaning(view: View, vague: Vague) -> Meaning | None:
    """Return the one meaning that decides: supposed to be agreed, or that of the party trusted."""
    supposed = view.supposed_meaning(vague.id)
    party = view.trust.party
    held = [
        meaning
        for meaning in vague.meanings
        if meaning.id == supposed or (supposed is None and party in meaning.held_by)
    ]
    return held[0] if len(held) == 1 else None


def _settle(evaluation: Evaluation, root: DerivedLeaf) -> None:
    """Judge a derived leaf and all that it refers to, circle by circle."""

    def references(leaf: DerivedLeaf) -> list[DerivedLeaf]:
        if leaf in evaluation.verdicts:
            return []
        return [
            node
            for part in evaluation.rewriting(leaf).parts
            for node in nodes_in(part.condition)
            if isinstance(node, Derived)
        ]

    for group in components([root], references):
        if group[0] in evaluation.verdicts:
            continue
        if len(group) == 1 and group[0] not in references(group[0]):
            evaluation.verdicts[group[0]] = _combined(evaluation, group[0], _Circle(evaluation))
        else:
            for leaf, found in _carried(evaluation, group, references).items():
                evaluation.verdicts[leaf] = found


@frozen(eq=False)
class _Circle:
    """Values assumed for the leaves of a circle while it is being judged."""

    evaluation: Evaluation
    before: dict[DerivedLeaf, Verdict] = field(factory=dict[DerivedLeaf, Verdict])
    """What a reference that must come first is taken to be."""

    others: dict[DerivedLeaf, Verdict] = field(factory=dict[DerivedLeaf, Verdict])
    """What every other reference is taken to be."""

    def judge(self, part: Part) -> Verdict:
        """Judge one part under these values."""
        return self._judge(part.condition, self.before if part.before else self.others)

    def _judge(self, condition: Condition, assumed: dict[DerivedLeaf, Verdict]) -> Verdict:
        def leaf(part: Condition) -> Verdict:
            if isinstance(part, Derived) and part in assumed:
                return assumed[part]
            if isinstance(part, Vague):
                return _vague(self.evaluation, part, lambda inner: self._judge(inner, assumed))
            return verdict(self.evaluation, part)

        return judge(condition, leaf)


def _combined(evaluation: Evaluation, leaf: DerivedLeaf, circle: _Circle) -> Verdict:
    """Judge a derived leaf from what it comes to."""
    options = {_option(option, circle) for option in evaluation.rewriting(leaf).options}
    if len(options) == 1:
        return options.pop()
    found = [Verdict.UNKNOWN if option.is_settled else option for option in options]
    return conjunction(found)


def _option(option: Option, circle: _Circle) -> Verdict:
    """Judge one option: its own verdict, its parts and its dates."""
    evaluation = circle.evaluation
    parts = [circle.judge(part) for part in option.parts]
    found = conjunction([own_verdict(evaluation, option), *parts])
    return disjunction([found, grace(evaluation, option.due)])


def own_verdict(evaluation: Evaluation, option: Option) -> Verdict:
    """Return what the words and dates of an option alone give."""
    if option.own is Verdict.UNKNOWN and not option.statements and option.stance is None:
        return evaluation.mode.silence
    return conjunction([option.own, dated(evaluation, option)])


def _carried(
    evaluation: Evaluation,
    group: tuple[DerivedLeaf, ...],
    references: Callable[[DerivedLeaf], Iterable[DerivedLeaf]],
) -> dict[DerivedLeaf, Verdict]:
    """Judge leaves that refer to each other.

    Over unmet < open < met, the least fixpoint for references that must come first, of the greatest
    fixpoint for the others; then, with the settled ones fixed, the least severe kind of open.
    """
    users: dict[DerivedLeaf, list[DerivedLeaf]] = {leaf: [] for leaf in group}
    for leaf in group:
        for other in references(leaf):
            if other in users:
                users[other].append(leaf)
    reached = dict.fromkeys(group, Verdict.UNMET)
    while True:
        values = dict.fromkeys(group, Verdict.MET)
        _stabilise(values, users, _step(_Circle(evaluation, reached, values), collapse=True))
        if values == reached:
            break
        reached = values
    open_ones = {leaf: users[leaf] for leaf in group if reached[leaf].is_open}
    _stabilise(reached, open_ones, _step(_Circle(evaluation, reached, reached), collapse=False))
    return reached


def _step(circle: _Circle, *, collapse: bool) -> Callable[[DerivedLeaf], Verdict]:
    """Return the judging of one leaf of a circle; collapsed, all open verdicts are one."""

    def step(leaf: DerivedLeaf) -> Verdict:
        found = _combined(circle.evaluation, leaf, circle)
        return Verdict.PENDING if collapse and found.is_open else found

    return step


def _stabilise(
    values: dict[DerivedLeaf, Verdict],
    users: dict[DerivedLeaf, list[DerivedLeaf]],
    step: Callable[[DerivedLeaf], Verdict],
) -> None:
    """Take a step for each leaf, and again for whoever uses one that changed, until none does."""
    waiting = deque(users)
    while waiting:
        leaf = waiting.popleft()
        found = step(leaf)
        if found is not values[leaf]:
            values[leaf] = found
            waiting.extend(user for user in users[leaf] if user in users)


# Over time


def known_history(evaluation: Evaluation, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, whatever the length of its chains."""
    if (condition, evaluation.mode) not in evaluation.tracks:
        _prepare(evaluation, condition)
    return history(evaluation, condition)


def due_of(evaluation: Evaluation, bound: Bound | None) -> datetime | None:
    """Return when a deadline is over; none where there is none, or none is certain."""
    return None if bound is None else _certain(evaluation, bounds(evaluation, bound, is_end=True))


def _certain(evaluation: Evaluation, possible: Chances) -> datetime | None:
    """Return the one instant that a bound may have, seen from the instant judged."""
    at = evaluation.view.at
    found = {chance.bound for chance in possible.chances if chance.is_open_at(at)}
    return found.pop() if len(found) == 1 else None


def history(evaluation: Evaluation, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, as known and heard in an evaluation."""
    key = (condition, evaluation.mode)
    if key not in evaluation.tracks:
        evaluation.tracks[key] = _history(evaluation, condition)
    return evaluation.tracks[key]


def _history(evaluation: Evaluation, condition: Condition) -> Track:
    match condition:
        case AllOf(parts=parts):
            return combined([history(evaluation, part) for part in parts], conjunction)
        case AnyOf(parts=parts):
            return combined([history(evaluation, part) for part in parts], disjunction)
        case AtLeastOf(count=count, parts=parts):
            tracks = [history(evaluation, part) for part in parts]
            return combined(tracks, lambda verdicts: threshold(count, verdicts))
        case Not(part=part):
            return combined([history(evaluation, part)], lambda verdicts: negation(verdicts[0]))
        case Ever(condition=inner):
            return _so_far(evaluation, inner)
        case By(condition=inner, due=due):
            return _deadline(evaluation, due, _so_far(evaluation, inner))
        case HeldFor(condition=inner, duration=duration):
            return held_for(history(evaluation, inner), duration, evaluation.view.zone)
        case Throughout(condition=inner, start=start, end=end):
            return _throughout(evaluation, history(evaluation, inner), start, end)
        case When(trigger=trigger, then=then):
            ever_met = _so_far(evaluation, trigger)
            return combined([ever_met, history(evaluation, then)], _once)
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            instants = sorted({BEGINNING, *_instants(evaluation, condition)})
            silence = evaluation.mode.silence
            return track_of(
                (at, weigh(evaluation.view.moved(at), condition, silence)) for at in instants
            )
        case _:
            instants = sorted({BEGINNING, *_instants(evaluation, condition)})
            return track_of((at, evaluation.moved(at).verdict_on(condition)) for at in instants)


def _once(verdicts: list[Verdict]) -> Verdict:
    """Combine whether a trigger was ever met with what must then be so."""
    triggered, then = verdicts
    if triggered is Verdict.MET:
        return then
    if triggered not in DOUBTS:
        return Verdict.PENDING
    return conjunction([triggered, Verdict.PENDING, *([then] if then.is_open else [])])


def _so_far(evaluation: Evaluation, condition: Condition) -> Track:
    """Return OR over all instants since the first word on the facts of a condition."""
    return ever(history(evaluation, condition), _first_word(evaluation, condition))


def _deadline(evaluation: Evaluation, due: Bound, run: Track) -> Track:
    """Evaluation what was reached so far against every instant that a deadline may have."""
    possible = bounds(evaluation, due, is_end=True, marks=run.starts)
    return over(possible, lambda instant: by(run, instant))


def _throughout(evaluation: Evaluation, track: Track, start: Bound, end: Bound | None) -> Track:
    """Evaluation what must always be so against every start and end that it may have."""
    starts = bounds(evaluation, start, is_end=False, marks=track.starts)
    if end is None:
        return over(starts, lambda begins: throughout(track, begins, None))
    ends = bounds(evaluation, end, is_end=True, marks=track.starts)
    return over(
        starts, lambda begins: over(ends, lambda over_at: throughout(track, begins, over_at))
    )


def bounds(
    evaluation: Evaluation, bound: Bound, *, is_end: bool, marks: Sequence[datetime] = ()
) -> Chances:
    """Return every instant that a bound may have.

    Args:
        evaluation: What judges at one instant.
        bound: The bound.
        is_end: Whether a day counts to its end, or from its start.
        marks: When what is judged against it changes.
    """
    view = evaluation.view
    place = end_of if is_end else start_of
    if isinstance(bound, Moment):
        return of_moment(bound, place, view.zone, marks)
    event = history(evaluation.silenced(), bound.condition)
    return after(event, bound.delay, place, view.zone, view.known_by, marks)


def _prepare(evaluation: Evaluation, condition: Condition) -> None:
    """Learn the histories that one rests on, the deepest first, so that chains may be long."""
    index = evaluation.view.scenario.index

    def under(node: _Node) -> list[_Node]:
        return [] if (node, evaluation.mode) in evaluation.tracks else _nodes_under(index, node)

    nodes = [node for group in components(nodes_in(condition), under) for node in group]
    for node in nodes:
        history(evaluation, node)
        if isinstance(node, Temporal) and len(nodes) > 1:
            history(evaluation.silenced(), node)


_Node: TypeAlias = DerivedLeaf | History


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


def _instants(evaluation: Evaluation, condition: Condition) -> Iterator[datetime]:
    """Yield every instant at which the verdict on a condition may change."""
    view = evaluation.view
    for supposed in view.scenario.suppositions:
        yield supposed.since.as_start(view.zone)[0]

    def known(node: Condition) -> Track | None:
        return evaluation.tracks.get((node, evaluation.mode))

    for node in _closure(evaluation, condition, known):
        track = known(node)
        match node:
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                yield from instants_of(view, node)
            case Ever() | By() | HeldFor() | Throughout() | When():
                yield from history(evaluation, node).starts
            case Accepts() | InForce() | Fulfilled() if track is not None:
                yield from track.starts
            case Accepts() | InForce() | Fulfilled():
                yield from word_instants(view, node)
                for possible in _dates_of(evaluation, node):
                    yield from _dates_in(possible)
            case _:
                pass


def _dates_of(evaluation: Evaluation, leaf: DerivedLeaf) -> Iterator[Chances]:
    """Yield the dates on which a derived leaf depends."""
    scenario = evaluation.view.scenario
    if isinstance(leaf, InForce):
        proposal = scenario.index.text_of(leaf.of)
        if proposal.starts is not None:
            yield bounds(evaluation, proposal.starts, is_end=False)
        if proposal.ends is not None and proposal.id not in evaluation.mode.endless:
            yield _end_of(evaluation, proposal.ends, proposal.id)
    elif isinstance(leaf, Fulfilled):
        due = scenario.provision(leaf.provision).due
        if due is not None:
            yield bounds(evaluation, due, is_end=True)


def _dates_in(possible: Chances) -> Iterator[datetime]:
    """Yield the instants that a bound may have, and those at which it becomes known."""
    for chance in possible.chances:
        yield from (at for at in (chance.bound, chance.since, chance.until) if at is not None)
    if possible.doubt is not None:
        yield from possible.doubt.starts


def _closure(
    evaluation: Evaluation,
    condition: Condition,
    known: Callable[[Condition], Track | None] | None = None,
) -> Iterator[Condition]:
    """Yield a condition and all that it may rest on, each once; histories are not opened.

    Args:
        evaluation: What judges at one instant.
        condition: Where to begin.
        known: Gives the histories of derived leaves that need not be opened either.
    """
    index = evaluation.view.scenario.index
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


def _first_word(evaluation: Evaluation, condition: Condition) -> datetime:
    """Return when the words on the facts of a condition begin; if there is none, never."""
    if condition not in evaluation.begins:
        evaluation.begins[condition] = min(_first_words(evaluation, condition), default=NEVER)
    return evaluation.begins[condition]


def _first_words(evaluation: Evaluation, condition: Condition) -> Iterator[datetime]:
    view = evaluation.view
    for node in _closure(evaluation, condition):
        if isinstance(node, Temporal):
            yield from (_first_word(evaluation, child) for child in children(node))
        elif isinstance(node, Derived):
            yield from first_spoken(view, node)
        elif isinstance(node, Holds | Done | AtLeast | AtMost | Answered):
            yield from first_words(view, node)


def dated(evaluation: Evaluation, option: Option) -> Verdict:
    """Return ``PENDING`` before a text starts, ``UNMET`` after it ends, and ``MET`` between."""
    at = evaluation.view.at
    found = [Verdict.MET]
    if option.starts is not None:
        found.append(over(bounds(evaluation, option.starts, is_end=False), _begun).at(at))
    if option.ends is not None and option.proposal not in evaluation.mode.endless:
        found.append(over(_end_of(evaluation, option.ends, option.proposal), until).at(at))
    return conjunction(found)


def _end_of(evaluation: Evaluation, ends: Bound, proposal: str | None) -> Chances:
    """Return when a text may end; an end that counts from its own start is no circle."""
    own = proposal is not None and isinstance(ends, After) and ends.condition == InForce(proposal)
    return bounds(
        evaluation.without_end(proposal) if own and proposal else evaluation, ends, is_end=True
    )


def end_of_proposal(evaluation: Evaluation, proposal: Proposal) -> datetime | None:
    """Return when a text ends; none where it does not, or that is not certain."""
    if proposal.ends is None:
        return None
    return _certain(evaluation, _end_of(evaluation, proposal.ends, proposal.id))


def _begun(start: datetime | None) -> Track:
    return throughout(constant(Verdict.MET), start, None)


def grace(evaluation: Evaluation, due: Bound | None) -> Verdict:
    """Return ``PENDING`` while a deadline is still to come, and ``UNMET`` after."""
    if due is None:
        return Verdict.UNMET
    return _deadline(evaluation, due, constant(Verdict.UNMET)).at(evaluation.view.at)
