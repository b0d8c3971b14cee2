"""Draw random mutants of the package, and see which of them the tests of the same wing notice.

See README.md beside this file.
"""

import argparse
import compileall
import contextlib
import json
import os
import py_compile
import resource
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import coverage
import pytest
from drawing import WINGS, Mutant, draw
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[2]
LEFT_OUT = {  # about the texts of the repository, or about what other wings do
    "test_architecture.py",
    "test_contributing.py",
    "test_help.py",
    "test_main.py",
    "test_missing_arms.py",
    "test_notebooks.py",
    "test_tables.py",
    "test_typing.py",
}
ARGUMENTS = [
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-p", "no:benchmark"),
    *("-q", "--no-header", "--tb=line", "--assert=plain", "-o", "addopts=--import-mode=importlib"),
    *("--hypothesis-profile=mutants", "--hypothesis-seed=0"),
]
MEMORY = 4 * 1024**3
"""Bytes that a mutant may take: one that builds a list without end is noticed too."""


def files(wings: Iterable[str]) -> list[str]:
    """Return the tests of the wings, and those of what all of them stand on."""
    tests = ROOT / "tests"
    found = [path for wing in wings for path in sorted((tests / wing).glob("test_*.py"))]
    found += [path for path in sorted(tests.glob("test_*.py")) if path.name not in LEFT_OUT]
    return [path.relative_to(ROOT).as_posix() for path in found]


class Watch:
    """A pytest plugin: how long each test takes, and which lines it runs."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.measured.switch_context(item.nodeid)
        before = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - before
            self.measured.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:  # it would fail with any mutant, and says nothing
            self.failed.add(report.nodeid)


class Choice:
    """A pytest plugin: these tests alone, in this order, and which of them failed."""

    def __init__(self, chosen: list[str], failed: Path) -> None:
        self.place = {name: number for number, name in enumerate(chosen)}
        self.failed = failed

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (each for each in items if each.nodeid in self.place),
            key=lambda each: self.place[each.nodeid],
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.write_text(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:  # what a module of tests makes of the package when it is imported
            self.failed.write_text(report.nodeid)


def copied(folder: Path, original: Path = ROOT) -> Path:
    """Copy what the tests need, so that nothing is changed where somebody works."""
    if not folder.exists():
        ignored = shutil.ignore_patterns(".*", "_build", "_notebooks", "_pictures")
        shutil.copytree(original, folder, ignore=ignored)
        mode = py_compile.PycInvalidationMode.CHECKED_HASH  # a mutant is seen, whatever its date
        compileall.compile_dir(folder, quiet=2, invalidation_mode=mode)
    return folder


def enter(folder: Path, log: Path) -> None:
    """Work in a copy of the repository, with its package, in a process of one's own."""
    os.chdir(folder)
    sys.path[:] = [str(folder), *(each for each in sys.path if Path(each or ".") != ROOT)]
    os.environ["PYTHONPATH"] = str(folder)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder / ".hypothesis")
    sys.dont_write_bytecode = True
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)


def register_profile(examples: int) -> None:
    """Let laws be tried on few examples, the same each time, and not look for a smaller one."""
    settings.register_profile(
        "mutants",
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )


