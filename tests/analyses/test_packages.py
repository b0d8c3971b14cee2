"""Packages: each one is enough, nothing in it can be left out, and none is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations, islice, product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    Act,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    By,
    Control,
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
    Not,
    Number,
    Observation,
    Proposal,
    Provision,
    Quantity,
    Range,
    Scenario,
    ScenarioError,
    Source,
    Stance,
    State,
    SupposedFact,
    SupposedMeaning,
    SupposedWord,
    Territory,
    Throughout,
    Times,
    Timing,
    Trust,
    UnknownIdError,
    Vague,
    Verdict,
    When,
    days,
    evaluate,
    load_case,
    suppose,
)
from ceasefire_model.analyses.packages import Package, iter_packages, packages
from ceasefire_model.analyses.sequences import sequence
from ceasefire_model.analyses.shifts import Obstacle, Reason
from ceasefire_model.moments import TICK
from tests.analyses.test_reachability import (
    CALM,
    DAY,
    FREE,
    OPEN,
    PARTIES,
    PLAN,
    REPORTED,
    SIGNED,
    START,
    but,
    comes_to,
    entails,
    is_gated,
    met_by,
    needs,
    powerset,
    signed,
    situation,
    waits_for_the_promise,
    word,
)
from tests.examples import at_most

POOL = [thing for thing in FREE if thing not in (Accepts("A", "promise"), Accepts("B", "promise"))]
"""What the small scenarios are about; a word on a provision is in the examples."""

YES, YES_BUT, NO = Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS, Stance.REJECTS


@st.composite
def questions(draw):
    """A small scenario and a target in it."""
    few = draw(st.lists(st.sampled_from(POOL), min_size=2, max_size=4, unique=True))
    gates = []
    for number in range(draw(st.integers(0, 3))):
        of, condition = draw(st.sampled_from(few)), draw(needs(few))
        if of not in signed(condition) and of not in (CALM, OPEN, Not(CALM), Not(OPEN)):
            timing, by = draw(st.sampled_from(Timing)), draw(st.sampled_from((*PARTIES, None)))
            gates.append(but(f"c{number}", of, condition, timing, by))
    stances = st.sampled_from([None, YES_BUT, Stance.ACCEPTS_IN_PRINCIPLE, NO, YES])
    said = [word(party, stance) for party in PARTIES if (stance := draw(stances))]
    reported = {name: value for name, value in REPORTED.items() if draw(st.booleans())}
    return situation(gates, said, reported), draw(needs(few))


# The same by trying every set of changes


def stance_of(scenario, party):
    return next((s.stance for s in scenario.statements if s.party == party), None)


def own(scenario, leaf):
    return [p for p in scenario.preconditions if p.of == leaf and p.held_by == leaf.party]


def is_met(scenario, thing) -> bool:
    return evaluate(scenario, thing, as_of=DAY).verdict is Verdict.MET


def asked(scenario, thing) -> list:
    """The things that one rests on, or waits for."""
    leaf, negated = (thing.part, True) if isinstance(thing, Not) else (thing, False)
    found = []
    if isinstance(leaf, Accepts):
        conditional = stance_of(scenario, leaf.party) in (YES_BUT, Stance.ACCEPTS_IN_PRINCIPLE)
        if conditional or not (negated or is_met(scenario, leaf)):
            found += [each.needs for each in own(scenario, leaf)]
        found = [Not(each) if negated else each for each in found]
    elif leaf == CALM:
        found = [Not(m.condition) if negated else m.condition for m in CALM.meanings]
    elif leaf in TEXTS:
        found = [comes_to(thing), *term_of(scenario, thing)]
    for each in scenario.preconditions:
        number = isinstance(leaf, (AtLeast, AtMost)) and about_troops(each.of)
        if not is_met(scenario, each.of) and (number or entails(thing, each.of)):
            found.append(each.needs)
    return [other for condition in found for other in plain(condition)]


TEXTS = (InForce(PLAN), InForce("promise"), Fulfilled("promise"), Fulfilled("promise", "A"))


def term_of(scenario, thing) -> list:
    """What must be in force for the promise not to be fulfilled: nothing is owed before."""
    is_broken = isinstance(thing, Not) and isinstance(thing.part, Fulfilled)
    if not is_broken or waits_for_the_promise(scenario) or is_met(scenario, InForce(PLAN)):
        return []
    return [InForce(PLAN)]


def plain(condition, *, negated=False) -> list:
    """The things in a condition, demands unopened."""
    if isinstance(condition, Not):
        return plain(condition.part, negated=not negated)
    parts = getattr(condition, "parts", None)
    if parts is None:
        return [Not(condition) if negated else condition]
    return [thing for part in parts for thing in plain(part, negated=negated)]


def about_troops(thing) -> bool:
    return isinstance(thing.part if isinstance(thing, Not) else thing, (AtLeast, AtMost))


def wanted_in(scenario, target) -> list:
    found, waiting = [], plain(target)
    while waiting:
        while waiting:
            thing = waiting.pop()
            if thing not in found:
                found.append(thing)
                waiting += asked(scenario, thing)
        lines = lines_at_stake(scenario, found)
        waiting = [t for each in lines for t in plain(each.needs) if t not in found]
    return found


def lines_at_stake(scenario, wanted) -> list:
    """The red lines of what is so already that are kept, and that a change could break."""
    about = {key for thing in wanted for key in keys_of(scenario, thing)}
    return [
        each
        for each in scenario.preconditions
        if each.timing is Timing.WHILE
        and is_met(scenario, each.of)
        and is_met(scenario, each.needs)
        and any(key in about for thing in plain(each.needs) for key in keys_of(scenario, thing))
    ]


def keys_of(scenario, thing) -> list:
    """What a thing is about that can change."""
    leaf = thing.part if isinstance(thing, Not) else thing
    match leaf:
        case Accepts():
            return [leaf]
        case Vague():
            return [leaf] if leaf.id in scenario.index.vague else []
        case Holds(state=name) | Done(act=name) | Answered(question=name):
            return [name]
        case AtLeast() | AtMost():
            return ["troops"]
    return []


def is_on_conditions(scenario, leaf) -> bool:
    """Whether other changes may turn an acceptance."""
    if not (isinstance(leaf, Accepts) and own(scenario, leaf)):
        return False
    return stance_of(scenario, leaf.party) in (YES_BUT, Stance.ACCEPTS_IN_PRINCIPLE)


def moves(scenario, wanted) -> list[list]:
    """For everything that can change, its changes towards what is wanted, and none."""
    found = {}
    for thing in wanted:
        leaf, negated = (thing.part, True) if isinstance(thing, Not) else (thing, False)
        if is_met(scenario, thing) and not is_on_conditions(scenario, leaf):
            continue
        match leaf:
            case Accepts():
                words = [NO] if negated else [YES]
                current = stance_of(scenario, leaf.party)
                if not negated and own(scenario, leaf) and current is not YES_BUT:
                    words.append(YES_BUT)
                found.setdefault(leaf, []).extend(SupposedWord(leaf, each) for each in words)
            case Vague(id="calm-enough") if "calm-enough" in scenario.index.vague:
                found[leaf] = [SupposedMeaning(leaf.id, m.id) for m in leaf.meanings]
            case Holds(state=name) | Done(act=name) | Answered(question=name):
                if not (negated and isinstance(leaf, Done) and is_met(scenario, leaf)):
                    found.setdefault(name, []).append(SupposedFact(name, not negated))
            case AtLeast() | AtMost():
                counts = (0, 20, 25, 30, 40, 50, 55, 60, 70)
                found["troops"] = [SupposedFact("troops", count) for count in counts]
    return [[None, *each] for each in found.values()]


def applied(scenario, changes) -> Scenario:
    return suppose(
        scenario,
        {each.fact: each.value for each in changes if isinstance(each, SupposedFact)},
        since=DAY,
        words={each.of: each.stance for each in changes if isinstance(each, SupposedWord)},
        meanings={
            each.vague: each.meaning for each in changes if isinstance(each, SupposedMeaning)
        },
    )


def elements(scenario, after, changes, wanted) -> frozenset:
    """What a set of changes consists of; a number also of the thresholds that it comes to meet."""
    found = set()
    for each in changes:
        is_number = isinstance(each, SupposedFact) and isinstance(each.value, Number)
        found.add(each.fact if is_number else each)
        if is_number:
            found |= {
                thing
                for thing in wanted
                if about_troops(thing) and not is_met(scenario, thing) and is_met(after, thing)
            }
    return frozenset(found)


def can_be_carried_out(scenario, after, changes, wanted) -> bool:
    """Whether some order of steps respects every precondition of what newly becomes so."""
    words = {each.of: each.stance for each in changes if isinstance(each, SupposedWord)}
    meanings = [each.meaning for each in changes if isinstance(each, SupposedMeaning)]
    closure = set(wanted) | {
        p.of for p in scenario.preconditions if any(bears(p.of, thing) for thing in wanted)
    }
    closure |= {Not(thing) for thing in closure} | {t.part for t in closure if isinstance(t, Not)}
    everything = set(closure)
    for each in scenario.preconditions:
        everything |= {t for thing in plain(each.needs) for t in (thing, Not(thing))}
    everything |= {
        thing
        for leaf in list(everything)
        for inner in opened_parts(leaf)
        for thing in (inner, Not(inner))
    }
    everything = {strip(thing) for thing in everything}
    held = {thing for thing in everything if is_met(scenario, thing)}
    becoming = {thing for thing in everything - held if is_met(after, thing)}

    def gates_of(thing):
        for each in scenario.preconditions:
            dropped = is_dropped(each, words)
            relevant = each.of == thing or (entails(thing, each.of) and each.of == thing)
            if relevant and not dropped and any(bears(each.of, other) for other in wanted):
                yield each

    def structure(thing, before, now):
        leaf, negated = (thing.part, True) if isinstance(thing, Not) else (thing, False)
        if isinstance(leaf, Accepts):
            stance = words.get(leaf, stance_of(scenario, leaf.party))
            if stance not in (YES_BUT, Stance.ACCEPTS_IN_PRINCIPLE):
                return True
            found = [
                met_by(
                    each.needs,
                    before if each.timing is Timing.BEFORE and not negated else now,
                    negated=negated,
                )
                for each in own(scenario, leaf)
            ]
            return any(found) if negated else all(found)
        if leaf == CALM:
            chosen = [m.condition for m in CALM.meanings if m.id in meanings]
            return all(met_by(each, now, negated=negated) for each in chosen)
        if leaf == Done("done"):
            return True
        return all(met_by(each, now) for each in (comes_to(thing), *term_of(scenario, thing)))

    reached = set(held)
    while True:
        now = held | becoming
        while True:
            carried = {
                thing
                for thing in now
                if thing in reached
                or (
                    structure(thing, reached, now)
                    and all(
                        met_by(g.needs, reached if g.timing is Timing.BEFORE else now)
                        for g in gates_of(thing)
                    )
                )
            }
            if carried == now:
                break
            now = carried
        if now == reached:
            break
        reached = now
    if becoming - reached and any(True for t in becoming for _ in gates_of(t)):
        return False
    if becoming - reached and any_gate(scenario, wanted):
        return False
    lasting = [g for thing in becoming for g in gates_of(thing) if g.timing is Timing.WHILE]
    lasting += [
        each
        for each in lines_at_stake(scenario, wanted)
        if is_met(after, each.of) and not is_dropped(each, words)
    ]
    return all(is_met(after, each.needs) for each in lasting) and has_an_order(
        scenario, changes, words, held
    )


def has_an_order(scenario, changes, words, held) -> bool:
    """Whether changes can be made in some order, if one may undo what another needs first."""
    gates = [each for each in scenario.preconditions if not is_dropped(each, words)]
    if not any(thing in held for each in gates for thing in plain(each.needs)):
        return True
    states = {}

    def met(thing, made):
        if made not in states:
            states[made] = applied(scenario, made)
        return is_met(states[made], thing)

    def heeds(made, then):
        for each in gates:
            things = [t for t in SIGNED if is_gated(t, each, held)] or [each.of]
            if not any(met(t, then) and not met(t, made) for t in things):
                continue
            before = each.timing is Timing.BEFORE
            if not met(each.needs, made if before else then):
                return False
        return all(
            met(each.needs, then)
            for each in gates
            if each.timing is Timing.WHILE and met(each.of, then) and met(each.of, made)
            if met(each.needs, made)
        )

    reached, waiting = {()}, [()]
    while waiting:
        made = waiting.pop()
        for step in powerset([each for each in changes if each not in made]):
            then = tuple(each for each in changes if each in made or each in step)
            if step and then not in reached and heeds(made, then):
                reached.add(then)
                waiting.append(then)
    return tuple(changes) in reached


def is_dropped(gate, words) -> bool:
    mine = isinstance(gate.of, Accepts) and gate.held_by == gate.of.party
    return mine and words.get(gate.of) is YES


def any_gate(scenario, wanted) -> bool:
    return any(
        bears(p.of, thing) and not is_met(scenario, p.of)
        for p in scenario.preconditions
        for thing in wanted
    )


def bears(gated, thing) -> bool:
    return (about_troops(gated) and about_troops(thing)) or entails(thing, gated)


def strip(thing):
    while isinstance(thing, Not) and isinstance(thing.part, Not):
        thing = thing.part.part
    return thing


def opened_parts(thing) -> list:
    leaf = strip(thing)
    leaf = leaf.part if isinstance(leaf, Not) else leaf
    if leaf == CALM:
        return [t for m in CALM.meanings for t in plain(m.condition)]
    if leaf in TEXTS:
        return [*plain(comes_to(leaf)), InForce(PLAN), *plain(comes_to(InForce(PLAN)))]
    return []


def by_trying(scenario, target) -> set[frozenset]:
    wanted = wanted_in(scenario, target)
    found = set()
    for row in product(*moves(scenario, wanted)):
        changes = [each for each in row if each is not None]
        after = applied(scenario, changes)
        if is_met(after, target) and can_be_carried_out(scenario, after, changes, wanted):
            found.add(elements(scenario, after, changes, wanted))
    return {one for one in found if not any(other < one for other in found)}


def found_in(scenario, target) -> list[frozenset]:
    wanted = wanted_in(scenario, target)
    found = []
    for package in iter_packages(scenario, target, as_of=DAY):
        after = package.suppose(scenario, since=DAY)
        assert evaluate(after, target, as_of=DAY).verdict is Verdict.MET
        changes = [shift.supposed for shift in package.shifts]
        found.append(elements(scenario, after, changes, wanted))
    return found


@settings(max_examples=at_most(100), deadline=None)
@given(questions())
def test_packages_are_all_the_smallest_sets_of_changes_that_do(question):
    scenario, target = question
    if len(list(product(*moves(scenario, wanted_in(scenario, target))))) > 200:
        return
    found = found_in(scenario, target)
    assert len(found) == len(set(found))
    assert set(found) == by_trying(scenario, target)


def kinds(found) -> list[list]:
    return [[shift.supposed for shift in package.shifts] for package in found]


class TestPackages:
    def test_a_final_word_drops_what_its_party_asked_for(self):
        gates = [but("c", Accepts("A", PLAN), Done("vote"))]
        scenario = situation(gates, [word("A", Stance.ACCEPTS_IN_PRINCIPLE), word("B", YES)])
        found = packages(scenario, InForce(PLAN), as_of=DAY)
        assert kinds(found) == [
            [SupposedWord(Accepts("A", PLAN), YES)],
            [SupposedWord(Accepts("A", PLAN), YES_BUT), SupposedFact("vote", True)],
        ]
        assert found[0].who == ("A",)  # its own word is its own move

    def test_either_of_two_whose_conditions_exclude_each_other_can_give_way(self):
        gates = [
            but("lifted", Accepts("A", PLAN), ~Holds("curfew"), Timing.TOGETHER),
            but("kept", Accepts("B", PLAN), Holds("curfew"), Timing.TOGETHER, "B"),
        ]
        scenario = situation(gates, [word("A", YES_BUT), word("B", YES_BUT)])
        assert kinds(packages(scenario, InForce(PLAN), as_of=DAY)) == [
            [SupposedWord(Accepts("A", PLAN), YES)],
            [SupposedWord(Accepts("B", PLAN), YES), SupposedFact("curfew", False)],
        ]

    def test_a_refusal_that_rests_on_a_condition_can_be_made_final(self):
        gates = [but("c", Accepts("A", PLAN), Done("vote"))]
        scenario = situation(gates, [word("A", YES_BUT)])
        target = Not(Accepts("A", PLAN)) & Done("vote")
        assert kinds(packages(scenario, target, as_of=DAY)) == [
            [SupposedWord(Accepts("A", PLAN), NO), SupposedFact("vote", True)]
        ]

    def test_but_not_what_somebody_else_does(self):
        gates = [but("c", Accepts("A", PLAN), Done("vote"), by=None)]
        scenario = situation(gates, [word("B", YES)])
        (found,) = packages(scenario, InForce(PLAN), as_of=DAY)
        assert found.who == ("A",)
        assert len(found.shifts) == 2

    @pytest.mark.parametrize("timing", Timing)
    def test_a_circle_may_lead_through_what_a_demand_means(self, timing):
        senses = [
            Meaning(id="calm", text="calm", condition=Holds("calm"), held_by=["A"]),
            Meaning(id="all", text="both accept", condition=InForce(PLAN), held_by=["B"]),
        ]
        support = Vague(id="support", text="there is support", meanings=senses, complete=True)
        gates = [but("c", Accepts("A", PLAN), support, timing)]
        agreed = [SupposedMeaning("support", "all")]

        def found(target, *words):
            return kinds(packages(situation(gates, words), target, as_of=DAY, limit=100))

        locks = timing is Timing.BEFORE
        carried = found(InForce(PLAN), word("A", YES_BUT), word("B", YES))
        assert (agreed in carried) is not locks
        refused = found(Not(InForce(PLAN)), word("A", YES_BUT))
        assert (agreed in refused) is locks

    def test_what_a_circle_leaves_open_is_not_ruled_out_for_what_must_come_first(self):
        gates = [
            but("c", Accepts("A", PLAN), InForce(PLAN), Timing.TOGETHER),
            but("first", Holds("calm"), Not(InForce(PLAN)), by="B"),
        ]
        scenario = situation(gates, [word("A", YES_BUT), word("B", YES_BUT)])
        assert evaluate(scenario, InForce(PLAN), as_of=DAY).verdict is Verdict.UNKNOWN
        found = [set(each) for each in kinds(packages(scenario, Holds("calm"), as_of=DAY))]
        calm, refuses = SupposedFact("calm", True), SupposedWord(Accepts("A", PLAN), NO)
        assert len(found) == 2
        assert {calm, refuses} in found
        assert {calm} not in found

    def test_a_word_on_the_whole_does_for_a_provision(self):
        found = packages(situation(), Accepts("A", "promise"), as_of=DAY)
        assert kinds(found) == [[SupposedWord(Accepts("A", "promise"), YES)]]
        both = AllOf([Accepts("A", "promise"), Accepts("A", PLAN)])
        found = packages(situation(), both, as_of=DAY)
        assert kinds(found) == [[SupposedWord(Accepts("A", PLAN), YES)]]

    def test_numbers_change_to_the_threshold_and_no_further(self):
        def moved(target):
            (package,) = packages(situation(), target, as_of=DAY)
            return package.shifts[0].supposed.value

        assert moved(AtLeast("troops", 60)) == Number(60)
        assert moved(AtMost("troops", 30)) == Number(30)
        assert moved(Not(AtMost("troops", 60))) == Number(61)
        assert moved(Not(AtLeast("troops", 30))) == Number(29)
        assert moved(AtLeast("troops", 60) & AtMost("troops", 80)) == Number(60)
        assert moved(AtMost("troops", 30) & AtLeast("troops", 10)) == Number(30)
        assert moved(AtLeast("troops", Decimal(999999999999999))) == Number(999999999999999)
        assert moved(Not(AtMost("troops", Decimal("50.5")))) == Number(Decimal("50.6"))

    def test_going_further_is_a_package_of_its_own_where_it_spares_something(self):
        target = AtLeast("troops", 60) | (AtLeast("troops", 50) & Holds("calm"))
        found = packages(situation(), target, as_of=DAY)
        assert kinds(found) == [
            [SupposedFact("troops", 60)],
            [SupposedFact("troops", 50), SupposedFact("calm", True)],
        ]

    def test_a_multiple_follows_what_is_said_of_the_other_number(self):
        target = AtLeast("troops", Times(30, "trucks"))
        scenario = situation(reported={"troops": 40, "trucks": 2})
        found = kinds(packages(scenario, target, as_of=DAY))
        assert [SupposedFact("troops", 60)] in found
        ranged = situation(reported={"trucks": Range(1, 3)})
        assert [SupposedFact("troops", 90)] in kinds(packages(ranged, target, as_of=DAY))
        assert kinds(packages(situation(), target, as_of=DAY))

    def test_shares_stay_between_nothing_and_all(self):
        share = Control(id="share", text="A's share", party="A", territory="valley", by=["A"])
        scenario = situation(
            facts=[share],
            reported={"share": 0.5},
            proposals=[],
            territories=[Territory(id="valley", name="the valley")],
        )
        assert kinds(packages(scenario, AtLeast("share", 1), as_of=DAY)) == [
            [SupposedFact("share", 1)]
        ]
        assert not len(packages(scenario, Not(AtMost("share", 1)), as_of=DAY))
        (below,) = packages(scenario, Not(AtLeast("share", 0.1)), as_of=DAY)
        assert 0 <= below.shifts[0].supposed.value.value < Decimal("0.1")

    def test_an_act_once_done_stays_done(self):
        found = packages(situation(), ~Done("done"), as_of=DAY)
        assert found.obstacles == (Obstacle(Reason.DONE, Not(Done("done"))),)

    def test_what_needs_a_clause_not_to_be_fulfilled_waits_for_its_text(self):
        """Before the plan has entered, the promise is neither fulfilled nor not."""
        gates = [but("c", Done("vote"), Not(Fulfilled("promise")))]
        words_first = [SupposedWord(Accepts(party, "plan"), YES) for party in "AB"]
        (found,) = kinds(packages(situation(gates), Done("vote"), as_of=DAY))
        assert set(found) == {*words_first, SupposedFact("vote", True)}
        words = [word(party, YES) for party in "AB"]
        in_force = situation(gates, words)
        assert kinds(packages(in_force, Done("vote"), as_of=DAY)) == [[SupposedFact("vote", True)]]

    @pytest.mark.parametrize("asked", [AtMost("freed", 20), ~AtLeast("freed", 30)])
    def test_a_number_counted_from_the_start_never_falls(self, asked):
        """Of thirty released so far there are never fewer again; there may be more."""
        freed = Quantity(id="freed", text="released", unit="people", cumulative=True, by=["A"])
        scenario = situation(facts=[freed], reported={"freed": 30}, proposals=[])
        found = packages(scenario, asked, as_of=DAY)
        assert found.obstacles == (Obstacle(Reason.COUNTED, asked),)
        assert sequence(scenario, asked, as_of=DAY).deadlocks.blocked
        more = packages(scenario, AtLeast("freed", 40), as_of=DAY)
        assert kinds(more) == [[SupposedFact("freed", 40)]]

    def test_a_meaning_is_agreed_by_those_who_read_it_otherwise(self):
        scenario = situation([but("c", Done("vote"), CALM, by="B")])
        found = packages(scenario, CALM, as_of=DAY)
        agreed = {
            shift.supposed.meaning: shift.who
            for package in found
            for shift in package.shifts
            if isinstance(shift.supposed, SupposedMeaning)
        }
        assert agreed == {"no-curfew": ("B",), "calm": ("A",)}

    def test_where_nobody_reads_it_otherwise_those_who_demand_it(self):
        loose = Vague(
            id="loose",
            text="loose",
            meanings=[Meaning(id="one", text="one", condition=Done("done"))],
        )
        scenario = situation([but("c", Done("vote"), loose, by="B")])
        (found,) = packages(scenario, loose, as_of=DAY)
        assert found.who == ("B",)

    def test_a_meaning_that_is_agreed_can_be_agreed_otherwise(self):
        scenario = situation([but("c", Done("vote"), CALM)])
        agreed = suppose(scenario, since=DAY, meanings={"calm-enough": "calm"})
        assert (
            kinds(packages(agreed, CALM, as_of=DAY))
            == [
                [SupposedFact("calm", True)],
                [SupposedMeaning("calm-enough", "no-curfew"), SupposedFact("curfew", False)],
            ]
            or len(packages(agreed, CALM, as_of=DAY)) == 2
        )

    def test_all_the_meanings_that_there_can_be_do_too(self):
        both = Vague(
            id="both",
            text="both",
            meanings=[
                Meaning(id="vote", text="a vote", condition=Done("vote")),
                Meaning(id="calm", text="calm", condition=Holds("calm")),
            ],
            complete=True,
        )
        found = kinds(packages(situation([but("c", Done("done"), both)]), both, as_of=DAY))
        assert {frozenset(map(type, each)) for each in found} == {
            frozenset({SupposedMeaning, SupposedFact}),
            frozenset({SupposedFact}),
        }

    def test_a_demand_without_a_meaning_stands_in_the_way(self):
        scenario = situation([but("c", Done("vote"), OPEN)])
        found = packages(scenario, Done("vote"), as_of=DAY)
        assert found.unnamed == (OPEN,)
        assert found.obstacles == (Obstacle(Reason.NO_MEANING, OPEN),)

    def test_it_does_so_negated_too(self):
        """What dignity is nobody has said, so that nothing is known to violate it either."""
        gates = [but("c", Done("vote"), Not(OPEN))]
        for target in (Not(OPEN), Done("vote"), Done("vote") & ~Holds("curfew")):
            found = packages(situation(gates), target, as_of=DAY)
            assert found.unnamed == (OPEN,)
            assert found.obstacles == (Obstacle(Reason.NO_MEANING, OPEN),)

    def test_so_does_one_that_stands_in_the_target_alone(self):
        found = packages(situation(), CALM, as_of=DAY)
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.NOT_RECORDED, CALM),)

    def test_a_text_that_has_run_out_stands_in_the_way(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], ends=Moment("2025-02-01"))
        found = packages(situation(proposals=[plan]), InForce(PLAN), as_of=DAY)
        assert found.obstacles == (Obstacle(Reason.ENDED, InForce(PLAN)),)

    def test_a_deadlock_stands_in_the_way(self):
        gates = [but("c", Done("vote"), Holds("calm")), but("d", Holds("calm"), Done("vote"))]
        found = packages(situation(gates), Done("vote"), as_of=DAY)
        assert found.obstacles == (Obstacle(Reason.ORDER, None),)
        assert (
            len(
                packages(
                    suppose(situation(gates), since=DAY, without=["d"]), Done("vote"), as_of=DAY
                )
            )
            == 1
        )

    def test_what_must_come_first_cannot_be_undone_first(self):
        """The plan is kept only without the curfew, and the vote is held only under it.

        So the depot is never handed over after both, though each is so at some time: no curfew
        now, the vote in the end.
        """
        plan = Provision(
            id="quiet",
            text="no curfew, and all trucks",
            duties=[Duty(by=["B"], requires=~Holds("curfew") & AtLeast("trucks", 9))],
        )
        gates = [
            but("c", Done("done"), Fulfilled("quiet") & Done("vote")),
            but("d", Done("vote"), Holds("curfew"), Timing.TOGETHER),
        ]
        text = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[plan])
        reported = {"vote": False, "done": False, "curfew": False, "trucks": 0}
        scenario = situation(gates, [word("A", YES)], reported, proposals=[text])
        found = packages(scenario, Done("done"), as_of=DAY)
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.ORDER, None),)
        assert sequence(scenario, Done("done"), as_of=DAY).layers == ()
        apart = suppose(scenario, since=DAY, without=["d"])
        changes = [
            SupposedFact("trucks", 9),
            SupposedFact("vote", True),
            SupposedFact("done", True),
        ]
        (found,) = kinds(packages(apart, Done("done"), as_of=DAY))
        assert set(found) == set(changes)

    def test_what_follows_a_trigger_is_broken_only_once_it_was_pulled(self):
        """Calm follows the vote; while it is calm that is not broken, before the vote and after."""
        gates = [but("c", Done("done"), Not(When(Done("vote"), Holds("calm"))), Timing.TOGETHER)]
        reported = {"vote": False, "done": False, "calm": True}
        scenario = situation(gates, reported=reported)
        changes = {SupposedFact(name, name != "calm") for name in reported}
        assert [set(each) for each in kinds(packages(scenario, Done("done"), as_of=DAY))] == [
            changes
        ]
        kept = packages(scenario, Done("done"), as_of=DAY, fixed=["calm"])
        assert not len(kept)

    def test_what_only_time_brings_needs_what_it_needs_at_one_time(self):
        """A text that starts in April, under a curfew and without one, never does."""
        plan = Proposal(id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"))
        both = Holds("curfew") & ~Holds("curfew")
        scenario = situation([but("c", InForce(PLAN), both)], proposals=[plan])
        assert not len(packages(scenario, InForce(PLAN), as_of=DAY))
        one = situation([but("c", InForce(PLAN), ~Holds("curfew"))], proposals=[plan])
        (found,) = packages(one, InForce(PLAN), as_of=DAY)
        assert {each.supposed for each in found.shifts} == {
            SupposedFact("curfew", False),
            SupposedWord(Accepts("A", PLAN), YES),
        }
        assert found.wait_until == datetime(2025, 4, 1, tzinfo=UTC)

    def test_a_text_in_force_is_ended_by_whoever_accepted_it(self):
        """Where it has an end of its own, no word ends it before that."""
        words = [word(party, YES) for party in PARTIES]
        out = Not(InForce(PLAN))
        found = packages(situation(statements=words), out, as_of=DAY)
        assert sorted(kinds(found), key=str) == [
            [SupposedWord(Accepts(party, PLAN), NO)] for party in PARTIES
        ]
        ends = Moment("2025-12-31")
        plan = Proposal(id=PLAN, title="the plan", to=PARTIES, ends=ends)
        dated = situation(statements=words, proposals=[plan])
        (found,) = packages(dated, out, as_of=DAY)
        assert (found.shifts, found.wait_until) == ((), datetime(2026, 1, 1, tzinfo=UTC))

    def test_a_plain_word_of_one_does_not_keep_it_in_force_that_another_rejects_it(self):
        """A has accepted it, and later with conditions nobody has recorded: it stays in force."""
        later = evolve(
            word("A", YES_BUT), id="later", date=Moment("2025-03-02"), reported=Moment("2025-03-02")
        )
        scenario = situation(statements=[*(word(party, YES) for party in PARTIES), later])
        assert evaluate(scenario, InForce(PLAN), as_of="2025-03-02").verdict is Verdict.MET
        target = Accepts("A", PLAN) & Not(InForce(PLAN))
        (found,) = kinds(packages(scenario, target, as_of="2025-03-02"))
        words = (Accepts("A", PLAN), YES), (Accepts("B", PLAN), NO)
        assert set(found) == {SupposedWord(*each) for each in words}

    def test_one_that_can_be_denounced_runs_out_so_long_after(self):
        """Notice of 14 days, given on the 1st: to the end of the 15th; nobody need reject it."""
        words = [word(party, YES) for party in PARTIES]
        ends = After(Done("vote"), days(14))
        plan = Proposal(id=PLAN, title="the plan", to=PARTIES, ends=ends)
        scenario, out = situation(statements=words, proposals=[plan]), Not(InForce(PLAN))
        (found,) = packages(scenario, out, as_of=DAY)
        assert [each.supposed for each in found.shifts] == [SupposedFact("vote", True)]
        assert found.wait_until == datetime(2025, 3, 16, tzinfo=UTC)
        (layer,) = sequence(scenario, out, as_of=DAY).layers
        steps = {step.thing: step.until for step in layer}
        assert (steps[Done("vote")], steps[out]) == (None, datetime(2025, 3, 16, tzinfo=UTC))

    def test_one_that_is_still_to_be_tabled_is_refused_once_it_is(self):
        """All have accepted it already, so that it enters on that day if nobody rejects it."""
        plan = Proposal(id=PLAN, title="the plan", to=["A"], tabled=Moment("2025-04-01"))
        for said in ([], [word("A", YES)]):
            scenario = situation(statements=said, proposals=[plan])
            (found,) = packages(scenario, Not(InForce(PLAN)), as_of=DAY)
            assert [each.supposed for each in found.shifts] == [
                SupposedWord(Accepts("A", PLAN), NO)
            ]
            assert found.wait_until == datetime(2025, 4, 1, tzinfo=UTC)

    def test_what_must_stay_so_must_be_so_in_the_end(self):
        gates = [but("c", Done("vote"), Holds("curfew"), Timing.WHILE)]
        scenario = situation(gates)
        assert len(packages(scenario, Done("vote"), as_of=DAY)) == 1
        assert not len(packages(scenario, Done("vote") & ~Holds("curfew"), as_of=DAY))

    def test_what_only_a_date_can_end_is_waited_for(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"))
        scenario = situation(proposals=[plan])
        (found,) = packages(scenario, InForce(PLAN), as_of=DAY)
        assert found.wait_until == Moment("2025-04-01").as_start(scenario.zone)[0]
        after = found.suppose(scenario, since=DAY)
        assert evaluate(after, InForce(PLAN), as_of=DAY).verdict is Verdict.PENDING
        assert evaluate(after, InForce(PLAN), as_of="2025-04-01").verdict is Verdict.MET
        accepted = suppose(scenario, since=DAY, words={Accepts("A", PLAN): YES})
        (wait,) = packages(accepted, InForce(PLAN), as_of=DAY)
        assert wait.shifts == ()
        assert wait.wait_until is not None

    def test_so_is_a_deadline_after_which_something_is_not_fulfilled(self):
        promise = Provision(
            id="promise",
            text="a vote",
            duties=[Duty(by=["A"], requires=Done("vote"))],
            due=Moment("2025-04-01"),
        )
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[promise])
        signed = situation([], [word("A", YES)], reported={}, proposals=[plan])
        (found,) = packages(signed, ~Fulfilled("promise"), as_of=DAY)
        assert found.shifts[0].supposed == SupposedFact("vote", False)
        assert found.wait_until is not None
        # What was reported before is carried over it, and that it was missed takes a word.
        silent = situation([], [word("A", YES)], proposals=[plan])
        assert not len(packages(silent, ~Fulfilled("promise"), as_of=DAY))

    def test_the_state_of_a_text_decides_where_it_is_reported_or_asked_for(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], in_force="calm")
        reported = situation(proposals=[plan], reported={"calm": False})
        assert kinds(packages(reported, InForce(PLAN), as_of=DAY)) == [[SupposedFact("calm", True)]]
        silent = situation(proposals=[plan], reported={})
        assert kinds(packages(silent, InForce(PLAN), as_of=DAY)) == [
            [SupposedWord(Accepts("A", PLAN), YES)]
        ]
        both = packages(silent, InForce(PLAN) & Holds("calm"), as_of=DAY)
        assert kinds(both) == [[SupposedFact("calm", True)]]

    def test_what_has_been_so_stays_and_what_may_still_be_so_can_be_brought_about(self):
        assert kinds(packages(situation(), Ever(Done("vote")), as_of=DAY)) == [
            [SupposedFact("vote", True)]
        ]
        assert len(packages(situation(), Ever(Done("done")) & Holds("calm"), as_of=DAY)) == 1
        deadline = By(Done("done"), Moment("2025-06-01"))
        assert kinds(packages(situation(), deadline, as_of=DAY)) == [[]]
        ahead = By(Done("vote"), Moment("2025-06-01"))
        assert kinds(packages(situation(), ahead, as_of=DAY)) == [[SupposedFact("vote", True)]]

    def test_a_deadline_that_has_passed_and_what_is_broken_stand_in_the_way(self):
        missed = By(Done("vote"), Moment("2025-02-01"))
        broken = Throughout(~Holds("curfew"), START)
        for past in (missed, broken, Not(Ever(Done("done")))):
            found = packages(situation(), past, as_of=DAY)
            assert not len(found)
            assert found.obstacles == (Obstacle(Reason.ENDED, past),)

    def test_what_is_owed_once_something_happened_takes_that_and_what_is_owed(self):
        owed = When(Done("done"), Done("vote"))
        assert kinds(packages(situation(), owed, as_of=DAY)) == [[SupposedFact("vote", True)]]
        both = When(Holds("calm"), Done("vote"))
        (found,) = kinds(packages(situation(), both, as_of=DAY))
        assert set(found) == {SupposedFact("calm", True), SupposedFact("vote", True)}
        undone = Not(When(Done("done"), Holds("curfew")))
        assert kinds(packages(situation(), undone, as_of=DAY)) == [[SupposedFact("curfew", False)]]

    def test_what_must_last_is_waited_for_from_now_on_or_from_its_start(self):
        (week,) = packages(situation(), HeldFor(Holds("calm"), days(7)), as_of=DAY)
        assert [shift.supposed for shift in week.shifts] == [SupposedFact("calm", True)]
        assert week.wait_until == datetime(2025, 3, 9, tzinfo=UTC) - TICK  # DAY is its last instant
        assert [each.thing for each in week.waits] == [HeldFor(Holds("calm"), days(7))]
        later = Throughout(Holds("calm"), Moment("2025-04-01"))
        (spring,) = packages(situation(), later, as_of=DAY)
        assert spring.wait_until == datetime(2025, 4, 1, tzinfo=UTC)

    def test_what_would_break_a_history_is_no_package(self):
        kept = Throughout(Holds("curfew"), START)
        assert len(packages(situation(), kept & Holds("calm"), as_of=DAY)) == 1
        assert not len(packages(situation(), kept & ~Holds("curfew"), as_of=DAY))
        plan = Proposal(id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"))
        later = packages(situation(proposals=[plan]), InForce(PLAN) & kept, as_of=DAY)
        assert later[0].wait_until is not None

    def test_what_would_last_too_long_for_its_deadline_is_no_package(self):
        lasting = HeldFor(Holds("calm"), days(7))
        soon = By(lasting, Moment("2025-03-05"))
        none = packages(situation(), soon, as_of=DAY)
        assert (none.found, none.is_complete) == ((), True)  # what was tried is not tried again
        (later,) = packages(situation(), By(lasting, Moment("2025-03-20")), as_of=DAY)
        assert later.wait_until == datetime(2025, 3, 9, tzinfo=UTC) - TICK

    def test_the_largest_number_has_nothing_beyond_it(self):
        target = AtLeast("troops", 10**15)
        assert kinds(packages(situation(), target, as_of=DAY)) == [[SupposedFact("troops", 10**15)]]
        assert not len(packages(situation(), Not(AtMost("troops", 10**15)), as_of=DAY))

    def test_circles_of_acceptances_are_carried_only_at_once(self):
        for timing, expected in ((Timing.TOGETHER, 1), (Timing.BEFORE, 0)):
            gates = [
                but("a", Accepts("A", PLAN), Accepts("B", PLAN) & Holds("calm"), timing, "A"),
                but("b", Accepts("B", PLAN), Accepts("A", PLAN), timing, "B"),
            ]
            said = [word(party, YES_BUT) for party in PARTIES]
            found = packages(situation(gates, said), InForce(PLAN), as_of=DAY)
            by_facts = [p for p in found if isinstance(p.shifts[0].supposed, SupposedFact)]
            assert sum(len(p.shifts) == 1 for p in by_facts) == expected
            never = packages(situation(gates, said), ~InForce(PLAN), as_of=DAY)
            assert len(never) >= 1

    def test_one_met_already_is_the_empty_package(self):
        (found,) = packages(situation(), Done("done"), as_of=DAY)
        assert (found.shifts, found.wait_until, found.cost, found.who) == ((), None, 0, ())
        assert kinds(packages(situation(), AllOf([]), as_of=DAY)) == [[]]

    def test_what_nothing_meets_has_no_package_and_no_obstacle_to_name(self):
        found = packages(situation(), AnyOf([]), as_of=DAY)
        assert (len(found), found.obstacles, found.is_complete) == (0, (), True)


def wide() -> tuple[Scenario, AllOf]:
    """A target that 2 to the power of 100 packages would meet."""
    facts = [State(id=f"s{n}", text="s") for n in range(200)]
    pairs = [Holds(f"s{n}") | Holds(f"s{n + 100}") for n in range(100)]
    return situation(facts=facts, reported={}, proposals=[]), AllOf(pairs)


class TestTerms:
    TARGET = Holds("calm") | (Done("vote") & ~Holds("curfew"))

    def test_what_is_held_fixed_stays(self):
        found = packages(situation(), self.TARGET, as_of=DAY, fixed=["calm"])
        assert len(found) == 1
        assert {shift.supposed.fact for shift in found[0].shifts} == {"vote", "curfew"}
        none = packages(situation(), self.TARGET, as_of=DAY, fixed=["calm", "vote"])
        assert none.obstacles == (Obstacle(Reason.FIXED, Holds("calm")),)

    def test_a_word_and_a_meaning_can_be_held_fixed_too(self):
        scenario = situation([but("c", Done("vote"), CALM)])
        assert not len(packages(scenario, CALM, as_of=DAY, fixed=[CALM]))
        fixed = [Accepts("A", PLAN)]
        assert not len(packages(scenario, InForce(PLAN), as_of=DAY, fixed=fixed))

    def test_the_cheapest_comes_first(self):
        cheap = packages(situation(), self.TARGET, as_of=DAY, costs={"calm": 2.5})
        assert [package.cost for package in cheap] == [2, Decimal("2.5")]
        record = situation().fact("calm")
        dear = packages(situation(), self.TARGET, as_of=DAY, costs={record: Decimal("0.5")})
        assert [package.cost for package in dear] == [Decimal("0.5"), 2]

    def test_the_limit_and_the_time_are_explicit(self):
        cut = packages(situation(), self.TARGET, as_of=DAY, limit=1)
        assert (len(cut), cut.is_complete) == (1, False)
        whole = packages(situation(), self.TARGET, as_of=DAY, limit=2, seconds=60)
        assert (len(whole), whole.is_complete) == (2, True)
        assert isinstance(whole[1], Package)
        patient = packages(situation(), self.TARGET, as_of=DAY, seconds=float("inf"))
        assert (len(patient), patient.is_complete) == (2, True)
        late = packages(*wide(), as_of=DAY, limit=10**9, seconds=0.01)
        assert (late.is_complete, late.obstacles) == (False, ())

    def test_the_iterator_looks_no_further_than_asked(self):
        few = list(islice(iter_packages(*wide(), as_of=DAY), 3))
        assert [len(package.shifts) for package in few] == [100, 100, 100]

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            ({"costs": {"calm": 0}}, ModelError, "a cost must be more than 0, got 0 for 'calm'"),
            ({"costs": {Accepts("A", PLAN): -1}}, ModelError, "got -1 for 'A on plan'"),
            ({"costs": {"calm": 1e9, "vote": 1e-9}}, ModelError, "too far apart"),
            ({"costs": {"calm": 1, situation().fact("calm"): 2}}, ModelError, "named twice"),
            ({"costs": {"quiet": 1}}, UnknownIdError, "no fact or vague demand 'quiet'"),
            ({"fixed": ["calm-enough"]}, UnknownIdError, "no fact or vague demand"),
            ({"fixed": [CALM]}, UnknownIdError, "no vague demand 'calm-enough'"),
            ({"fixed": [State(id="calm", text="other")]}, UnknownIdError, "no fact 'calm'"),
            ({"fixed": [Accepts("C", PLAN)]}, ScenarioError, "no party 'C'"),
            ({"fixed": [3]}, ModelError, "what can change is the id"),
            ({"limit": 0}, ModelError, "limit must be 1 or more"),
            ({"limit": 1.5}, ModelError, "limit must be a whole number, got 1.5"),
            ({"limit": "3"}, ModelError, "limit must be a whole number, got '3'"),
            ({"limit": True}, ModelError, "limit must be a whole number, got True"),
            ({"seconds": 0}, ModelError, "seconds must be a number more than 0"),
            ({"trust": Trust.of_party("C")}, UnknownIdError, "no party 'C'"),
        ],
    )
    def test_bad_input_gets_one_clear_error(self, options, error, message):
        with pytest.raises(error, match=message):
            packages(situation(), Holds("calm") & Done("vote"), as_of=DAY, **options)

    def test_an_id_of_two_things_is_not_guessed(self):
        twin = Vague(id="calm", text="calm")
        scenario = situation([but("c", Done("vote"), twin)])
        with pytest.raises(ModelError, match="a fact and a demand"):
            packages(scenario, Done("vote"), as_of=DAY, fixed=["calm"])

    def test_a_target_is_a_condition_or_a_record_by_its_id(self):
        by_id = packages(situation(), PLAN, as_of=DAY)
        assert by_id.found == packages(situation(), InForce(PLAN), as_of=DAY).found
        with pytest.raises(UnknownIdError):
            packages(situation(), "", as_of=DAY)


class TestTheProposalOf13March2025:
    SCENARIO, TARGET, DAY = load_case("us-30-day-2025"), InForce("us-30-day"), "2025-03-13"

    def test_the_only_package_is_moscows_final_word(self):
        found = packages(self.SCENARIO, self.TARGET, as_of=self.DAY)
        assert kinds(found) == [[SupposedWord(Accepts("RU", "us-30-day"), YES)]]
        assert found[0].who == ("RU",)
        assert {demand.id for demand in found.unnamed} == {"long-term-peace", "army-limit"}

    def test_once_the_way_is_free_moscows_conditions_can_be_met_and_meanings_must_be_agreed(self):
        without = ["ru-long-term-peace", "ru-army-limit", "ru-election"]
        free = suppose(self.SCENARIO, since=self.DAY, without=without)
        found = packages(free, self.TARGET, as_of=self.DAY)
        assert len(found) == 7
        for package in list(found)[1:]:
            agreed = {
                shift.supposed.vague
                for shift in package.shifts
                if isinstance(shift.supposed, SupposedMeaning)
            }
            assert agreed == {"crucial-conditions", "root-causes", "no-regrouping"}
            after = package.suppose(free, since=self.DAY)
            assert evaluate(after, self.TARGET, as_of=self.DAY).verdict is Verdict.MET

    def test_the_election_takes_the_steps_before_it(self):
        (found,) = packages(self.SCENARIO, Done("election"), as_of=self.DAY)
        assert set(found.who) == {"RU", "UA"}
        assert len(found.shifts) == 3


# Histories: the same by supposing every set of changes


HABITS = ("h0", "h1", "h2", "h3")


def habits(values) -> Scenario:
    """States, and one act, each reported as so or as not so, or not reported."""
    facts = [*(State(id=name, text=name) for name in HABITS[:3]), Act(id="h3", text="h3")]
    return Scenario(
        title="habits",
        facts=facts,
        sources=[Source(id="wire", name="The Wire")],
        observations=[
            Observation(fact=name, value=value, source="wire", since=Moment("2025-02-01"))
            for name, value in zip(HABITS, values, strict=True)
            if value is not None
        ],
    )


LEAVES = [
    *(Holds(name) for name in HABITS[:3]),
    *(~Holds(name) for name in HABITS[:3]),
    Done("h3"),
]


def over_time(inner):
    return st.one_of(
        inner.map(Ever),
        st.builds(By, inner, st.sampled_from([Moment("2025-01-15"), Moment("2025-09-01")])),
        st.builds(When, inner, inner),
    )


leaf = st.sampled_from(LEAVES)
combined = st.lists(leaf | over_time(leaf), min_size=1, max_size=3)
timed = st.one_of(
    over_time(leaf | combined.map(AllOf) | combined.map(AnyOf)),
    combined.map(AllOf),
    combined.map(AnyOf),
)


@settings(max_examples=at_most(60), deadline=None)
@given(st.tuples(*[st.sampled_from([True, False, None])] * 4), timed)
def test_packages_for_histories_are_the_smallest_changes_that_supposing_confirms(values, target):
    scenario = habits(values)
    changes = [(name, value) for name in HABITS for value in (True, False)]
    changes = [(n, v) for n, v in changes if dict(zip(HABITS, values, strict=True))[n] is not v]
    enough = set()
    for size in range(5):
        for chosen in combinations(changes, size):
            one = frozenset(chosen)
            if len(dict(chosen)) < size or ("h3", False) in one or any(e < one for e in enough):
                continue
            if is_met(suppose(scenario, dict(chosen), since=DAY), target):
                enough.add(one)
    found = {
        frozenset((shift.supposed.fact, shift.supposed.value.value) for shift in package.shifts)
        for package in iter_packages(scenario, target, as_of=DAY)
    }
    assert found == enough
