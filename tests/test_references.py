from collections import Counter

import pytest
from attrs import fields, has
from hypothesis import given, settings

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Act, Control, Quantity, Question, State, Times
from ceasefire_model.moments import Moment, days
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision
from ceasefire_model.references import condition_references, references
from ceasefire_model.statements import About, Stance, Statement
from ceasefire_model.strategies import histories, scenarios
from ceasefire_model.territories import Territory

MARCH = Moment("2025-03-01")
AFTER = After(Done("g"), days(1))


def mentioned(record):
    """Yield the ids that the fields of a record hold by their type, its own ids aside."""
    for field in fields(type(record)):
        value = getattr(record, field.name)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        for item in items:
            if has(type(item)):
                yield from mentioned(item)
            elif "Id" in str(field.type) and field.name != "id":
                yield item


def records_of(scenario):
    for kind in ("parties", "territories", "facts", "sources", "observations", "statements"):
        yield from getattr(scenario, kind)
    yield from scenario.proposals
    yield from scenario.preconditions


@given(scenarios())
@settings(deadline=None)
def test_every_id_that_a_record_holds_is_a_reference_and_nothing_else_is(scenario):
    for record in records_of(scenario):
        found = Counter(reference.id for reference in references(record, "$"))
        assert found == Counter(mentioned(record))


@given(histories())
def test_every_id_in_a_condition_about_time_is_a_reference(condition):
    found = Counter(reference.id for reference in condition_references(condition, "$"))
    assert found == Counter(mentioned(condition))


@given(scenarios())
@settings(deadline=None)
def test_each_mention_has_a_place_of_its_own_below_that_of_the_record(scenario):
    for record in records_of(scenario):
        paths = [reference.path for reference in references(record, "$.here")]
        assert len(set(paths)) == len(paths)
        assert all(path.startswith("$.here.") for path in paths)


