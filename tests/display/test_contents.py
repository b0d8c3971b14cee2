"""What is shown of a what-if says what its objects hold."""

from __future__ import annotations

import pytest
from attrs import evolve

from ceasefire_model import Stance, Trust, load_case, suppose
from ceasefire_model.display.explorer.contents import Line, Mark, Offers, offers, panel
from ceasefire_model.display.explorer.state import what_if
from tests.display.test_by_whom import ONE_DAY, scene
from tests.display.test_red_lines import scene as lume
from tests.rules.test_assessment import DAY, SCENARIO, word

PLAN = what_if(SCENARIO, "plan", as_of="2025-03-02")
CASE = what_if(load_case("us-30-day-2025"), as_of="2025-03-13")
MET, UNMET = Mark("✓", "met", "met"), Mark("✗", "not met", "unmet")


def needs(shown, party):
    (stand,) = (each for each in shown.stands if each.line.text == party)
    return {need.text: need for need in stand.needs}


def test_nothing_is_marked_as_changed_where_nothing_is_supposed():
    shown = panel(PLAN)
    lines = [shown.verdict, *shown.provisions]
    lines += [line for stand in shown.stands for line in (stand.line, *stand.needs)]
    assert [line for line in lines if line.was] == []
    assert shown.changes == ()
    assert shown.headline == "Verdict: not met, as reported."
    assert (shown.title, shown.when) == ("The plan", "as of 2 March 2025")


def test_each_party_has_its_stance_and_its_preconditions_each_with_its_verdict():
    shown = panel(PLAN)
    assert [stand.line.text for stand in shown.stands] == [
        each.party.name for each in PLAN.reported.parties
    ]
    assert shown.stands[0].line == Line(text="Arvenia", mark=UNMET, note="accepts in principle")
    assert {text: need.mark.word for text, need in needs(shown, "Arvenia").items()} == {
        "the need vote-first": "unknown",
        "the need quiet": "not met",
        "the need watched": "not met",
        "the need safe": "unclear",
        "the need seen": "disputed",
    }


def test_what_a_choice_changes_is_marked_with_how_it_was():
    shown = panel(PLAN.choose({"fact vote": "yes", "drop seen": "yes"}))
    found = needs(shown, "Arvenia")
    assert found["the need vote-first"].mark == MET
    assert found["the need vote-first"].was == Mark("○", "unknown", "unknown")
    assert found["the need seen"].mark.word == "dropped"
    assert found["the need seen"].was == Mark("≠", "disputed", "disputed")
    assert found["the need quiet"].was is None
    assert ("not met → met", "a vote is held") in [(turn.head, turn.text) for turn in shown.changes]
    assert shown.headline.startswith("Verdict: not met, as reported. ")


def test_a_change_of_the_verdict_is_put_into_the_headline():
    accepting = {"word A plan": "accepts", "word B plan": "accepts"}
    shown = panel(PLAN.choose(accepting))
    assert shown.verdict == Line(text="Verdict", mark=MET, was=UNMET)
    assert shown.headline == (
        "Verdict: met, as reported not met. 6 findings differ from what is reported."
    )
    assert shown.stands[0].line.note == "accepts (as reported: accepts in principle)"
    assert panel(PLAN.choose({"word M past": "accepts"})).headline == panel(PLAN).headline
    one = panel(PLAN.choose({"fact patrols": "yes", "drop safe": "yes", "drop seen": "yes"}))
    assert "1 finding differs" in panel(CASE.choose({"fact election": "yes"})).headline
    assert "findings differ" in one.headline


def test_a_party_that_speaks_only_in_what_is_supposed_was_not_assessed_before():
    shown = panel(PLAN.choose({"word M plan": "rejects"}))
    (mediator,) = (each for each in shown.stands if each.line.text == "the mediator")
    assert mediator.line == Line(text="the mediator", mark=UNMET, note="rejects", was=None)


def test_words_both_ways_on_one_day_are_shown_as_such():
    both = SCENARIO.with_statements([word("A", Stance.ACCEPTS), word("A", Stance.REJECTS)])
    assert panel(what_if(both, "plan", as_of=DAY)).stands[0].line.note == "both ways on one day"


