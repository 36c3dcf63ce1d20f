"""DICOM SEG as others write it: bits, shares, label maps; on the image's slices, beside them, or on none."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import JPEGLSLossless, RLELossless, SegmentationStorage

from tests.formats.builders import Array, dicom, item
from tests.formats.compressing import packed
from urwkv_desktop.formats.label_set import IN_ORDER, RESAMPLE, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.labels import read_label_set
from urwkv_desktop.imaging import Geometry, Refusal, SpacingKind, ThirdAxis

ALONG, SHAPE = [1, 0, 0, 0, 1, 0], (4, 5, 7)
SERIES = "1.2.3.4"
TARGET = LabelTarget(SHAPE, Geometry(np.array([[10.0, 20.0, 3.0 * k] for k in range(4)]), row_spacing=2.0,
                                     column_spacing=0.5, kind=SpacingKind.patient, third_axis=ThirdAxis.space,
                                     oriented=True), (), f"dicom:{SERIES}:part")
RANDOM = np.random.default_rng(5)


def group(height: float, segment: int | None = 1, **more: Any) -> Dataset:
    found = item(PlanePositionSequence=[item(ImagePositionPatient=[10.0, 20.0, height])], **more)
    if segment is not None:
        found.SegmentIdentificationSequence = [item(ReferencedSegmentNumber=segment)]
    return found


def seg(planes: Array, groups: list[Dataset], kind: str = "BINARY", segments: int = 2, *,
        directions: list[float] = ALONG, spacing: tuple[float, float] = (2.0, 0.5), **values: Any) -> FileDataset:
    """planes: [frames, rows, columns]."""
    data = dicom(planes, **{"SOPClassUID": SegmentationStorage, "Modality": "SEG", "SegmentationType": kind, **values})
    if kind == "BINARY":
        bits = np.packbits(planes.astype(bool).ravel(), bitorder="little").tobytes()
        data.BitsAllocated = data.BitsStored = 1
        data.HighBit, data.PixelData = 0, bits + b"\0" * (len(bits) % 2)
    data.SegmentSequence = [item(SegmentNumber=n + 1, SegmentLabel=f"Segment {n + 1}") for n in range(segments)]
    data.SharedFunctionalGroupsSequence = [item(
        PixelMeasuresSequence=[item(PixelSpacing=list(spacing), SliceThickness=3)],
        PlaneOrientationSequence=[item(ImageOrientationPatient=directions)])]
    data.PerFrameFunctionalGroupsSequence = groups
    return data


def taken(folder: Path, data: FileDataset, wish: LabelWish | None = None, target: LabelTarget = TARGET) -> LabelSet:
    data.save_as(folder / "a.seg.dcm", enforce_file_format=True)
    return read_label_set(folder, folder / "a.seg.dcm", target, wish or LabelWish(), Room())


def refused(folder: Path, data: FileDataset, target: LabelTarget = TARGET) -> str:
    with pytest.raises(Refusal) as raised:
        taken(folder, data, target=target)
    return str(raised.value)


def said(found: LabelSet) -> str:
    return " ".join(str(one.message) for one in found.findings)


BITS = RANDOM.random((3, 5, 7)) > 0.5  # 35 bits a plane: frames begin within a byte


def test_bits_lie_on_their_slices_and_missing_planes_are_empty(tmp_path: Path) -> None:
    found = taken(tmp_path, seg(BITS.astype(np.uint8), [group(9), group(0), group(3)]))
    wanted = np.zeros(SHAPE, np.uint8)
    wanted[[3, 0, 1]] = BITS
    assert np.array_equal(found.voxels, wanted)
    assert [name.name for name in found.names] == ["Segment 1", "Segment 2"]


def test_segments_that_overlap_are_refused_with_their_names_and_an_order_helps(tmp_path: Path) -> None:
    planes = np.zeros((2, 5, 7), np.uint8)
    planes[0, 1:4], planes[1, 3:] = 1, 1
    data = seg(planes, [group(3, 1), group(3, 2)])
    with pytest.raises(Refusal, match="Segment 2 and Segment 1 overlap on slice 2") as raised:
        taken(tmp_path, data)
    assert raised.value.cure == IN_ORDER
    assert taken(tmp_path, data, LabelWish(in_order=True)).voxels[1, :, 0].tolist() == [0, 1, 1, 2, 2]


@pytest.mark.parametrize("kind", ["PROBABILITY", "OCCUPANCY"])
@pytest.mark.parametrize(("most", "threshold", "least"), [
    (255, 0.5, 128), (100, 0.5, 50), (1, 0.5, 1), (200, 0.9, 180),
])
def test_shares_belong_to_a_label_from_a_threshold_on_and_it_is_said(tmp_path: Path, kind: str, most: int,
                                                                     threshold: float, least: int) -> None:
    shares = (np.arange(35) * most // 34).reshape(1, 5, 7).astype(np.uint8)
    found = taken(tmp_path, seg(shares, [group(6)], "FRACTIONAL", SegmentationFractionalType=kind,
                                MaximumFractionalValue=most), LabelWish(threshold=threshold))
    assert np.array_equal(found.voxels[2], shares[0] >= least)
    assert f"what is at least {round(100 * threshold)} % belongs to it" in said(found)


MAP = RANDOM.integers(0, 3, (2, 5, 7)).astype(np.uint8)


@pytest.mark.parametrize("syntax", [None, RLELossless, JPEGLSLossless])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_label_map_holds_each_label_s_number(tmp_path: Path, dtype: Any, syntax: Any) -> None:
    data = seg(MAP.astype(dtype), [group(0, None), group(9, None)], "LABELMAP")
    if syntax is not None:
        packed(data, syntax)
    found = taken(tmp_path, data)
    assert np.array_equal(found.voxels[[0, 3]], MAP)
    assert not found.voxels[1:3].any()


def test_a_label_map_s_background_may_have_a_number_of_its_own(tmp_path: Path) -> None:
    data = seg(np.where(MAP == 0, 77, MAP).astype(np.uint8), [group(0, None), group(9, None)], "LABELMAP",
               PixelPaddingValue=77)
    assert np.array_equal(taken(tmp_path, data).voxels[[0, 3]], MAP)


def test_a_label_map_s_palette_is_not_its_numbers(tmp_path: Path) -> None:
    data = seg(MAP, [group(0, None), group(9, None)], "LABELMAP", PhotometricInterpretation="PALETTE COLOR")
    for colour in ("Red", "Green", "Blue"):
        setattr(data, f"{colour}PaletteColorLookupTableDescriptor", [4, 0, 8])
        setattr(data, f"{colour}PaletteColorLookupTableData", b"\x10\x50\x90\xf0")
    assert np.array_equal(taken(tmp_path, data).voxels[[0, 3]], MAP)


def test_a_mask_of_another_series_at_the_same_place_is_taken_with_a_word(tmp_path: Path) -> None:
    planes, groups = BITS[:1].astype(np.uint8), [group(3)]
    other = taken(tmp_path, seg(planes, groups, ReferencedSeriesSequence=[item(SeriesInstanceUID="9.9")]))
    assert "drawn on another series" in said(other)
    own = taken(tmp_path, seg(planes, groups, ReferencedSeriesSequence=[item(SeriesInstanceUID=SERIES)]))
    assert own.findings == ()


def test_planes_the_other_way_round_are_put_in_order(tmp_path: Path) -> None:
    turned = [-1, 0, 0, 0, 1, 0]
    planes = BITS[:1].astype(np.uint8)[:, :, ::-1]
    data = seg(planes, [group(3)], directions=turned)
    data.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[0].ImagePositionPatient = [10.0 + 6 * 0.5, 20.0, 3.0]
    found = taken(tmp_path, data)
    assert np.array_equal(found.voxels[1], BITS[0])
    assert "put into the image's order" in said(found)


def test_another_grid_is_resampled_only_when_asked(tmp_path: Path) -> None:
    data = seg(np.ones((1, 5, 7), np.uint8), [group(3)], spacing=(1.0, 1.0))
    with pytest.raises(Refusal, match="on another grid than the image") as raised:
        taken(tmp_path, data)
    assert raised.value.cure == RESAMPLE
    found = taken(tmp_path, data, LabelWish(resample=True))
    assert "nearest voxels" in said(found)


@pytest.mark.parametrize(("data", "why"), [
    (seg(MAP, [group(0, None), group(9, None)], "LABELMAP", DimensionOrganizationType="TILED_FULL"), "tiles"),
    (seg(MAP, [group(0, None, PlanePositionSlideSequence=[Dataset()]), group(9, None)], "LABELMAP"), "tiles"),
    (seg(BITS.astype(np.uint8), [group(0), group(3)]), "its segmentation data can't be decoded"),
    (seg(BITS.astype(np.uint8), [group(0, None), group(3), group(6)]), "its segmentation data can't be decoded"),
    (seg(BITS.astype(np.uint8), [group(0), group(3), group(6)], NumberOfFrames=9), "incomplete: 14 of 40 bytes"),
    (seg(BITS.astype(np.uint8), [group(0), group(3), group(6)], SegmentationType="SOMETHING"), "can't be decoded"),
], ids=["tiles", "sparse tiles", "too few groups", "no segment", "cut", "another kind"])
def test_a_segmentation_that_can_t_be_placed_or_read_is_refused(tmp_path: Path, data: FileDataset, why: str) -> None:
    assert why in refused(tmp_path, data)


def test_a_mask_of_a_picture_of_another_size_is_refused_with_both(tmp_path: Path) -> None:
    picture = LabelTarget((1, 9, 9), Geometry.picture())
    data = seg(BITS[:1].astype(np.uint8), [group(0)])
    assert "The mask is 1 x 5 x 7, the image 1 x 9 x 9" in refused(tmp_path, data, picture)


def test_planes_a_kilometre_apart_cost_no_memory(tmp_path: Path) -> None:
    data = seg(BITS.astype(np.uint8), [group(0), group(0.001), group(900000)])
    assert "the limit is" in refused(tmp_path, data)
