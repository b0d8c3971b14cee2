"""The colours of the verdicts: told apart in greyscale and by colour-blind readers."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib.colors import to_rgb

from ceasefire_model import Verdict
from ceasefire_model.display.colours import EDGES, FILLS, HATCHES, INKS


def light(color: str) -> float:
    """How much light a colour gives (WCAG 2.2, relative luminance)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted([light(one), light(other)])
    return (bright + 0.05) / (dark + 0.05)


def grey(color: str) -> float:
    """How light it is to the eye in greyscale, from 0 to 100 (CIE L*)."""
    return lab([light(color)] * 3)[0]


def lab(linear) -> tuple[float, float, float]:
    """A colour where distance is difference to the eye (CIE L*a*b*, white D65)."""
    r, g, b = (min(1, max(0, part)) for part in linear)
    tristimulus = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in tristimulus)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What readers see who lack one kind of cone (G. Machado, M. Oliveira and L. Fernandes, 2009)."""


def seen(color: str, eyes) -> tuple[float, float, float]:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return lab([sum(a * b for a, b in zip(row, linear, strict=True)) for row in eyes])


@pytest.mark.parametrize(("one", "other"), list(combinations(Verdict, 2)))
def test_two_verdicts_differ_in_greyscale(one, other):
    difference = abs(grey(FILLS[one]) - grey(FILLS[other]))
    assert difference >= 11
    assert HATCHES[one] != HATCHES[other] or difference >= 40


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize(("one", "other"), list(combinations(Verdict, 2)))
def test_two_verdicts_differ_for_colour_blind_readers(one, other, eyes):
    pairs = zip(seen(FILLS[one], SEEN[eyes]), seen(FILLS[other], SEEN[eyes]), strict=True)
    assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= 20


@pytest.mark.parametrize("verdict", Verdict)
def test_a_word_and_a_hatch_can_be_seen_on_the_colour_of_a_verdict(verdict):
    assert contrast(INKS[verdict], FILLS[verdict]) >= 4.5
    assert contrast(EDGES[verdict], FILLS[verdict]) >= 3


@pytest.mark.parametrize("paper", ["white", "black"])
@pytest.mark.parametrize("verdict", Verdict)
def test_a_box_can_be_seen_on_light_and_on_dark_paper(verdict, paper):
    assert max(contrast(each[verdict], paper) for each in (FILLS, EDGES)) >= 3
