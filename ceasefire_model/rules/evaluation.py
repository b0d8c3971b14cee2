"""Judging: the verdict on a condition, at one instant and over time.

A history is a *track*: the verdict at every instant. Tracks are made from those of the parts, and
remembered; a leaf is swept once. What rests on the past (a ``By``, a clause with its term) is read
off its track; everything else is judged at its instant, since a point costs less than a history.
"""

from __future__ import annotations

from collections import deque
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, assert_never, cast

from attrs import evolve, field, frozen

from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    AnyOf,
    AtLeastOf,
    Bound,
    By,
    Condition,
    Derived,
    DerivedLeaf,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    Holds,
    InForce,
    Meaning,
    Not,
    Observed,
    Temporal,
    Throughout,
    Vague,
    When,
    children,
)
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.grounds import conditions_under, grounds, takers
from ceasefire_model.moments import BEGINNING, TICK, Moment, day_of, end_of, is_hour, midnight_of
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.acceptance import (
    Option,
    Part,
    Rewriting,
    Standing,
    clause_in_force,
    fulfilled,
    has_spoken,
    in_force,
    is_there,
    needed,
    plainly,
    revoked,
    rewritten,
    speakers,
)
from ceasefire_model.rules.beginnings import Beginnings, asked_facts, first_word
from ceasefire_model.rules.chances import Chances, Edge, Following, of_moment, over, over_both
from ceasefire_model.rules.courses import Deadline, entered, standing, step, verdicts_of
from ceasefire_model.rules.fact_tracks import track_of_leaf
from ceasefire_model.rules.modes import Mode
from ceasefire_model.rules.readings import Reading, facts_of, instants_of, weigh
from ceasefire_model.rules.stances import turning_points
from ceasefire_model.rules.tracks import (
    DOUBTS,
    Track,
    by,
    combined,
    common,
    constant,
    cut,
    ever,
    fixed,
    held_for,
    merged,
    severest,
    spliced,
    throughout,
    track_of,
    until,
)
from ceasefire_model.rules.waiting import Waiting, beside, nodes_in, waiting_in
from ceasefire_model.verdicts import Verdict, conjunction, disjunction, negation, threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ceasefire_model.moments import Delay
    from ceasefire_model.proposals import Duty, Proposal, Provision
    from ceasefire_model.rules.views import View


def judge(condition: Condition, leaf: Callable[[Condition], Verdict]) -> Verdict:
    """Judge a condition without evidence, from the verdicts of its leaves.

    Args:
        condition: ``AllOf``, ``AnyOf``, ``AtLeastOf`` and ``Not`` are judged here.
        leaf: Gives the verdict of every other kind of condition.

    Raises:
        ModelError: If the condition is none, or the leaf no function.
    """
    if not isinstance(cast("object", condition), Condition):
        raise ModelError(f"takes a condition, got {shortened(condition)}", "condition")
    if not callable(leaf):
        raise ModelError(f"takes a function, got {shortened(leaf)}", "leaf")
    return _composed(condition, leaf)


def _composed(condition: Condition, leaf: Callable[[Condition], Verdict]) -> Verdict:
    """Judge a condition from the verdicts of its leaves."""
    match condition:
        case AllOf(parts=parts):
            return conjunction([_composed(part, leaf) for part in parts])
        case AnyOf(parts=parts):
            return disjunction([_composed(part, leaf) for part in parts])
        case Not(part=part):
            return negation(_composed(part, leaf))
        case AtLeastOf(count=count, parts=parts):
            return threshold(count, [_composed(part, leaf) for part in parts])
        case Observed() | Derived() | Temporal() | Vague():
            return leaf(condition)
        case _:
            assert_never(condition)


@frozen(eq=False)
class Life:
    """What becomes of a text over time by plain words and dates alone."""

    __repr__ = spelled

    tabling: Track
    opening: Track
    entry: Track
    end: Track
    succession: Track

    def at(self, at: datetime) -> Standing:
        """Return how the text stands at an instant."""
        return Standing(*(track.at(at) for track in self._tracks()))

    def turns(self) -> Iterator[datetime]:
        """Yield every instant at which it changes."""
        for track in self._tracks():
            yield from track.starts

    def effect(self) -> Track:
        """Return whether it has entered into force and not ended, as far as that is certain."""
        return combined([self.entry, self.end, self.succession], conjunction)

    def _tracks(self) -> tuple[Track, ...]:
        return (self.tabling, self.opening, self.entry, self.end, self.succession)


Key: TypeAlias = tuple[Condition, Mode]
"""What a history is known by."""

_KEPT = 32
"""How many instants are remembered at once; histories are long, and most are asked for once."""


Program: TypeAlias = "Callable[[Evaluation], Verdict]"
"""What judges one condition, in the evaluation it is given."""


@frozen(eq=False)
class Memory:
    """What was found so far; shared by all instants and modes of a view."""

    __repr__ = spelled

    tracks: dict[Key, Track] = field(factory=dict[Key, Track])
    begins: Beginnings = field(factory=Beginnings)
    lives: dict[tuple[str, Mode], Life] = field(factory=dict[tuple[str, Mode], Life])
    learning: set[tuple[str, Mode]] = field(factory=set[tuple[str, Mode]])
    """The texts whose lives are being learnt, or were."""

    terms: dict[tuple[str, Mode], Track] = field(factory=dict[tuple[str, Mode], Track])
    """The terms of clauses."""

    duties: dict[tuple[str, Duty, Mode], Track] = field(
        factory=dict[tuple[str, "Duty", Mode], Track]
    )
    """What becomes of the duties of clauses."""

    bare_days: dict[Key, frozenset[date]] = field(factory=dict[Key, "frozenset[date]"])
    """The bare days of which something is told that a condition asks about."""

    programs: dict[Condition, Program] = field(factory=dict[Condition, "Program"])
    """What judges each condition."""

    instants: dict[tuple[datetime, Mode], Evaluation] = field(
        factory=dict[tuple[datetime, Mode], "Evaluation"]
    )

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        """Pickle nothing of it: all can be learnt again, and what judges cannot be pickled."""
        return Memory, ()


