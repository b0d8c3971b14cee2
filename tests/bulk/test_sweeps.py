"""Sweeps: what comes out, and what is refused."""

from __future__ import annotations

import math
import runpy
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import ceasefire_model as cm
from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    AtLeast,
    AtMost,
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
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Range,
    Scenario,
    ScenarioError,
    Source,
    SourceKind,
    Stance,
    State,
    Statement,
    Territory,
    Times,
    Trust,
    UnknownIdError,
    Vague,
    Verdict,
    days,
)
from ceasefire_model.bulk import Packed

MET, UNMET, PENDING, DISPUTED, UNKNOWN, UNCLEAR = Verdict
AT = "2031-05-02"

# What every library of data frames is asked of the same six worlds
TARGET = (Holds("s") | AtLeast("n", 0.3)) & AtMost("h", 600)
DATA = {
    "s": [True, False, None, False, False, True],
    "n": [math.nan, 0.1 + 0.2, None, 0.29999999999, math.nan, 1.0],
    "h": [600, 600, 600, 600, 600, 601],
}
EXPECTED = ["met", "met", "unknown", "unmet", "unknown", "unmet"]


def ob(fact, value, since, source="wire", **dates):
    written = {name: Moment(text) for name, text in dates.items()}
    return Observation(fact=fact, value=value, source=source, since=Moment(since), **written)


def world(*observations, words=(), needs=(), proposals=(), facts=()):
    return Scenario(
        title="x",
        parties=[Party(id=name, name=name) for name in "ab"],
        territories=[Territory(id="d", name="d")],
        facts=[
            State(id="s", text="s holds"),
            State(id="r", text="r holds"),
            Act(id="w", text="w is done"),
            Quantity(id="n", text="n", unit="u"),
            Quantity(id="h", text="h", unit="u"),
            Control(id="c", text="a's share", party="a", territory="d"),
            *facts,
        ],
        sources=[
            Source(id="wire", name="Wire", kind=SourceKind.NEWS),
            Source(id="other", name="Other", kind=SourceKind.NEWS),
        ],
        observations=observations,
        statements=words,
        preconditions=needs,
        proposals=proposals,
    )


def verdicts(found):
    return [tuple(Verdict)[code] for code in found.verdicts]


def ask(scenario, target, worlds, **when):
    return verdicts(cm.sweep(scenario, target, worlds, **{"as_of": AT, **when}))


