"""A scenario as of an instant, as known by another, heard with a trust: what every rule takes.

Resolves what was written into instants, once: which reports are heard of each fact, which words
were spoken, which preconditions stand, what is supposed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from ceasefire_model.conditions import Accepts
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.evidence import Observation, Trust
from ceasefire_model.facts import Truth, Value
from ceasefire_model.moments import day_of, instant
from ceasefire_model.proposals import Timing
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.overtaking import with_losses
from ceasefire_model.rules.positions import Positions
from ceasefire_model.rules.reports import Report, report_of, uncorrected
from ceasefire_model.rules.voices import Voice, voice_of
from ceasefire_model.scenarios import Scenario, refuse_no_scenario
from ceasefire_model.statements import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from ceasefire_model.conditions import Condition
    from ceasefire_model.evidence import Source
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.suppositions import Supposition

_T = TypeVar("_T")

Dated: TypeAlias = "tuple[Moment, Moment | None]"
"""When something was, and when it was reported, if it was."""

FINAL = frozenset({Stance.ACCEPTS, Stance.REJECTS, Stance.WITHDREW})
"""What ends the conditions that a party had stated before."""


class Sureness(Enum):
    """Whether something is so at an instant, given that dates may be imprecise."""

    SURE = "sure"
    MAYBE = "maybe"
    NOT = "not"


@frozen(eq=False)
class Memory:
    """What a view has resolved once for all instants, by fact."""

    __repr__ = spelled

    reports: dict[str, tuple[tuple[Report, ...], ...]] = field(
        factory=dict[str, tuple[tuple[Report, ...], ...]]
    )
    voices: dict[str, tuple[Voice, ...]] = field(factory=dict[str, tuple[Voice, ...]])
    later: dict[tuple[datetime, frozenset[str]], Memory] = field(
        factory=dict[tuple[datetime, frozenset[str]], "Memory"]
    )
    """The same, heard only as far as words speak from an instant on."""

    late: list[Memory] = field(factory=list["Memory"])
    """The same, in which what is told of a bare day begins at its end; none until it is asked."""

    related: dict[Accepts, tuple[Accepts, ...]] = field(
        factory=dict[Accepts, "tuple[Accepts, ...]"]
    )
    """An acceptance with those on the whole of its text or on its parts that anybody spoke of."""

    dated: dict[Accepts, Mapping[str, Dated]] = field(factory=dict[Accepts, "Mapping[str, Dated]"])
    """All dates on which a party's position on a text depends, by name."""

    turns: dict[Accepts, tuple[datetime, ...]] = field(
        factory=dict[Accepts, "tuple[datetime, ...]"]
    )
    """When what a party's words on a text come to may change."""

    positions: dict[tuple[Accepts, datetime], Positions] = field(
        factory=dict[tuple[Accepts, datetime], Positions]
    )
    """What a party's words on a text come to at an instant."""

    def of_reports(self) -> Memory:
        """Return a new memory that shares what this one knows of reports."""
        return Memory(reports=self.reports, voices=self.voices)

    def of_words(self) -> Memory:
        """Return a new memory that shares what this one knows of words on texts."""
        return Memory(
            related=self.related, dated=self.dated, turns=self.turns, positions=self.positions
        )


