"""A second, naive judge: what sections 2 to 7 of the design say, by brute force.

It shares no code with ``ceasefire_model.rules``, so that the two can be held against each other. It
knows neither indexes nor speed, and of the model only the records. A history is judged one by one
at every instant at which anything may change (``relevant_instants``); the verdicts are remembered.

How to read it, from the top down: ``verdict`` settles every derived leaf that the condition rests
on (``solve``), then judges the condition. ``judge`` takes a condition apart, ``derive`` says what a
derived leaf (``Accepts``, ``InForce``, ``Fulfilled``) comes to, and ``heard_words`` collects what
each source says of a fact. A *word* is the list of the values that a source may mean by it: one
value if its dates are certain, several if not, and ``None`` among them where it may say nothing.
``judge_history`` takes the temporal conditions, ``at_bound`` the times that they begin and end at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TypeGuard
from zoneinfo import ZoneInfo

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Bound,
    By,
    Condition,
    Derived,
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
)
from ceasefire_model.evidence import Observation, Reliability, Source, Trust
from ceasefire_model.facts import Act, CannotSay, Number, Question, Range, Truth, Value
from ceasefire_model.moments import (
    BEGINNING,
    TICK,
    Delay,
    Moment,
    day_of,
    end_of,
    instant,
    start_of,
)
from ceasefire_model.proposals import Precondition, Proposal, Provision, Timing
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.suppositions import Supposition
from ceasefire_model.verdicts import Verdict

MET, UNMET = Verdict.MET, Verdict.UNMET
PENDING, DISPUTED = Verdict.PENDING, Verdict.DISPUTED
UNKNOWN, UNCLEAR = Verdict.UNKNOWN, Verdict.UNCLEAR

OPEN = UNKNOWN
"""What stands for every open verdict while circles are resolved over unmet < open < met."""

SEVERITY = [PENDING, DISPUTED, UNKNOWN, UNCLEAR]
"""The open verdicts, the least severe first."""

STANCES = list(Stance)
"""From the least to the most reserved."""

ACCEPTING = {Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS}
REJECTING = {Stance.REJECTS, Stance.WITHDREW}

ALWAYS = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)

EVERYBODY = Trust()

Word = list[Value | None]
"""What one word may say; ``None`` where it may have said nothing."""

Reply = bool | None
"""Whether one value supports (true) or denies (false) a comparison; ``None`` if neither."""

Interval = tuple[Fraction | float, Fraction | float]
"""The least and the most that a number can be; floats only where it is infinite."""

Look = Callable[[Derived, bool], Verdict]
"""Looks another derived leaf up; the flag says whether through a precondition that is BEFORE."""


DAY = timedelta(days=1)
ZERO = timedelta()


Happening = tuple[datetime, Verdict, date | datetime]
"""An instant at which an event was met, or may have been, and what it leads to after a delay."""


@dataclass
class History:
    """What was found so far: when a condition may change, when it was judged, and to what."""

    instants: dict[Condition, list[datetime]] = field(default_factory=dict)
    found: dict[object, dict[Condition, Verdict]] = field(default_factory=dict)
    begins: dict[Condition, datetime | None] = field(default_factory=dict)
    happenings: dict[object, list[Happening]] = field(default_factory=dict)
    spans: dict[object, list[Verdict]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A scenario as of an instant, as known by another, as heard by somebody."""

    scenario: Scenario
    at: datetime
    known_by: datetime
    trust: Trust
    history: History = field(default_factory=History, compare=False)
    silence: Verdict = UNKNOWN
    """What a leaf is of which nobody says anything; inside an event ``PENDING``."""

    endless: frozenset[str] = frozenset()
    """The proposals of which one asks since when they are in force, whether or not they ended."""

    @property
    def zone(self) -> ZoneInfo:
        return self.scenario.zone

    @property
    def mode(self) -> tuple[Verdict, frozenset[str]]:
        return self.silence, self.endless


def verdict(
    scenario: Scenario,
    condition: Condition,
    *,
    as_of: str,
    known_by: str | None = None,
    trust: Trust = EVERYBODY,
) -> Verdict:
    """Judge a condition.

    Raises:
        ValueError: If ``as_of`` is after ``known_by``.
    """
    scenario.check(condition)
    at = instant(as_of, scenario.zone)
    known = at if known_by is None else instant(known_by, scenario.zone)
    if at > known:
        raise ValueError(f"as_of {as_of!r} is after known_by {known_by!r}")
    case = Case(scenario, at, known, trust)
    return verdict_at(case, condition, at)


def verdict_at(case: Case, condition: Condition, at: datetime) -> Verdict:
    """Judge a condition at an instant, with the outer knowledge and trust."""
    found = case.history.found.setdefault((at, case.mode), {})
    if condition not in found:
        then = replace(case, at=at)
        settled = solve(then, condition, found)
        found.update(settled.items())
        found[condition] = judge(then, condition, lambda leaf, _: settled[leaf], before=False)
    return found[condition]


# Connectives (section 2)


def all_of(verdicts: list[Verdict]) -> Verdict:
    for one in [UNMET, UNCLEAR, UNKNOWN, DISPUTED, PENDING]:
        if one in verdicts:
            return one
    return MET


def any_of(verdicts: list[Verdict]) -> Verdict:
    for one in [MET, UNCLEAR, UNKNOWN, DISPUTED, PENDING]:
        if one in verdicts:
            return one
    return UNMET


