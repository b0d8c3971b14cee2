"""What a text settles and what it leaves open, in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.completeness import (
    SIGNS,
    TEXT_SAYS,
    by_rule,
    heading,
    is_open,
    rate_text,
    remark,
    settled_by,
    standing,
)
from ceasefire_model.display.markup import (
    Markup,
    details,
    lines_of,
    listing,
    page,
    paragraph,
    small,
    strong,
    table,
    text,
)
from ceasefire_model.drafting.coverage import Presence
from ceasefire_model.drafting.items import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.drafting.completeness import Completeness
    from ceasefire_model.drafting.coverage import Coverage


def completeness_html(found: Completeness) -> str:
    """Write the counts, the items by severity, and what the rules find."""
    head = paragraph(strong(text(heading(found.proposal))), small(text(standing(found.proposal))))
    counts = table("Items", ("", *(each.value for each in Presence)), list(_counts(found)))
    remarks = [
        details(
            text(f"{rule.value} ({len(each)}), settled by: {remedy}"),
            listing([text(remark(one)) for one in each]),
        )
        for (rule, remedy), each in by_rule(found.remarks).items()
    ]
    title = [paragraph(strong(text("Remarks")))] if remarks else []
    return page(head, counts, *_sections(found), *title, *remarks)


def _counts(found: Completeness) -> Iterator[list[Markup]]:
    for severity in Severity:
        numbers = (len(found.only(presence, severity)) for presence in Presence)
        yield [text(severity.value), *(text(str(number)) for number in numbers)]


def _sections(found: Completeness) -> Iterator[Markup]:
    """Yield what is settled and what is open, folded but for what is said and what is required."""
    sections = (
        (TEXT_SAYS[found.proposal.is_public], [each for each in _settled(found) if _in_text(each)]),
        ("What is said about it", [each for each in _settled(found) if not _in_text(each)]),
        *(
            (f"Open, and {severity.value}", [each for each in found if is_open(each, severity)])
            for severity in (Severity.REQUIRED, Severity.RECOMMENDED, Severity.OPTIONAL)
        ),
    )
    for number, (title, items) in enumerate(sections):
        if items:
            rows = table(title, ("item", "", "where, or what is asked"), _rows(items))
            yield details(text(f"{title} ({len(items)})"), rows, is_open=number < _UNFOLDED)


_UNFOLDED = 3
"""How many sections are open: what is said, and what is open and required."""


def _settled(found: Completeness) -> tuple[Coverage, ...]:
    return found.only(Presence.PRESENT)


def _in_text(each: Coverage) -> bool:
    return each.item.is_in_text


def _rows(items: list[Coverage]) -> list[list[Markup]]:
    return [
        [
            text(f"{each.item.name} ({each.item.id})"),
            text(f"{SIGNS[each.presence]} {each.presence.value}"),
            lines_of(_lines(each)),
        ]
        for each in items
    ]


def _lines(each: Coverage) -> list[str]:
    """Return what says an item, or else what it asks, and how often data sets find it."""
    return list(settled_by(each)) or [each.item.question, *map(rate_text, each.item.rates)]
