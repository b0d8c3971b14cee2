"""What is said of the mistakes that people make: `mistakes.yaml` is the table."""

import re
from pathlib import Path

import pytest
import yaml

from ceasefire_model.documents import loads
from ceasefire_model.errors import DocumentError

HERE = Path(__file__).parent
TRUCE = (HERE / "truce.yaml").read_text(encoding="utf-8")
MISTAKES = yaml.safe_load((HERE / "mistakes.yaml").read_text(encoding="utf-8"))


def problems(text, source="truce.yaml"):
    with pytest.raises(DocumentError) as caught:
        loads(text, source=source)
    heading, *lines = str(caught.value).splitlines()
    assert heading == f"{len(lines)} problem{'s' if len(lines) > 1 else ''} in {source}"
    return [line.removeprefix(f"  {source}:") for line in lines]


def test_the_document_without_a_mistake_is_read():
    assert loads(TRUCE).title == "A truce in Arvenia"


def test_the_table_has_more_than_sixty_mistakes():
    assert len(MISTAKES) > 60


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["write"].strip()[:40])
def test_a_mistake_is_told_where_it_is_and_with_what_would_be_right(row):
    assert TRUCE.count(row["instead of"]) == 1
    assert problems(TRUCE.replace(row["instead of"], row["write"])) == row["says"]


@pytest.mark.parametrize(
    "said", [said for row in MISTAKES for said in row["says"]], ids=lambda said: said[:40]
)
def test_a_problem_is_one_line_of_place_path_and_matter(said):
    assert re.fullmatch(r"\d+:\d+ at \$[^ ]*( [^\]]+'\])?: [^\n]+[^.\n]", said)


def test_several_mistakes_are_told_at_once_in_the_order_of_the_text():
    text = TRUCE
    for row in (MISTAKES[1], MISTAKES[24], MISTAKES[21]):
        text = text.replace(row["instead of"], row["write"])
    assert [line.split(" at ")[0] for line in problems(text)] == ["24:5", "50:13", "75:14"]