class TestLeaves:
    def test_a_number_is_met_from_its_threshold_on(self):
        column = {"n": np.array([599.0, 600.0, 601.0, np.nan])}
        assert ask(world(), AtLeast("n", 600), column) == [UNMET, MET, MET, UNKNOWN]
        assert ask(world(), AtMost("n", 600), column) == [MET, MET, UNMET, UNKNOWN]

    def test_a_float_counts_as_it_is_written_to_15_digits(self):
        column = {"n": np.array([0.1 + 0.2, 0.3, np.nextafter(0.3, 0), 0.2999999999999])}
        assert ask(world(), AtLeast("n", 0.3), column) == [MET, MET, MET, UNMET]
        assert ask(world(), AtMost("n", 0.3), column) == [MET, MET, MET, MET]

    def test_a_short_float_counts_as_it_is_written(self):
        column = {"n": np.array([0.7, 0.69, 0.71], np.float32)}
        assert ask(world(), AtLeast("n", 0.7), column) == [MET, UNMET, MET]
        assert ask(world(), AtMost("n", 0.7), column) == [MET, MET, UNMET]

    def test_whole_numbers_need_no_floats(self):
        column = {"n": np.array([0, 1, 200], np.uint8)}
        assert ask(world(), AtLeast("n", 0.5), column) == [UNMET, MET, MET]
        assert ask(world(), AtMost("n", 300), column) == [MET, MET, MET]

    def test_masked_values_are_gaps(self):
        numbers = np.ma.masked_array([1, 900, 900], [True, False, True])
        assert ask(world(), AtLeast("n", 600), {"n": numbers}) == [UNKNOWN, MET, UNKNOWN]
        many = {"n": np.ma.masked_array([1, 900], [True, False]), "c": np.array([0.5, np.nan])}
        swept = cm.sweep(world(), AtLeast("n", 600), many, as_of=AT)
        assert swept.world(0) == {"n": cm.CannotSay(), "c": cm.Number(Decimal("0.5"))}
        assert swept.world(1) == {"n": cm.Number(900), "c": cm.CannotSay()}
        truths = np.ma.masked_array([True, True, False], [False, True, False])
        assert ask(world(), Holds("s"), {"s": truths}) == [MET, UNKNOWN, UNMET]
        assert ask(world(), Holds("s"), {"s": np.ma.masked_array([True], [False])}) == [MET]

    def test_a_list_may_hold_ranges_and_nothing(self):
        numbers = [Range(500, 700), Range(600, None), Range(None, 599), None, 600, Decimal("0.5")]
        expected = [UNKNOWN, MET, UNMET, UNKNOWN, MET, UNMET]
        assert ask(world(), AtLeast("n", 600), {"n": numbers}) == expected

    def test_bits_are_read_from_the_lowest(self):
        bits = Packed(np.array([0b101], np.uint8), 3)
        assert ask(world(), ~Holds("s"), {"s": bits}) == [UNMET, MET, UNMET]

    def test_a_multiple_of_a_number_that_is_varied_too_is_exact(self):
        times = AtLeast("n", Times(Decimal("0.1"), "h"))
        columns = {"n": np.array([0.3, 0.3, 0.29, np.nan]), "h": np.array([3.0, 3.1, 3.0, 3.0])}
        assert ask(world(), times, columns) == [MET, UNMET, UNMET, UNKNOWN]
        below = AtMost("n", Times(Decimal("0.1"), "h"))
        assert ask(world(), below, columns) == [MET, MET, MET, UNKNOWN]

    def test_a_multiple_of_a_number_without_end_is_compared(self):
        worlds = cm.grid({"n": [30, Range(40, None)], "h": [1, Range(None, 1), None]})
        expected = [MET, MET, UNKNOWN, MET, MET, UNKNOWN]
        assert ask(world(), AtLeast("n", Times(30, "h")), worlds) == expected
        numbers = {
            "n": np.array([30, 29], np.int64),
            "h": np.ma.masked_array([1, 1], [False, True]),
        }
        assert ask(world(), AtLeast("n", Times(30, "h")), numbers) == [MET, UNKNOWN]
        short = {"n": np.array([0.7], np.float32), "h": np.array([0.7])}
        assert ask(world(), AtLeast("n", Times(1, "h")), short) == [MET]

    def test_a_multiple_of_a_number_as_reported_is_cut_where_the_reports_are(self):
        scenario = world(ob("h", 10, "2031-05-01"))
        column = {"n": np.array([299.0, 300.0, np.nan])}
        assert ask(scenario, AtLeast("n", Times(30, "h")), column) == [UNMET, MET, UNKNOWN]
        column = {"h": np.array([10.0, 10.1])}
        scenario = world(ob("n", 300, "2031-05-01"))
        assert ask(scenario, AtLeast("n", Times(30, "h")), column) == [MET, UNMET]

    def test_a_multiple_of_what_nobody_reports_is_unknown(self):
        column = {"n": np.array([299.0])}
        assert ask(world(), AtLeast("n", Times(30, "h")), column) == [UNKNOWN]

    def test_a_disputed_multiple_is_disputed_only_between_the_reports(self):
        scenario = world(ob("h", 10, "2031-05-01"), ob("h", 20, "2031-05-01", "other"))
        column = {"n": np.array([299, 300, 599, 600])}
        expected = [UNMET, DISPUTED, DISPUTED, MET]
        assert ask(scenario, AtLeast("n", Times(30, "h")), column) == expected

    def test_other_facts_stay_as_they_are_reported(self):
        scenario = world(ob("r", True, "2031-05-01"), ob("r", False, "2031-05-01", "other"))
        worlds = cm.grid({"s": [True, False, None]})
        assert ask(scenario, Holds("s") & Holds("r"), worlds) == [DISPUTED, UNMET, UNKNOWN]
        only = Trust(only=["wire"])
        assert ask(scenario, Holds("s") & Holds("r"), worlds, trust=only)[0] is MET


