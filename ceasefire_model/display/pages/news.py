"""News as a briefing: a day at a time, a line for each change or for several alike."""

from __future__ import annotations

from datetime import time
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire_model.analyses.causes import PassingKind, cause_of
from ceasefire_model.analyses.subjects import Topic
from ceasefire_model.conditions import Accepts, Answered, Fulfilled, InForce
from ceasefire_model.display.blocks import Heading, Items, Line, Mark, Page, Paragraph, Part
from ceasefire_model.display.findings import holder, reading_of, stated
from ceasefire_model.display.headlines import force_mark
from ceasefire_model.display.obligations import became_mark, joined, word_of
from ceasefire_model.display.pages.judgements import heard
from ceasefire_model.display.pages.moves import matter
from ceasefire_model.display.words import (
    WORDS,
    bare,
    cited,
    day,
    last_day,
    local_time,
    names,
    plain,
    spelled_out,
    title_of,
    value_of,
)
from ceasefire_model.evidence import Observation
from ceasefire_model.facts import Question
from ceasefire_model.moments import TICK, Moment, day_of
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.performance import PerformanceKind
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from ceasefire_model.analyses.causes import Passing, Told
    from ceasefire_model.analyses.developments import Development, News
    from ceasefire_model.analyses.subjects import Status
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.scenarios import Scenario

_NAMED = 2
"""How many of several that are alike are named in a line; the others are counted."""

_LETTERS = 72
"""How much of each of several is shown."""

_CLAUSE = 96
"""How much of the text of a clause is shown."""

_WORDS_CITED = 3
"""How many of the words that a change by a date rests on are shown."""


def news_page(news: News) -> Page:
    """Compose what changed, a day at a time, and if it was asked for, what changed nothing."""
    scenario, zone = news.view.scenario, news.view.zone
    span = f"{local_time(news.start, zone)} → {last_day(news.end, zone)}"
    days = groupby(news, key=lambda each: day_of(each.at, zone))
    return Page(
        [
            Heading(news.proposal.title, span),
            Paragraph([_came_in(news), "; ".join(_clock(news)), *news.not_followed], is_small=True),
            *(_day(at, [*found], scenario) for at, found in days),
            Paragraph([] if news.found else ["nothing changed"]),
            Part(
                "Came in and changed nothing",
                [Items(Line(told_text(each, scenario)) for each in news.unchanged)],
                is_open=False,
            ),
        ]
    )


def _came_in(news: News) -> str:
    """Write how much came in."""
    if not news.came_in:
        return ""
    named = {id(told) for each in news for told in each.cause.told}
    many = f"{news.came_in} reports and statements" if news.came_in > 1 else "1 report or statement"
    return f"{many} came in; what changed rests on {len(named)}"


def _clock(news: News) -> Iterator[str]:
    if news.known_by is not None:
        yield "on the days of which reports tell"
    yield from heard(news.view)


def _day(at: date, found: Sequence[Development], scenario: Scenario) -> Part:
    """Write what changed on a day."""
    found = [*_by_the_day(found, scenario.zone)]
    shown = [each for each in found if each.topic is not Topic.MOVE]
    groups: dict[Hashable, list[Development]] = {}
    for each in shown:
        if not _is_told_by_obligor(each, shown):
            groups.setdefault(_likeness(each), []).append(each)
    lines = [_Group(tuple(group), at, scenario).line() for group in groups.values()]
    moves = [each for each in found if each.topic is Topic.MOVE]
    return Part(day(Moment(at)), [Items([*lines, *_moves(moves, scenario)])])


def _by_the_day(found: Sequence[Development], zone: ZoneInfo) -> Iterator[Development]:
    """Yield changes, those of a midnight that the reports of the day overtake as one with these.

    What a date does at midnight stands only until the end of the day, when bare days are reported.
    """
    ended = {each.address: each for each in found if each.at.astimezone(zone).time() == time.max}
    begun = {each.address: each for each in found if each.at.astimezone(zone).time() == time.min}
    for each in found:
        last, first = ended.get(each.address), begun.get(each.address)
        if first is None or last is None or each not in (first, last):
            yield each
        elif each is last and _token(first.before) != _token(last.after):
            told = dict.fromkeys((*first.cause.told, *last.cause.told))
            cause = cause_of(told, first.cause.dates, last.cause.overtaken)
            yield evolve(last, before=first.before, cause=cause)


def _token(status: Status | None) -> Hashable:
    return None if status is None else status.token


