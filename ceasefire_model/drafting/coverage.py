"""Which items of the checklist a text settles, and where it says so."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Observed,
    Throughout,
    walk,
)
from ceasefire_model.drafting.items import ChecklistItem, Severity
from ceasefire_model.facts import Question
from ceasefire_model.proposals import Proposal, Provision, ProvisionKind
from ceasefire_model.reprs import dotted
from ceasefire_model.rules.acceptance import has_word
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire_model.proposals import Precondition
    from ceasefire_model.statements import Statement


class Presence(Enum):
    """Whether an item is settled."""

    PRESENT = "present"
    """Something recorded says it."""

    ABSENT = "absent"
    """The whole text is public, and does not say it."""

    UNKNOWN = "unknown"
    """Nothing recorded says it, and what is not recorded may: the text is not public, or it is
    no matter of the text."""

    __repr__ = dotted


@frozen(kw_only=True)
class Coverage:
    """Whether one item of the checklist is settled, and where.

    Attributes:
        item: The item of the checklist.
        severity: How much it matters for the class that the text claims.
        presence: Whether the text settles it.
        provisions: The provisions whose topics name it.
        paths: What else says it, in the shape of the document: ``$.proposals.plan.ends``.
    """

    item: ChecklistItem
    severity: Severity
    presence: Presence
    provisions: tuple[Provision, ...]
    paths: tuple[str, ...]


@frozen(eq=False)
class Seen:
    """A proposal, and all that was said of it."""

    view: View
    """Everything, at the end of time, or of what is known."""

    proposal: Proposal

    @property
    def texts(self) -> frozenset[str]:
        """The ids of the proposal and of its provisions."""
        return frozenset({self.proposal.id, *(each.id for each in self.proposal.provisions)})

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was said of it."""
        said = self.view.scenario.statements
        return tuple(
            each for each in said if each.about.text in self.texts and self.view.hears(each)
        )

    @property
    def place(self) -> str:
        """Where the proposal stands in the shape of the document."""
        return f"$.proposals.{self.proposal.id}"

    def place_of(self, provision: Provision) -> str:
        """Return where a provision stands."""
        return f"{self.place}.provisions.{provision.id}"

    def provisions_on(self, *items: str) -> tuple[Provision, ...]:
        """Return the provisions that have one of these items among their topics."""
        return tuple(each for each in self.proposal.provisions if set(items) & set(each.topics))

    def fields(self, name: str, says: Callable[[Provision], object]) -> Iterator[str]:
        """Yield the place of a field in every provision in which it says something."""
        for each in self.proposal.provisions:
            if says(each):
                yield f"{self.place_of(each)}.{name}"

    def preconditions(self) -> tuple[Precondition, ...]:
        """Return what parties hold that accepting, entering into force or fulfilling it needs.

        Nor is a precondition on what its clauses require another matter than one on the clause.
        Those that were withdrawn, or dropped by a later plain acceptance, are not among them.
        """
        return tuple(
            each
            for of in self.view.scenario.index.gates
            if _text_of(of) in self.texts or _fact_of(of) in self.facts
            for each in self.view.standing(of)
        )

    @property
    def facts(self) -> frozenset[str]:
        """The facts that its clauses require something of."""
        return frozenset(name for each in self.proposal.provisions for name in facts_required(each))


def _text_of(of: Condition) -> str | None:
    """Return the proposal or provision that a leaf or its negation is about, if it is about one."""
    match of:
        case Not(part=part):
            return _text_of(part)
        case Accepts(of=text) | InForce(of=text) | Fulfilled(provision=text):
            return text
        case _:
            return None


def _fact_of(of: Condition) -> str | None:
    """Return the fact that a leaf or its negation is about, if it is about one."""
    leaf = of.part if isinstance(of, Not) else of
    return facts_of(leaf)[0] if isinstance(leaf, Observed) else None


def facts_required(provision: Provision) -> frozenset[str]:
    """Return the facts that a clause requires something of."""
    parts = (part for duty in provision.duties for part in walk(duty.requires))
    return frozenset(
        name for part in parts if isinstance(part, Observed) for name in facts_of(part)
    )


def obligors(provision: Provision) -> frozenset[str]:
    """Return who owes what a clause requires."""
    return frozenset(party for duty in provision.duties for party in duty.by)


def others_who_verify(provision: Provision) -> tuple[str, ...]:
    """Return who verifies a clause and does not owe it: whoever owes it verifies nothing."""
    return tuple(each for each in provision.verified_by if each not in obligors(provision))


def coverage(seen: Seen, item: ChecklistItem) -> Coverage:
    """Say whether an item is settled: by the topic of a provision, or by a field of the model."""
    provisions = seen.provisions_on(item.id)
    paths = tuple(SAID[item.id](seen)) if item.id in SAID else ()
    if provisions or paths:
        presence = Presence.PRESENT
    elif item.is_in_text and seen.proposal.is_public:
        presence = Presence.ABSENT
    else:
        presence = Presence.UNKNOWN
    return Coverage(
        item=item,
        severity=item.severity(seen.proposal.claims),
        presence=presence,
        provisions=provisions,
        paths=paths,
    )


# What fields of the model say, item by item


