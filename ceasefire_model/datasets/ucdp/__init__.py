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
"""

from ceasefire_model.datasets.ucdp.ged import events

__all__ = ["events"]
