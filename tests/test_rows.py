"""Every answer has rows, which are JSON on demand, and go to a data frame."""

import json
from datetime import datetime

import pytest

import ceasefire_model as cm
from ceasefire_model.errors import ModelError
from ceasefire_model.tables import frame

DAY = "2025-03-13"
CASE = cm.load_case("us-30-day-2025")
TODAY = cm.assess(CASE, as_of=DAY)
ANSWERS = {
    "assess": lambda: TODAY,
    "evaluate": lambda: TODAY.finding,
    "compare": lambda: cm.compare(cm.assess(CASE, as_of="2025-03-01"), TODAY),
    "timeline": lambda: cm.timeline(CASE, "election", start="2025-03-01", end=DAY),
    "deadlocks": lambda: cm.deadlocks(CASE, as_of=DAY),
    "contradictions": lambda: cm.contradictions(CASE, as_of=DAY),
    "packages": lambda: cm.packages(CASE, cm.Done("election"), as_of=DAY),
    "sequence": lambda: cm.sequence(CASE, "election", as_of=DAY),
    "importance": lambda: cm.importance(CASE, "election", {"election": 0.5}, as_of=DAY),
    "completeness": lambda: cm.completeness(CASE),
}


@pytest.mark.parametrize("verb", ANSWERS)
def test_plain_rows_are_json_and_say_the_same(verb):
    answer = ANSWERS[verb]()
    rows, plain = answer.to_rows(), answer.to_rows(plain=True)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain == [
        {
            name: cell.isoformat() if isinstance(cell, datetime) else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


@pytest.mark.parametrize("verb", ANSWERS)
def test_an_answer_can_be_run_through(verb):
    answer = ANSWERS[verb]()
    assert list(answer) == list(iter(answer))


def test_a_finding_has_a_row_for_itself_and_for_each_that_it_rests_on():
    rows = TODAY.finding.to_rows()
    assert rows[0]["verdict"] == TODAY.verdict.value
    assert len(rows) == len({row["address"] for row in rows}) > len(list(TODAY.finding))


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_an_answer_goes_to_a_frame_of_the_library_that_is_named(library):
    pytest.importorskip(library)
    table = TODAY.to_frame(library)
    assert type(table).__module__.partition(".")[0] == library
    assert len(table) == len(TODAY.to_rows())


def test_without_a_name_the_frame_is_of_a_library_that_is_installed(monkeypatch):
    pytest.importorskip("pandas")
    module = "ceasefire_model.tables.frames.find_spec"
    monkeypatch.setattr(module, lambda name: None if name == "polars" else name)
    assert type(TODAY.to_frame()).__module__.startswith("pandas")
    monkeypatch.setattr(module, lambda _: None)
    with pytest.raises(ModelError, match="no library is installed; a frame can be made"):
        TODAY.to_frame()


def test_a_library_that_is_not_known_is_refused():
    with pytest.raises(ModelError, match=r"there is no 'excel'; .* one of polars, pandas, pyarrow"):
        frame([], "excel")


def test_keys_are_offered_to_whoever_types_one():
    assert TODAY._ipython_key_completions_() == [each.party.id for each in TODAY.parties]
    found = cm.completeness(CASE)
    assert all(found[key].item.id == key for key in found._ipython_key_completions_())
