"""Ask random questions about random situations for a long time, in several threads at once.

See README.md beside this file.
"""

import argparse
import gc
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import mean

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import ceasefire_model as cm
from ceasefire_model import strategies
from ceasefire_model.errors import CeasefireError
from ceasefire_model.moments import instant
from ceasefire_model.scenarios import Scenario

LONG = 20.0
"""Seconds after which a call is not compared: its own limits of time may have cut it short."""

BATCH = 5
"""Situations for one run of Hypothesis, which keeps what it has drawn until that ends."""

GROWTH = 1.05
"""How much larger the memory of the last third of the time may be than that of the middle one."""

Call = Callable[[], object]


@dataclass(frozen=True)
class Outcome:
    """What came of a call: an answer, a refusal in words, or an error that nobody has promised."""

    kind: str
    value: object
    text: str
    seconds: float
    worked: float
    """Seconds of the processor, which other threads and programs do not lengthen."""

    def is_as(self, other: "Outcome") -> bool:
        """Whether the same came of another call."""
        return (self.kind, self.text) == (other.kind, other.text) and self.value == other.value


def outcome(call: Call) -> Outcome:
    """Call, and say what came of it."""
    began, worked = time.perf_counter(), time.thread_time()
    try:
        value = call()
        found: tuple[str, object, str] = ("answered", value, str(value))
    except CeasefireError as error:
        found = ("refused", type(error).__name__, str(error))
    except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
        found = ("failed", None, traceback.format_exc())
    return Outcome(*found, time.perf_counter() - began, time.thread_time() - worked)


@dataclass(frozen=True)
class Question:
    """What is asked about a situation."""

    conditions: tuple[cm.Condition, ...]
    as_of: str
    known_by: str
    trust: cm.Trust

    def calls(self, scenario: Scenario) -> dict[str, Call]:
        """Return every verb on a situation, by its name."""
        one, other = self.conditions
        seen = {"as_of": self.as_of, "known_by": self.known_by, "trust": self.trust}
        span = {"start": "2025-01-01", "end": self.as_of, "trust": self.trust}
        coins = {"truce": 0.25, "vote": 0.5}
        axes = cm.grid({"truce": [True, False], "vote": [True, False]})
        return {
            "assess": lambda: cm.assess(scenario, "plan", **seen),
            "compare": lambda: cm.compare(
                cm.assess(scenario, "plan", as_of="2025-01-01"), cm.assess(scenario, "plan", **seen)
            ),
            "completeness": lambda: cm.completeness(scenario, "plan"),
            "contradictions": lambda: cm.contradictions(scenario, limit=5, **seen),
            "deadlocks": lambda: cm.deadlocks(scenario, one, limit=20, **seen),
            "documents": lambda: cm.loads(cm.dumps(scenario)) == scenario,
            "evaluate": lambda: cm.evaluate(scenario, one, **seen),
            "evaluate another": lambda: cm.evaluate(scenario, other, **seen),
            "hindsight": lambda: cm.hindsight(
                scenario, one, as_of=self.as_of, until=self.known_by, trust=self.trust
            ),
            "html": lambda: cm.assess(scenario, "counter", **seen)._repr_html_(),
            "importance": lambda: cm.importance(scenario, one, coins, **seen),
            "likelihood": lambda: cm.likelihood(scenario, other, coins, **seen),
            "news": lambda: cm.news(scenario, "plan", **span),
            "packages": lambda: cm.packages(scenario, one, limit=2, seconds=LONG, **seen),
            "panel": lambda: cm.panel(
                [scenario], {"one": one}, start="2025-01-01", end="2025-04-01", every="1 month"
            ).to_rows(),
            "report": lambda: cm.report(scenario, **seen),
            "rows": lambda: cm.assess(scenario, "plan", **seen).to_rows(),
            "sequence": lambda: cm.sequence(scenario, other, **seen),
            "sweep": lambda: cm.sweep(scenario, one, axes, **seen).counts(),
            "timeline": lambda: cm.timeline(scenario, one, **span),
        }


