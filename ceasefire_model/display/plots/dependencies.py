"""What waits for what, with the deadlocks marked."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import matplotlib as mpl
from attrs import field, frozen
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ceasefire_model.analyses.openings import things_in
from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    AnyOf,
    AtLeastOf,
    Condition,
    InForce,
    Not,
)
from ceasefire_model.display.colours import MARK
from ceasefire_model.display.findings import is_denied_leaf, stated, waits_for
from ceasefire_model.display.plots.layers import Edge, Layout, layered
from ceasefire_model.display.plots.sheets import (
    WHOLE,
    Sheet,
    explain,
    fitted,
    gid,
    height_of,
    key_of,
    rows_of,
    sheet,
)
from ceasefire_model.display.words import instant
from ceasefire_model.errors import ModelError
from ceasefire_model.proposals import Basis, Timing
from ceasefire_model.rules.findings import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ceasefire_model.analyses.deadlocks import Deadlocks
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.findings import Finding

_BOX, _BETWEEN, _CHIP = 21.0, 7.0, 2.0
"""How wide a thing, what is between two layers, and a verdict are, in ems."""

_LEAST = 60.0
"""How wide the picture is at least, in ems, for what is written under it."""


@frozen(eq=False)
class _Graph:
    """What waits for what."""

    things: dict[Condition, Finding] = field(factory=dict[Condition, "Finding"])
    """The finding on each thing."""

    edges: dict[tuple[Condition, Condition], list[Precondition]] = field(
        factory=dict[tuple[Condition, Condition], list["Precondition"]]
    )
    """From each thing to those it waits for, with who holds so; nobody where the one is made of the
    other."""

    def add(self, thing: Condition, needed: Finding, precondition: Precondition | None) -> None:
        """Let a thing wait for what a condition is made of."""
        for other in _leaves(needed):
            self.things.setdefault(other.condition, other)
            holders = self.edges.setdefault((thing, other.condition), [])
            if precondition is not None and precondition not in holders:
                holders.append(precondition)


def dependencies(
    assessment: Assessment, deadlocks: Deadlocks | None = None, *, ax: Axes | None = None
) -> Axes:
    """Draw what waits for what: an arrow from each thing to what it waits for or is made of.

    The steps of the deadlocks are drawn thick, numbered, and listed below with who holds them.

    Args:
        assessment: Where a proposal stands.
        deadlocks: What is to be marked, of the same scenario and instant; by default nothing.
        ax: Where to draw; by default a figure of its own.

    Raises:
        ModelError: If the deadlocks are of another scenario or instant.
    """
    view = assessment.view
    if deadlocks is not None and (
        deadlocks.view.at != view.at or deadlocks.view.scenario != view.scenario
    ):
        raise ModelError(
            "only deadlocks of the scenario and the instant that were assessed can be marked, got "
            f"some of {deadlocks.view.scenario.title!r} as of {deadlocks.view.at}, and an "
            f"assessment of {view.scenario.title!r} as of {view.at}"
        )
    graph = _graph(assessment, deadlocks)
    found = list(graph.things.values())
    numbers = {thing: number for number, thing in enumerate(graph.things)}
    edges = {(numbers[a], numbers[b]): each for (a, b), each in graph.edges.items()}
    most = WHOLE if ax is None else 3
    steps = list(dict.fromkeys((numbers[a], numbers[b]) for a, b, _ in _steps(deadlocks)))
    texts = [fitted(_label(each, assessment), _BOX - _CHIP - 1.6, most) for each in found]
    layout = layered([height_of(text) + 0.8 for text in texts], edges, gap=0.7)
    width = (max(layout.layer.values()) + 1) * (_BOX + _BETWEEN) - _BETWEEN + 1
    width = max(width, _LEAST)
    notes = [
        fitted(_note(number, found[a], found[b], edges[a, b]), width - 1, most)
        for number, (a, b) in enumerate(steps, start=1)
    ]
    key = [*key_of(each.verdict for each in found), *_lines(edges, steps), *_heads(edges)]
    columns, rows = rows_of(key, width)
    below = sum(height_of(note) + 0.4 for note in notes)
    title = f"{assessment.proposal.title}: what waits for what, as of "
    title += instant(view.at, view.scenario)
    page = sheet(ax, width, layout.height + below + 1.8 * rows + 3, title)
    web = _Web(page, layout)
    for edge, holders in edges.items():
        web.draw_edge(edge, holders, is_step=edge in steps)
    for number, finding in enumerate(found):
        web.draw_thing(number, finding, texts[number], is_locked=any(number in e for e in steps))
    for number, edge in enumerate(steps, start=1):
        web.number(edge, number)
    top = layout.height + 1.6
    for number, note in enumerate(notes):
        page.write(0.5, top, note, va="top", gid=gid("note", number))
        top += height_of(note) + 0.4
    place = {"loc": "upper left", "bbox_to_anchor": (0.5, top + 0.6)}
    explain(page.ax, key, page.em, columns, bbox_transform=page.ax.transData, **place)
    return page.ax


def _label(finding: Finding, assessment: Assessment) -> str:
    """Write a thing; of the text that the picture is about, without its title."""
    condition, text = finding.condition, assessment.proposal.id
    if condition == InForce(text):
        return "it is in force"
    if isinstance(condition, Accepts) and condition.of == text:
        return f"{finding.view.scenario.party(condition.party).name} accepts"
    return stated(finding)


def _graph(assessment: Assessment, deadlocks: Deadlocks | None) -> _Graph:
    """Gather what the assessment says of what waits for what, and the steps of the deadlocks."""
    graph = _Graph({assessment.finding.condition: assessment.finding})
    evaluation = assessment.finding.evaluation
    for party in assessment.parties:
        graph.things.setdefault(party.finding.condition, party.finding)
        for need in party.preconditions:
            graph.add(party.finding.condition, need, need.precondition)
    for gate in assessment.gates:
        of = gate.precondition.of
        graph.things.setdefault(of, find(evaluation, of))
        graph.add(of, gate.finding, gate.precondition)
    for thing, other, precondition in _steps(deadlocks):
        graph.things.setdefault(thing, find(evaluation, thing))
        graph.add(thing, find(evaluation, other), precondition)
    opened: set[Condition] = set()
    while len(opened) < len(graph.things):
        for thing, finding in list(graph.things.items()):
            if thing not in opened:
                opened.add(thing)
                for part in () if is_denied_leaf(finding) else finding.parts:
                    graph.add(thing, part, part.precondition)
    return graph


def _leaves(finding: Finding) -> Iterator[Finding]:
    """Yield the findings on the leaves, and the negated ones, that a condition is made of."""
    waiting = [finding]
    while waiting:
        each = waiting.pop()
        match each.condition:
            case AllOf() | AnyOf() | AtLeastOf():
                waiting.extend(reversed(each.parts))
            case Not(part=AllOf() | AnyOf() | AtLeastOf() | Not()):
                yield from (find(each.evaluation, thing) for thing in things_in(each.condition))
            case _:
                yield each


def _steps(
    deadlocks: Deadlocks | None,
) -> Iterator[tuple[Condition, Condition, Precondition | None]]:
    """Yield each step round each circle: what waits, for what of the circle, and who holds so."""
    for each in deadlocks or ():
        circle = {wait.thing for wait in each.waits}
        for wait in each.waits:
            for other in things_in(wait.needs):
                if other in circle:
                    yield wait.thing, other, wait.precondition


def _note(number: int, thing: Finding, other: Finding, holders: list[Precondition]) -> str:
    """Write a step of a deadlock, and who holds it."""
    if not holders:
        return f"{number}  {stated(thing)} – is made of: {stated(other)}"
    waits = "; ".join(waits_for(each, thing.view) for each in holders)
    return f"{number}  {stated(thing)} – {waits}"


@frozen(eq=False)
class _Web:
    """Draws things and arrows where the layout has them."""

    page: Sheet
    layout: Layout
    badges: list[tuple[float, float]] = field(factory=list[tuple[float, float]])
    """Where the numbers of steps are."""

    def left_of(self, layer: int) -> float:
        return 0.5 + layer * (_BOX + _BETWEEN)

    def y(self, thing: int) -> float:
        return self.layout.middle[thing] + 0.5

    def draw_thing(self, number: int, finding: Finding, text: str, *, is_locked: bool) -> None:
        """Draw a box with a verdict and a text."""
        x, y = self.left_of(self.layout.layer[number]), self.y(number)
        height = height_of(text) + 0.8
        box = Rectangle(
            (x, y - height / 2),
            _BOX,
            height,
            facecolor=mpl.rcParams["axes.facecolor"],
            edgecolor=MARK if is_locked else mpl.rcParams["text.color"],
            linewidth=(0.3 if is_locked else 0.08) * self.page.em,
            zorder=2,
        )
        box.set_gid(gid("thing", number, finding.address))
        self.page.ax.add_patch(box)
        name = gid("verdict", number, finding.verdict.value)
        self.page.chip(x + 0.5, y, _CHIP, finding.verdict, name)
        self.page.write(x + _CHIP + 1, y, text, gid=gid("text", number), zorder=4)

    def points(self, edge: Edge) -> list[tuple[float, float]]:
        """Return where an arrow leaves and enters each gap between two layers."""
        a, b = edge
        start, end = self.layout.layer[a], self.layout.layer[b]
        ys = [y + 0.5 for y in self.layout.routes[edge]]
        step = 1 if start < end else -1
        aside = 0 if step > 0 else _ASIDE
        ys = [self.y(a) + aside, *ys[::step], self.y(b) + aside]
        found: list[tuple[float, float]] = []
        for y, layer in zip(ys, range(start, end + step, step), strict=True):
            sides = [self.left_of(layer), self.left_of(layer) + _BOX]
            found += [(x, y) for x in sides[::step]]
        return found[1:-1]

    def draw_edge(self, edge: Edge, holders: list[Precondition], *, is_step: bool) -> None:
        """Draw an arrow from a thing to another, or to itself."""
        points = self.points(edge) if edge in self.layout.routes else self._loop(edge[0])
        heading = 1 if points[-1][0] > points[-2][0] else -1  # a loop comes back from the right
        color = MARK if is_step else mpl.rcParams["text.color"]
        thick = (0.3 if is_step else 0.08) * self.page.em
        line = PathPatch(
            _curve(points, _HEAD * heading / 2),
            fill=False,
            edgecolor=color,
            linewidth=thick,
            linestyle=_style(holders),
            capstyle="butt",
            zorder=1.6 if is_step else 1,
        )
        names = "+".join(each.id for each in holders)
        line.set_gid(gid("waits" if holders else "made", *edge, names))
        self.page.ax.add_patch(line)
        head = _head(points[-1], heading, _timing(holders), 1.5 if is_step else 1)
        self.page.ax.add_patch(
            PathPatch(head, facecolor=color, edgecolor=color, linewidth=0, zorder=2.5)
        )

    def _loop(self, thing: int) -> list[tuple[float, float]]:
        x, y = self.left_of(self.layout.layer[thing]) + _BOX, self.y(thing)
        return [(x, y - 0.5), (x, y + 0.5)]

    def number(self, edge: Edge, number: int) -> None:
        """Write the number of a step on its arrow, where no other number is."""
        points = self.points(edge) if edge in self.layout.routes else self._loop(edge[0])
        (x, y), (over, down) = points[0], points[1]
        bend = 3 * _BETWEEN / 8 if x == over else 0
        spots = [(x + bend + (over - x) * t, y + (down - y) * (3 - 2 * t) * t * t) for t in _SPOTS]
        free = [spot for spot in spots if all(_apart(spot, other) for other in self.badges)]
        spot = (free or spots)[0]
        self.badges.append(spot)
        badge = self.page.write(
            *spot, str(number), ha="center", color="white", fontweight="bold", zorder=5
        )
        badge.set_bbox({"boxstyle": "circle,pad=0.25", "facecolor": _BADGE, "edgecolor": "white"})
        badge.set_gid(gid("step", number, *edge))


def _curve(points: list[tuple[float, float]], short: float) -> Path:
    """Return the way of an arrow: bends between the layers, straight lines through them.

    Args:
        points: Where it begins and ends to bend, in turn.
        short: How far before its end it stops.
    """
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x, y), (over, down) in zip(points[::2], points[1::2], strict=True):
        if vertices[-1] != (x, y):
            vertices.append((x, y))
            codes.append(Path.LINETO)
        middle = (x + over) / 2 if over != x else x + _BETWEEN / 2
        vertices += [(middle, y), (middle, down), (over, down)]
        codes += [Path.CURVE4] * 3
    vertices[-1] = (vertices[-1][0] - short, vertices[-1][1])
    return Path(vertices, codes)


_HEAD = 0.9
"""How long the head of an arrow is, in ems."""

_ASIDE = 0.6
"""How far below the other arrows one begins and ends that closes a circle, in ems."""

_SPOTS = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
"""How far along its first bend an arrow may be numbered."""

_BADGES = 2.0
"""How far apart two numbers are at least, in ems."""

_BADGE = "#7a3500"
"""What the numbers of steps are written on, in white."""


_STRICTEST = (Timing.BEFORE, Timing.WHILE, Timing.TOGETHER)
"""Which timing an arrow shows that stands for several."""


def _timing(holders: Iterable[Precondition]) -> Timing:
    found = {each.timing for each in holders}
    return next((each for each in _STRICTEST if each in found), Timing.BEFORE)


def _head(tip: tuple[float, float], heading: int, timing: Timing, size: float) -> Path:
    """Return the head of an arrow: a triangle, a disc, or a rhombus, by the timing."""
    x, y = tip
    half = 0.4 * size
    if timing is Timing.WHILE:
        return Path.circle((x - heading * _HEAD / 2, y), half)
    back = x - _HEAD * heading
    middle = (x + back) / 2
    corners = {
        Timing.BEFORE: [(x, y), (back, y - half), (back, y + half)],
        Timing.TOGETHER: [(x, y), (middle, y - half), (back, y), (middle, y + half)],
    }[timing]
    return Path([*corners, corners[0]], closed=True)


_MEANT: dict[Timing, tuple[str, str]] = {
    Timing.BEFORE: (">", "must come first"),
    Timing.WHILE: ("o", "must last as long"),
    Timing.TOGETHER: ("D", "at the same time"),
}


def _heads(edges: dict[Edge, list[Precondition]]) -> list[Artist]:
    """Return the entries of the key for the heads of arrows; none where all mean the same."""
    color = mpl.rcParams["text.color"]
    occurring = {_timing(holders) for holders in edges.values() if holders}
    return [
        Line2D([], [], color=color, marker=marker, linestyle="", label=said)
        for timing, (marker, said) in _MEANT.items()
        if timing in occurring and occurring != {Timing.BEFORE}
    ]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _BADGES


def _style(holders: list[Precondition]) -> Literal["-", "--", ":"]:
    if not holders:
        return ":"
    return "-" if any(each.basis is Basis.STATED for each in holders) else "--"


_LINES: dict[Literal["-", "--", ":"], str] = {
    "-": "waits for, as its holder says",
    "--": "waits for, by law or inference",
    ":": "is made of",
}


def _lines(edges: dict[Edge, list[Precondition]], steps: list[Edge]) -> list[Artist]:
    """Return the entries of the key for the arrows."""
    color = mpl.rcParams["text.color"]
    occurring = {_style(holders) for holders in edges.values()}
    found: list[Artist] = [
        Line2D([], [], color=color, linestyle=style, linewidth=1, label=said)
        for style, said in _LINES.items()
        if style in occurring
    ]
    if steps:
        found.append(Line2D([], [], color=MARK, linewidth=3, label="step of a deadlock"))
    return found
