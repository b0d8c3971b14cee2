"""What a scenario refuses, each with its place.

The situation below is sound; each example adds one or two records to it that are not.
"""

from collections import Counter

# ruff: noqa: E501 - one example a line, so that they read as a table
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.conditions import (
    Accepts,
    After,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    By,
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
    walk,
)
from ceasefire_model.consistency import (
    kind_of,
    signed_leaves,
    value_problem,
)
from ceasefire_model.errors import Problem, ScenarioError
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import (
    Act,
    CannotSay,
    Control,
    Number,
    Quantity,
    Question,
    Range,
    State,
    Times,
    Truth,
)
from ceasefire_model.grounds import derived_in, name_of
from ceasefire_model.moments import Moment, days
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision, ProvisionKind
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.strategies import DERIVED, FACTS, conditions, histories, scenarios, values
from ceasefire_model.suppositions import SupposedWord, Supposition
from ceasefire_model.territories import Territory

MARCH, APRIL = Moment("2025-03-01"), Moment("2025-04-01")
TRUCE, VOTE = FACTS[0], FACTS[2]
QUESTION = Question(id="who", text="who?", asked_by="arvenia", asked=MARCH)


def gate(name, of, needs, held_by="arvenia"):
    return Precondition(id=name, of=of, needs=needs, held_by=held_by, text=name)


def clause(name, requires=None, by=("arvenia",), **more):
    duties = [] if requires is None else [Duty(by=by, requires=requires)]
    return Provision(id=name, text=name, duties=duties, **more)


def report(fact="truce", value=True, source="wire", since=MARCH, **more):
    return Observation(fact=fact, value=value, source=source, since=since, **more)


def word(name="new", **more):
    usual = {"speaker": "an envoy", "date": MARCH, "about": About(party="arvenia"), "text": "hm"}
    return Statement(id=name, source="wire", **{"kind": StatementKind.CLAIM, **usual, **more})


SOUND = {
    "parties": [
        Party(id="arvenia", name="Arvenia"),
        Party(id="belmora", name="Belmora"),
        Party(id="league", name="League", members=["arvenia", "belmora"]),
    ],
    "territories": [
        Territory(id="land", name="Land"),
        Territory(id="valley", name="Valley", within="land"),
    ],
    "facts": [
        State(id="truce", text="the truce holds"),
        Act(id="vote", text="a vote is held", by=["arvenia"]),
        Quantity(id="troops", text="soldiers", unit="soldiers"),
        Control(id="share", text="a share", party="arvenia", territory="valley"),
        QUESTION,
    ],
    "sources": [Source(id="wire", name="The Wire"), Source(id="gazette", name="The Gazette")],
    "observations": [report(id="first"), report("share", Range(0.17, 0.2), until=APRIL)],
    "statements": [word("said", party="arvenia", kind=None, stance=Stance.ACCEPTS, about=About(proposal="plan"))],
    "proposals": [
        Proposal(
            id="plan",
            title="The Plan",
            to=["arvenia", "belmora"],
            provisions=[clause("duty", Done("vote")), clause("right")],
        )
    ],
    "preconditions": [gate("first", Accepts("arvenia", "plan"), Done("vote"))],
}  # fmt: skip


def situation(**more):
    """Return the sound situation with more records."""
    kinds = {kind: [*records, *more.pop(kind, [])] for kind, records in SOUND.items()}
    return Scenario(title="a situation", **kinds, **more)


def problems(**more):
    """Return what is wrong with the sound situation and these records."""
    with pytest.raises(ScenarioError) as error:
        situation(**more)
    return [(problem.path, problem.what) for problem in error.value.problems]


def unknown(kind, name, nearest):
    return f"no {kind} {name!r}; did you mean {nearest!r}?"


def is_said(what, path, found):
    return any(place == path and what in said for place, said in found)


def needing(condition):
    return {"preconditions": [gate("new", Holds("truce"), condition)]}


def plan(**more):
    return {"proposals": [Proposal(id="new", title="New", **more)]}


