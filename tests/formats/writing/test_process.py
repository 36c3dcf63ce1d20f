"""The process in which DICOM is written: it alone loads pydicom, and its death is one case's refusal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.formats.writing.conftest import Exported
from tests.formats.writing.test_dicom_seg import request
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.imaging import Refusal


def test_the_program_itself_loads_no_pydicom_to_export() -> None:
    told = subprocess.run([sys.executable, "-c", "import sys, urwkv_desktop.formats.export; "
                           "print([m for m in ('pydicom', 'highdicom', 'gdcm') if m in sys.modules])"],
                          capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert told.stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_its_death_is_a_refusal_and_the_next_case_gets_a_new_one(exported: Exported) -> None:
    writer = DicomWriter()
    try:
        writer.start()
        process = writer._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(Refusal, match="died over this case"):
            writer.write(request(exported))
        assert writer.write(request(exported)).data[128:132] == b"DICM"
    finally:
        writer.close()


def test_images_that_are_gone_are_a_refusal(exported: Exported, tmp_path: Path) -> None:
    asked = request(exported)
    moved = type(asked)(**{**vars(asked), "source": type(asked.source)(tmp_path, asked.source.files)})
    writer = DicomWriter()
    try:
        with pytest.raises(Refusal, match="can't be read"):
            writer.write(moved)
    finally:
        writer.close()
