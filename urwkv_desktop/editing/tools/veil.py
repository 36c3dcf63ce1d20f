"""What a tool would take of a plane wherever the hand went, for the canvas to show: values, and the band within."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.scene import Scene


@dataclass(frozen=True, eq=False)
class Grid:
    """Values on a grid of their own, bilinear between its cells, as `Prediction.logits` samples them.

    layers: float32 [K, h, w]. placement: what of the grid the plane covers (top, left, bottom, right, in its cells).
    size: (rows, columns) of the plane. reduce: float32 [K, ...] -> [...], the value that the band speaks of.
    """

    layers: npt.NDArray[np.float32]
    placement: tuple[float, float, float, float]
    size: tuple[int, int]
    reduce: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Veil:
    """low, high: both ends count, in the values of the grid, or in the image's stored values where there is none.

    source: what is looked at; equal for veils of the same values, whatever the band. grid: of it, made when it is asked
    for.
    """

    low: float
    high: float
    source: tuple[object, ...]
    grid: Callable[[], Grid] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for veils that show the same."""
        return self.source, self.low, self.high


@runtime_checkable
class Veiled(Protocol):
    """A tool that shows what it would take."""

    @staticmethod
    def veil(options: Any, scene: Scene) -> Veil | None: ...
