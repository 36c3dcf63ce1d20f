"""Files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

from urwkv_desktop.formats.renaming import into_place

CHECKPOINT = "checkpoint.pt"


def replace(path: Path, content: bytes) -> None:
    """Writes beside the target and renames: a kill leaves the old file or the new one."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    into_place(beside, path)
