"""Verdicts over time, one row a precondition or provision."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import matplotlib as mpl
from attrs import frozen
from matplotlib import dates
from matplotlib.lines import Line2D

from ceasefire_model.conditions import Accepts, Condition, Fulfilled, Observed
from ceasefire_model.display.colours import label
from ceasefire_model.display.plots.charts import Chart, chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import filled, gid, key_of, on_box, plain, width_of
from ceasefire_model.display.words import SYMBOLS, statement_of
from ceasefire_model.moments import TICK
from ceasefire_model.proposals import Precondition, Provision
from ceasefire_model.rules.findings import Finding, evaluate
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.rules.timelines import Timeline, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.verdicts import Verdict

Asked: TypeAlias = Condition | Precondition | Provision
"""What a row can be about."""

_WIDTH = 44.0
"""How wide the time is, in ems."""


@frozen(eq=False)
class _Row:
    name: str
    """What it is called in the SVG."""

    label: str
    timeline: Timeline
    reports: tuple[tuple[datetime, datetime], ...]
    """The earliest and the latest instant from which each word may hold."""

    deadlines: tuple[datetime, ...]


def timelines(
    scenario: Scenario,
    rows: Iterable[Asked] | None = None,
    *,
    start: str | date | datetime | Moment,
    end: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw verdicts over time, with the reports that they rest on and the deadlines.

    Args:
        scenario: The situation.
        rows: What is asked, a row each; by default every precondition, and every provision that
            obliges somebody.
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        known_by: Only what had been reported by then counts; by default the end.
        trust: Whom to hear; by default everybody.
        ax: Where to draw; by default a figure of its own.

    Raises:
        ScenarioError: If a row mentions what the scenario does not have.
        ModelError: If a time is none or imprecise, the end is not after the start, or it lies after
            ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    asked = _all(scenario) if rows is None else list(rows)
    found: list[_Row] = []
    for number, each in enumerate(asked):
        condition = _condition(each)
        line = timeline(scenario, condition, start=start, end=end, known_by=known_by, trust=trust)
        finding = evaluate(
            scenario, condition, as_of=line.end - TICK, known_by=known_by, trust=trust
        )
        found.append(
            _Row(
                each.id if isinstance(each, Precondition | Provision) else str(number),
                _label(each, scenario),
                line,
                tuple(sorted(set(_reports(finding)))),
                tuple(sorted({node.due for node in finding.walk() if node.due is not None})),
            )
        )
    if not found:
        return nothing(ax, scenario.title, ["Nothing is asked."])
    return _drawn(scenario, found, ax)


def _all(scenario: Scenario) -> list[Asked]:
    """Return what a row can be about in a scenario, acceptances and rights apart."""
    provisions = (each for proposal in scenario.proposals for each in proposal.provisions)
    return [*scenario.preconditions, *(each for each in provisions if each.duties)]


def _condition(asked: Asked) -> Condition:
    match asked:
        case Precondition():
            return asked.needs
        case Provision():
            return Fulfilled(asked.id)
        case _:
            return asked


def _label(asked: Asked, scenario: Scenario) -> str:
    match asked:
        case Precondition(held_by=None):
            return asked.text
        case Precondition(held_by=party) if party is not None:
            return f"{scenario.party(party).name}: {asked.text}"
        case Provision():
            return asked.text
        case _:
            return statement_of(_condition(asked), scenario)


def _reports(finding: Finding) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when on each word that a finding rests on may hold: earliest and latest."""
    view = finding.view
    for node in finding.walk():
        if isinstance(node.condition, Observed):
            reports = (view.reports(fact) for fact in facts_of(node.condition))
            for each in chain.from_iterable(chain.from_iterable(reports)):
                yield each.starts
        elif isinstance(node.condition, Accepts):
            for word in chain.from_iterable(view.words(node.condition)):
                yield word.date.as_start(view.zone)


