"""The diameters of the labels in the real window: in the inspector, over the image while measuring."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.editing.scenes import drawn
from tests.gui.canvas.hand import LEFT, drag, place, screen
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.imaging import Geometry, Image, SpacingKind, ThirdAxis


def shown(opened: Opened, voxels: np.ndarray, **geometry: object) -> Document:
    """A case whose mask is voxels, on the screen."""
    session = opened.session
    session.open_case(3)
    axis = ThirdAxis.space if len(voxels) > 1 else ThirdAxis.none
    image = Image(np.zeros(voxels.shape, np.uint8),
                  Geometry.picture(slices=len(voxels), third_axis=axis, **geometry))  # type: ignore[arg-type]
    session.document = Document(3, image, labels=session.labels, reader="anna")
    session.document.apply(drawn(session.document, voxels))
    session.tell(document=True)
    QApplication.processEvents()
    return session.document


def said(opened: Opened) -> str:
    panel = opened.window.workspace.inspector.measures
    return panel.diameters.whole() if panel.diameters.isVisible() else ""


def bars(*lengths: int) -> np.ndarray:
    """A bar of one row in each slice."""
    voxels = np.zeros((len(lengths), 64, 64), np.uint8)
    for k, length in enumerate(lengths):
        voxels[k, 30, 10:10 + length] = 1
    return voxels


def test_the_two_diameters_of_the_active_label_stand_below_the_labels_in_mm(opened: Opened) -> None:
    shown(opened, bars(20), row_spacing=0.5, column_spacing=0.25, kind=SpacingKind.calibrated)
    wait_until(lambda: said(opened) != "")
    assert said(opened) == "5.00 × 0.50 mm"
    assert "Lesion" in opened.window.workspace.inspector.measures.diameters.toolTip()
    opened.window.desk.choose_label(2)
    assert said(opened) == ""


def test_without_a_true_spacing_they_are_pixels(opened: Opened) -> None:
    shown(opened, bars(20), row_spacing=0.5, column_spacing=0.25, kind=SpacingKind.aspect)
    wait_until(lambda: said(opened) != "")
    assert said(opened) == "20.0 × 1.00 px"


def test_a_stroke_and_its_undo_change_them(opened: Opened) -> None:
    document = shown(opened, bars(20))
    wait_until(lambda: said(opened) == "20.0 × 1.00 px")
    canvas = opened.window.workspace.canvas
    opened.program.keymap["tool.brush"].trigger()
    opened.window.tools.set_size(1.0)
    drag(canvas, [place(canvas, 30.5, 29.5), place(canvas, 30.5, 49.5)])
    assert document.mask.voxels[0, 30, 49] == 1
    wait_until(lambda: said(opened) == "40.0 × 1.00 px")
    document.undo()
    wait_until(lambda: said(opened) == "20.0 × 1.00 px")


def test_of_a_volume_the_slice_with_the_longest_counts_and_a_press_goes_there(open_window: Callable[..., Opened],
                                                                              ) -> None:
    opened = open_window(slices=4)
    shown(opened, bars(5, 31, 12, 7))
    wait_until(lambda: said(opened) != "")
    assert said(opened) == "31.0 × 1.00 px  ·  slice 2"
    canvas = opened.window.workspace.planes.main
    canvas.set_slice(3)
    QTest.mouseClick(opened.window.workspace.inspector.measures.diameters, LEFT)
    assert canvas.plane.index == 1


def test_every_label_s_row_tells_its_own(opened: Opened) -> None:
    voxels = bars(20)
    voxels[0, 40:44, 5] = 2
    shown(opened, voxels)
    rows = opened.window.workspace.inspector.labels._rows
    wait_until(lambda: rows[2].accessibleDescription() != "")
    assert rows[1].accessibleDescription() == "Diameters: 20.0 × 1.00 px"
    assert "4.00 × 1.00 px" in rows[2].toolTip()


@pytest.mark.parametrize("tool", ["tool.measure", "tool.brush"])
def test_they_are_drawn_over_the_image_while_the_measuring_tool_is_in_the_hand(opened: Opened, tool: str) -> None:
    voxels = np.zeros((1, 64, 64), np.uint8)
    voxels[0, 20:40, 15:45] = 1
    shown(opened, voxels)
    wait_until(lambda: said(opened) != "")
    canvas = opened.window.workspace.canvas
    QTest.mouseMove(canvas, canvas.rect().bottomRight())
    opened.program.keymap["tool.brush"].trigger()
    bare = screen(canvas)
    opened.program.keymap[tool].trigger()
    is_drawn = tool == "tool.measure"
    assert (canvas.diameters is not None) == is_drawn
    differs = (screen(canvas) != bare).any(axis=2)
    at = place(canvas, 30, 30)  # where the two lines meet
    assert differs[at.y() - 8:at.y() + 8, at.x() - 8:at.x() + 8].any() == is_drawn


def test_a_case_that_is_left_takes_its_diameters_along(opened: Opened) -> None:
    shown(opened, bars(20))
    wait_until(lambda: said(opened) != "")
    opened.session.open_case(-1)
    QApplication.processEvents()
    assert said(opened) == ""
    assert not opened.window.label_measures._found
    assert Qt.FocusPolicy.TabFocus == opened.window.workspace.inspector.measures.diameters.focusPolicy()
