"""Suppositions: what is imagined of a situation, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import starmap
from typing import TYPE_CHECKING, Self, TypeVar, cast

from attrs import evolve, field, frozen
from attrs.validators import deep_iterable

from ceasefire_model.calls import several
from ceasefire_model.conditions import (
    Accepts,
    Answered,
    Condition,
    Done,
    Holds,
    Meaning,
    Vague,
    acceptance,
)
from ceasefire_model.consistency import condition_problems, unresolved, value_problem
from ceasefire_model.errors import ModelError, Problem, nearest, shortened
from ceasefire_model.facts import Fact, Given, Value, as_value
from ceasefire_model.fields import Pairs, as_many, is_a, is_read, misfit
from ceasefire_model.ids import (
    FactId,
    MeaningId,
    PreconditionId,
    VagueId,
    fact_id,
    id_of,
    identifier,
    identifiers,
    meaning_id,
    precondition_ids,
    vague_id,
)
from ceasefire_model.index import Index
from ceasefire_model.moments import Moment, time_of
from ceasefire_model.parties import Party
from ceasefire_model.references import Reference, condition_references
from ceasefire_model.reprs import spelled
from ceasefire_model.statements import Stance, stance_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from attrs import Attribute

_T = TypeVar("_T")


def _of(kind: type[_T], items: Iterable[object]) -> tuple[_T, ...]:
    """Return those of a kind."""
    return tuple(item for item in items if isinstance(item, kind))


def _exact(instance: object, attribute: Attribute[Moment], value: Moment) -> None:
    """Refuse a start that is no day and no instant."""
    is_read(instance, attribute, value)
    if not value.is_exact:
        what = f"is a day or an instant, got {value.text!r}"
        raise misfit(instance, attribute, what)


@frozen
class SupposedFact:
    """A fact and the value it is supposed to have.

    Attributes:
        fact: The fact.
        value: The value.
    """

    __repr__ = spelled

    fact: FactId = field(converter=fact_id, validator=identifier)
    value: Value = field(converter=as_value, validator=is_read)


def _is_acceptance(instance: object, attribute: Attribute[_T], value: _T) -> None:
    if not isinstance(value, Accepts):
        party = id_of(value) if isinstance(value, Party) else "A"
        way = f"write Accepts({party!r}, 'plan'), or '{party}:plan'"
        raise misfit(instance, attribute, f"takes Accepts, got {shortened(value)}; {way}")


@frozen
class SupposedWord:
    """An acceptance and the word that its party is supposed to have spoken.

    Attributes:
        of: The acceptance.
        stance: The word that is supposed to be spoken.
    """

    __repr__ = spelled

    of: Accepts = field(converter=acceptance, validator=_is_acceptance)
    stance: Stance = field(converter=stance_of, validator=is_a(Stance))


@frozen
class SupposedMeaning:
    """A vague demand and the meaning that is supposed to be agreed.

    Attributes:
        vague: The demand.
        meaning: The meaning that is agreed.
    """

    __repr__ = spelled

    vague: VagueId = field(converter=vague_id, validator=identifier)
    meaning: MeaningId = field(converter=meaning_id, validator=identifier)


def _facts(
    value: Pairs[Fact | str, Given] | Iterable[SupposedFact],
) -> tuple[SupposedFact, ...]:
    """Read what is supposed, one by one or as a mapping."""
    if isinstance(value, Mapping):
        given = cast("Mapping[Fact | str, Given]", value)
        for key, what in given.items():
            _refuse_no_fact(key, what)
        return tuple(starmap(SupposedFact, given.items()))
    return as_many(cast("Iterable[SupposedFact]", value))


def _refuse_no_fact(key: object, given: object) -> None:
    """Refuse a word or a meaning among facts, and say which argument takes it."""
    word: object = stance_of(cast("str", given))
    match key:
        case Accepts(party=party, of=text):
            raise _elsewhere(f"a word of {party!r}", "words", f"{party}:{text}", "accepts")
        case str() if ":" in key:
            raise _elsewhere(f"a word of {key.partition(':')[0]!r}", "words", key, "accepts")
        case Holds(state=name) | Done(act=name) | Answered(question=name):
            raise ModelError(f"what is supposed is named by its fact, got {key!r}; write {name!r}")
        case Vague():
            meaning = key.meanings[0].id if key.meanings else "…"
            raise _elsewhere(f"a meaning of {key.id!r}", "meanings", key.id, meaning)
        case _ if isinstance(word, Stance):
            who = id_of(cast("Fact", key))
            raise _elsewhere(f"a word of {who!r}", "words", f"{who}:plan", word.value)
        case _:
            return


def _elsewhere(what: str, argument: str, key: str, value: str) -> ModelError:
    """Return the error that something is supposed by another argument."""
    return ModelError(f"{what} is supposed by {argument}={{{key!r}: {value!r}}}")


def _words(
    value: Pairs[Accepts | str, Stance | str] | Iterable[SupposedWord],
) -> tuple[SupposedWord, ...]:
    """Read what is supposed, one by one or as a mapping."""
    if isinstance(value, Mapping):
        spoken = cast("Mapping[Accepts | str, Stance | str]", value)
        return tuple(starmap(SupposedWord, spoken.items()))
    return as_many(cast("Iterable[SupposedWord]", value))


def _meanings(
    value: Pairs[Vague | str, Meaning | str] | Iterable[SupposedMeaning],
) -> tuple[SupposedMeaning, ...]:
    """Read what is supposed, one by one or as a mapping."""
    if isinstance(value, Mapping):
        agreed = cast("Mapping[Vague | str, Meaning | str]", value)
        return tuple(starmap(SupposedMeaning, agreed.items()))
    return as_many(cast("Iterable[SupposedMeaning]", value))


@frozen(kw_only=True)
class Supposition:
    """What is imagined from one instant on, over every source and whatever the trust.

    Attributes:
        since: From when on; nothing before.
        facts: What facts are supposed to be.
        words: What is supposed to be said.
        meanings: The meanings supposed to be agreed.
        without: Preconditions that are dropped.
        together: Preconditions that are turned ``TOGETHER``.
    """

    __repr__ = spelled

    since: Moment = field(converter=time_of, validator=_exact)
    facts: tuple[SupposedFact, ...] = field(
        default=(),
        converter=_facts,
        validator=deep_iterable(is_a(SupposedFact)),
    )
    words: tuple[SupposedWord, ...] = field(
        default=(),
        converter=_words,
        validator=deep_iterable(is_a(SupposedWord)),
    )
    meanings: tuple[SupposedMeaning, ...] = field(
        default=(),
        converter=_meanings,
        validator=deep_iterable(is_a(SupposedMeaning)),
    )
    without: tuple[PreconditionId, ...] = field(
        default=(), converter=precondition_ids, validator=identifiers
    )
    together: tuple[PreconditionId, ...] = field(
        default=(), converter=precondition_ids, validator=identifiers
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is imagined at all."""
        return not (self.facts or self.words or self.meanings or self.without or self.together)

    def and_then(self, changes: Iterable[SupposedFact | SupposedWord | SupposedMeaning]) -> Self:
        """Return the same with more imagined, each in place of what was imagined of the same.

        Raises:
            ModelError: If one of them is no such thing.
        """
        made = tuple(several(changes, "changes", "[SupposedFact('vote', True)]"))
        for each in made:
            if not isinstance(cast("object", each), SupposedFact | SupposedWord | SupposedMeaning):
                what = f"takes what is supposed, got {shortened(each)}"
                raise ModelError(f"{what}; write [SupposedFact('vote', True)]", "changes")
        facts = {item.fact: item for item in (*self.facts, *_of(SupposedFact, made))}
        words = {word.of: word for word in (*self.words, *_of(SupposedWord, made))}
        meanings = {item.vague: item for item in (*self.meanings, *_of(SupposedMeaning, made))}
        return evolve(
            self,
            facts=tuple(facts.values()),
            words=tuple(words.values()),
            meanings=tuple(meanings.values()),
        )

    def __attrs_post_init__(self) -> None:
        """Refuse to suppose two things of one fact, word or demand."""
        for key, names in (
            ("facts", [item.fact for item in self.facts]),
            ("words", [word.of for word in self.words]),
            ("meanings", [agreed.vague for agreed in self.meanings]),
        ):
            if len(set(names)) < len(names):
                raise ModelError(f"a supposition names each of its {key} once, got {names}")


