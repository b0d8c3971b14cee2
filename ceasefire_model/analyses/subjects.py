"""What the news of a proposal are about: each thing that is followed, and when it may change."""

from __future__ import annotations

from collections import deque
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.deadlocks import Deadlock, deadlocks_in
from ceasefire_model.analyses.reachability import Web
from ceasefire_model.conditions import (
    Accepts,
    Answered,
    By,
    Derived,
    Fulfilled,
    InForce,
    Observed,
    Throughout,
    children,
)
from ceasefire_model.errors import MissingExtraError
from ceasefire_model.facts import Question
from ceasefire_model.grounds import conditions_under, name_of
from ceasefire_model.proposals import Timing
from ceasefire_model.reprs import counted, dotted
from ceasefire_model.rules.acceptance import has_word, speakers
from ceasefire_model.rules.assessment import still_owed
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.comparison import standing_of
from ceasefire_model.rules.evaluation import (
    bounds,
    duty_track,
    is_replaced,
    known_history,
    life,
    punctual,
    term,
)
from ceasefire_model.rules.findings import Finding, find, find_need
from ceasefire_model.rules.gates import Gate
from ceasefire_model.rules.moves import Move, Root, next_moves
from ceasefire_model.rules.performance import Performance, fulfilled_by, performance
from ceasefire_model.rules.readings import facts_of, instants_of
from ceasefire_model.rules.stances import turning_points
from ceasefire_model.rules.waiting import beside
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
    from datetime import datetime

    from ceasefire_model.conditions import Bound, Condition
    from ceasefire_model.ids import PartyId
    from ceasefire_model.index import Index
    from ceasefire_model.proposals import Precondition, Proposal, Provision
    from ceasefire_model.rules.evaluation import Evaluation
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.suppositions import Supposition


class Topic(Enum):
    """What a piece of news is about."""

    TEXT = "text"
    """Whether the proposal is in force."""

    ACCEPTANCE = "acceptance"
    """Whether a party accepts it or one of its clauses, and its latest word."""

    PRECONDITION = "precondition"
    """A precondition that stands, and whether what it needs is so; a red line, whether crossed."""

    CLAUSE = "clause"
    """Whether a clause is fulfilled, and what became of it; together, or by one obligor."""

    QUESTION = "question"
    """A question that was asked, and whether it is answered."""

    DEADLOCK = "deadlock"
    """Preconditions that wait on each other."""

    MOVE = "move"
    """What somebody could do next."""

    __repr__ = dotted


@frozen
class Status:
    """How one thing that is followed stands at an instant; it holds what fits.

    Attributes:
        finding: The finding, where it is one.
        performance: What had become of the clause, or of what one obligor owes, if it is one.
        deadlock: The deadlock, if it is one.
        move: The next move, if it is one.
        is_crossed: Whether it is a red line that is crossed.
    """

    finding: Finding | None = None
    performance: Performance | None = None
    deadlock: Deadlock | None = field(default=None, repr=False)
    move: Move | None = field(default=None, repr=False)
    is_crossed: bool = False

    @property
    def token(self) -> Hashable:
        """What makes it another status where it differs: verdict, stance, what became of it.

        A red line may be crossed by what it is drawn for, while what it needs stands as it did.
        """
        moved = None if self.move is None else [each.condition for each in self.move.findings]
        standing = standing_of(self.finding, self.performance)
        return (standing, moved and frozenset(moved), self.is_crossed)


@frozen(eq=False)
class Subject:
    """One thing that is followed."""

    topic: Topic
    address: str
    leaf: Condition
    """What is judged; of deadlocks, what should be reached."""

    nodes: tuple[Condition, ...] = field(repr=counted)
    """All that it may ever rest on, itself included."""

    facts: frozenset[str] = field(repr=counted)
    """The facts that these are about."""

    precondition: Precondition | None = None
    provision: Provision | None = None
    by: PartyId | None = None
    """The obligor, if what one of several owes is followed."""

    is_listed: bool = True
    """Whether it is followed though nobody has spoken of it yet."""


@frozen(eq=False)
class Look:
    """What is found of one subject at an instant."""

    statuses: Mapping[str, Status]
    """By address: one, or none where there is nothing to tell; of deadlocks, each."""

    roots: tuple[Root, ...] = ()
    """From where one looks for next moves."""


