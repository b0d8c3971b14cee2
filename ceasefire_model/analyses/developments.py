"""Developments: what changed in where a proposal stands, and what changed it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.analyses.causes import Cause, Told
from ceasefire_model.analyses.listings import Listing
from ceasefire_model.analyses.subjects import Status, Topic
from ceasefire_model.proposals import Proposal
from ceasefire_model.reprs import counted, named
from ceasefire_model.rows import InRows
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from ceasefire_model.rows import Row


@frozen
class Development:
    """One change in where a proposal stands, and what changed it.

    Attributes:
        at: When, in UTC.
        topic: What sort of thing changed.
        address: What it is about; no two developments of one instant have the same.
        before: How it stood until then; none where there was nothing of the kind.
        after: How it stands from then on; none where there is nothing of the kind any more.
        cause: What it follows from: reports, words, dates.
    """

    at: datetime
    topic: Topic
    address: str
    before: Status | None = field(repr=False)
    after: Status | None = field(repr=False)
    cause: Cause


@frozen(kw_only=True)
class News(Listing[Development], InRows):
    """What changed over a span of time, in order, each with its cause.

    Attributes:
        proposal: The text that is followed.
        found: In order of time; of one instant, from the text down to the next moves.
        start: From when on, in UTC.
        end: Before when, in UTC.
        known_by: The instant by which all that counts had been reported, in UTC; none where at each
            instant what had been by then counts.
        came_in: How many reports and words of those whom one hears came in meanwhile.
        unchanged: Those that changed nothing, if that was asked for.
        not_followed: What could not be followed, and why.
        view: What the last of it was judged in.
    """

    proposal: Proposal = field(repr=named)
    found: tuple[Development, ...] = field(repr=counted)
    start: datetime
    end: datetime
    known_by: datetime | None = None
    came_in: int = 0
    unchanged: tuple[Told, ...] = field(default=(), repr=counted)
    not_followed: tuple[str, ...] = ()
    view: View = field(eq=False, repr=False)

    def __str__(self) -> str:
        """Write what changed, a day at a time."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def _rows(self) -> list[Row]:
        """Return one row per change."""
        from ceasefire_model.display.rows import news_rows

        return news_rows(self)
