"""What lies over the image moves with it: provenance, heat and the network's answer, in every plane of a volume."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMargins, QPointF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.editing.scenes import drawn
from tests.gui.canvas.hand import CTRL, MIDDLE, document_of, drag, screen, wheel
from urwkv_desktop.editing.answer_plane import answered_plane
from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui.canvas.comparing import ComparingView
from urwkv_desktop.gui.canvas.heat_field import HeatFields
from urwkv_desktop.gui.canvas.kept_picture import KeptPicture
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.gui.theme import DARK
from urwkv_desktop.imaging import Channel, Geometry, ImagePoint, Plane, Prediction, Rect, SliceLogits
from urwkv_desktop.imaging.prediction import SliceDoubt

SHAPE = (12, 30, 26)
SCREEN = Extent(0, 0, 50, 40)


def prediction(known: tuple[int, ...] = tuple(range(SHAPE[0])), activation: str = "sigmoid") -> Prediction:
    """Of each slice another pattern, on a grid of the network's own, letterboxed."""
    random = np.random.default_rng(4)
    slices = {}
    for k in known:
        grid = random.integers(-30, 30, (1 if activation == "sigmoid" else 2, 8, 9))
        slices[k] = SliceLogits(np.clip(grid + 12 * (k - 6), -127, 127).astype(np.int8), (1.0, 0.0, 7.0, 9.0))
    return Prediction("busi", "0" * 64, activation, (Channel("lesion"),), (1,), SHAPE[1:], slices)


def case(known: tuple[int, ...] = tuple(range(SHAPE[0]))) -> Document:
    """The network's answer, corrected by a hand: something kept, added and removed in every plane."""
    document = document_of(np.zeros(SHAPE, np.uint8), geometry=Geometry.from_affine(np.diag([1.0, 1, 1, 1]), SHAPE[0]))
    answer = prediction(known)
    document.receive(answer, known)
    voxels = document.mask.voxels.copy()
    voxels[4:9, 8:20, 10:18] = 1
    voxels[5:7, 4:12, 2:24] = 0
    document.apply(drawn(document, voxels))
    return document


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ComparingView]:
    canvas = ComparingView(DARK)
    qtbot.addWidget(canvas)
    canvas.resize(400, 360)
    canvas.set_fit_margins(QMargins(0, 0, 0, 0))
    canvas.show()
    qtbot.waitExposed(canvas)
    yield canvas
    canvas.show_document(None)


def show_origins(view: ComparingView, document: Document) -> None:
    answer = answered_plane(document.history, SHAPE, view.plane)
    view.origins.network = answer.unpacked(document.history.payload)
    view.origins.reach = view.plane.rect(document.history.reach) or Rect(0, 0, 0, 0)
    view.origins.is_on = True


def show(view: ComparingView, document: Document, what: str) -> None:
    view.heat = what if what in ("probability", "doubt") else ""
    view.split = 0.98 if what == "answer" else None
    view.origins.is_on = False
    if what == "origins":
        show_origins(view, document)
    view.update()


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("what", ["origins", "probability", "doubt", "answer"])
def test_what_lies_over_the_image_is_there_in_every_plane_and_moves_with_it(view: ComparingView, what: str,
                                                                            axis: int) -> None:
    document = case()
    view.show_document(document)
    view.set_axis(axis)
    view.set_slice(6 if axis == 0 else 10)
    bare = screen(view)
    show(view, document, what)
    before = screen(view)
    assert (before != bare).any(axis=2).mean() > 0.01
    drag(view, [QPointF(200, 180).toPoint(), QPointF(209, 187).toPoint(), QPointF(231, 160).toPoint()], button=MIDDLE)
    wheel(view, 1, held=CTRL)
    drag(view, [QPointF(200, 180).toPoint(), QPointF(185, 171).toPoint()], button=MIDDLE)
    moved = screen(view)
    fresh = ComparingView(DARK)
    fresh.resize(view.size())
    fresh.show()
    fresh.show_document(document)
    fresh.set_axis(axis)
    fresh.set_slice(view.plane.index)
    fresh.look_from(view.transform, fitted=False)
    show(fresh, document, what)
    anew = screen(fresh)
    fresh.close()
    differs = np.abs(moved.astype(int) - anew).max(axis=2)
    # Heat is brought onto the screen to 1/32 of the network's cells, strip by strip.
    assert (differs > (6 if what in ("probability", "doubt") else 0)).sum() == 0


@pytest.mark.parametrize("axis", [1, 2])
@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_across_the_slices_heat_is_what_each_slice_says(axis: int, activation: str) -> None:
    said = prediction(activation=activation)
    for index in (0, 7, SHAPE[axis] - 1):
        field = HeatFields().field(said, Plane(axis, index), SHAPE[0])
        assert field is not None
        assert field.known is None
        across = Prediction("busi", "0" * 64, activation, said.channels, (1,), field.size, {0: field.logits}).logits(0)
        for k in range(SHAPE[0]):
            rect = Rect(index, 0, index + 1, SHAPE[2]) if axis == 1 else Rect(0, index, SHAPE[1], index + 1)
            wanted = said.logits(k, rect).reshape(len(across), -1)
            assert np.abs(across[:, k] - wanted).max() <= 0.5 / 12 + 1e-5  # kept in steps of 1/12


