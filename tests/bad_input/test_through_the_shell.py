"""Bad input through the shell: one clear sentence, everything else goes on, nothing on disk is changed."""

import os
import sqlite3
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom.data import get_testdata_file

from tests.homes import make_folder, working
from urwkv_desktop.store.schema import VERSION
from urwkv_desktop.workflow.places import Places

Shell = Callable[..., Any]


def _truncated_png(folder: Path) -> None:
    whole = (folder / "a.png").read_bytes()
    (folder / "bad.png").write_bytes(whole[: len(whole) // 2])


def _text(folder: Path) -> None:
    (folder / "bad.png").write_text("Dear colleague, thank you for the referral.")


def _empty(folder: Path) -> None:
    (folder / "bad.png").write_bytes(b"")


def _enormous(folder: Path) -> None:
    """65,000 x 65,000 pixels of one bit: 528 MB of pixels in half a megabyte."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + bytes(65000 // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(65000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 65000, 65000, 1, 0, 0, 0, 0)
    (folder / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels)
                                     + chunk(b"IEND", b""))


def _truncated_dicom(folder: Path) -> None:
    whole = Path(str(get_testdata_file("CT_small.dcm", download=False))).read_bytes()
    dataset = pydicom.dcmread(get_testdata_file("CT_small.dcm", download=False))
    (folder / "bad.dcm").write_bytes(whole[: len(whole) - len(dataset.PixelData) // 2])


@pytest.mark.parametrize(("spoil", "sentence"), [
    (_truncated_png, "incomplete"),
    (_text, "no image"),
    (_empty, "empty"),
    (_enormous, "memory"),
    (_truncated_dicom, "incomplete"),
])
def test_a_bad_file_gets_one_sentence_and_the_others_their_masks(shell: Shell, tmp_path: Path, sentence: str,
                                                                 spoil: Callable[[Path], None]) -> None:
    folder = make_folder(tmp_path / "images", ("a", "z"))
    spoil(folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 1
    assert len(said.lines) == 1, said.lines
    assert said.lines[0].startswith("bad.")
    assert sentence in said.lines[0]
    assert {file.name for file in (tmp_path / "out").glob("*.png")} == {"a.png", "z.png"}
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


# A child's peak begins with its parent's at the fork, and pytest is large: a small process stands between and measures.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", "urwkv_desktop", *sys.argv[1:]], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(code)
"""


def test_an_enormous_picture_is_refused_from_its_header_in_little_memory(places: Places, tmp_path: Path) -> None:
    """The deadline is 2 s of the program's own time: on a busy machine the wall says more of the others."""
    folder = tmp_path / "images"
    folder.mkdir()
    _enormous(folder)
    done = subprocess.run([sys.executable, "-c", _MEASURED, "segment", str(folder / "bad.png"), "--model", "tiny",
                           "--out", str(tmp_path / "out")], capture_output=True, text=True, timeout=60, env=os.environ)
    seconds, kilobytes = (float(figure) for figure in done.stdout.split())
    assert done.returncode == 1
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert kilobytes < 500 * 1024
    assert seconds < 2


def test_a_folder_without_images_says_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/letter.txt").write_text("Dear colleague")
    said = shell("segment", tmp_path / "letters", "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 2
    assert len(said.lines) == 1
    assert "There are no images in this folder" in said.lines[0]


def test_a_folder_that_cannot_be_written_says_so(shell: Shell, tmp_path: Path) -> None:
    folder, out = make_folder(tmp_path / "images", ("a",)), tmp_path / "out"
    out.mkdir()
    out.chmod(0o500)
    if os.access(out, os.W_OK):
        out = Path("/proc")  # root may write everywhere but there
    said = shell("segment", folder, "--model", "tiny", "--out", out)
    out.chmod(0o700) if out.name == "out" else None
    assert said.code == 2
    assert len(said.lines) == 1
    assert "can't be written" in said.lines[0] or "cannot be written" in said.lines[0] or "could not" in said.lines[0]


def test_a_project_of_a_newer_version_is_not_rewritten(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        project = work.session.project_path
    with sqlite3.connect(project) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    connection.close()
    before = project.read_bytes()
    with working(folder, places) as work:
        work.wait(lambda: work.session.document is not None)
        assert "newer version" in str(work.session.read_only_reason)
        assert work.session.document is not None
        assert not work.session.document.is_writable
    shell("export", folder, "--out", tmp_path / "out", "--format", "png", "--status", "predicted")
    assert project.read_bytes() == before


def test_what_is_no_project_says_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes.urwkv").write_text("not a project")
    said = shell("export", tmp_path / "notes.urwkv", "--out", tmp_path / "out", "--format", "png")
    assert said.code == 2
    assert said.lines == ("notes.urwkv is not a project of this program. "
                          "Choose a .urwkv file, or open the folder of images.",)


def test_a_model_folder_with_a_wrong_hash_is_refused_by_name(shell: Shell, places: Places, tmp_path: Path) -> None:
    weights = places.user_models / "tiny" / "model.bin"
    weights.write_bytes(weights.read_bytes() + b"!")
    said = shell("segment", make_folder(tmp_path / "images", ("a",)), "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 2
    assert len(said.lines) == 1
    assert "model.bin" in said.lines[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A disk of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield place
    for _ in range(50):
        if not subprocess.run(["umount", str(place)], capture_output=True).returncode:
            break
        time.sleep(0.1)


def test_a_full_disk_stops_the_export_and_leaves_whole_files(shell: Shell, small_disk: Path, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", [f"p{number}" for number in range(6)])
    (small_disk / "ballast").write_bytes(bytes((1 << 20) - 8192))
    said = shell("segment", folder, "--model", "tiny", "--out", small_disk, "--format", "png,coco")
    assert said.code in (1, 2)
    assert any("disk is full" in line for line in said.lines)
    assert not [file.name for file in small_disk.iterdir() if file.name.startswith(".")]


def test_a_project_on_a_full_disk_says_so_and_keeps_what_was_acknowledged(small_disk: Path, places: Places,
                                                                        tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    project = small_disk / "images.urwkv"
    from tests.homes import Jobs, Session, Settings, Turns, Work, stroke

    turns = Turns()
    jobs = Jobs(turns.post)
    session = Session.open(folder, places=places, jobs=jobs, post=turns.post, settings=Settings(), project_file=project)
    work = Work(session, turns, jobs)
    work.settle()
    document = session.document
    assert document is not None
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    kept = document.mask.voxels.copy()
    for row in range(0, 40, 4):
        stroke(document, row=row)
    work.wait(lambda: session.saved.reason is not None)
    assert "full" in str(session.saved.reason)
    shown = document.mask.voxels.copy()
    ballast.unlink()
    work.wait(lambda: session.is_acknowledged)
    assert session.close()
    assert jobs.shutdown()
    assert not (shown == kept).all()
    turns = Turns()
    jobs = Jobs(turns.post)
    session = Session.open(folder, places=places, jobs=jobs, post=turns.post, settings=Settings(), project_file=project)
    work = Work(session, turns, jobs)
    work.wait(lambda: session.document is not None)
    assert session.document is not None
    assert (session.document.mask.voxels == shown).all()
    session.close()
    assert jobs.shutdown()