NEW_FACT = "$.facts.new"
NEEDS = "$.preconditions.new.needs"
DANGLING = [
    ({"parties": [Party(id="new", name="N", members=["arvenio"])]}, "$.parties.new.members[0]", unknown("party", "arvenio", "arvenia")),
    ({"territories": [Territory(id="new", name="N", within="vally")]}, "$.territories.new.within", unknown("territory", "vally", "valley")),
    ({"facts": [State(id="new", text="n", by=["leage"])]}, f"{NEW_FACT}.by[0]", unknown("party", "leage", "league")),
    ({"facts": [Act(id="new", text="n", by=["arvenia", "z"])]}, f"{NEW_FACT}.by[1]", "no party 'z'; known: 'arvenia', 'belmora', 'league'"),
    ({"facts": [Quantity(id="new", text="n", unit="u", by=["leage"])]}, f"{NEW_FACT}.by[0]", unknown("party", "leage", "league")),
    ({"facts": [Control(id="new", text="n", party="leage", territory="land")]}, f"{NEW_FACT}.party", unknown("party", "leage", "league")),
    ({"facts": [Control(id="new", text="n", party="league", territory="lande")]}, f"{NEW_FACT}.territory", unknown("territory", "lande", "land")),
    ({"facts": [Control(id="new", text="n", party="league", territory="land", by=["leage"])]}, f"{NEW_FACT}.by[0]", unknown("party", "leage", "league")),
    ({"facts": [Question(id="new", text="n", asked_by="leage", asked=MARCH)]}, f"{NEW_FACT}.asked_by", unknown("party", "leage", "league")),
    ({"facts": [Question(id="new", text="n", asked_by="league", asked=MARCH, asked_of=["leage"])]}, f"{NEW_FACT}.asked_of[0]", unknown("party", "leage", "league")),
    ({"sources": [Source(id="new", name="N", party="leage")]}, "$.sources.new.party", unknown("party", "leage", "league")),
    ({"observations": [report("truse")]}, "$.observations[2].fact", unknown("fact", "truse", "truce")),
    ({"observations": [report(source="wier")]}, "$.observations[2].source", unknown("source", "wier", "wire")),
    ({"observations": [report(corrects="frist")]}, "$.observations[2].corrects", unknown("observation", "frist", "first")),
    ({"statements": [word(party="leage")]}, "$.statements.new.party", unknown("party", "leage", "league")),
    ({"statements": [word(about=About(proposal="pan"))]}, "$.statements.new.about.proposal", unknown("proposal", "pan", "plan")),
    ({"statements": [word(about=About(provision="duti"))]}, "$.statements.new.about.provision", unknown("provision", "duti", "duty")),
    ({"statements": [word(about=About(party="leage"))]}, "$.statements.new.about.party", unknown("party", "leage", "league")),
    ({"statements": [word(about=About(territory="lande"))]}, "$.statements.new.about.territory", unknown("territory", "lande", "land")),
    ({"statements": [word(about=About(fact="truse"))]}, "$.statements.new.about.fact", unknown("fact", "truse", "truce")),
    ({"statements": [word(about=About(statement="sayd"))]}, "$.statements.new.about.statement", unknown("statement", "sayd", "said")),
    ({"statements": [word(about=About(precondition="frist"))]}, "$.statements.new.about.precondition", unknown("precondition", "frist", "first")),
    (plan(by=["leage"]), "$.proposals.new.by[0]", unknown("party", "leage", "league")),
    (plan(to=["leage"]), "$.proposals.new.to[0]", unknown("party", "leage", "league")),
    (plan(previous="plam"), "$.proposals.new.previous", unknown("proposal", "plam", "plan")),
    (plan(prolongs="plam"), "$.proposals.new.prolongs", unknown("proposal", "plam", "plan")),
    (plan(provisions=[clause("x", starts=After(Done("vot"), days(1)))]), "$.proposals.new.provisions.x.starts.after.done", unknown("act", "vot", "vote")),
    (plan(provisions=[clause("x", ends=After(Done("vot"), days(1)))]), "$.proposals.new.provisions.x.ends.after.done", unknown("act", "vot", "vote")),
    (plan(provisions=[Provision(id="x", text="x", duties=[Duty(by=["league"], requires=Done("vote"), due=After(Done("vot"), days(1)))])]), "$.proposals.new.provisions.x.duties[0].due.after.done", unknown("act", "vot", "vote")),
    (plan(in_force="truse"), "$.proposals.new.in_force", unknown("state", "truse", "truce")),
    (plan(provisions=[clause("x", Done("vote"), by=["leage"])]), "$.proposals.new.provisions.x.duties[0].by[0]", unknown("party", "leage", "league")),
    (plan(provisions=[clause("x", Done("vot"))]), "$.proposals.new.provisions.x.duties[0].requires.done", unknown("act", "vot", "vote")),
    (plan(provisions=[clause("x", verified_by=["leage"])]), "$.proposals.new.provisions.x.verified_by[0]", unknown("party", "leage", "league")),
    (plan(provisions=[clause("x", replaces="duti")]), "$.proposals.new.provisions.x.replaces[0]", unknown("provision", "duti", "duty")),
    ({"preconditions": [gate("new", Accepts("arvenia", "plan"), Done("vote"), "leage")]}, "$.preconditions.new.held_by", unknown("party", "leage", "league")),
    ({"preconditions": [gate("new", Not(Accepts("arvenia", "pln")), Done("vote"))]}, "$.preconditions.new.of.not.accepts.of", unknown("proposal or provision", "pln", "plan")),
    ({"preconditions": [Precondition(id="new", of=Done("vote"), needs=Holds("truce"), held_by="league", text="n", statement="sayd")]}, "$.preconditions.new.statement", unknown("statement", "sayd", "said")),
    (needing(Done("truce")), f"{NEEDS}.done", "an act is needed here, but 'truce' is a state; known: 'vote'"),
    (needing(Holds("who")), f"{NEEDS}.holds", "a state is needed here, but 'who' is a question; known: 'truce'"),
    (needing(Answered("vote")), f"{NEEDS}.answered", "a question is needed here, but 'vote' is an act; known: 'who'"),
    (needing(AtLeast("vote", 1)), f"{NEEDS}.at_least.fact", "a quantity or a share is needed here, but 'vote' is an act; known: 'share', 'troops'"),
    (needing(AtMost("troop", 1)), f"{NEEDS}.at_most.fact", unknown("quantity or share", "troop", "troops")),
    (needing(AtMost("troops", Times(2, "truce"))), f"{NEEDS}.at_most.value.fact", "a quantity or a share is needed here, but 'truce' is a state; known: 'share', 'troops'"),
    (needing(Holds("share")), f"{NEEDS}.holds", "a state is needed here, but 'share' is a share of a territory; known: 'truce'"),
    (needing(Done("troops")), f"{NEEDS}.done", "an act is needed here, but 'troops' is a quantity; known: 'vote'"),
    (needing(Accepts("leage", "plan")), f"{NEEDS}.accepts.party", unknown("party", "leage", "league")),
    (needing(Accepts("league", "dutie")), f"{NEEDS}.accepts.of", unknown("proposal or provision", "dutie", "duty")),
    (needing(InForce("dutie")), f"{NEEDS}.in_force", unknown("proposal or provision", "dutie", "duty")),
    (needing(Fulfilled("plan")), f"{NEEDS}.fulfilled.provision", "a provision is needed here, but 'plan' is a proposal; known: 'duty', 'right'"),
    (needing(~(Done("vote") & (Holds("truce") | Done("vot")))), f"{NEEDS}.not.all_of[1].any_of[1].done", unknown("act", "vot", "vote")),
    (plan(starts=After(Done("vot"), days(1))), "$.proposals.new.starts.after.done", unknown("act", "vot", "vote")),
    (plan(ends=After(Done("vot"), days(1))), "$.proposals.new.ends.after.done", unknown("act", "vot", "vote")),
    (plan(provisions=[clause("x", due=After(Done("vot"), days(1)))]), "$.proposals.new.provisions.x.due.after.done", unknown("act", "vot", "vote")),
    (needing(Ever(Done("vot"))), f"{NEEDS}.ever.done", unknown("act", "vot", "vote")),
    (needing(HeldFor(Done("vot"), days(1))), f"{NEEDS}.held_for.condition.done", unknown("act", "vot", "vote")),
    (needing(By(Done("vote"), After(Done("vot"), days(1)))), f"{NEEDS}.by.due.after.done", unknown("act", "vot", "vote")),
    (needing(Throughout(Done("vote"), MARCH, After(Done("vot"), days(1)))), f"{NEEDS}.throughout.end.after.done", unknown("act", "vot", "vote")),
    (needing(When(Done("vote"), Done("vot"))), f"{NEEDS}.when.then.done", unknown("act", "vot", "vote")),
    (needing(Vague(id="v", text="v", meanings=[Meaning(id="m", text="m", condition=Done("vot"), held_by=["league"])])), f"{NEEDS}.vague.meanings.m.condition.done", unknown("act", "vot", "vote")),
    (needing(Vague(id="v", text="v", meanings=[Meaning(id="m", text="m", condition=Done("vote"), held_by=["leage"])])), f"{NEEDS}.vague.meanings.m.held_by[0]", unknown("party", "leage", "league")),
]  # fmt: skip

