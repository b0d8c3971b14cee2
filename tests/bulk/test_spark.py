"""Sweeps and panels on Spark, where there are a Java and PySpark."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

import ceasefire_model as cm
from ceasefire_model import AtLeast, Ever, Holds, Times
from tests.bulk.test_panels import SPAN, agreement
from tests.bulk.test_sweeps import AT, DATA, EXPECTED, TARGET, ob, world

sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (extra spark)")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("there is no Java for Spark", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark():
    """A session on one core of this machine, whose workers run this Python."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[1]").appName("tests")
    session = (
        builder.config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


def told(frame, name):
    return [row[name] for row in frame.collect()]


def test_a_frame_of_spark_comes_back_as_one_with_its_answers(spark):
    rows = [*zip(*DATA.values(), strict=True)]
    frame = spark.createDataFrame(rows, "s boolean, n double, h int")
    answers = ["met", "may_be_met", "verdict"]
    found = cm.sweep(world(), TARGET, frame, as_of=AT, columns=answers)
    assert type(found) is type(frame)
    assert found.columns == ["s", "n", "h", *answers]
    assert told(found, "verdict") == EXPECTED
    assert told(found, "met") == [name == "met" for name in EXPECTED]
    assert told(found, "may_be_met") == [name != "unmet" for name in EXPECTED]


def test_histories_and_multiples_run_on_spark_too(spark):
    scenario = world(ob("s", True, "2031-03-01"))
    frame = spark.createDataFrame(
        [(True, 3.0, 0.3), (False, 3.0, 0.29), (None, None, 0.3)], "s boolean, h double, n double"
    )
    target = Ever(~Holds("s")) | AtLeast("n", Times(0.1, "h"))
    found = cm.sweep(scenario, target, frame, as_of=AT, columns=["verdict"])
    assert told(found, "verdict") == ["met", "met", "unknown"]


def test_the_loop_of_the_how_to_gives_the_same_panel(spark):
    scenarios = {f"agreement {number}": agreement() for number in range(5)}
    ask = {"force": "t", "stop": "stop"}

    def rows_of(named):
        return cm.panel(dict([named]), ask, **SPAN).to_rows()

    rows = spark.sparkContext.parallelize(list(scenarios.items()), 2).flatMap(rows_of).collect()
    assert rows == cm.panel(scenarios, ask, **SPAN).to_rows()
