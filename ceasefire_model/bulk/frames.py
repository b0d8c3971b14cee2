"""Frames: a plan carried out over the user's own data frame, which comes back with its answers.

A frame in memory is read into planes, except one of polars, which is faster by itself. That and a
lazy one get the plan as expressions, in stages: shared steps become columns of their own, so that
no expression is deep, and nothing that is lazy is collected. The expressions hold no literals and
give no nulls, so that every engine of narwhals takes them.
"""

from __future__ import annotations

import warnings
from collections import Counter
from functools import reduce
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never, cast

import narwhals as nw
import numpy as np
from attrs import define, field

from ceasefire_model.bulk.columns import Array, least, unpacked
from ceasefire_model.bulk.givens import Amounts, Flags, Given
from ceasefire_model.bulk.planes import carried_out
from ceasefire_model.bulk.plans import (
    ALWAYS,
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
    contrary,
    last_uses,
    under,
)
from ceasefire_model.bulk.reading import is_number, no_values, of_series, refuse_no_shares
from ceasefire_model.bulk.worlds import Worlds
from ceasefire_model.errors import ModelError, UnknownIdError
from ceasefire_model.ids import FactId
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ceasefire_model.bulk.plans import Literal, Plan, Signal, Step
    from ceasefire_model.bulk.targets import Target
    from ceasefire_model.facts import Fact

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

WRITTEN_OUT = 64
"""So many cases of a history are written out as steps; of more only those that occur are judged."""

_MOST_WRITTEN = 4096
"""How many cases of a history are judged for a lazy frame, whose worlds nobody looks at."""

_DEEPEST = 8
"""How many steps one expression holds, one in another."""

_NEAR = 1e-13
"""Of two varied numbers in a lazy frame, those within this part of each other count as equal."""