def _is_told_by_obligor(development: Development, beside: Iterable[Development]) -> bool:
    """Whether what became of a clause is told of each who owes it, so that it is told whole."""
    own = _leaf(development)
    return (
        isinstance(own, Fulfilled)
        and own.by is None
        and any(
            isinstance(leaf := _leaf(each), Fulfilled)
            and leaf.provision == own.provision
            and leaf.by is not None
            and each.at == development.at
            for each in beside
        )
    )


def _leaf(development: Development) -> object:
    finding = _finding(development)
    return None if finding is None else finding.condition


def _finding(development: Development) -> Finding | None:
    status = development.after or development.before
    return None if status is None else status.finding


def _likeness(development: Development) -> Hashable:
    """Return what several changes of one day have in common that are told in one line."""
    finding = _finding(development)
    if finding is None or development.topic not in (Topic.PRECONDITION, Topic.QUESTION):
        return (development.at, development.address)
    turn = (word_of_status(development.before), word_of_status(development.after))
    each = finding.precondition
    whose = (each.held_by, each.basis, _is_own(finding)) if each else _asked_by(finding)
    return (development.topic, whose, turn)


def _is_own(finding: Finding) -> bool:
    """Whether a precondition is of its holder's own acceptance."""
    each = finding.precondition
    return each is not None and isinstance(each.of, Accepts) and each.of.party == each.held_by


def _asked_by(finding: Finding) -> str | None:
    question = _question(finding)
    return None if question is None else question.asked_by


def _question(finding: Finding) -> Question | None:
    if not isinstance(finding.condition, Answered):
        return None
    fact = finding.view.scenario.fact(finding.condition.question)
    return fact if isinstance(fact, Question) else None


def word_of_status(status: Status | None) -> str | None:
    """Write how something stands in a word or two."""
    if status is None or status.finding is None:
        return None
    if status.is_crossed:
        return "crossed"
    if status.performance is not None:
        return ", ".join([word_of(status.performance), *_so_far(status.performance)])
    finding = status.finding
    if isinstance(finding.condition, Answered) and finding.verdict in _ANSWERED:
        return _ANSWERED[finding.verdict]
    if isinstance(finding.condition, InForce):
        return _force(finding.verdict)
    return WORDS[finding.verdict] if finding.stance is None else finding.stance.value


def _before(development: Development) -> str | None:
    """Write how it stood before: of one word whose conditions stand otherwise, how these stood."""
    before, after = development.before, development.after
    then, now = (each and each.finding for each in (before, after))
    if then and now and then.stance is not None and then.stance is now.stance:
        return WORDS[then.verdict]
    return word_of_status(before)


def _force(verdict: Verdict) -> str:
    """Write whether a text is in force, told apart where one verdict follows another."""
    return "not yet in force" if verdict is Verdict.PENDING else force_mark(verdict).word


_ANSWERED = {Verdict.MET: "answered", Verdict.UNMET: "not answered"}
"""What a settled verdict says of a question."""


def _so_far(each: Performance) -> Iterator[str]:
    """Yield how far a number has come, and how often something was not kept."""
    if each.progress is not None:
        yield f"{plain(each.progress.reached)} of {plain(each.progress.needed)}"
    if each.violations:
        many = len(joined(each.violations))
        yield f"not kept {many} time{'s' if many > 1 else ''}"


