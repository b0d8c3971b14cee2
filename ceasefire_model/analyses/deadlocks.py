"""Deadlocks: preconditions that wait on each other so that nobody can take a first step.

Deadlocked is what could be reached if all moved at once, and not step by step: the greatest and the
least fixpoint of one relation (:mod:`ceasefire_model.analyses.reachability`).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.openings import NEVER, bare, evaluation_of, is_reached, things_in
from ceasefire_model.analyses.progress import Patience, Progress
from ceasefire_model.analyses.reachability import Web
from ceasefire_model.analyses.solver import Translation, minimal, minimal_sets
from ceasefire_model.asking import Askable, condition_asked
from ceasefire_model.calls import whole_number
from ceasefire_model.circles import components
from ceasefire_model.conditions import Accepts, AllOf, Condition, Derived, Observed
from ceasefire_model.ids import PartyId
from ceasefire_model.proposals import Precondition
from ceasefire_model.reprs import all_named, counted, maybe_named
from ceasefire_model.rows import InRows
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen
class Wait:
    """One step round a circle: what waits, and for what.

    Attributes:
        thing: What waits: a leaf or the negation of one.
        needs: What it waits for, or comes to.
        precondition: Who holds so, and why; none where the one is made of the other, as a proposal
            in force is of the acceptances of it.
    """

    thing: Condition
    needs: Condition
    precondition: Precondition | None = field(repr=maybe_named)


@frozen
class WayOut:
    """A smallest set of preconditions to give up or to change, which opens a circle.

    Attributes:
        drop: Those to drop.
        together: Those to turn ``TOGETHER``: the two things are then done at once.
    """

    drop: tuple[Precondition, ...] = field(default=(), repr=all_named)
    together: tuple[Precondition, ...] = field(default=(), repr=all_named)

    @property
    def who(self) -> tuple[PartyId, ...]:
        """The parties that hold them, whose move it is; nobody for what nobody holds."""
        return _holders((*self.drop, *self.together))


@frozen
class Deadlock:
    """A smallest set of preconditions that lock each other.

    Attributes:
        waits: The circle, step by step: each waits for the next one's thing, the last for the
            first's.
        ways_out: Each smallest set of preconditions to drop, or to turn ``TOGETHER``, that opens
            it.
        view: What it was judged in.
    """

    waits: tuple[Wait, ...] = field(repr=counted)
    ways_out: tuple[WayOut, ...] = field(repr=counted)
    view: View = field(eq=False, repr=False)

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        """The preconditions in it, in the order of the circle."""
        found = (wait.precondition for wait in self.waits)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    @property
    def holders(self) -> tuple[PartyId, ...]:
        """The parties that hold a step of it."""
        return _holders(self.preconditions)

    @property
    def alone(self) -> PartyId | None:
        """The party whose preconditions alone lock; none where it takes several together."""
        by_nobody = any(each.held_by is None for each in self.preconditions)
        return self.holders[0] if len(self.holders) == 1 and not by_nobody else None

    def __str__(self) -> str:
        """Write the circle and the ways out."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def to_mermaid(self) -> str:
        """Draw the circle, as Mermaid source; a notebook draws it."""
        from ceasefire_model.display.mermaid import deadlock_mermaid

        return deadlock_mermaid(self)


@frozen
class Deadlocks(Listing[Deadlock], InRows):
    """The deadlocks that were found.

    Attributes:
        found: The shortest first.
        blocked: What could not even be reached if all moved at once.
        is_complete: Whether these are all; if not, the limit was reached.
        view: What they were judged in.
    """

    found: tuple[Deadlock, ...] = field(repr=counted)
    blocked: tuple[Condition, ...] = field(repr=counted)
    is_complete: bool
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write each circle and its ways out."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per step of each circle."""
        from ceasefire_model.display.rows import deadlocks_rows

        return deadlocks_rows(self)


def deadlocks(
    scenario: Scenario,
    target: Askable | None = None,
    *,
    as_of: str | date | datetime | Moment,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
    limit: int = 1000,
    progress: Progress | None = None,
) -> Deadlocks:
    """Find the smallest sets of preconditions that lock each other.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> len(deadlocks(case, as_of="2025-03-13"))
    1

    Args:
        scenario: The situation.
        target: What should be reached; by default whatever has preconditions.
        as_of: The day or instant judged; a day stands for its last instant.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.
        limit: How many to report at most; there can be very many.
        progress: Is told how many were found so far.

    Raises:
        ModelError: If the limit is less than 1, the target cannot be asked, a time is none or
            imprecise, or ``as_of`` lies after ``known_by``.
        ScenarioError: If the target mentions what the scenario does not have.
        UnknownIdError: If the trust names a source or party that the scenario does not have.
        MissingExtraError: If clingo is not installed.
    """
    refuse_no_limit(limit)
    patience = Patience.of(None, progress)
    evaluation = evaluation_of(scenario, as_of, known_by, trust)
    roots = scenario.index.gates if target is None else [condition_asked(scenario, target)]
    return deadlocks_in(Web.of(evaluation, roots), limit, patience)


def refuse_no_limit(limit: int) -> None:
    """Refuse a limit that is no whole number, or lets nothing be found."""
    whole_number(limit, "limit")


