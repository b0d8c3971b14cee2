"""A graph laid out in layers from left to right.

After K. Sugiyama, S. Tagawa and M. Toda (1981): turn round the edges that close a circle, put each
thing one layer after the last that leads to it, and order each layer by the middle of its
neighbours. An edge that spans several layers has a place in each, so that it passes behind nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Edge: TypeAlias = tuple[int, int]
"""From one thing to another, by number."""

_Place: TypeAlias = tuple[int, int, int]
"""Where an edge is in a layer; of a thing itself, an edge from it to itself."""

_SWEEPS = 12
"""How often the layers are put in order, and straightened."""

_TRACK = 0.4
"""How much room an edge has that passes a layer."""


@frozen
class Layout:
    """Where each thing is, and where each edge passes."""

    layer: Mapping[int, int]
    """In which layer each thing is, from 0."""

    middle: Mapping[int, float]
    """How far down the middle of each thing is."""

    routes: Mapping[Edge, tuple[float, ...]]
    """How far down an edge passes each layer between those of its things, from left to right; of
    edges from a thing to itself, none."""

    height: float
    """How far down all reaches."""


def layered(heights: Sequence[float], edges: Iterable[Edge], gap: float) -> Layout:
    """Lay out a graph.

    Args:
        heights: How high each thing is.
        edges: What leads to what.
        gap: What is free between two things of a layer.
    """
    ahead = _ahead(len(heights), edges)
    layer = _layers(len(heights), ahead.values())
    columns, links = _columns(layer, ahead)
    tall = {each: heights[each[0]] if each[0] == each[1] else _TRACK for each in links}
    _order(columns, links)
    middle = _closed(_straightened(columns, links, tall, gap), tall, gap)
    top = min((middle[each] - tall[each] / 2 for each in middle), default=0.0)
    bottom = max((middle[each] + tall[each] / 2 for each in middle), default=0.0)
    routes = {
        edge: tuple(middle[*edge, n] - top for n in range(layer[a] + 1, layer[b]))
        for edge, (a, b) in ahead.items()
    }
    middles = {thing: middle[thing, thing, layer[thing]] - top for thing in layer}
    return Layout(layer, middles, routes, bottom - top)


def _ahead(count: int, edges: Iterable[Edge]) -> dict[Edge, Edge]:
    """Return each edge as it runs from left to right: turned round if it closes a circle."""
    after: dict[int, list[int]] = {thing: [] for thing in range(count)}
    for start, end in dict.fromkeys(edges):
        if start != end:
            after[start].append(end)
    found: dict[Edge, Edge] = {}
    seen: set[int] = set()
    for root in after:
        path = {} if root in seen else {root: after[root][::-1]}
        seen.add(root)
        while path:
            thing, left = next(reversed(path.items()))
            if not left:
                del path[thing]
                continue
            end = left.pop()
            found[thing, end] = (end, thing) if end in path else (thing, end)
            if end not in seen:
                seen.add(end)
                path[end] = after[end][::-1]
    return found


def _layers(count: int, edges: Iterable[Edge]) -> dict[int, int]:
    """Put each thing one layer after the last that leads to it."""
    before: dict[int, set[int]] = {thing: set() for thing in range(count)}
    for start, end in edges:
        before[end].add(start)
    layer: dict[int, int] = {}
    while len(layer) < count:
        ready = [thing for thing in before if thing not in layer and before[thing] <= layer.keys()]
        layer |= {each: max((layer[one] + 1 for one in before[each]), default=0) for each in ready}
    return layer


def _columns(
    layer: Mapping[int, int], ahead: Mapping[Edge, Edge]
) -> tuple[list[list[_Place]], dict[_Place, list[_Place]]]:
    """Return what is in each layer, and what each place is linked to in the layers beside."""
    columns: list[list[_Place]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    links: dict[_Place, list[_Place]] = {}

    def put(place: _Place) -> _Place:
        links[place] = []
        columns[place[2]].append(place)
        return place

    for thing, number in layer.items():
        put((thing, thing, number))
    for edge, (a, b) in ahead.items():
        between = [put((*edge, number)) for number in range(layer[a] + 1, layer[b])]
        for one, other in pairwise([(a, a, layer[a]), *between, (b, b, layer[b])]):
            links[one].append(other)
            links[other].append(one)
    return columns, links


def _order(columns: list[list[_Place]], links: Mapping[_Place, list[_Place]]) -> None:
    """Order each layer by the middle of its neighbours, from left to right and back."""
    for sweep in range(_SWEEPS):
        places = {each: rank for column in columns for rank, each in enumerate(column)}
        for column in columns[1:] if sweep % 2 == 0 else columns[-2::-1]:
            beside = column[0][2] + (-1 if sweep % 2 == 0 else 1)
            column.sort(key=lambda each: _middle(each, beside, links, places))
            places |= {each: rank for rank, each in enumerate(column)}


def _middle(
    place: _Place,
    beside: int,
    links: Mapping[_Place, list[_Place]],
    where: Mapping[_Place, float],
) -> float:
    """Return the middle of the neighbours of a place in one layer; without any, where it is."""
    found = [where[other] for other in links[place] if other[2] == beside]
    return sum(found) / len(found) if found else where[place]


def _straightened(
    columns: list[list[_Place]],
    links: Mapping[_Place, list[_Place]],
    tall: Mapping[_Place, float],
    gap: float,
) -> dict[_Place, float]:
    """Move each place towards the middle of all its neighbours, as far as the others let it."""
    middle = {each: 0.0 for column in columns for each in column}
    for _ in range(_SWEEPS):
        for column in columns:
            wanted = [
                sum(middle[other] for other in links[each]) / max(len(links[each]), 1)
                for each in column
            ]
            placed: list[float] = []
            for each, wish in zip(column, wanted, strict=True):
                least = wish
                if placed:
                    before = column[len(placed) - 1]
                    least = placed[-1] + (tall[before] + tall[each]) / 2 + gap
                placed.append(max(wish, least))
            shift = sum(a - b for a, b in zip(wanted, placed, strict=True)) / len(column)
            middle |= {each: y + shift for each, y in zip(column, placed, strict=True)}
    return middle


def _closed(
    middle: Mapping[_Place, float], tall: Mapping[_Place, float], gap: float
) -> dict[_Place, float]:
    """Move everything up where a whole row of the picture is free."""
    found: dict[_Place, float] = {}
    moved, bottom = 0.0, float("inf")
    for place in sorted(middle, key=lambda each: middle[each] - tall[each] / 2):
        top = middle[place] - tall[place] / 2
        moved += max(0.0, top - bottom - gap)
        bottom = max(bottom if found else top, top + tall[place])
        found[place] = middle[place] - moved
    return found
