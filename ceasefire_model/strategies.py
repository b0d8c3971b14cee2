"""Hypothesis strategies for every class of the model, to test what one builds upon it.

Each function is named by the plural of what it yields and takes the pools that it may draw from.
The defaults fit each other: whatever :func:`conditions` yields can be judged in whatever
:func:`scenarios` yields, as of whatever :func:`instants` yields, trusting whatever :func:`trusts`
yields. Parties and places are invented. Ids are few, and some are shared between kinds; times crowd
around a few days of early 2025: so records meet, contradict each other, and end where others begin.

This module needs the ``test`` extra.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, wraps
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, assert_never, cast
from zoneinfo import ZoneInfo

from attrs import evolve

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Bound,
    By,
    Condition,
    DerivedLeaf,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Leaf,
    Meaning,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.consistency import signed_leaves
from ceasefire_model.errors import MissingExtraError
from ceasefire_model.evidence import (
    Credibility,
    Observation,
    Reliability,
    Source,
    SourceKind,
    Trust,
)
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Fact,
    Number,
    Quantity,
    Question,
    Range,
    State,
    Times,
    Truth,
    Value,
)
from ceasefire_model.grounds import derived_in
from ceasefire_model.ids import (
    ObservationId,
    PartyId,
    ProposalId,
    ProvisionId,
    SourceId,
    StatementId,
    TerritoryId,
)
from ceasefire_model.moments import Delay, Moment, Unit
from ceasefire_model.parties import Code, Party, PartyKind
from ceasefire_model.proposals import (
    Basis,
    CeasefireClass,
    Duty,
    Precondition,
    Proposal,
    Provision,
    ProvisionKind,
    Timing,
)
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord, Supposition
from ceasefire_model.territories import Territory, TerritoryKind

try:
    from hypothesis import strategies as st
except ImportError as _missing:
    raise MissingExtraError("test") from _missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_T = TypeVar("_T")
_R = TypeVar("_R", Precondition, Statement)
_P = ParamSpec("_P")

PARTIES = tuple(map(PartyId, ("arvenia", "belmora", "castora", "league")))
"""The parties of :func:`scenarios`; the league is the coalition."""

TERRITORIES = tuple(map(TerritoryId, ("valley", "coast", "arvenia")))
"""The territories of :func:`scenarios`."""

SOURCES = tuple(map(SourceId, ("wire", "monitor", "arvenia", "belmora")))
"""The sources of :func:`scenarios`; the last two speak for the parties of that name."""

PROPOSALS = tuple(map(ProposalId, ("plan", "counter", "old", "annex")))
"""The proposals of :func:`scenarios`."""

PROVISIONS = tuple(
    map(ProvisionId, ("plan-1", "plan-2", "plan-3", "counter-1", "old-1", "annex-1"))
)
"""The provisions of :func:`scenarios`; ``plan-3`` has no duties, the others can be fulfilled."""

STATEMENTS = tuple(map(StatementId, ("yes-but", "plea")))
"""The statements that every one of :func:`scenarios` has, beside those it numbers."""

FACTS: tuple[Fact, ...] = (
    State(id="truce", text="the truce holds"),
    State(id="curfew", text="a curfew is in force"),
    Act(id="vote", text="a vote is held"),
    Act(id="handover", text="the depot is handed over"),
    Quantity(id="troops", text="soldiers of Arvenia", unit="soldiers"),
    Quantity(id="convoys", text="convoys let through", unit="convoys", per="day"),
    Control(id="valley", text="Arvenia's share", party="arvenia", territory="valley"),
    Control(id="coast", text="Belmora's share", party="belmora", territory="coast"),
    Question(id="monitors", text="who monitors?", asked_by="belmora", asked=Moment("2025-03-01")),
)
"""The facts of :func:`scenarios`, as bare as they can be."""

_EARLIER: tuple[DerivedLeaf, ...] = (
    Fulfilled("old-1"),
    Accepts("arvenia", "old"),
    InForce("old"),
    Accepts("belmora", "old-1"),
    Fulfilled("old-1", "arvenia"),
)
_MUTUAL: tuple[DerivedLeaf, ...] = (
    Accepts("arvenia", "plan"),
    Accepts("belmora", "plan"),
    InForce("plan"),
    Fulfilled("plan-1"),
    Fulfilled("plan-2"),
    Accepts("league", "plan"),
    Accepts("belmora", "plan-1"),
    Fulfilled("plan-1", "arvenia"),
    Accepts("arvenia", "counter"),
    InForce("counter"),
    Fulfilled("counter-1"),
)

DERIVED: tuple[DerivedLeaf, ...] = (
    *_MUTUAL,
    Accepts("castora", "plan"),
    Accepts("castora", "plan-3"),
    Accepts("league", "counter-1"),
    Fulfilled("counter-1", "belmora"),
    InForce("plan-3"),
    InForce("plan-1"),
    *_EARLIER,
    InForce("annex"),
    InForce("old-1"),
    Fulfilled("annex-1"),
    Fulfilled("annex-1", "castora"),
)
"""Acceptances, proposals in force and fulfilled provisions that :func:`scenarios` can judge."""

DEMANDS = (
    Vague(id="security", text="security is assured"),
    Vague(
        id="restraint",
        text="restraint is shown",
        meanings=[
            Meaning(id="fewer", text="few soldiers", condition=AtMost("troops", 2)),
            Meaning(id="quiet", text="quiet", condition=Holds("truce"), held_by=["belmora"]),
        ],
    ),
    Vague(
        id="order",
        text="order returns",
        meanings=[
            Meaning(id="law", text="a vote", condition=Done("vote"), held_by=["arvenia"]),
            Meaning(
                id="quiet",
                text="a vote without a curfew",
                condition=Done("vote") & ~Holds("curfew"),
                held_by=["belmora", "castora"],
            ),
        ],
        complete=True,
    ),
    Vague(
        id="recognition",
        text="recognition is given",
        meanings=[
            Meaning(id="word", text="a word", condition=Accepts("belmora", "plan")),
            Meaning(
                id="deed",
                text="a deed",
                condition=InForce("counter") | Vague(id="security", text="security is assured"),
                held_by=["arvenia"],
            ),
        ],
        complete=True,
    ),
)
"""The vague demands that :func:`scenarios` and :func:`conditions` share."""

_WORDS = ("a text", "no", "1.0", "2025-03-13", " y: 'no' # \"x\"", "two\nlines\u2028", "- ~")
_IDS = ("x", "y", "no", "1", "true", "null", "2025-03-13", "1e3", "0x1F", "_", "ß-2")
_CODES = (Code("iso3166", "NO"), Code("ucdp", "365"), Code("wikidata", "Q0"), Code("ucdp", "1e3"))
_ZONES = ("UTC", "Europe/Kyiv", "America/Havana", "Pacific/Kiritimati")
"""Clocks change in Havana and Kyiv in the days below, in Havana at midnight."""

_NUMBERS = tuple(
    map(Decimal, ("0", "1", "2", "3", "0.5", "2.50", "-1", "1E+15", "999999999999999", "1E-15"))
)
_RANGES = (Range(0, 1), Range(1, 3), Range(2, None), Range(None, 2), Range(-1, 5000000))
_SHARES = tuple(map(Decimal, ("0", "1", "0.5", "0.17", "0.20", "0.7")))
_PARTS = (Range(0, 0.5), Range(0.17, 0.20), Range(0.5, None), Range(None, 0.5), Range(0, 1))

_DAYS = (
    *("2025-03-13", "2025-03-01", "2025-03-14", "2025-02-25", "2025-02-28", "2025-03-02"),
    *("2025-03-09", "2025-03-12", "2025-03-30", "2025-03-31", "2025-04-05"),
)
_HOURS = ("2025-03-13T00:00:00Z", "2025-03-13T12:00+02:00", "2025-03-30T01:00:00Z")
_INSTANTS = tuple(
    map(
        Moment,
        (
            *_DAYS,
            *("2025-02-24", "2025-03-10", "2025-04-06"),
            *_HOURS,
            *("2025-03-12T23:59:59.999999+02:00", "2025-03-13T23:59:59.999999Z"),
            *("2025-03-09T00:00:00-05:00", "2025-03-30T03:30:00+03:00"),
        ),
    )
)
_MOMENTS = tuple(
    map(
        Moment,
        (
            *_DAYS,
            *_DAYS,
            *_HOURS,
            *("2025-02", "2025-03", "2025-02/2025-03"),
            *("2025-03-01/2025-03-13", "2025-02-28/2025-03-01"),
            "2025-03-12T22:00Z/2025-03-13T12:00Z",
        ),
    )
)
_EVENTS = (
    After(Done("vote"), Delay(1, Unit.DAYS)),
    After(Done("handover"), Delay(2, Unit.HOURS)),
    After(Holds("truce"), Delay(0, Unit.DAYS)),
    After(AtLeast("troops", 2), Delay(1, Unit.WEEKS)),
    After(Answered("monitors"), Delay(0, Unit.HOURS)),
)
"""Dates that follow an event."""

_SELDOM = (*[None] * 18, *_MOMENTS[:1], *_MOMENTS[2:5], *_MOMENTS[-8:])
_NOTES = (None, *_WORDS)
_SOME_CODES = ((), _CODES[:1], _CODES[:3], _CODES[3:])


def _reused(build: Callable[_P, st.SearchStrategy[_T]]) -> Callable[_P, st.SearchStrategy[_T]]:
    """Build a strategy once for each choice of pools; building costs more than drawing."""
    built = cast("Callable[..., st.SearchStrategy[_T]]", lru_cache(maxsize=512)(build))

    @wraps(build)
    def strategy(*args: _P.args, **pools: _P.kwargs) -> st.SearchStrategy[_T]:
        return built(*args, **{name: _hashable(pool) for name, pool in pools.items()})

    return strategy


def _hashable(pool: object) -> object:
    return tuple(cast("list[object]", pool)) if isinstance(pool, list) else pool


@_reused
def ids() -> st.SearchStrategy[str]:
    """Short names, some of which look like something else: ``no``, ``1e3``, ``2025-03-13``."""
    letters = st.characters(categories=("L", "Nd"), include_characters="_-")
    names = st.text(letters, min_size=1, max_size=8)
    return st.sampled_from(_IDS) | names.filter(lambda name: not name.startswith("-"))


@_reused
def texts() -> st.SearchStrategy[str]:
    """Texts that are not blank, some of which look like something else."""
    anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
    return st.sampled_from(_WORDS) | anything.filter(lambda text: bool(text.strip()))


@_reused
def moments() -> st.SearchStrategy[Moment]:
    """Days, months, ranges and instants, most of them of a few days in early 2025."""
    return st.sampled_from(_MOMENTS)


@_reused
def instants() -> st.SearchStrategy[Moment]:
    """Single days and single instants to judge as of, often where something begins or ends."""
    return st.sampled_from(_INSTANTS)


@_reused
def numbers() -> st.SearchStrategy[Decimal]:
    """Exact numbers, few of them and some awkward: 0, 2.50, -1, 1E+15, fifteen digits."""
    return st.sampled_from(_NUMBERS)


@_reused
def codes() -> st.SearchStrategy[Code]:
    """Names in the lists of others."""
    return st.sampled_from(_CODES)


def _made(record: Callable[..., _T], **pools: Sequence[object]) -> st.SearchStrategy[_T]:
    """Draw a record by numbers, each of which says what to take from several pools.

    The fewer numbers a record takes, the faster it is drawn, and the sooner it is dropped where an
    example is made smaller. The first of each pool is the simplest.
    """
    groups: list[dict[str, Sequence[object]]] = [{}]
    for name, pool in pools.items():
        if prod(map(len, groups[-1].values())) * len(pool) > _UNIFORM:
            groups.append({})
        groups[-1][name] = pool
    numbers = (st.integers(0, prod(map(len, group.values())) - 1) for group in groups)
    return _chosen(record, groups, st.tuples(*numbers))


_UNIFORM = 2**24
"""Hypothesis draws uniformly from ranges of at most so many numbers."""


@st.composite
def _chosen(
    draw: st.DrawFn,
    record: Callable[..., _T],
    groups: Sequence[Mapping[str, Sequence[object]]],
    numbers: st.SearchStrategy[tuple[int, ...]],
) -> _T:
    fields = dict[str, object]()
    for number, group in zip(draw(numbers), groups, strict=True):
        left = number
        for name, pool in group.items():
            left, position = divmod(left, len(pool))
            fields[name] = pool[position]
    return record(**fields)


@_reused
def _any_of(pool: tuple[_T, ...]) -> st.SearchStrategy[_T]:
    return st.sampled_from(pool)


def _by_turns(*strategies: st.SearchStrategy[_T]) -> st.SearchStrategy[_T]:
    """Draw from each as often as it is named, while ``one_of`` ignores what is named again."""
    return st.integers(0, len(strategies) - 1).flatmap(strategies.__getitem__)


def _some(pool: Sequence[_T], at_least: int = 0) -> tuple[tuple[_T, ...], ...]:
    """Return the ways to choose a few of a pool, or all."""
    sizes = {*range(at_least, min(2, len(pool)) + 1), len(pool)}
    return tuple(few for size in sorted(sizes) for few in combinations(pool, size))


@_reused
def parties(
    *, ids: Sequence[str] = PARTIES, members: Sequence[str] = ()
) -> st.SearchStrategy[Party]:
    """Parties.

    Args:
        ids: The ids that they may have.
        members: The parties that may be in them.
    """
    return _made(
        Party,
        id=ids,
        name=_WORDS,
        kind=tuple(PartyKind),
        members=_some(members),
        codes=_SOME_CODES,
    )


@_reused
def territories(
    *, ids: Sequence[str] = TERRITORIES, within: Sequence[str] = ()
) -> st.SearchStrategy[Territory]:
    """Territories.

    Args:
        ids: The ids that they may have.
        within: The territories in which they may lie.
    """
    return _made(
        Territory,
        id=ids,
        name=_WORDS,
        kind=tuple(TerritoryKind),
        within=(None, *within),
        codes=_SOME_CODES,
    )


@_reused
def states(
    *, ids: Sequence[str] = ("truce", "curfew"), parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[State]:
    """States, with the parties in whose power they lie."""
    return _made(State, id=ids, text=_WORDS, by=_some(parties))


@_reused
def acts(
    *, ids: Sequence[str] = ("vote", "handover"), parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[Act]:
    """Acts, with the parties in whose power they lie."""
    return _made(Act, id=ids, text=_WORDS, by=_some(parties))


@_reused
def quantities(
    *, ids: Sequence[str] = ("troops", "convoys"), parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[Quantity]:
    """Quantities and rates, with the parties in whose power they lie."""
    return _made(
        Quantity,
        id=ids,
        text=_WORDS,
        unit=_WORDS,
        per=_NOTES,
        cumulative=(False, True),
        by=_some(parties),
    )


@_reused
def controls(
    *,
    ids: Sequence[str] = ("valley", "coast"),
    parties: Sequence[str] = PARTIES,
    territories: Sequence[str] = TERRITORIES,
) -> st.SearchStrategy[Control]:
    """Shares of territories, with the parties in whose power they lie."""
    return _made(
        Control,
        id=ids,
        text=_WORDS,
        party=parties,
        territory=territories,
        by=_some(parties),
    )


@_reused
def questions(
    *, ids: Sequence[str] = ("monitors",), parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[Question]:
    """Questions, with who asks whom and since when."""
    return _made(
        Question,
        id=ids,
        text=_WORDS,
        asked_by=parties,
        asked=_MOMENTS,
        asked_of=_some(parties),
    )


@_reused
def facts(
    *, parties: Sequence[str] = PARTIES, territories: Sequence[str] = TERRITORIES
) -> st.SearchStrategy[Fact]:
    """Facts of all five kinds."""
    return st.one_of(
        states(parties=parties),
        acts(parties=parties),
        quantities(parties=parties),
        controls(parties=parties, territories=territories),
        questions(parties=parties),
    )


@_reused
def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Values that a fact can have: truths, or numbers and ranges; or that a source cannot say."""
    return st.sampled_from(_values(fact))


