"""PNG masks: the number in the file is the label's id."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.formats.builders import LABELS, case, picture, ramp
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.writing import png
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet
from urwkv_desktop.imaging import Label, Labels

MASK = np.array([[[0, 1, 2], [2, 2, 0]]], np.uint8)
PROGRAM = {"name": "urwkv-desktop", "version": "0"}


def test_mask_is_its_ids_at_the_images_own_size(tmp_path: Path) -> None:
    export([case("sub/a", picture(ramp(2, 3)), MASK)], tmp_path, ["png"], program=PROGRAM)
    stored = Pillow.open(tmp_path / "sub" / "a.png")
    assert stored.mode == "L"
    assert np.array_equal(np.asarray(stored), MASK[0])


def test_ids_above_255_need_sixteen_bit(tmp_path: Path) -> None:
    labels = Labels((Label(300, "far", "#ffffff"),))
    export([case("a", picture(ramp(2, 3)), (MASK > 0) * np.uint16(300), labels=labels)], tmp_path, ["png"],
           program=PROGRAM)
    assert np.array_equal(np.asarray(Pillow.open(tmp_path / "a.png")), (MASK[0] > 0) * 300)


def test_deleted_labels_pixels_are_background(tmp_path: Path) -> None:
    export([case("a", picture(ramp(2, 3)), MASK, labels=LABELS.without(2))], tmp_path, ["png"], program=PROGRAM)
    assert np.array_equal(np.asarray(Pillow.open(tmp_path / "a.png")), MASK[0] == 1)


def test_id_without_a_label_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    cases = [case("a", picture(ramp(2, 3)), MASK * np.uint8(9)), case("b", picture(ramp(2, 3)), MASK)]
    report = export(cases, tmp_path, ["png"], program=PROGRAM)
    assert [stem for stem, _ in report.refused] == ["a"]
    assert "which no label has" in str(report.refused[0][1])
    assert not (tmp_path / "a.png").exists()
    assert (tmp_path / "b.png").exists()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_colour_is_written_exactly(tmp_path: Path, dtype: type) -> None:
    pixels = np.dstack([ramp(5, 7, dtype=dtype), ramp(5, 7, dtype=dtype)[::-1], ramp(5, 7, dtype=dtype)[:, ::-1]])
    pixels = (pixels * (1 if dtype == np.uint8 else 257)).astype(dtype)
    png.write(Outlet(tmp_path), "a.png", pixels)
    from urwkv_desktop.formats.reading import index, read

    assert np.array_equal(read(tmp_path, index(tmp_path)[0]).pixels[0], pixels)


def test_file_that_is_not_what_was_written_stops_the_export_and_names_the_pixel(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(b"old")
    wrong = MASK[0].copy()
    wrong[1, 2] = 1
    write = png._write
    monkeypatch.setattr(png, "_write", lambda file, pixels: write(file, wrong))
    with pytest.raises(ExportStoppedError, match=r"voxel \(1, 2\) is 1, not 0"):
        png.write(Outlet(tmp_path, ["a.png"]), "a.png", MASK[0])
    assert (tmp_path / "a.png").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
