"""What became of a clause over time, exactly from turn to turn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire_model.conditions import Fulfilled, InForce
from ceasefire_model.grounds import grounds
from ceasefire_model.moments import TICK
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.evaluation import Evaluation, bounds, known_history, term
from ceasefire_model.rules.performance import PerformanceKind, kind_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from ceasefire_model.proposals import Provision


@frozen
class Chapter:
    """A stretch of time in which one thing was so of a clause; half-open."""

    __repr__ = spelled

    start: datetime
    """When it begins, in UTC."""

    end: datetime
    """When it is over, in UTC."""

    kind: PerformanceKind
    """What had become of the clause all along."""

    verdict: Verdict
    """Whether it was fulfilled."""

    is_bound: bool
    """Whether it lies in the term of the clause, for sure: outside, nothing is asked."""


def turns(evaluation: Evaluation, leaf: Fulfilled) -> list[datetime]:
    """Return the instants, in order, at which what became of a clause may change.

    Those at which something changed on which the clause rests, or at which it may fall due: of one
    that is judged without its term nothing else tells.
    """
    scenario = evaluation.view.scenario
    text = InForce(scenario.index.text_of(leaf.provision).id)
    under = [ground.condition for ground in grounds(scenario.index, leaf)]
    asked = [ground.condition for ground in grounds(scenario.index, text)]
    every = (leaf, InForce(leaf.provision), text, *under, *asked)
    tracks = [known_history(evaluation, each) for each in every]
    found = {at for track in tracks for at in track.starts}
    found.update(at for word in scenario.statements for at in word.date.as_start(scenario.zone))
    provision = scenario.provision(leaf.provision)
    for due in {duty.due or provision.due for duty in provision.duties_of(leaf.by)}:
        if due is not None:
            found.update(bounds(evaluation, due, Edge.END).instants())
    return sorted(found)


def chapters(
    evaluation: Evaluation, provision: Provision, start: datetime, end: datetime
) -> tuple[Chapter, ...]:
    """Return what became of a clause from a start to an end; neighbours differ.

    Args:
        evaluation: What to judge in; what it knows counts all along.
        provision: The clause; it has duties.
        start: From when on.
        end: Before when.
    """
    leaf = Fulfilled(provision.id)
    bound_by, fulfilled = term(evaluation, provision), known_history(evaluation, leaf)
    marks = {*turns(evaluation, leaf), *bound_by.starts}
    edges = [start, *sorted(at for at in marks if start < at < end), end]
    found: list[Chapter] = []
    for begun, over in pairwise(edges):
        last = over - TICK
        kind = kind_of(evaluation.moved(last), provision)
        is_bound = bound_by.at(last) is Verdict.MET
        each = Chapter(begun, over, kind, fulfilled.at(last), is_bound)
        if found and _is_alike(found[-1], each):
            each = evolve(each, start=found.pop().start)
        found.append(each)
    return tuple(found)


def _is_alike(one: Chapter, other: Chapter) -> bool:
    return (one.kind, one.verdict, one.is_bound) == (other.kind, other.verdict, other.is_bound)