TRUTHS = "so its value is true or false, got"
UNFIT = [
    ({"observations": [report("truce", 1)]}, "$.observations[2].value", f"'truce' is a state, {TRUTHS} 1; write true"),
    ({"observations": [report("vote", Range(0, 1))]}, "$.observations[2].value", f"'vote' is an act, {TRUTHS} 0 to 1"),
    ({"observations": [report("who", 0)]}, "$.observations[2].value", f"'who' is a question, {TRUTHS} 0; write false"),
    ({"observations": [report("vote", 2)]}, "$.observations[2].value", f"'vote' is an act, {TRUTHS} 2"),
    ({"observations": [report("vote", Range(None, 1))]}, "$.observations[2].value", f"'vote' is an act, {TRUTHS} at most 1"),
    ({"observations": [report("troops", True)]}, "$.observations[2].value", "'troops' is a quantity, so its value is a number, got true"),
    ({"observations": [report("share", False)]}, "$.observations[2].value", "'share' is a share of a territory, so its value is a number, got false"),
    ({"observations": [report("share", 1.01)]}, "$.observations[2].value", "a share lies between 0 and 1, got 1.01"),
    ({"observations": [report("share", -0.01)]}, "$.observations[2].value", "a share lies between 0 and 1, got -0.01"),
    ({"observations": [report("share", Range(0.9, 1.1))]}, "$.observations[2].value", "a share lies between 0 and 1, got 0.9 to 1.1"),
    ({"observations": [report("share", Range(-1, None))]}, "$.observations[2].value", "a share lies between 0 and 1, got at least -1"),
    ({"observations": [report("vote", until=APRIL)]}, "$.observations[2].until", "an act once done stays done; leave it out"),
    ({"observations": [report(until=Moment("2025-02-28"))]}, "$.observations[2].until", "ends before it begins; mend since or until"),
    ({"observations": [report(since=Moment("2025-03-01T00:00Z"), until=Moment("2025-03-01T00:00Z"))]}, "$.observations[2].until", "ends before it begins; mend since or until"),
    ({"observations": [report("vote", corrects="first")]}, "$.observations[2].corrects", "a source corrects its own report on the same fact; another source that says otherwise is an observation of its own"),
    ({"observations": [report(source="gazette", corrects="first")]}, "$.observations[2].corrects", "a source corrects its own report on the same fact; another source that says otherwise is an observation of its own"),
    ({"statements": [word(date=MARCH, reported=Moment("2025-02"))]}, "$.statements.new.reported", "reported before it was said; mend one of the two"),
    (plan(starts=APRIL, ends=Moment("2025-03-31")), "$.proposals.new.ends", "ends before it starts; mend starts or ends"),
    (plan(provisions=[clause("x", starts=APRIL, ends=MARCH)]), "$.proposals.new.provisions.x.ends", "ends before it starts; mend starts or ends"),
    (needing(Fulfilled("x")) | plan(provisions=[clause("x", Done("vote"), kind=ProvisionKind.RIGHT)]), NEEDS, "'x' is a right, which nobody can fulfil; ask whether it stands: in_force(x)"),
    (needing(Fulfilled("x")) | plan(provisions=[clause("x", kind=ProvisionKind.DECLARATION)]), NEEDS, "'x' is a declaration, which nobody can fulfil; ask whether it stands: in_force(x)"),
    (plan(starts=Moment("2025-03-01T00:00Z"), ends=Moment("2025-03-01T00:00Z")), "$.proposals.new.ends", "ends before it starts; mend starts or ends"),
    (needing(AtLeast("share", 1.2)), NEEDS, "a share lies between 0 and 1, got 1.2"),
    (needing(~AtMost("share", -0.5)), NEEDS, "a share lies between 0 and 1, got -0.5"),
    (needing(Fulfilled("right")), NEEDS, "'right' has no duties, so it cannot be fulfilled"),
    (needing(Fulfilled("right", "arvenia")), NEEDS, "'right' has no duties, so it cannot be fulfilled"),
    (needing(Fulfilled("duty", "belmora")), NEEDS, "'belmora' owes nothing under 'duty'"),
    ({"preconditions": [gate("new", Fulfilled("right"), Done("vote"))]}, "$.preconditions.new.of", "'right' has no duties, so it cannot be fulfilled"),
    (plan(starts=After(Fulfilled("right"), days(1))), "$.proposals.new.starts.after", "'right' has no duties, so it cannot be fulfilled"),
    (plan(provisions=[clause("x", due=After(Fulfilled("right"), days(1)))]), "$.proposals.new.provisions.x.due.after", "'right' has no duties, so it cannot be fulfilled"),
    (needing(Throughout(Done("vote"), APRIL, MARCH)), NEEDS, "ends (2025-03-01) before it starts (2025-04-01); mend one of them"),
    (needing(~Throughout(Done("vote"), Moment("2025-03-01T00:00Z"), Moment("2025-03-01T00:00Z"))), NEEDS, "ends (2025-03-01T00:00Z) before it starts (2025-03-01T00:00Z); mend one of them"),
    (plan(provisions=[clause("x", Fulfilled("right"))]), "$.proposals.new.provisions.x.duties[0].requires", "'right' has no duties, so it cannot be fulfilled"),
]  # fmt: skip

