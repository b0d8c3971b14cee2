"""The checklist: what a ceasefire text can settle, and how much each class of text should.

The items are data, in ``checklist.json`` beside this module, with the guidance, agreements and data
sets from which each is taken.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ceasefire_model.proposals import CeasefireClass
from ceasefire_model.reprs import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(Enum):
    """How much it matters that a text does not settle an item, from the most to the least."""

    REQUIRED = "required"
    """Without it the text leaves open what a text of its class is about."""

    RECOMMENDED = "recommended"
    """Guidance asks for it."""

    OPTIONAL = "optional"
    """Some texts of the class have it, and many do without."""

    NOT_ASKED = "not asked"
    """It is no matter of a text of this class."""

    __repr__ = dotted


_RANKS = tuple(Severity)


@frozen(kw_only=True)
class BaseRate:
    """How many of the texts that a data set codes have what an item asks for.

    Attributes:
        count: So many are coded as having it.
        of: Of so many.
        population: Of what: ``ceasefires in civil conflicts, 1989 to 2020``.
        coded: What they are coded as having, as the end of a sentence; often narrower than the
            item.
        source: The data set.
        field: The field of the data set that was counted.
    """

    count: int
    of: int
    population: str
    coded: str
    source: str
    field: str

    @property
    def share(self) -> float:
        """The same as a share, from 0 to 1."""
        return self.count / self.of


@frozen(kw_only=True)
class ChecklistItem:
    """One matter that a ceasefire text can settle.

    Attributes:
        id: Its short name, which the topics of a provision may name: ``COM-01``.
        group: The heading that it stands under.
        name: What it is about, in a few words.
        question: What a reader should be able to answer.
        is_in_text: Whether a text settles it; else it is settled by what is said about the text.
        severities: One per class of ceasefire, in the order of ``CeasefireClass``.
        anchors: The guidance, agreements and fields of data sets that it is taken from.
        rates: How often data sets find it; none where no data set was counted.
    """

    id: str
    group: str
    name: str
    question: str
    is_in_text: bool
    severities: tuple[Severity, ...]
    anchors: tuple[str, ...]
    rates: tuple[BaseRate, ...]

    def severity(self, claims: CeasefireClass | None) -> Severity:
        """Return how much it matters for a text that claims to be of a class.

        A text that claims none is asked only for what is asked of every class.
        """
        if claims is None:
            return max(self.severities, key=_RANKS.index)
        return self.severities[tuple(CeasefireClass).index(claims)]


@cache
def checklist() -> tuple[ChecklistItem, ...]:
    """Return the items of the completeness checklist, in their order.

    >>> [item.name for item in checklist() if item.id == "COM-01"]
    ['Who monitors']
    """
    import json
    from importlib import resources

    file = resources.files("ceasefire_model.drafting").joinpath("checklist.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    return tuple(_item(row, data["citations"], data["populations"]) for row in data["items"])


def _item(
    row: Mapping[str, Any],
    citations: Mapping[str, str],
    populations: Mapping[str, Mapping[str, Any]],
) -> ChecklistItem:
    """Return an item, with its abbreviated citations written out."""
    return ChecklistItem(
        id=row["id"],
        group=row["group"],
        name=row["name"],
        question=row["question"],
        is_in_text=row.get("is_in_text", True),
        severities=tuple(Severity(row["severity"][each.value]) for each in CeasefireClass),
        anchors=tuple(_cited(anchor, citations) for anchor in row["anchors"]),
        rates=tuple(
            BaseRate(
                count=rate["count"],
                coded=rate["coded"],
                field=rate["field"],
                source=citations[rate["source"]],
                **populations[rate["source"]],
            )
            for rate in row.get("rates", ())
        ),
    )


def _cited(anchor: str, citations: Mapping[str, str]) -> str:
    """Write out an abbreviated citation, with the place in it where one is given."""
    source, colon, place = anchor.partition(": ")
    return f"{citations[source]}{colon}{place}"
