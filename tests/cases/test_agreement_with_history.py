"""The bundled agreements, clause by clause and date by date, against breakdowns made apart."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from ceasefire_model import (
    Accepts,
    Answered,
    Condition,
    Done,
    Fulfilled,
    Holds,
    InForce,
    Scenario,
    Verdict,
    evaluate,
    load_case,
)
from ceasefire_model.rules import Performance, PerformanceKind
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.performance import performance
from ceasefire_model.rules.views import view

FOLDER = Path(__file__).parent / "history"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))

WORDS = {
    Verdict.MET: "met",
    Verdict.UNMET: "not met",
    Verdict.PENDING: "not met",
    Verdict.DISPUTED: "disputed",
    Verdict.UNKNOWN: "unknown",
    Verdict.UNCLEAR: "unclear",
}

QUALIFIERS = {
    PerformanceKind.MET_LATE: {"late", ""},  # done after the date: some call it late
    PerformanceKind.NOT_DUE: {"not due", ""},
    PerformanceKind.NOT_OWED: {"not due", ""},
    PerformanceKind.OWED: {"not due", ""},  # no date is set: some say that nothing is due
    PerformanceKind.OVERDUE: {"late", ""},  # not done after the date: some call it late
}
"""What a breakdown may add to a status; of a right or a declaration, and else, nothing."""


class Row(NamedTuple):
    """One clause at one date."""

    clause: str
    day: str
    expected: str
    found: set[str]
    derived: bool
    difference: dict[str, str] | None

    @property
    def agrees(self) -> bool:
        return self.expected in self.found


@cache
def rows(case: str) -> list[Row]:
    """Compare a case with its breakdown."""
    scenario = load_case(case)
    history = yaml.safe_load((FOLDER / f"{case}.yaml").read_text(encoding="utf-8"))
    found = []
    for clause, entry in history["clauses"].items():
        condition = asked(entry["asks"])
        differences = entry.get("differences", {})
        for day, status in entry["statuses"].items():
            found.append(
                Row(
                    clause,
                    str(day),
                    status["status"],
                    descriptions(scenario, condition, str(day)),
                    status.get("derived", False),
                    differences.get(day),
                )
            )
        assert set(differences) <= set(entry["statuses"])
    return found


def asked(entry: dict[str, object]) -> Condition:
    """Read the condition that answers a clause."""
    match entry:
        case {"fulfilled": str(provision)}:
            return Fulfilled(provision)
        case {"accepts": [str(party), str(text)]}:
            return Accepts(party, text)
        case {"in force": str(proposal)}:
            return InForce(proposal)
        case {"holds": str(state)}:
            return Holds(state)
        case {"done": str(act)}:
            return Done(act)
        case {"answered": str(question)}:
            return Answered(question)
        case _:
            raise ValueError(f"no question: {entry}")


def descriptions(scenario: Scenario, condition: Condition, day: str) -> set[str]:
    """Say in the words of a breakdown what a case finds; there may be more than one way to.

    What is done in part is called met by some and not met by others, and partial by all. What was
    replaced is called so by all, whether it was met or need not be met any more, or by what it was.
    What is met late is called late or not: one breakdown says of an act first that it was met late,
    and at the next date that it was met; another gives the five days and calls it met.
    """
    word = WORDS[evaluate(scenario, condition, as_of=day).verdict]
    done = performance_of(scenario, condition, day)
    if done is None:
        return {word}
    found = {f"{word} {each}".strip() for each in QUALIFIERS.get(done.was or done.kind, {""})}
    if done.kind is PerformanceKind.SUPERSEDED:
        found |= {"met superseded", "not met superseded"}
    if done.punctual is Verdict.UNMET:
        found |= {f"{word} late"}
    return found | ({"met partial", "not met partial"} if is_partly(done) else set())


def performance_of(scenario: Scenario, condition: Condition, day: str) -> Performance | None:
    """Return what became of a clause; nothing for any other question."""
    if not isinstance(condition, Fulfilled):
        return None
    clause = scenario.provision(condition.provision)
    return performance(Evaluation(view(scenario, as_of=day)), clause, condition.by)


def is_partly(done: Performance) -> bool:
    """Whether some of the duties are met, or some of the number that is demanded."""
    some = 0 < done.met < done.of or (done.progress is not None and done.progress.reached > 0)
    return some and done.verdict is not Verdict.MET


def share(found: list[Row]) -> float:
    """Return the share of rows that agree, among those that are evidence."""
    evidence = [row for row in found if not row.derived]
    return sum(row.agrees for row in evidence) / len(evidence)


def summary(found: list[Row]) -> str:
    """Write the agreement of a case, and each difference; to print while writing one."""
    counts = Counter((row.derived, row.agrees) for row in found)
    head = (
        f"{counts[False, True]} of {counts[False, True] + counts[False, False]} statuses, "
        f"and {counts[True, True]} of {counts[True, True] + counts[True, False]} derived ones"
    )
    differences = [
        f"{row.clause} {row.day}: {row.expected}, found {' or '.join(sorted(row.found))}"
        for row in found
        if not row.agrees
    ]
    return "\n".join([head, *differences])


@pytest.mark.parametrize("case", CASES)
def test_each_difference_between_case_and_breakdown_is_explained_and_no_other_is(case):
    for row in rows(case):
        if row.agrees:
            assert row.difference is None, row
        else:
            assert row.difference is not None, row
            assert row.difference["found"] in row.found, row
            assert row.difference["why"], row


def test_more_than_nine_in_ten_statuses_are_those_of_the_breakdowns():
    found = {case: rows(case) for case in CASES}
    summaries = "\n".join(f"{case}: {summary(each)}" for case, each in found.items())
    assert share([row for each in found.values() for row in each]) >= 0.93, summaries
