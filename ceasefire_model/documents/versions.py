"""The versions of the document structure, and how documents of older ones are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_model.documents.forms import FORMAT
from ceasefire_model.documents.misfits import Data, misfit, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Upgrade: TypeAlias = "Callable[[dict[str, Data]], dict[str, Data]]"
"""Turns the data of one version into those of the next."""

CURRENT = 1
"""The version that is written."""

UPGRADES: Mapping[int, Upgrade] = {}
"""By the version that they read; there is no older one yet."""

_NAME = "ceasefire-model"
_FORMAT = re.compile(rf"{_NAME}/([1-9][0-9]{{0,8}})")


def line(version: int = CURRENT) -> str:
    """Return what a document of a version says of itself.

    >>> line()
    'ceasefire-model/1'
    """
    return f"{_NAME}/{version}"


def upgraded(
    data: dict[str, Data], upgrades: Mapping[int, Upgrade] = UPGRADES, current: int = CURRENT
) -> dict[str, Data]:
    """Return the data as the current version has them.

    Raises:
        MisfitsError: If they are of no known version.
    """
    for version in range(_version(data, current), current):
        data = upgrades[version](data)
    return data


def _version(data: dict[str, Data], current: int) -> int:
    """Return the version that a document says it has."""
    advice = f"write '{FORMAT}: {line(current)}'"
    if FORMAT not in data:
        raise misfit(f"the key {FORMAT!r} is missing; {advice} at the top")
    named = data[FORMAT]
    found = _FORMAT.fullmatch(named) if isinstance(named, str) else None
    if found is None:
        raise misfit(f"no format {shown(named)}; {advice}", FORMAT)
    if int(found[1]) > current:
        raise misfit(
            f"{named} is newer than this library, which reads up to {line(current)}; "
            "upgrade it: pip install --upgrade ceasefire-model",
            FORMAT,
        )
    return int(found[1])
