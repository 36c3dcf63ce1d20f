"""An enhanced multi-frame object, its functional groups filled frame by frame."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import EnhancedCTImageStorage

from tests.formats.builders import dicom, item

PATIENT = [1, 0, 0, 0, 1, 0]


def enhanced(places: Sequence[Sequence[float]], *, frames: Sequence[dict[str, list[Dataset]]] = (),
             content: Sequence[dict[str, Any]] = (), dimensions: Sequence[int] = (), shared: bool = True,
             **values: Any) -> FileDataset:
    """Frame k is filled with k and lies at places[k].

    frames: more groups of each frame, by the keyword of their sequence. content: of its FrameContentSequence.
    dimensions: pointers of DimensionIndexSequence. shared: orientation and spacing in the shared groups, not in each.
    """
    pixels = np.stack([np.full((3, 4), k, np.uint16) for k in range(len(places))])
    data = dicom(pixels, **{"SOPClassUID": EnhancedCTImageStorage, **values})
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID
    common = Dataset()
    groups = []
    for k, place in enumerate(places):
        group = item(PlanePositionSequence=[item(ImagePositionPatient=list(place))],
                     FrameContentSequence=[item(**(content[k] if content else {}))],
                     **(frames[k] if frames else {}))
        _measure(common if shared else group)
        groups.append(group)
    data.SharedFunctionalGroupsSequence = [common]
    data.PerFrameFunctionalGroupsSequence = groups
    if dimensions:
        data.DimensionIndexSequence = [item(DimensionIndexPointer=tag) for tag in dimensions]
    return data


def _measure(group: Dataset) -> None:
    group.PixelMeasuresSequence = [item(PixelSpacing=[2.0, 0.5])]
    group.PlaneOrientationSequence = [item(ImageOrientationPatient=PATIENT)]


def along(*heights: float) -> list[list[float]]:
    """Places above each other."""
    return [[0.0, 0.0, height] for height in heights]
