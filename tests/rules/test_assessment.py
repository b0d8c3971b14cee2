"""Assessments: who is assessed, what waits for what, and whose move it is."""

from __future__ import annotations

import pytest
from attrs import evolve

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    Answered,
    AtLeast,
    Basis,
    Done,
    Duty,
    Fulfilled,
    HeldFor,
    Holds,
    InForce,
    Meaning,
    ModelError,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    ProvisionKind,
    Quantity,
    Question,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    UnknownIdError,
    Vague,
    Verdict,
    assess,
    compare,
    days,
    evaluate,
    suppose,
)
from ceasefire_model.rules import MoveKind

DAY = Moment("2025-03-01")
SECURITY = Vague(
    id="security",
    text="security is assured",
    meanings=[Meaning(id="patrols", text="patrols", condition=Holds("patrols"), held_by=["B"])],
)


def word(party: str, stance: Stance, day: str = "2025-03-01") -> Statement:
    return Statement(
        id=f"{party}-{stance.name.lower()}",
        speaker="An envoy",
        party=party,
        date=Moment(day),
        about=About(proposal="plan"),
        text="a word",
        source="wire",
        stance=stance,
    )


def but(name: str, party: str, needs) -> Precondition:
    of = Accepts(party, "plan")
    return Precondition(id=name, held_by=party, of=of, needs=needs, text=f"the need {name}")


def said(fact: str, value, source: str = "wire") -> Observation:
    return Observation(fact=fact, value=value, source=source, since=DAY, reference="p. 1")


SCENARIO = Scenario(
    title="Two parties and a plan",
    parties=[
        Party(id="A", name="Arvenia"),
        Party(id="B", name="Belmora"),
        Party(id="L", name="the League", members=["B"]),
        Party(id="M", name="the mediator"),
        Party(id="N", name="a neighbour"),
    ],
    facts=[
        Act(id="vote", text="a vote is held", by=["B"]),
        State(id="curfew", text="a curfew is in force", by=["B"]),
        State(id="patrols", text="patrols are out"),
        Quantity(id="trucks", text="aid", unit="trucks", per="day", by=["A", "B"]),
        Question(id="who", text="who watches?", asked_by="A", asked=DAY, asked_of=["M"]),
        Question(id="late", text="what then?", asked_by="A", asked=Moment("2025-05-01")),
    ],
    sources=[Source(id="wire", name="The Wire"), Source(id="radio", name="Radio B", party="B")],
    observations=[
        said("vote", value=False),
        said("curfew", value=True),
        said("patrols", value=True),
        said("patrols", value=False, source="radio"),
    ],
    statements=[word("A", Stance.ACCEPTS_IN_PRINCIPLE), word("N", Stance.REJECTS)],
    proposals=[
        Proposal(
            id="plan",
            title="The plan",
            text="A truce.",
            by=["M"],
            to=["A", "L"],
            provisions=[
                Provision(
                    id="hush",
                    text="a curfew ends",
                    due=Moment("2025-04-01"),
                    duties=[
                        Duty(by=["A", "B"], requires=~Holds("curfew")),
                        Duty(by=["B"], requires=Done("vote")),
                    ],
                ),
                Provision(
                    id="quiet-now", text="quiet", duties=[Duty(by=["A", "B"], requires=AllOf([]))]
                ),
                Provision(id="hope", text="they hope", kind=ProvisionKind.DECLARATION),
            ],
        ),
        Proposal(id="past", title="An earlier truce"),
    ],
    preconditions=[
        but("vote-first", "A", Done("vote") | AtLeast("trucks", 30)),
        but("quiet", "A", ~Holds("curfew")),
        but("watched", "A", Answered("who")),
        but("safe", "A", SECURITY),
        but("seen", "A", Holds("patrols")),
        Precondition(
            id="law", held_by="B", of=Done("vote"), needs=~Holds("curfew"), text="no curfew first"
        ),
        Precondition(
            id="reporter",
            of=~Holds("curfew"),
            needs=InForce("plan"),
            basis=Basis.INFERRED,
            text="it lasts while there is no plan",
        ),
    ],
)
TODAY = assess(SCENARIO, "plan", as_of="2025-03-02")


def moves(assessment):
    found = {}
    for move in assessment.next_moves:
        asked = [finding.condition for finding in move.findings]
        found.setdefault((move.kind, move.who), []).extend(asked)
    return found


