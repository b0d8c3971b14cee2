"""Many worlds and many agreements at once (extra ``bulk``)."""

from ceasefire_model.bulk.columns import Packed
from ceasefire_model.bulk.panels import Panel, Series
from ceasefire_model.bulk.sweeps import Sweep
from ceasefire_model.bulk.worlds import Grid, Sample

__all__ = ["Grid", "Packed", "Panel", "Sample", "Series", "Sweep"]
