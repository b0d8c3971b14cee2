"""What a derived leaf comes to: a verdict of its own and the conditions that must be met besides.

Acceptance rewrites; :mod:`ceasefire_model.rules.evaluation` alone judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import field, frozen

from ceasefire_model.conditions import (
    Accepts,
    Bound,
    Condition,
    DerivedLeaf,
    Fulfilled,
    Holds,
    InForce,
)
from ceasefire_model.ids import ProposalId
from ceasefire_model.moments import NEVER
from ceasefire_model.proposals import Precondition, Proposal, Timing
from ceasefire_model.rules.readings import is_reported
from ceasefire_model.rules.views import Sureness, View
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

_ACCEPTING = frozenset({Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS})
_REJECTING = frozenset({Stance.REJECTS, Stance.WITHDREW})
_RESERVE = tuple(Stance)
"""From the least to the most reserved."""

_OWN = {
    Stance.ACCEPTS: Verdict.MET,
    Stance.ACCEPTS_WITH_CONDITIONS: Verdict.MET,
    Stance.ACCEPTS_IN_PRINCIPLE: Verdict.PENDING,
    Stance.ASKS_FOR_CLARIFICATION: Verdict.PENDING,
    Stance.UNDECIDED: Verdict.PENDING,
    Stance.REJECTS: Verdict.UNMET,
    Stance.WITHDREW: Verdict.UNMET,
}
_CONDITIONAL = frozenset({Stance.ACCEPTS_WITH_CONDITIONS, Stance.ACCEPTS_IN_PRINCIPLE})


@frozen
class Part:
    """One condition that a derived leaf rests on."""

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

    own: Verdict
    """What the words or the dates alone give."""

    parts: tuple[Part, ...] = ()
    statements: tuple[Statement, ...] = ()
    """The words that it rests on."""

    stance: Stance | None = None
    """The stance that those words come to."""

    starts: Bound | None = None
    """Before this it is pending."""

    ends: Bound | None = None
    """After this it is unmet."""

    due: Bound | None = None
    """Before this, what is unmet is pending."""

    proposal: ProposalId | None = None
    """The text whose start and end these are."""


@frozen
class Rewriting:
    """What a derived leaf comes to; several options only while a date is not certain."""

    options: tuple[Option, ...] = field()

    @property
    def parts(self) -> Iterable[Part]:
        """All that it may rest on."""
        return (part for option in self.options for part in option.parts)


def rewritten(view: View, leaf: DerivedLeaf) -> Rewriting:
    """Return what a derived leaf comes to in a view."""
    match leaf:
        case Accepts():
            return Rewriting(tuple(_acceptance(view, leaf)))
        case InForce():
            return Rewriting((_in_force(view, view.scenario.index.text_of(leaf.of)),))
        case Fulfilled():
            return Rewriting((_fulfilment(view, leaf),))
        case _:
            assert_never(leaf)


def _acceptance(view: View, leaf: Accepts) -> list[Option]:
    """Return what a party's latest word on a text comes to."""
    spoken, maybe = view.words(leaf)
    supposed = view.supposed_word(leaf)
    if supposed is not None:
        return [_of_stance(view, leaf, supposed, spoken, ())]
    options = [_of_words(view, leaf, spoken)] if spoken else _without_word(view, leaf)
    return options + [_of_words(view, leaf, [*spoken, word]) for word in maybe]


def _of_words(view: View, leaf: Accepts, spoken: Sequence[Statement]) -> Option:
    """Weigh the words of the last day on which a party spoke."""
    last = max(map(view.day_spoken, spoken))
    latest = tuple(word for word in spoken if view.day_spoken(word) == last)
    stances = {word.stance for word in latest if word.stance is not None}
    if stances & _ACCEPTING and stances & _REJECTING:
        return Option(Verdict.DISPUTED, statements=latest)
    return _of_stance(view, leaf, max(stances, key=_RESERVE.index), spoken, latest)


