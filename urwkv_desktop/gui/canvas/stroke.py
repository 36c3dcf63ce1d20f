"""One gesture of a tool on the open document, from the press to the edit that it becomes.

A press is taken at once. Its release, the moment an edit comes to be, is held until the last edit is acknowledged;
what the hand does meanwhile waits in order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.tools import Preview, Tool
from urwkv_desktop.imaging import ImagePoint


@dataclass
class Strokes:
    """may_finish: whether a release may become an edit now. preview: shows what a tool answered while it runs.

    finish: takes what a release gave after the gesture's own preview is gone.
    """

    may_finish: Callable[[], bool]
    preview: Callable[[Preview], None]
    finish: Callable[[MaskEdit | None], None]
    drop_preview: Callable[[], None]
    _tool: Tool | None = None
    _held: ImagePoint | None = None
    _last: ImagePoint | None = None
    _waiting: list[Callable[[], None]] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return self._tool is not None

    @property
    def is_held(self) -> bool:
        return self._held is not None

    @property
    def tool(self) -> Tool | None:
        return self._tool

    def press(self, make: Callable[[], Tool | None], at: ImagePoint) -> None:
        """make: builds the tool when its turn comes, so that it sees the mask with all before it.

        A gesture whose release never came (another window took the pointer) ends where the hand was seen last.
        """
        if self._tool is not None and self._last is not None and not self.is_held:
            self.release(self._last)
        if self.is_held:
            self._waiting.append(lambda: self.press(make, at))
            return
        self._tool, self._last = make(), at
        if self._tool is not None:
            self.preview(self._tool.press(at))

    def move(self, to: ImagePoint) -> None:
        if self.is_held:
            if self._waiting:
                self._waiting.append(lambda: self.move(to))
        elif self._tool is not None:
            self._last = to
            self.preview(self._tool.move(to))

    def release(self, at: ImagePoint) -> None:
        if self.is_held:
            if self._waiting:
                self._waiting.append(lambda: self.release(at))
        elif self._tool is not None:
            self._held = at
            self.try_finish()

    def try_finish(self) -> bool:
        """End the held gesture if it may end, then do what has waited; answers whether nothing is held any more."""
        while self.is_held:
            if not self.may_finish():
                return False
            self._end_held()
        return True

    def cancel(self) -> bool:
        """Give up the running gesture; answers whether there was one.

        A gesture whose release is held has ended for the hand: it becomes its edit now, and so does what has ended
        behind it. Nothing that was drawn to its end is ever lost.
        """
        while self.is_held:
            self._end_held()
        if self._tool is None:
            return False
        self._tool.cancel()
        self._tool = None
        self.drop_preview()
        return True

    def _end_held(self) -> None:
        """The held gesture becomes its edit; what has waited behind it goes on until one is held again."""
        tool, at, self._tool, self._held = self._tool, self._held, None, None
        if tool is not None and at is not None:
            made = tool.release(at)
            self.drop_preview()
            self.finish(made)
        while self._waiting and not self.is_held:
            self._waiting.pop(0)()
