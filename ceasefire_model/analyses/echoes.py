"""Reports that say what their source was saying already, so that nothing can change by them.

Most of what comes in confirms what was known. That it does is told from a few numbers for each fact
instead of from all its reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field

from ceasefire_model.conditions import By, Fulfilled
from ceasefire_model.facts import Question
from ceasefire_model.moments import BEGINNING, NEVER
from ceasefire_model.rules.reports import Report, is_lasting, report_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ceasefire_model.analyses.subjects import Subject
    from ceasefire_model.evidence import Observation, Trust
    from ceasefire_model.index import Index

_Kind: TypeAlias = object
"""What is said, or for what is no plain word, something that equals nothing else."""


@define(eq=False)
class _Told:
    """What was told of a fact, in short."""

    last: dict[str, Report] = field(factory=dict[str, Report])
    """The report of each source that came in last."""

    spoken: dict[_Kind, datetime] = field(factory=dict[_Kind, "datetime"])
    """By what was said, the last instant for which any report that says so speaks."""


@define(eq=False)
class Echoes:
    """Tells which reports can change nothing."""

    _index: Index
    _zone: ZoneInfo
    strict: frozenset[str] = frozenset()
    """The facts of which each report matters, whatever it says."""

    _told: dict[str, _Told] = field(init=False, factory=dict[str, _Told])

    def hear(self, observation: Observation) -> bool:
        """Take in a report, and say whether it can change nothing.

        It cannot where its source has been saying the same and was not contradicted since: where
        every report that says anything else spoke its last before the earlier word began. Then it
        only makes longer what is carried anyway, and what it overtakes was overtaken.
        """
        name = observation.fact
        fact, source = self._index.facts[name], self._index.sources[observation.source]
        report = report_of(observation, fact, source, self._zone, None)
        told = self._told.setdefault(name, _Told())
        before = told.last.get(observation.source)
        is_echo = (
            name not in self.strict
            and before is not None
            and _is_plain(report)
            and _is_plain(before)
            and before.value == report.value
            and before.starts[0] <= report.starts[0]
            and before.reported <= report.reported
            and report.starts[1] <= report.reported
            and self._last_else(told, before.value) < before.starts[0]
        )
        kind = report.value if _is_plain(report) else object()
        told.spoken[kind] = max(told.spoken.get(kind, BEGINNING), _last_spoken(report))
        told.last[observation.source] = report
        return is_echo

    def _last_else(self, told: _Told, value: _Kind) -> datetime:
        """Return the last instant for which a report speaks that says anything else."""
        others = (at for said, at in told.spoken.items() if said != value)
        return max(others, default=BEGINNING)


def _is_plain(report: Report) -> bool:
    """Whether it has an exact start, no end, and corrects nothing."""
    observation = report.observation
    return report.is_exact and report.ends is None and observation.corrects is None


def _last_spoken(report: Report) -> datetime:
    """Return the last instant for which it speaks; a correction may bear on all that was said."""
    return NEVER if report.observation.corrects is not None else report.last_spoken


def strict_facts(index: Index, subjects: Iterable[Subject], trust: Trust) -> frozenset[str]:
    """Return the facts of which each report matters, whatever it says.

    Those that cannot be undone, since a report speaks of the time before it, too; questions;
    whether a text is in force, since that must not be older than the last formal turn; and what is
    asked for by a deadline, since one that was missed needs a word. Where the trust asks for more
    than the source, all.
    """
    if not _is_simple(trust):
        return frozenset(index.facts)
    found = {
        name for name, fact in index.facts.items() if isinstance(fact, Question) or is_lasting(fact)
    }
    found |= {each.in_force for each in index.proposals.values() if each.in_force is not None}
    for subject in subjects:
        if _has_deadline(subject, index):
            found |= subject.facts
    return frozenset(found)


def _is_simple(trust: Trust) -> bool:
    return trust.within_days is None and trust.credibility is None and not trust.most_reliable


def _has_deadline(subject: Subject, index: Index) -> bool:
    clauses = [each for each in (subject.provision,) if each is not None]
    clauses += [
        index.provisions[each.provision] for each in subject.nodes if isinstance(each, Fulfilled)
    ]
    return any(isinstance(node, By) for node in subject.nodes) or any(
        each.due is not None or any(duty.due is not None for duty in each.duties)
        for each in clauses
    )