def deadlocks_in(web: Web, limit: int, patience: Patience | None = None) -> Deadlocks:
    """Find the deadlocks among things."""
    stuck, blocked = web.stuck(), web.blocked()
    if len(stuck) == len(blocked):
        return Deadlocks((), tuple(blocked), True, web.evaluation.view)  # noqa: FBT003 - a field
    waiting = web.within(stuck)
    gates = list(_gated(waiting))
    sets = list(minimal("deadlocks", _facts(waiting, blocked, gates), limit + 1))
    locked = [[gates[number] for number in sorted(one)] for one in sets[:limit]]
    things = _gated(waiting)
    found: list[Deadlock] = []
    for kept in sorted(locked, key=len):
        found.append(_deadlock(waiting, things, kept))
        if patience is not None:
            patience.tell(len(found))
    return Deadlocks(tuple(found), tuple(blocked), len(sets) <= limit, web.evaluation.view)


def _gated(web: Web) -> dict[Precondition, list[Condition]]:
    """Return the things that each precondition gates."""
    found: dict[Precondition, list[Condition]] = {}
    for thing, gates in web.gates.items():
        for gate in gates:
            found.setdefault(gate.precondition, []).append(thing)
    return found


def _facts(web: Web, blocked: Collection[Condition], gates: list[Precondition]) -> list[str]:
    """Describe the things that no order of steps reaches; of the others, none is in a circle."""
    translation = Translation()
    numbers = {each: number for number, each in enumerate(gates)}
    for thing in web.stuck():
        place = translation.signed(thing)
        translation.say("thing", *place)
        for gate in web.gates[thing]:
            number = numbers[gate.precondition]
            translation.say("gate", number, *place, translation.node(gate.needs))
            if gate.before:
                translation.say("first", number)
        if thing in blocked:
            translation.say("lost", *place)
        if web.openings[thing] == NEVER:
            translation.say("never", *place)
        else:
            translation.say("opens", *place, translation.node(web.openings[thing]), 1)
        if thing in web.firsts:
            translation.say("follows", *place, translation.node(web.firsts[thing]))
    return translation.facts


def _deadlock(
    web: Web, gated: dict[Precondition, list[Condition]], kept: list[Precondition]
) -> Deadlock:
    """Describe one smallest set of preconditions that lock each other."""
    circle = web.within((thing for each in kept for thing in gated[each]), kept)
    waits = _waits(circle)
    order = dict.fromkeys(each.precondition for each in waits if each.precondition is not None)
    drops = [WayOut(drop=(each,)) for each in order]
    return Deadlock(waits, (*drops, *_synchronised(circle, list(order))), web.evaluation.view)


def _waits(circle: Web) -> tuple[Wait, ...]:
    """Go round a circle, from an acceptance where there is one."""
    stuck, blocked = circle.stuck(), circle.blocked()
    found: list[Wait] = []
    seen: set[Condition] = set()
    starts = [thing for thing in stuck if circle.gates[thing]]
    starts.sort(key=lambda thing: (thing in blocked, not isinstance(thing, Accepts)))
    waiting = starts[::-1]
    while waiting:
        thing = waiting.pop()
        if thing in seen:
            continue
        seen.add(thing)
        gates = {gate.precondition: gate.needs for gate in circle.gates[thing]}
        others = [each for each in circle.needs_of(thing) if each not in gates.values()]
        waits = [*((each, gate) for gate, each in gates.items()), *((o, None) for o in others)]
        for needed, precondition in waits:
            if not is_reached(needed, lambda other: other not in stuck):
                found.append(Wait(thing, needed, precondition))
                ahead = [other for other in things_in(needed) if other in stuck]
                waiting.extend(reversed(ahead))
    return tuple(found)


def _synchronised(circle: Web, kept: Sequence[Precondition]) -> Iterator[WayOut]:
    """Yield each smallest set of preconditions to turn ``TOGETHER`` that opens the circle."""
    gates = [gate for gates in circle.gates.values() for gate in gates]
    before = {gate.precondition for gate in gates if gate.before}
    first = [each for each in kept if each in before]
    blocked = circle.blocked()

    def opens(turned: frozenset[int]) -> bool:
        return len(circle.turned(first[number] for number in turned).stuck()) == len(blocked)

    if _is_plain(circle):
        locked = _locking(circle)
        needed = frozenset(number for number, each in enumerate(first) if each in locked)
    else:
        every = frozenset(range(len(first)))
        needed = frozenset(number for number in every if not opens(every - {number}))
    found = iter([needed]) if opens(needed) else minimal_sets(len(first), opens)
    for turned in islice(found, _WAYS):
        yield WayOut(together=tuple(first[number] for number in sorted(turned)))


def _is_plain(circle: Web) -> bool:
    """Whether there are no alternatives in a circle, so that every wait in it locks."""
    return all(_is_conjunction(need) for thing in circle.gates for need in circle.needs_of(thing))


def _is_conjunction(condition: Condition) -> bool:
    """Whether a condition is made of things all of which must be so."""
    if isinstance(condition, AllOf):
        return all(map(_is_conjunction, condition.parts))
    return isinstance(bare(condition), Observed | Derived)


def _locking(circle: Web) -> set[Precondition]:
    """Return the preconditions that lock even if all others are turned: those within a round."""

    def below(thing: Condition) -> Iterator[Condition]:
        for need in circle.needs_of(thing):
            yield from (each for each in things_in(need) if each in circle.gates)

    rounds = components(list(circle.gates), below)
    home = {thing: number for number, each in enumerate(rounds) for thing in each}
    return {
        gate.precondition
        for thing, gates in circle.gates.items()
        for gate in gates
        if any(home.get(other) == home[thing] for other in things_in(gate.needs))
    }


_WAYS = 100
"""How many ways to synchronise one circle are named."""


def _holders(preconditions: Iterable[Precondition]) -> tuple[PartyId, ...]:
    return tuple(dict.fromkeys(each.held_by for each in preconditions if each.held_by is not None))