@frozen(eq=False)
class Evaluation:
    """Judges conditions in one view, and remembers the leaves that it has judged."""

    __repr__ = spelled

    view: View
    mode: Mode = field(factory=Mode)
    """How one judges."""

    memory: Memory = field(factory=Memory, repr=False)
    verdicts: dict[Condition, Verdict] = field(
        init=False, repr=False, factory=dict[Condition, Verdict]
    )
    readings: dict[Condition, tuple[Reading, ...]] = field(
        init=False, repr=False, factory=dict[Condition, tuple[Reading, ...]]
    )
    rewritings: dict[DerivedLeaf, Rewriting] = field(
        init=False, repr=False, factory=dict[DerivedLeaf, Rewriting]
    )

    @property
    def waiting(self) -> Waiting:
        """Who waits for whom in the scenario."""
        return waiting_in(self.view.scenario.index)

    def rewriting(self, leaf: DerivedLeaf) -> Rewriting:
        """Return what a derived leaf comes to."""
        if leaf not in self.rewritings:
            self.rewritings[leaf] = _rewriting(self, leaf)
        return self.rewritings[leaf]

    def moved(self, at: datetime) -> Evaluation:
        """Return the same evaluation at another instant."""
        instants, key = self.memory.instants, (at, self.mode)
        if key not in instants:
            if len(instants) >= _KEPT:
                instants.clear()
            instants[key] = Evaluation(self.view.moved(at), self.mode, self.memory)
        return instants[key]

    def silenced(self, silence: Verdict = Verdict.PENDING) -> Evaluation:
        """Return the same evaluation, in which what nobody reports is no doubt."""
        return self._in_mode(evolve(self.mode, silence=silence))

    def formally(self, text: str) -> Evaluation:
        """Return the same evaluation, in which no report on the state of a text is heard."""
        return self._in_mode(evolve(self.mode, formal=self.mode.formal | {text}))

    def reading_late(self) -> Evaluation:
        """Return the same evaluation, in which what is told of a bare day begins at its end."""
        return Evaluation(self.view.reading_late(), evolve(self.mode, is_late=True), self.memory)

    def hearing_since(self, since: datetime, verifiers: Iterable[str] = ()) -> Evaluation:
        """Return the same evaluation, in which words count as far as they speak from then on."""
        later = since if self.mode.since is None else max(since, self.mode.since)
        mode = evolve(self.mode, since=later, verifiers=self.mode.verifiers | {*verifiers})
        view = self.view.hearing_since(mode.since or later, mode.verifiers)
        return Evaluation(view, mode, self.memory)

    def _in_mode(self, mode: Mode) -> Evaluation:
        return Evaluation(self.view, mode, self.memory)


def verdict(evaluation: Evaluation, condition: Condition) -> Verdict:
    """Return the verdict on a condition."""
    known = evaluation.verdicts.get(condition)
    if known is not None:
        return known
    program = evaluation.memory.programs.get(condition)
    if program is None:
        program = evaluation.memory.programs[condition] = _compiled(condition)
    return program(evaluation)


def _compiled(condition: Condition) -> Program:
    """Return what judges a condition, taken apart once for all instants and modes of a view.

    It does what :func:`judge` does, in a third of the time.
    """
    match condition:
        case AllOf(parts=parts):
            return _joining(conjunction, parts, Verdict.UNMET)
        case AnyOf(parts=parts):
            return _joining(disjunction, parts, Verdict.MET)
        case AtLeastOf(count=count, parts=parts):
            return _joining(partial(threshold, count), parts)
        case Not(part=part):
            judged = _compiled(part)
            return lambda evaluation: negation(judged(evaluation))
        case Observed() | Derived() | Temporal() | Vague():

            def remembered(evaluation: Evaluation) -> Verdict:
                known = evaluation.verdicts.get(condition)
                return _leaf(evaluation, condition) if known is None else known

            return remembered
        case _:
            assert_never(condition)


def _joining(
    connective: Callable[[Sequence[Verdict]], Verdict],
    parts: Sequence[Condition],
    decisive: Verdict | None = None,
) -> Program:
    """Return what judges several parts; where one alone may decide, none after it is judged."""
    programs = [_compiled(part) for part in parts]

    def joined(evaluation: Evaluation) -> Verdict:
        found: list[Verdict] = []
        for judged in programs:
            one = judged(evaluation)
            if one is decisive:
                return one
            found.append(one)
        return connective(found)

    return joined


def _leaf(evaluation: Evaluation, leaf: Condition) -> Verdict:
    """Judge a leaf, and remember it."""
    match leaf:
        case Observed():
            evaluation.verdicts[leaf] = weigh(evaluation.view, leaf, evaluation.mode.silence)
        case Temporal():
            evaluation.verdicts[leaf] = known_history(evaluation, leaf).at(evaluation.view.at)
        case Vague():
            agreed = agreed_meaning(evaluation.view, leaf)
            evaluation.verdicts[leaf] = _vague(
                leaf, agreed, lambda part: verdict(evaluation, part.condition)
            )
        case Derived():
            _settle(evaluation, leaf)
        case AllOf() | AnyOf() | AtLeastOf() | Not():  # pragma: no cover - `judge` opens these
            return verdict(evaluation, leaf)
        case _:
            assert_never(leaf)
    return evaluation.verdicts[leaf]


def _vague(vague: Vague, agreed: Meaning | None, judged: Callable[[Meaning], Verdict]) -> Verdict:
    """Judge a vague demand by the meaning agreed, or by all where there can be no other."""
    if agreed is not None:
        return judged(agreed)
    if not vague.complete:
        return Verdict.UNCLEAR
    return _same([judged(meaning) for meaning in vague.meanings])


