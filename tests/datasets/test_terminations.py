"""Episodes of the UCDP Conflict Termination Dataset."""

from __future__ import annotations

import csv

import pytest

from ceasefire_model import Holds, Moment, Scenario, Source, State, evaluate, tables
from ceasefire_model.datasets.ucdp import Outcome, activity, terminations
from tests.datasets.real import real

FILE = "ucdp/ucdp-term-dyad-3-2021.csv"


def row(year="1998", *, start="5/4/96", end="", **cells):
    is_over = end not in {"", "."}
    return {
        "dyad_id": "77",
        "year": year,
        "side_a": "Government of Northland",
        "side_b": "Front",
        "start_date2": start,
        "start_prec2": "1",
        "ependdate": end,
        "ependprec": "1" if is_over else "",
        "outcome": "2" if is_over else "",
        **cells,
    }


def only(*rows):
    found = terminations(list(rows))
    assert found.problems == ()
    [one] = found.read
    return one


def test_the_years_of_an_episode_are_one_episode():
    found = only(row("1996"), row("1997"), row("1998", end="7/21/98"))
    assert (found.id, found.dyad) == ("77-1", "77")
    assert found.sides == ("Government of Northland", "Front")
    assert (found.start, found.end) == (Moment("1996-05-04"), Moment("1998-07-21"))
    assert found.outcome is Outcome.CEASEFIRE


@pytest.mark.parametrize("nothing", ["", "."])
def test_what_has_no_end_has_no_outcome(nothing):
    found = only(row(end=nothing))
    assert (found.end, found.outcome) == (None, None)
    assert only(row(end="7/21/98", outcome=nothing)).outcome is None


def test_a_day_that_is_not_known_leaves_the_year():
    found = only(row(end="12/31/98", ependprec="5", start_prec2="3"))
    assert (found.start, found.end) == (Moment("1996-01/1996-12"), Moment("1998-01/1998-12"))


@pytest.mark.parametrize(
    ("start", "year", "day"),
    [
        ("7/18/46", "1946", "1946-07-18"),
        ("12/31/66", "1969", "1966-12-31"),
        ("5/4/99", "2004", "1999-05-04"),
        ("5/4/2001", "2004", "2001-05-04"),
    ],
)
def test_the_century_of_a_day_is_the_last_that_is_not_after_its_row(start, year, day):
    assert only(row(year, start=start)).start == Moment(day)


def test_episodes_of_a_dyad_are_numbered_from_the_first():
    found = terminations([row("2009", start="2/16/09"), row("2002", start="5/20/01", end="3/1/02")])
    assert [(one.id, str(one.start)) for one in found.read] == [
        ("77-1", "2001-05-20"),
        ("77-2", "2009-02-16"),
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"start": "1996-05-04"}, "row 2, start_date2: no day: '1996-05-04'; write it as 7/21/46"),
        ({"start": "5/x/96"}, "row 2, start_date2: no day: '5/x/96'"),
        ({"start": "13/1/96"}, "row 2, start_date2: no such day: '13/1/96'; the month comes first"),
        ({"end": "5/3/96"}, "row 2, ependdate: it ends (1996-05-03) before it starts (1996-05-04)"),
        ({"end": "5/5/96", "outcome": "9"}, "row 2, outcome: no code '9'; the codebook has 1, 2"),
        ({"year": ""}, "row 2, year: a row without a year"),
    ],
)
def test_an_episode_that_cannot_be_read_is_listed(cells, problem):
    found = terminations([row(**cells)])
    assert found.read == ()
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


def test_every_row_of_an_episode_with_two_ends_is_listed():
    found = terminations([row("1997", end="6/1/97"), row("1998", end="7/21/98")])
    assert [str(one).partition(";")[0] for one in found.problems] == [
        f"row {number}, ependdate: one start, and an end in 1997 and 1998" for number in (2, 3)
    ]


def test_a_conflict_is_active_from_the_first_to_the_last_day_of_an_episode():
    ended, lasting = terminations([row(end="7/21/98"), row("2020", start="1/1/20")]).read
    scenario = Scenario(
        title="War",
        facts=[State(id="active", text="the conflict is active")],
        sources=[Source(id="ucdp", name="UCDP")],
        observations=activity(
            [ended, lasting], fact="active", source="ucdp", covered_until="2020-12-31"
        ),
    )
    days = {
        "1996-05-03": "UNKNOWN",
        "1996-05-04": "MET",
        "1998-07-21": "MET",
        "1998-07-22": "UNMET",
        "2019-12-31": "UNMET",
        "2020-12-31": "MET",
    }
    found = {
        day: evaluate(scenario, Holds("active"), as_of=day, known_by="2021-01-01").verdict.name
        for day in days
    }
    assert found == days
    [_, over] = activity(
        [only(row(end="12/31/98", ependprec="5"))], fact="a", source="s", covered_until="2020-12-31"
    )
    assert over.since == Moment("1998-01/1998-12")


def test_every_row_of_the_real_file_is_part_of_an_episode_or_listed():
    found = terminations(tables.read_csv(real(FILE)))
    with real(FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = {(one["dyad_id"], one["start_date2"]) for one in rows}
    unread = {int(str(one).split(",")[0].removeprefix("row ")) for one in found.problems}
    lost = {(rows[number - 2]["dyad_id"], rows[number - 2]["start_date2"]) for number in unread}
    assert len(found.read) + len(lost) == len(keys)
    assert len(rows) == 3140
    assert len(lost) == 2
    ends = [one for one in rows if one["ependdate"] not in {"", "."}]
    kept = [one for one in ends if (one["dyad_id"], one["start_date2"]) not in lost]
    assert sum(one.end is not None for one in found.read) == len(kept)
    coded = [one for one in kept if one["outcome"] == "2"]
    assert sum(one.outcome is Outcome.CEASEFIRE for one in found.read) == len(coded)
