"""Rows of labels with a column for each of some things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.display.plots.sheets import WHOLE, Sheet, fitted, height_of, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

LABEL = 36.0
"""How wide the label of a row is, in ems."""


@frozen(eq=False)
class Matrix:
    """A sheet with the labels written, and where its cells are."""

    page: Sheet
    column: float
    """How wide a column is, in ems."""

    middles: tuple[float, ...]
    """The middle of each row, in ems."""

    def left_of(self, column: int) -> float:
        """Return where a column begins."""
        return LABEL + 1 + column * self.column


def matrix(
    ax: Axes | None,
    title: str,
    corner: str,
    rows: Sequence[str],
    heads: Sequence[str],
    column: float,
    notes: Sequence[str] = (),
) -> Matrix:
    """Write the labels of a matrix.

    Args:
        ax: Where to draw; by default a figure of its own.
        title: What is shown.
        corner: What the labels are.
        rows: The label of each row.
        heads: The head of each column.
        column: How wide a column is, in ems.
        notes: What else there is to say, below.
    """
    width = LABEL + 1 + column * len(heads) + 0.5
    most = WHOLE if ax is None else 3
    below = [fitted(note, width - 1, most) for note in notes]
    labels = [fitted(row, LABEL, most) for row in rows]
    above = [
        "\n".join(fitted(line, column - 0.8, most) for line in head.split("\n")) for head in heads
    ]
    top = max(map(height_of, above), default=0) + 0.8
    heights = [max(height_of(label), 1.5) + 0.7 for label in labels]
    height = top + sum(heights) + sum(height_of(note) + 0.5 for note in below) + 0.2
    page = sheet(ax, width, height, title)
    made = Matrix(page, column, tuple(_middles(heights, top)))
    right = made.left_of(len(heads))
    for place, head in enumerate(above):
        x = made.left_of(place) + column / 2
        page.write(
            x, top - 0.4, head, ha="center", va="bottom", fontweight="bold", gid=f"head:{place}"
        )
    page.write(0.2, top - 0.4, corner, va="bottom", fontstyle="italic", gid="corner")
    page.rule([0, right], [top, top], linewidth=0.12 * page.em)
    for place, (label, height) in enumerate(zip(labels, heights, strict=True)):
        page.write(0.2, made.middles[place], label, gid=f"row:{place}")
        y = made.middles[place] + height / 2
        page.rule([0, right], [y, y], alpha=0.25)
    _write_notes(page, below, top + sum(heights) + 0.5)
    return made


def _middles(heights: Sequence[float], top: float) -> Sequence[float]:
    found: list[float] = []
    for height in heights:
        found.append(top + height / 2)
        top += height
    return found


def nothing(ax: Axes | None, title: str, lines: Sequence[str]) -> Axes:
    """Say why there is nothing to draw."""
    texts = [fitted(line, LABEL, WHOLE if ax is None else 4) for line in lines]
    page = sheet(ax, LABEL + 1, sum(height_of(text) + 0.5 for text in texts) + 0.5, title)
    _write_notes(page, texts, 0.5)
    return page.ax


def _write_notes(page: Sheet, texts: Sequence[str], top: float) -> None:
    for place, text in enumerate(texts):
        page.write(0.2, top, text, va="top", gid=f"note:{place}")
        top += height_of(text) + 0.5
