"""Every public record, verb and method, called with everything that does not belong there.

An argument of a wrong type, or a number or a time out of all measure, is answered or refused with
an error that names the argument: never with an error of Python's own from the inside.
With CI set, every value is tried for every argument; else some of them, others for each.
"""

import contextlib
import os
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from inspect import getattr_static, isclass, signature
from pathlib import Path
from time import process_time
from types import FunctionType

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ceasefire_model as cm
from ceasefire_model import (
    About,
    Accepts,
    Act,
    After,
    AllOf,
    AnyOf,
    AtMost,
    By,
    CannotSay,
    CeasefireError,
    Control,
    Delay,
    Done,
    Duty,
    HeldFor,
    Holds,
    Limits,
    Meaning,
    Moment,
    Not,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Range,
    Scenario,
    Source,
    State,
    Statement,
    Territory,
    Times,
    Trust,
    Vague,
    Verdict,
)
from tests.examples import at_most

pytest.importorskip("clingo")
np = pytest.importorskip("numpy")

DAY = "2031-05-02"
VOTE = Done("vote")
OPEN = Provision(id="open", text="o", duties=[Duty(by=["A"], requires=VOTE, due="2031-06")])
HOLD = Provision(
    id="hold",
    text="h",
    kind="standing duty",
    duties=[Duty(by=["B"], requires=AtMost("troops", 4))],
)
SAFE = Vague(
    id="safe",
    text="all are safe",
    complete=True,
    meanings=[
        Meaning(id="few", text="f", condition=AtMost("troops", 3), held_by=["A"]),
        Meaning(id="voted", text="v", condition=VOTE, held_by=["B"]),
    ],
)
NEEDS = AllOf(
    [
        Not(Holds("curfew")),
        SAFE,
        HeldFor(Not(Holds("curfew")), "7 days"),
        By(VOTE, After(Holds("curfew"), "10 days")),
    ]
)
SCENARIO = Scenario(
    title="the valley",
    parties=[
        Party(id="A", name="A"),
        Party(id="B", name="B"),
        Party(id="C", name="C", members=["A", "B"]),
    ],
    territories=[Territory(id="east", name="east")],
    facts=[
        State(id="curfew", text="a curfew is in force", by=["A"]),
        Act(id="vote", text="a vote is held", by=["A"]),
        Quantity(id="troops", text="troops", unit="soldiers", by=["B"]),
        Control(id="share", text="s", party="A", territory="east"),
        Question(id="who", text="who?", asked_by="A", asked="2031-04-01", asked_of=["B"]),
    ],
    sources=[Source(id="paper", name="P", reliability="B")],
    observations=[
        Observation(id="o1", fact="curfew", value=True, source="paper", since="2031-04-03"),
        Observation(fact="troops", value=(3, 5), source="paper", since="2031-04"),
    ],
    statements=[
        Statement(
            id="yes",
            speaker="X",
            party="A",
            date="2031-04-05",
            about=About(proposal="plan"),
            text="yes, but",
            source="paper",
            stance="accepts with conditions",
        )
    ],
    proposals=[
        Proposal(
            id="plan",
            title="p",
            by=["A"],
            to=["A", "B"],
            tabled="2031-04-01",
            starts=After(VOTE, "3 days"),
            ends="2031-12-31",
            provisions=[OPEN, HOLD],
        )
    ],
    preconditions=[
        Precondition(
            id="first",
            of=Accepts("A", "plan"),
            needs=NEEDS,
            held_by="A",
            text="f",
            statement="yes",
        )
    ],
)
TODAY = cm.assess(SCENARIO, as_of=DAY)


def heard(*_):
    """Take in how far it has come."""


