"""How one judges: what is known under one mode says nothing under another."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from ceasefire_model.reprs import spelled
from ceasefire_model.verdicts import Verdict


@frozen(cache_hash=True)
class Mode:
    """How one judges."""

    __repr__ = spelled

    silence: Verdict = Verdict.UNKNOWN
    """The verdict on what nobody reports; where it leaves no doubt, ``PENDING``."""

    formal: frozenset[str] = frozenset()
    """The texts of which no report on their state is heard."""

    since: datetime | None = None
    """Words are heard only as far as they speak of this instant or a later one."""

    verifiers: frozenset[str] = frozenset()
    """The parties whose last word is heard nevertheless."""

    is_late: bool = False
    """Whether what is told of a bare day begins at its end."""
