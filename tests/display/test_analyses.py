"""What a person reads of an analysis: parties and texts by name, neutral, and short."""

from __future__ import annotations

from ceasefire_model import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Done,
    Holds,
    InForce,
    Moment,
    Not,
    Proposal,
    Provision,
    Stance,
    Timing,
    days,
    load_case,
    suppose,
)
from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.likelihood import importance, likelihood
from ceasefire_model.analyses.packages import packages
from ceasefire_model.analyses.sequences import sequence
from ceasefire_model.analyses.theory import Theory
from tests.analyses.test_contradictions import DEMAND, PLACES, held
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import CALM, DAY, OPEN, PLAN, but, situation, word

CASE = load_case("us-30-day-2025")


def lines(result) -> list[str]:
    return [" ".join(line.split()) for line in str(result).splitlines()]


class TestDeadlocks:
    def test_each_step_has_who_holds_it_on_what_basis_and_where_it_was_said(self):
        (found,) = deadlocks(CASE, as_of="2025-03-13")
        text = " ".join(lines(found))
        assert "No party locks it alone; Russia and Ukraine hold steps of it." in text
        assert "waits for: martial law is lifted (stated, held by Ukraine, Kyiv, 13 March" in text
        assert "(inferred, held by no party)" in text
        assert "needs Russia accepts U.S. 30-day ceasefire proposal; and Ukraine accepts" in text
        assert "- dropped: “martial law is lifted” (held by Ukraine)" in text
        assert (
            "- done at once: “a presidential election is held in Ukraine” (held by Russia); “"
            in text
        )

    def test_it_says_whether_one_party_locks_alone(self):
        alone = ring(Timing.BEFORE, Timing.BEFORE, by="B")
        assert "The preconditions of Party B alone lock it." in str(deadlocks(alone, as_of=DAY))
        gates = [
            but("g0", Done("vote"), Holds("calm"), by=None),
            but("g1", Holds("calm"), Done("vote"), by=None),
        ]
        assert "No party holds a step of it." in str(deadlocks(situation(gates), as_of=DAY))
        mixed = [gates[0], but("g1", Holds("calm"), Done("vote"), by="A")]
        assert "Party A holds a part of it, and nobody the rest." in str(
            deadlocks(situation(mixed), as_of=DAY)
        )

    def test_what_is_out_of_reach_is_said_too_and_so_is_a_limit(self):
        blocked = situation([but("g", Done("vote"), AnyOf([]))])
        assert lines(deadlocks(blocked, as_of=DAY)) == [
            "No deadlocks as of 1 March 2025",
            "",
            "Out of reach even if all moved at once",
            "- a vote is held",
        ]
        gates = [
            but("g0", Done("vote"), Holds("calm")),
            *(but(f"g{n}", Holds("calm"), Done("vote")) for n in (1, 2)),
        ]
        cut = deadlocks(situation(gates), as_of=DAY, limit=1)
        assert lines(cut)[0] == "1 deadlock, and there are more as of 1 March 2025"


class TestContradictions:
    def test_shares_that_would_be_more_than_all(self):
        (found,) = contradictions(held(AtLeast("east", 1), AtLeast("west", 1)), as_of=DAY)
        assert lines(found) == [
            (
                "2 demands that cannot all be met at one time (held by Party A and Party B)"
                " as of 1 March 2025"
            ),
            "- need c0 (stated, held by Party A)",
            "- need c1 (stated, held by Party B)",
            f"because {Theory.WHOLE.value}, and here they would sum to 200 % or more: A's",
            "share: at least 100 %; B's share: at least 100 %",
        ]

    def test_other_numbers_and_readings(self):
        scenario = held(DEMAND, AtMost("troops", 40), ~Holds("calm"))
        text = " ".join(lines(contradictions(scenario, as_of=DAY)))
        assert "2 contradictions as of 1 March 2025" in text
        assert (
            "if “order returns” means: calm because it holds or does not: it is calm; not so:"
            in text
        )
        assert "because a number lies in one place: soldiers in the valley: at most 40" in text
        assert PLACES