def listed(found):
    return [(reference.path, reference.kind, reference.id) for reference in found]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Party(id="x", name="x", members=["a", "b"]), [("members[1]", "party", "b")]),
        (Territory(id="x", name="x", within="t"), [("within", "territory", "t")]),
        (State(id="x", text="x", by=["a"]), [("by[0]", "party", "a")]),
        (Act(id="x", text="x", by=["a"]), [("by[0]", "party", "a")]),
        (Quantity(id="x", text="x", unit="u", by=["a"]), [("by[0]", "party", "a")]),
        (
            Control(id="x", text="x", party="a", territory="t", by=["b"]),
            [("party", "party", "a"), ("territory", "territory", "t"), ("by[0]", "party", "b")],
        ),
        (
            Question(id="x", text="x", asked_by="a", asked=MARCH, asked_of=["b"]),
            [("asked_by", "party", "a"), ("asked_of[0]", "party", "b")],
        ),
        (Source(id="x", name="x", party="a"), [("party", "party", "a")]),
        (
            Observation(fact="f", value=True, source="s", since=MARCH, corrects="o"),
            [("fact", "fact", "f"), ("source", "source", "s"), ("corrects", "observation", "o")],
        ),
        (
            Statement(
                id="x",
                speaker="x",
                party="a",
                date=MARCH,
                about=About(
                    proposal="p",
                    party="b",
                    territory="t",
                    fact="f",
                    statement="w",
                    precondition="c",
                ),
                text="x",
                source="s",
                stance=Stance.ACCEPTS,
            ),
            [
                ("party", "party", "a"),
                ("about.proposal", "proposal", "p"),
                ("about.party", "party", "b"),
                ("about.territory", "territory", "t"),
                ("about.fact", "fact", "f"),
                ("about.statement", "statement", "w"),
                ("about.precondition", "precondition", "c"),
                ("source", "source", "s"),
            ],
        ),
        (
            Proposal(
                id="x",
                title="x",
                by=["a"],
                to=["b"],
                guaranteed_by=["c"],
                previous="old",
                prolongs="truce",
                in_force="f",
            ),
            [
                ("by[0]", "party", "a"),
                ("to[0]", "party", "b"),
                ("guaranteed_by[0]", "party", "c"),
                ("previous", "proposal", "old"),
                ("prolongs", "proposal", "truce"),
                ("in_force", "state", "f"),
            ],
        ),
        (
            Proposal(
                id="x",
                title="x",
                provisions=[
                    Provision(
                        id="y",
                        text="y",
                        duties=[Duty(by=["a"], requires=Done("f"))],
                        verified_by=["b"],
                        replaces="z",
                    )
                ],
            ),
            [
                ("provisions.y.duties[0].by[0]", "party", "a"),
                ("provisions.y.duties[0].requires.done", "act", "f"),
                ("provisions.y.verified_by[0]", "party", "b"),
                ("provisions.y.replaces[0]", "provision", "z"),
            ],
        ),
        (
            Proposal(
                id="x",
                title="x",
                starts=AFTER,
                ends=AFTER,
                provisions=[
                    Provision(
                        id="y",
                        text="y",
                        duties=[Duty(by=["a"], requires=Done("f"), due=AFTER)],
                        due=AFTER,
                        starts=AFTER,
                        ends=AFTER,
                    )
                ],
            ),
            [
                ("provisions.y.duties[0].due.after.done", "act", "g"),
                ("provisions.y.due.after.done", "act", "g"),
                ("provisions.y.starts.after.done", "act", "g"),
                ("provisions.y.ends.after.done", "act", "g"),
                ("starts.after.done", "act", "g"),
                ("ends.after.done", "act", "g"),
            ],
        ),
        (
            Precondition(
                id="x",
                of=Accepts("a", "p"),
                needs=Holds("f"),
                held_by="b",
                text="x",
                verified_by=["c"],
                statement="w",
            ),
            [
                ("held_by", "party", "b"),
                ("of.accepts.party", "party", "a"),
                ("of.accepts.of", "text", "p"),
                ("needs.holds", "state", "f"),
                ("verified_by[0]", "party", "c"),
                ("statement", "statement", "w"),
            ],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_mention_has_its_place_and_its_kind(record, expected):
    found = listed(references(record, "$"))
    assert found[-len(expected) :] == [(f"$.{path}", kind, name) for path, kind, name in expected]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Holds("f"), [("holds", "state", "f")]),
        (Done("f"), [("done", "act", "f")]),
        (Answered("f"), [("answered", "question", "f")]),
        (AtLeast("f", 1), [("at_least.fact", "amount", "f")]),
        (
            AtMost("f", Times(2, "g")),
            [("at_most.fact", "amount", "f"), ("at_most.value.fact", "amount", "g")],
        ),
        (
            Accepts("a", "p"),
            [("accepts.party", "party", "a"), ("accepts.of", "text", "p")],
        ),
        (InForce("p"), [("in_force", "text", "p")]),
        (Fulfilled("y"), [("fulfilled.provision", "provision", "y")]),
        (
            Fulfilled("y", "a"),
            [("fulfilled.provision", "provision", "y"), ("fulfilled.by", "party", "a")],
        ),
        (Not(Holds("f")), [("not.holds", "state", "f")]),
        (Ever(Holds("f")), [("ever.holds", "state", "f")]),
        (HeldFor(Holds("f"), days(1)), [("held_for.condition.holds", "state", "f")]),
        (By(Holds("f"), MARCH), [("by.condition.holds", "state", "f")]),
        (
            By(Holds("f"), AFTER),
            [("by.condition.holds", "state", "f"), ("by.due.after.done", "act", "g")],
        ),
        (
            Throughout(Holds("f"), AFTER, AFTER),
            [
                ("throughout.condition.holds", "state", "f"),
                ("throughout.start.after.done", "act", "g"),
                ("throughout.end.after.done", "act", "g"),
            ],
        ),
        (
            When(Done("g"), Holds("f")),
            [("when.trigger.done", "act", "g"), ("when.then.holds", "state", "f")],
        ),
        (AllOf([]), []),
        (
            AllOf([Holds("f"), Done("g")]),
            [("all_of[0].holds", "state", "f"), ("all_of[1].done", "act", "g")],
        ),
        (AnyOf([Holds("f")]), [("any_of[0].holds", "state", "f")]),
        (AtLeastOf(1, [Holds("f")]), [("at_least_of.parts[0].holds", "state", "f")]),
        (
            Vague(
                id="v",
                text="v",
                meanings=[Meaning(id="m", text="m", condition=~Holds("f"), held_by=["a"])],
            ),
            [
                ("vague.meanings.m.held_by[0]", "party", "a"),
                ("vague.meanings.m.condition.not.holds", "state", "f"),
            ],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_mention_in_a_condition_has_its_place_and_its_kind(condition, expected):
    found = listed(condition_references(condition, "$.needs"))
    assert found == [(f"$.needs.{path}", kind, name) for path, kind, name in expected]
