"""What one asks about: a condition, or a record or its id for the condition it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from ceasefire_model.calls import naming
from ceasefire_model.conditions import (
    Accepts,
    Answered,
    Condition,
    Done,
    Fulfilled,
    Holds,
    InForce,
    Vague,
)
from ceasefire_model.errors import ModelError, UnknownIdError, shortened
from ceasefire_model.facts import Act, Control, Fact, Quantity, Question, State
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.scenarios import Scenario, refuse_no_scenario

if TYPE_CHECKING:
    from ceasefire_model.index import Index

AskableRecord: TypeAlias = Proposal | Provision | Precondition | Fact
"""The records that stand for a condition, or of which the number reported can be shown."""

Askable: TypeAlias = Condition | AskableRecord | str
"""What can be asked about.

A text stands for being in force; a clause for being fulfilled, or, where it has no duties, for
being in force; a precondition for what it needs; a state for holding, an act for being done, a
question for being answered.
A ``str`` is the id of one of these or of a vague demand, or ``"party:text"`` for an acceptance.
"""

_KINDS = "text, clause, precondition, fact or demand"


def asked(scenario: Scenario, what: Askable | None = None) -> Condition:
    """Return the condition that is asked about.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> asked(case, "election")
    Done(act='election')
    >>> asked(case, "RU:us-30-day")
    Accepts(party='RU', of='us-30-day')

    Args:
        scenario: The situation.
        what: A condition, or a record or its id; none where the scenario has one text: that it is
            in force.

    Raises:
        ScenarioError: If it mentions what the scenario does not have.
        UnknownIdError: If there is nothing of this id that can be asked about.
        ModelError: If it is nothing that can be asked about, or records of two kinds share the id,
            or nothing is named where there is not just one text.
    """
    return condition_asked(scenario, what, "what")


def condition_asked(
    scenario: Scenario, what: Askable | None, argument: str = "target"
) -> Condition:
    """Return the condition that is asked about, as `asked` does.

    Args:
        scenario: The situation.
        what: A condition, or a record or its id.
        argument: What it was given for, to be named in an error.
    """
    refuse_no_scenario(scenario)
    with naming(argument):
        condition = _meant(_only_proposal(scenario) if what is None else named(scenario, what))
    scenario.check(condition)
    return condition


def named(scenario: Scenario, what: Askable) -> Condition | AskableRecord:
    """Return the record that an id is of, and a record or a condition as it is.

    Raises:
        UnknownIdError: If there is nothing of this id that can be asked about.
        ModelError: If records of two kinds share the id.
    """
    refuse_no_scenario(scenario)
    given: object = what
    if isinstance(given, Party):
        raise _no_question(scenario.index, given.id)
    if cast("object", what) is None:
        return _condition(given)
    return _named(scenario.index, what) if isinstance(what, str) else what


def text_asked(scenario: Scenario, proposal: str | Proposal | None) -> Proposal:
    """Return the text that is asked about: the one named, or the only one that there is.

    Raises:
        UnknownIdError: If there is no such proposal.
        ModelError: If no proposal is named where there is more than one, or it is none.
    """
    refuse_no_scenario(scenario)
    if proposal is None:
        return _only_proposal(scenario)
    if isinstance(proposal, str | Proposal):
        return scenario.proposal(proposal if isinstance(proposal, str) else proposal.id)
    raise ModelError(
        f"takes a proposal or its id, got {shortened(proposal)}; "
        "ask about a condition or another record with evaluate",
        "proposal",
    )


def _only_proposal(scenario: Scenario) -> Proposal:
    """Return the proposal of a scenario that has just one."""
    if len(scenario.proposals) != 1:
        names = ", ".join(repr(each.id) for each in scenario.proposals)
        known = f"name one of {names}" if names else "there is none to ask about"
        raise ModelError(f"this scenario has {len(scenario.proposals)} proposals; {known}")
    return scenario.proposals[0]


def _meant(what: Condition | AskableRecord) -> Condition:
    """Return the condition that a record stands for, or the condition itself."""
    match what:
        case Proposal():
            return InForce(what.id)
        case Provision():
            return Fulfilled(what.id) if what.duties else InForce(what.id)
        case Precondition():
            return what.needs
        case State():
            return Holds(what.id)
        case Act():
            return Done(what.id)
        case Question():
            return Answered(what.id)
        case Quantity() | Control():
            raise ModelError(
                f"{what.id!r} is a number, and no condition by itself; "
                f"ask for a threshold: AtLeast({what.id!r}, …) or AtMost({what.id!r}, …)"
            )
        case _:
            return _condition(what)


def _condition(what: object) -> Condition:
    """Return a condition as it is, and refuse all else."""
    if isinstance(what, Condition):
        return what
    several = "of several, write AllOf([…]) or AnyOf([…]) of conditions"
    one = "write InForce('plan'), or 'plan' for short"
    raise ModelError(
        f"a condition is asked about, or a record or its id, got {shortened(what)}; "
        f"{several if isinstance(what, list | tuple | set) else one}"
    )


def _no_question(index: Index, party: str) -> ModelError:
    """Return the error that a party alone is nothing to ask about, but its word on a text is."""
    text = next(iter(index.proposals), "plan")
    return ModelError(
        f"{party!r} is a party; ask whether it accepts a text: "
        f"Accepts({party!r}, {text!r}), or '{party}:{text}' for short"
    )


def _named(index: Index, name: str) -> Condition | AskableRecord:
    """Return the record that an id is of, or the acceptance that ``"party:text"`` stands for."""
    if ":" in name:
        return _accepted(index, name)
    found = {kind: record for kind, record in _records(index, name).items() if record is not None}
    if len(found) > 1:
        listed = " and ".join(f"a {kind}, {_way(record)}," for kind, record in found.items())
        raise ModelError(f"{name!r} is the id of {listed} so one of these is to be asked for")
    if found:
        return next(iter(found.values()))
    if name in index.parties:
        raise _no_question(index, name)
    raise UnknownIdError(_KINDS, name, _known(index))


def _accepted(index: Index, name: str) -> Accepts:
    """Return the acceptance that ``"party:text"`` stands for."""
    party, _, text = name.partition(":")
    if party not in index.parties:
        raise UnknownIdError("party", party, tuple(index.parties))
    if text not in index.proposals and text not in index.provisions:
        raise UnknownIdError("proposal or provision", text, (*index.proposals, *index.provisions))
    return Accepts(party, text)


def _way(record: AskableRecord | Vague) -> str:
    """Write how one asks for a record that shares its id; a number by a threshold."""
    is_number = isinstance(record, Quantity | Control)
    return f"AtLeast({record.id!r}, …)" if is_number else repr(_meant(record))


def _records(index: Index, name: str) -> dict[str, AskableRecord | Vague | None]:
    """Look an id up among each kind of record that can be asked about."""
    return {
        "text": index.proposals.get(name),
        "clause": index.provisions.get(name),
        "precondition": index.preconditions.get(name),
        "fact": index.facts.get(name),
        "demand": index.vague.get(name),
    }


def _known(index: Index) -> tuple[str, ...]:
    return (*index.proposals, *index.provisions, *index.preconditions, *index.facts, *index.vague)
