"""A finding in words, and the one walk through all that it rests on."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    AnyOf,
    AtLeastOf,
    By,
    Condition,
    Derived,
    InForce,
    Not,
    Observed,
    Throughout,
    Vague,
)
from ceasefire_model.display.blocks import Line, Mark
from ceasefire_model.display.words import (
    bound_of,
    cited,
    day,
    instant,
    last_day,
    local_time,
    names,
    statement_of,
    value_of,
)
from ceasefire_model.facts import Truth
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import agreed_meaning, bounds, certain, known_history
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ceasefire_model.conditions import Bound
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.evaluation import Evaluation
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.gates import Gate
    from ceasefire_model.rules.readings import Reading
    from ceasefire_model.rules.views import View
    from ceasefire_model.statements import Statement


# The walk


@frozen(eq=False)
class Step:
    """One place on the walk through a finding: a finding, or what it waits for."""

    finding: Finding
    gate: Gate | None
    """What is waited for, where this says so; what became of it is the next step, below."""

    above: int | None
    """The place of the step that this belongs to."""

    depth: int
    again: bool = False
    """Whether what it rests on stands at an earlier step."""

    then: datetime | None = None
    """When it was so, where that is not the instant judged but one that decided a history."""


def steps(
    root: Finding, gates: Iterable[Gate] = (), opened: set[Condition] | None = None
) -> list[Step]:
    """Return a finding and all that it rests on, each before its own parts.

    By iteration, since chains through ids may be of any length.

    Args:
        root: Where to begin.
        gates: What the leaves wait for; each is shown once, at the first leaf that it is about.
        opened: What was opened before; what is referred to twice is opened once. It is added to.
    """
    seen = set[Condition]() if opened is None else opened
    past: set[tuple[Condition, datetime]] = set()
    ahead = {gate.precondition.id: gate for gate in gates}
    found: list[Step] = []
    waiting = [Step(root, None, None, 0)]
    while waiting:
        step = waiting.pop()
        place, condition = len(found), step.finding.condition
        if step.gate is not None:
            found.append(step)
            waiting.append(Step(step.gate.finding, None, place, step.depth + 1))
            continue
        at = step.finding.view.at
        is_now = at == root.view.at
        again = condition in seen if is_now else (condition, at) in past
        again = again and isinstance(condition, Derived)
        if is_now:
            seen.add(condition)
        else:
            past.add((condition, at))
        found.append(Step(step.finding, None, step.above, step.depth, again, step.then))
        if again:
            continue
        below = [
            Step(part, None, place, step.depth + 1, then=_another(part.view.at, at))
            for part in _opened(step.finding)
        ]
        own = [gate for gate in ahead.values() if gate.gates_any([condition])]
        below += [Step(step.finding, gate, place, step.depth + 1) for gate in own]
        for gate in own:
            del ahead[gate.precondition.id]
        waiting.extend(reversed(below))
    return found


def _another(then: datetime, at: datetime) -> datetime | None:
    """Return an instant if it is not the one at which what is above was judged."""
    return None if then == at else then


def _opened(finding: Finding) -> tuple[Finding, ...]:
    return () if is_denied_leaf(finding) else finding.parts


def tree_of(
    root: Finding, gates: Iterable[Gate] = (), opened: set[Condition] | None = None
) -> Line:
    """Return a finding and all that it rests on as lines; see :func:`steps`."""
    lines: list[Line] = []
    for step in steps(root, gates, opened):
        line = _line(step)
        if step.above is not None:
            lines[step.above].below.append(line)
        lines.append(line)
    return lines[0]


def _line(step: Step) -> Line:
    if step.gate is not None:
        return Line(gated(step.gate))
    mark, text = Mark.of(step.finding.verdict), titled(step)
    return (
        Line(f"{text} (see above)", mark) if step.again else Line(text, mark, sources(step.finding))
    )


# What is judged


def titled(step: Step) -> str:
    """Write what was judged, and when, where that is not the instant that all is judged at."""
    text = stated(step.finding)
    if step.then is None:
        return text
    return f"{text}, on {instant(step.then, step.finding.view.scenario)}"


def stated(finding: Finding) -> str:
    """Write what was judged: a leaf as it is, the rest in the words of who demands it."""
    scenario = finding.view.scenario
    condition = finding.condition
    if finding.meaning is not None:
        return f"if it means: {finding.meaning.text}"
    if finding.precondition is not None and isinstance(condition, AllOf | AnyOf | AtLeastOf | Not):
        return finding.precondition.text
    if isinstance(condition, By | Throughout):
        return _timed(finding, condition)
    if isinstance(condition, Accepts) and finding.address.startswith(f"in_force({condition.of})"):
        return f"{scenario.party(condition.party).name} accepts"
    return statement_of(condition, scenario)


def _timed(finding: Finding, condition: By | Throughout) -> str:
    """Write what is asked over time, with the dates that its bounds have come to."""
    inner = statement_of(condition.condition, finding.view.scenario)
    if isinstance(condition, By):
        return f"{inner}, by {dated(condition.due, Edge.END, finding.evaluation)}"
    start = dated(condition.start, Edge.START, finding.evaluation)
    end = "" if condition.end is None else dated(condition.end, Edge.END, finding.evaluation)
    return f"always from {start}{f' until {end}' if end else ''}: {inner}"


def dated(bound: Bound, edge: Edge, evaluation: Evaluation) -> str:
    """Write a bound: its date, and where it follows an event the rule and the date, if certain."""
    scenario = evaluation.view.scenario
    rule = bound_of(bound, scenario)
    if not isinstance(bound, After):
        return rule
    known = certain(evaluation, bounds(evaluation, bound, edge))
    if known is None:
        return rule
    zone = scenario.zone
    when = last_day(known, zone) if edge is Edge.END else local_time(known, zone)
    return f"{when}, {rule}"


def prolonged(finding: Finding) -> Iterator[str]:
    """Yield by which texts, that are or have been in force, the end of a text was moved."""
    index, evaluation = finding.view.scenario.index, finding.evaluation
    waiting = deque([finding.condition])
    while waiting:
        text = waiting.popleft()
        for longer in index.prolongations.get(text.of, ()) if isinstance(text, InForce) else ():
            leaf = InForce(longer.id)
            if any(found is Verdict.MET for _, found in known_spans(find(evaluation, leaf))):
                until = f" until {dated(longer.ends, Edge.END, evaluation)}" if longer.ends else ""
                yield f"prolonged{until} by “{longer.title}”"
                waiting.append(leaf)


def known_spans(finding: Finding) -> list[tuple[datetime, Verdict]]:
    """Return what the verdict was from when on, up to now."""
    spans = known_history(finding.evaluation, finding.condition).spans()
    return [(start, found) for start, _, found in spans if start <= finding.view.at]


def is_denied_leaf(finding: Finding) -> bool:
    """Whether it negates a leaf about a fact, which is shown in one line with it."""
    condition = finding.condition
    return isinstance(condition, Not) and isinstance(condition.part, Observed)


# What it rests on


def sources(finding: Finding) -> Iterator[str]:
    """Yield, for a leaf, who says what, when, and where it can be read."""
    if is_denied_leaf(finding):
        denied = stated(finding.parts[0])
        yield from (f"“{denied}” – {line}" for line in sources(finding.parts[0]))
    if finding.stance is not None or finding.statements:
        said = "; ".join(_said(word, finding) for word in finding.statements) or "supposed"
        yield f"{stance_of(finding)} · {said}"
    for reading in finding.readings:
        yield reading_of(reading, finding)
    if isinstance(finding.condition, Vague):
        yield _meanings(finding, finding.condition)


def stance_of(finding: Finding) -> str:
    """Write the latest word that an acceptance rests on."""
    if finding.stance is not None:
        return finding.stance.value
    return "both ways on one day" if finding.statements else "nothing said"


def _said(word: Statement, finding: Finding) -> str:
    source = finding.view.scenario.source(word.source).name
    by = word.speaker if word.speaker in source else f"{word.speaker}, in {source}"
    when = day(word.date)
    # a document is often named with its day
    return cited(by if by.endswith(when) else f"{by}, {when}", word.reference)


def reading_of(reading: Reading, finding: Finding) -> str:
    """Write one source's word on a fact."""
    scenario = finding.view.scenario
    seen = reading.observation
    if seen is None:
        return "supposed" if _is_supposed(finding) else "asked, and no answer reported"
    fact = scenario.fact(seen.fact)
    said = value_of(seen.value, fact)
    if reading.says is Says.DENIES and seen.value == Truth(True):  # noqa: FBT003 - a value
        said = f"not before {day(seen.since)}"
    when = day(seen.since) if seen.until is None else f"{day(seen.since)} until {day(seen.until)}"
    if seen.reported != seen.since:
        when = f"{when}, reported {day(seen.reported)}"
    line = cited(f"{scenario.source(seen.source).name}: {said} · {when}", seen.reference)
    if reading.says is Says.NO_LONGER:
        line = f"the last word before: {line}"
    if reading.by is not None:
        name, since = scenario.source(reading.by.source).name, day(reading.by.since)
        line = f"overtaken by {name}, {since}: {line}"
    return f"{line}; {seen.note}" if seen.note else line


