"""NRRD and MetaImage as images: the numbers, the place, and a case for each time point."""

from pathlib import Path

import numpy as np
import pytest

from tests.formats.test_masks_in import TURNED, written
from urwkv_desktop.formats.reading import index, read

VALUES = (np.arange(4 * 5 * 6).reshape(4, 5, 6) - 50).astype(np.int16)


@pytest.mark.parametrize("name", ["v.nrrd", "v-packed.nrrd", "v.nhdr", "v.mha", "v-packed.mha", "v.mhd"])
def test_numbers_and_place_are_the_file_s(tmp_path: Path, name: str) -> None:
    written(tmp_path / name, VALUES, TURNED)
    source, = index(tmp_path)
    image = read(tmp_path, source)
    assert np.array_equal(image.pixels, VALUES)
    assert image.geometry.affine is not None
    assert np.allclose(image.geometry.affine, TURNED, atol=1e-6)


def test_each_time_point_is_a_case_of_one_group(tmp_path: Path) -> None:
    head = "NRRD0004\ntype: short\ndimension: 4\nsizes: 6 5 4 2\nendian: little\nencoding: raw\n\n"
    (tmp_path / "v.nrrd").write_bytes(head.encode() + np.stack([VALUES, VALUES + 1]).astype("<i2").tobytes())
    sources = index(tmp_path)
    assert [source.part for source in sources] == ["t0", "t1"]
    assert len({source.group_hint for source in sources}) == 1
    assert np.array_equal(read(tmp_path, sources[1]).pixels, VALUES + 1)
