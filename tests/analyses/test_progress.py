"""Progress: how long a question may take, and who is told how far it has come."""

from __future__ import annotations

import sys

import pytest

from ceasefire_model import (
    Accepts,
    AtLeast,
    AtMost,
    Done,
    Holds,
    ModelError,
    Timing,
    news,
    sweep,
)
from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.packages import packages
from ceasefire_model.analyses.progress import Patience, bar
from ceasefire_model.analyses.sequences import sequence
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import DAY, PLAN, but, situation


def test_every_analysis_that_takes_long_tells_how_far_it_has_come():
    told = []
    packages(situation(), Done("vote") | Holds("calm"), as_of=DAY, progress=told.append)
    assert told == [1, 2]
    told.clear()
    deadlocks(ring(Timing.BEFORE, Timing.BEFORE), as_of=DAY, progress=told.append)
    assert told == [1]
    told.clear()
    gates = [
        but(f"c{n}", Accepts("A", PLAN), each)
        for n, each in enumerate((AtLeast("troops", 50), AtMost("troops", 30)))
    ]
    contradictions(situation(gates), as_of=DAY, progress=told.append)
    assert told == [1]


def test_an_order_and_the_news_tell_it_too():
    """A vote needs the curfew that has to end with it: one package, and it has an order."""
    told = []
    gates = [but("c", Done("vote"), Holds("curfew"))]
    steps = sequence(
        situation(gates), Done("vote") & ~Holds("curfew"), as_of=DAY, progress=told.append
    )
    assert [len(layer) for layer in steps] == [2]
    assert told == [1]
    told.clear()
    week = {"start": "2025-02-25", "end": "2025-03-02"}
    news(situation(), **week, progress=told.append)
    assert told == list(range(1, len(told) + 1)) != []
    assert sequence(ring(Timing.BEFORE, Timing.BEFORE), Done("a0"), as_of=DAY).deadlocks


def test_preparation_counts_and_no_time_is_refused():
    found = packages(situation(), Done("vote"), as_of=DAY, seconds=1e-9)
    assert (len(found), found.is_complete) == (0, False)
    with pytest.raises(ModelError, match="more than 0"):
        Patience.of(0, None)


def test_a_bar_is_drawn_where_there_is_one(monkeypatch, capsys):
    drawn = bar("packages")
    drawn(1)
    drawn(3)
    assert "packages" in capsys.readouterr().err
    sweep(situation(), Done("vote"), {"vote": [True] * 7}, as_of=DAY, progress=bar("worlds"))
    assert "7/7" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert bar("packages")(1) is None
