"""The columns of the rows of every answer."""

from __future__ import annotations

from datetime import datetime

COLUMNS: dict[str, tuple[type, str]] = {
    "address": (str, "where a finding stands; no two rows of one table have the same"),
    "after": (str, "the later verdict; none where it was not asked"),
    "after_as_of": (datetime, "the instant that the later one judges"),
    "after_crossed": (bool, "whether it is a red line that is crossed, later; none of all else"),
    "after_performance": (str, "what became of a clause, later"),
    "after_stance": (str, "the later stance"),
    "as_of": (datetime, "the instant judged"),
    "at": (datetime, "when it changed"),
    "basis": (str, "where a precondition comes from"),
    "because": (str, "what clashes, in words"),
    "before": (str, "the earlier verdict; none where it was not asked"),
    "before_as_of": (datetime, "the instant that the earlier one judges"),
    "before_crossed": (bool, "whether it was a red line that was crossed, earlier"),
    "before_performance": (str, "what had become of a clause, earlier"),
    "before_stance": (str, "the earlier stance"),
    "change": (int, "which change of the package, from 1; none where nothing has to change"),
    "change_cost": (float, "what the change costs"),
    "condition": (str, "what is judged, as one types it"),
    "contradiction": (int, "which contradiction, from 1"),
    "cost": (float, "what all changes of the package cost"),
    "crossed": (
        bool,
        "of what is needed for as long as something lasts: whether that is so and this is not",
    ),
    "dates": (str, "the dates that made it change, each with its kind and its record, with commas"),
    "days": (float, "how long a stretch is, in days by the clocks of the scenario"),
    "deadlock": (int, "which deadlock, from 1"),
    "denies": (int, "how many sources deny a leaf"),
    "difference": (float, "how much more likely the target is if it is so than if not"),
    "doubts": (int, "how many stretches there are in which it is in doubt whether it was kept"),
    "due": (datetime, "when the deadline is over, if that is certain"),
    "end": (datetime, "when a stretch is over; it does not belong to it"),
    "fact": (str, "the id of the fact"),
    "group": (str, "the group of the checklist"),
    "held_by": (str, "the id of the party that holds the precondition"),
    "item": (str, "the id of the item of the checklist"),
    "kind": (str, "the name of the class of the condition, or of what changes"),
    "known_by": (datetime, "the instant by which what counts had been reported"),
    "late_days": (float, "how long after its deadline it was first met, in days"),
    "layer": (int, "which layer of steps, from 1"),
    "met_at": (datetime, "when it was first met, if it was; none where it was met ever since"),
    "needed": (float, "the number that is demanded at least, where the sources agree on one"),
    "needs": (str, "what is waited for, in words"),
    "of": (str, "the id of the proposal or provision"),
    "package": (int, "which package, from 1"),
    "party": (str, "the id of the party that accepts, or that owes"),
    "paths": (str, "what else says an item, in the shape of the document, with commas"),
    "performance": (str, "what became of a provision, or of what one party owes under it"),
    "precondition": (str, "the id of the precondition"),
    "preconditions": (str, "the ids of the preconditions, with commas"),
    "presence": (str, "whether an item is settled"),
    "probability": (float, "how likely the target is"),
    "provisions": (str, "the ids of the provisions, with commas"),
    "reached": (float, "the number that has been reached, where the sources agree on one"),
    "readings": (str, "the meanings under which demands clash, in words"),
    "reference": (str, "where the precondition can be read"),
    "references": (str, "where what made it change can be read, with semicolons"),
    "reports": (
        str,
        "the reports that made it change, each with its source and its fact, with commas",
    ),
    "severity": (str, "how much an item matters for the class that the text claims"),
    "since": (
        datetime,
        "of a clause: since when it is breached, kept, or kept again, or when it was first met",
    ),
    "sources": (str, "the ids of the sources that told what made it change, with commas"),
    "stance": (str, "the latest word of a party"),
    "start": (datetime, "when a stretch begins"),
    "statement": (str, "what it is about, in words"),
    "step": (int, "which step round the circle, from 1"),
    "supports": (int, "how many sources support a leaf"),
    "timing": (str, "how what is needed stands in time to what needs it"),
    "together_opens": (bool, "whether to turn this precondition TOGETHER opens the circle alone"),
    "topic": (str, "what a piece of news is about"),
    "vague": (str, "the id of the vague demand"),
    "value": (str, "what a fact, a word or a meaning becomes"),
    "verdict": (str, "the verdict"),
    "violations": (int, "how many stretches there are in which it was not kept"),
    "wait_until": (datetime, "the instant that must also come"),
    "waited_for": (str, "what must come before, in words, with semicolons"),
    "who": (str, "the ids of the parties that must move, with commas"),
    "words": (str, "the ids of the statements that made it change, with commas"),
}
"""Every column of every table: the type of its cells, which may also be `None`, and its meaning."""

OF: dict[str, tuple[str, ...]] = {
    "ClauseTable": ("label", "id", "statement", "party", "date", "verdict", "word"),
    "Comparison": (
        *("address", "kind", "party", "of", "fact", "statement", "precondition", "held_by"),
        *("before", "before_stance", "before_performance", "before_as_of"),
        *("after", "after_stance", "after_performance", "after_as_of"),
    ),
    "Contradictions": (
        *("contradiction", "precondition", "held_by", "statement", "basis", "reference"),
        *("readings", "because"),
    ),
    "Deadlocks": (
        *("deadlock", "step", "kind", "party", "of", "fact", "statement", "needs"),
        *("precondition", "held_by", "timing", "basis", "reference", "together_opens"),
    ),
    "Importances": (
        *("kind", "fact", "vague", "party", "of", "statement", "difference", "probability"),
    ),
    "News": (
        *("at", "topic", "address", "kind", "party", "of", "fact", "statement"),
        *("precondition", "held_by"),
        *("before", "before_stance", "before_performance", "before_crossed"),
        *("after", "after_stance", "after_performance", "after_crossed"),
        *("reports", "words", "dates", "sources", "references"),
    ),
    "Packages": (
        *("package", "cost", "wait_until", "change", "change_cost", "who", "statement"),
        *("kind", "fact", "vague", "party", "of", "value"),
    ),
    "Steps": (
        *("layer", "kind", "party", "of", "fact", "who", "statement", "waited_for"),
        *("preconditions", "wait_until"),
    ),
}
"""The columns of the answers that may have no rows, by their classes; others always have some."""


def columns_of(answer: object) -> tuple[str, ...]:
    """Return the columns of an answer, where there may be no rows to have them."""
    return OF.get(type(answer).__name__, ())
