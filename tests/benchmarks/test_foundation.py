"""How long the foundation takes, beside plain Python for the same question: it never fails.

To measure: python -m pytest tests/benchmarks --benchmark-enable --benchmark-only
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from statistics import median

import pytest
import yaml

from ceasefire_model import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Done,
    Holds,
    Stance,
    assess,
    load_case,
)
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.views import view

CASE = "us-30-day-2025"
DAY = "2025-03-13"
SCENARIO = load_case(CASE)

TARGETS = {
    "import beyond attrs": 60e-3,
    "load the case": 50e-3,
    "assess the case": 3e-3,
    "verdict of 12 leaves": 10e-6,
    "findings of 12 leaves": 150e-6,
}
"""In seconds."""


# What is asked, as the library takes it


CONDITION = AllOf(
    [
        AnyOf([Holds("martial-law"), Done("election"), Holds("sanctions-eased")]),
        AnyOf([Holds("ru-risks-accident"), Done("phone-call"), AtLeast("casualties", 300_000)]),
        AtLeastOf(2, [Answered("control-organised"), Holds("ua-regroups"), Holds("ru-advances")]),
        AnyOf([AtMost("ru-share-ukraine", 0.1), Done("ru-us-talks"), Holds("kursk-offensive")]),
    ]
)
"""Twelve leaves on three levels, met, unmet, disputed and unknown ones among them."""

IN_FORCE = {
    "RU": ("accepts in principle", [need.id for need in SCENARIO.preconditions[:14]]),
    "UA": ("accepts", []),
}
"""The stances of the case, and the ids of what they need."""


# The same in plain Python: a dictionary from facts to verdicts, and nested calls over strings


def first(order, verdicts):
    return next(one for one in order if one in verdicts)


AND = ("unmet", "unclear", "unknown", "disputed", "pending", "met")
OR = ("met", "unclear", "unknown", "disputed", "pending", "unmet")


def every(*verdicts):
    return first(AND, verdicts)


def some(*verdicts):
    return first(OR, verdicts)


def two(*verdicts):
    if verdicts.count("met") >= 2:
        return "met"
    if verdicts.count("unmet") > len(verdicts) - 2:
        return "unmet"
    return first(AND[1:5], verdicts)


def plain_verdict(facts):
    return every(
        some(facts["martial-law"], facts["election"], facts["sanctions-eased"]),
        some(facts["ru-risks-accident"], facts["phone-call"], facts["casualties"]),
        two(facts["control-organised"], facts["ua-regroups"], facts["ru-advances"]),
        some(facts["ru-share-ukraine"], facts["ru-us-talks"], facts["kursk-offensive"]),
    )


def plain_findings(facts, reports):
    """Keep for every node its verdict, for every leaf its reports, and count the nodes."""

    def leaf(name):
        return {"fact": name, "verdict": facts[name], "reports": reports[name]}

    def node(rule, *parts):
        return {"verdict": rule(*(part["verdict"] for part in parts)), "parts": parts}

    def size(found):
        return 1 + sum(map(size, found.get("parts", ())))

    found = node(
        every,
        node(some, leaf("martial-law"), leaf("election"), leaf("sanctions-eased")),
        node(some, leaf("ru-risks-accident"), leaf("phone-call"), leaf("casualties")),
        node(two, leaf("control-organised"), leaf("ua-regroups"), leaf("ru-advances")),
        node(some, leaf("ru-share-ukraine"), leaf("ru-us-talks"), leaf("kursk-offensive")),
    )
    return found["verdict"], size(found)


OWN = {"accepts": "met", "accepts in principle": "pending"}


def plain_assess(needs):
    """Judge each party by its stance and its needs, and the proposal by its parties."""
    parties = {
        party: every(OWN[stance], *(needs[need] for need in wanted))
        for party, (stance, wanted) in IN_FORCE.items()
    }
    return every(*parties.values()), parties


def plain_load(text):
    """Read the document into dictionaries, unchecked."""
    return yaml.load(text, yaml.CSafeLoader)


# Measuring


@pytest.fixture(scope="module")
def table(request):
    """Collect the medians of a module, and print them with targets and ratios at its end."""
    medians = {}
    yield medians
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.writelines(lines(medians))


def lines(medians):
    for name, target in TARGETS.items():
        ours, plain = medians.get(name), medians.get(f"{name}, plain")
        if ours is not None:
            ratio = f"{ours / plain:8,.1f} times plain Python" if plain else ""
            yield f"\n{name:<22}{ours * 1e6:10,.1f} µs  target {target * 1e6:9,.1f} µs{ratio}"


@pytest.fixture
def clock(benchmark, table):
    """Measure a call, keep its median under a name, and return what it returned."""

    def measure(name, call, *arguments):
        benchmark.group = name.removesuffix(", plain")
        result = benchmark(call, *arguments)
        if benchmark.stats is not None:
            table[name] = benchmark.stats.stats.median
        return result

    return measure


def verdicts_of_the_leaves():
    evaluation = Evaluation(view(SCENARIO, as_of=DAY))
    leaves = [node for node in find(evaluation, CONDITION).walk() if not node.parts]
    names = [str(getattr(node.condition, node.condition.__slots__[0])) for node in leaves]
    facts = {name: node.verdict.value for name, node in zip(names, leaves, strict=True)}
    reports = {name: node.readings for name, node in zip(names, leaves, strict=True)}
    return facts, reports


def test_importing_beyond_attrs(benchmark, table, tmp_path):
    program = (
        "import time, attrs; start = time.perf_counter(); import ceasefire_model; "
        "print(time.perf_counter() - start)"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # so that the first round compiles for all
    seconds = []

    def run():
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env=environment,
            text=True,
        )
        seconds.append(float(done.stdout))

    benchmark.group = "a process that imports attrs and the library"
    benchmark.pedantic(run, rounds=21, warmup_rounds=1)
    if benchmark.stats is not None:
        table["import beyond attrs"] = median(seconds)


def test_loading_the_case(clock):
    assert clock("load the case", load_case, CASE) == SCENARIO


def test_loading_the_case_plainly(clock):
    text = (files("ceasefire_model.cases") / f"{CASE}.yaml").read_text(encoding="utf-8")
    assert clock("load the case, plain", plain_load, text)["title"] == SCENARIO.title


def test_assessing_the_case(clock):
    assessment = clock("assess the case", lambda: assess(SCENARIO, as_of=DAY))
    assert assessment["RU"].stance is Stance.ACCEPTS_IN_PRINCIPLE


def test_assessing_the_case_plainly(clock):
    today = assess(SCENARIO, as_of=DAY)
    needs = {need.precondition.id: need.verdict.value for need in today["RU"].preconditions}
    found, parties = clock("assess the case, plain", plain_assess, needs)
    assert found == today.verdict.value
    assert parties == {party: today[party].verdict.value for party in parties}


def test_a_verdict(clock):
    evaluation = Evaluation(view(SCENARIO, as_of=DAY))
    found = clock("verdict of 12 leaves", verdict, evaluation, CONDITION)
    assert found.value == plain_verdict(verdicts_of_the_leaves()[0])


def test_a_verdict_plainly(clock):
    clock("verdict of 12 leaves, plain", plain_verdict, verdicts_of_the_leaves()[0])


def test_findings(clock):
    evaluation = Evaluation(view(SCENARIO, as_of=DAY))
    found = clock(
        "findings of 12 leaves", lambda: sum(1 for _ in find(evaluation, CONDITION).walk())
    )
    assert found == plain_findings(*verdicts_of_the_leaves())[1]


def test_findings_plainly(clock):
    facts, reports = verdicts_of_the_leaves()
    clock("findings of 12 leaves, plain", plain_findings, facts, reports)
