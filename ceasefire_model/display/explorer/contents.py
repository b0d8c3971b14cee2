"""What is shown of a what-if: plain texts, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.display.explorer.settings import Group, groups
from ceasefire_model.display.explorer.state import Choices, WhatIf
from ceasefire_model.display.findings import drawn_for, held, stance_of
from ceasefire_model.display.obligations import mark_of, said_of
from ceasefire_model.display.pages.analyses import obstacle_of, package_steps, price_of
from ceasefire_model.display.pages.courses import turns
from ceasefire_model.display.pages.moves import move_text
from ceasefire_model.display.words import SYMBOLS, WORDS, as_of, instant, names
from ceasefire_model.rules.assessment import PartyAssessment, ProvisionAssessment
from ceasefire_model.rules.findings import Finding
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.gates import Gate


@frozen
class Mark:
    """A verdict as sign and word."""

    sign: str
    word: str
    kind: str
    """What a stylesheet calls it."""


@frozen(kw_only=True)
class Line:
    """Something judged; where what is supposed changes it, also as it was."""

    text: str
    mark: Mark
    was: Mark | None = None
    note: str = ""


@frozen(kw_only=True)
class Stand:
    """Where a party stands, and the preconditions that it holds."""

    line: Line
    needs: tuple[Line, ...]


@frozen
class Turn:
    """Something that changed, or that somebody could do: a heading and what it is about."""

    head: str
    text: str


@frozen(kw_only=True)
class Panel:
    """All that is shown."""

    title: str
    when: str
    verdict: Line
    headline: str
    """The verdict in a sentence, to be read out when it changes."""

    groups: tuple[Group, ...]
    stands: tuple[Stand, ...]
    crossed: tuple[Line, ...]
    """The red lines that are crossed, as they were drawn."""

    provisions: tuple[Line, ...]
    changes: tuple[Turn, ...]
    moves: tuple[Turn, ...]
    code: str
    choices: Choices
    """What is chosen, and so answered here."""


_DROPPED = Mark("–", "dropped", "dropped")


def panel(what_if: WhatIf) -> Panel:
    """Return all that is shown of a what-if."""
    before, after = what_if.reported, what_if.imagined
    changes = tuple(Turn(*turn) for turn in turns(what_if.comparison))
    verdict = _line("Verdict", before.finding, after.finding)
    earlier = {each.party.id: each for each in before.parties}
    return Panel(
        title=after.proposal.title,
        when=_when(what_if),
        verdict=verdict,
        headline=_headline(verdict, len(changes)),
        groups=groups(what_if),
        stands=tuple(_stand(earlier.get(each.party.id), each) for each in after.parties),
        crossed=tuple(map(_crossed, after.crossed)),
        provisions=tuple(
            _clause(was, each)
            for was, each in zip(before.provisions, after.provisions, strict=True)
            if each.performance is not None
        ),
        changes=changes,
        moves=tuple(Turn(move.kind.value, move_text(move)) for move in after.next_moves),
        code=what_if.code,
        choices=what_if.choices,
    )


def _when(what_if: WhatIf) -> str:
    view = what_if.reported.view
    parts = [as_of(view)]
    if view.known_by != view.at:
        parts.append(f"known by {instant(view.known_by, view.scenario)}")
    if what_if.supposed.since != what_if.as_of:
        since = what_if.supposed.since.as_start(view.zone)[0]
        parts.append(f"what is supposed holds since {instant(since, view.scenario)}")
    if view.trust.party is not None:
        parts.append(
            f"as the sources that speak for {names([view.trust.party], view.scenario)} have it"
        )
    if view.scenario.suppositions:
        parts.append("what is reported includes the suppositions of the scenario")
    return "; ".join(parts)


def _headline(verdict: Line, changes: int) -> str:
    if not changes:
        return f"Verdict: {verdict.mark.word}, as reported."
    was = f"as reported {verdict.was.word}" if verdict.was else "as reported"
    findings = "1 finding differs" if changes == 1 else f"{changes} findings differ"
    return f"Verdict: {verdict.mark.word}, {was}. {findings} from what is reported."


def _stand(before: PartyAssessment | None, after: PartyAssessment) -> Stand:
    was = None if before is None else before.finding
    note = stance_of(after.finding)
    if was is not None and stance_of(was) != note:
        note = f"{note} (as reported: {stance_of(was)})"
    line = _line(after.party.name, was, after.finding, note=note)
    old = {} if before is None else _needs(before)
    new = _needs(after)
    return Stand(
        line=line, needs=tuple(_need(old.get(each), new.get(each), each) for each in old | new)
    )


def _needs(party: PartyAssessment) -> dict[Precondition, Finding]:
    return {need.precondition: need for need in party.preconditions}


def _need(before: Finding | None, after: Finding | None, precondition: Precondition) -> Line:
    if after is None:
        was = None if before is None else _mark(before.verdict)
        return Line(text=precondition.text, mark=_DROPPED, was=was)
    return _line(precondition.text, before, after)


def _crossed(gate: Gate) -> Line:
    """Write a red line that is crossed: who drew it, and for how long."""
    drawn = held(gate.precondition, gate.finding.view)
    return Line(text=drawn, mark=_mark(gate.finding.verdict), note=drawn_for(gate))


def _clause(before: ProvisionAssessment, after: ProvisionAssessment) -> Line:
    """Write what became of a clause, by whom and how far."""
    was, now = _became(before), _became(after)
    changed = None if was == now else was
    return Line(text=after.provision.text, mark=now, was=changed, note=said_of(after))


def _became(each: ProvisionAssessment) -> Mark:
    mark = mark_of(each)
    kind = "" if mark.verdict is None else mark.verdict.value
    return Mark(mark.sign, mark.word, "marred" if mark.is_marred else kind)


def _line(text: str, before: Finding | None, after: Finding, *, note: str = "") -> Line:
    changed = before is not None and before.verdict is not after.verdict
    was = _mark(before.verdict) if before is not None and changed else None
    return Line(text=text, mark=_mark(after.verdict), was=was, note=note)


def _mark(verdict: Verdict) -> Mark:
    return Mark(SYMBOLS[verdict], WORDS[verdict], verdict.value)


# Packages


@frozen
class Offer:
    """A package."""

    title: str
    steps: tuple[str, ...]


@frozen
class Offers:
    """What was found, or why nothing was."""

    heading: str
    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()


def _title(number: int, package: Package) -> str:
    """Write how much a package changes, and who would move."""
    who = names(package.who, package.view.scenario)
    moves = f": {who} {'moves' if len(package.who) == 1 else 'move'}" if who else ""
    return f"Package {number}, {price_of(package)}{moves}"


def offers(found: Packages) -> Offers:
    """Return the packages as they are shown, or what stands in the way of all."""
    made = tuple(
        Offer(_title(number, each), tuple(package_steps(each)))
        for number, each in enumerate(found, start=1)
    )
    notes = [f"In the way: {obstacle_of(each, found.view)}" for each in found.obstacles]
    notes += [f"No meaning has been named of “{demand.text}”" for demand in found.unnamed]
    if not made:
        heading = "Nothing that can be changed makes it met"
        return Offers(
            heading if found.is_complete else "No package was found in time", (), (*notes,)
        )
    more = "" if found.is_complete else "; there may be more"
    return Offers(f"The cheapest packages that make it met{more}", made, (*notes,))