class TestDemands:
    QUIET = Meaning(id="quiet", text="quiet", condition=Holds("s"), held_by=["a"])
    FEWER = Meaning(id="fewer", text="fewer", condition=AtMost("n", 600), held_by=["b"])

    def test_of_all_meanings_that_there_can_be_the_same_must_come_out(self):
        vague = Vague(id="v", text="v", meanings=[self.QUIET, self.FEWER], complete=True)
        worlds = cm.grid({"s": [True, False], "n": [500, 700, None]})
        assert ask(world(), vague, worlds) == [MET, UNCLEAR, UNCLEAR, UNCLEAR, UNMET, UNCLEAR]

    def test_other_meanings_leave_it_unclear_unless_one_is_trusted(self):
        vague = Vague(id="v", text="v", meanings=[self.QUIET, self.FEWER])
        worlds = cm.grid({"s": [True, False]})
        assert ask(world(), vague, worlds) == [UNCLEAR, UNCLEAR]
        assert ask(world(), vague, worlds, trust=Trust.of_party("a")) == [MET, UNMET]

    def test_so_many_of_several_must_be_met(self):
        target = cm.AtLeastOf(2, [Holds("s"), Holds("r"), AtLeast("n", 600)])
        worlds = cm.grid({"s": [True, False], "r": [True, None], "n": [600, 0]})
        assert ask(world(), target, worlds) == [MET, MET, MET, UNKNOWN, MET, UNMET, UNKNOWN, UNMET]


def says(party, stance, day="2031-02-27", about=None):
    return Statement(
        id=f"{party}-{day}",
        speaker=party,
        party=party,
        date=Moment(day),
        stance=stance,
        about=about or About(proposal="t"),
        text="x",
        source="wire",
    )


TEXT = Proposal(id="t", title="T", to=["a", "b"])


class TestAcceptance:
    def need(self, party, needs, name="g"):
        return Precondition(id=name, held_by=party, of=Accepts(party, "t"), needs=needs, text="x")

    def test_conditions_are_met_or_not_world_by_world(self):
        scenario = world(
            words=[says("a", Stance.ACCEPTS), says("b", Stance.ACCEPTS_WITH_CONDITIONS)],
            needs=[self.need("b", Holds("s") & AtMost("n", 600))],
            proposals=[TEXT],
        )
        worlds = cm.grid({"s": [True, False], "n": [600, 601]})
        assert ask(scenario, InForce("t"), worlds) == [MET, UNMET, UNMET, UNMET]

    def test_in_principle_is_never_met_in_any_world(self):
        scenario = world(
            words=[says("b", Stance.ACCEPTS_IN_PRINCIPLE)],
            needs=[self.need("b", Holds("s"))],
            proposals=[TEXT],
        )
        worlds = cm.grid({"s": [True, False, None]})
        assert ask(scenario, Accepts("b", "t"), worlds) == [PENDING, UNMET, UNKNOWN]

    def test_two_who_wait_for_each_other_are_carried_unless_one_must_come_first(self):
        scenario = world(
            words=[says(party, Stance.ACCEPTS_WITH_CONDITIONS) for party in "ab"],
            needs=[
                Precondition(
                    id="g",
                    held_by="a",
                    of=Accepts("a", "t"),
                    needs=Accepts("b", "t"),
                    text="x",
                    timing=cm.Timing.TOGETHER,
                ),
                Precondition(
                    id="k",
                    held_by="b",
                    of=Accepts("b", "t"),
                    needs=Accepts("a", "t") & Holds("s"),
                    text="x",
                    timing=cm.Timing.TOGETHER,
                ),
            ],
            proposals=[TEXT],
        )
        worlds = cm.grid({"s": [True, False, None]})
        assert ask(scenario, InForce("t"), worlds) == [MET, UNMET, UNKNOWN]


