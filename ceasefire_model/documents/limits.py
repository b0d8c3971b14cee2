"""How large and how deep a document may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.errors import ModelError

if TYPE_CHECKING:
    from attrs import Attribute


def _positive(_instance: object, attribute: Attribute[int], value: int) -> None:
    """Refuse a bound that leaves no room."""
    if value < 1:
        raise ModelError(f"Limits.{attribute.name} must be 1 or more, got {value!r}")


@frozen(kw_only=True)
class Limits:
    """Bounds on what is read, so that no file exhausts the memory or the patience of its reader.

    The defaults leave room for more than a hundred thousand observations.

    Attributes:
        size: How many bytes the text has in UTF-8.
        nodes: How many keys, values, lists and mappings there are in all.
        depth: How deep lists and mappings nest; conditions as deep as any can be fit in.
        length: How many characters a text has.
    """

    size: int = field(default=32_000_000, validator=_positive)
    nodes: int = field(default=2_000_000, validator=_positive)
    depth: int = field(default=300, validator=_positive)
    length: int = field(default=100_000, validator=_positive)
