"""The documents on the pages of the documentation are read, and what is said of them is said."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from ceasefire_model.__main__ import main
from ceasefire_model.documents import dumps, loads
from ceasefire_model.drafting.completeness import completeness
from ceasefire_model.errors import DocumentError, located

DOCS = Path(__file__).parents[2] / "docs"


def fences(page, language):
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_format_make_one_document():
    parts = fences("reference/format.md", "yaml")
    document = "format: ceasefire-model/1\ntitle: t\n" + "".join(parts)
    assert len(loads(document).preconditions) == 1
    assert set(yaml.safe_load(document)) == set(yaml.safe_load(dumps(loads(document))))


def conditions():
    text = (DOCS / "reference" / "format.md").read_text(encoding="utf-8")
    table = text.partition("| condition | met if |")[2].partition("\n\n")[0]
    for cell in re.findall(r"^\| (.*?) \|", table, re.MULTILINE):
        yield from re.findall(r"`(.*?)`", cell)


@pytest.mark.parametrize("condition", [one for one in conditions() if one != "by"])
def test_a_condition_in_the_table_is_one(condition):
    filled = (
        condition.replace("meanings: {…}", "meanings: {a: MEANING, b: MEANING}")
        .replace("MEANING", "{text: x, condition: {done: vote}}")
        .replace("text: …", "text: x")
        .replace("count: 2, parts: […]", "count: 1, parts: […]")
        .replace("…", "{done: vote}")
    )
    parts = "".join(fences("reference/format.md", "yaml"))
    needs = f"    needs: {{{filled}}}\n    timing"
    text = re.sub(r"    needs:\n.*?\n    timing", needs, parts, flags=re.DOTALL)
    other = "done: vote" if condition.startswith("answered") else "answered: who"
    text = re.sub(r"    of: .*", f"    of: {{{other}}}", text)
    text = text.replace("    meanings: {respect: a-vote}\n", "")
    loads("format: ceasefire-model/1\ntitle: t\n" + text)


def test_the_rules_find_in_the_example_what_the_guide_says():
    [text] = fences("how-to/see-what-a-text-leaves-open.md", "yaml")
    found = [
        f"{each.rule.value}: {place.what}"
        for each in completeness(loads(text)).remarks
        for place in each.places
    ]
    shown = fences("how-to/see-what-a-text-leaves-open.md", "python")[-1].splitlines()
    assert [line for line in shown if line and not line.startswith((">>>", "..."))] == found


def test_the_example_of_the_guide_is_read_and_its_mistakes_are_told_as_it_says():
    [text] = fences("how-to/write-a-scenario.md", "yaml")
    assert loads(text).title == "The thirty-day truce in the valley"
    for old, new in (
        ("reliability: B", "reliabilty: B"),
        ("value: true", 'value: "true"'),
        ("done: vote", "done: votes"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    with pytest.raises(DocumentError) as caught:
        loads(text, source="truce.yaml")
    said = [located("truce.yaml", problem) for problem in caught.value.problems]
    shown = fences("how-to/write-a-scenario.md", "console")[1].splitlines()
    assert shown == ["$ ceasefire-model check truce.yaml", *said]


def commands():
    for fence in fences("how-to/use-the-command-line.md", "console"):
        command, _, shown = fence.removeprefix("$ ceasefire-model ").partition("\n")
        if shown and "valley.yaml" not in command:  # a file of the reader's
            yield pytest.param(command, shown, id=command)


@pytest.mark.parametrize(("command", "shown"), list(commands()))
def test_a_command_prints_what_the_page_shows(command, shown, capsys):
    is_refused = shown.startswith("ceasefire-model: ")
    assert main(shlex.split(command)) == is_refused
    printed = capsys.readouterr()
    pieces = [re.escape(piece) for piece in shown.split("…\n")]
    assert re.fullmatch("(?:.*\n)*".join(pieces), printed.err if is_refused else printed.out)
