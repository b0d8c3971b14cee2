"""What a derived leaf rests on, said once: each ground with its role, its timing and its place.

Who is addressed and who is a member, what a party holds that its acceptance needs, what a clause
requires, and the events that dates follow.
Which of these grounds count at an instant depends on the words spoken by then; these are all that
ever can.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import field, frozen

from ceasefire_model.conditions import (
    Accepts,
    Condition,
    Derived,
    DerivedLeaf,
    Ever,
    Fulfilled,
    Holds,
    InForce,
    Not,
    Temporal,
    children,
)
from ceasefire_model.index import events_with_places
from ceasefire_model.proposals import Precondition, Proposal, Provision, Timing
from ceasefire_model.reprs import dotted, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.conditions import Bound
    from ceasefire_model.ids import ProposalId
    from ceasefire_model.index import Index


class Role(Enum):
    """What a ground is to the leaf that rests on it."""

    ADDRESSEE = "addressee"
    """Of a text in force: the acceptance of one to whom it is addressed."""

    PROPOSER = "proposer"
    """Of a text in force: the acceptance of one who made it, and has spoken on it since."""

    PROLONGATION = "prolongation"
    """Of a text in force: a text that moves its end."""

    SUCCESSOR = "successor"
    """Of a text or clause in force: the event that the start of a text in its place follows."""

    TEXT = "text"
    """Of a clause in force: its text."""

    STATE = "state"
    """Of a text in force: what the reports say of it."""

    MEMBER = "member"
    """Of an acceptance: that of a member, where a coalition has no word of its own."""

    CLAUSE = "clause"
    """Of an acceptance of a text: that of one of its clauses, on which its party has spoken."""

    PRECONDITION = "precondition"
    """Of an acceptance: what its party holds that it needs."""

    DUTY = "duty"
    """Of a fulfilled clause: what one of its duties requires."""

    START = "start"
    """The event that a start follows."""

    END = "end"
    """The event that an end follows."""

    DUE = "due"
    """The event that a deadline follows."""

    __repr__ = dotted


_DATES = frozenset({Role.START, Role.END, Role.DUE, Role.SUCCESSOR})


@frozen
class Ground:
    """One condition that a derived leaf may rest on."""

    __repr__ = spelled

    role: Role
    condition: Condition
    place: str
    """Where it is written, in the shape of a document; for the acceptances that follow from who is
    addressed and who is a member, of the list that names them."""

    precondition: Precondition | None = field(default=None)
    """The precondition that makes it count, if one does."""

    @property
    def timing(self) -> Timing:
        """How it stands in time to what rests on it; an event comes before what it starts."""
        if self.precondition is not None:
            return self.precondition.timing
        return Timing.BEFORE if self.role is Role.START else Timing.TOGETHER

    @property
    def is_history(self) -> bool:
        """Whether what counts is when it was first met, and not whether it is so now."""
        return self.role in _DATES

    @property
    def asked(self) -> Condition:
        """The condition, as a history where that is what counts."""
        return Ever(self.condition) if self.is_history else self.condition


@frozen
class Entry:
    """Whether a text ever was in force, so that it took the place of another.

    That turns on plain words and dates alone, and on what took its own place before: on no
    condition of an acceptance.
    """

    __repr__ = spelled

    of: ProposalId


Node: TypeAlias = DerivedLeaf | Entry
"""What can stand in a circle."""


def grounds(index: Index, leaf: DerivedLeaf) -> Iterator[Ground]:
    """Yield all that a derived leaf may ever rest on."""
    match leaf:
        case Accepts():
            yield from _of_acceptance(index, leaf)
        case InForce(of=name) if name in index.provisions:
            yield from _of_standing(index, index.provisions[name])
        case InForce(of=name):
            yield from _of_text(index, index.proposals[name])
        case Fulfilled():
            yield from _of_clause(index, leaf)
        case _:
            assert_never(leaf)


def _of_acceptance(index: Index, leaf: Accepts) -> Iterator[Ground]:
    """Yield what words may need; a clause without a word of its own is read by the whole's."""
    whole = index.proposal_of.get(leaf.of)
    yield from _conditions(index, leaf)
    if whole is not None:
        yield from _conditions(index, Accepts(leaf.party, whole.id))
    for clause in () if whole is not None else index.proposals[leaf.of].provisions:
        word = Accepts(leaf.party, clause.id)
        if word in index.words:
            yield Ground(Role.CLAUSE, word, index.place_of(clause.id))
    for member in index.parties[leaf.party].members:
        place = f"$.parties.{leaf.party}.members"
        yield Ground(Role.MEMBER, Accepts(member, leaf.of), place)


def _conditions(index: Index, leaf: Accepts) -> Iterator[Ground]:
    """Yield what a party holds that its acceptance needs."""
    for each in index.gates.get(leaf, ()):
        if each.held_by == leaf.party:
            place = f"$.preconditions.{each.id}.needs"
            yield Ground(Role.PRECONDITION, each.needs, place, each)


