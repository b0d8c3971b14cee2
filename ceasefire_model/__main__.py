# PYTHON_ARGCOMPLETE_OK
"""The command line: ``ceasefire-model`` or ``python -m ceasefire_model``."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import warnings
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from contextlib import suppress
from importlib.metadata import version
from io import TextIOWrapper
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict, fields_dict, frozen

from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.news import news
from ceasefire_model.analyses.packages import packages
from ceasefire_model.arguments import first_date, last_report, read, scenario_named
from ceasefire_model.asking import asked
from ceasefire_model.cases import case_names, load_case
from ceasefire_model.conditions import InForce
from ceasefire_model.display.answers import Answer, page_of, rows_of
from ceasefire_model.display.blocks import Page, Table
from ceasefire_model.display.clauses import table
from ceasefire_model.display.data import answer_of, csv_of
from ceasefire_model.display.html import document_of
from ceasefire_model.display.markdown import markdown_of
from ceasefire_model.display.pages.judgements import clause_page
from ceasefire_model.display.reports import report
from ceasefire_model.display.text import WIDTH, text_of
from ceasefire_model.documents import schema
from ceasefire_model.documents.replacing import replace
from ceasefire_model.drafting.completeness import completeness
from ceasefire_model.errors import (
    CeasefireError,
    DocumentError,
    ModelError,
    located,
)
from ceasefire_model.evidence import Trust
from ceasefire_model.rules.assessment import assess
from ceasefire_model.rules.cautions import cautions
from ceasefire_model.rules.timelines import Timeline, timeline
from ceasefire_model.tables.commands import add_commands
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario

_WIDEST = 120
"""Columns of a line at most, however wide the terminal: longer ones are hard to read."""

_STATUS = """exit status:
  0  all went well
  1  a document, an id or a time is wrong; it is said on standard error
  2  the command is not one of those above
