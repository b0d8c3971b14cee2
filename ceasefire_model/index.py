"""Who is who in a scenario: its records by kind and id, and what is written about each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from attrs import define, evolve, field, fields, frozen

from ceasefire_model.conditions import (
    Accepts,
    After,
    Bound,
    Condition,
    Vague,
    walk,
)
from ceasefire_model.errors import Problem
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Act, Control, Fact, Quantity, Question, State
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.references import Record
from ceasefire_model.statements import Statement
from ceasefire_model.territories import Territory

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator

_Key = TypeVar("_Key", bound="Hashable")
_T = TypeVar("_T")

Placed = tuple[str, Record]
"""A record with its place in the shape of a document."""

FACTS: Mapping[str, tuple[type[Fact], ...]] = MappingProxyType(
    {
        "state": (State,),
        "act": (Act,),
        "amount": (Quantity, Control),
        "question": (Question,),
    }
)
"""The classes of the kinds of fact that a condition may ask for."""


def _view(table: Mapping[_Key, _T]) -> Mapping[_Key, _T]:
    """Return a table that cannot be written to; a view of a view would be slower each time."""
    return table if isinstance(table, MappingProxyType) else MappingProxyType(table)


def _table() -> Mapping[Any, Any]:
    return MappingProxyType({})


@frozen(eq=False, repr=False)
class Index:
    """The records of a scenario by kind and id; it cannot be written to."""

    parties: Mapping[str, Party] = field(factory=_table, converter=_view)
    territories: Mapping[str, Territory] = field(factory=_table, converter=_view)
    facts: Mapping[str, Fact] = field(factory=_table, converter=_view)
    sources: Mapping[str, Source] = field(factory=_table, converter=_view)
    observations: Mapping[str, Observation] = field(factory=_table, converter=_view)
    reports: Mapping[str, tuple[Observation, ...]] = field(factory=_table, converter=_view)
    """The observations of each fact."""

    corrections: Mapping[str, tuple[Observation, ...]] = field(factory=_table, converter=_view)
    """The observations that correct each observation."""

    statements: Mapping[str, Statement] = field(factory=_table, converter=_view)
    words: Mapping[Accepts, tuple[Statement, ...]] = field(factory=_table, converter=_view)
    """The statements of each party that take a stance on each text; none where one is supposed."""

    proposals: Mapping[str, Proposal] = field(factory=_table, converter=_view)
    provisions: Mapping[str, Provision] = field(factory=_table, converter=_view)
    proposal_of: Mapping[str, Proposal] = field(factory=_table, converter=_view)
    successors: Mapping[str, tuple[Proposal, ...]] = field(factory=_table, converter=_view)
    """The proposals that take the place of each proposal."""

    prolongations: Mapping[str, tuple[Proposal, ...]] = field(factory=_table, converter=_view)
    """The proposals that prolong each proposal."""

    replacements: Mapping[str, tuple[Provision, ...]] = field(factory=_table, converter=_view)
    """The provisions that take the place of each provision."""

    preconditions: Mapping[str, Precondition] = field(factory=_table, converter=_view)
    gates: Mapping[Condition, tuple[Precondition, ...]] = field(factory=_table, converter=_view)
    """The preconditions of each leaf or negated leaf."""

    vague: Mapping[str, Vague] = field(factory=_table, converter=_view)

    def __reduce__(self) -> tuple[type[Index], tuple[dict[object, object], ...]]:
        """Pickle the tables themselves; a view of one cannot be pickled."""
        return Index, tuple(dict(getattr(self, each.name)) for each in fields(Index))

    def extended(self, added: Iterable[Placed]) -> tuple[Index, list[Problem]]:
        """Return an index that has more records, and a problem for each id that is taken."""
        draft = _Draft(self)
        for path, record in added:
            draft.take(record, path)
            for place, condition in conditions_of(record, path):
                draft.take_demands(condition, place)
        return draft.index(), draft.problems

    def imagining(self, words: Iterable[Accepts]) -> Index:
        """Return an index in which some parties speak on texts, though no statement says so."""
        spoken: dict[Any, Any] = dict(self.words)
        for word in words:
            spoken.setdefault(word, ())
        return evolve(self, words=spoken) if len(spoken) > len(self.words) else self

    def namesakes(self, condition: Condition, path: str) -> list[Problem]:
        """Return a problem for each vague demand in a condition that is another by its name."""
        draft = _Draft(self)
        draft.take_demands(condition, path)
        return draft.problems

    def without(self, observations: Collection[Observation]) -> Index:
        """Return an index that lacks these very observations; nothing is checked."""
        gone = {id(each) for each in observations}
        reports, corrections = dict(self.reports), dict(self.corrections)
        named = {each.id for each in observations if each.id is not None}
        for each in observations:
            _leave_out(reports, each.fact, gone)
            if each.corrects is not None:
                _leave_out(corrections, each.corrects, gone)
        kept = {name: each for name, each in self.observations.items() if name not in named}
        changed: dict[str, Any] = {
            "reports": reports,
            "corrections": corrections,
            "observations": kept,
        }
        return evolve(self, **changed)

    def retold(self, statements: Iterable[Statement]) -> Index:
        """Return an index with these in place of the statements of the same ids, unchecked.

        They differ from those in nothing but when they were reported.
        """
        told, words = dict(self.statements), dict(self.words)
        for each in statements:
            told[each.id] = each
            if each.stance and each.party and each.about.text:
                leaf = Accepts(each.party, each.about.text)
                words[leaf] = tuple(each if one.id == each.id else one for one in words[leaf])
        changed: dict[str, Any] = {"statements": told, "words": words}
        return evolve(self, **changed)

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such a record (or such a fact, or such a text)."""
        if kind in FACTS:
            return isinstance(self.facts.get(name), FACTS[kind])
        return any(name in table for table in self._tables(kind))

    def known(self, kind: str) -> list[str]:
        """Return the ids of a kind of record (or of fact, or of text)."""
        if kind in FACTS:
            return [name for name in self.facts if self.has(kind, name)]
        return [name for table in self._tables(kind) for name in table]

    def _tables(self, kind: str) -> tuple[Mapping[str, object], ...]:
        tables: dict[str, tuple[Mapping[str, object], ...]] = {
            "party": (self.parties,),
            "territory": (self.territories,),
            "fact": (self.facts,),
            "source": (self.sources,),
            "observation": (self.observations,),
            "statement": (self.statements,),
            "proposal": (self.proposals,),
            "provision": (self.provisions,),
            "text": (self.proposals, self.provisions),
            "precondition": (self.preconditions,),
            "vague": (self.vague,),
        }
        return tables[kind]

    def text_of(self, name: str) -> Proposal:
        """Return the proposal that has a name, or whose provision has it."""
        return self.proposal_of.get(name) or self.proposals[name]

    def place_of(self, provision: str) -> str:
        """Return the place of a provision."""
        return f"$.proposals.{self.proposal_of[provision].id}.provisions.{provision}"


