"""A typed model of conditional acceptance: who said "yes, but", and whether the "but" is met."""

from importlib import import_module
from typing import TYPE_CHECKING

from ceasefire_model.cases import case_names, load_case
from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtLeastOf,
    AtMost,
    Bound,
    By,
    Condition,
    Done,
    Ever,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    Not,
    Throughout,
    Times,
    Vague,
    When,
)
from ceasefire_model.documents import Limits, dump, dumps, load, loads, schema
from ceasefire_model.errors import (
    CeasefireError,
    DocumentError,
    MissingExtraError,
    ModelError,
    Problem,
    ScenarioError,
    UnknownIdError,
)
from ceasefire_model.evidence import (
    Credibility,
    Observation,
    Reliability,
    Source,
    SourceKind,
    Trust,
)
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Fact,
    Number,
    Quantity,
    Question,
    Range,
    State,
    Truth,
    Value,
)
from ceasefire_model.moments import Delay, Moment, Unit, days, hours, minutes, months, weeks, years
from ceasefire_model.parties import Code, Party, PartyKind
from ceasefire_model.proposals import (
    Basis,
    CeasefireClass,
    Duty,
    Precondition,
    Proposal,
    Provision,
    ProvisionKind,
    Timing,
)
from ceasefire_model.rows import Cell, Row
from ceasefire_model.scenarios import (
    Scenario,
    SupposedFact,
    SupposedMeaning,
    SupposedWord,
    Supposition,
    suppose,
)
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.territories import Territory, TerritoryKind
from ceasefire_model.verdicts import Verdict

if TYPE_CHECKING:
    from ceasefire_model.display.widget import explore
    from ceasefire_model.rules.assessment import (
        Assessment,
        Gate,
        Move,
        MoveKind,
        ObligorAssessment,
        OpenQuestion,
        PartyAssessment,
        ProvisionAssessment,
        assess,
    )
    from ceasefire_model.rules.beliefs import Belief, Probability
    from ceasefire_model.rules.changes import Changeable, Obstacle, Reason, Shift
    from ceasefire_model.rules.checklist import BaseRate, ChecklistItem, Severity, checklist
    from ceasefire_model.rules.comparison import Change, Comparison, compare
    from ceasefire_model.rules.completeness import Completeness, completeness
    from ceasefire_model.rules.contradictions import (
        Clash,
        Contradiction,
        Contradictions,
        Theory,
        contradictions,
    )
    from ceasefire_model.rules.coverage import Coverage, Presence
    from ceasefire_model.rules.deadlocks import Deadlock, Deadlocks, Wait, WayOut, deadlocks
    from ceasefire_model.rules.evaluation import Finding, Progress, evaluate, judge
    from ceasefire_model.rules.likelihood import (
        Importance,
        Importances,
        Likelihood,
        importance,
        likelihood,
    )
    from ceasefire_model.rules.lint import Lint, LintRule
    from ceasefire_model.rules.packages import Package, Packages, iter_packages, packages
    from ceasefire_model.rules.performance import Performance, PerformanceKind
    from ceasefire_model.rules.readings import Reading, Says
    from ceasefire_model.rules.sequences import Step, Steps, sequence
    from ceasefire_model.rules.timelines import Span, Timeline, hindsight, timeline

