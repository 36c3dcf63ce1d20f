"""Whose habits the keys follow, and what the person has changed in them; every change holds at once."""

from collections.abc import Callable
from pathlib import Path

from urwkv_desktop.gui.key_table import KeyTable, OwnKeys, laid_over, read_map
from urwkv_desktop.imaging import Refusal


class KeyBook:
    """folder: the maps. own: the person's changes. listen: who wears the table when it is another one.

    on_refusal is told where changes could not be written.
    """

    def __init__(self, folder: Path, own: OwnKeys, name: str = "default") -> None:
        self._folder, self._own = folder, own
        self.name = name
        self._map = read_map(folder, name)
        self._listeners: list[Callable[[KeyTable], None]] = []
        self.on_refusal: Callable[[Refusal], None] = lambda refusal: None

    @property
    def refusal(self) -> Refusal | None:
        """Why the person's own keys could not be read."""
        return self._own.refusal

    @property
    def table(self) -> KeyTable:
        return KeyTable(laid_over(self._map.keys, self._own.keys), self._own.mouse or self._map.mouse)

    def listen(self, callback: Callable[[KeyTable], None]) -> None:
        self._listeners.append(callback)

    def choose(self, name: str) -> None:
        """Another map; what the person has changed stays changed."""
        self.name = name
        self._map = read_map(self._folder, name)
        self._tell()

    def is_own(self, action: str) -> bool:
        """Whether the action has other keys than the map gives it, by the person's will or because they were taken."""
        return set(self.table.keys.get(action, ())) != set(self._map.keys.get(action, ()))

    @property
    def has_own(self) -> bool:
        return bool(self._own.keys)

    def give(self, action: str, keys: tuple[str, ...]) -> None:
        """These keys and no others; who had one of them has it no more."""
        lost = {other: tuple(key for key in own if key not in keys) for other, own in self._own.keys.items()}
        self._keep({**lost, action: keys})

    def reset(self, action: str) -> None:
        """The map's keys again. Those that another action was given meanwhile go back to this one."""
        mine = self._map.keys.get(action, ())
        others = {other: tuple(key for key in own if key not in mine)
                  for other, own in self._own.keys.items() if other != action}
        self._keep(others)

    def reset_all(self) -> None:
        self._keep({})

    def _keep(self, wanted: dict[str, tuple[str, ...]]) -> None:
        """Only what differs: an action is left out whose keys would be the same without its own line."""
        own = dict(wanted)
        for action in wanted:
            rest = {other: keys for other, keys in own.items() if other != action}
            if laid_over(self._map.keys, rest).get(action) == own[action]:
                own = rest
        try:
            self._own.keep(own)
        except Refusal as refusal:
            self.on_refusal(refusal)
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener(self.table)
