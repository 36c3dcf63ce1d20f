"""Pictures to another size, in numpy: no library has to be loaded before the first mask."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]


def resized(values: Values, rows: int, columns: int) -> Values:
    """float32 [H,W] or [H,W,C] -> [rows,columns(,C)]: means of areas along an axis that shrinks, linear where it grows.

    Pixel (r, c) covers [r, r+1) x [c, c+1); beyond the border the border's own value holds.
    """
    tall = _along_rows(values, rows)
    turned = np.ascontiguousarray(tall.swapaxes(0, 1))
    return np.ascontiguousarray(_along_rows(turned, columns).swapaxes(0, 1))


def _along_rows(values: Values, rows: int) -> Values:
    if rows == len(values):
        return np.asarray(values, np.float32)
    flat = np.ascontiguousarray(values, np.float32).reshape(len(values), -1)
    sized = _means(flat, rows) if rows < len(flat) else _between(flat, rows)
    return sized.reshape(rows, *values.shape[1:])


def _means(flat: Values, rows: int) -> Values:
    """Each new row is the mean of the stretch of old rows that it covers, parts of rows included."""
    edges = np.arange(rows + 1) * (len(flat) / rows)
    low, high = edges[:-1, None], edges[1:, None]
    first = np.floor(low).astype(np.intp)
    cells = first + np.arange(int(np.ceil(len(flat) / rows)) + 1)
    covered = np.clip(np.minimum(cells + 1, high) - np.maximum(cells, low), 0, 1)
    shares = (covered / covered.sum(axis=1, keepdims=True)).astype(np.float32)
    answer = np.empty((rows, flat.shape[1]), np.float32)
    for row, start in enumerate(first[:, 0].tolist()):
        kept = flat[start : start + shares.shape[1]]
        np.matmul(shares[row, : len(kept)], kept, out=answer[row])
    return answer


def _between(flat: Values, rows: int) -> Values:
    """Linear between the centres of the two old rows that stand around each new row's centre."""
    centre = np.clip((np.arange(rows) + 0.5) * (len(flat) / rows) - 0.5, 0, len(flat) - 1)
    first = np.floor(centre).astype(np.intp)
    second = np.minimum(first + 1, len(flat) - 1)
    share = (centre - first).astype(np.float32)[:, None]
    return np.asarray(flat[first] * (1 - share) + flat[second] * share, np.float32)