def _of_stance(
    view: View,
    leaf: Accepts,
    stance: Stance,
    spoken: Sequence[Statement],
    latest: tuple[Statement, ...],
) -> Option:
    """Return what one stance comes to; a conditional one needs the preconditions as they stand."""
    if stance not in _CONDITIONAL:
        return Option(_OWN[stance], (), latest, stance)
    recorded = [each for each in view.recorded(leaf, spoken) if each.held_by == leaf.party]
    parts = tuple(
        Part(each.id, each.needs, each, view.timing(each) is Timing.BEFORE)
        for each in filter(view.is_upheld, recorded)
    )
    return Option(_OWN[stance] if recorded else Verdict.UNKNOWN, parts, latest, stance)


def own_preconditions(view: View, leaf: Accepts) -> tuple[Precondition, ...]:
    """Return the preconditions of a party's acceptance that it holds itself and that stand."""
    return tuple(each for each in view.standing(leaf) if each.held_by == leaf.party)


def has_word(view: View, leaf: Accepts) -> bool:
    """Whether a party has, or may have, spoken on a text, or is supposed to have."""
    return view.supposed_word(leaf) is not None or any(view.words(leaf))


def _without_word(view: View, leaf: Accepts) -> list[Option]:
    """Return what stands in for a word: that on the whole proposal, else that of the members."""
    members = view.scenario.party(leaf.party).members
    parts = tuple(Part(member, Accepts(member, leaf.of)) for member in members)
    otherwise = Option(Verdict.MET if members else Verdict.UNKNOWN, parts)
    whole = view.scenario.index.proposal_of.get(leaf.of)
    if whole is None:
        return [otherwise]
    on_whole = Accepts(leaf.party, whole.id)
    if not has_word(view, on_whole):
        return [otherwise]
    option = Option(Verdict.MET, (Part(whole.id, on_whole),))
    is_sure = view.supposed_word(on_whole) is not None or bool(view.words(on_whole)[0])
    return [option] if is_sure else [otherwise, option]


def _in_force(view: View, proposal: Proposal) -> Option:
    """Ask the reports on its state where there are any; else its addressees and its dates."""
    state = proposal.in_force
    if state is not None and is_reported(view, state):
        return Option(Verdict.MET, (Part(state, Holds(state)),))
    parts = tuple(Part(party, Accepts(party, proposal.id)) for party in proposal.to)
    return Option(
        Verdict.MET, parts, starts=proposal.starts, ends=proposal.ends, proposal=proposal.id
    )


def word_instants(view: View, leaf: DerivedLeaf) -> Iterator[datetime]:
    """Yield the instants at which the words and preconditions of an acceptance may change."""
    index = view.scenario.index
    if not isinstance(leaf, Accepts):
        return
    for word in index.words.get(leaf, ()):
        yield from word.date.as_start(view.zone)
    for precondition in index.gates.get(leaf, ()):
        if precondition.statement is not None:
            yield from index.statements[precondition.statement].date.as_start(view.zone)
        if precondition.withdrawn is not None:
            yield from precondition.withdrawn.as_start(view.zone)


def first_spoken(view: View, leaf: DerivedLeaf) -> Iterator[datetime]:
    """Yield when the words of a party on a text begin, suppositions included."""
    if isinstance(leaf, Accepts):
        for word in view.scenario.index.words.get(leaf, ()):
            if view.moved(NEVER).spoken(word) is Sureness.SURE:
                yield word.date.as_start(view.zone)[0]
        for supposed in view.scenario.suppositions:
            if any(word.of == leaf for word in supposed.words):
                yield supposed.since.as_start(view.zone)[0]


def _fulfilment(view: View, leaf: Fulfilled) -> Option:
    """Return what the duties of a provision require."""
    provision = view.scenario.provision(leaf.provision)
    parts = tuple(
        Part(f"duty-{number}", duty.requires)
        for number, duty in enumerate(provision.duties, start=1)
        if leaf.by is None or leaf.by in duty.by
    )
    return Option(Verdict.MET, parts, due=provision.due)
