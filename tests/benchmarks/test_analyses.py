"""How long the analyses take, against the same question put to other engines; nothing fails here.

To measure: python -m pytest tests/benchmarks --benchmark-enable --benchmark-only
"""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from ceasefire_model import (
    Accepts,
    Act,
    AllOf,
    AnyOf,
    AtLeastOf,
    Done,
    Holds,
    Moment,
    Not,
    Observation,
    Party,
    Precondition,
    Proposal,
    Scenario,
    Source,
    State,
    Timing,
)
from ceasefire_model.analyses.contradictions import contradictions
from ceasefire_model.analyses.deadlocks import deadlocks
from ceasefire_model.analyses.likelihood import likelihood
from ceasefire_model.analyses.packages import iter_packages, packages

DAY = "2025-03-01"
SIZES = (20, 60, 200)
SEEDS = range(12)


def tree(random: Random, leaves: list, depth: int = 4):
    """A random tree of this depth over some leaves."""
    if depth == 1 or len(leaves) == 1:
        return leaves[0] if len(leaves) == 1 else joined(random, leaves)
    width = max(2, round(len(leaves) ** (1 / depth)))
    groups = [leaves[n::width] for n in range(width)]
    return joined(random, [tree(random, group, depth - 1) for group in groups if group])


def joined(random: Random, parts: list):
    kind = random.choice(("all", "any", "least"))
    if kind == "least" and len(parts) > 2:
        return AtLeastOf(len(parts) // 2 + 1, parts)
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def question(size: int, seed: int):
    """A tree of which no leaf is met yet, one in ten occurs twice."""
    random = Random(seed)  # noqa: S311 - the same questions every time
    names = [f"s{n}" for n in range(size - size // 10)]
    reported = {name: random.random() < 0.5 for name in names}
    facts = [State(id=name, text=name) for name in names]
    leaves = [Not(Holds(name)) if reported[name] else Holds(name) for name in names]
    leaves += random.sample(leaves, size // 10)
    random.shuffle(leaves)
    scenario = Scenario(
        title="random",
        facts=facts,
        sources=[Source(id="wire", name="The wire")],
        observations=[
            Observation(fact=name, value=value, source="wire", since=Moment(DAY))
            for name, value in reported.items()
        ],
    )
    return scenario, tree(random, leaves)


QUESTIONS = {size: [question(size, seed) for seed in SEEDS] for size in SIZES}


def each(benchmark, size, ask):
    """Time twelve questions, one a round, so that the median is over them."""
    turn = iter(QUESTIONS[size] * 100)
    benchmark.pedantic(ask, setup=lambda: (next(turn), {}), rounds=len(SEEDS))


@pytest.mark.parametrize("size", SIZES)
def test_ten_cheapest_packages(benchmark, size):
    each(benchmark, size, lambda scenario, target: packages(scenario, target, as_of=DAY))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_up_to_ten_thousand_packages(benchmark, size):
    def ask(scenario, target):
        return sum(1 for _ in islice(iter_packages(scenario, target, as_of=DAY), 10_000))

    each(benchmark, size, ask)


@pytest.mark.parametrize("size", SIZES)
def test_exact_likelihood(benchmark, size):
    def ask(scenario, target):
        beliefs = {fact.id: 0.3 for fact in scenario.facts}
        return likelihood(scenario, target, beliefs, as_of=DAY)

    each(benchmark, size, ask)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_same_likelihood_by_a_million_samples(benchmark, size):
    numpy = pytest.importorskip("numpy")

    def ask(scenario, target):
        generator = numpy.random.default_rng(0)
        worlds = {fact.id: generator.random(1_000_000) < 0.3 for fact in scenario.facts}

        def value(part):
            match part:
                case Holds(state=name):
                    return worlds[name]
                case Not(part=inner):
                    return ~value(inner)
                case AllOf(parts=parts):
                    return numpy.logical_and.reduce([value(one) for one in parts])
                case AnyOf(parts=parts):
                    return numpy.logical_or.reduce([value(one) for one in parts])
            return sum(value(one).astype("i2") for one in part.parts) >= part.count

        return value(target).mean()

    each(benchmark, size, ask)


# Contradictions: the target and the negation of a weaker one


def clash(size: int, seed: int) -> Scenario:
    """Demands, each a clause over few states, of which some cannot be met together."""
    random = Random(seed)  # noqa: S311 - the same questions every time
    names = [f"s{n}" for n in range(max(4, size // 6))]
    clauses = [random.sample(names, 3) for _ in range(size // 3)]
    needs = [
        AnyOf([Holds(name) if random.random() < 0.5 else Not(Holds(name)) for name in clause])
        for clause in clauses
    ]
    units = [Holds(name) if random.random() < 0.5 else Not(Holds(name)) for name in names]
    return Scenario(
        title="random",
        parties=[Party(id="A", name="A")],
        facts=[State(id=name, text=name) for name in names],
        proposals=[Proposal(id="plan", title="plan", to=["A"])],
        preconditions=[
            Precondition(id=f"c{n}", held_by="A", of=Accepts("A", "plan"), needs=need, text="need")
            for n, need in enumerate([*needs, *units])
        ],
    )


CLASHES = {size: [clash(size, seed) for seed in SEEDS] for size in SIZES}


@pytest.mark.parametrize("size", SIZES)
def test_a_minimal_contradiction(benchmark, size):
    turn = iter(CLASHES[size] * 100)
    benchmark.pedantic(
        lambda scenario: contradictions(scenario, as_of=DAY, limit=1),
        setup=lambda: ((next(turn),), {}),
        rounds=len(SEEDS),
    )


def clauses_of(scenario: Scenario) -> list[list[int]]:
    numbers = {fact.id: n for n, fact in enumerate(scenario.facts, start=1)}

    def literal(part) -> int:
        return -numbers[part.part.state] if isinstance(part, Not) else numbers[part.state]

    return [
        [literal(part) for part in getattr(p.needs, "parts", (p.needs,))]
        if not isinstance(p.needs, Not)
        else [literal(p.needs)]
        for p in scenario.preconditions
    ]


@pytest.mark.parametrize("size", SIZES)
def test_the_same_contradiction_by_musx(benchmark, size):
    examples = pytest.importorskip("pysat.examples.musx")
    formula = pytest.importorskip("pysat.formula")
    turn = iter(CLASHES[size] * 100)

    def ask(scenario):
        soft = formula.WCNF()
        for clause in clauses_of(scenario):
            soft.append(clause, weight=1)
        with examples.MUSX(soft, verbosity=0) as engine:
            return engine.compute()

    benchmark.pedantic(ask, setup=lambda: ((next(turn),), {}), rounds=len(SEEDS))


@pytest.mark.parametrize("size", SIZES)
def test_the_same_ten_packages_by_rc2(benchmark, size):
    examples = pytest.importorskip("pysat.examples.rc2")
    formula = pytest.importorskip("pysat.formula")
    cards = pytest.importorskip("pysat.card")

    def ask(scenario, target):
        reported = {each.fact: each.value.value for each in scenario.observations}
        numbers = {fact.id: n for n, fact in enumerate(scenario.facts, start=1)}
        wcnf, top = formula.WCNF(), [len(numbers)]

        def node(part) -> int:
            match part:
                case Holds(state=name):
                    return numbers[name]
                case Not(part=inner):
                    return -node(inner)
            inner = [node(one) for one in part.parts]
            top[0] += 1
            mine = top[0]
            match part:
                case AllOf():
                    wcnf.extend([[-mine, one] for one in inner])
                case AnyOf():
                    wcnf.append([-mine, *inner])
                case AtLeastOf(count=count):
                    card = cards.CardEnc.atleast(inner, count, top_id=top[0])
                    top[0] = max(top[0], card.nv)
                    wcnf.extend([[-mine, *clause] for clause in card.clauses])
            return mine

        wcnf.append([node(target)])
        for name, number in numbers.items():
            wcnf.append([number if reported[name] else -number], weight=1)
        found = []
        with examples.RC2(wcnf) as engine:
            while len(found) < 10 and (model := engine.compute()) is not None:
                flipped = [
                    number if reported[name] else -number
                    for name, number in numbers.items()
                    if (model[number - 1] > 0) is not reported[name]
                ]
                found.append(flipped)
                if not flipped:
                    break
                engine.add_clause(flipped)
        return found

    each(benchmark, size, ask)


# Deadlocks


def thousand(seed: int) -> Scenario:
    """A thousand preconditions among acts, most of them from earlier to later ones."""
    random = Random(seed)  # noqa: S311 - the same questions every time
    names = [f"a{n}" for n in range(700)]
    gates = []
    for n in range(1000):
        one, other = sorted(random.sample(range(700), 2))
        if random.random() < 0.02 and other - one < 60:
            one, other = other, one
        gates.append(
            Precondition(
                id=f"g{n}",
                held_by="A",
                of=Done(names[other]),
                needs=Done(names[one]),
                timing=random.choice(list(Timing)),
                text="need",
            )
        )
    return Scenario(
        title="random",
        parties=[Party(id="A", name="A")],
        facts=[Act(id=name, text=name) for name in names],
        preconditions=gates,
    )


def test_deadlocks_among_a_thousand_preconditions(benchmark):
    turn = iter([thousand(seed) for seed in SEEDS] * 100)
    benchmark.pedantic(
        lambda scenario: deadlocks(scenario, as_of=DAY),
        setup=lambda: ((next(turn),), {}),
        rounds=len(SEEDS),
    )
