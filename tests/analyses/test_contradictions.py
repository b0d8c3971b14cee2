"""Contradictions: the smallest sets that no world satisfies, found by trying every world."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Control,
    Delay,
    Done,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    ModelError,
    Not,
    Party,
    Proposal,
    Quantity,
    Scenario,
    State,
    Territory,
    Times,
    Trust,
    Unit,
    Vague,
    Verdict,
    judge,
    load_case,
    suppose,
)
from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.theory import Theory, misfit
from tests.analyses.test_deadlocks import ids, smallest
from tests.analyses.test_reachability import DAY, PLAN, but, needs, powerset, situation
from tests.examples import at_most

DEMAND = Vague(
    id="order",
    text="order returns",
    meanings=[
        Meaning(id="calm", text="calm", condition=Holds("calm")),
        Meaning(id="troops", text="troops", condition=AtLeast("troops", 50)),
    ],
)
SURE = Vague(
    id="sure",
    text="sure order",
    meanings=[
        Meaning(id="vote", text="a vote", condition=Done("vote")),
        Meaning(id="many", text="many", condition=AtLeast("troops", 55) & Holds("calm")),
    ],
    complete=True,
)
POOL = [
    Done("vote"),
    Holds("calm"),
    *(AtLeast("troops", count) for count in (20, 50)),
    *(AtMost("troops", count) for count in (20, 40)),
    AtLeast("east", 0.6),
    AtLeast("west", 0.5),
    AtMost("west", 0.3),
    Accepts("A", PLAN),
    DEMAND,
    SURE,
]
SIGNED_POOL = [*POOL, *(Not(thing) for thing in POOL if thing != Accepts("A", PLAN))]
PLACES = {
    "territories": [Territory(id="valley", name="the valley")],
    "facts": [
        *situation().facts,
        Control(id="east", text="A's share", party="A", territory="valley"),
        Control(id="west", text="B's share", party="B", territory="valley"),
    ],
}


@st.composite
def demands(draw):
    """Up to four preconditions of one thing."""
    few = draw(st.lists(st.sampled_from(SIGNED_POOL), min_size=2, max_size=4, unique=True))
    gates = [
        but(f"c{n}", Holds("curfew"), draw(needs(few)), by=draw(st.sampled_from(["A", "B", None])))
        for n in range(draw(st.integers(1, 4)))
    ]
    return situation(gates, **PLACES)


SHARES = (0, 0.3, 0.4, 0.5, 0.6, 1)
OPEN_SENSES = {"order": ["calm", "troops", None], "sure": ["vote", "many"]}


def worlds():
    """Every world that is different as far as the pool is concerned."""
    for vote, calm, yes, troops, east, west in product(
        *[(True, False)] * 3, (10, 20, 30, 40, 45, 50, 60), SHARES, SHARES
    ):
        if east + west <= 1:
            yield (
                {"vote": vote, "calm": calm, "yes": yes},
                {
                    "troops": troops,
                    "east": east,
                    "west": west,
                },
            )


WORLDS = list(worlds())


def is_so(condition, truths, numbers, senses) -> bool:
    """Whether a condition is so in a world in which demands mean something."""

    def leaf(part):
        match part:
            case Done(act=name) | Holds(state=name):
                found = truths[name]
            case Accepts():
                found = truths["yes"]
            case AtLeast(fact=name, value=value):
                found = numbers[name] >= float(value)
            case AtMost(fact=name, value=value):
                found = numbers[name] <= float(value)
            case Vague(id=name, meanings=meanings):
                sense = senses[name]
                if isinstance(sense, bool):
                    found = sense
                else:
                    (meaning,) = (m for m in meanings if m.id == sense)
                    return judge(meaning.condition, leaf)
        return Verdict.MET if found else Verdict.UNMET

    return judge(condition, leaf) is Verdict.MET


def by_trying(scenario) -> set:
    """The smallest sets of preconditions and readings that no world satisfies."""
    senses = {"order": ["calm", "troops", True, False], "sure": ["vote", "many"]}
    used = {
        name for each in scenario.preconditions for name in senses if name in scenario.index.vague
    }
    rows = [
        dict(zip(sorted(used), row, strict=True))
        for row in product(*(senses[name] for name in sorted(used)))
    ]
    table = [
        (
            row,
            frozenset(each.id for each in scenario.preconditions if is_so(each.needs, *world, row)),
        )
        for row in rows
        for world in WORLDS
    ]
    facts = {table_key(row, met) for row, met in table}
    items = [*(each.id for each in scenario.preconditions)]
    items += [
        (name, sense) for name in sorted(used) for sense in senses[name] if isinstance(sense, str)
    ]
    found = []
    for chosen in powerset(items):
        kept = {item for item in chosen if isinstance(item, str)}
        assumed = [item for item in chosen if not isinstance(item, str)]
        if len({name for name, _ in assumed}) < len(assumed):
            continue
        if not any(
            kept <= met and all(dict(row)[name] == sense for name, sense in assumed)
            for row, met in facts
        ):
            found.append(frozenset(chosen))
    return smallest(found)


def table_key(row, met):
    return tuple(sorted(row.items(), key=lambda item: item[0])), met


def found_in(scenario) -> set:
    return {
        ids(each.preconditions) | {(demand.id, meaning.id) for demand, meaning in each.meanings}
        for each in contradictions(scenario, as_of=DAY)
    }


@settings(max_examples=at_most(40), deadline=None)
@given(demands())
def test_contradictions_are_all_smallest_sets_that_no_world_satisfies(scenario):
    assert found_in(scenario) == by_trying(scenario)


QUANTITIES = ("q", "r")


@st.composite
def things(draw):
    """Comparisons of two numbers with numbers and with each other."""
    numbers = st.sampled_from([-2, -1, 0, 1, 2])
    multiples = st.builds(Times, st.sampled_from([1, 2, 0.5]), st.sampled_from(QUANTITIES))
    kind, fact = draw(st.sampled_from([AtLeast, AtMost])), draw(st.sampled_from(QUANTITIES))
    thing = kind(fact, draw(st.one_of(numbers, multiples)))
    return Not(thing) if draw(st.booleans()) else thing


NUMBERS = Scenario(
    title="numbers", facts=[Quantity(id=name, text=name, unit="x") for name in QUANTITIES]
)
GRID = [n / 8 for n in range(-36, 37)]


@settings(max_examples=at_most(60), deadline=None)
@given(st.lists(things(), max_size=4, unique=True))
def test_numbers_clash_exactly_where_no_two_numbers_fit(chosen):
    def fits(kept):
        return any(
            all(is_right(thing, {"q": q, "r": r}) for thing in kept) for q in GRID for r in GRID
        )

    found = misfit(NUMBERS, chosen)
    assert (found is None) is fits(chosen)
    if found is not None:
        assert not fits(found.things)
        assert all(fits([t for t in found.things if t != thing]) for thing in found.things)


def is_right(thing, numbers) -> bool:
    if isinstance(thing, Not):
        return not is_right(thing.part, numbers)
    value = thing.value
    other = float(value.factor) * numbers[value.fact] if isinstance(value, Times) else float(value)
    here = numbers[thing.fact]
    return here >= other if isinstance(thing, AtLeast) else here <= other


# Examples


def held(*conditions, **other):
    """Preconditions of two parties' acceptances of one plan, in turn."""
    gates = [
        but(f"c{n}", Accepts("AB"[n % 2], PLAN), condition, by="AB"[n % 2])
        for n, condition in enumerate(conditions)
    ]
    return situation(gates, **(PLACES | other))


