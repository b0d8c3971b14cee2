"""Pictures: what they say is what the result holds, and everybody can read it."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    AnyOf,
    AtLeast,
    By,
    Done,
    Duty,
    Fulfilled,
    Holds,
    InForce,
    MissingExtraError,
    ModelError,
    Moment,
    Not,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Scenario,
    ScenarioError,
    Source,
    Stance,
    State,
    Statement,
    Timing,
    Trust,
    UnknownIdError,
    Verdict,
    assess,
    deadlocks,
    evaluate,
    importance,
    load_case,
    packages,
    timeline,
)
from ceasefire_model.analyses.reachability import things_in
from ceasefire_model.conditions import Observed
from ceasefire_model.display import plots
from ceasefire_model.display.colours import FILLS, label
from ceasefire_model.display.plots.sheets import LINE, clean, fitted, gid, height_of, width_of
from ceasefire_model.display.words import SYMBOLS
from ceasefire_model.strategies import instants, scenarios
from tests.analyses.test_deadlocks import ring
from tests.analyses.test_reachability import DAY, OPEN, PLAN, but, situation, small_scenarios, word
from tests.examples import at_most
from tests.rules.test_assessment import SCENARIO, TODAY

CASE = load_case("us-30-day-2025")
CASE_DAY = "2025-03-13"

LONG = (
    "the observers of the valley are let through to every crossing of the northern line, by day "
    "and by night, and nobody asks them for papers, {}"
)
HOSTILE = [
    "<script>alert(1)</script> {}",
    "</details></svg><img src=x onerror=alert(1)> {}",
    '"><g id="verdict:0:met"/> {}',
    r"$$\frac{1}{2}$$ and $x_{}$",
    "a\u202e turned \x00\x1b\u2066 text {}",
    "&amp; &lt; ]]> <![CDATA[ {}",
    "x" * 10_000 + "{}",
    "word " * 2_000 + "{}",
    "שלום \u200f مرحبا {}",
]


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


@cache
def crowd(count: int, texts=(LONG,)) -> Scenario:
    """A plan with so many provisions and preconditions, and texts of one kind everywhere."""
    numbers = range(count)
    wire = {"source": "wire"}

    def said(number: int) -> str:
        return texts[number % len(texts)].replace("{}", str(number))

    return Scenario(
        title=said(0),
        parties=[Party(id="A", name=said(1)), Party(id="B", name=said(2))],
        sources=[Source(id="wire", name=said(3))],
        facts=[State(id=f"f{n}", text=said(n), by=["AB"[n % 2]]) for n in numbers],
        observations=[
            Observation(
                fact=f"f{n}",
                value=n % 4 == 0 and n > 8,
                since=Moment(f"2025-0{1 + n % 6}-10"),
                **wire,
            )
            for n in numbers
            if n % 5
        ],
        proposals=[
            Proposal(
                id="plan",
                title=said(4),
                to=["A", "B"],
                provisions=[
                    Provision(
                        id=f"p{n}",
                        text=said(n),
                        due=Moment(f"2025-05-{1 + n % 28:02d}"),
                        duties=[Duty(by=["A"], requires=Holds(f"f{n}"))],
                    )
                    for n in numbers
                ],
            )
        ],
        statements=[
            Statement(
                id=name,
                speaker=said(5),
                party=name,
                date=Moment("2025-01-02"),
                about=About(proposal="plan"),
                text=said(6),
                stance=Stance.ACCEPTS_WITH_CONDITIONS,
                **wire,
            )
            for name in "AB"
        ],
        preconditions=[
            Precondition(
                id=f"c{n}",
                held_by="AB"[n % 2],
                of=Accepts("AB"[n % 2], "plan"),
                needs=Holds(f"f{n}"),
                text=said(n),
            )
            for n in numbers
        ]
        + [
            Precondition(
                id="g0", held_by="A", of=Holds("f0"), needs=Accepts("A", "plan"), text=said(7)
            ),
        ],
    )


LAST = "2025-06-20"


@cache
def assessed(scenario):
    return assess(scenario, as_of=LAST)


def draw_tree(scenario, ax=None):
    return plots.condition_tree(assessed(scenario).finding, ax=ax)


def draw_demands(scenario, ax=None):
    return plots.demands(assessed(scenario), ax=ax)


def draw_dependencies(scenario, ax=None):
    locks = deadlocks(scenario, as_of=LAST)
    return plots.dependencies(assessed(scenario), locks, ax=ax)


def draw_timelines(scenario, ax=None):
    provisions = scenario.proposals[0].provisions
    return plots.timelines(scenario, provisions, start="2025-01-01", end=LAST, ax=ax)


def every_fact(scenario):
    return AllOf([Holds(fact.id) for fact in scenario.facts])


def draw_packages(scenario, ax=None):
    found = packages(scenario, every_fact(scenario), as_of=LAST, limit=3)
    return plots.packages(found, ax=ax)


def draw_importance(scenario, ax=None):
    beliefs = {fact.id: 0.5 for fact in scenario.facts}
    target = AllOf([~Holds(fact) if fact == "f1" else Holds(fact) for fact in list(beliefs)[:9]])
    return plots.importance(importance(scenario, target, beliefs, as_of=LAST), ax=ax)


PICTURES = [
    draw_tree,
    draw_demands,
    draw_dependencies,
    draw_timelines,
    draw_packages,
    draw_importance,
]


def ids(ax, kind: str) -> list[tuple[str, ...]]:
    """What the parts of one kind are called, in the order in which they were drawn."""
    names = [str(each.get_gid()) for each in ax.figure.findobj(lambda each: each.get_gid())]
    return [tuple(name.split(":")[1:]) for name in names if name.split(":")[0] == kind]


def shown(ax) -> list[Text]:
    """The texts that are seen."""
    return [each for each in ax.figure.findobj(Text) if each.get_visible() and each.get_text()]


def text_of(ax, name: str) -> str:
    """The text of one part, on one line."""
    (found,) = (each for each in shown(ax) if each.get_gid() == name)
    return " ".join(found.get_text().split())


def groups(svg: str) -> dict[str, str]:
    """By its id, the texts in each part of an SVG."""
    return {
        each.get("id", ""): " ".join("".join(each.itertext()).split())
        for each in ET.fromstring(svg).iter()  # noqa: S314 - our own
        if each.get("id")
    }


# What holds of every picture


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("draw", PICTURES)
def test_no_two_texts_overlap_and_none_is_cut_off(draw, count):
    assert_readable(draw(crowd(count)), inside=True)


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("size", [(16, 9), (10, 30)])
def test_no_two_texts_overlap_on_axes_that_are_given(draw, size):
    _, axes = plt.subplots(1, 2, figsize=size)
    assert draw(crowd(40), ax=axes[1]) is axes[1]
    assert_readable(axes[1], inside=False)


def assert_readable(ax, *, inside: bool) -> None:
    ax.figure.draw_without_rendering()
    boxes = [(each.get_text(), *each.get_window_extent().extents) for each in shown(ax)]
    for (one, left, low, right, high), (other, x0, y0, x1, y1) in combinations(boxes, 2):
        apart = right <= x0 + 1 or x1 <= left + 1 or high <= y0 + 1 or y1 <= low + 1
        assert apart, (one, other)
    width, height = ax.figure.bbox.size
    for text, left, low, right, high in boxes if inside else ():
        assert left >= -1, text
        assert right <= width + 1, text
        assert low >= -1, text
        assert high <= height + 1, text


@pytest.mark.parametrize("draw", PICTURES)
def test_a_hostile_text_is_a_text(draw):
    svg = plots.to_svg(draw(crowd(len(HOSTILE), tuple(HOSTILE))))
    root = ET.fromstring(svg)  # noqa: S314 - our own
    names = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert not names & {"script", "img", "details", "image", "foreignObject"}
    written = "".join(root.itertext())
    beginnings = [clean(text).split()[0][:10] for text in HOSTILE]
    assert [each for each in beginnings if each not in written] == []
    assert "[U+202E]" in written
    assert not set(written) & set("\x00\x1b\u202e\u2066")
    assert "verdict:0:met" not in {each.get("id") for each in root.iter()}
    assert len(svg) < 300_000


@pytest.mark.parametrize("draw", PICTURES)
def test_no_text_is_read_as_mathematics(draw):
    ax = draw(crowd(3, (r"$$\undefined{} $x^2$",)))
    ours = [each for each in shown(ax) if "undefined" in each.get_text()]
    assert ours
    assert not any(each.get_parse_math() or each.get_usetex() for each in ours)


@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_is_the_same_every_time(draw):
    first = plots.to_svg(draw(crowd(4)))
    assert first == plots.to_svg(draw(crowd(4)))
    assert "<dc:date>" not in first


@pytest.mark.parametrize("draw", PICTURES)
def test_what_the_parts_are_called_stands_in_the_svg(draw):
    ax = draw(crowd(4))
    names = {each.get_gid() for each in ax.figure.findobj(lambda each: each.get_gid())}
    assert names
    assert names <= groups(plots.to_svg(ax)).keys()


@pytest.mark.parametrize("draw", PICTURES)
def test_texts_have_the_colour_of_the_style(draw):
    with plt.style.context("dark_background"):
        ax = draw(crowd(2))
    written = {each.get_text(): each.get_color() for each in shown(ax)}
    assert any(color == "white" for said, color in written.items() if "observers" in said)
    assert "black" not in {color for said, color in written.items() if "observers" in said}


def test_larger_letters_make_a_larger_figure():
    with mpl.rc_context({"font.size": 10}):
        small = draw_demands(crowd(3)).figure.get_size_inches()
    with mpl.rc_context({"font.size": 20}):
        large = draw_demands(crowd(3)).figure.get_size_inches()
    assert list(large) == pytest.approx([2 * side for side in small], rel=0.05)


def test_the_title_of_a_picture_is_that_of_its_svg():
    svg = plots.to_svg(plots.demands(TODAY).figure)
    title = ET.fromstring(svg)[0]  # noqa: S314 - our own
    assert title.text == "The plan: who demands what, as of 2 March 2025"
    plain_axes = plt.figure().add_subplot()
    assert ET.fromstring(plots.to_svg(plain_axes))[0].tag.endswith("metadata")  # noqa: S314


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    name = "ceasefire_model.display.plots"
    monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError) as caught:
        importlib.import_module(name)
    assert caught.value.extra == "notebook"


# Texts


@pytest.mark.filterwarnings("ignore:Glyph")  # the font of a test has not every letter
@settings(deadline=None)
@given(st.text(max_size=200), st.floats(1.5, 40), st.integers(1, 4))
def test_a_text_is_fitted_into_its_lines(text, width, most):
    lines = fitted(text, width, most).split("\n")
    assert len(lines) <= most
    assert all(width_of(line) <= width for line in lines if len(line) > 1)


@settings(deadline=None)
@given(st.text(st.sampled_from("abc def"), max_size=60))
def test_a_text_that_has_room_loses_nothing(text):
    assert " ".join(fitted(text, 30, 4).split()) == " ".join(text.split())


@settings(deadline=None)
@given(st.text(st.sampled_from("abc def"), min_size=60, max_size=200))
def test_a_text_that_is_cut_says_so(text):
    written = fitted(text, 8, 2)
    whole = "".join(text.split())
    kept = "".join(written.split())
    assert kept == whole or (kept.endswith("…") and whole.startswith(kept[:-1]))


def test_a_text_is_as_high_as_its_lines():
    assert height_of("a\nb") == 2 * LINE


def test_an_id_has_no_space():
    assert gid("a", "b c", 1) == "a:bc:1"


# The tree


@settings(max_examples=at_most(25), deadline=None)
@given(scenarios(), instants())
def test_the_tree_has_each_node_of_a_finding(scenario, when):
    for each in scenario.proposals:
        finding = evaluate(scenario, InForce(each.id), as_of=when)
        ax = plots.condition_tree(finding, rows=1000)
        written = {(address, verdict) for _, address, verdict in ids(ax, "node")}
        below = {
            part.address
            for node in finding.walk()
            if isinstance(node.condition, Not) and isinstance(node.condition.part, Observed)
            for part in node.parts
        }
        assert written == {
            ("".join(node.address.split()), node.verdict.value)
            for node in finding.walk()
            if node.address not in below
        }
        plt.close("all")


class TestTree:
    def test_a_node_has_its_verdict_and_its_words(self):
        ax = plots.condition_tree(TODAY.finding)
        place = next(place for place, address, _ in ids(ax, "node") if address.endswith("watched"))
        assert text_of(ax, f"text:{place}") == "answered: who watches?"
        drawn = groups(plots.to_svg(ax))
        assert f"node:{place}:accepts(A,plan)/watched:unmet" in drawn

    def test_what_is_below_the_last_row_is_counted(self):
        finding = evaluate(crowd(40), InForce("plan"), as_of=LAST)
        ax = plots.condition_tree(finding, rows=30)
        assert len(ids(ax, "node")) <= 30
        assert "(and 20 more below)" in " ".join(each.get_text() for each in shown(ax))

    def test_of_too_many_parts_the_first_are_shown(self):
        finding = evaluate(crowd(40), every_fact(crowd(40)), as_of=LAST)
        ax = plots.condition_tree(finding, rows=10)
        assert len(ids(ax, "node")) == 10
        assert text_of(ax, "text:0") == "all 40 of these (and 31 more below)"

    def test_one_row_is_the_root(self):
        ax = plots.condition_tree(TODAY.finding, rows=1)
        assert [place for place, *_ in ids(ax, "node")] == ["0"]

    @pytest.mark.parametrize("rows", [0, -1])
    def test_no_row_is_refused(self, rows):
        with pytest.raises(ModelError, match=f"rows must be 1 or more, got {rows}"):
            plots.condition_tree(TODAY.finding, rows=rows)

    def test_what_is_referred_to_twice_is_opened_once(self):
        twice = AllOf([InForce("plan"), AnyOf([InForce("plan"), Holds("curfew")])])
        ax = plots.condition_tree(evaluate(SCENARIO, twice, as_of="2025-03-02"), rows=100)
        said = [each.get_text() for each in shown(ax)]
        assert sum(each.startswith("in force: The plan") for each in said) == 2
        assert sum(each.endswith("(see above)") for each in said) == 1


# Who demands what


def verdicts_held(assessment):
    """What the picture of an assessment has to say."""
    yield from ((each.party.id, each.verdict.value) for each in assessment.parties)
    for party in assessment.parties:
        yield from ((need.precondition.id, need.verdict.value) for need in party.preconditions)
    yield from ((gate.precondition.id, gate.finding.verdict.value) for gate in assessment.gates)


@settings(max_examples=at_most(25), deadline=None)
@given(scenarios(), instants())
def test_the_demands_are_those_of_the_assessment(scenario, when):
    for each in scenario.proposals:
        found = assess(scenario, each.id, as_of=when)
        ax = plots.demands(found)
        assert sorted(ids(ax, "accepts") + ids(ax, "demand")) == sorted(verdicts_held(found))
        cells = [(patch.get_x(), patch.get_y()) for patch in ax.patches]
        assert len(set(cells)) == len(cells)
        plt.close("all")


class TestDemands:
    def test_a_column_has_the_name_of_its_party(self):
        ax = plots.demands(TODAY)
        heads = [text_of(ax, f"head:{n}") for n in range(5)]
        assert heads == ["Arvenia", "the League", "Belmora", "a neighbour", "no party"]

    def test_a_cell_stands_under_who_demands_it_and_beside_what(self):
        ax = plots.demands(TODAY)
        svg = plots.to_svg(ax)
        rows = {text_of(ax, f"row:{n}"): n for n in range(8)}
        assert "before “a vote is held”: no curfew first" in rows
        cell = next(p for p in ax.patches if p.get_gid() == "demand:law:unmet")
        head = next(t for t in shown(ax) if t.get_gid() == "head:2")
        assert cell.get_x() < head.get_position()[0] < cell.get_x() + cell.get_width()
        place = rows["before “a vote is held”: no curfew first"]
        row = next(t for t in shown(ax) if t.get_gid() == f"row:{place}")
        assert cell.get_y() < row.get_position()[1] < cell.get_y() + cell.get_height()
        assert groups(svg)[f"row:{place}"] == "before “a vote is held”: no curfew first"

    def test_what_two_parties_demand_alike_is_one_row(self):
        gates = [
            but(f"c{name}{n}", Accepts(name, PLAN), Holds("calm"), by=name)
            for name in "AB"
            for n in range(2)
        ]
        said = [word(name, Stance.ACCEPTS_WITH_CONDITIONS) for name in "AB"]
        ax = plots.demands(assess(situation(gates, said), as_of=DAY))
        assert len(ids(ax, "demand")) == 4
        assert {name for name in ("row:0", "row:1", "row:2", "row:3") if has(ax, name)} == {
            "row:0",
            "row:1",
            "row:2",
        }

    def test_a_verdict_is_written_as_sign_and_word(self):
        said = {each.get_text() for each in shown(plots.demands(TODAY))}
        assert {label(Verdict.UNMET), label(Verdict.UNCLEAR), label(Verdict.DISPUTED)} <= said

    def test_where_nobody_is_asked_it_says_so(self):
        ax = plots.demands(assess(SCENARIO, "past", as_of=DAY))
        assert text_of(ax, "note:0") == "Nobody is asked, and nobody demands anything."


def has(ax, name: str) -> bool:
    return any(each.get_gid() == name for each in shown(ax))


# Verdicts over time


@settings(max_examples=at_most(25), deadline=None)
@given(scenarios())
def test_the_stretches_are_those_of_the_timelines(scenario):
    span = {"start": "2024-01-01", "end": "2025-12-31"}
    ax = plots.timelines(scenario, **span)
    asked = {each.id: each.needs for each in scenario.preconditions}
    for proposal in scenario.proposals:
        asked |= {each.id: Fulfilled(each.id) for each in proposal.provisions if each.duties}
    assert sorted(ids(ax, "span")) == sorted(
        (name, str(number), found.verdict.value)
        for name, condition in asked.items()
        for number, found in enumerate(timeline(scenario, condition, **span).spans)
    )
    plt.close("all")


class TestTimelines:
    def draw(self, *rows, scenario=SCENARIO, **more):
        more = {"start": "2025-02-01", "end": "2025-05-01", **more}
        return plots.timelines(scenario, rows or None, **more)

    def test_a_row_is_asked_for_by_its_id_its_record_or_a_condition(self):
        span = {"start": "2025-02-01", "end": "2025-05-01"}
        names = ["quiet", "hush", "vote", "plan", "A:plan"]
        records = [*(SCENARIO[name] for name in names[:4]), Accepts("A", "plan")]
        assert self.words(names, **span) == self.words(records, **span)
        assert len(self.words(names, **span)) == len(names)
        assert self.words("vote", **span) == ["a vote is held"]
        with pytest.raises(UnknownIdError, match="did you mean 'vote'"):
            plots.timelines(SCENARIO, ["vot"], **span)

    def words(self, rows, **span):
        drawn = plots.timelines(SCENARIO, rows, **span)
        return [" ".join(each.get_text().split()) for each in drawn.get_yticklabels()]

    def test_a_row_has_the_words_of_who_demands_it(self):
        ax = self.draw()
        labels = [" ".join(each.get_text().split()) for each in ax.get_yticklabels()]
        assert labels[:2] == ["Arvenia: the need vote-first", "Arvenia: the need quiet"]
        assert labels[6:8] == ["it lasts while there is no plan", "a curfew ends"]

    def test_a_condition_is_a_row_too(self):
        ax = self.draw(Holds("curfew"), Accepts("A", "plan"))
        labels = [each.get_text() for each in ax.get_yticklabels()]
        assert labels == ["a curfew is in force", "Arvenia accepts The plan"]
        assert ("0", "1", "met") in ids(ax, "span")

    def test_rows_have_the_labels_that_they_are_given(self):
        ax = self.draw_labelled({"the curfew": Holds("curfew"), "A": Accepts("A", "plan")})
        assert [each.get_text() for each in ax.get_yticklabels()] == ["the curfew", "A"]

    def draw_labelled(self, rows):
        return plots.timelines(SCENARIO, rows, start="2025-02-01", end="2025-05-01", title="Both")

    def test_what_lasted_a_day_of_years_is_still_seen(self):
        day = [
            Observation(fact="curfew", value=value, source="wire", since=Moment(since))
            for value, since in ((True, "2015-03-01"), (False, "2020-06-01"), (True, "2020-06-02"))
        ]
        ax = self.draw(
            Holds("curfew"), scenario=evolve(SCENARIO, observations=day), start="2015-03-01"
        )
        (short,) = (p for p in ax.patches if p.get_gid() == "span:0:1:unmet")
        assert short.get_path().get_extents().width > 10  # days, so a quarter of a letter

    def test_a_clause_has_brackets_and_is_thin_outside_its_term(self):
        aceh = load_case("aceh-mou-2005")
        clause = aceh.provision("monitoring")
        ax = self.draw(clause, scenario=aceh, start="2006-10-01", end="2006-12-31")
        assert ids(ax, "ends") == [("monitoring", "2006-12-15T1700")]
        (whole,) = (p for p in ax.patches if str(p.get_gid()).startswith("span:monitoring:"))
        heights = {round(y, 2) for y in whole.get_path().vertices[:, 1]}
        assert heights == {-0.36, 0.14, -0.19, -0.03}  # half a row, and then a sixth

    def test_a_stretch_is_as_long_as_the_time(self):
        ax = self.draw(Holds("curfew"))
        (before,) = (p for p in ax.patches if p.get_gid() == "span:0:0:unknown")
        (after,) = (p for p in ax.patches if p.get_gid() == "span:0:1:met")
        before, after = (each.get_path().get_extents() for each in (before, after))
        assert before.width == 28  # the days of February
        assert (before.x0, after.x1) == ax.get_xlim()

    def test_a_tick_stands_where_a_word_begins_to_hold(self):
        ax = self.draw(Holds("curfew"), Accepts("A", "plan"))
        assert ids(ax, "report") == [("0", "2025-03-01T0000"), ("1", "2025-03-01T0000")]
        (tick,) = (each for each in ax.lines if each.get_gid() == "report:0:2025-03-01T0000")
        assert tick.get_xdata()[0] - ax.get_xlim()[0] == 28

    def test_a_word_of_an_imprecise_date_is_a_line(self):
        seen = Observation(
            fact="curfew", value=True, source="radio", since=Moment("2025-03-05/2025-03-08")
        )
        ax = self.draw(Holds("curfew"), scenario=SCENARIO.with_observations([seen]))
        (tick,) = (each for each in ax.lines if each.get_gid() == "report:0:2025-03-08T0000")
        assert list(tick.get_xdata() - ax.get_xlim()[0]) == [32, 35]

    def test_only_what_is_heard_and_lies_within_is_a_tick(self):
        assert ids(self.draw(Holds("curfew"), start="2025-03-02"), "report") == []
        assert ids(self.draw(Holds("curfew"), end="2025-02-15"), "report") == []
        assert ids(self.draw(Holds("curfew"), trust=Trust(without=["wire"])), "report") == []
        assert ids(self.draw(Holds("curfew"), known_by="2025-06-01"), "report") != []

    def test_of_a_done_act_only_the_day_is_a_tick(self):
        done = Observation(fact="vote", value=True, source="radio", since=Moment("2025-03-05"))
        ax = self.draw(Done("vote"), scenario=SCENARIO.with_observations([done]))
        assert ids(ax, "report") == [("0", "2025-03-01T0000"), ("0", "2025-03-05T0000")]

    def test_a_deadline_is_marked(self):
        hush = SCENARIO.provision("hush")
        ax = self.draw(hush, By(Done("vote"), Moment("2025-04-10")))
        assert ids(ax, "deadline") == [("hush", "2025-04-02T0000"), ("1", "2025-04-11T0000")]
        (mark,) = (e for e in ax.lines if e.get_gid() == "deadline:hush:2025-04-02T0000")
        assert mark.get_xdata()[0] - ax.get_xlim()[0] == 60
        assert "deadline" in {each.get_text() for each in ax.get_legend().get_texts()}
        assert ids(self.draw(hush, end="2025-03-05"), "deadline") == []

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            ("2025-02-01", "2025-05-01", label(Verdict.MET)),
            ("2024-01-01", "2025-03-20", SYMBOLS[Verdict.MET]),
            ("2020-01-01", "2025-03-02", None),
        ],
    )
    def test_a_stretch_too_short_for_a_word_has_a_sign_or_nothing(self, start, end, said):
        written = [
            each.get_text() for each in self.draw(Holds("curfew"), start=start, end=end).texts
        ]
        assert written == [label(Verdict.UNKNOWN), *([said] if said else [])]

    def test_where_nothing_is_asked_it_says_so(self):
        ax = plots.timelines(ring(), start="2025-01-01", end="2025-02-01")
        assert text_of(ax, "note:0") == "Nothing is asked."

    def test_what_the_scenario_does_not_have_is_refused(self):
        with pytest.raises(ScenarioError, match="no state 'x'"):
            self.draw(Holds("x"))


# What waits for what


@settings(max_examples=at_most(25), deadline=None)
@given(small_scenarios())
def test_the_arrows_are_the_preconditions_and_the_steps_those_of_the_deadlocks(scenario):
    found = assess(scenario, as_of=DAY)
    locks = deadlocks(scenario, as_of=DAY)
    ax = plots.dependencies(found, locks)
    drawn = {name for _, _, names in ids(ax, "waits") for name in names.split("+")}
    held = {need.precondition for party in found.parties for need in party.preconditions}
    held |= {gate.precondition for gate in found.gates}
    held |= {each for lock in locks for each in lock.preconditions}
    assert drawn == {each.id for each in held if [*things_in(each.needs)]}
    steps = {(a, b) for _, a, b in ids(ax, "step")}
    assert bool(steps) == bool(len(locks))
    assert {b for _, b in steps} <= {a for a, _ in steps}  # it goes on from wherever it comes to
    plt.close("all")


def edge_heads(ax):
    """How many corners the heads of the arrows have: a triangle, a rhombus, or many."""
    heads = [p for p in ax.patches if isinstance(p, PathPatch) and not p.get_gid()]
    return sorted(len(each.get_path().vertices) - 1 for each in heads)


@pytest.mark.parametrize(
    ("timing", "corners", "said"),
    [
        (Timing.BEFORE, 3, None),
        (Timing.TOGETHER, 4, "at the same time"),
        (Timing.WHILE, 25, "must last as long"),
    ],
)
def test_the_head_of_an_arrow_says_how_two_things_stand_in_time(timing, corners, said):
    changed = [
        evolve(each, timing=timing) if each.id == "law" else each for each in SCENARIO.preconditions
    ]
    ax = plots.dependencies(assess(evolve(SCENARIO, preconditions=changed), "plan", as_of=DAY))
    assert edge_heads(ax).count(corners) >= 1
    assert (corners == 3) or edge_heads(ax).count(corners) == 1
    written = {text.get_text() for text in ax.get_legend().get_texts()}
    assert {"at the same time", "must last as long"} & written == ({said} if said else set())


class TestDependencies:
    def test_a_thing_has_its_verdict_and_its_words(self):
        ax = plots.dependencies(assess(CASE, as_of=CASE_DAY))
        things = dict(ids(ax, "thing"))
        verdicts = dict(ids(ax, "verdict"))
        (russia,) = (
            number for number, address in things.items() if address == "accepts(RU,us-30-day)"
        )
        assert verdicts[russia] == "unmet"
        assert text_of(ax, f"text:{russia}") == "Russia accepts"
        assert not [each.get_text() for each in shown(ax) if each.get_text().endswith("…")]

    def test_the_circle_of_a_deadlock_is_numbered_and_listed(self):
        locks = deadlocks(CASE, as_of=CASE_DAY)
        ax = plots.dependencies(assess(CASE, as_of=CASE_DAY), locks)
        steps = [(a, b) for _, a, b in ids(ax, "step")]
        assert len(steps) == len(locks[0].waits)
        assert [b for _, b in steps] == [a for a, _ in [*steps[1:], steps[0]]]
        waits = {(a, b): name for a, b, name in ids(ax, "waits")}
        assert [waits.get(step) for step in steps] == [
            None if wait.precondition is None else wait.precondition.id for wait in locks[0].waits
        ]
        assert text_of(ax, "note:1").startswith(
            "2 a presidential election is held in Ukraine – waits"
        )
        assert "held by Ukraine" in text_of(ax, "note:1")
        assert text_of(ax, "note:3").endswith(
            "is made of: Russia accepts U.S. 30-day ceasefire proposal"
        )
        thick = {
            each.get_gid()
            for each in ax.patches
            if str(each.get_gid()).startswith(("waits", "made")) and each.get_linewidth() > 1.5
        }
        assert len(thick) == len(steps)

    def test_an_arrow_leads_from_what_waits_to_what_it_waits_for(self):
        ax = plots.dependencies(assess(CASE, as_of=CASE_DAY))
        boxes = {
            each.get_gid().split(":")[1]: each
            for each in ax.patches
            if "thing:" in str(each.get_gid())
        }
        for each in ax.patches:
            if str(each.get_gid()).startswith(("waits:", "made:")):
                _, start, end, *_ = each.get_gid().split(":")
                vertices = each.get_path().vertices
                assert touches(boxes[start], vertices[0], 0.01)
                assert touches(boxes[end], vertices[-1], 1)

    @pytest.mark.parametrize(("scenario", "day"), [(ring(), DAY), (CASE, "2025-03-14")])
    def test_deadlocks_of_another_scenario_or_day_are_refused(self, scenario, day):
        with pytest.raises(ModelError, match="only deadlocks of the scenario and the instant"):
            plots.dependencies(assess(CASE, as_of=CASE_DAY), deadlocks(scenario, as_of=day))

    def test_without_deadlocks_nothing_is_marked(self):
        ax = plots.dependencies(assess(CASE, as_of=CASE_DAY))
        assert ids(ax, "step") == []
        assert "step of a deadlock" not in {each.get_text() for each in shown(ax)}

    def test_what_waits_for_itself_is_a_loop(self):
        some, more = AtLeast("trucks", 5), AtLeast("trucks", 10)
        scenario = situation([but("g", some, more), but("h", Accepts("A", PLAN), more)])
        ax = plots.dependencies(assess(scenario, as_of=DAY), deadlocks(scenario, as_of=DAY))
        assert any(start == end for _, start, end in ids(ax, "step"))

    def test_what_waits_for_the_contrary_of_several_things_waits_for_the_contrary_of_each(self):
        gates = [but("g", Done("vote"), ~(Holds("calm") | Holds("curfew")))]
        gates.append(but("h", Accepts("A", PLAN), Done("vote")))
        ax = plots.dependencies(assess(situation(gates), as_of=DAY))
        ends = [end for _, end, name in ids(ax, "waits") if name == "g"]
        said = {text_of(ax, f"text:{end}") for end in ends}
        assert said == {"not so: it is calm", "not so: a curfew is in force"}

    def test_two_who_hold_the_same_share_an_arrow(self):
        gates = [but(f"g{name}", Done("vote"), Holds("calm"), by=name) for name in "AB"]
        gates.append(but("h", Accepts("A", PLAN), Done("vote")))
        ax = plots.dependencies(assess(situation(gates), as_of=DAY))
        assert "gA+gB" in {name for *_, name in ids(ax, "waits")}

    def test_the_numbers_of_many_steps_do_not_overlap(self):
        scenario = situation(
            [
                but(f"g{n}{m}", Done(f"a{n}"), Done(f"a{m}"))
                for n in range(4)
                for m in range(4)
                if n != m
            ],
            facts=[Act(id=f"a{n}", text=f"act {n}") for n in range(4)],
            reported={},
            proposals=[Proposal(id=PLAN, title="the plan", to=["A"])],
        )
        locks = deadlocks(scenario, as_of=DAY)
        ax = plots.dependencies(assess(scenario, as_of=DAY), locks)
        assert len(ids(ax, "step")) == 12
        assert len(ids(ax, "waits")) == 12


def touches(box, point, slack: float) -> bool:
    x, y = point
    sides = box.get_x(), box.get_x() + box.get_width()
    is_level = box.get_y() <= y <= box.get_y() + box.get_height()
    return is_level and min(abs(x - side) for side in sides) <= slack


# Packages


class TestPackages:
    def draw(self, target, scenario=None, **more):
        scenario = scenario or situation()
        found = packages(scenario, target, as_of=DAY, **more)
        return plots.packages(found), found

    def test_a_dot_stands_for_a_change_of_a_package(self):
        ax, found = self.draw(Done("vote") | (Holds("calm") & ~Holds("curfew")))
        assert sorted(ids(ax, "change")) == sorted(
            (str(column), str(row))
            for column, package in enumerate(found)
            for row, said in enumerate(rows(ax))
            if any(said in change for change in lines(package))
        )
        assert [text_of(ax, f"head:{n}") for n in range(2)] == ["1 1 change", "2 2 changes"]
        assert rows(ax)[0] == "Party A: a vote is held"

    def test_what_nobody_must_do_has_no_name_before_it(self):
        ax, _ = self.draw(Holds("calm"))
        assert rows(ax) == ["it is calm"]

    def test_a_package_may_have_to_wait(self):
        plan = Proposal(id=PLAN, title="the plan", starts=Moment("2025-04-01"))
        ax, _ = self.draw(InForce(PLAN), situation(proposals=[plan]))
        assert rows(ax) == ["wait until 1 April 2025"]

    def test_where_nothing_has_to_change_it_says_so(self):
        ax, _ = self.draw(Holds("curfew"))
        assert rows(ax) == ["nothing has to change"]
        assert ids(ax, "change") == []

    def test_where_there_is_none_it_says_what_is_in_the_way(self):
        ax, _ = self.draw(Done("vote"), fixed=["vote"])
        assert text_of(ax, "note:0") == "No package was found."
        assert text_of(ax, "note:1") == "In the way: a vote is held (held fixed)"

    def test_a_demand_without_a_meaning_is_named(self):
        ax, _ = self.draw(OPEN)
        notes = [each.get_text() for each in shown(ax)]
        assert any(
            "No meaning has been named of “dignity is kept”" in " ".join(each.split())
            for each in notes
        )

    def test_a_demand_without_a_meaning_is_named_beside_packages_too(self):
        ax, _ = self.draw(Done("vote") | OPEN)
        notes = " ".join(" ".join(each.get_text().split()) for each in shown(ax))
        assert "No meaning has been named of “dignity is kept”" in notes

    def test_a_limit_is_said(self):
        ax, _ = self.draw(Done("vote") | Holds("calm"), limit=1)
        assert "there may be more" in ax.get_title(loc="left").replace("\n", " ")


def lines(package):
    return [" ".join(line.split()) for line in str(package).split("\n- ")]


def rows(ax) -> list[str]:
    found = [str(each.get_gid()) for each in shown(ax) if str(each.get_gid()).startswith("row:")]
    return [text_of(ax, name) for name in found]


# Importance


class TestImportance:
    def draw(self, target, beliefs):
        found = importance(situation(), target, beliefs, as_of=DAY)
        return plots.importance(found), found

    def test_a_bar_is_as_long_as_the_difference(self):
        ax, found = self.draw(Done("vote") & ~Holds("curfew"), {"vote": 0.5, "curfew": 0.75})
        widths = [each.get_width() for each in ax.patches if "difference" in str(each.get_gid())]
        assert widths == [each.difference for each in found] == [-0.5, 0.25]
        labels = [each.get_text() for each in ax.get_yticklabels()]
        assert labels == ["a curfew is in force", "a vote is held"]
        assert {"\N{MINUS SIGN}0.5", "0.25"} <= {each.get_text() for each in shown(ax)}

    def test_a_fact_that_hinders_is_hatched(self):
        ax, _ = self.draw(Done("vote") & ~Holds("curfew"), {"vote": 0.5, "curfew": 0.75})
        first, second = (p for p in ax.patches if "difference" in str(p.get_gid()))
        assert first.get_hatch()
        assert not second.get_hatch()
        assert ax.get_xlim()[0] < -1

    def test_without_what_hinders_the_scale_begins_at_0(self):
        ax, _ = self.draw(Done("vote"), {"vote": 0.5})
        assert ax.get_xlim()[0] == 0

    def test_where_no_fact_matters_it_says_so(self):
        ax, _ = self.draw(AllOf([]), {})
        assert text_of(ax, "note:0") == "Nothing that is believed makes a difference."


# Records


ACEH = load_case("aceh-mou-2005")


def boxes_of(ax, name):
    return [each for each in ax.patches if str(each.get_gid()).startswith(f"record:{name}:")]


def test_a_record_has_a_row_for_each_clause_and_a_bar_from_each_turn_to_the_next():
    ax = plots.record(ACEH, ["arms", "law-on-time"], start="2005-08-15", end="2006-12-16")
    found = boxes_of(ax, "law-on-time")
    assert [each.get_gid().split(":")[3] for each in found] == ["notdue", "overdue", "metlate"]
    first, second, third = (each.get_path().get_extents() for each in found)
    assert (first.x0, third.x1) == ax.get_xlim()
    # of August the rest, and the whole last day is in time
    assert first.width == 17 + 30 + 31 + 30 + 31 + 31 + 28 + 31
    assert second.width == 30 + 31 + 30 + 31  # in force since 1 August
    assert (first.x1, second.x1) == (second.x0, third.x0)
    labels = [" ".join(each.get_text().split()) for each in ax.get_yticklabels()]
    assert labels == [ACEH.provision(each).text for each in ("arms", "law-on-time")]
    key = {text.get_text() for text in ax.get_legend().get_texts()}
    assert {"✓ met", "… not due", "✗ overdue", "✓ met late"} <= key


def test_a_bar_is_thin_where_the_clause_does_not_bind_and_brackets_mark_its_term():
    window = {"start": "2005-12-01", "end": "2006-12-31"}
    ax = plots.record(ACEH, ["remaining-forces", "monitoring"], **window)
    tall = [each.get_path().get_extents().height for each in boxes_of(ax, "remaining-forces")]
    assert [round(each, 2) for each in tall] == [0.16, *[0.5] * (len(tall) - 1)]
    assert ids(ax, "starts") == [("remaining-forces", "2006-01-04T1700")]  # midnight in Jakarta
    assert ids(ax, "ends") == [("monitoring", "2006-12-15T1700")]
    *_, last = boxes_of(ax, "monitoring")
    assert round(last.get_path().get_extents().height, 2) == 0.16
    key = {text.get_text() for text in ax.get_legend().get_texts()}
    assert {"the clause begins to bind", "it ends to bind"} <= key


def test_what_is_in_doubt_looks_like_its_verdict():
    ax = plots.record(ACEH, ["prisoners"], start="2006-01-10", end="2006-07-01")
    (box,) = boxes_of(ax, "prisoners")
    assert to_hex(box.get_facecolor()) == FILLS[Verdict.DISPUTED]


def test_a_record_without_clauses_says_so():
    ax = plots.record(SCENARIO, [], start="2025-01-01", end="2025-02-01")
    assert text_of(ax, "note:0") == "No clause obliges anybody."
