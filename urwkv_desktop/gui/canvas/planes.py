"""Three planes of one volume, linked: one place, one tool, one window; the hand may be in any of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from urwkv_desktop.editing.tools.chances import channel_of
from urwkv_desktop.gui.canvas.mask_content import MaskContent
from urwkv_desktop.gui.canvas.orientation import has_planes
from urwkv_desktop.gui.canvas.plane_view import PlaneView
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import Message

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.gui.canvas.pointing import PointerInfo

_LOOK_MS, _LOOK_S = 12, 0.003  # how often the mask's slices are looked at while nothing else happens, and how long


class Planes(QObject):
    """views: the large one first. Only what is seen holds a document. What one of them is told (tool, label, window,
    look, place), the others follow; the large one's signals speak for all.

    laidOut: there are more or fewer of them; marksChanged: other slices hold mask now.
    """

    laidOut = Signal()  # noqa: N815 - Qt's own way of naming
    activeChanged = Signal()  # noqa: N815
    marksChanged = Signal()  # noqa: N815

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.views = tuple(PlaneView(theme) for _ in range(3))
        self.main = self.views[0]
        self.active = self.main
        self.takes_all_for_cross = False
        self.content: MaskContent | None = None
        self._wanted = self._is_following = self._is_beside = False
        self._document: Document | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        for view in self.views:
            self._link(view)
        for view in self.views[1:]:
            view.is_compact = True
            view.hide()
            self._let_main_speak_for(view)

    @property
    def is_on(self) -> bool:
        """Three are seen: wanted, and the image has them."""
        return self._wanted and not self._is_beside and self.can_be_on

    @property
    def can_be_on(self) -> bool:
        return self._document is not None and has_planes(self._document.image)

    @property
    def shown(self) -> tuple[PlaneView, ...]:
        if self.is_beside:
            return self.main, self.views[1]
        return self.views if self.is_on else (self.main,)

    @property
    def is_beside(self) -> bool:
        """The network's answer stands beside the mask as it is now: in the second view, which shows nothing else."""
        return self._is_beside and self._document is not None

    @property
    def pointer(self) -> "PointerInfo | None":
        """Of the plane over which the hand is."""
        return next((found for view in self.shown if (found := view.pointer) is not None), None)

    def show_document(self, document: "Document | None") -> None:
        if self._stop_listening is not None:
            self._stop_listening()
        self._document = document
        is_volume = document is not None and document.image.shape[0] > 1
        self._stop_listening = document.listen(self._mask_changed) if document is not None and is_volume else None
        self.content = MaskContent(lambda: document.mask.voxels) if document is not None and is_volume else None
        if not self.is_on:
            self.main.set_axis(0)
        self._show()
        if is_volume:
            self._looking.start()

    def toggle(self) -> None:
        """Three planes, or the large one alone."""
        if self.can_be_on:
            self._wanted, self._is_beside = not self.is_on, False
            self._seat()

    def toggle_beside(self) -> None:
        """The network's answer in a view of its own beside the mask as it is now, or not."""
        if self._document is not None:
            self._is_beside = not self._is_beside
            self._seat()

    def toggle_split(self) -> None:
        """A divider over the image: the network's answer left of it, the mask as it is now on the right."""
        if self._document is not None:
            self.active.split = None if self.active.split is not None else 0.5

    def next_heat(self) -> None:
        """How probable the active label is, how doubtful, or neither."""
        kinds = ("", "probability", "doubt")
        self.active.heat = kinds[(kinds.index(self.active.heat) + 1) % 3]
        scene = self.active.scene()
        if self.active.heat and scene is not None and scene.plane.axis == 0:
            why_not = channel_of(scene)
            if isinstance(why_not, Message):
                self.main.nothingChanged.emit(why_not)

    def hold_space(self, is_down: bool) -> None:
        """Space, while something beside the image has the focus: for the plane under the hand."""
        for view in self.views:
            view.hold_space(is_down and view.underMouse())

    def turn(self) -> None:
        """The next plane becomes the large one; the small ones show the other two."""
        if not self.can_be_on or self.main.is_busy:
            return
        axes = [view.plane.axis for view in self.shown]
        turned = axes[1:] + axes[:1] if self.is_on else [(axes[0] + 1) % 3] * len(axes)
        for view, axis in zip(self.shown, turned, strict=True):
            view.set_axis(axis)
        self.marksChanged.emit()

    def toggle_cross(self) -> None:
        """The left button moves the cross-hair, until it is asked to work again."""
        if self.can_be_on:
            self.takes_all_for_cross = not self.takes_all_for_cross
            if self.takes_all_for_cross and not self.is_on:
                self.toggle()

    def activate(self, view: PlaneView) -> None:
        """The hand is at work there now; an open gesture in another plane is given up."""
        if view is self.active or view.shows_answer:
            return
        self.active.cancel_gesture()
        self.active, before = view, self.active
        self._follow_hand(before, view)
        for one in self.views:
            one.is_active = one is view and self.is_on
        self.activeChanged.emit()
        self.main.hintChanged.emit()

    def wear(self, theme: Theme) -> None:
        for view in self.views:
            view.wear(theme)

    # inside

    def _seat(self) -> None:
        """Other views of the same case."""
        place = self.main.place_in_volume
        self.activate(self.main)
        self._show_sides()
        self.main.shows_cross = self.is_on
        for view in self.views[1:]:
            view.set_place(place)
        self.laidOut.emit()
        self.marksChanged.emit()

    def _show(self) -> None:
        self.active = self.main
        self.main.content = self.content
        self.main.show_document(self._document)
        self.main.shows_cross = self.main.is_active = self.is_on
        self._show_sides()
        self.laidOut.emit()
        self.marksChanged.emit()

    def _show_sides(self) -> None:
        """Seated, they follow the large one: what they still hold of another time is told to nobody."""
        self._is_following = True
        if any(view.hasFocus() for view in self.views if view not in self.shown):
            self.main.setFocus()  # before it hides, or the focus goes to a button, which Space would press
        axes = [axis for axis in range(3) if axis != self.main.plane.axis]
        for view, axis in zip(self.views[1:], axes, strict=True):
            view.content, view.shows_answer = self.content, self.is_beside
            view.is_compact = self.is_on
            view.show_document(self._document if view in self.shown else None)
            view.set_axis(self.main.plane.axis if self.is_beside else axis)
            self._follow_hand(self.main, view)
            self._follow_look(self.main, view)
            view.shows_cross = self.is_on
            view.is_active = False
        self.main.is_active = self.is_on
        self._is_following = False

    def _link(self, view: PlaneView) -> None:
        view.takes_cross = self._takes_cross
        view.activated.connect(lambda: self.activate(view))
        view.placeChanged.connect(lambda: self._told(view, self._follow_place))
        view.windowChanged.connect(lambda: self._told(view, self._follow_look))
        view.lookChanged.connect(lambda: self._told(view, self._follow_look))
        view.hintChanged.connect(lambda: self._told(view, self._follow_hand))
        view.compared.connect(lambda: self._told(view, self._follow_heat))
        view.viewMoved.connect(lambda: self._told(view, self._follow_view))

    def _let_main_speak_for(self, view: PlaneView) -> None:
        main = self.main
        view.may_paint = lambda: main.may_paint()
        view.on_work = lambda work: main.on_work(work)
        view.settle = lambda: main.settle()
        view.beside = lambda task: main.beside(task)
        for name in ("pointerMoved", "strokeStarted", "strokeEnded", "nothingChanged", "brushSizeRequested",
                     "thresholdTurned", "sampleRequested"):
            getattr(view, name).connect(getattr(main, name))

    def _takes_cross(self, held: Qt.KeyboardModifier) -> bool:
        return self.is_on and (self.takes_all_for_cross or held == Qt.KeyboardModifier.ShiftModifier)

    def _told(self, view: PlaneView, follow: Callable[[PlaneView, PlaneView], None]) -> None:
        """The other planes follow this one, and tell nobody back."""
        if self._is_following or not (self.is_on or self.is_beside) or view not in self.shown:
            return
        self._is_following = True
        for other in self.shown:
            if other is not view:
                follow(view, other)
        self._is_following = False

    def _follow_place(self, view: PlaneView, other: PlaneView) -> None:
        if not other.is_busy:
            other.set_place(view.place_in_volume)

    def _follow_look(self, view: PlaneView, other: PlaneView) -> None:
        if (other.window, other.inverted) != (view.window, view.inverted):
            other.window = view.window
            other.inverted = view.inverted
        other.mask_visible = view.mask_visible
        other.patient_visible = view.patient_visible
        if (other.mask_style, other.fill_opacity) != (view.mask_style, view.fill_opacity):
            other.mask_style = view.mask_style
            other.fill_opacity = view.fill_opacity

    def _follow_hand(self, view: PlaneView, other: PlaneView) -> None:
        if not view.shows_answer:
            other.follow_hand(view)

    def _follow_heat(self, view: PlaneView, other: PlaneView) -> None:
        if other.heat != view.heat:
            other.heat = view.heat

    def _follow_view(self, view: PlaneView, other: PlaneView) -> None:
        """Beside each other both show the same part of the plane."""
        if self.is_beside and other.size() == view.size():
            other.look_from(view.transform, fitted=view.is_fitted)

    def _mask_changed(self, change: "Change") -> None:
        if change.box is not None and self.content is not None:
            self.content.touched(change.box)
            self._looking.start()

    def _look(self) -> None:
        if self.content is None:
            self._looking.stop()
            return
        if self.content.is_known or not self.content.learn(_LOOK_S):
            self._looking.stop()
        self.marksChanged.emit()
