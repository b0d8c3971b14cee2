"""Reports in plain text: a finding as a tree, an assessment, a comparison, and why."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, assert_never

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
    Condition,
    Derived,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Observed,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.display.words import (
    SYMBOLS,
    WIDTH,
    WORDS,
    as_of,
    bound_of,
    day,
    instant,
    last_day,
    listed,
    local_time,
    names,
    plain,
    span_of,
    statement_of,
    value_of,
)
from ceasefire_model.facts import Truth
from ceasefire_model.moments import BEGINNING
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.rules.moves import MoveKind
from ceasefire_model.rules.performance import PerformanceKind
from ceasefire_model.rules.readings import Says, facts_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ceasefire_model.rules.assessment import (
        Assessment,
        Gate,
        ObligorAssessment,
        OpenQuestion,
        ProvisionAssessment,
    )
    from ceasefire_model.rules.comparison import Comparison
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.moves import Move
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.rules.readings import Reading
    from ceasefire_model.rules.timelines import Timeline
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.statements import Statement

_WORD = 11
"""Columns of a verdict."""

NEXT = "Next moves, to meet the demands as they were made; no advice"
"""What stands over the next moves."""


def finding_text(finding: Finding) -> str:
    """Write a finding as a tree, each leaf with the words it rests on."""
    return "\n".join(_tree(finding, (), 0, set()))


def report(assessment: Assessment) -> str:
    """Write an assessment: the verdict, why, what is open, and the next moves."""
    opened: set[Condition] = set()
    lines = [
        *_head(assessment),
        "",
        *_tree(assessment.finding, assessment.gates, 0, opened),
        *_others(assessment, opened),
        *_provisions(assessment),
        *_section("Open questions", (_question(each) for each in assessment.questions)),
        *_section(NEXT, (_move(move) for move in assessment.next_moves)),
    ]
    return "\n".join(lines)


def comparison_text(comparison: Comparison) -> str:
    """Write what changed between two assessments, from the verdict on the proposal down."""
    before, after = comparison.before, comparison.after
    lines = [f"{after.proposal.title}: {_from_to(before.finding, after.finding)}"]
    if before.view.at != after.view.at:
        lines.append(
            f"{instant(before.view.at, before.view.scenario)} → "
            f"{instant(after.view.at, after.view.scenario)}"
        )
    lines += [_wrapped(f"{turn}: ", text, 2) for turn, text in turns(comparison)]
    if not comparison.changes:
        lines.append("  nothing changed")
    return "\n".join(lines)


def turns(comparison: Comparison) -> list[tuple[str, str]]:
    """Write each change once: from which verdict to which, and of what."""
    shown = [(change, change.after or change.before) for change in comparison.changes]
    return list(
        dict.fromkeys(
            (_from_to(change.before, change.after), stated(node))
            for change, node in shown
            if node is not None
        )
    )


def _from_to(before: Finding | None, after: Finding | None) -> str:
    """Write two verdicts, with the stances where these differ."""
    return f"{state_of(before, after)} → {state_of(after, before)}"


def state_of(finding: Finding | None, other: Finding | None) -> str:
    """Write a verdict, with the stance where the other's differs."""
    if finding is None:
        return "not asked"
    written = WORDS[finding.verdict]
    if finding.stance is not None and (other is None or other.stance is not finding.stance):
        return f"{written} ({finding.stance.value})"
    return written


def _head(assessment: Assessment) -> Iterator[str]:
    proposal, view = assessment.proposal, assessment.view
    when = as_of(view)
    yield f"{proposal.title:<{WIDTH - len(when) - 1}} {when}"
    yield from (fill(each, WIDTH) for each in [between(assessment)] if each)
    if proposal.text:
        yield fill(proposal.text, WIDTH)
    yield from heard(view)


def between(assessment: Assessment) -> str:
    """Write whose proposal it is, and to whom; nothing where neither is named."""
    proposal, scenario = assessment.proposal, assessment.view.scenario
    by = f"by {names(proposal.by, scenario)}" if proposal.by else ""
    to = f"to {names(proposal.to, scenario)}" if proposal.to else ""
    return ", ".join(filter(None, (by, to)))


