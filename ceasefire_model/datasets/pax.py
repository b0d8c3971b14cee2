"""Agreements of PA-X, the Peace Agreements Database of the University of Edinburgh.

What is read, by the names of the codebook, from the data of version 3 on (read a spreadsheet with
your data-frame library; columns without a name do not matter):

* ``AgtId``, ``Agt``, ``Con`` and ``PPName``: the id, the title, the country and the peace process;
* ``Dat``: the day (``1990-03-23``; with slashes, as in later versions, the day comes first);
* ``Stage`` (``Cea`` for ceasefires) and ``StageSub``, ``Status``, ``Agtp``;
* ``Part``: the signatories, in prose. Nobody can tell from it by rule who signed for whom, so they
  are one party, *the signatories*, who accept on the day of the text where ``Status`` says that it
  was signed or agreed, or is a unilateral document, and ``Part`` does not begin by denying it;
* the topics in ``CROSSWALK``: a code above 0 (0 is *not mentioned*, never *no*; 1 to 3 are how much
  of it there is) makes a provision of that topic, so that ``completeness`` runs on every text. What
  has no code is unknown, because the texts are not here.

Not carried over: the names of the signatories as parties, third parties, versions and lengths, the
other topics, and how much of a topic there is (it stands in the reference of the provision).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire_model.datasets.coded import Line, UnreadError, day_in, each_read, lines_of
from ceasefire_model.datasets.topics import Crossing, codes_of, provisions_of, rates
from ceasefire_model.errors import Problem
from ceasefire_model.evidence import Source, SourceKind
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
    Crossing("SsrPsf", "PAR-03", "speaks of rebel, opposition or other forces beside the army"),
    Crossing("ImUN", "PAR-05", "speaks of the United Nations"),
    Crossing("ImOth", "PAR-05", "speaks of another international organisation"),
    Crossing("CeProv", "OBL-01", "has a provision of ceasefire"),
    Crossing("SsrFf", "OBL-05", "speaks of foreign forces"),
    Crossing("Med", "OBL-09", "speaks of media and communication"),
    Crossing("ProtCiv", "HUM-01", "protects civilians by name"),
    Crossing("DevHum", "HUM-02", "speaks of humanitarian aid"),
    Crossing("TjPrire", "HUM-03", "speaks of the release of prisoners"),
    Crossing("TjMis", "HUM-03", "speaks of the missing"),
    Crossing("GRef", "HUM-04", "speaks of refugees or displaced persons"),
    Crossing("HrMob", "HUM-04", "speaks of mobility or access"),
    Crossing("GCh", "HUM-05", "speaks of children or youth"),
    Crossing("GeWom", "HUM-05", "speaks of women, girls or gender"),
    Crossing("ImE", "COM-06", "has an enforcement mechanism"),
    Crossing("SsrGua", "GUA-01", "speaks of security guarantees"),
    Crossing("ImPK", "GUA-02", "speaks of an international mission or force"),
    Crossing("TjSan", "GUA-03", "speaks of sanctions"),
    Crossing("IntFu", "GUA-03", "speaks of international funds"),
    Crossing("SsrDdr", "DDR-01", "speaks of disarmament, demobilisation or reintegration"),
    Crossing("SsrPol", "DDR-02", "speaks of the police"),
    Crossing("SsrArm", "DDR-02", "speaks of the armed forces"),
    Crossing("PolNewTemp", "DDR-03", "sets up temporary political institutions"),
    Crossing("ImRef", "FIN-02", "is put to a vote"),
)
"""What the topics of PA-X stand for on our checklist."""

CEASEFIRE = "Cea"
"""The stage of ceasefires and texts related to one."""

_SOURCE = Source(id="pa-x", name="PA-X Peace Agreements Database", kind=SourceKind.RESEARCH)
_SIGNED = ("Multiparty signed/agreed", "Unilateral document")
_DENIALS = ("not signed", "agreement unsigned", "unsigned")
_NEEDED = ("AgtId", "Agt", "Con", "Dat", "Stage", "Status", "Part")


@frozen(kw_only=True)
class Agreement:
    """One agreement of the data set."""

    id: str
    """Its ``AgtId``."""

    title: str
    country: str
    """``Con``, which may name several."""

    stage: str
    """``Stage``: ``Cea`` for ceasefires."""

    substage: str
    signatories: str
    """``Part``, in prose."""

    codes: Mapping[str, int] = field(hash=False)
    """The variables of the crosswalk that are more than 0."""

    scenario: Scenario = field(repr=False)
    """Its text with a provision for each topic, and the word of its signatories."""

    @property
    def text(self) -> str:
        """The id of its text."""
        return text_id(self.id)


@frozen
class Agreements:
    """The agreements of a frame, and what could not be read."""

    read: tuple[Agreement, ...]
    problems: tuple[Problem, ...]
    """Why rows were not read."""

    def of_stage(self, stage: str) -> Agreements:
        """Return those of a stage: ``Cea`` for ceasefires."""
        return Agreements(tuple(one for one in self.read if one.stage == stage), self.problems)

    def rates(self, population: str) -> tuple[BaseRate, ...]:
        """Count how many of them are coded with each topic of the crosswalk.

        Args:
            population: What they are, in words: ``ceasefire texts, 1990 to 2020``.
        """
        codes = [one.codes for one in self.read]
        return rates(codes, CROSSWALK, population=population, source="PA-X")


def text_id(agreement: str) -> str:
    """Return the id of the text of an agreement."""
    return f"pax-{agreement}"


def agreements(table: AnyFrame) -> Agreements:
    """Return every agreement of a frame as a scenario.

    Args:
        table: The data set: a frame of any library, or rows (``tables.read_csv``).

    Raises:
        ModelError: If a column is missing.
    """
    return Agreements(*each_read(lines_of(table, _NEEDED), _agreement))


def _agreement(line: Line) -> Agreement:
    number = line.number_in("AgtId")
    if number is None or not line.text("Agt"):
        raise UnreadError("AgtId", "an agreement needs its number and its title; write both")
    name, day = str(number), Moment(str(day_in(line, "Dat", is_day_first=True)))
    codes = codes_of(line, CROSSWALK)
    text = Proposal(
        id=text_id(name),
        title=line.text("Agt"),
        by=("signatories",),
        text=_description(line),
        tabled=day,
        provisions=provisions_of(text_id(name), codes, CROSSWALK),
        reference=f"PA-X {name}",
    )
    scenario = Scenario(
        title=f"{line.text('Con')}: {line.text('Agt')}",
        text="As coded in the PA-X Peace Agreements Database.",
        parties=[_signatories(name)],
        sources=[_SOURCE],
        statements=[_word(line, text, day)] if _is_accepted(line) else [],
        proposals=[text],
    )
    return Agreement(
        id=name,
        title=line.text("Agt"),
        country=line.text("Con"),
        stage=line.text("Stage"),
        substage=line.text("StageSub"),
        signatories=line.text("Part"),
        codes=codes,
        scenario=scenario,
    )


def _signatories(name: str) -> Party:
    codes = [Code("pa-x", name)]
    return Party(id="signatories", name="The signatories", kind=PartyKind.COALITION, codes=codes)


def _description(line: Line) -> str:
    parts = [line.text(one) for one in ("Stage", "StageSub", "Status", "PPName")]
    return "; ".join(part for part in parts if part)


def _is_accepted(line: Line) -> bool:
    """Whether the row says that the text was agreed."""
    prose = line.text("Part").lstrip("[").lower()
    return line.text("Status") in _SIGNED and not prose.startswith(_DENIALS)


def _word(line: Line, text: Proposal, day: Moment) -> Statement:
    return Statement(
        id=f"{text.id}-signed",
        speaker="The signatories",
        party="signatories",
        date=day,
        about=About(proposal=text.id),
        text=line.text("Part") or "agreed, by whom is not coded",
        source=_SOURCE.id,
        stance=Stance.ACCEPTS,
    )
