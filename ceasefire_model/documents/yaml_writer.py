"""YAML text in one canonical style: blocks, two spaces, one line for each value.

A text stands without quotes where no reader of YAML takes it for something else. Times are the one
exception: they are texts in YAML 1.2, and what a reader of 1.1 makes of them is at least a time.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ceasefire_model.documents.numerals import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.documents.misfits import Data

_HIDDEN = "\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_ESCAPED = re.compile(f"[{_HIDDEN}]")
_PLAIN = re.compile(
    r"(?:\d+ )?[^\W\d_]"  # starts like a word, or like '30 days'
    rf"(?:[^\x00-\x20:#{_HIDDEN}]|:(?![ ]|\Z)|(?<![ ])#|[ ](?![ #]|\Z))*"
    r"(?<!\s)"  # ends in something that is seen
)
_TIME = re.compile(
    r"\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?", re.ASCII
)
_WORD = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_UNBLOCKED = re.compile(rf"\A[ \t\n]|[ \t]$|\n\n\Z|[\x00-\x08\x0b-\x1f{_HIDDEN}]", re.MULTILINE)
"""What a text in a block may not have: it would not be seen, or not be kept."""

_LONGEST_KEY = 100


def text_of(data: dict[str, Data]) -> str:
    """Return the text of a document."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: dict[str, Data], indent: str) -> Iterator[str]:
    """Yield the lines of a mapping."""
    for key, value in data.items():
        if len(key) > _LONGEST_KEY:
            yield f"{indent}? {_quoted(key)}"
            yield from _value(f"{indent}:", value, indent)
        else:
            yield from _value(f"{indent}{_text(key)}:", value, indent)


def _list(data: list[Data], indent: str) -> Iterator[str]:
    """Yield the lines of a list."""
    for item in data:
        if isinstance(item, dict | list) and item:
            first, *others = _collection(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from others
        else:
            yield f"{indent}- {_scalar(item)}"


def _collection(data: dict[str, Data] | list[Data], indent: str) -> Iterator[str]:
    """Yield the lines of a mapping or list that is not empty."""
    return _mapping(data, indent) if isinstance(data, dict) else _list(data, indent)


def _value(head: str, value: Data, indent: str) -> Iterator[str]:
    """Yield the lines of a value that stands after a key."""
    match value:
        case dict() | list() if value:
            yield head
            yield from _collection(value, f"{indent}  ")
        case str() if "\n" in value and not _UNBLOCKED.search(value):
            yield f"{head} |{'' if value.endswith(chr(10)) else '-'}"
            yield from (line and f"{indent}  {line}" for line in value.splitlines())
        case _:
            yield f"{head} {_scalar(value)}"


def _scalar(value: Data) -> str:
    """Write a value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case str():
            return _text(value)
        case dict():
            return "{}"
        case list():
            return "[]"
        case _:
            return str(value)


def _text(text: str) -> str:
    """Write a text on one line, in quotes where it needs them."""
    is_plain = _PLAIN.fullmatch(text) and not _WORD.fullmatch(text)
    return text if is_plain or all(map(_TIME.fullmatch, text.split("/"))) else _quoted(text)


def _quoted(text: str) -> str:
    """Write a text in quotes, with escapes for what is not seen."""
    return _ESCAPED.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
