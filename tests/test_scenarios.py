import pickle
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from attrs import asdict, evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_model.conditions import (
    Accepts,
    AtLeast,
    Done,
    Fulfilled,
    Holds,
    InForce,
    Meaning,
    Vague,
)
from ceasefire_model.errors import ModelError, ScenarioError, UnknownIdError, shortened
from ceasefire_model.evidence import Observation, Source
from ceasefire_model.facts import Number, Quantity, State, Truth
from ceasefire_model.index import Index
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Duty, Precondition, Proposal, Provision
from ceasefire_model.scenarios import Scenario, suppose
from ceasefire_model.statements import About, Stance, Statement
from ceasefire_model.strategies import conditions, histories, scenarios, suppositions
from ceasefire_model.suppositions import SupposedFact, SupposedMeaning, SupposedWord, Supposition
from ceasefire_model.territories import Territory

MARCH = Moment("2025-03-13")
KINDS = (
    "parties",
    "territories",
    "facts",
    "sources",
    "observations",
    "statements",
    "proposals",
    "preconditions",
)
LAW = Meaning(id="law", text="a vote", condition=Done("vote"), held_by=["arvenia"])
ORDER = Vague(id="order", text="order returns", meanings=[LAW])


def situation():
    """Return a situation with a record of each kind."""
    return Scenario(
        title="a situation",
        parties=[Party(id="arvenia", name="Arvenia")],
        territories=[Territory(id="valley", name="Valley")],
        facts=[State(id="truce", text="x"), Quantity(id="troops", text="x", unit="soldiers")],
        sources=[Source(id="wire", name="The Wire")],
        observations=[Observation(fact="truce", value=True, source="wire", since=MARCH)],
        statements=[
            Statement(
                id="word",
                speaker="an envoy",
                party="arvenia",
                date=MARCH,
                about=About(proposal="plan"),
                text="yes, but",
                source="wire",
                stance=Stance.ACCEPTS_WITH_CONDITIONS,
            )
        ],
        proposals=[
            Proposal(
                id="plan",
                title="The Plan",
                to=["arvenia"],
                provisions=[
                    Provision(
                        id="duty", text="x", duties=[Duty(by=["arvenia"], requires=Holds("truce"))]
                    )
                ],
            )
        ],
        preconditions=[
            Precondition(
                id="gate",
                of=Accepts("arvenia", "plan"),
                needs=Vague(
                    id="order",
                    text="order returns",
                    meanings=[Meaning(id="quiet", text="x", condition=Holds("truce"))],
                ),
                held_by="arvenia",
                text="x",
                statement="word",
            )
        ],
    )


def correction(report):
    return evolve(report, value=False, corrects="first")


def tables(scenario):
    return asdict(scenario.index, recurse=False)


@given(scenarios())
@settings(deadline=None)
def test_a_scenario_is_a_value(scenario):
    copy = pickle.loads(pickle.dumps(scenario))  # noqa: S301 - written here
    assert copy == evolve(scenario) == scenario
    assert hash(copy) == hash(evolve(scenario)) == hash(scenario)
    assert tables(copy) == tables(evolve(scenario)) == tables(scenario)


@given(scenarios(), st.sampled_from(["observations", "statements", "preconditions"]), st.data())
@settings(deadline=None)
def test_adding_is_the_same_as_building_at_once(scenario, kind, data):
    whole = without_references_to(kind, evolve(scenario, suppositions=()))
    records = getattr(whole, kind)
    bare = evolve(whole, **{kind: ()})
    cut = data.draw(st.integers(0, len(records)))
    add = f"with_{kind}"
    grown = getattr(getattr(bare, add)(records[:cut]), add)(records[cut:])
    assert grown == whole
    assert hash(grown) == hash(whole)
    assert tables(grown) == tables(whole)
    assert getattr(bare, kind) == ()


