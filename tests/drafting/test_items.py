"""The checklist: its data are whole, and a text of no class is asked the least."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path

import pytest

import ceasefire_model
from ceasefire_model import CeasefireClass, checklist
from ceasefire_model.drafting import ChecklistItem, RemarkRule, Severity
from ceasefire_model.drafting.coverage import SAID

FILE = Path(ceasefire_model.__file__).parent / "drafting" / "checklist.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
RANKS = tuple(Severity)


def severity(claims: CeasefireClass | None) -> dict[str, Severity]:
    return {item.id: item.severity(claims) for item in checklist()}


def test_there_are_63_items_each_with_an_id_and_a_question_of_its_own():
    items = checklist()
    assert len(items) == len({item.id for item in items}) == 63
    assert len({item.question for item in items}) == len({item.name for item in items}) == 63


def test_an_id_is_letters_and_a_number_that_counts_up_within_them():
    numbers: dict[str, list[int]] = {}
    for item in checklist():
        found = re.fullmatch(r"([A-Z]{2,3})-(\d\d)", item.id)
        assert found
        numbers.setdefault(found[1], []).append(int(found[2]))
    assert all(counted == list(range(1, len(counted) + 1)) for counted in numbers.values())


def test_a_group_stands_together():
    groups = [item.group for item in checklist()]
    runs = [
        group for group, before in zip(groups, [None, *groups], strict=False) if group != before
    ]
    assert len(runs) == len(set(runs))


def test_every_question_is_one():
    assert all(item.question.endswith("?") for item in checklist())


def test_every_item_has_a_severity_for_every_class_and_no_other():
    names = [each.value for each in CeasefireClass]
    assert all(list(row["severity"]) == names for row in DATA["items"])
    assert all(len(item.severities) == len(CeasefireClass) for item in checklist())


def test_every_item_has_a_source_and_every_source_is_cited():
    anchors = [anchor for row in DATA["items"] for anchor in row["anchors"]]
    assert all(item.anchors for item in checklist())
    assert {anchor.partition(": ")[0] for anchor in anchors} == set(DATA["citations"])


def test_a_rate_is_a_count_of_a_known_population():
    rates = list(chain.from_iterable(item.rates for item in checklist()))
    assert rates
    assert all(0 < rate.share < 1 for rate in rates)
    assert {rate["source"] for row in DATA["items"] for rate in row.get("rates", ())} == set(
        DATA["populations"]
    )
    assert len({(rate.source, rate.of, rate.population) for rate in rates}) == 3


def test_every_field_that_says_something_says_it_of_an_item():
    assert set(SAID) <= {item.id for item in checklist()}


def test_what_is_not_in_the_text_is_said_by_fields_alone():
    beside = {item.id for item in checklist() if not item.is_in_text}
    assert beside == {"TIM-01", "CON-04", "CON-05", "CON-06"}
    assert beside <= set(SAID)


@pytest.mark.parametrize("claims", CeasefireClass)
def test_a_text_of_no_class_is_asked_no_more_than_a_text_of_any_class(claims):
    least, asked = severity(None), severity(claims)
    assert all(RANKS.index(least[name]) >= RANKS.index(asked[name]) for name in least)


def test_what_is_asked_of_every_class_is_asked_of_a_text_of_none():
    for item in checklist():
        assert item.severity(None) in item.severities


@pytest.mark.parametrize(
    ("milder", "stricter"),
    [
        (CeasefireClass.CESSATION_OF_HOSTILITIES, CeasefireClass.PRELIMINARY),
        (CeasefireClass.PRELIMINARY, CeasefireClass.DEFINITIVE),
    ],
)
def test_a_text_that_arranges_more_is_asked_for_more(milder, stricter):
    less, more = severity(milder), severity(stricter)
    fewer = [name for name in less if RANKS.index(less[name]) < RANKS.index(more[name])]
    # a definitive ceasefire has no end, and so nothing to prolong
    assert fewer == ([] if stricter is CeasefireClass.PRELIMINARY else ["TIM-04"])


def test_an_abbreviated_citation_is_written_out():
    (item,) = [item for item in checklist() if item.id == "COM-01"]
    assert isinstance(item, ChecklistItem)
    assert (
        "ETH/PRIO Civil Conflict Ceasefire Dataset; Clayton et al. 2022, "
        "doi:10.1177/00220027221129195: implement"
    ) in item.anchors
    (rate,) = item.rates
    assert (rate.count, rate.of, rate.field) == (477, 2203, "implement")
    assert rate.population == "ceasefires in civil conflicts, 1989 to 2020 (ETH/PRIO)"


def page(name: str) -> str:
    return (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")


def test_the_page_of_the_reference_is_the_list():
    letters = {"required": "A", "recommended": "B", "optional": "C", "not asked": "–"}
    rows = [line.split(" | ") for line in page("reference/checklist.md").splitlines()]
    shown = [
        row for row in rows if re.match(r"\| [A-Z]{2,3}-\d\d( \*)?$", row[0]) and len(row) == 7
    ]
    assert shown == [
        [
            f"| {item.id}" + ("" if item.is_in_text else " *"),
            item.name,
            item.question,
            *(letters[each.value] for each in item.severities[:-1]),
            f"{letters[item.severities[-1].value]} |",
        ]
        for item in checklist()
    ]


def test_the_page_of_the_reference_has_every_source_and_every_rate():
    text = page("reference/checklist.md")
    assert all(f"| {name} | {source} |" in text for name, source in DATA["citations"].items())
    for item in checklist():
        for rate in item.rates:
            share = f"{rate.share:.0%}".replace("%", " %")
            told = f"| {item.id} | {rate.count} of {rate.of}: {share} | {rate.population} |"
            assert f"{told} {rate.coded} | `{rate.field}` |" in text


def test_the_explanation_lists_what_fields_say():
    table = page("explanation/completeness.md").partition("| item | is said by |")[2]
    assert re.findall(r"^\| ([A-Z]+-\d\d) \|", table, re.MULTILINE) == list(SAID)


def test_the_explanation_lists_what_the_rules_find():
    table = page("explanation/completeness.md").partition("| rule | finds |")[2]
    assert re.findall(r"^\| `(.*?)` \|", table, re.MULTILINE) == [each.value for each in RemarkRule]


def test_it_is_read_once():
    assert checklist() is checklist()
