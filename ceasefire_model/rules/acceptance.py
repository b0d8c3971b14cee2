"""What a derived leaf comes to: a verdict of its own and the conditions that must be met besides.

Acceptance rewrites; :mod:`ceasefire_model.rules.evaluation` alone judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ceasefire_model.conditions import Accepts, After, AnyOf, Bound, Condition, Fulfilled, InForce
from ceasefire_model.moments import NEVER
from ceasefire_model.proposals import Precondition, Proposal, Provision, Timing
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.positions import Position
from ceasefire_model.rules.stances import positions
from ceasefire_model.rules.views import Sureness, View
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.verdicts import Verdict, conjunction, disjunction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_REJECTING = frozenset({Stance.REJECTS, Stance.WITHDREW})

_OWN = {
    Stance.ACCEPTS: Verdict.MET,
    Stance.ACCEPTS_WITH_CONDITIONS: Verdict.MET,
    Stance.ACCEPTS_IN_PRINCIPLE: Verdict.PENDING,
    Stance.ASKS_FOR_CLARIFICATION: Verdict.PENDING,
    Stance.UNDECIDED: Verdict.PENDING,
    Stance.REJECTS: Verdict.UNMET,
    Stance.WITHDREW: Verdict.UNMET,
}


@frozen
class Part:
    """One condition that a derived leaf rests on."""

    __repr__ = spelled

    step: str
    """Its name among the parts."""

    condition: Condition
    precondition: Precondition | None = None
    """The precondition that makes it count, if one does."""

    before: bool = False
    """Whether it must come first, so that no circle through it is carried."""


@frozen
class Option:
    """What a derived leaf comes to, for one reading of imprecise dates: ``own`` AND all parts."""

    __repr__ = spelled

    own: Verdict
    """What the words or the dates alone give."""

    parts: tuple[Part, ...] = ()
    statements: tuple[Statement, ...] = ()
    """The words that it rests on."""

    stance: Stance | None = None
    """The stance that those words come to."""

    starts: Bound | None = None
    """The start that it waits for, if it does."""

    due: Bound | None = None
    """The deadline before which it is not unmet, if there is one."""

    events: tuple[Part, ...] = ()
    """The events that its dates follow; they are shown, and bear on it through the dates alone."""


@frozen
class Rewriting:
    """What a derived leaf comes to; several options only while a date is not certain."""

    __repr__ = spelled

    options: tuple[Option, ...] = field()
    doubt: Verdict = Verdict.UNKNOWN
    """What it is in doubt of, where the options differ."""

    beside: Part | None = None
    """What claimants say of it, beside what is formally so."""

    found: Verdict | None = None
    """What its history comes to, where that decides and not the options."""

    @property
    def parts(self) -> Iterator[Part]:
        """All that it may rest on."""
        for option in self.options:
            yield from option.parts
        if self.beside is not None:
            yield self.beside


def rewritten(view: View, leaf: Accepts) -> Rewriting:
    """Return what an acceptance comes to in a view."""
    return Rewriting(tuple(_acceptance(view, leaf)))


def _acceptance(view: View, leaf: Accepts) -> list[Option]:
    """Return what a party's latest words on a text come to, for each order of the dates."""
    found = positions(view, leaf)
    if found is None:
        return [Option(Verdict.UNKNOWN, statements=tuple(view.words(leaf)[0]))]
    return [
        _without_word(view, leaf) if each is None else _of_position(view, leaf, each)
        for each in sorted(found, key=_is_spoken)
    ]


def _is_spoken(position: Position | None) -> bool:
    return position is not None


def _of_position(view: View, leaf: Accepts, position: Position) -> Option:
    """Return what words come to: their stance, what they need, and what was said of clauses."""
    parts = (
        *(
            Part(each.id, each.needs, each, view.timing(each) is Timing.BEFORE)
            for each in position.conditions
        ),
        *(Part(name, Accepts(leaf.party, name)) for name in position.clauses),
    )
    if not position.words:
        return _without_word(view, leaf, parts)
    if position.stance is None:
        return Option(Verdict.DISPUTED, parts, position.statements)
    own = Verdict.UNKNOWN if position.is_void else _OWN[position.stance]
    return Option(own, parts, position.statements, position.stance)


def own_preconditions(view: View, leaf: Accepts) -> tuple[Precondition, ...]:
    """Return the preconditions of a party's acceptance that it holds itself and that stand."""
    return tuple(each for each in view.standing(leaf) if each.held_by == leaf.party)


