"""The key maps in resources/keymaps and what a person has changed in them: one file each, all of one kind.

A file names actions with their keys, and under "mouse" what the mouse means. `default.json` names every action; another
map names only what differs, and a person's own file (keys.json beside the settings) what differs from the chosen map.
What a file gives to an action it takes from every other: two actions never share a key.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from urwkv_desktop.gui.mouse_map import DEFAULT, MouseMap
from urwkv_desktop.imaging import Message, Refusal

MAPS = ("default", "itk-snap", "slicer", "labelme", "radiology")
_MOUSE = "mouse"
Keys = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class KeyTable:
    """keys: action id -> its keys, as QKeySequence writes them portably."""

    keys: Keys
    mouse: MouseMap = DEFAULT

    def users_of(self, keys: Iterable[str], *, but: str = "") -> tuple[str, ...]:
        """The actions that have one of these keys, except `but`."""
        wanted = set(keys)
        return tuple(action for action, own in self.keys.items() if action != but and wanted & set(own))


def title_of(name: str) -> str:
    """What a map is called: after the program whose habits it follows."""
    titles = {"default": QCoreApplication.translate("keymaps", "Default"), "itk-snap": "ITK-SNAP",
              "slicer": "3D Slicer", "labelme": "labelme",
              "radiology": QCoreApplication.translate("keymaps", "Radiology")}
    return titles[name]


def portable(keys: str) -> str:
    """One spelling for each: "Escape" and "esc" are "Esc". "" for what are no keys."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def laid_over(base: Keys, own: Keys) -> dict[str, tuple[str, ...]]:
    """base with what own says instead; what own takes, no other action keeps."""
    taken = {key for keys in own.values() for key in keys}
    merged = {action: tuple(key for key in keys if key not in taken) for action, keys in base.items()}
    return {**merged, **{action: tuple(keys) for action, keys in own.items() if action in base}}


def read_map(folder: Path, name: str = "default") -> KeyTable:
    """The map of this name, whole."""
    base, mouse = read_file(folder / "default.json")
    keys: dict[str, tuple[str, ...]] = dict(base)
    if name != "default":
        own, own_mouse = read_file(folder / f"{name}.json")
        keys, mouse = laid_over(keys, own), own_mouse or mouse
    return KeyTable(keys, mouse or DEFAULT)


def read_file(path: Path) -> tuple[dict[str, tuple[str, ...]], MouseMap | None]:
    """(keys, mouse; None where the file leaves it as it is). Raises OSError, and ValueError for what is no key map."""
    stored = json.loads(path.read_text("utf-8"))
    if not isinstance(stored, dict):
        raise ValueError("no object")
    keys: dict[str, tuple[str, ...]] = {}
    mouse = stored.pop(_MOUSE, None)
    for action, sequences in stored.items():
        if not isinstance(sequences, list) or not all(isinstance(one, str) for one in sequences):
            raise ValueError(f"the keys of {action} are no list of words")
        keys[action] = tuple(dict.fromkeys(key for key in map(portable, sequences) if key))
    return keys, None if mouse is None else MouseMap.of(mouse)


class OwnKeys:
    """What a person has changed, in a file of its own. file: None keeps it in memory only."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.refusal: Refusal | None = None
        self.keys: Keys = {}
        self.mouse: MouseMap | None = None
        self._mouse_as_stored: object = None
        if file is not None and file.exists():
            self._read(file)

    def _read(self, file: Path) -> None:
        try:
            self.keys, self.mouse = read_file(file)
            self._mouse_as_stored = json.loads(file.read_text("utf-8")).get(_MOUSE)
        except (OSError, ValueError):
            self.refusal = Refusal(
                tried=Message("Reading your own keys."),
                cause=Message("Your own keys cannot be read from {file}.", file=file.name),
                cure=Message("Those of the key map are used; changing a key writes the file anew."))

    def keep(self, keys: Keys) -> None:
        """Writes the file whole or not at all. Raises Refusal; the keys hold all the same, until the end."""
        self.keys = dict(keys)
        if self._file is None:
            return
        stored: dict[str, object] = {action: list(own) for action, own in self.keys.items()}
        if self._mouse_as_stored is not None:
            stored[_MOUSE] = self._mouse_as_stored
        beside = self._file.with_name(f"{self._file.name}.new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            beside.replace(self._file)
        except OSError as error:
            raise Refusal(tried=Message("Writing your own keys."),
                          cause=Message("Your own keys could not be written ({reason}).",
                                        reason=error.strerror or "error"),
                          cure=Message("They hold until the program is closed.")) from error
