"""What the tool in the hand would do at a press, while no button is down."""

from collections.abc import Callable

from urwkv_desktop.editing.tools import Preview, Tool
from urwkv_desktop.editing.tools.tool import NOTHING
from urwkv_desktop.imaging import ImagePoint


class Hover:
    """make: a tool for the moment, when the hand comes to the image; None where it may do nothing. show, drop: what it
    previews, on the canvas."""

    def __init__(self, make: Callable[[], Tool | None], show: Callable[[Preview], None], drop: Callable[[], None],
                 ) -> None:
        self._make, self._show, self._drop = make, show, drop
        self._tool: Tool | None = None
        self._shown = NOTHING

    def over(self, place: ImagePoint) -> None:
        """The hand is there now."""
        if self._tool is None:
            self._tool = self._make()
        if self._tool is not None:
            shown = self._tool.hover(place)
            if shown is not self._shown:
                self._shown = shown
                self._show(shown)

    def forget(self) -> None:
        """What was shown was shown for another moment: another tool, mask, view or place of the hand."""
        if self._tool is not None:
            self._tool, self._shown = None, NOTHING
            self._drop()
