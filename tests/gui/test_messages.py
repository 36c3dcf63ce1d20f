"""What stands over the image: the card that says what is the matter, and the band."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from tests.gui.conftest import Opened
from tests.gui.stand_in import BROKEN, answer
from urwkv_desktop.gui.canvas.message_card import MessageCard
from urwkv_desktop.imaging import Channel, Finding, Message, Prediction, Severity
from urwkv_desktop.workflow import ModelCard
from urwkv_desktop.workflow.changes import Rows


def card(opened: Opened) -> MessageCard:
    return opened.window.workspace.canvas.findChildren(MessageCard)[0]


def test_a_case_that_cannot_be_shown_says_why_and_cannot_be_accepted(opened: Opened) -> None:
    opened.session.open_case(-1)
    assert "The file is empty." in card(opened).accessibleName()
    assert not opened.window.workspace.inspector.footer.accept.isEnabled()


def test_a_file_that_could_not_be_decoded_can_be_tried_again(opened: Opened) -> None:
    opened.session.open_case(2)
    opened.session.document, opened.session.case_refusal = None, BROKEN
    opened.session.tell(document=True)
    again = next(one for one in card(opened).findChildren(QPushButton) if one.text() == "Try again")
    assert again.isVisible()
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert opened.asked("open_case")[-1] == (2,)
    assert not card(opened).isVisible()


def test_where_no_model_suits_one_can_be_chosen_for_all_like_it_at_once(opened: Opened) -> None:
    opened.session.open_case(3)
    buttons = opened.window.workspace.canvas.findChildren(QPushButton)
    button = next(one for one in buttons if one.text() == "Use busi for all images like it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.asked("choose_model") == [("busi", True)]
    opened.session.open_case(4)
    assert not button.isVisible()


def test_where_several_models_suit_each_is_offered_for_all_like_it_and_none_is_urged(opened: Opened) -> None:
    opened.session.suiting = tuple(
        ModelCard(name=name, title=title, channels=()) for name, title in (("busi", "Breast lesion"), ("nuclei", "")))
    opened.session.open_case(3)
    assert "Which one shall look at it" in card(opened).accessibleName()
    buttons = {one.text(): one for one in card(opened).findChildren(QPushButton) if one.isVisible()}
    assert set(buttons) == {"Breast lesion", "nuclei"}
    assert {one.property("role") for one in buttons.values()} == {"second"}
    QTest.mouseClick(buttons["nuclei"], Qt.MouseButton.LeftButton)
    assert opened.asked("choose_model") == [("nuclei", True)]
    assert opened.window.workspace.canvas.hasFocus()


def test_a_model_that_does_not_suit_is_offered_but_not_urged(opened: Opened) -> None:
    opened.session.open_case(3)
    button = next(one for one in card(opened).findChildren(QPushButton) if one.text() == "Predict anyway with busi")
    assert button.property("role") == "second"


def test_predict_anyway_draws_and_offers_the_model_for_all_like_it(opened: Opened) -> None:
    opened.session.open_case(3)
    assert "No model at hand suits this image." in card(opened).accessibleName()
    card(opened).clicked.emit(0)
    assert opened.asked("predict_anyway") == [()]
    band = opened.window.workspace.area.band
    assert band.isVisible()
    band.pressed.emit()
    assert opened.asked("choose_model") == [("busi", True)]
    assert not band.isVisible()


def test_the_hand_takes_the_label_of_the_model_that_looked_at_the_image_and_what_was_chosen_there(
        opened: Opened) -> None:
    session, canvas = opened.session, opened.window.workspace.canvas

    def shown(case: int, model: str, label: int) -> int:
        session.model_name = model
        session.open_case(case)
        assert session.document is not None
        session.document.prediction = Prediction(model, "0" * 64, "sigmoid", (Channel("lesion"),), (label,), (64, 64),
                                                 {})
        scene = canvas.scene()
        assert scene is not None
        assert opened.window.desk.active_label == scene.active
        return scene.active

    assert shown(1, "busi", 1) == 1
    assert shown(2, "nuclei", 2) == 2
    assert shown(4, "busi", 1) == 1
    opened.window.desk.choose_label(2)
    assert shown(1, "busi", 1) == 2  # chosen among the images of busi
    opened.window.desk.choose_label(1)
    assert shown(2, "nuclei", 2) == 2


def test_a_stroke_on_an_unsuited_image_takes_the_card_away(opened: Opened) -> None:
    opened.session.open_case(3)
    document = opened.session.document
    assert document is not None
    opened.session.unsuited = None
    document.apply(answer(document.image.shape))
    assert not card(opened).isVisible()


def test_a_warning_that_was_closed_does_not_come_again(opened: Opened) -> None:
    opened.session.findings = (Finding("x", Message("Settings were replaced.")),)
    opened.session.tell(findings=True)
    band = opened.window.workspace.area.band
    assert band.isVisible()
    QTest.mouseClick(band.findChildren(QAbstractButton)[-1], Qt.MouseButton.LeftButton)
    assert not band.isVisible()
    opened.session.tell(findings=True)
    assert not band.isVisible()


def test_good_news_carry_no_sign_of_warning(opened: Opened) -> None:
    band = opened.window.workspace.area.band
    signs = []
    for is_news in (True, False):
        opened.window.bands.tell("mask.png was imported.", is_news=is_news)
        signs.append(band.findChildren(QLabel)[0].pixmap().toImage())
    assert signs[0] != signs[1]


def test_the_keys_are_the_canvas_again_once_the_band_is_answered(opened: Opened) -> None:
    opened.session.open_case(4)
    space = opened.window.workspace
    opened.window.bands.tell("Something to be read.")
    close = space.area.band.findChildren(QAbstractButton)[-1]
    close.setFocus()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert space.canvas.hasFocus()


def test_a_note_stands_in_the_status_line_and_not_over_the_image(opened: Opened) -> None:
    opened.session.findings = (Finding("place", Message("The project file lies here."), Severity.note),)
    opened.session.tell(findings=True)
    assert opened.window.workspace.status.hint.whole() == "The project file lies here."
    assert not opened.window.workspace.area.band.isVisible()


def test_enter_on_a_case_that_is_empty_and_unseen_asks_before_it_is_accepted(opened: Opened) -> None:
    opened.session.open_case(3)
    enter = opened.program.keymap["case.accept_and_next"]
    enter.trigger()
    assert not opened.asked("accept")
    assert "nothing to draw" in opened.window.workspace.area.band.text()
    enter.trigger()
    assert opened.asked("accept") == [(True,)]
    opened.session.open_case(4)
    enter.trigger()
    assert len(opened.asked("accept")) == 2


def test_the_question_before_an_empty_case_is_accepted_is_about_that_case(opened: Opened) -> None:
    opened.session.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    opened.window.commands.open_case(4)
    assert not opened.window.workspace.area.band.isVisible()
    opened.window.commands.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    assert not opened.asked("accept")


def test_the_question_about_an_empty_case_goes_once_something_is_drawn(opened: Opened) -> None:
    opened.session.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    canvas, band = opened.window.workspace.canvas, opened.window.workspace.area.band
    assert "nothing to draw" in band.text()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert opened.session.document is not None
    assert opened.session.document.mask.voxels.any()
    assert not band.isVisible()


def test_a_folder_that_could_not_be_looked_through_says_why_where_the_images_would_be(opened: Opened) -> None:
    opened.session.rows, opened.session.current = (), None
    opened.session.findings = (Finding("folder.unreadable", Message("This folder does not exist.")),)
    opened.session.tell(rows=Rows.all, findings=True)
    assert "This folder does not exist." in card(opened).accessibleName()
