"""What can be done to a case and to the labels. Applying a MaskEdit or its reverse is the only way a mask changes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Box, Flag, Label, Mask, Message, Origin, Status

Voxels = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
# Tools of a mask that lay beside the images, and of one that a person named.
FOUND, ASKED_FOR = "import", "import by hand"
NO_BOX = Box(0, 0, 0, 0, 0, 0)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Answer:
    """Which answer of a network (or imported mask) an edit brings.

    model, weights_sha256: the card's name and hash; of an imported mask the file's name and "". slices: those whose
    whole content this edit is, empty answers included. offered: slices that a hand had touched; they wait as a
    Suggestion.
    """

    model: str
    weights_sha256: str
    slices: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class MaskEdit:
    """One box of a mask. before, after: label ids [k, j, i], the box's shape, uint8 (uint16 for ids above 255).

    tool: what the menu shows after "Undo". group: undo and redo move by group. layer: 0 for now. time: UTC.
    An edit with an answer holds, in its box, every voxel of the answer's slices that is not 0 before or after.
    """

    tool: Message
    tool_id: str
    group: int
    layer: int
    box: Box
    before: Voxels
    after: Voxels
    origin: Origin = Origin.hand
    reader: str = ""
    time: datetime = field(default_factory=now)
    answer: Answer | None = None

    def __post_init__(self) -> None:
        if self.before.shape != self.box.shape or self.after.shape != self.box.shape:
            raise ValueError(f"arrays of {self.before.shape} and {self.after.shape} in a box of {self.box.shape}")

    def apply(self, mask: Mask) -> None:
        _write(mask, self.box, self.after)

    def reverse(self, mask: Mask) -> None:
        _write(mask, self.box, self.before)


@dataclass(frozen=True)
class StatusEdit:
    """Accepted, or reopened with any other status: then the mask's own history says what the status is."""

    status: Status
    group: int = 0
    reader: str = ""
    time: datetime = field(default_factory=now)


@dataclass(frozen=True)
class FlagEdit:
    """The marks from now on: flagged with its comment, excluded."""

    flag: Flag
    group: int = 0
    reader: str = ""
    time: datetime = field(default_factory=now)


@dataclass(frozen=True)
class MeasureEdit:
    """A measurement made or taken away. points: (row, column) in the plane; its numbers are recomputed, never stored.

    kind: "length" or "area". axis, index: of the plane. removes: group of the MeasureEdit that this one takes away.
    """

    kind: str
    points: tuple[tuple[float, float], ...]
    axis: int
    index: int
    label: str = ""
    removes: int | None = None
    group: int = 0
    reader: str = ""
    time: datetime = field(default_factory=now)


@dataclass(frozen=True)
class LabelEdit:
    """One label added (before is None), changed, or deleted (after is None). place: its row in the panel."""

    before: Label | None
    after: Label | None
    place: int
    reader: str = ""
    time: datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a label edit changes nothing")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise ValueError("a label keeps its id")


Edit = MaskEdit | StatusEdit | FlagEdit | MeasureEdit


def name_of(edit: StatusEdit | FlagEdit | MeasureEdit) -> Message:
    """What the history shows for an edit that names no tool of its own."""
    if isinstance(edit, StatusEdit):
        return Message("Accept") if edit.status is Status.accepted else Message("Reopen")
    if isinstance(edit, MeasureEdit):
        return Message("Measurement") if edit.removes is None else Message("Remove a measurement")
    if edit.flag.excluded:
        return Message("Exclude")
    return Message("Flag") if edit.flag.flagged else Message("Clear the marks")


def _write(mask: Mask, box: Box, values: Voxels) -> None:
    if box.is_empty:
        return
    if values.dtype == np.uint16:
        mask.widen()
    mask.voxels[box.index] = values
