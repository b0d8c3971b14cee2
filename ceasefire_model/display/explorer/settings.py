"""What a person can set in a what-if, by the parties with whom it lies."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from ceasefire_model.conditions import (
    Accepts,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    Derived,
    DerivedLeaf,
    Done,
    Fulfilled,
    Holds,
    InForce,
    Vague,
    children,
    events_of,
)
from ceasefire_model.display.explorer.state import (
    NO,
    YES,
    WhatIf,
    drop_key,
    fact_key,
    meaning_key,
    scaled,
    together_key,
    word_key,
)
from ceasefire_model.display.findings import stance_of
from ceasefire_model.display.words import WORDS, names, statement_of, value_of
from ceasefire_model.facts import Act, Control, Fact, Number, Quantity, Question, State
from ceasefire_model.ids import PartyId
from ceasefire_model.proposals import Timing
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.evaluation import agreed_meaning
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.readings import facts_of, read
from ceasefire_model.statements import Stance
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario


@frozen
class Answer:
    """One of the answers to choose from; the empty value is what is reported."""

    value: str
    label: str


@frozen(kw_only=True)
class Setting:
    """One thing that can be chosen."""

    key: str
    """What the choices call it."""

    kind: str
    """``few`` or ``many`` answers, a ``number``, or a yes: ``drop``, ``together``."""

    text: str
    """What it is about."""

    reported: str = ""
    """What is reported."""

    options: tuple[Answer, ...] = ()
    """The answers to choose from; none of a number."""

    unit: str = ""
    """What a number counts."""

    most: str = ""
    """Where a scale for a number may end; nothing where no end is in sight."""

    asked: str = ""
    """What is demanded of a number."""


@frozen
class Section:
    """Choices of one sort."""

    title: str
    choices: tuple[Setting, ...]


@frozen
class Group:
    """What lies with the same parties."""

    title: str
    sections: tuple[Section, ...]


def groups(what_if: WhatIf) -> tuple[Group, ...]:
    """Return all that can be chosen, by the parties with whom it lies."""
    scenario = what_if.scenario
    place = {party.id: position for position, party in enumerate(scenario.parties)}
    sorted_: dict[tuple[PartyId, ...], dict[str, list[Setting]]] = {}
    for who, section, choice in _choices(what_if):
        parties = tuple(sorted(who, key=place.__getitem__))
        sorted_.setdefault(parties, {}).setdefault(section, []).append(choice)
    order = sorted(sorted_, key=lambda who: (not who, len(who), [place[party] for party in who]))
    return tuple(
        Group(
            names(who, scenario) if who else "No party is named",
            tuple(
                Section(title, tuple(sorted_[who][title]))
                for title in _SECTIONS
                if title in sorted_[who]
            ),
        )
        for who in order
    )


_WORD, _FACTS, _NEEDS = "Word", "Facts", "Preconditions and their meaning"
_SECTIONS = (_WORD, _FACTS, _NEEDS)


def _choices(what_if: WhatIf) -> Iterator[tuple[Iterable[PartyId], str, Setting]]:
    """Yield each choice with the parties with whom it lies and the section where it belongs."""
    view = what_if.reported.view
    found = _Ground.of(what_if)
    for leaf in found.words:
        yield (leaf.party,), _WORD, _of_word(leaf, what_if)
    for fact in view.scenario.facts:
        if fact.id in found.facts:
            yield fact.by, _FACTS, _of_fact(fact, found.facts[fact.id], what_if)
    for precondition in found.preconditions:
        held_by = () if precondition.held_by is None else (precondition.held_by,)
        for setting in _of_precondition(precondition):
            yield held_by, _NEEDS, setting
        for vague, holder in found.demands.items():
            if holder == precondition and vague.meanings:
                yield held_by, _NEEDS, _of_demand(vague, view)
    for vague, holder in found.demands.items():
        if holder is None and vague.meanings:
            yield (), _NEEDS, _of_demand(vague, view)


@frozen
class _Ground:
    """What the verdicts on a proposal, its parties and its provisions may rest on."""

    words: tuple[Accepts, ...]
    facts: dict[str, list[Condition]]
    """The conditions on each fact."""

    demands: dict[Vague, Precondition | None]
    """The vague demands, each with the precondition that holds it, if one does."""

    preconditions: tuple[Precondition, ...]

    @classmethod
    def of(cls, what_if: WhatIf) -> _Ground:
        """Follow everything that is referred to, by iteration, and add what is chosen."""
        today = what_if.reported
        waiting: list[tuple[Condition, Precondition | None]] = [
            (InForce(what_if.proposal), None),
            *((each.finding.condition, None) for each in today.parties),
            *((Fulfilled(each.id), None) for each in today.proposal.provisions),
            *((each.of, None) for each in what_if.supposed.words),
        ]
        seen: set[Condition] = set()
        facts: dict[str, list[Condition]] = {each.fact: [] for each in what_if.supposed.facts}
        demands: dict[Vague, Precondition | None] = {}
        preconditions: dict[Precondition, None] = {}
        words: dict[Accepts, None] = {}
        while waiting:
            condition, holder = waiting.pop(0)
            if condition in seen:
                continue
            seen.add(condition)
            if isinstance(condition, Accepts):
                words[condition] = None
            elif isinstance(condition, Vague):
                demands[condition] = holder
            elif isinstance(condition, Holds | Done | AtLeast | AtMost | Answered):
                for name in facts_of(condition):
                    facts.setdefault(name, []).append(condition)
            for precondition in today.view.standing(condition):
                preconditions[precondition] = None
                waiting.append((precondition.needs, precondition))
            waiting += [(each, holder) for each in _below(condition, today.view.scenario)]
        return cls(tuple(words), facts, demands, tuple(preconditions))


def _below(condition: Condition, scenario: Scenario) -> Iterable[Condition]:
    """Return what a condition refers to, itself or through the record that it names."""
    return _named(condition, scenario) if isinstance(condition, Derived) else children(condition)


def _named(leaf: DerivedLeaf, scenario: Scenario) -> Iterator[Condition]:
    match leaf:
        case InForce(of=name):
            proposal = scenario.index.text_of(name)
            if proposal.in_force is not None:
                yield Holds(proposal.in_force)
            yield from (Accepts(party, proposal.id) for party in proposal.to)
            yield from events_of(proposal.starts, proposal.ends)
        case Accepts(party=party, of=text):
            yield from (Accepts(member, text) for member in scenario.party(party).members)
            whole = scenario.index.proposal_of.get(text)
            if whole is not None:
                yield Accepts(party, whole.id)
        case Fulfilled(provision=name):
            provision = scenario.provision(name)
            yield from (duty.requires for duty in provision.duties)
            yield from events_of(provision.due)
        case _:
            assert_never(leaf)


def _of_precondition(each: Precondition) -> Iterator[Setting]:
    yield Setting(key=drop_key(each.id), kind="drop", text=each.text)
    if each.timing is Timing.BEFORE:
        yield Setting(key=together_key(each.id), kind="together", text=each.text)


def _of_word(leaf: Accepts, what_if: WhatIf) -> Setting:
    scenario = what_if.scenario
    finding = find(what_if.reported.finding.evaluation, leaf)
    proposal = scenario.index.proposals.get(leaf.of)
    title = proposal.title if proposal else scenario.provision(leaf.of).text
    return Setting(
        key=word_key(leaf),
        kind="many",
        text=f"The word of {scenario.party(leaf.party).name} on “{title}”",
        options=_options(stance_of(finding), ((each.value, each.value) for each in Stance)),
    )


def _of_fact(fact: Fact, asked: list[Condition], what_if: WhatIf) -> Setting:
    view = what_if.reported.view
    match fact:
        case State() | Act() | Question():
            leaf = _leaf(fact)
            verdict = find(what_if.reported.finding.evaluation, leaf).verdict
            answers = ((YES, YES), (NO, NO))
            return Setting(
                key=fact_key(fact.id),
                kind="few",
                text=statement_of(leaf, view.scenario),
                options=_options(_TRUTHS[verdict], answers),
            )
        case Quantity() | Control():
            return Setting(
                key=fact_key(fact.id),
                kind="number",
                text=fact.text,
                reported=_number(fact, view),
                unit=_unit(fact),
                most=_most(fact, asked, view),
                asked=", ".join(
                    dict.fromkeys(
                        statement_of(each, view.scenario).removeprefix(f"{fact.text}: ")
                        for each in asked
                        if isinstance(each, AtLeast | AtMost) and each.fact == fact.id
                    )
                ),
            )
        case _:
            assert_never(fact)


_TRUTHS = {**WORDS, Verdict.MET: YES, Verdict.UNMET: NO}


def _leaf(fact: State | Act | Question) -> Holds | Done | Answered:
    match fact:
        case State():
            return Holds(fact.id)
        case Act():
            return Done(fact.id)
        case Question():
            return Answered(fact.id)
        case _:
            assert_never(fact)


def _number(fact: Quantity | Control, view: View) -> str:
    """Write what is supposed or reported of a number, each value once."""
    supposed = view.supposed_value(fact.id)
    said = (
        reading.observation.value
        for reading in read(view, AtLeast(fact.id, 0))
        if reading.observation is not None and reading.says not in (Says.NO_LONGER, Says.OVERTAKEN)
    )
    values = [supposed] if supposed is not None else list(said)
    written = dict.fromkeys(value_of(value, fact) for value in values)
    return " or ".join(written) or WORDS[Verdict.UNKNOWN]


def _unit(fact: Quantity | Control) -> str:
    if isinstance(fact, Control):
        return "%"
    return f"{fact.unit}{f' a {fact.per}' if fact.per else ''}"


def _most(fact: Quantity | Control, asked: list[Condition], view: View) -> str:
    """Return a power of ten above every number in sight; of shares, 100 per cent."""
    if isinstance(fact, Control):
        return "100"
    reported = (item.value for item in view.scenario.index.reports.get(fact.id, ()))
    numbers = [value.value for value in reported if isinstance(value, Number)]
    numbers += [
        each.value
        for each in asked
        if isinstance(each, AtLeast | AtMost) and isinstance(each.value, Decimal)
    ]
    most = max(numbers, default=Decimal(0))
    return f"{scaled(Decimal(10) ** (most.adjusted() + 1), fact):f}" if most > 0 else ""


def _of_demand(vague: Vague, view: View) -> Setting:
    scenario = view.scenario
    agreed = agreed_meaning(view, vague)
    reported = f"taken to mean: {agreed.text}" if agreed else "no meaning is agreed"
    meanings = (
        (
            each.id,
            f"{each.text} (held by {names(each.held_by, scenario)})" if each.held_by else each.text,
        )
        for each in vague.meanings
    )
    return Setting(
        key=meaning_key(vague.id),
        kind="many",
        text=f"The meaning of “{vague.text}”",
        options=_options(reported, meanings),
    )


def _options(reported: str, answers: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    first = Answer("", f"as reported ({reported})")
    return (first, *(Answer(value, label) for value, label in answers))
