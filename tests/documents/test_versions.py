"""The versions of the document structure."""

import pytest

from ceasefire_model.documents.misfits import MisfitsError
from ceasefire_model.documents.versions import UPGRADES, line, upgraded

# An invented history: version 1 had `name`, version 2 `title`, version 3 has `titles`.
HISTORY = {
    1: lambda data: {"format": data["format"], "title": data["name"]},
    2: lambda data: {"format": data["format"], "titles": [data["title"]]},
}


@pytest.mark.parametrize(
    ("version", "data"), [(1, {"name": "a"}), (2, {"title": "a"}), (3, {"titles": ["a"]})]
)
def test_data_of_an_older_version_are_turned_into_those_of_the_next_until_they_are_current(
    version, data
):
    document = {"format": line(version), **data}
    assert upgraded(document, HISTORY, 3)["titles"] == ["a"]


def test_data_of_the_current_version_stay_as_they_are():
    document = {"format": line(), "title": "a"}
    assert upgraded(document) is document


def test_every_older_version_can_be_read():
    assert set(UPGRADES) == set(range(1, int(line().partition("/")[2])))


NEWER = (
    "ceasefire-model/12 is newer than this library, which reads up to ceasefire-model/1; "
    "upgrade it: pip install --upgrade ceasefire-model"
)


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({}, "the key 'format' is missing; write 'format: ceasefire-model/1' at the top"),
        ({"format": "x/1"}, "no format 'x/1'; write 'format: ceasefire-model/1'"),
        ({"format": "ceasefire-model/0"}, "no format 'ceasefire-model/0'; write 'format: "),
        ({"format": "ceasefire-model/01"}, "no format 'ceasefire-model/01'; write 'format: "),
        ({"format": 1}, "no format 1; write 'format: ceasefire-model/1'"),
        ({"format": "ceasefire-model/12"}, NEWER),
    ],
)
def test_what_is_of_no_known_version_is_refused(document, what):
    with pytest.raises(MisfitsError) as caught:
        upgraded(document)
    assert caught.value.found[0].what.startswith(what)
