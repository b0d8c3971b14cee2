"""What records refer to, each with its place in the shape of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import frozen

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
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Act, Control, Fact, Quantity, Question, State, Times
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.reprs import spelled
from ceasefire_model.statements import Statement
from ceasefire_model.territories import Territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record: TypeAlias = (
    Party | Territory | Fact | Source | Observation | Statement | Proposal | Precondition
)
"""What a scenario is made of."""


@frozen
class Reference:
    """One record's mention of another."""

    __repr__ = spelled

    path: str
    """Where it stands."""

    kind: str
    """What it must be: ``party``, ``state``, ``amount`` (a quantity or a share), ``text`` (a
    proposal or a provision), …"""

    id: str
    """The id that is mentioned."""


def references(record: Record, path: str) -> Iterator[Reference]:
    """Yield every id that a record mentions.

    Args:
        record: The record.
        path: Its own place: ``$.parties.RU``.
    """
    match record:
        case Party():
            yield from _many(f"{path}.members", "party", record.members)
        case Territory():
            yield from _maybe(f"{path}.within", "territory", record.within)
        case State() | Act() | Quantity():
            yield from _many(f"{path}.by", "party", record.by)
        case Control():
            yield Reference(f"{path}.party", "party", record.party)
            yield Reference(f"{path}.territory", "territory", record.territory)
            yield from _many(f"{path}.by", "party", record.by)
        case Question():
            yield Reference(f"{path}.asked_by", "party", record.asked_by)
            yield from _many(f"{path}.asked_of", "party", record.asked_of)
        case Source():
            yield from _maybe(f"{path}.party", "party", record.party)
        case Observation():
            yield Reference(f"{path}.fact", "fact", record.fact)
            yield Reference(f"{path}.source", "source", record.source)
            yield from _maybe(f"{path}.corrects", "observation", record.corrects)
        case Statement():
            yield from _of_statement(record, path)
        case Proposal():
            yield from _of_proposal(record, path)
        case Precondition():
            yield from _maybe(f"{path}.held_by", "party", record.held_by)
            yield from condition_references(record.of, f"{path}.of")
            yield from condition_references(record.needs, f"{path}.needs")
            yield from _many(f"{path}.verified_by", "party", record.verified_by)
            yield from _maybe(f"{path}.statement", "statement", record.statement)
        case _:
            assert_never(record)


def condition_references(condition: Condition, path: str) -> Iterator[Reference]:
    """Yield every id that a condition mentions, at any depth."""
    match condition:
        case Holds():
            yield Reference(f"{path}.holds", "state", condition.state)
        case Done():
            yield Reference(f"{path}.done", "act", condition.act)
        case AtLeast():
            yield from _of_comparison(condition, f"{path}.at_least")
        case AtMost():
            yield from _of_comparison(condition, f"{path}.at_most")
        case Answered():
            yield Reference(f"{path}.answered", "question", condition.question)
        case Accepts():
            yield Reference(f"{path}.accepts.party", "party", condition.party)
            yield Reference(f"{path}.accepts.of", "text", condition.of)
        case InForce():
            yield Reference(f"{path}.in_force", "text", condition.of)
        case Fulfilled():
            yield Reference(f"{path}.fulfilled.provision", "provision", condition.provision)
            yield from _maybe(f"{path}.fulfilled.by", "party", condition.by)
        case Vague():
            for meaning in condition.meanings:
                place = f"{path}.vague.meanings.{meaning.id}"
                yield from _many(f"{place}.held_by", "party", meaning.held_by)
                yield from condition_references(meaning.condition, f"{place}.condition")
        case AllOf():
            yield from _of_parts(condition.parts, f"{path}.all_of")
        case AnyOf():
            yield from _of_parts(condition.parts, f"{path}.any_of")
        case AtLeastOf():
            yield from _of_parts(condition.parts, f"{path}.at_least_of.parts")
        case Not():
            yield from condition_references(condition.part, f"{path}.not")
        case Ever():
            yield from condition_references(condition.condition, f"{path}.ever")
        case By():
            yield from condition_references(condition.condition, f"{path}.by.condition")
            yield from bound_references(condition.due, f"{path}.by.due")
        case HeldFor():
            yield from condition_references(condition.condition, f"{path}.held_for.condition")
        case Throughout():
            yield from condition_references(condition.condition, f"{path}.throughout.condition")
            yield from bound_references(condition.start, f"{path}.throughout.start")
            yield from bound_references(condition.end, f"{path}.throughout.end")
        case When():
            yield from condition_references(condition.trigger, f"{path}.when.trigger")
            yield from condition_references(condition.then, f"{path}.when.then")
        case _:
            assert_never(condition)


