"""What became of an obligation, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import After
from ceasefire_model.display.words import WORDS, bound_of, instant, last_day, plain, span_of
from ceasefire_model.moments import BEGINNING
from ceasefire_model.rules.performance import PerformanceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.rules.assessment import ObligorAssessment, ProvisionAssessment
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.scenarios import Scenario


def due_text(each: ProvisionAssessment) -> str:
    """Write when a provision is due: the date or the rule, and the date that the rule gives."""
    bound, scenario = each.provision.due, each.view.scenario
    if bound is None:
        return ""
    when = each.performance.due if each.performance else None
    rule = bound_of(bound, scenario)
    if isinstance(bound, After) and when is not None:
        return f"{last_day(when, scenario.zone)}, {rule}"
    return rule


def became(each: ProvisionAssessment) -> Iterator[str]:
    """Yield what became of a provision, and what took its place or whose place it takes."""
    scenario, provision = each.view.scenario, each.provision
    found = [] if each.performance is None else [each.performance]
    yield from (performed(one, scenario, is_dated=provision.due is not None) for one in found)
    for other in each.replacements:
        named = f"by “{other.provision.text}” ({other.proposal.title}; {other.provision.id})"
        yield (
            f"replaced {named}" if other.is_in_force else f"would be replaced {named}, not in force"
        )


def owed(obligor: ObligorAssessment, each: ProvisionAssessment) -> str:
    """Write what became of what one obligor owes."""
    is_dated = each.provision.due is not None
    return performed(obligor.performance, each.view.scenario, is_dated=is_dated)


def word_of(each: Performance, *, is_dated: bool = True) -> str:
    """Write what became of an obligation in a word.

    Args:
        each: What became of it.
        is_dated: Whether it has a deadline; what has none is not said to be not due.
    """
    if each.kind is PerformanceKind.OPEN:
        return WORDS[each.verdict]
    if each.kind is PerformanceKind.NOT_DUE and not is_dated:
        return WORDS[each.verdict]
    return str(each.kind.value)


def particulars(each: Performance, scenario: Scenario, *, is_dated: bool = True) -> Iterator[str]:
    """Yield the dates and numbers of what became of an obligation."""
    if each.kind is PerformanceKind.NOT_DUE and not is_dated:
        yield "no date is set"
    if each.is_punctuality_open and each.punctual is not None:
        yield f"and whether in time is {WORDS[each.punctual]}"
    if each.since is not None and each.since > BEGINNING:
        word = "broke" if each.kind is PerformanceKind.BREACHED else "first met"
        yield f"{word} on {instant(each.since, scenario)}"
    if each.late_by is not None:
        least, most = map(span_of, each.late_by)
        yield f"{most} late" if least == most else f"{least} to {most} late"
    if each.progress is not None:
        yield f"{plain(each.progress.reached)} of {plain(each.progress.needed)}"
    elif each.of > 1:
        yield f"{each.met} of {each.of} duties are met"


def performed(each: Performance, scenario: Scenario, *, is_dated: bool = True) -> str:
    """Write what became of an obligation, with its dates and numbers."""
    said = particulars(each, scenario, is_dated=is_dated)
    return ", ".join([word_of(each, is_dated=is_dated), *said])
