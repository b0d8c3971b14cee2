"""What is given, in plain text: proposals and scenarios."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from ceasefire_model.display.outlines import clauses, inside, line_of, particulars
from ceasefire_model.display.words import WIDTH, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.conditions import Condition
    from ceasefire_model.proposals import Precondition, Proposal
    from ceasefire_model.scenarios import Scenario

_KINDS = (
    ("parties", "party"),
    ("territories", "territory"),
    ("proposals", "proposal"),
    ("preconditions", "precondition"),
    ("facts", "fact"),
    ("sources", "source"),
    ("observations", "observation"),
    ("statements", "statement"),
    ("suppositions", "supposition"),
)


def proposal_text(proposal: Proposal) -> str:
    """Write a proposal: by whom, to whom, when, and its provisions; it names ids."""
    return "\n".join(_proposal(proposal))


def _proposal(proposal: Proposal) -> Iterator[str]:
    yield _line(f"{proposal.title} ({proposal.id})", 0)
    yield from (_line(each, 0) for each in ["; ".join(particulars(proposal))] if each)
    if proposal.text:
        yield _line(proposal.text, 0)
    for number, provision in enumerate(proposal.provisions, start=1):
        yield _line(f"{number}. {provision.text} ({'; '.join(clauses(provision))})", 2)
        for duty in provision.duties:
            yield from _outline(duty.requires, ", ".join(duty.by), 5)


def scenario_text(scenario: Scenario) -> str:
    """Write what a scenario is about, how much it holds, its proposals, and who holds what."""
    counts = [(len(getattr(scenario, kind)), kind, one) for kind, one in _KINDS]
    written = [f"{count:,} {one if count == 1 else kind}" for count, kind, one in counts if count]
    lines = [_line(scenario.title, 0), f"days are read in {scenario.timezone}"]
    if scenario.text:
        lines.append(_line(scenario.text, 0))
    lines.append(_line(", ".join(written) or "nothing is recorded", 0))
    for proposal in scenario.proposals:
        lines += ["", *_proposal(proposal)]
    if scenario.preconditions:
        lines += ["", "Preconditions"]
    for each in scenario.preconditions:
        lines += _precondition(each, scenario)
    return "\n".join(lines)


def _precondition(each: Precondition, scenario: Scenario) -> Iterator[str]:
    held = f"held by {each.held_by}" if each.held_by else "held by no party"
    verified = f", verified by {', '.join(each.verified_by)}" if each.verified_by else ""
    yield _line(f"{each.text} ({each.id}; {each.basis.value}, {held}{verified})", 2)
    yield _line(f"what waits: {statement_of(each.of, scenario)}", 4)
    yield from _outline(each.needs, f"for what, {each.timing.value}", 4)


def _outline(condition: Condition, role: str, indent: int) -> Iterator[str]:
    yield _line(line_of(role, condition), indent)
    for part, inner in inside(condition):
        yield from _outline(inner, part, indent + 2)


def _line(text: str, indent: int) -> str:
    margin = " " * min(indent, WIDTH // 2)
    return fill(
        text, WIDTH, initial_indent=margin, subsequent_indent=f"{margin}  ", break_on_hyphens=False
    )