__all__ = [
    "About",
    "Accepts",
    "Act",
    "After",
    "AllOf",
    "Answered",
    "AnyOf",
    "Assessment",
    "AtLeast",
    "AtLeastOf",
    "AtMost",
    "BaseRate",
    "Basis",
    "Belief",
    "Bound",
    "By",
    "CannotSay",
    "CeasefireClass",
    "CeasefireError",
    "Cell",
    "Change",
    "Changeable",
    "ChecklistItem",
    "Clash",
    "Code",
    "Comparison",
    "Completeness",
    "Condition",
    "Contradiction",
    "Contradictions",
    "Control",
    "Coverage",
    "Credibility",
    "Deadlock",
    "Deadlocks",
    "Delay",
    "DocumentError",
    "Done",
    "Duty",
    "Ever",
    "Fact",
    "Finding",
    "Fulfilled",
    "Gate",
    "HeldFor",
    "Holds",
    "Importance",
    "Importances",
    "InForce",
    "Likelihood",
    "Limits",
    "Lint",
    "LintRule",
    "Meaning",
    "MissingExtraError",
    "ModelError",
    "Moment",
    "Move",
    "MoveKind",
    "Not",
    "Number",
    "ObligorAssessment",
    "Observation",
    "Obstacle",
    "OpenQuestion",
    "Package",
    "Packages",
    "Party",
    "PartyAssessment",
    "PartyKind",
    "Performance",
    "PerformanceKind",
    "Precondition",
    "Presence",
    "Probability",
    "Problem",
    "Progress",
    "Proposal",
    "Provision",
    "ProvisionAssessment",
    "ProvisionKind",
    "Quantity",
    "Question",
    "Range",
    "Reading",
    "Reason",
    "Reliability",
    "Row",
    "Says",
    "Scenario",
    "ScenarioError",
    "Severity",
    "Shift",
    "Source",
    "SourceKind",
    "Span",
    "Stance",
    "State",
    "Statement",
    "StatementKind",
    "Step",
    "Steps",
    "SupposedFact",
    "SupposedMeaning",
    "SupposedWord",
    "Supposition",
    "Territory",
    "TerritoryKind",
    "Theory",
    "Throughout",
    "Timeline",
    "Times",
    "Timing",
    "Trust",
    "Truth",
    "Unit",
    "UnknownIdError",
    "Vague",
    "Value",
    "Verdict",
    "Wait",
    "WayOut",
    "When",
    "assess",
    "case_names",
    "checklist",
    "compare",
    "completeness",
    "contradictions",
    "days",
    "deadlocks",
    "dump",
    "dumps",
    "evaluate",
    "explore",
    "hindsight",
    "hours",
    "importance",
    "iter_packages",
    "judge",
    "likelihood",
    "load",
    "load_case",
    "loads",
    "minutes",
    "months",
    "packages",
    "schema",
    "sequence",
    "suppose",
    "timeline",
    "weeks",
    "years",
]

_RULES = {
    "Assessment": "assessment",
    "Gate": "assessment",
    "Move": "assessment",
    "MoveKind": "assessment",
    "ObligorAssessment": "assessment",
    "OpenQuestion": "assessment",
    "PartyAssessment": "assessment",
    "ProvisionAssessment": "assessment",
    "assess": "assessment",
    "Changeable": "changes",
    "Obstacle": "changes",
    "Reason": "changes",
    "Shift": "changes",
    "BaseRate": "checklist",
    "ChecklistItem": "checklist",
    "Severity": "checklist",
    "checklist": "checklist",
    "Change": "comparison",
    "Comparison": "comparison",
    "compare": "comparison",
    "Completeness": "completeness",
    "completeness": "completeness",
    "Clash": "contradictions",
    "Contradiction": "contradictions",
    "Contradictions": "contradictions",
    "Theory": "contradictions",
    "contradictions": "contradictions",
    "Coverage": "coverage",
    "Presence": "coverage",
    "Deadlock": "deadlocks",
    "Deadlocks": "deadlocks",
    "Wait": "deadlocks",
    "WayOut": "deadlocks",
    "deadlocks": "deadlocks",
    "Finding": "evaluation",
    "Progress": "evaluation",
    "evaluate": "evaluation",
    "judge": "evaluation",
    "Belief": "beliefs",
    "Importance": "likelihood",
    "Importances": "likelihood",
    "Likelihood": "likelihood",
    "Probability": "beliefs",
    "importance": "likelihood",
    "likelihood": "likelihood",
    "Lint": "lint",
    "LintRule": "lint",
    "Package": "packages",
    "Packages": "packages",
    "iter_packages": "packages",
    "packages": "packages",
    "Performance": "performance",
    "PerformanceKind": "performance",
    "Reading": "readings",
    "Says": "readings",
    "Step": "sequences",
    "Steps": "sequences",
    "sequence": "sequences",
    "Span": "timelines",
    "Timeline": "timelines",
    "hindsight": "timelines",
    "timeline": "timelines",
}
"""The public names that judge, each with its module in `rules`, loaded when first asked for."""


_DISPLAY = {"explore": "widget"}
"""The public names that display, each with its module in `display`, loaded likewise."""


def __getattr__(name: str) -> object:
    """Load what judges or displays when it is first asked for: reading a document takes neither."""
    for part, modules in (("rules", _RULES), ("display", _DISPLAY)):
        if name in modules:
            module = import_module(f"ceasefire_model.{part}.{modules[name]}")
            value: object = getattr(module, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Name what can be asked for, loaded or not."""
    return sorted({*globals(), *__all__})
