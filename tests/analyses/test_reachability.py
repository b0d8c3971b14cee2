"""What goodwill can bring about, and a second way to find it out, straight from the definition."""

from __future__ import annotations

from functools import cache
from itertools import chain, combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Basis,
    By,
    Delay,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Moment,
    Not,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    Throughout,
    Times,
    Timing,
    Trust,
    Unit,
    Vague,
    Verdict,
    When,
    evaluate,
)
from ceasefire_model.analyses.openings import (
    evaluation_of,
    implies,
    is_reached,
    opened,
    things_in,
)
from ceasefire_model.analyses.reachability import Web
from ceasefire_model.conditions import walk
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import view
from tests.examples import at_most

DAY = "2025-03-01"
START = Moment(DAY)
PARTIES = ("A", "B")
PLAN = "plan"

FACTS = [
    Act(id="vote", text="a vote is held", by=["A"]),
    Act(id="done", text="the depot is handed over", by=["B"]),
    State(id="curfew", text="a curfew is in force", by=["B"]),
    State(id="calm", text="it is calm"),
    Quantity(id="troops", text="soldiers in the valley", unit="soldiers", by=["A"]),
    Quantity(id="trucks", text="trucks of aid", unit="trucks", by=["B"]),
    Question(id="who", text="who watches?", asked_by="A", asked=START, asked_of=["B"]),
]
REPORTED = {"vote": False, "done": True, "curfew": True, "troops": 40}

PROMISE = Provision(
    id="promise",
    text="the vote is held and the curfew lifted",
    duties=[
        Duty(by=["A"], requires=Done("vote")),
        Duty(by=["B"], requires=~Holds("curfew")),
    ],
)
CALM = Vague(
    id="calm-enough",
    text="it is calm enough",
    meanings=[
        Meaning(id="no-curfew", text="no curfew", condition=~Holds("curfew"), held_by=["A"]),
        Meaning(id="calm", text="calm", condition=Holds("calm"), held_by=["B"]),
    ],
)
OPEN = Vague(id="dignity", text="dignity is kept")


def word(party: str, stance: Stance, of: str = PLAN) -> Statement:
    return Statement(
        id=f"word-{party}-{of}",
        speaker=party,
        party=party,
        date=START,
        about=About(proposal=of) if of == PLAN else About(provision=of),
        text=stance.value,
        source="wire",
        stance=stance,
    )


def but(name: str, of, needs, timing=Timing.BEFORE, by: str | None = "A") -> Precondition:
    basis = Basis.INFERRED if by is None else Basis.STATED
    return Precondition(
        id=name, of=of, needs=needs, timing=timing, held_by=by, basis=basis, text=f"need {name}"
    )


def situation(preconditions=(), statements=(), reported=REPORTED, **other) -> Scenario:
    """Two parties and a plan."""
    fields = {
        "title": "Two parties and a plan",
        "parties": [Party(id=name, name=f"Party {name}") for name in PARTIES],
        "facts": FACTS,
        "sources": [Source(id="wire", name="The wire")],
        "observations": [
            Observation(fact=fact, value=value, source="wire", since=START)
            for fact, value in reported.items()
        ],
        "proposals": [Proposal(id=PLAN, title="the plan", to=PARTIES, provisions=[PROMISE])],
        "preconditions": preconditions,
        "statements": statements,
    }
    return Scenario(**(fields | other))


def web(scenario: Scenario, *roots) -> Web:
    evaluation = evaluation_of(scenario, DAY, None, None)
    return Web.of(evaluation, roots or scenario.index.gates)


# The same by definition, over all things that there are


THINGS = [
    *(Done(name) for name in ("vote", "done")),
    *(Holds(name) for name in ("curfew", "calm")),
    *(AtLeast("troops", count) for count in (20, 50, 60)),
    *(AtMost("troops", count) for count in (30, 50)),
    *(Accepts(party, PLAN) for party in PARTIES),
    *(Accepts(party, "promise") for party in PARTIES),
    InForce(PLAN),
    InForce("promise"),
    Fulfilled("promise"),
    Fulfilled("promise", "A"),
    Answered("who"),
    CALM,
    OPEN,
]
SIGNED = [*THINGS, *map(Not, THINGS)]
TROOPS = (10, 20, 25, 30, 40, 50, 55, 60, 70)
"""A number at each threshold above, between any two, and beyond."""


