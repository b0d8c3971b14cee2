"""Sweeps: in which share of the worlds a target is met, by the values of one fact, two, or each."""

# pyright: reportUnknownMemberType=false
# matplotlib leaves the keyword arguments of its methods untyped

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.patches import Rectangle

from ceasefire_model.display.colours import FILLS
from ceasefire_model.display.plots.charts import chart
from ceasefire_model.display.plots.sheets import fitted, gid, plain
from ceasefire_model.display.words import spelled_out
from ceasefire_model.facts import Range
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ceasefire_model.bulk.sweeps import Plain, Sweep

_WIDTH = 24.0
"""How wide the bars can be, in ems."""

_CELL = 4.0
"""How wide a cell is, in ems."""


def heat_map(found: Sweep, down: str, across: str, *, ax: Axes | None = None) -> Axes:
    """Draw the share of worlds in which a target is met, by the values of two facts.

    Args:
        found: The sweep.
        down: The id of the fact whose values are the rows.
        across: The id of the fact whose values are the columns.
        ax: Where to draw; by default a figure of its own.
    """
    shares = found.share(Verdict.MET, by=(down, across))
    rows = list(dict.fromkeys(row for row, _ in shares))
    columns = list(dict.fromkeys(column for _, column in shares))
    labels = [f"{_text(found, down)}: {_written(row)}" for row in rows]
    made = chart(ax, _title(found), labels, max(_CELL * len(columns), _WIDTH / 2), ())
    axes = made.ax
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_xticks(range(len(columns)), [_written(column) for column in columns])
    axes.set_xlabel(fitted(_text(found, across), made.width, most=3), fontsize=made.em)
    for (row, column), share in shares.items():
        at = (columns.index(column), rows.index(row))
        cell = Rectangle((at[0] - 0.5, at[1] - 0.5), 1, 1, edgecolor="white")
        cell.set_facecolor(mpl.colormaps["cividis"](share))
        cell.set_gid(gid("share", row, column, _percent(share)))
        axes.add_patch(cell)
        ink = "black" if share > 0.5 else "white"  # noqa: PLR2004 - the middle of the scale
        text = axes.text(*at, _percent(share), ha="center", va="center", color=ink)
        plain(text).set_fontsize(made.em)
    return axes


def profile(found: Sweep, fact: str, *, ax: Axes | None = None) -> Axes:
    """Draw the share of worlds in which a target is met, by the values of one fact, as bars.

    Args:
        found: The sweep.
        fact: The id of the fact.
        ax: Where to draw; by default a figure of its own.
    """
    shares = found.share(Verdict.MET, by=fact)
    bars = {_written(value): (0.0, share) for value, share in shares.items()}
    return _bars(found, bars, ax, f"share of worlds in which it is met, by: {_text(found, fact)}")


def tornado(found: Sweep, *, ax: Axes | None = None) -> Axes:
    """Draw for each varied fact the least and the greatest share of worlds by its values.

    The fact that matters most comes first.

    Args:
        found: The sweep; of each varied fact there are few values.
        ax: Where to draw; by default a figure of its own.
    """
    by_fact = {name: found.share(Verdict.MET, by=name).values() for name in found.varied.columns}
    spans = {name: (min(shares), max(shares)) for name, shares in by_fact.items()}
    ordered = sorted(spans, key=lambda name: spans[name][0] - spans[name][1])
    bars = {_text(found, name): spans[name] for name in ordered}
    return _bars(found, bars, ax, "share of worlds in which it is met, by the value of each")


def _bars(found: Sweep, bars: dict[str, tuple[float, float]], ax: Axes | None, label: str) -> Axes:
    made = chart(ax, _title(found), list(bars), _WIDTH, ())
    axes = made.ax
    axes.set_xlim(0, 1.2)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel(fitted(label, made.width, most=3), fontsize=made.em)
    for row, (name, (low, high)) in enumerate(bars.items()):
        bar = Rectangle((low, row - 0.3), high - low, 0.6, facecolor=FILLS[Verdict.MET])
        bar.set_edgecolor("black")
        bar.set_gid(gid("share", name, _percent(low), _percent(high)))
        axes.add_patch(bar)
        text = axes.text(high + 0.01, row, _percent(high), ha="left", va="center")
        plain(text).set_fontsize(made.em)
    return axes


def _title(found: Sweep) -> str:
    target = spelled_out(found.target, found.view.scenario)
    return f"{target} (met in {_percent(found.share(Verdict.MET))} of {len(found):,} worlds)"


def _text(found: Sweep, fact: str) -> str:
    return found.view.scenario.fact(fact).text


def _percent(share: float) -> str:
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"  # noqa: PLR2004 - small ones


def _written(value: Plain) -> str:
    match value:
        case None:
            return "cannot say"
        case bool():
            return "yes" if value else "no"
        case Range(low=low, high=high):
            return f"{'' if low is None else f'{low:f}'}–{'' if high is None else f'{high:f}'}"
        case _:
            return f"{value:g}"
