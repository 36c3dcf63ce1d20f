"""Whether a window can be shown here at all: asked before Qt, which ends the process where there is none."""

import os
import sys
from collections.abc import Mapping

_NEEDS_A_DISPLAY = ("", "xcb", "wayland")
_SOCKET = "/tmp/.X11-unix/X"  # where every X server has its local socket


def missing_screen(environment: Mapping[str, str], *, platform: str = sys.platform) -> str | None:
    """Why no window can be shown, in one sentence; None where nothing speaks against it."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0].partition("-")[0]
    if platform in ("win32", "darwin") or chosen not in _NEEDS_A_DISPLAY:
        return None
    if environment.get("WAYLAND_DISPLAY") and chosen != "xcb":
        return None
    display = environment.get("DISPLAY", "")
    if not display:
        return "There is no display to show the window on (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if _is_local(display) and not _answers(display):
        return f"No window can be shown on the display {display}: nothing answers there."
    return None


def _is_local(display: str) -> bool:
    return display.startswith((":", "unix:"))


def _answers(display: str) -> bool:
    """A local server has a socket in the file system, or one without a file."""
    number = display.partition(":")[2].partition(".")[0]
    if os.path.exists(f"{_SOCKET}{number}"):  # noqa: PTH110 - pathlib is not loaded yet
        return True
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(f"\0{_SOCKET}{number}") == 0
