"""Remarks: what can be wrong with what a text says, or with what is recorded of it."""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    AtLeast,
    AtMost,
    By,
    Condition,
    Done,
    Fulfilled,
    Holds,
    InForce,
    Leaf,
    Throughout,
    Vague,
    walk,
)
from ceasefire_model.drafting.coverage import means, others_who_verify, verifiers
from ceasefire_model.drafting.items import checklist
from ceasefire_model.facts import Truth
from ceasefire_model.proposals import CeasefireClass
from ceasefire_model.reprs import dotted
from ceasefire_model.rules.acceptance import rewritten
from ceasefire_model.statements import Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ceasefire_model.conditions import Bound
    from ceasefire_model.drafting.coverage import Seen
    from ceasefire_model.drafting.items import ChecklistItem
    from ceasefire_model.proposals import Provision


class RemarkRule(Enum):
    """What can be wrong with what a text, or what is recorded of it, says."""

    NO_MONITORING = "no monitoring"
    """A preliminary or definitive ceasefire that nobody monitors."""

    NO_BASE_EVENT = "no base event"
    """A time that counts from an event which cannot be dated."""

    NO_GUARANTEE = "no guarantee"
    """A guarantor who owes nothing."""

    NO_VERIFIER = "no verifier"
    """A duty or a condition without anyone who says whether it is met."""

    VERIFIES_ITSELF = "verifies itself"
    """A clause that nobody verifies but who owes it."""

    IN_PRINCIPLE = "in principle"
    """Agreement in principle that is counted as acceptance."""

    UNKNOWN_TOPIC = "unknown topic"
    """A topic that is no item of the checklist."""

    __repr__ = dotted


@frozen(kw_only=True)
class Place:
    """One place at which a rule finds something.

    Attributes:
        path: Where, in the shape of the document: ``$.proposals.plan.ends``.
        what: What is found there.
    """

    path: str
    what: str


@frozen(kw_only=True)
class Remark:
    """What a rule finds in a text, or in what is recorded of it; all that one remedy would settle.

    Attributes:
        rule: Which rule of drafting it is about.
        places: Where, and what is found there; one or more.
        remedy: What would settle it.
        is_certain: Whether it is so whatever else the text says; if not, a part that is not public
            may say.
    """

    rule: RemarkRule
    places: tuple[Place, ...]
    remedy: str
    is_certain: bool


@frozen(kw_only=True)
class _Found:
    """What a rule finds at one place."""

    path: str
    what: str
    remedy: str
    is_certain: bool


def remarks(seen: Seen) -> Iterator[Remark]:
    """Yield what every rule finds, in the order of ``RemarkRule``."""
    for rule in RemarkRule:
        alike: dict[tuple[str, bool], list[Place]] = {}
        for found in _RULES[rule](seen):
            place = Place(path=found.path, what=found.what)
            alike.setdefault((found.remedy, found.is_certain), []).append(place)
        for (remedy, is_certain), places in alike.items():
            yield Remark(rule=rule, places=tuple(places), remedy=remedy, is_certain=is_certain)


def _no_monitoring(seen: Seen) -> Iterator[_Found]:
    claims = seen.proposal.claims
    if claims not in {CeasefireClass.PRELIMINARY, CeasefireClass.DEFINITIVE}:
        return
    if not (seen.provisions_on(*_MONITORING) or any(verifiers(seen)) or any(means(seen))):
        yield _Found(
            path=f"{seen.place}.claims",
            what=f"it claims to be a {claims.value}, and nobody is said to monitor it",
            remedy="a provision that says who monitors it, and by which means",
            is_certain=seen.proposal.is_public,
        )


_MONITORING = ("COM-01", "COM-02")


def _no_base_event(seen: Seen) -> Iterator[_Found]:
    for path, bound in _bounds(seen):
        if isinstance(bound, After) and (why := _undatable(seen, bound.condition)):
            yield _Found(
                path=path,
                what=f"it counts from an event that cannot be dated: {why}",
                remedy="a day, or an event that can be seen to happen",
                is_certain=seen.proposal.is_public,
            )


