"""Was it kept: what became of duties in their terms, worked out by hand from the design."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    About,
    Accepts,
    Act,
    After,
    AtLeast,
    AtMost,
    By,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    ProvisionKind,
    Quantity,
    Scenario,
    Source,
    SourceKind,
    Stance,
    State,
    Statement,
    Throughout,
    Trust,
    Verdict,
    When,
    assess,
    compare,
    days,
    evaluate,
    hours,
    suppose,
    timeline,
)
from ceasefire_model.rules import MoveKind, PerformanceKind
from tests.examples import at_most

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
UNKNOWN, DISPUTED = Verdict.UNKNOWN, Verdict.DISPUTED
Kind = PerformanceKind
STANDING, BAN = ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION


def said(fact, value, since, source="wire", **more):
    return Observation(fact=fact, value=value, source=source, since=since, **more)


def at(moment):
    return Moment(moment).as_start(UTC)[0]


def word(party, date, stance=Stance.ACCEPTS, text="truce", **about):
    return Statement(
        id=f"{party}-{date}-{stance.name}-{text}",
        speaker=party,
        party=party,
        date=date,
        about=About(**(about or {"proposal": text})),
        text="a word",
        source="paper",
        stance=stance,
    )


DUE = "2031-03-10"
SIGNED = (word("arvenia", "2031-02-27"), word("belmora", "2031-02-27"))


def clause(requires, name="clause", by=("arvenia",), **more):
    return Provision(id=name, text=name, duties=[Duty(by=by, requires=requires)], **more)


def situation(*reports, words=SIGNED, more=(), needs=(), to=("arvenia", "belmora"), **text):
    return Scenario(
        title="a truce",
        parties=[Party(id=name, name=name) for name in ("arvenia", "belmora", "cassia")],
        facts=[
            State(id="fire", text="arvenia fires", by=["arvenia"]),
            State(id="volley", text="belmora fires", by=["belmora"]),
            State(id="state", text="the truce is in force"),
            Act(id="gate", text="the gate is opened", by=["arvenia"]),
            Act(id="notice", text="notice is given"),
            Quantity(id="guns", text="guns left", unit="guns", by=["arvenia"]),
        ],
        sources=[
            Source(id="wire", name="The Wire", kind=SourceKind.NEWS),
            Source(id="radio", name="Radio", kind=SourceKind.NEWS),
            Source(id="watch", name="The Watch", kind=SourceKind.MONITOR, party="cassia"),
            Source(id="ministry", name="Ministry", kind=SourceKind.OFFICIAL, party="arvenia"),
            Source(id="paper", name="The text", kind=SourceKind.DOCUMENT),
        ],
        observations=reports,
        statements=words,
        preconditions=needs,
        proposals=[Proposal(id="truce", title="The truce", to=to, **text), *more],
    )


def performed(scenario, day, name="clause", text="truce", **more):
    return assess(scenario, text, as_of=day, **more).provision(name).performance


def kinds(scenario, *on, **more):
    return [performed(scenario, day, **more).kind for day in on]


def asked(scenario, condition, *on, **more):
    return [evaluate(scenario, condition, as_of=day, **more).verdict for day in on]


HOUR = "2031-03-28T07:00Z"
QUIET = clause(~Holds("fire"), kind=BAN)


# Standing duties and prohibitions


class TestStanding:
    def test_it_binds_from_the_first_instant_of_the_term_and_not_before(self):
        ban = situation(
            said("fire", True, "2031-02-01"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
            starts="2031-03-01",
        )
        assert kinds(ban, "2031-02-28", "2031-03-01") == [Kind.NOT_OWED, Kind.BREACHED]
        assert performed(ban, "2031-03-05").since == datetime(2031, 3, 1, tzinfo=UTC)

    def test_it_is_kept_since_it_binds_and_again_since_it_was_last_broken(self):
        quiet = [said("fire", False, "2031-01-05"), said("fire", True, "2031-02-20")]
        quiet.append(said("fire", False, "2031-02-22"))
        broken = [said("fire", True, "2031-03-10"), said("fire", False, "2031-03-12")]
        text = {"provisions": [clause(~Holds("fire"), kind=BAN)], "starts": "2031-03-01"}
        assert performed(situation(*quiet, **text), "2031-02-25").since is None  # not owed yet
        assert performed(situation(*quiet, **text), "2031-03-05").since == at("2031-03-01")
        violated = performed(situation(*quiet, *broken, **text), "2031-03-20")
        assert (violated.kind, violated.since) == (Kind.VIOLATED, at("2031-03-12"))

    def test_it_binds_to_the_last_instant_of_the_term_and_not_after(self):
        def told(day):
            return situation(
                said("fire", False, "2031-02-27"),
                said("fire", True, day),
                provisions=[clause(~Holds("fire"), kind=BAN)],
                ends="2031-03-31",
            )

        assert kinds(told("2031-03-31"), "2031-04-05") == [Kind.BREACHED]
        assert kinds(told("2031-04-01"), "2031-04-05") == [Kind.KEPT]

    def test_a_violation_keeps_the_reports_that_begin_and_end_it(self):
        first, last = said("fire", True, "2031-03-10"), said("fire", False, "2031-03-12")
        scenario = situation(
            said("fire", False, "2031-02-27"), first, last,
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )  # fmt: skip
        found = performed(scenario, "2031-03-20")
        (violation,) = found.violations
        assert (violation.start.day, violation.end.day) == (10, 12)
        assert (violation.begun_by, violation.ended_by) == ((first,), (last,))
        assert performed(scenario, "2031-03-11").violations[0].end is None
        assert found.last_word.day == 12

    @pytest.mark.parametrize("since", ["2031-03-10/2031-03-12", "2031-03"])
    def test_what_is_known_by_its_month_begins_the_violation_by_its_last_day(self, since):
        shots = said("fire", True, since, source="radio", reported="2031-04-02")
        scenario = situation(
            said("fire", False, "2031-02-27"), shots, said("fire", False, "2031-04-20"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )  # fmt: skip
        found = performed(scenario, "2031-04-05")
        last = 12 if "/" in since else 31
        (broken,) = (each for each in found.violations if each.verdict is UNMET)
        assert (found.kind, broken.start.day, broken.begun_by) == (Kind.BREACHED, last, (shots,))
        before = next(each for each in found.doubts if each.end == broken.start)
        assert (before.begun_by, before.ended_by) == ((shots,), (shots,))

    @pytest.mark.parametrize("since", ["2031-02-20", "2031-01"])
    def test_what_was_so_when_the_term_began_shows_its_report_however_that_is_dated(self, since):
        shots = said("fire", True, since)
        scenario = situation(shots, provisions=[clause(~Holds("fire"), kind=BAN)])
        (broken,) = performed(scenario, "2031-03-05").violations
        assert broken.begun_by == (shots,)

    def test_where_what_contradicted_it_runs_out_the_report_that_stands_begins_the_violation(self):
        shots = said("fire", True, "2031-03-05")
        denied = said("fire", False, "2031-03-05", source="radio", until="2031-03-12")
        scenario = situation(shots, denied, provisions=[clause(~Holds("fire"), kind=BAN)])
        found = performed(scenario, "2031-03-20")
        (broken,) = found.violations
        assert (broken.start, broken.begun_by) == (at("2031-03-13"), (shots,))
        assert [each.verdict for each in found.doubts if each.end == broken.start] == [DISPUTED]

    def test_a_violation_is_over_at_the_instant_at_which_it_ends(self):
        noon = "2031-03-05T12:00Z"
        ban = situation(
            said("fire", True, "2031-03-02"),
            said("fire", False, noon),
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )
        assert kinds(ban, "2031-03-05T11:59:59.999999Z", noon) == [Kind.BREACHED, Kind.VIOLATED]
        (found,) = performed(ban, noon).violations
        assert (found.start, found.end) == (at("2031-03-02"), at(noon))
        assert [report.since for report in found.ended_by] == [Moment(noon)]

    def test_what_was_so_before_the_term_and_after_it_shows_the_reports_of_it_alone(self):
        shots, again = said("fire", True, "2031-02-20"), said("fire", True, "2031-04-01")
        ban = clause(~Holds("fire"), kind=BAN)
        scenario = situation(shots, again, ends="2031-03-31", provisions=[ban])
        (broken,) = performed(scenario, "2031-04-05").violations
        assert (broken.start, broken.end) == (at("2031-02-27"), at("2031-04-01"))
        assert (broken.begun_by, broken.ended_by) == ((shots,), ())

    def test_a_stretch_in_doubt_is_no_violation_and_stays_on_record(self):
        scenario = situation(
            said("fire", False, "2031-02-27", until="2031-03-05"),
            said("fire", False, "2031-03-10"),
            provisions=[clause(~Holds("fire"), kind=STANDING)],
        )
        found = performed(scenario, "2031-03-20")
        assert (found.kind, found.violations) == (Kind.KEPT, ())
        assert [(each.start.day, each.verdict) for each in found.doubts] == [(6, UNKNOWN)]
        assert kinds(scenario, "2031-03-07", known_by="2031-03-07") == [Kind.OPEN]

    @pytest.mark.parametrize(
        ("starts", "also", "kind"),
        [
            ("2031-03-01", [], Kind.VIOLATED),  # in the term whichever day of April it was
            ("2031-04-15", [], Kind.KEPT),  # before the term on some days of April
            ("2031-03-01", [("2031-04-01", "2031-04-30")], Kind.KEPT),  # disputed on each of them
            ("2031-03-01", [("2031-04-01", "2031-04-02")], Kind.KEPT),  # disputed on two of them
        ],
    )
    def test_what_was_broken_on_some_day_of_a_month_was_violated_whichever_it_was(
        self, starts, also, kind
    ):
        shot = said("fire", True, "2031-04", until="2031-04", reported="2031-05-02")
        quiet = [
            said("fire", False, since, source="radio", until=until, reported="2031-05-03")
            for since, until in also
        ]
        scenario = situation(
            said("fire", False, "2031-02-27"), shot, said("fire", False, "2031-05-03"), *quiet,
            provisions=[clause(~Holds("fire"), kind=BAN)],
            starts=starts,
        )  # fmt: skip
        found = performed(scenario, "2031-05-10")
        assert (found.kind, found.verdict) == (kind, MET)
        assert found.doubts
        vague = [(each.start.day, each.end.day, each.begun_by) for each in found.violations]
        assert vague == ([(1, 1, (shot,))] if kind is Kind.VIOLATED else [])
        assert performed(scenario, "2031-04-20", known_by="2031-05-10").kind is Kind.OPEN

    def test_a_report_of_a_month_is_no_violation_because_there_was_another(self):
        """One that says that it was quiet, and one of a shot that is disputed, are none."""
        scenario = situation(
            said("fire", True, "2031-03-05", until="2031-03-06"),
            said("fire", False, "2031-04", until="2031-04", reported="2031-05-02"),
            said("fire", False, "2031-05-03"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )
        found = performed(scenario, "2031-05-10")
        assert found.kind is Kind.VIOLATED
        assert [(each.start.month, each.start.day) for each in found.violations] == [(3, 5)]
        assert found.doubts

    def test_what_was_broken_and_is_in_doubt_now_is_open(self):
        scenario = situation(
            said("fire", True, "2031-03-01", until="2031-03-05"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )
        found = performed(scenario, "2031-03-20")
        assert (found.kind, found.verdict, len(found.violations)) == (Kind.OPEN, UNKNOWN, 1)

    def test_two_who_break_one_clause_are_breached_each_since_its_own_day(self):
        scenario = situation(
            said("fire", True, "2031-02-01"),
            said("volley", False, "2031-02-01"),
            said("volley", True, "2031-03-20"),
            provisions=[
                Provision(
                    id="clause",
                    text="x",
                    kind=BAN,
                    duties=[
                        Duty(by=["arvenia"], requires=~Holds("fire")),
                        Duty(by=["belmora"], requires=~Holds("volley")),
                        Duty(by=["cassia"], requires=AtMost("guns", 0)),
                    ],
                )
            ],
        )
        both = assess(scenario, as_of="2031-03-25").provision("clause")
        found = {each.party: each.performance for each in both.obligors}
        assert [each.kind for each in found.values()] == [Kind.BREACHED, Kind.BREACHED, Kind.OPEN]
        assert (found["arvenia"].since.day, found["belmora"].since.day) == (27, 20)
        assert both.performance.kind is Kind.BREACHED
        assert len(both.performance.duties) == both.performance.of == 3

    def test_what_was_so_before_all_had_spoken_is_no_doubt(self):
        scenario = situation(
            said("fire", True, "2031-03-01", until="2031-03-03"),
            said("fire", False, "2031-03-04"),
            words=(word("arvenia", "2031-02-27"), word("belmora", "2031-03-05")),
            provisions=[clause(~Holds("fire"), kind=BAN)],
        )
        found = performed(scenario, "2031-03-10")
        assert (found.kind, found.violations, found.doubts) == (Kind.KEPT, (), ())

    def test_a_suspension_is_outside_the_term(self):
        scenario = situation(
            said("state", True, "2031-03-01"),
            said("state", False, "2031-03-10"),
            said("state", True, "2031-03-20"),
            said("fire", False, "2031-02-27"),
            said("fire", True, "2031-03-12"),
            said("fire", False, "2031-03-15"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
            in_force="state",
        )
        assert asked(scenario, InForce("truce"), "2031-03-12", "2031-03-22") == [UNMET, MET]
        assert kinds(scenario, "2031-03-25") == [Kind.KEPT]

    def test_a_span_under_way_is_not_due(self):
        scenario = situation(
            said("fire", True, "2031-02-01"),
            said("fire", False, "2031-03-01"),
            provisions=[clause(HeldFor(~Holds("fire"), days(7)), kind=STANDING)],
        )
        assert kinds(scenario, "2031-03-05", "2031-03-07") == [Kind.NOT_DUE, Kind.VIOLATED]


# Steps


class TestStep:
    def test_a_span_under_way_is_overdue_where_its_date_was_the_last_of_the_term(self):
        def kind(due):
            quiet = HeldFor(~Holds("fire"), days(30))
            scenario = situation(
                said("fire", True, "2031-02-01"),
                said("fire", False, "2031-03-01"),
                provisions=[clause(quiet, due=due)],
                ends="2031-03-10",
            )
            return performed(scenario, "2031-03-12").kind

        assert kind("2031-03-10") is Kind.OVERDUE
        assert kind("2031-03-11") is not Kind.OVERDUE  # the term was over before

    def test_the_last_day_of_a_deadline_and_the_day_after(self):
        scenario = situation(
            said("gate", False, "2031-03-11"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        assert kinds(scenario, "2031-03-10", "2031-03-11") == [Kind.NOT_DUE, Kind.OVERDUE]

    def test_a_word_of_the_last_day_itself_is_enough(self):
        told = situation(
            said("gate", False, "2031-03-10"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        assert kinds(told, "2031-03-12") == [Kind.OVERDUE]
        before = situation(
            said("gate", False, "2031-03-09"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        assert kinds(before, "2031-03-12") == [Kind.OPEN]

    def test_the_last_word_of_who_verifies_counts_though_it_came_before(self):
        reports = [said("gate", False, "2031-03-05", source="watch")]
        alone = situation(*reports, provisions=[clause(Done("gate"), due="2031-03-10")])
        verified = situation(
            *reports,
            provisions=[clause(Done("gate"), due="2031-03-10", verified_by=["cassia"])],
        )
        assert kinds(alone, "2031-03-12") == [Kind.OPEN]
        assert kinds(verified, "2031-03-12") == [Kind.OVERDUE]

    def test_it_is_met_late_by_so_many_days(self):
        scenario = situation(
            said("gate", True, "2031-03-13"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        found = performed(scenario, "2031-03-15")
        assert (found.kind, found.late_by) == (Kind.MET_LATE, (timedelta(days=3),) * 2)
        in_time = situation(
            said("gate", True, "2031-03-10"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        assert performed(in_time, "2031-03-15").punctual is MET

    def test_what_is_undone_in_the_term_is_breached_since_then(self):
        scenario = situation(
            said("fire", False, "2031-03-01"),
            said("fire", True, "2031-03-20"),
            provisions=[clause(~Holds("fire"), due="2031-03-10")],
        )
        found = performed(scenario, "2031-03-25")
        assert (found.kind, found.verdict, found.since.day) == (Kind.BREACHED, UNMET, 20)

    def test_what_falls_due_after_the_end_lapses_and_what_fell_due_before_stays_overdue(self):
        reports = [said("gate", False, "2031-03-15")]
        lapsed = situation(
            *reports, provisions=[clause(Done("gate"), due="2031-04-10")], ends="2031-03-31"
        )
        overdue = situation(
            *reports, provisions=[clause(Done("gate"), due="2031-03-10")], ends="2031-03-31"
        )
        assert kinds(lapsed, "2031-03-20", "2031-04-11") == [Kind.NOT_DUE, Kind.LAPSED]
        assert kinds(overdue, "2031-03-20", "2031-04-11") == [Kind.OVERDUE, Kind.OVERDUE]

    def test_what_has_no_date_is_owed_from_the_term_on(self):
        scenario = situation(
            said("gate", False, "2031-02-01"),
            provisions=[clause(Done("gate"), starts="2031-03-10")],
        )
        assert kinds(scenario, "2031-03-09", "2031-03-10") == [Kind.NOT_OWED, Kind.OWED]
        assert asked(scenario, Fulfilled("clause"), "2031-03-09", "2031-03-10") == [PENDING, UNMET]

    def test_a_disputed_term_leaves_an_accusation_open(self):
        scenario = situation(
            said("notice", True, "2031-03-01"),
            said("notice", False, "2031-04-01", source="radio"),
            said("gate", False, "2031-04-01"),
            provisions=[clause(Done("gate"), due="2031-03-10")],
            starts=After(Done("notice"), days(1)),
        )
        found = performed(scenario, "2031-04-01")
        assert (found.kind, found.verdict) == (Kind.OPEN, DISPUTED)

    def test_what_is_not_kept_while_it_is_disputed_whether_it_binds_is_a_doubt(self):
        scenario = situation(
            said("notice", True, "2031-03-05T12:00Z"),
            said("notice", False, "2031-03-05T12:00Z", source="radio"),
            said("notice", True, "2031-03-09T12:00Z", source="radio"),
            said("fire", True, "2031-03-01"),
            provisions=[clause(~Holds("fire"), kind=BAN)],
            starts=After(Done("notice"), hours(24)),
        )
        found = performed(scenario, "2031-03-12")
        # it began on the 6th or on the 10th, so that from then on it surely is not kept
        assert found.kind is Kind.BREACHED
        assert [(each.start, each.end) for each in found.doubts] == [
            (at("2031-03-06T12:00Z"), at("2031-03-10T12:00Z"))
        ]

    def test_an_imprecise_event_gives_a_range_of_lateness(self):
        scenario = situation(
            said("gate", True, "2031-04", reported="2031-05-01"),
            provisions=[clause(Done("gate"), due="2031-03-10")],
        )
        found = performed(scenario, "2031-05-02")
        assert [each.days for each in found.late_by] == [22, 51]

    def test_what_is_supposed_from_a_day_on_is_done_from_that_day_on(self):
        scenario = situation(provisions=[clause(Done("gate"), due="2031-03-10")])
        done = suppose(scenario, {"gate": True}, since="2031-03-10")
        late = suppose(scenario, {"gate": True}, since="2031-03-11")
        assert kinds(done, "2031-03-20") == [Kind.MET]
        assert performed(late, "2031-03-20").punctual is UNKNOWN  # nobody spoke of the 10th

    def test_one_partys_eyes_see_its_own_reports_and_the_text(self):
        scenario = situation(
            said("gate", False, "2031-03-12"),
            said("gate", True, "2031-03-05", source="ministry"),
            provisions=[clause(Done("gate"), due="2031-03-10")],
        )
        assert kinds(scenario, "2031-03-20") == [Kind.OPEN]
        assert kinds(scenario, "2031-03-20", trust=Trust.of_party("arvenia")) == [Kind.MET]

    def test_what_was_said_later_is_not_known_before(self):
        scenario = situation(
            said("gate", True, "2031-03-05", reported="2031-04-01"),
            provisions=[clause(Done("gate"), due="2031-03-10")],
        )
        assert kinds(scenario, "2031-03-20") == [Kind.OPEN]
        assert kinds(scenario, "2031-03-20", known_by="2031-04-01") == [Kind.MET]

    def test_it_says_how_many_of_its_duties_are_met(self):
        duties = [
            Duty(by=[party], requires=requires)
            for party, requires in (
                ("arvenia", Done("gate")),
                ("arvenia", AtMost("guns", 5)),
                ("belmora", ~Holds("volley")),
            )
        ]
        scenario = situation(
            said("gate", True, "2031-03-01"),
            said("guns", 9, "2031-03-01"),
            provisions=[Provision(id="clause", text="clause", duties=duties)],
        )
        found = assess(scenario, "truce", as_of="2031-03-05").provision("clause")
        assert (found.performance.met, found.performance.of) == (1, 3)
        assert [(each.performance.met, each.performance.of) for each in found.obligors] == [
            (1, 2),
            (0, 1),
        ]

    def test_a_ceiling_has_progress_too(self):
        scenario = situation(
            said("guns", 2500, "2031-03-12"),
            provisions=[clause(AtMost("guns", 0), due="2031-03-10")],
        )
        found = performed(scenario, "2031-03-15")
        assert (found.kind, found.progress.reached, found.progress.needed) == (
            Kind.OVERDUE,
            2500,
            0,
        )

    def test_so_has_one_that_must_be_kept_for_long_or_by_a_day(self):
        for demanded in (
            HeldFor(AtMost("guns", 0), days(30)),
            By(AtMost("guns", 0), Moment("2031-03-10")),
        ):
            scenario = situation(
                said("guns", 2500, "2031-03-12"), provisions=[clause(demanded, due="2031-03-10")]
            )
            progress = performed(scenario, "2031-03-15").progress
            assert (progress.reached, progress.needed) == (2500, 0)


# Replacement, rejection, survival


class TestTexts:
    def later(self, stance, due="2031-03-10", **more):
        newer = Proposal(
            id="newer",
            title="Newer",
            to=["arvenia", "belmora"],
            provisions=[clause(Done("gate"), "moved", due="2031-09-01", replaces="clause")],
            **more,
        )
        words = [*SIGNED, *(word(p, "2031-04-05", stance, "newer") for p in ("arvenia", "belmora"))]
        return situation(
            said("gate", False, "2031-04-20"),
            words=words,
            more=[newer],
            provisions=[clause(Done("gate"), due=due)],
        )

    def test_a_clause_is_superseded_while_the_text_that_replaces_it_is_in_force(self):
        scenario = self.later(Stance.ACCEPTS)
        assert kinds(scenario, "2031-04-04", known_by="2031-05-01") == [Kind.OVERDUE]
        found = performed(scenario, "2031-05-01")
        assert (found.kind, found.was) == (Kind.SUPERSEDED, Kind.OVERDUE)
        (replacement,) = (
            assess(scenario, "truce", as_of="2031-05-01").provision("clause").replacements
        )
        assert (replacement.provision.id, replacement.is_in_force) == ("moved", True)

    def test_before_it_is_tabled_a_text_is_pending_whatever_its_end_is_in_doubt_of(self):
        def on_the_day_before(*reports):
            ends = After(Done("gate"), days(1))
            scenario = situation(*reports, words=(), tabled="2031-03-05", ends=ends)
            return asked(scenario, InForce("truce"), "2031-03-04")

        done, denied = said("gate", True, "2031-03-01"), said("gate", False, "2031-03-03", "radio")
        assert on_the_day_before() == [PENDING]
        assert on_the_day_before(done, denied) == [PENDING]
        assert on_the_day_before(done) == [UNMET]  # it is over, and never can be in force

    def test_a_later_text_on_which_nobody_has_spoken_takes_the_place_of_nothing(self):
        newer = Proposal(
            id="newer", title="Newer", to=["cassia"], previous="truce", in_force="state",
            provisions=[evolve(QUIET, id="x", replaces=["clause"])],
        )  # fmt: skip
        told = [said("fire", False, "2031-03-01"), said("state", True, "2031-03-05")]
        silent = situation(*told, provisions=[QUIET], more=[newer])
        assert asked(silent, InForce("truce"), "2031-03-10") == [MET]
        assert kinds(silent, "2031-03-10") == [Kind.KEPT]
        # once somebody has, the reports that it is in force count
        heard = silent.with_statements(
            [word("cassia", "2031-03-08", Stance.ACCEPTS_IN_PRINCIPLE, "newer")]
        )
        assert asked(heard, InForce("truce"), "2031-03-07", "2031-03-10") == [MET, UNMET]
        assert kinds(heard, "2031-03-07", "2031-03-10") == [Kind.KEPT, Kind.SUPERSEDED]

    def test_it_is_superseded_with_what_it_was_by_then_and_not_with_what_that_made_of_it(self):
        scenario = self.later(Stance.ACCEPTS, due="2031-06-01")
        found = performed(scenario, "2031-05-01")
        assert (found.kind, found.was) == (Kind.SUPERSEDED, Kind.NOT_DUE)  # and not lapsed

    def test_a_text_ran_out_when_its_date_passed_and_not_when_another_took_its_place(self):
        def ended_at(day, **more):
            scenario = situation(ends="2031-03-31", **more)
            return evaluate(scenario, InForce("truce"), as_of=day).ended_at

        assert ended_at("2031-03-31") is None
        assert ended_at("2031-04-05") == at("2031-04-01")
        assert ended_at("2031-04-05", words=SIGNED[:1]) is None  # it never was in force
        newer = Proposal(id="newer", title="newer", to=["cassia"], previous="truce")
        for day, ended in (("2031-03-20", None), ("2031-04-03", at("2031-04-01"))):
            words = (*SIGNED, word("cassia", day, text="newer"))
            assert ended_at("2031-04-05", words=words, more=[newer]) == ended
        # that it is in force again later, as known by then, does not move when it ran out
        both = ["arvenia", "belmora"]
        longer = Proposal(
            id="longer",
            title="longer",
            to=both,
            prolongs="truce",
            starts="2031-05-01",
            ends="2031-05-31",
        )
        resumed = situation(
            words=(*SIGNED, *(word(party, "2031-04-20", text="longer") for party in both)),
            ends="2031-03-31",
            more=[longer],
        )
        gap = evaluate(resumed, InForce("truce"), as_of="2031-04-10", known_by="2031-07-01")
        assert gap.ended_at == at("2031-04-01")
        over = evaluate(resumed, InForce("truce"), as_of="2031-06-10")
        assert over.ended_at == at("2031-06-01")

    def test_a_rejected_text_replaces_nothing(self):
        scenario = self.later(Stance.REJECTS, tabled="2031-04-01")
        found = assess(scenario, "truce", as_of="2031-05-01").provision("clause")
        assert found.performance.kind is Kind.OVERDUE
        assert [each.is_in_force for each in found.replacements] == [False]
        before = assess(scenario, "truce", as_of="2031-03-31").provision("clause")
        assert before.replacements == ()

    def test_what_survives_binds_after_the_text(self):
        reports = [said("fire", False, "2031-02-27"), said("fire", True, "2031-04-10")]
        ended = situation(
            *reports, provisions=[clause(~Holds("fire"), kind=BAN)], ends="2031-03-31"
        )
        survives = situation(
            *reports,
            provisions=[clause(~Holds("fire"), kind=BAN, survives=True)],
            ends="2031-03-31",
        )
        assert kinds(ended, "2031-04-15") == [Kind.KEPT]
        assert kinds(survives, "2031-04-15") == [Kind.BREACHED]

    def test_what_one_waits_for_is_read_as_it_stands(self):
        free = clause(Done("gate"), due="2031-03-10")
        need = Precondition(
            id="first", held_by="belmora", of=Accepts("belmora", "truce"),
            needs=Fulfilled("clause"), text="first",
        )  # fmt: skip
        words = [
            word("arvenia", "2031-02-27"),
            word("belmora", "2031-02-27", Stance.ACCEPTS_WITH_CONDITIONS),
        ]
        scenario = situation(
            said("gate", False, "2031-03-01"), words=words, needs=[need], provisions=[free]
        )
        assert asked(scenario, Fulfilled("clause"), "2031-03-20") == [UNMET]
        done = suppose(scenario, {"gate": True}, since="2031-03-20")
        assert asked(done, InForce("truce"), "2031-03-20") == [MET]

    def test_what_one_party_claims_of_a_new_version_leaves_the_one_before_in_dispute(self):
        newer = Proposal(
            id="newer", title="N", to=["arvenia"], previous="truce", in_force="state"
        )  # fmt: skip
        words = [*SIGNED, word("arvenia", "2031-04-01", Stance.REJECTS, text="newer")]
        claim = said("state", True, "2031-04-02", "ministry")
        for reports, found in (((), MET), ((claim,), Verdict.DISPUTED)):
            scenario = situation(*reports, words=words, more=[newer])
            assert asked(scenario, InForce("truce"), "2031-04-05") == [found]

    def test_what_one_obligor_owes_by_what_another_does_in_the_same_clause_is_no_circle(self):
        both = Provision(
            id="clause", text="clause",
            duties=[
                Duty(by=["arvenia"], requires=InForce("truce"), due="2031-02-20"),
                Duty(by=["belmora"], requires=Fulfilled("clause", "arvenia")),
            ],
            starts=After(Done("notice"), days(1)),
        )  # fmt: skip
        # the text never was in force, and whether notice was given does not matter
        words = [word("belmora", "2031-03-01", Stance.REJECTS)]
        scenario = situation(words=words, provisions=[both])
        assert asked(scenario, Fulfilled("clause", "arvenia"), "2031-03-09") == [PENDING]

    @pytest.mark.parametrize(
        "newer",
        [{"previous": "truce"}, {"provisions": [evolve(QUIET, id="x", replaces=["clause"])]}],
    )
    def test_a_clause_that_the_next_text_waits_for_and_takes_the_place_of_keeps_its_term(
        self, newer
    ):
        scenario = situation(
            said("fire", False, "2031-03-01"),
            said("fire", True, "2031-04-10"),
            ends="2031-03-31",
            words=[
                *SIGNED,
                word("arvenia", "2031-03-20", text="newer"),
                word("belmora", "2031-03-20", Stance.ACCEPTS_WITH_CONDITIONS, "newer"),
            ],
            needs=[
                Precondition(
                    id="kept", held_by="belmora", of=Accepts("belmora", "newer"),
                    needs=Fulfilled("clause"), text="once the truce was kept",
                )
            ],
            provisions=[QUIET],
            more=[Proposal(id="newer", title="Newer", to=["arvenia", "belmora"], **newer)],
        )  # fmt: skip
        # there is fire now, and yet none by the end of the truce: the next text need not wait
        leaves = (Fulfilled("clause"), Accepts("belmora", "newer"))
        assert [asked(scenario, each, "2031-04-15") for each in leaves] == [[MET], [MET]]
        assert kinds(scenario, "2031-04-15") == [Kind.KEPT]

    def test_clauses_that_owe_each_other_are_read_as_they_stand(self):
        one, other = clause(Fulfilled("other") & Done("gate")), clause(Fulfilled("clause"), "other")
        for gate, found in ((True, MET), (False, UNMET)):
            scenario = situation(said("gate", gate, "2031-03-01"), provisions=[one, other])
            assert asked(scenario, Fulfilled("other"), "2031-03-02") == [found]

    def test_a_word_that_is_only_supposed_closes_such_a_circle_too(self):
        free, other = clause(Done("gate")), clause(Done("gate"), name="other")
        need = Precondition(
            id="first", held_by="belmora", of=Accepts("belmora", "other"),
            needs=Fulfilled("clause"), text="first",
        )  # fmt: skip
        scenario = situation(
            said("gate", False, "2031-03-01"),
            words=[word("arvenia", "2031-02-27")], needs=[need], provisions=[free, other],
        )  # fmt: skip
        words = {
            Accepts("belmora", "truce"): Stance.ACCEPTS,
            Accepts("belmora", "other"): Stance.ACCEPTS_WITH_CONDITIONS,
        }
        for gate, found in ((True, MET), (False, UNMET)):
            supposed = suppose(scenario, {"gate": gate}, since="2031-03-20", words=words)
            assert asked(supposed, InForce("truce"), "2031-03-20") == [found]

    def test_a_text_ends_by_a_withdrawal_only_where_it_has_no_end(self):
        words = [*SIGNED, word("arvenia", "2031-04-20", Stance.WITHDREW)]
        assert asked(situation(words=words), InForce("truce"), "2031-05-01") == [UNMET]
        fixed = situation(words=words, ends="2031-06-30")
        assert asked(fixed, InForce("truce"), "2031-05-01", "2031-07-01") == [MET, UNMET]

    def test_it_enters_again_once_all_have_accepted_anew(self):
        words = [
            *SIGNED,
            word("arvenia", "2031-04-20", Stance.WITHDREW),
            word("arvenia", "2031-05-01"),
        ]
        found = asked(situation(words=words), InForce("truce"), "2031-04-25", "2031-05-02")
        assert found == [UNMET, MET]

    def test_a_prolongation_moves_the_end_and_one_of_it_again(self):
        more = [
            Proposal(id="second", title="2", to=["arvenia"], prolongs="truce", ends="2031-04-30"),
            Proposal(id="third", title="3", to=["arvenia"], prolongs="second", ends="2031-05-31"),
        ]
        words = [*SIGNED, *(word("arvenia", "2031-03-01", text=each.id) for each in more)]
        scenario = situation(words=words, more=more, ends="2031-03-31")
        found = asked(scenario, InForce("truce"), "2031-04-15", "2031-05-15", "2031-06-01")
        assert found == [MET, MET, UNMET]

    @pytest.mark.parametrize("tabled", [None, "2031-03-20", "2031-04-10"])
    def test_a_prolongation_changes_nothing_before_it_is_tabled_and_somebody_speaks(self, tabled):
        longer = Proposal(id="longer", title="x", to=["arvenia"], tabled=tabled, prolongs="truce")
        fire = said("fire", True, "2031-04-05")
        quiet = [said("fire", False, "2031-02-27"), fire]
        fields = {"more": [longer], "ends": "2031-03-31", "provisions": [QUIET]}
        silent = situation(*quiet, **fields)
        assert asked(silent, InForce("truce"), "2031-03-31", "2031-04-12") == [MET, UNMET]
        assert performed(silent, "2031-04-12").kind is Kind.KEPT
        spoken = situation(
            *quiet, words=[*SIGNED, word("arvenia", "2031-04-12", text="longer")], **fields
        )
        assert asked(spoken, InForce("truce"), "2031-04-11", "2031-04-12") == [UNMET, MET]
        assert performed(spoken, "2031-04-12").kind is Kind.BREACHED

    def test_a_new_version_ends_the_one_before_for_good(self):
        newer = Proposal(id="newer", title="N", to=["arvenia"], previous="truce", ends="2031-04-30")
        scenario = situation(
            words=[*SIGNED, word("arvenia", "2031-04-01", text="newer")], more=[newer]
        )
        found = asked(scenario, InForce("truce"), "2031-03-31", "2031-04-01", "2031-05-10")
        assert found == [MET, UNMET, UNMET]

    def test_notice_ends_it_at_the_end_of_the_last_day(self):
        scenario = situation(
            said("notice", True, "2031-03-10"), ends=After(Done("notice"), days(14))
        )
        assert asked(scenario, InForce("truce"), "2031-03-24", "2031-03-25") == [MET, UNMET]
        assert asked(
            situation(ends=After(Done("notice"), days(14))), InForce("truce"), "2032-01-01"
        ) == [MET]

    def test_four_days_from_seven_in_the_morning_end_at_seven(self):
        scenario = situation(
            to=[], starts="2031-03-24T07:00Z", ends=After(InForce("truce"), days(4))
        )
        found = timeline(scenario, InForce("truce"), start="2031-03-24", end="2031-03-30")
        assert [(at.day, at.hour) for at, _, _ in found.changes()] == [(24, 7), (28, 7)]

    def test_a_start_follows_its_event_and_is_not_before_it(self):
        scenario = situation(
            said("notice", True, "2031-03-10T15:00Z"), to=[], starts=After(Done("notice"), days(0))
        )
        found = timeline(scenario, InForce("truce"), start="2031-03-10", end="2031-03-12")
        assert found.first_met == datetime(2031, 3, 10, 15, tzinfo=UTC)

    def test_a_claimants_report_stands_beside_what_is_formally_so(self):
        scenario = situation(
            said("state", False, "2031-03-10", source="ministry"), in_force="state"
        )
        assert asked(scenario, InForce("truce"), "2031-03-15") == [DISPUTED]
        silent = situation(
            said("state", True, "2031-03-10", source="ministry"), words=(), in_force="state"
        )
        assert asked(silent, InForce("truce"), "2031-03-15") == [MET]

    def test_before_it_is_tabled_nothing_else_is_asked(self):
        scenario = situation(words=(), tabled="2031-03-01")
        assert asked(scenario, InForce("truce"), "2031-02-28", "2031-03-01") == [PENDING, UNKNOWN]

    def test_who_owes_what_it_never_accepted_is_marked_so(self):
        scenario = situation(
            said("guns", 3, "2031-03-01"),
            provisions=[clause(AtMost("guns", 0), by=["cassia"])],
        )
        (obligor,) = assess(scenario, as_of="2031-03-10").provision("clause").obligors
        assert (obligor.performance.kind, obligor.accepts) == (Kind.OWED, UNKNOWN)

    def test_a_reservation_on_a_clause_is_shown_with_the_party(self):
        no = word("arvenia", "2031-02-27", Stance.REJECTS, provision="clause")
        scenario = situation(words=[*SIGNED, no], provisions=[clause(Done("gate"))])
        found = assess(scenario, as_of="2031-03-10")
        assert [each.condition for each in found["arvenia"].reservations] == [
            Accepts("arvenia", "clause")
        ]
        assert found["belmora"].reservations == ()
        assert found.verdict is UNMET

    def test_a_right_is_in_force_within_its_own_dates(self):
        right = Provision(
            id="transit", text="x", kind=ProvisionKind.RIGHT, starts="2031-03-05", ends="2031-03-10"
        )
        scenario = situation(provisions=[right])
        found = asked(scenario, InForce("transit"), "2031-03-04", "2031-03-05", "2031-03-11")
        assert found == [PENDING, MET, UNMET]
        assert assess(scenario, as_of="2031-03-05").provision("transit").performance is None


# Moves and comparison


class TestMoves:
    def test_who_breaks_a_standing_duty_is_asked_to_stop_though_it_is_broken_for_good(self):
        requires = Throughout(~Holds("fire"), Moment("2031-03-01"))
        scenario = situation(
            said("fire", True, "2031-02-01"), provisions=[clause(requires, kind=STANDING)]
        )
        (move,) = assess(scenario, as_of="2031-03-10").next_moves
        assert (move.kind, move.who, move.provision) == (MoveKind.CHANGE, ("arvenia",), "clause")

    def test_nobody_is_asked_for_what_is_not_owed_or_has_lapsed(self):
        scenario = situation(
            said("gate", False, "2031-03-01"),
            provisions=[clause(Done("gate"), starts="2031-03-10")],
        )
        assert assess(scenario, as_of="2031-03-05").next_moves == ()
        assert len(assess(scenario, as_of="2031-03-12").next_moves) == 1

    def test_the_event_that_a_deadline_follows_is_found_out(self):
        scenario = situation(
            said("gate", False, "2031-03-01"),
            provisions=[clause(Done("gate"), due=After(Done("notice"), days(3)))],
        )
        found = [
            (move.kind, each.condition)
            for move in assess(scenario, as_of="2031-03-05").next_moves
            for each in move.findings
        ]
        assert (MoveKind.FIND_OUT, Done("notice")) in found

    def test_of_several_thresholds_only_the_highest_is_asked_for(self):
        both = AtLeast("guns", 5) & AtLeast("guns", 9)
        scenario = situation(said("guns", 1, "2031-03-01"), provisions=[clause(both)])
        (move,) = assess(scenario, as_of="2031-03-10").next_moves
        assert [each.condition for each in move.findings] == [AtLeast("guns", 9)]

    def test_a_trigger_once_pulled_asks_for_what_follows(self):
        scenario = situation(
            said("fire", True, "2031-03-01"),
            said("gate", False, "2031-03-01"),
            provisions=[clause(When(Holds("fire"), Done("gate")))],
        )
        (move,) = assess(scenario, as_of="2031-03-10").next_moves
        assert [each.condition for each in move.findings] == [Done("gate")]

    def test_a_comparison_tells_what_became_of_each_obligor(self):
        scenario = situation(
            said("gate", False, "2031-03-12"), provisions=[clause(Done("gate"), due="2031-03-10")]
        )
        changes = compare(
            assess(scenario, as_of="2031-03-10"), assess(scenario, as_of="2031-03-12")
        ).changes
        turned = {
            each.address: (each.performed_before.kind, each.performed_after.kind)
            for each in changes
            if each.performed_after is not None
        }
        assert turned == {
            "fulfilled(clause)": (Kind.NOT_DUE, Kind.OVERDUE),
            "fulfilled(clause, arvenia)": (Kind.NOT_DUE, Kind.OVERDUE),
        }


# Histories


def test_a_clock_inside_a_bare_day_is_not_ordered_with_it():
    scenario = situation(said("gate", True, "2031-03-10"))
    hour = By(Done("gate"), Moment("2031-03-10T07:00Z"))
    assert asked(scenario, hour, "2031-03-12") == [UNKNOWN]
    timed = situation(said("gate", True, "2031-03-10T06:00Z"))
    assert asked(timed, hour, "2031-03-12") == [MET]


def shot(since, until=None):
    """Return a shot, quiet before it, and quiet told of anew in April."""
    return [
        said("fire", False, "2031-02-27"),
        said("fire", True, since, until=until or since),
        said("fire", False, "2031-03-30"),
    ]


class TestHoursOfABareDay:
    """A term that ends at an hour, and what is told of that day: whether it was in time is open."""

    @pytest.mark.parametrize(
        "ending",
        [{"ends": HOUR, "provisions": [QUIET]}, {"provisions": [evolve(QUIET, ends=HOUR)]}],
    )
    def test_what_is_told_of_the_bare_day_of_an_end_is_no_violation_for_sure(self, ending):
        found = performed(situation(*shot("2031-03-28"), **ending), "2031-04-05")
        assert (found.kind, found.verdict, found.violations) == (Kind.OPEN, UNKNOWN, ())
        (doubt,) = found.doubts
        assert (doubt.start, doubt.end, doubt.verdict) == (at("2031-03-28"), at(HOUR), UNKNOWN)
        assert doubt.begun_by[0].since == Moment("2031-03-28")

    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            ("2031-03-28T06:00Z", "2031-03-28T06:30Z", Kind.OPEN),  # in it; then nobody speaks
            ("2031-03-28T07:00Z", "2031-03-28T08:00Z", Kind.KEPT),  # the first instant after it
            ("2031-03-29", "2031-03-29", Kind.KEPT),  # the day after
            ("2031-03-27", "2031-03-28", Kind.BREACHED),  # it had begun the day before
            ("2031-03-28", "2031-03-28T06:00Z", Kind.OPEN),  # over before the end: in it
        ],
    )
    def test_the_boundary_on_either_side(self, since, until, expected):
        scenario = situation(*shot(since, until), ends=HOUR, provisions=[QUIET])
        found = performed(scenario, "2031-04-05")
        assert found.kind is expected
        assert bool(found.violations) is (expected is not Kind.KEPT)

    def test_a_shot_at_an_hour_of_the_last_day_is_a_violation_whatever_is_told_of_the_day(self):
        mended = [
            said("fire", False, "2031-02-27"),
            said("fire", True, "2031-03-28T05:00Z", until="2031-03-28T05:10Z"),
            said("fire", False, "2031-03-28T05:10Z"),
        ]
        found = performed(situation(*mended, ends=HOUR, provisions=[QUIET]), "2031-04-05")
        assert (found.kind, len(found.violations)) == (Kind.VIOLATED, 1)

    def test_quiet_told_of_the_bare_day_of_an_end_does_not_mend_it_for_sure(self):
        reports = [said("fire", True, "2031-03-20"), said("fire", False, "2031-03-28")]
        found = performed(situation(*reports, ends=HOUR, provisions=[QUIET]), "2031-04-05")
        (broken,) = found.violations
        assert (found.kind, found.verdict, broken.end) == (Kind.OPEN, UNKNOWN, at("2031-03-28"))

    def test_a_start_takes_the_bare_day_from_the_hour_on(self):
        # the exception: else no truce could be kept from its first hour on
        quiet = [said("fire", True, "2031-02-20"), said("fire", False, "2031-03-28")]
        found = performed(situation(*quiet, starts=HOUR, provisions=[QUIET]), "2031-04-05")
        assert (found.kind, found.doubts) == (Kind.KEPT, ())

    def test_a_midnight_of_the_zone_is_no_hour(self):
        scenario = evolve(
            situation(*shot("2031-03-28"), ends="2031-03-27T22:00Z", provisions=[QUIET]),
            timezone="Europe/Kyiv",
        )
        assert performed(scenario, "2031-04-05").kind is Kind.KEPT
        later = evolve(scenario, timezone="UTC")
        assert performed(later, "2031-04-05").kind is Kind.KEPT  # told of the day after

    def test_each_stretch_that_ends_at_an_hour_is_in_doubt_on_its_last_day(self):
        reports = [
            said("state", True, "2031-03-01"),
            said("state", False, "2031-03-10T12:00Z"),
            said("state", True, "2031-03-12T00:00Z"),
            said("fire", False, "2031-02-27"),
            said("fire", True, "2031-03-10", until="2031-03-10"),
            said("fire", False, "2031-03-11"),
        ]
        found = performed(situation(*reports, in_force="state", provisions=[QUIET]), "2031-03-20")
        assert (found.kind, found.violations) == (Kind.KEPT, ())
        (doubt,) = found.doubts
        assert (doubt.start, doubt.end) == (at("2031-03-10"), at("2031-03-10T12:00Z"))

    def test_of_a_suspension_that_is_over_the_same_day_the_rest_of_the_day_counts(self):
        reports = [
            said("state", True, "2031-03-01"),
            said("state", False, "2031-03-10T07:00Z"),
            said("state", True, "2031-03-10T12:00Z"),
            said("fire", False, "2031-02-27"),
            said("fire", True, "2031-03-10"),
        ]
        found = performed(situation(*reports, in_force="state", provisions=[QUIET]), "2031-03-20")
        (broken,) = found.violations
        assert (found.kind, broken.start) == (Kind.BREACHED, at("2031-03-10T12:00Z"))

    def test_a_step_undone_on_the_bare_day_of_the_end_is_in_doubt(self):
        reports = [said("volley", True, "2031-03-05"), said("volley", False, "2031-03-28")]
        scenario = situation(*reports, ends=HOUR, provisions=[clause(Holds("volley"))])
        assert kinds(scenario, "2031-03-27", "2031-04-05") == [Kind.MET, Kind.OPEN]

    def test_of_three_parties_only_whose_day_is_in_doubt_is_in_doubt(self):
        duties = [
            Duty(by=["arvenia"], requires=~Holds("fire")),
            Duty(by=["belmora"], requires=~Holds("volley")),
            Duty(by=["cassia"], requires=~Holds("state")),
        ]
        scenario = situation(
            *shot("2031-03-28"),
            said("volley", True, "2031-03-27"), said("state", False, "2031-03-01"),
            ends=HOUR, provisions=[Provision(id="clause", text="x", kind=BAN, duties=duties)],
        )  # fmt: skip
        found = performed(scenario, "2031-04-05")
        assert [each.kind for each in found.duties] == [Kind.OPEN, Kind.BREACHED, Kind.KEPT]
        assert found.kind is Kind.BREACHED

    def test_a_month_whose_last_day_ends_at_an_hour_breaks_nothing_for_sure(self):
        reports = [
            said("fire", False, "2031-02-27"),
            said("fire", True, "2031-03", until="2031-03", reported="2031-03-28"),
        ]
        scenario = situation(*reports, ends=HOUR, provisions=[QUIET])
        assert performed(scenario, "2031-04-05").violations == ()
        longer = situation(*reports, ends="2031-03-29T07:00Z", provisions=[QUIET])
        assert len(performed(longer, "2031-04-05").violations) == 1

    def test_what_is_supposed_of_the_day_is_supposed_from_its_midnight_on(self):
        scenario = situation(said("fire", False, "2031-02-27"), ends=HOUR, provisions=[QUIET])
        imagined = suppose(scenario, {"fire": True}, since="2031-03-28")
        assert kinds(imagined, "2031-04-05") == [Kind.BREACHED]

    def test_one_partys_eyes_and_hindsight(self):
        told = Observation(
            fact="fire", value=True, source="ministry", since="2031-03-28", until="2031-03-28",
            reported="2031-04-10",
        )  # fmt: skip
        quiet = [said("fire", False, "2031-02-27", source="ministry"), told]
        scenario = situation(*quiet, ends=HOUR, provisions=[QUIET])
        own, other = Trust.of_party("arvenia"), Trust.of_party("cassia")
        assert kinds(scenario, "2031-04-05") == [Kind.KEPT]
        assert kinds(scenario, "2031-04-05", known_by="2031-04-10") == [Kind.OPEN]
        assert kinds(scenario, "2031-04-05", known_by="2031-04-10", trust=own) == [Kind.OPEN]
        assert performed(scenario, "2031-04-05", trust=other).doubts[0].begun_by == ()

    def test_a_word_of_the_bare_day_is_none_on_what_was_due_at_an_hour_of_it(self):
        hour = "2031-03-10T07:00Z"

        def gate(*reports):
            return situation(*reports, provisions=[clause(Done("gate"), due=hour)])

        told = [said("gate", False, "2031-03-10")]
        assert kinds(gate(*told), "2031-03-12") == [Kind.OPEN]
        assert asked(gate(*told), By(Done("gate"), hour), "2031-03-12") == [UNKNOWN]
        for later in ("2031-03-11", "2031-03-10T07:00Z"):
            again = gate(*told, said("gate", False, later))
            assert kinds(again, "2031-03-12") == [Kind.OVERDUE]
            assert asked(again, By(Done("gate"), hour), "2031-03-12") == [UNMET]
        before = gate(said("gate", False, "2031-03-10T06:59Z"))
        assert kinds(before, "2031-03-12") == [Kind.OPEN]

    def test_what_is_done_on_the_bare_day_is_met_and_whether_in_time_is_unknown(self):
        due = clause(Done("gate"), due="2031-03-10T07:00Z")
        same = performed(
            situation(said("gate", True, "2031-03-10"), provisions=[due]), "2031-03-12"
        )
        assert (same.kind, same.punctual) == (Kind.MET, UNKNOWN)
        next_day = situation(said("gate", True, "2031-03-11"), provisions=[due])
        late = performed(next_day, "2031-03-12")
        assert (late.kind, late.late_by) == (
            Kind.MET_LATE,
            (timedelta(hours=17), timedelta(hours=41)),
        )

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("2031-03-01", HOUR, UNKNOWN),
            ("2031-03-01", "2031-03-28", UNMET),
            ("2031-03-01", "2031-03-27", MET),
            ("2031-03-01", "2031-03-27T07:00Z", MET),
        ],
    )
    def test_the_bound_of_a_history_is_not_ordered_with_the_bare_day(self, start, end, expected):
        scenario = situation(*shot("2031-03-28"))
        assert asked(scenario, Throughout(~Holds("fire"), start, end), "2031-04-05") == [expected]

    def test_so_is_its_start(self):
        quiet = [said("fire", True, "2031-02-20"), said("fire", False, "2031-03-28")]
        span = Throughout(~Holds("fire"), HOUR)
        assert asked(situation(*quiet), span, "2031-04-05") == [UNKNOWN]


def test_both_bounds_that_follow_one_doubtful_event_are_judged_together():
    # quiet on every day but 20 March; a span of three days misses it whenever it may have begun
    scenario = situation(
        said("fire", False, "2031-03-01"),
        said("fire", True, "2031-03-20", until="2031-03-20"),
        said("fire", False, "2031-03-21"),
        said("notice", True, "2031-03-02/2031-03-10", reported="2031-03-25"),
    )
    span = Throughout(
        ~Holds("fire"), After(Done("notice"), days(1)), After(Done("notice"), days(3))
    )
    assert asked(scenario, span, "2031-03-25") == [MET]
    long = Throughout(
        ~Holds("fire"), After(Done("notice"), days(1)), After(Done("notice"), days(12))
    )
    assert asked(scenario, long, "2031-03-25") == [UNKNOWN]


@pytest.mark.parametrize(
    ("delay", "expected"),
    [(days(3), MET), (days(7), UNKNOWN), (days(8), UNMET), (hours(90), MET), (hours(250), UNMET)],
)
def test_bounds_that_follow_two_doubtful_events_are_judged_at_every_pair(delay, expected):
    # fire on 20 March alone; the start lies before it, the end 12 to 14 March and so long after
    scenario = situation(
        said("fire", False, "2031-03-01"),
        said("fire", True, "2031-03-20", until="2031-03-20"),
        said("fire", False, "2031-03-21"),
        said("notice", True, "2031-03-02/2031-03-10", reported="2031-03-25"),
        said("gate", True, "2031-03-12/2031-03-14", reported="2031-03-25"),
    )
    span = Throughout(~Holds("fire"), After(Done("notice"), days(1)), After(Done("gate"), delay))
    assert asked(scenario, span, "2031-03-25") == [expected]


def test_hours_after_a_doubtful_event_are_judged_where_something_changes():
    scenario = situation(
        said("gate", True, "2031-03-05T12:00Z"),
        said("notice", True, "2031-03-01T00:00Z/2031-03-10T00:00Z", reported="2031-03-25"),
    )
    late = By(Done("gate"), After(Done("notice"), hours(24)))
    assert asked(scenario, late, "2031-03-25", known_by="2031-03-26") == [UNKNOWN]


@pytest.mark.parametrize("count", [1, 300])
def test_texts_that_start_one_after_the_other_make_chains_of_any_length(count):
    first = Proposal(id="t0", title="0", starts=After(Done("gate"), days(1)))
    chain = [
        Proposal(id=f"t{n}", title="n", starts=After(InForce(f"t{n - 1}"), days(1)))
        for n in range(1, count)
    ]
    scenario = situation(said("gate", True, "2031-01-01"), more=[first, *chain])
    last, on = InForce(f"t{count - 1}"), datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=count)
    assert evaluate(scenario, last, as_of=on).verdict is MET
    assert evaluate(scenario, last, as_of=on - timedelta(microseconds=1)).verdict is PENDING


def test_a_ladder_of_two_texts_may_have_a_hundred_rungs():
    count = 100
    rungs = [
        clause(
            Fulfilled(f"right-{n}") if n < count else Done("gate"), f"left-{n}", due="2031-03-10"
        )
        for n in range(1, count + 1)
    ]
    others = [
        clause(Fulfilled(f"left-{n + 1}"), f"right-{n}", ("belmora",), due="2031-03-11")
        for n in range(1, count)
    ]
    more = [Proposal(id="second", title="2", to=["arvenia"], provisions=others)]
    scenario = situation(
        said("gate", False, "2031-03-12"),
        words=[*SIGNED, word("arvenia", "2031-02-27", text="second")],
        more=more,
        provisions=rungs,
    )
    assert asked(scenario, Fulfilled("left-1"), "2031-04-01") == [UNMET]
    done = suppose(scenario, {"gate": True}, since="2031-03-01")
    assert asked(done, Fulfilled("left-1"), "2031-04-01") == [MET]


def test_what_was_met_before_the_first_word_was_met():
    scenario = situation(to=[], starts="2031-01-01")
    assert asked(scenario, Ever(InForce("truce")), "2030-12-31", "2031-01-01") == [UNMET, MET]


# Laws

FIRE = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([True, False])),
    max_size=6,
    unique_by=lambda it: it[0],
)
KINDS = st.sampled_from([ProvisionKind.DUTY, STANDING, BAN])


def day(number):
    return (datetime(2031, 3, 1, tzinfo=UTC) + timedelta(days=number)).date().isoformat()


def told(changes, kind, *, offset=0, due=None, **text):
    reports = [said("fire", value, day(number + offset)) for number, value in changes]
    until = None if due is None or kind is not ProvisionKind.DUTY else day(due + offset)
    words = [word(party, day(offset)) for party in ("arvenia", "belmora")]
    return situation(
        *reports, words=words, provisions=[clause(~Holds("fire"), kind=kind, due=until)], **text
    )


@settings(deadline=None, max_examples=at_most(25))
@given(FIRE, KINDS, st.integers(0, 60), st.integers(0, 70), st.integers(0, 40))
def test_shifting_all_dates_shifts_performances(changes, kind, due, at, offset):
    here = performed(told(changes, kind, due=due), day(at))
    there = performed(told(changes, kind, due=due, offset=offset), day(at + offset))
    assert (here.kind, here.verdict, here.late_by) == (there.kind, there.verdict, there.late_by)
    assert [each.start + timedelta(days=offset) for each in here.violations] == [
        each.start for each in there.violations
    ]


@settings(deadline=None, max_examples=at_most(25))
@given(FIRE, KINDS, st.integers(0, 60), st.integers(0, 70))
def test_the_timeline_of_a_clause_at_an_instant_is_its_evaluation_there(changes, kind, due, at):
    scenario = told(changes, kind, due=due)
    known = day(80)
    line = timeline(scenario, Fulfilled("clause"), start=day(0), end=day(70), known_by=known)
    found = evaluate(scenario, Fulfilled("clause"), as_of=day(at), known_by=known)
    assert line.at(day(at)) is found.verdict
    assert performed(scenario, day(at), known_by=known).verdict is found.verdict


@settings(deadline=None, max_examples=at_most(25))
@given(FIRE, st.sampled_from([STANDING, BAN]), st.integers(5, 40))
def test_violations_are_the_unmet_spans_inside_the_term(changes, kind, end):
    scenario = told(changes, kind, ends=day(end))
    found = performed(scenario, day(69))
    line = timeline(scenario, ~Holds("fire"), start=day(0), end=day(end))
    unmet = [(span.start, span.end) for span in line.spans if span.verdict is UNMET]
    assert [(each.start, each.end) for each in found.violations] == unmet


@settings(deadline=None, max_examples=at_most(25))
@given(FIRE, st.sampled_from([STANDING, BAN]), st.integers(5, 40), st.integers(1, 20))
def test_what_is_reported_outside_the_term_changes_no_performance(changes, kind, end, gap):
    inside = [(number, value) for number, value in changes if number <= end]
    scenario = told(inside, kind, ends=day(end))
    after = said("fire", True, day(end + gap), source="radio")
    before = said("fire", True, day(-gap), source="watch", until=day(-1))
    more = scenario.with_observations([before, after])
    found, again = (performed(each, day(end + 30)) for each in (scenario, more))
    assert evolve(found, last_word=None) == evolve(again, last_word=None)


@settings(deadline=None, max_examples=at_most(25))
@given(
    FIRE,
    st.sampled_from([STANDING, BAN]),
    st.integers(1, 50),
    st.integers(1, 3),
    st.integers(0, 70),
)
def test_a_violation_added_inside_a_kept_stretch_never_makes_a_performance_better(
    changes, kind, start, length, later
):
    """Whatever became of the clause then: at every day from the violation on, its end included."""
    over = start + length
    told_of = [(0, False), *((n, value) for n, value in changes if not 0 <= n - start <= length)]
    scenario = told([*{number: (number, value) for number, value in told_of}.values()], kind)
    assume(performed(scenario, day(start)).kind in {Kind.KEPT, Kind.VIOLATED})
    more = scenario.with_observations(
        [said("fire", True, day(start), until=day(over - 1)), said("fire", False, day(over))]
    )
    order = [*Kind]
    for on in {start, over, over + later}:
        before, after = (performed(each, day(on)) for each in (scenario, more))
        assert order.index(after.kind) <= order.index(before.kind)
        added = {(each.start, each.end) for each in after.violations}
        assert added - {(each.start, each.end) for each in before.violations}


@settings(deadline=None, max_examples=at_most(25))
@given(FIRE, FIRE, KINDS, st.integers(0, 60), st.integers(0, 70))
def test_splitting_a_clause_in_two_gives_the_worse_of_both(one, other, kind, due, at):
    reports = [
        *(said("fire", value, day(number)) for number, value in one),
        *(said("volley", value, day(number)) for number, value in other),
    ]
    until = day(due) if kind is ProvisionKind.DUTY else None
    duties = [
        Duty(by=["arvenia"], requires=~Holds("fire")),
        Duty(by=["belmora"], requires=~Holds("volley")),
    ]
    words = [word(party, day(0)) for party in ("arvenia", "belmora")]
    whole = Provision(id="clause", text="x", kind=kind, duties=duties, due=until)
    parts = [
        Provision(id=f"part-{n}", text="x", kind=kind, duties=[duty], due=until)
        for n, duty in enumerate(duties)
    ]
    scenario = situation(*reports, words=words, provisions=[whole, *parts])
    order = [*Kind]
    found = performed(scenario, day(at))
    split = [performed(scenario, day(at), f"part-{n}") for n in range(2)]
    assert found.kind is min((each.kind for each in split), key=order.index)


def test_a_month_counts_up_to_the_day_of_its_report():
    """Told on 10 April of April: whichever of the first ten days it was, it was in the term."""
    shot = said("fire", True, "2031-04", until="2031-04", reported="2031-04-10")
    scenario = situation(
        said("fire", False, "2031-02-27"), shot, said("fire", False, "2031-04-12"),
        provisions=[clause(~Holds("fire"), kind=BAN)],
        ends="2031-04-20",
    )  # fmt: skip
    assert performed(scenario, "2031-05-10").kind is Kind.VIOLATED


def test_a_broken_history_that_is_a_step_asks_nobody_to_mend_it():
    scenario = situation(
        said("fire", False, "2031-03-01"), said("fire", True, "2031-03-10"),
        provisions=[clause(Throughout(~Holds("fire"), "2031-03-02"), kind=ProvisionKind.DUTY)],
    )  # fmt: skip
    found = assess(scenario, "truce", as_of="2031-03-20")
    assert found.provision("clause").performance.verdict is UNMET
    assert found.next_moves == ()
