"""YAML text, read as the core schema of YAML 1.2 has it.

The parser reports events; nothing is composed, resolved or constructed by the YAML library, whose
composer can be crashed by deep nesting and whose resolver follows YAML 1.1 (there ``no`` is false
and ``12:30`` is 750).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, cast

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from ceasefire_model.documents.numerals import OUT_OF_RANGE, decimal, whole
from ceasefire_model.documents.places import Data, Position, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from ceasefire_model.documents.trees import Builder

_CONSTANTS: dict[str, Data] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER = re.compile(
    r"(?P<whole>[-+]?[0-9]+)|0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)"
    r"|(?P<decimal>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_BASES = {"whole": 10, "octal": 8, "hexadecimal": 16}
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not allow, and line ends that editors and parsers count differently."""

_MISTAKES = (
    # what both parsers say, what is said here, and whether that is where the construct begins
    ("mapping values are not", "a ': ' in the middle of a text; write the text in quotes", False),
    ("sequence entries are not", "a '- ' in the middle of a line; start a new line", False),
    ("quoted scalar found unexpected end", "a quote that is not closed; close it", True),
    ("could not find expected ':'", "a line that is no 'key: value'; add ':' or indent it", True),
    ("escape", "no such escape; in double quotes a backslash is written twice", True),
    ("flow sequence", "a list without its ']', or without a ','; mend the list", True),
    ("flow mapping", "a mapping without its '}', or without a ','; mend the mapping", True),
    ("block (collection|sequence)", "no '-' here; align this line with its list", False),
    ("block mapping", "no key here; align this line with its keys, or quote the whole text", False),
    ("block scalar", "after '|' or '>' the text starts on a new line, indented", True),
    (" tag", "tags are not read; quote a text that starts with '!'", True),
    ("anchor", "anchors are not read; quote a text that starts with '&'", True),
    ("alias", "aliases are not read; quote a text that starts with '*'", True),
    ("any token", "no text starts with this character; write the text in quotes", False),
    ("directive|%", "directives are not read; leave the line with '%' out", True),
    ("document start", "more after the end; indent this line, or leave it out", False),
)


class EventParser(Protocol):
    """What the parsers of the YAML library offer."""

    def get_event(self) -> Event | None:
        """Return the next event."""
        ...


class _Mark(Protocol):
    """A place in a text, counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


PURE: Callable[[str], EventParser] = yaml.BaseLoader
"""The parser written in Python."""

FASTEST: Callable[[str], EventParser] = getattr(yaml, "CBaseLoader", PURE)
"""The parser written in C, or the other where this one is not installed."""


def read(text: str, builder: Builder, parser: Callable[[str], EventParser] = FASTEST) -> None:
    """Give a text, value by value, to a builder.

    Raises:
        StopReadingError: If it is not read to its end; the builder knows why.
    """
    if found := _UNPRINTABLE.search(text):
        before = text[: found.start()]
        position = before.count("\n") + 1, len(before) - before.rfind("\n")
        builder.stop(f"the character {found[0]!a} may not stand here; leave it out", position)
    events = parser(text)
    documents = 0
    try:
        while not isinstance(event := events.get_event(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                _start_document(event, builder, documents)
            else:
                _take(event, builder)
    except MarkedYAMLError as error:
        builder.stop(*_mistake(error))
    except (YAMLError, ValueError, OverflowError) as error:
        builder.stop(f"no YAML: {error}; mend or quote that text", (1, 1))


def _start_document(event: DocumentStartEvent, builder: Builder, number: int) -> None:
    position = _position(event.start_mark)
    if number > 1:
        builder.stop("a second document begins here; a file holds one", position)
    if event.version not in {None, (1, 2)} or event.tags:
        builder.refuse("directives are not read; leave the line with '%' out", position)


def _take(event: Event | None, builder: Builder) -> None:
    """Give one event to the builder."""
    match event:
        case ScalarEvent():
            position = _position(event.start_mark)
            _refuse_properties(event, builder, position)
            builder.scalar(_value(event, builder, position), position)
        case CollectionStartEvent():
            position = _position(event.start_mark)
            _refuse_properties(event, builder, position)
            builder.open({} if isinstance(event, MappingStartEvent) else [], position)
        case CollectionEndEvent():
            builder.close()
        case AliasEvent():
            position = _position(event.start_mark)
            what = "aliases are not read; write the value out, or quote a text that starts with '*'"
            builder.spoil(what, position)
            builder.scalar("", position)
        case _:
            pass


def _refuse_properties(
    event: ScalarEvent | CollectionStartEvent, builder: Builder, position: Position
) -> None:
    """Refuse tags and anchors."""
    if event.tag is not None:
        what = "tags are not read; leave it out, or quote a text that starts with '!'"
        builder.refuse(what, position)
    if event.anchor is not None:
        what = "anchors are not read; leave it out, or quote a text that starts with '&'"
        builder.refuse(what, position)


def _value(event: ScalarEvent, builder: Builder, position: Position) -> Data:
    """Return what a scalar stands for."""
    text = event.value
    if event.style:  # in quotes or in a block
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if found := _NUMBER.fullmatch(text):
        number = _number(found)
        if number is None:
            builder.spoil(f"{OUT_OF_RANGE}, got {shown(text)}; write another", position)
        return number
    if text == "<<" and builder.awaits_key:
        builder.refuse("merge keys are not read; write the keys out", position)
    return text


def _number(found: re.Match[str]) -> int | Decimal | None:
    """Return the number that was matched; none if it is out of range."""
    kind = found.lastgroup
    if kind in _BASES:
        return whole(found[kind], _BASES[kind])
    return decimal(found[0]) if kind == "decimal" else None


def _position(mark: object) -> Position:
    """Return a place in a text, counted from 1."""
    place = cast("_Mark", mark)
    return place.line + 1, place.column + 1


def _mistake(error: MarkedYAMLError) -> tuple[str, Position]:
    """Say what a syntax error comes from, and where that is."""
    said = f"{error.context} {error.problem}"
    for pattern, what, at_start in _MISTAKES:
        if re.search(pattern, said):
            mark = error.context_mark if at_start else None
            return what, _position(mark or error.problem_mark)
    return f"no YAML: {error.problem}; mend or quote that text", _position(error.problem_mark)