CALLS = {
    "About": {"proposal": "plan"},
    "Accepts": {"party": "A", "of": "plan"},
    "Act": {"id": "a", "text": "t", "by": ["A"]},
    "After": {"condition": VOTE, "delay": "3 days"},
    "AllOf": {"parts": [VOTE]},
    "Answered": {"question": "who"},
    "AnyOf": {"parts": [VOTE]},
    "AtLeast": {"fact": "troops", "value": 3},
    "AtLeastOf": {"count": 1, "parts": [VOTE]},
    "AtMost": {"fact": "troops", "value": 3},
    "By": {"condition": VOTE, "due": DAY},
    "CannotSay": {},
    "Code": {"scheme": "iso", "code": "x"},
    "Control": {"id": "a", "text": "t", "party": "A", "territory": "east", "by": ()},
    "Delay": {"amount": 3, "unit": "days"},
    "Done": {"act": "vote"},
    "Duty": {"by": ["A"], "requires": VOTE, "due": DAY},
    "Ever": {"condition": VOTE},
    "Fulfilled": {"provision": "open", "by": "A"},
    "HeldFor": {"condition": VOTE, "duration": "3 days"},
    "Holds": {"state": "curfew"},
    "InForce": {"of": "plan"},
    "Limits": {"size": 10_000, "nodes": 1_000, "depth": 30, "length": 100},
    "Meaning": {"id": "m", "text": "t", "condition": VOTE, "held_by": ["A"]},
    "Moment": {"text": DAY},
    "Not": {"part": VOTE},
    "Number": {"value": 3},
    "Observation": {
        "fact": "vote",
        "value": True,
        "source": "paper",
        "since": DAY,
        "until": DAY,
        "reported": DAY,
        "credibility": 2,
        "note": "n",
        "reference": "r",
        "id": "o",
        "corrects": "o1",
    },
    "Party": {"id": "P", "name": "n", "kind": "state", "members": ["A"], "codes": [("iso", "x")]},
    "Precondition": {
        "id": "p",
        "of": Accepts("A", "plan"),
        "needs": VOTE,
        "held_by": "A",
        "timing": "before",
        "basis": "stated",
        "text": "t",
        "verified_by": ["B"],
        "statement": "yes",
        "withdrawn": DAY,
        "reference": "r",
    },
    "Proposal": {
        "id": "p",
        "title": "t",
        "by": ["A"],
        "to": ["B"],
        "guaranteed_by": ["C"],
        "text": "t",
        "claims": "preliminary ceasefire",
        "tabled": DAY,
        "starts": DAY,
        "ends": DAY,
        "provisions": [],
        "previous": "plan",
        "prolongs": "x",
        "in_force": "curfew",
        "is_public": False,
        "reference": "r",
    },
    "Provision": {
        "id": "p",
        "text": "t",
        "kind": "duty",
        "duties": [Duty(by=["A"], requires=VOTE)],
        "due": DAY,
        "starts": DAY,
        "ends": DAY,
        "survives": False,
        "verified_by": ["B"],
        "verified_how": "h",
        "topics": [],
        "replaces": ["open"],
        "reference": "r",
    },
    "Quantity": {"id": "q", "text": "t", "unit": "u", "per": "day", "cumulative": False, "by": "A"},
    "Question": {"id": "q", "text": "t", "asked_by": "A", "asked": DAY, "asked_of": ["B"]},
    "Range": {"low": 1, "high": 3},
    "Scenario": {
        "title": "t",
        "timezone": "UTC",
        "text": "t",
        "parties": SCENARIO.parties,
        "territories": SCENARIO.territories,
        "facts": SCENARIO.facts,
        "sources": SCENARIO.sources,
        "observations": SCENARIO.observations,
        "statements": SCENARIO.statements,
        "proposals": SCENARIO.proposals,
        "preconditions": SCENARIO.preconditions,
        "suppositions": [],
    },
    "Source": {"id": "s", "name": "n", "kind": "news", "party": "A", "reliability": "B"},
    "State": {"id": "s", "text": "t", "by": ["A"]},
    "Statement": {
        "id": "s",
        "speaker": "x",
        "party": "A",
        "date": DAY,
        "reported": DAY,
        "about": About(proposal="plan"),
        "text": "t",
        "source": "paper",
        "reference": "r",
        "stance": "accepts",
        "kind": None,
    },
    "SupposedFact": {"fact": "vote", "value": True},
    "SupposedMeaning": {"vague": "safe", "meaning": "few"},
    "SupposedWord": {"of": "A:plan", "stance": "accepts"},
    "Supposition": {
        "since": DAY,
        "facts": {"vote": True},
        "words": {"A:plan": "accepts"},
        "meanings": {"safe": "few"},
        "without": ["first"],
        "together": ["first"],
    },
    "Territory": {"id": "t", "name": "n", "kind": "region", "within": "east", "codes": ()},
    "Throughout": {"condition": VOTE, "start": DAY, "end": "2031-06"},
    "Times": {"factor": 3, "fact": "troops"},
    "Trust": {
        "only": ["paper"],
        "without": ["x"],
        "party": "A",
        "within_days": 3,
        "credibility": 2,
        "most_reliable": True,
    },
    "Truth": {"value": True},
    "Vague": {"id": "v", "text": "t", "meanings": [], "complete": False},
    "When": {"trigger": VOTE, "then": VOTE},
    "asked": {"scenario": SCENARIO, "what": "vote"},
    "assess": {"proposal": "plan"},
    "case_names": {},
    "checklist": {},
    "compare": {"before": TODAY, "after": TODAY},
    "completeness": {"scenario": SCENARIO, "proposal": "plan"},
    "contradictions": {"limit": 3, "progress": heard},
    "days": {"amount": 3},
    "deadlocks": {"target": "A:plan", "limit": 3, "progress": heard},
    "dump": {"scenario": SCENARIO, "path": "plan.yaml"},
    "dumps": {"scenario": SCENARIO, "syntax": "yaml"},
    "evaluate": {"condition": "A:plan"},
    "explore": {"proposal": "plan", "since": DAY},
    "grid": {"axes": {"vote": [True, False]}},
    "hindsight": {
        "scenario": SCENARIO,
        "condition": "vote",
        "as_of": DAY,
        "until": "2031-06-01",
        "trust": Trust(),
    },
    "hours": {"amount": 3},
    "importance": {"target": "vote", "beliefs": {"vote": 0.5}, "nodes": 99, "progress": heard},
    "iter_packages": {"target": "A:plan", "fixed": ["share"], "costs": {"vote": 3}},
    "judge": {"condition": VOTE, "leaf": lambda _: Verdict.MET},
    "likelihood": {"target": "vote", "beliefs": {"vote": 0.5}, "nodes": 99, "progress": heard},
    "load": {"path": "plan.yaml", "limits": Limits()},
    "load_case": {"name": "us-30-day-2025"},
    "loads": {"text": cm.dumps(SCENARIO), "source": "s", "limits": Limits()},
    "minutes": {"amount": 3},
    "months": {"amount": 3},
    "news": {
        "scenario": SCENARIO,
        "proposal": "plan",
        "start": "2031-04-01",
        "end": DAY,
        "known_by": DAY,
        "trust": Trust(),
        "unchanged": True,
        "progress": heard,
    },
    "packages": {
        "target": "A:plan",
        "fixed": ["share"],
        "costs": {"vote": 3},
        "limit": 3,
        "seconds": 5,
        "progress": heard,
    },
    "panel": {
        "scenarios": {"s": SCENARIO},
        "ask": {"held": "vote"},
        "start": "2031-04-01",
        "end": DAY,
        "every": "1 week",
        "executor": None,
        "progress": heard,
    },
    "report": {"proposal": "plan", "dates": ["2031-04-01"]},
    "sample": {"beliefs": {"vote": 0.5}, "n": 10, "seed": 1},
    "schema": {},
    "sequence": {"target": "A:plan", "limit": 3, "progress": heard},
    "suppose": {
        "scenario": SCENARIO,
        "facts": {"vote": True},
        "since": DAY,
        "words": {"A:plan": "accepts"},
        "meanings": {"safe": "few"},
        "without": ["first"],
        "together": (),
    },
    "sweep": {
        "target": "A:plan",
        "worlds": {"vote": [True, False]},
        "columns": ["met"],
        "keep": (),
        "progress": heard,
    },
    "table": {
        "scenario": SCENARIO,
        "ids": ["open"],
        "dates": [DAY],
        "known_by": DAY,
        "trust": Trust(),
    },
    "timeline": {
        "scenario": SCENARIO,
        "condition": "vote",
        "start": "2031-04-01",
        "end": DAY,
        "known_by": DAY,
        "trust": Trust(),
    },
    "watch": {"scenario": SCENARIO, "proposal": "plan", "start": "2031-04-01", "trust": Trust()},
    "weeks": {"amount": 3},
    "years": {"amount": 3},
}
"""A call of everything public that answers; where no scenario is given, it is completed."""

