"""What a ceasefire text settles and what it leaves open, by the checklist.

Completeness is about what is said, never about whether it is good: a text that settles every item
can be unjust, and one that settles few can hold. It needs no time: it reads all that was recorded,
to the last report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.asking import text_asked
from ceasefire_model.calls import member
from ceasefire_model.drafting.coverage import Coverage, Presence, Seen, coverage
from ceasefire_model.drafting.items import Severity, checklist
from ceasefire_model.drafting.remarks import Remark, remarks
from ceasefire_model.evidence import Trust
from ceasefire_model.ids import looked_up
from ceasefire_model.moments import NEVER, instant
from ceasefire_model.proposals import Proposal
from ceasefire_model.reprs import counted, named
from ceasefire_model.rows import InRows
from ceasefire_model.rules.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire_model.ids import Name
    from ceasefire_model.moments import Time
    from ceasefire_model.rows import Row
    from ceasefire_model.scenarios import Scenario


@frozen(kw_only=True)
class Completeness(InRows):
    """What a text settles and what it leaves open; a sequence of its items.

    Attributes:
        proposal: The text that was read.
        items: Every item of the checklist, in its order.
        remarks: What the rules find, in the order of ``RemarkRule``.
    """

    proposal: Proposal = field(repr=named)
    items: tuple[Coverage, ...] = field(repr=counted)
    remarks: tuple[Remark, ...] = field(repr=counted)

    def __len__(self) -> int:
        """Count the items."""
        return len(self.items)

    def __iter__(self) -> Iterator[Coverage]:
        """Yield the items in the order of the checklist."""
        return iter(self.items)

    def _ipython_key_completions_(self) -> list[str]:
        """Name the items, for whoever types a key."""
        return [each.item.id for each in self.items]

    def __getitem__(self, item: Name) -> Coverage:
        """Return an item, by its id or by what the checklist has under it.

        Raises:
            UnknownIdError: If the checklist has none of that id.
        """
        return looked_up("item", item, {each.item.id: each for each in self.items}, "the checklist")

    def only(
        self, presence: Presence | None = None, severity: Severity | None = None
    ) -> tuple[Coverage, ...]:
        """Return the items of one presence, one severity, or both.

        Raises:
            ModelError: If it is no presence, or no severity.
        """
        if presence is not None:
            member(presence, "presence", Presence)
        if severity is not None:
            member(severity, "severity", Severity)
        return tuple(
            each
            for each in self.items
            if presence in (None, each.presence) and severity in (None, each.severity)
        )

    def _rows(self) -> list[Row]:
        """Return one row per item."""
        from ceasefire_model.display.rows import completeness_rows

        return completeness_rows(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def __str__(self) -> str:
        """Write the page."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)


def completeness(
    scenario: Scenario, proposal: str | Proposal | None = None, *, known_by: Time | None = None
) -> Completeness:
    """Say what a text settles of the checklist, and what it leaves open.

    An item is present where a provision has it among its topics, or where a field of the model says
    it. Where neither is so it is absent if the whole text is public, and else unknown.

    >>> from ceasefire_model import load_case
    >>> case = load_case("us-30-day-2025")
    >>> completeness(case)["COM-01"].presence
    Presence.UNKNOWN

    Args:
        scenario: The situation, all that was ever said in it.
        proposal: The text, or its id; needed only where the scenario has more than one.
        known_by: Only what had been said of it by then counts; by default all that ever was.

    Raises:
        UnknownIdError: If there is no such proposal.
        ModelError: If no proposal is named where there is more than one, or the time is none.
    """
    text = text_asked(scenario, proposal)
    last = NEVER if known_by is None else instant(known_by, scenario.zone, "known_by")
    seen = Seen(View(scenario, last, last, Trust()), text)
    return Completeness(
        proposal=text,
        items=tuple(coverage(seen, item) for item in checklist()),
        remarks=tuple(remarks(seen)),
    )