def has_word(view: View, leaf: Accepts) -> bool:
    """Whether a party has, or may have, spoken on a text, or is supposed to have."""
    return view.supposed_word(leaf) is not None or any(view.words(leaf))


def _without_word(view: View, leaf: Accepts, clauses: tuple[Part, ...] = ()) -> Option:
    """Return what stands in for a word: those of the members, beside its own on clauses."""
    members = view.scenario.party(leaf.party).members
    parts = tuple(Part(member, Accepts(member, leaf.of)) for member in members)
    return Option(Verdict.MET if members else Verdict.UNKNOWN, (*parts, *clauses))


def first_spoken(view: View, leaf: Accepts) -> Iterator[datetime]:
    """Yield when the words of a party on a text begin, suppositions included."""
    for word in view.scenario.index.words.get(leaf, ()):
        if view.moved(NEVER).spoken(word) is Sureness.SURE:
            yield word.date.as_start(view.zone)[0]
    for supposed, since in view.imagined():
        if any(word.of == leaf for word in supposed.words):
            yield since


# The life of a text


@frozen
class Standing:
    """How a text stands at an instant, by plain words and dates alone."""

    __repr__ = spelled

    tabling: Verdict
    """``PENDING`` before it is tabled, and ``MET`` from then on."""

    opening: Verdict
    """``PENDING`` before it starts, and ``MET`` from then on."""

    entry: Verdict
    """Whether it has entered into force, and nobody has taken it back."""

    end: Verdict
    """``MET`` until it ends, and ``UNMET`` from then on."""

    succession: Verdict
    """``MET`` until a later version takes its place, and ``UNMET`` from then on."""


def needed(view: View, proposal: Proposal) -> tuple[Accepts, ...]:
    """Return the acceptances that a text needs: of its addressees, and of its makers who spoke."""
    makers = [party for party in proposal.by if has_word(view, Accepts(party, proposal.id))]
    return tuple(Accepts(party, proposal.id) for party in dict.fromkeys((*proposal.to, *makers)))


def is_tabled(view: View, proposal: Proposal) -> bool:
    """Whether a text is there by now, or may be: before it is tabled it is not."""
    tabled = proposal.tabled
    return tabled is None or tabled.as_start(view.zone)[0] <= view.at


def is_there(view: View, proposal: Proposal) -> bool:
    """Whether a text may change another: it is tabled, and somebody has spoken on it."""
    parties = view.scenario.parties
    return is_tabled(view, proposal) and any(
        has_word(view, Accepts(party.id, proposal.id)) for party in parties
    )


def in_force(
    view: View, proposal: Proposal, standing: Standing, longer: tuple[Condition, ...]
) -> Rewriting:
    """Return what it comes to that a text is in force, reports on its state apart.

    Args:
        view: The view.
        proposal: The text.
        standing: How it stands by plain words and dates.
        longer: That the texts are in force that prolong it.
    """
    events = tuple(_events(proposal.starts, proposal.ends, InForce(proposal.id)))
    entered = Option(Verdict.MET, events=events)
    if standing.tabling is Verdict.PENDING:  # it is not there yet, whatever its end is in doubt of
        is_over = standing.end is Verdict.UNMET
        own = Verdict.UNMET if is_over else Verdict.PENDING
        return Rewriting((Option(own, events=events),))
    waiting = _waiting(view, proposal, standing, events)
    match standing.entry:
        case Verdict.MET:
            options = [entered]
        case Verdict.UNMET:
            options = [waiting]
        case _:
            options = [entered, waiting]
    if not longer:
        ended = [_within(each, standing, standing.end) for each in options]
        return Rewriting(tuple(ended), conjunction([standing.entry]))
    ends = [standing.end] if standing.end.is_settled else [Verdict.MET, Verdict.UNMET]
    prolonged = Part("prolonged", longer[0] if len(longer) == 1 else AnyOf(longer))
    return Rewriting(
        tuple(
            _within(each, standing, end)
            if end is Verdict.MET
            else _prolonged(each, standing, prolonged)
            for each in options
            for end in ends
        ),
        conjunction([each for each in (standing.entry, standing.end) if each.is_open]),
    )


