"""Where a proposal stands, and why; what is open, and who could do what about it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.asking import condition_asked, text_asked
from ceasefire_model.conditions import (
    Accepts,
    After,
    Answered,
    Condition,
    Fulfilled,
    InForce,
    Not,
    children,
)
from ceasefire_model.facts import (
    Question,
)
from ceasefire_model.ids import (
    PartyId,
    ProposalId,
    looked_up,
)
from ceasefire_model.proposals import Proposal
from ceasefire_model.reprs import counted, named, spelled
from ceasefire_model.rows import InRows
from ceasefire_model.rules.acceptance import (
    has_word,
    is_tabled,
    own_preconditions,
)
from ceasefire_model.rules.evaluation import Evaluation, effect, verdict
from ceasefire_model.rules.findings import Finding, Need, find, find_need
from ceasefire_model.rules.gates import Gate, gates_of
from ceasefire_model.rules.moves import Move, Root, next_moves
from ceasefire_model.rules.performance import (
    Performance,
    PerformanceKind,
    fulfilled_by,
    performances,
    worst_of,
)
from ceasefire_model.rules.views import (
    View,
    view,
)
from ceasefire_model.statements import (
    Stance,
)
from ceasefire_model.verdicts import (
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from ceasefire_model.asking import Askable
    from ceasefire_model.evidence import Trust
    from ceasefire_model.ids import Name
    from ceasefire_model.moments import Moment
    from ceasefire_model.parties import Party
    from ceasefire_model.proposals import Provision
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class OpenQuestion:
    """A question that is not answered for sure.

    Attributes:
        question: The question that has no answer.
        finding: Whether it is answered.
    """

    __repr__ = spelled

    question: Question = field(repr=named)
    finding: Finding


@frozen
class PartyAssessment:
    """Where one party stands on a proposal.

    Attributes:
        party: Whose stance it is.
        finding: The finding on its acceptance.
        preconditions: The findings on what it holds that its acceptance needs; each names its
            precondition.
    """

    __repr__ = spelled

    party: Party = field(repr=named)
    finding: Finding
    preconditions: tuple[Need, ...] = field(repr=counted)

    @property
    def reservations(self) -> tuple[Finding, ...]:
        """The findings on the clauses that it does not accept, beside its word on the whole."""
        clauses = self.finding.view.scenario.index.provisions
        return tuple(
            part
            for part in self.finding.parts
            if isinstance(part.condition, Accepts)
            and part.condition.of in clauses
            and part.verdict is not Verdict.MET
        )

    @property
    def verdict(self) -> Verdict:
        """Whether it accepts."""
        return self.finding.verdict

    @property
    def why(self) -> str:
        """Say in one sentence why it accepts, or does not."""
        return self.finding.why

    @property
    def stance(self) -> Stance | None:
        """Its latest word; none where it has not spoken, or spoke both ways on one day."""
        return self.finding.stance

    def __str__(self) -> str:
        """Write whether it accepts, and what that rests on."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


