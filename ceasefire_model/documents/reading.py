"""From the text of a document to a scenario, or to a problem for everything that is wrong."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire_model.documents import json_reader, yaml_reader
from ceasefire_model.documents.assembly import scenario_of
from ceasefire_model.documents.misfits import ENOUGH, Misfit, MisfitsError, existing, written
from ceasefire_model.documents.trees import Builder, StopReadingError
from ceasefire_model.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire_model.documents.limits import Limits
    from ceasefire_model.scenarios import Scenario

    Read = Callable[[str, Builder], None]

_LONGEST = 400
"""The length of what is said of a problem, beyond which its middle is left out."""


def scenario_from(text: str, source: str, limits: Limits) -> Scenario:
    """Return the scenario that a text stands for.

    A text that begins with ``{`` is JSON, any other is YAML.

    Raises:
        DocumentError: If it stands for none.
    """
    text = text.removeprefix("\ufeff")
    read = json_reader.read if text.lstrip().startswith("{") else yaml_reader.read
    builder = Builder(limits)
    try:
        _fill(builder, text, read)
        scenario = scenario_of(builder.data)
    except StopReadingError:
        found: list[Misfit] = []
    except MisfitsError as error:
        new = (one for one in error.found if one.path not in builder.unreadable)
        found = _located(_enough(new), text, builder, read)
    else:
        if not builder.problems:
            return scenario
        found = []
    raise DocumentError(source, _problems([*builder.problems, *found])) from None


def _fill(builder: Builder, text: str, read: Read) -> None:
    """Read a text into a builder, JSON in the fast way where nothing is wrong with it."""
    size = len(text.encode(errors="surrogatepass"))
    if size > builder.limits.size:
        builder.stop(f"a text of {size} bytes; at most {builder.limits.size} are read", (1, 1))
    if read is json_reader.read:
        with suppress(ValueError, RecursionError):
            builder.data = json_reader.quick(text, builder.limits)
            return
    read(text, builder)


def _enough(found: Iterable[Misfit]) -> list[Misfit]:
    """Return the first misfits, and say so if there are more than one will read."""
    first = list(islice(found, ENOUGH + 1))
    if len(first) > ENOUGH:
        first[ENOUGH] = evolve(first[ENOUGH], what="more problems follow; mend those before")
    return first


def _located(found: list[Misfit], text: str, builder: Builder, read: Read) -> list[Misfit]:
    """Return misfits with their positions, for which the text is read once more."""
    found = [evolve(one, path=existing(builder.data, one.path)) for one in found]
    second = Builder(builder.limits, wanted={one.path for one in found})
    if second.wanted:
        with suppress(StopReadingError):
            read(text, second)
    return [
        evolve(one, position=(second.keys if one.on_key else second.values).get(one.path, (1, 1)))
        for one in found
    ]


def _problems(found: list[Misfit]) -> tuple[Problem, ...]:
    """Return misfits as problems in the order of the text."""
    ordered = sorted(found, key=lambda one: one.position)
    return tuple(dict.fromkeys(map(_problem, ordered)))


def _problem(found: Misfit) -> Problem:
    what, half = found.what, _LONGEST // 2
    if len(what) > _LONGEST:
        what = f"{what[:half]} … {what[-half:]}"
    return Problem(written(found.path), what, *found.position)
