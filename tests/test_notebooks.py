"""The notebooks in the documentation run, without Jupyter; the build of the pages shows them."""

import re
from pathlib import Path

import pytest
from matplotlib import pyplot as plt

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"
CELL = re.compile(
    r"^```\{code-cell\} python\n(?:---\n.*?^---\n)?(.*?)^```$", re.DOTALL | re.MULTILINE
)


def cells(notebook):
    text = (NOTEBOOKS / notebook).read_text(encoding="utf-8")
    found = CELL.findall(text)
    assert len(found) == text.count("{code-cell}"), "a cell is written in another way"
    return found


@pytest.fixture(autouse=True)
def _close_pictures():
    yield
    plt.close("all")


@pytest.mark.parametrize(
    "notebook",
    sorted(each.name for each in NOTEBOOKS.glob("*.md") if each.name != "index.md"),
)
def test_the_cells_run_in_order(notebook):
    names = {}
    for cell in cells(notebook):
        exec(cell, names)  # noqa: S102 - our own page
    assert names["scenario"]


def test_there_are_notebooks_and_the_index_names_each():
    index = (NOTEBOOKS / "index.md").read_text(encoding="utf-8")
    pages = {each.name for each in NOTEBOOKS.glob("*.md")} - {"index.md"}
    assert pages
    assert pages == set(re.findall(r"\]\(([^/)]+\.md)\)", index))
