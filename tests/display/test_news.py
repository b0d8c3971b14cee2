"""News as a briefing: short, each line with where it is from, and fair."""

from __future__ import annotations

import doctest
import re
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from matplotlib import pyplot as plt

from ceasefire_model import (
    About,
    Accepts,
    Act,
    After,
    AtLeast,
    By,
    Done,
    Duty,
    Holds,
    InForce,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Scenario,
    Source,
    State,
    Statement,
    Throughout,
    Trust,
    days,
    dump,
    load_case,
    news,
    suppose,
)
from ceasefire_model.__main__ import main
from ceasefire_model.analyses import Topic
from ceasefire_model.display import plots
from ceasefire_model.display.pages.news import label_of
from tests.analyses.test_news import STREAMED

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "follow-a-negotiation.md"


@cache
def shown_on_the_page():
    """Run the page down to the week, and return what it names."""
    parser = doctest.DocTestParser()
    named = {}
    for each in parser.get_examples(PAGE.read_text(encoding="utf-8")):
        if each.source.startswith("print("):
            return named
        exec(compile(each.source, PAGE.name, "single"), named)  # noqa: S102 - our own page
    return named


def test_a_week_of_the_first_case_is_a_briefing_of_at_most_fifteen_lines():
    written = str(shown_on_the_page()["week"])
    assert len(written.splitlines()) <= 15
    assert written.replace("\n\n", "\n<BLANKLINE>\n") in PAGE.read_text(encoding="utf-8")


def test_each_line_of_the_week_names_its_source():
    week = shown_on_the_page()["week"]
    told = [line for line in lines_of(week) if not line.startswith("next moves")]
    assert len(told) == 2
    assert all(line.endswith("– Kremlin (readout of the call)") for line in told)


def test_what_one_party_says_of_anothers_stance_is_no_news_of_that_other():
    case = shown_on_the_page()["case"]
    found = news(case, start="2025-03-14", end="2025-03-20", unchanged=True)
    assert not [each for each in found if each.topic in (Topic.TEXT, Topic.ACCEPTANCE)]
    assert {"ua-rejected", "ua-sabotage", "ru-cautious"} <= {
        getattr(each, "id", None) for each in found.unchanged
    }
    assert "Came in and changed nothing" in str(found)


def lines_of(found):
    """Return each line of a briefing whole, without its mark for a verdict."""
    text = re.sub(r"\n {14}", " ", str(found))
    return [line.removeprefix("  ") for line in text.splitlines() if line[:2] == "  "]


# An agreement

A, B = "A", "B"
TEXT = Proposal(
    id="pact",
    title="The pact",
    to=[A, B],
    starts="2031-05-01",
    ends="2031-07-31",
    provisions=[
        Provision(
            id="vote",
            text="B holds a vote",
            due="2031-05-10",
            duties=[Duty(by=[B], requires=Done("vote"))],
        ),
        Provision(
            id="arms",
            text="A hands over 100 arms",
            duties=[Duty(by=[A], requires=AtLeast("arms", 100))],
        ),
        Provision(
            id="hush",
            text="both hold their fire",
            kind="prohibition",
            duties=[
                Duty(by=[A], requires=~Holds("a-fires")),
                Duty(by=[B], requires=~Holds("b-fires")),
            ],
        ),
    ],
)


def told(fact, value, day, source="monitors", **more):
    return Observation(fact=fact, value=value, source=source, since=day, **more)


def says(name, party, day, stance, source="wire", **more):
    return Statement(
        id=name,
        speaker=party,
        party=party,
        date=day,
        about=About(proposal="pact"),
        text=stance,
        source=source,
        stance=stance,
        **more,
    )