ITSELF = "needs the very thing that it is a precondition of"
ONCE = "every id is given once"
CHOOSE = "duplicate id among proposals and provisions; choose another"
DUPLICATE = [
    ({"parties": [Party(id="arvenia", name="N")]}, "$.parties.arvenia", f"duplicate id 'arvenia'; {ONCE}"),
    ({"territories": [Territory(id="land", name="N")]}, "$.territories.land", f"duplicate id 'land'; {ONCE}"),
    ({"facts": [Act(id="truce", text="n")]}, "$.facts.truce", f"duplicate id 'truce'; {ONCE}"),
    ({"sources": [Source(id="wire", name="N")]}, "$.sources.wire", f"duplicate id 'wire'; {ONCE}"),
    ({"observations": [report("vote", id="first")]}, "$.observations[2]", f"duplicate id 'first'; {ONCE}"),
    ({"statements": [word("said")]}, "$.statements.said", f"duplicate id 'said'; {ONCE}"),
    ({"preconditions": [gate("first", Holds("truce"), Done("vote"))]}, "$.preconditions.first", f"duplicate id 'first'; {ONCE}"),
    ({"proposals": [Proposal(id="plan", title="N")]}, "$.proposals.plan", CHOOSE),
    ({"proposals": [Proposal(id="duty", title="N")]}, "$.proposals.duty", CHOOSE),
    (plan(provisions=[clause("plan")]), "$.proposals.new.provisions.plan", CHOOSE),
    (plan(provisions=[clause("duty")]), "$.proposals.new.provisions.duty", CHOOSE),
    (plan(provisions=[clause("new")]), "$.proposals.new.provisions.new", CHOOSE),
    (plan(provisions=[clause("x"), clause("x")]), "$.proposals.new.provisions.x", CHOOSE),
    (plan(starts=After(Vague(id="v", text="v"), days(1)), ends=After(Vague(id="v", text="w"), days(1))), "$.proposals.new.ends.after", "two different demands are called 'v'; give one of them another id"),
    (needing(Vague(id="v", text="v") & Vague(id="v", text="w")), NEEDS, "two different demands are called 'v'; give one of them another id"),
]  # fmt: skip

