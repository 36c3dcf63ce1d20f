"""What every operation is: a plain function of a Scene and its options, with what the menus show of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.region import may_change
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message

Answer = MaskEdit | Suggestion | Work | None


@dataclass(frozen=True)
class Operation:
    """icon: a qtawesome name. Options: a frozen dataclass whose fields carry label, unit, min, max or choices.

    wants: what else is filled in: "point" (a place in the plane), "previous case" (its mask), "" for nothing.
    needs: what it cannot do without: "label" (one that is neither locked nor hidden), "slices", "network".
    """

    id: str
    icon: str
    name: Message
    says: Message
    Options: type[Any]
    run: Callable[[Scene, Any], Answer]
    wants: str = ""
    needs: tuple[str, ...] = ("label",)

    @property
    def action(self) -> str:
        return f"operation.{self.id}"

    def refusal(self, scene: Scene) -> Message | None:
        """Why it can do nothing here; None where it may."""
        if "network" in self.needs and (scene.prediction is None or not scene.prediction.slices):
            return Message("No network has looked at this image yet.")
        if "slices" in self.needs and scene.mask.voxels.shape[scene.plane.axis] < 2:
            return Message("This image has one slice only.")
        return _label_refusal(scene) if "label" in self.needs and not may_change(scene) else None


def _label_refusal(scene: Scene) -> Message:
    label = scene.labels.get(scene.active)
    if label is None:
        return Message("There is no label to work on.")
    if not label.visible:
        return Message("{label} is hidden: show it first.", label=label.name)
    return Message("{label} is locked and stays as it is", label=label.name)
