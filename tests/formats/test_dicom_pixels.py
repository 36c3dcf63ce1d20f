"""Native pixels of one DICOM file: every way of storing them that the standard has, and some that it has not."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileDataset
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian, SecondaryCaptureImageStorage

from tests.formats.builders import Array, dicom, item, only, ramp
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Image

RANDOM = np.random.default_rng(12)
COLOURS = RANDOM.integers(0, 256, (6, 8, 3)).astype(np.uint8)
INDICES = (np.arange(48) % 16).reshape(6, 8).astype(np.uint8)
SIXTEEN = np.arange(16)


def save(folder: Path, data: FileDataset) -> None:
    syntax = data.file_meta.TransferSyntaxUID
    dcmwrite(folder / "a.dcm", data, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian,
             enforce_file_format=True)


def opened(folder: Path, data: FileDataset) -> Image:
    folder.mkdir(exist_ok=True)
    save(folder, data)
    return read(folder, only(index(folder)))


def refused(folder: Path, data: FileDataset) -> str:
    save(folder, data)
    source = only(index(folder))
    assert source.kind is SourceKind.refused
    return str(source.refusal)


def codes(image: Image) -> set[str]:
    return {finding.code for finding in image.findings}


# ── colours ──


def test_colours_side_by_side_and_in_planes_are_the_same_picture(tmp_path: Path) -> None:
    frames = np.stack([COLOURS, COLOURS[::-1]])
    in_planes = dicom(frames, PlanarConfiguration=1, PixelData=np.moveaxis(frames, -1, 1).tobytes())
    assert np.array_equal(opened(tmp_path / "side", dicom(frames)).pixels, frames)
    assert np.array_equal(opened(tmp_path / "planes", in_planes).pixels, frames)


def halved(ybr: Array) -> bytes:
    """Y Y CB CR for each two pixels, the second one's chroma lost."""
    return np.concatenate([ybr[:, 0::2, :1], ybr[:, 1::2, :1], ybr[:, 0::2, 1:]], axis=-1).tobytes()


def test_luma_and_chroma_become_colours(tmp_path: Path) -> None:
    ybr = convert_color_space(COLOURS, "RGB", "YBR_FULL")
    shown = convert_color_space(ybr, "YBR_FULL", "RGB")
    whole = dicom(ybr, PhotometricInterpretation="YBR_FULL")
    planes = dicom(ybr, PhotometricInterpretation="YBR_FULL", PlanarConfiguration=1,
                   PixelData=np.moveaxis(ybr, -1, 0).tobytes())
    assert np.array_equal(opened(tmp_path / "a", whole).pixels[0], shown)
    assert np.array_equal(opened(tmp_path / "b", planes).pixels[0], shown)
    assert np.abs(shown.astype(int) - COLOURS).max() <= 2


def test_chroma_of_every_other_pixel_is_shared(tmp_path: Path) -> None:
    ybr = convert_color_space(COLOURS, "RGB", "YBR_FULL")
    shared = ybr.copy()
    shared[:, 1::2, 1:] = ybr[:, 0::2, 1:]
    data = dicom(COLOURS, PhotometricInterpretation="YBR_FULL_422", PixelData=halved(ybr))
    assert np.array_equal(opened(tmp_path, data).pixels[0], convert_color_space(shared, "YBR_FULL", "RGB"))


def test_studio_range_is_stretched(tmp_path: Path) -> None:
    greys = np.dstack([np.array([[16, 235, 126, 16]]), np.full((1, 4), 128), np.full((1, 4), 128)]).astype(np.uint8)
    data = dicom(greys, PhotometricInterpretation="YBR_PARTIAL_422", PixelData=halved(greys))
    image = opened(tmp_path, data)
    assert not image.is_colour
    assert image.pixels[0, 0].tolist() == [0, 255, 128, 0]