SUPPOSED = cm.Supposition(since=DAY, facts={"vote": True})
WORLDS = {"target": "A:plan", "worlds": {"vote": [True, False]}, "as_of": DAY}
OWNERS = {
    "Assessment": lambda: TODAY,
    "ClauseTable": lambda: cm.table(SCENARIO, dates=[DAY]),
    "Comparison": lambda: cm.compare(TODAY, TODAY),
    "Completeness": lambda: cm.completeness(SCENARIO, "plan"),
    "Contradictions": lambda: cm.contradictions(SCENARIO, as_of=DAY),
    "Deadlocks": lambda: cm.deadlocks(SCENARIO, as_of=DAY),
    "Delay": lambda: Delay(3, "days"),
    "Finding": lambda: cm.evaluate(SCENARIO, "vote", as_of=DAY),
    "Importances": lambda: cm.importance(SCENARIO, "vote", {"vote": 0.5}, as_of=DAY),
    "Moment": lambda: Moment(DAY),
    "News": lambda: cm.news(SCENARIO, "plan", start="2031-04-01", end=DAY),
    "Packages": lambda: cm.packages(SCENARIO, "A:plan", as_of=DAY),
    "Panel": lambda: cm.panel(
        {"s": SCENARIO}, {"held": "vote"}, start="2031-04-01", end=DAY, every="1 week"
    ),
    "Provision": lambda: OPEN,
    "Report": lambda: cm.report(SCENARIO, "plan", as_of=DAY),
    "Scenario": lambda: SCENARIO,
    "Steps": lambda: cm.sequence(SCENARIO, "A:plan", as_of=DAY),
    "Supposition": lambda: SUPPOSED,
    "Sweep": lambda: cm.sweep(SCENARIO, **WORLDS),
    "Timeline": lambda: cm.timeline(SCENARIO, "vote", start="2031-04-01", end=DAY),
    "Times": lambda: Times("1/3", "troops"),
    "Trust": Trust,
    "Watch": lambda: cm.watch(SCENARIO, "plan", start="2031-04-01"),
}
"""What has methods: each made anew, since a watch is changed by them."""

