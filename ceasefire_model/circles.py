"""Circles in who refers to whom."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

_Node = TypeVar("_Node", bound="Hashable")


def components(
    roots: Iterable[_Node], references: Callable[[_Node], Iterable[_Node]]
) -> Iterator[tuple[_Node, ...]]:
    """Yield the groups of nodes that refer to each other, each after those it refers to.

    A node that is in no circle is a group of its own. By iteration, so that chains may be of any
    length (R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1, 1972).

    Args:
        roots: Where to begin; only what can be reached from here is looked at.
        references: The nodes that a node refers to.
    """
    order: dict[_Node, int] = {}
    lowest: dict[_Node, int] = {}
    pending: list[_Node] = []
    done: set[_Node] = set()
    for root in roots:
        if root in order:
            continue
        trail: list[tuple[_Node, Iterator[_Node]]] = []
        ahead: _Node | None = root
        while ahead is not None or trail:
            if ahead is not None:
                order[ahead] = lowest[ahead] = len(order)
                pending.append(ahead)
                trail.append((ahead, iter(references(ahead))))
            node, rest = trail[-1]
            ahead = None
            for other in rest:
                if other not in order:
                    ahead = other
                    break
                if other not in done:
                    lowest[node] = min(lowest[node], order[other])
            if ahead is not None:
                continue
            trail.pop()
            if trail:
                above = trail[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
            if lowest[node] == order[node]:
                group = [pending.pop()]
                while group[-1] != node:
                    group.append(pending.pop())
                done.update(group)
                yield tuple(group)


def path_between(
    start: _Node, end: _Node, references: Callable[[_Node], Iterable[_Node]]
) -> list[_Node]:
    """Return a shortest path from one node to another, both included; else nothing."""
    came_from: dict[_Node, _Node | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came_from:
        node = waiting.popleft()
        for other in references(node):
            if other not in came_from:
                came_from[other] = node
                waiting.append(other)
    if end not in came_from:
        return []
    path = [end]
    while (before := came_from[path[-1]]) is not None:
        path.append(before)
    return path[::-1]


def circle_through(start: _Node, references: Callable[[_Node], Iterable[_Node]]) -> list[_Node]:
    """Return a shortest circle through a node, which stands at both ends; else nothing."""
    found = [path_between(other, start, references) for other in references(start)]
    return [start, *min(filter(None, found), key=len)] if any(found) else []
