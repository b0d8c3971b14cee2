"""What a notebook shows: all that the text says, in any theme, with or without styles."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import attrs
import pytest
from hypothesis import given

from ceasefire_model import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    CeasefireClass,
    Code,
    Control,
    Done,
    Duty,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Moment,
    Observation,
    Party,
    Proposal,
    Provision,
    Range,
    Scenario,
    Stance,
    Statement,
    StatementKind,
    Territory,
    Throughout,
    Times,
    Trust,
    When,
    assess,
    compare,
    completeness,
    contradictions,
    days,
    deadlocks,
    evaluate,
    importance,
    likelihood,
    load_case,
    news,
    packages,
    sequence,
    suppose,
    timeline,
)
from ceasefire_model.conditions import walk
from ceasefire_model.display.answers import as_text
from ceasefire_model.display.colours import BARS
from ceasefire_model.display.words import SYMBOLS
from ceasefire_model.drafting import Severity
from ceasefire_model.statements import About
from ceasefire_model.strategies import conditions, histories
from ceasefire_model.visible import visible
from tests.analyses.test_contradictions import DEMAND, held
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import DAY as START
from tests.analyses.test_reachability import PLAN, but, situation
from tests.display.test_markup import ATTRIBUTES, HOSTILE, TAGS, Reader
from tests.rules.test_assessment import DAY, SCENARIO, SECURITY, TODAY, word

CASE = load_case("us-30-day-2025")
LATER = suppose(
    SCENARIO,
    {"curfew": False, "trucks": 12},
    since=DAY,
    words={Accepts("M", "plan"): Stance.ACCEPTS},
    meanings={"security": "patrols"},
    without=["quiet"],
    together=["law"],
)
REPLACED = SCENARIO.with_proposals(
    [
        Proposal(
            id="new",
            title="The next plan",
            to=["A"],
            provisions=[
                Provision(
                    id="hush-later",
                    text="a curfew ends, later",
                    due=Moment("2025-06-01"),
                    replaces="hush",
                    duties=[Duty(by=["A"], requires=~Holds("curfew"))],
                )
            ],
        )
    ]
)
SHOWN = {
    "assessment": TODAY,
    "a later assessment": assess(
        LATER, "plan", as_of=DAY, known_by="2025-03-05", trust=Trust.of_party("B")
    ),
    "the case": assess(CASE, as_of="2025-03-13"),
    "party": TODAY["A"],
    "another party": TODAY["L"],
    "provision": TODAY.provision("hush"),
    "declaration": TODAY.provision("hope"),
    "finding": TODAY.finding,
    "comparison": compare(TODAY, assess(LATER, "plan", as_of="2025-03-04")),
    "comparison of the same": compare(TODAY, TODAY),
    "timeline": timeline(SCENARIO, Accepts("A", "plan"), start="2025-02-01", end="2025-03-31"),
    "news": news(CASE, start="2025-03-12", end="2025-03-14", unchanged=True),
    "news of a text in force": news(LATER, "plan", start="2025-02-01", end="2025-04-10"),
    "news of the world": news(
        LATER, "plan", start="2025-02-01", end="2025-04-10", known_by="2025-05-01"
    ),
    "no news": news(CASE, start="2025-03-20", end="2025-03-21"),
    "deadlocks": deadlocks(CASE, as_of="2025-03-13"),
    "several deadlocks": deadlocks(
        situation(
            [
                but("a", Done("vote"), Holds("calm")),
                but("b", Holds("calm"), Done("vote"), by="B"),
                but("c", Accepts("A", PLAN), Accepts("B", PLAN)),
                but("d", Accepts("B", PLAN), Accepts("A", PLAN), by="B"),
            ]
        ),
        as_of=START,
    ),
    "blocked": deadlocks(situation([but("g", Done("vote"), AnyOf([]))]), as_of=START),
    "completeness": completeness(CASE),
    "completeness without a class": completeness(SCENARIO, "past"),
    "replaced": assess(REPLACED, "new", as_of="2025-05-01"),
    "deadlock": deadlocks(CASE, as_of="2025-03-13")[0],
    "contradictions": contradictions(
        held(AtMost("troops", 600), AtLeast("troops", 800), Holds("calm"), ~Holds("calm")),
        as_of=START,
    ),
    "contradiction": contradictions(held(AtLeast("east", 1), AtLeast("west", 1)), as_of=START)[0],
    "contradiction of a meaning": contradictions(held(DEMAND, AtMost("troops", 1)), as_of=START),
    "no contradictions": contradictions(CASE, as_of="2025-03-13"),
    "packages": packages(SCENARIO, Done("vote") & ~Holds("curfew"), as_of=DAY),
    "package": packages(SCENARIO, Done("vote") & ~Holds("curfew"), as_of=DAY)[0],
    "a package of the case": packages(CASE, InForce("us-30-day"), as_of="2025-03-13", limit=3),
    "no packages": packages(SCENARIO, Done("vote"), as_of=DAY, fixed=["vote"]),
    "nothing to change": packages(SCENARIO, Holds("curfew"), as_of=DAY),
    "waiting": packages(
        situation(proposals=[Proposal(id=PLAN, title="p", to=["A"], starts=Moment("2025-04-01"))]),
        InForce(PLAN),
        as_of=START,
    ),
    "steps": sequence(SCENARIO, Accepts("A", "plan") & Done("vote"), as_of=DAY),
    "no steps": sequence(CASE, InForce("us-30-day"), as_of="2025-03-13"),
    "steps met already": sequence(SCENARIO, AllOf([]), as_of=DAY),
    "likelihood": likelihood(SCENARIO, Done("vote"), {"vote": 0.25}, as_of=DAY),
    "importances": importance(
        SCENARIO, Done("vote") | Holds("curfew"), {"vote": 0.25, "curfew": 0.5}, as_of=DAY
    ),
}
RECORDS = {
    "scenario": SCENARIO,
    "supposed": LATER,
    "case": CASE,
    "proposal": SCENARIO.proposals[0],
    "another proposal": SCENARIO.proposals[1],
    "condition": SECURITY,
}


def read(shown) -> Reader:
    return Reader(shown._repr_html_())


FOLDED = re.compile(r"and [\d,]+ more, [\d,]+ in all(: .*)?")
"""What only HTML says, since only HTML folds."""


def words(runs: list[str]) -> Counter[str]:
    """Count the words of some texts, but for what numbers or bullets a list."""
    written = " ".join(run for run in runs if not FOLDED.fullmatch(run))
    separate = re.sub(r"[$\\]", r" \g<0> ", written)  # in HTML runs of their own
    return Counter(word for word in separate.split() if not re.fullmatch(r"\d+\.|-", word))


@pytest.mark.parametrize("name", [*SHOWN, *RECORDS])
def test_text_and_html_say_the_same_words(name):
    shown = (SHOWN | RECORDS)[name]
    if shown is not SECURITY:  # a condition has no text but its `repr`
        plain, found = words([as_text(shown, width=1_000_000)]), read(shown)
        written = words(found.runs)
        # a table that folds has its heads twice
        assert {*(plain - written), *(written - plain)} <= set(words(found.heads))


@pytest.mark.parametrize("name", [*SHOWN, *RECORDS])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_asked_and_nothing_is_lost_in_a_narrow_one(name, width):
    shown = (SHOWN | RECORDS)[name]
    if shown is not SECURITY:
        written = as_text(shown, width=width)
        assert max(map(len, written.splitlines())) <= width
        signs = Counter("".join(written.split()))  # as a word may be broken
        assert not Counter("".join(as_text(shown, width=1_000_000).split())) - signs


@pytest.mark.parametrize("name", [*SHOWN, *RECORDS])
def test_html_has_no_colours_but_the_bars_beside_verdicts_and_styles_nothing_but_print(name):
    found = read((SHOWN | RECORDS)[name])
    assert set(found.tags) <= TAGS
    assert {key for key, _ in found.attributes} <= ATTRIBUTES
    assert [style.startswith("@media print{.cfm ") for style in found.styles] == [True]
    styles = " ".join(value for key, value in found.attributes if key == "style" and value)
    assert set(re.findall(r"(?<!-)color:(\w+)|background:([\w-]+)", styles)) <= {
        ("inherit", ""),
        ("", "color-mix"),
    }
    assert set(re.findall(r"#[0-9a-f]{3,6}", styles)) <= set(BARS.values())
    assert not re.search(r"rgb\(|url\(|position|opacity", styles)


@pytest.mark.parametrize("name", SHOWN)
def test_a_verdict_is_never_said_by_its_looks_alone(name):
    badges = re.findall(r"<strong style=[^>]*>(.*?)</strong>", SHOWN[name]._repr_html_())
    for each in badges:
        sign, _, word = Reader(each).text.partition(" ")
        assert sign in SYMBOLS.values()
        assert word


def test_what_a_finding_rests_on_is_all_there():
    from ceasefire_model.display.findings import sources, stated

    shown = read(TODAY.finding).text
    for finding in TODAY.finding.walk():
        assert stated(finding) in shown
        assert all(line in shown for line in sources(finding))


def test_what_waits_comes_after_what_is_needed():
    shown = read(TODAY).text
    assert "waits for: no curfew first (stated, held by Belmora)" in shown
    assert shown.index("a vote is held") < shown.index("waits for: no curfew first")


# Conditions


@given(conditions() | histories())
def test_a_condition_shows_every_id_in_it(condition):
    found = read(condition)
    assert set(found.tags) <= TAGS
    for each in walk(condition):
        for name in ("id", "state", "act", "fact", "party", "of", "proposal", "provision"):
            assert visible(str(getattr(each, name, ""))) in found.text


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Holds("curfew"), "curfew holds"),
        (~Done("vote"), "not so: vote is done"),
        (~(Done("vote") & Done("count")), "not so: all 2 of these|vote is done|count is done"),
        (AtLeast("trucks", 1200), "trucks: at least 1,200"),
        (AtMost("trucks", Times(Decimal("0.5"), "arms")), "trucks: at most 0.5 times arms"),
        (Answered("who"), "who is answered"),
        (Accepts("A", "plan"), "A accepts plan"),
        (InForce("plan"), "plan is in force"),
        (Fulfilled("hush"), "hush is fulfilled"),
        (Fulfilled("hush", by="A"), "hush is fulfilled, as owed by A"),
        (SECURITY, "security: “security is assured”|if it means “patrols”, as B read it: patrols"),
        (AnyOf([Done("a"), Done("b")]), "one of these 2|a is done|b is done"),
        (AtLeastOf(1, [Done("a")]), "at least 1 of these 1|a is done"),
        (Ever(Done("a")), "at some time so far|a is done"),
        (By(Done("a"), Moment("2025-03")), "by March 2025|a is done"),
        (
            By(Done("a"), After(Done("b"), days(3))),
            "by 3 days after the event “b is done”|a is done|the event: b is done",
        ),
        (HeldFor(Holds("a"), days(1)), "for the last 1 day without a break|a holds"),
        (Throughout(Holds("a"), Moment("2025-03-01")), "always from 1 March 2025|a holds"),
        (
            Throughout(Holds("a"), Moment("2025-03-01"), Moment("2025-03-02")),
            "always from 1 March 2025 until 2 March 2025|a holds",
        ),
        (When(Done("a"), Holds("b")), "once one thing is so|once: a is done|then: b holds"),
    ],
)
def test_a_condition_reads_as_statements_about_ids(condition, expected):
    shown = read(condition).text
    places = [shown.index(part) for part in expected.split("|")]
    assert places == sorted(places)


# Proposals and scenarios


def test_a_proposal_shows_all_that_is_given():
    proposal = Proposal(
        id="new",
        title="The new plan",
        by=["M"],
        to=["A", "B"],
        tabled=Moment("2025-03-01"),
        starts=Moment("2025-03-05"),
        ends=After(InForce("new"), days(30)),
        guaranteed_by=["M"],
        claims=CeasefireClass.PRELIMINARY,
        is_public=True,
        previous="plan",
        prolongs="older",
        in_force="signed",
        reference="p. 9",
        provisions=[
            Provision(
                id="calm",
                text="it is calm",
                due=Moment("2025-03-09"),
                verified_by=["M"],
                verified_how="cameras",
                topics=["monitoring"],
                replaces="hush",
                reference="art. 1",
                starts=Moment("2025-03-06"),
                ends=After(Holds("peace"), days(0)),
                survives=True,
                duties=[
                    Duty(by=["A", "B"], requires=Holds("quiet")),
                    Duty(by=["A"], requires=Holds("still"), due=Moment("2025-03-10")),
                ],
            )
        ],
    )
    shown = read(proposal).text
    assert (
        "by M; to A, B; tabled 1 March 2025; starts 5 March 2025; "
        "ends 30 days after the event “new is in force”; guaranteed by M; "
        "says that it is a preliminary ceasefire; its text is public and all here; "
        "takes the place of plan; prolongs older; in force if signed holds; p. 9"
    ) in shown
    assert (
        "due 9 March 2025; starts 6 March 2025; ends with the event “peace holds”; "
        "outlives the text; verified by M; verified through cameras; settles monitoring; "
        "replaces hush; art. 1" in shown
    )
    assert "A, B: quiet holds" in shown
    assert "A, due 10 March 2025: still holds" in shown


def test_a_scenario_shows_every_record():
    shown = read(CASE).text
    for kind in ("parties", "territories", "facts", "sources", "statements", "preconditions"):
        assert all(each.id in shown for each in getattr(CASE, kind))
    assert f"{len(CASE.observations)} observations" in shown


def test_a_scenario_shows_what_is_supposed():
    shown = read(LATER).text
    assert "from 1 March 2025 on" in shown
    for item in (
        "curfew: no",
        "trucks: 12 trucks a day",
        "M on plan: accepts",
        "security is agreed to mean patrols",
        "dropped: quiet",
        "done at once: law",
    ):
        assert item in shown
    assert "Suppositions" not in read(SCENARIO).text


# Much, and hostile


def promises(count: int) -> Scenario:
    """Promises of which each is kept once the next is."""
    provisions = [
        Provision(id=f"p{n}", text=f"promise {n};", duties=[Duty(by=["A"], requires=needs)])
        for n, needs in enumerate([*(Fulfilled(f"p{n}") for n in range(1, count)), Done("vote")])
    ]
    proposal = Proposal(id="long", title="A long plan", to=["A"], provisions=provisions)
    return SCENARIO.with_proposals([proposal])


def test_a_chain_of_a_thousand_is_shown_whole_folded_and_no_deeper_than_a_browser_nests():
    finding = evaluate(promises(1000), Fulfilled("p0"), as_of=DAY)
    found = read(finding)
    assert all(f"promise {number};" in found.text for number in range(1000))
    assert found.depth < 512
    assert finding._repr_html_().count("<details open>") < 50


def test_a_demand_of_a_thousand_parts_is_shown_whole_and_folded():
    found = read(evaluate(SCENARIO, AllOf([Done("vote"), *[Holds("curfew")] * 999]), as_of=DAY))
    assert found.text.count("✓ met") == 999
    assert "and 975 more, 1,000 in all: 975 met" in found.text


TEXTS = {"text", "name", "title", "note", "reference", "speaker", "unit", "per", "verified_how"}


def hostile(value, write="{old}{words}", words=HOSTILE):
    """Put hostile words into every text of a record, and of all that is in it."""
    if isinstance(value, tuple):
        return tuple(hostile(each, write, words) for each in value)
    if not attrs.has(type(value)) or isinstance(value, Moment):
        return value
    kept = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    made = {
        name: write.format(old=old, words=words)
        if name in TEXTS and isinstance(old, str)
        else hostile(old, write, words)
        for name, old in kept.items()
        if name != "index"
    }
    return type(value)(**made)


RICH = (
    LATER.with_parties([Party(id="Z", name="Z", codes=[Code(HOSTILE, HOSTILE)])])
    .with_territories(
        [Territory(id="land", name="land"), Territory(id="in", name="in", within="land")]
    )
    .with_facts([Control(id="share", text="share", party="A", territory="land")])
    .with_observations(
        [
            Observation(
                fact="trucks",
                value=Range(1, 2),
                source="wire",
                since=DAY,
                until=Moment("2025-03-02"),
                reported=Moment("2025-03-03"),
                note="a note",
            )
        ]
    )
    .with_statements(
        [
            Statement(
                id="claim",
                speaker="An aide",
                date=DAY,
                about=About(fact="vote"),
                text="a claim",
                source="wire",
                kind=StatementKind.CLAIM,
            ),
            word("B", Stance.ACCEPTS_WITH_CONDITIONS),
        ]
    )
)
"""A scenario with a text in every field that takes one."""

EVIL = hostile(RICH)


def all_answers(evil, write="{old}{words}", words=HOSTILE):
    """Return an answer of each kind about a scenario, news and reports apart, by name."""
    changed = suppose(evil, {"vote": True, "patrols": False}, since=DAY)
    circle = ring(*[but("x", Done("vote"), Holds("calm")).timing] * 2)
    clash = held(AtMost("troops", 600), AtLeast("troops", 800))
    moves = Done("vote") & AtLeast("trucks", 30)
    return {
        "scenario": evil,
        "proposal": evil.proposals[0],
        "condition": evil.index.vague["security"],
        "assessment": assess(evil, "plan", as_of="2025-03-02"),
        "party": assess(evil, "plan", as_of="2025-03-02")["A"],
        "provision": assess(evil, "plan", as_of="2025-03-02").provision("hush"),
        "finding": evaluate(evil, "plan", as_of="2025-03-02"),
        "timeline": timeline(evil, evil.index.vague["security"], start=DAY, end="2025-03-09"),
        "comparison": compare(
            assess(evil, "plan", as_of=DAY), assess(changed, "plan", as_of="2025-03-05")
        ),
        "packages": packages(evil, moves, as_of=DAY),
        "completeness": completeness(evil, "plan"),
        "steps": sequence(evil, moves, as_of=DAY),
        "deadlocks": deadlocks(hostile(circle, write, words), as_of=START),
        "contradictions": contradictions(hostile(clash, write, words), as_of=START),
        "likelihood": likelihood(evil, Done("vote"), {"vote": 0.5}, as_of=DAY),
        "importances": importance(evil, Done("vote"), {"vote": 0.5}, as_of=DAY),
    }


EVIL_SHOWN = all_answers(EVIL)


def test_completeness_counts_and_lists_every_item_once():
    found = read(completeness(CASE))
    assert "required 5 0 6" in " ".join(" ".join(found.runs).split())
    for each in completeness(CASE):
        assert found.text.count(f"({each.item.id})") == (each.severity is not Severity.NOT_ASKED)
    assert "Who is bound (PAR-01)" in found.text
    assert completeness(CASE)._repr_html_().count("<details open") == 4


@pytest.mark.parametrize("name", EVIL_SHOWN)
def test_hostile_texts_show_as_texts_and_do_nothing(name):
    found = read(EVIL_SHOWN[name])
    assert set(found.tags) <= TAGS
    assert {key for key, _ in found.attributes} <= ATTRIBUTES
    assert visible(HOSTILE).strip() in found.text
    assert all(run in {"$", "\\"} or not {"$", "\\"} & set(run) for run in found.runs)


# Modules


def test_a_condition_is_shown_without_loading_what_judges():
    program = (
        "import sys, ceasefire_model as cm; before = set(sys.modules); "
        "cm.Holds('a')._repr_html_(); print(any('.rules' in m for m in sys.modules), "
        "any('.display' in m for m in before))"
    )
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]
