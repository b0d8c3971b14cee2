"""What opens to what: one account of it, which every analysis asks.

A *thing* is a leaf or the negation of one. A text in force opens to the acceptances of it, a
fulfilled clause to what its duties require, a history to what still decides it. What nothing can
bring about any more, such as a missed deadline or the undoing of an act, opens to ``NEVER``.
A precondition of a thing gates what implies it, and what brings it about: one on a fulfilled clause
also what its duties require, one on a coalition's acceptance also those of its members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import evolve, frozen

from ceasefire_model.analyses.endings import running_out
from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    DerivedLeaf,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.facts import Quantity, Times
from ceasefire_model.grounds import Role, grounds
from ceasefire_model.moments import TICK
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.acceptance import Option, has_word
from ceasefire_model.rules.evaluation import (
    Evaluation,
    agreed_meaning,
    grace,
    known_history,
    term,
    verdict,
)
from ceasefire_model.rules.gates import bears_on
from ceasefire_model.rules.readings import is_reported
from ceasefire_model.rules.views import View, view
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.tracks import Track
    from ceasefire_model.scenarios import Scenario

NOTHING = AllOf(())
"""What is met at once."""

NEVER = AnyOf(())
"""What nothing can meet."""


def contrary(thing: Condition) -> Condition:
    """Return the negation of a leaf, or the leaf that is negated."""
    return thing.part if isinstance(thing, Not) else Not(thing)


def things_in(condition: Condition, *, negated: bool = False) -> Iterator[Condition]:
    """Yield the things that a condition is made of; a vague demand is one of them."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            for part in parts:
                yield from things_in(part, negated=negated)
        case Not(part=part):
            yield from things_in(part, negated=not negated)
        case _:
            yield Not(condition) if negated else condition


def bare(thing: Condition) -> Condition:
    """Return the leaf that a thing is, or is the negation of."""
    return thing.part if isinstance(thing, Not) else thing


