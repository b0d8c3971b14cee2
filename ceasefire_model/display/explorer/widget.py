"""The what-if widget: choices in a notebook, judged in Python.

The front end, :file:`widget.js` and :file:`widget.css`, shows what :mod:`.contents` writes and
sends back what is chosen; it decides nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol, cast
from uuid import uuid4

from attrs import asdict, evolve, frozen

from ceasefire_model.display.answers import as_html
from ceasefire_model.display.explorer.contents import Offers, Panel, offers, panel
from ceasefire_model.display.explorer.state import Choices, WhatIf, what_if
from ceasefire_model.errors import CeasefireError, MissingExtraError, ScenarioError
from ceasefire_model.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from ceasefire_model.analyses.packages import Package
    from ceasefire_model.evidence import Trust
    from ceasefire_model.moments import Moment
    from ceasefire_model.proposals import Proposal
    from ceasefire_model.rules.assessment import Assessment
    from ceasefire_model.rules.comparison import Comparison
    from ceasefire_model.scenarios import Scenario


@frozen(kw_only=True)
class Shown:
    """The state of the front end, but for the choices."""

    panel: Panel
    offers: Offers | None = None
    """The packages, until something else is chosen."""

    error: str = ""
    """What went wrong with what was asked last."""

    answered: Choices
    """The choices that this answers."""

    turn: int = 0
    """How many questions were answered before."""

    token: str = ""
    """What the static page beside the widget is known by."""


class Explorer:
    """A what-if in a notebook: what is chosen in it, and what follows."""

    def __init__(self, asked: WhatIf) -> None:
        """Show a what-if.

        Raises:
            MissingExtraError: If anywidget is not installed.
        """
        self._what_if = asked
        self._packages: tuple[Package, ...] = ()
        self._token = uuid4().hex
        self._shown = Shown(panel=panel(asked), answered=asked.choices, token=self._token)
        self._front = _front()(choices=asked.choices, shown=_written(self._shown))
        self._front.observe(self._on_choices, "choices")
        self._front.on_msg(self._on_message)

    @property
    def scenario(self) -> Scenario:
        """The scenario in which what is chosen is supposed."""
        return self._what_if.imagined.view.scenario

    @property
    def assessment(self) -> Assessment:
        """The assessment of what is chosen."""
        return self._what_if.imagined

    @property
    def comparison(self) -> Comparison:
        """Where that differs from what is reported."""
        return self._what_if.comparison

    @property
    def code(self) -> str:
        """The expression that gives the same scenario."""
        return self._what_if.code

    @property
    def widget(self) -> object:
        """The Jupyter widget, to put into a layout of widgets."""
        return self._front

    def _repr_mimebundle_(self, **options: object) -> tuple[dict[str, object], dict[str, object]]:
        """Show the widget; where there are none, the assessment as text."""
        show = self._front._repr_mimebundle_  # pyright: ignore[reportPrivateUsage] - it is Jupyter's
        data, metadata = show(**options)
        return {**data, "text/plain": str(self)}, metadata

    def _ipython_display_(self) -> None:
        """Show the widget, and the assessment, which it hides: an export has no widget."""
        from IPython.display import (
            display,  # pyright: ignore[reportUnknownVariableType] - half typed
        )

        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": self.to_html()}, raw=True)  # type: ignore[no-untyped-call]

    def to_html(self) -> str:
        """Write the assessment of what is chosen, as it stands where there is no widget."""
        return f'<div class="cfm-still-{self._token}">{as_html(self.assessment)}</div>'

    def __str__(self) -> str:
        """Write the assessment, and what changed if something did."""
        report = str(self.assessment)
        return f"{report}\n\n{self.comparison}" if self.comparison.changes else report

    def __repr__(self) -> str:
        """Name the proposal and what is chosen."""
        return f"<what if of {self._what_if.proposal!r}: {self.code}>"

    # What the front end asks

    def _on_choices(self, change: dict[str, object]) -> None:
        """Judge what is chosen."""
        choices = cast("Choices", change["new"])

        def choose() -> Shown:
            self._what_if = self._what_if.choose(choices)
            self._packages = ()
            return Shown(panel=panel(self._what_if), answered=choices, token=self._token)

        self._answer(choose, choices)

    def _on_message(self, _widget: object, content: dict[str, object], _buffers: object) -> None:
        """Find packages, apply one of them, or reset."""
        match content:
            case {"ask": "packages", "choices": dict()}:
                # they may arrive after the question
                self._front.choices = cast("Choices", content["choices"])
                self._answer(self._find, self._shown.answered)
            case {"ask": "apply", "package": int(number)} if number in range(len(self._packages)):
                self._front.choices = self._what_if.apply(self._packages[number]).choices
            case {"ask": "reset"}:
                self._front.choices = {}
            case _:
                self._answer(self._refuse, self._shown.answered)

    def _find(self) -> Shown:
        found = self._what_if.packages()
        self._packages = found.found
        return evolve(self._shown, offers=offers(found), error="")

    def _refuse(self) -> Shown:
        return evolve(self._shown, error="this cannot be asked now")

    def _answer(self, ask: Callable[[], Shown], choices: Choices) -> None:
        """Show the answer, or why there is none."""
        turn = self._shown.turn + 1
        try:
            shown = ask()
        except Exception as error:  # noqa: BLE001 - nobody sees the traceback of a callback
            shown = evolve(self._shown, error=_message(error), answered=choices)
        self._shown = evolve(shown, turn=turn)
        self._front.shown = _written(self._shown)


def _written(shown: Shown) -> dict[str, object]:
    """Write what is shown for the front end, which shows every text as it is."""
    return asdict(shown, value_serializer=_visible)


def _visible(_owner: object, _field: object, value: object) -> object:
    return visible(value) if isinstance(value, str) else value


def _message(error: Exception) -> str:
    """Write what went wrong for somebody who wrote no code."""
    if isinstance(error, ScenarioError):
        return "; ".join(problem.what for problem in error.problems)
    return str(error) if isinstance(error, CeasefireError) else repr(error)


class _Front(Protocol):
    """What the front end is in Python."""

    choices: Choices
    shown: dict[str, object]

    def observe(self, handler: Callable[[dict[str, object]], None], names: str) -> None: ...

    def on_msg(self, callback: Callable[[object, dict[str, object], object], None]) -> None: ...

    def _repr_mimebundle_(
        self, **options: object
    ) -> tuple[dict[str, object], dict[str, object]]: ...


@cache
def _front() -> Callable[..., _Front]:
    """Return the class of the front end.

    Raises:
        MissingExtraError: If anywidget is not installed.
    """
    try:
        from anywidget import AnyWidget
        from traitlets import Dict
    except ImportError as error:
        raise MissingExtraError("notebook") from error
    folder = files("ceasefire_model.display.explorer")

    class WhatIfWidget(AnyWidget):
        """Keeps what is chosen and what is shown the same in Python and in the browser."""

        _esm = (folder / "widget.js").read_text(encoding="utf-8")
        _css = (folder / "widget.css").read_text(encoding="utf-8")
        choices = Dict().tag(sync=True)
        shown = Dict().tag(sync=True)

    return cast("Callable[..., _Front]", WhatIfWidget)


def explore(
    scenario: Scenario,
    proposal: str | Proposal | None = None,
    *,
    as_of: str | date | datetime | Moment,
    since: str | date | datetime | Moment | None = None,
    known_by: str | date | datetime | Moment | None = None,
    trust: Trust | None = None,
) -> Explorer:
    """Show a proposal in a notebook, with everything that can be supposed of it to choose.

    What it rests on can be set otherwise than it is reported: facts, the words of parties, the
    meaning of vague demands, and preconditions can be dropped. The verdicts follow at once.

    Args:
        scenario: The situation as it is reported.
        proposal: It, or its id; needed only where the scenario has more than one.
        as_of: The day or instant judged; a day stands for its last instant.
        since: The day or instant from which on what is chosen holds; by default ``as_of``.
        known_by: Only what had been reported by then counts; by default ``as_of``.
        trust: Whom to hear; by default everybody.

    Returns:
        What a notebook shows as a widget; its ``scenario``, ``assessment``, ``comparison`` and
        ``code`` are those of what is chosen by then.

    Raises:
        MissingExtraError: If anywidget is not installed.
        UnknownIdError: If there is no such proposal, source or party.
        ModelError: If no proposal is named where there is more than one, or the times are none,
            imprecise or in the wrong order.
    """
    return Explorer(
        what_if(scenario, proposal, as_of=as_of, since=since, known_by=known_by, trust=trust)
    )
