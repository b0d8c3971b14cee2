"""Red lines: what must last for as long as something does, and what is shown where it has not."""

import pytest
from attrs import evolve

from ceasefire_model import (
    Accepts,
    AtLeast,
    AtMost,
    Duty,
    Holds,
    InForce,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Scenario,
    Source,
    State,
    Statement,
    assess,
    report,
    suppose,
)
from ceasefire_model.display.pages.judgements import CROSSED

DAY = "2031-06-20"
DRAWN = "Belmora's fighters stay out of Lume (stated, held by Arvenia)"


def scene(*, town=True, fires=False, **line):
    """A truce that both accepted; Arvenia fires at nobody as long as Belmora stays out of Lume."""
    drawn = {"held_by": "arvenia", "of": ~Holds("fires"), "timing": "while", **line}
    said = (("town", town), ("fires", fires))
    return Scenario(
        title="Ulm",
        parties=[Party(id="arvenia", name="Arvenia"), Party(id="belmora", name="Belmora")],
        sources=[Source(id="wire", name="the wire")],
        facts=[
            State(id="fires", text="Arvenia's forces fire", by="arvenia"),
            State(id="town", text="Belmora's fighters are in Lume", by="belmora"),
        ],
        proposals=Proposal(
            id="truce",
            title="Truce",
            to=["arvenia", "belmora"],
            provisions=[
                Provision(
                    id="calm",
                    text="Arvenia holds its fire.",
                    kind="prohibition",
                    duties=Duty(by="arvenia", requires=~Holds("fires")),
                ),
                Provision(id="flags", text="Flags may be flown.", kind="right"),
            ],
        ),
        statements=[
            Statement(
                id=f"yes-{party}",
                speaker="its government",
                party=party,
                date="2031-06-01",
                about={"proposal": "truce"},
                text="Accepts.",
                stance="accepts",
                source="wire",
            )
            for party in ("arvenia", "belmora")
        ],
        observations=[
            Observation(fact=fact, value=value, source="wire", since="2031-06-01")
            for fact, value in said
            if value is not None
        ],
        preconditions=Precondition(
            id="lume",
            needs=~Holds("town"),
            text="Belmora's fighters stay out of Lume",
            **drawn,
        ),
    )


def flat(answer):
    """Write an answer as one line."""
    return " ".join(str(answer).split())


def shown(scenario):
    return flat(assess(scenario, as_of=DAY))


def test_a_red_line_that_is_crossed_stands_before_the_reasons_with_holder_and_report():
    found = assess(scene(), as_of=DAY)
    assert [gate.precondition.id for gate in found.crossed] == ["lume"]
    text = shown(scene())
    part = text[text.index(CROSSED) : text.index("Clauses")]
    assert part.startswith(f"{CROSSED} ✗ not met {DRAWN} ")
    assert "for as long as this is so, and it is: “not so: Arvenia's forces fire”" in part
    assert "“Belmora's fighters are in Lume” – the wire: yes · 1 June 2031" in part


def test_it_stands_in_the_reasons_and_beside_the_clause_that_is_kept():
    text = shown(scene())
    held = f"held to need for as long as it lasts: {DRAWN}"
    reasons, full = text.split("Clauses in full")
    assert held in reasons[reasons.index("Why") :]
    assert f"{held}: not met" in full
    assert "✓ kept Arvenia holds its fire." in full


@pytest.mark.parametrize(
    ("town", "fires"),
    [(False, False), (None, False), (True, True), (True, None)],
    ids=["kept", "not reported", "the thing has ended", "the thing is not reported"],
)
def test_no_red_line_is_crossed_but_for_sure(town, fires):
    scenario = scene(town=town, fires=fires)
    assert assess(scenario, as_of=DAY).crossed == ()
    assert CROSSED not in shown(scenario)
    assert DRAWN in shown(scenario)  # it is shown all the same, as what is waited for


@pytest.mark.parametrize("timing", ["before", "together"])
def test_what_had_only_to_come_first_or_at_once_is_no_red_line(timing):
    scenario = scene(timing=timing)
    assert assess(scenario, as_of=DAY).crossed == ()
    words = {"before": "held to need first", "together": "held to need at the same time"}
    assert f"{words[timing]}: {DRAWN}" in shown(scenario)


def test_a_red_line_that_is_supposed_to_be_done_at_once_is_none():
    supposed = suppose(scene(), since="2031-06-10", together=["lume"])
    assert assess(supposed, as_of=DAY).crossed == ()
    assert f"held to need at the same time: {DRAWN}" in shown(supposed)


