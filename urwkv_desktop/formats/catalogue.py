"""What can be written, in the order in which it is offered. Loads no writer: the window asks before its first paint."""

from dataclasses import dataclass
from enum import Enum


class FormatGroup(Enum):
    images = "images"
    clinical = "clinical"
    learning = "learning"


@dataclass(frozen=True)
class OutFormat:
    """name: the word of `--format`. identifies: its files carry the patient's name and number, as the images do, unless
    de-identified. images: the images' own pixels leave with it. deidentified: it leaves no other way."""

    name: str
    group: FormatGroup
    identifies: bool = False
    images: bool = False
    deidentified: bool = False


OUT_FORMATS = (
    OutFormat("png", FormatGroup.images), OutFormat("png-labels", FormatGroup.images),
    OutFormat("nifti", FormatGroup.images), OutFormat("nrrd", FormatGroup.images),
    OutFormat("dicom-seg", FormatGroup.clinical, identifies=True),
    OutFormat("dicom-labelmap", FormatGroup.clinical, identifies=True),
    OutFormat("rtstruct", FormatGroup.clinical, identifies=True),
    OutFormat("dicom", FormatGroup.clinical, images=True, deidentified=True),
    OutFormat("coco", FormatGroup.learning), OutFormat("coco-polygons", FormatGroup.learning),
    OutFormat("labelme", FormatGroup.learning, images=True), OutFormat("yolo", FormatGroup.learning, images=True),
    OutFormat("nnunet", FormatGroup.learning, images=True), OutFormat("training", FormatGroup.learning, images=True),
)
FORMATS = tuple(one.name for one in OUT_FORMATS)
