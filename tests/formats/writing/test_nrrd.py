"""NRRD: the whole grid in LPS, names and colours in the header."""

from pathlib import Path

import nrrd
import numpy as np
import pytest
import SimpleITK

from tests.formats.builders import case, picture, ramp
from urwkv_desktop.formats.export import export
from urwkv_desktop.imaging import Geometry, Image, Label, Labels

pytestmark = pytest.mark.judge
PROGRAM = {"name": "urwkv-desktop", "version": "0"}
AFFINE = np.array([[0.8, 0.3, 0.1, -20], [-0.5, 1.1, 0.2, 7], [0.1, -0.2, 2.5, 90], [0, 0, 0, 1]])
AFFINE[:3, 1] -= AFFINE[:3, 0] * (AFFINE[:3, 0] @ AFFINE[:3, 1]) / (AFFINE[:3, 0] @ AFFINE[:3, 0])
VOLUME = Image(np.zeros((3, 5, 7), np.int16), Geometry.from_affine(AFFINE, 3))
MASK = np.zeros((3, 5, 7), np.uint8)
MASK[1, 2, 3:6], MASK[2, 0, 0] = 1, 2


def test_another_reader_finds_every_voxel_at_its_place(tmp_path: Path) -> None:
    export([case("a", VOLUME, MASK)], tmp_path, ["nrrd"], program=PROGRAM)
    found = SimpleITK.ReadImage(str(tmp_path / "a.seg.nrrd"))
    assert np.array_equal(SimpleITK.GetArrayFromImage(found), MASK)
    assert np.allclose(found.GetOrigin(), AFFINE[:3, 3])


def test_names_of_any_letters_stand_in_the_header(tmp_path: Path) -> None:
    labels = Labels((Label(1, "Größe: 囊肿\nx", "#ff0000"), Label(2, "b", "#00ff00", "SCT:1")))
    report = export([case("a", VOLUME, MASK, labels=labels)], tmp_path, ["nrrd"], program=PROGRAM)
    head = (tmp_path / "a.seg.nrrd").read_bytes().partition(b"\n\n")[0].decode()
    assert report.refused == ()
    assert "Segment0_Name:=Größe: 囊肿 x\n" in head
    assert "Segment0_Color:=1.000000 0.000000 0.000000\n" in head
    assert "Segment1_LabelValue:=2\n" in head


def test_a_picture_states_no_place(tmp_path: Path) -> None:
    export([case("a", picture(ramp(4, 6)), np.ones((1, 4, 6), np.uint8))], tmp_path, ["nrrd"], program=PROGRAM)
    header = nrrd.read_header(str(tmp_path / "a.seg.nrrd"))
    assert "space" not in header
    assert list(header["sizes"]) == [6, 4, 1]


def test_uneven_slices_are_refused(tmp_path: Path) -> None:
    positions = np.array([[0, 0, 0], [0, 0, 1], [0, 0, 9.0]])
    image = Image(np.zeros((3, 5, 7), np.int16), Geometry(positions, third_axis=VOLUME.geometry.third_axis))
    report = export([case("a", image, MASK)], tmp_path, ["nrrd"], program=PROGRAM)
    assert "distances between the slices differ" in str(report.refused[0][1])