@pytest.mark.parametrize(
    ("of", "lasts"),
    [
        (InForce("truce"), "in force: Truce"),
        (Accepts("belmora", "truce"), "Belmora accepts Truce"),
        (InForce("flags"), "in force: Flags may be flown."),
    ],
    ids=["the text", "the other's word", "a right"],
)
def test_it_is_seen_wherever_it_was_drawn(of, lasts):
    text = shown(scene(of=of))
    assert f"for as long as this is so, and it is: “{lasts}”" in text[text.index(CROSSED) :]
    assert f"held to need for as long as it lasts: {DRAWN}" in text[text.index("Why") :]


def test_of_a_plain_acceptance_it_is_said_that_it_does_not_count():
    """Arvenia said yes without conditions: that is met, and what it holds stands beside it."""
    scenario = scene(of=Accepts("arvenia", "truce"))
    text = shown(scenario)
    assert "✓ accepted Arvenia" in text
    assert "1 not met of its preconditions, on which its latest word does not depend" in text
    assert [gate.precondition.id for gate in assess(scenario, as_of=DAY).crossed] == ["lume"]


def test_a_report_says_so_in_short():
    short = " ".join(str(report(scene(), as_of=DAY)).split())
    assert f"red lines that are crossed, as they were drawn: {DRAWN}" in short
    assert "red lines" not in str(report(scene(town=False), as_of=DAY))


def test_the_rows_say_so_too():
    (row,) = [row for row in assess(scene(), as_of=DAY).to_rows() if row["precondition"]]
    assert (row["precondition"], row["timing"], row["crossed"]) == ("lume", "while", True)
    (row,) = [row for row in assess(scene(town=False), as_of=DAY).to_rows() if row["precondition"]]
    assert row["crossed"] is False
    (row,) = [
        row for row in assess(scene(timing="before"), as_of=DAY).to_rows() if row["precondition"]
    ]
    assert (row["timing"], row["crossed"]) == ("before", None)


# A legal obstacle, and what a move waits for


OBSTACLE = "a court must allow it (legal, held by no party, the law): not met"


@pytest.mark.parametrize(
    ("town", "court", "kind", "is_noted"),
    [
        (True, False, "change", True),  # the fighters would have to leave, and may not yet
        (True, True, "change", False),  # the court has allowed it
        (None, False, "find out", False),  # whether they are there anybody may look
    ],
)
def test_a_move_names_what_must_come_first_and_has_not(town, court, kind, is_noted):
    """Belmora owes that its fighters are not in Lume, and by law a court must allow that."""
    leaves = Provision(
        id="leave",
        text="Belmora leaves Lume.",
        duties=Duty(by="belmora", requires=~Holds("town")),
    )
    obstacle = Precondition(
        id="law",
        of=~Holds("town"),
        needs=Holds("allowed"),
        basis="legal",
        text="a court must allow it",
        reference="the law",
    )
    base = scene(town=town)
    (truce,) = base.proposals
    scenario = evolve(
        base,
        facts=[*base.facts, State(id="allowed", text="a court allows it")],
        observations=[
            *base.observations,
            Observation(fact="allowed", value=court, source="wire", since="2031-06-01"),
        ],
        proposals=evolve(truce, provisions=[leaves]),
        preconditions=[obstacle],
    )
    text = shown(scenario)
    moves = text[text.index("Next moves") : text.index("Clauses")]
    assert f"{kind} " in moves
    assert (f"waits for: {OBSTACLE}" in moves) is is_noted
    assert ("waits for" in moves) is is_noted


