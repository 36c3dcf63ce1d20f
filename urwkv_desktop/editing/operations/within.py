"""What an operation works on: the active label, in the plane, inside a lasso or everywhere; and what comes of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from urwkv_desktop.editing.answer import filled_box
from urwkv_desktop.editing.distance import Bools, Steps
from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import may_change, plane_box, reached, tight_edit
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools.choices import Limit
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import Box, Message, Plane, ThirdAxis

_WHERE = {"slice": Message("This slice"), "volume": Message("Every slice"), "lasso": Message("Inside a lasso")}

# What is expected to take longer is Work.
_NANOSECONDS = 3_000_000


@dataclass(frozen=True, eq=False)
class Piece:
    """inside: the label in a picture [rows, columns] or a body [k, j, i]. steps: what a pixel measures along each axis.

    corner: where the array begins in the plane or the mask.
    """

    inside: Bools
    steps: Steps
    corner: tuple[int, ...]


# Answers the label anew, as an array of the piece's shape.
Change = Callable[[Piece], Bools]


@dataclass(frozen=True, eq=False)
class WhereOptions:
    """where: "slice", "volume", or "lasso": then region, bool [rows, columns] of the plane, is what it went round."""

    where: str = field(default="slice", metadata={"label": Message("Where"), "choices": ("slice", "volume", "lasso"),
                                                  "words": _WHERE})
    region: Bools | None = None

    def __post_init__(self) -> None:
        if self.where not in ("slice", "volume", "lasso"):
            raise ValueError(f"a place called {self.where}")


@dataclass(frozen=True, eq=False)
class Part:
    """A copy of what the operation may change, so that it can be worked on anywhere.

    box: in the mask; ids: [k, j, i] of it. table: which ids may become the label (None: all). steps: along k, j, i.
    axis: across the planes. is_solid: all of it is one body; otherwise each plane is a picture of its own.
    """

    box: Box
    ids: Voxels
    label: int
    table: Bools | None
    steps: tuple[float, float, float]
    axis: int
    is_solid: bool
    region: Bools | None
    reader: str

    def edit(self, change: Change, margin: tuple[int, int, int], tool: Message, tool_id: str) -> MaskEdit | None:
        """margin: how far along k, j, i the label may come to lie from where it is."""
        inside = np.asarray(self.ids == self.label)
        near = _grown(filled_box(inside), margin, inside.shape)
        if near.is_empty:
            return None
        k, j, i = self.box.k0 + near.k0, self.box.j0 + near.j0, self.box.i0 + near.i0
        inside, ids = inside[near.index], self.ids[near.index]
        wanted = self._changed(inside, (k, j, i), change)
        may = wanted if self.table is None else wanted & self.table[ids]
        after = np.where(may & ~inside, ids.dtype.type(self.label) if self.label < 256 else np.uint16(self.label), ids)
        after[inside & ~wanted] = 0
        if self.region is not None:
            after = np.where(self._region()[near.index], after, ids)
        place = Box(k, j, i, k + near.shape[0], j + near.shape[1], i + near.shape[2])
        return tight_edit(place, ids, after, tool, tool_id, self.reader)

    def _changed(self, inside: Bools, corner: tuple[int, int, int], change: Change) -> Bools:
        if self.is_solid:
            return change(Piece(inside, self.steps, corner))
        rows, columns = (axis for axis in range(3) if axis != self.axis)
        wanted = np.zeros_like(inside)
        for index in range(inside.shape[self.axis]):
            cut = Plane(self.axis, index).cut
            one = np.ascontiguousarray(cut(inside)).astype(bool, copy=False)
            if one.any():
                piece = Piece(one, (self.steps[rows], self.steps[columns]), (corner[rows], corner[columns]))
                cut(wanted)[...] = change(piece)
        return wanted

    def _region(self) -> Bools:
        assert self.region is not None
        low, high = (self.box.k0, self.box.j0, self.box.i0), (self.box.k1, self.box.j1, self.box.i1)
        rows, columns = (axis for axis in range(3) if axis != self.axis)
        return self.region[low[rows]:high[rows], low[columns]:high[columns]].reshape(self.box.shape)


def relabel(scene: Scene, options: WhereOptions, change: Change, tool: Message, tool_id: str, *, cost: float,
            reach: float = 0.0, unit: str = "px", is_solid: bool = True, on_background: bool = False,
            ) -> MaskEdit | Work | None:
    """The active label as `change` makes it; None where nothing would change.

    reach: how far it may grow, in the unit. cost: nanoseconds a voxel. is_solid: whether a volume is one body.
    on_background: whatever the paint rule, other labels stay; those that are locked or hidden always do. Raises
    ValueError for mm where the image has none.
    """
    if not may_change(scene):
        return None
    steps = steps_of(scene, unit)
    if steps is None:
        raise ValueError("this image states no millimetres")
    is_volume = options.where == "volume"
    margin = tuple(math.floor(reach / step * (1 + 1e-6)) for step in steps)
    box = reached(scene, None if is_volume else plane_box(scene), (margin[0], margin[1], margin[2]))
    if box.is_empty:
        return None
    painting = replace(scene, rule=PaintRule.background) if on_background else scene
    part = Part(box, scene.mask.voxels[box.index].copy(), scene.active, painting.writable(adds=True, begun_on=0), steps,
                scene.plane.axis, is_volume and is_solid and has_depth(scene), options.region, scene.reader)

    def run(stop: Stop = never) -> MaskEdit | None:
        return part.edit(change, (margin[0], margin[1], margin[2]), tool, tool_id)

    return run() if part.ids.size * cost < _NANOSECONDS else Work(tool, run)


def has_depth(scene: Scene) -> bool:
    """Whether neighbouring slices are neighbours in space."""
    return scene.image.shape[0] > 1 and scene.image.geometry.third_axis is ThirdAxis.space


def steps_of(scene: Scene, unit: str) -> tuple[float, float, float] | None:
    """What a voxel measures along k, j, i; None for mm where the image has none."""
    if unit == "px":
        return 1.0, 1.0, 1.0
    geometry = scene.image.geometry
    slices = geometry.steps(Plane(0, 0))
    if isinstance(slices, Message) or isinstance(geometry.steps(scene.plane), Message):
        return None
    return geometry.spacing(Plane(1, 0))[0], *slices


def _grown(box: Box, by: tuple[int, int, int], shape: tuple[int, ...]) -> Box:
    if box.is_empty:
        return box
    return Box(max(0, box.k0 - by[0]), max(0, box.j0 - by[1]), max(0, box.i0 - by[2]),
               min(shape[0], box.k1 + by[0]), min(shape[1], box.j1 + by[1]), min(shape[2], box.i1 + by[2]))


def fitted(options: Any, scene: Scene) -> Any:
    """The options as far as this image allows them: in the slice where it has one only, in pixels without mm."""
    changed: dict[str, str] = {}
    barred = limits(scene)
    for name, limit in barred.items():
        if getattr(options, name, None) in limit.barred:
            changed[name] = "px" if name == "unit" else "slice"
    return replace(options, **changed) if changed else options


def limits(scene: Scene) -> dict[str, Limit]:
    """What of the options this image does not allow, with the reason; by field."""
    found = {}
    steps = scene.image.geometry.steps(scene.plane)
    if isinstance(steps, Message):
        found["unit"] = Limit(barred={"mm": steps})
    if scene.mask.voxels.shape[scene.plane.axis] == 1:
        found["where"] = Limit(barred={"volume": Message("This image has one slice only.")})
    return found


def length_field(default: float, low: float, high: float, label: Message) -> Any:
    """An option whose value counts in what the field `unit` says, px or mm, from low to high in both."""
    return field(default=default, metadata={"unit_of": "unit", "min": low, "max": high, "label": label,
                                            "bounds": {"px": (low, high), "mm": (low, high)}, "line": ""})


def unit_field(area: bool = False) -> Any:
    """The option `unit`, "px" or "mm"; area: said as mm²."""
    words = {"px": Message("px"), "mm": Message("mm²") if area else Message("mm")}
    return field(default="px", metadata={"choices": ("px", "mm"), "words": words, "label": Message("Unit")})
