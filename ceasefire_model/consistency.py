"""Whether records fit together: every problem of a scenario, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, assert_never, cast

from attrs import field, fields, frozen

from ceasefire_model.circles import circle_through, components, path_between
from ceasefire_model.conditions import (
    Accepts,
    After,
    AtLeast,
    AtMost,
    Bound,
    By,
    Condition,
    Derived,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Temporal,
    Throughout,
    Times,
    Vague,
    When,
    children,
    walk,
)
from ceasefire_model.errors import Problem, nearest
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Fact,
    Number,
    Quantity,
    Question,
    Range,
    State,
    Truth,
    Value,
)
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.references import (
    Record,
    Reference,
    references,
)
from ceasefire_model.statements import Statement
from ceasefire_model.territories import Territory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal
    from zoneinfo import ZoneInfo

_T = TypeVar("_T")
Placed = tuple[str, Record]
"""A record with its place in the shape of a document."""

_FACTS: Mapping[str, tuple[type[Fact], ...]] = {
    "state": (State,),
    "act": (Act,),
    "amount": (Quantity, Control),
    "question": (Question,),
}
_NAMES: Mapping[str, str] = {
    "state": "a state",
    "act": "an act",
    "amount": "a quantity or a share",
    "question": "a question",
}
_NOUNS: Mapping[str, str] = {
    "amount": "quantity or share",
    "text": "proposal or provision",
}


@frozen(eq=False)
class Index:
    """The records of a scenario by kind and id."""

    parties: dict[str, Party] = field(factory=dict[str, Party])
    territories: dict[str, Territory] = field(factory=dict[str, Territory])
    facts: dict[str, Fact] = field(factory=dict[str, Fact])
    sources: dict[str, Source] = field(factory=dict[str, Source])
    observations: dict[str, Observation] = field(factory=dict[str, Observation])
    reports: dict[str, list[Observation]] = field(factory=dict[str, list[Observation]])
    """The observations of each fact."""

    corrections: dict[str, list[Observation]] = field(factory=dict[str, list[Observation]])
    """The observations that correct each observation."""

    statements: dict[str, Statement] = field(factory=dict[str, Statement])
    words: dict[Accepts, list[Statement]] = field(factory=dict[Accepts, list[Statement]])
    """The statements of each party that take a stance on each text."""

    proposals: dict[str, Proposal] = field(factory=dict[str, Proposal])
    provisions: dict[str, Provision] = field(factory=dict[str, Provision])
    proposal_of: dict[str, Proposal] = field(factory=dict[str, Proposal])
    preconditions: dict[str, Precondition] = field(factory=dict[str, Precondition])
    gates: dict[Condition, list[Precondition]] = field(factory=dict[Condition, list[Precondition]])
    """The preconditions of each leaf or negated leaf."""

    vague: dict[str, Vague] = field(factory=dict[str, Vague])

    def register(self, added: Iterable[Placed]) -> Iterator[Problem]:
        """Take records in, yielding a problem for each id that is there already."""
        for path, record in added:
            match record:
                case Party():
                    yield from _take(self.parties, record.id, record, path)
                case Territory():
                    yield from _take(self.territories, record.id, record, path)
                case Source():
                    yield from _take(self.sources, record.id, record, path)
                case Observation():
                    yield from self._register_observation(record, path)
                case Statement():
                    yield from _take(self.statements, record.id, record, path)
                    if record.stance and record.party and record.about.text:
                        said = Accepts(record.party, record.about.text)
                        self.words.setdefault(said, []).append(record)
                case Proposal():
                    yield from self._register_proposal(record, path)
                case Precondition():
                    yield from _take(self.preconditions, record.id, record, path)
                    self.gates.setdefault(record.of, []).append(record)
                case _:
                    yield from _take(self.facts, record.id, record, path)
            for place, condition in conditions_of(record, path):
                yield from self.register_vague(condition, place)

    def _register_observation(self, observation: Observation, path: str) -> Iterator[Problem]:
        self.reports.setdefault(observation.fact, []).append(observation)
        if observation.corrects is not None:
            self.corrections.setdefault(observation.corrects, []).append(observation)
        if observation.id is not None:
            yield from _take(self.observations, observation.id, observation, path)

    def _register_proposal(self, proposal: Proposal, path: str) -> Iterator[Problem]:
        if proposal.id in self.provisions or proposal.id in self.proposals:
            yield Problem(path, "duplicate id among proposals and provisions; choose another")
        self.proposals[proposal.id] = proposal
        for provision in proposal.provisions:
            place = f"{path}.provisions.{provision.id}"
            if provision.id in self.provisions or provision.id in self.proposals:
                yield Problem(place, "duplicate id among proposals and provisions; choose another")
            self.provisions[provision.id] = provision
            self.proposal_of[provision.id] = proposal

    def register_vague(self, condition: Condition, path: str) -> Iterator[Problem]:
        """Take the vague demands of a condition in, yielding a problem for each namesake."""
        for part in walk(condition):
            if isinstance(part, Vague) and self.vague.setdefault(part.id, part) != part:
                what = f"two different demands are called {part.id!r}"
                yield Problem(path, f"{what}; give one of them another id")

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such a record (or such a fact, or such a text)."""
        if kind in _FACTS:
            return isinstance(self.facts.get(name), _FACTS[kind])
        return any(name in table for table in self._tables(kind))

    def known(self, kind: str) -> list[str]:
        """Return the ids of a kind of record (or of fact, or of text)."""
        if kind in _FACTS:
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

    def copy(self) -> Index:
        """Return an index that can take records in without changing this one."""
        copied = Index()
        for attribute in fields(Index):
            table: dict[object, object] = getattr(self, attribute.name)
            getattr(copied, attribute.name).update(
                (key, list(cast("list[object]", value)) if isinstance(value, list) else value)
                for key, value in table.items()
            )
        return copied

    def place_of(self, provision: str) -> str:
        """Return the place of a provision."""
        return f"$.proposals.{self.proposal_of[provision].id}.provisions.{provision}"

    def derived_references(self, leaf: Derived) -> Iterator[Derived]:
        """Yield the derived leaves that one may rest on.

        Which of them count depends on the words spoken by then; these are all that ever can.
        """
        yield from self._structure_under(leaf)
        for _, condition in self._resting_on(leaf):
            yield from (other for other, _ in derived_in(condition))

    def negated_references(self, leaf: Derived) -> Iterator[tuple[str, Derived]]:
        """Yield the derived leaves that one may rest on through a negation, with the place."""
        for place, condition in self._resting_on(leaf):
            yield from ((place, other) for other, negated in derived_in(condition) if negated)

    def _resting_on(self, leaf: Derived) -> Iterator[tuple[str, Condition]]:
        """Yield the conditions, written in records, that a derived leaf may rest on.

        The event of a bound comes as a history.
        """
        match leaf:
            case Accepts(party=party):
                for each in self.gates.get(leaf, ()):
                    if each.held_by == party:
                        yield f"$.preconditions.{each.id}.needs", each.needs
            case Fulfilled(provision=name, by=by):
                text = self.place_of(name)
                for position, duty in enumerate(self.provisions[name].duties):
                    if by is None or by in duty.by:
                        yield f"{text}.duties[{position}].requires", duty.requires
                for place, event in events_with_places(self.provisions[name].due, f"{text}.due"):
                    yield place, Ever(event)
            case InForce(proposal=name):
                proposal, text = self.proposals[name], f"$.proposals.{name}"
                for place, event in events_with_places(proposal.starts, f"{text}.starts"):
                    yield place, Ever(event)
                for place, event in events_with_places(proposal.ends, f"{text}.ends"):
                    if event != leaf:
                        yield place, Ever(event)
            case _:
                assert_never(leaf)

    def conditions_under(self, leaf: Derived) -> list[Condition]:
        """Return all that a derived leaf may rest on; the event of a bound as a history."""
        found: list[Condition] = [condition for _, condition in self._resting_on(leaf)]
        found += self._structure_under(leaf)
        if isinstance(leaf, InForce):
            state = self.proposals[leaf.proposal].in_force
            found += [] if state is None else [Holds(state)]
        return found

    def _structure_under(self, leaf: Derived) -> Iterator[Derived]:
        """Yield the derived leaves that follow from who is addressed, and who is a member."""
        match leaf:
            case InForce(proposal=name):
                yield from (Accepts(party, name) for party in self.proposals[name].to)
            case Accepts(party=party, of=text):
                yield from (Accepts(member, text) for member in self.parties[party].members)
                if text in self.proposal_of:
                    yield Accepts(party, self.proposal_of[text].id)
            case Fulfilled():
                pass
            case _:
                assert_never(leaf)