def at_least_of(count: int, verdicts: list[Verdict]) -> Verdict:
    met = [one for one in verdicts if one is MET]
    unmet = [one for one in verdicts if one is UNMET]
    if len(met) >= count:
        return MET
    if len(verdicts) - len(unmet) < count:
        return UNMET
    return next(one for one in [UNCLEAR, UNKNOWN, DISPUTED, PENDING] if one in verdicts)


def negated(one: Verdict) -> Verdict:
    return {MET: UNMET, UNMET: MET}.get(one, one)


def only_open(verdicts: list[Verdict]) -> list[Verdict]:
    return [one for one in verdicts if one not in (MET, UNMET)]


def unanimous(verdicts: list[Verdict]) -> Verdict:
    """Give the verdict that all agree on; ``UNKNOWN`` if they do not."""
    first = verdicts[0]
    return first if all(one is first for one in verdicts) else UNKNOWN


# Conditions (section 5)


def judge(case: Case, condition: Condition, look: Look, *, before: bool) -> Verdict:
    """Judge a condition; what it refers to is looked up with the flag."""

    def each(parts: tuple[Condition, ...]) -> list[Verdict]:
        return [judge(case, part, look, before=before) for part in parts]

    match condition:
        case AllOf(parts=parts):
            return all_of(each(parts))
        case AnyOf(parts=parts):
            return any_of(each(parts))
        case AtLeastOf(count=count, parts=parts):
            return at_least_of(count, each(parts))
        case Not(part=part):
            return negated(judge(case, part, look, before=before))
        case Vague():
            deciding = deciding_meaning(case, condition)
            if deciding is not None:
                return judge(case, deciding, look, before=before)
            if not condition.complete:
                return UNCLEAR
            verdicts = each(tuple(meaning.condition for meaning in condition.meanings))
            common = unanimous(verdicts)
            return common if common in (MET, UNMET) else UNCLEAR
        case Accepts() | InForce() | Fulfilled():
            return look(condition, before)
        case Holds(state=fact) | Done(act=fact):
            return read(case, [[truth(value) for value in word] for word in words_on(case, fact)])
        case Answered(question=fact):
            return judge_answered(case, fact)
        case AtLeast() | AtMost():
            return judge_amount(case, condition)
        case When(trigger=trigger, then=then):
            triggered = verdict_at(case, Ever(trigger), case.at)
            if triggered is MET:
                return judge(case, then, look, before=before)
            if triggered in (UNMET, PENDING):
                return PENDING
            following = judge(case, then, look, before=before)
            return all_of([triggered, PENDING, *only_open([following])])
        case Ever() | By() | HeldFor() | Throughout():
            return judge_history(case, condition)


def deciding_meaning(case: Case, vague: Vague) -> Condition | None:
    """Find the meaning that is supposed to be agreed, or the one that the trusted party holds."""
    agreed = [
        supposed.meaning
        for supposition in suppositions(case)
        for supposed in supposition.meanings
        if supposed.vague == vague.id
    ]
    if agreed:
        return next(one.condition for one in vague.meanings if one.id == agreed[-1])
    held = [one.condition for one in vague.meanings if case.trust.party in one.held_by]
    return held[0] if len(held) == 1 else None


# Suppositions (section 4)


def suppositions(case: Case) -> list[Supposition]:
    """List the suppositions whose time has come, in their order: the last one decides."""
    return [one for one in case.scenario.suppositions if has_surely_come(case, one.since)]


def has_surely_come(case: Case, start: Moment) -> bool:
    return start.as_start(case.scenario.zone)[1] <= case.at


def supposed_value(case: Case, fact: str) -> Value | None:
    values = [
        item.value
        for supposition in suppositions(case)
        for item in supposition.facts
        if item.fact == fact
    ]
    return values[-1] if values else None


def supposed_stance(case: Case, leaf: Accepts) -> Stance | None:
    stances = [
        word.stance
        for supposition in suppositions(case)
        for word in supposition.words
        if word.of == leaf
    ]
    return stances[-1] if stances else None


def is_supposed_away(case: Case, precondition: Precondition) -> bool:
    return any(precondition.id in one.without for one in suppositions(case))


def is_before(case: Case, precondition: Precondition) -> bool:
    together = any(precondition.id in one.together for one in suppositions(case))
    return precondition.timing is Timing.BEFORE and not together


# Evidence (section 4)


def is_source_heard(case: Case, source_id: str) -> bool:
    source = case.scenario.source(source_id)
    trust = case.trust
    return (
        (trust.only is None or source.id in trust.only)
        and source.id not in trust.without
        and (trust.party is None or source.party == trust.party)
    )


def is_known(case: Case, reported: Moment) -> bool:
    return reported.bounds(case.scenario.zone)[1] <= case.known_by


def is_heard(case: Case, observation: Observation) -> bool:
    """Whether an observation was known, was not corrected, and is trusted."""
    corrections = [
        other
        for other in case.scenario.observations
        if observation.id is not None and other.corrects == observation.id
    ]
    return (
        is_known(case, observation.reported)
        and not any(is_known(case, other.reported) for other in corrections)
        and is_source_heard(case, observation.source)
        and is_credible_enough(case, observation)
        and is_young_enough(case, observation)
    )


