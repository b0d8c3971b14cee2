"""Sweeps and panels, beside what one would write by hand for the same.

To measure: ``python -m pytest -n 0 tests/benchmarks --benchmark-enable --benchmark-only``.
"""

from __future__ import annotations

import tracemalloc
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np
import pytest

import ceasefire_model as cm
from ceasefire_model import (
    About,
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Duty,
    Fulfilled,
    Holds,
    InForce,
    Moment,
    Observation,
    Party,
    Proposal,
    Provision,
    ProvisionKind,
    Quantity,
    Range,
    Scenario,
    Source,
    SourceKind,
    Stance,
    State,
    Statement,
    months,
)
from ceasefire_model.bulk import Packed

WORLDS, DAY = 1_000_000, "2031-01-01"
CUTS = [round(0.1 + 0.05 * i, 2) if i % 3 else round(0.9 - 0.02 * i, 2) for i in range(12)]
NUMBERS = Scenario(
    title="numbers", facts=[Quantity(id=f"f{i}", text="a number", unit="u") for i in range(12)]
)
STATES = Scenario(title="states", facts=[State(id=f"f{i}", text="a state") for i in range(12)])


def shaped(leaves):
    """A target of twelve leaves with every connective."""
    return AllOf(
        [
            AnyOf(leaves[:3]),
            AnyOf(leaves[3:6]),
            AtLeastOf(2, leaves[6:9]),
            AnyOf([AllOf(leaves[9:11]), leaves[11]]),
        ]
    )


TARGET = shaped(
    [AtLeast(f"f{i}", cut) if i % 3 else AtMost(f"f{i}", cut) for i, cut in enumerate(CUTS)]
)


@cache
def numbers():
    """A million worlds, of whose numbers one in twenty is missing."""
    random = np.random.default_rng(1)
    columns = {f"f{i}": random.random(WORLDS) for i in range(12)}
    for column in columns.values():
        column[random.random(WORLDS) < 0.05] = np.nan
    return columns


def by_hand(columns):
    """Three verdicts: met, unmet, open."""
    met = [
        columns[f"f{i}"] >= cut if i % 3 else columns[f"f{i}"] <= cut for i, cut in enumerate(CUTS)
    ]
    unmet = [
        columns[f"f{i}"] < cut if i % 3 else columns[f"f{i}"] > cut for i, cut in enumerate(CUTS)
    ]
    so = (
        (met[0] | met[1] | met[2])
        & (met[3] | met[4] | met[5])
        & (met[6].astype(np.int8) + met[7] + met[8] >= 2)
        & ((met[9] & met[10]) | met[11])
    )
    not_so = (
        (unmet[0] & unmet[1] & unmet[2])
        | (unmet[3] & unmet[4] & unmet[5])
        | (unmet[6].astype(np.int8) + unmet[7] + unmet[8] >= 2)
        | ((unmet[9] | unmet[10]) & unmet[11])
    )
    verdicts = np.full(len(so), 4, np.uint8)  # unknown
    verdicts[so] = 0
    verdicts[not_so] = 1
    return verdicts


def swept():
    return cm.sweep(NUMBERS, TARGET, numbers(), as_of=DAY).verdicts


def test_a_million_worlds_of_numbers(benchmark):
    found = benchmark.pedantic(swept, rounds=7, warmup_rounds=1)
    assert (found == by_hand(numbers())).all()


def test_the_same_by_hand_with_numpy(benchmark):
    benchmark.pedantic(by_hand, (numbers(),), rounds=7, warmup_rounds=1)


def test_four_bytes_a_world_are_enough():
    numbers()
    tracemalloc.start()
    cm.sweep(NUMBERS, TARGET, numbers(), as_of=DAY).verdicts  # noqa: B018 - to ask is the test
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * WORLDS


