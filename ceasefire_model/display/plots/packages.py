"""Which changes would do, who must make them, and what each package costs."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle

from ceasefire_model.display.analyses import obstacle_of, said, shift_of
from ceasefire_model.display.plots.inks import FILLS
from ceasefire_model.display.plots.matrices import matrix, nothing
from ceasefire_model.display.plots.sheets import gid
from ceasefire_model.display.words import instant, names, plain
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ceasefire_model.rules.packages import Package, Packages

_COLUMN = 5.5
"""How wide the column of a package is, in ems."""


def packages(found: Packages, *, ax: Axes | None = None) -> Axes:
    """Draw which changes each package is made of, who must move, and what it costs.

    One row a change, one column a package, the cheapest first. Where there is none, what stands in
    the way.

    Args:
        found: The packages.
        ax: Where to draw; by default a figure of its own.
    """
    view = found.view
    more = "" if found.is_complete else " (there may be more)"
    when = f"as of {instant(view.at, view.scenario)}"
    title = f"What would meet this, {when}{more}: {said(found.target, view)}"
    unnamed = [
        f"No meaning has been named of “{demand.text}”, so no package meets it."
        for demand in found.unnamed
    ]
    if not found:
        obstacles = [f"In the way: {obstacle_of(each, view)}" for each in found.obstacles]
        return nothing(ax, title, ["No package was found.", *obstacles, *unnamed])
    changes = [_changes(package) for package in found]
    rows = list(dict.fromkeys(change for each in changes for change in each))
    heads = [f"{number}\ncost {plain(each.cost)}" for number, each in enumerate(found, start=1)]
    made = matrix(
        ax, title, "who must change what", rows or ["nothing has to change"], heads, _COLUMN
    )
    for column, each in enumerate(changes):
        for change in each:
            row = rows.index(change)
            x, y = made.left_of(column) + _COLUMN / 2, made.middles[row]
            dot = Circle((x, y), 0.6, facecolor=FILLS[Verdict.PENDING], edgecolor="black")
            dot.set_gid(gid("change", column, row))
            made.page.ax.add_patch(dot)
    return made.page.ax


def _changes(package: Package) -> list[str]:
    """Write each change with who must move, and until when one must wait."""
    view = package.view
    found = [
        f"{names(shift.who, view.scenario)}: {shift_of(shift, view)}"
        if shift.who
        else shift_of(shift, view)
        for shift in package.shifts
    ]
    if package.wait_until is not None:
        found.append(f"wait until {instant(package.wait_until, view.scenario)}")
    return found
