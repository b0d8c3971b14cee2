"""Next moves: who could do what about one demand or clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import Accepts, Answered, Not
from ceasefire_model.display.blocks import Items, Line, Mark, Page, Paragraph
from ceasefire_model.display.findings import gated, stated
from ceasefire_model.display.words import WORDS, last_day, names
from ceasefire_model.rules.moves import MoveKind
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.conditions import Meaning
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.moves import Move
    from ceasefire_model.scenarios import Scenario

NEXT = "Next moves, to meet the demands as they were made; no advice"
"""What stands over the next moves."""

_MOVES = 12
"""How many next moves are shown before the reasons; the others follow at the end."""


def move_page(move: Move) -> Page:
    """Compose what could be done next, about what, and by whom."""
    lines = [
        (
            names(move.who, each.view.scenario),
            Line(f"{_to_do(each, move.kind)}{_asked_by(move)}", _deed(each, move.kind)),
        )
        for each in move.findings
    ]
    return Page([Paragraph([NEXT], is_small=True), Items(_by_party(lines))])


def moves_of(assessment: Assessment) -> tuple[list[Line], list[Line]]:
    """Return the first moves by who could make them, and the others."""
    lines = [
        (
            names(move.who, finding.view.scenario),
            Line(
                f"{_to_do(finding, move.kind)}{_asked_by(move)}",
                _deed(finding, move.kind),
                _still_needed(assessment, finding, move.kind),
            ),
        )
        for move in assessment.next_moves
        for finding in move.findings
    ]
    shown, more = _by_party(lines[:_MOVES]), _by_party(lines[_MOVES:])
    if more:
        count = len(lines) - _MOVES
        shown.append(Line(f"and {count} more, see “Further moves” below"))
    return shown, more


def _still_needed(assessment: Assessment, finding: Finding, kind: MoveKind) -> Iterator[str]:
    """Yield what a move waits for that is not so, each with how it stands.

    To verify or to find out waits for nothing; the end of what is so waits for what that needs.
    """
    if kind not in (MoveKind.CHANGE, MoveKind.DECIDE):
        return
    condition = finding.condition
    aim = Not(condition) if finding.verdict is Verdict.MET else condition
    for gate in assessment.waits_for(aim):
        if gate.finding.verdict is not Verdict.MET:
            yield f"{gated(gate)}: {WORDS[gate.finding.verdict]}"


def _deed(finding: Finding, kind: MoveKind) -> Mark:
    """Return what is to be done; what one does with a question that has no answer is to answer."""
    return Mark("answer" if _is_unanswered(finding, kind) else kind.value)


def _to_do(finding: Finding, kind: MoveKind) -> str:
    condition = finding.condition
    if isinstance(condition, Answered) and _is_unanswered(finding, kind):
        return finding.view.scenario.fact(condition.question).text
    return matter(finding, kind)


def _is_unanswered(finding: Finding, kind: MoveKind) -> bool:
    is_unmet = finding.verdict is Verdict.UNMET
    return isinstance(finding.condition, Answered) and kind is MoveKind.CHANGE and is_unmet


def _asked_by(move: Move) -> str:
    """Write which clause or precondition asks for a move, and when it falls due."""
    view = move.findings[0].view
    due = "" if move.due is None else f"due {last_day(move.due, view.zone)}"
    said = [name for name in (move.provision, move.precondition, due) if name]
    return f" ({'; '.join(said)})" if said else ""


def _by_party(lines: Iterable[tuple[str, Line]]) -> list[Line]:
    groups: dict[str, list[Line]] = {}
    for who, line in lines:
        groups.setdefault(who, []).append(line)
    return [Line(who or "Nobody is named who could", below=below) for who, below in groups.items()]


def move_text(move: Move) -> str:
    """Write who could do something next, and about what."""
    scenario = move.findings[0].view.scenario
    who = f"{names(move.who, scenario)}: " if move.who else ""
    return who + "; ".join(matter(finding, move.kind) for finding in move.findings)


def matter(finding: Finding, kind: MoveKind) -> str:
    """Write what a move is about."""
    text = stated(finding)
    if finding.meaning is not None:
        text = _in_the_sense(finding.meaning, finding.view.scenario)
    if kind is MoveKind.ASK:
        return f"what is meant by “{text}”?"
    if isinstance(finding.condition, Accepts) and kind is MoveKind.DECIDE:
        return f"whether {text}"
    return f"no longer: {text}" if finding.verdict is Verdict.MET else text


def _in_the_sense(meaning: Meaning, scenario: Scenario) -> str:
    """Write a demand in one of its meanings, apart from where the demand stands."""
    demands = scenario.index.vague.values()
    (demand,) = (each for each in demands if meaning in each.meanings)
    return f"“{demand.text}”, in the sense: {meaning.text}"
