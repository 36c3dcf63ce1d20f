"""The cheapest paths along the edges of an image, inside a window about one place.

A window has the same number of cells whatever the image and the zoom; from 1:1 downwards a cell is what the screen can
tell apart. The search is OpenCV's (intelligent scissors): Mortensen and Barrett, Intelligent Scissors for Image
Composition, 1995.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.values import luminance
from urwkv_desktop.imaging import Rect

Place = tuple[float, float]
# Cells from the middle of a window to its side. The near one takes 1.2 ms to search, and is more than a hand moves in
# one event; the far one takes 15 ms, and is searched on another thread.
NEAR, FAR = 40, 128
_LEAVING = 0.5  # of a far window's reach
_GRIP = 7  # Scene.grip is this many pixels of the screen
_CANNY = (32.0, 100.0)
_BLUR = 1.5  # cells: less than that is grain and no edge
_STEEPEST = 200.0  # a gradient above this is an edge like any other: the brightest does not draw all paths to it


@dataclass(frozen=True)
class EdgeWindow:
    """seed: (row, column), from where the paths lead. rect: image pixels; step: of them a cell's side."""

    seed: Place
    rect: Rect
    step: int
    _scissors: Any

    @staticmethod
    def about(scene: Scene, seed: Place, cells: int = NEAR, step: int = 0) -> "EdgeWindow":
        """step: as `step_of` gives it, asked for now where it is 0."""
        step = step or step_of(scene)
        reach = cells * step
        row, column = int(seed[0] // step) * step, int(seed[1] // step) * step
        rect = Rect(row - reach, column - reach, row + reach + step, column + reach + step)
        rect = rect.intersection(Rect(0, 0, *scene.size))
        scissors = _scissors(_grey(scene, rect, step))
        window = EdgeWindow(seed, rect, step, scissors)
        scissors.buildMap(window._cell(seed))
        return window

    def holds(self, place: Place) -> bool:
        return (self.rect.top <= place[0] < self.rect.bottom) and (self.rect.left <= place[1] < self.rect.right)

    def path(self, to: Place) -> list[Place]:
        """From the seed to `to`, both included; `to` outside of the window: to the nearest place inside."""
        cells = self._scissors.getContour(self._cell(to)).reshape(-1, 2)
        rows = (self.rect.top + (cells[:, 1] + 0.5) * self.step).tolist()
        columns = (self.rect.left + (cells[:, 0] + 0.5) * self.step).tolist()
        way = list(zip(rows, columns, strict=True))
        return [self.seed, *way[1:-1], to if self.holds(to) else way[-1]]

    def is_far(self, place: Place) -> bool:
        """Whether a hand there is likely to leave the window soon."""
        away = max(abs(place[0] - self.seed[0]), abs(place[1] - self.seed[1]))
        return away > _LEAVING * FAR * self.step

    def _cell(self, place: Place) -> tuple[int, int]:
        """(x, y), held inside."""
        down = min(max(int(place[0]), self.rect.top), self.rect.bottom - 1) - self.rect.top
        across = min(max(int(place[1]), self.rect.left), self.rect.right - 1) - self.rect.left
        return across // self.step, down // self.step


def step_of(scene: Scene) -> int:
    """Image pixels of a cell's side, at the zoom of the moment."""
    return max(1, round(scene.grip() / _GRIP))


def _grey(scene: Scene, rect: Rect, step: int) -> npt.NDArray[np.uint8]:
    """What the screen shows of it, one byte a cell: what nobody can see is no edge."""
    import cv2

    thin = max(1, step // 4)  # so many pixels of a cell as its mean needs
    k = scene.plane.index if scene.plane.axis == 0 else 0
    stored = scene.plane.cut(scene.image.pixels)[rect.index][::thin, ::thin]
    values = luminance(stored).astype(np.float32) * scene.image.slope[k] + scene.image.intercept[k]
    rows, columns = -(-rect.height // step), -(-rect.width // step)
    if step > 1:
        values = np.asarray(cv2.resize(values, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
    low = scene.window.centre - scene.window.width / 2
    shown = np.nan_to_num((values - low) * (255 / scene.window.width)).clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(shown)


def _scissors(grey: npt.NDArray[np.uint8]) -> Any:
    import cv2

    scissors = cv2.segmentation.IntelligentScissorsMB()
    scissors.setEdgeFeatureCannyParameters(*_CANNY)
    scissors.setGradientMagnitudeMaxLimit(_STEEPEST)
    scissors.applyImage(cv2.GaussianBlur(grey, (0, 0), _BLUR))
    return scissors
