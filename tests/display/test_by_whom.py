"""By whom a clause was kept: the page, the table, the rows and the pictures name each obligor."""

import pytest
from attrs import evolve

from ceasefire_model import (
    Accepts,
    Duty,
    Fulfilled,
    Holds,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Question,
    Scenario,
    Source,
    State,
    Statement,
    Trust,
    Verdict,
    assess,
    compare,
    evaluate,
    hindsight,
    news,
    packages,
    report,
    sequence,
    suppose,
    table,
    timeline,
)
from ceasefire_model.display.answers import as_html, as_markdown
from ceasefire_model.display.colours import BARS, MARRED

DAY = "2031-06-20"
QUIET = {"arvenia-fires": [("2031-05-21", False)], "belmora-fires": [("2031-05-21", False)]}
ONE_DAY = {**QUIET, "belmora-fires": [("2031-05-21", False), ("2031-06-03", True)]}
ONE_DAY["belmora-fires"].append(("2031-06-04", False))
"""Belmora fires on 3 June, and the mission says of the next day that it does not."""


GONE = Precondition(
    id="gone",
    held_by="belmora",
    of=Accepts("belmora", "truce"),
    needs=~Holds("guns"),
    text="the guns leave",
)


def scene(told, *, stance="accepts", guns=None, **more):
    """A truce of 21 May 2031 under which neither fires; the mission reports once, on 20 June."""
    parties = [Party(id=name.lower(), name=name) for name in ("Arvenia", "Belmora")]
    said = {**told, **({} if guns is None else {"guns": [("2031-05-21", guns)]})}
    return Scenario(
        title="Ulm",
        parties=parties,
        sources=[
            Source(id="mission", name="the mission"),
            Source(id="own", name="A", party="arvenia"),
        ],
        facts=[
            *(State(id=f"{each.id}-fires", text=f"{each.name} fires", by=each) for each in parties),
            State(id="guns", text="Arvenia's guns are there", by="arvenia"),
        ],
        proposals=Proposal(
            id="truce",
            title="Truce",
            to=parties,
            provisions=Provision(
                id="calm",
                text="Neither fires.",
                kind="prohibition",
                duties=[Duty(by=each, requires=~Holds(f"{each.id}-fires")) for each in parties],
                reference="(7)",
            ),
        ),
        statements=[
            Statement(
                id=f"yes-{each.id}",
                speaker=each.name,
                party=each,
                date="2031-05-21",
                about={"proposal": "truce"},
                text="Signs.",
                stance="accepts" if each.id == "arvenia" else stance,
                source="mission",
                reference="(2)",
            )
            for each in parties
        ],
        observations=[
            Observation(fact=fact, value=value, source="mission", since=day, reported=DAY)
            for fact, words in said.items()
            for day, value in words
        ],
        **more,
    )


def flat(answer):
    return " ".join(str(answer).split())


# By whom


def test_the_line_of_a_clause_and_the_short_one_of_a_report_name_who_broke_it():
    text = flat(assess(scene(ONE_DAY), as_of=DAY))
    assert "! violated Neither fires. (calm): Belmora, kept again since 4 June 2031" in text
    assert "Arvenia: kept, since 21 May 2031" in text
    assert "its clauses: 1 violated (Belmora)" in flat(report(scene(ONE_DAY), as_of=DAY))


def test_in_full_too_what_was_not_always_kept_has_no_tick():
    full = flat(assess(scene(ONE_DAY), as_of=DAY)).split("Clauses in full")[1]
    assert "! violated Neither fires. (calm)" in full
    assert "✓" not in full


def test_of_what_both_kept_nobody_is_named():
    assert "✓ kept Neither fires. (calm): since 21 May 2031" in flat(
        assess(scene(QUIET), as_of=DAY)
    )
    assert "its clauses: 1 kept In" not in flat(report(scene(QUIET), as_of=DAY))
    assert "its clauses: 1 kept (" not in flat(report(scene(QUIET), as_of=DAY))


