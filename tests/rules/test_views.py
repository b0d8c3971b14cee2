"""Views: whom one hears, for how long, and which preconditions stand."""

from __future__ import annotations

import pytest

from ceasefire_model import (
    About,
    Accepts,
    Act,
    Credibility,
    Done,
    Holds,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Reliability,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    Trust,
    Verdict,
    assess,
    evaluate,
)

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
DISPUTED, UNKNOWN = Verdict.DISPUTED, Verdict.UNKNOWN
HUSH = Holds("hush")


def said(value, since, source="wire", fact="hush", **more) -> Observation:
    return Observation(fact=fact, value=value, source=source, since=Moment(since), **more)


def word(name, stance, day="2025-03-01") -> Statement:
    return Statement(
        id=name,
        speaker="An envoy",
        party="A",
        date=Moment(day),
        about=About(proposal="plan"),
        text="a word",
        source="wire",
        stance=stance,
    )


def need(**more) -> Precondition:
    return Precondition(
        id="hush-first",
        held_by="A",
        of=Accepts("A", "plan"),
        needs=HUSH,
        text="first quiet",
        **more,
    )


def situation(*observations, words=(), needs=()) -> Scenario:
    return Scenario(
        title="quiet",
        parties=[Party(id="A", name="Arvenia")],
        facts=[State(id="hush", text="it is quiet"), Act(id="vote", text="a vote is held")],
        sources=[
            Source(id="wire", name="The Wire", reliability=Reliability.B),
            Source(id="radio", name="Radio", reliability=Reliability.C),
            Source(id="ministry", name="The ministry", party="A"),
        ],
        observations=observations,
        statements=words,
        proposals=[Proposal(id="plan", title="The plan", to=["A"])],
        preconditions=needs,
    )


def on(scenario, day, condition=HUSH, **more) -> Verdict:
    return evaluate(scenario, condition, as_of=day, **more).verdict


class TestTrust:
    CASE = situation(
        said(True, "2025-03-01", credibility=Credibility.PROBABLY_TRUE),
        said(False, "2025-03-01", "radio", credibility=Credibility.DOUBTFUL),
        said(True, "2025-03-01", "ministry"),
    )

    @pytest.mark.parametrize(
        ("trust", "verdict"),
        [
            (Trust(), DISPUTED),
            (Trust(without=["radio"]), MET),
            (Trust(only=["radio"]), UNMET),
            (Trust.of_party("A"), MET),
            (Trust(most_reliable=True), MET),  # B is better than C, and F is not the worst
            (Trust(most_reliable=True, without=["wire"]), UNMET),
            (Trust(most_reliable=True, only=["ministry"]), MET),  # nobody else speaks
            (Trust(credibility=Credibility.CONFIRMED), UNKNOWN),
            (Trust(credibility=Credibility.PROBABLY_TRUE), MET),
            (Trust(credibility=Credibility.POSSIBLY_TRUE), MET),
            (Trust(credibility=Credibility.DOUBTFUL), DISPUTED),
            (Trust(credibility=Credibility.CANNOT_BE_JUDGED, without=["wire", "radio"]), UNKNOWN),
        ],
    )
    def test_it_narrows_who_is_heard(self, trust, verdict):
        assert on(self.CASE, "2025-03-02", trust=trust) is verdict


class TestAge:
    # heard on 1 March; ten days later, on the 11th, it is heard for the last time
    TRUST = Trust(within_days=10)

    @pytest.mark.parametrize(
        ("day", "verdict"), [("2025-03-01", MET), ("2025-03-11", MET), ("2025-03-12", UNKNOWN)]
    )
    def test_a_word_is_heard_for_so_many_days(self, day, verdict):
        assert on(situation(said(True, "2025-03-01")), day, trust=self.TRUST) is verdict

    def test_but_no_longer_than_its_source_says(self):
        short = situation(said(True, "2025-03-01", until=Moment("2025-03-05")))
        days = {day: on(short, f"2025-03-{day}", trust=self.TRUST) for day in ("05", "06", "12")}
        assert days == {"05": MET, "06": UNKNOWN, "12": UNKNOWN}
        long = situation(said(True, "2025-03-01", until=Moment("2025-03-20")))
        days = {day: on(long, f"2025-03-{day}", trust=self.TRUST) for day in ("11", "12")}
        assert days == {"11": MET, "12": UNKNOWN}

    def test_a_done_act_does_not_age(self):
        done = situation(said(True, "2025-03-01", fact="vote"))
        assert on(done, "2026-03-01", Done("vote"), trust=self.TRUST) is MET
        undone = situation(said(False, "2025-03-01", fact="vote"))
        assert on(undone, "2026-03-01", Done("vote"), trust=self.TRUST) is UNKNOWN

    def test_what_is_too_old_before_it_begins_is_not_heard(self):
        announced = said(True, "2025-06-01", reported=Moment("2025-03-01"))
        assert on(situation(announced), "2025-06-01") is MET
        assert on(situation(announced), "2025-06-01", trust=self.TRUST) is UNKNOWN


