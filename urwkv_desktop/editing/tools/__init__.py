"""The tools, in the order of the strip. One file each; nothing else lists them."""

from urwkv_desktop.editing.tools.brush import Brush
from urwkv_desktop.editing.tools.eraser import Eraser
from urwkv_desktop.editing.tools.tool import CursorShape, Preview, Tool

TOOLS: tuple[type[Tool], ...] = (Brush, Eraser)

__all__ = ["TOOLS", "Brush", "CursorShape", "Eraser", "Preview", "Tool"]
