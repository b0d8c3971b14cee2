"""Pictures of sweeps: what they show is what the sweep says."""

from __future__ import annotations

import pytest
from matplotlib import pyplot as plt

import ceasefire_model as cm
from ceasefire_model import AtLeast, Holds, Range
from ceasefire_model.display import plots
from tests.bulk.test_sweeps import AT, world

FOUND = cm.sweep(
    world(),
    Holds("s") & AtLeast("n", 600),
    cm.grid({"s": [True, False, None], "n": [0, 600, Range(500, None), Range(None, 9)]}),
    as_of=AT,
)


@pytest.fixture(autouse=True)
def _close_pictures():
    yield
    plt.close("all")


def shown(axes):
    """What is said of each bar or cell."""
    return [
        patch.get_gid().partition(":")[2]
        for patch in axes.patches
        if (patch.get_gid() or "").startswith("share:")
    ]


def test_a_heat_map_shows_the_share_of_each_cell():
    axes = plots.heat_map(FOUND, "s", "n")
    assert len(shown(axes)) == 12
    assert [text.get_text() for text in axes.texts].count("100%") == 1
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "600", "500–", "–9"]
    assert axes.get_yticklabels()[2].get_text() == "s holds: cannot say"


def test_a_profile_shows_the_share_by_each_value():
    axes = plots.profile(FOUND, "s")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["yes", "no", "cannot say"]
    assert [text.get_text() for text in axes.texts] == ["25%", "0%", "0%"]


def test_a_tornado_shows_first_what_matters_most():
    axes = plots.tornado(FOUND)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["n", "s holds"]
    assert [text.get_text() for text in axes.texts] == ["33%", "25%"]
    assert "8.3% of 12 worlds" in axes.get_title(loc="left").replace("\n", " ")


def test_they_are_drawn_on_given_axes_and_written_as_svg():
    _, axes = plt.subplots(figsize=(8, 4))
    assert plots.tornado(FOUND, ax=axes) is axes
    assert "<svg" in plots.to_svg(axes)
