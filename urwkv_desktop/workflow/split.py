"""Group and split of a case, so that it never changes side.

What leaves the program is HMAC(split key, group), never the group itself (it may come from a PatientID). The key is one
for all projects of an installation, so that sets that are merged keep their sides.
"""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.formats.pairing import stem
from urwkv_desktop.imaging import Finding, Message, Refusal
from urwkv_desktop.training.case_list import NAMES, as_posix, read_rows

LIST_LEFT = "groups.list-left"
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


@dataclass(frozen=True)
class _List:
    """A list of cases in `folder` (below the root, "" for the root itself). by_place: by the file's place below that
    folder without its ending; by_stem: by its name alone, where that belongs to one group."""

    folder: str
    by_place: Mapping[str, str]
    by_stem: Mapping[str, str]

    def of(self, file: str) -> str | None:
        if self.folder and not file.startswith(f"{self.folder}/"):
            return None
        within = file[len(self.folder):].lstrip("/")
        found = self.by_place.get(_without_ending(within)) or self.by_stem.get(stem(within))
        return f"{self.folder}/{found}" if found and self.folder else found


@dataclass(frozen=True)
class StatedGroups:
    """Who belongs together, as lists beside the images say. findings: lists that cannot be used."""

    lists: tuple[_List, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, file: str) -> str | None:
        """file: an image's place below the root. The list that lies nearest to it rules."""
        return next((group for group in (one.of(file) for one in self.lists) if group), None)


def stated_groups(root: Path) -> StatedGroups:
    """The column `group` of a folds.csv or cases.csv beside the images: in the root, or in a folder right below it."""
    folders = [root]
    with contextlib.suppress(OSError):
        folders += sorted(entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    lists: list[_List] = []
    findings: list[Finding] = []
    for folder in reversed(folders):
        for file in (folder / name for name in reversed(NAMES)):
            try:
                found = _listed("" if folder == root else folder.name, file) if file.is_file() else None
            except Refusal as refusal:
                findings.append(Finding(LIST_LEFT, Message(
                    "{cause} Its groups are not known: cases of one patient may come to stand on both sides of an "
                    "exported split.", cause=refusal.cause)))
                continue
            if found is not None and found.by_place:
                lists.append(found)
                break
    return StatedGroups(tuple(lists), tuple(findings))


def _listed(folder: str, file: Path) -> _List:
    by_place: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for row in read_rows(file):
        group = row.get("group", "")
        place = _without_ending(as_posix(row["image"])) if row.get("image") else row.get("id", "")
        if group and place:
            by_place[place] = group
            names.setdefault(place.rpartition("/")[2], set()).add(group)
    return _List(folder, by_place, {name: groups.pop() for name, groups in names.items() if len(groups) == 1})


def _without_ending(file: str) -> str:
    folder, slash, name = file.rpartition("/")
    return folder + slash + stem(name)


def group_of(group_hint: str, identity: str, files: tuple[str, ...], stated: StatedGroups) -> str:
    """The case's group, fixed when it is made: the patient; else a stated group; else the image's own identity."""
    if group_hint:
        return group_hint
    found = next((group for group in map(stated.of, files) if group), None)
    return f"stated:{found}" if found else identity


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
