"""A typed model of conditional acceptance: who said "yes, but", and whether the "but" is met."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ceasefire_model.asking import Askable, asked
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
    Times,
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
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord, Supposition
from ceasefire_model.territories import Territory, TerritoryKind
from ceasefire_model.verdicts import Verdict

__version__ = "0.1.0"

if TYPE_CHECKING:  # what is imported here is loaded when it is first asked for, see _LATE
    from ceasefire_model.analyses.contradictions import contradictions
    from ceasefire_model.analyses.deadlocks import deadlocks
    from ceasefire_model.analyses.likelihood import importance, likelihood
    from ceasefire_model.analyses.news import news, watch
    from ceasefire_model.analyses.packages import iter_packages, packages
    from ceasefire_model.analyses.sequences import sequence
    from ceasefire_model.bulk.panels import panel
    from ceasefire_model.bulk.sweeps import sweep
    from ceasefire_model.bulk.worlds import grid, sample
    from ceasefire_model.display.clauses import table
    from ceasefire_model.display.explorer.widget import explore
    from ceasefire_model.display.reports import report
    from ceasefire_model.drafting.completeness import completeness
    from ceasefire_model.drafting.items import checklist
    from ceasefire_model.rules.assessment import assess
    from ceasefire_model.rules.comparison import compare
    from ceasefire_model.rules.evaluation import judge
    from ceasefire_model.rules.findings import evaluate
    from ceasefire_model.rules.timelines import hindsight, timeline
    from ceasefire_model.scenarios import suppose

__all__ = [
    "About",
    "Accepts",
    "Act",
    "After",
    "AllOf",
    "Answered",
    "AnyOf",
    "Askable",
    "AtLeast",
    "AtLeastOf",
    "AtMost",
    "Basis",
    "Bound",
    "By",
    "CannotSay",
    "CeasefireClass",
    "CeasefireError",
    "Cell",
    "Code",
    "Condition",
    "Control",
    "Credibility",
    "Delay",
    "DocumentError",
    "Done",
    "Duty",
    "Ever",
    "Fact",
    "Fulfilled",
    "HeldFor",
    "Holds",
    "InForce",
    "Limits",
    "Meaning",
    "MissingExtraError",
    "ModelError",
    "Moment",
    "Not",
    "Number",
    "Observation",
    "Party",
    "PartyKind",
    "Precondition",
    "Problem",
    "Proposal",
    "Provision",
    "ProvisionKind",
    "Quantity",
    "Question",
    "Range",
    "Reliability",
    "Row",
    "Scenario",
    "ScenarioError",
    "Source",
    "SourceKind",
    "Stance",
    "State",
    "Statement",
    "StatementKind",
    "SupposedFact",
    "SupposedMeaning",
    "SupposedWord",
    "Supposition",
    "Territory",
    "TerritoryKind",
    "Throughout",
    "Times",
    "Timing",
    "Trust",
    "Truth",
    "Unit",
    "UnknownIdError",
    "Vague",
    "Value",
    "Verdict",
    "When",
    "asked",
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
    "grid",
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
    "news",
    "packages",
    "panel",
    "report",
    "sample",
    "schema",
    "sequence",
    "suppose",
    "sweep",
    "table",
    "timeline",
    "watch",
    "weeks",
    "years",
]


_LATE = {
    "assess": "rules.assessment",
    "checklist": "drafting.items",
    "compare": "rules.comparison",
    "completeness": "drafting.completeness",
    "contradictions": "analyses.contradictions",
    "deadlocks": "analyses.deadlocks",
    "evaluate": "rules.findings",
    "explore": "display.explorer.widget",
    "grid": "bulk.worlds",
    "hindsight": "rules.timelines",
    "importance": "analyses.likelihood",
    "iter_packages": "analyses.packages",
    "judge": "rules.evaluation",
    "likelihood": "analyses.likelihood",
    "news": "analyses.news",
    "packages": "analyses.packages",
    "panel": "bulk.panels",
    "report": "display.reports",
    "sample": "bulk.worlds",
    "sequence": "analyses.sequences",
    "suppose": "scenarios",
    "sweep": "bulk.sweeps",
    "table": "display.clauses",
    "timeline": "rules.timelines",
    "watch": "analyses.news",
}
"""In which modules the names are that are imported above for type checkers alone."""

_MODULES = {
    "analyses": "ceasefire_model.analyses",
    "drafting": "ceasefire_model.drafting",
    "plots": "ceasefire_model.display.plots",
    "rules": "ceasefire_model.rules",
    "tables": "ceasefire_model.tables",
}


def __getattr__(name: str) -> object:
    """Load what judges or displays when it is first asked for: reading a document takes neither."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    face = import_module("ceasefire_model.face")
    if name not in _LATE:
        text = face.no_such(name, __dir__())
        raise AttributeError(text, name=name, obj=sys.modules[__name__])
    value: object = face.told(getattr(import_module(f"{__name__}.{_LATE[name]}"), name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what is public, loaded or not; pictures where they can be drawn."""
    modules = set(_MODULES) - (set() if find_spec("matplotlib") else {"plots"})
    return sorted([*__all__, *modules, "__version__"])