@frozen(eq=False)
class View:
    """A scenario as of an instant, as known by another, heard with a trust."""

    __repr__ = spelled

    scenario: Scenario
    at: datetime
    """The instant judged, in UTC."""

    known_by: datetime
    """The instant by which everything heard had been reported, in UTC."""

    trust: Trust
    """Whom one hears."""

    memory: Memory = field(factory=Memory, repr=False)
    """What was resolved once for all instants."""

    since: datetime | None = None
    """Words are heard only as far as they speak of this instant or a later one."""

    verifiers: frozenset[str] = frozenset()
    """The parties whose last word is heard nevertheless."""

    exact: tuple[tuple[Observation, Observation], ...] = ()
    """Reports that are read as if they had named their day, each with what is read."""

    is_late: bool = False
    """Whether what is told of a bare day begins at its end."""

    def moved(self, at: datetime) -> View:
        """Return the same view at another instant."""
        return View(  # `evolve` takes three times as long, and there are very many instants
            self.scenario,
            at,
            self.known_by,
            self.trust,
            self.memory,
            self.since,
            self.verifiers,
            self.exact,
            self.is_late,
        )

    def imagining(self, scenario: Scenario) -> View:
        """Return the same view of a scenario in which more is supposed, and no more reported."""
        return evolve(self, scenario=scenario, memory=self.memory.of_reports())

    def reading(self, observation: Observation, exact: Observation) -> View:
        """Return the same view, in which a report is read as if it had named its day."""
        return evolve(
            self, memory=self.memory.of_words(), exact=(*self.exact, (observation, exact))
        )

    def hearing_since(self, since: datetime, verifiers: frozenset[str]) -> View:
        """Return the same view, in which words count as far as they speak from an instant on.

        Args:
            since: The instant.
            verifiers: The parties whose last word is heard nevertheless.
        """
        later = self.memory.later
        if (since, verifiers) not in later:
            later[since, verifiers] = self.memory.of_words()
        return evolve(self, memory=later[since, verifiers], since=since, verifiers=verifiers)

    def reading_late(self) -> View:
        """Return the same view, in which what is told of a bare day begins at its end."""
        if self.is_late:
            return self
        if not self.memory.late:
            self.memory.late.append(self.memory.of_words())
        return evolve(self, memory=self.memory.late[0], is_late=True)

    @property
    def zone(self) -> ZoneInfo:
        """The scenario's time zone."""
        return self.scenario.zone

    def reports(self, fact: str) -> tuple[tuple[Report, ...], ...]:
        """Return what is heard of a fact, source by source, the latest report first."""
        heard = self.memory.reports
        if fact not in heard:
            told = self._told(fact)
            judged = self._judged(fact, told) if told else ()
            if self.since is not None:
                late = (tuple(self._late(reports, self.since)) for reports in judged)
                judged = tuple(reports for reports in late if reports)
            heard[fact] = judged
        return heard[fact]

    def _judged(
        self, fact: str, told: Mapping[str, Sequence[Report]]
    ) -> tuple[tuple[Report, ...], ...]:
        """Leave out what its source corrected, and say when what is left is overtaken."""
        about = self.scenario.index.facts[fact]
        standing = {name: uncorrected(reports, about, self.zone) for name, reports in told.items()}
        judged = with_losses(standing, about, self.zone)
        return tuple(tuple(sorted(each, key=_rank, reverse=True)) for each in judged.values())

    def _told(self, fact: str) -> dict[str, list[Report]]:
        """Return what is heard of a fact and not taken back by its id, by source."""
        index, zone, days = self.scenario.index, self.zone, self.trust.within_days
        told: dict[str, list[Report]] = {}
        exact = {id(observation): read for observation, read in self.exact}
        for each in index.reports.get(fact, ()):
            observation = exact.get(id(each), each) if exact else each
            source = index.sources[observation.source]
            if self._is_heard(observation, source):
                report = report_of(observation, index.facts[fact], source, zone, days)
                report = report.begun_late(zone) if self.is_late else report
                if not report.is_forgotten(report.starts[0]):
                    told.setdefault(observation.source, []).append(report)
        return told

    def voices(self, fact: str) -> tuple[Voice, ...]:
        """Return what each source that is heard says of a fact over time."""
        known = self.memory.voices
        if fact not in known:
            known[fact] = tuple(voice_of(reports, self.zone) for reports in self.reports(fact))
        return known[fact]

    def _is_heard(self, observation: Observation, source: Source) -> bool:
        index, least = self.scenario.index, self.trust.credibility
        if not (self._is_known(observation.reported) and self.trust.hears(source)):
            return False
        if least is not None and (
            observation.credibility is None or observation.credibility > least
        ):
            return False
        return observation.id is None or not any(
            self._is_known(each.reported) for each in index.corrections.get(observation.id, ())
        )

    def _late(self, reports: Iterable[Report], since: datetime) -> Iterator[Report]:
        """Yield what reports speak from the instant on from which words are heard.

        An act done is done at every later instant, and a number that never falls at least as much;
        everything else is carried after its report.
        """
        for report in reports:
            is_done = report.value == Truth(value=True) and report.before is not None
            is_verifier = report.source.party in self.verifiers
            if report.surely_speaks(since, self.zone) or is_done or is_verifier:
                yield report
            elif report.after is not None:
                yield evolve(report, value=report.after)

    def _is_known(self, reported: Moment) -> bool:
        return reported.bounds(self.zone)[1] <= self.known_by

    def supposed_value(self, fact: str) -> Value | None:
        """Return the value that a fact is supposed to have, if it is."""
        return _last(
            item.value
            for supposition in self._suppositions()
            for item in supposition.facts
            if item.fact == fact
        )

    def supposed_word(self, leaf: Accepts) -> Stance | None:
        """Return the word that a party is supposed to have spoken on a text, if it is."""
        supposed = self.supposed_speech(leaf)
        return None if supposed is None else supposed[0]

    def supposed_speech(self, leaf: Accepts) -> tuple[Stance, Moment] | None:
        """Return the word that a party is supposed to have spoken on a text, and since when."""
        return _last(
            (word.stance, supposition.since)
            for supposition in self._suppositions()
            for word in supposition.words
            if word.of == leaf
        )

    def supposed_meaning(self, vague: str) -> str | None:
        """Return the meaning of a vague demand that is supposed to be agreed, if one is."""
        return _last(
            agreed.meaning
            for supposition in self._suppositions()
            for agreed in supposition.meanings
            if agreed.vague == vague
        )

    def imagined(self) -> Iterator[tuple[Supposition, datetime]]:
        """Yield what is supposed by the end of what is known, and from when on.

        What begins later is as if nobody had said it.
        """
        for supposition in self.scenario.suppositions:
            since = supposition.since.as_start(self.zone)[0]
            if since <= self.known_by:
                yield supposition, since

    def _suppositions(self) -> Iterator[Supposition]:
        """Yield the suppositions that hold by now."""
        for supposition in self.scenario.suppositions:
            if supposition.since.as_start(self.zone)[0] <= self.at:
                yield supposition

    def hears(self, statement: Statement) -> bool:
        """Whether a statement is heard at all, whenever it was made."""
        source = self.scenario.index.sources[statement.source]
        return self._is_known(statement.reported) and self.trust.hears(source)

    def spoken(self, statement: Statement) -> Sureness:
        """Say whether a statement had been made by now and is heard."""
        if not self.hears(statement):
            return Sureness.NOT
        earliest, latest = statement.date.begins(statement.reported, self.zone)
        if self.at < earliest:
            return Sureness.NOT
        return Sureness.SURE if self.at >= latest else Sureness.MAYBE

    def words(self, leaf: Accepts) -> tuple[list[Statement], list[Statement]]:
        """Return the words of a party on a text: those surely and those maybe spoken by now."""
        said: dict[Sureness, list[Statement]] = {sureness: [] for sureness in Sureness}
        for statement in self.scenario.index.words.get(leaf, ()):
            said[self.spoken(statement)].append(statement)
        return said[Sureness.SURE], said[Sureness.MAYBE]

    def standing(self, of: Condition) -> tuple[Precondition, ...]:
        """Return the preconditions of a leaf or negated leaf that surely count by now."""
        return tuple(filter(self.is_upheld, self.recorded(of)))

    def recorded(self, of: Condition) -> list[Precondition]:
        """Return the preconditions surely stated by now and not ended since, upheld or not."""
        return [each for each in self.scenario.index.gates.get(of, ()) if self._is_stated(each, of)]

    def _is_stated(self, precondition: Precondition, of: Condition) -> bool:
        if precondition.statement is None:
            return True
        said = self.scenario.index.statements[precondition.statement]
        if self.spoken(said) is not Sureness.SURE:
            return False
        spoken = self.words(of)[0] if isinstance(of, Accepts) else []
        return not any(
            word.party == precondition.held_by
            and word.stance in FINAL
            and self._surely_precedes(said, word)
            for word in spoken
        )

    def _surely_precedes(self, one: Statement, other: Statement) -> bool:
        """Whether one statement was surely made before another: by day, or by the clock."""
        first = one.date.begins(one.reported, self.zone)[1]
        then = other.date.begins(other.reported, self.zone)[0]
        if day_of(first, self.zone) == day_of(then, self.zone):
            return first < then and not (one.date.is_of_days or other.date.is_of_days)
        return first < then

    def is_upheld(self, precondition: Precondition) -> bool:
        """Whether a precondition is not withdrawn by now, nor supposed to be dropped."""
        withdrawn = precondition.withdrawn
        if withdrawn is not None and withdrawn.as_start(self.zone)[1] <= self.at:
            return False
        return not self.is_dropped(precondition)

    def is_dropped(self, precondition: Precondition) -> bool:
        """Whether a precondition is supposed to be dropped."""
        return any(precondition.id in supposed.without for supposed in self._suppositions())

    def timing(self, precondition: Precondition) -> Timing:
        """Return how a precondition stands in time to what needs it, suppositions included."""
        turned = any(precondition.id in supposed.together for supposed in self._suppositions())
        return Timing.TOGETHER if turned else precondition.timing

    def age(self, reported: datetime) -> timedelta:
        """Return how long ago something was reported; negative for a report still to come."""
        return self.at - reported