"""

_PROBLEMS = "ceasefire-model-problems/1"
"""The name of the shape in which `check` writes problems as JSON."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the program's name; by default those of this process.

    Returns:
        0 if all went well, 1 if a document, an id or a time is wrong (said on standard error).
    """
    parser = _parser()
    with suppress(ImportError):
        import argcomplete

        argcomplete.autocomplete(parser)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code page has not every sign
    given = parser.parse_args(arguments)
    try:
        with warnings.catch_warnings(record=True) as doubts:
            status: int = given.run(given)
        sys.stdout.flush()
    except (CeasefireError, OSError) as error:
        if isinstance(error, BrokenPipeError) and error.filename is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on
            return 0
        print(f"ceasefire-model: {error}", file=sys.stderr)
        return 1
    for doubt in doubts:
        print(shown(f"ceasefire-model: warning: {doubt.message}"), file=sys.stderr)
    return status


# The commands


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="ceasefire-model",
        description="Who said 'yes, but', and whether the 'but' is met.",
        epilog=_STATUS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("ceasefire-model"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[Namespace], int], says: str, *examples: str
    ) -> ArgumentParser:
        lines = ["examples:", *(f"  ceasefire-model {name} {each}" for each in examples)]
        made = commands.add_parser(
            name,
            help=says,
            description=f"{says[0].upper()}{says[1:]}.",
            epilog="\n".join([*lines, "", _STATUS]),
            formatter_class=RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        return made

    _add_judging(command)
    _add_reading(command)
    add_commands(commands)
    return parser


def _add_judging(command: Callable[..., ArgumentParser]) -> None:
    one = "us-30-day-2025"
    assessing = command(
        "assess",
        _assess,
        "say where a proposal stands, and why",
        f"{one} --as-of 2025-03-13",
        "valley.yaml --proposal truce --format html > truce.html",
        "aceh-mou-2005 --provision arms --as-of 2005-12-31",
    )
    _takes(assessing, "proposal", "as-of", "known-by", "party")
    assessing.add_argument("--provision", help="the id of one clause, with all that it rests on")
    explaining = command(
        "explain",
        _explain,
        "say what locks, what contradicts itself, and what would do",
        f"{one} --as-of 2025-03-13 --limit 5",
    )
    _takes(explaining, "proposal", "as-of", "party")
    explaining.add_argument("--limit", type=int, default=3, help="packages to show; default: 3")
    following = command(
        "timeline",
        _timeline,
        "show a verdict over time",
        f"{one} RU:us-30-day --start 2025-03-10",
        "valley.yaml port-open",
    )
    _takes(following, "known-by", "party")
    following.add_argument(
        "record",
        metavar="ID",
        help="a proposal, a provision, a precondition, a fact, or PARTY:PROPOSAL",
    )
    following.add_argument("--start", help="the first day; default: where something is known")
    following.add_argument("--end", help="the last day; default: the latest report")
    tabulating = command(
        "table",
        _table,
        "show what became of clauses by some dates",
        "aceh-mou-2005 --dates 2005-09-15 2005-12-31 2006-06-01",
        "valley.yaml port-open B:truce --dates 2031-05-05 --format csv",
        "valley.yaml --map rows.csv --dates 2031-05-05",
    )
    _takes(tabulating, "known-by", "party", formats=(*_FORMATS, "csv"))
    tabulating.add_argument("ids", metavar="ID", nargs="*", help="rows; default: each clause")
    tabulating.add_argument("--dates", nargs="+", metavar="DAY", help="default: the latest report")
    tabulating.add_argument(
        "--map", metavar="FILE", help="a CSV file of rows: what you call it, its ID here"
    )
    telling = command(
        "news",
        _news,
        "say what changed, and which report or date changed it",
        f"{one} --since 2025-03-12",
        "valley.yaml --since 2031-05-01 --format markdown > today.md",
    )
    _takes(telling, "proposal", "known-by", "party", formats=(*_FORMATS, "csv"))
    telling.add_argument("--since", metavar="DAY", help="default: the day of the latest report")
    telling.add_argument("--until", metavar="DAY", help="the last day; default: the latest report")
    telling.add_argument("--unchanged", action="store_true", help="name what changed nothing, too")
    reporting = command(
        "report",
        _report,
        "put all of it on one page",
        f"{one} --html report.html",
        "valley.yaml --as-of 2031-05-05 --markdown report.md",
    )
    _takes(reporting, "proposal", "as-of", "known-by", "party")
    reporting.add_argument("--html", metavar="PATH", help="write a page that needs no network")
    reporting.add_argument("--markdown", metavar="PATH", help="write it as Markdown")
    reporting.add_argument("--dates", nargs="+", metavar="DAY", default=(), help="of the clauses")


def _add_reading(command: Callable[..., ArgumentParser]) -> None:
    reading = command(
        "completeness",
        _completeness,
        "say what a text settles, and what not",
        "us-30-day-2025",
        "valley.yaml --format markdown",
    )
    _takes(reading, "proposal")
    listing = command("cases", _cases, "list the bundled cases", "", "--format json")
    _answers_in(listing, (*_FORMATS, "csv"))
    checking = command(
        "check", _check, "check documents", "valley.yaml", "--format json *.yaml", "-"
    )
    checking.add_argument("files", metavar="FILE", nargs="+", help="- reads standard input")
    checking.add_argument("--format", choices=("text", "json"), default="text", help="for machines")
    checking.add_argument("--strict", action="store_true", help="warnings are problems, too")
    command("schema", _schema, "print the JSON Schema of documents", "> schema.json")


_FORMATS = ("text", "json", "html", "markdown")

_SPLIT = methodcaller("split", ",")

_OPTIONS = {
    "proposal": "its id, where the scenario has more than one",
    "as-of": "the day or instant judged; default: the latest report",
    "known-by": "hear only what had been reported by then",
    "party": "hear only the sources that speak for this party, and documents",
}


def _takes(parser: ArgumentParser, *options: str, formats: tuple[str, ...] = _FORMATS) -> None:
    """Let a command take a scenario, some options, and the form in which it answers."""
    parser.add_argument(
        "scenario", metavar="CASE|FILE", help="a bundled case, a document, or - for standard input"
    )
    for name in options:
        parser.add_argument(f"--{name}", help=_OPTIONS[name])
    if "party" in options:
        parser.add_argument("--only", metavar="A,B", type=_SPLIT, help="hear only these sources")
        parser.add_argument("--without", metavar="A,B", type=_SPLIT, default=(), help="not these")
        parser.add_argument("--within-days", type=int, help="hear nothing reported longer ago")
        parser.add_argument(
            "--reliable",
            dest="most_reliable",
            action="store_true",
            help="hear of each fact only the most reliable",
        )
    _answers_in(parser, formats)


def _answers_in(parser: ArgumentParser, formats: tuple[str, ...]) -> None:
    """Let a command take the form in which it answers."""
    parser.add_argument(
        "--format", choices=formats, default="text", help="of the answer; default: text"
    )


def _assess(given: Namespace) -> int:
    scenario = scenario_named(given.scenario)
    text = given.proposal or _text_with(scenario, given.provision)
    found = assess(
        scenario,
        text,
        as_of=given.as_of or last_report(scenario),
        known_by=given.known_by,
        trust=_trust(given),
    )
    if given.provision:
        clause = found.provision(given.provision)
        return _print(given, _Shown(type(clause).__name__, clause_page(found, given.provision)))
    return _print(given, _Shown.of(found))


def _trust(given: Namespace) -> Trust:
    """Return whom a command is to hear."""
    asked = {name: value for name, value in vars(given).items() if name in fields_dict(Trust)}
    return Trust(**asked)


def _text_with(scenario: Scenario, provision: str | None) -> str | None:
    """Return the text that a provision stands in, if one is named."""
    if provision is None:
        return None
    return scenario.index.proposal_of[scenario.provision(provision).id].id


def _explain(given: Namespace) -> int:
    """Print the deadlocks, the contradictions, and the cheapest packages for each proposal."""
    scenario = scenario_named(given.scenario)
    as_of = given.as_of or last_report(scenario)
    trust = _trust(given)
    texts = [given.proposal] if given.proposal else scenario.index.proposals
    results: list[Answer] = [
        deadlocks(scenario, as_of=as_of, trust=trust),
        contradictions(scenario, as_of=as_of, trust=trust),
        *(
            packages(scenario, InForce(name), as_of=as_of, trust=trust, limit=given.limit)
            for name in texts
        ),
    ]
    return _print(given, *map(_Shown.of, results))


def _timeline(given: Namespace) -> int:
    scenario = scenario_named(given.scenario)
    end = given.end or last_report(scenario)
    begin = given.start or first_date(scenario)
    condition = asked(scenario, given.record)

    def course(start: str | date | datetime) -> Timeline:
        return timeline(
            scenario,
            condition,
            start=start,
            end=end,
            known_by=given.known_by,
            trust=_trust(given),
        )

    found = course(begin)
    first, *others = found.spans
    if not given.start and others and first.verdict is Verdict.UNKNOWN:
        found = course(first.end)
    return _print(given, _Shown.of(found))


def _table(given: Namespace) -> int:
    scenario = scenario_named(given.scenario)
    found = table(
        scenario,
        _mapped(given.map) if given.map else given.ids or None,
        dates=given.dates or [last_report(scenario)],
        known_by=given.known_by,
        trust=_trust(given),
    )
    return _print(given, _Shown.of(found))


def _mapped(path: str) -> dict[str, str]:
    """Read what the user calls each row, and its id here."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line]
    for number, line in enumerate(lines, start=1):
        if len(line) != len(("label", "id")):
            raise ModelError(f"{path}:{number}: a row is a name and an id, got {line!r}")
    return {label: name.strip() for label, name in lines}