def child(work: Callable[..., int], *arguments: object) -> int:
    """Do something in a process of its own, and return the id of that."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        os.setpgid(0, 0)
        code = work(*arguments)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


# Which test runs which line


def measure(folder: Path, log: Path, data: Path, tests: list[str]) -> int:
    """Run tests once and keep which line each of them runs."""
    enter(folder, log)
    measured = coverage.Coverage(data_file=str(data), source=[f"{folder}/ceasefire_model"])
    watch = Watch(measured)
    measured.start()
    code = pytest.main([*ARGUMENTS, *tests], plugins=[watch])
    measured.stop()
    measured.save()
    sound = {name: each for name, each in watch.seconds.items() if name not in watch.failed}
    data.with_suffix(".seconds").write_text(json.dumps(sound))
    return int(code)


class Map:
    """Which tests run which line, and how long each takes."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.data = coverage.CoverageData(str(data))
        self.data.read()
        self.folder = folder
        self.seconds: dict[str, float] = json.loads(data.with_suffix(".seconds").read_text())
        self.lines: dict[str, dict[int, list[str]]] = {}

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests of its wing that run it, the quickest first.

        Of what runs when the module is imported, those that run anything of it.
        """
        if mutant.path not in self.lines:
            name = str(self.folder / mutant.path)
            self.lines[mutant.path] = self.data.contexts_by_lineno(name)
        lines = self.lines[mutant.path]
        found = {test for line in mutant.lines for test in lines.get(line, ())}
        if "" in found or not found:
            found = {test for tests in lines.values() for test in tests}
        wing = f"tests/{mutant.path.split('/')[1]}/"
        own = {test for test in found if test.startswith((wing, "tests/test_"))}
        return sorted(own & self.seconds.keys(), key=lambda each: self.seconds[each])


# One mutant


def attempt(folder: Path, log: Path, chosen: list[str], seconds: float) -> int:
    """Run the tests chosen, until one fails."""
    enter(folder, log)
    limit = int(30 + 4 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tests = [*dict.fromkeys(each.partition("::")[0] for each in chosen)]
    choice = Choice(chosen, log.with_suffix(".failed"))
    return int(pytest.main([*ARGUMENTS, "-x", *tests], plugins=[choice]))


def verdict(status: int, failed: Path) -> tuple[str, str]:
    """Say what became of a mutant, and which test noticed it."""
    noticed = failed.read_text() if failed.exists() else ""
    failed.unlink(missing_ok=True)
    if os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status)).name
        return ("killed", f"{noticed or 'no end'} ({ended})")
    match os.WEXITSTATUS(status):
        case 0:
            return ("survived", "")
        case 5:
            return ("not tested", "")
        case 1:
            return ("killed", noticed)
        case _:
            return ("killed", noticed or "not even imported")


class Run:
    """Mutants tried in several copies at once, each result kept as soon as it is there."""

    def __init__(self, original: Path, results: Path, budget: float, tests: Map) -> None:
        self.original = original
        self.results = results
        self.budget = budget
        self.tests = tests
        self.running: dict[int, tuple[Mutant, Path, float, float, int]] = {}

    def start(self, mutant: Mutant, folder: Path) -> None:
        tests, seconds = [], 0.0
        every = self.tests.tests(mutant)
        for each in every:
            seconds += self.tests.seconds[each]
            if seconds > self.budget and tests:
                break
            tests.append(each)
        if not tests:
            self.note(mutant, "not tested", "", 0, 0)
            return
        target = folder / mutant.path
        target.write_bytes(mutant.applied((self.original / mutant.path).read_bytes()))
        log = folder.with_suffix(".log")
        process = child(attempt, folder, log, tests, seconds)
        left = len(every) - len(tests)
        self.running[process] = (mutant, folder, time.monotonic(), 120 + 20 * seconds, left)

    def wait(self) -> Path:
        """Wait until one has ended, and return the copy that is free then."""
        while True:
            for process, (mutant, folder, began, limit, left) in [*self.running.items()]:
                ended, status = os.waitpid(process, os.WNOHANG)
                if not ended and time.monotonic() - began > limit:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process, signal.SIGKILL)
                    ended, status = os.waitpid(process, 0)
                if ended:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(process, signal.SIGKILL)  # what it has started
                    del self.running[process]
                    shutil.copy(self.original / mutant.path, folder / mutant.path)
                    found, why = verdict(status, folder.with_suffix(".failed"))
                    self.note(mutant, found, why, time.monotonic() - began, left)
                    return folder
            time.sleep(0.05)

    def note(self, mutant: Mutant, found: str, why: str, seconds: float, left: int) -> None:
        row = {
            "name": mutant.name,
            "result": found,
            "by": why,
            "path": mutant.path,
            "line": mutant.line,
            "kind": mutant.kind,
            "before": mutant.before,
            "after": mutant.after,
            "seconds": round(seconds, 1),
            "tests left out": left,
        }
        with self.results.open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(f"{found:10} {mutant.path}:{mutant.line} {mutant.kind}  {why}", flush=True)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "place", type=Path, help="a folder outside the repository, kept for resuming"
    )
    parser.add_argument("--count", type=int, default=300, help="how many mutants (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="which of them (default: 0)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--examples", type=int, default=15, help="examples of a law (default: 15)")
    parser.add_argument(
        "--budget", type=float, default=60, help="seconds of tests for a mutant (default: 60)"
    )
    parser.add_argument("--wing", choices=WINGS, action="append", help="only mutants of this part")
    parser.add_argument("--module", help="only mutants of this module: rules/tracks.py")
    options = parser.parse_args()
    place = options.place.resolve()
    if place.is_relative_to(ROOT):
        parser.error("the folder must lie outside the repository")
    place.mkdir(parents=True, exist_ok=True)
    register_profile(options.examples)
    wings = tuple([options.module.partition("/")[0]] if options.module else options.wing or WINGS)
    original = copied(place / "original")
    data = place / f"{'-'.join(wings)}.coverage"
    if not data.with_suffix(".seconds").exists():
        print("which test runs which line …", flush=True)
        log = data.with_suffix(".log")
        _, status = os.waitpid(child(measure, original, log, data, files(wings)), 0)
        if status:
            print(f"some tests fail without a mutant, and are left out, see {log}")
    run = Run(original, place / "results.jsonl", options.budget, Map(data, original))
    drawn = draw(original, options.count, options.seed, wings, options.module or "")
    done = set(_names(run.results))
    copies = (place / f"copy-{number}" for number in range(options.workers))
    free = [copied(folder, original) for folder in copies]
    for mutant in drawn:
        if mutant.name in done:
            continue
        if len(run.running) == options.workers:
            free.append(run.wait())
        folder = free.pop()
        before = len(run.running)
        run.start(mutant, folder)
        if len(run.running) == before:
            free.append(folder)
    while run.running:
        run.wait()
    summarise(run.results, {each.name for each in drawn})
    return 0


def _rows(results: Path) -> Iterator[dict[str, object]]:
    if results.exists():
        yield from (json.loads(line) for line in results.read_text().splitlines())


def _names(results: Path) -> Iterator[str]:
    return (str(row["name"]) for row in _rows(results))


def summarise(results: Path, drawn: set[str]) -> None:
    """Print how many were noticed, and the others one by one."""
    rows = {row["name"]: row for row in _rows(results) if row["name"] in drawn}.values()
    print("\n", Counter(row["result"] for row in rows))
    for row in rows:
        if row["result"] != "killed":
            print(f"\n{row['result']}: {row['path']}:{row['line']} ({row['kind']})")
            print(f"  - {row['before']}\n  + {row['after']}")
            if row["tests left out"]:
                print(f"  {row['tests left out']} tests left out past the budget")


if __name__ == "__main__":
    sys.exit(main())
