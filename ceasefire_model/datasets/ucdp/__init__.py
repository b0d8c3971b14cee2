"""Data sets of the Uppsala Conflict Data Program (UCDP).

``events``: the Georeferenced Event Dataset (GED), and the candidate events in the same columns.
Read are ``id`` and ``relid``; ``date_start`` and ``date_end`` (``2014-01-22`` or
``1/22/2014 12:00:00 AM``, month first), which for ``date_prec`` 1 is a day and for 2 to 5 the days
of which it was one; ``year``, against which the dates are checked; ``type_of_violence`` (1
state-based, 2 non-state, 3 one-sided); ``dyad_new_id``; ``side_a``, ``side_b`` and their
``…_new_id`` (one name may carry several ids: choose by the names, or by all the ids); ``country``,
``adm_1``, ``adm_2``, ``where_coordinates``; ``low``, ``best`` and ``high``, from the least to the
most of them where they are not in order.
Not carried over: the articles and their headlines, coordinates, precision of the place
(``where_prec``) and clarity of the event (``event_clarity``), whose dead were whose.

``agreements``: the UCDP Peace Agreement Dataset, each a scenario.
Read are ``paid`` and ``pa_name``; ``actor_id`` and ``actor_name``, which list the parties with
commas between them, each of which accepts on ``pa_date``; ``pa_type`` (1 full, 2 partial, 3 peace
process); what it provides for (the variables of ``CROSSWALK``, whose names may end in a space in
the file), as provisions of a topic on our checklist; ``ended``, with the day in ``duration``, until
which it was in force.
Not carried over: the comments, who signed by name, third parties, the other provisions, an end
whose day is not coded, and whether the agreement was carried out.

``terminations``: the UCDP Conflict Termination Dataset, by dyad; its rows are years, and what is
read is one episode from all the rows of a ``dyad_id`` and ``start_date2``.
Read are ``start_date2`` and ``ependdate`` (``7/21/46``, month first; the century from ``year``),
which are a day where ``start_prec2`` and ``ependprec`` are 1 and else the year of it; ``side_a``,
``side_b`` and ``outcome`` (1 peace agreement, 2 ceasefire, 3 victory of side A, 4 victory of side
B, 5 low activity, 6 an actor ceases to exist; a full stop is nothing). ``activity`` makes reports
of episodes on a state that the user names.
Not carried over: the date of the ceasefire or agreement (``cfiredate``, ``peagdate``), secondary
parties, incompatibility and intensity.
"""

from ceasefire_model.datasets.ucdp.agreements import (
    CROSSWALK,
    PeaceAgreement,
    PeaceAgreements,
    agreements,
)
from ceasefire_model.datasets.ucdp.ged import events
from ceasefire_model.datasets.ucdp.terminations import (
    Episode,
    Episodes,
    Outcome,
    activity,
    terminations,
)

__all__ = [
    "CROSSWALK",
    "Episode",
    "Episodes",
    "Outcome",
    "PeaceAgreement",
    "PeaceAgreements",
    "activity",
    "agreements",
    "events",
    "terminations",
]