CIRCLES = [
    ({"parties": [Party(id="x", name="X", members=["x"])]}, "$.parties.x.members", "leads back to itself: x → x; break it"),
    ({"parties": [Party(id="y", name="Y", members=["x"]), Party(id="x", name="X", members=["league", "y"])]}, "$.parties.x.members", "leads back to itself: x → y → x; break it"),
    ({"territories": [Territory(id="x", name="X", within="y"), Territory(id="y", name="Y", within="x")]}, "$.territories.x.within", "leads back to itself: x → y → x; break it"),
    ({"proposals": [Proposal(id="x", title="X", previous="y"), Proposal(id="y", title="Y", previous="x")]}, "$.proposals.x.previous", "leads back to itself: x → y → x; break it"),
    ({"proposals": [Proposal(id="x", title="X", prolongs="y"), Proposal(id="y", title="Y", prolongs="x")]}, "$.proposals.x.prolongs", "leads back to itself: x → y → x; break it"),
    (plan(provisions=[clause("x", replaces=["duty", "y"]), clause("y", replaces="x")]), "$.proposals.new.provisions.x.replaces", "leads back to itself: x → y → x; break it"),
    (plan(provisions=[clause("x", replaces="x")]), "$.proposals.new.provisions.x.replaces", "leads back to itself: x → x; break it"),
    ({"preconditions": [gate("new", Holds("truce"), Done("vote") | Holds("truce"))]}, NEEDS, ITSELF),
    ({"preconditions": [gate("new", Not(Holds("truce")), ~(Done("vote") & Holds("truce")))]}, NEEDS, ITSELF),
    ({"preconditions": [gate("new", Holds("truce"), ~~Holds("truce"))]}, NEEDS, ITSELF),
    ({"preconditions": [gate("new", Holds("truce"), Vague(id="v", text="v", meanings=[Meaning(id="m", text="m", condition=Holds("truce"))]))]}, NEEDS, ITSELF),
]  # fmt: skip

NEGATED = [
    (
        {"preconditions": [gate("new", Accepts("arvenia", "plan"), ~InForce("plan"))]},
        NEEDS,
        ": accepts(arvenia, plan) → in_force(plan) → accepts(arvenia, plan); take in_force(plan) out of ",
    ),
    (
        {"preconditions": [gate("new", Accepts("arvenia", "plan"), ~~InForce("plan"))]},
        NEEDS,
        ": accepts(arvenia, plan) → in_force(plan) → accepts(arvenia, plan); take in_force(plan) out of ",
    ),
    (
        plan(provisions=[clause("x", ~Fulfilled("x", "arvenia"))]),
        "$.proposals.new.provisions.x.duties[0].requires",
        ": fulfilled(x, arvenia) → fulfilled(x, arvenia); take fulfilled(x, arvenia) out of ",
    ),
    (
        {
            "preconditions": [
                gate("new", Accepts("arvenia", "duty"), Vague(id="v", text="v", meanings=[Meaning(id="m", text="m", condition=Holds("truce") & ~Accepts("league", "plan"))])),
                gate("newer", Accepts("belmora", "plan"), Accepts("arvenia", "duty"), "belmora"),
            ]
        },
        NEEDS,
        ": accepts(arvenia, duty) → accepts(league, plan) → accepts(belmora, plan) → accepts(arvenia, duty); take accepts(league, plan) out of ",
    ),
    (
        {
            "proposals": [Proposal(id="new", title="New", provisions=[clause("x", Accepts("belmora", "plan"))])],
            "preconditions": [
                gate("fine", Accepts("arvenia", "plan"), InForce("plan")),
                gate("new", Accepts("arvenia", "plan"), ~Fulfilled("x")),
                gate("newer", Accepts("belmora", "plan"), Accepts("arvenia", "plan"), "belmora"),
            ],
        },
        NEEDS,
        ": accepts(arvenia, plan) → fulfilled(x) → accepts(belmora, plan) → accepts(arvenia, plan); take fulfilled(x) out of ",
    ),
    (
        {"preconditions": [gate("new", Accepts("arvenia", "plan"), Ever(InForce("plan")))]},
        NEEDS,
        ": accepts(arvenia, plan) → in_force(plan) → accepts(arvenia, plan); take in_force(plan) out of ",
    ),
    (
        {"preconditions": [gate("new", Accepts("arvenia", "plan"), When(InForce("plan"), Done("vote")))]},
        NEEDS,
        ": accepts(arvenia, plan) → in_force(plan) → accepts(arvenia, plan); take in_force(plan) out of ",
    ),
    (
        {"preconditions": [gate("new", Accepts("arvenia", "plan"), By(Done("vote"), After(InForce("plan"), days(1))))]},
        NEEDS,
        ": accepts(arvenia, plan) → in_force(plan) → accepts(arvenia, plan); take in_force(plan) out of ",
    ),
    (
        plan(starts=After(InForce("new"), days(1))),
        "$.proposals.new.starts.after",
        ": in_force(new) → in_force(new); take in_force(new) out of ",
    ),
    (
        plan(ends=After(Ever(InForce("new")), days(1))),
        "$.proposals.new.ends.after",
        ": in_force(new) → in_force(new); take in_force(new) out of ",
    ),
    (
        plan(provisions=[clause("x", Done("vote"), due=After(Fulfilled("x"), days(1)))]),
        "$.proposals.new.provisions.x.due.after",
        ": fulfilled(x) → fulfilled(x); take fulfilled(x) out of ",
    ),
    (
        plan(provisions=[Provision(id="x", text="x", duties=[Duty(by=["league"], requires=Done("vote"), due=After(Fulfilled("x"), days(1)))])]),
        "$.proposals.new.provisions.x.duties[0].due.after",
        ": fulfilled(x) → fulfilled(x); take fulfilled(x) out of ",
    ),
    (
        plan(provisions=[clause("x", Done("vote"), starts=After(Fulfilled("y"), days(1))), clause("y", Done("vote"), starts=After(Fulfilled("x"), days(1)))]),
        "$.proposals.new.provisions.x.starts.after",
        ": fulfilled(x) → fulfilled(y) → fulfilled(x); take fulfilled(y) out of ",
    ),
    (
        plan(starts=After(InForce("x"), days(1)), provisions=[clause("x")]),
        "$.proposals.new.starts.after",
        ": in_force(new) → in_force(x) → in_force(new); take in_force(x) out of ",
    ),
    (
        plan(prolongs="plan", starts=After(InForce("plan"), days(1))),
        "$.proposals.new.starts.after",
        ": in_force(new) → in_force(plan) → in_force(new); take in_force(plan) out of ",
    ),
    (
        plan(previous="plan", starts=After(InForce("plan"), days(1))),
        "$.proposals.new.starts.after",
        ": in_force(new) → in_force(plan) → in_force(new); take in_force(plan) out of ",
    ),
    (
        plan(starts=After(InForce("duty"), days(1)), provisions=[clause("x", replaces="duty")]),
        "$.proposals.new.starts.after",
        ": in_force(new) → in_force(duty) → in_force(new); take in_force(duty) out of ",
    ),
    (
        plan(previous="plan", ends=After(InForce("plan"), days(1))),
        "$.proposals.new.ends.after",
        ": in_force(new) → in_force(plan) → in_force(new); take in_force(plan) out of ",
    ),
    (
        {
            "proposals": [
                Proposal(id="new", title="New", previous="plan"),
                Proposal(id="newer", title="Newer", previous="new", starts=After(InForce("plan"), days(1))),
            ]
        },
        "$.proposals.newer.starts.after",
        ": in_force(newer) → in_force(plan) → in_force(new) → in_force(newer); take in_force(plan) out of ",
    ),
    (
        plan(ends=After(InForce("duty"), days(1)), provisions=[clause("x", replaces="duty")]),
        "$.proposals.new.ends.after",
        ": in_force(new) → in_force(duty) → in_force(new); take in_force(duty) out of ",
    ),
    (
        {
            "proposals": [Proposal(id="new", title="New", by=["arvenia"], starts=After(Accepts("belmora", "new"), days(1)))],
            "preconditions": [gate("newer", Accepts("belmora", "new"), Accepts("arvenia", "new"), "belmora"), gate("newest", Accepts("arvenia", "new"), InForce("new"))],
            "statements": [word(party="belmora", kind=None, stance=Stance.ACCEPTS, about=About(proposal="new"))],
        },
        "$.proposals.new.starts.after",
        ": in_force(new) → accepts(belmora, new) → accepts(arvenia, new) → in_force(new); take accepts(belmora, new) out of ",
    ),
]  # fmt: skip