KINDS = ("party", "territory", "fact", "source", "statement", "proposal", "provision")
INNER = {
    *("Delay.after", "Delay.shifted", "Moment.as_end", "Moment.as_start", "Moment.begins"),
    *("Moment.bounds", "Provision.duties_of", "Times.of", "Trust.hears"),
    *("Watch.expect", "Watch.follow"),
}
"""What rules call with what was checked before; nothing else is promised of it."""

METHODS = {
    "Assessment.provision": {"name": "open"},
    "Assessment.waits_for": {"condition": "A:plan"},
    "Completeness.only": {"presence": None, "severity": None},
    "Report.save": {"path": "report.html"},
    "Scenario.check": {"condition": VOTE},
    **{
        f"Scenario.{kind}": {"name": name}
        for kind, name in zip(
            KINDS, ("A", "east", "vote", "paper", "yes", "plan", "open"), strict=True
        )
    },
    "Scenario.precondition": {"name": "first"},
    "Scenario.with_facts": {"facts": [Act(id="new", text="t")]},
    "Scenario.with_observations": {"observations": SCENARIO.observations[1:]},
    "Scenario.with_parties": {"parties": [Party(id="new", name="N")]},
    "Scenario.with_preconditions": {
        "preconditions": [
            Precondition(id="new", of=Accepts("B", "plan"), needs=VOTE, held_by="B", text="t")
        ]
    },
    "Scenario.with_proposals": {"proposals": [Proposal(id="new", title="N")]},
    "Scenario.with_sources": {"sources": [Source(id="new", name="N")]},
    "Scenario.with_statements": {"statements": [attrs.evolve(SCENARIO.statements[0], id="new")]},
    "Scenario.with_suppositions": {"suppositions": [SUPPOSED]},
    "Scenario.with_territories": {"territories": [Territory(id="new", name="N")]},
    "Supposition.and_then": {"changes": [cm.SupposedFact("vote", value=False)]},
    "Sweep.plane": {"verdict": Verdict.MET},
    "Sweep.share": {"verdict": Verdict.MET, "by": "vote"},
    "Sweep.to_frame": {"library": "polars"},
    "Sweep.world": {"number": 1},
    "Sweep.worlds": {"verdict": Verdict.MET},
    "Panel.to_frame": {"library": "polars"},
    "Timeline.at": {"when": DAY},
    "Timeline.share": {"verdict": Verdict.MET},
    "Trust.of_party": {"party": "A"},
    "Watch.add": {"records": SCENARIO.observations[1]},
    "Watch.advance": {"to": DAY},
}
TABLED = (
    *("Assessment", "ClauseTable", "Comparison", "Completeness", "Contradictions", "Deadlocks"),
    *("Finding", "Importances", "News", "Packages", "Steps", "Timeline"),
)
METHODS |= {f"{name}.to_frame": {"library": "polars"} for name in TABLED}
CALLS |= METHODS

