"""Answer sets: the one translation of conditions into facts, and the one place that knows clingo.

Each analysis has a logic program beside its module; :file:`conditions.lp` is part of all of them.
The method is answer set programming (M. Gebser, R. Kaminski, B. Kaufmann, T. Schaub, *Answer Set
Solving in Practice*, 2012), the engine clingo.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import count
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import field, frozen

from ceasefire_model.conditions import (
    Accepts,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    By,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Not,
    Throughout,
    Vague,
    When,
)
from ceasefire_model.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

    from clingo import Control, Model, Symbol

    from ceasefire_model.analyses.progress import Patience

Atom: TypeAlias = tuple[str, tuple[int, ...]]
"""The name of a predicate and the numbers that it is said of."""


@frozen(eq=False)
class Translation:
    """Conditions as facts for a logic program, each condition written once.

    All that is no connective is a leaf, and for the analysis to describe.
    """

    nodes: dict[Condition, int] = field(init=False, factory=dict[Condition, int])
    """The number of each condition written so far."""

    leaves: list[Condition] = field(init=False, factory=list[Condition])
    """The leaves among them, in the order in which they were met."""

    facts: list[str] = field(init=False, factory=list[str])
    """What has been written."""

    numbers: Iterator[int] = field(init=False, factory=lambda: count(1))
    """Numbers not yet given."""

    def say(self, name: str, *numbers: int) -> None:
        """Write one fact."""
        self.facts.append(f"{name}({','.join(map(str, numbers))})." if numbers else f"{name}.")

    def node(self, condition: Condition) -> int:
        """Return the number of a condition, writing it down where it is new."""
        if condition in self.nodes:
            return self.nodes[condition]
        number = self.nodes[condition] = next(self.numbers)
        match condition:
            case AllOf(parts=parts):
                self._connective(number, "all", parts)
            case AnyOf(parts=parts):
                self._connective(number, "any", parts)
            case AtLeastOf(count=least, parts=parts):
                self.say("short", number, len(parts) - least + 1, least)
                self._connective(number, "least", parts)
            case Not(part=part):
                self._connective(number, "contrary", (part,))
            case (
                Holds()
                | Done()
                | AtLeast()
                | AtMost()
                | Answered()
                | Accepts()
                | InForce()
                | Fulfilled()
                | Vague()
                | Ever()
                | By()
                | HeldFor()
                | Throughout()
                | When()
            ):
                self.leaves.append(condition)
            case _:
                assert_never(condition)
        return number

    def signed(self, thing: Condition) -> tuple[int, int]:
        """Return the number of a leaf, and whether it stands as it is (1) or negated (-1)."""
        if isinstance(thing, Not):
            return self.node(thing.part), -1
        return self.node(thing), 1

    def _connective(self, number: int, name: str, parts: Iterable[Condition]) -> None:
        self.say(name, number)
        for position, part in enumerate(parts):
            self.say("part", number, position, self.node(part))


def minimal(program: str, facts: Iterable[str], limit: int) -> Iterator[frozenset[int]]:
    """Yield the smallest answers of a program, by set inclusion, up to a limit.

    The program shows one predicate of one number, and prefers that it be false
    (``#heuristic … [1,false]``): then each answer found is minimal, and none is found twice.
    """
    options = [str(limit), "--heuristic=Domain", "--enum-mode=domRec"]
    control = _control([program], facts, options)
    with control.solve(yield_=True) as answers:
        for answer in answers:
            yield frozenset(number for _, (number,) in _shown(answer))


def cheapest(
    programs: Sequence[str],
    facts: Iterable[str],
    free: Sequence[str] = (),
    patience: Patience | None = None,
    is_right: Callable[[frozenset[Atom]], bool] | None = None,
) -> Iterator[frozenset[Atom]]:
    """Yield the answers of some programs together, the cheapest first, none containing another.

    Args:
        programs: Their names; every atom that they show must cost something.
        facts: What they are about.
        free: The predicates that they show besides, which do not tell answers apart.
        patience: How long to look.
        is_right: What only the caller can tell: an answer that is not right is left out, and one
            that contains it is looked at none the less.

    Raises:
        TimeoutError: When the time is over, or too many answers were not right.
    """
    end = inf if patience is None else patience.end
    control = _control(
        programs, facts, ["0", "--opt-mode=optN", "--opt-strategy=usc", "--project=show"]
    )
    known: dict[Symbol, Atom] = {}
    wrong = 0
    while True:
        best: dict[frozenset[Atom], None] = {}
        refused: list[frozenset[Atom]] = []
        for answer in _answers(control, None if end == inf else end):
            if not answer.optimality_proven and answer.cost:
                continue
            atoms = _remembered(answer, known)
            priced = frozenset(atom for atom in atoms if atom[0] not in free)
            if is_right is not None and not is_right(atoms):
                refused.append(atoms)
            elif priced not in best:  # pragma: no branch - free atoms may differ
                best[priced] = None
                yield atoms
        if frozenset() in best or not (best or refused):
            return
        wrong += len(refused)
        if wrong > _MOST_REFUSED:
            raise TimeoutError
        with control.backend() as backend:
            for priced in best:
                backend.add_rule([], [_literal(control, _symbol(atom)) for atom in priced])
            for atoms in refused:
                backend.add_rule([], _exactly(control, atoms))


_MOST_REFUSED = 500
"""How many answers may prove wrong; they may be without end where a history rules out all."""


def _exactly(control: Control, atoms: frozenset[Atom]) -> list[int]:
    """Return the literals that are true in one answer only: these atoms shown, and no others."""
    literals: list[int] = []
    for name in _SHOWN:
        for each in control.symbolic_atoms.by_signature(name, 1 if name != "gains" else 2):
            is_shown = _atom(each.symbol) in atoms
            literals.append(each.literal if is_shown else -each.literal)
    return literals


_SHOWN = ("does", "changes", "gains", "becomes_to")
"""What answers that can be refused consist of."""


def _remembered(answer: Model, known: dict[Symbol, Atom]) -> frozenset[Atom]:
    """Return the atoms shown; reading a symbol takes longer than looking it up."""
    atoms: list[Atom] = []
    for symbol in answer.symbols(shown=True):
        if symbol not in known:
            known[symbol] = _atom(symbol)
        atoms.append(known[symbol])
    return frozenset(atoms)


def _answers(control: Control, end: float | None) -> Iterator[Model]:
    """Yield the answers of one run.

    Raises:
        TimeoutError: When the time is over.
    """
    if end is None:
        with control.solve(yield_=True) as answers:
            yield from answers
        return
    with control.solve(yield_=True, async_=True) as handle:
        while True:
            handle.resume()
            left = end - monotonic()
            if left <= 0 or not handle.wait(left):
                handle.cancel()
                raise TimeoutError
            answer = handle.model()
            if answer is None:
                return
            yield answer


def _literal(control: Control, symbol: Symbol) -> int:
    """Return the literal of an atom that the program has."""
    found = control.symbolic_atoms[symbol]
    return 0 if found is None else found.literal  # pragma: no branch


@frozen(eq=False)
class Worlds:
    """The worlds that a program allows, to be asked whether one satisfies some of its atoms."""

    control: Control
    literals: dict[Atom, int] = field(factory=dict[Atom, int])
    """The literals of the atoms asked for so far; looking one up takes longer than solving."""

    @staticmethod
    def of(program: str, facts: Iterable[str]) -> Worlds:
        """Ground a program."""
        return Worlds(_control([program], facts, ["1"]))

    def _literal(self, atom: Atom) -> int:
        if atom not in self.literals:
            self.literals[atom] = _literal(self.control, _symbol(atom))
        return self.literals[atom]

    def one(
        self,
        atoms: Iterable[Atom],
        refuse: Callable[[set[Atom]], Iterable[Sequence[tuple[Atom, bool]]]] | None,
    ) -> bool:
        """Whether there is a world in which these atoms are true.

        Args:
            atoms: What must be true.
            refuse: For the atoms shown in a world, sets of atoms that cannot be true, or false
                where so marked, together; each is learned, and the next world is tried. None
                where every world will do.
        """
        assumed = [self._literal(atom) for atom in atoms]
        if refuse is None:
            return bool(self.control.solve(assumptions=assumed).satisfiable)
        while True:
            with self.control.solve(yield_=True, assumptions=assumed) as answers:
                world = answers.model()
                shown = None if world is None else set(_shown(world))
            if shown is None:
                return False
            clashes = list(refuse(shown))
            if not clashes:
                return True
            with self.control.backend() as backend:
                for clash in clashes:
                    literals = [self._literal(atom) for atom, _ in clash]
                    signs = [1 if is_true else -1 for _, is_true in clash]
                    backend.add_rule([], [s * x for s, x in zip(signs, literals, strict=True)])


def minimal_sets(
    size: int, is_enough: Callable[[frozenset[int]], bool], rivals: Iterable[tuple[int, int]] = ()
) -> Iterator[frozenset[int]]:
    """Yield every smallest set of numbers below ``size`` that is enough, by set inclusion.

    Maximal sets not yet decided are tried; one that is enough is made smaller, one that is not
    rules out all within it (M. Liffiton et al., "Fast, flexible MUS enumeration", Constraints 21,
    2016).

    Args:
        size: How many numbers there are.
        is_enough: Whether a set is enough; every larger set then is, too.
        rivals: Numbers that no set has both.
    """
    facts = [f"item(0..{size - 1}).", *(f"rivals({one},{other})." for one, other in rivals)]
    control = _control(["minimal_sets"], facts, ["1", "--heuristic=Domain"])
    literals = [_literal(control, _symbol(("taken", (item,)))) for item in range(size)]
    while True:
        with control.solve(yield_=True) as answers:
            world = answers.model()
            seed = None if world is None else frozenset(item for _, (item,) in _shown(world))
        if seed is None:
            return
        if is_enough(seed):
            seed = _smaller(seed, is_enough)
            yield seed
            barred = [literals[item] for item in seed]
        else:
            barred = [-literals[item] for item in range(size) if item not in seed]
        with control.backend() as backend:
            backend.add_rule([], barred)


def _smaller(enough: frozenset[int], is_enough: Callable[[frozenset[int]], bool]) -> frozenset[int]:
    """Drop what can be dropped, by halves first."""
    kept, step = sorted(enough), max(1, len(enough) // 2)
    while True:
        position = 0
        while position < len(kept):
            rest = kept[:position] + kept[position + step :]
            if is_enough(frozenset(rest)):
                kept = rest
            else:
                position += step
        if step == 1:
            return frozenset(kept)
        step //= 2


def _shown(answer: Model) -> Iterator[Atom]:
    yield from map(_atom, answer.symbols(shown=True))


def _atom(symbol: Symbol) -> Atom:
    return symbol.name, tuple(argument.number for argument in symbol.arguments)


def _control(programs: Iterable[str], facts: Iterable[str], options: Sequence[str]) -> Control:
    """Return clingo with programs and facts grounded."""
    control: Control = _clingo().Control([*options, "--warn=none"], logger=_ignore)
    for name in ("conditions", *programs):
        control.add("base", [], _text(name))
    control.add("base", [], "\n".join(facts))
    control.ground([("base", [])])
    return control


def _ignore(code: object, message: str) -> None:
    """Keep to oneself what the engine remarks, such as that there is nothing to choose."""


@cache
def _text(program: str) -> str:
    """Return a logic program."""
    return (files("ceasefire_model.analyses") / f"{program}.lp").read_text(encoding="utf-8")


def _symbol(atom: Atom) -> Symbol:
    clingo = _clingo()
    name, numbers = atom
    symbol: Symbol = clingo.Function(name, [clingo.Number(number) for number in numbers])
    return symbol


def _clingo() -> ModuleType:
    """Return clingo.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        import clingo
    except ImportError as error:
        raise MissingExtraError("analysis") from error
    return clingo
