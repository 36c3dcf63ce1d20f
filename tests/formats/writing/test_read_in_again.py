"""What this program writes, its readers take in again: every voxel, every name. They share nothing with the writers."""

import numpy as np
import pytest

from tests.formats.writing.conftest import Exported
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.labels import read_label_set
from urwkv_desktop.formats.source import Source, SourceKind


def taken(exported: Exported, name: str, kind: str) -> LabelSet:
    fixture = exported.fixtures[name]
    image = fixture.case.image
    source = Source(SourceKind.image, fixture.case.source_files, identity="dicom:1")
    target = LabelTarget(image.shape, image.geometry, source.files, source.identity)
    return read_label_set(fixture.folder, exported.out / f"{name}.{kind}.dcm", target, LabelWish(), Room())


def by_name(found: LabelSet, exported: Exported, name: str) -> np.ndarray:
    """Segments are numbered anew from 1: their names say which label each is."""
    ids = {one.name: one.id for one in exported.fixtures[name].case.labels}
    table = np.zeros(256, np.uint8)
    for one in found.names:
        table[one.value] = ids[one.name]
    return table[found.voxels]


@pytest.mark.parametrize("kind", ["seg", "labelmap", "rtstruct"])
@pytest.mark.parametrize("name", ["oblique/oblique", "anisotropic/anisotropic", "reversed/reversed"])
def test_a_series(exported: Exported, name: str, kind: str) -> None:
    case = exported.fixtures[name].case
    found = taken(exported, name, kind)
    assert [one.name for one in found.names] == [one.name for one in case.labels]
    assert np.array_equal(by_name(found, exported, name), case.written_mask())


@pytest.mark.parametrize("kind", ["seg", "labelmap"])
@pytest.mark.parametrize("name", ["cine/cine", "radiograph/one"])
def test_pictures_without_a_place(exported: Exported, name: str, kind: str) -> None:
    found = taken(exported, name, kind)
    assert np.array_equal(by_name(found, exported, name), exported.fixtures[name].case.written_mask())