class TestTexts:
    def test_reports_that_it_is_in_force_are_outlived_where_a_world_turns_it(self):
        state = State(id="force", text="the text is in force")
        needs = [
            Precondition(id="g", held_by="b", of=Accepts("b", "t"), needs=Holds("s"), text="x")
        ]
        scenario = world(
            ob("force", True, "2031-03-01"),
            ob("s", True, "2031-02-01"),
            words=[says("a", Stance.ACCEPTS), says("b", Stance.ACCEPTS_WITH_CONDITIONS)],
            needs=needs,
            facts=[state],
            proposals=[Proposal(id="t", title="T", to=["a", "b"], in_force="force")],
        )
        for column in ({"s": [True, False]}, {"force": [True, False, None]}):
            found = cm.sweep(scenario, InForce("t"), cm.grid(column), as_of=AT)
            expected = [
                cm.evaluate(cm.suppose(scenario, found.world(n), since=AT), "t", as_of=AT).verdict
                for n in range(len(found))
            ]
            assert verdicts(found) == expected


class TestHistories:
    def test_what_was_so_before_stays_so(self):
        scenario = world(ob("s", True, "2031-03-01"))
        worlds = cm.grid({"s": [True, False, None]})
        assert ask(scenario, Ever(Holds("s")), worlds) == [MET, MET, MET]
        assert ask(scenario, HeldFor(Holds("s"), days(30)), worlds) == [MET, UNMET, UNKNOWN]

    def test_a_number_under_a_history_is_tried_on_either_side_of_its_thresholds(self):
        scenario = world(ob("n", 900, "2031-03-01"), ob("c", 0.5, "2031-03-01"))
        target = HeldFor(AtMost("n", 600) | AtLeast("n", 900), days(30))
        column = {"n": np.array([900.0, 600.0, 600.5, 899.9, np.nan])}
        assert ask(scenario, target, column) == [MET, MET, UNMET, UNMET, UNKNOWN]
        target = HeldFor(AtMost("c", 1) & AtLeast("c", 0), days(30))
        assert ask(scenario, target, {"c": np.array([0.0, 1.0])}) == [MET, MET]

    def test_many_cases_are_looked_up_and_only_those_that_occur_are_judged(self):
        facts = [State(id=f"f{number}", text="f") for number in range(8)]
        scenario = world(facts=facts)
        target = Ever(AllOf([Holds(fact.id) for fact in facts]))
        random = np.random.default_rng(7)
        columns = {fact.id: random.random(130_000) < 0.97 for fact in facts}
        found = cm.sweep(scenario, target, columns, as_of=AT)
        together = np.logical_and.reduce(list(columns.values()))
        assert found.counts() == {
            **dict.fromkeys(Verdict, 0),
            MET: int(together.sum()),
            UNMET: int((~together).sum()),
        }

    def test_a_multiple_of_two_varied_numbers_may_stand_under_a_history(self):
        scenario = world(ob("n", 0, "2031-03-01"), ob("h", 1, "2031-03-01"))
        target = Ever(AtLeast("n", Times(30, "h")))
        columns = {"n": np.array([30, 29, 60]), "h": np.array([1, 1, 2])}
        assert ask(scenario, target, columns) == [MET, UNMET, MET]
        assert ask(scenario, ~Ever(AtMost("n", Times(30, "h"))), cm.grid({"n": [1], "h": [1]})) == [
            UNMET
        ]

    def test_two_varied_numbers_may_be_given_as_lists(self):
        scenario = world(ob("n", 0, "2031-03-01"), ob("h", 1, "2031-03-01"))
        target = Ever(AtLeast("n", Times(30, "h")))
        assert ask(scenario, target, {"n": [30, 29, None], "h": [1, 1, 1]}) == [MET, UNMET, UNKNOWN]

    def test_a_clause_whose_deadline_follows_a_varied_event_is_tabulated(self):
        due = cm.After(Done("w"), days(2))
        clause = Provision(id="p", text="p", duties=[Duty(by=["a"], requires=Holds("s"))], due=due)
        scenario = world(
            words=[says("a", Stance.ACCEPTS), says("b", Stance.ACCEPTS)],
            proposals=[Proposal(id="t", title="T", to=["a", "b"], provisions=[clause])],
        )
        worlds = cm.grid({"s": [True, False], "w": [True, False]})
        assert ask(scenario, Fulfilled("p"), worlds) == [MET, MET, PENDING, PENDING]

    def test_a_text_whose_start_follows_a_varied_event_is_tabulated(self):
        scenario = world(
            words=[says("a", Stance.ACCEPTS), says("b", Stance.ACCEPTS)],
            proposals=[
                Proposal(id="t", title="T", to=["a", "b"], starts=cm.After(Done("w"), days(0)))
            ],
        )
        assert ask(scenario, InForce("t"), cm.grid({"w": [True, False]})) == [MET, PENDING]

    def test_so_is_a_clause_of_such_a_text(self):
        clause = Provision(id="p", text="p", duties=[Duty(by=["a"], requires=Holds("s"))])
        start = cm.After(Done("w"), days(0))
        scenario = world(
            words=[says("a", Stance.ACCEPTS), says("b", Stance.ACCEPTS)],
            proposals=[
                Proposal(id="t", title="T", to=["a", "b"], starts=start, provisions=[clause])
            ],
        )
        worlds = cm.grid({"s": [True, False], "w": [True, False]})
        # what is done is met before the text has started, too; what is not is owed from then on
        assert ask(scenario, Fulfilled("p"), worlds) == [MET, MET, UNMET, PENDING]


