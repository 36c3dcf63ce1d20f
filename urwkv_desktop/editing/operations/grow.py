"""Grow and shrink by the Euclidean distance: the label takes, or gives up, what lies at most so far from its edge."""

from dataclasses import dataclass
from typing import Any

from urwkv_desktop.editing.distance import Bools, within
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.within import Piece, WhereOptions, length_field, relabel, unit_field
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message

# Nanoseconds a pixel: a small disc laid on each, or distances (60 in a volume).
_COST = 25.0


@dataclass(frozen=True, eq=False)
class GrowOptions(WhereOptions):
    """distance: between the centres of pixels. A volume whose slices lie in space grows through them, too."""

    distance: float = length_field(2.0, 0.1, 100.0, Message("Distance"))
    unit: str = unit_field()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 < self.distance <= 100 or self.unit not in ("px", "mm"):
            raise ValueError(f"a distance of {self.distance} {self.unit}")


def grow(scene: Scene, options: GrowOptions) -> MaskEdit | Work | None:
    """None where nothing would change. Raises ValueError for mm where the image has none."""
    def change(piece: Piece) -> Bools:
        return within(piece.inside, options.distance, piece.steps)

    return relabel(scene, options, change, Message("Grow"), "grow", cost=_COST, **_reach(options))


def shrink(scene: Scene, options: GrowOptions) -> MaskEdit | Work | None:
    """None where nothing would change. The border of the image is no edge. Raises ValueError as grow does."""
    def change(piece: Piece) -> Bools:
        return piece.inside & ~within(~piece.inside, options.distance, piece.steps)

    return relabel(scene, options, change, Message("Shrink"), "shrink", cost=_COST, **_reach(options))


def _reach(options: GrowOptions) -> dict[str, Any]:
    return {"reach": options.distance, "unit": options.unit}
