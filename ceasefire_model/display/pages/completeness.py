"""What a text settles and what it leaves open, and what the rules of drafting find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.blocks import (
    Block,
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Table,
)
from ceasefire_model.display.words import cited
from ceasefire_model.drafting.coverage import Presence
from ceasefire_model.drafting.items import Severity
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.drafting.completeness import Completeness
    from ceasefire_model.drafting.coverage import Coverage
    from ceasefire_model.drafting.items import BaseRate
    from ceasefire_model.drafting.remarks import Remark
    from ceasefire_model.proposals import Proposal

_SIGNS = {
    Presence.PRESENT: Verdict.MET,
    Presence.ABSENT: Verdict.UNMET,
    Presence.UNKNOWN: Verdict.UNKNOWN,
}
"""Whose sign each presence has."""

_SAYS = {True: "What the text says", False: "What the text is reported to say"}
_MAY_SAY_MORE = {
    True: "its text is public, so what is not recorded is not in it",
    False: "its text is not given as public, so what is not recorded may yet be in it",
}

_NAMED = 3
"""How many places one line names."""


def completeness_page(found: Completeness, *, has_paths: bool = True) -> Page:
    """Compose what a text settles, what it leaves open by severity, and what the rules find.

    Args:
        found: What was found.
        has_paths: Whether places of the document are named, for who has it at hand.
    """
    return Page(
        [
            Heading(f"{found.proposal.title}: what the text says, and what it leaves open"),
            Paragraph([_standing(found.proposal)]),
            _counts(found),
            *_settled(found, has_paths=has_paths),
            *_open(found),
            Part("Remarks", [*_remarks(found.remarks)]),
        ]
    )


def _standing(proposal: Proposal) -> str:
    """Write which class a text claims, and whether all of it is known."""
    if proposal.claims is None:
        claims = "of no class that is known"
    elif proposal.is_public:
        claims = f"calls itself a {proposal.claims.value}"
    else:
        claims = f"taken to be a {proposal.claims.value}"
    return f"{claims}; {_MAY_SAY_MORE[proposal.is_public]}"


def _counts(found: Completeness) -> Table:
    """Count how many items of each severity are present, absent, unknown."""
    rows = [
        (each.value, *(str(len(found.only(presence, each))) for presence in Presence))
        for each in Severity
        if found.only(severity=each)
    ]
    return Table("Items", ("", *(each.value for each in Presence)), rows)


def _settled(found: Completeness, *, has_paths: bool) -> Iterator[Block]:
    for in_text, title in (
        (True, _SAYS[found.proposal.is_public]),
        (False, "What is said about it"),
    ):
        items = [each for each in found.only(Presence.PRESENT) if each.item.is_in_text is in_text]
        yield _part(title, items, is_open=True, has_paths=has_paths)


def _open(found: Completeness) -> Iterator[Block]:
    for severity in (Severity.REQUIRED, Severity.RECOMMENDED, Severity.OPTIONAL):
        items = [
            each for each in found.only(severity=severity) if each.presence is not Presence.PRESENT
        ]
        is_required = severity is Severity.REQUIRED
        yield _part(f"Open, and {severity.value}", items, is_open=is_required)


def _part(title: str, items: Iterable[Coverage], *, is_open: bool, has_paths: bool = False) -> Part:
    lines = [_line(each, has_paths=has_paths) for each in items]
    counted = f"{title} ({len(lines)})" if lines else title
    return Part(counted, [Items(lines)], is_open)


def _line(each: Coverage, *, has_paths: bool) -> Line:
    """Write an item with what says it, or else what it asks, and how often data sets find it."""
    mark = Mark(each.presence.value, _SIGNS[each.presence])
    notes = list(_by(each, has_paths=has_paths))
    if each.presence is not Presence.PRESENT and not notes:
        notes = [each.item.question, *map(_rate, each.item.rates)]
    is_named_alone = each.severity is Severity.OPTIONAL and each.presence is not Presence.PRESENT
    return Line(f"{each.item.name} ({each.item.id})", mark, () if is_named_alone else notes)


def _by(each: Coverage, *, has_paths: bool) -> Iterator[str]:
    """Yield the provisions that settle an item, and what else says it."""
    for provision in each.provisions:
        yield cited(provision.text, provision.reference)
    if each.paths and has_paths:
        more = len(each.paths) - _NAMED
        also = f" and {more} more" if more > 0 else ""
        yield f"{', '.join(each.paths[:_NAMED])}{also}"


def _rate(rate: BaseRate) -> str:
    """Write how often a data set finds an item."""
    share = f"{rate.share:.0%}".removesuffix("%")
    return f"{share} % of {rate.of:,} {rate.population} {rate.coded}"


def _remarks(remarks: Iterable[Remark]) -> Iterator[Part]:
    """Yield what the rules find, rule by rule, each with what would settle it."""
    for each in remarks:
        title = f"{each.rule.value} ({len(each.places)}), settled by: {each.remedy}"
        known = "" if each.is_certain else "as far as is known, "
        lines = [Line(f"{known}{place.what}") for place in each.places]
        yield Part(title, [Items(lines)], is_open=False)
