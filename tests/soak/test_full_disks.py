"""Disks of 45 sizes, and one that can't be written to, for the project and every format out: old or new, never half."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.judges.fixtures import Fixture, made
from tests.store import full_disks
from urwkv_desktop.formats.catalogue import FORMATS
from urwkv_desktop.formats.deidentify import Deidentification, read_profile
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.writing.private import Privacy
from urwkv_desktop.formats.writing.proven import ExportStoppedError
from urwkv_desktop.imaging import Refusal

pytestmark = [pytest.mark.soak, pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0,
                                                   reason="only root may mount a small disk")]
PROGRAM = {"name": "urwkv-desktop", "version": "0.1"}
SIZES = [4 * size for size in range(2, 47)]  # KiB, whole pages


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> list[Fixture]:
    wanted = {"oblique/oblique", "grey/grey"}
    return [one for one in made(tmp_path_factory.mktemp("made")) if one.name in wanted]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def mount(folder: Path, options: str) -> None:
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False,
                          capture_output=True)
    if done.returncode:
        pytest.skip("no disk can be mounted here")


def hidden(name: str) -> Privacy | None:
    """Copies of images leave no other way."""
    table = Path(__file__).parents[2] / "resources" / "deidentification" / "basic_profile.json"
    return Privacy(Deidentification(b"secret", read_profile(table))) if name == "dicom" else None


@pytest.mark.parametrize("name", FORMATS)
def test_forty_five_small_disks(fixtures: list[Fixture], disk: Path, name: str) -> None:
    words: list[str] = []
    for size in SIZES:
        mount(disk, f"size={size}k")
        try:
            export([one.case for one in fixtures], disk, [name], program=PROGRAM, privacy=hidden(name))
        except ExportStoppedError as stop:
            words.append(str(stop))
        assert not list(disk.rglob("*.tmp"))
        manifest = disk / "manifest.json"
        for file in json.loads(manifest.read_text())["files"] if manifest.exists() else ():
            assert sha256((disk / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert words
    assert all("disk is full" in one for one in words)


@pytest.mark.parametrize("name", FORMATS)
def test_a_disk_that_can_only_be_read(fixtures: list[Fixture], disk: Path, name: str) -> None:
    mount(disk, "size=1m")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
    with pytest.raises(Refusal, match="can't be written to"):
        export([one.case for one in fixtures], disk, [name], program=PROGRAM, privacy=hidden(name))
    assert not list(disk.iterdir())


def test_a_project_on_forty_five_small_disks(tmp_path: Path) -> None:
    ends = [full_disks.work_on(tmp_path / "disk", size) for size in full_disks.SIZES]
    assert len(ends) == 45
    assert set(ends) >= {"refused", "stopped", "held"}
