"""The widget: what the front end sends is judged, and the answer or the error is shown."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files

import pytest

import ceasefire_model as cm
from ceasefire_model import (
    MissingExtraError,
    ModelError,
    Party,
    Verdict,
    assess,
    explore,
    load_case,
    suppose,
)
from ceasefire_model.display.colours import BARS, MARRED
from ceasefire_model.display.explorer import widget as module
from ceasefire_model.visible import visible
from tests.rules.test_assessment import SCENARIO

CASE = load_case("us-30-day-2025")
FRONT = files("ceasefire_model.display.explorer")
HOSTILE = (
    '"><img src=x onerror=alert(1)>',
    "</details><script>alert(1)</script>",
    "$$x$$",
    "\u202e",
)


@pytest.fixture
def plan():
    return explore(SCENARIO, "plan", as_of="2025-03-02")


@pytest.fixture
def case():
    return explore(CASE, as_of="2025-03-13")


def choose(explorer, **choices):
    """Send choices as the front end does: `fact_vote="yes"` for the key `fact vote`."""
    state = {key.replace("__", "-").replace("_", " "): value for key, value in choices.items()}
    explorer.widget.set_state({"choices": state})
    return explorer.widget.shown


def ask(explorer, **question):
    """Ask something as the front end does."""
    explorer.widget._handle_custom_msg(question, [])
    return explorer.widget.shown


def test_it_begins_with_what_is_reported(plan):
    assert plan.scenario is SCENARIO
    assert plan.assessment == assess(SCENARIO, "plan", as_of="2025-03-02")
    assert plan.comparison.changes == ()
    assert plan.code == "scenario"
    assert plan.widget.choices == {}
    assert plan.widget.shown["panel"]["verdict"]["mark"]["word"] == "not met"


def test_what_is_chosen_is_judged_and_shown(plan):
    shown = choose(plan, fact_vote="yes", word_A_plan="accepts")
    assert shown["answered"] == plan.widget.choices == shown["panel"]["choices"]
    assert shown["panel"]["code"] == plan.code
    assert eval(plan.code, {"cm": cm, "scenario": SCENARIO}) == plan.scenario  # noqa: S307
    assert plan.assessment == assess(plan.scenario, "plan", as_of="2025-03-02")
    assert plan.comparison.changes
    assert shown["error"] == ""


def test_all_that_is_sent_is_plain_json(plan):
    choose(plan, fact_vote="yes")
    ask(plan, ask="packages", choices=plan.widget.choices)
    assert json.loads(json.dumps(plan.widget.shown))["answered"] == {"fact vote": "yes"}


def test_every_answer_differs_so_that_the_front_end_sees_it(plan):
    turns = [plan.widget.shown["turn"]]
    turns.append(choose(plan, fact_vote="yes")["turn"])
    turns.append(ask(plan, ask="packages", choices=plan.widget.choices)["turn"])
    turns.append(ask(plan, ask="packages", choices=plan.widget.choices)["turn"])
    turns.append(choose(plan, fact_vote="maybe")["turn"])
    assert turns == sorted(set(turns))


def test_an_error_is_shown_as_text_and_what_was_before_stays(plan):
    choose(plan, fact_vote="yes")
    before = plan.code
    shown = choose(plan, fact_trucks="many")
    assert shown["error"] == "“aid” is a number, got 'many'"
    assert shown["answered"] == {"fact trucks": "many"}
    assert plan.code == shown["panel"]["code"] == before
    assert choose(plan, fact_trucks="7")["error"] == ""


@pytest.mark.parametrize(
    ("choices", "error"),
    [
        (
            {"meaning_security": "walls"},
            "no meaning 'walls' of 'security'; did you mean 'patrols'?",
        ),
        ({"drop_quit": "yes"}, "no precondition 'quit'; did you mean 'quiet'?"),
        ({"fact_vote": ["yes"]}, "“a vote is held” is yes or no, got ['yes']"),
    ],
)
def test_an_error_says_what_is_wrong_without_paths(plan, choices, error):
    assert choose(plan, **choices)["error"] == error


def test_even_an_error_that_nobody_expected_is_shown(plan, monkeypatch):
    def fail(_what_if, _choices):
        raise RuntimeError("out of ideas")

    monkeypatch.setattr(module.WhatIf, "choose", fail)
    assert choose(plan, fact_vote="yes")["error"] == "RuntimeError('out of ideas')"


def test_packages_are_found_applied_and_undone(case):
    shown = ask(case, ask="packages", choices={})
    assert shown["offers"]["offers"][0]["title"] == "Package 1, 1 change: Russia moves"
    shown = ask(case, ask="apply", package=0)
    assert case.assessment.verdict is Verdict.MET
    assert shown["offers"] is None
    assert case.widget.choices == {"word RU us-30-day": "accepts"}
    shown = ask(case, ask="reset")
    assert (case.widget.choices, case.scenario) == ({}, CASE)
    assert not shown["panel"]["changes"]


def test_packages_are_forgotten_when_something_else_is_chosen(case):
    ask(case, ask="packages", choices={})
    assert choose(case, fact_election="yes")["offers"] is None
    assert ask(case, ask="apply", package=0)["error"] == "this cannot be asked now"


def test_choices_that_come_with_a_question_are_made_first(case):
    ask(case, ask="packages", choices={"word RU us-30-day": "rejects"})
    shown = choose(case, word_RU_us__30__day="rejects")  # they arrive once more, and late
    assert shown["offers"]["heading"] == "Nothing that can be changed makes it met"


@pytest.mark.parametrize(
    "question",
    [
        {"ask": "apply", "package": 0},
        {"ask": "packages"},
        {"ask": "apply"},
        {"ask": "apply", "package": "0"},
        {"ask": "everything"},
        {},
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(plan, question):
    assert ask(plan, **question)["error"] == "this cannot be asked now"


@pytest.mark.parametrize("number", [-1, 99])
def test_a_package_that_was_not_offered_cannot_be_applied(case, number):
    ask(case, ask="packages", choices={})
    assert ask(case, ask="apply", package=number)["error"] == "this cannot be asked now"
    assert case.code == "scenario"


def test_without_clingo_the_widget_says_what_to_install(plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "clingo", None)
    shown = ask(plan, ask="packages", choices={})
    assert "'.[analysis]'" in shown["error"]
    assert choose(plan, fact_vote="yes")["error"] == ""


@pytest.mark.parametrize("missing", ["anywidget", "traitlets"])
def test_without_anywidget_it_says_what_to_install(missing, monkeypatch):
    module._front.cache_clear()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError, match=r"'\.\[notebook\]'"):
        explore(SCENARIO, "plan", as_of="2025-03-02")


def test_a_notebook_shows_the_widget_and_plain_text_where_there_are_none(plan):
    data, _ = plan._repr_mimebundle_()
    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == plan.widget.model_id
    assert data["text/plain"] == str(plan) == str(plan.assessment)
    choose(plan, fact_vote="yes")
    assert str(plan) == f"{plan.assessment}\n\n{plan.comparison}"


def test_an_exported_notebook_has_the_assessment_in_place_of_the_widget(plan, monkeypatch):
    published = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: published.append(data))
    plan._ipython_display_()
    widget, still = published
    assert "application/vnd.jupyter.widget-view+json" in widget
    token = plan.widget.shown["token"]
    assert still["text/html"].startswith(f'<div class="cfm-still-{token}">')
    assert "The plan" in still["text/html"]
    assert choose(plan, fact_vote="yes")["token"] == token
    script = (FRONT / "widget.js").read_text(encoding="utf-8")
    assert '.cfm-still-${model.get("shown").token}' in script


def test_its_repr_is_short(plan):
    assert repr(plan) == "<what if of 'plan': scenario>"


def test_its_arguments_are_those_of_an_assessment():
    with pytest.raises(ModelError, match="name one of"):
        explore(SCENARIO, as_of="2025-03-02")
    asked = explore(SCENARIO, "plan", as_of="2025-03-02", known_by="2025-03-05", since="2025-03-01")
    choose(asked, fact_vote="yes")
    by_hand = suppose(SCENARIO, {"vote": True}, since="2025-03-01")
    assert asked.assessment == assess(by_hand, "plan", as_of="2025-03-02", known_by="2025-03-05")


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 2000, "\x1b[31m \u202eback"])
def test_texts_of_documents_arrive_as_they_are_and_nothing_in_them_acts(text):
    strange = SCENARIO.with_parties([Party(id="X", name=text)])
    shown = explore(strange, "plan", as_of="2025-03-02")
    choose(shown, word_X_plan="rejects")
    assert [stand["line"]["text"] for stand in shown.widget.shown["panel"]["stands"]][-1] == (
        visible(text)
    )


# The front end


def test_the_front_end_takes_no_text_for_markup_and_nothing_from_elsewhere():
    script = (FRONT / "widget.js").read_text(encoding="utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http"):
        assert word not in script
    assert not re.search(r"\bimport\b|\bfetch\b|XMLHttpRequest|Function\(", script)
    style = (FRONT / "widget.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|http", style)


def test_nothing_in_the_front_end_moves_and_its_colours_are_those_of_verdicts():
    style = (FRONT / "widget.css").read_text(encoding="utf-8")
    assert not re.search(r"transition|animation|@keyframes", style)
    assert set(re.findall(r"#[0-9a-f]{3,6}", style)) == {*BARS.values(), MARRED}
    kinds = {verdict.value: colour for verdict, colour in BARS.items()} | {"marred": MARRED}
    for kind, colour in kinds.items():
        assert f".cfm-{kind} {{ border-inline-start-color: {colour}; }}" in style
    assert not re.search(r"rgb\(|hsl|: (white|black)\b", style)


def test_everything_that_the_stylesheet_names_is_inside_the_widget():
    style = (FRONT / "widget.css").read_text(encoding="utf-8")
    rules = re.sub(
        r"/\*.*?\*/|@container[^{]*\{|:is\([^)]*\)|:not\([^)]*\)", "", style, flags=re.DOTALL
    )
    selectors = [one for rule in re.findall(r"([^{}]+)\{", rules) for one in rule.split(",")]
    assert selectors
    assert [selector for selector in selectors if ".cfm-what-if" not in selector] == []