def _same(verdicts: Sequence[Verdict]) -> Verdict:
    """Return what all the meanings of a demand give, where they agree on something settled."""
    found = set(verdicts)
    return found.pop() if found in ({Verdict.MET}, {Verdict.UNMET}) else Verdict.UNCLEAR


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


# Derived leaves, and circles of them


def _rewriting(evaluation: Evaluation, leaf: DerivedLeaf) -> Rewriting:
    """Return what a derived leaf comes to at the instant judged."""
    view, index = evaluation.view, evaluation.view.scenario.index
    match leaf:
        case Accepts():
            return rewritten(view, leaf)
        case InForce(of=name) if name in index.proposals:
            return _text_in_force(evaluation, index.proposals[name])
        case InForce(of=name):
            provision, text = index.provisions[name], InForce(index.proposal_of[name].id)
            own = _binding(evaluation, provision).at(view.at)
            return clause_in_force(provision, text, own)
        case Fulfilled() if evaluation.waiting.is_read_as_it_stands(leaf.provision):
            return fulfilled(view, leaf, None)
        case Fulfilled():
            return fulfilled(view, leaf, known_history(evaluation, leaf).at(view.at))
        case _:
            assert_never(leaf)


def _text_in_force(evaluation: Evaluation, proposal: Proposal) -> Rewriting:
    """Return what a text in force comes to, its reports included where they are not outlived."""
    view = evaluation.view
    longer = view.scenario.index.prolongations.get(proposal.id, ())
    known = tuple(InForce(text.id) for text in longer if is_there(view, text))
    formal = in_force(view, proposal, life(evaluation, proposal).at(view.at), known)
    if proposal.in_force is None or proposal.id in evaluation.mode.formal:
        return formal
    state = Part("state", Holds(proposal.in_force))
    by_observer = _is_still_told(evaluation, proposal)
    if by_observer is None:
        return formal
    if by_observer:
        return Rewriting((Option(Verdict.MET, (state,), events=formal.options[0].events),))
    return evolve(formal, beside=state)


def _is_still_told(evaluation: Evaluation, proposal: Proposal) -> bool | None:
    """Whether observers, or else claimants, have spoken on a text since its last formal turn.

    A report of March does not outlive the end of March, nor a denunciation in April.
    """
    formal = known_history(evaluation.formally(proposal.id), InForce(proposal.id))
    ends = life(evaluation, proposal).end.starts
    return _is_told_since(evaluation, proposal, (*formal.starts, *ends))


def _is_told_since(
    evaluation: Evaluation, proposal: Proposal, turns: Iterable[datetime]
) -> bool | None:
    view = evaluation.view
    if view.supposed_value(proposal.in_force or "") is not None:
        return True
    past = [at for at in turns if BEGINNING < at <= view.at]
    last = midnight_of(max(past), view.zone) if past else BEGINNING
    told = {
        report.source.is_observer
        for reports in view.reports(proposal.in_force or "")
        for report in reports
        if report.starts[0] <= view.at and report.reported >= last
    }
    return max(told) if told else None


def _settle(evaluation: Evaluation, root: DerivedLeaf) -> None:
    """Judge a derived leaf and all that it refers to, circle by circle."""

    def references(leaf: DerivedLeaf) -> list[DerivedLeaf]:
        if leaf in evaluation.verdicts or evaluation.rewriting(leaf).found is not None:
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

    __repr__ = spelled

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
                agreed = agreed_meaning(self.evaluation.view, part)
                return _vague(part, agreed, lambda each: self._judge(each.condition, assumed))
            return verdict(self.evaluation, part)

        return _composed(condition, leaf)


def _combined(evaluation: Evaluation, leaf: DerivedLeaf, circle: _Circle) -> Verdict:
    """Judge a derived leaf from what it comes to."""
    rewriting = evaluation.rewriting(leaf)
    if rewriting.found is not None:
        return rewriting.found
    options = [
        conjunction([own_verdict(evaluation, option), *map(circle.judge, option.parts)])
        for option in rewriting.options
    ]
    beside = () if rewriting.beside is None else (circle.judge(rewriting.beside),)
    return _come_to(rewriting, options, *beside)


def _come_to(rewriting: Rewriting, options: Sequence[Verdict], *beside: Verdict) -> Verdict:
    """Return what options come to, beside what claimants say."""
    found = set(options)
    if len(found) == 1:
        formal = found.pop()
    else:
        formal = conjunction([rewriting.doubt, *(each for each in options if each.is_open)])
    return _claimed(formal, *beside)


def _claimed(formal: Verdict, said: Verdict | None = None) -> Verdict:
    """Return what is formally so beside what claimants say; where nobody knows, they decide."""
    if said is None or said is Verdict.UNKNOWN or said is formal:
        return formal
    if formal is Verdict.UNKNOWN:
        return said
    return Verdict.DISPUTED if formal.is_settled else formal


def own_verdict(evaluation: Evaluation, option: Option) -> Verdict:
    """Return what the words and dates of an option alone give."""
    if option.own is Verdict.UNKNOWN and not option.statements and option.stance is None:
        return evaluation.mode.silence
    return option.own


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

    def judged(leaf: DerivedLeaf) -> Verdict:
        found = _combined(circle.evaluation, leaf, circle)
        return Verdict.PENDING if collapse and found.is_open else found

    return judged


def _stabilise(
    values: dict[DerivedLeaf, Verdict],
    users: dict[DerivedLeaf, list[DerivedLeaf]],
    judged: Callable[[DerivedLeaf], Verdict],
) -> None:
    """Judge each leaf, and again whoever uses one that changed, until none does."""
    waiting = deque(users)
    while waiting:
        leaf = waiting.popleft()
        found = judged(leaf)
        if found is not values[leaf]:
            values[leaf] = found
            waiting.extend(user for user in users[leaf] if user in users)


# Histories


