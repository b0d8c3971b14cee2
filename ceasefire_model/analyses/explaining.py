"""Explaining what changed in one step of time: each change with what it would not be without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.causes import (
    Cause,
    Told,
    beginning_at,
    cause_of,
    deciding,
    overtaken_since,
    passings,
)
from ceasefire_model.analyses.developments import Development
from ceasefire_model.analyses.subjects import Picture, Status, Subject, Topic, pictured
from ceasefire_model.arrivals import unheard
from ceasefire_model.evidence import Observation
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence


@frozen(eq=False)
class Step:
    """An instant at which something came in or may have turned."""

    evaluation: Evaluation
    """What judges, at the instant, with all that came in."""

    subjects: Mapping[str, Subject]
    before: Picture
    after: Picture
    told: tuple[Told, ...]
    """What came in at the instant and may bear on something."""

    due: frozenset[str]
    """What may have turned by dates alone."""

    touched: frozenset[str]
    """What was looked at anew."""

    _without: dict[frozenset[int], Picture] = field(
        init=False, factory=dict[frozenset[int], Picture]
    )
    """How it would stand without some of what was told."""

    def changes(self) -> Iterator[tuple[str, Status | None, Status | None, Subject | None]]:
        """Yield what stands otherwise, from the text down, with its subject; moves have none."""
        names = [name for name in self.subjects if name in self.touched]
        for name in names:
            subject = self.subjects[name]
            before, after = (
                each.looks[name].statuses if name in each.looks else {}
                for each in (self.before, self.after)
            )
            yield from _differing(before, after, subject)
        yield from _differing(self.before.moves, self.after.moves, None)

    def without(self, told: Sequence[Told]) -> Picture:
        """Return how it would stand at the instant if some of it had not been told."""
        key = frozenset(map(id, told))
        if key not in self._without:
            seen = self.evaluation.view
            scenario = unheard(seen.scenario, told)
            judged = Evaluation(View(scenario, seen.at, seen.known_by, seen.trust))
            facts = {each.fact for each in told if isinstance(each, Observation)}
            has_words = any(not isinstance(each, Observation) for each in told)
            names = [
                name
                for name, each in self.subjects.items()
                if name in self.touched or has_words or each.facts & facts
            ]
            self._without[key] = pictured(judged, self.subjects, self.after, names)
        return self._without[key]

    def bearing_on(self, subject: Subject | None) -> list[Told]:
        """Return what came in, began or ended at the instant and may have changed something."""
        subjects = [subject] if subject else [self.subjects[name] for name in self.subjects]
        view = self.evaluation.view
        began = (
            told
            for each in subjects
            if each.address in self.due
            for told in beginning_at(view, each, view.at)
        )
        came = (each for each in self.told if subject is None or _may_bear(each, subject))
        return [*{id(each): each for each in (*came, *began)}.values()]


def _may_bear(told: Told, subject: Subject) -> bool:
    return not isinstance(told, Observation) or told.fact in subject.facts


def _differing(
    before: Mapping[str, Status], after: Mapping[str, Status], subject: Subject | None
) -> Iterator[tuple[str, Status | None, Status | None, Subject | None]]:
    for address in dict.fromkeys((*after, *before)):
        old, new = before.get(address), after.get(address)
        if _token(old) != _token(new):
            yield address, old, new, subject


def _token(status: Status | None) -> Hashable:
    return None if status is None else status.token


def explained(step: Step) -> list[Development]:
    """Return what changed in a step, each with its cause."""
    return [
        Development(
            step.evaluation.view.at,
            Topic.MOVE if subject is None else subject.topic,
            address,
            before,
            after,
            _cause(step, address, (before, after), subject),
        )
        for address, before, after, subject in step.changes()
    ]


def _cause(
    step: Step,
    address: str,
    statuses: tuple[Status | None, Status | None],
    subject: Subject | None,
) -> Cause:
    """Return what made something change: what was told, or else the dates that passed."""
    told, taken = step.bearing_on(subject), overtaken_since(*statuses)
    is_by_dates = step.due if subject is None else subject.address in step.due
    if len(told) == 1 and not is_by_dates:
        return cause_of(told, (), taken)
    after = _token(statuses[1])
    place = subject.address if subject else ""

    def differs_without(some: Sequence[Told]) -> bool:
        found = step.without(some).statuses([place] if place else [])
        return _token(found.get(address)) != after

    decided = deciding(told, differs_without) if told else []
    if decided:
        return cause_of(decided, (), taken)
    subjects = [subject] if subject else step.subjects.values()
    return cause_of((), passings(step.evaluation, subjects), taken)
