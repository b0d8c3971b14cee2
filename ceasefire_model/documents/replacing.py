"""Putting content in the place of a file, whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import time
import warnings
from contextlib import suppress
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = re.compile(r"\.ceasefire-model\.[0-9a-f]{16}\.part")
"""The names of files that are being written; they are as short for the longest name."""

_STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>\d+)")
"""The names of what this process has open, which a new file beside it would miss."""

_DAY = 86_400
"""Seconds after which nobody is still writing a file, where no lock can say so."""


def replace(target: Path, content: bytes) -> None:
    """Write content beside a file, and then put it in its place.

    At any time the file is the old one or the new one, and what writers that were killed have left
    beside it is swept. A link stays a link; a pipe or a device is written to and stays what it is.
    From its first byte on the new file has the mode, the owner and the extended attributes of the
    old one, or the mode of any new file; what the system does not let one keep is said in a
    warning.

    Args:
        target: The file.
        content: All that it is to hold.

    Raises:
        OSError: If it cannot be written, as where it may be read only; what was there before is
            still there.
    """
    try:
        lost = _replaced(target, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(target)) from error
    if lost:
        what = f"{os.fspath(target)!r} is written, but could not keep {', '.join(lost)}"
        warnings.warn(what, stacklevel=3)


def _replaced(target: Path, content: bytes) -> tuple[str, ...]:
    """Write a file, and return what it lost of the one before it."""
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    is_open = _STREAM.fullmatch(os.fspath(target))
    if old is not None and (is_open or not stat.S_ISREG(old.st_mode)):
        _write_through(_handle_of(is_open) if is_open else os.open(target, os.O_WRONLY), content)
        return ()
    place = Path(os.path.realpath(target))
    as_who = os.access in os.supports_effective_ids
    if old is not None and not os.access(place, os.W_OK, effective_ids=as_who):
        raise PermissionError(EACCES, os.strerror(EACCES))
    _sweep(place.parent)
    return _put(place, content, old)


def _handle_of(stream: re.Match[str]) -> int:
    """Open anew what is open already, so that it goes on behind what was written."""
    number = stream["number"] or {"stdout": 1, "stderr": 2}[stream["name"]]
    return os.dup(int(number))


def _write_through(handle: int, content: bytes) -> None:
    """Write to what is no file on a disk, such as a pipe."""
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def _put(place: Path, content: bytes, old: os.stat_result | None) -> tuple[str, ...]:
    # a new file gets the mode that any new file gets; others see nothing of it before it has it
    beside, handle = _opened(place.parent, 0o666 if old is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            lost = () if old is None else tuple(_unkept(place, old, handle))
            file.write(content)
            file.flush()
            os.fsync(handle)
            if sys.platform == "win32":  # pragma: no cover - there, what is open cannot be moved
                file.close()
            beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _settle(place.parent)
    return lost


def _settle(folder: Path) -> None:
    """Have the new name written to the disk, too, where the system lets one ask for it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _opened(folder: Path, mode: int) -> tuple[Path, int]:
    """Open a new file that is locked as long as it is open, so that nobody sweeps it."""
    while True:
        beside = folder / f".ceasefire-model.{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(beside, flags, mode)
        if _is_mine(handle) is not False and os.fstat(handle).st_nlink:
            return beside, handle
        os.close(handle)  # swept before it was locked


def _is_mine(handle: int) -> bool | None:
    """Lock a file until it is closed, unless somebody else has; None where there are no locks."""
    if sys.platform == "win32":  # pragma: no cover - there, nobody removes what is open
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some file systems of networks have none
        return None
    return True


# What a file keeps


def _unkept(place: Path, old: os.stat_result, handle: int) -> Iterator[str]:
    """Give a file what the one before it had, and yield what could not be given."""
    if sys.platform == "win32":  # pragma: no cover - there, a file has what its folder gives it
        return
    mode, new = stat.S_IMODE(old.st_mode), os.fstat(handle)
    if new.st_gid != old.st_gid and not _is_given(handle, -1, old.st_gid):
        yield f"its group ({old.st_gid})"
        mode = mode & 0o707 | (mode & 0o007) << 3  # another group may no more than anybody
    if new.st_uid != old.st_uid and not _is_given(handle, old.st_uid, -1):
        yield f"its owner ({old.st_uid})"
        mode &= 0o777
    os.fchmod(handle, mode)
    yield from _unkept_attributes(place, handle)
    if old.st_nlink > 1:
        yield f"its other names ({old.st_nlink - 1}), under which the old content stands"


def _is_given(handle: int, owner: int, group: int) -> bool:
    with suppress(OSError):
        os.fchown(handle, owner, group)
        return True
    return False


def _unkept_attributes(place: Path, handle: int) -> Iterator[str]:
    """Copy the extended attributes of a file, access lists among them, and yield the others."""
    if sys.platform != "linux":  # pragma: no cover - Python does not know them elsewhere
        return
    for name in _attributes(place):
        value = os.getxattr(place, name)
        try:
            if name not in _attributes(handle) or os.getxattr(handle, name) != value:
                os.setxattr(handle, name, value)
        except OSError:
            yield f"its attribute {name!r}"


def _attributes(file: Path | int) -> list[str]:
    with suppress(OSError):  # a file system without any
        return os.listxattr(file)
    return []


# What killed writers leave


def _sweep(folder: Path) -> None:
    """Remove what was being written in a folder when its writer was killed."""
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if _OURS.fullmatch(each.name):
                with suppress(OSError):
                    _remove_if_left(Path(each.path))


def _remove_if_left(path: Path) -> None:
    """Remove a file that we wrote and that nobody is writing any more."""
    seen = path.lstat()
    is_old = time.time() - seen.st_mtime > _DAY
    if not stat.S_ISREG(seen.st_mode):
        return
    if sys.platform == "win32":  # pragma: no cover - there, what is open cannot be removed
        if is_old:
            path.unlink()
    elif os.geteuid() in {0, seen.st_uid}:
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            is_mine = _is_mine(handle)
            if is_mine or (is_mine is None and is_old):
                path.unlink()  # while it is locked: its writer may be about to lock it
        finally:
            os.close(handle)
