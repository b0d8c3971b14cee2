"""Which changes would do, who must make them, and what each package costs."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle

from ceasefire_model.display.colours import FILLS
from ceasefire_model.display.pages.analyses import obstacle_of, price_of, shift_of
from ceasefire_model.display.plots.matrices import matrix, nothing
from ceasefire_model.display.plots.sheets import gid
from ceasefire_model.display.words import as_of, instant, names, spelled_out
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes

    from ceasefire_model.analyses.packages import Package, Packages
    from ceasefire_model.analyses.shifts import Supposed

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
    when = as_of(view)
    title = f"What would meet this, {when}{more}: {spelled_out(found.target, view.scenario)}"
    unnamed = [
        f"No meaning has been named of “{demand.text}”, so no package meets it."
        for demand in found.unnamed
    ]
    if not found:
        obstacles = [f"In the way: {obstacle_of(each, view)}" for each in found.obstacles]
        return nothing(ax, title, ["No package was found.", *obstacles, *unnamed])
    changes = [_changes(package) for package in found]
    rows = {key: text for each in changes for key, text in each.items()}
    places = {key: place for place, key in enumerate(rows)}
    heads = [f"{number}\n{price_of(each)}" for number, each in enumerate(found, start=1)]
    labels = list(rows.values()) or ["nothing has to change"]
    made = matrix(ax, title, "who must change what", labels, heads, _COLUMN, unnamed)
    for column, each in enumerate(changes):
        for key in each:
            x, y = made.left_of(column) + _COLUMN / 2, made.middles[places[key]]
            dot = Circle((x, y), 0.6, facecolor=FILLS[Verdict.PENDING], edgecolor="black")
            dot.set_gid(gid("change", column, places[key]))
            made.page.ax.add_patch(dot)
    return made.page.ax


def _changes(package: Package) -> dict[Supposed | datetime, str]:
    """Write each change with who must move, and until when one must wait."""
    scenario = package.view.scenario
    found: dict[Supposed | datetime, str] = {}
    for shift in package.shifts:
        who = f"{names(shift.who, scenario)}: " if shift.who else ""
        found[shift.supposed] = f"{who}{shift_of(shift, package.view)}"
    if package.wait_until is not None:
        found[package.wait_until] = f"wait until {instant(package.wait_until, scenario)}"
    return found
