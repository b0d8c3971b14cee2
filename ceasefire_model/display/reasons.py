"""Why a verdict is what it is, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.display.findings import reading_of, sources, stated
from ceasefire_model.display.obligations import particulars
from ceasefire_model.display.words import WORDS, day, instant, last_day, listed, span_of
from ceasefire_model.evidence import Trust
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.performance import PerformanceKind, performance
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire_model.rules.findings import Finding


def why(finding: Finding) -> str:
    """Say in one sentence why the verdict is what it is."""
    return shown(f"{stated(finding)}: {WORDS[finding.verdict]}, because {because(finding)}.")


def because(finding: Finding) -> str:
    """Say why a verdict is what it is, without what it is on."""
    match finding.condition:
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            return _because_of_words(finding)
        case Accepts():
            return _because_of_stance(finding)
        case Not():
            part = finding.parts[0]
            return f"{_named([part])}, because {because(part)}"
        case InForce() if finding.ended_at is not None:
            return f"it ran out on {last_day(finding.ended_at, finding.view.scenario.zone)}"
        case InForce():
            return _because_of_term(finding, finding.condition)
        case Fulfilled():
            return _because_of_duties(finding, finding.condition)
        case AllOf() | AnyOf() | AtLeastOf():
            return _because_of_parts(finding)
        case Ever() | By() | HeldFor() | Throughout() | When():
            return _because_of_history(finding)
        case Vague():
            return _because_of_meanings(finding, finding.condition)
        case _:
            assert_never(finding.condition)


def _because_of_words(finding: Finding) -> str:
    """Name who supports and who denies a leaf."""
    if not finding.readings:
        return "nobody reports on it"
    if finding.readings[0].observation is None:
        return reading_of(finding.readings[0], finding)
    grouped = {
        says: [reading_of(reading, finding) for reading in finding.readings if reading.says is says]
        for says in Says
    }
    written = {
        Says.SUPPORTS: "it is supported by",
        Says.DENIES: "it is denied by",
        Says.NEITHER: "nothing is settled by",
        Says.NO_LONGER: "nothing is said of this time by",
        Says.OVERTAKEN: "no longer heard is what was",
    }
    return " and ".join(
        f"{written[says]} {'; '.join(lines)}" for says, lines in grouped.items() if lines
    )


def _because_of_stance(finding: Finding) -> str:
    """Name the latest word and what it still needs."""
    if finding.stance is None and not finding.statements:
        return _because_of_parts(finding) if finding.parts else "nobody reports a word of it"
    said = next(iter(sources(finding)))
    if not finding.parts:
        return f"its latest word: {said}"
    return f"its latest word: {said}; {_because_of_parts(finding)}"


def _because_of_term(finding: Finding, leaf: InForce) -> str:
    """Say how a text came into force, what it still needs, or how it ended."""
    words = [part for part in finding.parts if isinstance(part.condition, Accepts)]
    # of a text that is in force, some may have other words by now
    is_said = finding.verdict is not Verdict.MET or all(w.verdict is Verdict.MET for w in words)
    if is_said and any(part.verdict is finding.verdict for part in words):
        return _because_of_acceptances(finding, words)
    longer = _prolonging(finding, leaf)
    if longer and finding.verdict is Verdict.MET:
        titles = listed([f"“{title}”" for title in longer])
        return (
            f"{titles} {'prolong it and are' if len(longer) > 1 else 'prolongs it and is'} in force"
        )
    if any(part.verdict is finding.verdict for part in finding.parts):
        return _because_of_parts(finding)
    match finding.verdict:
        case Verdict.MET:
            text = finding.view.scenario.index.text_of(leaf.of)
            accepted = "all whose acceptance it needs had accepted"
            begun = accepted if text.to or text.by else "it needs nobody's acceptance"
            return f"{begun}, and it has not ended"
        case Verdict.UNMET:
            return _because_of_end(finding, leaf)
        case Verdict.PENDING:
            return "its time is still to come"
        case _:
            return "it is in doubt when it began or ended"


def _prolonging(finding: Finding, leaf: InForce) -> list[str]:
    """Return the titles of the texts in force on whose force alone that of a text rests."""
    longer = {
        InForce(text.id): text.title
        for text in finding.view.scenario.index.prolongations.get(leaf.of, ())
    }
    below = [one for part in finding.parts for one in (part, *part.parts)]
    return [
        longer[one.condition]
        for one in below
        if one.condition in longer and one.verdict is Verdict.MET
    ]


def _because_of_end(finding: Finding, leaf: InForce) -> str:
    """Name the text that took the place of another, or the date that ended it."""
    scenario = finding.view.scenario
    text = scenario.index.text_of(leaf.of)
    for other in scenario.index.successors.get(text.id, ()):
        begun = find(finding.evaluation, InForce(other.id)).met_at
        if begun is not None:
            return f"“{other.title}” took its place on {instant(begun, scenario)}"
    return "it has ended" if finding.met_at is not None else "its time is over and it never entered"


def _because_of_acceptances(finding: Finding, words: Sequence[Finding]) -> str:
    """Name the words that decide, each with its day, and count who has accepted."""
    met = sum(part.verdict is Verdict.MET for part in words)
    if met == len(words):
        return "all whose acceptance it needs have accepted"
    deciding = [part for part in words if part.verdict is finding.verdict]
    said = [_word_of(part) for part in deciding[:_SHOWN]]
    if len(deciding) > _SHOWN:
        said.append(f"the same holds of {len(deciding) - _SHOWN} more")
    if len(words) == 1:
        return said[0]
    count = f"{met or 'none'} of {len(words)} {'has' if met <= 1 else 'have'} accepted"
    return f"{listed(said)}; {count}"


def _word_of(part: Finding) -> str:
    """Write a party's latest word as a sentence, and how what it asks for stands."""
    scenario = part.view.scenario
    who = scenario.party(part.condition.party).name if isinstance(part.condition, Accepts) else ""
    if part.stance is None:
        return (
            f"{who} spoke both ways on one day"
            if part.statements
            else f"no word of {who} is {'reported' if part.view.trust == Trust() else 'heard'}"
        )
    day_said = f" ({day(part.statements[-1].date)})" if part.statements else ""
    said = f"{who} {_SPOKE[part.stance]}{day_said}"
    return f"{said}{_conditions(part.parts)}"


