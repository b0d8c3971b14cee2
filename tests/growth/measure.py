"""Measures how the time and the memory of each verb grow with the size of a situation.

Every call is made in a process of its own at n, 2n and 4n, and a table is written: see README.md
beside this file.
"""

import argparse
import os
import pickle
import resource
import signal
import sys
from math import log2
from pathlib import Path
from time import process_time

import ceasefire_model as cm
from ceasefire_model import (
    About,
    Accepts,
    Act,
    AllOf,
    Done,
    Duty,
    InForce,
    Observation,
    Party,
    Precondition,
    Proposal,
    Provision,
    Scenario,
    Source,
    Statement,
)

DAY = "2031-05-02"
PARTIES = [Party(id="A", name="A"), Party(id="B", name="B")]
PAPER = Source(id="paper", name="the paper")


def acts(count):
    """Return so many acts, in the power of one party or the other."""
    return [Act(id=f"act-{each}", text="it is done", by=["AB"[each % 2]]) for each in range(count)]


def word(number, party, text, stance="accepts with conditions"):
    """Return what a party says of a text."""
    return Statement(
        id=f"word-{number}",
        speaker=party,
        party=party,
        date="2031-04-01",
        about=About(proposal=text),
        text="yes, but",
        source="paper",
        stance=stance,
    )


def said(fact, number):
    """Return the report that something is not done, on one of many days."""
    day = f"2031-{1 + number // 28 % 4:02}-{1 + number % 28:02}"
    return Observation(fact=fact, value=False, source="paper", since=day)


def plan(named, preconditions=(), stance="accepts with conditions", clauses=()):
    """A text that both parties accept, one on conditions if not told otherwise; a report an act."""
    return Scenario(
        title="a plan",
        parties=PARTIES,
        facts=named,
        sources=[PAPER],
        observations=[said(each, number) for number, each in enumerate(named)],
        statements=[word(0, "A", "plan", stance), word(1, "B", "plan", "accepts")],
        proposals=[Proposal(id="plan", title="the plan", to=["A", "B"], provisions=clauses)],
        preconditions=preconditions,
    )


def needed(name, *named):
    """Return that one party needs acts to be done."""
    return Precondition(
        id=name,
        of=Accepts("A", "plan"),
        needs=AllOf([Done(each) for each in named]) if len(named) > 1 else Done(*named),
        held_by="A",
        text="first that",
        statement="word-0",
    )


def facts(count):
    """One party accepts once so many acts are done."""
    named = acts(count)
    return plan(named, [needed("all", *named)])


def demands(count):
    """One party accepts once so many preconditions of its are met, of one act each."""
    named = acts(count)
    return plan(named, [needed(f"first-{number}", each) for number, each in enumerate(named)])


def reports(count):
    """Twenty facts, and so many reports on them."""
    few = facts(20)
    told = [said(f"act-{number % 20}", number) for number in range(count)]
    return few.with_observations(told)


def provisions(count):
    """A text of so many clauses, each with a duty and a report."""
    named = acts(count)
    clauses = [
        Provision(
            id=f"clause-{number}",
            text="it is done",
            duties=[Duty(by=["A"], requires=Done(each), due="2031-04-30")],
        )
        for number, each in enumerate(named)
    ]
    return plan(named, stance="accepts", clauses=clauses)


def ring(count):
    """So many acts, each of which waits for the next, and the last for the first."""
    named = acts(count)
    waits = [
        Precondition(
            id=f"after-{number}",
            of=Done(each),
            needs=Done(named[(number + 1) % count]),
            basis="inferred",
            text="not before that",
        )
        for number, each in enumerate(named)
    ]
    return plan(named, [needed("all", named[0]), *waits])


def parties(count):
    """So many parties, each of which accepts once the next one does."""
    named = [Party(id=f"party-{each}", name="a party") for each in range(count)]
    return Scenario(
        title="parties",
        parties=named,
        sources=[PAPER],
        statements=[word(number, each.id, "plan") for number, each in enumerate(named)],
        proposals=[Proposal(id="plan", title="the plan", to=named)],
        preconditions=[
            Precondition(
                id=f"after-{number}",
                of=Accepts(each, "plan"),
                needs=Accepts(named[(number + 1) % count], "plan"),
                held_by=each,
                text="you first",
                statement=f"word-{number}",
            )
            for number, each in enumerate(named)
        ],
    )


def texts(count):
    """So many texts, each of which is accepted once the one before it is in force."""
    named = [Proposal(id=f"text-{each}", title="a text", to=["A", "B"]) for each in range(count)]
    return Scenario(
        title="texts",
        parties=PARTIES,
        sources=[PAPER],
        statements=[
            word(2 * number + place, party, each.id)
            for number, each in enumerate(named)
            for place, party in enumerate("AB")
        ],
        proposals=named,
        preconditions=[
            Precondition(
                id=f"{party}-after-{number}",
                of=Accepts(party, each),
                needs=InForce(named[number - 1]),
                held_by=party,
                text="first the one before",
                statement=f"word-{2 * number + place}",
            )
            for number, each in enumerate(named)
            if number
            for place, party in enumerate("AB")
        ],
    )


SHAPES = {
    facts: 250,
    demands: 250,
    reports: 2_000,
    provisions: 250,
    ring: 100,
    parties: 50,
    texts: 60,
}
"""What grows, and the n from which on it does."""


def target(scenario):
    """Return the text that is asked about: the last one."""
    return scenario.proposals[-1].id


def believed(scenario):
    """Return that each fact, and each acceptance of the text, is as likely as not."""
    accepted = {Accepts(each, target(scenario)): 0.5 for each in scenario.parties}
    return {**{each.id: 0.5 for each in scenario.facts}, **accepted}


