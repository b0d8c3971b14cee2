"""Verdicts over time, one row a precondition or provision."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, cast

import matplotlib as mpl
from attrs import frozen
from matplotlib.lines import Line2D

from ceasefire_model.asking import condition_asked, named
from ceasefire_model.conditions import Accepts, Condition, Observed
from ceasefire_model.display.colours import label
from ceasefire_model.display.plots.charts import Chart, chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import box_style, gid, key_of, on_box, plain, width_of
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
from ceasefire_model.display.words import SYMBOLS, statement_of
from ceasefire_model.fields import as_many
from ceasefire_model.moments import TICK
from ceasefire_model.proposals import Precondition, Provision
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.findings import Finding, find
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.rules.timelines import Timeline, course, limits
from ceasefire_model.rules.views import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.asking import Askable, AskableRecord
    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.verdicts import Verdict


@frozen(eq=False)
class _Row:
    name: str
    """What it is called in the SVG."""

    label: str
    timeline: Timeline
    terms: tuple[Stretch, ...] | None
    """When it binds; none of what is no clause."""

    reports: tuple[tuple[datetime, datetime], ...]
    """The earliest and the latest instant from which each word may hold."""

    deadlines: tuple[datetime, ...]


def timelines(
    scenario: Scenario,
    rows: Askable | Iterable[Askable] | Mapping[str, Askable] | None = None,
    *,
    start: str | date | datetime | Moment,
    end: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw verdicts over time, with the reports that they rest on and the deadlines.

    Args:
        scenario: The situation.
        rows: What is asked, a row each, or by the labels that the rows are to have: conditions, or
            records or their ids for what they stand for; by default every precondition, and every
            provision that obliges somebody.
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        known_by: Only what had been reported by then counts; by default the end.
        trust: Whom to hear; by default everybody.
        title: What stands above; by default the title of the scenario.
        ax: Where to draw; by default a figure of its own.

    Raises:
        ScenarioError: If a row mentions what the scenario does not have.
        ModelError: If a time is none or imprecise, the end is not after the start, or it lies after
            ``known_by``.
        UnknownIdError: If there is nothing of an id, or the trust names a source or party that the
            scenario does not have.
    """
    wanted = _labelled(scenario, rows)
    begins, ends = limits(start, end, scenario.zone)
    seen = Evaluation(view(scenario, as_of=ends - TICK, known_by=known_by, trust=trust))
    found = [
        _row(seen, label, each, number, (begins, ends))
        for number, (label, each) in enumerate(wanted)
    ]
    if not found:
        return nothing(ax, title or scenario.title, ["Nothing is asked."])
    return _drawn(scenario, title or scenario.title, found, ax)


def _labelled(
    scenario: Scenario, rows: Askable | Iterable[Askable] | Mapping[str, Askable] | None
) -> list[tuple[str | None, Askable]]:
    """Return what is asked, each with the label that it was given, if any."""
    if isinstance(rows, Mapping):
        return [*cast("Mapping[str, Askable]", rows).items()]
    several: tuple[Askable, ...] = as_many(_all(scenario) if rows is None else rows)
    return [(None, each) for each in several]


def _row(seen: Evaluation, label: str | None, what: Askable, number: int, stretch: Stretch) -> _Row:
    scenario = seen.view.scenario
    condition = condition_asked(scenario, what, "rows")
    each = named(scenario, what)
    finding = find(seen, condition)
    return _Row(
        each.id if isinstance(each, Precondition | Provision) else str(number),
        _label(each, condition, scenario) if label is None else label,
        course(seen, condition, *stretch),
        tuple(terms_of(seen, each, stretch)) if isinstance(each, Provision) else None,
        tuple(sorted(set(_reports(finding)))),
        tuple(sorted({node.due for node in finding.walk() if node.due is not None})),
    )


def _all(scenario: Scenario) -> list[Askable]:
    """Return what a row can be about in a scenario, acceptances and rights apart."""
    provisions = (each for proposal in scenario.proposals for each in proposal.provisions)
    return [*scenario.preconditions, *(each for each in provisions if each.duties)]


def _label(each: Condition | AskableRecord, condition: Condition, scenario: Scenario) -> str:
    match each:
        case Precondition(held_by=None):
            return each.text
        case Precondition(held_by=party) if party is not None:
            return f"{scenario.party(party).name}: {each.text}"
        case Provision():
            return each.text
        case _:
            return statement_of(condition, scenario)


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


def _drawn(scenario: Scenario, title: str, rows: list[_Row], ax: Axes | None) -> Axes:
    spans = [span for row in rows for span in row.timeline.spans]
    key = [*key_of((span.verdict for span in spans), hatched=True), *_marks(rows)]
    made = chart(ax, title, [row.label for row in rows], WIDTH, key, is_dated=True)
    zone = scenario.zone
    first, last = rows[0].timeline.start, rows[0].timeline.end
    date_axis(made, zone, (first, last))
    for place, row in enumerate(rows):
        _draw_spans(made, place, row)
        draw_terms(made, place - 0.11, row.terms or (), (first, last), row.name)
        inside = [(early, late) for early, late in row.reports if first <= late < last]
        for early, late in inside:
            name = gid("report", row.name, f"{late:%Y-%m-%dT%H%M}")
            _draw_report(made, place, max(early, first), late, name)
        for due in row.deadlines:
            if first <= due <= last:
                _draw_deadline(made, place, due, gid("deadline", row.name, f"{due:%Y-%m-%dT%H%M}"))
    return made.ax


def _draw_spans(made: Chart, place: int, row: _Row) -> None:
    whole = row.timeline.end - row.timeline.start
    for number, span in enumerate(row.timeline.spans):
        stretch, middle = (span.start, span.end), place - 0.11
        look = box_style(span.verdict)
        box = bar(
            seen_at_all(stretch, whole / made.width),
            row.terms,
            middle,
            linewidth=0.07 * made.em,
            clip_on=False,
            **look,
        )
        box.set_gid(gid("span", row.name, number, span.verdict.value))
        made.ax.add_patch(box)
        (left, right), is_thick = widest(stretch, row.terms)
        room = (right - left) / whole * made.width - 1
        said = next((each for each in _said(span.verdict) if width_of(each) <= room), "")
        if said and is_thick:
            x = days_of(left + (right - left) / 2)
            text = made.ax.text(
                x, middle, said, ha="center", va="center", fontsize=made.em, zorder=3
            )
            on_box(plain(text), span.verdict)


def _said(verdict: Verdict) -> tuple[str, str]:
    return label(verdict), SYMBOLS[verdict]


def _draw_report(made: Chart, place: int, early: datetime, late: datetime, name: str) -> None:
    """Draw a tick where a word begins to hold, after a line over all days on which it may."""
    color = mpl.rcParams["text.color"]
    y = place + 0.28
    (tick,) = made.ax.plot(
        [days_of(early), days_of(late)],
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
        [days_of(due), days_of(due)],
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
    first, last = rows[0].timeline.start, rows[0].timeline.end
    found = term_key([each for row in rows for each in row.terms or ()], (first, last))
    if any(row.reports for row in rows):
        found.append(
            Line2D([], [], color=color, marker="|", linestyle="", label="a report begins to hold")
        )
    if any(row.deadlines for row in rows):
        found.append(Line2D([], [], color=color, marker="v", linestyle="", label="deadline"))
    return found
