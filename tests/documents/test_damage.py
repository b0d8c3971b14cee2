"""Documents that something happened to: a scenario or a `DocumentError` comes out of them."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ceasefire_model import assess
from ceasefire_model.documents import dumps, load, loads
from ceasefire_model.errors import DocumentError
from ceasefire_model.scenarios import Scenario
from ceasefire_model.strategies import scenarios
from tests.examples import at_most

GOLDEN = Path(__file__).parent / "golden" / "format-1.yaml"
YAML = GOLDEN.read_text(encoding="utf-8")
DATA = json.loads(GOLDEN.with_suffix(".json").read_text(encoding="utf-8"))

others = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1.5, 1e300, 10**30, "", " ", "x", "true", "2025", "70 %", "-"),
        *("cannot say", "1_0", [], {}, [[]], {"x": {}}, ["a", "a"], {"not": []}, {"id": "x"}),
        {"holds": "curfew"},
    ]
)
documents = st.just(DATA) | scenarios().map(
    lambda scenario: json.loads(dumps(scenario, syntax="json"))
)
slow = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def places(tree, above=()):
    """List every place of a document: the container's path and the key or position in it."""
    if isinstance(tree, dict):
        steps = list(tree.items())
    else:
        steps = list(enumerate(tree)) if isinstance(tree, list) else []
    for step, inner in steps:
        yield (*above, step)
        yield from places(inner, (*above, step))


def container(tree, path):
    for step in path[:-1]:
        tree = tree[step]
    return tree


@st.composite
def damaged(draw, times=2):
    """Yield the data of a document in which up to so many places were damaged."""
    tree = copy.deepcopy(draw(documents))
    for _ in range(draw(st.integers(1, times))):
        path = draw(st.sampled_from(list(places(tree)) or [()]))
        if path:
            damage(draw, container(tree, path), path[-1])
    return tree


def damage(draw, within, step):
    """Delete, retype, rename, double, nest or shuffle what stands at one place."""
    match draw(st.sampled_from(["delete", "retype", "rename", "double", "nest", "lift", "swap"])):
        case "delete":
            del within[step]
        case "retype":
            within[step] = copy.deepcopy(draw(others))  # damaged in its turn, it stays as it was
        case "rename" if isinstance(within, dict):
            name = draw(st.sampled_from([f"{step}s", step[:-1], "id", "", "a b", step.upper()]))
            within[name] = within.pop(step)
        case "double" if isinstance(within, dict):
            within[f"{step}-2"] = within[step]
        case "double":
            within.append(within[step])
        case "nest":
            for _ in range(draw(st.sampled_from([1, 2, 70, 320]))):
                within[step] = draw(st.sampled_from([lambda x: [x], lambda x: {"not": x}]))(
                    within[step]
                )
        case "lift" if isinstance(within[step], dict) and isinstance(within, dict):
            within |= within.pop(step)
        case _:
            other = draw(
                st.sampled_from(list(within) if isinstance(within, dict) else range(len(within)))
            )
            within[step], within[other] = within[other], within[step]


def outcome(text):
    """Read a text, and return the scenario or the problems."""
    try:
        return loads(text)
    except DocumentError as error:
        return [(one.path, one.what, one.line, one.column) for one in error.problems]


@slow
@given(damaged())
def test_a_damaged_document_is_a_scenario_or_an_error_and_both_readers_agree(tree):
    text = json.dumps(tree, indent=1, ensure_ascii=False)
    # what YAML wants escaped, JSON lets be escaped
    text = re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text)
    as_json, as_yaml = outcome(text), outcome("#\n" + text)
    if isinstance(as_yaml, list):
        as_yaml = [(path, what, line - 1, column) for path, what, line, column in as_yaml]
    assert as_yaml == as_json
    assert as_json


@slow
@given(damaged())
def test_what_is_damaged_and_still_read_is_written_and_read_again(tree):
    result = outcome(json.dumps(tree))
    if isinstance(result, Scenario):
        assert loads(dumps(result)) == result


@slow
@given(damaged())
def test_the_place_of_a_problem_is_in_the_text(tree):
    lines = json.dumps(tree, indent=1, ensure_ascii=False).split("\n")
    result = outcome("\n".join(lines))
    for _, _, line, column in result if isinstance(result, list) else []:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


KEYED = ("parties", "territories", "facts", "sources", "statements", "proposals", "preconditions")
MENTIONS = {
    "parties": ["members[]"],
    "territories": ["within"],
    "facts": ["by[]", "party", "territory", "asked_by"],
    "sources": ["party"],
    "observations": ["fact", "source", "corrects", "id"],
    "statements": ["party", "source", "about"],
    "proposals": ["by[]", "to[]", "previous", "prolongs", "in_force", "starts", "ends"],
    "provisions": ["replaces[]", "verified_by[]", "due", "starts", "ends"],
    "preconditions": ["held_by", "of", "needs", "statement", "verified_by[]"],
}
"""Where each kind of record mentions another; of several, one more is added."""