def view(
    scenario: Scenario,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> View:
    """Return a scenario as of one instant, as known by another, heard with a trust.

    Args:
        scenario: The situation.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: What had been said by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.

    Raises:
        ModelError: If a time is none or imprecise, or ``as_of`` lies after ``known_by``.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
    """
    refuse_no_scenario(scenario)
    at = instant(as_of, scenario.zone, "as_of")
    known = at if known_by is None else instant(known_by, scenario.zone, "known_by")
    if at > known:
        raise ModelError(
            f"as_of {as_of} lies after known_by {known_by}; nothing had been reported yet then"
        )
    heard = Trust() if trust is None else _trust(trust)
    for name in sorted((heard.only or frozenset()) | heard.without):
        scenario.source(name)
    if heard.party is not None:
        scenario.party(heard.party)
    return View(scenario, at, known, heard)


def _trust(trust: object) -> Trust:
    """Return whom to hear, and refuse what does not say it."""
    if isinstance(trust, Trust):
        return trust
    raise ModelError(
        f"trust takes a Trust, got {shortened(trust)}; "
        "write Trust(only=['…']) for sources, or Trust.of_party('…')"
    )


def _rank(report: Report) -> tuple[datetime, datetime]:
    return report.starts[1], report.reported


def _last(items: Iterable[_T]) -> _T | None:
    """Return the last of some items, if there is one."""
    found = None
    for item in items:
        found = item
    return found