class TestPackages:
    def test_every_kind_of_change_is_written_with_who_must_move(self):
        scenario = situation(
            [
                but("c", Accepts("A", PLAN), CALM),
                but("d", Accepts("A", PLAN), AtLeast("troops", 60)),
            ],
            [word("A", Stance.ACCEPTS_IN_PRINCIPLE), word("B", Stance.ACCEPTS)],
        )
        text = " ".join(lines(packages(scenario, InForce(PLAN), as_of=DAY)))
        assert "1. 1 change - Party A: accepts, as its final word: the plan" in text
        assert "- Party A: accepts for good on its conditions, and these are met: the plan" in text
        assert "- Party B: “it is calm enough” is agreed to mean: no curfew" in text
        assert "- Party B: no longer: a curfew is in force" in text
        assert "- Party A: soldiers in the valley: 60 soldiers" in text
        assert "- it is calm" in text
        against = packages(scenario, ~Accepts("B", "promise"), as_of=DAY)
        assert "rejects: the vote is held and the curfew lifted" in str(against)

    def test_waiting_nothing_and_more(self):
        plan = Proposal(id=PLAN, title="the plan", to=["A"], starts=Moment("2025-04-01"))
        (found,) = packages(situation(proposals=[plan]), InForce(PLAN), as_of=DAY)
        assert lines(found)[-1] == "- wait until 1 April 2025 for “in force: the plan”"
        (empty,) = packages(situation(), Done("done"), as_of=DAY)
        assert lines(empty) == ["- nothing has to change"]
        cut = packages(situation(), Done("vote") | Holds("calm"), as_of=DAY, limit=1)
        assert "What would meet this: 1 package, and there are more" in str(cut)

    def test_what_stands_in_the_way(self):
        gates = [but("c", Done("vote"), Holds("calm")), but("d", Holds("calm"), Done("vote"))]
        assert lines(packages(situation(gates), Done("vote"), as_of=DAY)) == [
            "Nothing that can be changed meets this as of 1 March 2025",
            "a vote is held",
            "",
            "In the way",
            "- no order of steps allows it, as preconditions lock each other",
        ]
        unnamed = situation([but("c", Done("vote"), OPEN)])
        assert lines(packages(unnamed, Done("vote"), as_of=DAY))[3:5] == [
            "In the way",
            "- dignity is kept (no meaning of it has been named)",
        ]


class TestSteps:
    def test_layers_are_numbered_and_say_what_they_come_after(self):
        gates = [but("first", Done("vote"), ~Holds("curfew"))]
        assert lines(sequence(situation(gates), Done("vote"), as_of=DAY)) == [
            "In this order as of 1 March 2025",
            "a vote is held",
            "",
            "Step 1",
            "- Party B: need first",
            "",
            "Step 2",
            "- Party A: a vote is held",
            "after need first",
        ]

    def test_a_date_or_an_event_before_it_is_named_once(self):
        """The clause starts two days after the vote; that the vote was once held is no step."""
        late = Provision(
            id="late", text="a share in power", kind="right", starts=After(Done("vote"), days(2))
        )
        plan = Proposal(id=PLAN, title="the plan", to=["A"], provisions=[late])
        scenario = situation(
            proposals=[plan], statements=[word("A", Stance.ACCEPTS)], reported={"vote": False}
        )
        assert lines(sequence(scenario, InForce("late"), as_of=DAY)) == [
            "In this order as of 1 March 2025",
            "in force: a share in power",
            "",
            "Step 1",
            "- Party A: a vote is held",
            "",
            "Step 2",
            "- in force: a share in power",
            "after a vote is held",
            "wait until 3 March 2025",
        ]

    def test_none_are_needed_or_none_lead_there(self):
        for verb in (sequence, packages):
            assert lines(verb(situation(), Done("done"), as_of=DAY)) == [
                "This is met already as of 1 March 2025",
                "the depot is handed over",
            ]
        gates = [but("c", Accepts("A", PLAN), Done("vote")), but("d", Done("vote"), InForce(PLAN))]
        words = [word("A", Stance.ACCEPTS_WITH_CONDITIONS), word("B", Stance.ACCEPTS)]
        own = str(sequence(situation(gates, words), InForce(PLAN), as_of=DAY))
        assert "a party may give up its own by a final word" in own
        locked = sequence(ring(Timing.BEFORE, Timing.BEFORE), Done("a0"), as_of=DAY)
        assert "final word" not in str(locked)
        assert lines(locked)[:2] == ["No order of steps leads to this as of 1 March 2025", "act 0"]


def test_probabilities_are_rounded_and_facts_named():
    beliefs = {"vote": 0.25, CALM: 0.5}
    scenario = situation([but("c", Done("done"), CALM)])
    target = Done("vote") & CALM
    said = "a vote is held; and it is calm enough: probability 0.125, as of 1 March 2025"
    assert str(likelihood(scenario, target, beliefs, as_of=DAY)) == said
    assert lines(importance(scenario, target, beliefs, as_of=DAY)) == [
        said,
        "",
        "What makes the difference",
        "difference what",
        "0.5 a vote is held",
        "0.25 it is calm enough",
    ]
    word_of = {Accepts("A", PLAN): 0.5}
    text = str(importance(situation(), Accepts("A", PLAN), word_of, as_of=DAY))
    assert "1 Party A accepts the plan" in " ".join(text.split())


def test_composite_conditions_are_written_out():
    def said(condition) -> str:
        text = " ".join(lines(packages(situation(), condition, as_of=DAY)))
        return text.partition("2025 ")[2].partition(" 1. ")[0].strip()

    vote, calm = Done("vote"), Holds("calm")
    assert said(AllOf([vote])) == "a vote is held"
    assert said(AllOf([])) == "nothing"
    assert said(AnyOf([])) == "what nothing can meet"
    assert said(AtLeastOf(1, [vote, calm & Answered("who")])) == (
        "1 of: a vote is held; (it is calm; and answered: who watches?)"
    )
    assert said(Not(vote | calm)) == "not so: (a vote is held; or it is calm)"


def test_a_supposed_case_reads_the_same():
    free = suppose(CASE, since="2025-03-13", without=["ru-election"])
    assert lines(deadlocks(free, as_of="2025-03-13")) == ["No deadlocks as of 13 March 2025"]
