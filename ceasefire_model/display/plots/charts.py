"""Axes with one labelled row for each of some things."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.display.plots.sheets import (
    BOLD,
    WHOLE,
    entitle,
    explain,
    figure,
    fitted,
    height_of,
    letters,
    plain,
    rows_of,
    size_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_LABEL = 36.0
"""How wide the label of a row is, in ems."""

_PITCH = 3.4
"""How high a row is at least, in ems: two lines and some room."""

_AXIS = 4.5
"""How high the axis with its labels is, in ems."""


_DATES = 2.4
"""How high the dates above the rows are, in ems."""


@frozen(eq=False)
class Chart:
    """Axes whose rows are labelled."""

    ax: Axes
    em: float
    """The size of the letters, in points."""

    width: float
    """How wide the rows are, in ems."""


def chart(
    ax: Axes | None,
    title: str,
    rows: Sequence[str],
    width: float,
    key: Sequence[Artist],
    *,
    is_dated: bool = False,
) -> Chart:
    """Label the rows of a chart, and explain what is in it.

    Args:
        ax: Where to draw; by default a figure of its own.
        title: What is shown.
        rows: The label of each row, from above.
        width: How wide the rows of a figure of its own are, in ems.
        key: The entries of the key.
        is_dated: Whether the axis is written above the rows too.
    """
    dates = _DATES if is_dated else 0.0
    labels = [fitted(row, _LABEL, WHOLE if ax is None else 2) for row in rows]
    pitch = max([_PITCH, *(height_of(label) + 0.6 for label in labels)])
    height = pitch * max(len(rows), 1)
    if ax is None:
        left = _LABEL + 2
        said = fitted(title, (left + width) / BOLD, most=3)
        columns, lines = rows_of(key, width) if key else (0, 0)
        above = 1.9 * lines + 0.8 + dates
        top = 1.1 * height_of(said) + above + 1
        ax = figure(width, height, left=left, right=2, top=top, bottom=_AXIS)
        em, begins = letters(), (1 - left) / width
    else:
        wide, high = size_of(ax)
        em, begins = min(letters(), high / height), 0
        said = fitted(title, wide / em / BOLD, most=3)
        columns, lines = rows_of(key, wide / em) if key else (0, 0)
        above = 1.9 * lines + 0.8 + dates
    entitle(ax, said, em, pad=above).set_x(begins)
    if key:
        explain(
            ax, key, em, columns, loc="lower left", bbox_to_anchor=(0, 1.0 + (0.4 + dates) / height)
        )
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    ax.set_yticks(range(len(rows)), labels, fontsize=em)
    for tick in ax.get_yticklabels():
        plain(tick)
    ax.tick_params(axis="x", labelsize=em, top=is_dated, labeltop=is_dated)
    if is_dated:
        ax.tick_params(axis="x", length=0.3 * em, pad=0.3 * em)
        ax.grid(axis="x", alpha=0.25, linewidth=0.06 * em)
        ax.set_axisbelow(True)
    # the mark of what begins or ends at the edge reaches beyond it
    ax.tick_params(axis="y", length=0, pad=0.9 * em)
    ax.spines[["top", "right", "left"]].set_visible(False)
    return Chart(ax, em, size_of(ax)[0] / em)