def _both(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one & other


def _either(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one | other


def frame_of(given: object) -> Frame | None:
    """Return a data frame of any library that narwhals knows; none if it is no frame."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of narwhals, on where it keeps Dask
        found = nw.from_native(cast("Any", given), pass_through=True)
    if isinstance(found, nw.DataFrame | nw.LazyFrame):
        return found  # pyright: ignore[reportUnknownVariableType] - of any library
    return None


def swept(target: Target, frame: Frame, columns: Iterable[str], keep: Iterable[str]) -> object:
    """Return the user's frame with the answers beside each world.

    Args:
        target: What is asked.
        frame: A world in each row.
        columns: Which answers: ``met``, ``may_be_met``, ``verdict``.
        keep: The columns that are no facts and only come along.
    """
    wanted = _wanted(columns)
    facts = _facts(target, frame, set(keep), wanted)
    if isinstance(frame, nw.LazyFrame):
        plan, signal = target.compiled(_givens(facts), _MOST_WRITTEN, looks_up=False)
        return _lazily(plan, signal, frame, facts, wanted).to_native()
    return _in_memory(target, frame, facts, wanted).to_native()


ANSWERS = ("met", "may_be_met", "verdict")
"""The columns that a frame may get."""


def _wanted(columns: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(columns)
    for name in wanted:
        if name not in ANSWERS:
            raise UnknownIdError("column", name, ANSWERS, "the answers of a sweep")
    return wanted


def _facts(
    target: Target, frame: Frame, keep: set[str], wanted: tuple[str, ...]
) -> dict[FactId, nw.dtypes.DType]:
    """Return the columns that are facts with their types, refusing those that are neither."""
    schema = frame.collect_schema()
    taken = [name for name in wanted if name in schema]
    if taken:
        raise ModelError(f"the frame has a column {taken[0]!r} already; rename it")
    facts = {FactId(name): dtype for name, dtype in schema.items() if name not in keep}
    for name, dtype in facts.items():
        fact = _fact(target, name)
        if is_number(fact) != dtype.is_numeric() or (
            not dtype.is_numeric() and dtype != nw.Boolean
        ):
            raise ModelError(no_values(fact, str(dtype)))
    return facts


def _fact(target: Target, name: str) -> Fact:
    try:
        return target.scenario.fact(name)
    except UnknownIdError as error:
        raise ModelError(f"{error}; a column that only comes along is named in keep") from error


# In memory


def _in_memory(
    target: Target,
    frame: nw.DataFrame[Any],
    facts: Mapping[FactId, nw.dtypes.DType],
    wanted: tuple[str, ...],
) -> nw.DataFrame[Any]:
    if frame.implementation.is_polars():
        plan, signal = target.compiled(_givens(facts), WRITTEN_OUT)
        if not any(isinstance(step, LooksUp | Compares) for step in plan.steps):
            for name in facts:
                refuse_no_shares(target.scenario.fact(name), frame[name])
            return _lazily(plan, signal, frame.lazy(), facts, wanted).collect()
    columns: dict[FactId, Array] = {
        name: of_series(target.scenario.fact(name), frame[name]) for name in facts
    }
    worlds = Worlds(columns, len(frame))
    givens = {name: column.given for name, column in columns.items()}
    plan, signal = target.compiled(givens, WRITTEN_OUT)
    met, unmet, *grades = (
        unpacked(plane, worlds.size)
        for plane in carried_out(plan, (signal.met, signal.unmet, *signal.grades), worlds)
    )
    codes = 2 - 2 * met - unmet + sum(grades)
    answers = {
        "met": met.view(np.bool_),
        "may_be_met": unmet == 0,
        "verdict": _NAMES[codes],
    }
    backend = frame.implementation
    return frame.with_columns(
        nw.new_series(name, answers[name], backend=backend) for name in wanted
    )


_NAMES = np.array([verdict.value for verdict in Verdict], dtype=object)


# Lazily


def _givens(facts: Mapping[FactId, nw.dtypes.DType]) -> dict[FactId, Given]:
    return {
        name: Flags(has_gaps=True) if dtype == nw.Boolean else Amounts(has_gaps=True)
        for name, dtype in facts.items()
    }


def _lazily(
    plan: Plan,
    signal: Signal,
    frame: nw.LazyFrame[Any],
    facts: Mapping[FactId, nw.dtypes.DType],
    wanted: tuple[str, ...],
) -> nw.LazyFrame[Any]:
    asked = [signal.met, contrary(signal.unmet)]
    if "verdict" in wanted:
        asked += signal.grades
    names = frame.collect_schema().names()
    stages = _Stages(plan, facts, names[0] if names else "", asked)
    for columns in stages.written():
        frame = frame.with_columns(**columns)
    answers = {
        "met": stages.expression(signal.met),
        "may_be_met": stages.expression(contrary(signal.unmet)),
    }
    if "verdict" in wanted:
        answers["verdict"] = _named(signal, stages.expression)
    return frame.select(*names, **{name: answers[name] for name in wanted})


def _named(signal: Signal, expression: Callable[[Literal], nw.Expr]) -> nw.Expr:
    """Return the name of the verdict."""
    found = nw.lit(Verdict.PENDING.value)
    for literal, verdict in zip(
        (*signal.grades, signal.unmet, signal.met),
        (Verdict.DISPUTED, Verdict.UNKNOWN, Verdict.UNCLEAR, Verdict.UNMET, Verdict.MET),
        strict=True,
    ):
        if literal != NEVER:
            found = nw.when(expression(literal)).then(nw.lit(verdict.value)).otherwise(found)
    return found


@define(eq=False)
class _Stages:
    """The steps of a plan as expressions, those that are shared or deep as columns."""

    plan: Plan
    dtypes: Mapping[FactId, nw.dtypes.DType]
    any_column: str
    """The name of some column, of which something can be asked that is always or never so."""

    asked: Sequence[Literal]
    steps: dict[int, nw.Expr] = field(init=False, factory=dict[int, nw.Expr])
    stage_of: dict[int, int] = field(init=False, factory=dict[int, int])

    def written(self) -> Iterable[dict[str, nw.Expr]]:
        """Return the columns to be added, stage by stage."""
        needed = last_uses(self.plan, self.asked)
        uses = Counter(part >> 1 for number in needed for part in under(self.plan.steps[number]))
        uses.update(literal >> 1 for literal in self.asked)
        stages: dict[int, dict[str, nw.Expr]] = {}
        depth: dict[int, int] = {}
        for number in needed:
            step = self.plan.steps[number]
            below = [part >> 1 for part in under(step)]
            stage = max((self.stage_of[part] for part in below), default=0)
            depth[number] = 1 + max((depth[part] for part in below), default=0)
            found = self._step(step)
            if number and (uses[number] > 1 or depth[number] > _DEEPEST):
                name = f"__step_{number}"
                stages.setdefault(stage, {})[name] = found
                found, stage, depth[number] = nw.col(name), stage + 1, 0
            self.steps[number], self.stage_of[number] = found, stage
        return [stages[stage] for stage in sorted(stages)]

    def expression(self, literal: Literal) -> nw.Expr:
        """Return whether a literal is so."""
        if literal == ALWAYS:
            missing = nw.col(self.any_column).is_null()
            return missing | ~missing
        found = self.steps[literal >> 1]
        return ~found if literal & 1 else found

    def _step(self, step: Step) -> nw.Expr:
        match step:
            case Every(parts=parts):
                return self._every(parts)
            case IsTrue(fact=fact):
                return nw.col(fact).fill_null(value=False)
            case IsGap(fact=fact):
                if self.dtypes[fact].is_float():
                    return nw.col(fact).is_nan().fill_null(value=True)
                return nw.col(fact).is_null()
            case Reaches(fact=fact, cut=cut, beyond=beyond):
                first = least(cut, beyond, self._kind(fact))
                first = first if isinstance(first, int) else float(first)
                return (self._number(fact) >= first).fill_null(value=False)
            case Compares(fact=fact, relation=relation, factor=factor, other=other):
                one, scaled = self._number(fact), self._number(other) * float(factor)
                near = scaled.abs() * _NEAR
                return self._there(_COMPARED[relation](one - scaled, near), fact, other)
            case Nothing():
                missing = nw.col(self.any_column).is_null()
                return missing & ~missing
            case IsOneOf() | LooksUp():  # pragma: no cover - not of what a lazy frame gives
                raise TypeError(step)
            case _:
                assert_never(step)

    def _every(self, parts: tuple[Literal, ...]) -> nw.Expr:
        """Return AND; of contraries alone, the contrary of OR."""
        if all(part & 1 for part in parts):
            return ~reduce(_either, [self.steps[part >> 1] for part in parts])
        return reduce(_both, map(self.expression, parts))

    def _kind(self, fact: FactId) -> str:
        """Return the kind of array that has the same numbers."""
        dtype = self.dtypes[fact]
        if dtype == nw.Float32:
            return np.dtype(np.float32).str
        return np.dtype(np.int64 if dtype.is_integer() else np.float64).str

    def _number(self, fact: FactId) -> nw.Expr:
        column = nw.col(fact)
        return column.cast(nw.Float64) if self.dtypes[fact].is_decimal() else column

    def _there(self, found: nw.Expr, *facts: FactId) -> nw.Expr:
        """Return what was found of some numbers, and false where one is missing."""
        for fact in facts:
            if self.dtypes[fact].is_float():
                found &= ~nw.col(fact).is_nan()
        return found.fill_null(value=False)


_COMPARED: dict[Relation, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    Relation.AT_LEAST: lambda apart, near: ge(apart, -near),
    Relation.LESS: lambda apart, near: lt(apart, -near),
    Relation.MORE: gt,
    Relation.AT_MOST: le,
}
