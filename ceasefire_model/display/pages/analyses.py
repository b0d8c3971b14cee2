"""What could be: deadlocks, contradictions, packages, sequences, likelihood."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.analyses.shifts import ShiftKind
from ceasefire_model.analyses.theory import Theory
from ceasefire_model.conditions import (
    Accepts,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    Done,
    Ever,
    Fulfilled,
    Holds,
    Not,
)
from ceasefire_model.display.blocks import Block, Heading, Items, Line, Page, Paragraph, Part, Table
from ceasefire_model.display.findings import held, holder
from ceasefire_model.display.words import (
    as_of,
    instant,
    names,
    plain,
    spelled_out,
    statement_of,
    title_of,
    value_of,
)
from ceasefire_model.facts import Control, Question, State, Truth
from ceasefire_model.rules.evaluation import Evaluation
from ceasefire_model.rules.findings import find
from ceasefire_model.rules.performance import fulfilled_by
from ceasefire_model.rules.readings import facts_of
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
    from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks, Wait, WayOut
    from ceasefire_model.analyses.likelihood import Importance, Importances, Likelihood
    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.analyses.sequences import Step, Steps
    from ceasefire_model.analyses.shifts import Obstacle, Shift, Supposed
    from ceasefire_model.analyses.theory import Clash
    from ceasefire_model.facts import Fact
    from ceasefire_model.ids import PartyId
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario


def _counted(count: int, noun: str, *, is_complete: bool) -> str:
    """Write how many were found, and whether there may be more."""
    found = f"{count or 'No'} {noun}{'s' if count != 1 else ''}"
    return found if is_complete else f"{found}, and there are more"


def _things(things: Iterable[Condition], scenario: Scenario) -> Items:
    return Items([Line(spelled_out(thing, scenario)) for thing in things])


# Deadlocks


def deadlocks_page(found: Deadlocks) -> Page:
    """Compose the deadlocks one after the other, and what is blocked."""
    return Page(_deadlocks(found))


def _deadlocks(found: Deadlocks) -> Iterator[Block]:
    yield Heading(
        _counted(len(found), "deadlock", is_complete=found.is_complete), as_of(found.view)
    )
    for number, each in enumerate(found, start=1):
        head = f"{number} of {len(found)}: " if len(found) > 1 else ""
        yield Part(head + _circle(each), _steps_round(each), is_open=number == 1)
    things = _things(found.blocked, found.view.scenario)
    yield Part("Out of reach even if all moved at once", [things])


def deadlock_page(deadlock: Deadlock) -> Page:
    """Compose a circle step by step, and the ways out of it."""
    return Page([Heading(_circle(deadlock), as_of(deadlock.view)), *_steps_round(deadlock)])


def _circle(deadlock: Deadlock) -> str:
    """Say how many steps a circle has, and who locks it."""
    count = len(deadlock.waits)
    return f"A circle of {count} step{'s' if count != 1 else ''}. {_who_locks(deadlock)}"


def _who_locks(deadlock: Deadlock) -> str:
    scenario = deadlock.view.scenario
    if deadlock.alone is not None:
        return f"The preconditions of {names([deadlock.alone], scenario)} alone lock it."
    if not deadlock.holders:
        return "No party holds a step of it."
    if len(deadlock.holders) == 1:
        return f"{names(deadlock.holders, scenario)} holds a part of it, and nobody the rest."
    return f"No party locks it alone; {names(deadlock.holders, scenario)} hold steps of it."


def _steps_round(deadlock: Deadlock) -> Iterator[Block]:
    view = deadlock.view
    waits = [_wait(wait, view) for wait in deadlock.waits]
    yield Part("Each waits for the next", [Items(waits, is_ordered=True)])
    ways = [Line(way_out(way, view)) for way in deadlock.ways_out]
    yield Part("Ways out, any one of them", [Items(ways)])


def _wait(wait: Wait, view: View) -> Line:
    if wait.precondition is None:
        why = f"needs {spelled_out(wait.needs, view.scenario)}"
    else:
        why = f"waits for: {held(wait.precondition, view)}"
    return Line(spelled_out(wait.thing, view.scenario), notes=[why])


def way_out(way: WayOut, view: View) -> str:
    """Write what is dropped, or done at once."""
    if way.together:
        return "done at once: " + "; ".join(_quoted(each, view) for each in way.together)
    return "; ".join(f"dropped: {_quoted(each, view)}" for each in way.drop)


def _quoted(each: Precondition, view: View) -> str:
    return f"“{each.text}” ({holder(each, view)})"


# Contradictions


def contradictions_page(found: Contradictions) -> Page:
    """Compose the contradictions one after the other."""
    counted = _counted(len(found), "contradiction", is_complete=found.is_complete)
    parts = [
        Part(_heading(each), _demands(each), is_open=number == 0)
        for number, each in enumerate(found)
    ]
    return Page([Heading(counted, as_of(found.view)), *parts])


def contradiction_page(contradiction: Contradiction) -> Page:
    """Compose what is demanded, under which reading, and why it cannot be."""
    head = Heading(_heading(contradiction), as_of(contradiction.view))
    return Page([head, *_demands(contradiction)])


def _heading(each: Contradiction) -> str:
    holders = names(each.holders, each.view.scenario)
    whose = f" (held by {holders})" if holders else ""
    return f"{len(each.preconditions)} demands that cannot all be met at one time{whose}"


def _demands(each: Contradiction) -> Iterator[Block]:
    view = each.view
    yield Items([Line(held(one, view)) for one in each.preconditions])
    readings = [f"if “{demand.text}” means: {meaning.text}" for demand, meaning in each.meanings]
    yield Paragraph([*readings, *(f"because {clash_of(clash, view)}" for clash in each.clashes)])


def clash_of(clash: Clash, view: View) -> str:
    """Write why some things cannot be together, and which."""
    things = "; ".join(spelled_out(thing, view.scenario) for thing in clash.things)
    total = _total(clash, view)
    so = f", and here they would sum to {total}" if total else ""
    return f"{clash.theory.value}{so}: {things}"


def _total(clash: Clash, view: View) -> str | None:
    """Write what the shares would sum to, where each is given as a number."""
    shares = [
        thing.value
        for thing in clash.things
        if isinstance(thing, AtLeast)
        and isinstance(thing.value, Decimal)
        and isinstance(view.scenario.fact(thing.fact), Control)
    ]
    is_sum = clash.theory is Theory.WHOLE and len(shares) == len(clash.things)
    return f"{plain(sum(shares, Decimal(0)) * 100)} % or more" if is_sum else None


# Packages


def packages_page(found: Packages) -> Page:
    """Compose the packages, the cheapest first, or what stands in the way of all."""
    view = found.view
    unnamed = [Line(f"“{demand.text}”") for demand in found.unnamed]
    return Page(
        [
            Heading(_met_by(found), as_of(view)),
            Paragraph([spelled_out(found.target, view.scenario)]),
            *(
                Part(f"{number}. {price_of(each)}", [_moves(each)])
                for number, each in enumerate(found, start=1)
                if not _is_nothing(each)
            ),
            Part(
                "In the way", [Items([Line(obstacle_of(each, view)) for each in found.obstacles])]
            ),
            Part(
                "Nobody has said what these demands mean, so that nothing is known to meet them",
                [Items(unnamed)],
            ),
        ]
    )


def price_of(package: Package) -> str:
    """Write how many changes a package has; what it costs only where that is not as many."""
    count = len(package.shifts)
    changes = f"{count or 'no'} change{'s' if count != 1 else ''}"
    return changes if package.cost == count else f"{changes}, cost {plain(package.cost)}"


def _met_by(found: Packages) -> str:
    if not found:
        if found.is_complete:
            return "Nothing that can be changed meets this"
        return "No package was found in the time, or among the first few hundred tried"
    if found and _is_nothing(found[0]):
        return "This is met already"
    return f"What would meet this: {_counted(len(found), 'package', is_complete=found.is_complete)}"


def _is_nothing(package: Package) -> bool:
    return not package.shifts and package.wait_until is None


def package_page(package: Package) -> Page:
    """Compose the changes of a package."""
    return Page([_moves(package)])


def _moves(package: Package) -> Items:
    return Items([Line(each) for each in package_steps(package)] or [Line("nothing has to change")])


def package_steps(package: Package) -> Iterator[str]:
    """Yield each change of a package with who must move, and until when one must wait."""
    scenario = package.view.scenario
    for shift in package.shifts:
        who = f"{names(shift.who, scenario)}: " if shift.who else ""
        yield f"{who}{shift_of(shift, package.view)}"
    for each in package.waits:
        when = instant(each.until, scenario)
        yield f"wait until {when} for “{spelled_out(each.thing, scenario)}”"
    if package.wait_until is not None and not package.waits:
        yield f"wait until {instant(package.wait_until, scenario)}"


_WORDS = {
    Stance.ACCEPTS: "accepts, as its final word",
    Stance.ACCEPTS_WITH_CONDITIONS: "accepts for good on its conditions, and these are met",
    Stance.REJECTS: "rejects",
}


def shift_of(shift: Shift, view: View) -> str:
    """Write what a change comes to."""
    verify = "verify: " if shift.kind is ShiftKind.VERIFY else ""
    return f"{verify}{_supposed(shift.supposed, view)}"


def _supposed(supposed: Supposed, view: View) -> str:
    scenario = view.scenario
    match supposed:
        case SupposedFact(fact=name, value=Truth(value=is_so)):
            fact = scenario.fact(name)
            if isinstance(fact, Question):
                return f"{'answered' if is_so else 'not answered'}: {fact.text}"
            return fact.text if is_so else _undone(fact, view)
        case SupposedFact(fact=name, value=value):
            fact = scenario.fact(name)
            return f"{fact.text}: {value_of(value, fact)}"
        case SupposedWord(of=leaf, stance=stance):
            return f"{_WORDS[stance]}: {title_of(leaf.of, scenario)}"
        case SupposedMeaning(vague=name, meaning=meaning):
            demand = scenario.index.vague[name]
            (agreed,) = (each for each in demand.meanings if each.id == meaning)
            return f"“{demand.text}” is agreed to mean: {agreed.text}"
        case _:
            assert_never(supposed)


def _undone(fact: Fact, view: View) -> str:
    """Say that a fact is not so, as it is demanded; *no longer* only of what is known to be so."""
    leaf = Holds(fact.id) if isinstance(fact, State) else Done(fact.id)
    is_so = find(Evaluation(view), leaf).verdict is Verdict.MET
    if is_so and as_demanded(Not(leaf), view) is None:
        return f"no longer: {fact.text}"
    return thing_of(Not(leaf), view)


def thing_of(thing: Condition, view: View) -> str:
    """Write what is brought about: a negation in the words of who demands it, where one does."""
    return as_demanded(thing, view) or spelled_out(thing, view.scenario)


def as_demanded(thing: Condition, view: View) -> str | None:
    """Return the words in which a negation is demanded, where all who demand it use the same."""
    if not isinstance(thing, Not):
        return None
    texts = {
        each.text
        for of in view.scenario.index.gates
        for each in view.standing(of)
        if each.needs == thing
    }
    return texts.pop() if len(texts) == 1 else None


def obstacle_of(obstacle: Obstacle, view: View) -> str:
    """Write what stands in the way, and why."""
    if obstacle.about is None:
        return obstacle.reason.value
    return f"{spelled_out(obstacle.about, view.scenario)} ({obstacle.reason.value})"


# Sequences


def steps_page(steps: Steps) -> Page:
    """Compose the steps layer by layer, or the deadlock that forbids them."""
    scenario = steps.view.scenario
    target = Paragraph([spelled_out(steps.target, scenario)])
    when = as_of(steps.view)
    if steps.deadlocks is not None:
        head = Heading("No order of steps leads to this", when)
        own = Paragraph([_OF_FINAL_WORDS] if any(map(_is_own, steps.deadlocks)) else [])
        return Page([head, target, own, *_deadlocks(steps.deadlocks)])
    parts = [
        Part(f"Step {number}", [Items([_step(step, steps.view) for step in _told(layer)])])
        for number, layer in enumerate(steps.layers, start=1)
    ]
    undone = Items([Line(f"no longer: {spelled_out(each, scenario)}") for each in steps.undone])
    title = "In this order" if parts else "This is met already"
    return Page([Heading(title, when), target, *parts, undone])


_OF_FINAL_WORDS = (
    "Every precondition is taken to stand; a party may give up its own by a final word, which is "
    "told with the packages."
)


def _is_own(deadlock: Deadlock) -> bool:
    """Whether somebody in it could drop what it asks for itself by accepting plainly."""
    return any(
        isinstance(each.of, Accepts) and each.held_by == each.of.party
        for each in deadlock.preconditions
    )


def _told(layer: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps of a layer but those that say of another only that it was once taken."""
    things = {step.thing for step in layer}
    for step in layer:
        if not (isinstance(step.thing, Ever) and step.thing.condition in things):
            yield step


