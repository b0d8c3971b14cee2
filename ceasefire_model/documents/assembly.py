"""From the data of a document to a scenario, or to everything that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from attrs import define, field

from ceasefire_model.conditions import MAX_DEPTH
from ceasefire_model.consistency import problems_in, unresolved
from ceasefire_model.documents.forms import FORMAT, NESTING, RECORDS
from ceasefire_model.documents.misfits import (
    Data,
    Misfit,
    MisfitsError,
    Path,
    Step,
    misfit,
    shown,
    steps,
    written,
)
from ceasefire_model.documents.records import (
    attributes_of,
    field_faults,
    missing_key,
    unknown_keys,
)
from ceasefire_model.documents.structuring import reader
from ceasefire_model.documents.versions import line, upgraded
from ceasefire_model.errors import ModelError, ScenarioError
from ceasefire_model.index import Index, Placed
from ceasefire_model.references import references
from ceasefire_model.scenarios import Scenario, assembled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.documents.records import Read
    from ceasefire_model.errors import Problem
    from ceasefire_model.references import Record, Reference

Kept: TypeAlias = tuple[tuple[Step, Any], ...]
"""Records, each with its last step."""

_MANY = 100
"""How many references that lead nowhere are listed; for each, a near name is sought."""


@define
class _Draft:
    """What could be read of a document, and what could not."""

    data: dict[str, Data]
    values: dict[str, Any] = field(factory=dict[str, Any])
    """The fields of the scenario that could be read as a whole."""

    kept: dict[str, Kept] = field(factory=dict[str, Kept])
    """The records of the other fields that could be read, each with its last step."""

    found: list[Misfit] = field(factory=list[Misfit])
    is_torn: bool = False
    """Whether whole keys could not be read, so that nothing is said of references."""


def scenario_of(data: Data) -> Scenario:
    """Return the scenario that data stand for.

    Raises:
        MisfitsError: If they stand for none.
    """
    if not isinstance(data, dict):
        raise misfit(f"a document is a mapping, got {shown(data)}; begin with '{FORMAT}: {line()}'")
    try:
        draft = _read(data)
    except RecursionError:
        _refuse_depth(data)
        raise
    if draft.is_torn:
        raise MisfitsError([*draft.found, *_faults(draft)])
    placed = _placed(draft)
    index, duplicates = Index().extended(placed)
    missing = _missing(placed, index)
    unread = _unread_names(draft)
    absent = [one for one in missing if one.id not in unread]
    if len(absent) > _MANY:
        raise MisfitsError([*draft.found, *_faults(draft), *_many_missing(index, absent)])
    if not draft.found and not duplicates:
        try:
            return _assembled(draft, index, placed)
        except ScenarioError as error:
            raise MisfitsError(map(_misfit, error.problems)) from None
        except ModelError:
            pass  # it is one of the texts; which of them is found next
    silent = {one.path for one in missing if one.id in unread}
    between = [*duplicates, *problems_in(index, placed, _zone(draft))]
    found = [_misfit(one) for one in between if one.path not in silent]
    raise MisfitsError([*draft.found, *_faults(draft), *found])


def _assembled(draft: _Draft, index: Index, placed: list[Placed]) -> Scenario:
    """Return the scenario of what was read and indexed."""
    values = dict(draft.values)
    suppositions = values.pop("suppositions", ())
    records = {key: values.pop(key) for key in RECORDS if key in values}
    return assembled(Scenario(**values), index, placed, records, suppositions)


def _misfit(problem: Problem) -> Misfit:
    return Misfit(steps(problem.path), problem.what)


def _faults(draft: _Draft) -> list[Misfit]:
    """Return what is wrong with the title, the time zone and the text."""
    return [Misfit((key,), what) for key, what in field_faults(Scenario, draft.values)]


def _read(data: dict[str, Data]) -> _Draft:
    """Read every key."""
    found: list[Misfit] = []
    try:
        data = upgraded(data)
    except MisfitsError as error:
        if FORMAT in data:
            raise
        found += error.found
    draft = _Draft(data, found=found)
    attributes = attributes_of(Scenario)
    unknown = list(unknown_keys(data, {FORMAT: None, **attributes}))
    draft.is_torn = bool(unknown)
    found += unknown
    if "title" not in data:
        found += missing_key("title", unknown)
    for key, one in attributes.items():
        if key in data:
            _read_key(draft, key, reader(one.type))
    return draft


def _read_key(draft: _Draft, key: str, read: Read) -> None:
    """Read one field of the scenario."""
    try:
        draft.values[key] = read(draft.data[key])
    except MisfitsError as error:
        draft.found += error.under(key)
        draft.kept[key] = error.kept
        if key in RECORDS and any(not one.path for one in error.found):
            draft.is_torn = True


def _refuse_depth(data: Data) -> None:
    """Refuse a condition that nests deeper than any may."""
    waiting: list[tuple[Data, Path, int]] = [(data, (), 0)]
    while waiting:
        part, path, depth = waiting.pop()
        if depth > MAX_DEPTH:
            what = f"a condition nests at most {MAX_DEPTH} deep; refer to a provision by its id"
            raise misfit(what, *path)
        waiting += [
            (inner, (*path, step), depth + (step in NESTING)) for step, inner in _parts(part)
        ]


def _placed(draft: _Draft) -> list[Placed]:
    """Return the records that could be read, each with its place."""
    return [
        (written((key, step)), record) for key in RECORDS for step, record in _records(draft, key)
    ]


def _records(draft: _Draft, key: str) -> Iterable[tuple[Step, Record]]:
    """Return the records of a kind that could be read, each with its last step."""
    if key in draft.kept:
        return draft.kept[key]
    records: tuple[Record, ...] = draft.values.get(key, ())
    return zip((step for step, _ in _parts(draft.data.get(key))), records, strict=True)


def _missing(placed: Iterable[Placed], index: Index) -> list[Reference]:
    """Return the references that lead nowhere."""
    there: set[tuple[str, str]] = set()
    missing: list[Reference] = []
    for path, record in placed:
        for reference in references(record, path):
            target = (reference.kind, reference.id)
            if target in there:
                continue
            if index.has(*target):
                there.add(target)
            else:
                missing.append(reference)
    return missing


def _many_missing(index: Index, missing: list[Reference]) -> Iterator[Misfit]:
    """Yield what is wrong with the first references that lead nowhere, and count the others."""
    for reference in missing[:_MANY]:
        yield from map(_misfit, unresolved(index, reference))
    what = f"and {len(missing) - _MANY} more ids that are not there; mend those before"
    yield Misfit(steps(missing[_MANY].path), what)


def _unread_names(draft: _Draft) -> set[str]:
    """Return every name that what could not be read may have or hold."""
    unread: set[str] = set()
    for key in RECORDS:
        if key in draft.kept:
            read = {step for step, _ in draft.kept[key]}
            waiting = [one for one in _parts(draft.data[key]) if one[0] not in read]
            while waiting:
                step, part = waiting.pop()
                if isinstance(step, str):
                    unread.add(step)
                if step == "id" and isinstance(part, str):
                    unread.add(part)
                waiting += _parts(part)
    return unread


def _parts(data: Data) -> Iterable[tuple[Step, Data]]:
    """Return the values in a list or mapping, each with its step."""
    match data:
        case dict():
            return data.items()
        case list():
            return enumerate(data)
        case _:
            return ()


def _zone(draft: _Draft) -> ZoneInfo:
    """Return the time zone, or UTC if it could not be read."""
    try:
        return ZoneInfo(draft.values.get("timezone", "UTC"))
    except (KeyError, ValueError, TypeError, OSError):
        return ZoneInfo("UTC")