REFUSED = [*DANGLING, *UNFIT, *DUPLICATE, *CIRCLES, *NEGATED]


@pytest.mark.parametrize(("more", "path", "what"), REFUSED, ids=[path for _, path, _ in REFUSED])
def test_what_does_not_fit_is_refused_with_its_place(more, path, what):
    assert is_said(what, path, problems(**more))


@pytest.mark.parametrize(
    ("more", "path", "what"),
    [example for example in REFUSED if len(example[0]) == 1],
    ids=[path for more, path, _ in REFUSED if len(more) == 1],
)
def test_adding_refuses_what_building_at_once_refuses(more, path, what):
    [(kind, records)] = more.items()
    with pytest.raises(ScenarioError) as error:
        getattr(situation(), f"with_{kind}")(records)
    found = [(problem.path, problem.what) for problem in error.value.problems]
    assert found == problems(**more)
    assert is_said(what, path, found)


@pytest.mark.parametrize(("more", "path", "what"), REFUSED, ids=[path for _, path, _ in REFUSED])
def test_a_word_imagined_beside_it_changes_nothing_in_what_is_refused(more, path, what):
    word = SupposedWord(Accepts("arvenia", "duty"), Stance.ACCEPTS)
    imagined = Supposition(since=MARCH, words=[word])
    assert problems(**more, suppositions=[imagined]) == problems(**more)


def test_all_problems_are_listed_at_once_in_the_order_of_the_records():
    every = [
        ({"parties": [Party(id="new", name="N", members=["x"])]}, "$.parties.new.members[0]"),
        ({"territories": [Territory(id="new", name="N", within="x")]}, "$.territories.new.within"),
        ({"facts": [State(id="new", text="n", by=["x"])]}, "$.facts.new.by[0]"),
        ({"sources": [Source(id="new", name="N", party="x")]}, "$.sources.new.party"),
        ({"observations": [report("x")]}, "$.observations[2].fact"),
        ({"statements": [word(party="x")]}, "$.statements.new.party"),
        (plan(by=["x"]), "$.proposals.new.by[0]"),
        (needing(Holds("x")), f"{NEEDS}.holds"),
    ]
    found = problems(**{kind: records for more, _ in every for kind, records in more.items()})
    assert [path for path, _ in found] == [path for _, path in every]


def test_the_sound_situation_is_sound():
    assert situation().title == "a situation"


@given(scenarios())
@settings(deadline=None)
def test_what_is_reported_fits_its_fact(scenario):
    for observation in scenario.observations:
        assert value_problem(scenario.fact(observation.fact), observation.value) is None


@given(st.sampled_from(FACTS), st.sampled_from(FACTS), st.data())
def test_a_value_fits_every_fact_whose_values_are_of_its_kind(one, other, data):
    value = data.draw(values(one))
    numeric = {Quantity, Control}
    alike = (type(one) in numeric) is (type(other) in numeric)
    if isinstance(value, CannotSay) or (alike and not isinstance(other, Control)):
        assert value_problem(other, value) is None
    elif not alike:
        assert kind_of(other) in value_problem(other, value)


