"""What became of each clause over time, in the colours of the record."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from matplotlib.patches import Patch

from ceasefire_model.display.colours import EDGES, FILLS, HATCHES, INKS, MARRED
from ceasefire_model.display.obligations import became_mark, kind_word
from ceasefire_model.display.plots.charts import Chart, chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import SIGNS, gid, plain, width_of
from ceasefire_model.display.plots.times import (
    WIDTH,
    Stretch,
    bar,
    date_axis,
    days_of,
    draw_terms,
    seen_at_all,
    term_key,
    terms_of,
    widest,
)
from ceasefire_model.moments import TICK
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.histories import Chapter, chapters
from ceasefire_model.rules.performance import PerformanceKind
from ceasefire_model.rules.timelines import limits
from ceasefire_model.rules.views import view
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, timedelta

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.display.blocks import Mark
    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Provision
    from ceasefire_model.scenarios import Scenario


@frozen
class _Look:
    fill: str
    edge: str
    hatch: str
    ink: str = "black"
    """What is written on it; contrast 4.5 or more."""


_LOOKS = {
    PerformanceKind.BREACHED: _Look("#8c2d04", "#e8b9a2", "xx", "white"),
    PerformanceKind.OVERDUE: _Look("#d55e00", "#3d1a00", "//"),
    PerformanceKind.LAPSED: _Look("#8c8c8c", "#e6e6e6", "--"),
    PerformanceKind.OWED: _Look("#e8b9a2", "#6b2a00", ""),
    PerformanceKind.VIOLATED: _Look(MARRED, "#f6e3cf", "++", "white"),
    PerformanceKind.NOT_DUE: _Look("#cfe6f5", "#0b3a5c", ""),
    PerformanceKind.NOT_OWED: _Look("#ffffff", "#8c8c8c", ""),
    PerformanceKind.SUPERSEDED: _Look("#d9d9d9", "#4d4d4d", "||"),
    PerformanceKind.MET_LATE: _Look("#56b4e9", "#0b3a5c", "\\\\"),
    PerformanceKind.MET: _Look("#0072b2", "#c9dcf0", "", "white"),
    PerformanceKind.KEPT: _Look("#0072b2", "#c9dcf0", "", "white"),
}
"""How what became of a clause looks; what is in doubt looks like its verdict."""

_SOME = _Look("#e8b9a2", "#6b2a00", "..")
"""How it looks where one duty is in doubt and another is not done."""


@frozen(eq=False)
class _Row:
    provision: Provision
    chapters: tuple[Chapter, ...]
    terms: tuple[Stretch, ...]


def record(
    scenario: Scenario,
    clauses: Iterable[str | Provision] | None = None,
    *,
    start: str | date | datetime | Moment,
    end: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what became of clauses over time, a row for each.

    A bar is thick where the clause binds, with brackets where that begins and ends, and thin where
    it does not. What must always be so and was not is a gap in the colour of a breach.

    Args:
        scenario: The situation.
        clauses: Provisions or their ids; by default all that oblige somebody. Those that do not
            have no row.
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        known_by: Only what had been reported by then counts; by default the end.
        trust: Whom to hear; by default everybody.
        title: What stands above; by default the title of the scenario.
        ax: Where to draw; by default a figure of its own.

    Raises:
        UnknownIdError: If there is no such provision, source or party.
        ModelError: If a time is none or imprecise, the end is not after the start, or it lies after
            ``known_by``.
    """
    begins, ends = limits(start, end, scenario.zone)
    seen = Evaluation(view(scenario, as_of=ends - TICK, known_by=known_by, trust=trust))
    wanted = scenario.index.provisions if clauses is None else clauses
    asked = [scenario.provision(each if isinstance(each, str) else each.id) for each in wanted]
    rows = [
        _Row(
            each,
            chapters(seen, each, begins, ends),
            tuple(terms_of(seen, each, (begins, ends))),
        )
        for each in asked
        if each.duties
    ]
    said = title or scenario.title
    if not rows:
        return nothing(ax, said, ["No clause obliges anybody."])
    labels = [row.provision.text for row in rows]
    made = chart(ax, said, labels, WIDTH, _key(rows, (begins, ends)), is_dated=True)
    date_axis(made, scenario.zone, (begins, ends))
    for place, row in enumerate(rows):
        for each in row.chapters:
            _draw(made, place, each, row, ends - begins)
        draw_terms(made, place, row.terms, (begins, ends), row.provision.id)
    return made.ax


def _look(each: Chapter) -> _Look:
    found = _LOOKS.get(each.kind)
    if found is not None:
        return found
    verdict = each.verdict
    if verdict is Verdict.UNMET:
        return _SOME
    return _Look(FILLS[verdict], EDGES[verdict], HATCHES[verdict], INKS[verdict])


def _mark(each: Chapter) -> Mark:
    return became_mark(kind_word(each.kind, each.verdict), each.verdict)


def _draw(made: Chart, place: int, each: Chapter, row: _Row, whole: timedelta) -> None:
    look, stretch = _look(each), (each.start, each.end)
    box = bar(
        seen_at_all(stretch, whole / made.width),
        row.terms,
        place,
        facecolor=look.fill,
        edgecolor=look.edge,
        hatch=look.hatch,
        linewidth=0.07 * made.em,
    )
    name = row.provision.id
    box.set_gid(gid("record", name, f"{each.start:%Y-%m-%dT%H%M}", each.kind.value))
    made.ax.add_patch(box)
    (left, right), is_thick = widest(stretch, row.terms)
    room = (right - left) / whole * made.width - 1
    said = next(
        (said for said in (str(_mark(each)), _mark(each).sign) if width_of(said) <= room), ""
    )
    if said and is_thick:
        x = days_of(left + (right - left) / 2)
        text = made.ax.text(x, place, said, ha="center", va="center", fontsize=made.em, zorder=3)
        plain(text).set(color=look.ink, fontfamily=SIGNS)
        text.set_bbox({"facecolor": look.fill, "edgecolor": "none", "boxstyle": "square,pad=0.1"})


def _key(rows: list[_Row], stretch: Stretch) -> list[Artist]:
    """Return an entry for each standing that occurs, the gravest first."""
    occurring = {(each.kind, each.verdict): each for row in rows for each in row.chapters}
    order = tuple(PerformanceKind)
    found = sorted(occurring.values(), key=lambda each: (order.index(each.kind), str(_mark(each))))
    patches: list[Artist] = [
        Patch(
            facecolor=_look(each).fill,
            edgecolor=_look(each).edge,
            hatch=_look(each).hatch,
            label=str(_mark(each)),
        )
        for each in found
    ]
    return [*patches, *term_key([each for row in rows for each in row.terms], stretch)]
