"""What a person reads: every answer in words, neutral, with its source."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from attrs import evolve

from ceasefire_model import (
    About,
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    CannotSay,
    Control,
    Done,
    Duty,
    Fulfilled,
    Holds,
    InForce,
    Moment,
    Observation,
    Proposal,
    Provision,
    ProvisionKind,
    Range,
    Stance,
    Territory,
    Throughout,
    Times,
    Trust,
    UnknownIdError,
    Verdict,
    assess,
    compare,
    days,
    evaluate,
    load_case,
    suppose,
    timeline,
)
from ceasefire_model.display.findings import stated
from ceasefire_model.display.headlines import force_mark, headline
from ceasefire_model.display.pages.moves import NEXT, matter
from ceasefire_model.display.words import SYMBOLS, WORDS, day, listed, plain, statement_of
from ceasefire_model.rules.moves import MoveKind
from tests.rules.test_assessment import DAY, SCENARIO, SECURITY, said, word

PLACE = Control(id="share", text="A's share of the valley", party="A", territory="valley", by=["A"])
WIDE = SCENARIO.with_territories([Territory(id="valley", name="the valley")]).with_facts([PLACE])


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_no_two_verdicts_look_or_read_alike():
    assert len(set(SYMBOLS.values())) == len(set(WORDS.values())) == len(Verdict)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Holds("curfew"), "a curfew is in force"),
        (~Holds("curfew"), "not so: a curfew is in force"),
        (AtLeast("trucks", 1200), "aid: at least 1,200 trucks a day"),
        (AtMost("share", Decimal("0.25")), "A's share of the valley: at most 25 %"),
        (AtLeast("trucks", Times(2, "trucks")), "aid: at least 2 times aid"),
        (Answered("who"), "answered: who watches?"),
        (Accepts("A", "plan"), "Arvenia accepts The plan"),
        (Accepts("A", "hush"), "Arvenia accepts a curfew ends"),
        (InForce("plan"), "in force: The plan"),
        (Fulfilled("hush"), "fulfilled: a curfew ends"),
        (Fulfilled("hush", by="B"), "fulfilled: a curfew ends (as owed by Belmora)"),
        (SECURITY, "security is assured"),
        (AllOf([Done("vote")] * 2), "all 2 of these"),
        (AnyOf([Done("vote")] * 2), "one of these 2"),
        (AtLeastOf(1, [Done("vote")] * 2), "at least 1 of these 2"),
    ],
)
def test_conditions_read_as_statements(condition, expected):
    assert statement_of(condition, WIDE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-01", "1 March 2025"),
        ("2022-02", "February 2022"),
        ("2024-06/2024-08", "June to August 2024"),
        ("2020-10-17/2020-10-22", "17 to 22 October 2020"),
        ("2020-12-30/2021-01-02", "30 December 2020 to 2 January 2021"),
        ("2020/2021", "2020 to 2021"),
        ("../1999-12", "up to December 1999"),
        ("2025-01-19T11:15+02:00", "19 January 2025, 11:15+02:00"),
    ],
)
def test_dates_read_as_words(text, expected):
    assert day(Moment(text)) == expected


def test_lists_and_numbers():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert plain(Decimal("1E+3")) == "1,000"
    assert plain(Decimal("0.50")) == "0.5"


def part(text: str, title: str) -> list[str]:
    """Return the lines of one part of a page."""
    found = text.splitlines()
    start = next(n for n, line in enumerate(found) if line.partition(" (")[0] == title) + 1
    return lines("\n".join(found[start : [*found, ""].index("", start)]))


def test_a_report_begins_with_the_verdict_who_accepts_and_what_could_be_done():
    text = str(assess(SCENARIO, "plan", as_of="2025-03-02"))
    titles = [line for line in text.splitlines() if re.fullmatch(r"[A-Z][\w ,;()]+", line)][1:]
    assert titles == [
        "Who accepts",
        NEXT,
        "Clauses",
        "Open questions",
        "Why",
        "Clauses in full",
    ]
    first, second, *_ = lines(text)
    assert first == "The plan as of 2 March 2025"
    assert second.startswith(
        "✗ not in force because Arvenia accepted in principle (1 March 2025), and of its 5"
    )
    assert part(text, "Who accepts")[:3] == [
        "✗ not accepted Arvenia",
        "accepts in principle · An envoy, in The Wire, 1 March 2025",
        "2 not met, 1 disputed, 1 unknown, 1 unclear of its preconditions",
    ]
    moves = part(text, NEXT)
    assert "ask what is meant by “security is assured”? (safe)" in moves
    assert "decide whether Belmora accepts The plan" in moves
    assert moves.index("- Arvenia") < moves.index(
        "ask what is meant by “security is assured”? (safe)"
    )
    assert "not owed a curfew ends (hush): 0 of 2 duties are met" in " ".join(part(text, "Clauses"))


def test_a_report_says_who_said_what_when_and_where():
    found = lines(str(assess(SCENARIO, "plan", as_of="2025-03-02")))
    assert found[3:5] == ["by the mediator, to Arvenia and the League", "A truce."]
    assert "✗ not met in force: The plan" in found
    assert "✗ not met Arvenia accepts" in found
    assert "accepts in principle · An envoy, in The Wire, 1 March 2025" in found
    assert "The Wire: no · 1 March 2025 (p. 1)" in found
    assert "“a curfew is in force” – The Wire: yes · 1 March 2025 (p. 1)" in found
    assert "waits for: no curfew first (stated, held by Belmora)" in found
    assert "waits for: it lasts while there is no plan (inferred, held by no party)" in found
    assert "≠ disputed patrols are out" in found
    assert "? unclear security is assured" in found
    assert "≠ disputed if it means: patrols" in found
    assert "… not owed a curfew ends (hush; due 1 April 2025)" in found
    assert "declaration they hope (hope)" in found
    assert "✗ not answered Arvenia asks the mediator: who watches?" in found
    assert "✗ not met in force: The plan (see above)" in found


def test_a_party_and_a_provision_can_be_shown_alone():
    today = assess(SCENARIO, "plan", as_of="2025-03-02")
    gated = lines(str(today["A"]))
    first = gated.index("waits for: no curfew first (stated, held by Belmora)")
    assert gated[: first - 1] == lines(str(today["A"].finding))[: first - 1]
    assert gated[first + 1] == "✗ not met no curfew first"
    assert lines(str(today.provision("hush"))) == [
        "… not owed a curfew ends (hush; due 1 April 2025)",
        "0 of 2 duties are met, last report 1 March 2025",
        "Arvenia: not owed, last report 1 March 2025",
        "Belmora: not owed, 0 of 2 duties are met, last report 1 March 2025",
        "waits for: it lasts while there is no plan (inferred, held by no party): not met",
        "waits for: no curfew first (stated, held by Belmora): not met",
        "✗ not met not so: a curfew is in force",
        "“a curfew is in force” – The Wire: yes · 1 March 2025 (p. 1)",
        "✗ not met a vote is held",
        "The Wire: no · 1 March 2025 (p. 1)",
        "",
        "as of 2 March 2025",
    ]
    assert lines(str(today.provision("hope")))[0] == "declaration they hope (hope)"
    quiet = lines(str(today.provision("quiet-now")))
    assert quiet[0].startswith("✓ met ")
    assert quiet[1] == "Arvenia: met"  # since ever, of nothing owed
    with pytest.raises(UnknownIdError, match="no provision 'hop' in the proposal 'plan'; did you"):
        today.provision("hop")


def test_a_report_names_what_was_known_whom_it_hears_and_what_is_supposed():
    trust = Trust.of_party("B")
    later = suppose(SCENARIO, {"curfew": False}, since=DAY)
    found = lines(str(assess(later, "plan", as_of=DAY, known_by="2025-03-05", trust=trust)))
    assert "known by 5 March 2025" in found
    assert "as the sources that speak for Belmora have it" in found
    assert "with suppositions: what is supposed overrides every source" in found


def test_an_instant_is_shown_with_its_time_and_no_line_is_too_long():
    text = str(assess(SCENARIO, "plan", as_of="2025-03-02T11:30+00:00"))
    assert "2 March 2025, 11:30" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Holds("curfew"), "it is supported by The Wire: yes · 1 March 2025 (p. 1)"),
        (Done("vote"), "it is denied by The Wire: no · 1 March 2025 (p. 1)"),
        (
            Holds("patrols"),
            "(p. 1) and it is denied by Radio B: no · 1 March 2025 (p. 1)",
        ),
        (AtLeast("trucks", 1), "nobody reports on it"),
        (Answered("who"), "asked, and no answer reported"),
        (SECURITY, "no meaning is agreed: “patrols” would be disputed"),
        (evolve(SECURITY, id="other", meanings=()), "nobody has named a meaning"),
        (Accepts("M", "plan"), "nobody reports a word of it"),
        (Accepts("N", "plan"), "its latest word: rejects · An envoy, in The Wire, 1 March 2025"),
        (Accepts("L", "plan"), "because “Belmora accepts The plan” is unknown."),
        (AllOf([]), "no part is needed"),
        (InForce("past"), "it needs nobody's acceptance, and it has not ended"),
        (
            Done("vote") & Holds("curfew"),
            "“a vote is held” is not met; 1 of 2 parts are met.",
        ),
        (AllOf([Done("vote")] * 5), "and 2 more are not met"),
    ],
)
def test_why_says_who_and_what_decides(condition, expected):
    finding = evaluate(SCENARIO, condition, as_of="2025-03-02")
    assert expected in finding.why


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            By(Done("vote"), After(Holds("curfew"), days(10))),
            "a vote is held, by 11 March 2025, 10 days after “a curfew is in force”",
        ),
        (
            By(Done("vote"), After(Done("vote"), days(10))),
            "a vote is held, by 10 days after “a vote is held”",
        ),
        (
            Throughout(Holds("patrols"), After(Holds("curfew"), days(0)), Moment("2025-03-09")),
            (
                "always from 1 March 2025, once “a curfew is in force” until 9 March 2025: "
                "patrols are out"
            ),
        ),
    ],
)
def test_a_bound_that_follows_an_event_has_its_date_once_that_is_known(condition, expected):
    assert stated(evaluate(SCENARIO, condition, as_of="2025-03-02")) == expected


def with_texts(*texts: Proposal, at: str) -> str:
    """Write the headline of the first of some texts, all of which A accepted on 1 March."""
    said = [
        evolve(word("A", Stance.ACCEPTS), id=f"on-{each.id}", about=About(proposal=each.id))
        for each in texts
    ]
    both = evolve(SCENARIO, proposals=texts, statements=said, preconditions=())
    found = assess(both, texts[0].id, as_of=at)
    return f"{force_mark(found.verdict).word} {headline(found)}"


MARCH = Proposal(id="old", title="Old", to=["A"], ends=Moment("2025-03-31"))


@pytest.mark.parametrize(
    ("texts", "at", "expected"),
    [
        (
            [MARCH],
            "2025-03-31",
            (
                "in force since 1 March 2025, because all whose acceptance it needs had accepted, "
                "and it has not ended"
            ),
        ),
        (
            [MARCH],
            "2025-04-01",
            "not in force any more since 1 April 2025, because it ran out on 31 March 2025",
        ),
        (
            [MARCH, Proposal(id="new", title="New", to=["A"], tabled=DAY, previous="old")],
            "2025-04-01",
            "not in force because “New” took its place on 1 March 2025",
        ),
        (
            [MARCH, Proposal(id="on", title="On", to=["A"], prolongs="old", ends="2025-04-30")],
            "2025-05-01",
            "not in force any more since 1 May 2025, because it ran out on 30 April 2025",
        ),
        (
            [evolve(MARCH, starts=Moment("2025-03-20"))],
            "2025-03-02",
            "not in force yet, because its time is still to come",
        ),
        (
            [evolve(MARCH, to=["A", "B"])],
            "2025-04-01",
            "not in force because its time is over and it never entered",
        ),
        (
            [evolve(MARCH, to=["A", "B"])],
            "2025-03-02",
            (
                "unknown whether it is in force, because no word of Belmora is reported; "
                "1 of 2 has accepted"
            ),
        ),
    ],
)
def test_a_headline_says_since_when_and_what_decides(texts, at, expected):
    assert with_texts(*texts, at=at) == expected


def test_of_many_parties_a_headline_names_the_first_and_counts_the_rest():
    many = evolve(MARCH, to=["A", "B", "L", "M", "N"])
    assert with_texts(many, at="2025-03-02") == (
        "unknown whether it is in force, because no word of Belmora is reported, "
        "no word of the League is reported, no word of the mediator is reported "
        "and the same holds of 1 more; 1 of 5 has accepted"
    )


def test_a_party_that_spoke_both_ways_is_said_to_have():
    said = [
        evolve(word("A", stance), id=stance.value, about=About(proposal="old"))
        for stance in (Stance.ACCEPTS, Stance.REJECTS)
    ]
    both = evolve(SCENARIO, proposals=[MARCH], statements=said, preconditions=())
    assert headline(assess(both, "old", as_of=DAY)).endswith(
        "because Arvenia spoke both ways on one day"
    )


def test_a_text_and_a_clause_say_from_when_to_when_they_bind():
    clause = Provision(
        id="calm",
        text="it is calm",
        kind=ProvisionKind.STANDING_DUTY,
        starts=Moment("2025-03-03"),
        ends=After(Holds("curfew"), days(10)),
        survives=True,
        duties=[Duty(by=["A"], requires=Holds("patrols"))],
    )
    right = Provision(
        id="pass", text="they may pass", kind=ProvisionKind.RIGHT, ends=Moment("2025-03-20")
    )
    text = Proposal(
        id="old",
        title="Old",
        to=["A"],
        starts=Moment("2025-03-02"),
        ends=After(InForce("old"), days(30)),
        provisions=[clause, right],
    )
    yes = evolve(word("A", Stance.ACCEPTS), about=About(proposal="old"))
    made = evolve(SCENARIO, proposals=[text], statements=[yes], preconditions=())
    found = " ".join(str(assess(made, "old", as_of="2025-03-09")).split())
    # the first day counts: the 2nd is one of thirty
    assert "starts 2 March 2025; ends 31 March 2025, 30 days after “in force: Old”" in found
    assert (
        "(calm; starts 3 March 2025; ends 11 March 2025, 10 days after “a curfew is in force”; "
        "outlives the text)"
    ) in found
    assert "(pass; ends 20 March 2025)" in found


def test_a_demand_is_named_where_its_meaning_is_asked_for():
    need = evaluate(SCENARIO, SECURITY, as_of="2025-03-02")
    (meaning, *_) = need.parts
    assert matter(meaning, MoveKind.CHANGE) == (
        f"“security is assured”, in the sense: {meaning.meaning.text}"
    )


def test_why_of_a_conditional_word_names_the_word_and_what_it_needs():
    why = evaluate(SCENARIO, Accepts("A", "plan"), as_of="2025-03-02").why
    assert "its latest word: accepts in principle" in why
    assert "“the need quiet” and “answered: who watches?” are not met; 0 of 5 parts are met" in why


def test_words_spoken_both_ways_on_one_day_are_shown_as_such():
    both = SCENARIO.with_statements([word("A", Stance.ACCEPTS), word("A", Stance.REJECTS)])
    finding = evaluate(both, Accepts("A", "plan"), as_of=DAY)
    assert finding.verdict is Verdict.DISPUTED
    assert "both ways on one day" in str(finding)


def test_a_supposition_and_an_agreed_meaning_are_shown_as_such():
    supposed = suppose(
        SCENARIO,
        {"curfew": False, "trucks": 12},
        since=DAY,
        words={Accepts("M", "plan"): Stance.ACCEPTS},
        meanings={"security": "patrols"},
    )
    for condition in (Holds("curfew"), AtLeast("trucks", 3), Accepts("M", "plan")):
        assert "supposed" in str(evaluate(supposed, condition, as_of=DAY))
    finding = evaluate(supposed, SECURITY, as_of=DAY)
    assert "taken to mean: patrols" in str(finding)
    assert "it is taken to mean “patrols”" in finding.why


def test_words_that_no_longer_count_ranges_and_done_acts_are_shown_as_such():
    more = [
        evolve(said("trucks", Range(10, 20)), until=Moment("2025-03-03")),
        evolve(said("vote", value=True, source="radio"), since=Moment("2025-03-09")),
        Observation(
            fact="share",
            value=Range(None, 0.3),
            source="wire",
            since=DAY,
            note="a guess",
            reported=Moment("2025-03-02"),
        ),
    ]
    scenario = WIDE.with_observations(more)
    ended = str(evaluate(scenario, AtLeast("trucks", 15), as_of="2025-03-08"))
    assert "the last word before: The Wire: 10 trucks a day to 20 trucks a day" in ended
    early = str(evaluate(scenario, Done("vote"), as_of=DAY, known_by="2025-03-10"))
    assert "Radio B: not before 9 March 2025" in early
    share = str(evaluate(scenario, AtMost("share", 0.2), as_of="2025-03-08"))
    assert "at most 30 % · 1 March 2025, reported 2 March 2025; a guess" in share
    low = SCENARIO.with_observations([said("trucks", Range(10, None))])
    assert "at least 10 trucks a day" in str(evaluate(low, AtLeast("trucks", 15), as_of=DAY))


def test_a_source_that_cannot_say_is_quoted():
    unsure = SCENARIO.with_observations([said("trucks", CannotSay())])
    finding = evaluate(unsure, AtLeast("trucks", 3), as_of=DAY)
    assert "nothing is settled by The Wire: cannot say" in finding.why


def test_days_are_counted_by_the_clocks_of_the_scenario():
    kyiv = evolve(SCENARIO, timezone="Europe/Kyiv")
    course = timeline(kyiv, Holds("curfew"), start="2025-03-20", end="2025-04-07")
    assert course.to_rows()[0]["days"] == 19  # one of which has 23 hours
    assert "19 days" in str(course)


def test_a_comparison_says_what_became_of_a_clause_where_the_verdict_stays():
    aceh = load_case("aceh-mou-2005")
    before, after = (assess(aceh, as_of=day) for day in ("2005-09-20", "2005-11-30"))
    text = " ".join(str(compare(before, after)).split())
    assert "not due, 243 of 840 → not due, 698 of 840: fulfilled: GAM hands over" in text
    assert text.count("hinder or veto operations") == 1  # and not once more for its negation
    assert not re.search(r"(not met|pending) → \1:", text)


def test_a_party_shows_what_it_reserves_beside_its_word_on_the_whole():
    both = SCENARIO.with_statements(
        [
            word("B", Stance.ACCEPTS),
            evolve(word("B", Stance.REJECTS), id="no-hush", about=About(provision="hush")),
        ]
    )
    text = " ".join(str(assess(both, "plan", as_of="2025-03-02")).split())
    assert "beside it: Belmora accepts a curfew ends, not met" in text
