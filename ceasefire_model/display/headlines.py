"""Where a text stands, and whether it is accepted, as a mark and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.blocks import Mark
from ceasefire_model.display.findings import known_spans
from ceasefire_model.display.reasons import because
from ceasefire_model.display.words import WORDS, instant
from ceasefire_model.moments import BEGINNING
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.findings import Finding


def force_mark(verdict: Verdict) -> Mark:
    """Return the mark of whether a text is in force."""
    return Mark(_FORCE.get(verdict, WORDS[verdict]), verdict)


_FORCE = {
    Verdict.MET: "in force",
    Verdict.UNMET: "not in force",
    Verdict.PENDING: "not in force",
}


def accepted_mark(verdict: Verdict) -> Mark:
    """Return the mark of whether a party accepts."""
    return Mark(_ACCEPTED.get(verdict, WORDS[verdict]), verdict)


_ACCEPTED = {Verdict.MET: "accepted", Verdict.UNMET: "not accepted"}


def answered_mark(verdict: Verdict) -> Mark:
    """Return the mark of whether a question is answered."""
    return Mark(_ANSWERED.get(verdict, WORDS[verdict]), verdict)


_ANSWERED = {Verdict.MET: "answered", Verdict.UNMET: "not answered"}


def headline(assessment: Assessment) -> str:
    """Go on from the mark of a text: since when, and why, in a sentence.

    Of what was never in force there is no *since*: it would read as if it had been before.
    """
    finding = assessment.finding
    return f"{_since(finding)}because {because(finding)}"


def _since(finding: Finding) -> str:
    spans = known_spans(finding)
    start, _ = spans[-1]
    when = "" if start == BEGINNING else f" since {instant(start, finding.view.scenario)}"
    match finding.verdict:
        case Verdict.MET:
            return f"{when.strip()}, " if when else ""
        case Verdict.UNMET:
            was = any(found is Verdict.MET for _, found in spans)
            return f"any more{when}, " if was else ""
        case Verdict.PENDING:
            return "yet, "
        case Verdict.DISPUTED | Verdict.UNKNOWN | Verdict.UNCLEAR:
            return f"whether it is in force{when}, "
