"""What the status line says: what the hand does now, and what Ctrl would do."""

from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.imaging import Message


def stroke_hint(scene: Scene, *, adds: bool, inverted: bool) -> Message:
    refused = _refused(scene, adds=adds)
    if refused is not None:
        return refused
    name = _name(scene)
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


def band_hint(scene: Scene, band: tuple[float, float], *, inverted: bool) -> Message:
    """The threshold brush: only where the value lies in the band, in the image's unit."""
    refused = _refused(scene, adds=not inverted)
    if refused is not None:
        return refused
    low, high = f"{band[0]:g}", f"{band[1]:g} {scene.image.unit}".strip()
    about = {"label": _name(scene), "low": low, "high": high}
    if inverted:
        return Message("Removes {label} where the value is {low} to {high}, while Ctrl is held", **about)
    if scene.rule is PaintRule.background:
        return Message("Paints {label} on background where the value is {low} to {high} · Ctrl removes there", **about)
    return Message("Paints {label} where the value is {low} to {high} · Ctrl removes there", **about)


def chance_hint(scene: Scene, threshold: float, *, inverted: bool, region: bool = False) -> Message:
    """The probability brush: only where the network's probability passes the threshold. region: all that is joined."""
    refused = _refused(scene, adds=not inverted)
    if refused is not None:
        return refused
    digits = 1 if threshold < 0.01 else 4 if threshold > 0.995 else 3
    about = {"label": _name(scene), "percent": f"{100 * threshold:.{digits}g} %"}
    if region and inverted:
        return Message("Removes {label} from the region under the hand that is not above {percent}, while Ctrl is held",
                       **about)
    if region:
        return Message("Fills the region under the hand that is above {percent} with {label} · Ctrl removes where it "
                       "is not", **about)
    if inverted:
        return Message("Removes {label} where its probability is not above {percent}, while Ctrl is held", **about)
    if scene.rule is PaintRule.background:
        return Message("Paints {label} on background where its probability is above {percent} · Ctrl removes where it "
                       "is not", **about)
    return Message("Paints {label} where its probability is above {percent} · Ctrl removes where it is not", **about)


def flood_hint(scene: Scene, tolerance: float, *, inverted: bool, in_3d: bool = False) -> Message:
    refused = _refused(scene, adds=not inverted)
    if refused is not None:
        return refused
    about = {"label": _name(scene), "amount": f"{tolerance:g} {scene.image.unit}".strip()}
    if inverted:
        return Message("Removes {label} from joined pixels within ± {amount}, while Ctrl is held", **about)
    if in_3d:
        return Message("Fills joined pixels within ± {amount} through the slices with {label} · Drag for more or "
                       "less · Enter takes it · Ctrl removes", **about)
    return Message("Fills joined pixels within ± {amount} with {label} · Drag for more or less · Ctrl removes", **about)


def _refused(scene: Scene, *, adds: bool) -> Message | None:
    """Why the active label can't be painted, or not be taken away."""
    label = scene.labels.get(scene.active)
    if label is not None and not label.visible:
        return Message("{label} is hidden: show it to paint", label=label.name)
    if not adds and label is not None and label.locked:
        return Message("{label} is locked and stays as it is", label=label.name)
    return None


def _name(scene: Scene) -> str:
    label = scene.labels.get(scene.active)
    return label.name if label is not None else str(scene.active)
