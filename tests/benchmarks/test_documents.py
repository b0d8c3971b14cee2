"""Reading and writing 10,000 observations, beside what YAML and JSON alone take for the same text.

The table has the ratios in brackets::

    python -m pytest tests/benchmarks/test_documents.py --benchmark-enable --benchmark-only
"""

import json

import pytest
import yaml

from ceasefire_model.documents import dumps, loads
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Quantity, State
from ceasefire_model.moments import Moment
from ceasefire_model.scenarios import Scenario

FACTS = [
    *(State(id=f"state-{number}", text="a state") for number in range(100)),
    *(Quantity(id=f"number-{number}", text="a number", unit="soldiers") for number in range(100)),
]
SCENARIO = Scenario(
    title="Ten thousand observations",
    facts=FACTS,
    sources=[Source(id=f"source-{number}", name="a source") for number in range(20)],
    observations=[
        Observation(
            fact=FACTS[number % 200],
            value=number % 3 == 0 if number % 200 < 100 else number / 8,
            source=f"source-{number % 20}",
            since=Moment(f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"),
            note=f"as said in paragraph {number}",
        )
        for number in range(10_000)
    ],
)
YAML = dumps(SCENARIO)
JSON = dumps(SCENARIO, syntax="json")


@pytest.mark.benchmark(group="read YAML")
def test_reading_yaml(benchmark):
    assert benchmark(loads, YAML) == SCENARIO


@pytest.mark.benchmark(group="read YAML")
def test_yaml_alone(benchmark):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert len(benchmark(yaml.load, YAML, Loader=loader)["observations"]) == 10_000


@pytest.mark.benchmark(group="read JSON")
def test_reading_json(benchmark):
    assert benchmark(loads, JSON) == SCENARIO


@pytest.mark.benchmark(group="read JSON")
def test_json_alone(benchmark):
    assert len(benchmark(json.loads, JSON)["observations"]) == 10_000


@pytest.mark.benchmark(group="write YAML")
def test_writing_yaml(benchmark):
    assert benchmark(dumps, SCENARIO) == YAML


@pytest.mark.benchmark(group="write YAML")
def test_writing_yaml_alone(benchmark):
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    data = json.loads(JSON)
    assert benchmark(yaml.dump, data, Dumper=dumper, sort_keys=False)


@pytest.mark.benchmark(group="write JSON")
def test_writing_json(benchmark):
    assert benchmark(dumps, SCENARIO, syntax="json") == JSON


@pytest.mark.benchmark(group="write JSON")
def test_writing_json_alone(benchmark):
    data = json.loads(JSON)
    assert benchmark(json.dumps, data, ensure_ascii=False, indent=2)