class TestPreconditions:
    BUT = word("but", Stance.ACCEPTS_WITH_CONDITIONS)
    YES = Accepts("A", "plan")
    LOUD = said(False, "2025-03-01")

    def test_one_counts_from_its_statement_on(self):
        case = situation(self.LOUD, words=[self.BUT], needs=[need(statement="but")])
        assert on(case, "2025-02-28", self.YES) is UNKNOWN
        assert on(case, "2025-03-01", self.YES) is UNMET

    def test_a_later_plain_acceptance_drops_it_and_one_of_the_same_day_does_not(self):
        needs = [need(statement="but")]
        same = situation(self.LOUD, words=[self.BUT, word("yes", Stance.ACCEPTS)], needs=needs)
        assert on(same, "2025-03-05", self.YES) is UNMET  # the more reserved word of the day
        standing = assess(same, as_of="2025-03-05")["A"].preconditions
        assert [each.precondition.id for each in standing] == ["hush-first"]
        later = word("yes", Stance.ACCEPTS, "2025-03-02")
        dropped = situation(self.LOUD, words=[self.BUT, later], needs=needs)
        assert on(dropped, "2025-03-02", self.YES) is MET
        assert assess(dropped, as_of="2025-03-02")["A"].preconditions == ()

    def test_a_rejection_in_between_ends_it(self):
        again = [
            self.BUT,
            word("no", Stance.REJECTS, "2025-03-02"),
            word("but-again", Stance.ACCEPTS_WITH_CONDITIONS, "2025-03-03"),
        ]
        case = situation(self.LOUD, words=again, needs=[need(statement="but")])
        assert on(case, "2025-03-02", self.YES) is UNMET
        assert on(case, "2025-03-03", self.YES) is UNKNOWN  # no condition is recorded any more

    def test_one_that_is_withdrawn_no_longer_counts(self):
        gone = need(statement="but", withdrawn=Moment("2025-03-10"))
        case = situation(self.LOUD, words=[self.BUT], needs=[gone])
        assert on(case, "2025-03-09", self.YES) is UNMET
        assert on(case, "2025-03-10", self.YES) is MET

    def test_one_withdrawn_on_some_day_of_a_month_stands_until_it_surely_is_withdrawn(self):
        gone = need(statement="but", withdrawn=Moment("2025-03"))
        case = situation(self.LOUD, words=[self.BUT], needs=[gone])
        listed = [
            len(assess(case, as_of=f"2025-03-{day}")["A"].preconditions) for day in (10, 30, 31)
        ]
        assert listed == [1, 1, 0]
        found = [on(case, f"2025-03-{day}", self.YES) for day in (10, 30, 31)]
        assert found == [UNKNOWN, UNKNOWN, MET]

    @pytest.mark.parametrize("other", [Stance.REJECTS, Stance.WITHDREW])
    def test_yes_and_no_of_one_day_are_disputed_unless_clocks_order_them(self, other):
        yes = Stance.ACCEPTS
        one_day = situation(words=[word("yes", yes), word("no", other)])
        assert on(one_day, "2025-03-05", self.YES) is DISPUTED
        noon, evening = "2025-03-01T12:00Z", "2025-03-01T20:00Z"
        last_no = situation(words=[word("yes", yes, noon), word("no", other, evening)])
        last_yes = situation(words=[word("yes", yes, evening), word("no", other, noon)])
        assert on(last_no, "2025-03-05", self.YES) is UNMET
        assert on(last_yes, "2025-03-05", self.YES) is MET
        settled = situation(
            words=[word("yes", yes), word("no", other), word("y", yes, "2025-03-02")]
        )
        assert on(settled, "2025-03-05", self.YES) is MET
