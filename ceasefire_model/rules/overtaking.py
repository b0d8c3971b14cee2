"""Which carried words are overtaken: words contradict each other only about the same time.

A word *speaks* from its start to the end of its report, or to its end, and is *carried* after that,
on the presumption that things stay; another source's later word that it cannot be squared with
shows that they did not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.evidence import Source
from ceasefire_model.facts import CannotSay, Fact, Truth, Value
from ceasefire_model.moments import NEVER, TICK, day_of, end_of, midnight_of
from ceasefire_model.rules.reports import (
    Loss,
    Report,
    are_of_one_day,
    is_above,
    is_lasting,
    limits,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from ceasefire_model.ids import PartyId


def with_losses(
    heard: Mapping[str, Sequence[Report]], fact: Fact, zone: ZoneInfo
) -> dict[str, list[Report]]:
    """Return the reports on a fact, each with when its carried word is overtaken.

    Args:
        heard: The reports that are heard, by source.
        fact: What they are about.
        zone: Where days are counted.
    """
    if len(heard) < 2:  # noqa: PLR2004 - one source alone is overtaken by nobody
        return {name: [*reports] for name, reports in heard.items()}
    rivals = _Rivals(heard.values(), zone, is_lasting=is_lasting(fact))
    return {
        name: [_with_loss(report, rivals.overtake(report)) for report in reports]
        for name, reports in heard.items()
    }


def _with_loss(report: Report, loss: Loss | None) -> Report:
    if loss is None:
        return report
    return Report(  # `evolve` takes three times as long, and there are very many reports
        report.observation,
        report.source,
        report.value,
        report.starts,
        report.ends,
        report.reported,
        report.forgotten,
        report.before,
        report.after,
        loss,
    )


def contradict(one: Value, other: Value) -> bool:
    """Whether two values cannot both be true; who cannot say contradicts nobody."""
    if isinstance(one, Truth) and isinstance(other, Truth):
        return one != other
    (low, high), (least, most) = limits(one), limits(other)
    return is_above(low, most) or is_above(least, high)


class _Rivals:
    """All that is heard of a fact, in order of time."""

    def __init__(
        self, heard: Iterable[Sequence[Report]], zone: ZoneInfo, *, is_lasting: bool
    ) -> None:
        self.zone = zone
        self.is_lasting = is_lasting
        self.unsure: set[int] = set()
        lines: dict[_Key, list[Report]] = {}
        for reports in heard:
            for report, is_sure in _words_at_their_start(reports):
                lines.setdefault(self._key(report.source, report.value), []).append(report)
                if not is_sure:
                    self.unsure.add(id(report))
        self.lines = {key: _Line(reports) for key, reports in lines.items()}

    def _key(self, source: Source, value: Value) -> _Key:
        """Return among whom a word counts: of a lasting fact, among all."""
        who = None if self.is_lasting or source.is_observer else source.party
        return who, value.value if isinstance(value, Truth) else None

    def overtake(self, report: Report) -> Loss | None:
        """Return when the carried word of a report is overtaken, if it is."""
        if not self._is_carried(report):
            return None
        last = report.last_spoken
        found = [each for line in self._against(report) for each in self._in(line, report, last)]
        if len(found) < 2:  # noqa: PLR2004 - of one or none there is no first
            return found[0] if found else None
        first = min(found, key=_taken)
        return Loss(
            min(each.maybe for each in found),
            first.taken,
            min(each.surely for each in found),
            first.by,
        )

    def _is_carried(self, report: Report) -> bool:
        """Whether a word goes on by presumption alone; an act that is done stays done."""
        if report.ends is not None or isinstance(report.value, CannotSay):
            return False
        return not (self.is_lasting and report.value == _DONE)

    def _against(self, report: Report) -> Iterator[_Line]:
        """Yield the words that could overtake one, of whoever may."""
        value = report.value
        said = (not value.value) if isinstance(value, Truth) else None
        is_observer = self.is_lasting or report.source.is_observer
        for who in (None,) if is_observer else (None, report.source.party):
            if (who, said) in self.lines:
                yield self.lines[who, said]

    def _in(self, line: _Line, report: Report, last: datetime) -> Iterator[Loss]:
        """Yield when one line of words overtakes a report that was last spoken at an instant."""
        yield from self._later(line, report, last)
        for rival in line.doubtful(report, last):
            if not self._is_refuted(report, rival):
                at = self._following(last) if rival.is_of_days else last + TICK
                yield Loss(at, at if self.is_lasting else NEVER, NEVER, rival.observation)
        if self.is_lasting:
            following = self._following(last)
            for rival in line.between(report, midnight_of(last, self.zone), last):
                if self._is_known_better(report, rival):
                    is_sure = rival.is_exact and id(rival) not in self.unsure
                    surely = following if is_sure else NEVER
                    yield Loss(following, following, surely, rival.observation)

    def _following(self, at: datetime) -> datetime:
        """Return the local midnight after an instant."""
        return end_of(day_of(at, self.zone), self.zone)

    def _later(self, line: _Line, report: Report, last: datetime) -> Iterator[Loss]:
        """Yield the first word that surely came later, and those that may begin before it does."""
        surely = NEVER
        for rival in line.after(report, last):
            if rival.starts[0] >= surely:
                return
            if not self._is_refuted(report, rival):
                sure = NEVER if id(rival) in self.unsure else rival.starts[1]
                surely = min(surely, sure)
                yield Loss(rival.starts[0], rival.starts[0], sure, rival.observation)

    def _is_refuted(self, report: Report, rival: Report) -> bool:
        """Whether a later word cannot be true of a fact that undoes nothing, if the first was."""
        return self.is_lasting and is_above(limits(report.value)[0], limits(rival.value)[1])

    def _is_known_better(self, report: Report, rival: Report) -> bool:
        """Whether the second of two words of one bare day is an observer's or the same party's."""
        is_his = rival.source.is_observer or rival.source.party == report.source.party
        return (
            is_his
            and not self._is_refuted(report, rival)
            and are_of_one_day(report, rival, self.zone)
        )


_Key: TypeAlias = "tuple[PartyId | None, bool | None]"
"""Among whom a word counts, none for observers, and which truth it says."""

_DONE = Truth(value=True)


def _taken(loss: Loss) -> datetime:
    return loss.taken


def _words_at_their_start(reports: Sequence[Report]) -> Iterator[tuple[Report, bool]]:
    """Yield the reports of one source that are its word when they begin, and whether for sure.

    Of several that begin at once the last reported is.
    """
    last: dict[tuple[datetime, datetime], datetime] = {}
    for report in reports:
        last[report.starts] = max(last.get(report.starts, report.reported), report.reported)
    vague = [report for report in reports if not report.is_exact]
    for report in reports:
        if not report.is_exact:
            yield report, not any(_may_precede(report, each) for each in reports)
        elif report.reported == last[report.starts]:
            yield report, not any(_may_precede(report, each) for each in vague)


def _may_precede(report: Report, other: Report) -> bool:
    """Whether a report may begin together with one that was reported later."""
    return report.reported < other.reported and (
        report.starts[0] <= other.starts[1] and other.starts[0] <= report.starts[1]
    )


class _Line:
    """Words in order of when they may begin first."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = sorted(reports, key=_first)
        self.starts = [report.starts[0] for report in self.reports]
        self.vague = [report for report in self.reports if not report.is_exact]
        bounds = [limits(report.value) for report in reversed(self.reports)]
        lows = (_LEAST if low is None else low for low, _ in bounds)
        highs = (_MOST if high is None else high for _, high in bounds)
        self.highest = [*accumulate(lows, max)][::-1]
        self.lowest = [*accumulate(highs, min)][::-1]
        self.others = self._others()

    def _others(self) -> list[int]:
        """Return, for each word, the next one of another source."""
        following = [len(self.reports)] * len(self.reports)
        for position in range(len(self.reports) - 2, -1, -1):
            one, other = self.reports[position], self.reports[position + 1]
            same = one.source.id == other.source.id
            following[position] = following[position + 1] if same else position + 1
        return following

    def after(self, report: Report, last: datetime) -> Iterator[Report]:
        """Yield what contradicts a report and surely begins after an instant, in order of time."""
        position = bisect_right(self.starts, last)
        while position < len(self.reports) and self._may_contradict(report, position):
            rival = self.reports[position]
            if rival.source.id == report.source.id:
                position = self.others[position]
                continue
            if contradict(report.value, rival.value):
                yield rival
            position += 1

    def _may_contradict(self, report: Report, position: int) -> bool:
        """Whether any word from one on may contradict a report."""
        if isinstance(report.value, Truth):
            return True
        low, high = limits(report.value)
        return is_above(self.highest[position], high) or is_above(low, self.lowest[position])

    def doubtful(self, report: Report, last: datetime) -> Iterator[Report]:
        """Yield what contradicts a report and may begin before or after an instant."""
        for rival in self.vague:
            if rival.starts[0] <= last < rival.starts[1] and _contradicts(rival, report):
                yield rival

    def between(self, report: Report, first: datetime, last: datetime) -> Iterator[Report]:
        """Yield what contradicts a report and begins between two instants, both included."""
        near = range(bisect_left(self.starts, first), bisect_right(self.starts, last))
        for rival in (*self.vague, *(self.reports[each] for each in near)):
            if first <= rival.starts[1] <= last and _contradicts(rival, report):
                yield rival


def _contradicts(rival: Report, report: Report) -> bool:
    return rival.source.id != report.source.id and contradict(rival.value, report.value)


def _first(report: Report) -> datetime:
    return report.starts[0]


_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")
