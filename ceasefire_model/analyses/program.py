"""The question for packages, written as facts of the logic program :file:`packages.lp`.

Where more than facts is asked for :file:`cases.lp` is added, where preconditions bear on it
:file:`orders.lp`, where things refer to each other :file:`circles.lp`.

What can be changed towards a target is written by :mod:`~ceasefire_model.analyses.choices`, what
leaves come to is told by :mod:`~ceasefire_model.analyses.cases`; here both are put together with
the target and its preconditions.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, TypeGuard, assert_never

from attrs import define, field

from ceasefire_model.analyses.cases import Case, Cases
from ceasefire_model.analyses.choices import Choices
from ceasefire_model.analyses.openings import NOTHING, bare, resting_on, things_in
from ceasefire_model.analyses.progress import Patience
from ceasefire_model.analyses.shares import least, shared_with
from ceasefire_model.analyses.shifts import Key, Obstacle, Reason, Supposed, Terms
from ceasefire_model.analyses.solver import Translation
from ceasefire_model.analyses.wishes import Wishes
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
    DerivedLeaf,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    History,
    Holds,
    InForce,
    Not,
    ObservedLeaf,
    Temporal,
    Throughout,
    Vague,
    When,
    walk,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, Fact, Number, Value
from ceasefire_model.grounds import conditions_under
from ceasefire_model.proposals import Precondition, Timing
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.readings import facts_of, is_reported
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.rules.acceptance import Option
    from ceasefire_model.rules.views import View


_MOST_WRITTEN = 1_000_000
"""How many rules are written for what may rest on itself: some 300 megabytes, and ten seconds.