def _values(fact: Fact) -> tuple[Value, ...]:
    match fact:
        case State() | Act() | Question():
            return (*[Truth(value=True), Truth(value=False)] * 4, CannotSay())
        case Quantity():
            return (*map(Number, _NUMBERS), *_RANGES, CannotSay())
        case Control():
            return (*map(Number, _SHARES), *_PARTS, CannotSay())
        case _:
            assert_never(fact)


def _facts_and_values(facts: Sequence[Fact]) -> tuple[tuple[Fact, Value], ...]:
    return tuple((fact, value) for fact in facts for value in _values(fact))


@_reused
def sources(
    *, ids: Sequence[str] = SOURCES, parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[Source]:
    """Sources of every reliability, some of which speak for a party."""
    return _made(
        Source,
        id=ids,
        name=_WORDS,
        kind=tuple(SourceKind),
        party=(None, *parties),
        reliability=tuple(Reliability),
    )


@_reused
def observations(
    *, facts: Sequence[Fact] = FACTS, sources: Sequence[str] = SOURCES
) -> st.SearchStrategy[Observation]:
    """Observations whose value fits their fact, reported then or at any other time, some ended.

    They have no id and correct nothing; :func:`scenarios` holds some that do.
    """
    return _made(
        _observation,
        known=_facts_and_values(facts),
        source=sources,
        since=_MOMENTS,
        until=_SELDOM,
        reported=_SELDOM,
        credibility=(None, *Credibility),
        note=_NOTES,
        reference=_NOTES,
    )


def _observation(
    *,
    known: tuple[Fact, Value],
    since: Moment,
    until: Moment | None,
    reported: Moment | None,
    **rest: Any,  # noqa: ANN401 - what a pool holds
) -> Observation:
    """Return an observation without an end where it cannot have that one."""
    fact, value = known
    done = isinstance(fact, Act) and value == Truth(value=True)
    if until is not None and (done or not _begins_before_end(since, until)):
        until = None
    return Observation(
        fact=fact, value=value, since=since, until=until, reported=reported or since, **rest
    )


@_reused
def trusts(
    *, sources: Sequence[str] = SOURCES, parties: Sequence[str] = PARTIES
) -> st.SearchStrategy[Trust]:
    """Ways to choose whom to hear: all, some, a party, the recent, the credible, the reliable."""
    return _made(
        Trust,
        only=(*[None] * 12, *_some(sources)),
        without=(*[()] * 12, *_some(sources)),
        party=(*[None] * 9, *parties),
        within_days=(*[None] * 6, 0, 1, 12, 30),
        credibility=(*[None] * 6, *Credibility),
        most_reliable=(False, True),
    )


@_reused
def leaves(
    *, facts: Sequence[Fact] = FACTS, derived: Sequence[DerivedLeaf] = DERIVED
) -> st.SearchStrategy[Leaf]:
    """Leaves on some facts, with thresholds and multiples that meet their values; derived ones."""
    return st.sampled_from((*_leaves(facts), *derived))


def _leaves(facts: Sequence[Fact]) -> list[Leaf]:
    """Return the leaves on some facts; those on truths thrice, to be drawn as often as others."""
    plain: list[Leaf] = []
    compared: list[Leaf] = []
    quantities = [fact for fact in facts if isinstance(fact, Quantity)]
    shares = [fact for fact in facts if isinstance(fact, Control)]
    for fact in facts:
        match fact:
            case State():
                plain.append(Holds(fact))
            case Act():
                plain.append(Done(fact))
            case Question():
                plain.append(Answered(fact))
            case Quantity():
                compared += [AtLeast(fact, 2), AtMost(fact, 2), AtMost(fact, 0)]
                compared += [AtLeast(fact, Times("1/3", it)) for it in quantities if it != fact]
            case Control():
                compared += [AtLeast(fact, 0.5), AtMost(fact, 0.17), AtLeast(fact, 1)]
                compared += [AtMost(fact, Times(1, it)) for it in shares if it != fact]
            case _:
                assert_never(fact)
    return [*plain, *plain, *plain, *compared]


@_reused
def meanings(
    *,
    ids: Sequence[str] = ("law", "quiet", "fewer", "no"),
    condition: st.SearchStrategy[Condition] | None = None,
    parties: Sequence[str] = PARTIES,
) -> st.SearchStrategy[Meaning]:
    """Meanings of demands, with who holds them.

    Args:
        ids: The ids that they may have.
        condition: What the demand may come to; by default without another demand inside.
        parties: The parties that may hold them.
    """
    return st.builds(
        Meaning,
        id=st.sampled_from(ids),
        text=st.sampled_from(_WORDS),
        condition=conditions(demands=(), max_leaves=3) if condition is None else condition,
        held_by=st.sampled_from(_some(parties)),
    )


@_reused
def demands(
    *,
    ids: Sequence[str] = ("security", "restraint", "order", "recognition"),
    meanings: st.SearchStrategy[Meaning] | None = None,
) -> st.SearchStrategy[Vague]:
    """Vague demands with no, some or all meanings. Two of one id may differ.

    Args:
        ids: The ids that they may have.
        meanings: The meanings that they may have.
    """
    return _demands(ids, _any_meanings() if meanings is None else meanings)


_any_meanings = meanings


@st.composite
def _demands(draw: st.DrawFn, ids: Sequence[str], meanings: st.SearchStrategy[Meaning]) -> Vague:
    several = draw(st.lists(meanings, max_size=3, unique_by=lambda meaning: meaning.id))
    return Vague(
        id=draw(st.sampled_from(ids)),
        text=draw(st.sampled_from(_WORDS)),
        meanings=several,
        complete=len(several) > 1 and draw(st.booleans()),
    )


@_reused
def conditions(
    *,
    facts: Sequence[Fact] = FACTS,
    derived: Sequence[DerivedLeaf] = DERIVED,
    negated: Sequence[DerivedLeaf] | None = None,
    demands: Sequence[Vague] = DEMANDS,
    max_leaves: int = 5,
) -> st.SearchStrategy[Condition]:
    """Conditions of every class but the temporal, repeated leaves and empty composites included.

    For those on time see :func:`histories`.

    Args:
        facts: The facts that they may mention.
        derived: The derived leaves that they may mention; none for conditions on facts alone.
        negated: The derived leaves that they may mention under a ``Not``; by default the same. A
            circle through a negation has no meaning, so scenarios refuse it.
        demands: The vague demands that they may hold, where these mention no other derived leaf.
        max_leaves: How many leaves at most; a vague demand counts as one.
    """
    return _conditions(
        st.sampled_from(_atoms(facts, derived, demands)),
        st.sampled_from(_atoms(facts, derived if negated is None else negated, demands)),
        max_leaves,
    )


def _atoms(
    facts: Sequence[Fact], derived: Sequence[DerivedLeaf], demands: Sequence[Vague]
) -> tuple[Condition, ...]:
    fit = (item for item in demands if {leaf for leaf, _ in derived_in(item)} <= set(derived))
    return (*_leaves(facts), *derived, *fit)


@st.composite
def _conditions(
    draw: st.DrawFn,
    atoms: st.SearchStrategy[Condition],
    negated: st.SearchStrategy[Condition],
    room: int,
) -> Condition:
    return _condition(draw, atoms, negated, room)


def _condition(
    draw: st.DrawFn,
    atoms: st.SearchStrategy[Condition],
    negated: st.SearchStrategy[Condition],
    room: int,
) -> Condition:
    """Draw a condition of at most so many leaves; under a ``Not``, from the negated ones."""
    shape = "one" if room < 1 else draw(_any_of(_SHAPES if room > 1 else _SMALL_SHAPES))
    if shape == "one":
        return draw(atoms)
    if shape == "not":
        return Not(_condition(draw, negated, negated, room - 1))
    size = min(room, draw(_any_of((2, 1, 3) if shape == "some" else (2, 1, 3, 0))))
    parts = [_condition(draw, atoms, negated, room // size) for _ in range(size)]
    if shape == "some":
        return AtLeastOf(draw(st.integers(1, size)), parts)
    return AllOf(parts) if shape == "all" else AnyOf(parts)


@_reused
def delays(*, at_least: int = 0) -> st.SearchStrategy[Delay]:
    """Short delays in any unit, so that one often ends where something else happens.

    Args:
        at_least: How many of the unit at least; 0 to 3.
    """
    units = (Unit.DAYS, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.MINUTES, Unit.YEARS)
    return _made(Delay, amount=range(at_least, 4), unit=units)


@_reused
def bounds(*, events: st.SearchStrategy[Condition] | None = None) -> st.SearchStrategy[Bound]:
    """Times that are given, or that follow an event.

    Args:
        events: What they may follow.
    """
    followed = _small_conditions() if events is None else events
    return st.one_of(moments(), st.builds(After, followed, delays()))


@_reused
def histories(*, of: st.SearchStrategy[Condition] | None = None) -> st.SearchStrategy[Condition]:
    """Conditions about time: alone, inside each other, and beside or under others.

    Args:
        of: What they may be the history of; by default small conditions of any other class.
    """
    inner = _small_conditions() if of is None else of
    limits = bounds(events=inner)
    once = st.one_of(
        st.builds(Ever, inner),
        st.builds(By, inner, limits),
        st.builds(HeldFor, inner, delays(at_least=1)),
        st.builds(Throughout, inner, limits),
        st.builds(When, inner, inner),
    )
    later = bounds(events=once)
    return st.one_of(
        once,
        _spans(inner, limits, limits),
        _spans(once, later, later),
        st.builds(Ever, once),
        st.builds(By, once, later),
        st.builds(HeldFor, once, delays(at_least=1)),
        st.builds(When, once, once),
        st.builds(Not, once),
        st.builds(AllOf, st.tuples(once, inner)),
        st.builds(AnyOf, st.tuples(inner, once)),
    )


@_reused
def _small_conditions() -> st.SearchStrategy[Condition]:
    return conditions(max_leaves=2)


@st.composite
def _spans(
    draw: st.DrawFn,
    inner: st.SearchStrategy[Condition],
    starts: st.SearchStrategy[Bound],
    ends: st.SearchStrategy[Bound],
) -> Throughout:
    """Draw conditions that must last, and for ever where the end would lie before the start."""
    condition, start, end = draw(inner), draw(starts), draw(ends)
    if isinstance(start, Moment) and isinstance(end, Moment) and not _begins_before_end(start, end):
        return Throughout(condition, start)
    return Throughout(condition, start, end)


_SHAPES = ("one", "not", "all", "any", "some", "all", "any")
_SMALL_SHAPES = ("one", "one", "one", "not")


@_reused
def abouts(
    *,
    proposals: Sequence[str] = PROPOSALS,
    provisions: Sequence[str] = PROVISIONS,
    parties: Sequence[str] = PARTIES,
    territories: Sequence[str] = TERRITORIES,
    facts: Sequence[Fact] = FACTS,
    statements: Sequence[str] = STATEMENTS,
    preconditions: Sequence[str] = (),
) -> st.SearchStrategy[About]:
    """What statements are about: one record, or two of different kinds."""
    records = (
        *(("proposal", name) for name in proposals),
        *(("provision", name) for name in provisions),
        *(("party", name) for name in parties),
        *(("territory", name) for name in territories),
        *(("fact", fact.id) for fact in facts),
        *(("statement", name) for name in statements),
        *(("precondition", name) for name in preconditions),
    )
    return _made(_about, first=records, second=(None, *records))


def _about(first: tuple[str, Any], second: tuple[str, Any] | None) -> About:
    """Return what is about both records, or about the first alone where it cannot be about both."""
    texts = {"proposal", "provision"}
    if second is None or {first[0], second[0]} == texts:
        return About(**dict([first]))
    return About(**dict([second, first]))


@_reused
def statements(
    *,
    ids: Sequence[str] = STATEMENTS,
    proposals: Sequence[str] = PROPOSALS,
    provisions: Sequence[str] = PROVISIONS,
    parties: Sequence[str] = PARTIES,
    sources: Sequence[str] = SOURCES,
    about: st.SearchStrategy[About] | None = None,
) -> st.SearchStrategy[Statement]:
    """Statements, most of them with a stance on a proposal or provision.

    Args:
        ids: The ids that they may have.
        proposals: The proposals on which they may take a stance.
        provisions: The provisions on which they may take a stance.
        parties: The parties that may be spoken for.
        sources: Who may report them.
        about: What those may be about that take no stance.
    """
    texts = [About(proposal=name) for name in proposals]
    texts += [About(provision=name) for name in provisions]
    rest = _made(
        dict[str, Any],
        stance=_STANCES,
        text_of=texts,
        party=parties,
        date=_MOMENTS,
        reported=_SELDOM,
        source=sources,
        kind=tuple(StatementKind),
        id=ids,
        speaker=_WORDS,
        text=_WORDS,
        reference=_NOTES,
    )
    return _statements(rest, abouts() if about is None else about)


@st.composite
def _statements(
    draw: st.DrawFn,
    rest: st.SearchStrategy[dict[str, Any]],
    about: st.SearchStrategy[About],
) -> Statement:
    fields = draw(rest)
    text, reported = fields.pop("text_of"), fields["reported"]
    if fields["stance"] is None:
        fields["about"] = draw(about)
    else:
        fields |= {"kind": None, "about": text}
    if reported is None or not _is_said_before(fields["date"], reported):
        del fields["reported"]
    return Statement(**fields)


_WITH_CONDITIONS = Stance.ACCEPTS_WITH_CONDITIONS
_STANCES = (_WITH_CONDITIONS, *Stance, _WITH_CONDITIONS, None, None, None)
_FAR_WEST, _FAR_EAST = "Etc/GMT+12", "Etc/GMT-14"


@lru_cache(maxsize=4096)
def _is_said_before(date: Moment, reported: Moment) -> bool:
    """Whether what is said on a date can be reported then, in every time zone."""
    zones = ZoneInfo(_FAR_WEST), ZoneInfo(_FAR_EAST)
    return all(date.bounds(zone)[0] <= reported.bounds(zone)[1] for zone in zones)


@lru_cache(maxsize=4096)
def _begins_before_end(start: Moment, end: Moment) -> bool:
    """Whether what starts and ends at these times has a span, in every time zone."""
    zones = ZoneInfo(_FAR_WEST), ZoneInfo(_FAR_EAST)
    return all(start.as_start(zone)[0] < end.as_end(zone)[1] for zone in zones)


@_reused
def duties(
    *,
    parties: Sequence[str] = PARTIES,
    requires: st.SearchStrategy[Condition] | None = None,
) -> st.SearchStrategy[Duty]:
    """Duties of one party, or of several jointly.

    Args:
        parties: The parties that may owe them.
        requires: What they may require.
    """
    return st.builds(
        Duty,
        by=st.sampled_from(_some(parties, at_least=1)),
        requires=conditions(max_leaves=3) if requires is None else requires,
        due=st.sampled_from((*_SELDOM, *_EVENTS)),
    )


@_reused
def provisions(
    *,
    ids: Sequence[str] = PROVISIONS,
    duties: st.SearchStrategy[Sequence[Duty]] | None = None,
    parties: Sequence[str] = PARTIES,
    replaces: Sequence[str] = (),
    kinds: Sequence[ProvisionKind] = tuple(ProvisionKind),
) -> st.SearchStrategy[Provision]:
    """Provisions of every kind, with any number of duties, some due, some with a term of their own.

    Args:
        ids: The ids that they may have.
        duties: The duties that they may have.
        parties: The parties that may verify them.
        replaces: The provisions whose place they may take.
        kinds: The kinds that they may be of.
    """
    rest = _made(
        dict[str, Any],
        due=(None, *_MOMENTS, *_EVENTS),
        id=ids,
        kind=kinds,
        starts=(*_SELDOM, *_EVENTS),
        ends=(*_SELDOM, *_EVENTS[:2]),
        survives=(False, False, False, True),
        verified_by=_some(parties),
        replaces=_some(replaces),
        verified_how=_NOTES,
        topics=((), ("COM-01",), ("monitoring", "OBL-01"), ("no", "1.0")),
        text=_WORDS,
        reference=_NOTES,
    )
    return _provisions(rest, _any_duties() if duties is None else duties)


@_reused
def _any_duties() -> st.SearchStrategy[Sequence[Duty]]:
    return st.lists(duties(), max_size=3)


@st.composite
def _provisions(
    draw: st.DrawFn,
    rest: st.SearchStrategy[dict[str, Any]],
    duties: st.SearchStrategy[Sequence[Duty]],
) -> Provision:
    fields, owed = draw(rest), draw(duties)
    if fields["kind"].is_standing:
        fields["due"] = None
        owed = [evolve(duty, due=None) for duty in owed]
    _drop_early_end(fields)
    return Provision(**fields, duties=owed)


def _drop_early_end(fields: dict[str, Any]) -> None:
    """Leave an end out where it would lie before the start."""
    starts, ends = fields["starts"], fields["ends"]
    dated = isinstance(starts, Moment) and isinstance(ends, Moment)
    if dated and not _begins_before_end(starts, ends):
        fields["ends"] = None


@_reused
def proposals(
    *,
    ids: Sequence[str] = PROPOSALS,
    parties: Sequence[str] = PARTIES,
    provisions: st.SearchStrategy[Sequence[Provision]] | None = None,
    previous: Sequence[str] = (),
    prolongs: Sequence[str] = (),
    states: Sequence[str] = ("truce", "curfew"),
) -> st.SearchStrategy[Proposal]:
    """Proposals, some of which start or end, or have a state whose reports decide.

    Args:
        ids: The ids that they may have.
        parties: The parties that may have made them, or to whom they may be made.
        provisions: The provisions that they may have; no two of one id.
        previous: The proposals of which they may be a later version.
        prolongs: The proposals whose end they may move.
        states: The states whose reports may decide whether they are in force.
    """
    rest = _made(
        dict[str, Any],
        to=_some(parties),
        starts=(*_SELDOM, *_EVENTS),
        ends=(*_SELDOM, *_EVENTS),
        lasts=(*[None] * 5, Delay(2, Unit.DAYS), Delay(36, Unit.HOURS), Delay(1, Unit.MONTHS)),
        in_force=(*[None] * 5, *states),
        id=ids,
        previous=(None, *previous),
        prolongs=(None, *prolongs),
        by=_some(parties),
        guaranteed_by=_some(parties),
        claims=(None, *CeasefireClass),
        is_public=(False, True),
        tabled=(None, *_MOMENTS[:8]),
        title=_WORDS,
        text=_NOTES,
        reference=_NOTES,
    )
    return _proposals(rest, _any_provisions() if provisions is None else provisions)


@_reused
def _any_provisions() -> st.SearchStrategy[Sequence[Provision]]:
    return st.lists(provisions(), max_size=3, unique_by=lambda provision: provision.id)


@st.composite
def _proposals(
    draw: st.DrawFn,
    rest: st.SearchStrategy[dict[str, Any]],
    provisions: st.SearchStrategy[Sequence[Provision]],
) -> Proposal:
    fields = draw(rest)
    if lasts := fields.pop("lasts"):
        fields["ends"] = After(InForce(fields["id"]), lasts)
    _drop_early_end(fields)
    return Proposal(**fields, provisions=draw(provisions))


@_reused
def preconditions(
    *,
    ids: Sequence[str] = ("c0", "c1", "c2"),
    of: Sequence[Leaf | Not] = (),
    needs: st.SearchStrategy[Condition] | None = None,
    parties: Sequence[str] = PARTIES,
    statements: Sequence[str] = STATEMENTS,
) -> st.SearchStrategy[Precondition]:
    """Preconditions of every timing and basis, some withdrawn; of acceptances, mostly the party's.

    Args:
        ids: The ids that they may have.
        of: What they may be of; where nothing is given, any leaf or the negation of one.
        needs: What they may need. What would need itself needs the demand for security instead.
        parties: The parties that may hold them.
        statements: The statements in which they may have been said.
    """
    rest = _made(
        dict[str, Any],
        of=of or (*_ALL_LEAVES, *map(Not, _ALL_LEAVES)),
        foreign=(*[False] * 4, True),
        held_by=(None, *parties),
        timing=tuple(Timing),
        basis=tuple(Basis),
        withdrawn=_SELDOM,
        statement=(None, *statements),
        verified_by=_some(parties),
        id=ids,
        text=_WORDS,
        reference=_NOTES,
    )
    return _preconditions(conditions() if needs is None else needs, rest)


_ALL_LEAVES = (*_leaves(FACTS), *DERIVED)
_ACCEPTANCES = tuple(leaf for leaf in DERIVED if isinstance(leaf, Accepts))


@st.composite
def _preconditions(
    draw: st.DrawFn,
    needs: st.SearchStrategy[Condition],
    rest: st.SearchStrategy[dict[str, Any]],
) -> Precondition:
    needed, fields = draw(needs), draw(rest)
    of, foreign = fields["of"], fields.pop("foreign")
    if isinstance(of, Accepts) and not foreign:
        fields["held_by"] = of.party
    if fields["held_by"] is None and fields["basis"] is Basis.STATED:
        fields["basis"] = Basis.INFERRED
    return Precondition(**fields, needs=DEMANDS[0] if of in signed_leaves(needed) else needed)


@_reused
def suppositions(
    *,
    facts: Sequence[Fact] = FACTS,
    words: Sequence[Accepts] = _ACCEPTANCES,
    demands: Sequence[Vague] = (),
    preconditions: Sequence[str] = (),
) -> st.SearchStrategy[Supposition]:
    """What is imagined from a day or an instant on.

    Args:
        facts: The facts of which something may be supposed.
        words: The acceptances on which a word may be supposed.
        demands: The demands of which a meaning may be supposed to be agreed.
        preconditions: Those that may be dropped or turned ``TOGETHER``.
    """
    known = [SupposedFact(fact.id, value) for fact, value in _facts_and_values(facts)]
    spoken = [SupposedWord(of, stance) for stance in Stance for of in words]
    agreed = [
        SupposedMeaning(demand.id, meaning.id) for demand in demands for meaning in demand.meanings
    ]
    gates = _some(preconditions)
    return st.builds(
        Supposition,
        since=instants(),
        facts=st.lists(st.sampled_from(known), max_size=3, unique_by=lambda item: item.fact),
        words=st.lists(st.sampled_from(spoken), max_size=2, unique_by=lambda word: word.of),
        meanings=st.sampled_from([(), *((one,) for one in agreed)]),
        without=st.sampled_from(gates),
        together=st.sampled_from(gates),
    )


@_reused
def scenarios() -> st.SearchStrategy[Scenario]:
    """Scenarios in which much is awkward at once, all with the parties, facts and texts above.

    Covered are coalitions; sources that contradict each other or themselves, and corrections;
    imprecise and coinciding dates, in time zones that change their clocks; later and conflicting
    words; preconditions of acceptances in all three timings, which wait on each other in circles
    through acceptances, proposals in force and fulfilled provisions, and those of any other leaf or
    its negation; withdrawn ones; proposals that start, end, prolong or supersede another, or are
    reported to be in force; steps, standing duties and prohibitions, owed jointly, with terms and
    dates of their own; vague demands; suppositions.

    A circle through a negation would have no meaning: what is negated in a circle is about the old
    proposal, which rests on nothing newer and negates nothing itself.
    """
    return _scenarios()


@st.composite
def _scenarios(draw: st.DrawFn) -> Scenario:
    demands = (*DEMANDS, *draw(_own_demands()))
    gates = _numbered("c", [gate for gates in draw(_gates(demands)) for gate in gates])
    names = tuple(gate.id for gate in gates)
    scenario = Scenario(
        parties=draw(_cast_of_parties()),
        territories=draw(_cast_of_territories()),
        facts=draw(_cast_of_facts()),
        sources=draw(_cast_of_sources()),
        observations=draw(_reports()),
        statements=draw(_all_statements(names)),
        proposals=draw(_cast_of_proposals(demands)),
        preconditions=gates,
        **draw(_titles()),
    )
    used = tuple(demand for demand in demands if demand.id in scenario.index.vague)
    supposed = draw(st.lists(suppositions(demands=used, preconditions=names), max_size=2))
    return evolve(scenario, suppositions=supposed) if supposed else scenario


@_reused
def _titles() -> st.SearchStrategy[dict[str, Any]]:
    return _made(dict[str, Any], title=_WORDS, timezone=_ZONES, text=_NOTES)


def _numbered(letter: str, records: Sequence[_R]) -> tuple[_R, ...]:
    """Give each record an id of its own."""
    return tuple(evolve(record, id=f"{letter}{n}") for n, record in enumerate(records))


@_reused
def _own_demands() -> st.SearchStrategy[Sequence[Vague]]:
    """Demand something else now and then: on facts alone, so that it fits anywhere."""
    on_facts = meanings(condition=conditions(derived=(), demands=(), max_leaves=3))
    own = demands(ids=("dignity",), meanings=on_facts)
    return _by_turns(st.just(()), st.just(()), st.just(()), st.tuples(own))


@_reused
def _cast_of_parties() -> st.SearchStrategy[tuple[Party, ...]]:
    arvenia, belmora, castora, league = PARTIES
    plain = tuple(Party(id=name, name=name) for name in PARTIES)
    drawn = st.tuples(
        parties(ids=(arvenia,)),
        parties(ids=(belmora,)),
        parties(ids=(castora,), members=(arvenia,)),
        parties(ids=(league,), members=(arvenia, belmora, castora)),
    )
    return _by_turns(st.just(plain), drawn, drawn)


@_reused
def _cast_of_territories() -> st.SearchStrategy[tuple[Territory, ...]]:
    valley, coast, arvenia = TERRITORIES
    plain = tuple(Territory(id=name, name=name) for name in TERRITORIES)
    drawn = st.tuples(
        territories(ids=(valley,), within=(coast, arvenia)),
        territories(ids=(coast,), within=(arvenia,)),
        territories(ids=(arvenia,)),
    )
    return _by_turns(st.just(plain), drawn)


@_reused
def _cast_of_facts() -> st.SearchStrategy[tuple[Fact, ...]]:
    drawn = st.tuples(
        states(ids=("truce",)),
        states(ids=("curfew",)),
        acts(ids=("vote",)),
        acts(ids=("handover",)),
        quantities(ids=("troops",)),
        quantities(ids=("convoys",)),
        controls(ids=("valley",)),
        controls(ids=("coast",)),
        questions(ids=("monitors",)),
    )
    return _by_turns(st.just(FACTS), drawn)


@_reused
def _cast_of_sources() -> st.SearchStrategy[tuple[Source, ...]]:
    wire, monitor, arvenia, belmora = SOURCES
    plain = tuple(Source(id=name, name=name) for name in SOURCES)
    drawn = st.tuples(
        sources(ids=(wire,), parties=()),
        sources(ids=(monitor,)),
        sources(ids=(arvenia,), parties=("arvenia",)),
        sources(ids=(belmora,), parties=("belmora",)),
    )
    return _by_turns(st.just(plain), drawn, drawn)


@st.composite
def _reports(draw: st.DrawFn) -> list[Observation]:
    """Draw observations, others of the same fact and time, and corrections of either."""
    reports = draw(st.lists(observations(), max_size=10))
    for number, source in draw(_other_sources()) if reports else ():
        report = reports[number % len(reports)]
        value = draw(values(_FACT[report.fact]))
        until = report.until if value != Truth(value=True) else None
        reports.append(evolve(report, source=source, value=value, until=until))
    for number in draw(_corrections()) if reports else ():
        position = number % len(reports)
        of = (reports[position].fact, reports[position].source)
        for earlier, report in enumerate(reports[:position]):
            if (report.fact, report.source) == of:
                name = ObservationId(f"o{earlier}")
                reports[earlier] = evolve(report, id=name)
                reports[position] = evolve(reports[position], corrects=name)
    return reports


_FACT = {fact.id: fact for fact in FACTS}


@_reused
def _other_sources() -> st.SearchStrategy[list[tuple[int, SourceId]]]:
    return st.lists(st.tuples(st.integers(0, 9), st.sampled_from(SOURCES)), max_size=4)


@_reused
def _corrections() -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 13), max_size=3)


@_reused
def _openings() -> st.SearchStrategy[tuple[Statement, ...]]:
    """Draw the first words on the newer proposals, mostly "yes, but"."""
    words = {
        name: [_opening(name, party, stance) for stance in _FIRST_STANCES]
        for name, party in (*((party, party) for party in PARTIES), ("counter", PARTIES[0]))
    }
    return _made(dict[str, Statement | None], **words).map(
        lambda said: tuple(word for word in said.values() if word is not None)
    )


_FIRST_STANCES = (None, *[_WITH_CONDITIONS] * 8, *Stance)


def _opening(name: str, party: str, stance: Stance | None) -> Statement | None:
    return stance and Statement(
        id=f"first-{name}",
        speaker="an envoy",
        party=party,
        date=Moment("2025-03-01"),
        about=About(proposal="counter" if name == "counter" else "plan"),
        text=stance.value,
        source="wire",
        stance=stance,
    )


@_reused
def _all_statements(preconditions: Sequence[str]) -> st.SearchStrategy[tuple[Statement, ...]]:
    return _spoken(abouts(preconditions=preconditions))


@st.composite
def _spoken(draw: st.DrawFn, about: st.SearchStrategy[About]) -> tuple[Statement, ...]:
    """Draw first words, those that others refer to, later ones, and contrary ones the same day."""
    fixed = [
        draw(_by_turns(st.just(_plea(name)), statements(ids=(name,), about=about)))
        for name in STATEMENTS
    ]
    first = [*draw(_openings()), *fixed]
    later = draw(st.lists(statements(about=about), max_size=6))
    taken = [word for word in (*first, *later) if word.stance is not None]
    contrary = [
        evolve(taken[number % len(taken)], stance=stance)
        for number, stance in (draw(_contrary_stances()) if taken else ())
    ]
    return (*first, *_numbered("s", [*later, *contrary]))


@_reused
def _contrary_stances() -> st.SearchStrategy[list[tuple[int, Stance]]]:
    stances = (Stance.REJECTS, Stance.ACCEPTS, *Stance)
    return st.lists(st.tuples(st.integers(0, 9), st.sampled_from(stances)), max_size=3)


def _plea(name: str) -> Statement:
    return Statement(
        id=name,
        speaker="an envoy",
        date=Moment("2025-03-01"),
        about=About(fact="truce"),
        text="it must hold",
        source="wire",
        kind=StatementKind.DEMAND,
    )


@_reused
def _newer(demands: tuple[Vague, ...], room: int) -> st.SearchStrategy[Condition]:
    """What the newer texts may need: anything of each other, or of the old one and its negation."""
    mutual = (*_MUTUAL[:4] * 3, *_MUTUAL)
    anything = conditions(
        derived=(*mutual, *_EARLIER),
        negated=_EARLIER,
        demands=(*demands, *demands[len(DEMANDS) :] * 9),
        max_leaves=room,
    )
    return st.one_of(st.sampled_from(mutual), anything)


@_reused
def _older() -> st.SearchStrategy[Condition]:
    """What the old text may need: of texts only itself, and that not negated."""
    return conditions(derived=_EARLIER, negated=(), max_leaves=3)


@_reused
def _gates(demands: tuple[Vague, ...]) -> st.SearchStrategy[tuple[Sequence[Precondition], ...]]:
    """Draw preconditions of the newer acceptances, of the old ones, and of anything else."""
    newer = [leaf for leaf in (*_MUTUAL[:2] * 4, *DERIVED) if leaf not in _EARLIER]
    others = [leaf for leaf in _ALL_LEAVES if not isinstance(leaf, Accepts)]
    mutual = preconditions(of=_acceptances(newer), needs=_newer(demands, 4))
    earlier = preconditions(of=_acceptances(_EARLIER), needs=_older())
    other = preconditions(of=[*others, *map(Not, others)], needs=conditions(demands=demands))
    return st.tuples(
        _rings(),
        st.lists(mutual, max_size=6),
        st.lists(earlier, max_size=1),
        st.lists(other, max_size=2),
    )


@_reused
def _rings() -> st.SearchStrategy[Sequence[Precondition]]:
    """Draw preconditions that wait on each other in a circle, or none."""
    arvenia, belmora, in_force, fulfilled, _, league, clause, _, counter, *_ = _MUTUAL
    circles = (
        (arvenia, belmora),
        (belmora, arvenia, clause),
        (arvenia, counter, belmora),
        (arvenia, belmora, league),
        (arvenia, in_force),
        (belmora, fulfilled),
        (counter, arvenia, fulfilled),
    )
    rings = [
        st.tuples(
            *(
                preconditions(of=(leaf,), needs=st.just(following))
                for leaf, following in zip(circle, (*circle[1:], circle[0]), strict=True)
                if isinstance(leaf, Accepts)
            )
        )
        for circle in circles
    ]
    return _by_turns(*[st.just(())] * len(rings), *rings)


def _acceptances(leaves: Sequence[Leaf]) -> tuple[Accepts, ...]:
    return tuple(leaf for leaf in leaves if isinstance(leaf, Accepts))


@_reused
def _cast_of_proposals(demands: tuple[Vague, ...]) -> st.SearchStrategy[tuple[Proposal, ...]]:
    plan, counter, old, annex = PROPOSALS
    newer, older = _newer(demands, 3), _older()
    plan_1 = _clauses("plan-1", _owed("arvenia", newer), replaces=("old-1",))
    plan_2 = _clauses("plan-2", _owed("belmora", newer))
    plan_3 = provisions(ids=("plan-3",), duties=st.just(()))
    answer = _clauses("counter-1", _owed("belmora", newer), replaces=("plan-1",))
    origin = _clauses("old-1", _owed("arvenia", older))
    added = _clauses("annex-1", _owed("castora", older), replaces=("old-1", "plan-2", "plan-3"))
    clauses = {
        plan: (
            _by_turns(st.just(_clause("plan-1", "arvenia")), plan_1, plan_1),
            _by_turns(st.just(_clause("plan-2", "belmora")), plan_2, plan_2),
            _by_turns(st.just(_clause("plan-3")), plan_3),
        ),
        counter: (_by_turns(st.just(_clause("counter-1", "belmora")), answer),),
        old: (_by_turns(st.just(_clause("old-1", "arvenia")), origin),),
        annex: (_by_turns(st.just(_clause("annex-1", "castora")), added),),
    }
    previous: dict[str, Sequence[str]] = {plan: (old,), counter: (plan, old), annex: (counter,)}
    return st.tuples(
        *(
            proposals(
                ids=(name,),
                provisions=st.tuples(*given),
                previous=previous.get(name, ()),
                prolongs=(old, plan) if name == annex else (),
            )
            for name, given in clauses.items()
        )
    )


def _clauses(
    name: str, duties: st.SearchStrategy[Sequence[Duty]], replaces: Sequence[str] = ()
) -> st.SearchStrategy[Provision]:
    """Draw a provision that can be fulfilled."""
    kinds = [kind for kind in ProvisionKind if kind.is_owed]
    return provisions(ids=(name,), duties=duties, replaces=replaces, kinds=kinds)


def _clause(name: str, *parties: str) -> Provision:
    """Return a provision as bare as it can be, with one duty of each party."""
    required = [Duty(by=[party], requires=Holds("truce")) for party in parties]
    return Provision(id=name, text=name, duties=required)


def _owed(party: str, requires: st.SearchStrategy[Condition]) -> st.SearchStrategy[Sequence[Duty]]:
    """Draw duties of which at least one is the party's."""
    own = duties(parties=(party,), requires=requires)
    return st.one_of(st.tuples(own), st.tuples(own, duties(requires=requires)))
