"""What else could be: what locks, what clashes, what would be enough, and how likely it is."""

from ceasefire_model.analyses.beliefs import Belief, Probability
from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks, Wait, WayOut
from ceasefire_model.analyses.likelihood import Importance, Importances, Likelihood
from ceasefire_model.analyses.packages import Await, Package, Packages
from ceasefire_model.analyses.sequences import Step, Steps
from ceasefire_model.analyses.shifts import Changeable, Obstacle, Reason, Shift, ShiftKind
from ceasefire_model.analyses.theory import Clash, Theory

__all__ = [
    "Await",
    "Belief",
    "Changeable",
    "Clash",
    "Contradiction",
    "Contradictions",
    "Deadlock",
    "Deadlocks",
    "Importance",
    "Importances",
    "Likelihood",
    "Obstacle",
    "Package",
    "Packages",
    "Probability",
    "Reason",
    "Shift",
    "ShiftKind",
    "Step",
    "Steps",
    "Theory",
    "Wait",
    "WayOut",
]
