"""The page that says what a text settles and what it leaves open."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from ceasefire_model.display.words import WIDTH
from ceasefire_model.drafting.coverage import Presence
from ceasefire_model.drafting.items import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.drafting.completeness import Completeness
    from ceasefire_model.drafting.coverage import Coverage
    from ceasefire_model.drafting.items import BaseRate
    from ceasefire_model.drafting.remarks import Remark, RemarkRule
    from ceasefire_model.proposals import Proposal

SIGNS = {Presence.PRESENT: "✓", Presence.ABSENT: "✗", Presence.UNKNOWN: "○"}
"""One sign per presence, told apart by shape."""

TEXT_SAYS = {True: "What the text says", False: "What the text is reported to say"}
_MAY_SAY_MORE = {
    True: "its text is public, so what is not recorded is not in it",
    False: "its text is not given as public, so what is not recorded may yet be in it",
}

_NAMED = 3
"""How many places one line names."""


def completeness_text(found: Completeness) -> str:
    """Write what a text settles, what it leaves open by severity, and what the rules find."""
    lines = [
        *_head(found.proposal),
        "",
        *_counts(found),
        *_section(TEXT_SAYS[found.proposal.is_public], _present(found, in_text=True)),
        *_section("What is said about it", _present(found, in_text=False)),
    ]
    for severity in (Severity.REQUIRED, Severity.RECOMMENDED):
        open_items = [each for each in found if is_open(each, severity)]
        written = [line for each in open_items for line in _open(each)]
        lines += _section(f"Open, and {severity.value}", written)
    optional = [each for each in found if is_open(each, Severity.OPTIONAL)]
    names = [_wrapped("", "; ".join(_name(each) for each in optional), 2)] if optional else []
    lines += _section("Open, and optional", names)
    lines += _section("Remarks", _remarks(found.remarks))
    return "\n".join(lines)


def _head(proposal: Proposal) -> Iterator[str]:
    yield from (fill(line, WIDTH) for line in (heading(proposal), standing(proposal)))


def heading(proposal: Proposal) -> str:
    """Write what the page is about."""
    return f"{proposal.title}: what the text says, and what it leaves open"


def standing(proposal: Proposal) -> str:
    """Write which class a text claims, and whether all of it is known."""
    if proposal.claims is None:
        claims = "of no class that is known"
    elif proposal.is_public:
        claims = f"calls itself a {proposal.claims.value}"
    else:
        claims = f"taken to be a {proposal.claims.value}"
    return f"{claims}; {_MAY_SAY_MORE[proposal.is_public]}"


def _counts(found: Completeness) -> Iterator[str]:
    """Yield a small table: how many items of each severity are present, absent, unknown."""
    yield f"{'':<13}" + "".join(f"{each.value:>9}" for each in Presence)
    for severity in Severity:
        row = "".join(f"{len(found.only(presence, severity)):>9}" for presence in Presence)
        if found.only(severity=severity):
            yield f"{severity.value:<13}{row}"


def _section(title: str, lines: list[str]) -> list[str]:
    """Return a section, unless it is empty."""
    return ["", title, *lines] if lines else []


def _present(found: Completeness, *, in_text: bool) -> list[str]:
    return [
        line
        for each in found.only(Presence.PRESENT)
        if each.item.is_in_text is in_text
        for line in _settled(each)
    ]


def is_open(each: Coverage, severity: Severity) -> bool:
    """Whether an item of this severity is not settled."""
    return each.presence is not Presence.PRESENT and each.severity is severity


def _name(each: Coverage) -> str:
    return f"{each.item.name} ({each.item.id})"


def _settled(each: Coverage) -> Iterator[str]:
    """Yield an item that is settled, and what says so."""
    yield f"  {SIGNS[each.presence]} {_name(each)}"
    yield from (_wrapped("", line, 4) for line in settled_by(each))


def settled_by(each: Coverage) -> Iterator[str]:
    """Yield the provisions that settle an item, and what else says it."""
    for provision in each.provisions:
        yield f"{provision.text}{_reference(provision.reference)}"
    if each.paths:
        more = len(each.paths) - _NAMED
        also = f" and {more} more" if more > 0 else ""
        yield f"{', '.join(each.paths[:_NAMED])}{also}"


def _reference(reference: str | None) -> str:
    return f" ({reference})" if reference else ""


def _open(each: Coverage) -> Iterator[str]:
    """Yield an item that is open, as a question, with how often data sets find it."""
    yield f"  {SIGNS[each.presence]} {_name(each)}"
    yield _wrapped("", each.item.question, 4)
    yield from (_wrapped("", rate_text(rate), 4) for rate in each.item.rates)


def rate_text(rate: BaseRate) -> str:
    """Write how often a data set finds an item."""
    share = f"{rate.share:.0%}".removesuffix("%")
    return f"{share} % of {rate.of:,} {rate.population} {rate.coded}"


def _remarks(found: tuple[Remark, ...]) -> list[str]:
    """Return what the rules find, rule by rule, each with what would settle it."""
    lines: list[str] = []
    for (rule, remedy), group in by_rule(found).items():
        lines.append(_wrapped(f"{rule.value} ({len(group)}), settled by: ", remedy, 2))
        lines += [_wrapped("- ", remark(each), 4) for each in group]
    return lines


def by_rule(found: tuple[Remark, ...]) -> dict[tuple[RemarkRule, str], list[Remark]]:
    """Return what is found by rule and by what would settle it."""
    groups: dict[tuple[RemarkRule, str], list[Remark]] = {}
    for each in found:
        groups.setdefault((each.rule, each.remedy), []).append(each)
    return groups


def remark(each: Remark) -> str:
    """Write what a rule finds, and whether it is sure."""
    return each.what if each.is_certain else f"as far as is known, {each.what}"


def _wrapped(head: str, text: str, indent: int) -> str:
    """Write a text behind its head, continued under itself."""
    return fill(
        text,
        WIDTH,
        initial_indent=" " * indent + head,
        subsequent_indent=" " * (indent + len(head)),
        break_on_hyphens=False,
    )