def is_reached(
    condition: Condition, has: Callable[[Condition], bool], *, negated: bool = False
) -> bool:
    """Whether a condition is made true by the things that one has."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            each = (is_reached(part, has, negated=negated) for part in parts)
            return all(each) if isinstance(condition, AllOf) is not negated else any(each)
        case AtLeastOf(count=least, parts=parts):
            needed = len(parts) - least + 1 if negated else least
            return sum(is_reached(part, has, negated=negated) for part in parts) >= needed
        case Not(part=part):
            return is_reached(part, has, negated=not negated)
        case _:
            return has(Not(condition) if negated else condition)


def opened(evaluation: Evaluation, thing: Condition) -> Condition:
    """Return what a thing comes to: ``NOTHING`` if to no other, ``NEVER`` if it is out of reach."""
    leaf, negated = bare(thing), isinstance(thing, Not)
    match leaf:
        case Done():
            done = negated and verdict(evaluation, leaf) is Verdict.MET
            return NEVER if done else NOTHING
        case AtLeast() | AtMost():
            return NEVER if _would_fall(evaluation, leaf, negated=negated) else NOTHING
        case Holds() | Answered():
            return NOTHING
        case Vague():
            return _opened_demand(evaluation, leaf, negated=negated)
        case Accepts() | InForce() | Fulfilled():
            if negated and stands_as_kept(evaluation, leaf):
                return NEVER
            events = running_out(evaluation, leaf) if negated else None
            if events is not None:
                return _all_of([*events]) if events else NOTHING
            inner = _opened_text(evaluation, leaf)
            inner = Not(inner) if negated and inner is not NOTHING else inner
            term = term_needed(evaluation, leaf, negated=negated)
            return inner if term is NOTHING else _all_of([inner, term])
        case Ever() | By() | HeldFor() | Throughout() | When():
            deciding = asked_now(evaluation, leaf, negated=negated)
            parts = [Not(each) if negated and opens else each for each, opens in deciding]
            return _all_of(parts) if parts else NEVER
        case AllOf() | AnyOf() | AtLeastOf() | Not():
            return thing
        case _:
            assert_never(leaf)


def _would_fall(evaluation: Evaluation, leaf: AtLeast | AtMost, *, negated: bool) -> bool:
    """Whether a number would have to fall that never does, being counted from the start."""
    fact = evaluation.view.scenario.index.facts[leaf.fact]
    is_counted = isinstance(fact, Quantity) and fact.cumulative
    if not is_counted or isinstance(leaf.value, Times):
        return False
    is_floor = isinstance(leaf, AtLeast)
    too_many = Verdict.MET if is_floor else Verdict.UNMET
    return is_floor is negated and verdict(evaluation, leaf) is too_many


def _all_of(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(parts)


def follows(evaluation: Evaluation, thing: Condition) -> Condition:
    """Return what must have happened before a thing: the event that the start of a text follows."""
    match thing:
        case InForce(of=name):
            index = evaluation.view.scenario.index
            starts = (index.provisions.get(name) or index.proposals[name]).starts
            return Ever(starts.condition) if isinstance(starts, After) else NOTHING
        case Throughout(start=After(condition=event)):
            return Ever(event)
        case _:
            return NOTHING


def _opened_demand(evaluation: Evaluation, demand: Vague, *, negated: bool) -> Condition:
    """Return the meaning agreed, or one of all; whatever is meant, if none has been named."""
    agreed = agreed_meaning(evaluation.view, demand)
    meanings = demand.meanings if agreed is None else (agreed,)
    found = [Not(each.condition) if negated else each.condition for each in meanings]
    return AnyOf(found) if found else NOTHING


def required_by(evaluation: Evaluation, leaf: Fulfilled) -> Condition:
    """Return what the duties of a clause require."""
    return _opened_text(evaluation, leaf)


def _opened_text(evaluation: Evaluation, leaf: DerivedLeaf) -> Condition:
    index = evaluation.view.scenario.index
    by_role: dict[Role, list[Condition]] = {}
    for ground in grounds(index, leaf):
        by_role.setdefault(ground.role, []).append(ground.condition)
    match leaf:
        case Accepts():
            members = by_role.get(Role.MEMBER, [])
            return AllOf(members) if members and not has_word(evaluation.view, leaf) else NOTHING
        case InForce(of=name):
            text = index.proposals.get(name)
            state = None if text is None else text.in_force
            needs = by_role.get(Role.ADDRESSEE if text else Role.TEXT, [])
            if state is not None and is_reported(evaluation.view, state):
                needs = [*needs, Holds(state)]
            elif as_dated(evaluation, evaluation.rewriting(leaf).options[0]).own is Verdict.UNMET:
                return NEVER
            return AllOf(needs)
        case Fulfilled():
            return AllOf(by_role.get(Role.DUTY, []))
        case _:
            assert_never(leaf)


def term_needed(evaluation: Evaluation, leaf: Condition, *, negated: bool) -> Condition:
    """Return what else must be so for a clause to be fulfilled or, negated, not to be.

    Before its term a step can be made, and nothing else be kept or broken; after it what always had
    to be so stands as it stood, unless the clause enters again. What is due some days after an
    event is not overdue before that.
    """
    if not isinstance(leaf, Fulfilled) or evaluation.waiting.is_read_as_it_stands(leaf.provision):
        return NOTHING
    if negated and verdict(evaluation, leaf) is Verdict.UNMET:
        return NOTHING
    provision = evaluation.view.scenario.index.provisions[leaf.provision]
    needed: list[Condition] = []
    if _counts_in_term(evaluation, leaf, negated=negated):
        needed.append(InForce(provision.id))
    due = provision.due
    if negated and isinstance(due, After) and not any(duty.due for duty in provision.duties):
        needed.append(Ever(due.condition))
    return _all_of(needed) if needed else NOTHING


def _counts_in_term(evaluation: Evaluation, leaf: Fulfilled, *, negated: bool) -> bool:
    """Whether a clause is fulfilled, or not, only in a term that has not begun or is over."""
    provision, at = evaluation.view.scenario.index.provisions[leaf.provision], evaluation.view.at
    whole = term(evaluation, provision)
    if whole.at(at) is Verdict.MET:
        return False
    if provision.kind.is_standing:
        return True
    required = known_history(evaluation, _opened_text(evaluation, leaf))
    last = _ends(whole, at)[-1:]
    return negated and all(required.at(end - TICK) is Verdict.MET for end in last)


def stands_as_kept(evaluation: Evaluation, leaf: Condition) -> bool:
    """Whether a clause was kept to the end of its term, so that nothing undoes it any more."""
    if not isinstance(leaf, Fulfilled) or evaluation.waiting.is_read_as_it_stands(leaf.provision):
        return False
    provision = evaluation.view.scenario.index.provisions[leaf.provision]
    if not provision.kind.is_standing:
        return False
    whole, at = term(evaluation, provision), evaluation.view.at
    is_over = whole.at(at) is not Verdict.MET and any(_ends(whole, at))
    return is_over and verdict(evaluation, leaf) is Verdict.MET


def _ends(whole: Track, at: datetime) -> list[datetime]:
    """Return when each stretch of a term was over."""
    ends = (end for _, end, found in whole.spans() if found is Verdict.MET)
    return [end for end in ends if end is not None and end <= at]


def as_dated(evaluation: Evaluation, option: Option) -> Option:
    """Return an option with what its dates give now, and a deadline only where it is to come."""
    due = option.due if grace(evaluation, option.due).is_open else None
    return evolve(option, due=due)


def asked_now(
    evaluation: Evaluation, leaf: History, *, negated: bool = False
) -> tuple[tuple[Condition, bool], ...]:
    """Return what, from now on, decides whether a history is met, or else unmet.

    Each with whether it must not be so for the history to be unmet. None where the past has settled
    the history, or where it is in doubt what was: no one can change that any more.
    """
    now = verdict(evaluation, leaf)
    match leaf:
        case When(trigger=trigger, then=then):
            ever = Ever(trigger)
            is_triggered = verdict(evaluation, ever) is Verdict.MET
            return ((then, True),) if is_triggered else ((ever, False), (then, True))
        case HeldFor(condition=inner):
            return ((inner, True),)
        case Ever(condition=inner):
            return () if negated or now is Verdict.MET else ((inner, True),)
        case By(condition=inner, due=due):
            is_ahead = grace(evaluation, due) is Verdict.PENDING
            return ((inner, True),) if is_ahead and now is not Verdict.MET else ()
        case Throughout(condition=inner, end=end):
            lasts = now is Verdict.MET and (end is None or grace(evaluation, end).is_open)
            return ((inner, True),) if lasts or now is Verdict.PENDING else ()
        case _:
            assert_never(leaf)


def implies(view: View, thing: Condition, other: Condition) -> bool:
    """Whether one thing brings another about: ten do five, the whole text its provisions."""
    if thing == other:
        return True
    match thing, other:
        case Accepts(), Accepts():
            whole = view.scenario.index.proposal_of.get(other.of)
            same = whole is not None and (thing.party, thing.of) == (other.party, whole.id)
            return same and not has_word(view, other)
        case Fulfilled(by=None), Fulfilled():
            return thing.provision == other.provision
        case Not(part=(Accepts() | Fulfilled()) as one), Not(part=(Accepts() | Fulfilled()) as two):
            return implies(view, two, one)
        case _:
            return bears_on(other, thing)


def subject(thing: Condition) -> object:
    """Return what a thing is about: only things about the same bring each other about."""
    leaf = thing.part if isinstance(thing, Not) else thing
    match leaf:
        case AtLeast(fact=name) | AtMost(fact=name):
            return name
        case Accepts(party=party):
            return Accepts, party
        case Fulfilled(provision=name):
            return Fulfilled, name
        case _:
            return leaf


@frozen
class Gated:
    """A thing that has preconditions, and one that brings it about."""

    by: Condition
    """Itself, what its duties require, or the acceptance of a member."""

    thing: Condition
    is_gate: bool
    """Whether who brings this one about has to heed the preconditions of the thing.

    Not where a clause requires more besides: then this one does not bring it about by itself.
    """


def gated_by_subject(evaluation: Evaluation) -> dict[object, list[Gated]]:
    """Return the things that have preconditions, by what each is brought about by is about."""
    table: dict[object, list[Gated]] = {}
    for thing in evaluation.view.scenario.index.gates:
        for each in (Gated(thing, thing, is_gate=True), *_brought_about(evaluation, thing)):
            table.setdefault(subject(each.by), []).append(each)
    return table


def _brought_about(evaluation: Evaluation, thing: Condition) -> Iterator[Gated]:
    """Yield what brings a gated thing about: what its duties require, or what members accept."""
    leaf, negated = bare(thing), isinstance(thing, Not)
    match leaf:
        case Fulfilled():
            required = required_by(evaluation, leaf)
            for by in dict.fromkeys(things_in(required, negated=negated)):
                yield Gated(by, thing, _completes(evaluation, by, required, negated=negated))
        case Accepts():
            for member in dict.fromkeys(_members(evaluation.view, leaf)):
                yield Gated(Not(member) if negated else member, thing, is_gate=True)
        case _:
            pass


def _completes(
    evaluation: Evaluation, by: Condition, required: Condition, *, negated: bool
) -> bool:
    """Whether one thing more is all that it takes, beside what holds already."""
    view = evaluation.view

    def has(thing: Condition) -> bool:
        return implies(view, by, thing) or verdict(evaluation, thing) is Verdict.MET

    return is_reached(required, has, negated=negated)


def _members(view: View, leaf: Accepts) -> Iterator[Accepts]:
    """Yield the acceptances of the members of a coalition that has not spoken, and of theirs."""
    waiting, seen = [leaf], {leaf}
    while waiting:
        each = waiting.pop()
        if has_word(view, each):
            continue
        for member in view.scenario.party(each.party).members:
            accepts = Accepts(member, each.of)
            if accepts not in seen:
                seen.add(accepts)
                waiting.append(accepts)
                yield accepts


def gates_on(
    evaluation: Evaluation, thing: Condition, table: Mapping[object, Iterable[Gated]]
) -> Iterator[Requirement]:
    """Yield the preconditions of a thing, and of what it brings about; each once."""
    view = evaluation.view
    about_the_same = table.get(subject(thing), ())
    bearing = [each for each in about_the_same if each.is_gate and implies(view, thing, each.by)]
    for each in dict.fromkeys(each for gated in bearing for each in standing_on(evaluation, gated)):
        yield Requirement(each, view.timing(each) is Timing.BEFORE)


def standing_on(evaluation: Evaluation, gated: Gated) -> Iterator[Precondition]:
    """Yield the preconditions of a thing that who brings it about by another has to heed.

    Not those that rest on that other themselves: that the second phase follows the first keeps
    nobody from counting the arms, which both require.
    """
    for each in evaluation.view.standing(gated.thing):
        if gated.by == gated.thing or gated.by not in resting_on(evaluation, each.needs):
            yield each


def resting_on(evaluation: Evaluation, condition: Condition) -> set[Condition]:
    """Return the things that a condition is made of, and those that these are made of."""
    waiting, found = list(things_in(condition)), set[Condition]()
    while waiting:
        thing = waiting.pop()
        if thing not in found:
            found.add(thing)
            waiting.extend(things_in(opened(evaluation, thing)))
    return found


@frozen
class Requirement:
    """One precondition of a thing, as it stands now."""

    precondition: Precondition
    before: bool
    """Whether what it needs must come in an earlier step."""

    is_possible: bool = True
    """Whether what it needs does not contradict itself."""

    @property
    def needs(self) -> Condition:
        """What it needs; if that contradicts itself, nothing meets it."""
        return self.precondition.needs if self.is_possible else NEVER


def evaluation_of(
    scenario: Scenario,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None,
    trust: Trust | None,
) -> Evaluation:
    """Take the view in which an analysis judges.

    Raises:
        ModelError: If a time is none or imprecise, or ``as_of`` lies after ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    return Evaluation(view(scenario, as_of=as_of, known_by=known_by, trust=trust))
