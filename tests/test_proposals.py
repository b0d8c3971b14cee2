import pickle

import pytest
from attrs import evolve
from hypothesis import given

from ceasefire_model.conditions import Accepts, AllOf, Done, Holds, InForce, Not, Vague
from ceasefire_model.errors import ModelError
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
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
from ceasefire_model.strategies import duties, preconditions, proposals, provisions


def gate(**more):
    usual = {"id": "c", "of": Accepts("a", "plan"), "needs": Done("vote"), "text": "a vote first"}
    return Precondition(**{**usual, "held_by": "a", **more})


@given(duties())
def test_a_duty_is_a_value(duty):
    assert pickle.loads(pickle.dumps(duty)) == duty  # noqa: S301 - written here
    assert hash(evolve(duty)) == hash(duty)


@given(provisions())
def test_a_provision_is_a_value(provision):
    assert pickle.loads(pickle.dumps(provision)) == provision  # noqa: S301 - written here
    assert hash(evolve(provision)) == hash(provision)


@given(proposals())
def test_a_proposal_is_a_value(proposal):
    assert pickle.loads(pickle.dumps(proposal)) == proposal  # noqa: S301 - written here
    assert hash(evolve(proposal)) == hash(proposal)


@given(preconditions())
def test_a_precondition_is_a_value(precondition):
    assert pickle.loads(pickle.dumps(precondition)) == precondition  # noqa: S301 - written here
    assert hash(evolve(precondition)) == hash(precondition)


class TestDuty:
    def test_one_party_or_several_jointly(self):
        arvenia = Party(id="arvenia", name="Arvenia")
        assert Duty(by=[arvenia, "belmora"], requires=Done("vote")).by == ("arvenia", "belmora")

    def test_a_duty_of_nobody_is_refused(self):
        with pytest.raises(ModelError, match=r"owed by somebody; Duty\.by must name a party"):
            Duty(by=[], requires=Done("vote"))

    @pytest.mark.parametrize("requires", [None, "vote", 7])
    def test_it_requires_a_condition(self, requires):
        with pytest.raises(ModelError) as error:
            Duty(by=["a"], requires=requires)
        assert str(error.value).startswith(f"Duty.requires takes conditions, got {requires!r}")

    def test_it_may_require_several(self):
        both = Duty(by="a", requires=[Done("vote"), Holds("calm")])
        assert both == Duty(by=["a"], requires=Done("vote") & Holds("calm"))


class TestProvision:
    def test_a_text_is_enough(self):
        provision = Provision(id="p", text="prisoners are exchanged")
        assert (provision.kind, provision.duties, provision.due) == (ProvisionKind.DUTY, (), None)

    def test_it_may_replace_one_or_several(self):
        old = Provision(id="old", text="old")
        assert Provision(id="x", text="x", replaces=old).replaces == ("old",)
        assert Provision(id="x", text="x", replaces="old").replaces == ("old",)
        assert Provision(id="x", text="x", replaces=[old, "older"]).replaces == ("old", "older")

    @pytest.mark.parametrize("kind", list(ProvisionKind))
    @pytest.mark.parametrize("of", ["provision", "duty"])
    def test_a_date_is_for_what_does_not_bind_all_the_time(self, kind, of):
        day = Moment("2025-03-10")
        owed = [Duty(by=["a"], requires=Done("vote"), due=day if of == "duty" else None)]
        dated = {"due": day} if of == "provision" else {}
        if kind in {ProvisionKind.STANDING_DUTY, ProvisionKind.PROHIBITION}:
            with pytest.raises(ModelError, match=f"'x' is a {kind.value}, .* write .* as starts"):
                Provision(id="x", text="x", kind=kind, duties=owed, **dated)
            return
        assert Provision(id="x", text="x", kind=kind, duties=owed, **dated).kind is kind

    def test_a_term_of_its_own_is_given_as_bounds(self):
        with pytest.raises(ModelError, match=r"Provision\.starts cannot be read: no time"):
            Provision(id="x", text="x", starts="soon")
        with pytest.raises(ModelError, match=r"Duty\.due cannot be read: no time"):
            Duty(by=["a"], requires=Done("vote"), due=3)

    def test_its_duties_are_duties(self):
        with pytest.raises(ModelError, match=r"Provision\.duties takes Duty, got Done"):
            Provision(id="p", text="p", duties=[Done("vote")])

    def test_a_blank_topic_is_refused(self):
        with pytest.raises(ModelError, match=r"Provision\.topics must be a text, got ''"):
            Provision(id="p", text="p", topics=["monitoring", ""])

    def test_one_topic_or_duty_alone_needs_no_list(self):
        assert Provision(id="p", text="p", topics="monitoring").topics == ("monitoring",)
        owed = Duty(by="a", requires=Done("vote"))
        assert Provision(id="p", text="p", duties=owed).duties == (owed,)


