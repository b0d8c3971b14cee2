"""A second judge, by brute force, written from the design alone.

It shares no code with ``ceasefire_model.rules``: it enumerates instants, the days that an imprecise
date may be, and the orders of words that no clock orders, and it judges each of them. It is slow,
and meant to be obviously right; tests hold the two judges against each other.

Time is a list of instants at which anything can change. Between two of them nothing does, so that
*over all instants* is a loop over the list.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ceasefire_model.circles import components
from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Times,
    Vague,
    When,
    children,
    walk,
)
from ceasefire_model.evidence import Reliability, SourceKind, Trust
from ceasefire_model.facts import Act, CannotSay, Number, Quantity, Question, Range, Truth
from ceasefire_model.moments import Delay, Moment
from ceasefire_model.proposals import ProvisionKind, Timing
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire_model.conditions import Bound, Condition
    from ceasefire_model.evidence import Observation
    from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision
    from ceasefire_model.scenarios import Scenario

TICK = timedelta(microseconds=1)
MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
DISPUTED, UNKNOWN, UNCLEAR = Verdict.DISPUTED, Verdict.UNKNOWN, Verdict.UNCLEAR
OPEN = (UNCLEAR, UNKNOWN, DISPUTED, PENDING)
MOST = 3000
"""How many ways to complete the dates are tried at most."""
ENOUGH = 5_000
"""How many judgements are made at most."""
LOOKS = 300_000
"""How often they are looked up at most."""


class TooMuchError(Exception):
    """More ways than brute force can try, or a question that goes round in time."""


# Connectives (section 2)


def conjunction(found: Iterable[Verdict]) -> Verdict:
    """Return the first that occurs."""
    several = set(found)
    return next((one for one in (UNMET, *OPEN) if one in several), MET)


def disjunction(found: Iterable[Verdict]) -> Verdict:
    """Return the first that occurs."""
    several = set(found)
    return next((one for one in (MET, *OPEN) if one in several), UNMET)


def at_least(count: int, found: list[Verdict]) -> Verdict:
    """Return whether so many are met."""
    if found.count(MET) >= count:
        return MET
    if len(found) - found.count(UNMET) < count:
        return UNMET
    return next(one for one in OPEN if one in found)


def negation(found: Verdict) -> Verdict:
    """Swap met and unmet."""
    return {MET: UNMET, UNMET: MET}.get(found, found)


def agreed(found: Iterable[Verdict], doubt: Verdict = UNKNOWN) -> Verdict:
    """Return what all agree on; else the first open one of them and of the doubt."""
    several = set(found)
    if len(several) == 1:
        return several.pop()
    return next(one for one in OPEN if one in several | {doubt})


# Words on a fact (section 4)


@dataclass(frozen=True)
class Word:
    """An observation whose dates have been completed."""

    seen: Observation
    begin: datetime
    order: datetime
    """Where it stands among the words of its source."""

    reported: datetime
    over: datetime | None
    """From when on it has run out."""

    @property
    def last(self) -> datetime:
        """The last instant that it speaks for by itself."""
        end = self.reported if self.over is None else self.over - TICK
        return max(end, self.begin)


@dataclass(frozen=True)
class Said:
    """What a source says at an instant: a value, and whether it is spoken or carried."""

    value: object
    word: Word | None
    is_spoken: bool


@dataclass(frozen=True)
class Mode:
    """How a history is judged."""

    silence: Verdict = UNKNOWN
    """What a fact comes to on which nobody has a word."""

    since: datetime | None = None
    """Hear of each word only what it speaks at this instant or later."""

    verifiers: frozenset[str] = frozenset()
    """The parties whose sources' last words are heard all the same."""

    late: datetime | None = None
    """A clock time after which the words of that bare day are taken to have begun."""


PLAIN = Mode()