def is_credible_enough(case: Case, observation: Observation) -> bool:
    if case.trust.credibility is None:
        return True
    return observation.credibility is not None and observation.credibility <= case.trust.credibility


def is_young_enough(case: Case, observation: Observation) -> bool:
    if case.trust.within_days is None or is_done_act(case, observation):
        return True
    age = case.at - observation.reported.bounds(case.scenario.zone)[1]
    return age <= case.trust.within_days * timedelta(hours=24)


def is_done_act(case: Case, observation: Observation) -> bool:
    fact = case.scenario.fact(observation.fact)
    return isinstance(fact, Act) and observation.value == Truth(True)


@dataclass(frozen=True)
class Claim:
    """A value and the span for which a source claims it; each end between two instants."""

    value: Value
    start: tuple[datetime, datetime]
    end: tuple[datetime, datetime]
    reported: datetime

    @property
    def rank(self) -> tuple[datetime, datetime]:
        return self.start[1], self.reported

    def may_cover(self, at: datetime) -> bool:
        return self.start[0] <= at < self.end[1]

    def surely_covers(self, at: datetime) -> bool:
        return self.start[1] <= at < self.end[0]


def claims(case: Case, fact: str, source: Source) -> list[Claim]:
    """List what one source claims of a fact; an act reported done was not done before."""
    zone = case.scenario.zone
    found = []
    for observation in case.scenario.observations:
        if (observation.fact, observation.source) != (fact, source.id):
            continue
        if not is_heard(case, observation):
            continue
        start = observation.since.as_start(zone)
        end = (NEVER, NEVER) if observation.until is None else observation.until.as_end(zone)
        reported = observation.reported.bounds(zone)[1]
        found.append(Claim(observation.value, start, end, reported))
        if is_done_act(case, observation):
            found.append(Claim(Truth(False), (ALWAYS, ALWAYS), start, reported))
    return found


def words_of(case: Case, fact: str, source: Source) -> list[Word]:
    """List the words of one source on a fact: none, one, or several if it contradicts itself."""
    covering = [one for one in claims(case, fact, source) if one.may_cover(case.at)]
    sure = [one for one in covering if one.surely_covers(case.at)]
    if not covering:
        return []
    if not sure:
        return [[*(one.value for one in covering), None]]
    latest = max(one.rank for one in sure)
    perhaps = [one.value for one in covering if one not in sure and one.rank >= latest]
    return [[*perhaps, one.value] for one in sure if one.rank == latest]


def heard_words(case: Case, fact: str) -> dict[str, list[Word]]:
    """Collect the words of each source that has any on a fact."""
    words = {source.id: words_of(case, fact, source) for source in case.scenario.sources}
    speaking = [source for source in case.scenario.sources if words[source.id]]
    if case.trust.most_reliable:
        graded = [one for one in speaking if one.reliability is not Reliability.F]
        best = min((one.reliability.value for one in graded), default="F")
        speaking = [one for one in speaking if one.reliability.value == best]
    return {source.id: words[source.id] for source in speaking}


def words_on(case: Case, fact: str) -> list[Word]:
    """List every word on a fact; a supposed one is the only one."""
    supposed = supposed_value(case, fact)
    if supposed is not None:
        return [[supposed]]
    return [word for words in heard_words(case, fact).values() for word in words]


def read(case: Case, replies: list[list[Reply]]) -> Verdict:
    """Read a comparison from what each word replies, once for each value that it may have."""
    if not replies:
        return case.silence
    supported = any(all(reply is True for reply in word) for word in replies)
    denied = any(all(reply is False for reply in word) for word in replies)
    if supported and denied:
        return DISPUTED
    if supported:
        return MET
    if denied:
        return UNMET
    return UNKNOWN


def truth(value: Value | None) -> Reply:
    return value.value if isinstance(value, Truth) else None


def judge_answered(case: Case, fact: str) -> Verdict:
    """Read a question: once asked it is unanswered until somebody may have said otherwise."""
    question = case.scenario.fact(fact)
    if not isinstance(question, Question):
        raise TypeError(f"no question: {question!r}")
    replies = [[truth(value) for value in word] for word in words_on(case, fact)]
    is_supposed = supposed_value(case, fact) is not None
    may_be_answered = any(True in word for word in replies)
    if has_surely_come(case, question.asked) and not is_supposed and not may_be_answered:
        replies.append([False])
    if not replies and question.asked.as_start(case.zone)[0] <= case.at:
        replies.append([False, None])  # it may have been asked
    return read(case, replies)


def judge_amount(case: Case, condition: AtLeast | AtMost) -> Verdict:
    """Read a number against a threshold, or against a multiple of what the same source says."""
    threshold = condition.value
    if not isinstance(threshold, Times):
        bound = Number(threshold)
        return read(
            case,
            [
                [compared(condition, value, Fraction(1), bound) for value in word]
                for word in words_on(case, condition.fact)
            ],
        )
    return read(
        case,
        [
            [
                compared(condition, value, Fraction(threshold.factor), base)
                for value in word
                for base in base_word
            ]
            for words, base_words in words_on_both(case, condition.fact, threshold.fact)
            for word in words
            for base_word in base_words
        ],
    )


