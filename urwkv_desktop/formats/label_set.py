"""Labels that come from a file: which voxels, and what the file calls them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Finding, Geometry, Message

# The cures that a LabelWish grants.
IN_ORDER = Message("Import it with the order of the file: the later label covers the earlier one.")
RESAMPLE = Message("Import it with resampling: every voxel takes the label that lies nearest.")


@dataclass(frozen=True)
class LabelName:
    """What a file says of one value. code: SNOMED CT, "" where it names none. colour: "#rrggbb" or ""."""

    value: int
    name: str
    code: str = ""
    colour: str = ""


@dataclass(frozen=True, eq=False)
class LabelSet:
    """voxels: uint8 [Z, H, W] on the image's grid, 0 is background; uint16 where a value passes 255.

    names: of the values, where the file has names.
    """

    voxels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
    names: tuple[LabelName, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class LabelTarget:
    """The image that labels are wanted for: its grid, the files it is made of (in the order of its slices, or one),
    and its identity."""

    shape: tuple[int, int, int]
    geometry: Geometry
    files: tuple[str, ...] = ()
    identity: str = ""


@dataclass(frozen=True)
class LabelWish:
    """What a person allows. in_order: labels that overlap cover each other in the file's order, the last on top.

    resample: a mask on another grid is brought to the image's by its nearest voxel. threshold: of a FRACTIONAL
    segmentation, from which share on a voxel belongs to the label.
    """

    in_order: bool = False
    resample: bool = False
    threshold: float = 0.5
