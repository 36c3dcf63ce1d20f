"""The dialog that teaches the network: what it says of a lesson, and what the person can do then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.gui.dialogs.lesson import LessonDialog
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.comparison import Comparison, Fall
from urwkv_desktop.workflow.lesson_diary import LessonState, Said

BETTER = Comparison(n=12, before=0.71, after=0.74, lo=-0.01, hi=0.07, better=4, falls=(Fall("case-7", 0.8, 0.6),),
                    empty=3, fired_before=2, fired_after=1, model="busi", new_model="busi-2")
WORSE = Comparison(n=12, before=0.74, after=0.71, lo=-0.07, hi=0.01, better=0, model="busi", new_model="busi-2")
FEW = Comparison(n=2, before=0.71, after=0.74, lo=0.03, hi=0.03, better=0, model="busi", new_model="busi-2")


def open_lesson(opened: Opened) -> LessonDialog:
    opened.program.keymap["lesson.open"].trigger()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, LessonDialog) and one.isVisible()]
    return dialog


def press(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def words(dialog: LessonDialog) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def look_again(opened: Opened, dialog: LessonDialog, state: LessonState) -> None:
    before = dialog.sentence.text()
    opened.session.teaching.states["busi"] = state
    wait_until(lambda: dialog.sentence.text() != before)


def test_a_lesson_is_begun_watched_stopped_and_gone_on_with(opened: Opened) -> None:
    dialog = open_lesson(opened)
    assert "/nowhere/lessons/busi" in words(dialog)
    assert "busi · 34 accepted" in [one.text() for one in dialog.models.findChildren(QPushButton)]
    press(dialog.start)
    assert opened.asked("teach") == [("busi", False)]
    assert not dialog.start.isVisible()
    opened.session.teaching.left = 12
    look_again(opened, dialog, LessonState("learning", "busi", done=30, total=120))
    assert dialog.sentence.text() == "Learning: step 30 of 120, about 12 min left"
    assert (dialog.bar.value(), dialog.bar.maximum()) == (30, 120)
    press(dialog.stop)
    assert opened.asked("stop") == [("busi",)]
    assert "stops" in dialog.sentence.text()
    opened.session.teaching.kept.add("busi")
    look_again(opened, dialog, LessonState("stopped", "busi"))
    press(dialog.on)
    assert opened.asked("teach")[-1] == ("busi", True)
    dialog.close()


def test_a_lesson_that_goes_on_behind_is_found_when_the_dialog_is_opened_again(opened: Opened) -> None:
    press(open_lesson(opened).start)
    assert opened.window._lesson is not None
    opened.window._lesson.dialog.close()
    opened.session.teaching.states["busi"] = LessonState("comparing", "busi", done=3, total=12)
    dialog = open_lesson(opened)
    assert dialog.sentence.text() == "Comparing with busi: 3 of 12"
    assert not dialog.start.isVisible()
    dialog.close()


def test_a_better_model_is_shown_with_its_figures_and_adopted(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("finished", "busi")
    opened.session.teaching.comparisons["busi"] = BETTER
    dialog = open_lesson(opened)
    said = words(dialog)
    for figure in ("0.710 → 0.740", "−0.010 to +0.070", "better by over 0.05 4", "worse by over 0.05 1", "2 → 1 of 3"):
        assert figure in said
    assert dialog.falls.toPlainText() == "case-7: 0.800 → 0.600"
    assert "may have forgotten" in said
    assert dialog.adopt.text() == "Adopt busi-2"
    assert dialog.adopt.property("role") == "accent"
    assert dialog.adopt.isDefault()
    press(dialog.adopt)
    assert opened.asked("adopt") == [("busi",)]
    assert "busi-2 is adopted" in dialog.sentence.text()
    assert not dialog.adopt.isVisible()
    dialog.close()
    again = open_lesson(opened)
    assert not again.adopt.isVisible()
    again.close()


def test_a_worse_model_can_be_adopted_but_nothing_leads_there(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("finished", "busi")
    opened.session.teaching.comparisons["busi"] = WORSE
    dialog = open_lesson(opened)
    assert "busi-2 is worse" in dialog.sentence.text()
    assert dialog.adopt.property("role") != "accent"
    assert dialog.adopt.isVisible()
    assert not dialog.falls.isVisible()
    assert dialog.close_button.isDefault()
    dialog.close()


def test_a_comparison_on_a_handful_of_cases_says_so_and_leads_nowhere(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("finished", "busi")
    opened.session.teaching.comparisons["busi"] = FEW
    dialog = open_lesson(opened)
    assert "tells little" in dialog.sentence.text()
    assert "95 %" not in words(dialog)
    assert dialog.close_button.isDefault()
    dialog.close()


def test_an_adoption_that_fails_says_why(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("finished", "busi")
    opened.session.teaching.comparisons["busi"] = BETTER
    dialog = open_lesson(opened)
    opened.session.teaching.trouble = refusal("The disk is full.")
    press(dialog.adopt)
    assert "The disk is full." in dialog.sentence.text()
    dialog.close()


def refusal(cause: str) -> Refusal:
    return Refusal(tried=Message("Teaching."), cause=Message(cause), cure=Message("Do something."))


def test_why_nothing_can_be_taught_is_said(opened: Opened) -> None:
    teaching = opened.session.teaching
    teaching.why_not = refusal("This needs torch.")
    dialog = open_lesson(opened)
    assert "This needs torch." in dialog.sentence.text()
    assert not dialog.start.isEnabled()
    dialog.close()
    teaching.why_not, teaching.offers = None, ()
    dialog = open_lesson(opened)
    assert "No accepted case" in dialog.sentence.text()
    assert not dialog.start.isEnabled()
    dialog.close()


def test_too_few_accepted_cases_are_told_before_anything_is_begun(opened: Opened) -> None:
    opened.session.teaching.lacks = refusal("0 would be kept aside.")
    dialog = open_lesson(opened)
    assert "0 would be kept aside." in dialog.sentence.text()
    assert not dialog.start.isEnabled()
    dialog.close()


def test_a_lesson_that_was_refused_says_why_and_may_be_begun_again(opened: Opened) -> None:
    opened.session.teaching.trouble = refusal("The disk is full.")
    dialog = open_lesson(opened)
    press(dialog.start)
    assert "The disk is full." in dialog.sentence.text()
    assert opened.asked("teach") == []
    opened.session.teaching.trouble = None
    press(dialog.start)
    parts = tuple(Said(text) for text in ("Teaching.", "Too few cases.", "Accept more."))
    look_again(opened, dialog, LessonState("refused", "busi", refused=parts))
    assert "Too few cases. Accept more." in dialog.sentence.text()
    assert dialog.start.isEnabled()
    dialog.close()


def test_why_a_lesson_could_not_begin_stays_until_something_is_done(opened: Opened) -> None:
    opened.session.teaching.trouble = refusal("The last strokes are not on the disk yet.")
    dialog = open_lesson(opened)
    press(dialog.start)
    QTest.qWait(1600)  # two looks, if it looked
    assert "not on the disk yet" in dialog.sentence.text()
    dialog.close()


def test_a_lesson_that_died_says_its_last_words_and_goes_on(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("died", "busi", words="MemoryError")
    opened.session.teaching.kept.add("busi")
    dialog = open_lesson(opened)
    assert "MemoryError" in dialog.sentence.text()
    press(dialog.on)
    assert opened.asked("teach") == [("busi", True)]
    dialog.close()


def test_another_model_can_be_chosen(opened: Opened) -> None:
    dialog = open_lesson(opened)
    (button,) = [one for one in dialog.models.findChildren(QPushButton) if one.text().startswith("nuclei")]
    press(button)
    press(dialog.start)
    assert opened.asked("teach") == [("nuclei", False)]
    opened.session.teaching.states["nuclei"] = LessonState("finished", "nuclei")
    (other,) = [one for one in dialog.models.findChildren(QPushButton) if one.text().startswith("busi")]
    wait_until(lambda: dialog.models.isEnabled())
    press(other)
    opened.session.teaching.states["busi"] = LessonState("comparing", "busi", done=1, total=9)
    press(button)
    press(other)
    look_again(opened, dialog, LessonState("comparing", "busi", done=2, total=9))
    assert dialog.sentence.text() == "Comparing with busi: 2 of 9"
    dialog.close()


def test_a_dialog_that_is_not_shown_does_not_look(opened: Opened) -> None:
    opened.session.teaching.states["busi"] = LessonState("learning", "busi", done=1, total=9)
    dialog = open_lesson(opened)
    flow = opened.window._lesson
    assert flow is not None
    assert flow._timer.isActive()
    dialog.hide()
    assert not flow._timer.isActive()
    dialog.show()
    assert flow._timer.isActive()
    dialog.close()