@pytest.mark.parametrize(
    ("owed", "gated", "is_gated"),
    [
        (AtLeast("freed", 50), AtLeast("freed", 40), True),
        (AtLeast("freed", 40), AtLeast("freed", 40), True),
        (AtLeast("freed", 30), AtLeast("freed", 40), False),
        (AtMost("freed", 10), AtMost("freed", 20), True),
        (AtMost("freed", 20), AtMost("freed", 10), False),
        (AtLeast("freed", 50), AtMost("freed", 50), False),
        (AtLeast("other", 50), AtLeast("freed", 40), False),
        (~AtLeast("freed", 30), ~AtLeast("freed", 40), True),
        (~AtLeast("freed", 40), ~AtLeast("freed", 30), False),
        (~AtLeast("freed", 40), AtMost("freed", 40), True),
        (AtMost("freed", 39), ~AtLeast("freed", 40), True),
        (AtMost("freed", 40), ~AtLeast("freed", 40), False),
        (~AtMost("freed", 40), AtLeast("freed", 40), True),
        (AtLeast("freed", 40), ~AtMost("freed", 40), False),
    ],
)
def test_a_number_waits_for_what_a_number_that_it_implies_does(owed, gated, is_gated):
    """Who frees fifty frees forty; who has at most ten, or not even ten, has at most twenty."""
    base = scene(fires=True)
    (truce,) = base.proposals
    clause = Provision(id="n", text="Numbers.", duties=Duty(by="arvenia", requires=owed))
    gate = Precondition(
        id="law", of=gated, needs=Holds("town"), basis="legal", text="the fighters are in Lume"
    )
    found = assess(
        evolve(
            base,
            facts=[
                *base.facts,
                *(Quantity(id=name, text=name, unit="men") for name in ("freed", "other")),
            ],
            proposals=evolve(truce, provisions=[clause]),
            preconditions=[gate],
        ),
        as_of=DAY,
    )
    said = "the fighters are in Lume (legal, held by no party)"
    assert [one.precondition.id for one in found.gates] == ["law"] * is_gated
    assert [one.precondition.id for one in found.waits_for(owed)] == ["law"] * is_gated
    reasons, full = flat(found).split("Clauses in full")
    assert reasons.count(said) == full.count(said) == int(is_gated)


def test_to_find_out_waits_for_nothing():
    """Arvenia owes that a court allows it; nobody reports that, and by law the guns fall silent."""
    gate = Precondition(
        id="law",
        of=Holds("allowed"),
        needs=~Holds("fires"),
        basis="legal",
        text="the guns are silent",
    )
    owed = Provision(
        id="allow", text="A court allows it.", duties=Duty(by="arvenia", requires=Holds("allowed"))
    )
    base = scene(fires=True)
    (truce,) = base.proposals
    scenario = evolve(
        base,
        facts=[*base.facts, State(id="allowed", text="a court allows it")],
        proposals=evolve(truce, provisions=[owed]),
        preconditions=[gate],
    )
    text = shown(scenario)
    assert "find out a court allows it" in text
    assert "waits for" not in text[text.index("Next moves") : text.index("Clauses")]


# Each part by itself


def test_a_part_of_an_answer_is_printed_in_words():
    found = assess(scene(), as_of=DAY)
    (gate,) = found.gates
    assert f"held to need for as long as it lasts: {DRAWN}" in flat(gate)
    clause = found.provision("calm")
    assert f"held to need for as long as it lasts: {DRAWN}: not met" in flat(clause)
    assert flat(clause.obligors[0]).startswith("✓ kept Arvenia: since 1 June 2031")
    assert flat(clause.performance) == "kept, since 1 June 2031, last report 1 June 2031"


def test_of_a_party_too_all_is_shown_that_its_conditions_wait_for():
    """Belmora accepts on condition that Arvenia holds its fire, which Arvenia ties to Lume."""
    own = Precondition(
        id="silence",
        held_by="belmora",
        of=Accepts("belmora", "truce"),
        needs=~Holds("fires"),
        text="the guns fall silent",
    )
    base = scene()
    words = [
        evolve(each, stance="accepts with conditions") if each.party == "belmora" else each
        for each in base.statements
    ]
    scenario = evolve(base, statements=words, preconditions=[*base.preconditions, own])
    assert f"held to need for as long as it lasts: {DRAWN}" in flat(
        assess(scenario, as_of=DAY)["belmora"]
    )


def test_a_move_is_printed_with_who_could_make_it():
    (move,) = assess(scene(fires=True), as_of=DAY).next_moves
    assert flat(move).endswith("- Arvenia change no longer: Arvenia's forces fire (calm)")


def test_a_stretch_is_printed_in_the_days_of_its_scenario():
    """In Kyiv, two hours ahead of UTC: the fire of 3 June is of that day there."""
    base = evolve(scene(), timezone="Europe/Kyiv", preconditions=[])
    told = [
        Observation(fact="fires", value=value, source="wire", since=day)
        for day, value in (("2031-06-03", True), ("2031-06-04", False))
    ]
    performance = assess(base.with_observations(told), as_of=DAY).provision("calm").performance
    (violation,) = performance.violations
    assert flat(violation) == "not kept on 3 June 2031"
    assert "not kept on 3 June 2031" in flat(performance)
