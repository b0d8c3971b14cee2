"""What is given: conditions, proposals, scenarios.

A condition and a proposal know no scenario, so they name ids; a scenario says what each id is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.blocks import (
    Block,
    Heading,
    Items,
    Line,
    Page,
    Paragraph,
    Part,
    Table,
    Tree,
)
from ceasefire_model.display.conditions import limit_of, outline
from ceasefire_model.display.html import html_of
from ceasefire_model.display.words import bound_of, day, statement_of, value_of
from ceasefire_model.evidence import Reliability
from ceasefire_model.facts import Control, Quantity, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.conditions import Condition
    from ceasefire_model.display.blocks import Cell
    from ceasefire_model.facts import Fact
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.statements import About, Statement
    from ceasefire_model.suppositions import Supposition


def condition_html(condition: Condition) -> str:
    """Write a condition as a tree that names ids; it has no text but its `repr`."""
    return html_of(Page([Tree(outline(condition))]))


# Proposals


def proposal_page(proposal: Proposal) -> Page:
    """Compose a proposal: by whom, to whom, when, and its provisions."""
    return Page([Heading(f"{proposal.title} ({proposal.id})"), *_proposal(proposal)])


def _proposal(proposal: Proposal) -> Iterator[Block]:
    yield Paragraph(["; ".join(_particulars(proposal))], is_small=True)
    yield Paragraph([proposal.text or ""])
    yield Items([_provision(each) for each in proposal.provisions], is_ordered=True)


def _provision(provision: Provision) -> Line:
    duties = [outline(duty.requires, _owed(duty)) for duty in provision.duties]
    return Line(provision.text, notes=["; ".join(_clauses(provision))], below=duties)


def _owed(duty: Duty) -> str:
    """Write who owes a duty, and by when where that differs from the rest of the clause."""
    due = "" if duty.due is None else f", due {limit_of(duty.due)}"
    return f"{_ids(duty.by)}{due}"


def _particulars(proposal: Proposal) -> Iterator[str]:
    """Yield what a proposal says of itself, where it does."""
    if proposal.by:
        yield f"by {', '.join(proposal.by)}"
    if proposal.to:
        yield f"to {', '.join(proposal.to)}"
    if proposal.tabled:
        yield f"tabled {day(proposal.tabled)}"
    if proposal.starts:
        yield f"starts {limit_of(proposal.starts)}"
    if proposal.ends:
        yield f"ends {limit_of(proposal.ends)}"
    if proposal.guaranteed_by:
        yield f"guaranteed by {', '.join(proposal.guaranteed_by)}"
    if proposal.claims:
        yield f"says that it is a {proposal.claims.value}"
    if proposal.is_public:
        yield "its text is public and all here"
    if proposal.previous:
        yield f"takes the place of {proposal.previous}"
    if proposal.prolongs:
        yield f"prolongs {proposal.prolongs}"
    if proposal.in_force:
        yield f"in force if {proposal.in_force} holds"
    if proposal.reference:
        yield proposal.reference


def _clauses(provision: Provision) -> Iterator[str]:
    """Yield what a provision says of itself, where it does."""
    yield provision.kind.value
    yield provision.id
    if provision.due:
        yield f"due {limit_of(provision.due)}"
    if provision.starts:
        yield f"starts {limit_of(provision.starts)}"
    if provision.ends:
        yield f"ends {limit_of(provision.ends)}"
    if provision.survives:
        yield "outlives the text"
    if provision.verified_by:
        yield f"verified by {', '.join(provision.verified_by)}"
    if provision.verified_how:
        yield f"verified through {provision.verified_how}"
    if provision.topics:
        yield f"settles {', '.join(provision.topics)}"
    if provision.replaces:
        yield f"replaces {', '.join(provision.replaces)}"
    if provision.reference:
        yield provision.reference


# Scenarios

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


def scenario_page(scenario: Scenario) -> Page:
    """Compose a scenario: what it is about, how much it holds, and its records by kind."""
    return Page(
        [
            Heading(scenario.title),
            Paragraph([f"days are read in {scenario.timezone}"], is_small=True),
            Paragraph([scenario.text or ""]),
            Paragraph([_counts(scenario)]),
            *_proposals(scenario),
            Part("Preconditions", [_preconditions(scenario)]),
            Part("Suppositions", [_suppositions(scenario)]),
            *_tables(scenario),
        ]
    )


def _tables(scenario: Scenario) -> Iterator[Part]:
    for title, table in (
        ("Parties", _parties(scenario)),
        ("Territories", _territories(scenario)),
        ("Facts: what can be observed", _facts(scenario)),
        ("Sources: who reports", sources_table(scenario)),
        ("Observations: what is reported of facts", _observations(scenario)),
        ("Statements: what is said", _statements(scenario)),
    ):
        yield Part(title, [table], is_open=False)


def _counts(scenario: Scenario) -> str:
    counts = [(len(getattr(scenario, kind)), kind, one) for kind, one in _KINDS]
    written = [f"{count:,} {one if count == 1 else kind}" for count, kind, one in counts if count]
    return ", ".join(written) or "nothing is recorded"


def _proposals(scenario: Scenario) -> Iterator[Part]:
    for each in scenario.proposals:
        yield Part(f"{each.title} ({each.id})", [*_proposal(each)])


def _row(*cells: object) -> list[Cell]:
    """Write the cells of a row; of what is not given, nothing."""
    return ["" if cell is None else str(cell) for cell in cells]


def _ids(names: Iterable[str]) -> str:
    return ", ".join(names)


def _when(moment: Moment | None) -> str | None:
    return None if moment is None else day(moment)


def _parties(scenario: Scenario) -> Table:
    return Table(
        "",
        ("id", "name", "kind", "members", "codes"),
        [
            _row(
                each.id,
                each.name,
                each.kind.value,
                _ids(each.members),
                _ids(f"{code.scheme}: {code.code}" for code in each.codes),
            )
            for each in scenario.parties
        ],
    )


def _territories(scenario: Scenario) -> Table:
    return Table(
        "",
        ("id", "name", "kind", "within"),
        [_row(each.id, each.name, each.kind.value, each.within) for each in scenario.territories],
    )


def _facts(scenario: Scenario) -> Table:
    return Table(
        "",
        ("id", "kind", "text", "measured", "in whose power"),
        [
            _row(each.id, type(each).__name__.lower(), each.text, _measure(each), _ids(each.by))
            for each in scenario.facts
        ],
    )


def _measure(fact: Fact) -> str:
    match fact:
        case Quantity(unit=unit, per=per):
            return f"{unit} a {per}" if per else unit
        case Control(party=party, territory=territory):
            return f"share of {territory} held by {party}"
        case Question(asked_by=party, asked=asked):
            return f"asked by {party}, {day(asked)}"
        case _:
            return ""


def sources_table(scenario: Scenario) -> Table:
    """Compose the sources, each with whom it speaks for."""
    return Table(
        "",
        ("id", "name", "kind", "speaks for", "reliability"),
        [
            _row(
                each.id,
                each.name,
                each.kind.value,
                None if each.party is None else scenario.party(each.party).name,
                _RELIABLE[each.reliability],
            )
            for each in scenario.sources
        ],
    )


_RELIABLE = {
    Reliability.A: "A, completely",
    Reliability.B: "B, usually",
    Reliability.C: "C, fairly",
    Reliability.D: "D, not usually",
    Reliability.E: "E, not",
    Reliability.F: "F, cannot be judged",
}
"""Grades of the Admiralty code in words."""


def _observations(scenario: Scenario) -> Table:
    return Table(
        "",
        ("fact", "value", "source", "since", "until", "reported", "reference", "note"),
        [
            _row(
                each.fact,
                value_of(each.value, scenario.fact(each.fact)),
                each.source,
                day(each.since),
                _when(each.until),
                _when(each.reported if each.reported != each.since else None),
                each.reference,
                each.note,
            )
            for each in scenario.observations
        ],
    )


def _statements(scenario: Scenario) -> Table:
    return Table(
        "",
        ("id", "speaker", "for", "date", "about", "says", "text", "source", "reference"),
        [
            _row(
                each.id,
                each.speaker,
                each.party,
                day(each.date),
                _about(each.about),
                _says(each),
                each.text,
                each.source,
                each.reference,
            )
            for each in scenario.statements
        ],
    )


def _says(statement: Statement) -> str:
    kind = statement.stance or statement.kind
    return kind.value if kind else ""


def _about(about: About) -> str:
    named = (
        about.text,
        about.party,
        about.territory,
        about.fact,
        about.statement,
        about.precondition,
    )
    return _ids(each for each in named if each)


def _preconditions(scenario: Scenario) -> Items:
    return Items([_precondition(each, scenario) for each in scenario.preconditions])


def _precondition(each: Precondition, scenario: Scenario) -> Line:
    held = f"held by {each.held_by}" if each.held_by else "held by no party"
    said = [
        each.id,
        each.basis.value,
        held,
        *([f"verified by {_ids(each.verified_by)}"] if each.verified_by else []),
        *([f"withdrawn {day(each.withdrawn)}"] if each.withdrawn else []),
        *([each.reference] if each.reference else []),
    ]
    waits = f"what waits: {statement_of(each.of, scenario)}"
    needs = outline(each.needs, f"for what, {each.timing.value}")
    return Line(f"{each.text} ({'; '.join(said)})", notes=[waits], below=[needs])


def _suppositions(scenario: Scenario) -> Items:
    return Items([_supposition(each, scenario) for each in scenario.suppositions])


def _supposition(supposed: Supposition, scenario: Scenario) -> Line:
    items = [
        *(
            f"{item.fact}: {value_of(item.value, scenario.fact(item.fact))}"
            for item in supposed.facts
        ),
        *(f"{word.of.party} on {word.of.of}: {word.stance.value}" for word in supposed.words),
        *(f"{agreed.vague} is agreed to mean {agreed.meaning}" for agreed in supposed.meanings),
        *(f"dropped: {name}" for name in supposed.without),
        *(f"done at once: {name}" for name in supposed.together),
    ]
    return Line(f"from {bound_of(supposed.since, scenario)} on", notes=items)
