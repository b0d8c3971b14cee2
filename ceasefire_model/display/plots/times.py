"""Bars over an axis of dates: how long something was so, and from when to when a clause bound."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import matplotlib as mpl
from matplotlib import dates
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ceasefire_model.display.plots.sheets import gid
from ceasefire_model.rules.evaluation import Evaluation, term
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Any
    from zoneinfo import ZoneInfo

    from matplotlib.artist import Artist

    from ceasefire_model.display.plots.charts import Chart
    from ceasefire_model.proposals import Provision

Stretch: TypeAlias = tuple["datetime", "datetime"]
"""From when on, and before when."""

WIDTH = 44.0
"""How wide the time is, in ems."""

THICK, THIN = 0.5, 0.16
"""How high a bar is where the clause binds, and where it does not, in rows."""


_SHORTEST = 0.25
"""How wide a bar is at least, in ems."""

_EVERY = 6
"""From one date on the axis to the next at least, in ems."""

_FEWEST = 3
"""Dates on the axis at least; a count of years below it is written in months."""


def days_of(at: datetime) -> float:
    """Return where an instant is on the axis."""
    return float(dates.date2num(at))  # type: ignore[no-untyped-call]


def date_axis(made: Chart, zone: ZoneInfo, stretch: Stretch) -> None:
    """Let the axis run from an instant to another, with dates in the zone of the scenario."""
    made.ax.set_xlim(*map(days_of, stretch))
    most = max(_FEWEST, int(made.width / _EVERY))
    locator = dates.AutoDateLocator(tz=zone, minticks=_FEWEST, maxticks=most)  # type: ignore[no-untyped-call]
    formatter = dates.ConciseDateFormatter(locator, tz=zone)  # type: ignore[no-untyped-call]
    made.ax.xaxis.set_major_locator(locator)
    made.ax.xaxis.set_major_formatter(formatter)


def terms_of(evaluation: Evaluation, provision: Provision, stretch: Stretch) -> list[Stretch]:
    """Return when a clause surely binds, within a stretch; none beyond its edges."""
    begin, end = stretch
    spans = term(evaluation, provision).spans()
    return [
        (max(at, begin), min(over or end, end))
        for at, over, found in spans
        if found is Verdict.MET and at < end and (over is None or over > begin)
    ]


def bar(
    stretch: Stretch,
    terms: Sequence[Stretch] | None,
    middle: float,
    **style: Any,  # noqa: ANN401 - what matplotlib takes
) -> PathPatch:
    """Make the bar of a stretch: thick where the clause binds, thin where it does not.

    Args:
        stretch: How long something was so.
        terms: When the clause binds; none where what is drawn is no clause, and all is thick.
        middle: The middle of the bar, in rows.
        style: What matplotlib takes.
    """
    vertices: list[tuple[float, float]] = []
    for (start, end), is_thick in _pieces(stretch, terms):
        high = (THICK if is_thick else THIN) / 2
        left, right = days_of(start), days_of(end)
        up, down = middle - high, middle + high
        vertices += [(left, up), (right, up), (right, down), (left, down), (left, up)]
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * (len(vertices) // 5)
    return PathPatch(Path(vertices, codes), **style)


def seen_at_all(stretch: Stretch, em: timedelta) -> Stretch:
    """Widen a stretch that would be too short to be seen, to both sides alike.

    Args:
        stretch: The stretch.
        em: How much time an em is wide.
    """
    start, end = stretch
    lacking = max(em * _SHORTEST - (end - start), timedelta(0))
    return start - lacking / 2, end + lacking / 2


def widest(stretch: Stretch, terms: Sequence[Stretch] | None) -> tuple[Stretch, bool]:
    """Return the longest piece of a bar, and whether it is thick; a thick one before a thin one."""
    return max(_pieces(stretch, terms), key=lambda each: (each[1], each[0][1] - each[0][0]))


def _pieces(stretch: Stretch, terms: Sequence[Stretch] | None) -> Iterator[tuple[Stretch, bool]]:
    """Yield the pieces of a stretch in turn, each with whether it is thick."""
    at, end = stretch
    if terms is None:
        yield stretch, True
        return
    for begun, over in terms:
        left, right = max(begun, at), min(over, end)
        if left >= right:
            continue
        if at < left:
            yield (at, left), False
        yield (left, right), True
        at = right
    if at < end:
        yield (at, end), False


def draw_terms(
    made: Chart, middle: float, terms: Sequence[Stretch], stretch: Stretch, name: str
) -> None:
    """Mark where a clause begins to bind and where it ends, inside a stretch."""
    for begun, over in terms:
        for word, at, is_inside in (
            ("starts", begun, begun > stretch[0]),
            ("ends", over, over < stretch[1]),
        ):
            if is_inside:
                _draw_mark(made, middle, at, word, gid(word, name, f"{at:%Y-%m-%dT%H%M}"))


_STARTS = Path([(0.5, 1), (-0.4, 1), (-0.4, -1), (0.5, -1)])
_ENDS = Path([(-0.5, 1), (0.4, 1), (0.4, -1), (-0.5, -1)])
"""A bracket that opens, and one that closes."""


def _draw_mark(made: Chart, middle: float, at: datetime, word: str, name: str) -> None:
    (mark,) = made.ax.plot(
        [days_of(at)],
        [middle],
        color=mpl.rcParams["text.color"],
        marker=_STARTS if word == "starts" else _ENDS,
        markersize=2 * made.em,
        markeredgewidth=0.16 * made.em,
        markerfacecolor="none",
        linestyle="",
        clip_on=False,
        zorder=2.5,
    )
    mark.set_gid(name)


def term_key(terms: Sequence[Stretch], stretch: Stretch) -> list[Artist]:
    """Return the entries of the key for where clauses begin and end to bind."""
    color = mpl.rcParams["text.color"]
    found: list[Artist] = []
    for marker, said, is_so in (
        (_STARTS, "the clause begins to bind", any(at > stretch[0] for at, _ in terms)),
        (_ENDS, "it ends to bind", any(over < stretch[1] for _, over in terms)),
    ):
        if is_so:
            line = Line2D(
                [], [], color=color, marker=marker, linestyle="", markerfacecolor="none", label=said
            )
            found.append(line)
    return found