@given(conditions())
def test_negating_a_condition_negates_every_leaf_that_counts(condition):
    leaves = list(signed_leaves(condition))
    contrary = [leaf.part if isinstance(leaf, Not) else Not(leaf) for leaf in leaves]
    assert list(signed_leaves(~condition)) == contrary
    assert list(signed_leaves(~~condition)) == leaves


@given(histories())
def test_no_derived_leaf_in_a_condition_about_time_may_close_a_circle(condition):
    for outer in (Ever(HELD), HeldFor(HELD, days(1)), When(HELD, HELD), By(HELD, MARCH)):
        assert set(derived_in(outer)) == {(HELD, True)}
    temporal = not isinstance(condition, AllOf | AnyOf)
    assert all(negated for _, negated in derived_in(condition)) or not temporal


HELD = InForce("plan")


@given(conditions())
def test_the_derived_leaves_in_a_condition_are_those_one_meets_in_it(condition):
    found = Counter(leaf for leaf, _ in derived_in(condition))
    assert found == Counter(part for part in walk(condition) if part in DERIVED)
    assert all(negated for _, negated in derived_in(~condition))


class TestPreconditionOfItself:
    def test_needing_the_contrary_is_no_circle(self):
        assert situation(preconditions=[gate("new", Holds("truce"), ~Holds("truce"))])
        assert situation(preconditions=[gate("new", Not(Holds("truce")), Holds("truce"))])

    def test_the_same_fact_at_another_threshold_is_no_circle(self):
        assert situation(preconditions=[gate("new", AtLeast("troops", 2), AtLeast("troops", 1))])


class TestCircles:
    def test_what_counts_from_a_text_s_own_entry_is_none(self):
        entered = After(InForce("new"), days(30))
        clauses = [clause("x", Done("vote"), due=entered, starts=entered, ends=entered)]
        assert situation(**plan(ends=entered, provisions=clauses))

    def test_a_new_version_that_is_accepted_while_the_old_one_is_in_force_is_none(self):
        assert situation(
            proposals=[Proposal(id="new", title="N", to=["belmora"], previous="plan")],
            preconditions=[gate("new", Accepts("belmora", "new"), InForce("plan"), "belmora")],
        )

    def test_a_prolongation_that_waits_for_what_it_prolongs_is_carried(self):
        assert situation(
            proposals=[Proposal(id="new", title="N", to=["belmora"], prolongs="plan")],
            preconditions=[gate("new", Accepts("belmora", "new"), InForce("plan"), "belmora")],
        )

    def test_through_acceptances_in_force_and_fulfilled_they_are_allowed(self):
        assert situation(
            proposals=[Proposal(id="new", title="N", provisions=[clause("x", InForce("plan"))])],
            preconditions=[
                gate("new", Accepts("arvenia", "plan"), Accepts("belmora", "plan")),
                gate("newer", Accepts("belmora", "plan"), Fulfilled("x"), "belmora"),
            ],
        )

    def test_a_negation_outside_of_the_circle_is_allowed(self):
        assert situation(
            preconditions=[gate("new", Accepts("arvenia", "plan"), ~Accepts("belmora", "plan"))]
        )

    def test_what_another_holds_of_an_acceptance_does_not_bind_it(self):
        foreign = gate("new", Accepts("arvenia", "plan"), ~InForce("plan"), "belmora")
        assert situation(preconditions=[foreign])

    def test_a_foreign_precondition_is_not_named_for_the_circle_of_another(self):
        foreign = gate("a", Accepts("arvenia", "plan"), ~Done("vote"), "belmora")
        own = gate("b", Accepts("arvenia", "plan"), ~InForce("plan"))
        [(path, _)] = problems(preconditions=[foreign, own])
        assert path == "$.preconditions.b.needs"

    def test_an_obligor_s_own_duty_alone_closes_a_circle(self):
        both = Provision(
            id="x",
            text="x",
            duties=[
                Duty(by=["arvenia"], requires=Done("vote")),
                Duty(by=["belmora"], requires=~Fulfilled("x", "arvenia")),
            ],
        )
        assert situation(**plan(provisions=[both]))

    def test_a_correction_of_itself_is_refused(self):
        found = problems(observations=[report(id="new", corrects="new")])
        assert "leads back to itself: new → new; break it" in [what for _, what in found]

    def test_two_corrections_of_each_other_are_refused(self):
        loop = [report(id="x", corrects="y"), report(id="y", corrects="x")]
        found = problems(observations=loop)
        assert "leads back to itself: x → y → x; break it" in [what for _, what in found]


class TestBounds:
    def test_an_end_so_long_after_the_start_of_the_same_text_is_no_circle(self):
        assert situation(**plan(ends=After(InForce("new"), days(30))))

    def test_a_start_after_another_text_is_no_circle(self):
        assert situation(**plan(starts=After(InForce("plan"), days(2))))

    def test_a_date_and_an_event_are_not_held_against_each_other(self):
        assert situation(**plan(starts=After(Done("vote"), days(1)), ends=MARCH))
        assert situation(**needing(Throughout(Done("vote"), After(Done("vote"), days(1)), MARCH)))

    def test_a_demand_in_a_bound_is_known(self):
        demand = Vague(id="v", text="v")
        assert situation(**plan(starts=After(demand, days(1)))).index.vague == {"v": demand}

    def test_what_must_last_may_begin_and_end_on_one_day(self):
        assert situation(**needing(Throughout(Done("vote"), MARCH, MARCH)))


