"""Judging: the verdict on a condition, and the finding that explains it."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import field, frozen

from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Derived,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Throughout,
    Times,
    Vague,
    When,
)
from ceasefire_model.facts import Number, Range
from ceasefire_model.grounds import name_of
from ceasefire_model.moments import Moment
from ceasefire_model.rules.acceptance import (
    Option,
    Part,
    Rewriting,
    rewritten,
)
from ceasefire_model.rules.bounds import lateness
from ceasefire_model.rules.histories import (
    Key,
    dated,
    due_of,
    grace,
    known_history,
    nodes_in,
)
from ceasefire_model.rules.readings import (
    Observed,
    Reading,
    agreed_number,
    read,
    weigh,
)
from ceasefire_model.rules.tracks import Track
from ceasefire_model.rules.views import View, view
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.verdicts import (
    Verdict,
    conjunction,
    disjunction,
    negation,
    threshold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from ceasefire_model.evidence import Trust
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.scenarios import Scenario


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


@frozen(eq=False)
class Evaluation:
    """Judges conditions in one view, and remembers the leaves that it has judged."""

    view: View
    silence: Verdict = Verdict.UNKNOWN
    """The verdict on what nobody reports; for the event of a bound it unsettles nothing."""

    endless: frozenset[str] = frozenset()
    """The proposals that are read without their end, which counts from their own start."""

    tracks: dict[Key, Track] = field(repr=False, factory=dict[Key, Track])
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
    rewritings: dict[Derived, Rewriting] = field(
        init=False, repr=False, factory=dict[Derived, Rewriting]
    )

    def rewriting(self, leaf: Derived) -> Rewriting:
        """Return what a derived leaf comes to."""
        if leaf not in self.rewritings:
            self.rewritings[leaf] = rewritten(self.view, leaf)
        return self.rewritings[leaf]

    def moved(self, at: datetime) -> Evaluation:
        """Return the same evaluation at another instant."""
        key = (at, self.silence, self.endless)
        if key not in self.instants:
            if len(self.instants) >= _KEPT:
                self.instants.clear()
            self.instants[key] = self._copied(self.view.moved(at), self.silence, self.endless)
        return self.instants[key]

    def verdict_on(self, condition: Condition) -> Verdict:
        """Return the verdict on a condition."""
        return verdict(self, condition)

    def without_end(self, proposal: str) -> Evaluation:
        """Return the same evaluation, in which a proposal is read without its end."""
        return self._copied(self.view, self.silence, self.endless | {proposal})

    def silenced(self) -> Evaluation:
        """Return the same evaluation, in which what nobody reports is no doubt."""
        return self._copied(self.view, Verdict.PENDING, self.endless)

    def _copied(self, view: View, silence: Verdict, endless: frozenset[str]) -> Evaluation:
        return Evaluation(view, silence, endless, self.tracks, self.begins, self.instants)


_Moved: TypeAlias = "tuple[datetime, Verdict, frozenset[str]]"
"""What an evaluation at another instant is known by: the instant, the silence, what has no end."""

_KEPT = 32
"""How many instants are remembered at once; histories are long, and most are asked for once."""


@frozen
class Progress:
    """How far a number has come: 25 of 33."""

    reached: Decimal
    """What it has come to; of a range, what it has come to at least."""

    needed: Decimal


@frozen
class Finding:
    """The verdict on one condition, and what it rests on."""

    condition: Condition
    """What was judged."""

    verdict: Verdict
    """What came out."""

    address: str = field(repr=False)
    """Where it stands: the nearest derived leaf above, then the steps down from it."""

    readings: tuple[Reading, ...] = field(default=(), repr=False)
    """The sources' words on a leaf about a fact."""

    statements: tuple[Statement, ...] = field(default=(), repr=False)
    """The words that an acceptance rests on."""

    stance: Stance | None = field(default=None, repr=False)
    """The stance that those words come to."""

    own: Verdict | None = field(default=None, repr=False)
    """What the words or dates of a derived leaf alone give, before its parts."""

    precondition: Precondition | None = field(default=None, repr=False)
    """The precondition whose need this is, if it is one."""

    meaning: Meaning | None = field(default=None, repr=False)
    """The meaning of a vague demand that this is, if it is one."""

    evaluation: Evaluation = field(kw_only=True, eq=False, repr=False)
    """What it was judged in."""

    @property
    def view(self) -> View:
        """The scenario as of, as known by, and as heard."""
        return self.evaluation.view

    @property
    def parts(self) -> tuple[Finding, ...]:
        """The findings that it rests on; those of a derived leaf are looked up when asked for."""
        return tuple(_parts(self))

    @property
    def due(self) -> datetime | None:
        """When the deadline of a ``By`` or a provision is over, in UTC, if that is certain."""
        match self.condition:
            case By(due=due):
                return due_of(self.evaluation, due)
            case Fulfilled(provision=name):
                return due_of(self.evaluation, self.view.scenario.provision(name).due)
            case _:
                return None

    @property
    def met_at(self) -> datetime | None:
        """When what it is about was first met by now, in UTC, if it was."""
        match self.condition:
            case Ever(condition=inner) | By(condition=inner):
                asked = inner
            case Fulfilled(provision=name, by=by):
                duties = self.view.scenario.provision(name).duties
                asked = AllOf([each.requires for each in duties if by is None or by in each.by])
            case _:
                asked = self.condition
        first = known_history(self.evaluation, asked).first(Verdict.MET)
        return first if first is not None and first <= self.view.at else None

    @property
    def late_by(self) -> timedelta | None:
        """How long after its deadline it was first met, if it was late.

        In local days after the day that was due; of a deadline that is an instant, the time.
        """
        due, met_at = self.due, self.met_at
        if due is None or met_at is None or met_at < due:
            return None
        return lateness(met_at, due, self.view.zone)

    @property
    def progress(self) -> Progress | None:
        """How far a number has come that is demanded at least, where its sources agree on it.

        Of a multiple of another number, where they agree on that one, too.
        """
        return _progress(self)

    @property
    def why(self) -> str:
        """Say in one sentence why the verdict is what it is."""
        from ceasefire_model.display.text import why

        return why(self)

    def walk(self) -> Iterator[Finding]:
        """Yield this finding and all that it rests on; what is referred to twice, once."""
        yield from walk_all([self])

    def __str__(self) -> str:
        """Write it as a tree."""
        from ceasefire_model.display.text import finding_text

        return finding_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.html import finding_html

        return finding_html(self)

    def to_mermaid(self) -> str:
        """Draw it as a tree, as Mermaid source; a notebook draws it."""
        from ceasefire_model.display.mermaid import finding_mermaid

        return finding_mermaid(self)


