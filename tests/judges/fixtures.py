"""What the judges are shown: made images that catch flips and shifts, and real ones where they lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.formats.builders import SHARED, case, ramp, save, ultrasound, write_dicom
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Image, Label, Labels

LABELS = Labels((Label(1, "Lesion", "#ffb020", "SCT:52988006"), Label(2, "Kidney", "#56b4e9"),
                 Label(4, "Größe <1>", "#4cc38a")))
Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Fixture:
    """folder: where the image's files lie. is_real: not made here, so its own faults are its own."""

    name: str
    folder: Path
    case: ExportCase
    is_real: bool


def made(folder: Path) -> Iterator[Fixture]:
    """Into `folder`, which is the caller's."""
    for name, values in _SERIES.items():
        _series(folder / name, **values)
    _single(folder / "radiograph")
    ultrasound(folder / "cine" / "cine.dcm", np.stack([ramp(20, 30, top=200) + np.uint8(k) for k in range(5)]),
               **_patient(), **_ULTRASOUND)
    save(folder / "grey" / "grey.png", ramp(30, 41))
    save(folder / "colour" / "colour.png", np.dstack([ramp(30, 41), ramp(30, 41)[::-1], ramp(30, 41)]))
    for one in sorted(folder.iterdir()):
        yield from _fixtures(one, is_real=False)


def real() -> Iterator[Fixture]:
    """Nothing where the shared data is missing."""
    for folder in sorted((SHARED / "dicom").glob("*/")):
        yield from _fixtures(folder, is_real=True)
    for name, count in (("busi", 2), ("hippocampus", 2)):
        folder = SHARED / name / "images"
        files = sorted(one for one in folder.glob("*") if one.is_file())[:count] if folder.is_dir() else []
        if files:
            yield from _fixtures(folder, is_real=True, files=files)


def _fixtures(folder: Path, *, is_real: bool, files: list[Path] | None = None) -> Iterator[Fixture]:
    for source in index(folder, files):
        if source.kind is SourceKind.image:
            image = read(folder, source)
            name = f"{folder.name}/{source.title}".replace(" ", "_")
            yield Fixture(name, folder, _case(name, folder, source, image), is_real)


def _case(name: str, folder: Path, source: Source, image: Image) -> ExportCase:
    return case(name, image, l_mask(image.shape), labels=LABELS, root=folder, part=source.part, format=source.format,
                source_files=source.files, model_version="1", threshold="0.5", reader="Ann Reader")


def l_mask(shape: tuple[int, int, int]) -> Mask:
    """An L with a dot (no two flips, turns or shifts of it are equal), a ring, and a slice without any."""
    depth, height, width = shape
    mask = np.zeros(shape, np.uint8)
    for k in range(depth):
        if depth > 2 and k == 1:
            continue
        top, left = height // 6 + k % 3, width // 5
        mask[k, top:top + height // 3, left:left + 3] = 1
        mask[k, top + height // 3 - 3:top + height // 3, left:left + width // 3] = 1
        mask[k, top + 1, left + width // 4] = 1
        mask[k, height * 2 // 3:height * 2 // 3 + 5, width // 2:width // 2 + 6 + k % 2] = 2
    mask[depth - 1, height // 5:height // 5 + 5, width * 3 // 4:width * 3 // 4 + 5] = 4
    mask[depth - 1, height // 5 + 2, width * 3 // 4 + 2] = 0
    return mask


def _patient() -> dict[str, Any]:
    return {"StudyInstanceUID": "1.2.826.0.1.3680043.8.498.10.1", "StudyID": "1", "StudyDate": "20200101",
            "StudyTime": "120000", "PatientBirthDate": "19500101", "PatientSex": "O", "AccessionNumber": "",
            "ReferringPhysicianName": "", "Manufacturer": "made", "SeriesNumber": "1", "PatientID": "P1",
            "PatientName": "Made^Patient", "SeriesInstanceUID": "1.2.826.0.1.3680043.8.498.10.2"}


_ULTRASOUND = {"InstanceNumber": "1"}
_TURNED = [0.9396926, 0.3420201, 0.0, -0.3213938, 0.8830222, 0.3420201]
_SERIES: dict[str, dict[str, Any]] = {
    "oblique": {"directions": _TURNED, "spacing": [1.25, 1.25], "step": 2.5},
    "anisotropic": {"directions": [1, 0, 0, 0, 1, 0], "spacing": [2.0, 0.5], "step": 4.0, "shape": (48, 70)},
    "reversed": {"directions": [1, 0, 0, 0, 1, 0], "spacing": [1, 1], "step": -3.0, "shape": (40, 56)},
    "no_reference": {"directions": [0, 1, 0, 0, 0, -1], "spacing": [1.5, 1], "step": 2.0, "reference": ""},
}


def _series(folder: Path, *, directions: list[float], spacing: list[float], step: float,
            shape: tuple[int, int] = (44, 52), reference: str = "1.2.826.0.1.3680043.8.498.10.3") -> None:
    normal = np.cross(directions[:3], directions[3:])
    for k in range(6):
        place = np.asarray([-31.5, 12.25, 40.0]) + k * step * normal
        values = {**_patient(), "ImageOrientationPatient": [f"{one:.7f}" for one in directions],
                  "ImagePositionPatient": [f"{one:.4f}" for one in place], "PixelSpacing": spacing,
                  "SliceThickness": str(abs(step)), "InstanceNumber": str(k + 1), "RescaleSlope": "1",
                  "RescaleIntercept": "-1024", "KVP": "120", "AcquisitionNumber": "1",
                  "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"], "PositionReferenceIndicator": ""}
        if reference:
            values["FrameOfReferenceUID"] = reference
        pixels = ramp(*shape, top=900, dtype=np.int16) + np.int16(100 * k)
        write_dicom(folder / f"{(k * 5) % 6:03d}.dcm", pixels, **values)


def _single(folder: Path) -> None:
    write_dicom(folder / "one.dcm", ramp(40, 50, dtype=np.uint16, top=4000), **_patient(), Modality="CR",
                SOPClassUID="1.2.840.10008.5.1.4.1.1.1", ImagerPixelSpacing=[0.2, 0.1], InstanceNumber="1")