def words_on_both(case: Case, first: str, second: str) -> list[tuple[list[Word], list[Word]]]:
    """Pair each source's words on two facts; a supposed value is in every source's mouth."""
    supposed_first, supposed_second = supposed_value(case, first), supposed_value(case, second)
    if supposed_first is not None and supposed_second is not None:
        return [([[supposed_first]], [[supposed_second]])]
    on_first, on_second = heard_words(case, first), heard_words(case, second)
    for source in case.scenario.sources:
        if supposed_first is not None:
            on_first[source.id] = [[supposed_first]]
        if supposed_second is not None:
            on_second[source.id] = [[supposed_second]]
    return [
        (on_first.get(source.id, [[None]]), on_second.get(source.id, [[None]]))
        for source in case.scenario.sources
        if source.id in on_first or source.id in on_second
    ]


def compared(
    condition: AtLeast | AtMost, value: Value | None, factor: Fraction, base: Value | None
) -> Reply:
    """Compare a value with a multiple of another: true or false if so for all they may be."""
    ours, theirs = interval(value), interval(base)
    if ours is None or theirs is None:
        return None
    low, high = ours
    least, most = theirs[0] * factor, theirs[1] * factor
    if isinstance(condition, AtLeast):
        if low >= most:
            return True
        return False if high < least else None
    if high <= least:
        return True
    return False if low > most else None


def interval(value: Value | None) -> Interval | None:
    """Give the least and the most that a number can be; ``None`` if nothing is said."""
    match value:
        case Number(value=exact):
            return Fraction(exact), Fraction(exact)
        case Range(low=low, high=high):
            return (
                float("-inf") if low is None else Fraction(low),
                float("inf") if high is None else Fraction(high),
            )
        case CannotSay() | Truth() | None:
            return None


# What derived leaves come to (section 6)


def derive(case: Case, leaf: Derived, look: Look) -> Verdict:
    """Judge a derived leaf, given how to look up those that it refers to."""
    match leaf:
        case Accepts():
            return judge_accepts(case, leaf, look)
        case InForce():
            return judge_in_force(case, leaf, look)
        case Fulfilled():
            return judge_fulfilled(case, leaf, look)


def judge_in_force(case: Case, leaf: InForce, look: Look) -> Verdict:
    proposal = case.scenario.proposal(leaf.proposal)
    parts = [look(Accepts(party, proposal.id), False) for party in proposal.to]
    if proposal.starts is not None:
        parts.append(
            at_bound(
                case,
                leaf,
                proposal.starts,
                start_of,
                lambda start: PENDING if start is None or case.at < start else MET,
            )
        )
    if proposal.id in case.endless:
        begun = [all_of(parts)]
        if proposal.in_force is not None:
            begun.append(judge(case, Holds(proposal.in_force), look, before=False))
        return any_of(begun)
    if proposal.in_force is not None and words_on(case, proposal.in_force):
        return judge(case, Holds(proposal.in_force), look, before=False)
    if proposal.ends is not None:
        own = isinstance(proposal.ends, After) and proposal.ends.condition == leaf
        parts.append(
            at_bound(
                case,
                leaf,
                proposal.ends,
                end_of,
                lambda end: MET if end is None or case.at < end else UNMET,
                endless=case.endless | {proposal.id} if own else case.endless,
            )
        )
    return all_of(parts)


def judge_fulfilled(case: Case, leaf: Fulfilled, look: Look) -> Verdict:
    provision = find_provision(case, leaf.provision)
    now = all_of(
        [
            judge(case, duty.requires, look, before=False)
            for duty in provision.duties
            if leaf.by is None or leaf.by in duty.by
        ]
    )
    if provision.due is None:
        return now
    grace = at_bound(
        case,
        leaf,
        provision.due,
        end_of,
        lambda due: PENDING if due is None or case.at < due else UNMET,
    )
    return any_of([now, grace])


def find_provision(case: Case, name: str) -> Provision:
    return next(
        provision
        for proposal in case.scenario.proposals
        for provision in proposal.provisions
        if provision.id == name
    )


def proposal_around(case: Case, name: str) -> Proposal | None:
    """Find the proposal that a provision stands in; ``None`` if it is a proposal itself."""
    for proposal in case.scenario.proposals:
        if any(provision.id == name for provision in proposal.provisions):
            return proposal
    return None


# Acceptance (section 6)


def judge_accepts(case: Case, leaf: Accepts, look: Look) -> Verdict:
    """Judge an acceptance without, and with each of, the statements that may have been made."""
    sure, possible = statements_on(case, leaf)
    worlds = [sure, *([*sure, one] for one in possible)]
    return unanimous([judge_accepts_after(case, leaf, spoken, look) for spoken in worlds])


def statements_on(case: Case, leaf: Accepts) -> tuple[list[Statement], list[Statement]]:
    """List a party's stances on a text: those surely and those possibly taken by then."""
    taken = [
        one
        for one in case.scenario.statements
        if one.party == leaf.party
        and one.stance is not None
        and one.about.text == leaf.of
        and is_source_heard(case, one.source)
        and is_known(case, one.reported)
        and one.date.as_start(case.scenario.zone)[0] <= case.at
    ]
    sure = [one for one in taken if has_surely_come(case, one.date)]
    possible = [one for one in taken if not has_surely_come(case, one.date)]
    return sure, possible


def day_spoken(case: Case, statement: Statement) -> date:
    latest = statement.date.as_start(case.scenario.zone)[1]
    return latest.astimezone(case.scenario.zone).date()


