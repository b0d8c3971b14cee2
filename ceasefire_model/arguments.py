"""What the command line is given: documents and cases by name, and the days they reach over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_model.cases import case_names, load_case
from ceasefire_model.documents import Limits, load, loads
from ceasefire_model.errors import DocumentError, ModelError, Problem, nearest
from ceasefire_model.moments import day_of

if TYPE_CHECKING:
    from datetime import date

    from ceasefire_model.scenarios import Scenario

_LIMITS = Limits(size=8_000_000)
"""A larger document is refused before it is parsed, which would take longer than anybody waits."""


def read(name: str) -> Scenario:
    """Load a document; that it cannot be opened is a problem like any other."""
    try:
        return _loaded(name)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        raise DocumentError(name, (Problem("$", what, 1, 1),)) from error


def _loaded(name: str) -> Scenario:
    if name != "-":
        return load(name, limits=_LIMITS)
    text = sys.stdin.buffer.read(_LIMITS.size + 1).decode("utf-8-sig", errors="replace")
    return loads(text, source="<standard input>", limits=_LIMITS)


def scenario_named(name: str) -> Scenario:
    """Load a bundled case by name, or a document by path."""
    if name in case_names():
        return load_case(name)
    if name != "-" and not Path(name).exists():
        raise ModelError(f"no file and no bundled case {name!r}; {nearest(name, case_names())}")
    return _loaded(name)


def first_date(scenario: Scenario) -> date:
    """Return the local day of the earliest date that a report or statement names.

    Raises:
        ModelError: If nothing is reported in it.
    """
    named = [observation.since for observation in scenario.observations]
    named += [statement.date for statement in scenario.statements]
    if not named:
        raise ModelError("nothing is reported in this scenario; give --start")
    return day_of(min(moment.bounds(scenario.zone)[0] for moment in named), scenario.zone)


def last_report(scenario: Scenario) -> date:
    """Return the local day of the latest report or statement in a scenario.

    Raises:
        ModelError: If nothing is reported in it.
    """
    reported = [observation.reported for observation in scenario.observations]
    reported += [statement.reported for statement in scenario.statements]
    if not reported:
        raise ModelError("nothing is reported in this scenario; give --as-of")
    return day_of(max(moment.bounds(scenario.zone)[1] for moment in reported), scenario.zone)
