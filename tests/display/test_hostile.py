"""Hostile words in every text of a scenario, in every answer, through every writer: nothing acts.

Each field holds all of them at once, and each of them begins a field once, since some act only
where a line or a cell begins.
"""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from ceasefire_model import assess, report, table
from ceasefire_model.display import plots
from ceasefire_model.display.answers import (
    as_document,
    as_html,
    as_json,
    as_markdown,
    as_text,
    rows_of,
)
from ceasefire_model.display.data import csv_of
from tests.display.test_html import RICH, all_answers, hostile
from tests.display.test_markup import ATTRIBUTES, TAGS, Reader
from tests.display.test_mermaid import drawn
from tests.display.test_report import Document
from tests.display.test_writers import HOSTILE_TEXTS
from tests.examples import at_most
from tests.rules.test_assessment import DAY

CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
ON_PAGES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
FIRST = "{words} {old}"
LATER = {"as_of": "2025-03-04"}


def beginning_with(place: int) -> str:
    return " ".join([*HOSTILE_TEXTS[place:], *HOSTILE_TEXTS[:place]])


@cache
def answers(words: str) -> dict[str, object]:
    told = hostile(RICH, FIRST, words)
    return {
        **all_answers(told, FIRST, words),
        "table": table(told, dates=[DAY, "2025-03-04"]),
        "report": report(told, **LATER),
    }


EVIL = hostile(RICH, FIRST, beginning_with(0))
ANSWERS = answers(beginning_with(0))


def nothing_acts_in_text(answer):
    assert not CONTROLS.search(as_text(answer).replace("\n", ""))


def nothing_acts_in_html(answer):
    assert not ON_PAGES.search(as_html(answer))
    piece = Reader(as_html(answer))
    assert set(piece.tags) <= TAGS
    assert {key for key, _ in piece.attributes} <= ATTRIBUTES


def nothing_acts_in_a_document(answer):
    page = Document(as_document(answer))
    assert not {"script", "img", "iframe", "object", "link", "base", "form"} & set(page.tags)
    for key, value in page.attributes:
        assert not key.startswith("on")
        assert key not in {"href", "src", "xlink:href"} or value.startswith("#")


def nothing_acts_in_markdown(answer):
    written = as_markdown(answer)
    assert not CONTROLS.search(written.replace("\n", ""))
    assert "](" not in written
    assert "://" not in written
    assert not re.search(r"<(?!br>|!--|/?details|/?summary)", written)


def nothing_acts_in_json(answer):
    written = as_json(answer)
    assert written.isascii()
    assert not CONTROLS.search(written.replace("\n", ""))
    assert json.loads(written)["answer"] == type(answer).__name__


def nothing_acts_in_a_spreadsheet(answer):
    written = csv_of(rows_of(answer) or [])
    for row in csv.DictReader(StringIO(written)):
        for name, cell in row.items():
            is_number = re.fullmatch(r"-?[\d.e-]+", cell)
            assert is_number or not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")), name
    assert not CONTROLS.search(written.replace("\n", ""))


WRITERS = [
    nothing_acts_in_text,
    nothing_acts_in_html,
    nothing_acts_in_a_document,
    nothing_acts_in_markdown,
    nothing_acts_in_json,
    nothing_acts_in_a_spreadsheet,
]


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "condition"])
def test_nothing_acts_in_any_answer(name):
    for writer in WRITERS:
        if not (name == "report" and writer is nothing_acts_in_html):  # it holds our drawings
            writer(ANSWERS[name])


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "condition"])
def test_no_text_adds_a_line(name):
    evil, tame = (as_text(each[name], width=10**6) for each in (ANSWERS, answers("some words")))
    assert len(evil.splitlines()) == len(tame.splitlines())
    rows = [csv_of(rows_of(each[name]) or []) for each in (ANSWERS, answers("some words"))]
    assert len(rows[0].splitlines()) == len(rows[1].splitlines())
    pages = [as_markdown(each[name]) for each in (ANSWERS, answers("some words"))]
    assert len(pages[0].splitlines()) == len(pages[1].splitlines())


SIGNS = st.sampled_from(
    "\n\r\t\x00\x0b\x0c\x1b\x1c\x85\x9b\u061c\u200e\u200f\u2028\u2029\u202e\u2066\ud800"
)


@settings(max_examples=at_most(40))
@given(st.text(SIGNS | st.sampled_from("a= -|#<") | st.characters(), min_size=1, max_size=20))
def test_no_text_at_all_adds_a_line_or_acts(words):
    def written(words):
        told = hostile(RICH, "so {words} {old}", words)
        seen = table(told, dates=[DAY])
        forms = (told, told.proposals[0], assess(told, "plan", as_of=DAY), seen)
        found = [as_text(each, width=10**6) for each in forms]
        return [*found, *map(as_markdown, forms), csv_of(seen.to_rows())]

    for evil, tame in zip(written(words), written("some words"), strict=True):
        assert not CONTROLS.search(evil.replace("\n", ""))
        assert len(evil.splitlines()) == len(tame.splitlines())


def test_the_reason_of_a_finding_is_one_line():
    for each in ANSWERS["assessment"].finding.walk():
        assert not CONTROLS.search(each.why)
        assert len(each.why.splitlines()) == 1


@pytest.mark.parametrize("place", range(1, len(HOSTILE_TEXTS)))
def test_nothing_acts_whatever_a_text_begins_with(place):
    evil = hostile(RICH, FIRST, beginning_with(place))
    for answer in (evil, table(evil, dates=[DAY])):
        for writer in WRITERS:
            writer(answer)


@pytest.mark.parametrize("name", ["condition", "finding", "deadlock"])
def test_nothing_acts_in_a_diagram(name):
    found = ANSWERS["deadlocks"][0] if name == "deadlock" else ANSWERS[name]
    source = found.to_mermaid()
    assert drawn(source)
    assert "```" not in source
    assert not CONTROLS.search(source.replace("\n", ""))


def test_nothing_acts_in_a_picture():
    assessment = ANSWERS["assessment"]
    span = {"start": DAY, "end": "2025-03-04"}
    for axes in (
        plots.timelines(EVIL, **span),
        plots.record(EVIL, **span),
        plots.demands(assessment),
        plots.dependencies(assessment),
        plots.condition_tree(assessment.finding, rows=10),
        plots.packages(ANSWERS["packages"]),
        plots.importance(ANSWERS["importances"]),
    ):
        drawn_as = plots.to_svg(axes)
        assert not CONTROLS.search(drawn_as.replace("\n", ""))
        page = Document(drawn_as.partition("?>")[2])
        plt.close("all")
        assert not {"script", "img", "a", "image", "foreignobject"} & set(page.tags)
        assert not any(key.startswith("on") for key, _ in page.attributes)