def without_references_to(kind, scenario):
    """Return the scenario with no other record, and no earlier one, that refers to this kind."""
    if kind == "statements":
        return evolve(
            scenario,
            statements=[mended(word, "statement") for word in scenario.statements],
            preconditions=[evolve(gate, statement=None) for gate in scenario.preconditions],
        )
    words = [mended(word, "precondition") for word in scenario.statements]
    return evolve(scenario, statements=words)


def mended(word, name):
    """Return a statement that is about a party where it was about this kind of record."""
    return evolve(word, about=evolve(word.about, **{name: None, "party": "arvenia"}))


@given(scenarios())
@settings(deadline=None)
def test_every_record_is_found_by_its_id(scenario):
    for party in scenario.parties:
        assert scenario.party(party.id) is party
    for territory in scenario.territories:
        assert scenario.territory(territory.id) is territory
    for fact in scenario.facts:
        assert scenario.fact(fact.id) is fact
    for source in scenario.sources:
        assert scenario.source(source.id) is source
    for statement in scenario.statements:
        assert scenario.statement(statement.id) is statement
    for gate in scenario.preconditions:
        assert scenario.precondition(gate.id) is gate
    for proposal in scenario.proposals:
        assert scenario.proposal(proposal.id) is proposal
        for provision in proposal.provisions:
            assert scenario.provision(provision.id) is provision
            assert scenario.index.proposal_of[provision.id] is proposal


@given(scenarios())
@settings(deadline=None)
def test_the_index_has_what_is_said_of_each_fact_and_each_leaf(scenario):
    index = scenario.index
    for fact in scenario.facts:
        reports = [report for report in scenario.observations if report.fact == fact.id]
        assert index.reports.get(fact.id, ()) == tuple(reports)
    for report in scenario.observations:
        mended = [other for other in scenario.observations if other.corrects == report.id]
        assert report.id is None or index.corrections.get(report.id, ()) == tuple(mended)
    for word in scenario.statements:
        if word.stance is not None:
            of = Accepts(word.party, word.about.text)
            words = [
                other
                for other in scenario.statements
                if other.stance and (other.party, other.about.text) == (of.party, of.of)
            ]
            assert index.words[of] == tuple(words)
    for gate in scenario.preconditions:
        of_it = [other for other in scenario.preconditions if other.of == gate.of]
        assert index.gates[gate.of] == tuple(of_it)


@given(scenarios(), conditions() | histories())
@settings(deadline=None)
def test_the_strategies_fit_each_other(scenario, condition):
    scenario.check(condition)


@given(scenarios(), suppositions())
@settings(deadline=None)
def test_supposing_adds_a_supposition_and_changes_nothing_else(scenario, supposed):
    imagined = scenario.with_suppositions([supposed])
    assert imagined.suppositions == (*scenario.suppositions, supposed)
    assert evolve(imagined, suppositions=scenario.suppositions) == scenario
    is_new = any(word.of not in scenario.index.words for word in supposed.words)
    assert (imagined.index is scenario.index) is not is_new


@given(scenarios())
@settings(deadline=None)
def test_supposing_one_after_another_is_the_same_as_building_at_once(scenario):
    imagined = evolve(scenario, suppositions=())
    for supposed in scenario.suppositions:
        imagined = imagined.with_suppositions([supposed])
    assert imagined == scenario
    assert evolve(scenario, suppositions=()).with_suppositions(scenario.suppositions) == scenario


@given(scenarios(), suppositions())
@settings(deadline=None)
def test_suppose_takes_apart_what_a_supposition_holds(scenario, supposed):
    assert suppose(
        scenario,
        {item.fact: item.value for item in supposed.facts},
        since=supposed.since,
        words={word.of: word.stance for word in supposed.words},
        meanings={agreed.vague: agreed.meaning for agreed in supposed.meanings},
        without=supposed.without,
        together=supposed.together,
    ) == scenario.with_suppositions([supposed])


@given(suppositions(), suppositions())
def test_what_is_imagined_on_top_takes_the_place_of_the_same_and_leaves_the_rest(first, then):
    both = first.and_then([*then.facts, *then.words, *then.meanings])
    assert dict.fromkeys(both.facts).keys() >= dict.fromkeys(then.facts).keys()
    named = {item.fact for item in then.facts}
    assert [item for item in both.facts if item.fact not in named] == [
        item for item in first.facts if item.fact not in named
    ]
    assert (both.since, both.without, both.together) == (
        first.since,
        first.without,
        first.together,
    )
    assert first.and_then([]) == first


