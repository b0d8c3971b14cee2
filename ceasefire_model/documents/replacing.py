"""Putting content in the place of a file, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace(target: Path, content: bytes) -> None:
    """Write content beside a file, and then put it in its place.

    At any time the file is the old one or the new one. A link stays a link, and a file keeps its
    mode.
    """
    target = target.resolve()
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
