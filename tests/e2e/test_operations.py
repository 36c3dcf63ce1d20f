"""Operations in the real window, on real files: what they make is there again when the program is started again."""

from pathlib import Path

import nibabel
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.e2e.driver import Hand, Steps, walk


def volumes(folder: Path) -> Path:
    folder.mkdir()
    for place, name in enumerate(("one", "two")):
        pixels = np.random.default_rng(place).integers(0, 255, (64, 64, 7)).astype(np.int16)
        nibabel.save(nibabel.Nifti1Image(pixels, np.diag([1.0, 1.0, 3.0, 1.0])), folder / f"{name}.nii.gz")
    return folder


def ask(hand: Hand, action: str) -> None:
    next(one for one in hand.shell.actions() if one.objectName() == action).trigger()


def popover() -> QWidget:
    """The one that is open; its Enter does what it asks about."""
    found = QApplication.activePopupWidget()
    assert found is not None
    return found


def drawn(hand: Hand) -> list[bool]:
    return [bool(plane.any()) for plane in hand.document.mask.voxels]


def test_slices_are_interpolated_and_copied_to_the_next_case_and_stay(
        program_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, masks = volumes(tmp_path / "mr"), list[np.ndarray]()
    walk(monkeypatch, [str(folder)], correcting(Hand(), masks))
    walk(monkeypatch, [str(folder)], looking_again(Hand(), masks))


def correcting(hand: Hand, masks: list[np.ndarray]) -> Steps:
    yield lambda: hand.has_project and hand.shows("one")
    for k in (1, 5):
        hand.space.canvas.set_slice(k)
        hand.stroke(30, 20, 30, 40)
        yield lambda k=k: hand.is_saved and drawn(hand)[k]  # a release may be held until the last stroke is safe
    ask(hand, "operation.interpolate")
    yield lambda: hand.document.suggestion is not None
    assert drawn(hand) == [k in (1, 5) for k in range(7)]
    hand.press(Qt.Key.Key_Return)
    yield lambda: hand.is_saved and drawn(hand) == [0 < k < 6 for k in range(7)]
    ask(hand, "operation.grow")
    yield lambda: hand.document.suggestion is not None
    before = int(hand.document.mask.voxels.sum())
    QTest.keyClick(popover(), Qt.Key.Key_Return)
    yield lambda: hand.is_saved and int(hand.document.mask.voxels.sum()) > before
    masks.append(hand.document.mask.voxels.copy())
    hand.choose("two")
    yield lambda: hand.shows("two")
    ask(hand, "operation.copy_case")
    yield lambda: hand.document.suggestion is not None
    QTest.keyClick(popover(), Qt.Key.Key_Return)
    yield lambda: QApplication.activePopupWidget() is None and hand.document.suggestion is not None
    hand.press(Qt.Key.Key_Return)
    yield lambda: hand.is_saved and np.array_equal(hand.document.mask.voxels, masks[0])


def looking_again(hand: Hand, masks: list[np.ndarray]) -> Steps:
    yield lambda: hand.has_project and bool(hand.files())
    for name in ("one", "two"):
        hand.choose(name)
        yield lambda name=name: hand.shows(name)
        assert np.array_equal(hand.document.mask.voxels, masks[0])
    hand.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    yield lambda: hand.is_saved and not hand.document.mask.voxels.any()