class TestContradiction:
    def test_a_ceiling_and_an_entitlement_above_it_clash(self):
        (found,) = contradictions(held(AtMost("troops", 600), AtLeast("troops", 800)), as_of=DAY)
        assert ids(found.preconditions) == {"c0", "c1"}
        assert found.holders == ("A", "B")
        assert [clash.theory for clash in found.clashes] == [Theory.ONE_PLACE]

    def test_two_ceilings_never_clash(self):
        assert not len(
            contradictions(held(AtMost("troops", 600), AtMost("troops", 800)), as_of=DAY)
        )

    def test_two_parties_cannot_both_hold_all_of_one_territory(self):
        (found,) = contradictions(held(AtLeast("east", 1), AtLeast("west", 1)), as_of=DAY)
        assert [clash.theory for clash in found.clashes] == [Theory.WHOLE]

    def test_a_state_holds_or_does_not(self):
        (found,) = contradictions(held(Holds("calm"), ~Holds("calm")), as_of=DAY)
        assert [(clash.things, clash.theory) for clash in found.clashes] == [
            ((Holds("calm"), Not(Holds("calm"))), Theory.BOTH_WAYS)
        ]

    def test_one_precondition_can_contradict_itself(self):
        (found,) = contradictions(held(AllOf([Holds("calm"), ~Holds("calm")])), as_of=DAY)
        assert ids(found.preconditions) == {"c0"}

    def test_what_nothing_can_meet_clashes_with_nothing_in_particular(self):
        (found,) = contradictions(held(AnyOf([])), as_of=DAY)
        assert found.clashes == ()

    def test_preconditions_of_different_things_are_not_compared(self):
        gates = [but("c0", Done("vote"), Holds("calm")), but("c1", Done("done"), ~Holds("calm"))]
        assert not len(contradictions(situation(gates), as_of=DAY))

    def test_a_multiple_of_another_number_is_compared_with_it(self):
        scenario = held(
            AtLeast("troops", Times(30, "trucks")), AtLeast("trucks", 2), AtMost("troops", 50)
        )
        (found,) = contradictions(scenario, as_of=DAY)
        assert ids(found.preconditions) == {"c0", "c1", "c2"}

    def test_it_says_under_which_meanings(self):
        (found,) = contradictions(held(DEMAND, ~Holds("calm")), as_of=DAY)
        assert found.meanings == ((DEMAND, DEMAND.meanings[0]),)

    def test_a_meaning_that_is_agreed_is_no_assumption(self):
        agreed = suppose(held(DEMAND, ~Holds("calm")), since=DAY, meanings={"order": "calm"})
        (found,) = contradictions(agreed, as_of=DAY)
        assert found.meanings == ()
        other = suppose(held(DEMAND, ~Holds("calm")), since=DAY, meanings={"order": "troops"})
        assert not len(contradictions(other, as_of=DAY))

    def test_a_demand_that_clashes_whatever_it_means_does_without_a_reading(self):
        scenario = held(SURE, AtMost("troops", 40), ~Done("vote"))
        assert frozenset({"c0", "c1", "c2"}) in found_in(scenario)

    def test_texts_bring_what_they_are_made_of(self):
        scenario = held(Fulfilled("promise"), ~Done("vote"))
        assert len(contradictions(scenario, as_of=DAY)) == 1
        plan = Proposal(id="other", title="another plan", to=["B"])
        both = situation().proposals
        scenario = held(InForce("other"), ~Accepts("B", "other"), proposals=[*both, plan])
        assert len(contradictions(scenario, as_of=DAY)) == 1

    def test_a_text_that_is_reported_is_its_state(self):
        plan = Proposal(id="other", title="another plan", to=["B"], in_force="curfew")
        both = situation().proposals
        scenario = held(InForce("other"), ~Holds("curfew"), proposals=[*both, plan])
        assert len(contradictions(scenario, as_of=DAY)) == 1

    def test_what_must_have_held_for_a_while_holds_now(self):
        scenario = held(HeldFor(Holds("calm"), Delay(2, Unit.DAYS)), ~Holds("calm"))
        assert len(contradictions(scenario, as_of=DAY)) == 1

    def test_only_what_stands_counts(self):
        scenario = held(Holds("calm"), ~Holds("calm"))
        dropped = suppose(scenario, since=DAY, without=["c0"])
        assert not len(contradictions(dropped, as_of=DAY))

    def test_the_limit_is_explicit(self):
        scenario = held(Holds("calm"), ~Holds("calm"), Holds("calm"), ~Holds("calm"))
        cut = contradictions(scenario, as_of=DAY, limit=3)
        assert (len(cut), cut.is_complete) == (3, False)
        whole = contradictions(scenario, as_of=DAY, limit=4)
        assert (len(whole), whole.is_complete) == (4, True)
        assert cut[0] in list(whole)
        with pytest.raises(ModelError, match="limit must be 1 or more"):
            contradictions(scenario, as_of=DAY, limit=0)

    def test_the_case_of_13_march_2025_has_none(self):
        found = contradictions(load_case("us-30-day-2025"), as_of="2025-03-13", trust=Trust())
        assert (len(found), found.is_complete) == (0, True)


