"""Rows for data frames: plain values under names that mean one thing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ceasefire_model import (
    Accepts,
    AllOf,
    AtLeast,
    Done,
    Holds,
    Stance,
    assess,
    compare,
    packages,
    sequence,
    suppose,
    table,
    timeline,
)
from ceasefire_model.analyses.packages import Packages
from ceasefire_model.display.columns import COLUMNS, columns_of
from ceasefire_model.drafting.completeness import Completeness
from ceasefire_model.rules import Assessment, Finding, Timeline
from tests.analyses.test_reachability import PLAN, situation
from tests.display.test_html import EVIL_SHOWN, LATER, SHOWN
from tests.rules.test_assessment import DAY, SCENARIO, SECURITY, TODAY

TABLES = {name: each for name, each in (SHOWN | EVIL_SHOWN).items() if hasattr(each, "to_rows")}
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "work-in-a-notebook.md"


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_plain_and_of_the_type_of_its_column(name):
    for row in TABLES[name].to_rows():
        for column, cell in row.items():
            kind, _ = COLUMNS[column]
            assert cell is None or type(cell) is kind
            assert not isinstance(cell, datetime) or cell.tzinfo is UTC
            assert not isinstance(cell, str) or cell.encode()


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_has_the_same_columns_in_the_same_order(name):
    assert len({tuple(row) for row in TABLES[name].to_rows()}) <= 1


@pytest.mark.parametrize("name", TABLES)
def test_an_answer_that_may_have_no_rows_has_the_same_columns_then(name):
    rows, columns = TABLES[name].to_rows(), columns_of(TABLES[name])
    never_empty = isinstance(TABLES[name], Finding | Assessment | Timeline | Completeness)
    assert not columns if never_empty else columns
    assert not rows or never_empty or tuple(rows[0]) == columns


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_frame_of_no_rows_has_columns(library):
    pytest.importorskip(library)
    nothing = table(SCENARIO, [], dates=[DAY])
    frame = nothing.to_frame(library)
    columns = list(table(SCENARIO, dates=[DAY]).to_rows()[0])
    assert list(getattr(frame, "column_names", frame.columns)) == columns


def test_every_column_is_in_some_table_and_on_the_page():
    used = {column for each in TABLES.values() for row in each.to_rows() for column in row}
    assert used == set(COLUMNS)
    assert list(COLUMNS) == sorted(COLUMNS)
    page = PAGE.read_text(encoding="utf-8")
    for column, (kind, meaning) in COLUMNS.items():
        assert f"| `{column}` | {kind.__name__} | {meaning} |" in page


def test_an_assessment_has_one_row_per_finding():
    rows = TODAY.to_rows()
    by_address = {row["address"]: row for row in rows}
    assert len(by_address) == len(rows)
    assert rows[0]["statement"] == "in force: The plan"
    assert (rows[0]["kind"], rows[0]["of"], rows[0]["verdict"]) == ("InForce", "plan", "unmet")
    word = by_address["accepts(A, plan)"]
    assert (word["party"], word["stance"]) == ("A", "accepts in principle")
    need = by_address["accepts(A, plan)/seen"]
    assert (need["precondition"], need["held_by"], need["fact"]) == ("seen", "A", "patrols")
    assert (need["supports"], need["denies"]) == (1, 1)
    quiet = by_address["accepts(A, plan)/quiet"]
    assert (quiet["kind"], quiet["fact"]) == ("Not", "curfew")
    duty = by_address["fulfilled(hush)"]
    assert (duty["of"], duty["performance"]) == ("hush", "not owed")
    assert duty["due"] == datetime(2025, 4, 2, tzinfo=UTC)


def test_lateness_and_progress_are_numbers():
    late = suppose(SCENARIO, {"vote": True, "curfew": False, "trucks": 12}, since="2025-04-03")
    rows = {row["address"]: row for row in assess(late, "plan", as_of="2025-04-05").to_rows()}
    assert rows["fulfilled(hush)"]["late_days"] == 2.0
    assert rows["fulfilled(hush)"]["met_at"] == datetime(2025, 4, 3, tzinfo=UTC)
    assert rows["fulfilled(quiet-now)"]["met_at"] is None


def test_a_comparison_has_one_row_per_change():
    found = compare(TODAY, assess(LATER, "plan", as_of="2025-03-04"))
    rows = found.to_rows()
    assert [row["address"] for row in rows] == [change.address for change in found.changes]
    (quiet,) = [row for row in rows if row["statement"] == "not so: a curfew is in force"][:1]
    assert (quiet["before"], quiet["after"]) == ("unmet", "met")
    assert None in {row["after"] for row in rows}  # what was asked only before


def test_a_timeline_has_one_row_per_stretch():
    found = timeline(SCENARIO, Holds("curfew"), start="2025-02-27", end="2025-03-02")
    first, second = found.to_rows()
    assert (first["days"], first["verdict"]) == (2.0, "unknown")
    assert first["end"] == second["start"] == datetime(2025, 3, 1, tzinfo=UTC)
    assert eval(str(first["condition"]), {"Holds": Holds}) == Holds("curfew")  # noqa: S307


def test_deadlocks_have_one_row_per_step():
    rows = SHOWN["deadlocks"].to_rows()
    assert [(row["deadlock"], row["step"]) for row in rows] == [(1, n) for n in range(1, 5)]
    assert [row["held_by"] for row in rows] == ["RU", "UA", None, None]
    assert [row["together_opens"] for row in rows] == [False, False, False, None]


def test_contradictions_have_one_row_per_precondition():
    rows = SHOWN["contradiction of a meaning"].to_rows()
    assert {row["contradiction"] for row in rows} == set(range(1, rows[-1]["contradiction"] + 1))
    assert any("means:" in str(row["readings"]) for row in rows)
    assert all("a number lies in one place" in str(row["because"]) for row in rows)


def test_packages_have_one_row_per_change():
    target = AllOf([Done("vote"), ~Holds("curfew"), AtLeast("trucks", 30), SECURITY])
    target &= Accepts("A", "plan")
    found = packages(SCENARIO, target, as_of=DAY, limit=50)
    rows = found.to_rows()
    assert len(rows) == sum(len(each.shifts) for each in found)
    values = {(row["kind"], row["fact"] or row["vague"] or row["of"], row["value"]) for row in rows}
    assert ("Act", "vote", "true") in values
    assert ("State", "curfew", "false") in values
    assert ("Quantity", "trucks", "30") in values
    assert ("Vague", "security", "patrols") in values
    assert ("Accepts", "plan", Stance.ACCEPTS.value) in values
    assert {row["who"] for row in rows if row["fact"] == "trucks"} == {"A, B"}


def test_a_package_without_changes_is_a_row_of_its_own():
    (row,) = SHOWN["nothing to change"].to_rows()
    assert (row["package"], row["cost"], row["change"]) == (1, 0.0, None)
    assert isinstance(SHOWN["nothing to change"], Packages)


def test_steps_have_one_row_each_and_none_where_a_deadlock_forbids_them():
    found = sequence(situation(), Accepts("A", PLAN) & Done("vote"), as_of=DAY)
    assert len(found.to_rows()) == sum(map(len, found.layers))
    assert SHOWN["no steps"].to_rows() == []


def test_importances_have_one_row_per_fact():
    rows = SHOWN["importances"].to_rows()
    assert [row["fact"] for row in rows] == ["curfew", "vote"]
    assert [row["probability"] for row in rows] == [0.625, 0.625]


def frames(name: str):
    return pytest.importorskip(name)


@pytest.mark.parametrize("name", TABLES)
def test_pandas_takes_the_rows_as_they_are(name):
    pandas = frames("pandas")
    rows = TABLES[name].to_rows()
    frame = pandas.DataFrame(rows)
    assert len(frame) == len(rows)
    for column in frame:
        kept = [row[column] for row in rows]
        found = [None if pandas.isna(cell) else cell for cell in frame[column]]
        assert found == kept


@pytest.mark.parametrize("name", TABLES)
def test_polars_takes_the_rows_as_they_are(name):
    polars = frames("polars")
    rows = TABLES[name].to_rows()
    assert polars.DataFrame(rows, infer_schema_length=None).to_dicts() == rows


@pytest.mark.parametrize("name", TABLES)
def test_arrow_takes_the_rows_as_they_are(name):
    arrow = frames("pyarrow")
    rows = TABLES[name].to_rows()
    assert len(arrow.Table.from_pylist(rows)) == len(rows)
