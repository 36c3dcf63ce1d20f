"""NIfTI-1 and -2 in one file, plain or gzipped: transposed, never flipped; RAS becomes LPS here and nowhere else."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.grid_place import SHEARED, placed
from urwkv_desktop.formats.refusals import damaged, incomplete, inconsistent, unsupported
from urwkv_desktop.imaging import Finding, Geometry, Image, Message, Severity, Window

GZIP = b"\x1f\x8b"
_LPS = np.diag([-1.0, -1.0, 1.0, 1.0])
_NUMBERS = {2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8"}
_COLOURS = {128: 3, 2304: 4}
_NAMES = {1: "1 bit voxels", 32: "complex numbers", 1536: "128 bit numbers", 1792: "complex numbers",
          2048: "complex numbers"}
_UNUSABLE_FORM = Finding("nifti.form", Message("One of the file's two orientations can't be used."))
_NEGATIVE = Finding("nifti.spacing", Message("The file states a negative spacing; its absolute value was used."))
_SLOPE = Finding("nifti.slope", Message("Its rescaling can't be read; stored values are shown."))
_BITS = Finding("nifti.bits", Message("The file states two sizes of a voxel; that of its data type was used."))
_MILLIMETRES = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}


@dataclass(frozen=True)
class NiftiHeader:
    """shape: (x, y, z); times: further time points; dtype: of one stored number, in the file's byte order."""

    shape: tuple[int, int, int]
    times: int
    dtype: np.dtype[Any]
    samples: int
    offset: int
    slope: float
    intercept: float
    affine: npt.NDArray[np.float64] | None  # voxel (i, j, k) -> LPS mm; None where the file states none
    spacing: tuple[float, float, float]
    window: tuple[float, float]
    findings: tuple[Finding, ...]

    @property
    def volume_bytes(self) -> int:
        x, y, z = self.shape
        return x * y * z * self.samples * self.dtype.itemsize


def can_read(head: bytes) -> bool:
    """head: the first bytes, inflated where the file is gzipped."""
    if len(head) < 348:
        return False
    sizes = {int.from_bytes(head[:4], "little"), int.from_bytes(head[:4], "big")}
    return (348 in sizes and head[344:347] in (b"n+1", b"ni1")) or (540 in sizes and head[4:7] in (b"n+2", b"ni2"))


