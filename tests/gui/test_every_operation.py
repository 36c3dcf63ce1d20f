"""Every operation in the real window: asked for by its action, taken with Enter, it leaves what it makes on arrays."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.editing.scenes import drawn
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations import OPERATIONS, Operation
from urwkv_desktop.editing.operations.within import fitted
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Channel, Geometry, Image, ImagePoint, Prediction, SliceLogits

SHAPE = (7, 64, 64)
BY_ID = {operation.id: operation for operation in OPERATIONS}
# Of another case than the one on screen, and so asked of the session: tests/e2e/test_operations.py does it.
ELSEWHERE = {"copy_case"}
PLACES = [(operation.id, where) for operation in OPERATIONS if operation.id not in ELSEWHERE
          for where in (("slice", "volume") if hasattr(operation.Options(), "where") else ("",))]


@pytest.fixture
def opened(open_window: Callable[..., Opened]) -> Opened:
    """A volume with islands, a hole, a notch, a gap between slices and another label; and an answer of the network."""
    opened = open_window(slices=SHAPE[0])
    session = opened.session
    session.open_case(3)
    image = Image(np.zeros(SHAPE, np.uint8), Geometry.from_affine(np.diag([1.0, 1.0, 2.0, 1.0]), SHAPE[0]))
    voxels = np.zeros(SHAPE, np.uint8)
    voxels[1:4, 10:30, 12:34] = 1
    voxels[2:4, 15:18, 18:22] = 0
    voxels[3, 10:13, 12:15] = 0
    voxels[3, 40:44, 40:44] = 1
    voxels[3, 50, 5] = 1
    voxels[3, 20:26, 36:40] = 2
    voxels[6, 14:26, 16:30] = 1
    logits = np.full((1, 16, 16), -60, np.int8)
    logits[0, 4:9, 5:12] = 60
    said = {k: SliceLogits(logits, (0.0, 0.0, 16.0, 16.0)) for k in range(SHAPE[0])}
    session.document = Document(3, image, labels=session.labels, reader="anna", prediction=Prediction(
        "busi", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), SHAPE[1:], said))
    session.document.apply(drawn(session.document, voxels))
    session.tell(document=True)
    QApplication.processEvents()
    opened.window.workspace.planes.main.set_slice(3)
    return opened


def wanted(opened: Opened, operation: Operation, where: str) -> np.ndarray:
    """What the operation makes of the mask that is on screen, without the window."""
    scene = opened.window.workspace.canvas.scene()
    assert scene is not None
    options = fitted(operation.Options(), scene)
    if hasattr(options, "where"):
        options = replace(options, where=where)
    if operation.wants == "point":
        options = replace(options, at=ImagePoint(42.0, 42.0))
    made = operation.run(scene, options)
    made = made.run() if isinstance(made, Work) else made
    edits = made.edits if isinstance(made, Suggestion) else (made,)
    mask = scene.mask.voxels.copy()
    for edit in edits:
        assert isinstance(edit, MaskEdit)
        mask[edit.box.index] = edit.after
    return mask


def take(opened: Opened, operation: Operation, where: str) -> None:
    """As a hand does it: the action, the place, Enter."""
    canvas = opened.window.workspace.canvas
    opened.program.keymap[operation.action].trigger()
    popover = opened.window.operations.popover
    if popover is not None:
        if "where" in popover.panel._controls:
            popover.panel._controls["where"].chosen.emit(where)
        QTest.keyClick(popover, Qt.Key.Key_Return)
    if operation.wants == "point":
        x, y = canvas.transform.to_screen(ImagePoint(42.0, 42.0))
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    wait_until(lambda: not opened.jobs.jobs)
    document = opened.session.document
    assert document is not None
    if document.suggestion is not None:
        opened.program.keymap["case.accept_and_next"].trigger()


@pytest.mark.parametrize(("name", "where"), PLACES)
def test_an_operation_leaves_in_the_window_what_it_makes_on_arrays_and_one_undo_takes_it_back(
        opened: Opened, name: str, where: str) -> None:
    operation, document = BY_ID[name], opened.session.document
    assert document is not None
    before, found = document.mask.voxels.copy(), wanted(opened, operation, where)
    assert not np.array_equal(found, before)
    groups = len(document.history.groups)
    take(opened, operation, where)
    wait_until(lambda: len(document.history.groups) > groups)
    assert np.array_equal(document.mask.voxels, found)
    assert len(document.history.groups) == groups + 1
    opened.program.keymap["edit.undo"].trigger()
    assert np.array_equal(document.mask.voxels, before)
    assert not opened.asked("accept")
