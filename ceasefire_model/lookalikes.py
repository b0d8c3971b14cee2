"""Names that look the same and are not: in letters of two scripts, in width, or in composition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.visible import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_DRAWN_ALIKE = {
    "A": "\u0391\u0410", "B": "\u0392\u0412", "C": "\u0421", "E": "\u0395\u0415",
    "H": "\u0397\u041d", "I": "\u0399\u0406\u04c0", "J": "\u0408", "K": "\u039a\u041a",
    "M": "\u039c\u041c", "N": "\u039d", "O": "\u039f\u041e", "P": "\u03a1\u0420", "Q": "\u051a",
    "S": "\u0405", "T": "\u03a4\u0422", "W": "\u051c", "X": "\u03a7\u0425",
    "Y": "\u03a5\u0423\u04ae", "Z": "\u0396",
    "a": "\u03b1\u0430", "c": "\u0441\u03f2", "d": "\u0501", "e": "\u0435", "h": "\u04bb",
    "i": "\u03b9\u0456\u0131", "j": "\u0458\u03f3", "l": "\u04cf", "o": "\u03bf\u043e\u03c3",
    "p": "\u03c1\u0440", "q": "\u051b", "r": "\u0433", "s": "\u0455", "u": "\u03c5",
    "v": "\u03bd\u0475", "w": "\u051d", "x": "\u0445", "y": "\u03b3\u0443\u04af",
}  # fmt: skip
"""Greek and Cyrillic letters that are drawn like a Latin one, from the confusables of Unicode
(UTS 39); with them, the dotless i. Letters of one script are told apart by who reads it."""

_LATIN = {ord(sign): latin for latin, signs in _DRAWN_ALIKE.items() for sign in signs}


def skeleton(name: str) -> str:
    """Return what names that look the same have in common."""
    if name.isascii():
        return name
    from unicodedata import normalize  # takes time, and few names need it

    return normalize("NFKD", name).translate(_LATIN)


def twin(name: str, known: Iterable[str]) -> str | None:
    """Return a known name that looks like this one, and is another."""
    asked = skeleton(name)
    return next((each for each in known if each != name and skeleton(each) == asked), None)


def difference(name: str, other: str) -> str:
    """Say where one of two names that look the same differs from the other."""
    first, second = next((one, two) for one, two in zip(name, other, strict=False) if one != two)
    return f"{name_of(first)} in place of {name_of(second)}"
