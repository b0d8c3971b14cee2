"""Deadlines, durations and histories: each trap worked out by hand, then asserted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ceasefire_model import (
    About,
    Accepts,
    Act,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    By,
    Control,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    ModelError,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Range,
    Reliability,
    Scenario,
    ScenarioError,
    Source,
    Stance,
    State,
    Statement,
    Territory,
    Throughout,
    Times,
    Timing,
    Trust,
    Vague,
    Verdict,
    When,
    assess,
    days,
    evaluate,
    hindsight,
    hours,
    months,
    suppose,
    timeline,
)
from ceasefire_model.rules import PerformanceKind
from ceasefire_model.rules.effects import Says

KYIV = ZoneInfo("Europe/Kyiv")
MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
DISPUTED, UNKNOWN = Verdict.DISPUTED, Verdict.UNKNOWN


def said(fact, value, since, source="wire", **more) -> Observation:
    return Observation(fact=fact, value=value, source=source, since=Moment(since), **more)


def situation(*observations, provisions=(), zone="UTC", **proposal) -> Scenario:
    acts = ["signed", "resolution", "pullout", "talks", "settlement", "control", "vacated", "entry"]
    return Scenario(
        title="a text",
        timezone=zone,
        parties=[Party(id="A", name="A"), Party(id="B", name="B")],
        territories=[Territory(id="valley", name="the valley")],
        facts=[
            *(Act(id=act, text=act) for act in acts),
            *(State(id=state, text=state) for state in ("as-agreed", "quiet", "force", "breach")),
            Quantity(id="released", text="hostages released so far", unit="people"),
            Quantity(id="listed", text="hostages listed", unit="people"),
            Quantity(id="arms", text="arms handed over", unit="arms"),
            Quantity(id="registered", text="arms registered", unit="arms"),
            Control(id="share", text="A's share", party="A", territory="valley"),
        ],
        sources=[
            Source(id="wire", name="The Wire"),
            Source(id="radio", name="Radio"),
            Source(id="office", name="Office of A", party="A"),
        ],
        observations=observations,
        proposals=[Proposal(id="text", title="the text", provisions=provisions, **proposal)],
    )


def on(scenario, condition, day, **more) -> Verdict:
    return evaluate(scenario, condition, as_of=day, **more).verdict


def duty(name, requires, due=None, by=("A",), **more) -> Provision:
    return Provision(id=name, text=name, due=due, duties=[Duty(by=by, requires=requires)], **more)


def word(party, stance, day="2025-03-01", name="", about="text") -> Statement:
    return Statement(
        id=f"{party}-{about}-{name or stance.name}",
        speaker=party,
        party=party,
        date=Moment(day),
        about=About(proposal=about),
        text=stance.value,
        source="wire",
        stance=stance,
    )


def spans_of(found):
    """Return from which day on which verdict, as month and day."""
    return [(f"{span.start:%m-%d}", span.verdict) for span in found.spans]


class TestTraps:
    def test_a_resolution_on_day_33_of_30_is_late_and_its_content_contested(self):
        # signed on 12 February, so day 30 is 14 March, over at the midnight that begins 15 March;
        # adopted on 17 March, day 33: three days late
        within_30_days = After(Done("signed"), days(30))
        scenario = situation(
            said("signed", value=True, since="2015-02-12"),
            said("resolution", value=True, since="2015-03-17"),
            said("as-agreed", value=True, since="2015-03-17"),
            said("as-agreed", value=False, since="2015-03-17", source="radio"),
            provisions=[
                duty("adopt", Done("resolution"), within_30_days),
                duty("adopt-as-agreed", Done("resolution") & Holds("as-agreed"), within_30_days),
            ],
            zone="Europe/Kyiv",
        )
        punctual = By(Done("resolution"), within_30_days)
        assert on(scenario, punctual, "2015-03-14") is PENDING
        assert on(scenario, punctual, "2015-03-15") is UNKNOWN  # nobody has said anything yet
        assert on(scenario, punctual, "2015-03-15", known_by="2015-03-17") is UNMET
        finding = evaluate(scenario, punctual, as_of="2015-03-17")
        assert finding.verdict is UNMET
        assert finding.due == datetime(2015, 3, 15, tzinfo=KYIV)
        assert finding.met_at == datetime(2015, 3, 17, tzinfo=KYIV)
        assert finding.late_by == timedelta(days=3)
        late, contested = assess(scenario, as_of="2015-03-17").provisions
        assert late.finding.verdict is MET
        assert late.performance.kind is PerformanceKind.MET_LATE
        assert late.performance.late_by == (timedelta(days=3),) * 2
        assert contested.finding.verdict is DISPUTED
        assert contested.performance.kind is PerformanceKind.OPEN

    def test_a_duty_whose_base_event_nobody_certified_is_as_unknown_as_the_event(self):
        after_pullout = By(Done("talks"), After(Done("pullout"), days(1)))
        silent = situation(said("talks", value=False, since="2015-03-01"))
        assert on(silent, after_pullout, "2015-06-01") is UNKNOWN
        not_yet = silent.with_observations([said("pullout", value=False, since="2015-06-01")])
        assert on(not_yet, after_pullout, "2015-06-01") is PENDING

    def test_a_duty_whose_base_event_is_disputed_is_disputed_once_it_could_be_overdue(self):
        after_pullout = By(Done("talks"), After(Done("pullout"), days(1)))
        scenario = situation(
            said("talks", value=False, since="2015-03-01"),
            said("pullout", value=True, since="2015-03-15"),
            said("pullout", value=False, since="2015-03-16", source="radio"),
            said("talks", value=False, since="2015-03-17"),
        )
        # one source never says that it ended, the other that it did on 15 March: until 16 March is
        # over both give PENDING; after that one gives UNMET and the other PENDING
        assert on(scenario, after_pullout, "2015-03-14") is UNKNOWN  # not a word on it yet
        assert on(scenario, after_pullout, "2015-03-16") is PENDING
        assert on(scenario, after_pullout, "2015-03-17") is DISPUTED
        talks = said("talks", value=True, since="2015-03-16", source="radio")
        # what one had not seen by 1 March, the other has seen since
        assert on(scenario.with_observations([talks]), Done("talks"), "2015-03-17") is DISPUTED

    def test_by_the_end_of_2015_and_after_the_settlement_needs_both_in_time(self):
        both = By(Done("control") & Done("settlement"), Moment("2015-12"))
        scenario = situation(
            said("control", value=True, since="2015-11-01"),
            *(said("settlement", value=False, since=day) for day in ("2015-11-01", "2015-12-31")),
        )
        assert on(scenario, both, "2015-12-31") is PENDING
        assert on(scenario, both, "2016-01-01") is UNMET

    def test_33_hostages_in_an_irregular_schedule_add_up(self):
        schedule = {"01-19": 3, "01-25": 7, "02-08": 16, "02-22": 25, "03-01": 33}
        released = {"01-19": 3, "01-25": 7, "02-08": 15, "02-09": 16, "02-22": 25}
        scenario = situation(
            *(said("released", count, f"2025-{day}") for day, count in released.items()),
            provisions=[
                duty(f"by-{number}", AtLeast("released", number), Moment(f"2025-{day}"))
                for day, number in schedule.items()
            ],
        )
        kinds = {
            each.provision.id: each.performance.kind
            for each in assess(scenario, as_of="2025-02-23").provisions
        }
        assert kinds == {
            "by-3": PerformanceKind.MET,
            "by-7": PerformanceKind.MET,
            "by-16": PerformanceKind.MET_LATE,  # a day after 8 February
            "by-25": PerformanceKind.MET,
            "by-33": PerformanceKind.NOT_DUE,
        }
        last = assess(scenario, as_of="2025-02-23").provisions[-1]
        assert last.finding.verdict is PENDING
        assert (last.performance.progress.reached, last.performance.progress.needed) == (25, 33)
        silent = assess(scenario, as_of="2025-03-02").provisions[-1]
        assert silent.performance.kind is PerformanceKind.OPEN  # nobody has said how many since
        counted = scenario.with_observations([said("released", 25, "2025-03-02")])
        overdue = assess(counted, as_of="2025-03-02").provisions[-1]
        assert overdue.performance.kind is PerformanceKind.OVERDUE
        assert overdue.finding.verdict is UNMET

    def test_lateness_does_not_block_what_follows(self):
        scenario = situation(
            said("pullout", value=True, since="2015-03-20"),
            said("talks", value=False, since="2015-03-01"),
            provisions=[
                duty("pull-out", Done("pullout"), Moment("2015-03-03")),
                duty("talk", Done("talks"), After(Fulfilled("pull-out"), days(10))),
            ],
        )
        told = scenario.with_observations([said("talks", value=False, since="2015-03-31")])
        found = [
            on(told, Fulfilled("talk"), f"2015-03-{day}", known_by="2015-04-01")
            for day in (19, 30, 31)
        ]
        assert found == [PENDING, PENDING, UNMET]  # not yet, the last day, and missed
        assert on(scenario, Fulfilled("talk"), "2015-03-31") is UNKNOWN  # without a word

    def test_two_deadlines_of_30_days_in_one_text_run_from_different_days(self):
        from_signing = By(Done("resolution"), After(Done("signed"), days(30)))
        from_pullout = By(Done("talks"), After(Done("pullout"), days(30)))
        scenario = situation(
            said("signed", value=True, since="2015-02-12"),
            said("pullout", value=True, since="2015-03-01"),
            *(said("resolution", value=False, since=f"2015-03-{day}") for day in (15, 31)),
            *(said("talks", value=False, since=f"2015-{day}") for day in ("03-15", "04-01")),
        )
        found = [
            (on(scenario, from_signing, day), on(scenario, from_pullout, day))
            for day in ("2015-03-14", "2015-03-15", "2015-03-31", "2015-04-01")
        ]
        # 12 February + 30 days = 14 March; 1 March + 30 days = 31 March
        assert found == [(PENDING, PENDING), (UNMET, PENDING), (UNMET, PENDING), (UNMET, UNMET)]

    def test_a_truce_in_force_48_hours_after_signing_for_seven_days_in_its_own_zone(self):
        scenario = situation(
            said("signed", value=True, since="2023-05-20T21:45+02:00"),
            zone="Africa/Khartoum",
            starts=After(Done("signed"), hours(48)),
            ends=After(InForce("text"), hours(7 * 24)),
        )
        found = timeline(scenario, InForce("text"), start="2023-05-20", end="2023-05-31")
        assert [(at, after) for at, _, after in found.changes()] == [
            (datetime(2023, 5, 22, 19, 45, tzinfo=UTC), MET),
            (datetime(2023, 5, 29, 19, 45, tzinfo=UTC), UNMET),
        ]

    def test_vacate_by_day_45_and_enter_from_day_91(self):
        vacate = By(Done("vacated"), After(Done("signed"), days(45)))
        no_entry_before = Throughout(~Done("entry"), Moment("2024-01-01"), Moment("2024-03-31"))
        scenario = situation(
            said("signed", value=True, since="2024-01-01"),
            said("vacated", value=True, since="2024-02-15"),  # day 45
            said("entry", value=True, since="2024-04-01"),  # day 91
        )
        assert on(scenario, vacate, "2024-02-14") is PENDING
        assert on(scenario, vacate, "2024-02-15") is MET
        # on 31 March nobody had said that none had entered; the report of the entry then did
        assert on(scenario, no_entry_before, "2024-03-31") is UNKNOWN
        assert on(scenario, no_entry_before, "2024-03-31", known_by="2024-04-01") is MET
        assert on(scenario, no_entry_before, "2024-05-01") is MET  # fixed after its end
        early = scenario.with_observations([said("entry", value=True, since="2024-03-31")])
        assert on(early, no_entry_before, "2024-03-31") is UNMET

    def test_a_phased_schedule_of_shares(self):
        signed = Done("signed")
        phases = AllOf(
            By(AtLeast("arms", Times(share, "registered")), After(signed, days(after)))
            for share, after in ((0.3, 90), (0.6, 120), (1, 150))
        )
        scenario = situation(
            said("signed", value=True, since="2017-03-01"),
            said("registered", 7000, "2017-03-01"),
            said("arms", 0, "2017-03-01"),
            said("arms", 2100, "2017-05-30"),  # day 90
            said("arms", 4200, "2017-06-29"),  # day 120
            *(said(fact, n, "2017-07-30") for fact, n in (("arms", 4200), ("registered", 7000))),
        )
        assert on(scenario, phases, "2017-05-30") is PENDING
        assert on(scenario, phases, "2017-07-29") is PENDING  # day 150, the last
        assert on(scenario, phases, "2017-07-30") is UNMET
        done = scenario.with_observations([said("arms", 7000, "2017-07-29")])
        assert on(done, phases, "2017-07-29") is MET

    def test_formally_in_force_while_broken(self):
        scenario = situation(
            said("force", value=True, since="2006-01-01"),
            said("quiet", value=True, since="2006-01-01"),
            said("quiet", value=False, since="2006-04-25"),
            provisions=[duty("hush", Holds("quiet"), by=("A", "B"))],
            in_force="force",
        )
        today = assess(scenario, as_of="2007-01-01")
        assert today.verdict is MET
        (hush,) = today.provisions
        assert hush.performance.kind is PerformanceKind.BREACHED
        assert hush.performance.since == datetime(2006, 4, 25, tzinfo=UTC)


class TestBounds:
    def test_a_day_as_deadline_counts_to_its_last_microsecond(self):
        deadline = By(Done("talks"), Moment("2025-03-13"))
        late = situation(said("talks", value=True, since="2025-03-14T00:00Z"))
        edge = situation(said("talks", value=True, since="2025-03-13T23:59:59.999999Z"))
        assert on(late, deadline, "2025-03-20") is UNMET
        assert on(edge, deadline, "2025-03-20") is MET

    def test_an_early_act_meets_a_deadline_that_is_not_yet(self):
        early = By(Done("talks"), After(Done("signed"), days(3)))
        scenario = situation(said("talks", value=True, since="2025-03-01"))
        assert on(scenario, early, "2025-03-02") is UNKNOWN  # it may have been signed long ago
        unsigned = scenario.with_observations([said("signed", value=False, since="2025-03-02")])
        assert on(unsigned, early, "2025-03-02") is MET

    def test_days_cross_a_change_of_clocks_and_hours_count_what_passed(self):
        # clocks in Kyiv go forward on 30 March 2025 at 03:00
        held = situation(
            said("quiet", value=True, since="2025-03-29T12:00+02:00"), zone="Europe/Kyiv"
        )
        day = HeldFor(Holds("quiet"), days(1))
        full = HeldFor(Holds("quiet"), hours(24))
        assert on(held, day, "2025-03-30T11:59:59.999999+03:00") is MET
        assert on(held, full, "2025-03-30T11:59:59.999999+03:00") is UNKNOWN  # 23 hours
        assert on(held, full, "2025-03-30T12:59:59.999999+03:00") is MET

    def test_a_month_after_the_31st_is_the_last_of_a_shorter_month(self):
        scenario = situation(
            said("signed", value=True, since="2025-01-31"),
            said("talks", value=False, since="2025-01-31"),
            said("talks", value=False, since="2025-03-01"),
        )
        deadline = By(Done("talks"), After(Done("signed"), months(1)))
        assert on(scenario, deadline, "2025-02-28") is PENDING
        assert on(scenario, deadline, "2025-03-01") is UNMET

    def test_an_imprecise_event_is_in_doubt_between_its_earliest_and_latest_only(self):
        scenario = situation(
            said("signed", value=True, since="2025-02"),
            said("talks", value=False, since="2025-01-01"),
            said("talks", value=False, since="2025-03-11"),
        )
        deadline = By(Done("talks"), After(Done("signed"), days(10)))
        found = timeline(scenario, deadline, start="2025-01-01", end="2025-04-01")
        # signed on 1 February at the earliest, so 11 February may have been the last day;
        # signed on 28 February at the latest, so 10 March surely is
        assert [(at.date().isoformat(), after) for at, _, after in found.changes()] == [
            ("2025-02-12", UNKNOWN),
            ("2025-03-11", UNMET),
        ]

    def test_an_event_that_came_true_out_of_a_dispute_leaves_the_deadline_disputed(self):
        scenario = situation(
            said("signed", value=True, since="2025-02-01"),
            said("signed", value=False, since="2025-01-01", source="radio"),
            said("signed", value=True, since="2025-02-05", source="radio"),
            said("talks", value=True, since="2025-02-13"),
        )
        deadline = By(Done("talks"), After(Done("signed"), days(10)))
        # by 11 February if signed on the 1st, by the 15th if on the 5th; held on the 13th
        assert on(scenario, deadline, "2025-02-13") is DISPUTED
        assert on(scenario, By(Done("talks"), After(Done("signed"), days(20))), "2025-02-13") is MET

    def test_a_first_word_known_by_its_month_leaves_its_days_open_in_hindsight_too(self):
        told = situation(said("quiet", value=True, since="2025-03"))
        # known in May: quiet since some day of March, the 31st at the latest
        days_of_march = ("2025-03-01", "2025-03-10", "2025-03-30", "2025-03-31")
        found = [on(told, Holds("quiet"), day, known_by="2025-05-01") for day in days_of_march]
        assert found == [UNKNOWN, UNKNOWN, UNKNOWN, MET]
        # whichever day of March it begins on, it says what had been said before
        before = told.with_observations([said("quiet", value=True, since="2025-02-01")])
        assert on(before, Holds("quiet"), "2025-03-10", known_by="2025-05-01") is MET

    def test_an_imprecise_deadline_is_pending_while_it_may_still_come(self):
        scenario = situation(
            said("talks", value=False, since="2025-03-05"),
            said("talks", value=True, since="2025-03-10"),
        )
        deadline = By(Done("talks"), Moment("2025-03"))
        assert on(scenario, deadline, "2025-03-05") is PENDING
        assert on(scenario, deadline, "2025-03-31") is UNKNOWN  # it may have been the 9th

    def test_what_must_hold_is_pending_before_it_starts_and_broken_for_good(self):
        always = Throughout(Holds("quiet"), After(Done("signed"), days(0)))
        scenario = situation(
            said("signed", value=False, since="2025-03-01"),
            said("signed", value=True, since="2025-03-03"),
            said("quiet", value=True, since="2025-03-01", until=Moment("2025-03-05")),
            said("quiet", value=False, since="2025-03-06", until=Moment("2025-03-06")),
            said("quiet", value=True, since="2025-03-07"),
        )
        found = [on(scenario, always, f"2025-03-0{day}") for day in (2, 3, 5, 6, 8)]
        assert found == [PENDING, MET, MET, UNMET, UNMET]

    def test_an_unreported_stretch_leaves_an_and_over_time_unknown(self):
        always = Throughout(Holds("quiet"), Moment("2025-03-01"))
        scenario = situation(said("quiet", value=True, since="2025-03-03"))
        assert on(scenario, always, "2025-03-08") is UNKNOWN

    def test_ever_begins_with_the_first_word(self):
        scenario = situation(said("quiet", value=False, since="2025-03-03"))
        assert on(scenario, Ever(Holds("quiet")), "2025-03-02") is UNKNOWN  # not a word yet
        assert on(scenario, Ever(Holds("quiet")), "2025-03-02", known_by="2025-03-08") is UNMET
        assert on(scenario, Ever(Holds("quiet")), "2025-03-08") is UNMET
        assert on(scenario, Ever(Holds("breach")), "2025-03-08") is UNKNOWN  # never a word

    def test_ever_begins_with_the_first_word_on_any_part_though_another_occurs_twice(self):
        loud, done = Holds("breach"), Done("talks")
        any_of = AnyOf([Holds("quiet"), loud & done, loud & Done("entry")])
        scenario = situation(
            said("quiet", value=False, since="2025-03-01", until=Moment("2025-03-03")),
            *(said(fact, value=False, since="2025-03-05") for fact in ("breach", "talks", "entry")),
        )
        # from the first on, so that the silence on the fourth counts, and not from the fifth
        found = [
            on(scenario, Ever(any_of), day, known_by="2025-03-08")
            for day in ("2025-03-03", "2025-03-04")
        ]
        assert found == [UNMET, UNKNOWN]

    def test_what_asks_about_a_fact_without_a_word_does_not_begin_with_its_date(self):
        in_time = By(Done("talks"), Moment("2025-03-05"))
        found = [on(situation(), Ever(in_time), day) for day in ("2025-03-03", "2025-03-06")]
        assert found == [PENDING, UNKNOWN]  # as the deadline itself, and never surely not

    def test_a_question_has_a_history_of_silence_answer_and_silence_again(self):
        who = Question(id="who", text="who counts?", asked_by="A", asked="2025-03-01")
        scenario = (
            situation()
            .with_facts([who])
            .with_observations(
                [
                    said("who", value=True, since="2025-03-10"),
                    said("who", value=False, since="2025-03-20"),  # the answer is taken back
                ]
            )
        )
        answered = Answered("who")
        found = timeline(scenario, answered, start="2025-02-20", end="2025-04-01")
        assert [(at.date().isoformat(), after) for at, _, after in found.changes()] == [
            ("2025-03-01", UNMET),
            ("2025-03-10", MET),
            ("2025-03-20", UNMET),
        ]
        assert found.spans[0].verdict is UNKNOWN  # not asked yet
        # silence after it was asked is a word: a deadline that passed in it is missed
        assert on(scenario, By(answered, Moment("2025-03-05")), "2025-03-06") is UNMET
        assert on(scenario, By(answered, Moment("2025-03-10")), "2025-03-25") is MET
        # its history begins when it is asked, and not with the answer
        ever = [on(scenario, Ever(answered), day) for day in ("2025-02-25", "2025-03-05")]
        assert ever == [UNKNOWN, UNMET]
        assert on(scenario, Ever(answered), "2025-02-25", known_by="2025-03-05") is UNMET
        held = HeldFor(answered, days(5))
        kept = [on(scenario, held, f"2025-03-{day:02}") for day in (9, 13, 14, 20)]
        assert kept == [UNMET, PENDING, MET, UNMET]

    def test_that_a_question_is_not_answered_is_read_from_when_it_was_asked(self):
        who = Question(id="who", text="who counts?", asked_by="A", asked="2025-03")
        scenario = situation().with_facts([who])

        def says(day):
            found = evaluate(scenario, Answered("who"), as_of=day)
            return found.verdict, [(each.source, each.says) for each in found.readings]

        assert says("2025-02-28") == (UNKNOWN, [])
        assert says("2025-03-10") == (UNKNOWN, [(None, Says.NEITHER)])  # perhaps not asked yet
        assert says("2025-03-31") == (UNMET, [(None, Says.DENIES)])

    def test_a_snapback_binds_from_the_breach_on(self):
        snapback = When(Holds("breach"), Done("talks"))
        never = AnyOf([~Ever(Holds("breach")), Done("talks")])
        scenario = situation(
            said("breach", value=False, since="2025-03-01"),
            said("breach", value=True, since="2025-03-05", until=Moment("2025-03-05")),
            said("talks", value=False, since="2025-03-01"),
        )
        assert on(scenario, snapback, "2025-03-04") is PENDING
        assert on(scenario, never, "2025-03-04") is MET
        assert on(scenario, snapback, "2025-03-08") is UNMET
        assert on(scenario, never, "2025-03-08") is UNMET

    def test_a_trigger_in_doubt_leaves_the_consequence_in_doubt(self):
        scenario = situation(
            said("breach", value=False, since="2025-03-05"),
            said("breach", value=True, since="2025-03-05", source="radio"),
        )
        assert on(scenario, When(Holds("breach"), AllOf([])), "2025-03-06") is DISPUTED
        assert on(scenario, When(Holds("breach"), Done("talks")), "2025-03-06") is UNKNOWN


class TestForce:
    def accepted(self, **proposal) -> Scenario:
        scenario = situation(to=["A"], **proposal)
        word = Statement(
            id="yes",
            speaker="A",
            party="A",
            date=Moment("2025-03-03"),
            about=About(proposal="text"),
            text="yes",
            source="wire",
            stance=Stance.ACCEPTS,
        )
        return scenario.with_statements([word])

    def test_its_own_end_counts_from_its_own_start(self):
        scenario = self.accepted(ends=After(InForce("text"), days(30)))
        # in force on 3 March, which is the first of the thirty days, so 1 April is the last
        assert on(scenario, InForce("text"), "2025-04-01") is MET
        assert on(scenario, InForce("text"), "2025-04-02") is UNMET

    def test_accepted_and_rejected_on_the_day_of_its_entry_it_is_disputed_until_its_end(self):
        """If it was accepted it entered, and a later word ends no text that has an end."""
        scenario = self.accepted(ends=Moment("2025-06-01")).with_statements(
            [word("A", Stance.REJECTS, "2025-03-03"), word("A", Stance.REJECTS, "2025-03-10", "no")]
        )
        assert on(scenario, InForce("text"), "2025-03-12") is DISPUTED
        assert on(scenario, InForce("text"), "2025-06-02") is UNMET

    def test_what_a_successor_ended_does_not_revive_by_what_prolongs_it(self):
        """In force from the 3rd, and replaced on the 8th; its own term ran out on the 10th."""
        others = [
            Proposal(id="longer", title="longer", to=["B"], prolongs="text"),
            Proposal(id="newer", title="newer", to=["A"], previous="text"),
        ]
        words = [
            word("B", Stance.ACCEPTS, "2025-03-05", about="longer"),
            word("A", Stance.ACCEPTS, "2025-03-08", about="newer"),
        ]
        scenario = self.accepted(ends=Moment("2025-03-10")).with_proposals(others)
        scenario = scenario.with_statements(words)
        assert on(scenario, InForce("longer"), "2025-03-15") is MET
        found = [on(scenario, InForce("text"), f"2025-03-{day}") for day in ("07", "09", "15")]
        assert found == [MET, UNMET, UNMET]

    def test_it_starts_with_an_event_and_ends_with_another(self):
        scenario = self.accepted(
            starts=After(Accepts("A", "text"), days(2)), ends=After(Done("settlement"), days(0))
        )
        found = [on(scenario, InForce("text"), f"2025-03-0{day}") for day in (2, 4, 5, 9)]
        assert found == [UNKNOWN, PENDING, MET, MET]
        settled = suppose(scenario, {"settlement": True}, since="2025-03-08")
        assert on(settled, InForce("text"), "2025-03-08") is MET
        assert on(settled, InForce("text"), "2025-03-09") is UNMET

    def test_reports_on_its_state_decide_where_there_are_any(self):
        scenario = self.accepted(in_force="force", ends=After(InForce("text"), days(2)))
        told = scenario.with_observations([said("force", value=True, since="2025-03-20")])
        assert on(scenario, InForce("text"), "2025-03-21") is UNMET
        assert on(told, InForce("text"), "2025-03-21") is MET

    def test_what_was_not_done_when_the_text_ran_out_has_lapsed(self):
        scenario = self.accepted(
            ends=Moment("2025-03-10"), provisions=[duty("talk", Done("talks"))]
        ).with_observations([said("talks", value=False, since="2025-03-01")])
        kinds = [
            assess(scenario, as_of=day).provisions[0].performance.kind
            for day in ("2025-03-10", "2025-03-11")
        ]
        assert kinds == [PerformanceKind.OWED, PerformanceKind.LAPSED]

    def test_a_deadline_that_is_an_instant_is_missed_by_hours(self):
        scenario = situation(
            said("talks", value=True, since="2025-02-12T18:00Z"),
            provisions=[duty("talk", Done("talks"), Moment("2025-02-12T12:00Z"))],
        )
        (talk,) = assess(scenario, as_of="2025-02-13").provisions
        assert talk.performance.late_by == (timedelta(hours=6),) * 2
        assert "6.0 hours late" in str(talk)

    def test_what_is_known_of_later_days_does_not_count_yet(self):
        scenario = situation(
            said("force", value=True, since="2025-01-01"),
            said("quiet", value=True, since="2025-01-01"),
            said("quiet", value=False, since="2025-01-10"),
            said("quiet", value=True, since="2025-01-20"),
            said("quiet", value=False, since="2025-01-30"),
            provisions=[duty("hush", Holds("quiet"))],
            in_force="force",
        )
        (hush,) = assess(scenario, as_of="2025-01-15", known_by="2025-03-01").provisions
        assert hush.performance.since == datetime(2025, 1, 10, tzinfo=UTC)

    def test_a_text_may_change_at_more_instants_than_are_remembered_at_once(self):
        days_of = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 28)]
        scenario = situation(
            *(said("quiet", value=n % 2 == 0, since=day) for n, day in enumerate(days_of)),
            provisions=[duty("hush", Holds("quiet"))],
        )
        found = timeline(scenario, Fulfilled("hush"), start=days_of[0], end=days_of[-1])
        assert [found.at(day) for day in days_of] == [
            MET if n % 2 == 0 else UNMET for n, _ in enumerate(days_of)
        ]

    def test_a_date_on_either_side_of_the_deadline_leaves_in_doubt_whether_it_was_late(self):
        # between 29 December and 5 January, due on the 31st: perhaps in time
        scenario = situation(
            said("talks", value=True, since="2005-12-29/2006-01-05", reported=Moment("2006-01-06")),
            provisions=[duty("talk", Done("talks"), Moment("2005-12-31"))],
        )
        (talk,) = assess(scenario, as_of="2006-01-06").provisions
        assert talk.performance.kind is PerformanceKind.MET
        assert talk.performance.punctual is UNKNOWN
        assert talk.performance.is_punctuality_open
        assert talk.performance.late_by is None
        assert "met, whether in time is unknown" in str(talk)

    def test_what_nobody_spoke_of_when_it_fell_due_may_have_been_in_time(self):
        scenario = situation(
            said("quiet", value=True, since="2025-03-08"),
            provisions=[duty("hush", Holds("quiet"), Moment("2025-03-05"))],
        )
        (hush,) = assess(scenario, as_of="2025-03-09").provisions
        assert hush.performance.kind is PerformanceKind.MET
        assert hush.performance.punctual is UNKNOWN
        assert hush.performance.late_by is None

    def test_a_deadline_in_doubt_leaves_what_is_not_met_open(self):
        # whether the pull-out ended is disputed, so whether the talks are overdue is, too
        scenario = situation(
            said("talks", value=False, since="2025-03-09"),
            said("pullout", value=True, since="2025-03-02"),
            said("pullout", value=False, since="2025-03-04", source="radio"),
            provisions=[duty("talk", Done("talks"), After(Done("pullout"), days(1)))],
        )
        (talk,) = assess(scenario, as_of="2025-03-09").provisions
        assert talk.performance.verdict is DISPUTED
        assert talk.performance.kind is PerformanceKind.OPEN
        assert talk.performance.punctual is DISPUTED
        assert "disputed, whether in time is disputed" in str(talk)

    @pytest.mark.parametrize("due", ["2025-03-10", "2025-03-08/2025-03-10"])
    def test_an_imprecise_deadline_is_over_after_its_last_day(self, due):
        scenario = situation(
            said("quiet", value=False, since="2025-03-02"),
            said("quiet", value=False, since="2025-03-11"),
            provisions=[duty("hush", Holds("quiet") & Done("talks"), Moment(due))],
        )

        def performed(day):
            (hush,) = assess(scenario, as_of=day).provisions
            return hush.performance.kind, hush.performance.punctual

        assert performed("2025-03-07") == (PerformanceKind.NOT_DUE, PENDING)
        assert performed("2025-03-11") == (PerformanceKind.OVERDUE, UNMET)

    @pytest.mark.parametrize("due", ["2025-03-10", "2025-03-08/2025-03-10"])
    def test_what_a_text_asks_that_nobody_accepted_is_not_owed(self, due):
        scenario = situation(
            said("quiet", value=True, since="2025-03-02"),
            said("quiet", value=False, since="2025-03-05"),
            provisions=[duty("hush", Holds("quiet"), Moment(due))],
            to=["A"],
        )
        kinds = [
            assess(scenario, as_of=day).provisions[0].performance.kind
            for day in ("2025-03-05", "2025-03-11")
        ]
        assert kinds == [PerformanceKind.NOT_OWED, PerformanceKind.NOT_OWED]

    @pytest.mark.parametrize("due", ["2025-03-10", "2025-03-08/2025-03-10"])
    def test_what_nobody_had_reported_leaves_no_doubt_before_an_imprecise_deadline(self, due):
        # on the 2nd nobody spoke of the talks, on the 3rd it was not quiet
        scenario = situation(
            said("quiet", value=True, since="2025-03-02"),
            said("quiet", value=False, since="2025-03-03"),
            provisions=[duty("hush", Holds("quiet") & Done("talks"), Moment(due))],
        )
        (hush,) = assess(scenario, as_of="2025-03-04").provisions
        assert hush.performance.kind is PerformanceKind.NOT_DUE
        assert hush.performance.punctual is PENDING

    @pytest.mark.parametrize("due", ["2025-03-10", "2025-03-08/2025-03-10"])
    def test_a_dispute_at_the_deadline_leaves_what_is_not_met_after_it_overdue(self, due):
        scenario = situation(
            said("quiet", value=False, since="2025-03-02", reported=Moment("2025-03-09")),
            said("quiet", value=True, since="2025-03-09", source="radio"),
            said("quiet", value=False, since="2025-03-11", source="radio"),
            provisions=[duty("hush", Holds("quiet"), Moment(due))],
        )
        (hush,) = assess(scenario, as_of="2025-03-12").provisions
        assert hush.performance.kind is PerformanceKind.OVERDUE
        assert hush.performance.punctual is DISPUTED

    def test_a_breach_is_dated_from_when_it_was_sure_and_not_from_when_it_was_disputed(self):
        # both say that it is quiet since January; one says no in March, the other in June
        scenario = situation(
            said("force", value=True, since="2020-01-01"),
            said("quiet", value=True, since="2020-01-01"),
            said(
                "quiet",
                value=True,
                since="2020-01-01",
                reported=Moment("2020-03-01"),
                source="radio",
            ),
            said("quiet", value=False, since="2020-03-01"),
            said("quiet", value=False, since="2020-06-01", source="radio"),
            provisions=[duty("hush", Holds("quiet"))],
            in_force="force",
        )
        (hush,) = assess(scenario, as_of="2020-04-01").provisions
        assert hush.performance.kind is PerformanceKind.OPEN
        (hush,) = assess(scenario, as_of="2020-07-01").provisions
        assert hush.performance.kind is PerformanceKind.BREACHED
        assert hush.performance.since == datetime(2020, 6, 1, tzinfo=UTC)

    def test_of_several_breaches_the_last_is_dated(self):
        days_of = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")
        scenario = situation(
            said("force", value=True, since="2020-01-01"),
            *(said("quiet", value=n % 2 == 0, since=day) for n, day in enumerate(days_of)),
            provisions=[duty("hush", Holds("quiet"))],
            in_force="force",
        )
        (hush,) = assess(scenario, as_of="2020-05-01").provisions
        assert hush.performance.since == datetime(2020, 4, 1, tzinfo=UTC)

    def test_what_ended_before_the_text_was_in_force_is_no_breach(self):
        scenario = situation(
            said("force", value=False, since="2020-01-01"),
            said("force", value=True, since="2020-03-01"),
            said("quiet", value=True, since="2020-01-01"),
            said("quiet", value=False, since="2020-02-01"),
            provisions=[duty("hush", Holds("quiet"))],
            in_force="force",
        )
        (hush,) = assess(scenario, as_of="2020-05-01").provisions
        assert hush.performance.kind is PerformanceKind.OWED
        assert "owed" in str(hush)

    def test_what_waits_for_a_trigger_is_not_due_and_the_trigger_no_progress(self):
        scenario = situation(
            said("released", 40, "2025-02-01"),
            said("quiet", value=False, since="2025-02-01"),
            said("breach", value=False, since="2025-02-01"),
            provisions=[
                duty("later", When(Holds("breach"), Done("entry"))),
                duty("once", When(AtLeast("released", 33), Holds("quiet"))),
            ],
        )
        later, once = assess(scenario, as_of="2025-02-02").provisions
        assert later.performance.kind is PerformanceKind.NOT_DUE
        assert later.finding.verdict is PENDING
        assert once.performance.progress is None
        assert once.performance.kind is PerformanceKind.OWED

    def test_a_text_that_is_reported_in_force_after_its_end_has_not_lapsed(self):
        scenario = situation(
            said("force", value=True, since="2025-01-01"),
            said("talks", value=False, since="2025-01-01"),
            provisions=[duty("talk", Done("talks"))],
            in_force="force",
            ends=Moment("2025-02-01"),
        )
        (talk,) = assess(scenario, as_of="2025-03-01").provisions
        assert talk.performance.kind is PerformanceKind.LAPSED  # a report does not outlive the end
        still = scenario.with_observations([said("force", value=True, since="2025-02-02")])
        (talk,) = assess(still, as_of="2025-03-01").provisions
        assert talk.performance.kind is PerformanceKind.OWED
        over = still.with_observations([said("force", value=False, since="2025-02-15")])
        (talk,) = assess(over, as_of="2025-03-01").provisions
        assert talk.performance.kind is PerformanceKind.LAPSED

    def test_what_was_in_force_and_no_longer_is_leaves_its_duties_lapsed(self):
        # no end is set: whoever withdraws ends it
        scenario = situation(
            said("force", value=True, since="2025-01-01"),
            said("force", value=False, since="2025-01-20"),
            said("talks", value=False, since="2025-01-01"),
            provisions=[duty("talk", Done("talks"), Moment("2025-02-01"))],
            in_force="force",
        )
        (talk,) = assess(scenario, as_of="2025-02-05").provisions
        assert talk.performance.kind is PerformanceKind.LAPSED
        never = situation(
            said("force", value=False, since="2025-01-01"),
            said("talks", value=False, since="2025-01-01"),
            provisions=[duty("talk", Done("talks"), Moment("2025-02-01"))],
            in_force="force",
            to=["A"],
        )
        (talk,) = assess(never, as_of="2025-02-05").provisions
        assert talk.performance.kind is PerformanceKind.NOT_OWED

    def test_a_deadline_inside_a_duty_that_was_missed_leaves_it_owed(self):
        scenario = situation(
            said("talks", value=False, since="2025-01-01"),
            provisions=[duty("talk", By(Done("talks"), Moment("2025-02-01")) & Done("entry"))],
        )
        (before,) = assess(scenario, as_of="2025-02-01").provisions
        assert before.performance.kind is PerformanceKind.OPEN  # of the entry nothing is reported
        told = scenario.with_observations([said("talks", value=False, since="2025-02-02")])
        (talk,) = assess(told, as_of="2025-02-02").provisions
        assert talk.performance.kind is PerformanceKind.OWED

    def test_a_number_that_is_reached_is_no_progress_where_something_else_lacks(self):
        scenario = situation(
            said("released", 33, "2025-02-01"),
            said("quiet", value=False, since="2025-02-01"),
            provisions=[duty("both", AtLeast("released", 33) & Holds("quiet"))],
        )
        (both,) = assess(scenario, as_of="2025-02-02").provisions
        assert both.performance.kind is PerformanceKind.OWED
        assert both.performance.progress is None

    def test_one_obligors_result_survives_the_others(self):
        scenario = situation(
            said("talks", value=True, since="2025-03-01"),
            said("pullout", value=False, since="2025-03-05"),
            provisions=[
                Provision(
                    id="both",
                    text="both",
                    due=Moment("2025-03-02"),
                    duties=[
                        Duty(by=["A"], requires=Done("talks")),
                        Duty(by=["B"], requires=Done("pullout")),
                    ],
                )
            ],
        )
        (both,) = assess(scenario, as_of="2025-03-05").provisions
        assert both.performance.kind is PerformanceKind.OVERDUE
        assert (both.performance.met, both.performance.of) == (1, 2)
        assert [each.performance.kind for each in both.obligors] == [
            PerformanceKind.MET,
            PerformanceKind.OVERDUE,
        ]


class TestTimeline:
    def test_it_is_a_function_of_time(self):
        scenario = situation(
            said("quiet", value=True, since="2025-03-03"),
            said("quiet", value=False, since="2025-03-05"),
        )
        found = timeline(scenario, Holds("quiet"), start="2025-03-01", end="2025-03-10")
        assert [span.verdict for span in found.spans] == [UNKNOWN, MET, UNMET]
        assert found.at("2025-03-04") is MET
        assert found.first_met == datetime(2025, 3, 3, tzinfo=UTC)
        assert found.last_met == datetime(2025, 3, 5, tzinfo=UTC) - timedelta(microseconds=1)
        assert [found.share(verdict) for verdict in (UNKNOWN, MET, UNMET)] == [0.2, 0.2, 0.6]
        assert "3 March 2025  4 March 2025   ✓ met" in str(found)
        with pytest.raises(ModelError, match="outside this timeline"):
            found.at("2025-03-11")

    def test_it_is_the_same_by_whatever_name_its_zone_is_called(self):
        found = [
            timeline(
                situation(said("quiet", value=True, since="2025-03-03"), zone=zone),
                Holds("quiet"),
                start="2025-03-01",
                end="2025-03-08",
            )
            for zone in ("Europe/Kyiv", "Europe/Kiev")
        ]
        assert found[0] == found[1]

    def test_what_was_never_met_has_no_first_and_last(self):
        found = timeline(situation(), Holds("quiet"), start="2025-03-01", end="2025-03-01")
        assert (found.first_met, found.last_met, found.changes()) == (None, None, ())

    def test_a_correction_changes_what_one_says_today_about_then_and_not_what_one_could_say(self):
        scenario = situation(
            said("quiet", value=True, since="2025-03-03", id="first"),
            said(
                "quiet",
                value=False,
                since="2025-03-03",
                reported=Moment("2025-03-08"),
                corrects="first",
            ),
        )
        assert on(scenario, Holds("quiet"), "2025-03-04") is MET
        assert on(scenario, Holds("quiet"), "2025-03-04", known_by="2025-03-08") is UNMET
        clock = hindsight(scenario, Holds("quiet"), as_of="2025-03-04", until="2025-03-10")
        assert [(at.day, after) for at, _, after in clock.changes()] == [(8, UNMET)]
        with pytest.raises(ModelError, match="must lie after as_of"):
            hindsight(scenario, Holds("quiet"), as_of="2025-03-04", until="2025-03-03")

    def test_old_reports_fall_silent_and_done_acts_do_not(self):
        scenario = situation(
            said("quiet", value=True, since="2025-03-01"),
            said("talks", value=True, since="2025-03-01"),
        )
        recent = Trust(within_days=7)
        assert on(scenario, Holds("quiet"), "2025-03-08", trust=recent) is MET
        assert on(scenario, Holds("quiet"), "2025-03-09", trust=recent) is UNKNOWN
        assert on(scenario, Done("talks"), "2025-03-09", trust=recent) is MET

    def test_of_a_circle_it_changes_where_what_it_needs_does(self):
        """Each accepts if the other does, and B not while it is quiet: not met, and then all."""
        needs = {"A": Accepts("B", "text"), "B": Accepts("A", "text") & ~Holds("quiet")}
        scenario = situation(
            said("quiet", value=True, since="2025-03-01"),
            said("quiet", value=False, since="2025-03-10"),
            to=["A", "B"],
        ).with_statements([word(name, Stance.ACCEPTS_WITH_CONDITIONS) for name in needs])
        circle = scenario.with_preconditions(
            Precondition(
                id=name,
                of=Accepts(name, "text"),
                needs=each,
                held_by=name,
                timing=Timing.TOGETHER,
                text=name,
            )
            for name, each in needs.items()
        )
        found = timeline(circle, Accepts("A", "text"), start="2025-03-02", end="2025-03-20")
        assert spans_of(found) == [("03-02", UNMET), ("03-10", MET)]

    def test_a_month_from_the_last_day_of_a_longer_one_ends_with_the_shorter(self):
        """From 31 January on: the whole of 28 February belongs to the month."""
        scenario = situation(
            said("quiet", value=False, since="2025-01-01"),
            said("quiet", value=True, since="2025-01-31"),
        )
        held = HeldFor(Holds("quiet"), months(1))
        assert [on(scenario, held, f"2025-02-{day}") for day in (27, 28)] == [PENDING, MET]
        assert on(scenario, held, "2025-02-28T12:00Z") is PENDING

    def test_what_was_done_in_a_month_is_done_by_its_last_day_whatever_was_denied_in_it(self):
        """Not yet, told on the 10th; done in March, told at its end: so it is done by then."""
        scenario = situation(
            said("talks", value=False, since="2025-03-10"),
            said("talks", value=True, since="2025-03"),
        )
        found = timeline(scenario, Done("talks"), start="2025-02-20", end="2025-04-02")
        assert spans_of(found) == [("02-20", UNMET), ("03-01", UNKNOWN), ("03-31", MET)]

    def test_a_lower_number_of_some_day_of_a_month_may_correct_a_higher_one_or_come_before(self):
        """12 on the 10th; told later, 10 since a day of March: a correction if that is later."""
        scenario = Scenario(
            title="t",
            facts=[Quantity(id="freed", text="freed", unit="people", cumulative=True)],
            sources=[Source(id="wire", name="The Wire")],
            observations=[said("freed", 12, "2025-03-10"), said("freed", 10, "2025-03")],
        )
        found = timeline(scenario, AtLeast("freed", 12), start="2025-03-01", end="2025-04-02")
        assert spans_of(found) == [("03-01", UNMET), ("03-10", UNKNOWN)]

    def test_a_report_that_was_overtaken_is_shown_once_and_not_as_heard(self):
        scenario = situation(
            said("talks", value=False, since="2025-03-05"),
            said("talks", value=True, since="2025-03-05/2025-03-10", source="radio"),
        )
        found = evaluate(scenario, Done("talks"), as_of="2025-03-11")
        assert [(each.source, each.says) for each in found.readings] == [
            ("radio", Says.SUPPORTS),
            ("wire", Says.OVERTAKEN),
        ]

    def test_of_a_text_whose_acceptances_are_in_doubt_a_party_s_reports_decide_over_time_too(self):
        """Rejected on the 5th and accepted in March: before or after? The party says: in force."""
        scenario = situation(
            said("force", value=True, since="2025-03-20", source="office"),
            to=["A"],
            in_force="force",
        ).with_statements(
            [word("A", Stance.REJECTS, "2025-03-05"), word("A", Stance.ACCEPTS, "2025-03", "again")]
        )
        found = timeline(scenario, InForce("text"), start="2025-03-01", end="2025-04-02")
        assert spans_of(found) == [("03-01", UNKNOWN), ("03-20", MET)]


class TestBadInput:
    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (
                lambda s: timeline(s, Holds("quiet"), start="2025-03-02", end="2025-03-01"),
                "ends after its start",
            ),
            (
                lambda s: timeline(s, Holds("quiet"), start="2025-03", end="2025-04-01"),
                "a day or an instant",
            ),
            (
                lambda s: timeline(
                    s, Holds("quiet"), start="2025-03-01", end="2025-03-09", known_by="2025-03-02"
                ),
                "lies after known_by",
            ),
            (lambda s: evaluate(s, Holds("quiet"), as_of=datetime(2025, 3, 1)), "needs its offset"),  # noqa: DTZ001
            (lambda s: evaluate(s, Holds("quiet"), as_of="2025-13-01"), "2025-13-01"),
            (
                lambda s: evaluate(s, Holds("quiet"), as_of="2025-03-02", known_by="2025-03-01"),
                "lies after known_by",
            ),
            (lambda _: By(Holds("quiet"), "soon"), "due cannot be read: no time"),
            (lambda _: HeldFor(Holds("quiet"), days(0)), "more than 0"),
            (lambda _: days(-1), "a delay is of 0 to 36525 days"),
            (
                lambda _: Ever(
                    Throughout(Holds("quiet"), Moment("2025-03-01"), Moment("2025-04-01"))
                ),
                "use HeldFor",
            ),
            (lambda _: situation(zone="Europe/Kiew"), "no time zone 'Europe/Kiew'"),
        ],
    )
    def test_it_gives_one_clear_error(self, call, message):
        with pytest.raises(ModelError, match=message):
            call(situation())

    def test_an_end_before_its_start_is_refused(self):
        with pytest.raises(ScenarioError, match="before it starts"):
            situation(starts=Moment("2025-03-02"), ends=Moment("2025-03-01"))
        backwards = Throughout(Holds("quiet"), Moment("2025-03-02"), Moment("2025-03-01"))
        with pytest.raises(ScenarioError, match="before it starts"):
            evaluate(situation(), backwards, as_of="2025-03-01")

    def test_a_bound_that_refers_to_itself_is_refused(self):
        itself = After(Fulfilled("talk"), days(1))
        with pytest.raises(ScenarioError, match=r"fulfilled\(talk\) → fulfilled\(talk\)"):
            situation(provisions=[duty("talk", Done("talks"), itself)])
        with pytest.raises(ScenarioError, match="a circle through"):
            situation(starts=After(InForce("text"), days(1)))

    def test_a_chain_of_deadlines_may_be_hundreds_long(self):
        provisions = [
            duty(
                f"step{n}",
                By(Fulfilled(f"step{n + 1}"), Moment("2025-03-20")) if n < 399 else Done("talks"),
            )
            for n in range(400)
        ]
        scenario = situation(said("talks", value=True, since="2025-03-03"), provisions=provisions)
        assert on(scenario, Fulfilled("step0"), "2025-03-05") is MET


class TestWords:
    SCENARIO = situation(
        said("signed", value=True, since="2025-02-01"),
        said("talks", value=True, since="2025-02-13T06:00Z"),
        said("quiet", value=True, since="2025-02-01"),
        said("quiet", value=False, since="2025-02-20"),
        said("breach", value=True, since="2025-02-20"),
        said("force", value=True, since="2025-01-01"),
        said("released", 25, "2025-02-20"),
        provisions=[
            duty("talk", Done("talks"), After(Done("signed"), days(10))),
            duty("hush", Holds("quiet"), by=("A", "B")),
            duty("release", AtLeast("released", 33), Moment("2025-02-10")),
            Provision(
                id="two",
                text="two",
                duties=[
                    Duty(by=["A"], requires=Done("talks")),
                    Duty(by=["B"], requires=Done("entry")),
                ],
            ),
        ],
        in_force="force",
    )

    def test_a_report_says_what_became_of_each_provision(self):
        text = " ".join(str(assess(self.SCENARIO, as_of="2025-02-21")).split())
        assert "✓ met late talk (talk; due 11 February 2025, 10 days after “signed”)" in text
        assert "met late, first met on 13 February 2025" in text
        assert "2 days late" in text  # due on the 11th, met in the morning of the 13th
        assert "✗ breached hush (hush) since 20 February 2025" in text
        assert "overdue, 25 of 33" in text
        assert "1 of 2 duties are met" in text

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (
                Ever(Holds("quiet")),
                "at some time so far: quiet: met, because “quiet” was met on 1 February 2025.",
            ),
            (By(Done("talks"), Moment("2025-02-12")), "talks, by 12 February 2025: not met"),
            (By(Done("talks"), Moment("2025-02-12")), "late by 1 day"),
            (By(Done("talks"), Moment("2025-02-12")), "due by 12 February 2025"),
            (HeldFor(Holds("quiet"), days(3)), "for the last 3 days without a break: quiet"),
            (
                Throughout(Holds("quiet"), Moment("2025-02-01")),
                "always from 1 February 2025: quiet",
            ),
            (
                Throughout(Holds("quiet"), Moment("2025-02-01"), After(Done("talks"), hours(2))),
                "until 13 February 2025, 08:00, 2 hours after “talks”: quiet",
            ),
            (When(Holds("breach"), Done("entry")), "once “breach”: entry"),
            (~Holds("quiet"), "because “quiet” is not met"),
            (Fulfilled("talk"), "“talks” is met"),
        ],
    )
    def test_why_says_when(self, condition, expected):
        finding = evaluate(self.SCENARIO, condition, as_of="2025-02-21")
        assert expected in finding.why
        assert all(node.address for node in finding.walk())

    def test_a_finding_on_a_provision_says_when_it_was_due_and_how_late_it_was(self):
        finding = evaluate(self.SCENARIO, Fulfilled("talk"), as_of="2025-02-21")
        assert finding.due == datetime(2025, 2, 12, tzinfo=UTC)
        assert finding.met_at == datetime(2025, 2, 13, 6, tzinfo=UTC)
        assert finding.late_by == timedelta(days=2)
        (leaf,) = finding.parts
        assert (leaf.due, leaf.late_by, leaf.met_at) == (None, None, finding.met_at)
        never = evaluate(self.SCENARIO, Fulfilled("two", by="B"), as_of="2025-02-21")
        assert (never.met_at, never.late_by) == (None, None)

    def test_a_number_that_sources_disagree_on_or_that_has_no_base_has_no_progress(self):
        other = said("released", 20, "2025-02-20", source="radio")
        scenario = self.SCENARIO.with_observations([other])
        for condition in (AtLeast("released", 33), AtLeast("released", Times(1, "listed"))):
            assert evaluate(scenario, condition, as_of="2025-02-21").progress is None
        unnamed = evaluate(
            self.SCENARIO, AtLeast("released", Times(1, "listed")), as_of="2025-02-21"
        )
        assert unnamed.progress is None

    def test_a_multiple_has_come_so_far_as_its_base_says_and_a_range_at_least_so_far(self):
        base = said("listed", 60, "2025-02-01")
        scenario = self.SCENARIO.with_observations([base])
        half = evaluate(scenario, AtLeast("released", Times(0.5, "listed")), as_of="2025-02-21")
        assert (half.progress.reached, half.progress.needed) == (25, 30)
        about = said("released", Range(26, 30), "2025-02-21")
        ranged = evaluate(
            self.SCENARIO.with_observations([about]), AtLeast("released", 33), as_of="2025-02-21"
        )
        assert (ranged.progress.reached, ranged.progress.needed) == (26, 33)
        vague = said("listed", Range(50, 60), "2025-02-15")
        unsure = self.SCENARIO.with_observations([vague])
        of_range = evaluate(unsure, AtLeast("released", Times(0.5, "listed")), as_of="2025-02-21")
        assert of_range.progress is None
        most = said("released", Range(None, 30), "2025-02-21")
        capped = self.SCENARIO.with_observations([most])
        found = evaluate(capped, AtLeast("released", 33), as_of="2025-02-21")
        assert found.progress is None

    def test_a_temporal_condition_that_is_not_met_is_a_move_of_its_own_while_it_can_be(self):
        late = By(Done("talks"), Moment("2025-02-12"))
        accepted = Scenario(
            title="a plan",
            parties=[Party(id="A", name="A")],
            facts=[Act(id="talks", text="talks")],
            sources=[Source(id="wire", name="The Wire")],
            statements=[
                Statement(
                    id="but",
                    speaker="A",
                    party="A",
                    date=Moment("2025-02-01"),
                    about=About(proposal="plan"),
                    text="but",
                    source="wire",
                    stance=Stance.ACCEPTS_WITH_CONDITIONS,
                )
            ],
            proposals=[Proposal(id="plan", title="the plan", to=["A"])],
            preconditions=[
                Precondition(
                    id="in-time", held_by="A", of=Accepts("A", "plan"), needs=late, text="in time"
                )
            ],
        )
        before = assess(accepted, as_of="2025-02-11").next_moves
        assert [finding.condition for move in before for finding in move.findings] == [
            Done("talks"),  # to be changed
            late,  # to be waited for
        ]
        told = accepted.with_observations([said("talks", value=False, since="2025-02-13")])
        assert assess(told, as_of="2025-02-21").next_moves == ()  # nobody can mend it now

    def test_a_word_that_may_have_been_spoken_leaves_the_answer_open(self):
        def word(name, stance, day):
            return Statement(
                id=name,
                speaker="A",
                party="A",
                date=Moment(day),
                about=About(proposal="text"),
                text="a word",
                source="wire",
                stance=stance,
            )

        scenario = situation(to=["A"]).with_statements(
            [word("no", Stance.REJECTS, "2025-02-01"), word("yes", Stance.ACCEPTS, "2025-03")]
        )
        accepts = Accepts("A", "text")
        found = [
            on(scenario, accepts, day, known_by="2025-04-01")
            for day in ("2025-02-10", "2025-03-10", "2025-03-31")
        ]
        assert found == [UNMET, UNKNOWN, MET]


class TestClocks:
    def test_a_month_held_over_the_end_of_a_shorter_one(self):
        # a month before 31 March is 28 February; the first instant whose month begins with March
        # is that before the midnight of 1 April
        scenario = situation(
            said("quiet", value=False, since="2025-01-01"),
            said("quiet", value=True, since="2025-03-01"),
        )
        held = HeldFor(Holds("quiet"), months(1))
        assert on(scenario, held, "2025-03-30") is PENDING
        assert on(scenario, held, "2025-03-31") is MET

    def test_a_duration_that_begins_in_the_hour_that_clocks_skip(self):
        scenario = situation(
            said("quiet", value=False, since="2025-03-01"),
            said("quiet", value=True, since="2025-03-29T03:30+02:00"),
            zone="Europe/Kyiv",
        )
        # 03:30 on 30 March does not exist in Kyiv; a day is over at the first clock time after it
        held = timeline(
            scenario, HeldFor(Holds("quiet"), days(1)), start="2025-03-29", end="2025-03-31"
        )
        assert [after for _, _, after in held.changes()] == [PENDING, MET]
        assert held.first_met < datetime(2025, 3, 30, 5, tzinfo=KYIV)

    @pytest.mark.parametrize(
        ("since", "duration", "first"),
        [
            # forward on 30 March 2025 at 03:00: of that day 02:59:59.999999 is followed by 04:00
            ("2025-03-29T03:30+02:00", days(1), "2025-03-30T02:59:59.999999+02:00"),
            ("2025-03-29", days(2), "2025-03-30T23:59:59.999999+03:00"),
            ("2025-03-29", hours(48), "2025-03-31T00:59:59.999999+03:00"),  # two days have 47
            # back on 26 October 2025 at 04:00: 03:30 comes twice, and the first time counts
            ("2025-10-25T03:30+03:00", days(1), "2025-10-26T03:29:59.999999+03:00"),
            ("2025-10-25", hours(48), "2025-10-26T22:59:59.999999+02:00"),  # two days have 49
            # a month before 28 March is the day itself, before the 27th a day too early
            ("2025-02-28", months(1), "2025-03-27T23:59:59.999999+02:00"),
        ],
    )
    def test_it_has_held_long_enough_from_one_instant_on(self, since, duration, first):
        scenario = situation(
            said("quiet", value=False, since="2025-01-01"),
            said("quiet", value=True, since=since),
            zone="Europe/Kyiv",
        )
        found = timeline(
            scenario, HeldFor(Holds("quiet"), duration), start="2025-01-02", end="2025-12-01"
        )
        begun = Moment(since).bounds(KYIV)[0]
        assert [(at, after) for at, _, after in found.changes()] == [
            (begun, PENDING),
            (datetime.fromisoformat(first), MET),
        ]

    def test_only_the_most_reliable_are_heard(self):
        scenario = situation(said("quiet", value=True, since="2025-03-01")).with_sources(
            [Source(id="monitor", name="Monitor", reliability=Reliability.B)]
        )
        told = scenario.with_observations(
            [said("quiet", value=False, since="2025-03-01", source="monitor")]
        )
        best = Trust(most_reliable=True)
        assert on(told, Holds("quiet"), "2025-03-02") is DISPUTED
        assert on(told, Holds("quiet"), "2025-03-02", trust=best) is UNMET

    @pytest.mark.parametrize(("wire", "expected"), [(True, [MET, MET]), (False, [UNKNOWN, MET])])
    def test_those_after_the_most_reliable_are_heard_where_it_may_not_speak_yet(
        self, wire, expected
    ):
        monitor = Source(id="monitor", name="Monitor", reliability=Reliability.B)
        told = (
            situation(said("quiet", value=wire, since="2025-03-01"))
            .with_sources([monitor])
            .with_observations([said("quiet", value=True, since="2025-03", source="monitor")])
        )
        # the monitor says so from some day of March on, from the 31st on surely
        seen = {"known_by": "2025-05-01", "trust": Trust(most_reliable=True)}
        found = [on(told, Holds("quiet"), day, **seen) for day in ("2025-03-10", "2025-03-31")]
        assert found == expected

    def test_reports_that_change_nothing_do_not_split_hindsight(self):
        scenario = situation(
            said("quiet", value=True, since="2025-03-03"),
            said(
                "quiet",
                value=True,
                since="2025-03-03",
                source="radio",
                reported=Moment("2025-03-05"),
            ),
        )
        clock = hindsight(scenario, Holds("quiet"), as_of="2025-03-04", until="2025-03-10")
        assert len(clock.spans) == 1


class TestAwkward:
    def test_what_began_on_the_bare_day_of_a_deadline_at_noon_may_have_been_in_time(self):
        scenario = situation(
            said("quiet", value=False, since="2025-03-01"),
            said("quiet", value=True, since="2025-03-10"),
            said("quiet", value=False, since="2025-03-12"),
        )
        deadline = By(Holds("quiet"), Moment("2025-03-10T12:00Z"))
        # before noon it was met in time; after, missed, as the word of the 12th says
        assert on(scenario, deadline, "2025-03-13") is UNKNOWN

    def test_a_range_of_instants_as_deadline_is_judged_at_all_that_changes_inside(self):
        deadline = By(Done("talks"), Moment("2025-03-01T00:00Z/2025-03-10T00:00Z"))
        scenario = situation(
            said("talks", value=False, since="2025-03-03"),
            said("talks", value=True, since="2025-03-05"),
        )
        assert on(scenario, deadline, "2025-03-03") is PENDING
        assert on(scenario, deadline, "2025-03-12") is UNKNOWN
        assert on(situation(), deadline, "2025-03-12") is UNKNOWN

    def test_a_dispute_inside_a_range_of_instants_as_deadline_leaves_it_disputed(self):
        # not quiet until the 5th, then disputed, and quiet from the 8th on, all sources agree
        before = {"value": False, "since": "2025-02-01", "until": Moment("2025-03-05T00:00Z")}
        scenario = situation(
            said("quiet", **before),
            said("quiet", **before, source="radio"),
            said(
                "quiet",
                value=False,
                since="2025-03-05T00:00Z",
                until=Moment("2025-03-08T00:00Z"),
            ),
            said("quiet", value=True, since="2025-03-05T00:00Z", source="radio"),
            said("quiet", value=True, since="2025-03-08T00:00Z"),
        )
        deadline = By(Holds("quiet"), Moment("2025-03-01T00:00Z/2025-03-10T00:00Z"))
        # missed if it was due by the 5th, met if from the 8th on; what is open is in between
        found = [on(scenario, deadline, f"2025-03-{day:02}") for day in (4, 6, 9, 12)]
        assert found == [PENDING, DISPUTED, DISPUTED, DISPUTED]

    def test_who_tells_one_of_two_numbers_is_read_with_the_others_number_of_the_other(self):
        half = AtLeast("arms", Times("1/2", "registered"))
        told = [
            said("arms", value=60, since="2025-03-01", source="radio"),
            said("registered", value=120, since="2025-03-01", source="radio"),
        ]
        # 60 is half of 120, and less than half of the 130 of the wire, which counts no arms itself
        agreed = situation(*told, said("registered", value=119, since="2025-03-01"))
        apart = situation(*told, said("registered", value=130, since="2025-03-01"))
        assert on(agreed, half, "2025-03-02") is MET
        assert on(apart, half, "2025-03-02") is DISPUTED
        counted = situation(told[1], said("arms", value=59, since="2025-03-01"))
        assert on(counted, half, "2025-03-02") is UNMET

    def test_hours_after_a_disputed_event(self):
        deadline = By(Done("talks"), After(Done("signed"), hours(24)))
        scenario = situation(
            said("signed", value=True, since="2025-03-01"),
            said(
                "signed",
                value=False,
                since="2025-02-01",
                reported=Moment("2025-03-02"),
                source="radio",
            ),
            said("talks", value=True, since="2025-03-03T12:00Z"),
        )
        assert on(scenario, deadline, "2025-03-01") is PENDING
        # too late if it was signed on 1 March, early if it is not signed yet
        assert on(scenario, deadline, "2025-03-04") is DISPUTED
        late = By(Done("entry"), After(Done("signed"), hours(24)))
        told = scenario.with_observations([said("entry", value=False, since="2025-03-04")])
        assert on(told, late, "2025-03-04") is DISPUTED

    def test_an_event_without_agreed_meaning_has_been_in_doubt_since_ever(self):
        vague = Vague(id="order", text="order is restored")
        late = By(Done("talks"), After(vague, days(2)))
        scenario = situation(said("talks", value=False, since="2025-03-01"))
        assert on(scenario, late, "2025-03-04") is Verdict.UNCLEAR
        told = scenario.with_observations([said("talks", value=True, since="2025-03-03")])
        assert on(told, late, "2025-03-04") is Verdict.UNCLEAR

    def test_what_is_too_old_when_it_begins_to_count_is_never_heard(self):
        early = said("quiet", value=True, since="2025-03-31", reported=Moment("2025-03-01"))
        recent = Trust(within_days=1)
        assert on(situation(early), Ever(Holds("quiet")), "2025-04-05", trust=recent) is UNKNOWN

    def test_a_text_that_its_parties_never_plainly_accept_has_no_entry_to_count_from(self):
        scenario = situation(to=["A"], ends=After(InForce("text"), days(2))).with_statements(
            [
                Statement(
                    id=name,
                    speaker="A",
                    party="A",
                    date=Moment(day),
                    about=About(proposal="text"),
                    text="yes, but",
                    source="wire",
                    stance=Stance.ACCEPTS_WITH_CONDITIONS,
                )
                for name, day in (("but", "2025-03-01"), ("again", "2025-04"))
            ]
        )
        together, before = (
            scenario.with_preconditions(
                [
                    Precondition(
                        id="while",
                        held_by="A",
                        of=Accepts("A", "text"),
                        needs=InForce("text"),
                        timing=timing,
                        text="while it is in force",
                    )
                ]
            )
            for timing in (Timing.WHILE, Timing.BEFORE)
        )
        dates = ("2025-03-03", "2025-03-04")
        found = [on(together, InForce("text"), day, known_by="2025-05-01") for day in dates]
        assert found == [MET, MET]
        assert on(before, InForce("text"), "2025-03-03") is UNMET
        asked = evaluate(together, Accepts("A", "text"), as_of="2025-04-10", known_by="2025-05-01")
        assert len(asked.parts) == 1
        ended = timeline(together, InForce("text"), start="2025-03-01", end="2025-03-31")
        assert ended.changes() == ()

    def test_a_text_with_dates_of_its_own_changes_at_them(self):
        scenario = situation(
            starts=Moment("2025-03-03"),
            ends=Moment("2025-03-05"),
            provisions=[duty("talk", Done("talks"), Moment("2025-03-04"))],
        ).with_observations([said("talks", value=False, since=f"2025-03-0{day}") for day in (1, 5)])
        force = timeline(scenario, InForce("text"), start="2025-03-01", end="2025-03-09")
        talk = timeline(scenario, Fulfilled("talk"), start="2025-03-01", end="2025-03-09")
        assert [(at.day, after) for at, _, after in force.changes()] == [(3, MET), (6, UNMET)]
        assert [(at.day, after) for at, _, after in talk.changes()] == [(5, UNMET)]