def _waiting(
    view: View, proposal: Proposal, standing: Standing, events: tuple[Part, ...]
) -> Option:
    """Return what a text comes to that has not entered: the acceptances as they stand."""
    parts = tuple(Part(leaf.party, leaf) for leaf in needed(view, proposal))
    own = conjunction([standing.tabling, standing.opening])
    return Option(own, parts, starts=proposal.starts, events=events)


def _within(option: Option, standing: Standing, end: Verdict) -> Option:
    return evolve(option, own=conjunction([option.own, end, standing.succession]))


def _prolonged(option: Option, standing: Standing, longer: Part) -> Option:
    own = conjunction([option.own, standing.succession])
    return evolve(option, own=own, parts=(*option.parts, longer))


def clause_in_force(provision: Provision, text: InForce, own: Verdict) -> Rewriting:
    """Return what it comes to that a clause is in force.

    Args:
        provision: The clause.
        text: That its text is.
        own: Whether its own dates have it so, and nothing has replaced it.
    """
    events = tuple(_events(provision.starts, provision.ends, text))
    starts = provision.starts if own.is_open else None
    return Rewriting((Option(own, (Part(text.of, text),), starts=starts, events=events),))


def _events(starts: Bound | None, ends: Bound | None, itself: InForce) -> Iterator[Part]:
    """Yield the events that dates follow; of one's own entry, none."""
    for step, bound in (("starts", starts), ("ends", ends)):
        if isinstance(bound, After) and bound.condition != itself:
            yield Part(step, bound.condition)


def plainly(view: View, leaf: Accepts) -> Verdict:
    """Say whether a party has plainly accepted a text, with no conditions and nothing reserved."""
    return _agreed({_plain(view, option) for option in rewritten(view, leaf).options})


def _plain(view: View, option: Option) -> Verdict:
    if option.own is Verdict.DISPUTED:
        return Verdict.DISPUTED
    if option.own is not Verdict.MET or option.stance not in (None, Stance.ACCEPTS):
        return Verdict.UNMET
    return conjunction([plainly(view, each) for each in _others(option)])


def revoked(view: View, leaf: Accepts) -> Verdict:
    """Say whether a party rejects a text as a whole, or has withdrawn from it."""
    return _agreed({_revoked(view, option) for option in rewritten(view, leaf).options})


def _revoked(view: View, option: Option) -> Verdict:
    if option.stance is not None:
        return Verdict.MET if option.stance in _REJECTING else Verdict.UNMET
    if option.own is Verdict.DISPUTED:
        return Verdict.DISPUTED
    return disjunction([revoked(view, each) for each in _others(option)])


def _others(option: Option) -> Iterator[Accepts]:
    """Yield the acceptances that stand in for a word, or beside a plain one."""
    return (part.condition for part in option.parts if isinstance(part.condition, Accepts))


def _agreed(found: set[Verdict]) -> Verdict:
    """Return what several orders of words agree on; else it is not known."""
    if len(found) == 1:
        return found.pop()
    return conjunction([Verdict.UNKNOWN, *(each for each in found if each.is_open)])


def has_spoken(view: View, leaf: Accepts) -> bool:
    """Whether a party has spoken on a text, or, of a coalition, all its members have."""
    members = view.scenario.party(leaf.party).members
    return has_word(view, leaf) or (
        bool(members) and all(has_spoken(view, Accepts(each, leaf.of)) for each in members)
    )


def speakers(view: View, leaf: Accepts) -> Iterator[Accepts]:
    """Yield the acceptances on whose words one may rest: its own, and those of members."""
    yield leaf
    for member in view.scenario.party(leaf.party).members:
        yield from speakers(view, Accepts(member, leaf.of))


def fulfilled(view: View, leaf: Fulfilled, found: Verdict | None) -> Rewriting:
    """Return what the duties of a clause require.

    Args:
        view: The view.
        leaf: The clause.
        found: What its term makes of it; none where it is read as it stands.
    """
    due = None if found is None else view.scenario.provision(leaf.provision).due
    return Rewriting((Option(Verdict.MET, tuple(duty_parts(view, leaf)), due=due),), found=found)


def duty_parts(view: View, leaf: Fulfilled) -> Iterator[Part]:
    """Yield what each duty of a clause requires, or each that one obligor owes."""
    for number, duty in enumerate(view.scenario.provision(leaf.provision).duties, start=1):
        if leaf.by is None or leaf.by in duty.by:
            yield Part(f"duty-{number}", duty.requires)
