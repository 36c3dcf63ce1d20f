"""The learning curve as a picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from urwkv_desktop.training.state_files import replace

Row = Mapping[str, float | int | str]


def draw_curve(rows: Sequence[Row], path: Path) -> None:
    """Loss, and IoU and Dice where it was validated, by epoch; PNG. Raises OSError where it cannot be written."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    left = figure.add_subplot()
    epochs = [int(row["epoch"]) for row in rows]
    left.plot(epochs, [float(row["loss"]) for row in rows], color="#8a8f98", linewidth=1.2, label="loss")
    left.set_xlabel("epoch")
    left.set_ylabel("loss")
    right = left.twinx()
    right.set_ylim(0, 1)
    right.set_ylabel("validation")
    measured = [row for row in rows if row.get("iou") not in (None, "")]
    when = [int(row["epoch"]) for row in measured]
    for name, title, colour in (("iou", "IoU", "#d97706"), ("dice", "Dice", "#2563eb")):
        values = [float(row[name]) for row in measured]
        right.plot(when, values, color=colour, marker="o", markersize=3, linewidth=1.6, label=title)
    for epoch, before, after in zip(epochs[1:], rows, rows[1:], strict=False):
        if before["size"] != after["size"]:
            left.axvline(epoch - 0.5, color="#d0d3d8", linewidth=0.8)
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    replace(path, stream.getvalue())