def judge_accepts_after(case: Case, leaf: Accepts, spoken: list[Statement], look: Look) -> Verdict:
    """Judge an acceptance by the last of these statements, or by the word that is supposed."""
    supposed = supposed_stance(case, leaf)
    if supposed is not None:
        stances = [supposed]
    elif spoken:
        last = max(day_spoken(case, one) for one in spoken)
        stances = [one.stance for one in spoken if one.stance and day_spoken(case, one) == last]
    else:
        return judge_accepts_without_word(case, leaf, look)
    if ACCEPTING & set(stances) and REJECTING & set(stances):
        return DISPUTED
    match max(stances, key=STANCES.index):
        case Stance.ACCEPTS:
            return MET
        case Stance.ACCEPTS_WITH_CONDITIONS:
            return judge_preconditions(case, leaf, spoken, look)
        case Stance.ACCEPTS_IN_PRINCIPLE:
            return all_of([judge_preconditions(case, leaf, spoken, look), PENDING])
        case Stance.ASKS_FOR_CLARIFICATION | Stance.UNDECIDED:
            return PENDING
        case Stance.REJECTS | Stance.WITHDREW:
            return UNMET


def judge_accepts_without_word(case: Case, leaf: Accepts, look: Look) -> Verdict:
    """Judge by the word on the whole proposal, else by a coalition's members, else not at all."""
    members = case.scenario.party(leaf.party).members
    otherwise = case.silence
    if members:
        otherwise = all_of([look(Accepts(member, leaf.of), False) for member in members])
    proposal = proposal_around(case, leaf.of)
    if proposal is None:
        return otherwise
    on_proposal = Accepts(leaf.party, proposal.id)
    sure, possible = statements_on(case, on_proposal)
    if sure or supposed_stance(case, on_proposal) is not None:
        return look(on_proposal, False)
    worlds = [judge_accepts_after(case, on_proposal, [one], look) for one in possible]
    return unanimous([otherwise, *worlds])


def judge_preconditions(case: Case, leaf: Accepts, spoken: list[Statement], look: Look) -> Verdict:
    """Require what a party's preconditions need, as they stand; if none was recorded, unknown."""
    recorded = [
        one
        for one in case.scenario.preconditions
        if one.held_by == leaf.party and one.of == leaf and is_recorded(case, one, spoken)
    ]
    if not recorded:
        return UNKNOWN
    standing = [
        one
        for one in recorded
        if not is_supposed_away(case, one)
        and (one.withdrawn is None or not has_surely_come(case, one.withdrawn))
    ]
    return all_of([judge(case, one.needs, look, before=is_before(case, one)) for one in standing])


def is_recorded(case: Case, precondition: Precondition, spoken: list[Statement]) -> bool:
    """Whether it has been stated, and no plain acceptance on a later day dropped it for good."""
    if precondition.statement is None:
        return True
    statement = case.scenario.statement(precondition.statement)
    return (
        is_source_heard(case, statement.source)
        and is_known(case, statement.reported)
        and has_surely_come(case, statement.date)
        and not any(
            one.stance is Stance.ACCEPTS and day_spoken(case, one) > day_spoken(case, statement)
            for one in spoken
        )
    )


# History (section 5)

JudgeAt = Callable[[datetime | None], Verdict]
"""Judges with a bound at an instant, or not yet there."""


def judge_history(case: Case, condition: Ever | By | HeldFor | Throughout) -> Verdict:
    """Judge a condition about the instants up to now."""
    match condition:
        case Ever(condition=inner):
            return any_of(verdicts_since_begin(case, inner, case.at))
        case By(condition=inner, due=due):

            def by(end: datetime | None) -> Verdict:
                if end is None or case.at < end:
                    return any_of([*verdicts_since_begin(case, inner, case.at), PENDING])
                return any_of(verdicts_since_begin(case, inner, end - TICK))

            return at_bound(case, condition, due, end_of, by)
        case HeldFor(condition=inner, duration=duration):
            first = before_by(case, case.at + TICK, duration)
            return all_of(verdicts_over(case, inner, first, case.at))
        case Throughout(condition=inner, start=start, end=end):

            def throughout(first: datetime | None, last: datetime | None) -> Verdict:
                if first is None or case.at < first:
                    return PENDING
                until = case.at if last is None else min(case.at, last - TICK)
                return all_of(verdicts_over(case, inner, first, until))

            def starting(first: datetime | None) -> Verdict:
                if end is None:
                    return throughout(first, None)
                return at_bound(case, condition, end, end_of, lambda last: throughout(first, last))

            return at_bound(case, condition, start, start_of, starting)


def before_by(case: Case, at: datetime, duration: Delay) -> datetime:
    """Go back by so much, but not beyond the beginning of time."""
    try:
        return duration.shifted(at, case.zone, -1)
    except (OverflowError, ValueError):
        return BEGINNING


def verdicts_since_begin(case: Case, condition: Condition, last: datetime) -> list[Verdict]:
    """Judge a condition at each instant from the first word on its facts to the last."""
    if condition not in case.history.begins:
        case.history.begins[condition] = first_word(case, condition)
    first = case.history.begins[condition]
    return [] if first is None else verdicts_over(case, condition, first, last)


