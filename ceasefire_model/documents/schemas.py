"""The JSON Schema of documents (draft 2020-12), generated from the classes.

To write it anew after a class has changed::

    python -m ceasefire_model.documents.schemas > ceasefire_model/documents/schema.json
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from decimal import Decimal
from enum import Enum, EnumType
from fractions import Fraction
from itertools import pairwise
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias, cast, get_args, get_origin

from attrs import NOTHING, define, field

from ceasefire_model.conditions import After, AtLeastOf, Bound, Condition, HeldFor, Leaf, Not, Vague
from ceasefire_model.documents.forms import (
    BODIES,
    CANNOT_SAY,
    CONDITIONS,
    FACTS,
    FORMAT,
    KEYED,
    LEAVES,
    LISTS,
    NAMED,
    PAIRS,
)
from ceasefire_model.documents.records import attributes_of
from ceasefire_model.documents.structuring import Bounds
from ceasefire_model.documents.versions import line
from ceasefire_model.facts import Fact, Times, Value
from ceasefire_model.ids import identifiers
from ceasefire_model.moments import Delay, Moment, Unit
from ceasefire_model.proposals import Duty, Precondition, Provision, ProvisionKind
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Statement
from ceasefire_model.suppositions import Supposition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from attrs import Attribute

Schema: TypeAlias = dict[str, Any]

_ID = r"^(?!-)[^\x00-,./:-@\[-^`{-\x7f]{1,100}$"
_YEAR = r"(?:[1-8][0-9]{3}|9000)"
_MONTH = rf"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_HOUR = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_INSTANT = rf"{_DAY}T{_HOUR}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z|[+-]{_HOUR})"
_DATE = f"(?:{_DAY}|{_MONTH}|{_YEAR})"
_TIME = f"(?:{_INSTANT}|{_DATE})"
_UNITS = "|".join(unit.value.removesuffix("s") for unit in Unit)
_MOST = 9.99999999999999e15
"""The largest number that a fact can have."""

_PLAIN: Schema = {
    "id": {
        "description": "A short name of letters, digits, '_' and '-'.",
        "type": "string",
        "pattern": _ID,
    },
    "text": {"type": "string", "pattern": r"\S"},
    "number": {
        "description": "A number of at most 15 digits; a share may be written as '70 %'.",
        "anyOf": [
            {"type": "number", "minimum": -_MOST, "maximum": _MOST},
            {"type": "string", "pattern": r"^[-+]?[0-9]{1,20}(?:\.[0-9]{1,20})? %$"},
        ],
    },
    "moment": {
        "description": "A day, a month, a year, a range of these, or an instant with its offset.",
        "type": "string",
        "pattern": rf"^(?:{_TIME}(?:/{_TIME})?|\.\./{_DATE})$",
    },
    "delay": {
        "description": "A length of time: '30 days', '48 hours'.",
        "type": "string",
        "pattern": rf"^[0-9]{{1,9}} (?:{_UNITS})s?$",
    },
}

_ABOVE_NOTHING: Schema = {"exclusiveMinimum": 0, "pattern": r"^\+?[0-9.]*[1-9][0-9.]* %$"}
_FRACTION: Schema = {
    "description": "A fraction of two whole numbers: '1/3'.",
    "type": "string",
    "pattern": r"^(?=[0-9]{1,15}/)[0-9]*[1-9][0-9]*/(?=[0-9]{1,15}$)[0-9]*[1-9][0-9]*$",
}
"""Above 0, as a factor is."""

_SIMPLE: dict[object, Schema] = {
    str: {"$ref": "#/$defs/text"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"$ref": "#/$defs/number"},
    Moment: {"$ref": "#/$defs/moment"},
    Delay: {"$ref": "#/$defs/delay"},
}
_LEAVES = {key: kind for key, kind in CONDITIONS.items() if kind in get_args(Leaf)}
_SIGNED = {**_LEAVES, "not": Not}

_RULES: dict[type, Schema] = {
    About: {"minProperties": 1, "not": {"required": ["proposal", "provision"]}},
    Bounds: {"minProperties": 1},
    Precondition: {
        "if": {"properties": {"basis": {"const": "stated"}}},
        "then": {"required": ["held_by"]},
    },
    Provision: {
        "if": {
            "properties": {
                "kind": {"enum": [kind.value for kind in ProvisionKind if kind.is_standing]}
            },
            "required": ["kind"],
        },
        "then": {
            "properties": {"duties": {"items": {"not": {"required": ["due"]}}}},
            "not": {"required": ["due"]},
        },
    },
    Statement: {
        "oneOf": [
            {
                "required": ["stance", "party"],
                "properties": {
                    "about": {"anyOf": [{"required": ["proposal"]}, {"required": ["provision"]}]}
                },
                "not": {"required": ["kind"]},
            },
            {"required": ["kind"], "not": {"required": ["stance"]}},
        ]
    },
    Vague: {
        "if": {"properties": {"complete": {"const": True}}, "required": ["complete"]},
        "then": {"properties": {"meanings": {"minProperties": 2}}, "required": ["meanings"]},
    },
}
"""What classes demand of their fields together."""

_FIELD_RULES: dict[tuple[type, str], Schema] = {
    (AtLeastOf, "count"): {"minimum": 1},
    (HeldFor, "duration"): {"pattern": "[1-9]"},
    (AtLeastOf, "parts"): {"minItems": 1},
    (Duty, "by"): {"minItems": 1},
    (Supposition, "since"): {"pattern": f"^(?:{_INSTANT}|{_DAY})$"},
}
"""What fields demand beyond their types."""


def generate() -> Schema:
    """Return the schema of a document."""
    definitions = _Definitions()
    document = definitions.record(Scenario)
    version = {FORMAT: {"const": line(), "description": "The version of the structure."}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **document,
        "required": [FORMAT, *document["required"]],
        "properties": {**version, **document["properties"]},
        "$defs": dict(sorted(definitions.made.items())),
    }


@define
class _Definitions:
    """The definitions that schemas refer to, each made when it is first referred to."""

    made: Schema = field(factory=lambda: dict(_PLAIN))

    def refer(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Return a reference to a definition."""
        if name not in self.made:
            self.made[name] = {}  # it may refer to itself while it is made
            self.made[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def of(self, kind: object) -> Schema:
        """Return the schema of what has a type."""
        kinds = frozenset(get_args(kind) or (kind,)) - {NoneType}
        if get_origin(kind) is tuple:
            return self.many(get_args(kind)[0])
        if kinds == frozenset(get_args(Value)):
            return self.refer("value", self.value)
        if kinds == frozenset[object]({Decimal, Fraction}):
            return {"anyOf": [{**self.of(Decimal), **_ABOVE_NOTHING}, _FRACTION]}
        if kinds == frozenset[object]({Decimal, Times}):
            return {"anyOf": [self.of(Decimal), self.of(Times)]}
        if kinds == frozenset(get_args(Bound)):
            return {"anyOf": [self.of(Moment), self.of(After)]}
        if kinds == frozenset(get_args(Condition)):
            condition = self.condition()
            return {"anyOf": [condition, {"type": "array", "items": condition}]}
        if len(kinds) > 1 and kinds <= frozenset(get_args(Condition)):
            leaf = self.refer("leaf", lambda: self.keyed(_LEAVES))
            return self.refer("leaf-or-not", lambda: self.keyed(_SIGNED, leaf))
        return self.one(next(iter(kinds)))

    def condition(self) -> Schema:
        """Return the schema of a condition."""
        return self.refer("condition", lambda: self.keyed(CONDITIONS))

    def one(self, kind: object) -> Schema:
        """Return the schema of what has a type that is no union."""
        if kind in _SIMPLE:
            return dict(_SIMPLE[kind])
        match kind:
            case EnumType(__name__=name):
                return self.refer(name, lambda: _choice(cast("type[Enum]", kind)))
            case type(__name__=name):
                return self.refer(name, lambda: self.record(kind))
            case _:
                return {"$ref": "#/$defs/id"}

    def many(self, one: Any) -> Schema:  # noqa: ANN401 - any type of an item
        """Return the schema of several of a type."""
        if one == Fact:
            fact = self.refer("fact", lambda: {"anyOf": list(map(self.one, FACTS.values()))})
            return _mapping(fact)
        if one in PAIRS:
            key, value = (attribute.type for attribute in attributes_of(one).values())
            return _mapping(self.of(value), self.of(key))
        if one in NAMED:
            return _mapping({"anyOf": [{"$ref": "#/$defs/text"}, self.one(one)]})
        if one in KEYED:
            return _mapping(self.one(one))
        if one == Condition:
            return {"type": "array", "items": self.condition()}
        return {"type": "array", "items": self.of(one)}

    def value(self) -> Schema:
        """Return the schema of what an observation gives."""
        number = {"$ref": "#/$defs/number"}
        return {
            "description": "true or false, a number, a range, or 'cannot say'.",
            "anyOf": [{"type": "boolean"}, number, {"const": CANNOT_SAY}, self.of(Bounds)],
        }

    def keyed(self, kinds: Mapping[str, type], part: Schema | None = None) -> Schema:
        """Return the schema of a mapping with one of the keys of conditions.

        Args:
            kinds: The conditions, by their keys.
            part: What a part of one of them is; by default any condition.
        """
        return {
            "description": "What is demanded: a mapping with exactly one key.",
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {
                key: {
                    **self.under(key, part or self.condition()),
                    "description": _description(kind),
                }
                for key, kind in kinds.items()
            },
        }

    def under(self, key: str, part: Schema) -> Schema:
        """Return the schema of what stands under the key of a condition."""
        if key in LEAVES:
            return {"$ref": "#/$defs/id"}
        if key in BODIES:
            return self.one(BODIES[key])
        return {"type": "array", "items": part} if key in LISTS else part

    def record(self, kind: type) -> Schema:
        """Return the schema of a record."""
        attributes = attributes_of(kind)
        if kind in KEYED or kind in FACTS.values():
            del attributes["id"]
        documented = _field_descriptions(kind)
        schema: Schema = {
            "description": _description(kind),
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {**self.field(kind, key, one), **documented.get(one.name, {})}
                for key, one in attributes.items()
            },
            **_RULES.get(kind, {}),
        }
        if required := [key for key, one in attributes.items() if one.default is NOTHING]:
            schema["required"] = required
        return schema

    def field(self, kind: type, key: str, attribute: Attribute[Any]) -> Schema:
        """Return the schema of a field."""
        schema = self.of(attribute.type)
        rules = _FIELD_RULES.get((kind, key), {})
        if attribute.validator is identifiers:
            rules = {"uniqueItems": True, **rules}
        if schema.get("items", {}).get("$ref") in {"#/$defs/id", "#/$defs/text"}:
            return {"anyOf": [schema["items"], {**schema, **rules}]}
        return {**schema, **rules}