A ring of seven hundred preconditions fits in, or ninety parties each of which waits for the next.
"""

_WRITTEN_A_SECOND = 100_000
"""How many of them a slow machine writes in a second."""


@define(eq=False, slots=False)
class Program:
    """The facts of the logic program about one target."""

    choices: Choices
    cases: Cases
    steps: int = field(init=False, default=0)
    """In how many steps what may rest on itself comes about at most."""

    is_out_of_order: bool = field(init=False, default=False)
    """Whether what would be enough had no order, so far as it was looked at."""

    has_cases: bool = field(init=False, default=False)
    """Whether anything asked for is more than a fact."""

    rounds: int = field(init=False, default=0)
    """In how many rounds what refers to itself is judged at most."""

    @staticmethod
    def of(
        evaluation: Evaluation,
        target: Condition,
        terms: Terms,
        patience: Patience,
        *,
        explains: bool = False,
    ) -> Program:
        """Write the facts.

        Args:
            evaluation: What one starts from.
            target: What should be met.
            terms: What is held fixed, and what changes cost.
            patience: How long it may take.
            explains: Whether what stands in the way may be lifted, to find out what does.
        """
        wishes = Wishes.of(evaluation, target, patience)
        choices = Choices.of(wishes, terms, patience, explains=explains)
        program = Program(choices, Cases(choices))
        if explains:
            _, lift = program.choices.lift(Obstacle(Reason.ORDER, None))
            program.translation.say("any_order", lift)
        program._write(target)
        program._write_shares()
        program._refuse_too_large()
        return program

    def _refuse_too_large(self) -> None:
        """Refuse what would take too much memory, and give up what would take too much time.

        What may rest on itself is written once for each step or round that there may be, and the
        engine cannot be interrupted while it writes.

        Raises:
            ModelError: If it is too large.
            TimeoutError: If there is not time enough.
        """
        counts = Counter(fact.partition("(")[0] for fact in self.translation.facts)
        rules = counts["option"] + counts["needs"]
        written = self.steps * (counts["thing"] + counts["gate"] + rules)
        written += 2 * self.rounds * (counts["leaf"] + rules)
        # in rounds everything is looked through once more for each that refers to the others
        size = written + self.rounds**3
        if size > _MOST_WRITTEN:
            number = (self.rounds or self.steps) - 1
            raise ModelError(
                f"packages take more than {_MOST_WRITTEN:,} rules: about {number} acceptances, "
                "texts or preconditions are in circles; drop some preconditions with "
                "suppose(…, without=[…])"
            )
        if self.choices.patience.left * _WRITTEN_A_SECOND < size:
            raise TimeoutError

    @property
    def wishes(self) -> Wishes:
        """What is asked for."""
        return self.choices.wishes

    @property
    def translation(self) -> Translation:
        """What is written."""
        return self.choices.translation

    @property
    def view(self) -> View:
        """What the packages start from."""
        return self.wishes.view

    @property
    def parts(self) -> list[str]:
        """The logic programs that answer it, each only where there is something for it to see to.

        A program costs some milliseconds even where it has nothing to say.
        """
        named = {
            "packages": True,
            "cases": self.has_cases,
            "orders": self.has_order,
            "circles": bool(self.circular),
        }
        return [name for name, is_needed in named.items() if is_needed]

    @cached_property
    def has_order(self) -> bool:
        """Whether anything has preconditions, so that an order has to heed them."""
        return bool(self.wishes.gates or self.wishes.lines)

    @cached_property
    def needed_as_it_is(self) -> frozenset[Key]:
        """What some precondition needs to be as it is, so that a change of it must come later."""
        return frozenset(
            key
            for thing in self._needed_first
            if self.wishes.holds(thing)
            for key in self._keys_of(thing)
        )

    @cached_property
    def needs_a_default(self) -> bool:
        """Whether some precondition needs a clause not to be fulfilled, or a text not in force.

        Before its text has entered a clause is neither fulfilled nor not, which no change of a fact
        can tell.
        """
        return any(
            isinstance(thing, Not) and isinstance(thing.part, Fulfilled | InForce)
            for thing in self._needed_first
        )

    @cached_property
    def _needed_first(self) -> frozenset[Condition]:
        """What some precondition needs, and all that this is made of: a clause, of its duties."""
        asked, evaluation = (each.needs for each, _ in self.wishes.gates), self.wishes.evaluation
        return frozenset(
            thing for needs in dict.fromkeys(asked) for thing in resting_on(evaluation, needs)
        )

    def _keys_of(self, thing: Condition) -> list[Key]:
        """Return what must change for a thing that holds to be undone, as far as it is a fact."""
        return self.wishes.keys_of(thing) or list(self.choices.slots)

    def key_of(self, supposed: Supposed) -> Key:
        """Return what a change changes."""
        index = self.view.scenario.index
        match supposed:
            case SupposedFact(fact=name):
                return index.facts[name]
            case SupposedWord(of=leaf):
                return leaf
            case SupposedMeaning(vague=name):
                return index.vague[name]
            case _:
                assert_never(supposed)

    @cached_property
    def is_timed(self) -> bool:
        """Whether a history, a date or a term counts, which the program takes as it stands."""
        dated = InForce | Fulfilled | Temporal
        return any(isinstance(leaf, dated) for leaf in self.translation.leaves)

    def _write(self, target: Condition) -> None:
        """Write the target, the preconditions, and all that they rest on."""
        self.translation.say("target", self.translation.node(target))
        self._write_lines()
        cyclic = self._write_gates()
        first = self._write_leaves()
        # What must come first takes a step of its own at most: more steps than these are never
        # needed. Where nothing can rest on itself, there is always an order.
        if cyclic:
            self.steps = cyclic + first + 1
            self.translation.say("steps", self.steps)
        if cyclic < len(self.wishes.gates):
            self.translation.say("acyclic")

    def _write_leaves(self) -> int:
        """Write every leaf, and those met on the way; return how many wait for a step."""
        waiting, written = 0, 0
        circular = self.circular
        while written < len(self.translation.leaves):
            self.choices.patience.check()
            leaf = self.translation.leaves[written]
            written += 1
            number = self.translation.node(leaf)
            waiting += self._write_leaf(number, leaf)
            if circular:
                self.translation.say("leaf", number)
            if leaf in circular:
                self.translation.say("circular", number)
            self._write_things(number, leaf)
        if circular:
            self.rounds = len(circular) + 1
            self.translation.say("rounds", self.rounds)
        return waiting

    def _write_leaf(self, number: int, leaf: Condition) -> int:
        """Write what a leaf comes to; return how many of its cases need a step of their own."""
        match leaf:
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                self._write_settled(number)
                if self.choices.explains and self._is_without_scale(leaf):
                    return self._write_cases(number, self.cases.of_multiple(leaf))
                self._write_fact(number, leaf)
                return 0
            case Vague() | Accepts() | InForce() | Fulfilled():
                return self._write_cases(number, self.cases.of(leaf))
            case Ever() | By() | HeldFor() | Throughout() | When():
                return self._write_history(number, leaf)
            case AllOf() | AnyOf() | AtLeastOf() | Not():  # pragma: no cover - never a leaf
                raise TypeError(leaf)
            case _:
                assert_never(leaf)

    def _is_without_scale(self, leaf: ObservedLeaf) -> TypeGuard[AtLeast | AtMost]:
        """Whether two numbers are compared of which nobody has reported any."""
        names = facts_of(leaf)
        return len(names) > 1 and not any(is_reported(self.view, name) for name in names)

    def _write_history(self, number: int, leaf: History) -> int:
        """Write what a history comes to: as it is, or once something is so from now on."""
        cases = list(self.cases.of_history(leaf))
        if not cases:
            # What nothing can change any more is a fact, whatever it is about.
            self._write_settled(number)
            self._write_lacks(number, self.wishes.verdict(leaf))
        return self._write_cases(number, cases)

    def _write_settled(self, number: int) -> None:
        """Write, where there may have to be an order, that no leaf below this one counts in it."""
        if self.has_order:
            self.translation.say("fact", number)

    def _write_things(self, number: int, leaf: Condition) -> None:
        """Write what does not hold yet, for the order; and which numbers are asked for."""
        is_number = isinstance(leaf, AtLeast | AtMost)
        if not (is_number or self.has_order):
            return
        for thing, sign in ((leaf, 1), (Not(leaf), -1)):
            wanted = is_number and thing in self.wishes.things
            if (wanted or self.has_order) and not self.wishes.holds(thing):
                if self.has_order:
                    self.translation.say("thing", number, sign)
                if wanted:
                    self.translation.say("wants", number, sign)

    # Preconditions

    def _write_gates(self) -> int:
        """Write the preconditions; return how many may be in a circle."""
        circles, cyclic = self.wishes.in_circles(), 0
        for each, thing in self.wishes.gates:
            gate = next(self.translation.numbers)
            place = self.translation.signed(thing)
            self.translation.say("gate", gate, *place, self.translation.node(each.needs))
            timing = self.view.timing(each)
            if timing is Timing.BEFORE:
                self.translation.say("earlier", gate)
            if timing is Timing.WHILE:
                self.translation.say("lasting", gate)
                self._write_crossing(gate, each)
            self._write_drops(gate, each)
            circle = circles.get(self.wishes.about(thing))
            needed = {circles.get(self.wishes.about(other), -1) for other in things_in(each.needs)}
            if circle in needed:
                self.translation.say("cyclic", gate)
                cyclic += 1
        return cyclic

    def _write_drops(self, gate: int, precondition: Precondition) -> None:
        """Write which words drop a precondition: the plain acceptance of the one who holds it."""
        of = precondition.of
        if isinstance(of, Accepts) and precondition.held_by == of.party:
            for word in self._plain_words(of):
                self.translation.say("drops", word, gate)

    def _write_lines(self) -> None:
        """Write the red lines of what is so already."""
        for each, thing in self.wishes.lines:
            gate = next(self.translation.numbers)
            needed = self.translation.node(each.needs)
            self.translation.say("line", gate, *self.translation.signed(thing), needed)
            self._write_crossing(gate, each)
            self._write_drops(gate, each)

    def _write_crossing(self, gate: int, precondition: Precondition) -> None:
        """Write, to explain what stands in the way, that a red line may be crossed."""
        if self.choices.explains:
            _, lift = self.choices.lift(Obstacle(Reason.RED_LINE, precondition.needs))
            self.translation.say("crosses", lift, gate)

    def _write_shares(self) -> None:
        """Write which shares of one territory sum to more than the whole."""
        shares = [key for key in self.choices.slots if isinstance(key, Control)]
        if shares and self.choices.explains:
            _, lift = self.choices.lift(Obstacle(Reason.SHARES, None))
            self.translation.say("any_shares", lift)
        for together in shared_with(self.view, shares):
            for row in product(*map(self._share_states, together)):
                changed = [(slot, change) for slot, change, _ in row if change]
                if changed and sum(value for _, _, value in row) > 1:
                    number = next(self.translation.numbers)
                    self.translation.say("too_much", number)
                    for slot, change, _ in row:
                        if slot:
                            self.translation.say("share", number, slot, change)

    def _share_states(self, share: Control) -> list[tuple[int, int, Decimal]]:
        """Return a share as it is reported, the least that it can be, and each change of it."""
        slot = self.choices.slots.get(share, 0)
        changes = self.choices.facts(share)
        values = ((change, each.value) for change, each in changes)
        return [
            (slot, 0, least(self.view, share)),
            *((slot, change, value.value) for change, value in values if isinstance(value, Number)),
        ]

    def _plain_words(self, leaf: Accepts) -> Iterator[int]:
        """Yield the changes by which a party accepts a text plainly, or the whole of it."""
        whole = self.view.scenario.index.proposal_of.get(leaf.of)
        for on in (leaf, *([Accepts(leaf.party, whole.id)] if whole else [])):
            for change, word in self.choices.words(on):
                if word.stance is Stance.ACCEPTS:
                    yield change

    # Facts

    def _write_fact(self, number: int, leaf: ObservedLeaf) -> None:
        """Write what a leaf comes to under every change of the facts that it asks about."""
        facts = [self.view.scenario.fact(name) for name in dict.fromkeys(facts_of(leaf))]
        changing = [fact for fact in facts if fact in self.choices.slots]
        for row in product(*map(self._states, changing)):
            values: dict[str, Value] = {
                supposed.fact: supposed.value for _, _, supposed in row if supposed is not None
            }
            becomes = self.wishes.judged(leaf, values) if values else self.wishes.verdict(leaf)
            places = (place for slot, change, _ in row for place in (slot, change))
            self._write_lacks(number, becomes, *places)

    def _states(self, fact: Fact) -> list[tuple[int, int, SupposedFact | None]]:
        """Return a fact as it is reported, and each change of it: where it is written, and what."""
        slot = self.choices.slots[fact]
        changes = self.choices.facts(fact)
        return [(slot, 0, None), *((slot, change, each) for change, each in changes)]

    def _write_lacks(self, number: int, becomes: Verdict, *where: int) -> None:
        """Write what a leaf is not, in some place."""
        for sign, settled in ((1, Verdict.MET), (-1, Verdict.UNMET)):
            if becomes is not settled:
                self.translation.say("lacks", number, sign, *where)

    # Cases

    def _write_cases(self, leaf: int, cases: Iterable[Case]) -> int:
        """Write what a leaf comes to in each case; return 1 if anything must come first, else 0."""
        first = 0
        for each in cases:
            self.has_cases = True
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
                if each.within is not NOTHING:
                    self.translation.say("within", number, self.translation.node(each.within))
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

    @cached_property
    def circular(self) -> set[Condition]:
        """Return the derived leaves, and the demands between them, that refer to each other.

        They are judged in rounds, which cost: what stands in no circle is not among them.
        """
        index = self.view.scenario.index

        def references(leaf: Vague | DerivedLeaf) -> list[Vague | DerivedLeaf]:
            if isinstance(leaf, Vague):
                conditions = [meaning.condition for meaning in leaf.meanings]
            else:
                conditions = conditions_under(index, leaf)
            below = (each for part in conditions for each in walk(part))
            return [each for each in below if isinstance(each, Vague | Derived)]

        leaves = map(bare, self.wishes.things)
        roots = [each for each in leaves if isinstance(each, Vague | Derived)]
        return {
            leaf
            for group in components(roots, references)
            if len(group) > 1 or any(leaf in references(leaf) for leaf in group)
            for leaf in group
        }
