"""Every finding of a connective is what DESIGN makes of the findings that it rests on."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from ceasefire_model import AllOf, AnyOf, AtLeastOf, Not, Verdict, evaluate
from ceasefire_model.strategies import conditions, instants, scenarios
from tests.examples import at_most

OPEN = [Verdict.UNCLEAR, Verdict.UNKNOWN, Verdict.DISPUTED, Verdict.PENDING]


def first(order, found):
    """Return the first verdict of an order that was found; else the last of the order."""
    return next((verdict for verdict in order if verdict in found), order[-1])


def expected(condition, found):
    """Return what a connective comes to, or none if it is no connective."""
    match condition:
        case Not():
            swapped = {Verdict.MET: Verdict.UNMET, Verdict.UNMET: Verdict.MET}
            return swapped.get(found[0], found[0])
        case AllOf():
            return first([Verdict.UNMET, *OPEN, Verdict.MET], found)
        case AnyOf():
            return first([Verdict.MET, *OPEN, Verdict.UNMET], found)
        case AtLeastOf(count=count) if found.count(Verdict.MET) >= count:
            return Verdict.MET
        case AtLeastOf(count=count) if len(found) - found.count(Verdict.UNMET) < count:
            return Verdict.UNMET
        case AtLeastOf():
            return first(OPEN, found)
        case _:
            return None


@settings(max_examples=at_most(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(), scenarios(), instants())
def test_a_connective_is_what_its_parts_make_it(condition, scenario, as_of):
    for node in evaluate(scenario, condition, as_of=as_of).walk():
        found = [part.verdict for part in node.parts]
        assert expected(node.condition, found) in {node.verdict, None}, node.address