def test_of_what_is_in_doubt_of_all_nobody_is_named_and_else_who_it_is():
    unheard = {"arvenia-fires": [], "belmora-fires": []}
    assert "(calm): 0 of 2 duties are met" in flat(assess(scene(unheard), as_of=DAY))
    half = {**QUIET, "belmora-fires": []}
    assert "○ unknown Neither fires. (calm): Belmora, 1 of 2" in flat(
        assess(scene(half), as_of=DAY)
    )


def test_a_table_has_a_row_for_each_who_owes_the_same():
    found = table(scene(ONE_DAY), dates=["2031-06-20"], known_by=DAY)
    cells = [(row.id, row.party, row.standings[0].word) for row in found.rows]
    assert cells == [
        ("calm", None, "violated"),
        ("calm", "arvenia", "kept"),
        ("calm", "belmora", "violated"),
    ]
    assert [row["party"] for row in found.to_rows()] == [None, "arvenia", "belmora"]
    assert "Neither fires. (as owed by Belmora) ! violated" in flat(found)
    asked = table(scene(ONE_DAY), ["calm", Fulfilled("calm", "belmora")], dates=[DAY])
    assert [(row.id, row.party) for row in asked.rows] == [("calm", None), ("calm", "belmora")]
    assert [row.standings[0].word for row in asked.rows] == ["violated", "violated"]


def test_a_report_has_these_rows_too():
    text = flat(report(scene(ONE_DAY), as_of=DAY))
    assert "Neither fires. (as owed by Arvenia) ✓ kept" in text


def test_the_rows_of_an_assessment_say_what_became_of_what_each_owes():
    rows = assess(scene(ONE_DAY), as_of=DAY).to_rows()
    became = {
        row["party"]: (
            row["performance"],
            f"{row['since']:%d %B}",
            row["violations"],
            row["doubts"],
        )
        for row in rows
        if row["performance"]
    }
    assert became == {
        None: ("violated", "04 June", 1, 0),
        "arvenia": ("kept", "21 May", 0, 0),
        "belmora": ("violated", "04 June", 1, 0),
    }


def test_the_rows_of_a_comparison_do_so_too():
    before, after = (assess(scene(told), as_of=DAY) for told in (QUIET, ONE_DAY))
    found = {row["address"]: row for row in compare(before, after).to_rows()}
    row = found["fulfilled(calm, belmora)"]
    assert (row["before_performance"], row["after_performance"]) == ("kept", "violated")
    assert "fulfilled(calm, arvenia)" not in found


LOUD = {**QUIET, "belmora-fires": [("2031-06-03", True)]}
"""Belmora fires from 3 June on, and of the days before nobody speaks."""


def test_a_comparison_names_who_it_is_of_and_tells_a_clause_once_where_it_is_of_all():
    """Of none of them was anything told before, and then neither was seen to fire."""
    unheard, quiet = (assess(scene(told), as_of=DAY) for told in ({}, QUIET))
    text = flat(compare(unheard, quiet))
    assert text.count("unknown → met: fulfilled: Neither fires.") == 1
    assert "Neither fires. (as owed by Arvenia and Belmora)" in text


def test_a_clause_that_one_alone_owes_is_told_once_with_its_name():
    before, after = (assess(alone(told), as_of=DAY) for told in (QUIET, LOUD))
    text = flat(compare(before, after))
    assert text.count("fulfilled: Neither fires.") == 1
    assert "met → not met: fulfilled: Neither fires. (as owed by Belmora)" in text


def test_where_it_is_not_of_all_who_owe_a_clause_each_is_told_beside_it():
    before, after = (assess(scene(told), as_of=DAY) for told in (QUIET, LOUD))
    text = flat(compare(before, after))
    assert "met → not met: fulfilled: Neither fires. " in text
    assert "met → not met: fulfilled: Neither fires. (as owed by Belmora)" in text
    assert "Arvenia" not in text


def alone(told):
    """The same truce, in which Belmora alone owes its silence."""
    whole = scene(told)
    (truce,) = whole.proposals
    (calm,) = truce.provisions
    owed = [each for each in calm.duties if each.by == ("belmora",)]
    return evolve(whole, proposals=evolve(truce, provisions=evolve(calm, duties=owed)))