def verdicts_over(
    case: Case, condition: Condition, first: datetime, last: datetime
) -> list[Verdict]:
    """Judge a condition at each relevant instant from the first to the last, both included.

    Verdicts that occur more than once are given once.
    """
    if first > last:
        return []
    key = (condition, first, last, case.mode)
    if key not in case.history.spans:
        within = (one for one in relevant_instants(case, condition) if first < one < last)
        instants = [first, *within, last]
        case.history.spans[key] = [*{verdict_at(case, condition, one) for one in instants}]
    return case.history.spans[key]


def at_bound(
    case: Case,
    condition: Condition,
    bound: Bound,
    edge: Callable[[date | datetime, ZoneInfo], datetime],
    judge_at: JudgeAt,
    *,
    endless: frozenset[str] | None = None,
) -> Verdict:
    """Judge a condition with one of its bounds at each instant that the bound may have.

    The edge says at which end of a day it lies.
    """
    if isinstance(bound, Moment):
        verdicts = [judge_at(one) for one in possible_instants(case, condition, bound, edge)]
        if len(set(verdicts)) == 1:
            return verdicts[0]
        return all_of(only_open(verdicts)) if only_open(verdicts) else UNKNOWN
    event = replace(case, silence=PENDING, endless=case.endless if endless is None else endless)
    happenings = happenings_until_now(event, condition, bound)
    kinds = {kind for _, kind, _ in happenings}
    verdicts = [judge_at(edge(one, case.zone)) for one in {after for _, _, after in happenings}]
    if MET not in kinds:
        verdicts.append(judge_at(None))
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return all_of(only_open([*kinds, *verdicts]))


def possible_instants(
    case: Case,
    condition: Condition,
    bound: Moment,
    edge: Callable[[date | datetime, ZoneInfo], datetime],
) -> list[datetime]:
    """List the instants that a bound may be at: of a range of instants, also those between."""
    ends = [edge(one, case.zone) for one in bound.choices()]
    if bound.is_of_days:
        return ends
    relevant = [*relevant_instants(case, condition), case.at]
    between = {one + step for one in relevant for step in (ZERO, TICK)}
    return [*ends, *(one for one in between if ends[0] < one < ends[-1])]


def happenings_until_now(event: Case, condition: Condition, bound: After) -> list[Happening]:
    """List when the event of a bound may have happened up to now, until it surely has."""
    key = (condition, bound, event.mode)
    if key not in event.history.happenings:
        relevant = relevant_instants(event, condition)
        event.history.happenings[key] = happenings_at(event, bound, relevant)
    known = event.history.happenings[key]
    met = [one for one, kind, _ in known[-1:] if kind is MET]
    now = [one for one in happenings_at(event, bound, [event.at]) if not met or one[0] < met[0]]
    return [*known[: bisect_right(known, event.at, key=lambda one: one[0])], *now]


def happenings_at(event: Case, bound: After, instants: list[datetime]) -> list[Happening]:
    """List when an event may have happened, of some instants and those from which it leads to one.

    The last is the first at which it surely has.
    """
    found: list[Happening] = []
    for one in sorted(leading_to(instants, bound.delay, event.zone)):
        kind = verdict_at(event, bound.condition, one)
        if kind not in (UNMET, PENDING):
            found.append((one, kind, bound.delay.after(one, event.zone)))
        if kind is MET:
            break
    return found


def leading_to(instants: list[datetime], delay: Delay, zone: ZoneInfo) -> set[datetime]:
    """Collect instants, and those that lie a delay of elapsed time before them or just after."""
    if not delay.is_elapsed:
        return {*instants}
    ahead = delay.shifted(BEGINNING, zone, 1) - BEGINNING
    earlier = [one - ahead for one in instants if one - BEGINNING >= ahead]
    return {*instants, *earlier, *(one + TICK for one in earlier)}


# The first word, and the instants that matter


def mentioned(scenario: Scenario, condition: Condition) -> list[Condition]:
    """List all that a condition may rest on, and itself: each after what it rests on."""
    found: dict[Condition, None] = {}
    begun: set[Condition] = set()

    def visit(one: Condition) -> None:
        if one not in begun:
            begun.add(one)
            for part in parts_of(scenario, one):
                visit(part)
            found[one] = None

    visit(condition)
    return [*found]


def parts_of(scenario: Scenario, condition: Condition) -> Iterator[Condition]:
    """Yield what a condition may rest on directly, whoever is heard and whatever is said."""
    yield from (bound.condition for bound in bounds_of(scenario, condition) if is_after(bound))
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeastOf(parts=parts):
            yield from parts
        case Not(part=part):
            yield part
        case Vague(meanings=meanings):
            yield from (meaning.condition for meaning in meanings)
        case Ever(condition=part) | By(condition=part) | HeldFor(condition=part):
            yield part
        case Throughout(condition=part):
            yield part
        case When(trigger=trigger, then=then):
            yield from (trigger, then)
        case Accepts(party=party, of=text):
            yield from (Accepts(member, text) for member in scenario.party(party).members)
            for proposal in scenario.proposals:
                if any(provision.id == text for provision in proposal.provisions):
                    yield Accepts(party, proposal.id)
            for one in scenario.preconditions:
                if one.held_by == party and one.of == condition:
                    yield one.needs
        case InForce(proposal=name):
            proposal = scenario.proposal(name)
            yield from (Accepts(party, name) for party in proposal.to)
            if proposal.in_force is not None:
                yield Holds(proposal.in_force)
        case Fulfilled(provision=name, by=by):
            for duty in scenario.provision(name).duties:
                if by is None or by in duty.by:
                    yield duty.requires
        case _:
            pass


