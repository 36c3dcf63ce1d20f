"""The actions of the window by id: their words, their keys (from the key map), what they do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.tools import TOOLS
from urwkv_desktop.gui.keymap import Keymap
from urwkv_desktop.gui.main_window import MainWindow
from urwkv_desktop.gui.operation_commands import add_operation_actions
from urwkv_desktop.gui.seeing_actions import seeing_actions
from urwkv_desktop.gui.words import say

# An action's id, its words and what it does; what is done to the window that is open now.
_Actions = tuple[tuple[str, str, Callable[[], None]], ...]
_Of = Callable[[Callable[[MainWindow], object]], Callable[[], None]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def add_project_actions(keymap: Keymap, window: Callable[[], MainWindow | None]) -> None:
    """Those that need an open project; without one they do nothing. window: the one that is open now."""

    def of(does: Callable[[MainWindow], object]) -> Callable[[], None]:
        def call() -> None:
            current = window()
            if current is not None:
                does(current)
        return call

    for action_id, words, does in (*_case_actions(of), *_tool_actions(of), *_mask_actions(of), *_view_actions(of)):
        keymap.add(action_id, words, does)
    add_operation_actions(keymap, lambda does: of(lambda w: does(w.operations)))
    for number in range(1, 10):
        keymap.add(f"label.{number}", _tr("Label {number}").format(number=number),
                   of(partial(_choose_label, number - 1)))


def _case_actions(of: _Of) -> _Actions:
    return (
        ("case.next", _tr("Next case"), of(lambda w: w.commands.next_case())),
        ("case.previous", _tr("Previous case"), of(lambda w: w.commands.previous_case())),
        ("case.next_open", _tr("Next open case"), of(lambda w: w.commands.next_open_case())),
        ("case.accept_and_next", _tr("Accept, go to the next open case"),
         of(lambda w: w.commands.accept(then_next=True))),
        ("case.accept", _tr("Accept and stay"), of(lambda w: w.commands.accept(then_next=False))),
        ("case.flag", _tr("Flag with a comment"), of(lambda w: w.commands.ask_flag())),
        ("case.exclude", _tr("Exclude from exports"), of(lambda w: w.commands.exclude(True))),
        ("case.include", _tr("Include again"), of(lambda w: w.commands.exclude(False))),
        ("case.reopen", _tr("Reopen"), of(lambda w: w.commands.reopen())),
        ("predict.again", _tr("Run the network again"), of(lambda w: w.commands.predict_again())),
    )


def _tool_actions(of: _Of) -> _Actions:
    return (
        ("tool.none", _tr("No tool: only look"), of(lambda w: w.tools.put_down())),
        *((tool.action, say(tool.name), of(partial(_take_up, tool.id))) for tool in TOOLS),
        ("threshold.higher", _tr("Higher threshold, larger tolerance"), of(lambda w: w.tools.tune(1))),
        ("threshold.lower", _tr("Lower threshold, smaller tolerance"), of(lambda w: w.tools.tune(-1))),
        ("threshold.take", _tr("Take the band from under the brush"), of(lambda w: w.tools.sample())),
        ("brush.larger", _tr("Larger brush"), of(lambda w: w.tools.larger())),
        ("brush.smaller", _tr("Smaller brush"), of(lambda w: w.tools.smaller())),
    )


def _mask_actions(of: _Of) -> _Actions:
    return (
        ("edit.undo", _tr("Undo"), of(lambda w: w.commands.undo())),
        ("edit.redo", _tr("Redo"), of(lambda w: w.commands.redo())),
        ("gesture.back", _tr("Take the outline's last point back"), of(lambda w: w.workspace.canvas.step_back())),
        ("gesture.take", _tr("Close the open outline"), of(lambda w: w.workspace.canvas.take_gesture())),
        ("gesture.cancel", _tr("Give up the gesture or the suggestion"), of(_give_up)),
        ("label.clear", _tr("Empty the active label here"), of(lambda w: w.commands.clear_label())),
        ("mask.toggle", _tr("Hide the mask (hold or tap)"), of(lambda w: None)),
        ("mask.style", _tr("Fill, outline, both"), of(lambda w: w.commands.next_style())),
        ("mask.fainter", _tr("Fainter fill"), of(lambda w: w.commands.fill_by(-1))),
        ("mask.stronger", _tr("Stronger fill"), of(lambda w: w.commands.fill_by(1))),
        ("label.next", _tr("Next label"), of(lambda w: w.desk.choose_label_by(1))),
        ("label.previous", _tr("Previous label"), of(lambda w: w.desk.choose_label_by(-1))),
    )


def _view_actions(of: _Of) -> _Actions:
    return (
        ("view.zoom_in", _tr("Nearer"), of(lambda w: w.commands.zoom_by(1))),
        ("view.zoom_out", _tr("Further away"), of(lambda w: w.commands.zoom_by(-1))),
        ("view.fit", _tr("Fit the window"), of(lambda w: w.workspace.canvas.fit())),
        ("view.one_to_one", _tr("One to one"), of(lambda w: w.workspace.canvas.one_to_one())),
        ("view.provenance", _tr("Where each pixel comes from"), of(lambda w: w.origins.toggle())),
        ("view.window_reset", _tr("The image's own window"), of(lambda w: w.workspace.canvas.reset_window())),
        ("privacy.toggle", _tr("Show or hide the patient's data"), of(lambda w: w.commands.toggle_patient())),
        ("slice.next", _tr("Next slice"), of(lambda w: w.commands.slice_by(1))),
        ("slice.previous", _tr("Previous slice"), of(lambda w: w.commands.slice_by(-1))),
        ("slice.first", _tr("First slice"), of(lambda w: w.commands.slice_to(0))),
        ("slice.last", _tr("Last slice"), of(lambda w: w.commands.slice_to(-1))),
        *seeing_actions(lambda does: of(lambda w: does(w.workspace))),
        ("panel.worklist", _tr("Worklist shown or not"), of(lambda w: _fold(w.workspace.worklist))),
        ("panel.inspector", _tr("Inspector shown or not"), of(lambda w: _fold(w.workspace.inspector))),
        ("mask.import", _tr("Import a mask…"), of(lambda w: w.imports.ask())),
        ("export.open", _tr("Export…"), of(lambda w: w.open_export())),
        ("lesson.open", _tr("Teach the network…"), of(lambda w: w.open_lesson())),
    )


def _give_up(window: MainWindow) -> None:
    if not window.operations.put_away():
        window.commands.cancel()


def _fold(panel: QWidget) -> None:
    panel.setVisible(panel.isHidden())


def _take_up(tool_id: str, window: MainWindow) -> None:
    window.tools.take_up(tool_id)


def _choose_label(place: int, window: MainWindow) -> None:
    window.desk.choose_label_at(place)