def _drawn(scenario: Scenario, rows: list[_Row], ax: Axes | None) -> Axes:
    spans = [span for row in rows for span in row.timeline.spans]
    key = [*key_of((span.verdict for span in spans), hatched=True), *_marks(rows)]
    made = chart(ax, scenario.title, [row.label for row in rows], _WIDTH, key, is_dated=True)
    zone = scenario.zone
    first, last = rows[0].timeline.start, rows[0].timeline.end
    made.ax.set_xlim(_days(first), _days(last))
    _date(made, zone)
    for place, row in enumerate(rows):
        _draw_spans(made, place, row)
        inside = [(early, late) for early, late in row.reports if first <= late < last]
        for early, late in inside:
            name = gid("report", row.name, f"{late:%Y-%m-%dT%H%M}")
            _draw_report(made, place, max(early, first), late, name)
        for due in row.deadlines:
            if first <= due <= last:
                _draw_deadline(made, place, due, gid("deadline", row.name, f"{due:%Y-%m-%dT%H%M}"))
    return made.ax


def _days(at: datetime) -> float:
    """Return where an instant is on the axis."""
    return float(dates.date2num(at))  # type: ignore[no-untyped-call]


def _date(made: Chart, zone: ZoneInfo) -> None:
    """Write dates on the axis, in the zone of the scenario."""
    most = max(3, int(made.width / 6))
    locator = dates.AutoDateLocator(tz=zone, maxticks=most)  # type: ignore[no-untyped-call]
    formatter = dates.ConciseDateFormatter(locator, tz=zone)  # type: ignore[no-untyped-call]
    made.ax.xaxis.set_major_locator(locator)
    made.ax.xaxis.set_major_formatter(formatter)


def _draw_spans(made: Chart, place: int, row: _Row) -> None:
    days = _days(row.timeline.end) - _days(row.timeline.start)
    for number, span in enumerate(row.timeline.spans):
        left, right = _days(span.start), _days(span.end)
        box = filled(
            (left, place - 0.36),
            right - left,
            0.5,
            span.verdict,
            linewidth=0.07 * made.em,
            clip_on=False,
        )
        box.set_gid(gid("span", row.name, number, span.verdict.value))
        made.ax.add_patch(box)
        room = (right - left) / days * made.width - 1
        said = next((each for each in _said(span.verdict) if width_of(each) <= room), "")
        if said:
            text = made.ax.text(
                (left + right) / 2,
                place - 0.11,
                said,
                ha="center",
                va="center",
                fontsize=made.em,
                zorder=3,
            )
            on_box(plain(text), span.verdict)


def _said(verdict: Verdict) -> tuple[str, str]:
    return label(verdict), SYMBOLS[verdict]


def _draw_report(made: Chart, place: int, early: datetime, late: datetime, name: str) -> None:
    """Draw a tick where a word begins to hold, after a line over all days on which it may."""
    color = mpl.rcParams["text.color"]
    y = place + 0.28
    (tick,) = made.ax.plot(
        [_days(early), _days(late)],
        [y, y],
        color=color,
        linewidth=0.1 * made.em,
        marker="|",
        markevery=[1],
        markersize=0.55 * made.em,
        markeredgewidth=0.15 * made.em,
        clip_on=False,
    )
    tick.set_gid(name)


def _draw_deadline(made: Chart, place: int, due: datetime, name: str) -> None:
    color, edge = mpl.rcParams["text.color"], mpl.rcParams["axes.facecolor"]
    (mark,) = made.ax.plot(
        [_days(due), _days(due)],
        [place - 0.42, place + 0.18],
        color=color,
        linewidth=0.18 * made.em,
        marker="v",
        markevery=[0],
        markersize=0.8 * made.em,
        markeredgecolor=edge,
        clip_on=False,
        zorder=2,
    )
    mark.set_gid(name)


def _marks(rows: list[_Row]) -> list[Artist]:
    """Return the entries of the key for what is marked."""
    color = mpl.rcParams["text.color"]
    found: list[Artist] = []
    if any(row.reports for row in rows):
        found.append(
            Line2D([], [], color=color, marker="|", linestyle="", label="a report begins to hold")
        )
    if any(row.deadlines for row in rows):
        found.append(Line2D([], [], color=color, marker="v", linestyle="", label="deadline"))
    return found
