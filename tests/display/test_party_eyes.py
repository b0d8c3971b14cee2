"""One agreement through each party's eyes, whole, as it is printed.

The agreement is that of the how-to page. Each side hears its own sources and the text itself: both
know that they signed it, Arvenia that Belmora fired on 28 March, Belmora that it did not; what only
the mission and the wire reported, neither knows. To write the files anew after a change of words,
read first, then: python -m tests.display.test_party_eyes
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ceasefire_model import Scenario, Trust, assess, loads

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "how-to" / "model-an-agreement.md"
PARTIES = ("arvenia", "belmora")


def sel() -> Scenario:
    page = PAGE.read_text(encoding="utf-8")
    return loads("".join(re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)))


def printed(party: str) -> str:
    seen = assess(sel(), "sel", as_of="2031-04-20", trust=Trust.of_party(party))
    return f"{seen}\n"


def golden(party: str) -> Path:
    return HERE / "golden" / f"sel-{party}.txt"


@pytest.mark.parametrize("party", PARTIES)
def test_the_agreement_reads_so_through_the_eyes_of(party):
    assert printed(party) == golden(party).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in PARTIES:
        golden(name).write_text(printed(name), encoding="utf-8")
