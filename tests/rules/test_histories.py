"""What became of clauses over time: it is what it was at each instant."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from ceasefire_model import load_case
from ceasefire_model.conditions import Fulfilled
from ceasefire_model.moments import TICK
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.histories import chapters
from ceasefire_model.rules.performance import performance
from ceasefire_model.rules.views import view


@pytest.mark.parametrize(
    ("case", "end"), [("aceh-mou-2005", "2006-12-16"), ("nagorno-karabakh-2020", "2024-06-12")]
)
def test_what_became_of_a_clause_is_at_each_instant_what_its_stretch_says(case, end):
    scenario = load_case(case)
    seen = Evaluation(view(scenario, as_of=end))
    over = seen.view.at + TICK
    start = over - timedelta(days=1300)
    clauses = [each for each in scenario.index.provisions.values() if each.duties]
    instants = [start + (over - start) * share / 7 for share in range(7)]
    for clause in clauses:
        found = chapters(seen, clause, start, over)
        assert (found[0].start, found[-1].end) == (start, over)
        assert all(one.end == other.start for one, other in pairwise(found))
        for at in {*instants, *(each.start for each in found)}:
            (now,) = (each for each in found if each.start <= at < each.end)
            then = seen.moved(at)
            assert now.kind is performance(then, clause).kind
            assert now.verdict is verdict(then, Fulfilled(clause.id))