def bound_references(bound: Bound | None, path: str) -> Iterator[Reference]:
    """Yield every id that the event of a bound mentions."""
    if isinstance(bound, After):
        yield from condition_references(bound.condition, f"{path}.after")


def _of_comparison(condition: AtLeast | AtMost, path: str) -> Iterator[Reference]:
    yield Reference(f"{path}.fact", "amount", condition.fact)
    if isinstance(condition.value, Times):
        yield Reference(f"{path}.value.fact", "amount", condition.value.fact)


def _of_parts(parts: tuple[Condition, ...], path: str) -> Iterator[Reference]:
    for position, part in enumerate(parts):
        yield from condition_references(part, f"{path}[{position}]")


def _of_statement(statement: Statement, path: str) -> Iterator[Reference]:
    about = statement.about
    yield from _maybe(f"{path}.party", "party", statement.party)
    yield from _maybe(f"{path}.about.proposal", "proposal", about.proposal)
    yield from _maybe(f"{path}.about.provision", "provision", about.provision)
    yield from _maybe(f"{path}.about.party", "party", about.party)
    yield from _maybe(f"{path}.about.territory", "territory", about.territory)
    yield from _maybe(f"{path}.about.fact", "fact", about.fact)
    yield from _maybe(f"{path}.about.statement", "statement", about.statement)
    yield from _maybe(f"{path}.about.precondition", "precondition", about.precondition)
    yield Reference(f"{path}.source", "source", statement.source)


def _of_proposal(proposal: Proposal, path: str) -> Iterator[Reference]:
    yield from _many(f"{path}.by", "party", proposal.by)
    yield from _many(f"{path}.to", "party", proposal.to)
    yield from _many(f"{path}.guaranteed_by", "party", proposal.guaranteed_by)
    for provision in proposal.provisions:
        yield from _of_provision(provision, f"{path}.provisions.{provision.id}")
    yield from bound_references(proposal.starts, f"{path}.starts")
    yield from bound_references(proposal.ends, f"{path}.ends")
    yield from _maybe(f"{path}.previous", "proposal", proposal.previous)
    yield from _maybe(f"{path}.prolongs", "proposal", proposal.prolongs)
    yield from _maybe(f"{path}.in_force", "state", proposal.in_force)


def _of_provision(provision: Provision, path: str) -> Iterator[Reference]:
    for position, duty in enumerate(provision.duties):
        place = f"{path}.duties[{position}]"
        yield from _many(f"{place}.by", "party", duty.by)
        yield from condition_references(duty.requires, f"{place}.requires")
        yield from bound_references(duty.due, f"{place}.due")
    yield from bound_references(provision.due, f"{path}.due")
    yield from bound_references(provision.starts, f"{path}.starts")
    yield from bound_references(provision.ends, f"{path}.ends")
    yield from _many(f"{path}.verified_by", "party", provision.verified_by)
    yield from _many(f"{path}.replaces", "provision", provision.replaces)


def _many(path: str, kind: str, ids: Iterable[str]) -> Iterator[Reference]:
    for position, name in enumerate(ids):
        yield Reference(f"{path}[{position}]", kind, name)


def _maybe(path: str, kind: str, name: str | None) -> Iterator[Reference]:
    if name is not None:
        yield Reference(path, kind, name)