@dataclass
class Judge:
    """One scenario, judged as known at one instant by one trust."""

    scenario: Scenario
    known: datetime
    trust: Trust
    grid: list[datetime] = field(default_factory=list)
    memory: dict[object, object] = field(default_factory=dict)
    asked: list[object] = field(default_factory=list)
    looks: int = 0
    answers: dict[tuple[str, datetime, bool], tuple[bool, bool]] = field(default_factory=dict)

    # Time

    def midnight(self, day: date) -> datetime:
        """Return the instant at which a local day begins."""
        return datetime.combine(day, time(), self.scenario.zone).astimezone(UTC)

    def day(self, at: datetime) -> date:
        """Return the local day of an instant."""
        return at.astimezone(self.scenario.zone).date()

    def starts(self, moment: Moment) -> list[datetime]:
        """Return the instants at which what starts then may start."""
        return [one if isinstance(one, datetime) else self.midnight(one) for one in choices(moment)]

    def ends(self, moment: Moment) -> list[datetime]:
        """Return the instants from which on what ends then may be over."""
        day = timedelta(days=1)
        return [
            one if isinstance(one, datetime) else self.midnight(one + day)
            for one in choices(moment)
        ]

    def lasts(self, moment: Moment) -> list[datetime]:
        """Return the last instants that what is due then may have: spans are half-open."""
        return [over - TICK for over in self.ends(moment)]

    def last_of(self, moment: Moment) -> datetime:
        """Return the last instant of what is reported, or judged, then."""
        return self.ends(moment)[-1] - (TICK if moment.is_of_days else timedelta())

    def floor(self, at: datetime) -> datetime:
        """Return the instant from which on nothing has changed until this one."""
        place = bisect_right(self.grid, at)
        return self.grid[place - 1] if place else at

    def between(self, first: datetime, last: datetime) -> list[datetime]:
        """Return the instants to look at from one to another, both included."""
        if first > last:
            return []
        inside = [one for one in self.grid if first < one <= last]
        return [first, *inside]

    # Whom one hears

    def hears(self, name: str) -> bool:
        """Whether a source is heard at all."""
        source, trust = self.scenario.source(name), self.trust
        return (
            (trust.only is None or name in trust.only)
            and name not in trust.without
            and (
                trust.party is None
                or source.party == trust.party
                or source.kind is SourceKind.DOCUMENT
            )
        )

    def is_observer(self, name: str) -> bool:
        """Whether a source speaks for no party, or is a monitor."""
        source = self.scenario.source(name)
        return source.party is None or source.kind is SourceKind.MONITOR

    def may_end(self, one: str, other: str) -> bool:
        """Whether a word of the other ends a carried word of the one."""
        mine, theirs = self.scenario.source(one), self.scenario.source(other)
        same = mine.party is not None and mine.party == theirs.party
        return self.is_observer(other) or same

    def observations(self, fact: str, at: datetime) -> list[Observation]:
        """Return what is heard of a fact."""
        every = [
            one
            for one in self.scenario.observations
            if one.fact == fact and self.last_of(one.reported) <= self.known
        ]
        taken_back = {one.corrects for one in every if one.corrects is not None}
        return [
            one
            for one in every
            if (one.id is None or one.id not in taken_back) and self.is_heard(one, at)
        ]

    def is_heard(self, one: Observation, at: datetime) -> bool:
        """Whether the trust lets a report through."""
        trust = self.trust
        done = isinstance(self.fact(one.fact), Act) and one.value == Truth(value=True)
        age = at - self.last_of(one.reported)
        return (
            self.hears(one.source)
            and (
                trust.credibility is None
                or (one.credibility is not None and one.credibility <= trust.credibility)
            )
            and (trust.within_days is None or done or age <= timedelta(days=trust.within_days))
        )

    def fact(self, name: str) -> object:
        """Return a fact."""
        return self.scenario.fact(name)

    def undoes_nothing(self, fact: str) -> bool:
        """Whether a fact cannot fall back: an act, or a number that counts from the start."""
        it = self.fact(fact)
        return isinstance(it, Act) or (isinstance(it, Quantity) and it.cumulative)

    # Completing dates

    def histories(
        self, several: list[Observation], at: datetime, late: datetime | None
    ) -> Iterator[list[Word]]:
        """Yield the words of one source on one fact, their dates completed in every way."""
        marks = {self.day(at)} | {
            self.day(start) for one in several for start in ends_of(self.starts(one.since))
        }
        near = {day + timedelta(days=more) for day in marks for more in (-1, 0, 1)}
        ways = [list(self.placings(one, several, near, late)) for one in several]
        count = 1
        for way in ways:
            count *= len(way)
        if count > MOST:
            raise TooMuchError
        for chosen in product(*ways):
            yield list(chosen)

    def placings(
        self, one: Observation, several: list[Observation], near: set[date], late: datetime | None
    ) -> Iterator[Word]:
        """Yield a report with each date that it may have."""
        reported = self.last_of(one.reported)
        starts = [start for start in self.starts(one.since) if start <= reported]
        starts = starts or self.starts(one.since)[:1]
        kept = [
            start for start in starts if start in {starts[0], starts[-1]} or self.day(start) in near
        ]
        overs: list[datetime | None] = [None] if one.until is None else [*self.ends(one.until)]
        for start, over in product(kept, overs):
            begins = start
            if late is not None and one.since.is_of_days and self.day(start) == self.day(late):
                begins = late + TICK
            for order in self.orders(one, start, several):
                yield Word(one, begins, order, reported, over)

    def orders(
        self, one: Observation, start: datetime, several: list[Observation]
    ) -> list[datetime]:
        """Return where a word of a bare day may stand among those of clock times on that day."""
        if not one.since.is_of_days:
            return [start]
        clocks = [
            self.starts(other.since)[0]
            for other in several
            if other is not one and not other.since.is_of_days
        ]
        return [start, *(clock + TICK for clock in clocks if self.day(clock) == self.day(start))]

    # One source's word at an instant

    def speaks(self, words: list[Word], at: datetime, mode: Mode) -> tuple[Said, ...]:
        """Return what a source says at an instant; nothing where it is silent."""
        words = self.uncorrected(words)
        begun = [word for word in words if word.begin <= at]
        key = max(((word.order, word.reported) for word in begun), default=None)
        latest = [word for word in begun if (word.order, word.reported) == key]
        alive = [word for word in latest if word.over is None or at < word.over]
        own = [said for said in (self.own(word, at, mode) for word in alive) if said is not None]
        if own:
            return tuple(dict.fromkeys(own))
        return tuple(self.further(words, at, mode)) if words else ()

    def own(self, word: Word, at: datetime, mode: Mode) -> Said | None:
        """Return what a word says, in the mode."""
        fact = self.fact(word.seen.fact)
        forever = isinstance(fact, Act) and word.seen.value == Truth(value=True)
        is_spoken = forever or at <= word.last
        if mode.since is None or forever or self.speaks_then(word, mode.since):
            return Said(word.seen.value, word, is_spoken)
        if self.scenario.source(word.seen.source).party in mode.verifiers:
            return Said(word.seen.value, word, is_spoken)
        return None

    def further(self, words: list[Word], at: datetime, mode: Mode) -> Iterator[Said]:
        """Yield what words on what cannot be undone say of instants that nobody asked about."""
        fact = self.fact(words[0].seen.fact)
        if not self.undoes_nothing(words[0].seen.fact):
            return
        if isinstance(fact, Act):
            for word in words:
                done = word.seen.value == Truth(value=True)
                denied = word.seen.value == Truth(value=False) and (
                    mode.since is None or self.speaks_then(word, mode.since)
                )
                if (done and at < word.begin) or (
                    denied and at <= word.reported and (word.over is None or at < word.over)
                ):
                    yield Said(Truth(value=False), None, is_spoken=True)
                    return
            return
        lows = [bounds_of(word.seen.value)[0] for word in words if word.begin <= at]
        highs = [bounds_of(word.seen.value)[1] for word in words if word.begin > at]
        low = max((one for one in lows if one is not None), default=None)
        high = min((one for one in highs if one is not None), default=None)
        if low is not None and high is not None and low >= high:
            yield Said(Number(low), None, is_spoken=True)
            if low > high:
                yield Said(Number(high), None, is_spoken=True)
        elif low is not None or high is not None:
            yield Said(Range(low, high), None, is_spoken=True)

    def uncorrected(self, words: list[Word]) -> list[Word]:
        """Leave out what a later report of the same source contradicts, where nothing is undone."""
        if not words or not self.undoes_nothing(words[0].seen.fact):
            return words
        return [
            word
            for word in words
            if not any(
                other.reported > word.reported and not self.are_both_true(word, other)
                for other in words
            )
        ]

    def are_both_true(self, one: Word, other: Word) -> bool:
        """Whether two words on what cannot be undone can both be true."""
        if isinstance(self.fact(one.seen.fact), Act):
            values = {one.seen.value, other.seen.value}
            if values != {Truth(value=True), Truth(value=False)}:
                return True
            done, denied = (one, other) if one.seen.value == Truth(value=True) else (other, one)
            return self.latest_begin(done) > self.denied_until(denied)
        first, second = sorted((one, other), key=lambda word: word.begin)
        low, high = bounds_of(first.seen.value)[0], bounds_of(second.seen.value)[1]
        return first.begin == second.begin or low is None or high is None or low <= high

    def latest_begin(self, word: Word) -> datetime:
        """Return the last instant of the bare day on which a word begins, or its clock time."""
        if not word.seen.since.is_of_days:
            return word.begin
        return self.midnight(self.day(word.begin) + timedelta(days=1)) - TICK

    def denied_until(self, word: Word) -> datetime:
        """Return the least up to which a *not yet* is sure: of a bare day, that it had begun."""
        moment = word.seen.reported if word.over is None else word.seen.until
        assert moment is not None
        if moment.is_of_days:
            return self.midnight(self.day(word.last))
        return word.last

    # Words of several sources

    def overtaken(self, said: Said, others: list[Observation], at: datetime) -> Said | None:
        """Return what is left of a word at an instant, now that others have spoken."""
        word = said.word
        if word is None or said.is_spoken:
            return said
        for other in others:
            if other.source == word.seen.source or not self.overtakes(word, other, at):
                continue
            if isinstance(self.fact(word.seen.fact), Quantity) and self.undoes_nothing(
                word.seen.fact
            ):
                low = bounds_of(word.seen.value)[0]
                return None if low is None else Said(Range(low, None), word, is_spoken=True)
            return None
        return said

    def overtakes(self, word: Word, other: Observation, at: datetime) -> bool:
        """Whether another source's report ends a carried word from an instant on."""
        reported = self.last_of(other.reported)
        starts = [one for one in self.starts(other.since) if one <= reported]
        first = (starts or self.starts(other.since))[0]
        if first > at:
            return False
        over = None if other.until is None else self.ends(other.until)[0]
        newer = Word(other, first, first, reported, over)
        ends = self.may_end(word.seen.source, other.source)
        if not self.undoes_nothing(word.seen.fact):
            contrary = contradicts(word.seen.value, other.value)
            return contrary and ends and first > word.last
        if isinstance(self.fact(word.seen.fact), Act):
            contrary = (word.seen.value, other.value) == (Truth(value=False), Truth(value=True))
            possible = contrary and self.are_both_true(word, newer)
        else:
            high, low = bounds_of(word.seen.value)[1], bounds_of(other.value)[0]
            contrary = high is not None and low is not None and low > high
            possible = contrary and word.begin <= first and self.day(first) >= self.day(word.last)
        return possible and (first > word.last or (ends and at > word.last))

    def heard(
        self, fact: str, at: datetime, mode: Mode
    ) -> list[dict[str | None, tuple[object, ...]]]:
        """Return what each source says of a fact, once for each way to complete the dates."""
        key = ("heard", fact, at, mode)
        if key not in self.memory:
            self.memory[key] = list(self._heard(fact, at, mode))
        return self.memory[key]  # type: ignore[return-value]

    def _heard(
        self, fact: str, at: datetime, mode: Mode
    ) -> Iterator[dict[str | None, tuple[object, ...]]]:
        supposed = self.supposed(lambda each: [(it.fact, it.value) for it in each.facts], at)
        if fact in supposed:
            yield {None: (supposed[fact],)}
            return
        every = self.observations(fact, at)
        sources = dict.fromkeys(one.source for one in every)
        ways: list[list[tuple[object, ...]]] = []
        for name in sources:
            mine = [one for one in every if one.source == name]
            found: dict[tuple[object, ...], None] = {}
            for words in self.histories(mine, at, mode.late):
                left = [self.overtaken(said, every, at) for said in self.speaks(words, at, mode)]
                found[tuple(said.value for said in left if said is not None)] = None
            ways.append(list(found))
        for chosen in product(*ways):
            says = {name: values for name, values in zip(sources, chosen, strict=True) if values}
            yield self.most_reliable(says)

    def most_reliable(
        self, says: dict[str, tuple[object, ...]]
    ) -> dict[str | None, tuple[object, ...]]:
        """Keep the words of the most reliable sources, if the trust asks for that."""
        order = list(Reliability)
        if self.trust.most_reliable and says:
            best = min(order.index(self.scenario.source(name).reliability) for name in says)
            says = {
                name: values
                for name, values in says.items()
                if order.index(self.scenario.source(name).reliability) == best
            }
        return dict(says)

    def supposed(
        self, items: Callable[..., list[tuple[object, object]]], at: datetime
    ) -> dict[object, object]:
        """Return what is supposed at an instant; the last supposition counts."""
        found: dict[object, object] = {}
        for each in self.scenario.suppositions:
            if self.starts(each.since)[0] <= at:
                found.update(items(each))
        return found

    # Leaves

    def observed(self, leaf: Condition, at: datetime, mode: Mode) -> Verdict:
        """Judge a leaf on facts: in every way to complete the dates."""
        facts = facts_in(leaf)
        found = {
            self.weighed(leaf, says, at, mode)
            for says in product(*(self.heard(fact, at, mode) for fact in facts))
        }
        return found.pop() if len(found) == 1 else UNKNOWN

    def weighed(
        self,
        leaf: Condition,
        says: tuple[dict[str | None, tuple[object, ...]], ...],
        at: datetime,
        mode: Mode,
    ) -> Verdict:
        """Weigh what the sources say."""
        verdicts = list(self.outcomes(leaf, says, at))
        support = any(one is True for one in verdicts)
        denial = any(one is False for one in verdicts)
        if support and denial:
            return DISPUTED
        if support:
            return MET
        if denial:
            return UNMET
        return mode.silence if not verdicts else UNKNOWN

    def outcomes(
        self, leaf: Condition, says: tuple[dict[str | None, tuple[object, ...]], ...], at: datetime
    ) -> Iterator[bool | None]:
        """Yield whether each word supports (true) or denies (false) a leaf, or neither."""
        if len(says) == 2:
            assert isinstance(leaf, AtLeast | AtMost)
            assert isinstance(leaf.value, Times)
            yield from self.paired(leaf, leaf.value, *says)
            return
        for values in says[0].values():
            yield from (supports(leaf, value) for value in values)
        if isinstance(leaf, Answered):
            yield from self.unanswered(leaf, says[0], at)

    def paired(
        self,
        leaf: AtLeast | AtMost,
        times: Times,
        ones: dict[str | None, tuple[object, ...]],
        others: dict[str | None, tuple[object, ...]],
    ) -> Iterator[bool | None]:
        """Compare two numbers source by source; where one is silent, with those of the others."""
        if None in ones or None in others:
            everybody = (
                dict.fromkeys([*ones, *others]) if len(ones) + len(others) > 2 else {None: None}
            )
            names = [name for name in everybody if name is not None] or [None]
        else:
            names = list(dict.fromkeys([*ones, *others]))
        for name in names:
            mine = ones.get(name) or ones.get(None)
            theirs = others.get(name) or others.get(None)
            if mine is not None and theirs is not None:
                yield from (compared(leaf, value, times, base) for value in mine for base in theirs)
                continue
            left = [mine] if mine is not None else list(ones.values())
            right = [theirs] if theirs is not None else list(others.values())
            found = {
                compared(leaf, value, times, base)
                for values in left
                for value in values
                for bases in right
                for base in bases
            }
            yield found.pop() if len(found) == 1 else None

    def unanswered(
        self, leaf: Answered, says: dict[str | None, tuple[object, ...]], at: datetime
    ) -> Iterator[bool | None]:
        """Yield the denial of a question that was asked, until somebody says otherwise."""
        question = self.fact(leaf.question)
        assert isinstance(question, Question)
        if None in says:
            return
        said = any(
            one.value == Truth(value=True) and self.starts(one.since)[0] <= at
            for one in self.observations(leaf.question, at)
        )
        if not said and at >= self.starts(question.asked)[0]:
            yield False if at >= self.starts(question.asked)[-1] else None

    # Any condition

    def at(self, condition: Condition, when: datetime, mode: Mode = PLAIN) -> Verdict:
        """Judge a condition at an instant."""
        when = self.floor(when)
        key = ("at", condition, when, mode)
        self.looks += 1
        if self.looks > LOOKS:
            raise TooMuchError
        if key not in self.memory:
            if key in self.asked or len(self.memory) > ENOUGH:
                raise TooMuchError
            self.asked.append(key)
            self.memory[key] = self.judged(condition, when, mode, self.at_leaf(when, mode))
            self.asked.pop()
        return self.memory[key]  # type: ignore[return-value]

    def at_leaf(self, when: datetime, mode: Mode) -> Callable[[Condition, bool], Verdict]:
        """Return how to look up derived leaves at an instant."""
        return lambda leaf, _before: self.derived(leaf, when, mode)

    def judged(
        self,
        condition: Condition,
        when: datetime,
        mode: Mode,
        look: Callable[[Condition, bool], Verdict],
        *,
        before: bool = False,
    ) -> Verdict:
        """Judge a condition, given how to look up the derived leaves in it."""

        def part(inner: Condition) -> Verdict:
            return self.judged(inner, when, mode, look, before=before)

        match condition:
            case Holds() | Done() | AtLeast() | AtMost() | Answered():
                return self.observed(condition, when, mode)
            case Accepts() | InForce() | Fulfilled():
                return look(condition, before)
            case AllOf(parts=parts):
                return conjunction(map(part, parts))
            case AnyOf(parts=parts):
                return disjunction(map(part, parts))
            case AtLeastOf(count=count, parts=parts):
                return at_least(count, list(map(part, parts)))
            case Not(part=inner):
                return negation(part(inner))
            case Vague():
                return self.vague(condition, when, part)
            case Ever(condition=inner):
                return self.ever(inner, when, mode)
            case By():
                return self.by(condition, when, mode)
            case HeldFor():
                return self.held_for(condition, when, mode)
            case Throughout():
                return self.throughout(condition, when, mode)
            case When():
                return self.when(condition, when, mode)
        raise AssertionError(condition)

    def vague(self, demand: Vague, when: datetime, part: Callable[[Condition], Verdict]) -> Verdict:
        """Judge a vague demand by the meaning that is agreed, or by all that there can be."""
        agreed_on = self.supposed(
            lambda each: [(it.vague, it.meaning) for it in each.meanings], when
        )
        if demand.id in agreed_on:
            [meaning] = [one for one in demand.meanings if one.id == agreed_on[demand.id]]
            return part(meaning.condition)
        own = [one for one in demand.meanings if one.held_by == (self.trust.party,)]
        if len(own) == 1:
            return part(own[0].condition)
        if not demand.complete:
            return UNCLEAR
        found = {part(one.condition) for one in demand.meanings}
        return found.pop() if found in ({MET}, {UNMET}) else UNCLEAR

    # Histories (section 5)

    def first_word(self, condition: Condition) -> datetime | None:
        """Return when the first word on any fact of a condition begins; else its first date."""
        facts = set(self.facts_under(condition))
        found: list[datetime] = []
        for fact in facts:
            found += [self.starts(one.since)[0] for one in self.observations(fact, self.known)]
            found += [
                self.starts(each.since)[0]
                for each in self.scenario.suppositions
                if any(item.fact == fact for item in each.facts)
                and self.starts(each.since)[0] <= self.known
            ]
            question = self.fact(fact)
            if isinstance(question, Question):
                found += [each for each in self.starts(question.asked)[:1] if each <= self.known]
        if not facts:
            found = [self.starts(moment)[0] for moment in self.dates_under(condition, set())]
        return min(found, default=None)

    def facts_under(self, condition: Condition) -> Iterator[str]:
        """Yield the facts that a condition asks about, those of clauses included."""
        for part in walk(condition):
            if isinstance(part, Fulfilled):
                for duty in self.duties(part):
                    yield from self.facts_under(duty.requires)
            elif isinstance(part, Holds | Done | AtLeast | AtMost | Answered):
                yield from facts_in(part)

    def dates_under(self, condition: Condition, seen: set[Condition]) -> Iterator[Moment]:
        """Yield the dates in a condition, those of words and texts included."""
        for part in walk(condition):
            if part in seen:
                continue
            seen.add(part)
            yield from moments_in(part)
            match part:
                case Accepts(party=party, of=text):
                    yield from (one.date for one in self.words(party, text))
                    for member in self.scenario.party(party).members:
                        yield from self.dates_under(Accepts(member, text), seen)
                    if text in self.scenario.index.proposal_of:
                        whole = self.scenario.index.proposal_of[text].id
                        yield from self.dates_under(Accepts(party, whole), seen)
                case InForce(of=name):
                    text = self.scenario.index.text_of(name)
                    yield from (
                        one
                        for one in (text.tabled, text.starts, text.ends)
                        if isinstance(one, Moment)
                    )
                    for party in (*text.to, *text.by):
                        yield from self.dates_under(Accepts(party, text.id), seen)
                case _:
                    pass

    def instants_since_first_word(self, condition: Condition, last: datetime) -> list[datetime]:
        """Return the instants over which a history runs."""
        first = self.first_word(condition)
        return [last] if first is None else self.between(first, last)

    def so_far(self, inner: Condition, last: datetime, mode: Mode) -> Verdict:
        """Judge whether something was met at some instant so far.

        What later words or dates make certain of a time before the first word is certain, too.
        """
        since = self.instants_since_first_word(inner, last)
        early = self.kept_in_mind(("early", inner, mode), lambda: self.early(inner, mode))
        is_met = early is not None and early <= last
        return MET if is_met else disjunction(self.at(inner, one, mode) for one in since)

    def early(self, inner: Condition, mode: Mode) -> datetime | None:
        """Return when something was met before the first word on it, if it was."""
        first = self.first_word(inner)
        before = (one for one in self.grid if first is None or one < first)
        return next((one for one in before if self.at(inner, one, mode) is MET), None)

    def ever(self, inner: Condition, when: datetime, mode: Mode = PLAIN) -> Verdict:
        """Judge whether something was met at some instant so far."""
        return MET if self.at(inner, when, mode) is MET else self.so_far(inner, when, mode)

    def by(self, condition: By, when: datetime, mode: Mode = PLAIN) -> Verdict:
        """Judge whether something was met up to a deadline."""
        found, doubt = self.possible(condition.due, when, "due", silence=mode.silence)
        return agreed(
            (self.by_then(condition.condition, due, when, mode) for _, due in found), doubt
        )

    def by_then(
        self, inner: Condition, due: datetime | None, when: datetime, mode: Mode
    ) -> Verdict:
        """Judge a deadline that is known, or has not come."""
        found = {self._by_then(inner, due, when, mode)}
        if due is not None and self.is_clock(due):
            found.add(self._by_then(inner, due, when, evolve_mode(mode, late=due)))
        return agreed(found)

    def _by_then(
        self, inner: Condition, due: datetime | None, when: datetime, mode: Mode
    ) -> Verdict:
        is_before = due is None or when <= due
        upto = when if due is None else min(due, when)
        seen = evolve_mode(mode, silence=PENDING) if is_before else mode
        met = self.so_far(inner, upto, seen)
        if is_before:
            return disjunction([met, PENDING])
        if met is not UNMET:
            return met
        return UNMET if self.is_missed(inner, due, when, mode) else UNKNOWN

    def is_missed(self, inner: Condition, due: datetime | None, when: datetime, mode: Mode) -> bool:
        """Whether there is a word, spoken when the date passed or later, that it was not so."""
        assert due is not None
        hearing = evolve_mode(mode, since=due)
        return any(self.at(inner, one, hearing) is UNMET for one in self.between(due, when))

    def is_clock(self, at: datetime) -> bool:
        """Whether an instant is neither the first nor the last of a local day."""
        return at.astimezone(self.scenario.zone).time() not in {time(), time.max}

    def held_for(self, condition: HeldFor, when: datetime, mode: Mode) -> Verdict:
        """Judge whether something has held so long without a break."""
        first = condition.duration.shifted(when + TICK, self.scenario.zone, -1)
        found = [self.at(condition.condition, one, mode) for one in self.between(first, when)]
        held = conjunction(found)
        now = self.at(condition.condition, when, mode)
        if held is not UNMET or now is UNMET:
            return held
        return PENDING if now is MET else now

    def throughout(self, condition: Throughout, when: datetime, mode: Mode) -> Verdict:
        """Judge whether something held at every instant of a span."""
        silence = mode.silence
        starts, doubt = self.possible(condition.start, when, "start", silence=silence)
        ends, other = (
            self.possible(condition.end, when, "end", silence=silence)
            if condition.end
            else ([(None, None)], None)
        )
        together = (
            isinstance(condition.start, After)
            and isinstance(condition.end, After)
            and condition.start.condition == condition.end.condition
        )
        found = {
            self.lasted(condition.condition, start, end, when, mode)
            for (one, start), (two, end) in product(starts, ends)
            if not together or one == two
        }
        return agreed(found, conjunction(one for one in (doubt, other) if one is not None))

    def lasted(
        self,
        inner: Condition,
        start: datetime | None,
        end: datetime | None,
        when: datetime,
        mode: Mode,
    ) -> Verdict:
        """Judge a span whose bounds are known, or have not come."""
        if start is None or when < start:
            return PENDING
        last = when if end is None else min(when, end - TICK)
        clocks = [one for one in (start, end) if one is not None and self.is_clock(one)]
        modes = [mode, *(evolve_mode(mode, late=clock) for clock in clocks)]
        return agreed(
            {
                conjunction(self.at(inner, one, each) for one in self.between(start, last))
                for each in modes
            }
        )

    def when(self, condition: When, when: datetime, mode: Mode) -> Verdict:
        """Judge what must be so once a trigger was met."""
        trigger = self.ever(condition.trigger, when, mode)
        if trigger in {UNMET, PENDING}:
            return PENDING
        then = self.at(condition.then, when, mode)
        if trigger is MET:
            return then
        return next(one for one in OPEN if one in {trigger, PENDING, then})

    # Bounds

    def possible(
        self,
        bound: Bound,
        when: datetime,
        kind: str,
        entry: str | None = None,
        *,
        silence: Verdict = UNKNOWN,
    ) -> tuple[list[tuple[datetime | None, datetime | None]], Verdict]:
        """Return the instants that a bound may have, each with its event, and the doubt about it.

        Args:
            bound: The bound.
            when: The instant judged.
            kind: What it is: a start, an end, due, or what ends a text.
            entry: The text whose own end it is, if it is one.
            silence: What an event comes to on which nobody has a word.
        """
        if isinstance(bound, Moment):
            dates = {"start": self.starts, "due": self.lasts}.get(kind, self.ends)(bound)
            return [(one, one) for one in dates], UNKNOWN
        events, doubt = self.events(bound.condition, when, kind, Mode(silence))
        own = entry is not None and bound.condition == InForce(entry)
        return [(one, self.moved(one, bound.delay, kind, own=own)) for one in events], doubt

    def moved(
        self, event: datetime | None, delay: Delay, kind: str, *, own: bool = False
    ) -> datetime | None:
        """Return the bound that lies so long after an event; none where that has not come."""
        if event is None:
            return None
        zone = self.scenario.zone
        if own:
            return delay.shifted(event, zone, 1)
        found = delay.after(event, zone)
        is_hour = isinstance(found, datetime)
        if kind == "start":
            return found if is_hour else max(self.midnight(found), event)
        over = found if is_hour else self.midnight(found + timedelta(days=1))
        return over - TICK if kind == "due" else over

    def events(
        self, event: Condition, when: datetime, kind: str, mode: Mode
    ) -> tuple[list[datetime | None], Verdict]:
        """Return when an event may have come for the first time; none for not yet."""
        begin = self.first_word(event)
        if begin is None:
            now = self.at(event, when, mode)
            if now is MET:
                met = [
                    one
                    for one in self.between(self.grid[0], when)
                    if self.at(event, one, mode) is MET
                ]
                return [met[0]], UNKNOWN
            if kind == "ends" or now in {UNMET, PENDING}:
                return [None], UNKNOWN
            every = self.between(self.grid[0], when)
            return [
                *(one for one in every if self.at(event, one, mode) not in {UNMET, PENDING}),
                None,
            ], now
        doubtful: list[datetime] = []
        silent: list[datetime] = []
        found: list[Verdict] = []
        # the first word may speak further back; what nobody reported before it leaves no doubt
        early = [one for one in self.between(self.grid[0], when) if one < begin]
        for one in (*early, *self.instants_since_first_word(event, when)):
            now = self.at(event, one, mode)
            if now is MET:
                return [*doubtful, one], disjunction(v for v in found if v is not PENDING)
            if now in {UNMET, PENDING}:
                continue
            unreported = self.at(event, one, Mode(silence=PENDING)) is PENDING
            if unreported and one < begin:
                continue
            found.append(now)
            (silent if unreported else doubtful).append(one)
        later = [one for one in self.grid if when < one <= self.known]
        if any(self.at(event, one, mode) is MET for one in later):
            silent = []  # by now it is known when it came, which no silence before unsettles
            found = [self.at(event, one, mode) for one in doubtful]
        maybe = sorted([*doubtful, *silent])
        return [*maybe, None], disjunction(found) if maybe else UNKNOWN

    # Acceptance (section 6)

    def words(self, party: str, text: str) -> list[object]:
        """Return a party's words on a text that are heard."""
        return [
            one
            for one in self.scenario.statements
            if one.party == party
            and one.stance is not None
            and one.about.text == text
            and self.hears(one.source)
            and self.last_of(one.reported) <= self.known
        ]

    def dated(self, several: list[object], at: datetime) -> Iterator[dict[str, datetime]]:
        """Yield the dates of statements, completed in every way."""
        ways: list[list[datetime]] = []
        count = 1
        near = {self.day(at) + timedelta(days=more) for more in (-1, 0, 1)}
        for one in several:
            for start in ends_of(self.starts(one.date)):
                near |= {self.day(start) + timedelta(days=more) for more in (-1, 0, 1)}
        for one in several:
            reported = self.last_of(one.reported)
            starts = [start for start in self.starts(one.date) if start <= reported]
            starts = starts or self.starts(one.date)[:1]
            ways.append([s for s in starts if s in {starts[0], starts[-1]} or self.day(s) in near])
            count *= len(ways[-1])
        if count > MOST:
            raise TooMuchError
        for chosen in product(*ways):
            yield {one.id: start for one, start in zip(several, chosen, strict=True)}

    def acceptance(
        self, leaf: Accepts, at: datetime, look: Callable[[Condition, bool], Verdict], mode: Mode
    ) -> Verdict:
        """Judge a party's word on a text, or on a part of one."""
        whole = self.scenario.index.text_of(leaf.of)
        texts = [whole.id, *(one.id for one in whole.provisions)]
        several = [one for text in texts for one in self.words(leaf.party, text)]
        several += [
            self.scenario.statement(gate.statement)
            for text in texts
            for gate in self.gates(leaf.party, text)
            if gate.statement is not None
        ]
        several = list({one.id: one for one in several}.values())
        found = {
            self.accepted(leaf, whole, dates, at, look, mode) for dates in self.dated(several, at)
        }
        return agreed(found) if len(found) == 1 else UNKNOWN

    def gates(self, party: str, text: str) -> list[Precondition]:
        """Return what a party holds that its acceptance of a text needs."""
        return [
            one
            for one in self.scenario.preconditions
            if one.of == Accepts(party, text) and one.held_by == party
        ]

    def standing(
        self, party: str, text: str, dates: dict[str, datetime], at: datetime
    ) -> tuple[object, date, datetime | None, datetime] | None:
        """Return a party's latest stance on a text, its day, its clock time, and when it began."""
        supposed = self.supposed(
            lambda each: [(it.of, (it.stance, self.starts(each.since)[0])) for it in each.words], at
        )
        if Accepts(party, text) in supposed:
            # it is taken as spoken again and again, since it overrides what is said from then on
            stance, since = supposed[Accepts(party, text)]
            return stance, date.max, since, at
        spoken = [one for one in self.words(party, text) if dates[one.id] <= at]
        if not spoken:
            return None
        day = max(self.day(dates[one.id]) for one in spoken)
        on_it = [one for one in spoken if self.day(dates[one.id]) == day]
        clocked = [one for one in on_it if not one.date.is_of_days]
        latest = max((dates[one.id] for one in clocked), default=None)
        last = [one for one in on_it if one.date.is_of_days or dates[one.id] == latest]
        stances = {one.stance for one in last}
        clock = latest if len(clocked) == len(on_it) else None
        begun = min(dates[one.id] for one in last)
        if stances & {Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS} and stances & {
            Stance.REJECTS,
            Stance.WITHDREW,
        }:
            return DISPUTED, day, clock, begun
        return max(stances, key=list(Stance).index), day, clock, begun

    def accepted(
        self,
        leaf: Accepts,
        whole: Proposal,
        dates: dict[str, datetime],
        at: datetime,
        look: Callable[[Condition, bool], Verdict],
        mode: Mode,
    ) -> Verdict:
        """Judge a party's word, where its dates are known."""
        party = leaf.party
        on_whole = self.standing(party, whole.id, dates, at)
        members = [Accepts(one, leaf.of) for one in self.scenario.party(party).members]
        if leaf.of != whole.id:
            own = self.standing(party, leaf.of, dates, at)
            if own is not None and not is_before(own, on_whole):
                return self.of_word(party, leaf.of, own, dates, at, look, mode)
            if on_whole is not None:
                return self.of_word(party, whole.id, on_whole, dates, at, look, mode)
            return conjunction(look(one, False) for one in members) if members else mode.silence
        beside = {one.id: self.standing(party, one.id, dates, at) for one in whole.provisions}
        parts = [
            self.of_word(party, name, own, dates, at, look, mode)
            for name, own in beside.items()
            if own is not None and not is_before(own, on_whole)
        ]
        if on_whole is not None:
            return conjunction(
                [self.of_word(party, whole.id, on_whole, dates, at, look, mode), *parts]
            )
        if members:
            return conjunction([*(look(one, False) for one in members), *parts])
        return mode.silence  # what is said of a part leaves open what the word on the whole is

    def of_word(
        self,
        party: str,
        text: str,
        word: tuple[object, date, datetime | None, datetime],
        dates: dict[str, datetime],
        at: datetime,
        look: Callable[[Condition, bool], Verdict],
        mode: Mode,
    ) -> Verdict:
        """Return what a stance comes to."""
        stance = word[0]
        match stance:
            case Verdict.DISPUTED:
                return DISPUTED
            case Stance.ACCEPTS:
                return MET
            case Stance.REJECTS | Stance.WITHDREW:
                return UNMET
            case Stance.UNDECIDED | Stance.ASKS_FOR_CLARIFICATION:
                return PENDING
            case _:
                needed = self.needed(party, text, word, dates, at, look, mode)
                also = [PENDING] if stance is Stance.ACCEPTS_IN_PRINCIPLE else []
                return conjunction([needed, *also])

    def needed(
        self,
        party: str,
        text: str,
        word: tuple[object, date, datetime | None, datetime],
        dates: dict[str, datetime],
        at: datetime,
        look: Callable[[Condition, bool], Verdict],
        mode: Mode,
    ) -> Verdict:
        """Judge a party's preconditions as they stand."""
        dropped = {
            name
            for each in self.scenario.suppositions
            if self.starts(each.since)[0] <= at
            for name in each.without
        }
        recorded: list[list[Verdict]] = []
        for gate in self.gates(party, text):
            if gate.statement is not None:
                said = self.scenario.statement(gate.statement)
                known = self.last_of(said.reported) <= self.known and self.hears(said.source)
                if not known or dates[said.id] > at or self.is_ended(party, text, said, dates, at):
                    continue
            taken_back = None if gate.withdrawn is None else self.starts(gate.withdrawn)
            if taken_back is not None and len(taken_back) > 1:
                raise TooMuchError
            if taken_back is not None and taken_back[0] <= at:
                clock = None if gate.withdrawn.is_of_days else taken_back[0]
                when = (None, self.day(taken_back[0]), clock, taken_back[0])
                recorded += [] if is_before(when, word) else [[]]
            elif gate.id in dropped:
                recorded.append([])
            else:
                is_first = self.timing(gate, at) is Timing.BEFORE
                found = self.judged(gate.needs, at, mode, look, before=is_first)
                recorded.append([found])
        return conjunction(v for one in recorded for v in one) if recorded else UNKNOWN

    def timing(self, gate: Precondition, at: datetime) -> Timing:
        """Return how what is needed stands in time."""
        turned = any(
            gate.id in each.together and self.starts(each.since)[0] <= at
            for each in self.scenario.suppositions
        )
        return Timing.TOGETHER if turned else gate.timing

    def is_ended(
        self, party: str, text: str, said: object, dates: dict[str, datetime], at: datetime
    ) -> bool:
        """Whether a plain word has ended what was said before it."""
        mine = self.placed(said, dates)
        return any(
            is_before(mine, self.placed(one, dates))
            for one in self.words(party, text)
            if one.stance in {Stance.ACCEPTS, Stance.REJECTS, Stance.WITHDREW}
            and dates[one.id] <= at
        )

    def placed(
        self, one: object, dates: dict[str, datetime]
    ) -> tuple[object, date, datetime | None, datetime]:
        """Return the day of a statement, and its clock time."""
        at = dates[one.id]
        return one.stance, self.day(at), None if one.date.is_of_days else at, at

    # In force (section 6)

    def parties_needed(self, text: Proposal, at: datetime) -> list[str]:
        """Return those whose acceptance a text needs."""
        spoken = [
            party
            for party in text.by
            if any(self.starts(one.date)[-1] <= at for one in self.words(party, text.id))
            or any(
                it.of == Accepts(party, text.id) and self.starts(each.since)[0] <= at
                for each in self.scenario.suppositions
                for it in each.words
            )
        ]
        return list(dict.fromkeys([*text.to, *spoken]))

    def plain(self, party: str, text: Proposal, at: datetime) -> set[str]:
        """Return what a party may have said: yes, no (or took it back), or anything else."""
        return self.kept_in_mind(
            ("plain", party, text.id, at), lambda: self._plain(party, text, at)
        )

    def kept_in_mind(self, key: tuple[object, ...], ask: Callable[[], object]) -> Any:
        """Ask once."""
        if key not in self.memory:
            if len(self.memory) > ENOUGH:
                raise TooMuchError
            self.memory[key] = ask()
        return self.memory[key]

    def _plain(self, party: str, text: Proposal, at: datetime) -> set[str]:
        names = [text.id, *(one.id for one in text.provisions)]
        several = [one for name in names for one in self.words(party, name)]
        found: set[str] = set()
        for dates in self.dated(several, at):
            whole = self.standing(party, text.id, dates, at)
            beside = [self.standing(party, one.id, dates, at) for one in text.provisions]
            parts = {b[0] for b in beside if b is not None and not is_before(b, whole)}
            if whole is None:
                members = self.scenario.party(party).members
                each = [self.plain(one, text, at) for one in members]
                reserved = ["yes" if parts <= {Stance.ACCEPTS} else "other"]
                if not members:
                    found.add("silent")
                else:
                    found |= {
                        max((*way, *reserved), key=["yes", "other", "silent", "no"].index)
                        for way in product(*each)
                    }
                continue
            stances = {whole[0], *parts}
            if whole[0] in {Stance.REJECTS, Stance.WITHDREW}:
                found.add("no")
            else:
                found.add("yes" if stances == {Stance.ACCEPTS} else "other")
        return found

    def phase(
        self, name: str, at: datetime, start: datetime | None, *, eager: bool
    ) -> tuple[bool, datetime | None]:
        """Return whether a text has entered into force and not been left, and its last entry.

        Args:
            name: The text.
            at: The instant judged.
            start: When it starts; none for not yet.
            eager: Whether words of which it is not certain that they were spoken count.
        """
        text = self.scenario.proposal(name)
        tabled = (
            self.grid[0] if text.tabled is None else self.starts(text.tabled)[0 if eager else -1]
        )
        if start is None or max(start, tabled) > at:
            return False, None
        inside, entry = False, None
        for one in self.between(max(start, tabled), at):
            key = (name, one, eager)
            if key not in self.answers:
                self.answers[key] = self.answered(text, one, eager=eager)
            all_yes, any_no = self.answers[key]
            if not inside and all_yes:
                inside, entry = True, one
            elif inside and any_no and text.ends is None:
                inside = False
        return inside, entry

    def answered(self, text: Proposal, at: datetime, *, eager: bool) -> tuple[bool, bool]:
        """Return whether all have plainly accepted a text, and whether one has said no."""
        said = [self.plain(party, text, at) for party in self.parties_needed(text, at)]
        if any(len(each) > 1 for each in said):
            all_yes = eager and all("yes" in each for each in said)
            return all_yes, not eager and any("no" in each for each in said)
        return all(each == {"yes"} for each in said), any(each == {"no"} for each in said)

    def formal(
        self,
        name: str,
        at: datetime,
        look: Callable[[Condition, bool], Verdict],
        ends: set[datetime] | None = None,
    ) -> Verdict:
        """Judge by words and dates alone whether a text is in force."""
        text = self.scenario.proposal(name)
        found: set[Verdict] = set()
        doubt = UNKNOWN
        if text.tabled is not None and at < self.starts(text.tabled)[0]:
            own = isinstance(text.ends, After) and text.ends.condition == InForce(text.id)
            some = [] if text.ends is None or own else self.possible(text.ends, at, "ends")[0]
            is_over = bool(some) and all(over is not None and at >= over for _, over in some)
            return UNMET if is_over else PENDING
        starts, doubt = (
            self.possible(text.starts, at, "start")
            if text.starts
            else ([(None, self.grid[0])], UNKNOWN)
        )
        for _, start in starts:
            for eager in (False, True):
                if not eager and text.tabled and at < self.starts(text.tabled)[-1]:
                    found.add(PENDING)
                    continue
                found.add(self.formal_from(text, at, start, look, ends, eager=eager))
        return agreed(found, doubt)

    def formal_from(
        self,
        text: Proposal,
        at: datetime,
        start: datetime | None,
        look: Callable[[Condition, bool], Verdict],
        seen: set[datetime] | None,
        *,
        eager: bool,
    ) -> Verdict:
        """Judge a text whose start is known, or has not come."""
        inside, entry = self.phase(text.id, at, start, eager=eager)
        ended = self.superseded(text, at)
        if seen is not None:
            seen |= ended
        if ended:
            return UNMET
        if text.ends is not None:
            if isinstance(text.ends, After) and text.ends.condition == InForce(text.id):
                overs, doubt = [self.moved(entry, text.ends.delay, "end", own=True)], UNKNOWN
            else:
                some, doubt = self.possible(text.ends, at, "ends")
                overs = [over for _, over in some]
            if seen is not None:
                seen |= {over for over in overs if over is not None and over <= at}
            return agreed(
                {self.formal_until(text, at, start, over, look, inside=inside) for over in overs},
                doubt,
            )
        return self.formal_until(text, at, start, None, look, inside=inside)

    def formal_until(
        self,
        text: Proposal,
        at: datetime,
        start: datetime | None,
        over: datetime | None,
        look: Callable[[Condition, bool], Verdict],
        *,
        inside: bool,
    ) -> Verdict:
        """Judge a text whose start and end are known, or have not come."""
        if over is not None and at >= over:
            longer = [
                look(InForce(one.id), False)
                for one in self.scenario.proposals
                if one.prolongs == text.id
                and self.is_spoken_on(one, at)
                and (one.tabled is None or self.starts(one.tabled)[0] <= at)
            ]
            return disjunction(longer)
        if inside:
            return MET
        needed = [look(Accepts(one, text.id), False) for one in self.parties_needed(text, at)]
        waits = [PENDING] if start is None or at < start else []
        return conjunction([*needed, *waits])

    def is_spoken_on(self, text: Proposal, at: datetime) -> bool:
        """Whether anybody has spoken on a text."""
        return any(
            one.about.text == text.id
            and one.stance is not None
            and self.hears(one.source)
            and self.last_of(one.reported) <= self.known
            and self.starts(one.date)[0] <= at
            for one in self.scenario.statements
        ) or any(
            it.of.of == text.id and self.starts(each.since)[0] <= at
            for each in self.scenario.suppositions
            for it in each.words
        )

    def superseded(self, text: Proposal, at: datetime) -> set[datetime]:
        """Return when a text in its place has entered into force, if one has."""
        found: set[datetime] = set()
        for newer in self.scenario.proposals:
            is_there = newer.tabled is None or self.starts(newer.tabled)[0] <= at
            if newer.previous == text.id and is_there and self.is_spoken_on(newer, at):
                entered = [one for one in self.between(self.grid[0], at) if self.stands(newer, one)]
                found |= set(entered[:1])
        return found

    def stands(self, text: Proposal, at: datetime) -> bool:
        """Whether a text is in force by plain words, dates, and reports."""
        return self.kept_in_mind(("stands", text.id, at), lambda: self._stands(text, at))

    def _stands(self, text: Proposal, at: datetime) -> bool:

        def never(leaf: Condition, _before: bool) -> Verdict:
            if isinstance(leaf, InForce):
                return MET if self.stands(self.scenario.proposal(leaf.of), at) else UNMET
            return UNMET

        return self.reported(text, at, self.formal(text.id, at, never)) is MET

    def reported(self, text: Proposal, at: datetime, formal: Verdict) -> Verdict:
        """Let the reports on a text replace what is formally so, or stand beside it."""
        if text.in_force is None:
            return formal
        turn = self.last_turn(text, at)
        supposed = self.supposed(lambda each: [(it.fact, it.value) for it in each.facts], at)
        by_observers = text.in_force in supposed or self.is_made_since(
            text, at, turn, observers=True
        )
        base = self.told(text, at, observers=True) if by_observers else None
        base = formal if base is None else base
        if text.in_force in supposed or not self.is_made_since(text, at, turn, observers=False):
            return base
        claimed = self.told(text, at, observers=False)
        if claimed is None:
            return base
        if base is UNKNOWN:
            return claimed
        return DISPUTED if {base, claimed} == {MET, UNMET} or claimed is DISPUTED else base

    def is_made_since(
        self, text: Proposal, at: datetime, turn: datetime | None, *, observers: bool
    ) -> bool:
        """Whether the latest report was made on the day of the last formal turn or after it."""
        made = [
            self.last_of(one.reported)
            for one in self.observations(str(text.in_force), at)
            if self.is_observer(one.source) is observers and self.starts(one.since)[0] <= at
        ]
        return bool(made) and (turn is None or self.day(max(made)) >= self.day(turn))

    def told(self, text: Proposal, at: datetime, *, observers: bool) -> Verdict | None:
        """Return what the reports on a text say; none where they say nothing."""
        leaf = Holds(str(text.in_force))
        found: set[Verdict] = set()
        for says in self.heard(leaf.state, at, PLAIN):
            kept = {
                name: values
                for name, values in says.items()
                if name is None or self.is_observer(name) is observers
            }
            found.add(self.weighed(leaf, (kept,), at, Mode(silence=UNCLEAR)))
        verdict = agreed(found)
        return None if verdict is UNCLEAR else verdict

    def last_turn(self, text: Proposal, at: datetime) -> datetime | None:
        """Return the last instant so far at which the formal verdict changed, or an end came."""
        return self.kept_in_mind(("turn", text.id, at), lambda: self._last_turn(text, at))

    def _last_turn(self, text: Proposal, at: datetime) -> datetime | None:
        ends: set[datetime] = set()
        turn, before = None, None
        for one in self.between(self.grid[0], at):
            now = self.formal(text.id, one, self.at_leaf(one, PLAIN), ends)
            if before is not None and now is not before:
                turn = one
            before = now
        passed = [one for one in ends if one <= at]
        return max([*passed, *([turn] if turn else [])], default=None)

    # Clauses (sections 6 and 7)

    def duties(self, leaf: Fulfilled) -> list[Duty]:
        """Return the duties that a leaf asks about."""
        every = self.scenario.provision(leaf.provision).duties
        return [duty for duty in every if leaf.by is None or leaf.by in duty.by]

    def standing_clause(
        self, clause: Provision, at: datetime, look: Callable[[Condition, bool], Verdict]
    ) -> Verdict:
        """Judge whether a clause is in force."""
        return conjunction(self.bindings(clause, at, look))

    def bindings(
        self, clause: Provision, at: datetime, look: Callable[[Condition, bool], Verdict]
    ) -> list[Verdict]:
        """Judge all that must be so for a clause to be in force."""
        text = self.scenario.index.proposal_of[clause.id]
        force = look(InForce(text.id), False)
        if clause.survives and force is not MET:
            past = [
                self.derived(InForce(text.id), one, PLAIN)
                for one in self.between(self.grid[0], at)[:-1]
            ]
            force = MET if MET in past else force
        found = [force, *([UNMET] if self.is_replaced(clause, at) else [])]
        if clause.starts is not None:
            some, doubt = self.possible(clause.starts, at, "start")
            found.append(
                agreed(
                    {MET if one is not None and at >= one else PENDING for _, one in some}, doubt
                )
            )
        if clause.ends is not None:
            some, doubt = self.possible(clause.ends, at, "ends")
            found.append(
                agreed({UNMET if one is not None and at >= one else MET for _, one in some}, doubt)
            )
        return found

    def is_replaced(self, clause: Provision, at: datetime) -> bool:
        """Whether a text with a clause in its place is in force."""
        return any(
            clause.id in other.replaces and self.is_spoken_on(newer, at) and self.stands(newer, at)
            for newer in self.scenario.proposals
            for other in newer.provisions
        )

    def in_term(self, clause: Provision, at: datetime) -> Verdict:
        """Return whether an instant lies in the term: met, unmet, or the doubt about it."""
        text = self.scenario.index.proposal_of[clause.id]
        found = self.bindings(clause, at, self.at_leaf(at, PLAIN))
        if UNMET in found or PENDING in found:
            return UNMET  # what surely lies outside by one of them lies outside
        silent = any(
            "silent" in self.plain(party, text, at) for party in self.parties_needed(text, at)
        )
        return UNMET if silent and MET is not conjunction(found) else conjunction(found)

    def terms(self, clause: Provision, at: datetime) -> tuple[list[list[datetime]], Verdict | None]:
        """Return the instants of the term so far, without and with doubtful ones, and the doubt."""
        return self.kept_in_mind(("terms", clause.id, at), lambda: self._terms(clause, at))

    def _terms(
        self, clause: Provision, at: datetime
    ) -> tuple[list[list[datetime]], Verdict | None]:
        every = self.between(self.grid[0], at)
        found = {one: self.in_term(clause, one) for one in every}
        sure = [one for one in every if found[one] is MET]
        wide = [one for one in every if found[one] is not UNMET]
        doubts = [found[one] for one in every if found[one] not in {MET, UNMET}]
        return [sure, wide], conjunction(doubts) if doubts else None

    def speaks_then(self, word: Word, since: datetime) -> bool:
        """Whether a word speaks of an instant or later, whichever hour of its day it is of."""
        if word.over is None and word.seen.reported.is_of_days and self.is_clock(since):
            return word.last >= since and self.day(word.last) > self.day(since)
        return word.last >= since

    def required(self, duty: Duty, one: datetime, term: list[datetime], *, late: bool) -> Verdict:
        """Judge what a duty requires at an instant.

        Late, where the term ends at an hour of that day, and what is told of the day came after it.
        """
        later = [each for each in self.grid if each > one]
        outside = next((each for each in later if each not in term), None)
        if not late or one not in term or outside is None or not self.is_clock(outside):
            return self.at(duty.requires, one)
        if self.day(outside) != self.day(one):
            return self.at(duty.requires, one)
        return self.at(duty.requires, one, evolve_mode(PLAIN, late=outside))

    def surely(self, duty: Duty, one: datetime, term: list[datetime]) -> Verdict:
        """Judge what a duty requires at an instant, whichever hour what is told of a day is of."""
        return agreed({self.required(duty, one, term, late=late) for late in self.ways(term)})

    def ways(self, term: list[datetime]) -> tuple[bool, ...]:
        """Return whether words may have come after an hour at which the term ends."""
        inside = set(term)
        ends = (one for last, one in pairwise(self.grid) if last in inside and one not in inside)
        return (False, True) if any(map(self.is_clock, ends)) else (False,)

    def fulfilment(self, leaf: Fulfilled, at: datetime) -> Verdict:
        """Judge what the duties of a clause require, over its term."""
        clause = self.scenario.provision(leaf.provision)
        terms, doubt = self.terms(clause, at)
        found = {
            conjunction(self.duty(clause, duty, term, at) for duty in self.duties(leaf))
            for term in terms
        }
        return found.pop() if len(found) == 1 else (UNKNOWN if doubt is None else doubt)

    def duty(self, clause: Provision, duty: Duty, term: list[datetime], at: datetime) -> Verdict:
        """Judge one duty over a term."""
        ways = self.ways(term)
        return agreed({self._duty(clause, duty, term, at, late=late) for late in ways})

    def _duty(
        self, clause: Provision, duty: Duty, term: list[datetime], at: datetime, *, late: bool
    ) -> Verdict:
        at = self.floor(at)
        over = bool(term) and at not in term
        ending = term[-1] if over else at
        now = self.required(duty, ending, term, late=late)
        if clause.kind in {ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION}:
            return now if term else PENDING
        if now is MET or self.at(duty.requires, at) is MET:
            return MET
        if now is UNMET and any(self.required(duty, one, term, late=late) is MET for one in term):
            return UNMET
        if not term:
            return PENDING
        due = duty.due or clause.due
        dates, doubt = self.possible(due, at, "due") if due else ([(None, None)], UNKNOWN)
        found = {
            self.step(clause, duty, term, at, now, date, dated=due is not None) for _, date in dates
        }
        return agreed(found, doubt)

    def step(
        self,
        clause: Provision,
        duty: Duty,
        term: list[datetime],
        at: datetime,
        now: Verdict,
        due: datetime | None,
        *,
        dated: bool,
    ) -> Verdict:
        """Judge a step that is not taken, whose date is known, or has not come."""
        ending = term[-1] if term and at not in term else at
        is_before = dated and (due is None or at <= due)
        if now is not UNMET:
            unreported = self.at(duty.requires, ending, Mode(silence=PENDING)) is PENDING
            return PENDING if is_before and now is UNKNOWN and unreported else now
        over = at not in term
        if over and (due is None or self.exit_of(term) <= due):
            return UNMET
        if is_before:
            return PENDING
        if not dated:
            return UNMET
        mode = Mode(verifiers=frozenset(clause.verified_by))
        return UNMET if self.is_missed(duty.requires, due, at, mode) else UNKNOWN

    # Performance (section 7)

    def became(self, clause: Provision, duty: Duty, at: datetime) -> str:
        """Name what became of a duty."""
        at = self.floor(at)
        terms, _ = self.terms(clause, at)
        found = {
            self.became_in(clause, duty, term, at, late=late)
            for term in terms
            for late in self.ways(term)
        }
        return found.pop() if len(found) == 1 else "OPEN"

    def became_in(
        self, clause: Provision, duty: Duty, term: list[datetime], at: datetime, *, late: bool
    ) -> str:
        """Name what became of a duty over a term."""
        if self.is_replaced(clause, at):
            return "SUPERSEDED"
        ending = term[-1] if term and at not in term else at
        now = self.required(duty, ending, term, late=late)
        if clause.kind in {ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION}:
            return self.kept(duty, term, now)
        if now is MET or self.at(duty.requires, at) is MET:
            return self.met(clause, duty, at)
        if not term:
            return "NOT_OWED"
        if now is UNMET and any(self.required(duty, one, term, late=late) is MET for one in term):
            return "BREACHED"
        due = duty.due or clause.due
        dates, _ = self.possible(due, at, "due") if due else ([(None, None)], UNKNOWN)
        found = {
            self.not_done(clause, duty, term, at, now, date, dated=due is not None)
            for _, date in dates
        }
        return found.pop() if len(found) == 1 else "OPEN"

    def kept(self, duty: Duty, term: list[datetime], now: Verdict) -> str:
        """Name what became of a standing duty, or of a prohibition."""
        if not term:
            return "NOT_OWED"
        if now is UNMET:
            return "BREACHED"
        if now is PENDING:
            return "NOT_DUE"
        if now is not MET:
            return "OPEN"
        broken = any(self.surely(duty, one, term) is UNMET for one in term)
        return "VIOLATED" if broken else "KEPT"

    def met(self, clause: Provision, duty: Duty, at: datetime) -> str:
        """Name whether a step was taken in time."""
        due = duty.due or clause.due
        if due is None:
            return "MET"
        return "MET_LATE" if self.at(By(duty.requires, due), at) is UNMET else "MET"

    def not_done(
        self,
        clause: Provision,
        duty: Duty,
        term: list[datetime],
        at: datetime,
        now: Verdict,
        due: datetime | None,
        *,
        dated: bool,
    ) -> str:
        """Name what became of a step that is not taken, and never was in the term."""
        found = self.step(clause, duty, term, at, now, due, dated=dated)
        passed = dated and due is not None and at > due
        within = passed and (at in term or self.exit_of(term) > due)
        if found is PENDING:
            return "OVERDUE" if within else "NOT_DUE"
        if found is not UNMET:
            return "OPEN"
        if within:
            return "OVERDUE"
        return "OWED" if not dated and at in term else "LAPSED"

    def spans(
        self, clause: Provision, duty: Duty, at: datetime, wanted: set[Verdict]
    ) -> list[tuple[datetime, datetime | None]]:
        """Return the spans of the term in which what a duty requires has one of some verdicts.

        Where one verdict follows another, another span begins.
        """
        (term, _), _ = self.terms(clause, self.floor(at))
        found: list[tuple[datetime, datetime | None]] = []
        before: Verdict | None = None
        for one in term:
            now = self.surely(duty, one, term)
            later = next((each for each in self.grid if each > one), None)
            if now in wanted and found and found[-1][1] == one and now is before:
                found[-1] = (found[-1][0], later)
            elif now in wanted:
                found.append((one, later))
            before = now
        return found

    def exit_of(self, term: list[datetime]) -> datetime:
        """Return when a term that is over ended."""
        return next(one for one in self.grid if one > term[-1])

    def is_read_as_it_stands(self, clause: str) -> bool:
        """Whether a clause is in one circle with a text that waits for it."""
        asked = [Fulfilled(clause, by) for by in (None, *map(str, self.scenario.index.parties))]
        groups = components(asked, self.owed)
        if any(len(group) > 1 or group[0] in self.owed(group[0]) for group in groups):
            raise TooMuchError  # of what owes itself, alone or in a circle, the design is silent
        if "circles" not in self.memory:
            roots = [Fulfilled(name) for name in self.scenario.index.provisions]
            self.memory["circles"] = {
                node: group for group in components(roots, self.waits_for) for node in group
            }
        group = self.memory["circles"][Fulfilled(clause)]  # type: ignore[index]
        return any(not isinstance(one, Fulfilled) for one in group)

    def owed(self, leaf: Condition) -> list[Condition]:
        """Return the clauses that the duties of a clause require."""
        requires = [duty.requires for duty in self.duties(leaf)]
        return [part for each in requires for part in walk(each) if isinstance(part, Fulfilled)]

    def waits_for(self, leaf: Condition) -> Iterator[Condition]:
        """Yield what a text waits for (through preconditions and starts), or a clause."""
        match leaf:
            case Fulfilled(provision=name):
                yield InForce(self.scenario.index.proposal_of[name].id)
                for duty in self.scenario.provision(name).duties:
                    yield from named(duty.requires)
            case InForce(of=name):
                text = self.scenario.index.text_of(name)
                spoken = [party for party in text.by if self.words(party, text.id)]
                yield from (Accepts(party, text.id) for party in (*text.to, *spoken))
                if isinstance(text.starts, After):
                    yield from named(text.starts.condition)
            case Accepts(party=party, of=name):
                text = self.scenario.index.text_of(name)
                spoken = [one.id for one in text.provisions if self.words(party, one.id)]
                for one in dict.fromkeys((text.id, *spoken, name)):
                    for gate in self.gates(party, one):
                        yield from named(gate.needs)
                for member in self.scenario.party(party).members:
                    yield Accepts(member, name)

    # Circles (section 6)

    def references(self, leaf: Condition) -> Iterator[Condition]:
        """Yield the derived leaves at the same instant on which one may rest."""
        match leaf:
            case Accepts(party=party, of=text):
                whole = self.scenario.index.text_of(text)
                names = {text, whole.id}
                if text == whole.id:
                    names |= {one.id for one in whole.provisions}
                for name in sorted(names):
                    for gate in self.gates(party, name):
                        yield from present(gate.needs)
                for member in self.scenario.party(party).members:
                    yield Accepts(member, text)
            case InForce(of=name) if name in self.scenario.index.provisions:
                yield InForce(self.scenario.index.proposal_of[name].id)
            case InForce(of=name):
                text = self.scenario.proposal(name)
                yield from (Accepts(party, name) for party in (*text.to, *text.by))
                yield from (
                    InForce(one.id) for one in self.scenario.proposals if one.prolongs == name
                )
            case Fulfilled(provision=name):
                if self.is_read_as_it_stands(name):
                    for duty in self.duties(leaf):
                        yield from present(duty.requires)

    def derived(self, leaf: Condition, at: datetime, mode: Mode) -> Verdict:
        """Judge a derived leaf, with all that is in one circle with it."""
        at = self.floor(at)
        key = ("derived", leaf, at, mode)
        if key in self.memory:
            return self.memory[key]  # type: ignore[return-value]
        if key in self.asked or len(self.memory) > ENOUGH:
            raise TooMuchError
        self.asked.append(key)
        for group in components([leaf], lambda one: list(self.references(one))):
            if ("derived", group[0], at, mode) in self.memory:
                continue
            if len(group) == 1 and group[0] not in set(self.references(group[0])):
                found = {group[0]: self.step_of(group[0], at, mode, {}, {})}
            else:
                found = self.carried(group, at, mode)
            for one, verdict in found.items():
                self.memory["derived", one, at, mode] = verdict
        self.asked.pop()
        return self.memory[key]  # type: ignore[return-value]

    def step_of(
        self,
        leaf: Condition,
        at: datetime,
        mode: Mode,
        now: dict[Condition, Verdict],
        before: dict[Condition, Verdict],
    ) -> Verdict:
        """Judge a derived leaf, given what the others in its circle come to."""

        def look(other: Condition, is_first: bool) -> Verdict:
            known = before if is_first else now
            return known[other] if other in known else self.derived(other, at, mode)

        match leaf:
            case Accepts():
                return self.acceptance(leaf, at, look, mode)
            case InForce(of=name) if name in self.scenario.index.provisions:
                return self.standing_clause(self.scenario.provision(name), at, look)
            case InForce(of=name):
                return self.reported(self.scenario.proposal(name), at, self.formal(name, at, look))
            case Fulfilled(provision=name):
                if not self.is_read_as_it_stands(name):
                    return self.fulfilment(leaf, at)
                return conjunction(
                    self.judged(duty.requires, at, mode, look) for duty in self.duties(leaf)
                )
        raise AssertionError(leaf)

    def carried(
        self, group: tuple[Condition, ...], at: datetime, mode: Mode
    ) -> dict[Condition, Verdict]:
        """Judge a circle: what can be met at once is, where nothing in it must come first."""

        def collapsed(verdict: Verdict) -> Verdict:
            return verdict if verdict in {MET, UNMET} else PENDING

        before = dict.fromkeys(group, UNMET)
        while True:
            now = dict.fromkeys(group, MET)
            while True:
                next_now = {
                    one: collapsed(self.step_of(one, at, mode, now, before)) for one in group
                }
                if next_now == now:
                    break
                now = next_now
            if now == before:
                break
            before = now
        settled = now
        found = dict(settled)
        while True:
            again = {
                one: settled[one]
                if settled[one] is not PENDING
                else self.step_of(one, at, mode, found, found)
                for one in group
            }
            if again == found:
                return found
            found = again


