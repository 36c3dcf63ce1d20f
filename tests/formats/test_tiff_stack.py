"""TIFF files of many pages: a volume, a film, channels of one, or pages that stay apart."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import tifffile
from PIL import Image as Pillow

from tests.formats.builders import only, ramp, save
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.reading import index, read, read_labels
from urwkv_desktop.formats.source import Source, page_by_page
from urwkv_desktop.imaging import Image, Plane, SpacingKind, ThirdAxis

Array = npt.NDArray[Any]


def _pages(count: int, dtype: npt.DTypeLike = np.uint8, *, colour: bool = False) -> Array:
    """No two pages are the same."""
    size = (count, 5, 6, 3) if colour else (count, 5, 6)
    whole = np.arange(np.prod(size)) * 7 % 251
    return whole.reshape(size).astype(dtype)


def _opened(path: Path) -> tuple[Source, Image]:
    source = only(index(path.parent))
    return source, read(path.parent, source)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("compression", [None, "zlib"])
@pytest.mark.parametrize("byteorder", ["<", ">"])
def test_pages_of_one_size_are_one_volume(tmp_path: Path, dtype: type, compression: str | None, byteorder: str) -> None:
    pages = _pages(4, dtype)
    tifffile.imwrite(tmp_path / "stack.tif", pages, photometric="minisblack", compression=compression,
                     byteorder=byteorder)
    source, image = _opened(tmp_path / "stack.tif")
    assert (source.title, source.part, source.dimension, source.group_hint) == ("stack", "", "slices", "")
    assert image.geometry.third_axis is ThirdAxis.space
    assert image.pixels.dtype == dtype
    assert np.array_equal(image.pixels, pages)


def test_a_stack_without_words_has_no_lengths(tmp_path: Path) -> None:
    """The resolution that most programs write is no measurement."""
    tifffile.imwrite(tmp_path / "stack.tif", _pages(4), photometric="minisblack", resolution=(300, 300),
                     resolutionunit="INCH")
    geometry = _opened(tmp_path / "stack.tif")[1].geometry
    assert geometry.kind is SpacingKind.unknown
    assert not geometry.has_lengths


def test_coloured_pages_are_one_volume_of_colours(tmp_path: Path) -> None:
    pages = _pages(3, colour=True)
    tifffile.imwrite(tmp_path / "stack.tif", pages, photometric="rgb")
    source, image = _opened(tmp_path / "stack.tif")
    assert source.colour is None
    assert np.array_equal(image.pixels, pages)


def test_pages_three_pixels_wide_are_no_colours(tmp_path: Path) -> None:
    pages = np.repeat(ramp(4, 1), 3, axis=1)[None].repeat(2, axis=0)
    tifffile.imwrite(tmp_path / "stack.tif", pages, photometric="minisblack")
    assert _opened(tmp_path / "stack.tif")[1].pixels.shape == (2, 4, 3)


def test_pages_that_libtiff_inflates_are_one_volume(tmp_path: Path) -> None:
    pages = [Pillow.fromarray(page) for page in _pages(3)]
    pages[0].save(tmp_path / "stack.tif", compression="tiff_lzw", save_all=True, append_images=pages[1:])
    assert np.array_equal(_opened(tmp_path / "stack.tif")[1].pixels, _pages(3))


def _imagej(path: Path, pages: Array, axes: str, **words: Any) -> Path:
    tifffile.imwrite(path, pages, imagej=True, resolution=(words.pop("per_x", 1.0), words.pop("per_y", 1.0)),
                     metadata={"axes": axes, **words})
    return path


def test_imagej_names_the_lengths_of_a_volume(tmp_path: Path) -> None:
    path = _imagej(tmp_path / "stack.tif", _pages(4), "ZYX", spacing=2.5, unit="mm", per_x=4.0, per_y=2.0)
    image = _opened(path)[1]
    assert image.geometry.kind is SpacingKind.calibrated
    assert image.geometry.spacing(Plane(0, 0)) == (0.5, 0.25)
    assert image.geometry.spacing(Plane(1, 0)) == (2.5, 0.25)
    assert image.geometry.voxel_volume() == pytest.approx(0.5 * 0.25 * 2.5)


@pytest.mark.parametrize(("unit", "millimetres"), [("um", 1e-3), ("micron", 1e-3), ("cm", 10.0), ("inch", 25.4)])
def test_imagejs_units_become_millimetres(tmp_path: Path, unit: str, millimetres: float) -> None:
    path = _imagej(tmp_path / "stack.tif", _pages(2), "ZYX", spacing=3.0, unit=unit, per_x=2.0, per_y=2.0)
    geometry = _opened(path)[1].geometry
    assert geometry.row_spacing == pytest.approx(0.5 * millimetres)
    assert np.allclose(geometry.step, (0, 0, 3 * millimetres))


def test_pixels_as_unit_are_no_length(tmp_path: Path) -> None:
    path = _imagej(tmp_path / "stack.tif", _pages(2), "ZYX", spacing=3.0, unit="pixel")
    assert not _opened(path)[1].geometry.has_lengths


def test_a_volume_whose_slices_have_no_distance_has_no_volume(tmp_path: Path) -> None:
    path = _imagej(tmp_path / "stack.tif", _pages(3), "ZYX", unit="mm", per_x=2.0, per_y=2.0)
    geometry = _opened(path)[1].geometry
    assert geometry.spacing(Plane(0, 0)) == (0.5, 0.5)
    assert geometry.voxel_volume() is None
    assert not isinstance(geometry.steps(Plane(0, 0)), str)
    assert geometry.third_axis is not ThirdAxis.space


def test_imagejs_frames_are_a_film(tmp_path: Path) -> None:
    source, image = _opened(_imagej(tmp_path / "film.tif", _pages(5), "TYX", fps=12.0))
    assert (source.part, source.dimension) == ("", "frames")
    assert image.geometry.third_axis is ThirdAxis.time
    assert image.frames_per_second == 12.0
    assert np.array_equal(image.pixels, _pages(5))


def test_a_film_of_hours_has_no_rate(tmp_path: Path) -> None:
    assert _opened(_imagej(tmp_path / "film.tif", _pages(5), "TYX", finterval=600.0))[1].frames_per_second is None


def test_channels_and_time_points_of_volumes_are_cases_of_one_group(tmp_path: Path) -> None:
    pages = _pages(12).reshape(2, 3, 2, 5, 6)
    _imagej(tmp_path / "cells.tif", pages, "TZCYX")
    sources = index(tmp_path)
    assert [source.part for source in sources] == ["c0t0", "c0t1", "c1t0", "c1t1"]
    assert len({source.group_hint for source in sources}) == 1
    assert sources[0].group_hint
    for source in sources:
        channel, time = int(source.part[1]), int(source.part[3])
        assert np.array_equal(read(tmp_path, source).pixels, pages[time, :, channel])


def _ome(path: Path, pages: Array, axes: str, **words: Any) -> Path:
    tifffile.imwrite(path, pages, ome=True, metadata={"axes": axes, **words})
    return path


def test_ome_names_the_lengths_of_a_volume(tmp_path: Path) -> None:
    path = _ome(tmp_path / "stack.ome.tif", _pages(4, np.uint16), "ZYX", PhysicalSizeX=0.5, PhysicalSizeXUnit="mm",
                PhysicalSizeY=250.0, PhysicalSizeYUnit="µm", PhysicalSizeZ=0.2, PhysicalSizeZUnit="cm")
    geometry = _opened(path)[1].geometry
    assert (geometry.row_spacing, geometry.column_spacing) == (0.25, 0.5)
    assert np.allclose(geometry.step, (0, 0, 2))


def test_omes_time_is_a_film_with_its_rate(tmp_path: Path) -> None:
    path = _ome(tmp_path / "film.ome.tif", _pages(4), "TYX", TimeIncrement=40.0, TimeIncrementUnit="ms")
    source, image = _opened(path)
    assert source.dimension == "frames"
    assert image.frames_per_second == 25.0


@pytest.mark.parametrize("axes", ["CZYX", "ZCYX"])
def test_omes_order_of_pages_is_followed(tmp_path: Path, axes: str) -> None:
    pages = _pages(6).reshape(2, 3, 5, 6) if axes == "CZYX" else _pages(6).reshape(3, 2, 5, 6)
    _ome(tmp_path / "cells.ome.tif", pages, axes)
    by_channel = pages if axes == "CZYX" else pages.swapaxes(0, 1)
    sources = index(tmp_path)
    assert [source.part for source in sources] == ["c0", "c1"]
    for channel, source in enumerate(sources):
        assert np.array_equal(read(tmp_path, source).pixels, by_channel[channel])


def test_several_images_in_one_ome_file_stay_apart(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "several.ome.tif", ome=True) as file:
        file.write(ramp(5, 6), metadata={"axes": "YX"})
        file.write(ramp(5, 6)[::-1], metadata={"axes": "YX"})
    assert [source.part for source in index(tmp_path)] == ["p0", "p1"]


@pytest.mark.parametrize("words", ["<OME", "<!DOCTYPE x [<!ENTITY a 'b'>]><OME>&a;</OME>", "<OME><Image/></OME>",
                                   "ImageJ=1.53\nimages=x\nslices=-4\nspacing=nan\nunit=mm"])
def test_words_that_make_no_sense_leave_a_plain_volume(tmp_path: Path, words: str) -> None:
    tifffile.imwrite(tmp_path / "stack.tif", _pages(3), photometric="minisblack", description=words, metadata=None)
    image = _opened(tmp_path / "stack.tif")[1]
    assert image.shape == (3, 5, 6)


def test_a_reduced_page_and_a_mask_of_transparency_are_no_slices(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        file.write(ramp(5, 6))
        file.write(ramp(5, 6), subfiletype=1)
        file.write(ramp(5, 6) > 100, subfiletype=4, photometric="mask")
    assert _opened(tmp_path / "a.tif")[1].shape == (1, 5, 6)


def test_turned_pages_are_one_volume_too(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", _pages(2), photometric="minisblack", extratags=[(274, "H", 1, 6, False)])
    assert np.array_equal(_opened(tmp_path / "a.tif")[1].pixels, np.rot90(_pages(2), -1, axes=(1, 2)))


def test_a_stack_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", _pages(4), photometric="minisblack")
    assert "the limit is" in str(only(index(tmp_path, limits=Limits(volume_bytes=100))).refusal)


def test_a_stack_of_labels_pairs_with_its_stack(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "scan.tif", _pages(3), photometric="minisblack")
    mask = (_pages(3) > 125).astype(np.uint8)
    tifffile.imwrite(tmp_path / "scan_mask.tif", mask, photometric="minisblack")
    source, image = _opened(tmp_path / "scan.tif")
    assert source.mask_file == "scan_mask.tif"
    assert np.array_equal(read_labels(tmp_path, source, image), mask)


def test_pages_of_a_project_of_before_are_still_read(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "stack.tif", _pages(3), photometric="minisblack")
    save(tmp_path / "other.png", ramp(5, 6))
    stack = next(source for source in index(tmp_path) if source.title == "stack")
    pages = page_by_page(stack)
    digest = stack.identity.partition(":")[2]
    assert [(page.title, page.identity, page.group_hint) for page in pages] == [
        (f"stack_p{k}", f"tiff:{digest}:p{k}", digest) for k in range(3)]
    for k, page in enumerate(pages):
        assert np.array_equal(read(tmp_path, page).pixels[0], _pages(3)[k])
