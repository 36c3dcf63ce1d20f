"""Two arrays of label ids in few bytes: before, and what is different after."""

import numpy as np
import zstandard

from urwkv_desktop.editing.edits import Voxels

# zstd's fastest ordinary level: 0.02 ms and about half a kilobyte for a stroke of radius 20.
_LEVEL = 1
_NARROW, _WIDE = b"\x01", b"\x02"


def pack(before: Voxels, after: Voxels) -> bytes:
    """One byte for the width of an id, then zstd of before and of before XOR after."""
    dtype = np.uint16 if np.uint16 in (before.dtype, after.dtype) else np.uint8
    old, new = before.astype(dtype, copy=False), after.astype(dtype, copy=False)
    raw = np.ascontiguousarray(old).tobytes() + np.bitwise_xor(old, new).tobytes()
    return (_WIDE if dtype is np.uint16 else _NARROW) + zstandard.ZstdCompressor(level=_LEVEL).compress(raw)


def unpack(packed: bytes, shape: tuple[int, int, int]) -> tuple[Voxels, Voxels]:
    """before, after: arrays of shape. Raises ValueError where the bytes are damaged or of another shape."""
    wide = packed[:1] == _WIDE
    cells = shape[0] * shape[1] * shape[2]
    flat = _inflate(packed[1:], 2 * cells * (2 if wide else 1))
    before, changed = _typed(flat[: len(flat) // 2], wide, shape), _typed(flat[len(flat) // 2:], wide, shape)
    after: Voxels = np.bitwise_xor(before, changed)
    return before, after


def pack_mask(voxels: Voxels) -> bytes:
    """A whole mask, for a snapshot."""
    width = _WIDE if voxels.dtype == np.uint16 else _NARROW
    return width + zstandard.ZstdCompressor(level=_LEVEL).compress(np.ascontiguousarray(voxels).data)


def unpack_mask(packed: bytes, shape: tuple[int, int, int]) -> Voxels:
    """A writable array of shape. Raises ValueError where the bytes are damaged or of another shape."""
    voxels: Voxels = np.empty(shape, np.uint16) if packed[:1] == _WIDE else np.empty(shape, np.uint8)
    flat = voxels.reshape(-1).view(np.uint8).data
    have = 0
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed[1:]) as stream:
            while have < len(flat) and (read := stream.readinto(flat[have:])):
                have += read
            is_whole = have == len(flat) and not stream.read(1)
    except zstandard.ZstdError as error:
        raise ValueError(f"damaged mask: {error}") from error
    if not is_whole:
        raise ValueError(f"a mask of {have} bytes or more where {len(flat)} belong")
    return voxels


def _typed(flat: bytes, wide: bool, shape: tuple[int, int, int]) -> Voxels:
    if wide:
        return np.frombuffer(flat, np.uint16).reshape(shape)
    return np.frombuffer(flat, np.uint8).reshape(shape)


def _inflate(packed: bytes, size: int) -> bytes:
    try:
        flat = zstandard.ZstdDecompressor().decompress(packed, max_output_size=max(size, 1))
    except zstandard.ZstdError as error:
        raise ValueError(f"damaged payload: {error}") from error
    if len(flat) != size:
        raise ValueError(f"a payload of {len(flat)} bytes where {size} belong")
    return flat
