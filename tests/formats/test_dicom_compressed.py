"""Compressed pixels of one DICOM file: streams that fit their header, and those that know better than it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow
from pydicom.dataset import FileDataset
from pydicom.encaps import encapsulate_extended
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import JPEG2000, JPEGLSLossless, RLELossless

from tests.formats.builders import Array, only, save
from tests.formats.compressing import adobe, by_gdcm, by_pydicom, compressed, gradient, jpeg, jpeg_2000, unmarked
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.reading.dicom_facts import GDCM, facts
from urwkv_desktop.formats.reading.dicom_file import open_dicom
from urwkv_desktop.formats.reading.dicom_fragments import compressed_frames
from urwkv_desktop.imaging import Image, Refusal

BASELINE, JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.90"
GREY = gradient(np.uint8, 255)
DEEP = gradient(np.uint16, 4095)
COLOURS = np.dstack([GREY, GREY[::-1], GREY[:, ::-1]])
STREAM = jpeg(GREY)


def opened(folder: Path, data: FileDataset) -> Image:
    folder.mkdir(exist_ok=True)
    data.save_as(folder / "a.dcm", enforce_file_format=True)
    return read(folder, only(index(folder)))


def refused(folder: Path, data: FileDataset) -> str:
    data.save_as(folder / "a.dcm", enforce_file_format=True)
    source = only(index(folder))
    if source.refusal is not None:
        return str(source.refusal)
    with pytest.raises(Refusal) as raised:
        read(folder, source)
    return str(raised.value)


def codes(image: Image) -> set[str]:
    return {finding.code for finding in image.findings}


def decoded(stream: bytes) -> Array:
    from io import BytesIO

    return np.asarray(Pillow.open(BytesIO(stream)).convert("RGB"))


# ── which colours a JPEG holds ──

AS_IT_IS = jpeg(COLOURS, keep_rgb=True)  # red, green, blue under Adobe's mark
TURNED = jpeg(COLOURS, subsampling=0)  # luma and chroma under JFIF's mark
HALVED = jpeg(COLOURS, subsampling=2)


@pytest.mark.parametrize("header", ["RGB", "YBR_FULL", "YBR_FULL_422"])
@pytest.mark.parametrize("stream", [
    TURNED, unmarked(TURNED, adobe(1)), AS_IT_IS, unmarked(AS_IT_IS), unmarked(AS_IT_IS, adobe(0), b"\1\2\3"),
    unmarked(HALVED),
], ids=["JFIF", "Adobe, turned", "Adobe, not turned", "called R, G, B", "Adobe, not turned, called 1, 2, 3",
        "chroma of half the size"])
def test_a_jpeg_s_own_marks_say_which_colours_it_holds(tmp_path: Path, header: str, stream: bytes) -> None:
    image = opened(tmp_path, compressed(COLOURS, BASELINE, [stream], PhotometricInterpretation=header))
    assert np.abs(image.pixels[0].astype(int) - decoded(stream)).max() <= 1
    is_turned = stream in (TURNED, unmarked(TURNED, adobe(1)), unmarked(HALVED))
    assert ("dicom.colours" in codes(image)) == (is_turned != (header != "RGB"))


@pytest.mark.parametrize("syntax", [BASELINE, *sorted(GDCM)])
def test_a_mark_that_no_one_knows_is_damage_and_no_decoder_s_death(tmp_path: Path, syntax: str) -> None:
    stream = unmarked(AS_IT_IS, adobe(255))
    assert "its JPEG data can't be decoded" in refused(tmp_path, compressed(COLOURS, syntax, [stream]))


@pytest.mark.parametrize(("header", "source"), [("RGB", AS_IT_IS), ("YBR_FULL", TURNED)])
def test_a_jpeg_without_marks_holds_what_its_header_says(tmp_path: Path, header: str, source: bytes) -> None:
    plain = unmarked(source, b"", b"\1\2\3")
    image = opened(tmp_path, compressed(COLOURS, BASELINE, [plain], PhotometricInterpretation=header))
    assert np.abs(image.pixels[0].astype(int) - decoded(source)).max() <= 1


@pytest.mark.parametrize("header", ["RGB", "YBR_RCT", "YBR_ICT", "YBR_FULL"])
def test_jpeg_2000_turns_its_own_colours_back_whatever_the_header_says(tmp_path: Path, header: str) -> None:
    data = compressed(COLOURS, JPEG_2000_LOSSLESS, [jpeg_2000(COLOURS)], PhotometricInterpretation=header)
    assert np.array_equal(opened(tmp_path, data).pixels[0], COLOURS)


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless])
def test_luma_and_chroma_under_other_compressions_become_colours(tmp_path: Path, syntax: str) -> None:
    ybr = convert_color_space(COLOURS, "RGB", "YBR_FULL")
    image = opened(tmp_path, by_pydicom(ybr, syntax, PhotometricInterpretation="YBR_FULL"))
    assert np.array_equal(image.pixels[0], convert_color_space(ybr, "YBR_FULL", "RGB"))


@pytest.mark.parametrize(("pixels", "stream"), [(GREY, TURNED), (COLOURS, STREAM)])
def test_channels_that_the_header_does_not_know_are_refused(tmp_path: Path, pixels: Array, stream: bytes) -> None:
    assert "channels, its header says" in refused(tmp_path, compressed(pixels, BASELINE, [stream]))


# ── bits ──

SIGNED = gradient(np.int16, 4095) - np.int16(2048)


@pytest.mark.parametrize("pixels", [GREY, GREY.view(np.int8), gradient(np.uint16, 65535), SIGNED,
                                    np.dstack([DEEP] * 3) * np.array([1, 2, 3], np.uint16)],
                         ids=["8", "8 signed", "16", "16 signed", "16 in colours"])
@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG_2000_LOSSLESS])
def test_every_depth_comes_back_exactly(tmp_path: Path, syntax: str, pixels: Array) -> None:
    data = (compressed(pixels, syntax, [jpeg_2000(pixels)]) if syntax == JPEG_2000_LOSSLESS
            else by_pydicom(pixels, syntax))
    image = opened(tmp_path, data)
    assert image.pixels.dtype == pixels.dtype
    assert np.array_equal(image.pixels[0], pixels)


@pytest.mark.parametrize("pixels", [GREY, DEEP, SIGNED, COLOURS], ids=["8", "16", "16 signed", "colours"])
def test_jpeg_lossless_comes_back_exactly(tmp_path: Path, pixels: Array) -> None:
    by_gdcm(tmp_path, pixels)
    assert np.array_equal(read(tmp_path, only(index(tmp_path))).pixels[0], pixels)


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEG_2000_LOSSLESS, BASELINE])
def test_8_bit_in_words_of_16_are_no_zeros(tmp_path: Path, syntax: str) -> None:
    streams = {BASELINE: [STREAM], JPEG_2000_LOSSLESS: [jpeg_2000(GREY)]}
    data = compressed(GREY, syntax, streams[syntax]) if syntax in streams else by_pydicom(GREY, syntax)
    data.BitsAllocated = 16
    image = opened(tmp_path, data)
    assert image.pixels.dtype == np.uint16
    assert np.abs(image.pixels[0].astype(int) - GREY).max() <= (8 if syntax == BASELINE else 0)


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG_2000_LOSSLESS])
def test_16_bit_under_a_header_of_8_are_refused(tmp_path: Path, syntax: str) -> None:
    data = (compressed(DEEP, syntax, [jpeg_2000(DEEP, 16)]) if syntax == JPEG_2000_LOSSLESS
            else by_pydicom(DEEP, syntax))
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit = 7
    assert "its pixels have 16 bits, its header says 8" in refused(tmp_path, data)


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEG_2000_LOSSLESS])
def test_a_stream_knows_better_than_its_header_how_deep_it_is(tmp_path: Path, syntax: str) -> None:
    data = (compressed(DEEP, syntax, [jpeg_2000(DEEP, 12)]) if syntax == JPEG_2000_LOSSLESS
            else by_pydicom(DEEP, syntax, BitsStored=12, HighBit=11))
    data.BitsStored, data.HighBit = 10, 9
    image = opened(tmp_path, data)
    assert np.array_equal(image.pixels[0], DEEP)
    assert "dicom.bits" in codes(image)


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless])
def test_an_overlay_that_was_compressed_with_its_pixels_is_not_seen(tmp_path: Path, syntax: str) -> None:
    data = by_pydicom(DEEP | np.uint16(0x5000), syntax)
    data.BitsStored, data.HighBit = 12, 11
    assert np.array_equal(opened(tmp_path, data).pixels[0], DEEP)


@pytest.mark.parametrize("stream", [SIGNED.view(np.uint16) & np.uint16(4095), SIGNED], ids=["unsigned", "signed"])
def test_a_signed_header_over_either_kind_of_stream(tmp_path: Path, stream: Array) -> None:
    data = compressed(SIGNED, JPEG_2000_LOSSLESS, [jpeg_2000(stream, 12)], BitsStored=12, HighBit=11)
    assert np.array_equal(opened(tmp_path, data).pixels[0], SIGNED)


# ── frames ──

FRAMES = np.stack([GREY, GREY[::-1]])
STREAMS = [STREAM, jpeg(np.ascontiguousarray(GREY[::-1]))]


def first_rows(image: Image) -> list[int]:
    return [round(float(frame[0].mean())) for frame in image.pixels]


@pytest.mark.parametrize("fragments", [1, 3])
@pytest.mark.parametrize("table", [False, True])
def test_frames_of_several_fragments(tmp_path: Path, fragments: int, *, table: bool) -> None:
    image = opened(tmp_path, compressed(FRAMES, BASELINE, STREAMS, table=table, fragments=fragments))
    assert np.array_equal(image.pixels[0], decoded(STREAMS[0])[..., 0])
    assert np.array_equal(image.pixels[1], decoded(STREAMS[1])[..., 0])


@pytest.mark.parametrize("offset", [7, 1 << 31])
def test_a_table_of_offsets_that_lies_is_not_needed(tmp_path: Path, offset: int) -> None:
    data = compressed(FRAMES, BASELINE, STREAMS, table=True)
    lying = bytearray(data.PixelData)
    lying[12:16] = offset.to_bytes(4, "little")
    data.PixelData = bytes(lying)
    assert first_rows(opened(tmp_path, data)) == first_rows(opened(tmp_path, compressed(FRAMES, BASELINE, STREAMS)))


@pytest.mark.parametrize("values", [
    {}, {"ExtendedOffsetTable": b"\xff" * 16}, {"ExtendedOffsetTableLengths": b"\xff" * 16},
    {"ExtendedOffsetTableLengths": None},
])
def test_an_extended_table_of_offsets_may_lie_or_lack_its_half(tmp_path: Path, values: dict[str, Any]) -> None:
    data = compressed(FRAMES, BASELINE, STREAMS)
    data.PixelData, data.ExtendedOffsetTable, data.ExtendedOffsetTableLengths = encapsulate_extended(STREAMS)
    for keyword, value in values.items():
        setattr(data, keyword, value)
    assert first_rows(opened(tmp_path, data)) == first_rows(opened(tmp_path, compressed(FRAMES, BASELINE, STREAMS)))


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("declared", [1, 2])
def test_frames_that_the_header_does_not_count_are_said(tmp_path: Path, declared: int, *, table: bool) -> None:
    data = compressed(FRAMES, BASELINE, [*STREAMS, *STREAMS], table=table)
    data.NumberOfFrames = declared
    image = opened(tmp_path, data)
    assert image.shape[0] == declared
    assert "dicom.frames_more" in codes(image)
    assert f"holds {4 - declared} frames more" in " ".join(str(one.message) for one in image.findings)


def test_frames_that_are_not_there_are_counted(tmp_path: Path) -> None:
    data = compressed(np.stack([GREY] * 3), BASELINE, STREAMS)
    assert "2 of 3 frames" in refused(tmp_path, data)
    assert "2 of 3 frames" in refused(tmp_path, compressed(np.stack([GREY] * 3), BASELINE, STREAMS, fragments=2))


# ── data that is missing within ──


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_jpeg_that_ends_early_is_not_shown_half_grey(tmp_path: Path, share: float, options: dict[str, Any]) -> None:
    whole = jpeg(np.random.default_rng(3).integers(0, 256, (64, 64)).astype(np.uint8), **options)
    cut = whole[:int(share * len(whole))] + b"\xff\xd9"
    data = compressed(np.zeros((64, 64), np.uint8), BASELINE, [cut])
    assert "a part of its JPEG data is missing" in refused(tmp_path, data)
    picture = tmp_path / "picture"
    save(picture / "a.png", GREY).unlink()
    (picture / "a.jpg").write_bytes(cut)
    with pytest.raises(Refusal, match="a part of its JPEG data is missing"):
        read(picture, only(index(picture)))


@pytest.mark.parametrize("tail", [b"\xff\xd9", b"\0" * 200 + b"\xff\xd9"], ids=["cut", "a hole"])
def test_a_lossless_jpeg_that_lacks_data_says_so(tmp_path: Path, tail: bytes) -> None:
    noise = np.random.default_rng(3).integers(0, 4096, (64, 64)).astype(np.uint16)
    path = by_gdcm(tmp_path, noise, BitsStored=12, HighBit=11)
    file = open_dicom(path, Room())
    assert file.syntax in GDCM
    stream, = compressed_frames(file, facts(file)[0].frames)
    data = compressed(noise, file.syntax, [stream[:len(stream) // 2] + tail], BitsStored=12, HighBit=11)
    assert "a part of its JPEG data is missing" in refused(tmp_path, data)


def test_a_lossless_jpeg_with_bytes_that_belong_to_nothing_opens_with_a_warning(tmp_path: Path) -> None:
    path = by_gdcm(tmp_path, DEEP, BitsStored=12, HighBit=11)
    file = open_dicom(path, Room())
    stream, = compressed_frames(file, 1)
    data = compressed(DEEP, file.syntax, [stream[:-2] + b"\0" * 200 + stream[-2:]], BitsStored=12, HighBit=11)
    image = opened(tmp_path, data)
    assert np.array_equal(image.pixels[0], DEEP)
    assert "jpeg.damaged" in codes(image)


def test_lossy_values_beyond_the_stored_bits_do_not_wrap_round(tmp_path: Path) -> None:
    overshot = DEEP.copy()
    overshot[0, 0] = 4170
    data = compressed(overshot, JPEG2000, [jpeg_2000(overshot, 16)], BitsStored=12, HighBit=11)
    assert opened(tmp_path, data).pixels[0, 0, 0] == 4170
