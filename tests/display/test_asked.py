"""What an id asks for."""

from __future__ import annotations

import pytest

from ceasefire_model import (
    Accepts,
    Answered,
    Done,
    Fulfilled,
    Holds,
    InForce,
    ModelError,
    UnknownIdError,
)
from ceasefire_model.display.asked import condition_named
from tests.rules.test_assessment import SCENARIO


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("plan", InForce("plan")),
        ("hush", Fulfilled("hush")),
        ("hope", InForce("hope")),
        ("quiet", SCENARIO.precondition("quiet").needs),
        ("A:plan", Accepts("A", "plan")),
        ("A:hush", Accepts("A", "hush")),
        ("curfew", Holds("curfew")),
        ("vote", Done("vote")),
        ("who", Answered("who")),
    ],
)
def test_each_kind_of_record_asks_for_what_a_reader_would(name, condition):
    assert condition_named(name, SCENARIO) == condition


def test_what_asks_for_nothing_is_named():
    with pytest.raises(ModelError, match="'trucks' is a number, which by itself is neither"):
        condition_named("trucks", SCENARIO)
    with pytest.raises(UnknownIdError, match="did you mean 'curfew'"):
        condition_named("curfow", SCENARIO)
    with pytest.raises(UnknownIdError, match="no party 'X'"):
        condition_named("X:plan", SCENARIO)