def is_after(bound: Bound) -> TypeGuard[After]:
    return isinstance(bound, After)


def bounds_of(scenario: Scenario, condition: Condition) -> list[Bound]:
    """List the bounds that a condition depends on directly."""
    bounds: list[Bound | None] = []
    match condition:
        case By(due=due):
            bounds = [due]
        case Throughout(start=start, end=end):
            bounds = [start, end]
        case InForce(proposal=name):
            bounds = [scenario.proposal(name).starts, scenario.proposal(name).ends]
        case Fulfilled(provision=name):
            bounds = [scenario.provision(name).due]
        case _:
            pass
    return [bound for bound in bounds if bound is not None]


def facts_of(condition: Condition) -> list[str]:
    """List the facts that a leaf is about."""
    match condition:
        case Holds(state=fact) | Done(act=fact) | Answered(question=fact):
            return [fact]
        case AtLeast(fact=fact, value=value) | AtMost(fact=fact, value=value):
            return [fact, value.fact] if isinstance(value, Times) else [fact]
        case _:
            return []


def first_word(case: Case, condition: Condition) -> datetime | None:
    """Find the first instant at which any word bears on anything that a condition rests on."""
    leaves = mentioned(case.scenario, condition)
    facts = {fact for leaf in leaves for fact in facts_of(leaf)}
    words = [
        *first_reports(case, facts),
        *first_statements(case, leaves),
        *(
            supposition.since.as_start(case.zone)[0]
            for supposition in case.scenario.suppositions
            if any(item.fact in facts for item in supposition.facts)
            or any(word.of in leaves for word in supposition.words)
        ),
    ]
    return min(words, default=None)


def first_reports(case: Case, facts: set[str]) -> Iterator[datetime]:
    """Yield from when on each report speaks on some facts, and when each question is asked."""
    for one in case.scenario.observations:
        start = one.since.as_start(case.zone)[0]
        if one.fact in facts and is_heard(replace(case, at=start), one):
            yield BEGINNING if is_done_act(case, one) else start
    for fact in case.scenario.facts:
        if fact.id in facts and isinstance(fact, Question):
            yield fact.asked.as_start(case.zone)[0]


def first_statements(case: Case, leaves: list[Condition]) -> Iterator[datetime]:
    """Yield when each stance was taken that may decide an acceptance."""
    for leaf in leaves:
        if isinstance(leaf, Accepts):
            sure, possible = statements_on(replace(case, at=case.known_by), leaf)
            yield from (one.date.as_start(case.zone)[0] for one in [*sure, *possible])


def relevant_instants(case: Case, condition: Condition) -> list[datetime]:
    """List the instants up to what is known at which a condition may change, and their neighbours.

    To be on the safe side they are more than enough.
    """
    if condition not in case.history.instants:
        case.history.instants[condition] = sorted(instants_of(case, condition))
    return case.history.instants[condition]


def instants_of(case: Case, condition: Condition) -> set[datetime]:
    parts = mentioned(case.scenario, condition)
    bounds = [bound for part in parts for bound in bounds_of(case.scenario, part)]
    written = {case.known_by, *(one for part in parts for one in written_instants(case, part))}
    instants = {one + step for one in written for step in (-TICK, ZERO, TICK)}
    lasting = [part.duration for part in parts if isinstance(part, HeldFor)]
    delays = [*lasting, *(bound.delay for bound in bounds if is_after(bound))]
    if not all(delay.is_elapsed for delay in delays):
        instants |= midnights(case, min(written), delays)
    for part in parts:
        if isinstance(part, HeldFor):
            instants |= {
                found for one in instants for found in instants_led_to(case, part.duration, one)
            }
        for bound in bounds_of(case.scenario, part):
            if is_after(bound):
                instants |= {
                    edge(bound.delay.after(one, case.zone), case.zone)
                    for one in instants
                    for edge in (start_of, end_of)
                }
        instants = {one for one in instants if one <= case.known_by}
    return {BEGINNING, *instants}


def written_instants(case: Case, condition: Condition) -> Iterator[datetime]:
    """Yield each instant at which what a condition is about, or its bound, begins or ends."""
    scenario, zone = case.scenario, case.zone
    facts = facts_of(condition)
    starts = [one.since for one in scenario.suppositions]
    starts += [one.asked for one in scenario.facts if isinstance(one, Question) and one.id in facts]
    for one in scenario.observations:
        if one.fact in facts:
            starts.append(one.since)
            if one.until is not None:
                yield from one.until.as_end(zone)
            if case.trust.within_days is not None:
                age = case.trust.within_days * timedelta(hours=24)
                yield one.reported.bounds(zone)[1] + age
    if isinstance(condition, Accepts):
        own = [one for one in scenario.preconditions if one.of == condition]
        said_in = {one.statement for one in own}
        starts += [one.withdrawn for one in own if one.withdrawn is not None]
        starts += [
            one.date
            for one in scenario.statements
            if one.party == condition.party or one.id in said_in
        ]
    for start in starts:
        yield from start.as_start(zone)
    for bound in bounds_of(scenario, condition):
        if isinstance(bound, Moment):
            for choice in bound.choices():
                yield from (start_of(choice, zone), end_of(choice, zone))


