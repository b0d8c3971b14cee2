"""ETH/PRIO: each ceasefire as a scenario, and what could not be read."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict

import pytest

from ceasefire_model import (
    Accepts,
    After,
    Code,
    InForce,
    Moment,
    PartyKind,
    Stance,
    Vague,
    Verdict,
    days,
    evaluate,
    tables,
    timeline,
)
from ceasefire_model.datasets import eth_prio
from ceasefire_model.datasets.eth_prio import Ending, Link, Side
from ceasefire_model.errors import ModelError
from tests.datasets.real import real

FILE = "eth_prio/ceasefires_dataset.csv"
NO_DATE = {"yr": "-1", "month": "-1", "day": "-1"}
NEVER = {"yr": "0", "month": "0", "day": "0"}


def dated(name, written):
    """Return the three cells of a date: `2031-05-04`, `2031-05`, `2031`, `never` or `unknown`."""
    if written in {"never", "unknown"}:
        parts = NEVER if written == "never" else NO_DATE
    else:
        parts = dict(zip(("yr", "month", "day"), written.split("-"), strict=False))
        parts = {**NO_DATE, **parts}
    return {f"{name}_{part}": cell for part, cell in parts.items()}


def row(
    uniq_id="1001",
    actor="10",
    name="Government of Northland",
    *,
    declared="2031-05-01",
    effect="2031-05-04",
    ended="2",
    end="2031-06-10",
    **cells,
):
    return {
        "cc": "1",
        "uniq_id": uniq_id,
        "location": "Northland",
        "ucdp_actor_id": actor,
        "actor_name": name,
        "side": "2",
        "ceasefire_class": "1",
        "ended": ended,
        "fixed": "0",
        "fixed_time": "0",
        "link": "0",
        "link_id1": "0",
        "link_id2": "0",
        "p_humanitarian": "1",
        "p_peaceprocess": "0",
        "p_holiday": "0",
        "p_election": "0",
        "p_other": "0",
        "p_unclear": "0",
        **dated("cf_dec", declared),
        **dated("cf_effect", effect),
        **dated("end", end),
        **cells,
    }


def rows(**cells):
    return [row(**cells), row(actor="11", name="Southern Front", **cells)]


def only(*lines, **options):
    found = eth_prio.ceasefires(list(lines), **options)
    assert found.problems == ()
    [ceasefire] = found.read
    return ceasefire


def verdicts(ceasefire, *days_asked):
    asked = InForce(ceasefire.text)
    return [
        evaluate(ceasefire.scenario, asked, as_of=day, known_by="2040-12-31").verdict.name
        for day in days_asked
    ]


# What is read


def test_a_ceasefire_is_a_scenario_with_its_actors_text_and_words():
    found = only(*rows(side="2", p_holiday="1", fixed="1", fixed_time="30"))
    assert (found.id, found.country, found.side) == ("1001", "Northland", Side.BILATERAL)
    assert found.purposes == ("humanitarian", "holiday")
    state, group = found.scenario.parties
    assert (state.id, state.kind, state.codes) == (
        "ucdp-10",
        PartyKind.STATE,
        (Code("ucdp", "10"),),
    )
    assert (group.name, group.kind) == ("Southern Front", PartyKind.ARMED_GROUP)
    [text] = found.scenario.proposals
    assert text.to == ("ucdp-10", "ucdp-11")
    assert (text.tabled, text.starts) == (Moment("2031-05-01"), Moment("2031-05-04"))
    assert text.ends == After(InForce("cf-1001"), days(30))
    assert text.text == "Bilateral; purpose: humanitarian, holiday. Fixed term: 30."
    assert {(word.party, word.stance) for word in found.scenario.statements} == {
        ("ucdp-10", Stance.ACCEPTS),
        ("ucdp-11", Stance.ACCEPTS),
    }
    [country] = found.scenario.territories
    assert country.codes == (Code("gleditsch-ward", "1"),)


def test_a_unilateral_ceasefire_needs_its_own_party_alone():
    found = only(row(side="1"))
    [text] = found.scenario.proposals
    assert (text.by, text.to) == (("ucdp-10",), ())
    assert verdicts(found, "2031-05-20") == ["MET"]


def test_an_actor_of_two_dyads_is_one_party_and_one_without_a_code_goes_by_its_name():
    found = only(row(), row(), row(actor="-1", name="Hill Guard (West)"))
    assert [one.id for one in found.scenario.parties] == ["ucdp-10", "hill_guard_west"]
    assert found.scenario.parties[1].codes == ()
    assert len(found.scenario.statements) == 2


def test_prose_in_the_term_is_an_end_with_no_agreed_meaning():
    found = only(*rows(fixed="1", fixed_time="until the harvest is in"))
    [text] = found.scenario.proposals
    assert text.ends == After(Vague(id="cf-1001-term", text="until the harvest is in"), days(0))


@pytest.mark.parametrize(("fixed", "length"), [("0", "0"), ("1", "-1"), ("1", ""), ("-1", "30")])
def test_a_term_that_was_not_coded_is_no_end(fixed, length):
    [text] = only(*rows(fixed=fixed, fixed_time=length)).scenario.proposals
    assert text.ends is None


# Unknown, never and none are three things


def test_it_is_in_force_from_its_effect_to_its_end():
    found = only(*rows())
    asked = ("2031-05-03", "2031-05-04", "2031-06-09", "2031-06-10", "2032-01-01")
    assert verdicts(found, *asked) == ["PENDING", "MET", "MET", "UNMET", "UNMET"]


def test_a_term_that_ran_out_was_in_force_on_its_last_day():
    found = only(*rows(ended="1"))
    assert verdicts(found, "2031-06-10", "2031-06-11") == ["MET", "UNMET"]


def test_one_that_never_took_effect_is_not_in_force():
    found = only(*rows(effect="never", end="never", ended="3"))
    assert verdicts(found, "2031-05-01", "2031-07-01") == ["UNMET", "UNMET"]


def test_one_that_never_held_is_not_in_force_though_its_day_is_known():
    assert verdicts(only(*rows(end="never", ended="3")), "2031-05-20") == ["UNMET"]


def test_an_unknown_end_is_open_after_the_day_of_effect():
    found = only(*rows(end="unknown", ended="-1"))
    assert verdicts(found, "2031-05-04", "2031-05-05") == ["MET", "UNKNOWN"]


def test_an_unknown_end_is_that_of_the_term_once_it_is_over():
    found = only(*rows(end="unknown", ended="-1", fixed="1", fixed_time="30"))
    asked = ("2031-05-04", "2031-05-05", "2031-06-02", "2031-06-03", "2031-08-01")
    assert verdicts(found, *asked) == ["MET", "UNKNOWN", "UNKNOWN", "UNMET", "UNMET"]
    day = only(*rows(end="unknown", ended="-1", fixed="1", fixed_time="1"))
    assert verdicts(day, "2031-05-04", "2031-05-05") == ["MET", "UNMET"]


def test_a_known_end_counts_and_not_the_term():
    found = only(*rows(end="2031-06-20", ended="4", fixed="1", fixed_time="10"))
    assert verdicts(found, "2031-06-19", "2031-06-20") == ["MET", "UNMET"]


def test_an_unknown_effect_is_open_until_the_end():
    found = only(*rows(effect="unknown"))
    assert verdicts(found, "2031-05-20", "2031-06-10") == ["UNKNOWN", "UNMET"]
    found = only(*rows(effect="unknown", end="unknown", ended="-1"))
    assert verdicts(found, "2031-05-20", "2039-01-01") == ["UNKNOWN", "UNKNOWN"]


def test_what_has_not_ended_is_in_force_as_far_as_the_coding_reaches():
    found = only(*rows(end="never", ended="0"), covered_until="2031-12-31")
    assert verdicts(found, "2031-05-04", "2031-12-31") == ["MET", "MET"]
    found = only(*rows(end="never", ended="0", effect="unknown"), covered_until="2031-12-31")
    assert found.scenario.proposals[0].starts == Moment("2031-05-01/2031-12-31")


def test_a_month_stays_a_month():
    found = only(*rows(effect="2031-05", end="2031-07"))
    asked = ("2031-05-15", "2031-05-31", "2031-06-30", "2031-07-15", "2031-07-31")
    assert verdicts(found, *asked) == ["UNKNOWN", "MET", "MET", "UNKNOWN", "UNMET"]
    assert only(*rows(effect="2031", end="2032")).dates[0].effect == Moment("2031-01/2031-12")


def test_where_it_may_have_ended_when_it_began_it_is_at_no_time_known_to_hold():
    same_day = only(*rows(end="2031-05-04"))
    assert verdicts(same_day, "2031-05-04", "2031-06-01") == ["UNMET", "UNMET"]
    same_month = only(*rows(effect="2031-05", end="2031-05"))
    assert verdicts(same_month, "2031-05-15", "2031-05-31") == ["UNKNOWN", "UNMET"]
    unknown_end = only(*rows(effect="2031-05", end="unknown", ended="-1"))
    assert verdicts(unknown_end, "2031-05-31", "2031-06-30") == ["UNKNOWN", "UNKNOWN"]


def test_an_end_that_is_known_by_its_year_does_not_reach_back_before_the_start():
    found = only(*rows(declared="2031-05-01", effect="2031-09-01", end="2031"))
    assert verdicts(found, "2031-08-31", "2031-10-01", "2031-12-31") == [
        "PENDING",
        "UNKNOWN",
        "UNMET",
    ]
    found = only(*rows(effect="2031-12-31", declared="2031-05-01", end="2031"))
    assert verdicts(found, "2031-12-31") == ["UNMET"]


# Rows that disagree


def test_rows_that_disagree_are_sources_that_disagree():
    found = only(row(), row(actor="11", name="Southern Front", end="2031-08-10"))
    assert [one.name.rpartition(" ")[2] for one in found.scenario.sources] == ["2", "3"]
    assert len(found.dates) == 2
    asked = ("2031-06-01", "2031-07-01", "2031-08-10")
    assert verdicts(found, *asked) == ["MET", "DISPUTED", "UNMET"]


def test_rows_that_disagree_agree_on_what_they_have_in_common():
    found = only(*(row(effect="2031-05-01", end=end) for end in ("2031-06-10", "2031-06-12")))
    asked = ("2031-05-01", "2031-06-09", "2031-06-10", "2031-06-12")
    assert verdicts(found, *asked) == ["MET", "MET", "DISPUTED", "UNMET"]


def test_a_later_word_of_one_row_does_not_silence_what_another_says_to_the_end():
    never = row(actor="11", name="Southern Front", ended="3", end="never")
    found = only(row(end="unknown", ended="-1"), never, covered_until="2031-12-31")
    assert verdicts(found, "2031-05-04", "2031-06-01") == ["DISPUTED", "UNMET"]


def test_rows_that_disagree_on_the_start_disagree_from_the_first_day_on():
    found = only(row(), row(actor="11", name="Southern Front", effect="2031-05-20"))
    assert verdicts(found, "2031-05-10", "2031-05-20") == ["DISPUTED", "MET"]


def test_a_row_that_cannot_tell_contradicts_none_that_can():
    found = only(row(), row(actor="11", name="Southern Front", end="unknown", ended="-1"))
    assert verdicts(found, "2031-06-01", "2031-06-10") == ["MET", "UNMET"]


# Links


def linked(code, *, number="1", **options):
    second = [
        {**one, "link": code, "link_id1": number}
        for one in rows(
            uniq_id="1002", declared="2031-06-05", effect="2031-06-10", end="2031-07-01"
        )
    ]
    return eth_prio.ceasefires([*rows(), *second], **options)


@pytest.mark.parametrize(("code", "name"), [("1", "prolongs"), ("2", "previous")])
def test_a_link_is_kept_with_the_text_that_it_leads_to(code, name):
    [_, later] = linked(code).read
    [earlier, text] = later.scenario.proposals
    assert (earlier.id, text.id) == ("cf-1001", "cf-1002")
    assert getattr(text, name) == "cf-1001"
    assert len(later.scenario.parties) == 2
    assert verdicts(later, "2031-06-20", "2031-07-01") == ["MET", "UNMET"]


@pytest.mark.parametrize(
    ("code", "number"), [("3", "1"), ("-1", "1"), ("1", "9"), ("1", "2"), ("1", "0")]
)
def test_a_link_that_says_nothing_known_is_left_out(code, number):
    [_, later] = linked(code, number=number).read
    assert len(later.scenario.proposals) == 1


def test_what_a_code_of_a_link_means_can_be_said_otherwise():
    [_, later] = linked("3", links={3: Link.SUPERSEDES}).read
    assert later.scenario.proposals[1].previous == "cf-1001"


# What cannot be read


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"effect": "1994-02-31"}, "row 2, cf_effect_day: no such day: 1994-02-31; mend it"),
        (
            {"end": "2031-05-03"},
            "row 2, end_yr: it ends (2031-05-03) before it starts (2031-05-04)",
        ),
        ({"declared": "unknown"}, "row 2, cf_dec_yr: a ceasefire without a year"),
        ({"end_yr": "-1"}, "row 2, end_yr: a month or day without a year"),
        ({"end_yr": ""}, "row 2, end_yr: nothing is coded; write the year, 0 (never) or"),
        ({"end_yr": "soon"}, "row 2, end_yr: a whole number is needed, got 'soon'"),
        ({"ended": "9"}, "row 2, ended: no code '9'; the codebook has -1, 0, 1, 2, 3, 4"),
        ({"side": "0"}, "row 2, side: no code '0'; the codebook has 1, 2, 3"),
        ({"name": " "}, "row 2, actor_name: a row without an actor"),
        ({"uniq_id": "1 2"}, "row 2, uniq_id: "),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_row_column_and_reason(cells, problem):
    found = eth_prio.ceasefires([row(**cells)])
    assert found.read == ()
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


def test_every_row_of_a_ceasefire_that_was_not_read_is_listed():
    found = eth_prio.ceasefires([row(ended="9"), row(actor="11"), row(uniq_id="1002")])
    assert [one.id for one in found.read] == ["1002"]
    assert [str(one).partition(";")[0] for one in found.problems] == [
        "row 2, ended: no code '9'",
        "row 3, uniq_id: not read, because another row of the same ceasefire was not",
    ]


def test_a_frame_without_a_column_is_refused():
    with pytest.raises(ModelError, match=r"no column 'uniq_id' .*; did you mean 'uniqid'"):
        eth_prio.ceasefires([{"uniqid": 1}])
    assert eth_prio.ceasefires([]).read == ()


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_every_kind_of_frame_gives_the_same_ceasefires(library):
    pytest.importorskip(library)
    lines = [*rows(), row(uniq_id="1002", end="unknown", ended="-1")]
    typed = [
        {key: int(cell) if cell.lstrip("-").isdigit() else cell for key, cell in one.items()}
        for one in lines
    ]
    assert eth_prio.ceasefires(tables.frame(typed, library)) == eth_prio.ceasefires(lines)


def test_a_year_that_is_a_float_because_others_are_missing_is_read():
    floats = {**row(), "end_yr": 2031.0, "link_id2": float("nan")}
    assert only(floats).dates == only(row()).dates


# The real file


@pytest.fixture(scope="module")
def lines():
    return tables.read_csv(real(FILE))


@pytest.fixture(scope="module")
def found(lines):
    return eth_prio.ceasefires(lines)


@pytest.mark.slow
def test_every_ceasefire_of_the_real_file_is_a_scenario_or_a_listed_problem(lines, found):
    ids = {one["uniq_id"] for one in lines}
    assert (len(lines), len(ids)) == (4091, 2203)
    numbers = {int(str(one).split(",")[0].removeprefix("row ")) for one in found.problems}
    unread = {lines[number - 2]["uniq_id"] for number in numbers}
    assert {one.id for one in found.read} == ids - unread
    assert unread == {"345015", "345017", "369033", "570002", "625099", "625194", "660047"}
    assert numbers == {place for place, one in enumerate(lines, 2) if one["uniq_id"] in unread}


@pytest.mark.slow
def test_the_counts_of_the_real_file_are_those_of_its_rows(lines, found):
    first = {one["uniq_id"]: one for one in reversed(lines)}
    kept = {one.id: one for one in found.read}
    assert len({one["location"] for one in lines}) == 66
    assert round(sum(one["side"] == "1" for one in first.values()) / len(first), 2) == 0.44
    sides = Counter(first[name]["side"] for name in kept)
    assert Counter(str(one.side.value) for one in kept.values()) == sides
    ended = Counter((one["uniq_id"], one["ended"]) for one in lines if one["uniq_id"] in kept)
    coded = {(one.id, str(span.ending.value)) for one in kept.values() for span in one.dates}
    assert coded == set(ended)
    assert {Ending(int(code)) for _, code in coded} == set(Ending)


def bounds(line, name):
    """Return the first and last day of a date, or what is not positive in place of its year."""
    year, month, day = (int(line[f"{name}_{part}"]) for part in ("yr", "month", "day"))
    if year <= 0:
        return year
    if month <= 0:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    last = calendar.monthrange(year, month)[1]
    return (dt.date(year, month, max(day, 1)), dt.date(year, month, day if day > 0 else last))


def possible(line, day, *, has_term):
    """Say what a row allows of the end of a day: in force, not, either, or nothing if unknown."""
    declared, effect, end = (bounds(line, name) for name in ("cf_dec", "cf_effect", "end"))
    never_held = line["ended"] == "3" and end == 0
    if effect == 0 or never_held or day < (declared if effect == -1 else effect)[0]:
        return {False}
    if isinstance(end, tuple):
        is_last_day = line["ended"] == "1" and end[0] == end[1]
        first, last = (one + dt.timedelta(is_last_day) for one in end)
        if day >= last:
            return {False}
        if effect == -1 or effect[1] >= first:  # at no time is it known to have been in force
            return set() if effect != -1 or day < first else {True, False}
        return {True} if effect[1] <= day < first else {True, False}
    if effect != -1 and line["ended"] == "0" and end == 0:
        return {True} if day >= effect[1] else {True, False}
    if has_term and effect != -1 and line["fixed"] == "1" and line["fixed_time"].isdecimal():
        length = int(line["fixed_time"])
        if length and day >= effect[1] + dt.timedelta(length):  # the term of its text is over
            return {False}
        if length and effect[0] + dt.timedelta(length) <= day:
            return {True, False}
    return {True} if effect == (day, day) else set()


def ends_of_months(first):
    """Yield the last day of each month from that of a day on to the end of the coding."""
    for number in range(first.year * 12 + first.month - 1, 2021 * 12):
        year, month = divmod(number, 12)
        yield dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def compared(ceasefire, own):
    """Count the months by what the columns say and what the verdict is."""
    first = min(bounds(one, "cf_dec")[0] for one in own)
    asked = InForce(ceasefire.text)
    found = timeline(
        ceasefire.scenario,
        asked,
        start=first.replace(day=1),
        end="2020-12-31",
        known_by="2021-12-31",
    )
    is_alone = all(isinstance(one.end, int) for one in ceasefire.dates)  # else a known end counts
    for day in ends_of_months(first):
        said = {each for one in own for each in possible(one, day, has_term=is_alone)}
        yield (said.pop() if len(said) == 1 else None), found.at(day)


@pytest.mark.slow
def test_in_every_month_that_the_columns_settle_the_verdict_agrees_with_them(lines, found):
    by_id = defaultdict(list)
    for one in lines:
        by_id[one["uniq_id"]].append(one)
    counts = Counter(pair for one in found.read[::7] for pair in compared(one, by_id[one.id]))
    agreed = {(True, Verdict.MET), (False, Verdict.UNMET), (False, Verdict.PENDING)}
    doubtful = {one for one in counts if one not in agreed and one[0] is not None}
    # where the start of a term is in doubt, it may or may not be over
    assert sum(counts[one] for one in doubtful) <= 5
    assert all(not verdict.is_settled for _, verdict in doubtful)
    assert all(not verdict.is_settled for said, verdict in counts if said is None)
    assert counts[True, Verdict.MET] > 1000


@pytest.mark.slow
def test_an_acceptance_of_the_real_file_can_be_asked_for(found):
    one = found.read[0]
    asked = Accepts(one.scenario.parties[0].id, one.text)
    assert evaluate(one.scenario, asked, as_of="1994-01-12").verdict is Verdict.MET
