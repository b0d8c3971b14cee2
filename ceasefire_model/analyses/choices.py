"""Choices: what a package may choose among, each with the number by which the program knows it.

A *slot* is one thing of which at most one change is chosen: a fact, a party's word, the meaning of
a demand; a wait is chosen or not, and so is the lifting of an obstacle. The engine knows numbers
only, so what each stands for is kept here, to read its answers by.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from attrs import evolve, field, frozen

from ceasefire_model.analyses.numbers import values_of
from ceasefire_model.analyses.progress import Patience
from ceasefire_model.analyses.shares import left_over, shared_with
from ceasefire_model.analyses.shifts import (
    Key,
    Obstacle,
    Reason,
    Shift,
    ShiftKind,
    Supposed,
    Terms,
)
from ceasefire_model.analyses.solver import Atom, Translation
from ceasefire_model.analyses.wishes import Wishes
from ceasefire_model.conditions import Accepts, AtMost, Condition, Not, Vague
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import (
    Act,
    Control,
    Number,
    Quantity,
    Question,
    State,
    Truth,
    Value,
)
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire_model.facts import Fact


@frozen
class Offer:
    """A change that is offered."""

    supposed: Supposed
    is_possible: bool = True
    """Whether anybody can do it; if not, it explains what stands in the way."""

    verifies: Condition | None = None
    """The thing that it finds out to be so already, if it does no more than that."""


@frozen(eq=False)
class Choices:
    """What may be chosen, by number."""

    wishes: Wishes
    terms: Terms
    patience: Patience
    explains: bool
    """Whether what stands in the way may be lifted, to find out what does."""

    translation: Translation = field(init=False, factory=Translation)
    """Where what is written for the engine is kept."""

    slots: dict[Key, int] = field(init=False, factory=dict[Key, int])
    """The number of each fact, word or demand that can change."""

    changes: dict[int, dict[int, Supposed]] = field(
        init=False, factory=dict[int, dict[int, Supposed]]
    )
    """By the number of what changes, each change of it by number."""

    verifying: set[int] = field(init=False, factory=set[int])
    """Those of the changes that only find out what is so already."""

    waits: dict[int, Condition] = field(init=False, factory=dict[int, Condition])
    """What can be waited for, by the number of the wait."""

    lifts: dict[int, Obstacle] = field(init=False, factory=dict[int, Obstacle])
    """The obstacles, by the number of the change that would lift each."""

    shifts: dict[int, Shift] = field(init=False, factory=dict[int, Shift])
    """The changes as they are reported, by number, once that was asked."""

    @staticmethod
    def of(wishes: Wishes, terms: Terms, patience: Patience, *, explains: bool) -> Choices:
        """Write every change towards a thing that is asked for."""
        choices = Choices(wishes, terms, patience, explains)
        asked_of: dict[Key, list[Condition]] = {}
        for thing in wishes.things:
            for key in wishes.keys_of(thing):
                asked_of.setdefault(key, []).append(thing)
        offers = {key: list(choices._offers(key, asked)) for key, asked in asked_of.items()}
        for key, losses in choices._losses(offers).items():
            offers.setdefault(key, []).extend(losses)
        for key, offered in offers.items():
            if offered and (explains or key not in terms.fixed):
                choices._write_key(key, offered, asked_of.get(key, []))
        return choices

    # What is written

    def wait(self, leaf: Condition) -> tuple[int, int]:
        """Write that something can be waited for; return the slot and the choice."""
        slot, wait = self._alone()
        self.waits[wait] = leaf
        return slot, wait

    def lift(self, obstacle: Obstacle) -> tuple[int, int]:
        """Write the change that would lift an obstacle; return the slot and the choice."""
        slot, lift = self._alone()
        self._obstruct(lift, obstacle)
        return slot, lift

    def _alone(self) -> tuple[int, int]:
        """Write a slot of its own for one choice: it is made or not."""
        slot = next(self.translation.numbers)
        return slot, self._choice(slot)

    def aside(self, changes: Iterable[int]) -> int:
        """Write a slot of its own for some changes among others of theirs; return it."""
        slot = next(self.translation.numbers)
        for change in changes:
            self.translation.say("choice", change, slot)
        return slot

    def _choice(self, slot: int) -> int:
        number = next(self.translation.numbers)
        self.translation.say("choice", number, slot)
        return number

    def _obstruct(self, number: int, obstacle: Obstacle) -> None:
        self.lifts[number] = obstacle
        self.translation.say("obstacle", number)

    def _write_key(self, key: Key, offered: Sequence[Offer], asked: list[Condition]) -> None:
        """Write the changes of a fact, of a word, or of what a demand means."""
        slot = self.slots[key] = next(self.translation.numbers)
        self.changes[slot] = {}
        is_number = isinstance(key, Quantity | Control)
        cost = self._weight(self._cost(key))
        if is_number:
            # A number is paid for once, however many thresholds it passes; see the program.
            self.translation.say("numeric", slot)
            self.translation.say("price", slot, cost)
        for rank, offer in enumerate(offered):
            change = self._choice(slot)
            self.changes[slot][change] = offer.supposed
            if offer.verifies is not None:
                self.verifying.add(change)
                self.translation.say("verifies", change, *self.translation.signed(offer.verifies))
            if is_number:
                self.translation.say("rank", change, rank)
            else:
                self.translation.say("cost", change, cost)
            if key in self.terms.fixed:
                self._obstruct(change, Obstacle(Reason.FIXED, _shown(key, asked)))
            elif not offer.is_possible:
                reason = Reason.COUNTED if isinstance(key, Quantity) else Reason.DONE
                self._obstruct(change, Obstacle(reason, _shown(key, asked)))

    def _cost(self, key: Key) -> Decimal:
        return self.terms.costs.get(key, Decimal(1))

    def _weight(self, cost: Decimal) -> int:
        """Return a cost as a whole number, all costs in the same proportion."""
        weight = Fraction(cost) * self.terms.whole
        if weight >= _MOST_WEIGHT:
            raise ModelError(f"costs lie too far apart to be added exactly, got {cost}; round them")
        return int(weight)

    def _offers(self, key: Key, asked: list[Condition]) -> Iterator[Offer]:
        """Yield each change towards what is asked for."""
        self.patience.check()
        match key:
            case Accepts():
                stances = (stance for thing in asked for stance in self.wishes.stances(thing))
                for stance in dict.fromkeys(stances):
                    yield Offer(SupposedWord(key, stance))
            case Vague():
                agreed = agreed_meaning(self.wishes.view, key)
                for meaning in key.meanings:
                    if meaning != agreed:
                        yield Offer(SupposedMeaning(key.id, meaning.id))
            case Quantity() | Control():
                for value in values_of(self.wishes, key, asked):
                    yield from self._offers_of_number(key, value)
            case State() | Act() | Question():
                for thing in asked:
                    if not self.wishes.holds(thing):
                        yield from self._offers_of_truth(key, thing)
            case _:
                assert_never(key)

    def _offers_of_truth(self, key: State | Act | Question, thing: Condition) -> Iterator[Offer]:
        """Yield that something is made so, and, where sources disagree on it, that it is so."""
        supposed = SupposedFact(key.id, Truth(not isinstance(thing, Not)))
        if self.wishes.verdict(thing) is Verdict.DISPUTED:
            yield Offer(supposed, verifies=thing)
        # An act that is done, or may be, stays so: offered only to explain what is in the way.
        is_undone = isinstance(key, Act) and isinstance(thing, Not)
        is_undoing = is_undone and not self.wishes.holds(thing)
        if not is_undoing or self.wishes.verdict(thing) is Verdict.UNKNOWN:
            yield Offer(supposed)
        elif self.explains:
            yield Offer(supposed, is_possible=False)

    def _offers_of_number(self, key: Quantity | Control, value: Number) -> Iterator[Offer]:
        """Yield that a number comes to a value; what is counted from the start never falls."""
        is_counted = isinstance(key, Quantity) and key.cumulative
        falls = is_counted and self._is_above(key, value.value)
        if not falls or self.explains:
            yield Offer(SupposedFact(key.id, value), is_possible=not falls)

    def _is_above(self, key: Quantity | Control, most: Decimal) -> bool:
        return self.wishes.verdict(AtMost(key.id, most)) is Verdict.UNMET

    def _losses(self, offers: Mapping[Key, Sequence[Offer]]) -> dict[Control, list[Offer]]:
        """Return the changes by which shares shrink where another is to grow."""
        offered = {
            key: [number for each in offered if isinstance(number := _value(each), Number)]
            for key, offered in offers.items()
            if isinstance(key, Control)
        }
        losses: dict[Control, dict[Number, None]] = {}
        for together in shared_with(self.wishes.view, offered):
            for loser in together:
                rests = left_over(self.wishes.view, together, loser, offered)
                new = (rest for rest in rests if rest not in offered.get(loser, ()))
                losses.setdefault(loser, {}).update(dict.fromkeys(new))
        return {
            loser: [Offer(SupposedFact(loser.id, value)) for value in values]
            for loser, values in losses.items()
        }

    # What was written

    def facts(self, fact: Fact | None) -> list[tuple[int, SupposedFact]]:
        """Return the values that a fact may get, by the number of each."""
        if fact is None:
            return []
        changes = self.by_key(fact).items()
        return [(number, each) for number, each in changes if isinstance(each, SupposedFact)]

    def words(self, leaf: Accepts) -> list[tuple[int, SupposedWord]]:
        """Return the words that may be spoken on a text, by the number of each."""
        changes = self.by_key(leaf).items()
        return [(number, word) for number, word in changes if isinstance(word, SupposedWord)]

    def by_key(self, key: Key) -> dict[int, Supposed]:
        """Return the changes of something, by number."""
        return self.changes[self.slots[key]] if key in self.slots else {}

    # What the answers mean

    def shifts_in(self, answer: frozenset[Atom]) -> tuple[Shift, ...]:
        """Return the changes that an answer describes, in the order in which they were met."""
        if not self.shifts:
            for changes in self.changes.values():
                for number, supposed in changes.items():
                    shift = self._shift(supposed)
                    if number in self.verifying:
                        shift = evolve(shift, who=(), kind=ShiftKind.VERIFY)
                    self.shifts[number] = shift
        return tuple(self.shifts[number] for number in _chosen(answer) if number in self.shifts)

    def waits_in(self, answer: frozenset[Atom]) -> tuple[Condition, ...]:
        """Return what an answer waits for."""
        return tuple(self.waits[number] for number in _chosen(answer) if number in self.waits)

    def obstacles(self, answer: frozenset[Atom]) -> tuple[Obstacle, ...]:
        """Return the obstacles that an answer lifts."""
        lifted = (self.lifts[number] for number in _chosen(answer) if number in self.lifts)
        return tuple(dict.fromkeys(lifted))

    def _shift(self, supposed: Supposed) -> Shift:
        scenario = self.wishes.view.scenario
        match supposed:
            case SupposedFact(fact=name):
                fact = scenario.fact(name)
                holder = (fact.party,) if isinstance(fact, Control) else ()
                return Shift(supposed, fact.by or holder, self._cost(fact))
            case SupposedWord(of=leaf):
                return Shift(supposed, (leaf.party,), self._cost(leaf))
            case SupposedMeaning(vague=name, meaning=meaning):
                demand = scenario.index.vague[name]
                return Shift(supposed, self.wishes.disagreeing(demand, meaning), self._cost(demand))
            case _:
                assert_never(supposed)


def _chosen(answer: frozenset[Atom]) -> Sequence[int]:
    return sorted(numbers[0] for name, numbers in answer if name in {"does", "becomes_to"})


_MOST_WEIGHT = 10**6
"""The engine adds in 32 bits, and there may be some hundreds of changes."""


def _value(offer: Offer) -> Value | None:
    return offer.supposed.value if isinstance(offer.supposed, SupposedFact) else None


def _shown(key: Key, asked: list[Condition]) -> Condition:
    """Return what an obstacle is said to be about."""
    if isinstance(key, Accepts | Vague):
        return key
    return asked[0] if asked else AtMost(key.id, 1)
