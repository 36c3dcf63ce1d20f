"""Names that are no text: such files are cases like others, in the window and in the shell."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

from tests.homes import Said, make_folder, picture, shell, stroke, working
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.settings import RecentProject, Settings, load, save

__all__ = ["shell"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems let no such name stand on their disks")
BAD = os.fsdecode(b"bad\xff.png")


def hostile_folder(folder: Path) -> Path:
    make_folder(folder, ("a",))
    _, data = cv2.imencode(".png", picture(7))
    (folder / BAD).write_bytes(data.tobytes())
    (folder / os.fsdecode(b"cut\xfe.png")).write_bytes(data.tobytes()[:90])
    (folder / os.fsdecode(b"sub\xe4")).mkdir()
    (folder / os.fsdecode(b"sub\xe4") / "d.png").write_bytes(cv2.imencode(".png", picture(8))[1].tobytes())
    return folder


def test_a_name_that_is_no_text_is_a_case_whose_work_is_kept(places: Places, tmp_path: Path) -> None:
    folder = hostile_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
        assert [row.title for row in work.session.rows if row.id > 0] == ["a", "bad%FF", "sub%E4/d"]
        assert [str(work.session.row(row.id).findings[0].message)[:22] for row in work.session.rows if row.id < 0] == [
            "The file is incomplete"]
        assert work.status("bad%FF") is Status.predicted
        stroke(work.show("bad%FF"))
        work.session.choose_model("tiny", for_kind=True)
        stroke(work.show("sub%E4/d"))
        work.session.choose_model("tiny", for_kind=True)
        work.settle()
        assert work.session.is_acknowledged
    with working(folder, places) as work:
        work.settle()
        assert work.status("bad%FF") is Status.edited
        assert work.status("sub%E4/d") is Status.edited
        assert work.session.row(next(row.id for row in work.session.rows if row.title == "bad%FF")).files == (BAD,)


@pytest.mark.parametrize("formats", ["png,coco,labelme,training", "yolo,nnunet,nifti,nrrd"])
def test_its_masks_leave_under_a_name_that_every_system_takes(places: Places, tmp_path: Path, formats: str) -> None:
    folder, told = hostile_folder(tmp_path / "images"), list[object]()
    with working(folder, places) as work:
        work.settle()
        work.session.export(tmp_path / "out", formats.split(","), [Status.predicted], done=told.append)
        work.wait(lambda: bool(told))
    assert not isinstance(told[0], Refusal)
    written = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")]
    assert any("bad%FF" in name for name in written)
    assert all(name.isprintable() for name in written)
    json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))


def test_the_shell_draws_it_and_names_what_it_refuses(shell: Callable[..., Said], tmp_path: Path) -> None:
    folder = hostile_folder(tmp_path / "images")
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 1
    assert len(said.lines) == 1
    assert said.lines[0].startswith("cut%FE.png: The file is incomplete")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.png")} == {
        "a.png", "bad%FF.png", "sub%E4/d.png"}


def test_a_folder_whose_own_name_is_no_text_is_a_project_and_stays_in_the_list(places: Places, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"scans\xff")
    make_folder(tmp_path / "scans", ("a",)).rename(folder)
    with working(folder, places) as work:
        work.settle()
        assert work.status("a") is Status.predicted
        recent = Settings().with_recent(RecentProject(str(work.session.project_path), str(folder), folder.name))
    save(recent, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == (recent, ())
    with working(folder, places) as work:
        work.settle()
        assert work.status("a") is Status.predicted
