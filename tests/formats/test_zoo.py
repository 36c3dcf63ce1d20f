"""178 difficult real files and 224 hostile ones, which lie beside the checkout: opened exactly, or refused by name."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.zoo import ZOO, exactness, opened, rows
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.formats.worker import DecodeWorker

pytestmark = pytest.mark.skipif(not (ZOO / "zoo.csv").exists(), reason="the difficult files do not lie beside this one")
ROWS = rows() if (ZOO / "zoo.csv").exists() else []
_UNFINISHED = ("Traceback", "None", "took longer", "died over")
_CLUMSY = (*_UNFINISHED, "1.2.840")
_LARGE = 500  # MB: what a refusal may cost; the process itself holds some 90


@pytest.fixture(scope="module")
def worker() -> Iterator[DecodeWorker]:
    """Two seconds for each file: one that takes longer is refused with a sentence that these tests don't accept."""
    worker = DecodeWorker(Limits(seconds=2.0))
    yield worker
    worker.close()


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_difficult_file_is_exact_or_refused(worker: DecodeWorker, row: dict[str, str]) -> None:
    path, expected = ZOO / "files" / row["file"], row["expected"]
    found = opened(worker, path)
    assert found.megabytes < _LARGE
    if expected == "opens" or (expected == "refused_or_exact" and found.images):
        assert found.images
        assert not found.refusals
        assert not row["pixel_sha256"] or exactness(path, row)
        return
    assert not found.images, found.notes
    assert found.refusals
    assert not [word for word in _CLUMSY for sentence in found.refusals if word in sentence], found.refusals
    if expected == "index":
        assert SourceKind.index in found.kinds
        assert found.kinds <= {SourceKind.index, SourceKind.refused}
    if expected in ("opens_as_labels", "refused_or_contours"):
        assert found.kinds == {SourceKind.labels}


def test_one_kind_of_object_is_called_by_its_name(worker: DecodeWorker) -> None:
    said = {row["file"]: opened(worker, ZOO / "files" / row["file"]).refusals[0] for row in ROWS
            if row["group"] in ("jxl", "deflframe", "seglabel", "nopix_sr", "video")}
    assert "JPEG XL" in said["jpegxl_lossless_rgb.dcm"]
    assert "deflated frames" in said["deflated_image_frame_ct.dcm"]
    assert "Label Map Segmentation" in said["sparse-labelmap-ppv5.dcm"]
    assert "HEVC" in said["hevc_us.dcm"]
    assert "This is a Basic Text SR" in said["reportsi_with_empty_number_tags.dcm"]


@pytest.fixture(scope="module")
def crafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without the five large ones: those are the soak's."""
    folder = tmp_path_factory.mktemp("crafted")
    made = subprocess.run([sys.executable, str(ZOO / "crafted" / "make_crafted.py"), str(folder), "--skip-big"],
                          capture_output=True, check=False)
    if made.returncode:
        pytest.skip("the hostile files can't be made here")
    return folder


def test_hostile_files_get_a_sentence_or_a_warning(worker: DecodeWorker, crafted: Path) -> None:
    with (crafted / "expected.csv").open(encoding="utf-8", newline="") as file:
        cases = [row for row in csv.DictReader(file) if (crafted / row["file"]).exists()]
    wrong = [(row["file"], row["why"], fault) for row in cases if (fault := fault_of(worker, crafted, row))]
    assert len(cases) > 200
    assert not wrong


def fault_of(worker: DecodeWorker, folder: Path, row: dict[str, str]) -> str:
    path = folder / row["file"]
    found = opened(worker, path.parent if row["class"] == "dicom/duplicate" else path)
    clumsy = [sentence for word in _UNFINISHED for sentence in found.refusals if word in sentence]
    if clumsy:
        return clumsy[0]
    if found.megabytes >= _LARGE:
        return f"{found.megabytes} MB"
    if row["expected"] == "refuse" and (found.images or not found.refusals):
        return "opened"
    if row["expected"] == "open" and not found.images:
        return found.refusals[0]
    if row["expected"] == "open_with_warning" and found.images and not found.notes and not found.refusals:
        return "opened without a word"
    return ""
