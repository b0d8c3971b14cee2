"""What `help` and a notebook's question mark show: fields of records, examples of verbs."""

import inspect

import attrs
import pytest

import ceasefire_model as cm
from ceasefire_model import analyses, drafting, rules

WINGS = [cm, rules, analyses, drafting, pytest.importorskip("ceasefire_model.bulk")]

CLASSES = [
    value
    for wing in WINGS
    for name in wing.__all__
    if attrs.has(value := getattr(wing, name)) and not issubclass(value, BaseException)
]


def fields_of(record):
    """Name what one gives to make it, or reads of it."""
    return [field.name for field in attrs.fields(record) if field.init and field.name[0] != "_"]


RECORDS = [record for record in CLASSES if fields_of(record)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_docstring_of_a_class_says_what_each_field_is(record):
    _, _, section = inspect.getdoc(record).partition("Attributes:\n")
    described = [
        line.strip().partition(":")[0]
        for line in section.partition("\n\n")[0].splitlines()
        if line[4:5] != " "
    ]
    assert described == fields_of(record)


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
