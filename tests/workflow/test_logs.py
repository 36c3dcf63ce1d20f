"""The log and crash reports say where we were wrong, and nobody's name."""

import logging
from pathlib import Path

from urwkv_desktop.workflow import logs


def test_a_crash_report_has_types_and_our_frames_and_no_word_of_the_persons(tmp_path: Path) -> None:
    try:
        try:
            (tmp_path / "Mustermann^Erika.dcm").read_bytes()
        except OSError as error:
            raise ValueError("Mustermann^Erika") from error
    except ValueError as error:
        report = logs.crash_report(error, tmp_path / "logs")
    assert report is not None
    text = report.read_text()
    assert "ValueError" in text
    assert "FileNotFoundError" in text
    assert "Mustermann" not in text
    assert str(tmp_path) not in text


def test_our_own_frames_are_named_by_file_line_and_function(tmp_path: Path) -> None:
    try:
        logs._frames(None)  # type: ignore[arg-type]
    except AttributeError as error:
        report = logs.crash_report(error, tmp_path)
    assert report is not None
    assert "workflow/logs.py:" in report.read_text()
    assert "in _frames" in report.read_text()


def test_the_log_holds_what_happened_with_numbers(tmp_path: Path) -> None:
    logs.start_log(tmp_path)
    logs.note("case opened", case=3)
    logging.shutdown()
    assert "case opened case=3" in (tmp_path / "urwkv-desktop.log").read_text()
    logs.start_log(tmp_path / "other")


def test_without_a_place_for_it_the_program_goes_on_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    logs.start_log(tmp_path / "file")
    logs.note("case opened", case=3)
    assert logs.crash_report(ValueError("x"), tmp_path / "file") is None
    assert "report" not in str(logs.crash_sentence(None))
