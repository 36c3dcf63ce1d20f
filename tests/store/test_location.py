"""STORE.md's first table: where a project lies."""

from pathlib import Path

import pytest

from tests.store.projects import start
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.store import location
from urwkv_desktop.store.location import away_name, find_project, locate, mount_kind
from urwkv_desktop.store.project import Project


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def images(tmp_path: Path) -> Path:
    (tmp_path / "scans").mkdir()
    return tmp_path / "scans"


def test_a_folder_gets_its_project_inside(images: Path, data: Path) -> None:
    found = locate(images, data)
    assert (found.project, found.root, found.exists) == (images / "scans.urwkv", images, False)
    Project.create(found.project, images, start).close()
    assert locate(images, data).exists


def test_a_folder_that_cannot_hold_it_gets_one_in_the_data_folder_and_finds_it_again(
        images: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "can_write", lambda folder: False)
    found = locate(images, data)
    assert found.project.parent == data
    assert found.project.name == away_name(images)
    assert found.project.name.startswith("scans-")
    Project.create(found.project, images, start).close()
    monkeypatch.undo()
    again = locate(images, data)
    assert (again.project, again.exists) == (found.project, True)
    project = Project.open(again.project, start)
    assert project.root == images
    project.close()


def test_a_folder_on_a_network_mount_gets_none_inside(
        images: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "is_network", lambda path: True)
    assert locate(images, data).project.parent == data


def test_a_named_project_file_is_used_for_the_images_beside_it(images: Path, data: Path, tmp_path: Path) -> None:
    found = locate(images, data, project_file=tmp_path / "mine.urwkv")
    assert (found.project, found.root) == (tmp_path / "mine.urwkv", images)


def test_a_project_file_is_itself(images: Path, data: Path) -> None:
    Project.create(images / "other.urwkv", images, start).close()
    found = locate(images / "other.urwkv", data)
    assert (found.project, found.root, found.exists) == (images / "other.urwkv", None, True)


def test_what_is_neither_is_refused(tmp_path: Path, data: Path) -> None:
    for absent in ("nothing", "nothing.urwkv"):
        with pytest.raises(Refusal, match="no folder and no project"):
            locate(tmp_path / absent, data)
    with pytest.raises(Refusal, match="no project yet"):
        find_project(data, data)


def test_the_type_of_the_nearest_mount_counts() -> None:
    mounts = ("/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/my\\040share nfs4 rw 0 0\n"
              "/dev/b /mnt/my\\040share/local xfs rw 0 0\n")
    assert mount_kind(Path("/home/ada"), mounts) == "ext4"
    assert mount_kind(Path("/mnt/my share/scans"), mounts) == "nfs4"
    assert mount_kind(Path("/mnt/my share/local/scans"), mounts) == "xfs"
    assert mount_kind(Path("/mnt/my shared"), mounts) == "ext4"
