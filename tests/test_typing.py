"""What a script may write, and what a field then holds: the type checkers read this file, too."""

from datetime import date
from typing import assert_type

import ceasefire_model as cm
from ceasefire_model.conditions import Condition, Leaf
from ceasefire_model.facts import Value
from ceasefire_model.ids import PartyId

DAY = "2031-03-10"


def test_a_field_takes_what_one_writes_and_holds_its_own_type() -> None:
    party = cm.Party(id="a", name="A", kind="state", codes={"ucdp": "61"}, members="b")
    assert assert_type(party.kind, cm.PartyKind) is cm.PartyKind.STATE
    assert assert_type(party.members, tuple[PartyId, ...]) == ("b",)
    assert assert_type(party.codes, tuple[cm.Code, ...]) == (cm.Code("ucdp", "61"),)


def test_a_report_takes_a_day_two_numbers_and_a_grade() -> None:
    said = cm.Observation(
        fact="x", value=(18, 20), source="w", since=date(2031, 3, 10), credibility=2
    )
    assert assert_type(said.value, Value) == cm.Range(18, 20)
    assert assert_type(said.since, cm.Moment) == cm.Moment(DAY)
    assert assert_type(said.credibility, cm.Credibility | None) is cm.Credibility.PROBABLY_TRUE


def test_a_duty_takes_a_list_of_what_is_required() -> None:
    duty = cm.Duty(by="a", requires=[cm.Done("x"), cm.Holds("y")], due=DAY)
    assert assert_type(duty.requires, Condition) == cm.Done("x") & cm.Holds("y")
    assert assert_type(duty.due, cm.Bound | None) == cm.Moment(DAY)


def test_a_precondition_takes_an_acceptance_in_short() -> None:
    gate = cm.Precondition(id="p", of="a:plan", needs=cm.Done("x"), held_by="a", text="x first")
    assert assert_type(gate.of, Leaf | cm.Not) == cm.Accepts("a", "plan")


def test_a_supposition_takes_mappings() -> None:
    scenario = cm.Scenario(title="x", parties=cm.Party(id="a", name="A"))
    assert assert_type(scenario.parties, tuple[cm.Party, ...])[0].id == "a"
    assert assert_type(cm.suppose(scenario, {}, since=DAY), cm.Scenario).parties
