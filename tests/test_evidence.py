import pickle

import pytest
from attrs import evolve
from hypothesis import given

from ceasefire_model.errors import ModelError
from ceasefire_model.evidence import (
    Credibility,
    Observation,
    Reliability,
    Source,
    SourceKind,
    Trust,
)
from ceasefire_model.facts import Number, State, Truth
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Party
from ceasefire_model.strategies import observations, sources, trusts

MARCH = Moment("2025-03-01")


def report(**more):
    return Observation(**{"fact": "truce", "value": True, "source": "wire", "since": MARCH, **more})


@given(sources())
def test_a_source_is_a_value(source):
    assert pickle.loads(pickle.dumps(source)) == source  # noqa: S301 - written here
    assert hash(evolve(source)) == hash(source)


@given(observations())
def test_an_observation_is_a_value(observation):
    assert pickle.loads(pickle.dumps(observation)) == observation  # noqa: S301 - written here
    assert hash(evolve(observation)) == hash(observation)


@given(trusts())
def test_trust_is_a_value(trust):
    assert pickle.loads(pickle.dumps(trust)) == trust  # noqa: S301 - written here
    assert hash(evolve(trust)) == hash(trust)


@given(sources())
def test_every_source_is_heard_by_default(source):
    assert Trust().hears(source)


@given(trusts(), sources())
def test_a_source_is_heard_if_and_only_if_no_choice_speaks_against_it(trust, source):
    against = [
        trust.only is not None and source.id not in trust.only,
        source.id in trust.without,
        trust.party is not None
        and source.party != trust.party
        and source.kind is not SourceKind.DOCUMENT,  # documents are common ground
    ]
    assert trust.hears(source) is not any(against)


class TestSource:
    def test_an_unknown_source_cannot_be_judged(self):
        source = Source(id="wire", name="The Wire")
        assert (source.kind, source.party) == (SourceKind.OTHER, None)
        assert source.reliability is Reliability.F

    def test_it_may_speak_for_a_party(self):
        arvenia = Party(id="arvenia", name="Arvenia")
        assert Source(id="wire", name="The Wire", party=arvenia).party == "arvenia"


class TestObservation:
    def test_it_is_reported_when_it_begins_unless_one_says_otherwise(self):
        assert report().reported == MARCH
        assert report(reported=Moment("2025-03-13")).reported == Moment("2025-03-13")

    def test_plain_values_become_the_librarys_own(self):
        assert report().value == Truth(True)
        assert report(value=1).value == Number(1)

    def test_records_stand_for_their_ids(self):
        fact, source = State(id="truce", text="x"), Source(id="wire", name="x")
        assert report(fact=fact, source=source) == report()

    def test_its_times_are_moments(self):
        for name in ("since", "until", "reported"):
            assert getattr(report(**{name: "2025-03-01"}), name) == Moment("2025-03-01")
            with pytest.raises(ModelError, match=f"Observation.{name} cannot be read: no time"):
                report(**{name: "soon"})

    def test_credibility_is_a_number_from_one_to_six(self):
        assert report(credibility=1).credibility is Credibility.CONFIRMED
        with pytest.raises(ModelError, match=r"credibility is one of 1, 2, 3, 4, 5, 6, got 7"):
            report(credibility=7)

    def test_credibility_runs_from_one_to_six(self):
        assert list(map(int, Credibility)) == [1, 2, 3, 4, 5, 6]

    @pytest.mark.parametrize("name", ["note", "reference"])
    def test_a_note_says_something(self, name):
        with pytest.raises(ModelError, match=f"Observation.{name} must be a text, got ''"):
            report(**{name: ""})


class TestTrust:
    def test_of_a_party_hears_what_speaks_for_it_alone(self):
        trust = Trust.of_party(Party(id="arvenia", name="Arvenia"))
        assert trust == Trust(party="arvenia") == Trust.of_party("arvenia")
        assert trust.hears(Source(id="wire", name="x", party="arvenia"))
        assert not trust.hears(Source(id="wire", name="x", party="belmora"))
        assert not trust.hears(Source(id="wire", name="x"))

    def test_only_nobody_is_not_everybody(self):
        wire = Source(id="wire", name="x")
        assert not Trust(only=[]).hears(wire)
        assert Trust(only=None).hears(wire)

    def test_without_counts_more_than_only(self):
        wire = Source(id="wire", name="x")
        assert Trust(only=[wire]).hears(wire)
        assert not Trust(only=[wire], without=[wire]).hears(wire)

    @pytest.mark.parametrize("name", ["only", "without"])
    def test_one_source_alone_needs_no_list(self, name):
        assert Trust(**{name: "wire"}) == Trust(**{name: [Source(id="wire", name="x")]})

    def test_within_no_days_is_today(self):
        assert Trust(within_days=0).within_days == 0

    @pytest.mark.parametrize("days", [-1, -100])
    def test_days_to_come_are_refused(self, days):
        with pytest.raises(ModelError, match=f"within_days must be 0 to .* got {days}"):
            Trust(within_days=days)

    @pytest.mark.parametrize("days", [True, 1.5, "1"])
    def test_days_are_a_whole_number(self, days):
        with pytest.raises(ModelError):
            Trust(within_days=days)
