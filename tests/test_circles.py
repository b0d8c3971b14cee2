from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model.circles import circle_through, components, path_between

NODES = range(7)
graphs = st.fixed_dictionaries(
    {node: st.sets(st.sampled_from(NODES), max_size=3) for node in NODES}
)


def reachable(graph, start):
    """Return what can be reached in one step or more, the slow way."""
    found = set(graph[start])
    for _ in graph:
        found |= {other for node in found for other in graph[node]}
    return found


def in_order(graph):
    return lambda node: sorted(graph[node])


@given(graphs)
def test_two_nodes_share_a_group_if_and_only_if_each_leads_to_the_other(graph):
    group_of = {node: group for group in components(NODES, in_order(graph)) for node in group}
    for one in NODES:
        for other in NODES:
            both_ways = other in reachable(graph, one) and one in reachable(graph, other)
            assert (group_of[one] is group_of[other]) is (one == other or both_ways)


@given(graphs)
def test_every_node_is_in_one_group_and_that_after_those_it_refers_to(graph):
    groups = list(components(NODES, in_order(graph)))
    assert sorted(node for group in groups for node in group) == list(NODES)
    place = {node: position for position, group in enumerate(groups) for node in group}
    assert all(place[other] <= place[node] for node in NODES for other in graph[node])


@given(graphs, st.permutations(NODES))
def test_where_one_begins_does_not_matter(graph, order):
    groups = {frozenset(group) for group in components(NODES, in_order(graph))}
    assert {frozenset(group) for group in components(order, in_order(graph))} == groups


@given(graphs, st.sampled_from(NODES))
def test_only_what_can_be_reached_is_looked_at(graph, root):
    met = {node for group in components([root], in_order(graph)) for node in group}
    assert met == {root} | reachable(graph, root)


@given(graphs, st.sampled_from(NODES), st.sampled_from(NODES))
def test_a_path_leads_from_one_node_to_the_other_by_references_alone(graph, start, end):
    path = path_between(start, end, in_order(graph))
    assert bool(path) is (start == end or end in reachable(graph, start))
    assert all(other in graph[node] for node, other in pairwise(path))
    assert not path or (path[0], path[-1]) == (start, end)


@given(graphs, st.sampled_from(NODES), st.sampled_from(NODES))
def test_no_path_is_shorter(graph, start, end):
    layer = {start}
    for _ in path_between(start, end, in_order(graph))[:-1]:
        assert end not in layer
        layer = {other for node in layer for other in graph[node]}


@given(graphs, st.sampled_from(NODES))
def test_a_circle_is_a_shortest_way_from_a_node_back_to_itself(graph, start):
    circle = circle_through(start, in_order(graph))
    assert bool(circle) is (start in reachable(graph, start))
    assert all(other in graph[node] for node, other in pairwise(circle))
    layer = graph[start]
    for _ in circle[2:]:
        assert start not in layer
        layer = {other for node in layer for other in graph[node]}
    assert not circle or (circle[0] == circle[-1] == start and start in layer)


class TestLength:
    def test_a_chain_of_any_length_is_followed_without_recursion(self):
        length = 20_000
        groups = list(components([0], lambda node: [node + 1] if node < length else []))
        assert groups[0] == (length,)
        assert len(groups) == length + 1

    def test_a_circle_of_any_length(self):
        length = 20_000

        def following(node):
            return [(node + 1) % length]

        assert len(circle_through(0, following)) == length + 1
        assert [len(group) for group in components([0], following)] == [length]


class TestSmall:
    def test_nothing(self):
        assert list(components([], lambda node: [node])) == []

    def test_one_that_refers_to_itself_is_a_group_and_a_circle(self):
        assert list(components(["a"], lambda node: [node])) == [("a",)]
        assert circle_through("a", lambda node: [node]) == ["a", "a"]

    def test_one_that_refers_to_nothing_is_a_group_and_no_circle(self):
        assert list(components(["a"], lambda _: [])) == [("a",)]
        assert circle_through("a", lambda _: []) == []

    def test_there_is_a_path_from_each_node_to_itself(self):
        assert path_between("a", "a", lambda _: []) == ["a"]

    def test_of_several_circles_the_shortest_is_shown(self):
        graph = {"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["a"]}
        assert circle_through("a", graph.get) == ["a", "d", "a"]

    def test_a_circle_elsewhere_is_no_circle_through_it(self):
        graph = {"a": ["b"], "b": ["c"], "c": ["b"]}
        assert circle_through("a", graph.get) == []
        assert circle_through("b", graph.get) == ["b", "c", "b"]