# Small things


def evolve_mode(mode: Mode, **more: object) -> Mode:
    """Return a mode with something changed."""
    return Mode(**{**mode.__dict__, **more})  # type: ignore[arg-type]


def is_before(
    one: tuple[object, date, datetime | None, datetime] | None,
    other: tuple[object, date, datetime | None, datetime] | None,
) -> bool:
    """Whether one word came before another: on an earlier day, or by the clock."""
    if one is None or other is None:
        return False
    if one[1] != other[1]:
        return one[1] < other[1]
    return one[2] is not None and other[2] is not None and one[2] < other[2]


def ends_of(several: list[datetime]) -> list[datetime]:
    """Return the first and the last."""
    return [several[0], several[-1]]


def choices(moment: Moment) -> list[date | datetime]:
    """Return the days that a time may be, or its instants."""
    found = list(moment.choices())
    return [found[0], found[-1]] if len(found) > 800 else found


def bounds_of(value: object) -> tuple[object, object]:
    """Return the least and the most that a value may be."""
    match value:
        case Number(value=exact):
            return exact, exact
        case Range(low=low, high=high):
            return low, high
        case _:
            return None, None


def contradicts(one: object, other: object) -> bool:
    """Whether two values cannot be squared."""
    if isinstance(one, CannotSay) or isinstance(other, CannotSay):
        return False
    if isinstance(one, Truth):
        return one != other
    (low, high), (least, most) = bounds_of(one), bounds_of(other)
    return (high is not None and least is not None and high < least) or (
        low is not None and most is not None and most < low
    )


