"""Labels of a file join the project's: by code, then by name, else as new ones; a mask that is imported is an edit."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.homes import HEIGHT, MODEL, WIDTH, Said, Work, make_folder, places, shell, stroke, tiny_models, working
from urwkv_desktop.formats.label_set import LabelName, LabelSet
from urwkv_desktop.imaging import Label, Labels, Status
from urwkv_desktop.workflow.importing import LabelWish, import_mask
from urwkv_desktop.workflow.jobs import JobGroup
from urwkv_desktop.workflow.labelling import imported_labels
from urwkv_desktop.workflow.places import Places

__all__ = ["places", "shell", "tiny_models"]

MINE = Labels((Label(3, "Cyst", "#56b4e9"), Label(7, "Leber", "#ffb020", "10200004")))


def test_labels_join_by_code_then_by_name_and_others_are_made() -> None:
    voxels = np.array([[[0, 1, 2, 3]]], np.uint8)
    names = (LabelName(1, "Liver", "10200004"), LabelName(2, "cyst"), LabelName(3, "Wall"))
    labels, made = imported_labels(LabelSet(voxels, names), MINE)
    assert made.tolist() == [[[0, 7, 3, 8]]]
    assert [label.name for label in labels] == ["Cyst", "Leber", "Wall"]


def test_a_file_without_names_goes_by_its_numbers() -> None:
    labels, made = imported_labels(LabelSet(np.array([[[0, 3, 7]]], np.uint8)), MINE)
    assert made.tolist() == [[[0, 3, 7]]]
    assert labels == MINE


# ── into the open case ────────────────────────────────────────────────────────────────────────────────────────────────


def take_in(work: Work, file: Path) -> None:
    told: list[object] = []
    import_mask(work.session, JobGroup(work.jobs), file, LabelWish(), told.append)
    work.wait(lambda: bool(told))
    work.settle()


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    """Named after a patient."""
    drawn = np.zeros((HEIGHT, WIDTH), np.uint8)
    drawn[5:15, 6:20] = 255
    cv2.imwrite(str(tmp_path / "SCHMIDT_EVA_1950.png"), drawn)
    return tmp_path / "SCHMIDT_EVA_1950.png"


def test_redo_does_not_bring_a_stroke_of_before_into_an_imported_mask(
    tmp_path: Path, places: Places, mask: Path
) -> None:
    with working(make_folder(tmp_path / "images", ("a",)), places) as work:
        work.settle()
        document = work.show("a")
        stroke(document)
        document.undo()
        take_in(work, mask)
        assert not document.history.can_redo
        document.redo()
        assert np.array_equal(document.mask.voxels[0] != 0, cv2.imread(str(mask), 0) != 0)
        document.undo()
        assert document.status is Status.predicted


def test_what_an_imported_mask_s_file_is_called_leaves_with_no_export(
    tmp_path: Path, places: Places, mask: Path, shell: Callable[..., Said]
) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        work.show("a")
        take_in(work, mask)
        assert work.session.rows[0].is_imported
        work.session.accept(then_next=False)
        work.settle()
    formats = [word for name in ("png", "nifti", "coco", "training") for word in ("--format", name)]
    said = shell("export", folder, "--out", tmp_path / "out", *formats)
    assert said.code == 0, said.lines
    written = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert written
    assert not [file for file in written if b"SCHMIDT" in file.read_bytes() or "SCHMIDT" in file.name]


def test_the_network_s_probability_is_at_hand_under_an_imported_mask_after_reopening(
    tmp_path: Path, places: Places, mask: Path
) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    with working(folder, places) as work:
        work.settle()
        work.show("a")
        take_in(work, mask)
    with working(folder, places) as work:
        work.settle()
        document = work.show("a")
        assert document.prediction is not None
        assert work.session.rows[0].answered_by == MODEL
