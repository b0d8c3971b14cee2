"""What if: what is supposed of a scenario, as choices a person can make, and as code."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import evolve, field, frozen

from ceasefire_model.analyses.packages import Package, Packages, packages
from ceasefire_model.conditions import Accepts, InForce
from ceasefire_model.errors import ModelError
from ceasefire_model.evidence import Trust
from ceasefire_model.facts import (
    Act,
    Control,
    Fact,
    Number,
    Quantity,
    Question,
    State,
    Truth,
    Value,
    number,
)
from ceasefire_model.ids import ProposalId
from ceasefire_model.moments import Moment, exact_moment, moment
from ceasefire_model.rules.assessment import Assessment, assess
from ceasefire_model.rules.comparison import Comparison, compare
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord, Supposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from ceasefire_model.conditions import Vague
    from ceasefire_model.proposals import Proposal

Choices: TypeAlias = dict[str, str]
"""What is chosen, by key; what is not among them is as reported."""

YES, NO = "yes", "no"

_WIDTH = 88
"""Columns of code."""

_PACKAGES = 5
"""How many packages are found at most."""

_SECONDS = 10.0
"""How long they are looked for at most."""


@frozen(kw_only=True)
class WhatIf:
    """A scenario, what is asked of it, and what is supposed on top."""

    scenario: Scenario
    """The situation as it is reported."""

    proposal: ProposalId
    as_of: Moment
    known_by: Moment | None
    trust: Trust | None
    supposed: Supposition
    """What is chosen, and from when on it holds."""

    reported: Assessment = field(eq=False, repr=False)
    """The assessment of what is reported."""

    imagined: Assessment = field(eq=False, repr=False)
    """The assessment of what is supposed."""

    @property
    def comparison(self) -> Comparison:
        """Where the two differ."""
        return compare(self.reported, self.imagined)

    @property
    def choices(self) -> Choices:
        """What is chosen, by key."""
        return dict(_choices(self.scenario, self.supposed))

    @property
    def code(self) -> str:
        """The expression that gives the same scenario, of the names ``cm`` and ``scenario``."""
        return _code(self.supposed)

    def choose(self, choices: Mapping[str, str]) -> WhatIf:
        """Return the same with these choices in place of all made before.

        Raises:
            ModelError: If a key or a value is none.
            ScenarioError: If it mentions what the scenario does not have.
        """
        return self.suppose(_supposition(self.scenario, self.supposed.since, choices))

    def suppose(self, supposed: Supposition) -> WhatIf:
        """Return the same with this supposed in place of all before.

        Raises:
            ScenarioError: If it mentions what the scenario does not have.
        """
        imagined = assess(
            _supposing(self.scenario, supposed),
            self.proposal,
            as_of=self.as_of,
            known_by=self.known_by,
            trust=self.trust,
        )
        return evolve(self, supposed=supposed, imagined=imagined)

    def apply(self, package: Package) -> WhatIf:
        """Return the same with the changes of a package added."""
        return self.suppose(self.supposed.and_then(shift.supposed for shift in package.shifts))

    def packages(self) -> Packages:
        """Find the cheapest packages on top of what is chosen, which stays as it is.

        Raises:
            ModelError: If what became known later is heard, which no package starts from.
            MissingExtraError: If clingo is not installed.
        """
        view = self.imagined.view
        if view.known_by != view.at:
            raise ModelError(
                "packages start from what was known at the time judged; here later reports count"
            )
        return packages(
            view.scenario,
            InForce(self.proposal),
            as_of=self.as_of,
            fixed=self.chosen,
            limit=_PACKAGES,
            seconds=_SECONDS,
            trust=self.trust,
        )

    @property
    def chosen(self) -> tuple[Fact | Vague | Accepts, ...]:
        """The facts, acceptances and demands of which something is chosen."""
        index = self.scenario.index
        return (
            *(index.facts[each.fact] for each in self.supposed.facts),
            *(each.of for each in self.supposed.words),
            *(index.vague[each.vague] for each in self.supposed.meanings),
        )


def what_if(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    as_of: str | date | datetime | Moment,
    since: str | date | datetime | Moment | None = None,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> WhatIf:
    """Return a scenario on top of which nothing is supposed yet; see :func:`explore`."""
    today = assess(scenario, proposal, as_of=as_of, known_by=known_by, trust=trust)
    begins = moment(as_of) if since is None else exact_moment(since, "since")
    supposed = Supposition(since=begins)
    if begins.as_start(scenario.zone)[0] > today.view.at:
        raise ModelError(
            f"since {begins.text} lies after as_of {moment(as_of).text}, "
            "so that nothing supposed would count"
        )
    return WhatIf(
        scenario=scenario,
        proposal=today.proposal.id,
        as_of=moment(as_of),
        known_by=None if known_by is None else moment(known_by),
        trust=trust,
        supposed=supposed,
        reported=today,
        imagined=today,
    )


# Choices


def fact_key(fact: str) -> str:
    """Return the key of the choice of what a fact is."""
    return f"fact {fact}"


def word_key(leaf: Accepts) -> str:
    """Return the key of the choice of what a party says."""
    return f"word {leaf.party} {leaf.of}"


def meaning_key(vague: str) -> str:
    """Return the key of the choice of what a demand means."""
    return f"meaning {vague}"


def drop_key(precondition: str) -> str:
    """Return the key of the choice to drop a precondition."""
    return f"drop {precondition}"


def together_key(precondition: str) -> str:
    """Return the key of the choice to turn a precondition ``TOGETHER``."""
    return f"together {precondition}"


def _choices(scenario: Scenario, supposed: Supposition) -> Iterator[tuple[str, str]]:
    for item in supposed.facts:
        yield fact_key(item.fact), written(item.value, scenario.fact(item.fact))
    for word in supposed.words:
        yield word_key(word.of), word.stance.value
    for agreed in supposed.meanings:
        yield meaning_key(agreed.vague), agreed.meaning
    for name in supposed.without:
        yield drop_key(name), YES
    for name in supposed.together:
        yield together_key(name), YES


def _supposition(scenario: Scenario, since: Moment, choices: Mapping[str, str]) -> Supposition:
    """Read what is chosen."""
    facts: list[SupposedFact] = []
    words: list[SupposedWord] = []
    meanings: list[SupposedMeaning] = []
    without: list[str] = []
    together: list[str] = []
    for key, value in choices.items():
        match key.split(" "):
            case ["fact", name]:
                facts.append(SupposedFact(name, _read(value, scenario.fact(name))))
            case ["word", party, text]:
                words.append(SupposedWord(Accepts(party, text), _stance(value)))
            case ["meaning", name]:
                meanings.append(SupposedMeaning(name, value))
            case ["drop", name] if value == YES:
                without.append(name)
            case ["together", name] if value == YES:
                together.append(name)
            case _:
                raise ModelError(f"no choice {key!r} of {value!r}")
    return Supposition(
        since=since,
        facts=facts,
        words=words,
        meanings=meanings,
        without=without,
        together=together,
    )


def written(value: Value, fact: Fact) -> str:
    """Write a value as it is chosen: yes, no, or a number; a share in per cent."""
    exact = _exact(value)
    if isinstance(exact, bool):
        return YES if exact else NO
    return f"{scaled(exact, fact).normalize():f}"


def scaled(value: Decimal, fact: Fact) -> Decimal:
    """Return a number as it is chosen and shown; a share in per cent."""
    return value * 100 if isinstance(fact, Control) else value


def _read(value: str, fact: Fact) -> Value:
    match fact:
        case State() | Act() | Question():
            if value not in (YES, NO):
                raise ModelError(f"“{fact.text}” is yes or no, got {value!r}")
            return Truth(value == YES)
        case Quantity():
            return Number(_number(value, fact))
        case Control():
            share = _number(value, fact) / 100
            if not 0 <= share <= 1:
                raise ModelError(f"“{fact.text}” lies between 0 and 100 %, got {value}")
            return Number(share)
        case _:
            assert_never(fact)


def _number(value: str, fact: Fact) -> Decimal:
    try:
        return number(Decimal(value))
    except (InvalidOperation, TypeError, ValueError) as error:
        raise ModelError(f"“{fact.text}” is a number, got {value!r}") from error


def _stance(value: str) -> Stance:
    try:
        return Stance(value)
    except ValueError as error:
        known = ", ".join(stance.value for stance in Stance)
        raise ModelError(f"no stance {value!r}; known: {known}") from error


# The scenario, and the same as code


def _supposing(scenario: Scenario, supposed: Supposition) -> Scenario:
    """Return the scenario as it is supposed; the same one where nothing is."""
    return scenario if supposed.is_empty else scenario.with_suppositions([supposed])


def _code(supposed: Supposition) -> str:
    facts, *named = _arguments(supposed)
    if not any((facts, *named)):
        return "scenario"
    parts = ["scenario", facts, f"since={_quoted(supposed.since.text)}", *named]
    return _call("cm.suppose(", [part for part in parts if part], ")", 0)


def _arguments(supposed: Supposition) -> tuple[str, ...]:
    """Write what is supposed, argument by argument, the facts first; nothing where nothing is."""
    facts = [f"{_quoted(each.fact)}: {_plain(each.value)}" for each in supposed.facts]
    words = [f"{_leaf(each.of)}: cm.Stance.{each.stance.name}" for each in supposed.words]
    meanings = [f"{_quoted(each.vague)}: {_quoted(each.meaning)}" for each in supposed.meanings]
    without, together = (
        [_quoted(name) for name in names] for names in (supposed.without, supposed.together)
    )
    return (
        _call("{", facts, "}", 4),
        _call("words={", words, "}", 4),
        _call("meanings={", meanings, "}", 4),
        _call("without=[", without, "]", 4),
        _call("together=[", together, "]", 4),
    )


def _call(head: str, items: list[str], tail: str, indent: int) -> str:
    """Write items on one line, or one a line where they are too long; of none, nothing."""
    if not items:
        return ""
    line = f"{head}{', '.join(items)}{tail}"
    if len(line) + indent < _WIDTH and "\n" not in line:
        return line
    margin = " " * indent
    inner = "".join(f"{margin}    {item},\n" for item in items)
    return f"{head}\n{inner}{margin}{tail}"


def _quoted(name: str) -> str:
    """Write an id or a time, neither of which holds a quotation mark."""
    return f'"{name}"'


def _leaf(leaf: Accepts) -> str:
    return f"cm.Accepts({_quoted(leaf.party)}, {_quoted(leaf.of)})"


def _plain(value: Value) -> str:
    """Write a value as plain Python; a float counts as it is written, so no digit is lost."""
    exact = _exact(value)
    is_whole = isinstance(exact, bool) or exact == exact.to_integral_value()
    return repr(exact if isinstance(exact, bool) else int(exact) if is_whole else float(exact))


def _exact(value: Value) -> bool | Decimal:
    match value:
        case Truth(value=is_so):
            return is_so
        case Number(value=exact):
            return exact
        case _:
            raise ModelError(f"a choice is yes, no or an exact number, got {value!r}")
