"""The main job in the real window: see, correct, accept, come back, export."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as Picture
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.e2e.driver import Hand, Steps, walk
from urwkv_desktop.gui.dialogs.export import ExportDialog
from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow import find_places

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FIRST, VOLUME, UNSUITED = "01-phantom-benign-1", "09-mr-hippocampus-left", "14-ct-slice"
Voxels = npt.NDArray[np.uint8]


@dataclass
class Kept:
    """What was on the screen, to be compared with what comes back and with what leaves."""

    network: Voxels | None = None
    first: Voxels | None = None
    volume: Voxels | None = None
    groups: int = 0
    notes: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def samples(program_home: Path) -> Path:
    """The sample project as shipped; the walk needs the model that draws its first outlines."""
    places = find_places()
    if not (places.models / "busi" / "card.json").is_file():
        pytest.skip("models/busi is not there yet: nothing draws the first mask")
    return places.samples


def test_see_correct_accept_come_back_export(samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept, out = Kept(), tmp_path / "out"
    walk(monkeypatch, [], first_day(Hand(), kept, samples))
    walk(monkeypatch, [], second_day(Hand(), kept, out))
    check_export(kept, out)


def first_day(hand: Hand, kept: Kept, samples: Path) -> Steps:
    yield lambda: hand.is_started
    hand.click("Open sample project", hand.start_page)
    yield lambda: hand.has_project and hand.shows(FIRST)

    # No key was pressed, and the outline lies on the lesion.
    yield lambda: hand.document.status is Status.predicted
    truth = np.asarray(Picture.open(samples / "truth" / f"{FIRST}.png")) > 0
    assert dice(hand.document.mask.voxels[0] > 0, truth) > 0.5
    kept.network = hand.document.mask.voxels.copy()

    # What no model suits says so, and is drawn when the person insists.
    hand.choose(UNSUITED)
    yield lambda: hand.shows(UNSUITED) and hand.card.isVisible()
    kept.notes["unsuited"] = hand.card.accessibleName()
    assert kept.notes["unsuited"]
    assert hand.document.status is Status.new
    hand.click("Predict anyway with busi", hand.card)
    yield lambda: hand.document.status is Status.predicted and not hand.card.isVisible()

    # Two strokes; undone twice the network's answer stands again; one comes back.
    hand.choose(FIRST)
    yield lambda: hand.shows(FIRST)
    hand.stroke(40, 60, 60, 200)
    yield lambda: hand.document.status is Status.edited and hand.is_saved
    hand.stroke(90, 60, 90, 120)
    yield lambda: len(hand.document.history.groups) == 3 and hand.is_saved
    assert not np.array_equal(hand.document.mask.voxels, kept.network)
    hand.press(K.Key_Z, CTRL)
    hand.press(K.Key_Z, CTRL)
    assert np.array_equal(hand.document.mask.voxels, kept.network)
    hand.press(K.Key_Y, CTRL)
    assert not np.array_equal(hand.document.mask.voxels, kept.network)
    kept.first = hand.document.mask.voxels.copy()

    # Enter accepts and goes on to the next open case.
    hand.press(K.Key_Return)
    yield lambda: not hand.shows(FIRST) and hand.space.canvas.document is not None
    yield lambda: hand.row(FIRST).status is Status.accepted

    # A volume, painted on one slice.
    hand.choose(VOLUME)
    yield lambda: hand.shows(VOLUME)
    hand.stroke(10, 10, 20, 20)
    yield lambda: bool(hand.document.mask.voxels.any()) and hand.is_saved
    kept.volume = hand.document.mask.voxels.copy()
    hand.press(K.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    yield lambda: hand.row(VOLUME).status is Status.accepted and hand.is_saved
    hand.choose(FIRST)
    yield lambda: hand.shows(FIRST)
    kept.groups = len(hand.document.history.groups)


def second_day(hand: Hand, kept: Kept, out: Path) -> Steps:
    # The project is one press away, and the case that was on the screen is on it again.
    yield lambda: hand.is_started
    recent = next(button for button in hand.start_page.findChildren(QWidget) if button.property("role") == "recent")
    QTest.mouseClick(recent, Qt.MouseButton.LeftButton)
    yield lambda: hand.has_project and hand.shows(FIRST)
    assert hand.document.status is Status.accepted
    assert np.array_equal(hand.document.mask.voxels, kept.first)
    assert len(hand.document.history.groups) == kept.groups
    assert hand.document.history.can_undo

    # History reaches back through everything that the first day did, and forward again.
    last = len(hand.document.history.groups)
    hand.space.inspector.history.jumped.emit(1)
    assert np.array_equal(hand.document.mask.voxels, kept.network)
    hand.space.inspector.history.jumped.emit(last)
    assert np.array_equal(hand.document.mask.voxels, kept.first)
    assert hand.document.status is Status.accepted

    hand.press(K.Key_E, CTRL)
    yield lambda: any(isinstance(one, ExportDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    for name, box in dialog.formats.items():
        box.setChecked(name in ("png", "nifti"))
    dialog.folder.setText(str(out))
    hand.click("Export", dialog)
    yield lambda: not dialog.is_running
    kept.notes["export"] = dialog.sentence.text()
    dialog.close()


def check_export(kept: Kept, out: Path) -> None:
    """What left equals what was on the screen, pixel for pixel, in programs that no one here wrote."""
    sitk = pytest.importorskip("SimpleITK")
    assert "found equal" in kept.notes["export"], kept.notes["export"]
    assert kept.first is not None
    assert kept.volume is not None
    picture = np.asarray(Picture.open(next(out.rglob(f"{FIRST}*.png"))))
    assert np.array_equal(picture, kept.first[0])
    volume = sitk.GetArrayFromImage(sitk.ReadImage(str(next(out.rglob(f"{VOLUME}*.nii.gz")))))
    assert np.array_equal(volume, kept.volume)
    assert json.loads(next(out.rglob("manifest.json")).read_text("utf-8"))


def dice(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> float:
    return 2 * float((one & other).sum()) / float(one.sum() + other.sum())
