"""Agreements of PA-X and UCDP: texts, words, and topics on our checklist."""

from __future__ import annotations

import csv

import pytest

from ceasefire_model import (
    Accepts,
    Code,
    InForce,
    Moment,
    PartyKind,
    ProvisionKind,
    Verdict,
    completeness,
    evaluate,
    tables,
)
from ceasefire_model.datasets import pax, ucdp
from ceasefire_model.datasets.topics import Crossing, rates
from ceasefire_model.drafting.coverage import Presence
from ceasefire_model.drafting.items import checklist
from tests.datasets.real import real

PAX = "pax/pax_all_agreements_data_v3.xlsx"
PAX_METADATA = "pax/pax_paxplorer.csv"
AGREEMENTS = "ucdp/ucdp-peace-agreements-221.csv"


def pax_row(**cells):
    topics = {one.variable: 0 for one in pax.CROSSWALK}
    return {
        "Con": "Northland",
        "PPName": "The northern process",
        "AgtId": 7,
        "Agt": "Truce",
        "Dat": "2031-05-04",
        "Status": "Multiparty signed/agreed",
        "Stage": "Cea",
        "StageSub": "Ceas",
        "Part": "For the government: N. N.\nFor the Front: O. O.",
        **topics,
        None: None,
        **cells,
    }


def ucdp_row(**cells):
    topics = {one.variable: "0" for one in ucdp.CROSSWALK}
    return {
        "paid": "9",
        "pa_name": "Peace of the Port",
        "pa_date": "2031-05-04",
        "pa_type": "2",
        "actor_id": "10, 11",
        "actor_name": "Government of Northland, Southern Front ",
        "ended": "",
        "duration": "",
        "conflict_name": "Northland: Government",
        **topics,
        **cells,
    }


def only(found):
    assert found.problems == ()
    [one] = found.read
    return one


def verdict(scenario, condition, day):
    return evaluate(scenario, condition, as_of=day, known_by="2040-01-01").verdict


# PA-X


def test_an_agreement_of_pax_is_a_text_with_the_word_of_its_signatories():
    found = only(pax.agreements([pax_row()]))
    assert (found.id, found.stage, found.substage, found.country) == (
        "7",
        "Cea",
        "Ceas",
        "Northland",
    )
    [text] = found.scenario.proposals
    assert (text.id, text.tabled) == (found.text, Moment("2031-05-04"))
    assert text.text == "Cea; Ceas; Multiparty signed/agreed; The northern process"
    [word] = found.scenario.statements
    assert word.text == found.signatories
    assert verdict(found.scenario, Accepts("signatories", found.text), "2031-05-04") is Verdict.MET


@pytest.mark.parametrize("day", ["04/05/2031", "4/5/2031", "2031-05-04 00:00:00"])
def test_a_day_with_slashes_has_the_day_first(day):
    assert only(pax.agreements([pax_row(Dat=day)])).scenario.proposals[0].tabled == Moment(
        "2031-05-04"
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"Status": "Status unclear"},
        {"Part": "[Agreement unsigned, parties believed to be the two armies]"},
        {"Part": "Not signed, agreement mentions the following parties"},
    ],
)
def test_what_is_not_said_to_be_signed_is_no_word_of_anybody(cells):
    assert only(pax.agreements([pax_row(**cells)])).scenario.statements == ()


def test_a_text_whose_signatories_are_not_coded_was_still_agreed():
    [word] = only(pax.agreements([pax_row(Part=None)])).scenario.statements
    assert word.text == "agreed, by whom is not coded"


def test_a_topic_is_a_provision_that_owes_nothing_and_completeness_finds_it():
    found = only(pax.agreements([pax_row(TjPrire=2, TjMis=1, SsrDdr="3", ImPK=0)]))
    assert found.codes == {"TjPrire": 2, "TjMis": 1, "SsrDdr": 3}
    prisoners, arms = found.scenario.proposals[0].provisions
    assert (prisoners.kind, prisoners.duties) == (ProvisionKind.DECLARATION, ())
    assert prisoners.topics == ("HUM-03",)
    assert prisoners.reference == "TjPrire = 2, TjMis = 1"
    assert arms.topics == ("DDR-01",)
    items = completeness(found.scenario)
    assert items["HUM-03"].presence is items["DDR-01"].presence is Presence.PRESENT
    assert items["GUA-02"].presence is Presence.UNKNOWN  # 0 is not mentioned, and never no


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"AgtId": None}, "row 2, AgtId: an agreement needs its number and its title"),
        ({"Agt": ""}, "row 2, AgtId: an agreement needs its number and its title"),
        (
            {"Dat": "13/31/2031"},
            "row 2, Dat: no such day: '13/31/2031'; with slashes the day",
        ),
        ({"SsrDdr": "some"}, "row 2, SsrDdr: a whole number is needed, got 'some'"),
    ],
)
def test_an_agreement_of_pax_that_cannot_be_read_is_listed(cells, problem):
    found = pax.agreements([pax_row(**cells)])
    assert found.read == ()
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


def test_rates_are_counted_over_the_texts_that_are_chosen():
    rows = [pax_row(AgtId=1, TjMis=1), pax_row(AgtId=2), pax_row(AgtId=3, TjMis=1, Stage="Pre")]
    chosen = pax.agreements(rows).of_stage(pax.CEASEFIRE)
    [missing] = [one for one in chosen.rates("truces") if one.field == "TjMis"]
    assert (missing.count, missing.of, missing.population) == (1, 2, "truces")
    assert missing.source == "PA-X"
    [none] = rates([], [Crossing("a", "ID-01", "is")], population="p", source="s")
    assert (none.count, none.of) == (0, 0)


