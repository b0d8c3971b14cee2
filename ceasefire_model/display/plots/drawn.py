"""Pictures as SVG inside a page: their ids are their own, and their ink is that of the page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib import pyplot as plt

from ceasefire_model.display.clauses import table
from ceasefire_model.display.plots.dependencies import dependencies
from ceasefire_model.display.plots.records import record
from ceasefire_model.display.plots.sheets import to_svg
from ceasefire_model.moments import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes

    from ceasefire_model.analyses.deadlocks import Deadlocks
    from ceasefire_model.rules.assessment import Assessment

_INK = "#010203"
"""What texts and lines are drawn in, before they take the colour of the page."""

_STYLE: dict[Any, Any] = {
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), _INK
    ),
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}

_STRETCHES = 24
"""Into how many stretches the time of a record is cut."""


def record_svg(assessment: Assessment, name: str) -> str | None:
    """Draw what became of the clauses of a text since it is known of; None where none oblige."""
    view = assessment.view
    clauses = [each.provision.id for each in assessment.provisions if each.obligors]
    start = _first(assessment)
    if not clauses or start is None or view.at - start < timedelta(days=1):
        return None
    step = (view.at - start) / _STRETCHES
    days = dict.fromkeys(
        day_of(min(start + step * number, view.at), view.zone) for number in range(_STRETCHES + 1)
    )
    found = table(view.scenario, clauses, dates=days, known_by=view.known_by, trust=view.trust)
    with mpl.rc_context(_STYLE):  # pyright: ignore[reportUnknownMemberType] - half typed
        return _inside(record(found, zone=view.zone), name)


def _first(assessment: Assessment) -> datetime | None:
    """Return the first instant at which a word was spoken on the text."""
    view, text = assessment.view, assessment.proposal.id
    said = [
        each.date.bounds(view.zone)[0]
        for each in view.scenario.statements
        if each.about.text == text
    ]
    return min(said, default=None)


def dependencies_svg(assessment: Assessment, deadlocks: Deadlocks | None, name: str) -> str:
    """Draw what waits for what."""
    with mpl.rc_context(_STYLE):  # pyright: ignore[reportUnknownMemberType] - half typed
        return _inside(dependencies(assessment, deadlocks), name)


def _inside(axes: Axes, name: str) -> str:
    """Write a picture so that it can stand beside others in one page."""
    svg = to_svg(axes)
    plt.close(axes.figure.figure)
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]*)\)", rf"url(#{name}-\1)", svg)
    svg = re.sub(r'href="#([^"]*)"', rf'href="#{name}-\1"', svg)
    # as wide as there is room, but no narrower than letters can be read
    least = 0.7 * float(re.search(r'<svg[^>]* width="([\d.]+)pt"', svg)[1])  # type: ignore[index]
    style = f'<svg aria-hidden="true" style="min-width:{least:.0f}pt" '
    return svg.replace(_INK, "currentColor").replace("<svg ", style, 1)
