"""The training layout: images/, masks/ and a table of cases, which `urwkv-desktop train --data` takes as it is."""

from collections.abc import Mapping

import numpy as np

from urwkv_desktop.formats.writing import nifti, png
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.names import Names, table_id
from urwkv_desktop.formats.writing.proven import Written
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.tables import write_csv
from urwkv_desktop.imaging import Image

TABLE = "cases.csv"
COLUMNS = ("id", "group", "split", "status", "reader", "label_counts", "changed", "measurements", "model",
           "weights_sha256", "image_sha256", "mask_sha256")


class TrainingSet:
    """Writes image and mask of each case as it comes; `finish` lists them."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._ids, self._version = means.outlet, Names(), means.version
        self._rows: list[Mapping[str, str]] = []

    def add(self, name: str, case: ExportCase) -> tuple[Written, Written]:
        """Raises Refusal for a case that no file can hold rightly."""
        name = self._ids.give(table_id(name))
        mask, key = case.written_mask(), case.key("training", self._version)
        if as_png(case.image):
            image = png.write(self._outlet, f"images/{name}.png", case.image.pixels[0], key=key)
            truth = png.write(self._outlet, f"masks/{name}.png", mask[0], key=key)
        else:
            image = nifti.write_image(self._outlet, f"images/{name}.nii.gz", case.image, key=key)
            truth = nifti.write_mask(self._outlet, f"masks/{name}.nii.gz", mask, case.image.geometry, key=key)
        self._rows.append(_row(name, case, image, truth))
        return image, truth

    def finish(self) -> None:
        write_csv(self._outlet, TABLE, COLUMNS, self._rows)


def as_png(image: Image) -> bool:
    """Only for what a PNG holds without loss of meaning: one picture, unsigned 8 or 16 bit, no scaling."""
    plain = image.slope == (1.0,) and image.intercept == (0.0,)
    return image.shape[0] == 1 and plain and image.pixels.dtype in (np.uint8, np.uint16)


def _row(name: str, case: ExportCase, image: Written, mask: Written) -> Mapping[str, str]:
    counts = ";".join(f"{label}:{count}" for label, count in case.counts().items())
    return {
        "id": name, "group": case.group, "split": case.split, "status": case.status.value, "reader": case.reader,
        "label_counts": counts, "changed": f"{case.changed:.6f}", "measurements": case.measurements,
        "model": case.model, "weights_sha256": case.weights_sha256, "image_sha256": image.sha256,
        "mask_sha256": mask.sha256,
    }