def heard(view: View) -> Iterator[str]:
    """Yield what was known, whom one hears, and whether something is supposed."""
    scenario = view.scenario
    if view.known_by != view.at:
        yield f"known by {instant(view.known_by, scenario)}"
    if view.trust.party is not None:
        yield f"as the sources that speak for {scenario.party(view.trust.party).name} have it"
    if scenario.suppositions:
        yield "with suppositions: what is supposed overrides every source"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a section, unless it is empty."""
    written = list(lines)
    if written:
        yield from ("", title, *(f"  {line}" for entry in written for line in entry.split("\n")))


def _tree(
    finding: Finding, gates: tuple[Gate, ...], depth: int, opened: set[Condition]
) -> Iterator[str]:
    """Yield a finding and all that it rests on; what is referred to twice is opened once.

    By iteration, since chains through ids may be of any length.
    """
    waiting: list[tuple[Finding, int] | str] = [(finding, depth)]
    gated: set[str] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        node, level = item
        again = isinstance(node.condition, Derived) and node.condition in opened
        opened.add(node.condition)
        yield _line(node, level, again=again)
        if again:
            continue
        yield from (_wrapped("", line, 2 * level + 1 + _WORD) for line in sources(node))
        below: list[tuple[Finding, int] | str] = []
        if not is_denied_leaf(node):
            below += [(part, level + 1) for part in node.parts]
        for gate in gates:
            if gate.precondition.of == node.condition and gate.precondition.id not in gated:
                gated.add(gate.precondition.id)
                below += [_gate(gate, level), (gate.finding, level + 2)]
        waiting.extend(reversed(below))


def _gate(gate: Gate, level: int) -> str:
    """Introduce what a leaf waits for."""
    return _wrapped("waits for: ", _need(gate), 2 * level + 1 + _WORD)


def _need(gate: Gate) -> str:
    """Write a precondition: what it needs, on what basis, who holds it, and where to look."""
    each = gate.precondition
    scenario = gate.finding.view.scenario
    if each.held_by is None:
        who = f"{each.basis.value}, held by no party"
    else:
        who = f"{each.basis.value}, held by {scenario.party(each.held_by).name}"
    reference = f", {each.reference}" if each.reference else ""
    return f"{each.text} ({who}{reference})"


def _line(finding: Finding, level: int, *, again: bool = False) -> str:
    """Write one node: sign, word, statement, and in brackets where to look."""
    text = f"{stated(finding)} (see above)" if again else stated(finding)
    return _wrapped(f"{_verdict(finding):<{_WORD}} ", text, 2 * level)


def _verdict(finding: Finding) -> str:
    """Write a verdict as sign and word."""
    return f"{SYMBOLS[finding.verdict]} {WORDS[finding.verdict]}"


def stated(finding: Finding) -> str:
    """Write what was judged: a leaf as it is, the rest in the words of who demands it."""
    scenario = finding.view.scenario
    condition = finding.condition
    if finding.meaning is not None:
        return f"if it means: {finding.meaning.text}"
    if finding.precondition is not None and isinstance(condition, AllOf | AnyOf | AtLeastOf | Not):
        return finding.precondition.text
    if isinstance(condition, Accepts) and finding.address.startswith(f"in_force({condition.of})"):
        return f"{scenario.party(condition.party).name} accepts"
    return statement_of(condition, scenario)


def _wrapped(head: str, text: str, indent: int) -> str:
    """Write a text behind its head, continued under itself."""
    indent = min(indent, WIDTH // 2)
    is_long = indent + len(head) > WIDTH // 2
    return fill(
        head + text if is_long else text,
        WIDTH,
        initial_indent=" " * indent + ("" if is_long else head),
        subsequent_indent=" " * (indent + (2 if is_long else len(head))),
        break_on_hyphens=False,
    )


def is_denied_leaf(finding: Finding) -> bool:
    """Whether it negates a leaf about a fact, which is shown in one line with it."""
    condition = finding.condition
    return isinstance(condition, Not) and bool(_facts_of(condition.part))


def sources(finding: Finding) -> Iterator[str]:
    """Yield, for a leaf, who says what, when, and where it can be read."""
    if is_denied_leaf(finding):
        denied = stated(finding.parts[0])
        yield from (f"“{denied}” – {line}" for line in sources(finding.parts[0]))
    if finding.stance is not None or finding.statements:
        stance = finding.stance.value if finding.stance else "both ways on one day"
        said = "; ".join(_said(word, finding) for word in finding.statements) or "supposed"
        yield f"{stance} · {said}"
    for reading in finding.readings:
        yield _reading(reading, finding)
    if isinstance(finding.condition, Vague):
        yield _meanings(finding, finding.condition)


def _said(word: Statement, finding: Finding) -> str:
    source = finding.view.scenario.source(word.source).name
    by = word.speaker if word.speaker in source else f"{word.speaker}, in {source}"
    return _cited(f"{by}, {day(word.date)}", word.reference)


def _cited(text: str, reference: str | None) -> str:
    return f"{text} ({reference})" if reference else text


def _reading(reading: Reading, finding: Finding) -> str:
    scenario = finding.view.scenario
    seen = reading.observation
    if seen is None:
        return "supposed" if _is_supposed(finding) else "asked, and no answer reported"
    fact = scenario.fact(seen.fact)
    said = value_of(seen.value, fact)
    if reading.says is Says.DENIES and seen.value == Truth(True):  # noqa: FBT003 - a value
        said = f"not before {day(seen.since)}"
    when = day(seen.since)
    if seen.reported != seen.since:
        when = f"{when}, reported {day(seen.reported)}"
    line = _cited(f"{scenario.source(seen.source).name}: {said} · {when}", seen.reference)
    if reading.says is Says.NO_LONGER:
        line = f"the last word before: {line}"
    return f"{line}; {seen.note}" if seen.note else line


def _is_supposed(finding: Finding) -> bool:
    return any(
        finding.view.supposed_value(name) is not None for name in _facts_of(finding.condition)
    )


def _facts_of(condition: Condition) -> tuple[str, ...]:
    """Return the facts that a leaf asks about; of anything else, none."""
    return facts_of(condition) if isinstance(condition, Observed) else ()


def _meanings(finding: Finding, condition: Vague) -> str:
    agreed = agreed_meaning(finding.view, condition)
    if agreed is not None:
        return f"taken to mean: {agreed.text}"
    if not condition.meanings:
        return "no meaning has been named"
    return "the words allow several meanings; what each would give:"


def _others(assessment: Assessment, opened: set[Condition]) -> Iterator[str]:
    """Yield the words of parties that the proposal is not addressed to, and unasked conditions."""
    for each in assessment.parties:
        if each.finding.condition not in opened:
            yield from ("", *_tree(each.finding, assessment.gates, 0, opened))
        shown = {part.address for part in each.finding.parts}
        missing = [need for need in each.preconditions if need.address not in shown]
        if missing:
            yield from ("", f"What {each.party.name} holds that its acceptance needs")
            for need in missing:
                yield from _tree(need, assessment.gates, 1, opened)


def _provisions(assessment: Assessment) -> Iterator[str]:
    lines = (
        line
        for each in assessment.provisions
        for line in (
            *_provision(each, assessment.view.scenario),
            *(
                _wrapped("waits for: ", wait, _WORD + 1)
                for wait in waits_of(each, assessment.gates)
            ),
        )
    )
    yield from _section("Provisions", lines)


def waits_of(each: ProvisionAssessment, gates: Iterable[Gate]) -> Iterator[str]:
    """Yield what a provision that is not met waits for, each with how that stands.

    What other texts that it refers to wait for is shown with those.
    """
    if each.finding is None or each.finding.verdict is Verdict.MET:
        return
    asked = {each.finding.condition, *_demanded(each.finding)}
    for gate in gates:
        if gate.precondition.of in asked:
            yield f"{_need(gate)}: {WORDS[gate.finding.verdict]}"


def _demanded(finding: Finding) -> Iterator[Condition]:
    """Yield the conditions inside one, texts that it refers to unopened."""
    for part in finding.parts:
        yield part.condition
        if not isinstance(part.condition, Derived):
            yield from _demanded(part)


def provision_text(each: ProvisionAssessment) -> str:
    """Write what became of a provision, and what that rests on."""
    opened: set[Condition] = set()
    parts = () if each.finding is None else each.finding.parts
    reasons = (line for part in parts for line in _tree(part, (), 1, opened))
    return "\n".join([*_provision(each, each.view.scenario), *reasons])


def _provision(each: ProvisionAssessment, scenario: Scenario) -> Iterator[str]:
    """Yield a provision with what became of it, together and per obligor."""
    provision = each.provision
    brackets = [f"due {due_text(each)}"] if provision.due else []
    text = f"{provision.text} ({'; '.join([*brackets, provision.id])})"
    if each.finding is None:
        yield _wrapped(f"{provision.kind.value:<{_WORD}} ", text, 0)
        return
    yield _wrapped(f"{_verdict(each.finding):<{_WORD}} ", text, 0)
    margin = _WORD + 1
    yield from (_wrapped("", line, margin) for line in became(each))
    for obligor in each.obligors:
        name = scenario.party(obligor.party).name
        yield _wrapped(f"{name}: ", owed(obligor, each), margin)


def due_text(each: ProvisionAssessment) -> str:
    """Write when a provision is due: the date or the rule, and the date that the rule gives."""
    bound, scenario = each.provision.due, each.view.scenario
    if bound is None:
        return ""
    when = each.performance.due if each.performance else None
    rule = bound_of(bound, scenario)
    if isinstance(bound, After) and when is not None:
        return f"{last_day(when, scenario.zone)}, {rule}"
    return rule


def became(each: ProvisionAssessment) -> Iterator[str]:
    """Yield what became of a provision, and what took its place or whose place it takes."""
    scenario, provision = each.view.scenario, each.provision
    found = [] if each.performance is None else [each.performance]
    yield from (performed(one, scenario, is_dated=provision.due is not None) for one in found)
    if each.replaced is not None:
        yield f"by the clause that it replaces: {performed(each.replaced, scenario)}"
    for other in scenario.index.provisions.values():
        if provision.id in other.replaces:
            title = scenario.index.proposal_of[other.id].title
            yield f"replaced by “{other.text}” ({title}; {other.id})"


def owed(obligor: ObligorAssessment, each: ProvisionAssessment) -> str:
    """Write what became of what one obligor owes."""
    is_dated = each.provision.due is not None
    return performed(obligor.performance, each.view.scenario, is_dated=is_dated)


def performed(each: Performance, scenario: Scenario, *, is_dated: bool = True) -> str:
    """Write what became of an obligation, with its dates and numbers.

    Args:
        each: What became of it.
        scenario: The situation.
        is_dated: Whether it has a deadline; what has none is not said to be not due.
    """
    kind = each.kind.value
    if each.kind is PerformanceKind.OPEN:
        kind = WORDS[each.verdict]
    elif each.kind is PerformanceKind.NOT_DUE and not is_dated:
        kind = f"{WORDS[each.verdict]}, no date is set"
    parts = [kind]
    if each.is_punctuality_open and each.punctual is not None:
        parts.append(f"and whether in time is {WORDS[each.punctual]}")
    if each.since is not None and each.since > BEGINNING:
        word = "broke" if each.kind is PerformanceKind.BREACHED else "first met"
        parts.append(f"{word} on {instant(each.since, scenario)}")
    if each.late_by is not None:
        parts.append(f"{span_of(each.late_by)} late")
    if each.progress is not None:
        parts.append(f"{plain(each.progress.reached)} of {plain(each.progress.needed)}")
    elif each.of > 1:
        parts.append(f"{each.met} of {each.of} duties are met")
    return ", ".join(parts)


def timeline_text(timeline: Timeline) -> str:
    """Write a timeline, one stretch a line."""
    return "\n".join(
        f"{_stretch(span.start, span.end, timeline.zone)}  "
        f"{SYMBOLS[span.verdict]} {WORDS[span.verdict]}"
        for span in timeline.spans
    )


def _stretch(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Write from when to when; one day where it is one."""
    ends = dict.fromkeys((local_time(start, zone), last_day(end, zone)))
    return " – ".join(ends)


