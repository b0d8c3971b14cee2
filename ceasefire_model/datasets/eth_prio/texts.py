"""Each ceasefire as a scenario: who agreed to what, from when, and until when."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ceasefire_model.conditions import After, Bound, InForce, Vague
from ceasefire_model.datasets.coded import Line, UnreadError, first_day, last_day, lines_of, slug
from ceasefire_model.datasets.eth_prio.coding import (
    LINKS,
    NEEDED,
    NEVER,
    Dates,
    Group,
    Link,
    Side,
    groups_of,
    source_id,
    state_id,
    text_id,
)
from ceasefire_model.datasets.eth_prio.reports import reports
from ceasefire_model.errors import ModelError, Problem, ScenarioError
from ceasefire_model.evidence import Source, SourceKind
from ceasefire_model.facts import State
from ceasefire_model.ids import PartyId
from ceasefire_model.moments import Moment, days, moment
from ceasefire_model.parties import Code, Party, PartyKind
from ceasefire_model.proposals import CeasefireClass, Proposal
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Stance, Statement
from ceasefire_model.territories import Territory, TerritoryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire_model.tables.frames import AnyFrame

_NUMBER = re.compile(r"-?\d+")
_CLASSES = {
    1: CeasefireClass.CESSATION_OF_HOSTILITIES,
    2: CeasefireClass.PRELIMINARY,
    3: CeasefireClass.DEFINITIVE,
}
_PURPOSES = {
    "p_humanitarian": "humanitarian",
    "p_peaceprocess": "peace process",
    "p_holiday": "holiday",
    "p_election": "election",
    "p_other": "other",
    "p_unclear": "unclear",
}


@frozen(kw_only=True)
class Ceasefire:
    """One ceasefire of the data set."""

    id: str
    """Its ``uniq_id``."""

    country: str
    """Its ``location``."""

    side: Side
    purposes: tuple[str, ...]
    dates: tuple[Dates, ...]
    """What its rows say of its time, each once; more than one where they disagree."""

    scenario: Scenario = field(repr=False)
    """Its parties, its text, their words, and the reports on whether it was in force."""

    @property
    def text(self) -> str:
        """The id of its text."""
        return text_id(self.id)


@frozen
class Ceasefires:
    """The ceasefires of a frame, and what could not be read."""

    read: tuple[Ceasefire, ...]
    problems: tuple[Problem, ...]
    """Why rows were not read; no row of such a ceasefire was."""


def ceasefires(
    table: AnyFrame,
    *,
    covered_until: str | date | Moment = "2020-12-31",
    links: Mapping[int, Link] = LINKS,
) -> Ceasefires:
    """Return every ceasefire of a frame as a scenario.

    Args:
        table: The data set: a frame of any library, or rows (``tables.read_csv``).
        covered_until: The last day of the coding, until which what has not ended was in force.
        links: What the codes of ``link`` stand for; others are left out.

    Raises:
        ModelError: If a column is missing.
    """
    problems: list[Problem] = []
    groups = groups_of(lines_of(table, NEEDED), problems)
    last = moment(covered_until)
    read: list[Ceasefire] = []
    for group in groups.values():
        try:
            read.append(_ceasefire(group, _earlier(group, groups, links), last))
        except UnreadError as error:
            problems.append(group.first.unread(error))
        except (ModelError, ScenarioError) as error:
            problems.append(group.first.problem("uniq_id", str(error)))
    return Ceasefires(tuple(read), tuple(problems))


def _earlier(
    group: Group, groups: Mapping[str, Group], links: Mapping[int, Link]
) -> tuple[Link, Group] | None:
    """Return the latest earlier ceasefire that this one is linked to, and how."""
    code = group.first.number_in("link")
    link = links.get(code) if code is not None else None
    country = group.first.number_in("cc") or 0
    ids = [
        str(country * 1000 + number)
        for name in group.first.cells
        if name.startswith("link_id") and (number := group.first.number_in(name) or 0) > 0
    ]
    known = [groups[one] for one in ids if one in groups and one != group.id]
    before = [
        one
        for one in known
        if first_day(one.dates[0].declared) <= last_day(group.dates[0].declared)
    ]
    if link is None or not before:
        return None
    return link, max(before, key=lambda one: (first_day(one.dates[0].declared), one.id))


def _ceasefire(group: Group, earlier: tuple[Link, Group] | None, last: Moment) -> Ceasefire:
    """Return one ceasefire, with the one that it is linked to in its scenario."""
    line = group.first
    side = Side(line.code("side", [one.value for one in Side]))
    both = (earlier[1], group) if earlier else (group,)
    scenario = Scenario(
        title=f"{line.text('location')}: ceasefire {group.id}",
        text="As coded in the ETH/PRIO Civil Conflict Ceasefire Dataset.",
        parties=_parties([line for one in both for line in one.lines]),
        territories=[_territory(line)],
        facts=[_state(one) for one in both],
        sources=list(dict.fromkeys(source for one in both for source in _sources(one))),
        observations=[report for one in both for report in reports(one, last)],
        statements=[word for one in both for word in _words(one)],
        proposals=[_text(one, last, earlier if one is group else None) for one in both],
    )
    purposes = tuple(name for column, name in _PURPOSES.items() if line.number_in(column) == 1)
    return Ceasefire(
        id=group.id,
        country=line.text("location"),
        side=side,
        purposes=purposes,
        dates=group.distinct,
        scenario=scenario,
    )


def _state(group: Group) -> State:
    return State(id=state_id(group), text=f"the ceasefire {group.id} is in force")


def _territory(line: Line) -> Territory:
    codes = [Code("gleditsch-ward", line.text("cc"))]
    name = line.text("location")
    return Territory(id=slug(name), name=name, kind=TerritoryKind.COUNTRY, codes=codes)


def _parties(lines: Iterable[Line]) -> list[Party]:
    """Return the actors in some rows, each once, under the first of their names."""
    found: dict[PartyId, Party] = {}
    for line in lines:
        name, code = line.text("actor_name"), line.text("ucdp_actor_id")
        if not name:
            raise UnreadError("actor_name", "a row without an actor; write its name")
        kind = PartyKind.STATE if name.startswith("Government of") else PartyKind.ARMED_GROUP
        codes = [Code("ucdp", code)] if _has_code(line) else []
        found.setdefault(
            _party_id(line), Party(id=_party_id(line), name=name, kind=kind, codes=codes)
        )
    return list(found.values())


def _has_code(line: Line) -> bool:
    code = line.number_in("ucdp_actor_id")
    return code is not None and code > 0


def _party_id(line: Line) -> PartyId:
    known = _has_code(line)
    return PartyId(f"ucdp-{line.text('ucdp_actor_id')}" if known else slug(line.text("actor_name")))


def _sources(group: Group) -> Iterator[Source]:
    for span in group.distinct:
        rows = ", ".join(
            str(line.number)
            for line, own in zip(group.lines, group.dates, strict=True)
            if own == span
        )
        name = "ETH/PRIO Civil Conflict Ceasefire Dataset"
        known = name if len(group.distinct) == 1 else f"{name}, rows {rows}"
        yield Source(id=source_id(group, span), name=known, kind=SourceKind.RESEARCH)


def _words(group: Group) -> Iterator[Statement]:
    """Yield the acceptance of each actor, as each reading of the rows dates it."""
    text = text_id(group.id)
    for span in group.distinct:
        rows = [line for line, own in zip(group.lines, group.dates, strict=True) if own == span]
        for line in {_party_id(one): one for one in reversed(rows)}.values():
            source = source_id(group, span)
            yield Statement(
                id=f"{text}-{_party_id(line)}-{group.distinct.index(span) + 1}",
                speaker=line.text("actor_name"),
                party=_party_id(line),
                date=span.declared,
                about=About(proposal=text),
                text="declares the ceasefire, or agrees to it",
                source=source,
                stance=Stance.ACCEPTS,
            )


def _text(group: Group, last: Moment, earlier: tuple[Link, Group] | None) -> Proposal:
    """Return the ceasefire as a text."""
    line, span = group.first, group.dates[0]
    parties = list(dict.fromkeys(map(_party_id, group.lines)))
    is_unilateral = line.code("side", [one.value for one in Side]) == Side.UNILATERAL.value
    link: dict[str, Any] = {} if earlier is None else {_FIELDS[earlier[0]]: text_id(earlier[1].id)}
    return Proposal(
        id=text_id(group.id),
        title=f"Ceasefire {group.id}, {line.text('location')}, {span.declared}",
        by=parties,
        to=() if is_unilateral else parties,
        text=_description(line),
        claims=_CLASSES.get(line.code("ceasefire_class", _CLASSES)),
        tabled=span.declared,
        starts=_start(span, last),
        ends=_term(group, line),
        in_force=state_id(group),
        **link,
    )


_FIELDS = {Link.EXTENDS: "prolongs", Link.SUPERSEDES: "previous"}


def _description(line: Line) -> str:
    """Say what was coded of a text."""
    side = Side(line.code("side", [one.value for one in Side])).name.lower()
    purposes = [name for column, name in _PURPOSES.items() if line.number_in(column) == 1]
    term = f" Fixed term: {line.text('fixed_time')}." if line.number_in("fixed") == 1 else ""
    return f"{side.capitalize()}; purpose: {', '.join(purposes) or 'not coded'}.{term}"


def _start(span: Dates, last: Moment) -> Moment | None:
    """Return when a text says that it takes effect; some day, where that is not known."""
    if isinstance(span.effect, Moment):
        return span.effect
    if span.effect == NEVER:
        return None
    latest = span.end if isinstance(span.end, Moment) else last
    first, final = first_day(span.declared), last_day(latest)
    return Moment(f"{first}/{final}") if first < final else Moment(str(first))


def _term(group: Group, line: Line) -> Bound | None:
    """Return when a text says that it ends: so many days after it begins, or in words."""
    if group.term is not None:
        return After(InForce(text_id(group.id)), days(group.term))
    length = line.text("fixed_time")
    if line.number_in("fixed") != 1 or not length or _NUMBER.fullmatch(length):
        return None
    return After(Vague(id=f"{text_id(group.id)}-term", text=length), days(0))
