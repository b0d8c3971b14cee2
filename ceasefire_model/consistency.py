"""Whether records fit together: every problem of a scenario, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never, cast

from ceasefire_model.circles import circle_through, components, path_between
from ceasefire_model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Condition,
    Derived,
    Fulfilled,
    Not,
    Observed,
    Temporal,
    Throughout,
    Vague,
    children,
    walk,
)
from ceasefire_model.errors import Problem, listed_names, nearest
from ceasefire_model.evidence import Observation
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
    Times,
    Truth,
    Value,
)
from ceasefire_model.grounds import (
    Node,
    derived_in,
    derived_references,
    name_of,
    negated_references,
)
from ceasefire_model.index import Index, Placed, conditions_of
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
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal
    from zoneinfo import ZoneInfo

_NAMES: Mapping[str, str] = {
    "state": "a state",
    "act": "an act",
    "amount": "a quantity or a share",
    "question": "a question",
    "party": "a party",
    "territory": "a territory",
    "fact": "a fact",
    "source": "a source",
    "statement": "a statement",
    "proposal": "a proposal",
    "provision": "a provision",
    "text": "a proposal or provision",
    "precondition": "a precondition",
    "vague": "a vague demand",
    "observation": "an observation",
}
_NOUNS: Mapping[str, str] = {
    "amount": "quantity or share",
    "text": "proposal or provision",
    "vague": "vague demand",
}


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
    given = _kind_with(index, reference.id)
    if given is not None:
        what = f"{_NAMES[reference.kind]} is needed here, but {reference.id!r} is {given}"
        yield Problem(reference.path, f"{what}; {listed_names(known)}")
    else:
        what = f"no {_NOUNS.get(reference.kind, reference.kind)} {reference.id!r}"
        yield Problem(reference.path, f"{what}; {nearest(reference.id, known)}")


def _kind_with(index: Index, name: str) -> str | None:
    """Name the kind of record that has an id, with its article; none if there is no such record."""
    fact = index.facts.get(name)
    if fact is not None:
        return kind_of(fact)
    kinds = ("party", "territory", "source", "statement", "proposal", "provision", "precondition")
    return next((_NAMES[kind] for kind in (*kinds, "vague") if index.has(kind, name)), None)


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
            return None if inside else f"a share lies between 0 and 1, got {_given(value)}"
        case State() | Act() | Question(), _:
            meant = _BITS.get(_given(value), "")
            needed = f"{fact.id!r} is {kind_of(fact)}, so its value is true or false"
            return f"{needed}, got {_given(value)}{meant}"
        case _:
            return f"{fact.id!r} is {kind_of(fact)}, so its value is a number, got {_given(value)}"


_BITS = {"0": "; write false", "1": "; write true"}
"""What is probably meant by a number that is given for a truth value."""


def _given(value: Value) -> str:
    """Write a value as documents have it."""
    match value:
        case Range(low=low, high=None):
            return f"at least {low}"
        case Range(low=None, high=high):
            return f"at most {high}"
        case Range(low=low, high=high):
            return f"{low} to {high}"
        case _:
            return str(cast("Truth | Number", value).value).lower()


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
                if provision is not None and not provision.kind.is_owed:
                    yield Problem(
                        path,
                        f"{name!r} is a {provision.kind.value}, which nobody can fulfil; "
                        f"ask whether it stands: in_force({name})",
                    )
                elif provision is not None and not provision.duties:
                    yield Problem(path, f"{name!r} has no duties, so it cannot be fulfilled")
                elif provision and by and all(by not in duty.by for duty in provision.duties):
                    yield Problem(path, f"{by!r} owes nothing under {name!r}")
            case Observed() | Derived() | Temporal():
                pass
            case Vague() | AllOf() | AnyOf() | AtLeastOf() | Not():
                pass
            case _:
                assert_never(part)


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
            for place, dated in _dated(record, path):
                yield from _span_problems(dated, place, zone)
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
        case Temporal():
            return  # that something was so is not the thing itself
        case AllOf() | AnyOf() | AtLeastOf() | Vague():
            for child in children(condition):
                yield from signed_leaves(child)
        case Observed() | Derived():
            yield condition
        case _:
            assert_never(condition)


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


def _dated(proposal: Proposal, path: str) -> Iterator[tuple[str, Proposal | Provision]]:
    """Yield a proposal and its provisions, each with its place."""
    yield path, proposal
    for provision in proposal.provisions:
        yield f"{path}.provisions.{provision.id}", provision


def _span_problems(record: Proposal | Provision, path: str, zone: ZoneInfo) -> Iterator[Problem]:
    """Yield a problem if a text or clause ends before it starts."""
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
    roots: list[Node] = [
        leaf
        for record in records
        for _, condition in conditions_of(record, "")
        for leaf, _ in derived_in(condition)
    ]
    following: dict[Node, list[Node]] = {}

    def look(leaf: Node) -> list[Node]:
        if leaf not in following:
            following[leaf] = list(derived_references(index, leaf))
        return following[leaf]

    for group in components(roots, look):
        members = set(group)
        negated = [
            (place, leaf, other)
            for leaf in group
            for place, other in negated_references(index, leaf)
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
        {name: (text.prolongs,) for name, text in index.proposals.items()},
        "$.proposals.{}.prolongs".format,
    )
    yield from _circles_in(
        {name: text.replaces for name, text in index.provisions.items()},
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
