"""How documents write what the classes hold: the tables that reading, writing and schema share."""

from __future__ import annotations

from typing import TypeAlias, get_args

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Leaf,
    Meaning,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.evidence import Source
from ceasefire_model.facts import Act, Control, Fact, Quantity, Question, State
from ceasefire_model.parties import Code, Party
from ceasefire_model.proposals import Precondition, Proposal, Provision
from ceasefire_model.statements import Statement
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.territories import Territory

Body: TypeAlias = (
    AtLeast | AtMost | Accepts | Fulfilled | Vague | AtLeastOf | By | HeldFor | Throughout | When
)
"""The conditions with several fields."""

FORMAT = "format"
"""The key that says which version of the structure a document has."""

CANNOT_SAY = "cannot say"
"""The word of a source that speaks and says that it cannot tell."""

RECORDS = (
    "parties",
    "territories",
    "facts",
    "sources",
    "observations",
    "statements",
    "proposals",
    "preconditions",
)
"""The keys of the records that others may refer to."""

FACTS: dict[str, type[Fact]] = {
    "state": State,
    "act": Act,
    "quantity": Quantity,
    "control": Control,
    "question": Question,
}
"""The kinds of fact, by the key that holds their text."""

KEYED: dict[type, str] = {
    Party: "party",
    Territory: "territory",
    Source: "source",
    Statement: "statement",
    Proposal: "proposal",
    Provision: "provision",
    Precondition: "precondition",
    Meaning: "meaning",
}
"""The records that are keyed by their id, beside facts, and what one of them is called."""

RENAMED: dict[type, dict[str, str]] = {
    **{kind: {"text": key} for key, kind in FACTS.items()},
    SupposedWord: {"of": "accepts"},
    After: {"condition": "after"},
}
"""The fields that a document calls otherwise, and how."""

NAMED: frozenset[type] = frozenset({Party, Territory, Source})
"""The records that may be written as their name alone."""

PAIRS: frozenset[type] = frozenset({Code, SupposedFact, SupposedMeaning})
"""The records that are written as a key and a value: their two fields."""

LEAVES: dict[str, type[Holds | Done | Answered | InForce]] = {
    "holds": Holds,
    "done": Done,
    "answered": Answered,
    "in_force": InForce,
}
"""The conditions that are written as one id."""

BODIES: dict[str, type[Body]] = {
    "at_least": AtLeast,
    "at_most": AtMost,
    "accepts": Accepts,
    "fulfilled": Fulfilled,
    "vague": Vague,
    "at_least_of": AtLeastOf,
    "by": By,
    "held_for": HeldFor,
    "throughout": Throughout,
    "when": When,
}
"""The conditions that are written as a mapping of their fields."""

LISTS: dict[str, type[AllOf | AnyOf]] = {"all_of": AllOf, "any_of": AnyOf}
"""The conditions that are written as a list of their parts."""

SINGLES: dict[str, type[Not | Ever]] = {"not": Not, "ever": Ever}
"""The conditions that are written as their one part."""

CONDITIONS: dict[str, type[Condition]] = {**LEAVES, **BODIES, **LISTS, **SINGLES}
"""All conditions, by the key of which a condition has exactly one."""

NESTING = frozenset(CONDITIONS) - {
    key for key, kind in CONDITIONS.items() if kind in get_args(Leaf)
}
"""The conditions that hold others."""


def key_of(kind: type, name: str) -> str:
    """Return the key under which a document has a field of a class."""
    return RENAMED.get(kind, {}).get(name, name)
