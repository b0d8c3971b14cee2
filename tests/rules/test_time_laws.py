"""Laws of time: a point is the timeline at that point, and a second judge samples the same."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ceasefire_model import (
    After,
    AllOf,
    AnyOf,
    By,
    Ever,
    HeldFor,
    Moment,
    Not,
    Scenario,
    ScenarioError,
    Throughout,
    Unit,
    When,
    evaluate,
    timeline,
)
from ceasefire_model.moments import Delay
from ceasefire_model.strategies import conditions, instants, moments, scenarios, trusts

relaxed = settings(deadline=None)
UNITS = st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS])


def delays(least: int = 0):
    return st.builds(Delay, st.integers(least, 3), UNITS)


def bounds(events):
    return moments() | st.builds(After, events, delays())


def histories(simple=None):
    """Conditions about time, over conditions about facts, acceptances and texts."""
    inner = conditions(max_leaves=2) if simple is None else simple
    once = (
        st.builds(Ever, inner)
        | st.builds(HeldFor, inner, delays(1))
        | st.builds(By, inner, bounds(inner))
        | st.builds(Throughout, inner, bounds(inner))
        | st.builds(When, inner, inner)
    )
    twice = (
        st.builds(Ever, once)
        | st.builds(By, once, bounds(inner))
        | st.builds(HeldFor, once, delays(1))
        | st.builds(Throughout, inner, bounds(once), st.none() | bounds(inner))
        | st.builds(Not, once)
        | st.builds(AllOf, st.tuples(once, inner))
        | st.builds(AnyOf, st.tuples(once, inner))
    )
    return once | twice


def last(scenario: Scenario, moment: Moment):
    return moment.bounds(scenario.zone)[1]


def judged(scenario, condition, **when):
    """Evaluate a condition, unless its own dates contradict each other."""
    try:
        return evaluate(scenario, condition, **when)
    except ScenarioError:
        assume(False)
        raise


@relaxed
@given(
    histories() | conditions(), scenarios(), st.lists(instants(), min_size=2, max_size=4), trusts()
)
def test_the_timeline_at_an_instant_is_the_evaluation_at_that_instant(
    condition, scenario, times, trust
):
    end = "2025-05-01"
    judged(scenario, condition, as_of=end)
    found = timeline(scenario, condition, start="2025-01-01", end=end, trust=trust)
    for at in times:
        assume(found.start <= last(scenario, at) < found.end)
        point = evaluate(scenario, condition, as_of=at, known_by=end, trust=trust)
        assert found.at(at) is point.verdict


@relaxed
@given(histories() | conditions(), scenarios())
def test_each_change_of_a_timeline_is_a_change_and_nothing_changes_between(condition, scenario):
    end = "2025-05-01"
    judged(scenario, condition, as_of=end)
    found = timeline(scenario, condition, start="2025-01-01", end=end)
    for before, after in zip(found.spans, found.spans[1:], strict=False):
        assert before.end == after.start
        assert before.verdict is not after.verdict
    for span in found.spans:
        middle = span.start + (span.end - span.start) // 2
        assert evaluate(scenario, condition, as_of=middle, known_by=end).verdict is span.verdict


@relaxed
@given(histories(), scenarios(), instants(), instants(), st.data())
def test_what_is_reported_after_k_never_changes_a_history_known_by_k(
    condition, scenario, one, other, data
):
    at, known = sorted((one, other), key=lambda moment: last(scenario, moment))
    sources = st.sampled_from([source.id for source in scenario.sources])
    later = [
        evolve(
            said, source=data.draw(sources), reported=Moment("2030-01-01"), id=None, corrects=None
        )
        for said in scenario.observations
    ]
    told = scenario.with_observations(later)
    first = judged(scenario, condition, as_of=at, known_by=known)
    assert evaluate(told, condition, as_of=at, known_by=known).verdict is first.verdict


def shifted(moment: Moment, by: timedelta) -> Moment:
    """Move every day of a moment; a month becomes the range of its days."""
    first, final = moment.choices()[0], moment.choices()[-1]
    if first == final:
        return Moment((first + by).isoformat().replace("+00:00", "Z"))
    return Moment(
        "/".join((each + by).isoformat().replace("+00:00", "Z") for each in (first, final))
    )


@relaxed
@given(
    histories(conditions(max_leaves=2, derived=())),
    scenarios(),
    instants(),
    st.integers(-400, 400),
)
def test_shifting_all_dates_shifts_the_verdicts(condition, scenario, at, number):
    assume("MONTHS" not in repr(condition))  # months are not all of one length
    by = timedelta(days=number)

    def moved(value):
        if isinstance(value, Moment):
            return shifted(value, by)
        if isinstance(value, tuple):
            return tuple(moved(each) for each in value)
        if hasattr(value, "__attrs_attrs__"):
            fields = {a.alias: getattr(value, a.name) for a in value.__attrs_attrs__ if a.init}
            return type(value)(**{name: moved(each) for name, each in fields.items()})
        return value

    utc = evolve(scenario, timezone="UTC")
    before = judged(utc, condition, as_of=at, known_by="2025-06-01")
    after = evaluate(
        moved(utc),
        moved(condition),
        as_of=shifted(at, by),
        known_by=shifted(Moment("2025-06-01"), by),
    )
    assert after.verdict is before.verdict
