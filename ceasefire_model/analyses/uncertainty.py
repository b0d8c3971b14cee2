"""Uncertainty: what conditions come to over things of which one only believes something.

A condition is written twice, as the expression that it is met and as the one that it is unmet,
since what is open is neither. What is believed is uncertain, whatever is reported; all else is as
it is reported, and where that is open and matters, a belief is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias, TypeGuard, assert_never, cast

from attrs import field, frozen

from ceasefire_model.analyses.beliefs import (
    Belief,
    Variable,
    all_under,
    bears_on,
    beyond,
    inside,
    uncut,
    variable,
    world,
)
from ceasefire_model.analyses.expressions import FALSE, TRUE, Expressions, Node
from ceasefire_model.analyses.openings import (
    as_dated,
    stands_as_kept,
    term_needed,
    things_in,
)
from ceasefire_model.analyses.progress import Progress
from ceasefire_model.analyses.shares import Shares, ends_of, least, shared_with
from ceasefire_model.analyses.shifts import Changeable, Key, by_key, demands_in, told
from ceasefire_model.calls import naming
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
    children,
)
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, Range, Value, value_of
from ceasefire_model.fields import Pairs
from ceasefire_model.grounds import name_of
from ceasefire_model.ids import MeaningId, VagueId
from ceasefire_model.moments import moment
from ceasefire_model.rules.acceptance import Option, has_word
from ceasefire_model.rules.evaluation import Evaluation, agreed_meaning, verdict
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.rules.tracks import DOUBTS
from ceasefire_model.rules.views import View
from ceasefire_model.scenarios import suppose
from ceasefire_model.verdicts import Verdict, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_Pair: TypeAlias = tuple[Node, Node]
"""Whether a condition is met, and whether it is unmet."""


@frozen(eq=False)
class Uncertainty:
    """Writes conditions as expressions over what one believes."""

    evaluation: Evaluation
    expressions: Expressions
    places: Mapping[Key, int]
    """The number of the variable of each fact, demand or acceptance."""

    missing: dict[object, tuple[int, str]] = field(
        init=False, factory=dict[object, tuple[int, str]]
    )
    """By what is open: the variable that stands for the belief that is missing, and its name."""

    texts: dict[DerivedLeaf, _Pair] = field(init=False, factory=dict[DerivedLeaf, _Pair])
    """What derived leaves come to."""

    @staticmethod
    def of(
        evaluation: Evaluation,
        target: Condition,
        beliefs: Pairs[Changeable, Belief],
        nodes: int,
        progress: Progress | None,
    ) -> Uncertainty:
        """Read what is believed."""
        scenario = evaluation.view.scenario
        demands = demands_in(scenario, target)
        with naming("beliefs"):
            found = by_key(scenario, beliefs, demands)
            variables = [variable(key, belief) for key, belief in found.items()]
        places: dict[Key, int] = {each.key: place for place, each in enumerate(variables)}
        return Uncertainty(evaluation, Expressions(nodes, variables, progress), places)

    @property
    def view(self) -> View:
        """What is known."""
        return self.evaluation.view

    def met(self, target: Condition) -> Node:
        """Write that a target is met."""
        for group in components(_derived_in(target), self._references):
            leaf = group[0]
            if len(group) == 1 and leaf not in self._references(leaf):
                self.texts[leaf] = self._combined(leaf, self.texts, self.texts)
            else:
                self.texts.update(self._carried(group))
        met, _ = self._pair(target, self.texts)
        return met

    def can_be(self) -> Node:
        """Write that the shares of each territory sum to at most 1.

        Those of which nothing is believed are what they are reported to be at the least.
        """
        believed = [key for key in self.places if isinstance(key, Control)]
        return self.expressions.all_of(
            one_is_otherwise
            for together in shared_with(self.view, believed)
            for one_is_otherwise in self._fitting(together)
        )

    def _fitting(self, together: Shares) -> Iterator[Node]:
        """Yield, for each way in which shares sum to more than the whole, that it is not so."""
        make = self.expressions
        keys = [share for share in together if share in self.places]
        rest = sum(least(self.view, share) for share in together if share not in self.places)
        for row, where in self._rows(keys):
            if rest + sum(min(ends_of(cast("Value", row[key]))) for key in keys) > 1:
                yield make.any_of(make.none_of(place) for place in where)

    def refuse_missing(self, nodes: Sequence[Node]) -> None:
        """Refuse to answer where a belief that is missing matters.

        Raises:
            ModelError: It names what is missing.
        """
        found = self.missing.values()
        names = {name for place, name in found if any(self._matters(place, at) for at in nodes)}
        if names:
            raise ModelError(f"beliefs are missing for: {', '.join(sorted(names))}")

    def _matters(self, place: int, node: Node) -> bool:
        """Whether an expression may come out otherwise if a variable does."""
        if place not in node.support:
            return False
        make = self.expressions
        so, not_so = make.given(node, place, 0), make.given(node, place, 1)
        return make.chance(so) + make.chance(not_so) != 2 * make.chance(make.all_of([so, not_so]))

    def _pair(self, condition: Condition, texts: Mapping[DerivedLeaf, _Pair]) -> _Pair:
        """Write that a condition is met, and that it is unmet."""
        make = self.expressions
        match condition:
            case AllOf(parts=parts):
                pairs = [self._pair(part, texts) for part in parts]
                return make.all_of(met for met, _ in pairs), make.any_of(un for _, un in pairs)
            case AnyOf(parts=parts):
                pairs = [self._pair(part, texts) for part in parts]
                return make.any_of(met for met, _ in pairs), make.all_of(un for _, un in pairs)
            case AtLeastOf(count=count, parts=parts):
                pairs = [self._pair(part, texts) for part in parts]
                short = len(parts) - count + 1
                return (
                    make.at_least(count, [met for met, _ in pairs]),
                    make.at_least(short, [un for _, un in pairs]),
                )
            case Not(part=part):
                met, unmet = self._pair(part, texts)
                return unmet, met
            case Vague():
                return self._demand(condition, texts)
            case Accepts() | InForce() | Fulfilled():
                return texts[condition]
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                return self._fact(condition)
            case Ever() | By() | HeldFor() | Throughout() | When():
                return self._history(condition)
            case _:
                assert_never(condition)

    def _variable(self, place: int) -> _Pair:
        return self.expressions.one_of(place, [0]), self.expressions.one_of(place, [1])

    def _unknown(self, what: object, name: str) -> _Pair:
        """Stand in for a belief that is missing."""
        if what not in self.missing:
            variables = self.expressions.variables
            self.missing[what] = (len(variables), name)
            halves = (Fraction(1, 2), Fraction(1, 2))
            variables.append(Variable(_NOBODY, (True, False), halves, is_binary=True))
        return self._variable(self.missing[what][0])

    # Facts

    def _fact(self, leaf: ObservedLeaf) -> _Pair:
        """Write a leaf about facts: for every value that they may have, what it comes to."""
        facts = [self.view.scenario.fact(name) for name in dict.fromkeys(facts_of(leaf))]
        believed = [fact for fact in facts if fact in self.places]
        others = [fact.id for fact in facts if fact not in self.places]
        if not believed:
            found = verdict(self.evaluation, leaf)
            named = " and ".join(others)
            return _SETTLED[found] if found in _SETTLED else self._unknown(leaf, named)
        pairs: list[_Pair] = []
        for row, where in self._rows(believed):
            values: dict[str, Value] = {
                fact.id: value_of(cast("Value", row[fact])) for fact in believed
            }
            found = self._judged(leaf, values)
            if found in _SETTLED:
                pair = _SETTLED[found]
            elif others:
                pair = self._unknown((leaf, *values.values()), " and ".join(others))
            else:
                raise uncut(believed[0].id, values[believed[0].id])
            pairs.append(self._where(where, pair))
        return self._either(pairs)

    def _rows(self, keys: Sequence[Key]) -> Iterator[tuple[dict[Key, object], list[Node]]]:
        """Yield all that some uncertain things may be together, each with how to say so."""
        places = [self.places[key] for key in keys]
        outcomes = [self.expressions.variables[place].outcomes for place in places]
        for row in product(*(range(len(each)) for each in outcomes)):
            found = zip(keys, outcomes, row, strict=True)
            yield (
                {key: each[position] for key, each, position in found},
                [
                    self.expressions.one_of(place, [position])
                    for place, position in zip(places, row, strict=True)
                ],
            )

    # Histories

    def _history(self, condition: History) -> _Pair:
        """Write a condition about the history so far: for all that it may rest on from now on."""
        under = list(all_under(self.view, condition))
        believed = [key for key in self.places if bears_on(key, under)]
        return self._in_each_world(condition, believed, under)

    def _in_each_world(
        self, condition: History | DerivedLeaf, believed: Sequence[Key], under: Sequence[Condition]
    ) -> _Pair:
        """Write what evaluation makes of a condition in every world of what it may rest on."""
        name = f"the history of {type(condition).__name__}"
        name = name_of(condition) if isinstance(condition, Derived) else name
        if not believed:
            return self._so_far(verdict(self.evaluation, condition), condition, name)
        unnamed = [key.id for key in believed if self._is_unnamed(key)]
        if unnamed:
            return self._unknown(condition, f"the meanings of {' and '.join(unnamed)}")
        self.expressions.allow(
            prod(len(self.expressions.variables[self.places[key]].outcomes) for key in believed)
        )
        pairs: list[_Pair] = []
        for row, where in self._rows(believed):
            values = {key: inside(key, each, under) for key, each in row.items()}
            found = verdict(world(self.view, values), condition)
            said = (condition, *map(str, row.values()))
            pairs.append(self._where(where, self._so_far(found, said, name)))
        return self._either(pairs)

    def _is_unnamed(self, key: Key) -> TypeGuard[Vague]:
        """Whether something is a demand of which no meaning can be supposed."""
        if not isinstance(key, Vague):
            return False
        is_binary = self.expressions.variables[self.places[key]].is_binary
        return is_binary or key.id not in self.view.scenario.index.vague

    def _so_far(self, found: Verdict, what: object, name: str) -> _Pair:
        """Write the verdict on a history; what is pending is neither met nor unmet yet."""
        if found is Verdict.PENDING:
            return FALSE, FALSE
        return _SETTLED[found] if found in _SETTLED else self._unknown(what, name)

    def _judged(self, leaf: ObservedLeaf, values: Mapping[str, Value]) -> Verdict:
        """Judge a leaf where facts have some values; a range lies on its own side of its ends."""
        value = values.get(facts_of(leaf)[0])
        match leaf, value:
            case AtLeast(value=Decimal() as mark), Range(low=low, high=high):
                return beyond(low, high, mark)
            case AtMost(value=Decimal() as mark), Range(low=low, high=high):
                return negation(beyond(low, high, mark))
            case _:
                found = told(leaf, value)
        if found is None:
            made = suppose(self.view.scenario, values, since=moment(self.view.at))
            found = verdict(Evaluation(self.view.imagining(made)), leaf)
        return found

    def _where(self, where: Iterable[Node], pair: _Pair) -> _Pair:
        place = self.expressions.all_of(where)
        met, unmet = pair
        return self.expressions.all_of([place, met]), self.expressions.all_of([place, unmet])

    def _either(self, pairs: Sequence[_Pair]) -> _Pair:
        make = self.expressions
        return make.any_of(met for met, _ in pairs), make.any_of(un for _, un in pairs)

    def _both(self, pairs: Sequence[_Pair]) -> _Pair:
        """Write what is settled only where all agree."""
        make = self.expressions
        return make.all_of(met for met, _ in pairs), make.all_of(un for _, un in pairs)

    # Demands

    def _demand(self, demand: Vague, texts: Mapping[DerivedLeaf, _Pair]) -> _Pair:
        place = self.places.get(demand)
        if place is not None and self.expressions.variables[place].is_binary:
            return self._variable(place)
        agreed = agreed_meaning(self.view, demand)
        if agreed is not None and place is None:
            return self._pair(agreed.condition, texts)
        if place is None and not demand.complete:
            return self._unknown(demand, demand.id)
        read_as = {each.id: self._pair(each.condition, texts) for each in demand.meanings}
        if place is None:
            return self._both(list(read_as.values()))
        outcomes = self.expressions.variables[place].outcomes
        return self._either(
            [
                self._where(
                    [self.expressions.one_of(place, [position])], read_as[MeaningId(str(each))]
                )
                for position, each in enumerate(outcomes)
            ]
        )

    # Acceptances and texts

    def _references(self, leaf: DerivedLeaf) -> list[DerivedLeaf]:
        """Return the derived leaves that one rests on."""
        stand_in = self._stand_in(leaf)
        if stand_in is not None:
            return list(_derived_in(stand_in))
        if leaf in self.places:
            return []
        parts = self.evaluation.rewriting(leaf).parts
        below = [other for part in parts for other in _derived_in(part.condition)]
        return [*below, *self._term_of(leaf, negated=False), *self._term_of(leaf, negated=True)]

    def _term_of(self, leaf: DerivedLeaf, *, negated: bool) -> list[InForce]:
        """Return what must be in force for a clause to be fulfilled or, negated, not to be."""
        needed = things_in(term_needed(self.evaluation, leaf, negated=negated))
        return [each for each in needed if isinstance(each, InForce)]

    def _as_it_may_end(self, leaf: DerivedLeaf) -> _Pair | None:
        """Write what a text in force, or a clause of it, comes to, if beliefs may end the text.

        What was kept to that end stays kept. A text that has entered is ended by words alone.
        """
        text = self._text_of(leaf)
        if text is None or verdict(self.evaluation, text) is not Verdict.MET:
            return None
        parts = self.evaluation.rewriting(text).parts
        is_waiting = any(isinstance(part.condition, Accepts) for part in parts)
        under = list(all_under(self.view, text))
        bearing = (key for key in self.places if bears_on(key, under))
        ending = [key for key in bearing if is_waiting or isinstance(key, Accepts)]
        if not ending or (is_waiting and leaf == text):
            return None
        own = [] if leaf == text else list(all_under(self.view, leaf))
        believed = [key for key in self.places if key in ending or bears_on(key, own)]
        return self._in_each_world(leaf, believed, [*under, *own])

    def _text_of(self, leaf: DerivedLeaf) -> InForce | None:
        """Return the text whose end matters to a leaf."""
        index, waiting = self.view.scenario.index, self.evaluation.waiting
        match leaf:
            case InForce(of=name) if name in index.proposals:
                return leaf
            case Fulfilled(provision=name) if not waiting.is_read_as_it_stands(name):
                return InForce(index.text_of(name).id)
            case _:
                return None

    def _stand_in(self, leaf: DerivedLeaf) -> Condition | None:
        """Return what decides a text instead, once something is believed of that."""
        scenario = self.view.scenario
        match leaf:
            case Accepts(party=party, of=text) if leaf not in self.places:
                whole = scenario.index.proposal_of.get(text)
                on_whole = None if whole is None else Accepts(party, whole.id)
                is_silent = not has_word(self.view, leaf)
                return on_whole if on_whole in self.places and is_silent else None
            case InForce(of=name):
                state = scenario.index.text_of(name).in_force
                is_believed = state is not None and scenario.fact(state) in self.places
                return Holds(state) if state is not None and is_believed else None
            case _:
                return None

    def _combined(
        self,
        leaf: DerivedLeaf,
        before: Mapping[DerivedLeaf, _Pair],
        others: Mapping[DerivedLeaf, _Pair],
    ) -> _Pair:
        """Write what a derived leaf comes to.

        Args:
            leaf: The leaf.
            before: What is taken of those that must come first.
            others: What is taken of all others.
        """
        stand_in = self._stand_in(leaf)
        if stand_in is not None:
            return self._pair(stand_in, others)
        if isinstance(leaf, Accepts) and leaf in self.places:
            return self._variable(self.places[leaf])
        if stands_as_kept(self.evaluation, leaf):
            return TRUE, FALSE
        ended = self._as_it_may_end(leaf)
        if ended is not None:
            return ended
        options = self.evaluation.rewriting(leaf).options
        return self._both([self._option(leaf, option, before, others) for option in options])

    def _option(
        self,
        leaf: DerivedLeaf,
        option: Option,
        before: Mapping[DerivedLeaf, _Pair],
        others: Mapping[DerivedLeaf, _Pair],
    ) -> _Pair:
        own = as_dated(self.evaluation, option)
        if option.own in DOUBTS or (option.own.is_open and isinstance(leaf, Accepts)):
            name = f"{leaf.party} on {leaf.of}" if isinstance(leaf, Accepts) else name_of(leaf)
            pairs = [self._unknown(leaf, name)]
        else:
            pairs = [_SETTLED.get(own.own, (FALSE, FALSE))]
        pairs += [
            self._pair(part.condition, before if part.before else others) for part in option.parts
        ]
        begun = [self._pair(text, others)[0] for text in self._term_of(leaf, negated=False)]
        met = self.expressions.all_of([*(met for met, _ in pairs), *begun])
        unmet = self.expressions.any_of(unmet for _, unmet in pairs)
        begun = [self._pair(text, others)[0] for text in self._term_of(leaf, negated=True)]
        unmet = self.expressions.all_of([unmet, *begun])
        return met, unmet if own.due is None else FALSE

    def _carried(self, group: tuple[DerivedLeaf, ...]) -> dict[DerivedLeaf, _Pair]:
        """Write what leaves come to that refer to each other, round by round.

        Met is the least fixpoint for what must come first, of the greatest for the rest; and so is
        not being unmet.
        """
        reached: dict[DerivedLeaf, _Pair] = dict.fromkeys(group, (FALSE, TRUE))
        for _ in group:
            values: dict[DerivedLeaf, _Pair] = dict.fromkeys(group, (TRUE, FALSE))
            for _ in group:
                before, others = {**self.texts, **reached}, {**self.texts, **values}
                values = {leaf: self._combined(leaf, before, others) for leaf in group}
            reached = values
        return reached


_SETTLED = {Verdict.MET: (TRUE, FALSE), Verdict.UNMET: (FALSE, TRUE)}

_NOBODY = Vague(id=VagueId("missing"), text="a belief that is missing")


def _derived_in(condition: Condition) -> Iterator[DerivedLeaf]:
    """Yield the derived leaves in a condition, histories unopened."""
    if isinstance(condition, Derived):
        yield condition
    elif not isinstance(condition, Temporal):
        for child in children(condition):
            yield from _derived_in(child)
