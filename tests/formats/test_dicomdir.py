"""DICOMDIR: its list is followed, and what it names and is missing is a row."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage, generate_uid

from tests.formats.builders import item, ramp, write_dicom
from tests.homes import Said, places, shell, tiny_models
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import Source, SourceKind

__all__ = ["places", "shell", "tiny_models"]


def dicomdir(path: Path, files: Sequence[str], **values: object) -> Path:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPClassUID = ExplicitVRLittleEndian, MediaStorageDirectoryStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    patient = item(DirectoryRecordType="PATIENT", RecordInUseFlag=0xffff, PatientName="DOE^JANE")
    records: list[Dataset] = [patient]
    for file in files:
        record = {"DirectoryRecordType": "IMAGE", "RecordInUseFlag": 0xffff, **values}
        records.append(item(ReferencedFileID=file.split("/"), **record))
    data.DirectoryRecordSequence = records
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, enforce_file_format=True)
    return path


def image(path: Path, number: int = 0) -> Path:
    return write_dicom(path, np.roll(ramp(3, 4), number), SeriesInstanceUID=f"1.2.{number}")


def found(root: Path, files: Sequence[Path] | None = None) -> dict[str, str]:
    def is_shown(source: Source) -> bool:
        return source.kind is not SourceKind.index or source.refusal is not None

    return {source.title: str(source.refusal or "") for source in index(root, files) if is_shown(source)}


def test_named_by_itself_it_opens_what_it_lists_and_nothing_else(tmp_path: Path) -> None:
    image(tmp_path / "DICOM" / "IM1", 1)
    image(tmp_path / "DICOM" / "IM2", 2)
    image(tmp_path / "DICOM" / "UNLISTED", 3)
    path = dicomdir(tmp_path / "DICOMDIR", ["DICOM/IM1", "DICOM/IM2", "DICOM/IM1"])
    assert found(tmp_path, [path]) == {"DICOM/IM1": "", "DICOM/IM2": ""}
    source = next(one for one in index(tmp_path, [path]) if one.title == "DICOM/IM1")
    assert np.array_equal(read(tmp_path, source).pixels[0], np.roll(ramp(3, 4), 1))


def test_in_a_folder_nothing_is_read_twice_and_what_is_missing_is_a_row(tmp_path: Path) -> None:
    image(tmp_path / "cd" / "DICOM" / "IM1", 1)
    image(tmp_path / "cd" / "UNLISTED", 2)
    dicomdir(tmp_path / "cd" / "DICOMDIR", ["DICOM/IM1", "DICOM/IM2"])
    dicomdir(tmp_path / "cd" / "DICOMDIR.old", ["DICOM/IM1", "DICOM/IM2"])
    assert found(tmp_path) == {"cd/DICOM/IM1": "", "cd/UNLISTED": "", "cd/DICOM/IM2": (
        "cd/DICOMDIR names this file, and it is not there. Copy it again from where it came.")}


@pytest.mark.parametrize("name", ["dicom/im1", "DICOM/IM1;1", "Dicom/im1."])
def test_names_are_found_as_a_disk_of_another_kind_spells_them(tmp_path: Path, name: str) -> None:
    image(tmp_path / name, 1)
    path = dicomdir(tmp_path / "DICOMDIR", ["DICOM/IM1"])
    assert list(found(tmp_path, [path])) == [name]
    assert list(found(tmp_path)) == [name]


def test_a_list_leads_nowhere_but_below_its_folder(tmp_path: Path) -> None:
    image(tmp_path / "SECRET", 1)
    image(tmp_path / "cd" / "IM1", 2)
    path = dicomdir(tmp_path / "cd" / "DICOMDIR", ["../SECRET", str(tmp_path / "SECRET"), "IM1"])
    assert found(tmp_path / "cd", [path]) == {"IM1": ""}


def test_a_list_that_names_no_image_says_so(tmp_path: Path) -> None:
    image(tmp_path / "IM1", 1)
    image(tmp_path / "IM2", 2)
    path = dicomdir(tmp_path / "DICOMDIR", ["IM1"], RecordInUseFlag=0)
    dicomdir(tmp_path / "SECOND", ["IM1"], DirectoryRecordType="SR DOCUMENT")
    assert found(tmp_path, [path])["DICOMDIR"].startswith("This list of DICOM files names no image.")
    assert sorted(found(tmp_path)) == ["DICOMDIR", "IM1", "IM2", "SECOND"]


def test_the_shell_draws_what_a_dicomdir_lists(shell: Callable[..., Said], tmp_path: Path) -> None:
    image(tmp_path / "cd" / "DICOM" / "IM1", 1)
    path = dicomdir(tmp_path / "cd" / "DICOMDIR", ["DICOM/IM1", "DICOM/IM2"])
    said = shell("segment", path, "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 1
    assert [line.partition(":")[0] for line in said.lines] == ["DICOM/IM2"]
    assert (tmp_path / "out" / "DICOM" / "IM1.png").is_file()