def test_a_header_that_forgot_its_chroma_is_whole_again(tmp_path: Path) -> None:
    ybr = convert_color_space(COLOURS, "RGB", "YBR_FULL")
    image = opened(tmp_path, dicom(ybr, PhotometricInterpretation="YBR_FULL_422"))
    assert np.array_equal(image.pixels[0], convert_color_space(ybr, "YBR_FULL", "RGB"))
    assert "dicom.chroma" in codes(image)


@pytest.mark.parametrize("kind", ["HSV", "ARGB", "CMYK", "YBR_PARTIAL_420", "XYB", "SOMETHING"])
def test_a_kind_of_colour_that_is_not_read_is_named(tmp_path: Path, kind: str) -> None:
    assert f"stored as {kind}" in refused(tmp_path, dicom(COLOURS, PhotometricInterpretation=kind))


def test_colours_in_an_order_that_does_not_exist_are_refused(tmp_path: Path) -> None:
    assert "neither side by side nor in planes" in refused(tmp_path, dicom(COLOURS, PlanarConfiguration=7))


# ── palettes ──


def coloured(indices: Array, tables: Array, *, first: int = 0, bits: int = 16, kind: str = "US") -> FileDataset:
    """tables: [3, n] of uint8 or uint16."""
    data = dicom(indices, PhotometricInterpretation="PALETTE COLOR")
    for colour, table in zip(("Red", "Green", "Blue"), tables, strict=True):
        data.add_new(f"{colour}PaletteColorLookupTableDescriptor", kind, [table.size & 0xFFFF, first, bits])
        setattr(data, f"{colour}PaletteColorLookupTableData", table.tobytes())
    return data


DEEP = np.stack([SIXTEEN * 4096, 65535 - SIXTEEN * 4000, SIXTEEN[::-1] * 100]).astype(np.uint16)
FLAT = np.stack([SIXTEEN * 16, 255 - SIXTEEN * 15, SIXTEEN[::-1]]).astype(np.uint8)


def test_a_palette_of_16_bit_shows_its_high_bytes(tmp_path: Path) -> None:
    image = opened(tmp_path, coloured(INDICES, DEEP))
    assert np.array_equal(image.pixels[0], np.moveaxis(DEEP[:, INDICES] >> 8, 0, -1))


def test_a_dark_frame_is_not_stretched_because_it_uses_only_dark_entries(tmp_path: Path) -> None:
    dark = np.stack([SIXTEEN, SIXTEEN * 2, SIXTEEN * 4096]).astype(np.uint16)
    image = opened(tmp_path, coloured(np.zeros((2, 2), np.uint8) + 9, dark))
    assert image.pixels[0, 0, 0].tolist() == [0, 0, 144]


@pytest.mark.parametrize(("tables", "bits"), [(FLAT, 8), (FLAT, 16), (FLAT.astype(np.uint16), 16),
                                              (FLAT.astype(np.uint16), 8)])
def test_a_palette_of_8_bit_however_it_is_packed(tmp_path: Path, tables: Array, bits: int) -> None:
    image = opened(tmp_path, coloured(INDICES, tables, bits=bits))
    assert np.array_equal(image.pixels[0], np.moveaxis(FLAT[:, INDICES], 0, -1))


def test_a_palette_of_12_bit_is_scaled_by_them(tmp_path: Path) -> None:
    image = opened(tmp_path, coloured(INDICES, DEEP >> 4, bits=12))
    assert np.array_equal(image.pixels[0], np.moveaxis(DEEP[:, INDICES] >> 8, 0, -1))


def test_a_palette_of_65536_entries(tmp_path: Path) -> None:
    ramps = np.stack([np.arange(65536), np.arange(65536)[::-1], np.full(65536, 512)]).astype(np.uint16)
    indices = (np.arange(48) * 1365).reshape(6, 8).astype(np.uint16)
    image = opened(tmp_path, coloured(indices, ramps))
    assert np.array_equal(image.pixels[0], np.moveaxis(ramps[:, indices] >> 8, 0, -1))


