"""What can be chosen: all that the verdicts rest on, once, where it lies."""

from __future__ import annotations

from attrs import evolve

from ceasefire_model import (
    Accepts,
    After,
    AtLeast,
    AtMost,
    Control,
    Done,
    Duty,
    Fulfilled,
    Holds,
    InForce,
    Meaning,
    Moment,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Range,
    State,
    Territory,
    Times,
    Timing,
    Trust,
    Vague,
    days,
    load_case,
    suppose,
)
from ceasefire_model.display.explorer.settings import groups
from ceasefire_model.display.explorer.state import what_if
from tests.rules.test_assessment import DAY, SCENARIO, but, said

PLAN = what_if(SCENARIO, "plan", as_of="2025-03-02")


def by_key(asked):
    return {
        choice.key: choice
        for group in groups(asked)
        for section in group.sections
        for choice in section.choices
    }


def where(asked):
    """Map each key to the titles of its group and section."""
    return {
        choice.key: (group.title, section.title)
        for group in groups(asked)
        for section in group.sections
        for choice in section.choices
    }


def labels(choice):
    return [option.label for option in choice.options]


def extended(*facts, preconditions=(), observations=(), proposals=()):
    """Return the scenario with more in it, and what can be chosen in it."""
    more = SCENARIO.with_territories([Territory(id="valley", name="the valley")]).with_facts(facts)
    more = more.with_proposals(proposals).with_preconditions(preconditions)
    return what_if(more.with_observations(observations), "plan", as_of="2025-03-02")


def test_everything_that_the_verdicts_rest_on_can_be_chosen_where_it_lies():
    assert where(PLAN) == {
        "word A plan": ("Arvenia", "Word"),
        "drop vote-first": ("Arvenia", "Preconditions and their meaning"),
        "drop quiet": ("Arvenia", "Preconditions and their meaning"),
        "drop watched": ("Arvenia", "Preconditions and their meaning"),
        "drop safe": ("Arvenia", "Preconditions and their meaning"),
        "meaning security": ("Arvenia", "Preconditions and their meaning"),
        "drop seen": ("Arvenia", "Preconditions and their meaning"),
        "word B plan": ("Belmora", "Word"),
        "fact vote": ("Belmora", "Facts"),
        "fact curfew": ("Belmora", "Facts"),
        "drop law": ("Belmora", "Preconditions and their meaning"),
        "word L plan": ("the League", "Word"),
        "fact who": ("the mediator", "Facts"),
        "word N plan": ("a neighbour", "Word"),
        "fact trucks": ("Arvenia and Belmora", "Facts"),
        "fact patrols": ("No party is named", "Facts"),
        "drop reporter": ("No party is named", "Preconditions and their meaning"),
    } | {
        f"together {each.id}": where(PLAN)[f"drop {each.id}"]
        for each in SCENARIO.preconditions
        if each.timing is Timing.BEFORE
    }


def test_single_parties_come_first_in_their_order_then_several_then_nobody():
    assert [group.title for group in groups(PLAN)] == [
        *("Arvenia", "Belmora", "the League", "the mediator", "a neighbour"),
        "Arvenia and Belmora",
        "No party is named",
    ]


def test_what_nothing_rests_on_cannot_be_chosen():
    idle = extended(State(id="idle", text="nobody asks", by=["A"]))
    assert "fact idle" not in by_key(idle)
    assert "fact late" not in by_key(idle)  # asked later, and by no condition


def test_what_is_chosen_can_be_chosen_even_if_nothing_rests_on_it():
    idle = extended(State(id="idle", text="nobody asks", by=["A"]))
    chosen = idle.choose({"fact idle": "yes", "word M past": "accepts"})
    assert {"fact idle", "word M past"} <= by_key(chosen).keys()


def test_each_answer_says_what_is_reported():
    found = by_key(PLAN)
    assert labels(found["fact vote"]) == ["as reported (no)", "yes", "no"]
    assert labels(found["fact curfew"])[0] == "as reported (yes)"
    assert labels(found["fact patrols"])[0] == "as reported (disputed)"
    assert found["fact who"].text == "answered: who watches?"
    assert labels(found["word A plan"])[:2] == ["as reported (accepts in principle)", "accepts"]
    assert labels(found["word B plan"])[0] == "as reported (nothing said)"
    assert labels(found["meaning security"]) == [
        "as reported (no meaning is agreed)",
        "patrols (held by Belmora)",
    ]
    assert found["fact trucks"].reported == "unknown"
    assert [option.value for option in found["fact vote"].options] == ["", "yes", "no"]


def test_what_the_scenario_supposes_itself_counts_as_reported():
    supposed = suppose(SCENARIO, {"trucks": 7}, since=DAY, meanings={"security": "patrols"})
    found = by_key(what_if(supposed, "plan", as_of="2025-03-02"))
    assert found["fact trucks"].reported == "7 trucks a day"
    assert labels(found["meaning security"])[0] == "as reported (taken to mean: patrols)"


