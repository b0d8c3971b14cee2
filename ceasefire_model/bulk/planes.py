"""Planes: a plan carried out in memory, 64 worlds in a word, in blocks that fit the cache."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

import numpy as np
from attrs import define, field

from ceasefire_model.bulk.columns import (
    WORD,
    Axis,
    Codes,
    Numbers,
    Packed,
    packed,
    read,
    unpacked,
)
from ceasefire_model.bulk.plans import (
    NEVER,
    Compares,
    Every,
    IsGap,
    IsOneOf,
    IsTrue,
    LooksUp,
    Nothing,
    Reaches,
    Relation,
    last_uses,
)
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from ceasefire_model.bulk.columns import Floats, Mask, Plane
    from ceasefire_model.bulk.plans import Literal, Plan, Step, Tabulation
    from ceasefire_model.bulk.worlds import Worlds
    from ceasefire_model.ids import FactId

BLOCK = 2**16
"""Worlds in a block: the temporary arrays of a question about numbers stay in the cache."""

PACKED_BLOCK = 2**19
"""Worlds in a block where no number is compared."""

VERDICTS = tuple(Verdict)
"""What the bytes of verdicts stand for."""

_CODES = {verdict: code for code, verdict in enumerate(VERDICTS)}
_UNJUDGED = 255
_CLOSE = 1e-12
"""Floats that are nearer to each other than this part of them are compared exactly."""


def carried_out(
    plan: Plan,
    literals: Sequence[Literal],
    worlds: Worlds,
    progress: Callable[[int, int], object] | None = None,
) -> list[Plane]:
    """Return for each literal in which worlds it is so; bits beyond the last world are 0.

    Args:
        plan: The steps.
        literals: What is asked.
        worlds: The values of the varied facts.
        progress: Told after each block how many worlds are done, and of how many.
    """
    found = {literal: np.zeros(-(-worlds.size // WORD), np.uint64) for literal in literals}
    uses = last_uses(plan, literals)
    step = PACKED_BLOCK if _is_packed(plan, uses, worlds) else BLOCK
    lookups: dict[Tabulation, NDArray[np.uint8]] = {}
    for start in range(0, worlds.size, step):
        stop = min(start + step, worlds.size)
        block = _Block(plan, worlds, start, stop, uses, lookups)
        block.run()
        for literal, plane in found.items():
            if literal != NEVER:
                plane[start // WORD : -(-stop // WORD)] = block.bits(literal)
        if progress is not None:
            progress(stop, worlds.size)
    return [cut_off(found[literal], worlds.size) for literal in literals]


def cut_off(plane: Plane, size: int) -> Plane:
    """Set the bits beyond the last world to 0."""
    if size % WORD:
        plane[-1] &= np.uint64((1 << size % WORD) - 1)
    return plane


def _is_packed(plan: Plan, steps: Iterable[int], worlds: Worlds) -> bool:
    """Whether all that is asked of the worlds are bits that lie ready."""
    asked = (plan.steps[number] for number in steps)
    return all(
        isinstance(step, Every | Nothing)
        or (isinstance(step, IsTrue) and isinstance(worlds.columns[step.fact], Packed))
        for step in asked
    )


@define(eq=False)
class _Block:
    """The planes of one stretch of worlds."""

    plan: Plan
    worlds: Worlds
    start: int
    stop: int
    last_uses: dict[int, int]
    lookups: dict[Tabulation, NDArray[np.uint8]]
    planes: dict[int, Plane] = field(init=False, factory=dict[int, "Plane"])
    codes: dict[Tabulation, NDArray[np.uint8]] = field(
        init=False, factory=dict["Tabulation", "NDArray[np.uint8]"]
    )

    def run(self) -> None:
        """Carry out all steps, forgetting those that nobody needs any more."""
        done: dict[int, list[int]] = {}
        for number, last in self.last_uses.items():
            done.setdefault(last, []).append(number)
        for number in self.last_uses:
            self.planes[number] = self._plane(self.plan.steps[number])
            for finished in done.get(number, ()):
                del self.planes[finished]

    def bits(self, literal: Literal) -> Plane:
        """Return in which worlds a literal is so."""
        plane = self.planes[literal >> 1]
        return ~plane if literal & 1 else plane

    def _plane(self, step: Step) -> Plane:
        match step:
            case Every(parts=parts):
                return self._every(parts)
            case IsTrue(fact=fact) | IsGap(fact=fact) | Reaches(fact=fact) | IsOneOf(fact=fact):
                return self.worlds.columns[fact].plane(step, self.start, self.stop)
            case Compares():
                return packed(self._compared(step))
            case LooksUp(table=table, kinds=kinds):
                members = np.array([verdict in kinds for verdict in VERDICTS])
                return packed(members[self._looked_up(table)])
            case Nothing():
                return np.zeros(-(-(self.stop - self.start) // WORD), np.uint64)
            case _:
                assert_never(step)

    def _every(self, parts: tuple[Literal, ...]) -> Plane:
        """Return AND: of what must be so, and of the contrary of OR of what must not."""
        so = [self.planes[part >> 1] for part in parts if not part & 1]
        not_so = [self.planes[part >> 1] for part in parts if part & 1]
        if not not_so:
            return _reduced(np.bitwise_and, so)
        lacking = _reduced(np.bitwise_or, not_so)
        lacking = np.invert(lacking, out=lacking if len(not_so) > 1 else None)
        for plane in so:
            np.bitwise_and(lacking, plane, out=lacking)
        return lacking

    def _looked_up(self, table: Tabulation) -> NDArray[np.uint8]:
        """Return the verdicts of a tabulation, judging the cases that are new."""
        if table not in self.codes:
            known = self.lookups.setdefault(table, np.full(table.size, _UNJUDGED, np.uint8))
            numbers = self._numbers(table)
            found = known[numbers]
            fresh, firsts = np.unique(np.where(found == _UNJUDGED, numbers, -1), return_index=True)
            for number, first in zip(fresh.tolist(), firsts.tolist(), strict=True):
                if number >= 0:
                    world = self.worlds.values(table.facts, self.start + first)
                    known[number] = _CODES[table.judged(world)]
            self.codes[table] = known[numbers]
        return self.codes[table]

    def _numbers(self, table: Tabulation) -> NDArray[np.int64]:
        """Return which case each world is."""
        count = self.stop - self.start
        numbers = np.zeros(count, np.int64)
        for digit in table.digits:
            numbers *= len(digit.cases)
            for position, case in enumerate(digit.cases[1:], start=1):
                numbers += position * unpacked(self.bits(case.guard), count).astype(np.int64)
        return numbers

    def _compared(self, step: Compares) -> Mask:
        """Compare two columns of numbers, exactly where they come close."""
        low, high = self._floats(step.fact)
        least, most = self._floats(step.other)
        is_lower = step.relation in (Relation.AT_LEAST, Relation.MORE)
        one, other = (low, most) if is_lower else (high, least)
        scaled = other * float(step.factor)
        found: Mask = _COMPARE[step.relation](one, scaled)
        close = np.isfinite(one) & np.isfinite(scaled)
        close[close] = np.abs(one[close] - scaled[close]) <= _CLOSE * np.abs(scaled[close])
        if close.any():
            pairs, place = np.unique(
                np.stack([one[close], other[close]]), axis=1, return_inverse=True
            )
            exact = [_exactly(step, *pair) for pair in pairs.T]
            found[close] = np.array(exact)[place]
        return found

    def _floats(self, fact: FactId) -> tuple[Floats, Floats]:
        column = self.worlds.columns[fact]
        if not isinstance(column, Numbers | Codes | Axis):
            raise TypeError(column)  # pragma: no cover - what is compared are numbers
        return column.floats(self.start, self.stop)


_COMPARE: dict[Relation, Callable[[Any, Any], Any]] = {
    Relation.AT_LEAST: np.greater_equal,
    Relation.LESS: np.less,
    Relation.MORE: np.greater,
    Relation.AT_MOST: np.less_equal,
}


def _exactly(step: Compares, one: float, other: float) -> bool:
    """Compare two numbers as they are read."""
    return bool(_COMPARE[step.relation](Fraction(read(one)), step.factor * Fraction(read(other))))


def _reduced(combine: Callable[..., Plane], planes: Sequence[Plane]) -> Plane:
    """Combine planes; of one alone, that one itself."""
    if len(planes) == 1:
        return planes[0]
    found = combine(planes[0], planes[1])
    for plane in planes[2:]:
        combine(found, plane, out=found)
    return found