def test_addressees_are_assessed_then_members_then_whoever_spoke():
    assert [each.party.id for each in TODAY.parties] == ["A", "L", "B", "N"]
    with pytest.raises(UnknownIdError, match="no assessed party 'M'"):
        TODAY["M"]


def test_a_coalition_without_a_word_rests_on_its_members():
    assert TODAY["L"].stance is None
    assert [part.condition for part in TODAY["L"].finding.parts] == [Accepts("B", "plan")]


def test_silence_on_a_text_is_silence_on_its_clauses_and_no_acceptance():
    def accepts(scenario, party, text="hush"):
        return evaluate(scenario, Accepts(party, text), as_of="2025-03-02").verdict

    # of A a word on the whole, of M none at all, of L only what its members say: B, who is silent
    found = [accepts(SCENARIO, party) for party in ("A", "N", "M", "B", "L")]
    assert found == [Verdict.UNMET, Verdict.UNMET, *[Verdict.UNKNOWN] * 3]
    told = evolve(word("B", Stance.ACCEPTS), about=About(provision="hush"))
    once = SCENARIO.with_statements([told])
    assert accepts(once, "B") is accepts(once, "L") is Verdict.MET
    assert accepts(once, "B", "quiet-now") is accepts(once, "B", "plan") is Verdict.UNKNOWN


def test_a_rejected_clause_leaves_open_what_a_party_says_of_the_whole():
    refused = evolve(word("B", Stance.REJECTS), about=About(provision="hush"))
    said = SCENARIO.with_statements([refused])
    # B may accept the whole later, clause and all, or may have accepted it before
    for party in ("B", "L"):
        found = evaluate(said, Accepts(party, "plan"), as_of=DAY).verdict
        assert found is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("stance", "expected"),
    [(Stance.ACCEPTS, "MET"), (Stance.UNDECIDED, "PENDING"), (Stance.REJECTS, "UNMET")],
)
def test_what_a_coalition_says_of_a_clause_stands_beside_what_its_members_say(stance, expected):
    own = evolve(word("L", stance), about=About(provision="hush"))
    said = SCENARIO.with_statements([own, word("B", Stance.ACCEPTS, "2025-03-02")])
    found = evaluate(said, Accepts("L", "plan"), as_of="2025-03-02")
    assert found.verdict.name == expected
    assert [part.condition for part in found.parts] == [Accepts("B", "plan"), Accepts("L", "hush")]
    # a clause is reserved, so that the text has not entered into force either
    agreed = suppose(said, since="2025-03-02", words={Accepts("A", "plan"): Stance.ACCEPTS})
    assert evaluate(agreed, InForce("plan"), as_of="2025-03-02").verdict.name == expected


def test_a_later_word_on_the_whole_takes_the_place_of_one_on_a_clause():
    refused = evolve(word("B", Stance.REJECTS), about=About(provision="hush"))
    said = SCENARIO.with_statements([refused, word("B", Stance.ACCEPTS, "2025-03-02")])
    found = [
        evaluate(said, Accepts("B", "hush"), as_of=day).verdict
        for day in ("2025-03-01", "2025-03-02")
    ]
    assert found == [Verdict.UNMET, Verdict.MET]
    same_day = SCENARIO.with_statements([refused, word("B", Stance.ACCEPTS)])
    # of one bare day nobody knows the order, so that the word on the clause stands
    assert evaluate(same_day, Accepts("B", "hush"), as_of="2025-03-02").verdict is Verdict.UNMET


def test_a_supposed_word_on_a_clause_counts_whatever_was_said_of_the_whole_later():
    said = SCENARIO.with_statements([word("B", Stance.ACCEPTS, "2025-03-02")])
    leaf = Accepts("B", "hush")
    supposed = suppose(said, since=DAY, words={leaf: Stance.REJECTS})
    assert evaluate(said, leaf, as_of="2025-03-02").verdict is Verdict.MET
    assert evaluate(supposed, leaf, as_of="2025-03-02").verdict is Verdict.UNMET
    # with a clause rejected, the whole is not accepted either
    whole = Accepts("B", "plan")
    assert evaluate(said, whole, as_of="2025-03-02").verdict is Verdict.MET
    assert evaluate(supposed, whole, as_of="2025-03-02").verdict is Verdict.UNMET
    # until it is imagined, too, that the party accepts the whole later
    mended = suppose(supposed, since="2025-03-02", words={whole: Stance.ACCEPTS})
    found = [evaluate(mended, each, as_of="2025-03-02").verdict for each in (whole, leaf)]
    assert found == [Verdict.MET, Verdict.MET]


