"""Sweeps over the user's own data frames, of every library, in memory and lazy."""

from __future__ import annotations

import math
from importlib.util import find_spec

import narwhals as nw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ceasefire_model as cm
from ceasefire_model import (
    AtLeast,
    AtMost,
    Ever,
    Holds,
    ModelError,
    State,
    Times,
    UnknownIdError,
    Verdict,
)
from ceasefire_model.facts import Control, Quantity
from tests.bulk.test_sweep_laws import questions
from tests.bulk.test_sweeps import AT, DATA, EXPECTED, TARGET, ob, world
from tests.examples import at_most

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def plain(value):
    return None if value is None else float(value)


def of_duckdb(data, types):
    duckdb = pytest.importorskip("duckdb")
    table = of_pyarrow(data, types)  # found by its name
    return (
        duckdb.sql("select * from table").select("*") if table is None else duckdb.from_arrow(table)
    )


def of_pyarrow(data, types):
    kinds = {"number": pyarrow.float64(), "truth": pyarrow.bool_(), "whole": pyarrow.int32()}
    return pyarrow.table(
        {name: pyarrow.array(column, kinds[types[name]]) for name, column in data.items()}
    )


def of_pandas(data, types):
    """Columns of numpy where there is no gap in what is true or false."""
    return pandas.DataFrame(
        {
            name: pandas.array(
                column,
                dtype={"number": "float64", "truth": "boolean", "whole": "Int32"}[types[name]]
                if types[name] == "number" or None in column
                else {"truth": "bool", "whole": "int32"}[types[name]],
            )
            for name, column in data.items()
        },
        index=[f"row {number}" for number in range(len(next(iter(data.values()))))],
    )


def of_pandas_masked(data, types):
    kinds = {"number": "Float64", "truth": "boolean", "whole": "Int32"}
    return pandas.DataFrame(
        {name: pandas.array(column, dtype=kinds[types[name]]) for name, column in data.items()}
    )


def of_pandas_arrow(data, types):
    return of_pyarrow(data, types).to_pandas(types_mapper=pandas.ArrowDtype)


def of_polars(data, types):
    kinds = {"number": polars.Float64, "truth": polars.Boolean, "whole": polars.Int32}
    return polars.DataFrame(data, schema={name: kinds[types[name]] for name in data})


def of_polars_lazy(data, types):
    return of_polars(data, types).lazy()


def of_dask(data, types):
    dask = pytest.importorskip("dask.dataframe")
    return dask.from_pandas(of_pandas_masked(data, types), npartitions=2)


LIBRARIES = [
    of_pandas,
    of_pandas_masked,
    of_pandas_arrow,
    of_pyarrow,
    of_polars,
    of_polars_lazy,
    of_duckdb,
    of_dask,
]
LAZY = [of_polars_lazy, of_duckdb, of_dask]


def rows(frame):
    """Return the rows of any frame, collected where it is lazy."""
    found = cm.bulk.frames.frame_of(frame)
    table = found.collect() if isinstance(found, nw.LazyFrame) else found
    return table.rows(named=True)


TYPES = {"s": "truth", "n": "number", "h": "whole"}


@pytest.mark.parametrize("make", LIBRARIES)
def test_a_frame_comes_back_as_the_same_kind_with_its_answers(make):
    frame = make(DATA, TYPES)
    found = cm.sweep(world(), TARGET, frame, as_of=AT, columns=["met", "may_be_met", "verdict"])
    assert type(found) is type(frame)
    told = rows(found)
    assert [*told[0]] == ["s", "n", "h", "met", "may_be_met", "verdict"]
    assert [row["verdict"] for row in told] == EXPECTED
    assert [row["met"] for row in told] == [name == "met" for name in EXPECTED]
    assert [row["may_be_met"] for row in told] == [name != "unmet" for name in EXPECTED]


def test_rows_of_pandas_keep_their_names():
    frame = of_pandas(DATA, TYPES)
    found = cm.sweep(world(), TARGET, frame, as_of=AT)
    assert [*found.index] == [*frame.index]
    assert found["met"].tolist() == [True, True, False, False, False, False]


@pytest.mark.parametrize("make", LIBRARIES)
@pytest.mark.parametrize("target", [Holds("r"), ~Holds("r"), ~Holds("x")])
def test_where_nothing_matters_all_rows_have_one_answer(make, target):
    scenario = world(ob("r", True, "2031-05-01"), facts=[State(id="x", text="x")])
    frame = make({"s": [True, None]}, {"s": "truth"})
    answers = ["verdict", "may_be_met", "met"]
    told = rows(cm.sweep(scenario, target, frame, as_of=AT, columns=answers))
    verdict = cm.evaluate(scenario, target, as_of=AT).verdict
    expected = {
        "verdict": verdict.value,
        "may_be_met": verdict is not Verdict.UNMET,
        "met": verdict is Verdict.MET,
    }
    assert [{name: row[name] for name in expected} for row in told] == [expected] * 2


