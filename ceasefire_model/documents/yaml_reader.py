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

from ceasefire_model.documents.misfits import Data, Padded, Position, shown
from ceasefire_model.documents.numerals import OUT_OF_RANGE, decimal, whole
from ceasefire_model.visible import name_of

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
_FIRST = frozenset("0123456789+-.~nNtTfF<")
"""What anything but a text begins with."""

_TAB = re.compile(" *\t")

_UNREAD = (
    (
        # what YAML does not allow, and line ends that editors and parsers count differently
        re.compile(
            "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
        ),
        "the character {1} may not stand here; leave it out",
    ),
    (
        # thousands of directives keep the parser busy for minutes
        re.compile("^%", re.MULTILINE),
        "a line that starts with {0!r}; directives are not read, leave it out",
    ),
)
_MISTAKES = (
    # what both parsers say, what is said here, and whether that is where the construct begins
    (
        "mapping values are not",
        "a ': ' where no key can be; write the text in quotes, or align the lines up to here",
        False,
    ),
    ("sequence entries are not", "a '- ' in the middle of a line; start a new line", False),
    ("quoted scalar found unexpected end", "a quote that is not closed; close it", True),
    ("could not find expected ':'", "a line that is no 'key: value'; add ':' or indent it", True),
    ("escape", "no such escape; in double quotes a backslash is written twice", True),
    ("document start", "more after the end; indent this line, or leave it out", False),
    ("flow sequence", "a list without its ']', or without a ','; mend the list", True),
    ("flow mapping", "a mapping without its '}', or without a ','; mend the mapping", True),
    ("block (collection|sequence)", "no '-' here; align this line with its list", False),
    ("block mapping", "no key here; align this line with its keys, or quote the whole text", False),
    (
        "block scalar",
        "'|' and '>' end a line; begin the text on the next one, or write {low: 38} for >38",
        True,
    ),
    (" tag", "tags are not read; quote a text that starts with '!'", True),
    ("anchor", "anchors are not read; quote a text that starts with '&'", True),
    ("alias", "aliases are not read; quote a text that starts with '*'", True),
    ("any token", "no text starts with this character; write the text in quotes", False),
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
    for pattern, what in _UNREAD:
        if found := pattern.search(text):
            before = text[: found.start()]
            position = before.count("\n") + 1, len(before) - before.rfind("\n")
            builder.stop(what.format(found[0], name_of(found[0])), position)
    events = parser(text)
    documents = 0
    try:
        while not isinstance(event := events.get_event(), StreamEndEvent):
            _take(event, builder)
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = "a second document begins here; a file holds one"
                    builder.stop(what, _position(event.start_mark))
    except MarkedYAMLError as error:
        builder.stop(*_mistake(error, text))
    except (YAMLError, ValueError, OverflowError) as error:
        builder.stop(f"no YAML: {error}; mend or quote that text", (1, 1))


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
    if event.style or (text and text[0] not in _FIRST):  # quoted, in a block, or plainly a text
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
        number = whole(found[kind], _BASES[kind])
        is_padded = number is not None and found[0][0] == "0" and found[0].isdigit() and number
        return Padded(found[0]) if is_padded else number
    return decimal(found[0]) if kind == "decimal" else None


def _position(mark: object) -> Position:
    """Return a place in a text, counted from 1."""
    place = cast("_Mark", mark)
    return place.line + 1, place.column + 1


def _mistake(error: MarkedYAMLError, text: str) -> tuple[str, Position]:
    """Say what a syntax error comes from, and where that is."""
    line, column = _position(error.problem_mark)
    lines = [*text.splitlines(), ""]  # what is missing at the end may be missed one line below
    if tab := _TAB.match(lines[min(line, len(lines)) - 1]):
        return "a tab at the start of a line; indent with spaces", (line, tab.end())
    said = f"{error.context} {error.problem}"
    for pattern, what, at_start in _MISTAKES:
        if re.search(pattern, said):
            mark = error.context_mark if at_start else None
            return what, _position(mark or error.problem_mark)
    return f"no YAML: {error.problem}; mend or quote that text", (line, column)
