import pickle

import pytest
from attrs import evolve
from hypothesis import given

from ceasefire_model.errors import ModelError
from ceasefire_model.facts import State
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
from ceasefire_model.proposals import Proposal
from ceasefire_model.statements import About, Stance, Statement, StatementKind
from ceasefire_model.strategies import abouts, statements

MARCH = Moment("2025-03-01")
KINDS = ("proposal", "provision", "party", "territory", "fact", "statement", "precondition")


def word(**more):
    usual = {
        "id": "x",
        "speaker": "an envoy",
        "party": "arvenia",
        "date": MARCH,
        "about": About(proposal="plan"),
        "text": "yes",
        "source": "wire",
        "stance": Stance.ACCEPTS,
    }
    return Statement(**{**usual, **more})


@given(statements())
def test_a_statement_is_a_value(statement):
    assert pickle.loads(pickle.dumps(statement)) == statement  # noqa: S301 - written here
    assert hash(evolve(statement)) == hash(statement)


@given(abouts(preconditions=["c0"]))
def test_what_a_statement_is_about_is_a_value(about):
    assert pickle.loads(pickle.dumps(about)) == about  # noqa: S301 - written here
    assert hash(evolve(about)) == hash(about)


@given(statements())
def test_a_statement_has_either_a_stance_or_a_kind(statement):
    assert (statement.stance is None) is not (statement.kind is None)


class TestAbout:
    @pytest.mark.parametrize("kind", KINDS)
    def test_one_record_of_any_kind_is_enough(self, kind):
        assert getattr(About(**{kind: "x"}), kind) == "x"

    def test_nothing_is_not_enough(self):
        with pytest.raises(ModelError, match="a statement is about something: a proposal, a"):
            About()

    def test_two_texts_at_once_are_too_much(self):
        with pytest.raises(ModelError, match="about a proposal or about a provision, not about b"):
            About(proposal="plan", provision="plan-1")

    def test_everything_else_may_be_combined(self):
        about = About(**{kind: "x" for kind in KINDS if kind != "provision"})
        assert about.text == "x"

    def test_its_text_is_the_proposal_or_the_provision(self):
        assert About(proposal="plan").text == "plan"
        assert About(provision="plan-1").text == "plan-1"
        assert About(party="arvenia").text is None

    def test_records_stand_for_their_ids(self):
        assert About(party=Party(id="arvenia", name="Arvenia")) == About(party="arvenia")


class TestStatement:
    def test_it_is_reported_when_it_is_said_unless_one_says_otherwise(self):
        assert word().reported == MARCH
        assert word(reported=Moment("2025-03-13")).reported == Moment("2025-03-13")

    @pytest.mark.parametrize(
        ("stance", "kind"), [(None, None), (Stance.ACCEPTS, StatementKind.CLAIM)]
    )
    def test_neither_or_both_of_stance_and_kind_is_refused(self, stance, kind):
        with pytest.raises(ModelError, match="statement 'x' has either a stance or a kind"):
            word(stance=stance, kind=kind)

    @pytest.mark.parametrize("more", [{"party": None}, {"about": About(fact="truce")}])
    def test_a_stance_of_nobody_or_on_nothing_is_refused(self, more):
        with pytest.raises(ModelError, match="statement 'x' takes a stance, so it needs the party"):
            word(**more)

    def test_a_belief_needs_no_party_and_no_text(self):
        about = About(party="belmora")
        belief = word(stance=None, kind=StatementKind.BELIEF, party=None, about=about)
        assert belief.party is None

    def test_a_stance_on_a_provision(self):
        assert word(about=About(provision="plan-1")).about.text == "plan-1"

    def test_its_times_are_moments(self):
        for name in ("date", "reported"):
            assert getattr(word(**{name: "2025-03-01"}), name) == Moment("2025-03-01")
            with pytest.raises(ModelError, match=f"Statement.{name} cannot be read: no time"):
                word(**{name: "soon"})

    def test_what_it_is_about_may_be_a_record_or_a_mapping(self):
        plan = Proposal(id="plan", title="the plan")
        assert (
            word(about=plan)
            == word(about={"proposal": "plan"})
            == word(about=About(proposal="plan"))
        )
        about = word(about=State(id="calm", text="calm"), stance=None, kind="claim").about
        assert about == About(fact="calm")
        for other in ("plan", {"text": "plan"}, None):
            with pytest.raises(ModelError, match=r"Statement\.about takes About, got"):
                word(about=other)

    def test_its_stance_and_kind_may_be_words(self):
        assert word(stance="rejects").stance is Stance.REJECTS
        with pytest.raises(ModelError, match="did you mean 'rejects'"):
            word(stance="reject")


class TestStance:
    def test_they_run_from_the_least_to_the_most_reserved(self):
        assert [stance.value for stance in Stance] == [
            "accepts",
            "accepts with conditions",
            "accepts in principle",
            "asks for clarification",
            "undecided",
            "rejects",
            "withdrew",
        ]
