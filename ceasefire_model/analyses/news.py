"""News of a proposal: over a span of time at once, or as reports come in.

News tell of deadlocks and next moves beside what the rules judge, so that they stand after both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.analyses.progress import Patience, Progress
from ceasefire_model.analyses.watching import Watch, followed
from ceasefire_model.asking import text_asked
from ceasefire_model.calls import naming, yes_or_no
from ceasefire_model.errors import ModelError
from ceasefire_model.moments import TICK, end_of, exact_moment, start_of
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.views import View, view

if TYPE_CHECKING:
    from ceasefire_model.analyses.developments import News
    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Time
    from ceasefire_model.proposals import Proposal
    from ceasefire_model.scenarios import Scenario


def news(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    start: Time,
    end: Time,
    known_by: Time | None = None,
    trust: Trust | None = None,
    unchanged: bool = False,
    progress: Progress | None = None,
) -> News:
    """Say what changed in where a proposal stands over a span of time, and what changed it.

    There are two clocks. Without ``known_by`` one follows what one knew: at each instant counts
    what had been reported by then, so that things change when a report comes in, and when a date
    passes. With ``known_by`` one follows the world as it is known by then: all that had been
    reported by then counts throughout, so that things change on the days of which the reports tell.

    >>> from ceasefire_model import load_case
    >>> week = news(load_case("us-30-day-2025"), start="2025-03-12", end="2025-03-19")
    >>> (text,) = (each for each in week if each.topic.name == "TEXT")
    >>> text.after.finding.verdict, [word.id for word in text.cause.words]
    (Verdict.UNMET, ['ru-stance'])

    Args:
        scenario: The situation.
        proposal: It, or its id; needed only where the scenario has more than one.
        start: The first day, or the instant from which on.
        end: The last day, or the instant before which.
        known_by: What had been reported by then counts all along; by default, at each instant, what
            had been by that instant.
        trust: Whom to hear; by default everybody.
        unchanged: Whether to name the reports and words that changed nothing, too.
        progress: Is told at how many instants one has looked so far.

    Returns:
        Each change of the verdict on the text, of acceptances, preconditions, clauses and
        questions, of deadlocks and of next moves, in order of time. What a report changed would not
        have changed then without the reports and words that are named as its cause.

    Raises:
        UnknownIdError: If there is no such proposal, source or party.
        ModelError: If no proposal is named where there is more than one, a time is none or
            imprecise, the end is not after the start, or it lies after ``known_by``.
    """
    text = text_asked(scenario, proposal)
    begins = start_of(exact_moment(start, "start").choices()[0], scenario.zone)
    ends = end_of(exact_moment(end, "end").choices()[0], scenario.zone)
    if ends <= begins:
        raise ModelError(f"news end after their start, got {start} to {end}")
    yes_or_no(unchanged, "unchanged")
    patience = Patience.of(None, progress)
    last = ends - TICK
    seen = view(scenario, as_of=last, known_by=known_by, trust=trust)
    since = begins - TICK
    if known_by is None:
        following = followed(scenario, text, seen.moved(since), last)
    else:
        judged = Evaluation(View(scenario, since, seen.known_by, seen.trust))
        following = Watch(text, scenario, judged, since, known_by=seen.known_by)
    return following.follow(last, unchanged=unchanged, patience=patience)


def watch(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    start: Time,
    trust: Trust | None = None,
) -> Watch:
    """Follow where a proposal stands from a day on, as reports and words come in.

    >>> from ceasefire_model import Observation, load_case
    >>> watched = watch(load_case("us-30-day-2025"), start="2025-03-14")
    >>> call = Observation(fact="ru-us-talks", value=True, source="trump", since="2025-03-18")
    >>> [each.address for each in watched.add(call)][:1]
    ['accepts(RU, us-30-day)/ru-talks']

    Args:
        scenario: The situation with what is known so far; what it holds that is reported later
            comes in at its time.
        proposal: It, or its id; needed only where the scenario has more than one.
        start: The first day, or the instant from which on.
        trust: Whom to hear; by default everybody.

    Returns:
        What takes reports and words (``add``) and lets time pass (``advance``), and says each time
        what changed: the same as :func:`news` over the whole.

    Raises:
        UnknownIdError: If there is no such proposal, source or party.
        ModelError: If no proposal is named where there is more than one, or the start is no day and
            no instant.
    """
    text = text_asked(scenario, proposal)
    begins = start_of(exact_moment(start, "start").choices()[0], scenario.zone)
    with naming("start"):
        before = view(scenario, as_of=begins - TICK, trust=trust)
    return followed(scenario, text, before, None)
