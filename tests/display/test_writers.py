"""Writers: what a block holds is there in each form, and a text is a text in all of them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import Verdict
from ceasefire_model.display.answers import as_html, as_json, as_markdown, as_text
from ceasefire_model.display.blocks import (
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Picture,
    Table,
    Tree,
)
from ceasefire_model.display.data import answer_of
from ceasefire_model.display.html import document_of, html_of
from ceasefire_model.display.markdown import escaped, markdown_of
from ceasefire_model.display.text import text_of
from ceasefire_model.visible import shown
from tests.display.test_html import EVIL_SHOWN, SHOWN, promises
from tests.display.test_markup import HOSTILE, Reader

HOSTILE_TEXTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</details></div></main></style>",
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "$$x^2$$ \\(y\\) $z$",
    "[link](javascript:alert(1)) ![image](http://evil.example/x.png)",
    "<http://evil.example> https://evil.example www.evil.example",
    "`code` ```mermaid\ngraph TD```",
    "# heading\n- item\n1. one\n> quote\n| a | b |\n|---|---|\n***",
    '=HYPERLINK("http://evil.example")',
    "+1+1", "-2-2", "@SUM(A1)",
    "\x1b[2J\x1b[31mred\x1b[0m", "\x9b31m", "over\rwritten", "\x07\x08\x00",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg", "met\nmet\r\nmet", "\u200fx\u200ey\u061c",
    "\t=1",
    "\ud800 half",
    HOSTILE,
]  # fmt: skip


def page(text: str) -> Page:
    line = Line(text, Mark.of(Verdict.MET), [text], [Line(text), Line(text, Mark(text))])
    return Page(
        [
            Heading(text, text),
            Paragraph([text]),
            Items([line, Line(text, below=[Line(text, below=[Line(text)])])]),
            Items([Line(text)], is_ordered=True),
            Tree(line),
            Table(text, [text, "none"], [[text, ""], [Mark(text), ""], [line, ""]]),
            Part(text, [Paragraph([text])]),
            Part(text, [Part(text, [Paragraph([text])], is_open=False)]),
            Picture(text, lambda: "<svg></svg>"),
        ]
    )


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_text_does_nothing_in_any_form(text):
    made = page(text)
    plain = text_of(made, has_colour=False)
    assert not set(plain) & set("\x00\x07\x08\r\x1b\x9b\u202e\u2066\ud800")
    piece = Reader(html_of(Page(made.blocks[:-1])))
    assert not {"script", "img", "svg", "main", "b"} & set(piece.tags)
    assert shown(text).split()[0] in " ".join(piece.text.split())
    assert document_of(made, text).count("<script") == 0
    assert json.loads(json.dumps(answer_of("x", made, None)))["page"][0]["text"] == text
    assert json.dumps(answer_of("x", made, [{"a": text}])).isascii()


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_markdown_shows_a_hostile_text_as_it_is(text):
    written = escaped(text)
    assert not re.search(r"[\\`*_\[\]{}<>|$~^@]", written)
    assert "://" not in written
    assert "www." not in written
    assert not re.match(r"[-+=#>]|\d+[.)]", written)
    assert "\n" not in written
    read = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), written)
    assert read == shown(text)
    assert "<script" not in markdown_of(page(text))


@given(st.text())
def test_any_text_is_read_back_from_markdown(text):
    assert re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), escaped(text)) == shown(text)


@pytest.mark.parametrize("name", [*SHOWN, *EVIL_SHOWN])
def test_every_answer_has_every_form(name):
    answer = (SHOWN | EVIL_SHOWN)[name]
    if name != "condition":  # which has no text but its `repr`
        assert as_markdown(answer)
        assert json.loads(as_json(answer))["answer"] == type(answer).__name__
        assert as_text(answer)
        assert as_html(answer)


def test_markdown_says_what_the_text_says():
    found = as_markdown(SHOWN["assessment"])
    assert "## Who accepts" in found
    assert "- **✗ not met** Arvenia" in found
    assert "    - accepts in principle · An envoy, in The Wire, 1 March 2025" in found
    table = markdown_of(Page([Table("of what", ["a", "none"], [[Line("x", notes=["y"]), ""]])]))
    assert table == "of what\n\n| a |\n| --- |\n| x<br>y |\n"


def test_a_chain_of_a_thousand_has_every_form():
    from ceasefire_model import Fulfilled, evaluate

    finding = evaluate(promises(1000), Fulfilled("p0"), as_of="2025-03-02")
    assert as_markdown(finding).count("promise ") == 1000
    assert len(json.loads(as_json(finding))["page"][0]["lines"]) == 1001
    assert str(finding).count("promise ") == 1000


def test_colours_are_those_of_verdicts_and_change_no_word():
    made = page("x y z")
    coloured = text_of(made, has_colour=True)
    assert "\x1b[34m✓ met\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text_of(made)
    table = Page([Table("", ["a"], [[Mark.of(Verdict.UNMET)]])])
    assert "\x1b[31m✗ not met\x1b[0m" in text_of(table, has_colour=True)


def test_a_heading_has_its_aside_at_the_right_or_under_it():
    assert text_of(Page([Heading("a", "b")]), width=20) == "a" + " " * 18 + "b"
    assert text_of(Page([Heading("a" * 15, "b" * 10)]), width=20) == "a" * 15 + "\n" + "b" * 10


def test_a_table_too_wide_for_columns_is_written_row_by_row():
    heads = [f"head {n}" for n in range(9)]
    rows = [[f"cell {n} of this row" for n in range(9)]]
    written = text_of(Page([Table("many", heads, rows)]), width=60)
    assert written.splitlines()[:3] == [
        "many",
        "- head 0: cell 0 of this row",
        "  head 1: cell 1 of this row",
    ]
    bare = text_of(Page([Table("", [""] * 9, rows)]), width=60)
    assert bare.splitlines()[1] == "  cell 1 of this row"


def test_what_is_empty_is_left_out():
    empty = [Paragraph(["", ""]), Items([]), Table("x", ["a"], [[""]]), Part("x", [Items([])])]
    assert Page(empty).blocks == ()
    assert text_of(Page([Part("x", [*empty, Paragraph(["y"])])])) == "x\n  y"
