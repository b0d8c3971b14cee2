"""Pieces of HTML: whatever a text holds is shown as text, and whatever is folded is there."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import Verdict
from ceasefire_model.display.blocks import Line, Mark
from ceasefire_model.display.html import DEEPEST, LEVELS, tally, tree
from ceasefire_model.display.markup import (
    MANY,
    badge,
    joined,
    listing,
    page,
    paragraph,
    table,
    text,
)
from ceasefire_model.visible import visible

VOID = {"br", "wbr"}
TAGS = {
    *("bdi", "br", "caption", "details", "div", "li", "ol", "p", "small", "span", "strong"),
    *("style", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "wbr"),
}
ATTRIBUTES = {"aria-hidden", "class", "open", "scope", "start", "style"}
"""What is left of these without styles is read as well, see `tests/display/test_html.py`."""

HOSTILE = (
    "<script>alert(1)</script> </details></div> \"><img src=x onerror=alert(1)> '-- &amp; ]]> "
    "$$x^2$$ \\(y\\) \\begin{z} `code` ```mermaid %% --> #35; | ] ) } ; {{ }} "
    "\u202eback\u202c \u2066in\u2069 \u200fmark \x00\x1b[31m \ud800 "
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 "
)


class Reader(HTMLParser):
    """Reads HTML strictly: every tag is closed, and in its place."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.runs: list[str] = [""]
        self.heads: list[str] = []
        self.styles: list[str] = []
        self.depth = self.shown = 0
        self.feed(written)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "wbr":  # what looks for maths looks across it
            self.runs.append("")
        if tag == "details":
            assert "p" not in self.open
        if tag not in VOID:
            self.open.append(tag)
        self.depth = max(self.depth, len(self.open))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.runs.append("")

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.styles.append(data)
            return
        self.runs[-1] += data
        if self.open[-1:] == ["th"]:
            self.heads.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return "".join(self.runs)


@given(st.text() | st.text("\\$<>&\"'\0\u202e\u2067\u05d0", max_size=100))
def test_any_text_is_shown_as_it_is_and_does_nothing(written):
    read = Reader(text(written))
    assert read.text == visible(written)
    assert set(read.tags) <= {"bdi", "span", "wbr"}
    assert not read.attributes


@given(st.text("\\$x(){}[] ", max_size=30))
def test_what_could_begin_maths_stands_alone_in_its_run(written):
    for run in Reader(text(written)).runs:
        assert run in {"$", "\\"} or not {"$", "\\"} & set(run)


@given(st.text() | st.just(HOSTILE))
def test_what_is_visible_can_be_written_and_turns_nothing_round(written):
    shown = visible(written)
    shown.encode()
    assert not set(shown) & set("\0\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert visible(shown) == shown


def test_letters_that_run_from_right_to_left_are_set_apart():
    assert text("\u05d0") == "<bdi>\u05d0</bdi>"
    assert text("1 \u05d0 a 2") == "<bdi>1 \u05d0 a 2</bdi>"
    assert text("by \u05d0 b \u05d1, 1 March") == "by <bdi>\u05d0 b \u05d1</bdi>, 1 March"
    assert "bdi" not in text("abc é 漢字")


def test_a_long_word_can_be_broken_without_any_style():
    assert "<wbr>" in text("x" * 31)
    assert "<wbr>" not in text("x" * 30 + " " + "x" * 30)
    assert Reader(text("<" * 10_000)).text == "<" * 10_000


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_sign_and_a_word_and_its_frame_says_whether_it_is_open(verdict):
    read = Reader(badge(Mark.of(verdict)))
    sign, _, word = read.text.partition(" ")
    assert len(sign) == 1
    assert word.isascii()
    assert ("dashed" in badge(Mark.of(verdict))) is verdict.is_open


def test_verdicts_are_counted_in_words():
    marks = [Mark.of(Verdict.UNCLEAR), None, Mark("due"), *[Mark.of(Verdict.MET)] * 2]
    assert tally(marks) == "2 met, 1 unclear"


def test_nothing_is_written_as_nothing():
    assert paragraph() == listing([]) == table("none", ["a"], []) == ""
    assert table("none", ["a", "b"], [[text(""), text("")]]) == ""


# Lists and tables


@pytest.mark.parametrize("count", [1, MANY, MANY + 1, 1000])
def test_a_list_and_a_table_fold_where_they_are_long_and_leave_nothing_out(count):
    items = [text(f"item {n};") for n in range(count)]
    for written in (
        listing(items),
        listing(items, is_ordered=True),
        table("items", ["what", "nothing"], [[item, text("")] for item in items]),
    ):
        read = Reader(page(written))
        assert [item in read.text for item in items] == [True] * count
        assert read.tags.count("details") == (count > MANY)
        assert (f"{count - MANY:,} more, {count:,} in all" in read.text) is (count > MANY)
        assert "nothing" not in read.text
    assert (("start", str(MANY + 1)) in Reader(listing(items, is_ordered=True)).attributes) is (
        count > MANY
    )


# Trees


def branches(depth: int):
    mark = st.sampled_from([None, *map(Mark.of, Verdict)])
    leaf = st.builds(Line, st.just("leaf"), mark)
    return st.recursive(
        leaf,
        lambda below: st.builds(
            lambda parts: Line("node", notes=("note",), below=parts),
            st.lists(below, min_size=1, max_size=4),
        ),
        max_leaves=depth,
    )


def size(line: Line) -> int:
    return 1 + sum(map(size, line.below))


@given(branches(60))
def test_every_node_of_a_tree_is_written_once(root):
    read = Reader(tree(root))
    assert read.text.count("leaf") + read.text.count("node") == size(root)


@given(branches(60))
def test_the_first_levels_are_open_and_the_rest_is_folded(root):
    opened, level = 0, [root]
    for _ in range(LEVELS):
        opened += sum(bool(line.below) for line in level)
        level = [below for line in level for below in line.below]
    assert tree(root).count("<details open>") == opened


def chain(length: int) -> Line:
    root = Line("node 0;")
    for number in range(1, length):
        root = Line(f"node {number};", below=[root])
    return root


@pytest.mark.parametrize("length", [DEEPEST, DEEPEST + 1, DEEPEST + 2, 3000])
def test_a_tree_of_any_depth_is_written_and_nests_no_deeper_than_a_browser_can(length):
    read = Reader(tree(chain(length)))
    assert all(f"node {number};" in read.text for number in range(length))
    assert read.depth < 4 * (DEEPEST + 2) < 512
    trees = -(-(length - 1) // DEEPEST)
    assert read.text.count("continued below") == max(trees - 1, 0)
    assert all(f"continued below ({n})" in read.text for n in range(1, trees))
    assert all(f"({n}) node" in read.text for n in range(1, trees))


def test_a_wide_tree_folds_and_counts_what_it_folds():
    met = [Line(f"part {n};", Mark.of(Verdict.MET)) for n in range(1000)]
    met[-1] = Line("part 999;", Mark.of(Verdict.UNCLEAR))
    read = Reader(tree(Line("all", below=met)))
    assert all(f"part {number};" in read.text for number in range(1000))
    assert "and 975 more, 1,000 in all: 974 met, 1 unclear" in read.text
    assert (
        "and 5 more, 30 in all"
        in Reader(tree(Line("all", below=[Line("x") for _ in range(30)]))).text
    )


def test_pieces_are_joined_with_a_text():
    assert joined([text("a"), text("b")], " < ") == "a &lt; b"
