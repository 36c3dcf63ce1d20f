"""Plain masks: one PNG of label ids (a volume as NIfTI), or one file of 0 and 255 for each label."""

from collections.abc import Sequence

import numpy as np

from urwkv_desktop.formats.writing import nifti, png
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.names import safe_name
from urwkv_desktop.formats.writing.proven import Written
from urwkv_desktop.formats.writing.record import ExportCase


class IndexMasks:
    """`png`: NAME.png with label ids as grey values; a volume becomes NAME.nii.gz, which `nifti` then leaves to it."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._version = means.outlet, means.version

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        mask, key = case.written_mask(), case.key("mask", self._version)
        if mask.shape[0] == 1:
            return (png.write(self._outlet, f"{name}.png", mask[0], key=key),)
        return (nifti.write_mask(self._outlet, f"{name}.nii.gz", mask, case.image.geometry, key=key),)

    def finish(self) -> None:
        """Each case's file stands by itself."""


class NiftiMasks:
    """`nifti`: NAME.nii.gz on the image's grid."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._version = means.outlet, means.version
        self._with_png = "png" in means.formats

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        mask = case.written_mask()
        if self._with_png and mask.shape[0] > 1:
            return ()  # a volume's "png" is this very file
        return (nifti.write_mask(self._outlet, f"{name}.nii.gz", mask, case.image.geometry,
                                 key=case.key("mask", self._version)),)

    def finish(self) -> None:
        """Each case's file stands by itself."""


class LabelMasks:
    """`png-labels`: NAME_ID-LABEL.png, 255 where the label is, for each label that the mask holds."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._version = means.outlet, means.version

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        mask, key = case.written_mask(), case.key("label masks", self._version)
        counts = case.counts()
        written = []
        for label in case.labels:
            if label.id not in counts:
                continue
            file = f"{name}_{label.id}-{safe_name(label.name.replace('/', '_'))}"
            filled = np.where(mask == label.id, np.uint8(255), np.uint8(0))
            written.append(png.write(self._outlet, f"{file}.png", filled[0], key=key) if len(filled) == 1 else
                           nifti.write_mask(self._outlet, f"{file}.nii.gz", filled, case.image.geometry, key=key))
        return written

    def finish(self) -> None:
        """Each case's files stand by themselves."""