def named(tree):
    """Give the records of a document that have an id, each with what holds it, by kind."""
    found = {kind: [(tree[kind], name) for name in tree.get(kind, ())] for kind in KEYED}
    texts = [within[name] for within, name in found["proposals"]]
    clauses = [text["provisions"] for text in texts if "provisions" in text]
    found["provisions"] = [(within, name) for within in clauses for name in within]
    reports = tree.get("observations", [])
    return {**found, "observations": [(reports, number) for number in range(len(reports))]}


@st.composite
def misdirected(draw):
    """Yield the data of a document in which up to so many records mention or are something else."""
    tree = copy.deepcopy(draw(documents))
    for _ in range(draw(st.integers(1, 4))):
        records = named(tree)
        kind = draw(st.sampled_from([each for each in MENTIONS if records[each]]))
        within, key = draw(st.sampled_from(records[kind]))
        names = [name for each in records.values() for _, name in each if isinstance(name, str)]
        anything = st.sampled_from([*sorted({*names}), "nobody"])
        match draw(st.sampled_from(["mention"] * 5 + ["rename", "copy", "delete"])):
            case "mention":
                where = draw(st.sampled_from(MENTIONS[kind]))
                mention(draw, tree, within[key], where, anything)
            case "rename" if isinstance(key, str):
                within[draw(anything)] = within.pop(key)
            case "copy" if isinstance(key, str):
                within[draw(anything)] = copy.deepcopy(within[key])
            case _:
                del within[key]
    return tree


def mention(draw, tree, record, where, anything):
    """Let a record mention anything, or something be imagined of it."""
    leaf = st.sampled_from(
        [
            {"accepts": {"party": draw(anything), "of": draw(anything)}},
            {"in_force": draw(anything)},
            {"fulfilled": {"provision": draw(anything)}},
            {"done": draw(anything)},
        ]
    )
    match where.removesuffix("[]"):
        case "about":
            record["about"] = {draw(st.sampled_from(ABOUT)): draw(anything)}
        case "starts" | "ends" | "due":
            record[where] = {"after": draw(leaf), "delay": "3 days"}
        case "of" | "needs":
            record[where] = draw(leaf | leaf.map(lambda part: {"not": part}))
        case "held_by":
            word = {"accepts": {"party": draw(anything), "of": draw(anything)}, "stance": "accepts"}
            imagined = {"since": "2025-03-20", "facts": {draw(anything): True}, "words": [word]}
            tree.setdefault("suppositions", []).append(imagined)
            record[where] = draw(anything)
        case name if name == where:
            record[name] = draw(anything)
        case name:
            record[name] = [*record.get(name, ()), draw(anything)]


ABOUT = ("proposal", "provision", "party", "territory", "fact", "statement", "precondition")


@settings(slow, max_examples=at_most(60))
@given(misdirected())
def test_what_mentions_anything_is_an_error_or_a_scenario_that_can_be_judged(tree):
    result = outcome(json.dumps(tree))
    for name in result.index.proposals if isinstance(result, Scenario) else ():
        assert str(assess(result, name, as_of="2025-03-25"))


LINES = YAML.splitlines(keepends=True)


@slow
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1),
            st.sampled_from(
                ["", "  ", "\t", "- ", "a: ", "? ", ": ", "{", "'", "&a ", "*a", "!!a ", "#"]
            ),
            st.sampled_from(["delete", "double", "indent", "join", "first"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_damaged_lines_are_a_scenario_or_an_error(damages):
    lines = list(LINES)
    for number, text, kind in damages:
        line = lines[number]
        lines[number] = {
            "delete": "",
            "double": line + line,
            "indent": text + line,
            "join": line.rstrip("\n") + text,
            "first": line.lstrip(" "),
        }[kind]
    outcome("".join(lines))


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
@example("{")
@example("\ufeff{}")
@example("\ud800")
@example('{"format": "ceasefire-model/1", "title": "\ud800"}')
@example('{"format": "ceasefire-model/1", "title": "\\ud800"}')
def test_any_text_is_a_scenario_or_an_error(text):
    outcome(text)
    outcome(f"format: ceasefire-model/1\ntitle: t\ntext: {text}")


@given(st.binary())
@example(b"\xff\xfe{\x00}\x00")
@example(b"\xef\xbb\xbftitle: \xe9")
@example(b"a\nb\xc3")
def test_any_file_is_a_scenario_or_an_error(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    with pytest.raises(DocumentError):
        load(path)