def open_stream(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        gzipped = file.read(2) == GZIP
    if not gzipped:
        return path.open("rb")
    from isal import igzip

    unpack: Any = igzip.IGzipFile
    stream: BinaryIO = unpack(str(path), "rb")
    return stream


def _bad_stream() -> tuple[type[Exception], ...]:
    """isal has an error of no family for the middle of a stream; its others are OSErrors."""
    from isal import igzip_lib

    errors: tuple[type[Exception], ...] = (OSError, igzip_lib.IsalError)  # type: ignore[assignment]
    return errors


def unreadable() -> tuple[type[Exception], ...]:
    return (EOFError, ValueError, *_bad_stream())


def peek(path: Path) -> bytes:
    """The first 540 bytes, inflated; fewer where there are no more."""
    try:
        with open_stream(path) as stream:
            return stream.read(540)
    except unreadable():
        return b""


def header(path: Path) -> NiftiHeader:
    """Raises Refusal for what can't be read, and for a plain file shorter than it says."""
    head = peek(path)
    if not can_read(head):
        raise damaged("NIfTI")
    if head[344:347] == b"ni1" or head[4:7] == b"ni2":
        raise unsupported("a NIfTI pair of .hdr and .img")
    found = parse(head)
    with path.open("rb") as file:
        gzipped = file.read(2) == GZIP
    need = found.offset + found.volume_bytes * found.times
    if not gzipped and path.stat().st_size < need:
        raise incomplete(path.stat().st_size, need)
    return found


def parse(head: bytes) -> NiftiHeader:
    """head: at least 348 bytes, 540 of NIfTI-2. Raises Refusal."""
    import nibabel

    wide = head[4:7] in (b"n+2", b"ni2")
    kind: Any = nibabel.Nifti2Header if wide else nibabel.Nifti1Header
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        raw: Any = kind(head[:540 if wide else 348], check=False)
        dims = [int(size) for size in raw["dim"]]
        if not 1 <= dims[0] <= 7 or any(size < 1 for size in dims[1:dims[0] + 1]):
            raise inconsistent(Message("The file contradicts itself: its dimensions are {dims}.", dims=str(dims[1:])))
        sizes = (dims[1:dims[0] + 1] + [1] * 7)[:7]
        if any(size > 1 for size in sizes[4:]):
            raise unsupported("NIfTI with more than four dimensions")
        dtype, samples = _dtype(int(raw["datatype"]), raw.endianness)
        affine, spacing, findings = _place(raw, dims)
        offset = float(raw["vox_offset"])
        if not np.isfinite(offset) or offset < (544 if wide else 348):
            raise inconsistent(Message("The file contradicts itself: its voxels begin inside its header."))
        slope, intercept = float(raw["scl_slope"]), float(raw["scl_inter"])
    odd = [_BITS] if int(raw["bitpix"]) != dtype.itemsize * samples * 8 else []
    if not np.isfinite(slope) or slope == 0 or not np.isfinite(intercept):
        odd += [] if slope == 0 else [_SLOPE]
        slope, intercept = 1.0, 0.0
    return NiftiHeader((sizes[0], sizes[1], sizes[2]), sizes[3], dtype, samples, int(offset), slope, intercept, affine,
                       spacing, (float(raw["cal_min"]), float(raw["cal_max"])), (*findings, *odd))


def _dtype(code: int, endianness: str) -> tuple[np.dtype[Any], int]:
    if code in _COLOURS:
        return np.dtype(np.uint8), _COLOURS[code]
    if code not in _NUMBERS:
        raise unsupported(_NAMES.get(code, "NIfTI data of an unknown type"))
    return np.dtype(endianness + _NUMBERS[code]), 1


def _place(raw: Any, dims: list[int]) -> tuple[npt.NDArray[np.float64] | None, tuple[float, float, float],
                                               tuple[Finding, ...]]:
    """sform over qform over nothing; in LPS millimetres."""
    findings: list[Finding] = []
    stated = [int(raw[f"{name}_code"]) > 0 for name in ("sform", "qform")]
    scale = _MILLIMETRES.get(int(raw["xyzt_units"]) & 7, 1.0)
    if scale != 1.0:
        findings.append(Finding("nifti.units", Message("The file's unit is not the millimetre; it was converted.")))
    zooms = np.abs(np.nan_to_num(np.asarray(raw["pixdim"][1:4], np.float64))) * scale
    spacing = tuple(float(zoom) if zoom > 0 else 1.0 for zoom in zooms)
    forms = [form for form in (_sform(raw), _qform(raw)) if form is not None]
    if len(forms) < sum(stated):
        findings.append(_UNUSABLE_FORM)
    if (np.asarray(raw["pixdim"][1:4]) < 0).any():
        findings.append(_NEGATIVE)
    if len(forms) == 2 and not np.allclose(forms[0], forms[1], atol=0.01 / scale):
        findings.append(Finding("nifti.forms", Message("The file states two different places in space; "
                                                       "the sform was used.")))
    if not forms:
        findings.append(Finding("nifti.unoriented", Message("The file states no orientation.")))
        return None, (spacing[0], spacing[1], spacing[2]), tuple(findings)
    affine = _LPS @ np.diag([scale, scale, scale, 1.0]) @ forms[0]
    return affine, (spacing[0], spacing[1], spacing[2]), tuple(findings)


def _sform(raw: Any) -> npt.NDArray[np.float64] | None:
    if int(raw["sform_code"]) <= 0:
        return None
    affine = np.eye(4)
    affine[:3] = [raw["srow_x"], raw["srow_y"], raw["srow_z"]]
    return _usable(affine)


def _qform(raw: Any) -> npt.NDArray[np.float64] | None:
    if int(raw["qform_code"]) <= 0:
        return None
    import nibabel.spatialimages

    try:
        return _usable(np.asarray(raw.get_qform(), np.float64))
    except (ValueError, ArithmeticError, KeyError, nibabel.spatialimages.HeaderDataError):
        return None


def _usable(affine: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    if not np.isfinite(affine).all() or abs(float(np.linalg.det(affine[:3, :3]))) < 1e-12:
        return None
    return affine


def read(path: Path, time: int, room: Room) -> Image:
    """One time point. The file's x, y, z in Fortran order are [z, y, x] in C order: no voxel is moved."""
    found = header(path)
    room.claim(found.volume_bytes, volume=found.shape[2] > 1)
    stored, findings = _voxels(path, found, time, room)
    colour = found.samples > 1
    pixels = np.ascontiguousarray(stored[..., :3]) if found.samples == 4 else stored
    geometry, more = geometry_of(found)
    low, high = found.window
    windows = (Window((low + high) / 2, high - low),) if np.isfinite(low + high) and high > low else ()
    return Image(pixels, geometry, slope=(1.0,) if colour else (found.slope,),
                 intercept=(0.0,) if colour else (found.intercept,), windows=windows,
                 findings=(*found.findings, *more, *findings))


def _voxels(path: Path, found: NiftiHeader, time: int, room: Room,
            ) -> tuple[npt.NDArray[np.generic], tuple[Finding, ...]]:
    x, y, z = found.shape
    shape = (z, y, x) if found.samples == 1 else (z, y, x, found.samples)
    pixels = room.array(shape, found.dtype.newbyteorder("="))
    start = found.offset + time * found.volume_bytes
    need = found.offset + found.times * found.volume_bytes
    try:
        with open_stream(path) as stream:
            have = skip(stream, start)
            have += fill(stream, pixels.data.cast("B")) if have == start else 0
            have += skip(stream, need - have) if have >= start + found.volume_bytes else 0
            if have < need:
                raise incomplete(have, need)
            surplus = _drain(stream)
    except (EOFError, ValueError) as error:
        raise incomplete_gzip(path, need) from error
    except _bad_stream() as error:  # of a checksum, of the stream
        raise damaged("gzip") from error
    if not found.dtype.isnative:
        pixels.byteswap(inplace=True)
    note = Finding("nifti.surplus", Message("The file holds {count} bytes more than it says.", count=surplus))
    return pixels, (note,) if surplus else ()


def incomplete_gzip(path: Path, need: int) -> Exception:
    """How much of the inflated file is there at all."""
    have = 0
    try:
        with open_stream(path) as stream:
            while block := stream.read(1 << 16):
                have += len(block)
    except unreadable():
        pass
    return incomplete(have, need)


def skip(stream: BinaryIO, count: int) -> int:
    if isinstance(stream, io.BufferedReader):
        here = stream.tell()
        end = stream.seek(0, io.SEEK_END)
        return stream.seek(min(here + count, end)) - here
    done = 0
    while done < count and (block := stream.read(min(1 << 20, count - done))):
        done += len(block)
    return done


def fill(stream: BinaryIO, target: memoryview) -> int:
    done = 0
    while done < len(target):
        got = stream.readinto(target[done:done + (1 << 22)])  # type: ignore[attr-defined]
        if not got:
            break
        done += got
    return done


def _drain(stream: BinaryIO) -> int:
    """To the end, so that the checksum is read; capped, because a bomb has no end."""
    done = 0
    while done < 1 << 24 and (block := stream.read(1 << 20)):
        done += len(block)
    return done


def geometry_of(found: NiftiHeader) -> tuple[Geometry, tuple[Finding, ...]]:
    geometry = placed(found.affine, found.spacing, found.shape[2])
    if found.affine is None or geometry.oriented:
        return geometry, ()
    return geometry, (Finding("nifti.sheared", SHEARED, Severity.warning),)
