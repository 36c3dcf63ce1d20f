"""What belongs together among the actions: for the cheat sheet and the list of keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

# By the first word of an action's id; what is named nowhere here belongs to the program.
_WORDS = {
    "cases": ("case", "predict"),
    "tools": ("tool", "brush", "threshold", "gesture", "rule"),
    "mask": ("edit", "label", "mask", "operation", "suggestion", "copy", "interpolate", "history"),
    "seeing": ("view", "slice", "privacy", "display", "window", "plane", "cine", "compare", "overlay"),
}
NAMES = (*_WORDS, "program")


@dataclass(frozen=True)
class Group:
    name: str
    actions: tuple[str, ...]


def group_of(action: str) -> str:
    first = action.partition(".")[0]
    return next((name for name, words in _WORDS.items() if first in words), "program")


def grouped(actions: Iterable[str]) -> tuple[Group, ...]:
    """The actions by group, each in the order in which they came; no empty group."""
    known = tuple(actions)
    groups = (Group(name, tuple(one for one in known if group_of(one) == name)) for name in NAMES)
    return tuple(group for group in groups if group.actions)


def title_of(name: str) -> str:
    titles = {
        "cases": QCoreApplication.translate("keys", "CASES"),
        "tools": QCoreApplication.translate("keys", "TOOLS"),
        "mask": QCoreApplication.translate("keys", "LABELS AND HISTORY"),
        "seeing": QCoreApplication.translate("keys", "SEEING"),
        "program": QCoreApplication.translate("keys", "PROGRAM"),
    }
    return titles[name]
