"""One label id per voxel of one Image."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(eq=False)
class Mask:
    """voxels: uint8 [Z, H, W] on the image's grid (uint16 once an id passes 255); 0 is background.

    It changes by `editing.MaskEdit` only.
    """

    voxels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

    @staticmethod
    def empty(shape: tuple[int, int, int]) -> "Mask":
        return Mask(np.zeros(shape, np.uint8))

    def widen(self) -> None:
        """uint16 from now on, for ids above 255."""
        if self.voxels.dtype != np.uint16:
            self.voxels = self.voxels.astype(np.uint16)
