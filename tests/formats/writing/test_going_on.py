"""An export that was stopped goes on; names that no file system loves; a disk that fills up."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from tests.formats.builders import case, picture, ramp
from tests.formats.writing.conftest import DICOM, Exported
from urwkv_desktop.formats.catalogue import FORMATS
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.writing import proven
from urwkv_desktop.formats.writing.proven import ExportStoppedError
from urwkv_desktop.formats.writing.record import ExportCase

PROGRAM = {"name": "urwkv-desktop", "version": "0.1"}
PLAIN = [name for name in FORMATS if name not in (*DICOM, "dicom")]  # the last leaves de-identified only
MASK = np.zeros((1, 6, 8), np.uint8)
MASK[0, 1:3, 3:7] = 1


def cases(count: int = 3) -> list[ExportCase]:
    return [case(f"c{number}", picture(ramp(6, 8)), MASK) for number in range(count)]


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {one.relative_to(folder).as_posix(): (one.stat().st_mtime_ns, one.read_bytes())
            for one in folder.rglob("*") if one.is_file()}


def test_a_stopped_export_goes_on_where_it_was(tmp_path: Path) -> None:
    asked = iter([False, True])
    export(cases(), tmp_path, PLAIN, program=PROGRAM, stop=lambda: next(asked))
    before = files(tmp_path)
    report = export(cases(), tmp_path, PLAIN, program=PROGRAM)
    after = files(tmp_path)
    kept = [name for name in before if name in after and after[name][0] == before[name][0]]
    assert report.refused == ()
    assert {"c0.png", "c0.seg.nrrd", "labelme/c0.json", "yolo/labels/train/c0.txt", "masks/c0.png"} <= set(kept)
    assert {"c2.png", "coco.json"} <= set(after)


def test_a_case_that_changed_is_written_again(tmp_path: Path) -> None:
    export(cases(1), tmp_path, ["png"], program=PROGRAM)
    before = files(tmp_path)["c0.png"]
    export([case("c0", picture(ramp(6, 8)), MASK[:, ::-1])], tmp_path, ["png"], program=PROGRAM)
    assert files(tmp_path)["c0.png"][1] != before[1]


def test_a_file_that_somebody_damaged_is_written_again(tmp_path: Path) -> None:
    export(cases(1), tmp_path, ["png"], program=PROGRAM)
    whole = (tmp_path / "c0.png").read_bytes()
    (tmp_path / "c0.png").write_bytes(whole[:-3])
    export(cases(1), tmp_path, ["png"], program=PROGRAM)
    assert (tmp_path / "c0.png").read_bytes() == whole


HOSTILE = ["../../x", "CON", "com1.txt", "\u202egnp.exe", "-rf", "=cmd", "A", "a", "x" * 300, "naïve", "nai\u0308ve",
           "a:b*c?", "sp ace. ", ".hidden", "tab\tnew\nline", "q\"'`$(x)", "/etc/passwd"]


def test_hostile_names_stay_inside_and_apart_in_every_format(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = export([case(stem, picture(ramp(6, 8)), MASK) for stem in HOSTILE], out, PLAIN, program=PROGRAM)
    assert report.refused == ()
    names = [one.relative_to(out).as_posix() for one in report.written]
    assert len({name.casefold() for name in names}) == len(names)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    for part in {part for name in names for part in name.split("/")}:
        assert len(part.encode()) <= 160
        assert not part.startswith((".", "-", " "))
        assert not part.endswith((".", " "))
        assert "\u202e" not in part
    assert sum(name.endswith(".seg.nrrd") for name in names) == len(HOSTILE)


class _Full:
    """A disk that takes so many bytes of a file and no more."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        size = memoryview(data).nbytes
        if size > self._room:
            self._file.write(bytes(memoryview(data).cast("B")[:self._room]))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._room -= size
        return self._file.write(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def fill_disk_at(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    real = proven._write_proven

    def write_proven(folder: Path, name: str, kind: str, write: Callable[[BinaryIO], None], *rest: object) -> object:
        return real(folder, name, kind, lambda file: write(_Full(file, room)), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(proven, "_write_proven", write_proven)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("room", [0, 40, 75])
def test_a_full_disk_leaves_old_files_or_new_ones_never_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                               name: str, room: int) -> None:
    old, new = cases(1), [case("c0", picture(ramp(6, 8)[::-1]), MASK[:, ::-1])]
    export(old, tmp_path / "out", [name], program=PROGRAM)
    export(new, tmp_path / "new", [name], program=PROGRAM)
    before, wanted = files(tmp_path / "out"), files(tmp_path / "new")
    fill_disk_at(monkeypatch, room)
    with pytest.raises(ExportStoppedError, match="The disk is full"):
        export(new, tmp_path / "out", [name], program=PROGRAM)
    after = files(tmp_path / "out")
    assert set(after) == set(before)
    assert all(data in (before[file][1], wanted[file][1]) for file, (_, data) in after.items())
    assert after["manifest.json"] == before["manifest.json"]


def test_a_full_disk_stops_dicom_too_and_leaves_nothing(exported: Exported, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk_at(monkeypatch, 3000)
    with pytest.raises(ExportStoppedError, match="The disk is full"):
        export([exported.fixtures["oblique/oblique"].case], tmp_path, ["dicom-seg"], program=PROGRAM)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