@given(suppositions())
def test_a_supposition_is_empty_where_it_has_nothing_of_any_kind(supposed):
    kinds = (supposed.facts, supposed.words, supposed.meanings)
    assert supposed.is_empty is not any((*kinds, supposed.without, supposed.together))
    assert Supposition(since=supposed.since).is_empty


@given(suppositions())
def test_a_supposition_is_a_value(supposed):
    assert pickle.loads(pickle.dumps(supposed)) == supposed  # noqa: S301 - written here
    assert hash(evolve(supposed)) == hash(supposed)


class TestScenario:
    def test_a_title_is_enough(self):
        scenario = Scenario(title="nothing yet")
        assert (scenario.timezone, scenario.parties, scenario.suppositions) == ("UTC", (), ())

    @pytest.mark.parametrize("title", ["", " ", None])
    def test_a_title_says_something(self, title):
        with pytest.raises(ModelError, match=r"Scenario\.title must be a text, got"):
            Scenario(title=title)

    def test_its_records_are_of_their_kind(self):
        for kind in (*KINDS, "suppositions"):
            with pytest.raises(ModelError, match=rf"Scenario\.{kind} takes \w.*, got Moment"):
                Scenario(title="x", **{kind: [Moment("2025-03-13")]})

    def test_it_cannot_be_changed(self):
        with pytest.raises(AttributeError):
            situation().title = "another"

    def test_its_index_is_no_part_of_its_value(self):
        assert "index" not in repr(situation())
        assert situation() == situation()
        assert situation().index != situation().index


class TestTimezone:
    def test_it_is_a_zone_of_the_data_base(self):
        assert Scenario(title="x", timezone="Europe/Kyiv").zone == ZoneInfo("Europe/Kyiv")

    @pytest.mark.parametrize(
        "zone",
        [
            "",
            "Europe",
            "Europe/Arvenia",
            "+02:00",
            "../etc/passwd",
            "/etc/passwd",
            "a\0b",
            "x" * 999,
        ],
    )
    def test_anything_else_is_refused(self, zone):
        with pytest.raises(ModelError) as error:
            Scenario(title="x", timezone=zone)
        assert str(error.value) == (
            f"no time zone {shortened(zone)}; write its IANA name, such as 'Europe/Kyiv' or 'UTC'"
        )

    @pytest.mark.parametrize("zone", [None, 2, ["UTC"]])
    def test_what_is_no_text_is_refused(self, zone):
        with pytest.raises(ModelError, match="no time zone "):
            Scenario(title="x", timezone=zone)


class TestFinding:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("party", "arvenya"),
            ("territory", "valey"),
            ("fact", "truse"),
            ("source", "wier"),
            ("statement", "wrod"),
            ("proposal", "plam"),
            ("provision", "duti"),
            ("precondition", "gat"),
        ],
    )
    def test_an_unknown_id_names_the_nearest(self, kind, name):
        with pytest.raises(UnknownIdError, match=f"no {kind} '{name}' in this .* did you mean '"):
            getattr(situation(), kind)(name)

    def test_a_provision_is_no_proposal(self):
        with pytest.raises(UnknownIdError):
            situation().proposal("duty")


def test_a_record_of_any_kind_is_found_by_its_id_or_by_itself():
    scenario = situation()
    for kind in KINDS:
        for record in getattr(scenario, kind):
            if kind != "observations":
                assert scenario[record.id] is scenario[record] is record
    assert scenario.party(scenario["arvenia"]) is scenario["arvenia"]
    assert scenario.fact(evolve(scenario.fact("troops"), text="other words")).text == "x"
    with pytest.raises(UnknownIdError, match="no party 'troops'"):
        scenario.party(scenario["troops"])
    with pytest.raises(UnknownIdError, match=r"no party .* did you mean 'arvenia'"):
        scenario.party(["arvenia"])
    with pytest.raises(UnknownIdError, match=r"no record 'arvena' .* did you mean 'arvenia'"):
        scenario["arvena"]