class TestShares:
    def share(self, name: str, party: str, territory="valley") -> Control:
        return Control(id=name, text=name, party=party, territory=territory)

    def scenario(self, **members) -> Scenario:
        return Scenario(
            title="shares",
            parties=[Party(id=name, name=name, members=m) for name, m in members.items()],
            territories=[Territory(id="valley", name="V"), Territory(id="coast", name="C")],
            facts=[
                *(self.share(name.lower(), name) for name in members),
                *(self.share(f"{name.lower()}-coast", name, "coast") for name in members),
            ],
        )

    def test_shares_of_a_coalition_and_of_its_member_may_overlap(self):
        both = [AtLeast("a", 1), AtLeast("l", 1)]
        assert misfit(self.scenario(A=[], L=["A"]), both) is None
        assert misfit(self.scenario(A=[], M=["A"], L=["M"]), both) is None
        assert misfit(self.scenario(A=[], M=["A"], L=["M", "A"]), both) is None
        assert misfit(self.scenario(A=[], L=[]), both) is not None

    def test_so_may_those_of_coalitions_with_a_member_in_common(self):
        both = [AtLeast("l", 1), AtLeast("m", 1)]
        assert misfit(self.scenario(A=[], L=["A"], M=["A"]), both) is None

    def test_so_may_those_of_different_territories_and_two_names_of_one_share(self):
        scenario = self.scenario(A=[], B=[])
        assert misfit(scenario, [AtLeast("a", 1), AtLeast("b-coast", 1)]) is None
        again = scenario.with_facts([self.share("a-too", "A")])
        assert misfit(again, [AtLeast("a", 1), AtLeast("a-too", 1)]) is None

    def test_three_may_clash_where_no_two_do(self):
        scenario = self.scenario(A=[], B=[], C=[])
        thirds = [AtLeast(name, 0.4) for name in ("a", "b", "c")]
        assert misfit(scenario, thirds).things == tuple(thirds)
        assert misfit(scenario, thirds[:2]) is None

    def test_a_sum_of_exactly_one_fits_unless_it_must_be_more(self):
        scenario = self.scenario(A=[], B=[])
        half = [AtLeast("a", 0.5), AtLeast("b", 0.5)]
        assert misfit(scenario, half) is None
        assert misfit(scenario, [half[0], Not(AtMost("b", 0.5))]) is not None

    def test_no_share_is_below_nothing(self):
        assert misfit(self.scenario(A=[]), [Not(AtLeast("a", 0))]) is not None


def test_states_alone_ask_nothing_of_numbers():
    plain = Scenario(title="none", facts=[State(id="calm", text="calm")])
    assert misfit(plain, []) is None
    assert not len(contradictions(plain, as_of=DAY))


def test_at_least_so_many_of_what_clashes_in_pairs():
    pairs = [Holds("calm"), Not(Holds("calm")), Done("vote")]
    assert not len(contradictions(held(AtLeastOf(2, pairs)), as_of=DAY))
    assert len(contradictions(held(AtLeastOf(3, pairs)), as_of=DAY)) == 1
