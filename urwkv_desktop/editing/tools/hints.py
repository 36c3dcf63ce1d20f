"""What the status line says: what the hand does now, and what Ctrl would do."""

from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.imaging import Message


def stroke_hint(scene: Scene, *, adds: bool, inverted: bool) -> Message:
    label = scene.labels.get(scene.active)
    name = label.name if label is not None else str(scene.active)
    if label is not None and not label.visible:
        return Message("{label} is hidden: show it to paint", label=name)
    if not adds and label is not None and label.locked:
        return Message("{label} is locked and stays as it is", label=name)
    if adds:
        return _adding(scene.rule, name, inverted)
    return _removing(scene.rule, name, inverted)


def _adding(rule: PaintRule, name: str, inverted: bool) -> Message:
    if inverted:
        return Message("Paints {label} while Ctrl is held", label=name)
    if rule is PaintRule.background:
        return Message("Paints {label} on background only · Ctrl removes", label=name)
    if rule is PaintRule.label:
        return Message("Paints {label} on what the stroke begins on · Ctrl removes", label=name)
    return Message("Paints {label} · Ctrl removes", label=name)


def _removing(rule: PaintRule, name: str, inverted: bool) -> Message:
    if rule is PaintRule.all:
        return (Message("Removes every label while Ctrl is held") if inverted
                else Message("Removes every label · Ctrl paints {label}", label=name))
    return (Message("Removes {label} while Ctrl is held", label=name) if inverted
            else Message("Removes {label} only · Ctrl paints it", label=name))
