"""Texts of documents, written so that they are shown and do nothing where they are shown.

Every page, message and table passes through here: on a terminal nothing of a document begins a
line, moves the cursor, colours anything or turns round what stands beside it.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that show nothing and may do something: controls, separators of lines, overrides of
direction, halves."""

_MARKS = re.compile("[\u061c\u200e\u200f]")
"""Marks of direction: Arabic and Hebrew texts hold some, and on a terminal nothing bounds them."""


def visible(written: str) -> str:
    """Name the characters of a text that would be acted on rather than shown."""
    return _HIDDEN.sub(_number, written)


def shown(written: str) -> str:
    """Write a text on one line, as a terminal may have it: no character moves what is printed.

    A line break as one types it becomes a space, and so does a row of spaces; every other one is
    named.
    """
    return " ".join(_MARKS.sub(_number, visible(written)).split())


def _number(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def name_of(sign: str) -> str:
    """Name a character, where to show it would not do: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    from unicodedata import category, name  # takes time, and only a message needs it

    kinds = {"Cc": "(control character)", "Cs": "(half of a character)"}
    fallback = kinds.get(category(sign), "(without a name)")
    return f"U+{ord(sign):04X} {name(sign, fallback)}"


# Spreadsheets

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?\s?%?", re.ASCII)
_FIRST = re.compile(r"'*([\t\r]|\s*\S)")
"""The mark of a text, if any, and what follows it."""


def cell_of(text: str) -> str:
    """Write a text for a spreadsheet: what it would take for a formula has an apostrophe before it.

    Numbers stay numbers.
    """
    return f"'{text}" if _is_formula(text) else text


def text_of_cell(cell: str) -> str:
    """Return the text that was written for a spreadsheet."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    """Whether it begins as a formula does, wide signs included, or is marked as one."""
    from unicodedata import normalize

    found = _FIRST.match(text)
    if found is None or _NUMBER.fullmatch(text):
        return False
    first = found[1]
    return first in "\t\r" or normalize("NFKC", first[-1]) in {"=", "+", "-", "@"}