@frozen(eq=False)
class _Group:
    """Changes of one day that are told in one line."""

    found: tuple[Development, ...]
    on: date
    scenario: Scenario

    def line(self) -> Line:
        """Write them, with where that is from."""
        where = self.sources()
        return Line(f"{self.text()} – {where}" if where else self.text(), self.mark())

    def mark(self) -> Mark:
        """Write how they stand now."""
        first = self.found[0]
        if first.topic is Topic.DEADLOCK:
            return Mark("deadlock" if first.after else "dissolved")
        if first.after is None or first.after.finding is None:
            return Mark("gone")
        verdict = first.after.finding.verdict
        if first.after.is_crossed:
            return Mark("crossed", verdict)
        if first.topic is Topic.TEXT:
            return Mark(_force(verdict), verdict)
        if first.topic is Topic.QUESTION:
            return Mark("answered", verdict) if verdict is Verdict.MET else Mark("question")
        if first.after.performance is not None:
            return became_mark(word_of(first.after.performance), verdict)
        return Mark.of(verdict)

    def text(self) -> str:
        """Write what they are about, and how it stood before."""
        first = self.found[0]
        if first.topic is Topic.DEADLOCK:
            return self.circle()
        before = _before(first)
        was = "" if before is None else f" (before: {before})"
        finding = _finding(first)
        if finding is None:  # pragma: no cover - all else has a finding
            return first.address
        if first.topic is Topic.TEXT:
            is_open = finding.verdict.is_open and finding.verdict is not Verdict.PENDING
            return f"{'whether the proposal is in force' if is_open else 'the proposal'}{was}"
        if first.topic is Topic.ACCEPTANCE and isinstance(finding.condition, Accepts):
            return f"{self.acceptance(finding.condition, first.after)}{was}"
        return f"{self.several(first, finding)}{was}"

    def acceptance(self, leaf: Accepts, after: Status | None) -> str:
        """Write who accepts what, and its word."""
        party = self.scenario.party(leaf.party).name
        is_clause = leaf.of in self.scenario.index.provisions
        of = f" “{title_of(leaf.of, self.scenario)}”" if is_clause else ""
        stance = after and after.finding and after.finding.stance
        return f"{party} {stance.value}{of}" if stance else f"{party} accepts{of}"

    def several(self, first: Development, finding: Finding) -> str:
        """Write what is demanded or asked, or which clause it is."""
        texts = [_subject(each) for each in self.found]
        what = "; ".join(shorten(each, _LETTERS, placeholder=" …") for each in texts[:_NAMED])
        if len(texts) > _NAMED:
            what += f"; and {len(texts) - _NAMED} more"
        elif len(texts) == 1:
            what = texts[0]
        many = f"{len(texts)} " if len(texts) > 1 else ""
        new = "new " if first.before is None else ""
        each = finding.precondition
        if first.topic is Topic.QUESTION:
            return f"{self.asker(finding)} asks: {what}" if first.before is None else what
        if each is None:
            now = first.after and first.after.performance
            return ", ".join([what, *(_so_far(now) if now else ())])
        plural = "s" if len(texts) > 1 else ""
        of = "" if _is_own(finding) else f" of “{spelled_out(each.of, self.scenario)}”"
        whose = f"{each.basis.value} precondition{plural} {holder(each, finding.view)}"
        return f"{many}{new}{whose}{of}: {what}"

    def asker(self, finding: Finding) -> str:
        """Write who asks a question."""
        return names([party] if (party := _asked_by(finding)) else [], self.scenario)

    def circle(self) -> str:
        """Write which preconditions wait on each other."""
        status = self.found[0].after or self.found[0].before
        held = status.deadlock if status else None
        if held is None:  # pragma: no cover - a deadlock has one
            return self.found[0].address
        wait = "wait" if self.found[0].after else "waited"
        texts = [f"{each.text} ({holder(each, held.view)})" for each in held.preconditions]
        return f"{len(texts)} preconditions {wait} on each other: {'; '.join(texts)}"

    # Where it is from

    def sources(self) -> str:
        """Write by which reports and words it changed, or by which date, and on what it rests."""
        told = {id(each): each for found in self.found for each in found.cause.told}
        dates = dict.fromkeys(each for found in self.found for each in found.cause.dates)
        parts = [*self.cited(told.values())]
        if not parts:
            parts = [*dict.fromkeys(self.passed(each) for each in dates), *self.rests_on()]
        for each in self.found:
            finding = _finding(each)
            if finding is not None:
                lost = (reading_of(one, finding) for one in each.cause.overtaken)
                parts += [f"no longer heard: {one}" for one in lost]
        return "; ".join(dict.fromkeys(filter(None, parts)))

    def cited(self, told: Iterable[Told]) -> Iterator[str]:
        """Yield each source once, with where it can be read, and of another day with the day."""
        by_source: dict[str, list[str]] = {}
        for each in told:
            when = each.since if isinstance(each, Observation) else each.date
            name = self.scenario.source(each.source).name
            if not _is_of(when, self.on):
                name += f", {day(when)}"
            by_source.setdefault(name, []).extend(map(bare, (each.reference or "").split(", ")))
        for name, references in by_source.items():
            where = ", ".join(dict.fromkeys(filter(None, references)))
            yield f"{name} ({where})" if where else name

    def passed(self, passing: Passing) -> str:
        """Write which date passed."""
        scenario = self.scenario
        when = last_day(passing.at, scenario.zone)
        begun = local_time(passing.at, scenario.zone)
        said = {
            PassingKind.TABLED: f"tabled {begun}",
            PassingKind.START: f"began {begun}",
            PassingKind.END: f"ran to {when}",
            PassingKind.DUE: f"due {when}",
            PassingKind.WITHDRAWN: f"withdrawn {begun}",
            PassingKind.ASKED: "",
            PassingKind.SUPPOSED: f"supposed from {begun}",
            PassingKind.TIME: f"by the time passed until {begun}",
        }
        return said[passing.kind]

    def rests_on(self) -> Iterator[str]:
        """Yield the words on which what changed by a date rests: on each question who asked it."""
        told: list[Told] = []
        read: list[str] = []
        for each in self.found:
            finding = _finding(each)
            if finding is None or each.after is None:
                continue
            question = _question(finding)
            if question is not None:
                words = (one for one in self.scenario.statements if one.about.fact == question.id)
                told += [one for one in words if finding.view.hears(one)]
            else:
                read += _words_in(finding, each.after)
        yield from list(dict.fromkeys([*self.cited(told), *read]))[:_WORDS_CITED]