@pytest.mark.parametrize("make", LIBRARIES)
def test_a_number_is_compared_with_a_multiple_of_another(make):
    data = {"n": [0.3, 0.3, 0.29, math.nan, 1.0], "h": [3, 4, 3, 3, None]}
    frame = make(data, {"n": "number", "h": "whole"})
    least, most = AtLeast("n", Times(0.1, "h")), AtMost("n", Times(0.1, "h"))
    asked = {"as_of": AT, "columns": ["verdict"]}
    assert [row["verdict"] for row in rows(cm.sweep(world(), least, frame, **asked))] == [
        "met", "unmet", "unmet", "unknown", "unknown",
    ]  # fmt: skip
    assert [row["verdict"] for row in rows(cm.sweep(world(), most, frame, **asked))] == [
        "met", "met", "met", "unknown", "unknown",
    ]  # fmt: skip


def test_short_floats_and_decimals_count_as_they_are_written():
    short = polars.DataFrame({"n": polars.Series([0.7, 0.69, None], dtype=polars.Float32)})
    exact = short.cast(polars.String).cast(polars.Decimal(10, 2))
    for frame in (short, short.lazy(), exact, exact.lazy()):
        told = rows(cm.sweep(world(), AtLeast("n", 0.7), frame, as_of=AT, columns=["verdict"]))
        assert [row["verdict"] for row in told] == ["met", "unmet", "unknown"]
        told = rows(cm.sweep(world(), AtMost("n", 0.7), frame, as_of=AT, columns=["met"]))
        assert [row["met"] for row in told] == [True, True, False]


def test_a_series_of_any_library_is_an_array_of_worlds():
    found = cm.sweep(world(), AtLeast("n", 1), {"n": polars.Series([1, None, 0])}, as_of=AT)
    assert found.verdicts.tolist() == [0, 4, 1]
    found = cm.sweep(world(), Holds("s"), {"s": pandas.Series([True, False])}, as_of=AT)
    assert found.verdicts.tolist() == [0, 1]


@pytest.mark.parametrize("make", LAZY)
def test_nothing_is_collected_of_a_lazy_frame(make, monkeypatch):
    frame = make(DATA, TYPES)
    monkeypatch.setattr(nw.LazyFrame, "collect", None)
    found = cm.sweep(world(), TARGET, frame, as_of=AT)
    assert type(found) is type(frame)


@pytest.mark.parametrize("make", LIBRARIES)
def test_a_history_is_tabulated_for_all_cases_of_a_frame(make):
    scenario = world(ob("s", True, "2031-03-01"), ob("n", 1, "2031-03-01"))
    target = Ever(AtLeast("n", 600)) | Ever(~Holds("s"))
    data = {"s": [True, True, False, None], "n": [600.0, 599.0, 1.0, None]}
    frame = make(data, {"s": "truth", "n": "number"})
    told = rows(cm.sweep(scenario, target, frame, as_of=AT, columns=["verdict"]))
    assert [row["verdict"] for row in told] == ["met", "unmet", "met", "unknown"]


def test_a_frame_of_what_is_not_installed_is_refused_by_name(monkeypatch):
    def missing(*_, **__):
        raise ModuleNotFoundError

    monkeypatch.setattr(nw, "from_dict", missing)  # a library once loaded is not looked for again
    found = cm.sweep(world(), Holds("s"), cm.grid({"s": [True]}), as_of=AT)
    with pytest.raises(
        cm.ModelError, match=r"library is one of .*, of which 'polars' is not installed"
    ):
        found.to_frame("polars")


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_sweep_becomes_a_frame(library):
    worlds = cm.grid({"s": [True, None], "r": [True], "n": [1, None], "h": [1, cm.Range(2, None)]})
    frame = cm.sweep(world(), Holds("s") & AtLeast("n", 1), worlds, as_of=AT).to_frame(library)
    assert type(frame).__module__.partition(".")[0] == library
    told = nw.from_native(frame).rows(named=True)
    assert [*told[0]] == ["s", "r", "n", "h_least", "h_most", "met", "may_be_met", "verdict"]
    assert told[1] == {
        "s": True, "r": True, "n": 1, "h_least": 2, "h_most": math.inf,
        "met": True, "may_be_met": True, "verdict": "met",
    }  # fmt: skip
    assert (told[-1]["s"], told[-1]["may_be_met"], told[-1]["verdict"]) == (None, True, "unknown")


