"""A coverage-guided search for a text that is neither a scenario nor a `DocumentError`.

See README.md beside this file.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ceasefire_model", "yaml"]):
    # what reading and writing import late is imported here, or it would not be instrumented
    from ceasefire_model.documents import Limits, dumps, loads, reading, writing, yaml_reader
    from ceasefire_model.documents.trees import Builder, StopReadingError
    from ceasefire_model.errors import DocumentError

DOCUMENTS = Path(__file__).parents[1] / "documents"
LATE = (reading, writing)
LIMITS = Limits(size=100_000, nodes=10_000, length=5_000)


def examine(raw: bytes) -> None:
    """Read a text; if it is a scenario, write it and read it again, in both syntaxes."""
    text = raw.decode(errors="surrogateescape")
    with suppress(StopReadingError):  # the search sees into this parser, not into the one in C
        yaml_reader.read(text, Builder(LIMITS), yaml_reader.PURE)
    try:
        scenario = loads(text, limits=LIMITS)
    except DocumentError as error:
        for problem in error.problems:
            if not problem.line or not problem.column or not problem.path.startswith("$"):
                raise RuntimeError(f"no place: {problem!r}") from None
        return
    if loads(dumps(scenario)) != scenario or loads(dumps(scenario, syntax="json")) != scenario:
        raise RuntimeError("not read back as it was written")


def write_seeds(folder: Path) -> None:
    """Put documents into an empty corpus, from which the search begins."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = [DOCUMENTS / "truce.yaml", *sorted((DOCUMENTS / "golden").iterdir())]
    for number, seed in enumerate(seeds):
        text = seed.read_text(encoding="utf-8")
        (folder / f"seed-{number}").write_text(text, encoding="utf-8")
        # parts of it are small, and small inputs are mutated more often
        head = text[:42] if seed.suffix == ".yaml" else ""
        for part, block in enumerate(text.split("\n- ")):
            (folder / f"seed-{number}-{part}").write_text(head + "\n- " + block, encoding="utf-8")


if __name__ == "__main__":
    corpora = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    for corpus in corpora:
        if not corpus.exists():
            write_seeds(corpus)
    atheris.Setup(sys.argv, examine)
    atheris.Fuzz()
