"""Old or new, never half; and never a file that is not ours."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import case, picture, ramp
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.writing.names import Names, cell, safe_path
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Refusal

PROGRAM = {"name": "urwkv-desktop", "version": "0"}
MASK = np.array([[[0, 1, 2], [2, 2, 0]]], np.uint8)


def one(stem: str = "a", mask: np.ndarray = MASK) -> ExportCase:
    return case(stem, picture(ramp(2, 3)), mask)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_second_export_replaces_the_first(tmp_path: Path) -> None:
    export([one()], tmp_path, ["png"], program=PROGRAM)
    before = (tmp_path / "a.png").read_bytes()
    report = export([one(mask=MASK[:, ::-1])], tmp_path, ["png"], program=PROGRAM)
    assert report.refused == ()
    assert (tmp_path / "a.png").read_bytes() != before
    assert names(tmp_path) == {"a.png", "labels.json", "manifest.json"}


def test_a_file_of_an_earlier_export_stays_ours_though_the_next_one_left_its_case_out(tmp_path: Path) -> None:
    export([one(), one("b")], tmp_path, ["png"], program=PROGRAM)
    export([one()], tmp_path, ["png"], program=PROGRAM)
    assert json.loads((tmp_path / "manifest.json").read_text())["earlier"] == ["b.png"]
    report = export([one(), one("b", MASK[:, ::-1])], tmp_path, ["png"], program=PROGRAM)
    assert report.refused == ()
    assert json.loads((tmp_path / "manifest.json").read_text())["earlier"] == []


def test_of_several_formats_the_one_that_cannot_hold_a_case_is_named(tmp_path: Path) -> None:
    report = export([one()], tmp_path, ["png", "dicom-seg"], program=PROGRAM)
    assert str(report.refused[0][1].cause).startswith("Not as dicom-seg: This image is no DICOM image")
    assert (tmp_path / "a.png").exists()


def test_file_that_no_export_made_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"somebody's picture")
    report = export([one(), one("b")], tmp_path, ["png"], program=PROGRAM)
    assert (tmp_path / "a.png").read_bytes() == b"somebody's picture"
    assert "that no export made" in str(report.refused[0][1])
    assert (tmp_path / "b.png").exists()


def test_export_that_fails_halfway_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export([one()], tmp_path, ["png"], program=PROGRAM)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportStoppedError, match=r"The disk is full: a\.png was not written"):
        export([one(mask=MASK[:, ::-1])], tmp_path, ["png"], program=PROGRAM)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_what_stood_when_an_export_was_stopped_is_ours_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                     ) -> None:
    real, faults = os.fsync, list[OSError]()

    def faulty(descriptor: int) -> None:
        if faults:
            raise faults.pop()
        real(descriptor)

    def cases() -> Iterator[ExportCase]:
        yield one("a")
        faults.append(OSError(errno.EIO, "Input/output error"))
        yield one("b")

    monkeypatch.setattr(os, "fsync", faulty)
    with pytest.raises(ExportStoppedError):
        export(cases(), tmp_path, ["png"], program=PROGRAM)
    assert json.loads((tmp_path / "manifest.json").read_text())["complete"] is False
    assert export([one("a", MASK[:, ::-1]), one("b")], tmp_path, ["png"], program=PROGRAM).refused == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refusal, match="can't be written to"):
        export([one()], tmp_path, ["png"], program=PROGRAM)
    tmp_path.chmod(0o700)


def test_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(Refusal):
        export([one()], tmp_path / "out", ["png"], program=PROGRAM)


def test_stopped_export_leaves_whole_files_and_says_so(tmp_path: Path) -> None:
    asked = iter([False, True])
    report = export([one("a"), one("b")], tmp_path, ["png"], program=PROGRAM, stop=lambda: next(asked))
    assert names(tmp_path) == {"a.png", "labels.json", "manifest.json"}
    assert '"complete": false' in (report.manifest or tmp_path).read_text()


def test_cases_are_taken_one_by_one(tmp_path: Path) -> None:
    alive: list[str] = []

    def cases() -> Iterator[ExportCase]:
        for stem in ("a", "b"):
            alive.append(stem)
            assert stem == "a" or (tmp_path / "a.png").exists()
            yield one(stem)

    counts: list[tuple[int, int]] = []
    export(cases(), tmp_path, ["png"], program=PROGRAM, report=lambda done, total: counts.append((done, total)))
    assert alive == ["a", "b"]
    assert counts[-1] == (2, 2)


@pytest.mark.parametrize(("stem", "safe"), [
    ("../../etc/passwd", "_/_/etc/passwd"), ("/abs", "abs"), ("a:b?c", "a_b_c"), ("CON", "_CON"), ("x. ", "x"),
    ("nul.txt", "_nul.txt"), ("", "case"), ("a\nb", "a_b"), (".hidden", "_hidden"), ("a\\b", "a/b"),
])
def test_hostile_stems_become_safe_paths(tmp_path: Path, stem: str, safe: str) -> None:
    assert safe_path(stem) == safe
    export([one(stem)], tmp_path / "out", ["png"], program=PROGRAM)
    assert (tmp_path / "out" / f"{safe}.png").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_long_and_equal_stems_get_names_of_their_own(tmp_path: Path) -> None:
    given = Names()
    assert [given.give(stem) for stem in ("a", "A", "a")] == ["a", "A_2", "a_3"]
    long = {safe_path("x" * 4000 + ending) for ending in "ab"}
    assert len(long) == 2
    assert all(len(name) <= 120 for name in long)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", " =1+1", "\n=1", "＝1"])
def test_formulas_are_defused(text: str) -> None:
    assert cell(text) == "'" + text


def test_temporary_file_goes_when_the_writer_fails(tmp_path: Path) -> None:
    def broken(file: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(ExportStoppedError, match="could not be written: Input/output error"):
        Outlet(tmp_path).write("sub/a.png", "png", broken, lambda path: None)
    assert names(tmp_path) == set()


def test_a_volume_that_comes_back_cut_short_stops_with_a_sentence_and_has_no_name(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def cut(descriptor: int) -> None:
        os.ftruncate(descriptor, 40)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(ExportStoppedError, match="cut short or damaged"):
        export([one()], tmp_path, ["nifti"], program=PROGRAM)
    assert names(tmp_path) == set()