def _leave_out(table: dict[str, tuple[Observation, ...]], key: str, gone: set[int]) -> None:
    """Leave records out of one list of a table; one without any is no list."""
    kept = tuple(each for each in table.get(key, ()) if id(each) not in gone)
    table.pop(key, None)
    if kept:
        table[key] = kept


@define(eq=False, repr=False)
class _Draft:
    """The tables of an index while records are taken in; those of the index before stay as is."""

    before: Index
    problems: list[Problem] = field(factory=list[Problem])
    tables: dict[str, dict[object, object]] = field(init=False)
    """Copies of those tables that hold one record for each key, by name, as far as they changed."""

    lists: dict[str, dict[object, list[object]]] = field(init=False)
    """What was added to those tables that hold several."""

    def __attrs_post_init__(self) -> None:
        self.tables, self.lists = {}, {}

    def index(self) -> Index:
        """Return the index of all that was taken in."""
        changed: dict[str, Any] = dict(self.tables)
        for name, added in self.lists.items():
            table: Mapping[object, tuple[object, ...]] = getattr(self.before, name)
            longer = {key: (*table.get(key, ()), *more) for key, more in added.items()}
            changed[name] = {**table, **longer}
        return evolve(self.before, **changed)

    def take(self, record: Record, path: str) -> None:
        """Take a record in."""
        match record:
            case Party():
                self._put("parties", record.id, record, path)
            case Territory():
                self._put("territories", record.id, record, path)
            case Source():
                self._put("sources", record.id, record, path)
            case Observation():
                self._take_observation(record, path)
            case Statement():
                self._put("statements", record.id, record, path)
                if record.stance and record.party and record.about.text:
                    self._add("words", Accepts(record.party, record.about.text), record)
            case Proposal():
                self._take_proposal(record, path)
            case Precondition():
                self._put("preconditions", record.id, record, path)
                self._add("gates", record.of, record)
            case State() | Act() | Quantity() | Control() | Question():
                self._put("facts", record.id, record, path)
            case _:
                assert_never(record)

    def _take_observation(self, observation: Observation, path: str) -> None:
        self._add("reports", observation.fact, observation)
        if observation.corrects is not None:
            self._add("corrections", observation.corrects, observation)
        if observation.id is not None:
            self._put("observations", observation.id, observation, path)

    def _take_proposal(self, proposal: Proposal, path: str) -> None:
        self._put_text("proposals", proposal.id, proposal, path)
        for provision in proposal.provisions:
            place = f"{path}.provisions.{provision.id}"
            self._put_text("provisions", provision.id, provision, place)
            self._table("proposal_of")[provision.id] = proposal
            for replaced in provision.replaces:
                self._add("replacements", replaced, provision)
        if proposal.previous is not None:
            self._add("successors", proposal.previous, proposal)
        if proposal.prolongs is not None:
            self._add("prolongations", proposal.prolongs, proposal)

    def take_demands(self, condition: Condition, path: str) -> None:
        """Take the vague demands of a condition in."""
        for part in walk(condition):
            if isinstance(part, Vague) and self._table("vague").setdefault(part.id, part) != part:
                what = f"two different demands are called {part.id!r}"
                self.problems.append(Problem(path, f"{what}; give one of them another id"))

    def _table(self, name: str) -> dict[object, object]:
        """Return the copy of a table that is written to."""
        if name not in self.tables:
            self.tables[name] = dict(getattr(self.before, name))
        return self.tables[name]

    def _put(self, name: str, key: str, record: Record, path: str) -> None:
        if key in self._table(name):
            self.problems.append(Problem(path, f"duplicate id {key!r}; every id is given once"))
        self._table(name)[key] = record

    def _put_text(self, name: str, key: str, record: Proposal | Provision, path: str) -> None:
        if key in self._table("provisions") or key in self._table("proposals"):
            what = "duplicate id among proposals and provisions; choose another"
            self.problems.append(Problem(path, what))
        self._table(name)[key] = record

    def _add(self, name: str, key: object, record: Record | Provision) -> None:
        self.lists.setdefault(name, {}).setdefault(key, []).append(record)


def conditions_of(record: Record, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions that a record holds, each with its place."""
    match record:
        case Precondition():
            yield f"{path}.of", record.of
            yield f"{path}.needs", record.needs
        case Proposal():
            yield from _term_of(record, path)
            for provision in record.provisions:
                place = f"{path}.provisions.{provision.id}"
                for position, duty in enumerate(provision.duties):
                    yield f"{place}.duties[{position}].requires", duty.requires
                    yield from events_with_places(duty.due, f"{place}.duties[{position}].due")
                yield from events_with_places(provision.due, f"{place}.due")
                yield from _term_of(provision, place)
        case _:
            return


def _term_of(record: Proposal | Provision, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield the events that the start and the end of a text or clause follow."""
    yield from events_with_places(record.starts, f"{path}.starts")
    yield from events_with_places(record.ends, f"{path}.ends")


def events_with_places(bound: Bound | None, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield the event that a bound follows, with its place."""
    if isinstance(bound, After):
        yield f"{path}.after", bound.condition
