"""What the sources' words say of a leaf: support, denial, or neither; agreement and dispute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import frozen

from ceasefire_model.conditions import Answered, AtLeast, AtMost, Done, Holds, ObservedLeaf
from ceasefire_model.evidence import Observation, Reliability
from ceasefire_model.facts import Number, Question, Range, Times, Value
from ceasefire_model.ids import FactId, SourceId
from ceasefire_model.reprs import spelled
from ceasefire_model.rules.effects import (
    BITS,
    DENIAL,
    NEITHER,
    SAYS_OF_BITS,
    SUPPORT,
    Bounds,
    Comparison,
    Masks,
    Says,
    Test,
    agreed,
    at_least,
    at_most,
    joined,
    mask_of,
    truth,
    verdict_of,
)
from ceasefire_model.rules.reports import Report, limits
from ceasefire_model.rules.views import View
from ceasefire_model.rules.voices import SILENCE, Said, Word, word_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_RELIABILITY = tuple(Reliability)


@frozen
class Reading:
    """What one source's word says of a condition.

    Attributes:
        source: Who speaks; none where something is supposed, or where a question is not answered.
        observation: The report; none where something is supposed, or where a question is not
            answered.
        says: What it does to the condition.
        age: How long before the instant judged it was reported.
        by: The report that overtook it.
    """

    __repr__ = spelled

    source: SourceId | None
    observation: Observation | None
    says: Says
    age: timedelta | None
    by: Observation | None = None


_Words: TypeAlias = "dict[SourceId | None, Word]"
"""By source what it says; none for what is supposed."""

_Orders: TypeAlias = "Callable[[Word], Sequence[Said]]"


@frozen
class _Heard:
    """What one source's word does to a condition."""

    __repr__ = spelled

    source: SourceId | None
    possible: Masks
    taken: Masks
    """The same where both words are heard of which it is not known which came later."""

    words: tuple[Word, ...] = ()
    """What it comes from: one word, or the two of a pair."""

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that give it."""
        return _reports_in(*self.words)


def weigh(view: View, leaf: ObservedLeaf, silence: Verdict = Verdict.UNKNOWN) -> Verdict:
    """Return the verdict on a leaf about a fact.

    Where imprecise dates allow several orders of the words, what all of them agree on stands.

    Args:
        view: When, and whom one hears.
        leaf: What is asked.
        silence: What comes out where no word bears on it.
    """
    heard = _heard(view, leaf)
    if all(len(each.possible) == 1 for each in heard) and _is_heard_at_once(view, leaf):
        said = 0
        for each in heard:
            said |= each.possible[0]
        return verdict_of(said, silence)
    return agreed(
        _verdicts(view, leaf, heard, silence, [each.possible for each in heard]),
        lambda: _verdicts(view, leaf, heard, silence, [each.taken for each in heard]),
    )


def _is_heard_at_once(view: View, leaf: ObservedLeaf) -> bool:
    """Whether all who speak are heard together, and nobody's silence counts."""
    return not (view.trust.most_reliable or isinstance(leaf, Answered))


def _verdicts(
    view: View,
    leaf: ObservedLeaf,
    heard: Sequence[_Heard],
    silence: Verdict,
    words: Sequence[Masks],
) -> set[Verdict]:
    """Return all that can come out, over every order of the dates."""
    together: set[int] = set()
    waiting = {0}
    for level in _levels_of(view, leaf, heard):
        spoken = reduce(joined, (words[each] for each in level), {0})
        together |= spoken - {0}
        waiting = spoken & {0}
        if not waiting:
            break
    together |= waiting
    if isinstance(leaf, Answered):
        together = {each for mask in together for each in _unanswered(view, leaf, heard, mask)}
    return {verdict_of(mask, silence) for mask in together}


def _levels(sources: Sequence[SourceId | None], view: View) -> Iterator[list[int]]:
    """Yield the positions of those who are heard together; who is less reliable, after them."""
    known = view.scenario.index.sources

    def rank(position: int) -> int:
        source = sources[position]
        return -1 if source is None else _RELIABILITY.index(known[source].reliability)

    if not view.trust.most_reliable:
        yield [*range(len(sources))]
        return
    for _, level in groupby(sorted(range(len(sources)), key=rank), key=rank):
        yield [*level]


def _levels_of(view: View, leaf: ObservedLeaf, heard: Sequence[_Heard]) -> Iterator[list[int]]:
    """Yield who is heard together of a leaf; of two facts, whom to hear is settled for each."""
    if len(facts_of(leaf)) > 1:
        yield [*range(len(heard))]
    else:
        yield from _levels([each.source for each in heard], view)


def _unanswered(view: View, leaf: Answered, heard: Sequence[_Heard], mask: int) -> Iterator[int]:
    """Yield what words come to beside the denial that comes from nobody: asked, and no answer."""
    asked = _asked(view, leaf.question)
    is_supposed = any(each.source is None for each in heard)
    if mask & SUPPORT or is_supposed or asked is None or view.at < asked[0]:
        yield mask
        return
    yield mask | DENIAL
    if view.at < asked[1]:
        yield mask


