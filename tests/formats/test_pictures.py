"""PNG, JPEG and BMP: what comes in is what was stored."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.formats.builders import Array, only, png_bytes, ramp, save
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Image


def opened(path: Path) -> Image:
    return read(path.parent, only(index(path.parent)))


def refused(path: Path) -> str:
    source = only(index(path.parent))
    assert source.kind is SourceKind.refused
    assert source.refusal is not None
    return str(source.refusal)


@pytest.mark.parametrize("ending", ["png", "bmp"])
def test_grey_picture_comes_in_exactly_and_has_no_scale(tmp_path: Path, ending: str) -> None:
    pixels = ramp(5, 7)
    image = opened(save(tmp_path / f"a.{ending}", pixels))
    assert np.array_equal(image.pixels[0], pixels)
    assert not image.geometry.has_lengths


def test_sixteen_bit_grey_keeps_its_values(tmp_path: Path) -> None:
    pixels = ramp(5, 7, dtype=np.uint16, top=65535)
    assert np.array_equal(opened(save(tmp_path / "a.png", pixels)).pixels[0], pixels)


@pytest.mark.parametrize(("colour", "samples"), [(2, 3), (6, 4), (4, 2)])
def test_sixteen_bit_colour_png_is_not_cut_to_eight_and_alpha_is_dropped(tmp_path: Path, colour: int, samples: int,
                                                                         ) -> None:
    pixels = np.arange(4 * 5 * samples, dtype=np.uint16).reshape(4, 5, samples) * 257 + 3
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    (tmp_path / "a.png").write_bytes(png_bytes(5, 4, 16, colour, rows))
    expected = pixels[..., :3] if samples > 2 else pixels[..., 0]
    assert np.array_equal(opened(tmp_path / "a.png").pixels[0], expected)


def test_palette_becomes_rgb(tmp_path: Path) -> None:
    colours = np.array([[10, 20, 30], [200, 100, 0]], np.uint8)
    indices = np.array([[0, 1, 1], [1, 0, 0]], np.uint8)
    picture = Pillow.fromarray(indices, "P")
    picture.putpalette(colours.ravel().tolist())
    picture.save(tmp_path / "a.png")
    assert np.array_equal(opened(tmp_path / "a.png").pixels[0], colours[indices])


def test_alpha_is_dropped_and_never_blended(tmp_path: Path) -> None:
    pixels = np.dstack([ramp(4, 4), ramp(4, 4)[::-1], ramp(4, 4).T, np.zeros((4, 4), np.uint8)])
    assert np.array_equal(opened(save(tmp_path / "a.png", pixels)).pixels[0], pixels[..., :3])


def test_rgb_picture_with_equal_channels_is_grey(tmp_path: Path) -> None:
    pixels = ramp(5, 6)
    image = opened(save(tmp_path / "a.png", np.dstack([pixels] * 3)))
    assert not image.is_colour
    assert np.array_equal(image.pixels[0], pixels)


def test_one_bit_picture_is_black_and_white(tmp_path: Path) -> None:
    pixels = np.array([[True, False, True], [False, False, True]])
    assert np.array_equal(opened(save(tmp_path / "a.png", pixels)).pixels[0], pixels * np.uint8(255))


# Where the first stored row lies, by EXIF: what the stored picture must be turned by to be upright.
UPRIGHT = {1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
           5: lambda a: a.T, 6: lambda a: np.rot90(a, -1), 7: lambda a: a[::-1, ::-1].T, 8: lambda a: np.rot90(a)}


@pytest.mark.parametrize("mark", range(1, 9))
def test_orientation_mark_is_applied_once_and_said(tmp_path: Path, mark: int) -> None:
    stored: Array = np.kron(np.array([[0, 80, 160], [240, 40, 120]], np.uint8), np.ones((16, 16), np.uint8))
    exif = Pillow.Exif()
    exif[0x0112] = mark
    image = opened(save(tmp_path / "a.jpg", stored, exif=exif, quality=95))
    upright = UPRIGHT[mark](stored)
    assert image.shape[1:] == upright.shape
    assert np.abs(image.pixels[0].astype(int) - upright).max() < 12
    assert any(finding.code == "picture.turned" for finding in image.findings) == (mark != 1)


def test_truncated_png_is_refused_with_the_figure(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", np.random.default_rng(0).integers(0, 255, (64, 64), np.uint8))
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    assert refused(path).startswith(f"The file is incomplete: 2000 of {len(whole) - 12} bytes.")


@pytest.mark.parametrize("ending", ["jpg", "bmp"])
def test_truncated_picture_is_refused(tmp_path: Path, ending: str) -> None:
    path = save(tmp_path / f"a.{ending}", np.random.default_rng(0).integers(0, 255, (64, 64), np.uint8))
    path.write_bytes(path.read_bytes()[:-700])
    assert "incomplete" in refused(path)


def test_jpeg_whose_thumbnail_alone_is_whole_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64), np.uint8)
    mark = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0thumbnail\xff\xd9"
    path = save(tmp_path / "a.jpg", noise, exif=mark)
    path.write_bytes(path.read_bytes()[:-700])
    assert "incomplete" in refused(path)


def test_png_with_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", ramp(32, 32))
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_text_named_png_and_empty_file_say_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "note.png").write_text("not a picture at all")
    (tmp_path / "zero.png").touch()
    said = {source.title: str(source.refusal) for source in index(tmp_path)}
    assert said["note"].startswith("This is no image: its name ends in .png")
    assert said["zero"].startswith("The file is empty: 0 bytes.")


def test_png_that_declares_more_pixels_than_its_bytes_can_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lying.png").write_bytes(png_bytes(9000, 9000, 8, 0, b"\0" * 9001))
    assert "can't be packed into so few bytes" in refused(tmp_path / "lying.png")


def test_huge_one_bit_png_is_refused_from_its_header(tmp_path: Path) -> None:
    (tmp_path / "huge.png").write_bytes(png_bytes(65000, 65000, 1, 0, b"\0" * 8126))
    assert refused(tmp_path / "huge.png").startswith("This file says it needs 4.2 GB in memory; the limit is 1.1 GB.")
