"""The use cases: open, predict ahead, review, export; settings, places, jobs.

gui and cli reach the floors below through this one. Names are resolved lazily: the way to the first paint loads neither
numpy nor any floor below.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.formats.catalogue import FORMATS, OUT_FORMATS, FormatGroup, OutFormat
    from urwkv_desktop.formats.export import ExportReport
    from urwkv_desktop.inference.card import ModelCard
    from urwkv_desktop.store.cases import CaseRow
    from urwkv_desktop.workflow.jobs import Cancelled, Job, JobControl, Jobs, JobState, Outcome, Turns
    from urwkv_desktop.workflow.leaving import Leaving, asks_first
    from urwkv_desktop.workflow.places import Places, find_places
    from urwkv_desktop.workflow.session import Session
    from urwkv_desktop.workflow.settings import Settings

_HOMES = {
    "formats.catalogue": ("FORMATS", "OUT_FORMATS", "FormatGroup", "OutFormat"),
    "formats.export": ("ExportReport",),
    "inference.card": ("ModelCard",),
    "store.cases": ("CaseRow",),
    "workflow.jobs": ("Cancelled", "Job", "JobControl", "JobState", "Jobs", "Outcome", "Turns"),
    "workflow.leaving": ("Leaving", "asks_first"),
    "workflow.places": ("Places", "find_places"),
    "workflow.session": ("Session",),
    "workflow.settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FORMATS", "OUT_FORMATS", "Cancelled", "CaseRow", "ExportReport", "FormatGroup", "Job", "JobControl", "JobState",
    "Jobs", "Leaving", "ModelCard", "OutFormat", "Outcome", "Places", "Session", "Settings", "Turns", "asks_first",
    "find_places",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.{_HOME_OF[name]}"), name)