def test_an_id_of_records_of_several_kinds_is_answered_with_the_ways_to_each():
    twice = situation().with_facts(State(id="arvenia", text="x"))
    ways = r"write scenario.party\('arvenia'\) or scenario.fact\('arvenia'\)"
    with pytest.raises(ModelError, match=ways):
        twice["arvenia"]


def test_the_keys_of_a_scenario_can_be_completed_but_not_run_through():
    scenario = situation()
    keys = scenario._ipython_key_completions_()
    assert keys[:4] == ["arvenia", "valley", "truce", "troops"]
    with pytest.raises(TypeError, match="not iterable"):
        list(scenario)


class TestAdding:
    @pytest.mark.parametrize("kind", KINDS)
    def test_records_of_each_kind_one_by_one(self, kind):
        whole = situation()
        grown = Scenario(title="a situation")
        for earlier in KINDS[: KINDS.index(kind) + 1]:
            if earlier in {"statements", "preconditions"}:
                continue
            grown = getattr(grown, f"with_{earlier}")(iter(getattr(whole, earlier)))
            assert getattr(grown, earlier) == getattr(whole, earlier)

    def test_everything_in_turn(self):
        whole = situation()
        grown = (
            Scenario(title="a situation")
            .with_parties(whole.parties)
            .with_territories(whole.territories)
            .with_facts(whole.facts)
            .with_sources(whole.sources)
            .with_observations(whole.observations)
            .with_proposals(whole.proposals)
            .with_statements(whole.statements)
            .with_preconditions(whole.preconditions)
        )
        assert grown == whole
        assert tables(grown) == tables(whole)

    def test_what_one_adds_to_stays_as_it_was(self):
        before = situation()
        known = {name: dict(table) for name, table in tables(before).items()}
        [gate], [report], [word] = before.preconditions, before.observations, before.statements
        before.with_preconditions([evolve(gate, id="more", needs=Holds("truce"))])
        before.with_observations([report, evolve(report, id="first"), correction(report)])
        before.with_statements([evolve(word, id="more")])
        with pytest.raises(ScenarioError, match="two different demands are called 'order'"):
            before.with_preconditions([evolve(gate, id="more", needs=ORDER)])
        assert tables(before) == known

    def test_suppositions_stay(self):
        imagined = suppose(situation(), {"truce": False}, since="2025-03-13")
        assert imagined.with_parties([]).suppositions == imagined.suppositions

    def test_nothing(self):
        assert situation().with_facts([]) == situation()


class TestCheck:
    def test_a_condition_that_fits(self):
        situation().check(Holds("truce") & AtLeast("troops", 5) & ~Fulfilled("duty", "arvenia"))

    def test_all_that_is_wrong_is_listed(self):
        with pytest.raises(ScenarioError) as error:
            situation().check(Done("truce") & Holds("truse") & Fulfilled("duty", "belmora"))
        assert [problem.path for problem in error.value.problems] == [
            "$.all_of[0].done",
            "$.all_of[1].holds",
            "$.all_of[2].fulfilled.by",
            "$",
        ]

    def test_a_demand_of_the_same_name_must_be_the_same(self):
        scenario = situation()
        scenario.check(scenario.index.vague["order"])
        with pytest.raises(ScenarioError, match="two different demands are called 'order'"):
            scenario.check(evolve(ORDER, meanings=[]))

    def test_a_new_demand_is_not_remembered(self):
        scenario = situation()
        scenario.check(Vague(id="new", text="one"))
        scenario.check(Vague(id="new", text="another"))
        assert set(scenario.index.vague) == {"order"}


