"""The command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from importlib.metadata import version
from threading import Thread
from types import SimpleNamespace

import pytest

from ceasefire_model import (
    Act,
    Party,
    Scenario,
    assess,
    case_names,
    completeness,
    dump,
    load,
    load_case,
)
from ceasefire_model.__main__ import main
from ceasefire_model.display.data import FORMAT

CASE = "us-30-day-2025"
PROBLEMS = "ceasefire-model-problems/1"


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
    assert json.loads(capsys.readouterr().out) == {"format": PROBLEMS, "problems": []}


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
        ("cessation", "… pending"),
    ],
)
def test_a_timeline_is_asked_for_by_id(record, verdict, capsys):
    days = ["--start", "2025-03-13", "--end", "2025-03-14", "--known-by", "2025-03-14"]
    assert main(["timeline", CASE, record, *days]) == 0
    *_, last, blank, known = capsys.readouterr().out.splitlines()
    assert last.split() == f"13 March 2025 14 March 2025 {verdict} 2 days".split()
    assert (blank, known) == ("", "known by 14 March 2025")


def test_a_timeline_begins_by_default_where_something_is_known(capsys):
    assert main(["timeline", CASE, "RU:us-30-day"]) == 0  # of which one report speaks of 1989
    (last, *_) = capsys.readouterr().out.splitlines()[3:]
    assert last.startswith("13 March 2025  13 March 2025  ✗ not met")
    assert main(["timeline", CASE, "nato-enlarging"]) == 0
    assert "31 December 1989" in capsys.readouterr().out


def test_a_fact_is_asked_wherever_ids_are_and_a_number_is_refused(capsys):
    assert main(["timeline", CASE, "election"]) == 0
    assert main(["table", CASE, "election", "ru-share-luhansk"]) == 0
    assert "98 % to 99.5 %" in capsys.readouterr().out
    assert main(["timeline", CASE, "ru-share-luhansk"]) == 1
    assert "'ru-share-luhansk' is a number" in capsys.readouterr().err


def test_the_cases_are_listed(capsys):
    assert main(["cases"]) == 0
    assert CASE in capsys.readouterr().out


def test_problems_are_printed_and_give_status_one(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text("format: ceasefire-model/1\ntitle: x\nparties: {A: {nam: B}}\n", "utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{path}:3:15 at $.parties.A.nam: " in capsys.readouterr().out
    assert main(["check", "--format", "json", str(path)]) == 1
    (row, *_) = json.loads(capsys.readouterr().out)["problems"]
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
    assert "Nobody has said what these demands mean" in text
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
    assert main(["timeline", str(path), "A:B", "--end", "2025-01-01"]) == 1
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


def test_the_texts_of_each_case_are_listed_in_any_form(capsys):
    assert main(["cases", "--format", "json"]) == 0
    rows = {row["case"]: row["texts"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["minsk-ii-2015"].startswith("minsk-ii, steinmeier-formula, ")
    assert rows[CASE] == "us-30-day"
    assert main(["cases", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("case,title,texts\naceh-mou-2005,")


def test_the_version_is_that_of_the_distribution(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.strip() == version("ceasefire-model")


# Forms


COMMANDS = [
    ["assess", CASE, "--as-of", "2025-03-13"],
    ["assess", CASE, "--as-of", "2025-03-13", "--provision", "cessation"],
    ["explain", CASE],
    ["timeline", CASE, "UA:us-30-day"],
    ["table", CASE, "--dates", "2025-03-12", "2025-03-13"],
    ["completeness", CASE],
    ["report", CASE],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_every_form(command, capsys):
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    for answer in found if isinstance(found, list) else [found]:
        assert answer["format"] == FORMAT
        assert set(answer) == {"format", "answer", "rows", "page"}
    assert main([*command, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert main([*command, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.strip()


def test_a_table_is_written_as_csv_under_the_names_of_the_user(tmp_path, capsys):
    path = tmp_path / "rows.csv"
    path.write_text("my row,cessation\n\nanother, RU:us-30-day\n", encoding="utf-8")
    days = ["--dates", "2025-03-13", "--format", "csv"]
    assert main(["table", CASE, "--map", str(path), *days]) == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert head == "label,id,statement,party,date,verdict,word"
    assert first.startswith("my row,cessation,")
    assert second.startswith("another,RU:us-30-day,")
    path.write_text("one\n", encoding="utf-8")
    assert main(["table", CASE, "--map", str(path), *days]) == 1
    assert "rows.csv:1: a row is a name and an id, got ['one']" in capsys.readouterr().err


@pytest.mark.filterwarnings("default")
def test_what_a_file_could_not_keep_is_said_where_errors_are(tmp_path, capsys):
    path, rows = tmp_path / "out.yaml", tmp_path / "parties.csv"
    dump(load_case(CASE), path)
    rows.write_text("id,name\nsel,Selonia\n", encoding="utf-8")
    (tmp_path / "twin.yaml").hardlink_to(path)
    assert main(["add", str(path), "--parties", str(rows), "-o", str(path)]) == 0
    said = (
        f"ceasefire-model: warning: '{path}' is written, but could not keep its other names (1), "
    )
    assert capsys.readouterr().err.startswith(said)
    assert len(load(path).parties) == len(load_case(CASE).parties) + 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_that_nobody_reads_to_its_end_is_an_error_that_names_it(tmp_path, capsys):
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    reader = Thread(target=lambda: pipe.open("rb").close(), daemon=True)
    reader.start()
    assert main(["report", CASE, "--html", str(pipe)]) == 1
    reader.join(10)
    assert str(pipe) in capsys.readouterr().err


def test_a_report_is_written_to_files(tmp_path, capsys):
    page, notes = tmp_path / "out.html", tmp_path / "out.md"
    assert main(["report", CASE, "--html", str(page), "--markdown", str(notes)]) == 0
    assert capsys.readouterr().out == ""
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert notes.read_text("utf-8").startswith("# U.S. 30-day")


def test_a_clause_says_what_it_waits_for_as_the_long_report_does(capsys):
    asked = ["assess", "colombia-farc-2016", "--proposal", "agreement"]
    assert main([*asked, "--provision", "amnesty"]) == 0
    assert "waits for" in capsys.readouterr().out


# Documents from anywhere, to anywhere


def test_a_minus_reads_standard_input(tmp_path, capsys, monkeypatch):
    path = tmp_path / "mine.yaml"
    dump(load_case(CASE), path)
    for command in (["check"], ["assess"]):
        with path.open("rb") as file:
            monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=file))
            assert main([*command, "-"]) == 0
    assert load_case(CASE).title in capsys.readouterr().out


def test_a_file_over_the_limit_is_refused_at_once(tmp_path, capsys):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"format: ceasefire-model/1\ntitle: " + b"x" * 20_000_000)
    begin = time.perf_counter()
    assert main(["assess", str(path)]) == 1
    assert time.perf_counter() - begin < 2
    assert "8,000,000" in capsys.readouterr().err.replace("8000000", "8,000,000")


def test_what_a_document_holds_repaints_no_terminal(tmp_path, capsys):
    title = "\x1b[2J\x9b31mred\x07\u202e"
    evil = Scenario(title=title, parties=[Party(id="A", name=title)])
    path = tmp_path / "\x1b[31m.yaml"
    dump(evil, path)
    broken = tmp_path / "broken.yaml"
    broken.write_text('format: ceasefire-model/1\ntitle: x\nparties: {"\\e[31m": 1}\n', "utf-8")
    for command in (
        ["check", str(path), str(broken)],
        ["assess", str(path)],
        ["assess", str(broken)],
        ["assess", "\x1b[31m"],
        ["report", str(path), "--as-of", "2025-01-01"],
    ):
        main(command)
        found = capsys.readouterr()
        assert not set(found.out + found.err) & set("\x1b\x9b\x07\u202e")


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x0b", "\x85", "\u2028"])
def test_what_a_document_holds_forges_no_line(tmp_path, capsys, sign):
    path, broken = tmp_path / "sound.yaml", tmp_path / "broken.json"
    forged = f"x{sign}valley.yaml: Valley: no problem"
    dump(Scenario(title=forged, facts=[Act(id="idle", text="x")], parties=[]), path)
    broken.write_text(json.dumps({"format": "ceasefire-model/1", "title": "x", forged: 1}), "utf-8")
    rows = tmp_path / "rows.csv"
    rows.write_text(f'id,name,"{forged}"\nsel,Selonia,1\n', encoding="utf-8")
    for count, command in (
        (1, ["check", str(path)]),
        (1, ["check", str(broken)]),
        (2, ["assess", str(broken)]),
        (2, ["add", str(path), "--parties", str(rows), "-o", str(path)]),
    ):
        main(command)
        found = capsys.readouterr()
        assert len((found.out + found.err).splitlines()) == count, command


def test_any_code_page_takes_the_answer():
    for encoding in ("ascii", "cp1252", "cp437"):
        done = subprocess.run(
            [sys.executable, "-m", "ceasefire_model", "assess", CASE],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert b"not met" in done.stdout
        assert done.stderr == b""


def colours(monkeypatch, *, columns=80, **environment):
    """Assess a case on a terminal."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((columns, 24)))
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["assess", CASE]) == 0


