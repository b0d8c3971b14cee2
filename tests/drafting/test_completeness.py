"""Completeness: what a text settles, what it leaves open, and what the rules find."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    Act,
    After,
    AllOf,
    Answered,
    AtLeast,
    AtMost,
    Basis,
    By,
    CeasefireClass,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    ModelError,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    ProvisionKind,
    Quantity,
    Question,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    StatementKind,
    Throughout,
    UnknownIdError,
    Vague,
    checklist,
    completeness,
    days,
    dumps,
    hours,
    loads,
    suppose,
)
from ceasefire_model.drafting import Completeness, Place, Presence, Remark, RemarkRule, Severity
from ceasefire_model.drafting.coverage import SAID
from ceasefire_model.strategies import PROPOSALS, scenarios
from tests.examples import at_most

IDS = [item.id for item in checklist()]
IN_TEXT = {item.id for item in checklist() if item.is_in_text}
RESPECT = Vague(id="respect", text="respect is shown")
SAFE = Vague(
    id="safe",
    text="the road is safe",
    meanings=[
        Meaning(id="patrols", text="patrols", condition=Holds("patrols")),
        Meaning(id="quiet", text="quiet", condition=~Holds("patrols")),
    ],
    complete=True,
)
BARE = Scenario(
    title="A truce in the valley",
    parties=[
        Party(id="arvenia", name="Arvenia"),
        Party(id="belmora", name="Belmora"),
        Party(id="castora", name="Castora"),
        Party(id="league", name="the League", members=["arvenia", "belmora"]),
    ],
    facts=[
        State(id="shooting", text="shots are fired"),
        State(id="patrols", text="patrols walk the valley"),
        State(id="truce-on", text="the truce is in force"),
        Act(id="signed", text="the truce is signed"),
        Quantity(id="trucks", text="trucks let through", unit="trucks", per="day"),
        Question(id="who", text="who watches?", asked_by="belmora", asked=Moment("2031-05-01")),
    ],
    sources=[Source(id="wire", name="Sel Wire")],
)
PLAN = Proposal(id="plan", title="The plan")
OLD = Proposal(id="old", title="The old plan", provisions=[Provision(id="old-1", text="as before")])
SILENCE = Duty(by=["arvenia"], requires=~Holds("shooting"))


def clause(name: str = "one", **more) -> Provision:
    return Provision(**{"id": name, "text": "no shots are fired", **more})


def word(party: str, stance: Stance = Stance.ACCEPTS, day: str = "2031-05-02", **more) -> Statement:
    usual = {
        "id": f"{party}-{day}",
        "speaker": f"the envoy of {party}",
        "party": party,
        "date": Moment(day),
        "about": About(proposal="plan"),
        "text": "a word",
        "source": "wire",
        "stance": stance,
    }
    return Statement(**{**usual, **more})


def need(name: str = "need", **more) -> Precondition:
    usual = {
        "id": name,
        "of": Accepts("belmora", "plan"),
        "held_by": "belmora",
        "needs": Holds("patrols"),
        "text": "patrols walk the valley first",
    }
    return Precondition(**{**usual, **more})


def having(*records, **fields) -> Scenario:
    """Return a scenario with one proposal, of these fields, and with more records."""
    scenario = BARE.with_proposals([evolve(PLAN, **fields)])
    for record in records:
        match record:
            case Statement():
                scenario = scenario.with_statements([record])
            case Precondition():
                scenario = scenario.with_preconditions([record])
            case Observation():
                scenario = scenario.with_observations([record])
    return scenario


def present(found: Completeness) -> set[str]:
    return {each.item.id for each in found.only(Presence.PRESENT)}


def found_by(rule: RemarkRule, scenario: Scenario) -> list[Remark]:
    return [each for each in completeness(scenario, "plan").remarks if each.rule is rule]


def paths(found: list[Remark]) -> list[str]:
    return [place.path for each in found for place in each.places]


def changed(scenario: Scenario, name: str, **fields) -> Scenario:
    """Return a scenario in which fields of one proposal are others."""
    changes = [evolve(each, **fields) if each.id == name else each for each in scenario.proposals]
    return Scenario(
        **{
            kind: getattr(scenario, kind)
            for kind in (
                *("title", "timezone", "text", "parties", "territories", "facts", "sources"),
                *("observations", "statements", "preconditions", "suppositions"),
            )
        },
        proposals=changes,
    )


# Laws

names = st.sampled_from(PROPOSALS)
some = settings(deadline=None, max_examples=at_most(40))


@some
@given(scenarios(), names)
def test_every_item_is_judged_once_in_the_order_of_the_checklist(scenario, name):
    found = completeness(scenario, name)
    assert [each.item.id for each in found] == IDS
    assert len(found) == len(IDS)
    assert all(found[item].item.id == item for item in IDS)


@some
@given(scenarios(), names)
def test_a_document_keeps_all_that_completeness_reads(scenario, name):
    assert completeness(loads(dumps(scenario)), name) == completeness(scenario, name)


@some
@given(scenarios(), names)
def test_an_item_is_present_exactly_where_something_says_it(scenario, name):
    for each in completeness(scenario, name):
        assert (each.presence is Presence.PRESENT) is bool(each.provisions or each.paths)


@some
@given(scenarios(), names)
def test_only_what_a_public_text_does_not_say_is_absent(scenario, name):
    found = completeness(scenario, name)
    open_items = {each.item.id for each in found} - present(found)
    absent = {each.item.id for each in found.only(Presence.ABSENT)}
    assert absent == (open_items & IN_TEXT if found.proposal.is_public else set())


@some
@given(scenarios(), names)
def test_publishing_a_text_settles_that_it_is_public_and_nothing_else(scenario, name):
    before = completeness(changed(scenario, name, is_public=False), name)
    after = completeness(changed(scenario, name, is_public=True), name)
    assert present(after) == present(before) | {"FIN-04"}
    assert {each.rule for each in after.remarks} == {each.rule for each in before.remarks}
    assert all(each.is_certain for each in after.remarks)


@some
@given(scenarios(), names, st.sampled_from((None, *CeasefireClass)))
def test_the_class_decides_severity_and_not_presence(scenario, name, claims):
    before = completeness(scenario, name)
    after = completeness(changed(scenario, name, claims=claims), name)
    assert present(after) - {"ID-02"} == present(before) - {"ID-02"}
    assert all(each.severity is each.item.severity(claims) for each in after)


@some
@given(scenarios(), names, st.sampled_from(IDS))
def test_a_topic_settles_its_item_and_no_other(scenario, name, item):
    provisions = scenario.proposal(name).provisions
    told = (*provisions, Provision(id="told", text="told", topics=[item]))
    after = completeness(changed(scenario, name, provisions=told), name)
    assert present(after) == present(completeness(scenario, name)) | {item}
    assert after[item].provisions[-1].id == "told"


@some
@given(scenarios(), names)
def test_supposing_a_fact_changes_nothing_that_was_said(scenario, name):
    supposed = suppose(scenario, {"truce": True}, since="2025-03-01")
    assert completeness(supposed, name) == completeness(scenario, name)


@some
@given(scenarios(), names)
def test_every_place_leads_somewhere_in_the_document(scenario, name):
    document = json.loads(dumps(scenario, syntax="json"))
    found = completeness(scenario, name)
    places = [path for each in found for path in each.paths]
    places += [place.path for each in found.remarks for place in each.places]
    for place in places:
        inner = document
        for step in re.findall(r"[^.$\[\]]+", place):
            inner = inner[int(step) if isinstance(inner, list) else step]
        assert inner


@some
@given(scenarios(), names)
def test_findings_come_rule_by_rule(scenario, name):
    rules = [each.rule for each in completeness(scenario, name).remarks]
    assert rules == sorted(rules, key=tuple(RemarkRule).index)


# What fields of the model say

SAYING = {
    "ID-02": having(claims=CeasefireClass.PRELIMINARY),
    "ID-04": BARE.with_proposals([OLD, evolve(PLAN, provisions=[clause(replaces="old-1")])]),
    "PAR-01": having(provisions=[clause(duties=[SILENCE])]),
    "PAR-05": having(to=["arvenia"], provisions=[clause(verified_by=["castora"])]),
    "TIM-01": having(tabled=Moment("2031-05-01")),
    "TIM-02": having(starts=Moment("2031-05-10")),
    "TIM-03": having(ends=After(InForce("plan"), days(30))),
    "TIM-05": having(provisions=[clause(due=Moment("2031-05-10"))]),
    "OBL-01": having(provisions=[clause(kind=ProvisionKind.PROHIBITION)]),
    "OBL-11": having(
        provisions=[clause(duties=[Duty(by=["arvenia"], requires=AtLeast("trucks", 600))])]
    ),
    "COM-01": having(provisions=[clause(verified_by=["castora"])]),
    "COM-02": having(provisions=[clause(verified_how="by drones")]),
    "GUA-01": having(guaranteed_by=["castora"]),
    "CON-01": having(starts=After(Done("signed"), hours(48))),
    "CON-03": having(ends=After(Holds("shooting"), hours(0))),
    "CON-04": having(need(needs=Answered("who"))),
    "CON-05": having(need()),
    "CON-06": having(word("arvenia"), to=["arvenia"]),
    "FIN-04": having(is_public=True),
}
"""For each item that a field can say, a scenario in which one does."""


def test_every_item_that_a_field_can_say_has_an_example():
    assert set(SAYING) == set(SAID)


@pytest.mark.parametrize("item", SAYING)
def test_a_field_says_it(item):
    found = completeness(SAYING[item], "plan")[item]
    assert found.presence is Presence.PRESENT
    assert (found.provisions, len(found.paths)) == ((), 1)


def test_a_bare_title_says_nothing():
    found = completeness(having())
    assert present(found) == set()
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("item", "scenario"),
    [
        ("PAR-05", having(to=["castora"], provisions=[clause(verified_by=["castora"])])),
        ("CON-01", having(starts=Moment("2031-05-10"))),
        ("CON-03", having(ends=After(InForce("plan"), days(30)))),
        ("CON-03", having(ends=Moment("2031-06-10"))),
        ("OBL-11", having(provisions=[clause(duties=[SILENCE])])),
        ("CON-05", having(need(held_by=None, basis=Basis.INFERRED))),
        ("CON-05", having(need(of=Holds("shooting")))),
        ("CON-05", having(need(withdrawn=Moment("2031-05-20")))),
        ("CON-04", having(need(of=Done("signed"), needs=Answered("who")))),
        ("CON-04", having(word("belmora", about=About(proposal="plan", fact="trucks")))),
        (
            "CON-04",  # it is about another text
            BARE.with_proposals([PLAN, OLD]).with_statements(
                [word("belmora", about=About(proposal="old", fact="who"))]
            ),
        ),
        ("CON-06", having(word("arvenia"), to=["arvenia", "belmora"])),
        ("CON-06", having(to=["league"])),
        ("CON-06", having()),
    ],
)
def test_another_field_does_not(item, scenario):
    assert completeness(scenario, "plan")[item].presence is Presence.UNKNOWN


class TestWords:
    def test_every_addressee_has_spoken(self):
        scenario = having(
            word("arvenia"), word("belmora", Stance.REJECTS), to=["arvenia", "belmora"]
        )
        found = completeness(scenario)["CON-06"]
        assert found.paths == ("$.statements.arvenia-2031-05-02", "$.statements.belmora-2031-05-02")

    def test_a_coalition_speaks_for_itself_or_by_all_its_members(self):
        scenario = having(word("league"), to=["league", "arvenia"])
        assert completeness(scenario)["CON-06"].presence is Presence.UNKNOWN
        scenario = having(word("arvenia"), word("belmora"), to=["league", "arvenia"])
        assert len(completeness(scenario)["CON-06"].paths) == 2

    def test_a_supposed_word_is_one(self):
        scenario = suppose(
            having(to=["arvenia"]),
            since="2031-05-03",
            words={Accepts("arvenia", "plan"): Stance.ACCEPTS},
        )
        assert completeness(scenario)["CON-06"].paths == ("$.suppositions",)


class TestConditions:
    @pytest.mark.parametrize(
        "of",
        [
            Accepts("belmora", "plan"),
            ~Accepts("belmora", "plan"),
            Accepts("belmora", "one"),
            InForce("plan"),
            Fulfilled("one"),
        ],
    )
    def test_a_condition_of_the_text_or_of_a_clause_of_it_is_attached_to_it(self, of):
        scenario = having(need(of=of), provisions=[clause(duties=[SILENCE])])
        assert completeness(scenario)["CON-05"].paths == ("$.preconditions.need",)

    def test_a_later_plain_acceptance_drops_it(self):
        said = word("belmora", Stance.ACCEPTS_WITH_CONDITIONS)
        scenario = having(said, need(statement=said.id))
        assert completeness(scenario)["CON-05"].presence is Presence.PRESENT
        scenario = scenario.with_statements([word("belmora", day="2031-05-09")])
        assert completeness(scenario)["CON-05"].presence is Presence.UNKNOWN

    def test_a_question_that_a_statement_on_the_text_puts_is_about_it(self):
        about = About(provision="one", fact="who")
        asks = word("belmora", None, about=about, kind=StatementKind.DEMAND)
        assert completeness(having(asks, provisions=[clause()]))["CON-04"].paths == ("$.facts.who",)


# What the rules find

PRELIMINARY = {"claims": CeasefireClass.PRELIMINARY}
IN_FORCE = Observation(
    id="report", fact="truce-on", value=True, source="wire", since=Moment("2031-05-05")
)
RESERVED = word("belmora", Stance.ACCEPTS_IN_PRINCIPLE)
MAYBE = word("belmora", Stance.ACCEPTS_IN_PRINCIPLE, "2031-05-04/2031-05-06", id="maybe")
UNDATED = "it counts from an event that cannot be dated: "
TOLD = {"to": ["belmora"], "in_force": "truce-on"}


def by(requires) -> Provision:
    return clause(duties=[Duty(by=["arvenia"], requires=requires)], verified_by=["castora"])


@pytest.mark.parametrize(
    ("rule", "scenario", "path", "what"),
    [
        (
            RemarkRule.NO_MONITORING,
            having(**PRELIMINARY),
            "$.proposals.plan.claims",
            "it claims to be a preliminary ceasefire, and nobody is said to monitor it",
        ),
        (
            RemarkRule.NO_MONITORING,
            having(claims=CeasefireClass.DEFINITIVE, provisions=[clause(topics=["COM-05"])]),
            "$.proposals.plan.claims",
            "it claims to be a definitive ceasefire, and nobody is said to monitor it",
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(starts=After(RESPECT, days(3))),
            "$.proposals.plan.starts",
            UNDATED + "what “respect is shown” means is open",
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(ends=After(InForce("plan"), days(30))),
            "$.proposals.plan.ends",
            UNDATED + "nothing says when “The plan” enters into force",
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(provisions=[clause(due=After(AllOf([]), days(3)))]),
            "$.proposals.plan.provisions.one.due",
            UNDATED + "no event is named",
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(provisions=[by(By(Done("signed"), After(Done("signed") & RESPECT, days(1))))]),
            "$.proposals.plan.provisions.one.duties[0].requires",
            UNDATED + "what “respect is shown” means is open",
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(
                provisions=[
                    by(Throughout(~Holds("shooting"), Moment("2031-05"), After(RESPECT, days(1))))
                ]
            ),
            "$.proposals.plan.provisions.one.duties[0].requires",
            UNDATED + "what “respect is shown” means is open",
        ),
        (
            RemarkRule.VERIFIES_ITSELF,
            having(
                provisions=[
                    clause(
                        duties=[Duty(by=["castora"], requires=Holds("patrols"))],
                        verified_by=["castora"],
                    )
                ]
            ),
            "$.proposals.plan.provisions.one.verified_by",
            "Castora would verify what it owes itself: no shots are fired",
        ),
        (
            RemarkRule.NO_GUARANTEE,
            having(
                guaranteed_by=["league", "castora"],
                provisions=[
                    clause(
                        topics=["GUA-01"], duties=[Duty(by=["league"], requires=Holds("patrols"))]
                    ),
                    clause("two", duties=[Duty(by=["castora"], requires=Holds("patrols"))]),
                ],
            ),
            "$.proposals.plan.guaranteed_by[1]",
            "Castora is named as a guarantor, and owes nothing as one",
        ),
        (
            RemarkRule.NO_VERIFIER,
            having(provisions=[clause(duties=[SILENCE])]),
            "$.proposals.plan.provisions.one",
            "nobody is named to verify this: no shots are fired",
        ),
        (
            RemarkRule.NO_VERIFIER,
            having(need()),
            "$.preconditions.need",
            "nobody is named to say whether this is met: patrols walk the valley first",
        ),
        (
            RemarkRule.NO_VERIFIER,
            having(need(needs=RESPECT)),
            "$.preconditions.need",
            "nobody is named to say whether this is met: patrols walk the valley first",
        ),
        (
            RemarkRule.IN_PRINCIPLE,
            having(word("belmora", text="We agree, In\n Principle.")),
            "$.statements.belmora-2031-05-02.stance",
            "the envoy of belmora agrees in principle, and is recorded as accepting",
        ),
        (
            RemarkRule.IN_PRINCIPLE,
            having(RESERVED, IN_FORCE, **TOLD),
            "$.observations[0]",
            "Sel Wire reports it in force, and Belmora had agreed in principle only",
        ),
        (
            RemarkRule.IN_PRINCIPLE,  # on whichever day of the month it began
            having(RESERVED, evolve(IN_FORCE, since=Moment("2031-05")), **TOLD),
            "$.observations[0]",
            "Sel Wire reports it in force, and Belmora had agreed in principle only",
        ),
        (
            RemarkRule.UNKNOWN_TOPIC,
            having(provisions=[clause(topics=["OBL-01", "COM-1"])]),
            "$.proposals.plan.provisions.one.topics[1]",
            "no item 'COM-1' in the checklist",
        ),
    ],
)
def test_a_rule_finds(rule, scenario, path, what):
    (found,) = found_by(rule, scenario)
    assert found.places == (Place(path=path, what=what),)
    assert found.remedy


@pytest.mark.parametrize(
    ("rule", "scenario"),
    [
        (RemarkRule.NO_MONITORING, having()),
        (RemarkRule.NO_MONITORING, having(claims=CeasefireClass.CESSATION_OF_HOSTILITIES)),
        (RemarkRule.NO_MONITORING, having(claims=CeasefireClass.HUMANITARIAN_PAUSE)),
        (RemarkRule.NO_MONITORING, having(**PRELIMINARY, provisions=[clause(topics=["COM-01"])])),
        (RemarkRule.NO_MONITORING, having(**PRELIMINARY, provisions=[clause(topics=["COM-02"])])),
        (
            RemarkRule.NO_MONITORING,
            having(**PRELIMINARY, provisions=[clause(verified_by=["castora"])]),
        ),
        (
            RemarkRule.NO_MONITORING,
            having(**PRELIMINARY, provisions=[clause(verified_how="by air")]),
        ),
        (RemarkRule.NO_BASE_EVENT, having(starts=Moment("2031-05-10"))),
        (RemarkRule.NO_BASE_EVENT, having(starts=After(Done("signed"), days(3)))),
        (RemarkRule.NO_BASE_EVENT, having(starts=After(SAFE, days(3)))),
        *(
            (RemarkRule.NO_BASE_EVENT, having(ends=After(InForce("plan"), days(30)), **known))
            for known in (
                {"to": ["arvenia"]},
                {"starts": Moment("2031-05-10")},
                {"in_force": "truce-on"},
            )
        ),
        (
            RemarkRule.NO_BASE_EVENT,
            having(provisions=[by(By(Done("signed"), Moment("2031-05-10")))]),
        ),
        (
            RemarkRule.NO_GUARANTEE,
            having(
                guaranteed_by=["castora"],
                provisions=[
                    clause(
                        topics=["GUA-01"], duties=[Duty(by=["castora"], requires=Holds("patrols"))]
                    )
                ],
            ),
        ),
        (
            RemarkRule.VERIFIES_ITSELF,
            having(
                provisions=[
                    clause(
                        duties=[Duty(by=["league"], requires=Holds("patrols"))],
                        verified_by=["league", "castora"],
                    )
                ]
            ),
        ),
        (RemarkRule.NO_VERIFIER, having(provisions=[clause()])),
        (RemarkRule.NO_VERIFIER, having(provisions=[by(~Holds("shooting"))])),
        (
            RemarkRule.NO_VERIFIER,
            having(provisions=[clause(duties=[SILENCE]), clause("two", topics=["COM-01"])]),
        ),
        (
            RemarkRule.NO_VERIFIER,
            having(
                provisions=[
                    clause(duties=[Duty(by=["arvenia"], requires=Accepts("arvenia", "plan"))])
                ]
            ),
        ),
        (RemarkRule.NO_VERIFIER, having(need(verified_by=["castora"]))),
        (RemarkRule.NO_VERIFIER, having(need(needs=Answered("who")))),
        (RemarkRule.NO_VERIFIER, having(need(needs=Accepts("arvenia", "plan")))),
        (RemarkRule.NO_VERIFIER, having(need(of=Done("signed")))),
        (RemarkRule.IN_PRINCIPLE, having(word("belmora"))),
        (
            RemarkRule.IN_PRINCIPLE,
            having(word("belmora", Stance.ACCEPTS_IN_PRINCIPLE, text="yes, in principle")),
        ),
        (
            RemarkRule.IN_PRINCIPLE,
            BARE.with_proposals([PLAN, OLD]).with_statements(
                [word("belmora", text="in principle", about=About(proposal="old"))]
            ),
        ),
        (RemarkRule.IN_PRINCIPLE, having(word("belmora"), IN_FORCE, **TOLD)),
        (RemarkRule.IN_PRINCIPLE, having(IN_FORCE, **TOLD)),
        (RemarkRule.IN_PRINCIPLE, having(RESERVED, IN_FORCE, to=["belmora"])),
        (RemarkRule.IN_PRINCIPLE, having(RESERVED, evolve(IN_FORCE, value=False), **TOLD)),
        (
            RemarkRule.IN_PRINCIPLE,
            having(RESERVED, word("belmora", day="2031-05-04"), IN_FORCE, **TOLD),
        ),
        (
            RemarkRule.IN_PRINCIPLE,
            having(word("belmora", Stance.ACCEPTS_IN_PRINCIPLE, "2031-05-08"), IN_FORCE, **TOLD),
        ),
        (
            RemarkRule.IN_PRINCIPLE,  # it may have been said later
            having(MAYBE, IN_FORCE, **TOLD),
        ),
        (
            RemarkRule.IN_PRINCIPLE,  # the source took it back
            having(
                RESERVED,
                IN_FORCE,
                evolve(IN_FORCE, id="no", value=False, corrects="report"),
                **TOLD,
            ),
        ),
        (RemarkRule.UNKNOWN_TOPIC, having(provisions=[clause(topics=["OBL-01", "COM-01"])])),
    ],
)
def test_a_rule_finds_nothing(rule, scenario):
    assert found_by(rule, scenario) == []


OWED = Duty(by=["league"], requires=Holds("patrols"))


def test_what_its_own_obligor_verifies_is_monitored_by_nobody():
    alone = clause(duties=[OWED], verified_by=["league"])
    scenario = having(provisions=[alone])
    assert completeness(scenario, "plan")["COM-01"].paths == ()
    assert paths(found_by(RemarkRule.VERIFIES_ITSELF, scenario)) == [
        "$.proposals.plan.provisions.one.verified_by"
    ]
    monitored = evolve(alone, verified_by=["league", "castora"])
    assert completeness(having(provisions=[monitored]), "plan")["COM-01"].paths != ()


@pytest.mark.parametrize(
    ("requires", "forbids"),
    [
        (~Holds("shooting"), True),
        (~Holds("shooting") & ~Holds("patrols"), True),
        (Holds("patrols"), False),
        (~Holds("shooting") & Holds("patrols"), False),
        (AllOf([]), False),
        (AtMost("guns", 0), True),
        (AtMost("guns", 5), False),
        (Throughout(~Holds("shooting"), "2031-05-02"), True),
        (Throughout(Holds("patrols"), "2031-05-02"), False),
        (HeldFor(~Holds("shooting"), days(3)), True),
        (~Ever(Holds("shooting")), True),
    ],
)
def test_a_clause_that_forbids_counts_as_one_whatever_its_kind(requires, forbids):
    guns = Quantity(id="guns", text="guns", unit="guns")
    text = evolve(PLAN, provisions=[clause(duties=[Duty(by=["league"], requires=requires)])])
    scenario = BARE.with_facts([guns]).with_proposals([text])
    assert bool(completeness(scenario, "plan")["OBL-01"].paths) is forbids


def test_a_precondition_on_what_a_clause_requires_counts_as_one_on_the_clause():
    gate = need(of=Holds("patrols"), needs=Done("signed"))
    assert found_by(RemarkRule.NO_VERIFIER, having(gate)) == []
    owing = having(gate, provisions=[clause(duties=[OWED], verified_by=["castora"])])
    assert paths(found_by(RemarkRule.NO_VERIFIER, owing)) == ["$.preconditions.need"]


def test_a_condition_that_is_a_duty_of_the_same_text_names_it():
    gate = need(needs=Holds("patrols"))
    scenario = having(gate, provisions=[clause(duties=[OWED])])
    (place,) = (
        place
        for each in found_by(RemarkRule.NO_VERIFIER, scenario)
        for place in each.places
        if place.path.startswith("$.preconditions")
    )
    assert place.what.endswith("which is what the clause 'one' requires")
    both = having(
        gate, provisions=[clause(duties=[evolve(OWED, requires=Done("signed") & OWED.requires)])]
    )
    assert paths(found_by(RemarkRule.NO_VERIFIER, both)) == [
        "$.proposals.plan.provisions.one",
        "$.preconditions.need",
    ]
    assert "'one'" in found_by(RemarkRule.NO_VERIFIER, both)[1].places[0].what
    verified = having(gate, provisions=[clause(duties=[OWED], verified_by=["castora"])])
    assert found_by(RemarkRule.NO_VERIFIER, verified) == []


def test_many_of_one_sort_are_one_with_its_places():
    """Eighteen clauses that nobody verifies, and a condition: who verifies, and who says so."""
    clauses = [clause(f"c{number}", duties=[SILENCE]) for number in range(18)]
    found = found_by(
        RemarkRule.NO_VERIFIER, having(need(needs=Holds("patrols")), provisions=clauses)
    )
    assert [(len(each.places), each.is_certain) for each in found] == [(18, False), (1, True)]
    assert paths(found[:1]) == [f"$.proposals.plan.provisions.c{number}" for number in range(18)]


def test_every_rule_has_a_finding_and_none_in_these_tests():
    for test in (test_a_rule_finds, test_a_rule_finds_nothing):
        (mark,) = test.pytestmark
        assert {row[0] for row in mark.args[1]} == set(RemarkRule)


@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.parametrize(
    "fields",
    [
        PRELIMINARY,
        {"starts": After(RESPECT, days(3))},
        {"guaranteed_by": ["castora"]},
        {"provisions": [clause(duties=[SILENCE])]},
    ],
)
def test_what_a_text_lacks_is_certain_where_all_of_it_can_be_read(fields, is_public):
    (found,) = completeness(having(**fields, is_public=is_public)).remarks
    assert found.is_certain is is_public


@pytest.mark.parametrize(
    ("topic", "remedy"),
    [
        ("com-01", "did you mean COM-01 (Who monitors)?"),
        ("monitoring", "did you mean COM-01 (Who monitors)?"),
        ("exits", "did you mean CON-03 (Exit)?"),
        ("Prisoners", "did you mean HUM-03 (Prisoners, hostages, the dead)?"),
        ("verification", "an item from ID-01 to FIN-05"),
        ("1.0", "an item from ID-01 to FIN-05"),
    ],
)
def test_an_unknown_topic_comes_with_the_nearest_item(topic, remedy):
    (found,) = found_by(RemarkRule.UNKNOWN_TOPIC, having(provisions=[clause(topics=[topic])]))
    assert found.remedy == remedy


# Which text


class TestProposal:
    TWO = BARE.with_proposals([OLD, PLAN])

    def test_a_lone_one_need_not_be_named(self):
        assert completeness(having()).proposal.id == "plan"

    def test_of_several_one_is_named(self):
        assert completeness(self.TWO, "old").proposal is OLD
        with pytest.raises(ModelError, match="has 2 proposals; name one of 'old', 'plan'"):
            completeness(self.TWO)

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(UnknownIdError, match="no proposal 'plans'"):
            completeness(self.TWO, "plans")

    def test_there_may_be_none(self):
        with pytest.raises(ModelError, match="has 0 proposals"):
            completeness(BARE)


class TestResult:
    FOUND = completeness(
        having(**PRELIMINARY, is_public=True, provisions=[clause(topics=["OBL-02"])])
    )

    def test_items_are_had_by_id(self):
        assert self.FOUND["OBL-02"].presence is Presence.PRESENT
        with pytest.raises(UnknownIdError, match=r"no item 'OBL-2' in the checklist; did you mean"):
            self.FOUND["OBL-2"]

    def test_items_are_had_by_presence_and_severity(self):
        assert self.FOUND.only() == self.FOUND.items
        required = self.FOUND.only(severity=Severity.REQUIRED)
        absent = self.FOUND.only(Presence.ABSENT)
        both = self.FOUND.only(Presence.ABSENT, Severity.REQUIRED)
        assert set(both) == set(required) & set(absent)
        assert both
        assert set(both) < set(absent)
        assert present(self.FOUND) == {"ID-02", "OBL-02", "FIN-04"}

    def test_it_is_a_value(self):
        assert len({self.FOUND, evolve(self.FOUND)}) == 1