def _take(table: dict[str, _T], name: str, record: _T, path: str) -> Iterator[Problem]:
    if name in table:
        yield Problem(path, f"duplicate id {name!r}; every id is given once")
    table[name] = record


def conditions_of(record: Record, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions that a record holds, each with its place."""
    match record:
        case Precondition():
            yield f"{path}.of", record.of
            yield f"{path}.needs", record.needs
        case Proposal():
            yield from events_with_places(record.starts, f"{path}.starts")
            yield from events_with_places(record.ends, f"{path}.ends")
            for provision in record.provisions:
                place = f"{path}.provisions.{provision.id}"
                for position, duty in enumerate(provision.duties):
                    yield f"{place}.duties[{position}].requires", duty.requires
                yield from events_with_places(provision.due, f"{place}.due")
        case _:
            return


def events_with_places(bound: Bound | None, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield the event that a bound follows, with its place."""
    if isinstance(bound, After):
        yield f"{path}.after", bound.condition


def derived_in(condition: Condition, *, negated: bool = False) -> Iterator[tuple[Derived, bool]]:
    """Yield the derived leaves in a condition, and whether each stands where no circle may lead.

    No circle has a meaning that leads through a negation, a history, a trigger or a bound.
    """
    if isinstance(condition, Derived):
        yield condition, negated
    inner = negated or isinstance(condition, Not | Temporal)
    for child in children(condition):
        yield from derived_in(child, negated=inner)


def problems_in(index: Index, added: Sequence[Placed], zone: ZoneInfo) -> Iterator[Problem]:
    """Yield what is wrong with records that have been registered in the index."""
    nested = False
    for path, record in added:
        for reference in references(record, path):
            yield from unresolved(index, reference)
        yield from _problems_of(index, record, path, zone)
        for place, condition in conditions_of(record, path):
            yield from condition_problems(index, condition, place, zone)
        nested = nested or isinstance(record, Territory | Proposal | Party)
    if nested:
        yield from _membership_circles(index)
    yield from _correction_circles(index, added)


def unresolved(index: Index, reference: Reference) -> Iterator[Problem]:
    """Yield a problem if what is referred to is not there, or is of another kind."""
    if index.has(reference.kind, reference.id):
        return
    known = index.known(reference.kind)
    fact = index.facts.get(reference.id)
    if reference.kind in _FACTS and fact is not None:
        what = f"{_NAMES[reference.kind]} is needed here, but {reference.id!r} is {kind_of(fact)}"
    else:
        what = f"no {_NOUNS.get(reference.kind, reference.kind)} {reference.id!r}"
    yield Problem(reference.path, f"{what}; {nearest(reference.id, known)}")


def kind_of(fact: Fact) -> str:
    """Name the kind of a fact with its article."""
    match fact:
        case State():
            return "a state"
        case Act():
            return "an act"
        case Quantity():
            return "a quantity"
        case Control():
            return "a share of a territory"
        case Question():
            return "a question"
        case _:
            assert_never(fact)


def value_problem(fact: Fact, value: Value) -> str | None:
    """Say why a fact cannot have this value, if it cannot."""
    match fact, value:
        case _, CannotSay():
            return None
        case (State() | Act() | Question(), Truth()) | (Quantity(), Number() | Range()):
            return None
        case Control(), Number(value=share):
            return None if 0 <= share <= 1 else f"a share lies between 0 and 1, got {share}"
        case Control(), Range(low=low, high=high):
            inside = (low is None or 0 <= low <= 1) and (high is None or 0 <= high <= 1)
            return None if inside else f"a share lies between 0 and 1, got {low} to {high}"
        case State() | Act() | Question(), _:
            return f"{fact.id!r} is {kind_of(fact)}, so its value is true or false, got {value!r}"
        case _:
            return f"{fact.id!r} is {kind_of(fact)}, so its value is a number, got {value!r}"


def condition_problems(
    index: Index, condition: Condition, path: str, zone: ZoneInfo
) -> Iterator[Problem]:
    """Yield what is wrong inside a condition beyond ids that do not resolve."""
    for part in walk(condition):
        match part:
            case AtLeast(fact=name, value=value) | AtMost(fact=name, value=value):
                if not isinstance(value, Times) and isinstance(index.facts.get(name), Control):
                    yield from _share_problem(value, path)
            case Throughout(start=Moment() as start, end=Moment() as end):
                if end.as_end(zone)[1] <= start.as_start(zone)[0]:
                    yield Problem(
                        path, f"ends ({end}) before it starts ({start}); mend one of them"
                    )
            case Fulfilled(provision=name, by=by):
                provision = index.provisions.get(name)
                if provision is not None and not provision.duties:
                    yield Problem(path, f"{name!r} has no duties, so it cannot be fulfilled")
                elif provision and by and all(by not in duty.by for duty in provision.duties):
                    yield Problem(path, f"{by!r} owes nothing under {name!r}")
            case _:
                pass


def _share_problem(value: Decimal, path: str) -> Iterator[Problem]:
    """Yield a problem if a threshold is no share."""
    if not 0 <= value <= 1:
        yield Problem(path, f"a share lies between 0 and 1, got {value}")


def _problems_of(index: Index, record: Record, path: str, zone: ZoneInfo) -> Iterator[Problem]:
    match record:
        case Observation():
            yield from _observation_problems(index, record, path, zone)
        case Statement():
            if record.reported.bounds(zone)[1] < record.date.bounds(zone)[0]:
                yield Problem(
                    f"{path}.reported",
                    "reported before it was said; mend one of the two",
                )
        case Proposal():
            yield from _proposal_problems(record, path, zone)
        case Precondition():
            if record.of in signed_leaves(record.needs):
                yield Problem(f"{path}.needs", "needs the very thing that it is a precondition of")
        case _:
            return


def signed_leaves(condition: Condition) -> Iterator[Condition]:
    """Yield each leaf of a condition, as it is or as the negation of it that counts."""
    match condition:
        case Not(part=part):
            for leaf in signed_leaves(part):
                yield leaf.part if isinstance(leaf, Not) else Not(leaf)
        case Ever() | By() | HeldFor() | Throughout() | When():
            return  # that something was so is not the thing itself
        case _ if children(condition) or isinstance(condition, Vague):
            for child in children(condition):
                yield from signed_leaves(child)
        case _:
            yield condition


def _observation_problems(
    index: Index, record: Observation, path: str, zone: ZoneInfo
) -> Iterator[Problem]:
    fact = index.facts.get(record.fact)
    if fact is not None and (wrong := value_problem(fact, record.value)) is not None:
        yield Problem(f"{path}.value", wrong)
    if record.until is not None:
        if isinstance(fact, Act) and record.value == Truth(value=True):
            yield Problem(f"{path}.until", "an act once done stays done; leave it out")
        if record.until.as_end(zone)[1] <= record.since.as_start(zone)[0]:
            yield Problem(f"{path}.until", "ends before it begins; mend since or until")
    earlier = index.observations.get(record.corrects or "")
    if earlier is not None and (earlier.fact, earlier.source) != (
        record.fact,
        record.source,
    ):
        yield Problem(
            f"{path}.corrects",
            "a source corrects its own report on the same fact; "
            "another source that says otherwise is an observation of its own",
        )


def _proposal_problems(record: Proposal, path: str, zone: ZoneInfo) -> Iterator[Problem]:
    if (
        isinstance(record.starts, Moment)
        and isinstance(record.ends, Moment)
        and record.ends.as_end(zone)[1] <= record.starts.as_start(zone)[0]
    ):
        yield Problem(f"{path}.ends", "ends before it starts; mend starts or ends")


def circle_problems(index: Index) -> Iterator[Problem]:
    """Yield each circle among records that has no meaning; every id must resolve."""
    records: tuple[Record, ...] = (
        *index.preconditions.values(),
        *index.proposals.values(),
    )
    roots = [
        leaf
        for record in records
        for _, condition in conditions_of(record, "")
        for leaf, _ in derived_in(condition)
    ]
    following: dict[Derived, list[Derived]] = {}

    def look(leaf: Derived) -> list[Derived]:
        if leaf not in following:
            following[leaf] = list(index.derived_references(leaf))
        return following[leaf]

    for group in components(roots, look):
        members = set(group)
        negated = [
            (place, leaf, other)
            for leaf in group
            for place, other in index.negated_references(leaf)
            if other in members
        ]
        for place, leaf, other in negated[:1]:
            back = path_between(other, leaf, look)
            names = " → ".join(map(name_of, [leaf, *back]))
            yield Problem(
                place,
                f"a circle through a negation, a history or a bound has no "
                f"meaning: {names}; take {name_of(other)} out of it",
            )


def name_of(leaf: Derived) -> str:
    """Name a derived leaf by the ids in it."""
    match leaf:
        case Accepts():
            return f"accepts({leaf.party}, {leaf.of})"
        case InForce():
            return f"in_force({leaf.proposal})"
        case Fulfilled():
            return f"fulfilled({leaf.provision}{f', {leaf.by}' if leaf.by else ''})"
        case _:
            assert_never(leaf)


def _membership_circles(index: Index) -> Iterator[Problem]:
    """Yield a problem for each circle of members, places, versions and replacements."""
    yield from _circles_in(
        {name: party.members for name, party in index.parties.items()},
        "$.parties.{}.members".format,
    )
    yield from _circles_in(
        {name: (place.within,) for name, place in index.territories.items()},
        "$.territories.{}.within".format,
    )
    yield from _circles_in(
        {name: (text.previous,) for name, text in index.proposals.items()},
        "$.proposals.{}.previous".format,
    )
    yield from _circles_in(
        {name: (text.replaces,) for name, text in index.provisions.items()},
        lambda name: f"{index.place_of(name)}.replaces",
    )


def _correction_circles(index: Index, added: Sequence[Placed]) -> Iterator[Problem]:
    """Yield a problem for each circle of corrections that added observations close."""
    places = {
        str(record.id): path
        for path, record in added
        if isinstance(record, Observation) and record.id and record.corrects
    }
    if places:
        yield from _circles_in(
            {name: (each.corrects,) for name, each in index.observations.items()},
            lambda name: f"{places.get(name, '$.observations')}.corrects",
        )


def _circles_in(
    table: Mapping[str, tuple[str | None, ...]], place: Callable[[str], str]
) -> Iterator[Problem]:
    """Yield a problem for each group of records that lead back to themselves."""

    def following(name: str) -> list[str]:
        return [other for other in table.get(name, ()) if other is not None]

    for group in components(table, following):
        first = min(group)
        if len(group) > 1 or first in following(first):
            names = " → ".join(circle_through(first, following))
            yield Problem(place(first), f"leads back to itself: {names}; break it")
