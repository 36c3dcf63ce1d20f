"""What can be written, in the order in which it is offered. Loads no writer: the window asks before its first paint."""

from dataclasses import dataclass
from enum import Enum


class FormatGroup(Enum):
    images = "images"
    clinical = "clinical"
    learning = "learning"


@dataclass(frozen=True)
class OutFormat:
    """name: the word of `--format`. identifies: its files carry the patient's name and number, as the images do."""

    name: str
    group: FormatGroup
    identifies: bool = False


OUT_FORMATS = (
    OutFormat("png", FormatGroup.images), OutFormat("png-labels", FormatGroup.images),
    OutFormat("nifti", FormatGroup.images), OutFormat("nrrd", FormatGroup.images),
    OutFormat("dicom-seg", FormatGroup.clinical, identifies=True),
    OutFormat("dicom-labelmap", FormatGroup.clinical, identifies=True),
    OutFormat("rtstruct", FormatGroup.clinical, identifies=True),
    OutFormat("coco", FormatGroup.learning), OutFormat("coco-polygons", FormatGroup.learning),
    OutFormat("labelme", FormatGroup.learning), OutFormat("yolo", FormatGroup.learning),
    OutFormat("nnunet", FormatGroup.learning), OutFormat("training", FormatGroup.learning),
)
FORMATS = tuple(one.name for one in OUT_FORMATS)
