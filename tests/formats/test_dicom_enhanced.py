"""Enhanced multi-frame objects: where each frame lies, and which of them are one volume."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import FileDataset
from pydicom.uid import UID

from tests.formats.builders import item
from tests.formats.enhanced import PATIENT, along, enhanced
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.imaging import Curve, Image, ThirdAxis, Window

STACK, IN_STACK, POSITION, B_VALUE = 0x00209056, 0x00209057, 0x00200032, 0x00189087
ENHANCED_US_VOLUME = UID("1.2.840.10008.5.1.4.1.1.6.2")


def opened(folder: Path, data: FileDataset) -> list[Image]:
    data.save_as(folder / "a.dcm", enforce_file_format=True)
    return [read(folder, source) for source in index(folder)]


def order(images: list[Image]) -> list[list[int]]:
    """The numbers of the frames in each volume, slice by slice."""
    return sorted([int(plane[0, 0]) for plane in image.pixels] for image in images)


def heights(image: Image) -> list[float]:
    return [float(one) for one in image.geometry.positions[:, 2]]


def codes(image: Image) -> set[str]:
    return {finding.code for finding in image.findings}


@pytest.mark.parametrize("shared", [True, False])
def test_frames_lie_where_their_groups_say_in_whatever_order(tmp_path: Path, *, shared: bool) -> None:
    numbers = list(range(6))
    Random(4).shuffle(numbers)
    image, = opened(tmp_path, enhanced(along(*(2.0 * one for one in numbers)), shared=shared))
    assert order([image]) == [[numbers.index(one) for one in range(6)]]
    assert heights(image) == [0, 2, 4, 6, 8, 10]
    assert (image.geometry.row_spacing, image.geometry.column_spacing) == (2.0, 0.5)
    assert image.geometry.third_axis is ThirdAxis.space


def test_each_frame_keeps_its_own_rescaling(tmp_path: Path) -> None:
    lines = [{"PixelValueTransformationSequence": [item(RescaleSlope=str(k + 1), RescaleIntercept=str(-k))]}
             for k in range(3)]
    image, = opened(tmp_path, enhanced(along(4, 2, 0), frames=lines))
    assert (image.slope, image.intercept) == ((3, 2, 1), (-2, -1, 0))


def test_windows_of_a_frame_come_with_their_names_and_their_curve(tmp_path: Path) -> None:
    voi: dict[str, Any] = {"FrameVOILUTSequence": [item(
        WindowCenter=["10", "20"], WindowWidth=["100", "200"], WindowCenterWidthExplanation=["A", "B"],
        VOILUTFunction="SIGMOID")]}
    image, = opened(tmp_path, enhanced(along(0, 2), frames=[voi, voi]))
    assert image.windows == (Window(10, 100, "A", Curve.sigmoid), Window(20, 200, "B", Curve.sigmoid))


def test_two_stacks_above_each_other_are_two_volumes_without_a_gap(tmp_path: Path) -> None:
    content = [{"StackID": "A"}] * 3 + [{"StackID": "B"}] * 3
    images = opened(tmp_path, enhanced(along(0, 2, 4, 100, 102, 104), content=content))
    assert order(images) == [[0, 1, 2], [3, 4, 5]]
    assert all(codes(image) == {"dicom.volumes"} for image in images)


def test_stacks_of_one_frame_each_are_no_stacks(tmp_path: Path) -> None:
    image, = opened(tmp_path, enhanced(along(0, 2, 4), content=[{"StackID": str(k)} for k in range(3)]))
    assert order([image]) == [[0, 1, 2]]


def test_frames_at_one_place_fall_apart_by_what_the_file_counts(tmp_path: Path) -> None:
    counted = [{"DimensionIndexValues": one} for one in ([1, 1], [2, 1], [2, 2], [1, 2], [1, 3], [2, 3])]
    images = opened(tmp_path, enhanced(along(0, 0, 2, 2, 4, 4), content=counted, dimensions=(B_VALUE, POSITION)))
    assert order(images) == [[0, 3, 4], [1, 2, 5]]


def test_frames_at_one_place_that_nothing_tells_apart_go_by_their_order(tmp_path: Path) -> None:
    assert order(opened(tmp_path, enhanced(along(0, 0, 2, 2, 4, 4)))) == [[0, 2, 4], [1, 3, 5]]


@pytest.mark.parametrize("values", [(0, 0, 0, 1000, 1000, 1000), (0, 1000, 0, 1000, 0, 1000)])
def test_diffusion_weightings_are_volumes(tmp_path: Path, values: tuple[float, ...]) -> None:
    weights = [{"MRDiffusionSequence": [item(DiffusionBValue=float(one))]} for one in values]
    seen = dict.fromkeys(values, 0)
    places = []
    for value in values:
        places.append(2.0 * seen[value])
        seen[value] += 1
    images = opened(tmp_path, enhanced(along(*places), frames=weights, Modality="MR"))
    assert order(images) == [[k for k in range(6) if values[k] == weight] for weight in (0, 1000)]


def test_a_gap_and_a_tilt_are_said_and_kept(tmp_path: Path) -> None:
    gap, = opened(tmp_path, enhanced(along(0, 2, 4, 10, 12)))
    assert heights(gap) == [0, 2, 4, 10, 12]
    assert {"series.incomplete"} == codes(gap)
    assert gap.geometry.voxel_volume() is None
    tilt, = opened(tmp_path, enhanced([[0, 0.5 * k, 2.0 * k] for k in range(4)]))
    assert {"series.tilted"} == codes(tilt)


def test_places_that_are_not_there_for_every_frame_are_used_for_none(tmp_path: Path) -> None:
    data = enhanced(along(0, 2, 4))
    del data.PerFrameFunctionalGroupsSequence[1].PlanePositionSequence
    image, = opened(tmp_path, data)
    assert order([image]) == [[0, 1, 2]]
    assert image.geometry.third_axis is ThirdAxis.none
    assert "dicom.unplaced" in codes(image)


def test_an_ultrasound_volume_lies_in_a_space_of_its_own(tmp_path: Path) -> None:
    data = enhanced(along(0, 0, 0), SOPClassUID=ENHANCED_US_VOLUME, Modality="US")
    for k, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        del group.PlanePositionSequence
        group.PlanePositionVolumeSequence = [item(ImagePositionVolume=[0.0, 0.0, 1.5 * (2 - k)])]
    common = data.SharedFunctionalGroupsSequence[0]
    del common.PlaneOrientationSequence
    common.PlaneOrientationVolumeSequence = [item(ImageOrientationVolume=PATIENT)]
    image, = opened(tmp_path, data)
    assert order([image]) == [[0, 1, 2]]  # a segmentation of it can only name frames by their number
    assert heights(image) == [3.0, 1.5, 0.0]
    assert image.geometry.voxel_volume() == pytest.approx(2.0 * 0.5 * 1.5)
    assert not image.geometry.oriented
    data.PerFrameFunctionalGroupsSequence[0].PlanePositionVolumeSequence[0].ImagePositionVolume = [0.0, 0.0, 0.75]
    shuffled, = opened(tmp_path, data)
    assert order([shuffled]) == [[0, 1, 2]]
    assert shuffled.geometry.third_axis is ThirdAxis.none


def test_all_at_one_place_is_time(tmp_path: Path) -> None:
    image, = opened(tmp_path, enhanced(along(0, 0, 0)))
    assert image.geometry.third_axis is ThirdAxis.time
    assert np.array_equal(image.pixels[:, 0, 0], [0, 1, 2])
