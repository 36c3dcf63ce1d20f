"""The lasso: a drag around what is painted or removed."""

from typing import ClassVar

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.outlining import Outline, OutlineOptions, outline_hint
from urwkv_desktop.editing.tools.trail import Trail
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message


class Lasso(Trail, Outline):
    """The line closes by itself when the hand lets go."""

    id: ClassVar[str] = "lasso"
    icon: ClassVar[str] = "mdi6.lasso"
    action: ClassVar[str] = "tool.lasso"
    name: ClassVar[Message] = Message("Lasso")
    inverted_name: ClassVar[Message] = Message("Lasso, removing")

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        self.move(at)
        return self._closed()

    @staticmethod
    def hint(scene: Scene, options: OutlineOptions, inverted: bool) -> Message:
        return outline_hint(scene, options, inverted, Message("Draw around it"))