class TestAnswers:
    FOUND = cm.sweep(
        world(),
        Holds("s") & AtLeast("n", 600),
        cm.grid({"s": [True, False], "n": [1, 600, None]}),
        as_of=AT,
    )

    def test_the_worlds_are_numbered_and_the_last_axis_varies_fastest(self):
        assert len(self.FOUND) == 6
        assert self.FOUND.world(1) == {"s": cm.Truth(True), "n": cm.Number(600)}
        assert self.FOUND.worlds(MET).tolist() == [1]
        assert self.FOUND.worlds(UNMET).tolist() == [0, 3, 4, 5]
        assert [self.FOUND.plane(verdict).tolist() for verdict in Verdict] == [
            [2],
            [57],
            [0],
            [0],
            [4],
            [0],
        ]

    def test_a_share_is_of_all_worlds_or_of_those_with_each_value(self):
        assert self.FOUND.share(UNMET) == 4 / 6
        assert self.FOUND.share(UNMET, by="s") == {True: 1 / 3, False: 1}
        assert self.FOUND.share(MET, by="n") == {1.0: 0, 600.0: 0.5, None: 0}
        assert self.FOUND.share(MET, by=("s", "n"))[True, 600.0] == 1

    @pytest.mark.parametrize(
        "column",
        [
            {"n": np.array([1.0, 600.0, np.nan, 600.0])},
            {"n": np.ma.masked_array([1, 600, 0, 600], [False, False, True, False])},
            {"n": [1, 600, None, 600]},
        ],
    )
    def test_the_values_of_an_array_are_told_apart(self, column):
        found = cm.sweep(world(), AtLeast("n", 600), column, as_of=AT)
        assert found.share(UNKNOWN, by="n") == {1.0: 0, 600.0: 0, None: 1}

    @pytest.mark.parametrize(
        "column",
        [
            np.array([True, False]),
            np.ma.masked_array([True, False], [False, True]),
            Packed(np.packbits([True, False], bitorder="little"), 2),
        ],
    )
    def test_what_is_true_or_false_is_told_apart(self, column):
        found = cm.sweep(world(), Holds("s"), {"s": column}, as_of=AT)
        assert found.share(MET, by="s")[True] == 1
        assert found.world(0) == {"s": cm.Truth(True)}
        assert found.world(1)["s"] != cm.Truth(True)

    def test_too_many_values_are_not_told_apart(self):
        columns = {"n": np.arange(1001), "h": np.arange(1001)}
        with pytest.raises(ModelError, match="1,002,001 combinations of values"):
            cm.sweep(world(), AtLeast("n", 600), columns, as_of=AT).share(MET, by=("n", "h"))

    def test_what_is_not_varied_has_no_share(self):
        with pytest.raises(UnknownIdError, match="no varied fact 'r' in this sweep"):
            self.FOUND.share(MET, by="r")
        with pytest.raises(ModelError, match="number must be 0 to 5, got 6"):
            self.FOUND.world(6)

    def test_it_writes_itself_short(self):
        found = cm.sweep(world(), Holds("s"), cm.grid({"s": [True]}), as_of=AT)
        assert repr(found) == "Sweep(Holds(state='s'), <1 worlds>)"

    def test_progress_is_told_block_by_block(self):
        told = []
        column = {"n": np.zeros(70_000)}
        cm.sweep(
            world(), AtLeast("n", 1), column, as_of=AT, progress=lambda *done: told.append(done)
        )
        assert told == [(65_536, 70_000), (70_000, 70_000)]

    def test_worlds_in_which_nothing_matters_have_one_verdict(self):
        scenario = world(ob("r", True, "2031-05-01"))
        worlds = cm.grid({"s": [True, False]})
        assert ask(scenario, Holds("r"), worlds) == [MET, MET]
        assert ask(scenario, Holds("r"), {}) == [MET]

    def test_known_by_and_a_clock_are_those_of_evaluate(self):
        scenario = world(ob("r", True, "2031-05-01", reported="2031-06-01"))
        worlds = cm.grid({"s": [True]})
        target = Holds("s") & Holds("r")
        assert ask(scenario, target, worlds) == [UNKNOWN]
        assert ask(scenario, target, worlds, known_by="2031-06-01") == [MET]
        assert ask(scenario, target, worlds, as_of="2031-05-02T10:00Z", known_by="2031-06-01") == [
            MET
        ]


