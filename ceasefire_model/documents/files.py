"""Reading and writing documents: the public functions.

What they need is imported when they are called, so that importing the library stays quick.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from ceasefire_model.calls import file_name
from ceasefire_model.documents.limits import Limits
from ceasefire_model.errors import DocumentError, ModelError, Problem, shortened

if TYPE_CHECKING:
    from ceasefire_model.scenarios import Scenario

Syntax: TypeAlias = Literal["yaml", "json"]
"""How a document is written; the structure is one."""

_SYNTAXES: dict[str, Syntax] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_WAYS = "load(path), or dump(scenario, path)"
_GENEROUS = Limits()


def loads(text: str, *, source: str = "<text>", limits: Limits = _GENEROUS) -> Scenario:
    """Return the scenario that a text stands for.

    A text that begins with ``{`` is read as JSON, any other as YAML.

    Args:
        text: The text of a document.
        source: Where it comes from, for the problems.
        limits: What is refused as too large.

    Raises:
        DocumentError: If it stands for none; it lists every problem with its line and column.
    """
    from ceasefire_model.documents.reading import scenario_from

    given: object = text
    if not isinstance(given, str):
        what = f"must be the text of a document, got {shortened(given)}"
        raise ModelError(f"{what}; read a file with load", "text")
    _refuse_no_limits(limits)
    return scenario_from(text, source, limits)


def load(path: str | os.PathLike[str], *, limits: Limits = _GENEROUS) -> Scenario:
    """Return the scenario that a file stands for.

    Args:
        path: A file in UTF-8. What begins with ``{`` is read as JSON, anything else as YAML.
        limits: What is refused as too large.

    Raises:
        DocumentError: If it stands for none; it lists every problem with its line and column.
        OSError: If it cannot be opened.
    """
    source = file_name(path, _WAYS)
    _refuse_no_limits(limits)
    with open(source, "rb") as file:  # noqa: PTH123 - loading pathlib takes time
        raw = file.read(limits.size + 1)
    return loads(_decoded(raw, source), source=source, limits=limits)


def dumps(scenario: Scenario, *, syntax: Syntax = "yaml") -> str:
    """Return the canonical text of a scenario: always the same one for the same scenario.

    Args:
        scenario: What to write.
        syntax: YAML to read, or JSON to exchange.

    Raises:
        ModelError: If a text in it cannot be written in UTF-8.
    """
    from ceasefire_model.documents.writing import text_from

    if not isinstance(cast("object", syntax), str) or syntax not in _SYNTAXES.values():
        raise ModelError(f"is 'yaml' or 'json', got {shortened(syntax)}", "syntax")
    return text_from(scenario, syntax)


def _refuse_no_limits(limits: object) -> None:
    if not isinstance(limits, Limits):
        raise ModelError(f"takes Limits, got {shortened(limits)}; write Limits(size=…)", "limits")


def dump(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write a scenario to a file, whole or not at all.

    A file keeps its mode, and its owner and extended attributes where the system lets one give
    them: what is lost is said in a warning. A link stays a link, a pipe is written to.

    Args:
        scenario: What to write.
        path: A name that ends in ``.yaml``, ``.yml`` or ``.json``.

    Raises:
        ModelError: If the name ends in something else, or a text cannot be written in UTF-8.
        OSError: If it cannot be written, as where it may be read only; what was there before is
            still there.
    """
    from pathlib import Path

    from ceasefire_model.documents.replacing import replace

    target = Path(file_name(path, _WAYS))
    syntax = _SYNTAXES.get(target.suffix.lower())
    if syntax is None:
        raise ModelError(f"is named .yaml, .yml or .json, got {target.name!r}", "path")
    with suppress(FileNotFoundError):
        target.stat()  # says of links that lead in a circle that they do
    replace(target, dumps(scenario, syntax=syntax).encode())


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of documents, for editors and other programs.

    It says all but what a schema cannot: that ids lead somewhere, that days exist, that bounds are
    in order.
    """
    import json
    from importlib import resources

    file = resources.files("ceasefire_model.documents").joinpath("schema.json")
    return cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))


def _decoded(raw: bytes, source: str) -> str:
    """Return the text in a file."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        found = "UTF-16" if is_utf16 else f"the byte 0x{raw[error.start]:02x}, which is no UTF-8"
        what = f"{found}; save the file as UTF-8"
        raise DocumentError(source, (Problem("$", what, line, column),)) from None