PACT = Scenario(
    title="An agreement",
    parties=[Party(id=A, name="Arvenia"), Party(id=B, name="Belmora")],
    facts=[
        Act(id="vote", text="a vote is held", by=B),
        Quantity(id="arms", text="arms handed over", unit="arms", cumulative=True, by=A),
        State(id="a-fires", text="Arvenia fires", by=A),
        State(id="b-fires", text="Belmora fires", by=B),
        State(id="road", text="the road is open"),
        Question(id="who", text="who counts?", asked_by=A, asked="2031-05-03", asked_of=[B]),
    ],
    sources=[
        Source(id="wire", name="The wire"),
        Source(id="monitors", name="Monitors"),
        Source(id="of-a", name="Arvenia's office", party=A),
    ],
    proposals=[TEXT],
    statements=[
        says("yes-a", A, "2031-04-20", "accepts"),
        says("yes-b", B, "2031-04-21", "accepts"),
    ],
    observations=[
        told("vote", False, "2031-05-08", reference="p. 1"),
        told("vote", False, "2031-05-12", reference="p. 2"),
        told("arms", 40, "2031-05-06", reference="p. 3"),
        told("a-fires", False, "2031-05-01"),
        told("b-fires", False, "2031-05-01"),
        told("b-fires", True, "2031-05-15", until="2031-05-15", reference="p. 4"),
        told("b-fires", False, "2031-05-16", reference="p. 5"),
        told("who", True, "2031-05-20", reference="p. 6"),
    ],
)


VOTE, ARMS = "B holds a vote (vote)", "A hands over 100 arms (arms)"
HUSH = "Belmora: both hold their fire (hush)"
DUE = "due 10 May 2031"
RAN_OUT = "ran to 31 July    2031; Monitors: 40 arms · 6 May 2031 (p. 3)"


def of(day, scenario=PACT, **more):
    """Return the lines of one day, next moves apart."""
    found = lines_of(news(scenario, start=day, end=more.pop("end", day), **more))
    return [line for line in found if not line.startswith("next moves")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2031-04-20", ["✓ met       Arvenia accepts (before: unknown) – The wire"]),
        ("2031-05-03", ["question    Arvenia asks: who counts?"]),
        ("2031-05-20", ["✓ answered  who counts? (before: not answered) – Monitors (p. 6)"]),
        (
            "2031-05-06",
            [f"✗ owed      {ARMS}, 40 of 100 (before: unknown) – Monitors (p. 3)"],
        ),
        (
            "2031-05-15",
            [f"✗ breached  {HUSH}, not kept 1 time (before: kept) – Monitors (p. 4)"],
        ),
        (
            "2031-08-01",
            [
                "✗ not in force the proposal (before: in force) – ran to 31 July 2031",
                f"✗ lapsed       {ARMS}, 40 of 100 (before: owed, 40 of 100) – {RAN_OUT}",
            ],
        ),
    ],
)
def test_a_line_says_what_changed_how_it_was_and_who_says_so(day, expected):
    assert of(day) == expected


def test_a_missed_date_accuses_nobody_before_a_word_of_it():
    assert of("2031-05-11") == [
        f"○ unknown   {VOTE} (before: not due) – {DUE}; Monitors: no · 8 May 2031 (p. 1)"
    ]
    assert of("2031-05-12") == [
        "✗ overdue   B holds a vote (vote) (before: unknown) – Monitors (p. 2)"
    ]


def test_with_hindsight_what_is_overdue_shows_the_word_that_it_rests_on():
    assert of("2031-05-11", known_by="2031-09-01") == [
        f"✗ overdue   {VOTE} (before: not due) – {DUE}; Monitors: no · 12 May 2031 (p. 2)"
    ]


def test_what_stands_from_midnight_to_the_reports_of_the_day_is_told_once():
    found = news(PACT, start="2031-05-16", end="2031-05-16")
    assert len([each for each in found if each.topic is Topic.CLAUSE]) == 4  # with the whole
    (line,) = of("2031-05-16")
    assert line.startswith("! violated  Belmora: both hold their fire (hush), not kept 1 time (be")
    fires = told("a-fires", True, "2031-05-18", until="2031-05-18")
    again = told("a-fires", True, "2031-05-19")
    assert of("2031-05-19", PACT.with_observations([fires, again])) == []


