"""Answers as rows of plain values: one name for one thing, the same in every table.

Ids and the values of enumerations are for programs, statements are for people. The rows are what
iterating over an answer gives; whatever else it holds is asked of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.conditions import Accepts, Condition, Fulfilled, InForce, Not, Observed, Vague
from ceasefire_model.display.findings import stated
from ceasefire_model.display.pages.analyses import (
    clash_of,
    shift_of,
    subject_of,
    takers,
    thing_of,
)
from ceasefire_model.display.words import between, spelled_out
from ceasefire_model.facts import CannotSay, Number, Range, Truth
from ceasefire_model.moments import BEGINNING
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.comparison import nodes, performances_of
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.findings import walk_all
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
    from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks
    from ceasefire_model.analyses.developments import Development, News
    from ceasefire_model.analyses.likelihood import Importances
    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.analyses.sequences import Step, Steps
    from ceasefire_model.analyses.shifts import Key, Shift, Supposed
    from ceasefire_model.analyses.subjects import Status
    from ceasefire_model.drafting.completeness import Completeness
    from ceasefire_model.facts import Value
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rows import Cell, Row
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.comparison import Change, Comparison
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.rules.timelines import Timeline
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario

_DAY = timedelta(days=1)


def _table(rows: Iterable[Row]) -> list[Row]:
    """Return rows of texts that can be written as UTF-8, as Arrow's columns want them."""
    return [{column: _encodable(cell) for column, cell in row.items()} for row in rows]


def _encodable(cell: Cell) -> Cell:
    """Spell out what is half of a character."""
    return cell.encode(errors="backslashreplace").decode() if isinstance(cell, str) else cell


def _listed(names: tuple[str, ...], between: str = ", ") -> str | None:
    return between.join(names) or None


def _about(condition: Condition) -> Row:
    """Return the ids that a leaf, or the negation of one, names."""
    leaf = condition.part if isinstance(condition, Not) else condition
    row: Row = {"kind": type(condition).__name__, "party": None, "of": None, "fact": None}
    if isinstance(leaf, Accepts):
        row |= {"party": leaf.party, "of": leaf.of}
    elif isinstance(leaf, InForce):
        row["of"] = leaf.of
    elif isinstance(leaf, Fulfilled):
        row |= {"party": leaf.by, "of": leaf.provision}
    elif isinstance(leaf, Observed):
        row["fact"] = facts_of(leaf)[0]
    return row


def _precondition(each: Precondition | None) -> Row:
    return {
        "precondition": None if each is None else each.id,
        "held_by": None if each is None else each.held_by,
    }


def _source(each: Precondition | None) -> Row:
    return {
        "basis": None if each is None else each.basis.value,
        "reference": None if each is None else each.reference,
    }


# Assessments


def assessment_rows(assessment: Assessment) -> list[Row]:
    """Return one row per finding, from the verdict on the proposal down."""
    became = dict(performances_of(assessment))
    crossed = {gate.finding.address for gate in assessment.crossed}
    return _table(
        {**_finding(each, became.get(address)), "crossed": _is_crossed(each, crossed)}
        for address, each in dict(nodes(assessment)).items()
    )


def _is_crossed(finding: Finding, crossed: Container[str]) -> bool | None:
    """Whether a red line is crossed; none of what is no red line."""
    is_red_line = _timing(finding) == Timing.WHILE.value
    return finding.address in crossed if is_red_line else None


def _timing(finding: Finding) -> str | None:
    each = finding.precondition
    return None if each is None else finding.view.timing(each).value


def finding_rows(finding: Finding) -> list[Row]:
    """Return one row for a finding, and one for each that it rests on."""
    below = {each.address: each for each in walk_all([finding])}
    return _table(_finding(each, None) for each in below.values())


def _finding(finding: Finding, became: Performance | None) -> Row:
    view, late_by = finding.view, finding.late_by
    progress = finding.progress if became is None else became.progress
    first, said_so = finding.met_at, [reading.says for reading in finding.readings]
    return {
        "address": finding.address,
        **_about(finding.condition),
        "statement": stated(finding),
        "verdict": finding.verdict.value,
        "stance": None if finding.stance is None else finding.stance.value,
        **_precondition(finding.precondition),
        "timing": _timing(finding),
        "performance": None if became is None else became.kind.value,
        "since": None if became is None else _after_the_beginning(became.since),
        "violations": None if became is None else len(became.violations),
        "doubts": None if became is None else len(became.doubts),
        "supports": said_so.count(Says.SUPPORTS),
        "denies": said_so.count(Says.DENIES),
        "due": finding.due,
        "met_at": _after_the_beginning(first),
        "late_days": None if late_by is None else late_by / _DAY,
        "reached": None if progress is None else float(progress.reached),
        "needed": None if progress is None else float(progress.needed),
        "as_of": view.at,
        "known_by": view.known_by,
    }


