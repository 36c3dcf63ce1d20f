"""Luma and chroma become red, green and blue. Source: DICOM PS3.3, C.7.6.3.1.2."""

from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[Any]  # of whole numbers
HALVED = {"YBR_FULL_422", "YBR_PARTIAL_422"}  # two pixels beside each other share their chroma
_PARTIAL = np.array([[0.2568, 0.5041, 0.0979], [-0.1482, -0.2910, 0.4392], [0.4392, -0.3678, -0.0714]])
_FULL = np.array([[1.0, 1.0, 1.0], [0.0, -0.114 * 1.772 / 0.587, 1.772], [1.402, -0.299 * 1.402 / 0.587, 0.0]],
                 np.float32)


def rgb(frame: Whole, photometric: str, bits: int) -> Whole:
    """frame: [rows, columns, 3] of Y, CB, CR with so many bits each; the same in R, G, B, rounded."""
    turned: npt.NDArray[Any]
    if photometric.startswith("YBR_PARTIAL"):
        scale = 2.0 ** (bits - 8)
        turned = (frame / scale - (16, 128, 128)) @ np.linalg.inv(_PARTIAL).T * scale
    else:
        turned = (frame.astype(np.float32) - np.asarray([0, 2 ** (bits - 1), 2 ** (bits - 1)], np.float32)) @ _FULL
    return np.clip(np.floor(turned + 0.5), 0, 2**bits - 1).astype(frame.dtype)


def whole_chroma(stored: Whole, rows: int, columns: int) -> Whole:
    """stored: flat, Y Y CB CR of every two pixels. [rows, columns, 3], each pixel with the chroma of its pair."""
    pairs = stored.reshape(rows, columns // 2, 4)
    whole = np.empty((rows, columns // 2, 2, 3), stored.dtype)
    whole[..., 0] = pairs[..., :2]
    whole[..., 1:] = pairs[..., None, 2:]
    return whole.reshape(rows, columns, 3)