class TestRefused:
    def refused(self, worlds, match, error=ModelError, target=None, scenario=None):
        with pytest.raises(error, match=match):
            cm.sweep(
                scenario or world(), Holds("s") if target is None else target, worlds, as_of=AT
            )

    def test_a_column_that_is_no_fact(self):
        self.refused({"truce": np.array([True])}, "no fact 'truce'", UnknownIdError)
        self.refused(cm.grid({"truce": [True]}), "no fact 'truce'", UnknownIdError)

    def test_a_text_in_a_numbers_column(self):
        self.refused(
            {"n": np.array(["many"])},
            r"'n' is a quantity and needs numbers, got a column of [^;]*$",  # of no objects
        )
        self.refused({"n": ["many"]}, "a value is true, false, a number or None, got 'many'")
        self.refused({"n": "many"}, "the values of 'n' are no array, got str")
        self.refused({"n": 3}, "the values of 'n' are no array, got int")

    def test_objects_are_no_values(self):
        self.refused({"s": np.array([True, None], object)}, "column of object; a column of Python")
        self.refused({"n": np.zeros(2, np.longdouble)}, "needs numbers, got a column of")

    def test_numbers_for_what_is_true_or_false(self):
        self.refused({"s": np.array([0.0, 1.0])}, "'s' is a state and needs true or false")
        self.refused({"n": np.array([True])}, "'n' is a quantity and needs numbers")
        self.refused({"n": Packed(np.zeros(1, np.uint8), 1)}, "'n' is a quantity and needs numbers")
        self.refused({"s": [1]}, "'s' is a state, so its value is true or false")
        self.refused(cm.grid({"s": [1]}), "'s' is a state, so its value is true or false")

    def test_shares_that_are_none(self):
        self.refused({"c": np.array([0.5, 1.2, np.nan])}, "between 0 and 1, got 1.2 for 'c'")
        masked = np.ma.masked_array([7, -1], [True, False])
        self.refused({"c": masked}, "between 0 and 1, got -1 for 'c'")
        assert ask(world(), AtLeast("c", 0.5), {"c": np.array([0.5, np.nan])}) == [MET, UNKNOWN]

    def test_arrays_of_other_shapes(self):
        self.refused({"s": np.array([True]), "r": np.array([True, False])}, "of one length")
        self.refused({"n": np.zeros((2, 2))}, "the values of 'n' are one-dimensional, got 2")

    def test_no_worlds_at_all(self):
        self.refused(7, "worlds are a grid, a sample, a data frame, or arrays .*, got int")
        self.refused({"s": np.zeros(0, bool)}, "no worlds")

    def test_bits_that_are_none(self):
        with pytest.raises(ModelError, match="array of bytes"):
            Packed(np.zeros(3), 3)
        with pytest.raises(ModelError, match="1 bytes hold fewer than 9 worlds"):
            Packed(np.zeros(1, np.uint8), 9)

    def test_more_than_sixteen_conditions_under_one_history(self):
        facts = [State(id=f"f{number}", text="f") for number in range(17)]
        target = Ever(AllOf([Holds(fact.id) for fact in facts]))
        columns = {fact.id: np.array([True]) for fact in facts}
        match = "17 varied conditions stand under one history, and at most 16 may"
        self.refused(columns, match, target=target, scenario=world(facts=facts))
        without = {name: column for name, column in columns.items() if name != "f16"}
        assert ask(world(facts=facts), target, without) == [UNKNOWN]

    def test_more_cases_than_can_be_looked_up(self):
        numbers = [Quantity(id=f"q{number}", text="q", unit="u") for number in range(9)]
        reports = [ob("h", number, f"2031-04-{number:02}") for number in range(1, 10)]
        target = Ever(AllOf([AtLeast(fact.id, Times(1, "h")) for fact in numbers]))
        columns = {fact.id: np.array([1]) for fact in numbers}
        self.refused(
            columns,
            "stand in 322,687,697,779 ways",
            target=target,
            scenario=world(*reports, facts=numbers),
        )  # 19 places between and on nine numbers, nine times

    def test_what_the_scenario_does_not_have(self):
        self.refused(cm.grid({"s": [True]}), "no state", ScenarioError, target=Holds("x"))


