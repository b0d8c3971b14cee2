"""What caused a change: the fewest reports and words without which it would not be, or a date."""

from __future__ import annotations

from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from ceasefire_model.conditions import Accepts, Answered, By, Fulfilled, InForce, Throughout
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import Question
from ceasefire_model.moments import Moment
from ceasefire_model.reprs import counted, dotted
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import bounds, life
from ceasefire_model.rules.readings import Reading
from ceasefire_model.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ceasefire_model.analyses.subjects import Status, Subject
    from ceasefire_model.conditions import Bound
    from ceasefire_model.proposals import Precondition, Proposal, Provision
    from ceasefire_model.rules.evaluation import Evaluation
    from ceasefire_model.rules.views import View

Told: TypeAlias = Observation | Statement
"""What can come in."""


class PassingKind(Enum):
    """Which date has passed."""

    TABLED = "tabled"
    START = "starts"
    END = "ends"
    DUE = "due"
    WITHDRAWN = "withdrawn"
    ASKED = "asked"
    SUPPOSED = "supposed"
    TIME = "time"
    """None that is written down: a span of time is over."""

    __repr__ = dotted


@frozen
class Passing:
    """A date that passed.

    Attributes:
        kind: What passes then.
        at: When, in UTC.
        record: The id of the record that has the date; none where none has.
    """

    kind: PassingKind
    at: datetime
    record: str | None = None


@frozen
class Cause:
    """What a change rests on: without the reports and words it would not have been, or not yet.

    Attributes:
        reports: The reports that came in at that instant, or of what began or ended then.
        words: The words that came in at that instant, or counted from then on.
        dates: The dates that passed, where no report and no word made the difference.
        overtaken: The earlier words that are no longer heard since then, each with what overtook
            it.
    """

    reports: tuple[Observation, ...] = field(default=(), repr=counted)
    words: tuple[Statement, ...] = field(default=(), repr=counted)
    dates: tuple[Passing, ...] = ()
    overtaken: tuple[Reading, ...] = field(default=(), repr=counted)

    @property
    def told(self) -> tuple[Told, ...]:
        """The reports and the words."""
        return (*self.reports, *self.words)


def cause_of(told: Iterable[Told], dates: Iterable[Passing], overtaken: Iterable[Reading]) -> Cause:
    """Sort what made a difference by its kind."""
    held = [*told]
    return Cause(
        tuple(each for each in held if isinstance(each, Observation)),
        tuple(each for each in held if isinstance(each, Statement)),
        tuple(dates),
        tuple(overtaken),
    )


def deciding(told: Sequence[Told], differs_without: Callable[[Sequence[Told]], bool]) -> list[Told]:
    """Return the fewest of what was told without which a change does not come about.

    Each without which alone it does not; where that is so of none, a smallest set of them together;
    none where it comes about without all of them.

    Args:
        told: What came in or began at the instant of the change.
        differs_without: Whether what comes out is another if some of it is left out.
    """
    if not differs_without(told):
        return []
    alone = [each for each in told if len(told) == 1 or differs_without([each])]
    if alone and (len(alone) == 1 or differs_without(alone)):
        return alone
    kept = [*alone[:1]] or [*told]
    for each in told if not alone else ():
        fewer = [one for one in kept if one is not each]
        if fewer and differs_without(fewer):
            kept = fewer
    return kept


def beginning_at(view: View, subject: Subject, at: datetime) -> Iterator[Told]:
    """Yield the reports and words of what begins or ends at an instant, on which something rests.

    Those that came in before.
    """
    for fact in sorted(subject.facts):
        for report in chain.from_iterable(view.reports(fact)):
            ends = () if report.ends is None else report.ends
            if at in (*report.starts, *ends):
                yield report.observation
    for node in subject.nodes:
        if isinstance(node, Accepts):
            for word in view.scenario.index.words.get(node, ()):
                if at in word.date.begins(word.reported, view.zone) and view.hears(word):
                    yield word