def _news(given: Namespace) -> int:
    scenario = scenario_named(given.scenario)
    end = given.until or last_report(scenario)
    found = news(
        scenario,
        given.proposal,
        start=given.since or end,
        end=end,
        known_by=given.known_by,
        trust=_trust(given),
        unchanged=given.unchanged,
    )
    return _print(given, _Shown.of(found))


def _report(given: Namespace) -> int:
    scenario = scenario_named(given.scenario)
    found = report(
        scenario,
        given.proposal,
        as_of=given.as_of or last_report(scenario),
        known_by=given.known_by,
        trust=_trust(given),
        dates=given.dates,
    )
    for path, write in ((given.html, found.to_html), (given.markdown, found.to_markdown)):
        if path:
            replace(Path(path), write().encode(errors="replace"))
    if given.html or given.markdown:
        return 0
    return _print(given, _Shown.of(found))


def _completeness(given: Namespace) -> int:
    return _print(given, _Shown.of(completeness(scenario_named(given.scenario), given.proposal)))


def _cases(given: Namespace) -> int:
    found = {name: load_case(name) for name in case_names()}
    rows: list[Row] = [
        {"case": name, "title": each.title, "texts": ", ".join(each.index.proposals)}
        for name, each in found.items()
    ]
    heads = ("case", "title", "texts")
    listed = Table("", heads, [[str(row[head]) for head in heads] for row in rows])
    return _print(given, _Shown("Cases", Page([listed]), rows))


