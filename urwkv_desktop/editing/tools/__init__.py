"""The tools, in the order of the strip. One file each; nothing else lists them."""

from urwkv_desktop.editing.tools.brush import Brush
from urwkv_desktop.editing.tools.eraser import Eraser
from urwkv_desktop.editing.tools.flood_fill import FloodFill
from urwkv_desktop.editing.tools.lasso import Lasso
from urwkv_desktop.editing.tools.line_correction import LineCorrection
from urwkv_desktop.editing.tools.livewire import Livewire
from urwkv_desktop.editing.tools.measure import Measure
from urwkv_desktop.editing.tools.polygon import Polygon
from urwkv_desktop.editing.tools.probability_brush import ProbabilityBrush
from urwkv_desktop.editing.tools.threshold_brush import ThresholdBrush
from urwkv_desktop.editing.tools.tool import CursorShape, Preview, Shape, Tool

# What belongs together stands together in the strip.
GROUPS: tuple[tuple[type[Tool], ...], ...] = (
    (Brush, Eraser, ThresholdBrush, ProbabilityBrush, FloodFill),
    (Polygon, Lasso, Livewire, LineCorrection),
    (Measure,))
TOOLS: tuple[type[Tool], ...] = tuple(tool for group in GROUPS for tool in group)

__all__ = ["GROUPS", "TOOLS", "Brush", "CursorShape", "Eraser", "FloodFill", "Lasso", "LineCorrection", "Livewire",
           "Measure", "Polygon", "Preview", "ProbabilityBrush", "Shape", "ThresholdBrush", "Tool"]
