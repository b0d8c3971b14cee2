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
    Table,
)
from ceasefire_model.display.findings import held, stance_of
from ceasefire_model.display.headlines import accepted_mark, force_mark, headline
from ceasefire_model.display.obligations import became_mark, whose, word_of
from ceasefire_model.display.pages.analyses import deadlocks_page, packages_page
from ceasefire_model.display.pages.completeness import completeness_page
from ceasefire_model.display.pages.courses import table_page
from ceasefire_model.display.pages.judgements import assessment_page, open_questions
from ceasefire_model.display.pages.records import sources_table
from ceasefire_model.display.words import as_of, day, listed
from ceasefire_model.errors import MissingExtraError
from ceasefire_model.rules.performance import PerformanceKind
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.display.reports import Report, TextReport
    from ceasefire_model.parties import Party
    from ceasefire_model.rules.assessment import Assessment, ProvisionAssessment

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
            *(open_questions(each.assessment) for each in report.texts[:1]),  # of all texts alike
            Part("What became of each clause", table_page(report.table).blocks[1:]),
            Part("What waits for each other", _deadlocks(report)),
            Part("Pictures", _pictures(report)),
            Part("What each text settles, and what not", _completeness(report), is_open=False),
            Part("What the words mean", _legend() if report.texts else []),
            Part("Sources: who reports", [sources_table(scenario)]),
        ]
    )


def _short(each: TextReport) -> Line:
    """Write where a text stands in a line."""
    found = each.assessment
    mark = force_mark(found.verdict)
    crossed = [held(gate.precondition, found.view) for gate in found.crossed]
    drawn = f"red lines that are crossed, as they were drawn: {'; '.join(crossed)}"
    notes = [f"{mark.word} {headline(found)}", _tally(found), drawn if crossed else ""]
    return Line(found.proposal.title, mark, notes=filter(None, notes))


def _tally(found: Assessment) -> str:
    """Count what became of the clauses that oblige somebody, the gravest first, and by whom."""
    words: dict[str, list[ProvisionAssessment]] = {}
    for kind in PerformanceKind:
        for each in found.provisions:
            if each.performance is not None and each.performance.kind is kind:
                words.setdefault(word_of(each.performance), []).append(each)
    counts = [f"{len(clauses)} {word}{_by_whom(clauses)}" for word, clauses in words.items()]
    return f"its clauses: {', '.join(counts)}" if counts else ""


def _by_whom(clauses: Iterable[ProvisionAssessment]) -> str:
    """Name who owes what is told of some clauses."""
    parties = dict.fromkeys(name for each in clauses for name in whose(each))
    named = listed([*parties]) if len(parties) <= _NAMED else f"{len(parties)} parties"
    return f" ({named})" if parties else ""


_NAMED = 3
"""How many parties are named in the first lines."""


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
            dates = [day(word.date) for word in each.finding.statements[-1:]]
            is_plain = each.verdict is Verdict.MET and each.stance is Stance.ACCEPTS
            said = "" if is_plain else stance_of(each.finding)  # the mark says it
            return Line(said, accepted_mark(each.verdict), notes=dates)
    return ""


def _text(each: TextReport) -> Iterator[Block]:
    """Yield what an assessment says below its heading, and what would bring it into force."""
    stands = assessment_page(each.assessment, has_reports=True, has_questions=False)
    yield from stands.blocks[1:]
    if each.assessment.verdict is Verdict.MET:
        return
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
        found = completeness_page(each.completeness, has_paths=False)
        yield Part(each.assessment.proposal.title, found.blocks[1:], is_open=False)


_VERDICTS = {
    Verdict.MET: "so, whatever is still open turns out to be",
    Verdict.UNMET: "not so, whatever is still open turns out to be",
    Verdict.PENDING: "nothing is in doubt; a date or a decision is still to come",
    Verdict.DISPUTED: "sources contradict each other",
    Verdict.UNKNOWN: "it is not reported",
    Verdict.UNCLEAR: "the words have no agreed meaning, so that no report can settle it",
}

_KINDS = (
    (
        PerformanceKind.BREACHED,
        Verdict.UNMET,
        "what must be so is not, or was not at the end of the term; or what was done was undone",
    ),
    (
        PerformanceKind.OVERDUE,
        Verdict.UNMET,
        "the date passed, with a report that it was not done",
    ),
    (
        PerformanceKind.LAPSED,
        Verdict.UNMET,
        "the text ended before the date came, or with no date set, and it was not done",
    ),
    (
        PerformanceKind.OPEN,
        Verdict.UNMET,
        "one part of it is in doubt, and another is not done",
    ),
    (
        PerformanceKind.VIOLATED,
        Verdict.MET,
        "it is kept now, or was at the end, and was not all the time",
    ),
    (PerformanceKind.OWED, Verdict.UNMET, "not done, and no date is set"),
    (PerformanceKind.NOT_DUE, Verdict.PENDING, "not done, and its date has not come"),
    (PerformanceKind.SUPERSEDED, Verdict.UNMET, "another clause has taken its place"),
    (PerformanceKind.NOT_OWED, Verdict.PENDING, "the clause does not bind, or not yet"),
    (PerformanceKind.MET_LATE, Verdict.MET, "done, after its date"),
    (PerformanceKind.MET, Verdict.MET, "done"),
    (PerformanceKind.KEPT, Verdict.MET, "so at every time so far, as far as is reported"),
)
"""What became of a clause, with the sign that it has as a rule."""


def _legend() -> Iterator[Block]:
    """Say what each sign means, and each word for what became of a clause."""
    yield Items([Line(said, Mark.of(each)) for each, said in _VERDICTS.items()])
    yield Paragraph(["Of a clause, the gravest first:"])
    yield Items([Line(said, became_mark(kind.value, sign)) for kind, sign, said in _KINDS])


def _pictures(report: Report) -> Iterator[Block]:
    """Yield what can be drawn; without matplotlib, which extra draws it."""
    try:
        drawn = import_module("ceasefire_model.display.plots.drawn")
    except MissingExtraError as error:
        yield Paragraph([str(error)])
        return
    waits = None if isinstance(report.deadlocks, str) else report.deadlocks
    for number, each in enumerate(report.texts):
        yield from drawn.pictures_of(each.assessment, waits, number)
