"""What changed between two assessments of one proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.reprs import counted, spelled
from ceasefire_model.rows import InRows
from ceasefire_model.rules.assessment import Assessment
from ceasefire_model.rules.findings import Finding, walk_all
from ceasefire_model.rules.performance import Performance

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from ceasefire_model.rows import Row


@frozen
class Change:
    """One node whose verdict or stance differs; it may be on one of the two alone.

    Attributes:
        address: Where it stands.
        before: What was found there before; none where it stood in the later one alone.
        after: What is found there now; none where it stands in the earlier one alone.
        performed_before: What had become of the clause, or of what one obligor owes, if it is one.
        performed_after: What has become of it now.
    """

    __repr__ = spelled

    address: str
    before: Finding | None
    after: Finding | None
    performed_before: Performance | None = None
    performed_after: Performance | None = None


@frozen
class Comparison(InRows):
    """Two assessments of one proposal, and where they differ.

    Attributes:
        before: The earlier assessment, or the one without the supposition.
        after: The later assessment, or the one with it.
        changes: From the verdict on the proposal down.
    """

    __repr__ = spelled

    before: Assessment
    after: Assessment
    changes: tuple[Change, ...] = field(repr=counted)

    def __str__(self) -> str:
        """Write what changed."""
        from ceasefire_model.display.answers import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Write it for a notebook."""
        from ceasefire_model.display.answers import as_html

        return as_html(self)

    def __iter__(self) -> Iterator[Change]:
        """Yield the changes."""
        return iter(self.changes)

    def _rows(self) -> list[Row]:
        """Return one row per change."""
        from ceasefire_model.display.rows import comparison_rows

        return comparison_rows(self)


def compare(before: Assessment, after: Assessment) -> Comparison:
    """Show what changed between two assessments of one proposal.

    They may differ in time, in what was known, in trust, and in what is supposed.

    >>> from ceasefire_model import assess, load_case
    >>> case = load_case("us-30-day-2025")
    >>> before, after = (assess(case, as_of=day) for day in ("2025-03-13", "2025-03-14"))
    >>> compare(before, after).changes
    ()

    Raises:
        ModelError: If they are of two proposals.
    """
    _refuse_no_assessment(before, "before")
    _refuse_no_assessment(after, "after")
    if before.proposal.id != after.proposal.id:
        raise ModelError(
            "two assessments of one proposal can be compared, "
            f"got {before.proposal.id!r} and {after.proposal.id!r}"
        )
    old, new = (dict(nodes(each)) for each in (before, after))
    did, does = dict(performances_of(before)), dict(performances_of(after))
    whats = [
        {place: _what(each, whole) for place, each in found.items()}
        for found, whole in ((old, before), (new, after))
    ]
    changes = [
        Change(now or then, old.get(then), new.get(now), did.get(then), does.get(now))
        for then, now in _places(*whats)
    ]
    return Comparison(before, after, tuple(filter(_is_change, changes)))


def _places(old: dict[str, Hashable], new: dict[str, Hashable]) -> Iterator[tuple[str, str]]:
    """Yield where each node stood and stands; an empty place where it did not, or does not.

    What only stands elsewhere, as a word that a text in force no longer rests on, is one node; and
    what stands at a place that both have is told there.
    """
    both = old.keys() & new.keys()
    told = {found[place] for found in (old, new) for place in both}
    left = {old[place]: place for place in reversed(old) if place not in new}
    come = {new[place]: place for place in reversed(new) if place not in old}
    for place in old | new:
        if place in both:
            yield place, place
            continue
        what = old[place] if place in old else new[place]
        if what not in told:
            told.add(what)
            yield left.get(what, ""), come.get(what, "")


def _what(finding: Finding, whole: Assessment) -> Hashable:
    """Return what makes two findings one node though they stand at different places."""
    each, meaning = finding.precondition, finding.meaning
    is_now = finding.view.at == whole.view.at
    return (finding.condition, is_now, each and each.id, meaning and meaning.id)


def _is_change(change: Change) -> bool:
    """Whether a verdict, a stance or a performance differs: 25 of 33 is more than 0."""
    before = standing_of(change.before, change.performed_before)
    return before != standing_of(change.after, change.performed_after)


def performances_of(assessment: Assessment) -> Iterator[tuple[str, Performance]]:
    """Yield what became of each clause, and of what each obligor owes, by its address."""
    for each in assessment.provisions:
        if each.finding is not None and each.performance is not None:
            yield each.finding.address, each.performance
        yield from ((one.finding.address, one.performance) for one in each.obligors)


def standing_of(finding: Finding | None, performance: Performance | None) -> tuple[object, ...]:
    """Return what counts in a comparison: verdict and stance, and what became of a clause."""
    found = (None,) if finding is None else (finding.verdict, finding.stance)
    if performance is None:
        return found
    return (*found, performance.kind, performance.progress, len(performance.violations))


def _refuse_no_assessment(given: object, argument: str) -> None:
    if not isinstance(given, Assessment):
        raise ModelError(
            f"takes an assessment, got {shortened(given)}; assess both scenarios first", argument
        )


def nodes(assessment: Assessment) -> Iterator[tuple[str, Finding]]:
    """Yield every finding of an assessment with its address, from the verdict on the proposal down.

    An address that occurs twice is the same finding.
    """
    roots = [
        assessment.finding,
        *(need for party in assessment.parties for need in (party.finding, *party.preconditions)),
        *(each.finding for each in assessment.provisions if each.finding is not None),
        *(one.finding for each in assessment.provisions for one in each.obligors),
        *(each.finding for each in assessment.questions),
        *(gate.finding for gate in assessment.gates),
    ]
    yield from ((finding.address, finding) for finding in walk_all(roots))
