"""Who demands what, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ceasefire_model.conditions import Accepts
from ceasefire_model.display.plots.matrices import matrix, nothing
from ceasefire_model.display.plots.sheets import gid
from ceasefire_model.display.words import as_of, statement_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ceasefire_model.ids import PartyId
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.findings import Finding

_COLUMN = 8.0
"""How wide the column of a party is, in ems: a sign and a word."""

_NOBODY = "no party"


def demands(assessment: Assessment, *, ax: Axes | None = None) -> Axes:
    """Draw who demands what, preconditions by parties, with the verdict on each.

    The first row is whether each party accepts. What several parties demand alike is one row. What
    something else waits for, such as an election, follows what the acceptances wait for.

    Args:
        assessment: Where a proposal stands.
        ax: Where to draw; by default a figure of its own.
    """
    scenario = assessment.view.scenario
    when = as_of(assessment.view)
    title = f"{assessment.proposal.title}: who demands what, {when}"
    rows = _rows(assessment)
    found = [cell for row in rows for cell in row]
    columns: list[PartyId | None] = [each.party.id for each in assessment.parties]
    columns = list(dict.fromkeys([*columns, *(each.held_by for each, _ in found)]))
    if not columns:
        return nothing(ax, title, ["Nobody is asked, and nobody demands anything."])
    labels = ["accepts the proposal", *(_label(row[0][0], assessment) for row in rows)]
    heads = [_NOBODY if name is None else scenario.party(name).name for name in columns]
    made = matrix(ax, title, "what is demanded", labels, heads, _COLUMN)

    def show(place: int, party: PartyId | None, finding: Finding, *name: str) -> None:
        x, verdict = made.left_of(columns.index(party)) + 0.6, finding.verdict
        name = (*name, verdict.value)
        made.page.chip(x, made.middles[place], _COLUMN - 1.2, verdict, gid(*name))

    for party in assessment.parties:
        show(0, party.party.id, party.finding, "accepts", party.party.id)
    for place, row in enumerate(rows, start=1):
        for each, finding in row:
            show(place, each.held_by, finding, "demand", each.id)
    return made.page.ax


def _rows(assessment: Assessment) -> list[list[tuple[Precondition, Finding]]]:
    """Group the preconditions that demand the same of the same, each of another holder."""
    rows: dict[object, list[tuple[Precondition, Finding]]] = {}
    times: Counter[object] = Counter()
    for each, finding in _found(assessment):
        same = (_other(each, assessment), each.needs)
        times[same, each.held_by] += 1
        rows.setdefault((same, times[same, each.held_by]), []).append((each, finding))
    return list(rows.values())


def _found(assessment: Assessment) -> list[tuple[Precondition, Finding]]:
    """Return each precondition with the finding on what it needs."""
    own = [
        (finding.precondition, finding)
        for party in assessment.parties
        for finding in party.preconditions
    ]
    return [*own, *((gate.precondition, gate.finding) for gate in assessment.gates)]


def _other(each: Precondition, assessment: Assessment) -> object:
    """Return what waits, unless it is its holder's acceptance of the proposal."""
    own = each.held_by is not None and each.of == Accepts(each.held_by, assessment.proposal.id)
    return None if own else each.of


def _label(each: Precondition, assessment: Assessment) -> str:
    if _other(each, assessment) is None:
        return each.text
    return f"before “{statement_of(each.of, assessment.view.scenario)}”: {each.text}"
