"""The real canvas area under real Qt events: images to show on it, and what a hand does there. 1200 x 900 pixels."""

import gc
import time
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.timing import EVENTS, Times, timed

WIDTH, HEIGHT = 1200, 900
RADIUS, LARGE_RADIUS = 20, 80  # of a brush; the large one is what an undo takes back
SIZES = (512, 2048, 4096, 16384)
TOOL_SIZES = SIZES[:3]
VOLUME = (200, 512)  # slices, side
Event = Callable[[], object]


class Bench:
    """view: the large plane, the only one until three are asked for."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from urwkv_desktop.editing.tools import Brush
        from urwkv_desktop.gui.canvas.planes import Planes
        from urwkv_desktop.gui.panels.tool_strip import ToolStrip
        from urwkv_desktop.gui.theme import DARK
        from urwkv_desktop.gui.workspace import CanvasArea
        from urwkv_desktop.imaging import Message
        from urwkv_desktop.workflow import Jobs

        self.app: Any = QApplication.instance() or QApplication([])
        self.planes = Planes(DARK)
        self.view = self.planes.main
        self.area = CanvasArea(self.planes, ToolStrip(()))
        self.area.resize(WIDTH, HEIGHT)
        self.view.on_work = self._do
        jobs = Jobs(lambda call: None)
        self.view.beside = lambda task: jobs.run(Message("Beside"), lambda control: task(), lane="beside")
        self._begun_at = 0  # the document's revision before the stroke
        self.view.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))
        self.area.show()
        self.settle()

    def show(self, document: Any) -> None:
        """None lets go of what is shown."""
        self.planes.show_document(None)
        gc.collect()
        self.planes.show_document(document)
        self.settle(0.2)

    @property
    def document(self) -> Any:
        assert self.view.document is not None
        return self.view.document

    def settle(self, seconds: float = 0.05) -> None:
        """Until nothing is left to be done; a volume's mask is looked at a little at a time."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or not (self.planes.content is None or self.planes.content.is_known):
            self.app.processEvents()

    def timed(self, events: Iterable[Event]) -> Times:
        return timed(self.app, events)

    def _do(self, work: Any) -> None:
        """What the program gives to a job: done on the spot, so that an event ends with what it made."""
        edit = work.run()
        if edit is not None:
            self.document.apply(edit)

    # what a hand does: the events of each, one after the other

    def window_drag(self) -> Times:
        """Window and level: every pixel on the screen anew."""
        with_button = "RightButton"
        self.mouse("Press", 600, 450, with_button)
        self.settle()
        times = self.timed(self.moves(lambda n: (600 + n % 200, 450 - n % 150), with_button))
        self.mouse("Release", 600, 450, with_button)
        return times

    def pan(self) -> Times:
        times = self.timed(self.pan_events())
        self.mouse("Release", 600, 450, "MiddleButton")
        return times

    def pan_events(self) -> list[Event]:
        """At 100 %, or fitted where the whole image is smaller than the screen."""
        self.at_work()
        self.mouse("Press", 600, 450, "MiddleButton")
        return self.moves(lambda n: (600 + 10 * (n % 20), 450 + 7 * (n % 20)), "MiddleButton")

    def zoom(self) -> Times:
        return self.timed(self.zoom_events())

    def zoom_events(self) -> list[Event]:
        """Eight notches in, eight out, from the whole image on."""
        self.view.fit()
        self.settle()
        return [lambda n=n: self.wheel(1 if n // 8 % 2 == 0 else -1, zooms=True)  # type: ignore[misc]
                for n in range(EVENTS)]

    def stroke(self, radius: float = RADIUS) -> Times:
        """One long stroke of the brush where the view is now. radius: in image pixels."""
        from urwkv_desktop.editing.tools import Brush

        times = self.timed(self.stroke_events(Brush, Brush.Options(size=2.0 * radius)))
        self.end_stroke()
        return times

    def stroke_events(self, tool: Any, options: Any) -> list[Event]:
        self.view.set_tool(tool, options)
        self.settle()
        self._begun_at = self.document.revision
        self.mouse("Press", 400, 400)
        self.settle()
        return self.moves(lambda n: (400 + (n * 4) % 400, 400 + n % 97))

    def end_stroke(self) -> None:
        """Taken back, so that what comes next begins as this did."""
        self.mouse("Release", 500, 450)
        self.settle()
        if self.document.revision != self._begun_at:
            self.document.undo()
        self.settle()

    def undo(self) -> Times:
        return self.timed(self.undo_events(EVENTS // 2))

    def undo_events(self, count: int) -> list[Event]:
        """A stroke of the large radius across the view at 100 %, undone and done again."""
        from urwkv_desktop.editing.tools import Brush

        self.at_work()
        self.view.set_tool(Brush, Brush.Options(size=2.0 * LARGE_RADIUS))
        self.settle()
        self.mouse("Press", 300, 300)
        for n in range(60):
            self.mouse("Move", 300 + 10 * n, 300 + 5 * n)
        self.mouse("Release", 900, 600)
        self.settle()
        return [self.document.undo if n % 2 == 0 else self.document.redo for n in range(count)]

    def slices(self) -> Times:
        return self.timed(self.slice_events())

    def slice_events(self) -> list[Event]:
        """The wheel goes through the middle half of the planes and back."""
        count = self.view.slice_count
        self.view.set_slice(count // 4)
        self.settle()
        half = count // 2
        return [lambda n=n: self.wheel(-1 if n // half % 2 == 0 else 1)  # type: ignore[misc]
                for n in range(EVENTS)]

    def at_work(self) -> None:
        """100 %, as a boundary is corrected; what is smaller than the screen fills it."""
        self.view.zoom = max(1.0, self.fitted_zoom())
        self.settle()

    def fitted_zoom(self) -> float:
        self.view.fit()
        return float(self.view.zoom)

    def moves(self, place: Callable[[int], tuple[float, float]], button: str = "LeftButton",
              count: int = EVENTS) -> list[Event]:
        return [lambda n=n: self.mouse("Move", *place(n), button)  # type: ignore[misc]
                for n in range(1, count + 1)]

    def click(self, x: float, y: float) -> None:
        self.mouse("Press", x, y)
        self.mouse("Release", x, y)

    def mouse(self, kind: str, x: float, y: float, button: str = "LeftButton") -> None:
        self.app.sendEvent(self.view, mouse_event(self.view, kind, x, y, button))

    def wheel(self, notches: int, *, zooms: bool = False) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        at = QPointF(500, 400)
        held = Qt.KeyboardModifier.ControlModifier if zooms else Qt.KeyboardModifier.NoModifier
        self.app.sendEvent(self.view, QWheelEvent(at, self.view.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
                                                  Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False))


def mouse_event(view: Any, kind: str, x: float, y: float, button: str = "LeftButton") -> Any:
    """kind: Press, Move or Release; x, y: logical pixels of the view."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    event_type = getattr(QEvent.Type, f"MouseButton{kind}" if kind != "Move" else "MouseMove")
    pressed, nothing = getattr(Qt.MouseButton, button), Qt.MouseButton.NoButton
    return QMouseEvent(event_type, QPointF(x, y), view.mapToGlobal(QPointF(x, y)),
                       nothing if kind == "Move" else pressed, nothing if kind == "Release" else pressed,
                       Qt.KeyboardModifier.NoModifier)


def picture(size: int) -> Any:
    """A document: 16 bit noise with a lesion in it."""
    return _with_lesion(_document(_noise(size)[None]))


def flat_picture(size: int) -> Any:
    """A document: 16 bit of one value, and nothing drawn."""
    import numpy as np

    return _document(np.full((1, size, size), 7, np.uint16))


def volume(slices: int = VOLUME[0]) -> Any:
    """A document: 512 x 512 x slices of 16 bit noise at 0.8 x 0.8 x 1.5 mm, a lesion in each of them."""
    import numpy as np

    from urwkv_desktop.imaging import Geometry

    side = VOLUME[1]
    pixels = np.broadcast_to(_noise(side), (slices, side, side)).copy()
    return _with_lesion(_document(pixels, Geometry.from_affine(np.diag([0.8, 0.8, 1.5, 1.0]), slices)))


def _noise(side: int) -> Any:
    import numpy as np

    noise = np.random.default_rng(7).integers(0, 3000, (256, 256), np.uint16)
    return np.tile(noise, (-(-side // 256), -(-side // 256)))[:side, :side]


def _document(pixels: Any, geometry: Any = None) -> Any:
    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.editing.state import CaseState
    from urwkv_desktop.imaging import PALETTE, Geometry, Image, Label, Labels

    image = Image(pixels, geometry or Geometry.picture())
    return Document(1, image, CaseState.empty(image.shape), labels=Labels((Label(1, "Lesion", PALETTE[0]),)))


def _with_lesion(document: Any) -> Any:
    """A square in every slice."""
    from urwkv_desktop.imaging import Box

    slices, side = document.image.shape[0], document.image.shape[-1]
    low, high = side // 3, side // 2
    return drawn(document, Box(0, low, low, slices, high, high))


def drawn(document: Any, box: Any, after: Any = 1) -> Any:
    """The document, its mask changed inside a box. after: ids, of the box's shape or one for all."""
    import numpy as np

    from urwkv_desktop.editing.edits import MaskEdit
    from urwkv_desktop.imaging import Message

    before = document.mask.voxels[box.index].copy()
    ids = np.broadcast_to(np.asarray(after, before.dtype), before.shape)
    document.apply(MaskEdit(Message("Drawn"), "bench", 0, 0, box, before, ids, reader="bench"))
    return document


def add_prediction(document: Any) -> None:
    """Logits of a network over the whole picture: a hill in the middle."""
    import numpy as np

    from urwkv_desktop.imaging import Channel, Prediction, SliceLogits

    cells = np.add.outer(np.arange(-128, 128) ** 2, np.arange(-128, 128) ** 2)
    logits = np.clip(60 - cells / 80, -127, 127).astype(np.int8)[None]
    whole = SliceLogits(logits, (0.0, 0.0, 256.0, 256.0))
    document.prediction = Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,),
                                     document.image.shape[1:], {0: whole})
