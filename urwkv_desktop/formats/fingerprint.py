"""What a picture is known by: the hash of its files, and 64 bits of how it looks."""

from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

import numpy as np

from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Image, Plane


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
    import cv2

    values = image.values(Plane(0, image.shape[0] // 2))
    grey = values.mean(axis=2) if values.ndim == 3 else values
    small = cv2.resize(np.nan_to_num(grey).astype(np.float32), (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small)[:8, :8].ravel()
    low[0] = 0.0  # the mean brightness says nothing of the picture
    bits = low > np.median(low[1:])
    return int("".join("1" if bit else "0" for bit in bits), 2)
