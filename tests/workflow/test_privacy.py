"""What identifies patients is shown before it leaves, leaves under other names, and stays out of logs."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.formats.planted import PLANTED, planted_series, remaining
from tests.homes import Said, Work, places, shell, stroke, tiny_models, working
from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow import logs
from urwkv_desktop.workflow.leaving import Leaving, asks_first
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.privacy import Sight, hiding_of, look

__all__ = ["places", "shell", "tiny_models"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    planted_series(tmp_path / "images")
    return tmp_path / "images"


@pytest.fixture
def logging_to(places: Places, tmp_path: Path) -> Iterator[Path]:
    logs.start_log(places.logs)
    yield places.logs
    logging.shutdown()
    logs.start_log(tmp_path / "other logs")


def accept(work: Work) -> None:
    work.settle()
    document = work.show(work.session.rows[0].title)
    stroke(document, row=1, column=1, size=3)
    work.session.accept(then_next=False)
    work.settle()


def test_only_formats_with_tags_or_pixels_ask_first() -> None:
    assert [name for name in ("png", "coco", "dicom-seg", "rtstruct", "training", "dicom") if asks_first([name])] == [
        "dicom-seg", "rtstruct", "training", "dicom"]


def test_the_standard_s_table_is_among_the_program_s_resources(places: Places) -> None:
    hiding = hiding_of(Leaving.hidden, places)
    assert hiding is not None
    assert hiding.profile.action(0x00100010) == "Z"
    assert hiding_of(Leaving.named, places) is None


def test_what_identifies_is_shown_by_name_and_value(folder: Path, places: Places) -> None:
    found: list[object] = []
    with working(folder, places) as work:
        accept(work)
        session = work.session
        look(session._jobs, session._project, session._worker, places, ("dicom-seg",), (Status.accepted,),
             found.append)
        work.wait(lambda: bool(found))
    sight = found[0]
    assert isinstance(sight, Sight)
    shown = {(one.name, value) for one in sight.told for value in one.values}
    assert ("PatientName", "Quenzelbach^Wiltrudis") in shown
    assert ("PatientID", PLANTED["PatientID"]) in shown
    assert ("private tag", PLANTED["private nested"]) in shown
    assert sight.told[0].is_sure


def test_the_shell_de_identifies_and_no_log_holds_a_name(folder: Path, places: Places, logging_to: Path,
                                                         shell: Callable[..., Said], tmp_path: Path) -> None:
    with working(folder, places) as work:
        accept(work)
    said = shell("export", folder, "--out", tmp_path / "out", "--format", "dicom,dicom-seg,training", "--deidentify")
    assert (said.code, said.lines) == (0, ())
    left = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(left) >= 8
    assert {path.name: remaining(path.read_bytes() + path.name.encode()) for path in left if remaining(
        path.read_bytes() + path.name.encode())} == {}
    assert "exported" in (logging_to / "urwkv-desktop.log").read_text()
    for path in logging_to.iterdir():
        assert remaining(path.read_bytes()) == []
        assert str(folder).encode() not in path.read_bytes()


def test_a_crash_in_the_middle_of_a_patient_s_case_names_no_one(folder: Path, logging_to: Path) -> None:
    try:
        raise KeyError(f"{PLANTED['PatientID']} of {folder}")
    except KeyError as error:
        report = logs.crash_report(error, logging_to)
    assert report is not None
    for path in logging_to.iterdir():
        assert remaining(path.read_bytes()) == []
        assert str(folder).encode() not in path.read_bytes()
