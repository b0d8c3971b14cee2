"""The command line: ``ceasefire-model`` or ``python -m ceasefire_model``."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.packages import packages
from ceasefire_model.cases import case_names, load_case
from ceasefire_model.conditions import Accepts, Fulfilled, InForce
from ceasefire_model.documents import load, schema
from ceasefire_model.drafting.completeness import completeness
from ceasefire_model.errors import (
    CeasefireError,
    DocumentError,
    ModelError,
    Problem,
    UnknownIdError,
    located,
    nearest,
)
from ceasefire_model.evidence import Trust
from ceasefire_model.moments import day_of
from ceasefire_model.rules.assessment import assess
from ceasefire_model.rules.timelines import timeline
from ceasefire_model.tables.commands import add_commands

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from datetime import date

    from ceasefire_model.conditions import Condition
    from ceasefire_model.scenarios import Scenario


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the program's name; by default those of this process.

    Returns:
        0 if all went well, 1 if a document, an id or a time is wrong (said on standard error).
    """
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # pragma: no cover - proven in a process of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on
        return 0
    except (CeasefireError, OSError) as error:
        print(f"ceasefire-model: {error}", file=sys.stderr)
        return 1
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="ceasefire-model",
        description="Who said 'yes, but', and whether the 'but' is met.",
    )
    parser.add_argument("--version", action="version", version=version("ceasefire-model"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    assessing = commands.add_parser("assess", help="say where a proposal stands, and why")
    assessing.add_argument("scenario", metavar="CASE|FILE", help="a bundled case, or a document")
    assessing.add_argument("--proposal", help="its id, where the scenario has more than one")
    assessing.add_argument("--provision", help="the id of one clause, with all that it rests on")
    assessing.add_argument("--as-of", help="the day or instant judged; default: the latest report")
    assessing.add_argument("--known-by", help="hear only what had been reported by then")
    assessing.add_argument("--party", help="hear only the sources that speak for this party")
    assessing.set_defaults(run=_assess)
    explaining = commands.add_parser(
        "explain", help="say what locks, what contradicts itself, and what would do"
    )
    explaining.add_argument("scenario", metavar="CASE|FILE", help="a bundled case, or a document")
    explaining.add_argument("--proposal", help="its id; default: each in turn")
    explaining.add_argument("--as-of", help="the day or instant judged; default: the latest report")
    explaining.add_argument("--party", help="hear only the sources that speak for this party")
    explaining.add_argument("--limit", type=int, default=3, help="packages to show; default: 3")
    explaining.set_defaults(run=_explain)
    listing = commands.add_parser("cases", help="list the bundled cases")
    listing.set_defaults(run=_cases)
    checking = commands.add_parser("check", help="check documents")
    checking.add_argument("files", metavar="FILE", nargs="+")
    checking.add_argument("--format", choices=("text", "json"), default="text", help="for machines")
    checking.set_defaults(run=_check)
    reading = commands.add_parser("completeness", help="say what a text settles, and what not")
    reading.add_argument("scenario", metavar="CASE|FILE", help="a bundled case, or a document")
    reading.add_argument("--proposal", help="its id, where the scenario has more than one")
    reading.set_defaults(run=_completeness)
    describing = commands.add_parser("schema", help="print the JSON Schema of documents")
    describing.set_defaults(run=_schema)
    following = commands.add_parser("timeline", help="show a verdict over time")
    following.add_argument("scenario", metavar="CASE|FILE", help="a bundled case, or a document")
    following.add_argument(
        "record", metavar="ID", help="a proposal, a provision, a precondition, or PARTY:PROPOSAL"
    )
    following.add_argument("--start", help="the first day; default: the earliest date reported")
    following.add_argument("--end", help="the last day; default: the latest report")
    following.add_argument("--known-by", help="hear only what had been reported by then")
    following.set_defaults(run=_timeline)
    add_commands(commands)
    return parser


def _assess(given: Namespace) -> int:
    scenario = _scenario(given.scenario)
    as_of = given.as_of or last_report(scenario)
    trust = Trust(party=given.party)
    known_by = given.known_by
    text = given.proposal or _text_with(scenario, given.provision)
    found = assess(scenario, text, as_of=as_of, known_by=known_by, trust=trust)
    print(found.provision(given.provision) if given.provision else found)
    return 0


def _text_with(scenario: Scenario, provision: str | None) -> str | None:
    """Return the text that a provision stands in, if one is named."""
    if provision is None:
        return None
    return scenario.index.proposal_of[scenario.provision(provision).id].id


def _explain(given: Namespace) -> int:
    """Print the deadlocks, the contradictions, and the cheapest packages for each proposal."""
    scenario = _scenario(given.scenario)
    as_of = given.as_of or last_report(scenario)
    trust = Trust(party=given.party)
    asked = [given.proposal] if given.proposal else scenario.index.proposals
    results = [
        deadlocks(scenario, as_of=as_of, trust=trust),
        contradictions(scenario, as_of=as_of, trust=trust),
        *(
            packages(scenario, InForce(name), as_of=as_of, trust=trust, limit=given.limit)
            for name in asked
        ),
    ]
    print("\n\n".join(map(str, results)))
    return 0


def _cases(_given: Namespace) -> int:
    for name in case_names():
        scenario = load_case(name)
        print(f"{name:<24} {scenario.title}")
        if len(scenario.proposals) > 1:
            print(f"{'':<24} texts: {', '.join(scenario.index.proposals)}")
    return 0


def _check(given: Namespace) -> int:
    wrong: list[DocumentError] = []
    for name in given.files:
        try:
            scenario = _read(name)
        except DocumentError as error:
            wrong.append(error)
            if given.format == "text":
                print("\n".join(located(error.source, problem) for problem in error.problems))
        else:
            if given.format == "text":
                print(f"{name}: {scenario.title}: no problem")
    if given.format == "json":
        print(json.dumps([_row(error, each) for error in wrong for each in error.problems]))
    return 1 if wrong else 0


def _read(name: str) -> Scenario:
    """Load a document; that it cannot be opened is a problem like any other."""
    try:
        return load(name)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        raise DocumentError(name, (Problem("$", what, 1, 1),)) from error


def _completeness(given: Namespace) -> int:
    print(completeness(_scenario(given.scenario), given.proposal))
    return 0


def _row(error: DocumentError, problem: Problem) -> dict[str, object]:
    """Return a problem as plain data."""
    return {
        "file": error.source,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "what": problem.what,
    }


def _schema(_given: Namespace) -> int:
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _timeline(given: Namespace) -> int:
    scenario = _scenario(given.scenario)
    start = given.start or first_date(scenario)
    end = given.end or last_report(scenario)
    condition = _asked(scenario, given.record)
    print(timeline(scenario, condition, start=start, end=end, known_by=given.known_by))
    return 0


def _asked(scenario: Scenario, name: str) -> Condition:
    """Return the condition that a record is asked for through."""
    party, colon, text = name.partition(":")
    if colon:
        return Accepts(party, text)
    index = scenario.index
    if name in index.preconditions:
        return index.preconditions[name].needs
    if name in index.provisions:
        return Fulfilled(name)
    if name in index.proposals:
        return InForce(name)
    known = (*index.proposals, *index.provisions, *index.preconditions)
    raise UnknownIdError("proposal, provision, precondition or PARTY:PROPOSAL", name, known)


def _scenario(name: str) -> Scenario:
    """Load a bundled case by name, or a document by path."""
    if name in case_names():
        return load_case(name)
    if not Path(name).exists():
        raise ModelError(f"no file and no bundled case {name!r}; {nearest(name, case_names())}")
    return load(name)


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


if __name__ == "__main__":
    sys.exit(main())
