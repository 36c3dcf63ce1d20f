"""Masks beside images: indices or zero and one other value, and never at another place."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.formats.builders import nifti, picture, ramp, save
from urwkv_desktop.formats.reading import index, read, read_labels
from urwkv_desktop.formats.reading.labels import indices
from urwkv_desktop.imaging import Image, Refusal

IDS = np.array([[0, 1, 2], [2, 0, 1]], np.uint8)


@pytest.fixture
def image() -> Image:
    return picture(ramp(2, 3))


@pytest.mark.parametrize("given", [IDS > 0, (IDS > 0) * np.uint8(255), (IDS > 0) * np.uint8(1)])
def test_zero_and_one_other_value_are_one_label(tmp_path: Path, image: Image, given: np.ndarray) -> None:
    save(tmp_path / "m.png", given)
    assert np.array_equal(read_labels(tmp_path, "m.png", image)[0], IDS > 0)


def test_indices_stay_what_they_are(tmp_path: Path, image: Image) -> None:
    save(tmp_path / "m.png", IDS)
    assert np.array_equal(read_labels(tmp_path, "m.png", image)[0], IDS)


def test_palette_is_read_as_indices_and_not_as_colours(tmp_path: Path, image: Image) -> None:
    mask = Pillow.fromarray(IDS, "P")
    mask.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    mask.save(tmp_path / "m.png")
    assert np.array_equal(read_labels(tmp_path, "m.png", image)[0], IDS)


def test_other_size_colour_and_jpeg_are_refused(tmp_path: Path, image: Image) -> None:
    save(tmp_path / "size.png", IDS.T)
    save(tmp_path / "colour.png", np.dstack([IDS, IDS[::-1], IDS]))
    save(tmp_path / "lossy.jpg", IDS)
    for name, said in (("size.png", "1 x 3 x 2"), ("colour.png", "colour"), ("lossy.jpg", "JPEG")):
        with pytest.raises(Refusal, match=said):
            read_labels(tmp_path, name, image)


def test_numbers_that_no_label_could_be_are_refused() -> None:
    for given in (np.array([0.5]), np.array([np.nan]), np.array([-1]), np.array([65536])):
        with pytest.raises(Refusal):
            indices(given)
    assert indices(np.array([0.9999, 2.0001, 0.0])).tolist() == [1, 2, 0]


def test_numbers_of_16_bits_are_labels_like_others(tmp_path: Path, image: Image) -> None:
    given = IDS.astype(np.uint16) * 1000
    save(tmp_path / "m.png", given)
    found = read_labels(tmp_path, "m.png", image)[0]
    assert found.dtype == np.uint16
    assert np.array_equal(found, given)


def test_zero_and_the_highest_of_16_bits_are_one_label(tmp_path: Path, image: Image) -> None:
    save(tmp_path / "m.png", (IDS > 0) * np.uint16(65535))
    found = read_labels(tmp_path, "m.png", image)[0]
    assert found.dtype == np.uint8
    assert np.array_equal(found, IDS > 0)


def test_more_different_numbers_than_a_project_has_labels_are_refused() -> None:
    assert len(np.unique(indices(np.arange(256) * 7))) == 256
    with pytest.raises(Refusal, match="more than 255 labels"):
        indices(np.arange(257) * 7)


def test_a_twin_of_16_bits_with_few_numbers_is_a_mask_and_one_with_many_an_image(tmp_path: Path) -> None:
    save(tmp_path / "a.jpg", ramp(30, 40))
    save(tmp_path / "a.png", (ramp(30, 40) // 80).astype(np.uint16) * 1000)
    save(tmp_path / "b.jpg", ramp(30, 40))
    save(tmp_path / "b.png", np.arange(1200, dtype=np.uint16).reshape(30, 40))
    assert {source.title: source.mask_file for source in index(tmp_path)} == {
        "a": "a.png", "b__jpg": None, "b__png": None}


def test_volume_at_another_place_is_refused(tmp_path: Path) -> None:
    voxels = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    moved = np.eye(4)
    moved[2, 3] = 5
    nifti(tmp_path / "v.nii", voxels)
    nifti(tmp_path / "v_seg.nii", voxels)
    nifti(tmp_path / "moved.nii", voxels, moved)
    source = index(tmp_path)[-1]
    image = read(tmp_path, source)
    assert np.array_equal(read_labels(tmp_path, source, image), image.pixels)
    with pytest.raises(Refusal, match="another place"):
        read_labels(tmp_path, "moved.nii", image)
