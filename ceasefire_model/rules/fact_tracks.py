"""The history of a leaf about a fact: one sweep over the words of all who speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.conditions import Answered, ObservedLeaf
from ceasefire_model.moments import BEGINNING
from ceasefire_model.rules.effects import Masks, agreed, come_to, mask_of, verdict_of
from ceasefire_model.rules.readings import facts_of, instants_of, test_of, weigh
from ceasefire_model.rules.tracks import Track, track_of
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ceasefire_model.rules.effects import Test
    from ceasefire_model.rules.views import View
    from ceasefire_model.rules.voices import Voice, Word


def track_of_leaf(view: View, leaf: ObservedLeaf, silence: Verdict) -> Track:
    """Return the verdict on a leaf about facts at every instant.

    Args:
        view: Whom one hears.
        leaf: What is asked.
        silence: The verdict on what nobody reports.
    """
    if _is_swept(view, leaf):
        voices = view.voices(facts_of(leaf)[0])
        return track_of([(BEGINNING, silence), *_changes(voices, test_of(leaf), silence)])
    supposed = (each.since.as_start(view.zone)[0] for each in view.scenario.suppositions)
    marks = sorted({BEGINNING, *instants_of(view, leaf), *supposed})
    return track_of((at, weigh(view.moved(at), leaf, silence)) for at in marks)


def _is_swept(view: View, leaf: ObservedLeaf) -> bool:
    """Whether a verdict follows from the words of one instant alone, all of them heard alike."""
    facts = facts_of(leaf)
    suppositions = view.scenario.suppositions
    is_supposed = any(item.fact in facts for each in suppositions for item in each.facts)
    return not (
        is_supposed or len(facts) > 1 or isinstance(leaf, Answered) or view.trust.most_reliable
    )


def _changes(
    voices: tuple[Voice, ...], test: Test, silence: Verdict
) -> Iterator[tuple[datetime, Verdict]]:
    """Yield the verdict from each instant on at which some word begins to count, or ceases to."""
    events = sorted(
        (at, number, position)
        for number, voice in enumerate(voices)
        for position, at in enumerate(voice.starts)
    )
    said = _Said(test, silence)
    for count, (at, number, position) in enumerate(events, start=1):
        said.change(number, voices[number].words[position])
        if count == len(events) or events[count][0] != at:
            yield at, said.verdict()


class _Said:
    """What all say at an instant: how many say surely what, and whose words are in doubt."""

    def __init__(self, test: Test, silence: Verdict) -> None:
        self.test, self.silence = test, silence
        self.sure: dict[int, int] = {}
        self.count = [0] * 8
        """How many do so much to the leaf, by what they do in bits."""

        self.doubtful: dict[int, tuple[Masks, Masks]] = {}

    def change(self, number: int, word: Word) -> None:
        """Let a source say something else than before."""
        self.doubtful.pop(number, None)
        before = self.sure.pop(number, None)
        if before is not None:
            self.count[before] -= 1
        if len(word.possible) == 1 and word.taken is word.possible:
            mask = self.sure[number] = mask_of(word.possible[0], self.test)
            self.count[mask] += 1
        elif any(word.possible):
            self.doubtful[number] = (
                [mask_of(said, self.test) for said in word.possible],
                [mask_of(said, self.test) for said in word.taken],
            )

    def verdict(self) -> Verdict:
        """Return what they come to together."""
        sure = 0
        for mask, count in enumerate(self.count):
            if count:
                sure |= mask
        if not self.doubtful:
            return verdict_of(sure, self.silence)
        doubtful = self.doubtful.values()
        return agreed(
            come_to([[sure], *(possible for possible, _ in doubtful)], self.silence),
            lambda: come_to([[sure], *(taken for _, taken in doubtful)], self.silence),
        )
