"""Reading arrays and the columns of data frames as columns of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import narwhals as nw
import numpy as np

from ceasefire_model.bulk.columns import Array, Codes, Numbers, Packed, Truths
from ceasefire_model.consistency import kind_of, value_problem
from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.facts import CannotSay, Control, Number, Quantity, Range, Truth, Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ceasefire_model.facts import Fact


def column_of(fact: Fact, values: object) -> Array:
    """Return the values of a fact in many worlds.

    Args:
        fact: The fact.
        values: An array, masked or not, a series of a data frame, a list, or packed bits.

    Raises:
        ModelError: If they are no values of this fact.
    """
    if isinstance(values, Packed):
        return _fitting(fact, values)
    if isinstance(values, np.ndarray):
        return of_array(fact, cast("NDArray[Any]", values))
    series = nw.from_native(values, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return of_series(fact, series)  # pyright: ignore[reportUnknownArgumentType] - of any library
    if isinstance(values, Iterable) and not isinstance(values, str):
        return _of_list(fact, [value_in_world(each) for each in cast("Iterable[object]", values)])
    raise ModelError(f"the values of {fact.id!r} are no array, got {type(values).__name__}")


def of_array(fact: Fact, values: NDArray[Any]) -> Array:
    """Return the values of a fact from an array of numpy."""
    if values.ndim != 1:
        raise ModelError(f"the values of {fact.id!r} are one-dimensional, got {values.ndim}")
    gaps = None
    if isinstance(values, np.ma.MaskedArray):
        gaps, values = np.ma.getmaskarray(values), values.data
        gaps = gaps if gaps.any() else None
    return _of_parts(fact, values, gaps)


def of_series(fact: Fact, series: nw.Series[Any]) -> Array:
    """Return the values of a fact from a column of a data frame.

    Raises:
        ModelError: If its type is neither Boolean nor a number.
    """
    dtype = series.dtype
    if not (dtype.is_numeric() or dtype == nw.Boolean):
        raise ModelError(no_values(fact, str(dtype)))
    if dtype.is_decimal():
        series, dtype = series.cast(nw.Float64), nw.Float64()
    missing = series.is_null()
    gaps = missing.to_numpy() if missing.any() else None
    filled = series if gaps is None else series.fill_null(False if dtype == nw.Boolean else 0)
    return _of_parts(fact, filled.to_numpy(), gaps)


def is_number(fact: Fact) -> bool:
    """Whether the values of a fact are numbers."""
    return isinstance(fact, Quantity | Control)


def refuse_no_shares(fact: Fact, series: nw.Series[Any]) -> None:
    """Refuse a column of shares of a territory below 0 or above 1."""
    if isinstance(fact, Control):
        of_series(fact, series)


def no_values(fact: Fact, dtype: str) -> str:
    """Say that a column cannot hold the values of a fact."""
    needed = "numbers" if is_number(fact) else "true or false"
    advice = (
        "; a column of Python objects is no column of values: give it a type of its own, "
        'such as .astype("boolean") or .astype("float64")'
        if dtype.lower() == "object"
        else ""
    )
    return f"{fact.id!r} is {kind_of(fact)} and needs {needed}, got a column of {dtype}{advice}"


def _of_parts(fact: Fact, values: NDArray[Any], gaps: NDArray[np.bool_] | None) -> Array:
    if values.dtype == np.bool_:
        return _fitting(fact, Truths(values if gaps is None else values & ~gaps, gaps))
    if values.dtype.kind not in "iuf" or values.dtype.itemsize > np.dtype(np.float64).itemsize:
        raise ModelError(no_values(fact, str(values.dtype)))
    if isinstance(fact, Control):
        _refuse_no_shares(fact, values, gaps)
    return _fitting(fact, Numbers(values, gaps))


def _refuse_no_shares(fact: Fact, values: NDArray[Any], gaps: NDArray[np.bool_] | None) -> None:
    """Refuse shares of a territory below 0 or above 1."""
    there = values if gaps is None else values[~gaps]
    wrong = there[(there < 0) | (there > 1)]
    if len(wrong):
        raise ModelError(f"a share lies between 0 and 1, got {wrong[0]!s} for {fact.id!r}")


def _fitting(fact: Fact, column: Array) -> Array:
    """Refuse numbers for what is true or false, and the other way round."""
    are_numbers = isinstance(column, Numbers)
    if are_numbers != is_number(fact):
        raise ModelError(no_values(fact, "numbers" if are_numbers else "true and false"))
    return column


def _of_list(fact: Fact, values: list[Value]) -> Array:
    """Return listed values, each distinct one once."""
    for each in dict.fromkeys(values):
        problem = value_problem(fact, each)
        if problem is not None:
            raise ModelError(problem)
    distinct = {each: code for code, each in enumerate(dict.fromkeys(values))}
    return Codes(tuple(distinct), np.array([distinct[each] for each in values], np.uint32))


def value_in_world(given: object) -> Value:
    """Read a plain value, also numpy's; a float to 15 digits, and none or NaN as *cannot say*.

    Raises:
        ModelError: If it is none.
    """
    match given:
        case Truth() | Number() | Range() | CannotSay():
            return given
        case None:
            return CannotSay()
        case bool() | np.bool_():
            return Truth(bool(given))
        case Decimal() | int():
            return Number(given)
        case np.integer():
            return Number(int(given))
        case np.floating() | Real():
            number = float(given)
            return CannotSay() if np.isnan(number) else Number(Decimal(f"{number:.15g}"))
        case _:
            raise ModelError(f"a value is true, false, a number or None, got {shortened(given)}")


Library: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""A library that a frame can be made with."""


def made_of(columns: Mapping[str, object], library: Library) -> Any:  # noqa: ANN401 - of the library
    """Return columns as a data frame of a library.

    Raises:
        ModelError: If it is none of those, or is not installed.
    """
    names = ", ".join(map(repr, get_args(Library)))
    if not isinstance(cast("object", library), str) or library not in get_args(Library):
        raise ModelError(f"is one of {names}, got {shortened(library)}", "library")
    try:
        return nw.from_dict(dict(columns), backend=library).to_native()
    except ModuleNotFoundError:
        text = f"is one of {names}, of which {library!r} is not installed"
        raise ModelError(text, "library") from None
