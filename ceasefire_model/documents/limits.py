"""How large and how deep a document may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.errors import shortened
from ceasefire_model.fields import misfit, whole
from ceasefire_model.reprs import spelled

if TYPE_CHECKING:
    from attrs import Attribute


_MOST = 10**12
"""More than any machine holds, and fewer than a file can be asked for."""


def _positive(instance: object, attribute: Attribute[int], value: int) -> None:
    """Refuse a bound that leaves no room."""
    whole(instance, attribute, value)
    if not 1 <= value <= _MOST:
        raise misfit(instance, attribute, f"must be 1 to {_MOST:,}, got {shortened(value)}")


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

    __repr__ = spelled

    size: int = field(default=32_000_000, validator=_positive)
    nodes: int = field(default=2_000_000, validator=_positive)
    depth: int = field(default=300, validator=_positive)
    length: int = field(default=100_000, validator=_positive)