def _check(given: Namespace) -> int:
    wrong: list[DocumentError] = []
    for name in given.files:
        try:
            scenario = read(name)
        except DocumentError as error:
            wrong.append(error)
            if given.format == "text":
                for problem in error.problems:
                    print(located(error.source, problem))
        else:
            doubtful = cautions(scenario)
            wrong += [DocumentError(name, doubtful)] if doubtful and given.strict else []
            lines = [f"{name}: warning: {located(name, each)}" for each in doubtful]
            if given.format == "text":
                for line in lines or [f"{name}: {scenario.title}: no problem"]:
                    print(shown(line))
    if given.format == "json":
        problems = [{"file": e.source, **asdict(each)} for e in wrong for each in e.problems]
        print(json.dumps({"format": _PROBLEMS, "problems": problems}))
    return 1 if wrong else 0


def _schema(_given: Namespace) -> int:
    print(json.dumps(schema(), indent=2))
    return 0


# Answers


@frozen
class _Shown:
    """An answer, ready to be written in any form."""

    kind: str
    page: Page
    rows: Sequence[Row] | None = None

    @classmethod
    def of(cls, answer: Answer) -> _Shown:
        return cls(type(answer).__name__, page_of(answer), rows_of(answer))


def _print(given: Namespace, *shown: _Shown) -> int:
    """Print answers in the form that is asked for."""
    whole = Page(block for each in shown for block in each.page.blocks)
    match given.format:
        case "json":
            data = [answer_of(each.kind, each.page, each.rows) for each in shown]
            print(json.dumps(data[0] if len(data) == 1 else data, indent=1))
        case "html":
            print(document_of(whole, "ceasefire-model"), end="")
        case "markdown":
            print(markdown_of(whole), end="")
        case "csv":
            print(csv_of(row for each in shown for row in each.rows or ()), end="")
        case _:
            _print_text(each.page for each in shown)
    return 0


def _print_text(pages: Iterable[Page]) -> None:
    """Print pages as wide as the terminal, in colours where it shows them."""
    is_terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if is_terminal else WIDTH
    is_plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    has_colour = is_terminal and not is_plain
    print("\n\n".join(text_of(page, width=width, has_colour=has_colour) for page in pages))


if __name__ == "__main__":
    sys.exit(main())
