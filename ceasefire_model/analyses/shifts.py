"""What can be changed: a fact, the meaning of a demand, a party's word; and whose move it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias, TypeVar

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    Done,
    Holds,
    ObservedLeaf,
    Vague,
    acceptance,
    walk,
)
from ceasefire_model.errors import ModelError, UnknownIdError, shortened
from ceasefire_model.facts import (
    Act,
    Control,
    Fact,
    Number,
    Quantity,
    Question,
    State,
    Truth,
    Value,
)
from ceasefire_model.fields import Pairs
from ceasefire_model.ids import PartyId
from ceasefire_model.reprs import dotted
from ceasefire_model.scenarios import Scenario
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.verdicts import Verdict

_T = TypeVar("_T")

Supposed: TypeAlias = SupposedFact | SupposedWord | SupposedMeaning
"""What can be changed: a fact, a party's word, the meaning agreed for a demand."""

Changeable: TypeAlias = str | Fact | Vague | Accepts
"""What a cost or a hold can be put on: the id of a fact or of a vague demand, or an acceptance."""


class ShiftKind(Enum):
    """What has to be done for something to be so."""

    DO = "do"
    """Bring it about."""

    VERIFY = "verify"
    """Settle what sources contradict each other about: it may be so already."""

    __repr__ = dotted


@frozen
class Shift:
    """One change, and whose move it is.

    Attributes:
        supposed: What is so afterwards; a number goes to the threshold that is needed, and no
            further.
        who: The parties that must move; nobody where the scenario names nobody.
        cost: What it costs.
        kind: Whether it is to be done, or verified.
    """

    supposed: Supposed
    who: tuple[PartyId, ...]
    cost: Decimal
    kind: ShiftKind = ShiftKind.DO


class Reason(Enum):
    """Why something cannot be changed."""

    FIXED = "held fixed"
    NO_MEANING = "no meaning of it has been named"
    NOT_RECORDED = "it is no demand of the scenario, so nothing can be agreed on it"
    DONE = "done, and an act once done stays done"
    COUNTED = "counted from the start, so that it never falls"
    ENDED = "its time is over"
    UNREPORTED = "it compares two numbers of which nobody has reported any"
    ORDER = "no order of steps allows it, as preconditions lock each other"
    RED_LINE = "it must be so as long as something else is"
    SHARES = "the shares of one territory sum to at most 1"

    __repr__ = dotted


@frozen
class Obstacle:
    """What stands in the way of every package.

    Attributes:
        reason: Why it cannot be changed, as a word.
        about: What cannot be changed; none where it is the order of the steps.
    """

    reason: Reason
    about: Condition | None


Key: TypeAlias = Fact | Vague | Accepts
"""What can be changed: a fact, the meaning of a demand, a party's word."""


@frozen
class Terms:
    """What a user holds fixed, and what changes cost."""

    fixed: frozenset[Key]
    costs: Mapping[Key, Decimal]

    @cached_property
    def whole(self) -> int:
        """The least number by which every cost becomes a whole number."""
        costs = (Fraction(each) for each in self.costs.values())
        return lcm(*(each.denominator for each in costs))


def called(key: Key) -> str:
    """Return what a user calls something that can be changed."""
    return f"{key.party} on {key.of}" if isinstance(key, Accepts) else key.id


def demands_in(scenario: Scenario, target: Condition) -> dict[str, Vague]:
    """Return the vague demands of a scenario and of a target, by id."""
    own: dict[str, Vague] = {each.id: each for each in walk(target) if isinstance(each, Vague)}
    return {**scenario.index.vague, **own}


def by_key(
    scenario: Scenario, given: Pairs[Changeable, _T], demands: Mapping[str, Vague]
) -> dict[Key, _T]:
    """Return what is given for what can change, by its record; once for each.

    Raises:
        ModelError: If something is named twice, as an id and as a record.
    """
    named_by: object = given  # scripts that no type checker sees get an error, too
    if not isinstance(named_by, Mapping):
        what = f"beliefs and costs are given by fact, got {shortened(named_by)}"
        raise ModelError(f"{what}; write {{'vote': 0.5}}")
    found: dict[Key, _T] = {}
    for named, value in given.items():
        key = key_of(scenario, named, demands)
        if key in found:
            raise ModelError(f"{called(key)!r} is named twice, once as a record; name it once")
        found[key] = value
    return found


def key_of(scenario: Scenario, named: Changeable, demands: Mapping[str, Vague]) -> Key:
    """Return the record that an id names, among those of a scenario and some demands.

    Raises:
        UnknownIdError: If there is none.
        ModelError: If it is no name, or names a fact and a demand.
        ScenarioError: If an acceptance mentions what the scenario does not have.
    """
    facts = scenario.index.facts
    match named:
        case Accepts():
            scenario.check(named)
            return named
        case str() if ":" in named:
            return key_of(scenario, acceptance(named), demands)
        case str():
            found = [table[named] for table in (facts, demands) if named in table]
            if not found:
                raise UnknownIdError("fact or vague demand", named, (*facts, *demands))
            if len(found) > 1:
                raise ModelError(f"{named!r} is a fact and a demand; give the record itself")
            return found[0]
        case Vague() if demands.get(named.id) == named:
            return named
        case State() | Act() | Quantity() | Control() | Question() if facts.get(named.id) == named:
            return named
        case Vague():
            raise UnknownIdError("vague demand", named.id, tuple(demands))
        case State() | Act() | Quantity() | Control() | Question():
            raise UnknownIdError("fact", named.id, tuple(facts))
        case _:
            raise ModelError(
                "what can change is the id of a fact or of a vague demand, or an acceptance, "
                f"got {shortened(named)}"
            )


def told(leaf: ObservedLeaf, value: Value | None) -> Verdict | None:
    """Judge a leaf by the value of its one fact; nothing where it takes more than that."""
    match leaf, value:
        case ((Holds() | Done() | Answered()), Truth(value=is_so)):
            return Verdict.MET if is_so else Verdict.UNMET
        case AtLeast(value=Decimal() as least), Number(value=exact):
            return Verdict.MET if exact >= least else Verdict.UNMET
        case AtMost(value=Decimal() as most), Number(value=exact):
            return Verdict.MET if exact <= most else Verdict.UNMET
        case _:
            return None
