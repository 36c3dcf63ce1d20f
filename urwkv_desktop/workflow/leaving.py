"""Under whose name an export leaves. Loads nothing heavy: the window asks before its first paint."""

from collections.abc import Sequence
from enum import Enum

from urwkv_desktop.formats.catalogue import OUT_FORMATS


class Leaving(Enum):
    """named: as the images are. hidden: de-identified, images with suspected text left out. hidden_with_text: all."""

    named = "named"
    hidden = "hidden"
    hidden_with_text = "hidden with text"


def asks_first(formats: Sequence[str]) -> bool:
    """Whether one of these formats carries tags or pixels of the images."""
    return any(one.name in formats and (one.identifies or one.images) for one in OUT_FORMATS)
