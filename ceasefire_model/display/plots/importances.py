"""Which fact makes how much of a difference."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.patches import Rectangle

from ceasefire_model.display.colours import FILLS
from ceasefire_model.display.pages.analyses import decimal, subject_of
from ceasefire_model.display.plots.charts import chart
from ceasefire_model.display.plots.matrices import nothing
from ceasefire_model.display.plots.sheets import gid, plain
from ceasefire_model.display.words import spelled_out
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ceasefire_model.analyses.likelihood import Importances

_WIDTH = 24.0
"""How wide the bars can be, in ems."""


def importance(found: Importances, *, ax: Axes | None = None) -> Axes:
    """Draw how much of a difference each fact makes, as bars from -1 to 1.

    Args:
        found: The differences.
        ax: Where to draw; by default a figure of its own.
    """
    view = found.likelihood.view
    target = spelled_out(found.likelihood.target, view.scenario)
    title = (
        f"What makes the difference: {target} (probability {decimal(found.likelihood.probability)})"
    )
    if not found:
        return nothing(ax, title, ["Nothing that is believed makes a difference."])
    made = chart(ax, title, [subject_of(each, view) for each in found], _WIDTH, ())
    axes = made.ax
    color = mpl.rcParams["text.color"]
    lowest = min([0.0, *(each.difference for each in found)])
    axes.set_xlim(-1.3 if lowest < 0 else 0, 1.3)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1] if lowest < 0 else [0, 0.25, 0.5, 0.75, 1])
    axes.spines["bottom"].set_bounds(-1 if lowest < 0 else 0, 1)
    axes.axvline(0, color=color, linewidth=0.8)
    axes.set_xlabel("how much more probable if it is so than if not", fontsize=made.em)
    for row, each in enumerate(found):
        helps = each.difference >= 0
        fill = FILLS[Verdict.PENDING if helps else Verdict.DISPUTED]
        hatch = "" if helps else "///"
        bar = Rectangle(
            (0, row - 0.3), each.difference, 0.6, facecolor=fill, edgecolor="black", hatch=hatch
        )
        signed = decimal(each.difference).replace("-", "\N{MINUS SIGN}")
        bar.set_gid(gid("difference", row, decimal(each.difference)))
        axes.add_patch(bar)
        plain(
            axes.annotate(
                signed,
                (each.difference, row),
                (4 if helps else -4, 0),
                textcoords="offset points",
                va="center",
                ha="left" if helps else "right",
                fontsize=made.em,
            )
        )
    return axes