# What is followed


def subjects_of(scenario: Scenario, text: Proposal) -> list[Subject]:
    """Return all that the news of a proposal can be about, next moves apart.

    The text; the acceptances of it, of whom it is addressed to and of whoever speaks on it, also of
    clauses; the preconditions of anything that the text or its clauses rest on; the clauses,
    together and, where several owe them, by obligor; the questions; the deadlocks on the way to it.
    """
    index = scenario.index
    made = _Maker(index)
    found = [made.subject(Topic.TEXT, name_of(InForce(text.id)), InForce(text.id))]
    found += _acceptances(made, text, scenario.suppositions)
    reached = under(index, [InForce(text.id), *_clauses(text)])
    for each in index.preconditions.values():
        if each.of in reached:
            above = f"{name_of(each.of)}/" if isinstance(each.of, Derived) else ""
            place = f"{above}{each.id}"
            lasting = [each.of] if each.timing is Timing.WHILE else []
            subject = made.subject(
                Topic.PRECONDITION, place, each.needs, *lasting, precondition=each
            )
            found.append(subject)
    for provision in text.provisions:
        found += _clause(made, provision)
    found += [
        made.subject(Topic.QUESTION, f"answered({each.id})", Answered(each.id))
        for each in scenario.facts
        if isinstance(each, Question)
    ]
    gates = (part for each in index.preconditions.values() for part in (each.of, each.needs))
    found.append(made.subject(Topic.DEADLOCK, "deadlocks", InForce(text.id), *gates))
    return found


def _clauses(text: Proposal) -> Iterator[Condition]:
    yield from (Fulfilled(each.id) for each in text.provisions if each.duties)


@frozen(eq=False)
class _Maker:
    """Makes subjects of one scenario."""

    index: Index

    def subject(
        self,
        topic: Topic,
        address: str,
        leaf: Condition,
        *beside: Condition,
        precondition: Precondition | None = None,
        provision: Provision | None = None,
        by: PartyId | None = None,
        is_listed: bool = True,
    ) -> Subject:
        """Make one, with all that it may rest on."""
        nodes = tuple(under(self.index, [leaf, *beside]))
        facts = frozenset(
            fact for node in nodes if isinstance(node, Observed) for fact in facts_of(node)
        )
        return Subject(topic, address, leaf, nodes, facts, precondition, provision, by, is_listed)


def _acceptances(
    made: _Maker, text: Proposal, suppositions: Iterable[Supposition]
) -> Iterator[Subject]:
    """Yield the acceptances: of addressees and their members always, of others once they speak."""
    index = made.index
    listed = {**dict.fromkeys(text.to)}
    waiting = deque(text.to)
    while waiting:
        for member in index.parties[waiting.popleft()].members:
            if member not in listed:
                listed[member] = None
                waiting.append(member)
    names = {text.id, *(each.id for each in text.provisions)}
    leaves = [Accepts(party, text.id) for party in listed]
    leaves += [leaf for leaf in index.words if leaf.of in names]
    leaves += [word.of for each in suppositions for word in each.words if word.of.of in names]
    for leaf in dict.fromkeys(leaves):
        is_listed = leaf.of == text.id and leaf.party in listed
        yield made.subject(Topic.ACCEPTANCE, name_of(leaf), leaf, is_listed=is_listed)


def _clause(made: _Maker, provision: Provision) -> Iterator[Subject]:
    if not provision.duties:
        return
    obligors = fulfilled_by(provision)
    others = obligors if len(obligors) > 1 else ()
    for by, leaf in ((None, Fulfilled(provision.id)), *others):
        yield made.subject(Topic.CLAUSE, name_of(leaf), leaf, provision=provision, by=by)


def under(index: Index, roots: Iterable[Condition]) -> dict[Condition, None]:
    """Return conditions with all that they may ever rest on or wait for, each once."""
    found: dict[Condition, None] = {}
    waiting = deque(roots)
    while waiting:
        node = waiting.popleft()
        if node in found:
            continue
        found[node] = None
        waiting.extend(children(node))
        waiting.extend(each.needs for each in index.gates.get(node, ()))
        if isinstance(node, Derived):
            waiting.extend(conditions_under(index, node))
            waiting.extend(beside(index, node))
            waiting.extend(_once_spoken(index, node))
    return found


