"""Real cases as documents, each with its references."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ceasefire_model.documents.files import loads
from ceasefire_model.errors import UnknownIdError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from ceasefire_model.scenarios import Scenario

_SUFFIX = ".yaml"


def case_names() -> tuple[str, ...]:
    """Return the names of the bundled cases, sorted."""
    entries = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in entries if name.endswith(_SUFFIX)))


def load_case(name: str) -> Scenario:
    """Return a bundled case.

    Raises:
        UnknownIdError: If there is none of that name.
    """
    if not isinstance(cast("object", name), str) or name not in case_names():
        raise UnknownIdError("case", name, case_names(), "the bundled cases")
    file = _folder() / f"{name}{_SUFFIX}"
    return loads(file.read_text(encoding="utf-8"), source=file.name)


def _folder() -> Traversable:
    """Return where the cases are."""
    from importlib.resources import files  # takes time, and few need it

    return files(__name__)
