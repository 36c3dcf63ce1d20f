"""An evaluation as a table: one line a case, for a spreadsheet or for statistics elsewhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from urwkv_desktop.training.scores import Evaluation
from urwkv_desktop.training.state_files import replace

_COLUMNS = ("id", "class", "group", "flags", "empty", "dice", "iou", "hd95", "surface_dice", "added_path_pixels",
            "truth_share", "drawn_pixels_of_empty", "distance_unit", "labels")


def write_csv(found: Evaluation, path: Path) -> None:
    """Images with something to find first, then those whose truth is empty. A figure that does not exist stays blank.

    labels: label:dice of each one that the truth holds. Raises OSError where it cannot be written.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for case in found.cases:
        labels = " ".join(f"{one.label}:{one.dice:.4f}" for one in case.labels)
        figures = (case.dice, case.iou, case.hd95, case.surface_dice, case.added_path, case.truth_share)
        table.writerow((case.id, case.kind, case.group, case.flags, 0, *map(_figure, figures), "", found.hd95_unit,
                        labels))
    for empty in found.empty_cases:
        table.writerow((empty.id, empty.kind, empty.group, empty.flags, 1, *[""] * 6, empty.drawn, "", ""))
    replace(path, text.getvalue().encode())


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
