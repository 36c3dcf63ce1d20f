"""The gate in the window: what identifies patients is shown as it is, and nothing leaves before a decision."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from urwkv_desktop.gui.dialogs.privacy import PrivacyDialog
from urwkv_desktop.imaging import Rect
from urwkv_desktop.workflow import Leaving
from urwkv_desktop.workflow.privacy import Sight, Suspect, Told

SIGHT = Sight((Told("0010,0010", "PatientName", ("Doe^Jane & <b>Co</b>", "\u202eenaJ"), 2, True),
               Told("0029,1001", "private tag", ("x",), 1, False)),
              (Suspect(4, "cine-3", (Rect(4, 8, 20, 210),)),), 2, 2)


def gate(qtbot: QtBot, sight: Sight = SIGHT, *, may_stay_named: bool = True) -> tuple[PrivacyDialog, list[Any]]:
    made = PrivacyDialog(sight, may_stay_named=may_stay_named)
    qtbot.addWidget(made)
    decided: list[Any] = []
    made.decided.connect(decided.append)
    made.show()
    return made, decided


def test_names_and_values_are_shown_as_plain_text(qtbot: QtBot) -> None:
    made, _ = gate(qtbot)
    cell = made.table.item(0, 1)
    assert cell is not None
    assert cell.text().startswith("Doe^Jane & <b>Co</b>")
    assert "\u202e" not in cell.text()
    assert "cine-3" in made.suspects.toPlainText()


@pytest.mark.parametrize(("keep", "leaving"), [(False, Leaving.hidden), (True, Leaving.hidden_with_text)])
def test_hiding_leaves_suspected_images_out_unless_they_were_looked_at(qtbot: QtBot, keep: bool,
                                                                      leaving: Leaving) -> None:
    made, decided = gate(qtbot)
    made.keep.setChecked(keep)
    made.hide_names.click()
    assert decided == [leaving]
    assert not made.isVisible()


def test_they_may_leave_as_they_are_when_the_person_says_so(qtbot: QtBot) -> None:
    made, decided = gate(qtbot)
    made.named.click()
    assert decided == [Leaving.named]


def test_copies_of_images_can_only_be_hidden(qtbot: QtBot) -> None:
    made, _ = gate(qtbot, may_stay_named=False)
    assert not made.named.isEnabled()
    assert made.named.toolTip()


def test_closing_decides_nothing(qtbot: QtBot) -> None:
    made, decided = gate(qtbot)
    made.reject()
    assert decided == []


def test_it_never_promises_to_be_complete(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    made, _ = gate(qtbot)
    assert any("can't be promised to be complete" in one.text() for one in made.findChildren(QLabel))
