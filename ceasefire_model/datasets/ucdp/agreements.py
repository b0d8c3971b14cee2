"""Agreements of the UCDP Peace Agreement Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.datasets.coded import Line, UnreadError, day_in, each_read, lines_of, parted
from ceasefire_model.datasets.topics import Crossing, codes_of, provisions_of, rates
from ceasefire_model.errors import Problem
from ceasefire_model.evidence import Observation, Source, SourceKind
from ceasefire_model.facts import State
from ceasefire_model.moments import Moment
from ceasefire_model.parties import Code, Party, PartyKind
from ceasefire_model.proposals import Proposal
from ceasefire_model.scenarios import Scenario
from ceasefire_model.statements import About, Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire_model.drafting.items import BaseRate
    from ceasefire_model.tables.frames import AnyFrame

CROSSWALK = (
    Crossing("reaffirm", "ID-04", "reaffirms an earlier agreement"),
    Crossing("outlin", "ID-05", "outlines a negotiating agenda"),
    Crossing("cease", "OBL-01", "provides for a ceasefire"),
    Crossing("withd", "OBL-05", "provides for the withdrawal of foreign forces"),
    Crossing("pris", "HUM-03", "provides for the release of prisoners"),
    Crossing("return", "HUM-04", "provides for the return of refugees"),
    Crossing("gender", "HUM-05", "speaks of women or gender"),
    Crossing("co_impl", "COM-05", "sets up a commission to oversee implementation"),
    Crossing("pko", "GUA-02", "provides for a peacekeeping operation"),
    Crossing("ddr", "DDR-01", "provides for disarmament, demobilisation or reintegration"),
    Crossing("intarmy", "DDR-02", "integrates forces into the army"),
    Crossing("interim", "DDR-03", "provides for an interim government"),
)
"""What the variables stand for on our checklist."""

_TYPES = {1: "full agreement", 2: "partial agreement", 3: "peace process agreement"}
_SOURCE = Source(id="ucdp-pa", name="UCDP Peace Agreement Dataset", kind=SourceKind.RESEARCH)
_ENDED = {"true": True, "1": True, "false": False, "0": False, "": False}
_NEEDED = ("paid", "pa_name", "pa_date", "pa_type", "actor_id", "actor_name", "ended", "duration")


@frozen(kw_only=True)
class PeaceAgreement:
    """One agreement of the data set."""

    id: str
    """Its ``paid``."""

    title: str
    kind: str
    """``pa_type`` in words."""

    codes: Mapping[str, int] = field(hash=False)
    """The variables of the crosswalk that are more than 0."""

    scenario: Scenario = field(repr=False)
    """Its parties, its text with a provision for each topic, their words, and whether it ended."""

    @property
    def text(self) -> str:
        """The id of its text."""
        return f"ucdp-pa-{self.id}"


@frozen
class PeaceAgreements:
    """The agreements of a frame, and what could not be read."""

    read: tuple[PeaceAgreement, ...]
    problems: tuple[Problem, ...]
    """Why rows were not read."""

    def with_code(self, variable: str) -> PeaceAgreements:
        """Return those that have a variable of the crosswalk, such as ``cease``."""
        kept = tuple(one for one in self.read if variable in one.codes)
        return PeaceAgreements(kept, self.problems)

    def rates(self, population: str) -> tuple[BaseRate, ...]:
        """Count how many of them have each variable of the crosswalk.

        Args:
            population: What they are, in words.
        """
        codes = [one.codes for one in self.read]
        return rates(codes, CROSSWALK, population=population, source="UCDP")


def agreements(table: AnyFrame) -> PeaceAgreements:
    """Return every agreement of a frame as a scenario.

    Args:
        table: The data set: a frame of any library, or rows (``tables.read_csv``).

    Raises:
        ModelError: If a column is missing.
    """
    return PeaceAgreements(*each_read(lines_of(table, _NEEDED), _agreement))


def _agreement(line: Line) -> PeaceAgreement:
    name, title = line.text("paid"), line.text("pa_name")
    if not name or not title:
        raise UnreadError("paid", "an agreement needs its id and its name; write both")
    kind = _TYPES[line.code("pa_type", _TYPES)]
    signed = Moment(str(day_in(line, "pa_date")))
    codes = codes_of(line, CROSSWALK)
    parties = _parties(line)
    end = _end(line)
    text = Proposal(
        id=f"ucdp-pa-{name}",
        title=title,
        by=parties,
        to=parties,
        text=kind,
        tabled=signed,
        provisions=provisions_of(f"ucdp-pa-{name}", codes, CROSSWALK),
        in_force=None if end is None else f"ucdp-pa-{name}-in-force",
        reference=f"UCDP peace agreement {name}",
    )
    scenario = Scenario(
        title=f"{line.text('conflict_name')}: {title}".removeprefix(": "),
        text="As coded in the UCDP Peace Agreement Dataset.",
        parties=parties,
        facts=[] if end is None else [State(id=f"{text.id}-in-force", text=f"{title} is in force")],
        sources=[_SOURCE],
        observations=[] if end is None else _reports(text, signed, end),
        statements=[_word(party, text, signed) for party in parties],
        proposals=[text],
    )
    return PeaceAgreement(id=name, title=title, kind=kind, codes=codes, scenario=scenario)


def _parties(line: Line) -> list[Party]:
    """Return the parties; by their codes alone where names hold commas of their own."""
    ids, names = (parted(line.text(one), ",") for one in ("actor_id", "actor_name"))
    if not ids:
        raise UnreadError("actor_id", "an agreement of nobody; write the ids of its parties")
    if len(names) != len(ids):
        names = [f"UCDP actor {one}" for one in ids]
    return [
        Party(
            id=f"ucdp-{one}",
            name=name,
            kind=PartyKind.STATE if name.startswith("Government of") else PartyKind.ARMED_GROUP,
            codes=[Code("ucdp", one)],
        )
        for one, name in dict(zip(ids, names, strict=True)).items()
    ]


def _end(line: Line) -> Moment | None:
    """Return when an agreement ended; none if it did not, or not on a known day."""
    ended = line.text("ended").lower()
    if ended not in _ENDED:
        raise UnreadError("ended", f"true or false is needed, got {ended!r}; mend the cell")
    if not _ENDED[ended] or not line.text("duration"):
        return None
    end = day_in(line, "duration")
    if end < day_in(line, "pa_date"):
        raise UnreadError("duration", f"it ended ({end}) before it was signed; mend one of them")
    return Moment(str(end))


def _reports(text: Proposal, signed: Moment, end: Moment) -> list[Observation]:
    """Return that a text was in force from its signature until its end."""
    spoken = [(True, signed, None, signed), (True, signed, end, end), (False, end, None, end)]
    return [
        Observation(
            fact=f"{text.id}-in-force",
            value=value,
            source=_SOURCE.id,
            since=since,
            until=until,
            reported=reported,
        )
        for value, since, until, reported in (spoken if end != signed else spoken[2:])
    ]


def _word(party: Party, text: Proposal, signed: Moment) -> Statement:
    return Statement(
        id=f"{text.id}-{party.id}",
        speaker=party.name,
        party=party.id,
        date=signed,
        about=About(proposal=text.id),
        text="signs the agreement",
        source=_SOURCE.id,
        stance=Stance.ACCEPTS,
    )
