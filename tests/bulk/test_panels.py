"""Panels: each cell is what `evaluate` says, whoever runs it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

import narwhals as nw
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import ceasefire_model as cm
from ceasefire_model import (
    Fulfilled,
    Holds,
    InForce,
    ModelError,
    Moment,
    ProvisionKind,
    ScenarioError,
    Verdict,
    days,
    months,
    weeks,
)
from ceasefire_model.bulk.panels import KINDS
from ceasefire_model.moments import start_of
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.performance import performance
from ceasefire_model.rules.views import view
from ceasefire_model.strategies import conditions, histories, scenarios
from tests.bulk.test_sweeps import TEXT, ob, says, world
from tests.examples import at_most

relaxed = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
EVERY = st.sampled_from([days(9), days(30), weeks(2), months(1)])
CLAUSES = st.sampled_from([Fulfilled("plan-1"), Fulfilled("counter-1", "belmora")])


def cells(found):
    """Yield each row of a panel with its last day."""
    for row in found.to_rows():
        yield row, row["end"] - timedelta(days=1)


@settings(relaxed, max_examples=at_most(40))
@given(scenarios(), histories() | conditions(), CLAUSES, EVERY)
def test_each_cell_is_the_evaluation_at_the_end_of_its_period(scenario, condition, clause, every):
    try:
        asked = {name: cm.asking.asked(scenario, it) for name, it in
                 (("condition", condition), ("clause", clause))}  # fmt: skip
    except ScenarioError:
        assume(False)
    span = {"start": "2025-02-10", "end": "2025-05-01"}
    found = cm.panel({"x": scenario}, asked, **span, every=every)
    judged = {name: cm.timeline(scenario, each, **span) for name, each in asked.items()}
    for row, last in cells(found):
        point = {"as_of": last, "known_by": "2025-05-01"}
        condition = asked[row["question"]]
        assert row["verdict"] == cm.evaluate(scenario, condition, **point).verdict.value
        period = [start_of(row[name], scenario.zone) for name in ("start", "end")]
        for verdict in Verdict:
            share = share_in(judged[row["question"]], verdict, *period)
            assert row[f"share_{verdict.value}"] == pytest.approx(share)
        if isinstance(condition, Fulfilled):
            clause = scenario.provision(condition.provision)
            seen = Evaluation(view(scenario, **point))
            assert row["performance"] == performance(seen, clause, condition.by).kind.value
        else:
            assert row["performance"] is None


def share_in(timeline, verdict, start, end):
    """The share of a period in which a timeline has a verdict."""
    found = (
        min(span.end, end) - max(span.start, start)
        for span in timeline.spans
        if span.verdict is verdict and span.start < end and span.end > start
    )
    return sum(found, timedelta()) / (end - start)


def agreement():
    stop = cm.Provision(
        id="stop",
        text="no fire",
        kind=ProvisionKind.PROHIBITION,
        duties=[cm.Duty(by=["a"], requires=~Holds("s"))],
    )
    return world(
        ob("s", False, "2031-03-01"),
        ob("s", True, "2031-04-16"),
        words=[says("a", cm.Stance.ACCEPTS), says("b", cm.Stance.ACCEPTS)],
        proposals=[cm.Proposal(id="t", title="T", to=["a", "b"], provisions=[stop])],
    )


ASK = {"force": "t", "stop": "stop"}
SPAN = {"start": "2031-03-01", "end": "2031-05-15", "every": "1 month"}


def test_periods_are_cut_by_the_calendar_and_the_last_by_the_end():
    found = cm.panel([agreement()], ASK, **SPAN)
    assert found.periods == (
        date(2031, 3, 1), date(2031, 4, 1), date(2031, 5, 1), date(2031, 5, 16),
    )  # fmt: skip
    assert len(found) == 6
    rows = [row for row in found.to_rows() if row["question"] == "stop"]
    assert [row["verdict"] for row in rows] == ["met", "unmet", "unmet"]
    assert [row["share_met"] for row in rows] == [1, 0.5, 0]
    assert [row["share_unmet"] for row in rows] == [0, 0.5, 1]
    assert rows[0]["scenario"] == "0"
    assert repr(found) == "Panel(<2 questions × 3 periods>)"


def test_a_clause_for_which_its_text_waits_is_asked_anew_once_it_is_due():
    clause = cm.Provision(
        id="c", text="c", due="2031-03-20", duties=cm.Duty(by="a", requires=~Holds("s"))
    )
    gate = cm.Precondition(
        id="g", of="b:t", needs=Fulfilled("c"), held_by="b", text="c first", statement=None
    )
    scenario = world(
        words=[says("a", cm.Stance.ACCEPTS), says("b", cm.Stance.ACCEPTS)],
        proposals=[cm.Proposal(id="t", title="T", to=["a", "b"], provisions=[clause])],
        needs=[gate],
    )
    found = cm.panel(
        [scenario], {"c": clause}, start="2031-03-01", end="2031-04-09", every=days(10)
    )
    # nobody has said anything of it: to come until it is due, that day included, then in doubt
    kinds = [row["performance"] for row in found.to_rows()]
    assert kinds == ["not due", "not due", "open", "open"]


def test_a_month_that_is_too_short_does_not_shift_the_next():
    found = cm.panel([agreement()], ASK, start="2031-01-31", end="2031-04-10", every=months(1))
    assert found.periods == (
        date(2031, 1, 31), date(2031, 2, 28), date(2031, 3, 31), date(2031, 4, 11),
    )  # fmt: skip


def test_what_is_asked_may_follow_from_the_scenario():
    def texts(scenario):
        return {text.id: InForce(text.id) for text in scenario.proposals}

    found = cm.panel({"one": agreement(), "none": world()}, texts, **SPAN)
    assert [(each.scenario, each.question) for each in found.series] == [("one", "t")]


def test_a_panel_of_nothing_has_no_rows():
    found = cm.panel([], ASK, **SPAN)
    assert found.to_rows() == []
    assert len(found) == 0


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_it_becomes_a_frame(library):
    pytest.importorskip(library)
    frame = cm.panel([agreement()], ASK, **SPAN).to_frame(library)
    assert type(frame).__module__.partition(".")[0] == library
    rows = nw.from_native(frame).rows(named=True)
    assert [row["verdict"] for row in rows[3:]] == ["met", "unmet", "unmet"]
    assert [*rows[0]][:5] == ["scenario", "question", "start", "end", "verdict"]


def test_progress_is_told_chunk_by_chunk():
    told = []
    cm.panel([agreement()] * 40, {"s": Holds("s")}, **SPAN, progress=told.append)
    assert told == [32, 40]


class TestExecutors:
    SCENARIOS = (agreement(), world()) * 18

    def same(self, executor):
        ask = {"s": Holds("s"), "n": cm.AtLeast("n", 600)}
        here = cm.panel(self.SCENARIOS, ask, **SPAN)
        there = cm.panel(self.SCENARIOS, ask, **SPAN, executor=executor)
        assert here.to_rows() == there.to_rows()

    def test_threads(self):
        with ThreadPoolExecutor(2) as executor:
            self.same(executor)

    def test_processes(self):
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
            self.same(executor)

    def test_loky(self):
        loky = pytest.importorskip("loky")
        with loky.ProcessPoolExecutor(2) as executor:
            self.same(executor)

    def test_dask(self):
        distributed = pytest.importorskip("distributed")
        options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
        with (
            distributed.LocalCluster(**options, processes=False) as cluster,
            distributed.Client(cluster) as client,
        ):
            self.same(client.get_executor())


class TestRefused:
    def refused(self, match, error=ModelError, ask=ASK, **more):
        with pytest.raises(error, match=match):
            cm.panel([agreement()], ask, **{**SPAN, **more})

    def test_periods_that_are_none(self):
        self.refused("a period lasts a day or longer, got 6 hours", every="6 hours")
        self.refused("a period lasts a day or longer, got 0 days", every=days(0))

    def test_times_that_are_none(self):
        self.refused("ends after its start, got 2031-03-01 to 2031-02-01", end="2031-02-01")
        self.refused("counts in days, got the instant", start=Moment("2031-03-01T10:00Z"))

    def test_questions_that_the_scenario_does_not_have(self):
        self.refused("no state", ScenarioError, ask={"x": Holds("x")})


def test_every_kind_of_performance_has_a_code():
    assert len(KINDS) < 255
    assert TEXT.id == "t"
