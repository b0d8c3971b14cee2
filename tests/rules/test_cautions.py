"""What stands in a scenario and is probably not meant."""

from __future__ import annotations

from ceasefire_model import (
    About,
    Accepts,
    Act,
    AtLeast,
    Basis,
    Done,
    Duty,
    Moment,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Quantity,
    Question,
    Scenario,
    Source,
    Stance,
    State,
    Statement,
    load_case,
    loads,
)
from ceasefire_model.cases import case_names
from ceasefire_model.rules.cautions import cautions


def told(fact, value, since, **more):
    return Observation(fact=fact, value=value, source="wire", since=Moment(since), **more)


def found(observations=(), preconditions=(), facts=(), due="2031-03-10", least=20):
    scenario = Scenario(
        title="x",
        parties=[Party(id="a", name="A")],
        facts=[
            Act(id="w", text="w"),
            Quantity(id="share", text="share", unit="%"),
            Quantity(id="freed", text="freed", unit="people", cumulative=True),
            Question(id="q", text="q", asked_by="a", asked=Moment("2031-01-01")),
            *facts,
        ],
        sources=[Source(id="wire", name="Wire")],
        observations=[told("freed", 1, "2031-01-01"), *observations],
        statements=[
            Statement(
                id="but",
                speaker="A",
                party="a",
                date=Moment("2031-02-01"),
                about=About(proposal="t"),
                stance=Stance.ACCEPTS_WITH_CONDITIONS,
                text="but",
                source="wire",
            )
        ],
        preconditions=preconditions,
        proposals=[
            Proposal(
                id="t",
                title="T",
                provisions=[
                    Provision(
                        id="p",
                        text="p",
                        due=Moment(due),
                        duties=[Duty(by=["a"], requires=Done("w") & AtLeast("share", least))],
                    )
                ],
            )
        ],
    )
    return [(each.path, each.what.split(";")[0]) for each in cautions(scenario)]


def need(**more):
    given = {"basis": Basis.STATED, "statement": "but", **more}
    return Precondition(
        id="n", held_by="a", of=Accepts("a", "t"), needs=Done("w"), text="n", **given
    )


def test_what_is_meant_gives_no_caution():
    assert found([told("w", False, "2031-03-01")]) == []
    assert found(preconditions=[need(withdrawn=Moment("2031-02-02"))]) == []


def test_a_verdict_that_rests_on_a_report_older_than_its_due_date():
    old = [told("w", False, "2031-03-10"), told("freed", 2, "2031-03-12")]
    assert found(old, due="2031-03-11") == [
        (
            "$.proposals.t.provisions.p",
            "nothing is reported on what it requires since 2031-03-11, when it fell due",
        )
    ]
    assert found(old, due="2031-03-12") == []  # it is not over yet


def test_a_share_above_what_its_unit_can_be():
    assert found([told("share", 15, "2031-03-01")], least=0.2) == [
        ("$.observations[1].value", "above what is demanded as a share of one")
    ]
    assert found([told("share", 101, "2031-03-01")]) == [("$.observations[1].value", "above 100 %")]
    assert found([told("share", 100, "2031-03-01")]) == []
    assert found([told("share", 1, "2031-03-01")], least=0.2) == []


def test_a_precondition_that_is_stated_and_names_no_statement():
    assert found(preconditions=[need(statement=None)]) == [
        ("$.preconditions.n.basis", "stated, and no statement says so")
    ]
    assert found(preconditions=[need(statement=None, basis=Basis.INFERRED)]) == []


def test_a_precondition_that_is_stated_and_withdrawn_on_one_bare_day():
    assert found(preconditions=[need(withdrawn=Moment("2031-02-01"))]) == [
        (
            "$.preconditions.n.withdrawn",
            "stated and withdrawn on 2031-02-01, so it never counts",
        )
    ]


def test_a_fact_that_nothing_asks_about_and_nobody_reports_on():
    assert found(facts=[Act(id="idle", text="idle")]) == [
        ("$.facts.idle", "nothing asks about it and nobody reports on it")
    ]


def test_a_count_that_falls_and_a_source_that_disputes_itself():
    falls = [told("freed", 5, "2031-02-01"), told("freed", 4, "2031-02-02")]
    assert found(falls) == [
        ("$.observations[2].value", "a number that never falls is lower than it was before")
    ]
    assert found([told("share", 50, "2031-02-01"), told("share", 40, "2031-02-02")]) == []
    both = [told("w", True, "2031-03-20"), told("w", False, "2031-03-20")]
    assert found(both) == [
        ("$.observations[2]", "its source says otherwise of the same time on that day")
    ]
    assert found([told("freed", 1, "2031-01-01")]) == []


def test_ids_that_look_alike_are_named_with_what_tells_them_apart():
    facts = [State(id="tr\u0443ce", text="x"), State(id="tryce", text="y")]
    scenario = Scenario(
        title="t",
        parties=[Party(id="AB", name="a"), Party(id="\u0410B", name="b"), Party(id="ab", name="c")],
        facts=[*facts, State(id="AB", text="z")],
        sources=[Source(id="\uff33", name="s"), Source(id="S", name="s")],
        proposals=[
            Proposal(
                id="caf\u00e9",
                title="T",
                provisions=[Provision(id="cafe\u0301", text="p", kind="declaration")],
            )
        ],
        observations=[
            Observation(
                id=name, fact="tryce", value=True, source="S", since="2031-01-01", note=name
            )
            for name in ("o", "\u03bf")
        ],
    )
    a, y = "U+0410 CYRILLIC CAPITAL LETTER A", "U+0443 CYRILLIC SMALL LETTER U"
    said = {each.path: each.what for each in cautions(scenario) if "looks like" in each.what}
    assert set(said) == {
        "$.parties.\u0410B",
        "$.facts.tryce",
        "$.sources.S",
        "$.proposals.caf\u00e9.provisions.cafe\u0301",
        "$.observations[1].id",
    }
    assert said["$.parties.\u0410B"] == (
        f"looks like 'AB', with {a} in place of U+0041 LATIN CAPITAL LETTER A; "
        "if one is meant, write it one way"
    )
    assert said["$.facts.tryce"].startswith(
        f"looks like 'tr\u0443ce', with U+0079 LATIN SMALL LETTER Y in place of {y}"
    )


def test_ids_of_every_kind_are_looked_at():
    said = "speaker: A, date: 2031-02-01, about: {fact: w}, text: t, source: s, kind: claim"
    gate = "basis: inferred, of: {done: w}, text: t"
    scenario = loads(f"""format: ceasefire-model/1
title: t
parties: {{a: A}}
territories: {{pass: P, p\u0430ss: P}}
facts: {{w: {{act: w}}}}
sources: {{s: S}}
statements: {{yes: {{{said}}}, \u0443es: {{{said}}}}}
preconditions:
  one: {{{gate}, needs: {{vague: {{id: hope, text: h}}}}}}
  on\u0435: {{{gate}, needs: {{vague: {{id: h\u043epe, text: h}}}}}}
""")
    assert [each.path for each in cautions(scenario) if "looks like" in each.what] == [
        "$.territories.p\u0430ss",
        "$.statements.\u0443es",
        "$.preconditions.on\u0435",
        "$",
    ]


def test_every_caution_of_a_bundled_case_says_where():
    for name in case_names():
        for each in cautions(load_case(name)):
            assert each.path.startswith("$.")
