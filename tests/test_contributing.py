"""The table of what to touch for what, in CONTRIBUTING, is what the sources say."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ceasefire_model"
ROW = re.compile(r"\| (.+) \| `(\w+)` \| (.*)\|", re.MULTILINE)
ROWS = ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def words(tree: ast.AST):
    """Yield every name that a module uses, and every text that is a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.ClassDef(name=name):
                yield name
            case ast.FunctionDef(name=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name):
                yield name.rpartition(".")[2]
            case ast.Constant(value=str(name)) if name.isidentifier():
                yield name


@cache
def words_by_file() -> dict[Path, set[str]]:
    """Give the words of each file, but of those that only export."""
    return {
        path.relative_to(PACKAGE): {*words(ast.parse(path.read_text(encoding="utf-8")))}
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "__init__.py"
    }


def knowing(name: str) -> list[str]:
    """List the files that know a name, or are called by it, but those that only export it."""
    return [
        path.with_suffix("").as_posix()
        for path, known in words_by_file().items()
        if path.stem == name or name in known
    ]


def test_the_table_says_what_a_newcomer_asks():
    kinds = ("a kind of fact", "a condition", "a column", "a rule of drafting", "a data set")
    assert len(ROWS) == len(kinds)
    for (what, _, _), kind in zip(ROWS, kinds, strict=True):
        assert what.startswith(kind)


@pytest.mark.parametrize(("what", "name", "files"), ROWS, ids=lambda each: each[:20])
def test_the_files_that_know_a_name_are_those_that_the_table_lists(what, name, files):
    cell = ", ".join(f"`{file}`" for file in knowing(name))
    assert files.strip() == cell, f"write for {what}: {cell}"
    assert cell
