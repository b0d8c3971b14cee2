"""Any answer, in any form: the one door that the results' own methods go through."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks
from ceasefire_model.analyses.developments import News
from ceasefire_model.analyses.likelihood import Importances, Likelihood
from ceasefire_model.analyses.packages import Package, Packages
from ceasefire_model.analyses.sequences import Steps
from ceasefire_model.display.blocks import Heading, Page
from ceasefire_model.display.clauses import ClauseTable
from ceasefire_model.display.data import json_of
from ceasefire_model.display.html import document_of, html_of
from ceasefire_model.display.markdown import markdown_of
from ceasefire_model.display.pages import analyses, courses, judgements, moves, records
from ceasefire_model.display.pages.completeness import completeness_page
from ceasefire_model.display.pages.news import news_page
from ceasefire_model.display.pages.report import report_page
from ceasefire_model.display.reports import Report
from ceasefire_model.display.text import WIDTH, text_of
from ceasefire_model.drafting.completeness import Completeness
from ceasefire_model.proposals import Proposal
from ceasefire_model.rules.assessment import (
    Assessment,
    ObligorAssessment,
    PartyAssessment,
    ProvisionAssessment,
)
from ceasefire_model.rules.comparison import Comparison
from ceasefire_model.rules.findings import Finding
from ceasefire_model.rules.gates import Gate
from ceasefire_model.rules.moves import Move
from ceasefire_model.rules.obligations import Stretch
from ceasefire_model.rules.performance import Performance
from ceasefire_model.rules.timelines import Timeline
from ceasefire_model.scenarios import Scenario

if TYPE_CHECKING:
    from ceasefire_model.rows import Row

Judgement: TypeAlias = (
    Finding
    | Assessment
    | PartyAssessment
    | ProvisionAssessment
    | ObligorAssessment
    | Gate
    | Move
    | Performance
    | Stretch
    | Comparison
    | Timeline
    | ClauseTable
)

Analysis: TypeAlias = (
    Deadlocks
    | Deadlock
    | Contradictions
    | Contradiction
    | Packages
    | Package
    | Steps
    | Likelihood
    | Importances
)

Answer: TypeAlias = Judgement | Analysis | News | Completeness | Scenario | Proposal | Report
"""Whatever has a page of its own."""


def as_text(answer: Answer, *, width: int = WIDTH, has_colour: bool = False) -> str:
    """Write an answer as plain text."""
    return text_of(page_of(answer), width=width, has_colour=has_colour)


def as_html(answer: Answer) -> str:
    """Write an answer as HTML, for a notebook."""
    return html_of(page_of(answer))


def as_document(answer: Answer) -> str:
    """Write an answer as one HTML page that asks for nothing from elsewhere."""
    page = page_of(answer)
    titles = (block.text for block in page.blocks if isinstance(block, Heading))
    return document_of(page, next(titles, "ceasefire_model"))


def as_markdown(answer: Answer) -> str:
    """Write an answer as Markdown."""
    return markdown_of(page_of(answer))


def as_json(answer: Answer) -> str:
    """Write an answer as JSON; see :mod:`ceasefire_model.display.data`."""
    return json_of(type(answer).__name__, page_of(answer), rows_of(answer))


def rows_of(answer: Answer) -> list[Row] | None:
    """Return an answer as rows of plain values, if it has any."""
    match answer:
        case (
            Assessment()
            | Comparison()
            | Timeline()
            | ClauseTable()
            | Deadlocks()
            | Contradictions()
            | Packages()
            | Steps()
            | Importances()
            | Completeness()
            | News()
        ):
            return answer.to_rows()
        case _:
            return None


def page_of(answer: Answer) -> Page:
    """Compose an answer."""
    match answer:
        case Completeness():
            return completeness_page(answer)
        case Report():
            return report_page(answer)
        case News():
            return news_page(answer)
        case Scenario():
            return records.scenario_page(answer)
        case Proposal():
            return records.proposal_page(answer)
        case Finding() | Assessment() | PartyAssessment() | ProvisionAssessment():
            return _judgement(answer)
        case ObligorAssessment() | Gate() | Move() | Performance() | Stretch():
            return _judgement(answer)
        case Comparison() | Timeline() | ClauseTable():
            return _judgement(answer)
        case _:
            return _analysis(answer)


def _judgement(answer: Judgement) -> Page:
    match answer:
        case Finding():
            return judgements.finding_page(answer)
        case Assessment():
            return judgements.assessment_page(answer)
        case PartyAssessment():
            return judgements.party_page(answer)
        case ProvisionAssessment():
            return judgements.provision_page(answer)
        case ObligorAssessment():
            return judgements.obligor_page(answer)
        case Gate():
            return judgements.gate_page(answer)
        case Move():
            return moves.move_page(answer)
        case Performance():
            return judgements.performance_page(answer)
        case Stretch():
            return judgements.stretch_page(answer)
        case Comparison():
            return courses.comparison_page(answer)
        case Timeline():
            return courses.timeline_page(answer)
        case ClauseTable():
            return courses.table_page(answer)
        case _:
            assert_never(answer)


def _analysis(answer: Analysis) -> Page:
    match answer:
        case Deadlocks():
            return analyses.deadlocks_page(answer)
        case Deadlock():
            return analyses.deadlock_page(answer)
        case Contradictions():
            return analyses.contradictions_page(answer)
        case Contradiction():
            return analyses.contradiction_page(answer)
        case Packages():
            return analyses.packages_page(answer)
        case Package():
            return analyses.package_page(answer)
        case Steps():
            return analyses.steps_page(answer)
        case Likelihood():
            return analyses.likelihood_page(answer)
        case Importances():
            return analyses.importances_page(answer)
        case _:
            assert_never(answer)
