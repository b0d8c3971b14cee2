"""Explaining what changed in one step of time: each change with what it would not be without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

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
from ceasefire_model.analyses.subjects import (
    Look,
    Picture,
    Status,
    Subject,
    Topic,
    is_in_force,
    look,
    moves,
)
from ceasefire_model.arrivals import unheard
from ceasefire_model.evidence import Observation
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ceasefire_model.rules.findings import Finding


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

    _judged: dict[frozenset[int], Evaluation] = field(
        init=False, factory=dict[frozenset[int], Evaluation]
    )
    """What judges without some of what was told."""

    _looks: dict[tuple[frozenset[int], str], Look] = field(
        init=False, factory=dict[tuple[frozenset[int], str], Look]
    )
    """What was found of a subject without it."""

    def changes(self) -> Iterator[tuple[str, Status | None, Status | None, Subject | None]]:
        """Yield what stands otherwise, from the text down, with its subject; moves have none."""
        names = [name for name in self.subjects if name in self.touched]
        for name in names:
            subject = self.subjects[name]
            before, after = self.before.found_of(name), self.after.found_of(name)
            yield from _differing(before, after, subject)
        yield from _differing(self.before.moves, self.after.moves, None)

    def without(self, told: Sequence[Told], subject: Subject | None) -> Mapping[str, Status]:
        """Return how a subject, or else the next moves, would be if some had not been told."""
        if subject is not None:
            return self._look(told, subject).statuses
        text = next(each for each in self.subjects.values() if each.topic is Topic.TEXT)
        looks = {text.address: self._look(told, text)}
        if is_in_force(looks[text.address]):
            looks = {
                name: self._look(told, each) if self._may_differ(told, each) else found
                for name, found in self.after.looks.items()
                if (each := self.subjects[name]) is text or found.roots or each.provision
            }
        return moves(looks, text.address)

    def _may_differ(self, told: Sequence[Told], subject: Subject) -> bool:
        return subject.address in self.touched or any(_may_bear(each, subject) for each in told)

    def _look(self, told: Sequence[Told], subject: Subject) -> Look:
        key = frozenset(map(id, told))
        if key not in self._judged:
            seen = self.evaluation.view
            scenario = unheard(seen.scenario, told)
            self._judged[key] = Evaluation(View(scenario, seen.at, seen.known_by, seen.trust))
        place = (key, subject.address)
        if place not in self._looks:
            self._looks[place] = look(self._judged[key], subject)
        return self._looks[place]

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

    def differs_without(some: Sequence[Told]) -> bool:
        return _token(step.without(some, subject).get(address)) != after

    decided = deciding(told, differs_without) if told else []
    if decided:
        return cause_of(decided, (), taken)
    subjects = [subject] if subject else step.subjects.values()
    return cause_of((), passings(step.evaluation, subjects), taken)


# As known at the instant, and not ahead of it


def as_known(view: View, known_by: datetime | None) -> View:
    """Return a view that looks ahead as the same one known by its own instant.

    Args:
        view: The view; all that had come in by its instant is in its scenario, and no more.
        known_by: By when all that counts had been reported, where nothing more comes in.
    """
    if known_by is not None:
        return view
    return View(view.scenario, view.at, view.at, view.trust, view.memory)


def as_shown(development: Development, known_by: datetime | None) -> Development:
    """Return a development with what was found as known at the instants at which it was."""
    if known_by is not None:
        return development
    before, after = development.before, development.after
    return evolve(development, before=before and _shown(before), after=after and _shown(after))


def _shown(status: Status) -> Status:
    deadlock, move = status.deadlock, status.move
    return evolve(
        status,
        finding=status.finding and _found(status.finding),
        deadlock=deadlock and evolve(deadlock, view=as_known(deadlock.view, None)),
        move=move and evolve(move, findings=tuple(map(_found, move.findings))),
    )


def _found(finding: Finding) -> Finding:
    return evolve(finding, evaluation=Evaluation(as_known(finding.view, None)))
