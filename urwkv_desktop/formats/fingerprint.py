"""What a picture is known by: the hash of its files, and 64 bits of how it looks."""

from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Image

_SIDE = 32
_LOOKED_AT = 512  # rows and columns of a larger picture
# The 8 lowest rows of the cosine transform of 32 values.
_COSINES = np.cos(np.pi / _SIDE * np.outer(np.arange(8), np.arange(_SIDE) + 0.5)).astype(np.float32)


def image_sha256(root: Path, source: Source) -> str:
    """SHA-256 of the source's file; of a series, of its files' digests in their order. Raises OSError."""
    digests = []
    for name in source.files:
        with (root / PurePosixPath(name)).open("rb") as file:
            digests.append(file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode("ascii")).hexdigest()


def picture_hash(image: Image) -> int:
    """64 bits that change little when the picture does (recompressed, resized, brightened); the middle slice.

    The signs of the 8 x 8 lowest cosine coefficients of a 32 x 32 reduction, against their median. Source: the
    perceptual hash of Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010.
    """
    stored = image.pixels[image.shape[0] // 2]  # a scaling of the values would change no sign
    rows, columns = (max(1, size // _LOOKED_AT) for size in stored.shape[:2])
    values = stored[::rows, ::columns].astype(np.float64 if stored.dtype.kind == "f" else np.float32)
    grey = values.mean(axis=2) if values.ndim == 3 else values
    small = _means(np.nan_to_num(grey, posinf=0.0, neginf=0.0))
    low = (_COSINES @ small @ _COSINES.T).ravel()
    low[0] = 0.0  # the mean brightness says nothing of the picture
    bits = low > np.median(low[1:])
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _means(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """[32, 32]: the mean of each of 32 x 32 fields of the picture (a pixel again where it has fewer)."""
    for axis in (0, 1):
        size = values.shape[axis]
        starts = np.arange(_SIDE) * size // _SIDE
        ends = np.maximum((np.arange(_SIDE) + 1) * size // _SIDE, starts + 1)
        if size < _SIDE:
            values = np.take(values, starts, axis)
        else:
            counts = (ends - starts).astype(np.float32)
            values = np.add.reduceat(values, starts, axis) / (counts[:, None] if axis == 0 else counts)
    return values
