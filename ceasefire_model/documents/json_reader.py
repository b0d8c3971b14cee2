"""JSON text: read fast where all is well, and with positions where something is not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, cast

from attrs import define, field

from ceasefire_model.documents.misfits import Data, Position, shown
from ceasefire_model.documents.numerals import OUT_OF_RANGE, decimal, whole
from ceasefire_model.documents.trees import is_encodable
from ceasefire_model.visible import name_of

if TYPE_CHECKING:
    from decimal import Decimal

    from ceasefire_model.documents.limits import Limits
    from ceasefire_model.documents.trees import Builder

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n\r]*)(?:
    (?P<mark>[\[\]{},:])
    |"(?P<text>(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"
    |(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))(?![\w.])
    |(?P<word>true|false|null)(?!\w)
    )?""",
    re.VERBOSE,
)
_VALUE = frozenset({"a value", "a value or ]"})
_KEY = frozenset({"a key", "a key or }"})
_MAY_END = frozenset({"what follows", "a value or ]", "a key or }"})
_MISTAKES = (
    ("'", "texts are in double quotes; write \" instead of '"),
    (r"[}\]]", "a bracket that closes nothing, or a ',' before it; leave it out"),
    (r"-?0[0-9]|\+|\.[0-9]|-?[0-9]+\.(?![0-9])", "no number; write it as 0.7 or 12"),
    (r"-?(NaN|Infinity|nan|inf)\b", "a number is finite; leave it out"),
    (
        '"',
        r"a text not closed, with a line end or a lone backslash in it; write \n, \\ and \" there",
    ),
    (r"True|False|None|undefined", "write true, false, or leave the key out"),
    (r"\w", "texts and keys are in double quotes; add them"),
    ("", "no value and no key; mend this place"),
)
_CONTROL = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\.)*+([\x00-\x09\x0b-\x1f])')
"""A text with a character in it that is written as an escape."""

_HALF = re.compile("[\ud800-\udfff]|\\\\u[dD][89a-fA-F]")
"""What is half of a character, or may stand for it."""

_WORDS: dict[str, Data] = {"true": True, "false": False, "null": None}


def quick(text: str, limits: Limits) -> Data:
    """Return what a text stands for.

    Raises:
        ValueError: If there is anything to object to; ``read`` says what and where.
        RecursionError: If it nests so deep that this is to be objected to.
    """
    data: Data = json.loads(
        text,
        object_pairs_hook=_once,
        parse_float=_decimal,
        parse_int=_whole,
        parse_constant=_refuse,
    )
    _check(data, limits, is_whole=_HALF.search(text) is None)
    return data


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    """Make a mapping, unless a key is given twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _decimal(text: str) -> Decimal:
    found = decimal(text)
    if found is None:
        raise ValueError(OUT_OF_RANGE)
    return found


def _whole(text: str) -> int:
    found = whole(text)
    if found is None:
        raise ValueError(OUT_OF_RANGE)
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _check(data: Data, limits: Limits, *, is_whole: bool) -> None:
    """Hold data against the limits, level by level."""
    nodes, depth, level = 1, 0, [data]
    while level:
        inner: list[Data] = []
        for part in level:
            if isinstance(part, str):
                if len(part) > limits.length or not (is_whole or is_encodable(part)):
                    raise ValueError("a text that cannot be read")
            elif isinstance(part, dict):
                inner += part
                inner += part.values()
            elif isinstance(part, list):
                inner += part
        nodes, depth, level = nodes + len(inner), depth + 1, inner
        if nodes > limits.nodes or depth > limits.depth + 1:
            raise ValueError("too large or too deep")


def read(text: str, builder: Builder) -> None:
    """Give a text, value by value, to a builder.

    Raises:
        StopReadingError: If it cannot be read to its end; the builder knows why.
    """
    _Reading(text, builder).read()


@define
class _Reading:
    """One passage through a text."""

    text: str
    builder: Builder
    awaits: str = "a value"
    """What comes next: a value, a key, ':', or what follows a value; at first in a list or mapping
    it may also be the end of that."""

    ends: list[str] = field(factory=list[str])
    """The closing marks of the lists and mappings that are open."""

    offset: int = 0
    line: int = 1
    line_start: int = 0

    def read(self) -> None:
        """Take every token."""
        while self.awaits != "nothing":
            found = cast("re.Match[str]", _TOKEN.match(self.text, self.offset))
            position = self.skip(found.end(1))
            if not self.take(found, position):
                self.builder.stop(self.mistake(), position)
            self.offset = found.end()
        end = cast("re.Match[str]", _TOKEN.match(self.text, self.offset)).end(1)
        if end < len(self.text):
            what = "more after the end of the document; leave it out"
            self.builder.stop(what, self.skip(end))

    def skip(self, end: int) -> Position:
        """Skip white space and return the position after it."""
        start, self.offset = self.offset, end
        if lines := self.text.count("\n", start, end):
            self.line += lines
            self.line_start = self.text.rindex("\n", start, end) + 1
        return self.line, end - self.line_start + 1

    def take(self, token: re.Match[str], position: Position) -> bool:
        """Take a token, unless it is not what comes next."""
        kind = token.lastgroup
        if kind == "mark":
            return self.take_mark(token[kind], position)
        if kind == "space":
            return False
        if self.awaits in _VALUE:
            self.builder.scalar(self.value(token, position), position)
            self.awaits = "what follows" if self.ends else "nothing"
        elif self.awaits in _KEY and kind == "text":
            self.builder.scalar(self.value(token, position), position)
            self.awaits = ":"
        else:
            return False
        return True

    def take_mark(self, mark: str, position: Position) -> bool:
        """Take a bracket, a comma or a colon, unless it is not what comes next."""
        if mark in "{[" and self.awaits in _VALUE:
            is_list = mark == "["
            self.builder.open([] if is_list else {}, position)
            self.ends.append("]" if is_list else "}")
            self.awaits = "a value or ]" if is_list else "a key or }"
        elif mark == ":" and self.awaits == ":":
            self.awaits = "a value"
        elif mark == "," and self.awaits == "what follows":
            self.awaits = "a key" if self.ends[-1] == "}" else "a value"
        elif self.awaits in _MAY_END and mark == self.ends[-1]:
            self.builder.close()
            self.ends.pop()
            self.awaits = "what follows" if self.ends else "nothing"
        else:
            return False
        return True

    def value(self, token: re.Match[str], position: Position) -> Data:
        """Return what a token stands for."""
        kind = token.lastgroup
        if kind == "word":
            return _WORDS[token["word"]]
        if kind == "text":
            return cast("str", json.loads(f'"{token["text"]}"'))
        written = token["number"]
        number = decimal(written) if token["fraction"] else whole(written)
        if number is None:
            self.builder.spoil(f"{OUT_OF_RANGE}, got {shown(written)}; write another", position)
        return number

    def mistake(self) -> str:
        """Say what is wrong at the present place, where no right token is."""
        rest = self.text[self.offset : self.offset + 40]
        if not rest:
            return "the text ends in the middle; close what is open"
        if rest.startswith(("//", "/*", "#")):
            return "JSON has no comments; leave it out"
        if self.awaits == ":":
            return "no ':' after a key; add it"
        if self.awaits == "what follows" and rest[0] not in "}]":
            return f"no ',' and no {self.ends[-1]!r} after a value; add one of them"
        if found := _CONTROL.match(self.text, self.offset):
            escape = f"\\u{ord(found[1]):04x}"
            return f"the character {name_of(found[1])} may not stand here; write it as {escape}"
        return next(what for pattern, what in _MISTAKES if re.match(pattern, rest))
