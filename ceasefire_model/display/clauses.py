"""The table of clauses: what became of each by some dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from attrs import frozen

from ceasefire_model.asking import condition_asked, named
from ceasefire_model.calls import naming
from ceasefire_model.conditions import Accepts, AtLeast, Condition, Fulfilled, Vague
from ceasefire_model.display.conditions import label_of
from ceasefire_model.display.findings import stance_of
from ceasefire_model.display.obligations import kind_word
from ceasefire_model.display.words import WORDS, spelled_out, value_of
from ceasefire_model.errors import ModelError
from ceasefire_model.facts import Control, Quantity
from ceasefire_model.fields import as_many
from ceasefire_model.ids import id_of
from ceasefire_model.moments import Moment, exact_moment
from ceasefire_model.proposals import Proposal
from ceasefire_model.rows import InRows
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import Evaluation, verdict
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.performance import fulfilled_by, kind_of
from ceasefire_model.rules.views import view
from ceasefire_model.scenarios import refuse_no_scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from ceasefire_model.asking import Askable, AskableRecord
    from ceasefire_model.evidence import Trust
    from ceasefire_model.ids import PartyId
    from ceasefire_model.moments import Time
    from ceasefire_model.proposals import Provision
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

    party: PartyId | None
    """Of a clause, who owes what is judged in this row, if it is one party."""

    standings: tuple[Standing, ...]


@frozen(kw_only=True)
class ClauseTable(InRows):
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

    def _rows(self) -> list[Row]:
        """Return one row per cell."""
        return [
            {
                "label": row.label,
                "id": row.id,
                "statement": row.statement,
                "party": row.party,
                "date": when.text,
                "verdict": None if cell.verdict is None else cell.verdict.value,
                "word": cell.word,
            }
            for row in self.rows
            for when, cell in zip(self.dates, row.standings, strict=True)
        ]


def table(
    scenario: Scenario,
    ids: Askable | Iterable[Askable] | Mapping[str, Askable] | None = None,
    *,
    dates: Time | Iterable[Time],
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> ClauseTable:
    """Show how clauses, facts, preconditions and acceptances stood on some dates.

    Args:
        scenario: The situation.
        ids: What is asked, a row each: provisions, proposals, preconditions and facts or their
            ids, ``PARTY:TEXT`` for an acceptance, or conditions; or a mapping from what you call
            each to it. Of a number, what is reported is shown. By default every clause that
            obliges somebody.
        dates: The columns, or the only one; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default, for each date, by it.
        trust: Whom to hear; by default everybody.

    Raises:
        UnknownIdError: If there is no such record.
        ScenarioError: If a condition mentions what the scenario does not have.
        ModelError: If no date is given, or one is none, or lies after ``known_by``; or if
            something is nothing that can be asked about.
    """
    times: tuple[Time, ...] = as_many(dates)
    columns = tuple(exact_moment(each, "dates") for each in times)
    if not columns:
        raise ModelError("needs a date or more, got none", "dates")
    labelled = _labelled(scenario, ids)
    with naming("ids"):
        found = [named(scenario, what) for _, what in labelled]
    shown = [_shown(scenario, each) for each in found]
    known = None if known_by is None else exact_moment(known_by, "known_by")
    stood = [
        tuple(_standing(seen, each) for each in shown)
        for seen in _seen(scenario, columns, known, trust)
    ]
    rows = [
        ClauseRow(
            label,
            _id_of(what),
            _statement(scenario, found[place]),
            _obligor(scenario, shown[place]),
            tuple(column[place] for column in stood),
        )
        for place, (label, what) in enumerate(labelled)
    ]
    return ClauseTable(title=scenario.title, dates=columns, known_by=known, rows=tuple(rows))


def _labelled(
    scenario: Scenario, ids: Askable | Iterable[Askable] | Mapping[str, Askable] | None
) -> list[tuple[str, Askable]]:
    """Return what is asked, each with what it is called."""
    refuse_no_scenario(scenario)
    if isinstance(ids, Mapping):
        return list(cast("Mapping[str, Askable]", ids).items())
    if ids is None:
        return [*owed_under(scenario.index.provisions.values())]
    several: tuple[Askable, ...] = as_many(ids)
    return [(_id_of(each), each) for each in several]


def owed_under(clauses: Iterable[Provision]) -> Iterator[tuple[str, Askable]]:
    """Yield the clauses that oblige somebody; under one that obliges several, each of them."""
    for each in clauses:
        if each.duties:
            yield each.id, each
            obligors = fulfilled_by(each)
            if len(obligors) > 1:
                yield from ((f"{each.id}, {party}", leaf) for party, leaf in obligors)


def _obligor(scenario: Scenario, shown: Condition | Quantity | Control) -> PartyId | None:
    """Return who owes what is judged, if it is one party."""
    if not isinstance(shown, Fulfilled):
        return None
    if shown.by is not None:
        return shown.by
    obligors = fulfilled_by(scenario.provision(shown.provision))
    return obligors[0][0] if len(obligors) == 1 else None


def _id_of(what: Askable) -> str:
    """Return the id of what is asked; a condition, which has none, in a line."""
    match what:
        case Accepts(party=party, of=text):
            return f"{party}:{text}"
        case Fulfilled(provision=clause, by=party) if party is not None:
            return clause
        case Vague():
            return what.id
        case _:
            return label_of(what) if isinstance(what, Condition) else id_of(what)


def _statement(scenario: Scenario, found: Condition | AskableRecord) -> str:
    """Write what is asked: the words of a record, or a condition in words."""
    if isinstance(found, Proposal):
        return found.title
    if isinstance(found, Fulfilled) and found.by is not None:
        owed = f"as owed by {scenario.party(found.by).name}"
        return f"{scenario.provision(found.provision).text} ({owed})"
    return spelled_out(found, scenario) if isinstance(found, Condition) else found.text


def _shown(scenario: Scenario, found: Condition | AskableRecord) -> Condition | Quantity | Control:
    """Return what is judged, or the number of which the reports are told."""
    if isinstance(found, Quantity | Control):
        scenario.check(AtLeast(found, 0))
        return found
    return condition_asked(scenario, found, "ids")


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


def _standing(seen: Evaluation, shown: Condition | Quantity | Control) -> Standing:
    """Return how something stood."""
    if isinstance(shown, Quantity | Control):
        said = (
            value_of(reading.observation.value, shown)
            for reading in find(seen, AtLeast(shown, 0)).readings
            if reading.observation is not None and reading.says is not Says.NO_LONGER
        )
        return Standing(None, " or ".join(dict.fromkeys(said)) or "not reported")
    if isinstance(shown, Fulfilled):
        found = verdict(seen, shown)
        clause = seen.view.scenario.provision(shown.provision)
        return Standing(found, kind_word(kind_of(seen, clause, shown.by), found))
    finding = find(seen, shown)
    if isinstance(shown, Accepts):
        return Standing(finding.verdict, stance_of(finding))
    return Standing(finding.verdict, WORDS[finding.verdict])
