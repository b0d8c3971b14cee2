"""Following a proposal report by report: only what a report touches is judged anew.

One evaluation sees all that has come in, up to a horizon that lies ahead, so that it also knows
when things will change by dates alone. Each thing that is followed is looked at again when
something comes in on which it may rest, and at the instants at which it may turn.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field

from ceasefire_model.analyses.developments import News
from ceasefire_model.analyses.echoes import Echoes, strict_facts
from ceasefire_model.analyses.explaining import Step, as_known, as_shown, explained
from ceasefire_model.analyses.progress import Patience
from ceasefire_model.analyses.subjects import (
    Picture,
    Subject,
    pictured,
    subjects_of,
    turns,
)
from ceasefire_model.arrivals import retold, supposing, taken_in, unheard
from ceasefire_model.consistency import problems_in
from ceasefire_model.errors import ModelError, ScenarioError, shortened
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import Question
from ceasefire_model.fields import as_many
from ceasefire_model.moments import TICK, end_of, exact_moment
from ceasefire_model.reprs import named
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import Memory, View
from ceasefire_model.rules.waiting import carry
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import Statement
from ceasefire_model.suppositions import Supposition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from zoneinfo import ZoneInfo

    from ceasefire_model.analyses.causes import Told
    from ceasefire_model.analyses.developments import Development
    from ceasefire_model.moments import Time
    from ceasefire_model.proposals import Proposal

_AHEAD = timedelta(days=366)
"""How far ahead one looks for dates; it is looked again when that is over."""

_Arrival: TypeAlias = Observation | Statement | Supposition | Question
"""What can come in, be supposed from then on, or be asked: before that nobody knows of it."""


@define(eq=False)
class Watch:
    """Follows where a proposal stands, as reports and words come in.

    A report counts from the end of its ``reported`` on; one that is told late, from when it is.

    Attributes:
        proposal: The text that is followed.
    """

    proposal: Proposal = field(repr=named)
    _scenario: Scenario = field(repr=False)
    """All that has come in, but for what is pending."""

    _evaluation: Evaluation = field(repr=False)
    """Judges in it, up to the horizon."""

    _now: datetime = field(repr=False)
    """Up to which instant it was followed, in UTC."""

    _until: datetime | None = field(default=None, repr=False)
    """Where the horizon ends at the latest; none where nobody knows how long one follows."""

    _imagined: tuple[Supposition, ...] = field(default=(), repr=False)
    """All that is supposed at any time, each over those before it."""

    _pending: list[Observation] = field(factory=list[Observation], repr=False)
    """What came in and bears on nothing that is followed; it is taken in with what does."""

    _stale: set[str] = field(factory=set[str], repr=False)
    """The facts of which echoes were taken in, and not resolved yet."""

    _queue: list[tuple[datetime, int, _Arrival]] = field(
        factory=list[tuple[datetime, int, _Arrival]], repr=False
    )
    """What is known to come in, the next first."""

    _turns: list[tuple[datetime, str, int]] = field(
        factory=list[tuple[datetime, str, int]], repr=False
    )
    """What may turn when, the next first, and as of which look."""

    _known_by: datetime | None = field(default=None, repr=False, kw_only=True, alias="known_by")
    """By when all that counts had been reported; none where more comes in."""

    _subjects: dict[str, Subject] = field(init=False, repr=False)
    _by_fact: dict[str, list[str]] = field(init=False, repr=False)
    _picture: Picture = field(init=False, repr=False)
    _heard: frozenset[str] = field(init=False, repr=False)
    """The sources that are heard."""

    _echoes: Echoes = field(init=False, repr=False)
    _scheduled: dict[str, int] = field(factory=dict[str, int], init=False, repr=False)
    _numbers: Iterator[int] = field(factory=count, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Look at everything for the first time."""
        trust = self._evaluation.view.trust
        self._heard = frozenset(each.id for each in self._scenario.sources if trust.hears(each))
        self._echoes = Echoes(self._scenario.index, self._scenario.zone)
        self._follow()
        for observation in filter(self._is_heard, self._scenario.observations):
            self._echoes.hear(observation)
        now = self._evaluation.moved(self._now)
        self._picture = pictured(now, self._subjects, Picture(), self._subjects)
        self._schedule(self._subjects)

    # What comes in

    def add(self, records: Told | Iterable[Told]) -> News:
        """Take reports and words in, and say what changed by them, and by dates until then.

        Args:
            records: Observations and statements of parties, facts and sources that the scenario
                has; each comes in at the end of its ``reported``, or, where one has followed
                beyond that, now.

        Raises:
            ScenarioError: If one does not fit into the scenario; none is taken in then.
            ModelError: If something else is given.
        """
        told: tuple[Told, ...] = as_many(records)
        self._refuse(told)
        return self.follow(max([self._now, *map(self.expect, told)]))

    def advance(self, to: Time) -> News:
        """Let time pass, and say what changed by dates alone.

        Args:
            to: The last day, or the instant before which.

        Raises:
            ModelError: If it is no day and no instant, or lies in what was followed already.
        """
        last = end_of(exact_moment(to, "to").choices()[0], self._scenario.zone) - TICK
        if last < self._now:
            raise ModelError(f"it was followed beyond {to} already", "to")
        return self.follow(last)

    @property
    def scenario(self) -> Scenario:
        """The scenario with all that has come in."""
        self._take_in_pending()
        return self._scenario

    def expect(self, record: _Arrival) -> datetime:
        """Put something on the list of what will come in, and return when that is."""
        at = self._instant(record)
        heappush(self._queue, (at, next(self._numbers), record))
        return at

    def _instant(self, record: _Arrival) -> datetime:
        zone = self._scenario.zone
        if isinstance(record, Supposition):
            return max(record.since.as_start(zone)[0], self._now)
        if isinstance(record, Question):
            return max(record.asked.as_start(zone)[0], self._now)
        return max(record.reported.bounds(zone)[1], self._now)

    def _refuse(self, told: tuple[object, ...]) -> None:
        """Refuse what does not fit, before any of it is taken in."""
        for each in told:
            if not isinstance(each, Observation | Statement):
                raise ModelError(
                    f"takes observations and statements, got {shortened(each)}; "
                    "add other records to the scenario and watch that",
                    "records",
                )
        words = [each for each in told if isinstance(each, Statement)]
        if words:
            self.scenario.with_statements(words)
        reports = [each for each in told if isinstance(each, Observation)]
        if any(each.id is not None or each.corrects is not None for each in reports):
            self.scenario.with_observations(reports)
            return
        place = len(self._scenario.observations) + len(self._pending)
        placed = [(f"$.observations[{place + n}]", each) for n, each in enumerate(reports)]
        problems = tuple(problems_in(self._scenario.index, placed, self._scenario.zone))
        if problems:
            raise ScenarioError(problems)

    # Going on in time

    def follow(
        self, last: datetime, *, unchanged: bool = True, patience: Patience | None = None
    ) -> News:
        """Go on to an instant, and say what changed meanwhile.

        Args:
            last: The instant, in UTC; what comes in or passes at it is included.
            unchanged: Whether to name what came in and changed nothing.
            patience: Who is told at how many instants one has looked.
        """
        patience, looked = patience or Patience(), count(1)
        begun = self._now
        found: list[Development] = []
        came: list[Told] = []
        while (at := self._next()) is not None and at <= last:
            if not self._looks_as_far_as(at):
                continue
            arrived = self._arrived(at)
            found += self._step(at, arrived)
            told = (each for each in arrived if isinstance(each, Observation | Statement))
            came += filter(self._is_heard, told)
            self._now = at
            patience.tell(next(looked))
        self._now = last
        named = {id(told) for each in found for told in each.cause.told}
        return News(
            proposal=self.proposal,
            found=tuple(found),
            start=begun + TICK,
            end=last + TICK,
            known_by=self._known_by,
            came_in=len(came),
            unchanged=tuple(each for each in came if id(each) not in named) if unchanged else (),
            not_followed=self._picture.not_followed,
            view=as_known(self._evaluation.view.moved(last), self._known_by),
        )

    def _next(self) -> datetime | None:
        """Return the next instant at which something comes in or may turn."""
        while self._turns and self._scheduled[self._turns[0][1]] != self._turns[0][2]:
            heappop(self._turns)
        return min((each[0][0] for each in (self._turns, self._queue) if each), default=None)

    def _looks_as_far_as(self, at: datetime) -> bool:
        """Whether the horizon lies beyond an instant; if not, move it, and look for dates anew."""
        seen = self._evaluation.view
        if at <= seen.known_by:
            return True
        self._judge_in(self._scenario, self._horizon(at))
        self._schedule(self._subjects)
        return False

    def _arrived(self, at: datetime) -> list[_Arrival]:
        found: list[_Arrival] = []
        while self._queue and self._queue[0][0] == at:
            found.append(heappop(self._queue)[2])
        return found

    def _step(self, at: datetime, arrived: list[_Arrival]) -> list[Development]:
        """Take one step: what came in, and what turns at the same instant."""
        due = self._due(at)
        echoes = {id(each) for each in arrived if self._is_echo(each)}
        bearing = [each for each in arrived if self._bears(each)]
        if all(id(each) in echoes for each in bearing):
            bearing = []
        touched = {*due, *(name for each in bearing for name in self._resting_on(each))}
        self._take_in(arrived, at)
        if not touched:
            return []
        if not all(isinstance(each, Observation) for each in bearing):
            self._follow()
            touched = {*self._subjects}
        self._take_in_pending(touched)
        if bearing:
            self._schedule(touched, after=at)
        before, now = self._picture, self._evaluation.moved(at)
        self._picture = pictured(now, self._subjects, before, touched)
        told = tuple(each for each in bearing if isinstance(each, Observation | Statement))
        step = Step(now, self._subjects, before, self._picture, told, due, frozenset(touched))
        return [as_shown(each, self._known_by) for each in explained(step)]

    def _due(self, at: datetime) -> frozenset[str]:
        found: set[str] = set()
        while self._turns and self._turns[0][0] <= at:
            _, name, number = heappop(self._turns)
            if self._scheduled[name] == number:
                found.add(name)
        return frozenset(found)

    # What bears on what

    def _follow(self) -> None:
        """List what is followed; words may have added to it."""
        found = subjects_of(self._scenario, self.proposal)
        self._subjects = {each.address: each for each in found}
        self._by_fact = {}
        for each in found:
            for fact in each.facts:
                self._by_fact.setdefault(fact, []).append(each.address)
        trust = self._evaluation.view.trust
        self._echoes.strict = strict_facts(self._scenario.index, found, trust)

    def _bears(self, record: _Arrival) -> bool:
        """Whether something that is followed may rest on what came in."""
        if isinstance(record, Supposition | Question):
            return True
        if isinstance(record, Observation):
            return record.fact in self._by_fact and self._is_heard(record)
        named = (each.statement for each in self._scenario.index.preconditions.values())
        return record.stance is not None or record.id in named

    def _is_echo(self, record: _Arrival) -> bool:
        """Whether it says only what its source was saying already."""
        return isinstance(record, Observation) and (
            not self._is_heard(record) or self._echoes.hear(record)
        )

    def _is_heard(self, told: Told) -> bool:
        return told.source in self._heard

    def _resting_on(self, record: _Arrival) -> Iterable[str]:
        """Return what may rest on what came in."""
        return self._by_fact[record.fact] if isinstance(record, Observation) else self._subjects

    # The scenario and its evaluation

    def _take_in(self, arrived: list[_Arrival], at: datetime) -> None:
        """Take in what came: reports when they are needed, all else at once."""
        self._pending += [each for each in arrived if isinstance(each, Observation)]
        words = [each for each in arrived if isinstance(each, Statement)]
        supposed = any(isinstance(each, Supposition) for each in arrived)
        zone = self._scenario.zone
        if not words and not supposed:
            return
        self._take_in_pending()
        known = self._scenario.index.statements
        self._scenario = retold(self._scenario, [each for each in words if each.id in known])
        self._scenario = self._scenario.with_statements(
            [each for each in words if each.id not in known]
        )
        if supposed:
            self._scenario = supposing(self._scenario, _begun(self._imagined, at, zone))
        seen = self._evaluation.view
        self._evaluation = Evaluation(View(self._scenario, seen.at, seen.known_by, seen.trust))

    def _take_in_pending(self, names: Iterable[str] = ()) -> None:
        """Take in the reports that are pending, and resolve anew what some subjects rest on.

        Of all else what was resolved is kept: by an echo no verdict is another.
        """
        before = self._scenario
        if self._pending:
            self._scenario = taken_in(before, self._pending)
            carry(before.index, self._scenario.index)
            self._stale |= {each.fact for each in self._pending}
            self._pending = []
        anew = self._stale & {fact for name in names for fact in self._subjects[name].facts}
        self._stale -= anew
        if anew or self._scenario is not before:
            self._judge_in(self._scenario, self._evaluation.view.known_by, anew)

    def _judge_in(self, scenario: Scenario, horizon: datetime, anew: Collection[str] = ()) -> None:
        """Judge in a scenario up to a horizon, with what was resolved of all but some facts."""
        seen = self._evaluation.view
        reports, voices = seen.memory.reports, seen.memory.voices
        kept = Memory(
            reports={fact: each for fact, each in reports.items() if fact not in anew},
            voices={fact: each for fact, each in voices.items() if fact not in anew},
        )
        self._evaluation = Evaluation(View(scenario, seen.at, horizon, seen.trust, kept))

    def _horizon(self, at: datetime) -> datetime:
        return _horizon(self._scenario, at, self._until)

    def _schedule(self, names: Iterable[str], after: datetime | None = None) -> None:
        """Note when things may turn by dates alone."""
        since = self._now if after is None else after
        horizon = self._evaluation.view.known_by
        for name in names:
            self._scheduled[name] = number = next(self._numbers)
            for at in {*turns(self._evaluation, self._subjects[name])}:
                if since < at <= horizon:
                    heappush(self._turns, (at, name, number))


