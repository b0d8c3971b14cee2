"""What is written is read back, and what is canonical is written again."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ceasefire_model.documents import dumps, loads
from ceasefire_model.documents.limits import Limits
from ceasefire_model.documents.trees import Builder
from ceasefire_model.documents.yaml_reader import FASTEST, PURE, read
from ceasefire_model.documents.yaml_writer import text_of
from ceasefire_model.strategies import scenarios

GOLDEN = Path(__file__).parent / "golden"

NASTY = (
    *("no", "Yes", "12:30", "1_000", "null", "~", "0x1f", "1e3", ".5", "+1", "true", "<<", "="),
    *("2025-03-13", "2024-06/2024-08", "2001-12-14 21:59:43.10 -5", "30 days", "30 days: x", "007"),
    *(
        "a: b",
        "a #b",
        "- a",
        "a:",
        "# a",
        "---",
        "...",
        "1 ",
        "|",
        ">",
        "&a",
        "*a",
        "!a",
        "@a",
        "%a",
    ),
    *(
        "a\nb",
        "a\n\nb",
        "a\n",
        "\na",
        "a\n\n",
        "  a\nb",
        "a \nb",
        "a\n b",
        "x\n\t y",
        "a\r\nb",
        "\n",
    ),
    *("", " ", "'", '"', "\\", "a\x85b", "a\u2028b", "\ufeff", "\x00", "\x7f", "\U0001f600", "é"),
)

slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
texts = (
    st.text() | st.sampled_from(NASTY) | st.text(alphabet=" \n\t:#-'\"a0~%&*!|>{}[],?\\\x85\u2028")
)
numbers = st.integers(-(10**14), 10**14) | st.decimals(-1000, 1000, places=3)
data = st.recursive(
    texts | numbers | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@slow
@given(scenarios())
def test_a_scenario_written_as_yaml_is_read_back(scenario):
    assert loads(dumps(scenario)) == scenario


@slow
@given(scenarios())
def test_a_scenario_written_as_json_is_read_back(scenario):
    assert loads(dumps(scenario, syntax="json")) == scenario


@slow
@given(scenarios(), st.sampled_from(["yaml", "json"]))
def test_canonical_text_is_written_again(scenario, syntax):
    text = dumps(scenario, syntax=syntax)
    assert dumps(loads(text), syntax=syntax) == text


@slow
@given(scenarios())
def test_both_syntaxes_hold_the_same_data(scenario):
    text = dumps(scenario)
    assert dumps(loads(dumps(scenario, syntax="json"))) == text
    assert yaml_data(text) == json.loads(dumps(scenario, syntax="json"), parse_float=Decimal)


def yaml_data(text, parser=FASTEST):
    builder = Builder(Limits())
    read(text, builder, parser)
    assert builder.problems == []
    return builder.data


@pytest.mark.parametrize("parser", [FASTEST, PURE])
@slow
@given(st.dictionaries(texts, data, min_size=1, max_size=4))
@example(dict.fromkeys(NASTY, "value"))
@example({"list": list(NASTY)})
@example(dict(zip(map(str, range(100)), NASTY, strict=False)))
@example({"k" * 2000: {"k" * 101: ["a", {"k" * 101: "b"}]}})
@example({"a": {}, "b": [], "c": [[], {}, [["d"], {"e": 1}]], "f": [{"g": []}]})
def test_any_data_written_as_yaml_are_read_back(parser, tree):
    assert yaml_data(text_of(tree), parser) == tree


@given(st.dictionaries(texts, texts, min_size=1))
def test_every_value_has_a_line_of_its_own(tree):
    lines = text_of(tree).splitlines()
    assert all(len(line) == len(line.rstrip()) for line in lines)
    assert len(lines) >= len(tree)


@pytest.mark.parametrize("text", ["no", "12:30", "1_000", "0x1f", "NULL", "007", "1.", "a: b", "-"])
def test_what_another_reader_might_take_for_something_else_is_quoted(text):
    assert text_of({"a": text}) == f'a: "{text}"\n'


@pytest.mark.parametrize(
    "text",
    ["2025-03-13", "2022-02", "2024-06/2024-08", "30 days", "Russia's share", "Reuters (¶1)"],
)
def test_times_and_plain_words_are_not_quoted(text):
    assert text_of({"a": text}) == f"a: {text}\n"


@pytest.mark.parametrize(
    ("number", "written"),
    [("8E+4", "80000"), ("0.20", "0.2"), ("1E-7", "0.0000001"), ("-0.50", "-0.5"), ("100", "100")],
)
def test_a_number_is_written_in_one_way(number, written):
    assert text_of({"a": Decimal(number)}) == f"a: {written}\n"


def test_a_text_of_several_lines_is_a_block():
    assert text_of({"a": {"b": "one\n\ntwo", "c": "x\n"}}) == (
        "a:\n  b: |-\n    one\n\n    two\n  c: |\n    x\n"
    )


@pytest.mark.parametrize("version", [1])
def test_the_golden_file_of_each_version_is_still_read_and_means_the_same(version):
    yaml_text = (GOLDEN / f"format-{version}.yaml").read_text(encoding="utf-8")
    json_text = (GOLDEN / f"format-{version}.json").read_text(encoding="utf-8")
    assert loads(yaml_text) == loads(json_text)


def test_the_golden_files_of_the_present_version_are_canonical():
    yaml_text = (GOLDEN / "format-1.yaml").read_text(encoding="utf-8")
    json_text = (GOLDEN / "format-1.json").read_text(encoding="utf-8")
    assert dumps(loads(yaml_text)) == yaml_text
    assert dumps(loads(json_text), syntax="json") == json_text
