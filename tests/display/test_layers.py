"""The layout of graphs: everything has a place, and nothing is in the way of anything."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.display.plots.layers import layered

GAP = 0.5


@st.composite
def graphs(draw):
    """The heights of up to eight things, and what leads to what among them."""
    heights = draw(st.lists(st.floats(1, 4), min_size=1, max_size=8))
    things = st.integers(0, len(heights) - 1)
    return heights, draw(st.lists(st.tuples(things, things), max_size=20))


@settings(deadline=None)
@given(graphs())
def test_every_edge_runs_from_one_layer_to_another_and_passes_those_between(graph):
    heights, edges = graph
    layout = layered(heights, edges, GAP)
    assert set(layout.routes) == {(a, b) for a, b in edges if a != b}
    for (a, b), route in layout.routes.items():
        assert len(route) == abs(layout.layer[a] - layout.layer[b]) - 1


@settings(deadline=None)
@given(graphs())
def test_edges_run_to_the_right_unless_they_close_a_circle(graph):
    heights, edges = graph
    layout = layered(heights, edges, GAP)
    after = {thing: {b for a, b in edges if a == thing} for thing in range(len(heights))}

    def leads(start, end, seen=()):
        return start == end or any(
            leads(each, end, (*seen, each)) for each in after[start] if each not in seen
        )

    for a, b in layout.routes:
        assert layout.layer[a] < layout.layer[b] or leads(b, a)


@settings(deadline=None)
@given(graphs())
def test_no_two_things_of_a_layer_overlap_and_no_edge_passes_behind_one(graph):
    heights, edges = graph
    layout = layered(heights, edges, GAP)
    taken = [(layout.layer[thing], layout.middle[thing], heights[thing]) for thing in layout.layer]
    for (a, b), route in layout.routes.items():
        first = min(layout.layer[a], layout.layer[b]) + 1
        taken += [(first + number, y, 0) for number, y in enumerate(route)]
    for (one, y, high), (other, down, tall) in combinations(taken, 2):
        if one == other and (high or tall):
            assert abs(y - down) >= (high + tall) / 2 + GAP / 2
    assert all(
        y - high / 2 >= -1e-9 and y + high / 2 <= layout.height + 1e-9 for _, y, high in taken
    )


@settings(deadline=None)
@given(graphs())
def test_the_layout_is_the_same_every_time(graph):
    heights, edges = graph
    assert layered(heights, edges, GAP) == layered(heights, [*edges, *edges], GAP)


def test_a_chain_is_a_straight_line():
    layout = layered([1, 1, 1], [(0, 1), (1, 2)], GAP)
    assert layout.layer == {0: 0, 1: 1, 2: 2}
    assert set(layout.middle.values()) == {0.5}


@settings(deadline=None)
@given(graphs())
def test_no_row_of_the_picture_is_free(graph):
    heights, edges = graph
    layout = layered(heights, edges, GAP)
    taken = [
        (layout.middle[n] - high / 2, layout.middle[n] + high / 2) for n, high in enumerate(heights)
    ]
    taken += [(y - 0.2, y + 0.2) for route in layout.routes.values() for y in route]
    bottom = 0.0
    for top, below in sorted(taken):
        assert top - bottom <= GAP + 1e-6
        bottom = max(bottom, below)


def test_two_edges_between_the_same_things_have_ways_of_their_own():
    layout = layered([1, 1, 1], [(0, 1), (1, 2), (0, 2), (2, 0)], GAP)
    assert layout.routes[0, 2] != layout.routes[2, 0]


def test_what_closes_a_circle_passes_the_layers_between():
    layout = layered([1, 1, 1], [(0, 1), (1, 2), (2, 0)], GAP)
    assert layout.layer == {0: 0, 1: 1, 2: 2}
    assert len(layout.routes[2, 0]) == 1
    assert layout.routes[2, 0][0] != pytest.approx(layout.middle[1])


def test_of_nothing_there_is_nothing():
    layout = layered([], [], GAP)
    assert (layout.layer, layout.height) == ({}, 0)
