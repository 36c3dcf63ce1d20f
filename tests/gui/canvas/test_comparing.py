"""The network's answer against the mask as it is now, and the network's doubt as colour."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import LABELS, LEFT, document_of, drag, ramp, screen, wheel
from urwkv_desktop.editing.answer_plane import UnpackedAnswers, answered_plane
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import Answer, MaskEdit
from urwkv_desktop.editing.shares import answered
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.comparing import ComparingView
from urwkv_desktop.gui.canvas.heat_layer import _on_screen
from urwkv_desktop.gui.canvas.planes import Planes
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.gui.panels.tool_strip import ToolStrip
from urwkv_desktop.gui.theme import DARK
from urwkv_desktop.gui.workspace import CanvasArea
from urwkv_desktop.imaging import Box, Channel, Message, Origin, Plane, Prediction, Rect, SliceLogits


def edit(document: Document, box: Box, value: int, *, slices: tuple[int, ...] = (), group: int = 0) -> None:
    """By the network where slices are given, else by hand."""
    before = document.mask.voxels[box.index].copy()
    after = np.full(box.shape, value, np.uint8)
    document.apply(MaskEdit(Message("x"), "x", group, 0, box, before, after,
                            Origin.network if slices else Origin.hand,
                            answer=Answer("busi", "0" * 64, slices) if slices else None))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ComparingView]:
    canvas = ComparingView(DARK)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.set_fit_margins(QMargins(0, 0, 0, 0))
    canvas.show()
    qtbot.waitExposed(canvas)
    yield canvas
    canvas.show_document(None)


def compared() -> Document:
    """The network drew the upper half, a hand the lower one instead."""
    document = document_of(np.full((1, 40, 40), 60, np.uint8))
    edit(document, Box(0, 2, 2, 1, 18, 38), 1, slices=(0,))
    edit(document, Box(0, 2, 2, 1, 18, 38), 0)
    edit(document, Box(0, 22, 2, 1, 38, 38), 1)
    return document


def test_left_of_the_divider_stands_the_networks_answer(view: ComparingView) -> None:
    view.show_document(compared())
    view.mask_style, view.fill_opacity = "fill", 1.0
    view.split = 0.5
    shown = screen(view)[..., 0]
    assert (shown[60, 100], shown[300, 100]) == (255, 60)
    assert (shown[100, 320], shown[300, 320]) == (60, 255)


def test_the_divider_is_dragged_and_paints_nothing(view: ComparingView) -> None:
    document = compared()
    view.show_document(document)
    view.set_tool(Brush)
    view.split = 0.5
    before = document.mask.voxels.copy()
    drag(view, [QPoint(201, 200), QPoint(260, 210), QPoint(300, 200)])
    assert view.split == pytest.approx(0.75)
    assert np.array_equal(document.mask.voxels, before)
    drag(view, [QPoint(100, 100), QPoint(110, 100)])
    assert not np.array_equal(document.mask.voxels, before)


def test_undoing_the_answer_takes_it_from_the_left_too(view: ComparingView) -> None:
    document = compared()
    view.show_document(document)
    view.mask_style, view.fill_opacity, view.split = "fill", 1.0, 0.5
    assert screen(view)[60, 100, 0] == 255
    document.jump(0)
    assert screen(view)[60, 100, 0] == 60


def test_beside_each_other_both_show_the_same_place_and_the_answer_cannot_be_painted_on(qtbot: QtBot) -> None:
    planes = Planes(DARK)
    area = CanvasArea(planes, ToolStrip(()))
    qtbot.addWidget(area)
    area.resize(1000, 500)
    area.show()
    document = document_of(ramp(5))
    edit(document, Box(2, 10, 10, 3, 30, 30), 1, slices=(2,))
    planes.show_document(document)
    planes.main.set_tool(Brush)
    planes.toggle_beside()
    QApplication.processEvents()
    now, answer = planes.main, planes.views[1]
    assert answer.isVisible()
    assert answer.x() < now.x()
    wheel(now, 2, held=Qt.KeyboardModifier.ControlModifier)
    assert answer.transform == now.transform
    wheel(answer, -1)
    assert (answer.plane, now.plane) == (Plane(0, 3), Plane(0, 3))
    before = document.mask.voxels.copy()
    QTest.mouseClick(answer, LEFT, Qt.KeyboardModifier.NoModifier, answer.rect().center())
    assert np.array_equal(document.mask.voxels, before)
    assert planes.active is now
    planes.toggle_beside()
    assert not answer.isVisible()
    planes.show_document(None)


def test_the_answer_in_a_plane_is_the_answer_of_the_whole_volume() -> None:
    random = np.random.default_rng(3)
    shape = (6, 7, 8)
    document = document_of(np.zeros(shape, np.uint8))
    for _ in range(25):
        low = random.integers(0, (5, 6, 7))
        high = low + 1 + random.integers(0, np.array(shape) - low)
        box = Box(*low.tolist(), *high.tolist())
        slices = tuple(range(box.k0, box.k1)) if random.random() < 0.5 else ()
        edit(document, box, int(random.integers(0, 3)), slices=slices)
        if random.random() < 0.2:
            document.undo()
        whole = answered(document.history, shape)
        kept = UnpackedAnswers(most=200)  # two or three of them
        for axis in range(3):
            plane = Plane(axis, int(random.integers(0, shape[axis])))
            part = answered_plane(document.history, shape, plane).unpacked(document.history.payload, kept)
            assert (part is None) == (whole is None)
            if part is not None and whole is not None:
                assert np.array_equal(part, plane.cut(whole[0]))
    assert answered_plane(document.history, shape, Plane(1, 0)).is_any


def prediction(activation: str = "sigmoid", shape: tuple[int, int] = (50, 70)) -> Prediction:
    logits = np.random.default_rng(2).integers(-100, 100, (2, 16, 16)).astype(np.int8)
    labels = (1, 2) if activation == "sigmoid" else (1,)
    return Prediction("m", "0" * 64, activation, (Channel("a"), Channel("b"))[:len(labels)], labels, shape,
                      {0: SliceLogits(logits, (1.0, 0.0, 15.0, 16.0))})


def test_heat_is_the_probability_of_the_resized_logits() -> None:
    said = prediction()
    transform = ViewTransform(1.0, 1.0, 0.0, 0.0)
    stored = said.slices[0]
    shown = _on_screen(stored.logits[1], stored.placement, said.shape, transform, Extent(0, 0, 70, 50)) / 12
    wanted = said.logits(0, Rect(0, 0, 50, 70))[1]
    assert np.abs(shown - wanted).max() < 0.25  # OpenCV places to 1/32 of a cell of up to 16 logits


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_heat_is_brighter_where_the_label_is_more_probable_and_says_so(view: ComparingView, activation: str) -> None:
    document = document_of(np.zeros((1, 50, 70), np.uint8), labels=LABELS)
    document.prediction = said = prediction(activation)
    view.show_document(document)
    view.set_active_label(1)
    plain = screen(view)
    view.heat = "probability"
    warm = screen(view).astype(int).sum(axis=2)
    assert view.has_heat
    probability = said.probability(0)[0 if activation == "sigmoid" else 1]
    extent = view.transform.extent(Rect(0, 0, 50, 70))
    rows = np.linspace(extent.y0 + 60, extent.y1 - 60, 12).astype(int)
    columns = np.linspace(extent.x0 + 40, extent.x1 - 40, 12).astype(int)
    points = [(y, x, view.transform.to_image(x + 0.5, y + 0.5)) for y in rows for x in columns]
    values = np.array([probability[int(at.row), int(at.column)] for _, _, at in points])
    seen = np.array([warm[y, x] for y, x, _ in points])
    assert np.corrcoef(values, seen)[0, 1] > 0.9
    view.heat = ""
    assert np.array_equal(screen(view), plain)
    view.heat = "doubt"
    view.set_active_label(7)
    screen(view)
    assert not view.has_heat
