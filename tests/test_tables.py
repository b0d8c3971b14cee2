"""Records in tables: spreadsheets, data frames and rows."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    CannotSay,
    Code,
    Number,
    Observation,
    Party,
    Quantity,
    Range,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    Truth,
    tables,
)
from ceasefire_model.__main__ import main
from ceasefire_model.documents import dump, load
from ceasefire_model.errors import DocumentError, MissingExtraError, ModelError
from ceasefire_model.moments import Moment
from ceasefire_model.strategies import scenarios

READERS = {
    Party: tables.parties_from,
    Source: tables.sources_from,
    Statement: tables.statements_from,
    Observation: tables.observations_from,
}
ROW = {"fact": "calm", "value": "true", "source": "wire", "since": "2031-05-04"}
quick = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def kinds_in(scenario):
    lists = (scenario.parties, scenario.sources, scenario.statements, scenario.observations)
    return [records for records in lists if records]


def read(records, table):
    return canonical(READERS[type(records[0])](table).records)


def canonical(records):
    """Put the codes of parties in order: a table has them in the order of its columns."""
    return tuple(
        evolve(one, codes=sorted(one.codes, key=lambda code: code.scheme))
        if isinstance(one, Party)
        else one
        for one in records
    )


def problems_of(*rows, read=tables.observations_from, **options):
    return [str(problem) for problem in read(list(rows), **options).problems]


def situation():
    return Scenario(
        title="A truce",
        parties=[Party(id="north", name="Northland")],
        facts=[State(id="calm", text="the front is calm"), Quantity(id="men", text="m", unit="m")],
        sources=[Source(id="wire", name="The wire")],
    )


# Laws


@quick
@given(scenarios())
def test_a_record_that_goes_to_rows_and_back_is_itself(scenario):
    for records in kinds_in(scenario):
        assert read(records, tables.rows_of(records)) == canonical(records)


@quick
@given(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_record(scenario, random):
    for records in kinds_in(scenario):
        rows = tables.rows_of(records)
        random.shuffle(rows)
        found = read(records, rows)
        assert Counter(found) == Counter(canonical(records))


@settings(quick, max_examples=4)
@given(scenarios())
@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_every_kind_of_frame_gives_the_same_records(library, scenario):
    pytest.importorskip(library)
    for records in kinds_in(scenario):
        assert read(records, tables.frame(tables.rows_of(records), library)) == canonical(records)


@settings(quick, max_examples=4)
@given(scenarios())
def test_a_record_that_goes_to_csv_and_back_is_itself(tmp_path_factory, scenario):
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    for records in kinds_in(scenario):
        tables.write_csv(tables.rows_of(records), path)
        assert read(records, tables.read_csv(path)) == canonical(records)


def test_no_cell_of_a_csv_file_is_a_formula_and_each_is_read_back(tmp_path):
    texts = ["=1+1", "'=1", "\uff1dSUM(A1)", "@me", "- a list", "-5", "two\nlines", "a; =b"]
    tables.write_csv([{"note": text} for text in texts], tmp_path / "table.csv")
    assert tables.read_csv(tmp_path / "table.csv") == [{"note": text} for text in texts]
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for [cell] in csv.reader(file)][1:]
    marked = ["'=1+1", "''=1", "'\uff1dSUM(A1)", "'@me", "'- a list"]
    assert cells == [*marked, "-5", "two\nlines", "a; =b"]


# What a cell stands for


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("true", Truth(True)),
        ("FALSE", Truth(False)),
        (True, Truth(True)),
        ("12", Number(12)),
        (12, Number(12)),
        (0.1, Number(Decimal("0.1"))),
        ("-1.50", Number(Decimal("-1.5"))),
        ("70 %", Number(Decimal("0.7"))),
        ("cannot say", CannotSay()),
    ],
)
def test_a_value_is_read_as_in_a_document(cell, value):
    [found] = tables.observations_from([{**ROW, "value": cell}]).records
    assert found.value == value


def test_the_bounds_of_a_range_have_columns_of_their_own():
    rows = [{**ROW, "value": None, "value.low": "0.17", "value.high": 0.2}]
    rows += [{**ROW, "value": "", "value.low": 2_000_000}]
    values = [one.value for one in tables.observations_from(rows).records]
    assert values == [Range(Decimal("0.17"), Decimal("0.2")), Range(2_000_000, None)]


def test_codes_members_and_what_a_statement_is_about_are_cells():
    party = {"id": "pact", "name": "Pact", "members": "a; b;c", "codes.ucdp": "12"}
    [found] = tables.parties_from([party]).records
    assert found.members == ("a", "b", "c")
    assert found.codes == (Code("ucdp", "12"),)
    [listed] = tables.parties_from([{**party, "members": ["a", "b", "c"]}]).records
    assert listed == found
    said = {"id": "s1", "speaker": "A minister", "party": "north", "date": "2031-05-04"}
    said |= {"about.proposal": "truce", "text": "yes", "source": "wire", "stance": "accepts"}
    [statement] = tables.statements_from([said]).records
    assert statement.about == About(proposal="truce")
    assert statement.stance is Stance.ACCEPTS


def test_a_text_stays_a_text_though_it_looks_like_a_number():
    [found] = tables.observations_from([{**ROW, "note": "12", "reference": "true"}]).records
    assert (found.note, found.reference) == ("12", "true")


def test_days_and_instants_of_a_frame_are_times():
    noon = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
    for cell, text in [
        (dt.date(2031, 5, 4), "2031-05-04"),
        (dt.datetime(2031, 5, 4), "2031-05-04"),  # noqa: DTZ001 - how pandas keeps a day
        (noon, "2031-05-04T12:00:00+00:00"),
    ]:
        [found] = tables.observations_from([{**ROW, "since": cell}]).records
        assert found.since == Moment(text)
    naive = noon.replace(tzinfo=None)
    [problem] = problems_of({**ROW, "since": naive})
    assert problem.startswith("row 2, since: an instant needs its offset from UTC")


def test_what_a_library_calls_missing_is_an_empty_cell():
    pandas = pytest.importorskip("pandas")
    for nothing in (None, "", "  ", float("nan"), pandas.NA, pandas.NaT):
        [found] = tables.observations_from([{**ROW, "note": nothing, "until": nothing}]).records
        assert (found.note, found.until) == (None, None)
    assert tables.observations_from([ROW, dict.fromkeys(ROW)]).records == tuple(
        tables.observations_from([ROW]).records
    )


def test_the_scalars_of_a_library_are_plain_values():
    numpy = pytest.importorskip("numpy")
    for cell, value in [
        (numpy.bool_(True), Truth(True)),
        (numpy.int64(3), Number(3)),
        (numpy.float32(0.5), Number(Decimal("0.5"))),
        (numpy.str_("12"), Number(12)),
        (numpy.datetime64("2031-05-04"), None),
    ]:
        table = tables.observations_from([{**ROW, "value": cell}])
        assert [one.value for one in table.readable] == ([] if value is None else [value])


def test_a_lazy_frame_is_collected():
    polars = pytest.importorskip("polars")
    assert tables.observations_from(polars.LazyFrame([ROW])).records


# Everything that is wrong, at its row and column


def test_every_problem_is_listed_at_once_with_its_row_and_column():
    rows = [
        ROW,
        {**ROW, "value": "yes", "since": "04/05/2031", "source": None},
        {**ROW, "value": None, "value.low": "7", "value.high": "3"},
        {**ROW, "value.low": "7", "credibility": "9"},
        {**ROW, "fact": 12, "note": object},
        {**ROW, "value": None},
    ]
    table = tables.observations_from(rows, source="reports.csv")
    assert [one.path for one in table.problems] == [
        *("row 3, source", "row 3, value", "row 3, since", "row 4, value"),
        *("row 5, value.low", "row 5, credibility", "row 6, fact", "row 6, note"),
        "row 7, value",
    ]
    assert all(";" in one.what for one in table.problems)
    assert table.readable == tables.observations_from([ROW]).records
    with pytest.raises(DocumentError, match="9 problems in") as error:
        table.records  # noqa: B018 - to ask is the test
    assert error.value.problems == table.problems


def test_what_is_wrong_with_a_whole_row_names_no_column():
    said = {"id": "s1", "speaker": "A", "date": "2031-05-04", "about.fact": "calm"}
    said |= {"text": "yes", "source": "wire", "about.statement": ""}
    [problem] = problems_of(said, read=tables.statements_from)
    assert problem == "row 2: statement 's1' has either a stance or a kind"
    [nothing] = problems_of(
        {**said, "kind": "claim", "about.fact": ""}, read=tables.statements_from
    )
    assert nothing.startswith("row 2, about: nothing is here; fill about.proposal or ")


def test_columns_that_are_called_otherwise_are_named_by_the_user():
    row = {"Fact": "calm", "Holds": "yes", "source": "wire", "day": "2031-05-04", "mine": "!"}
    columns = {"Fact": "fact", "Holds": "value", "day": "since", "mine": None, "other": "note"}
    [problem] = problems_of(row, columns=columns)
    assert problem.startswith("row 2, Holds: true, false, a number")
    [found] = tables.observations_from([{**row, "Holds": "true"}], columns=columns).records
    assert found.since == Moment("2031-05-04")


def test_the_names_of_the_columns_are_checked_first():
    row = {"fact": "calm", "Since": "x", "source": "wire", "told": "2031", "codes.": "1"}
    out = " or leave it out: {%r: None}"
    no_codes = out % "codes."
    assert problems_of(row, columns={"told": "source"}) == [
        f"row 1, Since: no column 'Since' of an observation; did you mean 'since'?{out % 'Since'}",
        "row 1, source: more than one column is 'source'; leave one out",
        "row 1, told: more than one column is 'source'; leave one out",
        f"row 1, codes.: no column 'codes.' of an observation; did you mean 'corrects'?{no_codes}",
        "row 1: no column for 'value'; add 'value' or 'value.low' or 'value.high'",
        "row 1: no column for 'since'; add 'since'",
    ]


def test_a_record_stands_for_its_id():
    named = [{**ROW, "fact": State(id="calm", text="x"), "source": Source(id="wire", name="x")}]
    assert tables.observations_from(named).records == tables.observations_from([ROW]).records
    north, south = Party(id="north", name="N"), Party(id="south", name="S")
    for members, ids in (([north, south], ("north", "south")), (north, ("north",))):
        row = {"id": "both", "name": "Both", "members": members}
        assert tables.parties_from([row]).records[0].members == ids
    (problem,) = tables.observations_from([{**ROW, "fact": tables}]).problems
    assert problem.what.startswith("a text, a number or a time is needed, got <module")


def test_what_was_not_read_is_not_added():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ModelError, match=r"^add takes tables that were read, got DataFrame; read"):
        tables.add(Scenario(title="x"), pandas.DataFrame([ROW]))
    with pytest.raises(ModelError, match=r"takes records, got 'fact'; .* table with tables\.add$"):
        Scenario(title="x").with_observations(pandas.DataFrame([ROW]))
    with pytest.raises(ModelError, match="a scenario comes first"):
        tables.add(tables.observations_from([ROW]))


def test_what_is_no_table_is_refused():
    with pytest.raises(ModelError, match="no table: int; give a data frame or rows"):
        tables.observations_from(3)


def test_a_frame_needs_narwhals_and_rows_do_not(monkeypatch):
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)
    assert tables.observations_from([ROW]).records
    with pytest.raises(MissingExtraError, match="bulk"):
        tables.frame([ROW], "pandas")


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiters_of_spreadsheets_are_read(tmp_path, delimiter):
    path = tmp_path / "reports.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ROW, delimiter=delimiter)
        writer.writeheader()
        writer.writerow(ROW)
    assert tables.read_csv(path) == [ROW]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"a\n\xe9\n", "the byte 0xe9 is not utf-8; save the file as UTF-8"),
        (b"a,a\n1,2\n", "row 1: the column 'a' is there twice; leave one out"),
        (b"a\n1\n1,2\n", "row 3: 2 cells for 1 columns; put a text that has a comma in quotes"),
        (b'a\n"1\n', "no CSV: unexpected end of data; close every quote"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_would_be_right(tmp_path, raw, what):
    path = tmp_path / "reports.csv"
    path.write_bytes(raw)
    with pytest.raises(DocumentError) as error:
        tables.read_csv(path)
    assert what in str(error.value)


def test_an_empty_file_and_rows_that_are_short_are_read(tmp_path):
    path = tmp_path / "reports.csv"
    path.write_bytes(b"")
    assert tables.read_csv(path) == []
    path.write_bytes(b"a,b,\n1\n1,2,,\n")
    assert tables.read_csv(path)[0] == {"a": "1", "b": None, "": None}
    path.write_bytes("a\né\n".encode("cp1252"))
    assert tables.read_csv(path, encoding="cp1252") == [{"a": "é"}]


def test_half_of_a_character_is_not_written(tmp_path):
    with pytest.raises(ModelError, match="half of a character"):
        tables.write_csv([{"a": "\ud800"}], tmp_path / "table.csv")
    assert not (tmp_path / "table.csv").exists()


# Adding to a scenario


def test_rows_are_added_to_a_scenario_whatever_the_order_of_the_tables():
    more = {"id": "papers", "name": "The papers"}
    found = tables.add(
        situation(),
        tables.observations_from([ROW, {**ROW, "source": "papers", "value": "false"}]),
        tables.sources_from([more]),
    )
    assert found.added == 3
    assert [one.source for one in found.scenario.observations] == ["wire", "papers"]
    assert found.kept == found.scenario


def test_what_does_not_fit_is_said_by_row_and_column_and_nothing_is_added():
    rows = [{**ROW, "fact": "calmm"}, ROW, {**ROW, "value": "3"}, {**ROW, "value": "maybe"}]
    rows += [{**ROW, "id": "o1"}, {**ROW, "id": "o2", "corrects": "o1", "fact": "men"}]
    before = situation().with_observations(tables.observations_from([ROW]).records)
    found = tables.add(before, tables.observations_from(rows, source="reports.csv"))
    assert [one.path for one in found.problems][:3] == [
        "row 5, value",
        "row 2, fact",
        "row 4, value",
    ]
    assert "did you mean 'calm'?" in found.problems[1].what
    with pytest.raises(DocumentError, match="problems in"):
        found.scenario  # noqa: B018 - to ask is the test
    assert [one.id for one in found.kept.observations] == [None, None, "o1"]
    assert found.added == 2


def test_an_id_that_is_there_already_is_said_at_its_row():
    parties = [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}]
    sources = [{"id": "wire", "name": "Another wire"}]
    found = tables.add(
        situation(),
        tables.sources_from(sources, source="sources.csv"),
        tables.parties_from(parties, source="parties.csv"),
    )
    assert [one.path for one in found.problems] == ["parties.csv, row 2", "sources.csv, row 2"]
    assert [one.id for one in found.kept.parties] == ["north", "south"]


def test_rows_that_rest_on_skipped_rows_are_skipped_too():
    rows = [{**ROW, "id": "o1", "fact": "men"}, {**ROW, "id": "o2", "corrects": "o1"}]
    found = tables.add(situation(), tables.observations_from(rows))
    assert found.added == 0
    assert {one.path.partition(",")[0] for one in found.problems} == {"row 2", "row 3"}


# The command line


def files(tmp_path, *rows):
    dump(situation(), tmp_path / "truce.yaml")
    tables.write_csv(rows, tmp_path / "reports.csv")
    return [str(tmp_path / name) for name in ("truce.yaml", "reports.csv", "out.yaml")]


def test_reports_are_added_on_the_command_line(tmp_path, capsys):
    truce, reports, out = files(tmp_path, {**ROW, "mine": "x", "on": "2031-05-06"}, ROW)
    words = ["add", truce, "--observations", reports, "-o", out, "--column", "mine="]
    assert main([*words, "--column", "on=reported"]) == 0
    assert capsys.readouterr().out == f"{out}: 2 records added, 0 problems\n"
    assert [str(one.reported) for one in load(out).observations] == ["2031-05-06", "2031-05-04"]


def test_nothing_is_written_unless_all_is_right_or_errors_are_skipped(tmp_path, capsys):
    truce, reports, out = files(tmp_path, ROW, {**ROW, "fact": "storm"})
    words = ["add", truce, "--observations", reports, "-o", out]
    assert main(words) == 1
    assert "row 3, fact: no fact 'storm'" in capsys.readouterr().err
    assert not (tmp_path / "out.yaml").exists()
    assert main([*words, "--skip"]) == 0
    assert capsys.readouterr().err.startswith("skipped: row 3, fact: no fact 'storm'")
    assert len(load(out).observations) == 1


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ((), "nothing to add; give --parties, --sources, --statements, --observations"),
        (("--column", "day"), "--column takes NAME=MEANING, got 'day'"),
    ],
)
def test_words_that_say_nothing_are_refused(tmp_path, capsys, words, what):
    truce, _, out = files(tmp_path, ROW)
    assert main(["add", truce, "-o", out, *words]) == 1
    assert what in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["observations", "statements", "sources", "parties"])
def test_a_template_has_the_columns_and_is_no_record(tmp_path, capsys, kind):
    path = tmp_path / "table.csv"
    assert main(["template", str(path), "--kind", kind]) == 0
    assert "each row needs" in capsys.readouterr().out
    assert tables.read_csv(path) == []
    header = path.read_text(encoding="utf-8").strip().split(",")
    kinds = {"observations": Observation, "statements": Statement, "sources": Source}
    names = tables.column_names(kinds.get(kind, Party))
    assert [name.replace(".iso3166", ".*") for name in header] == list(names)
    assert main(["template", str(path)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither these links nor these modes")
def test_a_killed_writer_leaves_no_template_and_what_leads_nowhere_is_there_already(
    tmp_path, capsys
):
    path = tmp_path / "table.csv"
    program = """
import os, sys
from ceasefire_model.__main__ import main
os.fsync = lambda handle: os._exit(9)
main(["template", sys.argv[1]])
"""
    assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == 9
    assert not path.exists()
    path.symlink_to("nowhere.csv")
    assert main(["template", str(path)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_rows_of_results_make_frames():
    polars = pytest.importorskip("polars")
    made = tables.frame([{"a": 1}, {"b": "x", "a": None}], "polars")
    assert made.equals(polars.DataFrame({"a": [1, None], "b": [None, "x"]}))
