"""The analyses in HTML: deadlocks, contradictions, packages, sequences, likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire_model.display.analyses import (
    circle_of,
    clash_of,
    counted,
    decimal,
    held,
    likelihood_text,
    obstacle_of,
    shift_of,
    subject_of,
    way_out,
)
from ceasefire_model.display.markup import (
    Markup,
    details,
    joined,
    listing,
    page,
    paragraph,
    small,
    strong,
    table,
    text,
)
from ceasefire_model.display.words import as_of, instant, names, plain, spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
    from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks, Wait
    from ceasefire_model.analyses.likelihood import Importances, Likelihood
    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.analyses.sequences import Step, Steps
    from ceasefire_model.conditions import Condition
    from ceasefire_model.rules.views import View


def _found(count: int, noun: str, view: View, *, is_complete: bool) -> Markup:
    """Write how many were found, whether there may be more, and as of when."""
    heading = counted(count, noun, is_complete=is_complete)
    return paragraph(strong(text(heading)), small(text(as_of(view))))


def _each(number: int, count: int, summary: str, body: Markup) -> Markup:
    """Fold one of several; the first is open."""
    head = text(f"{number} of {count}: {summary}" if count > 1 else summary)
    return details(head, body, is_open=number == 1)


# Deadlocks


def deadlocks_html(found: Deadlocks) -> str:
    """Write the deadlocks one after the other, and what is blocked."""
    return page(*_deadlocks(found))


def _deadlocks(found: Deadlocks) -> Iterator[Markup]:
    yield _found(len(found), "deadlock", found.view, is_complete=found.is_complete)
    circles = enumerate(found, start=1)
    yield _folded([_each(n, len(found), circle_of(each), _circle(each)) for n, each in circles])
    if found.blocked:
        yield paragraph(text("Out of reach even if all moved at once:"))
        yield _things(found.blocked, found.view)


def _folded(items: Sequence[Markup]) -> Markup:
    """Put one alone, and several in a list."""
    return items[0] if len(items) == 1 else listing(items)


def _things(things: Sequence[Condition], view: View) -> Markup:
    return listing([text(spelled_out(thing, view.scenario)) for thing in things])


def deadlock_html(deadlock: Deadlock) -> str:
    """Write a circle step by step, and the ways out of it."""
    return page(paragraph(strong(text(circle_of(deadlock)))), _circle(deadlock))


def _circle(deadlock: Deadlock) -> Markup:
    view = deadlock.view
    return joined(
        [
            paragraph(text("Each waits for the next:")),
            listing([_wait(wait, view) for wait in deadlock.waits], ordered=True),
            paragraph(text("Ways out, any one of them:")),
            listing([text(way_out(way, view)) for way in deadlock.ways_out]),
        ]
    )


def _wait(wait: Wait, view: View) -> Markup:
    if wait.precondition is None:
        why = f"needs {spelled_out(wait.needs, view.scenario)}"
    else:
        why = f"waits for: {held(wait.precondition, view)}"
    return joined([strong(text(spelled_out(wait.thing, view.scenario))), Markup("<br>"), text(why)])


# Contradictions


def contradictions_html(found: Contradictions) -> str:
    """Write the contradictions one after the other."""
    ordered = enumerate(found, start=1)
    return page(
        _found(len(found), "contradiction", found.view, is_complete=found.is_complete),
        _folded([_each(n, len(found), _heading(each), _demands(each)) for n, each in ordered]),
    )


def contradiction_html(contradiction: Contradiction) -> str:
    """Write what is demanded, under which reading, and why it cannot be."""
    return page(paragraph(strong(text(_heading(contradiction)))), _demands(contradiction))


def _heading(each: Contradiction) -> str:
    holders = names(each.holders, each.view.scenario)
    whose = f" (held by {holders})" if holders else ""
    return f"{len(each.preconditions)} demands that cannot all be met at one time{whose}"


def _demands(each: Contradiction) -> Markup:
    view = each.view
    demands = listing([text(held(one, view)) for one in each.preconditions])
    readings = [f"if “{demand.text}” means: {meaning.text}" for demand, meaning in each.meanings]
    clashes = [f"because {clash_of(clash, view)}" for clash in each.clashes]
    return joined([demands, paragraph(*map(text, readings)), paragraph(*map(text, clashes))])


# Packages


def packages_html(found: Packages) -> str:
    """Write the packages, the cheapest first, or what stands in the way of all."""
    view = found.view
    target = text(spelled_out(found.target, view.scenario))
    when = small(text(as_of(view)))
    demands = "; ".join(f"“{demand.text}”" for demand in found.unnamed)
    unnamed = f"No meaning has been named, so no package meets: {demands}" if demands else ""
    return page(
        paragraph(joined([strong(text(_verdict(found))), target], " "), when),
        _packages(found, view),
        listing([text(f"in the way: {obstacle_of(each, view)}") for each in found.obstacles]),
        paragraph(text(unnamed)),
    )


def _verdict(found: Packages) -> str:
    if not found and found.is_complete:
        return "Nothing that can be changed meets this:"
    count = counted(len(found), "package", is_complete=found.is_complete)
    return f"What would meet this ({count}):"


def package_html(package: Package) -> str:
    """Write the changes of a package."""
    return page(_packages([package], package.view))


def _packages(packages: Packages | Sequence[Package], view: View) -> Markup:
    return table(
        "Packages: what changes, and who moves",
        ("number", "changes", "who moves", "cost"),
        [
            [
                text(str(number)),
                _folded([text(each) for each in _changes(package)]),
                text(names(package.who, view.scenario)),
                text(plain(package.cost)),
            ]
            for number, package in enumerate(packages, start=1)
        ],
    )


def _changes(package: Package) -> Iterator[str]:
    """Yield the changes, each with who must move where a package takes several parties."""
    scenario = package.view.scenario
    for shift in package.shifts:
        who = f"{names(shift.who, scenario)}: " if shift.who and len(package.shifts) > 1 else ""
        yield f"{who}{shift_of(shift, package.view)}"
    if package.wait_until is not None:
        yield f"wait until {instant(package.wait_until, scenario)}"
    if not package.shifts and package.wait_until is None:
        yield "nothing has to change"


# Sequences


def steps_html(steps: Steps) -> str:
    """Write the steps layer by layer, or the deadlock that forbids them."""
    view = steps.view
    target = text(spelled_out(steps.target, view.scenario))
    if steps.deadlocks is not None:
        head = joined([strong(text("No order of steps leads to this:")), target], " ")
        return page(paragraph(head), *_deadlocks(steps.deadlocks))
    head = joined([strong(text("In this order:")), target], " ")
    layers = [_folded([_step(step, view) for step in layer]) for layer in steps.layers]
    met = "" if layers else "it is met already"
    return page(paragraph(head), listing(layers, ordered=True), paragraph(text(met)))


def _step(step: Step, view: View) -> Markup:
    after = [small(text(f"after {spelled_out(thing, view.scenario)}")) for thing in step.waited_for]
    return Markup("<br>".join([text(spelled_out(step.thing, view.scenario)), *after]))


# Likelihood


def likelihood_html(found: Likelihood) -> str:
    """Write a probability as a sentence."""
    return page(paragraph(text(likelihood_text(found))))


def importances_html(found: Importances) -> str:
    """Write the difference that each fact makes, the largest first."""
    view = found.likelihood.view
    return page(
        paragraph(text(likelihood_text(found.likelihood))),
        table(
            "What makes the difference",
            ("difference", "what"),
            [[text(decimal(each.difference)), text(subject_of(each, view))] for each in found],
        ),
    )