JUDGED = {"scenario": SCENARIO, "as_of": DAY, "known_by": DAY, "trust": Trust()}
for _name, _call in CALLS.items():
    if (
        _name in cm.__all__
        and _name[0].islower()
        and "as_of" in signature(getattr(cm, _name)).parameters
    ):
        CALLS[_name] = {**JUDGED, **_call} if "scenario" not in _call else _call


class Odd:
    """Something that no call has a place for."""

    def __repr__(self):
        return "<odd>"


class Brittle:
    """Something whose parts are of no use."""

    def __iter__(self):
        return iter([1, None, Odd()])


def endless():
    """Return a list that contains itself."""
    ring = []
    ring.append(ring)
    return ring


NUMBERS = [
    *(None, True, 0, -1, 7, 10**7, 10**30, -(10**30), 10**5000, 0.5, 1e308, 5e-324),
    *(float("inf"), -float("inf"), float("nan"), 3j, Fraction(1, 3), Fraction(10**40, 3)),
    *map(Decimal, ("1e999999", "1e-999999", "nan", "snan", "inf")),
]
TEXTS = [
    *("", " ", "nonsense", "1e999999", ":", "a:b:c", "a\0b", "\ud800", "x" * 100_000, "a\nb"),
    *("\u202eabc", "..", "../9000", "0 days", "-5 days", "100 years", "99999999 days"),
    *("999999999 hours", "x\0/x.yaml", "x" * 5000 + ".yaml", "\ud800.yaml", "loop.yaml"),
]
TIMES = [
    *("0001", "0001-01-01", "9999-12-31", "1000-01-01", "9000-12-31", "2000/2099"),
    *("9000-12-31T23:59:59.999999-23:59", "1000-01-01T00:00:00+23:59"),
    *(date.min, date.max, datetime(2031, 5, 2), timedelta.max, UTC),  # noqa: DTZ001 - none, too
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
]
HEAPS = [
    *(b"abc", bytearray(b"x"), memoryview(b"x"), [], (), {}, set(), [1], [None], [[["vote"]]]),
    *([float("nan")], {1: 2}, {None: None}, {"vote": []}, {"x": "y"}, {"vote": float("inf")}),
    *({"troops": 10**40}, {"vote": -1}, {"a": {"a": 1}}, endless(), range(3), Odd(), Brittle()),
    *(np.array([1, 2]), np.array([None, "x"], dtype=object), np.zeros((2, 2)), np.bool_(True)),
    *(np.float64("nan"), np.datetime64("NaT", "ns"), np.int64(3)),
    {f"f{number}": range(100) for number in range(20)},
]
RECORDS = [
    *(SCENARIO.parties[0], *SCENARIO.facts[:3], SCENARIO.observations[0], SCENARIO.proposals[0]),
    *(OPEN, OPEN.duties[0], SCENARIO.preconditions[0], SCENARIO.statements[0], SCENARIO.sources[0]),
    *(
        SCENARIO,
        Trust(),
        Moment("2031"),
        Delay(3, "years"),
        VOTE,
        NEEDS,
        SAFE,
        After(VOTE, "1 day"),
    ),
    *(Verdict.MET, cm.Stance.ACCEPTS, TODAY, Range(1, 2), CannotSay(), Times("1/3", "troops")),
    *(Trust(within_days=36_525), Path("/nowhere/x.yaml"), Path()),
]
HOSTILE = [*NUMBERS, *TEXTS, *TIMES, *HEAPS, *RECORDS]

PAIRS = [(name, argument) for name, call in CALLS.items() for argument in call]
STEP = 1 if os.environ.get("CI") else 20
"""Which of the values are tried: every one, or every twentieth, from another one on each time."""