def _question(each: OpenQuestion) -> str:
    """Write an open question: who asks whom, and what."""
    return _wrapped(f"{_verdict(each.finding):<{_WORD}} ", asked(each), 0)


def asked(each: OpenQuestion) -> str:
    """Write who asks whom, and what."""
    scenario, question = each.finding.view.scenario, each.question
    asked_of = f" asks {names(question.asked_of, scenario)}" if question.asked_of else " asks"
    return f"{names([question.asked_by], scenario)}{asked_of}: {question.text}"


_ASK = "what is meant by"


def _move(move: Move) -> str:
    """Write one next move: what to do, who could, and about what."""
    return _wrapped(f"{move.kind.value:<{_WORD}} ", move_text(move), 0)


def move_text(move: Move) -> str:
    """Write who could do something next, and about what."""
    scenario = move.findings[0].view.scenario
    who = f"{names(move.who, scenario)}: " if move.who else ""
    return who + "; ".join(matter(finding, move.kind) for finding in move.findings)


def matter(finding: Finding, kind: MoveKind) -> str:
    """Write what a move is about."""
    text = stated(finding)
    if kind is MoveKind.ASK:
        return f"{_ASK} “{text}”?"
    if isinstance(finding.condition, Accepts) and kind is MoveKind.WAIT:
        return f"the final word on whether {text}"
    return f"no longer: {text}" if finding.verdict is Verdict.MET else text