# How it is written


def test_one_day_is_written_as_a_day():
    assert "not kept on 3 June 2031" in flat(assess(scene(ONE_DAY), as_of=DAY))


def test_what_two_break_at_one_time_is_not_kept_once():
    """Both fire on 3 June, and Arvenia on the 4th too: one stretch, from 3 to 4 June."""
    both = {**ONE_DAY, "arvenia-fires": [("2031-05-21", False), ("2031-06-03", True)]}
    both["arvenia-fires"].append(("2031-06-05", False))
    found = assess(scene(both), as_of=DAY)
    assert "! violated Neither fires. (calm): Arvenia and Belmora" in flat(found)
    assert "not kept from 3 June 2031 to 4 June 2031" in flat(found)
    assert "times" not in flat(found)
    told = flat(news(scene(both), start="2031-06-19", end=DAY))
    assert "not kept 2 times" not in told


def test_what_was_not_always_kept_has_neither_the_sign_nor_the_colour_of_what_is_met():
    found = assess(scene(ONE_DAY), as_of=DAY)
    assert found.provision("calm").finding.verdict is Verdict.MET
    assert "✓ violated" not in f"{found}{report(scene(ONE_DAY), as_of=DAY)}{as_markdown(found)}"
    html = as_html(found)
    badge = html[: html.index("violated</strong>")].rsplit("<strong", 1)[1]
    assert MARRED in badge
    assert BARS[Verdict.MET] not in badge
    assert ">!</span>" in badge
    assert "background" not in badge  # which is how what is met is filled


def test_a_reference_in_brackets_has_no_second_pair():
    text = flat(assess(scene(QUIET), as_of=DAY))
    assert "Arvenia, in the mission, 21 May 2031 (2)" in text
    assert "((" not in text


# What changed


def test_a_word_that_is_supposed_changes_nothing_for_the_other():
    """Belmora accepts in principle; that it accepts is supposed, so the truce enters.

    A text in force no longer rests on the words of today: Arvenia's has not changed for that.
    """
    scenario = scene(QUIET, stance="accepts in principle")
    supposed = suppose(scenario, words={"belmora:truce": "accepts"}, since="2031-06-01")
    found = compare(assess(scenario, as_of=DAY), assess(supposed, as_of=DAY))
    changed = [each.address for each in found.changes]
    assert not any("arvenia)" in place and "accepts" in place for place in changed)
    assert "in_force(truce)/arvenia" not in changed
    text = flat(found)
    assert "not asked" not in text
    assert text.count("Belmora accepts Truce") == 1


def test_a_demand_that_is_dropped_is_still_said_not_to_be_asked():
    scenario = scene(QUIET, stance="accepts with conditions", guns=True, preconditions=GONE)
    dropped = suppose(scenario, without=["gone"], since="2031-06-01")
    text = flat(compare(assess(scenario, as_of=DAY), assess(dropped, as_of=DAY)))
    assert "not met → not asked: the guns leave" in text


def test_of_two_who_demand_the_same_the_one_that_is_dropped_is_a_change():
    gone = [
        Precondition(
            id=f"gone-for-{party}",
            held_by=party,
            of=Accepts(party, "truce"),
            needs=~Holds("guns"),
            text="the guns leave",
        )
        for party in ("arvenia", "belmora")
    ]
    scenario = scene(QUIET, stance="accepts with conditions", guns=True, preconditions=gone)
    dropped = suppose(scenario, without=["gone-for-belmora"], since="2031-06-01")
    found = compare(assess(scenario, as_of=DAY), assess(dropped, as_of=DAY))
    places = {each.address for each in found.changes if each.after is None}
    assert "accepts(belmora, truce)/gone-for-belmora" in places


# Who could do it