def _of_text(index: Index, proposal: Proposal) -> Iterator[Ground]:
    text = f"$.proposals.{proposal.id}"
    yield from _dates_of(proposal)
    for party in proposal.to:
        yield Ground(Role.ADDRESSEE, Accepts(party, proposal.id), f"{text}.to")
    for word in (Accepts(party, proposal.id) for party in proposal.by):
        if word in index.words:
            yield Ground(Role.PROPOSER, word, f"{text}.by")
    for longer in index.prolongations.get(proposal.id, ()):
        yield Ground(Role.PROLONGATION, InForce(longer.id), f"$.proposals.{longer.id}.prolongs")
    yield from _starts_of(takers(index, InForce(proposal.id)))
    if proposal.in_force is not None:
        yield Ground(Role.STATE, Holds(proposal.in_force), f"{text}.in_force")


def _of_standing(index: Index, provision: Provision) -> Iterator[Ground]:
    clause, proposal = index.place_of(provision.id), index.proposal_of[provision.id]
    yield Ground(Role.TEXT, InForce(proposal.id), f"$.proposals.{proposal.id}")
    yield from _events(Role.START, provision.starts, f"{clause}.starts")
    yield from _events(Role.END, provision.ends, f"{clause}.ends")
    yield from _starts_of(takers(index, InForce(provision.id)))


def takers(index: Index, leaf: InForce | Fulfilled | Entry) -> list[Proposal]:
    """Return the texts that may take the place of a text, or that replace a clause, each once."""
    name = leaf.provision if isinstance(leaf, Fulfilled) else leaf.of
    if name in index.proposals:
        return [*index.successors.get(name, ())]
    newer = (index.proposal_of[each.id] for each in index.replacements.get(name, ()))
    return [*{text.id: text for text in newer}.values()]


def _dates_of(proposal: Proposal) -> Iterator[Ground]:
    """Yield the events that the start and the end of a text follow."""
    text = f"$.proposals.{proposal.id}"
    yield from _events(Role.START, proposal.starts, f"{text}.starts")
    for each in _events(Role.END, proposal.ends, f"{text}.ends"):
        if each.condition != InForce(proposal.id):  # it counts from its own entry: no circle
            yield each


def _starts_of(newer: Iterable[Proposal]) -> Iterator[Ground]:
    """Yield the events that the starts of texts follow, which take the place of another."""
    for text in newer:
        yield from _events(Role.SUCCESSOR, text.starts, f"$.proposals.{text.id}.starts")


def _of_clause(index: Index, leaf: Fulfilled) -> Iterator[Ground]:
    provision, clause = index.provisions[leaf.provision], index.place_of(leaf.provision)
    for position, duty in enumerate(provision.duties):
        if leaf.by is None or leaf.by in duty.by:
            yield Ground(Role.DUTY, duty.requires, f"{clause}.duties[{position}].requires")
            yield from _events(Role.DUE, duty.due, f"{clause}.duties[{position}].due")
    yield from _events(Role.DUE, provision.due, f"{clause}.due")
    yield from _events(Role.START, provision.starts, f"{clause}.starts")
    yield from _events(Role.END, provision.ends, f"{clause}.ends")


def _events(role: Role, bound: Bound | None, path: str) -> Iterator[Ground]:
    for place, event in events_with_places(bound, path):
        yield Ground(role, event, place)


def conditions_under(index: Index, leaf: DerivedLeaf) -> list[Condition]:
    """Return all that a derived leaf may ever rest on; the event of a date as a history."""
    return [ground.asked for ground in grounds(index, leaf)]


def derived_references(index: Index, node: Node) -> Iterator[Node]:
    """Yield the derived leaves that one may rest on, and the entries of texts."""
    for ground in _under(index, node):
        yield from (other for other, _ in derived_in(ground.asked))
    if isinstance(node, InForce | Entry):
        yield from (Entry(text.id) for text in takers(index, node))


def negated_references(index: Index, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the derived leaves that one may rest on through a negation, with the place."""
    for ground in _under(index, node):
        yield from ((ground.place, each) for each, negated in derived_in(ground.asked) if negated)


def _under(index: Index, node: Node) -> Iterator[Ground]:
    if isinstance(node, Entry):
        return _dates_of(index.proposals[node.of])
    return grounds(index, node)


def derived_in(
    condition: Condition, *, negated: bool = False
) -> Iterator[tuple[DerivedLeaf, bool]]:
    """Yield the derived leaves in a condition, and whether each stands where no circle may lead.

    No circle has a meaning that leads through a negation, a history, a trigger or a bound.
    """
    if isinstance(condition, Derived):
        yield condition, negated
    inner = negated or isinstance(condition, Not | Temporal)
    for child in children(condition):
        yield from derived_in(child, negated=inner)


def name_of(leaf: Node) -> str:
    """Name a derived leaf by the ids in it."""
    match leaf:
        case Accepts():
            return f"accepts({leaf.party}, {leaf.of})"
        case InForce() | Entry():
            return f"in_force({leaf.of})"
        case Fulfilled():
            return f"fulfilled({leaf.provision}{f', {leaf.by}' if leaf.by else ''})"
        case _:
            assert_never(leaf)
