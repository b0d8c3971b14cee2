"""A scenario as of an instant, as known by another, heard with a trust: what every rule takes.

Resolves what was written into instants, once: which reports are heard of each fact, which words
were spoken, which preconditions stand, what is supposed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from attrs import field, frozen

from ceasefire_model.conditions import Accepts
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.evidence import Observation, Source, Trust
from ceasefire_model.facts import Act, Truth, Value
from ceasefire_model.moments import BEGINNING, NEVER, TICK, instant
from ceasefire_model.proposals import Timing
from ceasefire_model.scenarios import Scenario, refuse_no_scenario
from ceasefire_model.statements import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from ceasefire_model.conditions import Condition
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.suppositions import Supposition

_T = TypeVar("_T")


class Sureness(Enum):
    """Whether something is so at an instant, given that dates may be imprecise."""

    SURE = "sure"
    MAYBE = "maybe"
    NOT = "not"


@frozen
class Report:
    """What one observation says of its fact over one span of time."""

    observation: Observation
    source: Source
    value: Value
    starts: tuple[datetime, datetime] | None
    """The earliest and latest start; none for *always before*."""

    ends: tuple[datetime, datetime] | None
    """The earliest and latest end; none for *until a later word*."""

    reported: datetime

    @property
    def rank(self) -> tuple[bool, datetime | None, datetime]:
        """Which word of a source is the later one: by start, then by report."""
        return (self.starts is not None, self.starts and self.starts[1], self.reported)


Possible: TypeAlias = tuple[Value | None, Report | None]
"""A value that a word may have, with the report that gives it; no value for *no word*."""

Choice: TypeAlias = tuple[Possible, ...]
"""What a word may be, given imprecise dates."""


@frozen
class Voice:
    """What one source says of a fact at every instant.

    For each stretch, a choice for each of its reports that tie for the last place; none where it
    does not speak.
    """

    source: Source
    starts: tuple[datetime, ...]
    choices: tuple[tuple[Choice, ...], ...]

    def at(self, instant: datetime) -> tuple[Choice, ...]:
        """Return what it says at an instant."""
        stretch = bisect_right(self.starts, instant) - 1
        return self.choices[stretch] if stretch >= 0 else ()


@frozen(eq=False)
class Memory:
    """What a view has resolved once for all instants, by fact."""

    reports: dict[str, tuple[tuple[Report, ...], ...]] = field(
        factory=dict[str, tuple[tuple[Report, ...], ...]]
    )
    voices: dict[str, tuple[Voice, ...]] = field(factory=dict[str, tuple[Voice, ...]])


@frozen(eq=False)
class View:
    """A scenario as of an instant, as known by another, heard with a trust."""

    scenario: Scenario
    at: datetime
    """The instant judged, in UTC."""

    known_by: datetime
    """The instant by which everything heard had been reported, in UTC."""

    trust: Trust
    """Whom one hears."""

    memory: Memory = field(factory=Memory, repr=False)
    """What was resolved once for all instants."""

    def moved(self, at: datetime) -> View:
        """Return the same view at another instant."""
        return View(self.scenario, at, self.known_by, self.trust, self.memory)

    @property
    def zone(self) -> ZoneInfo:
        """The scenario's time zone."""
        return self.scenario.zone

    def reports(self, fact: str) -> tuple[tuple[Report, ...], ...]:
        """Return what is heard of a fact, source by source, the latest report first."""
        heard = self.memory.reports
        if fact not in heard:
            by_source: dict[str, list[Report]] = {}
            for observation in self.scenario.index.reports.get(fact, ()):
                if self._is_heard(observation):
                    for report in self._resolved(observation):
                        by_source.setdefault(observation.source, []).append(report)
            heard[fact] = tuple(
                tuple(sorted(reports, key=_rank, reverse=True)) for reports in by_source.values()
            )
        return heard[fact]

    def voices(self, fact: str) -> tuple[Voice, ...]:
        """Return what each source that is heard says of a fact over time."""
        known = self.memory.voices
        if fact not in known:
            known[fact] = tuple(_voice(reports) for reports in self.reports(fact))
        return known[fact]

    def _is_heard(self, observation: Observation) -> bool:
        index = self.scenario.index
        least = self.trust.credibility
        return (
            self._is_known(observation.reported)
            and self.trust.hears(index.sources[observation.source])
            and (
                least is None
                or (observation.credibility is not None and observation.credibility <= least)
            )
            and not any(
                self._is_known(correction.reported)
                for correction in index.corrections.get(observation.id or "", ())
            )
        )

    def _is_known(self, reported: Moment) -> bool:
        return reported.bounds(self.zone)[1] <= self.known_by

    def _resolved(self, observation: Observation) -> Iterator[Report]:
        """Yield what an observation says; of a done act also that it was not done before."""
        index = self.scenario.index
        source = index.sources[observation.source]
        starts = observation.since.as_start(self.zone)
        ends = None if observation.until is None else observation.until.as_end(self.zone)
        reported = observation.reported.bounds(self.zone)[1]
        value = observation.value
        if isinstance(index.facts[observation.fact], Act) and value == Truth(value=True):
            yield Report(observation, source, value, starts, ends, reported)
            yield Report(observation, source, Truth(value=False), None, starts, reported)
        else:
            aged = self._aged(ends, reported)
            if aged is None or aged[1] > starts[0]:
                yield Report(observation, source, value, starts, aged, reported)

    def _aged(
        self, ends: tuple[datetime, datetime] | None, reported: datetime
    ) -> tuple[datetime, datetime] | None:
        """Cut a span where the trust no longer hears what was reported so long ago."""
        if self.trust.within_days is None:
            return ends
        too_old = reported + timedelta(days=self.trust.within_days) + TICK
        return (
            (too_old, too_old) if ends is None else (min(ends[0], too_old), min(ends[1], too_old))
        )

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
        return _last(
            word.stance
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

    def _suppositions(self) -> Iterator[Supposition]:
        """Yield the suppositions that hold by now."""
        for supposition in self.scenario.suppositions:
            if supposition.since.as_start(self.zone)[0] <= self.at:
                yield supposition

    def spoken(self, statement: Statement) -> Sureness:
        """Say whether a statement had been made by now and is heard."""
        source = self.scenario.index.sources[statement.source]
        if not (self._is_known(statement.reported) and self.trust.hears(source)):
            return Sureness.NOT
        earliest, latest = statement.date.as_start(self.zone)
        if self.at < earliest:
            return Sureness.NOT
        return Sureness.SURE if self.at >= latest else Sureness.MAYBE

    def words(self, leaf: Accepts) -> tuple[list[Statement], list[Statement]]:
        """Return the words of a party on a text: those surely and those maybe spoken by now."""
        said: dict[Sureness, list[Statement]] = {sureness: [] for sureness in Sureness}
        for statement in self.scenario.index.words.get(leaf, ()):
            said[self.spoken(statement)].append(statement)
        return said[Sureness.SURE], said[Sureness.MAYBE]

    def day_spoken(self, statement: Statement) -> date:
        """Return the local day of a statement, the latest it can be."""
        return statement.date.as_start(self.zone)[1].astimezone(self.zone).date()

    def standing(self, of: Condition) -> tuple[Precondition, ...]:
        """Return the preconditions of a leaf or negated leaf that count by now."""
        spoken = self.words(of)[0] if isinstance(of, Accepts) else []
        return tuple(filter(self.is_upheld, self.recorded(of, spoken)))

    def recorded(self, of: Condition, spoken: Sequence[Statement]) -> list[Precondition]:
        """Return the preconditions stated by now, upheld or not.

        A plain acceptance on a later day drops those that its party had stated.

        Args:
            of: What they are preconditions of.
            spoken: For an acceptance, the words that its party has spoken.
        """
        return [
            precondition
            for precondition in self.scenario.index.gates.get(of, ())
            if self._is_stated(precondition, spoken)
        ]

    def _is_stated(self, precondition: Precondition, spoken: Sequence[Statement]) -> bool:
        if precondition.statement is None:
            return True
        said = self.scenario.index.statements[precondition.statement]
        if self.spoken(said) is not Sureness.SURE:
            return False
        return not any(
            word.party == precondition.held_by
            and word.stance is Stance.ACCEPTS
            and self.day_spoken(word) > self.day_spoken(said)
            for word in spoken
        )

    def is_upheld(self, precondition: Precondition) -> bool:
        """Whether a precondition is not withdrawn by now, nor supposed to be dropped."""
        withdrawn = precondition.withdrawn
        if withdrawn is not None and withdrawn.as_start(self.zone)[1] <= self.at:
            return False
        return all(precondition.id not in supposed.without for supposed in self._suppositions())

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
    at = instant(as_of, scenario.zone)
    known = at if known_by is None else instant(known_by, scenario.zone)
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


def _voice(reports: Sequence[Report]) -> Voice:
    """Follow what one source says of a fact through time.

    Args:
        reports: All that it reports on the fact, the latest word first.
    """
    ordered = [*reversed(reports)]
    changes: dict[datetime, list[tuple[int, Sureness]]] = {}
    for number, report in enumerate(ordered):
        for at, sureness in _phases(report):
            changes.setdefault(at, []).append((number, sureness))
    sure: dict[int, bool] = {}
    speaking: list[int] = []
    starts: list[datetime] = []
    choices: list[tuple[Choice, ...]] = []
    for at in sorted(changes):
        for number, sureness in changes[at]:
            if number in sure:
                del sure[number]
                speaking.pop(bisect_left(speaking, number))
            if sureness is not Sureness.NOT:
                sure[number] = sureness is Sureness.SURE
                insort(speaking, number)
        starts.append(at)
        choices.append(_choices(ordered, speaking, sure))
    return Voice(ordered[0].source, tuple(starts), tuple(choices))


def _phases(report: Report) -> Iterator[tuple[datetime, Sureness]]:
    """Yield when a report maybe begins to count, counts for sure, maybe, and no longer."""
    first, latest = report.starts or (BEGINNING, BEGINNING)
    ends = report.ends or (NEVER, NEVER)
    yield first, Sureness.MAYBE
    if latest < ends[0]:
        yield latest, Sureness.SURE
    if ends[1] < NEVER:
        yield max(ends[0], first), Sureness.MAYBE
        yield ends[1], Sureness.NOT


def _choices(
    ordered: Sequence[Report], speaking: Sequence[int], sure: Mapping[int, bool]
) -> tuple[Choice, ...]:
    """Return what a word may be, of reports in order of rank of which some speak."""
    possible: list[Possible] = []
    last: list[Report] = []
    for number in reversed(speaking):
        report = ordered[number]
        if last and report.rank != last[0].rank:
            break
        if sure[number]:
            last.append(report)
        else:
            possible.append((report.value, report))
    if last:
        return tuple((*possible, (report.value, report)) for report in last)
    return ((*possible, (None, None)),) if possible else ()


def _rank(report: Report) -> tuple[bool, datetime | None, datetime]:
    return report.rank


def _last(items: Iterable[_T]) -> _T | None:
    """Return the last of some items, if there is one."""
    found = None
    for item in items:
        found = item
    return found
