"""What became of an obligation, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire_model.display.blocks import Mark
from ceasefire_model.display.findings import dated
from ceasefire_model.display.words import (
    WORDS,
    bound_of,
    last_day,
    listed,
    local_time,
    plain,
    span_of,
)
from ceasefire_model.moments import BEGINNING
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.obligations import in_order
from ceasefire_model.rules.performance import PerformanceKind
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from ceasefire_model.conditions import Bound
    from ceasefire_model.rules.assessment import ObligorAssessment, ProvisionAssessment
    from ceasefire_model.rules.findings import Progress
    from ceasefire_model.rules.obligations import Stretch
    from ceasefire_model.rules.performance import Performance


def due_text(each: ProvisionAssessment) -> str:
    """Write when a provision is due: the date or the rule, and the date that the rule gives."""
    bound = each.provision.due
    return "" if bound is None else _dated(each, bound, Edge.END)


def terms_text(each: ProvisionAssessment) -> Iterator[str]:
    """Yield when a clause is due, when it binds by itself, and whether it outlives its text."""
    clause = each.provision
    if clause.due is not None:
        yield f"due {due_text(each)}"
    if clause.starts is not None:
        yield f"starts {_dated(each, clause.starts, Edge.START)}"
    if clause.ends is not None:
        yield f"ends {_dated(each, clause.ends, Edge.END)}"
    if clause.survives:
        yield "outlives the text"


def _dated(each: ProvisionAssessment, bound: Bound, edge: Edge) -> str:
    if each.finding is None:  # a right or a declaration
        return bound_of(bound, each.view.scenario)
    return dated(bound, edge, each.finding.evaluation)


def became(each: ProvisionAssessment) -> Iterator[str]:
    """Yield when and how far a provision was met, and what took its place or whose place it takes.

    The word for it is its mark.
    """
    if each.performance is not None and (
        details := [*particulars(each.performance, each.view.zone)]
    ):
        yield ", ".join(details)
    for other in each.replacements:
        named = f"by “{other.provision.text}” ({other.proposal.title}; {other.provision.id})"
        yield (
            f"replaced {named}" if other.is_in_force else f"would be replaced {named}, not in force"
        )


def owed(obligor: ObligorAssessment, each: ProvisionAssessment) -> str:
    """Write what became of what one obligor owes."""
    return performed(obligor.performance, each.view.zone)


def word_of(each: Performance) -> str:
    """Write what became of an obligation in a word; in doubt, in which."""
    return kind_word(each.kind, each.verdict)


def kind_word(kind: PerformanceKind, verdict: Verdict) -> str:
    """Write what became of an obligation in a word; in doubt, in which.

    Where one duty of several is in doubt and another is not done, it is open: *not met* would read
    as if it were known of all.
    """
    is_in_doubt = kind is PerformanceKind.OPEN and verdict.is_open
    return WORDS[verdict] if is_in_doubt else str(kind.value)


def became_mark(word: str, verdict: Verdict | None) -> Mark:
    """Return the mark of what became of an obligation; what was not always kept has no tick."""
    return Mark(word, verdict, is_marred=word == PerformanceKind.VIOLATED.value)


def mark_of(each: ProvisionAssessment) -> Mark:
    """Return what became of a clause in a word; of a right or a declaration, which it is."""
    if each.finding is None or each.performance is None:
        return Mark(each.provision.kind.value)
    return became_mark(word_of(each.performance), each.finding.verdict)


def said_of(each: ProvisionAssessment, *, is_short: bool = False) -> str:
    """Write what stands behind that word: by whom, since when, how far; of a right, nothing."""
    if each.performance is None:
        return ""
    details = particulars(each.performance, each.view.zone, is_short=is_short)
    return ", ".join(filter(None, [by_whom(each, is_short=is_short), *details]))


def whose(each: ProvisionAssessment) -> list[str]:
    """Name who owes what the word for the whole is true of: of what is amiss, or where not all."""
    if each.performance is None or each.performance.kind in _NOTHING_AMISS:
        return []
    word, scenario = word_of(each.performance), each.view.scenario
    found = [one.party for one in each.obligors if word_of(one.performance) == word]
    is_of_all = each.performance.kind in _STILL_OPEN and len(found) == len(each.obligors)
    return [] if is_of_all else [scenario.party(party).name for party in found]


def by_whom(each: ProvisionAssessment, *, is_short: bool) -> str:
    """Write who owes what is amiss; in short, several only where they are not all who owe it."""
    found = whose(each)
    is_of_all = len(found) == len(each.obligors) > 1
    return "" if is_short and is_of_all else listed(found)


_NOTHING_AMISS = frozenset(
    {
        PerformanceKind.KEPT,
        PerformanceKind.MET,
        PerformanceKind.NOT_OWED,
        PerformanceKind.SUPERSEDED,
    }
)

_STILL_OPEN = frozenset({PerformanceKind.OPEN, PerformanceKind.NOT_DUE})


def performed(each: Performance, zone: ZoneInfo) -> str:
    """Write what became of an obligation, with its dates and numbers."""
    return ", ".join([word_of(each), *particulars(each, zone)])


def particulars(each: Performance, zone: ZoneInfo, *, is_short: bool = False) -> Iterator[str]:
    """Yield the dates and numbers of what became of an obligation.

    In short, without its duties, and with its date, which else stands beside the text.
    """
    if each.was is not None:
        yield f"{each.was.value} by then"
    is_over = each.kind is PerformanceKind.SUPERSEDED
    if each.is_punctuality_open and each.punctual is not None and not is_over:
        yield f"whether in time is {WORDS[each.punctual]}"
    if is_short and each.due is not None and each.kind in _DATED:
        yield f"due {last_day(each.due, zone)}"
    yield from _begun(each, zone)
    if each.late_by is not None:
        least, most = map(span_of, each.late_by)
        yield f"{most} late" if least == most else f"{least} to {most} late"
    if each.progress is not None:
        yield how_far(each.progress)
    elif each.of > 1 and not is_short:
        yield f"{each.met} of {each.of} duties are met"
    sure, vague = _sure(each), [one for one in each.violations if one.verdict is not Verdict.UNMET]
    yield from _stretches("not kept", joined(sure), zone)
    if not (is_short and sure):
        yield from _stretches("not kept at some time", joined(vague), zone)
    if not (is_short and each.violations):
        # of several duties one may be in doubt while another is not kept
        yield from _stretches("in doubt", joined(each.doubts), zone)
    if each.last_word is not None:
        yield f"last report {local_time(each.last_word, zone)}"


def stretch_text(each: Stretch) -> str:
    """Write when something was not kept, or in doubt."""
    word = "not kept" if each.verdict is Verdict.UNMET else f"in doubt: {WORDS[each.verdict]}"
    return next(_stretches(word, [each], each.zone))


def how_far(found: Progress) -> str:
    """Write how far a number has come."""
    reached, needed = plain(found.reached), plain(found.needed)
    return f"{reached}, of at most {needed}" if found.is_ceiling else f"{reached} of {needed}"


_DATED = (
    PerformanceKind.OVERDUE,
    PerformanceKind.OPEN,
    PerformanceKind.NOT_DUE,
    PerformanceKind.LAPSED,
    PerformanceKind.MET_LATE,
)
"""What is understood from its date."""


def _begun(each: Performance, zone: ZoneInfo) -> Iterator[str]:
    """Yield since when it is so; nothing where the last stretch not kept begins with it."""
    if each.since is None or each.since <= BEGINNING:
        return
    sure = joined(_sure(each))
    is_said = bool(sure) and sure[-1].start == each.since
    if each.kind is PerformanceKind.OPEN and each.violations:
        return
    if each.kind is not PerformanceKind.BREACHED or not is_said:
        yield f"{_SINCE.get(each.kind, 'first met on')} {local_time(each.since, zone)}"


def _sure(each: Performance) -> list[Stretch]:
    """Return the stretches in which it was surely not kept."""
    return [one for one in each.violations if one.verdict is Verdict.UNMET]


_SINCE = {
    PerformanceKind.BREACHED: "since",
    PerformanceKind.KEPT: "since",
    PerformanceKind.VIOLATED: "kept again since",
}
"""What a date says of a kind."""


def joined(found: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that overlap or meet, as of several who owe it, as one."""
    whole: list[Stretch] = []
    for each in in_order(found):
        last = whole[-1] if whole else None
        if last is None or (last.end is not None and last.end < each.start):
            whole.append(each)
        elif last.end is not None:
            end = None if each.end is None else max(last.end, each.end)
            whole[-1] = evolve(last, end=end)
    return whole


def _stretches(word: str, found: Sequence[Stretch], zone: ZoneInfo) -> Iterator[str]:
    """Yield how often something was so, and when last."""
    if found:
        last = found[-1]
        begun = local_time(last.start, zone) if last.start > BEGINNING else "the beginning"
        ended = None if last.end is None else last_day(last.end, zone)
        span = f"from {begun} on" if ended is None else f"from {begun} to {ended}"
        when = f"on {begun}" if ended == begun else span
        often = "" if len(found) == 1 else f" {len(found)} times, the last"
        yield f"{word}{often} {when}"
