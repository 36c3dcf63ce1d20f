"""Group and split of a case, so that it never changes side.

What leaves the program is HMAC(split key, group), never the group itself (it may come from a PatientID). The key is one
for all projects of an installation, so that sets that are merged keep their sides.
"""

import contextlib
import csv
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.imaging import Message, Refusal

_KEY_BYTES = 32
_ALIKE = 4  # of 64 bits that near-identical pictures may differ in
_SHARES = ((80, "train"), (90, "validation"), (100, "test"))


def split_key(data: Path) -> bytes:
    """The installation's key, made at its first use. Raises OSError where the folder cannot be written."""
    file = data / "split.key"
    with contextlib.suppress(FileExistsError):
        data.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="ascii") as fresh:
            fresh.write(secrets.token_hex(_KEY_BYTES) + "\n")
    return read_split_key(file)


def read_split_key(file: Path) -> bytes:
    """A key that was set: a text file; its trimmed text is the key. Raises Refusal."""
    tried = Message("Reading the split key.")
    cure = Message("Name a text file that holds the key (any text of 8 characters or more).")
    try:
        key = file.read_bytes().strip()
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("The split key {name} cannot be read: {reason}.", name=file.name,
                                                 reason=error.strerror or "error"), cure=cure) from error
    if len(key) < 8:
        raise Refusal(tried=tried, cause=Message("The split key {name} is too short.", name=file.name), cure=cure)
    return key


def fingerprint(key: bytes) -> str:
    """What the manifest says of the key: sets with equal fingerprints may be merged."""
    return hashlib.sha256(b"split key\0" + key).hexdigest()[:16]


def group_code(key: bytes, group: str) -> str:
    return hmac.new(key, group.encode(), hashlib.sha256).hexdigest()[:16]


def split_of(key: bytes, group: str) -> str:
    """HMAC(split key, group) mod 100: 80 train, 10 validation, 10 test."""
    number = int.from_bytes(hmac.new(key, group.encode(), hashlib.sha256).digest()) % 100
    return next(name for below, name in _SHARES if number < below)


def stated_groups(root: Path) -> Mapping[str, str]:
    """File name's stem -> group, from the column `group` of a folds.csv or cases.csv beside the images."""
    for name in ("folds.csv", "cases.csv"):
        try:
            with (root / name).open(newline="", encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error):
            continue
        groups = {row["id"]: row["group"] for row in rows if row.get("id") and row.get("group")}
        if groups:
            return groups
    return {}


def group_of(group_hint: str, identity: str, files: tuple[str, ...], stated: Mapping[str, str]) -> str:
    """The case's group, fixed when it is made: the patient; else a stated group; else the image's own identity."""
    if group_hint:
        return group_hint
    for file in files:
        if Path(file).stem in stated:
            return f"stated:{stated[Path(file).stem]}"
    return identity


@dataclass(frozen=True)
class Kin:
    """group: the one that a newcomer joins, None where nobody looks like it. bridges: it looks like several groups,
    which stay apart; the export says so."""

    group: str | None
    bridges: bool = False


def kin_of(look: int, others: Iterable[tuple[int, str]]) -> Kin:
    """look: 64 bits of how the newcomer looks; others: (look, group) of the cases that are there already."""
    near = [(distance, group) for other, group in others if (distance := (look ^ other).bit_count()) <= _ALIKE]
    if not near:
        return Kin(None)
    return Kin(min(near)[1], bridges=len({group for _, group in near}) > 1)
