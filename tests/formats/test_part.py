"""What is there of a file that is cut: whole frames, whole slices, the rows of a single picture."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import dicom_bytes, nifti, ramp, save
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Image, Refusal

FRAMES = np.stack([ramp(16, 12, dtype=np.int16) + number for number in range(4)])


@pytest.fixture(scope="module")
def worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker()
    yield worker
    worker.close()


def said(image: Image) -> str:
    return next(str(finding.message) for finding in image.findings if finding.code == "file.part")


def test_whole_frames_of_a_cut_file_are_shown_exactly(worker: DecodeWorker, tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(dicom_bytes(FRAMES)[:-100])
    image = worker.read_part(tmp_path / "a.dcm")
    assert np.array_equal(image.pixels, FRAMES[:3])
    assert said(image).startswith("Damaged: 3 of 4 frames are there.")


def test_a_single_frame_is_shown_by_its_rows_and_the_rest_is_empty(worker: DecodeWorker, tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(dicom_bytes(FRAMES[0])[:-50])
    image = worker.read_part(tmp_path / "a.dcm")
    assert np.array_equal(image.pixels[0, :13], FRAMES[0, :13])
    assert not image.pixels[0, 14:].any()
    assert said(image).startswith("Damaged: 13 of 16 rows are there.")


def test_whole_slices_of_a_volume_are_shown(worker: DecodeWorker, tmp_path: Path) -> None:
    stored = np.arange(60, dtype=np.int16).reshape(5, 4, 3)
    for name in ("a.nii", "a.nii.gz"):
        whole = worker.read(tmp_path, worker.index(tmp_path, [nifti(tmp_path / name, stored)])[0])
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-20])
        image = worker.read_part(tmp_path / name)
        assert 1 <= len(image.pixels) <= 2
        assert np.array_equal(image.pixels, whole.pixels[:len(image.pixels)])
        assert f"{len(image.pixels)} of 3 frames" in said(image)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_is_shown_as_far_as_it_goes(worker: DecodeWorker, tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 48)).astype(np.uint8)
    path = save(tmp_path / name, noise)
    whole = worker.read(tmp_path, worker.index(tmp_path, [path])[0])
    path.write_bytes(path.read_bytes()[:-1200])
    image = worker.read_part(path)
    assert np.array_equal(image.pixels[0, :8], whole.pixels[0, :8])
    assert "ends in the middle" in said(image)


def test_a_file_of_which_nothing_is_there_is_refused(worker: DecodeWorker, tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(dicom_bytes(FRAMES[0])[:-384])
    with pytest.raises(Refusal, match="No part of this file"):
        worker.read_part(tmp_path / "a.dcm")
