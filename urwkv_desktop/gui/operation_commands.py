"""Operations as a person asks for them: from the menu, the palette or a key, with options and a preview before."""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations import MENU, OPERATIONS, Operation
from urwkv_desktop.editing.operations.within import fitted, limits
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools.region import PickTool, RegionOptions, RegionTool, is_on_label
from urwkv_desktop.editing.work import Work
from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.icons import icon
from urwkv_desktop.gui.keymap import Keymap
from urwkv_desktop.gui.panels.operation_popover import OperationPopover
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import count, say, say_refusal
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.review import neighbour
from urwkv_desktop.workflow.working import Made, Works

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.workflow.loading import Loaded
    from urwkv_desktop.workflow.session import Session

_ONE_GESTURE = (RegionTool, PickTool)


class OperationCommands(QObject):
    """works: runs what takes long. theme: what a popover wears."""

    def __init__(self, session: "Session", workspace: Workspace, works: Works, keymap: Keymap,
                 theme: Callable[[], Theme]) -> None:
        super().__init__()
        self._session, self._space, self._works = session, workspace, works
        self._keymap, self._theme = keymap, theme
        self._options: dict[str, Any] = {}
        self._last: Operation | None = None
        self._tool: tuple[Any, Any] = (None, None)  # in the hand before the tool for one gesture
        self._preview: Suggestion | None = None
        self.popover: OperationPopover | None = None
        self._asked_of: Document | None = None  # whose options the popover holds
        self.menu: QMenu | None = None
        workspace.strip.operations_asked.connect(self.open_menu)
        workspace.planes.main.strokeEnded.connect(self._put_back)
        workspace.planes.main.on_work = works.draw
        workspace.planes.main.settle = works.finish

    def close(self) -> None:
        if self.popover is not None:
            self.popover.close()
        self._works.close()

    @property
    def is_drawn_pending(self) -> bool:
        """Whether what a hand has drawn to its end is still being made: the next edit waits, or it would be lost."""
        return self._works.is_drawn_pending

    def open_menu(self) -> None:
        """Below its button; what cannot be done here says why."""
        scene, menu = self._space.canvas.scene(), QMenu(self._space)
        menu.setToolTipsVisible(True)
        for operation in MENU:
            if operation is None:
                menu.addSeparator()
                continue
            action = self._entry(menu, operation)
            refusal = None if scene is None else operation.refusal(scene)
            action.setEnabled(self._document() is not None and refusal is None)
            action.setToolTip(say(refusal if refusal is not None else operation.says))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.destroyed.connect(self._menu_gone)
        self.menu = menu
        button = self._space.strip.operations
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _entry(self, menu: QMenu, operation: Operation) -> QAction:
        theme = self._theme()
        action = menu.addAction(icon(operation.icon, theme.text, disabled=theme.faint, size=16), say(operation.name))
        action.setObjectName(operation.action)
        action.triggered.connect(partial(self.ask, operation))
        if key := self._keymap.first_key(operation.action):
            action.setText(f"{say(operation.name)}\t{key}")
        return action

    def _menu_gone(self) -> None:
        self.menu = None

    # ── asked for ────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, operation: Operation) -> None:
        """Done at once where there is nothing to choose; otherwise its options are asked."""
        scene = self._scene(operation)
        if scene is None:
            return
        options = self._fitted(operation, scene)
        if operation.wants == "previous case":
            self._with_previous_case(operation, options)
        else:
            self._ask_with(operation, options)

    def repeat(self) -> None:
        """The last one again, with the options it had."""
        if self._last is None:
            self._tell(Message("No operation has been used yet."))
        elif self._last.wants:
            self.ask(self._last)
        elif self._scene(self._last) is not None:
            self._take(self._last, self._options[self._last.id])

    def put_away(self) -> bool:
        """Escape: what is worked out is given up, or the tool for one gesture laid down; whether there was either."""
        if not self._space.canvas.is_busy and self._works.stop():
            self._tell(Message("Given up: nothing was changed."))
            return True
        is_up = self._space.canvas.tool_class in _ONE_GESTURE and not self._space.canvas.is_busy
        if is_up:
            self._put_back()
        return is_up

    def _ask_with(self, operation: Operation, options: Any) -> None:
        scene = self._scene(operation)
        if scene is None:
            return
        if not any("label" in field.metadata for field in fields(options)):
            self._take(operation, options)
            return
        if self.popover is not None:  # what is asked came while something else was being asked
            self.popover.close()
        popover = OperationPopover(say(operation.name), say(operation.says), options, limits(scene), parent=self._space)
        dress(popover, self._theme())
        popover.changed.connect(partial(self._show_preview, operation))
        popover.taken.connect(partial(self._take_of, self._session.document, operation))
        popover.gone.connect(self._popover_gone)
        self.popover, self._asked_of = popover, self._session.document
        popover.open_below(self._space.strip.operations)

    def look_again(self) -> None:
        """What was asked of one case, with that case's options, is not asked of the next."""
        if self.popover is not None and self._session.document is not self._asked_of:
            self.popover.close()

    def _popover_gone(self) -> None:
        self.popover = self._asked_of = None
        self._works.give_up()
        self._drop_preview()

    # ── before it is done ────────────────────────────────────────────────────────────────────────────────────────

    def _show_preview(self, operation: Operation, options: Any) -> None:
        scene = self._space.canvas.scene()
        if scene is None or self.popover is None or not self._is_on_screen(self._asked_of):
            return
        if getattr(options, "where", "") == "lasso" or operation.wants == "point":
            self._works.give_up()
            self._drop_preview()
            return
        made = operation.run(scene, options)
        if isinstance(made, Work):
            self._works.run(made, self._offer_preview)
        else:
            self._offer_preview(made)

    def _offer_preview(self, made: Made) -> None:
        document = self._document()
        if self.popover is None or document is None:
            return
        self._drop_preview()
        if made is None:
            self.popover.say(self.tr("Nothing would change."))
            return
        self._preview = made if isinstance(made, Suggestion) else Suggestion(made.tool, (made,))
        document.suggest(self._preview)
        self.popover.say(self._extent(self._preview))

    def _drop_preview(self) -> None:
        document, preview, self._preview = self._session.document, self._preview, None
        if document is not None and preview is not None and document.suggestion is preview:
            document.drop_suggestion()

    # ── doing it ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_of(self, document: "Document | None", operation: Operation, options: Any) -> None:
        """What was asked of a document that is not on the screen any more is not done to the next one."""
        if self._is_on_screen(document):
            self._take(operation, options)

    def _is_on_screen(self, document: "Document | None") -> bool:
        """Both where the session is and on the canvas, which comes a little later."""
        return self._session.document is document and self._space.canvas.document is document

    def _take(self, operation: Operation, options: Any) -> None:
        scene = self._scene(operation)
        if scene is None:
            return
        self._last, self._options[operation.id] = operation, _remembered(options)
        canvas = self._space.canvas
        hand = canvas.place_of_hand()
        if operation.wants == "point" and (hand is None or not is_on_label(scene, hand)):
            self._take_up(PickTool, operation, options)
        elif getattr(options, "where", "") == "lasso" and operation.wants != "point":
            self._take_up(RegionTool, operation, options)
        else:
            self._do(operation, scene, replace(options, at=hand) if operation.wants == "point" else options)

    def _do(self, operation: Operation, scene: Scene, options: Any) -> None:
        self._space.canvas.cancel_gesture()
        made = operation.run(scene, options)
        if isinstance(made, Work):
            self._works.run(made, self._done)
            self._tell(Message("{name}…", name=operation.name))
        else:
            self._done(made)

    def _done(self, made: Made) -> None:
        """The view goes to where something has been done or is offered."""
        self._works.take(made)
        edits = (made,) if isinstance(made, MaskEdit) else made.edits if made is not None else ()
        plane = self._space.canvas.plane
        if edits and not any(plane.rect(edit.box) for edit in edits):
            lows = [(edit.box.k0, edit.box.j0, edit.box.i0)[plane.axis] for edit in edits]
            self._space.canvas.set_slice(min(lows, key=lambda low: abs(low - plane.index)))
        if edits:
            self._space.status.forget_news()

    def _take_up(self, tool: Any, operation: Operation, options: Any) -> None:
        canvas = self._space.canvas
        if canvas.tool_class not in _ONE_GESTURE:
            self._tool = canvas.tool_class, canvas.tool_options
        canvas.set_tool(tool, RegionOptions(operation, options))
        canvas.setFocus()

    def _put_back(self) -> None:
        if self._space.canvas.tool_class in _ONE_GESTURE:
            self._space.canvas.set_tool(*self._tool)

    # ── what it needs ────────────────────────────────────────────────────────────────────────────────────────────

    def _document(self) -> "Document | None":
        document = self._session.document
        return document if document is not None and document.is_writable else None

    def _scene(self, operation: Operation) -> Scene | None:
        """None, and said why, where the operation can do nothing.

        Nothing is done to what is not visible, nor before what has been drawn is in the mask.
        """
        self._space.canvas.settle()
        scene, saved = self._space.canvas.scene(), self._session.saved
        if scene is None or not self._is_on_screen(self._document()):
            return None
        refusal = saved.reason if saved.kind is SavedKind.failed else operation.refusal(scene)
        if refusal is not None:
            self._tell(refusal)
            return None
        self._space.canvas.mask_visible = True
        return scene

    def _fitted(self, operation: Operation, scene: Scene) -> Any:
        return fitted(self._options.get(operation.id) or operation.Options(), scene)

    def _with_previous_case(self, operation: Operation, options: Any) -> None:
        """Its mask is read first; the case on screen may be another one by then."""
        document = self._document()
        case = neighbour(self._session.rows, self._session.current, -1)
        if case is None or case < 0:
            self._tell(Message("There is no case before this one."))
            return

        def arrived(loaded: "Loaded | Refusal | None") -> None:
            if document is None or self._session.document is not document or loaded is None:
                return
            if isinstance(loaded, Refusal):
                self._space.status.show_news(say_refusal(loaded))
            elif loaded.state.mask.voxels.shape != document.mask.voxels.shape:
                self._tell(Message("The case before this one has another size."))
            else:
                self._ask_with(operation, replace(options, voxels=loaded.state.mask.voxels))

        self._session.load(case, arrived)

    def _tell(self, message: Message) -> None:
        self._space.status.show_news(say(message))

    def _extent(self, suggestion: Suggestion) -> str:
        """How much it would change, in words."""
        axis = self._space.canvas.plane.axis
        pixels = sum(int((edit.before != edit.after).sum()) for edit in suggestion.edits)
        places = {place for edit in suggestion.edits for place in _slices(edit, axis)}
        if len(places) == 1:
            return self.tr("{n} pixels would change.").format(n=count(pixels))
        return self.tr("{n} pixels in {slices} slices would change.").format(n=count(pixels), slices=len(places))


def add_operation_actions(keymap: Keymap, of: Callable[[Callable[[OperationCommands], object]], Callable[[], None]],
                          ) -> None:
    """of: makes of what is asked of the open project's operations what is done at a key."""
    def ask(operation: Operation) -> Callable[[OperationCommands], object]:
        return lambda commands: commands.ask(operation)

    for operation in OPERATIONS:
        keymap.add(operation.action, say(operation.name), of(ask(operation)))
    keymap.add("operation.repeat", QCoreApplication.translate("actions", "The last operation again"),
               of(lambda commands: commands.repeat()))
    keymap.add("operation.menu", QCoreApplication.translate("actions", "Operations…"),
               of(lambda commands: commands.open_menu()))


def _remembered(options: Any) -> Any:
    """Without what was filled in for this once: a mask or a region that is kept costs memory."""
    once = {name: None for name in ("voxels", "region", "at") if hasattr(options, name)}
    return replace(options, **once) if once else options


def _slices(edit: MaskEdit, axis: int) -> range:
    box = edit.box
    return range((box.k0, box.j0, box.i0)[axis], (box.k1, box.j1, box.i1)[axis])
