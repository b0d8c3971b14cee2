"""From the text of a document to a scenario, or to a problem for everything that is wrong."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire_model.documents import json_reader, yaml_reader
from ceasefire_model.documents.assembly import scenario_of
from ceasefire_model.documents.places import ENOUGH, Misfit, MisfitsError, existing, written
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
    if not text.lstrip().startswith("{"):
        return _carefully(text, source, limits, yaml_reader.read)
    try:
        return scenario_of(json_reader.quick(text, limits))
    except (ValueError, RecursionError, MisfitsError):
        # something is wrong; what it is, and where, takes longer to find out
        return _carefully(text, source, limits, json_reader.read)


def _carefully(text: str, source: str, limits: Limits, read: Read) -> Scenario:
    """Return the scenario that a text stands for, or find every problem with its position."""
    builder = Builder(limits)
    found: Iterable[Misfit] = ()
    try:
        _refuse_size(text, builder)
        read(text, builder)
        scenario = scenario_of(builder.data)
        if not builder.problems:
            return scenario
    except StopReadingError:
        pass
    except MisfitsError as error:
        found = (one for one in error.found if one.path not in builder.unreadable)
    located = _located(_enough(found), text, builder, read)
    raise DocumentError(source, _problems([*builder.problems, *located])) from None


def _enough(found: Iterable[Misfit]) -> list[Misfit]:
    """Return the first misfits, and say so if there are more than one will read."""
    first = list(islice(found, ENOUGH + 1))
    if len(first) > ENOUGH:
        first[ENOUGH] = evolve(first[ENOUGH], what="more problems follow; mend those before")
    return first


def _refuse_size(text: str, builder: Builder) -> None:
    """Refuse a text of too many bytes."""
    size = len(text.encode(errors="surrogatepass"))
    if size > builder.limits.size:
        builder.stop(f"a text of {size} bytes; at most {builder.limits.size} are read", (1, 1))


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
