"""Answers in HTML: a finding as a tree that folds, an assessment, a comparison, a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import Condition, Derived
from ceasefire_model.display.analyses import held
from ceasefire_model.display.markup import (
    Branch,
    Markup,
    badge,
    details,
    joined,
    lines_of,
    listing,
    page,
    paragraph,
    small,
    strong,
    table,
    tally,
    text,
    tree,
)
from ceasefire_model.display.records_html import outline
from ceasefire_model.display.text import (
    NEXT,
    asked,
    became,
    between,
    due_text,
    heard,
    is_denied_leaf,
    matter,
    owed,
    sources,
    state_of,
    stated,
    waits_of,
)
from ceasefire_model.display.words import (
    as_of,
    last_day,
    local_time,
    names,
    span_of,
)
from ceasefire_model.proposals import Precondition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.rules.assessment import (
        Assessment,
        Gate,
        PartyAssessment,
        ProvisionAssessment,
    )
    from ceasefire_model.rules.comparison import Change, Comparison
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.moves import Move
    from ceasefire_model.rules.timelines import Span, Timeline
    from ceasefire_model.rules.views import View


def finding_html(finding: Finding) -> str:
    """Write a finding as a tree, each leaf with the words it rests on."""
    return page(_times(finding.view), tree(_branch(finding, (), set())))


def assessment_html(assessment: Assessment) -> str:
    """Write an assessment: the verdict, who stands where, why, what is open, and next moves."""
    proposal = assessment.proposal
    return page(
        paragraph(
            joined([strong(text(proposal.title)), badge(assessment.verdict)], " "),
            small(text(between(assessment))),
            text(proposal.text or ""),
        ),
        _times(assessment.view),
        _parties(assessment.parties),
        _section("Why", _reasons(assessment), is_open=True),
        _section("Provisions", [_provisions(assessment.provisions, assessment.gates)]),
        _section("Open questions", [listing(list(_questions(assessment)))]),
        _section(NEXT, [listing([_move(each) for each in assessment.next_moves])]),
    )


def party_html(assessment: PartyAssessment) -> str:
    """Write where a party stands, and what that rests on."""
    opened: set[Condition] = set()
    trees = [tree(_branch(assessment.finding, (), opened)), *_unasked(assessment, (), opened)]
    return page(_times(assessment.finding.view), *trees)


def provision_html(assessment: ProvisionAssessment) -> str:
    """Write where a provision stands, and what that rests on."""
    parts = () if assessment.finding is None else assessment.finding.parts
    opened: set[Condition] = set()
    reasons = [tree(_branch(part, (), opened)) for part in parts]
    return page(_times(assessment.view), _provisions([assessment]), *reasons)


def _times(view: View) -> Markup:
    """Write when, as known by when, and whom one hears."""
    return paragraph(small(text("; ".join([as_of(view), *heard(view)]))))


def _section(title: str, pieces: Iterable[Markup], *, is_open: bool = False) -> Markup:
    """Fold pieces under a title; without any, nothing."""
    body = joined(pieces)
    return details(strong(text(title)), body, is_open=is_open) if body else Markup("")


# Parties


def _parties(parties: Iterable[PartyAssessment]) -> Markup:
    return table(
        "Who accepts",
        ("party", "accepts", "latest word", "its preconditions"),
        [
            [
                text(each.party.name),
                badge(each.verdict),
                joined(map(text, sources(each.finding)), "; "),
                text(tally(need.verdict for need in each.preconditions)),
            ]
            for each in parties
        ],
    )


# Trees


def _reasons(assessment: Assessment) -> Iterator[Markup]:
    """Yield the tree of the verdict, then what is not in it."""
    opened: set[Condition] = set()
    yield tree(_branch(assessment.finding, assessment.gates, opened))
    for each in assessment.parties:
        if each.finding.condition not in opened:
            yield tree(_branch(each.finding, assessment.gates, opened))
        yield from _unasked(each, assessment.gates, opened)


def _unasked(
    each: PartyAssessment, gates: tuple[Gate, ...], opened: set[Condition]
) -> Iterator[Markup]:
    """Yield what a party holds that its acceptance needs and that its word does not ask for."""
    shown = {part.address for part in each.finding.parts}
    missing = [need for need in each.preconditions if need.address not in shown]
    if missing:
        root = Branch(text(f"What {each.party.name} holds that its acceptance needs"))
        root.below.extend(_branch(need, gates, opened) for need in missing)
        yield tree(root)


def _branch(root: Finding, gates: tuple[Gate, ...], opened: set[Condition]) -> Branch:
    """Return a finding and all that it rests on; what is referred to twice is opened once.

    By iteration, since chains through ids may be of any length.
    """
    top = Branch(Markup(""))
    waiting: list[tuple[Finding | Precondition, Branch]] = [(root, top)]
    needs = {gate.precondition: gate.finding for gate in gates}
    while waiting:
        finding, above = waiting.pop()
        if isinstance(finding, Precondition):
            wait = Branch(text(f"waits for: {held(finding, root.view)}"))
            above.below.append(wait)
            waiting.append((needs.pop(finding), wait))
            continue
        again = isinstance(finding.condition, Derived) and finding.condition in opened
        opened.add(finding.condition)
        label = joined([badge(finding.verdict), text(stated(finding))], " ")
        if again:
            label = joined([label, small(text("(opened elsewhere)"))], " ")
            above.below.append(Branch(label, (), finding.verdict))
            continue
        node = Branch(label, tuple(map(text, sources(finding))), finding.verdict)
        above.below.append(node)
        parts = () if is_denied_leaf(finding) else finding.parts
        waits = [each for each in needs if each.of == finding.condition]
        waiting.extend((wait, node) for wait in reversed(waits))
        waiting.extend((part, node) for part in reversed(parts))
    return top.below[0]


# Provisions, questions, moves


def _provisions(provisions: Iterable[ProvisionAssessment], gates: tuple[Gate, ...] = ()) -> Markup:
    return table(
        "Provisions",
        ("provision", "due", "so now", "what became of it", "of what each owes", "waits for"),
        [_provision(each, gates) for each in provisions],
    )


def _provision(each: ProvisionAssessment, gates: tuple[Gate, ...]) -> list[Markup]:
    scenario, provision = each.view.scenario, each.provision
    clause, due = text(f"{provision.text} ({provision.id})"), text(due_text(each))
    if each.finding is None:
        return [clause, due, text(provision.kind.value), *[text("")] * 3]
    parts = [
        f"{scenario.party(obligor.party).name}: {owed(obligor, each)}" for obligor in each.obligors
    ]
    cells = [lines_of(lines) for lines in (became(each), parts, waits_of(each, gates))]
    return [clause, due, badge(each.finding.verdict), *cells]


def _questions(assessment: Assessment) -> Iterator[Markup]:
    for each in assessment.questions:
        yield joined([badge(each.finding.verdict), text(asked(each))], " ")


def _move(move: Move) -> Markup:
    """Write one next move: what to do, who could, and about what."""
    scenario = move.findings[0].view.scenario
    who = f" {names(move.who, scenario)}:" if move.who else ""
    about = [text(matter(finding, move.kind)) for finding in move.findings]
    head = joined([strong(text(move.kind.value)), text(who)])
    return joined([head, about[0]], " ") if len(about) == 1 else joined([head, listing(about)])


# Comparisons and timelines


def comparison_html(comparison: Comparison) -> str:
    """Write what changed between two assessments, from the verdict on the proposal down."""
    before, after = comparison.before, comparison.after
    times = [as_of(each.view) for each in (before, after)]
    rows = [_change(change) for change in comparison.changes]
    verdicts = [badge(each.verdict) for each in (before, after)]
    return page(
        paragraph(
            joined([strong(text(after.proposal.title)), joined(verdicts, " → ")], " "),
            small(text(" → ".join(dict.fromkeys(times)))),
        ),
        table("What changed", ("what", "before", "after"), rows),
        paragraph(text("" if rows else "nothing changed")),
    )


def _change(change: Change) -> list[Markup]:
    node = change.after or change.before
    return [
        text("" if node is None else stated(node)),
        _state(change.before, change.after),
        _state(change.after, change.before),
    ]


def _state(finding: Finding | None, other: Finding | None) -> Markup:
    """Write a verdict, with the stance where the other's differs."""
    if finding is None:
        return text(state_of(finding, other))
    differs = finding.stance is not None and (other is None or other.stance is not finding.stance)
    stance = text(finding.stance.value if differs and finding.stance is not None else "")
    return joined(filter(None, [badge(finding.verdict), stance]), " ")


def timeline_html(timeline: Timeline) -> str:
    """Write a timeline, one stretch a row."""
    condition = outline(timeline.condition)
    return page(
        tree(condition),
        table(
            "Verdicts over time",
            ("from", "to", "verdict", "for"),
            [_span(span, timeline) for span in timeline.spans],
        ),
    )


def _span(span: Span, timeline: Timeline) -> list[Markup]:
    zone = timeline.zone
    return [
        text(local_time(span.start, zone)),
        text(last_day(span.end, zone)),
        badge(span.verdict),
        text(span_of(span.end - span.start)),
    ]