class TestWorlds:
    def test_an_empty_axis_is_refused(self):
        with pytest.raises(ModelError, match="axes has no value for 's'"):
            cm.grid({"s": []})
        with pytest.raises(ModelError, match="axes has a value twice for 'n'"):
            cm.grid({"n": [1, 1.0]})

    def test_too_large_a_grid_is_refused_with_its_size(self):
        with pytest.raises(ModelError, match="axes make 1,000,000,000,000 worlds"):
            cm.grid({name: range(1000) for name in ("n", "h", "c", "w")})
        with pytest.raises(ModelError, match="n must be 4,294,967,296 or less, got"):
            cm.sample({"s": 0.5}, 2**33, 1)
        with pytest.raises(ModelError, match="n must be 1 or more, got 0"):
            cm.sample({"s": 0.5}, 0, 1)

    def test_axes_take_what_numpy_gives(self):
        worlds = cm.grid({"n": np.linspace(0, 1, 11), "h": np.arange(2), "s": np.array([True])})
        assert worlds.axes["n"][3] == cm.Number(Decimal("0.3"))
        assert worlds.axes["h"] == (cm.Number(0), cm.Number(1))
        assert worlds.axes["s"] == (cm.Truth(True),)
        assert len(worlds) == 22
        assert cm.grid({"n": [np.nan, Fraction(1, 4)]}).axes["n"] == (
            cm.CannotSay(),
            cm.Number(Decimal("0.25")),
        )

    def test_a_long_axis_is_laid_out_without_its_pattern(self):
        shares = np.linspace(0, 1, 401)[1:]
        worlds = cm.grid({"n": range(3), "h": range(1000), "c": shares})
        found = cm.sweep(world(), AtLeast("n", 1) & AtLeast("h", 500), worlds, as_of=AT)
        assert found.counts()[MET] == 400_000
        assert found.share(MET, by="n") == {0.0: 0, 1.0: 0.5, 2.0: 0.5}

    def test_a_sample_follows_the_beliefs_and_the_seed(self):
        beliefs = {"s": 0.25, "n": {500: 0.5, Range(550, 700): 0.5}}
        target = Holds("s") & AtLeast("n", 600)
        found = cm.sweep(world(), target, cm.sample(beliefs, 300_000, seed=1), as_of=AT)
        again = cm.sweep(world(), target, cm.sample(beliefs, 300_000, seed=1), as_of=AT)
        other = cm.sweep(world(), target, cm.sample(beliefs, 300_000, seed=2), as_of=AT)
        assert len(cm.sample(beliefs, 5, seed=1)) == 5
        assert abs(found.share(UNKNOWN) - 0.125) < 0.003
        assert abs(found.share(UNMET) - 0.875) < 0.003
        assert found.counts() == again.counts() != other.counts()


def test_without_numpy_it_says_which_extra_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "ceasefire_model.bulk.columns")
    with pytest.raises(cm.MissingExtraError, match="extra 'bulk'"):
        runpy.run_module("ceasefire_model.bulk.columns")