@dataclass
class Soak:
    """What came of everything so far."""

    threads: int
    until: float
    place: Path
    outcomes: Counter[str] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    situations: int = 0
    too_long: int = 0
    found: int = 0
    pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.threads)

    def ask(self, scenario: Scenario, question: Question, random: Random) -> None:
        """Ask some of all verbs alone, of a fresh copy; then all at once, of the situation itself.

        What is learnt of a situation is kept with it, so that threads meet in it.
        """
        self.situations += 1
        names = random.sample([*question.calls(scenario)], 6)
        alone = {name: outcome(question.calls(evolve(scenario))[name]) for name in names}
        together = [*names] * self.threads
        random.shuffle(together)
        calls = question.calls(scenario)
        for name, found in zip(
            together, self.pool.map(lambda name: outcome(calls[name]), together), strict=True
        ):
            self.note(name, scenario, question, alone[name], found)

    def note(
        self, name: str, scenario: Scenario, question: Question, alone: Outcome, found: Outcome
    ) -> None:
        self.verbs[name] += 1
        self.outcomes[found.kind] += 1
        self.slowest[name] = max(self.slowest.get(name, 0), alone.worked, found.worked)
        if max(alone.seconds, found.seconds) > LONG:
            self.too_long += 1
        elif found.kind == "failed" or not found.is_as(alone):
            self.found += 1
            file = self.place / f"found-{self.found}.txt"
            drawn = (name, repr(question), repr(scenario.suppositions))
            document = cm.dumps(evolve(scenario, suppositions=()))
            file.write_text("\n\n----\n\n".join((*drawn, alone.text, found.text, document)))
            print(f"FOUND: {name} {found.kind}, see {file}", flush=True)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """What one may ask: two conditions, and a time after which something may have been said."""
    at, known = draw(strategies.instants()), draw(strategies.instants())
    early, late = sorted((at, known), key=lambda each: instant(each, cm.Scenario(title="x").zone))
    some = strategies.conditions() | strategies.histories()
    return Question((draw(some), draw(some)), str(early), str(late), draw(strategies.trusts()))


def batch(soak: Soak, number: int) -> None:
    """Draw some situations and ask about each, as it is and as one may suppose."""

    @seed(number)
    @settings(
        max_examples=BATCH,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        strategies.scenarios(),
        questions(),
        strategies.suppositions(),
        st.integers(0, 2**32),
    )
    def run(scenario: Scenario, question: Question, supposed: cm.Supposition, drawn: int) -> None:
        if time.monotonic() > soak.until:
            return
        random = Random(drawn)  # noqa: S311  no secret
        soak.ask(scenario, question, random)
        try:
            imagined = evolve(scenario, suppositions=[*scenario.suppositions, supposed])
        except CeasefireError:
            return
        soak.ask(imagined, question, random)

    run()


def resident() -> float:
    """Return how much memory is held now, in MB; where that is not told, the most so far."""
    gc.collect()
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30, help="how long (default: 30)")
    parser.add_argument("--threads", type=int, default=4, help="how many at once (default: 4)")
    parser.add_argument("--seed", type=int, default=0, help="which situations (default: 0)")
    parser.add_argument("--place", type=Path, help="where to write what is found")
    options = parser.parse_args()
    place = options.place or Path(tempfile.mkdtemp(prefix="soak-"))
    place.mkdir(parents=True, exist_ok=True)
    sys.setswitchinterval(1e-4)  # threads meet more often than they would
    began = time.monotonic()
    soak = Soak(options.threads, began + 60 * options.minutes, place)
    memory: list[float] = []
    for number in numbers(options.seed):
        if time.monotonic() > soak.until:
            break
        batch(soak, number)
        memory.append(resident())
        minutes = (time.monotonic() - began) / 60
        print(
            f"{minutes:6.1f} min  {memory[-1]:7.1f} MB  {soak.situations:6} situations  "
            f"{soak.outcomes.total():7} calls",
            flush=True,
        )
    return summarise(soak, memory)


def numbers(first: int) -> Iterator[int]:
    """Yield numbers without end, so that another seed gives other situations."""
    yield from range(first * 1_000_000, (first + 1) * 1_000_000)


def summarise(soak: Soak, memory: list[float]) -> int:
    """Print what came of it; return 1 where anything was found, or the memory grew."""
    print(f"\n{soak.situations} situations, {soak.outcomes.total()} calls: {dict(soak.outcomes)}")
    print(f"by verb: {dict(sorted(soak.verbs.items()))}")
    slowest = {name: round(seconds, 2) for name, seconds in sorted(soak.slowest.items())}
    print(f"seconds of the processor for the slowest of each: {slowest}")
    print(f"{soak.too_long} calls took more than {LONG:.0f} s and were not compared")
    print(f"{soak.found} errors or differences, written to {soak.place}")
    third = len(memory) // 3
    grown = False
    if third:
        middle, last = mean(memory[third : 2 * third]), mean(memory[2 * third :])
        grown = last > middle * GROWTH
        print(f"memory: {middle:.1f} MB in the middle third, {last:.1f} MB in the last")
    return int(bool(soak.found) or grown)


if __name__ == "__main__":
    sys.exit(main())