@cache
def entails(one, other) -> bool:
    """Whether one thing is never so without the other, by trying all numbers."""
    if one == other:
        return True
    numbers = [where(thing) for thing in (one, other)]
    if all(number is not None for number in numbers):
        return numbers[0] <= numbers[1]
    pairs = [
        (Accepts("A", PLAN), Accepts("A", "promise")),
        (Accepts("B", PLAN), Accepts("B", "promise")),
        (Fulfilled("promise"), Fulfilled("promise", "A")),
    ]
    return (one, other) in pairs or any(one == Not(b) and other == Not(a) for a, b in pairs)


def where(thing) -> set[int] | None:
    """The numbers of soldiers at which a thing about them is so."""
    if isinstance(thing, Not):
        inside = where(thing.part)
        return None if inside is None else set(TROOPS) - inside
    if isinstance(thing, AtLeast):
        return {count for count in TROOPS if count >= thing.value}
    if isinstance(thing, AtMost):
        return {count for count in TROOPS if count <= thing.value}
    return None


@cache
def comes_to(thing):
    """The condition that a thing comes to."""
    leaf, negated = (thing.part, True) if isinstance(thing, Not) else (thing, False)
    if leaf == InForce(PLAN):
        inner = AllOf([Accepts(party, PLAN) for party in PARTIES])
    elif leaf == InForce("promise"):
        inner = InForce(PLAN)
    elif leaf == Fulfilled("promise"):
        inner = AllOf([Done("vote"), ~Holds("curfew")])
    elif leaf == Fulfilled("promise", "A"):
        inner = Done("vote")
    elif leaf == CALM:
        return AnyOf([Not(m.condition) if negated else m.condition for m in CALM.meanings])
    elif thing == Not(Done("done")):
        return AnyOf([])
    else:
        return AllOf([])
    return Not(inner) if negated else inner


def is_gated(thing, gate, held) -> bool:
    """Whether a precondition bears on a thing: it implies what is gated, or completes it."""
    if entails(thing, gate.of):
        return True
    leaf, negated = (gate.of.part, True) if isinstance(gate.of, Not) else (gate.of, False)
    if leaf not in (Fulfilled("promise"), Fulfilled("promise", "A")):
        return False
    after = held | {other for other in SIGNED if entails(thing, other)}
    parts = signed_flat(comes_to(leaf), negated=negated)
    completes = thing in parts and met_by(comes_to(leaf), after, negated=negated)
    return completes and thing not in made_of(gate.needs)


def made_of(condition) -> set:
    """The things that a condition is made of, and those that these are made of."""
    found, waiting = set(), [thing for thing in SIGNED if thing in signed_flat(condition)]
    while waiting:
        thing = waiting.pop()
        if thing not in found:
            found.add(thing)
            waiting += signed_flat(comes_to(thing))
    return found


@cache
def signed_flat(condition, *, negated=False) -> set:
    """The things in a condition, demands unopened."""
    if isinstance(condition, Not):
        return signed_flat(condition.part, negated=not negated)
    if not has_parts(condition):
        return {Not(condition) if negated else condition}
    return set().union(*(signed_flat(part, negated=negated) for part in condition.parts))


def can_be(condition) -> bool:
    """Whether some world satisfies a condition, by trying all that it names."""
    leaves, waiting = set(), [condition]
    while waiting:
        new = {part for part in walk(waiting.pop()) if not has_parts(part)} - leaves
        leaves |= new
        waiting += map(comes_to, new)  # a clause to its text, and that to who has to accept it
    free = [leaf for leaf in leaves if where(leaf) is None]
    each_number = ({leaf for leaf in leaves if count in (where(leaf) or ())} for count in TROOPS)
    for numbers in dict.fromkeys(map(frozenset, each_number)):
        for chosen in powerset(free):
            so = numbers | set(chosen)
            world = so | {Not(leaf) for leaf in leaves - so}
            implied = (comes_to(leaf) for leaf in so if isinstance(leaf, (InForce, Fulfilled)))
            if met_by(condition, world) and all(met_by(each, world) for each in implied):
                return True
    return False


