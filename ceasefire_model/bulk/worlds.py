"""Worlds: which values the varied facts have in each of many worlds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
from attrs import field, frozen

from ceasefire_model.analyses.beliefs import Belief, variable
from ceasefire_model.bulk.columns import Axis, Codes, Column
from ceasefire_model.bulk.reading import column_of, value_in_world
from ceasefire_model.calls import mapping, naming, several, whole_number
from ceasefire_model.consistency import value_problem
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Value
from ceasefire_model.ids import FactId, fact_id

if TYPE_CHECKING:
    from ceasefire_model.facts import Fact
    from ceasefire_model.fields import Pairs
    from ceasefire_model.scenarios import Scenario

Given: TypeAlias = "Value | bool | Decimal | float | None"
"""The value of a fact in a world; none where nobody can say."""

MOST_WORLDS = 2**32
"""How many worlds are judged at once; a verdict takes a byte of each."""


def _axes(
    axes: Pairs[Fact | str, Iterable[Given]],
) -> Mapping[FactId, tuple[Value, ...]]:
    with naming("axes"):
        return {
            fact_id(name): tuple(
                map(value_in_world, several(values, "axes", "{'vote': [True, False]}"))
            )
            for name, values in mapping(axes, "axes", "{'vote': [True, False]}").items()
        }


@frozen(eq=False)
class Grid:
    """All combinations of some values of some facts; the last fact varies fastest.

    Attributes:
        axes: The values of each fact.
    """

    axes: Mapping[FactId, tuple[Value, ...]] = field(converter=_axes)

    def __attrs_post_init__(self) -> None:
        """Refuse an axis that is empty or has a value twice, and more worlds than can be judged."""
        for name, values in self.axes.items():
            if not values:
                raise ModelError(f"has no value for {name!r}; give it at least one", "axes")
            if len(set(values)) < len(values):
                raise ModelError(f"has a value twice for {name!r}", "axes")
        count = prod(map(len, self.axes.values()))  # `len` overflows where there are too many
        if count > MOST_WORLDS:
            what = f"make {count:,} worlds, and at most {MOST_WORLDS:,} are judged at once"
            raise ModelError(f"{what}; take fewer or shorter ones, or a sample", "axes")

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return prod(map(len, self.axes.values()))


@frozen(eq=False, kw_only=True)
class Sample:
    """Worlds drawn from beliefs about facts that are independent.

    Attributes:
        beliefs: How likely each varied fact is, by its id.
        size: How many worlds.
        seed: The same seed draws the same worlds.
    """

    beliefs: Mapping[FactId, Belief]
    size: int
    seed: int

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return self.size


@frozen(eq=False)
class Worlds:
    """The columns of many worlds."""

    columns: Mapping[FactId, Column]
    size: int

    def values(self, facts: Iterable[FactId], world: int) -> dict[FactId, Value]:
        """Return the values of some facts in one world."""
        return {name: self.columns[name].value(world) for name in facts}


def grid(axes: Pairs[Fact | str, Iterable[Given]]) -> Grid:
    """Return all combinations of some values of some facts.

    Args:
        axes: Values by facts or their ids; ``None`` where nobody can say.

    Raises:
        ModelError: If an axis is empty or names a value twice, or there are more than 2³² worlds.
    """
    return Grid(axes)


def sample(beliefs: Pairs[Fact | str, Belief], n: int, seed: int) -> Sample:
    """Return worlds drawn at random.

    Args:
        beliefs: By facts or their ids, how likely each is; of a number, how likely each value is.
        n: How many worlds.
        seed: The same seed draws the same worlds.

    Raises:
        ModelError: If there are no worlds, or more than 2³².
    """
    whole_number(n, "n", most=MOST_WORLDS)
    whole_number(seed, "seed", least=0, most=2**128)
    given = mapping(beliefs, "beliefs", "{'vote': 0.5}")
    return Sample(beliefs={fact_id(name): each for name, each in given.items()}, size=n, seed=seed)


def worlds_of(scenario: Scenario, given: object) -> Worlds:
    """Return the columns of worlds, checked against the facts of a scenario."""
    if isinstance(given, Grid):
        return _of_grid(scenario, given)
    if isinstance(given, Sample):
        return _of_sample(scenario, given)
    if isinstance(given, Mapping):
        return _of_arrays(scenario, cast("Mapping[Any, object]", given))
    raise ModelError(
        "worlds are a grid, a sample, a data frame, or arrays by the ids of facts, "
        f"got {type(given).__name__}"
    )


def _of_grid(scenario: Scenario, grid: Grid) -> Worlds:
    columns: dict[FactId, Column] = {}
    stride = len(grid)
    for name, values in grid.axes.items():
        _check(scenario.fact(name), values)
        stride //= len(values)
        columns[name] = Axis(values, stride)
    return Worlds(columns, len(grid))


def _of_sample(scenario: Scenario, given: Sample) -> Worlds:
    random = np.random.default_rng(given.seed)
    columns: dict[FactId, Column] = {}
    for name, belief in given.beliefs.items():
        drawn = variable(scenario.fact(name), belief)
        limits = np.cumsum([float(chance) for chance in drawn.chances])[:-1]
        codes = np.empty(given.size, np.uint16)
        for start in range(0, given.size, _DRAWN):
            part = codes[start : start + _DRAWN]
            part[:] = np.searchsorted(limits, random.random(len(part)), side="right")
        columns[name] = Codes(tuple(map(value_in_world, drawn.outcomes)), codes)
    return Worlds(columns, given.size)


def _of_arrays(scenario: Scenario, given: Mapping[Any, object]) -> Worlds:
    columns = {
        fact_id(name): column_of(scenario.fact(name), values) for name, values in given.items()
    }
    sizes = {name: len(column) for name, column in columns.items()}
    if len(set(sizes.values())) > 1:
        raise ModelError(f"arrays of worlds are of one length, got {sizes}")
    size = next(iter(sizes.values()), 1)
    if size == 0:
        raise ModelError("there are no worlds; give arrays of at least one value")
    return Worlds(columns, size)


def _check(fact: Fact, values: Iterable[Value]) -> None:
    """Refuse a value that a fact cannot have."""
    for each in values:
        problem = value_problem(fact, each)
        if problem is not None:
            raise ModelError(problem)


_DRAWN = 2**18
"""How many random numbers are drawn at once."""
