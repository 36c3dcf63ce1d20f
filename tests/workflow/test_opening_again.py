"""A folder that is opened again: its index comes from the file of predictions, and only what changed is read."""

import os
import sqlite3
import time
from pathlib import Path

from tests.formats.builders import slices
from tests.homes import working
from urwkv_desktop.workflow.places import Places


def _headers(folder: Path) -> set[str]:
    connection = sqlite3.connect(folder / f"{folder.name}.urwkv-predictions")
    try:
        return {str(file) for file, in connection.execute("SELECT file FROM header")}
    finally:
        connection.close()


def _series(folder: Path, name: str, uid: str) -> None:
    for path in slices(folder / name, [0, 1, 2], SeriesInstanceUID=uid, StudyDate="20200102"):
        os.utime(path, (time.time() - 3600,) * 2)


def test_a_series_is_known_when_its_folder_is_opened_again(tmp_path: Path, places: Places) -> None:
    folder = tmp_path / "images"
    _series(folder, "ct", "1.2.3.4")
    _series(folder, "later", "1.2.3.5")
    with working(folder, places) as work:
        work.settle()
        seen = [(row.title, row.files, work.session.whose(row.id)) for row in work.session.rows]
        assert "DOE, JANE" in seen[0][2]
    assert _headers(folder) == {f"{name}/00{k}.dcm" for name in ("ct", "later") for k in range(3)}
    with working(folder, places) as work:
        work.settle()
        assert [(row.title, row.files, work.session.whose(row.id)) for row in work.session.rows] == seen


def test_a_slice_that_went_away_is_missing_when_its_folder_is_opened_again(tmp_path: Path, places: Places) -> None:
    folder = tmp_path / "images"
    _series(folder, "ct", "1.2.3.4")
    with working(folder, places) as work:
        work.settle()
    (folder / "ct" / "001.dcm").unlink()
    with working(folder, places) as work:
        work.settle()
        assert work.show("ct").image.shape[0] == 2
    assert _headers(folder) == {"ct/000.dcm", "ct/002.dcm"}