def _field(name: str) -> Callable[[Seen], Iterator[str]]:
    """Return what yields the place of a field of the proposal, where it says something."""

    def said(seen: Seen) -> Iterator[str]:
        if getattr(seen.proposal, name):
            yield f"{seen.place}.{name}"

    return said


def _earlier_texts(seen: Seen) -> Iterator[str]:
    yield from _field("previous")(seen)
    yield from _field("prolongs")(seen)
    yield from seen.fields("replaces", lambda each: each.replaces)


def _bound_parties(seen: Seen) -> Iterator[str]:
    yield from _field("to")(seen)
    yield from seen.fields("duties", lambda each: each.duties)


def _third_parties(seen: Seen) -> Iterator[str]:
    yield from _field("guaranteed_by")(seen)
    addressees = set(seen.proposal.to)
    yield from seen.fields("verified_by", lambda each: set(others_who_verify(each)) - addressees)


def _deadlines(seen: Seen) -> Iterator[str]:
    yield from seen.fields("due", lambda each: each.due)


def _prohibitions(seen: Seen) -> Iterator[str]:
    """Yield where something is forbidden: by the kind of a clause, or by what it requires."""
    yield from seen.fields("kind", lambda each: each.kind is ProvisionKind.PROHIBITION)
    left = (each for each in seen.proposal.provisions if each.kind is not ProvisionKind.PROHIBITION)
    for each in left:
        if each.duties and all(_forbids(duty.requires) for duty in each.duties):
            yield f"{seen.place_of(each)}.duties"


def _forbids(condition: Condition) -> bool:
    """Whether a condition only says what must not be."""
    match condition:
        case AllOf(parts=parts):
            return bool(parts) and all(map(_forbids, parts))
        case Not(part=Holds() | Done() | Ever(condition=Holds() | Done())):
            return True
        case Throughout(condition=inner) | HeldFor(condition=inner):
            return _forbids(inner)
        case AtMost(value=Decimal() as most):
            return most == 0
        case _:
            return False


def _amounts(seen: Seen) -> Iterator[str]:
    yield from seen.fields(
        "duties",
        lambda each: any(
            isinstance(part, AtLeast | AtMost)
            for duty in each.duties
            for part in walk(duty.requires)
        ),
    )


def verifiers(seen: Seen) -> Iterator[str]:
    """Yield where somebody is named to verify a provision that another owes."""
    yield from seen.fields("verified_by", others_who_verify)


def means(seen: Seen) -> Iterator[str]:
    """Yield where it is said by which means a provision is verified."""
    yield from seen.fields("verified_how", lambda each: each.verified_how)


def _conditional_start(seen: Seen) -> Iterator[str]:
    if isinstance(seen.proposal.starts, After):
        yield f"{seen.place}.starts"


def _ending_event(seen: Seen) -> Iterator[str]:
    """Yield the end where an event brings it about, not the running out of a time."""
    ends = seen.proposal.ends
    if isinstance(ends, After) and ends.condition != InForce(seen.proposal.id):
        yield f"{seen.place}.ends"


def _questions(seen: Seen) -> Iterator[str]:
    """Yield the questions that statements about the text put, or preconditions want answered."""
    scenario = seen.view.scenario
    asked = {each.about.fact for each in seen.statements}
    for need in seen.preconditions():
        asked |= {part.question for part in walk(need.needs) if isinstance(part, Answered)}
    for fact in scenario.facts:
        if isinstance(fact, Question) and fact.id in asked:
            yield f"$.facts.{fact.id}"


def _demands(seen: Seen) -> Iterator[str]:
    for need in seen.preconditions():
        if need.held_by is not None:
            yield f"$.preconditions.{need.id}"


def _words(seen: Seen) -> Iterator[str]:
    """Yield the words on the text, if every addressee, or every member of it, has spoken."""
    waiting = list(reversed(seen.proposal.to))
    found: list[str] = []
    heard: set[str] = set()
    while waiting:
        party = waiting.pop()
        if party in heard:
            continue
        heard.add(party)
        leaf = Accepts(party, seen.proposal.id)
        if has_word(seen.view, leaf):
            words = seen.view.words(leaf)[0]
            found += [f"$.statements.{word.id}" for word in words] or ["$.suppositions"]
        elif members := seen.view.scenario.party(party).members:
            waiting += reversed(members)
        else:
            return
    yield from found


SAID: dict[str, Callable[[Seen], Iterable[str]]] = {
    "ID-02": _field("claims"),
    "ID-04": _earlier_texts,
    "PAR-01": _bound_parties,
    "PAR-05": _third_parties,
    "TIM-01": _field("tabled"),
    "TIM-02": _field("starts"),
    "TIM-03": _field("ends"),
    "TIM-05": _deadlines,
    "OBL-01": _prohibitions,
    "OBL-11": _amounts,
    "COM-01": verifiers,
    "COM-02": means,
    "GUA-01": _field("guaranteed_by"),
    "CON-01": _conditional_start,
    "CON-03": _ending_event,
    "CON-04": _questions,
    "CON-05": _demands,
    "CON-06": _words,
    "FIN-04": _field("is_public"),
}
"""By the ids of items, where fields of the model say what they ask for."""
