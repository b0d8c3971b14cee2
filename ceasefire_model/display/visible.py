"""Texts of documents, so that they are shown and do nothing where they are shown."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that show nothing and may do something: controls, overrides of direction, halves."""


def visible(written: str) -> str:
    """Name the characters of a text that would be acted on rather than shown."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", written)


def shown(written: str) -> str:
    """Write a text on one line, as a terminal may have it: no character moves what is printed."""
    return " ".join(visible(written).split())
