"""A whole export, de-identified: every byte of every file in it, and its name, against what was planted."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread

from tests.formats.builders import LABELS, SHARED, case, dicom_bytes, only, ramp
from tests.formats.planted import PLANTED, SERIES, planted_series, remaining, writings
from tests.formats.test_deidentify import RULE
from urwkv_desktop.formats.export import ExportReport, export
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.formats.writing.private import Privacy
from urwkv_desktop.formats.writing.proven import ExportStoppedError
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Flag, Label, Labels

PROGRAM = {"name": "urwkv-desktop", "version": "0.1"}
FORMATS = ("png", "png-labels", "nifti", "nrrd", "dicom-seg", "dicom-labelmap", "rtstruct", "dicom", "coco",
           "coco-polygons", "labelme", "nnunet", "training")


def planted_case(root: Path) -> ExportCase:
    planted_series(root)
    source = only([one for one in index(root) if one.kind is SourceKind.image])
    image = read(root, source)
    mask = np.zeros(image.shape, np.uint8)
    mask[1, 2:4, 3:6] = 1
    return case(f"{PLANTED['file name']}", image, mask, format="dicom", root=root, part=source.part,
                source_files=source.files, flag=Flag(True, "ask Wiltrudis about PX-88142-Z"), reader="Traubenow",
                group="0123456789abcdef")


@dataclass(frozen=True, eq=False)
class Left:
    case: ExportCase
    out: Path
    report: ExportReport

    def files(self) -> Iterator[tuple[Path, bytes]]:
        for path in sorted(self.out.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                yield path, gzip.decompress(data) if path.suffix == ".gz" else data


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("private")
    one = planted_case(folder / "in")
    report = export([one], folder / "out", FORMATS, program=PROGRAM, privacy=Privacy(RULE))
    return Left(one, folder / "out", report)


def test_every_format_leaves(left: Left) -> None:
    assert left.report.refused == ()
    assert len(list(left.out.rglob("*.dcm"))) == 6


def test_none_of_thirty_identifiers_is_in_any_byte_or_name(left: Left) -> None:
    found = {path.name: words for path, data in left.files() if (words := remaining(data + str(
        path.relative_to(left.out)).encode()))}
    assert found == {}


def test_no_old_identifier_of_study_series_or_instance_is_left(left: Left) -> None:
    old = [*SERIES, *(f"1.2.826.0.1.3680043.9.7777.20.{number}" for number in range(3))]
    assert [path.name for path, data in left.files() for one in old if writings(one)[0] in data] == []


def test_segmentation_and_contours_name_the_copies(left: Left) -> None:
    copies = {dcmread(path).SOPInstanceUID for path in (left.out / "dicom").rglob("*.dcm")}
    seg = dcmread(next(left.out.glob("*.seg.dcm")))
    rtstruct = dcmread(next(left.out.glob("*.rtstruct.dcm")))
    referred = {one.ReferencedSOPInstanceUID for one in seg.ReferencedSeriesSequence[0].ReferencedInstanceSequence}
    series = rtstruct.ReferencedFrameOfReferenceSequence[0].RTReferencedStudySequence[0].RTReferencedSeriesSequence[0]
    assert referred == copies == {one.ReferencedSOPInstanceUID for one in series.ContourImageSequence}
    one = dcmread(next((left.out / "dicom").rglob("*.dcm")))
    assert (seg.PatientID, seg.StudyInstanceUID, seg.FrameOfReferenceUID) == (
        one.PatientID, one.StudyInstanceUID, one.FrameOfReferenceUID)


def test_copies_hold_the_pixels_of_their_images(left: Left) -> None:
    stored = [dcmread(path).pixel_array for path in sorted((left.out / "dicom").rglob("*.dcm"))]
    assert sorted(int(one[0, 0]) for one in stored) == [0, 100, 200]


def test_the_manifest_says_what_was_done_and_claims_no_more(left: Left) -> None:
    manifest = json.loads((left.out / "manifest.json").read_text("utf-8"))
    assert "Not claimed to be complete" in manifest["deidentified"]["claim"]
    row, = manifest["cases"]
    assert row["id"].startswith("case-")
    assert row["reader"].startswith("reader-")
    assert row["comment"] == ""


def test_a_label_that_names_the_patient_stops_the_export(tmp_path: Path) -> None:
    one = replace(planted_case(tmp_path / "in"), labels=Labels((Label(1, "Wiltrudis left", "#ffb020"),)))
    with pytest.raises(ExportStoppedError, match="PatientName"):
        export([one], tmp_path / "out", ("coco",), program=PROGRAM, privacy=Privacy(RULE))
    assert not any("wiltrudis" in path.read_text("utf-8").lower() for path in tmp_path.glob("out/*.json"))


def test_copies_are_refused_where_nothing_is_de_identified(left: Left, tmp_path: Path) -> None:
    report = export([left.case], tmp_path, ("dicom",), program=PROGRAM)
    assert "de-identified only" in str(report.refused[0][1])


def test_a_folder_with_an_identified_export_is_not_added_to(left: Left, tmp_path: Path) -> None:
    export([left.case], tmp_path, ("png",), program=PROGRAM)
    with pytest.raises(ExportStoppedError, match="was not de-identified"):
        export([left.case], tmp_path, ("png",), program=PROGRAM, privacy=Privacy(RULE))


def test_names_are_not_written_beside_the_codes_of_a_de_identified_export(left: Left, tmp_path: Path) -> None:
    export([left.case], tmp_path, ("png",), program=PROGRAM, privacy=Privacy(RULE))
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(ExportStoppedError, match="would tell who is who"):
        export([left.case], tmp_path, ("png",), program=PROGRAM)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_labels_of_the_project_stay(left: Left) -> None:
    assert [one["name"] for one in json.loads((left.out / "labels.json").read_text())["labels"]] == [
        label.name for label in LABELS]


def _copied(source_files: tuple[str, ...], root: Path, out: Path) -> ExportReport:
    source = only([one for one in index(root, [root / name for name in source_files]) if one.kind is SourceKind.image])
    image = read(root, source)
    one = case("a", image, np.zeros(image.shape, np.uint8), format="dicom", root=root, part=source.part,
               source_files=source.files)
    return export([one], out, ("dicom",), program=PROGRAM, privacy=Privacy(RULE))


def test_elements_that_belong_to_no_file_are_left_out_of_its_copy(tmp_path: Path) -> None:
    """The length of a network message's group before the data, the end of a sequence behind them."""
    whole = dicom_bytes(ramp(6, 8, dtype=np.int16))
    start = 144 + int.from_bytes(whole[140:144], "little")
    (tmp_path / "a.dcm").write_bytes(whole[:start] + b"\0\0\0\0UL\4\0\0\0\0\0" + whole[start:]
                                     + b"\xfe\xff\xdd\xe0\0\0\0\0")
    assert _copied(("a.dcm",), tmp_path, tmp_path / "out").refused == ()
    written, = (tmp_path / "out").rglob("*.dcm")
    assert np.array_equal(dcmread(written).pixel_array, ramp(6, 8, dtype=np.int16))


def test_a_real_series_with_such_an_element_is_copied_whole(tmp_path: Path) -> None:
    root = SHARED / "dicom" / "mr_brain_rounded_positions"
    if not root.is_dir():
        pytest.skip("the real series is not here")
    names = tuple(path.name for path in sorted(root.glob("*.dcm")))
    assert _copied(names, root, tmp_path / "out").refused == ()
    assert len(list((tmp_path / "out").rglob("*.dcm"))) == len(names)
