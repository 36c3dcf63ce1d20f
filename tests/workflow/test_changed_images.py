"""Images that move or change under a project: found by content, never mixed up with their masks."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pydicom
from pydicom.data import get_testdata_file

from tests.homes import make_folder, picture, stroke, working
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.exporting import Wish, export_project
from urwkv_desktop.workflow.places import Places


def test_a_renamed_image_keeps_its_case(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    with working(folder, places) as work:
        work.settle()
        stroke(work.show("a"))
        mask = work.show("a").mask.voxels.copy()
        work.settle()
    (folder / "a.png").rename(folder / "renamed.png")
    with working(folder, places) as work:
        work.settle()
        assert [row.title for row in work.session.rows] == ["b", "renamed"]
        assert np.array_equal(work.show("renamed").mask.voxels, mask)


def test_a_moved_folder_takes_its_project_along(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        work.session.accept(then_next=False)
        work.settle()
    moved = tmp_path / "elsewhere" / "images"
    moved.parent.mkdir()
    shutil.move(folder, moved)
    with working(moved, places) as work:
        work.settle()
        assert [(row.title, row.status) for row in work.session.rows] == [("a", Status.accepted)]
        assert work.session.document is not None


def test_a_changed_image_is_said_its_mask_kept_and_nothing_predicted_over_it(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        mask = document.mask.voxels.copy()
        work.session.accept(then_next=False)
        work.settle()
    whole = (folder / "a.png").read_bytes()
    cv2.imwrite(str(folder / "a.png"), picture(77))
    with working(folder, places) as work:
        work.settle()
        assert [row.title for row in work.session.rows] == ["a"]
        assert "changed" in str(work.session.rows[0].findings[0].message)
        document = work.show("a")
        work.session.predict_again()
        work.session.predict_anyway()
        work.settle()
        assert np.array_equal(document.mask.voxels, mask)
        assert document.status is Status.accepted
    wish = Wish(tmp_path / "out", ("png",), (Status.accepted,), b"a key of some length")
    report = export_project(folder, wish, places)
    assert ["changed" in str(why) for _, why in report.refused] == [True]
    assert not (tmp_path / "out" / "a.png").exists()
    (folder / "a.png").write_bytes(whole)
    with working(folder, places) as work:
        work.settle()
        assert not work.session.rows[0].findings
    assert not export_project(folder, wish, places).refused


def test_a_dicom_file_whose_pixels_changed_under_the_same_uid_is_seen(tmp_path: Path, places: Places) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    dataset = pydicom.dcmread(get_testdata_file("CT_small.dcm", download=False))
    dataset.save_as(folder / "ct.dcm")
    with working(folder, places) as work:
        work.settle()
        assert len(work.session.rows[0].image_sha256) == 64
    dataset.PixelData = bytes(len(dataset.PixelData))
    dataset.save_as(folder / "ct.dcm")
    with working(folder, places) as work:
        work.settle()
        assert "changed" in str(work.session.rows[0].findings[0].message)
        assert "changed" in str(work.session.unsuited)


def test_an_image_that_is_gone_says_so_and_the_others_open(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    with working(folder, places) as work:
        work.settle()
    (folder / "a.png").unlink()
    with working(folder, places) as work:
        work.settle()
        work.session.open_case(1)
        work.wait(lambda: work.session.case_refusal is not None)
        assert "can't be read" in str(work.session.case_refusal)
        assert work.show("b").status is Status.predicted
        assert work.session.saved.kind is SavedKind.saved


def test_a_project_whose_images_moved_away_is_told_where_they_are(tmp_path: Path, places: Places) -> None:
    folder, project = make_folder(tmp_path / "images", ("a", "b")), tmp_path / "kept.urwkv"
    from tests.homes import Jobs, Session, Settings, Turns, Work

    def opened(target: Path, project_file: Path | None) -> Work:
        turns = Turns()
        jobs = Jobs(turns.post)
        session = Session.open(target, places=places, jobs=jobs, post=turns.post, settings=Settings(),
                               project_file=project_file)
        return Work(session, turns, jobs)

    work = opened(folder, project)
    work.settle()
    mask = work.show("a").mask.voxels.copy()
    work.settle()
    assert work.session.close()
    assert work.jobs.shutdown()
    folder.rename(tmp_path / "archive")
    work = opened(project, None)
    work.settle()
    assert work.session.wants_root
    answers: list[Refusal | None] = []
    others = tmp_path / "others"
    others.mkdir()
    cv2.imwrite(str(others / "a.png"), picture(55))
    work.session.take_root(others, answers.append)
    work.wait(lambda: len(answers) == 1)
    assert "none of this project's images" in str(answers[0])
    work.session.take_root(tmp_path / "archive", answers.append)
    work.settle()
    assert answers[1] is None
    assert not work.session.wants_root
    assert np.array_equal(work.show("a").mask.voxels, mask)
    assert work.session.close()
    assert work.jobs.shutdown()


def test_a_broken_file_on_screen_may_be_gone_where_the_images_lie_now(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    (folder / "broken.png").write_bytes(b"")
    with working(folder, places) as work:
        work.settle()
        work.session.open_case(next(row.id for row in work.session.rows if row.id < 0))
        shutil.copytree(folder, tmp_path / "archive", ignore=shutil.ignore_patterns("broken.png"))
        work.session.take_root(tmp_path / "archive", lambda refusal: None)
        work.settle()
        assert [row.title for row in work.session.rows] == ["a"]
        assert work.session.document is not None


def test_near_identical_pictures_share_a_group_and_keep_it(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    cv2.imwrite(str(folder / "c.jpg"), cv2.imread(str(folder / "a.png")), [cv2.IMWRITE_JPEG_QUALITY, 80])
    with working(folder, places) as work:
        work.settle()
        for name in ("a", "b", "c"):
            work.show(name)
        work.settle()
        groups = {row.title: row.group for row in work.session.rows}
        assert groups["a"] == groups["c"] != groups["b"]
    with working(folder, places) as work:
        work.settle()
        assert {row.title: row.group for row in work.session.rows} == groups
