"""The tools at hand: which one is taken up, each with its own options, and over what it paints."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools import TOOLS, Tool
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.workflow import Settings

_STEP = 1.2  # of [ and ]: at least a pixel


class ToolCase(QObject):
    """The size of the tools that have one is remembered."""

    def __init__(self, workspace: Workspace, memory: Memory) -> None:
        super().__init__()
        self._space, self._memory = workspace, memory
        settings = memory.settings
        self._options: dict[str, Any] = {tool.id: _first_options(tool, settings) for tool in TOOLS}
        self._active: type[Tool] = TOOLS[0]
        self.rule = PaintRule.all
        workspace.strip.tool_chosen.connect(self.take_up)
        workspace.inspector.options.options_changed.connect(self._changed)
        workspace.inspector.options.rule_changed.connect(lambda rule: self.set_rule(PaintRule(rule)))
        workspace.canvas.brushSizeRequested.connect(self.set_size)
        self.take_up(self._active.id)
        self.set_rule(self.rule)

    @property
    def size(self) -> float:
        return float(getattr(self._options[self._active.id], "size", 1.0))

    def take_up(self, tool_id: str) -> None:
        self._active = next(tool for tool in TOOLS if tool.id == tool_id)
        self._show()

    def put_down(self) -> None:
        """No tool in the hand: the mouse looks, as the key map says."""
        self._space.canvas.set_tool(None)
        self._space.strip.show_active(None)

    def set_rule(self, rule: PaintRule) -> None:
        self.rule = rule
        self._space.canvas.set_rule(rule)
        self._space.inspector.options.show_rule(rule.value)

    def set_size(self, size: float) -> None:
        options = self._options[self._active.id]
        if hasattr(options, "size"):
            self._changed(replace(options, size=float(max(1, min(1000, round(size))))))
            self._show()

    def larger(self) -> None:
        self.set_size(max(self.size + 1, self.size * _STEP))

    def smaller(self) -> None:
        self.set_size(min(self.size - 1, self.size / _STEP))

    def _changed(self, options: Any) -> None:
        """Tools that share a kind of options share their values: the eraser is as large as the brush."""
        for tool in TOOLS:
            if type(self._options[tool.id]) is type(options):
                self._options[tool.id] = options
        self._space.canvas.set_tool(self._active, self._options[self._active.id])
        if hasattr(options, "size"):
            self._memory.keep("brush", size=min(500.0, options.size), shape=options.shape)

    def _show(self) -> None:
        options = self._options[self._active.id]
        self._space.canvas.set_tool(self._active, options)
        self._space.strip.show_active(self._active.id)
        self._space.inspector.options.show_tool(say(self._active.name), options)


def _first_options(tool: type[Tool], settings: Settings) -> Any:
    options = tool.Options()
    if hasattr(options, "size"):
        return replace(options, size=settings.brush.size, shape=settings.brush.shape)
    return options
