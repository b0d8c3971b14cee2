"""What became of an obligation: a word, and what is known of when and how far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ceasefire_model import Verdict
from ceasefire_model.display.obligations import performed
from ceasefire_model.moments import BEGINNING
from ceasefire_model.rules.performance import Performance, PerformanceKind, Stretch
from tests.rules.test_assessment import SCENARIO

UNMET = Verdict.UNMET


def at(day: int) -> datetime:
    return datetime(2025, 3, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": PerformanceKind.OPEN, "verdict": Verdict.DISPUTED}, "disputed"),
        (
            {"kind": PerformanceKind.BREACHED, "since": at(3), "last_word": at(5)},
            "breached, since 3 March 2025, last report 5 March 2025",
        ),
        (
            {"kind": PerformanceKind.SUPERSEDED, "was": PerformanceKind.OVERDUE},
            "superseded, overdue by then",
        ),
        (
            {
                "kind": PerformanceKind.VIOLATED,
                "violations": [Stretch(at(1), at(2), Verdict.UNMET), Stretch(at(4), None, UNMET)],
            },
            "violated, not kept 2 times, the last from 4 March 2025 on",
        ),
        (
            {
                "kind": PerformanceKind.KEPT,
                "doubts": [Stretch(BEGINNING, at(6), Verdict.UNKNOWN)],
            },
            "kept, in doubt from the beginning to 5 March 2025",
        ),
        (
            {"kind": PerformanceKind.MET, "punctual": Verdict.UNKNOWN, "since": at(2)},
            "met, whether in time is unknown, first met on 2 March 2025",
        ),
        (  # a step that was undone, and is in doubt now: that it was met once says little
            {
                "kind": PerformanceKind.OPEN,
                "verdict": Verdict.UNKNOWN,
                "since": at(2),
                "violations": [Stretch(at(3), at(5), Verdict.UNMET)],
            },
            "unknown, not kept from 3 March 2025 to 4 March 2025",
        ),
        (
            {"kind": PerformanceKind.MET_LATE, "late_by": (timedelta(22), timedelta(51))},
            "met late, 22 days to 51 days late",
        ),
        (
            {"kind": PerformanceKind.MET_LATE, "late_by": (timedelta(1), timedelta(1))},
            "met late, 1 day late",
        ),
    ],
)
def test_what_became_of_an_obligation_is_said_with_dates_and_numbers(fields, expected):
    made = {"verdict": Verdict.UNMET, **fields}
    made |= {name: tuple(made[name]) for name in ("violations", "doubts") if name in made}
    assert performed(Performance(**made), SCENARIO.zone) == expected
