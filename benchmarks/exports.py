"""How long a segmentation takes until it stands proven on the disk: 300 x 512 x 512, five segments."""

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SLICES, SIDE, SEGMENTS = 300, 512, 5
ROW = "export.seg.s.300x512x512"


def rows() -> list[dict[str, Any]]:
    from urwkv_desktop.formats.export import export
    from urwkv_desktop.formats.reading import index, read

    with tempfile.TemporaryDirectory() as made:
        folder, out = Path(made) / "series", Path(made) / "out"
        _series(folder)
        source, = index(folder)
        image = read(folder, source)
        case = _case(folder, source, image, _mask())
        start = time.perf_counter()
        report = export([case], out, ["dicom-seg"], program={"name": "urwkv-desktop", "version": "0"})
        seconds = time.perf_counter() - start
        if report.refused:
            return [{"row": ROW, "why": str(report.refused[0][1])}]
    return [{"row": ROW, "figure": seconds}]


def _mask() -> npt.NDArray[np.uint8]:
    """Five organs side by side, each a ball in most of the slices."""
    mask = np.zeros((SLICES, SIDE, SIDE), np.uint8)
    down, across = np.mgrid[:SIDE, :SIDE]
    for number in range(SEGMENTS):
        for k in range(20, SLICES - 20):
            radius = 45 * np.sin(np.pi * (k - 20) / (SLICES - 40))
            mask[k][(down - 60 - 95 * number) ** 2 + (across - 256) ** 2 < radius**2] = number + 1
    return mask


def _series(folder: Path) -> None:
    from tests.formats.builders import slices

    slices(folder, [float(k) for k in range(SLICES)], pixels=np.zeros((SIDE, SIDE), np.int16), StudyInstanceUID="1.2.3",
           FrameOfReferenceUID="1.2.3.4", SliceThickness="1")


def _case(folder: Path, source: Any, image: Any, mask: npt.NDArray[np.uint8]) -> Any:
    from tests.formats.builders import case
    from urwkv_desktop.imaging import PALETTE, Label, Labels

    labels = Labels(tuple(Label(number + 1, f"Organ {number + 1}", PALETTE[number]) for number in range(SEGMENTS)))
    return case("series", image, mask, labels=labels, root=folder, format=source.format, part=source.part,
                source_files=source.files, model_version="1", threshold="0.5")
