"""Sequences: steps in layers, each of which respects every precondition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    After,
    AnyOf,
    AtLeast,
    AtLeastOf,
    By,
    Done,
    Duty,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Moment,
    Not,
    Observation,
    Proposal,
    Provision,
    ProvisionKind,
    Scenario,
    Stance,
    SupposedFact,
    SupposedWord,
    Throughout,
    Times,
    Timing,
    When,
    days,
    packages,
)
from ceasefire_model.analyses.sequences import sequence
from ceasefire_model.analyses.shifts import Obstacle, Reason
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import (
    CALM,
    DAY,
    PLAN,
    SIGNED,
    but,
    met_by,
    rounds,
    situation,
    small_scenarios,
    word,
)
from tests.examples import at_most


class TestSequence:
    def test_the_steps_stand_in_layers_each_with_what_it_waited_for(self):
        gates = [
            but("first", Done("vote"), ~Holds("curfew")),
            but("too", Done("vote"), Done("done")),
            but("then", Holds("calm"), Done("vote"), Timing.BEFORE, None),
        ]
        found = sequence(situation(gates), Holds("calm"), as_of=DAY)
        assert [[step.thing for step in layer] for layer in found.layers] == [
            [Not(Holds("curfew"))],
            [Done("vote")],
            [Holds("calm")],
        ]
        assert [step.waited_for for (step,) in found.layers] == [
            (),
            (Not(Holds("curfew")),),
            (Done("vote"),),
        ]
        assert [len(step.preconditions) for (step,) in found.layers] == [0, 2, 1]
        assert found.deadlocks is None

    def test_what_stands_in_for_what_is_undone_is_a_step_too(self):
        """The curfew or calm, and no curfew: so calm, though one of the two holds already."""
        target = (Holds("curfew") | Holds("calm")) & ~Holds("curfew")
        (layer,) = sequence(situation(), target, as_of=DAY).layers
        assert {step.thing for step in layer} == {Holds("calm"), Not(Holds("curfew"))}

    def test_where_something_is_undone_each_step_stands_where_it_was_reached(self):
        """A vote under curfew, then calm, then the rest: and no curfew any more at the end."""
        gates = [
            but("under", Done("vote"), Holds("curfew")),
            but("first", Holds("calm"), Done("vote")),
            but("then", Done("done"), Holds("calm")),
        ]
        reported = {"curfew": True, "vote": False, "calm": False, "done": False}
        target = Done("done") & ~Holds("curfew")
        found = sequence(situation(gates, reported=reported), target, as_of=DAY)
        assert [{step.thing for step in layer} for layer in found.layers] == [
            {Done("vote"), Not(Holds("curfew"))},
            {Holds("calm")},
            {Done("done")},
        ]

    def test_so_is_what_is_waited_for(self):
        """Two of three: one holds and is undone, one comes with the calm, one three days later."""
        lasting = HeldFor(Holds("calm"), days(3))
        parts = [~Holds("calm"), When(Done("done"), Holds("calm")), lasting]
        reported = {"done": True, "calm": False}
        found = sequence(situation(reported=reported), AtLeastOf(2, parts), as_of=DAY)
        until = {step.thing: step.until for layer in found for step in layer}
        (package,) = packages(situation(reported=reported), AtLeastOf(2, parts), as_of=DAY)
        assert until[lasting] == package.wait_until

    def test_so_is_a_meaning_that_is_agreed(self):
        target = (Holds("curfew") | CALM) & ~Holds("curfew")
        scenario = situation([but("c", Done("vote"), CALM)])
        (layer,) = sequence(scenario, target, as_of=DAY).layers
        assert {step.thing for step in layer} == {CALM, Not(Holds("curfew"))}

    def test_so_is_the_word_that_keeps_what_another_would_undo(self):
        """B is silent: once A accepts, it is open whether the plan enters, unless B rejects it."""
        scenario = situation(statements=[word("A", Stance.REJECTS)])
        target = Accepts("A", PLAN) & ~InForce(PLAN)
        (layer,) = sequence(scenario, target, as_of=DAY).layers
        assert {step.thing for step in layer} == {Accepts("A", PLAN), Not(Accepts("B", PLAN))}

    def test_what_is_needed_still_holds_when_it_is_needed(self):
        """Calm, and not for three days: once it is calm that is open, and was met only before."""
        needs = Holds("calm") & ~HeldFor(Holds("calm"), days(3))
        scenario = situation(
            [but("c", Done("vote"), needs, Timing.TOGETHER)],
            reported={"vote": False, "calm": False},
        )
        assert not len(packages(scenario, Done("vote"), as_of=DAY))
        assert sequence(scenario, Done("vote"), as_of=DAY).layers == ()

    def test_of_alternatives_the_first_reached_is_taken(self):
        gates = [but("g", Done("vote"), ~Holds("curfew"))]
        target = AnyOf([Done("vote"), Holds("calm")]) & ~AnyOf([Holds("curfew"), AnyOf([])])
        found = sequence(situation(gates), target, as_of=DAY)
        assert [{step.thing for step in layer} for layer in found.layers] == [
            {Holds("calm"), Not(Holds("curfew"))}
        ]

    def test_of_several_so_many_are_taken_as_are_needed(self):
        parts = [Done("vote"), Holds("calm"), Done("done")]
        found = sequence(situation(), AtLeastOf(2, parts), as_of=DAY)
        assert [len(layer) for layer in found.layers] == [1]

    def test_what_is_met_already_takes_no_step(self):
        assert sequence(situation(), Done("done"), as_of=DAY).layers == ()

    def test_a_deadlock_forbids_it_and_is_named(self):
        found = sequence(ring(Timing.BEFORE, Timing.BEFORE), Done("a0"), as_of=DAY)
        assert found.layers == ()
        assert len(found.deadlocks) == 1

    def test_too_few_of_several_are_none(self):
        scenario = ring(Timing.BEFORE, Timing.BEFORE)
        target = AtLeastOf(1, [Done("a0"), Done("a1")])
        assert sequence(scenario, target, as_of=DAY).deadlocks is not None

    def test_steps_that_need_each_other_at_once_stand_in_one_layer(self):
        found = sequence(ring(Timing.TOGETHER, Timing.WHILE), Done("a0"), as_of=DAY)
        assert [{step.thing for step in layer} for layer in found.layers] == [
            {Done("a0"), Done("a1")}
        ]


QUIET = Provision(
    id="quiet",
    text="it stays calm",
    kind=ProvisionKind.STANDING_DUTY,
    duties=[Duty(by=["B"], requires=Holds("calm"))],
)
STEP = Provision(id="step", text="a vote", duties=[Duty(by=["A"], requires=Done("vote"))])
LATE = Provision(id="late", text="a right", kind=ProvisionKind.RIGHT, starts=Moment("2025-03-10"))
SOON = Provision(
    id="soon", text="a right", kind=ProvisionKind.RIGHT, starts=After(Done("vote"), days(2))
)
A_ACCEPTS = SupposedWord(Accepts("A", PLAN), Stance.ACCEPTS)
VOTE = SupposedFact("vote", True)


class TestTerm:
    """What counts only in the time of a clause; worked out by hand from what is owed when."""

    def of(self, *said, calm=False, **text) -> Scenario:
        fields = {"provisions": [QUIET, STEP, LATE, SOON]} | text
        plan = Proposal(id=PLAN, title="the plan", to=["A"], **fields)
        reported = {"calm": calm, "vote": False}
        return situation(statements=said, proposals=[plan], reported=reported)

    @pytest.mark.parametrize(
        ("target", "changes", "until"),
        [
            (Fulfilled("quiet"), {A_ACCEPTS, SupposedFact("calm", True)}, None),
            (Fulfilled("step"), {VOTE}, None),
            (~Fulfilled("step"), {A_ACCEPTS}, None),
            (~Fulfilled("quiet"), {A_ACCEPTS}, None),
            (InForce("late"), {A_ACCEPTS}, 10),
            (InForce("soon"), {A_ACCEPTS, VOTE}, 3),
        ],
    )
    def test_what_is_kept_or_left_undone_needs_a_text_in_force(self, target, changes, until):
        scenario = self.of()
        (found,) = packages(scenario, target, as_of=DAY)
        assert {shift.supposed for shift in found.shifts} == changes
        steps = sequence(scenario, target, as_of=DAY)
        (last,) = (step for layer in steps for step in layer if step.thing == target)
        for at in (found.wait_until, last.until):
            assert (at and at.day) == until

    @pytest.mark.parametrize(
        ("target", "changes", "until"),
        [
            # the vote is too late on the 11th, and until then nobody is
            (~By(Done("vote"), Moment("2025-03-10")), set(), 11),
            # three days of calm are over as soon as it is not calm
            (~HeldFor(Holds("calm"), days(3)), {SupposedFact("calm", False)}, None),
            (~Throughout(Holds("calm"), Moment("2025-03-10")), {SupposedFact("calm", False)}, 10),
            # who promised calm once a vote is held breaks it only after a vote
            (
                ~When(Done("vote"), Holds("calm")),
                {VOTE, SupposedFact("calm", False)},
                None,
            ),
        ],
    )
    def test_a_history_is_broken_as_soon_as_it_can_be(self, target, changes, until):
        scenario = situation(reported={"calm": True}, proposals=[])
        (found,) = packages(scenario, target, as_of=DAY)
        told = {shift.supposed for shift in found.shifts}
        if isinstance(target.part, By):  # unreported till then, it is supposed not to be held
            told.discard(SupposedFact("vote", False))
        assert told == changes
        steps = sequence(scenario, target, as_of=DAY)
        (last,) = (step for layer in steps for step in layer if step.thing == target)
        for at in (found.wait_until, last.until):
            assert (at and at.day) == until

    def test_what_is_due_after_an_event_waits_for_it(self):
        """Ten days after the depot is handed over a vote is owed: from the 12th on it is late."""
        due = evolve(STEP, due=After(Done("done"), days(10)))
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[due])
        said = [word("A", Stance.ACCEPTS)]
        scenario = situation(statements=said, proposals=[plan], reported={"done": False})
        (found,) = packages(scenario, ~Fulfilled("step"), as_of=DAY)
        assert {shift.supposed for shift in found.shifts} == {
            SupposedFact("done", True),
            SupposedFact("vote", False),
        }
        assert found.wait_until == datetime(2025, 3, 12, tzinfo=UTC)
        steps = sequence(scenario, ~Fulfilled("step"), as_of=DAY)
        (last,) = (step for each in steps for step in each if step.thing == ~Fulfilled("step"))
        assert last.until == found.wait_until

    def test_what_fulfils_a_clause_besides_heeds_what_the_clause_needs(self):
        """Sixty are the fifty of a clause, which is allowed only with a vote that came too late."""
        count = Provision(
            id="count", text="fifty", duties=[Duty(by=["A"], requires=AtLeast("troops", 50))]
        )
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[count])
        late = By(Done("vote"), Moment("2025-02-01"))
        gates = [but("c", Fulfilled("count"), AtLeast("troops", 50) & late, Timing.TOGETHER)]
        for heeded, is_found in ((gates, False), ([], True)):
            scenario = situation(heeded, proposals=[plan])
            target = AtLeast("troops", 60)
            assert bool(len(packages(scenario, target, as_of=DAY))) is is_found
            assert (sequence(scenario, target, as_of=DAY).deadlocks is None) is is_found

    def test_a_meaning_that_steps_bring_about_is_agreed_and_a_multiple_granted(self):
        scenario = situation([but("c", Done("vote"), CALM)], reported={"troops": 4})
        steps = sequence(scenario, Done("vote"), as_of=DAY)
        assert [[each.thing for each in layer] for layer in steps] == [
            [Not(Holds("curfew")), CALM],
            [Done("vote")],
        ]
        twice = AtLeast("troops", Times(2, "trucks"))
        assert [len(layer) for layer in sequence(scenario, twice, as_of=DAY)] == [1]

    def test_what_was_kept_to_the_end_of_its_term_stays_kept(self):
        word_before = evolve(word("A", Stance.ACCEPTS), date=Moment("2025-02-01"))
        kept = Observation(fact="calm", value=True, source="wire", since=Moment("2025-02-01"))
        plan = Proposal(
            id=PLAN, title="the plan", to=["A"], ends=Moment("2025-02-20"), provisions=[QUIET]
        )
        over = situation(statements=[word_before], proposals=[plan], observations=[kept])
        (found,) = packages(over, Fulfilled("quiet"), as_of=DAY)
        assert found.shifts == ()
        assert not len(packages(over, ~Fulfilled("quiet"), as_of=DAY))
        assert sequence(over, ~Fulfilled("quiet"), as_of=DAY).deadlocks is not None

    def test_two_numbers_that_nobody_reports_stand_in_the_way(self):
        some = AtLeast("troops", Times(2, "trucks"))
        found = packages(situation(reported={}), some, as_of=DAY)
        assert found.obstacles == (Obstacle(Reason.UNREPORTED, some),)
        assert len(packages(situation(reported={"troops": 4}), some, as_of=DAY))

    def test_a_text_that_is_still_to_be_tabled_is_accepted_and_waited_for(self):
        scenario = self.of(tabled=Moment("2025-04-01"))
        (found,) = packages(scenario, InForce(PLAN), as_of=DAY)
        assert [shift.supposed for shift in found.shifts] == [A_ACCEPTS]
        ((_, text),) = sequence(scenario, InForce(PLAN), as_of=DAY)
        assert text.until == found.wait_until == datetime(2025, 4, 1, tzinfo=UTC)

    def test_what_was_not_kept_to_the_end_of_its_term_is_out_of_reach(self):
        word_before = evolve(word("A", Stance.ACCEPTS), date=Moment("2025-02-01"))
        over = self.of(word_before, ends=Moment("2025-02-20"), calm=True)
        assert not len(packages(over, Fulfilled("quiet"), as_of=DAY))
        assert Fulfilled("quiet") in sequence(over, Fulfilled("quiet"), as_of=DAY).deadlocks.blocked
        (found,) = packages(over, Fulfilled("step"), as_of=DAY)
        assert [shift.supposed for shift in found.shifts] == [VOTE]

    def test_what_only_a_report_after_a_deadline_can_settle_has_no_sequence(self):
        """That no vote is held by the 20th is told by a word of the 20th; none is supposed."""
        due = evolve(STEP, due=Moment("2025-03-20"))
        scenario = self.of(word("A", Stance.ACCEPTS), provisions=[due])
        target = ~Fulfilled("step")
        assert not len(packages(scenario, target, as_of=DAY))
        assert sequence(scenario, target, as_of=DAY).deadlocks is not None


@settings(max_examples=at_most(40), deadline=None)
@given(small_scenarios(), st.sampled_from(SIGNED))
def test_a_sequence_can_be_carried_out_as_it_stands(scenario, target):
    found = sequence(scenario, target, as_of=DAY)
    if found.deadlocks is not None:
        return
    layers = rounds(scenario)
    reached = set(layers[0])
    for layer in found.layers:
        after = reached | {step.thing for step in layer}
        for step in layer:
            for each in step.preconditions:
                before = each.timing is Timing.BEFORE
                assert met_by(each.needs, reached if before else after)
        reached = after
    assert target in reached
