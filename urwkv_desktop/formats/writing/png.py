"""PNG: label ids as grey values, 8 bit, 16 bit where an id passes 255. Written by Pillow, read back by cv2.

Colour of 16 bit, which Pillow cuts, is written by the few lines below.
"""

import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.imaging import Message

Array = npt.NDArray[np.generic]


def write(outlet: Outlet, name: str, pixels: Array, *, key: str = "") -> Written:
    """pixels: uint8 or uint16 [H, W] or [H, W, 3]. Raises ExportStoppedError."""
    return outlet.write(name, "png", lambda file: _write(file, pixels), lambda path: _prove(path, name, pixels),
                        key=key)


def fits(pixels: Array) -> bool:
    return pixels.dtype in (np.uint8, np.uint16)


def _write(file: BinaryIO, pixels: Array) -> None:
    if pixels.ndim == 3 and pixels.dtype == np.uint16:
        file.write(_deep_colour(pixels))
        return
    import PIL.Image

    PIL.Image.fromarray(np.ascontiguousarray(pixels)).save(file, format="PNG", compress_level=4)


def _deep_colour(pixels: Array) -> bytes:
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + width * 6), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = np.ascontiguousarray(pixels.astype(">u2")).view(np.uint8).reshape(height, width * 6)
    head = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks)


def _prove(path: Path, name: str, pixels: Array) -> None:
    import cv2

    found = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or found.dtype != pixels.dtype:
        raise mismatch(name, Message("Read back, it is no PNG of {dtype}.", dtype=str(pixels.dtype)))
    same_voxels(name, pixels, found[..., ::-1] if found.ndim == 3 else found)
