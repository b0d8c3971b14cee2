"""Texts of documents are shown and do nothing, in messages and in cells of tables as on pages."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import Party
from ceasefire_model.documents import loads
from ceasefire_model.errors import (
    DocumentError,
    ModelError,
    Problem,
    ScenarioError,
    UnknownIdError,
)
from ceasefire_model.visible import cell_of, name_of, shown, text_of_cell, visible

ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What does something on a terminal, or parts lines."""

EVIL = "a\nb\r\nc\x85d\u2028e\u2029f\x0bg\x0ch\x1ci \x1b[31mred\x9b0m \u202eback\u200f \ud800"

TEXTS = st.text(st.sampled_from("ab =+-@'\"{}[]:,#&\\" + EVIL) | st.characters())


@given(TEXTS)
def test_a_text_is_shown_on_one_line_and_does_nothing(written):
    found = shown(written)
    assert not ACTING.search(found)
    assert len(f"|{found}|".splitlines()) == 1
    assert shown(found) == found


@given(TEXTS)
def test_what_a_page_shows_is_named_but_for_line_breaks_as_one_types_them(written):
    left = set(ACTING.findall(visible(written)))
    assert left <= set("\t\n\r\u061c\u200e\u200f")


def test_each_character_that_does_something_is_named():
    assert shown(EVIL) == (
        "a b c[U+0085]d[U+2028]e[U+2029]f[U+000B]g[U+000C]h[U+001C]i "
        "[U+001B][31mred[U+009B]0m [U+202E]back[U+200F] [U+D800]"
    )
    assert shown("  a \t\n b  ") == "a b"
    assert shown("שלום, café, 停火, नमस्ते") == "שלום, café, 停火, नमस्ते"


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\x1b", "U+001B (control character)"),
        ("\ud800", "U+D800 (half of a character)"),
        ("\ue000", "U+E000 (without a name)"),
        (" ", "U+0020 SPACE"),
    ],
)
def test_a_character_is_named_as_unicode_names_it(sign, name):
    assert name_of(sign) == name


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\x1b", "\u2028", " ", ".", "\ud800"])
def test_a_refused_character_of_an_id_is_named(sign):
    with pytest.raises(ModelError) as caught:
        Party(id=f"a{sign}b", name="x")
    assert f"; {name_of(sign)} is none of them" in str(caught.value)


def test_an_id_that_begins_wrongly_or_is_too_long_has_no_character_to_name():
    for name in ("-a", "x" * 101, ""):
        with pytest.raises(ModelError, match=r", got '[^;]*$"):
            Party(id=name, name="x")


# Messages


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (ModelError(EVIL, EVIL, EVIL), 1),
        (UnknownIdError("party", EVIL, (EVIL,), EVIL), 1),
        (ScenarioError((Problem(EVIL, EVIL),)), 2),
        (DocumentError(EVIL, (Problem(EVIL, EVIL, 1, 1), Problem(EVIL, EVIL))), 3),
        (Problem(EVIL, EVIL), 1),
    ],
    ids=lambda each: type(each).__name__,
)
def test_no_message_has_a_line_that_is_not_ours(error, lines):
    assert len(str(error).splitlines()) == lines
    assert not ACTING.search(str(error).replace("\n", ""))


@given(key=TEXTS, value=TEXTS, source=TEXTS)
def test_no_document_writes_a_line_of_its_own_among_its_problems(key, value, source):
    data = {
        "format": "ceasefire-model/1",
        "title": value,
        "parties": {key: value},
        "facts": {value: {"state": key, key: 1}},
        "sources": {"s": {"name": value, "kind": key}},
        "observations": [{"fact": key, "source": value, "since": value, "value": key}],
    }
    with pytest.raises(DocumentError) as caught:
        loads(json.dumps(data), source=source)
    said = str(caught.value)
    assert len(said.splitlines()) == 1 + len(caught.value.problems)
    assert not ACTING.search(said.replace("\n", ""))


# Cells of spreadsheets


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+A1", "-A1", "@SUM(A1)", "  =1", "\t=1", "\tx", "\rx", "\uff1d1", "\uff0bA",
        "\uff0dA", "\uff20A", "\ufe661", "'=1", "''=1", "-", "- a list", "-5 = x", "=",
    ],
)  # fmt: skip
def test_what_begins_as_a_formula_is_marked(text):
    assert cell_of(text) == f"'{text}"
    assert text_of_cell(cell_of(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "a=b", "-5", "+5", "-0.5", "-1,5", "-1e-15", "-5 %", "5", "'x", "’tis", "–1"],
)
def test_numbers_and_all_else_stay_as_they_are(text):
    assert cell_of(text) == text_of_cell(text) == text


@given(TEXTS)
def test_a_cell_gives_its_text_back_and_begins_no_formula(text):
    assert text_of_cell(cell_of(text)) == text
    assert re.fullmatch(r"[-+][\d.,]+([eE][-+]?\d+)?\s?%?", cell_of(text)) or not cell_of(
        text
    ).lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
