"""Where a volume's voxels lie: the affine where it can be used, else the spacing alone."""

import numpy as np
import pytest

from urwkv_desktop.formats.reading.grid_place import placed
from urwkv_desktop.imaging import SpacingKind, ThirdAxis

STRAIGHT = np.diag([0.5, 0.7, 3.0, 1.0])
SHEARED = STRAIGHT + np.array([[0, 0.4, 0, 0], [0] * 4, [0] * 4, [0] * 4])


@pytest.mark.parametrize(("affine", "oriented"), [(STRAIGHT, True), (SHEARED, False), (None, False)])
def test_spacing_holds_with_and_without_a_place_in_space(affine: np.ndarray | None, oriented: bool) -> None:
    geometry = placed(affine, (0.5, 0.7, 3.0), 4)
    assert geometry.oriented is oriented
    assert (geometry.column_spacing, geometry.row_spacing) == pytest.approx((0.5, 0.7))
    assert np.diff(geometry.positions[:, 2]) == pytest.approx(3.0)
    assert geometry.third_axis is ThirdAxis.space


def test_no_spacing_at_all_is_said() -> None:
    geometry = placed(None, (1.0, 1.0, 1.0), 1, has_spacing=False)
    assert geometry.kind is SpacingKind.unknown
    assert geometry.third_axis is ThirdAxis.none
