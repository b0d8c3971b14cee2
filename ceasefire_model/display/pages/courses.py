"""What changed between two assessments, and how things stood from time to time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import Condition, Fulfilled, Not
from ceasefire_model.display.blocks import (
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Table,
    Tree,
)
from ceasefire_model.display.conditions import outline
from ceasefire_model.display.findings import stated
from ceasefire_model.display.obligations import became_mark, how_far, word_of
from ceasefire_model.display.words import (
    WORDS,
    between,
    day,
    instant,
    last_day,
    local_time,
    names,
    span_of,
)
from ceasefire_model.rules.performance import fulfilled_by

if TYPE_CHECKING:
    from collections.abc import Collection

    from ceasefire_model.display.blocks import Cell
    from ceasefire_model.display.clauses import ClauseTable
    from ceasefire_model.ids import PartyId
    from ceasefire_model.rules.comparison import Change, Comparison
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.rules.timelines import Span, Timeline
    from ceasefire_model.scenarios import Scenario


def comparison_page(comparison: Comparison) -> Page:
    """Compose what changed between two assessments, from the verdict on the proposal down."""
    before, after = comparison.before, comparison.after
    times = (instant(each.view.at, each.view.scenario) for each in (before, after))
    return Page(
        [
            Heading(after.proposal.title, " → ".join(dict.fromkeys(times))),
            Paragraph([_from_to(before.finding, after.finding)]),
            Items([Line(text, Mark(f"{turn}:")) for turn, text in turns(comparison)]),
            Paragraph([] if comparison.changes else ["nothing changed"]),
        ]
    )


def turns(comparison: Comparison) -> list[tuple[str, str]]:
    """Write each change once: from which verdict to which, and of what; the headline has its own.

    What is asked for at several places is told where it comes first, and with its negation once;
    a clause for which all who owe it changed alike is told once, with their names.
    """
    found: dict[tuple[str, Condition], str] = {}
    for change in comparison.changes:
        for node in filter(None, (change.after, change.before)):
            turn = _turn(change)
            found.setdefault((turn, node.condition), stated(node))
    told = {comparison.after.finding.condition}
    told |= {condition.part for _, condition in found if isinstance(condition, Not)}
    scenario = comparison.after.view.scenario
    owed = {key: _owed_alike(*key, found, scenario) for key in found}
    one_by_one = {(turn, leaf) for (turn, _), each in owed.items() for leaf in each.values()}
    return [
        (key[0], f"{text} (as owed by {names(owed[key], scenario)})" if owed[key] else text)
        for key, text in found.items()
        if key[1] not in told and key not in one_by_one
    ]


def _owed_alike(
    turn: str, condition: Condition, found: Collection[tuple[str, Condition]], scenario: Scenario
) -> dict[PartyId, Fulfilled]:
    """Return what each owes of a clause, if what became of it changed for each as for the whole."""
    if not isinstance(condition, Fulfilled) or condition.by is not None:
        return {}
    owed = dict(fulfilled_by(scenario.provision(condition.provision)))
    return owed if all((turn, leaf) in found for leaf in owed.values()) else {}


def _turn(change: Change) -> str:
    """Write from what to what something changed; what became of a clause where that alone did."""
    before, after = change.performed_before, change.performed_after
    verdicts = _state(change.before, change.after), _state(change.after, change.before)
    if before is None or after is None or verdicts[0] != verdicts[1]:
        return " → ".join(verdicts)
    return f"{_became(before)} → {_became(after)}"


def _became(each: Performance) -> str:
    """Write what became of a clause, and how far the number that it asks for has come."""
    if each.progress is not None:
        return f"{word_of(each)}, {how_far(each.progress)}"
    return f"{word_of(each)}, {each.met} of {each.of}" if each.of > 1 else word_of(each)


def _from_to(before: Finding | None, after: Finding | None) -> str:
    """Write two verdicts, with the stances where these differ."""
    return f"{_state(before, after)} → {_state(after, before)}"


def _state(finding: Finding | None, other: Finding | None) -> str:
    """Write a verdict, with the stance where the other's differs."""
    if finding is None:
        return "not asked"
    written = WORDS[finding.verdict]
    if finding.stance is not None and (other is None or other.stance is not finding.stance):
        return f"{written} ({finding.stance.value})"
    return written


def timeline_page(timeline: Timeline) -> Page:
    """Compose a timeline, one stretch a row, after what it is about."""
    rows = [_span(span, timeline) for span in timeline.spans]
    heads = ("from", "to", "verdict", "for")
    known = timeline.known_by
    by = "as reports came in" if known is None else f"known by {local_time(known, timeline.zone)}"
    return Page(
        [
            Tree(outline(timeline.condition)),
            Table("", heads, rows),
            Paragraph([by], is_small=True),
        ]
    )


def _span(span: Span, timeline: Timeline) -> tuple[str | Mark, ...]:
    zone = timeline.zone
    return (
        local_time(span.start, zone),
        last_day(span.end, zone),
        Mark.of(span.verdict),
        span_of(between(span.start, span.end, zone)),
    )


def table_page(found: ClauseTable) -> Page:
    """Compose the table of clauses: a row for each, a column for each date."""
    known = "" if found.known_by is None else f"known by {day(found.known_by)}"
    rows: list[list[Cell]] = [
        [
            Line(row.statement, notes=[row.label]),
            *(became_mark(cell.word, cell.verdict) for cell in row.standings),
        ]
        for row in found.rows
    ]
    heads = ("what", *map(day, found.dates))
    return Page([Heading(found.title, known), Table("", heads, rows)])
