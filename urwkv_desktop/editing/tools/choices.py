"""What the options of a tool may be for the image at hand, and which suit it where nobody has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import ImagePoint, Message, ThirdAxis


@dataclass(frozen=True)
class Limit:
    """low, high, unit: of a number, where the image decides them. barred: why a choice can't be made here, by its word
    ("" for a yes or no). is_absent: the option means nothing in such an image and need not be shown."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    barred: Mapping[str, Message] = field(default_factory=dict)
    is_absent: bool = False


@runtime_checkable
class Fitting(Protocol):
    """A tool whose options depend on the image."""

    @staticmethod
    def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
        """The options with what suits the image in the fields that nobody has chosen."""

    @staticmethod
    def limits(scene: Scene) -> dict[str, Limit]:
        """By the options' fields; those without a limit are left out."""


@runtime_checkable
class Sampling(Protocol):
    """A tool whose options can be taken from a place of the image."""

    @staticmethod
    def sampled(options: Any, scene: Scene, at: ImagePoint) -> Any:
        """The options as the values there suggest; unchanged where there is nothing to take."""


@runtime_checkable
class Tunable(Protocol):
    """A tool whose running gesture follows its options."""

    def tune(self, options: Any) -> Any:
        """The gesture from its start with other options; answers its Preview."""


def depth_limit(scene: Scene) -> Limit | None:
    """Of an option that reaches from one slice to the next; None where it may."""
    barred = depth_barred(scene)
    return None if barred is None else Limit(barred={"": barred}, is_absent=scene.image.shape[0] == 1)


def depth_barred(scene: Scene) -> Message | None:
    """Why nothing reaches from one slice to the next here; None where it may."""
    geometry = scene.image.geometry
    if geometry.third_axis is ThirdAxis.time:
        return Message("The slices are moments in time: nothing reaches from one to the next.")
    if geometry.third_axis is ThirdAxis.none or geometry.slices < 2:
        return Message("The image is one slice.")
    return None
