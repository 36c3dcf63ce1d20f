"""The shared DICOM sets against their truth: values, places, order, and what each transfer syntax decodes to."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.formats.builders import SHARED, only, pydicom_file
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Image, Plane, Refusal

DICOM, ZOO = SHARED / "dicom", SHARED / "dicom_zoo"
# Opened as what it means and not as the zoo's raw hash: palettes in colour, frames in spatial order, a table applied.
SHOWN_OTHERWISE = {
    "TestPattern_Palette.dcm", "jpeg-ls-Palette.dcm", "OBXXXX1A_rle.dcm", "mlut_18.dcm",
    "CT0012.fragmented_no_bot_jpeg_baseline.51.dcm",
    "GH195.dcm",  # YBR in its JPEG, RGB in its header; test_zoo looks at what is stored
}


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    if not DICOM.is_dir():
        pytest.skip("the shared DICOM set is not here")
    found: dict[str, Any] = json.loads((DICOM / "truth.json").read_text())
    return found


def values_of(image: Image, k: int) -> np.ndarray:
    return np.rint(image.values(Plane(0, k)).astype(np.float64)).astype("<i4")


def digest(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def test_series_are_in_their_true_order_at_their_true_places(truth: dict[str, Any]) -> None:
    by_folder = {source.title: source for source in index(DICOM)}
    for folder, expected in truth["series"].items():
        source = by_folder[folder]
        order = [Path(name).name for name in source.files]
        geometry = read(DICOM, source).geometry
        normal = np.cross(geometry.along_columns, geometry.along_rows)
        steps = np.diff(geometry.positions, axis=0) @ normal
        assert order in (expected["order"], expected["order"][::-1]), folder
        assert np.allclose(normal, expected["normal"], atol=1e-5), folder
        assert np.allclose([steps.min(), steps.max()], [expected["steps_min"], expected["steps_max"]], atol=1e-3)
        assert geometry.is_even, folder


def test_every_slice_has_its_true_values(truth: dict[str, Any]) -> None:
    checked = 0
    for source in index(DICOM):
        if source.kind is not SourceKind.image:
            continue
        image = read(DICOM, source)
        for k, name in enumerate(source.files):
            facts = truth["files"][name]
            if facts["frames"] == 1 and facts.get("modality_exact_integers") and not image.is_colour:
                assert digest(values_of(image, k)) == facts["modality_int32_sha256"], name
                checked += 1
    assert checked > 100


def test_colour_is_the_true_rgb(truth: dict[str, Any]) -> None:
    checked = 0
    for name, facts in truth["files"].items():
        if facts.get("rgb_sha256"):
            image = read(DICOM, only(index(DICOM, [Path(name)])))
            # The palettes' entries are of 16 bit with an empty low byte; we hand out the high one.
            deep = facts.get("rgb_dtype") == "uint16"
            pixels = image.pixels.astype(np.uint16) << 8 if deep else image.pixels
            assert digest(pixels) == facts["rgb_sha256"], name
            checked += 1
    assert checked >= 3


def test_spacing_and_inversion_are_true(truth: dict[str, Any]) -> None:
    for name, facts in truth["files"].items():
        source = only_image(DICOM, name)
        if source is None or facts["frames"] > 1:
            continue
        image = read(DICOM, source)
        assert image.inverted == (facts["photometric"] == "MONOCHROME1")
        if facts["pixel_spacing"] and image.geometry.has_lengths:
            assert [image.geometry.row_spacing, image.geometry.column_spacing] == pytest.approx(facts["pixel_spacing"])


def only_image(root: Path, name: str) -> Source | None:
    source = index(root, [Path(name)])[0]
    return source if source.kind is SourceKind.image else None


def test_field_map_is_two_volumes_with_their_own_slopes(truth: dict[str, Any]) -> None:
    name = "enhanced_mr/philips_fieldmap_64frames.dcm"
    images = [read(DICOM, source) for source in index(DICOM, [Path(name)])]
    assert [image.shape for image in images] == [(32, 64, 64)] * 2
    frames = truth["files"][name]["per_frame"]
    assert {image.slope[0] for image in images} == {frame["slope"] for frame in frames}
    for image in images:
        expected = sorted((frame["position"] for frame in frames if frame["slope"] == image.slope[0]),
                          key=lambda place: place[2])
        assert np.allclose(image.geometry.positions, expected)


def zoo_rows() -> list[dict[str, str]]:
    if not (ZOO / "zoo.csv").is_file():
        return []
    with (ZOO / "zoo.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("group", sorted({row["group"] for row in zoo_rows()}) or ["absent"])
def test_zoo_opens_exactly_or_is_refused(group: str) -> None:
    rows = [row for row in zoo_rows() if row["group"] == group]
    if not rows:
        pytest.skip("the shared zoo is not here")
    for row in rows:
        kind, image = attempt(ZOO / "files", row["file"])
        expected = row["expected"]
        if expected == "opens":
            assert image is not None, row["file"]
            if row["file"] not in SHOWN_OTHERWISE:
                assert digest(image.pixels) in (row["pixel_sha256"], row["rgb_sha256"]), row["file"]
        elif expected in ("refused", "index"):
            assert kind == expected, row["file"]
        elif expected == "opens_as_labels":
            assert kind == "labels", row["file"]


def attempt(root: Path, name: str) -> tuple[str, Image | None]:
    try:
        source = index(root, [Path(name)])[0]
        if source.kind is not SourceKind.image:
            return source.kind.value, None
        return "image", read(root, source)
    except Refusal:
        return "refused", None


@pytest.mark.parametrize(("name", "reference"), [
    ("MR_small_RLE.dcm", "MR_small.dcm"), ("MR_small_jp2klossless.dcm", "MR_small.dcm"),
    ("MR_small_jpeg_ls_lossless.dcm", "MR_small.dcm"), ("MR_small_bigendian.dcm", "MR_small.dcm"),
    ("MR_small_implicit.dcm", "MR_small.dcm"), ("SC_rgb_rle.dcm", "SC_rgb_small_odd.dcm"),
])
def test_lossless_syntaxes_of_pydicoms_files_agree(name: str, reference: str) -> None:
    _, image = attempt(pydicom_file(name).parent, name)
    _, same = attempt(pydicom_file(reference).parent, reference)
    assert image is not None
    assert same is not None
    if image.shape == same.shape:
        assert np.array_equal(image.pixels, same.pixels)
    else:
        assert image.is_colour == same.is_colour