@pytest.mark.parametrize("columns", [60, 80, 120, 500])
def test_a_terminal_has_its_width_and_colours(columns, monkeypatch, capsys):
    colours(monkeypatch, columns=columns)
    written = capsys.readouterr().out
    assert "\x1b[31m✗ not met\x1b[0m" in written
    plain = re.sub(r"\x1b\[\d+m", "", written)
    widest = max(map(len, plain.splitlines()))
    assert min(columns, 120) - 15 < widest <= min(columns, 120)


@pytest.mark.parametrize("environment", [{"NO_COLOR": ""}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(environment, monkeypatch, capsys):
    colours(monkeypatch, **environment)
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["assess", "explain", "timeline", "table", "report", "check"])
def test_every_help_has_examples_and_says_what_a_status_means(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert f"examples:\n  ceasefire-model {command} " in text
    assert "exit status:\n  0  all went well" in text


def test_what_is_typed_is_completed_where_argcomplete_is_installed(monkeypatch):
    asked = []
    made = SimpleNamespace(autocomplete=asked.append)
    monkeypatch.setitem(sys.modules, "argcomplete", made)
    assert main(["schema"]) == 0
    assert [parser.prog for parser in asked] == ["ceasefire-model"]
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert main(["schema"]) == 0


def test_the_longest_assessment_says_all_but_why_in_eighty_lines(capsys):
    for name in case_names():
        for text in load_case(name).proposals:
            assert main(["assess", name, "--proposal", text.id]) == 0
            lines = capsys.readouterr().out.splitlines()
            assert lines.index("Why") <= 80


def test_whom_to_hear_is_chosen_on_the_command_line(capsys):
    def shown(*options):
        assert main(["assess", "us-30-day-2025", *options]) == 0
        return capsys.readouterr().out

    everybody = shown()
    named = ["--only", load_case("us-30-day-2025").sources[0].id]
    heard = [shown(*options) for options in (named, ["--without", named[1]])]
    assert everybody not in heard
    assert heard[0] != heard[1]
    assert shown("--reliable")
    assert shown("--within-days", "5000") == everybody


def test_strict_checking_makes_warnings_problems(tmp_path, capsys):
    path = tmp_path / "idle.yaml"
    path.write_text(
        "format: ceasefire-model/1\ntitle: Idle\nfacts: {idle: {act: something is done}}\n",
        encoding="utf-8",
    )
    assert main(["check", str(path)]) == 0
    said = capsys.readouterr().out
    assert f"{path}: warning: $.facts.idle" in said
    assert "nothing asks about it" in said
    assert main(["check", "--strict", str(path)]) == 1
    assert main(["check", "--strict", "--format", "json", str(path)]) == 1
    assert "$.facts.idle" in capsys.readouterr().out
