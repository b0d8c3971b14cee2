"""What an analysis found, to be counted, run through and indexed like a tuple."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")


class Listing(Generic[_T]):
    """Stands for what was found; an analysis says of what, and in which order."""

    __slots__ = ()

    found: tuple[_T, ...]
    """What was found, in order."""

    def __len__(self) -> int:
        """Count those found."""
        return len(self.found)

    def __iter__(self) -> Iterator[_T]:
        """Yield those found."""
        return iter(self.found)

    def __getitem__(self, position: int) -> _T:
        """Return one of those found."""
        return self.found[position]
