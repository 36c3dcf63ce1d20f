"""What is packed comes back, and damage is noticed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from urwkv_desktop.editing.packing import pack, pack_mask, unpack, unpack_mask


@given(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9)), st.sampled_from([np.uint8, np.uint16]),
       st.integers(0, 2**32 - 1))
def test_edits_and_masks_come_back(shape: tuple[int, int, int], dtype: type, seed: int) -> None:
    chance = np.random.default_rng(seed)
    before, after = (chance.integers(0, np.iinfo(dtype).max, shape).astype(dtype) for _ in range(2))
    old, new = unpack(pack(before, after), shape)
    assert np.array_equal(old, before)
    assert np.array_equal(new, after)
    assert (old.dtype, new.dtype) == (before.dtype, after.dtype)
    mask = unpack_mask(pack_mask(before), shape)
    assert np.array_equal(mask, before)
    assert mask.dtype == before.dtype
    assert mask.flags.writeable


@pytest.mark.parametrize("shape", [(1, 10, 9), (1, 10, 11)])
def test_a_payload_of_another_shape_is_refused(shape: tuple[int, int, int]) -> None:
    voxels = np.zeros((1, 10, 10), np.uint8)
    with pytest.raises(ValueError, match="payload"):
        unpack(pack(voxels, voxels), shape)
    with pytest.raises(ValueError, match="mask"):
        unpack_mask(pack_mask(voxels), shape)


def test_damaged_bytes_are_refused() -> None:
    voxels = np.random.default_rng(0).integers(0, 255, (1, 50, 50)).astype(np.uint8)
    for packed, read in ((pack(voxels, voxels), unpack), (pack_mask(voxels), unpack_mask)):
        with pytest.raises(ValueError, match=r"damaged|bytes"):
            read(packed[: len(packed) // 2], voxels.shape)
        with pytest.raises(ValueError, match="damaged"):
            read(packed[:1] + b"nothing of the kind", voxels.shape)
