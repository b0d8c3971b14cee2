"""What is given, in HTML: conditions, proposals, scenarios.

A condition and a proposal know no scenario, so they name ids; a scenario says what each id is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.markup import (
    Branch,
    Markup,
    details,
    joined,
    listing,
    page,
    paragraph,
    small,
    strong,
    table,
    text,
    tree,
)
from ceasefire_model.display.outlines import clauses, inside, line_of, particulars
from ceasefire_model.display.words import bound_of, day, statement_of, value_of
from ceasefire_model.facts import Control, Quantity, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire_model.conditions import Condition
    from ceasefire_model.facts import Fact
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Precondition, Proposal, Provision
    from ceasefire_model.scenarios import Scenario
    from ceasefire_model.statements import About, Statement
    from ceasefire_model.suppositions import Supposition


def condition_html(condition: Condition) -> str:
    """Write a condition as a tree that names ids."""
    return page(tree(outline(condition)))


def outline(condition: Condition, role: str = "") -> Branch:
    """Return a condition as a tree; conditions nest at most 64 deep."""
    below = [outline(part, each) for each, part in inside(condition)]
    return Branch(text(line_of(role, condition)), below=below)


# Proposals


def proposal_html(proposal: Proposal) -> str:
    """Write a proposal: by whom, to whom, when, and its provisions."""
    return page(*_proposal(proposal))


def _proposal(proposal: Proposal) -> Iterator[Markup]:
    yield paragraph(
        joined([strong(text(proposal.title)), small(text(f" ({proposal.id})"))]),
        small(text("; ".join(particulars(proposal)))),
    )
    yield paragraph(text(proposal.text or ""))
    yield listing([_provision(each) for each in proposal.provisions], ordered=True)


def _provision(provision: Provision) -> Markup:
    duties = [outline(duty.requires, _ids(duty.by)) for duty in provision.duties]
    head = [text(provision.text), Markup("<br>"), small(text("; ".join(clauses(provision))))]
    return joined([*head, *map(tree, duties)])


# Scenarios


def scenario_html(scenario: Scenario) -> str:
    """Write a scenario: what it is about, and each kind of record in a table that folds."""
    sections = (
        ("Parties", _parties(scenario), len(scenario.parties)),
        ("Territories", _territories(scenario), len(scenario.territories)),
        ("Proposals", _proposals(scenario), len(scenario.proposals)),
        ("Preconditions", _preconditions(scenario), len(scenario.preconditions)),
        ("Facts", _facts(scenario), len(scenario.facts)),
        ("Sources", _sources(scenario), len(scenario.sources)),
        ("Observations", _observations(scenario), len(scenario.observations)),
        ("Statements", _statements(scenario), len(scenario.statements)),
        ("Suppositions", _suppositions(scenario), len(scenario.suppositions)),
    )
    return page(
        paragraph(
            strong(text(scenario.title)), small(text(f"days are read in {scenario.timezone}"))
        ),
        paragraph(text(scenario.text or "")),
        *(
            details(joined([strong(text(name)), text(f" ({count:,})")]), body)
            for name, body, count in sections
            if count
        ),
    )


def _row(*cells: object) -> list[Markup]:
    """Escape the cells of a row; of what is not given, nothing."""
    return [text("" if cell is None else str(cell)) for cell in cells]


def _ids(names: Iterable[str]) -> str:
    return ", ".join(names)


def _when(moment: Moment | None) -> str | None:
    return None if moment is None else day(moment)


def _parties(scenario: Scenario) -> Markup:
    return table(
        "Parties",
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


def _territories(scenario: Scenario) -> Markup:
    return table(
        "Territories",
        ("id", "name", "kind", "within"),
        [_row(each.id, each.name, each.kind.value, each.within) for each in scenario.territories],
    )


def _facts(scenario: Scenario) -> Markup:
    return table(
        "Facts: what can be observed",
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


def _sources(scenario: Scenario) -> Markup:
    return table(
        "Sources: who reports",
        ("id", "name", "kind", "speaks for", "reliability"),
        [
            _row(each.id, each.name, each.kind.value, each.party, each.reliability.name)
            for each in scenario.sources
        ],
    )


def _observations(scenario: Scenario) -> Markup:
    return table(
        "Observations: what is reported of facts",
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


def _statements(scenario: Scenario) -> Markup:
    return table(
        "Statements: what is said",
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


def _proposals(scenario: Scenario) -> Markup:
    return listing([joined(_proposal(each)) for each in scenario.proposals])


def _preconditions(scenario: Scenario) -> Markup:
    return table(
        "Preconditions: who holds that one thing needs another",
        (
            "id",
            "held by",
            "what waits",
            "for what",
            "text",
            "timing",
            "basis",
            "verified by",
            "reference",
        ),
        [_precondition(each, scenario) for each in scenario.preconditions],
    )


def _precondition(each: Precondition, scenario: Scenario) -> Sequence[Markup]:
    before = _row(each.id, each.held_by, statement_of(each.of, scenario))
    withdrawn = f"; withdrawn {day(each.withdrawn)}" if each.withdrawn else ""
    timing = f"{each.timing.value}{withdrawn}"
    after = _row(each.text, timing, each.basis.value, _ids(each.verified_by), each.reference)
    needs = outline(each.needs)
    return [*before, tree(needs) if needs.below else needs.label, *after]


def _suppositions(scenario: Scenario) -> Markup:
    return listing([_supposition(each, scenario) for each in scenario.suppositions])


def _supposition(supposed: Supposition, scenario: Scenario) -> Markup:
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
    since = text(f"from {bound_of(supposed.since, scenario)} on")
    return joined([since, listing([text(item) for item in items])])
