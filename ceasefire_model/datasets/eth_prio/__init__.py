"""Ceasefires of the ETH/PRIO Civil Conflict Ceasefire Dataset, one scenario each.

Clayton, Nygård, Strand, Rustad, Wiehler, Sagård, Landsverk, Ryland, Sticher, Wink and Bara (2022),
*Introducing the ETH/PRIO Civil Conflict Ceasefire Dataset*, Journal of Conflict Resolution.
A row is a ceasefire as one actor, or one dyad, takes part in it; the rows of one ``uniq_id`` are
one ceasefire.

What is read, by the names of the codebook:

* ``uniq_id`` (country and ``cf_id``), ``location``, ``cc`` (Gleditsch-Ward), ``region``;
* ``ucdp_actor_id`` and ``actor_name``: the parties; each plainly accepts on the declared day;
* ``cf_dec_yr``, ``…_month``, ``…_day``: when it was declared, as precisely as it was coded
  (-1 is unknown, so a month or a year is left);
* ``cf_effect_yr`` …: when it took effect (-1: unknown; 0: never);
* ``ended`` and ``end_yr`` …: how it ended (-1: unclear; 0: not by the end of the coding; 1: its
  term ran out; 2: it broke down or was called off; 3: it never held; 4: another took its place) and
  when (-1: unknown; 0: never);
* ``side``: 1 unilateral, 2 bilateral, 3 multilateral; ``ceasefire_class``: 1 cessation of
  hostilities, 2 preliminary, 3 definitive; the purposes ``p_humanitarian``, ``p_peaceprocess``,
  ``p_holiday``, ``p_election``, ``p_other``, ``p_unclear``;
* ``fixed`` and ``fixed_time``: days as the end of the text, prose as an end with no agreed meaning;
* ``link`` and ``link_id1`` …: the ceasefire before this one.

Each row says from when to when the ceasefire was in force, and so is a report on the ``in_force``
state of the text, dated by the day that it is about.
Rows of one ceasefire that say the same are one source; others are sources that disagree.

What rows of one ceasefire disagree on beside its time, such as purposes, is read from the first.

What is not carried over: where it applies (``partial``), the causes that coders name (``cf_pp``),
mediators, monitoring, enforcement, demobilisation and the share of the armed actors (``nsa_frac``);
links to more than the latest earlier ceasefire; links coded 3 or -1, of which the rows do not say
what they are.
"""

from ceasefire_model.datasets.eth_prio.coding import LINKS, Dates, Ending, Link, Side, text_id
from ceasefire_model.datasets.eth_prio.texts import Ceasefire, Ceasefires, ceasefires

__all__ = [
    "LINKS",
    "Ceasefire",
    "Ceasefires",
    "Dates",
    "Ending",
    "Link",
    "Side",
    "ceasefires",
    "text_id",
]
