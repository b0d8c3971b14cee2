"""The table of clauses: each cell is what an assessment of that date says, in every form."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from ceasefire_model import (
    Accepts,
    Control,
    Done,
    Fulfilled,
    Holds,
    ModelError,
    Observation,
    Range,
    ScenarioError,
    Territory,
    Trust,
    UnknownIdError,
    Verdict,
    assess,
    evaluate,
    table,
)
from ceasefire_model.display.answers import as_html, as_json, as_markdown, as_text
from ceasefire_model.display.data import FORMAT, csv_of
from tests.display.test_html import CASE, EVIL
from tests.display.test_markup import Reader
from tests.rules.test_assessment import DAY, SCENARIO

DATES = ["2025-02-28", "2025-03-01", "2025-03-04"]


STRANGE = Control(id="x", text="x", party="A", territory="x")
"""A record that the scenario does not have."""


def cells(found, row=0):
    return [(cell.verdict, cell.word) for cell in found.rows[row].standings]


def test_by_default_each_clause_that_obliges_somebody_has_a_row():
    found = table(SCENARIO, dates=DATES)
    assert [row.label for row in found.rows if row.party is None or "," not in row.label] == [
        "hush",
        "quiet-now",
    ]
    for place, when in enumerate(DATES):
        clause = assess(SCENARIO, "plan", as_of=when).provision("hush")
        assert found.rows[0].standings[place].verdict is clause.finding.verdict


def test_facts_preconditions_texts_and_acceptances_are_asked_by_id():
    found = table(
        SCENARIO, ["vote", "quiet", "plan", "A:plan", "who", "curfew", "hope"], dates=[DAY]
    )
    assert [row.statement for row in found.rows] == [
        "a vote is held",
        "the need quiet",
        "The plan",
        "Arvenia accepts The plan",
        "who watches?",
        "a curfew is in force",
        "they hope",
    ]
    assert [row.standings[0].word for row in found.rows] == [
        "not met",
        "not met",
        "not met",
        "accepts in principle",
        "not met",
        "met",
        "not met",
    ]
    accepts = evaluate(SCENARIO, Accepts("A", "plan"), as_of=DAY)
    assert found.rows[3].standings[0].verdict is accepts.verdict


def test_a_record_has_the_row_of_its_id():
    names = ["hush", "plan", "quiet", "vote", "trucks"]
    records = [SCENARIO[name] for name in names]
    assert table(SCENARIO, records, dates=[DAY]) == table(SCENARIO, names, dates=[DAY])
    called = table(SCENARIO, {"F-7": SCENARIO.fact("trucks")}, dates=[DAY])
    assert called == table(SCENARIO, {"F-7": "trucks"}, dates=[DAY])
    alone = table(SCENARIO, SCENARIO.fact("vote"), dates=DAY)
    assert alone == table(SCENARIO, ["vote"], dates=[DAY]) == table(SCENARIO, "vote", dates=DAY)


def test_a_condition_has_a_row_in_words():
    asked_for = [Accepts("A", "plan"), ~Holds("curfew") & Done("vote"), Fulfilled("hush")]
    found = table(SCENARIO, asked_for, dates=[DAY])
    assert [(row.id, row.statement) for row in found.rows] == [
        ("A:plan", "Arvenia accepts The plan"),
        ("all 2 of these", "not so: a curfew is in force; and a vote is held"),
        ("hush is fulfilled", "fulfilled: a curfew ends"),
    ]
    assert cells(found, 2) == cells(table(SCENARIO, "hush", dates=DAY))
    assert cells(found, 1)[0][0] is evaluate(SCENARIO, asked_for[1], as_of=DAY).verdict


def test_a_vague_demand_has_a_row_by_its_id_however_it_is_asked_for():
    security = SCENARIO.index.vague["security"]
    found = table(SCENARIO, [security], dates=[DAY])
    assert found == table(SCENARIO, "security", dates=[DAY])
    assert [(row.id, row.statement) for row in found.rows] == [("security", "security is assured")]
    assert cells(found) == [(Verdict.UNCLEAR, "unclear")]


def test_a_number_shows_what_is_reported_and_has_no_verdict():
    share = Control(id="share", text="a share", party="A", territory="land")
    reports = [
        Observation(fact="share", value=value, source=source, since=DAY)
        for source, value in (("wire", 0.5), ("radio", Range(0.5, 0.6)))
    ]
    wide = SCENARIO.with_territories([Territory(id="land", name="land")]).with_facts([share])
    found = table(wide.with_observations(reports), ["share", "trucks"], dates=[DAY])
    assert cells(found) == [(None, "50 % or 50 % to 60 %")]
    assert cells(found, 1) == [(None, "not reported")]
    assert found.to_rows()[0]["verdict"] is None


def test_rows_may_have_the_names_of_the_user():
    found = table(SCENARIO, {"C-1": "hush", "F-7": "vote"}, dates=[DAY])
    assert [(row["label"], row["id"]) for row in found.to_rows()] == [
        ("C-1", "hush"),
        ("F-7", "vote"),
    ]


def test_on_each_date_counts_what_was_known_then_or_by_one_day_for_all():
    then = table(SCENARIO, ["vote"], dates=["2025-02-28", "2025-03-02"])
    assert cells(then)[0] == (Verdict.UNKNOWN, "unknown")
    late = table(SCENARIO, ["vote"], dates=["2025-02-28"], known_by="2025-03-02")
    assert late.known_by is not None
    assert "known by 2 March 2025" in str(late)
    both = table(SCENARIO, ["vote"], dates=["2025-02-28", "2025-03-02"], known_by="2025-03-02")
    assert cells(both) == [*cells(late), cells(then)[1]]
    deaf = table(SCENARIO, ["vote"], dates=["2025-03-02"], trust=Trust.of_party("B"))
    assert cells(deaf) == [(Verdict.UNKNOWN, "unknown")]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"dates": []}, ModelError, "needs a date or more"),
        ({"ids": ["vot"], "dates": [DAY]}, UnknownIdError, "did you mean 'vote'"),
        ({"ids": ["X:plan"], "dates": [DAY]}, UnknownIdError, "no party 'X'"),
        ({"ids": [Accepts("X", "plan")], "dates": [DAY]}, ScenarioError, "no party 'X'"),
        ({"ids": STRANGE, "dates": [DAY]}, ScenarioError, "no .* 'x'"),
        ({"ids": [3], "dates": [DAY]}, ModelError, "a condition is asked about, .* got 3"),
        ({"dates": ["2025-13-01"]}, ModelError, "2025-13-01"),
    ],
)
def test_a_mistake_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        table(SCENARIO, **arguments)


def test_text_html_markdown_json_and_csv_show_the_same_cells():
    found = table(CASE, ["cessation", "RU:us-30-day"], dates=["2025-03-12", "2025-03-13"])
    for written in (as_text(found), Reader(as_html(found)).text, as_markdown(found)):
        assert all(row.statement in written for row in found.rows)
        assert "accepts in principle" in written
    data = json.loads(as_json(found))
    assert data["format"] == FORMAT
    assert data["rows"] == found.to_rows()
    assert [*csv.DictReader(StringIO(csv_of(found.to_rows())))] == [
        {name: cell or "" for name, cell in row.items()} for row in found.to_rows()
    ]


def test_no_cell_of_a_csv_is_a_formula():
    texts = ["=1+1", "+A1", "-A1", "@x", "\t=1", "\r=1", " =1", "\x1b[31m"]
    rows = [{"text": text, "number": -1.5} for text in texts]
    written = csv_of(rows)
    assert "\x1b" not in written
    for row in csv.DictReader(StringIO(written)):
        assert row["text"][0] in {"'", "["}
        assert row["number"] == "-1.5"
    found = table(EVIL, dates=[DAY])
    assert "\x1b" not in csv_of(found.to_rows())
    assert csv_of([]) == "\n"


def test_it_writes_itself_for_a_notebook():
    found = table(SCENARIO, dates=[DAY])
    assert found._repr_html_() == as_html(found)
