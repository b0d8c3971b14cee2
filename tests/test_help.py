"""What `help` and a notebook's question mark show: fields of records, examples of verbs."""

import inspect

import attrs
import pytest

import ceasefire_model as cm

RECORDS = [
    value
    for name in cm.__all__
    if attrs.has(value := getattr(cm, name))
    and not issubclass(value, BaseException)
    and value.__module__.rpartition(".")[2]
    in {"parties", "territories", "facts", "evidence", "statements", "proposals", "scenarios"}
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_docstring_of_a_record_says_what_each_field_is(record):
    _, _, section = inspect.getdoc(record).partition("Attributes:\n")
    fields = [field.name for field in attrs.fields(record) if field.init]
    described = [
        line.strip().partition(":")[0] for line in section.splitlines() if line[4:5] != " "
    ]
    assert described == fields


VERBS = [
    "assess",
    "asked",
    "compare",
    "completeness",
    "contradictions",
    "deadlocks",
    "evaluate",
    "hindsight",
    "importance",
    "iter_packages",
    "likelihood",
    "news",
    "packages",
    "sequence",
    "suppose",
    "timeline",
    "watch",
]


@pytest.mark.parametrize("verb", VERBS)
def test_the_docstring_of_a_verb_has_an_example(verb):
    assert "\n>>> " in inspect.getdoc(getattr(cm, verb))


def test_the_version_is_said():
    assert cm.__version__.count(".") == 2
