"""Projects that were begun when each page of a TIFF was a case go on page by page; new ones have one case."""

from pathlib import Path

import numpy as np
import pytest
import tifffile

from tests.homes import picture, stroke, working
from urwkv_desktop.formats.source import Source, page_by_page
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.workflow.places import Places


def _stack(folder: Path) -> Path:
    folder.mkdir(parents=True)
    tifffile.imwrite(folder / "stack.tif", np.stack([picture(seed) for seed in range(3)]), photometric="minisblack")
    return folder


def _page_by_page(folder: Path, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project as the program made it before: every page a case; the second one is drawn on."""
    index = DecodeWorker.index

    def before(self: DecodeWorker, *given: object, **named: object) -> list[Source]:
        return [page for source in index(self, *given, **named) for page in page_by_page(source)]  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(DecodeWorker, "index", before)
        with working(folder, places) as work:
            work.settle()
            stroke(work.show("stack_p1"))
            work.settle()


def test_a_new_project_has_one_case_of_the_stack(tmp_path: Path, places: Places) -> None:
    with working(_stack(tmp_path / "images"), places) as work:
        work.settle()
        assert [row.title for row in work.session.rows] == ["stack"]
        assert work.show("stack").image.shape[0] == 3


def test_a_project_of_before_keeps_its_pages_and_what_was_drawn(tmp_path: Path, places: Places,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _stack(tmp_path / "images")
    _page_by_page(folder, places, monkeypatch)
    with working(folder, places) as work:
        work.settle()
        assert [row.title for row in work.session.rows] == ["stack_p0", "stack_p1", "stack_p2"]
        assert work.show("stack_p1").mask.voxels.any()
        assert np.array_equal(work.show("stack_p2").image.pixels[0], picture(2))
    (folder / "stack.tif").rename(folder / "renamed.tif")
    with working(folder, places) as work:
        work.settle()
        assert [row.title for row in work.session.rows] == ["renamed_p0", "renamed_p1", "renamed_p2"]
        assert work.show("renamed_p1").mask.voxels.any()
