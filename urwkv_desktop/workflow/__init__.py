"""The use cases: open, predict ahead, review, export; settings, places, jobs.

gui and cli reach the floors below through this one. Names are resolved lazily: the way to the first paint loads neither
numpy nor any floor below.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.workflow.jobs import Cancelled, Job, JobControl, Jobs, JobState, Outcome, Turns
    from urwkv_desktop.workflow.places import Places, find_places
    from urwkv_desktop.workflow.review import CaseRow
    from urwkv_desktop.workflow.settings import Settings

_HOMES = {
    "jobs": ("Cancelled", "Job", "JobControl", "JobState", "Jobs", "Outcome", "Turns"),
    "places": ("Places", "find_places"),
    "review": ("CaseRow",),
    "settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Cancelled", "CaseRow", "Job", "JobControl", "JobState", "Jobs", "Outcome", "Places", "Settings", "Turns", "find_places",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.workflow.{_HOME_OF[name]}"), name)
