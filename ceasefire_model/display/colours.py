"""How each verdict looks, in colour and without.

The colours are chosen so that they differ in lightness too, at least 11 of 100 steps of CIE L*
between any two, and stay apart for readers who see no red, no green or no blue. Hatch and sign
repeat what they say. The blues and the yellow are near those of M. Okabe and K. Ito, *Color
Universal Design* (2008).
"""

from __future__ import annotations

from ceasefire_model.display.words import SYMBOLS, WORDS
from ceasefire_model.verdicts import Verdict

FILLS = {
    Verdict.MET: "#0072b2",
    Verdict.UNMET: "#8c2d04",
    Verdict.PENDING: "#56b4e9",
    Verdict.DISPUTED: "#cc6f9f",
    Verdict.UNKNOWN: "#f4f4f4",
    Verdict.UNCLEAR: "#f0d442",
}
"""One colour per verdict."""

EDGES = {
    Verdict.MET: "#c9dcf0",
    Verdict.UNMET: "#e8b9a2",
    Verdict.PENDING: "#0b3a5c",
    Verdict.DISPUTED: "#4a1030",
    Verdict.UNKNOWN: "#6e6e6e",
    Verdict.UNCLEAR: "#6b5500",
}
"""The hatch on that colour, and its outline; contrast 3 or more."""

BARS = {**FILLS, Verdict.UNKNOWN: EDGES[Verdict.UNKNOWN]}
"""The colour of what stands beside a verdict, on light and on dark."""

INKS = {
    Verdict.MET: "white",
    Verdict.UNMET: "white",
    Verdict.PENDING: "black",
    Verdict.DISPUTED: "black",
    Verdict.UNKNOWN: "black",
    Verdict.UNCLEAR: "black",
}
"""What is written on that colour; contrast 4.5 or more."""

HATCHES = {
    Verdict.MET: "",
    Verdict.UNMET: "xx",
    Verdict.PENDING: "...",
    Verdict.DISPUTED: "\\\\",
    Verdict.UNKNOWN: "",
    Verdict.UNCLEAR: "//",
}
"""One pattern per verdict; the two without are the farthest apart in lightness."""

MARRED = "#a6611a"
"""The colour of what is met and was not always."""

MARK = "#d55e00"
"""What is to be noticed, such as a deadlock; always thicker than the rest as well."""


def label(verdict: Verdict) -> str:
    """Write a verdict as sign and word."""
    return f"{SYMBOLS[verdict]} {WORDS[verdict]}"