def _bounds(seen: Seen) -> Iterator[tuple[str, Bound | None]]:
    """Yield every time that the text names, with its place."""
    yield f"{seen.place}.starts", seen.proposal.starts
    yield f"{seen.place}.ends", seen.proposal.ends
    for each in seen.proposal.provisions:
        yield f"{seen.place_of(each)}.due", each.due
        for position, duty in enumerate(each.duties):
            path = f"{seen.place_of(each)}.duties[{position}].requires"
            for part in walk(duty.requires):
                match part:
                    case By(due=due):
                        yield path, due
                    case Throughout(start=start, end=end):
                        yield path, start
                        yield path, end
                    case _:
                        pass


def _undatable(seen: Seen, event: Condition) -> str | None:
    """Say why nobody could tell when an event happened, if nobody could."""
    parts = tuple(walk(event))
    for part in parts:
        if isinstance(part, Vague) and not part.complete:
            return f"what “{part.text}” means is open"
        if isinstance(part, InForce):
            text = seen.view.scenario.index.text_of(part.of)
            if not (text.to or text.starts or text.in_force):
                return f"nothing says when “{text.title}” enters into force"
    return None if any(isinstance(part, Leaf | Vague) for part in parts) else "no event is named"


def _no_guarantee(seen: Seen) -> Iterator[_Found]:
    owed = {
        party for each in seen.provisions_on("GUA-01") for duty in each.duties for party in duty.by
    }
    for position, party in enumerate(seen.proposal.guaranteed_by):
        if party not in owed:
            yield _Found(
                path=f"{seen.place}.guaranteed_by[{position}]",
                what=f"{seen.view.scenario.party(party).name} is named as a guarantor, and owes "
                "nothing as one",
                remedy="a provision on the guarantee (topic GUA-01) with a duty of the guarantor",
                is_certain=seen.proposal.is_public,
            )


def _no_verifier(seen: Seen) -> Iterator[_Found]:
    if not seen.provisions_on("COM-01"):
        yield from _unverified_duties(seen)
    for need in seen.preconditions():
        clause = _clause_of(seen, need.needs)
        is_verified = need.verified_by or (clause is not None and others_who_verify(clause))
        if not is_verified and _is_observed(need.needs):
            named = "" if clause is None else f", which is what the clause {clause.id!r} requires"
            yield _Found(
                path=f"$.preconditions.{need.id}",
                what=f"nobody is named to say whether this is met: {need.text}{named}",
                remedy="who says so, and that those concerned will take their word",
                is_certain=True,
            )


def _unverified_duties(seen: Seen) -> Iterator[_Found]:
    for each in seen.proposal.provisions:
        is_observed = any(_is_observed(duty.requires) for duty in each.duties)
        if is_observed and not each.verified_by:  # one that verifies itself is told by its rule
            yield _Found(
                path=seen.place_of(each),
                what=f"nobody is named to verify this: {each.text}",
                remedy="who verifies it, or who monitors the whole",
                is_certain=seen.proposal.is_public,
            )


def _clause_of(seen: Seen, needs: Condition) -> Provision | None:
    """Return the clause of the text whose duty is what a precondition needs, if there is one."""
    return next(
        (
            each
            for each in seen.proposal.provisions
            if needs == Fulfilled(each.id)
            or any(needs in (duty.requires, *_parts(duty.requires)) for duty in each.duties)
        ),
        None,
    )


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """Return what a condition demands all of."""
    return condition.parts if isinstance(condition, AllOf) else ()


def _verifies_itself(seen: Seen) -> Iterator[_Found]:
    for each in seen.proposal.provisions:
        if each.verified_by and each.duties and not others_who_verify(each):
            names = [seen.view.scenario.party(party).name for party in each.verified_by]
            owes = "it owes itself" if len(names) == 1 else "they owe themselves"
            yield _Found(
                path=f"{seen.place_of(each)}.verified_by",
                what=f"{' and '.join(names)} would verify what {owes}: {each.text}",
                remedy="somebody who does not owe it, or who monitors the whole",
                is_certain=seen.proposal.is_public,
            )