def _after_the_beginning(first: datetime | None) -> datetime | None:
    """Return an instant, but none for the beginning of time, which no frame can hold."""
    return None if first is None or first <= BEGINNING else first


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Return one row per change, from the verdict on the proposal down."""
    return _table(_change(each, comparison) for each in comparison.changes)


def _change(change: Change, comparison: Comparison) -> Row:
    # one of the two is there
    (node, *_) = [each for each in (change.after, change.before) if each is not None]
    row: Row = {
        "address": change.address,
        **_about(node.condition),
        "statement": stated(node),
        **_precondition(node.precondition),
    }
    sides = (
        ("before", comparison.before, change.before, change.performed_before),
        ("after", comparison.after, change.after, change.performed_after),
    )
    for name, assessment, finding, became in sides:
        stance = None if finding is None else finding.stance
        row[name] = None if finding is None else finding.verdict.value
        row[f"{name}_stance"] = None if stance is None else stance.value
        row[f"{name}_performance"] = None if became is None else became.kind.value
        row[f"{name}_as_of"] = assessment.view.at
    return row


def timeline_rows(timeline: Timeline) -> list[Row]:
    """Return one row per stretch."""
    return _table(
        {
            "start": span.start,
            "end": span.end,
            "days": between(span.start, span.end, timeline.zone) / _DAY,
            "verdict": span.verdict.value,
            **_about(timeline.condition),
            "condition": repr(timeline.condition),
        }
        for span in timeline.spans
    )


# Deadlocks and contradictions


def deadlocks_rows(found: Deadlocks) -> list[Row]:
    """Return one row per step of each circle."""
    return _table(
        row for number, each in enumerate(found, start=1) for row in _deadlock(number, each)
    )


def _deadlock(number: int, deadlock: Deadlock) -> list[Row]:
    view = deadlock.view
    alone = {way.together[0] for way in deadlock.ways_out if len(way.together) == 1}
    return [
        {
            "deadlock": number,
            "step": step,
            **_about(wait.thing),
            "statement": spelled_out(wait.thing, view.scenario),
            "needs": spelled_out(wait.needs, view.scenario),
            **_precondition(wait.precondition),
            "timing": None if wait.precondition is None else wait.precondition.timing.value,
            **_source(wait.precondition),
            "together_opens": None if wait.precondition is None else wait.precondition in alone,
        }
        for step, wait in enumerate(deadlock.waits, start=1)
    ]


def contradictions_rows(found: Contradictions) -> list[Row]:
    """Return one row per precondition of each contradiction."""
    return _table(
        row for number, each in enumerate(found, start=1) for row in _contradiction(number, each)
    )


def _contradiction(number: int, contradiction: Contradiction) -> list[Row]:
    view = contradiction.view
    readings = tuple(
        f"“{demand.text}” means: {meaning.text}" for demand, meaning in contradiction.meanings
    )
    because = tuple(clash_of(clash, view) for clash in contradiction.clashes)
    return [
        {
            "contradiction": number,
            **_precondition(each),
            "statement": each.text,
            **_source(each),
            "readings": _listed(readings, "; "),
            "because": _listed(because, "; "),
        }
        for each in contradiction.preconditions
    ]


# News


def news_rows(news: News) -> list[Row]:
    """Return one row per change, in order of time."""
    return _table(map(_development, news))


def _development(each: Development) -> Row:
    (status, *_) = [found for found in (each.after, each.before) if found is not None]
    finding = status.finding
    row: Row = {"at": each.at, "topic": each.topic.value, "address": each.address}
    about = _KEY if finding is None else _about(finding.condition)
    row |= {name: about.get(name) for name in ("kind", "party", "of", "fact")}
    row["statement"] = each.address if finding is None else stated(finding)
    row |= _precondition(None if finding is None else finding.precondition)
    for name, found in (("before", each.before), ("after", each.after)):
        row |= _status(name, found)
        row |= {f"{name}_crossed": None if found is None else _crosses(found)}
    told = each.cause.told
    row["reports"] = _listed(tuple(f"{one.source}:{one.fact}" for one in each.cause.reports))
    row["words"] = _listed(tuple(one.id for one in each.cause.words))
    row["dates"] = _listed(
        tuple(f"{one.kind.value}:{one.record or ''}".rstrip(":") for one in each.cause.dates)
    )
    row["sources"] = _listed(tuple(dict.fromkeys(one.source for one in told)))
    row["references"] = _listed(
        tuple(dict.fromkeys(one.reference for one in told if one.reference)), "; "
    )
    return row


def _crosses(status: Status) -> bool | None:
    """Whether a red line is crossed; none of what is no red line."""
    is_red_line = status.finding is not None and _timing(status.finding) == Timing.WHILE.value
    return status.is_crossed if is_red_line else None


def _status(name: str, found: Status | None) -> Row:
    finding = None if found is None else found.finding
    stance = None if finding is None else finding.stance
    performance = None if found is None else found.performance
    return {
        name: ("so" if found else None) if finding is None else finding.verdict.value,
        f"{name}_stance": None if stance is None else stance.value,
        f"{name}_performance": None if performance is None else performance.kind.value,
    }


# Packages and steps


def packages_rows(found: Packages) -> list[Row]:
    """Return one row per change of each package; of a package without changes, one."""
    return _table(
        row for number, each in enumerate(found, start=1) for row in _package(number, each)
    )


def _package(number: int, package: Package) -> list[Row]:
    whole: Row = {
        "package": number,
        "cost": float(package.cost),
        "wait_until": package.wait_until,
    }
    changes = enumerate(package.shifts, start=1)
    rows = [{**whole, **_shift(change, shift, package.view)} for change, shift in changes]
    return rows or [{**whole, **_NO_SHIFT}]


def _shift(change: int, shift: Shift, view: View) -> Row:
    return {
        "change": change,
        "change_cost": float(shift.cost),
        "who": _listed(shift.who),
        "statement": shift_of(shift, view),
        **_key(_changed(shift.supposed, view.scenario)),
        "value": _value(shift.supposed),
    }


_KEY: Row = {"kind": None, "fact": None, "vague": None, "party": None, "of": None}

_NO_SHIFT: Row = {
    "change": None,
    "change_cost": None,
    "who": None,
    "statement": None,
    **_KEY,
    "value": None,
}


def _key(key: Key) -> Row:
    """Return the ids of what can be changed or believed."""
    row: Row = {**_KEY, "kind": type(key).__name__}
    match key:
        case Accepts(party=party, of=text):
            return {**row, "party": party, "of": text}
        case Vague(id=name):
            return {**row, "vague": name}
        case _:
            return {**row, "fact": key.id}


def _changed(supposed: Supposed, scenario: Scenario) -> Key:
    match supposed:
        case SupposedFact(fact=name):
            return scenario.fact(name)
        case SupposedWord(of=leaf):
            return leaf
        case SupposedMeaning(vague=name):
            return scenario.index.vague[name]
        case _:
            assert_never(supposed)


def _value(supposed: Supposed) -> str:
    match supposed:
        case SupposedFact(value=value):
            return _written(value)
        case SupposedWord(stance=stance):
            return stance.value
        case SupposedMeaning(meaning=meaning):
            return meaning
        case _:
            assert_never(supposed)


def _written(value: Value) -> str:
    """Write a value the way a document does."""
    match value:
        case Truth(value=is_so):
            return "true" if is_so else "false"
        case Number(value=exact):
            return f"{exact:f}"
        case Range() | CannotSay():  # pragma: no cover - no change makes a number uncertain
            return repr(value)
        case _:
            assert_never(value)


def steps_rows(steps: Steps) -> list[Row]:
    """Return one row per step, layer by layer; none where a deadlock forbids it."""
    return _table(
        _step(number, step, steps.view)
        for number, layer in enumerate(steps.layers, start=1)
        for step in layer
    )


def _step(layer: int, step: Step, view: View) -> Row:
    return {
        "layer": layer,
        **_about(step.thing),
        "who": _listed(takers(step.thing, view.scenario)),
        "statement": thing_of(step.thing, view),
        "waited_for": _listed(tuple(thing_of(thing, view) for thing in step.waited_for), "; "),
        "preconditions": _listed(tuple(each.id for each in step.preconditions)),
        "wait_until": step.until,
    }


# Importance


def importances_rows(found: Importances) -> list[Row]:
    """Return one row per fact, the largest difference first."""
    return _table(
        {
            **_key(each.of),
            "statement": subject_of(each, found.likelihood.view),
            "difference": each.difference,
            "probability": found.likelihood.probability,
        }
        for each in found
    )


# Completeness


def completeness_rows(found: Completeness) -> list[Row]:
    """Return one row per item of the checklist, in its order."""
    return _table(
        {
            "item": each.item.id,
            "group": each.item.group,
            "statement": each.item.name,
            "severity": each.severity.value,
            "presence": each.presence.value,
            "provisions": _listed(tuple(provision.id for provision in each.provisions)),
            "paths": _listed(each.paths),
        }
        for each in found
    )
