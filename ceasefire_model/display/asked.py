"""What an id asks for: a clause, a text, a precondition, an acceptance or a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ceasefire_model.conditions import Accepts, Answered, Condition, Done, Fulfilled, Holds, InForce
from ceasefire_model.errors import ModelError, UnknownIdError
from ceasefire_model.facts import Act, Control, Quantity, Question, State

if TYPE_CHECKING:
    from ceasefire_model.facts import Fact
    from ceasefire_model.scenarios import Scenario


def condition_named(name: str, scenario: Scenario) -> Condition:
    """Return the condition that an id is asked for through.

    Args:
        name: The id of a proposal (is it in force?), a provision (is it fulfilled? of a right or a
            declaration, is it in force?), a precondition (is what it needs so?), a fact (is it
            so?), or ``PARTY:TEXT`` (does the party accept it?).
        scenario: Where it is looked up.

    Raises:
        UnknownIdError: If there is none of that name.
        ModelError: If it is a number, which by itself is neither met nor not.
    """
    party, colon, text = name.partition(":")
    if colon:
        return Accepts(scenario.party(party).id, text)
    index = scenario.index
    if name in index.preconditions:
        return index.preconditions[name].needs
    if name in index.provisions:
        return Fulfilled(name) if index.provisions[name].duties else InForce(name)
    if name in index.proposals:
        return InForce(name)
    if name in index.facts:
        return _leaf(index.facts[name])
    known = (*index.proposals, *index.provisions, *index.preconditions, *index.facts)
    raise UnknownIdError("proposal, provision, precondition, fact or PARTY:PROPOSAL", name, known)


def _leaf(fact: Fact) -> Condition:
    match fact:
        case State():
            return Holds(fact.id)
        case Act():
            return Done(fact.id)
        case Question():
            return Answered(fact.id)
        case Quantity() | Control():
            raise ModelError(
                f"{fact.id!r} is a number, which by itself is neither met nor not; "
                "ask for a precondition or a provision that names a threshold of it"
            )
        case _:
            assert_never(fact)