_SPOKE = {
    Stance.ACCEPTS: "accepted",
    Stance.ACCEPTS_WITH_CONDITIONS: "accepted with conditions",
    Stance.ACCEPTS_IN_PRINCIPLE: "accepted in principle",
    Stance.ASKS_FOR_CLARIFICATION: "asked for clarification",
    Stance.UNDECIDED: "had not decided",
    Stance.REJECTS: "rejected",
    Stance.WITHDREW: "withdrew",
}
"""Stances as what was done on a day, which fits parties of one and of many."""


def _conditions(needs: Sequence[Finding]) -> str:
    """Write how what a word waits for stands, where not all of it is met."""
    unmet = sum(need.verdict is Verdict.UNMET for need in needs)
    still_open = sum(need.verdict.is_open for need in needs)
    if not unmet + still_open:
        return ""
    if len(needs) == 1:
        return f", and its condition is {'not met' if unmet else 'open'}"
    counts = ((unmet, "not met"), (still_open, "open"))
    how = listed(
        [f"{count} {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    )
    return f", and of its {len(needs)} conditions {how}"


def _because_of_duties(finding: Finding, leaf: Fulfilled) -> str:
    """Say what became of a clause; of one whose parts do not stand as it does, by its dates."""
    if not finding.parts or any(part.verdict is finding.verdict for part in finding.parts):
        return _because_of_parts(finding)
    scenario, due = finding.view.scenario, finding.due
    became = performance(finding.evaluation, scenario.provision(leaf.provision), leaf.by)
    if became.kind is PerformanceKind.NOT_OWED:
        return "its time has not begun"
    said = [*particulars(became, scenario.zone)]
    if due is not None:
        verb = "was" if due <= finding.view.at else "is"
        said.insert(0, f"it {verb} due by {last_day(due, scenario.zone)}")
    return ", ".join(said) or _because_of_parts(finding)


def _because_of_parts(finding: Finding) -> str:
    """Name the parts that decide, and count what is met."""
    parts = finding.parts
    if not parts:
        is_free = finding.own in (None, Verdict.MET)
        return "no part is needed" if is_free else "of its dates"
    met = sum(part.verdict is Verdict.MET for part in parts)
    if met == len(parts) > 1:
        return "both parts are met" if met == _BOTH else f"all {met} parts are met"
    deciding = [part for part in parts if part.verdict is finding.verdict]
    said = f"{_named(deciding)}; " if deciding else ""
    return f"{said}{met} of {len(parts)} parts are met" if len(parts) > 1 else _named(parts)


_BOTH = 2

_SHOWN = 3
"""How many parts a sentence names."""


def _named(parts: Sequence[Finding]) -> str:
    """Write how some parts of one verdict stand: “a”, “b” and 2 more are not met."""
    names = [f"“{stated(part)}”" for part in parts[:_SHOWN]]
    if len(parts) > _SHOWN:
        names.append(f"{len(parts) - _SHOWN} more")
    return f"{listed(names)} {'is' if len(parts) == 1 else 'are'} {WORDS[parts[0].verdict]}"


def _at_its_time(part: Finding, finding: Finding) -> str:
    """Write how a part stands now, or how it stood at an instant of the past."""
    if part.view.at == finding.view.at:
        return f"now {_named([part])}"
    then = instant(part.view.at, part.view.scenario)
    return f"“{stated(part)}” was {WORDS[part.verdict]} on {then}"


def _because_of_history(finding: Finding) -> str:
    """Say how it stands now, or stood when that was decided, and what is known of when."""
    scenario = finding.view.scenario
    parts = [_at_its_time(part, finding) for part in finding.parts]
    met_at = finding.met_at
    if met_at is not None and all(part.view.at != met_at for part in finding.parts):
        parts.append(f"it was first met on {instant(met_at, scenario)}")
    if finding.due is not None:
        parts.append(f"it was due by {last_day(finding.due, scenario.zone)}")
    if finding.late_by is not None:
        parts.append(f"it was late by {span_of(finding.late_by)}")
    return ", ".join(parts)


def _because_of_meanings(finding: Finding, condition: Vague) -> str:
    agreed = agreed_meaning(finding.view, condition)
    if agreed is not None:
        return f"it is taken to mean “{agreed.text}”"
    each = (
        listed(
            [
                f"“{part.meaning.text}” would be {WORDS[part.verdict]}"
                for part in finding.parts
                if part.meaning is not None
            ]
        )
        if condition.meanings
        else "nobody has named a meaning"
    )
    return f"no meaning is agreed: {each}"
