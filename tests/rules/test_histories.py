"""What became of clauses over time: it is what it was at each instant."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.conditions import Fulfilled
from ceasefire_model.moments import TICK
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.histories import chapters
from ceasefire_model.rules.performance import performance
from ceasefire_model.rules.views import view
from ceasefire_model.strategies import scenarios


@settings(max_examples=40, deadline=None)
@given(scenarios(), st.floats(0, 1, exclude_max=True))
def test_what_became_of_a_clause_is_at_each_instant_what_its_stretch_says(scenario, share):
    seen = Evaluation(view(scenario, as_of="2025-12-31"))
    end = seen.view.at + TICK
    start = end - timedelta(days=800)
    at = min(start + (end - start) * share, end - TICK)
    for clause in scenario.index.provisions.values():
        if not clause.duties:
            continue
        found = chapters(seen, clause, start, end)
        (now,) = (each for each in found if each.start <= at < each.end)
        then = seen.moved(at)
        assert now.kind is performance(then, clause).kind
        assert now.verdict is verdict(then, Fulfilled(clause.id))
        assert (found[0].start, found[-1].end) == (start, end)
        assert all(one.end == other.start for one, other in pairwise(found))