def test_doubt_across_the_slices_is_the_spread_where_each_slice_has_one() -> None:
    said = prediction()
    spread = np.random.default_rng(1).random((SHAPE[0], 8, 9)).astype(np.float32)
    doubts = {k: SliceDoubt(spread[k], (1.0, 0.0, 7.0, 9.0)) for k in range(SHAPE[0])}
    whole = Prediction("busi", "0" * 64, "sigmoid", said.channels, (1,), said.shape, said.slices, doubts)
    field = HeatFields().field(whole, Plane(1, 10), SHAPE[0])
    assert field is not None
    assert field.doubt is not None
    across = Prediction("busi", "0" * 64, "sigmoid", said.channels, (1,), field.size, {0: field.logits},
                        {0: field.doubt}).doubt(0)
    for k in range(SHAPE[0]):
        assert np.allclose(across[k], whole.doubt(k, Rect(10, 0, 11, SHAPE[2]))[0], atol=1e-5)
    part = Prediction("busi", "0" * 64, "sigmoid", said.channels, (1,), said.shape, said.slices,
                      {3: doubts[3]})
    field = HeatFields().field(part, Plane(1, 10), SHAPE[0])
    assert field is not None
    assert field.doubt is None


@pytest.mark.parametrize("axis", [1, 2])
def test_slices_that_the_network_has_not_looked_at_have_no_heat_across_them(view: ComparingView, axis: int) -> None:
    document = document_of(np.zeros(SHAPE, np.uint8), geometry=Geometry.from_affine(np.diag([1.0, 1, 1, 1]), SHAPE[0]))
    said = prediction(tuple(range(SHAPE[0])))
    hot = {k: SliceLogits(np.full_like(said.slices[k].logits, 100), said.slices[k].placement) for k in (3, 4, 7)}
    document.prediction = Prediction("busi", "0" * 64, "sigmoid", said.channels, (1,), said.shape, hot)
    view.show_document(document)
    view.set_axis(axis)
    bare = screen(view)
    view.heat = "probability"
    differs = (screen(view) != bare).any(axis=2)
    columns = view.plane.size(SHAPE)[1]
    for k in range(SHAPE[0]):
        x, y = view.transform.to_screen(ImagePoint(k + 0.5, columns / 2 + 3))
        assert differs[int(y), int(x)] == (k in hot), k
    assert view.has_heat


def test_heat_comes_with_the_slices_that_the_network_adds(view: ComparingView) -> None:
    document = case(())
    view.show_document(document)
    view.set_axis(1)
    view.heat = "probability"
    screen(view)
    assert not view.has_heat
    document.receive(prediction((2, 3)), (2, 3))
    screen(view)
    assert view.has_heat


# ── the picture that is kept ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_kept_picture_is_drawn_in_strips_where_it_was_moved_and_is_what_would_be_drawn_anew() -> None:
    random = np.random.default_rng(3)
    world = random.integers(1, 2**31, (300, 300)).astype(np.uint32) | np.uint32(0xFF000000)
    kept, drawn_pixels = KeptPicture(), list[int]()
    at, rect = [100, 90], Rect(0, 0, 60, 70)

    def draw(extent: Extent) -> np.ndarray:
        drawn_pixels.append(extent.width * extent.height)
        left, top = extent.x0 - at[0] + 150, extent.y0 - at[1] + 150
        return world[top:top + extent.height, left:left + extent.width]

    def painted() -> np.ndarray:
        image = QImage(SCREEN.width, SCREEN.height, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        kept.paint(painter)
        painter.end()
        return np.frombuffer(image.constBits(), np.uint32).reshape(SCREEN.height, SCREEN.width).copy()

    at[:] = [5, 4]
    for dx, dy in [(0, 0), (3, 0), (-7, 2), (0, -30), (60, 0), (-58, 25), (1, 1)]:
        at[0], at[1] = at[0] + dx, at[1] + dy
        view = ViewTransform(0.5, 0.5, float(at[0]), float(at[1]))
        area = view.extent(rect).intersection(SCREEN)
        drawn_pixels.clear()
        kept.show("key", view, SCREEN, area if not area.is_empty else Extent(0, 0, 0, 0), draw)
        if abs(dx) + abs(dy) < 10 and (dx, dy) != (0, 0):
            assert sum(drawn_pixels) < 0.6 * max(1, area.width * area.height)
        wanted = np.zeros((SCREEN.height, SCREEN.width), np.uint32)
        if not area.is_empty:
            wanted[area.index] = draw(area)
        assert np.array_equal(painted() | np.uint32(0xFF000000), wanted | np.uint32(0xFF000000))
    kept.show("other", view, SCREEN, area, draw)
    drawn_pixels.clear()
    assert not kept.show("other", view, SCREEN, area, draw)
    assert not drawn_pixels
