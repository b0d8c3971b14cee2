"""Findings: a verdict, and what it rests on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from attrs import field, frozen

from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Derived,
    Ever,
    Fulfilled,
    HeldFor,
    InForce,
    Meaning,
    Not,
    Observed,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.facts import (
    Number,
    Range,
    Times,
)
from ceasefire_model.grounds import (
    name_of,
)
from ceasefire_model.moments import (
    Moment,
)
from ceasefire_model.reprs import spelled
from ceasefire_model.rows import InRows
from ceasefire_model.rules.acceptance import (
    Option,
    Rewriting,
)
from ceasefire_model.rules.chances import lateness
from ceasefire_model.rules.deciding import Past, deciding
from ceasefire_model.rules.evaluation import (
    Evaluation,
    due_of,
    known_history,
    life,
    own_verdict,
    verdict,
)
from ceasefire_model.rules.readings import Reading, agreed_number, read
from ceasefire_model.rules.views import View, view
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from decimal import Decimal
    from fractions import Fraction

    from ceasefire_model.evidence import Trust
    from ceasefire_model.proposals import Precondition, Proposal
    from ceasefire_model.rows import Row
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario


@frozen
class Progress:
    """How far a number has come: 25 of 33.

    Attributes:
        reached: What it has come to; of a range, what it has come to at least.
        needed: The number that is demanded.
        is_ceiling: Whether it is demanded at most, so that it has to come down.
        began: Of a ceiling, what it came down from: the number that was first reported.
    """

    __repr__ = spelled

    reached: Decimal
    needed: Decimal | Fraction
    is_ceiling: bool = False
    began: Decimal | None = None


@frozen
class Finding(InRows):
    """The verdict on one condition, and what it rests on.

    Attributes:
        condition: What was judged.
        verdict: What came out.
        address: Where it stands: the nearest derived leaf above, then the steps down from it.
        readings: The sources' words on a leaf about a fact.
        statements: The words that an acceptance rests on.
        stance: The stance that those words come to.
        own: What the words or dates of a derived leaf alone give, before its parts.
        precondition: The precondition whose need this is, if it is one.
        meaning: The meaning of a vague demand that this is, if it is one.
        evaluation: What it was judged in.
    """

    __repr__ = spelled

    condition: Condition
    verdict: Verdict
    address: str = field(repr=False)
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    statements: tuple[Statement, ...] = field(default=(), repr=False)
    stance: Stance | None = field(default=None, repr=False)
    own: Verdict | None = field(default=None, repr=False)
    precondition: Precondition | None = field(default=None, repr=False)
    meaning: Meaning | None = field(default=None, repr=False)
    evaluation: Evaluation = field(kw_only=True, eq=False, repr=False)

    def __iter__(self) -> Iterator[Finding]:
        """Yield the findings that it rests on, directly."""
        return iter(self.parts)

    def _rows(self) -> list[Row]:
        """Return one row for it, and one for each finding below."""
        from ceasefire_model.display.rows import finding_rows

        return finding_rows(self)

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
                duties = self.view.scenario.provision(name).duties_of(by)
                asked = AllOf([each.requires for each in duties])
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
        """How far a number has come that is demanded, where its sources agree on it.

        Of a multiple of another number, where they agree on that one, too.
        """
        return _progress(self)

    @property
    def ended_at(self) -> datetime | None:
        """When a text that was in force and is not ran out, in UTC.

        None where another took its place before, or where it was never in force.
        """
        index = self.view.scenario.index
        match self.condition:
            case InForce(of=name) if name in index.proposals and self.verdict is Verdict.UNMET:
                return _ran_out(self.evaluation, index.proposals[name])
            case _:
                return None

    @property
    def has_been_met(self) -> bool:
        """Whether what it is about was met at some instant by now."""
        return verdict(self.evaluation, Ever(self.condition)) is Verdict.MET

    @property
    def why(self) -> str:
        """Say in one sentence why the verdict is what it is."""
        from ceasefire_model.display.reasons import why

        return why(self)

    def walk(self) -> Iterator[Finding]:
        """Yield this finding and all that it rests on; what is referred to twice, once."""
        yield from walk_all([self])

    def __str__(self) -> str:
        """Write it as a tree."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_mermaid(self) -> str:
        """Draw it as a tree, as Mermaid source; a notebook draws it."""
        from ceasefire_model.display.mermaid import finding_mermaid

        return finding_mermaid(self)