def has_parts(condition) -> bool:
    return isinstance(condition, (AllOf, AnyOf, AtLeastOf, Not))


def met_by(condition, things, *, negated=False) -> bool:
    """Whether a condition follows from things, by its meaning."""
    match condition:
        case AllOf(parts=parts):
            found = [met_by(part, things, negated=negated) for part in parts]
            return any(found) if negated else all(found)
        case AnyOf(parts=parts):
            found = [met_by(part, things, negated=negated) for part in parts]
            return all(found) if negated else any(found)
        case AtLeastOf(count=count, parts=parts):
            found = [met_by(part, things, negated=negated) for part in parts]
            return sum(found) > len(parts) - count if negated else sum(found) >= count
        case Not(part=part):
            return met_by(part, things, negated=not negated)
    return (Not(condition) if negated else condition) in things


def rounds(scenario: Scenario, kept=None, together=()) -> list[set]:
    """What is reached at first, and after each step."""
    kept = scenario.preconditions if kept is None else kept
    held = held_in(scenario)
    possible = {each.id: can_be(each.needs) for each in kept}
    gates = {
        thing: [each for each in kept if each.of not in held and is_gated(thing, each, held)]
        for thing in SIGNED
        if thing not in held
    }

    has_term = not waits_for_the_promise(scenario)

    def allows(thing, before: set, now: set) -> bool:
        is_broken = isinstance(thing, Not) and isinstance(thing.part, Fulfilled)
        if has_term and is_broken and InForce("promise") not in now:
            return False  # nothing is owed before its text is in force
        return met_by(comes_to(thing), now) and all(
            possible[each.id]
            and met_by(
                each.needs,
                before if each.timing is Timing.BEFORE and each not in together else now,
            )
            for each in gates[thing]
        )

    found = [held]
    while True:
        now = set(SIGNED)
        while True:
            carried = {t for t in now if t in found[-1] or allows(t, found[-1], now)}
            if carried == now:
                break
            now = carried
        if now == found[-1]:
            return found
        found.append(now)


def waits_for_the_promise(scenario: Scenario) -> bool:
    """Whether who has to accept the plan needs the promise fulfilled: then it has no term."""
    waiting, seen = [Accepts(party, PLAN) for party in PARTIES], set()
    while waiting:
        word = waiting.pop()
        if word in seen:
            continue
        seen.add(word)
        own = [each for each in scenario.preconditions if each.held_by == word.party]
        for each in own:
            if each.of in (word, Accepts(word.party, PLAN)):
                parts = list(walk(each.needs))
                if any(isinstance(part, Fulfilled) for part in parts):
                    return True
                waiting += [part for part in parts if isinstance(part, Accepts)]
                if any(isinstance(part, InForce) for part in parts):
                    waiting += [Accepts(party, PLAN) for party in PARTIES]
    return False


def held_in(scenario: Scenario) -> set:
    """The things that are so; all are asked at once, which takes as long as one."""
    each = evaluate(scenario, AllOf(SIGNED), as_of=DAY).parts
    return {thing for thing, part in zip(SIGNED, each, strict=True) if part.verdict is Verdict.MET}


def stuck(scenario: Scenario, kept=None) -> set:
    return set(SIGNED) - rounds(scenario, kept)[-1]


def blocked(scenario: Scenario, kept=None) -> set:
    return set(SIGNED) - rounds(scenario, kept, scenario.preconditions)[-1]


def powerset(items):
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


# Small scenarios

FREE = [
    thing
    for thing in SIGNED
    if not (isinstance(thing, Not) and isinstance(thing.part, (Accepts, InForce)))
]
"""What may be needed: a circle of acceptances through a negation has no meaning."""


def needs(things=FREE):
    leaves = st.sampled_from(things)
    plain = [thing for thing in things if not isinstance(thing, (Accepts, InForce, Fulfilled))]
    pairs = st.lists(leaves, min_size=1, max_size=3)
    return st.one_of(
        leaves,
        pairs.map(AllOf),
        pairs.map(AnyOf),
        pairs.flatmap(lambda parts: st.integers(1, len(parts)).map(lambda n: AtLeastOf(n, parts))),
        st.lists(st.sampled_from(plain or [Holds("calm")]), max_size=2).map(
            lambda parts: Not(AnyOf([Not(part) for part in parts]))
        ),
        st.just(AnyOf([])),
    )