class TestBoundaries:
    def test_a_report_may_end_on_the_day_on_which_it_begins(self):
        assert situation(observations=[report(until=MARCH)])

    def test_a_report_that_may_just_have_begun_before_it_ended_is_kept(self):
        assert situation(observations=[report(since=Moment("2025-03"), until=MARCH)])

    def test_an_act_not_done_may_have_an_end(self):
        assert situation(observations=[report("vote", False, until=APRIL)])

    def test_a_statement_may_be_reported_in_the_month_in_which_it_was_said(self):
        assert situation(statements=[word(date=APRIL, reported=Moment("2025-04"))])

    def test_a_statement_may_be_reported_at_the_instant_at_which_it_was_said(self):
        noon = Moment("2025-03-01T12:00Z")
        assert situation(statements=[word(date=noon, reported=Moment("2025-03-01T14:00+02:00"))])

    def test_a_proposal_may_start_and_end_on_one_day(self):
        assert situation(**plan(starts=MARCH, ends=MARCH))

    def test_days_are_read_in_the_time_zone_of_the_scenario(self):
        said = word(date=MARCH, reported=Moment("2025-02-28T23:00Z"))
        assert situation(statements=[said], timezone="Europe/Kyiv")
        assert problems(statements=[said], timezone="UTC")

    @pytest.mark.parametrize("share", [0, 1])
    def test_a_share_may_be_none_or_all(self, share):
        assert situation(observations=[report("share", share)])
        assert situation(**needing(AtLeast("share", share)))

    def test_a_multiple_of_a_share_may_be_more_than_one(self):
        assert situation(**needing(AtLeast("share", Times(2, "share"))))

    def test_a_joint_obligor_may_be_named(self):
        joint = clause("x", Done("vote"), by=["arvenia", "belmora"])
        assert situation(**plan(provisions=[joint]), **needing(Fulfilled("x", "belmora")))

    def test_the_same_demand_may_stand_in_several_places(self):
        demand = Vague(id="v", text="v")
        assert situation(**needing(demand & (Done("vote") | demand))).index.vague == {"v": demand}

    def test_one_id_may_be_used_for_records_of_different_kinds(self):
        assert situation(territories=[Territory(id="arvenia", name="Arvenia")])


class TestValueProblem:
    @pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
    def test_anybody_may_be_unable_to_say(self, fact):
        assert value_problem(fact, CannotSay()) is None

    def test_a_range_of_shares(self):
        share = FACTS[6]
        assert value_problem(share, Range(0, 1)) is None
        assert value_problem(share, Range(None, 0.5)) is None
        assert value_problem(share, Range(None, 1.5)) is not None
        assert value_problem(share, Range(0.5, None)) is None

    def test_a_quantity_may_be_below_nothing(self):
        assert value_problem(FACTS[4], Number(-5)) is None

    def test_a_truth(self):
        assert value_problem(TRUCE, Truth(False)) is value_problem(VOTE, Truth(True)) is None


class TestNames:
    def test_a_derived_leaf_is_named_by_its_ids(self):
        assert name_of(Accepts("arvenia", "plan")) == "accepts(arvenia, plan)"
        assert name_of(InForce("plan")) == "in_force(plan)"
        assert name_of(Fulfilled("duty")) == "fulfilled(duty)"
        assert name_of(Fulfilled("duty", "arvenia")) == "fulfilled(duty, arvenia)"

    def test_a_problem_is_written_with_its_place(self):
        assert str(Problem("$.facts.x", "what")) == "$.facts.x: what"


class TestLongChains:
    LENGTH = 2_000

    def fulfilled_chain(self):
        last = clause("p0", Done("vote"))
        rest = [clause(f"p{n}", Fulfilled(f"p{n - 1}")) for n in range(1, self.LENGTH)]
        return plan(provisions=[last, *rest])

    def test_of_provisions_are_checked(self):
        more = self.fulfilled_chain()
        assert len(situation(**more).proposals[1].provisions) == self.LENGTH

    def test_of_preconditions_are_checked(self):
        texts = [Proposal(id=f"x{n}", title="X") for n in range(self.LENGTH)]
        gates = [
            gate(f"c{n}", Accepts("arvenia", f"x{n}"), Accepts("arvenia", f"x{n + 1}"))
            for n in range(self.LENGTH - 1)
        ]
        assert situation(proposals=texts, preconditions=gates)

    def test_a_circle_through_a_negation_is_found_in_them(self):
        more = self.fulfilled_chain()
        [proposal] = more["proposals"]
        closing = clause("p0", ~Fulfilled(f"p{self.LENGTH - 1}"))
        more = plan(provisions=[closing, *proposal.provisions[1:]])
        [(path, what)] = problems(**more)
        assert path == "$.proposals.new.provisions.p0.duties[0].requires"
        assert f": fulfilled(p0) → fulfilled(p{self.LENGTH - 1}) → " in what

    def test_of_members_and_versions_are_checked(self):
        leagues = [Party(id=f"l{n}", name="L", members=[f"l{n + 1}"]) for n in range(self.LENGTH)]
        leagues.append(Party(id=f"l{self.LENGTH}", name="L"))
        drafts = [Proposal(id="d0", title="D")]
        drafts += [Proposal(id=f"d{n}", title="D", previous=f"d{n - 1}") for n in range(1, self.LENGTH)]  # fmt: skip
        assert situation(parties=leagues, proposals=drafts)
