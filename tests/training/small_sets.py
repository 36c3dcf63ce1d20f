"""Small folders of pictures with masks, made by the tests themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

RECIPE = """
name = "discs"
seed = 3
precision = "float32"
validate_every = 1
threads = 1
channels = [{ name = "Disc" }]

[network]
graph = "with2x4"
variant = "small"

[input]
width = 32
height = 32

[[stages]]
epochs = 1
size = 16

[[stages]]
epochs = 2
size = 32

[optimiser]
batch = 2
"""


def disc(size: int, row: int, column: int, radius: int) -> np.ndarray:
    rows, columns = np.mgrid[:size, :size]
    return ((rows - row) ** 2 + (columns - column) ** 2 <= radius**2).astype(np.uint8)


def write_set(folder: Path, groups: Sequence[str], folds: Sequence[int], *, size: int = 40) -> Path:
    """One bright disc a picture; the last picture has none. Rows of folds.csv with group and fold."""
    (folder / "images").mkdir(parents=True)
    (folder / "masks").mkdir()
    lines = ["image,mask,class,group,fold"]
    for number, (group, fold) in enumerate(zip(groups, folds, strict=True)):
        rng = np.random.default_rng(number)
        truth = disc(size, 12 + number, 20, 8) if number < len(groups) - 1 else np.zeros((size, size), np.uint8)
        picture = (60 + 120 * truth + rng.integers(0, 30, truth.shape)).astype(np.uint8)
        Pillow.fromarray(picture).save(folder / "images" / f"case_{number}.png")
        Pillow.fromarray(truth * 255).save(folder / "masks" / f"case_{number}.png")
        lines.append(f"images/case_{number}.png,masks/case_{number}.png,disc,{group},{fold}")
    (folder / "folds.csv").write_text("\n".join(lines) + "\n")
    return folder


def write_recipe(folder: Path, text: str = RECIPE) -> Path:
    path = folder / "discs.toml"
    path.write_text(text)
    return path
