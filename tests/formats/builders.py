"""Small files that the tests of formats make themselves."""

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import numpy.typing as npt
import pydicom
from PIL import Image as Pillow
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, UltrasoundMultiFrameImageStorage, generate_uid

from urwkv_desktop.formats.source import Source
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Flag, Geometry, Image, Label, Labels, Status

Array = npt.NDArray[Any]
LABELS = Labels((Label(1, "lesion", "#ffb020"), Label(2, "cyst", "#56b4e9", "12345")))
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def ramp(height: int, width: int, *, dtype: npt.DTypeLike = np.uint8, top: int = 255) -> Array:
    """No two transposes, flips or rotations of it are equal."""
    return (np.arange(height * width) * 7 % (top + 1)).reshape(height, width).astype(dtype)


def save(path: Path, pixels: Array, **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Pillow.fromarray(pixels).save(path, **options)
    return path


def png_bytes(width: int, height: int, bits: int, colour: int, rows: bytes) -> bytes:
    """A PNG made by hand. rows: filter byte and samples of every row."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)),
              (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks)


def dicom(pixels: Array, **values: Any) -> FileDataset:
    """One native CT slice (or what `values` make of it); pixels: [H, W], [H, W, 3] or [frames, H, W]."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    data.Modality, data.SeriesInstanceUID, data.PatientID, data.PatientName = "CT", "1.2.3.4", "P1", "DOE^JANE"
    colour = pixels.shape[-1] == 3
    data.Rows, data.Columns = pixels.shape[-3:-1] if colour else pixels.shape[-2:]
    data.SamplesPerPixel = 3 if colour else 1
    data.PhotometricInterpretation = "RGB" if colour else "MONOCHROME2"
    if colour:
        data.PlanarConfiguration = 0
    frames = pixels.ndim - (3 if colour else 2)
    if frames:
        data.NumberOfFrames = pixels.shape[0]
    data.BitsAllocated = data.BitsStored = pixels.dtype.itemsize * 8
    data.HighBit = data.BitsAllocated - 1
    data.PixelRepresentation = int(pixels.dtype.kind == "i")
    data.PixelData = pixels.tobytes() + b"\0" * (pixels.nbytes % 2)
    for keyword, value in values.items():
        setattr(data, keyword, value)
    return data


def write_dicom(path: Path, pixels: Array, **values: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    dicom(pixels, **values).save_as(path, enforce_file_format=True)
    return path


def dicom_bytes(pixels: Array, **values: Any) -> bytes:
    buffer = io.BytesIO()
    dicom(pixels, **values).save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def slices(folder: Path, positions: Sequence[float], *, names: Sequence[str] | None = None,
           pixels: Array | None = None, **values: Any) -> list[Path]:
    """An axial series; slice n is filled with n + its ramp, so that each tells where it belongs, or with `pixels`."""
    written = []
    for number, z in enumerate(positions):
        name = names[number] if names else f"{number:03d}.dcm"
        given = {"ImagePositionPatient": [-10.0, -20.0, z], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
                 "PixelSpacing": [2.0, 0.5], "InstanceNumber": number + 1, **values}
        stored = ramp(6, 8, top=40, dtype=np.int16) + np.int16(100 * round(z)) if pixels is None else pixels
        written.append(write_dicom(folder / name, stored, **given))
    return written


def item(**values: Any) -> Dataset:
    data = Dataset()
    for keyword, value in values.items():
        setattr(data, keyword, value)
    return data


def ultrasound(path: Path, frames: Array, **values: Any) -> Path:
    region = item(RegionSpatialFormat=1, RegionDataType=1, RegionFlags=0, RegionLocationMinX0=2, RegionLocationMinY0=1,
                  RegionLocationMaxX1=6, RegionLocationMaxY1=4, PhysicalUnitsXDirection=3, PhysicalUnitsYDirection=3,
                  PhysicalDeltaX=0.05, PhysicalDeltaY=-0.02)
    return write_dicom(path, frames, SOPClassUID=UltrasoundMultiFrameImageStorage, Modality="US", FrameTime="40",
                       SequenceOfUltrasoundRegions=[region], **values)


def nifti(path: Path, voxels: Array, affine: Array | None = None, **header: Any) -> Path:
    """voxels: [x, y, z], as NIfTI counts them; affine in RAS."""
    image = nibabel.Nifti1Image(voxels, np.eye(4) if affine is None else affine)
    for name, value in header.items():
        image.header[name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    nibabel.save(image, path)
    return path


def case(stem: str, image: Image, mask: Array, **values: Any) -> ExportCase:
    given: dict[str, Any] = {
        "source_files": (f"{stem}.png",), "labels": LABELS, "status": Status.accepted, "flag": Flag(), "reader": "ann",
        "group": "g1", "split": "train", "changed": 0.25, "algorithm_type": "SEMIAUTOMATIC", "model": "busi",
        "weights_sha256": "ab" * 32, "image_sha256": "cd" * 32, "project": "p1", **values}
    return ExportCase(stem=stem, image=image, mask=mask, **given)


def picture(pixels: Array) -> Image:
    return Image(pixels[None], Geometry.picture())


def only(sources: Sequence[Source]) -> Source:
    found, = sources
    return found


def pydicom_file(name: str) -> Path:
    """One of pydicom's own test files, out of the installed package."""
    return Path(pydicom.__file__).parent / "data" / "test_files" / name