def _once_spoken(index: Index, leaf: Condition) -> Iterator[Condition]:
    """Yield the acceptances on which a leaf rests once somebody has spoken."""
    match leaf:
        case InForce(of=name) if name in index.proposals:
            yield from (Accepts(party, name) for party in index.proposals[name].by)
        case Accepts(party=party, of=name) if name in index.proposals:
            clauses = (Accepts(party, each.id) for each in index.proposals[name].provisions)
            yield from (each for each in clauses if each in index.gates)
        case _:
            return


# How it stands


def look(evaluation: Evaluation, subject: Subject) -> Look:
    """Look how something stands at the instant judged."""
    if subject.topic is Topic.DEADLOCK:
        return Look(_deadlocks(evaluation, subject.leaf))
    status = _status(evaluation, subject)
    if status is None:
        return Look({})
    return Look({subject.address: status}, tuple(_roots(evaluation, subject, status)))


def _status(evaluation: Evaluation, subject: Subject) -> Status | None:
    view, leaf = evaluation.view, subject.leaf
    if subject.precondition is not None:
        each = subject.precondition
        if each not in view.standing(each.of):
            return None
        need, is_line = find_need(evaluation, each), view.timing(each) is Timing.WHILE
        is_crossed = is_line and Gate(each, need, find(evaluation, each.of)).is_crossed
        return Status(need, is_crossed=is_crossed)
    if isinstance(leaf, Accepts) and not subject.is_listed and not has_word(view, leaf):
        return None
    if isinstance(leaf, Answered):
        asked = view.scenario.fact(leaf.question)
        begun = isinstance(asked, Question) and asked.asked.as_start(view.zone)[0] <= view.at
        return Status(find(evaluation, leaf, address=subject.address)) if begun else None
    finding = find(evaluation, leaf)
    if subject.provision is None:
        return Status(finding)
    return Status(finding, performance(evaluation, subject.provision, subject.by))


def _roots(evaluation: Evaluation, subject: Subject, status: Status) -> Iterator[Root]:
    """Yield from where one looks for next moves: the text, or a clause as a whole."""
    if subject.topic is Topic.TEXT and status.finding is not None:
        yield Root(status.finding)
    elif subject.provision is not None and subject.by is None and status.performance is not None:
        yield from still_owed(evaluation, subject.provision, status.performance)


def _deadlocks(evaluation: Evaluation, target: Condition) -> dict[str, Status]:
    """Return the deadlocks on the way to a target, by the preconditions in them."""
    found = deadlocks_in(Web.of(evaluation, [target]), _DEADLOCKS)
    return {
        f"deadlock({', '.join(sorted(p.id for p in each.preconditions))})": Status(deadlock=each)
        for each in found
    }


_DEADLOCKS = 100
"""How many deadlocks are followed at most."""


def moves(looks: Mapping[str, Look], text: str) -> dict[str, Status]:
    """Return the next moves, by what tells one from another.

    Those of the text, or once it is in force, of its clauses.
    """
    roots: list[Root] = [*looks[text].roots]
    if is_in_force(looks[text]):
        roots = [root for name, each in looks.items() if name != text for root in each.roots]
    return {_place_of(each): Status(move=each) for each in next_moves(roots)}


def is_in_force(found: Look) -> bool:
    """Whether what was found of a text is that it is in force."""
    findings = (each.finding for each in found.statuses.values())
    return any(each is not None and each.verdict is Verdict.MET for each in findings)


def _place_of(move: Move) -> str:
    due = "" if move.due is None else move.due.isoformat()
    named = (move.kind.value, ", ".join(move.who), move.provision, move.precondition, due)
    return f"move({'; '.join(each or '' for each in named)})"


@frozen(eq=False)
class Picture:
    """How everything that is followed stands at an instant."""

    looks: Mapping[str, Look] = field(factory=dict[str, Look], repr=counted)
    """What was found of each subject, by its address."""

    moves: Mapping[str, Status] = field(factory=dict[str, Status], repr=counted)
    """The next moves, by theirs."""

    not_followed: tuple[str, ...] = ()
    """What could not be looked at, and why."""

    def found_of(self, name: str) -> Mapping[str, Status]:
        """Return what was found of a subject; nothing before it was followed."""
        return self.looks[name].statuses if name in self.looks else _NOTHING


