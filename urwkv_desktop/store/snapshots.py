"""When a mask is kept whole, so that opening a case replays no year. From stored events, never the live array."""

import json
import sqlite3
from dataclasses import dataclass, field

from urwkv_desktop.editing.packing import pack_mask
from urwkv_desktop.store.reading import Reading, Shape

_GROUPS = 64
_BYTES = 1 << 20


@dataclass
class Snapshots:
    """Counts what has been written since the last one, per case. Used on the writer's thread, but for `leave`."""

    groups: dict[int, set[int]] = field(default_factory=dict)
    bytes: dict[int, int] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def note(self, case: int, group: int, size: int) -> None:
        self.groups.setdefault(case, set()).add(group)
        self.bytes[case] = self.bytes.get(case, 0) + size

    def leave(self, case: int) -> None:
        self.left.add(case)

    def due(self) -> list[int]:
        full = {case for case, groups in self.groups.items() if len(groups) >= _GROUPS}
        full |= {case for case, size in self.bytes.items() if size >= _BYTES}
        return sorted(full | {case for case in tuple(self.left) if case in self.groups})

    def dirty(self) -> list[int]:
        return sorted(self.groups)

    def forget(self, case: int) -> None:
        self.groups.pop(case, None)
        self.bytes.pop(case, None)
        self.left.discard(case)


def make_snapshot(connection: sqlite3.Connection, case: int, shape: Shape) -> None:
    """Inside a transaction. Raises ValueError where the events of the case cannot be read."""
    state = Reading(connection).state(case, shape)
    connection.execute("INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)",
                       (case, state.revision, json.dumps(shape), pack_mask(state.mask.voxels)))
