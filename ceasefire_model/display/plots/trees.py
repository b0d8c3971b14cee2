"""A finding as a tree, one node a row."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from ceasefire_model.display.findings import stated, steps, titled
from ceasefire_model.display.plots.sheets import WHOLE, Sheet, fitted, gid, height_of, sheet
from ceasefire_model.display.words import as_of
from ceasefire_model.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ceasefire_model.display.findings import Step
    from ceasefire_model.rules.findings import Finding

_STEP, _CHIP, _TEXT = 2.0, 6.2, 38.0
"""How far a part is set in, and how wide a verdict and a text are, in ems."""


def condition_tree(finding: Finding, *, rows: int = 40, ax: Axes | None = None) -> Axes:
    """Draw a finding with all that it rests on.

    Of a tree with more nodes than rows, those near the root are shown; a node says how many are not
    shown below it.

    Args:
        finding: What was found.
        rows: How many nodes to show at most.
        ax: Where to draw; by default a figure of its own.

    Raises:
        ModelError: If there is not a single row.
    """
    if rows < 1:
        raise ModelError(f"rows must be 1 or more, got {rows}")
    nodes = steps(finding)
    shown = _shown(nodes, rows)
    hidden = _hidden(nodes, shown)
    deepest = max(nodes[place].depth for place in shown)
    most = WHOLE if ax is None else 2
    texts = {place: _text(nodes[place], hidden[place], most) for place in shown}
    heights = [height_of(text) + 0.8 for text in texts.values()]
    left = 0.5 + deepest * _STEP + _CHIP
    view = finding.view
    title = f"{stated(finding)}, {as_of(view)}"
    page = sheet(ax, left + _TEXT + 1, sum(heights), title)
    middles: dict[int, float] = {}
    top = 0.0
    for place, height in zip(shown, heights, strict=True):
        middles[place] = top + height / 2
        top += height
        _draw(page, nodes[place], texts[place], middles, place)
    return page.ax


def _shown(nodes: Sequence[Step], rows: int) -> list[int]:
    """Return the places of the nodes to show: those near the root first, all parts of one or none.

    If even the parts of the root are too many, the first of them.
    """
    parts: dict[int, list[int]] = {place: [] for place in range(len(nodes))}
    for place, node in enumerate(nodes):
        if node.above is not None:
            parts[node.above].append(place)
    shown = [0, *parts[0][: rows - 1]]
    waiting = deque(parts[0] if len(shown) > len(parts[0]) else ())
    while waiting:
        below = parts[waiting.popleft()]
        if len(shown) + len(below) <= rows:
            shown += below
            waiting.extend(below)
    return sorted(shown)


def _hidden(nodes: Sequence[Step], shown: Sequence[int]) -> dict[int, int]:
    """Return how many nodes below each one that is shown are not."""
    seen = set(shown)
    nearest: list[int] = []
    for place, node in enumerate(nodes):
        nearest.append(place if place in seen else nearest[node.above or 0])
    return {place: count - 1 for place, count in Counter(nearest).items()}


def _text(node: Step, hidden: int, most: int) -> str:
    """Write a node; what else there is to say of it is not cut off with the text."""
    text = fitted(titled(node), _TEXT, most)
    if node.again:
        return f"{text}\n(see above)"
    return f"{text}\n(and {hidden:,} more below)" if hidden else text


def _draw(page: Sheet, node: Step, text: str, middles: dict[int, float], place: int) -> None:
    x, y = 0.5 + node.depth * _STEP, middles[place]
    if node.above is not None:
        trunk = x - _STEP + 0.8
        page.rule([trunk, trunk, x], [middles[node.above] + 0.75, y, y], zorder=0.5)
    verdict = node.finding.verdict
    page.chip(x, y, _CHIP, verdict, gid("node", place, node.finding.address, verdict.value))
    page.write(x + _CHIP + 0.8, y, text, gid=gid("text", place))