def test_a_supposed_word_on_the_whole_counts_whatever_is_said_of_a_clause_later():
    refused = evolve(word("B", Stance.REJECTS, "2025-03-02"), about=About(provision="hush"))
    whole, clause = Accepts("B", "plan"), Accepts("B", "hush")
    said = SCENARIO.with_statements([word("B", Stance.ACCEPTS), refused])
    supposed = suppose(said, since=DAY, words={whole: Stance.ACCEPTS})
    found = [
        evaluate(each, leaf, as_of="2025-03-02").verdict
        for each in (said, supposed)
        for leaf in (whole, clause)
    ]
    assert found == [Verdict.UNMET, Verdict.UNMET, Verdict.MET, Verdict.MET]


def test_who_made_a_text_must_accept_it_once_supposed_to_have_spoken():
    yes = {Accepts(party, "plan"): Stance.ACCEPTS for party in ("A", "L")}
    agreed = suppose(SCENARIO, since=DAY, words=yes)
    assert evaluate(agreed, InForce("plan"), as_of=DAY).verdict is Verdict.MET
    refused = suppose(agreed, since=DAY, words={Accepts("M", "plan"): Stance.REJECTS})
    assert evaluate(refused, InForce("plan"), as_of=DAY).verdict is Verdict.UNMET


def test_what_a_move_is_about_is_found_at_its_address_in_the_assessment():
    yes = {Accepts(party, "plan"): Stance.ACCEPTS for party in ("A", "L")}
    found = assess(suppose(SCENARIO, since=DAY, words=yes), "plan", as_of=DAY)
    nodes = {node.address: node for node in found.provision("hush").finding.walk()}
    asked = [
        each for move in found.next_moves if move.provision == "hush" for each in move.findings
    ]
    assert [each.condition for each in asked] == [Done("vote"), Holds("curfew")]
    for each in asked:
        assert nodes[each.address].condition == each.condition


def test_every_need_is_a_finding_with_its_precondition():
    found = {need.precondition.id: need.verdict for need in TODAY["A"].preconditions}
    assert found == {
        "vote-first": Verdict.UNKNOWN,  # no vote, and of the trucks nothing is reported
        "quiet": Verdict.UNMET,
        "watched": Verdict.UNMET,
        "safe": Verdict.UNCLEAR,
        "seen": Verdict.DISPUTED,
    }


def test_what_waits_is_followed_through_what_it_waits_for():
    gates = {gate.precondition.id: gate.finding.verdict for gate in TODAY.gates}
    assert gates == {"law": Verdict.UNMET, "reporter": Verdict.UNMET}
    assert [gate.precondition.id for gate in TODAY.waits_for(Done("vote"))] == ["law"]
    assert TODAY.waits_for(Holds("patrols")) == ()


def test_what_waits_is_followed_into_every_part_of_a_demand():
    gates = [
        Precondition(id=name, held_by="B", of=of, needs=needs, text=name)
        for name, of, needs in (
            ("parts", Done("vote"), Holds("patrols") & ~Answered("late")),
            ("answer", Answered("late"), Done("vote")),
        )
    ]
    found = assess(SCENARIO.with_preconditions(gates), "plan", as_of="2025-03-02").gates
    assert {gate.precondition.id for gate in found} == {"law", "parts", "reporter", "answer"}


def test_what_waits_is_asked_for_by_name_or_record_and_within_what_is_demanded():
    law = TODAY.waits_for(Done("vote"))
    assert law == TODAY.waits_for("vote") == TODAY.waits_for(SCENARIO.fact("vote"))
    need = SCENARIO.precondition("vote-first")
    assert law == TODAY.waits_for(need) == TODAY.waits_for("vote-first")
    assert law == TODAY.waits_for(Done("vote") & Holds("curfew"))
    assert TODAY.waits_for(~Done("vote")) == ()
    with pytest.raises(UnknownIdError, match="did you mean 'vote'"):
        TODAY.waits_for("vot")


def test_parties_and_clauses_are_looked_up_by_record_too():
    assert TODAY[SCENARIO.party("A")] is TODAY["A"]
    assert TODAY.provision(SCENARIO.provision("hush")) is TODAY.provision("hush")
    with pytest.raises(UnknownIdError, match="no assessed party 'vote'"):
        TODAY[SCENARIO.fact("vote")]


