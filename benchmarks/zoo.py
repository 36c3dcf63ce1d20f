"""Difficult DICOM files, each opened in the decode worker: what happened, and the table of it.

`python -m benchmarks.zoo [FOLDER]` writes docs/zoo.md. FOLDER holds zoo.csv and files/; its files are read where they
lie and none of their pixels leaves it.
"""

import csv
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_facts import facts
from urwkv_desktop.formats.reading.dicom_file import open_dicom
from urwkv_desktop.formats.reading.dicom_pixels import decode
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Image, Refusal

Array = npt.NDArray[np.generic]
HERE = Path(__file__).resolve().parent.parent
ZOO = HERE.parent / "shared" / "data" / "dicom_zoo"
TABLE = HERE / "docs" / "zoo.md"
_HEAD = """# Difficult DICOM files, and what becomes of each

Made by `python -m benchmarks.zoo`; the files themselves are not part of this repository. "Exact" means that the
stored values have the SHA-256 of a reference decoder's, before rescaling, palette and window; "exact as RGB" after YBR
was turned.

| group | file | what happens | why |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Opening:
    """What came of one file: its images, the sentences of what was refused, and what it cost.

    seconds: of index and reading together. megabytes: the most that the worker held since its start (0: not known).
    """

    images: tuple[Image, ...]
    refusals: tuple[str, ...]
    kinds: frozenset[SourceKind]
    seconds: float
    megabytes: int

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(finding.message) for image in self.images for finding in image.findings))


def opened(worker: DecodeWorker, path: Path) -> Opening:
    """One file, or all cases of one folder."""
    since = time.monotonic()
    root = path if path.is_dir() else path.parent
    images, refusals, kinds = [], [], set()
    try:
        sources: Sequence[Source] = worker.index(root, None if path.is_dir() else [path])
    except Refusal as refusal:
        sources, refusals = (), [str(refusal)]
    for source in sources:
        kinds.add(source.kind)
        try:
            images.append(worker.read(root, source))
        except Refusal as refusal:
            refusals.append(str(refusal))
    return Opening(tuple(images), tuple(refusals), frozenset(kinds), time.monotonic() - since, _peak(worker.pid))


def _peak(pid: int | None) -> int:
    status = Path(f"/proc/{pid}/status")
    if pid is None or not status.exists():
        return 0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) >> 10


def stored_values(path: Path, *, raw: bool) -> Array:
    """[frames, rows, columns] or [..., 3] in the order of the file, palette indices as they are.

    raw: compressed colours as they are stored, luma and chroma included.
    """
    file = open_dicom(path, Room())
    found, _ = facts(file)
    found = replace(found, photometric="MONOCHROME2") if found.is_palette else found
    target = np.zeros((found.frames, *found.shown_shape), found.shown_dtype)
    decode(file, found, {frame: frame for frame in range(found.frames)}, target, raw=raw)
    return target


def exactness(path: Path, row: dict[str, str]) -> str:
    """"exact", "exact as RGB", or "" where the values are not the reference's."""
    if row["rgb_sha256"]:
        return "exact as RGB" if _digest(stored_values(path, raw=False)) == row["rgb_sha256"] else ""
    return "exact" if _digest(stored_values(path, raw=True)) == row["pixel_sha256"] else ""


def _digest(values: Array) -> str:
    return sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def rows(zoo: Path = ZOO) -> list[dict[str, str]]:
    with (zoo / "zoo.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _line(worker: DecodeWorker, zoo: Path, row: dict[str, str]) -> str:
    path = zoo / "files" / row["file"]
    found = opened(worker, path)
    why = " ".join(dict.fromkeys((*found.refusals, *found.notes))) or row["special"]
    if found.images:
        how = exactness(path, row) if row["pixel_sha256"] else "no reference"
        what = f"opens, {how or 'other values'}"
    else:
        words = {SourceKind.labels: "labels", SourceKind.index: "index"}
        what = next((word for kind, word in words.items() if kind in found.kinds), "refused")
    return f"| {row['group']} | `{row['file']}` | {what} | {why.replace('|', '/')} |\n"


def main(arguments: Sequence[str]) -> int:
    zoo = Path(arguments[0]) if arguments else ZOO
    worker = DecodeWorker()
    try:
        lines = [_line(worker, zoo, row) for row in rows(zoo)]
    finally:
        worker.close()
    TABLE.write_text(_HEAD + "".join(lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} files: {TABLE.relative_to(HERE)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
