"""How objects write themselves: a value so that it can be typed again, an answer in a few words."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ceasefire_model
from ceasefire_model import (
    Done,
    Holds,
    Scenario,
    assess,
    contradictions,
    deadlocks,
    dumps,
    evaluate,
    importance,
    loads,
    news,
    packages,
    sequence,
    suppose,
    timeline,
)
from ceasefire_model.reprs import (
    all_named,
    counted,
    dotted,
    maybe_named,
    named,
    rounded,
    spelled,
)
from ceasefire_model.strategies import (
    bounds,
    conditions,
    delays,
    demands,
    facts,
    histories,
    moments,
    observations,
    parties,
    preconditions,
    proposals,
    sources,
    statements,
    suppositions,
    territories,
    trusts,
    values,
)
from tests.display.test_html import CASE, SHOWN
from tests.rules.test_assessment import DAY, SCENARIO, but

NAMES = {name: getattr(ceasefire_model, name) for name in ceasefire_model.__all__}
NAMES |= {"Decimal": Decimal, "Fraction": Fraction}
ENUMERATIONS = [
    each for each in NAMES.values() if isinstance(each, type) and issubclass(each, Enum)
]

VALUES = st.one_of(
    moments(),
    delays(),
    bounds(),
    conditions(),
    histories(),
    demands(),
    facts().flatmap(values),
)
RECORDS = st.one_of(
    facts(),
    parties(),
    territories(),
    sources(),
    observations(),
    trusts(),
    statements(),
    proposals(),
    preconditions(),
    suppositions(),
)


@given(VALUES | RECORDS)
def test_what_is_given_writes_itself_as_one_types_it(value):
    assert eval(repr(value), dict(NAMES)) == value  # noqa: S307 - written by the library


@pytest.mark.parametrize("enumeration", ENUMERATIONS)
def test_a_member_of_an_enumeration_writes_itself_as_one_types_it(enumeration):
    for member in enumeration:
        assert repr(member) == f"{enumeration.__name__}.{member.name}"
        assert eval(repr(member), dict(NAMES)) is member  # noqa: S307 - written by the library


@pytest.mark.parametrize("name", SHOWN)
def test_an_answer_writes_itself_in_a_few_words(name):
    answer = SHOWN[name]
    assert repr(answer).startswith(f"{type(answer).__name__}(")
    assert len(repr(answer)) < 600


@pytest.mark.parametrize("name", SHOWN)
def test_what_an_answer_is_made_of_writes_itself_without_the_whole_situation(name):
    for part in getattr(SHOWN[name], "found", ()):
        assert len(repr(part)) < 600
    for field in ("parties", "provisions", "gates", "questions", "next_moves", "waits"):
        for part in getattr(SHOWN[name], field, ()):
            assert len(repr(part)) < 1200


NEED = Done("vote") | ~Holds("curfew")
LIFTED = suppose(
    SCENARIO.with_preconditions([but("loud", "A", Holds("curfew"))]),
    {"curfew": False},
    since="2025-03-01",
)
ASKED = {
    "assessment": lambda scenario: assess(scenario, "plan", as_of=DAY),
    "finding": lambda scenario: evaluate(scenario, NEED, as_of=DAY),
    "timeline": lambda scenario: timeline(scenario, NEED, start="2025-02-01", end=DAY),
    "news": lambda scenario: news(scenario, "plan", start="2025-02-01", end=DAY),
    "packages": lambda scenario: packages(scenario, NEED, as_of=DAY),
    "sequence": lambda scenario: sequence(scenario, NEED, as_of=DAY),
    "contradictions": lambda scenario: contradictions(scenario, as_of=DAY),
    "deadlocks": lambda scenario: deadlocks(scenario, as_of=DAY),
    "importances": lambda scenario: importance(scenario, NEED, {"vote": 0.5}, as_of=DAY),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_equals_the_same_asked_anew_and_none_about_another_situation(name):
    ask = ASKED[name]
    answer, again = ask(SCENARIO), ask(loads(dumps(SCENARIO)))
    assert answer == again
    assert hash(answer) == hash(again)
    assert answer != ask(LIFTED)


def test_what_is_found_is_the_same_on_another_day_on_which_nothing_is_new():
    loud = SCENARIO.with_preconditions([but("loud", "A", Holds("curfew"))])
    for ask in (
        lambda day: contradictions(loud, as_of=day),
        lambda day: deadlocks(loud, as_of=day),
        lambda day: packages(loud, NEED, as_of=day),
        lambda day: sequence(loud, NEED, as_of=day),
    ):
        assert ask("2025-03-02") == ask("2025-03-03")


@attrs.frozen
class Generated:
    """A class whose way to write itself attrs makes."""

    plain: str
    many: tuple[int, ...] = attrs.field(repr=counted)
    _private: int = 1
    secret: int = attrs.field(default=2, repr=False)


def test_a_record_is_written_as_attrs_would_write_it():
    record = Generated("x", (3, 4))
    assert spelled(record) == repr(record) == "Generated(plain='x', many=<2>, _private=1)"


def test_what_a_script_loads_at_once_is_written_by_one_function():
    records = [each for each in vars(ceasefire_model).values() if attrs.has(each)]
    own = [each for each in records if each.__module__ != "ceasefire_model.errors"]
    assert len(own) > 40
    assert [each.__name__ for each in own if each.__repr__ is not spelled] == []


def test_a_scenario_says_how_much_it_holds():
    assert repr(SCENARIO).startswith("Scenario(title='Two parties and a plan', timezone='UTC', ")
    assert f"parties=<{len(SCENARIO.parties)}>" in repr(SCENARIO)
    assert len(repr(CASE)) < 400
    assert len(repr(SHOWN["assessment"].view)) < 700
    assert "view=" not in repr(SHOWN["assessment"])
    assert repr(Scenario(title="x"))


def test_records_are_written_as_their_ids():
    assert named(SCENARIO.parties[0]) == maybe_named(SCENARIO.parties[0]) == "'A'"
    assert maybe_named(None) == "None"
    assert all_named(SCENARIO.parties[:2]) == "('A', 'B')"
    assert counted(SCENARIO.parties) == "<5>"
    assert dotted(ceasefire_model.Unit.DAYS) == "Unit.DAYS"


def test_a_fraction_is_written_as_it_is_unless_it_is_long():
    assert rounded(Fraction(1, 3)) == "Fraction(1, 3)"
    assert rounded(Fraction(10**40, 3 * 10**40 + 1)) == "<about 0.333333>"