def known_history(evaluation: Evaluation, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, whatever the length of its chains."""
    if (condition, evaluation.mode) not in evaluation.memory.tracks:
        _prepare(evaluation, nodes_in(condition))
    return history(evaluation, condition)


def history(evaluation: Evaluation, condition: Condition) -> Track:
    """Return the verdict on a condition at every instant, as known and heard."""
    tracks, key = evaluation.memory.tracks, (condition, evaluation.mode)
    if key not in tracks:
        tracks[key] = _history(evaluation, condition)
    return tracks[key]


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
        case Observed():
            return track_of_leaf(evaluation.view, condition, evaluation.mode.silence)
        case Vague():
            return _in_stretches(
                evaluation, _imagined(evaluation), lambda at: _of_vague(at, condition)
            )
        case Temporal():
            return _of_past(evaluation, condition)
        case Derived():
            return _of_derived(evaluation, condition)
        case _:
            assert_never(condition)


def _imagined(evaluation: Evaluation) -> Iterator[datetime]:
    """Yield the instants from which on something is supposed."""
    view = evaluation.view
    for supposed in view.scenario.suppositions:
        yield supposed.since.as_start(view.zone)[0]


def _in_stretches(
    evaluation: Evaluation, marks: Iterable[datetime], known: Callable[[Evaluation], Track]
) -> Track:
    """Join tracks of which each is known to hold from one instant to the next."""
    starts = sorted({BEGINNING, *marks})
    return track_of(
        change
        for start, end in zip(starts, (*starts[1:], None), strict=True)
        for change in cut(known(evaluation.moved(start)), start, end)
    )


def _of_vague(evaluation: Evaluation, vague: Vague) -> Track:
    """Return the history of a demand, read as it is at an instant."""
    agreed = agreed_meaning(evaluation.view, vague)
    if agreed is not None:
        return history(evaluation, agreed.condition)
    if not vague.complete:
        return constant(Verdict.UNCLEAR)
    return combined([history(evaluation, each.condition) for each in vague.meanings], _same)


def _of_past(evaluation: Evaluation, condition: History) -> Track:
    match condition:
        case Ever(condition=inner):
            return _so_far(evaluation, inner)
        case By(condition=inner, due=due):
            return punctual(evaluation, inner, due)
        case HeldFor(condition=inner, duration=duration):
            return held_for(history(evaluation, inner), duration, evaluation.view.zone)
        case Throughout(condition=inner, start=start, end=end):
            return _throughout(evaluation, inner, start, end)
        case When(trigger=trigger, then=then):
            return combined([_so_far(evaluation, trigger), history(evaluation, then)], _once)
        case _:
            assert_never(condition)


def _once(verdicts: list[Verdict]) -> Verdict:
    """Combine whether a trigger was ever met with what must then be so."""
    triggered, then = verdicts
    if triggered is Verdict.MET:
        return then
    if triggered not in DOUBTS:
        return Verdict.PENDING
    return conjunction([triggered, Verdict.PENDING, *([then] if then.is_open else [])])


def _so_far(evaluation: Evaluation, condition: Condition) -> Track:
    """Return OR over all instants since the first word on the facts of a condition.

    Where nobody has said anything at all, nothing is known of any instant.
    """
    begin = _first_word(evaluation, condition)
    return ever(history(evaluation, condition), BEGINNING if begin is None else begin)


def punctual(evaluation: Evaluation, inner: Condition, due: Bound) -> Track:
    """Judge what was reached so far against every instant that a deadline may have."""
    run, quiet = _so_far(evaluation, inner), _so_far(evaluation.silenced(), inner)
    possible = bounds(evaluation, due, Edge.END, marks=sorted({*run.starts, *quiet.starts}))

    def word(at: datetime) -> datetime | None:
        return missed_word(evaluation, inner, at)

    def judged(at: datetime | None) -> Track:
        found = by(run, quiet, at, word)
        if at is None or not is_unordered(evaluation, inner, at):
            return found
        late = _so_far_late(evaluation, inner, at)
        silent = _so_far_late(evaluation.silenced(), inner, at)
        return common([found, by(late, silent, at, word)])

    return over(possible, judged)


def _so_far_late(evaluation: Evaluation, condition: Condition, hour: datetime) -> Track:
    """Return OR over all instants so far, where what is told of the day of an hour is later."""
    begin = _first_word(evaluation, condition)
    midnight = midnight_of(hour, evaluation.view.zone)
    if begin is not None and begin >= midnight:
        begin = _first_word(evaluation.reading_late(), condition)
    track = history(evaluation, condition)
    late = spliced(track, told_late(evaluation, condition), [(midnight, hour)])
    return ever(late, BEGINNING if begin is None else begin)


def told_late(evaluation: Evaluation, condition: Condition) -> Track:
    """Return the history of a condition, where all that is told of a bare day begins at its end."""
    return known_history(evaluation.reading_late(), condition)


def is_unordered(evaluation: Evaluation, condition: Condition, hour: datetime) -> bool:
    """Whether something is told of the bare day of an hour, which is not ordered with that hour."""
    zone = evaluation.view.zone
    return is_hour(hour, zone) and day_of(hour, zone) in _bare_days(evaluation, condition)


def _bare_days(evaluation: Evaluation, condition: Condition) -> frozenset[date]:
    """Return the bare days on which what is told of the facts of a condition begins."""
    view, known = evaluation.view, evaluation.memory.bare_days
    key = (condition, evaluation.mode)
    if key not in known:
        known[key] = frozenset(
            day_of(start, view.zone)
            for leaf in asked_facts(view, condition)
            for fact in facts_of(leaf)
            for reports in view.reports(fact)
            for report in reports
            if report.is_of_days
            for start in report.starts
        )
    return known[key]


def missed_word(
    evaluation: Evaluation, condition: Condition, due: datetime, verifiers: Iterable[str] = ()
) -> datetime | None:
    """Return from when on there is a word that something was not so when it fell due, if there is.

    Heard is of each word only what it speaks of the last instant of the deadline or a later one: a
    report of March that was carried on says nothing of what was done in April. For a clause, those
    who verify it report what is done, so that their last word is heard as well.
    """
    last = due - TICK
    later = evaluation.hearing_since(last, verifiers)
    found = known_history(later, condition)
    unmet = (
        max(start, last)
        for start, end, verdict in found.spans()
        if verdict is Verdict.UNMET and (end is None or end > last)
    )
    return next(unmet, None)


def _throughout(evaluation: Evaluation, inner: Condition, start: Bound, end: Bound | None) -> Track:
    """Judge what must always be so against every start and end that it may have."""
    spans = _Spans(evaluation, inner)
    marks = spans.track.starts
    match start, end:
        case After(condition=event, delay=delay), After(condition=other, delay=more) if (
            event == other
        ):
            delays = ((delay, Edge.START), (more, Edge.END))
            possible = _following(evaluation, event, delays, marks)
            return over_both(possible, spans.between)
        case _, None:
            starts = bounds(evaluation, start, Edge.START, marks=marks)
            return over(starts, lambda first: spans.between(first, None))
        case _, Moment() | After():
            ends = bounds(evaluation, end, Edge.END, marks=marks)
        case _:
            assert_never(end)
    # what starts no earlier than it ends asks for nothing, so that this is a mark, too
    passed = [chance.bounds[0] for chance in ends.chances if chance.bounds[0] is not None]
    near = {*marks, min(passed)} if passed else {*marks}
    starts = bounds(evaluation, start, Edge.START, marks=sorted(near))
    return over(starts, lambda first: over(ends, lambda last: spans.between(first, last)))


@frozen
class _Begun:
    """What came of what must always be so since a start."""

    __repr__ = spelled

    ways: list[Track]
    """In each way in which the day of the start may be read."""

    common: Track
    """What they agree on."""

    broken: datetime | None
    """When it was broken in each of them, if it was: no end changes that."""


@frozen(eq=False)
class _Spans:
    """What must always be so, between a start and an end that are known, or have not come."""

    __repr__ = spelled

    evaluation: Evaluation
    condition: Condition
    begun: dict[datetime | None, _Begun] = field(factory=dict["datetime | None", _Begun])
    """What came of it since a start."""

    days: dict[datetime, datetime] = field(factory=dict[datetime, datetime])
    """From when on what is told of the day of an end may come after that end."""

    @property
    def track(self) -> Track:
        """Whether it is so."""
        return history(self.evaluation, self.condition)

    def between(self, start: datetime | None, end: datetime | None) -> Track:
        """Return what came of it between two instants."""
        if start not in self.begun:
            self.begun[start] = self._since(start)
        begun = self.begun[start]
        if start is None or end is None:
            return begun.common
        if end not in self.days:
            is_told = is_unordered(self.evaluation, self.condition, end)
            self.days[end] = midnight_of(end, self.evaluation.view.zone) if is_told else end
        day = self.days[end]
        if begun.broken is not None and begun.broken < day:
            return begun.common
        found = [fixed(each, start, end) for each in begun.ways]
        if day < end:
            late = told_late(self.evaluation, self.condition)
            found += [fixed(each, start, end, late, max(day, start)) for each in begun.ways]
        return common(found)

    def _since(self, start: datetime | None) -> _Begun:
        ways = [throughout(self.track, start)]
        if start is not None and is_unordered(self.evaluation, self.condition, start):
            zone = self.evaluation.view.zone
            day = [(start, end_of(day_of(start, zone), zone))]
            late = spliced(self.track, told_late(self.evaluation, self.condition), day)
            ways.append(throughout(late, start))
        broken = [way.first(Verdict.UNMET) for way in ways]
        known = [at for at in broken if at is not None]
        return _Begun(ways, common(ways), max(known) if len(known) == len(ways) else None)


def bounds(
    evaluation: Evaluation,
    bound: Bound,
    edge: Edge,
    *,
    marks: Sequence[datetime] = (),
    of_text: bool = False,
) -> Chances:
    """Return every instant that a bound may have.

    Args:
        evaluation: What judges the event.
        bound: The bound.
        edge: Which instant a day stands for.
        marks: When what is judged against it changes.
        of_text: Whether it ends a text or a clause: of which nobody has given notice, nobody has.
    """
    if isinstance(bound, Moment):
        return of_moment(bound, edge, evaluation.view.zone, marks)
    delays = ((bound.delay, edge),)
    return _following(evaluation, bound.condition, delays, marks, of_text=of_text)


def _following(
    evaluation: Evaluation,
    event: Condition,
    delays: tuple[tuple[Delay, Edge], ...],
    marks: Sequence[datetime],
    *,
    of_text: bool = False,
) -> Chances:
    view = evaluation.view
    track = _event(evaluation, event, of_text=of_text)
    return Following(delays, view.zone, marks).chances(track, view.known_by)


def _first_word(evaluation: Evaluation, condition: Condition) -> datetime | None:
    begins = evaluation.memory.begins
    return first_word(evaluation.view, evaluation.mode, condition, begins)


def _event(evaluation: Evaluation, event: Condition, *, of_text: bool) -> Track:
    """Return when an event may have happened.

    What nobody reported before it did leaves no doubt, nor does what nobody had reported yet when
    the first word came; silence afterwards does. What is supposed, or announced, of a time after
    all that is known settles nothing of today.
    """
    quiet = history(evaluation.silenced(), event)
    first = quiet.first(Verdict.MET)
    if first is not None and first <= evaluation.view.known_by:
        return quiet
    begin = _first_word(evaluation, event)
    if begin is None:
        return quiet if of_text else history(evaluation, event)
    return track_of([*cut(quiet, BEGINNING, begin), *cut(history(evaluation, event), begin, None)])


def due_of(evaluation: Evaluation, bound: Bound | None) -> datetime | None:
    """Return when a deadline is over; none where there is none, or none is certain."""
    return None if bound is None else certain(evaluation, bounds(evaluation, bound, Edge.END))


def grace(evaluation: Evaluation, due: Bound | None) -> Verdict:
    """Return ``PENDING`` while a deadline is still to come, and ``UNMET`` after."""
    if due is None:
        return Verdict.UNMET
    possible = bounds(evaluation, due, Edge.END)
    return over(possible, _awaited).at(evaluation.view.at)


def _awaited(due: datetime | None) -> Track:
    changes = [(BEGINNING, Verdict.PENDING)]
    return track_of(changes if due is None else [*changes, (due, Verdict.UNMET)])


def certain(evaluation: Evaluation, possible: Chances) -> datetime | None:
    """Return the one instant that a bound may have, seen from the instant judged."""
    at = evaluation.view.at
    found = {chance.bounds[0] for chance in possible.chances if chance.is_open_at(at)}
    return found.pop() if len(found) == 1 else None


def _prepare(evaluation: Evaluation, roots: Iterable[DerivedLeaf | History]) -> None:
    """Learn the histories that some rest on, the deepest first, so that chains may be long.

    The event of a bound is read where silence leaves no doubt, so that is learnt first.
    """
    tracks, quiet = evaluation.memory.tracks, evaluation.silenced()

    def under(node: DerivedLeaf | History) -> list[DerivedLeaf | History]:
        return [] if (node, evaluation.mode) in tracks else _nodes_under(evaluation, node)

    nodes = [node for group in components(roots, under) for node in group]
    for node in nodes:
        if len(nodes) > 1:
            history(quiet, node)
        history(evaluation, node)


def _nodes_under(
    evaluation: Evaluation, node: DerivedLeaf | History
) -> list[DerivedLeaf | History]:
    """Return the derived leaves and temporal conditions that one may rest on."""
    index = evaluation.view.scenario.index
    if isinstance(node, Temporal):
        return [other for child in children(node) for other in nodes_in(child)]
    found = [other for ground in grounds(index, node) for other in nodes_in(ground.condition)]
    if isinstance(node, Fulfilled) and evaluation.waiting.is_read_as_it_stands(node.provision):
        return found
    return [*found, *beside(index, node)]


def _prepare_dates(evaluation: Evaluation, leaf: InForce) -> None:
    """Learn the histories of the events that the dates of a text or a clause follow."""
    index = evaluation.view.scenario.index
    events = (each.condition for each in grounds(index, leaf) if each.is_history)
    roots = [node for event in events for node in nodes_in(event)]
    _prepare(evaluation, [*roots, *beside(index, leaf)])


# Derived leaves over time


def _of_derived(evaluation: Evaluation, leaf: DerivedLeaf) -> Track:
    """Return the history of a derived leaf.

    Between two instants at which it may come to something else it is what its parts come to. Only
    a circle must be judged anew wherever anything in it changes.
    """
    if evaluation.waiting.is_circular(leaf):
        marks = sorted({BEGINNING, *_instants(evaluation, leaf)})
        return track_of((at, verdict(evaluation.moved(at), leaf)) for at in marks)
    if isinstance(leaf, Fulfilled) and not evaluation.waiting.is_read_as_it_stands(leaf.provision):
        return _fulfilled(evaluation, leaf)
    return _in_stretches(
        evaluation, _turns(evaluation, leaf), lambda moved: _rewritten(moved, leaf)
    )


def _rewritten(evaluation: Evaluation, leaf: DerivedLeaf) -> Track:
    """Return the history of what a derived leaf comes to at one instant."""
    rewriting = evaluation.rewriting(leaf)
    options = [_optional(evaluation, option) for option in rewriting.options]
    beside = rewriting.beside
    if beside is None:
        return combined(options, lambda found: _come_to(rewriting, found))
    tracks = [*options, history(evaluation, beside.condition)]
    return combined(tracks, lambda found: _come_to(rewriting, found[:-1], found[-1]))


def _optional(evaluation: Evaluation, option: Option) -> Track:
    own = constant(own_verdict(evaluation, option))
    parts = (history(evaluation, part.condition) for part in option.parts)
    return combined([own, *parts], conjunction)


def _turns(evaluation: Evaluation, leaf: DerivedLeaf) -> Iterator[datetime]:
    """Yield the instants at which a derived leaf may come to something else."""
    index = evaluation.view.scenario.index
    yield from _imagined(evaluation)
    match leaf:
        case Accepts():
            yield from _spoken(evaluation, leaf)
        case InForce(of=name) if name in index.proposals:
            yield from _turns_of_text(evaluation, index.proposals[name])
        case InForce(of=name):
            yield from _binding(evaluation, index.provisions[name]).starts
        case Fulfilled():
            return
        case _:
            assert_never(leaf)


def _turns_of_text(evaluation: Evaluation, proposal: Proposal) -> Iterator[datetime]:
    yield from life(evaluation, proposal).turns()
    for party in (*proposal.to, *proposal.by):
        yield from _spoken(evaluation, Accepts(party, proposal.id))
    for longer in evaluation.view.scenario.index.prolongations.get(proposal.id, ()):
        yield from _begun(evaluation, longer.tabled).starts
        for anybody in evaluation.view.scenario.parties:
            yield from _spoken(evaluation, Accepts(anybody.id, longer.id))
    if proposal.in_force is not None and proposal.id not in evaluation.mode.formal:
        yield from instants_of(evaluation.view, Holds(proposal.in_force))
        yield from known_history(evaluation.formally(proposal.id), InForce(proposal.id)).starts


def _spoken(evaluation: Evaluation, leaf: Accepts) -> Iterator[datetime]:
    """Yield the instants at which the words on a text, on its whole or its parts may change."""
    for speaker in speakers(evaluation.view, leaf):
        yield from turning_points(evaluation.view, speaker)


def _instants(evaluation: Evaluation, condition: Condition) -> Iterator[datetime]:
    """Yield every instant at which the verdict on a leaf of a circle may change."""
    for node in _closure(evaluation, condition):
        match node:
            case Observed():
                yield from instants_of(evaluation.view, node)
            case Temporal():
                yield from history(evaluation, node).starts
            case Derived() if not evaluation.waiting.is_circular(node):
                yield from history(evaluation, node).starts
            case Derived():
                yield from _turns(evaluation, node)
            case Vague() | AllOf() | AnyOf() | AtLeastOf() | Not():
                pass
            case _:
                assert_never(node)


def _closure(evaluation: Evaluation, condition: Condition) -> Iterator[Condition]:
    """Yield the leaves of a circle and what they rest on, each once; histories are not opened."""
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
            if evaluation.waiting.is_circular(node):
                waiting.extend(conditions_under(index, node))
        elif not isinstance(node, Temporal):
            waiting.extend(children(node))


# The life of a text


def life(evaluation: Evaluation, proposal: Proposal) -> Life:
    """Return what becomes of a text over time by plain words and dates alone."""
    lives, key = evaluation.memory.lives, (proposal.id, evaluation.mode)
    if key not in lives:
        if key not in evaluation.memory.learning:  # a circle of acceptances comes back to its text
            evaluation.memory.learning.add(key)
            _prepare_dates(evaluation, InForce(proposal.id))
        lives.setdefault(key, _life(evaluation, proposal))
    return lives[key]


def _life(evaluation: Evaluation, proposal: Proposal) -> Life:
    tabling = _begun(evaluation, proposal.tabled)
    opening = _begun(evaluation, proposal.starts)
    plain = _over_words(evaluation, proposal, plainly)
    # an end is an end: what runs out by a date is not ended by words before it
    taken = constant(Verdict.UNMET)
    if proposal.ends is None:
        taken = _over_words(evaluation, proposal, revoked)
    entry = entered(combined([plain, tabling, opening], _inside), taken)
    taken_over = _taking(evaluation, InForce(proposal.id))
    return Life(
        tabling,
        opening,
        entry,
        _ending(evaluation, proposal.ends, InForce(proposal.id), entry),
        combined([ever(each, BEGINNING) for each in taken_over], _none),
    )


def _none(verdicts: list[Verdict]) -> Verdict:
    return negation(disjunction([Verdict.UNMET, *map(_or_not_yet, verdicts)]))


def _or_not_yet(verdict: Verdict) -> Verdict:
    """Take what is still to come for what has not happened."""
    return Verdict.UNMET if verdict is Verdict.PENDING else verdict


def _begun(evaluation: Evaluation, start: Bound | None) -> Track:
    """Return ``PENDING`` before a start, and ``MET`` from then on."""
    if start is None:
        return constant(Verdict.MET)
    possible = bounds(evaluation, start, Edge.START)
    return over(possible, lambda at: throughout(constant(Verdict.MET), at))


def _ending(evaluation: Evaluation, end: Bound | None, text: InForce, entry: Track) -> Track:
    """Return ``MET`` until an end, and ``UNMET`` from then on.

    Args:
        evaluation: What judges the event.
        end: The end.
        text: What it may count from without a circle: the entry of the text itself.
        entry: Whether that has entered.
    """
    if end is None:
        return constant(Verdict.MET)
    if isinstance(end, After) and end.condition == text:
        view = evaluation.view
        following = Following(((end.delay, Edge.ENTRY),), view.zone, ())
        return over(following.chances(entry, view.known_by), until)
    return over(bounds(evaluation, end, Edge.END, of_text=True), until)


def _over_words(
    evaluation: Evaluation, proposal: Proposal, asked: Callable[[View, Accepts], Verdict]
) -> Track:
    """Return what the words on a text come to over time: all plain, or one that takes it back."""
    makers = [Accepts(party, proposal.id) for party in (*proposal.to, *proposal.by)]
    marks = {at for leaf in makers for at in _spoken(evaluation, leaf)}
    join = conjunction if asked is plainly else disjunction

    def found(at: datetime) -> Verdict:
        view = evaluation.view.moved(at)
        return join([asked(view, leaf) for leaf in needed(view, proposal)])

    starts = sorted({BEGINNING, *marks, *_imagined(evaluation)})
    return track_of((at, found(at)) for at in starts)


def effect(evaluation: Evaluation, proposal: Proposal) -> Track:
    """Return whether a text is in force by plain words, dates and reports on its state.

    Of one on which nobody has spoken, no report counts: it takes the place of nothing.
    """
    formal = life(evaluation, proposal).effect()
    if proposal.in_force is None:
        return formal
    state = history(evaluation, Holds(proposal.in_force))
    words = [Accepts(party.id, proposal.id) for party in evaluation.view.scenario.parties]
    marks = [*instants_of(evaluation.view, Holds(proposal.in_force)), *formal.starts]
    marks += (at for word in words for at in _spoken(evaluation, word))

    def told(at: Evaluation) -> Track:
        if not is_there(at.view, proposal):
            return formal
        by_observer = _is_told_since(at, proposal, formal.starts)
        if by_observer is None:
            return formal
        if by_observer:
            return state
        return combined([formal, state], lambda found: _claimed(*found))

    return _in_stretches(evaluation, [*marks, *_imagined(evaluation)], told)


def _taking(evaluation: Evaluation, leaf: InForce) -> list[Track]:
    """Return of each text that may take the place of a text or a clause whether it is in force."""
    return [effect(evaluation, text) for text in takers(evaluation.view.scenario.index, leaf)]


# The term of a clause


def _binding(evaluation: Evaluation, provision: Provision) -> Track:
    """Return whether a clause binds by its own dates, and nothing has replaced it."""
    text = InForce(evaluation.view.scenario.index.proposal_of[provision.id].id)
    replaced = _taking(evaluation, InForce(provision.id))
    counts_from = isinstance(provision.ends, After) and provision.ends.condition == text
    entry = history(evaluation, text) if counts_from else constant(Verdict.UNMET)
    tracks = [
        _begun(evaluation, provision.starts),
        _ending(evaluation, provision.ends, text, entry),
        combined(replaced, _none),
    ]
    return combined(tracks, conjunction)


def is_replaced(evaluation: Evaluation, provision: Provision) -> Track:
    """Return whether a text is in force that replaces a clause."""
    replaced = _taking(evaluation, InForce(provision.id))
    return combined(replaced, lambda found: negation(_none(found)))


def term(evaluation: Evaluation, provision: Provision) -> Track:
    """Return the term of a clause: ``MET`` inside; open where that is in doubt."""
    terms, key = evaluation.memory.terms, (provision.id, evaluation.mode)
    if key not in terms:
        terms[key] = _term(evaluation, provision)
    return terms[key]


def _term(evaluation: Evaluation, provision: Provision) -> Track:
    proposal = evaluation.view.scenario.index.proposal_of[provision.id]
    text = history(evaluation, InForce(proposal.id))
    if provision.survives:
        text = ever(combined([text], lambda found: _or_not_yet(found[0])), BEGINNING)
    if any(found in DOUBTS for found in text.verdicts):
        text = combined([text, _all_spoken(evaluation, proposal)], _heard_out)
    return combined([text, _binding(evaluation, provision)], _inside)


def _inside(verdicts: list[Verdict]) -> Verdict:
    """Say whether an instant lies inside all; what surely lies outside one, lies outside."""
    outside = [found for found in verdicts if found in {Verdict.UNMET, Verdict.PENDING}]
    return conjunction(outside or verdicts)


def _heard_out(verdicts: list[Verdict]) -> Verdict:
    """Leave out of the term what is in doubt only because somebody has not spoken yet."""
    text, spoken = verdicts
    return Verdict.PENDING if text in DOUBTS and spoken is Verdict.UNMET else text


def _all_spoken(evaluation: Evaluation, proposal: Proposal) -> Track:
    """Return whether all have spoken on a text whose acceptance it needs."""

    def found(at: datetime) -> Verdict:
        view = evaluation.view.moved(at)
        spoken = all(has_spoken(view, Accepts(party, proposal.id)) for party in proposal.to)
        return Verdict.MET if spoken else Verdict.UNMET

    marks = {at for party in proposal.to for at in _spoken(evaluation, Accepts(party, proposal.id))}
    starts = sorted({BEGINNING, *marks, *_imagined(evaluation)})
    return track_of((at, found(at)) for at in starts)


def _fulfilled(evaluation: Evaluation, leaf: Fulfilled) -> Track:
    """Return whether the duties of a clause are fulfilled over time."""
    provision = evaluation.view.scenario.provision(leaf.provision)
    owed = provision.duties_of(leaf.by)
    return combined([duty_track(evaluation, provision, each) for each in owed], conjunction)


def duty_track(evaluation: Evaluation, provision: Provision, duty: Duty) -> Track:
    """Return whether a duty is fulfilled over time.

    Where the term is in doubt, with it and without it; what both agree on is certain.
    """
    duties, key = evaluation.memory.duties, (provision.id, duty, evaluation.mode)
    if key not in duties:
        duties[key] = _duty_track(evaluation, provision, duty)
    return duties[key]


def _duty_track(evaluation: Evaluation, provision: Provision, duty: Duty) -> Track:
    whole = term(evaluation, provision)
    found = [_judged(evaluation, provision, duty, each) for each in readings_of_term(whole)]
    return found[0] if len(found) == 1 else merged(found[0], found[1], severest(whole, None))


def readings_of_term(whole: Track) -> list[Track]:
    """Return a term as it is, or, where it is in doubt, with what is in doubt and without it."""
    if not any(found in DOUBTS for found in whole.verdicts):
        return [whole]
    return [
        combined([whole], lambda found: taken if found[0] in DOUBTS else found[0])  # noqa: B023
        for taken in (Verdict.MET, Verdict.UNMET)
    ]


def ordered(evaluation: Evaluation, condition: Condition, bound_by: Track) -> list[Track]:
    """Return the histories that what is required may have in a term: one, or two.

    Where the term ends at an hour inside a bare day, what is told of that day may have come before
    the hour or after it; a start takes it as it is told, from the hour on.
    """
    zone, track = evaluation.view.zone, known_history(evaluation, condition)
    hours = [
        end
        for _, end, found in bound_by.spans()
        if found is Verdict.MET and end is not None and is_unordered(evaluation, condition, end)
    ]
    if not hours:
        return [track]
    days = ((midnight_of(hour, zone), hour) for hour in hours)
    return [track, spliced(track, told_late(evaluation, condition), days)]


def _judged(evaluation: Evaluation, provision: Provision, duty: Duty, bound_by: Track) -> Track:
    """Judge a duty in a term that is certain."""
    told = ordered(evaluation, duty.requires, bound_by)
    quiet = ordered(evaluation.silenced(), duty.requires, bound_by)
    ways = zip(told, quiet, strict=True)
    return common([_followed(evaluation, provision, duty, bound_by, way) for way in ways])


def _followed(
    evaluation: Evaluation,
    provision: Provision,
    duty: Duty,
    bound_by: Track,
    way: tuple[Track, Track],
) -> Track:
    requires, quiet = way
    if provision.kind.is_standing:
        return verdicts_of(standing(requires, bound_by))
    due = duty.due or provision.due
    if due is None:
        return verdicts_of(step(requires, quiet, bound_by, None))
    marks = sorted({*requires.starts, *quiet.starts, *bound_by.starts})
    possible = bounds(evaluation, due, Edge.END, marks=marks)
    return over(
        possible,
        lambda at: verdicts_of(
            step(requires, quiet, bound_by, deadline(evaluation, provision, duty, at))
        ),
    )


def deadline(
    evaluation: Evaluation, provision: Provision, duty: Duty, at: datetime | None
) -> Deadline:
    """Return a deadline at one of the instants that it may have, with the word that it passed."""
    if at is None:
        return Deadline(None, None)
    return Deadline(at, missed_word(evaluation, duty.requires, at, map(str, provision.verified_by)))