@st.composite
def small_scenarios(draw, most=5):
    """Up to so many preconditions over few things, so that they meet."""
    few = draw(st.lists(st.sampled_from(FREE), min_size=2, max_size=4, unique=True))
    gates = []
    for number in range(draw(st.integers(1, most))):
        of, condition = draw(st.sampled_from(few)), draw(needs(few))
        if of not in signed(condition) and of not in (CALM, OPEN, Not(CALM), Not(OPEN)):
            timing, by = draw(st.sampled_from(Timing)), draw(st.sampled_from((*PARTIES, None)))
            gates.append(but(f"c{number}", of, condition, timing, by))
    stances = st.sampled_from([None, Stance.ACCEPTS_WITH_CONDITIONS, Stance.REJECTS])
    said = [word(party, stance) for party in PARTIES if (stance := draw(stances))]
    return situation(gates, said)


def signed(condition, *, negated=False) -> set:
    """The things in a condition, those in meanings included."""
    if isinstance(condition, Vague):
        inner = [signed(meaning.condition, negated=negated) for meaning in condition.meanings]
        return {Not(condition) if negated else condition}.union(*inner)
    if isinstance(condition, Not):
        return signed(condition.part, negated=not negated)
    parts = getattr(condition, "parts", None)
    if parts is None:
        return {Not(condition) if negated else condition}
    return set().union(*(signed(part, negated=negated) for part in parts))


KEPT_OPEN = situation([but("c", ~Fulfilled("promise"), Done("vote"))])
"""A gate on a clause that is not fulfilled: to lift the curfew, which it requires, heeds none."""

FROM_CLAUSE = situation([but("c", Done("vote"), InForce("promise"))])
"""A clause that must be in force first: as its text is, once both have accepted that."""


@settings(max_examples=at_most(50), deadline=None)
@given(small_scenarios())
@example(KEPT_OPEN)
@example(FROM_CLAUSE)
def test_what_is_reached_step_by_step_is_the_least_fixpoint_by_definition(scenario):
    found, expected = web(scenario, *SIGNED), rounds(scenario)
    so_far = expected[0]
    assert set(found.gates) == set(SIGNED) - so_far
    for layer, after in zip(found.layers(), expected[1:], strict=True):
        so_far = so_far | set(layer)
        assert so_far == after


@settings(max_examples=at_most(40), deadline=None)
@given(small_scenarios())
@example(KEPT_OPEN)
@example(FROM_CLAUSE)
def test_what_is_blocked_is_what_the_greatest_fixpoint_leaves_out(scenario):
    found = web(scenario, *SIGNED)
    assert set(found.blocked()) == blocked(scenario)
    assert set(found.stuck()) == stuck(scenario)


@given(st.sampled_from(SIGNED), st.sampled_from(SIGNED))
def test_one_thing_implies_another_as_all_numbers_say(one, other):
    assert implies(view(situation(), as_of=DAY), one, other) is entails(one, other)


@given(needs(), st.sets(st.sampled_from(SIGNED)))
def test_a_condition_is_reached_as_its_meaning_says(condition, things):
    assert is_reached(condition, things.__contains__) is met_by(condition, things)
    assert is_reached(Not(condition), things.__contains__) is met_by(
        condition, things, negated=True
    )


class TestImplies:
    def test_a_provision_with_a_word_of_its_own_does_not_follow_the_whole(self):
        own = situation(statements=[word("A", Stance.REJECTS, "promise")])
        assert not implies(view(own, as_of=DAY), Accepts("A", PLAN), Accepts("A", "promise"))

    def test_multiples_are_compared_only_where_they_are_the_same(self):
        seen = view(situation(), as_of=DAY)
        twice = AtLeast("troops", Times(2, "trucks"))
        assert implies(seen, twice, twice)
        assert not implies(seen, twice, AtLeast("troops", Times(1, "trucks")))
        assert not implies(seen, twice, AtLeast("troops", 2))
        assert implies(seen, Not(AtMost("troops", Times(2, "trucks"))), twice)
        assert not implies(seen, twice, Not(AtMost("troops", Times(2, "trucks"))))


