"""Events of UCDP and ACLED, and what they say of facts."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import (
    CannotSay,
    Holds,
    Moment,
    Number,
    Quantity,
    Range,
    Scenario,
    Source,
    State,
    Truth,
    Verdict,
    evaluate,
    tables,
    timeline,
)
from ceasefire_model.datasets import acled, ucdp
from ceasefire_model.datasets.events import Event, Events, deaths, fighting
from ceasefire_model.errors import ModelError
from tests.datasets.real import real

GED = "ucdp/UCDP-Ukraine_GED.csv"
SAMPLE = "ucdp/ucdpged_sample1000.csv"
ACLED = "acled/acled_strategic_developments_from_acledR_dummy.csv"
COVERED = {"start": "2031-05-01", "end": "2031-05-31"}


def ged(day="2031-05-04", last=None, prec="1", **cells):
    return {
        "id": "7",
        "relid": "NOR-2031-1-9-1",
        "year": "2031",
        "type_of_violence": "1",
        "dyad_new_id": "9",
        "side_a": "Government of Northland",
        "side_a_new_id": "10",
        "side_b": "Southern Front",
        "side_b_new_id": "11",
        "date_prec": prec,
        "date_start": day,
        "date_end": last or day,
        "low": "1",
        "best": "2",
        "high": "4",
        "country": "Northland",
        "adm_1": "Coast",
        "adm_2": "",
        "where_coordinates": "Port",
        **cells,
    }


def acled_row(**cells):
    return {
        "event_id_cnty": "NOR1",
        "event_date": "2031-05-04",
        "time_precision": "1",
        "event_type": "Battles",
        "actor1": "Army",
        "assoc_actor_1": "Guard; Police",
        "actor2": "Front",
        "country": "Northland",
        "admin1": "Coast",
        "location": "Port",
        "fatalities": "3",
        **cells,
    }


def event(when="2031-05-04", low=1, best=2, high=4, **fields):
    given_fields = {"kind": "battle", "dyads": ("9",), "actors": ("A", "B"), "places": ("X",)}
    given_fields |= {"id": "e", "reference": "r", "when": Moment(when), **fields}
    return Event(low=low, best=best, high=high, **given_fields)


def some(*events):
    return Events(events, ())


# Reading


def test_an_event_of_the_ged_is_read_with_all_that_it_can_be_chosen_by():
    [found] = ucdp.events([ged()]).read
    assert (found.id, found.when, found.kind) == ("7", Moment("2031-05-04"), "state-based")
    assert found.actors == ("Government of Northland", "Southern Front", "10", "11")
    assert found.places == ("Northland", "Coast", "Port")
    assert (found.low, found.best, found.high) == (1, 2, 4)
    assert found.reference == "UCDP GED NOR-2031-1-9-1"


@pytest.mark.parametrize(
    ("first", "last", "prec", "when"),
    [
        ("5/4/2031 12:00:00 AM", None, "1", "2031-05-04"),
        ("05/04/2031 00:00", None, "1", "2031-05-04"),
        ("2031-05-04 00:00:00.000", None, "1.0", "2031-05-04"),
        ("2031-05-04", "2031-05-06", "2", "2031-05-04/2031-05-06"),
        ("2031-05-01", "2031-05-31", "4", "2031-05"),
        ("2031-12-20", "2032-02-10", "5", "2031-12-20/2032-02-10"),
    ],
)
def test_the_day_of_an_event_is_as_precise_as_it_was_coded(first, last, prec, when):
    [found] = ucdp.events([ged(first, last, prec)]).read
    assert found.when == Moment(when)


def test_estimates_that_are_not_in_order_are_read_from_the_least_to_the_most():
    [found] = ucdp.events([ged(low="7", best="7", high="6")]).read
    assert (found.low, found.best, found.high) == (6, 7, 7)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (
            {"date_start": "22/1/2031"},
            "row 2, date_start: no such day: '22/1/2031'; with",
        ),
        ({"date_start": "4 May"}, "row 2, date_start: no day: '4 May'; write it as 2031-05-04"),
        ({"year": "2013"}, "row 2, date_start: 2031-05-04 is not in the year 2013"),
        ({"date_end": "2031-05-03"}, "row 2, date_end: it ends (2031-05-03) before it starts"),
        ({"date_end": "2031-05-05"}, "row 2, date_prec: 1 is a known day, but 2031-05-04 to"),
        ({"date_prec": "9"}, "row 2, date_prec: no code '9'; the codebook has 1, 2, 3, 4, 5"),
        ({"best": ""}, "row 2, best: no number of dead"),
        ({"low": "-1"}, "row 2, low: no number of dead"),
        ({"type_of_violence": "4"}, "row 2, type_of_violence: no code '4'"),
    ],
)
def test_an_event_of_the_ged_that_cannot_be_read_is_listed(cells, problem):
    found = ucdp.events([{**ged(), **cells}, ged(id="8")])
    assert [one.id for one in found.read] == ["8"]
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


@pytest.mark.parametrize(
    ("cells", "when"),
    [
        ({}, "2031-05-04"),
        ({"event_date": "04 May 2031"}, "2031-05-04"),
        ({"time_precision": "2"}, "2031-04-28/2031-05-10"),
        ({"time_precision": "3"}, "2031-05"),
        ({"time_precision": 1.0}, "2031-05-04"),
    ],
)
def test_an_event_of_acled_is_read_with_its_precision(cells, when):
    [found] = acled.events([acled_row(**cells)]).read
    assert found.when == Moment(when)
    assert found.actors == ("Army", "Front", "Guard", "Police")
    assert (found.id, found.kind, found.best) == ("NOR1", "Battles", 3)


def test_an_old_export_of_acled_is_read_by_its_capitals_and_its_number():
    old = {key.upper(): cell for key, cell in acled_row(data_id="55").items()}
    del old["EVENT_ID_CNTY"]
    [found] = acled.events([old]).read
    assert found.id == "55"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"fatalities": ""}, "row 2, fatalities: no number of dead"),
        ({"fatalities": "-1"}, "row 2, fatalities: no number of dead"),
        ({"event_id_cnty": ""}, "row 2, event_id_cnty: an event without an id"),
        ({"event_date": "31 April 2031"}, "row 2, event_date: no day: '31 April 2031'"),
        ({"time_precision": "4"}, "row 2, time_precision: no code '4'"),
    ],
)
def test_an_event_of_acled_that_cannot_be_read_is_listed(cells, problem):
    found = acled.events([acled_row(**cells)])
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_every_kind_of_frame_gives_the_same_events(library):
    pytest.importorskip(library)
    rows = [ged(), ged(id="8", day="2031-05-04", last="2031-05-06", prec="2")]
    assert ucdp.events(tables.frame(rows, library)) == ucdp.events(rows)


def test_events_are_chosen_by_dyad_actor_place_and_kind():
    events = some(event(), event(dyads=("8",), actors=("C",), places=("Y",), kind="riot"))
    for wish in ({"dyad": "9"}, {"actor": ["B", "Z"]}, {"place": "X"}, {"kind": "battle"}):
        assert events.where(**wish).read == events.read[:1]
    assert events.where().read == events.read
    assert events.where(dyad="9", actor="C").read == ()


# Fighting


def told(observations):
    front = State(id="fighting", text="A and B fight")
    sources = [Source(id="set", name="A data set")]
    return Scenario(title="War", facts=[front], sources=sources, observations=observations)


def fought(events, **covered):
    return told(fighting(events, fact="fighting", source="set", **(covered or COVERED)))


def verdict(scenario, day, known_by="2040-01-01"):
    return evaluate(scenario, Holds("fighting"), as_of=day, known_by=known_by).verdict


def test_days_with_an_event_are_days_of_fighting_and_others_quiet():
    scenario = fought(some(event("2031-05-04"), event("2031-05-05"), event("2031-05-20")))
    days = ("2031-05-03", "2031-05-04", "2031-05-05", "2031-05-06", "2031-05-20", "2031-05-31")
    met, unmet = Verdict.MET, Verdict.UNMET
    assert [verdict(scenario, day) for day in days] == [unmet, met, met, unmet, met, unmet]


def test_outside_what_is_covered_nothing_is_said():
    scenario = fought(some(event("2031-06-20"), event("2031-04-02")))
    days = ("2031-04-30", "2031-05-01", "2031-06-01", "2031-06-20")
    unknown = Verdict.UNKNOWN
    found = [verdict(scenario, day) for day in days]
    assert found == [unknown, Verdict.UNMET, unknown, unknown]


def test_an_event_of_some_day_of_a_month_leaves_the_quiet_days_of_it_open():
    scenario = fought(
        some(event("2031-05"), event("2031-05-04")), start="2031-04-20", end="2031-06-20"
    )
    days = ("2031-04-30", "2031-05-03", "2031-05-04", "2031-05-31", "2031-06-01")
    unknown = Verdict.UNKNOWN
    found = [verdict(scenario, day) for day in days]
    assert found == [Verdict.UNMET, unknown, Verdict.MET, unknown, Verdict.UNMET]


def test_a_day_is_known_when_it_is_over_and_not_before():
    scenario = fought(some(event("2031-05-20")))
    assert verdict(scenario, "2031-05-10", known_by="2031-05-10") is Verdict.UNMET
    assert verdict(scenario, "2031-05-19", known_by="2031-05-19") is Verdict.UNMET


def test_what_is_covered_has_an_order():
    with pytest.raises(ModelError, match="what is covered ends"):
        fighting(some(), fact="f", source="s", start="2031-05-02", end="2031-05-01")


days_of_may = st.integers(1, 31)
events_of_may = st.lists(
    st.tuples(days_of_may, days_of_may).map(
        lambda pair: event(
            f"2031-05-{min(pair):02}"
            if pair[0] == pair[1]
            else f"2031-05-{min(pair):02}/2031-05-{max(pair):02}"
        )
    ),
    max_size=6,
)


@given(events_of_may, days_of_may, days_of_may)
def test_each_day_says_what_its_own_events_say(events, one, other):
    start, end = (date(2031, 5, day) for day in sorted((one, other)))
    reports = fighting(some(*events), fact="fighting", source="set", start=start, end=end)
    spoken = {}
    for report in reports:
        last = report.until or report.since
        day = date.fromisoformat(str(report.since))
        while day <= date.fromisoformat(str(last)):
            spoken.setdefault(day, set()).add(report.value)
            day += timedelta(1)
    assert set(spoken) == {start + timedelta(number) for number in range((end - start).days + 1)}
    for day, values in spoken.items():
        [value] = values
        surely = any(each.first == each.last == day for each in events)
        maybe = any(each.first <= day <= each.last for each in events)
        assert value == (Truth(True) if surely else CannotSay() if maybe else Truth(False))


# Deaths


def test_the_dead_are_at_least_the_low_estimates_of_what_is_over_and_at_most_the_high_ones():
    events = some(event("2031-05-04"), event("2031-05-10/2031-05-12", 3, 5, 5), event("2031-06-20"))
    found = deaths(events, fact="dead", source="set", **COVERED)
    assert [(str(one.since), one.value, one.note) for one in found] == [
        ("2031-05-01", Number(0), "best estimate: 0"),
        ("2031-05-04", Range(1, 4), "best estimate: 2"),
        ("2031-05-10", Range(1, 9), "best estimate: 2"),
        ("2031-05-12", Range(4, 9), "best estimate: 7"),
        ("2031-05-31", Range(4, 9), "best estimate: 7"),
    ]


def test_an_event_that_may_lie_outside_what_is_covered_counts_at_most():
    events = some(event("2031-04-29/2031-05-02"), event("2031-05-30/2031-06-02"))
    found = deaths(events, fact="dead", source="set", **COVERED)
    assert [(str(one.since), one.value) for one in found] == [
        ("2031-05-01", Range(0, 4)),
        ("2031-05-30", Range(0, 8)),
        ("2031-05-31", Range(0, 8)),
    ]


def test_the_dead_are_a_cumulative_number_that_never_falls():
    events = some(event("2031-05-10"), event("2031-05-04/2031-05-12"), event("2031-05-20", 0, 0, 0))
    found = deaths(events, fact="dead", source="set", **COVERED)
    lows = [one.value.low if isinstance(one.value, Range) else one.value.value for one in found]
    assert lows == sorted(lows)
    count = Quantity(id="dead", text="killed", unit="people", cumulative=True)
    sources = [Source(id="set", name="A data set")]
    assert Scenario(title="War", facts=[count], sources=sources, observations=found)


# The real files


def rows_of(name, encoding="utf-8"):
    with real(name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "encoding", "count"), [(GED, "cp1252", 3883), (SAMPLE, "utf-8", 1000)]
)
def test_every_row_of_the_ged_is_an_event_of_its_year(name, encoding, count):
    found = ucdp.events(tables.read_csv(real(name), encoding=encoding))
    rows = rows_of(name, encoding)
    assert (len(rows), len(found.read), found.problems) == (count, count, ())
    years = Counter(int(float(row["year"])) for row in rows)
    assert Counter(one.first.year for one in found.read) == years
    estimates = [sorted(int(float(row[one])) for one in ("low", "best", "high")) for row in rows]
    assert sum(one.low for one in found.read) == sum(low for low, _, _ in estimates)
    assert sum(one.high for one in found.read) == sum(high for _, _, high in estimates)


def test_the_two_ways_of_writing_a_day_in_one_file_are_both_month_first():
    found = ucdp.events(tables.read_csv(real(GED), encoding="cp1252"))
    swapped = [row for row in rows_of(GED, "cp1252") if row["date_start"].endswith("00:00")]
    by_id = {one.id: one for one in found.read}
    assert len(swapped) == 1437
    for row in swapped:
        month, day, year = map(int, row["date_start"].split()[0].split("/"))
        assert by_id[row["id"]].first == date(year, month, day)


def test_one_name_that_carries_two_ids_is_chosen_by_the_name():
    found = ucdp.events(tables.read_csv(real(GED), encoding="cp1252"))
    rows = [row for row in rows_of(GED, "cp1252") if "DPR" in {row["side_a"], row["side_b"]}]
    assert len(found.where(actor="DPR").read) == len(rows) == 1594
    assert found.where(actor=["5840", "6711"]).read == found.where(actor="DPR").read


def test_the_days_of_fighting_in_the_real_file_are_those_of_its_rows():
    found = ucdp.events(tables.read_csv(real(GED), encoding="cp1252")).where(actor="DPR")
    covered = {"start": "2014-01-01", "end": "2016-12-31"}
    line = timeline(fought(found, **covered), Holds("fighting"), **covered, known_by="2017-01-01")
    exact = {one.first for one in found.read if one.when.is_exact and one.first.year < 2017}
    met = {date(2014, 1, 1) + timedelta(number) for number in range(1096)}
    met = {day for day in met if line.at(day) is Verdict.MET}
    assert met == exact


def test_every_row_of_acled_is_an_event():
    found = acled.events(tables.read_csv(real(ACLED)))
    rows = rows_of(ACLED)
    assert (len(rows), len(found.read), found.problems) == (643, 643, ())
    precise = sum(row["time_precision"] == "1.0" for row in rows)
    assert sum(one.when.is_exact for one in found.read) == precise
    assert sum(one.best for one in found.read) == sum(float(row["fatalities"]) for row in rows)
