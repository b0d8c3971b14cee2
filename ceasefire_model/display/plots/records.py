"""What became of each clause over time, in the colours of the record."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from matplotlib import dates
from matplotlib.patches import Patch, Rectangle

from ceasefire_model.display.clauses import ClauseTable
from ceasefire_model.display.colours import EDGES, FILLS, HATCHES
from ceasefire_model.display.plots.charts import Chart, chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import gid
from ceasefire_model.display.words import SYMBOLS
from ceasefire_model.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.display.clauses import Standing

_FEWEST = 2
"""How many dates there are at least: a stretch lasts from one to the next."""

_WIDTH = 44.0
"""How wide the time is, in ems."""


@frozen
class _Look:
    fill: str
    edge: str
    hatch: str


_LOOKS = {
    "breached": _Look("#8c2d04", "#e8b9a2", "xx"),
    "overdue": _Look("#d55e00", "#3d1a00", "//"),
    "lapsed": _Look("#7f7f7f", "#e6e6e6", "--"),
    "owed": _Look("#e8b9a2", "#6b2a00", ""),
    "violated": _Look("#a6611a", "#f6e3cf", "++"),
    "partly": _Look("#e8b9a2", "#6b2a00", ".."),
    "not due": _Look("#cfe6f5", "#0b3a5c", ""),
    "not owed": _Look("#ffffff", "#8c8c8c", ""),
    "superseded": _Look("#d9d9d9", "#4d4d4d", "||"),
    "met late": _Look("#56b4e9", "#0b3a5c", "\\\\"),
    "met": _Look("#0072b2", "#c9dcf0", ""),
    "kept": _Look("#0072b2", "#c9dcf0", ""),
}
"""How what became of a clause looks; what is in doubt looks like its verdict."""


def record(found: ClauseTable, *, zone: ZoneInfo, ax: Axes | None = None) -> Axes:
    """Draw what became of clauses over time: a row for each, from one date to the next.

    Args:
        found: How they stood on two dates or more, in the order of time.
        zone: The time zone of the scenario.
        ax: Where to draw; by default a figure of its own.

    Raises:
        ModelError: If the table has fewer than two dates, or they are not in the order of time.
    """
    marks = [each.as_end(zone)[1] for each in found.dates]
    if len(marks) < _FEWEST or sorted(set(marks)) != marks:
        raise ModelError("a record needs two dates or more, in the order of time")
    if not found.rows:
        return nothing(ax, found.title, ["No clause obliges anybody."])
    labels = [row.statement for row in found.rows]
    made = chart(ax, found.title, labels, _WIDTH, _key(found), is_dated=True)
    made.ax.set_xlim(_days(marks[0]), _days(marks[-1]))
    locator = dates.AutoDateLocator(tz=zone, maxticks=max(3, int(made.width / 6)))  # type: ignore[no-untyped-call]
    made.ax.xaxis.set_major_locator(locator)
    made.ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, tz=zone))  # type: ignore[no-untyped-call]
    for place, row in enumerate(found.rows):
        for left, right, standing in _stretches(marks, row.standings):
            _draw(made, place, left, right, standing, row.id)
    return made.ax


def _days(at: datetime) -> float:
    return float(dates.date2num(at))  # type: ignore[no-untyped-call]


def _stretches(
    marks: list[datetime], standings: tuple[Standing, ...]
) -> Iterator[tuple[float, float, Standing]]:
    """Yield each stretch of one standing: it lasts from its date to that of the next."""
    begin = 0
    for place in range(1, len(marks)):
        is_last = place == len(marks) - 1
        if is_last or standings[place] != standings[begin]:
            yield _days(marks[begin]), _days(marks[place]), standings[begin]
            begin = place


def _look(standing: Standing) -> _Look:
    found = _LOOKS.get(standing.word)
    if found is not None:
        return found
    verdict = standing.verdict
    if verdict is None:
        return _Look("none", "#6e6e6e", "")
    return _Look(FILLS[verdict], EDGES[verdict], HATCHES[verdict])


def _draw(
    made: Chart, place: int, left: float, right: float, standing: Standing, name: str
) -> None:
    look = _look(standing)
    box = Rectangle(
        (left, place - 0.36),
        right - left,
        0.72,
        facecolor=look.fill,
        edgecolor=look.edge,
        hatch=look.hatch,
        linewidth=0.07 * made.em,
    )
    box.set_gid(gid("record", name, f"{left:.0f}", standing.word))
    made.ax.add_patch(box)


def _key(found: ClauseTable) -> list[Artist]:
    """Return an entry for each standing that occurs, the gravest first."""
    occurring = {(cell.word, cell.verdict): cell for row in found.rows for cell in row.standings}
    order = [*_LOOKS]
    cells = sorted(occurring.values(), key=lambda cell: [*order, cell.word].index(cell.word))
    return [
        Patch(
            facecolor=_look(cell).fill,
            edgecolor=_look(cell).edge,
            hatch=_look(cell).hatch,
            label=cell.word if cell.verdict is None else f"{SYMBOLS[cell.verdict]} {cell.word}",
        )
        for cell in cells
    ]