def test_what_is_supposed_withdrawn_or_overtaken_is_said_to_be():
    lost = suppose(PACT, since="2031-06-01", words={"B:pact": "withdrew"})
    assert of("2031-06-01", lost) == [
        "✗ not met   Belmora withdrew (before: accepts) – supposed from 1 June 2031"
    ]
    road = Precondition(
        id="road",
        held_by=A,
        of=Accepts(B, "pact"),
        needs=Holds("road"),
        text="the road first",
        withdrawn="2031-05-25",
    )
    held = PACT.with_preconditions(road)
    whose = "stated precondition held by Arvenia of “Belmora accepts The pact”: the road first"
    assert of("2031-05-25", held) == [
        f"gone        {whose} (before: unknown) – withdrawn 25 May 2031"
    ]
    reported = held.with_observations(
        [
            told("road", True, "2031-05-20", source="of-a"),
            told("road", False, "2031-05-23", reference="p. 7"),
        ]
    )
    (line,) = of("2031-05-23", reported)
    assert line.startswith(
        f"✗ not met   {whose} (before: met) – Monitors (p. 7); no longer heard: "
    )
    assert line.endswith("overtaken by Monitors, 23 May 2031: Arvenia's office: yes · 20 May 2031")


def test_a_word_on_a_clause_is_told_with_the_clause():
    word = Statement(
        id="not-that",
        speaker="Belmora",
        party=B,
        date="2031-04-25",
        about={"provision": "arms"},
        text="not that",
        source="wire",
        stance="rejects",
    )
    found = of("2031-04-25", PACT.with_statements(word))
    assert "✗ not in force the proposal (before: not yet in force) – The wire" in found
    assert "✗ not met      Belmora rejects “A hands over 100 arms” – The wire" in found


def test_a_date_inside_a_demand_and_one_that_no_record_has_are_told():
    by = Precondition(
        id="by",
        held_by=A,
        of=Accepts(A, "pact"),
        needs=By(Holds("road"), "2031-05-20"),
        text="the road by the 20th",
    )
    after = evolve(by, id="after", needs=By(Holds("road"), After(Done("vote"), days(2))))
    always = evolve(by, id="always", needs=Throughout(Holds("road"), "2031-05-21", "2031-05-28"))
    bound = evolve(by, id="bound", needs=InForce("vote"))
    scenario = PACT.with_preconditions([by, after, always, bound]).with_observations(
        [told("road", False, "2031-05-19"), told("vote", True, "2031-05-22")]
    )
    assert [line.partition(" – ")[2] for line in of("2031-05-21", scenario)][:1] == [
        "due 20 May 2031"
    ]
    assert [line for line in of("2031-05-21", scenario) if "– began 21 May 2031" in line]
    trusting = news(PACT, start="2031-05-01", end="2031-06-30", trust=Trust(within_days=10))
    assert "by the time passed until" in str(trusting)


def test_a_deadlock_that_forms_is_told_and_one_that_dissolves():
    case = load_case("us-30-day-2025")
    freed = evolve(
        case,
        preconditions=[
            evolve(each, withdrawn="2025-03-20") if each.id == "ru-election" else each
            for each in case.preconditions
        ],
    )
    (formed,) = [line for line in of("2025-03-13", case) if line.startswith("deadlock")]
    assert formed.startswith("deadlock       3 preconditions wait on each other: a presidential")
    (gone,) = [line for line in of("2025-03-20", freed) if line.startswith("dissolved")]
    assert gone.startswith("dissolved   3 preconditions waited on each other: ")


def test_several_that_are_alike_share_a_line_and_what_is_inferred_is_said_to_be():
    found = of("2025-03-13", load_case("us-30-day-2025"))
    (stated,) = [line for line in found if line.startswith("? unclear      4 new stated")]
    assert "; and 2 more – Vladimir Putin, as reported by Reuters (¶1, ¶4, ¶6, ¶19)" in stated
    assert [
        line for line in found if line.startswith("✗ not met      4 new inferred preconditions")
    ]


def test_through_one_partys_eyes_only_its_sources_are_cited():
    found = news(
        load_case("us-30-day-2025"),
        start="2025-03-13",
        end="2025-03-13",
        trust=Trust.of_party("UA"),
    )
    assert "as the sources that speak for Ukraine have it" in str(found)
    assert "Putin" not in str(found)
    assert found.came_in == 11  # of the two sources in the case that speak for Ukraine