def supports(leaf: Condition, value: object) -> bool | None:
    """Return whether a value supports a leaf, denies it, or does neither."""
    match leaf, value:
        case _, CannotSay():
            return None
        case ((Holds() | Done() | Answered()), Truth(value=truth)):
            return truth
        case AtLeast(value=threshold), _:
            return is_at_least(bounds_of(value), (threshold, threshold))
        case AtMost(value=threshold), _:
            return is_at_least((threshold, threshold), bounds_of(value))
    raise AssertionError(leaf)


def compared(leaf: AtLeast | AtMost, value: object, times: Times, base: object) -> bool | None:
    """Return whether a number supports that it is so many times another at least, or at most."""
    low, high = (
        None if one is None else Fraction(one) * Fraction(times.factor) for one in bounds_of(base)
    )
    if isinstance(leaf, AtLeast):
        return is_at_least(bounds_of(value), (low, high))
    return is_at_least((low, high), bounds_of(value))


def is_at_least(one: tuple[object, object], other: tuple[object, object]) -> bool | None:
    """Compare two numbers that lie between bounds: certain only if so for all that they may be."""
    (low, high), (least, most) = one, other
    if low is not None and most is not None and low >= most:
        return True
    if high is not None and least is not None and high < least:
        return False
    return None


def facts_in(leaf: Condition) -> list[str]:
    """Return the facts that a leaf asks about."""
    match leaf:
        case Holds(state=name) | Done(act=name) | Answered(question=name):
            return [name]
        case (
            AtLeast(fact=name, value=Times(fact=other)) | AtMost(fact=name, value=Times(fact=other))
        ):
            return [name, other]
        case AtLeast(fact=name) | AtMost(fact=name):
            return [name]
    return []