@pytest.fixture(autouse=True, scope="module")
def _elsewhere(tmp_path_factory):
    with contextlib.chdir(tmp_path_factory.mktemp("elsewhere")):
        Path("loop.yaml").symlink_to("loop.yaml")
        cm.dump(SCENARIO, "plan.yaml")
        yield


OTHERS = {
    "target": ["beliefs"],
    "end": ["known_by"],
    "dates": ["known_by"],
    "library": ["a frame can be made with one of"],
}
"""Arguments that do not fit each other, of which one is named, and what says as much."""


def names(error, argument):
    """Whether an error says what does not fit: the argument, or the field of a record in it."""
    message = str(error).replace("time zone", "timezone")
    if any(each.removesuffix("s") in message for each in (argument, *OTHERS.get(argument, ()))):
        return True
    if isinstance(error, OSError | cm.UnknownIdError | cm.ScenarioError):
        return True
    if isinstance(error, cm.DocumentError):
        return argument in {"text", "path", "limits"}
    return isinstance(error, cm.ModelError) and error.record is not None


ITSELF = {"Moment", "Delay", "days", "hours", "minutes", "months", "weeks", "years"}
"""What is made of one value, so that every error is about it: *no time: 'x'*."""


def called(name):
    """Return what has a name: a record, a verb, or a method of what has it."""
    owner, _, method = name.rpartition(".")
    return getattr(OWNERS[owner](), method) if owner else getattr(cm, name)


def attempt(name, wrong):
    """Call something with wrong arguments, and write what it answers."""
    call = called(name)
    begun = process_time()
    try:
        answer = call(**{**CALLS[name], **wrong})
        if name == "iter_packages":
            next(answer, None)
        repr(answer)
        if isclass(call):
            hash(answer)
    except (CeasefireError, OSError) as error:
        if len(wrong) == 1 and name not in ITSELF and not names(error, *wrong):
            raise AssertionError(f"{name} does not name {[*wrong]}: {error}") from error
    assert process_time() - begun < 10


def test_everything_public_is_called():
    aliases = {"Askable", "Bound", "Cell", "Condition", "Fact", "Row", "Value"}
    told = {
        name
        for name in cm.__all__
        if isclass(kind := getattr(cm, name)) and issubclass(kind, Enum | Exception | cm.Problem)
    }
    assert set(CALLS) - set(METHODS) == set(cm.__all__) - aliases - told


def test_every_method_of_what_is_answered_is_called():
    """Every one that takes anything, of the records and of all that the verbs answer."""
    answers = [called(name)(**call) for name, call in CALLS.items() if name not in METHODS]
    kinds = {type(each) for each in answers if type(each).__module__.startswith("ceasefire_model")}
    assert {
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in dir(kind)
        if name[0] != "_" and isinstance(getattr_static(kind, name), FunctionType | staticmethod)
        if {*signature(getattr(kind, name)).parameters} - {"self", "plain"}
    } == {*METHODS, *INNER}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_is_right_answers(name):
    if name.endswith(".to_frame"):
        pytest.importorskip("polars")
    called(name)(**CALLS[name])


@pytest.mark.parametrize(("name", "argument"), PAIRS, ids=map(".".join, PAIRS))
def test_a_wrong_argument_is_answered_or_refused_by_name(name, argument):
    first = PAIRS.index((name, argument)) * 7 % STEP
    for value in HOSTILE[first::STEP]:
        attempt(name, {argument: value})


@given(st.sampled_from(sorted(CALLS)), st.data())
@settings(max_examples=at_most(400))
def test_several_wrong_arguments_are_answered_or_refused(name, data):
    wrong = {
        argument: HOSTILE[place]
        for argument in CALLS[name]
        if (place := data.draw(st.integers(-len(HOSTILE), len(HOSTILE) - 1))) >= 0
    }
    attempt(name, wrong)


