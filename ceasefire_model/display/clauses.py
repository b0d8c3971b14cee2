"""The table of clauses: what became of each by some dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from attrs import frozen

from ceasefire_model.asking import asked
from ceasefire_model.conditions import Accepts, AtLeast, Fulfilled
from ceasefire_model.display.findings import stance_of
from ceasefire_model.display.obligations import kind_word
from ceasefire_model.display.words import WORDS, title_of, value_of
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, Quantity
from ceasefire_model.moments import Moment, moment
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.performance import kind_of
from ceasefire_model.rules.views import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.verdicts import Verdict


@frozen
class Standing:
    """How something stood on a date."""

    verdict: Verdict | None
    """The verdict; none of a number, which by itself is neither met nor not."""

    word: str
    """What became of a clause, the latest word of a party, the number reported, or the verdict."""


@frozen
class ClauseRow:
    """One thing that is asked, and how it stood on each date."""

    label: str
    """What it is called: what the user calls it, or its id."""

    id: str
    statement: str
    """What it is, in words."""

    standings: tuple[Standing, ...]


@frozen(kw_only=True)
class ClauseTable:
    """What became of clauses, facts, preconditions and acceptances by some dates."""

    title: str
    dates: tuple[Moment, ...]
    known_by: Moment | None
    """What counts had been reported by then; none where on each date what was known then counts."""

    rows: tuple[ClauseRow, ...]

    def __str__(self) -> str:
        """Write it in columns."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_rows(self) -> list[Row]:
        """Return one row per cell, for a data frame."""
        return [
            {
                "label": row.label,
                "id": row.id,
                "statement": row.statement,
                "date": when.text,
                "verdict": None if cell.verdict is None else cell.verdict.value,
                "word": cell.word,
            }
            for row in self.rows
            for when, cell in zip(self.dates, row.standings, strict=True)
        ]


def table(
    scenario: Scenario,
    ids: Iterable[str] | Mapping[str, str] | None = None,
    *,
    dates: Iterable[str | date | datetime | Moment],
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> ClauseTable:
    """Show how clauses, facts, preconditions and acceptances stood on some dates.

    Args:
        scenario: The situation.
        ids: What is asked, a row each: ids of provisions, proposals, preconditions and facts, or
            ``PARTY:TEXT`` for an acceptance; or a mapping from what you call them to these ids. By
            default every clause that obliges somebody.
        dates: The columns; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default, for each date, by it.
        trust: Whom to hear; by default everybody.

    Raises:
        UnknownIdError: If there is no such record.
        ModelError: If no date is given, or one is none, or lies after ``known_by``.
    """
    columns = tuple(map(moment, dates))
    if not columns:
        raise ModelError("a table needs a date or more, got none")
    labelled = _labelled(scenario, ids)
    known = None if known_by is None else moment(known_by)
    stood = [
        tuple(_standing(seen, name) for name in labelled.values())
        for seen in _seen(scenario, columns, known, trust)
    ]
    rows = [
        ClauseRow(label, name, _statement(scenario, name), tuple(column[place] for column in stood))
        for place, (label, name) in enumerate(labelled.items())
    ]
    return ClauseTable(title=scenario.title, dates=columns, known_by=known, rows=tuple(rows))


def _labelled(scenario: Scenario, ids: Iterable[str] | Mapping[str, str] | None) -> dict[str, str]:
    if ids is None:
        clauses = scenario.index.provisions.values()
        return {each.id: each.id for each in clauses if each.duties}
    if isinstance(ids, Mapping):
        return dict(cast("Mapping[str, str]", ids))
    return {name: name for name in ids}


def _statement(scenario: Scenario, name: str) -> str:
    index = scenario.index
    party, colon, text = name.partition(":")
    if colon:
        return f"{scenario.party(party).name} accepts {title_of(text, scenario)}"
    if name in index.facts:
        return index.facts[name].text
    if name in index.preconditions:
        return index.preconditions[name].text
    return title_of(name, scenario)


def _seen(
    scenario: Scenario, dates: Iterable[Moment], known_by: Moment | None, trust: Trust | None
) -> Iterator[Evaluation]:
    """Yield what judges on each date; where they know the same, they share what they find."""
    whole: Evaluation | None = None
    for when in dates:
        seen = view(scenario, as_of=when, known_by=known_by, trust=trust)
        if whole is None or known_by is None:
            whole = Evaluation(seen)
        yield whole.moved(seen.at)


def _standing(seen: Evaluation, name: str) -> Standing:
    """Return how something stood."""
    index = seen.view.scenario.index
    clause, fact = index.provisions.get(name), index.facts.get(name)
    if clause is not None and clause.duties:
        found = verdict(seen, Fulfilled(name))
        return Standing(found, kind_word(kind_of(seen, clause), found))
    if isinstance(fact, Quantity | Control):
        said = (
            value_of(reading.observation.value, fact)
            for reading in find(seen, AtLeast(name, 0)).readings
            if reading.observation is not None and reading.says is not Says.NO_LONGER
        )
        return Standing(None, " or ".join(dict.fromkeys(said)) or "not reported")
    condition = asked(seen.view.scenario, name)
    finding = find(seen, condition)
    if isinstance(condition, Accepts):
        return Standing(finding.verdict, stance_of(finding))
    return Standing(finding.verdict, WORDS[finding.verdict])
