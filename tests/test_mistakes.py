"""What is said of the mistakes that people make in a script: `mistakes.yaml` is the table."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

import ceasefire_model as cm

MISTAKES = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8"))

BEFORE = """
vote = cm.Act(id="vote", text="a vote is held", by="A")
curfew = cm.State(id="curfew", text="a curfew is in force")
troops = cm.Quantity(id="troops", text="troops in the valley", unit="soldiers")
duty = cm.Duty(by="A", requires=cm.Done(vote))
owed = cm.Provision(id="open", text="a vote is held", duties=duty)
plan = cm.Proposal(id="plan", title="the plan", to=["A", "B"], provisions=owed)
scenario = cm.Scenario(
    title="the valley",
    parties=[cm.Party(id="A", name="A"), cm.Party(id="B", name="B")],
    facts=[vote, curfew, troops],
    sources=cm.Source(id="wire", name="The Wire"),
    observations=cm.Observation(fact=vote, value=True, source="wire", since="2031-05-01"),
    proposals=plan,
    preconditions=cm.Precondition(
        id="first", of="A:plan", needs=cm.Done(vote), held_by="A", text="first the vote"
    ),
)
today = cm.assess(scenario, as_of="2031-05-02")
"""
"""What stands in the script before the mistake; nothing is wrong with it."""


def script():
    names = {"cm": cm, "datetime": dt, "Path": Path, "NaN": float("nan")}
    exec(BEFORE, names)  # noqa: S102 - our own script
    return names


def test_the_table_has_more_than_sixty_mistakes():
    assert len(MISTAKES) > 60
    assert len({row["write"] for row in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["write"][:50])
def test_a_mistake_is_told_with_what_would_be_right(row):
    with pytest.raises((cm.CeasefireError, TypeError, AttributeError)) as caught:
        exec(row["write"], script())  # noqa: S102 - our own table
    assert str(caught.value) == row["says"]


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["write"][:50])
def test_what_is_said_ends_without_a_full_stop(row):
    assert not row["says"].endswith(".")
