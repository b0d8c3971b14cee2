"""When it was decided what a history comes to: the words of that instant are its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from ceasefire_model.conditions import By, Ever, HeldFor, Throughout
from ceasefire_model.moments import BEGINNING, TICK
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.evaluation import (
    Evaluation,
    bounds,
    certain,
    due_of,
    known_history,
    missed_word,
    verdict,
)
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from ceasefire_model.rules.tracks import Track

Past: TypeAlias = Ever | By | HeldFor | Throughout
"""The histories of one condition."""


def deciding(evaluation: Evaluation, condition: Past) -> Evaluation:
    """Return the evaluation at the instant that decided what a history comes to.

    What was met once, missed or broken was so at an instant of the past; what nothing of the past
    decides rests on today.
    """
    decided = _decided(evaluation, condition, verdict(evaluation, condition))
    at = evaluation.view.at
    return evaluation if decided is None or decided >= at else evaluation.moved(decided)


def _decided(evaluation: Evaluation, condition: Past, found: Verdict) -> datetime | None:
    """Return when a history came to a verdict for good; none where it may still change."""
    track = known_history(evaluation, condition.condition)
    at = evaluation.view.at
    match condition:
        case Ever() | By() if found is Verdict.MET:
            return track.first(Verdict.MET)
        case By(condition=inner, due=due) if found is Verdict.UNMET:
            over = due_of(evaluation, due)
            return None if over is None else missed_word(evaluation, inner, over)
        case Throughout(start=start, end=end):
            first = certain(evaluation, bounds(evaluation, start, Edge.START))
            over = None if end is None else certain(evaluation, bounds(evaluation, end, Edge.END))
            last = at if over is None else min(at, over - TICK)
            if found is Verdict.UNMET:
                return _first(track, found, BEGINNING if first is None else first)
            return last if track.at(last) is found else _latest(track, found, last)
        case Ever() | By() | HeldFor():
            return None if track.at(at) is found else _latest(track, found, at)
        case _:
            assert_never(condition)


def _first(track: Track, found: Verdict, begin: datetime) -> datetime | None:
    """Return the first instant from a beginning on at which something had a verdict."""
    spans = track.spans()
    later = (max(start, begin) for start, end, each in spans if each is found and _ends(end, begin))
    return next(later, None)


def _ends(end: datetime | None, begin: datetime) -> bool:
    """Whether a stretch goes on after an instant."""
    return end is None or end > begin


def _latest(track: Track, found: Verdict, last: datetime) -> datetime | None:
    """Return the last instant up to another at which something had a verdict."""
    for start, end, each in reversed([*track.spans()]):
        if each is found and start <= last:
            return last if end is None else min(end - TICK, last)
    return None
