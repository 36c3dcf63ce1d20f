"""nnU-Net v2: a data set of its own for grey pictures, colour pictures and volumes, each with what nnU-Net asks of one.

Labels are numbered 1.. without gaps; `urwkv_labels` in dataset.json says which project's id each number is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing import nifti, png
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.names import Names, table_id
from urwkv_desktop.formats.writing.proven import Written
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.tables import write_json
from urwkv_desktop.formats.writing.training import as_png
from urwkv_desktop.imaging import Image, Labels, Message, Refusal

FOLDER = "nnunet"
_CHANNELS: Mapping[str, tuple[str, ...]] = {"grey": ("image",), "colour": ("R", "G", "B"), "volumes": ("image",)}
_NUMBERS = {"grey": 501, "colour": 502, "volumes": 503}


@dataclass
class _Set:
    """One data set on its way. training, validation, test: names of its cases."""

    kind: str
    training: list[str] = field(default_factory=list)
    validation: list[str] = field(default_factory=list)
    test: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        return f"{FOLDER}/Dataset{_NUMBERS[self.kind]}_{self.kind}"

    @property
    def ending(self) -> str:
        return ".nii.gz" if self.kind == "volumes" else ".png"


class NnunetSets:
    """Train and validation go to imagesTr and labelsTr (which is which: splits_final.json), test to imagesTs."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._ids, self._version = means.outlet, Names(), means.version
        self._sets: dict[str, _Set] = {}
        self._labels = Labels()

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        kind = _kind(case.image)
        self._labels = case.labels
        mask = _numbered(case)
        chosen = self._sets.setdefault(kind, _Set(kind))
        name = self._ids.give(_case_name(name))
        side = "Ts" if case.split == "test" else "Tr"
        image_file, label_file = (f"{chosen.folder}/{part}{side}/{name}{ending}{chosen.ending}"
                                  for part, ending in (("images", "_0000"), ("labels", "")))
        written = self._write(image_file, label_file, case, mask)
        {"test": chosen.test, "validation": chosen.validation}.get(case.split, chosen.training).append(name)
        return written

    def _write(self, image_file: str, label_file: str, case: ExportCase,
               mask: npt.NDArray[np.generic]) -> tuple[Written, Written]:
        outlet, key = self._outlet, case.key("nnunet", self._version)
        if label_file.endswith(".png"):
            image = png.write(outlet, image_file, case.image.pixels[0], key=key)
            return image, png.write(outlet, label_file, mask[0], key=key)
        image = nifti.write_image(outlet, image_file, case.image, key=key)
        return image, nifti.write_mask(outlet, label_file, mask, case.image.geometry, key=key)

    def finish(self) -> None:
        for one in self._sets.values():
            write_json(self._outlet, f"{one.folder}/dataset.json", _described(one, self._labels))
            if one.training or one.validation:
                write_json(self._outlet, f"{one.folder}/splits_final.json", _splits(one))


def _kind(image: Image) -> str:
    """Raises Refusal for colour that is no plain picture."""
    if image.is_colour and (image.shape[0] > 1 or image.pixels.dtype != np.uint8):
        raise Refusal(tried=Message("Writing nnU-Net."),
                      cause=Message("nnU-Net takes colour as single pictures of 8 bit only."),
                      cure=Message("Export this case as COCO or as a training set."))
    if image.is_colour:
        return "colour"
    return "grey" if as_png(image) else "volumes"


def _case_name(name: str) -> str:
    """_0000 at the end would be taken for the number of a channel."""
    flat = table_id(name)
    return f"{flat}_case" if re.search(r"_\d{4}$", flat) else flat


def _numbered(case: ExportCase) -> npt.NDArray[np.generic]:
    mask = case.written_mask()
    table = np.zeros(int(max((mask.max(initial=0), *(label.id for label in case.labels)))) + 1,
                     np.uint8 if len(case.labels) < 256 else np.uint16)
    for number, label in enumerate(case.labels, start=1):
        table[label.id] = number
    numbered: npt.NDArray[np.generic] = table[mask]
    return numbered


def _described(one: _Set, labels: Labels) -> dict[str, Any]:
    numbers: dict[str, int] = {"background": 0}
    for number, label in enumerate(labels, start=1):
        numbers[label.name if label.name not in numbers else f"{label.name} ({label.id})"] = number
    return {
        "channel_names": {str(number): channel for number, channel in enumerate(_CHANNELS[one.kind])},
        "labels": numbers, "numTraining": len(one.training) + len(one.validation), "file_ending": one.ending,
        "description": "Not a medical device; for review by a qualified reader.",
        "urwkv_labels": {str(number): label.id for number, label in enumerate(labels, start=1)},
    }


def _splits(one: _Set) -> list[dict[str, list[str]]]:
    """One fold; to be laid into the folder of preprocessed data, where nnU-Net looks for it."""
    return [{"train": sorted(one.training), "val": sorted(one.validation)}]