def present(condition: Condition) -> Iterator[Condition]:
    """Yield the derived leaves that are asked about at the same instant."""
    match condition:
        case Accepts() | InForce() | Fulfilled():
            yield condition
        case Ever() | By() | HeldFor() | Throughout() | When():
            return
        case _:
            for child in children(condition):
                yield from present(child)


def named(condition: Condition) -> Iterator[Condition]:
    """Yield the derived leaves in a condition; a clause is one, whoever owes it."""
    for part in walk(condition):
        match part:
            case Fulfilled(provision=name):
                yield Fulfilled(name)
            case Accepts() | InForce():
                yield part
            case _:
                pass


def bounds_in(part: Condition) -> list[Bound]:
    """Return the bounds that are written in a condition itself."""
    match part:
        case By(due=due):
            return [due]
        case Throughout(start=start, end=None):
            return [start]
        case Throughout(start=start, end=end):
            return [start, end]
    return []


def moments_in(part: Condition) -> list[Moment]:
    """Return the dates that are written in a condition itself."""
    return [bound for bound in bounds_in(part) if isinstance(bound, Moment)]


# The list of instants


def judge_of(
    scenario: Scenario, condition: Condition, as_of: str, known_by: str | None, trust: Trust
) -> tuple[Judge, datetime]:
    """Return a judge who looks at every instant at which anything can change."""
    judge = Judge(scenario, datetime.max.replace(tzinfo=UTC), trust)
    at = judge.last_of(Moment(as_of))
    judge.known = judge.last_of(Moment(known_by or as_of))
    written = list(every_condition(scenario, condition))
    found: set[datetime] = {at}
    for moment in every_moment(scenario, written):
        for one in (*judge.starts(moment), *judge.ends(moment)):
            found |= {one, one + TICK}
        if moment.is_of_days is False:
            found |= {judge.midnight(judge.day(judge.starts(moment)[0]) + timedelta(days=1))}
    if trust.within_days is not None:
        aged = timedelta(days=trust.within_days) + TICK
        found |= {judge.last_of(one.reported) + aged for one in scenario.observations}
    bounds, durations = every_delay(scenario, written)
    for _ in range(2 if bounds else 1):
        for one in sorted(found):
            if one > judge.known:
                continue
            for delay in bounds:
                for kind in ("start", "end", "due"):
                    moved = judge.moved(one, delay, kind)
                    assert moved is not None
                    found |= {moved, moved + TICK}
                found.add(delay.shifted(one, scenario.zone, 1))
            for duration in durations:
                later = duration.shifted(one, scenario.zone, 1)
                found |= {later, later - TICK}
    earliest = min(found)
    first = datetime.combine(earliest.date() - timedelta(days=36_525), time(), UTC)
    judge.grid = sorted({first, *(one for one in found if one <= judge.known)})
    if len(judge.grid) > MOST:
        raise TooMuchError
    return judge, at


