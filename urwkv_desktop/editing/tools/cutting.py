"""What a drawn line cuts off: parts of a label, and bays between the label and the line.

Pixels are joined through their edges, unless the line runs between their centres. So a part is cut off only by a line
that leads from outline to outline; its loose ends do nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.editing.tools.inside import crossings
from urwkv_desktop.imaging import Rect

Parts = npt.NDArray[np.int32]
# A line through a pixel's very centre would have it on both sides: it is taken to run past, by less than anyone sees.
_ASIDE = np.array([1.3e-7, 0.91e-7])


@dataclass(frozen=True)
class Cut:
    """added, removed: bool [the rectangle]."""

    added: Coverage
    removed: Coverage


def cut(label: Coverage, rect: Rect, line: Sequence[tuple[float, float]], *, keeps_larger: bool = True) -> Cut:
    """label: bool [rect], background all around it. Of a label that falls into parts the largest stays (the smallest
    where not keeps_larger); of the background what still reaches the outside, or the largest part of a hole."""
    label = np.pad(label, 1)
    around = rect.grown(1)
    links = _links(np.asarray(line, np.float64) + _ASIDE, around)
    removed = _parts_off(label, links, keeps_larger=keeps_larger, outside=None)
    added = _parts_off(~label, links, keeps_larger=True, outside=(0, 0))
    within = slice(1, -1), slice(1, -1)
    return Cut(added[within], removed[within])


def _links(line: npt.NDArray[np.float64], rect: Rect) -> Coverage:
    """bool [2 x height - 1, 2 x width - 1]: False where the line runs between two neighbouring centres.

    Pixels stand at even places, what joins them between. A line that comes back through the same gap has not cut it.
    """
    open_ = np.ones((2 * rect.height - 1, 2 * rect.width - 1), bool)
    rows, columns = crossings(line, rect)
    real = (columns > 0) & (columns < rect.width)
    np.logical_xor.at(open_, (2 * rows[real], 2 * columns[real] - 1), True)
    turned = Rect(rect.left, rect.top, rect.right, rect.bottom)
    columns, rows = crossings(line[:, ::-1], turned)
    real = (rows > 0) & (rows < rect.height)
    np.logical_xor.at(open_, (2 * rows[real] - 1, 2 * columns[real]), True)
    # The outermost ring is one outside, wherever a line that leaves the image passes.
    open_[[0, -1]] = True
    open_[:, [0, -1]] = True
    return open_


def _parts_off(what: Coverage, links: Coverage, *, keeps_larger: bool, outside: tuple[int, int] | None) -> Coverage:
    """The pixels of `what` that the line cuts off and that border on what is not of it."""
    whole, parts = _components(what), _joined(what, links)
    count = int(parts.max()) + 1
    sizes = np.bincount(parts[what], minlength=count)
    of = np.zeros(count, np.int32)
    of[parts[what]] = whole[what]
    stays = _staying(of, sizes, None if outside is None else int(parts[outside]), keeps_larger=keeps_larger)
    touches = np.zeros(count, bool)
    touches[parts[what & _rim(what)]] = True
    off = touches & ~stays
    off[0] = False
    return off[parts]


def _staying(of: npt.NDArray[np.int32], sizes: npt.NDArray[np.intp], outside: int | None, *,
             keeps_larger: bool) -> Coverage:
    """Which part of each whole stays. of: the whole that a part belongs to; outside: a part that stays in any case."""
    stays = np.zeros(len(of), bool)
    order = np.argsort(sizes if keeps_larger else -sizes, kind="stable")
    order = order[order > 0]
    last = dict(zip(of[order].tolist(), order.tolist(), strict=True))  # the last of each whole is its best
    if outside is not None:
        last[int(of[outside])] = outside
    stays[list(last.values())] = True
    return stays


def _rim(what: Coverage) -> Coverage:
    """Pixels with a neighbour, across an edge, that is not of it."""
    rim = np.zeros(what.shape, bool)
    down, across = what[1:] != what[:-1], what[:, 1:] != what[:, :-1]
    rim[1:] |= down
    rim[:-1] |= down
    rim[:, 1:] |= across
    rim[:, :-1] |= across
    return rim


def _components(what: Coverage) -> Parts:
    import cv2

    labels: Any = cv2.connectedComponents(what.view(np.uint8), connectivity=4, ltype=cv2.CV_32S)[1]
    return np.asarray(labels)


def _joined(what: Coverage, links: Coverage) -> Parts:
    """Components where the links hold."""
    grid = links.copy()
    grid[::2, ::2] = what
    grid[1::2, ::2] &= what[1:] & what[:-1]
    grid[::2, 1::2] &= what[:, 1:] & what[:, :-1]
    grid[1::2, 1::2] = False
    return np.ascontiguousarray(_components(grid)[::2, ::2])
