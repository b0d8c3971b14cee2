"""The page of a report: the headline of each text first, then who accepts, and what follows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ceasefire_model.display.blocks import (
    Block,
    Cell,
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Picture,
    Table,
)
from ceasefire_model.display.findings import stance_of
from ceasefire_model.display.pages.analyses import deadlocks_page, packages_page
from ceasefire_model.display.pages.completeness import completeness_page
from ceasefire_model.display.pages.judgements import assessment_page, headline, table_page
from ceasefire_model.display.pages.records import sources_table
from ceasefire_model.display.words import as_of
from ceasefire_model.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.display.reports import Report, TextReport
    from ceasefire_model.parties import Party

_SAYS = (
    "This page says how texts and reports stand to each other, each with its source. "
    "It takes no side, asserts nothing itself, and is no advice."
)


def report_page(report: Report) -> Page:
    """Compose a report."""
    scenario = report.scenario
    when = as_of(report.texts[0].assessment.view) if report.texts else ""
    return Page(
        [
            Heading(scenario.title, when),
            Paragraph([scenario.text or ""]),
            Paragraph([_SAYS], is_small=True),
            Part("In short", [Items([_short(each) for each in report.texts])]),
            Part("Who accepts what", [_acceptances(report)]),
            *(Part(each.assessment.proposal.title, _text(each)) for each in report.texts),
            Part("What became of each clause", table_page(report.table).blocks[1:]),
            Part("What waits for each other", _deadlocks(report)),
            Part("Pictures", _pictures(report)),
            Part("What each text settles, and what not", _completeness(report), is_open=False),
            Part("Sources: who reports", [sources_table(scenario)]),
        ]
    )


def _short(each: TextReport) -> Line:
    """Write where a text stands in a line."""
    found = each.assessment
    return Line(f"{found.proposal.title}: {headline(found)}", Mark.of(found.verdict))


def _acceptances(report: Report) -> Table:
    """Compose the matrix of parties and texts; a party that is not asked has an empty cell."""
    parties: dict[Party, None] = {
        each.party: None for text in report.texts for each in text.assessment.parties
    }
    heads = ["", *(text.assessment.proposal.title for text in report.texts)]
    rows = [[party.name, *(_word(text, party) for text in report.texts)] for party in parties]
    return Table("", heads, rows)


def _word(text: TextReport, party: Party) -> Cell:
    for each in text.assessment.parties:
        if each.party == party:
            return Line(stance_of(each.finding), Mark.of(each.verdict))
    return ""


def _text(each: TextReport) -> Iterator[Block]:
    """Yield what an assessment says below its heading, and what would bring the text into force."""
    yield from assessment_page(each.assessment).blocks[1:]
    if isinstance(each.packages, str):
        yield Part("What would bring it into force", [Paragraph([each.packages])])
    else:
        heading, _, *found = packages_page(each.packages).blocks
        said = [Paragraph([heading.text])] if isinstance(heading, Heading) else []
        yield Part("What would bring it into force", [*said, *found])


def _deadlocks(report: Report) -> Iterator[Block]:
    if isinstance(report.deadlocks, str):
        yield Paragraph([report.deadlocks])
        return
    heading, *found = deadlocks_page(report.deadlocks).blocks
    if isinstance(heading, Heading):  # it always is one
        yield Paragraph([heading.text])
    yield from found


def _completeness(report: Report) -> Iterator[Part]:
    for each in report.texts:
        found = completeness_page(each.completeness)
        yield Part(each.assessment.proposal.title, found.blocks[1:], is_open=False)


def _pictures(report: Report) -> Iterator[Block]:
    """Yield what can be drawn; without matplotlib, which extra draws it."""
    try:
        drawn = import_module("ceasefire_model.display.plots.drawn")
    except MissingExtraError as error:
        yield Paragraph([str(error)])
        return
    waits = None if isinstance(report.deadlocks, str) else report.deadlocks
    for number, each in enumerate(report.texts):
        title = each.assessment.proposal.title
        record = drawn.record_svg(each.assessment, f"record{number}")
        if record is not None:
            yield Picture(f"{title}: what became of its clauses over time", record)
        graph = drawn.dependencies_svg(each.assessment, waits, f"waits{number}")
        yield Picture(f"{title}: what waits for what", graph)
