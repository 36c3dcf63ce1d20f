"""What has no drag: one file each, (Scene, options) -> MaskEdit, Suggestion or Work; None where nothing would change.

OPERATIONS: in the order of the menu; None is a line between two groups. Menu, palette and options build themselves.
"""

from urwkv_desktop.editing.operations.back_to_network import BackToNetworkOptions, back_to_network
from urwkv_desktop.editing.operations.clear_label import ClearLabelOptions, clear_label
from urwkv_desktop.editing.operations.copying import (
    CopyCaseOptions,
    CopyOptions,
    copy_case,
    copy_next_slice,
    copy_previous_slice,
)
from urwkv_desktop.editing.operations.fill_holes import FillHolesOptions, fill_holes
from urwkv_desktop.editing.operations.grow import GrowOptions, grow, shrink
from urwkv_desktop.editing.operations.interpolate import InterpolateOptions, interpolate
from urwkv_desktop.editing.operations.islands import (
    DropIslandsOptions,
    KeepIslandOptions,
    drop_small,
    keep_island,
    keep_largest,
)
from urwkv_desktop.editing.operations.operation import Answer, Operation
from urwkv_desktop.editing.operations.smooth import SmoothOptions, smooth
from urwkv_desktop.editing.operations.within import WhereOptions
from urwkv_desktop.imaging import Message

MENU: tuple[Operation | None, ...] = (
    Operation("keep_island", "mdi6.cursor-default-click-outline", Message("Keep one island"),
              Message("The island that is pointed at stays, the others of the label go."),
              KeepIslandOptions, keep_island, wants="point"),
    Operation("keep_largest", "mdi6.circle-slice-8", Message("Keep the largest island"),
              Message("The largest island of the label stays, the others go."), WhereOptions, keep_largest),
    Operation("drop_small", "mdi6.dots-hexagon", Message("Drop small islands"),
              Message("Islands of the label below a size go."), DropIslandsOptions, drop_small),
    None,
    Operation("fill_holes", "mdi6.circle-double", Message("Fill holes"),
              Message("Background that the label encloses becomes the label."), FillHolesOptions, fill_holes),
    Operation("smooth", "mdi6.blur", Message("Smooth"),
              Message("The outline is rounded by a disc."), SmoothOptions, smooth),
    Operation("grow", "mdi6.arrow-expand-all", Message("Grow"),
              Message("The label takes what lies at most so far from it."), GrowOptions, grow),
    Operation("shrink", "mdi6.arrow-collapse-all", Message("Shrink"),
              Message("The label gives up what lies at most so far from its edge."), GrowOptions, shrink),
    None,
    Operation("interpolate", "mdi6.layers-plus", Message("Interpolate between slices"),
              Message("Every gap between two drawn slices of the label is filled, as a suggestion."),
              InterpolateOptions, interpolate, needs=("label", "slices")),
    Operation("copy_previous_slice", "mdi6.arrow-down-bold-box-outline", Message("Copy from the previous slice"),
              Message("The mask of the slice before, as a suggestion."), CopyOptions, copy_previous_slice,
              needs=("label", "slices")),
    Operation("copy_next_slice", "mdi6.arrow-up-bold-box-outline", Message("Copy from the next slice"),
              Message("The mask of the slice after, as a suggestion."), CopyOptions, copy_next_slice,
              needs=("label", "slices")),
    Operation("copy_case", "mdi6.content-copy", Message("Copy from the previous case"),
              Message("The mask of the case before in the list, as a suggestion."), CopyCaseOptions, copy_case,
              wants="previous case"),
    None,
    Operation("back_to_network", "mdi6.history", Message("Back to the network"),
              Message("The network's answer again, over all labels that are neither locked nor hidden."),
              BackToNetworkOptions, back_to_network, needs=("network",)),
)
OPERATIONS: tuple[Operation, ...] = tuple(operation for operation in MENU if operation is not None)

__all__ = [
    "MENU", "OPERATIONS", "Answer", "BackToNetworkOptions", "ClearLabelOptions", "CopyCaseOptions", "CopyOptions",
    "DropIslandsOptions", "FillHolesOptions", "GrowOptions", "InterpolateOptions", "KeepIslandOptions", "Operation",
    "SmoothOptions", "WhereOptions", "back_to_network", "clear_label", "copy_case", "copy_next_slice",
    "copy_previous_slice", "drop_small", "fill_holes", "grow", "interpolate", "keep_island", "keep_largest", "shrink",
    "smooth",
]
