"""Panels: many scenarios, some questions, and the periods of a span of time.

Each question is judged once over the whole span; a period reads off what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from zoneinfo import ZoneInfo

import numpy as np
from attrs import evolve, field, frozen

from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.bulk.reading import Library, made_of
from ceasefire_model.calls import mapping, naming, several, told
from ceasefire_model.conditions import Condition, Fulfilled
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.moments import TICK, Delay, day_of, delay, exact_moment, start_of
from ceasefire_model.rules.evaluation import Evaluation, known_history
from ceasefire_model.rules.histories import turns
from ceasefire_model.rules.performance import PerformanceKind, kind_of
from ceasefire_model.rules.views import view
from ceasefire_model.scenarios import Scenario
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from ceasefire_model.moments import Time
    from ceasefire_model.rows import Row
    from ceasefire_model.rules.tracks import Track

Questions: TypeAlias = Mapping[str, Askable] | Callable[[Scenario], Mapping[str, Askable]]
"""What is asked, by the names of the questions; or what gives that for a scenario."""

VERDICTS = tuple(Verdict)
KINDS = tuple(PerformanceKind)
NO_KIND = len(KINDS)
"""In place of a performance where no clause is asked about."""

_CHUNK = 32
"""Scenarios that travel to an executor together."""

_WIDEST = 36_525
"""The days of a panel at the most: a hundred years, as long as any delay."""

_UTC = ZoneInfo("UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=_UTC)


@frozen(eq=False)
class Series:
    """One question about one scenario, period by period.

    Attributes:
        scenario: The name under which the scenario was given.
        question: The name under which the question was asked.
        verdicts: The verdict at the end of each period, as its place in ``tuple(Verdict)``.
        shares: For each period the share of its time under each verdict.
        kinds: What became of the clause by the end of each period, as its place in
            ``tuple(PerformanceKind)``; none where no clause is asked about.
    """

    scenario: str
    question: str
    verdicts: NDArray[np.uint8]
    shares: NDArray[np.float64]
    kinds: NDArray[np.uint8] | None


@frozen(eq=False)
class Panel:
    """The answers to some questions about many scenarios, period by period.

    Attributes:
        periods: The first day of each period, and the day after the last.
        series: Scenario by scenario, and question by question.
    """

    periods: tuple[date, ...] = field(repr=False)
    series: tuple[Series, ...] = field(repr=False)

    def __len__(self) -> int:
        """Return how many rows there are: one for each question and period."""
        return len(self.series) * (len(self.periods) - 1)

    def columns(self) -> dict[str, list[Any] | NDArray[Any]]:
        """Return the columns of a data frame, a row for each scenario, question and period."""
        count = len(self.periods) - 1
        days = np.array(self.periods, "datetime64[D]")
        names = [(each.scenario, each.question) for each in self.series]
        verdicts = [verdict.value for verdict in VERDICTS]
        kinds: list[str | None] = [*(kind.value for kind in KINDS), None]
        shares = np.concatenate([each.shares for each in self.series]) if self.series else _NONE
        return {
            "scenario": [name for name, _ in names for _ in range(count)],
            "question": [name for _, name in names for _ in range(count)],
            "start": np.tile(days[:-1], len(self.series)),
            "end": np.tile(days[1:], len(self.series)),
            "verdict": [verdicts[code] for each in self.series for code in each.verdicts.tolist()],
            **{
                f"share_{verdict.value}": shares[:, place] for place, verdict in enumerate(VERDICTS)
            },
            "performance": [
                kinds[code]
                for each in self.series
                for code in ([NO_KIND] * count if each.kinds is None else each.kinds.tolist())
            ],
        }

    def to_rows(self) -> list[Row]:
        """Return one row per scenario, question and period."""
        columns = {
            name: column if isinstance(column, list) else column.tolist()
            for name, column in self.columns().items()
        }
        return [
            cast("Row", dict(zip(columns, row, strict=True)))
            for row in zip(*columns.values(), strict=True)
        ]

    def to_frame(self, library: Library) -> Any:  # noqa: ANN401 - of the library
        """Return them as a data frame, one row per scenario, question and period.

        Args:
            library: The one that the frame is of.
        """
        return made_of(self.columns(), library)

    def __str__(self) -> str:
        """Count how often each verdict comes out."""
        from ceasefire_model.display.pages.worlds import panel_text

        return panel_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.pages.worlds import panel_html

        return panel_html(self)

    def __repr__(self) -> str:
        """Write it short."""
        return f"Panel(<{len(self.series)} questions × {len(self.periods) - 1} periods>)"


_NONE = np.empty((0, len(VERDICTS)))


def panel(
    scenarios: Mapping[str, Scenario] | Iterable[Scenario],
    ask: Questions,
    *,
    start: Time,
    end: Time,
    every: str | Delay,
    executor: Executor | None = None,
    progress: Callable[[int], object] | None = None,
) -> Panel:
    """Ask the same of many scenarios, period by period.

    What had been reported by the end counts. A period ends where the next begins, the last with the
    last day.

    Args:
        scenarios: By name, or in order, named by their number from 0.
        ask: Conditions, records or their ids by the names of the questions; or a function that
            gives these for a scenario. For an executor of processes a function has a module.
        start: The first day of the first period.
        end: The last day.
        every: How long a period is, in days or more: ``months(1)``, ``"1 month"``.
        executor: Runs the scenarios in chunks; by default they are run here.
        progress: Told now and then how many scenarios are done.

    Returns:
        For each scenario, question and period the verdict at its end, the share of its time under
        each verdict, and of a clause what became of it. It does not depend on the executor.

    Raises:
        ScenarioError: If a question mentions what a scenario does not have.
        ModelError: If a time is none, or a period is shorter than a day.
    """
    told(progress)
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise ModelError(f"takes an executor, got {shortened(executor)}", "executor")
    with naming("every"):
        length = delay(every)
    periods = tuple(_periods(_day(start, "start"), _day(end, "end"), length))
    named = (
        cast("Mapping[str, Scenario]", scenarios).items()
        if isinstance(scenarios, Mapping)
        else (
            (str(number), each)
            for number, each in enumerate(several(scenarios, "scenarios", "{'aceh': scenario}"))
        )
    )
    found: list[Series] = []
    done = 0
    for size, series in _run(named, ask, periods, executor):
        found += series
        done += size
        if progress is not None:
            progress(done)
    return Panel(periods, tuple(found))


_Named: TypeAlias = tuple[str, Scenario]


def _run(
    named: Iterable[_Named], ask: Questions, periods: tuple[date, ...], executor: Executor | None
) -> Iterator[tuple[int, list[Series]]]:
    """Yield the series of each chunk of scenarios, in their order."""
    chunks = _chunks(named)
    if executor is None:
        for chunk in chunks:
            yield len(chunk), _of_chunk(chunk, ask, periods)
        return
    waiting = [(len(chunk), executor.submit(_of_chunk, chunk, ask, periods)) for chunk in chunks]
    for size, future in waiting:
        yield size, future.result()


def _chunks(named: Iterable[_Named]) -> Iterator[list[_Named]]:
    rest = iter(named)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _of_chunk(chunk: list[_Named], ask: Questions, periods: tuple[date, ...]) -> list[Series]:
    return [
        series for name, scenario in chunk for series in _of_scenario(name, scenario, ask, periods)
    ]


def _of_scenario(
    name: str, scenario: Scenario, ask: Questions, periods: tuple[date, ...]
) -> Iterator[Series]:
    """Yield the series of each question about one scenario."""
    last = periods[-1] - timedelta(days=1)
    evaluation = Evaluation(view(scenario, as_of=last))
    marks = _marks(periods, scenario.zone)
    questions = ask(scenario) if callable(ask) else ask
    for question, what in mapping(questions, "ask", "{'held': 'ceasefire'}").items():
        condition = condition_asked(scenario, what, "ask")
        track = known_history(evaluation, condition)
        verdicts, shares = _read_off(track, marks)
        kinds = _kinds(evaluation, condition, marks)
        yield Series(name, question, verdicts, shares, kinds)


def _periods(first: date, last: date, every: Delay) -> Iterator[date]:
    """Yield the first day of each period, and the day after the last."""
    if every.is_elapsed or every.amount == 0:
        raise ModelError(f"a period lasts a day or longer, got {every}", "every")
    if last < first:
        raise ModelError(f"a panel ends after its start, got {first} to {last}")
    if (last - first).days > _WIDEST:
        what = f"lies more than a hundred years after start {first}, got {last}"
        raise ModelError(what, "end")
    number, day, midnight = 0, first, start_of(first, _UTC)
    while day <= last:
        yield day
        number += 1
        try:
            whole = evolve(every, amount=every.amount * number)
        except ModelError:  # more than a hundred years: more than any panel spans
            break
        day = day_of(whole.shifted(midnight, _UTC, 1), _UTC)
    yield last + timedelta(days=1)


def _day(given: Time, argument: str) -> date:
    """Return the day that was given."""
    day = exact_moment(given, argument).choices()[0]
    if isinstance(day, datetime):
        raise ModelError(f"a panel counts in days, got the instant {given}", argument)
    return day


@lru_cache(maxsize=64)
def _marks(periods: tuple[date, ...], zone: ZoneInfo) -> NDArray[np.int64]:
    """Return when each period begins, and the last is over, in microseconds."""
    return np.array([_micros(start_of(day, zone)) for day in periods], np.int64)


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // TICK


def _read_off(
    track: Track, marks: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return the verdict at the end of each period, and the shares of its time."""
    starts = np.array([_micros(each) for each in track.starts], np.int64)
    codes = np.array([VERDICTS.index(each) for each in track.verdicts], np.uint8)
    verdicts = codes[np.searchsorted(starts, marks[1:], side="left") - 1]
    shares = np.zeros((len(marks) - 1, len(VERDICTS)))
    edges = np.union1d(marks, starts[(starts > marks[0]) & (starts < marks[-1])])
    under = codes[np.searchsorted(starts, edges[:-1], side="right") - 1]
    period = np.searchsorted(marks, edges[:-1], side="right") - 1
    np.add.at(shares, (period, under), np.diff(edges))
    return verdicts, shares / np.diff(marks)[:, np.newaxis]


def _kinds(
    evaluation: Evaluation, condition: Condition, marks: NDArray[np.int64]
) -> NDArray[np.uint8] | None:
    """Return what became of a clause by the end of each period; none if it is no clause.

    It is asked anew only where something changed on which the clause rests.
    """
    if not isinstance(condition, Fulfilled):
        return None
    changes = np.array([_micros(each) for each in turns(evaluation, condition)], np.int64)
    places = np.searchsorted(changes, marks[1:], side="left")
    found: dict[int, int] = {}
    provision = evaluation.view.scenario.provision(condition.provision)
    for place, mark in zip(places.tolist(), marks[1:].tolist(), strict=True):
        if place not in found:
            at = _EPOCH + mark * TICK - TICK
            kind = kind_of(evaluation.moved(at), provision, condition.by)
            found[place] = KINDS.index(kind)
    return np.array([found[place] for place in places.tolist()], np.uint8)
