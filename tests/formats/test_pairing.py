"""Which mask belongs to which image."""

from collections.abc import Sequence

import pytest

from urwkv_desktop.formats.pairing import pair


def pairs(files: Sequence[str], *, twins: bool = False) -> dict[str, str]:
    return pair(files, lambda mask, image: twins and mask.endswith(".png")).mask_of


@pytest.mark.parametrize("mask", ["a_mask.png", "a_seg.nii.gz", "a_segmentation.png", "A_Mask.png", "masks/a.png",
                                  "labels/a.png", "masks/a_mask.png"])
def test_mask_is_found_by_its_stem(mask: str) -> None:
    assert pairs(["a.jpg", mask]) == {"a.jpg": mask}


def test_images_and_masks_in_folders_of_their_own(tmp_path: object) -> None:
    files = ["images/x/a.png", "images/y/a.png", "masks/x/a.png", "masks/y/a.png"]
    assert pairs(files) == {"images/x/a.png": "masks/x/a.png", "images/y/a.png": "masks/y/a.png"}


def test_stem_that_could_belong_to_two_images_is_not_paired() -> None:
    assert pairs(["x/a.png", "y/a.png", "masks/a.png"]) == {}


def test_same_stem_in_one_folder_is_a_mask_only_if_it_looks_like_one() -> None:
    assert pairs(["a.jpg", "a.png"], twins=True) == {"a.jpg": "a.png"}
    found = pair(["a.jpg", "a.png"], lambda mask, image: False)
    assert (found.images, found.mask_of) == (["a.jpg", "a.png"], {})


def test_mask_ending_without_its_image_is_an_image() -> None:
    assert pair(["a_mask.png"], lambda mask, image: True).images == ["a_mask.png"]


def test_several_masks_are_said_and_the_first_is_used() -> None:
    found = pair(["a.png", "a_mask.png", "a_mask_1.png"], lambda mask, image: False)
    assert found.mask_of == {"a.png": "a_mask.png"}
    assert found.several == {"a.png"}
    assert found.images == ["a.png"]


def test_mask_without_an_image_is_no_case() -> None:
    found = pair(["a.png", "masks/b.png"], lambda mask, image: False)
    assert (found.images, found.labels) == (["a.png"], ["masks/b.png"])
