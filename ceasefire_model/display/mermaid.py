"""Diagrams as Mermaid source: a condition, a finding, a deadlock.

Mermaid (https://mermaid.js.org) is what JupyterLab, Quarto, GitHub and others draw in Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ceasefire_model.analyses.openings import things_in
from ceasefire_model.display.blocks import Mark
from ceasefire_model.display.conditions import inside, label_of
from ceasefire_model.display.findings import held, steps, titled
from ceasefire_model.display.words import spelled_out
from ceasefire_model.verdicts import Verdict
from ceasefire_model.visible import shown as on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ceasefire_model.analyses.deadlocks import Deadlock
    from ceasefire_model.conditions import Condition
    from ceasefire_model.rules.findings import Finding


class Mermaid(str):
    """The source of a diagram: printed it is text, and where Markdown is shown it is drawn."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        """Write it so that what shows Markdown draws it."""
        return f"```mermaid\n{self}```\n"


_UNSAFE = re.compile(r"[^\w .,:()?/%+–“”’'¶§✓✗…≠○·-]")
"""Anything that might be read as a mark of Mermaid, Markdown, HTML or maths."""

_STYLES = (
    "classDef open stroke-dasharray:5 4",
    "classDef met stroke-width:3px",
    "classDef unmet stroke-width:1px",
)
"""As in HTML: dashed while open, and strong if met; no colours, so that any theme fits."""


def label(written: str) -> str:
    """Write a text so that it is shown as it is, in one line."""
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", on_one_line(written))


def condition_mermaid(condition: Condition) -> Mermaid:
    """Draw a condition as a tree that names ids."""
    lines: list[str] = []
    waiting = [(condition, "", "")]
    while waiting:
        each, above, role = waiting.pop()
        name = f"n{len(lines)}"
        lines.append(_node(name, label_of(each), above, role))
        waiting.extend((below, name, part) for part, below in reversed(list(inside(each))))
    return _flowchart("TD", lines)


def finding_mermaid(finding: Finding) -> Mermaid:
    """Draw a finding with all that it rests on; what is referred to twice, once."""
    lines: list[str] = []
    names: list[str] = []
    known: dict[tuple[Condition, datetime], str] = {}
    for step in steps(finding):
        each = step.finding
        above = "" if step.above is None else names[step.above]
        if step.again:
            names.append(known[each.condition, each.view.at])
            lines.append(f"{above} --> {names[-1]}")
            continue
        names.append(f"n{len(lines)}")
        known[each.condition, each.view.at] = names[-1]
        shown = f"{Mark.of(each.verdict)} · {titled(step)}"
        lines.append(_node(names[-1], shown, above, "", _class(each.verdict)))
    return _flowchart("TD", [*lines, *_STYLES])


def deadlock_mermaid(deadlock: Deadlock) -> Mermaid:
    """Draw a circle: what waits points to what it waits for; dashed where nobody holds so."""
    view = deadlock.view
    names = {wait.thing: f"n{n}" for n, wait in enumerate(deadlock.waits)}
    lines = [
        f'{name}["{label(spelled_out(thing, view.scenario))}"]' for thing, name in names.items()
    ]
    for number, wait in enumerate(deadlock.waits):
        ahead = [names[thing] for thing in things_in(wait.needs) if thing in names]
        if not ahead:
            ahead = [f"m{number}"]
            lines.append(f'm{number}["{label(spelled_out(wait.needs, view.scenario))}"]')
        each = wait.precondition
        arrow = "-.->" if each is None else f'-->|"{label(held(each, view))}"|'
        lines.extend(f"{names[wait.thing]} {arrow} {target}" for target in dict.fromkeys(ahead))
    return _flowchart("LR", lines)


def _node(name: str, shown: str, above: str, role: str, kind: str = "") -> str:
    """Write a node, with the line from the one above it."""
    node = f'{name}["{label(shown)}"]{f":::{kind}" if kind else ""}'
    if not above:
        return node
    return f'{above} -->|"{label(role)}"| {node}' if role else f"{above} --> {node}"


def _class(verdict: Verdict) -> str:
    return "open" if verdict.is_open else verdict.value


def _flowchart(direction: str, lines: Iterable[str]) -> Mermaid:
    return Mermaid("".join(f"{line}\n" for line in (f"flowchart {direction}", *lines)))