def why(finding: Finding) -> str:
    """Say in one sentence why the verdict is what it is."""
    return f"{stated(finding)}: {WORDS[finding.verdict]}, because {_because(finding)}."


def _because(finding: Finding) -> str:
    match finding.condition:
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            return _because_of_words(finding)
        case Accepts():
            return _because_of_stance(finding)
        case Not():
            return f"of the contrary: {finding.parts[0].why.removesuffix('.')}"
        case InForce() | Fulfilled() | AllOf() | AnyOf() | AtLeastOf():
            return _because_of_parts(finding)
        case Ever() | By() | HeldFor() | Throughout() | When():
            return _because_of_history(finding)
        case Vague():
            return _because_of_meanings(finding, finding.condition)
        case _:
            assert_never(finding.condition)


def _because_of_words(finding: Finding) -> str:
    """Name who supports and who denies a leaf."""
    if not finding.readings:
        return "nobody reports on it"
    if finding.readings[0].observation is None:
        return _reading(finding.readings[0], finding)
    grouped = {
        says: [_reading(reading, finding) for reading in finding.readings if reading.says is says]
        for says in Says
    }
    written = {
        Says.SUPPORTS: "it is supported by",
        Says.DENIES: "it is denied by",
        Says.NEITHER: "nothing is settled by",
        Says.NO_LONGER: "nothing is said of this time by",
    }
    return " and ".join(
        f"{written[says]} {'; '.join(lines)}" for says, lines in grouped.items() if lines
    )


