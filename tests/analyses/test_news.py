"""News: played forward they give the assessment, and what caused a change is what did."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import groupby

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    After,
    Answered,
    AtMost,
    Duty,
    Holds,
    InForce,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Scenario,
    ScenarioError,
    Source,
    State,
    Statement,
    Timing,
    Trust,
    Verdict,
    assess,
    deadlocks,
    evaluate,
    news,
    suppose,
    watch,
)
from ceasefire_model.analyses import Topic
from ceasefire_model.analyses.causes import PassingKind
from ceasefire_model.analyses.subjects import under
from ceasefire_model.conditions import Fulfilled
from ceasefire_model.grounds import name_of
from ceasefire_model.moments import TICK
from ceasefire_model.rules import PerformanceKind
from ceasefire_model.rules.findings import find_need
from ceasefire_model.rules.stances import positions
from ceasefire_model.rules.waiting import waiting_in
from ceasefire_model.strategies import instants, scenarios, trusts

few = settings(deadline=None, max_examples=max(3, settings.default.max_examples // 8))
"""A law judges a scenario anew at many instants, so that it is tried on few."""

START, END = "2025-02-01", "2025-04-15"
LATER = Moment("8000")


# How everything stands at an instant, from the assessment of that instant


def standing(scenario, text, at, known_by=None, trust=None):
    """Return what can be in the news, by address, as it is assessed at an instant."""
    when = {"as_of": at, "known_by": known_by, "trust": trust}
    found = assess(scenario, text, **when)
    # of too many orders of imprecise words no stance is named; when that begins is no news
    assume(all(positions(found.view, leaf) is not None for leaf in scenario.index.words))
    judged = found.finding.evaluation
    state = {name_of(InForce(text.id)): (found.verdict, None)}
    state |= {each.finding.address: (each.verdict, each.stance) for each in found.parties}
    for leaf in spoken_on_clauses(scenario, text):
        finding = evaluate(scenario, leaf, **when)
        if any(found.view.words(leaf)) or found.view.supposed_word(leaf):
            state[name_of(leaf)] = (finding.verdict, finding.stance)
    duties = [Fulfilled(each.id) for each in text.provisions if each.duties]
    for each in scenario.preconditions:
        reached = under(scenario.index, [InForce(text.id), *duties])
        if each.of in reached and each in found.view.standing(each.of):
            finding = find_need(judged, each)
            lasts = found.view.timing(each) is Timing.WHILE
            of = evaluate(scenario, each.of, **when).verdict if lasts else None
            is_crossed = (of, finding.verdict) == (Verdict.MET, Verdict.UNMET)
            state[finding.address] = (finding.verdict, finding.stance, is_crossed)
        assert all(state[gate.finding.address][2] for gate in found.crossed)
    for each in found.provisions:
        if each.finding is not None:
            state[each.finding.address] = became(each.finding, each.performance)
            for one in each.obligors if len(each.obligors) > 1 else ():
                state[one.finding.address] = became(one.finding, one.performance)
    for each in scenario.facts:
        if isinstance(each, Question) and each.asked.as_start(scenario.zone)[0] <= found.view.at:
            state[f"answered({each.id})"] = (evaluate(scenario, Answered(each.id), **when).verdict,)
    for each in found.next_moves:
        key = ("move", each.kind, each.who, each.provision, each.precondition, each.due)
        state[key] = frozenset(finding.condition for finding in each.findings)
    for each in deadlocks(scenario, InForce(text.id), limit=100, **when):
        state["deadlock", *sorted(p.id for p in each.preconditions)] = True
    return state


def spoken_on_clauses(scenario, text):
    names = {each.id for each in text.provisions}
    supposed = [word.of for each in scenario.suppositions for word in each.words]
    return [leaf for leaf in dict.fromkeys([*scenario.index.words, *supposed]) if leaf.of in names]


def became(finding, performance):
    found = performance
    return (finding.verdict, found.kind, found.progress, len(found.violations))


def told_of(status, address, topic):
    """Return what a status says, in the terms of the assessment."""
    if status is None:
        return None
    if topic is Topic.MOVE:
        return frozenset(finding.condition for finding in status.move.findings)
    if topic is Topic.DEADLOCK:
        return True
    if topic is Topic.CLAUSE:
        return became(status.finding, status.performance)
    if topic is Topic.QUESTION:
        return (status.finding.verdict,)
    if topic is Topic.PRECONDITION:
        return (status.finding.verdict, status.finding.stance, status.is_crossed)
    return (status.finding.verdict, status.finding.stance)


def key_of(development):
    status = development.after or development.before
    if development.topic is Topic.MOVE:
        move = status.move
        return ("move", move.kind, move.who, move.provision, move.precondition, move.due)
    if development.topic is Topic.DEADLOCK:
        return ("deadlock", *sorted(p.id for p in status.deadlock.preconditions))
    return development.address


def played(state, developments):
    """Play news forward over how things stood; each finds what it says was there."""
    found = dict(state)
    for each in developments:
        key = key_of(each)
        assert found.get(key) == told_of(each.before, key, each.topic), key
        found.pop(key, None)
        after = told_of(each.after, key, each.topic)
        if after is not None:
            found[key] = after
    return found


def texts_of(scenario):
    return st.sampled_from(scenario.proposals)


# Laws


@few
@given(scenarios(), trusts(), st.lists(instants(), max_size=1), st.data())
def test_the_news_played_forward_give_the_assessment_at_any_instant(scenario, trust, times, data):
    text = data.draw(texts_of(scenario))
    found = news(scenario, text, start=START, end=END, trust=trust)
    before = standing(scenario, text, found.start - TICK, trust=trust)
    for at in sorted({*(each.bounds(scenario.zone)[1] for each in times), found.end - TICK}):
        if found.start <= at < found.end:
            so_far = [each for each in found if each.at <= at]
            assert played(before, so_far) == standing(scenario, text, at, trust=trust)


@few
@given(scenarios(), trusts(), instants(), st.data())
def test_what_is_known_by_a_day_played_forward_gives_what_was_so_then(scenario, trust, at, data):
    text = data.draw(texts_of(scenario))
    known = "2025-05-01"
    found = news(scenario, text, start=START, end=END, known_by=known, trust=trust)
    when = min(max(at.bounds(scenario.zone)[1], found.start), found.end - TICK)
    before = standing(scenario, text, found.start - TICK, known, trust)
    so_far = [each for each in found if each.at <= when]
    assert played(before, so_far) == standing(scenario, text, when, known, trust)


@few
@given(scenarios(), st.booleans(), st.data())
def test_without_what_is_named_as_its_cause_a_change_does_not_come_or_comes_later(
    scenario, follows_the_world, data
):
    text = data.draw(texts_of(scenario))
    known = "2025-05-01" if follows_the_world else None
    found = news(scenario, text, start=START, end=END, known_by=known)
    told = [each for each in found if each.cause.told]
    for each in data.draw(st.lists(st.sampled_from(told), max_size=2)) if told else ():
        without = put_off(scenario, each.cause.told)
        key = key_of(each)
        stands = standing(without, text, each.at, known).get(key)
        assert stands != told_of(each.after, key, each.topic)


def put_off(scenario, told):
    """Return the scenario in which some of what was told comes in when all is over."""
    kept = [each for each in scenario.observations if not any(each is one for one in told)]
    later = {each.id for each in told if not isinstance(each, Observation)}
    words = [
        evolve(each, reported=LATER) if each.id in later else each for each in scenario.statements
    ]
    try:
        return evolve(scenario, observations=kept, statements=words)
    except ScenarioError:  # a correction of what is left out
        assume(False)
        raise


@few
@given(scenarios(), st.data())
def test_no_change_is_without_a_cause_and_what_no_report_caused_comes_without_any(scenario, data):
    text = data.draw(texts_of(scenario))
    found = news(scenario, text, start=START, end=END)
    assert all(each.cause.told or each.cause.dates for each in found)
    by_dates = [each for each in found if not each.cause.told]
    assert all(passed.at == each.at for each in by_dates for passed in each.cause.dates)
    for each in data.draw(st.lists(st.sampled_from(by_dates), max_size=1)) if by_dates else ():
        without = put_off(scenario, came_in_at(scenario, each.at))
        key = key_of(each)
        stands = standing(without, text, each.at).get(key)
        assert stands == told_of(each.after, key, each.topic)


def came_in_at(scenario, at):
    records = (*scenario.observations, *scenario.statements)
    return [each for each in records if each.reported.bounds(scenario.zone)[1] == at]


@few
@given(scenarios(), trusts(), st.data())
def test_a_watch_fed_in_the_order_of_reported_gives_the_same_news(scenario, trust, data):
    text = data.draw(texts_of(scenario))
    whole = news(scenario, text, start=START, end=END, trust=trust)
    first, batches = streamed(scenario, whole.start)
    watched = watch(first, text, start=START, trust=trust)
    told = [each for batch in batches for each in added(watched, batch)]
    told += watched.advance(END)
    assert sorted(map(plainly, told), key=repr) == sorted(map(plainly, whole), key=repr)


@few
@given(scenarios(), st.data())
def test_a_watch_fed_one_by_one_comes_to_the_same(scenario, data):
    text = data.draw(texts_of(scenario))
    first, batches = streamed(scenario, news(scenario, text, start=START, end=END).start)
    watched = watch(first, text, start=START)
    before = standing(first, text, watched.add([]).end - TICK)
    told = [each for batch in batches for record in batch for each in added(watched, [record])]
    told += watched.advance(END)
    last = Moment(END).bounds(scenario.zone)[1]
    assert played(before, told) == standing(scenario, text, last)


def streamed(scenario, start):
    """Return a scenario as it was before a start, and what came in afterwards, by instant."""
    zone = scenario.zone

    def instant(record):
        return record.reported.bounds(zone)[1]

    held = {each.statement for each in scenario.preconditions}
    end = Moment(END).bounds(zone)[1]
    records = (*scenario.observations, *scenario.statements)
    later = [
        each for each in records if instant(each) >= start and getattr(each, "id", None) not in held
    ]
    gone = {id(each) for each in later}
    kept = [each for each in scenario.observations if id(each) not in gone]
    words = [each for each in scenario.statements if id(each) not in gone]
    try:
        first = evolve(scenario, observations=kept, statements=words)
    except ScenarioError:  # what is spoken of comes later
        assume(False)
        raise
    # which clauses are read as they stand is a property of all that is ever said
    whole, known = waiting_in(scenario.index), waiting_in(first.index)
    assume((whole.clauses, whole.leaves) == (known.clauses, known.leaves))
    ordered = sorted((each for each in later if instant(each) <= end), key=instant)
    return first, [[*batch] for _, batch in groupby(ordered, key=instant)]


def added(watched, batch):
    try:
        return watched.add(batch)
    except ScenarioError:  # it speaks of what was said later
        assume(False)
        raise


def in_order(told):
    return sorted(map(repr, told)) if isinstance(told, frozenset) else told


def plainly(development):
    key = key_of(development)
    sides = (development.before, development.after)
    cause = development.cause
    return (
        development.at,
        key,
        [in_order(told_of(each, key, development.topic)) for each in sides],
        sorted(map(repr, cause.reports)),
        sorted(each.id for each in cause.words),
        sorted(map(repr, cause.dates)),
    )


# Red lines


def test_a_red_line_is_news_when_it_is_crossed_and_when_it_is_not_any_more():
    """A holds its fire as long as B stays out of Lume; B comes on the 5th, A fires on the 8th.

    On the 8th its men are as much in Lume as before: what changed is that nothing is left to break.
    """
    said = [("fire", False, 1), ("lume", False, 1), ("lume", True, 5), ("fire", True, 8)]
    scenario = Scenario(
        title="Lume",
        parties=[Party(id="a", name="A")],
        facts=[State(id="fire", text="A fires"), State(id="lume", text="B's men are in Lume")],
        sources=[Source(id="wire", name="the wire")],
        observations=[
            Observation(fact=fact, value=value, source="wire", since=f"2031-06-0{day}")
            for fact, value, day in said
        ],
        proposals=[
            Proposal(
                id="truce",
                title="the truce",
                to=["a"],
                provisions=[
                    Provision(
                        id="calm", text="no fire", duties=[Duty(by="a", requires=~Holds("fire"))]
                    )
                ],
            )
        ],
        preconditions=[
            Precondition(
                id="line",
                held_by="a",
                of=~Holds("fire"),
                needs=~Holds("lume"),
                timing=Timing.WHILE,
                text="B's men stay out of Lume",
            )
        ],
    )
    found = news(scenario, start="2031-06-03", end="2031-06-09")
    turns = [each for each in found if each.topic is Topic.PRECONDITION]
    assert [(each.before.is_crossed, each.after.is_crossed) for each in turns] == [
        (False, True),
        (True, False),
    ]
    assert [each.after.finding.verdict for each in turns] == [Verdict.UNMET, Verdict.UNMET]
    assert [[(r.fact, r.since) for r in each.cause.reports] for each in turns] == [
        [("lume", Moment("2031-06-05"))],
        [("fire", Moment("2031-06-08"))],
    ]
    for day, crossed in ((4, []), (5, ["line"]), (7, ["line"]), (8, [])):
        on_the_day = assess(scenario, as_of=f"2031-06-0{day}").crossed
        assert [gate.precondition.id for gate in on_the_day] == crossed
    rows = [row for row in found.to_rows() if row["precondition"] == "line"]
    assert [(row["before_crossed"], row["after_crossed"]) for row in rows] == [
        (False, True),
        (True, False),
    ]
    page = " ".join(str(found).split())
    assert "✗ crossed stated precondition held by A of “not so: A fires”" in page
    assert "✗ not met stated precondition held by A of “not so: A fires”" in page
    assert "(before: crossed)" in page


# Streams: most of what comes in confirms what was known

DAY_ONE = date(2031, 1, 1)
STREAMED = Scenario(
    title="a stream of reports",
    parties=[Party(id="a", name="A"), Party(id="b", name="B")],
    facts=[
        State(id="shots", text="shots are fired", by="a"),
        State(id="road", text="the road is open", by="b"),
        Quantity(id="guns", text="guns in the zone", unit="guns", by="a"),
    ],
    sources=[
        Source(id="monitor", name="the monitors"),
        Source(id="wire", name="the wire"),
        Source(id="of-a", name="A's spokesman", party="a"),
        Source(id="of-b", name="B's spokesman", party="b"),
    ],
    statements=[
        Statement(
            id="yes",
            speaker="A",
            party="a",
            date="2030-12-01",
            about={"proposal": "truce"},
            text="yes",
            source="wire",
            stance="accepts",
        )
    ],
    proposals=[
        Proposal(
            id="truce",
            title="the truce",
            to=["a"],
            starts="2030-12-15",
            provisions=[
                Provision(
                    id="hold",
                    text="nobody shoots",
                    kind="prohibition",
                    duties=[Duty(by=["a"], requires=~Holds("shots"))],
                ),
                Provision(
                    id="open",
                    text="the road stays open, and few guns are there",
                    kind="standing duty",
                    duties=[Duty(by=["b"], requires=Holds("road") & AtMost("guns", 5))],
                ),
            ],
        )
    ],
)


def test_a_move_is_caused_by_the_report_that_asks_for_it_and_not_by_what_came_in_beside_it():
    def told(fact, value, day):
        since = Moment(f"2031-01-0{day}T12:00Z")
        return Observation(fact=fact, value=value, source="monitor", since=since)

    shot, guns = told("shots", True, 5), told("guns", 9, 5)
    quiet = [told("shots", False, 1), told("road", True, 1), told("guns", 3, 1)]
    scenario = STREAMED.with_observations([*quiet, shot, guns])
    found = news(scenario, start="2031-01-04", end="2031-01-06")
    moves = [each for each in found if each.topic is Topic.MOVE]
    assert {each.after.move.provision: each.cause.reports for each in moves} == {
        "hold": (shot,),
        "open": (guns,),
    }


def test_a_report_that_only_repeats_itself_is_news_once_something_fell_due():
    """Before it, *not open* is no miss; said again after it, it is."""
    opened = Provision(
        id="open",
        text="the road is opened",
        due="2031-01-05",
        duties=[Duty(by=["b"], requires=Holds("road"))],
    )
    closed = [
        Observation(fact="road", value=False, source="monitor", since=f"2031-01-0{day}T12:00Z")
        for day in (1, 7)
    ]
    scenario = evolve(
        STREAMED,
        proposals=[evolve(STREAMED.proposals[0], provisions=[opened])],
        observations=closed,
    )
    found = news(scenario, start="2031-01-06", end="2031-01-09")
    passed, missed = (each for each in found if each.topic is Topic.CLAUSE)
    assert passed.after.performance.kind is PerformanceKind.OPEN
    assert (missed.at.date(), missed.cause.reports) == (date(2031, 1, 7), (closed[1],))
    assert missed.after.performance.kind is PerformanceKind.OVERDUE


def test_what_falls_due_two_days_after_the_text_began_is_not_said_to_be_due_when_it_began():
    """It begins on the 5th; the day of the event does not count, so the 7th is the last day."""
    opened = Provision(
        id="open",
        text="the road is opened",
        due=After(InForce("truce"), "2 days"),
        duties=[Duty(by=["b"], requires=Holds("road"))],
    )
    (truce,) = STREAMED.proposals
    scenario = evolve(
        STREAMED,
        proposals=[evolve(truce, starts="2031-01-05", provisions=[opened])],
        observations=[Observation(fact="road", value=False, source="monitor", since="2031-01-01")],
    )
    found = news(scenario, start="2031-01-03", end="2031-01-10")
    passed = [each.cause.dates for each in found if each.topic is Topic.CLAUSE]
    assert [[(one.kind, one.record, one.at.date()) for one in dates] for dates in passed] == [
        [(PassingKind.START, "truce", date(2031, 1, 5))],
        [(PassingKind.DUE, "open", date(2031, 1, 8))],  # over at the midnight after it
    ]


def test_what_is_said_again_is_news_where_it_contradicts_what_was_said_up_to_its_first_instant():
    """One denies it up to the very midnight from which on another says it: neither came later.

    Said again, it surely came later, and the other is no longer heard.
    """
    denied = Observation(
        fact="shots",
        value=True,
        source="wire",
        since="2030-12-20",
        reported="2031-01-03T00:00+00:00",
    )
    quiet = [
        Observation(fact="shots", value=False, source="monitor", since=f"2031-01-0{day}")
        for day in (3, 5)
    ]
    scenario = STREAMED.with_observations([denied, *quiet])
    found = news(scenario, start="2031-01-02", end="2031-01-09")
    assert [
        (each.at.day, each.after.finding.verdict, each.cause.reports)
        for each in found
        if each.address == "fulfilled(hold)"
    ] == [
        (3, Verdict.UNMET, (denied,)),
        (3, Verdict.DISPUTED, (quiet[0],)),  # which one knew by the end of the day
        (5, Verdict.MET, (quiet[1],)),
    ]


def test_a_correction_that_says_what_the_one_before_it_says_is_news_by_what_it_takes_back():
    def told(value, day, **more):
        since = f"2031-01-0{day}T12:00Z"
        return Observation(fact="shots", value=value, source="monitor", since=since, **more)

    shots = [told(True, day, id=f"shot-{day}") for day in (2, 3)]
    first, second = (told(False, day, corrects=f"shot-{7 - day}") for day in (4, 5))
    scenario = STREAMED.with_observations([told(False, 1), *shots, first, second])
    found = news(scenario, start="2031-01-04", end="2031-01-09")
    assert [
        (each.at.day, each.after.performance.kind, each.cause.reports)
        for each in found
        if each.address == "fulfilled(hold)"
    ] == [(4, PerformanceKind.VIOLATED, (first,)), (5, PerformanceKind.KEPT, (second,))]


def test_that_a_question_is_asked_is_news_of_a_clause_that_starts_with_its_answer():
    """Before it nobody knows of it, and then it is not answered: so the clause is not owed yet."""
    who = Question(id="who", text="who?", asked_by="a", asked="2031-01-05", asked_of=["b"])
    held = evolve(
        STREAMED.proposals[0].provisions[0], starts=After(Answered("who"), "0 hours"), survives=True
    )
    scenario = evolve(
        STREAMED,
        facts=[*STREAMED.facts, who],
        proposals=[evolve(STREAMED.proposals[0], provisions=[held])],
    )
    found = news(scenario, start="2031-01-02", end="2031-01-09")
    kinds = [
        (each.at, each.before.performance.kind, each.after.performance.kind)
        for each in found
        if each.address == "fulfilled(hold)"
    ]
    asked = Moment("2031-01-05").as_start(scenario.zone)[0]
    assert kinds == [(asked, PerformanceKind.OPEN, PerformanceKind.NOT_OWED)]
    (clause,) = assess(scenario, as_of="2031-01-05").provisions
    assert clause.performance.kind is PerformanceKind.NOT_OWED


def test_of_what_is_imagined_only_after_the_end_no_news_tell():
    calm = STREAMED.with_observations(
        Observation(fact="shots", value=False, source="monitor", since="2031-01-01T12:00Z")
    )
    span = {"start": "2031-01-02", "end": "2031-01-09"}
    later = suppose(calm, {"shots": True}, since="2031-02-01")
    assert str(news(later, **span)) == str(news(calm, **span))
    within = suppose(calm, {"shots": True}, since="2031-01-05")
    assert "what is supposed" in str(news(within, **span))


def test_a_report_that_only_repeats_itself_is_heard_for_longer_by_who_forgets():
    quiet = [
        Observation(fact="shots", value=False, source="monitor", since=f"2031-01-0{day}T12:00Z")
        for day in (1, 4)
    ]
    scenario = STREAMED.with_observations(quiet)
    found = news(scenario, start="2031-01-02", end="2031-01-09", trust=Trust(within_days=3))
    changed = [each for each in found if each.address == "fulfilled(hold)"]
    assert [each.at for each in changed] == [Moment("2031-01-07T12:00Z").bounds(UTC)[0] + TICK]
    assert changed[0].after.performance.kind is PerformanceKind.OPEN


def test_a_word_counts_from_the_midnight_of_its_day_in_hindsight_and_is_the_cause_then():
    day = "2031-01-05"
    (yes,) = (evolve(each, date=day, reported=day) for each in STREAMED.statements)
    scenario = evolve(STREAMED, statements=[yes])
    span = {"start": "2031-01-02", "end": "2031-01-08"}
    known = [each for each in news(scenario, **span) if each.topic is Topic.TEXT]
    assert [(each.at, each.cause.words) for each in known] == [
        (Moment(day).bounds(scenario.zone)[1], (yes,))  # one knew by the end of the day
    ]
    later = news(scenario, **span, known_by="2031-02-01")
    assert [(each.at, each.cause.words) for each in later if each.topic is Topic.TEXT] == [
        (Moment(day).as_start(scenario.zone)[0], (yes,))
    ]


def test_a_statement_without_a_stance_is_news_where_a_precondition_rests_on_it():
    demand = Statement(
        id="demand",
        speaker="A",
        party="a",
        date="2031-01-05",
        about={"proposal": "truce"},
        text="first the road",
        source="wire",
        kind="demand",
    )
    need = Precondition(
        id="road-first",
        held_by="a",
        of=Accepts("a", "truce"),
        needs=Holds("road"),
        text="first the road",
        statement="demand",
    )
    # it has not entered, so that the demand bears on it
    scenario = evolve(
        STREAMED,
        statements=[evolve(STREAMED.statements[0], stance="accepts with conditions"), demand],
        preconditions=[need],
    )
    found = news(scenario, start="2031-01-02", end="2031-01-08")
    told = [each for each in found if each.topic is Topic.PRECONDITION]
    assert [(each.at.date(), each.cause.words) for each in told] == [(date(2031, 1, 5), (demand,))]


def reports_of_a_stream():
    """Reports of a few days that seldom say anything else than before."""
    said = st.sampled_from([("shots", False)] * 4 + [("shots", True), ("road", True)] * 2)
    numbers = st.sampled_from([("guns", 3), ("guns", 3), ("guns", 9), ("road", False)])
    sources = st.sampled_from([each.id for each in STREAMED.sources])
    days = st.integers(0, 12)
    return st.lists(st.tuples(said | numbers, sources, days, st.integers(0, 2)), max_size=25)


@given(reports_of_a_stream())
def test_a_stream_comes_to_what_is_assessed_at_its_end(drawn):
    watched = watch(STREAMED, start=DAY_ONE)
    state = standing(STREAMED, STREAMED.proposals[0], watched.add([]).end - TICK)
    told = sorted(drawn, key=lambda each: each[2])
    for (fact, value), source, day, late in told:
        since = DAY_ONE + timedelta(days=day - late)
        reported = DAY_ONE + timedelta(days=day)
        found = watched.add(
            Observation(fact=fact, value=value, source=source, since=since, reported=reported)
        )
        state = played(state, found)
    last = watched.add([]).end - TICK
    assert state == standing(watched.scenario, STREAMED.proposals[0], last)
    assert len(watched.scenario.observations) == len(told)