def overtaken_since(before: Status | None, after: Status | None) -> Iterator[Reading]:
    """Yield the readings of what was not overtaken before and is now."""
    known = {id(each.observation) for each in _overtaken(before)}
    for each in _overtaken(after):
        if id(each.observation) not in known:
            known.add(id(each.observation))
            yield each


def _overtaken(status: Status | None) -> Iterator[Reading]:
    if status is None or status.finding is None:
        return
    for finding in status.finding.walk():
        yield from (each for each in finding.readings if each.says is Says.OVERTAKEN)


# Dates


def passings(evaluation: Evaluation, subjects: Iterable[Subject]) -> tuple[Passing, ...]:
    """Return the dates on which something rests that passed at the instant judged."""
    at = evaluation.view.at
    found = [
        Passing(kind, at, record)
        for subject in subjects
        for kind, record, instants in _dates(evaluation, subject)
        if at in instants
    ]
    return tuple(dict.fromkeys(found)) or (Passing(PassingKind.TIME, at),)


_Dated: TypeAlias = "tuple[PassingKind, str | None, set[datetime]]"


def _dates(evaluation: Evaluation, subject: Subject) -> Iterator[_Dated]:
    view, index = evaluation.view, evaluation.view.scenario.index
    for supposed in view.scenario.suppositions:
        yield PassingKind.SUPPOSED, None, {*supposed.since.as_start(view.zone)}
    if subject.precondition is not None:
        yield from _withdrawals([subject.precondition], view.zone)
    for node in subject.nodes:
        match node:
            case InForce(of=name) if name in index.proposals:
                yield from _of_text(evaluation, index.proposals[name])
            case InForce(of=name) | Fulfilled(provision=name):
                yield from _of_clause(evaluation, index.provisions[name])
            case By(due=due):
                yield _dated(evaluation, PassingKind.DUE, due, subject)
            case Throughout(start=start, end=end):
                yield _dated(evaluation, PassingKind.START, start, subject)
                yield _dated(evaluation, PassingKind.END, end, subject)
            case Answered(question=name):
                asked = index.facts[name]
                if isinstance(asked, Question):
                    yield PassingKind.ASKED, name, {*asked.asked.as_start(view.zone)}
            case _:
                pass
        yield from _withdrawals(index.gates.get(node, ()), view.zone)


def _withdrawals(gates: Iterable[Precondition], zone: ZoneInfo) -> Iterator[_Dated]:
    for gate in gates:
        if gate.withdrawn is not None:
            yield PassingKind.WITHDRAWN, gate.id, {*gate.withdrawn.as_start(zone)}


def _of_text(evaluation: Evaluation, text: Proposal) -> Iterator[_Dated]:
    course = life(evaluation, text)
    yield PassingKind.TABLED, text.id, {*course.tabling.starts}
    yield PassingKind.START, text.id, {*course.opening.starts}
    yield PassingKind.END, text.id, {*course.end.starts}


def _of_clause(evaluation: Evaluation, clause: Provision) -> Iterator[_Dated]:
    for kind, bound in (
        (PassingKind.START, clause.starts),
        (PassingKind.END, clause.ends),
        (PassingKind.DUE, clause.due),
        *((PassingKind.DUE, duty.due) for duty in clause.duties),
    ):
        yield kind, clause.id, _instants(evaluation, kind, bound)


def _dated(
    evaluation: Evaluation, kind: PassingKind, bound: Bound | None, subject: Subject
) -> _Dated:
    """Date a bound inside a demand, by the record that makes it."""
    record = subject.precondition or subject.provision
    return kind, None if record is None else record.id, _instants(evaluation, kind, bound)


def _instants(evaluation: Evaluation, kind: PassingKind, bound: Bound | None) -> set[datetime]:
    if bound is None:
        return set()
    edge = Edge.START if kind is PassingKind.START else Edge.END
    if isinstance(bound, Moment):
        zone = evaluation.view.zone
        return {*(bound.as_start(zone) if edge is Edge.START else bound.as_end(zone))}
    # not since when it has that date: what falls due in two days is not due when that is known
    chances = bounds(evaluation, bound, edge).chances
    return {at for chance in chances for at in chance.bounds if at is not None}
