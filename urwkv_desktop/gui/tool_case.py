"""The tools at hand: which one is taken up, each with its own options, and over what it paints."""

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject

from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools import TOOLS, Tool
from urwkv_desktop.editing.tools.choices import Fitting, Limit, Sampling
from urwkv_desktop.editing.tools.tip import SIZES
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.panels.options import scale_of
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import ImagePoint
from urwkv_desktop.workflow import Settings

_STEP = 1.2  # of [ and ]: at least a pixel
_TUNING = 1 / 100  # of the values that an option can take: a notch of the wheel
_KEPT = ("size", "shape", "unit", "by_pressure")  # what of a brush is remembered
_OWNER = tuple[type[Any], str]


class ToolCase(QObject):
    """What a person has chosen holds until the program is left, for each tool that has the same option; what nobody has
    chosen follows the image. The brush is remembered."""

    def __init__(self, workspace: Workspace, memory: Memory) -> None:
        super().__init__()
        self._space, self._memory = workspace, memory
        self._chosen: dict[_OWNER, Any] = _remembered(memory.settings)
        self._shown: dict[str, Any] = {}  # options by tool, as they suit the image that is shown
        self._limits: dict[str, Limit] = {}
        self._image_key: tuple[object, ...] = ()
        self._active: type[Tool] = TOOLS[0]
        self._is_up = True
        self.rule = PaintRule.all
        workspace.strip.tool_chosen.connect(self.take_up)
        workspace.inspector.options.options_changed.connect(self._changed)
        workspace.inspector.options.rule_changed.connect(lambda rule: self.set_rule(PaintRule(rule)))
        workspace.canvas.brushSizeRequested.connect(self.set_size)
        workspace.canvas.thresholdTurned.connect(self.tune)
        workspace.canvas.sampleRequested.connect(self.sample_at)
        workspace.canvas.hintChanged.connect(self._fit)
        self.take_up(self._active.id)
        self.set_rule(self.rule)

    @property
    def size(self) -> float:
        """In image pixels or millimetres, as its unit says."""
        return float(getattr(self.options, "size", 1.0))

    @property
    def options(self) -> Any:
        """The active tool's."""
        if self._active.id not in self._shown:
            self._shown[self._active.id] = self._fitted(self._active)
        return self._shown[self._active.id]

    def take_up(self, tool_id: str) -> None:
        self._active = next(tool for tool in TOOLS if tool.id == tool_id)
        self._is_up = True
        self._read_limits()
        self._show()

    def put_down(self) -> None:
        """No tool in the hand: the mouse looks, as the key map says."""
        self._is_up = False
        self._space.canvas.set_tool(None)
        self._space.strip.show_active(None)

    def set_rule(self, rule: PaintRule) -> None:
        self.rule = rule
        self._space.canvas.set_rule(rule)
        self._space.inspector.options.show_rule(rule.value)

    def set_size(self, size: float) -> None:
        """size: across, in image pixels."""
        options, scene = self.options, self._space.canvas.scene()
        if not hasattr(options, "size"):
            return
        if getattr(options, "unit", "px") == "px" or scene is None:
            self._take(replace(options, size=float(max(1, min(1000, round(size))))))
        else:
            across = self._active.cursor(options, scene).diameter
            self._resize(options.size * size / max(across, 1e-6))

    def larger(self) -> None:
        self._resize(max(self.size + self._least, self.size * _STEP))

    def smaller(self) -> None:
        self._resize(min(self.size - self._least, self.size / _STEP))

    def tune(self, steps: int) -> None:
        """A threshold, a tolerance or a band, by so many notches up or down."""
        options, moved = self.options, {}
        for field in fields(options) if self._is_up else ():
            if field.metadata.get("tuned"):
                moved[field.name] = self._tuned(field.name, field.metadata, steps)
        if moved:
            self._take(replace(options, **moved))

    def sample(self) -> None:
        """The active tool's options from what lies under the hand."""
        place = self._space.canvas.place_of_hand()
        if place is not None:
            self.sample_at(place)

    def sample_at(self, place: ImagePoint) -> None:
        scene, tool = self._space.canvas.scene(), self._active
        if scene is not None and self._is_up and issubclass(tool, Sampling):
            self._take(tool.sampled(self.options, scene, place))

    # ── what suits the image ─────────────────────────────────────────────────────────────────────────────────────

    def _fit(self) -> None:
        """Another image, label, plane or answer of the network may want other options where nobody has chosen."""
        canvas = self._space.canvas
        key = _image_key(canvas.scene())
        if canvas.is_busy or key == self._image_key:
            return
        if self._image_key[:1] != key[:1]:  # values of another kind: a band in HU says nothing about grey
            self._chosen = {owner: value for owner, value in self._chosen.items() if not _is_of_image(owner)}
        before, self._image_key, self._shown = self._shown, key, {}
        self._read_limits()
        if before.get(self._active.id) != self.options or self._limits:
            self._show()

    def _fitted(self, tool: type[Tool]) -> Any:
        options, scene = tool.Options(), self._space.canvas.scene()
        chosen = {name: self._chosen[owner] for name, owner in _owners(options).items() if owner in self._chosen}
        options = replace(options, **chosen)
        if scene is not None and issubclass(tool, Fitting):
            options = tool.fitted(options, scene, frozenset(chosen))
        return options

    def _read_limits(self) -> None:
        scene, tool = self._space.canvas.scene(), self._active
        self._limits = tool.limits(scene) if scene is not None and issubclass(tool, Fitting) else {}

    def _tuned(self, name: str, declared: Any, steps: int) -> float:
        scale = scale_of(declared, self.options, self._limits.get(name))
        value = float(getattr(self.options, name))
        if "step" in declared:
            return scale.stepped(value, steps * declared["step"])
        span = scale.high - scale.low
        step = max(1.0, round(span * _TUNING)) if span > 20 else span * _TUNING
        return min(max(float(f"{value + steps * step:.6g}"), scale.low), scale.high)

    # ── what is chosen ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _least(self) -> float:
        return 0.1 if getattr(self.options, "unit", "px") == "mm" else 1.0

    def _resize(self, size: float) -> None:
        """In the unit of the options."""
        options = self.options
        if hasattr(options, "size"):
            whole = float(round(size)) if self._least == 1.0 else round(size, 1)
            low, high = SIZES.get(getattr(options, "unit", "px"), SIZES["px"])
            self._take(replace(options, size=max(low, min(high, whole))))

    def _take(self, options: Any) -> None:
        self._changed(options)
        self._show_options()

    def _changed(self, options: Any) -> None:
        """The person wants other options for the active tool: those that others have too change with it."""
        before, owners = self.options, _owners(options)
        changed = {name for name in owners if getattr(options, name) != getattr(before, name)}
        if any(_is_of_image(owners[name]) for name in changed):  # a band is chosen as a whole
            changed |= {name for name, owner in owners.items() if _is_of_image(owner)}
        if "unit" in changed and "size" in owners:
            options = self._in_unit(before, options)
            changed.add("size")
        self._chosen.update({owners[name]: getattr(options, name) for name in changed})
        self._shown = {self._active.id: options}
        self._space.canvas.set_tool(self._active, options)
        if "unit" in changed:
            self._show_options()
        kept = {name: getattr(options, name) for name in _KEPT if name in changed}
        if kept:
            self._memory.keep("brush", **kept)

    def _in_unit(self, before: Any, options: Any) -> Any:
        """As large as before, in the other unit."""
        scene = self._space.canvas.scene()
        if scene is None:
            return options
        was = self._active.cursor(before, scene).diameter
        one = self._active.cursor(replace(options, size=1.0), scene).diameter
        size = was / max(one, 1e-6)
        return replace(options, size=float(max(1, round(size))) if options.unit == "px" else max(0.1, round(size, 1)))

    def _show(self) -> None:
        if self._is_up:
            self._space.canvas.set_tool(self._active, self.options)
            self._space.strip.show_active(self._active.id)
        self._show_options()

    def _show_options(self) -> None:
        self._space.inspector.options.show_tool(say(self._active.name), self.options, self._limits)
        self._space.inspector.options.rule.setVisible(self._active.changes_mask)
        self._space.inspector.options.say_rule(removes=not getattr(self._active, "adds_by_itself", True))


