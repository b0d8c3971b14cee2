"""From the topic codes of a data set of agreements to the items of our checklist.

A code says that a text deals with a matter, and not that it settles it, nor what it says; and what
is coded is often narrower than the item. So a code makes a provision that names the item as its
topic and owes nothing, and where there is no code the item stays unknown: the texts are not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.datasets.coded import slug
from ceasefire_model.drafting.items import BaseRate
from ceasefire_model.proposals import Provision, ProvisionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire_model.datasets.coded import Line


@frozen
class Crossing:
    """One line of a crosswalk: what a variable stands for on our checklist."""

    variable: str
    """The name in the codebook."""

    item: str
    """The id of the item."""

    coded: str
    """What a text with this code does, as the end of a sentence."""


def codes_of(line: Line, crosswalk: Iterable[Crossing]) -> dict[str, int]:
    """Return the variables of a row that are coded as more than 0; -1 and nothing are no codes.

    Raises:
        UnreadError: If one of them is no whole number.
    """
    found = {one.variable: line.number_in(one.variable) or 0 for one in crosswalk}
    return {variable: code for variable, code in found.items() if code > 0}


def provisions_of(
    text: str, codes: Mapping[str, int], crosswalk: Iterable[Crossing]
) -> tuple[Provision, ...]:
    """Return one provision for each item that a text is coded as dealing with.

    Args:
        text: The id of the text.
        codes: Its variables that are more than 0.
        crosswalk: What they stand for.
    """
    by_item: dict[str, list[Crossing]] = {}
    for one in crosswalk:
        if one.variable in codes:
            by_item.setdefault(one.item, []).append(one)
    return tuple(
        Provision(
            id=f"{text}-{slug(item)}",
            text=f"coded as a text that {'; '.join(one.coded for one in lines)}",
            kind=ProvisionKind.DECLARATION,
            topics=(item,),
            reference=", ".join(f"{one.variable} = {codes[one.variable]}" for one in lines),
        )
        for item, lines in by_item.items()
    )


def rates(
    texts: Iterable[Mapping[str, int]],
    crosswalk: Iterable[Crossing],
    *,
    population: str,
    source: str,
) -> tuple[BaseRate, ...]:
    """Count, for each line of a crosswalk, how many texts have its code.

    Args:
        texts: The variables of each text that are more than 0.
        crosswalk: What is counted.
        population: What the texts are, in words.
        source: The data set.
    """
    coded = list(texts)
    return tuple(
        BaseRate(
            count=sum(one.variable in codes for codes in coded),
            of=len(coded),
            population=population,
            coded=one.coded,
            source=source,
            field=one.variable,
        )
        for one in crosswalk
    )
