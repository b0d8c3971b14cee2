"""What is too large for an analysis is refused in words, and no time is taken that is not given."""

from time import process_time

import pytest

import ceasefire_model as cm
from ceasefire_model.analyses import program
from tests.growth.measure import DAY, parties, ring, target, texts

pytest.importorskip("clingo")


@pytest.mark.parametrize(("shape", "count"), [(ring, 720), (parties, 100)])
def test_packages_refuse_in_words_what_would_take_too_much_memory(shape, count):
    scenario, begun = shape(count), process_time()
    with pytest.raises(
        cm.ModelError, match=rf"^packages take .* rules: about {count // 10}\d+ .* suppose"
    ):
        cm.packages(scenario, target(scenario), as_of=DAY)
    assert process_time() - begun < 2


def test_packages_begin_nothing_that_takes_longer_than_they_are_given():
    scenario = ring(680)
    begun = process_time()
    found = cm.packages(scenario, target(scenario), as_of=DAY, seconds=5)
    assert (found.found, found.is_complete) == ((), False)
    assert process_time() - begun < 1.5  # it would take three or more


def test_a_part_of_what_is_too_large_is_answered():
    scenario = ring(720)
    most = [f"after-{number}" for number in range(700)]
    fewer = cm.suppose(scenario, since=DAY, without=most)
    [package] = cm.packages(fewer, target(fewer), as_of=DAY, limit=1)
    assert package.who


def test_texts_that_follow_each_other_are_in_no_circle_of_those_who_accept_them(monkeypatch):
    monkeypatch.setattr(program, "_MOST_WRITTEN", 100)
    chain = texts(20)
    [package, *_] = cm.packages(chain, target(chain), as_of=DAY, limit=1)
    # one word of each party, on the last text: plain, whatever became of those before
    assert [shift.supposed.stance for shift in package.shifts] == [cm.Stance.ACCEPTS] * 2


def test_the_report_says_what_was_too_large(monkeypatch):
    monkeypatch.setattr(program, "_MOST_WRITTEN", 1_000)
    assert "packages take more than 1,000 rules" in str(cm.report(parties(9), as_of=DAY))
