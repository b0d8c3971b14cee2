"""Cases: what a derived leaf, a demand or a history comes to, once some changes are chosen.

A word that is spoken replaces what was said; a date that has come lets a text begin; a meaning that
is agreed decides a demand. Each is a case of its own, and exactly one case is active at a time.
What stands in each is asked of acceptance and of evaluation, never told again here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import evolve, frozen

from ceasefire_model.analyses.choices import Choices
from ceasefire_model.analyses.endings import rejections, running_out
from ceasefire_model.analyses.openings import (
    NOTHING,
    as_dated,
    asked_now,
    follows,
    stands_as_kept,
    term_needed,
)
from ceasefire_model.analyses.shifts import Obstacle, Reason
from ceasefire_model.analyses.wishes import Wishes
from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    AtLeast,
    AtMost,
    By,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    InForce,
    Meaning,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.rules.acceptance import Option, Part
from ceasefire_model.rules.evaluation import Evaluation, agreed_meaning
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedMeaning
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ceasefire_model.conditions import Condition, DerivedLeaf
    from ceasefire_model.facts import Fact


@frozen
class Case:
    """What a leaf comes to, where some changes are chosen."""

    options: Sequence[Option]
    chosen: tuple[int, ...] = ()
    """The changes that are chosen."""

    unless: tuple[int, ...] = ()
    """The facts, words, demands or dates of which no change is chosen."""

    is_early: bool = False
    """Whether it is too early for it to be unmet."""

    within: Condition = NOTHING
    """What must be so for it to be unmet: that the term of a clause has begun."""


@frozen(eq=False)
class Cases:
    """What leaves come to, among some choices."""

    choices: Choices

    @property
    def wishes(self) -> Wishes:
        """What is asked for."""
        return self.choices.wishes

    def of(self, leaf: Vague | DerivedLeaf) -> Iterator[Case]:
        """Yield the cases of a demand, an acceptance or a text."""
        match leaf:
            case Vague():
                yield from self._of_demand(leaf)
            case Accepts():
                yield from self._of_acceptance(leaf)
            case InForce() | Fulfilled():
                yield from self._of_text(leaf)
            case _:
                assert_never(leaf)

    def of_history(self, leaf: History) -> Iterator[Case]:
        """Yield the cases of a history; none where nothing can change it any more."""
        deciding = asked_now(self.wishes.evaluation, leaf)
        parts = tuple(Part(f"{n}", part) for n, (part, _) in enumerate(deciding))
        if parts:
            yield from self._from_now_on(leaf, parts)
        elif self.choices.explains and self.wishes.verdict(leaf).is_settled:
            yield from self._of_past(leaf)

    # Demands

    def _of_demand(self, demand: Vague) -> Iterator[Case]:
        """Yield what a demand comes to under each meaning, and while none is agreed."""
        for change, supposed in self.choices.by_key(demand).items():
            meant = [m for m in demand.meanings if supposed == SupposedMeaning(demand.id, m.id)]
            yield Case([_meant(meaning) for meaning in meant], (change,))
        yield from self._while_open(demand)

    def _while_open(self, demand: Vague) -> Iterator[Case]:
        slot = self.choices.slots.get(demand)
        unless = () if slot is None else (slot,)
        meaning = agreed_meaning(self.wishes.view, demand)
        is_recorded = self.wishes.is_recorded(demand)
        if meaning is not None:
            yield Case([_meant(meaning)], (), unless)
        elif demand.complete:
            yield Case([_meant(each) for each in demand.meanings], (), unless)
        elif self.choices.explains and not (is_recorded and demand.meanings):
            reason = Reason.NO_MEANING if is_recorded else Reason.NOT_RECORDED
            # a meaning might have it so or not: whichever is asked for
            slots: tuple[int, ...] = ()
            for own in (Verdict.MET, Verdict.UNMET):
                slot, lift = self.choices.lift(Obstacle(reason, demand))
                yield Case([Option(own)], (lift,))
                slots = (*slots, slot)
            yield Case([Option(Verdict.UNCLEAR)], (), slots)
        else:
            yield Case([Option(Verdict.UNCLEAR)], (), unless)

    # Histories

    def _from_now_on(self, leaf: History, parts: tuple[Part, ...]) -> Iterator[Case]:
        """Yield what a history comes to now, or once so much time has gone by."""
        met = Option(Verdict.MET, (*parts, *self._first(leaf)))
        found = self.wishes.verdict(leaf)
        match leaf:
            case HeldFor() if found is not Verdict.MET:
                # what ends a span ends it at once
                own = found if found.is_open else Verdict.PENDING
                yield from self._once_waited(leaf, met, Case([evolve(met, own=own)]))
            case Throughout() if found is not Verdict.MET:
                yield from self._once_waited(leaf, met, Case([Option(found)]))
            case By():
                yield from self._once_waited(leaf, met, Case([met], is_early=True))
            case When() if len(parts) > 1:
                yield Case([met], within=parts[0].condition)
            case _:
                yield Case([met], is_early=not self._follows_both_ways(leaf))

    def _once_waited(self, leaf: History, met: Option, now: Case) -> Iterator[Case]:
        """Yield what a history comes to now, and once so much time has gone by as is asked for."""
        unless: tuple[int, ...] = ()
        if leaf in self.wishes.things and not isinstance(leaf, By):
            slot, wait = self.choices.wait(leaf)
            yield Case([met], (wait,), is_early=True)
            unless = (slot,)
        if Not(leaf) in self.wishes.things and not isinstance(leaf, HeldFor):
            slot, wait = self.choices.wait(Not(leaf))
            yield Case([met], (wait,), unless)
            unless = (*unless, slot)
        yield evolve(now, unless=unless)

    def _follows_both_ways(self, leaf: History) -> bool:
        """Whether a history is also unmet where what decides it is unmet."""
        match leaf:
            case When():
                return True
            case Ever():
                return self.wishes.verdict(leaf) is Verdict.UNMET
            case By() | HeldFor() | Throughout():
                return self.wishes.holds(leaf)
            case _:
                assert_never(leaf)

    def _first(self, leaf: Condition) -> tuple[Part, ...]:
        """Return the event that a start follows, if it has not happened yet."""
        event = follows(self.wishes.evaluation, leaf)
        if event is NOTHING or self.wishes.holds(event):
            return ()
        return (Part("start", event, before=True),)

    def of_multiple(self, leaf: AtLeast | AtMost) -> Iterator[Case]:
        """Yield that a comparison of two numbers of which nobody has reported any would be met."""
        slot, lift = self.choices.lift(Obstacle(Reason.UNREPORTED, leaf))
        yield Case([Option(Verdict.MET)], (lift,))
        yield Case([Option(self.wishes.verdict(leaf))], (), (slot,))

    def _of_past(self, leaf: History) -> Iterator[Case]:
        """Yield that a history which nothing can change any more would have to be otherwise."""
        found = self.wishes.verdict(leaf)
        otherwise = leaf if found is Verdict.UNMET else Not(leaf)
        slot, lift = self.choices.lift(Obstacle(Reason.ENDED, otherwise))
        yield Case([Option(negation(found))], (lift,))
        yield Case([Option(found)], (), (slot,))

    # Acceptances and texts

    def _of_acceptance(self, leaf: Accepts) -> Iterator[Case]:
        """Yield what an acceptance comes to under each word on it, or on the whole text.

        A word on the leaf itself decides whatever is said of the whole, so the cases of the whole
        count only unless one on the leaf is chosen.
        """
        whole = self.wishes.view.scenario.index.proposal_of.get(leaf.of)
        keys = [leaf, *([Accepts(leaf.party, whole.id)] if whole else [])]
        unless: tuple[int, ...] = ()
        for on in keys:
            for change, word in self.choices.words(on):
                yield Case(self.wishes.once_said(leaf, on, word.stance), (change,), unless)
            if on in self.choices.slots:
                unless = (*unless, self.choices.slots[on])
        yield Case(self.wishes.evaluation.rewriting(leaf).options, (), unless)

    def _of_text(self, leaf: InForce | Fulfilled) -> Iterator[Case]:
        """Yield what a text comes to now, and once its date has come."""
        evaluation = self.wishes.evaluation
        if stands_as_kept(evaluation, leaf):
            yield Case([Option(Verdict.MET)])
            return
        unless: tuple[int, ...] = ()
        state = self._state_of(leaf)
        for change, supposed in self.choices.facts(state):
            view = self.wishes.supposing(facts={supposed.fact: supposed.value})
            yield Case(Evaluation(view).rewriting(leaf).options, (change,))
        if state is not None and state in self.choices.slots:
            unless = (self.choices.slots[state],)
        for case in self._of_rejections(leaf, unless):
            unless = (*unless, self.choices.aside(case.chosen))
            yield case
        events = running_out(evaluation, leaf)
        if events is not None and Not(leaf) in self.wishes.things:
            slot, wait = self.choices.wait(Not(leaf))
            yield Case([Option(Verdict.UNMET)], (wait,), unless, within=AllOf(events))
            unless = (*unless, slot)
        option, within = self._in_term(leaf, self.wishes.once_tabled(leaf))
        plain = evolve(option, own=Verdict.MET, starts=None, due=None)
        now = as_dated(evaluation, option)
        if now.own is Verdict.UNMET and self.choices.explains:
            slot, lift = self.choices.lift(Obstacle(Reason.ENDED, leaf))
            yield Case([plain], (lift,), unless, within=within)
            unless = (*unless, slot)
        else:
            begun = evolve(plain, parts=(*plain.parts, *self._first(leaf)))
            for awaited in self._awaited(leaf, option, now):
                slot, wait = self.choices.wait(awaited)
                yield Case([begun], (wait,), unless, within=within)
                unless = (*unless, slot)
        yield Case([now], (), unless, within=within)

    def _of_rejections(self, leaf: InForce | Fulfilled, unless: tuple[int, ...]) -> Iterator[Case]:
        """Yield what a text in force comes to once one who has accepted it rejects it."""
        for accepts in rejections(self.wishes.evaluation, leaf):
            for change, word in self.choices.words(accepts):
                if word.stance is Stance.REJECTS:
                    view = self.wishes.supposing(words={accepts: word.stance})
                    yield Case(Evaluation(view).rewriting(leaf).options, (change,), unless)

    def _in_term(self, leaf: InForce | Fulfilled, option: Option) -> tuple[Option, Condition]:
        """Return an option with the term that it needs, and what must be so for it to be unmet."""
        needed, within = (
            term_needed(self.wishes.evaluation, leaf, negated=negated) for negated in (False, True)
        )
        if needed is not NOTHING:
            option = evolve(option, parts=(*option.parts, Part("term", needed)))
        return option, within

    def _state_of(self, leaf: InForce | Fulfilled) -> Fact | None:
        """Return the state whose reports would decide whether a text is in force."""
        scenario = self.wishes.view.scenario
        state = scenario.index.text_of(leaf.of).in_force if isinstance(leaf, InForce) else None
        return None if state is None else scenario.fact(state)

    def _awaited(
        self, leaf: InForce | Fulfilled, option: Option, now: Option
    ) -> Iterator[Condition]:
        """Yield what is asked for and only a date that is to come can bring.

        That somebody refuses a text counts at once, but where the text is still to be tabled.
        """
        asked, is_ahead = self.wishes.things, now.own.is_open and option.starts is not None
        is_untabled = is_ahead and not any(self.wishes.evaluation.rewriting(leaf).parts)
        if (is_untabled or now.due is not None) and Not(leaf) in asked:
            yield Not(leaf)
        if is_ahead and leaf in asked:
            yield leaf


def _meant(meaning: Meaning) -> Option:
    """Return what a demand comes to under one meaning."""
    return Option(Verdict.MET, (Part(meaning.id, meaning.condition),))