def test_provisions_that_can_be_fulfilled_are_shown_with_what_became_of_them():
    shown = {line.text: line for line in panel(PLAN).provisions}
    assert shown["a curfew ends"].mark == Mark("…", "not owed", "pending")
    assert shown["a curfew ends"].note == "0 of 2 duties are met, last report 1 March 2025"
    assert "they hope" not in shown
    done = panel(PLAN.choose({"fact curfew": "no", "fact vote": "yes"}))
    (hush, _) = done.provisions
    assert (hush.mark, hush.was) == (MET, Mark("…", "not owed", "pending"))


def test_what_was_not_always_kept_has_no_tick_and_names_who_did_not_keep_it():
    (calm,) = panel(what_if(scene(ONE_DAY), "truce", as_of="2031-06-20")).provisions
    assert calm.mark == Mark("!", "violated", "marred")
    assert calm.note.startswith("Belmora, kept again since 4 June 2031")


def test_a_red_line_that_is_crossed_is_shown_and_none_that_what_is_supposed_mends():
    drawn = what_if(lume(), "truce", as_of="2031-06-20")
    assert panel(drawn).crossed == (
        Line(
            text="Belmora's fighters stay out of Lume (stated, held by Arvenia)",
            mark=UNMET,
            note="drawn for as long as this is so, and it is: “not so: Arvenia's forces fire”",
        ),
    )
    assert panel(drawn.choose({"fact town": "no"})).crossed == ()


def test_next_moves_name_what_to_do_who_could_and_about_what():
    moves = [(move.head, move.text) for move in panel(PLAN).moves]
    assert ("ask", "Arvenia: what is meant by “security is assured”?") in moves
    assert ("change", "Belmora: no longer: a curfew is in force") in moves
    assert ("decide", "Belmora: whether Belmora accepts The plan") in moves
    in_force = panel(PLAN.choose({"word A plan": "accepts", "word B plan": "accepts"}))
    assert [(move.head, move.text) for move in in_force.moves] == [
        ("change", "Belmora: a vote is held; no longer: a curfew is in force")  # what it owes now
    ]


def test_it_says_what_was_known_whom_it_hears_and_since_when_what_is_supposed_holds():
    asked = what_if(
        suppose(SCENARIO, {"trucks": 7}, since=DAY),
        "plan",
        as_of="2025-03-02",
        since="2025-02-01",
        known_by="2025-03-05",
        trust=Trust.of_party("B"),
    )
    assert panel(asked).when == (
        "as of 2 March 2025; known by 5 March 2025; what is supposed holds since 1 February 2025; "
        "as the sources that speak for Belmora have it; "
        "what is reported includes the suppositions of the scenario"
    )


class TestOffers:
    def test_each_package_has_its_cost_and_its_steps(self):
        shown = offers(CASE.packages())
        assert shown.heading == "The cheapest packages that make it met"
        assert shown.offers[0].title == "Package 1, 1 change: Russia moves"
        assert shown.offers[0].steps == (
            "Russia: accepts, as its final word: U.S. 30-day ceasefire proposal",
        )
        assert "No meaning has been named of “the size of the Ukrainian army is limited”" in (
            shown.notes
        )

    def test_it_says_if_there_may_be_more(self):
        found = PLAN.choose({"word A plan": "accepts with conditions", "drop safe": "yes"})
        few = found.packages()
        assert offers(few).heading.endswith("; there may be more") is not few.is_complete

    def test_where_there_is_none_it_says_what_stands_in_the_way(self):
        refused = CASE.choose({"word RU us-30-day": "rejects"})
        assert offers(refused.packages()) == Offers(
            "Nothing that can be changed makes it met",
            (),
            (
                "In the way: Russia accepts U.S. 30-day ceasefire proposal (held fixed)",
                *offers(refused.packages()).notes[1:],
            ),
        )

    @pytest.mark.parametrize("is_complete", [True, False])
    def test_nothing_found_in_time_is_not_nothing(self, is_complete):
        none = evolve(CASE.packages(), found=(), obstacles=(), is_complete=is_complete)
        assert ("in time" in offers(none).heading) is not is_complete
