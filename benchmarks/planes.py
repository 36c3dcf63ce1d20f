"""What a step through a volume costs, along each of its axes, alone and with three planes on the screen.

And a picture whose mask is compared with the network's answer, or has its probability laid over it.
"""

from collections.abc import Callable
from typing import Any

from benchmarks.timing import EVENTS, Times
from benchmarks.window import Bench, picture, volume


def rows() -> list[dict[str, Any]]:
    """p95 and median of each, ms from the event's arrival until it is painted."""
    bench = Bench()
    found: dict[str, Times] = {}
    bench.show(volume())
    for axis, name in enumerate("kji"):
        bench.view.set_axis(axis)
        bench.settle()
        found[f"slice.p95.{name}"] = bench.slices()
    bench.view.set_axis(0)
    bench.planes.toggle()
    bench.settle()
    found["slice.p95.planes"] = bench.slices()
    found["cross.p95.planes"] = _cross(bench)
    found["brush.p95.planes"] = bench.stroke()
    bench.planes.toggle()
    bench.show(volume(1000))
    bench.view.set_axis(2)
    bench.settle()
    found["slice.p95.i.1000"] = bench.slices()
    bench.show(_answered(4096))
    bench.planes.toggle_split()
    found["split.p95.4096"] = bench.window_drag()
    bench.planes.toggle_split()
    bench.planes.next_heat()
    found["heat.p95.4096"] = bench.window_drag()
    return [row for name, times in found.items() for row in times.rows(name)]


def _cross(bench: Bench) -> Times:
    """The cross-hair drawn across the large plane: the two others show another slice each time."""
    from urwkv_desktop.imaging import ImagePoint

    def to(n: int) -> Callable[[], None]:
        return lambda: bench.view.set_cross(ImagePoint(150.5 + n % 200, 120.5 + n % 230))

    return bench.timed([to(n) for n in range(EVENTS)])


def _answered(size: int) -> Any:
    """A picture with an answer of the network, of which a hand took a part away, and its logits."""
    import numpy as np

    from urwkv_desktop.editing.edits import Answer, MaskEdit
    from urwkv_desktop.imaging import Box, Channel, Message, Origin, Prediction, SliceLogits

    document = picture(size)
    box = Box(0, size // 8, size // 8, 1, size // 3, size // 3)
    before = document.mask.voxels[box.index].copy()
    document.apply(MaskEdit(Message("Prediction"), "network", 0, 0, box, before, np.ones_like(before), Origin.network,
                            answer=Answer("busi", "0" * 64, (0,))))
    grid = np.random.default_rng(1).integers(-90, 90, (1, 256, 256)).astype(np.int8)
    document.prediction = Prediction("busi", "0" * 64, "sigmoid", (Channel("Lesion"),), (1,), (size, size),
                                     {0: SliceLogits(grid, (0.0, 0.0, 256.0, 256.0))})
    return document