def test_a_number_has_all_that_is_reported_what_is_asked_and_a_scale_above_both():
    asked = extended(
        preconditions=[
            but("few", "A", AtMost("trucks", 700)),
            but("parity", "A", AtLeast("trucks", Times(2, "trucks"))),
        ],
        observations=[
            said("trucks", 25),
            said("trucks", 1200, "radio"),
        ],
    )
    trucks = by_key(asked)["fact trucks"]
    assert trucks.reported == "25 trucks a day or 1,200 trucks a day"
    assert set(trucks.asked.split(", ")) == {
        "at least 30 trucks a day",
        "at most 700 trucks a day",
        "at least 2 times aid",
    }
    assert (trucks.most, trucks.unit) == ("10000", "trucks a day")
    assert by_key(PLAN)["fact trucks"].most == "100"


def test_a_number_that_was_reported_of_an_earlier_time_is_not_what_is_reported():
    over = evolve(said("trucks", 25), until=Moment("2025-03-01"))
    assert by_key(extended(observations=[over]))["fact trucks"].reported == "unknown"


def test_a_number_without_any_in_sight_has_no_scale():
    tents = Quantity(id="tents", text="tents", unit="tents")
    asked = extended(tents, preconditions=[but("none", "A", AtMost("tents", 0))])
    assert (by_key(asked)["fact tents"].most, by_key(asked)["fact tents"].unit) == ("", "tents")


def test_a_share_is_in_per_cent():
    valley = Control(id="share", text="the share", party="A", territory="valley", by=["B", "A"])
    asked = extended(
        valley,
        preconditions=[but("all", "A", AtLeast("share", 1))],
        observations=[said("share", Range(0.17, 0.2))],
    )
    share = by_key(asked)["fact share"]
    assert (share.most, share.unit, share.asked) == ("100", "%", "at least 100 %")
    assert share.reported == "17 % to 20 %"
    assert where(asked)["fact share"] == ("Arvenia and Belmora", "Facts")


def test_through_one_partys_eyes_its_meaning_is_the_reported_one():
    seen = what_if(SCENARIO, "plan", as_of="2025-03-02", trust=Trust.of_party("B"))
    assert labels(by_key(seen)["meaning security"])[0] == "as reported (taken to mean: patrols)"


def test_other_texts_and_what_their_dates_wait_for_are_followed():
    new = [State(id=name, text=name) for name in ("old", "start", "end", "owed", "due")]
    clause = Provision(
        id="clause",
        text="a clause",
        duties=[Duty(by=["A"], requires=Holds("owed"))],
        due=After(Done("vote") & Holds("due"), days(3)),
    )
    first = Proposal(
        id="first",
        title="A first truce",
        to=["M"],
        in_force="old",
        starts=After(Holds("start"), days(1)),
        ends=After(Holds("end"), days(1)),
        provisions=[clause],
    )
    asked = extended(
        *new,
        proposals=[first],
        preconditions=[
            but("in-force", "A", InForce("first")),
            but("kept", "A", Fulfilled("clause")),
            but("agreed", "A", Accepts("N", "clause")),
        ],
    )
    assert {"old", "start", "end", "owed", "due"} <= {key.split(" ")[-1] for key in by_key(asked)}
    assert {"word M first", "word N clause", "word N first"} <= by_key(asked).keys()
    assert "fact late" not in by_key(asked)
    assert by_key(asked)["word N clause"].text == "The word of a neighbour on “a clause”"


def test_a_demand_of_a_duty_lies_with_no_party_and_one_without_meanings_is_no_choice():
    vague = Vague(
        id="calm", text="calm", meanings=[Meaning(id="quiet", text="quiet", condition=Done("vote"))]
    )
    duty = Duty(by=["A"], requires=vague & Vague(id="open", text="open"))
    plan = Proposal(
        id="next",
        title="The next",
        to=["A"],
        tabled=Moment("2025-03-01"),
        provisions=[Provision(id="calm-down", text="calm", duties=[duty])],
    )
    asked = what_if(SCENARIO.with_proposals([plan]), "next", as_of="2025-03-02")
    assert where(asked)["meaning calm"] == ("No party is named", "Preconditions and their meaning")
    assert "meaning open" not in by_key(asked)
    assert labels(by_key(asked)["meaning calm"])[1] == "quiet"


def test_a_long_chain_of_texts_is_followed_to_its_end():
    def text(number: int) -> Proposal:
        return Proposal(id=f"x{number}", title=f"Text {number}", to=["A"])

    def gate(number: int) -> Precondition:
        of = Accepts("A", f"x{number}")
        return Precondition(
            id=f"g{number}", held_by="A", of=of, needs=InForce(f"x{number + 1}"), text="first that"
        )

    long = SCENARIO.with_proposals(map(text, range(1201))).with_preconditions(
        map(gate, range(1200))
    )
    asked = what_if(long, "x0", as_of="2025-03-02")
    assert "word A x1200" in by_key(asked)


def test_a_real_case_offers_what_its_report_speaks_of():
    found = by_key(what_if(load_case("us-30-day-2025"), as_of="2025-03-13"))
    assert {"fact election", "fact martial-law", "word RU us-30-day"} <= found.keys()
    assert "fact displaced" not in found