class TestRefused:
    def refused(self, frame, match, error=ModelError, target=None, **more):
        with pytest.raises(error, match=match):
            cm.sweep(world(), Holds("s") if target is None else target, frame, as_of=AT, **more)

    @pytest.mark.parametrize("make", LIBRARIES)
    def test_a_column_that_is_no_fact_unless_it_only_comes_along(self, make):
        frame = make({"s": [True], "truce": [1]}, {"s": "truth", "truce": "whole"})
        self.refused(frame, "no fact 'truce' in this scenario; .* is named in keep")
        found = cm.sweep(world(), Holds("s"), frame, as_of=AT, keep=["truce"])
        assert rows(found) == [{"s": True, "truce": 1, "met": True, "may_be_met": True}]

    @pytest.mark.parametrize("make", LIBRARIES)
    def test_numbers_for_what_is_true_or_false(self, make):
        self.refused(make({"s": [1.0]}, {"s": "number"}), "'s' is a state and needs true or false")
        self.refused(make({"n": [True]}, {"n": "truth"}), "'n' is a quantity and needs numbers")

    def test_texts_and_objects(self):
        self.refused(polars.DataFrame({"n": ["many"]}), "'n' is a quantity and needs numbers")
        self.refused(pandas.DataFrame({"n": ["many"]}), "'n' is a quantity and needs numbers")
        objects = pandas.DataFrame({"s": pandas.Series([True, None], dtype=object)})
        self.refused(objects, "'s' is a state and needs true or false.*astype")
        self.refused({"s": objects["s"]}, "'s' is a state and needs true or false.*astype")
        self.refused({"n": polars.Series(["many"])}, "'n' is a quantity and needs numbers")

    def test_names_that_are_taken_or_unknown(self):
        frame = polars.DataFrame({"s": [True], "met": [1]})
        self.refused(frame, "the frame has a column 'met' already; rename it", keep=["met"])
        match = "no column 'mett' in the answers of a sweep; did you mean 'met'"
        self.refused(frame, match, UnknownIdError, columns=["mett"])

    def test_shares_that_are_none(self):
        self.refused(polars.DataFrame({"c": [2.0]}), "a share lies between 0 and 1")

    def test_too_many_cases_for_a_lazy_frame(self):
        facts = [State(id=f"f{number}", text="f") for number in range(8)]
        target = Ever(cm.AllOf([Holds(fact.id) for fact in facts]))
        frame = polars.DataFrame({fact.id: [True] for fact in facts})
        with pytest.raises(ModelError, match=r"6,561 cases .* at most 4,096 .* collect it first"):
            cm.sweep(world(facts=facts), target, frame.lazy(), as_of=AT)
        assert rows(cm.sweep(world(facts=facts), target, frame, as_of=AT, columns=["met"]))
        pair = Ever(AtLeast("n", Times(2, "h")))
        frame = polars.DataFrame({"n": [1], "h": [1]})
        self.refused(frame.lazy(), "collect it first", target=pair)
        assert rows(cm.sweep(world(), pair, frame, as_of=AT))


@st.composite
def tabled(draw):
    """A question, and worlds as the values of facts, and written as columns of a frame."""
    # of a lazy frame all cases of a history are judged, so few facts vary
    scenario, target, choice, when = draw(questions(ranges=False, most=2))
    data = {
        name: draw(st.lists(st.sampled_from(column), min_size=6, max_size=6))
        for name, column in choice.items()
    }
    types = {
        name: "number" if isinstance(scenario.fact(name), Quantity | Control) else "truth"
        for name in data
    }
    written = {
        name: [
            None if value == cm.CannotSay() else plain(value.value) if types[name] == "number"
            else value.value
            for value in column
        ]
        for name, column in data.items()
    }  # fmt: skip
    return scenario, target, data, (written, types), when


INSTALLED = [
    make
    for make in LIBRARIES
    if find_spec({of_dask: "dask", of_duckdb: "duckdb"}.get(make, "polars")) is not None
]


@settings(relaxed, max_examples=at_most(40))
@given(tabled(), st.sampled_from([make for make in INSTALLED if make in LAZY]))
def test_each_row_is_judged_as_supposing_and_evaluating_do(question, lazy):
    scenario, target, data, written, when = question
    worlds = [dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)]
    since = cm.moments.day_of(cm.moments.instant(when["as_of"], scenario.zone), scenario.zone)
    expected = [
        cm.evaluate(cm.suppose(scenario, facts, since=since), target, **when).verdict.value
        for facts in worlds
    ]
    for make in (lazy, *(each for each in INSTALLED if each not in LAZY)):
        try:
            found = cm.sweep(scenario, target, make(*written), **when, columns=["verdict"])
        except ModelError as error:
            # a history of two numbers in one, which a lazy frame cannot have
            if make not in LAZY or "collect it first" not in str(error):
                raise
        else:
            assert [row["verdict"] for row in rows(found)] == expected, make
