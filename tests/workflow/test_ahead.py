"""Volumes, interruptions and limits of what the network does by itself."""

import json
import shutil
from pathlib import Path

import nibabel
import numpy as np

from tests.homes import make_folder, picture, stroke, working
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import Box, Image, Message, Status
from urwkv_desktop.imaging.geometry import Geometry
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.ready import ReadyImages

SLICES = 7


def make_volumes(folder: Path, names: tuple[str, ...] = ("v",)) -> Path:
    folder.mkdir()
    for seed, name in enumerate(names):
        voxels = np.stack([picture(100 * seed + k).T for k in range(SLICES)], axis=-1)
        nibabel.save(nibabel.Nifti1Image(voxels, np.diag([1.0, 1.0, 3.0, 1.0])),  # type: ignore[no-untyped-call]
                     folder / f"{name}.nii.gz")
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.nii.gz"]\nmodel = "tiny"\n')
    return folder


def test_the_answer_for_a_volume_is_one_entry_of_the_history(tmp_path: Path, places: Places) -> None:
    with working(make_volumes(tmp_path / "volumes"), places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        assert [len(group.edits) for group in document.history.groups] == [SLICES]
        assert document.mask.voxels.any(axis=(1, 2)).sum() > 1
        assert document.history.unfinished is None
        document.undo()
        assert not document.mask.voxels.any()


def test_a_volume_that_is_left_midway_is_finished_as_the_same_entry(tmp_path: Path, places: Places) -> None:
    folder = make_volumes(tmp_path / "volumes", ("v", "w"))
    with working(folder, places) as work:
        work.wait(lambda: work.session.document is not None and bool(work.session.document.history.groups))
        work.session.next_case()
        work.settle()
        document = work.show("v")
        work.settle()
        assert [len(group.edits) for group in document.history.groups] == [SLICES]
        assert document.history.unfinished is None
        assert work.status("w") is Status.predicted


def test_a_prediction_that_was_cut_off_goes_on_after_a_restart(tmp_path: Path, places: Places) -> None:
    folder = make_volumes(tmp_path / "volumes")
    with working(folder, places) as work:
        work.wait(lambda: work.session.document is not None and bool(work.session.document.history.groups))
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        assert len(document.history.groups) == 1
        had = [k for mask in document.history.groups[0].masks for k in (mask.answer.slices if mask.answer else ())]
        assert sorted(had) == list(range(SLICES))
        assert document.history.unfinished is None


def test_another_model_answers_for_the_whole_volume_and_once(tmp_path: Path, places: Places) -> None:
    models = places.data / "models"
    shutil.copytree(models / "tiny", models / "other")
    card = json.loads((models / "other" / "card.json").read_text())
    (models / "other" / "card.json").write_text(json.dumps({**card, "name": "other"}))
    with working(make_volumes(tmp_path / "volumes"), places) as work:
        session = work.session
        work.wait(lambda: session.document is not None and bool(session.document.history.groups))
        session.pause(True)
        session.choose_model("other", for_kind=False)
        session.predict_again()
        session.pause(False)
        work.settle()
        assert session.document is not None
        first, second = session.document.history.groups
        assert first.id != second.id
        assert sorted(k for mask in second.masks if mask.answer for k in mask.answer.slices) == list(range(SLICES))


def test_a_slice_that_a_hand_has_touched_is_offered_and_the_others_applied(tmp_path: Path, places: Places) -> None:
    folder = make_volumes(tmp_path / "volumes")
    (folder / "project.toml").unlink()
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        box = Box(2, 3, 4, 3, 6, 8)
        after = np.full(box.shape, 1, np.uint8)
        document.apply(MaskEdit(Message("Brush"), "brush", 0, 0, box, np.zeros_like(after), after))
        hand = document.mask.voxels[2].copy()
        work.session.predict_anyway("tiny")
        work.settle()
        assert np.array_equal(document.mask.voxels[2], hand)
        assert document.mask.voxels[3].any()
        assert document.suggestion is not None
        assert document.suggestion.slices == (2,)


def test_a_cancelled_prediction_is_not_begun_again_by_itself(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",)), places) as work:
        work.session.pause(True)
        work.wait(lambda: work.session.document is not None)
        work.session.pause(False)
        work.session.cancel_progress()
        work.settle()
        document = work.session.document
        assert document is not None
        if document.status is Status.new:  # the answer may have been quicker
            work.session.predict_again()
            work.settle()
        assert document.status is Status.predicted


def test_undoing_the_network_and_painting_is_not_predicted_over(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        document.undo()
        stroke(document)
        mask = document.mask.voxels.copy()
    with working(folder, places) as work:
        work.settle()
        assert work.session.document is not None
        assert np.array_equal(work.session.document.mask.voxels, mask)
        assert work.session.document.suggestion is None


def test_what_is_kept_decoded_stays_within_its_bound_and_keeps_what_is_on_screen() -> None:
    ready = ReadyImages(limit=5000)
    for case in range(10):
        image = Image(np.zeros((1, 40, 50), np.uint8), Geometry.picture())
        ready.put(case, image, keep=0)
    assert ready.nbytes <= 5000
    assert 0 in ready
    assert 9 in ready
    assert 5 not in ready
