"""The type checker names every place that has to know of a new kind of condition."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEW = '''

@final
@frozen(cache_hash=True)
class Rumoured(Temporal):
    """A kind of condition that no other module knows of."""

    condition: Condition = field(validator=is_condition)


History: TypeAlias = Ever'''


@pytest.mark.skipif(find_spec("mypy") is None, reason="needs mypy, of the extra lint")
def test_the_checker_names_every_place_that_lacks_an_arm_for_a_new_kind_of_condition(tmp_path):
    package = tmp_path / "ceasefire_model"
    shutil.copytree(ROOT / "ceasefire_model", package)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    conditions = package / "conditions.py"
    text = conditions.read_text(encoding="utf-8")
    old = "\n\nHistory: TypeAlias = Ever"
    assert text.count(old) == 1
    conditions.write_text(text.replace(old, f"{NEW} | Rumoured"), encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "ceasefire_model", "--cache-dir", str(tmp_path / "cache")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    named = set(re.findall(r"^(\S+?):\d+: error: .*Rumoured", checked.stdout, re.MULTILINE))
    lacking = {f"ceasefire_model/{path}" for path in places_that_know("HeldFor")}
    assert lacking - named == EXCUSED, checked.stdout


EXCUSED = {
    "ceasefire_model/rules/deciding.py",  # takes the kinds that `findings` hands it, and no other
    # each picks the few kinds of which it can say more, and says nothing of any other
    "ceasefire_model/analyses/possibility.py",  # what a leaf implies at the same instant
    "ceasefire_model/rules/performance.py",  # where the one number that is demanded stands
    "ceasefire_model/drafting/coverage.py",  # which conditions only forbid something
}


def places_that_know(name):
    """Yield the modules that match a class of conditions in an arm."""
    for path in sorted((ROOT / "ceasefire_model").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name != "strategies.py" and re.search(rf"(case|\|) .*\b{name}\(", text):
            yield path.relative_to(ROOT / "ceasefire_model").as_posix()
