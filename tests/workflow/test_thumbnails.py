"""The worklist's small pictures: with the mask of each case, made in a job, and at once for the case on screen."""

from pathlib import Path

import numpy as np

from tests.homes import make_folder, places, stroke, tiny_models, working
from urwkv_desktop.imaging import Label, Labels
from urwkv_desktop.workflow.picture import small_mask, tinted
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.session import Session

__all__ = ["places", "tiny_models"]


def is_tinted(session: Session, case: int) -> bool:
    """The pictures are grey: a colour can only be the mask's."""
    pixels = session.thumbnail(case)
    return pixels is not None and bool((pixels[..., 0] != pixels[..., 2]).any())


def test_a_mask_is_sampled_where_its_thumbnail_is_and_wears_its_labels_colour() -> None:
    voxels = np.zeros((3, 8, 4), np.uint8)
    voxels[1, 4:, :] = 2
    small = small_mask(voxels, (4, 2))
    assert small.tolist() == [[0, 0], [0, 0], [2, 2], [2, 2]]
    labels = Labels((Label(2, "Lesion", "#ff0000"), Label(3, "Shadow", "#00ff00")))
    shown = tinted(np.full((4, 2, 3), 100, np.uint8), small, labels)
    assert shown[0, 0].tolist() == [100, 100, 100]
    assert shown[2, 0].tolist() == [193, 40, 40]
    hidden = tinted(np.full((4, 2, 3), 100, np.uint8), small, Labels((Label(2, "Lesion", "#ff0000", visible=False),)))
    assert hidden[2, 0].tolist() == [100, 100, 100]


def test_rows_show_the_masks_of_cases_that_are_not_open_and_of_the_one_that_is(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"), model=None)
    with working(folder, places) as work:
        work.settle()
        first = work.show("a")
        case, session = first.case, work.session
        work.wait(lambda: session.thumbnail(case) is not None)
        assert not is_tinted(session, case)
        stroke(first)
        assert is_tinted(session, case)
        work.show("b")
        work.settle()
        assert is_tinted(session, case)
    with working(folder, places) as work:
        work.settle()
        work.show("b")
        work.wait(lambda: is_tinted(work.session, case))
