"""Progress: how long a question may take, and how whoever asked is told how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Protocol, TypeAlias, TypeGuard

from attrs import field, frozen

from ceasefire_model.calls import told
from ceasefire_model.errors import ModelError, shortened

Progress: TypeAlias = Callable[[int], object]
"""Is told, again and again, how many were found so far, or how large the computation is by now."""


class Bar(Protocol):
    """A progress for every verb, of those too that know how much there is to do."""

    def __call__(self, count: int, of: int | None = None, /) -> object:
        """Take how many there are by now, and of how many, where that is known."""


def bar(title: str) -> Bar:
    """Return a progress that draws a bar with tqdm, where that is installed, and else nothing.

    Args:
        title: What stands before it.
    """
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _keep_quiet
    drawn = tqdm(desc=title, unit="")

    def draw(count: int, of: int | None = None, /) -> None:
        drawn.total = of
        drawn.update(count - drawn.n)
        if count == of:
            drawn.close()

    return draw


def _keep_quiet(count: int, of: int | None = None, /) -> None:
    """Draw nothing."""


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, int | float) and not isinstance(given, bool)


_LONGEST = 1e9
"""Thirty years of seconds: more is as good as for ever, and could not be added to a clock."""


@frozen
class Patience:
    """How long a question may take, preparation included, and who is told how far it has come."""

    end: float = inf
    """When the time is over, by the clock that only ever goes forward."""

    progress: Progress | None = field(default=None)

    @staticmethod
    def of(seconds: float | None, progress: Progress | None) -> Patience:
        """Begin to count.

        Raises:
            ModelError: If there is no time at all, or the progress can be told nothing.
        """
        given: object = seconds
        if given is not None and not (_is_number(given) and given > 0):
            raise ModelError(f"must be a number more than 0, got {shortened(given)}", "seconds")
        told(progress)
        if seconds is None or seconds > _LONGEST:
            return Patience(progress=progress)
        return Patience(monotonic() + seconds, progress)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return self.end - monotonic()

    def check(self) -> None:
        """Give up if the time is over.

        Raises:
            TimeoutError: If it is.
        """
        if self.end != inf and self.left <= 0:
            raise TimeoutError

    def tell(self, count: int) -> None:
        """Tell how far it has come."""
        if self.progress is not None:
            self.progress(count)