class TestOpening:
    def test_a_coalition_opens_to_its_members_unless_it_speaks_for_itself(self):
        league = Party(id="L", name="the League", members=["A", "B"])
        parties = [*(Party(id=name, name=name) for name in PARTIES), league]
        silent = situation(parties=parties)
        members = AllOf([Accepts("A", PLAN), Accepts("B", PLAN)])
        assert web(silent, Accepts("L", PLAN)).openings[Accepts("L", PLAN)] == members
        spoken = situation(parties=parties, statements=[word("L", Stance.REJECTS)])
        assert web(spoken, Accepts("L", PLAN)).openings[Accepts("L", PLAN)] == AllOf([])

    def test_a_text_whose_state_is_reported_needs_that_too(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], in_force="curfew")
        reported = situation(proposals=[plan], reported={"curfew": False})
        opening = web(reported, InForce(PLAN)).openings[InForce(PLAN)]
        assert opening == AllOf([Accepts("A", PLAN), Holds("curfew")])

    def test_a_text_that_has_run_out_is_out_of_reach(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], ends=Moment("2025-02-01"))
        assert set(web(situation(proposals=[plan]), InForce(PLAN)).blocked()) == {InForce(PLAN)}

    def test_a_text_that_still_runs_or_starts_later_is_not(self):
        plan = Proposal(
            id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"), ends=Moment("2026-01")
        )
        assert not web(situation(proposals=[plan]), InForce(PLAN)).blocked()

    def test_a_demand_of_which_one_meaning_is_agreed_opens_to_that(self):
        agreed = situation([but("c", Done("vote"), CALM)])
        evaluation = evaluation_of(agreed, DAY, None, Trust.of_party("B"))
        assert Web.of(evaluation, [CALM]).openings[CALM] == AnyOf([Holds("calm")])

    @pytest.mark.parametrize(
        "history",
        [
            Ever(Done("vote")),
            By(Done("vote"), Moment("2025-06-01")),
            HeldFor(Done("vote"), Delay(2, Unit.DAYS)),
            Throughout(Done("vote"), Moment("2025-06-01")),
            When(Done("done"), Done("vote")),
        ],
    )
    def test_a_history_opens_to_what_it_is_about(self, history):
        assert web(situation(), history).openings[history] == Done("vote")
        negated = web(situation(), Not(history)).openings
        assert negated.get(Not(history), Not(Done("vote"))) == Not(Done("vote"))

    def test_what_is_owed_once_something_happened_opens_to_that_and_what_is_owed(self):
        owed = When(Holds("calm"), Done("vote"))
        assert web(situation(), owed).openings[owed] == Ever(Holds("calm")) & Done("vote")
        undone = web(situation(), Not(owed)).openings[Not(owed)]
        assert undone == Ever(Holds("calm")) & Not(Done("vote"))

    @pytest.mark.parametrize(
        "closed",
        [
            By(Done("vote"), Moment("2025-02-01")),
            Throughout(Done("vote"), Moment("2025-02-01")),
            Not(Ever(Done("done"))),
            Not(By(Done("done"), Moment("2025-06-01"))),
            Not(Throughout(Done("done"), START, Moment("2025-02-28"))),
        ],
    )
    def test_a_closed_history_is_out_of_reach(self, closed):
        assert set(web(situation(), closed).blocked()) == {closed}

    def test_what_is_composite_stands_for_itself(self):
        evaluation = evaluation_of(situation(), DAY, None, None)
        both = Done("vote") & Holds("calm")
        assert opened(evaluation, both) == both


def test_things_are_named_with_their_sign():
    condition = Not(AllOf([Done("vote"), Not(Holds("calm")), CALM]))
    assert list(things_in(condition)) == [Not(Done("vote")), Holds("calm"), Not(CALM)]


def test_an_evaluation_is_what_all_analyses_judge_in():
    assert isinstance(evaluation_of(situation(), DAY, None, None), Evaluation)
