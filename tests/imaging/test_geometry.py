"""Where voxels lie: the one place that converts between planes and the patient."""

from dataclasses import replace

import numpy as np
import pytest

from urwkv_desktop.imaging import (
    Box,
    Geometry,
    ImagePoint,
    Message,
    Plane,
    Rect,
    SpacingKind,
    ThirdAxis,
    UltrasoundRegion,
)


def oblique_affine() -> np.ndarray:
    """Anisotropic, rotated about two axes: every swapped axis or spacing shows."""
    a, b = np.deg2rad(20), np.deg2rad(-35)
    turn = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    tilt = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    affine = np.eye(4)
    affine[:3, :3] = tilt @ turn @ np.diag([0.5, 0.7, 3.0])
    affine[:3, 3] = [-80.0, 12.5, 400.0]
    return affine


def test_affine_comes_back_as_it_was_given() -> None:
    affine = oblique_affine()
    geometry = Geometry.from_affine(affine, slices=5)
    assert geometry.affine is not None
    assert np.abs(geometry.affine - affine).max() < 1e-9


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_centre_of_a_voxel_is_its_whole_index_in_the_affine(axis: int) -> None:
    affine = oblique_affine()
    geometry = Geometry.from_affine(affine, slices=6)
    k, j, i = 4, 7, 11
    plane = Plane(axis, (k, j, i)[axis])
    row, column = ((j, i), (k, i), (k, j))[axis]
    place = geometry.to_patient(ImagePoint(row + 0.5, column + 0.5), plane)
    assert np.allclose([place.x, place.y, place.z], (affine @ [i, j, k, 1])[:3], atol=1e-6)


def test_uneven_slices_have_no_affine_and_no_volume() -> None:
    even = Geometry.from_affine(np.diag([1.0, 1.0, 2.0, 1.0]), slices=4)
    positions = even.positions.copy()
    positions[2:, 2] += 2.0  # one slice is missing
    uneven = Geometry(positions, kind=SpacingKind.patient, third_axis=ThirdAxis.space)
    assert even.voxel_volume() == pytest.approx(2.0)
    assert uneven.affine is None
    assert uneven.voxel_volume() is None


def test_positions_rounded_to_a_tenth_are_still_even() -> None:
    positions = np.zeros((8, 3))
    positions[:, 2] = np.round(np.arange(8) * 7.0123, 1)
    assert Geometry(positions, third_axis=ThirdAxis.space).is_even


def test_length_is_in_millimetres_only_where_spacing_is_true() -> None:
    start, end = ImagePoint(0, 0), ImagePoint(3, 4)
    known = Geometry.picture(row_spacing=2.0, column_spacing=0.5, kind=SpacingKind.patient)
    assert known.length(start, end, Plane(0, 0)).mm == pytest.approx(np.hypot(6, 2))
    unknown = Geometry.picture().length(start, end, Plane(0, 0))
    assert unknown.mm is None
    assert "no spacing" in str(unknown.reason)


def test_line_across_two_ultrasound_regions_has_no_length() -> None:
    regions = (UltrasoundRegion(Rect(0, 0, 10, 10), 0.1, 0.2), UltrasoundRegion(Rect(0, 10, 10, 20), 0.1, 0.2))
    geometry = Geometry(np.zeros((1, 3)), kind=SpacingKind.region, regions=regions)
    plane = Plane(0, 0)
    assert geometry.length(ImagePoint(1, 1), ImagePoint(1, 6), plane).mm == pytest.approx(1.0)
    assert geometry.length(ImagePoint(1, 1), ImagePoint(1, 12), plane).mm is None


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_plane_lifts_a_rectangle_to_the_box_that_it_cuts_out(axis: int) -> None:
    voxels = np.arange(5 * 6 * 7).reshape(5, 6, 7)
    plane, rect = Plane(axis, 3), Rect(1, 2, 4, 5)
    box = plane.box(rect)
    assert np.array_equal(voxels[box.index].squeeze(axis), plane.cut(voxels)[rect.index])
    assert plane.rect(box) == rect
    assert Plane(axis, 2).rect(box) is None
    assert plane.size(voxels.shape) == plane.cut(voxels).shape


def test_union_with_nothing_is_the_other_box() -> None:
    box = Box(0, 1, 2, 3, 4, 5)
    assert box.union(Box(0, 0, 0, 0, 0, 0)) == box
    assert Box(9, 9, 9, 9, 9, 9).union(box) == box


def test_frames_in_time_have_millimetres_along_themselves_only() -> None:
    cine = Geometry.picture(row_spacing=0.2, column_spacing=0.3, kind=SpacingKind.calibrated, slices=5,
                            third_axis=ThirdAxis.time)
    assert cine.steps(Plane(0, 2)) == (0.2, 0.3)
    assert all(isinstance(cine.steps(Plane(axis, 2)), Message) for axis in (1, 2))


@pytest.mark.parametrize(("second", "steps"), [(0.1, (0.1, 0.1)), (0.2, None)])
def test_ultrasound_regions_of_one_scale_have_one_step(second: float, steps: tuple[float, float] | None) -> None:
    regions = (UltrasoundRegion(Rect(0, 0, 10, 10), 0.1, 0.1), UltrasoundRegion(Rect(0, 10, 10, 20), second, second))
    picture = replace(Geometry.picture(kind=SpacingKind.region), regions=regions)
    found = picture.steps(Plane(0, 0))
    assert isinstance(found, Message) if steps is None else found == steps