def every_condition(scenario: Scenario, condition: Condition) -> Iterator[Condition]:
    """Yield every condition that is asked or written anywhere."""
    yield from walk(condition)
    for gate in scenario.preconditions:
        yield from walk(gate.needs)
    for text in scenario.proposals:
        for clause in text.provisions:
            for duty in clause.duties:
                yield from walk(duty.requires)
        for bound in every_bound(text):
            if isinstance(bound, After):
                yield from walk(bound.condition)


def every_bound(text: Proposal) -> Iterator[Bound]:
    """Yield the dates of a text and of what is in it."""
    found = [text.starts, text.ends]
    for clause in text.provisions:
        found += [clause.starts, clause.ends, clause.due, *(duty.due for duty in clause.duties)]
    yield from (bound for bound in found if bound is not None)


def every_moment(scenario: Scenario, written: list[Condition]) -> Iterator[Moment]:
    """Yield every date."""
    for seen in scenario.observations:
        yield from (one for one in (seen.since, seen.until, seen.reported) if one is not None)
    for said in scenario.statements:
        yield said.date
    for gate in scenario.preconditions:
        yield from [gate.withdrawn] if gate.withdrawn else []
    for fact in scenario.facts:
        yield from [fact.asked] if isinstance(fact, Question) else []
    for each in scenario.suppositions:
        yield each.since
    for text in scenario.proposals:
        yield from [text.tabled] if text.tabled else []
        yield from (bound for bound in every_bound(text) if isinstance(bound, Moment))
    for part in written:
        yield from moments_in(part)


