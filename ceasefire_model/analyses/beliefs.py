"""Beliefs: how probable each thing is that a fact, a demand or an acceptance may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import frozen

from ceasefire_model.analyses.shifts import Key, called
from ceasefire_model.conditions import (
    Accepts,
    AtLeast,
    AtMost,
    Condition,
    Derived,
    Meaning,
    Observed,
    Vague,
    children,
)
from ceasefire_model.consistency import value_problem
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.facts import Control, Number, Quantity, Range, Times, Value, value_of
from ceasefire_model.fields import Pairs, plain
from ceasefire_model.grounds import conditions_under
from ceasefire_model.ids import Name, looked_up
from ceasefire_model.moments import moment
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.scenarios import suppose
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ceasefire_model.rules.views import View

Probability: TypeAlias = float | Decimal | Fraction
"""How likely something is, from 0 to 1; a float counts as it is written."""

Belief: TypeAlias = "Probability | Pairs[Value | Decimal | float | Meaning | str, Probability]"
"""How likely a fact, an acceptance or a demand is met; of a number, how likely each value or range
is; of a demand, how likely each meaning is what is agreed."""


def _probability(given: object, name: str) -> Fraction:
    """Return a probability as an exact number."""
    given = plain(given)
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal | Fraction):
        raise ModelError(f"a belief is a probability, got {shortened(given)} for {name!r}")
    is_finite = isinstance(given, Fraction) or Decimal(given).is_finite()
    if not is_finite or not 0 <= given <= 1:
        raise ModelError(f"a probability lies between 0 and 1, got {shortened(given)} for {name!r}")
    return Fraction(float.__repr__(given)) if isinstance(given, float) else Fraction(given)


@frozen(eq=False)
class Variable:
    """Something uncertain, and how likely each thing is that it may be."""

    key: Key
    outcomes: tuple[object, ...]
    """Values of a fact, ids of meanings, or yes and no."""

    chances: tuple[Fraction, ...]

    is_binary: bool
    """Whether it is yes or no."""


def variable(key: Key, belief: object) -> Variable:
    """Read one belief."""
    name = called(key)
    if isinstance(belief, Mapping):
        given = cast("Mapping[object, object]", belief)
        outcomes = [_outcome(key, each) for each in given]
        chances = [_probability(chance, name) for chance in given.values()]
        if sum(chances) != 1:
            raise ModelError(
                f"the probabilities for {name!r} must sum to 1, got {float(sum(chances))}"
            )
        return Variable(key, tuple(outcomes), tuple(chances), is_binary=False)
    if isinstance(key, Quantity | Control):
        raise ModelError(
            f"a belief about the number {name!r} is a probability for each value or range, "
            f"such as {{600: 0.4, Range(700, 800): 0.6}}, got {shortened(belief)}"
        )
    chance = _probability(belief, name)
    return Variable(key, (True, False), (chance, 1 - chance), is_binary=True)


def _outcome(key: Key, given: object) -> object:
    """Check one thing that something may be."""
    match key:
        case Quantity() | Control():
            value = value_of(cast("Value", given))
            problem = value_problem(key, value)
            if problem is None and isinstance(value, Number | Range):
                return value
            raise ModelError(
                problem or f"{key.id!r} has a number for its value, got {shortened(given)}"
            )
        case Vague():
            known: dict[str, str] = {each.id: each.id for each in key.meanings}
            return looked_up("meaning", cast("Name", given), known, f"the demand {key.id!r}")
        case _:
            raise ModelError(
                f"a belief about {called(key)!r} is one probability, got one for {shortened(given)}"
            )


# Ranges: on which side of a threshold one lies


def inside(key: Key, value: object, under: Iterable[Condition]) -> object:
    """Return a number inside a range, which lies on its own side of the thresholds at its ends."""
    if not (isinstance(value, Range) and isinstance(key, Quantity | Control)):
        return value
    low, high = value.low, value.high
    for leaf in under:
        if not (isinstance(leaf, AtLeast | AtMost) and key.id in facts_of(leaf)):
            continue
        mark = leaf.value
        above = low is None or (isinstance(mark, Decimal) and low < mark)
        below = high is None or (isinstance(mark, Decimal) and mark < high)
        if isinstance(mark, Times) or (above and below):
            raise uncut(key.id, value)
    if low is None or high is None:
        return high - 1 if high is not None else low + 1 if low is not None else value
    return (low + high) / 2


def uncut(name: str, value: object) -> ModelError:
    """Return the error that a range does not say on which side of a threshold it lies."""
    return ModelError(
        f"a belief about {name!r} must say on which side of each threshold it lies, got {value}; "
        "cut it there"
    )


def beyond(low: Decimal | None, high: Decimal | None, mark: Decimal) -> Verdict:
    """Say whether a range lies above a threshold or below."""
    if low is not None and low >= mark:
        return Verdict.MET
    return Verdict.UNMET if high is not None and high <= mark else Verdict.UNKNOWN


def all_under(view: View, condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all that it may rest on, histories and texts opened, each once."""
    index = view.scenario.index
    seen: set[Condition] = set()
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(
                conditions_under(index, node) if isinstance(node, Derived) else children(node)
            )


def bears_on(key: Key, under: Sequence[Condition]) -> bool:
    """Whether something uncertain is among what a condition may rest on."""
    if isinstance(key, Vague | Accepts):
        return key in under
    return any(key.id in facts_of(leaf) for leaf in under if isinstance(leaf, Observed))


def world(view: View, values: Mapping[Key, object]) -> Evaluation:
    """Return the world in which uncertain things are as given, from the instant judged on."""
    facts: dict[str, Value] = {}
    words: dict[Accepts, Stance] = {}
    meanings: dict[str, str] = {}
    for key, value in values.items():
        match key:
            case Accepts():
                words[key] = Stance.ACCEPTS if value is True else Stance.REJECTS
            case Vague():
                meanings[key.id] = str(value)
            case _:
                facts[key.id] = value_of(cast("Value", value))
    now = moment(view.at)
    made = suppose(view.scenario, facts, since=now, words=words, meanings=meanings)
    return Evaluation(view.imagining(made))
