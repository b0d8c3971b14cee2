"""The analyses in plain text: deadlocks, contradictions, packages, sequences, likelihood."""

from __future__ import annotations

from decimal import Decimal
from textwrap import fill
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.analyses.theory import Theory
from ceasefire_model.conditions import AtLeast, Condition
from ceasefire_model.display.words import (
    WIDTH,
    as_of,
    day,
    instant,
    names,
    plain,
    spelled_out,
    statement_of,
    value_of,
)
from ceasefire_model.facts import Control, Question, Truth
from ceasefire_model.statements import Stance
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
    from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks, WayOut
    from ceasefire_model.analyses.likelihood import Importance, Importances, Likelihood
    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.analyses.sequences import Steps
    from ceasefire_model.analyses.shifts import Obstacle, Shift, Supposed
    from ceasefire_model.analyses.theory import Clash
    from ceasefire_model.proposals import Precondition
    from ceasefire_model.rules.views import View
    from ceasefire_model.scenarios import Scenario

_AT_ONCE = "done at once"


# Deadlocks


def deadlocks_text(found: Deadlocks) -> str:
    """Write the deadlocks one after the other, and what is blocked."""
    view = found.view
    when = as_of(view)
    blocks = [str(each) for each in found]
    heading = f"{counted(len(found), 'deadlock', is_complete=found.is_complete)}, {when}"
    if found.blocked:
        lines = [_line("", spelled_out(thing, view.scenario), 2) for thing in found.blocked]
        blocks.append("\n".join(["Out of reach even if all moved at once:", *lines]))
    return "\n\n".join([heading, *blocks])


def deadlock_text(deadlock: Deadlock) -> str:
    """Write a circle step by step, and the ways out of it."""
    view = deadlock.view
    lines = [circle_of(deadlock)]
    for wait in deadlock.waits:
        lines.append(_line("", spelled_out(wait.thing, view.scenario), 2))
        if wait.precondition is None:
            lines.append(_line("needs ", spelled_out(wait.needs, view.scenario), 4))
        else:
            lines.append(_line("waits for: ", held(wait.precondition, view), 4))
    lines.append("Ways out, any one of them:")
    lines += [_line("- ", way_out(way, view), 2) for way in deadlock.ways_out]
    return "\n".join(lines)


def circle_of(deadlock: Deadlock) -> str:
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


def way_out(way: WayOut, view: View) -> str:
    """Write what is dropped, or done at once."""
    if way.together:
        return f"{_AT_ONCE}: " + "; ".join(_holder(each, view) for each in way.together)
    return "; ".join(f"dropped: {_holder(each, view)}" for each in way.drop)


def _holder(each: Precondition, view: View) -> str:
    return f"“{each.text}” ({_by(each, view)})"


def _by(each: Precondition, view: View) -> str:
    return names([each.held_by], view.scenario) if each.held_by else "held by no party"


def held(each: Precondition, view: View) -> str:
    """Write a precondition with where it comes from."""
    by = f"held by {_by(each, view)}" if each.held_by else "held by no party"
    parts = [each.basis.value, by]
    if each.statement is not None:
        statement = view.scenario.statement(each.statement)
        parts.append(f"{statement.speaker}, {day(statement.date)}")
    if each.reference:
        parts.append(each.reference)
    return f"{each.text} ({', '.join(parts)})"


# Contradictions


def contradictions_text(found: Contradictions) -> str:
    """Write the contradictions one after the other."""
    view = found.view
    when = as_of(view)
    heading = f"{counted(len(found), 'contradiction', is_complete=found.is_complete)}, {when}"
    return "\n\n".join([heading, *map(str, found)])


def contradiction_text(each: Contradiction) -> str:
    """Write what is demanded, under which reading, and why it cannot be."""
    view = each.view
    lines = ["These cannot all be met at one time:"]
    lines += [_line("", held(one, view), 2) for one in each.preconditions]
    lines += [
        _line("if ", f"“{demand.text}” means: {meaning.text}", 2)
        for demand, meaning in each.meanings
    ]
    lines += [_line("because ", clash_of(clash, view), 2) for clash in each.clashes]
    return "\n".join(lines)


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
    return f"{plain(sum(shares, Decimal(0)))} or more" if is_sum else None


# Packages


def packages_text(found: Packages) -> str:
    """Write the packages, or what stands in the way of all."""
    view = found.view
    when = as_of(view)
    target = spelled_out(found.target, view.scenario)
    if not found and found.is_complete:
        lines = [f"Nothing that can be changed meets this, {when}: {target}"]
        lines += [_line("in the way: ", obstacle_of(each, view), 2) for each in found.obstacles]
        return "\n".join(lines)
    more = "" if found.is_complete else "; there may be more"
    lines = [_line("", f"What would meet this, {when}: {target}{more}", 0)]
    for number, package in enumerate(found, start=1):
        lines += [f"{number}. cost {plain(package.cost)}", *_package(package)]
    if found.unnamed:
        demands = "; ".join(f"“{demand.text}”" for demand in found.unnamed)
        lines.append(_line("No meaning has been named, so no package meets: ", demands, 0))
    return "\n".join(lines)


