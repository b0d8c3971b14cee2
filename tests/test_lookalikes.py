"""Names that look the same are found, and told apart by the names of their characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model import Party, Scenario, UnknownIdError
from ceasefire_model.lookalikes import _DRAWN_ALIKE, difference, skeleton, twin

TWINS = [
    ("RAB", "R\u0410B", "U+0410 CYRILLIC CAPITAL LETTER A", "U+0041 LATIN CAPITAL LETTER A"),
    ("pact", "\u03c1act", "U+03C1 GREEK SMALL LETTER RHO", "U+0070 LATIN SMALL LETTER P"),
    ("plan", "\uff50lan", "U+FF50 FULLWIDTH LATIN SMALL LETTER P", "U+0070 LATIN SMALL LETTER P"),
    (
        "caf\u00e9",
        "cafe\u0301",
        "U+0065 LATIN SMALL LETTER E",
        "U+00E9 LATIN SMALL LETTER E WITH ACUTE",
    ),
    (
        "caf\u00e9",
        "caf\u0435\u0301",
        "U+0435 CYRILLIC SMALL LETTER IE",
        "U+00E9 LATIN SMALL LETTER E WITH ACUTE",
    ),
    ("\u0421AP", "CAP", "U+0043 LATIN CAPITAL LETTER C", "U+0421 CYRILLIC CAPITAL LETTER ES"),
    ("\u03a1", "\u0420", "U+0420 CYRILLIC CAPITAL LETTER ER", "U+03A1 GREEK CAPITAL LETTER RHO"),
]


@pytest.mark.parametrize(("one", "other", "this", "that"), TWINS)
def test_names_that_look_the_same_are_told_apart(one, other, this, that):
    assert skeleton(one) == skeleton(other)
    assert twin(other, ["x", one]) == one
    assert difference(other, one) == f"{this} in place of {that}"


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "b"), ("RU", "ru"), ("l1", "ll"), ("e", "\u00e9"), ("\u0434", "d"), ("x2", "x3")],
)
def test_names_that_can_be_told_apart_are_no_twins(one, other):
    assert skeleton(one) != skeleton(other)
    assert twin(one, [one, other]) is None


def test_the_letters_of_the_table_are_of_the_scripts_that_it_names():
    for latin, signs in _DRAWN_ALIKE.items():
        assert unicodedata.name(latin).startswith("LATIN ")
        for sign in signs:
            script = unicodedata.name(sign).partition(" ")[0]
            assert script in {"GREEK", "CYRILLIC"} or sign == "\N{LATIN SMALL LETTER DOTLESS I}"
            assert sign.isupper() == latin.isupper() or sign == "\u04c0"


@given(st.text(st.characters(categories=["L", "M", "N"]), min_size=1))
def test_what_looks_the_same_is_the_same_however_it_is_composed(name):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert skeleton(unicodedata.normalize(form, name)) == skeleton(name)


def test_who_asks_for_a_name_by_another_script_is_told_so():
    scenario = Scenario(title="x", parties=[Party(id="CAP", name="Cap"), Party(id="B", name="B")])
    with pytest.raises(UnknownIdError) as caught:
        scenario.party("\u0421\u0410\u0420")
    assert str(caught.value).endswith(
        "; did you mean 'CAP'? this has U+0421 CYRILLIC CAPITAL LETTER ES "
        "in place of U+0043 LATIN CAPITAL LETTER C"
    )
