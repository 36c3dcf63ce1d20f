"""NIfTI: the header by nibabel, the voxels as they lie in memory ([k, j, i] in C order is x, y, z in Fortran order).

Read back by a parse of its own, which shares no code with the writer or with `reading.nifti`.
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.grid import RIGID_MM, Affine, Grid, grid_of
from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.imaging import Geometry, Image, Message, Refusal

Array = npt.NDArray[np.generic]
_LONGEST = 32767
_SCANNER, _MILLIMETRES, _RGB24 = 1, 2, 128
_CODES = {"u1": 2, "i2": 4, "i4": 8, "f4": 16, "f8": 64, "i1": 256, "u2": 512, "u4": 768, "i8": 1024, "u8": 1280}
_TOLERANCE_MM = 1e-3  # float32 in the header, at the far corner of the volume


def write_mask(outlet: Outlet, name: str, mask: Array, geometry: Geometry, *, key: str = "") -> Written:
    """mask: uint8 or uint16 [Z, H, W]; slope 1, intercept 0. Raises Refusal, ExportStoppedError."""
    return _write(outlet, name, mask, grid_of(geometry, _size(mask), "NIfTI"), 1.0, 0.0, key)


def write_image(outlet: Outlet, name: str, image: Image, *, key: str = "") -> Written:
    """The stored values with their scaling; the values themselves as float32 where slices scale differently."""
    pixels, slope, intercept = image.pixels, image.slope[0], image.intercept[0]
    if image.is_colour and pixels.dtype != np.uint8:
        raise Refusal(tried=Message("Writing NIfTI."), cause=Message("NIfTI holds colour of 8 bit only."),
                      cure=Message("This image was left out of the export."))
    if len(set(image.slope)) > 1 or len(set(image.intercept)) > 1:
        slopes, intercepts = (np.asarray(one, np.float64)[:, None, None] for one in (image.slope, image.intercept))
        pixels, slope, intercept = (pixels.astype(np.float64) * slopes + intercepts).astype(np.float32), 1.0, 0.0
    if pixels.dtype == np.bool_:
        pixels = pixels.astype(np.uint8)
    return _write(outlet, name, pixels, grid_of(image.geometry, image.shape, "NIfTI"), slope, intercept, key)


def _write(outlet: Outlet, name: str, pixels: Array, grid: Grid, slope: float, intercept: float, key: str) -> Written:
    if max(pixels.shape[:3]) > _LONGEST:
        raise Refusal(tried=Message("Writing NIfTI."), cause=Message("One side is longer than NIfTI's 32767 voxels."),
                      cure=Message("Export this case as COCO or PNG."))
    head = _header(pixels, grid, slope, intercept)
    return outlet.write(name, "nifti", lambda file: _pack(file, head, pixels),
                        lambda path: _prove(path, name, pixels, grid, slope, intercept), key=key)


def _size(pixels: Array) -> tuple[int, int, int]:
    depth, height, width = pixels.shape[:3]
    return depth, height, width


def _header(pixels: Array, grid: Grid, slope: float, intercept: float) -> bytes:
    import nibabel

    header: Any = nibabel.Nifti1Header()
    depth, height, width = pixels.shape[:3]
    header.set_data_shape((width, height, depth))
    header["datatype"] = _code(pixels)
    header["bitpix"] = pixels.dtype.itemsize * (24 if pixels.ndim == 4 else 8)
    header["pixdim"][1:4] = grid.zooms
    header["xyzt_units"] = _MILLIMETRES
    header["vox_offset"] = 352
    header["scl_slope"], header["scl_inter"] = slope, intercept
    if grid.affine is not None:
        header.set_sform(grid.affine, _SCANNER)
        if not grid.is_sheared:  # a qform can't hold shear; a wrong one would be worse than none
            header.set_qform(grid.affine, _SCANNER)
    return bytes(header.binaryblock) + b"\0\0\0\0"


def _code(pixels: Array) -> int:
    return _RGB24 if pixels.ndim == 4 else _CODES[pixels.dtype.str[1:]]


def _pack(file: BinaryIO, head: bytes, pixels: Array) -> None:
    from isal import igzip

    little = pixels.astype(pixels.dtype.newbyteorder("<"), copy=False)
    pack: Any = igzip.IGzipFile
    with pack(filename="", fileobj=file, mode="wb", compresslevel=1, mtime=0) as packed:
        packed.write(head)
        for plane in little:
            packed.write(np.ascontiguousarray(plane).tobytes())


def _prove(path: Path, name: str, pixels: Array, grid: Grid, slope: float, intercept: float) -> None:
    import gzip

    with gzip.open(path, "rb") as file:
        head = file.read(352)
        if len(head) < 352 or head[344:348] != b"n+1\0" or struct.unpack("<i", head[:4])[0] != 348:
            raise mismatch(name, Message("Read back, it is no NIfTI file."))
        dims = struct.unpack("<8h", head[40:56])
        code, bits = struct.unpack("<hh", head[70:74])
        if dims[1:4] != pixels.shape[2::-1] or code != _code(pixels):
            raise mismatch(name, Message("Read back, its size is {found}, not {expected}.", found=str(dims[1:4]),
                                         expected=str(pixels.shape[2::-1])))
        if struct.unpack("<ff", head[112:120]) != (np.float32(slope), np.float32(intercept)):
            raise mismatch(name, Message("Read back, its scaling is another one."))
        _prove_place(head, name, grid)
        for k, plane in enumerate(pixels):
            data = file.read(plane.size * bits // 8 // (3 if pixels.ndim == 4 else 1))
            found = np.frombuffer(data, pixels.dtype.newbyteorder("<"))
            same_voxels(name, plane[None], _shaped(found, plane.shape, name, k))
        if file.read(1):
            raise mismatch(name, Message("Read back, it is longer than it was written."))


def _shaped(found: Array, shape: tuple[int, ...], name: str, k: int) -> Array:
    if found.size != int(np.prod(shape)):
        raise mismatch(name, Message("Read back, slice {k} is not whole.", k=k))
    return found.reshape(1, *shape)


def _prove_place(head: bytes, name: str, grid: Grid) -> None:
    """The far corner must land where the image says, by sform and by qform."""
    codes = struct.unpack("<hh", head[252:256])
    pixdim = struct.unpack("<8f", head[76:108])
    if grid.affine is None:
        if codes != (0, 0) or not np.allclose(pixdim[1:4], grid.zooms, rtol=1e-6):
            raise mismatch(name, Message("Read back, its spacing is another one."))
        return
    sform = np.vstack([np.frombuffer(head[280:328], "<f4").reshape(3, 4), [0, 0, 0, 1]]).astype(np.float64)
    if codes[1] != _SCANNER or (codes[0] == 0) != grid.is_sheared:
        raise mismatch(name, Message("Read back, its orientation is not stated as it was written."))
    far = float(np.abs(grid.affine @ grid.corners).max())
    off = grid.off(sform)
    if off > _TOLERANCE_MM * (1 + far / 1000):
        raise mismatch(name, Message("Read back, it lies {off} mm off its place.", off=round(off, 4)))
    off = 0.0 if codes[0] == 0 else grid.off(_quaternion(head, pixdim))
    if off > RIGID_MM + _TOLERANCE_MM:
        raise mismatch(name, Message("Read back, its two orientations differ by {off} mm.", off=round(off, 4)))


def _quaternion(head: bytes, pixdim: tuple[float, ...]) -> Affine:
    """The qform, by the formulas of nifti1.h (method 2)."""
    b, c, d, x, y, z = struct.unpack("<6f", head[256:280])
    a = np.sqrt(max(0.0, 1.0 - (b * b + c * c + d * d)))
    rotation = np.array([
        [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
        [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
        [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c]])
    affine = np.eye(4)
    affine[:3, :3] = rotation * [pixdim[1], pixdim[2], pixdim[3] * (-1.0 if pixdim[0] < 0 else 1.0)]
    affine[:3, 3] = x, y, z
    return affine