def test_each_open_or_unmet_leaf_is_somebodys_move():
    assert moves(TODAY) == {
        (MoveKind.CHANGE, ("B",)): [Done("vote"), Holds("curfew")],
        (MoveKind.CHANGE, ("M",)): [Answered("who")],
        (MoveKind.ASK, ("A",)): [SECURITY],
        (MoveKind.VERIFY, ()): [Holds("patrols")],
        (MoveKind.FIND_OUT, ()): [AtLeast("trucks", 30)],
        (MoveKind.DECIDE, ("B",)): [Accepts("B", "plan")],
        (MoveKind.DECIDE, ("A",)): [Accepts("A", "plan")],
    }


def test_what_is_satisfied_in_an_alternative_is_nobodys_move():
    voted = assess(suppose(SCENARIO, {"vote": True}, since=DAY), "plan", as_of="2025-03-02")
    assert (MoveKind.FIND_OUT, ()) not in moves(voted)


def test_an_agreed_meaning_replaces_the_question_by_its_condition():
    agreed = suppose(SCENARIO, since=DAY, meanings={"security": "patrols"})
    found = moves(assess(agreed, "plan", as_of="2025-03-02"))
    assert (MoveKind.ASK, ("A",)) not in found
    assert found[MoveKind.VERIFY, ()] == [Holds("patrols")]


def test_a_clause_that_is_waited_for_is_moved_through_what_its_duties_require():
    scenario = evolve(SCENARIO, preconditions=[but("kept", "A", Fulfilled("hush"))])
    found = assess(scenario, "plan", as_of=DAY).next_moves
    asked = {f.condition for m in found if m.precondition == "kept" for f in m.findings}
    assert asked == {Done("vote"), Holds("curfew")}


def test_of_several_meanings_the_agreed_one_alone_is_moved():
    vague = Vague(
        id="order",
        text="order",
        meanings=[
            Meaning(id="voted", text="a vote", condition=Done("vote"), held_by=["A"]),
            Meaning(id="calm", text="no curfew", condition=~Holds("curfew"), held_by=["B"]),
        ],
    )
    scenario = evolve(SCENARIO, preconditions=[but("order", "A", vague)])
    agreed = suppose(scenario, since=DAY, meanings={"order": "voted"})
    found = assess(agreed, "plan", as_of=DAY)
    asked = [f.condition for m in found.next_moves if m.precondition == "order" for f in m.findings]
    assert asked == [Done("vote")]


def test_a_demand_unmet_under_every_meaning_is_moved_through_its_meanings():
    both = Vague(
        id="both",
        text="one of the two",
        complete=True,
        meanings=[
            Meaning(id="one", text="a vote", condition=Done("vote")),
            Meaning(id="two", text="no curfew", condition=~Holds("curfew")),
        ],
    )
    scenario = SCENARIO.with_preconditions([but("either", "A", both)])
    assert (
        assess(scenario, "plan", as_of="2025-03-02")["A"].preconditions[-1].verdict is Verdict.UNMET
    )
    assert moves(assess(scenario, "plan", as_of="2025-03-02"))[MoveKind.CHANGE, ("B",)]


def test_what_must_not_be_so_is_moved_by_those_who_could_end_it():
    scenario = SCENARIO.with_preconditions(
        [
            but("no-patrols", "A", ~Done("vote") & ~Accepts("N", "plan")),
            but("no-hush", "A", ~Fulfilled("quiet-now") & ~InForce("past")),
        ]
    )
    neighbour = suppose(
        scenario, {"vote": True}, since=DAY, words={Accepts("N", "plan"): Stance.ACCEPTS}
    )
    found = moves(assess(neighbour, "plan", as_of="2025-03-02"))
    assert found[MoveKind.DECIDE, ("N",)] == [Accepts("N", "plan")]
    assert Done("vote") not in found[MoveKind.CHANGE, ("B",)]  # once done it stays done
    assert found[MoveKind.CHANGE, ("A", "B")] == [Fulfilled("quiet-now")]
    assert found[MoveKind.CHANGE, ()] == [InForce("past")]


def test_each_obligor_has_a_finding_of_its_own():
    hush, _, hope = TODAY.provisions
    assert hush.finding.verdict is Verdict.PENDING  # not met, and due on 1 April
    assert {each.party: each.finding.verdict for each in hush.obligors} == {
        "A": Verdict.PENDING,
        "B": Verdict.PENDING,
    }
    assert (hope.finding, hope.obligors) == (None, ())


