"""Sweeps and panels in words: how often each verdict comes out."""

from __future__ import annotations

from ceasefire_model import (
    Act,
    Done,
    Observation,
    Scenario,
    Source,
    State,
    grid,
    months,
    panel,
    sweep,
)

SCENARIO = Scenario(
    title="The valley",
    facts=[Act(id="vote", text="a vote is held"), State(id="calm", text="it is calm")],
    sources=[Source(id="wire", name="Wire")],
    observations=[
        Observation(fact="vote", value=False, source="wire", since="2031-01-01"),
        Observation(fact="vote", value=True, source="wire", since="2031-02-10"),
    ],
)


def test_a_sweep_counts_its_worlds():
    """Of two worlds a vote is held in one."""
    found = sweep(SCENARIO, Done("vote"), grid({"vote": [True, False]}), as_of="2031-02-01")
    lines = str(found).splitlines()
    assert lines[0].split("  ")[0] == "a vote is held"
    assert [line.split() for line in lines if "50.0%" in line] == [
        ["✓", "met", "1", "50.0%"],
        ["✗", "not", "met", "1", "50.0%"],
    ]
    assert "what varies: a vote is held" in lines
    assert "50.0%" in found._repr_html_()


def test_a_panel_counts_its_periods():
    """At the end of January there was no vote; at the end of February and of March there was."""
    asked = {"vote": Done("vote")}
    found = panel([SCENARIO], asked, start="2031-01-01", end="2031-03-31", every=months(1))
    text = str(found)
    assert [line.split() for line in text.splitlines() if "%" in line] == [
        ["vote", "✓", "met", "2", "66.7%"],
        ["vote", "✗", "not", "met", "1", "33.3%"],
    ]
    assert "66.7%" in found._repr_html_()
