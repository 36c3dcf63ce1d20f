"""One gesture of a tool on the open document, from the press to what it becomes.

A press is taken at once. What ends a gesture, the moment an edit comes to be, is held until the last edit is
acknowledged; what the hand does meanwhile waits in order. A gesture may stay open when its button is up (a polygon):
then the next press comes to the same tool.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from urwkv_desktop.editing.edits import MaskEdit, MeasureEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools import Preview, Tool
from urwkv_desktop.editing.tools.choices import Tunable
from urwkv_desktop.editing.tools.tool import Release
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint

Made = MaskEdit | MeasureEdit | Suggestion | None


@dataclass
class Strokes:
    """may_finish: whether a gesture may become an edit now. preview: shows what a tool answered while it runs.

    work: takes what would last too long. finish: takes what a gesture gave after its own preview is gone. nothing: is
    told the tool that came to its end with nothing.
    """

    may_finish: Callable[[], bool]
    preview: Callable[[Preview], None]
    work: Callable[[Work], None]
    finish: Callable[[Made], None]
    drop_preview: Callable[[], None]
    nothing: Callable[[Tool], None]
    _tool: Tool | None = None
    _held: Callable[[Tool], Preview | Release] | None = None
    _last: ImagePoint | None = None
    _is_down: bool = False
    _waiting: list[Callable[[], None]] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return self._tool is not None

    @property
    def is_held(self) -> bool:
        return self._held is not None

    @property
    def is_open(self) -> bool:
        """Whether a gesture goes on with no button down: views may move meanwhile, and keys may end it."""
        return self._tool is not None and not self._is_down and not self.is_held

    @property
    def tool(self) -> Tool | None:
        return self._tool

    def press(self, make: Callable[[], Tool | None], at: ImagePoint, pressure: float = 1.0) -> None:
        """make: builds the tool when its turn comes, so that it sees the mask with all before it.

        A gesture whose release never came (another window took the pointer) ends where the hand was seen last.
        """
        if self._tool is not None and self._last is not None and self._is_down and not self.is_held:
            self.release(self._last)
        if self.is_held:
            self._waiting.append(lambda: self.press(make, at, pressure))
            return
        if self._tool is None:
            self._tool = make()
        if self._tool is not None:
            self._last, self._is_down = at, True
            self._show(self._tool.press(at, pressure))

    def move(self, to: ImagePoint, pressure: float = 1.0) -> None:
        if self.is_held:
            if self._waiting:
                self._waiting.append(lambda: self.move(to, pressure))
        elif self._tool is not None and self._is_down:
            self._last = to
            self._show(self._tool.move(to, pressure))

    def tune(self, options: object) -> None:
        """Other options for a gesture that follows them, until its end is held."""
        if self._tool is not None and not self.is_held and isinstance(self._tool, Tunable):
            self._show(self._tool.tune(options))

    def hover(self, to: ImagePoint) -> None:
        """A move with no button down; only an open gesture minds."""
        if self.is_open and self._tool is not None:
            self._last = to
            self._show(self._tool.hover(to))

    def release(self, at: ImagePoint) -> None:
        if self.is_held:
            if self._waiting:
                self._waiting.append(lambda: self.release(at))
        elif self._tool is not None and self._is_down:
            self._hold(lambda tool: tool.release(at))

    def key(self, action: str) -> bool:
        """Enter, Backspace: answers whether the gesture is an open one and so had it."""
        if self.is_held:
            self._waiting.append(lambda: self._key(action))
            return True
        if not self.is_open:
            return False
        self._key(action)
        return True

    def try_finish(self) -> bool:
        """End the held gesture if it may end, then do what has waited; answers whether nothing is held any more."""
        while self.is_held:
            if not self.may_finish():
                return False
            self._end_held()
        return True

    def cancel(self) -> bool:
        """Give up the running gesture; answers whether there was one.

        A gesture whose end is held has ended for the hand: it becomes its edit now, and so does what has ended behind
        it. Nothing that was drawn to its end is ever lost.
        """
        while self.is_held:
            self._end_held()
        if self._tool is None:
            return False
        self._tool.cancel()
        self._let_go()
        self.drop_preview()
        return True

    def _key(self, action: str) -> None:
        if self.is_open:
            self._hold(lambda tool: tool.key(action))

    def _hold(self, ends: Callable[[Tool], Preview | Release]) -> None:
        self._held = ends
        self.try_finish()

    def _end_held(self) -> None:
        """The held gesture becomes what it is; what has waited behind it goes on until one is held again."""
        tool, ends, self._held, self._is_down = self._tool, self._held, None, False
        if tool is not None and ends is not None:
            made = ends(tool)
            if isinstance(made, Preview):
                self._show(made)
            elif not tool.is_open:
                self._let_go()
                self.drop_preview()
                if isinstance(made, Work):
                    self.work(made)
                    made = None
                elif made is None:
                    self.nothing(tool)
                self.finish(made)
            elif tool.pending is not None:
                self._show(tool.pending)
        while self._waiting and not self.is_held:
            self._waiting.pop(0)()

    def _show(self, answer: Preview | Work) -> None:
        if isinstance(answer, Work):
            self.work(answer)
        else:
            self.preview(answer)

    def _let_go(self) -> None:
        self._tool, self._is_down = None, False
