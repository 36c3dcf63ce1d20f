"""Tags and names of files are shown as they are written: no markup is read into them, no key."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.gui.conftest import Opened
from tests.gui.stand_in import image
from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui.controls import ElidedLabel
from urwkv_desktop.gui.dialogs.settings import SettingsDialog
from urwkv_desktop.gui.panels.worklist_model import WorklistModel
from urwkv_desktop.gui.plain_text import plain_tip, plain_word
from urwkv_desktop.imaging import Finding, Message, Refusal
from urwkv_desktop.workflow import Settings

HOSTILE = "<b>A</b> & <img src='x.png'> \u05d3\u05d5\u05d3"


def rich(*roots: QWidget) -> list[str]:
    """Texts of labels that would read markup."""
    return [label.text() for root in roots for label in root.findChildren(QLabel)
            if label.textFormat() is not Qt.TextFormat.PlainText]


def test_a_label_that_reads_markup_is_seen(qapp: QApplication) -> None:
    whole = QWidget()
    QLabel(HOSTILE, whole)
    assert rich(whole) == [HOSTILE]


def show_hostile(opened: Opened) -> None:
    session = opened.session
    session.name = HOSTILE
    session.rows = (replace(session.rows[0], title=HOSTILE), *session.rows[1:])
    session.current = 1
    shown = replace(image(), caption={"name": HOSTILE, "id": HOSTILE},
                    findings=(Finding("x", Message("It says {words}.", words=HOSTILE)),))
    session.document = Document(1, shown, labels=session.labels, reader=HOSTILE)
    session.model_note = Message("By {name}.", name=HOSTILE)
    session.tell(rows=(1,), document=True, findings=True)
    QApplication.processEvents()


def test_no_label_of_the_window_reads_markup(opened: Opened) -> None:
    show_hostile(opened)
    band = opened.window.workspace.area.band
    assert any(HOSTILE in label.text() for label in band.findChildren(QLabel))
    assert rich(opened.shell) == []


def test_no_label_of_the_card_over_a_refused_image_reads_markup(opened: Opened) -> None:
    show_hostile(opened)
    opened.session.document, opened.session.current = None, 1
    opened.session.case_refusal = Refusal(tried=Message("Opening this image."), cause=Message("{x}", x=HOSTILE),
                                          cure=Message("None."))
    opened.session.tell(document=True)
    QApplication.processEvents()
    assert rich(opened.shell) == []


def test_no_label_of_the_settings_reads_markup(qapp: QApplication) -> None:
    dialog = SettingsDialog(Settings())
    assert rich(dialog) == []
    dialog.deleteLater()


def test_a_tip_shows_markup_as_it_is_written(qapp: QApplication) -> None:
    said = QTextDocument()
    said.setHtml(plain_tip(HOSTILE))
    assert said.toPlainText() == HOSTILE
    assert plain_tip("a < b & c") == "a < b & c"
    narrow = ElidedLabel()
    narrow.resize(20, 20)
    narrow.setText(HOSTILE)
    assert narrow.toolTip() == plain_tip(HOSTILE)


def test_a_row_tells_its_title_as_it_is_written(opened: Opened) -> None:
    model = WorklistModel()
    model.show_rows([replace(opened.session.rows[0], title=HOSTILE)])
    at = model.index(0, 0)
    assert model.data(at, Qt.ItemDataRole.DisplayRole) == HOSTILE
    assert str(model.data(at, Qt.ItemDataRole.AccessibleTextRole)).startswith(HOSTILE)
    assert str(model.data(at, Qt.ItemDataRole.ToolTipRole)).startswith("<qt>&lt;b&gt;A&lt;/b&gt; &amp;")


def test_a_button_shows_an_ampersand(opened: Opened) -> None:
    panel = opened.window.workspace.worklist
    panel.show_project("Smith & Sons")
    assert panel.project.text() == "Smith && Sons"
    assert plain_word("A & B") == "A && B"
