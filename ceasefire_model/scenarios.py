"""Scenario: one situation, checked as a whole, and as it would be if something else were so."""

from __future__ import annotations

from functools import cache
from os import PathLike
from types import UnionType
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import field, fields, frozen
from attrs.validators import deep_iterable, optional

from ceasefire_model.conditions import Accepts, Condition, Meaning, Vague
from ceasefire_model.consistency import (
    circle_problems,
    problems_in,
)
from ceasefire_model.errors import ModelError, Problem, ScenarioError, UnknownIdError, shortened
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import (
    Fact,
)
from ceasefire_model.fields import Pairs, as_many, is_a, not_blank
from ceasefire_model.ids import id_of, looked_up
from ceasefire_model.index import Index, Placed
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.references import Record
from ceasefire_model.reprs import counted, spelled
from ceasefire_model.statements import Stance, Statement
from ceasefire_model.suppositions import (
    Supposition,
    imagined_problems,
    loose_condition_problems,
)
from ceasefire_model.territories import Territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from ceasefire_model.facts import Given
    from ceasefire_model.ids import Name
    from ceasefire_model.moments import Time


@cache
def _zone_of(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo  # takes time, and only a scenario needs it

    return ZoneInfo(name)


def _zone(_instance: object, _attribute: object, value: str) -> None:
    """Refuse what the time zone data base does not know."""
    try:
        _zone_of(value)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise ModelError(
            f"no time zone {shortened(value)}; write its IANA name, such as 'Europe/Kyiv' or 'UTC'"
        ) from error


# Converters: one record alone needs no list


def _parties(records: Party | Iterable[Party]) -> tuple[Party, ...]:
    return as_many(records)


def _territories(records: Territory | Iterable[Territory]) -> tuple[Territory, ...]:
    return as_many(records)


def _facts(records: Fact | Iterable[Fact]) -> tuple[Fact, ...]:
    return as_many(records)


def _sources(records: Source | Iterable[Source]) -> tuple[Source, ...]:
    return as_many(records)


def _observations(records: Observation | Iterable[Observation]) -> tuple[Observation, ...]:
    return as_many(records)


def _statements(records: Statement | Iterable[Statement]) -> tuple[Statement, ...]:
    return as_many(records)


def _proposals(records: Proposal | Iterable[Proposal]) -> tuple[Proposal, ...]:
    return as_many(records)


def _preconditions(records: Precondition | Iterable[Precondition]) -> tuple[Precondition, ...]:
    return as_many(records)


def _suppositions(records: Supposition | Iterable[Supposition]) -> tuple[Supposition, ...]:
    return as_many(records)


Named: TypeAlias = (
    Party | Territory | Fact | Source | Statement | Proposal | Provision | Precondition
)
"""The records that always have an id."""


@frozen(kw_only=True)
class Scenario:
    """One situation: who says what and who reports what; checked as a whole.

    Raises:
        ScenarioError: If records do not fit together; it lists every problem with its place.

    Attributes:
        title: What it is about.
        timezone: The IANA time zone in which bare days are read.
        text: Where it comes from, in a sentence or two.
        parties: Who can accept, act and speak.
        territories: The places.
        facts: What can be observed.
        sources: Who reports.
        observations: What is reported.
        statements: What is said.
        proposals: The texts.
        preconditions: What must come first.
        suppositions: What is imagined, each over those before it.
    """

    __repr__ = spelled

    title: str = field(validator=not_blank)
    timezone: str = field(default="UTC", validator=_zone)
    text: str | None = field(default=None, repr=False, validator=optional(not_blank))
    parties: tuple[Party, ...] = field(
        default=(),
        converter=_parties,
        repr=counted,
        validator=deep_iterable(is_a(Party)),
    )
    territories: tuple[Territory, ...] = field(
        default=(),
        converter=_territories,
        repr=counted,
        validator=deep_iterable(is_a(Territory)),
    )
    facts: tuple[Fact, ...] = field(
        default=(),
        converter=_facts,
        repr=counted,
        validator=deep_iterable(is_a(Fact)),
    )
    sources: tuple[Source, ...] = field(
        default=(),
        converter=_sources,
        repr=counted,
        validator=deep_iterable(is_a(Source)),
    )
    observations: tuple[Observation, ...] = field(
        default=(),
        converter=_observations,
        repr=counted,
        validator=deep_iterable(is_a(Observation)),
    )
    statements: tuple[Statement, ...] = field(
        default=(),
        converter=_statements,
        repr=counted,
        validator=deep_iterable(is_a(Statement)),
    )
    proposals: tuple[Proposal, ...] = field(
        default=(),
        converter=_proposals,
        repr=counted,
        validator=deep_iterable(is_a(Proposal)),
    )
    preconditions: tuple[Precondition, ...] = field(
        default=(),
        converter=_preconditions,
        repr=counted,
        validator=deep_iterable(is_a(Precondition)),
    )
    suppositions: tuple[Supposition, ...] = field(
        default=(),
        converter=_suppositions,
        repr=counted,
        validator=deep_iterable(is_a(Supposition)),
    )
    index: Index = field(init=False, eq=False, repr=False)
    """The records by kind and id."""

    def __attrs_post_init__(self) -> None:
        """Check everything."""
        placed = _placed(self)
        index, taken = Index().extended(placed)
        problems = [*taken, *problems_in(index, placed, self.zone)]
        object.__setattr__(self, "index", _whole(index, problems, self.suppositions, self.zone))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return _zone_of(self.timezone)

    def __getitem__(self, name: Name) -> Named:
        """Return the record of any kind that has this id, or the id of this record.

        Raises:
            UnknownIdError: If there is none.
            ModelError: If records of several kinds have it; each kind has a method of its own.
        """
        kinds, name = self._named(), id_of(name)
        found = {kind: table[name] for kind, table in kinds.items() if name in table}
        if not found:
            known = {known: None for table in kinds.values() for known in table}
            raise UnknownIdError("record", name, tuple(known))
        if len(found) > 1:
            ways = " or ".join(f"scenario.{kind}({name!r})" for kind in found)
            raise ModelError(f"{name!r} is the id of several records; write {ways}")
        return next(iter(found.values()))

    __iter__ = None  # it is looked up in by id, and holds records of several kinds

    def _ipython_key_completions_(self) -> list[str]:
        """Name the records, for whoever types a key."""
        return [name for table in self._named().values() for name in table]

    def _named(self) -> dict[str, Mapping[str, Named]]:
        """Give the records that have an id of their own, by kind."""
        return {
            "party": self.index.parties,
            "territory": self.index.territories,
            "fact": self.index.facts,
            "source": self.index.sources,
            "statement": self.index.statements,
            "proposal": self.index.proposals,
            "provision": self.index.provisions,
            "precondition": self.index.preconditions,
        }

    def party(self, name: Name) -> Party:
        """Return a party by id or record.

        Raises:
            UnknownIdError: If there is none.
        """
        return looked_up("party", name, self.index.parties)

    def territory(self, name: Name) -> Territory:
        """Return a territory by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("territory", name, self.index.territories)

    def fact(self, name: Name) -> Fact:
        """Return a fact by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("fact", name, self.index.facts)

    def source(self, name: Name) -> Source:
        """Return a source by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("source", name, self.index.sources)

    def statement(self, name: Name) -> Statement:
        """Return a statement by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("statement", name, self.index.statements)

    def proposal(self, name: Name) -> Proposal:
        """Return a proposal by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("proposal", name, self.index.proposals)

    def provision(self, name: Name) -> Provision:
        """Return a provision by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("provision", name, self.index.provisions)

    def precondition(self, name: Name) -> Precondition:
        """Return a precondition by id or record; raises ``UnknownIdError`` if there is none."""
        return looked_up("precondition", name, self.index.preconditions)

    def check(self, condition: Condition) -> None:
        """Refuse a condition that mentions what this scenario does not have.

        Raises:
            ScenarioError: It lists every problem.
            ModelError: If it is no condition.
        """
        if not isinstance(cast("object", condition), Condition):
            what = f"takes a condition, got {shortened(condition)}; read one with asked"
            raise ModelError(what, "condition")
        _refuse(loose_condition_problems(self.index, condition, "$", self.zone))

    def with_parties(self, parties: Party | Iterable[Party]) -> Scenario:
        """Return the scenario with more parties; checks only these."""
        return self._with("parties", parties)

    def with_territories(self, territories: Territory | Iterable[Territory]) -> Scenario:
        """Return the scenario with more territories; checks only these."""
        return self._with("territories", territories)

    def with_facts(self, facts: Fact | Iterable[Fact]) -> Scenario:
        """Return the scenario with more facts; checks only these."""
        return self._with("facts", facts)

    def with_sources(self, sources: Source | Iterable[Source]) -> Scenario:
        """Return the scenario with more sources; checks only these."""
        return self._with("sources", sources)

    def with_observations(self, observations: Observation | Iterable[Observation]) -> Scenario:
        """Return the scenario with more observations; checks only these."""
        return self._with("observations", observations)

    def with_statements(self, statements: Statement | Iterable[Statement]) -> Scenario:
        """Return the scenario with more statements; checks only these."""
        return self._with("statements", statements)

    def with_proposals(self, proposals: Proposal | Iterable[Proposal]) -> Scenario:
        """Return the scenario with more proposals; checks these, and all circles."""
        return self._with("proposals", proposals)

    def with_preconditions(self, preconditions: Precondition | Iterable[Precondition]) -> Scenario:
        """Return the scenario with more preconditions; checks these, and all circles."""
        return self._with("preconditions", preconditions)

    def with_suppositions(self, suppositions: Supposition | Iterable[Supposition]) -> Scenario:
        """Return the scenario with more imagined, each over those before; checks only these.

        And all circles, where a party speaks that has not spoken.
        """
        added = as_many(suppositions)
        for each in added:
            _refuse_no_record("suppositions", each, Supposition)
        start = len(self.suppositions)
        index, problems = _imagined(self.index, added, self.zone, start)
        if index is not self.index:
            problems.extend(circle_problems(index))
        _refuse(problems)
        return replaced(self, {"suppositions": self.suppositions + added, "index": index})

    def _with(self, kind: str, records: Record | Iterable[Record]) -> Scenario:
        added: tuple[Record, ...] = as_many(records)
        for record in added:
            _refuse_no_record(kind, record)
        present = cast("tuple[Record, ...]", getattr(self, kind))
        placed = _places(kind, added, len(present))
        index, taken = self.index.extended(placed)
        problems = [*taken, *problems_in(index, placed, self.zone)]
        _refuse(problems or list(circle_problems(index)))
        return replaced(self, {kind: present + added, "index": index})

    def __str__(self) -> str:
        """Write it in plain text."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


def replaced(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """Return a copy with some fields replaced, without checking everything again."""
    copy = object.__new__(Scenario)
    for attribute in fields(Scenario):
        name = attribute.name
        object.__setattr__(copy, name, changes.get(name, getattr(scenario, name)))
    return copy


_KINDS = (
    "parties",
    "territories",
    "facts",
    "sources",
    "observations",
    "statements",
    "proposals",
    "preconditions",
)


def _placed(scenario: Scenario) -> list[Placed]:
    """Return every record of a scenario with its place."""
    return [placed for kind in _KINDS for placed in _places(kind, getattr(scenario, kind), 0)]


def assembled(
    scenario: Scenario,
    index: Index,
    placed: list[Placed],
    records: Mapping[str, object],
    suppositions: tuple[Supposition, ...],
) -> Scenario:
    """Return a scenario with records that are indexed already; they are checked like all others.

    Args:
        scenario: One without records.
        index: The records, indexed.
        placed: The records, each with its place.
        records: The same, by the fields of the scenario.
        suppositions: What is imagined.

    Raises:
        ScenarioError: It lists every problem.
    """
    problems = list(problems_in(index, placed, scenario.zone))
    whole = _whole(index, problems, suppositions, scenario.zone)
    changes = {**records, "index": whole, "suppositions": suppositions}
    return replaced(scenario, changes)


def _places(kind: str, records: Iterable[Record], start: int) -> list[Placed]:
    """Return records with their places: by id, observations by position."""
    return [
        (
            f"$.{kind}[{start + position}]"
            if isinstance(record, Observation)
            else f"$.{kind}.{record.id}",
            record,
        )
        for position, record in enumerate(records)
    ]


def _whole(
    index: Index, problems: list[Problem], suppositions: tuple[Supposition, ...], zone: ZoneInfo
) -> Index:
    """Index what is imagined over records, and refuse all that is wrong with both.

    Circles are drawn where every id resolves, and those that only a word imagined closes last.
    """
    imagined, more = _imagined(index, suppositions, zone)
    _refuse([*(problems or circle_problems(index)), *more])
    if imagined is not index:
        _refuse(list(circle_problems(imagined)))
    return imagined


def _imagined(
    index: Index, suppositions: tuple[Supposition, ...], zone: ZoneInfo, start: int = 0
) -> tuple[Index, list[Problem]]:
    """Index what is imagined, unless something is wrong with it; return that, too.

    A word on a clause, or of a proposer, of whom there is none but this, may close a circle.
    """
    if problems := list(imagined_problems(index, suppositions, zone, start)):
        return index, problems
    return index.imagining(word.of for each in suppositions for word in each.words), []


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ScenarioError(tuple(problems))


def _refuse_no_record(kind: str, record: object, needed: type | UnionType = Record) -> None:
    if not isinstance(record, needed):
        raise ModelError(
            f"with_{kind} takes records, got {shortened(record)}; make them first, "
            "or add what stands in a table with tables.add"
        )


def refuse_no_scenario(scenario: object) -> None:
    """Refuse to judge what is no scenario, and say how to come to one."""
    if not isinstance(scenario, Scenario):
        given = f"a scenario comes first, got {shortened(scenario)}"
        raise ModelError(f"{given}; {_way_to_one(scenario)}")


def _way_to_one(given: object) -> str:
    """Say how one comes from what was given to the scenario that was probably meant."""
    if isinstance(given, str | PathLike):
        return "read a document with load, a case with load_case"
    if hasattr(given, "view"):
        return "the one that an answer is about is its view.scenario"
    return "make one with Scenario(…), or read one with load"


def suppose(
    scenario: Scenario,
    facts: Pairs[Fact | str, Given] | None = None,
    *,
    since: Time,
    words: Pairs[Accepts | str, Stance | str] | None = None,
    meanings: Pairs[Vague | str, Meaning | str] | None = None,
    without: Name | Iterable[Name] = (),
    together: Name | Iterable[Name] = (),
) -> Scenario:
    """Return the scenario in which some things are supposed from one instant on.

    A supposition overrides every source from then on, whatever the trust, and nothing before. Later
    suppositions override earlier ones.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> held = suppose(case, {"election": True}, since="2025-03-13")
    >>> len(held.suppositions)
    1

    Args:
        scenario: The situation as it is reported.
        facts: Values by facts or their ids.
        since: The day or instant from which on they hold.
        words: What parties are supposed to have said of a proposal or provision, by acceptance
            or ``"party:text"``.
        meanings: By vague demands or their ids, the meanings supposed to be agreed, or their ids.
        without: Preconditions supposed to be dropped, or their ids.
        together: Preconditions supposed to be turned ``TOGETHER``, or their ids.

    Raises:
        ScenarioError: If it mentions what the scenario does not have.
        ModelError: If a value or a time is none.
    """
    refuse_no_scenario(scenario)
    supposed = Supposition(
        since=since,
        facts=() if facts is None else facts,
        words=() if words is None else words,
        meanings=() if meanings is None else meanings,
        without=without,
        together=together,
    )
    return scenario.with_suppositions([supposed])