def _is_observed(condition: Condition) -> bool:
    """Whether somebody has to look in order to say that it is met.

    A party's word speaks for itself, and who asked a question knows whether it is answered.
    """
    observed = Holds | Done | AtLeast | AtMost | Vague
    return any(isinstance(part, observed) for part in walk(condition))


def _in_principle(seen: Seen) -> Iterator[_Found]:
    for word in seen.statements:
        is_yes = word.stance in {Stance.ACCEPTS, Stance.ACCEPTS_WITH_CONDITIONS}
        if is_yes and _IN_PRINCIPLE in _folded(word.text):
            yield _Found(
                path=f"$.statements.{word.id}.stance",
                what=f"{word.speaker} agrees in principle, and is recorded as accepting",
                remedy="the stance “accepts in principle”, or words without that reserve",
                is_certain=True,
            )
    yield from _in_force_in_principle(seen)


_IN_PRINCIPLE = "in principle"


def _folded(text: str) -> str:
    """Return a text in lower case, with single spaces."""
    return " ".join(text.casefold().split())


def _in_force_in_principle(seen: Seen) -> Iterator[_Found]:
    """Yield reports that a text is in force which an addressee had accepted in principle only."""
    scenario = seen.view.scenario
    reports = seen.view.reports(seen.proposal.in_force or "")
    heard = {report.observation for voice in reports for report in voice}
    for position, report in enumerate(scenario.observations):
        if report not in heard or report.value != Truth(value=True):
            continue
        then = seen.view.moved(report.since.as_start(scenario.zone)[1])
        for party in seen.proposal.to:
            options = rewritten(then, Accepts(party, seen.proposal.id)).options
            if all(option.stance is Stance.ACCEPTS_IN_PRINCIPLE for option in options):
                yield _Found(
                    path=f"$.observations[{position}]",
                    what=f"{scenario.source(report.source).name} reports it in force, and "
                    f"{scenario.party(party).name} had agreed in principle only",
                    remedy="the word with which the party accepted, if it did",
                    is_certain=True,
                )


def _unknown_topic(seen: Seen) -> Iterator[_Found]:
    known = {item.id for item in checklist()}
    for each in seen.proposal.provisions:
        for position, topic in enumerate(each.topics):
            if topic not in known:
                yield _Found(
                    path=f"{seen.place_of(each)}.topics[{position}]",
                    what=f"no item {topic!r} in the checklist",
                    remedy=_nearest_item(topic),
                    is_certain=True,
                )


def _nearest_item(topic: str) -> str:
    """Suggest the item whose id or name, or a word of whose name, is nearest to a topic."""
    known: dict[str, ChecklistItem] = {}
    for item in checklist():
        words = (word.strip(",") for word in item.name.split() if len(word) > _SHORT)
        for name in (item.id, item.name, *words):
            known.setdefault(name.casefold(), item)
    close = get_close_matches(topic.casefold(), known, n=1, cutoff=0.7)
    if close:
        item = known[close[0]]
        return f"did you mean {item.id} ({item.name})?"
    first, *_, last = checklist()
    return f"an item from {first.id} to {last.id}"


_SHORT = 4
"""Words of so few letters say little."""

_RULES: dict[RemarkRule, Callable[[Seen], Iterator[_Found]]] = {
    RemarkRule.NO_MONITORING: _no_monitoring,
    RemarkRule.NO_BASE_EVENT: _no_base_event,
    RemarkRule.NO_GUARANTEE: _no_guarantee,
    RemarkRule.NO_VERIFIER: _no_verifier,
    RemarkRule.VERIFIES_ITSELF: _verifies_itself,
    RemarkRule.IN_PRINCIPLE: _in_principle,
    RemarkRule.UNKNOWN_TOPIC: _unknown_topic,
}
