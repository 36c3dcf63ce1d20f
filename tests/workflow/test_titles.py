"""What rows are called, and whose image they say it is."""

import os
from pathlib import Path
from time import time

import numpy as np

from tests.formats.builders import ramp, save, write_dicom
from tests.homes import working
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.titles import titles, whose


def source(title: str, series: str = "") -> Source:
    return Source(SourceKind.image, (f"{title}.dcm",), title=title, series_name=series)


def test_folders_that_all_share_are_left_out() -> None:
    assert titles([source("files/x/a"), source("files/y/b")]) == ["x/a", "y/b"]
    assert titles([source("files/a"), source("b")]) == ["files/a", "b"]
    assert titles([source("a/b")]) == ["b"]
    assert titles([]) == []


def test_series_of_one_name_are_told_apart_by_their_place() -> None:
    found = titles([source("s/1", "T1"), source("s/2", "T1"), source("s/3", "T2"), source("s/4")])
    assert found == ["T1 · 1", "T1 · 2", "T2", "4"]


def test_whose_image_it_is_leaves_out_what_is_unknown() -> None:
    assert whose({"patient_id": "P1", "study_date": "2006-12-19", "laterality": "L"}) == "P1 · 2006-12-19"
    assert whose({}) == ""


def test_a_row_says_whose_image_it_is_and_the_project_file_does_not(tmp_path: Path, places: Places) -> None:
    folder = tmp_path / "images"
    pixels = ramp(40, 48, dtype=np.int16)
    write_dicom(folder / "x" / "a.dcm", pixels, SeriesDescription="T1 axial", StudyDate="20061219", PatientID="N-4711")
    save(folder / "x" / "b.png", ramp(40, 48))
    for file in folder.glob("x/*"):
        os.utime(file, (time() - 3600, time() - 3600))  # what was written just now is not kept for the next opening
    with working(folder, places) as work:
        work.settle()
        rows = {row.title: work.session.whose(row.id) for row in work.session.rows}
        assert rows == {"T1 axial": "DOE, JANE · N-4711 · 2006-12-19", "b": ""}
        project = work.session.project_path
    kept = {file.name: file.read_bytes() for file in project.parent.glob(f"{project.name}*")}
    cache = {name: kept.pop(name) for name in list(kept) if name.startswith(f"{project.name}-predictions")}
    assert any(b"N-4711" in content for content in cache.values())  # or nothing would be shown here
    assert kept
    assert not {one for one in (b"JANE", b"N-4711", b"2006") for content in kept.values() if one in content}


def test_a_name_from_right_to_left_leaves_the_number_behind_it_in_its_place() -> None:
    name = "\u05d3\u05d5\u05d3"
    assert whose({"patient_name": name, "patient_id": "4711"}) == f"\u2068{name}\u2069 · 4711"


def test_a_file_name_that_turns_itself_round_is_seen_to_do_so() -> None:
    assert titles([source("scan\u202egnp.exe")]) == ["scan\ufffdgnp.exe"]
