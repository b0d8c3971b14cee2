"""The face of the package: what it names, and what it says of what it does not have."""

import inspect
import pickle
import subprocess
import sys

import pytest

import ceasefire_model as cm
from ceasefire_model.face import told
from ceasefire_model.rules import timelines

VERBS = sorted(
    name
    for name in cm.__all__
    if inspect.isfunction(getattr(cm, name)) and getattr(cm, name).__module__ == cm.__name__
)


def test_every_verb_that_takes_a_time_says_which_argument_is_meant():
    timed = [
        name
        for name in cm.__all__
        if inspect.isfunction(getattr(cm, name))
        and {"as_of", "since", "start", "dates"}
        & {*inspect.signature(getattr(cm, name)).parameters}
    ]
    assert set(timed) <= set(VERBS)
    for name in timed:
        with pytest.raises(TypeError, match=rf"^{name} takes no 'date'; (did you mean '|it)"):
            getattr(cm, name)(None, date="2031-05-02")


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_shows_its_own_signature_and_docstring_and_can_be_pickled(name):
    verb = getattr(cm, name)
    own = inspect.unwrap(verb)
    assert own is not verb
    assert inspect.signature(verb) == inspect.signature(own)
    assert verb.__doc__ == own.__doc__
    assert inspect.getsource(verb) == inspect.getsource(own)
    assert pickle.loads(pickle.dumps(verb)) is verb  # noqa: S301 - our own


def test_an_error_inside_a_verb_is_told_as_it_is():
    def broken(number: int) -> int:
        return number + unfit(1)

    def unfit() -> int:
        return 1

    with pytest.raises(TypeError, match=r"unfit\(\) takes 0 positional arguments but 1 was given"):
        told(broken)(1)


def test_what_is_missing_is_told_as_it_is():
    with pytest.raises(TypeError, match=r"missing 2 required keyword-only .* 'start' and 'end'$"):
        cm.timeline(None)


def test_the_modules_of_answers_tables_and_pictures_are_reached_from_the_package():
    pytest.importorskip("matplotlib")
    program = (
        "import sys, ceasefire_model as cm; print({*cm._MODULES} <= {*dir(cm)},"
        " 'matplotlib' in sys.modules, cm.tables.add.__name__, cm.plots.timelines.__name__,"
        " cm.rules.Assessment.__name__)"
    )
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert found.stdout.split() == ["True", "False", "add", "timelines", "Assessment"]


def test_what_cannot_be_drawn_is_not_offered(monkeypatch):
    monkeypatch.setattr(cm, "find_spec", lambda _: None)
    assert "plots" not in dir(cm)
    assert "tables" in dir(cm)


def test_each_name_of_the_package_is_its_own_function():
    assert inspect.unwrap(cm.timeline) is timelines.timeline
    assert cm.timeline is cm.timeline