def followed(scenario: Scenario, text: Proposal, seen: View, until: datetime | None) -> Watch:
    """Follow a text from what had come in by the instant of a view on.

    What comes in later is expected at its time.

    Args:
        scenario: The situation, with what comes in later.
        text: What is followed.
        seen: From when on, and whom one hears.
        until: Until when, if that is known.
    """
    now, zone = seen.at, scenario.zone
    records: tuple[Told, ...] = (*scenario.observations, *scenario.statements)
    later = [each for each in records if each.reported.bounds(zone)[1] > now]
    begun = _begun(scenario.suppositions, now, zone)
    imagined = [each for each in scenario.suppositions if each.since.as_start(zone)[0] > now]
    known = unheard(scenario, later) if later else scenario
    if imagined:
        known = supposing(known, begun)
    judged = Evaluation(View(known, now, _horizon(known, now, until), seen.trust))
    watching = Watch(text, known, judged, now, until, scenario.suppositions)
    unasked = (each for each, _ in _asked_after(scenario, now))
    for each in (*later, *imagined, *unasked):
        watching.expect(each)
    return watching


def _horizon(scenario: Scenario, at: datetime, until: datetime | None) -> datetime:
    """Return how far ahead one looks for dates: no further than to where the next is asked."""
    ends = [at + _AHEAD, *(asked - TICK for _, asked in _asked_after(scenario, at))]
    return min(ends) if until is None else max(at, min(*ends, until))


def _asked_after(scenario: Scenario, at: datetime) -> Iterator[tuple[Question, datetime]]:
    """Yield the questions that are asked after an instant, each with when."""
    for each in scenario.facts:
        if isinstance(each, Question):
            asked = each.asked.as_start(scenario.zone)[0]
            if asked > at:
                yield each, asked


def _begun(
    suppositions: Iterable[Supposition], at: datetime, zone: ZoneInfo
) -> tuple[Supposition, ...]:
    """Return what is supposed by an instant, in its order."""
    return tuple(each for each in suppositions if each.since.as_start(zone)[0] <= at)
