"""Texts that are made to do harm: each is refused within bounded time and memory.

Run as a program, this file reads some of them and says what each took::

    python tests/documents/test_hostile.py 1000000 'deep lists'
"""

import os
import subprocess
import sys
import time

import pytest

from ceasefire_model.documents import loads
from ceasefire_model.errors import DocumentError
from tests.examples import at_most

resource = pytest.importorskip("resource")  # Windows cannot say how much memory was used

HEAD = "format: ceasefire-model/1\ntitle: t\n"
JSON = '{"format": "ceasefire-model/1", "title": "t", '
FACT = HEAD + "facts: {f: {state: x}}\nsources: {s: S}\n"
LAW = (
    HEAD
    + "facts: {a: {state: x}}\npreconditions: {p: {text: x, basis: legal, of: {holds: a}, needs: "
)
OBSERVATION = "- {fact: f, value: true, source: s, since: 2025-01}\n"

TEXTS = {
    "deep lists": lambda n: "[" * n,
    "deep lists, closed": lambda n: HEAD + "facts: " + "[" * (n // 2) + "]" * (n // 2),
    "deep mappings": lambda n: "{a: " * (n // 4),
    "deep blocks": lambda n: "- " * (n // 2),
    "deep keys": lambda n: "? " * (n // 2),
    "deep indentation": lambda n: "".join(" " * d + "a:\n" for d in range(int((2 * n) ** 0.5))),
    "deep conditions": lambda n: LAW + "{not: " * (n // 6),
    "laughs": lambda n: (
        "a: &a [x, x]\n" + "".join(f"b{d}: &b{d} [*a, *a]\n" for d in range(n // 20))
    ),
    "anchors": lambda n: "".join(f"a{d}: &a{d} x\n" for d in range(n // 15)),
    "tags": lambda n: HEAD + "a: " + "!a " * (n // 3),
    "directives": lambda n: "".join(f"%TAG !a{d}! b\n" for d in range(n // 15)) + "---\na",
    "documents": lambda n: "---\n" * (n // 4),
    "one long text": lambda n: HEAD + "text: " + "a" * n,
    "one long quoted text": lambda n: HEAD + 'text: "' + "\\n" * (n // 2) + '"',
    "one long block": lambda n: HEAD + "text: |\n" + " x\n" * (n // 3),
    "one long key": lambda n: "a" * n + ": 1",
    "one long number": lambda n: HEAD + "text: " + "1" * n,
    "open quote": lambda n: HEAD + 'text: "' + "a\n" * (n // 2),
    "spaces": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "comments": lambda n: "#\n" * (n // 2),
    "numbers": lambda n: HEAD + "observations: [" + "1," * (n // 2) + "1]",
    "pairs": lambda n: HEAD + "facts: [" + "a: b, " * (n // 6) + "]",
    "empty mappings": lambda n: HEAD + "observations: [" + "{}," * (n // 3) + "{}]",
    "unknown keys": lambda n: HEAD + "".join(f"k{d}: 1\n" for d in range(n // 11)),
    "the same key": lambda n: HEAD + "a: 1\n" * (n // 5),
    "many problems": lambda n: HEAD + "observations:\n" + "- fact: a\n" * (n // 10),
    "many unknown ids": lambda n: (
        HEAD
        + "facts:\n"
        + "".join(f" f{d}: {{state: s}}\n" for d in range(n // 40))
        + "observations:\n"
        + "".join(
            f"- {{fact: g{d}, value: 1, source: s, since: 2025-01}}\n" for d in range(n // 110)
        )
    ),
    "many members": lambda n: HEAD + f"parties: {{a: {{name: x, members: [{'m,' * (n // 2)}]}}}}",
    "many conditions": lambda n: LAW + "[" + "{not: {holds: b}}," * (n // 20) + "]}}",
    "one fault at the end": lambda n: FACT + "observations:\n" + OBSERVATION * (n // 52) + "- x\n",
    "JSON lists": lambda n: '{"a":' + "[" * n,
    "JSON mappings": lambda n: '{"a":' * (n // 5),
    "JSON numbers": lambda n: JSON + '"observations": [' + "1," * (n // 2) + "1]}",
    "JSON, the same key": lambda n: "{" + '"a":1,' * (n // 6) + '"a":1}',
    "JSON, a long number": lambda n: JSON + '"text": ' + "1" * n + "}",
    "JSON, a far exponent": lambda n: JSON + '"text": 1e' + "1" * n + "}",
    "JSON, a long text": lambda n: JSON + '"text": "' + "a" * n + '"}',
    "JSON, half characters": lambda n: JSON + '"text": "' + "\\ud800" * (n // 6) + '"}',
    "JSON, an open quote": lambda n: '{"' + "a" * n,
    "JSON, backslashes": lambda n: '{"' + "\\" * n,
    "JSON, lines": lambda n: "{" + "\n" * n,
    "JSON, no numbers": lambda n: JSON + '"observations": [' + "NaN," * (n // 4) + "1]}",
}


def used():
    """Return the most memory that this process has used, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def measure(size, name):
    """Read one text, and write the seconds and megabytes that it took, and how many problems."""
    text = TEXTS[name](size)
    before, start = used(), time.process_time()
    try:
        loads(text)
    except DocumentError as error:
        seconds = time.process_time() - start
        sys.stdout.write(f"{name}: {seconds:.2f} {used() - before:.0f} {len(error.problems)}\n")
        sys.stdout.flush()


def measure_each(size, names):
    """Read texts, each in a process of its own, in which all that is imported is there already."""
    loads(HEAD)
    for name in names:
        child = os.fork()
        if child == 0:
            measure(size, name)
            os._exit(0)
        os.waitpid(child, 0)


SIZE = at_most(1_000_000)
GROUPS = [
    [name for name in TEXTS if name.startswith("JSON")],
    [name for name in TEXTS if name.startswith("deep")],
    [name for name in TEXTS if not name.startswith(("JSON", "deep"))],
]


@pytest.mark.slow
@pytest.mark.parametrize("names", GROUPS, ids=["JSON", "deep", "other"])
def test_a_hostile_text_is_refused_in_time(names):
    command = [sys.executable, __file__, str(SIZE), *names]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    found = dict(line.split(": ") for line in result.stdout.splitlines())
    assert [*found] == names
    for name, taken in found.items():
        seconds, megabytes, problems = map(float, taken.split())
        # a megabyte takes about one and a half on the machine where it was written
        assert seconds < 5 * SIZE / 1_000_000, name
        assert megabytes < 200, name
        assert 1 <= problems <= 1001, name


if __name__ == "__main__":
    measure_each(int(sys.argv[1]), sys.argv[2:])