def _words_in(finding: Finding, after: Status) -> Iterator[str]:
    """Yield what is reported of all that a finding rests on."""
    for root in _decided(finding, after):
        for node in root.walk():
            for reading in node.readings:
                if reading.observation is not None and reading.says in _SPEAKING:
                    yield reading_of(reading, node)


def _decided(finding: Finding, after: Status) -> Iterator[Finding]:
    """Yield the findings whose words decided: of what is overdue, those since it fell due."""
    leaf, performance = finding.condition, after.performance
    if not isinstance(leaf, Fulfilled) or performance is None:
        yield finding
        return
    provision = finding.view.scenario.provision(leaf.provision)
    duties = [each for each in provision.duties if leaf.by is None or leaf.by in each.by]
    found = performance.duties or (performance,)
    overdue = [
        (duty, became.due - TICK)
        for duty, became in zip(duties, found, strict=True)
        if became.kind is PerformanceKind.OVERDUE and became.due is not None
    ]
    for duty, last in overdue:
        later = finding.evaluation.hearing_since(last, map(str, provision.verified_by))
        yield find(later, duty.requires)
    if not overdue:
        yield finding


_SPEAKING = frozenset({Says.SUPPORTS, Says.DENIES, Says.NEITHER})


def _is_of(when: Moment, on: date) -> bool:
    first, last = when.span
    return first == last == on


def _subject(development: Development) -> str:
    """Write what one change is about."""
    finding = _finding(development)
    if finding is None:  # pragma: no cover - asked of what has a finding
        return development.address
    if finding.precondition is not None:
        return finding.precondition.text
    question = _question(finding)
    if question is not None:
        return question.text
    leaf = finding.condition
    if isinstance(leaf, Fulfilled):
        scenario = finding.view.scenario
        by = f"{scenario.party(leaf.by).name}: " if leaf.by else ""
        text = shorten(scenario.provision(leaf.provision).text, _CLAUSE, placeholder=" …")
        return f"{by}{text} ({leaf.provision})"
    return stated(finding)


def label_of(development: Development) -> str:
    """Write what a change is about, for a label: a text, who accepts, a precondition, a clause."""
    finding = _finding(development)
    if finding is None or finding.precondition is None:
        return _subject(development)
    return f"{finding.precondition.text} ({holder(finding.precondition, finding.view)})"


# Next moves


def _moves(found: Sequence[Development], scenario: Scenario) -> Iterator[Line]:
    """Yield which next moves have come up by the end of a day, and which have fallen away."""
    turns: dict[str, tuple[str, str]] = {}
    for each in found:
        before, after = (_move(side, scenario) for side in (each.before, each.after))
        first, _ = turns.get(each.address, (before, ""))
        turns[each.address] = (first, after)
    come = [after for before, after in turns.values() if after not in {"", before}]
    gone = [before for before, after in turns.values() if before and not after]
    parts = [
        f"{word}{_named(moves)}" for word, moves in (("", come), ("off the list: ", gone)) if moves
    ]
    if parts:
        yield Line(f"as demanded, no advice – {'; '.join(parts)}", Mark("next moves"))


def _named(texts: list[str]) -> str:
    """Name the first of some moves, and count the others."""
    more = [f"and {len(texts) - _NAMED} more"] if len(texts) > _NAMED else []
    return "; ".join([*texts[:_NAMED], *more])


def _move(status: Status | None, scenario: Scenario) -> str:
    """Write what could be done next, about what, and by whom; of no move, nothing."""
    if status is None or status.move is None:
        return ""
    move = status.move
    first, *more = move.findings
    what = shorten(matter(first, move.kind), _LETTERS, placeholder=" …")
    others = f" and {len(more)} more" if more else ""
    who = f" ({names(move.who, scenario)})" if move.who else ""
    return f"{move.kind.value}: {what}{others}{who}"


# What changed nothing


def told_text(told: Told, scenario: Scenario) -> str:
    """Write a report or a statement in a line."""
    source = scenario.source(told.source).name
    if isinstance(told, Observation):
        fact = scenario.fact(told.fact)
        said = f"{fact.text}: {value_of(told.value, fact)} – {source}, {day(told.since)}"
    else:
        said = f"{told.speaker}: {told.text} – {source}, {day(told.date)}"
    return cited(said, told.reference)
