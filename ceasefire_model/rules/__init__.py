"""Whether stated preconditions are met: the classes of what the rules answer with."""

from ceasefire_model.rules.assessment import (
    Assessment,
    ObligorAssessment,
    OpenQuestion,
    PartyAssessment,
    ProvisionAssessment,
    Replacement,
)
from ceasefire_model.rules.comparison import Change, Comparison
from ceasefire_model.rules.effects import Says
from ceasefire_model.rules.findings import Finding, Need, Progress
from ceasefire_model.rules.gates import Gate
from ceasefire_model.rules.moves import Move, MoveKind
from ceasefire_model.rules.obligations import Stretch
from ceasefire_model.rules.performance import Performance, PerformanceKind
from ceasefire_model.rules.readings import Reading
from ceasefire_model.rules.timelines import Span, Timeline

__all__ = [
    "Assessment",
    "Change",
    "Comparison",
    "Finding",
    "Gate",
    "Move",
    "MoveKind",
    "Need",
    "ObligorAssessment",
    "OpenQuestion",
    "PartyAssessment",
    "Performance",
    "PerformanceKind",
    "Progress",
    "ProvisionAssessment",
    "Reading",
    "Replacement",
    "Says",
    "Span",
    "Stretch",
    "Timeline",
]