def test_only_questions_asked_by_then_are_open():
    assert [each.question.id for each in TODAY.questions] == ["who"]
    answered = assess(suppose(SCENARIO, {"who": True}, since=DAY), "plan", as_of="2025-03-02")
    assert answered.questions == ()
    some_day = Question(id="how", text="how?", asked_by="A", asked="2025-02")
    asked = SCENARIO.with_facts([some_day])
    listed = [
        [each.question.id for each in assess(asked, "plan", as_of=day).questions]
        for day in ("2025-01-31", "2025-02-01")
    ]
    assert listed == [[], ["how"]]  # perhaps asked on the first already


def test_conditions_of_a_party_that_rejects_are_still_listed():
    scenario = SCENARIO.with_statements([word("A", Stance.REJECTS, "2025-03-02")])
    after = assess(scenario, "plan", as_of="2025-03-02")
    assert after["A"].verdict is Verdict.UNMET
    assert after["A"].finding.parts == ()
    assert len(after["A"].preconditions) == 5
    assert "What Arvenia holds that its acceptance needs" in str(after)


def test_one_of_several_proposals_must_be_named():
    with pytest.raises(ModelError, match="has 2 proposals; name one of 'plan', 'past'"):
        assess(SCENARIO, as_of=DAY)
    with pytest.raises(ModelError, match="has 0 proposals; there is none to ask about"):
        assess(Scenario(title="nothing"), as_of=DAY)
    with pytest.raises(UnknownIdError, match="no proposal 'pan'"):
        assess(SCENARIO, "pan", as_of=DAY)


def test_comparing_shows_what_changed_and_nothing_else():
    voted = suppose(SCENARIO, {"vote": True}, since=DAY)
    comparison = compare(TODAY, assess(voted, "plan", as_of="2025-03-02"))
    changed = {change.address: (change.before, change.after) for change in comparison.changes}
    assert [before.verdict for before, _ in changed.values()] == [
        Verdict.UNKNOWN,  # vote-first, from unknown to met
        Verdict.UNMET,  # the vote in it
        Verdict.UNMET,  # the vote in the provision
        Verdict.UNMET,  # and in what its one obligor owes
    ]
    assert {after.verdict for _, after in changed.values()} == {Verdict.MET}
    assert "nothing changed" in str(compare(TODAY, TODAY))


def test_comparing_names_nodes_that_are_on_one_of_the_two_alone():
    before = assess(SCENARIO, "plan", as_of="2025-02-28")
    text = str(compare(before, TODAY))
    assert "28 February 2025 → 2 March 2025" in text
    assert "unknown → not met (accepts in principle): Arvenia accepts" in text
    assert "not asked → " in text


def test_assessments_of_two_proposals_cannot_be_compared():
    with pytest.raises(ModelError, match="got 'plan' and 'past'"):
        compare(TODAY, assess(SCENARIO, "past", as_of=DAY))


def test_a_proposal_addressed_to_nobody_is_in_force_by_its_dates_alone():
    scenario = Scenario(
        title="a unilateral truce",
        parties=[Party(id="A", name="Arvenia")],
        proposals=[
            Proposal(
                id="truce",
                title="A truce",
                by=["A"],
                starts=Moment("2025-03-01"),
                ends=Moment("2025-03-03"),
            )
        ],
    )
    verdicts = {
        day: assess(scenario, as_of=day).verdict
        for day in ("2025-02-28", "2025-03-01", "2025-03-02", "2025-03-03")
    }
    # a day as `ends` is over at the next midnight, and a day as `as_of` is its last instant
    assert list(verdicts.values()) == [
        Verdict.PENDING,
        Verdict.MET,
        Verdict.MET,
        Verdict.MET,
    ]
    assert assess(scenario, as_of="2025-03-04").verdict is Verdict.UNMET


def test_nothing_is_to_move_where_all_is_met():
    assert assess(SCENARIO, "past", as_of=DAY).next_moves == ()


