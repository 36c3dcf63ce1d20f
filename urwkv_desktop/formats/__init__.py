"""Images in, labels out, proof, and the process in which bytes from strangers are decoded.

`export` itself is `urwkv_desktop.formats.export.export`: its module has the same name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.formats.catalogue import FORMATS, OUT_FORMATS, FormatGroup, OutFormat
    from urwkv_desktop.formats.export import ExportReport
    from urwkv_desktop.formats.fingerprint import image_sha256, picture_hash
    from urwkv_desktop.formats.limits import Limits
    from urwkv_desktop.formats.source import Source, SourceKind
    from urwkv_desktop.formats.worker import DecodeWorker
    from urwkv_desktop.formats.writing.record import ExportCase

_HOMES = {
    "catalogue": ("FORMATS", "OUT_FORMATS", "FormatGroup", "OutFormat"),
    "export": ("ExportReport",),
    "fingerprint": ("image_sha256", "picture_hash"),
    "limits": ("Limits",),
    "source": ("Source", "SourceKind"),
    "worker": ("DecodeWorker",),
    "writing.record": ("ExportCase",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FORMATS", "OUT_FORMATS", "DecodeWorker", "ExportCase", "ExportReport", "FormatGroup", "Limits", "OutFormat",
    "Source", "SourceKind", "image_sha256", "picture_hash",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.formats.{_HOME_OF[name]}"), name)
