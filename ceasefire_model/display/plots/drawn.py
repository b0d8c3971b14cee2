"""Pictures as SVG inside a page: their ids are their own, and their ink is that of the page."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from attrs import evolve
from matplotlib import pyplot as plt

from ceasefire_model.conditions import Accepts, Fulfilled, InForce
from ceasefire_model.display.blocks import Picture
from ceasefire_model.display.plots.dependencies import dependencies
from ceasefire_model.display.plots.records import record
from ceasefire_model.display.plots.sheets import to_svg
from ceasefire_model.display.plots.timelines import timelines
from ceasefire_model.moments import TICK
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from matplotlib.axes import Axes

    from ceasefire_model.analyses.deadlocks import Deadlocks
    from ceasefire_model.asking import Askable
    from ceasefire_model.conditions import Condition
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


def pictures_of(
    assessment: Assessment, deadlocks: Deadlocks | None, number: int
) -> Iterator[Picture]:
    """Yield what can be drawn of a text; what takes time is shown only where some has passed.

    Args:
        assessment: Where the text stands.
        deadlocks: What is to be marked.
        number: Of the text, so that no two parts of a page have one name.
    """
    found, text = assessment.view, assessment.proposal
    start = _first(assessment)
    if start is not None and found.at - start >= timedelta(days=1):
        words = {each.party.name: Accepts(each.party.id, text.id) for each in assessment.parties}
        span: dict[str, Any] = {
            "start": start,
            "end": found.at + TICK,
            "known_by": found.known_by,
            "trust": found.trust,
        }
        said = f"{text.title}: who accepted it, and when it was in force"
        asked: dict[str, Askable] = {"it is in force": InForce(text.id), **words}
        draw = partial(timelines, found.scenario, asked, title=said, **span)
        yield Picture(said, partial(_inside, draw, f"course{number}"))
        clauses = [each.provision for each in assessment.provisions if each.obligors]
        if clauses:
            said = f"{text.title}: what became of its clauses"
            draw = partial(record, found.scenario, clauses, title=said, **span)
            yield Picture(said, partial(_inside, draw, f"record{number}"))
    locked = None if deadlocks is None else _about(assessment, deadlocks)
    needs = [
        *assessment.gates,
        *(need for each in assessment.parties for need in each.preconditions),
    ]
    if not (needs or locked) and assessment.verdict is Verdict.MET:
        return  # nothing waits for anything
    draw = partial(dependencies, assessment, locked)
    yield Picture(f"{text.title}: what waits for what", partial(_inside, draw, f"waits{number}"))


def _about(assessment: Assessment, deadlocks: Deadlocks) -> Deadlocks:
    """Return the deadlocks that a text, its clauses or what they wait for are in."""
    text, view = assessment.proposal, assessment.view
    own: set[Condition] = {InForce(text.id)}
    own.update(Accepts(each.id, text.id) for each in view.scenario.parties)
    own.update(Fulfilled(each.id) for each in text.provisions)
    held = {gate.precondition for gate in assessment.gates}
    return evolve(
        deadlocks,
        found=tuple(
            each
            for each in deadlocks
            if any(wait.thing in own or wait.precondition in held for wait in each.waits)
        ),
    )


def _first(assessment: Assessment) -> datetime | None:
    """Return the first instant at which a word was spoken on the text."""
    view, text = assessment.view, assessment.proposal.id
    said = [
        each.date.bounds(view.zone)[0]
        for each in view.scenario.statements
        if each.about.text == text
    ]
    return min(said, default=None)


def _inside(draw: Callable[[], Axes], name: str) -> str:
    """Draw a picture so that it can stand beside others in one page."""
    with mpl.rc_context(_STYLE):  # pyright: ignore[reportUnknownMemberType] - half typed
        axes = draw()
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
