"""Imprecise dates settle nothing that their days do not agree on: proven by enumerating the days.

A scenario with imprecise dates is completed in every way: each range becomes each of its days that
is no later than its report. A verdict is settled only if it is the same in all completions; and,
where nothing may be overtaken and no fact occurs twice, it is settled if it is.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import product, starmap
from random import Random

import pytest
from attrs import evolve

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    By,
    CannotSay,
    Done,
    Duty,
    Ever,
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
    ProvisionKind,
    Quantity,
    Question,
    Range,
    Reliability,
    Scenario,
    Source,
    SourceKind,
    Stance,
    State,
    Statement,
    Throughout,
    Times,
    Trust,
    Truth,
    days,
    evaluate,
)
from tests.examples import at_most

FIRST = date(2031, 1, 1)
DAYS = 7
SEEDS = [153, *range(at_most(120))]
"""The first tells whether the days beside those of the other words are tried."""
LEAVES = {
    "state": Holds("state"),
    "act": Done("act"),
    "number": AtLeast("number", 5),
    "count": AtLeast("count", 5),
    "question": Answered("question"),
}
VALUES = {
    "state": (True, False, True, False, CannotSay()),
    "act": (True, False, True, False, CannotSay()),
    "number": (3, 5, 7, Range(2, 6), Range(5, 9)),
    "count": (3, 5, 7, Range(2, 6), Range(5, 9)),
    "question": (True, False, CannotSay()),
}
SOURCES = (
    Source(id="wire", name="Wire", kind=SourceKind.NEWS, reliability=Reliability.A),
    Source(
        id="mission", name="Mission", kind=SourceKind.MONITOR, party="a", reliability=Reliability.B
    ),
    Source(
        id="a-says", name="A says", party="a", kind=SourceKind.OFFICIAL, reliability=Reliability.B
    ),
    Source(
        id="a-too",
        name="A says, too",
        party="a",
        kind=SourceKind.OFFICIAL,
        reliability=Reliability.C,
    ),
    Source(id="b-says", name="B says", party="b", kind=SourceKind.OFFICIAL),
)


def day(number):
    return (FIRST + timedelta(days=number)).isoformat()


def span(first, last):
    return Moment(day(first) if first == last else f"{day(first)}/{day(last)}")


def days_of(moment, latest=None):
    """Give the numbers of the days that a moment may be, up to that of the latest, if any."""
    first, last = (moment.text.split("/") * 2)[:2]
    least, most = ((date.fromisoformat(each) - FIRST).days for each in (first, last))
    return range(least, (most if latest is None else min(most, latest)) + 1)


SILENT = Scenario(
    title="x",
    parties=[Party(id=each, name=each) for each in "ab"],
    facts=[
        State(id="state", text="s"),
        Act(id="act", text="w"),
        Quantity(id="number", text="n", unit="u"),
        Quantity(id="count", text="c", unit="u", cumulative=True),
        Question(id="question", text="q", asked_by="a", asked=Moment(day(1))),
        State(id="need", text="need"),
    ],
    sources=SOURCES,
    proposals=[
        Proposal(
            id="text",
            title="Text",
            to=["a", "b"],
            provisions=[Provision(id=each, text=each) for each in ("one", "two")],
        )
    ],
)
"""Nobody has said anything yet."""


def over_time(told, asked, days=range(DAYS), trust=None):
    """Give the verdict on each of some days."""
    return [
        evaluate(told, asked, as_of=day(at), known_by=day(DAYS), trust=trust).verdict for at in days
    ]


def hold_apart(found, completions):
    """Give each verdict with all verdicts of the completions on its day."""
    return zip(found, map(set, zip(*completions, strict=True)), strict=True)


def is_sure(found, completions):
    """Whether each verdict is open, or the same in all completions, which are judged if need be."""
    if all(verdict.is_open for verdict in found):
        return True
    return all(one.is_open or several == {one} for one, several in hold_apart(found, completions))


# Reports


def observations(random, fact, sources, most=3, exact=0.4):
    for _ in range(random.randint(1, most)):
        first = random.randrange(DAYS)
        last = first if random.random() < exact else min(DAYS - 1, first + random.randint(0, 3))
        reported = random.randint(first, min(DAYS - 1, last + 2))
        until = None
        if random.random() < 0.25:
            ends = random.randint(last, DAYS - 1)
            until = span(ends, min(DAYS - 1, ends + random.randint(0, 2)))
        yield Observation(
            fact=fact,
            value=random.choice(VALUES[fact]),
            source=random.choice(sources),
            since=span(first, last),
            until=until,
            reported=Moment(day(reported)),
        )


def is_sound(observation):
    """Whether it may stand: an act once done stays done."""
    is_done = observation.fact == "act" and observation.value == Truth(True)
    return observation.until is None or not is_done


def completed(observation):
    """Give an observation with every start and end that it may have."""
    (reported,) = days_of(observation.reported)
    for start in days_of(observation.since, reported):
        ends = [None] if observation.until is None else days_of(observation.until)
        for end in ends:
            until = None if end is None else Moment(day(end))
            if end is None or end >= start:
                yield evolve(observation, since=Moment(day(start)), until=until)


def all_completed(observations):
    """Give the scenario of each completion."""
    return (SILENT.with_observations(one) for one in product(*map(completed, observations)))


TRUSTS = (None, None, Trust(most_reliable=True), Trust(within_days=2))


def drawn(seed, fact, sources, **shape):
    random = Random(f"{fact} {seed}")  # noqa: S311 - no secret
    found = [each for each in observations(random, fact, sources, **shape) if is_sound(each)]
    return found, random.choice(TRUSTS), random


@pytest.mark.parametrize("fact", LEAVES)
def test_a_verdict_is_settled_only_if_every_completion_of_the_dates_agrees(fact):
    for seed in SEEDS:
        found, trust, _ = drawn(seed, fact, [each.id for each in SOURCES])
        judged = partial(over_time, asked=LEAVES[fact], trust=trust)
        told = SILENT.with_observations(found)
        assert is_sure(judged(told), map(judged, all_completed(found))), seed


@pytest.mark.parametrize("fact", LEAVES)
def test_where_nothing_may_be_overtaken_a_verdict_is_settled_if_all_completions_agree(fact):
    """One source overtakes nobody; two parties that claim overtake each other on no state."""
    for seed in SEEDS:
        both = ["a-says", "b-says"] if fact in ("state", "number", "question") else ["wire"]
        found, trust, _ = drawn(seed, fact, both)
        judged = partial(over_time, asked=LEAVES[fact], trust=trust)
        told = SILENT.with_observations(found)
        for one, several in hold_apart(judged(told), map(judged, all_completed(found))):
            assert len(several) > 1 or one in several, seed


def test_two_numbers_of_which_one_is_a_multiple_are_settled_only_if_every_completion_agrees():
    leaf = AtLeast("number", Times(1, "count"))
    for seed in SEEDS:
        random = Random(f"pair {seed}")  # noqa: S311 - no secret
        sources = random.sample([each.id for each in SOURCES], 2)
        found = [
            *observations(random, "number", sources, 2),
            *observations(random, "count", sources, 2),
        ]
        judged = partial(over_time, asked=leaf, trust=random.choice(TRUSTS))
        told = SILENT.with_observations(found)
        assert is_sure(judged(told), map(judged, all_completed(found))), seed


# Words


def statements(random, most=3):
    for number in range(random.randint(1, most)):
        first = random.randrange(DAYS)
        last = first if random.random() < 0.5 else min(DAYS - 1, first + random.randint(0, 3))
        about = random.choice(["text", "text", "one", "two"])
        yield Statement(
            id=f"word-{number}",
            speaker="A",
            party="a",
            date=span(first, last),
            reported=Moment(day(random.randint(first, DAYS - 1))),
            about=About(proposal="text") if about == "text" else About(provision=about),
            stance=random.choice([*Stance, Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS]),
            text="word",
            source="wire",
        )


def preconditions(random, said):
    for number in range(random.randint(0, 2)):
        first = random.randrange(DAYS)
        yield Precondition(
            id=f"need-{number}",
            held_by="a",
            of=Accepts("a", random.choice(["text", "text", "one"])),
            needs=random.choice([AllOf([]), AnyOf([])]),
            text="need",
            statement=random.choice([None, *(each.id for each in said)]),
            withdrawn=random.choice([None, span(first, min(DAYS - 1, first + 2))]),
        )


def dated(statement):
    (reported,) = days_of(statement.reported)
    for each in days_of(statement.date, reported):
        yield evolve(statement, date=Moment(day(each)))


def withdrawn(precondition):
    if precondition.withdrawn is None:
        yield precondition
        return
    for each in days_of(precondition.withdrawn):
        yield evolve(precondition, withdrawn=Moment(day(each)))


EVERY_SECOND = range(0, DAYS, 2)


def all_dated(said, needs):
    """Give the words and needs of each completion."""
    for one in product(*map(dated, said), *map(withdrawn, needs)):
        yield one[: len(said)], one[len(said) :]


@pytest.mark.parametrize("of", ["text", "one"])
def test_an_acceptance_is_settled_only_if_every_completion_of_the_dates_agrees(of):
    def judged(said, needs):
        told = SILENT.with_statements(said).with_preconditions(needs)
        return over_time(told, Accepts("a", of), EVERY_SECOND)

    for seed in SEEDS:
        random = Random(f"{of} {seed}")  # noqa: S311 - no secret
        said = [*statements(random)]
        needs = [*preconditions(random, said)]
        completions = starmap(judged, all_dated(said, needs))
        for seen, several in hold_apart(judged(said, needs), completions):
            if not seen.is_open:
                assert several == {seen}, seed
            elif len(several) == 1 and all(word.about.proposal for word in said):
                assert {seen} == several, seed


# Histories and clauses

OVER_TIME = {
    "ever": Ever,
    "by": lambda leaf: By(leaf, Moment(day(3))),
    "not by": lambda leaf: By(Not(leaf), Moment(day(3))),
    "throughout": lambda leaf: Throughout(leaf, Moment(day(2)), Moment(day(4))),
    "held for": lambda leaf: HeldFor(leaf, days(2)),
    "step": lambda _: Fulfilled("step"),
    "standing": lambda _: Fulfilled("standing"),
}


def agreement(observations, leaf):
    """Give a scenario in which a text with a step and a standing duty is in force from day 1."""
    words = [
        Statement(
            id=f"yes-{party}",
            speaker=party,
            party=party,
            date=day(0),
            about=About(proposal="agreed"),
            stance=Stance.ACCEPTS,
            text="yes",
            source="wire",
        )
        for party in "ab"
    ]
    text = Proposal(
        id="agreed",
        title="Agreed",
        to=["a", "b"],
        starts=day(1),
        ends=day(5),
        provisions=[
            Provision(id="step", text="step", due=day(3), duties=[Duty(by=["a"], requires=leaf)]),
            Provision(
                id="standing",
                text="standing",
                kind=ProvisionKind.STANDING_DUTY,
                duties=[Duty(by=["a"], requires=leaf)],
            ),
        ],
    )
    agreed = SILENT.with_proposals([text]).with_statements(words)
    return agreed.with_observations(observations)


@pytest.mark.parametrize("fact", ["state", "act", "count"])
@pytest.mark.parametrize("name", OVER_TIME)
def test_a_history_is_settled_only_if_every_completion_of_the_dates_agrees(name, fact):
    leaf, unsettled = LEAVES[fact], 0
    asked = OVER_TIME[name](leaf)

    def judged(observations):
        return over_time(agreement(observations, leaf), asked, (2, 3, 4, 6))

    for seed in SEEDS[:40]:
        found, _, _ = drawn(f"{name} {seed}", fact, [each.id for each in SOURCES], most=2)
        seen = judged(found)
        unsettled += sum(each.is_open for each in seen)
        assert is_sure(seen, map(judged, product(*map(completed, found)))), seed
    assert unsettled


BARE = Statement(
    id="word",
    speaker="somebody",
    party="a",
    date=day(0),
    about=About(proposal="text"),
    stance=Stance.ACCEPTS,
    text="word",
    source="wire",
)


@pytest.mark.parametrize("dates", [{}, {"starts": day(2)}, {"ends": day(4)}, {"tabled": day(1)}])
def test_a_text_is_settled_to_be_in_force_only_if_every_completion_agrees(dates):
    """One party has plainly accepted it on the first day."""
    text = evolve(SILENT.proposal("text"), **dates)
    yes = evolve(BARE, id="yes", party="b", stance=Stance.ACCEPTS, date=day(0), reported=day(0))
    tabled = evolve(SILENT, proposals=[text], statements=[yes])

    def judged(said, needs):
        told = tabled.with_statements(said).with_preconditions(needs)
        return over_time(told, InForce("text"), EVERY_SECOND)

    settled = 0
    for seed in SEEDS:
        random = Random(f"{dates} {seed}")  # noqa: S311 - no secret
        said = [*statements(random, 2)]
        needs = [*preconditions(random, said)]
        seen = judged(said, needs)
        settled += sum(not each.is_open for each in seen)
        assert is_sure(seen, starmap(judged, all_dated(said, needs))), seed
    assert settled