def _owners(options: Any) -> dict[str, _OWNER]:
    """Each field's name -> the class that declares it first: tools share what they have from the same class."""
    lines = [kind for kind in reversed(type(options).__mro__) if kind is not object]
    return {field.name: (next(kind for kind in lines if field.name in kind.__annotations__), field.name)
            for field in fields(options)}


def _is_of_image(owner: _OWNER) -> bool:
    kind, name = owner
    return bool(next(field for field in fields(kind) if field.name == name).metadata.get("of_image"))


def _image_key(scene: Scene | None) -> tuple[object, ...]:
    """First what the values mean, then what else the options depend on."""
    if scene is None:
        return ()
    image = scene.image
    return ((image.unit, image.modality, str(image.pixels.dtype), image.is_colour), id(image), scene.plane.axis,
            scene.active, scene.prediction is None)


def _remembered(settings: Settings) -> dict[_OWNER, Any]:
    """A size of 0 is one that nobody has chosen."""
    brush = settings.brush
    wanted: dict[str, Any] = {"shape": brush.shape, "unit": brush.unit, "by_pressure": brush.by_pressure}
    if brush.size:
        wanted["size"] = brush.size
    owners = _owners(TOOLS[0].Options())
    return {owners[name]: value for name, value in wanted.items() if name in owners}
