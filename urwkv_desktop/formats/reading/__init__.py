"""Images in. `index` reads headers, `read` one case, `read_labels` a mask beside an image; in the decode worker.

Each also works in the caller's process, which only tests and small tools should want.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.formats.reading.folder import index
    from urwkv_desktop.formats.reading.labels import read_labels
    from urwkv_desktop.formats.reading.open import read

__all__ = ["index", "read", "read_labels"]


def __getattr__(name: str) -> object:
    from importlib import import_module

    home = {"index": "folder", "read": "open", "read_labels": "labels"}.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.formats.reading.{home}"), name)
