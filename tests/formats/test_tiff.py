"""TIFF: single pages and those that do not belong together, every depth as stored. Stacks: test_tiff_stack.py."""

import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from tests.formats.builders import only, ramp
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import index, read, tiff
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Image


def opened(path: Path) -> Image:
    return read(path.parent, only(index(path.parent)))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("compression", [None, "zlib"])
def test_grey_page_comes_in_exactly(tmp_path: Path, dtype: type, compression: str | None) -> None:
    pixels = ramp(9, 7, dtype=dtype, top=250)
    tifffile.imwrite(tmp_path / "a.tif", pixels, compression=compression)
    image = opened(tmp_path / "a.tif")
    assert image.pixels.dtype == dtype
    assert np.array_equal(image.pixels[0], pixels)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_colour_page_comes_in_exactly(tmp_path: Path, dtype: type, planar: str) -> None:
    pixels = np.dstack([ramp(9, 7, dtype=dtype), ramp(9, 7, dtype=dtype)[::-1], ramp(9, 7, dtype=dtype)[:, ::-1]])
    stored = pixels if planar == "contig" else np.moveaxis(pixels, -1, 0)
    tifffile.imwrite(tmp_path / "a.tif", stored, photometric="rgb", planarconfig=planar)
    assert np.array_equal(opened(tmp_path / "a.tif").pixels[0], pixels)


@pytest.mark.parametrize("mode", ["L", "I;16", "RGB"])
def test_lzw_page_is_inflated_by_libtiff(tmp_path: Path, mode: str) -> None:
    pixels = ramp(9, 7, dtype=np.uint16 if mode == "I;16" else np.uint8)
    pixels = np.dstack([pixels, pixels[::-1], pixels[:, ::-1]]) if mode == "RGB" else pixels
    Pillow.fromarray(pixels).save(tmp_path / "a.tif", compression="tiff_lzw")
    assert np.array_equal(opened(tmp_path / "a.tif").pixels[0], pixels)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems let no such name stand on their disks")
def test_deep_colour_page_opens_whatever_its_file_is_called(tmp_path: Path) -> None:
    pages = np.random.default_rng(3).integers(0, 65536, (2, 8, 9, 3), dtype=np.uint16)
    assert cv2.imwritemulti(str(tmp_path / "a.tif"), [np.ascontiguousarray(page[..., ::-1]) for page in pages])
    for name in (b"gr\xc3\xb6\xc3\x9fe.tif", b"bad\xff.tif"):
        path = tmp_path / os.fsdecode(name)
        path.write_bytes((tmp_path / "a.tif").read_bytes())
        assert np.array_equal(tiff.read(path, 1, Room()).pixels[0], pages[1])


def test_pages_of_several_sizes_are_cases_of_one_group(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "pages.tif") as file:
        file.write(ramp(5, 6))
        file.write(ramp(7, 6))
    first, second = index(tmp_path)
    assert (first.title, second.title) == ("pages_p0", "pages_p1")
    assert first.group_hint == second.group_hint != ""
    assert first.identity != second.identity
    assert np.array_equal(read(tmp_path, second).pixels[0], ramp(7, 6))


def test_white_is_zero_is_a_matter_of_display(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", ramp(5, 6), photometric="miniswhite")
    image = opened(tmp_path / "a.tif")
    assert image.inverted
    assert np.array_equal(image.pixels[0], ramp(5, 6))


def test_orientation_tag_is_applied(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", ramp(5, 6), extratags=[(274, "H", 1, 6, True)])
    assert np.array_equal(opened(tmp_path / "a.tif").pixels[0], np.rot90(ramp(5, 6), -1))


def test_truncated_tiff_is_refused_with_the_figure(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", ramp(64, 64))
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(whole[:-1000])
    source = only(index(tmp_path))
    assert source.kind is SourceKind.refused
    assert f"{len(whole) - 1000} of {len(whole)} bytes" in str(source.refusal)
