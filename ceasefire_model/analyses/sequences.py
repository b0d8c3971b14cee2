"""Sequences: in which order a target could be brought about, given goodwill."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from ceasefire_model.analyses.deadlocks import Deadlocks, deadlocks_in
from ceasefire_model.analyses.openings import (
    NOTHING,
    bare,
    evaluation_of,
    is_reached,
    things_in,
)
from ceasefire_model.analyses.orders import Layers, in_order
from ceasefire_model.analyses.packages import Await, Package, first_met, packages_in
from ceasefire_model.analyses.possibility import is_possible
from ceasefire_model.analyses.progress import Patience, Progress
from ceasefire_model.analyses.reachability import Web
from ceasefire_model.analyses.shares import shared_with
from ceasefire_model.analyses.shifts import Supposed, told
from ceasefire_model.analyses.wishes import Wishes, made_so
from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Condition,
    Derived,
    Done,
    Holds,
    Not,
    Temporal,
    Vague,
)
from ceasefire_model.facts import Control, Number, Truth
from ceasefire_model.moments import moment
from ceasefire_model.proposals import Precondition, Timing
from ceasefire_model.reprs import all_named, counted
from ceasefire_model.rows import InRows
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.views import View
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import (
    SupposedFact,
    SupposedMeaning,
    SupposedWord,
    Supposition,
)
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Step:
    """One thing to bring about.

    Attributes:
        thing: A leaf or the negation of one.
        waited_for: The things that its preconditions need and that did not hold already.
        preconditions: Its preconditions.
        until: The instant, in UTC, until which one must wait for it, where only time brings it.
    """

    thing: Condition
    waited_for: tuple[Condition, ...]
    preconditions: tuple[Precondition, ...] = field(repr=all_named)
    until: datetime | None = None


@frozen
class Steps(InRows):
    """The order in which a target could be brought about, or the deadlock that forbids it.

    Attributes:
        target: What is to be met.
        layers: The steps that can be taken in parallel, one layer after the other; none where the
            target is met already.
        deadlocks: What forbids it, where nothing can be taken first; with none in it, no order
            does: something would have to be undone and done again, or is out of reach.
        undone: What holds already, is named by what is asked for, and does so no longer after the
            last.
        view: What it was judged in.
    """

    target: Condition
    layers: tuple[tuple[Step, ...], ...] = field(repr=counted)
    deadlocks: Deadlocks | None
    undone: tuple[Condition, ...] = field(repr=counted)
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write the steps, or the deadlock."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def __iter__(self) -> Iterator[tuple[Step, ...]]:
        """Yield the layers."""
        return iter(self.layers)

    def _rows(self) -> list[Row]:
        """Return one row per step; none where a deadlock forbids it."""
        from ceasefire_model.display.rows import steps_rows

        return steps_rows(self)


def sequence(
    scenario: Scenario,
    target: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    limit: int = 10,
    progress: Progress | None = None,
) -> Steps:
    """Say in which order a target could be brought about, each thing as early as can be.

    Of alternatives, those that are reached first are taken. The target holds after the last layer,
    and each fact changes at most once: where the earliest steps would undo each other, those of the
    cheapest package that has an order are taken.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> [len(layer) for layer in sequence(case, "sanctions-eased", as_of="2025-03-13")]
    [1]

    Args:
        scenario: The situation.
        target: What is to be met; none where the scenario has one text: that it is in force.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        limit: How many deadlocks to name at most, where they forbid it.
        progress: Is told how many packages were tried for an order, where the earliest steps have
            none, and how many deadlocks were found.

    Raises:
        ModelError: If the target cannot be asked, a time is none or imprecise, or ``as_of`` lies
            after ``known_by``.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
        MissingExtraError: If clingo is not installed, and it takes it to name a deadlock, or to see
            whether steps undo each other.
    """
    goal = condition_asked(scenario, target)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    web = Web.of(evaluation, [goal])
    reached = {
        thing: number for number, layer in enumerate(web.layers(), start=1) for thing in layer
    }
    layers = _layers(web, goal, reached)
    if layers is not None and _undoes_nothing(web, goal, layers):
        dated = _brought_about(web, goal, layers)
        if dated is not None:
            return Steps(goal, _in_parallel(dated), None, (), evaluation.view)
    patience = Patience.of(None, progress)
    order = None if layers is None else _of_packages(web, goal, patience)
    if order is None:
        return Steps(goal, (), deadlocks_in(web, limit, patience), (), evaluation.view)
    return order


_Layers: TypeAlias = dict[int, list[Step]]
"""The steps of each layer, by its number."""


def _in_parallel(layers: _Layers) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(layers[number]) for number in sorted(layers))


def _layers(web: Web, target: Condition, reached: Mapping[Condition, int]) -> _Layers | None:
    """Return the steps to a target, where some things are reached in some layer; none if none."""
    chosen = _support(web, target, reached)
    if chosen is None:
        return None
    needed: dict[Condition, None] = {}
    waiting = list(chosen)
    while waiting:
        thing = waiting.pop()
        if thing not in needed:
            needed[thing] = None
            for condition in web.needs_of(thing):
                waiting.extend(_support(web, condition, reached) or ())
    layers: _Layers = {}
    for thing in _deepest_first(web, needed):
        layers.setdefault(reached[thing], []).append(_step(web, thing, reached))
    return layers


def _deepest_first(web: Web, needed: Collection[Condition]) -> list[Condition]:
    """Return things in the order of the web, but what another is made of before that."""
    order = [thing for thing in web.gates if thing in needed]

    def made_of(thing: Condition) -> list[Condition]:
        return [each for each in things_in(web.openings[thing]) if each in needed]

    return [thing for group in components(order, made_of) for thing in group]


def _step(web: Web, thing: Condition, reached: Mapping[Condition, int]) -> Step:
    first = [web.firsts[thing]] if thing in web.firsts else []
    needs = [*(gate.needs for gate in web.gates[thing]), *first]
    waited = [each for need in needs for each in _support(web, need, reached) or ()]
    preconditions = tuple(gate.precondition for gate in web.gates[thing])
    return Step(thing, tuple(dict.fromkeys(waited)), preconditions)


# What undoes what


def _undoes_nothing(web: Web, target: Condition, layers: _Layers) -> bool:
    """Whether all steps, and all that holds already and matters to them, can be so at once.

    Then nothing has to be undone on the way, and no share is taken from anybody.
    """
    things = [step.thing for steps in layers.values() for step in steps]
    if not all(_is_alone(web.evaluation.view, thing) for thing in things):
        return False
    held = [each for each in _named(web, target, things) if web.holds(each)]
    return is_possible(web.evaluation, AllOf(dict.fromkeys([*things, *held])))


def _named(web: Web, target: Condition, things: Iterable[Condition]) -> Iterator[Condition]:
    """Yield the things named by a target, by what steps need, and by the red lines there are."""
    needs = (need for thing in things for need in web.needs_of(thing))
    view = web.evaluation.view
    lines = (
        condition
        for of in view.scenario.index.gates
        if web.holds(of)
        for each in view.standing(of)
        if view.timing(each) is Timing.WHILE and web.holds(each.needs)
        for condition in (of, each.needs)
    )
    for condition in (target, *needs, *lines):
        yield from things_in(condition)


def _is_alone(view: View, thing: Condition) -> bool:
    """Whether nobody could lose a share where a thing comes about."""
    leaf = bare(thing)
    share = view.scenario.fact(leaf.fact) if isinstance(leaf, AtLeast | AtMost) else None
    if not isinstance(share, Control):
        return True
    return all(
        len(together) == 1 or share not in together for together in shared_with(view, [share])
    )


def _of_packages(web: Web, target: Condition, patience: Patience) -> Steps | None:
    """Return the steps of the cheapest package that has an order, if there is one."""
    wishes = Wishes.of(web.evaluation, target, Patience())
    found = islice(packages_in(web.evaluation, target), _TRIED)
    for number, package in enumerate(found, start=1):
        patience.tell(number)
        order = in_order(wishes, package.shifts, package.wait_until)
        steps = None if order is None else _steps_of(web, target, package, order)
        if steps is not None:
            return steps
    return None


_TRIED = 20
"""How many packages are tried; an order that the first few have not, the others rarely have."""


def _steps_of(web: Web, target: Condition, package: Package, order: Layers) -> Steps | None:
    """Return what becomes so after each layer of the changes of a package, and once one waited."""
    reached: dict[Condition, int] = {}
    ends = [order[: number + 1] for number in range(len(order))]
    for number, made in enumerate(ends, start=1):
        then = _after(web, made, web.evaluation.view.at)
        reached |= {each: number for each in web.gates if each not in reached and then(each)}
    last = _after(web, order, package.wait_until or web.evaluation.view.at)
    late = {each: len(order) + 1 for each in web.gates if each not in reached and last(each)}
    layers = _layers(web, target, reached | late)
    if layers is None:
        return None
    layers = _dated(web, _supposing(web, (shift.supposed for shift in package.shifts)), layers)
    things = [step.thing for steps in layers.values() for step in steps]
    _add_unsaid(web, layers, order, package.waits)
    named = dict.fromkeys(_named(web, target, things))
    undone = tuple(each for each in named if web.holds(each) and not last(each))
    return Steps(target, _in_parallel(layers), None, undone, web.evaluation.view)


def _after(web: Web, order: Layers, at: datetime) -> Callable[[Condition], bool]:
    """Return what tells whether a thing is met at an instant, after some layers of changes."""
    then = _supposing(web, (shift.supposed for layer in order for shift in layer)).moved(at)
    return partial(_is_met, then)


def _supposing(web: Web, changes: Iterable[Supposed]) -> Evaluation:
    """Return the evaluation in which changes are made."""
    view = web.evaluation.view
    made = Supposition(since=moment(view.at)).and_then(changes)
    return Evaluation(view.imagining(view.scenario.with_suppositions([made])))


# Whether they bring it about


def _brought_about(web: Web, target: Condition, layers: _Layers) -> _Layers | None:
    """Return steps with what one must wait for, if the target is met after them.

    What nobody can suppose, such as a demand of which no meaning has been named, is granted.
    """
    changes = _changes(web, layers)
    if changes is None:
        return layers
    after = _supposing(web, changes)
    if first_met(after, target, web.evaluation.view.at) is None:
        return None
    steps = [step.thing for each in layers.values() for step in each]
    held = filter(web.holds, _named(web, target, steps))
    if _is_gated_besides(web, after, layers) or not all(_is_met(after, each) for each in held):
        return None
    return _dated(web, after, layers)


def _is_gated_besides(web: Web, after: Evaluation, layers: _Layers) -> bool:
    """Whether something gated comes about that is no step, such as a clause with its last duty.

    Whether its preconditions allow that is seen to where packages are put in order.
    """
    view, steps = web.evaluation.view, {each.thing for layer in layers.values() for each in layer}
    besides = (thing for thing in view.scenario.index.gates if thing not in steps)
    return any(
        isinstance(bare(thing), Derived)
        and any(view.standing(thing))
        and not web.holds(thing)
        and _is_met(after, thing)
        for thing in besides
    )


def _is_met(evaluation: Evaluation, thing: Condition) -> bool:
    return verdict(evaluation, thing) is Verdict.MET


def _dated(web: Web, after: Evaluation, layers: _Layers) -> _Layers:
    """Return steps with the instant until which one must wait for each, once all changes are made.

    A fact or a word is so at once, and so is what is made of them.
    """
    at = web.evaluation.view.at

    def dated(step: Step) -> Step:
        if not isinstance(bare(step.thing), Derived | Temporal):
            return step
        first = first_met(after, step.thing, at)
        return step if first is None or first <= at else evolve(step, until=first)

    return {number: [dated(step) for step in steps] for number, steps in layers.items()}


def _changes(web: Web, layers: _Layers) -> list[Supposed] | None:
    """Return the changes that steps come to; none where some cannot be told by a change."""
    things = dict.fromkeys(step.thing for steps in layers.values() for step in steps)
    changes: list[Supposed] = []
    numbers: dict[str, list[AtLeast | AtMost]] = {}
    for thing in things:
        leaf = bare(thing)
        match leaf:
            case Holds(state=name) | Done(act=name) | Answered(question=name):
                changes.append(SupposedFact(name, Truth(leaf is thing)))
            case AtLeast(fact=name) | AtMost(fact=name):
                numbers.setdefault(name, []).append(leaf)
            case Accepts() if web.openings[thing] is NOTHING:
                stance = Stance.ACCEPTS if leaf is thing else Stance.REJECTS
                changes.append(SupposedWord(leaf, stance))
            case Vague():
                meant = _meant(web, thing, leaf, things)
                if meant is None:
                    return None
                changes.append(meant)
            case _:
                pass
    for fact, leaves in numbers.items():
        value = _value(things, leaves)
        if value is None:
            return None
        changes.append(SupposedFact(fact, value))
    return changes


def _meant(
    web: Web, thing: Condition, demand: Vague, things: Collection[Condition]
) -> SupposedMeaning | None:
    """Return the agreement on a meaning that steps bring about, if there is one."""
    is_named = demand.id in web.evaluation.view.scenario.index.vague
    for meaning in demand.meanings if is_named else ():
        condition = meaning.condition if thing is demand else Not(meaning.condition)
        if is_reached(condition, lambda part: part in things or web.holds(part)):
            return SupposedMeaning(demand.id, meaning.id)
    return None


def _value(things: Collection[Condition], leaves: list[AtLeast | AtMost]) -> Number | None:
    """Return a threshold at which all that is asked of a number is so, if there is one."""
    for leaf in leaves:
        value = leaf.value
        if isinstance(value, Decimal) and all(
            told(each, Number(value)) is (Verdict.MET if each in things else Verdict.UNMET)
            for each in leaves
        ):
            return Number(value)
    return None


def _add_unsaid(web: Web, layers: _Layers, order: Layers, waits: Iterable[Await]) -> None:
    """Add what comes and no step is about: the shares that somebody loses, and what keeps so.

    Where one of two holds and is undone, the other has to come about, though neither is awaited.
    """
    said = {_changing(step.thing) for steps in layers.values() for step in steps}
    for number, layer in enumerate(order, start=1):
        things = (made_so(web.evaluation, shift.supposed) for shift in layer)
        new = [Step(thing, (), ()) for thing in things if _changing(thing) not in said]
        if new:
            layers.setdefault(number, []).extend(new)
    late = [Step(w.thing, (), (), until=w.until) for w in waits if _changing(w.thing) not in said]
    if late:
        layers.setdefault(max(layers, default=1), []).extend(late)


def _changing(thing: Condition) -> object:
    """Return what a thing is about that changes; of a number, the fact."""
    leaf = bare(thing)
    return leaf.fact if isinstance(leaf, AtLeast | AtMost) else leaf


# The earliest steps


def _support(
    web: Web, condition: Condition, reached: Mapping[Condition, int], *, negated: bool = False
) -> list[Condition] | None:
    """Return the things by which a condition is reached the earliest; none if it is not reached."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            found = [_support(web, part, reached, negated=negated) for part in parts]
            ways = sorted(
                (way for way in found if way is not None), key=lambda way: _cost(way, reached)
            )
            needed = _needed(condition, negated=negated)
            if len(ways) < needed:
                return None
            return [thing for way in ways[:needed] for thing in way]
        case Not(part=part):
            return _support(web, part, reached, negated=not negated)
        case _:
            thing = Not(condition) if negated else condition
            if thing not in web.gates:
                return []
            return [thing] if thing in reached else None


def _needed(condition: AllOf | AnyOf | AtLeastOf, *, negated: bool) -> int:
    """Return how many parts must be so; of a negated one, how many must not."""
    size = len(condition.parts)
    least = size if isinstance(condition, AllOf) else 1
    if isinstance(condition, AtLeastOf):
        least = condition.count
    return size - least + 1 if negated else least


def _cost(way: list[Condition], reached: Mapping[Condition, int]) -> tuple[int, int]:
    """Return how late a way is, and how much it takes."""
    return max((reached[thing] for thing in way), default=0), len(way)