VERBS = {
    "assess": lambda scenario: cm.assess(scenario, target(scenario), as_of=DAY),
    "str(assess)": lambda scenario: str(cm.assess(scenario, target(scenario), as_of=DAY)),
    "compare": lambda scenario: cm.compare(
        cm.assess(scenario, target(scenario), as_of=DAY),
        cm.assess(scenario, target(scenario), as_of="2031-02-01", known_by=DAY),
    ),
    "evaluate": lambda scenario: cm.evaluate(scenario, target(scenario), as_of=DAY),
    "timeline": lambda scenario: cm.timeline(
        scenario, target(scenario), start="2031-01-01", end=DAY
    ),
    "hindsight": lambda scenario: cm.hindsight(
        scenario, target(scenario), as_of="2031-03-01", until=DAY
    ),
    "suppose": lambda scenario: cm.evaluate(
        cm.suppose(scenario, {each.id: True for each in scenario.facts}, since=DAY),
        target(scenario),
        as_of=DAY,
    ),
    "news": lambda scenario: cm.news(scenario, target(scenario), start="2031-01-01", end=DAY),
    "deadlocks": lambda scenario: cm.deadlocks(scenario, as_of=DAY, limit=10),
    "contradictions": lambda scenario: cm.contradictions(scenario, as_of=DAY, limit=10),
    "packages": lambda scenario: cm.packages(scenario, target(scenario), as_of=DAY, limit=3),
    "packages, 1 s": lambda scenario: cm.packages(
        scenario, target(scenario), as_of=DAY, limit=3, seconds=1
    ),
    "sequence": lambda scenario: cm.sequence(scenario, target(scenario), as_of=DAY, limit=3),
    "likelihood": lambda scenario: cm.likelihood(
        scenario, target(scenario), believed(scenario), as_of=DAY
    ),
    "importance": lambda scenario: cm.importance(
        scenario, target(scenario), believed(scenario), as_of=DAY
    ),
    "completeness": lambda scenario: cm.completeness(scenario, target(scenario)),
    "report": lambda scenario: cm.report(scenario, target(scenario), as_of=DAY).to_html(),
    "table": lambda scenario: cm.table(
        scenario, [each.id for each in scenario.facts] or [target(scenario)], dates=[DAY]
    ),
    "sweep": lambda scenario: cm.sweep(
        scenario,
        target(scenario),
        {each.id: [True, False] for each in scenario.facts[:12]},
        as_of=DAY,
    ),
    "panel": lambda scenario: cm.panel(
        [scenario], {"it": target(scenario)}, start="2031-01-01", end=DAY, every="1 month"
    ),
    "dumps": cm.dumps,
    "loads": lambda scenario: cm.loads(cm.dumps(scenario)),
}


def measured(verb, scenario, *, seconds, megabytes):
    """Call a verb in a process of its own: return its seconds and megabytes, or what stopped it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(_called(verb, scenario, seconds, megabytes), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(written) if written else "killed"  # noqa: S301 - written above


class TooLongError(Exception):
    """The time is over."""


def _called(verb, scenario, seconds, megabytes):
    def give_up(*_):
        raise TooLongError

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    before, begun = _peak(), process_time()
    try:
        VERBS[verb](scenario)
    except TooLongError:
        return f"> {seconds:g} s"
    except MemoryError:
        return f"> {megabytes} MB"
    except cm.CeasefireError as error:
        return f"refused: {error}".splitlines()[0][:60]
    return process_time() - begun, _peak() - before


def _peak():
    """Return the most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exponent(small, large):
    """Return the power of n by which something grows where n becomes four times as large."""
    return f"{log2(large / small) / 2:.1f}"


def row(shape, verb, size, given):
    """Measure one verb at n, 2n and 4n, and return the cells of its row."""
    found = [measured(verb, shape(size * times), **given) for times in (1, 2, 4)]
    fit = all(isinstance(each, tuple) for each in found)
    (first, last) = (found[0], found[-1])
    grows = ["–", "–"]
    if fit:
        grows = [
            exponent(first[0], last[0]) if first[0] > 0.005 else "–",
            exponent(first[1], last[1]) if first[1] >= 1 else "–",
        ]
    cells = [
        f"{each[0]:.2f} s, {each[1]:.0f} MB" if isinstance(each, tuple) else each for each in found
    ]
    return [shape.__name__, str(size), verb, *cells, *grows]


def main():
    """Write the table."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--shape", action="append", choices=[each.__name__ for each in SHAPES])
    told.add_argument("--verb", action="append", choices=list(VERBS))
    told.add_argument("--seconds", type=float, default=60, help="of computing, for one call")
    told.add_argument("--megabytes", type=int, default=4_000, help="for one call, in all")
    told.add_argument("--scale", type=float, default=1, help="multiplies every n")
    told.add_argument("--out", type=Path, help="a file to write the table to as well")
    given = told.parse_args()
    lines = [
        "| what grows | n | verb | n | 2n | 4n | time ~ nᵏ | memory ~ nᵏ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    _say(*lines)
    bounds = {"seconds": given.seconds, "megabytes": given.megabytes}
    _warm()
    for shape, size in SHAPES.items():
        for verb in VERBS:
            if shape.__name__ in (given.shape or [shape.__name__]) and verb in (
                given.verb or [verb]
            ):
                cells = row(shape, verb, round(size * given.scale), bounds)
                lines.append(f"| {' | '.join(cells)} |")
                _say(lines[-1])
    if given.out:
        given.out.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _say(*lines):
    """Write lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _warm():
    """Load what the verbs load at their first call, so that it is in no measurement."""
    for verb in VERBS.values():
        verb(facts(3))


if __name__ == "__main__":
    main()
