"""What waits for what: preconditions, each with how it stands."""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.conditions import (
    Accepts,
    AtLeast,
    AtMost,
    Condition,
    Derived,
    Not,
    children,
)
from ceasefire_model.facts import Times
from ceasefire_model.proposals import Timing
from ceasefire_model.reprs import named, spelled
from ceasefire_model.rules.findings import Finding, Need, find, find_need
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.ids import FactId
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.evaluation import Evaluation


@frozen
class Gate:
    """A precondition, with what waits and what it waits for: *X waits for Y*.

    Attributes:
        precondition: Who holds that what needs what.
        finding: The finding on what is needed.
        thing: The finding on what waits for it.
    """

    __repr__ = spelled

    precondition: Precondition = field(repr=named)
    finding: Need
    thing: Finding

    @property
    def timing(self) -> Timing:
        """How what is needed stands in time to what waits for it, suppositions included."""
        return self.finding.view.timing(self.precondition)

    def gates_any(self, things: Iterable[Condition]) -> bool:
        """Whether one of some things waits for it."""
        return any(bears_on(self.precondition.of, thing) for thing in things)

    @property
    def is_crossed(self) -> bool:
        """Whether it is a red line that is crossed.

        What waits is so, for sure, and what it needs for as long as it lasts is not, for sure.
        """
        return (
            self.timing is Timing.WHILE
            and self.thing.verdict is Verdict.MET
            and self.finding.verdict is Verdict.UNMET
        )

    def __str__(self) -> str:
        """Write it in words."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)


class _Side(Enum):
    """On which side of a threshold a number lies."""

    ABOVE = 1
    BELOW = -1


@frozen
class _HalfLine:
    """The values of one number on one side of a threshold, with it or without."""

    __repr__ = spelled

    fact: FactId
    side: _Side
    threshold: Decimal | Times
    closed: bool

    def is_within(self, other: _HalfLine) -> bool:
        """Whether every value in it is in another."""
        if (self.fact, self.side) != (other.fact, other.side):
            return False
        here, there = self.threshold, other.threshold
        if here == there:
            return other.closed or not self.closed
        if isinstance(here, Times) or isinstance(there, Times):
            return False
        return here > there if self.side is _Side.ABOVE else here < there


def _half_line(thing: Condition) -> _HalfLine | None:
    match thing:
        case AtLeast(fact=fact, value=value):
            return _HalfLine(fact, _Side.ABOVE, value, closed=True)
        case AtMost(fact=fact, value=value):
            return _HalfLine(fact, _Side.BELOW, value, closed=True)
        case Not(part=AtLeast(fact=fact, value=value)):
            return _HalfLine(fact, _Side.BELOW, value, closed=False)
        case Not(part=AtMost(fact=fact, value=value)):
            return _HalfLine(fact, _Side.ABOVE, value, closed=False)
        case _:
            return None


def bears_on(of: Condition, thing: Condition) -> bool:
    """Whether a precondition of one thing gates another: it is the same, or a number it implies.

    Who frees sixty frees forty; so what forty wait for, sixty do.
    """
    if of == thing:
        return True
    here, there = _half_line(thing), _half_line(of)
    return here is not None and there is not None and here.is_within(there)


def gates_of(evaluation: Evaluation, roots: Iterable[Condition]) -> Iterator[Gate]:
    """Yield what conditions wait for, and what that waits for in turn, each precondition once."""
    waiting = deque(roots)
    asked: set[Condition] = set()
    while waiting:
        condition = waiting.popleft()
        if condition in asked:
            continue
        asked.add(condition)
        for each in evaluation.view.standing(condition):
            if not (isinstance(condition, Accepts) and condition.party == each.held_by):
                yield Gate(each, find_need(evaluation, each), find(evaluation, condition))
                waiting.append(each.needs)
        if _half_line(condition) is not None:
            gates = evaluation.view.scenario.index.gates
            waiting.extend(of for of in gates if bears_on(of, condition))
        if isinstance(condition, Derived):
            waiting.extend(part.condition for part in evaluation.rewriting(condition).parts)
        else:
            waiting.extend(children(condition))
