"""Every tool under real events: what the window paints is, pixel for pixel, what the tool makes of those places.

The exactness of each tool on small arrays is tested in tests/editing; here the same gesture is made twice, by a mouse
(or by keys) on the canvas and by hand on the tool, on images that are turned, mirrored, stretched and zoomed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.gui.canvas.hand import CTRL, LEFT, NOTHING, document_of, drag, move, place, screen
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.tools import (
    TOOLS,
    Brush,
    Eraser,
    FloodFill,
    Lasso,
    LineCorrection,
    Livewire,
    Measure,
    Polygon,
    ProbabilityBrush,
    ThresholdBrush,
    Tool,
)
from urwkv_desktop.editing.tools.tool import TAKE
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Channel, Geometry, ImagePoint, Label, Labels, Prediction, SliceLogits, SpacingKind

ROWS, COLUMNS = 60, 80
# Each tool with options that make it do something on `case`.
HANDS: list[tuple[type[Tool], Any]] = [
    (Brush, Brush.Options(size=9.0)), (Brush, Brush.Options(size=6.0, shape="square")),
    (Brush, Brush.Options(size=1.0)), (Eraser, Eraser.Options(size=7.0)),
    (ThresholdBrush, ThresholdBrush.Options(size=15.0, low=90.0, high=150.0)),
    (ProbabilityBrush, ProbabilityBrush.Options(size=15.0, threshold=0.4)),
    (ProbabilityBrush, ProbabilityBrush.Options(takes="region", threshold=0.4)),
    (FloodFill, FloodFill.Options(tolerance=45.0)),
    (Lasso, Lasso.Options()), (Lasso, Lasso.Options(effect="subtract")), (LineCorrection, LineCorrection.Options())]
NAMES = ["brush", "square", "one pixel", "eraser", "threshold", "probability", "region", "flood", "lasso", "subtract",
         "line"]
OPEN: list[tuple[type[Tool], Any]] = [(Polygon, Polygon.Options()), (Livewire, Livewire.Options())]
PATH = ((30.0, 20.0), (12.0, 31.0), (20.0, 52.0), (41.0, 60.0), (50.0, 33.0))
VIEWS = {"as stored": (Geometry.picture(), 5.0), "small": (Geometry.picture(), 0.7),
         "stretched": (Geometry.picture(row_spacing=1.4, column_spacing=0.6, kind=SpacingKind.calibrated), 4.0),
         "turned": (Geometry.from_affine(np.array([[0, -1.0, 0, 0], [1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1]]), 1),
                    4.0)}


def case(geometry: Geometry | None = None) -> Document:
    """Smooth values, a label in the middle, and a network that is sure on the left."""
    rows, columns = np.mgrid[:ROWS, :COLUMNS]
    pixels = (128 + 60 * np.sin(rows / 9) * np.cos(columns / 11)).astype(np.uint8)[None]
    mask = np.zeros((1, ROWS, COLUMNS), np.uint8)
    mask[0, 15:46, 24:57] = 1
    mask[0, 40:55, 5:30] = 2
    document = document_of(pixels, mask=mask, geometry=geometry)
    logits = np.clip(60 - np.mgrid[:12, :16][1] * 9 + 4 * np.mgrid[:12, :16][0], -127, 127).astype(np.int8)[None]
    document.prediction = Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), (ROWS, COLUMNS),
                                     {0: SliceLogits(logits, (0.0, 0.0, 12.0, 16.0))})
    return document


def shown(view: CanvasView, name: str = "as stored") -> Document:
    geometry, zoom = VIEWS[name]
    document = case(geometry)
    view.resize(500, 440)
    view.show_document(document)
    view.zoom = zoom
    return document


def at(view: CanvasView, point: QPoint) -> ImagePoint:
    ratio = view.devicePixelRatioF()
    return view.transform.to_image(point.x() * ratio, point.y() * ratio)


def by_hand(view: CanvasView, tool: type[Tool], options: Any, points: list[QPoint], *, inverted: bool = False,
            ) -> np.ndarray:
    """The mask after the tool itself was drawn through those places; the document stays as it is."""
    scene, document = view.scene(), view.document
    assert scene is not None
    assert document is not None
    gesture, places = tool(scene, options, inverted=inverted), [at(view, point) for point in points]
    gesture.hover(places[0])
    gesture.press(places[0])
    for one in places[1:]:
        gesture.move(one)
    return after(document, gesture.release(places[-1]))


def after(document: Document, edit: object) -> np.ndarray:
    mask = document.mask.voxels.copy()
    if edit is not None:
        assert isinstance(edit, MaskEdit)
        mask[edit.box.index] = edit.after
    return mask


def seen(view: CanvasView) -> list[QPoint]:
    """Of the path what lies on the screen."""
    return [place(view, *one) for one in PATH if view.rect().contains(place(view, *one))]


def test_the_list_leaves_no_tool_out() -> None:
    assert {tool for tool, _ in (*HANDS, *OPEN)} | {Measure} == set(TOOLS)


@pytest.mark.parametrize("ctrl", [False, True])
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(("tool", "options"), HANDS, ids=NAMES)
def test_a_drag_leaves_what_the_tool_makes_of_the_places_it_went_through(
        view: CanvasView, tool: type[Tool], options: Any, name: str, ctrl: bool) -> None:
    document = shown(view, name)
    view.set_tool(tool, options)
    points = seen(view)
    assert len(points) > 2
    before, wanted = document.mask.voxels.copy(), by_hand(view, tool, options, points, inverted=ctrl)
    drag(view, points, held=CTRL if ctrl else NOTHING)
    assert np.array_equal(document.mask.voxels, wanted)
    assert len(document.history.groups) == int(not np.array_equal(wanted, before))
    if name == "as stored" and not (ctrl and getattr(options, "takes", "") == "region"):
        assert not np.array_equal(wanted, before)
    if document.history.can_undo:
        document.undo()
    assert np.array_equal(document.mask.voxels, before)


@pytest.mark.parametrize("ctrl", [False, True])
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(("tool", "options"), OPEN, ids=["polygon", "livewire"])
def test_presses_and_enter_leave_what_the_tool_makes_of_those_points(view: CanvasView, tool: type[Tool], options: Any,
                                                                     name: str, ctrl: bool) -> None:
    document = shown(view, name)
    view.set_tool(tool, options)
    held, points = CTRL if ctrl else NOTHING, seen(view)
    scene = view.scene()
    assert scene is not None
    gesture = tool(scene, options, inverted=ctrl)
    for point in points:
        gesture.hover(at(view, point))
        gesture.press(at(view, point))
        assert gesture.release(at(view, point)) is None
        move(view, point, held=held)
        QTest.mouseClick(view, LEFT, held, point)
    wanted = after(document, gesture.key(TAKE))
    before = document.mask.voxels.copy()
    assert view.take_gesture()
    assert np.array_equal(document.mask.voxels, wanted)
    assert not np.array_equal(wanted, before)


@pytest.mark.parametrize(("tool", "options"), HANDS, ids=NAMES)
def test_every_tool_can_be_used_with_arrow_keys_and_space(view: CanvasView, tool: type[Tool], options: Any) -> None:
    document = shown(view)
    view.set_tool(tool, options)
    view.set_active_label(2 if tool is FloodFill else 1)  # what it fills is label 1 already
    move(view, place(view, 16.5, 46.5))
    QTest.keyClick(view, Qt.Key.Key_Left)  # the cursor is shown where the hand was
    start = view.place_of_hand()
    assert start is not None
    steps = [(Qt.Key.Key_Left, 0, -10), (Qt.Key.Key_Up, -10, 0), (Qt.Key.Key_Left, 0, -10), (Qt.Key.Key_Down, 10, 0),
             (Qt.Key.Key_Left, 0, -10), (Qt.Key.Key_Left, 0, -10)]
    scene = view.scene()
    assert scene is not None
    gesture, now = tool(scene, options), start
    gesture.hover(now)
    gesture.press(now)
    QTest.keyPress(view, Qt.Key.Key_Space)
    for key, down, across in steps:
        now = ImagePoint(now.row + down, now.column + across)
        QTest.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
        assert view.place_of_hand() == now
        gesture.move(now)
    wanted = after(document, gesture.release(now))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert np.array_equal(document.mask.voxels, wanted)
    assert document.history.can_undo


@pytest.mark.parametrize(("tool", "options"), [*HANDS, *OPEN, (Measure, Measure.Options())],
                         ids=[*NAMES, "polygon", "livewire", "measure"])
def test_escape_gives_every_tool_s_gesture_up_and_nothing_stays_on_the_screen(view: CanvasView, tool: type[Tool],
                                                                              options: Any) -> None:
    document = shown(view)
    view.set_tool(tool, options)
    points = [place(view, *one) for one in PATH]
    move(view, points[-1])
    view.set_tool(tool, options)
    before, bare = document.mask.voxels.copy(), screen(view)
    drag(view, points, release=False)
    assert view.is_busy
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.is_busy
    QTest.mouseRelease(view, LEFT, NOTHING, points[-1])
    assert np.array_equal(document.mask.voxels, before)
    assert not document.history.can_undo
    view.set_tool(tool, options)
    move(view, points[-1])
    view.set_tool(tool, options)
    assert np.array_equal(screen(view), bare)


@pytest.mark.parametrize(("tool", "options"), [*HANDS, *OPEN], ids=[*NAMES, "polygon", "livewire"])
@pytest.mark.parametrize("ctrl", [False, True])
def test_a_locked_label_is_never_changed_by_any_tool(view: CanvasView, tool: type[Tool], options: Any, ctrl: bool,
                                                     ) -> None:
    document = shown(view)
    first, second = document.labels.items
    document.labels = Labels((first, Label(2, second.name, second.colour, locked=True)))
    view.set_tool(tool, options)
    before, held = document.mask.voxels == 2, CTRL if ctrl else NOTHING
    points = [place(view, *one) for one in ((47.0, 8.0), (42.0, 20.0), (52.0, 40.0), (30.0, 30.0))]
    if tool in (Polygon, Livewire):
        for point in points:
            QTest.mouseClick(view, LEFT, held, point)
        view.take_gesture()
    else:
        drag(view, points, held=held)
    assert np.array_equal(document.mask.voxels == 2, before)


# ── brushes: sizes, speed, other slices ──────────────────────────────────────────────────────────────────────────────


def test_a_brush_of_one_pixel_paints_the_pixel_under_the_hand_and_no_other(view: CanvasView) -> None:
    document = document_of(np.zeros((1, ROWS, COLUMNS), np.uint8))
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=1.0))
    for row, column in ((3, 4), (17, 61), (59, 79), (0, 0)):
        drag(view, [place(view, row + 0.5, column + 0.5)])
        assert np.argwhere(document.mask.voxels[0]).tolist() == [[row, column]]
        document.undo()


@pytest.mark.parametrize("size", [1.0, 2.0, 7.0])
def test_a_hand_that_crosses_the_image_in_two_events_leaves_no_gap(view: CanvasView, size: float) -> None:
    document = document_of(np.zeros((1, ROWS, COLUMNS), np.uint8))
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=size))
    drag(view, [place(view, 4.5, 3.5), place(view, 55.5, 77.5), place(view, 30.5, 2.5)])
    import cv2

    parts, _ = cv2.connectedComponents(document.mask.voxels[0], connectivity=8)
    assert parts == 2  # background, and all that was drawn in one piece
    columns = np.flatnonzero(document.mask.voxels[0].any(axis=0))
    assert np.array_equal(columns, np.arange(columns[0], columns[-1] + 1))
    assert columns[0] <= 3
    assert columns[-1] >= 77


def test_a_brush_in_millimetres_is_round_in_the_patient(view: CanvasView) -> None:
    geometry = Geometry.picture(row_spacing=2.0, column_spacing=0.5, kind=SpacingKind.calibrated)
    document = document_of(np.zeros((1, ROWS, COLUMNS), np.uint8), geometry=geometry)
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=16.0, unit="mm"))
    drag(view, [place(view, 30.5, 40.5)])
    centre = at(view, place(view, 30.5, 40.5))
    rows, columns = np.mgrid[:ROWS, :COLUMNS] + 0.5
    away = np.hypot((rows - centre.row) * 2.0, (columns - centre.column) * 0.5)
    assert np.array_equal(document.mask.voxels[0] == 1, away <= 8.0)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_ball_takes_the_voxels_around_the_hand_in_every_plane(view: CanvasView, axis: int) -> None:
    spacing = np.array([3.0, 1.0, 1.5])  # of k, j, i
    geometry = Geometry.from_affine(np.diag([spacing[2], spacing[1], spacing[0], 1.0]), 14)
    document = document_of(np.zeros((14, 40, 36), np.uint8), geometry=geometry)
    view.show_document(document)
    view.set_axis(axis)
    view.set_slice((7, 20, 18)[axis])
    view.set_tool(Brush, Brush.Options(size=13.0, unit="mm", is_ball=True))
    middle = QPointF(view.width() / 2, view.height() / 2).toPoint()
    hand = at(view, middle)
    drag(view, [middle])
    centre = np.array([view.plane.index + 0.5, hand.row, hand.column])
    order = [axis, *(other for other in range(3) if other != axis)]
    places = np.stack(np.indices(document.mask.voxels.shape)[order], axis=-1) + 0.5
    away = np.sqrt((((places - centre) * spacing[order]) ** 2).sum(axis=-1))
    assert np.array_equal(document.mask.voxels == 1, away <= 6.5)
    document.undo()
    assert not document.mask.voxels.any()


@pytest.fixture
def typed(view: CanvasView) -> Callable[[str], None]:
    """What an input method composes, sent to the canvas."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    def send(text: str) -> None:
        event = QInputMethodEvent(text, [])
        event.setCommitString(text)
        QApplication.sendEvent(view, event)

    return send


def test_an_input_method_has_no_say_on_the_canvas(view: CanvasView, typed: Callable[[str], None]) -> None:
    document = shown(view)
    view.set_tool(Brush, Brush.Options(size=5.0))
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    drag(view, [place(view, 10.5, 10.5)], release=False)
    typed("に")
    assert view.is_busy
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.is_busy
    assert not document.history.can_undo
