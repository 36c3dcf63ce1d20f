"""Small NIfTI volumes with two labels, made by the tests themselves."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np

RECIPE = """
name = "pair"
seed = 3
precision = "float32"
validate_every = 1
threads = 1
activation = "softmax"
channels = [{ name = "Front" }, { name = "Back" }]

[suits]
dimension = "slices"
plane = "axial"

[network]
graph = "with2x4"
variant = "small"
num_classes = 3

[input]
width = 16
height = 16
resize = "letterbox"
plane = "axial"
intensity = { kind = "percentiles", low = 1.0, high = 99.0 }

[[stages]]
epochs = 1
size = 16

[optimiser]
batch = 4
"""

SHAPE = (9, 14, 5)  # voxels along x, y, z


def write_volumes(folder: Path, folds: tuple[int, ...]) -> Path:
    """Two blocks a volume in the middle slices, label 1 towards the front (+y, R-A-S), label 2 behind."""
    for part in ("images", "labels"):
        (folder / part).mkdir(parents=True)
    lines = ["image,mask,group,fold"]
    for number, fold in enumerate(folds):
        truth = np.zeros(SHAPE, np.uint8)
        truth[2:7, 8:13, 1:4], truth[2:7, 2:7, 1:4] = 1, 2
        noise = np.random.default_rng(number).normal(0, 20, SHAPE)
        values = ((number + 1) * (100 + 300.0 * (truth == 1) + 500.0 * (truth == 2) + noise)).astype(np.float32)
        for part, array in (("images", values), ("labels", truth)):
            nibabel.save(nibabel.Nifti1Image(array, np.eye(4)), folder / part / f"v{number}.nii.gz")
        lines.append(f"images/v{number}.nii.gz,labels/v{number}.nii.gz,s{number},{fold}")
    (folder / "folds.csv").write_text("\n".join(lines) + "\n")
    return folder
