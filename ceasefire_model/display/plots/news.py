"""What changed on an axis of time, one row for each thing that did."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib as mpl
from attrs import frozen
from matplotlib.lines import Line2D

from ceasefire_model.display.pages.news import label_of, word_of_status
from ceasefire_model.display.plots.charts import Chart, chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import box_style, gid, key_of, on_box, plain, width_of
from ceasefire_model.display.plots.times import WIDTH, bar, date_axis, days_of, seen_at_all
from ceasefire_model.display.words import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.analyses.developments import Development, News
    from ceasefire_model.analyses.subjects import Status

_BAR = 0.11
"""How far above the middle of its row a bar lies, in rows; below it are the marks of causes."""


@frozen(eq=False)
class _Row:
    address: str
    label: str
    changes: tuple[Development, ...]

    def stretches(
        self, start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, datetime, Status]]:
        """Yield from when to when it stood how, where there was anything of the kind."""
        states = [
            (start, self.changes[0].before),
            *((each.at, each.after) for each in self.changes),
        ]
        for (begun, status), (over, _) in pairwise([*states, (end, None)]):
            if status is not None and begun < over:
                yield begun, over, status


def news(found: News, *, ax: Axes | None = None) -> Axes:
    """Draw what changed over time: how each thing stood, and a mark at each change.

    Deadlocks and next moves are left out; the news themselves have them.

    Args:
        found: The news.
        ax: Where to draw; by default a figure of its own.
    """
    groups: dict[str, list[Development]] = {}
    for each in found:
        if (each.after or each.before) and _finding(each):
            groups.setdefault(each.address, []).append(each)
    rows = [_Row(name, label_of(group[0]), tuple(group)) for name, group in groups.items()]
    title = found.proposal.title
    if not rows:
        return nothing(ax, title, ["Nothing changed."])
    return _drawn(found, rows, title, ax)


def _finding(each: Development) -> bool:
    status = each.after or each.before
    return status is not None and status.finding is not None


def _drawn(found: News, rows: Sequence[_Row], title: str, ax: Axes | None) -> Axes:
    start, end = found.start, found.end
    verdicts = [
        status.finding.verdict
        for row in rows
        for _, _, status in row.stretches(start, end)
        if status.finding is not None
    ]
    key = [*key_of(verdicts, hatched=True), *_marks(rows)]
    made = chart(ax, title, [row.label for row in rows], WIDTH, key, is_dated=True)
    date_axis(made, found.view.zone, (start, end))
    for place, row in enumerate(rows):
        for begun, over, status in row.stretches(start, end):
            _draw_status(made, place, row, (begun, over), status, (end - start) / made.width)
        for each in row.changes:
            _draw_cause(made, place, row, each)
    return made.ax


def _draw_status(
    made: Chart,
    place: int,
    row: _Row,
    stretch: tuple[datetime, datetime],
    status: Status,
    em: timedelta,
) -> None:
    """Draw how something stood, with a word where there is room."""
    if status.finding is None:  # pragma: no cover - only what has a finding has a row
        return
    verdict, middle = status.finding.verdict, place - _BAR
    box = bar(
        seen_at_all(stretch, em),
        None,
        middle,
        linewidth=0.07 * made.em,
        clip_on=False,
        **box_style(verdict),
    )
    box.set_gid(gid("status", row.address, f"{stretch[0]:%Y-%m-%dT%H%M}", verdict.value))
    made.ax.add_patch(box)
    room = (stretch[1] - stretch[0]) / em - 1
    words = (f"{SYMBOLS[verdict]} {word_of_status(status)}", SYMBOLS[verdict])
    said = next((each for each in words if width_of(each) <= room), "")
    if said:
        x = days_of(stretch[0] + (stretch[1] - stretch[0]) / 2)
        text = made.ax.text(x, middle, said, ha="center", va="center", fontsize=made.em, zorder=3)
        on_box(plain(text), verdict)


def _draw_cause(made: Chart, place: int, row: _Row, each: Development) -> None:
    """Mark a change: a tick where something came in, a triangle where a date passed."""
    (mark,) = made.ax.plot(
        [days_of(each.at)],
        [place + 0.28],
        color=mpl.rcParams["text.color"],
        marker="|" if each.cause.told else "v",
        markersize=(0.6 if each.cause.told else 0.5) * made.em,
        markeredgewidth=0.15 * made.em,
        linestyle="",
        clip_on=False,
    )
    word = "told" if each.cause.told else "date"
    mark.set_gid(gid(word, row.address, f"{each.at:%Y-%m-%dT%H%M}"))


def _marks(rows: Sequence[_Row]) -> list[Artist]:
    """Return the entries of the key for what is marked."""
    color = mpl.rcParams["text.color"]
    changes = [each for row in rows for each in row.changes]
    entries = (
        ("|", "changed by a report or a word", any(each.cause.told for each in changes)),
        ("v", "changed by a date", any(not each.cause.told for each in changes)),
    )
    return [
        Line2D([], [], color=color, marker=marker, linestyle="", label=said)
        for marker, said, is_so in entries
        if is_so
    ]
