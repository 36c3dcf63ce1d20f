"""What identifies a patient, and what takes its place. No DICOM library: the window may ask, too.

The names and numbers that leave instead are HMACs with the project's secret: the same in every file and every export
of the project, so that a SEG goes on naming its images, and not to be reversed without that secret.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PIXEL_GROUP, OVERLAYS, CURVES = 0x7FE0, 0x6000, 0x5000
WELL_KNOWN = "1.2.840.10008."  # identifiers of the standard's own: classes, syntaxes, coding schemes
METHOD = "urwkv-desktop: table E.1-1 and a pass over private tags, overlays and text; not claimed to be complete"


@dataclass(frozen=True)
class Profile:
    """DICOM PS3.15, table E.1-1. actions: by tag (group << 16 | element); repeating groups stand under their first."""

    edition: str
    actions: Mapping[int, str]

    def action(self, tag: int) -> str:
        """X remove, Z empty, D replace, U new identifier, K keep; of a choice the one that keeps the object valid."""
        group = tag >> 16
        if group & 1 or group & 0xFF00 in (CURVES, OVERLAYS):
            return "X"
        stated = self.actions.get(tag, "K")
        return {"Z/D": "D", "X/Z": "Z", "X/D": "D", "X/Z/D": "D", "X/Z/U*": "U"}.get(stated, stated)


def read_profile(file: Path) -> Profile:
    """`basic_profile.json`. Raises OSError, ValueError."""
    found = json.loads(file.read_text("utf-8"))
    actions = {int(tag.replace("x", "0"), 16): action for action, tags in found["actions"].items() for tag in tags}
    return Profile(str(found["edition"]), actions)


@dataclass(frozen=True)
class Deidentification:
    """How one project's exports are de-identified. key: the project's secret."""

    key: bytes
    profile: Profile

    def uid(self, old: str) -> str:
        """2.25 and 128 bits (PS3.5 B.2); identifiers of the standard's own stay."""
        clean = old.strip(" \0")
        if not clean or clean.startswith(WELL_KNOWN):
            return clean
        return f"2.25.{int.from_bytes(self._digest('uid', clean)[:16], 'big')}"

    def code(self, what: str, value: str) -> str:
        """16 hexadecimal digits in place of `value`; what: "patient", "case": equal values differ by it."""
        return self._digest(what, value).hex()[:16]

    def _digest(self, what: str, value: str) -> bytes:
        return hmac.digest(self.key, f"{what}\0{value}".encode(), "sha256")


@dataclass(frozen=True)
class Identifier:
    """Something that tells who a patient is, or may. where: "0010,0010", nested ones joined by "/", or "preamble".

    name: the standard's. value: as text. is_sure: names, numbers, addresses, birth dates, identifiers of instances:
    always searched for; others (descriptions, study dates) only where the words are not ones that stay on purpose.
    stays: it is not sure, and the same words stand in a text that is kept, such as the body part; or it is a number
    that a kept attribute has as well.
    """

    where: str
    name: str
    value: str
    is_sure: bool
    is_name: bool = False
    is_uid: bool = False
    stays: bool = False
