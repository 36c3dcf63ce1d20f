"""Euclidean distances between the centres of pixels or voxels, exactly, by whichever way is the cheaper one."""

import math

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Steps = tuple[float, ...]

# Relative: a distance that equals the radius but for its rounding counts as reached.
_SLACK = 1e-6
# Up to this many cells a disc is laid on every pixel (2 ns a pixel with 317 cells); beyond, distances are (20 ns).
_SMALL_DISC = 500


def within(inside: Bools, radius: float, steps: Steps) -> Bools:
    """All that lies at most `radius` from a True of inside ([rows, columns] or [k, j, i]), itself included.

    steps: what one pixel measures along each axis, in the radius' unit.
    """
    if radius < min(steps):
        return inside.copy()
    if inside.ndim == 2:
        kernel = disc(radius, steps)
        if np.count_nonzero(kernel) <= _SMALL_DISC:
            import cv2

            return np.asarray(cv2.dilate(inside.view(np.uint8), kernel), np.uint8).view(np.bool_)
    if not inside.any():
        return inside.copy()
    return np.asarray(distance(~inside, steps) <= radius * (1 + _SLACK))


def distance(inside: Bools, steps: Steps) -> npt.NDArray[np.float32]:
    """float32, as inside: from each True to the nearest False (infinite without one), 0 where False."""
    if inside.all():
        return np.full(inside.shape, np.inf, np.float32)
    if inside.ndim == 2 and steps[0] == steps[1]:
        import cv2

        far = cv2.distanceTransform(inside.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return np.asarray(far, np.float32) * np.float32(steps[0])
    import edt

    # One thread: the network and the window have the others.
    return np.asarray(edt.edt(np.ascontiguousarray(inside), anisotropy=steps, black_border=False, parallel=1))


def signed_distance(inside: Bools, steps: Steps) -> npt.NDArray[np.float32]:
    """Positive inside, negative outside; the boundary (0) lies half way between two centres.

    What is not in the array counts as outside.
    """
    framed = np.pad(inside, 1)
    half = min(steps) / 2
    signed = np.where(framed, distance(framed, steps) - half, half - distance(~framed, steps))
    return np.asarray(signed[(slice(1, -1),) * inside.ndim], np.float32)


def disc(radius: float, steps: Steps) -> npt.NDArray[np.uint8]:
    """uint8 [2n + 1, 2m + 1]: 1 where the offset from the middle is at most radius."""
    down, across = (math.floor(radius / step * (1 + _SLACK)) for step in steps)
    rows = (np.arange(-down, down + 1) * steps[0]) ** 2
    columns = (np.arange(-across, across + 1) * steps[1]) ** 2
    return np.asarray(np.add.outer(rows, columns) <= radius * radius * (1 + 2 * _SLACK), np.uint8)