def _is_supposed(finding: Finding) -> bool:
    condition = finding.condition
    asked = facts_of(condition) if isinstance(condition, Observed) else ()
    return any(finding.view.supposed_value(name) is not None for name in asked)


def _meanings(finding: Finding, condition: Vague) -> str:
    agreed = agreed_meaning(finding.view, condition)
    if agreed is not None:
        return f"taken to mean: {agreed.text}"
    if not condition.meanings:
        return "no meaning has been named"
    return "the words allow several meanings; what each would give:"


# Who holds what

_WAITS = {
    Timing.BEFORE: "waits for",
    Timing.TOGETHER: "waits for, at the same time",
    Timing.WHILE: "waits for, and needs it to last",
}
"""How what is needed stands in time to what waits for it."""

_NEEDS = {
    Timing.BEFORE: "held to need first",
    Timing.TOGETHER: "held to need at the same time",
    Timing.WHILE: "held to need for as long as it lasts",
}
"""The same where what it is about is so, and waits no more."""


def waits_for(each: Precondition, view: View, *, is_so: bool = False) -> str:
    """Write what something waits for, when, and who holds so.

    Args:
        each: The precondition.
        view: The view.
        is_so: Whether what it is about is so, and waits no more.
    """
    timing = (_NEEDS if is_so else _WAITS)[view.timing(each)]
    return f"{timing}: {held(each, view)}"