class TestProposal:
    def test_a_title_is_enough(self):
        proposal = Proposal(id="plan", title="The Plan")
        assert (proposal.to, proposal.provisions, proposal.in_force) == ((), (), None)

    def test_records_stand_for_their_ids(self):
        old = Proposal(id="old", title="The Old Plan")
        assert Proposal(id="plan", title="The Plan", previous=old).previous == "old"

    def test_its_times_are_moments(self):
        for name in ("tabled", "starts", "ends"):
            given = Proposal(id="plan", title="The Plan", **{name: "2025-03-01"})
            assert getattr(given, name) == Moment("2025-03-01")
            with pytest.raises(ModelError, match=f"Proposal.{name} cannot be read: no time"):
                Proposal(id="plan", title="The Plan", **{name: "soon"})

    def test_it_claims_nothing_and_its_text_is_not_public_unless_somebody_says_so(self):
        proposal = Proposal(id="plan", title="The Plan")
        assert (proposal.claims, proposal.is_public, proposal.guaranteed_by) == (None, False, ())

    @pytest.mark.parametrize(("name", "value"), [("claims", "preliminary"), ("is_public", 1)])
    def test_a_class_and_a_truth_are_of_their_types(self, name, value):
        with pytest.raises(ModelError, match=rf"Proposal\.{name} (takes bool|is one of .*), got "):
            Proposal(id="plan", title="The Plan", **{name: value})

    @pytest.mark.parametrize("claims", CeasefireClass)
    def test_it_may_claim_to_be_any_class(self, claims):
        assert Proposal(id="plan", title="The Plan", claims=claims).claims is claims


class TestPrecondition:
    def test_who_verifies_it_is_named_once(self):
        assert gate(verified_by=["b"]).verified_by == ("b",)
        with pytest.raises(ModelError, match=r"Precondition\.verified_by must name each id once"):
            gate(verified_by=["b", "b"])

    def test_it_is_stated_and_comes_before_by_default(self):
        assert (gate().timing, gate().basis) == (Timing.BEFORE, Basis.STATED)

    @pytest.mark.parametrize(
        "of", [Holds("truce"), Not(Holds("truce")), InForce("plan"), ~Accepts("a", "plan")]
    )
    def test_a_leaf_or_its_negation_can_wait(self, of):
        assert gate(of=of).of == of

    @pytest.mark.parametrize(
        "of",
        [
            AllOf([]),
            Not(Not(Holds("truce"))),
            ~(Holds("truce") & Done("vote")),
            Vague(id="v", text="v"),
            "truce",
            None,
        ],
    )
    def test_nothing_else_can(self, of):
        with pytest.raises(ModelError) as error:
            gate(of=of)
        what = f"precondition 'c' is of a leaf or its negation, got {of!r}"
        assert str(error.value) == f"{what}; write 'A:plan', or InForce('plan')"

    def test_an_acceptance_may_be_written_short(self):
        assert gate(of="arvenia:truce") == gate(of=Accepts("arvenia", "truce"))

    @pytest.mark.parametrize("basis", [Basis.LEGAL, Basis.INFERRED])
    def test_a_law_or_a_reporter_needs_no_holder(self, basis):
        assert gate(held_by=None, basis=basis).held_by is None

    def test_a_stated_one_without_a_holder_is_refused(self):
        with pytest.raises(ModelError, match="precondition 'c' is stated, so somebody holds it"):
            gate(held_by=None)

    def test_it_needs_a_condition(self):
        with pytest.raises(ModelError, match=r"Precondition\.needs takes conditions, got 'vote'"):
            gate(needs="vote")

    def test_it_is_withdrawn_at_a_time(self):
        assert gate(withdrawn=Moment("2025-03")).withdrawn == Moment("2025-03")
        assert gate(withdrawn="2025-03") == gate(withdrawn=Moment("2025-03"))
        with pytest.raises(ModelError, match=r"Precondition\.withdrawn cannot be read: no time"):
            gate(withdrawn="soon")
