"""What a brush touches with: its form, and how far it reaches in pixels, millimetres and slices."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.choices import Limit, depth_barred, depth_limit
from urwkv_desktop.imaging import Message

SIZES = {"px": (1.0, 1000.0), "mm": (0.1, 500.0)}
_SHARE = 0.05  # of an image's shorter side: a brush for which nobody has chosen a size


def _tick(label: Message, **declared: str) -> Any:
    return field(default=False, metadata={"label": label, "line": "ticks", **declared})


@dataclass(frozen=True)
class StrokeOptions:
    """size: diameter in `unit`; 1 px is exactly one pixel. shape: "disc" or "square".

    is_ball: in 3D, by spacing. by_pressure: a pen that presses lightly makes it smaller.
    """

    size: float = field(default=20.0, metadata={"label": Message("Size"), "bounds": SIZES, "unit_of": "unit"})
    shape: str = field(default="disc", metadata={"label": Message("Shape"), "choices": ("disc", "square"),
                                                 "line": "form"})
    unit: str = field(default="px", metadata={"label": Message("Unit"), "choices": ("px", "mm"), "line": "form",
                                              "words": {"px": Message("px"), "mm": Message("mm")}})
    is_ball: bool = _tick(Message("3D ball"))
    by_pressure: bool = _tick(Message("Pen pressure"), needs="pen")

    def __post_init__(self) -> None:
        if self.unit not in SIZES:
            raise ValueError(f"a unit called {self.unit}")
        low, high = SIZES[self.unit]
        if not low <= self.size <= high:
            raise ValueError(f"a size of {self.size} {self.unit}")
        if self.shape not in ("disc", "square"):
            raise ValueError(f"a shape called {self.shape}")


@dataclass(frozen=True)
class Tip:
    """diameter: in the metric in which a step of a row and of a column is `scale` long; unit: its 1 in millimetres."""

    shape: str
    diameter: float
    scale: tuple[float, float] = (1.0, 1.0)
    unit: float = 1.0

    @property
    def rows(self) -> float:
        return self.diameter / self.scale[0]

    @property
    def columns(self) -> float:
        return self.diameter / self.scale[1]

    @staticmethod
    def of(options: StrokeOptions, scene: Scene) -> "Tip":
        """What the image has no measure for counts in pixels and stays in the slice."""
        true = scene.image.geometry.steps(scene.plane)
        in_mm = options.unit == "mm" and not isinstance(true, Message)
        scale = true if in_mm and not isinstance(true, Message) else (1.0, 1.0)
        if not options.is_ball or depth_barred(scene) is not None:
            return Tip(options.shape, options.size, scale)
        steps = scene.image.geometry.spacing(scene.plane)
        unit = 1.0 if in_mm else min(steps)
        return Tip(options.shape, options.size, (steps[0] / unit, steps[1] / unit), unit)

    def depths(self, options: StrokeOptions, scene: Scene) -> tuple[tuple[int, float], ...]:
        """For each other slice that a ball meets, its index and how far it is away, in the tip's metric."""
        if not options.is_ball or depth_barred(scene) is not None:
            return ()
        return _depths(scene, self.diameter / 2, self.unit)


def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
    """The options with a size that suits the image, where nobody has chosen one; in pixels where it has no mm."""
    barred = isinstance(scene.image.geometry.steps(scene.plane), Message)
    if options.unit == "mm" and barred:
        options, chosen = replace(options, unit="px", size=default_size(scene)), chosen | {"size"}
    if "size" not in chosen and options.unit == "px":
        options = replace(options, size=default_size(scene))
    return options


def default_size(scene: Scene) -> float:
    """Pixels: a share of the plane's shorter side, in whole ones."""
    return float(min(max(3, round(_SHARE * min(scene.size))), 60))


def limits(scene: Scene) -> dict[str, Limit]:
    """What this image does not allow, with the reason."""
    true, flat = scene.image.geometry.steps(scene.plane), depth_limit(scene)
    found = {}
    if isinstance(true, Message):
        found["unit"] = Limit(barred={"mm": true})
    if flat is not None:
        found["is_ball"] = flat
    return found


def _depths(scene: Scene, radius: float, unit: float) -> tuple[tuple[int, float], ...]:
    """(index, distance in units of `unit` mm) of the other slices within the radius."""
    geometry, plane = scene.image.geometry, scene.plane
    count = scene.mask.voxels.shape[plane.axis]
    if plane.axis == 0:
        normal = np.cross(geometry.along_columns, geometry.along_rows)
        places = (geometry.positions - geometry.positions[plane.index]) @ normal
        if not places.any():  # positions that lie in one plane: by the step alone
            places = (np.arange(count) - plane.index) * float(np.linalg.norm(geometry.step))
    else:
        step = geometry.row_spacing if plane.axis == 1 else geometry.column_spacing
        places = (np.arange(count) - plane.index) * step
    away = np.abs(places) / unit
    return tuple((int(k), float(away[k])) for k in np.flatnonzero(away <= radius) if k != plane.index)
