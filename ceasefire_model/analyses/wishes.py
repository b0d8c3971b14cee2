"""Wishes: what a target asks for, one thing after the other, and what bears on each.

Only what is asked for is offered for change, and only what waits for it is looked at: a scenario
may hold a thousand facts, and a target rests on ten of them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, assert_never

from attrs import evolve, field, frozen

from ceasefire_model.analyses.endings import rejections, running_out
from ceasefire_model.analyses.openings import (
    Gated,
    asked_now,
    bare,
    follows,
    gated_by_subject,
    implies,
    standing_on,
    subject,
    term_needed,
    things_in,
)
from ceasefire_model.analyses.progress import Patience
from ceasefire_model.analyses.shares import shared_with
from ceasefire_model.analyses.shifts import Key, Supposed, told
from ceasefire_model.asking import condition_asked
from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    Derived,
    DerivedLeaf,
    Done,
    Holds,
    InForce,
    Not,
    ObservedLeaf,
    Temporal,
    Vague,
    walk,
)
from ceasefire_model.facts import Control, Number, Truth
from ceasefire_model.ids import PartyId
from ceasefire_model.moments import moment
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.acceptance import Part, needed, rewritten
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.scenarios import suppose
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ceasefire_model.facts import Value
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.acceptance import Option
    from ceasefire_model.rules.views import View


@frozen(eq=False)
class Wishes:
    """The things that a target asks for, and the preconditions that bear on them."""

    evaluation: Evaluation
    patience: Patience

    things: dict[Condition, None] = field(init=False, factory=dict[Condition, None])
    """What the target, or a precondition of something asked for, asks for."""

    gates: dict[tuple[Precondition, Condition], None] = field(
        init=False, factory=dict[tuple["Precondition", Condition], None]
    )
    """The preconditions that bear on them, each with the thing it is of."""

    lines: dict[tuple[Precondition, Condition], None] = field(
        init=False, factory=dict[tuple["Precondition", Condition], None]
    )
    """Those that something which is so already must not lose, each with the thing it is of."""

    rests_on: dict[object, dict[object, None]] = field(
        init=False, factory=dict[object, dict[object, None]]
    )
    """What a thing is about, with what those are about that it asks for or waits for."""

    @staticmethod
    def of(evaluation: Evaluation, target: Condition, patience: Patience) -> Wishes:
        """Follow what a target asks for, and what that waits for."""
        wishes = Wishes(evaluation, patience)
        table = gated_by_subject(evaluation)
        wishes._follow(things_in(target), table)
        while lines := list(wishes._lines_touched()):
            for line in lines:
                wishes.lines[line] = None
                wishes._follow(things_in(line[0].needs), table)
        return wishes

    def _follow(self, things: Iterable[Condition], table: Mapping[object, Sequence[Gated]]) -> None:
        waiting = deque(things)
        while waiting:
            self.patience.check()
            thing = waiting.popleft()
            if thing not in self.things:
                self.things[thing] = None
                waiting.extend(self._resting(thing, self._asked_by(thing)))
                for about in (subject(thing), *self._losers(thing)):
                    waiting.extend(self._needed_by(thing, table.get(about, ())))

    def _resting(self, thing: Condition, on: Iterable[Condition]) -> list[Condition]:
        """Note that one thing rests on others; those about the same are taken as one."""
        others = list(on)
        below = self.rests_on.setdefault(self.about(thing), {})
        below.update(dict.fromkeys(map(self.about, others)))
        return others

    def about(self, thing: Condition) -> object:
        """Return what a thing is about, of acceptances each text: no word on one is on another.

        A word on a text counts for its clauses, and one on a clause for the text.
        """
        leaf = bare(thing)
        if not isinstance(leaf, Accepts):
            return subject(leaf)
        whole = self.view.scenario.index.proposal_of.get(leaf.of)
        return Accepts, leaf.party, leaf.of if whole is None else whole.id

    def in_circles(self) -> dict[object, int]:
        """Return what may rest on itself, with the number of the circle that it is in."""

        def below(about: object) -> Iterable[object]:
            return self.rests_on.get(about, ())

        circles = components(list(self.rests_on), below)
        return {
            about: number
            for number, circle in enumerate(circles)
            if len(circle) > 1 or any(about in below(about) for about in circle)
            for about in circle
        }

    def _losers(self, thing: Condition) -> Iterator[str]:
        """Yield the shares that may have to shrink where one is to grow."""
        keys = [key for key in self.keys_of(thing) if isinstance(key, Control)]
        for together in shared_with(self.view, keys):
            yield from (share.id for share in together if share not in keys)

    def _lines_touched(self) -> Iterator[tuple[Precondition, Condition]]:
        """Yield the red lines of what is so already that are kept, and that a change could break.

        One that is broken already does not stand in the way of anything.
        """
        keys = {key for thing in self.things for key in self.keys_of(thing)}
        for of in self.view.scenario.index.gates:
            if not self.holds(of):
                continue
            for each in self.view.standing(of):
                is_new = self.view.timing(each) is Timing.WHILE and (each, of) not in self.lines
                if is_new and self._is_at_stake(each, keys):
                    yield each, of

    def _is_at_stake(self, line: Precondition, keys: AbstractSet[Key]) -> bool:
        needed = (key for thing in things_in(line.needs) for key in self.keys_of(thing))
        return any(key in keys for key in needed) and self.holds(line.needs)

    @property
    def view(self) -> View:
        """What one starts from."""
        return self.evaluation.view

    def holds(self, thing: Condition) -> bool:
        """Whether a thing is met as it is."""
        return self.verdict(thing) is Verdict.MET

    def verdict(self, thing: Condition) -> Verdict:
        """Return the verdict on a thing as it is."""
        if isinstance(thing, Not):
            return negation(verdict(self.evaluation, thing.part))
        return verdict(self.evaluation, thing)

    def keys_of(self, thing: Condition) -> list[Key]:
        """Return what a thing is about that can be changed."""
        leaf = bare(thing)
        match leaf:
            case Accepts():
                return [leaf]
            case Vague():
                return [leaf] if self.is_recorded(leaf) else []
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                return [self.view.scenario.index.facts[name] for name in facts_of(leaf)]
            case _:
                return []

    def is_recorded(self, demand: Vague) -> bool:
        """Whether a demand is one of the scenario, so that a meaning of it can be agreed."""
        return demand.id in self.view.scenario.index.vague

    def unnamed(self) -> Iterator[Vague]:
        """Yield the demands asked for that are not met and of which no meaning has been named."""
        for demand in dict.fromkeys(map(bare, self.things)):
            if isinstance(demand, Vague) and not (demand.meanings or self.holds(demand)):
                yield demand

    def disagreeing(self, demand: Vague, agreed: str) -> tuple[PartyId, ...]:
        """Return who reads a demand otherwise; where nobody is known to, who makes it."""
        others = [m for m in demand.meanings if m.id != agreed]
        readers = dict.fromkeys(party for meaning in others for party in meaning.held_by)
        makers = dict.fromkeys(
            each.held_by
            for each in self.view.scenario.preconditions
            if each.held_by is not None and any(part == demand for part in walk(each.needs))
        )
        return tuple(readers or makers)

    # What one thing asks for

    def _needed_by(self, thing: Condition, about_the_same: Iterable[Gated]) -> Iterator[Condition]:
        """Note the preconditions that bear on a thing, and yield what they need."""
        for gated in about_the_same:
            if self._bears_on(gated, thing):
                for each in self.view.standing(gated.thing):
                    self.gates[each, gated.thing] = None
                    yield from self._resting(gated.thing, things_in(each.needs))
                    self._resting(gated.by, things_in(each.needs))
                if gated.is_gate:
                    for each in standing_on(self.evaluation, gated):
                        self.gates[each, gated.by] = None

    def _bears_on(self, gated: Gated, thing: Condition) -> bool:
        """Whether changing a thing may bring about one that is gated.

        Numbers go either way: one that is raised for one threshold may pass another on its way.
        """
        if self.holds(gated.thing) or self.holds(gated.by):
            return False
        return isinstance(bare(thing), AtLeast | AtMost) or implies(self.view, thing, gated.by)

    def _asked_by(self, thing: Condition) -> Iterator[Condition]:
        """Yield the things that one rests on."""
        leaf, negated = bare(thing), isinstance(thing, Not)
        yield from things_in(follows(self.evaluation, thing))
        yield from things_in(term_needed(self.evaluation, leaf, negated=negated))
        if negated:
            yield from map(Not, rejections(self.evaluation, leaf))
            for event in running_out(self.evaluation, leaf) or ():
                yield from things_in(event)
        if isinstance(leaf, Vague):
            for meaning in leaf.meanings:
                yield from things_in(meaning.condition, negated=negated)
        elif isinstance(leaf, Derived):
            for option in self._options(leaf, thing):
                for part in option.parts:
                    yield from things_in(part.condition, negated=negated)
        elif isinstance(leaf, Temporal):
            for inner, opens in asked_now(self.evaluation, leaf, negated=negated):
                yield from things_in(inner, negated=negated and opens)

    def _options(self, leaf: DerivedLeaf, thing: Condition) -> list[Option]:
        """Return what a derived leaf comes to, as words are and as they may be spoken."""
        options = [*self.evaluation.rewriting(leaf).options, self.once_tabled(leaf)]
        if isinstance(leaf, Accepts):
            for stance in self.stances(thing):
                options += self.once_said(leaf, leaf, stance)
        return options

    def once_tabled(self, leaf: DerivedLeaf) -> Option:
        """Return what a derived leaf comes to; of a text that is still to be tabled, what it will.

        Before that nothing is asked of anybody.
        """
        texts = self.view.scenario.index.proposals
        text = texts.get(leaf.of) if isinstance(leaf, InForce) else None
        if text is not None and text.tabled is not None:
            tabled = text.tabled.as_start(self.view.zone)[1]
            if tabled > self.view.at:
                then = self.evaluation.moved(tabled).rewriting(leaf).options[-1]
                accepted = (Part(each.party, each) for each in needed(self.view, text))
                parts = then.parts or tuple(accepted)
                starts = then.starts or text.tabled
                return evolve(then, own=Verdict.PENDING, parts=parts, starts=starts)
        return self.evaluation.rewriting(leaf).options[-1]

    # Words

    def stances(self, thing: Condition) -> list[Stance]:
        """Return the final words by which a party would bring about an acceptance, or none.

        One that holds only on conditions needs a final word once other changes break these.
        """
        leaf = bare(thing)
        if not isinstance(leaf, Accepts) or self._is_final(leaf, thing):
            return []
        if leaf is not thing:
            return [Stance.REJECTS]
        recorded = self.view.recorded(leaf)
        options = self.evaluation.rewriting(leaf).options
        given = {option.stance for option in options} == {Stance.ACCEPTS_WITH_CONDITIONS}
        if given or all(each.held_by != leaf.party for each in recorded):
            return [Stance.ACCEPTS]
        return [Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS]

    def _is_final(self, leaf: Accepts, thing: Condition) -> bool:
        """Whether an acceptance, or its negation, holds and rests on no conditions."""
        options = self.evaluation.rewriting(leaf).options
        return self.holds(thing) and not any(option.parts for option in options)

    def once_said(self, leaf: Accepts, on: Accepts, stance: Stance) -> Sequence[Option]:
        """Return what an acceptance comes to once a word is spoken, on it or on the whole text."""
        return rewritten(self.supposing(words={on: stance}), leaf).options

    # What would be so

    def supposing(
        self,
        facts: Mapping[str, Value] | None = None,
        words: Mapping[Accepts, Stance] | None = None,
    ) -> View:
        """Return the same view, in which some things are supposed from the instant judged on."""
        since = moment(self.view.at)
        made = suppose(self.view.scenario, facts, since=since, words=words)
        return self.view.imagining(made)

    def judged(self, thing: Condition, values: Mapping[str, Value]) -> Verdict:
        """Judge a leaf about facts, or its negation, where some facts have other values."""
        leaf = _observed(thing)
        found = told(leaf, values.get(facts_of(leaf)[0]))
        if found is None:
            found = verdict(Evaluation(self.supposing(facts=values)), leaf)
        return negation(found) if isinstance(thing, Not) else found


def _observed(thing: Condition) -> ObservedLeaf:
    leaf = bare(thing)
    if not isinstance(leaf, Holds | Done | AtLeast | AtMost | Answered):
        raise TypeError(leaf)  # pragma: no cover - the callers give no other
    return leaf


def made_so(evaluation: Evaluation, change: Supposed) -> Condition:
    """Return the thing that a change makes so."""
    scenario = evaluation.view.scenario
    match change:
        case SupposedFact(fact=name, value=Number(value=value)):
            is_higher = verdict(evaluation, AtMost(name, value)) is Verdict.MET
            return AtLeast(name, value) if is_higher else AtMost(name, value)
        case SupposedFact(fact=name, value=value):
            leaf = condition_asked(scenario, scenario.fact(name))
            return leaf if value == Truth(value=True) else Not(leaf)
        case SupposedWord(of=accepts, stance=stance):
            return Not(accepts) if stance is Stance.REJECTS else accepts
        case SupposedMeaning(vague=name):
            return scenario.index.vague[name]
        case _:
            assert_never(change)
