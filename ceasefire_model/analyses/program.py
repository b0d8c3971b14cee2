"""The question for packages as facts of the logic program :file:`packages.lp`.

What could be changed towards a target, what its conditions would then come to, and what waits for
what.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise, product
from math import lcm
from typing import TYPE_CHECKING, assert_never

from attrs import evolve, field, frozen

from ceasefire_model.analyses.reachability import (
    as_dated,
    contrary,
    implies,
    standing_by_subject,
    subject,
    things_in,
)
from ceasefire_model.analyses.shifts import (
    Key,
    Obstacle,
    Reason,
    Shift,
    Supposed,
    Terms,
    told,
)
from ceasefire_model.analyses.solver import Atom, Translation
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
    Temporal,
    Throughout,
    Times,
    Vague,
    When,
    walk,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import (
    Act,
    Control,
    Fact,
    Number,
    Quantity,
    Range,
    Truth,
    Value,
    number,
)
from ceasefire_model.ids import PartyId
from ceasefire_model.moments import Moment, moment
from ceasefire_model.proposals import Precondition, Timing
from ceasefire_model.rules.acceptance import Option, Part, rewritten
from ceasefire_model.rules.evaluation import Evaluation, agreed_meaning, verdict
from ceasefire_model.rules.histories import due_of, grace
from ceasefire_model.rules.readings import Observed, facts_of
from ceasefire_model.rules.views import View
from ceasefire_model.scenarios import (
    SupposedFact,
    SupposedMeaning,
    SupposedWord,
    suppose,
)
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@frozen
class Case:
    """What a derived leaf or a vague demand comes to, where some changes are chosen."""

    options: Sequence[Option]
    chosen: tuple[int, ...] = ()
    """The changes that are chosen."""

    unless: tuple[int, ...] = ()
    """The facts, words, demands or dates of which no change is chosen."""

    is_early: bool = False
    """Whether it is too early for it to be unmet."""


@frozen(eq=False)
class Program:
    """The facts of the logic program about one target."""

    evaluation: Evaluation
    terms: Terms
    explains: bool
    """Whether what stands in the way may be lifted, to find out what does."""

    translation: Translation = field(init=False, factory=Translation)

    wanted: dict[Condition, None] = field(init=False, factory=dict[Condition, None])
    """The things that the target, or a precondition of one of them, asks for."""

    gates: dict[tuple[Precondition, Condition], None] = field(
        init=False, factory=dict[tuple[Precondition, Condition], None]
    )
    """The preconditions that bear on them, each with the thing it is of."""

    slots: dict[object, int] = field(init=False, factory=dict[object, int])
    """The number of each fact, word, demand or date that can change."""

    changes: dict[int, dict[int, Supposed]] = field(
        init=False, factory=dict[int, dict[int, Supposed]]
    )
    """By the number of what changes, each change of it by number."""

    waits: dict[int, datetime] = field(init=False, factory=dict[int, datetime])
    """The instants that can be waited for, by the number of the wait."""

    lifts: dict[int, Obstacle] = field(init=False, factory=dict[int, Obstacle])
    """The obstacles, by the number of the change that would lift each."""

    made: dict[int, Shift] = field(init=False, factory=dict[int, Shift])
    """The changes as they are reported, by number."""

    @staticmethod
    def of(evaluation: Evaluation, target: Condition, terms: Terms, *, explains: bool) -> Program:
        """Write the facts."""
        program = Program(evaluation, terms, explains)
        program._follow(target)
        program._write_changes()
        program._write_conditions(target)
        return program

    @property
    def view(self) -> View:
        """What the packages start from."""
        return self.evaluation.view

    @property
    def is_timed(self) -> bool:
        """Whether the history of something counts, which the program takes as it is."""
        return any(isinstance(leaf, Temporal) for leaf in self.translation.leaves)

    def holds(self, thing: Condition) -> bool:
        """Whether a thing is met as it is."""
        return self.verdict(thing) is Verdict.MET

    def verdict(self, thing: Condition) -> Verdict:
        """Return the verdict on a thing as it is."""
        if isinstance(thing, Not):
            return negation(verdict(self.evaluation, thing.part))
        return verdict(self.evaluation, thing)

    # What the answers mean

    def shifts(self, answer: frozenset[Atom]) -> tuple[Shift, ...]:
        """Return the changes that an answer describes, in the order in which they were met."""
        if not self.made:
            for changes in self.changes.values():
                for change, supposed in changes.items():
                    self.made[change] = self._shift(supposed)
        return tuple(self.made[number] for number in _chosen(answer) if number in self.made)

    def until(self, answer: frozenset[Atom]) -> datetime | None:
        """Return the instant that an answer waits for, if it does."""
        found = [self.waits[number] for number in _chosen(answer) if number in self.waits]
        return max(found, default=None)

    def obstacles(self, answer: frozenset[Atom]) -> list[Obstacle]:
        """Return the obstacles that an answer lifts."""
        found = (self.lifts[each] for each in _chosen(answer) if each in self.lifts)
        return list(dict.fromkeys(found))

    def unnamed(self) -> Iterator[Vague]:
        """Yield the demands asked for that are not met and of which no meaning has been named."""
        for thing in self.wanted:
            if isinstance(thing, Vague) and not (thing.meanings or self.holds(thing)):
                yield thing

    def _shift(self, supposed: Supposed) -> Shift:
        scenario = self.view.scenario
        match supposed:
            case SupposedFact(fact=name):
                fact = scenario.fact(name)
                return Shift(supposed, fact.by, self._cost(fact))
            case SupposedWord(of=leaf):
                return Shift(supposed, (leaf.party,), self._cost(leaf))
            case SupposedMeaning(vague=name, meaning=meaning):
                demand = scenario.index.vague[name]
                return Shift(supposed, self._disagreeing(demand, meaning), self._cost(demand))
            case _:
                assert_never(supposed)

    def _cost(self, key: Key) -> Decimal:
        return self.terms.costs.get(key, Decimal(1))

    def _disagreeing(self, demand: Vague, agreed: str) -> tuple[PartyId, ...]:
        """Return who reads a demand otherwise; where nobody is known to, who makes it."""
        others = [m for m in demand.meanings if m.id != agreed]
        readers = dict.fromkeys(party for meaning in others for party in meaning.held_by)
        makers = dict.fromkeys(
            each.held_by
            for each in self.view.scenario.preconditions
            if each.held_by is not None and any(part == demand for part in walk(each.needs))
        )
        return tuple(readers or makers)

    # What is asked for

    def _follow(self, target: Condition) -> None:
        """Follow what the target asks for, and what that waits for."""
        table = standing_by_subject(self.view)
        waiting = deque(things_in(target))
        while waiting:
            thing = waiting.popleft()
            if thing in self.wanted:
                continue
            self.wanted[thing] = None
            waiting.extend(self._asked_by(thing))
            for gated in table.get(subject(thing), ()):
                if self._bears_on(gated, thing):
                    for each in self.view.standing(gated):
                        self.gates[each, gated] = None
                        waiting.extend(things_in(each.needs))

    def _bears_on(self, gated: Condition, thing: Condition) -> bool:
        """Whether changing a thing may bring about one that is gated; numbers go either way."""
        if self.holds(gated):
            return False
        leaf = thing.part if isinstance(thing, Not) else thing
        return isinstance(leaf, AtLeast | AtMost) or implies(self.view, thing, gated)

    def _asked_by(self, thing: Condition) -> Iterator[Condition]:
        """Yield the things that one rests on."""
        leaf, negated = (thing.part, True) if isinstance(thing, Not) else (thing, False)
        if isinstance(leaf, Vague):
            for meaning in leaf.meanings:
                yield from things_in(meaning.condition, negated=negated)
        elif isinstance(leaf, Derived):
            options = list(self.evaluation.rewriting(leaf).options)
            if isinstance(leaf, Accepts):
                for stance in self._stances(thing):
                    options += self._once_said(leaf, leaf, stance)
            for option in options:
                for part in option.parts:
                    yield from things_in(part.condition, negated=negated)
        elif isinstance(leaf, Temporal):
            for inner in self._asked_now(leaf):
                yield from things_in(inner, negated=negated)

    def _asked_now(self, leaf: Temporal) -> tuple[Condition, ...]:
        """Return what, from now on, decides whether a history is met; none where it is settled."""
        is_met = self.holds(leaf)
        match leaf:
            case When(trigger=trigger, then=then):
                ever = Ever(trigger)
                return (then,) if self.holds(ever) else (ever, then)
            case HeldFor(condition=inner):
                return (inner,)
            case Ever(condition=inner):
                return () if is_met else (inner,)
            case By(condition=inner, due=due):
                is_ahead = grace(self.evaluation, due) is Verdict.PENDING
                return (inner,) if is_ahead and not is_met else ()
            case Throughout(condition=inner, start=start, end=end):
                lasts = is_met and (end is None or grace(self.evaluation, end) is Verdict.PENDING)
                is_ahead = self.verdict(leaf) is Verdict.PENDING and isinstance(start, Moment)
                return (inner,) if lasts or is_ahead else ()
            case _:
                assert_never(leaf)

    def _stances(self, thing: Condition) -> list[Stance]:
        """Return the final words by which a party would bring about an acceptance, or none.

        One that holds only on conditions needs a final word once other changes break these.
        """
        leaf = thing.part if isinstance(thing, Not) else thing
        if not isinstance(leaf, Accepts) or self._is_final(leaf, thing):
            return []
        if leaf is not thing:
            return [Stance.REJECTS]
        recorded = self.view.recorded(leaf, self.view.words(leaf)[0])
        options = self.evaluation.rewriting(leaf).options
        given = {option.stance for option in options} == {Stance.ACCEPTS_WITH_CONDITIONS}
        if given or all(each.held_by != leaf.party for each in recorded):
            return [Stance.ACCEPTS]
        return [Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS]

    def _is_final(self, leaf: Accepts, thing: Condition) -> bool:
        """Whether an acceptance, or its negation, holds and rests on no conditions."""
        options = self.evaluation.rewriting(leaf).options
        return self.holds(thing) and not any(option.parts for option in options)

    def _once_said(self, leaf: Accepts, on: Accepts, stance: Stance) -> Sequence[Option]:
        """Return what an acceptance comes to once a word is spoken, on it or on the whole text."""
        return rewritten(self._supposing(words={on: stance}), leaf).options

    def _supposing(
        self,
        facts: Mapping[str, Value] | None = None,
        words: Mapping[Accepts, Stance] | None = None,
    ) -> View:
        since = moment(self.view.at)
        made = suppose(self.view.scenario, facts, since=since, words=words)
        return evolve(self.view, scenario=made)

    # What can be changed

    def _write_changes(self) -> None:
        """Write every change towards a thing that is asked for."""
        things: dict[Key, list[Condition]] = {}
        for thing in self.wanted:
            for key in self._keys_of(thing):
                things.setdefault(key, []).append(thing)
        for key, asked in things.items():
            if self.explains or key not in self.terms.fixed:
                self._write_key(key, asked)
        if self.explains:
            self.translation.say("any_order", self._lift(object(), Reason.ORDER, None))

    def _keys_of(self, thing: Condition) -> list[Key]:
        """Return what a thing is about that can be changed."""
        leaf = thing.part if isinstance(thing, Not) else thing
        index = self.view.scenario.index
        match leaf:
            case Accepts():
                return [leaf]
            case Vague():
                return [leaf] if self._is_recorded(leaf) else []
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                return [index.facts[name] for name in facts_of(leaf)]
            case _:
                return []

    def _write_key(self, key: Key, asked: list[Condition]) -> None:
        """Write the changes of a fact, of a word, or of what a demand means."""
        found = list(self._changes_of(key, asked))
        if not found:
            return
        slot = self._slot(key)
        is_number = isinstance(key, Quantity | Control)
        cost = self.weight(self._cost(key))
        if is_number:
            self.translation.say("numeric", slot)
            self.translation.say("price", slot, cost)
        for rank, (supposed, is_possible) in enumerate(found):
            change = self._choice(slot)
            self.changes[slot][change] = supposed
            if is_number:
                self.translation.say("rank", change, rank)
            else:
                self.translation.say("cost", change, cost)
            if key in self.terms.fixed:
                self._obstruct(change, Obstacle(Reason.FIXED, _shown(key, asked)))
            elif not is_possible:
                self._obstruct(change, Obstacle(Reason.DONE, _shown(key, asked)))

    def weight(self, cost: Decimal) -> int:
        """Return a cost as a whole number, all costs in the same proportion."""
        costs = [Fraction(each) for each in (*self.terms.costs.values(), Decimal(1))]
        whole = lcm(*(each.denominator for each in costs))
        found = Fraction(cost) * whole
        if found >= _MOST_WEIGHT:
            raise ModelError(f"costs lie too far apart to be added exactly, got {cost}; round them")
        return int(found)

    def _slot(self, key: object) -> int:
        """Write down something that can change, and return its number."""
        self.slots[key] = next(self.translation.numbers)
        self.changes[self.slots[key]] = {}
        self.translation.say("slot", self.slots[key])
        return self.slots[key]

    def _choice(self, slot: int) -> int:
        number = next(self.translation.numbers)
        self.translation.say("choice", number, slot)
        return number

    def _lift(self, key: object, reason: Reason, about: Condition | None) -> int:
        """Write the change that would lift an obstacle."""
        number = self._choice(self._slot(key))
        self._obstruct(number, Obstacle(reason, about))
        return number

    def _obstruct(self, number: int, obstacle: Obstacle) -> None:
        self.lifts[number] = obstacle
        self.translation.say("obstacle", number)

    def _changes_of(self, key: Key, asked: list[Condition]) -> Iterator[tuple[Supposed, bool]]:
        """Yield each change towards what is asked for, and whether it is possible at all."""
        match key:
            case Accepts():
                for stance in dict.fromkeys(s for thing in asked for s in self._stances(thing)):
                    yield SupposedWord(key, stance), True
            case Vague():
                agreed = agreed_meaning(self.view, key)
                for meaning in key.meanings:
                    if meaning != agreed:
                        yield SupposedMeaning(key.id, meaning.id), True
            case Quantity() | Control():
                for value in self._numbers(key, asked):
                    yield SupposedFact(key.id, value), True
            case _:
                for thing in asked:
                    is_so = not isinstance(thing, Not)
                    is_undoing = isinstance(key, Act) and not is_so and self.holds(contrary(thing))
                    if not self.holds(thing) and (self.explains or not is_undoing):
                        yield SupposedFact(key.id, Truth(is_so)), not is_undoing

    def _numbers(self, fact: Quantity | Control, asked: list[Condition]) -> list[Number]:
        """Return the values of a number that bring something about, each as near as can be.

        Of the values that bring the same about, and the same of what is gated, the one that takes
        least with it; of these the lowest, where it has to rise, and else the highest. Where the
        number is compared with another one, all of them, those nearest to what is said first.
        """
        gated = [thing for _, thing in self.gates if fact in self._keys_of(thing)]
        cells = list(_cells(fact, self._thresholds(fact, [*asked, *gated])))
        if any(_is_paired(thing) for thing in (*asked, *gated)):
            said = self._said(fact.id) or {Decimal(0)}
            return sorted(cells, key=lambda cell: min(abs(cell.value - each) for each in said))
        found: dict[object, list[Number]] = {}
        for value in cells:
            wins = frozenset(each for each in asked if self._wins(each, fact, value))
            through = frozenset(each for each in gated if self._wins(each, fact, value))
            if wins:
                found.setdefault((wins, through), []).append(value)
        return [
            min(values, key=lambda value: self._rank(value, fact, asked))
            for values in found.values()
        ]

    def _wins(self, thing: Condition, fact: Quantity | Control, value: Number) -> bool:
        return not self.holds(thing) and self._judged(thing, {fact.id: value}) is Verdict.MET

    def _rank(
        self, value: Number, fact: Quantity | Control, asked: list[Condition]
    ) -> tuple[int, Decimal]:
        lost = sum(
            self.holds(thing) and self._judged(thing, {fact.id: value}) is not Verdict.MET
            for thing in asked
        )
        rises = any(_is_floor(thing) and self._wins(thing, fact, value) for thing in asked)
        return lost, value.value if rises else -value.value

    def _judged(self, thing: Condition, values: Mapping[str, Value]) -> Verdict:
        """Judge a leaf about facts, or its negation, where some facts have other values."""
        leaf = _observed(thing)
        found = told(leaf, values.get(facts_of(leaf)[0]))
        if found is None:
            found = verdict(Evaluation(self._supposing(facts=values)), leaf)
        return negation(found) if isinstance(thing, Not) else found

    def _thresholds(self, fact: Quantity | Control, things: Sequence[Condition]) -> set[Decimal]:
        """Return the numbers at which something changes."""
        found: set[Decimal] = set()
        leaves = [leaf for leaf in map(_bare, things) if isinstance(leaf, AtLeast | AtMost)]
        for leaf in leaves:
            value = leaf.value
            if not isinstance(value, Times):
                found.add(value)
            elif leaf.fact == fact.id:
                found |= {_scaled(each, value.factor) for each in self._said(value.fact)}
            else:
                found |= {_scaled(each, 1 / value.factor) for each in self._said(leaf.fact)}
        return found

    def _said(self, fact: str) -> set[Decimal]:
        """Return the numbers that are said of a fact, or asked of it by themselves."""
        values = [report.value for reports in self.view.reports(fact) for report in reports]
        supposed = self.view.supposed_value(fact)
        found = {bound for each in (*values, supposed) for bound in _bounds(each)}
        for thing in self.wanted:
            leaf = thing.part if isinstance(thing, Not) else thing
            if isinstance(leaf, AtLeast | AtMost) and leaf.fact == fact:
                found |= {leaf.value} if isinstance(leaf.value, Decimal) else set()
        return found

    # What conditions come to

    def _write_conditions(self, target: Condition) -> None:
        """Write the target, the preconditions, and all that they rest on."""
        self.translation.say("target", self.translation.node(target))
        gates = self._write_gates()
        written, first = 0, 0
        circular = self._circular()
        while written < len(self.translation.leaves):
            leaf = self.translation.leaves[written]
            written += 1
            number = self.translation.node(leaf)
            self.translation.say("leaf", number)
            match leaf:
                case Holds() | Done() | AtLeast() | AtMost() | Answered():
                    self.translation.say("fact", number)
                    self._write_fact(number, leaf)
                case Vague() | Accepts() | InForce() | Fulfilled():
                    first += self._write_cases(number, self._cases(leaf))
                    if leaf in circular:
                        self.translation.say("circular", number)
                case Ever() | By() | HeldFor() | Throughout() | When():
                    first += self._write_history(number, leaf)
                case AllOf() | AnyOf() | AtLeastOf() | Not():  # pragma: no cover - never a leaf
                    raise TypeError(leaf)
                case _:
                    assert_never(leaf)
            self._write_things(number, leaf)
        if circular:
            self.translation.say("rounds", len(circular) + 1)
        if gates:
            self.translation.say("steps", gates + first + 1)

    def _write_history(self, number: int, leaf: Temporal) -> int:
        """Write what a history comes to: as it is, or once something is so from now on."""
        parts = tuple(Part(f"{n}", part) for n, part in enumerate(self._asked_now(leaf)))
        if parts:
            return self._write_cases(number, self._cases_of_history(leaf, parts))
        if self.explains and self.verdict(leaf) is Verdict.UNMET:
            return self._write_cases(number, self._cases_of_past(leaf))
        self._write_lacks(number, self.verdict(leaf))
        return 0

    def _write_things(self, number: int, leaf: Condition) -> None:
        """Write what does not hold yet; of a number also whether it is asked for."""
        for thing, sign in ((leaf, 1), (Not(leaf), -1)):
            if not self.holds(thing):
                self.translation.say("thing", number, sign)
                if isinstance(leaf, AtLeast | AtMost) and thing in self.wanted:
                    self.translation.say("wants", number, sign)

    def _write_gates(self) -> int:
        """Write the preconditions; return how many there are."""
        for each, thing in self.gates:
            gate = next(self.translation.numbers)
            place = self.translation.signed(thing)
            self.translation.say("gate", gate, *place, self.translation.node(each.needs))
            timing = self.view.timing(each)
            if timing is Timing.BEFORE:
                self.translation.say("earlier", gate)
            if timing is Timing.WHILE:
                self.translation.say("lasting", gate)
            if isinstance(thing, Accepts) and each.held_by == thing.party:
                for word in self._plain_words(thing):
                    self.translation.say("drops", word, gate)
        return len(self.gates)

    def _plain_words(self, leaf: Accepts) -> Iterator[int]:
        """Yield the changes by which a party accepts a text plainly, or the whole of it."""
        whole = self.view.scenario.index.proposal_of.get(leaf.of)
        for on in (leaf, *([Accepts(leaf.party, whole.id)] if whole else [])):
            for change, word in self._words(on):
                if word.stance is Stance.ACCEPTS:
                    yield change

    def _facts(self, fact: Fact | None) -> list[tuple[int, SupposedFact]]:
        """Return the values that a fact may get, by the number of each."""
        found = self._choices(fact).items()
        return [(change, each) for change, each in found if isinstance(each, SupposedFact)]

    def _words(self, leaf: Accepts) -> list[tuple[int, SupposedWord]]:
        """Return the words that may be spoken on a text, by the number of each."""
        found = self._choices(leaf).items()
        return [(change, word) for change, word in found if isinstance(word, SupposedWord)]

    def _choices(self, key: object) -> dict[int, Supposed]:
        return self.changes[self.slots[key]] if key in self.slots else {}

    def _write_lacks(self, number: int, found: Verdict, *where: int) -> None:
        """Write what a leaf is not, in some place."""
        for sign, settled in ((1, Verdict.MET), (-1, Verdict.UNMET)):
            if found is not settled:
                self.translation.say("lacks", number, sign, *where)

    def _write_fact(self, number: int, leaf: Observed) -> None:
        """Write what a leaf comes to under every change of the facts that it asks about."""
        facts = [self.view.scenario.fact(name) for name in dict.fromkeys(facts_of(leaf))]
        changing = [fact for fact in facts if fact in self.slots]
        for row in product(*map(self._places, changing)):
            values: dict[str, Value] = {
                supposed.fact: supposed.value for _, _, supposed in row if supposed is not None
            }
            found = self._judged(leaf, values) if values else self.verdict(leaf)
            places = (place for slot, change, _ in row for place in (slot, change))
            self._write_lacks(number, found, *places)

    def _places(self, fact: Fact) -> list[tuple[int, int, SupposedFact | None]]:
        """Return a fact as it is reported, and each change of it: where it is written, and what."""
        slot = self.slots[fact]
        return [(slot, 0, None), *((slot, change, each) for change, each in self._facts(fact))]

    def _write_cases(self, leaf: int, cases: Iterable[Case]) -> int:
        """Write what a leaf comes to in each case; return 1 if anything must come first, else 0."""
        first = 0
        for each in cases:
            case = next(self.translation.numbers)
            self.translation.say("case", leaf, case)
            for change in each.chosen:
                self.translation.say("if", case, change)
            for slot in each.unless:
                self.translation.say("unless", case, slot)
            for option in each.options:
                number = next(self.translation.numbers)
                self.translation.say("option", case, number)
                self._write_option(number, option, is_early=each.is_early)
                first |= any(part.before for part in option.parts)
        return first

    def _write_option(self, number: int, option: Option, *, is_early: bool) -> None:
        for sign, settled in ((1, Verdict.MET), (-1, Verdict.UNMET)):
            if option.own is not settled:
                self.translation.say("own", number, sign)
        if is_early or option.due is not None:
            self.translation.say("early", number)
        for part in option.parts:
            needed = self.translation.node(part.condition)
            self.translation.say("needs", number, needed)
            if part.before:
                self.translation.say("first", number, needed)

    def _circular(self) -> set[Condition]:
        """Return the derived leaves, and the demands between them, that refer to each other."""
        index = self.view.scenario.index

        def references(leaf: Vague | Derived) -> list[Vague | Derived]:
            if isinstance(leaf, Vague):
                conditions = [meaning.condition for meaning in leaf.meanings]
            else:
                conditions = list(index.conditions_under(leaf))
            below = (each for part in conditions for each in walk(part))
            return [each for each in below if isinstance(each, Vague | Derived)]

        roots = [each for each in map(_bare, self.wanted) if isinstance(each, Vague | Derived)]
        return {
            leaf
            for group in components(roots, references)
            if len(group) > 1 or any(leaf in references(leaf) for leaf in group)
            for leaf in group
        }

    def _cases(self, leaf: Vague | Derived) -> Iterator[Case]:
        match leaf:
            case Vague():
                yield from self._cases_of_demand(leaf)
            case Accepts():
                yield from self._cases_of_acceptance(leaf)
            case InForce() | Fulfilled():
                yield from self._cases_of_text(leaf)
            case _:
                assert_never(leaf)

    def _cases_of_demand(self, demand: Vague) -> Iterator[Case]:
        """Yield what a demand comes to under each meaning, and while none is agreed."""
        for change, supposed in self._choices(demand).items():
            yield Case(
                [
                    _meant(each)
                    for each in demand.meanings
                    if supposed == SupposedMeaning(demand.id, each.id)
                ],
                (change,),
            )
        unless = tuple(filter(None, [self.slots.get(demand)]))
        meaning = agreed_meaning(self.view, demand)
        if meaning is not None:
            yield Case([_meant(meaning)], (), unless)
        elif demand.complete:
            yield Case([_meant(each) for each in demand.meanings], (), unless)
        elif self.explains and not (self._is_recorded(demand) and demand.meanings):
            reason = Reason.NO_MEANING if self._is_recorded(demand) else Reason.NOT_RECORDED
            lift = self._lift(demand, reason, demand)
            yield Case([Option(Verdict.MET)], (lift,))
            yield Case([Option(Verdict.UNCLEAR)], (), (self.slots[demand],))
        else:
            yield Case([Option(Verdict.UNCLEAR)], (), unless)

    def _is_recorded(self, demand: Vague) -> bool:
        return demand.id in self.view.scenario.index.vague

    def _cases_of_history(self, leaf: Temporal, parts: tuple[Part, ...]) -> Iterator[Case]:
        """Yield what a history comes to now, or once so much time has gone by."""
        met = Option(Verdict.MET, parts)
        until = None if self.holds(leaf) else self._lasting_until(leaf)
        if until is not None:
            wait = self._choice(self._slot(("wait", leaf)))
            self.waits[wait] = until
            yield Case([met], (wait,), is_early=True)
            yield Case([Option(self.verdict(leaf))], (), (self.slots["wait", leaf],))
        else:
            yield Case([met], is_early=not self._follows_both_ways(leaf, parts))

    def _follows_both_ways(self, leaf: Temporal, parts: tuple[Part, ...]) -> bool:
        """Whether a history is also unmet where what decides it is unmet."""
        match leaf:
            case When():
                return len(parts) == 1
            case Ever():
                return self.verdict(leaf) is Verdict.UNMET
            case By():
                return False
            case HeldFor() | Throughout():
                return self.holds(leaf)
            case _:
                assert_never(leaf)

    def _lasting_until(self, leaf: Temporal) -> datetime | None:
        """Return when a history that has to last would have, if it began now."""
        if isinstance(leaf, HeldFor):
            return leaf.duration.shifted(self.view.at, self.view.zone, 1)
        if isinstance(leaf, Throughout) and isinstance(leaf.start, Moment):
            return leaf.start.as_start(self.view.zone)[1]
        return None

    def _cases_of_past(self, leaf: Temporal) -> Iterator[Case]:
        """Yield that a history which can no longer be met would have to be otherwise."""
        lift = self._lift(leaf, Reason.ENDED, leaf)
        yield Case([Option(Verdict.MET)], (lift,))
        yield Case([Option(Verdict.UNMET)], (), (self.slots[leaf],))

    def _cases_of_acceptance(self, leaf: Accepts) -> Iterator[Case]:
        """Yield what an acceptance comes to under each word on it, or on the whole text."""
        whole = self.view.scenario.index.proposal_of.get(leaf.of)
        keys = [leaf, *([Accepts(leaf.party, whole.id)] if whole else [])]
        unless: tuple[int, ...] = ()
        for on in keys:
            for change, word in self._words(on):
                yield Case(self._once_said(leaf, on, word.stance), (change,), unless)
            if on in self.slots:
                unless = (*unless, self.slots[on])
        yield Case(self.evaluation.rewriting(leaf).options, (), unless)

    def _cases_of_text(self, leaf: InForce | Fulfilled) -> Iterator[Case]:
        """Yield what a text comes to now, and once its date has come."""
        unless: tuple[int, ...] = ()
        state = self._state_of(leaf)
        for change, supposed in self._facts(state):
            view = self._supposing(facts={supposed.fact: supposed.value})
            yield Case(rewritten(view, leaf).options, (change,))
            unless = (self.slots[state],)
        (option,) = self.evaluation.rewriting(leaf).options
        plain = evolve(option, starts=None, ends=None, due=None)
        now = as_dated(self.evaluation, option)
        until = self._until(leaf, option, now)
        if now.own is Verdict.UNMET and self.explains:
            lift = self._lift(("ended", leaf), Reason.ENDED, leaf)
            yield Case([plain], (lift,), unless)
            unless = (*unless, self.slots["ended", leaf])
        elif until is not None:
            wait = self._choice(self._slot(("wait", leaf)))
            self.waits[wait] = until
            yield Case([plain], (wait,), unless)
            unless = (*unless, self.slots["wait", leaf])
        yield Case([now], (), unless)

    def _state_of(self, leaf: InForce | Fulfilled) -> Fact | None:
        """Return the state whose reports would decide whether a text is in force."""
        scenario = self.view.scenario
        state = scenario.proposal(leaf.proposal).in_force if isinstance(leaf, InForce) else None
        return None if state is None else scenario.fact(state)

    def _until(self, leaf: InForce | Fulfilled, option: Option, now: Option) -> datetime | None:
        """Return the instant that would have to come, if there is one and it is asked for."""
        if now.due is not None and Not(leaf) in self.wanted:
            return due_of(self.evaluation, now.due)
        starts = option.starts
        if now.own is Verdict.PENDING and leaf in self.wanted and isinstance(starts, Moment):
            return starts.as_start(self.view.zone)[1]
        return None


def _chosen(answer: frozenset[Atom]) -> list[int]:
    return sorted(numbers[0] for name, numbers in answer if name in {"does", "becomes_to"})


_MOST_WEIGHT = 10**6
"""The engine adds in 32 bits, and there may be some hundreds of changes."""


def _meant(meaning: Meaning) -> Option:
    return Option(Verdict.MET, (Part(meaning.id, meaning.condition),))


def _bare(thing: Condition) -> Condition:
    return thing.part if isinstance(thing, Not) else thing


def _observed(thing: Condition) -> Observed:
    """Return the leaf about facts that a thing is, or is the negation of."""
    leaf = _bare(thing)
    if not isinstance(leaf, Holds | Done | AtLeast | AtMost | Answered):
        raise TypeError(leaf)  # pragma: no cover - the callers give no other
    return leaf


def _shown(key: Key, asked: list[Condition]) -> Condition:
    return key if isinstance(key, Accepts | Vague) else asked[0]


def _is_floor(thing: Condition) -> bool:
    """Whether a number must be high for it."""
    return isinstance(thing, AtLeast) or (isinstance(thing, Not) and isinstance(thing.part, AtMost))


def _is_paired(thing: Condition) -> bool:
    leaf = _bare(thing)
    return isinstance(leaf, AtLeast | AtMost) and isinstance(leaf.value, Times)


def _bounds(value: Value | None) -> list[Decimal]:
    match value:
        case Number(value=exact):
            return [exact]
        case Range(low=low, high=high):
            return [bound for bound in (low, high) if bound is not None]
        case _:
            return []


def _scaled(value: Decimal, factor: Decimal) -> Decimal:
    """Multiply, and round to as many digits as a number may have."""
    return _DIGITS.multiply(value, factor)


_DIGITS = Context(prec=15)


def _cells(fact: Quantity | Control, thresholds: Iterable[Decimal]) -> Iterator[Number]:
    """Yield a number at each threshold, between any two, and beyond the last of either end."""
    marks = sorted(thresholds)
    low, high = (Decimal(0), Decimal(1)) if isinstance(fact, Control) else (None, None)
    found = {
        mark for mark in marks if (low is None or low <= mark) and (high is None or mark <= high)
    }
    for mark in marks:
        unit = Decimal(1).scaleb(min(0, int(mark.as_tuple().exponent)))
        found |= {mark - unit, mark + unit}
    found |= {_scaled(one + other, Decimal("0.5")) for one, other in pairwise(marks)}
    if low is not None and high is not None and marks:
        found |= {
            _scaled(low + marks[0], Decimal("0.5")),
            _scaled(high + marks[-1], Decimal("0.5")),
        }
    for each in sorted(found):
        if (low is None or low <= each) and (high is None or each <= high) and _fits(each):
            yield Number(each)


def _fits(value: Decimal) -> bool:
    try:
        number(value)
    except ModelError:
        return False
    return True
