"""The two diameters of a label against the plainest rule: every pair of edge middles, every line across."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from urwkv_desktop.editing.diameters import Diameters, diameters_in, diameters_of
from urwkv_desktop.imaging import Box, Geometry, Plane, Rect, SpacingKind, UltrasoundRegion

FIRST = Plane(0, 0)


def found(ids: np.ndarray, *, rows: float = 1.0, columns: float = 1.0, kind: SpacingKind = SpacingKind.unknown,
          ) -> Diameters | None:
    geometry = Geometry.picture(row_spacing=rows, column_spacing=columns, kind=kind)
    return diameters_of(ids, 1, FIRST, geometry, Rect(0, 0, *ids.shape))


def longest_by_pairs(inside: np.ndarray, rows: float, columns: float) -> float:
    """Of every two middles of edges of pixels that are joined, corner to corner."""
    import scipy.ndimage

    parts, count = scipy.ndimage.label(inside, np.ones((3, 3)))
    best = 0.0
    for part in range(1, count + 1):
        middles = np.asarray([(row + down, column + across) for row, column in np.argwhere(parts == part)
                              for down, across in ((0, .5), (1, .5), (.5, 0), (.5, 1))]) * (rows, columns)
        apart = np.sqrt(((middles[:, None] - middles[None]) ** 2).sum(axis=2))
        best = max(best, float(apart.max()))
    return best


@given(arrays(np.uint8, (9, 11), elements=st.integers(0, 1)), st.sampled_from([(1.0, 1.0), (0.4, 1.1), (2.0, 0.3)]))
@settings(max_examples=120, deadline=None)
def test_the_longest_is_that_of_all_pairs_of_the_island_that_has_it(ids: np.ndarray, steps: tuple[float, float],
                                                                    ) -> None:
    one = found(ids, rows=steps[0], columns=steps[1], kind=SpacingKind.patient)
    if not ids.any():
        assert one is None
        return
    assert one is not None
    assert one.unit == "mm"
    assert one.amounts[0] == pytest.approx(longest_by_pairs(ids == 1, *steps), rel=1e-9)


@given(arrays(np.uint8, (8, 9), elements=st.sampled_from([0, 1, 1])), st.sampled_from([(1.0, 1.0), (0.5, 1.3)]))
@settings(max_examples=25, deadline=None)
def test_across_is_the_longest_line_at_right_angles_that_stays_inside(ids: np.ndarray, steps: tuple[float, float],
                                                                      ) -> None:
    """Against thousands of lines laid over the outline one by one."""
    one = found(ids, rows=steps[0], columns=steps[1], kind=SpacingKind.patient)
    if one is None:
        return
    axis, across = (np.subtract(ends[0], ends[1]) * steps for ends in (one.longest, one.across))
    assert float(axis @ across) == pytest.approx(0, abs=1e-6 * one.amounts[0] * max(one.amounts[1], 1e-9))
    assert math.hypot(*across) == pytest.approx(one.amounts[1])
    tried = longest_of_many_lines(ids, one, np.asarray(steps))
    assert tried <= one.amounts[1] + 1e-6
    assert one.amounts[1] - tried < 0.05 * max(steps)


def longest_of_many_lines(ids: np.ndarray, one: Diameters, steps: np.ndarray) -> float:
    """Of the island that holds the longest diameter, holes filled; its outline by scikit-image."""
    import scipy.ndimage
    from skimage.measure import find_contours

    parts, _ = scipy.ndimage.label(ids == 1, np.ones((3, 3)))
    near = [(row, column) for end in one.longest for row in (end[0] - .25, end[0] + .25)
            for column in (end[1] - .25, end[1] + .25)]
    seen = [parts[int(r), int(c)] for r, c in near if 0 <= r < ids.shape[0] and 0 <= c < ids.shape[1]]
    part = next(number for number in seen if number)
    solid = scipy.ndimage.binary_fill_holes(parts == part)
    axis = np.subtract(*one.longest) * steps
    axis /= np.hypot(*axis)
    side, best = np.asarray([-axis[1], axis[0]]), 0.0
    outlines = [(line - 1 + 0.5) * steps for line in find_contours(np.pad(solid, 1).astype(float), 0.5,
                                                                   fully_connected="high")]
    along = np.concatenate([line @ axis for line in outlines])
    corners = np.unique(along)
    for place in np.concatenate([corners + 1e-7, corners - 1e-7, np.linspace(along.min(), along.max(), 300)]):
        crossed = []
        for line in outlines:
            t, s = line @ axis, line @ side
            for t0, t1, s0, s1 in zip(t, t[1:], s, s[1:], strict=False):
                if min(t0, t1) <= place < max(t0, t1):
                    crossed.append(s0 + (place - t0) * (s1 - s0) / (t1 - t0))
        crossed.sort()
        best = max([best, *(b - a for a, b in zip(crossed[::2], crossed[1::2], strict=False))])
    return best


def test_one_pixel_is_one_pixel_long_and_a_bar_as_long_as_it_has_pixels() -> None:
    for shape, amounts in (((1, 1), (1.0, 1.0)), ((1, 7), (7.0, 1.0)), ((5, 1), (5.0, 1.0))):
        one = found(np.ones(shape, np.uint8))
        assert one is not None
        assert one.amounts == pytest.approx(amounts)
        assert one.unit == "px"


def test_an_ellipse_on_pixels_that_are_not_square_measures_what_it_is() -> None:
    down, across = np.mgrid[:200, :300]
    y, x, turned = (down + 0.5) * 0.5 - 50, (across + 0.5) * 0.25 - 37, math.radians(30)
    u, v = math.cos(turned) * x + math.sin(turned) * y, -math.sin(turned) * x + math.cos(turned) * y
    ids = ((u / 20) ** 2 + (v / 10) ** 2 <= 1).astype(np.uint8)
    one = found(ids, rows=0.5, columns=0.25, kind=SpacingKind.calibrated)
    assert one is not None
    assert one.amounts == pytest.approx((40.0, 20.0), abs=0.4)
    assert str(one.words) == f"{one.amounts[0]:.1f} × {one.amounts[1]:.1f} mm"


def test_a_line_across_stays_inside_a_crescent_and_goes_over_a_hole() -> None:
    down, across = np.mgrid[:80, :80]
    disc = np.hypot(down - 39.5, across - 39.5) < 30
    crescent = disc & (np.hypot(down - 39.5, across - 39.5) > 25) & (across < 40)
    one = found(crescent.astype(np.uint8))
    assert one is not None
    assert one.amounts == pytest.approx((60, math.sqrt(30**2 - 25**2)), abs=1.5)  # 30 from its back to between its tips
    ring = disc & (np.hypot(down - 39.5, across - 39.5) > 10)
    one = found(ring.astype(np.uint8))
    assert one is not None
    assert one.amounts[1] == pytest.approx(60, abs=1)


def test_a_noisy_label_over_a_large_picture_is_measured_all_the_same() -> None:
    ids = (np.random.default_rng(0).random((900, 1100)) < 0.7).astype(np.uint8)
    one = found(ids)
    assert one is not None
    assert one.amounts[0] == pytest.approx(math.hypot(900, 1100), abs=8)


def test_millimetres_hold_only_where_the_spacing_does() -> None:
    """An ultrasound region has a scale of its own; beside it there is none."""
    region = UltrasoundRegion(Rect(0, 0, 20, 20), 0.5, 0.25)
    geometry = Geometry(np.zeros((1, 3)), kind=SpacingKind.region, regions=(region,))
    ids = np.zeros((20, 40), np.uint8)
    ids[5:9, 2:18] = 1
    inside = diameters_of(ids, 1, FIRST, geometry, Rect(0, 0, 20, 40))
    assert inside is not None
    assert (inside.unit, inside.amounts[0]) == ("mm", pytest.approx(math.hypot(3 * 0.5, 16 * 0.25)))
    ids[5:9, 18:30] = 1
    beside = diameters_of(ids, 1, FIRST, geometry, Rect(0, 0, 20, 40))
    assert beside is not None
    assert (beside.unit, beside.amounts[0]) == ("px", pytest.approx(math.hypot(3, 28)))
    aspect = Geometry.picture(row_spacing=2.0, column_spacing=1.0, kind=SpacingKind.aspect)
    only = diameters_of(ids, 1, FIRST, aspect, Rect(0, 0, 20, 40))
    assert only is not None
    assert only.unit == "px"


def test_every_slice_and_label_has_its_own_and_what_is_stopped_is_left_out() -> None:
    voxels = np.zeros((4, 12, 12), np.uint8)
    voxels[1, 2:4, 2:8] = 1
    voxels[2, 5:6, 1:11] = 1
    voxels[2, 8:11, 8:11] = 2
    geometry = Geometry.picture(slices=4)
    all_of_it = diameters_in(voxels, (1, 2), geometry, range(4), Box(1, 0, 0, 3, 12, 12), lambda: False)
    assert {k: set(one) for k, one in all_of_it.items()} == {0: set(), 1: {1}, 2: {1, 2}, 3: set()}
    assert all_of_it[2][1].amounts == pytest.approx((10.0, 1.0))
    assert diameters_in(voxels, (1,), geometry, range(4), Box(0, 0, 0, 4, 12, 12), lambda: True) == {}