class TestSuppose:
    def test_plain_values_and_times_become_the_librarys_own(self):
        imagined = suppose(situation(), {"truce": False, "troops": 0.5}, since="2025-03-13")
        assert imagined.suppositions[0] == Supposition(
            since=MARCH,
            facts=[SupposedFact("truce", Truth(False)), SupposedFact("troops", Number(0.5))],
        )

    def test_words_meanings_and_preconditions(self):
        accepts = Accepts("arvenia", "plan")
        imagined = suppose(
            situation(),
            since=MARCH,
            words={accepts: Stance.REJECTS},
            meanings={"order": "quiet"},
            without=["gate"],
            together=["gate"],
        )
        assert imagined.suppositions[0] == Supposition(
            since=MARCH,
            words=[SupposedWord(accepts, Stance.REJECTS)],
            meanings=[SupposedMeaning("order", "quiet")],
            without=["gate"],
            together=["gate"],
        )

    def test_later_ones_are_added_after_earlier_ones(self):
        once = suppose(situation(), {"truce": False}, since="2025-03-13")
        twice = suppose(once, {"truce": True}, since="2025-03-14")
        assert twice.suppositions[0] == once.suppositions[0]
        assert len(twice.suppositions) == 2

    @pytest.mark.parametrize("since", ["2025-03", "2025-03-13/2025-03-14"])
    def test_it_begins_on_a_single_day_or_instant(self, since):
        with pytest.raises(ModelError) as error:
            suppose(situation(), since=since)
        assert str(error.value) == (f"Supposition.since is a day or an instant, got {since!r}")

    @pytest.mark.parametrize(
        ("supposed", "path", "what"),
        [
            ({"facts": {"truse": True}}, "facts.truse", "no fact 'truse'; did you mean 'truce'?"),
            (
                {"facts": {"truce": 1}},
                "facts.truce",
                "'truce' is a state, so its value is true or false, got 1; write true",
            ),
            (
                {"words": {Accepts("belmora", "plan"): Stance.ACCEPTS}},
                "words[0].accepts.party",
                "no party 'belmora'; known: 'arvenia'",
            ),
            (
                {"meanings": {"ordre": "quiet"}},
                "meanings.ordre",
                "no vague demand 'ordre'; did you mean 'order'?",
            ),
            (
                {"meanings": {"order": "quite"}},
                "meanings.order",
                "no meaning 'quite' of 'order'; did you mean 'quiet'?",
            ),
            (
                {"without": ["gate", "gaet"]},
                "without[1]",
                "no precondition 'gaet'; did you mean 'gate'?",
            ),
            (
                {"together": ["gaet"]},
                "together[0]",
                "no precondition 'gaet'; did you mean 'gate'?",
            ),
        ],
    )
    def test_what_the_scenario_does_not_have_is_refused(self, supposed, path, what):
        with pytest.raises(ScenarioError) as error:
            suppose(suppose(situation(), since=MARCH), since=MARCH, **supposed)
        [problem] = error.value.problems
        assert (problem.path, problem.what) == (f"$.suppositions[1].{path}", what)

    def test_a_word_that_closes_a_circle_through_a_negation_is_refused(self):
        gate = evolve(
            situation().preconditions[0], id="not", of=Accepts("arvenia", "duty"),
            needs=~InForce("plan"),
        )  # fmt: skip
        scenario = situation().with_preconditions([gate])
        words = {Accepts("arvenia", "duty"): Stance.ACCEPTS_WITH_CONDITIONS}
        with pytest.raises(ScenarioError, match="a circle through a negation"):
            suppose(scenario, since=MARCH, words=words)
        supposed = suppose(situation(), since=MARCH, words=words).suppositions
        with pytest.raises(ScenarioError, match="a circle through a negation"):
            evolve(scenario, suppositions=supposed)

    def test_building_at_once_refuses_the_same_and_lists_it_all(self):
        bad = Supposition(since=MARCH, without=["x"], facts=[SupposedFact("x", True)])
        with pytest.raises(ScenarioError) as error:
            evolve(situation(), suppositions=[bad, bad])
        assert [problem.path for problem in error.value.problems] == [
            "$.suppositions[0].facts.x",
            "$.suppositions[0].without[0]",
            "$.suppositions[1].facts.x",
            "$.suppositions[1].without[0]",
        ]

    @pytest.mark.parametrize("key", ["without", "together"])
    def test_one_precondition_alone_needs_no_list(self, key):
        supposed = suppose(situation(), since=MARCH, **{key: "gate"}).suppositions[0]
        assert getattr(supposed, key) == ("gate",)


