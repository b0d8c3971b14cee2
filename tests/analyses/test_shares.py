"""Shares, phases and waits in packages, against trying everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

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
    AnyOf,
    AtLeast,
    AtMost,
    Control,
    Done,
    Duty,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Moment,
    Not,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Range,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    Territory,
    Throughout,
    Timing,
    Verdict,
    days,
    evaluate,
    iter_packages,
    packages,
    sequence,
    suppose,
    timeline,
)
from ceasefire_model.analyses.shifts import Obstacle, Reason, ShiftKind
from ceasefire_model.moments import TICK
from tests.examples import at_most

DAY = "2031-05-02"
PARTIES = ("A", "B", "C")
GRID = [Decimal(n) / 10 for n in range(11)]


def valley(preconditions=(), parties=PARTIES, members=(), **reported) -> Scenario:
    """A valley that three parties share."""
    return Scenario(
        title="The valley",
        parties=[
            Party(id=name, name=name, members=members if name == "C" else ()) for name in parties
        ],
        territories=[Territory(id="valley", name="the valley")],
        facts=[
            *(
                Control(id=name.lower(), text=f"{name}'s share", party=name, territory="valley")
                for name in parties
            ),
            Act(id="vote", text="a vote is held", by=["A"]),
        ],
        sources=[Source(id="wire", name="The wire"), Source(id="post", name="The post")],
        observations=[
            Observation(fact=name, value=value, source="wire", since=Moment("2031-05-01"))
            for name, value in reported.items()
        ],
        preconditions=preconditions,
    )


def line(name, of, needs, timing=Timing.WHILE, by="A") -> Precondition:
    return Precondition(id=name, of=of, needs=needs, timing=timing, held_by=by, text=name)


@st.composite
def marks(draw):
    """A floor or a ceiling of a share."""
    kind, fact = draw(st.sampled_from([AtLeast, AtMost])), draw(st.sampled_from(["a", "b", "c"]))
    return kind(fact, draw(st.sampled_from(GRID[2:9])))


def targets():
    return st.one_of(
        marks(),
        st.lists(marks(), min_size=2, max_size=3).map(AllOf),
        st.lists(marks(), min_size=2, max_size=3).map(AnyOf),
    )


SPLITS = [{"a": 0.4, "b": 0.6}, {"a": 0.3, "b": 0.3, "c": 0.4}, {"a": 0.5}, {"c": 1}, {}]


def by_trying(split, target) -> set:
    """The smallest sets of shares that have to change, over all shares in tenths."""
    now = {name: Decimal(str(split[name])) for name in split}
    found = set()
    for row in product(*[(None, *GRID)] * 3):
        after = {name: value for name, value in zip("abc", row, strict=True) if value is not None}
        if any(now.get(name) == value for name, value in after.items()):
            continue
        world = {**now, **after}
        if after and sum(world.values()) > 1:
            continue
        if is_so(target, world):
            found.add(frozenset(after))
    return {one for one in found if not any(other < one for other in found)}


def is_so(condition, world) -> bool:
    match condition:
        case AllOf(parts=parts):
            return all(is_so(part, world) for part in parts)
        case AnyOf(parts=parts):
            return any(is_so(part, world) for part in parts)
        case AtLeast(fact=name, value=value):
            return name in world and world[name] >= value
        case AtMost(fact=name, value=value):
            return name in world and world[name] <= value
    raise TypeError(condition)


@settings(max_examples=at_most(60), deadline=None)
@given(st.sampled_from(SPLITS), targets())
def test_packages_give_away_no_more_than_the_whole_and_take_from_as_few_as_can_be(split, target):
    scenario = valley(**split)
    found = [
        frozenset(shift.supposed.fact for shift in package.shifts)
        for package in iter_packages(scenario, target, as_of=DAY)
    ]
    smallest = {one for one in found if not any(other < one for other in found)}
    assert smallest == by_trying(split, target)
    for package in iter_packages(scenario, target, as_of=DAY):
        after = package.suppose(scenario, since=DAY)
        assert evaluate(after, target, as_of=DAY).verdict is Verdict.MET


class TestShares:
    def test_who_loses_a_share_moves_too_and_loses_no_more_than_it_must(self):
        (found, *_) = packages(valley(a=0.4, b=0.6), AtLeast("a", 0.7), as_of=DAY)
        assert {s.supposed.fact: s.supposed.value.value for s in found.shifts} == {
            "a": Decimal("0.7"),
            "b": Decimal("0.3"),
        }
        assert set(found.who) == {"A", "B"}
        assert found.cost == 2

    def test_nobody_loses_what_is_not_reported_or_may_be_less(self):
        assert len(packages(valley(a=0.4), AtLeast("a", 0.7), as_of=DAY)[0].shifts) == 1
        maybe = valley(a=0.4, b=Range(0.3, 0.6))
        assert len(packages(maybe, AtLeast("a", 0.7), as_of=DAY)[0].shifts) == 1
        open_below = valley(a=0.4, b=Range(None, 0.6))
        assert len(packages(open_below, AtLeast("a", 0.7), as_of=DAY)[0].shifts) == 1

    def test_the_share_of_a_coalition_holds_those_of_its_members(self):
        joint = valley(members=["A"], a=0.4, c=0.6)
        assert len(packages(joint, AtLeast("a", 0.7), as_of=DAY)[0].shifts) == 1

    def test_what_is_supposed_of_a_share_counts(self):
        imagined = suppose(valley(a=0.4, b=0.6), {"b": 0.2}, since=DAY)
        assert len(packages(imagined, AtLeast("a", 0.7), as_of=DAY)[0].shifts) == 1

    def test_more_than_the_whole_stands_in_the_way(self):
        target = AtLeast("a", 0.7) & AtLeast("b", 0.5)
        found = packages(valley(a=0.4, b=0.6), target, as_of=DAY)
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.SHARES, None),)

    def test_a_share_that_is_held_fixed_leaves_no_room(self):
        found = packages(valley(a=0.4, b=0.6), AtLeast("a", 0.7), as_of=DAY, fixed=["b"])
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.FIXED, AtMost("b", 1)),)

    def test_a_red_line_of_the_one_who_would_lose_holds(self):
        gates = [line("keep", Not(AtLeast("b", 0.5)), Done("vote"), Timing.BEFORE, "B")]
        (found, *_) = packages(valley(gates, a=0.4, b=0.6), AtLeast("a", 0.7), as_of=DAY)
        assert {shift.supposed.fact for shift in found.shifts} == {"a", "b", "vote"}

    def test_a_sequence_names_what_is_lost(self):
        steps = sequence(valley(a=0.4, b=0.6), AtLeast("a", 0.7), as_of=DAY)
        assert {step.thing for layer in steps.layers for step in layer} == {
            AtLeast("a", 0.7),
            AtMost("b", Decimal("0.3")),
        }
        two = sequence(valley(parties=["A", "B"], a=0.4, b=0.6), AtLeast("a", 0.7), as_of=DAY)
        assert [step.thing for layer in two.layers for step in layer] == [
            AtLeast("a", 0.7),
            AtMost("b", Decimal("0.3")),
        ]
        alone = sequence(valley(parties=["A"], a=0.4), AtLeast("a", 0.7), as_of=DAY)
        assert [step.thing for layer in alone.layers for step in layer] == [AtLeast("a", 0.7)]


# Phases and waits


def phases(starts, delay, **other) -> Scenario:
    """A first phase that is signed, and a second that starts with a date or after it."""
    begins = After(Fulfilled("first"), days(delay)) if starts is None else Moment(starts)
    yes = [
        Statement(
            id=f"yes-{party}",
            speaker=party,
            party=party,
            date=Moment("2031-05-01"),
            about=About(proposal="one"),
            text="yes",
            source="wire",
            stance=Stance.ACCEPTS,
        )
        for party in "AB"
    ]
    clause = Provision(
        id="first", text="first", duties=[Duty(by=["A"], requires=Done("w") & Done("r"))]
    )
    fields = {
        "title": "Two phases",
        "parties": [Party(id=name, name=name) for name in "AB"],
        "facts": [
            Act(id="w", text="w is done", by=["A"]),
            Act(id="r", text="r is done", by=["B"]),
            State(id="calm", text="it is calm"),
            State(id="fire", text="there is fire"),
        ],
        "sources": [Source(id="wire", name="The wire")],
        "observations": [
            Observation(fact=name, value=False, source="wire", since=Moment("2031-05-01"))
            for name in ("w", "r", "calm")
        ],
        "statements": yes,
        "proposals": [
            Proposal(id="one", title="one", to=["A", "B"], provisions=[clause]),
            Proposal(id="two", title="two", starts=begins),
        ],
    }
    return Scenario(**(fields | other))


ENDS = [datetime(2031, 5, 3, tzinfo=UTC) - TICK + timedelta(days=n) for n in range(16)]


@settings(max_examples=at_most(40), deadline=None)
@given(
    st.sampled_from([None, "2031-05-04", "2031-05-01"]),
    st.integers(1, 5),
    st.sampled_from(
        [
            InForce("two"),
            Fulfilled("first"),
            InForce("two") & Done("w"),
            HeldFor(Holds("calm"), days(4)),
            HeldFor(Done("w"), days(3)) & InForce("two"),
            Throughout(Holds("calm"), Moment("2031-05-06")),
            Throughout(Done("w"), After(Done("r"), days(2))),
            Not(Fulfilled("first")) & InForce("two"),
        ]
    ),
)
def test_packages_wait_exactly_as_long_as_it_takes(starts, delay, target):
    scenario = phases(starts, delay)
    tried = {}
    for row in product([False, True], repeat=3):
        made = {name: True for name, so in zip(("w", "r", "calm"), row, strict=True) if so}
        after = suppose(scenario, made, since=ENDS[0]) if made else scenario
        over = timeline(after, target, start=ENDS[0], end=ENDS[-1] + TICK)
        first = next((at for at in ENDS if over.at(at) is Verdict.MET), None)
        if first is not None:
            tried[frozenset(made)] = first
    smallest = {made: at for made, at in tried.items() if not any(other < made for other in tried)}
    found = {
        frozenset(shift.supposed.fact for shift in package.shifts): package.wait_until
        for package in iter_packages(scenario, target, as_of=DAY)
    }
    assert found.keys() == smallest.keys()
    for made, until in found.items():
        least = ENDS[0] if until is None else until
        assert least <= smallest[made] < least + timedelta(days=1)


class TestWaits:
    def test_a_phase_is_waited_for_and_the_wait_named(self):
        (found,) = packages(phases(None, 3), InForce("two"), as_of=DAY)
        assert [shift.supposed.fact for shift in found.shifts] == ["w", "r"]
        assert found.wait_until == datetime(2031, 5, 5, tzinfo=UTC)
        assert (InForce("two"), found.wait_until) in [(w.thing, w.until) for w in found.waits]

    def test_a_span_under_way_is_waited_for_from_when_it_began(self):
        calm = [
            Observation(fact="calm", value=True, source="wire", since=Moment("2031-05-01")),
        ]
        lasting = phases(None, 3, observations=calm)
        (found,) = packages(lasting, HeldFor(Holds("calm"), days(4)), as_of=DAY)
        assert found.shifts == ()
        assert found.wait_until == datetime(2031, 5, 5, tzinfo=UTC) - TICK

    def test_no_package_through_a_deadline_that_was_missed(self):
        from ceasefire_model import By

        late = By(Done("w"), Moment("2031-04-20"))
        gates = [line("late", Done("r"), late, Timing.BEFORE, "B")]
        told = [Observation(fact="w", value=False, source="wire", since=Moment("2031-04-25"))]
        scenario = phases(None, 3, preconditions=gates, observations=told)
        found = packages(scenario, Done("r"), as_of=DAY)
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.ENDED, late),)


# Red lines, orders, verification


class TestRedLines:
    def world(self, calm=True, fire=False):
        said = [
            Observation(fact=name, value=value, source="wire", since=Moment("2031-05-01"))
            for name, value in (("calm", calm), ("fire", fire))
        ]
        return phases(
            None, 3, preconditions=[line("calm", Holds("calm"), ~Holds("fire"))], observations=said
        )

    def test_one_holds_for_what_is_so_already(self):
        found = packages(self.world(), Holds("calm") & Holds("fire"), as_of=DAY)
        assert not len(found)
        assert found.obstacles == (Obstacle(Reason.RED_LINE, ~Holds("fire")),)

    def test_it_holds_also_where_what_it_is_of_is_not_asked_for(self):
        assert not len(packages(self.world(), Holds("fire"), as_of=DAY))
        target = Holds("fire") & ~Holds("calm")
        (found,) = packages(self.world(), target, as_of=DAY)
        assert {s.supposed.fact for s in found.shifts} == {"fire", "calm"}

    def test_one_that_is_broken_already_stands_in_nobodys_way(self):
        broken = self.world(fire=True)
        assert packages(broken, Holds("calm") & Holds("fire"), as_of=DAY)[0].shifts == ()


class TestOrders:
    def test_what_is_needed_as_it_is_changes_later(self):
        gates = [line("while-calm", Done("r"), Holds("calm"), Timing.BEFORE, "B")]
        said = [Observation(fact="calm", value=True, source="wire", since=Moment("2031-05-01"))]
        scenario = phases(None, 3, preconditions=gates, observations=said)
        target = Done("r") & ~Holds("calm")
        assert len(packages(scenario, target, as_of=DAY)) == 1
        steps = sequence(scenario, target, as_of=DAY)
        assert [[step.thing for step in layer] for layer in steps.layers] == [
            [Done("r"), Not(Holds("calm"))]
        ]
        assert steps.undone == (Holds("calm"),)

    @pytest.mark.parametrize("timing", Timing)
    def test_what_would_be_undone_and_done_again_has_no_order(self, timing):
        gates = [line("no-calm", Done("r"), ~Holds("calm"), timing, "B")]
        said = [Observation(fact="calm", value=True, source="wire", since=Moment("2031-05-01"))]
        scenario = phases(None, 3, preconditions=gates, observations=said)
        target = Done("r") & Holds("calm")
        steps = sequence(scenario, target, as_of=DAY)
        assert steps.layers == ()
        assert not len(steps.deadlocks)
        assert not len(packages(scenario, target, as_of=DAY))

    def test_nor_has_what_undoes_what_another_needs_in_between(self):
        gates = [
            line("first", Done("w"), ~Holds("calm"), Timing.BEFORE, "A"),
            line("then", Done("r"), Done("w") & Holds("calm"), Timing.BEFORE, "B"),
        ]
        said = [Observation(fact="calm", value=True, source="wire", since=Moment("2031-05-01"))]
        scenario = phases(None, 3, preconditions=gates, observations=said)
        assert not len(packages(scenario, Done("r"), as_of=DAY))
        assert sequence(scenario, Done("r"), as_of=DAY).layers == ()

    def test_a_share_passes_on_its_way_what_brings_about_what_it_must_come_before(self):
        """A accepts once it holds half; B has the plan wait until A holds four fifths.

        Nobody can keep the plan from entering at half.
        """
        plan = Proposal(id="plan", title="the plan", to=["A"])
        word = Statement(
            id="word",
            speaker="A",
            party="A",
            date=Moment("2031-05-01"),
            about=About(proposal="plan"),
            text="yes, but",
            source="wire",
            stance=Stance.ACCEPTS_WITH_CONDITIONS,
        )
        gates = [
            line("half", Accepts("A", "plan"), AtLeast("a", 0.5), Timing.BEFORE),
            line("most", InForce("plan"), AtLeast("a", 0.8), Timing.BEFORE, "B"),
        ]
        base = evolve(valley(a=0.3, b=0.7), proposals=[plan], statements=[word])
        late = base.with_preconditions(gates)
        assert not len(packages(late, InForce("plan"), as_of=DAY))
        assert sequence(late, InForce("plan"), as_of=DAY).layers == ()
        assert len(packages(base.with_preconditions(gates[:1]), InForce("plan"), as_of=DAY))

    def test_a_plain_acceptance_drops_what_stands_in_the_way(self):
        yes = Accepts("A", "two")
        gates = [line("calm-first", yes, ~Holds("calm"), Timing.BEFORE, "A")]
        said = [Observation(fact="calm", value=True, source="wire", since=Moment("2031-05-01"))]
        scenario = phases(None, 3, preconditions=gates, observations=said)
        assert len(packages(scenario, yes & Holds("calm"), as_of=DAY)) == 1


class TestVerification:
    def disputed(self, preconditions=()):
        sources = [Source(id=name, name=name) for name in ("wire", "post")]
        said = [
            Observation(fact=fact, value=value, source=name, since=Moment("2031-05-02"))
            for fact in ("w", "calm")
            for name, value in (("wire", False), ("post", True))
        ]
        return phases(None, 3, sources=sources, observations=said, preconditions=preconditions)

    def test_what_sources_dispute_is_verified_or_done(self):
        for target, doer in ((Done("w"), ("A",)), (Holds("calm"), ())):
            found = packages(self.disputed(), target, as_of=DAY)
            kinds = {package.shifts[0].kind: package for package in found}
            verify, do = kinds[ShiftKind.VERIFY], kinds[ShiftKind.DO]
            assert (verify.who, do.who) == ((), doer)
            assert str(verify).strip().startswith("- verify:")

    def test_that_an_act_was_not_done_can_be_found_out_and_not_brought_about(self):
        (found,) = packages(self.disputed(), Not(Done("w")), as_of=DAY)
        assert [shift.kind for shift in found.shifts] == [ShiftKind.VERIFY]

    def test_what_is_so_already_waits_for_no_precondition(self):
        gates = [line("first", Done("w"), Done("r"), Timing.BEFORE, "B")]
        found = packages(self.disputed(gates), Done("w"), as_of=DAY)
        kinds = [[(s.supposed.fact, s.kind) for s in package.shifts] for package in found]
        assert kinds == [
            [("w", ShiftKind.VERIFY)],
            [("w", ShiftKind.DO), ("r", ShiftKind.DO)],
        ]


class TestNumbers:
    def counted(self, value):
        scenario = phases(None, 3)
        arms = Quantity(id="arms", text="arms registered", unit="arms")
        held = Quantity(id="held", text="arms in containers", unit="arms")
        said = [
            Observation(fact="arms", value=value, source="wire", since=Moment("2031-05-01")),
            Observation(fact="held", value=0, source="wire", since=Moment("2031-05-01")),
        ]
        return scenario.with_facts([arms, held]).with_observations(said)

    def test_what_counts_things_goes_to_a_whole_number(self):
        from ceasefire_model import Times

        target = AtLeast("held", Times(0.6, "arms"))
        scenario = self.counted(33)
        (found,) = packages(scenario, target, as_of=DAY, fixed=["arms"])
        assert found.shifts[0].supposed.value.value == 20

    def test_what_measures_goes_where_it_must(self):
        from ceasefire_model import Times

        target = AtLeast("held", Times(0.6, "arms"))
        measured = self.counted(33.5).with_observations(
            [Observation(fact="held", value=0.5, source="wire", since=Moment("2031-05-02"))]
        )
        (found,) = packages(measured, target, as_of=DAY, fixed=["arms"])
        assert found.shifts[0].supposed.value.value == Decimal("20.1")


class TestKnowledge:
    def test_what_was_known_later_counts_only_if_asked(self):
        late = [
            Observation(
                fact="w",
                value=True,
                source="wire",
                since=Moment("2031-05-01"),
                reported=Moment("2031-05-10"),
            )
        ]
        scenario = phases(None, 3).with_observations(late)
        assert len(packages(scenario, Done("w"), as_of=DAY)[0].shifts) == 1
        known = packages(scenario, Done("w"), as_of=DAY, known_by="2031-05-11")
        assert known[0].shifts == ()
        assert (
            next(iter_packages(scenario, Done("w"), as_of=DAY, known_by="2031-05-11")).shifts == ()
        )