def _asked(view: View, question: str) -> tuple[datetime, datetime] | None:
    """Return when a question was asked, if by the end of what is known it may have been."""
    fact = view.scenario.index.facts[question]
    if not isinstance(fact, Question):
        return None
    asked = fact.asked.as_start(view.zone)
    return asked if asked[0] <= view.known_by else None


def read(view: View, leaf: ObservedLeaf) -> tuple[Reading, ...]:
    """Return the words that bear on a leaf, and of sources that are silent now, the last before."""
    return (*_bearing(view, leaf), *_past_words(view, facts_of(leaf)[0]))


def _bearing(view: View, leaf: ObservedLeaf) -> Iterator[Reading]:
    """Yield the words that are heard."""
    heard = _heard(view, leaf)
    for level in _levels_of(view, leaf, heard):
        for position in level:
            yield from _readings_of(view, heard[position])
        if any(0 not in heard[position].possible for position in level):
            break
    if isinstance(leaf, Answered) and not any(
        mask & SUPPORT for each in heard for mask in each.possible
    ):
        yield from _unanswered_reading(view, leaf, heard)


def _unanswered_reading(view: View, leaf: Answered, heard: Sequence[_Heard]) -> Iterator[Reading]:
    masks = {*_unanswered(view, leaf, heard, 0)}
    if masks != {0}:
        yield Reading(None, None, Says.NEITHER if 0 in masks else Says.DENIES, None)


def _readings_of(view: View, heard: _Heard) -> Iterator[Reading]:
    """Show what a word does, with the reports that give it."""
    masks = heard.taken if len(heard.taken) == 1 else heard.possible
    says = SAYS_OF_BITS.get(masks[0], Says.NEITHER) if len({*masks}) == 1 else Says.NEITHER
    if heard.source is None:
        yield Reading(None, None, says, None)
    for report in heard.reports:
        yield Reading(heard.source, report.observation, says, view.age(report.reported))


def is_reported(view: View, fact: str) -> bool:
    """Whether any word on a fact, heard or supposed, may bear on the instant judged."""
    return bool(_words(view, fact))


def agreed_number(view: View, fact: str) -> Number | Range | None:
    """Return the number or range that all words on a fact give; none where they differ."""
    possible = [said for word in _words(view, fact).values() for said in word.possible]
    values = {each for said in possible for each, _ in said}
    if not all(possible):
        return None
    value = values.pop() if len(values) == 1 else None
    return value if isinstance(value, Number | Range) else None


def facts_of(leaf: ObservedLeaf) -> tuple[FactId, ...]:
    """Return the facts that a leaf asks about."""
    match leaf:
        case Holds(state=name) | Done(act=name) | Answered(question=name):
            return (name,)
        case AtLeast(fact=name, value=value) | AtMost(fact=name, value=value):
            return (name, value.fact) if isinstance(value, Times) else (name,)
        case _:
            assert_never(leaf)


def instants_of(view: View, leaf: ObservedLeaf) -> Iterator[datetime]:
    """Yield the instants at which the words on a leaf may change, suppositions apart."""
    for name in facts_of(leaf):
        for voice in view.voices(name):
            yield from voice.starts
        yield from _asked(view, name) or ()


def first_words(view: View, leaf: ObservedLeaf) -> Iterator[datetime]:
    """Yield when words on a leaf begin, suppositions included.

    What a word says of the time before its start begins nothing.
    """
    for name in facts_of(leaf):
        for reports in view.reports(name):
            yield min(report.starts[0] for report in reports)
        yield from _asked(view, name) or ()
        for supposed, since in view.imagined():
            if any(item.fact == name for item in supposed.facts):
                yield since


def _heard(view: View, leaf: ObservedLeaf) -> list[_Heard]:
    """Return what each source's word does to a leaf, compared to a multiple of a fact, or not."""
    if isinstance(leaf, AtLeast | AtMost) and isinstance(leaf.value, Times):
        test = at_least if isinstance(leaf, AtLeast) else at_most
        return _of_pair(view, leaf.fact, leaf.value, test)
    name, test_of_one = facts_of(leaf)[0], test_of(leaf)
    return [_tested(source, word, test_of_one) for source, word in _words(view, name).items()]


def test_of(leaf: ObservedLeaf) -> Test:
    """Return how a value of its one fact is tested against a leaf."""
    match leaf:
        case Holds() | Done() | Answered():
            return truth
        case AtLeast(value=Decimal() as value):
            return lambda said: at_least(limits(said), (value, value))
        case AtMost(value=Decimal() as value):
            return lambda said: at_most(limits(said), (value, value))
        case AtLeast() | AtMost():  # pragma: no cover - a multiple is compared to another fact
            raise TypeError(leaf)
        case _:
            assert_never(leaf)