class TestSupposition:
    @pytest.mark.parametrize(
        ("key", "twice"),
        [
            ("facts", [SupposedFact("truce", True), SupposedFact("truce", False)]),
            (
                "words",
                [
                    SupposedWord(Accepts("a", "plan"), Stance.ACCEPTS),
                    SupposedWord(Accepts("a", "plan"), Stance.REJECTS),
                ],
            ),
            ("meanings", [SupposedMeaning("order", "law"), SupposedMeaning("order", "quiet")]),
        ],
    )
    def test_two_things_of_one_are_refused(self, key, twice):
        with pytest.raises(ModelError, match=f"a supposition names each of its {key} once, got"):
            Supposition(since=MARCH, **{key: twice})

    def test_a_precondition_is_dropped_once(self):
        with pytest.raises(ModelError, match=r"Supposition\.without must name each id once"):
            Supposition(since=MARCH, without=["gate", "gate"])

    def test_it_begins_at_a_time(self):
        assert Supposition(since="2025-03-13").since == Moment("2025-03-13")
        with pytest.raises(ModelError, match=r"Supposition\.since cannot be read: no time"):
            Supposition(since="soon")

    def test_what_it_holds_may_be_given_as_mappings(self):
        supposed = Supposition(
            since="2025-03-13",
            facts={"troops": (1, 2), State(id="truce", text="a truce"): False},
            words={"arvenia:plan": "rejects"},
            meanings={"order": "quiet"},
        )
        assert supposed.facts == (SupposedFact("troops", (1, 2)), SupposedFact("truce", False))
        assert supposed.words == (SupposedWord(Accepts("arvenia", "plan"), Stance.REJECTS),)
        assert supposed.meanings == (SupposedMeaning("order", "quiet"),)

    def test_a_word_is_on_an_acceptance(self):
        with pytest.raises(ModelError, match=r"SupposedWord\.of takes Accepts, got 'plan'"):
            SupposedWord("plan", "rejects")

    def test_a_word_is_about_an_acceptance(self):
        with pytest.raises(ModelError, match=r"SupposedWord\.of takes Accepts, got Holds"):
            SupposedWord(Holds("truce"), Stance.ACCEPTS)


class TestIndex:
    def test_a_copy_takes_records_in_alone(self):
        first = Index()
        second, problems = first.extended([("$.parties.a", Party(id="a", name="A"))])
        assert problems == []
        assert (list(first.parties), list(second.parties)) == ([], ["a"])

    def test_nobody_can_write_to_it(self):
        index = situation().index
        tables = [getattr(index, each.name) for each in fields(Index)]
        assert all(isinstance(table, MappingProxyType) for table in tables)
        with pytest.raises(TypeError, match="does not support item assignment"):
            index.parties["b"] = Party(id="b", name="B")

    def test_it_is_pickled_whole(self):
        index = situation().index
        copy = pickle.loads(pickle.dumps(index))  # noqa: S301 - our own
        assert all(getattr(copy, each.name) == getattr(index, each.name) for each in fields(Index))

    def test_each_kind_is_known_by_its_ids(self):
        index = situation().index
        known = {
            "party": ["arvenia"],
            "territory": ["valley"],
            "fact": ["truce", "troops"],
            "state": ["truce"],
            "amount": ["troops"],
            "act": [],
            "source": ["wire"],
            "observation": [],
            "statement": ["word"],
            "proposal": ["plan"],
            "provision": ["duty"],
            "text": ["plan", "duty"],
            "precondition": ["gate"],
            "vague": ["order"],
        }
        assert {kind: index.known(kind) for kind in known} == known
        assert all(index.has(kind, name) for kind in known for name in known[kind])
        assert not any(index.has(kind, "nothing") for kind in known)