def loose_condition_problems(
    index: Index, condition: Condition, path: str, zone: ZoneInfo
) -> list[Problem]:
    """Return what is wrong with a condition that no record holds."""
    return [
        *(
            problem
            for reference in condition_references(condition, path)
            for problem in unresolved(index, reference)
        ),
        *condition_problems(index, condition, path, zone),
        *index.namesakes(condition, path),
    ]


def imagined_problems(
    index: Index, suppositions: Iterable[Supposition], zone: ZoneInfo, start: int = 0
) -> Iterator[Problem]:
    """Yield everything that is wrong with what is imagined of a situation.

    Args:
        index: The situation.
        suppositions: What is imagined.
        zone: The time zone in which bare days are read.
        start: The place of the first supposition among those of the scenario.
    """
    for position, supposed in enumerate(suppositions, start):
        yield from _supposition_problems(index, supposed, f"$.suppositions[{position}]", zone)


def _supposition_problems(
    index: Index, supposed: Supposition, path: str, zone: ZoneInfo
) -> Iterator[Problem]:
    for item in supposed.facts:
        place = f"{path}.facts.{item.fact}"
        yield from unresolved(index, Reference(place, "fact", item.fact))
        fact = index.facts.get(item.fact)
        if fact is not None and (wrong := value_problem(fact, item.value)) is not None:
            yield Problem(place, wrong)
    for position, word in enumerate(supposed.words):
        yield from loose_condition_problems(index, word.of, f"{path}.words[{position}]", zone)
    for agreed in supposed.meanings:
        place = f"{path}.meanings.{agreed.vague}"
        yield from unresolved(index, Reference(place, "vague", agreed.vague))
        vague = index.vague.get(agreed.vague)
        meanings = [agreed.meaning] if vague is None else [each.id for each in vague.meanings]
        if agreed.meaning not in meanings:
            what = f"no meaning {agreed.meaning!r} of {agreed.vague!r}"
            yield Problem(place, f"{what}; {nearest(agreed.meaning, meanings)}")
    for key, names in (("without", supposed.without), ("together", supposed.together)):
        for position, name in enumerate(names):
            place = f"{path}.{key}[{position}]"
            yield from unresolved(index, Reference(place, "precondition", name))
