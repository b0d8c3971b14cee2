"""Diagrams: what they draw is what the object holds, and a text is a text in them."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import (
    Accepts,
    AllOf,
    AnyOf,
    Done,
    Fulfilled,
    Holds,
    Not,
    When,
    deadlocks,
    evaluate,
)
from ceasefire_model.conditions import walk
from ceasefire_model.display.mermaid import label
from ceasefire_model.strategies import conditions, histories
from ceasefire_model.visible import shown as on_one_line
from tests.analyses.test_reachability import DAY as START
from tests.analyses.test_reachability import but, situation
from tests.display.test_html import CASE, EVIL_SHOWN, promises
from tests.display.test_markup import HOSTILE
from tests.rules.test_assessment import DAY, SCENARIO

NODE = re.compile(r'(\w+)\["([^"\[\]]*)"\]')
LINE = re.compile(
    r"(flowchart (TD|LR)"
    r"|classDef \w+ [\w:-]+( \d)?"
    r'|(\w+ (-->|-\.->|-->\|"[^"|]*"\|) )?\w+(\["[^"\[\]]*"\](:::\w+)?)?)'
)


def drawn(source: str) -> dict[str, str]:
    """Read the nodes of a diagram: by name, what they show."""
    lines = source.splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    return {name: decoded(shown) for name, shown in NODE.findall(source)}


def edges(source: str) -> list[tuple[str, str]]:
    found = re.findall(r"^(\w+) (?:-->|-\.->)\S*?(?:\|\"[^\"|]*\"\|)? (\w+)", source, re.MULTILINE)
    return [(one, other) for one, other in found if one not in {"flowchart", "classDef"}]


def decoded(shown: str) -> str:
    """Read what Mermaid makes of the signs that are written as numbers."""
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", shown))


@given(st.text() | st.just(HOSTILE))
def test_a_label_shows_the_text_in_one_line_and_holds_no_mark_of_any_language(written):
    shown = label(written)
    assert decoded(shown) == on_one_line(written)
    assert not set(re.sub(r"#\d+;", "", shown)) & set('#;"`$\\<>&[]{}|*~^=!@\n\0\u202e')


@given(conditions() | histories())
def test_a_condition_is_drawn_with_one_node_for_each_part_and_a_line_to_it(condition):
    source = condition.to_mermaid()
    # a negation is one node with what it negates
    parts = [each for each in walk(condition) if not isinstance(each, Not)]
    assert len(drawn(source)) == len(parts)
    assert len(edges(source)) == len(parts) - 1


def test_the_parts_that_have_a_role_are_named_by_it():
    source = When(Done("a"), Holds("b")).to_mermaid()
    assert 'n0 -->|"once"| n1["a is done"]' in source
    assert 'n0 -->|"then"| n2["b holds"]' in source


def test_a_finding_is_drawn_with_sign_word_and_statement_and_what_is_open_is_dashed():
    finding = evaluate(SCENARIO, Done("vote") & Accepts("A", "plan"), as_of=DAY)
    source = finding.to_mermaid()
    assert '["✗ not met · a vote is held"]:::unmet' in source
    assert '["? unclear · security is assured"]:::open' in source
    assert "classDef open stroke-dasharray:5 4" in source
    assert drawn(source)


def test_what_is_referred_to_twice_is_drawn_once():
    leaf = Accepts("A", "plan")
    either = AnyOf([leaf, Holds("patrols")])  # of one part alone nothing but the part is said
    source = evaluate(SCENARIO, AllOf([leaf, either]), as_of=DAY).to_mermaid()
    shown = [each for each in drawn(source).values() if each.endswith("Arvenia accepts The plan")]
    assert len(shown) == 1
    assert len([target for _, target in edges(source) if target == "n1"]) == 2


def test_a_chain_of_a_thousand_is_drawn_whole():
    source = evaluate(promises(1000), Fulfilled("p0"), as_of=DAY).to_mermaid()
    assert len(drawn(source)) == 1001


def test_a_deadlock_is_drawn_as_the_circle_that_it_is():
    (found,) = deadlocks(CASE, as_of="2025-03-13")
    source = found.to_mermaid()
    names = list(drawn(source))
    assert len(names) == len(found.waits)
    assert edges(source) == [*pairwise(names), (names[-1], names[0])]
    assert source.count("-.->") == sum(wait.precondition is None for wait in found.waits)
    assert "stated, held by Ukraine, Kyiv, 13 March 2025, ¶8" in source


def test_what_nothing_can_meet_is_drawn_as_a_node_of_its_own():
    gates = [
        but("a", Holds("calm"), Done("vote") | ~Done("done")),  # which is done for good
        but("b", Done("vote"), Holds("calm")),
    ]
    (found,) = deadlocks(situation(gates), as_of=START)
    source = found.to_mermaid()
    assert drawn(source)["m2"] == "what nothing can meet"
    assert ("n2", "m2") in edges(source)
    assert len(edges(source)) == 4


@pytest.mark.parametrize(
    "shown",
    [
        EVIL_SHOWN["deadlocks"][0],
        EVIL_SHOWN["assessment"].finding,
        EVIL_SHOWN["condition"],
    ],
)
def test_hostile_texts_are_labels_and_nothing_else(shown):
    words = on_one_line(HOSTILE)
    found = drawn(shown.to_mermaid())
    assert any(words in each for each in found.values())
    assert "```" not in shown.to_mermaid()


def test_where_markdown_is_shown_a_diagram_is_drawn():
    source = Done("vote").to_mermaid()
    assert str(source) == 'flowchart TD\nn0["vote is done"]\n'
    assert source._repr_markdown_() == f"```mermaid\n{source}```\n"