@pytest.mark.parametrize("crosswalk", [pax.CROSSWALK, ucdp.CROSSWALK])
def test_every_line_of_a_crosswalk_leads_to_an_item_and_no_variable_is_there_twice(crosswalk):
    ids = {item.id for item in checklist()}
    assert {one.item for one in crosswalk} <= ids
    assert len({one.variable for one in crosswalk}) == len(crosswalk)


# UCDP


def test_an_agreement_of_ucdp_is_a_text_that_its_parties_accept():
    found = only(ucdp.agreements([ucdp_row(pris="1", **{"return ": "1", "return": None})]))
    state, group = found.scenario.parties
    assert (state.id, state.kind, state.codes) == (
        "ucdp-10",
        PartyKind.STATE,
        (Code("ucdp", "10"),),
    )
    assert (group.name, group.kind) == ("Southern Front", PartyKind.ARMED_GROUP)
    assert found.codes == {"pris": 1, "return": 1}
    assert found.kind == "partial agreement"
    assert found.scenario.title == "Northland: Government: Peace of the Port"
    assert verdict(found.scenario, InForce(found.text), "2031-05-04") is Verdict.MET


def test_an_agreement_that_ended_was_in_force_until_then():
    found = only(ucdp.agreements([ucdp_row(ended="True", duration="2031-08-01")]))
    days = {"2031-05-04": "MET", "2031-07-31": "MET", "2031-08-01": "UNMET"}
    text = InForce(found.text)
    assert {day: verdict(found.scenario, text, day).name for day in days} == days
    same = only(ucdp.agreements([ucdp_row(ended="1", duration="2031-05-04")]))
    assert verdict(same.scenario, InForce(same.text), "2031-05-04") is Verdict.UNMET


def test_an_end_without_a_day_is_no_end():
    found = only(ucdp.agreements([ucdp_row(ended="True")]))
    assert found.scenario.proposals[0].in_force is None


def test_names_that_hold_commas_are_left_to_the_codes():
    found = only(ucdp.agreements([ucdp_row(actor_name="Government of Northland, North, Front")]))
    assert [one.name for one in found.scenario.parties] == ["UCDP actor 10", "UCDP actor 11"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"paid": ""}, "row 2, paid: an agreement needs its id and its name"),
        ({"pa_name": ""}, "row 2, paid: an agreement needs its id and its name"),
        ({"actor_id": " "}, "row 2, actor_id: an agreement of nobody"),
        ({"pa_type": "4"}, "row 2, pa_type: no code '4'; the codebook has 1, 2, 3"),
        ({"ended": "maybe"}, "row 2, ended: true or false is needed, got 'maybe'"),
        ({"ended": "1", "duration": "2030-01-01"}, "row 2, duration: it ended (2030-01-01) before"),
    ],
)
def test_an_agreement_of_ucdp_that_cannot_be_read_is_listed(cells, problem):
    found = ucdp.agreements([ucdp_row(**cells)])
    assert [str(one)[: len(problem)] for one in found.problems] == [problem]


# The real files


@pytest.fixture(scope="module")
def real_pax():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(real(PAX), read_only=True)
    header, *rows = book[book.sheetnames[0]].iter_rows(values_only=True)
    book.close()
    return [dict(zip(header, row, strict=True)) for row in rows]


def cited(source):
    """Return the base rates that the checklist cites, by their field."""
    found = [rate for item in checklist() for rate in item.rates if rate.source.startswith(source)]
    return {rate.field: (rate.count, rate.of) for rate in found}


@pytest.mark.slow
def test_the_ceasefires_of_pax_are_388_and_their_rates_are_those_that_are_cited(real_pax):
    found = pax.agreements(real_pax)
    assert (len(real_pax), len(found.read), found.problems) == (1868, 1868, ())
    ceasefires = found.of_stage(pax.CEASEFIRE)
    assert len(ceasefires.read) == sum(row["Stage"] == "Cea" for row in real_pax) == 388
    counted = {one.field: (one.count, one.of) for one in ceasefires.rates("ceasefires")}
    assert cited("PA-X").items() <= counted.items()
    for one in ceasefires.read:
        present = {each.item.id for each in completeness(one.scenario).only(Presence.PRESENT)}
        assert {line.item for line in pax.CROSSWALK if line.variable in one.codes} <= present


@pytest.mark.slow
def test_the_days_of_a_later_version_of_pax_are_read_with_the_day_first():
    rows = tables.read_csv(real(PAX_METADATA))
    found = pax.agreements(rows)
    assert (len(rows), len(found.read), found.problems) == (2257, 2257, ())
    for row, one in zip(rows, found.read, strict=True):
        day, month, year = row["Dat"].split("/")
        assert one.scenario.proposals[0].tabled == Moment(f"{year}-{month}-{day}")


def test_the_ceasefires_of_ucdp_have_the_rates_that_are_cited():
    found = ucdp.agreements(tables.read_csv(real(AGREEMENTS)))
    with real(AGREEMENTS).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), len(found.read)) == (374, 373)
    assert [one.path for one in found.problems] == ["row 90, duration"]
    ceasefires = found.with_code("cease")
    assert len(ceasefires.read) == sum(row["cease"] == "1" for row in rows) == 176
    counted = {one.field: (one.count, one.of) for one in ceasefires.rates("agreements")}
    assert cited("UCDP").items() <= counted.items()
