"""The mask of a neighbouring slice, or of another case, offered for this one."""

from dataclasses import dataclass, field

import numpy as np

from urwkv_desktop.editing.distance import Bools
from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import may_change, plane_box, tight_edit, whole
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import Box, Message, Plane

_WORDS = {"active": Message("Active label"), "all": Message("All labels")}

# More voxels than this are compared elsewhere.
_AT_ONCE = 1 << 20


@dataclass(frozen=True, eq=False)
class CopyOptions:
    """what: "active" (the active label becomes as it is there) or "all" (every label does)."""

    what: str = field(default="active", metadata={"label": Message("Labels"), "choices": tuple(_WORDS),
                                                  "words": _WORDS})

    def __post_init__(self) -> None:
        if self.what not in ("active", "all"):
            raise ValueError(f"labels called {self.what}")


@dataclass(frozen=True, eq=False)
class CopyCaseOptions(CopyOptions):
    """voxels: the other case's label ids, [Z, H, W]; filled in by whoever can read them."""

    voxels: Voxels | None = None


def copy_previous_slice(scene: Scene, options: CopyOptions) -> Suggestion | Work | None:
    """None at the first slice, or where both are alike."""
    return _from_slice(scene, options, scene.plane.index - 1, Message("copied from the previous slice"))


def copy_next_slice(scene: Scene, options: CopyOptions) -> Suggestion | Work | None:
    """None at the last slice, or where both are alike."""
    return _from_slice(scene, options, scene.plane.index + 1, Message("copied from the next slice"))


def copy_case(scene: Scene, options: CopyCaseOptions) -> Suggestion | Work | None:
    """None where both are alike. Raises ValueError where the other case has another shape."""
    if options.voxels is None:
        return None
    if options.voxels.shape != scene.mask.voxels.shape:
        raise ValueError(f"a mask of {options.voxels.shape} for one of {scene.mask.voxels.shape}")
    return _offered(scene, options, whole(scene), options.voxels, Message("copied from the previous case"))


def _from_slice(scene: Scene, options: CopyOptions, index: int, name: Message) -> Suggestion | Work | None:
    axis, voxels = scene.plane.axis, scene.mask.voxels
    if not 0 <= index < voxels.shape[axis]:
        return None
    box = plane_box(scene)
    there: Voxels = Plane(axis, index).cut(voxels).reshape(box.shape).copy()  # type: ignore[assignment]
    return _offered(scene, options, box, there, name)


def _offered(scene: Scene, options: CopyOptions, box: Box, there: Voxels, name: Message) -> Suggestion | Work | None:
    if options.what == "active" and not may_change(scene):
        return None
    before, table, active = scene.mask.voxels[box.index].copy(), _table(scene, options), scene.active
    known = np.asarray([0, *(label.id for label in scene.labels)])
    reader = scene.reader

    def run(stop: Stop = never) -> Suggestion | None:
        wanted = _as_there(before, there, active if options.what == "active" else None)
        may = np.isin(wanted, known)  # a label that has been deleted is copied from nowhere
        if table is not None:
            may &= table[before]
        edit = tight_edit(box, before, np.where(may, wanted, before), Message("Copy"), "copy", reader)
        return None if edit is None else _suggested(name, edit)

    return run() if before.size <= _AT_ONCE else Work(Message("Copy"), run)


def _as_there(before: Voxels, there: Voxels, active: int | None) -> Voxels:
    """active: the one label that becomes as it is there; all of them without one."""
    if active is None:
        return there
    here: Voxels = np.where(before == active, before.dtype.type(0), before)
    return np.where(there == active, there, here)


def _table(scene: Scene, options: CopyOptions) -> Bools | None:
    """Which ids may be overwritten: the active label is what is copied, so it may become less, too."""
    table = scene.writable(adds=True, begun_on=0)
    if table is not None and options.what == "active":
        table[scene.active] = True
    return table


def _suggested(name: Message, edit: MaskEdit) -> Suggestion:
    return Suggestion(name, (edit,))
