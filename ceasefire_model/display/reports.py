"""The whole of a situation on one page, for somebody who has no Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.deadlocks import Deadlocks, deadlocks
from ceasefire_model.analyses.packages import Packages, packages
from ceasefire_model.calls import file_name, several
from ceasefire_model.conditions import InForce
from ceasefire_model.display.clauses import ClauseTable, owed_under, table
from ceasefire_model.documents.replacing import replace
from ceasefire_model.drafting.completeness import Completeness, completeness
from ceasefire_model.errors import MissingExtraError, ModelError
from ceasefire_model.moments import TICK, day_of, exact_moment, moment
from ceasefire_model.reprs import counted
from ceasefire_model.rules.acceptance import is_tabled
from ceasefire_model.rules.assessment import Assessment, assess
from ceasefire_model.rules.views import view

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Proposal
    from ceasefire_model.scenarios import Scenario

_PACKAGES, _SECONDS = 3, 10.0
"""How many packages are found for a text at most, and how long they are looked for."""

_COLUMNS = 6
"""How many dates the table of clauses has at most, where none are given."""


@frozen(kw_only=True)
class TextReport:
    """What a report says of one text."""

    assessment: Assessment
    packages: Packages | str
    """The cheapest packages that bring it into force; or why there are none."""

    completeness: Completeness


@frozen(kw_only=True)
class Report:
    """A situation on one page: where each text stands, why, what would do, and who says so."""

    scenario: Scenario = field(repr=False)
    texts: tuple[TextReport, ...] = field(repr=counted)
    table: ClauseTable = field(repr=False)
    deadlocks: Deadlocks | str = field(repr=False)
    """What waits for each other; or why that is not known."""

    def __str__(self) -> str:
        """Write it as text."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_html(self) -> str:
        """Write it as one page that asks for nothing from elsewhere, to send and to print."""
        from ceasefire_model.display.answers import as_document

        return as_document(self)

    def to_markdown(self) -> str:
        """Write it as Markdown; its pictures are left out."""
        from ceasefire_model.display.answers import as_markdown

        return as_markdown(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, whole or not at all.

        Args:
            path: A name that ends in ``.html``, ``.md`` or ``.txt``.

        Raises:
            ModelError: If the name ends in something else.
            OSError: If it cannot be written; what was there before is still there.
        """
        target = Path(file_name(path, "save('report.html')"))
        written = {".html": self.to_html, ".md": self.to_markdown, ".txt": self.__str__}
        write = written.get(target.suffix.lower())
        if write is None:
            raise ModelError(f"is named .html, .md or .txt, got {target.name!r}", "path")
        # half a character, which a document may hold, is written as a mark
        replace(target, write().encode(errors="replace"))


def report(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    dates: Iterable[str | date | datetime | Moment] = (),
) -> Report:
    """Put a situation on one page.

    Args:
        scenario: The situation.
        proposal: A text, or its id; by default each that is tabled by then.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        dates: The columns of the table of clauses; by default days on which something fell due,
            and ``as_of``.

    Returns:
        What a notebook shows, and what ``to_html``, ``to_markdown`` and ``save`` write. What needs
        an extra that is not installed says so in its place.

    Raises:
        UnknownIdError: If there is no such proposal, source or party.
        ModelError: If a time is none or imprecise, or lies after ``known_by``.
    """
    seen = view(scenario, as_of=as_of, known_by=known_by, trust=trust)
    there = tuple(each for each in scenario.proposals if is_tabled(seen, each))
    texts = there if proposal is None else (proposal,)
    assessed = [
        assess(scenario, text, as_of=as_of, known_by=known_by, trust=trust) for text in texts
    ]
    clauses = [each.provision for found in assessed for each in found.provisions]
    given = several(dates, "dates", "dates=['2031-05-02']")
    columns = [exact_moment(each, "dates") for each in given] or [
        *_turning_points(assessed, moment(as_of))
    ]
    return Report(
        scenario=scenario,
        texts=tuple(
            TextReport(
                assessment=found,
                packages=_packages(found, trust),
                completeness=completeness(scenario, found.proposal.id, known_by=seen.known_by),
            )
            for found in assessed
        ),
        table=table(
            scenario, dict(owed_under(clauses)), dates=columns, known_by=known_by, trust=trust
        ),
        deadlocks=_deadlocks(scenario, moment(as_of), trust),
    )


def _turning_points(assessed: Iterable[Assessment], last: Moment) -> Iterator[Moment]:
    """Yield some days on which something fell due, the latest ones, and the day judged."""
    due = {
        moment(day_of(each.performance.due - TICK, found.view.zone))
        for found in assessed
        for each in found.provisions
        if each.performance is not None
        and each.performance.due is not None
        and each.performance.due <= found.view.at
    }
    yield from sorted(due - {last}, key=lambda each: each.text)[1 - _COLUMNS :]
    yield last


def _packages(found: Assessment, trust: Trust | None) -> Packages | str:
    view = found.view
    if view.known_by != view.at:
        return "packages start from what was known at the time judged; here later reports count"
    try:
        return packages(
            view.scenario,
            InForce(found.proposal.id),
            as_of=view.at,
            trust=trust,
            limit=_PACKAGES,
            seconds=_SECONDS,
        )
    except (MissingExtraError, ModelError) as error:
        return str(error)


def _deadlocks(scenario: Scenario, as_of: Moment, trust: Trust | None) -> Deadlocks | str:
    try:
        return deadlocks(scenario, as_of=as_of, trust=trust)
    except MissingExtraError as error:
        return str(error)