def _mapping(values: Schema, keys: Schema | None = None) -> Schema:
    """Return the schema of records by their ids, or of values by their keys."""
    keys = keys or {"$ref": "#/$defs/id"}
    return {"type": "object", "propertyNames": keys, "additionalProperties": values}


def _choice(kind: type[Enum]) -> Schema:
    """Return the schema of a word among several, with what each of them means."""
    documented = _field_descriptions(kind)
    meanings = [
        f"- `{one.value}`: {documented[one.name]['description']}"
        for one in kind
        if one.name in documented
    ]
    return {
        "description": "\n".join([_description(kind), *meanings]),
        "enum": [one.value for one in kind],
    }


_LISTED = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
"""A field and what it is, as they are listed in a docstring."""


def _description(kind: type) -> str:
    """Return the first paragraph of a docstring."""
    return _plain((inspect.getdoc(kind) or "").partition("\n\n")[0])


def _field_descriptions(kind: type) -> Schema:
    """Return what is written of the fields of a class, by their names.

    Of a record in its docstring, of the members of an enumeration under each.
    """
    _, _, listed = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    found: Schema = {
        name: {"description": _plain(text)}
        for name, text in _LISTED.findall(listed.partition("\n\n")[0])
    }
    tree = ast.parse(inspect.getsource(sys.modules[kind.__module__]))
    [body] = [
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    ]
    for field_, below in pairwise(body):
        target = getattr(field_, "target", None) or getattr(field_, "targets", [None])[0]
        match target, below:
            case ast.Name(id=name), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = {"description": _plain(inspect.cleandoc(text))}
            case _:
                pass
    return found


def _plain(docstring: str) -> str:
    """Return a docstring without its line ends and with the quotes of Markdown."""
    return " ".join(docstring.split()).replace("``", "`")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(generate(), indent=2, ensure_ascii=False) + "\n")
