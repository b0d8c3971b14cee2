import pickle

import pytest

from ceasefire_model.errors import (
    CeasefireError,
    DocumentError,
    MissingExtraError,
    ModelError,
    Problem,
    ScenarioError,
    UnknownIdError,
    likely,
    listing,
    nearest,
    unknown,
)

PROBLEMS = (
    Problem("$.facts.vote", "no party 'x' in this scenario"),
    Problem("$.title", "it is empty"),
)
ERRORS = (
    ModelError("an id is needed, got ''", "id", "Party"),
    UnknownIdError("party", "X", ("A", "B")),
    ScenarioError(PROBLEMS),
    DocumentError("plan.yaml", PROBLEMS),
    MissingExtraError("test"),
)


def kinds_of_error(root):
    for kind in root.__subclasses__():
        yield kind
        yield from kinds_of_error(kind)


def test_there_is_an_example_of_every_error():
    assert set(kinds_of_error(CeasefireError)) == {type(error) for error in ERRORS}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_an_error_holds_is_where_those_look_who_send_it_to_another_machine(error):
    copy = type(error).__new__(type(error), *error.args)
    vars(copy).update(vars(error))
    assert str(copy) == str(error)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_pickles(error):
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - written here
    assert (type(copy), copy.args, str(copy)) == (type(error), error.args, str(error))


@pytest.mark.parametrize(
    ("error", "builtin"),
    [*zip(ERRORS, (ValueError, LookupError, ValueError, ValueError, ImportError), strict=True)],
)
def test_every_error_is_a_ceasefire_error_and_the_nearest_builtin(error, builtin):
    assert isinstance(error, CeasefireError)
    assert isinstance(error, builtin)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_message_ends_without_a_full_stop(error):
    assert str(error)[-1] != "."


class TestMessages:
    def test_a_value_that_no_record_can_hold(self):
        assert str(ModelError("a number is needed, got 'x'")) == "a number is needed, got 'x'"

    def test_a_field_that_does_not_fit_is_named_first(self):
        error = ModelError("must be a text, got ''", "name", "Party")
        assert (error.field, str(error)) == ("name", "Party.name must be a text, got ''")

    def test_an_unknown_id_names_the_nearest(self):
        message = str(UnknownIdError("party", "arvnia", ("belmora", "arvenia")))
        assert message == "no party 'arvnia' in this scenario; did you mean 'arvenia'?"

    def test_an_unknown_id_of_no_text_is_named_as_it_is(self):
        assert str(UnknownIdError("party", 5, ("a",))).startswith("no party 5 in this scenario; ")

    def test_a_missing_extra_says_what_to_install(self):
        assert str(MissingExtraError("test")) == (
            "this needs the extra 'test'; "
            "in a copy of the repository: python -m pip install '.[test]'"
        )

    def test_a_scenario_lists_one_problem_a_line(self):
        assert str(ScenarioError(PROBLEMS)).splitlines() == [
            "2 problems in scenario",
            "  $.facts.vote: no party 'x' in this scenario",
            "  $.title: it is empty",
        ]

    def test_a_document_says_where_the_text_came_from(self):
        assert str(DocumentError("plan.yaml", PROBLEMS[1:])).splitlines() == [
            "1 problem in plan.yaml",
            "  $.title: it is empty",
        ]


class TestNearest:
    def test_nothing_is_known(self):
        assert nearest("x", []) == "there is none"

    def test_capitals_do_not_matter(self):
        assert nearest("ARVENIA", ["arvenia"]) == "did you mean 'arvenia'?"
        assert nearest("arvenia", ["ARVENIA"]) == "did you mean 'ARVENIA'?"

    def test_of_two_as_alike_the_one_that_begins_alike_is_nearer(self):
        assert nearest("RUS", ["RU", "US"]) == "did you mean 'RU'?"
        assert nearest("USA", ["SA", "US"]) == "did you mean 'US'?"

    def test_far_from_all_it_lists_what_is_known_in_order(self):
        assert nearest("zzz", ["b", "a"]) == "known: 'a', 'b'"

    def test_eight_are_listed_in_full_and_nine_are_cut(self):
        eight = list("abcdefgh")
        assert nearest("zzz", eight).endswith("'g', 'h'")
        assert nearest("zzz", [*eight, "i"]).endswith("'g', 'h', …")

    def test_any_iterable_will_do(self):
        assert nearest("aa", iter(["ab"])) == "did you mean 'ab'?"


class TestUnknown:
    def test_the_kind_and_the_value_are_named(self):
        assert unknown("fact", "vot", ["vote"]) == (
            "no fact 'vot' in this scenario; did you mean 'vote'?"
        )


class TestListing:
    def test_nothing(self):
        assert listing("x", ()) == "0 problems in x"


def test_the_name_that_is_probably_meant_is_the_nearest_one_if_any_is_near():
    assert likely("arvnia", ["belmora", "arvenia"]) == "arvenia"
    assert likely("q", ["belmora", "arvenia"]) is None
