"""What a DICOM file says of how it is shown: windows, curves, tables, padding, which end is bright."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileDataset

from tests.formats.builders import dicom, item, only
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.writing.shown import shown
from urwkv_desktop.imaging import Curve, Image, Padding, Window

DEEP = (np.arange(48) * 60).reshape(6, 8).astype(np.uint16)


def opened(folder: Path, data: FileDataset) -> Image:
    data.save_as(folder / "a.dcm", enforce_file_format=True)
    return read(folder, only(index(folder)))


def voi(first: int, entries: list[int], name: str, bits: int = 8) -> Dataset:
    made = item(LUTExplanation=name)
    made.add_new("LUTDescriptor", "SS" if first < 0 else "US", [len(entries), first, bits])
    made.add_new("LUTData", "US", entries)
    return made


def codes(image: Image) -> set[str]:
    return {finding.code for finding in image.findings}


def test_tables_come_before_windows_and_each_keeps_its_name(tmp_path: Path) -> None:
    hard, soft = [0] * 1000 + [255] * 1000, [min(255, value // 8) for value in range(2000)]
    image = opened(tmp_path, dicom(DEEP, VOILUTSequence=[voi(0, hard, "HARD"), voi(0, soft, "SOFT")],
                                   WindowCenter=[100, 300], WindowWidth=[50, 500],
                                   WindowCenterWidthExplanation=["A", "B"]))
    assert [window.name for window in image.windows] == ["HARD", "SOFT", "A", "B"]
    assert np.array_equal(shown(image, 0), np.where(DEEP < 1000, 0, 255))


def test_a_table_is_of_rescaled_values_and_its_ends_go_on(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(DEEP, VOILUTSequence=[voi(-500, [20] + [128] * 998 + [200], "X")], RescaleSlope="1",
                                   RescaleIntercept="-1000"))
    values = DEEP.astype(int) - 1000
    assert np.array_equal(shown(image, 0), np.where(values <= -500, 20, np.where(values >= 499, 200, 128)))


def test_a_table_of_other_depths_is_scaled_to_the_screen(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(DEEP, VOILUTSequence=[voi(0, list(range(4096)), "X", bits=12)]))
    assert np.abs(shown(image, 0) - DEEP.astype(float) * 255 / 4095).max() <= 0.51


def test_a_sigmoid_is_a_sigmoid(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(DEEP, WindowCenter="1000", WindowWidth="400", VOILUTFunction="SIGMOID"))
    assert image.windows == (Window(1000, 400, curve=Curve.sigmoid),)
    wanted = 255 / (1 + np.exp(-4 * (DEEP - 1000.0) / 400))
    assert np.abs(shown(image, 0) - wanted).max() <= 0.51


@pytest.mark.parametrize(("values", "windows", "is_odd"), [
    ({"WindowCenter": "5", "WindowWidth": "1"}, (Window(5, 1),), False),
    ({"WindowCenter": "5", "WindowWidth": "0.5"}, (), True),
    ({"WindowCenter": "5", "WindowWidth": "0.5", "VOILUTFunction": "LINEAR_EXACT"}, (Window(5, 0.5, "", Curve.exact),),
     False),
    ({"WindowCenter": "5", "WindowWidth": "0.5", "RescaleSlope": "0.01"}, (Window(5, 0.5),), False),
    ({"WindowCenter": "5", "WindowWidth": "-3"}, (), True),
    ({"WindowCenter": "5"}, (), True),
    ({"WindowCenter": ["5", "6"], "WindowWidth": ["0", "7"]}, (Window(6, 7),), True),
    ({"WindowCenter": "5", "WindowWidth": "7", "VOILUTFunction": "CUBIC"}, (Window(5, 7),), False),
    ({}, (), False),
])
def test_a_window_that_means_nothing_is_said_and_left_out(tmp_path: Path, values: dict[str, Any],
                                                          windows: tuple[Window, ...], *, is_odd: bool) -> None:
    image = opened(tmp_path, dicom(DEEP, **values))
    assert image.windows == windows
    assert ("dicom.window" in codes(image)) == is_odd


@pytest.mark.parametrize(("kind", "shape", "inverted", "contradicts"), [
    ("MONOCHROME1", "INVERSE", True, False), ("MONOCHROME1", "IDENTITY", True, True),
    ("MONOCHROME2", "IDENTITY", False, False), ("MONOCHROME2", "INVERSE", False, True),
    ("MONOCHROME1", "", True, False),
])
def test_which_end_is_bright_is_the_interpretation_s_affair(tmp_path: Path, kind: str, shape: str, *, inverted: bool,
                                                            contradicts: bool) -> None:
    image = opened(tmp_path, dicom(DEEP, PhotometricInterpretation=kind, PresentationLUTShape=shape))
    assert image.inverted == inverted
    assert ("dicom.brightness" in codes(image)) == contradicts
    assert np.array_equal(image.pixels[0], DEEP)


# ── padding ──

SIGNED = np.array([[-2000, -1500], [0, 700]], np.int16)


@pytest.mark.parametrize(("kind", "value"), [("SS", -2000), ("US", 63536)])
def test_padding_has_the_sign_that_pixels_have(tmp_path: Path, kind: str, value: int) -> None:
    data = dicom(SIGNED)
    data.add_new("PixelPaddingValue", kind, value)
    image = opened(tmp_path, data)
    assert image.padding == Padding.of(-2000)
    assert image.padding.covers(image.pixels[0]).tolist() == [[True, False], [False, False]]


def test_padding_may_be_a_range_in_either_order(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(SIGNED, PixelPaddingValue=-1500, PixelPaddingRangeLimit=-2000))
    assert image.padding is not None
    assert image.padding.covers(image.pixels[0]).tolist() == [[True, True], [False, False]]


def test_padding_goes_through_the_modality_s_table(tmp_path: Path) -> None:
    image = opened(tmp_path, dicom(np.array([[0, 1], [2, 3]], np.uint8), PixelPaddingValue=3,
                                   ModalityLUTSequence=[voi(0, [50, 60, 70, 80], "HU", bits=16)]))
    assert image.padding == Padding.of(80)


def test_padding_of_floating_point_has_its_own_element(tmp_path: Path) -> None:
    stored = np.array([[-1.5, 2.5]], np.float32)
    data = dicom(np.zeros((1, 2), np.uint16), BitsAllocated=32, FloatPixelPaddingValue=-1.5)
    del data.PixelData, data.BitsStored, data.HighBit, data.PixelRepresentation
    data.FloatPixelData = stored.tobytes()
    image = opened(tmp_path, data)
    assert image.padding == Padding.of(-1.5)
    assert image.padding.covers(image.pixels[0]).tolist() == [[True, False]]