@pytest.mark.parametrize("guns", [True, None])
def test_packages_and_steps_use_the_words_of_the_demand_and_name_who_acts(guns):
    pytest.importorskip("clingo")
    scenario = scene(QUIET, stance="accepts with conditions", guns=guns, preconditions=GONE)
    assert "Arvenia: the guns leave" in flat(packages(scenario, "truce", as_of=DAY))
    steps = sequence(scenario, "truce", as_of=DAY)
    assert "- Arvenia: the guns leave" in flat(steps)
    row = next(row for row in steps.to_rows() if row["fact"] == "guns")
    assert (row["who"], row["statement"]) == ("arvenia", "the guns leave")


# Whom one hears


def test_through_the_eyes_of_a_party_it_is_said_which_of_its_words_are_not_heard():
    text = flat(assess(scene(QUIET), as_of=DAY, trust=Trust.of_party("arvenia")))
    assert "1 statement of Arvenia reported by the mission is not heard" in text
    (own, _) = scene(QUIET).statements
    spoke = evolve(own, id="own", source="own", stance=None, kind="claim")
    more = scene(QUIET).with_statements([spoke])  # which is heard, and so not counted
    text = flat(assess(more, as_of=DAY, trust=Trust.of_party("arvenia")))
    assert "1 statement of Arvenia reported by the mission is not heard" in text
    early = flat(assess(scene(QUIET), as_of="2031-05-20", trust=Trust.of_party("arvenia")))
    assert "not heard" not in early  # nothing had been said by then
    assert "not heard" not in flat(assess(scene(QUIET), as_of=DAY))


# News


def test_news_of_one_word_tell_what_its_conditions_came_to():
    """Belmora accepts in principle on 21 May; on 20 June it is reported that the guns are there."""
    scenario = scene(QUIET, stance="accepts in principle", guns=True, preconditions=GONE)
    text = flat(news(scenario, start="2031-06-19", end=DAY))
    assert "✗ not in force the proposal (before: unknown)" in text
    assert "Belmora accepts in principle (before: unknown)" in text


# What was known, and until when


def test_a_timeline_says_by_when_what_counts_had_been_reported():
    """The mission reports on 20 June alone: of a window in May, nothing was known by its end."""
    window = {"start": "2031-06-02", "end": "2031-06-04"}
    calm = Fulfilled("calm", "belmora")
    early = timeline(scene(ONE_DAY), calm, **window)
    assert [span.verdict for span in early] == [Verdict.UNKNOWN]
    assert flat(early).endswith("known by 4 June 2031")
    late = timeline(scene(ONE_DAY), calm, **window, known_by=DAY)
    assert [span.verdict for span in late] == [Verdict.MET, Verdict.UNMET, Verdict.MET]
    assert flat(late).endswith("known by 20 June 2031")
    found = hindsight(scene(ONE_DAY), calm, as_of="2031-06-03", until=DAY)
    assert flat(found).endswith("as reports came in")


def test_a_word_that_ends_shows_until_when_it_spoke():
    """Fire on 3 June with an end and nothing after: of 4 June nobody has said anything."""
    base = scene({**QUIET, "belmora-fires": []})
    ends = Observation(
        fact="belmora-fires", value=True, source="mission", since="2031-06-03", until="2031-06-03"
    )
    found = evaluate(base.with_observations([ends]), Holds("belmora-fires"), as_of="2031-06-04")
    assert found.verdict is Verdict.UNKNOWN
    assert "the last word before: the mission: yes · 3 June 2031 until 3 June 2031" in flat(found)


def test_no_word_of_a_party_is_heard_where_one_was_reported():
    said = assess(scene(QUIET), as_of=DAY, trust=Trust.of_party("arvenia"))
    assert "no word of Arvenia is heard" in flat(said)
    silent = assess(scene(QUIET), as_of="2031-05-20")
    assert "no word of Arvenia is reported" in flat(silent)


def test_a_report_of_several_texts_lists_what_is_asked_once():
    asked = Question(id="who", text="who counts?", asked_by="arvenia", asked="2031-06-01")
    other = Proposal(id="other", title="Another", to="arvenia")
    both = scene(QUIET).with_facts([asked]).with_proposals([other])
    assert flat(report(both, as_of=DAY)).count("Arvenia asks: who counts?") == 1
    assert "Arvenia asks: who counts?" in flat(assess(both, "other", as_of=DAY))