def _tested(source: SourceId | None, word: Word, test: Test) -> _Heard:
    possible = [mask_of(said, test) for said in word.possible]
    if word.taken is word.possible:
        return _Heard(source, possible, possible, (word,))
    return _Heard(source, possible, [mask_of(said, test) for said in word.taken], (word,))


def _reports_in(*words: Word) -> tuple[Report, ...]:
    """Return the reports that give words, the latest first."""
    reports = (
        report
        for word in words
        for said in (word.taken if len(word.taken) == 1 else word.possible)
        for _, report in said
        if report is not None
    )
    return tuple({id(report): report for report in reports}.values())


def _of_pair(view: View, fact: str, times: Times, test: Comparison) -> list[_Heard]:
    """Compare two facts, source by source; what is supposed counts for every source.

    A source that is silent on one of the two is read with the number of the others, if they agree
    on the outcome.
    """
    pair = _Pair(_most_reliable(view, fact), _most_reliable(view, times.fact), times, test)
    return [
        _Heard(source, [*pair.masks(source, _possible)], [*pair.masks(source, _taken)], words)
        for source, words in pair.sources()
    ]


@frozen
class _Pair:
    """The words on two facts of which one is compared to a multiple of the other."""

    __repr__ = spelled

    words: _Words
    others: _Words
    times: Times
    test: Comparison

    def sources(self) -> Iterator[tuple[SourceId | None, tuple[Word, ...]]]:
        """Yield who speaks on either, with the two words; what is supposed alone, as nobody."""
        named = dict.fromkeys(
            source for source in (*self.words, *self.others) if source is not None
        )
        for source in named or (None,) if self.words or self.others else ():
            yield source, (self._of(self.words, source), self._of(self.others, source))

    def _of(self, words: _Words, source: SourceId | None) -> Word:
        return words.get(source) or words.get(None) or SILENCE

    def masks(self, source: SourceId | None, orders: _Orders) -> Iterator[int]:
        """Yield what a source's two words come to, for each order of the dates."""
        for said in orders(self._of(self.words, source)):
            for other in orders(self._of(self.others, source)):
                if said and other:
                    yield self._compared(said, other)
                elif said:
                    pool = [orders(word) for name, word in self.others.items() if name != source]
                    yield from _borrowed([[self._compared(said, each) for each in o] for o in pool])
                elif other:
                    pool = [orders(word) for name, word in self.words.items() if name != source]
                    yield from _borrowed(
                        [[self._compared(each, other) for each in o] for o in pool]
                    )
                else:
                    yield 0

    def _compared(self, said: Said, other: Said) -> int:
        """Compare all that is said at once of the two facts."""
        mask = 0
        for value, _ in said:
            for base, _ in other:
                mask |= BITS[self.test(limits(value), _multiple(base, self.times))]
        return mask


def _borrowed(masks: Sequence[Sequence[int]]) -> Iterable[int]:
    """Return what a word comes to with the numbers of others: something only if they agree."""
    found = {mask for orders in masks for mask in orders if mask}
    agreed = found if len(found) == 1 and found <= {SUPPORT, DENIAL} else {NEITHER}
    if all(len(orders) == 1 for orders in masks):
        return agreed
    return found | {NEITHER}


def _multiple(value: Value, times: Times) -> Bounds:
    low, high = limits(value)
    return (
        None if low is None else times.of(low),
        None if high is None else times.of(high),
    )


def _possible(word: Word) -> Sequence[Said]:
    return word.possible


def _taken(word: Word) -> Sequence[Said]:
    return word.taken


def _words(view: View, fact: str) -> _Words:
    """Return the words that may bear on the instant; what is supposed stands for all."""
    supposed = view.supposed_value(fact)
    if supposed is not None:
        return {None: word_of(((supposed, None),))}
    return {
        voice.source.id: word
        for voice in view.voices(fact)
        if any((word := voice.at(view.at)).possible)
    }


def _most_reliable(view: View, fact: str) -> _Words:
    """Return the words of those whom the trust lets speak.

    Where the most reliable may be silent, those after them may be heard, or not.
    """
    words = _words(view, fact)
    names = [*words]
    kept: _Words = {}
    for level in _levels(names, view):
        is_first = not kept
        for name in (names[each] for each in level):
            word = words[name]
            kept[name] = word if is_first else Word((*word.possible, ()), (*word.taken, ()))
        if any(all(words[names[each]].possible) for each in level):
            break
    return kept


def _past_words(view: View, fact: str) -> Iterator[Reading]:
    """Yield the last word of each source that is silent now, or was overtaken."""
    for reports, voice in zip(view.reports(fact), view.voices(fact), strict=True):
        last = next((each for each in reports if each.starts[0] <= view.at), None)
        if last is None:
            continue
        says = None
        if last.is_taken(view.at):
            says = Says.OVERTAKEN
        elif not any(voice.at(view.at).possible):
            says = Says.NO_LONGER
        if says is not None:
            by = last.loss.by if says is Says.OVERTAKEN and last.loss else None
            yield Reading(voice.source.id, last.observation, says, view.age(last.reported), by)
