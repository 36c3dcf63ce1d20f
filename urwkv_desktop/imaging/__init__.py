"""The values that every floor speaks: numpy only, nothing of ours below.

Names are resolved lazily, so that `Message` and `Refusal` can be had before numpy is loaded.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.imaging.geometry import (
        Box,
        Geometry,
        ImagePoint,
        Length,
        PatientPoint,
        Plane,
        Rect,
        SpacingKind,
        ThirdAxis,
        UltrasoundRegion,
    )
    from urwkv_desktop.imaging.image import Curve, Image, Padding, Window
    from urwkv_desktop.imaging.labels import PALETTE, Label, Labels
    from urwkv_desktop.imaging.mask import Mask
    from urwkv_desktop.imaging.messages import Finding, Message, Refusal, Severity
    from urwkv_desktop.imaging.prediction import Channel, Prediction, SliceDoubt, SliceLogits
    from urwkv_desktop.imaging.review import Flag, Origin, Status
    from urwkv_desktop.imaging.spelling import legible

_HOMES = {
    "geometry": (
        "Box", "Geometry", "ImagePoint", "Length", "PatientPoint", "Plane", "Rect", "SpacingKind", "ThirdAxis",
        "UltrasoundRegion",
    ),
    "image": ("Curve", "Image", "Padding", "Window"),
    "labels": ("PALETTE", "Label", "Labels"),
    "mask": ("Mask",),
    "messages": ("Finding", "Message", "Refusal", "Severity"),
    "prediction": ("Channel", "Prediction", "SliceDoubt", "SliceLogits"),
    "review": ("Flag", "Origin", "Status"),
    "spelling": ("legible",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "PALETTE", "Box", "Channel", "Curve", "Finding", "Flag", "Geometry", "Image", "ImagePoint", "Label", "Labels",
    "Length", "Mask", "Message", "Origin", "Padding", "PatientPoint", "Plane", "Prediction", "Rect", "Refusal",
    "Severity", "SliceDoubt", "SliceLogits", "SpacingKind", "Status", "ThirdAxis", "UltrasoundRegion", "Window",
    "legible",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.imaging.{_HOME_OF[name]}"), name)
