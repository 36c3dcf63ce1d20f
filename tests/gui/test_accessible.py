"""What a screen reader says, what the keyboard reaches and shows, and colours that everybody can tell apart."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from tests.gui.conftest import Opened
from urwkv_desktop.gui.styles import window_style
from urwkv_desktop.gui.theme import DARK, LIGHT, Theme, contrast
from urwkv_desktop.imaging import PALETTE

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit)
# Linear RGB of a full dichromat. Source: Machado, Oliveira, Fernandes 2009, severity 1.0.
EYES = {
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
}


def nameless(root: QWidget) -> list[str]:
    """Controls of which a screen reader could say nothing."""
    return [f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in root.findChildren(QWidget)
            if isinstance(one, CONTROLS) and not isinstance(one, QScrollBar) and one.isVisible()
            and not (one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else ""))]


def test_every_control_of_the_window_has_a_name(opened: Opened) -> None:
    opened.session.open_case(4)
    for tool in [name for name in opened.program.keymap.actions if name.startswith("tool.")]:
        opened.program.keymap[tool].trigger()
        QApplication.processEvents()
        assert nameless(opened.shell) == []


@pytest.mark.parametrize("action", ["settings.open", "keys.edit", "help.keys", "palette.open", "export.open",
                                    "lesson.open", "case.flag"])
def test_every_control_of_a_dialog_has_a_name(opened: Opened, action: str) -> None:
    opened.session.open_case(4)
    before = set(QApplication.topLevelWidgets())
    opened.program.keymap[action].trigger()
    QApplication.processEvents()
    shown = next(one for one in QApplication.topLevelWidgets() if one not in before and one.isVisible())
    assert nameless(shown) == []
    shown.close()


def test_tab_comes_round_the_window_through_every_panel(opened: Opened) -> None:
    opened.session.open_case(4)
    space = opened.window.workspace
    space.canvas.setFocus()
    reached = set()
    for _ in range(80):
        QTest.keyClick(opened.shell.focusWidget() or space.canvas, Qt.Key.Key_Tab)
        reached.add(opened.shell.focusWidget())
    for panel in (space.worklist, space.area, space.inspector, space.status):
        assert any(one is not None and panel.isAncestorOf(one) for one in reached), type(panel).__name__


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_what_has_the_focus_shows_it(theme: Theme) -> None:
    sheet = window_style(theme)
    for kind in ("QLineEdit", "QPushButton", "QToolButton", "QSlider::handle:horizontal", "QComboBox", "QSpinBox",
                 "#keyField"):
        rule = sheet[sheet.index(f"{kind}:focus"):]
        assert theme.accent in rule[:rule.index("}")]
    assert contrast(theme.accent, theme.panel) >= 3.0
    assert contrast(theme.accent, theme.raised) >= 3.0


@pytest.mark.parametrize("eye", [None, *EYES])
def test_label_colours_differ_for_every_eye(eye: str | None) -> None:
    """By their distance in CIELAB: 10 is seen side by side at a glance."""
    seen = [_lab(colour, eye) for colour in PALETTE]
    near = [(PALETTE[i], PALETTE[j], round(float(np.linalg.norm(seen[i] - seen[j])), 1))
            for i, j in combinations(range(len(PALETTE)), 2) if np.linalg.norm(seen[i] - seen[j]) < 10]
    assert near == []


def _lab(colour: str, eye: str | None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """"#rrggbb" as the eye sees it. Source: IEC 61966-2-1, CIE 15 (D65)."""
    stored = np.array([int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)
    if eye is not None:
        linear = np.clip(np.array(EYES[eye]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    ratio = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
