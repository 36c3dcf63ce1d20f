"""What a Session tells its listeners: values, never signals."""

from dataclasses import dataclass
from enum import Enum

from urwkv_desktop.imaging import Message


class Rows(Enum):
    """Every row may have changed: the list itself was made anew."""

    all = "all"


@dataclass(frozen=True)
class SessionChange:
    """rows: case ids whose row (or thumbnail) has changed, or Rows.all. document: `current`, `document`, the refusal or
    the model note are others now. The other fields name what to read again."""

    rows: tuple[int, ...] | Rows = ()
    document: bool = False
    labels: bool = False
    progress: bool = False
    saved: bool = False
    engine: bool = False
    findings: bool = False


@dataclass(frozen=True)
class Progress:
    """What the network is doing ahead of the reader. total counts cases (or slices of the one case), done of them."""

    done: int
    total: int
    title: Message


class SavedKind(Enum):
    saved = "saved"
    writing = "writing"
    failed = "failed"


@dataclass(frozen=True)
class SavedState:
    """saved: the last stroke is acknowledged. writing: one waits. failed: painting stops, for this reason."""

    kind: SavedKind = SavedKind.saved
    reason: Message | None = None
