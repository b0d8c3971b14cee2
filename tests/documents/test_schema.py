"""The JSON Schema: it accepts what is read, and refuses what is not, as far as a schema can."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire_model.documents import dumps, loads, schema
from ceasefire_model.documents.schemas import generate
from ceasefire_model.errors import DocumentError
from ceasefire_model.strategies import scenarios

jsonschema = pytest.importorskip("jsonschema")

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "golden" / "format-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(schema())

BEYOND = re.compile(
    r"no (party|territory|\w*fact|state|act|quantity or share|question|source|observation|statement"
    r"|proposal|provision|proposal or provision|precondition|vague|meaning) '"
    "|is needed here, but '|more ids|so its value is|lies between 0 and 1|duplicate id|leads back"
    "|circle|two different demands|owes nothing|no duties|the very thing|own report|each of its"
    "|ends before|reported before|stays done|no such day|a range|no time zone|15 digits"
    "|between 1 and|must have ids of their own|nests at most|cannot stand inside|a delay is of"
    "|Throughout|short name of letters"
)
"""What no schema can say: what ids lead to, how numbers and times compare, which days exist."""

slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
documents = st.just(GOLDEN) | scenarios().map(
    lambda scenario: json.loads(dumps(scenario, syntax="json"))
)
others = st.sampled_from(
    [
        *(None, True, 0, 1, 2.0, -1.5, "", " ", "x", "a b", "-x", "é", "2025-03-13", "2025-03"),
        *("70 %", "70%", "cannot say", "accepts", "while", "30 days", "0 days", [], {}, ["a", "a"]),
        *(["arvenia"], {"id": "x"}, {"name": "x"}, {"low": 1}, {"factor": 2, "fact": "troops"}),
        *({"holds": "curfew"}, {"not": {"holds": "curfew"}}, [{"holds": "curfew"}]),
        {"after": {"done": "vote"}, "delay": "1 day"},
    ]
)


def test_the_shipped_schema_is_the_generated_one():
    assert schema() == generate()


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_record_and_most_fields_are_described():
    definitions = schema()["$defs"].values()
    assert all("description" in one for one in definitions if one.get("type") == "object")
    fields = [field for one in definitions for field in one.get("properties", {}).values()]
    described = [field for field in fields if "description" in field]
    assert len(described) > len(fields) * 0.8
    assert not any("``" in json.dumps(one) for one in definitions)


def test_the_meaning_of_each_choice_is_described():
    assert "- `F`: Cannot be judged" in schema()["$defs"]["Reliability"]["description"]


@slow
@given(scenarios())
def test_the_schema_accepts_whatever_is_written(scenario):
    VALIDATOR.validate(json.loads(dumps(scenario, syntax="json")))


def test_the_schema_accepts_short_forms():
    loads("#\n" + json.dumps(SHORT))
    VALIDATOR.validate(SHORT)


SHORT = {
    "format": "ceasefire-model/1",
    "title": "t",
    "parties": {"arvenia": "Arvenia", "league": {"name": "x", "members": "arvenia"}},
    "territories": {"valley": "The valley"},
    "sources": {"wire": "The Wire"},
    "facts": {
        "curfew": {"state": "a curfew", "by": "arvenia"},
        "share": {"control": "x", "party": "arvenia", "territory": "valley"},
    },
    "observations": [{"fact": "share", "value": "70 %", "source": "wire", "since": "2025-03"}],
    "preconditions": {
        "law": {
            "of": {"holds": "curfew"},
            "needs": [{"at_least": {"fact": "share", "value": "60.5 %"}}],
            "basis": "legal",
            "text": "x",
        }
    },
}


def steps(tree, above=()):
    """List every place of a document."""
    if isinstance(tree, dict):
        parts = list(tree.items())
    else:
        parts = list(enumerate(tree)) if isinstance(tree, list) else []
    for step, inner in parts:
        yield (*above, step)
        yield from steps(inner, (*above, step))


@st.composite
def damaged(draw):
    """Yield a document in which one place was changed, renamed, removed or added to."""
    tree = copy.deepcopy(draw(documents))
    *above, last = draw(st.sampled_from(list(steps(tree))))
    within = tree
    for step in above:
        within = within[step]
    match draw(st.sampled_from(["other", "delete", "rename", "add"])):
        case "delete":
            del within[last]
        case "rename" if isinstance(within, dict):
            within[draw(st.sampled_from(["x", "id", "a b", "kind", "text", "by"]))] = within.pop(
                last
            )
        case "add" if isinstance(within, dict):
            within[draw(st.sampled_from(["x", "id", "kind", "text", "by", "held_by"]))] = draw(
                others
            )
        case _:
            within[last] = draw(others)
    return tree


def problems(tree):
    """Return what reading says of a document."""
    try:
        loads("#\n" + json.dumps(tree))
    except DocumentError as error:
        return [one.what for one in error.problems]
    return []


@slow
@given(damaged())
def test_what_the_schema_refuses_is_not_read(tree):
    if not VALIDATOR.is_valid(tree):
        assert problems(tree)


@slow
@given(damaged())
def test_what_the_schema_accepts_is_read_or_refused_for_what_no_schema_can_say(tree):
    if VALIDATOR.is_valid(tree):
        assert [what for what in problems(tree) if not BEYOND.search(what)] == []
