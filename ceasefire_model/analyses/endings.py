"""What would end a text that has entered into force: a date that is to come, or a rejection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import Accepts, After, Condition, Ever, InForce
from ceasefire_model.rules.acceptance import needed, speakers
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from ceasefire_model.proposals import Proposal


def rejections(evaluation: Evaluation, leaf: Condition) -> list[Accepts]:
    """Return on which words it rests that a text stays in force: a rejection would end it.

    None where it has an end of its own, before which no word ends it.
    """
    text = _entered(evaluation, leaf)
    if text is None or text.ends is not None:
        return []
    view = evaluation.view
    return [each for word in needed(view, text) for each in speakers(view, word)]


def running_out(evaluation: Evaluation, leaf: Condition) -> tuple[Condition, ...] | None:
    """Return what must have happened for a text in force to run out once its date has come.

    Nothing where the date is certain; none where it has no end of its own, or is not in force.
    """
    text = _entered(evaluation, leaf)
    match None if text is None else text.ends:
        case None:
            return None
        case After(condition=event) if event != leaf:
            return (Ever(event),)
        case _:
            return ()


def _entered(evaluation: Evaluation, leaf: Condition) -> Proposal | None:
    """Return the text that is in force, having entered, if that is what a leaf says of it."""
    if not isinstance(leaf, InForce) or verdict(evaluation, leaf) is not Verdict.MET:
        return None
    is_entered = not any(evaluation.rewriting(leaf).parts)
    return evaluation.view.scenario.index.proposals.get(leaf.of) if is_entered else None
