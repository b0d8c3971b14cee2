"""The page of promises: the tests that it names are there, and here are those of no other file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings

from ceasefire_model import Trust, assess, deadlocks, load_case, timeline
from ceasefire_model.documents import dumps, loads
from ceasefire_model.strategies import PARTIES, PROPOSALS, instants, scenarios
from tests.examples import at_most

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "what-you-can-rely-on.md"
CASE = "us-30-day-2025"

ANSWERS = """
import sys
from ceasefire_model import *
from ceasefire_model.display.answers import as_json

REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
WRITING = {"w", "a", "x", "+"}

def watch(event, given):
    is_writing = event == "open" and isinstance(given[1], str) and WRITING & set(given[1])
    if is_writing or event.startswith(REFUSED):
        raise PermissionError(event, given)

sys.addaudithook(watch)
case, day = load_case("us-30-day-2025"), "2025-03-13"
aceh = load_case("aceh-mou-2005")
for answer in (
    case,
    assess(case, as_of=day),
    deadlocks(case, as_of=day),
    contradictions(case, as_of=day),
    packages(case, InForce("us-30-day"), as_of=day, limit=3),
    completeness(case),
    table(aceh, dates=["2005-12-31"]),
):
    print(as_json(answer))
print(assess(case, as_of=day), dumps(case))
"""


def answers(seed: str) -> str:
    """Answer in a new process that may neither ask the network nor write nor start anything."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", ANSWERS]
    return subprocess.run(
        command, env=environment, capture_output=True, check=True, encoding="utf-8", cwd=ROOT
    ).stdout


@pytest.fixture(scope="module")
def answered() -> str:
    return answers("0")


def test_each_test_that_the_page_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > 20
    for path, name in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in source or f"class {name}" in source, (path, name)


def test_no_answer_asks_the_network_writes_a_file_or_starts_a_program(answered):
    assert "not met" in answered


@pytest.mark.skipif(not os.environ.get("CI"), reason="each seed takes a process of its own")
@pytest.mark.parametrize("seed", ["1", "2", "random"])
def test_answers_are_the_same_to_the_letter_whatever_the_hash_seed(answered, seed):
    assert answers(seed) == answered


def test_threads_that_share_a_scenario_get_the_answers_that_each_gets_alone():
    def ask(number: int) -> str:
        match number % 3:
            case 0:
                return str(assess(shared, as_of="2025-03-13"))
            case 1:
                return str(timeline(shared, "us-30-day", start="2025-03-10", end="2025-03-20"))
            case _:
                return str(deadlocks(shared, as_of="2025-03-13"))

    shared = load_case(CASE)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(ask, range(12)))
    shared = load_case(CASE)
    assert together == [ask(number) for number in range(3)] * 4


# No party is judged otherwise than another

ARVENIA, BELMORA = PARTIES[:2]
OTHER = {ARVENIA: BELMORA, BELMORA: ARVENIA}


def swapped(text: str) -> str:
    return re.sub(rf"\b({ARVENIA}|{BELMORA})\b", lambda found: OTHER[found[0]], text)


@settings(max_examples=at_most(40))
@given(scenarios(), instants())
def test_parties_that_change_places_change_their_verdicts_and_nothing_else(scenario, day):
    def rows(of, text, eyes):
        trust = None if eyes is None else Trust.of_party(eyes)
        found = assess(of, text, as_of=day, trust=trust).to_rows(plain=True)
        return [json.dumps(row, ensure_ascii=False) for row in found]

    other = loads(swapped(dumps(scenario, syntax="json")))
    for text, eyes in (*((text, None) for text in PROPOSALS), (PROPOSALS[0], ARVENIA)):
        as_other = rows(other, text, OTHER.get(eyes))
        assert sorted(map(swapped, rows(scenario, text, eyes))) == sorted(as_other)