def midnights(case: Case, first: datetime, delays: list[Delay]) -> set[datetime]:
    """Collect the local midnights that matter, and the instants at which clocks are changed."""
    for delay in delays:
        first = before_by(case, first, delay)
    day, last = day_of(first, case.zone) - 2 * DAY, day_of(case.known_by, case.zone)
    found: set[datetime] = set()
    while day <= last + DAY:
        midnight, following = start_of(day, case.zone), end_of(day, case.zone)
        found |= {midnight - TICK, midnight}
        while following - midnight > TICK and offset(case, midnight) != offset(case, following):
            middle = midnight + (following - midnight) // 2
            if offset(case, middle) == offset(case, midnight):
                midnight = middle
            else:
                following = middle
                found |= {middle}
        day += DAY
    return found


def offset(case: Case, at: datetime) -> timedelta | None:
    return at.astimezone(case.zone).utcoffset()


def instants_led_to(case: Case, duration: Delay, start: datetime) -> list[datetime]:
    """List the instants at which a span of this duration begins at a given one, or next to it."""
    if duration.is_elapsed:
        return [duration.shifted(start, case.zone, 1) - TICK]
    local = start.astimezone(case.zone)
    day = day_of(duration.shifted(start, case.zone, 1), case.zone)
    tried = [
        datetime.combine(day + days * DAY, local.time(), case.zone).astimezone(UTC)
        + timedelta(hours=hours)
        for days in range(-1, 5)
        for hours in (-1, 0, 1)
    ]
    return [
        one - TICK for one in tried if abs(duration.shifted(one, case.zone, -1) - start) <= TICK
    ]


# Circles (section 6)


def solve(
    case: Case, condition: Condition, found: dict[Condition, Verdict]
) -> dict[Derived, Verdict]:
    """Judge every derived leaf that a condition rests on, each circle after what it rests on.

    What was found before is not judged again.
    """
    direct: dict[Derived, set[Derived]] = {}
    waiting = [*referred_to(lambda look: judge(case, condition, look, before=False))]
    while waiting:
        leaf = waiting.pop()
        if leaf not in direct:
            direct[leaf] = set() if leaf in found else references(case, leaf)
            waiting.extend(direct[leaf])
    ahead = closure(direct)
    settled: dict[Derived, Verdict] = {leaf: found[leaf] for leaf in direct if leaf in found}
    while len(settled) < len(direct):
        for leaf in direct:
            circle = {leaf} | {other for other in ahead[leaf] if leaf in ahead[other]}
            outside = {other for member in circle for other in direct[member]} - circle
            if leaf not in settled and outside <= settled.keys():
                is_circle = leaf in ahead[leaf]
                settled |= (
                    solve_circle(case, circle, settled)
                    if is_circle
                    else one_round(case, circle, settled, settled)
                )
    return settled


def references(case: Case, leaf: Derived) -> set[Derived]:
    """Collect the derived leaves in what a derived leaf comes to."""
    return referred_to(lambda look: derive(case, leaf, look))


def referred_to(judging: Callable[[Look], Verdict]) -> set[Derived]:
    """Collect what is looked up while something is judged; nothing is ever skipped."""
    found: set[Derived] = set()

    def look(leaf: Derived, _before: bool) -> Verdict:
        found.add(leaf)
        return UNKNOWN

    judging(look)
    return found


def closure(direct: dict[Derived, set[Derived]]) -> dict[Derived, set[Derived]]:
    """Give all that each leaf leads to, in any number of steps."""
    ahead = direct
    while True:
        further = {
            leaf: others.union(*(ahead[other] for other in others))
            for leaf, others in ahead.items()
        }
        if further == ahead:
            return ahead
        ahead = further


def solve_circle(
    case: Case, circle: set[Derived], settled: dict[Derived, Verdict]
) -> dict[Derived, Verdict]:
    """Judge the leaves of one circle together."""
    solution = carried(case, circle, settled)
    kinds = {leaf: PENDING if one is OPEN else one for leaf, one in solution.items()}
    while True:
        judged = one_round(case, circle, {**settled, **kinds}, {**settled, **kinds})
        risen = {
            leaf: kind if kind in (MET, UNMET) else max(kind, judged[leaf], key=SEVERITY.index)
            for leaf, kind in kinds.items()
        }
        if risen == kinds:
            return kinds
        kinds = risen


def carried(
    case: Case, circle: set[Derived], settled: dict[Derived, Verdict]
) -> dict[Derived, Verdict]:
    """Say which leaves are unmet, open and met.

    Over unmet < open < met: the least fixpoint over the references that are BEFORE of the greatest
    fixpoint over the others.
    """
    earlier = dict.fromkeys(circle, UNMET)
    while True:
        now = dict.fromkeys(circle, MET)
        while True:
            judged = one_round(case, circle, {**settled, **earlier}, {**settled, **now})
            lowered = {leaf: one if one in (MET, UNMET) else OPEN for leaf, one in judged.items()}
            if lowered == now:
                break
            now = lowered
        if now == earlier:
            return now
        earlier = now


def one_round(
    case: Case, circle: set[Derived], earlier: dict[Derived, Verdict], now: dict[Derived, Verdict]
) -> dict[Derived, Verdict]:
    """Judge each leaf once, given what was so before and what is so now."""

    def look(leaf: Derived, before: bool) -> Verdict:
        return (earlier if before else now)[leaf]

    return {leaf: derive(case, leaf, look) for leaf in circle}