class TestNamed:
    """What was once answered with an error of Python's own, or not at all."""

    @pytest.mark.parametrize("days", [36_526, 10**7, 10**30])
    def test_a_trust_within_more_days_than_a_hundred_years(self, days):
        with pytest.raises(cm.ModelError, match=r"^Trust.within_days must be 0 to 36525 days, got"):
            Trust(within_days=days)

    @pytest.mark.parametrize("text", [b"title: x", None, 3])
    def test_a_text_that_is_none(self, text):
        with pytest.raises(cm.ModelError, match=r"^text must be the text of a document, got"):
            cm.loads(text)

    @pytest.mark.parametrize("path", ["a\0b.yaml", "\ud800.yaml"])
    def test_a_name_that_no_file_can_have(self, path):
        with pytest.raises(cm.ModelError, match=r"^path is no name that a file can have, got"):
            cm.load(path)
        with pytest.raises(cm.ModelError, match=r"^path is no name that a file can have, got"):
            cm.dump(SCENARIO, path)

    def test_links_that_lead_in_a_circle(self):
        with pytest.raises(OSError, match=r"loop\.yaml"):
            cm.load("loop.yaml")
        with pytest.raises(OSError, match=r"loop\.yaml"):
            cm.dump(SCENARIO, "loop.yaml")
        assert Path("loop.yaml").is_symlink()

    def test_a_number_of_more_digits_than_python_writes(self):
        with pytest.raises(cm.ModelError, match="got int of too many digits to write"):
            cm.Number(10**5000)

    def test_more_worlds_than_can_be_counted(self):
        with pytest.raises(cm.ModelError, match=r"^axes make 10,000,.* worlds, and at most"):
            cm.grid({f"f{number}": range(100) for number in range(20)})

    @pytest.mark.parametrize("owner", ["Timeline", "Sweep"])
    def test_a_verdict_that_is_a_text_has_no_share_which_is_not_none_of_the_time(self, owner):
        share = OWNERS[owner]().share
        assert sum(map(share, Verdict)) == pytest.approx(1)
        with pytest.raises(cm.ModelError, match=r"^verdict takes a Verdict, got 'met'; write Verd"):
            share("met")

    def test_a_severity_that_is_a_text_is_not_that_of_no_item(self):
        with pytest.raises(cm.ModelError, match=r"^severity takes a Severity, got 'vital'; write"):
            OWNERS["Completeness"]().only(severity="vital")

    def test_the_number_of_a_world_that_an_array_has(self):
        found = OWNERS["Sweep"]()
        assert found.world(np.int64(1)) == found.world(1)

    @pytest.mark.parametrize("unit", cm.Unit)
    def test_lengths_of_a_hundred_years_within_each_other_end_with_the_times_there_are(self, unit):
        amount = {"minutes": 52_596_000, "hours": 876_600, "days": 36_525, "weeks": 5_217}
        longest = Delay(amount.get(unit.value, 1_200 if unit is cm.Unit.MONTHS else 100), unit)
        held = deadline = Holds("curfew")
        for _ in range(30):
            held = HeldFor(held, longest)
            deadline = By(VOTE, After(deadline, longest))
        always = Scenario(
            title="t",
            facts=SCENARIO.facts[:2],
            parties=SCENARIO.parties,
            sources=SCENARIO.sources,
            observations=[
                Observation(fact="curfew", value=True, source="paper", since="1000-01-01")
            ],
        )
        # what has held since 1000 has held for a hundred years, thirty times over, since 4000
        assert cm.evaluate(always, held, as_of="9000-12-31").verdict is Verdict.MET
        assert cm.evaluate(always, held, as_of="3900-12-31").verdict is not Verdict.MET
        assert cm.evaluate(always, deadline, as_of="9000-12-31").verdict is Verdict.UNKNOWN


def test_deadlines_that_follow_doubtful_events_of_a_century_take_no_time():
    """Three of them, each in the other; a day is judged only where something changes near it."""
    facts = [Act(id=f"act-{number}", text="done") for number in range(4)]
    told = Scenario(
        title="t",
        facts=facts,
        sources=[Source(id="paper", name="P"), Source(id="wire", name="W")],
        observations=[
            Observation(
                fact=fact,
                value=True,
                source=source,
                since=f"{1900 + number}/{1990 + number}",
                reported="2009-01-01",
            )
            for number, fact in enumerate(facts)
            for source in ("paper", "wire")
        ],
    )
    deadline = Done("act-0")
    for fact in facts[1:]:
        either = AnyOf([deadline, Done(fact.id)])
        deadline = By(AllOf([Done(fact.id), deadline]), After(either, "1 month"))
    begun = process_time()
    assert cm.evaluate(told, deadline, as_of="2010-01-01").verdict is Verdict.UNKNOWN
    assert process_time() - begun < 1