def test_values_outside_a_palette_take_its_ends(tmp_path: Path) -> None:
    image = opened(tmp_path, coloured(INDICES, FLAT[:, :6], first=5, bits=8))
    assert np.array_equal(image.pixels[0], np.moveaxis(FLAT[:, np.clip(INDICES.astype(int) - 5, 0, 5)], 0, -1))


@pytest.mark.parametrize(("first", "kind"), [(-8, "SS"), (65528, "US")])
def test_a_palette_may_begin_below_zero_however_that_is_written(tmp_path: Path, first: int, kind: str) -> None:
    image = opened(tmp_path, coloured(INDICES.astype(np.int16) - 8, FLAT, first=first, kind=kind, bits=8))
    assert np.array_equal(image.pixels[0], np.moveaxis(FLAT[:, INDICES], 0, -1))


def segmented(indices: Array, entries: int, segments: list[int]) -> FileDataset:
    data = dicom(indices, PhotometricInterpretation="PALETTE COLOR")
    for colour in ("Red", "Green", "Blue"):
        setattr(data, f"{colour}PaletteColorLookupTableDescriptor", [entries, 0, 16])
        setattr(data, f"Segmented{colour}PaletteColorLookupTableData", np.array(segments, "<u2").tobytes())
    return data


def test_a_palette_in_segments_is_expanded(tmp_path: Path) -> None:
    # Two values, then a line of four to 60000, then both segments once more.
    parts = [0, 2, 256, 512, 1, 4, 60000, 2, 2, 0, 0]
    image = opened(tmp_path, segmented(np.arange(12).reshape(2, 6).astype(np.uint8), 12, parts))
    line = [256, 512, 15384, 30256, 45128, 60000]
    assert image.pixels.ravel().tolist() == [one >> 8 for one in line * 2]


def test_a_palette_in_segments_that_would_go_on_for_ever_ends(tmp_path: Path) -> None:
    parts = [0, 1, 5] + [1, 65535, 9] * 3000 + [2, 65535, 0, 0] * 3000
    image = opened(tmp_path, segmented(INDICES, 16, parts))
    assert image.shape == (1, 6, 8)


def test_a_picture_without_its_palette_is_refused(tmp_path: Path) -> None:
    data = coloured(INDICES, FLAT)
    del data.GreenPaletteColorLookupTableData
    assert "a table that it does not hold" in refused(tmp_path, data)


# ── bits ──


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.uint64])
@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_whole_numbers_of_every_size(tmp_path: Path, dtype: Any, syntax: Any) -> None:
    limits = np.iinfo(dtype)
    stored = RANDOM.integers(limits.min, limits.max, (5, 6), dtype)
    order = ">" if syntax == ExplicitVRBigEndian else "<"
    data = dicom(stored, PixelData=stored.astype(np.dtype(dtype).newbyteorder(order)).tobytes())
    data["PixelData"].VR = "OB" if stored.itemsize == 1 else "OW"  # bytes in words would be swapped
    data.file_meta.TransferSyntaxUID = syntax
    image = opened(tmp_path, data)
    assert image.pixels.dtype == dtype
    assert np.array_equal(image.pixels[0], stored)


@pytest.mark.parametrize(("keyword", "dtype"), [("FloatPixelData", np.float32), ("DoubleFloatPixelData", np.float64)])
def test_floating_point_keeps_what_is_no_number(tmp_path: Path, keyword: str, dtype: Any) -> None:
    stored = np.array([[1.5, -2.25], [np.nan, np.inf]], dtype)
    data = dicom(np.zeros((2, 2), np.uint16), BitsAllocated=8 * stored.itemsize)
    del data.PixelData, data.BitsStored, data.HighBit, data.PixelRepresentation
    setattr(data, keyword, stored.tobytes())
    assert np.array_equal(opened(tmp_path, data).pixels[0], stored, equal_nan=True)


