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
"""

from ceasefire_model.datasets.ucdp.agreements import (
    CROSSWALK,
    PeaceAgreement,
    PeaceAgreements,
    agreements,
)
from ceasefire_model.datasets.ucdp.ged import events

__all__ = ["CROSSWALK", "PeaceAgreement", "PeaceAgreements", "agreements", "events"]