def gated(gate: Gate) -> str:
    """Write what something waits for, or is held to need."""
    is_so = gate.thing.verdict is Verdict.MET
    return waits_for(gate.precondition, gate.finding.view, is_so=is_so)


def red_line(gate: Gate) -> Line:
    """Write a red line that is crossed: who drew it, for how long, and the reports that say so."""
    line = tree_of(gate.finding)
    line.text = held(gate.precondition, gate.finding.view)
    line.notes = (drawn_for(gate), *line.notes)
    return line


def drawn_for(gate: Gate) -> str:
    """Write for how long a red line that is crossed was drawn."""
    return f"drawn for as long as this is so, and it is: “{stated(gate.thing)}”"


def held(each: Precondition, view: View) -> str:
    """Write a precondition with who holds it, on what basis, and where it was said."""
    parts = [each.basis.value, holder(each, view)]
    if each.statement is not None:
        statement = view.scenario.statement(each.statement)
        parts.append(f"{statement.speaker}, {day(statement.date)}")
    if each.reference:
        parts.append(each.reference)
    return f"{each.text} ({', '.join(parts)})"


def holder(each: Precondition, view: View) -> str:
    """Write who holds a precondition."""
    if each.held_by is None:
        return "held by no party"
    return f"held by {names([each.held_by], view.scenario)}"