@cache
def bits(count: int):
    random = np.random.default_rng(2)
    octets = [random.integers(0, 256, count // 8, dtype=np.uint8) for _ in range(12)]
    return {f"f{i}": Packed(each, count) for i, each in enumerate(octets)}


def test_worlds_of_packed_bits(benchmark):
    target, worlds = shaped([Holds(f"f{i}") for i in range(12)]), bits(2**27)
    benchmark.pedantic(
        cm.sweep, (STATES, target, worlds), {"as_of": DAY}, rounds=5, warmup_rounds=1
    )


def test_reading_the_same_bits_once(benchmark):
    worlds = bits(2**27)

    def read():
        for each in worlds.values():
            np.bitwise_or.reduce(each.words)

    benchmark.pedantic(read, rounds=5, warmup_rounds=1)


def test_a_grid_of_states(benchmark):
    target = shaped([Holds(f"f{i}") for i in range(12)])
    worlds = cm.grid({f"f{i}": [True, False, None] for i in range(12)})
    found = benchmark.pedantic(
        cm.sweep, (STATES, target, worlds), {"as_of": DAY}, rounds=5, warmup_rounds=1
    )
    assert len(found) == 3**12


def by_polars(polars, frame):
    """The three verdicts as a polars user writes them, with its nulls as what is open."""
    met = [
        polars.col(f"f{i}").fill_nan(None) >= cut
        if i % 3
        else polars.col(f"f{i}").fill_nan(None) <= cut
        for i, cut in enumerate(CUTS)
    ]
    two = (met[6] & met[7]) | (met[6] & met[8]) | (met[7] & met[8])
    so = (
        (met[0] | met[1] | met[2]) & (met[3] | met[4] | met[5]) & two
        & ((met[9] & met[10]) | met[11])
    )  # fmt: skip
    return frame.with_columns(so=so).with_columns(
        met=polars.col("so").fill_null(value=False),
        may_be_met=polars.col("so").fill_null(value=True),
    )


@cache
def frame():
    polars = pytest.importorskip("polars")
    return polars.DataFrame(numbers())


def test_a_frame_of_polars(benchmark):
    told = benchmark.pedantic(
        cm.sweep, (NUMBERS, TARGET, frame()), {"as_of": DAY}, rounds=5, warmup_rounds=1
    )
    polars = pytest.importorskip("polars")
    assert (told["met"] == by_polars(polars, frame())["met"]).all()


def test_a_lazy_frame_of_polars(benchmark):
    def collected():
        return cm.sweep(NUMBERS, TARGET, frame().lazy(), as_of=DAY).collect()

    benchmark.pedantic(collected, rounds=5, warmup_rounds=1)


def test_the_same_by_hand_with_polars(benchmark):
    polars = pytest.importorskip("polars")
    benchmark.pedantic(by_polars, (polars, frame()), rounds=5, warmup_rounds=1)


MET_IN_SQL = [
    f"nullif(f{i}, 'nan'::double) {'>=' if i % 3 else '<='} {cut}" for i, cut in enumerate(CUTS)
]
TWO = "(({6} and {7}) or ({6} and {8}) or ({7} and {8}))"
REST = "({0} or {1} or {2}) and ({3} or {4} or {5}) and (({9} and {10}) or {11})"
SO = f"{REST} and {TWO}"
IN_SQL = (
    "select *, coalesce(so, false) as met, coalesce(so, true) as may_be_met "  # noqa: S608 - ours
    f"from (select *, {SO.format(*MET_IN_SQL)} as so from worlds)"
)


def counted(relation):
    return relation.aggregate("count(*) filter (met), count(*) filter (may_be_met)").fetchall()


def test_a_frame_of_duckdb(benchmark):
    duckdb = pytest.importorskip("duckdb")
    worlds = duckdb.from_arrow(frame().to_arrow())

    def asked():
        return counted(cm.sweep(NUMBERS, TARGET, worlds, as_of=DAY))

    found = benchmark.pedantic(asked, rounds=5, warmup_rounds=1)
    assert found == counted(duckdb.query(IN_SQL))


def test_the_same_by_hand_with_duckdb(benchmark):
    duckdb = pytest.importorskip("duckdb")
    worlds = duckdb.from_arrow(frame().to_arrow())
    benchmark.pedantic(lambda: counted(worlds.query("worlds", IN_SQL)), rounds=5, warmup_rounds=1)


# Panels


def coded(number: int) -> Scenario:
    """A ceasefire as data sets code it: two parties, a truce, fighting and deaths now and then."""
    random = Random(number)  # noqa: S311 - no secret
    first = date(1989, 1, 1) + timedelta(days=random.randrange(11_000))

    def on(days: int) -> Moment:
        return Moment((first + timedelta(days=days)).isoformat())

    stop = Provision(
        id="stop",
        text="no fire",
        kind=ProvisionKind.PROHIBITION,
        duties=[Duty(by=[party], requires=~Holds("fire")) for party in ("gov", "reb")],
    )
    return Scenario(
        title=f"ceasefire {number}",
        parties=[Party(id="gov", name="Government"), Party(id="reb", name="Rebels")],
        facts=[
            State(id="fire", text="fighting"),
            Quantity(id="deaths", text="deaths", unit="people"),
        ],
        sources=[
            Source(id="data", name="Coders", kind=SourceKind.NEWS),
            Source(id="text", name="Text", kind=SourceKind.DOCUMENT),
        ],
        statements=[
            Statement(
                id=party,
                speaker=party,
                party=party,
                date=on(0),
                stance=Stance.ACCEPTS,
                about=About(proposal="t"),
                text="x",
                source="text",
            )
            for party in ("gov", "reb")
        ],
        observations=[
            *(
                Observation(fact="fire", value=bool(k % 2), source="data", since=on(5 + k * 40))
                for k in range(8)
            ),
            *(
                Observation(
                    fact="deaths", value=Range(k, 20 * k + 1), source="data", since=on(10 + 30 * k)
                )
                for k in range(6)
            ),
        ],
        proposals=[
            Proposal(
                id="t",
                title="T",
                to=["gov", "reb"],
                starts=on(3),
                ends=on(400),
                provisions=[stop],
            )
        ],
    )


@cache
def ceasefires(count: int):
    return [coded(number) for number in range(count)]


YEARS = {"start": "1989-01-01", "end": "2020-12-31", "every": months(1)}


@pytest.mark.parametrize("ask", [{"force": InForce("t")}, {"kept": Fulfilled("stop")}])
@pytest.mark.parametrize("count", [50, 100])
def test_a_panel_of_months(benchmark, ask, count):
    found = benchmark.pedantic(cm.panel, (ceasefires(count), ask), YEARS, rounds=3, warmup_rounds=1)
    assert len(found) == count * 384


def test_a_call_for_each_of_some_cells(benchmark):
    def asked():
        for scenario in ceasefires(2):
            for year in range(1990, 2020):
                cm.evaluate(scenario, InForce("t"), as_of=date(year, 1, 31), known_by="2020-12-31")

    benchmark.pedantic(asked, rounds=3, warmup_rounds=1)
