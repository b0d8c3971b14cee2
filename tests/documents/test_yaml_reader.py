"""YAML text: what its values are, what is refused, and where."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model.documents.limits import Limits
from ceasefire_model.documents.misfits import shown
from ceasefire_model.documents.trees import Builder, StopReadingError
from ceasefire_model.documents.yaml_reader import FASTEST, PURE, read

PARSERS = pytest.mark.parametrize("parser", [FASTEST, PURE], ids=["fastest", "pure"])


def build(text, parser=FASTEST, **limits):
    builder = Builder(Limits(**limits))
    try:
        read(text, builder, parser)
    except StopReadingError:
        builder.data = "stopped"
    return builder


def said(text, parser=FASTEST):
    return [(one.position, one.what) for one in build(text, parser).problems]


def test_there_is_a_parser_written_in_c():
    assert FASTEST is not PURE


@PARSERS
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(text, text) for text in ("no", "Yes", "on", "y", "12:30", "1_000", "2025-03-13", "1:2")],
        *[(text, text) for text in (".", "+", "1e", "0b1", "0o8", "0xg", "-0x1", "=", "tRUE")],
        *[(text, None) for text in ("", "~", "null", "Null", "NULL")],
        *[(text, True) for text in ("true", "True", "TRUE")],
        *[(text, False) for text in ("false", "False", "FALSE")],
        *[("12", 12), ("-12", -12), ("+12", 12), ("0o17", 15), ("0x1F", 31), ("0", 0)],
        *[(text, Decimal("0.5")) for text in ("0.5", ".5", "+.5", "5e-1", "0.05E1", "00.5")],
        *[("1.", Decimal(1)), ("-1.50", Decimal("-1.5")), ("1e3", Decimal(1000))],
        *[("'no'", "no"), ('"12"', "12"), ("'~'", "~"), ('"\\u00e9\\n"', "é\n"), ("''", "")],
        *[("|\n  12\n", "12\n"), (">-\n  a\n  b\n", "a b"), ("a\n  b", "a b")],
        *[("[a, {b: c}]", ["a", {"b": "c"}]), ("[]", []), ("{}", {}), ("70 %", "70 %")],
    ],
)
def test_a_value_is_what_yaml_1_2_says(parser, text, value):
    builder = build(f"key: {text}\n", parser)
    assert (builder.data, builder.problems) == ({"key": value}, [])
    assert type(builder.data["key"]) is type(value)


@PARSERS
def test_zeros_before_a_whole_number_are_kept_to_be_shown(parser):
    number = build("key: 007\n", parser).data["key"]
    assert (number, shown(number), isinstance(number, int)) == (7, "007", True)


@PARSERS
@pytest.mark.parametrize("key", ["no", "on", "<", "12:30", "'1'", '"<<"', "a b"])
def test_a_key_is_a_text(parser, key):
    assert list(build(f"{key}: 1\n", parser).data) == [key.strip("'\"")]


OUT = "a number has at most 15 digits and lies within 1e±15"
SECOND = "a second document begins here; a file holds one"


@PARSERS
@pytest.mark.parametrize(
    ("text", "position", "what"),
    [
        ("1: a", (1, 1), "a key is a text, got 1; write it in quotes"),
        ("a: {true: b}", (1, 5), "a key is a text, got true; write it in quotes"),
        ("~: a", (1, 1), "a key is a text, got nothing; write it in quotes"),
        ("[a]: b", (1, 1), "a key is a text, not a list or mapping; is a quote missing?"),
        ("? {a: b}\n: c", (1, 3), "a key is a text, not a list or mapping; is a quote missing?"),
        ("a: 1\nb: 2\na: 3", (3, 1), "the key 'a' is given twice; leave one out"),
        ("a: .inf", (1, 4), f"{OUT}, got '.inf'; write another"),
        ("a: -.INF", (1, 4), f"{OUT}, got '-.INF'; write another"),
        ("a: .NaN", (1, 4), f"{OUT}, got '.NaN'; write another"),
        (f"a: {'1' * 41}", (1, 4), f"{OUT}, got {'1' * 41!r}; write another"),
        (
            "a: 1e999999999999999999999",
            (1, 4),
            f"{OUT}, got '1e999999999999999999999'; write another",
        ),
        ("a: 1e99", (1, 4), f"{OUT}, got '1e99'; write another"),
        (f"a: 0.{'1' * 40}", (1, 4), f"{OUT}, got '0.{'1' * 40}'; write another"),
        (
            "a: !!str 1",
            (1, 4),
            "tags are not read; leave it out, or quote a text that starts with '!'",
        ),
        ("a: ! 1", (1, 4), "tags are not read; leave it out, or quote a text that starts with '!'"),
        (
            "a: !x [1]",
            (1, 4),
            "tags are not read; leave it out, or quote a text that starts with '!'",
        ),
        (
            "a: &x 1",
            (1, 4),
            "anchors are not read; leave it out, or quote a text that starts with '&'",
        ),
        (
            "a: &x {b: 1}",
            (1, 4),
            "anchors are not read; leave it out, or quote a text that starts with '&'",
        ),
        (
            "a: *x",
            (1, 4),
            "aliases are not read; write the value out, or quote a text that starts with '*'",
        ),
        ("<<: {a: 1}", (1, 1), "merge keys are not read; write the keys out"),
        ("a: 1\n---\nb: 1", (2, 1), SECOND),
        (
            "%YAML 1.2\n---\na: 1",
            (1, 1),
            "a line that starts with '%'; directives are not read, leave it out",
        ),
        (
            "a: \x07",
            (1, 4),
            "the character U+0007 (control character) may not stand here; leave it out",
        ),
        (
            "a:\n  b\x85c",
            (2, 4),
            "the character U+0085 (control character) may not stand here; leave it out",
        ),
        (
            "\ud800",
            (1, 1),
            "the character U+D800 (half of a character) may not stand here; leave it out",
        ),
    ],
)
def test_what_is_refused(parser, text, position, what):
    assert said(text, parser)[0] == (position, what)


@PARSERS
@pytest.mark.parametrize(
    ("text", "position", "what"),
    [
        ("a: b: c", (1, 5), "a ': ' where no key can be"),
        ("a: - b", (1, 4), "a '- ' in the middle of a line"),
        ("a: 'b", (1, 4), "a quote that is not closed"),
        ('a: "b\nc: d', (1, 4), "a quote that is not closed"),
        ("a: b\nc", (2, 1), "a line that is no 'key: value'"),
        ('a: "\\q"', (1, 4), "no such escape"),
        ("a: [b, c\nd: e", (1, 4), "a list without its ']', or without a ','"),
        ("a: {b: c", (1, 4), "a mapping without its '}', or without a ','"),
        ("- a\nb: c", (2, 1), "no '-' here"),
        ("a:\n  - b\n c: d", (3, 2), "no key here"),
        ("a: 'b' c", (1, 8), "no key here"),
        ("a: |x\n  b", (1, 4), "'|' and '>' end a line"),
        ("a: !<x b", (1, 4), "tags are not read"),
        ("a: & b", (1, 4), "anchors are not read"),
        ("a: *", (1, 4), "aliases are not read"),
        ("a: @b", (1, 4), "no text starts with this character"),
        ("a: `b`", (1, 4), "no text starts with this character"),
        ("'a'\n: b", (2, 1), "more after the end"),
        ("a: 1\n...\nb: 1", (3, 1), "more after the end"),
        ("a:\n\tb: c", (2, 1), "a tab at the start of a line"),
        ("a:\n  \t- b", (2, 3), "a tab at the start of a line"),
        ("a: ]", (1, 4), "no YAML: "),
    ],
)
def test_a_mistake_in_the_syntax_is_told_in_the_words_of_its_author(parser, text, position, what):
    [(found, message)] = said(text, parser)
    assert found == position
    assert message.startswith(what)
    assert ";" in message


def test_what_the_pure_parser_alone_stumbles_over_is_told():
    assert said('a: "\\UFFFFFFFF"', PURE)[0][1].startswith("no YAML: ")
    assert said('a: "\\uD800"', PURE)[0][1].startswith("half of a character")


@PARSERS
def test_what_follows_a_bad_key_is_not_part_of_the_data(parser):
    builder = build("1: {a: [b]}\n[c]: {d: e}\nf: g\nf: {h: i}\n", parser)
    assert builder.data == {"f": "g"}
    assert [one.path for one in builder.problems] == [(), (), ("f",)]


@given(st.text(alphabet="ab1:-#&*!%@`'\"[]{},?|><=~ \n\\", max_size=40))
def test_what_the_pure_parser_reads_the_fast_one_reads_alike(text):
    fast, pure = build(text), build(text, PURE)
    if not pure.problems:
        assert (fast.data, fast.problems) == (pure.data, [])


@PARSERS
@pytest.mark.parametrize(
    ("text", "limits", "what"),
    [
        ("a: [[b]]", {"depth": 2}, "nested in 2 others; no document needs that"),
        ("a: [1, 2, 3]", {"nodes": 5}, "more than 5 values; split the document"),
        ("a: [[], [], []]", {"nodes": 5}, "more than 5 values; split the document"),
        ("a: xyz", {"length": 2}, "a text of 3 characters; write at most 2"),
        ("xyz: a", {"length": 2}, "a text of 3 characters; write at most 2"),
    ],
)
def test_what_is_too_large_is_refused(parser, text, limits, what):
    assert [one.what for one in build(text, parser, **limits).problems] == [what]
    assert build(text, parser, **{key: value + 1 for key, value in limits.items()}).problems == []


def test_a_thousand_problems_are_enough():
    builder = build("\n".join(f"{number}: a" for number in range(2000)))
    assert len(builder.problems) == 1001
    assert builder.problems[-1].what == "more problems follow; mend those before"
