"""Files: how they are named, encoded, bounded and replaced."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ceasefire_model.cases import case_names, load_case
from ceasefire_model.documents import Limits, dump, dumps, load, loads, schema
from ceasefire_model.errors import DocumentError, ModelError, Problem, UnknownIdError
from ceasefire_model.scenarios import Scenario

TRUCE = Path(__file__).with_name("truce.yaml")
SCENARIO = load(TRUCE)


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.json", "A.YAML", "a.b.Json"])
def test_what_is_dumped_is_loaded(tmp_path, name):
    dump(SCENARIO, tmp_path / name)
    dump(SCENARIO, str(tmp_path / name))
    assert load(tmp_path / name) == load(str(tmp_path / name)) == SCENARIO
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_name_says_in_which_syntax_is_written(tmp_path):
    dump(SCENARIO, tmp_path / "a.json")
    dump(SCENARIO, tmp_path / "a.yml")
    assert (tmp_path / "a.json").read_text("utf-8") == dumps(SCENARIO, syntax="json")
    assert (tmp_path / "a.yml").read_text("utf-8") == dumps(SCENARIO)


def test_the_text_says_in_which_syntax_to_read_it(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(dumps(SCENARIO, syntax="json"), encoding="utf-8")
    assert load(path) == SCENARIO
    assert loads("\n \t" + path.read_text("utf-8")) == SCENARIO


@pytest.mark.parametrize("name", ["a", "a.txt", "a.yaml~", ".yaml"])
def test_a_name_that_does_not_say_the_syntax_is_refused(tmp_path, name):
    with pytest.raises(ModelError, match=rf"path is named .yaml, .yml or .json, got '{name}'"):
        dump(SCENARIO, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "a.yaml")
    with pytest.raises(FileNotFoundError):
        dump(SCENARIO, tmp_path / "b" / "a.yaml")


def problems_of(path, **options):
    with pytest.raises(DocumentError) as caught:
        load(path, **options)
    assert caught.value.source == str(path)
    return caught.value.problems


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (
            b"title: caf\xe9",
            Problem("$", "the byte 0xe9, which is no UTF-8; save the file as UTF-8", 1, 11),
        ),
        (
            b"a: \xc3\xa9\nb: \xff",
            Problem("$", "the byte 0xff, which is no UTF-8; save the file as UTF-8", 2, 4),
        ),
        ("a: b".encode("utf-16"), Problem("$", "UTF-16; save the file as UTF-8", 1, 1)),
        (
            "é: b".encode("utf-16-be"),
            Problem("$", "the byte 0xe9, which is no UTF-8; save the file as UTF-8", 1, 2),
        ),
    ],
)
def test_a_file_in_another_encoding_is_told_so(tmp_path, raw, problem):
    (tmp_path / "a.yaml").write_bytes(raw)
    assert problems_of(tmp_path / "a.yaml") == (problem,)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + dumps(SCENARIO).encode())
    assert load(tmp_path / "a.yaml") == SCENARIO
    assert loads("\ufeff" + dumps(SCENARIO, syntax="json")) == SCENARIO


def test_line_ends_of_other_systems_do_not_matter():
    assert loads(dumps(SCENARIO).replace("\n", "\r\n")) == SCENARIO


def test_a_file_of_too_many_bytes_is_not_read(tmp_path):
    dump(SCENARIO, tmp_path / "a.yaml")
    size = (tmp_path / "a.yaml").stat().st_size
    assert load(tmp_path / "a.yaml", limits=Limits(size=size)) == SCENARIO
    [problem] = problems_of(tmp_path / "a.yaml", limits=Limits(size=size - 1))
    assert problem.what == f"a text of {size} bytes; at most {size - 1} are read"


@pytest.mark.parametrize("name", ["size", "nodes", "depth", "length"])
def test_a_limit_leaves_room(name):
    with pytest.raises(ModelError, match=f"Limits.{name} must be 1 to .*, got 0"):
        Limits(**{name: 0})


def test_what_cannot_be_written_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "a.yaml"
    dump(SCENARIO, path)
    for name in ("a.yaml", "a.json"):
        with pytest.raises(ModelError, match="half of a character"):
            dump(Scenario(title="\ud800"), tmp_path / name)
    assert load(path) == SCENARIO
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(OSError):
        dump(SCENARIO, tmp_path / "a.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_crash_while_writing_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "a.yaml"
    dump(SCENARIO, path)
    program = """
import os, sys
from ceasefire_model.documents import dump, load
os.fsync = lambda handle: os._exit(9)
dump(load(sys.argv[1]), sys.argv[2])
"""
    command = [sys.executable, "-c", program, str(TRUCE), str(path)]
    assert subprocess.run(command, check=False).returncode == 9
    assert load(path) == SCENARIO


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither these links nor these modes")
def test_a_link_and_the_mode_of_a_file_are_kept(tmp_path):
    path = tmp_path / "a.yaml"
    dump(Scenario(title="old"), path)
    path.chmod(0o640)
    (tmp_path / "link.yaml").symlink_to(path)
    dump(SCENARIO, tmp_path / "link.yaml")
    assert (tmp_path / "link.yaml").is_symlink()
    assert load(path) == SCENARIO
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_reading_and_writing_is_imported_when_it_is_needed():
    program = """
import sys
import ceasefire_model.documents, ceasefire_model.cases
late = {"yaml", "cattrs", "json", "shutil", "importlib.resources"}
assert not late & set(sys.modules), late & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_bundled_case_is_read():
    assert "us-30-day-2025" in case_names()
    assert list(case_names()) == sorted(case_names())
    assert all(load_case(name).title for name in case_names())


def test_a_case_that_is_not_bundled_is_unknown():
    with pytest.raises(UnknownIdError) as caught:
        load_case("us-30-days")
    message = "no case 'us-30-days' in the bundled cases; did you mean 'us-30-day-2025'?"
    assert str(caught.value) == message


def test_the_schema_is_at_hand():
    assert schema()["required"] == ["format", "title"]