@frozen(repr=False)
class Need(Finding):
    """The finding on what a precondition needs.

    Attributes:
        condition: What was judged.
        verdict: What came out.
        address: Where it stands: the nearest derived leaf above, then the steps down from it.
        readings: The sources' words on a leaf about a fact.
        statements: The words that an acceptance rests on.
        stance: The stance that those words come to.
        own: What the words or dates of a derived leaf alone give, before its parts.
        meaning: None; it is no meaning.
        evaluation: What it was judged in.
        precondition: The precondition whose need this is.
    """

    precondition: Precondition = field(kw_only=True, repr=False)


def walk_all(roots: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings and all that they rest on; what is referred to twice is opened once."""
    opened: set[tuple[Condition, datetime]] = set()
    waiting = [*roots][::-1]
    while waiting:
        finding = waiting.pop()
        yield finding
        if isinstance(finding.condition, Derived):
            place = (finding.condition, finding.view.at)
            if place in opened:
                continue
            opened.add(place)
        waiting.extend(reversed(finding.parts))


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


def find_need(evaluation: Evaluation, precondition: Precondition) -> Need:
    """Return the finding on what a precondition needs, at its place under what it gates."""
    of = precondition.of
    above = f"{name_of(of)}/" if isinstance(of, Derived) else ""
    return _need(_find(evaluation, precondition.needs, f"{above}{precondition.id}"), precondition)


def evaluate(
    scenario: Scenario,
    condition: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> Finding:
    """Judge one condition.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> evaluate(case, "election", as_of="2025-03-13").verdict
    Verdict.UNMET

    Args:
        scenario: The situation.
        condition: What is asked: a condition, or a record or its id for what it stands for; none
            where the scenario has one text: that it is in force.
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
    demand = condition_asked(scenario, condition, "condition")
    seen = view(scenario, as_of=as_of, known_by=known_by, trust=trust)
    return find(Evaluation(seen), demand)


def _ran_out(evaluation: Evaluation, proposal: Proposal) -> datetime | None:
    """Return when a text that had been in force ended by its date, or that of what prolonged it."""
    lived, at = life(evaluation, proposal), evaluation.view.at
    over, taken = (track.first(Verdict.UNMET) for track in (lived.end, lived.succession))
    spans = known_history(evaluation, InForce(proposal.id)).spans()
    left = [end for _, end, found in spans if found is Verdict.MET and end and end <= at]
    if over is None or over > at or not left:
        return None
    ended = max(over, left[-1])
    return None if taken is not None and taken <= ended else ended


def _progress(finding: Finding) -> Progress | None:
    view = finding.view
    match finding.condition:
        case AtLeast(fact=fact, value=value):
            reached, needed = _reached(view, fact, is_ceiling=False), _needed(view, value)
            return None if reached is None or needed is None else Progress(reached, needed)
        case AtMost(fact=fact, value=value):
            reached, needed = _reached(view, fact, is_ceiling=True), _needed(view, value)
            if reached is None or needed is None:
                return None
            return Progress(reached, needed, is_ceiling=True, began=_began(view, fact))
        case _:
            return None


def _needed(view: View, threshold: Decimal | Times) -> Decimal | Fraction | None:
    """Return a threshold as a number, where all sources agree on what it is a multiple of."""
    if not isinstance(threshold, Times):
        return threshold
    base = agreed_number(view, threshold.fact)
    return threshold.of(base.value) if isinstance(base, Number) else None


def _reached(view: View, fact: str, *, is_ceiling: bool) -> Decimal | None:
    """Return what a number is at least, or of a ceiling at most, as all its sources have it."""
    match agreed_number(view, fact):
        case Number(value=exact):
            return exact
        case Range(low=low, high=high):
            return high if is_ceiling else low
        case _:
            return None


def _began(view: View, fact: str) -> Decimal | None:
    """Return the number that was first reported, if that was one number."""
    first = min(
        (report for reports in view.reports(fact) for report in reports),
        key=lambda report: (report.starts[0], report.reported),
        default=None,
    )
    return first.value.value if first is not None and isinstance(first.value, Number) else None


def _find(
    evaluation: Evaluation,
    condition: Condition,
    address: str,
    *,
    meaning: Meaning | None = None,
) -> Finding:
    """Build the finding on a condition from the verdicts of its leaves."""
    found = verdict(evaluation, condition)
    rewriting = evaluation.rewriting(condition) if isinstance(condition, Derived) else _NONE
    option = rewriting.options[-1]
    return Finding(
        condition,
        found,
        address,
        _readings(evaluation, condition),
        option.statements,
        option.stance,
        _own(evaluation, rewriting) if isinstance(condition, Derived) else None,
        meaning=meaning,
        evaluation=evaluation,
    )


def _need(found: Finding, precondition: Precondition) -> Need:
    """Return a finding as that on what a precondition needs."""
    return Need(
        found.condition,
        found.verdict,
        found.address,
        found.readings,
        found.statements,
        found.stance,
        found.own,
        precondition=precondition,
        evaluation=found.evaluation,
    )


def _own(evaluation: Evaluation, rewriting: Rewriting) -> Verdict:
    """Return what the words, the dates or the term of a derived leaf alone give.

    Of several orders of words that which has every word that may have been spoken.
    """
    if rewriting.found is not None:
        return rewriting.found
    return own_verdict(evaluation, rewriting.options[-1])


def _readings(evaluation: Evaluation, condition: Condition) -> tuple[Reading, ...]:
    """Return the words on a leaf about a fact; on anything else, none."""
    if not isinstance(condition, Observed):
        return ()
    if condition not in evaluation.readings:
        evaluation.readings[condition] = read(evaluation.view, condition)
    return evaluation.readings[condition]


_NONE = Rewriting((Option(Verdict.MET),))


def as_it_stands(finding: Finding, condition: Past) -> Finding:
    """Return the finding on what a history is about, as it stands at the instant judged."""
    return _find(finding.evaluation, condition.condition, f"{finding.address}/now")


def _parts(finding: Finding) -> Iterator[Finding]:
    """Yield the findings that one rests on."""
    evaluation, condition, above = finding.evaluation, finding.condition, finding.address
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            for position, part in enumerate(parts):
                yield _find(evaluation, part, f"{above}/{position}")
        case Not(part=negated):
            yield _find(evaluation, negated, f"{above}/not")
        case Ever() | By() | HeldFor() | Throughout():
            decided = deciding(evaluation, condition)
            if decided is evaluation:
                yield as_it_stands(finding, condition)
            else:
                yield _find(decided, condition.condition, f"{above}/decided")
        case When(trigger=trigger, then=then):
            pulled = deciding(evaluation, Ever(trigger))
            yield _find(pulled, trigger, f"{above}/trigger")
            yield _find(evaluation, then, f"{above}/then")
        case Vague(meanings=meanings):
            for meaning in meanings:
                yield _find(evaluation, meaning.condition, f"{above}/{meaning.id}", meaning=meaning)
        case Accepts() | InForce() | Fulfilled():
            seen: set[str] = set()
            rewriting = evaluation.rewriting(condition)
            for each in (*rewriting.parts, *rewriting.options[-1].events):
                if each.step not in seen:
                    seen.add(each.step)
                    place = f"{name_of(condition)}/{each.step}"
                    found = _find(evaluation, each.condition, place)
                    yield found if each.precondition is None else _need(found, each.precondition)
        case Observed():
            return
        case _:
            assert_never(condition)