def _because_of_stance(finding: Finding) -> str:
    """Name the latest word and what it still needs."""
    if finding.stance is None and not finding.statements:
        return _because_of_parts(finding) if finding.parts else "nobody reports a word of it"
    said = next(iter(sources(finding)))
    if not finding.parts:
        return f"its latest word: {said}"
    return f"its latest word: {said}; {_because_of_parts(finding)}"


def _because_of_parts(finding: Finding) -> str:
    """Count what is met, and name what decides."""
    parts = finding.parts
    if not parts:
        is_free = finding.own in (None, Verdict.MET)
        return "no part is needed" if is_free else "of its dates"
    met = sum(part.verdict is Verdict.MET for part in parts)
    deciding = [part for part in parts if part.verdict is finding.verdict] or list(parts)
    named = listed([_short(part) for part in deciding[:_NAMED]])
    more = f" and {len(deciding) - _NAMED} more" if len(deciding) > _NAMED else ""
    return f"{met} of {len(parts)} parts are met; what decides: {named}{more}"


_NAMED = 3
"""How many parts a sentence names."""


def _short(finding: Finding) -> str:
    return f"“{stated(finding)}” ({WORDS[finding.verdict]})"


def _because_of_history(finding: Finding) -> str:
    """Say how it stands now, and what is known of when."""
    scenario = finding.view.scenario
    parts = [f"now {_short(part)}" for part in finding.parts]
    if finding.met_at is not None:
        parts.append(f"first met on {instant(finding.met_at, scenario)}")
    if finding.due is not None:
        parts.append(f"due by {last_day(finding.due, scenario.zone)}")
    if finding.late_by is not None:
        parts.append(f"late by {span_of(finding.late_by)}")
    return "; ".join(parts)


def _because_of_meanings(finding: Finding, condition: Vague) -> str:
    agreed = agreed_meaning(finding.view, condition)
    if agreed is not None:
        return f"it is taken to mean “{agreed.text}”"
    each = (
        listed(
            [
                f"“{part.meaning.text}” would be {WORDS[part.verdict]}"
                for part in finding.parts
                if part.meaning is not None
            ]
        )
        if condition.meanings
        else "nobody has named a meaning"
    )
    return f"no meaning is agreed: {each}"