def every_delay(scenario: Scenario, written: list[Condition]) -> tuple[set[Delay], set[Delay]]:
    """Return the delays of all bounds, and the durations of all conditions."""
    bounds = [bound for text in scenario.proposals for bound in every_bound(text)]
    bounds += [bound for part in written for bound in bounds_in(part)]
    durations = {part.duration for part in written if isinstance(part, HeldFor)}
    return {bound.delay for bound in bounds if isinstance(bound, After)}, durations


def verdict(
    scenario: Scenario,
    condition: Condition,
    *,
    as_of: str,
    known_by: str | None = None,
    trust: Trust | None = None,
) -> Verdict:
    """Judge a condition on a day, as known by a day."""
    judge, at = judge_of(scenario, condition, as_of, known_by, trust or Trust())
    return judge.at(condition, at)


WORST = (
    *("BREACHED", "OVERDUE", "LAPSED", "OPEN", "VIOLATED", "OWED", "NOT_DUE", "SUPERSEDED"),
    *("NOT_OWED", "MET_LATE", "MET", "KEPT"),
)
"""What can become of a duty, the worst first."""


def kinds(
    scenario: Scenario,
    clause: str,
    *,
    as_of: str,
    known_by: str | None = None,
    trust: Trust | None = None,
    by: str | None = None,
) -> list[str]:
    """Name what became of each duty of a clause.

    What was violated on whichever day of a month a report means was violated.
    """
    found = _kinds(scenario, clause, as_of, known_by, trust, by)
    for told in scenario.observations:
        if "KEPT" in found and not told.since.is_exact:
            ways = [
                _kinds(one, clause, as_of, known_by, trust, by)
                for one in dated_exactly(scenario, told)
            ]
            found = [
                "VIOLATED" if {way[number] for way in ways} == {"VIOLATED"} else name
                for number, name in enumerate(found)
            ]
    return found


