"""Pictures of results: verdicts over time, trees, matrices, graphs (extra ``notebook``).

Each function draws what a result holds and judges nothing itself; :func:`timelines` asks for the
results that it draws. It takes the axes to draw on, or
makes a figure of the size that the labels need, and returns the axes. All texts are wrapped to
fit; in a figure of their own they are whole, on axes that are given one that is too long ends in
``…``. Every verdict has a colour, a
hatch and a sign, so that it can be told without colours. Colours of texts and lines are those of
the style in use, such as ``matplotlib.style.use("dark_background")``.

Labels do not overlap for the size that the axes have when they are drawn on: give them their final
size first.
"""

from importlib import import_module

from ceasefire_model.errors import MissingExtraError

try:
    import_module("matplotlib")
except ImportError as _missing:
    raise MissingExtraError("notebook") from _missing

from ceasefire_model.display.plots.demands import demands
from ceasefire_model.display.plots.dependencies import dependencies
from ceasefire_model.display.plots.importances import importance
from ceasefire_model.display.plots.news import news
from ceasefire_model.display.plots.packages import packages
from ceasefire_model.display.plots.records import record
from ceasefire_model.display.plots.sheets import to_svg
from ceasefire_model.display.plots.sweeps import heat_map, profile, tornado
from ceasefire_model.display.plots.timelines import timelines
from ceasefire_model.display.plots.trees import condition_tree

__all__ = [
    "condition_tree",
    "demands",
    "dependencies",
    "heat_map",
    "importance",
    "news",
    "packages",
    "profile",
    "record",
    "timelines",
    "to_svg",
    "tornado",
]