def test_an_overlay_in_the_unused_bits_is_not_seen(tmp_path: Path) -> None:
    stored = RANDOM.integers(0, 4096, (6, 8)).astype(np.uint16)
    overlay = RANDOM.integers(0, 2, stored.shape).astype(np.uint16) << 14
    image = opened(tmp_path, dicom(stored | overlay, BitsStored=12, HighBit=11))
    assert np.array_equal(image.pixels[0], stored)


@pytest.mark.parametrize("high", [11, 13, 15])
def test_stored_bits_may_lie_anywhere_in_the_allocated_ones(tmp_path: Path, high: int) -> None:
    stored = RANDOM.integers(-2048, 2048, (6, 8)).astype(np.int16)
    moved = (stored << (high - 11)) | np.int16((1 << (high - 11)) - 1)
    image = opened(tmp_path, dicom(moved, BitsStored=12, HighBit=high))
    assert np.array_equal(image.pixels[0], stored)


def test_single_bits_need_not_fill_their_bytes(tmp_path: Path) -> None:
    bits = RANDOM.random((3, 5, 7)) > 0.5
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    data = dicom(np.zeros((3, 5, 7), np.uint8), BitsAllocated=1, BitsStored=1, HighBit=0, PixelData=packed,
                 SOPClassUID=SecondaryCaptureImageStorage)
    assert np.array_equal(opened(tmp_path, data).pixels, bits)


@pytest.mark.parametrize("bits", [0, 12, 24])
def test_pixels_of_an_odd_size_are_refused_by_it(tmp_path: Path, bits: int) -> None:
    assert f"pixels of {bits} bits" in refused(tmp_path, dicom(ramp(6, 8), BitsAllocated=bits))


# ── the modality's table ──


def table(described: list[int], data: Any, kind: str = "US") -> Dataset:
    made = item(ModalityLUTType="HU")
    made.add_new("LUTDescriptor", "SS" if described[1] < 0 else "US", described)
    made.add_new("LUTData", kind, data)
    return made


CURVE = (np.arange(256) ** 2 // 4).astype(np.uint16)
GREY = ramp(6, 8)


@pytest.mark.parametrize(("data", "kind"), [(CURVE.tolist(), "US"), (CURVE.tobytes(), "OW")])
def test_values_are_what_the_modality_s_table_says(tmp_path: Path, data: Any, kind: str) -> None:
    image = opened(tmp_path, dicom(GREY, ModalityLUTSequence=[table([256, 0, 16], data, kind)], RescaleSlope="2",
                                   RescaleIntercept="7"))
    assert np.array_equal(image.pixels[0], CURVE[GREY])
    assert (image.slope, image.intercept) == ((1.0,), (0.0,))


@pytest.mark.parametrize("first", [-128, 65408])
def test_a_table_may_begin_below_zero_however_that_is_written(tmp_path: Path, first: int) -> None:
    image = opened(tmp_path, dicom(GREY.astype(np.int16) - 128,
                                   ModalityLUTSequence=[table([256, first, 16], CURVE.tolist())]))
    assert np.array_equal(image.pixels[0], CURVE[GREY])


@pytest.mark.parametrize("word", [np.uint8, np.uint16])
def test_a_table_of_8_bit_however_it_is_packed(tmp_path: Path, word: Any) -> None:
    data = np.arange(255, -1, -1, word).tobytes()
    image = opened(tmp_path, dicom(GREY, ModalityLUTSequence=[table([256, 0, 8], data, "OW")]))
    assert np.array_equal(image.pixels[0], 255 - GREY)


def test_a_table_in_implicit_form_is_read_too(tmp_path: Path) -> None:
    data = dicom(GREY, ModalityLUTSequence=[table([256, 0, 12], CURVE.tolist())])
    data.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    assert np.array_equal(opened(tmp_path, data).pixels[0], CURVE[GREY])


def test_a_table_that_is_cut_is_said_and_not_used(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(GREY, ModalityLUTSequence=[table([256, 0, 16], [1, 2, 3])]))
    assert np.array_equal(image.pixels[0], GREY)
    assert "dicom.rescale" in codes(image)