def test_a_notebook_shows_the_same():
    html = news(PACT, start="2031-05-12", end="2031-05-12")._repr_html_()
    assert "overdue" in html
    assert "Monitors (p. 2)" in html


def test_the_rows_say_the_same_to_programs():
    rows = news(PACT, start="2031-05-12", end="2031-05-12").to_rows()
    assert [row["address"] for row in rows] == ["fulfilled(vote)"]
    assert (rows[0]["before_performance"], rows[0]["after_performance"]) == ("open", "overdue")
    assert (rows[0]["reports"], rows[0]["references"]) == ("monitors:vote", "p. 2")
    dates = news(PACT, start="2031-05-11", end="2031-05-11").to_rows()
    assert [row["dates"] for row in dates] == ["due:vote"]


# The command line


def test_a_daily_job_prints_the_news_of_the_last_day(capsys):
    assert main(["news", "us-30-day-2025"]) == 0
    case = load_case("us-30-day-2025")
    assert capsys.readouterr().out == f"{news(case, start='2025-03-13', end='2025-03-13')}\n"


@pytest.mark.parametrize("form", ["json", "csv", "html", "markdown"])
def test_it_prints_any_form(form, tmp_path, capsys):
    path = tmp_path / "pact.yaml"
    dump(PACT, path)
    days_of = ["--since", "2031-05-10", "--until", "2031-05-12", "--unchanged"]
    assert main(["news", str(path), *days_of, "--format", form]) == 0
    assert "overdue" in capsys.readouterr().out


# The picture


def test_the_picture_has_a_row_for_each_thing_that_changed_and_a_mark_for_each_change():
    found = news(PACT, start="2031-05-01", end="2031-08-02")
    ax = plots.news(found)
    told_of = [each for each in found if each.topic not in (Topic.MOVE, Topic.DEADLOCK)]
    labels = {tick.get_text() for tick in ax.get_yticklabels()}
    assert len(ax.get_yticks()) == len({each.address for each in told_of})
    assert {label_of(told_of[0])} <= labels
    marks = [str(line.get_gid()).partition(":")[0] for line in ax.lines]
    assert marks.count("told") == sum(bool(each.cause.told) for each in told_of)
    assert marks.count("date") == sum(not each.cause.told for each in told_of)
    bars = [str(patch.get_gid()) for patch in ax.patches]
    assert sum(each.startswith("status:") for each in bars) >= len({e.address for e in told_of})
    plt.close("all")


def test_of_no_news_there_is_a_picture_that_says_so():
    ax = plots.news(news(PACT, start="2031-09-01", end="2031-09-02"))
    assert "Nothing changed." in [text.get_text() for text in ax.texts]
    plt.close("all")


def test_a_label_says_who_holds_a_precondition():
    found = news(load_case("us-30-day-2025"), start="2025-03-13", end="2025-03-13")
    assert "martial law is lifted (held by Ukraine)" in {label_of(each) for each in found}


def test_a_move_that_falls_away_and_comes_up_again_on_one_day_is_no_news():
    """The truce runs out at noon of the 5th; that day it is agreed that it goes on.

    Of the day of the agreement no hour is told, so that it counts from the end of it. Whether shots
    are fired nobody has reported, before and after.
    """
    (truce,), (yes,) = STREAMED.proposals, STREAMED.statements
    longer = Proposal(
        id="longer", title="longer", to="a", tabled="2031-01-05", prolongs=truce, ends="2031-01-20"
    )
    agreed = evolve(
        yes, id="again", date="2031-01-05", reported="2031-01-05", about={"proposal": "longer"}
    )
    scenario = evolve(
        STREAMED,
        proposals=[evolve(truce, ends="2031-01-05T12:00Z"), longer],
        statements=[yes, agreed],
    )
    found = news(scenario, "truce", start="2031-01-03", end="2031-01-10")
    assert [each.after is None for each in found if each.topic is Topic.MOVE].count(True) > 0
    text = str(found)
    assert "✗ not in force the proposal" in text
    assert "✓ in force     the proposal" in text
    assert "next moves" not in text
