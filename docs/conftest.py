"""Pages on data frames are skipped where no library of such is installed, as those tests are."""

import re

import pytest

FRAMES = re.compile(r"^import (pandas|polars)\b")


def pytest_runtest_setup(item: pytest.DoctestItem) -> None:
    """Skip a page one of whose examples imports what is not there."""
    for example in item.dtest.examples if item.dtest else ():
        if found := FRAMES.match(example.source):
            pytest.importorskip(found[1])