@frozen
class ObligorAssessment:
    """What one obligor owes under a provision, alone or jointly, and what became of it.

    Attributes:
        party: Who owes it.
        finding: Whether it is fulfilled, as far as this party goes.
        performance: What became of what this party owes.
        accepts: Whether it accepts the text today: somebody may owe what it never accepted.
    """

    __repr__ = spelled

    party: PartyId
    finding: Finding
    performance: Performance
    accepts: Verdict

    def __str__(self) -> str:
        """Write it in words."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)


@frozen
class Replacement:
    """A clause of a text that had been tabled, which takes another's place.

    Attributes:
        provision: The clause that takes its place.
        proposal: The text in which it stands.
        is_in_force: Whether that text is in force, so that the other is superseded.
    """

    __repr__ = spelled

    provision: Provision = field(repr=named)
    proposal: Proposal = field(repr=named)
    is_in_force: bool


@frozen
class ProvisionAssessment:
    """Where one provision stands.

    Attributes:
        provision: The clause.
        finding: The finding on all its duties; none for a right or a declaration.
        performance: How it was performed; none for a right or a declaration.
        replacements: The clauses that take its place, or would.
        obligors: What became of what each obligor owes; one's result does not depend on another's.
        view: What it was judged in.
    """

    __repr__ = spelled

    provision: Provision = field(repr=named)
    finding: Finding | None
    performance: Performance | None
    replacements: tuple[Replacement, ...] = field(repr=counted)
    obligors: tuple[ObligorAssessment, ...] = field(repr=counted)
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write what became of it, and what that rests on."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)


@frozen(kw_only=True)
class Assessment(InRows):
    """Where a proposal stands at an instant, and why.

    Attributes:
        proposal: The text that is judged.
        finding: The finding on whether it is in force.
        parties: The addressees, then the members of coalitions, then others who have spoken on it.
        provisions: Its clauses, in their order.
        gates: What all this waits for, and what that waits for, but for what a party holds of its
            own acceptance, which stands with the party.
        questions: The questions asked by then that are not answered for sure.
        next_moves: What would settle the open and unmet leaves, and who could do it: of the
            acceptances, or, once the proposal is in force, of its provisions.
        view: What it was judged in.
    """

    __repr__ = spelled

    proposal: Proposal = field(repr=named)
    finding: Finding
    parties: tuple[PartyAssessment, ...] = field(repr=counted)
    provisions: tuple[ProvisionAssessment, ...] = field(repr=counted)
    gates: tuple[Gate, ...] = field(repr=counted)
    questions: tuple[OpenQuestion, ...] = field(repr=counted)
    next_moves: tuple[Move, ...] = field(repr=counted)
    view: View = field(eq=False, repr=False)

    @property
    def verdict(self) -> Verdict:
        """Whether the proposal is in force."""
        return self.finding.verdict

    @property
    def why(self) -> str:
        """Say in one sentence why it is in force, or not."""
        return self.finding.why

    def __iter__(self) -> Iterator[PartyAssessment]:
        """Yield what each party says and waits for."""
        return iter(self.parties)

    def _ipython_key_completions_(self) -> list[str]:
        """Name the parties, for whoever types a key."""
        return [each.party.id for each in self.parties]

    def __getitem__(self, party: Name) -> PartyAssessment:
        """Return the assessment of a party, by id or record.

        Raises:
            UnknownIdError: If it is not among those assessed.
        """
        return looked_up("assessed party", party, {each.party.id: each for each in self.parties})

    def provision(self, name: Name) -> ProvisionAssessment:
        """Return the assessment of a provision, by id or record.

        Raises:
            UnknownIdError: If the proposal has no such provision.
        """
        own: dict[str, ProvisionAssessment] = {each.provision.id: each for each in self.provisions}
        return looked_up("provision", name, own, f"the proposal {self.proposal.id!r}")

    def waits_for(self, condition: Askable) -> tuple[Gate, ...]:
        """Return what a condition waits for: what some precondition says must come first.

        >>> from ceasefire_model import load_case
        >>> today = assess(load_case("us-30-day-2025"), as_of="2025-03-13")
        >>> [gate.precondition.id for gate in today.waits_for("election")]
        ['ua-martial-law']

        Args:
            condition: It, or a record or its id for what that stands for: a precondition for what
                it needs. What its leaves and negated leaves wait for counts, and of a number what
                a lower one does.

        Raises:
            ScenarioError: If it mentions what the scenario does not have.
            UnknownIdError: If there is nothing of this id that can be asked about.
            ModelError: If it is nothing that can be asked about.
        """
        leaves = set(_leaves(condition_asked(self.view.scenario, condition, "condition")))
        return tuple(gate for gate in self.gates if gate.gates_any(leaves))

    @property
    def crossed(self) -> tuple[Gate, ...]:
        """The red lines that are crossed, of acceptances first; see :attr:`Gate.is_crossed`."""
        own = [
            Gate(need.precondition, need, each.finding)
            for each in self.parties
            for need in each.preconditions
        ]
        return tuple(gate for gate in (*own, *self.gates) if gate.is_crossed)

    def __str__(self) -> str:
        """Write the report."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per finding."""
        from ceasefire_model.display.rows import assessment_rows

        return assessment_rows(self)


def _leaves(condition: Condition) -> Iterator[Condition]:
    """Yield a leaf, or a negated leaf, as it is, and those inside any other condition."""
    inner = condition.part if isinstance(condition, Not) else condition
    parts = children(inner)
    if not parts:
        yield condition
    for part in parts:
        yield from _leaves(part)


