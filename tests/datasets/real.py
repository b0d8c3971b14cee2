"""Where the real files of the data sets are, for the tests that read them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CEASEFIRE_DATA", ROOT.parent / "shared" / "data"))


def real(name):
    """Return the path of a real file; the test is skipped where it is missing."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return path
