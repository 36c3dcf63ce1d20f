"""What the rows of the worklist are called: the series where a file names it, else the place below the folder."""

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence

from urwkv_desktop.formats.source import Source

_WHOSE = ("patient_name", "patient_id", "study_date")


def titles(sources: Sequence[Source]) -> list[str]:
    """One for each source, without the folders that all share; series of one name have their place behind it."""
    common = posixpath.commonpath([posixpath.dirname(source.title) for source in sources]) if sources else ""
    places = [posixpath.relpath(source.title, common) if common else source.title for source in sources]
    names = [source.series_name or place for source, place in zip(sources, places, strict=True)]
    count = Counter(names)
    return [name if count[name] == 1 or name == place else f"{name} · {place}"
            for name, place in zip(names, places, strict=True)]


def whose(caption: Mapping[str, str]) -> str:
    """patient's name · ID · study date, as far as they are known."""
    return " · ".join(caption[part] for part in _WHOSE if part in caption)
