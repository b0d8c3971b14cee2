"""Possibility: whether conditions can be met together, in some world at one instant.

What is reported is left aside; what stands is the theory of the facts
(:mod:`ceasefire_model.analyses.theory`), and what one condition says of another.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.openings import opened, required_by, subject, things_in
from ceasefire_model.analyses.solver import Atom, Translation, Worlds
from ceasefire_model.analyses.theory import Clash, compared, misfit
from ceasefire_model.conditions import (
    AllOf,
    AtLeast,
    AtMost,
    By,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Throughout,
    Vague,
    walk,
)
from ceasefire_model.facts import Control
from ceasefire_model.rules.evaluation import Evaluation, agreed_meaning, verdict
from ceasefire_model.rules.readings import is_reported
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire_model.rules.views import View


def is_possible(evaluation: Evaluation, condition: Condition) -> bool:
    """Whether a condition does not contradict itself.

    Where it names nothing twice, and no two shares, there is nothing that it could contradict; most
    conditions are such, and the engine is not asked. A clause alone is as possible as what it
    requires.
    """
    passed: set[Condition] = set()
    while isinstance(condition, Fulfilled) and condition not in passed:
        passed.add(condition)
        condition = required_by(evaluation, condition)
    facts = evaluation.view.scenario.index.facts
    subjects = Counter(subject(thing) for thing in things_in(condition))
    numbers = [thing.fact for thing in walk(condition) if isinstance(thing, AtLeast | AtMost)]
    shares = [name for name in dict.fromkeys(numbers) if isinstance(facts[name], Control)]
    is_plain = all(count == 1 for count in subjects.values()) and len(shares) <= 1
    if is_plain and not any(isinstance(thing, _OPENED) for thing in walk(condition)):
        return True
    return Question.of(evaluation, [condition]).is_possible([("kept", (0,))])


_OPENED = Vague | InForce | Fulfilled | Ever | By | HeldFor | Throughout


@frozen(eq=False)
class Question:
    """The worlds in which some conditions may be met."""

    evaluation: Evaluation
    worlds: Worlds
    meanings: Mapping[tuple[Vague, Meaning], Atom]
    """The atom that says that a demand has a meaning, where none is agreed."""

    numbers: Mapping[int, AtLeast | AtMost]
    """The leaves about numbers."""

    clashes: dict[Clash, None] = field(factory=dict[Clash, None])
    """The numbers found so far that do not fit together."""

    @staticmethod
    def of(evaluation: Evaluation, needs: Iterable[Condition]) -> Question:
        """Describe the worlds; ``kept(i)`` says that the i-th condition is met."""
        translation = Translation()
        for place, condition in enumerate(needs):
            translation.say("need", place, translation.node(condition))
        meanings: dict[tuple[Vague, Meaning], Atom] = {}
        written = 0
        while written < len(translation.leaves):
            leaf = translation.leaves[written]
            written += 1
            if isinstance(leaf, Vague):
                meanings |= _write_demand(translation, evaluation.view, leaf)
            else:
                _write_leaf(translation, evaluation, leaf)
        numbers = {
            translation.node(leaf): leaf
            for leaf in translation.leaves
            if isinstance(leaf, AtLeast | AtMost)
        }
        worlds = Worlds.of("contradictions", translation.facts)
        return Question(evaluation, worlds, meanings, numbers)

    def is_possible(self, atoms: Iterable[Atom]) -> bool:
        """Whether there is a world in which these atoms are true."""
        return self.worlds.one(atoms, self._misfits if self.numbers else None)

    def meaning(self, atom: Atom) -> tuple[Vague, Meaning]:
        """Return the demand and the meaning that an atom is about."""
        return next(each for each, other in self.meanings.items() if other == atom)

    def _misfits(self, world: set[Atom]) -> Iterator[Sequence[tuple[Atom, bool]]]:
        """Yield a smallest set of numbers that do not fit together, if there is one."""
        things = [
            leaf if ("true", (number,)) in world else Not(leaf)
            for number, leaf in self.numbers.items()
        ]
        clash = misfit(self.evaluation.view.scenario, things)
        if clash is not None:
            self.clashes[clash] = None
            numbers = {leaf: number for number, leaf in self.numbers.items()}
            yield [
                (("true", (numbers[compared(thing)],)), not isinstance(thing, Not))
                for thing in clash.things
            ]


def _write_demand(
    translation: Translation, view: View, demand: Vague
) -> dict[tuple[Vague, Meaning], Atom]:
    """Write what a demand may mean; return the atoms of the meanings that are not agreed."""
    number = translation.node(demand)
    translation.say("vague", number)
    agreed = agreed_meaning(view, demand)
    for place, meaning in enumerate(demand.meanings, start=1):
        if agreed in (None, meaning):
            translation.say("meaning", number, place, translation.node(meaning.condition))
    if agreed is not None:
        return {}
    if not demand.complete:
        translation.say("other", number)
    return {
        (demand, meaning): ("means", (number, place))
        for place, meaning in enumerate(demand.meanings, start=1)
    }


def _write_leaf(translation: Translation, evaluation: Evaluation, leaf: Condition) -> None:
    """Write a leaf, and what must be so at the same instant if it is, or if it is not."""
    number = translation.node(leaf)
    translation.say("free", number)
    implied = _implied(evaluation, leaf)
    if implied is not None:
        translation.say("implies", number, translation.node(implied))
    if isinstance(leaf, Ever):
        # What is so now has been so; a deadline may have been missed all the same.
        translation.say("implied", number, translation.node(leaf.condition))


def _implied(evaluation: Evaluation, leaf: Condition) -> Condition | None:
    """Return what must be so at the same instant if a leaf is; none where nothing must."""
    match leaf:
        case InForce(of=name):
            state = evaluation.view.scenario.index.text_of(name).in_force
            if state is not None and is_reported(evaluation.view, state):
                return Holds(state)
            return opened(evaluation, leaf)
        case Fulfilled():
            return required_by(evaluation, leaf)
        case HeldFor(condition=inner):
            return inner
        case Ever(condition=inner) | By(condition=inner):
            return inner if _is_lasting(inner) else None
        case Throughout(condition=inner, end=None) if _has_begun(evaluation, leaf):
            return inner
        case _:
            return None


def _is_lasting(condition: Condition) -> bool:
    """Whether what was once so stays so: acts, and any number of them together."""
    return all(isinstance(thing, Done) for thing in things_in(condition))


def _has_begun(evaluation: Evaluation, leaf: Throughout) -> bool:
    """Whether what must always be so is not still to begin."""
    always = Throughout(AllOf(()), leaf.start)
    return verdict(evaluation, always) is Verdict.MET
