"""Where things stand: findings, assessments, parties and clauses."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire_model.conditions import After, Condition, Derived, InForce
from ceasefire_model.display.blocks import (
    Block,
    Heading,
    Items,
    Line,
    Mark,
    Page,
    Paragraph,
    Part,
    Tree,
)
from ceasefire_model.display.findings import (
    dated,
    gated,
    prolonged,
    red_line,
    sources,
    stated,
    tree_of,
)
from ceasefire_model.display.headlines import accepted_mark, answered_mark, force_mark, headline
from ceasefire_model.display.obligations import (
    became,
    became_mark,
    mark_of,
    owed,
    particulars,
    performed,
    said_of,
    stretch_text,
    terms_text,
    word_of,
)
from ceasefire_model.display.pages.moves import NEXT, moves_of
from ceasefire_model.display.words import (
    WORDS,
    as_of,
    bound_of,
    instant,
    last_day,
    listed,
    names,
)
from ceasefire_model.evidence import Trust
from ceasefire_model.rules.chances import Edge
from ceasefire_model.rules.evaluation import life
from ceasefire_model.rules.gates import gates_of
from ceasefire_model.rules.tracks import DOUBTS
from ceasefire_model.rules.views import Sureness
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire_model.ids import PartyId
    from ceasefire_model.rules.assessment import (
        Assessment,
        ObligorAssessment,
        OpenQuestion,
        PartyAssessment,
        ProvisionAssessment,
    )
    from ceasefire_model.rules.findings import Finding
    from ceasefire_model.rules.gates import Gate
    from ceasefire_model.rules.obligations import Stretch
    from ceasefire_model.rules.performance import Performance
    from ceasefire_model.rules.views import View

CROSSED = "Red lines that are crossed, as they were drawn"
"""What stands over what had to last for as long as something does, and has not lasted."""


def finding_page(finding: Finding) -> Page:
    """Compose a finding as a tree, each leaf with the words it rests on."""
    return Page([Tree(tree_of(finding)), _times(finding.view)])


def _times(view: View) -> Paragraph:
    """Write as of when, as known by when, and whom one hears."""
    return Paragraph(["; ".join([as_of(view), *heard(view)])], is_small=True)


def heard(view: View) -> Iterator[str]:
    """Yield what was known, whom one hears, and whether something is supposed."""
    scenario = view.scenario
    if view.known_by != view.at:
        yield f"known by {instant(view.known_by, scenario)}"
    if view.trust.party is not None:
        yield f"as the sources that speak for {scenario.party(view.trust.party).name} have it"
        yield from _unheard(view, view.trust.party)
    if view.trust.most_reliable:
        yield "of each fact only the most reliable sources are heard"
    if scenario.suppositions:
        yield "with suppositions: what is supposed overrides every source"


def _unheard(view: View, party: PartyId) -> Iterator[str]:
    """Yield how many words of a party are not heard, as others report them, and who these are."""
    open_minded = evolve(view, trust=Trust())
    missed = [
        each
        for each in view.scenario.statements
        if each.party == party
        and open_minded.spoken(each) is not Sureness.NOT
        and not view.hears(each)
    ]
    if missed:
        scenario = view.scenario
        sources = dict.fromkeys(scenario.source(each.source).name for each in missed)
        many = f"{len(missed)} statements" if len(missed) > 1 else "1 statement"
        verb = "are" if len(missed) > 1 else "is"
        by = listed([*sources])
        yield f"{many} of {scenario.party(party).name} reported by {by} {verb} not heard"


# Assessments


def assessment_page(
    assessment: Assessment, *, has_reports: bool = False, has_questions: bool = True
) -> Page:
    """Compose an assessment: the verdict, who stands where, what could be done, and why.

    Args:
        assessment: What was found.
        has_reports: Whether each clause in full has the reports that it rests on below it.
        has_questions: Whether it has the open questions, which are of no one text.
    """
    proposal = assessment.proposal
    moves, more = moves_of(assessment)
    return Page(
        [
            Heading(proposal.title, as_of(assessment.view)),
            Items([Line(headline(assessment), force_mark(assessment.verdict))]),
            Paragraph([_between(assessment), proposal.text or "", *heard(assessment.view)]),
            Part("Who accepts", [Items(map(_party, assessment.parties))]),
            Part(CROSSED, map(Tree, map(red_line, assessment.crossed))),
            Part(NEXT, [Items(moves)]),
            Part("Clauses", [Items(_clauses(assessment.provisions))]),
            *([open_questions(assessment)] if has_questions else []),
            Part("Why", _reasons(assessment)),
            Part("Clauses in full", _in_full(assessment, has_reports=has_reports), is_open=False),
            Part("Further moves", [Items(more)], is_open=False),
        ]
    )


def _between(assessment: Assessment) -> str:
    """Write whose proposal it is, and to whom; nothing where neither is named."""
    proposal, scenario = assessment.proposal, assessment.view.scenario
    if set(proposal.by) == set(proposal.to) and proposal.by:
        between = f"by and to {names(proposal.by, scenario)}"
        return "; ".join([between, *_term(assessment)])
    by = f"by {names(proposal.by, scenario)}" if proposal.by else ""
    to = f"to {names(proposal.to, scenario)}" if proposal.to else ""
    between = ", ".join(filter(None, (by, to)))
    return "; ".join(filter(None, (between, *_term(assessment))))


def _term(assessment: Assessment) -> Iterator[str]:
    """Yield from when to when a text is to be in force, where it says so."""
    proposal, evaluation = assessment.proposal, assessment.finding.evaluation
    if proposal.starts is not None:
        yield f"starts {dated(proposal.starts, Edge.START, evaluation)}"
    if proposal.ends is not None:
        rule = bound_of(proposal.ends, assessment.view.scenario)
        end = life(evaluation, proposal).end
        over = end.first(Verdict.UNMET)
        is_sure = not any(each in DOUBTS for each in end.verdicts)
        if over is not None and is_sure and isinstance(proposal.ends, After):
            rule = f"{last_day(over, assessment.view.zone)}, {rule}"
        yield f"ends {rule}"
    yield from prolonged(assessment.finding)


def party_page(assessment: PartyAssessment) -> Page:
    """Compose where a party stands, what that rests on, and what it waits for."""
    finding, opened = assessment.finding, set[Condition]()
    asked = [finding.condition, *(need.condition for need in assessment.preconditions)]
    gates = tuple(gates_of(finding.evaluation, asked))
    tree = Tree(tree_of(finding, gates, opened))
    return Page([tree, *_unasked(assessment, gates, opened), _times(finding.view)])


def provision_page(assessment: ProvisionAssessment) -> Page:
    """Compose where a provision stands, what that rests on, and what it waits for."""
    finding = assessment.finding
    if finding is None:
        return _clause_page(assessment, (), ())
    owed = (one.finding.condition for one in assessment.obligors)
    asked = [finding.condition, *owed, InForce(assessment.provision.id)]
    return _clause_page(assessment, tuple(gates_of(finding.evaluation, asked)), ())


def clause_page(assessment: Assessment, name: str) -> Page:
    """Compose the same of one clause of a text, with all that it waits for.

    Raises:
        UnknownIdError: If the text has no such provision.
    """
    return _clause_page(assessment.provision(name), assessment.gates, assessment.gates)


def _clause_page(
    each: ProvisionAssessment, gates: tuple[Gate, ...], opening: tuple[Gate, ...]
) -> Page:
    """Compose a clause with what it waits for; what is to be opened, with all it rests on."""
    parts = () if each.finding is None else each.finding.parts
    opened: set[Condition] = set()
    whole = _provision(each, gates)
    whole.below.extend(tree_of(part, opening, opened) for part in parts)
    return Page([Tree(whole), _times(each.view)])


def _party(each: PartyAssessment) -> Line:
    """Write whether a party accepts, its latest word, and how its preconditions stand."""
    needs = [_needs(each)] if each.preconditions else []
    beside = [f"beside it: {stated(part)}, {WORDS[part.verdict]}" for part in each.reservations]
    notes = [*sources(each.finding), *needs, *beside]
    return Line(each.party.name, accepted_mark(each.verdict), notes)


def _needs(each: PartyAssessment) -> str:
    """Count how its preconditions stand, and say where its word does not depend on them."""
    asked = {part.address for part in each.finding.parts}
    is_free = each.verdict is Verdict.MET and not any(
        need.address in asked for need in each.preconditions
    )
    counted = f"{_tally(each.preconditions)} of its preconditions"
    return f"{counted}, on which its latest word does not depend" if is_free else counted


def _tally(findings: Sequence[Finding]) -> str:
    """Count verdicts: 2 met, 3 unclear."""
    found = [each.verdict for each in findings]
    return ", ".join(f"{found.count(each)} {WORDS[each]}" for each in Verdict if each in found)


# Reasons


def _reasons(assessment: Assessment) -> Iterator[Block]:
    """Yield the tree of the verdict, then the words and the demands that are not in it."""
    opened: set[Condition] = set()
    yield Tree(tree_of(assessment.finding, assessment.gates, opened))
    for each in assessment.parties:
        if each.finding.condition not in opened:
            yield Tree(tree_of(each.finding, assessment.gates, opened))
        yield from _unasked(each, assessment.gates, opened)
    for gate in assessment.gates:
        if not gate.gates_any(opened):
            yield Tree(tree_of(gate.thing, assessment.gates, opened))


def _unasked(
    each: PartyAssessment, gates: tuple[Gate, ...], opened: set[Condition]
) -> Iterator[Tree]:
    """Yield what a party holds that its acceptance needs and that its word does not ask for."""
    asked = {part.address for part in each.finding.parts}
    missing = [need for need in each.preconditions if need.address not in asked]
    if missing:
        root = Line(f"What {each.party.name} holds that its acceptance needs")
        root.below.extend(tree_of(need, gates, opened) for need in missing)
        yield Tree(root)


# Clauses


_CLAUSES = 12
"""How many clauses are all shown whole; of more, those that are met by their ids alone."""

_LETTERS = 48
"""How much of a clause is shown where there are many; all of it follows the reasons."""


def _clauses(provisions: Sequence[ProvisionAssessment]) -> Iterator[Line]:
    """Yield what became of each clause; of many, those that are met by their ids alone."""
    settled: dict[Mark, list[str]] = {}
    for each in provisions:
        is_settled = each.finding is None or each.finding.verdict is Verdict.MET
        if is_settled and len(provisions) > _CLAUSES:
            settled.setdefault(mark_of(each), []).append(each.provision.id)
        else:
            yield _clause(each, is_short=len(provisions) > _CLAUSES)
    for mark, ids in settled.items():
        yield Line(f"{', '.join(ids)} ({len(ids)}, see “Clauses in full”)", mark)


def _clause(each: ProvisionAssessment, *, is_short: bool) -> Line:
    """Write a clause in a line: a word, since when, how far; of a short one how it begins."""
    text = each.provision.text
    text = shorten(text, _LETTERS, placeholder=" …") if is_short else text
    named, said = f"{text} ({each.provision.id})", said_of(each, is_short=is_short)
    return Line(f"{named}: {said}" if said else named, mark_of(each))


def _in_full(assessment: Assessment, *, has_reports: bool) -> Iterator[Block]:
    """Yield each clause with what became of it, and where that is wanted what it rests on."""
    lines = [_provision(each, assessment.gates) for each in assessment.provisions]
    if not has_reports:
        yield Items(lines)
        return
    for line, each in zip(lines, assessment.provisions, strict=True):
        parts = () if each.finding is None else each.finding.parts
        line.below.extend(tree_of(part, opened=set()) for part in parts)
        yield Tree(line)


def _provision(each: ProvisionAssessment, gates: Iterable[Gate]) -> Line:
    """Write a clause with what became of it, together and per obligor, and what it waits for."""
    named = "; ".join([each.provision.id, *terms_text(each)])
    text = f"{each.provision.text} ({named})"
    if each.finding is None:
        return Line(text, Mark(each.provision.kind.value), _waits(each, gates))
    scenario = each.view.scenario
    obligors = [
        f"{scenario.party(obligor.party).name}: {owed(obligor, each)}" for obligor in each.obligors
    ]
    notes = [*became(each), *obligors, *_waits(each, gates)]
    return Line(text, mark_of(each), notes)


def _waits(each: ProvisionAssessment, gates: Iterable[Gate]) -> Iterator[str]:
    """Yield what a provision waits for, each with how that stands.

    What other texts that it refers to wait for is shown with those.
    """
    if each.finding is None:
        asked: set[Condition] = {InForce(each.provision.id)}
    else:
        obligors = (obligor.finding.condition for obligor in each.obligors)
        asked = {each.finding.condition, *obligors, *_demanded(each.finding)}
        asked.add(InForce(each.provision.id))
    for gate in gates:
        if gate.gates_any(asked):
            yield f"{gated(gate)}: {WORDS[gate.finding.verdict]}"


def _demanded(finding: Finding) -> Iterator[Condition]:
    """Yield the conditions inside one, texts that it refers to unopened."""
    for part in finding.parts:
        yield part.condition
        if not isinstance(part.condition, Derived):
            yield from _demanded(part)


def gate_page(gate: Gate) -> Page:
    """Compose what waits for what, and how both stand."""
    tree = tree_of(gate.thing, [gate])
    return Page([Tree(tree), _times(gate.thing.view)])


def obligor_page(each: ObligorAssessment) -> Page:
    """Compose what became of what one obligor owes, and what that rests on."""
    view = each.finding.view
    mark = became_mark(word_of(each.performance), each.finding.verdict)
    said = ", ".join(particulars(each.performance, view.zone))
    whole = Line(f"{names([each.party], view.scenario)}: {said}", mark)
    whole.below.append(tree_of(each.finding))
    return Page([Tree(whole), _times(view)])


def performance_page(each: Performance) -> Page:
    """Compose what became of an obligation, in a line."""
    return Page([Paragraph([performed(each, each.zone)])])


def stretch_page(each: Stretch) -> Page:
    """Compose when something was not kept or in doubt, in a line."""
    return Page([Paragraph([stretch_text(each)])])


# Questions


def open_questions(assessment: Assessment) -> Part:
    """Compose the questions asked by then that have no answer for sure."""
    return Part("Open questions", [Items(map(_question, assessment.questions))])


def _question(each: OpenQuestion) -> Line:
    """Write an open question: who asks whom, and what."""
    scenario, question = each.finding.view.scenario, each.question
    asked_of = f" asks {names(question.asked_of, scenario)}" if question.asked_of else " asks"
    text = f"{names([question.asked_by], scenario)}{asked_of}: {question.text}"
    return Line(text, answered_mark(each.finding.verdict))
