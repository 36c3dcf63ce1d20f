"""Where each pixel comes from: the overlay says what the edits say, and costs only what is asked of it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from tests.editing.scenes import SQUARE, answer, blank_document, drawn
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.answer_plane import answered_plane
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.editing.shares import ADDED, KEPT, REMOVED, origins, provenance
from urwkv_desktop.gui.canvas.origin_layer import OriginLayer
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Geometry, Image, Label, Labels, Plane, Rect, Status


def corrected(slices: int = 3) -> Document:
    """The network drew a square in slice 1 and 2; a hand removed a corner of it and drew beside it."""
    document = blank_document(slices=slices)
    document.receive(answer(document.image.shape, {1: SQUARE, 2: SQUARE}), [1, 2])
    voxels = document.mask.voxels.copy()
    voxels[1, 4:6, 4:6] = 0
    voxels[1, 12:14, 4:6] = 1
    voxels[1, 8, 8] = 2
    document.apply(drawn(document, voxels))
    return document


def said(document: Document, plane: Plane) -> np.ndarray | None:
    """What the network said in the plane."""
    return answered_plane(document.history, document.mask.voxels.shape, plane).unpacked(document.history.payload)


def test_every_plane_says_of_each_pixel_what_the_whole_volume_says() -> None:
    document = corrected()
    whole = provenance(document.state, document.labels)
    assert set(np.unique(whole)) == {0, KEPT, ADDED, REMOVED}
    for plane in (Plane(0, 0), Plane(0, 1), Plane(0, 2), Plane(1, 5), Plane(2, 5), Plane(2, 19)):
        found = origins(plane.cut(document.mask.voxels), said(document, plane),  # type: ignore[arg-type]
                        document.labels.retired)
        assert np.array_equal(found, plane.cut(whole))


def test_a_stroke_needs_no_new_answer_and_undoing_the_answer_does() -> None:
    document = corrected()
    shape = document.mask.voxels.shape
    before = answered_plane(document.history, shape, Plane(0, 1)).key
    document.undo()
    assert answered_plane(document.history, shape, Plane(0, 1)).key == before
    document.undo()
    assert answered_plane(document.history, shape, Plane(0, 1)).key != before
    assert said(document, Plane(0, 1)) is None


def test_pixels_of_a_deleted_label_count_as_background() -> None:
    document = corrected()
    document.labels = Labels((Label(1, "lesion", "#fff"),), retired=(2,))
    network = said(document, Plane(0, 1))
    assert origins(document.mask.voxels[1], network, document.labels.retired)[8, 8] == REMOVED


def test_each_origin_has_its_colour_where_it_lies_and_nothing_else_has_one() -> None:
    document, layer = corrected(), OriginLayer()
    layer.network = said(document, Plane(0, 1))
    words = layer.words(document.mask.voxels[1], ViewTransform(4.0, 4.0, 0.0, 0.0), Extent(0, 0, 80, 80))
    codes = provenance(document.state, document.labels)[1].repeat(4, axis=0).repeat(4, axis=1)
    assert not words[codes == 0].any()
    kept, added, removed = (set(np.unique(words[codes == code])) for code in (KEPT, ADDED, REMOVED))
    assert (len(kept), len(added), len(removed)) == (1, 1, 2)
    assert 0 in removed
    layer.is_confirmed = True
    confirmed = layer.words(document.mask.voxels[1], ViewTransform(4.0, 4.0, 0.0, 0.0), Extent(0, 0, 80, 80))
    assert set(np.unique(confirmed[codes == KEPT])) != kept


def painted(layer: OriginLayer, mask: np.ndarray, view: ViewTransform) -> np.ndarray:
    """uint32 [60, 80]: what the layer puts on a black screen."""
    screen = QImage(80, 60, QImage.Format.Format_RGB32)
    screen.fill(0)
    painter = QPainter(screen)
    layer.paint(painter, mask, view, Extent(0, 0, 80, 60))
    painter.end()
    return np.frombuffer(screen.constBits(), np.uint32).reshape(60, 80).copy()


@pytest.mark.parametrize("view", [ViewTransform(3.0, 2.5, 4.0, 5.0), ViewTransform(0.5, 0.5, 3.0, 2.0, swapped=True),
                                  ViewTransform(-0.7, 0.7, 3.0, 50.0), ViewTransform(0.06, 0.06, 1.0, 1.0)])
def test_what_is_kept_and_mended_is_what_would_be_drawn_anew(view: ViewTransform) -> None:
    random = np.random.default_rng(5)
    mask, said = random.integers(0, 2, (2, 50, 70), np.uint8)
    kept = OriginLayer()
    kept.is_on, kept.network, kept.reach = True, said, Rect(3, 4, 40, 60)
    for turn in range(3):
        fresh = OriginLayer()
        fresh.is_on, fresh.network, fresh.reach = True, said, kept.reach
        assert np.array_equal(painted(kept, mask, view), painted(fresh, mask, view)), turn
        mask[10:20, 30:50] ^= 1
        kept.touched(Rect(10, 30, 20, 50))


def test_the_overlay_is_shown_on_demand_and_keeps_up_with_case_slice_and_status(
        open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=3)
    opened.session.open_case(4)
    canvas, overlay = opened.window.workspace.planes.main, opened.window.origins
    assert not canvas.origins.is_on
    opened.program.keymap["view.provenance"].trigger()
    wait_until(lambda: canvas.origins.is_on)
    assert canvas.origins.reach == Rect(0, 0, 64, 64)
    assert overlay.legend.isVisible()
    assert overlay.legend.words == ("network, kept", "added", "removed")
    canvas.set_slice(2)
    wait_until(lambda: canvas.origins.is_on)
    document = opened.session.document
    assert document is not None
    document.apply(StatusEdit(Status.accepted))
    assert canvas.origins.is_confirmed
    assert overlay.legend.words[0] == "confirmed"
    opened.session.open_case(3)
    QApplication.processEvents()
    assert overlay.legend.words == ("drawn by hand",)
    words = overlay.legend.findChildren(QLabel)[-1]
    assert overlay.legend.rect().contains(words.geometry())
    assert words.width() >= words.sizeHint().width()
    opened.program.keymap["view.provenance"].trigger()
    assert not canvas.origins.is_on
    assert not overlay.legend.isVisible()


def test_three_planes_show_where_their_pixels_come_from_and_a_step_needs_no_second_unpacking(
        open_window: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_window(slices=3)
    opened.session.open_case(3)
    made = corrected(slices=3)
    geometry = Geometry.from_affine(np.diag([1.0, 1.0, 1.0, 1.0]), 3)
    document = Document(3, Image(np.zeros((3, 20, 20), np.uint8), geometry), made.state, labels=made.labels)
    opened.session.document = document
    opened.session.tell(document=True)
    planes = opened.window.workspace.planes
    planes.toggle()
    opened.program.keymap["view.provenance"].trigger()
    planes.main.set_place((1, 9, 9))
    wait_until(lambda: all(view.origins.is_on for view in planes.views))
    whole = provenance(document.state, document.labels)
    monkeypatch.setattr(opened.window.origins, "_unpack", lambda *_: pytest.fail("unpacked again"))
    for place in ((1, 5, 5), (2, 8, 9), (1, 12, 4), (0, 0, 0)):
        planes.main.set_place(place)
        for view in planes.views:
            assert view.origins.is_on
            found = origins(view.plane.cut(document.mask.voxels), view.origins.network,  # type: ignore[arg-type]
                            document.labels.retired)
            assert np.array_equal(found, view.plane.cut(whole))