def test_once_a_text_is_in_force_the_moves_and_gates_are_those_of_its_provisions():
    force = Observation(fact="force", value=True, source="wire", since=Moment("2025-03-01"))
    peace = Proposal(
        id="peace",
        title="The peace",
        to=["A"],
        in_force="force",
        provisions=[
            Provision(id="vote", text="a vote", duties=[Duty(by=["A"], requires=Done("vote"))]),
            Provision(id="say", text="they hope", kind=ProvisionKind.DECLARATION),
        ],
    )
    first = Precondition(
        id="calm-first", held_by="B", of=Done("vote"), needs=~Holds("curfew"), text="calm first"
    )
    scenario = (
        SCENARIO.with_facts([State(id="force", text="the peace is in force")])
        .with_proposals([peace])
        .with_preconditions([first])
    )
    before = assess(scenario, "peace", as_of="2025-03-02")
    assert [move.findings[0].condition for move in before.next_moves] == [Accepts("A", "peace")]
    in_force = assess(scenario.with_observations([force]), "peace", as_of="2025-03-02")
    assert in_force.verdict is Verdict.MET
    assert [finding.condition for move in in_force.next_moves for finding in move.findings] == [
        Done("vote")
    ]
    assert "calm-first" in {gate.precondition.id for gate in in_force.waits_for(Done("vote"))}
    assert "waits for: calm first (stated, held by Belmora): not met" in " ".join(
        str(in_force).split()
    )


def test_a_demand_with_all_its_meanings_unmet_is_moved_through_each():
    quiet = Meaning(id="quiet", text="quiet", condition=~Holds("curfew"))
    voted = Meaning(id="voted", text="voted", condition=Done("vote"))
    both = Vague(id="both", text="order", meanings=[quiet, voted], complete=True)
    scenario = SCENARIO.with_proposals(
        [Proposal(id="short", title="Short", to=["N"])]
    ).with_preconditions(
        [Precondition(id="order", held_by="N", of=Accepts("N", "short"), needs=both, text="order")]
    )
    asked = suppose(
        scenario, since=DAY, words={Accepts("N", "short"): Stance.ACCEPTS_WITH_CONDITIONS}
    )
    found = assess(asked, "short", as_of="2025-03-02")
    assert found.verdict is Verdict.UNMET
    assert {f.condition for move in found.next_moves for f in move.findings} == {
        Holds("curfew"),
        Done("vote"),
    }


def test_what_must_last_is_a_move_of_its_own():
    lasting = HeldFor(~Holds("curfew"), days(3))
    scenario = SCENARIO.with_preconditions([but("lasting", "A", lasting)])
    found = moves(assess(scenario, "plan", as_of="2025-03-02"))
    assert lasting in [condition for group in found.values() for condition in group]


def test_nobody_can_mend_a_text_that_has_run_out():
    short = Proposal(id="short", title="Short", to=["A"], ends=Moment("2025-02-01"))
    scenario = SCENARIO.with_proposals([short])
    assert assess(scenario, "short", as_of="2025-01-31").next_moves
    assert assess(scenario, "short", as_of="2025-03-02").next_moves == ()


def test_words_whose_dates_allow_too_many_orders_settle_nothing():
    """Twelve words of one month each may come in more orders than can be followed."""
    said = [
        evolve(
            word("A", Stance.ACCEPTS),
            id=f"word-{number}",
            date=Moment("2025-02"),
            reported=Moment("2025-03-01"),
        )
        for number in range(12)
    ]
    scenario = evolve(SCENARIO, statements=[*SCENARIO.statements, *said])
    found = assess(scenario, "plan", as_of="2025-03-05")["A"]
    assert (found.finding.verdict, found.finding.stance) == (Verdict.UNKNOWN, None)
    assert {each.id for each in found.finding.statements} == {
        "A-accepts_in_principle",
        *(each.id for each in said),
    }


def test_a_text_in_force_by_conditions_that_are_met_says_so():
    """Both accept with conditions, which are met: it has not entered, and holds as they stand."""
    said = [word(party, Stance.ACCEPTS_WITH_CONDITIONS, "2025-02-27") for party in ("A", "B")]
    needs = [
        Precondition(
            id=f"need-{party}", held_by=party, of=Accepts(party, "t"), needs=AllOf([]), text="none"
        )
        for party in ("A", "B")
    ]
    text = Proposal(id="t", title="T", to=["A", "B"])
    scenario = evolve(SCENARIO, statements=[], preconditions=[], proposals=[text])
    scenario = scenario.with_statements(
        evolve(each, about=About(proposal="t")) for each in said
    ).with_preconditions(needs)
    found = assess(scenario, "t", as_of="2025-03-05").finding
    assert found.verdict is Verdict.MET
    assert "all whose acceptance it needs have accepted" in found.why
