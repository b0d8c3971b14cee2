"""Answers for other programs: JSON of a documented shape, and CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.display.blocks import (
    Block,
    Cell,
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Picture,
    Table,
    Tree,
)
from ceasefire_model.visible import cell_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire_model.rows import Row

FORMAT = "ceasefire-model-answer/1"
"""The name of the shape; a number that is higher says that something in it was changed."""


def json_of(kind: str, page: Page, rows: Sequence[Row] | None) -> str:
    """Write an answer as JSON, in ASCII, so that any code page takes it and no terminal acts on it.

    Args:
        kind: The name of the class of the answer.
        page: All that it says to a person.
        rows: The same for programs, where it has rows.
    """
    return json.dumps(answer_of(kind, page, rows), indent=1)


def answer_of(kind: str, page: Page, rows: Sequence[Row] | None) -> dict[str, object]:
    """Return an answer as plain data: `format`, `answer`, `rows` (null where none), `page`."""
    found = (
        None
        if rows is None
        else [{name: _plain(cell) for name, cell in row.items()} for row in rows]
    )
    return {"format": FORMAT, "answer": kind, "rows": found, "page": [*map(_block, page.blocks)]}


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, datetime) else cell


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text=text, aside=aside):
            return {"block": "heading", "text": text, "aside": aside}
        case Paragraph(lines=lines):
            return {"block": "paragraph", "lines": [line for line in lines if line]}
        case Items(lines=lines, is_ordered=is_ordered):
            return {"block": "items", "ordered": is_ordered, "lines": [*_lines(lines)]}
        case Tree(root=root):
            return {"block": "tree", "lines": [*_lines([root])]}
        case Table(caption=caption, heads=heads, rows=rows):
            cells = [[_cell(cell) for cell in row] for row in rows]
            return {
                "block": "table",
                "caption": caption,
                "heads": [*heads],
                "rows": cells,
            }
        case Part(title=title, blocks=blocks):
            return {"block": "part", "title": title, "blocks": [*map(_block, blocks)]}
        case Picture(words=words):
            return {"block": "picture", "words": words}
        case _:
            assert_never(block)


def _lines(lines: Sequence[Line]) -> Iterator[dict[str, object]]:
    """Yield lines with their depth, since what nests as deep as a chain no reader takes."""
    waiting = [(line, 0) for line in reversed(lines)]
    while waiting:
        line, depth = waiting.pop()
        yield {"depth": depth, **_line(line)}
        waiting.extend((below, depth + 1) for below in reversed(line.below))


def _line(line: Line) -> dict[str, object]:
    return {**_mark(line.mark), "text": line.text, "notes": [*line.notes]}


def _mark(mark: Mark | None) -> dict[str, object]:
    if mark is None:
        return {"word": None, "verdict": None}
    verdict = None if mark.verdict is None else mark.verdict.value
    return {"word": mark.word, "verdict": verdict}


def _cell(cell: Cell) -> object:
    if isinstance(cell, Line):
        return _line(cell)
    return _mark(cell) if isinstance(cell, Mark) else cell


# CSV


def csv_of(rows: Iterable[Row]) -> str:
    """Write rows as CSV: the heads, then one line a row; no cell is a formula."""
    found = list(rows)
    written = StringIO()
    heads = list(dict.fromkeys(name for row in found for name in row))
    writer = csv.DictWriter(written, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _inert(cell) for name, cell in row.items()} for row in found)
    return written.getvalue()


def _inert(cell: object) -> object:
    """Write a cell, on one line; a text that looks like a formula has an apostrophe before it."""
    if not isinstance(cell, str):
        return _plain(cell)
    return cell_of(shown(cell))