def walk_all(roots: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings and all that they rest on; what is referred to twice is opened once."""
    opened: set[Condition] = set()
    waiting = [*roots][::-1]
    while waiting:
        finding = waiting.pop()
        yield finding
        if isinstance(finding.condition, Derived):
            if finding.condition in opened:
                continue
            opened.add(finding.condition)
        waiting.extend(reversed(finding.parts))


def verdict(evaluation: Evaluation, condition: Condition) -> Verdict:
    """Return the verdict on a condition."""
    verdicts = evaluation.verdicts

    def leaf(part: Condition) -> Verdict:
        known = verdicts.get(part)
        return _leaf(evaluation, part) if known is None else known

    return judge(condition, leaf)


def find(evaluation: Evaluation, condition: Condition, *, address: str = "condition") -> Finding:
    """Return the finding on a condition in an evaluation.

    Args:
        evaluation: What to judge in.
        condition: What is asked.
        address: What to call it; a derived leaf is called by what it names.
    """
    return _find(
        evaluation, condition, name_of(condition) if isinstance(condition, Derived) else address
    )


def find_need(evaluation: Evaluation, precondition: Precondition) -> Finding:
    """Return the finding on what a precondition needs, at its place under what it gates."""
    of = precondition.of
    above = f"{name_of(of)}/" if isinstance(of, Derived) else ""
    return _find(
        evaluation, precondition.needs, f"{above}{precondition.id}", precondition=precondition
    )


def evaluate(
    scenario: Scenario,
    condition: Condition,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> Finding:
    """Judge one condition.

    Args:
        scenario: The situation.
        condition: What is asked.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.

    Returns:
        The verdict with all that it rests on.

    Raises:
        ScenarioError: If the condition mentions what the scenario does not have.
        ModelError: If a time is none or imprecise, or ``as_of`` lies after ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    scenario.check(condition)
    seen = view(scenario, as_of=as_of, known_by=known_by, trust=trust)
    return find(Evaluation(seen), condition)


def _leaf(evaluation: Evaluation, leaf: Condition) -> Verdict:
    """Judge a leaf, and remember it."""
    match leaf:
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            found = weigh(evaluation.view, leaf)
            evaluation.verdicts[leaf] = evaluation.silence if found is None else found
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


def _settle(evaluation: Evaluation, root: Derived) -> None:
    """Judge a derived leaf and all that it refers to, circle by circle."""

    def references(leaf: Derived) -> list[Derived]:
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
    before: dict[Derived, Verdict] = field(factory=dict[Derived, Verdict])
    """What a reference that must come first is taken to be."""

    others: dict[Derived, Verdict] = field(factory=dict[Derived, Verdict])
    """What every other reference is taken to be."""

    def judge(self, part: Part) -> Verdict:
        """Judge one part under these values."""
        return self._judge(part.condition, self.before if part.before else self.others)

    def _judge(self, condition: Condition, assumed: dict[Derived, Verdict]) -> Verdict:
        def leaf(part: Condition) -> Verdict:
            if isinstance(part, Derived) and part in assumed:
                return assumed[part]
            if isinstance(part, Vague):
                return _vague(self.evaluation, part, lambda inner: self._judge(inner, assumed))
            return verdict(self.evaluation, part)

        return judge(condition, leaf)


def _combined(evaluation: Evaluation, leaf: Derived, circle: _Circle) -> Verdict:
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
    found = conjunction([_own(evaluation, option), *parts])
    return disjunction([found, grace(evaluation, option.due)])


def _own(evaluation: Evaluation, option: Option) -> Verdict:
    """Return what the words and dates of an option alone give."""
    if option.own is Verdict.UNKNOWN and not option.statements and option.stance is None:
        return evaluation.silence
    return conjunction([option.own, dated(evaluation, option)])


def _carried(
    evaluation: Evaluation,
    group: tuple[Derived, ...],
    references: Callable[[Derived], Iterable[Derived]],
) -> dict[Derived, Verdict]:
    """Judge leaves that refer to each other.

    Over unmet < open < met, the least fixpoint for references that must come first, of the greatest
    fixpoint for the others; then, with the settled ones fixed, the least severe kind of open.
    """
    users: dict[Derived, list[Derived]] = {leaf: [] for leaf in group}
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


def _step(circle: _Circle, *, collapse: bool) -> Callable[[Derived], Verdict]:
    """Return the judging of one leaf of a circle; collapsed, all open verdicts are one."""

    def step(leaf: Derived) -> Verdict:
        found = _combined(circle.evaluation, leaf, circle)
        return Verdict.PENDING if collapse and found.is_open else found

    return step


def _stabilise(
    values: dict[Derived, Verdict],
    users: dict[Derived, list[Derived]],
    step: Callable[[Derived], Verdict],
) -> None:
    """Take a step for each leaf, and again for whoever uses one that changed, until none does."""
    waiting = deque(users)
    while waiting:
        leaf = waiting.popleft()
        found = step(leaf)
        if found is not values[leaf]:
            values[leaf] = found
            waiting.extend(user for user in users[leaf] if user in users)


def _progress(finding: Finding) -> Progress | None:
    condition = finding.condition
    if not isinstance(condition, AtLeast):
        return None
    reached = _least(finding.view, condition.fact)
    needed = _needed(finding.view, condition.value)
    return None if reached is None or needed is None else Progress(reached, needed)


def _needed(view: View, threshold: Decimal | Times) -> Decimal | None:
    """Return a threshold as a number, where all sources agree on what it is a multiple of."""
    if not isinstance(threshold, Times):
        return threshold
    base = agreed_number(view, threshold.fact)
    return base.value * threshold.factor if isinstance(base, Number) else None


def _least(view: View, fact: str) -> Decimal | None:
    """Return what a number is at least, as all its sources have it."""
    match agreed_number(view, fact):
        case Number(value=exact):
            return exact
        case Range(low=low):
            return low
        case _:
            return None


def _find(
    evaluation: Evaluation,
    condition: Condition,
    address: str,
    *,
    precondition: Precondition | None = None,
    meaning: Meaning | None = None,
) -> Finding:
    """Build the finding on a condition from the verdicts of its leaves."""
    found = verdict(evaluation, condition)
    option = _shown(evaluation.rewriting(condition)) if isinstance(condition, Derived) else _NONE
    return Finding(
        condition,
        found,
        address,
        _readings(evaluation, condition),
        option.statements,
        option.stance,
        _own(evaluation, option) if isinstance(condition, Derived) else None,
        precondition,
        meaning,
        evaluation=evaluation,
    )


def _readings(evaluation: Evaluation, condition: Condition) -> tuple[Reading, ...]:
    """Return the words on a leaf about a fact; on anything else, none."""
    if not isinstance(condition, Observed):
        return ()
    if condition not in evaluation.readings:
        evaluation.readings[condition] = read(evaluation.view, condition)
    return evaluation.readings[condition]


_NONE = Option(Verdict.MET)


def _shown(rewriting: Rewriting) -> Option:
    """Return the option to show: the one with every word that may have been spoken."""
    return rewriting.options[-1]


def _parts(finding: Finding) -> Iterator[Finding]:
    """Yield the findings that one rests on."""
    evaluation, condition, above = finding.evaluation, finding.condition, finding.address
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            for position, part in enumerate(parts):
                yield _find(evaluation, part, f"{above}/{position}")
        case Not(part=negated):
            yield _find(evaluation, negated, f"{above}/not")
        case Ever(condition=inner) | By(condition=inner) | HeldFor(condition=inner):
            yield _find(evaluation, inner, f"{above}/now")
        case Throughout(condition=inner):
            yield _find(evaluation, inner, f"{above}/now")
        case When(trigger=trigger, then=then):
            yield _find(evaluation, trigger, f"{above}/trigger")
            yield _find(evaluation, then, f"{above}/then")
        case Vague(meanings=meanings):
            for meaning in meanings:
                yield _find(evaluation, meaning.condition, f"{above}/{meaning.id}", meaning=meaning)
        case Accepts() | InForce() | Fulfilled():
            seen: set[str] = set()
            for each in evaluation.rewriting(condition).parts:
                if each.step not in seen:
                    seen.add(each.step)
                    place = f"{name_of(condition)}/{each.step}"
                    yield _find(evaluation, each.condition, place, precondition=each.precondition)
        case _:
            return
