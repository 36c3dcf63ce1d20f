"""What the rows of the worklist are called: the series where a file names it, else the place below the folder."""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from urwkv_desktop.formats.source import Source

_WHOSE = ("patient_name", "patient_id", "study_date")
# Marks that show what follows in another direction: with one, a file's name can look like another file's.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ALONE, _DONE = "\u2068", "\u2069"


def titles(sources: Sequence[Source]) -> list[str]:
    """One for each source, without the folders that all share; series of one name have their place behind it."""
    common = posixpath.commonpath([posixpath.dirname(source.title) for source in sources]) if sources else ""
    places = [posixpath.relpath(source.title, common) if common else source.title for source in sources]
    places = [_TURNING.sub("\ufffd", place) for place in places]
    names = [source.series_name or place for source, place in zip(sources, places, strict=True)]
    count = Counter(names)
    return [name if count[name] == 1 or name == place else f"{name} · {place}"
            for name, place in zip(names, places, strict=True)]


def whose(caption: Mapping[str, str]) -> str:
    """patient's name · ID · study date, as far as they are known, in this order whatever their scripts."""
    return " · ".join(_alone(caption[part]) for part in _WHOSE if part in caption)


def _alone(text: str) -> str:
    """A word written from right to left would draw the number behind it to its other side."""
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"{_ALONE}{text}{_DONE}" if turns else text
