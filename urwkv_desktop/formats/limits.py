"""How much memory and time one file may cost, asked before a pixel is decoded."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.refusals import too_large

Array = npt.NDArray[np.generic]
_COPIES = 3  # of the pixels, a second and a third beside the result
_UNKNOWN_FREE = 8 << 30  # where the system does not say how much memory is free


@dataclass(frozen=True)
class Limits:
    """picture_bytes: of one decoded picture; volume_bytes: of a volume, None for a share of the free memory.

    seconds: for one answer of the decode worker, and what each ten megapixels add.
    spare_bytes: what a decoder may take beyond its pixels and their copies: its tables, the file's bytes.
    is_watched: whether its memory is watched from outside, where the system sets a process no bound.
    """

    picture_bytes: int = 1 << 30
    volume_bytes: int | None = None
    volume_share: float = 0.5
    seconds: float = 5.0
    seconds_per_ten_megapixels: float = 1.0
    spare_bytes: int = 400 << 20
    is_watched: bool = sys.platform != "linux"

    def bytes_for(self, *, volume: bool) -> int:
        if not volume:
            return self.picture_bytes
        return int(free_memory() * self.volume_share) if self.volume_bytes is None else self.volume_bytes

    def memory_for(self, nbytes: int) -> int:
        """Bytes by which a process may grow over pixels of nbytes: those three times, and the spare ones."""
        return self.spare_bytes + _COPIES * nbytes

    def seconds_for(self, nbytes: int) -> float:
        return self.seconds + self.seconds_per_ten_megapixels * nbytes / 1e7


class Room:
    """What a reader asks for memory: `claim` before it decodes, `array` for the pixels that it hands out."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def claim(self, nbytes: int, *, volume: bool = False) -> None:
        """nbytes: of the decoded pixels, counted from the header. Raises Refusal above the limit."""
        limit = self.limits.bytes_for(volume=volume)
        if nbytes > limit:
            raise too_large(nbytes, limit)

    def begin(self, nbytes: int) -> None:
        """One of many files is next, of so many decoded bytes: each has its own time, not all of them together."""

    def array(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
        return np.zeros(shape, dtype)


def free_memory() -> int:
    """Bytes that a process could take now."""
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return _UNKNOWN_FREE
