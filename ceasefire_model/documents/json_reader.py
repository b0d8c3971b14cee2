"""JSON text: read fast where all is well, and with positions where something is not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, cast

from attrs import define, field

from ceasefire_model.documents.numerals import OUT_OF_RANGE, decimal, whole
from ceasefire_model.documents.places import Data, Position, shown
from ceasefire_model.documents.trees import is_encodable

if TYPE_CHECKING:
    from decimal import Decimal

    from ceasefire_model.documents.limits import Limits
    from ceasefire_model.documents.trees import Builder

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(
    r"""(?P<mark>[\[\]{},:])
    |"(?P<text>(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"
    |(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))(?![\w.])
    |(?P<word>true|false|null)(?!\w)""",
    re.VERBOSE,
)
_VALUE = frozenset({"a value", "a value or ]"})
_KEY = frozenset({"a key", "a key or }"})
_MAY_END = frozenset({"what follows", "a value or ]", "a key or }"})
_MISTAKES = (
    (r"\Z", "the text ends in the middle; close what is open"),
    ("'", "texts are in double quotes; write \" instead of '"),
    (r"//|/\*|#", "JSON has no comments; leave it out"),
    (r"[}\]]", "a bracket that closes nothing, or a ',' before it; leave it out"),
    (r"-?0[0-9]|\+|\.[0-9]|-?[0-9]+\.(?![0-9])", "no number; write it as 0.7 or 12"),
    (r"-?(NaN|Infinity|nan|inf)\b", "a number is finite; leave it out"),
    ('"', "a text that is not closed, or holds a line end or a lone backslash; write \\n, \\\\"),
    (r"True|False|None|undefined", "write true, false, or leave the key out"),
    (r"\w", "texts and keys are in double quotes; add them"),
)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""What may be half of a character."""

_WORDS: dict[str, Data] = {"true": True, "false": False, "null": None}


def quick(text: str, limits: Limits) -> Data:
    """Return what a text stands for.

    Raises:
        ValueError: If there is anything to object to; ``read`` says what and where.
        RecursionError: If it nests so deep that this is to be objected to.
    """
    if len(text.encode()) > limits.size:
        raise ValueError("too large")
    data: Data = json.loads(
        text, object_pairs_hook=_once, parse_float=_decimal, parse_constant=_refuse
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
            position = self.skip()
            found = _TOKEN.match(self.text, self.offset)
            if found is None:
                self.builder.stop(self.mistake(), position)
            self.offset = found.end()
            if not self.take(found, position):
                self.offset = found.start()
                self.builder.stop(self.mistake(), position)
        position = self.skip()
        if self.offset < len(self.text):
            self.builder.stop("more after the end of the document; leave it out", position)

    def skip(self) -> Position:
        """Skip white space and return the position after it."""
        space = cast("re.Match[str]", _SPACE.match(self.text, self.offset))
        self.offset = space.end()
        if lines := space[0].count("\n"):
            self.line += lines
            self.line_start = self.text.rindex("\n", 0, self.offset) + 1
        return self.line, self.offset - self.line_start + 1

    def take(self, token: re.Match[str], position: Position) -> bool:
        """Take a token, unless it is not what comes next."""
        if token["mark"] in {"{", "["} and self.awaits in _VALUE:
            is_list = token["mark"] == "["
            self.builder.open([] if is_list else {}, position)
            self.ends.append("]" if is_list else "}")
            self.awaits = "a value or ]" if is_list else "a key or }"
        elif token["mark"]:
            return self.take_mark(token["mark"])
        elif self.awaits in _VALUE:
            self.builder.scalar(self.value(token, position), position)
            self.awaits = "what follows" if self.ends else "nothing"
        elif self.awaits in _KEY and token["text"] is not None:
            self.builder.scalar(self.value(token, position), position)
            self.awaits = ":"
        else:
            return False
        return True

    def take_mark(self, mark: str) -> bool:
        """Take a mark that opens nothing, unless it is not what comes next."""
        if mark == ":" and self.awaits == ":":
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
        if token["word"]:
            return _WORDS[token["word"]]
        if token["number"]:
            number = decimal(token["number"]) if token["fraction"] else whole(token["number"])
            if number is None:
                what = f"{OUT_OF_RANGE}, got {shown(token['number'])}; write another"
                self.builder.spoil(what, position)
            return number
        return cast("str", json.loads(token[0]))

    def mistake(self) -> str:
        """Say what is wrong at the present place, where no right token is."""
        rest = self.text[self.offset : self.offset + 40]
        for pattern, what in _MISTAKES:
            if re.match(pattern, rest):
                return what
        if self.awaits == "what follows":
            return f"no ',' and no '{self.ends[-1]}' here; a ',' may be missing before this"
        return f"{self.awaits} is needed here, got {shown(rest.split()[0])}; mend this place"