def assess(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> Assessment:
    """Assess where a proposal stands.

    >>> from ceasefire_model import load_case
    >>> today = assess(load_case("us-30-day-2025"), as_of="2025-03-13")
    >>> today.verdict, today["RU"].stance
    (Verdict.UNMET, Stance.ACCEPTS_IN_PRINCIPLE)

    Args:
        scenario: The situation.
        proposal: It, or its id; needed only where the scenario has more than one.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.

    Raises:
        UnknownIdError: If there is no such proposal, source or party.
        ModelError: If no proposal is named where there is more than one, a time is none or
            imprecise, or ``as_of`` lies after ``known_by``.
    """
    text = text_asked(scenario, proposal)
    seen = Evaluation(view(scenario, as_of=as_of, known_by=known_by, trust=trust))
    finding = find(seen, InForce(text.id))
    parties = tuple(_party(seen, party, text.id) for party in _heard(seen.view, text))
    provisions = tuple(_provision(seen, provision) for provision in text.provisions)
    shown = [
        finding.condition,
        *(need.condition for party in parties for need in party.preconditions),
        *(each.finding.condition for each in provisions if each.finding is not None),
        *(one.finding.condition for each in provisions for one in each.obligors),
        *(each.finding.condition for each in parties),
        # of a right nothing else can be asked
        *filter(scenario.index.gates.__contains__, (InForce(each.id) for each in text.provisions)),
    ]
    roots = [Root(finding)]
    if finding.verdict is Verdict.MET:
        roots = [
            root
            for each in provisions
            if each.performance is not None
            for root in still_owed(seen, each.provision, each.performance)
        ]
    return Assessment(
        proposal=text,
        finding=finding,
        parties=parties,
        provisions=provisions,
        gates=tuple(gates_of(seen, shown)),
        questions=tuple(_questions(seen)),
        next_moves=next_moves(roots),
        view=seen.view,
    )


_NOTHING_TO_DO = frozenset(
    {
        PerformanceKind.NOT_OWED,
        PerformanceKind.SUPERSEDED,
        PerformanceKind.LAPSED,
        PerformanceKind.MET,
        PerformanceKind.MET_LATE,
        PerformanceKind.KEPT,
        PerformanceKind.VIOLATED,
    }
)


def still_owed(
    evaluation: Evaluation, provision: Provision, performance: Performance
) -> Iterator[Root]:
    """Yield what is owed under a clause and not done, or in doubt, and the event of its date."""
    found = performance.duties or (performance,)
    for number, (duty, performed) in enumerate(zip(provision.duties, found, strict=True), start=1):
        if performed.kind in _NOTHING_TO_DO:
            continue
        place = f"fulfilled({provision.id})/duty-{number}"
        finding = find(evaluation, duty.requires, address=place)
        is_standing = provision.kind.is_standing
        yield Root(finding, duty.by, provision.id, performed.due, is_standing)
        due = duty.due or provision.due
        if isinstance(due, After):
            event = find(evaluation, due.condition, address=f"{place}/due")
            yield Root(event, duty.by, provision.id, is_event=True)


def _heard(view: View, proposal: Proposal) -> list[PartyId]:
    """Return the parties to assess: addressees, members of coalitions, others who spoke."""
    found = dict.fromkeys(proposal.to)
    waiting = deque(proposal.to)
    while waiting:
        for member in view.scenario.party(waiting.popleft()).members:
            if member not in found:
                found[member] = None
                waiting.append(member)
    for party in view.scenario.parties:
        if has_word(view, Accepts(party.id, proposal.id)):
            found.setdefault(party.id, None)
    return list(found)


def _party(evaluation: Evaluation, party: PartyId, proposal: ProposalId) -> PartyAssessment:
    leaf = Accepts(party, proposal)
    needs = tuple(find_need(evaluation, each) for each in own_preconditions(evaluation.view, leaf))
    return PartyAssessment(evaluation.view.scenario.party(party), find(evaluation, leaf), needs)


def _provision(evaluation: Evaluation, provision: Provision) -> ProvisionAssessment:
    replacements = tuple(_replacements(evaluation, provision))
    text = evaluation.view.scenario.index.proposal_of[provision.id]
    if not provision.duties:
        return ProvisionAssessment(provision, None, None, replacements, (), evaluation.view)
    performed = performances(evaluation, provision)
    owed = [*zip(provision.duties, performed, strict=True)]
    return ProvisionAssessment(
        provision,
        find(evaluation, Fulfilled(provision.id)),
        worst_of(performed),
        replacements,
        tuple(
            ObligorAssessment(
                party,
                find(evaluation, leaf),
                worst_of([each for duty, each in owed if party in duty.by]),
                verdict(evaluation, Accepts(party, text.id)),
            )
            for party, leaf in fulfilled_by(provision)
        ),
        evaluation.view,
    )


def _replacements(evaluation: Evaluation, provision: Provision) -> Iterator[Replacement]:
    """Yield the clauses that take the place of one, of texts that had been tabled by then."""
    view, index = evaluation.view, evaluation.view.scenario.index
    for each in index.replacements.get(provision.id, ()):
        text = index.proposal_of[each.id]
        if is_tabled(view, text):
            is_in_force = effect(evaluation, text).at(view.at) is Verdict.MET
            yield Replacement(each, text, is_in_force)


def _questions(evaluation: Evaluation) -> Iterator[OpenQuestion]:
    for fact in evaluation.view.scenario.facts:
        if (
            isinstance(fact, Question)
            and fact.asked.as_start(evaluation.view.zone)[0] <= evaluation.view.at
        ):
            finding = find(evaluation, Answered(fact.id), address=f"answered({fact.id})")
            if finding.verdict is not Verdict.MET:
                yield OpenQuestion(fact, finding)
