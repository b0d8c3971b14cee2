"""The command line."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from ceasefire_model import Party, Scenario, assess, completeness, dump, load_case
from ceasefire_model.__main__ import main

CASE = "us-30-day-2025"


def test_a_case_is_assessed_as_in_python(capsys):
    assert main(["assess", CASE, "--as-of", "2025-03-13"]) == 0
    assert capsys.readouterr().out.strip() == str(assess(load_case(CASE), as_of="2025-03-13"))


def test_without_a_day_the_latest_report_is_taken(capsys):
    assert main(["assess", CASE]) == 0
    assert "as of 13 March 2025" in capsys.readouterr().out


def test_a_file_is_assessed_and_checked(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    dump(load_case(CASE), path)
    assert main(["assess", str(path), "--party", "UA", "--known-by", "2025-03-14"]) == 0
    assert "as the sources that speak for Ukraine have it" in capsys.readouterr().out
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: {load_case(CASE).title}: no problem\n"


def test_a_document_without_problems_is_an_empty_list_for_machines(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    dump(load_case(CASE), path)
    assert main(["check", "--format", "json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("more", [[], ["--proposal", "us-30-day"]])
def test_what_a_text_settles_is_said_as_in_python(more, capsys):
    assert main(["completeness", CASE, *more]) == 0
    assert capsys.readouterr().out.strip() == str(completeness(load_case(CASE)))


def test_the_schema_is_printed(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        ("UA:us-30-day", "✓ met"),
        ("us-30-day", "✗ not met"),
        ("ru-election", "✗ not met"),
        ("cessation", "✗ not met"),
    ],
)
def test_a_timeline_is_asked_for_by_id(record, verdict, capsys):
    days = ["--start", "2025-03-13", "--end", "2025-03-14", "--known-by", "2025-03-14"]
    assert main(["timeline", CASE, record, *days]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split() == f"13 March 2025 14 March 2025 {verdict} 2 days".split()


def test_a_timeline_runs_by_default_from_the_earliest_date_to_the_latest_report(capsys):
    assert main(["timeline", CASE, "RU:us-30-day"]) == 0
    *_, first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("1 January 1989  12 March 2025")
    assert last.split()[-5:-2] == ["✗", "not", "met"]


def test_the_cases_are_listed(capsys):
    assert main(["cases"]) == 0
    assert CASE in capsys.readouterr().out


def test_problems_are_printed_and_give_status_one(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text("format: ceasefire-model/1\ntitle: x\nparties: {A: {nam: B}}\n", "utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{path}:3:15 at $.parties.A.nam: " in capsys.readouterr().out
    assert main(["check", "--format", "json", str(path)]) == 1
    (row, *_) = json.loads(capsys.readouterr().out)
    assert (row["file"], row["line"], row["column"]) == (str(path), 3, 15)
    assert main(["assess", str(path)]) == 1
    assert "$.parties.A" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    dump(load_case(CASE), path)
    assert main(["check", "missing.yaml", str(path)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == "missing.yaml:1:1 at $: cannot be opened: No such file or directory"
    assert second == f"{path}: {load_case(CASE).title}: no problem"


def test_an_explanation_says_what_locks_what_clashes_and_what_would_do(capsys):
    assert main(["explain", CASE]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0].split() == ["1", "deadlock", "as", "of", "13", "March", "2025"]
    assert "No contradictions  " in text
    assert "What would meet this: " in text
    assert "- Russia: accepts, as its final word: U.S. 30-day ceasefire proposal" in text
    assert "No meaning has been named, so no package meets" in text
    assert max(map(len, text.splitlines())) <= 100


def test_an_explanation_can_be_of_one_proposal_through_one_partys_eyes(capsys):
    assert main(["explain", CASE, "--proposal", "us-30-day", "--party", "UA"]) == 0
    assert "No deadlocks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["assess", "us-30-day-2024"], "did you mean 'us-30-day-2025'?"),
        (["assess", CASE, "--as-of", "2025-13-01"], "no such day or hour in '2025-13-01'"),
        (["assess", CASE, "--proposal", "x"], "no proposal 'x'"),
        (["assess", CASE, "--party", "XX"], "no party 'XX'"),
        (["assess", "."], "."),
        (["explain", CASE, "--proposal", "x"], "no proposal or provision 'x'"),
        (["explain", CASE, "--limit", "0"], "limit must be 1 or more, got 0"),
        (["completeness", CASE, "--proposal", "x"], "no proposal 'x'"),
        (["completeness", "us-30-day-2024"], "did you mean 'us-30-day-2025'?"),
        (["timeline", CASE, "ru-elections"], "did you mean 'ru-election'?"),
        (["timeline", CASE, "XX:us-30-day"], "no party 'XX'"),
    ],
)
def test_a_mistake_gives_one_clear_message(arguments, message, capsys):
    assert main(arguments) == 1
    assert message in capsys.readouterr().err


def test_a_scenario_without_reports_needs_a_day(tmp_path, capsys):
    path = tmp_path / "empty.yaml"
    dump(Scenario(title="empty", parties=[Party(id="A", name="A")]), path)
    assert main(["assess", str(path)]) == 1
    assert "give --as-of" in capsys.readouterr().err
    assert main(["timeline", str(path), "A:B"]) == 1
    assert "give --start" in capsys.readouterr().err


def test_the_module_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "ceasefire_model", "cases"],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert CASE in done.stdout


def test_a_reader_who_stops_reading_is_no_error():
    program = [sys.executable, "-m", "ceasefire_model", "schema"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_one_clause_is_shown_with_what_it_rests_on(capsys):
    assert main(["assess", "aceh-mou-2005", "--provision", "arms", "--as-of", "2005-12-31"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("✓ met")
    assert "; due" in text.splitlines()[1] + text.splitlines()[0]
    assert "840 arms" in text
    assert main(["assess", "aceh-mou-2005", "--provision", "army"]) == 1
    assert "no provision 'army' in this scenario; did you mean 'arms'?" in capsys.readouterr().err


def test_the_texts_of_a_case_are_listed_where_it_has_more_than_one(capsys):
    assert main(["cases"]) == 0
    text = capsys.readouterr().out
    assert "texts: minsk-ii, steinmeier-formula" in text
    assert "us-30-day\n" not in text


def test_the_version_is_that_of_the_distribution(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.strip() == version("ceasefire-model")