def dated_exactly(scenario: Scenario, told: Observation) -> Iterator[Scenario]:
    """Yield a scenario with each day that a report may mean."""
    last = told.reported.bounds(scenario.zone)[1]
    for day in told.since.choices():
        if Moment(str(day)).bounds(scenario.zone)[0] <= last:
            until = told.until and Moment(str(max(day, told.until.choices()[0])))
            read = evolve(told, since=Moment(str(day)), until=until)
            others = [read if one is told else one for one in scenario.observations]
            yield evolve(scenario, observations=others)


def _kinds(
    scenario: Scenario,
    clause: str,
    as_of: str,
    known_by: str | None,
    trust: Trust | None,
    by: str | None,
) -> list[str]:
    asked = Fulfilled(clause, by)
    judge, at = judge_of(scenario, asked, as_of, known_by, trust or Trust())
    provision = scenario.provision(clause)
    return [judge.became(provision, duty, at) for duty in judge.duties(asked)]


Spans = list[tuple[datetime, "datetime | None"]]


def became(scenario: Scenario, clause: str, *, as_of: str) -> list[tuple[str, Spans, Spans]] | None:
    """Say what became of each duty, and when it was broken or in doubt.

    None where the clause is read as it stands, or where it is in doubt what lies in its term.
    """
    asked = Fulfilled(clause)
    judge, at = judge_of(scenario, asked, as_of, None, Trust())
    provision = scenario.provision(clause)
    _, doubt = judge.terms(provision, judge.floor(at))
    if doubt is not None:
        return None
    is_standing = provision.kind in {ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION}
    wanted = ({UNMET}, {UNCLEAR, UNKNOWN, DISPUTED})
    return [
        (
            judge.became(provision, duty, at),
            *(judge.spans(provision, duty, at, each) if is_standing else [] for each in wanted),
        )
        for duty in judge.duties(asked)
    ]
