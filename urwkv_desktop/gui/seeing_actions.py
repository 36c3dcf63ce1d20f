"""The actions of looking: planes, cross-hair, frames in time, inversion."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from urwkv_desktop.gui.workspace import Workspace

Row = tuple[str, str, Callable[[], None]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def seeing_actions(of: Callable[[Callable[["Workspace"], object]], Callable[[], None]]) -> tuple[Row, ...]:
    """of: makes of what is done to the open project's workspace what is done at a key."""
    return (
        ("view.planes", _tr("Three planes of a volume, or one"), of(lambda space: space.planes.toggle())),
        ("view.turn", _tr("Another plane in the large view"), of(lambda space: space.planes.turn())),
        ("view.cross_hair", _tr("Left button: cross-hair, or the tool"),
         of(lambda space: space.planes.toggle_cross())),
        ("view.split", _tr("The network's answer left of a divider"), of(lambda space: space.planes.toggle_split())),
        ("view.beside", _tr("The network's answer beside the mask"), of(lambda space: space.planes.toggle_beside())),
        ("view.heat", _tr("The network's probability, its doubt"),
         of(lambda space: space.planes.next_heat())),
        ("view.invert", _tr("Invert the grey values"), of(_invert)),
        ("cine.play", _tr("Play the frames, or stop"), of(lambda space: space.area.bar.cine.toggle())),
        ("cine.faster", _tr("Play faster"), of(lambda space: space.area.bar.cine.faster(1))),
        ("cine.slower", _tr("Play slower"), of(lambda space: space.area.bar.cine.faster(-1))),
    )


def _invert(space: "Workspace") -> None:
    space.canvas.inverted = not space.canvas.inverted
