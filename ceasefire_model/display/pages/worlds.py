"""Many worlds and many agreements, as pages: how often each verdict comes out."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from ceasefire_model.display.blocks import Heading, Mark, Page, Paragraph, Table
from ceasefire_model.display.html import html_of
from ceasefire_model.display.text import text_of
from ceasefire_model.display.words import as_of, statement_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from ceasefire_model.bulk.panels import Panel
    from ceasefire_model.bulk.sweeps import Sweep


def sweep_page(sweep: Sweep) -> Page:
    """Count the worlds in which each verdict comes out."""
    scenario = sweep.view.scenario
    varied = "; ".join(scenario.fact(name).text for name in sweep.varied.columns)
    rows = [
        (Mark.of(verdict), f"{count:,}", f"{count / len(sweep):.1%}")
        for verdict, count in sweep.counts().items()
        if count
    ]
    return Page(
        [
            Heading(statement_of(sweep.target, scenario), as_of(sweep.view)),
            Paragraph([f"worlds: {len(sweep):,}"]),
            Paragraph([f"what varies: {varied or 'nothing'}"]),
            Table("In how many worlds it is so", ("verdict", "worlds", "share"), rows),
        ]
    )


def panel_page(panel: Panel) -> Page:
    """Count the periods at whose end each verdict stands, question by question."""
    verdicts = tuple(Verdict)
    counts: dict[str, Counter[Verdict]] = {}
    for each in panel.series:
        codes: list[int] = each.verdicts.tolist()
        counts.setdefault(each.question, Counter()).update(verdicts[code] for code in codes)
    rows = [
        (question, Mark.of(verdict), f"{count:,}", f"{count / found.total():.1%}")
        for question, found in counts.items()
        for verdict, count in ((verdict, found[verdict]) for verdict in verdicts)
        if count
    ]
    names = len({each.scenario for each in panel.series})
    last = panel.periods[-1] - timedelta(days=1)
    days = f"{panel.periods[0].isoformat()} → {last.isoformat()}"
    return Page(
        [
            Heading(f"scenarios: {names:,}; periods: {len(panel.periods) - 1:,}", days),
            Table("At the end of how many periods", ("asked", "verdict", "periods", "share"), rows),
        ]
    )


def sweep_text(sweep: Sweep) -> str:
    """Write a sweep as plain text."""
    return text_of(sweep_page(sweep))


def sweep_html(sweep: Sweep) -> str:
    """Write a sweep for a notebook."""
    return html_of(sweep_page(sweep))


def panel_text(panel: Panel) -> str:
    """Write a panel as plain text."""
    return text_of(panel_page(panel))


def panel_html(panel: Panel) -> str:
    """Write a panel for a notebook."""
    return html_of(panel_page(panel))
