"""Building the data of a document from what a parser reports, counting while it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from attrs import define, field

from ceasefire_model.documents.misfits import ENOUGH, Data, Misfit, Path, Position, Step, shown

if TYPE_CHECKING:
    from ceasefire_model.documents.limits import Limits


class StopReadingError(Exception):
    """There is no reason, or no way, to read further; the builder has what there is."""


@define
class _Frame:
    """A list or mapping that is still open."""

    container: list[Data] | dict[str, Data]
    awaits_key: bool
    dropped: bool
    """Whether it is not part of the data: a key that is none, or the value of one."""

    step: Step | None = None
    """The key or position of the value that is read; none where that value is dropped."""

    key_position: Position = (1, 1)


@define
class Builder:
    """Takes scalars, openings and closings, and has the data and the problems in the end."""

    limits: Limits
    """What is refused as too large."""

    data: Data = None
    problems: list[Misfit] = field(factory=list[Misfit])
    unreadable: set[Path] = field(factory=set[Path])
    """The paths of values about which enough is said in ``problems``."""

    wanted: set[Path] = field(factory=set[Path])
    """The paths that are looked for; reading stops when all are found."""

    keys: dict[Path, Position] = field(factory=dict[Path, Position])
    """Where the keys of wanted values are."""

    values: dict[Path, Position] = field(factory=dict[Path, Position])
    """Where wanted values are: a list or mapping under a key at that key, others at their start."""

    _frames: list[_Frame] = field(factory=list[_Frame])
    _nodes: int = 0

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next is a key."""
        return bool(self._frames) and self._frames[-1].awaits_key

    def scalar(self, value: Data, position: Position) -> None:
        """Take a key or a scalar value."""
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            self._stop_counting(position)
        if isinstance(value, str) and not (value.isascii() and len(value) <= self.limits.length):
            value = self._checked(value, position)
        if self._frames and self._frames[-1].awaits_key:
            self._take_key(value, position)
        else:
            self._attach(value, position)

    def open(self, container: list[Data] | dict[str, Data], position: Position) -> None:
        """Take the start of a list or mapping, given as an empty one."""
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            self._stop_counting(position)
        if len(self._frames) >= self.limits.depth:
            self.stop(f"nested in {self.limits.depth} others; no document needs that", position)
        dropped = self.awaits_key or self._is_dropped()
        if self.awaits_key:
            self.refuse("a key is a text, not a list or mapping; is a quote missing?", position)
            self._expect(None, position)
        else:
            self._attach(container, position)
        self._frames.append(_Frame(container, isinstance(container, dict), dropped))

    def close(self) -> None:
        """Take the end of the innermost list or mapping."""
        self._frames.pop()

    def refuse(self, what: str, position: Position) -> None:
        """Note that something is wrong with what comes next."""
        if len(self.problems) >= ENOUGH:
            what = "more problems follow; mend those before"
        self.problems.append(Misfit(self._path(), what, position=position))
        if len(self.problems) > ENOUGH:
            raise StopReadingError

    def spoil(self, what: str, position: Position) -> None:
        """Note that what comes next cannot be read, so that nothing else is said about it."""
        self.refuse(what, position)
        self.unreadable.add(self._path())

    def stop(self, what: str, position: Position) -> NoReturn:
        """Note that something is wrong and read no further."""
        self.refuse(what, position)
        raise StopReadingError

    def _stop_counting(self, position: Position) -> NoReturn:
        self.stop(f"more than {self.limits.nodes} values; split the document", position)

    def _checked(self, text: str, position: Position) -> str:
        """Return a text, cut where it is too long."""
        if not is_encodable(text):
            self.spoil("half of a character (a lone surrogate); write the whole one", position)
        if len(text) <= self.limits.length:
            return text
        what = f"a text of {len(text)} characters; write at most {self.limits.length}"
        self.spoil(what, position)
        return text[: self.limits.length]

    def _take_key(self, key: Data, position: Position) -> None:
        if not isinstance(key, str):
            self.refuse(f"a key is a text, got {shown(key)}; write it in quotes", position)
            self._expect(None, position)
        elif key in self._frames[-1].container:
            self._expect(key, position)
            self.refuse(f"the key {shown(key)} is given twice; leave one out", position)
            self._expect(None, position)
        else:
            self._expect(key, position)
            if self.wanted and (path := self._wanted_path()) is not None:
                self.keys[path] = position

    def _expect(self, step: str | None, position: Position) -> None:
        """Turn from a key to its value, which is dropped if there is no key for it."""
        frame = self._frames[-1]
        frame.step, frame.awaits_key, frame.key_position = step, False, position

    def _attach(self, value: Data, position: Position) -> None:
        """Put a value where it belongs."""
        if self.wanted and (path := self._wanted_path()) is not None:
            self.values[path] = self._place_of(value, position)
            self.wanted.discard(path)
            if not self.wanted:
                raise StopReadingError
        if not self._frames:
            self.data = value
            return
        frame = self._frames[-1]
        container = frame.container
        if isinstance(container, list):
            frame.step = len(container)
            container.append(value)
            return
        frame.awaits_key = True
        if isinstance(frame.step, str):
            container[frame.step] = value

    def _place_of(self, value: Data, position: Position) -> Position:
        """Return where one points at a value."""
        if isinstance(value, list | dict) and self._frames:
            frame = self._frames[-1]
            return frame.key_position if isinstance(frame.container, dict) else position
        return position

    def _is_dropped(self) -> bool:
        """Whether the next value is not part of the data."""
        if not self._frames:
            return False
        frame = self._frames[-1]
        return frame.dropped or (isinstance(frame.container, dict) and frame.step is None)

    def _wanted_path(self) -> Path | None:
        """Return the path of the next value if that is looked for."""
        path = self._path()
        return path if path in self.wanted and not self._is_dropped() else None

    def _path(self) -> Path:
        """Return the path of the next value, or of the mapping whose key is next."""
        if not self._frames:
            return ()
        *outer, last = self._frames
        step = len(last.container) if isinstance(last.container, list) else last.step
        steps = [frame.step for frame in outer]
        if not last.awaits_key:
            steps.append(step)
        return tuple(step for step in steps if step is not None)


def is_encodable(text: str) -> bool:
    """Whether a text can be written in UTF-8."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
