"""The report: all of a situation on one page that asks for nothing from elsewhere."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from ceasefire_model import ModelError, Proposal, Scenario, Trust, UnknownIdError, report
from ceasefire_model.display.answers import as_document
from ceasefire_model.rules import PerformanceKind
from tests.display.test_html import CASE, EVIL
from tests.display.test_markup import HOSTILE
from tests.rules.test_assessment import DAY, SCENARIO

WHOLE = report(CASE, as_of="2025-03-13")


class Document(HTMLParser):
    """Reads a whole page: what is loaded, what would run, and whether tags are in order."""

    VOID = frozenset({"meta", "br", "wbr"})

    def __init__(self, written):
        super().__init__()
        self.open, self.tags, self.attributes, self.ids, self.titles = [], [], [], [], []
        self.text = ""
        self.feed(written)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for key, value in attrs if key == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for key, value in attrs if key == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if self.open[-1:] in (["h1"], ["h2"]):
            self.titles.append(data)


def test_a_report_has_all_of_it_in_the_order_of_a_reader():
    titles = Document(WHOLE.to_html()).titles
    assert titles == [
        CASE.title,
        "In short",
        "Who accepts what",
        "U.S. 30-day ceasefire proposal",
        "Open questions",
        "What became of each clause",
        "What waits for each other",
        "Pictures",
        "What each text settles, and what not",
        "What the words mean",
        "Sources: who reports",
    ]
    said = "not in force because Russia accepted in principle (13 March 2025), and of its 14"
    assert said in " ".join(str(WHOLE).split())


@pytest.mark.parametrize("found", [WHOLE, report(EVIL, as_of="2025-03-02")])
def test_a_page_loads_nothing_runs_nothing_and_names_each_part_once(found):
    page = Document(found.to_html())
    assert not {"script", "link", "img", "iframe", "object", "use", "image"} & {
        tag for tag in page.tags if tag != "use"
    }
    for key, value in page.attributes:
        assert not key.startswith("on")
        if key in {"href", "src", "xlink:href"}:
            assert value.startswith("#")
    assert "@import" not in found.to_html()
    assert not re.search(r"url\((?!#)", found.to_html())
    assert len(page.ids) == len(set(page.ids))


def test_its_pictures_are_well_formed_and_take_the_ink_of_the_page():
    drawings = re.findall(r"<svg.*?</svg>", WHOLE.to_html(), re.DOTALL)
    assert len(drawings) == 1  # no time has passed, so nothing became of the clauses
    for drawing in drawings:
        ET.fromstring(drawing)  # noqa: S314 - it is ours
        assert "currentColor" in drawing
        assert "#010203" not in drawing
    later = report(SCENARIO, "plan", as_of="2025-04-09", dates=["2025-03-01", "2025-04-09"])
    assert later.to_html().count("<svg") == 3


def test_each_text_is_on_the_page_or_only_the_one_that_is_asked_for():
    both = report(SCENARIO, as_of="2025-03-02")
    assert [each.assessment.proposal.id for each in both.texts] == ["plan", "past"]
    one = report(SCENARIO, "past", as_of="2025-03-02")
    assert "Part of" not in str(one)
    assert [each.assessment.proposal.id for each in one.texts] == ["past"]
    with pytest.raises(UnknownIdError, match="no proposal 'pas'"):
        report(SCENARIO, "pas", as_of="2025-03-02")


def test_what_nobody_could_ask_is_said_in_its_place():
    late = report(SCENARIO, as_of=DAY, known_by="2025-03-05", trust=Trust.of_party("B"))
    assert "packages start from what was known at the time judged" in str(late)
    assert "as the sources that speak for Belmora have it" in str(late)
    empty = report(Scenario(title="Nothing"), as_of=DAY)
    assert str(empty) == (
        "Nothing\nThis page says how texts and reports stand to each other, each with its source. "
        "It takes no side,\nasserts nothing itself, and is no advice.\n\n"
        "What waits for each other\n  No deadlocks"
    )


@pytest.mark.parametrize(("module", "extra"), [("clingo", "analysis"), ("matplotlib", "notebook")])
def test_without_an_extra_the_rest_is_there(module, extra, monkeypatch):
    for name in [*sys.modules]:
        if name.startswith("ceasefire_model.display.plots"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    text = str(report(CASE, as_of="2025-03-13"))
    assert f"this needs the extra {extra!r}" in " ".join(text.split())
    assert "Russia accepts" in text


def test_the_dates_of_the_clauses_are_those_on_which_something_fell_due():
    late = report(SCENARIO, "plan", as_of="2025-05-01")
    assert [each.text for each in late.table.dates] == ["2025-04-01", "2025-05-01"]


@pytest.mark.parametrize("name", ["x.html", "x.md", "x.TXT"])
def test_a_report_is_saved_as_what_its_name_says(name, tmp_path):
    evil = report(EVIL, "plan", as_of="2025-03-02")
    evil.save(tmp_path / name)
    written = (tmp_path / name).read_text("utf-8")
    assert EVIL.title.partition(HOSTILE)[0] in written
    with pytest.raises(ModelError, match=r"named .html, .md or .txt, got 'x.pdf'"):
        evil.save(tmp_path / "x.pdf")


def test_a_report_names_no_place_of_a_document_and_says_what_its_words_mean():
    assert "$." not in str(WHOLE)
    said = " ".join(str(WHOLE).split())
    assert "… not owed the clause does not bind, or not yet" in said
    for kind in PerformanceKind:  # any of them may stand in the picture of what was before
        assert f" {kind.value} " in said
    assert "official Russia F, cannot be judged" in said
    assert "F, cannot be judged" in said


def test_each_clause_has_its_reports_and_a_text_what_became_of_its_clauses():
    text = " ".join(str(report(SCENARIO, "plan", as_of="2025-04-09")).split())
    assert "its clauses: " in text
    _, full = text.split("Clauses in full")
    assert "a vote is held The Wire: no · 1 March 2025 (p. 1)" in full


def test_any_answer_can_be_a_page_of_its_own():
    assert "<title>" in as_document(WHOLE.texts[0].assessment)
    assert "<title>ceasefire_model</title>" in as_document(WHOLE.texts[0].assessment.finding)
    assert Document(as_document(CASE)).titles[0] == CASE.title
    assert "<title>Only</title>" in as_document(
        report(Scenario(title="Only", proposals=[Proposal(id="p", title="P")]), as_of=DAY)
    )


def test_a_notebook_shows_it():
    assert "Who accepts what" in WHOLE._repr_html_()