_NOTHING: Mapping[str, Status] = MappingProxyType({})


def pictured(
    evaluation: Evaluation,
    subjects: Mapping[str, Subject],
    before: Picture,
    names: Collection[str],
) -> Picture:
    """Look anew at some of what is followed; the rest stands as it did before.

    Args:
        evaluation: What judges, at the instant.
        subjects: All that is followed, by address.
        before: How it stood until now.
        names: The addresses of what may stand otherwise.
    """
    looks, unknown = dict(before.looks), before.not_followed
    for name in names:
        try:
            looks[name] = look(evaluation, subjects[name])
        except MissingExtraError as error:
            looks[name], unknown = Look({}), (f"{name}: {error}",)
    if not any(looks[name].roots or _roots_in(before, name) for name in names):
        return Picture(looks, before.moves, unknown)
    text = next(name for name, each in subjects.items() if each.topic is Topic.TEXT)
    return Picture(looks, moves(looks, text), unknown)


def _roots_in(picture: Picture, name: str) -> tuple[Root, ...]:
    return picture.looks[name].roots if name in picture.looks else ()


# When it may change


def turns(evaluation: Evaluation, subject: Subject) -> Iterator[datetime]:
    """Yield the instants at which something may stand otherwise, if nothing more comes in."""
    view, index = evaluation.view, evaluation.view.scenario.index
    yield from (each.since.as_start(view.zone)[0] for each in view.scenario.suppositions)
    for node in subject.nodes:
        yield from known_history(evaluation, node).starts
        for each in index.gates.get(node, ()):
            yield from _stated(evaluation, each)
        match node:
            case Observed():
                yield from instants_of(view, node)
            case Accepts():
                for speaker in speakers(view, node):
                    yield from turning_points(view, speaker)
            case InForce(of=name) if name in index.proposals:
                yield from life(evaluation, index.proposals[name]).turns()
            case InForce(of=name):
                clause = index.provisions[name]
                yield from _instants(evaluation, clause.starts)
                yield from _instants(evaluation, clause.ends)
            case By(due=due):
                yield from _instants(evaluation, due)
            case Throughout(start=start, end=end):
                yield from (*_instants(evaluation, start), *_instants(evaluation, end))
            case _:
                pass
    if subject.precondition is not None:
        yield from _stated(evaluation, subject.precondition)
    if subject.provision is not None:
        yield from _performed(evaluation, subject.provision)


def _instants(
    evaluation: Evaluation, bound: Bound | None, marks: Iterable[datetime] = ()
) -> Iterator[datetime]:
    """Yield every instant that a bound may be."""
    if bound is not None:
        yield from bounds(evaluation, bound, Edge.START, marks=sorted(marks)).instants()
        yield from bounds(evaluation, bound, Edge.END, marks=sorted(marks)).instants()


def _stated(evaluation: Evaluation, precondition: Precondition) -> Iterator[datetime]:
    """Yield when a precondition may begin or cease to stand."""
    view = evaluation.view
    if precondition.statement is not None:
        said = view.scenario.statement(precondition.statement)
        yield from said.date.begins(said.reported, view.zone)
    if precondition.withdrawn is not None:
        yield from precondition.withdrawn.as_start(view.zone)
    if isinstance(precondition.of, Accepts):
        yield from turning_points(view, precondition.of)


def _performed(evaluation: Evaluation, provision: Provision) -> Iterator[datetime]:
    """Yield when something else may become of a clause."""
    whole = term(evaluation, provision)
    yield from (*whole.starts, *is_replaced(evaluation, provision).starts)
    for duty in provision.duties:
        required = [
            known_history(each, duty.requires) for each in (evaluation, evaluation.silenced())
        ]
        tracks = [*required, duty_track(evaluation, provision, duty)]
        due = duty.due or provision.due
        if due is not None:
            tracks.append(punctual(evaluation, duty.requires, due))
            marks = {at for track in (whole, *required) for at in track.starts}
            yield from _instants(evaluation, due, marks)
        yield from (at for track in tracks for at in track.starts)
