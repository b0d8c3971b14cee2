"""Columns: the values of one fact in many worlds, and the bits that answer questions about them.

Bits of 64 worlds stand in one word of a plane, the first world in its lowest bit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never, cast

from attrs import field, frozen

from ceasefire_model.bulk.givens import Amounts, Flags, Given, Listed, limits
from ceasefire_model.bulk.plans import IsGap, IsOneOf, IsTrue, Reaches
from ceasefire_model.errors import MissingExtraError, ModelError
from ceasefire_model.facts import CannotSay, Number, Truth, Value

try:
    import numpy as np
except ImportError as _missing:
    raise MissingExtraError("bulk") from _missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane: TypeAlias = NDArray[np.uint64]
    Mask: TypeAlias = NDArray[np.bool_]
    Floats: TypeAlias = NDArray[np.float64]

Question: TypeAlias = IsTrue | IsGap | Reaches | IsOneOf
"""What may be asked of one column."""

WORD = 64
"""Worlds in one word of a plane."""

_PATTERN = 2**20
"""Up to how many worlds the pattern of an axis is kept."""


def packed(mask: Mask) -> Plane:
    """Return true and false as bits, filled up to whole words."""
    return _whole(np.packbits(mask, bitorder="little"))


def unpacked(plane: Plane, count: int) -> NDArray[np.uint8]:
    """Return the first bits of a plane as ones and zeros."""
    return np.unpackbits(plane.view(np.uint8), count=count, bitorder="little")


def _whole(octets: NDArray[np.uint8]) -> Plane:
    """Return bytes as words, the last filled up with zeros."""
    missing = -len(octets) % 8
    full = np.pad(octets, (0, missing)) if missing else octets
    return np.ascontiguousarray(full).view(np.uint64)


def _are_bytes(_instance: object, _attribute: object, value: object) -> None:
    octets = cast("NDArray[Any]", value) if isinstance(value, np.ndarray) else None
    if octets is None or octets.dtype != np.uint8 or octets.ndim != 1:
        raise ModelError("packed worlds are a one-dimensional array of bytes (uint8)")


@frozen(eq=False)
class Packed:
    """True or false in each world, as bits.

    Attributes:
        octets: Eight worlds in a byte, the first in its lowest bit, as ``numpy.packbits(…,
            bitorder="little")`` gives them.
        size: How many worlds.
    """

    octets: NDArray[np.uint8] = field(validator=_are_bytes, repr=False)
    size: int
    words: Plane = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse fewer bits than worlds."""
        if len(self.octets) * 8 < self.size:
            raise ModelError(f"{len(self.octets)} bytes hold fewer than {self.size} worlds")
        object.__setattr__(self, "words", _whole(self.octets))

    @property
    def given(self) -> Given:
        """What is given of the fact."""
        return Flags(has_gaps=False)

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return self.size

    def plane(self, _question: Question, start: int, stop: int) -> Plane:
        """Return which worlds of a stretch pass; only whether it is true is asked."""
        return self.words[start // WORD : -(-stop // WORD)]

    def value(self, world: int) -> Value:
        """Return the value in one world."""
        return Truth(bool(self.octets[world // 8] >> (world % 8) & 1))

    def listed(self) -> Codes:
        """Return the same with its values listed."""
        return Codes((Truth(value=False), Truth(value=True)), unpacked(self.words, self.size))


@frozen(eq=False)
class Truths:
    """True or false in each world, or a gap."""

    values: Mask
    gaps: Mask | None

    @property
    def given(self) -> Given:
        """What is given of the fact."""
        return Flags(self.gaps is not None)

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return len(self.values)

    def plane(self, question: Question, start: int, stop: int) -> Plane:
        """Return which worlds of a stretch pass."""
        asked = self.gaps if isinstance(question, IsGap) else self.values
        return packed(asked[start:stop])  # type: ignore[index]  # gaps are asked where there are

    def value(self, world: int) -> Value:
        """Return the value in one world."""
        is_gap = self.gaps is not None and bool(self.gaps[world])
        return CannotSay() if is_gap else Truth(bool(self.values[world]))

    def listed(self) -> Codes:
        """Return the same with its values listed."""
        codes = self.values.astype(np.uint8)
        if self.gaps is None:
            return Codes((Truth(value=False), Truth(value=True)), codes)
        codes[self.gaps] = 2
        return Codes((Truth(value=False), Truth(value=True), CannotSay()), codes)


@frozen(eq=False)
class Numbers:
    """A number in each world, or a gap."""

    values: NDArray[Any]
    """Whole numbers or floats; NaN is a gap."""

    gaps: Mask | None

    @property
    def given(self) -> Given:
        """What is given of the fact."""
        return Amounts(self.gaps is not None or self.values.dtype.kind == "f")

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return len(self.values)

    def plane(self, question: Question, start: int, stop: int) -> Plane:
        """Return which worlds of a stretch pass."""
        values = self.values[start:stop]
        gaps = None if self.gaps is None else self.gaps[start:stop]
        if isinstance(question, Reaches):
            return packed(values >= least(question.cut, question.beyond, values.dtype.str))
        missing = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), np.bool_)
        return packed(missing if gaps is None else missing | gaps)

    def floats(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Return the least and the most that it may be; NaN where nobody can say."""
        values = self.values[start:stop]
        if values.dtype.kind == "f" and values.dtype != np.float64:
            values = values.astype("U")  # as they are written
        found = values.astype(np.float64)
        if self.gaps is not None:
            found[self.gaps[start:stop]] = np.nan
        return found, found

    def value(self, world: int) -> Value:
        """Return the value in one world."""
        number = self.values[world]
        is_gap = self.gaps is not None and bool(self.gaps[world])
        return CannotSay() if is_gap or number != number else Number(read(number))  # noqa: PLR0124

    def listed(self) -> Codes:
        """Return the same with its values listed."""
        distinct, codes = np.unique(self.values, return_inverse=True)
        values: list[Value] = [
            CannotSay() if each != each else Number(read(each))  # noqa: PLR0124 - NaN
            for each in distinct
        ]
        if self.gaps is None:
            return Codes(tuple(values), codes)
        return Codes((*values, CannotSay()), np.where(self.gaps, len(values), codes))


@frozen(eq=False)
class Codes:
    """In each world one of some listed values."""

    values: tuple[Value, ...]
    codes: NDArray[Any]
    """Which of them, from 0."""

    @property
    def given(self) -> Given:
        """What is given of the fact."""
        return Listed(self.values)

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return len(self.codes)

    def coded(self, start: int, stop: int) -> NDArray[Any]:
        """Return which values a stretch of worlds has."""
        return self.codes[start:stop]

    def plane(self, question: Question, start: int, stop: int) -> Plane:
        """Return which worlds of a stretch pass."""
        return packed(_members(question)[self.coded(start, stop)])

    def floats(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Return the least and the most that it may be; NaN where nobody can say."""
        low, high = _floats(self.values)
        codes = self.coded(start, stop)
        return low[codes], high[codes]

    def value(self, world: int) -> Value:
        """Return the value in one world."""
        return self.values[int(self.codes[world])]

    def listed(self) -> Codes:
        """Return the same."""
        return self


@frozen(eq=False)
class Axis:
    """The values of one axis of a grid: each for so many worlds, and again from the first."""

    values: tuple[Value, ...]
    stride: int
    """For how many worlds."""

    @property
    def given(self) -> Given:
        """What is given of the fact."""
        return Listed(self.values)

    def coded(self, start: int, stop: int) -> NDArray[Any]:
        """Return which values a stretch of worlds has."""
        return self._laid_out(np.arange(len(self.values), dtype=np.uint32), start, stop)

    def plane(self, question: Question, start: int, stop: int) -> Plane:
        """Return which worlds of a stretch pass."""
        period = self.stride * len(self.values)
        if isinstance(question, IsOneOf) and period + stop - start <= _PATTERN:
            pattern = _pattern(question.members, self.stride, stop - start)
            return packed(pattern[start % period : start % period + stop - start])
        return packed(self._laid_out(_members(question), start, stop))

    def _laid_out(self, table: NDArray[Any], start: int, stop: int) -> NDArray[Any]:
        """Return what a table says of each world of a stretch."""
        runs = np.arange(start // self.stride, (stop - 1) // self.stride + 1)
        lengths = np.full(len(runs), self.stride)
        lengths[0] -= start % self.stride
        lengths[-1] -= -stop % self.stride
        return np.repeat(table[runs % len(table)], lengths)

    def floats(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Return the least and the most that it may be; NaN where nobody can say."""
        low, high = _floats(self.values)
        return self._laid_out(low, start, stop), self._laid_out(high, start, stop)

    def value(self, world: int) -> Value:
        """Return the value in one world."""
        return self.values[world // self.stride % len(self.values)]

    def listed(self) -> Axis:
        """Return the same."""
        return self


Array: TypeAlias = Packed | Truths | Numbers | Codes
"""The values of one fact in many worlds, each by itself."""

Column: TypeAlias = Array | Axis
"""The values of one fact in many worlds."""


@lru_cache(maxsize=256)
def _pattern(members: tuple[bool, ...], stride: int, length: int) -> Mask:
    """Return what is said of an axis from its beginning, for a period and a stretch more."""
    once = np.repeat(np.array(members, np.bool_), stride)
    return np.resize(once, len(once) + length)


def _members(question: Question) -> Mask:
    match question:
        case IsOneOf(members=members):
            return np.array(members, np.bool_)
        case IsTrue() | IsGap() | Reaches():  # pragma: no cover - not asked of listed values
            raise TypeError(question)
        case _:
            assert_never(question)


@lru_cache(maxsize=256)
def _floats(values: tuple[Value, ...]) -> tuple[Floats, Floats]:
    """Return the least and the most that listed values may be; infinite where there is no limit."""
    both = [limits(each) for each in values]
    missing = [low is None and high is None for low, high in both]
    low = np.array([-np.inf if each is None else float(each) for each, _ in both])
    high = np.array([np.inf if each is None else float(each) for _, each in both])
    low[missing] = high[missing] = np.nan
    return low, high


def read(number: object) -> Decimal:
    """Read a number of an array: a float to 15 digits, a shorter one as it is written."""
    if isinstance(number, float):  # numpy's of 64 bits, too
        return Decimal(f"{number:.15g}")
    return Decimal(str(number))


@lru_cache(maxsize=4096)
def least(cut: Fraction, beyond: bool, dtype: str) -> Any:  # noqa: ANN401, FBT001 - numpy's own; a key
    """Return the least number of a kind of array that, as it is read, passes a cut."""
    kind = np.dtype(dtype)
    if kind.kind != "f":
        return floor(cut) + 1 if beyond else ceil(cut)

    def passes(number: object) -> bool:
        exact = Fraction(read(number))
        return exact > cut if beyond else exact >= cut

    found, infinite = kind.type(float(cut)), kind.type(np.inf)
    while passes(lower := np.nextafter(found, -infinite)):
        found = lower
    while not passes(found):
        found = np.nextafter(found, infinite)
    return found
