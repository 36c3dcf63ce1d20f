"""Names that every file system takes, and cells that no spreadsheet runs."""

import re
import unicodedata
from hashlib import sha256

from urwkv_desktop.imaging import legible

# Signs that a file system refuses, and those that turn the direction of a name: "exe.gnp" must not look like "png.exe".
_FORBIDDEN = re.compile("[<>:\"\\\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
_LONGEST = 120
# Also in their full width, which some spreadsheets take for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_path(stem: str) -> str:
    """A relative path below the export's folder, whatever the stem says: "../a:b/CON" becomes "_/a_b/_CON"."""
    parts = [safe_name(part) for part in legible(stem).replace("\\", "/").split("/") if part]
    return "/".join(parts) or "case"


def safe_name(part: str) -> str:
    name = _FORBIDDEN.sub("_", part).rstrip(". ")
    if not name or name.startswith((".", " ")):
        name = "_" + name.lstrip(". ")
    if name.startswith("-"):
        name = "_" + name  # programs take it for an option
    if _RESERVED.match(name):
        name = "_" + name
    if len(name.encode()) > _LONGEST:
        name = name.encode()[:_LONGEST - 9].decode(errors="ignore") + "_" + sha256(part.encode()).hexdigest()[:8]
    return name


def table_id(name: str) -> str:
    """One name without folders, which stands in a table as it is: no spreadsheet takes it for a formula."""
    flat = name.replace("/", "__")
    return "_" + flat if flat.startswith(_FORMULA) else flat


class Names:
    """Gives each case a name of its own, also where the file system does not tell case apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, stem: str) -> str:
        wanted = name = safe_path(stem)
        again = 1
        while (known := unicodedata.normalize("NFKC", name).casefold()) in self._taken:
            again += 1
            name = f"{wanted}_{again}"
        self._taken.add(known)
        return name


def cell(text: str) -> str:
    """What a spreadsheet would run as a formula gets an apostrophe in front."""
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
