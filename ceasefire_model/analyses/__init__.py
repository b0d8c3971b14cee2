"""What else could be: what locks, what clashes, what would be enough, and how likely it is."""

from ceasefire_model.analyses.beliefs import Belief, Probability
from ceasefire_model.analyses.causes import Cause, Passing, PassingKind
from ceasefire_model.analyses.contradictions import Contradiction, Contradictions
from ceasefire_model.analyses.deadlocks import Deadlock, Deadlocks, Wait, WayOut
from ceasefire_model.analyses.developments import Development, News
from ceasefire_model.analyses.likelihood import Importance, Importances, Likelihood
from ceasefire_model.analyses.packages import Await, Package, Packages
from ceasefire_model.analyses.sequences import Step, Steps
from ceasefire_model.analyses.shifts import Changeable, Obstacle, Reason, Shift, ShiftKind
from ceasefire_model.analyses.subjects import Status, Topic
from ceasefire_model.analyses.theory import Clash, Theory
from ceasefire_model.analyses.watching import Watch

__all__ = [
    "Await",
    "Belief",
    "Cause",
    "Changeable",
    "Clash",
    "Contradiction",
    "Contradictions",
    "Deadlock",
    "Deadlocks",
    "Development",
    "Importance",
    "Importances",
    "Likelihood",
    "News",
    "Obstacle",
    "Package",
    "Packages",
    "Passing",
    "PassingKind",
    "Probability",
    "Reason",
    "Shift",
    "ShiftKind",
    "Status",
    "Step",
    "Steps",
    "Theory",
    "Topic",
    "Wait",
    "Watch",
    "WayOut",
]