def package_text(package: Package) -> str:
    """Write the changes of a package."""
    return "\n".join(_package(package))


def _package(package: Package) -> Iterator[str]:
    yield from (_line("- ", step, 3) for step in package_steps(package))
    if not package.shifts and package.wait_until is None:
        yield "   nothing has to change"


def package_steps(package: Package) -> Iterator[str]:
    """Yield each change of a package with who must move, and until when one must wait."""
    scenario = package.view.scenario
    for shift in package.shifts:
        who = f"{names(shift.who, scenario)}: " if shift.who else ""
        yield f"{who}{shift_of(shift, package.view)}"
    if package.wait_until is not None:
        yield f"wait until {instant(package.wait_until, scenario)}"


_WORDS = {
    Stance.ACCEPTS: "accepts, as its final word",
    Stance.ACCEPTS_WITH_CONDITIONS: "accepts for good on its conditions, and these are met",
    Stance.REJECTS: "rejects",
}


def shift_of(shift: Shift, view: View) -> str:
    """Write what a change comes to."""
    return _supposed(shift.supposed, view.scenario)


def _supposed(supposed: Supposed, scenario: Scenario) -> str:
    match supposed:
        case SupposedFact(fact=name, value=Truth(value=is_so)):
            fact = scenario.fact(name)
            if isinstance(fact, Question):
                return f"{'answered' if is_so else 'not answered'}: {fact.text}"
            return fact.text if is_so else f"no longer, or not: {fact.text}"
        case SupposedFact(fact=name, value=value):
            fact = scenario.fact(name)
            return f"{fact.text}: {value_of(value, fact)}"
        case SupposedWord(of=leaf, stance=stance):
            return f"{_WORDS[stance]}: {_title(leaf.of, scenario)}"
        case SupposedMeaning(vague=name, meaning=meaning):
            demand = scenario.index.vague[name]
            (agreed,) = (each for each in demand.meanings if each.id == meaning)
            return f"“{demand.text}” is agreed to mean: {agreed.text}"
        case _:
            assert_never(supposed)


def _title(text: str, scenario: Scenario) -> str:
    proposal = scenario.index.proposals.get(text)
    return proposal.title if proposal else scenario.provision(text).text


def obstacle_of(obstacle: Obstacle, view: View) -> str:
    """Write what stands in the way, and why."""
    if obstacle.about is None:
        return obstacle.reason.value
    return f"{spelled_out(obstacle.about, view.scenario)} ({obstacle.reason.value})"


# Sequences


def steps_text(steps: Steps) -> str:
    """Write the steps layer by layer, or the deadlock that forbids them."""
    view = steps.view
    target = spelled_out(steps.target, view.scenario)
    if steps.deadlocks is not None:
        return f"No order of steps leads to this: {target}\n\n{steps.deadlocks}"
    lines = [_line("", f"In this order: {target}", 0)]
    for number, layer in enumerate(steps.layers, start=1):
        for step in layer:
            lines.append(_line(f"{number}. ", spelled_out(step.thing, view.scenario), 0))
            lines += [
                _line("after ", spelled_out(thing, view.scenario), 5) for thing in step.waited_for
            ]
    if not steps.layers:
        lines.append("  it is met already")
    return "\n".join(lines)


# Likelihood


def likelihood_text(found: Likelihood) -> str:
    """Write a probability as a sentence."""
    target = spelled_out(found.target, found.view.scenario)
    return f"{target}: probability {decimal(found.probability)}"


def importances_text(found: Importances) -> str:
    """Write the difference that each fact makes, the largest first."""
    view = found.likelihood.view
    lines = [str(found.likelihood), "what makes the difference:"]
    lines += [_line(f"{decimal(each.difference):>7} ", subject_of(each, view), 0) for each in found]
    return "\n".join(lines)


def subject_of(each: Importance, view: View) -> str:
    """Write what makes a difference."""
    return statement_of(each.of, view.scenario) if isinstance(each.of, Condition) else each.of.text


def decimal(number: float) -> str:
    """Write a probability, or a difference of two, to four digits."""
    return f"{number:.4g}"


# Words


def counted(count: int, noun: str, *, is_complete: bool) -> str:
    """Write how many were found, and whether there may be more."""
    found = f"{count or 'No'} {noun}{'s' if count != 1 else ''}"
    return found if is_complete else f"{found}, and there are more"


def _line(head: str, text: str, indent: int) -> str:
    """Write a text behind its head, continued under itself."""
    return fill(
        text,
        WIDTH,
        initial_indent=" " * indent + head,
        subsequent_indent=" " * min(indent + len(head), 15),
        break_on_hyphens=False,
    )
