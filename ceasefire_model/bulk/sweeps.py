"""Sweeps: one target in many worlds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, assert_never, overload

import numpy as np
from attrs import field, frozen

from ceasefire_model.bulk.columns import WORD, Axis, Codes, unpacked
from ceasefire_model.bulk.frames import ANSWERS, WRITTEN_OUT, frame_of, swept
from ceasefire_model.bulk.planes import BLOCK, carried_out, cut_off
from ceasefire_model.bulk.reading import Library, made_of
from ceasefire_model.bulk.targets import Target
from ceasefire_model.bulk.worlds import Grid, Sample, Worlds, worlds_of
from ceasefire_model.calls import member, naming, place_among, several, told
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import CannotSay, Number, Range, Truth, Value
from ceasefire_model.ids import FactId, looked_up
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from ceasefire_model.asking import Askable
    from ceasefire_model.bulk.columns import Plane
    from ceasefire_model.conditions import Condition
    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario

Plain: TypeAlias = bool | float | Range | None
"""The value of a fact in a world, as one writes it; none where nobody can say."""

_Frame = TypeVar("_Frame", bound="HasColumns")


class HasColumns(Protocol):
    """A data frame of any library."""

    @property
    def columns(self) -> Any:  # noqa: ANN401 - each library has its own
        """Its columns, or their names."""


Progress: TypeAlias = "Callable[[int, int], object]"
"""Told how many worlds are done, and of how many."""


@frozen(eq=False)
class Sweep:
    """The verdicts on one target in many worlds, which are numbered from 0.

    Attributes:
        target: What was judged.
        view: The scenario as of, as known by, and as heard.
        varied: The values of the varied facts.
        planes: As bits, the worlds in which it is met; unmet; open and disputed or worse, unknown
            or worse, unclear.
    """

    target: Condition
    view: View = field(repr=False)
    varied: Worlds = field(repr=False)
    planes: tuple[Plane, Plane, Plane, Plane, Plane] = field(repr=False)

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return self.varied.size

    @property
    def verdicts(self) -> NDArray[np.uint8]:
        """One byte a world: the place of its verdict in ``tuple(Verdict)``."""
        found = np.empty(len(self), np.uint8)
        for start, stop in self._blocks():
            words = slice(start // WORD, -(-stop // WORD))
            met, unmet, *grades = (unpacked(plane[words], stop - start) for plane in self.planes)
            found[start:stop] = 2 - 2 * met - unmet + sum(grades)
        return found

    def _blocks(self) -> Iterator[tuple[int, int]]:
        for start in range(0, len(self), BLOCK):
            yield start, min(start + BLOCK, len(self))

    def plane(self, verdict: Verdict) -> Plane:
        """Return the worlds with a verdict as bits, 64 in a word, the first in its lowest bit.

        Raises:
            ModelError: If it is no verdict.
        """
        member(verdict, "verdict", Verdict)
        met, unmet, disputed, unknown, unclear = self.planes
        match verdict:
            case Verdict.MET:
                return met
            case Verdict.UNMET:
                return unmet
            case Verdict.PENDING:
                return cut_off(~(met | unmet | disputed), len(self))
            case Verdict.DISPUTED:
                return disputed & ~unknown
            case Verdict.UNKNOWN:
                return unknown & ~unclear
            case Verdict.UNCLEAR:
                return unclear
            case _:
                assert_never(verdict)

    def counts(self) -> dict[Verdict, int]:
        """Return in how many worlds each verdict comes out."""
        return {verdict: int(np.bitwise_count(self.plane(verdict)).sum()) for verdict in Verdict}

    def worlds(self, verdict: Verdict) -> NDArray[np.int64]:
        """Return the numbers of the worlds with a verdict."""
        return np.flatnonzero(unpacked(self.plane(verdict), len(self)))

    def world(self, number: int) -> dict[FactId, Value]:
        """Return the values of the varied facts in one world, as :func:`suppose` takes them."""
        place = place_among(number, "number", len(self))
        return self.varied.values(self.varied.columns, place)

    @overload
    def share(self, verdict: Verdict) -> float: ...
    @overload
    def share(self, verdict: Verdict, *, by: str) -> dict[Plain, float]: ...
    @overload
    def share(self, verdict: Verdict, *, by: tuple[str, ...]) -> dict[tuple[Plain, ...], float]: ...
    def share(
        self, verdict: Verdict, *, by: str | tuple[str, ...] | None = None
    ) -> float | dict[Plain, float] | dict[tuple[Plain, ...], float]:
        """Return the share of worlds with a verdict, if asked by the values of varied facts.

        Args:
            verdict: The verdict.
            by: The id of a varied fact, or several in a tuple.

        Returns:
            One number; by one fact the number for each of its values; by several the number for
            each combination of their values that occurs.

        Raises:
            UnknownIdError: If a fact is not varied.
            ModelError: If there are more than a million combinations of values.
        """
        if by is None:
            return int(np.bitwise_count(self.plane(verdict)).sum()) / len(self)
        if isinstance(by, str):
            return {values[0]: part for values, part in self.share(verdict, by=(by,)).items()}
        columns = [self._listed(name) for name in several(by, "by", "by=('vote', 'curfew')")]
        sizes = [len(column.values) for column in columns]
        if prod(sizes) > _MOST_GROUPS:
            raise ModelError(
                f"the facts {', '.join(map(repr, by))} have {prod(sizes):,} combinations of "
                f"values, and at most {_MOST_GROUPS:,} are told apart; put the numbers into bands"
            )
        groups = product(*([plain(value) for value in column.values] for column in columns))
        there, so = self._tallied(self.plane(verdict), columns)
        return {
            values: hits / all_of_them
            for values, all_of_them, hits in zip(groups, there.tolist(), so.tolist(), strict=True)
            if all_of_them
        }

    def _listed(self, name: str) -> Codes | Axis:
        columns = {str(fact): each for fact, each in self.varied.columns.items()}
        return looked_up("varied fact", name, columns, "this sweep").listed()

    def _tallied(
        self, plane: Plane, columns: Sequence[Codes | Axis]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each combination of values how many worlds there are, and in a plane."""
        size = prod(len(column.values) for column in columns)
        there, so = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for start, stop in self._blocks():
            groups = np.zeros(stop - start, np.int64)
            for column in columns:
                groups = groups * len(column.values) + column.coded(start, stop)
            there += np.bincount(groups, minlength=size)
            bits = unpacked(plane[start // WORD : -(-stop // WORD)], stop - start)
            so += np.bincount(groups[bits.view(np.bool_)], minlength=size)
        return there, so

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns of a data frame, a row for each world: its values and its answers.

        A number that is not given exactly has a column for the least and one for the most.
        """
        found: dict[str, NDArray[Any]] = {}
        for name in self.varied.columns:
            found |= self._cells(name)
        verdicts = self.verdicts
        return found | {
            "met": verdicts == 0,
            "may_be_met": verdicts != 1,
            "verdict": np.array([verdict.value for verdict in Verdict], object)[verdicts],
        }

    def _cells(self, name: FactId) -> dict[str, NDArray[Any]]:
        """Return the values of a fact in all worlds."""
        column = self._listed(name)
        codes = column.coded(0, len(self))
        values = [plain(value) for value in column.values]
        if any(isinstance(value, Range) for value in values):
            low, high = column.floats(0, len(self))
            return {f"{name}_least": low, f"{name}_most": high}
        if any(isinstance(value, bool) for value in values):
            kind = object if None in values else bool
            return {name: np.array(values, kind)[codes]}
        return {name: np.array(values, float)[codes]}

    def to_frame(self, library: Library) -> Any:  # noqa: ANN401 - of the library
        """Return them as a data frame, one row per world.

        Args:
            library: The one that the frame is of.
        """
        return made_of(self.columns(), library)

    def __str__(self) -> str:
        """Count how often each verdict comes out."""
        from ceasefire_model.display.pages.worlds import sweep_text

        return sweep_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.pages.worlds import sweep_html

        return sweep_html(self)

    def __repr__(self) -> str:
        """Write it short."""
        return f"Sweep({self.target!r}, <{len(self):,} worlds>)"


_MOST_GROUPS = 1_000_000


def plain(value: Value) -> Plain:
    """Return a value as one writes it."""
    match value:
        case Truth(value=is_so):
            return is_so
        case Number(value=number):
            return float(number)
        case CannotSay():
            return None
        case Range():
            return value
        case _:
            assert_never(value)


@overload
def sweep(
    scenario: Scenario,
    target: Askable,
    worlds: Grid | Sample | Mapping[str, object],
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    progress: Progress | None = None,
) -> Sweep: ...
@overload
def sweep(
    scenario: Scenario,
    target: Askable,
    worlds: _Frame,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    columns: Iterable[str] = ANSWERS[:2],
    keep: Iterable[str] = (),
) -> _Frame: ...
def sweep(  # noqa: PLR0913 - three times, a target, worlds, and what a frame needs
    scenario: Scenario,
    target: Askable,
    worlds: object,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    columns: Iterable[str] = ANSWERS[:2],
    keep: Iterable[str] = (),
    progress: Progress | None = None,
) -> object:
    """Judge one target in many worlds.

    A world supposes values for some facts from the local midnight of ``as_of`` on; what was so
    before stays so, and the other facts stay as reported. A gap, null or NaN, is *cannot say*.
    Floats are read to 15 digits. Words, meanings and dropped preconditions are supposed first.

    Args:
        scenario: The situation.
        target: What is asked: a condition, or a record or its id for what it stands for.
        worlds: A grid, a sample, arrays by the ids of facts, or a data frame of any library that
            narwhals knows, in memory or lazy, with a world in each row and a fact in each column.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        columns: Which answers a frame gets: ``met`` for sure, ``may_be_met``, ``verdict``.
        keep: The columns of a frame that are no facts and only come along.
        progress: Told now and then how many worlds are done, and of how many; not of a frame.

    Returns:
        The verdict in each world, the same as that of :func:`suppose` and :func:`evaluate`; or the
        frame with its answers, of the same kind, and lazy if it was.

    Raises:
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If a varied fact, or whom the trust names, is not in the scenario.
        ModelError: If a time is none, worlds are none of this scenario, or more than 16 varied
            conditions stand under one history.
    """
    told(progress)
    asked = Target(scenario, target, as_of, known_by, trust)
    if not isinstance(worlds, Grid | Sample | Mapping):
        frame = frame_of(worlds)
        if frame is not None:
            return swept(asked, frame, columns, keep)
    with naming("worlds"):
        varied = worlds_of(scenario, worlds)  # pyright: ignore[reportUnknownArgumentType] - checked there
    givens = {name: column.given for name, column in varied.columns.items()}
    plan, signal = asked.compiled(givens, WRITTEN_OUT)
    literals = (signal.met, signal.unmet, *signal.grades)
    met, unmet, disputed, unknown, unclear = carried_out(plan, literals, varied, progress)
    return Sweep(asked.condition, asked.view, varied, (met, unmet, disputed, unknown, unclear))
