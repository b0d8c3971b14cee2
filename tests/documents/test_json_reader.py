"""JSON text: what its values are, what is refused, and where."""

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ceasefire_model.documents.json_reader import quick, read
from ceasefire_model.documents.limits import Limits
from ceasefire_model.documents.trees import Builder, StopReadingError

values = st.recursive(
    st.none()
    | st.booleans()
    | st.text()
    | st.integers(-(10**14), 10**14)
    | st.decimals(-99, 99, places=3).map(float),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def build(text, **limits):
    builder = Builder(Limits(**limits))
    try:
        read(text, builder)
    except StopReadingError:
        builder.data = "stopped"
    return builder


def said(text):
    return [(one.position, one.what) for one in build(text).problems]


@given(values, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_json_writes_is_read_fast_and_carefully(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    builder = build(text)
    assert builder.problems == []
    assert builder.data == json.loads(text, parse_float=Decimal)
    assert quick(text, Limits()) == builder.data


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \n\\u', max_size=30))
@example('{"a": 1, }')
@example("1.")
@example("01")
@example("-")
@example('"\\u12"')
@example('"\\ud800"')
@example("1e5")
def test_what_is_read_fast_is_read_carefully_and_nothing_else(text):
    try:
        fast = quick(text, Limits())
    except (ValueError, RecursionError):
        assert build(text).problems
    else:
        builder = build(text)
        assert builder.problems == []
        assert builder.data == fast


OUT = "a number has at most 15 digits and lies within 1e±15"
OPEN = "the text ends in the middle; close what is open"
QUOTES = "texts and keys are in double quotes; add them"
UNCLOSED = (
    r"a text not closed, with a line end or a lone backslash in it; write \n, \\ and \" there"
)
COMMA = "no ',' and no '{}' after a value; add one of them"


@pytest.mark.parametrize(
    ("text", "position", "what"),
    [
        ("", (1, 1), OPEN),
        ("{", (1, 2), OPEN),
        ('{"a": [1,\n  2', (2, 4), OPEN),
        ('{"a": 1,\n "b": 2,\n "a": 3}', (3, 2), "the key 'a' is given twice; leave one out"),
        ('{"a": 1,}', (1, 9), "a bracket that closes nothing, or a ',' before it; leave it out"),
        ('{"a": [1,]}', (1, 10), "a bracket that closes nothing, or a ',' before it; leave it out"),
        ('{"a": 1]', (1, 8), "a bracket that closes nothing, or a ',' before it; leave it out"),
        ('{"a": 1} x', (1, 10), "more after the end of the document; leave it out"),
        ('{"a": 1}\n{}', (2, 1), "more after the end of the document; leave it out"),
        ("{'a': 1}", (1, 2), "texts are in double quotes; write \" instead of '"),
        ("{a: 1}", (1, 2), QUOTES),
        ('{"a": b}', (1, 7), QUOTES),
        ('{"a": nullx}', (1, 7), QUOTES),
        ('{"a": True}', (1, 7), "write true, false, or leave the key out"),
        ('{"a": None}', (1, 7), "write true, false, or leave the key out"),
        ('{"a": 1 // one\n}', (1, 9), "JSON has no comments; leave it out"),
        ('{"a": NaN}', (1, 7), "a number is finite; leave it out"),
        ('{"a": -Infinity}', (1, 7), "a number is finite; leave it out"),
        ('{"a": 01}', (1, 7), "no number; write it as 0.7 or 12"),
        ('{"a": .5}', (1, 7), "no number; write it as 0.7 or 12"),
        ('{"a": 1.}', (1, 7), "no number; write it as 0.7 or 12"),
        ('{"a": +1}', (1, 7), "no number; write it as 0.7 or 12"),
        ('{"a": "b}', (1, 7), UNCLOSED),
        ('{"a": "b\nc"}', (1, 7), UNCLOSED),
        ('{"a": "C:\\x"}', (1, 7), UNCLOSED),
        (
            '{"a": "\\"b\tc"}',
            (1, 7),
            r"the character U+0009 (control character) may not stand here; write it as \u0009",
        ),
        (
            '{"a\x1b": 1}',
            (1, 2),
            r"the character U+001B (control character) may not stand here; write it as \u001b",
        ),
        ('{"a" 1}', (1, 6), "no ':' after a key; add it"),
        ('{"a", 1}', (1, 5), "no ':' after a key; add it"),
        ('{"a": 1 "b": 2}', (1, 9), COMMA.format("}")),
        ("[1 2]", (1, 4), COMMA.format("]")),
        ("{1: 2}", (1, 2), QUOTES),
        ('{"a": 1, 2: 3}', (1, 10), QUOTES),
        ('{"a": ?}', (1, 7), "no value and no key; mend this place"),
        ('{"a": "\\ud800"}', (1, 7), "half of a character (a lone surrogate); write the whole one"),
        (f'{{"a": {"1" * 41}}}', (1, 7), f"{OUT}, got {'1' * 41!r}; write another"),
        (
            '{"a": 1e99999999999999999999}',
            (1, 7),
            f"{OUT}, got '1e99999999999999999999'; write another",
        ),
    ],
)
def test_what_is_refused_and_where(text, position, what):
    assert said(text) == [(position, what)]
    with pytest.raises(ValueError):
        quick(text, Limits())


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ('{"a": [[1]]}', {"depth": 2}),
        ('{"a": [1, 2, 3]}', {"nodes": 5}),
        ('{"a": "xyz"}', {"length": 2}),
        ('{"xyz": 1}', {"length": 2}),
    ],
)
def test_what_is_too_large_is_refused(text, limits):
    more = {key: value + 1 for key, value in limits.items()}
    assert build(text, **limits).problems
    assert build(text, **more).problems == []
    assert quick(text, Limits(**more)) == build(text, **more).data
    with pytest.raises(ValueError):
        quick(text, Limits(**limits))


def test_half_of_a_character_is_not_read_fast():
    with pytest.raises(ValueError):
        quick('"\ud800"', Limits())


def test_what_nests_too_deep_for_python_is_told():
    assert build("[" * 100_000).problems[0].what == "nested in 300 others; no document needs that"