def _step(step: Step, view: View) -> Line:
    """Write a step, who takes it, after what, and until when one must wait for it."""
    first = (thing.condition if isinstance(thing, Ever) else thing for thing in step.waited_for)
    after = [f"after {thing_of(thing, view)}" for thing in dict.fromkeys(first)]
    if step.until is not None:
        after.append(f"wait until {instant(step.until, view.scenario)}")
    text = thing_of(step.thing, view)
    if not isinstance(step.thing, Accepts):  # which names its party itself
        who = names(takers(step.thing, view.scenario), view.scenario)
        text = f"{who}: {text}" if who else text
    return Line(text, notes=after)


def takers(thing: Condition, scenario: Scenario) -> tuple[PartyId, ...]:
    """Return in whose power it lies to bring something about; nobody where nobody is named."""
    leaf = thing.part if isinstance(thing, Not) else thing
    match leaf:
        case Accepts(party=party):
            return (party,)
        case Fulfilled(provision=name, by=None):
            return tuple(party for party, _ in fulfilled_by(scenario.provision(name)))
        case Fulfilled(by=party) if party is not None:
            return (party,)
        case Holds() | Done() | AtLeast() | AtMost() | Answered():
            return scenario.fact(facts_of(leaf)[0]).by
        case _:
            return ()


# Likelihood


def likelihood_page(found: Likelihood) -> Page:
    """Compose a probability as a sentence."""
    return Page([Paragraph([_probable(found)])])


def _probable(found: Likelihood) -> str:
    target = spelled_out(found.target, found.view.scenario)
    return f"{target}: probability {decimal(found.probability)}, {as_of(found.view)}"


def importances_page(found: Importances) -> Page:
    """Compose the difference that each fact makes, the largest first."""
    view = found.likelihood.view
    rows = [(decimal(each.difference), subject_of(each, view)) for each in found]
    table = Table("What makes the difference", ("difference", "what"), rows)
    return Page([Paragraph([_probable(found.likelihood)]), table])


def subject_of(each: Importance, view: View) -> str:
    """Write what makes a difference."""
    return statement_of(each.of, view.scenario) if isinstance(each.of, Condition) else each.of.text


def decimal(number: float) -> str:
    """Write a probability, or a difference of two, to four digits."""
    return f"{number:.4g}"
